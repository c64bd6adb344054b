"""Words beside a quantity that say that money is laid out for it: ``buys 30 eggs``, ``at 5 yuan that is 80 kilos``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.units import FAMILY
from nkauto.read.relations.words import says
from nkauto.read.search.sums import scale_of

_WEIGHED = 3
"""Families of units that goods are sold by: weights, volumes, ways."""
_LEFT, _RIGHT, _FEW = 70, 30, 3
_PARTED = re.compile(r"[;；。]|\.\s")
_CLAUSE = re.compile(r"[,;:，、；：]")


def is_bought(passage: Passage, quantity: Mention, position: int) -> bool:
    """Return whether words say that a quantity, or the list that it ends, is what a sum buys."""
    return any(_cue(each) for each in _listed(passage, quantity, position)) or _is_result(passage, quantity, position)


def _listed(passage: Passage, quantity: Mention, position: int) -> Iterator[Mention]:
    """Yield a quantity and the ones right before it in its list: ``buys 18 kilos of rice or 40 of corn``."""
    yield quantity
    for back in range(position - 1, max(-1, position - _FEW), -1):
        other, last = passage.mentions[back : back + 2]
        if other.unit != quantity.unit or other.sentence != quantity.sentence or len(passage.gap(other, last)) > _RIGHT:
            return
        yield other


def _cue(quantity: Mention) -> bool:
    """Return whether words beside a quantity, in its clause, say that money is laid out for it."""
    before = _PARTED.split(quantity.left[-_LEFT:])[-1]
    behind = _PARTED.split(quantity.right[:_RIGHT])[0]
    return any(says(role, words) for role in ("buy", "laid_out") for words in (before, behind))


def _is_result(passage: Passage, quantity: Mention, position: int) -> bool:
    """Return whether words lead to a quantity whose price stands beside it: ``at 5 yuan a kilo, that is 80 kilos``."""
    clause = _CLAUSE.split(unhedged(quantity.left[-_LEFT:]))[-1]
    if FAMILY.get(quantity.unit, _WEIGHED) >= _WEIGHED or not (says("result", clause) or says("comes_out", clause)):
        return False
    beside = [*passage.before(quantity, position, sentences=0, most=2), *passage.after(quantity, position, most=1)]
    return any(m.money and not m.rate and m.per and scale_of(quantity.unit, m.per) is not None for m in beside)
