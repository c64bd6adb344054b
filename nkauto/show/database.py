"""The book as an SQLite database: figures as exact text, and a view with numbers for queries that add and compare."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing

from nkauto.core.rates import Rate, RateBook
from nkauto.show.rate_records import rate_record

_RATE = (
    "id", "item", "variant", "quantity", "unit", "low", "high", "currency", "from", "to", "place", "market", "approx",
    "source", "note", "replaces",
)  # fmt: skip
_SCHEMA = f"""
CREATE TABLE sources (id TEXT PRIMARY KEY, publisher TEXT, title TEXT, url TEXT, published TEXT);
CREATE TABLE items (id TEXT PRIMARY KEY, kind TEXT, market TEXT, shelf_life INTEGER, unit TEXT, between_rows TEXT,
    name TEXT);
CREATE TABLE places (id TEXT PRIMARY KEY, kind TEXT, within TEXT);
CREATE TABLE rates ({", ".join(f'"{name}" TEXT' for name in _RATE)}, PRIMARY KEY (id));
CREATE TABLE book (name TEXT PRIMARY KEY, value TEXT);
CREATE INDEX rates_by_item ON rates (item, market, "to");
CREATE VIEW figures AS SELECT r.id, r.item, r.unit, r.currency, r."from", r."to", r.place, r.market,
    CAST(r.low AS REAL) / CAST(r.quantity AS REAL) AS low, CAST(r.high AS REAL) / CAST(r.quantity AS REAL) AS high,
    s.publisher, s.url FROM rates r JOIN sources s ON s.id = r.source;
"""


def database(book: RateBook, rows: Sequence[Rate], state: Mapping[str, str]) -> bytes:
    """Return a database file of rows with their sources, the items and places, and what names the state of the book.

    The view ``figures`` gives low and high for one unit as binary floats, for sorting and sums; ``rates`` holds the
    exact text.
    """
    sources = {row.source.id: row.source for row in rows}
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO sources VALUES (?, ?, ?, ?, ?)",
            [(held.id, held.publisher, held.title, held.url, held.published) for held in sources.values()],
        )
        connection.executemany(
            "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(i.id, i.kind, i.market, i.shelf_life, i.unit, i.between, i.name) for i in book.items.values()],
        )
        connection.executemany(
            "INSERT INTO places VALUES (?, ?, ?)",
            [(place.id, place.kind, "|".join(place.within)) for place in book.places.values()],
        )
        records = (rate_record(row, {}) for row in rows)
        marks = ", ".join("?" * len(_RATE))
        connection.executemany(
            f"INSERT INTO rates VALUES ({marks})", ([held[name] for name in _RATE] for held in records)
        )
        connection.executemany("INSERT INTO book VALUES (?, ?)", list(state.items()))
        connection.commit()
        return connection.serialize()
