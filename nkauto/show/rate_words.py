"""Rows, coverage and surveys as people read them in lists."""

from __future__ import annotations

from collections.abc import Sequence

from nkauto.core.coverage import Coverage, Neighbour
from nkauto.core.cross import Crossing
from nkauto.core.range import Range
from nkauto.core.rates import Rate
from nkauto.errors import visible
from nkauto.show.chart_terminal import sparkline
from nkauto.show.listing import Column
from nkauto.show.numbers import for_people, fraction_for_people

ROWS = (Column("days"), Column("price", right=True), Column("place"), Column("publisher"), Column("row"))
COVERAGE = (
    Column("item, place, market"), Column("rows", right=True), Column("first"), Column("last"),
    Column("longest gap", right=True), Column("reports by year"),
)  # fmt: skip
CROSSINGS = (
    Column("days"), Column("implied", right=True), Column("world", right=True), Column("off", right=True),
    Column("publisher"), Column("place"), Column("rows"),
)  # fmt: skip
NEIGHBOURS = (Column("days away", right=True), Column(""), Column("price", right=True), *ROWS[2:])


def days(row: Rate) -> str:
    """Return the days that a row is for."""
    if row.first is None:
        return f"before {row.last}" if row.last.year < 9999 else "always"
    return str(row.period(0))


def price(row: Rate) -> str:
    """Return a row's figure as its source states it: ``about 300–500 CNY/each``."""
    held = for_people(Range(row.low, row.high), None)
    size = "" if row.quantity == 1 else f"{for_people(Range(row.quantity, row.quantity), None)} "
    return f"{'about ' if row.approx else ''}{held} {row.currency}" + (f"/{size}{row.unit}" if row.unit else "")


def row_cells(row: Rate, *, several: bool) -> list[str]:
    """Return a row of the list; with its item where ``several`` are listed."""
    what = f"{price(row)} {row.item}" if several and row.item != row.unit else price(row)
    return [days(row), what, row.place, row.source.publisher, row.id]


def coverage_cells(held: Coverage, *, ascii_only: bool) -> list[str]:
    """Return a row of the coverage list."""
    gap = f"{held.longest_gap} days" if held.longest_gap else ""
    line = sparkline(held.by_year, ascii_only=ascii_only)
    where = f"{held.item}, {held.place}, {held.market}"
    return [where, str(held.rows), held.first.isoformat(), held.last.isoformat(), gap, line]


def crossing_cells(held: Crossing) -> list[str]:
    """Return a row of the list of surveys."""
    world = fraction_for_people(*held.reference, digits=3) if held.reference else "unknown"
    percent = round(held.off * 100)
    off = f"{percent:+d} %" if percent else ""
    return [
        str(held.period),
        fraction_for_people(held.low, held.high, digits=3),
        world,
        f"{off} !" if held.flagged else f"{off}  ",
        held.base.source.publisher,
        held.base.place,
        f"{held.base.id} and {held.other.id}",
    ]


def neighbour_cells(held: Neighbour) -> list[str]:
    """Return a row of the list of neighbours: how far away in time, and whether it agrees."""
    return [f"{held.gap:+d}" if held.gap else "0", relation(held), *row_cells(held.row, several=False)[1:]]


def relation(held: Neighbour) -> str:
    """Return whether a neighbour agrees, and if not, on which side it lies and how far."""
    if not held.apart:
        return "agrees"
    side = "higher" if held.apart > 0 else "lower"
    far = f"{round(abs(held.apart) * 100)} % {side}"
    return f"agrees, {far}" if held.agrees else far


def years(held: Sequence[Coverage]) -> str:
    """Return the first and last year that the signs of a coverage list stand for."""
    first = min(one.first.year for one in held)
    return f"{first} to {first + len(held[0].by_year) - 1}"


def counted(count: int, what: str) -> str:
    """Return a count with its noun in the right number."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def plain(text: str) -> str:
    """Return a text on one line, with what would act on a terminal written out."""
    return visible(text).replace("\n", " ")
