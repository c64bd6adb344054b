"""Steps and the levels that they lead to, from which a multiple may follow: ``500원 오른 4천원``, 14 %."""

from __future__ import annotations

from collections.abc import Iterator

from nkauto.core.claims import Hint, Reading
from nkauto.core.judge import compare
from nkauto.core.terms import minus, over, plus, share
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.between import led_away
from nkauto.read.relations.drafts import operator, reading
from nkauto.read.relations.multiple import CLAUSE, UP, Multiple, unhedged, way_of
from nkauto.read.relations.senses import plainly
from nkauto.read.relations.words import pattern
from nkauto.read.search.option import Option
from nkauto.read.search.scene import Scene, leads_on, step_link

ALIKE, ALIKE_VERB_LAST = 3, 8
"""Steps of one list differ by less than this; a level that stands in the list is far larger."""


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
