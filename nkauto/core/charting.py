"""From the book to the lines of a chart: which rows a line is drawn from, and in what it is measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nkauto.core.amount import Amount
from nkauto.core.choose import Scope
from nkauto.core.convert import Quotes
from nkauto.core.coverage import ranges
from nkauto.core.derivation import range_of
from nkauto.core.period import REDENOMINATION, Period
from nkauto.core.range import Range
from nkauto.core.rates import OLD_WON, Item, Rate, RateBook
from nkauto.core.series import Line, Mark, points
from nkauto.errors import NoRate

REACHES = 2
"""A line goes on over a gap of at most so many shelf lives: so far apart, two reports may answer for one day."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a chart shows of an item: its lines, what they are measured in, and the rows behind them.

    The axis counts ``measure`` for one ``unit`` of the item. ``left_out`` counts the rows that are quoted in
    another currency or by another unit, by ``currency/unit``.
    """

    item: Item
    market: str
    measure: str
    unit: str
    lines: tuple[Line, ...]
    rows: tuple[Rate, ...]
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return the days that a reader must know of: the redenomination, where it lies among the rows."""
        if any(row.currency == OLD_WON for row in self.rows) or any(
            line.points and line.points[0].first <= REDENOMINATION for line in self.lines
        ):
            return (Mark(REDENOMINATION, "100 old won became 1 new won"),)
        return ()


def drawn(
    book: RateBook,
    item: Item,
    places: Sequence[str],
    *,
    market: str = "",
    publisher: str = "",
    within: Period | None = None,
) -> Drawn:
    """Return the lines of an item: one for each place, or one of all places alike where none is named.

    ``market`` is the item's own unless it has rows on the asked one. Of rows in several currencies or units, those by
    the item's own unit in the commonest currency are drawn. ``within`` cuts the lines to a period.
    """
    if not any(row.market == market for row in book.rates.get(item.id, ())):
        market = item.market
    held = [*book.rates.get(item.id, ()), *(book.reference.get(item.id, ()) if market == "reference" else ())]
    held = [
        row
        for row in held
        if row.market == market
        and publisher in ("", row.source.publisher)
        and (not places or row.place in places)
        and (within is None or row.period(item.shelf_life).overlaps(within))
    ]
    bases = Counter(row.basis for row in held)
    chosen = max(bases, key=lambda basis: (basis[1] == item.unit, bases[basis]), default=(book.home, item.unit))
    rows = [row for row in held if row.basis == chosen]
    lines = [
        Line(place, points(ranges([row for row in rows if place in ("", row.place)], item.shelf_life), within), reach)
        for reach in [REACHES * item.shelf_life]
        for place in places or [""]
    ]
    others = tuple(
        (f"{currency}/{unit}", count) for (currency, unit), count in bases.items() if (currency, unit) != chosen
    )
    return Drawn(item, market, *chosen, tuple(lines), tuple(rows), others)


def busiest(book: RateBook, item: Item, most: int, *, market: str = "", within: Period | None = None) -> list[str]:
    """Return the places with most reports of an item, the busiest first."""
    held = drawn(book, item, [], market=market, within=within)
    return [place for place, _ in Counter(row.place for row in held.rows).most_common(most)]


def measured_in(
    book: RateBook, plain: Drawn, scope: Scope, currency: str, goods: str = "", within: Period | None = None
) -> Drawn:
    """Return the same lines in another currency, or in goods: for each month what nkauto answers for it.

    The months are those from a line's first report to its last. One without an answer is a gap. The rows are those
    that the answers rest on; the scope's period and place give way to the month's and the line's.
    """
    rows: dict[str, Rate] = {}
    measure = currency
    lines = []
    for line in plain.lines:
        reports = []
        for month in _months(line):
            quotes = Quotes(book, scope._replace(period=month, place=line.name))
            currencies = plain.item.kind == "currency"
            one = Amount(Range.of(1), plain.item.id if currencies else plain.unit, "" if currencies else plain.item.id)
            try:
                money = quotes.money(one)
                answer = quotes.goods(money, goods) if goods else quotes.into(money, currency)
            except NoRate:
                continue
            measure = f"{answer.unit} {goods}".strip()
            reports.append((month, range_of(answer)))
            rows |= {row.id: row for held in answer.inputs if held.chosen for row in held.chosen.rates}
        lines.append(Line(line.name, points(reports, within), 1))
    return replace(plain, measure=measure, lines=tuple(lines), rows=tuple(rows.values()), left_out=())


def _months(line: Line) -> Iterator[Period]:
    if line.points:
        first, last = line.points[0].first, line.points[-1].last
        for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
            yield Period.month(month // 12, month % 12 + 1)


def publishers(rows: Iterable[Rate]) -> list[str]:
    """Return the publishers of rows, the one with most rows first."""
    return [publisher for publisher, _ in Counter(row.source.publisher for row in rows).most_common()]


def gaps(line: Line, least: int) -> list[Period]:
    """Return the days between the runs of a line that are at least so many."""
    runs = line.runs
    return [
        Period(before[-1].last, after[0].first)
        for before, after in pairwise(runs)
        if (after[0].first - before[-1].last).days >= least
    ]
