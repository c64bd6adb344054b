"""The book for other programs: price directives for ledgers, a file of units for GNU units, an SQLite database.

Those programs know one figure where the book knows a range. Which figure stands for it is chosen by the user and
said at the head of each file; the range itself and the rows that it came from stand beside every price.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction

from nkauto.core.choose import Chosen, Scope
from nkauto.core.range import rounded
from nkauto.core.rates import Item, Rate, RateBook
from nkauto.core.valuation import Stretch, point
from nkauto.errors import BadOption, visible
from nkauto.show.numbers import for_machines
from nkauto.show.rate_records import rate_record

DAILY = (
    "A price holds from its day until the next one, as nkauto answers for each day: on a day between two surveys of",
    "a currency, food or fuel the range spans both, so a price may rest on a report of a few weeks later.",
    "Where nkauto refuses to answer, a comment says so; a ledger then goes on with the price before, at any age.",
)


ONE_CURRENCY = (
    "ledger values by whichever chain of prices is freshest, however long. So each thing has one price here, in the",
    "country's own currency where it has one: then there is one chain. For the world's rates between currencies write",
    "a file of their own: nkauto rates export --to ledger --market reference.",
)


def directives(priced: Iterable[Priced], head: Head, program: str) -> Iterator[str]:
    """Yield the lines of a price file for ledger, hledger or beancount; raise BadOption when two items share a name."""
    named: dict[str, str] = {}
    said = (*head.lines, *DAILY, *(ONE_CURRENCY if program == "ledger" else ()))
    yield from (f"; {visible(line)}".rstrip() for line in said)
    if program == "hledger":
        yield "decimal-mark ."
    for held in priced:
        name, currency = (_commodity(word, program) for word in (held.item.id, held.currency))
        for word, of in ((name, held.item.id), (currency, held.currency)):
            if named.setdefault(word, of) != of:
                raise BadOption(f"{program} would know {of!r} and {named[word]!r} by one name: {word}")
        yield ""
        yield f"; {_said(held)}"
        for stretch in held.stretches:
            yield from _directive(stretch, name, currency, head.point, program)


def _directive(stretch: Stretch, name: str, currency: str, kind: str, program: str) -> Iterator[str]:
    chosen = stretch.chosen
    if chosen is None:
        yield f"; no rate from {stretch.period.first} to {stretch.period.last}"
        return
    day, figure = stretch.period.first, _figure(chosen, kind)
    low, high = (for_machines(rounded(end, down=down)) for end, down in ((chosen.low, True), (chosen.high, False)))
    ids = "; ".join(visible(rate.id) for rate in chosen.rates)
    if program == "beancount":
        yield f"{day} price {name} {figure} {currency}"
        yield f'  range: "{low}..{high}"'
        yield '  rates: "' + ids.replace("\\", "\\\\").replace('"', '\\"') + '"'
    else:
        yield f"; {low}..{high} from {ids}"
        yield f"P {day} {name} {figure} {currency}"


def units_file(chosen: Iterable[Chosen], head: Head) -> Iterator[str]:
    """Yield the lines of a definitions file for GNU units: each item at the asked day and place.

    It stands alone (``units -f FILE``), with the few physical units that the prices are for. A currency is worth so
    much of another; a price of goods is money per unit: ``units -f FILE '1200 CNY / rice' kg``.
    """
    chosen = list(chosen)
    yield from (f"# {visible(line)}" for line in head.lines)
    yield f"# Day: {head.scope.period}. Use it alone: units -f THIS-FILE '1200 CNY' KPW, or '1200 CNY / rice' kg."
    yield "# NAME_low and NAME_high are the ends of the range. What has no rate for that day is not here."
    home = [held.currency for held in chosen]
    roots = [unit for unit in dict.fromkeys(home) if unit not in {held.item.id for held in chosen}]
    physical = dict.fromkeys(held.unit for held in chosen if held.item.kind != "currency")
    yield ""
    for unit in (*roots, *(unit for unit in physical if unit not in ("each", "t", "g"))):
        yield f"{_unit_name(unit)} !"
    yield "each 1"
    yield "t 1000 kg" if "kg" in physical else ""
    for held in chosen:
        name, per = _unit_name(held.item.id), "" if held.item.kind == "currency" else f"/{_unit_name(held.unit)}"
        ids = "; ".join(visible(rate.id) for rate in held.rates)
        yield f"\n# {held.item.id}, {held.market}, {held.places or 'anywhere'}, {held.age_days} days away: {ids}"
        yield f"{name} {_figure(held, head.point)} {_unit_name(held.currency)}{per}"
        for end in ("low", "high"):
            yield f"{name}_{end} {_figure(held, end)} {_unit_name(held.currency)}{per}"


def _figure(chosen: Chosen, kind: str) -> str:
    figure: Fraction = point(chosen.low, chosen.high, kind)
    return for_machines(rounded(figure, down=kind != "high"))


def _said(held: Priced) -> str:
    unit = held.item.id if held.item.kind == "currency" else f"{held.item.unit} of {held.item.name}"
    return visible(f"1 {unit} in {held.currency}, {held.market}").replace("\n", " ")


def _commodity(name: str, program: str) -> str:
    """Return an item's name as a program's grammar allows it: beancount in capitals, the ledgers in quotation marks."""
    if program == "beancount":
        word = re.sub(r"[^A-Z0-9.'_-]", "-", name.upper().replace("/", "."))
        word = word if re.match("[A-Z]", word) else f"X{word}"
        return word if len(word) > 1 else f"{word}X"
    plain = visible(name).replace('"', "'").replace("\n", " ").replace(";", ",")
    return plain if re.fullmatch("[A-Za-z]+", plain) else f'"{plain}"'


def _unit_name(name: str) -> str:
    """Return an item's name as a unit: letters, digits and underscores, beginning and ending with a letter."""
    word = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_")
    word = word if re.match("[A-Za-z]", word) else f"x_{word}"
    return word if not word[-1].isdigit() else f"{word}_x"


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


@dataclass(frozen=True, slots=True)
class Priced:
    """One item in one currency, with the book's answers in stretches of days."""

    item: Item
    currency: str
    market: str
    stretches: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class Head:
    """What is said at the top of every file: the state of the book, the question, and how a range became a point."""

    version: str
    checksum: str
    scope: Scope
    point: str

    @property
    def lines(self) -> list[str]:
        """Return the sentences, without comment signs."""
        place = f"asked for {self.scope.place}: the place itself, else the larger ones that contain it, else any other"
        point = {
            "low": "the low end of each range stands for it: the least that anyone reports",
            "high": "the high end of each range stands for it: the most that anyone reports",
            "middle": "the middle of each range stands for it: half way between its ends, which nobody reports",
        }[self.point]
        return [
            f"Prices of nkauto {self.version}, rate book {self.checksum}",
            f"Point: {self.point}; {point}.",
            f"Place: {place if self.scope.place else 'none asked: all places count alike'}.",
            "Old won (before 1 December 2009) are counted as new won, 100 to 1.",
        ]


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
