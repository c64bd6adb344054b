"""The last word before a claim is called wrong: what else of the text speaks for it, and what no author gets wrong.

A tool that cries wolf is put away. What another claim bears out is not wrong; what the words only set beside each
other is not compared; and what misses by far, by no slip of the pen that is known, was misread. What a claim makes
of a range is held against the end alone that its words name: ``1,500 to 6,000 a month; even the best paid needs 100``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import log10

from nkauto.core.claims import Candidate, Claim, Reading, Verdict
from nkauto.core.judge import judge, verdict
from nkauto.core.terms import written
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.another import speaks_of_another
from nkauto.read.relations.borne_out import borne_out, confused
from nkauto.read.relations.told_of import told_of_another
from nkauto.read.relations.unmeant import unmeant
from nkauto.read.relations.words import says

_WRONG = (Verdict.FAILS, Verdict.PARTLY)
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_FAR = 1.08
"""Powers of ten by which nobody misses who set the right figures of one text against each other.

Conversions are missed so, by the wrong won, and what a pay buys, by months for years; but no multiple of two pays.
"""
_ALL = 100
_THREE = 3
_ABSURD = 3.0
"""Powers of ten by which no multiple is missed, whatever words tie it to its figures."""
_REACH, _BEHIND = 72, 24
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PARTED = re.compile(r"[;；。]|\.\s")


def acquitted(passage: Passage, found: Iterable[Candidate]) -> list[Candidate]:
    """Return the claims without those that would be called wrong for no good reason; the doubtful are left open."""
    judged = [(each, judge(each)) for each in found]
    held: dict[int, list[Claim]] = defaultdict(list)
    for _, claim in judged:
        for index in claim.figures if claim.verdict in _HELD else ():
            held[index].append(claim)
    not_wrong = {each.figures for each, claim in judged if claim.verdict is not Verdict.FAILS}
    units = {mention.index: (mention.unit, mention.per) for mention in passage.mentions if mention.money}
    tied: dict[int, set[int]] = defaultdict(set)
    for each, claim in judged:
        for index in claim.figures if each.kind == "conversion" else ():
            tied[index].update(claim.figures)
    kept: list[Candidate] = []
    wrong: set[frozenset[int]] = set()
    for each, claim in judged:
        if claim.verdict is Verdict.FAILS and (each.figures in not_wrong or frozenset(each.figures) in wrong):
            continue  # the same figures are wrong once, whichever of them is said to follow
        if claim.verdict in _WRONG and (_holds_already(each, held, units) or _only_beside(each, units)):
            continue
        if claim.verdict in _WRONG and (
            borne_out(passage, each, claim, held)
            or (not confused(passage, each) and _is_doubtful(passage, each, claim, held, tied))
        ):
            kept.append(replace(each, readings=(), sure=False))
            continue
        if claim.verdict is Verdict.FAILS:
            wrong.add(frozenset(each.figures))
        kept.append(each)
    return kept


def _is_doubtful(
    passage: Passage,
    each: Candidate,
    claim: Claim,
    held: Mapping[int, Sequence[Claim]],
    tied: Mapping[int, set[int]],
) -> bool:
    """Return whether the words of a claim may speak of other figures than these."""
    if all(check.expression.startswith("(1-") and check.stated > _ALL for check in claim.checks):
        return False  # nothing loses more than all of itself: what rose so much is another money
    return (
        _far_off(passage, each, claim, _ABSURD if each.locked else _FAR)
        or speaks_of_another(passage, each, claim, held)
        or unmeant(passage, each, held)
        or told_of_another(passage, each, claim, tied)
    )


def _holds_already(each: Candidate, held: Mapping[int, Sequence[Claim]], units: Mapping[int, tuple[str, str]]) -> bool:
    """Return whether the figures of a claim, or the two sums of a bill, hold together in another one."""
    own = set(each.figures)
    sums = {index: span for index, span in zip(each.figures, each.spans, strict=True) if index in units}
    if each.kind == "affordability" and len(sums) > 1 and each.stated in sums.values():
        own = set(sums)
    tied = [set(other.figures) for index in own for other in held.get(index, ())]
    if each.consistency and any(len(own - other) == 1 for other in tied):
        return True  # ``3.5 (1 or 0.18), 2.5 (0.72 or 0.13)``: at each of two rates
    if each.kind == "ratio" and not each.locked and len(own) == _THREE:
        # ``2,500 the carton, 19 pounds at 300``: what so many come to at a price is another sum.
        bought = [set(other.figures) for index in own for other in held.get(index, ()) if other.kind == "affordability"]
        if any(len(own - other) == 1 and own - other <= set(units) and each.figures[-1] in other for other in bought):
            return True
    return any(own < other or (own == other and not each.locked) for other in tied)


def _only_beside(each: Candidate, units: Mapping[int, tuple[str, str]]) -> bool:
    """Return whether a claim says no more than that one amount of a money does not buy what costs another."""
    monies = [units[index] for index in each.figures if index in units]
    return (
        not each.locked
        and each.kind == "affordability"
        and len(each.figures) == 2 == len(monies)
        and len(set(monies)) == 1
    )


def _far_off(passage: Passage, each: Candidate, claim: Claim, least: float) -> bool:
    """Return whether a claim misses by at least so many powers of ten, and no slip explains it."""
    times = any(one.unit == "x" and one.figure.span == each.stated for one in passage.among(each.figures))
    if claim.slips or each.kind == "conversion":
        return False
    if each.kind == "affordability" and not times:
        least = _ABSURD
    return bool(claim.checks) and all(
        check.value == 0 or not check.stated or abs(log10(abs(float(check.value) / float(check.stated)))) > least
        for check in claim.checks
    )


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
