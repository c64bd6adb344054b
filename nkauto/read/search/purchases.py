"""What a sum buys of a good at its price: ``60 yuan a day; at 3 yuan the bowl he could eat 20 bowls for it``.

Words put each figure in its place: a verb of buying, or what is done with the good; the price of the same good,
wherever it is told; the sum right before, or the one that ``for that money`` and ``her pay`` mean. Where only one sum
and one price are left, what they do not come to is said to be wrong; else only what computes is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import over
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow
from nkauto.read.relations.drafts import candidate, digits, operator, reading
from nkauto.read.relations.measures import COUNTS, FAMILY, bracketed, falls_short
from nkauto.read.relations.words import pattern, says
from nkauto.read.search import payers
from nkauto.read.search.bases import Settled
from nkauto.read.search.payers import is_bought, is_pay, only_before
from nkauto.read.search.sums import prices_for, scale_of, scaled

_WEIGHED = 3
"""Families of units that goods are sold by: weights, volumes, ways."""
_LEFT, _RIGHT, _SHORT = 70, 30, 14
_CLAUSE = re.compile(r"[,;:，、；：]|\.\s")
_PARTED = re.compile(r"[;；。]|\.\s")
_FAR = 12
"""What misses by more is of another sum."""
_WHOLE_TEXT, _AHEAD = 100, 8
"""Sentences back to which the price of a named good may stand; figures behind a quantity."""
_FEW, _BEFORE = 3, 40
_TWO = 2
_NEAR = Fraction(6, 5)
"""What misses by less may be meant of a price between two."""
_FULL = 2
"""Significant digits from which on a number of no connection is hardly met."""


class Bought(NamedTuple):
    """A quantity, the sum that buys it, and what that says."""

    quantity: Mention
    paid: Mention
    price: Mention
    settled: Settled


def find(passage: Passage, converted: frozenset[int]) -> list[Settled]:
    """Return the quantities that words say a sum buys; ``converted`` sums only repeat others."""
    found: list[Bought] = []
    for position, quantity in enumerate(passage.mentions):
        if not _is_goods(quantity) or (quantity.single and quantity.low == 1):
            continue
        bought = None
        if is_bought(passage, quantity, position):
            bought = _bought(passage, quantity, position, converted)
            bought = bought or _bought(passage, quantity, position, converted, aside=True)
        if bought is None and found:
            bought = _again(passage, quantity, position, found[-1])
        if bought is not None and (bought.settled.fits or not _has_its_own_sum(passage, bought)):
            found.append(bought)
    return [each.settled for each in found]


def _has_its_own_sum(passage: Passage, bought: Bought) -> bool:
    """Return whether what a quantity comes to is told right behind it: ``500 kilos come to 50,000 won``."""
    quantity, price = bought.quantity, bought.price
    behind = [m for m in passage.near(quantity) if m.index == quantity.index + 1 and m.sentence == quantity.sentence]
    own = [m for m in behind if m.unit == price.unit and not m.per and m.low > price.low and m is not bought.paid]
    return any(_CLAUSE.search(passage.gap(quantity, m)) is None for m in own)


def _again(passage: Passage, quantity: Mention, position: int, last: Bought) -> Bought | None:
    """Return what the same sum buys where the good is dearer: ``in the north, at 1,050 naira, it is 63 litres``."""
    if quantity.unit != last.quantity.unit or quantity.sentence - last.quantity.sentence > 1 or quantity.per:
        return None
    between = [m for m in passage.before(quantity, position, sentences=1, most=_FEW) if m.index > last.quantity.index]
    between = [m for m in between if m.index != last.price.index]
    prices = [m for m in between if m.money and not m.rate and m.unit == last.paid.unit and not is_pay(m)]
    if not prices or len(prices) > _TWO or any(m.per not in ("", last.price.per) for m in prices):
        return None
    if any(m.sentence != quantity.sentence for m in prices):
        return None
    prices = [replace(m, per=last.price.per, count=last.price.count) for m in prices]
    settled = _made(quantity, last.paid, prices)
    told = len(prices) == 1 and prices[0].index == quantity.index - 1 and prices[0].sentence == quantity.sentence
    told = told and not says("equals_after", quantity.right[:_SHORT])  # that sum is itself worth so much
    if settled.fits or (told and _may_miss(settled)):
        return Bought(quantity, last.paid, prices[0], settled)
    return None


def _is_goods(mention: Mention) -> bool:
    fits = mention.unit in (*COUNTS, "minute") or FAMILY.get(mention.unit, _WEIGHED) < _WEIGHED or _is_share(mention)
    return fits and mention.per in ("", *TIME, *COUNTS) and mention.low > 0


def _is_share(mention: Mention) -> bool:
    """Return whether a part of one measure is meant: ``two thirds of it``."""
    of_it = pattern("of_it", r"^\s*").match(mention.right[:_SHORT]) is not None
    return mention.unit == "x" and mention.high < 1 and of_it


def _bought(
    passage: Passage, quantity: Mention, position: int, converted: frozenset[int], *, aside: bool = False
) -> Bought | None:
    behind = passage.mentions[position + 1 : position + 1 + _AHEAD]
    around = passage.before(quantity, position, sentences=_WHOLE_TEXT)
    around += [each for each in behind if each.sentence - quantity.sentence <= 1]
    money = [m for m in around if m.money and not m.rate and m.low > 0]
    money = [m for m in money if aside or not bracketed(m) or (quantity.unit == m.per == "minute")]
    turned = [two for two in pairwise(sorted(money, key=_place)) if arrow(passage, *two)]
    then = says("earlier_told", _CLAUSE.split(quantity.right[:_BEFORE])[0])
    then = then or (not quantity.left.isascii() and says("was_before", _CLAUSE.split(quantity.left)[-1]))
    past = {two[then] for two in turned}  # ``112 litres could be had before``, at the price that was
    money = [m for m in money if m not in past]
    told = [m for m in around if m.money and not m.rate and m.low > 0 and m.per in ("", *TIME, *COUNTS)]
    prices = prices_for(quantity, [m for m in money if not is_pay(m)])
    if then and turned:
        prices = [m for m in prices if any(m is two[0] for two in turned)]
    bare = only_before(quantity, money) if not prices and quantity.unit in COUNTS else []
    prices = prices or bare
    laid_out = payers.laid_out(passage, quantity, prices)
    prices = [m for m in prices if m is not laid_out]
    tried: list[Bought] = []
    for price in prices:
        sums = [m for m in money if m not in prices and m.unit == price.unit and m.per in ("", *TIME)]
        sums = [m for m in sums if m.index not in converted] or sums
        sums = sums or [m for m in money if m not in prices and m.unit == price.unit and m.per in COUNTS]
        every = [m for m in told if m not in prices and m.unit == price.unit]
        if laid_out is not None:
            sums = every = [laid_out]
        paid_by = payers.paid(passage, quantity, sums, every) or payers.one_of_a_money(quantity, around, price)
        for paid in paid_by:
            tried.append(Bought(quantity, paid, price, _made(quantity, paid, (price,))))
    if not tried:
        pays = [m for m in money if is_pay(m) and 0 <= quantity.sentence - m.sentence <= 1][:_TWO]
        lone = [Bought(quantity, pays[0], m, _made(quantity, pays[0], (m,))) for m in prices if len(pays) == 1]
        beside = [each for each in lone if _is_beside(quantity, each.price) and not _is_parted(quantity, each.price)]
        if len(beside) == 1 and _may_miss(beside[0].settled):
            return beside[0]
        return next((each for each in lone if each.settled.fits and digits(quantity.low) >= _FULL), None)
    fitting = [each for each in tried if each.settled.fits]
    if fitting:
        alone = len(tried) == 1 or abs(fitting[0].price.index - quantity.index) == 1
        return fitting[0] if alone or digits(quantity.low) >= _FULL else None
    if len(tried) == 1:
        one = tried[0]
        rivals = [m for m in money if one.price.index < m.index < quantity.index and m is not one.paid]
        meant = not any(_is_rival(m, one) for m in rivals) and (not bare or _is_bare(quantity))
        if _is_whole(quantity, one.settled):
            return one._replace(settled=_made(quantity, one.paid, (one.price,), at_least=True)) if meant else None
        return one if meant and _may_miss(one.settled) else None
    by_sum = {each.paid: [other.price for other in tried if other.paid is each.paid] for each in tried}
    between = [
        Bought(quantity, paid, two[0], _made(quantity, paid, two))
        for paid, two in by_sum.items()
        if _are_ends(quantity, two)
    ]
    return next((each for each in between if each.settled.fits), None) or _none_meant(quantity, tried)


def _none_meant(quantity: Mention, tried: Sequence[Bought]) -> Bought | None:
    """Return the likeliest of several prices and sums where none comes near: whichever is meant, it is wrong."""
    left = [each for each in tried if _may_miss(each.settled) and each.price.index < quantity.index]
    left = [each for each in left if _is_beside(quantity, each.price)] or left
    for paid in {each.paid for each in left}:
        ends = [end for each in left if each.paid is paid for end in _sizes(each)]
        if min(ends) < _NEAR and max(ends) > 1 / _NEAR:
            return None
    return min(left, key=lambda each: max(max(_sizes(each)), 1 / min(_sizes(each))), default=None)


def _sizes(bought: Bought) -> list[Fraction]:
    return [test.size for test in bought.settled.candidate.readings[0].tests]


def _is_beside(quantity: Mention, price: Mention) -> bool:
    """Return whether a price stands right beside a quantity in its sentence: ``4 pounds of rice at 300 a pound``."""
    if price.sentence != quantity.sentence or abs(price.index - quantity.index) != 1 or not price.per:
        return False
    return price.index < quantity.index or not _is_parted(quantity, price)


def _is_parted(quantity: Mention, price: Mention) -> bool:
    """Return whether a comma parts a quantity from a price beside it: she may have bought it of other money."""
    return _CLAUSE.search(quantity.left if price.index < quantity.index else quantity.right) is not None


def _is_bare(quantity: Mention) -> bool:
    """Return whether a count names no good of its own, and therefore is of the one told before."""
    return len(quantity.figure.span.split()) == 1


def _is_rival(mention: Mention, bought: Bought) -> bool:
    """Return whether a sum may be a nearer price of what is bought, of which no word says for how much it is."""
    here = mention.sentence == bought.quantity.sentence and mention.unit == bought.price.unit
    return here and not mention.per and not is_pay(mention)


def _place(mention: Mention) -> int:
    return mention.index


def _are_ends(quantity: Mention, prices: Sequence[Mention]) -> bool:
    """Return whether two prices told side by side, for two kinds of a good, are the ends of what it costs."""
    beside = len(prices) == _TWO and abs(prices[0].index - prices[1].index) == 1
    return beside and {m.sentence for m in prices} == {quantity.sentence}


def _made(
    quantity: Mention, paid: Mention, prices: tuple[Mention, ...] | list[Mention], *, at_least: bool = False
) -> Settled:
    least, most = min(prices, key=lambda each: each.low), max(prices, key=lambda each: each.high)
    scale = (scale_of(quantity.unit, least.per) if least.per and quantity.unit != "x" else None) or Fraction(1)
    scale /= Fraction(least.count)
    ends = over(paid.ends[0], scaled(most.ends[1], scale)), over(paid.ends[1], scaled(least.ends[0], scale))
    tied = (quantity, paid, *prices)
    sign = ">=" if at_least else operator(quantity, tied[1:], round_digits=1)
    if says("to_spare", quantity.right[:_RIGHT]):
        sign = ">"
    elif falls_short(quantity):
        sign = "<"
    tests = compare(*ends, sign, quantity.stated)
    said = verdict(tests)
    plain = said is Verdict.FAILS and quantity.unit not in COUNTS  # of a count it may not be told what is counted
    named = plain and all(_is_beside(quantity, price) for price in prices)
    words = f"{paid.figure.span} buys {quantity.figure.span}"
    made = candidate("affordability", words, quantity, tied, [reading(tied, tests)], sure=True, locked=plain)
    return Settled(quantity.index, made, fits=said in (Verdict.HOLDS, Verdict.ROUNDING), score=0.0, named=named)


def _is_whole(quantity: Mention, settled: Settled) -> bool:
    """Return whether a sum buys so many and a part of one: nobody buys a part of an egg."""
    ends = [test.computed.value for test in settled.candidate.readings[0].tests]
    counted = quantity.unit in COUNTS and not falls_short(quantity)
    return counted and quantity.low <= min(ends) and max(ends) < quantity.high + 1


def _may_miss(settled: Settled) -> bool:
    """Return whether what one sum at one price comes to is near enough to be what was meant."""
    tests = settled.candidate.readings[0].tests
    return all(Fraction(1, _FAR) < test.size < _FAR for test in tests)
