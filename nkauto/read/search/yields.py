"""What a thing and a price, or two sums, come to: so many at a price, the price of one, what a sum buys or pays for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise

from nkauto.core.terms import Term, over, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import digits, operator
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.measures import COUNTS
from nkauto.read.relations.multiple import CLAUSE
from nkauto.read.relations.product import by_ends
from nkauto.read.relations.words import lowered, pattern, says
from nkauto.read.search.names import content
from nkauto.read.search.scene import BREAK, COMMA
from nkauto.read.search.sums import PERIODS, Option, compared, scale_of, scaled
from nkauto.read.search.unpriced import of_pay

NO_CHANCE = 4
"""A product of so many digits is met exactly by no chance."""
_TOTALS = ("month", "year", "day", "household")
_TWO, _LAID_BY = 2, 8


def _fit(unit: str, price: Mention) -> tuple[Fraction, float] | None:
    """Return the scale of a quantity and a price's denominator, and what it costs to assume it."""
    if price.per:
        scale = scale_of(unit, price.per)
        return None if scale is None else (scale / Fraction(price.count), 0.5)
    return Fraction(1), -1.0


def with_thing(passage: Passage, stated: Mention, thing: Mention, price: Mention) -> Iterator[Option]:
    """Yield ``12 kg at 8,000, in all 96,000`` and ``300,000 for 230 square metres, 1,304 a square metre``."""
    told = says("total", stated.left[-40:]) or says("total", stated.right[:20])
    fit = _fit(thing.unit, price)
    if (
        fit is not None
        and stated.high > price.low
        and (stated.per in ("", thing.per, *_TOTALS) or stated.per == thing.unit == price.per)
    ):
        scale, cost = fit
        ends = [scaled(times(a, b), scale) for a, b in zip(thing.ends, price.ends, strict=True)]
        tests = compared(stated, (thing, price), *ends)
        yield Option("affordability", (thing, price), tests, cost + (0.7 if told else 0.0))
    if stated.per and stated.count == 1 and price.low > stated.high:
        scale_ = scale_of(thing.unit, stated.per)
        taken_over = price.per == stated.per and abs(price.index - thing.index) == 1 and stated.index > price.index
        shared = stated.per in COUNTS and price.per in TIME and stated.index > price.index
        packed = price.count > 1 and abs(price.index - thing.index) == 1  # ``$27 per 15 kilograms (19.4 litres)``
        if stated.per == "hour" != thing.unit:
            scale_ = None  # nobody works the whole day
        worked_for = price.per in TIME and thing.unit == stated.per in TIME  # a day of 12 hours that earns 36 dirhams
        if scale_ is not None and (not price.per or taken_over or shared or packed or worked_for):
            ends = [scaled(each, 1 / scale_) for each in _shared(price, thing, stated)]
            first, last = sorted((thing, price), key=lambda m: m.index)
            beside = last.index - first.index == 1 and first.sentence == last.sentence
            beside = beside and BREAK.search(passage.gap(first, last)) is None
            tests = compared(stated, (thing, price), *ends)
            told_by = thing.unit == stated.per or says("result", passage.gap(last, stated))
            loose = stated.per in TIME or digits(price.low) == 1 or BREAK.search(passage.gap(stated, first)) is not None
            given = (stated.index < first.index and loose) or (stated.per in TIME and not told_by)
            again = taken_over and stated.sentence != thing.sentence  # a price by weight, no sum, and another one
            tied = beside and not stated.is_wage and not given and not again and not of_pay(thing)
            tied = tied and not _is_told_before(passage, last, stated)
            tied = tied and not _of_another(passage.gap(last, stated), thing) and not _elsewhere(passage, last, stated)
            yield Option("ratio", (thing, price), tests, 2.0 if beside else 1.0, tied=tied, beside=tied)
    elif not stated.per and price.low > stated.high and not price.per:
        ends = _shared(price, thing, stated)
        each = pattern("by_each", r"^\s*").match(stated.right) is not None and thing.unit in COUNTS
        beside = each and abs(thing.index - price.index) == 1 and 0 < stated.index - thing.index <= _TWO
        beside = beside and thing.sentence == price.sentence == stated.sentence
        beside = beside and tie_of(passage.gap(max(thing, price, key=lambda m: m.index), stated)) != ""
        score = 1.0 if beside else -1.5
        yield Option(
            "ratio", (thing, price), compared(stated, (thing, price), *ends), score, tied=beside, beside=beside
        )


def _elsewhere(passage: Passage, last: Mention, stated: Mention) -> bool:
    """Return whether a unit price is held against a sum as one of another place or market: ``while in town it was``."""
    if stated.index < last.index:
        return False
    sides = passage.gap(last, stated), CLAUSE.split(stated.right)[0]
    return any(says(role, words) for role in ("turns", "against", "official", "street") for words in sides)


def _of_another(gap: str, thing: Mention) -> bool:
    """Return whether a clause of its own parts a price from a sum and a number, and names another thing."""
    clause = COMMA.split(gap)[-1]
    if clause == gap or any(says(role, clause) for role in ("result", "same_said", "strong", "bill_comes")):
        return False
    return says("and", clause) or bool(content(clause) - content(lowered(thing.figure.span)))


def _is_told_before(passage: Passage, last: Mention, stated: Mention) -> bool:
    """Return whether the price of one is told right behind a thing and its price, and another one only later."""
    if stated.index <= last.index + 1:
        return False
    behind = [each for each in passage.near(last) if each.index == last.index + 1]
    return any(each.unit == stated.unit and each.per == stated.per and each.count == stated.count for each in behind)


def _shared(price: Mention, thing: Mention, stated: Mention) -> list[Term]:
    """Return both ends of a sum over a number: of three ranges, least over least as the estimates go together."""
    many = thing.ends if not (stated.single or price.single) else thing.ends[::-1]
    return [over(end, count) for end, count in zip(price.ends, many, strict=True)]


def singled(stated: Mention, same: Sequence[Mention]) -> Iterator[Option]:
    """Yield ``$27 to $30 per 15 kilograms, so $1.80 to $2 a kilogram``: the price of one, told after that of many."""
    for many in same:
        if many.count <= 1 or stated.count != 1 or not stated.per or many.index > stated.index:
            continue
        scale = scale_of(many.per, stated.per)
        if scale is not None:
            ends = [scaled(end, 1 / (scale * Fraction(many.count))) for end in many.ends]
            yield Option("conversion", (many,), compared(stated, (many,), *ends), 1.0)


def repeated(stated: Mention, same: Sequence[Mention]) -> Iterator[Option]:
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


def density(stated: Mention, same: Sequence[Mention], things: Sequence[Mention]) -> Iterator[Option]:
    """Yield a price by the litre from one by the kilogram, where the text tells what a litre weighs."""
    for one in things:
        for price in same:
            if one.per in ("", *TIME) or {price.per, stated.per} != {one.unit, one.per} or price.count != 1:
                continue
            by = times if price.per == one.unit else over  # 1.34 litres a kilogram
            ends = [by(a, b) for a, b in zip(price.ends, one.ends, strict=True)]
            wrong = (over if by is times else times)(price.ends[0], one.ends[0]).value
            slipped = abs(wrong / Fraction(stated.low) - 1) <= Fraction(1, 50)
            score = 5.5 if slipped else 3.5
            tied = slipped and one.unit != "kg"  # what a litre weighs is asked of fuel, with the slip it explains
            yield Option("conversion", (price, one), compared(stated, (price,), *ends), score, tied=tied)
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


def worked(stated: Mention, amount: Mention, price: Mention) -> Iterator[Option]:
    """Yield ``140,000 won, 35 months at 4,000 a month``."""
    wage = price.subject == "wage" or price.per in TIME
    if pattern("laid_by", after=r"\s*$").search(amount.left[-_LAID_BY:]):
        return  # what is saved of a pay in a year is no price
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
