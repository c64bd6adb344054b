"""One measure told in two units: ``40 litres (10.6 gallons)``, ``45 cents a litre ($1.70 a gallon)``, ``48%, a half``.

An exact factor decides; what weighs so much and fills so much is decided by a density, which stands outside the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import compare, judge
from nkauto.core.terms import Term, over, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.units import COUNTS, FAMILY, scale_between, scaled
from nkauto.read.relations.words import says
from nkauto.read.search.bases import Settled

_FAR = Fraction(5, 4)
"""Two measures further off than this are two quantities, and no conversion."""
_RESTATED = 24
_WHOLE = 100
_TURNED = ("rise", "fall", "turns")
"""Words between two parts that make them parts of two things."""
_LITRE = "L"
_WEIGHTS, _VOLUMES = FAMILY["kg"], FAMILY[_LITRE]
_LIGHTEST, _HEAVIEST = Fraction(1, 2), Fraction(2)
"""Kilograms in a litre of anything that is sold by both."""


def find(passage: Passage) -> list[Settled]:
    """Return the measures of a text that are told twice, with what an exact factor says of them."""
    found = list(_shares(passage))
    weighed = any(each.money and each.per == _LITRE for each in passage.mentions)
    for one, other in _beside(passage):
        # Beside a price by the litre the two say what a litre weighs, and are checked with the price.
        made = _factored(one, other) or _lasting(one, other) or (None if weighed else _dense(one, other))
        if made is not None:
            fits = judge(made).verdict in (Verdict.HOLDS, Verdict.ROUNDING)
            found.append(Settled(other.index, made, fits=fits, score=0.0))
    return found


def _shares(passage: Passage) -> Iterator[Settled]:
    """Yield the parts told as percentage and as fraction, one right behind the other: ``48%, nearly half of the sum``.

    Two that are far from each other are parts of two things.
    """
    for one, other in pairwise(passage.mentions):
        if one.sentence != other.sentence or {one.unit, other.unit} != {"%", "x"} or not one.low or not other.low:
            continue
        gap = passage.gap(one, other)
        if len(gap) > _RESTATED or ";" in gap or max(one.high, other.high) > _WHOLE:
            continue
        if any(says(role, gap) for role in _TURNED):
            continue
        if one.unit == "x" and (one.high >= 1 or tie_of(gap) not in ("bracket", "words")):
            continue
        if other.unit == "x" and other.high >= 1:
            continue
        factor = Term(Fraction(100), "100")
        low, high = (times(end, factor) if one.unit == "x" else over(end, factor) for end in one.ends)
        if not all(1 / _FAR <= ratio <= _FAR for ratio in (_ratio(low, other.ends[0]), _ratio(high, other.ends[1]))):
            continue
        tests = compare(low, high, operator(other, (one,)), other.stated)
        words = f"{one.figure.span} is {other.figure.span}"
        made = candidate("ratio", words, other, (one,), [reading((one, other), tests)], sure=True)
        if judge(made).verdict in (Verdict.HOLDS, Verdict.ROUNDING):
            yield Settled(other.index, made, fits=True, score=0.0)


def _beside(passage: Passage) -> Iterator[tuple[Mention, Mention]]:
    for one, other in pairwise(passage.mentions):
        if one.sentence != other.sentence or not one.low or not other.low or one.rate or other.rate:
            continue
        gap = passage.gap(one, other)
        if tie_of(gap) in ("bracket", "words") or (len(gap) <= _RESTATED and says("restates", gap)):
            yield one, other


def _lasting(one: Mention, other: Mention) -> Candidate | None:
    """Return a span of time told in two ways: ``a year and two months, that is 14 months``."""
    if one.unit not in TIME or one.unit != other.unit or one.per or other.per:
        return None
    low, high = one.ends
    if not all(1 / _FAR <= ratio <= _FAR for ratio in (_ratio(low, other.ends[0]), _ratio(high, other.ends[1]))):
        return None
    tests = compare(low, high, operator(other, (one,), round_digits=0), other.stated)
    words = f"{one.figure.span} is {other.figure.span}"
    return candidate("ratio", words, other, (one,), [reading((one, other), tests)], sure=True)


def _factored(one: Mention, other: Mention) -> Candidate | None:
    """Return a quantity in two units of one kind, or a price by two such units, held against the exact factor."""
    if one.money != other.money or (one.money and one.unit != other.unit):
        return None
    units = (other.per, one.per) if one.money else (one.unit, other.unit)
    if units[0] == units[1] or {*units} & {*TIME, *COUNTS, "%", "x", ""}:
        return None
    scale = scale_between(*units)
    if scale is None:
        return None
    low, high = (scaled(end, scale) for end in one.ends)
    if not all(1 / _FAR <= ratio <= _FAR for ratio in (_ratio(low, other.ends[0]), _ratio(high, other.ends[1]))):
        return None
    tests = compare(low, high, operator(other, (one,)), other.stated)
    words = f"{one.figure.span} is {other.figure.span}"
    return candidate("conversion", words, other, (one,), [reading((one, other), tests)], sure=True)


def _dense(one: Mention, other: Mention) -> Candidate | None:
    """Return so many kilograms told in litres, or the other way round: only what a litre weighs can decide it."""
    if {FAMILY.get(one.unit), FAMILY.get(other.unit)} != {_WEIGHTS, _VOLUMES}:
        return None
    heavy, wide = (one, other) if FAMILY[one.unit] == _WEIGHTS else (other, one)
    kilos, litres = scale_between(heavy.unit, "kg"), scale_between(wide.unit, _LITRE)
    if kilos is None or litres is None:
        return None
    density = Fraction(heavy.low) * kilos / (Fraction(wide.low) * litres)
    if not _LIGHTEST <= density <= _HEAVIEST:
        return None
    return candidate("conversion", f"{one.figure.span} is {other.figure.span}", other, (one,), sure=True)


def _ratio(one: Term, other: Term) -> Fraction:
    return one.value / other.value
