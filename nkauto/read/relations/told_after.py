"""A change on an earlier time whose level the text does tell: right before it, or in the next sentence.

``2,000, down from 3,300 or nearly 40 percent from last week``; ``it costs 6,700, twice what it was a year ago. In
January of last year a kilogram was 3,200``. Only what holds is taken from afar.
"""

from __future__ import annotations

from dataclasses import replace

from nkauto.core.claims import Candidate
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.between import arrow, came_from
from nkauto.read.relations.drafts import alike, candidate, fits
from nkauto.read.relations.elsewhere import levels_before
from nkauto.read.relations.multiple import DOWN, NONE, UP, Multiple, Pair
from nkauto.read.relations.scope import operand
from nkauto.read.relations.senses import readings_of
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.names import base_phrase, name_of
from nkauto.read.search.scene import Scene

_BESIDE = 28
_LEVELS = 3
_TIMES = ("formerly", "earlier_told", "opens_earlier", "season", "had_been", "time_before")


def told_after(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return a change on an earlier time with the level that the text tells of that time, before it or behind."""
    mention, position = multiple.mention, multiple.position
    if multiple.of:
        return None
    if (told := _goes_over(scene, multiple, position)) is not None:
        return told
    phrase = base_phrase(multiple)
    based = pattern("measured_from", r"^\s*").match(mention.right) is not None
    if not (based or phrase) or not any(says(role, phrase or mention.right[:_BESIDE]) for role in _TIMES):
        return None
    return _before(scene, multiple, position) or _behind(scene, multiple, position)


def _before(scene: Scene, multiple: Multiple, position: int) -> Candidate | None:
    """Return the change of the only two levels before it, the one of which came from the other."""
    mention = multiple.mention
    levels = levels_before(scene, mention, position)
    if len(levels) != 2 or not alike(*levels) or not multiple.percent or levels[0].low == levels[1].low:
        return None
    last, first = levels
    gap = scene.passage.gap(last, mention)
    if len(gap) > _BESIDE or any(says(role, gap) for role in ("and", "turns")):
        return None
    old, new = (last, first) if came_from(scene.passage, last, first) else (first, last)
    if old is first and not arrow(scene.passage, first, last):
        return None
    way = UP if new.low > old.low else DOWN
    if multiple.way not in (NONE, way):
        return None
    return _claim(replace(multiple, way=way), old, new, locked=True)


def _behind(scene: Scene, multiple: Multiple, position: int) -> Candidate | None:
    """Return the change on the one level of the next sentence, which is of an earlier time, where it holds."""
    passage, mention = scene.passage, multiple.mention
    after = [each for each in passage.mentions[position + 1 : position + 1 + _LEVELS] if operand(each)]
    if any(each.sentence == mention.sentence for each in after):
        return None
    behind = [each for each in after if each.sentence == mention.sentence + 1 and not (each.single and each.low == 1)]
    if len(behind) != 1 or not _is_earlier(passage.text[passage.sentence(behind[0])[0] : behind[0].figure.start]):
        return None
    if not (multiple.way or multiple.verb or multiple.compares):
        return None
    base = behind[0]
    name = name_of(passage, base)
    near = levels_before(scene, mention, position, sentences=2)[:_LEVELS]
    for level in sorted(near, key=lambda each: not name & name_of(passage, each)):
        if alike(level, base) and level.subject in ("", base.subject, mention.subject):
            made = _claim(multiple, base, level, locked=False)
            if fits(made.readings):
                return made
    return None


def _goes_over(scene: Scene, multiple: Multiple, position: int) -> Candidate | None:
    """Return ``it rose by 12 percent. It went from 10 to 11.3``: the step of the next sentence that repeats it."""
    passage, mention = scene.passage, multiple.mention
    after = passage.mentions[position + 1 : position + 1 + _LEVELS]
    levels = [each for each in after if each.sentence == mention.sentence + 1]
    before = [each for each in levels_before(scene, mention, position) if each.money]
    if not multiple.way or not multiple.percent or before or len(levels) != 2 or after[: len(levels)] != tuple(levels):
        return None
    opening = passage.text[passage.sentence(levels[0])[0] : levels[0].figure.start]
    one, other = levels
    told = pattern("it_opens", r"^\s*").match(opening) is not None and operand(one) and alike(one, other)
    if not told or not arrow(passage, one, other) or (UP if other.low > one.low else DOWN) != multiple.way:
        return None
    return _claim(multiple, one, other, locked=False)


def _is_earlier(words: str) -> bool:
    return any(says(role, words) for role in _TIMES)


def _claim(multiple: Multiple, base: Mention, level: Mention, *, locked: bool) -> Candidate:
    every = readings_of(multiple, Pair((base,), (level,), 3, ordered=True))
    words = f"{multiple.mention.figure.span} {multiple.way}".strip()
    return candidate("change", words, multiple.mention, (base, level), every, sure=True, locked=locked)
