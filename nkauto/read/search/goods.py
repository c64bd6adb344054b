"""Several goods, each with a price of its own: what they come to, and what one pay buys of each.

``2 kilos at 6,000 won and 5 kilos at 3,000 won, 27,000 won``; ``30,000 won buys 16.7 kilos of corn or 2.9 of sugar``.
Where one of the quantities is what the pay comes to at the price of its good, so is each other one of its sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, over, plus, times
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, digits, operator, reading
from nkauto.read.relations.measures import COUNTS, FAMILY
from nkauto.read.relations.words import says
from nkauto.read.search.bases import Settled
from nkauto.read.search.payers import is_pay
from nkauto.read.search.sums import scale_of, scaled

_BEHIND, _APART, _TWO = 24, 40, 2
_WINDOW, _MOST, _CLOSE = 8, 12, 3
_SOLD = (0, 1)
"""Families of units that goods are sold by: weights and volumes."""
_FAR_BILL, _FAR_PAY = 4, 12
"""How many times what is stated a bill may be that is said to be it; and what a pay buys."""


def bill(passage: Passage, stated: Mention, position: int) -> Settled | None:
    """Return what several quantities right before a sum come to, each at the price that is told beside it."""
    pairs: list[tuple[Mention, Mention]] = []
    for place in range(position - 1, max(0, position - _MOST), -2):
        pair = passage.mentions[place - 1], passage.mentions[place]
        price, thing = pair if pair[0].money else pair[::-1]
        like = price.money and not price.rate and price.unit == stated.unit and price.count == 1 and _is_goods(thing)
        turned = bool(pairs) and (thing.index < price.index) != (pairs[0][0].index < pairs[0][1].index)
        if not like or turned or len(passage.gap(*pair)) > _APART:
            break
        pairs.insert(0, (thing, price))
    per = next((price.per for _, price in pairs if price.per), "")
    scales = [scale_of(thing.unit, price.per or per) for thing, price in pairs] if per else []
    fits = [each for each in scales if each is not None]
    if len(fits) < max(_TWO, len(pairs)) or stated.rate:
        return None
    tied = sorted((each for pair in pairs for each in pair), key=lambda each: each.index)
    if tied[0].sentence != tied[-1].sentence or stated.sentence - tied[0].sentence > 1:
        return None
    comes = passage.gap(tied[-1], stated)
    if not (says("bill_comes", comes) or says("total", comes) or says("total", stated.right[:_BEHIND])):
        return None
    if set(items_named(comes)) - {each.subject for each in tied} or says("remainder", stated.right[:_APART]):
        return None  # more was bought, or not all of it paid
    if any(each.money for each in passage.before(tied[0], passage.place_of(tied[0].index), sentences=0)):
        return None  # what else was bought may be told without its quantity
    if sum(price.low for _, price in pairs) == stated.low:
        return None  # what each of them came to
    told = list(zip(pairs, fits, strict=True))
    low, high = (reduce(plus, (scaled(times(a.ends[end], b.ends[end]), fit) for (a, b), fit in told)) for end in (0, 1))
    words = ", ".join(each.figure.span for each in (*tied, stated))
    return _settled("ratio", words, stated, tuple(tied), (low, high), _FAR_BILL)


def find(passage: Passage) -> list[Settled]:
    """Return the quantities that one pay buys, those of a sentence together."""
    found: list[Settled] = []
    rows: dict[int, list[Mention]] = {}
    for each in passage.mentions:
        if _is_goods(each) and not each.per and each.low > 0:
            rows.setdefault(each.sentence, []).append(each)
    for row in rows.values():
        if len(row) < _TWO or len({FAMILY.get(each.unit, each.unit) for each in row}) > 1:
            continue
        place = passage.place_of(row[0].index)
        around = passage.mentions[max(0, place - _WINDOW) : place + _WINDOW]
        near = [m for m in around if m.money and not m.rate and m.low > 0 and 0 <= row[0].sentence - m.sentence <= 1]
        pays = [m for m in near if _is_pay(m) and m.index < row[0].index]
        if len(pays) == 1:
            found += _bought(pays[0], row, [m for m in near if m.unit == pays[0].unit and m is not pays[0]])
    return found


def _is_goods(mention: Mention) -> bool:
    return mention.unit in COUNTS or FAMILY.get(mention.unit) in _SOLD


def _is_pay(mention: Mention) -> bool:
    return is_pay(mention) or (mention.is_wage and mention.per not in FAMILY)


def _bought(pay: Mention, row: Sequence[Mention], prices: Sequence[Mention]) -> list[Settled]:
    """Return what a pay buys of each good, where each has a price of its own and one of them computes."""
    every: list[Settled] = []
    for quantity in row:
        price = _price(quantity, row, prices)
        scale = scale_of(quantity.unit, price.per) if price is not None else None
        if price is None or scale is None:
            return []
        least, most = (scaled(end, scale / Fraction(price.count)) for end in price.ends)
        words = f"{pay.figure.span} buys {quantity.figure.span}"
        ends = over(pay.ends[0], most), over(pay.ends[1], least)
        settled = _settled("affordability", words, quantity, (pay, price), ends, _FAR_PAY)
        if settled is None:
            return []
        every.append(settled)
    fine = [digits(each.low) > 1 or each.stated.place < 1 for each in row]
    return every if any(one.fits and exact for one, exact in zip(every, fine, strict=True)) else []


def _price(quantity: Mention, row: Sequence[Mention], prices: Sequence[Mention]) -> Mention | None:
    """Return the price of what a quantity is of: right before it, told of its good alone, or in step with its row."""
    weighed = [m for m in prices if m.per and scale_of(quantity.unit, m.per) is not None]
    before = {m.index + 1: m for m in prices if m in weighed or (weighed and not m.per)}
    if all(each.index in before for each in row):
        return replace(before[quantity.index], per=weighed[0].per, count=weighed[0].count)
    named = [m for m in weighed if m.subject == _good(quantity)]
    if len(named) == 1:
        return named[0]
    in_step = len(weighed) == len(row) and not any(map(_good, row))
    return weighed[row.index(quantity)] if in_step else None


def _good(quantity: Mention) -> str:
    """Return the good that a quantity is of: named behind it, in East Asian words right behind it or before it."""
    beside = quantity.right[:1].isalpha()
    behind = quantity.right[:_BEHIND] if quantity.right.isascii() else quantity.right[:_CLOSE] if beside else ""
    return next(iter(items_named(behind)), quantity.subject)


def _settled(
    kind: str, words: str, stated: Mention, tied: tuple[Mention, ...], ends: tuple[Term, Term], most: int
) -> Settled | None:
    """Return what figures come to, held against what is stated; none where it misses by more times than that."""
    tests = compare(*ends, operator(stated, tied, round_digits=1), stated.stated)
    fits = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING)
    near = all(Fraction(1, most) <= test.size <= most for test in tests)
    if not near or (not fits and stated.figure.bound in BOUNDS):
        return None
    made = candidate(kind, words, stated, tied, [reading((stated, *tied), tests)], sure=True, locked=True)
    return Settled(stated.index, made, fits=fits, score=0.0, named=True)
