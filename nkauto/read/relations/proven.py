"""Rates that only their arithmetic gives away: ``16,000 won ... outside, at 8,900 won, it is €1.80``.

Such a rate looks like any sum, and may have taken over the month or the kilogram of the sums around it. It is believed
where it stands beside a sum of another currency, or beside words of a rate, and brings a third one to it exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, over, times
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, digits
from nkauto.read.relations.hinted import dearness
from nkauto.read.relations.levels import unhedged
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.quote import Quote, amount
from nkauto.read.relations.words import pattern, says

_REACH = 6
"""Figures between a rate that words call one and the sums that it brings to each other, at most."""
_BESIDE, _BEHIND, _GAP = 40, 14, 44
_TELLING = 3
"""Digits that a sum and a rate must have between them, lest they meet a third one by chance."""
_EXACT = 2
_CLAUSE = re.compile(r"[,;:，、；：()（）]")
_CALLED = ("exchange_rate", "market_level", "official", "street_rate")


def proven(passage: Passage, known: Sequence[Quote]) -> Iterator[Quote]:
    """Yield the sums that are rates by what they bring to each other; ``known`` are those that words tell."""
    stating = {mention.index for each in known if not each.weak for mention in each.mentions}
    sums = [each for each in passage.mentions if amount(each) and each.low > 0 and each.index not in stating]
    if all(each.unit == sums[0].unit for each in sums):
        return
    for place, rate in enumerate(sums):
        if not rate.single or rate.low <= 1 or rate.figure.bound in BOUNDS or rate.is_wage or _is_step(passage, rate):
            continue
        near = sums[max(0, place - _REACH) : place] + sums[place + 1 : place + 1 + _REACH]
        near = [each for each in near if abs(each.sentence - rate.sentence) <= 1]
        base = _base(passage, rate, near)
        if base:
            yield Quote(base, rate.unit, *rate.ends, (rate,), weak=True)


def _is_step(passage: Passage, mention: Mention) -> bool:
    """Return whether a sum is told as a percentage right behind it: by so much a price changed, ``1,100원(16%)``."""
    behind = next((each for each in passage.mentions if each.index == mention.index + 1), None)
    return behind is not None and behind.unit == "%" and tie_of(passage.gap(mention, behind)) == "bracket"


def _base(passage: Passage, rate: Mention, near: Sequence[Mention]) -> str:
    """Return the currency in which a sum tells what one is, as three figures prove; empty where none do."""
    own = [each for each in near if each.unit == rate.unit and each.low != rate.low]
    called = _is_called(rate)
    for one in near:
        if one.unit == rate.unit or not one.single or (one.low <= 1 and not _is_exact(one)):
            continue
        if dearness(one.unit) > dearness(rate.unit):
            continue
        told = called or _is_beside(passage, rate, one)
        for other in own if told else ():
            apart = abs(other.index - one.index)
            if other.single and other.low > rate.low and (not called or apart <= _EXACT) and _meet(one, other, rate):
                return one.unit
    return ""


def _meet(one: Mention, other: Mention, rate: Mention) -> bool:
    """Return whether so much of the dearer currency is, at a rate, exactly so much of the other: the later one told."""
    stated, value = (other, _times(one, rate)) if one.index < other.index else (one, over(other.ends[0], rate.ends[0]))
    if stated.figure.bound in BOUNDS or digits(one.low) + digits(rate.low) < _TELLING:
        return False
    return verdict(compare(value, value, "=", stated.stated)) is Verdict.HOLDS


def _times(one: Mention, rate: Mention) -> Term:
    return times(one.ends[0], rate.ends[0])


def _is_exact(mention: Mention) -> bool:
    return digits(mention.low) >= _EXACT


def _is_beside(passage: Passage, rate: Mention, other: Mention) -> bool:
    """Return whether a sum of two digits or more stands right beside a rate, which does not tell its worth."""
    if rate.sentence != other.sentence or abs(rate.index - other.index) != 1 or not _is_exact(other):
        return False
    first, last = sorted((rate, other), key=lambda each: each.index)
    gap = passage.gap(first, last)
    return len(gap) <= _GAP and not (first is rate and tie_of(gap) == "bracket")


def _is_called(mention: Mention) -> bool:
    """Return whether the words beside a sum call it a rate or suppose one, and name no good."""
    if mention.per not in ("", *TIME):
        return False
    left = unhedged(mention.left)
    clause, behind = _CLAUSE.split(left)[-1][-_BESIDE:], mention.right[:_BEHIND]
    if items_named(clause):
        return False
    if any(says(role, words) for role in _CALLED for words in (clause, behind)):
        return True
    if pattern("at_rate", after=r"\s*$").search(clause) or pattern("supposed", after=r"\s*$").search(clause):
        return True
    return pattern("supposed_after", r"^\s*").match(behind) is not None
