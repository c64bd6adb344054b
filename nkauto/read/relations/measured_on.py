"""A level, a percentage and its base, each where words put it: ``9,600 won, 7 % above the 9,000 of May``.

Or a level of its own right behind it, so that what stands before it is of something else: ``imports fell 13 percent to
880 million``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import verdict
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.between import arrow, goes_to
from nkauto.read.relations.drafts import alike, candidate, fits
from nkauto.read.relations.elsewhere import levels_before
from nkauto.read.relations.levels_told import changed
from nkauto.read.relations.multiple import DOWN, UP, Multiple, multiple_of
from nkauto.read.relations.scope import operand
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.scene import Scene

_WORDS = re.compile(r"[\w\s’'.\-]{0,24}")
_REACH = 44
_CLAUSE = re.compile(r"[,;:]\s|\.\s|\s(?:—|–)\s")


def _way_from(gap: str) -> str:
    """Return the way that the words right behind a multiple tell: ``above``, ``less than``."""
    for role, way in (("than_up", UP), ("than_down", DOWN)):
        if pattern(role, r"^\s*").match(gap):
            return way
    return ""


def than_told(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``9,600, 7 % above the 9,000 of May``: level, percentage, base."""
    passage, mention, position = scene.passage, multiple.mention, multiple.position
    after = passage.after(mention, position, most=1)
    if not multiple.percent or not after or not operand(after[0]):
        return None
    base = after[0]
    gap = passage.gap(mention, base)
    way = _way_from(gap)
    if not way or _WORDS.fullmatch(gap) is None:
        return None
    levels = [each for each in levels_before(scene, mention, position) if alike(each, base)]
    levels = [each for each in levels if not _told_between(scene, each, multiple)]
    if not levels or scene.run(mention) != [mention]:
        return None
    # What the level is so many times, or how far it lies off, may stand between it and the percentage.
    others = [each for each in levels if not (scene.steps(each) or is_base_behind(scene, each))] or levels
    level = next((each for each in levels[:3] if fits([changed(multiple, base, each, way)])), others[0])
    made = changed(multiple, base, level, way)
    return candidate("change", f"{mention.figure.span} {way}", mention, (level, base), [made], sure=True, locked=True)


def _told_between(scene: Scene, level: Mention, multiple: Multiple) -> bool:
    """Return whether a multiple of its own stands between a level and this one: none that has its base behind it."""
    near = [each for each in scene.near(multiple.position) if level.index < each.index < multiple.mention.index]
    return any(
        each.unit in ("%", "x") and not any(other.index == each.index + 1 and operand(other) for other in near)
        for each in near
    )


def is_base_behind(scene: Scene, mention: Mention) -> bool:
    """Return whether a multiple right before a figure makes it its own base: ``five times the official 4 manats``."""
    return any(
        each.index == mention.index - 1 and each.unit in ("%", "x") and each.sentence == mention.sentence
        for each in scene.near(scene.at(mention))
    )


def from_before(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``5,000으로 6,800보다 26% 내린``: level, base with a word of comparing, percentage."""
    mention, position = multiple.mention, multiple.position
    before = levels_before(scene, mention, position)
    if not multiple.percent or not multiple.way or len(before) < 2 or scene.run(mention) != [mention]:
        return None
    base, level = before[:2]
    gap = scene.passage.gap(base, mention)
    if alike(base, level) and len(gap) <= 12 and arrow(scene.passage, level, base):
        made = changed(multiple, level, base, multiple.way)
        if verdict(made.tests) in (Verdict.HOLDS, Verdict.ROUNDING):
            words = f"{mention.figure.span} {multiple.way}"
            return candidate("change", words, mention, (level, base), [made], sure=True, locked=True)
    marked = pattern("measured_after", r"^[\s)）]*").match(gap)
    if marked is None or len(gap) > marked.end() + 4 or not alike(base, level):
        return None
    if says("goes_to", scene.passage.gap(level, base)):
        return None
    made = changed(multiple, base, level, multiple.way)
    if verdict(made.tests) not in (Verdict.HOLDS, Verdict.ROUNDING):
        return None
    words = f"{mention.figure.span} {multiple.way}"
    return candidate("change", words, mention, (level, base), [made], sure=True, locked=True)


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
