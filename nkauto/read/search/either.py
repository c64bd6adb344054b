"""What one pay buys of each of several goods: ``30,000 won buys 16.7 kilos of corn or 2.9 kilos of sugar``.

Where one of the quantities is what the pay comes to at the price of its good, so is each other one of its sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import over
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import candidate, digits, operator, reading
from nkauto.read.relations.units import COUNTS, FAMILY
from nkauto.read.search.bases import Settled
from nkauto.read.search.payers import is_pay
from nkauto.read.search.sums import scale_of, scaled

_BEHIND, _TWO, _WINDOW = 24, 2, 8
_SOLD = 3
"""Families of units that goods are sold by: weights, volumes, ways."""
_FAR = 12
"""What misses by more times is of another sum."""


def find(passage: Passage) -> list[Settled]:
    """Return the quantities that one pay buys, those of a sentence together."""
    found: list[Settled] = []
    rows: dict[int, list[Mention]] = {}
    for each in passage.mentions:
        if (each.unit in COUNTS or FAMILY.get(each.unit, _SOLD) < _SOLD) and not each.per and each.low > 0:
            rows.setdefault(each.sentence, []).append(each)
    for row in rows.values():
        if len(row) < _TWO or len({FAMILY.get(each.unit, each.unit) for each in row}) > 1:
            continue
        place = passage.place_of(row[0].index)
        near = passage.mentions[max(0, place - _WINDOW) : place + _WINDOW]
        near = [m for m in near if m.money and not m.rate and m.low > 0 and 0 <= row[0].sentence - m.sentence <= 1]
        pays = [m for m in near if _is_pay(m) and m.index < row[0].index]
        if len(pays) == 1:
            found += _bought(pays[0], row, [m for m in near if m.unit == pays[0].unit and not _is_pay(m)])
    return found


def _bought(pay: Mention, row: Sequence[Mention], prices: Sequence[Mention]) -> list[Settled]:
    """Return what a pay buys of each good, where each has a price of its own and one of them computes."""
    told = [_settled(pay, each, price) for each in row if (price := _price(each, row, prices)) is not None]
    every = [each for each in told if each is not None]
    if len(every) < len(row):
        return []
    fine = [digits(each.low) > 1 or each.stated.place < 1 for each in row]
    return every if any(one.fits and exact for one, exact in zip(every, fine, strict=True)) else []


def _is_pay(mention: Mention) -> bool:
    return is_pay(mention) or mention.is_wage


def _price(quantity: Mention, row: Sequence[Mention], prices: Sequence[Mention]) -> Mention | None:
    """Return the price of what a quantity is of: right before it, told of its good alone, or in step with its row."""
    weighed = [m for m in prices if m.per and scale_of(quantity.unit, m.per) is not None]
    before = {m.index + 1: m for m in prices if m in weighed or (weighed and not m.per)}
    if all(each.index in before for each in row):
        return replace(before[quantity.index], per=weighed[0].per, count=weighed[0].count)
    goods = items_named(quantity.right[:_BEHIND]) or [quantity.subject]
    named = [m for m in weighed if m.subject == goods[0]]
    if len(named) == 1:
        return named[0]
    in_step = len(weighed) == len(row) and not any(items_named(each.right[:_BEHIND]) for each in row)
    return weighed[row.index(quantity)] if in_step else None


def _settled(pay: Mention, quantity: Mention, price: Mention) -> Settled | None:
    scale = scale_of(quantity.unit, price.per)
    if scale is None:
        return None
    scale /= Fraction(price.count)
    low, high = over(pay.ends[0], scaled(price.ends[1], scale)), over(pay.ends[1], scaled(price.ends[0], scale))
    tied = quantity, pay, price
    tests = compare(low, high, operator(quantity, tied[1:], round_digits=1), quantity.stated)
    if not all(1 < test.size * _FAR < _FAR * _FAR for test in tests):
        return None
    words = f"{pay.figure.span} buys {quantity.figure.span}"
    made = candidate("affordability", words, quantity, tied, [reading(tied, tests)], sure=True, locked=True)
    fits = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING)
    return Settled(quantity.index, made, fits=fits, score=0.0, named=True)
