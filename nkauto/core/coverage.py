"""What the book holds, and where it is silent: rows by filter, and their coverage by item, place and market."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from nkauto.core.period import Period
from nkauto.core.range import Range, outward
from nkauto.core.rates import Rate, RateBook
from nkauto.errors import UnknownName

AGREE_WITHIN = Fraction(1, 10)
"""Two reports agree when their ranges meet, or lie no farther apart than so much of the lower one."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are meant; what is empty does not restrict.

    ``item`` is an item's id, or with a slash at its end all items under it (``wage/``); ``place`` counts with the
    places within it; ``series`` adds the monthly reference series.
    """

    item: str = ""
    place: str = ""
    market: str = ""
    publisher: str = ""
    period: Period | None = None
    series: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the book holds of one item at one place on one market.

    ``longest_gap`` are the days between the end of one report and the beginning of the next, where no other
    holds; ``by_year`` counts the rows that hold in each year from the first year of all to the last.
    """

    item: str
    place: str
    market: str
    rows: int
    first: date
    last: date
    longest_gap: int
    by_year: tuple[int, ...]


def matching(book: RateBook, only: Filter) -> list[Rate]:
    """Return the rows that a filter lets through, by item, then by day."""
    wanted = [item for item in book.items if _item_matches(item, only.item)]
    rows = [row for item in wanted for row in book.rates.get(item, ())]
    if only.series:
        rows += [row for item in wanted for row in book.reference.get(item, ())]
    found = [row for row in rows if _matches(book, row, only)]
    order = {item: index for index, item in enumerate(wanted)}
    return sorted(found, key=lambda row: (order[row.item], row.last, row.first or row.last, row.place, row.id))


def _item_matches(item: str, wanted: str) -> bool:
    if wanted.endswith("/"):
        return item == wanted[:-1] or item.startswith(wanted)
    return wanted in ("", item)


def _matches(book: RateBook, row: Rate, only: Filter) -> bool:
    return (
        (not only.place or row.place == only.place or only.place in book.containing(row.place))
        and only.market in ("", row.market)
        and only.publisher in ("", row.source.publisher)
        and (only.period is None or row.period(book.items[row.item].shelf_life).overlaps(only.period))
    )


def coverage(book: RateBook, rows: Sequence[Rate]) -> tuple[Coverage, ...]:
    """Return the coverage of rows by item, place and market, in the order of the rows' first mention."""
    groups: dict[tuple[str, str, str], list[Rate]] = {}
    for row in rows:
        groups.setdefault((row.item, row.place, row.market), []).append(row)
    spans = {row.id: row.period(book.items[row.item].shelf_life) for row in rows}
    years = range(
        min((span.first.year for span in spans.values()), default=0),
        max((span.last.year for span in spans.values()), default=-1) + 1,
    )
    return tuple(
        Coverage(
            *key,
            rows=len(held),
            first=min(spans[row.id].first for row in held),
            last=max(spans[row.id].last for row in held),
            longest_gap=longest_gap([spans[row.id] for row in held]),
            by_year=tuple(
                sum(spans[row.id].first.year <= year <= spans[row.id].last.year for row in held) for year in years
            ),
        )
        for key, held in groups.items()
    )


def longest_gap(periods: Iterable[Period]) -> int:
    """Return the most days that pass between two periods while none holds; 0 when they leave none."""
    longest = 0
    reached: date | None = None
    for period in sorted(periods, key=lambda period: period.first):
        if reached is not None and period.first > reached:
            longest = max(longest, (period.first - reached).days - 1)
        reached = max(reached or period.last, period.last)
    return longest


def row_named(book: RateBook, name: str) -> Rate:
    """Return the row with this id, of the figures, the monthly series or the constants, or raise UnknownName."""
    for rows in (book.rates, book.reference, book.constants):
        for item in rows:
            for row in rows[item]:
                if row.id == name:
                    return row
    raise UnknownName("row", name, [row.id for row in book], hint="nkauto rates list ITEM gives the ids of its rows.")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another row near one in time: its days away (negative: earlier), and how far the two lie apart.

    ``apart`` is 0 when their ranges meet, else by what share of the lower range's end the other begins higher;
    positive when the neighbour is the higher one.
    """

    row: Rate
    gap: int
    apart: Decimal
    agrees: bool


def neighbours(book: RateBook, row: Rate) -> tuple[Neighbour, ...]:
    """Return the rows of the same item, market, currency and unit within its shelf life, nearest in time first."""
    if row.item not in book.items:
        return ()
    item = book.items[row.item]
    span = row.period(item.shelf_life)
    rows = book.reference.get(row.item, ()) if row.market == "reference" and not row.place else ()
    found = []
    for other in (*book.rates.get(row.item, ()), *rows):
        gap = span.gap(other.period(item.shelf_life))
        same = (other.market, other.basis) == (row.market, row.basis)
        if same and other.id != row.id and abs(gap) <= item.shelf_life:
            apart = _apart(row.per_unit, other.per_unit)
            exact = outward(apart, apart).low
            found.append(Neighbour(other, gap, exact, abs(apart) <= AGREE_WITHIN))
    return tuple(
        sorted(found, key=lambda near: (abs(near.gap), near.row.place != row.place, near.row.last, near.row.id))
    )


def _apart(ends: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction]) -> Fraction:
    """Return by what share of the lower range's high end the higher range begins above it; negative: other is lower."""
    if other[0] > ends[1]:
        return other[0] / ends[1] - 1 if ends[1] else Fraction(10**6)
    if ends[0] > other[1]:
        return -(ends[0] / other[1] - 1) if other[1] else Fraction(-(10**6))
    return Fraction(0)


def ranges(rows: Iterable[Rate], shelf_life: int) -> list[tuple[Period, Range]]:
    """Return rows as what they report for one unit in which period: what a chart's points are made of."""
    return [(row.period(shelf_life), outward(*row.per_unit, row.approx)) for row in rows]
