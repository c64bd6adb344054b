"""Prices that outdo a pay, or one of a currency: ``dearer than the minimum wage of 2,100``, ``more than a dollar``.

And which of two prices is the higher: ``oil, at 19,500, is dearer than pork (18,000)``, ``5000원보다 비싸다``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from nkauto.core.claims import Candidate, Stated, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, alike, candidate, reading
from nkauto.read.relations.measures import bracketed
from nkauto.read.relations.quotes import amount, currency_names
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.words import alternatives, pattern, says, words
from nkauto.read.search.bases import Settled
from nkauto.read.search.unpriced import of_pay

_BEHIND = 60
_BACK = 4
_CLOSE = 24
_NONE = -1
"""A comparison states no figure of its own: whatever else is told of its two stands beside it."""
_OPENING = r"^[\s,，、]*(?:[a-z]+,?\s+){0,4}?"
_BETWEEN = r"\s+(?:[a-z'’]+\s+){0,3}?"
_PARTED, _NAME = re.compile(r"[,.;:()]"), 2
_ONE = Stated(Decimal(1), Decimal(1), Decimal(1))
_REACH = 62
_FAR = Fraction(2)
"""A price so many times another is not the one that words wrongly call the lower."""
_TIME = re.compile(
    r"than (?:last|before|usual|ever|a (?:week|month|year) (?:ago|earlier))|than in [a-z]+[ ,]+(?:and|while|but)"
)
_NEXT = 10
"""Characters behind an order within which a figure tells by how much: ``보다 900원 비싸다``."""


def find(passage: Passage) -> list[Settled]:
    """Return the prices of which the text says that they outdo a pay, one of a currency or another price, or do not."""
    found = []
    rates: TextRates | None = None
    for position, price in enumerate(passage.mentions):
        if not amount(price) or price.low <= 0:
            continue
        behind = passage.text[price.figure.end : price.figure.end + _BEHIND]
        for sign in (">", "<"):
            made = None
            if price.per not in TIME and not price.is_wage and _than(sign, "wage").match(price.right[:_BEHIND]):
                pay = _pay(passage, price, position)
                made = _over_pay(price, pay, sign) if pay is not None else None
            elif price.per not in TIME and (pay := _pay_behind(passage, price, position, sign)) is not None:
                made = _over_pay(price, pay, sign)
            elif _than(sign, "").match(behind):
                rates = rates or TextRates(passage)
                made = next(_over_one(price, behind, sign, rates), None)
            if made is not None:
                fits = verdict(made.readings[0].tests) is Verdict.HOLDS
                found.append(Settled(price.index, made, fits=fits, score=0.0))
    known = {each.candidate.figures for each in found}
    return [*_ranked(passage), *found, *(each for each in _compared(passage) if each.candidate.figures not in known)]


def _compared(passage: Passage) -> Iterator[Settled]:
    """Yield the price and the pay of which words say that one is more, where they do not stand beside the price."""
    for sign in (">", "<"):
        for cue in _said_of_pay(sign).finditer(passage.text):
            place = bisect_left(passage.mentions, cue.start(), key=lambda each: each.figure.start)
            sentence = bisect_right(passage.ends, cue.start())
            if _is_of_so_many(passage, place, cue.end()):
                continue
            near = passage.mentions[max(0, place - 2 * _BACK) : place + _BACK]
            sums = [m for m in near if amount(m) and m.low > 0 and abs(m.sentence - sentence) <= 1]
            pays = [m for m in sums if _is_pay(m)]
            prices = [m for m in sums if not _is_pay(m) and not bracketed(m)]
            here = [m for m in (*prices, *pays) if m.sentence == sentence]
            pay = _nearest([m for m in pays if m in here or not any(each in here for each in pays)], cue.start())
            near_it = [m for m in prices if m in here or not any(each in here for each in prices)]
            price = _nearest([m for m in near_it if pay is not None and m.unit == pay.unit], cue.start())
            if price is None or pay is None:
                continue
            turned = pay.index < price.index and pay in here and price in here and not cue.group().isascii()
            way = {">": "<", "<": ">"}[sign] if turned else sign
            made = _over_pay(price, pay, way)
            if verdict(made.readings[0].tests) is Verdict.HOLDS:
                yield Settled(_NONE, made, fits=True, score=0.0)


def _is_of_so_many(passage: Passage, place: int, end: int) -> bool:
    """Return whether words hold something against months of a pay, or against a share of it."""
    beside = [*passage.mentions[max(0, place - 1) : place], *passage.mentions[place : place + 1]]
    counted = [m for m in beside if m.unit in ("%", "x", *TIME) and m.figure.start < end]
    return any(end - m.figure.end < _CLOSE for m in counted)


def _nearest(some: Sequence[Mention], place: int) -> Mention | None:
    """Return the figure that stands nearest to a place, one before it rather than one behind."""
    return min(some, key=lambda m: (m.figure.start > place, abs(m.figure.start - place)), default=None)


@cache
def _said_of_pay(sign: str) -> re.Pattern[str]:
    """Return the pattern of words that hold something against a pay, wherever its sum stands."""
    than = alternatives(words("more_than" if sign == ">" else "less_than"))
    pay = alternatives(each for each in words("wage") if each.isascii())
    outdoes = alternatives(words("outdoes" if sign == ">" else "falls_behind"))
    return re.compile(rf"{than}\s+(?:[a-z'’-]+\s+){{0,4}}?{pay}|{outdoes}")


@cache
def _than(sign: str, what: str) -> re.Pattern[str]:
    than = alternatives(words("more_than" if sign == ">" else "less_than"))
    if not what:
        return re.compile(_OPENING + than + r"\s+(?:a|an|one|a\s+single)\s+(?P<one>[a-z.$ ]{2,16})")
    apart = alternatives(words("exceeds_pay" if sign == ">" else "below_pay"))
    return re.compile(f"(?:{_OPENING}{than}{_BETWEEN}{alternatives(words(what))}|^.{{0,6}}{apart})")


def _pay(passage: Passage, price: Mention, position: int) -> Mention | None:
    """Return the pay that a price is held against: told right behind, else the last one told before."""
    behind = passage.after(price, position, most=1)
    if behind and behind[0].unit in TIME and of_pay(behind[0]):
        return None  # ``more than two weeks' pay``
    if behind and _is_pay(behind[0]) and behind[0].unit == price.unit:
        return behind[0]
    if behind and behind[0].figure.start - price.figure.end < _BEHIND and _is_pay(behind[0]):
        return None
    before = [each for each in passage.before(price, position, most=2 * _BACK) if _is_pay(each)]
    return next((each for each in before if each.unit == price.unit), None)


def _pay_behind(passage: Passage, price: Mention, position: int, sign: str) -> Mention | None:
    """Return the pay that a price is called more, or less, than right before it is told: ``more than her 3,800``."""
    pay = next(iter(passage.after(price, position, most=1)), None)
    if pay is None or not _is_pay(pay) or pay.unit != price.unit or pay.rate:
        return None
    gap = passage.gap(price, pay)
    return pay if len(gap) < _BEHIND and _just_than(sign).fullmatch(gap) else None


@cache
def _just_than(sign: str) -> re.Pattern[str]:
    than = alternatives(words("more_than" if sign == ">" else "less_than"))
    return re.compile(_OPENING + than + r"\s+(?:[a-z'’-]+\s+){0,6}?[^a-z,;]{0,3}")


def _is_pay(mention: Mention) -> bool:
    return mention.is_wage or (mention.money and mention.per in TIME)


def _over_pay(price: Mention, pay: Mention, sign: str) -> Candidate:
    statement = f"{price.figure.span} {sign} {pay.figure.span}"
    tests = compare(*price.ends, sign, pay.stated)
    return candidate("affordability", statement, pay, (price,), [reading((price, pay), tests)], sure=True)


def _over_one(price: Mention, behind: str, sign: str, rates: TextRates) -> Iterator[Candidate]:
    """Yield ``18,000 pounds, more than a dollar``, held against the nearest rate of the text for that currency."""
    told = _than(sign, "").match(behind)
    if told is not None and currency_names(price.unit).match(told["one"]) is not None:
        if len(_PARTED.split(behind[told.start("one") :])[0].split()) > _NAME:
            return  # ``less than a dollar a day``
        tests = compare(*price.ends, sign, _ONE)
        said = f"{price.figure.span} {sign} 1 {price.unit}"
        yield candidate("ratio", said, price, (), [reading((price,), tests)], sure=True)
        return
    for base in sorted({each.base for each in rates.every if each.unit == price.unit}):
        if told is None or currency_names(base).match(told["one"]) is None:
            continue
        near = [q for q in rates.nearest(price.unit, base, price.figure.start, weak=False) if price not in q.mentions]
        street = [each for each in near if not each.official] or near
        for rate in street[:1]:
            tests = compare(*rate.applied(price.ends, base), sign, _ONE)
            tied = (price, *rate.cited)
            statement = f"{price.figure.span} {sign} 1 {base}"
            yield candidate("conversion", statement, price, rate.cited, [reading(tied, tests)], sure=True)


def _ranked(passage: Passage) -> list[Settled]:
    """Return each price of which the text says that it is the higher, or the lower, of two that it tells."""
    found = []
    for position, base in enumerate(passage.mentions):
        if not _is_price(base):
            continue
        sign, firm = _sign(passage, base, position)
        level = _level(passage, base, position) if sign else None
        if level is None:
            continue
        edge = base.high if sign == ">" else base.low
        tests = compare(*level.ends, sign, replace(base.stated, low=edge, high=edge))
        fits = verdict(tests) is Verdict.HOLDS
        share = Fraction(level.low) / Fraction(base.low)
        alone = firm and level.single and base.single and not base.rate
        if not fits and not (alone and 1 / _FAR < share < _FAR and alike(level, base)):
            continue
        statement = f"{level.figure.span} {sign} {base.figure.span}"
        made = candidate("ratio", statement, base, (level,), [reading((level, base), tests)], sure=True)
        found.append(Settled(base.index, made, fits=fits, score=0.0))
    return found


def _is_price(mention: Mention) -> bool:
    return mention.money and mention.low > 0 and mention.figure.bound not in BOUNDS


def _sign(passage: Passage, base: Mention, position: int) -> tuple[str, bool]:
    """Return how another price stands to this one by the words beside it, and whether they may be wrong about it.

    Nothing where they tell by how much.
    """
    before = passage.mentions[position - 1] if position else None
    start = before.figure.end if before is not None else 0
    gap = passage.text[max(start, base.figure.start - _REACH) : base.figure.start]
    after = passage.mentions[position + 1].figure.start if position + 1 < len(passage.mentions) else len(passage.text)
    behind = passage.text[base.figure.end : min(after, base.figure.end + _NEXT * 2)]
    for role, beyond, sign in (("order_up", "beyond", ">"), ("order_down", "beneath", "<")):
        for words_ahead in (role, beyond):
            ahead = _before(words_ahead).search(gap)
            if ahead is not None and not says("turns", ahead.group()) and _TIME.search(ahead.group()) is None:
                return sign, words_ahead == role
        told = _behind(role).match(behind)
        if told is None and pattern("than", after=r"[^\s,，;；。]{0,8}$").search(base.left):
            told = _follows(role).match(behind)
        if told is not None and base.figure.end + told.end() < after:
            return sign, True
    return "", False


@cache
def _before(role: str) -> re.Pattern[str]:
    """Return the pattern of an order that leads to its base: ``dearer than pork, which is``."""
    return re.compile(r"(?<=[a-z,] )" + alternatives(words(role)) + r"[^.;]{0,48}$")


@cache
def _behind(role: str) -> re.Pattern[str]:
    """Return the pattern of an order that follows its base: ``보다 비싸다``, ``より高い``."""
    return re.compile(r"[\s)）]*" + alternatives(words("than_after")) + _follows(role).pattern)


@cache
def _follows(role: str) -> re.Pattern[str]:
    """Return the pattern of an order alone: ``더 비싸다``, ``还贵``."""
    more, order = alternatives(words("order_more")), alternatives(words(role + "_after"))
    return re.compile(rf"[\s)）]*{more}?\s*{order}")


def _level(passage: Passage, base: Mention, position: int) -> Mention | None:
    """Return the price that is ordered: the last before its base in the sentence, with no multiple between.

    What repeats it in another money is passed over.
    """
    before = passage.before(base, position, sentences=0, most=3)
    if before[1:] and before[0].money and before[0].unit != base.unit:
        before = before[1:]
    if not before or before[0].unit in ("%", "x") or not _is_price(before[0]):
        return None
    level = before[0]
    alike_told = level.rate == base.rate and (not base.rate or level.per == base.per)
    return level if level.unit == base.unit and alike_told else None
