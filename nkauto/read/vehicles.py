"""``rates/vehicles.csv`` and ``rates/sanctions.csv`` -> vehicles and dated facts, each row checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from nkauto.core.rates import RateBook
from nkauto.core.vehicle import DOCUMENTED, FUELS, SPECULATIVE, Fact, Statement, Vehicle
from nkauto.errors import did_you_mean
from nkauto.read.tables import Cells, read_range, read_table, refuse

COLUMNS = (
    "id", "name", "name_ko", "maker", "based_on", "body", "year_from", "year_to",
    "engine_cc", "fuel", "consumption", "certainty", "statement", "source",
)  # fmt: skip
FACT_COLUMNS = ("id", "date", "statement", "source")

T = TypeVar("T")


def read_vehicles(folders: Sequence[Path], book: RateBook) -> dict[str, Vehicle]:
    """Return the vehicles of all folders by id, the statements of one together. Raises UnreadableFile."""
    found: dict[str, Vehicle] = {}
    for row, statement in _rows(folders, "vehicles.csv", COLUMNS, lambda row: _statement(row, book), book):
        held = found.get(row["id"]) or Vehicle(row["id"], row["name"], "", ())
        found[row["id"]] = Vehicle(held.id, held.name, held.name_ko or row["name_ko"], (*held.statements, statement))
    return found


def read_sanctions(folders: Sequence[Path], book: RateBook) -> list[Fact]:
    """Return the facts on sanctions of all folders, in their order. Raises UnreadableFile."""
    rows = _rows(folders, "sanctions.csv", FACT_COLUMNS, lambda row: _fact(row, book), book)
    return [fact for _, fact in rows]


def _rows(
    folders: Sequence[Path], name: str, columns: tuple[str, ...], parse: Callable[[Cells], T], book: RateBook
) -> list[tuple[Cells, T]]:
    """Return the rows of one file in all folders with what they say; folders without it say nothing."""
    found: list[tuple[Cells, T]] = []
    faults: list[str] = []
    for folder in folders:
        if (folder / name).is_file():
            for row in read_table(folder / name, columns, faults):
                try:
                    if row["source"] not in book.sources:
                        known = did_you_mean(row["source"], book.sources)
                        raise ValueError(f"no source {row['source']!r} in sources.csv. {known}".rstrip())
                    found.append((row, parse(row)))
                except ValueError as fault:
                    faults.append(f"{row.where}: {fault}")
    refuse(name, faults)
    return found


def _statement(row: Cells, book: RateBook) -> Statement:
    if not row["id"] or not row["name"]:
        raise ValueError("no id or no name; give the vehicle both")
    if row["certainty"] not in (DOCUMENTED, SPECULATIVE):
        raise ValueError(f"certainty {row['certainty']!r} is neither {DOCUMENTED} nor {SPECULATIVE}")
    if row["fuel"] and row["fuel"] not in FUELS:
        raise ValueError(f"fuel {row['fuel']!r} is none of {', '.join(FUELS)}")
    return Statement(
        row["maker"], row["based_on"], row["body"], _whole(row, "year_from"), _whole(row, "year_to"),
        _whole(row, "engine_cc"), row["fuel"], _figure(row["consumption"]), row["certainty"], row["statement"],
        book.sources[row["source"]],
    )  # fmt: skip


def _fact(row: Cells, book: RateBook) -> Fact:
    return Fact(row["id"], row["date"], row["statement"], book.sources[row["source"]])


def _whole(row: Cells, column: str) -> int | None:
    cell = row[column]
    if cell and not (cell.isascii() and cell.isdigit() and len(cell) <= 6):
        raise ValueError(f"{column} {cell[:40]!r} is not a whole number")
    return int(cell) if cell else None


def _figure(cell: str) -> Decimal | None:
    if not cell:
        return None
    held = read_range(cell, cell).low
    if not held:
        raise ValueError("a consumption is above zero; leave it empty when it is not stated")
    return held
