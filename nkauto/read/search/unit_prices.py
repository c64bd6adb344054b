"""What one measure of a thing costs that is sold by the heap: ``15 kg of it for 22.50 dollars, or 1.50 a kilogram``.

The clause of the unit price has nothing else to say, so that it can only tell again what the one quantity and the one
price before it come to; what they do not come to is wrong. And motor fuel told by the kilogram and by the litre:
``$1.40 a kilogram ($1.05 a litre)``. What a litre weighs decides, where the text tells it; else a figure from outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from nkauto.core.claims import Candidate, Hint, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, over, times
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.measures import FAMILY, bracketed
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.bases import Settled
from nkauto.read.search.scene import Scene
from nkauto.read.search.sums import scale_of, scaled

_MEASURED = 2
"""Families of units that goods are sold by: weights and volumes; a further kilometre has a price of its own."""
_AREAS = ("m2", "pyeong", "person")
_CLAUSE = re.compile(r"[,;:，、；：。(（–—]|\.\s")
_LINKS = ("same_said", "equate", "result", "restates", "thus", "averaged", "leaves_it")
_RIGHT, _SHORT = 24, 8
_BACK = 8
_FAR = Fraction(6)
"""What misses by more is the price of something else."""
_KILO, _LITRE = "kg", "L"
_LEAST, _MOST = Fraction(65, 100), Fraction(95, 100)
"""Kilograms in a litre of motor fuel, as far as a text may be rough about it."""
_NEAR = Fraction(2, 100)
_SENTENCES = 2
_BESIDE = 24


def find(passage: Passage, converted: frozenset[int]) -> list[Settled]:
    """Return the unit prices of a text that only tell again what a quantity and a price right before them come to."""
    scene = Scene(passage, converted)
    found = []
    for position, stated in enumerate(passage.mentions):
        if not stated.money or stated.rate or stated.count != 1 or stated.figure.bound in BOUNDS:
            continue
        if not _by_measure(stated.per) or not _told_again(stated):
            continue
        settled = _settled(scene, stated, position)
        if settled is not None:
            found.append(settled)
    return found


def _by_measure(unit: str) -> bool:
    return FAMILY.get(unit, _MEASURED) < _MEASURED or unit in _AREAS


def _told_again(stated: Mention) -> bool:
    """Return whether the clause of a unit price says nothing else, before it or behind."""
    bare = _lead(stated)
    english = stated.left.isascii() and stated.right[:_SHORT].isascii()
    behind = _CLAUSE.split(stated.right[: _RIGHT if english else _SHORT])[0]
    if says("marginal", stated.right[:_RIGHT]) or says("marginal", bare):
        return False  # what each further kilometre costs
    if any(says(role, behind) for role in ("than", "than_after", "market", "street", "official", "place", "when")):
        return False
    if english and pattern("at_rate", r"^\s*", r"\s*$").match(unhedged(stated.left)):
        return False  # ``eggs at 8,000 and a chicken of 2 kilos at 9,200``
    if english:
        return not bare and bool(stated.left.strip())
    return len(bare) <= _SHORT and says("for_one", bare)


def _lead(stated: Mention) -> str:
    """Return the words of its clause before a unit price, without those that link it to what it follows from."""
    lead = unhedged(_CLAUSE.split(stated.left)[-1])
    for role in _LINKS:
        lead = pattern(role).sub(" ", lead)
    return lead.strip()


def _settled(scene: Scene, stated: Mention, position: int) -> Settled | None:
    passage = scene.passage
    before = [
        m
        for m in passage.before(stated, position, sentences=1, most=_BACK)
        if m.unit == stated.unit or not bracketed(m)
    ]
    things = [m for m in before if _measures(m, stated)]
    things = [m for m in things if m.unit == stated.per] or things
    behind = {m.index + 1 for m in things}  # ``a sack of 50 kg is 30 yuan`` may have been read as a price by weight
    totals = ("", "each", *(TIME if stated.per == "person" else ()))
    prices = [m for m in before if m.unit == stated.unit and not m.rate and not scene.steps(m)]
    prices = [m for m in prices if m.per in totals or (m.per == stated.per and m.index in behind)]
    past = {one.index for one, other in pairwise(prices[::-1]) if scene.arrow(one, other)}
    prices = [m for m in prices if m.index not in past]
    if len(things) != 1 or len(prices) != 1:
        return None
    (thing,), (price,) = things, prices
    if before[0] not in (thing, price):
        return None  # the figure between has something else to say of them
    apart = not thing.sentence == price.sentence == stated.sentence
    if apart and items_named(_lead(stated)):
        return None  # a sentence that names its good tells a price of its own
    scale = scale_of(thing.unit, stated.per)
    if (
        scale is None
        or not (thing.single and price.single)
        or {stated.subject, price.subject, ""} != {price.subject, ""}
    ):
        return None
    low, high = (scaled(over(price.ends[end], thing.ends[1 - end]), 1 / scale) for end in (0, 1))
    tied = stated, thing, price
    tests = compare(low, high, operator(stated, tied[1:], round_digits=1), stated.stated)
    fits = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING)
    if not all(1 / _FAR < test.size < _FAR for test in tests):
        return None
    words = f"{price.figure.span} for {thing.figure.span} is {stated.figure.span}"
    made = candidate("ratio", words, stated, tied[1:], [reading(tied, tests)], sure=True, locked=not fits)
    return Settled(stated.index, made, fits=fits, score=0.0)


def _measures(thing: Mention, stated: Mention) -> bool:
    return (
        not thing.money
        and thing.unit not in ("%", "x")
        and not thing.per
        and scale_of(thing.unit, stated.per) is not None
    )


class _Weight(NamedTuple):
    """What a litre weighs, and the figures that tell it."""

    value: Term
    mentions: tuple[Mention, ...]


def by_weight_and_volume(passage: Passage, told: frozenset[int]) -> list[Candidate]:
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
