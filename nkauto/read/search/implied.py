"""Rates that two prices imply: ``66,000 won, or 55 yuan, which implies 1,200 won to the yuan``."""

from __future__ import annotations

from fractions import Fraction

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import compare, judge
from nkauto.core.terms import over
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.relations.quotes import amount
from nkauto.read.relations.words import says
from nkauto.read.search.bases import Settled

_SAID = 90
_MOST = 4
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_CLOSE = Fraction(1, 40)


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
