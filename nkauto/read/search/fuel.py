"""Motor fuel told by the kilogram and by the litre: ``$1.40 a kilogram ($1.05 a litre)``.

What a litre weighs decides, where the text tells it (``15 kg are 20 litres``, ``0.75 kg a litre``); else a figure
from outside must.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from nkauto.core.claims import Candidate, Hint
from nkauto.core.judge import compare
from nkauto.core.terms import Term, over, times
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.words import says

_KILO, _LITRE = "kg", "L"
_LEAST, _MOST = Fraction(65, 100), Fraction(95, 100)
"""Kilograms in a litre of motor fuel, as far as a text may be rough about it."""
_NEAR = Fraction(2, 100)
_SENTENCES = 2
_BESIDE = 24


class _Weight(NamedTuple):
    """What a litre weighs, and the figures that tell it."""

    value: Term
    mentions: tuple[Mention, ...]


def find(passage: Passage, told: frozenset[int]) -> list[Candidate]:
    """Return each price by the litre held against the one by the kilogram; ``told`` figures make a claim already."""
    weights = list(_weights(passage))
    found = []
    for litre in passage.mentions:
        if not litre.money or litre.per != _LITRE or litre.low <= 0:
            continue
        kilos = [m for m in passage.mentions if m.unit == litre.unit and m.per == _KILO and m.low > 0]
        kilos = [m for m in kilos if abs(m.sentence - litre.sentence) <= _SENTENCES]
        kilos.sort(key=lambda m: (m.index > litre.index, abs(m.index - litre.index)))
        if litre.index in told and not any(_tied(passage, litre, kilo) for kilo in kilos):
            continue
        told_by = [kilo for kilo in kilos if weights and _explains(litre, kilo, weights[0])]
        if told_by:
            found.append(_held(litre, told_by[0], weights[0]))
        elif kilos and not weights and _tied(passage, litre, kilos[0]):
            found.append(candidate("conversion", f"{kilos[0].figure.span} is {litre.figure.span}", litre, (kilos[0],)))
    return found


def _weights(passage: Passage) -> Iterator[_Weight]:
    for mention in passage.mentions:
        of_one = mention.per == _LITRE or (not mention.per and says("litre", mention.left[-_BESIDE:]))
        if mention.unit == _KILO and of_one and mention.single and _LEAST <= mention.low <= _MOST:
            yield _Weight(mention.ends[0], (mention,))
    for one, other in pairwise(passage.mentions):
        if {one.unit, other.unit} == {_KILO, _LITRE} and not one.per and not other.per and one.single and other.single:
            kilo, litre = (one, other) if one.unit == _KILO else (other, one)
            if one.sentence == other.sentence and litre.low > 0:
                value = over(kilo.ends[0], litre.ends[0])
                if _LEAST <= value.value <= _MOST:
                    yield _Weight(value, (one, other))


def _explains(litre: Mention, kilo: Mention, weight: _Weight) -> bool:
    """Return whether a price by the kilogram makes the one by the litre, rightly or by dividing."""
    stated = Fraction(litre.low)
    made = times(kilo.ends[0], weight.value).value, over(kilo.ends[0], weight.value).value
    return any(abs(value / stated - 1) <= _NEAR for value in made)


def _held(litre: Mention, kilo: Mention, weight: _Weight) -> Candidate:
    low, high = (times(end, weight.value) for end in kilo.ends)
    tied = (kilo, litre, *weight.mentions)
    tests = compare(low, high, operator(litre, (kilo,), round_digits=1), litre.stated)
    wrong = Hint(over(kilo.ends[0], weight.value), "divided by what a litre weighs instead of multiplied")
    words = f"{kilo.figure.span} is {litre.figure.span}"
    return candidate("conversion", words, litre, tied, [reading(tied, tests)], sure=True, hints=[wrong])


def _tied(passage: Passage, litre: Mention, kilo: Mention) -> bool:
    first, last = sorted((litre, kilo), key=lambda each: each.index)
    gap = passage.text[first.figure.end : last.figure.start]
    return last.index - first.index == 1 and tie_of(gap) in ("bracket", "words")
