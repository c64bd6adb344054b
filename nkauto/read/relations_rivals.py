"""What speaks against calling a multiple wrong: other figures, about as near to it, bear it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import judge
from nkauto.read.drafts import BOUNDS
from nkauto.read.passage import Mention
from nkauto.read.search import RIVAL
from nkauto.read.search_pairs import WORDED, Option, possible
from nkauto.read.search_scene import Scene

_WRONG = (Verdict.FAILS, Verdict.PARTLY)
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_MEANT = 1.5
"""Figures that bear a multiple out are meant in the place of others no more than this ahead of them."""
_NEAR = 3.0
"""... and leave it open where the others are ahead by no more than this."""


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
    rivals = [option for option in options if option.key != own and tried.score - option.score <= _NEAR]
    rivals = [option for option in rivals if option.tied >= RIVAL or tried.tied < WORDED]
    rivals = [option for option in rivals if option.mentions[0].rate == tried.mentions[0].rate]
    if mention.figure.bound not in BOUNDS:  # a bound may be true of any two figures by chance
        taken = [frozenset(other.figures) - {mention.index} for other in found if other is not each]
        for option in rivals:
            if option.plausible and option.said in _HELD and not any(option.key <= other for other in taken):
                if tried.score - option.score <= _MEANT:
                    return _meant(each, option, mention)
                return each if each.locked else replace(each, readings=(), sure=False)
    return each


def _meant(each: Candidate, option: Option, mention: Mention) -> Candidate:
    """Return a claim on the figures that the words rather mean."""
    by_index = {one.index: one for one in (*option.mentions, mention)}
    figures = tuple(sorted(by_index))
    spans = tuple(by_index[index].figure.span for index in figures)
    return replace(each, figures=figures, spans=spans, readings=option.readings, hints=option.hints)
