"""Products and quotients: so many units at a price each, months of a wage, what a wage buys.

One rule covers them: a quantity times a price for one of it is an amount, whatever the units are called.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from nkauto.core.claims import Candidate, Grade, Reading, Stated, Test
from nkauto.core.judge import compare, grade
from nkauto.core.terms import Term, over, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, per_one, reading
from nkauto.read.relations.measures import (
    COUNTS,
    FAMILY,
    MEASURES,
    bartered,
    buys,
    falls_short,
    kin,
    plain_products,
    scale_between,
    scaled,
    size_between,
    spans_of,
    told_twice,
)
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.payers import price_for_pay

WINDOW = 8
"""Figures on either side that a unit price may be multiplied with."""
MOST_PARTNERS = 5
"""Quantities, and amounts, that a price for one unit is tried with, the nearest."""
WORKING_DAYS, CALENDAR_DAYS = 22, 30
"""A day's pay out of a month's: on the days worked, or on all of them; a text seldom says which, so both are tried."""
_LAID_BY = 8
_LEAST, _MOST = Decimal("0.85"), Decimal("1.15")


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """So much for one of something: a figure with its denominator, or a price over the pieces in a pack."""

    mentions: tuple[Mention, ...]
    position: int
    low: Term
    high: Term
    unit: str
    per: str
    wage: bool

    @property
    def first(self) -> Mention:
        """The price itself."""
        return self.mentions[0]


@dataclass(frozen=True, slots=True)
class _Found:
    """A reading of a stated figure: how far its figures are apart, and whether words tie them together."""

    reading: Reading
    sure: bool
    away: int
    cued: bool


def find(passage: Passage, converted: frozenset[int], tariff: frozenset[int] = frozenset()) -> list[Candidate]:
    """Return the products, wage and purchase claims of a text; the prices of a ``tariff`` are no plain products."""
    stated: dict[int, Mention] = {}
    groups: dict[tuple[int, str], list[_Found]] = defaultdict(list)
    for price in _unit_prices(passage):
        if price.first.index in tariff:
            continue
        for quantity, amount in _partners(passage, price):
            if amount.index in converted and price.first.index not in converted:
                continue
            for kind, target, found in _tied(passage, price, quantity, amount, converted):
                stated[target.index] = target
                groups[(target.index, kind)].append(found)
    claims = []
    mentions = {mention.index: mention for mention in passage.mentions}
    for (index, kind), every in groups.items():
        kept = [each for each in every if each.sure or each.cued or _close(each.reading.tests)]
        kept.sort(key=lambda each: (not each.sure, each.away))
        firm = any(each.sure for each in kept)
        if not firm:
            kept = [each for each in kept if all(grade(test) is not Grade.NO for test in each.reading.tests)]
        if kept:
            tied = [mentions[place] for place in kept[0].reading.figures]
            readings = [each.reading for each in kept[:8]]
            claims.append(candidate(kind, spans_of(tied), stated[index], tied, readings, sure=firm))
    return [*claims, *plain_products(passage, converted), *told_twice(passage), *bartered(passage)]


def _close(tests: tuple[Test, ...]) -> bool:
    """Return whether every comparison holds to 2.5 %, whatever its hedge: chance must not make a claim."""
    strict = (Test(t.computed, "=" if t.operator == "~" else t.operator, t.stated, t.place) for t in tests)
    return all(grade(test) is not Grade.NO and (test.operator == "=" or test.miss <= 10) for test in strict)


def _unit_prices(passage: Passage) -> Iterator[UnitPrice]:
    """Yield the figures that are so much for one of something, and prices of packs whose pieces are told."""
    for position, mention in enumerate(passage.mentions):
        if mention.per and not mention.rate and mention.unit not in ("%", "x") and mention.low > 0:
            low, high = per_one(mention)
            yield UnitPrice((mention,), position, low, high, mention.unit, mention.per, mention.is_wage)
        following = passage.mentions[position + 1] if position + 1 < len(passage.mentions) else None
        if following is None or not mention.money or mention.rate or mention.per or mention.low <= 0:
            continue
        if following.unit in (*COUNTS, *MEASURES[0], *MEASURES[1]) and following.low > 1 and following.single:
            gap = passage.text[mention.figure.end : following.figure.start]
            if len(gap) <= 30 and following.sentence == mention.sentence and says("pack", gap + following.right[:4]):
                pieces = following.ends[0]
                low, high = (over(end, pieces) for end in mention.ends)
                yield UnitPrice((mention, following), position, low, high, mention.unit, following.unit, wage=False)


def _partners(passage: Passage, price: UnitPrice) -> Iterator[tuple[Mention, Mention]]:
    """Yield the quantities and amounts near a unit price whose units fit it, and whose figures may fit it."""
    first, last = max(0, price.position - WINDOW), price.position + len(price.mentions) + WINDOW
    sentence = price.first.sentence
    around = [
        mention
        for mention in passage.mentions[first:last]
        if -1 <= mention.sentence - sentence <= 1 and mention not in price.mentions and mention.high > 0
    ]
    around.sort(key=lambda mention: abs(mention.index - price.first.index))
    quantities = [m for m in around if not m.money and _counts(price, m.unit)]
    # ``for 20 days a month`` is no time that a pay is saved for.
    quantities = [m for m in quantities if not (m.unit in TIME and m.per in TIME)][:MOST_PARTNERS]
    if not quantities:
        return
    family = kin(price.unit)
    amounts = [m for m in around if m.per != price.per and not m.rate and kin(m.unit) == family][:MOST_PARTNERS]
    alone = sum(1 for mention in around if mention.sentence == sentence) == 2
    for quantity in quantities:
        for amount in amounts:
            if amount is quantity or not _same_denominator(quantity, amount):
                continue
            tied = alone or abs(quantity.index - amount.index) == 1 or bool(quantity.per and amount.per)
            if tied or price.wage or _comes_near(price, quantity, amount):
                yield quantity, amount


def _comes_near(price: UnitPrice, quantity: Mention, amount: Mention) -> bool:
    """Return whether a quantity at a price could come to an amount: a cheap look before the exact one."""
    figure = price.first
    if len(price.mentions) > 1 or quantity.unit != price.per or amount.unit != price.unit or figure.count != 1:
        return True
    if quantity.figure.bound in BOUNDS or amount.figure.bound in BOUNDS:
        return True
    least, most = quantity.low * figure.low, quantity.high * figure.high
    return least <= amount.high * _MOST and most >= amount.low * _LEAST


def _counts(price: UnitPrice, unit: str) -> bool:
    """Return whether a unit can be the number of what the price is for."""
    if unit == price.per or (price.per == "each" and unit in COUNTS):
        return True
    if price.wage:
        return unit in TIME and unit not in ("minute", "hour")
    return unit in FAMILY and FAMILY[unit] == FAMILY.get(price.per)


def _same_denominator(quantity: Mention, amount: Mention) -> bool:
    return not quantity.per or not amount.per or (quantity.per == amount.per and quantity.count == amount.count)


def _tied(
    passage: Passage, price: UnitPrice, quantity: Mention, amount: Mention, converted: frozenset[int]
) -> Iterator[tuple[str, Mention, _Found]]:
    """Yield the claim that a quantity, a unit price and an amount make, with its kind and the figure it states."""
    subjects = {m.subject for m in (quantity, price.first) if m.subject and m.subject != "wage"}
    if len(subjects) > 1 and not price.wage:
        return
    every = (quantity, amount, *price.mentions)
    away = max(m.figure.start for m in every) - min(m.figure.start for m in every)
    if price.wage and quantity.unit in TIME:
        if pattern("time_past", r"^\s*").match(quantity.right):
            return  # ``five years ago`` says when, not how long anybody works
        if pattern("laid_by", after=r"\s*$").search(amount.left[-_LAID_BY:]):
            return  # nor is what is saved of a pay a price
        if amount.per in TIME or (amount.subject == "wage" and amount.per) or not _of_wages(passage, quantity):
            return
        tests = _wage_tests(price, quantity, amount)
        nearest = price_for_pay(passage, quantity, price.unit, converted)
        if nearest is not None and amount.figure.start > quantity.figure.start:
            return
        sure = amount is nearest and _only_wage(passage, price, quantity)
        yield "affordability", quantity, _Found(reading(every, tests), sure, away, cued=True)
        return
    if amount.per == price.per:
        return
    scale = scale_between(quantity.unit, price.per)
    if scale is None or price.first.count == quantity.low > 1:
        return  # ``a sack of 50 kg is 150,000``: the quantity is what the price is for
    if buys(passage, quantity) and price.unit == amount.unit:
        low, high = over(amount.ends[0], scaled(price.high, scale)), over(amount.ends[1], scaled(price.low, scale))
        sign = "<" if falls_short(quantity) else operator(quantity, (amount, *price.mentions), round_digits=1)
        tests = compare(low, high, sign, quantity.stated)
        sure = amount.is_wage and quantity.sentence in (amount.sentence, price.first.sentence)
        sure = sure and _only_price(passage, price)
        yield "affordability", quantity, _Found(reading(every, tests), sure, away, cued=True)
        return
    if amount.single and not (quantity.single or price.first.single):  # one sum between two ranges proves little
        low, high = over(amount.ends[0], scaled(price.high, scale)), over(amount.ends[1], scaled(price.low, scale))
        tests = compare(low, high, operator(quantity, (amount, *price.mentions), round_digits=1), quantity.stated)
        yield "affordability", quantity, _Found(reading(every, tests), sure=False, away=away, cued=False)
        return
    if quantity.low == quantity.high == 1:
        return
    low, high = _product(quantity, price, scale, amount)
    tests = compare(low, high, operator(amount, every[:1], round_digits=1), amount.stated)
    sure = _spelled_out(quantity, amount, price)
    kind = "conversion" if quantity.per and amount.per else "affordability" if price.first.money else "ratio"
    yield kind, amount, _Found(reading(every, tests), sure, away, cued=False)


def _product(quantity: Mention, price: UnitPrice, scale: Fraction, amount: Mention) -> tuple[Term, Term]:
    """Return the amount that a quantity comes to, in the stated amount's own unit."""
    size = size_between(price.unit, amount.unit)
    low, high = (scaled(scaled(times(end, one), scale), size) for end, one in _ends(quantity, price))
    return low, high


def _ends(quantity: Mention, price: UnitPrice) -> list[tuple[Term, Term]]:
    return [(quantity.ends[0], price.low), (quantity.ends[1], price.high)]


def _of_wages(passage: Passage, quantity: Mention) -> bool:
    """Return whether words close behind a span of time, or before it in its sentence, say that it is one of work."""
    first, last = passage.sentence(quantity)
    start, end = quantity.figure.start, quantity.figure.end
    if pattern("time_and", after=r"\s*$").search(quantity.left[-12:]):
        return False  # only the months of a year and eight months were read
    behind = passage.text[end : min(last, end + 24)]
    if says("wages_of", behind) or pattern("pay_after", r"^[\s'’]*").match(behind):
        return True
    return says("wages_of", passage.text[max(first, start - 40) : start])


def _wage_tests(price: UnitPrice, quantity: Mention, amount: Mention) -> tuple[Test, ...]:
    """Return how many wages an amount is; days of a monthly wage both on working and on calendar days."""
    sign = operator(quantity, (amount, *price.mentions), round_digits=1)
    wages: list[tuple[Term, Term]] = [(price.low, price.high)]
    if price.per != quantity.unit:
        months = {"year": 12, "month": 1}
        if price.per in months and quantity.unit in months:
            share = Fraction(months[quantity.unit], months[price.per])
            wages = [(scaled(price.low, share), scaled(price.high, share))]
        elif price.per == "month" and quantity.unit in ("day", "week"):
            size = 7 if quantity.unit == "week" else 1
            spans = [Fraction(size, CALENDAR_DAYS)]
            if size == 1:
                spans.insert(0, Fraction(1, WORKING_DAYS))
            wages = [(scaled(price.low, span), scaled(price.high, span)) for span in spans]
        else:
            return ()
    tests: list[Test] = []
    for low, high in wages:
        tests += by_ends(over(amount.ends[0], high), over(amount.ends[1], low), sign, quantity.stated)
    return tuple(tests)


def by_ends(low: Term, high: Term, sign: str, stated: Stated) -> tuple[Test, ...]:
    """Return the comparisons of a time of pay: the pay's lower and higher end each, where it is true of one of them."""
    each = [Test(end, sign, stated.low, stated.place) for end in (low, high)]
    grades = [grade(test) for test in each]
    if sign == "~" and stated.low == stated.high and Grade.NO in grades and set(grades) != {Grade.NO}:
        return tuple(each)
    return compare(low, high, sign, stated)


def _only_wage(passage: Passage, price: UnitPrice, quantity: Mention) -> bool:
    """Return whether a pay is the only one around, or the only one of the sentence that tells how many it takes."""
    around = passage.mentions[max(0, price.position - WINDOW) : price.position + WINDOW]
    pays = [mention for mention in around if mention.is_wage]
    here = [mention for mention in pays if mention.sentence == quantity.sentence]
    return len(pays) == 1 or here == [price.first]


def _only_price(passage: Passage, price: UnitPrice) -> bool:
    around = passage.mentions[max(0, price.position - WINDOW) : price.position + WINDOW]
    near = [m for m in around if abs(m.sentence - price.first.sentence) <= 1]
    like = [m for m in near if m.unit == price.unit and m.per == price.per and m.index != price.first.index]
    return all(m.subject and price.first.subject and m.subject != price.first.subject for m in like)


def _spelled_out(quantity: Mention, amount: Mention, price: UnitPrice) -> bool:
    """Return whether the units alone prove the tie: kilograms in a litre, a price by kilogram, a price by litre."""
    told = bool(quantity.per and amount.per) and quantity.sentence == amount.sentence
    return told and quantity.per == amount.per and price.per == quantity.unit and amount.per not in TIME
