"""Figures that follow from two or three others of a text, whatever its words call it: found by their units.

A formula makes sense when its units come out as those of the stated figure: won over won a dollar are dollars,
dollars over kilograms a price of one; two like figures make a percentage or a multiple, in whichever sense. What
computes to the stated digits is believed when so few formulas stand as near or nearer that chance would hardly have met
the figure; so a round figure is believed of its neighbours alone. Nothing is ever said to fail from here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain, islice
from math import log

from nkauto.core.claims import Candidate, Test, Verdict
from nkauto.core.judge import compare, judge, verdict
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, digits, operator, reading
from nkauto.read.relations.measures import COUNTS
from nkauto.read.relations.multiple import DOWN, UP, Multiple, multiple_of
from nkauto.read.relations.product import by_ends
from nkauto.read.relations.quotes import Quote
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.counts import counts
from nkauto.read.search.operands import Dimensions, Operand, dimensions, operands, size, told
from nkauto.read.search.shapes import FALL, QUOTIENT, RISE, Formula, Shape, comparisons, formulas

DOUBT = 0.05
"""So many formulas may be expected to meet a figure by chance before the first that does is disbelieved."""
DECADES = log(1000)
"""What comes out of a formula of the right units may lie anywhere in some three decades."""
ALIKE = log(10)
"""What two prices of like things make of each other lies rather in one."""
MOST_COST = 7.0
"""How far off the figures of a formula may stand, as ``operands`` counts."""

FOLLOWS = ("buy", "wage", "becomes", "equate", "value", "total", "cannot")
"""Roles of words that say that a figure follows from others."""
FEW = 4
"""So many formulas are tried where words tie and the figure is met only about."""
TOLD, PAID = 3.5, 5.0
"""How far off its figures may stand then: where words tell, and where a wage makes months and years of it."""
ABOUT = 0.3
"""The width that is about, as a share."""

_VALUE = 24
"""Characters behind a percentage in which a value may be told to be lost."""
_PLAIN = frozenset((Decimal("0.5"), *range(2, 11)))
"""Multiples that are told of much."""
_TWO = 2
_RATE = 2
"""The figures of a rate told in two."""
_BESIDE = Fraction(15, 100)
"""What lies further from "more than", "less than" or "about" says nothing of it."""
_REACHED = Fraction(1, 2)
"""The other end of a computed range may lie so far off."""


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

    A claim that words make and figures contradict goes only where the formula takes in all of its figures.
    """
    spans = {mention.index: mention.figure.span for mention in passage.mentions}
    judged = {id(each): judge(each) for each in worded}
    said = {key: each.verdict for key, each in judged.items()}
    held: dict[int, list[frozenset[int]]] = defaultdict(list)
    stating: dict[int, list[Candidate]] = defaultdict(list)
    known: set[int] = set()
    for each in worded:
        holds = said[id(each)] in (Verdict.HOLDS, Verdict.ROUNDING)
        for index in each.figures:
            if spans.get(index) == each.stated:
                stating[index].append(each)
                if holds and any(check.operator in ("=", "~") for check in judged[id(each)].checks):
                    known.add(index)  # what is only more or less than another figure may yet follow from two
            if holds:
                held[index].append(frozenset(each.figures))
    added: list[Candidate] = []
    dropped: set[int] = set()
    wrong = {frozenset(each.figures) for each in worded if each.sure and said[id(each)] is Verdict.FAILS}
    for followed in find(passage, rates, frozenset(known)):
        figures = frozenset(followed.candidate.figures)
        near = [each for index in figures for each in held[index]]
        old = stating[followed.index]
        if any(figures <= each or each <= figures for each in near) or (followed.loose and figures in wrong):
            continue  # nor does a rough figure follow from a sum that words call its result
        if not any(each.locked or _stands(each, said[id(each)], followed) for each in old):
            added.append(followed.candidate)
            dropped.update(id(each) for each in old if said[id(each)] not in (Verdict.HOLDS, Verdict.ROUNDING))
    return [*(each for each in worded if id(each) not in dropped), *added]


def _stands(worded: Candidate, said: Verdict, followed: Followed) -> bool:
    """Return whether a claim that the words make outlives a formula for the same figure."""
    return said is Verdict.FAILS and not set(worded.figures) < set(followed.candidate.figures)


def find(passage: Passage, rates: Sequence[Quote], borne_out: frozenset[int]) -> list[Followed]:
    """Return the figures of a text that follow from others; those already borne out are not asked."""
    found: list[Followed] = []
    rates, bare = told(rates), counts(passage)
    for position, stated in enumerate(passage.mentions):
        if stated.index in borne_out or stated.low <= 0 or (stated.single and stated.low == 1):
            continue
        if _met_by_much(stated):
            continue
        if stated.unit in TIME and pattern("long_ago", r"^\s*").match(stated.right):
            continue
        wanted = dimensions(stated)
        if wanted is None:
            continue
        near = operands(passage, stated, position, rates, bare)
        followed = _followed(stated, wanted, near)
        if followed is None and stated.unit in ("%", "x"):
            senses = _senses(multiple_of(stated, position))
            followed = _exact(stated, comparisons(stated, near, MOST_COST, senses), ALIKE)
        if followed is None and stated.money and stated.per and size(stated) == 1:
            # its denominator may belong to another figure of the sentence, which then counts or weighs something
            plain = [each for each in near if len(each.mentions) < _RATE]
            every = formulas(stated, {stated.unit: 1}, plain, MOST_COST)
            followed = _exact(stated, (each for each in every if any(map(_is_thing, each.operands))))
        if followed is not None:
            found.append(followed)
    return _each_once(found)


def _met_by_much(stated: Mention) -> bool:
    """Return whether a multiple is told so roughly that many figures make it: ``doubled``, ``more than 60 %``."""
    if stated.unit == "x" and stated.single and stated.low in _PLAIN:
        return True
    return stated.unit in ("%", "x") and stated.figure.bound in BOUNDS


def _senses(multiple: Multiple) -> tuple[Shape, ...]:
    """Return what a multiple can say of two figures by its words: more, less, a part; any where they are silent."""
    if multiple.of:
        return (FALL,) if says("value", multiple.mention.right[:_VALUE]) else (QUOTIENT,)
    if not multiple.way and multiple.mention.left.endswith(("(", "（")):
        return RISE, QUOTIENT  # nobody says of a part in brackets how much it leaves
    return {UP: (RISE,), DOWN: (FALL,)}.get(multiple.way, (RISE, FALL, QUOTIENT))


def _each_once(found: list[Followed]) -> list[Followed]:
    """Return one claim for the same figures: met exactly rather than about, of what is hedged, of the last one told."""
    best: dict[frozenset[int], Followed] = {}
    for each in sorted(found, key=lambda each: (each.loose, not each.hedged, -each.index)):
        best.setdefault(frozenset(each.candidate.figures), each)
    return sorted(best.values(), key=lambda each: each.index)


def _followed(stated: Mention, wanted: Dimensions, near: list[Operand]) -> Followed | None:
    """Return the nearest formula that computes, where chance is hardly to be thanked for it."""
    every = formulas(stated, wanted, near, MOST_COST)
    first = list(islice(every, FEW))
    return _exact(stated, chain(first, every)) or _loose(stated, first)


def _exact(stated: Mention, every: Iterable[Formula], decades: float = DECADES) -> Followed | None:
    """Return the nearest formula that comes to the stated digits."""
    sharp = _sharpness(stated, decades)
    plain = stated.single and digits(stated.low) == 1 and stated.money
    for tried, formula in enumerate(every, start=1):
        if formula.cost > MOST_COST or tried * sharp > DOUBT:
            return None
        if plain and len(formula.operands) > _TWO:
            continue  # three figures make whatever is round
        if stated.unit in ("%", "x") and sum(_is_sum(one) for one in formula.operands) > _TWO:
            continue  # nor is a multiple one of three sums
        if _is_near(formula.rough, stated):
            tests = _tests(stated, formula)
            if tests and verdict(tests) is Verdict.HOLDS and _is_close(stated, tests):
                return _made(stated, formula, tests, tried * sharp)
    return None


def _is_thing(operand: Operand) -> bool:
    return not operand.mentions or not operand.mentions[0].money


def _is_sum(operand: Operand) -> bool:
    return any(each.money and not each.rate for each in operand.mentions)


def _loose(stated: Mention, few: Sequence[Formula]) -> Followed | None:
    """Return one of the nearest formulas that comes about to what the words say follows: what a sum buys, is worth."""
    if stated.unit in ("%", "x") or stated.unit in COUNTS or (stated.per and not stated.hedged):
        return None
    few = [each for each in few if each.cost <= PAID]  # the nearest stand first
    tied = bool(few) and any(says(role, stated.left[-80:]) or says(role, stated.right[:30]) for role in FOLLOWS)
    for tried, formula in enumerate(few, start=1):
        mentions = [mention for each in formula.operands for mention in each.mentions]
        if not all(each.mentions for each in formula.operands):
            continue
        pay = any(mention.money and mention.per in TIME for mention in mentions)
        paid = pay and stated.unit in TIME
        units = {mention.unit for mention in mentions} | {stated.unit}
        sums = [mention for mention in mentions if not mention.rate]
        if stated.money and all(mention.money and mention.index > stated.index for mention in sums):
            continue  # what a sum is worth is told behind it
        if not (tied or paid) or formula.cost > (PAID if paid else TOLD) or len(units) < len(formula.operands):
            continue
        tests = _tests(stated, formula, paid=paid)
        doubted = (Verdict.FAILS,) if pay else (Verdict.FAILS, Verdict.PARTLY)
        if tests and verdict(tests) not in doubted and _reaches(tests):
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
    ends = [test.miss for test in tests]
    return min(ends) <= _BESIDE and max(ends) <= _REACHED


def _tests(stated: Mention, formula: Formula, *, paid: bool = False) -> tuple[Test, ...]:
    scale = formula.scale(size(stated))
    if 1 not in scale.as_integer_ratio():  # nobody prints pounds and kilograms and means one price
        return ()
    low, high = formula.ends(scale)
    inputs = [mention for each in formula.operands for mention in each.mentions]
    held = by_ends if paid else compare
    return held(low, high, operator(stated, inputs, round_digits=1), stated.stated)


def _is_close(stated: Mention, tests: tuple[Test, ...]) -> bool:
    """Return whether the comparisons prove anything: a bound only what is near it, a wide range nothing."""
    bound = stated.figure.bound in BOUNDS
    if not bound and any(test.operator not in ("=", "~") for test in tests):
        return False
    return all(test.miss <= _BESIDE for test in tests)


def _sharpness(stated: Mention, decades: float) -> float:
    """Return how likely a number of no connection rounds to the stated one."""
    width = float(stated.stated.place) / float(stated.high)
    chance = (float(_BESIDE) if stated.figure.bound in BOUNDS else min(width, 0.1)) / decades
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
