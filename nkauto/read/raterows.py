"""One row of a rate book's files -> Item, Place, Source, Rate; what is wrong with it, and what would work."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from nkauto.core.period import REDENOMINATION
from nkauto.core.rates import MARKETS, OLD_WON, WON, Item, Place, Rate, Source
from nkauto.errors import did_you_mean

RATE_COLUMNS = (
    "id", "item", "variant", "quantity", "unit", "low", "high", "currency",
    "from", "to", "place", "market", "approx", "source", "note",
)  # fmt: skip
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "items.csv": ("id", "kind", "market", "shelf_life", "unit", "between", "en", "ko", "zh", "ja"),
    "places.csv": ("id", "kind", "within", "en", "ko", "zh", "ja"),
    "sources.csv": ("id", "publisher", "title", "url", "published"),
    "constants.csv": ("id", "low", "high", "unit", "source", "note"),
}
_FIGURE = re.compile(r"[0-9]{1,30}(\.[0-9]{1,30})?", re.ASCII)


class Faulty(ValueError):
    """One row cannot be read; the message says what is wrong and what would work."""


class Entry(NamedTuple):
    """One row of a file, still text: where it stands, and its cells in the order of the columns."""

    file: Path
    line: int
    cells: list[str]
    replaces: str = ""

    def fault(self, what: object) -> str:
        """Return ``file:line: what``."""
        return f"{self.file}:{self.line}: {what}"


def item(entry: Entry) -> Item:
    """Return the item of one row of ``items.csv``; names are separated by ``|``, the first English one is shown."""
    id_, kind, market, life, unit, between, *names = entry.cells
    if market not in MARKETS:
        raise Faulty(f"market {market!r} is none of {', '.join(MARKETS)}")
    if not life.isascii() or not life.isdigit() or len(life) > 6:
        raise Faulty(f"shelf_life {life!r} is not a number of days")
    if between not in ("both", "nearest"):
        raise Faulty(f"between {between!r} is neither both nor nearest")
    every = tuple(name.strip() for cell in names for name in cell.split("|") if name.strip())
    return Item(id_, kind, market, int(life), unit or "each", between, every[0] if every else id_, every)


def place(entry: Entry) -> Place:
    """Return the place of one row of ``places.csv``; larger places and names are separated by ``|``."""
    id_, kind, within, *names = entry.cells
    every = tuple(name.strip() for cell in names for name in cell.split("|") if name.strip())
    return Place(id_, kind, tuple(name.strip() for name in within.split("|") if name.strip()), every)


def source(entry: Entry) -> Source:
    """Return the source of one row of ``sources.csv``."""
    return Source(*entry.cells)


def rate(entry: Entry, sources: Mapping[str, Source]) -> Rate:
    """Return the rate of one row, or raise Faulty with what is wrong and what would work."""
    (id_, item_id, variant, quantity, unit, low, high, currency,
     first, last, place_id, market, approx, source_id, note) = entry.cells  # fmt: skip
    if not id_:
        raise Faulty("no id; give the row one that no other row has")
    figures = _figure("quantity", quantity), _figure("low", low), _figure("high", high)
    if not figures[0]:
        raise Faulty("quantity is 0; a price is for at least something")
    if figures[1] > figures[2]:
        raise Faulty(f"low {low} is above high {high}; swap them or correct one")
    began, ended = (_day("from", first) if first else None), _day("to", last)
    if began and began > ended:
        raise Faulty(f"from {first} is after to {last}")
    if market not in MARKETS:
        raise Faulty(f"market {market!r} is none of {', '.join(MARKETS)}")
    if approx not in ("yes", "no"):
        raise Faulty(f"approx {approx!r} is neither yes nor no")
    if currency == OLD_WON and (began or ended) >= REDENOMINATION:
        raise Faulty(f"{OLD_WON} after the redenomination of {REDENOMINATION}; write {WON}")
    if currency == WON and ended < REDENOMINATION:
        raise Faulty(f"{WON} before the redenomination of {REDENOMINATION}; write {OLD_WON}")
    if source_id not in sources:
        raise Faulty(f"no source {source_id!r} in sources.csv. {did_you_mean(source_id, sources)}".rstrip())
    return Rate(
        id_, item_id, variant, *_quantity_first(figures, unit), currency, began, ended,
        place_id, market, approx == "yes", sources[source_id], note, replaces=entry.replaces,
    )  # fmt: skip


def _quantity_first(figures: tuple[Decimal, Decimal, Decimal], unit: str) -> tuple[Decimal, str, Decimal, Decimal]:
    return figures[0], unit, figures[1], figures[2]


def constant(entry: Entry, sources: Mapping[str, Source]) -> Rate:
    """Return the constant of one row as a rate without place and date: 1 of ``id`` is low–high ``unit``."""
    id_, low, high, unit, source_id, note = entry.cells
    figures = _figure("low", low), _figure("high", high)
    if figures[0] > figures[1]:
        raise Faulty(f"low {low} is above high {high}")
    if source_id not in sources:
        raise Faulty(f"no source {source_id!r} in sources.csv")
    return Rate(
        f"{id_}-{source_id}", id_, "", Decimal(1), "", *figures, unit, None, date.max,
        "", "reference", False, sources[source_id], note,
    )  # fmt: skip


def _figure(column: str, cell: str) -> Decimal:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 30) and not _FIGURE.fullmatch(cell):
        raise Faulty(f"{column} {cell[:40]!r} is not a plain figure; write digits with a point, as 1200 or 0.5")
    return Decimal(cell)


def _day(column: str, cell: str) -> date:
    if len(cell) == 10 and cell[4] == cell[7] == "-":
        try:
            return date.fromisoformat(cell)
        except ValueError:
            pass
    raise Faulty(f"{column} {cell[:40]!r} is not a day; write it as 2025-10-17")


def fault_of(entry: Entry, parse: Callable[[Entry], object]) -> list[str]:
    """Return the fault of one row as ``file:line: what``, in a list; none when it parses."""
    try:
        parse(entry)
    except Faulty as fault:
        return [entry.fault(fault)]
    return []
