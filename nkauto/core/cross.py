"""The triangle of quotes: what two prices of one survey imply between each other, beside the reference rate.

A survey that gives the dollar at 20,000 won and the yuan at 2,800 implies 7.14 yuan to the dollar. Where that
lies far from the world's rate, one of the two rows may be flipped, mistyped, or misread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from nkauto.core.choose import Scope, choose
from nkauto.core.period import Period
from nkauto.core.rates import Rate, RateBook
from nkauto.errors import NoRate

TOLERANCE = Fraction(1, 10)
"""How far an implied rate may lie from the reference rate before it is flagged."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """One survey's two rows and what they imply: 1 unit of ``base`` costs low–high units of ``other``.

    ``reference`` is the world's rate at the time, None where the book has none; ``off`` is by what share the
    nearest end of the implied range lies outside the reference range, 0 where the two meet.
    """

    base: Rate
    other: Rate
    period: Period
    low: Fraction
    high: Fraction
    reference: tuple[Fraction, Fraction] | None
    off: Fraction

    @property
    def flagged(self) -> bool:
        """Return whether the survey disagrees with the reference rate by more than the tolerance."""
        return abs(self.off) > TOLERANCE


def crossings(book: RateBook, base: str, other: str, *, place: str = "", publisher: str = "") -> Iterator[Crossing]:
    """Yield each pair of rows of one survey, by day.

    A survey is what one publisher reports of both items at one place, on one market, in one currency, for days that
    the two periods share.
    """
    rows = [row for row in book.rates.get(other, ()) if row.market != "reference"]
    life = book.items[other].shelf_life
    surveys: dict[tuple[str, str, str, str], list[Rate]] = {}
    for row in rows:
        surveys.setdefault(_survey(row), []).append(row)
    for row in sorted(book.rates.get(base, ()), key=lambda row: (row.last, row.place, row.id)):
        if place not in ("", row.place) or publisher not in ("", row.source.publisher) or row.market == "reference":
            continue
        span = row.period(book.items[base].shelf_life)
        for pair in surveys.get(_survey(row), ()):
            if pair.basis[0] != base and row.basis[0] != other and span.overlaps(pair.period(life)):
                yield _crossing(book, row, pair, span, pair.period(life))


def _survey(row: Rate) -> tuple[str, str, str, str]:
    return (row.source.publisher, row.place, row.market, row.basis[0])


def _crossing(book: RateBook, base: Rate, other: Rate, span: Period, other_span: Period) -> Crossing:
    shared = Period(max(span.first, other_span.first), min(span.last, other_span.last))
    low, high = base.per_unit[0] / other.per_unit[1], base.per_unit[1] / other.per_unit[0]
    reference = world_rate(book, base.item, other.item, shared)
    off = Fraction(0)
    if reference is not None:
        if low > reference[1]:
            off = low / reference[1] - 1
        elif high < reference[0]:
            off = high / reference[0] - 1
    return Crossing(base, other, shared, low, high, reference, off)


def world_rate(book: RateBook, base: str, other: str, period: Period) -> tuple[Fraction, Fraction] | None:
    """Return what 1 unit of a currency costs in another by the reference rates of a time; None without any."""
    scope = Scope(period)
    for item, quoted in ((base, other), (other, base)):
        try:
            chosen = choose(book, item, scope, currency=quoted, market="reference")
        except NoRate:
            continue
        return (chosen.low, chosen.high) if item == base else (1 / chosen.high, 1 / chosen.low)
    return None
