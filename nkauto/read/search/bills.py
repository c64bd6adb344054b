"""Bills and change: ``five kilos at 5,000 won come to 25,000 won``, ``10 yuan for a bun of 2,000: 10,000 won back``.

The words name every figure of such a sum, so that one that does not compute may be said to fail.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, minus, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.relations.levels import unhedged
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.measures import COUNTS
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.words import lowered, pattern, says
from nkauto.read.search import goods
from nkauto.read.search.bases import Settled
from nkauto.read.search.counts import Count, counts
from nkauto.read.search.sums import is_for_one, scale_of, scaled

_AT_A_PRICE = 40
_COMES = 48
_SHORT = 26
_WHOLE = {("year", "month"): 12, ("week", "day"): 7, ("year", "week"): 52}
"""How many of a shorter period a longer one has."""
_PARTED = re.compile(r"[;；。]|\.\s")
_COMMA = re.compile(r"[,，、]")
_BARE = re.compile(r"[\s,，、:：=]*")
_BESIDE_LEFT, _BESIDE_RIGHT = 36, 24
_TWO = 2
_FEW = 10
"""A bare number so many times less than a part of a sum is no other part of it."""
_BACK = 4
"""Figures before the change among which the sum paid and the price are looked for."""


def find(passage: Passage) -> list[Settled]:
    """Return the bills and the change of a text."""
    found: list[Settled] = []
    rates: TextRates | None = None
    bare = counts(passage)
    for position, stated in enumerate(passage.mentions):
        if not stated.money or stated.low <= 0:
            continue
        bill = goods.bill(passage, stated, position) or _bill(passage, stated, position)
        bill = bill or _rest(passage, stated, position, bare)
        if bill is not None:
            found.append(bill)
        elif is_change(stated):
            rates = rates or TextRates(passage)
            found += [each for each in (_change(passage, stated, position, rates),) if each is not None]
    return found


def _bill(passage: Passage, stated: Mention, position: int) -> Settled | None:
    """Return what a quantity at a price comes to, where the words between the three say nothing else."""
    if stated.rate or position < 2:
        return None
    first, second = passage.mentions[position - 2], passage.mentions[position - 1]
    apart, comes = passage.gap(first, second), passage.gap(second, stated)
    if second.sentence != stated.sentence or len(comes) > _COMES or _PARTED.search(comes) or says("against", comes):
        return None
    for thing, price in ((first, second), (second, first)):
        if not price.money or price.rate or thing.money or price.unit != stated.unit:
            continue
        if says("beyond", price.left[-_BESIDE_LEFT:]):
            continue  # ``2 dollars, and 0.5 for each further kilometre``
        if thing.per not in ("", stated.per) and not (thing.per in TIME and not stated.per):
            continue
        if thing.low <= 0 or price.low <= 0 or stated.high <= price.low:
            continue
        named = price is first and thing.unit in COUNTS and not price.per and is_for_one(thing, price)
        each = price.per in ("", *TIME) and _by_each(apart if price is first else comes)
        if thing.unit not in TIME:
            each = each or (price.per in ("", *TIME) and (named or _in_notes(thing, price)))
            each = each or (thing is first and {thing.unit, price.per} <= set(COUNTS))
        fit = Fraction(1) if each else _fit(thing, price)
        if _is_next_price(passage, stated, position, thing, price):
            continue
        if fit is None or (thing.subject and price.subject and thing.subject != price.subject):
            continue
        if not _beside(first, stated, apart, told=price is first and (named or thing.unit == price.per)):
            continue
        if thing is first and not each and price.per not in TIME and not says("at_a_price", apart):
            continue
        is_so = thing is first and len(comes) <= _SHORT and "," not in comes
        is_so = is_so and pattern("bill_is", after=r"\s*$").search(unhedged(comes)) is not None
        again = tie_of(pattern("a_time").sub("", comes)) == "words" and (named or thing.unit == price.per)
        told = (
            is_so
            or (again and price is first)
            or says("bill_comes", comes)
            or says("total", stated.right[:_SHORT])
            or (each and len(comes) <= _SHORT)
        )
        bare = thing.unit == price.per and _BARE.fullmatch(pattern("a_time").sub("", comes)) is not None
        paid = pattern("paid_for", r"^\s*", r"\s*$").match(comes) is not None
        if not (told or bare or paid) or pattern("for_a_good", r"^\s*").match(stated.right):
            continue
        scale = fit / _count(price)
        ends = [scaled(times(a, b), scale) for a, b in zip(thing.ends, price.ends, strict=True)]
        kind = "affordability" if thing.unit not in COUNTS else "ratio"
        settled = _settled(kind, stated, (thing, price), (ends[0], ends[1]))
        # Words that only lead from a quantity to a sum may tell its price at another counter.
        firm = (told or bare) and not _has_rival(passage, price) and not _is_last_part(passage, first, stated)
        firm = firm and not says("rest", comes)  # what else was sold is not told
        return settled if firm or settled is None or settled.fits else None
    return None


def _is_next_price(passage: Passage, stated: Mention, position: int, thing: Mention, price: Mention) -> bool:
    """Return whether a sum is the price of the quantity before it, or behind it, as the one before was of its own."""
    if thing.index < price.index:
        return False
    first, after = passage.mentions[max(0, position - 3)], passage.after(stated, position, most=1)
    own = first.unit == thing.unit and first.index < price.index and first.sentence == stated.sentence
    if own and says("at_a_price", passage.gap(thing, stated)):
        return True
    like = bool(after) and after[0].unit == thing.unit and after[0].sentence == stated.sentence
    return like and len(passage.gap(stated, after[0])) <= _BESIDE_LEFT


def _has_rival(passage: Passage, price: Mention) -> bool:
    """Return whether another price of the same unit stands right before one: ``$450 in the capital, $25 here``."""
    others = [each for each in passage.near(price) if each.index == price.index - 1]
    return any(each.unit == price.unit and each.per == price.per != "" and each.money for each in others)


def _is_last_part(passage: Passage, first: Mention, stated: Mention) -> bool:
    """Return whether another price stands before a quantity and its own: both may add up to what is stated."""
    before = [each for each in passage.near(first) if each.index in (first.index - 1, first.index - _TWO)]
    like = [each for each in before if each.money and not each.rate and each.unit == stated.unit]
    return any(each.sentence == stated.sentence and each.high < stated.low for each in like)


def _fit(thing: Mention, price: Mention) -> Fraction | None:
    """Return how many of what a price is for one of a quantity is; nights at a price by the night are as good."""
    if price.per in TIME:
        whole = 1 if thing.unit == price.per else _WHOLE.get((thing.unit, price.per), 0)
        return Fraction(whole) if whole and thing.low * whole > 1 else None
    return scale_of(thing.unit, price.per) if price.per else None


def _beside(first: Mention, stated: Mention, apart: str, *, told: bool) -> bool:
    """Return whether the first of three figures stands in the others' clause; a price by the piece one sentence off."""
    if first.sentence == stated.sentence:
        return len(apart) <= _COMES if told else len(apart) <= _AT_A_PRICE and _PARTED.search(apart) is None
    return told and stated.sentence - first.sentence == 1 and len(apart) <= _COMES


def _rest(passage: Passage, stated: Mention, position: int, bare: Sequence[Count]) -> Settled | None:
    """Return what is left of one of the two sums before it once the other is taken off, where words say both."""
    if stated.rate or position < 2:
        return None
    sums = passage.mentions[position - 2 : position]
    if any(not each.money or each.rate or each.unit != stated.unit or each.low <= 0 for each in sums):
        return None
    part, whole = sorted(sums, key=lambda each: each.low)
    between = passage.text[max(0, sums[0].figure.start - _BESIDE_LEFT) : stated.figure.start]
    if sums[0].sentence != stated.sentence or _PARTED.search(passage.text, sums[0].figure.end, stated.figure.start):
        return None
    if pattern("takes_off", after=r"\s*$").search(stated.left[-_BESIDE_LEFT:]):
        return None  # it is what is taken off
    beside = stated.left[-_BESIDE_LEFT:], _COMMA.split(stated.right[:_BESIDE_RIGHT])[0]
    left = any(says(role, words) for role in ("remains", "arrives", "keeps") for words in beside)
    if not left or not says("takes_off", between) or part.high >= whole.low:
        return None
    ends = minus(whole.ends[0], part.ends[1]), minus(whole.ends[1], part.ends[0])
    rest = _settled("ratio", stated, (whole, part), ends)
    if rest is None or rest.fits:
        return rest
    first, last = (bisect_left(bare, m.figure.start, key=lambda count: count.start) for m in (sums[0], stated))
    unread = any(each.value.value * _FEW >= part.low for each in bare[first:last])
    return None if unread else rest  # another part of it may be told without its money


def _by_each(behind: str) -> bool:
    """Return whether words right behind a price make it one of each: ``five tins at 40 yuan apiece``."""
    return pattern("by_each", r"^\s*").match(behind) is not None


def _in_notes(thing: Mention, price: Mention) -> bool:
    """Return whether a sum is what is printed on notes: ``30 notes of 5,000 won``, ``5000ウォン札30枚``."""
    counted = pattern("a_note", after=r"\s*$").search(lowered(thing.figure.span)) is not None
    if pattern("a_note", after=r"\s*$").search(lowered(price.figure.span)):
        return True
    return counted or pattern("a_note", r"^(?:\s|-|의|の|的)*").match(price.right[:_SHORT]) is not None


def _count(price: Mention) -> int:
    """Return for how many of its denominator a price is told, as a whole number."""
    return max(1, int(price.count))


def is_change(stated: Mention) -> bool:
    """Return whether words beside a sum call it the change that is given back."""
    right = pattern("change_back", r"^\s*(?:of\s|in\s|as\s|的|の|을\s|의\s)?\s*").match(stated.right[:_BESIDE_RIGHT])
    return right is not None or says("change_back", stated.left[-_BESIDE_LEFT:])


def _change(passage: Passage, stated: Mention, position: int, rates: TextRates) -> Settled | None:
    """Return a sum paid less a price, also by way of a rate; the first that computes, else the only one."""
    before = passage.before(stated, position, most=3 * _BACK)
    here = [each for each in before if each.money and each.low > 0 and not (each.rate and _of_a_rate(each, rates))]
    # Of two sums alone the larger is what was paid, wherever the change is told.
    alone = sum(each.unit == stated.unit for each in here) == _TWO and stated.figure.bound not in BOUNDS
    fails: list[Settled] = []
    for paid in here[:_BACK]:
        for price in here:
            if (
                price is paid
                or price.unit != stated.unit
                or price.per in TIME
                or stated.sentence - paid.sentence > (alone and paid.unit == stated.unit)
            ):
                continue
            for value, tied in _left_over(paid, price, stated, rates, alone=alone):
                if value[0].value <= 0:
                    continue
                made = _settled("conversion", stated, tied, value)
                if made is not None and made.fits:
                    return made
                fails += [made] if made is not None else []
    unlike = {each.candidate.figures for each in fails}
    return fails[0] if len(unlike) == 1 else None


def _of_a_rate(mention: Mention, rates: TextRates) -> bool:
    return mention.index in rates.stating


def _left_over(
    paid: Mention, price: Mention, stated: Mention, rates: TextRates, *, alone: bool
) -> Iterator[tuple[tuple[Term, Term], tuple[Mention, ...]]]:
    if paid.unit == stated.unit:
        if alone or paid.index < price.index or paid.low >= 2 * price.low:
            yield (minus(paid.ends[0], price.ends[1]), minus(paid.ends[1], price.ends[0])), (paid, price)
        return
    near = [each for each in rates.nearest(paid.unit, stated.unit, paid.figure.start, weak=False) if not each.official]
    for rate in [each for each in near if stated not in each.mentions][:1]:
        low, high = rate.applied(paid.ends, stated.unit)
        yield (minus(low, price.ends[1]), minus(high, price.ends[0])), (paid, price, *rate.cited)


def _settled(kind: str, stated: Mention, tied: tuple[Mention, ...], ends: tuple[Term, Term]) -> Settled | None:
    tests = compare(*ends, operator(stated, tied, round_digits=1), stated.stated)
    fits = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING)
    if not fits and stated.figure.bound in BOUNDS:
        return None
    words = ", ".join(each.figure.span for each in sorted((*tied, stated), key=lambda each: each.index))
    made = candidate(kind, words, stated, tied, [reading((stated, *tied), tests)], sure=True)
    return Settled(stated.index, made, fits=fits, score=1.0)
