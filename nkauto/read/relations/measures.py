"""One measure told twice, one good paid for with another, products that are exact though their price names no unit.

And the units of quantities and prices: what counts what, and by how much one is another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from nkauto.core.claims import Candidate, Grade, Reading
from nkauto.core.judge import best, compare, grade
from nkauto.core.rates import EXACT_UNITS
from nkauto.core.terms import Term, over, shown, times
from nkauto.core.units import factor
from nkauto.errors import WrongDimension
from nkauto.read.passage.items import item, items_named
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import candidate, fits, operator, reading
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.words import pattern, says

_DAYS = {("day", "month"): (28, 31), ("day", "year"): (365, 366), ("month", "year"): (12, 12), ("day", "week"): (7, 7)}
"""How many of a shorter period the longer one has, least and most."""
_NEAR = Fraction(6, 5)
"""What misses by less may be meant of a price between two."""
COUNTS = ("each", "person", "household")
MEASURES = (
    ("kg", "g", "t", "lb", "oz", "jin", "geun"),
    ("L", "mL", "gal", "barrel"),
    ("km", "m", "cm", "mile"),
    ("minute", "hour", "day", "week"),
    ("month", "year"),
)
_JOINED = re.compile(r"\s*(?:of\s|의\s|の|的|(?=[\u4e00-\u9fff]))")
_PARTED = re.compile(r"[,;:.()，、。；：（）]")
_BRACKET = re.compile(r"[(（][^()（）]{0,12}$")
_NAMED, _BESIDE = 24, 8
_RIGHT, _SHORT = 30, 14
_WORD, _LAST = re.compile(r"([a-z]{4,}|[^\W\da-z]{2,})"), re.compile(r"([^\W\da-z]{2,})\s?$")
_PLURAL = re.compile(r"(?:ves|ies|es|s|f|y)$")
FAMILY = {unit: number for number, units in enumerate(MEASURES) for unit in units}


def plain_products(passage: Passage, converted: frozenset[int]) -> list[Candidate]:
    """Return ``15 yuan, over 30 days 450 yuan``: a product whose price names no unit; only where it is exact."""
    found = []
    for position, amount in enumerate(passage.mentions):
        if not amount.money or amount.rate or amount.index in converted:
            continue
        before = passage.before(amount, position, sentences=0, most=5)
        prices = [m for m in before if m.unit == amount.unit and not m.rate and m.index not in converted]
        for price in prices:
            for count in before:
                counts = count.unit in (*COUNTS, *TIME) and count.low > 1 and not count.per
                if not counts or price.per in ("kg", "L", count.unit) or count.single is False:
                    continue
                if price.low * count.low != amount.low or price.high * count.low != amount.high:
                    continue
                low, high = (times(count.ends[0], end) for end in price.ends)
                three = (count, price, amount)
                tests = compare(low, high, "=", amount.stated)
                found.append(candidate("ratio", spans_of(list(three)), amount, three, [reading(three, tests)]))
    return found


def bartered(passage: Passage) -> list[Candidate]:
    """Return ``for a kilo of pork one gets 3 kilos of rice``: a quantity, and the price of each good."""
    found = []
    for position, quantity in enumerate(passage.mentions):
        good = "" if quantity.money or FAMILY.get(quantity.unit) not in (0, 1) else good_of(quantity)
        if not good:
            continue
        first, last = passage.sentence(quantity)
        words = passage.text[max(first, quantity.figure.start - 60) : min(last, quantity.figure.end + 40)]
        others = [item for item in items_named(words) if item not in (good, "wage")]
        if len(set(others)) != 1 or not says("barter", words):
            continue
        prices = [m for m in passage.before(quantity, position) if m.money and not m.rate and m.per == quantity.unit]
        bought = [m for m in prices if m.subject == good]
        given = [m for m in prices if m.subject == others[0]]
        spare = says("to_spare", quantity.right[:30])
        made = []
        for one, other in product(given[::-1], bought[::-1]):
            if one.unit != other.unit:
                continue
            low, high = over(one.ends[0], other.ends[1]), over(one.ends[1], other.ends[0])
            sign = ">" if spare else operator(quantity, (one, other))
            made.append(reading((quantity, one, other), compare(low, high, sign, quantity.stated)))
        if not made or (len(made) > 1 and not fits(made) and _may_lie_between(made)):
            continue  # of several prices those that compute may be meant
        chosen = best(tuple(made))[0] or made[0]
        three = [m for m in (quantity, *given, *bought) if m.index in chosen.figures]
        found.append(candidate("affordability", spans_of(three), quantity, three, made, sure=True))
    return found


def _may_lie_between(made: Sequence[Reading]) -> bool:
    """Return whether a quantity lies near one of several results, or between two of them."""
    sizes = [test.size for each in made for test in each.tests]
    return min(sizes) < _NEAR and max(sizes) > 1 / _NEAR


def told_twice(passage: Passage) -> list[Candidate]:
    """Return one measure told in another unit: ``24 months (two years)``, ``500斤(250公斤)``."""
    found = []
    for source, target in zip(passage.mentions, passage.mentions[1:], strict=False):
        if source.sentence != target.sentence:
            continue
        if source.per != target.per:
            found += _by_period(source, target)
            continue
        if source.unit == target.unit:
            continue
        family = FAMILY.get(source.unit)
        if family is None or family != FAMILY.get(target.unit):
            continue
        gap = passage.text[source.figure.end : target.figure.start]
        tie = tie_of(gap)
        if tie not in ("bracket", "words") and len(gap) <= 24 and says("measured", gap):
            tie = "bracket"
        scale = scale_between(source.unit, target.unit) if tie in ("bracket", "words") else None
        if scale is None:
            continue
        low, high = (scaled(end, scale) for end in source.ends)
        tests = compare(low, high, operator(target, (source,)), target.stated)
        if {source.unit, target.unit} == {"week", "day"} and any(grade(test) is Grade.NO for test in tests):
            continue  # ``two weeks (10 days of work)``
        both = (source, target)
        found.append(
            candidate("ratio", spans_of(list(both)), target, both, [reading(both, tests)], sure=tie == "bracket")
        )
    return found


def _by_period(source: Mention, target: Mention) -> list[Candidate]:
    """Return ``500 g a day, 15 kg a month``: one ration told by two periods; only where it holds."""
    for short, long in ((source, target), (target, source)):
        span = _DAYS.get((short.per, long.per))
        scale = scale_between(short.unit, long.unit) if span and not short.money and not long.money else None
        if span == (12, 12) and short.money and short.unit == long.unit:
            scale = Fraction(1)
        if span is None or scale is None:
            if span is None or short.unit != long.unit:
                continue
            scale = Fraction(1)
        ends = [
            scaled(times(end, Term(Fraction(days), str(days))), scale)
            for end, days in zip(short.ends, span, strict=True)
        ]
        tests = compare(ends[0], ends[1], "=", long.stated)
        if all(grade(test) is not Grade.NO for test in tests):
            both = (source, target)
            return [candidate("ratio", spans_of(list(both)), target, both, [reading(both, tests)])]
    return []


def spans_of(tied: list[Mention]) -> str:
    """Return the words of figures, joined."""
    return ", ".join(mention.figure.span for mention in tied)


def kin(unit: str) -> str:
    """Return the unit that a decimal multiple is counted in: kg for g."""
    return EXACT_UNITS.get(unit, (unit,))[0]


def scaled(term: Term, scale: Fraction) -> Term:
    """Return a term times an exact factor, written as a product or as a quotient."""
    if scale == 1:
        return term
    if scale.denominator == 1:
        return times(term, Term(scale, str(scale.numerator)))
    return over(term, Term(1 / scale, str(1 / scale) if (1 / scale).denominator == 1 else f"({1 / scale})"))


def scale_between(unit: str, other: str) -> Fraction | None:
    """Return how many of the other unit one unit is; None where that is not fixed."""
    if unit == other or other == "each":
        return Fraction(1)
    try:
        return factor(unit, other)
    except WrongDimension:
        return None


def priced_like(source: Mention, target: Mention) -> Mention:
    """Return a price for as much as another one is for: won a litre as won a gallon, beside dollars a gallon."""
    alike = source.per != target.per and FAMILY.get(source.per) == FAMILY.get(target.per, -1)
    scale = scale_between(target.per, source.per) if source.money and alike and source.per not in TIME else None
    if scale is None:
        return source
    each = Decimal(scale.numerator) / Decimal(scale.denominator)
    there = replace(source, per=target.per, low=source.low * each, high=source.high * each)
    low, high = (times(end, Term(scale, shown(scale))) for end in source.ends)
    there.__dict__["ends"] = low, high  # which remember how they were reckoned
    return there


def size_between(unit: str, other: str) -> Fraction:
    """Return how many of the other unit one is, of two that are decimal multiples of one."""
    return EXACT_UNITS.get(unit, ("", Fraction(1)))[1] / EXACT_UNITS.get(other, ("", Fraction(1)))[1]


def good_of(quantity: Mention) -> str:
    """Return the good that a quantity is of: joined to it right behind, or named right before it, else its subject."""
    joined = _JOINED.match(quantity.right)
    if joined is not None and (named := item(_PARTED.split(quantity.right[joined.end() :][:_NAMED])[0], last=False)):
        return named
    return item(quantity.left[-_BESIDE:], last=True) or quantity.subject


def word_of(quantity: Mention) -> str:
    """Return the word joined to a quantity right behind, or right before it, whatever it means: ``of millet``."""
    joined = _JOINED.match(quantity.right)
    word = _WORD.match(quantity.right, joined.end()) if joined is not None else None
    word = word or _LAST.search(quantity.left)
    return word[1] if word is not None else ""


def stem(noun: str) -> str:
    """Return the letters that an English word for one and for many of a thing share: ``bus``, ``loa``, ``famil``."""
    return _PLURAL.sub("", noun)


def bracketed(mention: Mention) -> bool:
    """Return whether a figure stands in brackets, where it mostly only tells another one again."""
    return _BRACKET.search(mention.left) is not None


def buys(passage: Passage, quantity: Mention) -> bool:
    """Return whether the words around a quantity say that it is bought."""
    _, end = passage.sentence(quantity)
    after = passage.text[quantity.figure.end : min(end, quantity.figure.end + 40)]
    return says("buy", quantity.left[-50:]) or says("buy", after)


def falls_short(quantity: Mention) -> bool:
    """Return whether words say that a sum does not buy so many: ``not even 7 kilograms``."""
    short = says("cannot", quantity.left[-_RIGHT:]) or says("cannot", quantity.right[:_SHORT])
    return short and pattern("only_so_much", r"^\s*").match(quantity.right) is None
