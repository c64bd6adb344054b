"""What speaks against two figures as those that a multiple contradicts: it is of others, or misses them by far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.between import then_now
from nkauto.read.relations.multiple import Multiple
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.option import Option
from nkauto.read.search.scene import Scene
from nkauto.read.search.ties import goods

REACHED = Fraction(12)
"""Figures that miss a multiple by more than this factor are not the ones it was reckoned from."""
_OWN = 2.5
"""Where words tie two figures of a multiple's own sentence so firmly, none of another one bear it out."""
_PART = re.compile(r"[,;:.，、；。(（]")
_LEFT = Fraction(125, 1000)
_WIDTH = 24
"""Characters before a multiple in which a rise may be named that is compared with another one."""
_CENTS = Fraction(5, 100)


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
