"""Two figures that a multiple may follow from: steps and the levels that they lead to, ``500원 오른 4천원``, 14 %.

How well they are tied to it, and what speaks against them: it is of others, or misses them by far.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from nkauto.core.claims import Hint, Reading
from nkauto.core.judge import compare
from nkauto.core.terms import minus, over, plus, share
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.between import led_away, then_now
from nkauto.read.relations.drafts import operator, reading
from nkauto.read.relations.multiple import CLAUSE, UP, Multiple, unhedged, way_of
from nkauto.read.relations.senses import plainly
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.scene import Option, Scene, leads_on, step_link
from nkauto.read.search.ties import goods

ALIKE, ALIKE_VERB_LAST = 3, 8
"""Steps of one list differ by less than this; a level that stands in the list is far larger."""
REACHED = Fraction(12)
"""Figures that miss a multiple by more than this factor are not the ones it was reckoned from."""
_OWN = 2.5
"""Where words tie two figures of a multiple's own sentence so firmly, none of another one bear it out."""
_PART = re.compile(r"[,;:.，、；。(（]")
_LEFT = Fraction(125, 1000)
_WIDTH = 24
"""Characters before a multiple in which a rise may be named that is compared with another one."""
_CENTS = Fraction(5, 100)


def led(multiple: Multiple, step: Mention, level: Mention, like: list[Mention]) -> bool:
    """Return whether the text tells the level, too, that a step led away from."""
    before = level.low - step.low if multiple.way == UP else level.low + step.low
    told = bool(multiple.way) and step.single and level.single
    return told and any(each.low == before and each.unit == level.unit for each in like)


def listed_with(scene: Scene, step: Mention) -> list[Mention]:
    """Return the list that a step stands in, as far as its verb reaches: back from a verb that closes it, or on.

    A level in that list is far larger than the step; where one verb closes the list, its steps may differ more.
    """
    closed = any(pattern(role, step_link()).match(step.right[:14]) for role in ("rise", "fall"))
    most = step.high * (ALIKE_VERB_LAST if closed and not step.right[:3].isascii() else ALIKE)
    run = [each for each in scene.run(step) if (each.index <= step.index if closed else each.index >= step.index)]
    return [each for each in run if each.low < most]


def _leads_to_another(scene: Scene, step: Mention, level: Mention) -> bool:
    """Return whether a verb leads the step to another level right behind it, or another step to the level."""
    passage = scene.passage
    behind, before = passage.near(step)[-1], passage.near(level)[0]
    return any(
        other not in (step, level)
        and (one.unit, one.sentence) == (next_.unit, next_.sentence)
        and leads_on(passage.gap(one, next_))
        for other, one, next_ in ((behind, step, behind), (before, before, level))
    )


def stepping(
    scene: Scene, multiple: Multiple, step: Mention, level: Mention, score: float, *, told: bool
) -> Iterator[Option]:
    """Yield a step and the level that it led to: ``500원 오른 4천원``, 14 %."""
    if (step.single and not level.single) or _leads_to_another(scene, step, level):
        return
    way = multiple.way or way_of("", unhedged(step.left), CLAUSE.split(step.right)[0])
    if step.high >= level.low and (not told or way == UP):
        return
    if not (multiple.way or told or multiple.mention.low < 1):
        return
    if not told and not (step.subject and step.subject == level.subject):
        return
    mention = multiple.mention
    score += 2.0 if told else -1.5
    steps, levels = scene.run(step), scene.run(level)
    if told and len(steps) == len(levels) > 1:
        score += 1.5 if steps.index(step) == levels.index(level) else -1.5
    if told and abs(step.index - level.index) == 1 and step.sentence == level.sentence:
        score += 1.5
    part, whole = step.ends[0], level.ends[0]
    base = led_away(scene.passage, level, step)
    repeats = step.index in scene.converted and level.index in scene.converted

    def read() -> list[Reading]:
        before = whole if base else plus(whole, part) if way != UP else minus(whole, part)
        if multiple.percent:
            value = share(part, before)
        else:
            times = not base and (not multiple.way or multiple.mention.low > 1)
            value = over(whole if times else part, before)
        sign = operator(mention, (step, level), round_digits=0 if multiple.percent else 1)
        tests = plainly(multiple, compare(value, value, sign, mention.stated))
        return [reading((mention, step, level), tests)]

    def slips() -> list[Hint]:
        return [Hint(share(part, whole), "reckoned on the new figure")]

    tied = 0.0 if not told else 2.0 if multiple.way else 1.0
    hints = slips if told and not base else list
    yield Option((step, level), read, score, tied, hints, repeats=repeats)


def of_the_last(multiple: Multiple, option: Option) -> bool:
    """Return whether a share is one of what was named last, and both figures stand before it: ``20 % of them``."""
    of_it = multiple.of and pattern("of_it", r"^\s*").match(multiple.mention.right[:24]) is not None
    return of_it and all(each.index < multiple.mention.index for each in option.mentions)


@cache
def _where() -> re.Pattern[str]:
    """Return the pattern of a place, or what may be one, that opens a sentence: ``in hama``."""
    return pattern("where", r"^\s*", r"\s+(?P<name>[a-zà-ÿ]+)")


def of_another_place(passage: Passage, multiple: Multiple, figures: Sequence[Mention]) -> bool:
    """Return whether a multiple is told of a place, and its figures in another sentence that does not name it."""
    mention = multiple.mention
    if any(each.sentence >= mention.sentence for each in figures):
        return False
    first, _ = passage.sentence(mention)
    lead = passage.text[first : mention.figure.start]
    told = [found.group() for found in pattern("place").finditer(lead)]
    where = _where().match(lead)
    if where is not None and not says("when", where["name"]):
        told.append(where["name"])
    if not told:
        return False
    start, end = passage.sentence(figures[0])
    return not any(place in passage.text[start:end] for place in told)


def of_a_later_one(multiple: Multiple, option: Option) -> bool:
    """Return whether a change tells the one figure itself, and the other is of a later sentence: of something else."""
    later = [each for each in option.mentions if each.sentence > multiple.mention.sentence]
    return bool(multiple.way) and not multiple.currency and 0 < len(later) < len(option.mentions)


def told_apart(scene: Scene, multiple: Multiple, option: Option) -> bool:
    """Return whether a change is told before two figures of later sentences that do not follow one upon the other."""
    if not multiple.way or multiple.compares or len(option.mentions) != 2:
        return False
    one, other = sorted(option.mentions, key=lambda each: each.index)
    if one.sentence <= multiple.mention.sentence:
        return False
    return not (scene.arrow(one, other) or then_now(scene.passage, one, other))


def of_a_gap(multiple: Multiple) -> bool:
    """Return whether a share is one of what two figures lie apart, untold: ``75 % of the difference``."""
    if multiple.of and multiple.mention.unit == "x" and says("width", multiple.mention.left[-_WIDTH:]):
        return True  # ``its rise was twice that of the yuan``
    behind = pattern("of_the_gap", r"^\s*").match(multiple.mention.right[:40]) is not None
    return behind or pattern("of_the_gap_before", after=r"\s*$").search(multiple.mention.left[-16:]) is not None


def leaves(multiple: Multiple, option: Option) -> bool:
    """Return whether a share is what one figure leaves of the other: ``12 of 18; a third stayed on paper``."""
    whole = Fraction(100 if multiple.percent else 1)
    stated = Fraction(multiple.mention.low)
    if not multiple.of or multiple.way or not 0 < stated < whole:
        return False
    left = [whole - test.computed.value for each in option.readings for test in each.tests]
    return any(abs(each / stated - 1) <= _LEFT for each in left)


def of_a_time(multiple: Multiple) -> bool:
    """Return whether the words behind a multiple measure it by a time: ``1.6 times the price at New Year``."""
    clause = _PART.split(multiple.mention.right[:48])[0]
    return multiple.compares and not multiple.generic and not goods(clause) and says("when", clause)


def in_reach(option: Option) -> bool:
    """Return whether figures miss a multiple by no more than a slip of one digit: beyond that others are meant."""
    sizes = [test.size for each in option.readings for test in each.tests]
    return any(1 / REACHED <= size <= REACHED or _is_cents(size) for size in sizes)


def _is_cents(size: Fraction) -> bool:
    """Return whether a figure is a hundred times what it should be, or a hundredth: cents taken for dollars."""
    return any(abs(size * slip - 1) <= _CENTS for slip in (100, Fraction(1, 100)))


def of_the_nearest(multiple: Multiple, tried: list[Option]) -> list[Option]:
    """Return the figures without those of earlier sentences, where a multiple's own, or the one before it, has two."""
    at, every = multiple.mention.sentence, {m.sentence for each in tried for m in each.mentions}
    if pattern("than", r"^[\s\w]{0,12}?").match(multiple.mention.right):
        return tried  # ``still a tenth higher than at first``
    own = at if at in every else at - 1
    if any(each.tied >= _OWN and all(m.sentence == own for m in each.mentions) for each in tried):
        return [each for each in tried if all(m.sentence >= own for m in each.mentions)]
    if any(each.tied >= 0 and all(m.sentence == at for m in each.mentions) for each in tried):
        return [each for each in tried if any(m.sentence >= at for m in each.mentions)]
    return tried
