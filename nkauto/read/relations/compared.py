"""Levels that words name first: ``here 5,400, there 6,000. There it is a tenth dearer``; ``twice his pay, 2,500``.

And counts that only their noun names: ``120,000, three times the number agreed on``.
"""

from __future__ import annotations

import re

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import judge
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import alike, candidate
from nkauto.read.relations.levels_told import is_base_behind
from nkauto.read.relations.multiple import DOWN, Multiple, Pair
from nkauto.read.relations.scope import operand
from nkauto.read.relations.senses import readings_of
from nkauto.read.relations.told_after import levels_before
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.names import base_phrase, content, name_of
from nkauto.read.search.scene import COMMA, Scene

_TWO = 2
_REACH = 60
_NEAR, _SHORT = 40, 28
_END = re.compile(r"\s*[,.;)]|\s*$")
_NAMED = re.compile(r"[^,;.()\d]{3,48}(?:,|\s[–—-])\s(?:(?:about|some|at|which is|that is)\s)?")
_RELATED = r"[^,;.()\d]{3,48},\s"
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
    named = spoken.count(True) == 1 and not (base and not base & own[spoken.index(False)])
    new, old = (first, second) if spoken[0] else (second, first)
    if not named:
        down = multiple.way == DOWN or (not multiple.percent and mention.high < 1)
        old, new = sorted(levels, key=lambda each: each.low, reverse=down)
    found = _of(multiple, old, new)
    return found if named or (not base and judge(found).verdict is Verdict.HOLDS) else None


def _of(multiple: Multiple, old: Mention, new: Mention) -> Candidate:
    """Return the claim that a multiple makes of a level and what it is measured on."""
    readings = readings_of(multiple, Pair((old,), (new,), 3, ordered=True))
    statement = f"{multiple.mention.figure.span} {multiple.way}".strip()
    return candidate("ratio", statement, multiple.mention, (old, new), readings, sure=True, locked=True)


def base_apposed(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``6,000, three times what his colleague gets, 2,500``: a base named first, and then told."""
    mention, position, passage = multiple.mention, multiple.position, scene.passage
    after = passage.after(mention, position, most=1)
    if not after or not after[0].money or _END.match(after[0].right) is None or multiple.elsewhere:
        return None
    phrase, gap = base_phrase(multiple), passage.gap(mention, after[0])
    related = pattern("relative", _RELATED, r"(?:\s[a-z]+){1,4}\s").fullmatch(gap) is not None
    if not content(phrase) or not phrase.isascii() or not multiple.compares or not (related or _NAMED.fullmatch(gap)):
        return None
    levels, base = levels_before(scene, mention, position, sentences=1), after[0]
    level = next((each for each in levels if not is_base_behind(scene, each)), None)
    if level is None or not alike(level, base):
        return None
    if level is levels[0] and (level.sentence != mention.sentence or len(passage.gap(level, mention)) > _NEAR):
        return None
    if level is levels[0] and any(
        each.unit in ("%", "x") and level.index < each.index < mention.index for each in scene.near(position)
    ):
        return None
    return _of(multiple, base, level)


def of_a_good(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``corn at 450 is half the price of rice``: what stands before a multiple, of a good that it names.

    Of several prices of that good the one is meant that bears it out; if none does, it fails only of a single one.
    """
    mention, position = multiple.mention, multiple.position
    if not multiple.against or multiple.elsewhere or multiple.generic or multiple.of_wage:
        return None
    levels = levels_before(scene, mention, position)
    if not levels or levels[0].subject in ("", multiple.against) or not levels[0].single or scene.steps(levels[0]):
        return None
    level = levels[0]
    near = [each for each in scene.near(position) if each.subject == multiple.against and alike(each, level)]
    near = [each for each in near if each.single and not scene.steps(each) and each.sentence <= mention.sentence]
    near = [each for each in near if multiple.against in items_named(each.left)] or near
    found = [_of(multiple, base, level) for base in near[::-1] if base.index not in scene.converted]
    held = next((each for each in found if judge(each).verdict is Verdict.HOLDS), None)
    return held or (found[0] if len(found) == 1 and judge(found[0]).verdict is not Verdict.OUTSIDE else None)


def as_much_as_before(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``here 12,000, there 150 yuan, or 180,000, fifteen times as much``: the level, and the only one before it.

    A level that repeats another in the money of the first is one all the same.
    """
    mention, position, passage = multiple.mention, multiple.position, scene.passage
    if multiple.percent or mention.low <= 1 or multiple.elsewhere or multiple.of or base_phrase(multiple):
        return None
    if len(scene.run(mention)) > 1:
        return None  # one of several, each of which has two levels of its own
    if pattern("as_many", r"^\s*").match(mention.right[:_NEAR]) is None:
        return None
    like = [each for each in passage.before(mention, position, sentences=0) if operand(each)]
    if not like or not like[0].money or len(passage.gap(like[0], mention)) > _NEAR:
        return None
    same = [each for each in like if each.unit == like[0].unit and each.rate == like[0].rate]
    if len(same) != _TWO or same[0].low <= same[1].low or any(scene.steps(each) for each in same):
        return None
    if all(each.index in scene.converted for each in same):
        return None  # both only repeat two others
    return _of(multiple, same[1], same[0])


def share_behind(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``of the 450 asked 270 had one. That is three fifths``: a share told in a sentence of its own."""
    mention, position, passage = multiple.mention, multiple.position, scene.passage
    if mention.high >= (100 if multiple.percent else 1) or multiple.way or multiple.compares or multiple.elsewhere:
        return None
    if any(each.sentence == mention.sentence and each is not mention for each in scene.near(position)):
        return None
    first, last = passage.sentence(mention)
    words = passage.text[first:last]
    if not (len(words.strip()) <= _SHORT or any(says(role, words) for role in ("thus", "restates", "same_said"))):
        return None
    told = [each for each in levels_before(scene, mention, position, sentences=1) if not scene.steps(each)]
    if len(told) != _TWO or told[0].unit != told[1].unit or any(each.rate or not each.single for each in told):
        return None
    part, whole = sorted(told, key=lambda each: each.low)
    gap = passage.gap(told[1], told[0])
    out_of = (
        says("out_of", gap) or says("of_which", gap) or pattern("part_of", after=r"(?:\s\w+)?\s*$").search(whole.left)
    )
    if not out_of or part.low == whole.low:
        return None
    made = readings_of(multiple, Pair((whole,), (part,), 3, ordered=True, part=True))
    words = f"{part.figure.span} is {mention.figure.span} of {whole.figure.span}"
    return candidate("ratio", words, mention, (part, whole), made, sure=True, locked=True)
