"""What two or three quantities can come to whose units are those of a stated figure: products, quotients, sums."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import combinations
from typing import NamedTuple

from nkauto.core.terms import Term, minus, over, plus, times
from nkauto.read.passage.passage import TIME, Mention
from nkauto.read.relations.measures import scaled
from nkauto.read.search.operands import MEASURES, Dimensions, Operand, size


class Shape(NamedTuple):
    """One way to reckon with operands: exactly, roughly, and to which power each enters the units of the result."""

    powers: tuple[int, ...]
    exactly: Callable[[Sequence[Term]], Term]
    roughly: Callable[[Sequence[float]], float]


def _product(terms: Sequence[Term]) -> Term:
    first, *rest = terms
    for each in rest:
        first = times(first, each)
    return first


_WHOLE = Term(Fraction(1), "1")
PAIR = Shape((1, 1), _product, lambda f: f[0] * f[1])
QUOTIENT = Shape((1, -1), lambda t: over(t[0], t[1]), lambda f: f[0] / f[1])
TRIPLE = Shape((1, 1, 1), _product, lambda f: f[0] * f[1] * f[2])
PROPORTION = Shape((1, 1, -1), lambda t: over(times(t[0], t[1]), t[2]), lambda f: f[0] * f[1] / f[2])
AND_MORE = Shape((1, 1, 0), lambda t: plus(times(t[0], t[1]), t[2]), lambda f: f[0] * f[1] + f[2])
SUM_OVER = Shape((1, 0, -1), lambda t: over(plus(t[0], t[1]), t[2]), lambda f: (f[0] + f[1]) / f[2])
REST = Shape((1, 0), lambda t: minus(t[0], t[1]), lambda f: f[0] - f[1])
REST_OF_EACH = Shape((1, 0, 1), lambda t: times(minus(t[0], t[1]), t[2]), lambda f: (f[0] - f[1]) * f[2])
SUM_OF_EACH = Shape((1, 0, 1), lambda t: times(plus(t[0], t[1]), t[2]), lambda f: (f[0] + f[1]) * f[2])
RISE = Shape((1, -1), lambda t: minus(over(t[0], t[1]), _WHOLE), lambda f: f[0] / f[1] - 1)
FALL = Shape((-1, 1), lambda t: minus(_WHOLE, over(t[0], t[1])), lambda f: 1 - f[0] / f[1])
THIRD = 0.8
"""What a third operand costs above its way."""
_OF_MANY = (PAIR, QUOTIENT, TRIPLE, REST_OF_EACH, SUM_OF_EACH)


class Formula(NamedTuple):
    """What a few operands come to in the stated unit, roughly, and how far off they stand."""

    cost: float
    rough: float
    operands: tuple[Operand, ...]
    shape: Shape
    more: Fraction

    def scale(self, own: Fraction) -> Fraction:
        """Return what the bare numbers are multiplied by to come out in units of this size."""
        found = self.more / own
        for each, power in zip(self.operands, self.shape.powers, strict=True):
            found *= each.size**power
        return found

    def ends(self, scale: Fraction) -> tuple[Term, Term]:
        """Return both ends of what the operands come to, exactly."""
        pairs = [
            (each.high, each.low) if power < 0 else (each.low, each.high)
            for each, power in zip(self.operands, self.shape.powers, strict=True)
        ]
        low, high = zip(*pairs, strict=True)
        return scaled(self.shape.exactly(low), scale), scaled(self.shape.exactly(high), scale)


def formulas(stated: Mention, wanted: Dimensions, near: list[Operand], most: float) -> Iterator[Formula]:
    """Yield the formulas whose units are those of the stated figure, or all but, those that stand nearest first.

    They are worked out one by one as they are asked for: mostly the first few decide. What stands further off than
    ``most`` is none.
    """
    codes = _Codes([wanted, *(each.dimensions for each in near)])
    own = float(size(stated))
    coded = [(each, codes.of(each.dimensions)) for each in near]
    possible = [
        (_cost(chosen[1]), place, *chosen) for place, chosen in enumerate(_chosen(coded, codes.goals(wanted), most))
    ]
    heapify(possible)
    waiting: list[tuple[float, int, int, Formula]] = []
    while possible:
        cost, place, shape, chosen, left = heappop(possible)
        while waiting and waiting[0][:2] < (cost, place):
            yield heappop(waiting)[-1]
        if not _makes_sense(stated, shape, chosen, left[0]):
            continue
        rough = shape.roughly([each.rough for each in chosen]) / own
        for way, (more, assumed) in enumerate(_assumed(stated, chosen, *left)):
            if shape is REST and more not in (_ONE, _TWELVE, 1 / _TWELVE):
                continue  # a month's sum is not thirty times what is left of two others
            formula = Formula(cost + assumed, rough if more is _ONE else rough * float(more), chosen, shape, more)
            heappush(waiting, (formula.cost, place, way, formula))
    yield from (heappop(waiting)[-1] for _ in range(len(waiting)))


def comparisons(stated: Mention, near: Iterable[Operand], most: float, senses: Collection[Shape]) -> list[Formula]:
    """Return what two like quantities near a percentage or a multiple come to, the nearest pairs first.

    ``senses`` are those that its words allow: by how much the one exceeds the other (``RISE``), by how much that falls
    short (``FALL``), how many times or what part of it it is (``QUOTIENT``).
    """
    own = float(size(stated))
    found = []
    for one, other in combinations(near, 2):
        cost = _cost((one, other))
        like = one.mentions and one.dimensions == other.dimensions and one.size == other.size
        if cost > most or not like or not one.figures.isdisjoint(other.figures) or one.rough == other.rough:
            continue
        less, more = sorted((one, other), key=lambda each: each.rough)
        for shape, first, second in (
            (RISE, more, less),
            (FALL, less, more),
            (QUOTIENT, more, less),
            (QUOTIENT, less, more),
        ):
            if shape in senses:
                rough = shape.roughly((first.rough, second.rough)) / own
                found.append(Formula(cost, rough, (first, second), shape, _ONE))
    return sorted(found, key=lambda each: each.cost)


def _cost(chosen: Sequence[Operand]) -> float:
    """Return how far off two or three operands stand; a third costs more than its way."""
    if len(chosen) == 2:
        return chosen[0].cost + chosen[1].cost
    return chosen[0].cost + chosen[1].cost + chosen[2].cost + THIRD


def _makes_sense(stated: Mention, shape: Shape, chosen: Sequence[Operand], left: str) -> bool:
    """Return whether operands of the right units can be meant: at most one bare number."""
    bare = sum(not each.mentions for each in chosen)
    if bare > 1:
        return False
    if bare:
        last = max(mention.index for each in chosen for mention in each.mentions)
        if shape not in _OF_MANY or last > stated.index + 1:
            return False  # a bare number counts what a price right beside it is for; it is no part of a sum
    if shape is PROPORTION:
        return any(m.unit != stated.unit for each in chosen for m in each.mentions)
    if shape is QUOTIENT:
        return stated.unit not in ("%", "x")  # what two figures make of each other is asked of the words beside them
    return shape is not REST or left not in MEASURES  # a kilogram's price is not what is left of other sums


class _Codes:
    """Dimensions as whole numbers that add where quantities multiply: most formulas are ruled out by one addition."""

    def __init__(self, every: Iterable[Dimensions]) -> None:
        units = dict.fromkeys(unit for dimensions in every for unit in dimensions)
        self._weights = {unit: 1000**place for place, unit in enumerate(units)}

    def of(self, dimensions: Dimensions) -> int:
        """Return the code of dimensions."""
        return sum(self._weights[unit] * power for unit, power in dimensions.items())

    def goals(self, wanted: Dimensions) -> dict[int, tuple[str, int]]:
        """Return the codes that may stand for the wanted dimensions, with the time or measure too many in each."""
        code, weights = self.of(wanted), self._weights
        loose = [unit for unit in ("month", "day", *MEASURES) if unit in weights]
        found = {code: _PLAIN, **{code + power * weights[u]: (u, power) for u in loose for power in (1, -1)}}
        if "day" in weights and "month" in weights:
            by = weights["day"] - weights["month"]
            found |= {code - by: (_DAILY, -1), code + by: (_DAILY, 1)}
        return found


_Left = tuple[str, int]
_PLAIN: _Left = ("", 0)
_DAILY = "days in months"
_MONTH, _YEAR = Fraction(30), Fraction(365)
"""How many days a month and a year have, as people reckon."""
_ONE, _TWELVE = Fraction(1), Fraction(12)
_AS_TOLD, _LEFT_OUT = ((_ONE, 0.0),), ((_ONE, 1.0),)


def _chosen(
    near: list[tuple[Operand, int]], goals: Mapping[int, _Left], most: float
) -> Iterator[tuple[Shape, tuple[Operand, ...], _Left]]:
    """Yield what two and three operands can come to where the units may be right, and what is too much in them.

    No figure enters twice, and none that together stand further off than ``most``.
    """
    counted = [(*each, not any(mention.money for mention in each[0].mentions)) for each in near]
    codes = {code for _, code in near}
    useful: dict[tuple[int, int | None], list[tuple[Operand, int, bool]]] = {}
    pairs = [
        (place, one, first, other, second)
        for (_, (one, first)), (place, (other, second)) in combinations(enumerate(near), 2)
        if one.cost + other.cost <= most and one.figures.isdisjoint(other.figures)
    ]
    for _, one, first, other, second in pairs:
        both = first + second
        if both in goals:
            yield PAIR, (one, other), goals[both]
        if first - second in goals:
            yield QUOTIENT, (one, other), goals[first - second]
        if second - first in goals:
            yield QUOTIENT, (other, one), goals[second - first]
        same = first == second and one.size == other.size
        more, less = (one, other) if one.rough >= other.rough else (other, one)
        if same and goals.get(first, _PLAIN) != _PLAIN:
            yield REST, (more, less), goals[first]
        way = (both, first if same else None)
        if way not in useful:
            fit = {code for code in codes if _may_follow(goals, code, *way)}
            useful[way] = [each for each in counted if each[1] in fit] if fit else []
        figures, left = one.figures | other.figures, most - one.cost - other.cost - THIRD
        for third, code, many in useful[way]:
            if third is one or third is other or third.cost > left or not figures.isdisjoint(third.figures):
                continue
            if both - code in goals:
                yield PROPORTION, (one, other, third), goals[both - code]
            if both == code in goals and one.size * other.size == third.size:
                yield AND_MORE, (one, other, third), goals[code]
            if not same:
                continue
            if first - code in goals:
                yield SUM_OVER, (one, other, third), goals[first - code]
            if first and many and first + code in goals and (not code or goals[first + code] == _PLAIN):
                yield REST_OF_EACH, (more, less, third), goals[first + code]
                yield SUM_OF_EACH, (more, less, third), goals[first + code]
    for place, one, first, other, second in pairs:
        for third, code in near[place + 1 :]:
            far = one.cost + other.cost + third.cost + THIRD > most
            if first + second + code in goals and not far and third.figures.isdisjoint(one.figures | other.figures):
                yield TRIPLE, (one, other, third), goals[first + second + code]


def _may_follow(goals: Mapping[int, _Left], code: int, both: int, alike: int | None) -> bool:
    """Return whether a third operand of these units can belong to two that multiply to ``both`` or are ``alike``."""
    if both - code in goals or both == code in goals:
        return True
    return alike is not None and (alike - code in goals or alike + code in goals)


def _assumed(stated: Mention, chosen: tuple[Operand, ...], unit: str, power: int) -> Iterable[tuple[Fraction, float]]:
    """Return what a formula with a unit too many is multiplied by, and what it costs to assume so; none: no fit."""
    if not unit:
        return _AS_TOLD
    mentions = [mention for each in chosen for mention in each.mentions]
    if unit == _DAILY:
        return ((_MONTH**-power, 0.5),)
    if unit == "day":
        # so many a day, told of one day or of a month; a ration whose day is left out
        if any(mention.unit in TIME for mention in mentions):
            return _LEFT_OUT if power > 0 else ()
        if power > 0:
            return ((1 / _MONTH, 1.2),)
        return (_ONE, 1.0), (_MONTH, 1.2), (_YEAR, 1.7)
    if unit == "month":
        # a wage or a bill whose month is left out; so many a month, told by the year
        if not any(mention.money for mention in mentions):
            return ()
        if any(mention.unit in TIME for mention in mentions):
            return _LEFT_OUT
        daily = ((_MONTH, 1.6),) if power > 0 and stated.per else ()
        return (_ONE, 1.0), (Fraction(12) ** power, 1.5), (Fraction(1, 12) ** power, 1.5), *daily
    bare = stated.money and not stated.per
    bare = bare or any(m.money and min(each.dimensions.values()) > 0 for each in chosen for m in each.mentions)
    return ((_ONE, 1.2),) if bare else ()
