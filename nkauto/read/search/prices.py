"""Which prices are for one of what a quantity is of: of its good where one is told of that, else by its measure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.units import COUNTS, good_of, stem, word_of
from nkauto.read.relations.words import lowered, one_of, pattern
from nkauto.read.search.sums import scale_of

_LEFT, _RIGHT, _SHORT = 70, 30, 14
_BACK, _FEW = 4, 3
"""Sentences back to which a price that names no good may stand; how many times another one is no price for one."""
_PARTED = re.compile(r"[;；。]|\.\s")
_COUNTED = re.compile(r"[a-z]{3,}$|[\u3040-\u9fff가-힣]$")
"""What is counted, as the words of a figure end: ``two buns``, ``열 모``."""


def prices_for(quantity: Mention, money: Sequence[Mention]) -> list[Mention]:
    """Return the prices for one of what a quantity is of: of its good where one is told of that, by its measure."""
    fitting = [m for m in money if m.per and (quantity.unit == "x" or scale_of(quantity.unit, m.per) is not None)]
    fitting = [m for m in fitting if not (m.per == quantity.unit and m.count == quantity.low > 1)]  # its own sack
    if quantity.unit in COUNTS:
        fitting = [m for m in money if m in fitting or (not m.per and is_for_one(quantity, m))]
    last = [m for m in money if m.index == quantity.index - 1 and not m.per and m.sentence == quantity.sentence]
    last = last if quantity.unit != "minute" else []
    fitting = [m for m in fitting if not _is_base(m)] or fitting
    fitting += [
        m for m in last if m not in fitting and any(_FEW * min(m.low, p.low) > max(m.low, p.low) for p in fitting)
    ]
    good = good_of(quantity) if quantity.subject not in ("wage", "earner") else ""
    called = word_of(quantity)
    named = [m for m in fitting if (m.subject and m.subject == good) or (called and called in m.left[-_LEFT:])]
    if good:  # ``at 44 won a kilo of the state's rice that is 45 kg``: the good stands between the two
        named += [m for m in fitting if m not in named and _names_between(m, quantity, good)]
    unlike = [m for m in fitting if m.subject not in ("", "wage", "earner") and good and m.subject != good]
    near = [m for m in fitting if m not in unlike and quantity.sentence - m.sentence <= _BACK]
    chosen = named or [m for m in near if m.sentence <= quantity.sentence]
    return sorted(chosen, key=lambda each: each.per not in ("", quantity.unit))


def _names_between(price: Mention, quantity: Mention, good: str) -> bool:
    """Return whether a price stands right before a quantity, and the good of both between the two."""
    return price.index == quantity.index - 1 and price.per == quantity.unit and good in items_named(quantity.left)


def _is_base(price: Mention) -> bool:
    """Return whether another price is only compared with one: ``24 % more than August's 830``."""
    behind = pattern("than_after", r"^\s*").match(price.right[:_SHORT])
    told = pattern("than", after=rf"\s*(?:{one_of('article')}\s+)?[^\s,;]*\s*$").search(price.left)
    return behind is not None or told is not None


def is_for_one(quantity: Mention, price: Mention) -> bool:
    """Return whether a price without a measure is for one of what is counted: by its name, or by words such as each."""
    if pattern("by_each", r"^\s*").match(price.right[:_RIGHT]):
        return True
    if price.subject and price.subject == good_of(quantity) and price.subject not in ("wage", "earner"):
        return True
    named = _COUNTED.search(lowered(quantity.figure.span))
    if named is None:
        return False
    name = stem(named.group())
    beside = _PARTED.split(price.left[-_LEFT:])[-1], _PARTED.split(price.right[:_RIGHT])[0]
    return any(re.search(rf"(?<![a-z]){re.escape(name)}", words) for words in beside)
