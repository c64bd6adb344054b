"""Which of two levels the words make the earlier one, where no from and to ties them.

``was worth 30 when it was fixed and is worth 2.40 today``; ``a ton was 112 in 2011. Two years later it was 86``.
"""

from __future__ import annotations

from nkauto.read.passage.passage import Mention
from nkauto.read.relations.between import words_between
from nkauto.read.relations.drafts import alike
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.scene import BREAK, COMMA, Scene

_CLAUSE = 24
_LEAD = 90
_REACH = 110


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


def _another_place(scene: Scene, one: Mention, lead: str) -> bool:
    """Return whether the second sentence names a place that the first does not."""
    first, last = scene.passage.sentence(one)
    before = scene.passage.text[first:last]
    return any(found.group() not in before for found in pattern("place").finditer(lead))
