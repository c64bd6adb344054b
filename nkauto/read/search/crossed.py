"""Rates that follow from others: by way of a third currency, or from two prices of one thing.

``14,040 won a dollar, 1,950 a yuan: 7.2 yuan``; ``66,000 won, or 55 yuan, which implies 1,200 won to the yuan``.
And measures told in two units: ``40 litres (10.6 gallons)``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise

from nkauto.core.claims import Candidate, Hint, Verdict
from nkauto.core.judge import compare, judge, verdict
from nkauto.core.terms import Term, over, times
from nkauto.read import lexicon
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.measures import COUNTS, FAMILY, scale_between, scaled
from nkauto.read.relations.quotes import Quote, amount
from nkauto.read.relations.rates import MOST_RATES
from nkauto.read.relations.words import says
from nkauto.read.search.bases import Settled

_LETTERS = re.compile(r"[a-z]+|[가-힣]{2}|[ァ-ヶー]{2,}|[一-鿿]+")
_SAID = 90
_MOST = 4
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_CLOSE = Fraction(1, 40)
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


def crossed(target: Mention, known: Sequence[Quote]) -> Settled | None:
    """Return ``14,040 won a dollar, 1,950 won a yuan: 7.2 yuan to the dollar``: two rates that make a third."""
    place = bisect_left(known, target.figure.start, key=lambda each: each.at.figure.start)
    few = known[max(0, place - MOST_RATES) : place + MOST_RATES]
    near = [q for q in few if target not in q.mentions and abs(q.at.sentence - target.sentence) <= 2]
    best: tuple[int, Settled] | None = None
    for one in near:
        for other in near:
            if one.unit != other.unit or one.base == other.base or target.unit != other.base:
                continue
            if target.rate and target.per != one.base:
                continue
            named = not target.rate and _names(one.base, re.split(r"[,，、;；]", target.left[-26:])[-1])
            if not target.rate and not named and (target.per or len(target.low.normalize().as_tuple().digits) < 2):
                continue
            ends = over(one.low, other.high), over(one.high, other.low)
            if target.rate and target.count != 1:
                many = Term(Fraction(target.count), f"{target.count:f}")
                ends = times(ends[0], many), times(ends[1], many)
            tests = compare(*ends, operator(target, (one.at, other.at), round_digits=1), target.stated)
            said = verdict(tests)
            holds = said in (Verdict.HOLDS, Verdict.ROUNDING)
            inverse = over(other.low, one.high)
            stated = Fraction(target.low)
            slipped = abs(inverse.value - stated) <= max(stated / 100, Fraction(target.stated.slack))
            told = (target.rate or named) and one.at.sentence == other.at.sentence
            if not holds and not ((target.rate or named) and (slipped or told)):
                continue
            if holds and said is not Verdict.HOLDS and not target.rate:
                continue
            tied = (target, *one.mentions, *other.mentions)
            made = candidate(
                "conversion",
                f"{target.figure.span} by two rates",
                target,
                tied,
                [reading(tied, tests)],
                sure=True,
                hints=[Hint(inverse, "divided the wrong way round")],
            )
            away = abs(one.at.index - target.index) + abs(other.at.index - target.index) + (0 if holds else 100)
            if best is None or away < best[0]:
                best = away, Settled(target.index, made, holds, 0.0)
    return best[1] if best is not None else None


def _names(code: str, words: str) -> bool:
    """Return whether words name a currency."""
    return any(code in meanings for meanings in currencies(words))


def currencies(words: str) -> list[tuple[str, ...]]:
    """Return the currencies that words name: for each name the codes that it may stand for."""
    return [_codes()[each] for each in _LETTERS.findall(words) if each in _codes()]


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    return {word: tuple(entries[0].meaning.split()) for word, entries in lexicon.words("currency").items()}


def find(passage: Passage) -> list[Settled]:
    """Return the rates that the words call implied, with the two amounts that imply them."""
    found = []
    for position, rate in enumerate(passage.mentions):
        if (
            not rate.rate
            or rate.count != 1
            or rate.low <= 0
            or rate.figure.bound in BOUNDS
            or not says("implies", rate.left[-_SAID:])
        ):
            continue
        before = [each for each in passage.before(rate, position) if amount(each) and each.per not in TIME]
        above = [each for each in before if each.unit == rate.unit and each.low > 0][:_MOST]
        below = [each for each in before if each.unit == rate.per and each.low > 0][:_MOST]
        pairs = [(one, other) for one in above for other in below if one.per == other.per]
        pairs.sort(key=lambda pair: not (pair[0].single and pair[1].single))  # a range implies two rates
        every = [_claim(rate, one, other) for one, other in pairs]
        fitting = [each for each in every if judge(each).verdict in _HELD]
        wrong = every if len(every) == 1 else [each for each in every if _by_a_power(each)]
        if fitting:
            found.append(Settled(rate.index, fitting[0], fits=True, score=0.0))
        elif wrong:
            found.append(Settled(rate.index, wrong[0], fits=False, score=0.0))
    return found


def _claim(rate: Mention, one: Mention, other: Mention) -> Candidate:
    low, high = over(one.ends[0], other.ends[1]), over(one.ends[1], other.ends[0])
    if one.single and other.single:
        high = low
    tests = compare(low, high, operator(rate, (one, other), round_digits=1), rate.stated)
    words = f"{one.figure.span} for {other.figure.span} imply {rate.figure.span}"
    return candidate("conversion", words, rate, (one, other), [reading((one, other, rate), tests)], sure=True)


def _by_a_power(claim: Candidate) -> bool:
    """Return whether the point in another place would mend a claim."""
    ratios = [test.size for test in claim.readings[0].tests if test.stated]
    powers = [Fraction(10) ** power for power in (-3, -2, -1, 1, 2, 3)]
    return any(abs(ratio / power - 1) <= _CLOSE for ratio in ratios for power in powers)


def find_twice(passage: Passage) -> list[Settled]:
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
