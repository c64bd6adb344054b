"""Which of two levels the words make the earlier one, where no from and to ties them.

``was worth 30 when it was fixed and is worth 2.40 today``; ``a ton was 112 in 2011. Two years later it was 86``. And
which of two lists in step the multiples of a third one go with.
"""

from __future__ import annotations

from itertools import pairwise

from nkauto.read.passage.passage import TIME, Mention
from nkauto.read.relations.between import was_once, words_between
from nkauto.read.relations.drafts import alike
from nkauto.read.relations.multiple import Multiple
from nkauto.read.relations.scope import operand
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.scene import BREAK, COMMA, Scene

_CLAUSE = 24
_LEAD = 90
_REACH = 110
_SERIES, _THREE = 9, 3
_TWICE = 9
"""Figures before a multiple among which two and two stand, each with another currency, and a multiple."""


def followed(scene: Scene, one: Mention, other: Mention) -> int:
    """Return 1 where the second of two neighbours is of a later time, -1 where it is of an earlier one, else 0."""
    if not alike(one, other) or not one.single or not other.single:
        return 0
    if one.subject and other.subject and one.subject != other.subject:
        return 0
    if one.sentence == other.sentence:
        return _in_one(scene, one, other)
    return _in_two(scene, one, other) if other.sentence - one.sentence == 1 else 0


def _in_one(scene: Scene, one: Mention, other: Mention) -> int:
    """Return the order of two levels of which words right around the second say that it is of today."""
    gap = words_between(scene.passage, one, other)
    if not gap or len(gap) > _REACH or BREAK.search(gap):
        return 0
    behind = COMMA.split(other.right[:_CLAUSE])[0].split(".")[0]
    now = says("today", behind) and says("and_is", gap[-_CLAUSE:])
    if pattern("before_behind", r"^\s*").match(gap) and pattern("after_behind", r"^\s*").match(behind):
        return 1
    if pattern("after_behind", r"^\s*").match(gap) and pattern("before_behind", r"^\s*").match(behind):
        return -1
    if was_once(scene.passage, one, other):
        return 1
    return 1 if now and not says("today", gap) and not says("place", gap) else 0


def _in_two(scene: Scene, one: Mention, other: Mention) -> int:
    """Return the order of the last level of a sentence and the first of the next, which opens with its time."""
    passage = scene.passage
    first, _ = passage.sentence(other)
    lead = passage.text[first : other.figure.start]
    if len(lead) > _LEAD:
        return 0
    near = scene.near(scene.at(other))
    between = [m for m in near if one.index < m.index < other.index and m.unit == one.unit]
    if between or _another_place(scene, one, lead):
        return 0
    if pattern("opens_earlier", r"^\s*").match(lead):
        return -1
    return 1 if pattern("opens_later", r"^[\s,]*").match(lead) else 0


def spans(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> bool:
    """Return whether a change is told of all of a series: ``30 in May, 24 in June, 18 in July, half in two months``."""
    mention = multiple.mention
    if not (multiple.way or multiple.verb) or multiple.of or multiple.elsewhere or one.sentence != other.sentence:
        return False
    before = scene.passage.before(mention, multiple.position, sentences=1, most=_SERIES)
    if any(each.unit in ("%", "x") and each.index > one.index for each in before):
        return False
    levels = [m for m in before if m.sentence == one.sentence and alike(m, one) and m.index not in scene.converted]
    levels = [m for m in levels if m.single and not scene.steps(m)]
    if len(levels) < _THREE or levels[-1] is not one or levels[0] is not other:
        return False
    words = scene.passage.text[other.figure.end : mention.figure.start] + COMMA.split(mention.right[:_CLAUSE])[0]
    timed = any(m.unit in TIME and other.index < m.index < mention.index for m in before)
    return len(words) <= _LEAD and (timed or says("over_time", words) or says("all_told", words))


def _another_place(scene: Scene, one: Mention, lead: str) -> bool:
    """Return whether the second sentence names a place that the first does not."""
    first, last = scene.passage.sentence(one)
    before = scene.passage.text[first:last]
    return any(found.group() not in before for found in pattern("place").finditer(lead))


def in_turn(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> bool:
    """Return whether only these two stand between a multiple and the one before it, which has two of its own as well.

    ``40 before and 60 now, 50 % dearer, and the flight, 280 before, is 350, 30 % dearer``.
    """
    if not multiple.way or multiple.of or other.index > multiple.mention.index:
        return False
    before = scene.passage.before(multiple.mention, multiple.position, sentences=0, most=_TWICE)
    parts: list[list[Mention]] = [[]]
    for each in before:
        if each.unit in ("%", "x"):
            parts.append([])
        elif operand(each) and each.index not in scene.converted and not scene.steps(each):
            parts[-1].append(each)
    if len(parts) < 2 or parts[0] != [other, one] or not alike(one, other):
        return False
    return len(parts[1]) == 2 and alike(*parts[1])


def parallel(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> float:
    """Return what a list of multiples tells of lists of figures before it: the first goes with the first."""
    mine, first_run, second_run = scene.run(multiple.mention), scene.run(one), scene.run(other)
    if len(mine) < 2:
        if len(first_run) != len(second_run) or len(first_run) < 2 or one in second_run:
            return 0.0
        return 1.0 if first_run.index(one) == second_run.index(other) else -1.5
    rank = mine.index(multiple.mention)
    score = 0.0
    if one.index + 1 == other.index and scene.arrow(one, other):
        every = [
            first
            for first, second in pairwise(scene.near(multiple.position))
            if first.sentence == multiple.mention.sentence
            and second.index < mine[0].index
            and first.unit == one.unit
            and second.unit == one.unit
            and scene.arrow(first, second)
        ]
        if len(every) == len(mine) and one in every:
            return 2.0 if every.index(one) == rank else -1.5
    for each, run in ((one, first_run), (other, second_run)):
        if len(run) == len(mine):
            score += 1.0 if run.index(each) == rank else -2.0
    return score
