"""Lists in step: the first multiple of a list goes with the first figures of the lists before it."""

from __future__ import annotations

from itertools import pairwise

from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import alike
from nkauto.read.relations.multiple import Multiple
from nkauto.read.relations.scope import operand
from nkauto.read.search.scene import Scene

_TWICE = 9
"""Figures before a multiple among which two and two stand, each with another currency, and a multiple."""


def in_turn(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> bool:
    """Return whether only these two stand between a multiple and the one before it, which has two of its own as well.

    ``40 before and 60 now, 50 % dearer, and the flight, 280 before, is 350, 30 % dearer``.
    """
    if not multiple.way or multiple.of or other.index > multiple.mention.index:
        return False
    before = scene.passage.before(multiple.mention, multiple.position, sentences=0, most=_TWICE)
    parts: list[list[Mention]] = [[]]
    for each in before:
        if each.unit in ("%", "x"):
            parts.append([])
        elif operand(each) and each.index not in scene.converted and not scene.steps(each):
            parts[-1].append(each)
    if len(parts) < 2 or parts[0] != [other, one] or not alike(one, other):
        return False
    return len(parts[1]) == 2 and alike(*parts[1])


def parallel(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> float:
    """Return what a list of multiples tells of lists of figures before it: the first goes with the first."""
    mine, first_run, second_run = scene.run(multiple.mention), scene.run(one), scene.run(other)
    if len(mine) < 2:
        if len(first_run) != len(second_run) or len(first_run) < 2 or one in second_run:
            return 0.0
        return 1.0 if first_run.index(one) == second_run.index(other) else -1.5
    rank = mine.index(multiple.mention)
    score = 0.0
    if one.index + 1 == other.index and scene.arrow(one, other):
        every = [
            first
            for first, second in pairwise(scene.near(multiple.position))
            if first.sentence == multiple.mention.sentence
            and second.index < mine[0].index
            and first.unit == one.unit
            and second.unit == one.unit
            and scene.arrow(first, second)
        ]
        if len(every) == len(mine) and one in every:
            return 2.0 if every.index(one) == rank else -1.5
    for each, run in ((one, first_run), (other, second_run)):
        if len(run) == len(mine):
            score += 1.0 if run.index(each) == rank else -2.0
    return score
