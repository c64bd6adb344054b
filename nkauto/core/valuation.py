"""What the book answers on every day: the stretches of days on which one answer holds.

A ledger has no ranges, places or shelf lives, only prices that hold from a day on. Cut into stretches, the book's
own answers can be handed to it, and a ledger then values as the book does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from nkauto.core.choose import Chosen, Scope, choose
from nkauto.core.period import Period
from nkauto.core.rates import Item, Rate, RateBook
from nkauto.core.timeline import Timeline
from nkauto.errors import NoRate

POINTS = ("low", "high", "middle")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days on which the book gives one answer for an item in a currency; ``chosen`` is None where it refuses."""

    period: Period
    chosen: Chosen | None


def point(low: Fraction, high: Fraction, kind: str) -> Fraction:
    """Return the one figure that stands for a range where a program knows no ranges: its low, high or middle."""
    return {"low": low, "high": high, "middle": (low + high) / 2}[kind]


def quoted(book: RateBook, item: Item) -> Iterator[tuple[str, str]]:
    """Yield each market and currency that the book quotes an item in: its own market; for currencies the reference
    rate as well.
    """
    markets = dict.fromkeys([item.market, "reference"] if item.kind == "currency" else [item.market])
    for market in markets:
        found = dict.fromkeys(
            basis[0]
            for series in ((False, True) if market == "reference" else (False,))
            for basis in book.timelines(item.id, market, series=series)
            if basis[0] != item.id
        )
        for currency in found:
            yield market, currency


def stretches(book: RateBook, item: Item, scope: Scope, currency: str, market: str) -> list[Stretch]:
    """Return the book's answers for one unit of an item in a currency, day by day, in stretches of equal answers.

    The scope's period bounds the days. Only rows quoted in that currency and by the item's own unit count.
    """
    book = _narrowed(book, item, currency, market)
    days = sorted(_turning_days(book, item, scope, market))
    found: list[Stretch] = []
    for first, following in pairwise([*days, moved(scope.period.last, 1)]):
        chosen = _answer(book, item, scope._replace(period=Period.day(first)), currency, market)
        last = moved(following, -1)
        if found and _same(found[-1].chosen, chosen):
            found[-1] = Stretch(Period(found[-1].period.first, last), found[-1].chosen)
        else:
            found.append(Stretch(Period(first, last), chosen))
    while found and found[0].chosen is None:
        found.pop(0)
    return found


def _answer(book: RateBook, item: Item, scope: Scope, currency: str, market: str) -> Chosen | None:
    try:
        return choose(book, item.id, scope, currency=currency, market=market)
    except NoRate:
        return None


def _narrowed(book: RateBook, item: Item, currency: str, market: str) -> RateBook:
    """Return the book with nothing but the rows that quote an item on a market, in a currency, by its own unit."""
    basis = (currency, item.unit)
    held, series = (
        {item.id: [row for row in rates.get(item.id, ()) if row.market == market and row.basis == basis]}
        for rates in (book.rates, book.reference)
    )
    return RateBook(items=book.items, places=book.places, sources=book.sources, rates=held, reference=series)


def _same(one: Chosen | None, other: Chosen | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.low, one.high, one.rates) == (other.low, other.high, other.rates)


def _turning_days(book: RateBook, item: Item, scope: Scope, market: str) -> set[date]:
    """Return every day within the scope's period on which the answer may change.

    It can change only where a row begins or ends, comes within or leaves its shelf life, or where the row after
    becomes nearer than the row before.
    """
    life = item.shelf_life if scope.within is None else scope.within
    reference = market == "reference"
    rows = [row for row in book.rates[item.id] if reference or scope.publisher in ("", row.source.publisher)]
    rows += book.reference[item.id] if reference else []
    turning = {scope.period.first}
    for row in rows:
        span = row.period(item.shelf_life)
        turning |= {span.first, moved(span.last, 1), moved(span.first, -life), moved(span.last, life + 1)}
    if item.between == "nearest":
        places: dict[str, list[Rate]] = {"": rows}
        for row in rows:
            places.setdefault(row.place, []).append(row)
        for group in places.values():
            timeline = Timeline(group, item.shelf_life)
            for row in group:
                apart, after = timeline.after(Period.day(row.last))
                if after:
                    turning.add(moved(row.last, apart // 2 + 1))
    return {turn for turn in turning if scope.period.first <= turn <= scope.period.last}


def moved(day: date, days: int) -> date:
    """Return the day so many days later, within what a calendar holds."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def with_row(book: RateBook, row: Rate) -> RateBook:
    """Return a book of one item alone, as it answers once the row is in it, and the row that it replaces is not."""
    gone = {row.id, row.replaces}
    held = [*(other for other in book.rates.get(row.item, ()) if other.id not in gone), row]
    series = [other for other in book.reference.get(row.item, ()) if other.id not in gone]
    return RateBook(
        items=book.items,
        places=book.places,
        sources=book.sources,
        rates={row.item: held},
        reference={row.item: series},
    )
