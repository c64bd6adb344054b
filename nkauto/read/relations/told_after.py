"""A change on an earlier time whose level the text does tell: right before it, or in the next sentence.

``2,000, down from 3,300 or nearly 40 percent from last week``; ``it costs 6,700, twice what it was a year ago. In
January of last year a kilogram was 3,200``. Only what holds is taken from afar. And changes whose base stands in words
alone, in no figure: ``25 % more than on Sunday``, ``double that of 1960``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from nkauto.core.claims import Candidate
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.between import arrow, came_from
from nkauto.read.relations.drafts import alike, candidate, fits
from nkauto.read.relations.multiple import DOWN, NONE, UP, Multiple, Pair
from nkauto.read.relations.scope import operand
from nkauto.read.relations.senses import readings_of
from nkauto.read.relations.words import YEAR, pattern, says
from nkauto.read.search.names import base_phrase, name_of, named
from nkauto.read.search.scene import Scene

_BESIDE = 28
_LEVELS = 3
_TIMES = ("formerly", "earlier_told", "opens_earlier", "season", "had_been", "time_before")
_CLAUSE = re.compile(r"[,;:，、；。：()（）]|\.\s")
_BREAK = re.compile(r"[;；]|\.\s")
_PAST = 32
_LINK = 6
"""Characters that may link a figure to the time that it is of."""


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


def levels_before(scene: Scene, mention: Mention, position: int, sentences: int = 0) -> list[Mention]:
    """Return the amounts before a multiple that are no conversions, nearest first."""
    every = scene.passage.before(mention, position, sentences=sentences)
    return [each for each in every if operand(each) and each.index not in scene.converted]


def elsewhere(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``25 % more than on Sunday``: a base that stands in words, not in a figure."""
    passage, mention, position = scene.passage, multiple.mention, multiple.position
    clause = _CLAUSE.split(mention.right[:60])[0]
    start = pattern("than_time", r"^[\w\s’'\-]{0,24}?").match(clause)
    if start is None:
        return None
    after = passage.after(mention, position, most=1)
    if after and operand(after[0]) and after[0].figure.start - mention.figure.end <= len(clause) + 2:
        return None
    levels = levels_before(scene, mention, position)
    told = [*levels, *(each for each in passage.after(mention, position) if operand(each))]
    if len(told) > 1 and pattern("took", r"^\s*").match(clause):
        return None  # how long it took is no base: the levels are told
    run = scene.run(mention)
    if len(run) > 1 and len(levels) >= len(run):
        levels = levels[len(run) - 1 - run.index(mention) :]
    return candidate("change", mention.figure.span, mention, levels[:1])


def earlier(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``half of what was asked before the ban``: a base of an earlier time that no figure of the text bears."""
    passage, mention, position = scene.passage, multiple.mention, multiple.position
    phrase = _led_by(mention) or base_phrase(multiple)
    if not phrase or not (YEAR.search(phrase) or says("formerly", phrase) or says("season", phrase)):
        return None
    after = passage.after(mention, position, most=1)
    if after and operand(after[0]) and after[0].figure.start - mention.figure.end <= len(phrase) + 2:
        return None
    if had_been(passage, mention, position, phrase):
        return None
    near = [each for each in scene.near(position) if operand(each)]
    based = named(passage, multiple, near, scene.converted, scene.names).base
    told = [each for each in near if each.index in based and (_is_past(each) or not says("formerly", phrase))]
    if told:
        return None
    levels = [each for each in levels_before(scene, mention, position) if not _is_base(each)]
    return candidate("change", mention.figure.span, mention, levels[:1], locked=True)


def _is_base(mention: Mention) -> bool:
    """Return whether words make a level one that another is measured on: ``against 1,600``, ``5000ウォンより``."""
    if pattern("than_after", r"^[\s)）]*").match(mention.right[:12]) is not None:
        return True
    return any(pattern(role, after=r"\s*(?:the\s*)?$").search(mention.left[-24:]) for role in ("against", "than"))


def _is_past(mention: Mention) -> bool:
    """Return whether the words beside a figure tell of an earlier time, too: ``in August last year``."""
    words = f"{mention.left[-_PAST:]} | {mention.right[:_PAST]}"
    return any(says(role, words) for role in ("formerly", "earlier_told", "was_before", "past", "had_been"))


def _led_by(mention: Mention) -> str:
    """Return the earlier time that a clause before a multiple measures it on: ``compared with last year it is``."""
    clause = _BREAK.split(mention.left)[-1]
    told = pattern("measured_from").search(clause)
    words = clause[told.end() :] if told is not None else ""
    return words if says("formerly", words) and says("compared_lead", clause) else ""


def had_been(passage: Passage, mention: Mention, position: int, phrase: str) -> bool:
    """Return whether the time that a phrase names has a figure of its own: ``27억 달러였던 2019년의 3분의 1``."""
    before = passage.before(mention, position, sentences=0, most=1)
    if not before or not operand(before[0]) or len(passage.gap(before[0], mention)) > len(phrase) + _LINK:
        return False
    return pattern("base_after", r"^[\s)）]*").match(before[0].right[:12]) is not None
