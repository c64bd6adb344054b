"""What one measure of a thing costs that is sold by the heap: ``15 kg of it for 22.50 dollars, or 1.50 a kilogram``.

The clause of the unit price has nothing else to say, so that it can only tell again what the one quantity and the one
price before it come to; what they do not come to is wrong.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import over
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.units import FAMILY, bracketed
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
