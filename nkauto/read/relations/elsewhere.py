"""Changes whose base stands in words, in no figure: ``25 % more than on Sunday``, ``double that of 1960``."""

from __future__ import annotations

import re

from nkauto.core.claims import Candidate
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import candidate
from nkauto.read.relations.multiple import Multiple
from nkauto.read.relations.scope import operand
from nkauto.read.relations.words import YEAR, pattern, says
from nkauto.read.search.names import base_phrase, named
from nkauto.read.search.scene import Scene

_CLAUSE = re.compile(r"[,;:，、；。：()（）]|\.\s")
_BREAK = re.compile(r"[;；]|\.\s")
_PAST = 32
_LINK = 6
"""Characters that may link a figure to the time that it is of."""


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
