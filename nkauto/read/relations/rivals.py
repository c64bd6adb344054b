"""What speaks against calling a multiple wrong: other figures, about as near to it, bear it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import best, judge, verdict
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import BOUNDS
from nkauto.read.relations.moved import moves
from nkauto.read.relations.multiple import DOWN, UP, Multiple, Pair
from nkauto.read.relations.senses import readings_of
from nkauto.read.relations.told_after import levels_before
from nkauto.read.search.bases import RIVAL
from nkauto.read.search.leads import of_the_nearest
from nkauto.read.search.pairs import WORDED, possible
from nkauto.read.search.scene import Option, Scene

_WRONG = (Verdict.FAILS, Verdict.PARTLY)
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_MEANT = 1.5
"""Figures that bear a multiple out are meant in the place of others no more than this ahead of them."""
_NEAR = 3.0
"""... and leave it open where the others are ahead by no more than this."""
_BESIDE = Fraction(15, 100)
"""What lies no further beyond a bound may be meant by it."""
_WHOLE = 100
"""Nothing loses more than all of itself, whatever the figures."""


def in_doubt(scene: Scene, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the claims, those set right or left open that other figures bear out."""
    multiples = {
        mention.index: place
        for place, mention in enumerate(scene.passage.mentions)
        if mention.unit in ("%", "x") and mention.high
    }
    return [_doubted(scene, each, multiples, found) for each in found]


def _doubted(scene: Scene, each: Candidate, multiples: dict[int, int], found: Sequence[Candidate]) -> Candidate:
    stated = [index for index in each.figures if index in multiples]
    stated = [index for index in stated if scene.passage.mentions[multiples[index]].figure.span == each.stated]
    if len(stated) != 1 or len(each.figures) != 3 or judge(each).verdict not in _WRONG:
        return each
    place = multiples[stated[0]]
    mention = scene.passage.mentions[place]
    own = frozenset(each.figures) - {mention.index}
    multiple = scene.multiple(place)
    if multiple.generic:
        return each  # what is said of all is wrong where it is wrong of one
    options = sorted(possible(scene, multiple), key=lambda option: -option.score)
    tried = next((option for option in options if option.key == own), None)
    if tried is None:
        return each
    if (turned := _turned(multiple, each, tried)) is not None:
        return turned
    near = of_the_nearest(multiple, options)
    rivals = [option for option in near if option.key != own and tried.score - option.score <= _NEAR]
    rivals = [option for option in rivals if option.tied >= RIVAL or tried.tied < WORDED]
    rivals = [option for option in rivals if _rates(option) & _rates(tried)]
    led = {move.step.index: move.level.index for move in moves(scene, levels_before(scene, mention, place, 2)[::-1])}
    rivals = [option for option in rivals if not any(led.get(one, other) != other for one, other in _turns(option))]
    bounded = mention.figure.bound in BOUNDS  # and may be true of any two figures by chance
    taken = [frozenset(other.figures) - {mention.index} for other in found if other is not each]
    for option in rivals:
        if not option.plausible or any(option.key <= other for other in taken):
            continue
        if _is_close(option) if bounded else option.said in _HELD:
            if tried.score - option.score <= _MEANT:
                return _meant(each, option, mention)
            return each if each.locked else replace(each, readings=(), sure=False)
    return each


def _turns(option: Option) -> Iterator[tuple[int, int]]:
    """Return the two figures of an option either way round."""
    return permutations(sorted(option.key), 2)


def _rates(option: Option) -> set[bool]:
    """Return whether figures are exchange rates, or not, or one of them."""
    return {mention.rate for mention in option.mentions}


def _is_close(option: Option) -> bool:
    """Return whether a reading bears a bound out and comes near it."""
    return any(
        verdict(reading.tests) in _HELD and all(test.miss <= _BESIDE for test in reading.tests)
        for reading in option.readings
    )


def _turned(multiple: Multiple, each: Candidate, tried: Option) -> Candidate | None:
    """Return a claim whose figures go the other way than its words: right where they bear it out that way, or open."""
    checks = judge(each).checks
    if not checks or any(check.value >= 0 for check in checks):
        return None
    forward = tuple(r for r in each.readings if r.tests and all(test.computed.value >= 0 for test in r.tests))
    if forward and tried.tied < WORDED:
        return replace(each, readings=forward)  # which came first was only guessed
    other = replace(multiple, way=DOWN if multiple.way == UP else UP)
    old, new = sorted(tried.mentions, key=lambda one: one.low, reverse=other.way == DOWN)
    readings = readings_of(other, Pair((old,), (new,), 3, ordered=True))
    held = best(tuple(readings))[1] is Verdict.HOLDS
    if held:
        return replace(each, readings=tuple(readings), hints=())
    return replace(each, readings=(), sure=False) if multiple.mention.low <= _WHOLE else None


def _meant(each: Candidate, option: Option, mention: Mention) -> Candidate:
    """Return a claim on the figures that the words rather mean."""
    by_index = {one.index: one for one in (*option.mentions, mention)}
    figures = tuple(sorted(by_index))
    spans = tuple(by_index[index].figure.span for index in figures)
    return replace(each, figures=figures, spans=spans, readings=option.readings, hints=option.hints)
