"""Conversions at a rate that names no other currency: ``tellers paid out at 3,900 pounds: for $1,000, 3.9 million``.

Such a rate looks like any sum. It is believed where words of a rate or of a case supposed stand beside it, no good is
named, and it brings two sums that stand side by side to each other exactly.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import times
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.agree import conversion
from nkauto.read.relations.drafts import BOUNDS, candidate, digits, reading
from nkauto.read.relations.levels import unhedged
from nkauto.read.relations.links import Link
from nkauto.read.relations.quotes import amount
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.bases import Settled

_REACH = 6
"""Figures between a rate and the sums that it brings to each other, at most."""
_BESIDE, _BEHIND = 40, 14
_APART = 60
_TELLING = 3
"""Digits that a sum, a rate and what they come to must have between them, lest they meet by chance."""
_CLAUSE = re.compile(r"[,;:，、；：()（）]")
_CALLED = ("exchange_rate", "market_level", "official", "street_rate")


def find(passage: Passage, taken: Collection[int]) -> list[Settled]:
    """Return the conversions by a rate that names no other currency; ``taken`` follow from another one."""
    rates: list[Mention] | None = None
    found = []
    for source, target in pairwise(each for each in passage.mentions if amount(each)):
        if target.index in taken or source.index in taken or not _beside(passage, source, target):
            continue
        if rates is None:
            rates = [each for each in passage.mentions if _is_like_a_rate(each)]
        first = next(_brought(source, target, rates), None)
        if first is not None:
            found.append(first)
    return found


def _beside(passage: Passage, source: Mention, target: Mention) -> bool:
    """Return whether two exact sums of two currencies stand side by side."""
    if source.unit == target.unit or source.sentence != target.sentence or target.index - source.index > 2:
        return False
    exact = source.single and target.single and target.figure.bound not in BOUNDS
    return exact and min(source.low, target.low) > 0 and len(passage.gap(source, target)) <= _APART


def _is_like_a_rate(mention: Mention) -> bool:
    """Return whether the words beside a sum call it a rate or suppose one, and name no good."""
    if not amount(mention) or mention.per not in ("", *TIME) or not mention.single or mention.low <= 1:
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


def _brought(source: Mention, target: Mention, rates: list[Mention]) -> Iterator[Settled]:
    """Yield the rates near two sums that bring the one to the other, the nearest first."""
    near = [each for each in rates if each not in (source, target) and abs(each.index - target.index) <= _REACH]
    for rate in sorted(near, key=lambda each: abs(each.index - target.index)):
        base, priced = (source, target) if rate.unit == target.unit else (target, source)
        if rate.unit != priced.unit or abs(rate.sentence - target.sentence) > 1:
            continue
        if digits(base.low) + digits(rate.low) < _TELLING:
            continue
        value = times(base.ends[0], rate.ends[0])
        tests = compare(value, value, "=", priced.stated)
        if verdict(tests) is Verdict.HOLDS:
            made = candidate(
                "conversion",
                f"{source.figure.span} is {target.figure.span}",
                target,
                (source, rate),
                [reading((source, target, rate), tests)],
                sure=True,
                conversions=[conversion(Link(source, target, "near"))],
            )
            yield Settled(target.index, made, fits=True, score=0.0)
