"""Judge a claim: compare what its figures come to with what the text states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from nkauto.core import slips
from nkauto.core.claims import (
    Candidate,
    Check,
    Claim,
    Conversion,
    Grade,
    OutsideAnswer,
    OutsideRate,
    Reading,
    Stated,
    Test,
    Verdict,
)
from nkauto.core.terms import Term, number, over, shown, times, written

CLOSE = Fraction(25, 1000)
"""A stated figure this near to the computed one holds within rounding."""
HEDGED_EXACT = Fraction(5, 100)
HEDGED = Fraction(125, 1000)
"""The same for hedged multiples and plainly round numbers: exact within the first, rounding within the second."""

_SMALL = Fraction(1, 100)
"""A smaller rate is told the other way round: a dollar at 8,000 won, not a won at 0.000125 dollars."""

_HAIR = Fraction(1, 10**9)
"""So little a third that is written 0.333 may be off."""

_FAR = {"=": 0.03, "~": 0.13}
"""Further off than this share of it, no number meets the stated one: a little more than above, for floats."""
_RANK = {Verdict.HOLDS: 3, Verdict.ROUNDING: 2, Verdict.PARTLY: 1, Verdict.FAILS: 0}


def _is_far_off(test: Test) -> bool:
    """Return whether a computed value lies plainly too far off to meet the stated one: most of those tried do."""
    stated, place = float(test.stated), float(test.place)
    try:
        off = abs(float(test.computed.value) - stated)
    except OverflowError:
        return False
    return off > _FAR[test.operator] * abs(stated) and off > place


def grade(test: Test) -> Grade:
    """Return how well a computed value bears the stated one out.

    ``=``: exact when it rounds to the stated digits, rounding within 2.5 %. ``~``: exact when it rounds to
    them and lies within 5 %, rounding within 12.5 %. ``<  >  <=  >=``: true or not.
    """
    if test.operator in ("=", "~") and _is_far_off(test):
        return Grade.NO
    value, stated = test.computed.value, Fraction(test.stated)
    if test.operator == "<":
        return Grade.EXACT if value < stated else Grade.NO
    if test.operator == ">":
        return Grade.EXACT if value > stated else Grade.NO
    off, size = abs(value - stated), abs(stated)
    if test.operator in ("<=", ">="):
        met = value <= stated if test.operator == "<=" else value >= stated
        return Grade.EXACT if met or off <= size * _HAIR else Grade.NO
    rounds = off * 2 <= Fraction(test.place)
    if test.operator == "~":
        if rounds and off <= size * HEDGED_EXACT:
            return Grade.EXACT
        return Grade.ROUNDING if off <= size * HEDGED else Grade.NO
    if rounds:
        return Grade.EXACT
    return Grade.ROUNDING if off <= size * CLOSE else Grade.NO


def compare(low: Term, high: Term, operator: str, stated: Stated) -> tuple[Test, ...]:
    """Return the comparisons that a computed range and a stated value or range come to.

    A bound must be true at every point. Two ranges are compared end by end, unless the computed one lies within
    the stated one and meets neither end of it. One stated value inside a computed range is borne out by it, one
    outside is held against the nearer end; one computed value inside a stated range bears it out, one at an end of
    it leaves the other end unproved.
    """
    if low.value > high.value:
        low, high = high, low
    single = low.value == high.value
    if operator in ("<", "<=", ">", ">="):
        bound = stated.high if operator in ("<", "<=") else stated.low
        ends = (low,) if single else (low, high)
        return tuple(Test(end, operator, bound, stated.place) for end in ends)
    if stated.low == stated.high:
        if single:
            return (Test(low, operator, stated.low, stated.place),)
        if Fraction(stated.low) in (low.value, high.value):
            return tuple(Test(end, operator, stated.low, stated.place) for end in (low, high))
        if low.value <= Fraction(stated.low) <= high.value:
            return (Test(low, "<=", stated.low, stated.place), Test(high, ">=", stated.low, stated.place))
        near, far = (low, high) if Fraction(stated.low) < low.value else (high, low)
        test = Test(near, operator, stated.low, stated.place)
        return (test,) if grade(test) is not Grade.NO else (test, Test(far, operator, stated.low, stated.place))
    by_end = (Test(low, operator, stated.low, stated.place), Test(high, operator, stated.high, stated.place))
    if single:
        if Fraction(stated.low) < low.value < Fraction(stated.high):
            return (Test(low, ">=", stated.low, stated.place), Test(low, "<=", stated.high, stated.place))
        return by_end
    inside = (Test(low, ">=", stated.low, stated.place), Test(high, "<=", stated.high, stated.place))
    missed = all(grade(test) is Grade.NO for test in by_end)
    if missed and all(grade(test) is Grade.EXACT for test in inside):
        return inside
    return by_end


def verdict(tests: tuple[Test, ...]) -> Verdict:
    """Return the verdict of all comparisons together; with none, what an outside rate must decide."""
    if not tests:
        return Verdict.OUTSIDE
    grades = [grade(test) for test in tests]
    misses = grades.count(Grade.NO)
    if misses == len(grades):
        return Verdict.FAILS
    if misses:
        return Verdict.PARTLY
    return Verdict.HOLDS if all(each is Grade.EXACT for each in grades) else Verdict.ROUNDING


def best(readings: tuple[Reading, ...]) -> tuple[Reading | None, Verdict]:
    """Return the reading that bears the claim out best, the likelier one on a tie.

    Where a text can be understood in several ways and one of them makes its figures agree, they agree.
    """
    chosen: Reading | None = None
    found = Verdict.OUTSIDE
    for reading in readings:
        said = verdict(reading.tests)
        if said is Verdict.OUTSIDE:
            continue
        if chosen is None or _RANK[said] > _RANK[found]:
            chosen, found = reading, said
        if found is Verdict.HOLDS:
            break
    return chosen, found


def judge(candidate: Candidate, outside: OutsideRate | None = None) -> Claim:
    """Return the claim with its verdict, its arithmetic, and the likely slip when it fails.

    What the text alone cannot decide is decided by an outside rate, when one is given and known: the
    stated figure must meet the range that the rate gives, within 2.5 % of its nearer end (12.5 % for a
    hedged or plainly round figure); else it fails. The rate is named. Amounts that only stand near each
    other may prove right by it, but not wrong.
    """
    reading, found = best(candidate.readings)
    if found in (Verdict.FAILS, Verdict.PARTLY) and not candidate.sure:
        reading, found = None, Verdict.OUTSIDE
    tests = reading.tests if reading is not None else ()
    tied: Reading | Candidate = reading if reading is not None else candidate
    rates: tuple[str, ...] = ()
    settled = found is not Verdict.OUTSIDE and not candidate.consistency
    if outside is not None and candidate.conversions and not settled:
        more, rates = _outside_tests(candidate.conversions, outside)
        said = verdict((*tests, *more))
        if candidate.sure or said not in (Verdict.FAILS, Verdict.PARTLY):
            tests, found = (*tests, *more), said
        else:
            rates = ()
    checks = tuple(_checked(test) for test in tests)
    claim = Claim(
        kind=candidate.kind,
        statement=candidate.statement,
        verdict=found,
        figures=tied.figures,
        spans=tied.spans,
        stated=candidate.stated,
        computed="; ".join(line(check) for check in checks),
        checks=checks,
        rates=rates,
    )
    if found is Verdict.FAILS:
        return replace(claim, slips=slips.likely(candidate, tests, outside))
    return claim


def judge_all(candidates: Sequence[Candidate], outside: OutsideRate | None = None) -> list[Claim]:
    """Return the judged claims; where an outside rate is known, each conversion is decided by it, once.

    That several conversions contradict each other does not say which of them is wrong; a rate does.
    """
    claims: list[Claim] = []
    seen: set[tuple[int, int]] = set()
    for candidate in candidates:
        if outside is None or not candidate.consistency:
            claims.append(judge(candidate, outside))
            continue
        alone = [_alone(candidate, conversion) for conversion in candidate.conversions]
        decided = [judge(each, outside) for each in alone]
        if any(claim.verdict is Verdict.OUTSIDE for claim in decided):
            claims.append(judge(candidate, None))
            continue
        for conversion, claim in zip(candidate.conversions, decided, strict=True):
            if (conversion.source, conversion.target) not in seen:
                seen.add((conversion.source, conversion.target))
                claims.append(claim)
    return sorted(claims, key=lambda claim: claim.figures[:1] + claim.figures[-1:])


def _alone(candidate: Candidate, conversion: Conversion) -> Candidate:
    """Return one conversion of several as a claim of its own."""
    spans = dict(zip(candidate.figures, candidate.spans, strict=True))
    figures = tuple(sorted((conversion.source, conversion.target)))
    source, target = spans[conversion.source], spans[conversion.target]
    return Candidate(
        kind=candidate.kind,
        statement=f"{source} is {target}",
        stated=target,
        figures=figures,
        spans=tuple(spans[index] for index in figures),
        sure=True,
        conversions=(conversion,),
    )


def line(check: Check) -> str:
    """Return one comparison as a person would write it: ``2000/8000 = 0.25, stated 1.76``."""
    sign = "" if check.operator == "=" else check.operator
    value = shown(check.value)
    left = check.expression if check.expression == value else f"{check.expression} = {value}"
    return f"{left}, stated {sign}{written(check.stated)}"


def _checked(test: Test) -> Check:
    return Check(test.computed.text, test.computed.value, test.operator, test.stated, grade(test))


def _outside_tests(
    conversions: tuple[Conversion, ...], outside: OutsideRate
) -> tuple[tuple[Test, ...], tuple[str, ...]]:
    """Return the comparisons with outside rates and the lines that name them; none unless every rate is known."""
    tests: list[Test] = []
    named: dict[str, None] = {}
    for conversion in conversions:
        answer = None if conversion.past else outside(conversion.unit_from, conversion.unit_to)
        if answer is None:
            return (), ()
        tests += by_rate(conversion, answer)
        named[answer.what] = None
    return tuple(tests), tuple(named)


def by_rate(conversion: Conversion, answer: OutsideAnswer) -> tuple[Test, ...]:
    """Return the comparisons of a stated conversion with a rate from outside the text."""
    low = _at(conversion.low, answer.low)
    high = _at(conversion.high, answer.high)
    stated = conversion.stated
    if conversion.operator in ("=", "~") and stated.low == stated.high and low.value != high.value:
        # A printed 14 that stands for 13.5–14.5 agrees with 14.52–14.58 as far as its digits go.
        if low.value - stated.slack <= Fraction(stated.low) < low.value:
            return (Test(low, "=", stated.low, stated.place),)
        if high.value < Fraction(stated.low) <= high.value + stated.slack:
            return (Test(high, "=", stated.low, stated.place),)
    return compare(low, high, conversion.operator, stated)


def _at(amount: Decimal, rate: Fraction) -> Term:
    """Return an amount at a rate, written to six digits; where it was turned round, as a quotient: ``400/7600``."""
    as_it_is, turned = Term(rate, shown(rate)), Term(1 / rate, shown(1 / rate))
    told_so = rate >= _SMALL and Fraction(as_it_is.text) == rate
    if not told_so and Fraction(turned.text) == turned.value:
        return over(number(amount), turned)
    return times(number(amount), as_it_is)
