"""Two levels that the words put in their places, with the percentage or the step between them.

``dearer by 25 % than in June, when it cost 5,500``, ``from 320 households to 410, an increase of 90``. Or one level,
a percentage and its base: ``9,600 won, 7 % above the 9,000 of May``; or one right behind a percentage, so that what
stands before it is of something else: ``imports fell 13 percent to 880 million``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nkauto.core.claims import Candidate, Reading, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import fall, minus, rise
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow, goes_to, then_now
from nkauto.read.relations.drafts import alike, candidate, fits, operator, reading
from nkauto.read.relations.multiple import DOWN, UP, Multiple, Pair, multiple_of, unhedged, way_of
from nkauto.read.relations.scope import operand
from nkauto.read.relations.senses import plainly, readings_of
from nkauto.read.relations.steps import stepping
from nkauto.read.relations.told_after import levels_before
from nkauto.read.relations.words import lowered, pattern, says
from nkauto.read.search.scene import Scene

_SINCE = 70
_STEP = 24
_NAMED = 28
_SERIES = 2
_SLIP = 4
"""A step that misses two levels by more than so many times is not said of them."""
_PARTED = re.compile(r"[,;:，、；。]|\.\s")
_WORDS = re.compile(r"[\w\s’'.\-]{0,24}")
_REACH = 44
_CLAUSE = re.compile(r"[,;:]\s|\.\s|\s(?:—|–)\s")


def changed(multiple: Multiple, base: Mention, level: Mention, way: str) -> Reading:
    """Return the comparison of a percentage with what two levels come to, the way it is told."""
    turn = rise if way == UP else fall
    one, other = turn(base.ends[0], level.ends[0]), turn(base.ends[1], level.ends[1])
    low, high = sorted((one, other), key=lambda each: each.value)
    sign = operator(multiple.mention, (base, level), round_digits=0)
    tests = plainly(multiple, compare(low, high, sign, multiple.mention.stated))
    return reading((multiple.mention, base, level), tests)


def since_when(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``25 % dearer than in June, when it cost 5,500``: a base told with the time that it is of."""
    mention, position = multiple.mention, multiple.position
    after = [each for each in scene.passage.after(mention, position, most=3) if operand(each)]
    after = [each for each in after if each.index not in scene.converted]
    if not after or not (multiple.way or multiple.verb or multiple.compares):
        return None
    base = after[0]
    gap = scene.passage.text[mention.figure.end : base.figure.start]
    told = pattern("back_when", after=r"\s[\w\s’']{0,30}$").search(gap)
    if len(gap) > _SINCE or told is None:
        return None
    so_many = (multiple.compares or multiple.verb) and not multiple.percent and mention.low > 1
    if not (says("measured_from", gap[: told.start()]) or so_many):
        return None
    levels = [each for each in levels_before(scene, mention, position, sentences=1) if alike(each, base)][:1]
    if not levels or levels[0].sentence != mention.sentence:
        levels = [each for each in after[1:2] if alike(each, base)] or levels
    if not levels:
        return None
    level = levels[0]
    words = f"{mention.figure.span} {multiple.way}".strip()
    if multiple.percent:
        if not multiple.way:
            return None
        made = changed(multiple, base, level, multiple.way)
    else:
        every = readings_of(multiple, Pair((base,), (level,), 3, ordered=True))
        return candidate("change", words, mention, (base, level), every, sure=True, locked=True)
    return candidate("change", words, mention, (base, level), [made], sure=True, locked=True)


def since_the_first(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``8,000, then 16,000; now it is 12,000, still 50 % above the original price``: the first level is base."""
    mention, position = multiple.mention, multiple.position
    if not (multiple.way or multiple.compares) or (multiple.percent and not multiple.way):
        return None
    ahead = pattern("first_level", after=r"[^,，、;；。.]{0,16}$").search(mention.left[-_NAMED:])
    behind = _PARTED.split(mention.right[:_SINCE])[0]
    based = any(says(role, behind) for role in ("measured_from", "than_up", "than_down", "of"))
    if ahead is None and not (based and says("first_level", behind)):
        return None
    every = scene.passage.before(mention, position, sentences=2)
    levels = [each for each in every if operand(each) and each.index not in scene.converted]
    levels = [each for each in levels if levels and alike(each, levels[0]) and not scene.steps(each)]
    if len(levels) < _SERIES or any(each.subject not in ("", levels[0].subject) for each in levels):
        return None
    level, base = levels[0], levels[-1]
    words = f"{mention.figure.span} {multiple.way}".strip()
    if multiple.percent:
        every_way = [changed(multiple, base, level, multiple.way)]
    else:
        every_way = readings_of(multiple, Pair((base,), (level,), 3, ordered=True))
    return candidate("change", words, mention, (base, level), every_way, sure=True, locked=True)


def stepped(scene: Scene, mention: Mention, position: int) -> Candidate | None:
    """Return ``from 320 to 410, an increase of 90``: the step between two levels that stand right before it."""
    passage = scene.passage
    if mention.unit in ("%", "x", *TIME) or mention.rate or not mention.single:
        return None
    before = passage.before(mention, position, sentences=0, most=3)
    again = bool(before) and before[0].unit == "%" and _again(passage.gap(before[0], mention))
    last, before = before[0] if before else mention, before[1:] if again else before[:2]
    if before and before[0].unit == mention.unit and says("goes_to", lowered(before[0].figure.span)):
        return _of_a_range(passage, mention, before[0])
    if len(before) < 2 or any(each.unit != mention.unit or not each.single for each in before):
        return None
    new, old = before
    if old.low == new.low or len(passage.gap(last, mention)) > _STEP:
        return None
    if not (arrow(passage, old, new) or then_now(passage, old, new)):
        return None
    if not (again or _is_step(mention)):
        return None
    small, large = sorted((old, new), key=lambda each: each.low)
    value = minus(large.ends[0], small.ends[0])
    far = not mention.low / _SLIP <= value.value <= mention.low * _SLIP
    told = way_of("", unhedged(mention.left), _PARTED.split(mention.right)[0])
    after = passage.after(mention, position, most=1)
    ranged = bool(after) and after[0].unit == mention.unit and scene.arrow(mention, after[0])
    if mention.low >= large.low or far or ranged or (told and told != (UP if new is large else DOWN)):
        return None  # ``6000원에서 6200원으로, 지난달보다 100원 떨어졌다``: the range of several places, and their step
    hedged = mention.figure.bound in ("<", ">", "<=", ">=")
    sign = "~" if hedged else operator(mention, (), round_digits=0)
    made = reading((mention, old, new), compare(value, value, sign, mention.stated))
    words = f"{new.figure.span} is {mention.figure.span} from {old.figure.span}"
    return candidate("change", words, mention, (old, new), [made], sure=True)


def _of_a_range(passage: Passage, mention: Mention, both: Mention) -> Candidate | None:
    """Return ``9元から12元になり、3元高い``: a step between two levels that were read as the ends of one range."""
    far = len(passage.gap(both, mention)) > _STEP or not _is_step(mention) or mention.low >= both.high
    if both.single or far or not both.money:
        return None
    value = minus(both.ends[1], both.ends[0])
    made = reading((mention, both), compare(value, value, operator(mention, (), round_digits=0), mention.stated))
    return candidate("change", f"{mention.figure.span} within {both.figure.span}", mention, (both,), [made], sure=True)


def _again(gap: str) -> bool:
    """Return whether words tell a percentage again as a sum: ``five percent, or``, ``33 %, that is by``."""
    bare = pattern("by_so_much", after=r"\s*$").sub("", unhedged(gap))
    return pattern("same_said", r"^[\s,，、(（]*", r"\s*$").match(bare) is not None


def _is_step(mention: Mention) -> bool:
    """Return whether a word of rising or falling joins a figure: ``an increase of 90``, ``90명 늘었다``."""
    left = unhedged(mention.left)
    if stepping(left):
        return True
    right = mention.right[:8]
    if pattern("becomes", r"^\s*").match(right) or pattern("origin", after=r"\s*$").search(left):
        return False  # ``从2100元涨到2400元``: a level that another follows
    return any(pattern(role, r"^\s*(?:이|가|을|를|が|を)?\s*").match(right) for role in ("rise", "fall"))


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
