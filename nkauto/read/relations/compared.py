"""Two levels of one sentence that the next one compares: ``here 5,400, there 6,000. There it is a tenth dearer``."""

from __future__ import annotations

import re

from nkauto.core.claims import Candidate
from nkauto.read.relations.drafts import alike, candidate
from nkauto.read.relations.elsewhere import levels_before
from nkauto.read.relations.multiple import Multiple, Pair
from nkauto.read.relations.senses import readings_of
from nkauto.read.relations.words import says
from nkauto.read.search.names import base_phrase, content, name_of
from nkauto.read.search.scene import COMMA, Scene

_TWO = 2
_REACH = 60
_BREAK = re.compile(r"[;；]")


def compared_again(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return what a sentence without a level says of the two of the sentence before it, of which it names one.

    Where it names what it measures on, that is the other one.
    """
    mention, position, passage = multiple.mention, multiple.position, scene.passage
    told = multiple.compares or multiple.way
    if not told or multiple.of_wage or multiple.generic or multiple.elsewhere or multiple.currency:
        return None
    if any(each.money for each in passage.after(mention, position)):
        return None
    levels = [each for each in levels_before(scene, mention, position, sentences=1) if not scene.steps(each)]
    if len(levels) != _TWO or any(each.sentence == mention.sentence or not each.single for each in levels):
        return None
    second, first = levels
    if not alike(first, second) or first.low == second.low or not first.money:
        return None
    if any(each.unit in ("%", "x") and first.index < each.index < mention.index for each in scene.near(position)):
        return None
    words = _BREAK.split(mention.left)[-1][-_REACH:]
    behind = COMMA.split(mention.right[:_REACH])[0]
    if any(says(role, f"{words} | {behind}") for role in ("when", "season", "formerly", "earlier_told")):
        return None
    names = [name_of(passage, each) for each in (first, second)]
    base = content(base_phrase(multiple))
    topic = content(words) - base
    own = [name - other for name, other in (names, names[::-1])]
    spoken = [bool(topic & each) for each in own]
    if spoken.count(True) != 1 or (base and not base & own[spoken.index(False)]):
        return None
    new, old = (first, second) if spoken[0] else (second, first)
    readings = readings_of(multiple, Pair((old,), (new,), 3, ordered=True))
    statement = f"{mention.figure.span} {multiple.way}".strip()
    return candidate("ratio", statement, mention, (old, new), readings, sure=True, locked=True)
