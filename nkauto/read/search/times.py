"""Which of two levels the words make the earlier one, where no from and to ties them.

``was worth 30 when it was fixed and is worth 2.40 today``; ``a ton was 112 in 2011. Two years later it was 86``.
"""

from __future__ import annotations

from nkauto.read.passage.passage import TIME, Mention
from nkauto.read.relations.between import was_once, words_between
from nkauto.read.relations.drafts import alike
from nkauto.read.relations.multiple import Multiple
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.scene import BREAK, COMMA, Scene

_CLAUSE = 24
_LEAD = 90
_REACH = 110
_SERIES, _THREE = 9, 3


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
