"""Which end of a range the words mean: ``1,500 to 6,000 a month, so even the best paid needs 100 months``.

What a claim makes of both ends is then held against the one alone that is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nkauto.core.claims import Candidate, Reading, Verdict
from nkauto.core.judge import judge, verdict
from nkauto.core.terms import written
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.words import says

_REACH, _BEHIND = 72, 24
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PARTED = re.compile(r"[;；。]|\.\s")
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)


def of_one_end(passage: Passage, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the claims; those that are true of one end of a pay alone are said of the end that their words name."""
    for each in found:
        made = _narrowed(passage, each) if each.kind == "affordability" and len(each.readings) == 1 else None
        yield each if made is None else replace(each, readings=(made,))


def _narrowed(passage: Passage, claim: Candidate) -> Reading | None:
    """Return what a claim comes to at the end that the words around its stated figure name."""
    if judge(claim).verdict is not Verdict.PARTLY:
        return None
    tied = passage.among(claim.figures)
    ranges = [each for each in tied if not each.single and each.money and (each.is_wage or each.per in TIME)]
    stated = next((each for each in tied if each.figure.span == claim.stated), None)
    if len(ranges) != 1 or stated is None or not stated.single or ranges[0].index >= max(each.index for each in tied):
        return None
    pay = ranges[0]
    high = _named(passage, pay, tied)
    if high is None:
        return None
    number = written(pay.high if high else pay.low)
    old = claim.readings[0]
    tests = tuple(test for test in old.tests if number in _NUMBER.findall(test.computed.text))
    return replace(old, tests=tests) if len(tests) == 1 and verdict(tests) in _HELD else None


def _named(passage: Passage, pay: Mention, tied: list[Mention]) -> bool | None:
    """Return whether the words between a pay and what is told of it name its higher end; None where neither or both."""
    last = max(tied, key=lambda each: each.index)
    first = min((each for each in tied if each.index > pay.index), key=lambda each: each.index)
    start = max(pay.figure.end, first.figure.start - _REACH)
    words = passage.text[start : last.figure.end] + _PARTED.split(last.right[:_BEHIND])[0]
    high, low = says("end_high", words), says("end_low", words)
    return None if high == low else high
