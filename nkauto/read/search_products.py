"""Amounts, quantities and prices that follow from two others: so many at a price, what a sum buys, a sum or rest.

Units say which of them can go together; what computes is taken, the nearest first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import pairwise

from nkauto.core.claims import Reading, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, over, times
from nkauto.read.drafts import candidate, digits, operator, reading
from nkauto.read.passage import TIME, Mention, Passage
from nkauto.read.relation_words import pattern, says
from nkauto.read.relations_product import by_ends
from nkauto.read.search import Settled
from nkauto.read.search_counts import counts
from nkauto.read.search_scene import BREAK
from nkauto.read.search_sums import (
    COUNTS,
    PERIODS,
    Option,
    compared,
    periods,
    rations,
    scale_of,
    scaled,
    sums,
    tells_gap,
)
from nkauto.read.search_unpriced import of_pay

EXACT_FROM, ROUND_FROM, LOOSE_FROM = -5.5, -3.0, -1.0
FIRM = 0.0
"""Figures scored so well may be said to contradict the stated one."""
NO_CHANCE = 4
"""A product of so many digits is met exactly by no chance."""
_LARGE, _TWO = 100, 2
BESIDE = -3.0
"""... or so, where a sum stands right beside the quantity that its price is for."""


def find(passage: Passage, converted: frozenset[int]) -> list[Settled]:
    """Return the products, quotients, sums and differences of a text that its own figures decide."""
    found: dict[int, Settled] = {}
    used: set[frozenset[int]] = set()
    spent: set[frozenset[int]] = set()
    fitting: list[tuple[float, Mention, Option]] = []
    failing: list[tuple[Mention, list[Option]]] = []
    for position, stated in enumerate(passage.mentions):
        if stated.unit in ("%", "x") or stated.high <= 0:
            continue
        if stated.unit in TIME and pattern("time_past", r"^\s*").match(stated.right):
            continue  # ``five years ago`` says when, not for how long
        if stated.unit in TIME and pattern("time_and", after=r"\s*$").search(stated.left[-12:]):
            continue  # only the months of a year and eight months were read
        every = (each for each in _options(passage, stated, position, converted) if each.score >= EXACT_FROM)
        options = sorted(every, key=lambda each: -each.score)
        fits = [each for each in options if _believed(stated, each)]
        fitting += [(each.score + (verdict(each.tests) is Verdict.HOLDS), stated, each) for each in fits]
        if not fits and options:
            failing.append((stated, options))
    for _, stated, option in sorted(fitting, key=lambda each: -each[0]):
        key = frozenset((stated.index, *(m.index for m in option.mentions)))
        if stated.index not in found and key not in used:
            found[stated.index] = _settled(stated, option, fits=True)
            used.add(key)
            spent.add(frozenset(m.index for m in option.mentions))
    unread = [each.start for each in counts(passage) if each.value.value >= _LARGE] if failing else []
    for stated, options in failing:
        left = [each for each in options if frozenset(m.index for m in each.mentions) not in spent]
        worst = _failing(left)
        if worst is not None and _skips(unread, (stated, *worst.mentions)):
            continue
        if worst is not None and frozenset((stated.index, *(m.index for m in worst.mentions))) not in used:
            found[stated.index] = _settled(stated, worst, fits=False)
    return list(found.values())


def _skips(unread: Sequence[int], tied: Sequence[Mention]) -> bool:
    """Return whether a large number that nobody could read stands among the figures: it may be the one meant."""
    places = [each.figure.start for each in tied]
    first = bisect_left(unread, min(places))
    return first < len(unread) and unread[first] < max(places)


def _settled(stated: Mention, option: Option, *, fits: bool) -> Settled:
    every = (*option.mentions, stated)
    words = ", ".join(m.figure.span for m in sorted(every, key=lambda m: m.index))
    made = candidate(option.kind, words, stated, option.mentions, [_reading(stated, option)], sure=True)
    return Settled(stated.index, made, fits, option.score)


def _reading(stated: Mention, option: Option) -> Reading:
    return reading((stated, *option.mentions), option.tests)


def _believed(stated: Mention, option: Option) -> bool:
    said = verdict(option.tests)
    if said not in (Verdict.HOLDS, Verdict.ROUNDING):
        return False
    strict = tuple(Test(t.computed, "=", t.stated, t.place) for t in option.tests if t.operator in ("=", "~"))
    if not strict:
        near = all(
            Fraction(1, 2) <= t.computed.value / Fraction(t.stated) <= Fraction(2) for t in option.tests if t.stated
        )
        return near and option.score >= ROUND_FROM
    closely = verdict(strict)
    if closely is Verdict.HOLDS:
        return option.score >= (EXACT_FROM if digits(stated.low) > 1 else ROUND_FROM)
    if option.exact and not stated.hedged:
        return False
    return option.tied and option.score >= (ROUND_FROM if closely is Verdict.ROUNDING else LOOSE_FROM)


def _failing(options: Sequence[Option]) -> Option | None:
    if not options or not options[0].tied or options[0].score < (BESIDE if options[0].beside else FIRM):
        return None
    rivals = [
        each for each in options[1:] if each.score > options[0].score - 1.0 and each.mentions != options[0].mentions
    ]
    return None if rivals else options[0]


def _options(passage: Passage, stated: Mention, position: int, converted: frozenset[int]) -> Iterator[Option]:
    around = [*passage.before(stated, position), *passage.after(stated, position, most=4)]
    if not stated.money:  # what the work brings may be told in the next sentence
        around += [each for each in passage.following(stated, position) if each.is_wage]
    near = {m.index: _near(passage, stated, m, position) for m in around}
    if stated.rate or _of_rates(stated, around):
        rates = [m for m in around if m.unit == stated.unit and m.rate and m.low > 0]
        rates = [m for m in rates if m.per == (stated.per if stated.rate else rates[0].per)]
        yield from (_placed(each, near) for each in sums(stated, rates))
        return
    operands = [m for m in around if m.high > 0 and m.low > 0 and m.unit not in ("%", "x") and not m.rate]
    money = [m for m in operands if m.money and (m.index not in converted or stated.index in converted)]
    things = [m for m in operands if not m.money and not (m.single and m.low == 1)]
    if stated.money:
        same = [m for m in money if m.unit == stated.unit]
        for thing in things:
            for price in same:
                for option in _with_thing(passage, stated, thing, price):
                    yield _placed(option, near)
        yield from (_placed(each, near) for each in _density(stated, same, things))
        yield from (_placed(each, near) for each in periods(stated, same))
        yield from (_placed(each, near) for each in _repeated(stated, operands))
        yield from (_placed(each, near) for each in sums(stated, same))
    else:
        carried = {m.index for m in money if m.per == "" and any(_is_told_pay(each, m) for each in money)}
        for amount in money:
            for price in money:
                if amount is not price and amount.unit == price.unit and price.index not in carried:
                    prices = [m for m in money if m.unit == price.unit and m.per not in TIME]
                    only = amount.per in TIME and len(prices) == 1
                    for option in _bought(stated, amount, price, only=only):
                        yield _placed(option, near)
        for one in things:
            if one.unit == "month" and stated.unit == "year" and 0 < stated.index - one.index < 3:
                many = Term(Fraction(12), "12")
                ends = over(one.ends[0], many), over(one.ends[1], many)
                gap = stated.figure.start - one.figure.end
                tied = one.sentence == stated.sentence and gap < 24 and stated.index - one.index == 1
                yield _placed(Option("ratio", (one,), compared(stated, (one,), *ends), 0.5, tied=tied), near)
            for other in things:
                if one is not other:
                    yield from (_placed(each, near) for each in rations(stated, one, other))


def _of_rates(stated: Mention, around: Sequence[Mention]) -> bool:
    """Return whether an amount is how far two rates right before it lie apart: ``1,280 and 1,310, a gap of 30``."""
    both = all(each.rate and each.unit == stated.unit for each in around[:2]) and len(around) > 1
    return both and (tells_gap(stated) or says("rest", stated.left[-24:]))


def _is_told_pay(pay: Mention, other: Mention) -> bool:
    """Return whether a pay is told before another sum of the sentence, which then is a price, whatever it is near."""
    return pay.subject == other.subject == "wage" and pay.sentence == other.sentence and pay.index < other.index


def _near(passage: Passage, stated: Mention, other: Mention, position: int) -> float:
    low, high = sorted((stated.index, other.index))
    between = sum(1 for m in passage.mentions[max(0, position - 14) : position + 6] if low < m.index < high)
    return -0.4 * between - 1.0 * abs(stated.sentence - other.sentence) - (0.5 if other.index > stated.index else 0)


def _placed(option: Option, near: dict[int, float]) -> Option:
    score = option.score + sum(near[m.index] for m in option.mentions)
    subjects = {m.subject for m in option.mentions if m.subject and m.subject != "wage"}
    score -= 1.0 * max(0, len(subjects) - 1)
    return replace(option, score=score)


def _fit(unit: str, price: Mention) -> tuple[Fraction, float] | None:
    """Return the scale of a quantity and a price's denominator, and what it costs to assume it."""
    if price.per:
        scale = scale_of(unit, price.per)
        return None if scale is None else (scale / Fraction(price.count), 0.5)
    return Fraction(1), -1.0


def _with_thing(passage: Passage, stated: Mention, thing: Mention, price: Mention) -> Iterator[Option]:
    """Yield ``12 kg at 8,000, in all 96,000`` and ``300,000 for 230 square metres, 1,304 a square metre``."""
    told = says("total", stated.left[-40:]) or says("total", stated.right[:20])
    fit = _fit(thing.unit, price)
    if (
        fit is not None
        and stated.high > price.low
        and stated.per in ("", thing.per, "month", "year", "day", "household")
    ):
        scale, cost = fit
        ends = [scaled(times(a, b), scale) for a, b in zip(thing.ends, price.ends, strict=True)]
        tests = compared(stated, (thing, price), *ends)
        yield Option("affordability", (thing, price), tests, cost + (0.7 if told else 0.0))
    if stated.per and price.low > stated.high:
        scale_ = scale_of(thing.unit, stated.per)
        taken_over = price.per == stated.per and abs(price.index - thing.index) == 1 and stated.index > price.index
        shared = stated.per in COUNTS and price.per in TIME and stated.index > price.index
        if scale_ is not None and (not price.per or taken_over or shared):
            ends = [
                scaled(over(price.ends[0], thing.ends[1]), 1 / scale_),
                scaled(over(price.ends[1], thing.ends[0]), 1 / scale_),
            ]
            first, last = sorted((thing, price), key=lambda m: m.index)
            beside = last.index - first.index == 1 and first.sentence == last.sentence
            beside = beside and BREAK.search(passage.gap(first, last)) is None
            tests = compared(stated, (thing, price), *ends)
            told_by = thing.unit == stated.per or says("result", passage.gap(last, stated))
            loose = stated.per in TIME or digits(price.low) == 1 or BREAK.search(passage.gap(stated, first)) is not None
            given = (stated.index < first.index and loose) or (stated.per in TIME and not told_by)
            tied = beside and not stated.is_wage and not given
            yield Option("ratio", (thing, price), tests, 2.0 if beside else 1.0, tied=tied, beside=tied)
    elif not stated.per and price.low > stated.high and not price.per:
        ends = [over(price.ends[0], thing.ends[1]), over(price.ends[1], thing.ends[0])]
        each = pattern("by_each", r"^\s*").match(stated.right) is not None and thing.unit in COUNTS
        beside = each and abs(thing.index - price.index) == 1 and 0 < stated.index - thing.index <= _TWO
        beside = beside and thing.sentence == price.sentence == stated.sentence
        score = 1.0 if beside else -1.5
        yield Option(
            "ratio", (thing, price), compared(stated, (thing, price), *ends), score, tied=beside, beside=beside
        )


def _repeated(stated: Mention, same: Sequence[Mention]) -> Iterator[Option]:
    """Yield a month's sum as a year's where no word tells the periods, but twelve times the one is the other."""
    twelve = Term(Fraction(12), "12")
    for other in same:
        if (
            other.unit == stated.unit
            and other.low * 12 == stated.low
            and other.high * 12 == stated.high
            and digits(stated.low) >= NO_CHANCE
        ):
            ends = times(other.ends[0], twelve), times(other.ends[1], twelve)
            yield Option("ratio", (other,), compared(stated, (other,), *ends), 0.5)


def _density(stated: Mention, same: Sequence[Mention], things: Sequence[Mention]) -> Iterator[Option]:
    """Yield a price by the litre from one by the kilogram, where the text tells what a litre weighs."""
    for one, other in pairwise(sorted(things, key=lambda m: m.index)):
        if one.sentence != other.sentence or other.index - one.index != 1 or one.unit == other.unit:
            continue
        for price in same:
            units = {stated.per: stated, price.per: price}
            if set(units) != {one.unit, other.unit} or one.per or other.per:
                continue
            whole, part = (one, other) if one.unit == price.per else (other, one)
            ends = [over(times(a, b), c) for a, b, c in zip(price.ends, whole.ends, part.ends, strict=True)]
            tests = compared(stated, (price,), *ends)
            wrong = over(times(price.ends[0], part.ends[0]), whole.ends[0]).value
            slipped = abs(wrong / Fraction(stated.low) - 1) <= Fraction(1, 50)
            yield Option("conversion", (price, one, other), tests, 6.5 if slipped else 4.5, tied=True)


def _bought(stated: Mention, amount: Mention, price: Mention, *, only: bool) -> Iterator[Option]:
    """Yield ``3,000 won buy 34 kg at 88`` and ``140,000 won, 35 months at 4,000 a month``; ``only``: no other price."""
    if stated.unit in TIME:  # of pay
        wage = price.subject == "wage" or price.per in TIME
        if not wage or amount.subject == "wage" or amount.low < price.low or stated.unit in ("minute", "hour"):
            return
        size = Fraction(1)
        if price.per in TIME and price.per != stated.unit:
            days = PERIODS.get((stated.unit, price.per)) or 0
            whole = PERIODS.get((price.per, stated.unit)) or 0
            if not days and not whole:
                return
            size = Fraction(days) if days else Fraction(1, whole)
        ends = [
            scaled(over(amount.ends[0], price.ends[1]), size),
            scaled(over(amount.ends[1], price.ends[0]), size),
        ]
        near = stated.left[-50:], stated.right[:40]
        tied = of_pay(stated) or any(says(role, words) for role in ("saves", "lasts") for words in near)
        sign = operator(stated, (amount, price), round_digits=1)
        paid = partial(by_ends, ends[0], ends[1], sign, stated.stated)
        yield Option("affordability", (amount, price), paid, 0.5, tied=tied)
        return
    fit = _fit(stated.unit, price)
    if fit is None or (amount.per == price.per != "" and amount.subject == price.subject):
        return
    buys = says("buy", stated.left[-50:]) or says("buy", stated.right[:24])
    scale, cost = fit
    if not buys and (not price.per or amount.index < stated.index < price.index):
        return  # of a sum for so many, told with the price of one, it is the price that follows
    by_end = (
        over(amount.ends[0], scaled(price.ends[1], scale)),
        over(amount.ends[1], scaled(price.ends[0], scale)),
    )
    short = says("cannot", stated.left[-24:]) or says("cannot", stated.right[:14])
    short = short and pattern("only_so_much", r"^\s*").match(stated.right) is None
    tests = compared(stated, (amount, price), *by_end)
    if short and buys:
        tests = partial(compare, *by_end, "<", stated.stated)
    score = cost + (1.0 if buys else -0.5) + (0.5 if amount.subject == "wage" else 0.0)
    at_price = price.index == stated.index - 1 and pattern("at_a_price", after=r"\s*$").search(price.left[-8:])
    packed = price.index == stated.index - 1 and price.sentence == stated.sentence
    packed = packed or says("pack", stated.left[-16:])
    each = only and buys and stated.unit == "each" and not packed
    score += 2.0 if each and not price.per else 0.0
    tied = each or (bool(price.per) and (buys or (at_price is not None and amount.index == price.index - 1)))
    yield Option("affordability", (amount, price), tests, score, tied=tied)
