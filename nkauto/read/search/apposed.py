"""Comparisons that stand right beside a level, and what that says of the other: ``86, a slide of a third``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nkauto.read.passage.passage import Mention
from nkauto.read.relations.between import goes_to, level_behind, words_between
from nkauto.read.relations.drafts import alike
from nkauto.read.relations.multiple import CLAUSE, Multiple, unhedged
from nkauto.read.relations.scope import operand
from nkauto.read.relations.steps import stepping
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.names import base_phrase
from nkauto.read.search.scene import BREAK, COMMA, Scene

COMMA_ALONE = re.compile(r"[\s,，、(（—–-]{1,4}(?:or|即|也就是|すなわち|つまり|즉)?\s*")
_APPOSED = 32
_SHORT = 12
_LED = 24
"""Characters from a change to the level that it led to."""


def apposed(scene: Scene, multiple: Multiple, level: Mention) -> bool:
    """Return whether a change stands right behind a level, as one of it: ``86, a slide of a third``, ``86, down 20 %``.

    What is told of a time of its own behind it is measured on a level of that time.
    """
    if not multiple.way or level.index != multiple.mention.index - 1 or level.sentence != multiple.mention.sentence:
        return False
    gap = scene.passage.gap(level, multiple.mention)
    beside = f"{COMMA.split(gap)[-1]} | {COMMA.split(multiple.mention.right)[0]}"
    return len(gap) <= _APPOSED and not says("when", beside)


def between_two(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> bool:
    """Return whether a comparison stands between its base and its level: ``a hen is 25, a duck, a fifth less, 20``."""
    mention = multiple.mention
    if not multiple.way or multiple.of or not one.index == mention.index - 1 == other.index - 2:
        return False
    return one.sentence == other.sentence and alike(one, other) and level_behind(scene.passage.gap(mention, other))


def reached(scene: Scene, multiple: Multiple) -> Mention | None:
    """Return the level that the words right behind a change lead to: ``fell by a quarter to 60``, ``25% 올라 80이``."""
    after = scene.passage.after(multiple.mention, multiple.position, most=1)
    told = multiple.way or stepping(unhedged(multiple.mention.left))
    if not told or multiple.of or not after or not operand(after[0]):
        return None
    gap = unhedged(scene.passage.gap(multiple.mention, after[0]))
    if len(gap) > _LED or says("and", gap) or BREAK.search(gap):
        return None
    leads = goes_to(gap) or pattern("goes_to_level", after=r"\s*$").search(gap) is not None
    return after[0] if leads else None


def beside_rate(scene: Scene, multiple: Multiple) -> Mention | None:
    """Return the percentage that a multiple right behind it is of: ``up 6 %, three times the rate of A``."""
    before = scene.passage.before(multiple.mention, multiple.position, sentences=0, most=1)
    if multiple.percent or multiple.way or multiple.mention.low < 1 or not before or before[0].unit != "%":
        return None
    gap = unhedged(scene.passage.gap(before[0], multiple.mention))
    return before[0] if (multiple.of or multiple.compares) and len(gap) <= _LED else None


def bases_of_others(scene: Scene, multiple: Multiple, like: Sequence[Mention]) -> set[int]:
    """Return the figures that words make the base of a multiple right behind them, of another than this one."""
    found = set()
    for each in like:
        place = scene.at(each) + 1
        behind = scene.passage.mentions[place : place + 1]
        if not behind or behind[0].unit not in ("%", "x") or behind[0].index >= multiple.mention.index:
            continue
        gap = scene.passage.gap(each, behind[0])
        if len(gap) <= _SHORT and any(pattern(role, r"^[\s)）]*").match(gap) for role in ("base_after", "of_after")):
            found.add(each.index)
    return found


def from_the_last(scene: Scene, multiple: Multiple, one: Mention, level: Mention) -> bool:
    """Return whether a change leads to a level from the last one told before it: ``60, then up a third to 70``."""
    mention = multiple.mention
    if multiple.elsewhere or base_phrase(multiple) or not alike(one, level) or mention.sentence - one.sentence > 1:
        return False
    before = scene.passage.before(mention, multiple.position, sentences=1)
    like = [each for each in before if each.unit == level.unit and each.index not in scene.converted]
    return bool(like) and like[0] is one and not scene.steps(one) and _only_change(scene, one, mention)


def leads_up(scene: Scene, multiple: Multiple, one: Mention, level: Mention) -> bool:
    """Return whether a change stands behind the level that it led to from the last: ``4800ウォンまで2割下がった``."""
    passage, mention = scene.passage, multiple.mention
    if not multiple.way or multiple.of or multiple.elsewhere or base_phrase(multiple) or not alike(one, level):
        return False
    gap = words_between(passage, level, mention)
    told = unhedged(gap)
    leads = pattern("to_after", r"^\s*", r"\s*$").match(told) or says("thereupon", told)
    if gap.isascii() or len(gap) > _LED or not leads or BREAK.search(gap):
        return False
    apart = passage.text[one.figure.end : level.figure.start]
    if any(says(role, apart) for role in ("place", "earlier_told", "time_before")):
        return False
    if level.subject and one.subject and level.subject != one.subject:
        return False
    before = passage.before(mention, multiple.position, sentences=1)
    like = [each for each in before if each.unit == level.unit and each.index not in scene.converted]
    return like[:2] == [level, one] and not scene.steps(one)


def _only_change(scene: Scene, one: Mention, mention: Mention) -> bool:
    """Return whether no other multiple stands between a level and a multiple."""
    between = [each for each in scene.near(scene.at(mention)) if one.index < each.index < mention.index]
    return all(each.unit not in ("%", "x") for each in between)


def more_than_before(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> bool:
    """Return whether a comparison follows the level of another time: ``it is 20. In May it was 30, a third more``."""
    mention = multiple.mention
    compares = multiple.compares and bool(multiple.way) and not (multiple.elsewhere or multiple.of)
    if not compares or other.index != mention.index - 1:
        return False
    if other.sentence - one.sentence != 1 or not alike(one, other) or one.subject != other.subject:
        return False
    clause = COMMA.split(mention.right)[0]
    bare = not any(says(role, clause) for role in ("than", "when", "measured_from"))
    beside = COMMA_ALONE.fullmatch(unhedged(scene.passage.gap(other, mention))) is not None
    timed = any(says(role, other.left) for role in ("season", "earlier_told", "formerly", "had_been", "later_told"))
    return bare and beside and timed


def so_many_times_that(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> bool:
    """Return whether a level is so many times the only one before it: ``it was 8. Now it is 50, six times as much``."""
    mention = multiple.mention
    if multiple.percent or multiple.elsewhere or other.index != mention.index - 1:
        return False
    again = pattern("the_same_thing", r"^\s*", r"\s*(?:[.,;)]|$)").match(mention.right) is not None
    if not again and (mention.low <= 1 or multiple.of):
        return False
    as_much = pattern("as_many", r"^\s*").match(mention.right[:_APPOSED]) is not None and not base_phrase(multiple)
    if not (as_much or again or says("what_it_was", mention.right[:_APPOSED])):
        return False
    if COMMA_ALONE.fullmatch(unhedged(scene.passage.gap(other, mention))) is None or other.sentence - one.sentence > 1:
        return False
    if one.unit != other.unit or any(
        a and b and a != b for a, b in ((one.per, other.per), (one.subject, other.subject))
    ):
        return False
    near = scene.passage.before(mention, multiple.position, sentences=1)
    return [each.index for each in near if each.unit == one.unit] == [other.index, one.index]


def right_behind(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> bool:
    """Return whether a percentage of a way follows the second of two prices of a good: ``15,000, 40 percent less``."""
    if not (multiple.percent and multiple.way) or one.subject != other.subject:
        return False
    gap = unhedged(scene.passage.gap(other, multiple.mention))
    return COMMA_ALONE.fullmatch(gap) is not None and not says("when", CLAUSE.split(multiple.mention.right)[0])
