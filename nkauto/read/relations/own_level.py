"""A change that tells its own level right behind it: ``imports fell 13 percent to 880 million``.

What stands before it is the level of something else, which went where it is by a change of its own: ``trade grew 10
percent to 2.5 billion``. Nothing is told of where the imports came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.between import goes_to
from nkauto.read.relations.multiple import multiple_of
from nkauto.read.relations.words import pattern, says

_REACH = 44
_CLAUSE = re.compile(r"[,;:]\s|\.\s|\s(?:—|–)\s")


def has_its_own_level(passage: Passage, stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether a change leads to a level right behind it, and its other figure was led to, too, before it."""
    if len(others) != 2 or stated.unit != "%" or not multiple_of(stated, 0).way:
        return False
    base, level = sorted(others, key=lambda one: one.index)
    if not base.index < stated.index < level.index or not _leads_to(passage, stated, level):
        return False
    gap = passage.gap(base, stated)
    last = _CLAUSE.split(gap)[-1]
    if says("thereupon", gap) or pattern("it_opens", r"^\s*").match(last):
        return False
    place = passage.place_of(base.index)
    change = passage.mentions[place - 1] if place else None
    if change is not None and change.unit == "%" and _leads_to(passage, change, base):
        return True
    joined = says("and", gap) or says("turns", gap)
    return base.sentence == stated.sentence and goes_to(base.left) and joined


def _leads_to(passage: Passage, change: Mention, level: Mention) -> bool:
    """Return whether the words right behind a change lead to a level: ``13 percent from a year earlier to 880``."""
    gap = passage.gap(change, level)
    led = goes_to(pattern("mere", after=r"\s*$").sub("", gap))
    return led and level.index - change.index == 1 and len(gap) <= _REACH and not _CLAUSE.search(gap)
