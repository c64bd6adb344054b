"""Amounts, quantities and prices that follow from two others: so many at a price, what a sum buys, a sum or rest.

Units say which of them can go together; what computes is taken, the nearest first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial
from itertools import pairwise

from nkauto.core.claims import Reading, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, minus, over, plus, times
from nkauto.core.units import factor
from nkauto.errors import WrongDimension
from nkauto.read.drafts import candidate, digits, operator, reading
from nkauto.read.passage import TIME, Mention, Passage
from nkauto.read.relation_words import says
from nkauto.read.search import Settled

EXACT_FROM, ROUND_FROM, LOOSE_FROM = -5.5, -3.0, -1.0
FIRM = 0.0
"""Figures scored so well may be said to contradict the stated one."""
BESIDE = -3.0
"""... or so, where a sum stands right beside the quantity that its price is for."""
_COUNTS = ("each", "person", "household")
_PERIODS = {("month", "year"): 12, ("day", "month"): 30, ("day", "year"): 365, ("week", "year"): 52}
_MINUS, _PLUS = "minus", "plus"


@dataclass(frozen=True, eq=False)
class Option:
    """Figures that a stated one may follow from, and how well they are tied to it; worked out where it is asked for."""

    kind: str
    mentions: tuple[Mention, ...]
    read: Callable[[], tuple[Test, ...]]
    score: float
    tied: bool = False
    beside: bool = False

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """What the figures come to, against what is stated."""
        return self.read()


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
    for stated, options in failing:
        left = [each for each in options if frozenset(m.index for m in each.mentions) not in spent]
        worst = _failing(left)
        if worst is not None and frozenset((stated.index, *(m.index for m in worst.mentions))) not in used:
            found[stated.index] = _settled(stated, worst, fits=False)
    return list(found.values())


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
    near = {m.index: _near(passage, stated, m, position) for m in around}
    if stated.rate:
        rates = [m for m in around if m.unit == stated.unit and m.per == stated.per and m.low > 0]
        yield from (_placed(each, near) for each in _sums(stated, rates))
        return
    operands = [m for m in around if m.high > 0 and m.low > 0 and m.unit not in ("%", "x") and not m.rate]
    money = [m for m in operands if m.money and (m.index not in converted or stated.index in converted)]
    things = [m for m in operands if not m.money and not (m.single and m.low == 1)]
    if stated.money:
        same = [m for m in money if m.unit == stated.unit]
        for thing in things:
            for price in same:
                for option in _with_thing(stated, thing, price):
                    yield _placed(option, near)
        yield from (_placed(each, near) for each in _density(stated, same, things))
        yield from (_placed(each, near) for each in _periods(stated, same))
        yield from (_placed(each, near) for each in _sums(stated, same))
    else:
        for amount in money:
            for price in money:
                if amount is not price and amount.unit == price.unit:
                    for option in _bought(stated, amount, price):
                        yield _placed(option, near)
        for one in things:
            if one.unit == "month" and stated.unit == "year" and 0 < stated.index - one.index < 3:
                many = Term(Fraction(12), "12")
                ends = over(one.ends[0], many), over(one.ends[1], many)
                gap = stated.figure.start - one.figure.end
                tied = one.sentence == stated.sentence and gap < 24 and stated.index - one.index == 1
                yield _placed(Option("ratio", (one,), _compared(stated, (one,), *ends), 0.5, tied=tied), near)
            for other in things:
                if one is not other:
                    yield from (_placed(each, near) for each in _rations(stated, one, other))


def _near(passage: Passage, stated: Mention, other: Mention, position: int) -> float:
    low, high = sorted((stated.index, other.index))
    between = sum(1 for m in passage.mentions[max(0, position - 14) : position + 6] if low < m.index < high)
    return -0.4 * between - 1.0 * abs(stated.sentence - other.sentence) - (0.5 if other.index > stated.index else 0)


def _placed(option: Option, near: dict[int, float]) -> Option:
    score = option.score + sum(near[m.index] for m in option.mentions)
    subjects = {m.subject for m in option.mentions if m.subject and m.subject != "wage"}
    score -= 1.0 * max(0, len(subjects) - 1)
    return replace(option, score=score)


def _scale(unit: str, per: str) -> Fraction | None:
    """Return how many of the denominator one unit is; 1 where no denominator is told; None where they do not fit."""
    if unit == per or (per == "each" and unit in _COUNTS):
        return Fraction(1)
    try:
        return factor(unit, per)
    except WrongDimension:
        return None


def _fit(unit: str, price: Mention) -> tuple[Fraction, float] | None:
    """Return the scale of a quantity and a price's denominator, and what it costs to assume it."""
    if price.per:
        scale = _scale(unit, price.per)
        return None if scale is None else (scale / Fraction(price.count), 0.5)
    return Fraction(1), -1.0


def _scaled(term: Term, scale: Fraction) -> Term:
    return term if scale == 1 else times(term, Term(scale, f"{scale}"))


def _compared(stated: Mention, inputs: tuple[Mention, ...], low: Term, high: Term) -> Callable[[], tuple[Test, ...]]:
    """Return how to hold a range that was worked out against the stated figure, once that is asked for."""
    return partial(_held, stated, inputs, low, high)


def _held(stated: Mention, inputs: tuple[Mention, ...], low: Term, high: Term) -> tuple[Test, ...]:
    return compare(low, high, operator(stated, inputs, round_digits=1), stated.stated)


def _with_thing(stated: Mention, thing: Mention, price: Mention) -> Iterator[Option]:
    """Yield ``12 kg at 8,000, in all 96,000`` and ``300,000 for 230 square metres, 1,304 a square metre``."""
    told = says("total", stated.left[-40:]) or says("total", stated.right[:20])
    fit = _fit(thing.unit, price)
    if (
        fit is not None
        and stated.high > price.low
        and stated.per in ("", thing.per, "month", "year", "day", "household")
    ):
        scale, cost = fit
        ends = [_scaled(times(a, b), scale) for a, b in zip(thing.ends, price.ends, strict=True)]
        tests = _compared(stated, (thing, price), *ends)
        yield Option("affordability", (thing, price), tests, cost + (0.7 if told else 0.0))
    if stated.per and price.low > stated.high:
        scale_ = _scale(thing.unit, stated.per)
        if scale_ is not None and not price.per:
            ends = [
                _scaled(over(price.ends[0], thing.ends[1]), 1 / scale_),
                _scaled(over(price.ends[1], thing.ends[0]), 1 / scale_),
            ]
            beside = abs(thing.index - price.index) == 1 and thing.sentence == price.sentence
            tests = _compared(stated, (thing, price), *ends)
            yield Option("ratio", (thing, price), tests, 2.0 if beside else 1.0, tied=True, beside=beside)
    elif not stated.per and price.low > stated.high and not price.per:
        ends = [over(price.ends[0], thing.ends[1]), over(price.ends[1], thing.ends[0])]
        yield Option("ratio", (thing, price), _compared(stated, (thing, price), *ends), -1.5)


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
            tests = _compared(stated, (price,), *ends)
            wrong = over(times(price.ends[0], part.ends[0]), whole.ends[0]).value
            slipped = abs(wrong / Fraction(stated.low) - 1) <= Fraction(1, 50)
            yield Option("conversion", (price, one, other), tests, 6.5 if slipped else 4.5, tied=True)


def _bought(stated: Mention, amount: Mention, price: Mention) -> Iterator[Option]:
    """Yield ``3,000 won buy 34 kg at 88`` and ``140,000 won, 35 months at 4,000 a month``."""
    if stated.unit in TIME:  # of pay
        wage = price.subject == "wage" or price.per in TIME
        if not wage or amount.subject == "wage" or amount.low < price.low or stated.unit in ("minute", "hour"):
            return
        size = Fraction(1)
        if price.per in TIME and price.per != stated.unit:
            days = _PERIODS.get((stated.unit, price.per)) or 0
            whole = _PERIODS.get((price.per, stated.unit)) or 0
            if not days and not whole:
                return
            size = Fraction(days) if days else Fraction(1, whole)
        ends = [
            _scaled(over(amount.ends[0], price.ends[1]), size),
            _scaled(over(amount.ends[1], price.ends[0]), size),
        ]
        yield Option("affordability", (amount, price), _compared(stated, (amount, price), *ends), 0.5, tied=True)
        return
    fit = _fit(stated.unit, price)
    if fit is None or (amount.per == price.per != "" and amount.subject == price.subject):
        return
    buys = says("buy", stated.left[-50:]) or says("buy", stated.right[:24])
    scale, cost = fit
    if not buys and not price.per:
        return
    by_end = (
        over(amount.ends[0], _scaled(price.ends[1], scale)),
        over(amount.ends[1], _scaled(price.ends[0], scale)),
    )
    short = says("cannot", stated.left[-24:]) or says("cannot", stated.right[:14])
    tests = _compared(stated, (amount, price), *by_end)
    if short and buys:
        tests = partial(compare, *by_end, "<", stated.stated)
    score = cost + (1.0 if buys else -0.5) + (0.5 if amount.subject == "wage" else 0.0)
    yield Option("affordability", (amount, price), tests, score, tied=buys and bool(price.per))


def _periods(stated: Mention, same: Sequence[Mention]) -> Iterator[Option]:
    """Yield a month's sum as a year's, a day's as a month's."""
    for other in same:
        if other.low >= stated.high:
            continue
        for (short, long), many in _PERIODS.items():
            if (
                stated.per in ("", long, short)
                and other.per in ("", short)
                and (stated.per == long or other.per == short)
            ):
                count = Term(Fraction(many), str(many))
                ends = times(other.ends[0], count), times(other.ends[1], count)
                yield Option("ratio", (other,), _compared(stated, (other,), *ends), -0.5)


def _sums(stated: Mention, same: Sequence[Mention]) -> Iterator[Option]:
    """Yield differences and sums of two or three like figures, where words tell of one."""
    rest = says("rest", stated.left[-40:]) or says("rest", stated.right[:24])
    apart = says("gap", stated.left[-16:]) or says("gap", re.split(r"[,;，、；。]", stated.right[:14])[0])
    rest = rest or apart
    total = says("total", stated.left[-40:]) or says("total", stated.right[:20])
    few = [m for m in same if not (m.per and stated.per and m.per != stated.per)][:7]
    for place, one in enumerate(few):
        for other in few[place + 1 :]:
            high, low = (one, other) if one.low >= other.low else (other, one)
            if high.low > low.high:
                ends = minus(high.ends[0], low.ends[0]), minus(high.ends[1], low.ends[1])
                firm = apart and high.sentence == low.sentence == stated.sentence
                tests = _compared(stated, (high, low), *ends)
                yield Option("ratio", (high, low), tests, 0.9 if firm else 0.5 if rest else -2.5, tied=firm)
                for third in few:
                    if rest and third is not one and third is not other and third.high < high.low - low.high:
                        left = minus(ends[0], third.ends[0]), minus(ends[1], third.ends[1])
                        yield Option("ratio", (high, low, third), _compared(stated, (high, low, third), *left), 0.5)
            ends = plus(one.ends[0], other.ends[0]), plus(one.ends[1], other.ends[1])
            yield Option("ratio", (one, other), _compared(stated, (one, other), *ends), 0.5 if total else -2.5)


def _rations(stated: Mention, one: Mention, other: Mention) -> Iterator[Option]:
    """Yield ``700 g a day for 15 days, 10.5 kg``."""
    if not one.per or other.unit != one.per:
        return
    scale = _scale(one.unit, stated.unit)
    if scale is None or one.unit in _COUNTS:
        return
    ends = [_scaled(times(a, b), scale) for a, b in zip(one.ends, other.ends, strict=True)]
    yield Option("ratio", (one, other), _compared(stated, (one, other), *ends), 0.5)
