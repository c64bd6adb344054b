"""Averages of the figures listed beside them."""

from __future__ import annotations

import re
from functools import cache

from nkauto.core.claims import Candidate
from nkauto.core.terms import mean
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow, words_between
from nkauto.read.relations.drafts import alike, candidate, comparable, compared, fitting
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.units import COUNTS, bracketed
from nkauto.read.relations.words import one_of, pattern, says

_DIGIT = re.compile(r"\d")
_CLAUSE = re.compile(r"[,，、;；:：(（—–]")
_FAR = 2
"""Figures whose mean is further off were not listed to be averaged."""


def average(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """``5,000, 6,000 and 7,000, on average 6,000``: the mean of the list beside it."""
    if not (says("average", mention.left[-40:]) or says("average", mention.right[:20])):
        return []
    readings = []
    behind = [each for each in passage.before(mention, position, sentences=1) if comparable(each, mention)]
    for listed in (behind, [each for each in passage.after(mention, position) if comparable(each, mention)]):
        for size in range(len(listed), 1, -1):
            chosen = listed[:size]
            low = mean([each.ends[0] for each in chosen])
            high = mean([each.ends[1] for each in chosen])
            readings.append(compared(mention, chosen, low, high))
    words = f"{mention.figure.span} on average"
    found = fitting("ratio", words, mention, readings)
    if not found and (listed := _listed(passage, mention, position)):
        low, high = (mean([each.ends[end] for each in listed]) for end in (0, 1))
        wrong = compared(mention, listed, low, high)
        return [candidate("ratio", words, mention, (), [wrong], sure=True, locked=True)]
    return found


def _listed(passage: Passage, mention: Mention, position: int) -> list[Mention]:
    """Return all that is listed right before an average that is of nothing else: ``, on average 6,000``."""
    clauses = [_CLAUSE.split(left)[-1] for left in (mention.left, unhedged(mention.left))]
    behind = pattern("averaged_behind", r"^\s*", r"\s*(?:[.,;)，、。；）]|$)").match(mention.right)
    if behind is None and not any(map(_averaged().match, clauses)):
        return []
    before = [m for m in passage.before(mention, position, sentences=0) if m.unit not in (*COUNTS, *TIME)]
    before = [m for m in before if m.unit == mention.unit or not bracketed(m)]
    listed: list[Mention] = []
    for each in before:
        if not alike(each, mention) or not each.single or (listed and not _joined(passage, each, listed[-1])):
            break
        listed.append(each)
    far = [each for each in listed if not mention.low / _FAR <= each.low <= mention.low * _FAR]
    return listed[::-1] if len(listed) > 1 and not far and len(listed) == len(before) else []


@cache
def _averaged() -> re.Pattern[str]:
    """Return the pattern of a clause that only says that an average follows: ``which makes on average``."""
    lead = rf"^\s*(?:[가-힣]{{1,3}}\s)?(?:{one_of('opens_clause')}\s)?(?:{one_of('leaves_it')}\s)?\s*"
    return pattern("averaged", lead, r"\s*$")


def _joined(passage: Passage, one: Mention, other: Mention) -> bool:
    return not arrow(passage, one, other) and not _DIGIT.search(words_between(passage, one, other))
