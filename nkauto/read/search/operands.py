"""What a stated figure may follow from: the figures and rates near it, each with its units in powers of base units."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from nkauto.core.terms import Term
from nkauto.core.units import factor
from nkauto.errors import WrongDimension
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.measures import COUNTS
from nkauto.read.relations.quotes import Quote
from nkauto.read.relations.words import pattern
from nkauto.read.search.counts import Count, near

MOST_OPERANDS = 6
REACHED = 12
"""Figures between a stated one and a rate told in two, at most."""
FURTHEST = 4.0
"""How far off a rate told in two figures may stand, as ``_distance`` counts."""
AGAIN = 0.8
"""What it costs to take a figure in brackets, which mostly tells another one again."""
BARE = 1.2
"""What it costs to take a bare number for a count."""
_SMALL, FEW = 4, 1.0
"""Round prices are often twice or three times each other by chance: what such a count costs above that."""
MEASURES = ("kg", "L", "m", "m2")
"""The base units of what is weighed and measured."""
_PERIODS = {
    "year": ("month", Fraction(12)),
    "month": ("month", Fraction(1)),
    "week": ("day", Fraction(7)),
    "night": ("day", Fraction(1)),
}
Dimensions = Mapping[str, int]


@dataclass(frozen=True)
class Operand:
    """A figure, or a rate told in two: ``dimensions`` are powers of base units, ``size`` one of its own in those."""

    mentions: tuple[Mention, ...]
    low: Term
    high: Term
    dimensions: Dimensions
    size: Fraction
    cost: float

    @cached_property
    def figures(self) -> frozenset[int]:
        """The figures that it is told in; none for a bare number."""
        return frozenset(mention.index for mention in self.mentions)

    @cached_property
    def rough(self) -> float:
        """Its lower end in base units, roughly."""
        return float(self.low.value) * float(self.size)


def operands(
    passage: Passage, stated: Mention, position: int, rates: Sequence[Quote], bare: Sequence[Count]
) -> list[Operand]:
    """Return the figures near a stated one, the nearest first, the rates of the text and the bare numbers near it."""
    found = []
    around = [*passage.before(stated, position), *passage.after(stated, position, most=3)]
    for mention in around:
        units = None if mention.unit in ("%", "x") else dimensions(mention)
        if units is None or mention.low <= 0 or (mention.single and mention.low == 1):
            continue
        if mention.unit in TIME and pattern("long_ago", r"^\s*").match(mention.right):
            continue  # ``two years ago`` says when
        again = AGAIN if passage.text[mention.figure.start - 1 : mention.figure.start] in ("(", "（") else 0.0
        found.append(Operand((mention,), *mention.ends, units, size(mention), _distance(stated, mention) + again))
    found = sorted(found, key=lambda each: each.cost)[:MOST_OPERANDS]
    found += [plain for each in found if (plain := _without_denominator(each)) is not None]
    if stated.money or stated.unit not in COUNTS:
        for count, cost in near(bare, passage, stated):
            few = FEW if count.value.value < _SMALL else 0.0
            found.append(Operand((), count.value, count.value, {}, Fraction(1), cost + BARE + few))
    first = bisect_left(rates, stated.index - REACHED, key=_place)
    for quote in rates[first : bisect_left(rates, stated.index + REACHED, key=_place)]:
        if any(mention.index == stated.index for mention in quote.mentions):
            continue
        cost = min(_distance(stated, mention) for mention in quote.mentions)
        if cost < FURTHEST:
            units = {quote.unit: 1, quote.base: -1}
            found.append(Operand(quote.mentions, quote.low, quote.high, units, Fraction(1), cost))
    return found


def told(rates: Iterable[Quote]) -> list[Quote]:
    """Return the rates that a text tells in two figures, in its order: ``12.5 yen for 1,000 won``."""
    return sorted((each for each in rates if not each.weak and not each.at.rate), key=_place)


def _place(quote: Quote) -> int:
    return quote.at.index


def _without_denominator(priced: Operand) -> Operand | None:
    """Return a price as a plain amount: its denominator may belong to another figure of the sentence."""
    mention = priced.mentions[0]
    if not mention.money or not mention.per:
        return None
    return Operand((mention,), *mention.ends, {mention.unit: 1}, Fraction(1), priced.cost + 1.0)


def _distance(stated: Mention, other: Mention) -> float:
    between = abs(stated.index - other.index) - 1
    away = abs(stated.sentence - other.sentence)
    return 0.35 * between + 0.9 * away + (0.6 if other.index > stated.index else 0.0)


def dimensions(mention: Mention) -> Dimensions | None:
    """Return the powers of base units; people and pieces count as none; None for what is no quantity."""
    return _dimensions(mention.unit, mention.per)


@lru_cache(maxsize=512)
def _dimensions(own: str, denominator: str) -> Dimensions | None:
    found: dict[str, int] = {}
    for unit, power in ((own, 1), (denominator, -1)):
        base = _base(unit)
        if base is None:
            return None
        if base[0]:
            found[base[0]] = found.get(base[0], 0) + power
    return found


@lru_cache(maxsize=256)
def _base(unit: str) -> tuple[str, Fraction] | None:
    """Return a unit's base unit and how many of it one is; an empty base for a mere count."""
    if unit in COUNTS or unit in ("", "x"):
        return "", Fraction(1)
    if unit == "%":
        return "", Fraction(1, 100)
    if unit in TIME:
        return _PERIODS.get(unit) or (unit, Fraction(1))
    if len(unit) == 3 and unit.isupper():
        return unit, Fraction(1)
    for canonical in MEASURES:
        try:
            return canonical, factor(unit, canonical)
        except WrongDimension:
            continue
    return None


def size(mention: Mention) -> Fraction:
    """Return how much of the base units one of a figure's own is."""
    return _size(mention.unit, mention.per, mention.count)


@lru_cache(maxsize=1024)
def _size(own: str, denominator: str, count: Decimal) -> Fraction:
    unit, per = _base(own), _base(denominator)
    assert unit is not None
    assert per is not None
    return unit[1] / (per[1] * Fraction(count))
