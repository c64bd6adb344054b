"""Figures that follow from two or three others of a text, whatever its words call it: found by their units.

A formula makes sense when its units come out as those of the stated figure: won over won a dollar are dollars,
dollars over kilograms a price of one. What computes to the stated digits is believed when so few formulas stand as
near or nearer that chance would hardly have met the figure; so a round figure is believed of its neighbours alone.
Nothing is ever said to fail from here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import log
from typing import NamedTuple

from nkauto.core.claims import Candidate, Test, Verdict
from nkauto.core.judge import compare, judge, verdict
from nkauto.core.terms import Term, over, plus, times
from nkauto.read.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.passage import TIME, Mention, Passage
from nkauto.read.relation_words import says
from nkauto.read.relations_rates import Quote
from nkauto.read.relations_units import COUNTS, scaled
from nkauto.read.search_operands import MEASURES, Dimensions, Operand, dimensions, operands, size, told

DOUBT = 0.05
"""So many formulas may be expected to meet a figure by chance before the first that does is disbelieved."""
FOLLOWS = ("buy", "wage", "becomes", "equate", "value", "total", "cannot")
"""Roles of words that say that a figure follows from others."""
FEW = 4
"""So many formulas are tried where words tie and the figure is met only about."""
ABOUT = 0.3
SURE = 0.005
"""... and before one disproves a claim that words make."""
DECADES = log(1000)
"""What comes out of a formula of the right units may lie anywhere in some three decades."""
MOST_COST = 7.0

_WITHIN_REACH = Fraction(1, 2)
_BESIDE_BOUND = Fraction(15, 100)
"""What lies further from "more than" or "less than" says nothing of it."""


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


PAIR = Shape((1, 1), _product, lambda f: f[0] * f[1])
QUOTIENT = Shape((1, -1), lambda t: over(t[0], t[1]), lambda f: f[0] / f[1])
TRIPLE = Shape((1, 1, 1), _product, lambda f: f[0] * f[1] * f[2])
PROPORTION = Shape((1, 1, -1), lambda t: over(times(t[0], t[1]), t[2]), lambda f: f[0] * f[1] / f[2])
AND_MORE = Shape((1, 1, 0), lambda t: plus(times(t[0], t[1]), t[2]), lambda f: f[0] * f[1] + f[2])
SUM_OVER = Shape((1, 0, -1), lambda t: over(plus(t[0], t[1]), t[2]), lambda f: (f[0] + f[1]) / f[2])


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


@dataclass(frozen=True, slots=True)
class Followed:
    """A stated figure, the claim that it follows from others, and how likely chance alone would have met it."""

    index: int
    candidate: Candidate
    chance: float
    hedged: bool = False
    loose: bool = False


def settle(passage: Passage, rates: Sequence[Quote], worded: Sequence[Candidate]) -> list[Candidate]:
    """Return the claims of a text with those that follow by their units, which stand in place of what is undecided.

    A claim that words make and figures contradict goes only where the formula takes in all of its figures, or
    where chance would not have met the stated one once in two hundred.
    """
    spans = {mention.index: mention.figure.span for mention in passage.mentions}
    said = {id(each): judge(each).verdict for each in worded}
    held: dict[int, list[frozenset[int]]] = defaultdict(list)
    stating: dict[int, list[Candidate]] = defaultdict(list)
    known: set[int] = set()
    for each in worded:
        holds = said[id(each)] in (Verdict.HOLDS, Verdict.ROUNDING)
        for index in each.figures:
            if spans.get(index) == each.stated:
                stating[index].append(each)
                if holds:
                    known.add(index)
            if holds:
                held[index].append(frozenset(each.figures))
    added: list[Candidate] = []
    dropped: set[int] = set()
    for followed in find(passage, rates, frozenset(known)):
        figures = frozenset(followed.candidate.figures)
        near = [each for index in figures for each in held[index]]
        old = stating[followed.index]
        if any(figures <= each or each <= figures for each in near):
            continue
        if not any(each.locked or _stands(each, said[id(each)], followed) for each in old):
            added.append(followed.candidate)
            dropped.update(id(each) for each in old)
    return [*(each for each in worded if id(each) not in dropped), *added]


def _stands(worded: Candidate, said: Verdict, followed: Followed) -> bool:
    """Return whether a claim that the words make outlives a formula for the same figure."""
    if said is not Verdict.FAILS:
        return False
    return followed.chance > SURE and not set(worded.figures) < set(followed.candidate.figures)


def find(passage: Passage, rates: Sequence[Quote], borne_out: frozenset[int]) -> list[Followed]:
    """Return the figures of a text that follow from others; those already borne out are not asked."""
    found: list[Followed] = []
    rates = told(rates)
    for position, stated in enumerate(passage.mentions):
        if stated.index in borne_out or stated.low <= 0 or stated.rate or (stated.single and stated.low == 1):
            continue
        wanted = dimensions(stated)
        if wanted is None:
            continue
        followed = _followed(stated, wanted, operands(passage, stated, position, rates))
        if followed is not None:
            found.append(followed)
    return _each_once(found)


def _each_once(found: list[Followed]) -> list[Followed]:
    """Return one claim for the same figures: met exactly rather than about, of what is hedged, of the last one told."""
    best: dict[frozenset[int], Followed] = {}
    for each in sorted(found, key=lambda each: (each.loose, not each.hedged, -each.index)):
        best.setdefault(frozenset(each.candidate.figures), each)
    return sorted(best.values(), key=lambda each: each.index)


def _followed(stated: Mention, wanted: Dimensions, near: list[Operand]) -> Followed | None:
    """Return the nearest formula that computes, where chance is hardly to be thanked for it."""
    formulas = sorted(_formulas(stated, wanted, near), key=lambda each: each.cost)
    return _exact(stated, formulas) or _loose(stated, formulas)


def _exact(stated: Mention, formulas: Sequence[Formula]) -> Followed | None:
    """Return the nearest formula that comes to the stated digits."""
    sharp = _sharpness(stated)
    for tried, formula in enumerate(formulas, start=1):
        if formula.cost > MOST_COST or tried * sharp > DOUBT:
            return None
        if _is_near(formula.rough, stated):
            tests = _tests(stated, formula)
            if tests and verdict(tests) is Verdict.HOLDS and _is_close(stated, tests):
                return _made(stated, formula, tests, tried * sharp)
    return None


def _loose(stated: Mention, formulas: Sequence[Formula]) -> Followed | None:
    """Return one of the nearest formulas that comes about to what the words say follows: what a sum buys, is worth."""
    if stated.unit in ("%", "x") or stated.unit in COUNTS or (stated.per and not stated.hedged):
        return None
    told = any(says(role, stated.left[-80:]) or says(role, stated.right[:30]) for role in FOLLOWS)
    for tried, formula in enumerate(formulas[:FEW], start=1):
        mentions = [mention for each in formula.operands for mention in each.mentions]
        paid = stated.unit in TIME and any(mention.money and mention.per in TIME for mention in mentions)
        units = {mention.unit for mention in mentions} | {stated.unit}
        if not (told or paid) or formula.cost > MOST_COST / 2 or len(units) < len(formula.operands):
            continue
        tests = _tests(stated, formula)
        if tests and verdict(tests) is not Verdict.FAILS and _reaches(tests):
            return _made(stated, formula, tests, tried * ABOUT / DECADES, loose=True)
    return None


def _made(
    stated: Mention, formula: Formula, tests: tuple[Test, ...], chance: float, *, loose: bool = False
) -> Followed:
    mentions = tuple(dict.fromkeys(mention for each in formula.operands for mention in each.mentions))
    words = ", ".join(m.figure.span for m in sorted((*mentions, stated), key=lambda m: m.index))
    read = [reading((stated, *mentions), tests)]
    made = candidate(_kind(stated, mentions), words, stated, mentions, read, sure=True)
    return Followed(stated.index, made, chance, hedged=stated.hedged or stated.figure.bound in BOUNDS, loose=loose)


def _reaches(tests: tuple[Test, ...]) -> bool:
    """Return whether an end of what was worked out lies about where the stated figure does, and the other near."""
    ends = [abs(test.computed.value / Fraction(test.stated) - 1) for test in tests]
    return min(ends) <= _BESIDE_BOUND and max(ends) <= _WITHIN_REACH


def _tests(stated: Mention, formula: Formula) -> tuple[Test, ...]:
    scale = formula.scale(size(stated))
    if 1 not in scale.as_integer_ratio():  # nobody prints pounds and kilograms and means one price
        return ()
    low, high = formula.ends(scale)
    inputs = [mention for each in formula.operands for mention in each.mentions]
    return compare(low, high, operator(stated, inputs, round_digits=1), stated.stated)


def _is_close(stated: Mention, tests: tuple[Test, ...]) -> bool:
    """Return whether the comparisons prove anything: a bound only what is near it, a wide range nothing."""
    bound = stated.figure.bound in BOUNDS
    if not bound and any(test.operator not in ("=", "~") for test in tests):
        return False
    return all(abs(test.computed.value / Fraction(test.stated) - 1) <= _BESIDE_BOUND for test in tests)


def _sharpness(stated: Mention) -> float:
    """Return how likely a number of no connection rounds to the stated one."""
    width = float(stated.stated.place) / float(stated.high)
    chance = (float(_BESIDE_BOUND) if stated.figure.bound in BOUNDS else min(width, 0.1)) / DECADES
    return chance if stated.single else chance / 2


def _is_near(value: float, stated: Mention) -> bool:
    least, most = float(stated.low) * 0.85, float(stated.high) * 1.2
    return least <= value <= most


def _kind(stated: Mention, mentions: Sequence[Mention]) -> str:
    if stated.unit in ("%", "x"):
        return "ratio"
    currencies = {mention.unit for mention in (stated, *mentions) if mention.money}
    if len(currencies) > 1:
        return "conversion"
    if currencies and not (stated.money and all(mention.money for mention in mentions)):
        return "affordability"
    return "ratio"


def _formulas(stated: Mention, wanted: Dimensions, near: list[Operand]) -> Iterator[Formula]:
    """Yield the formulas whose units are those of the stated figure, or all but."""
    codes = _Codes([wanted, *(each.dimensions for each in near)])
    own = float(size(stated))
    coded = [(each, codes.of(each.dimensions)) for each in near]
    for shape, chosen, left in _chosen(coded, codes.goals(wanted)):
        mentions = {mention.index for each in chosen for mention in each.mentions}
        if len(mentions) < sum(len(each.mentions) for each in chosen):
            continue
        if shape is PROPORTION and all(m.unit == stated.unit for each in chosen for m in each.mentions):
            continue
        if shape is QUOTIENT and stated.unit in ("%", "x"):
            continue  # what two figures make of each other is asked of the words beside them
        rough = shape.roughly([each.rough for each in chosen]) / own
        cost = sum(each.cost for each in chosen) + 0.8 * (len(chosen) - 2)
        for more, assumed in _assumed(stated, chosen, *left):
            yield Formula(cost + assumed, rough * float(more), chosen, shape, more)


class _Codes:
    """Dimensions as whole numbers that add where quantities multiply: most formulas are ruled out by one addition."""

    def __init__(self, every: Iterable[Dimensions]) -> None:
        units = dict.fromkeys(unit for dimensions in every for unit in dimensions)
        self._weights = {unit: 1000**place for place, unit in enumerate(units)}

    def of(self, dimensions: Dimensions) -> int:
        """Return the code of dimensions."""
        return sum(self._weights[unit] * power for unit, power in dimensions.items())

    def goals(self, wanted: Dimensions) -> dict[int, tuple[str, int]]:
        """Return the codes that may stand for the wanted dimensions, with the month or measure too many in each."""
        code = self.of(wanted)
        loose = [unit for unit in ("month", *MEASURES) if unit in self._weights]
        return {code: ("", 0), **{code + power * self._weights[u]: (u, power) for u in loose for power in (1, -1)}}


_Left = tuple[str, int]


def _chosen(
    near: list[tuple[Operand, int]], goals: Mapping[int, _Left]
) -> Iterator[tuple[Shape, tuple[Operand, ...], _Left]]:
    """Yield what two and three operands can come to where the units may be right, and what is too much in them."""
    for (one, first), (other, second) in combinations(near, 2):
        if first + second in goals:
            yield PAIR, (one, other), goals[first + second]
        if first - second in goals:
            yield QUOTIENT, (one, other), goals[first - second]
        if second - first in goals:
            yield QUOTIENT, (other, one), goals[second - first]
        same = first == second and one.size == other.size
        for third, code in near:
            if third is one or third is other:
                continue
            if first + second - code in goals:
                yield PROPORTION, (one, other, third), goals[first + second - code]
            if first + second == code in goals and one.size * other.size == third.size:
                yield AND_MORE, (one, other, third), goals[code]
            if same and first - code in goals:
                yield SUM_OVER, (one, other, third), goals[first - code]
    for (one, first), (other, second), (third, code) in combinations(near, 3):
        if first + second + code in goals:
            yield TRIPLE, (one, other, third), goals[first + second + code]


def _assumed(stated: Mention, chosen: tuple[Operand, ...], unit: str, power: int) -> Iterable[tuple[Fraction, float]]:
    """Return what a formula with a unit too many is multiplied by, and what it costs to assume so; none: no fit."""
    if not unit:
        return ((Fraction(1), 0.0),)
    mentions = [mention for each in chosen for mention in each.mentions]
    if unit == "month":
        # a wage or a bill whose month is left out; so many a month, told by the year
        if not any(mention.money for mention in mentions):
            return ()
        if any(mention.unit in TIME for mention in mentions):
            return ((Fraction(1), 1.0),)
        return (Fraction(1), 1.0), (Fraction(12) ** power, 1.5), (Fraction(1, 12) ** power, 1.5)
    bare = any(mention.money and not mention.per for mention in (*mentions, stated))
    return ((Fraction(1), 1.2),) if bare else ()
