"""Whether one sum reaches for another: ``a pension of 5,000 does not cover a rent of 7,000``.

Or for one measure of a good: ``a pay of 4,000 won does not buy a kilo of rice at 5,000 won``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from nkauto.core.claims import Candidate, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, times
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, reading
from nkauto.read.relations.measures import FAMILY
from nkauto.read.relations.words import alternatives, lowered, pattern, says, words
from nkauto.read.search.bases import Settled
from nkauto.read.search.scene import BREAK
from nkauto.read.search.sums import scale_of, scaled

_BEHIND, _CLOSE, _ONLY, _NEXT = 70, 40, 8, 12
_LEAST = Fraction(1, 20)
"""Nobody says of a sum that it reaches for one so much smaller."""
_FAR = 4
"""A price that is so many times the pay, or the pay the price, against the words is not what they compare."""
_KILO = ("kg", "L", "lb")
_AHEAD, _AFTER = 12, 60


def find(passage: Passage) -> list[Settled]:
    """Return each sum of which the text says that it reaches for another, or for one measure of a good, or does not."""
    found = _of_one_measure(passage)
    only = pattern("only_so_much", after=r"\s*$")
    for role, short in (("reaches_not", True), ("reaches", False)):
        for match in pattern(role).finditer(passage.text):
            first = match.start()
            if only.search(passage.text, max(0, first - _ONLY), first) and _so_much(passage, first):
                continue  # who can buy but so much can buy it
            if _counts_behind(passage, match.end()):
                continue  # ``can afford 500 grams`` tells how much, not for what
            every = [_settled(passage, *pair, short=short) for pair in _pairs(passage, match.start(), match.end())]
            tried = [each for each in every if each is not None]
            found += [each for each in tried if each.fits][:1] or (tried if len(every) == 1 else [])
    return found


def _so_much(passage: Passage, place: int) -> bool:
    """Return whether the last figure before a place is so much, or so many, of a good."""
    after = bisect_left(passage.mentions, place, key=lambda each: each.figure.start)
    last = passage.mentions[after - 1] if after else None
    return last is not None and (last.unit == "each" or FAMILY.get(last.unit) in (0, 1)) and last.low != 1


def _counts_behind(passage: Passage, place: int) -> bool:
    """Return whether the very next words behind a place are so many of a good."""
    after = bisect_left(passage.mentions, place, key=lambda each: each.figure.start)
    if after == len(passage.mentions) or passage.mentions[after].figure.start - place > _NEXT:
        return False
    counted = passage.mentions[after]
    if any(each.money for each in passage.after(counted, after)):
        return False  # ``does not buy a 50 kg bag, which is 6,000``
    return (counted.unit == "each" or FAMILY.get(counted.unit) in (0, 1)) and counted.low != 1


def _pairs(passage: Passage, start: int, end: int) -> list[tuple[Mention, Mention]]:
    """Return the sum that is there and the one that is needed, beside words in these places, the likelier first."""
    place = bisect_left(passage.mentions, start, key=lambda each: each.figure.start)
    if any(each.unit in ("x", "%", *TIME) and not each.per for each in passage.mentions[max(0, place - 1) : place]):
        return []  # ``short of half of it`` is said of a share, ``after two months she can buy it`` of the months
    before = [each for each in passage.mentions[max(0, place - 6) : place] if _is_sum(each)][::-1]
    behind = [each for each in passage.mentions[place : place + 3] if _is_sum(each)]
    behind = [each for each in behind if each.figure.start - end <= _BEHIND and each.figure.end > end]
    if behind and before and not _parted(passage, end, behind[0].figure.start):
        price = behind[0]
        had = next((each for each in before if _is_pay(each) and each.unit == price.unit), None)
        had = had or (before[0] if before[0].unit == price.unit and before[0].sentence == price.sentence else None)
        if had is not None and price.sentence - had.sentence <= 1 and not (price.is_wage and had.is_wage):
            return [(had, price)]
    if len(before) < 2 or start - before[0].figure.end > _CLOSE or _parted(passage, before[0].figure.end, start):
        return []
    last, *others = before
    others = [each for each in others if each.unit == last.unit and last.sentence - each.sentence <= 1]
    if last.is_wage or (_is_pay(last) and not any(_is_pay(each) for each in others)):
        return [(last, each) for each in others if not _is_pay(each)][:1]
    beside = [each for each in others[:1] if each is before[1] and each.sentence == last.sentence]
    return [(each, last) for each in dict.fromkeys([*beside, *(each for each in others if _is_pay(each))][:2])]


def _parted(passage: Passage, start: int, end: int) -> bool:
    """Return whether a sentence, or a clause with a word of its own, ends between two places."""
    place = bisect_left(passage.ends, start + 1)
    return (place < len(passage.ends) and passage.ends[place] <= end) or BREAK.search(
        passage.text, start, end
    ) is not None


def _is_sum(mention: Mention) -> bool:
    return mention.money and not mention.rate and mention.low > 0


def _is_pay(mention: Mention) -> bool:
    return mention.is_wage or mention.per in TIME or mention.subject in ("wage", "earner")


def _needed(passage: Passage, price: Mention) -> list[tuple[tuple[Term, Term], tuple[Mention, ...]]]:
    """Return what a price may come to: for so many, where a quantity stands beside it, else of itself."""
    found: list[tuple[tuple[Term, Term], tuple[Mention, ...]]] = []
    for other in passage.near(price):
        if other is price or other.money or other.per or other.sentence != price.sentence or other.low <= 0:
            continue
        apart = passage.gap(*sorted((other, price), key=lambda m: m.index))
        if BREAK.search(apart) is not None:
            continue
        per = price.per if price.per not in TIME else ""
        of_many = other.unit == "each" or FAMILY.get(other.unit) in (0, 1)
        fit = scale_of(other.unit, per) if per else Fraction(1) if of_many else None
        words = apart + other.left[-16:]
        packed = other.unit == "each" and says("pack", words)
        if fit is not None and not packed and not (other.single and other.low == 1):
            scale = fit / Fraction(price.count)
            low, high = (scaled(times(a, b), scale) for a, b in zip(other.ends, price.ends, strict=True))
            found.append(((low, high), (other, price)))
            if per or other.unit == "each":
                return found
    return [*found, (price.ends, (price,))]


def _settled(passage: Passage, had: Mention, price: Mention, *, short: bool) -> Settled | None:
    if had.figure.bound in BOUNDS or price.figure.bound in BOUNDS or had.per in FAMILY.keys() - TIME:
        return None
    needed = _needed(passage, price)
    for ends, tied in needed:
        if not short and price.per not in ("", *TIME) and len(tied) > 1:
            continue  # it is told how much is bought, not only that it can be
        tests = compare(*ends, ">" if short else "<=", had.stated)
        holds = verdict(tests) is Verdict.HOLDS
        ratio = ends[0].value / Fraction(had.low)
        if (
            not holds and (not _is_pay(had) or len(needed) > 1 or len(tied) > 1 or not _FAR > ratio > Fraction(1, _FAR))
        ) or ratio < _LEAST:
            continue
        way = "does not reach for" if short else "reaches for"
        statement = f"{had.figure.span} {way} {', '.join(each.figure.span for each in tied)}"
        made = candidate("affordability", statement, had, tied, [reading((had, *tied), tests)], sure=True)
        return Settled(-1 if holds else had.index, made, fits=holds, score=0.0)  # it stands beside what else is told
    return None


def _of_one_measure(passage: Passage) -> list[Settled]:
    """Return each pay of which the text says that it buys one measure of a good that it prices, or does not."""
    text = lowered(passage.text)
    found = []
    for place, end, short in _told(text):
        pay = _pay(passage, place)
        said = text[max(0, place - _AHEAD) : place], text[place : end + _AFTER]
        price = _price(passage, pay, place, *said) if pay is not None else None
        if pay is not None and price is not None:
            made = _claim(pay, price, short=short)
            fits = verdict(made.readings[0].tests) is Verdict.HOLDS
            found.append(Settled(pay.index, made, fits=fits, score=0.0))
    return found


def _told(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where a text says of one measure that it is bought, or cannot be, first place and last."""
    for role, short in (("short_of_one", True), ("enough_for_one", False)):
        before, after = (
            _pattern(role, r"\s*", "one_measure"),
            _pattern("one_measure_even", r".{0,12}?", role + "_after"),
        )
        for way in (before, after):
            for match in way.finditer(text):
                yield match.start(), match.end(), short


@cache
def _pattern(first: str, between: str, last: str) -> re.Pattern[str]:
    return re.compile(alternatives(words(first)) + between + alternatives(words(last)))


def _pay(passage: Passage, place: int) -> Mention | None:
    """Return the pay that stands last before a place, in its sentence or the one before."""
    before = [each for each in passage.mentions if each.figure.end <= place]
    here = [each for each in before[-6:] if each.money and not each.rate and each.low > 0]
    paid = [each for each in here if each.is_wage or each.per in TIME]
    paid = [each for each in paid if any(m.unit == each.unit and m.per in _KILO for m in here)] or paid
    if not paid or before[-1].sentence - paid[-1].sentence > 1:
        return None
    return paid[-1]


def _price(passage: Passage, pay: Mention, place: int, before: str, said: str) -> Mention | None:
    """Return the price of the good that is meant: told right behind, of the good named, or the only one told near."""
    every = [
        each
        for each in passage.mentions
        if each.unit == pay.unit and each.per in _KILO and each.count == 1 and each.low > 0
    ]
    every = [each for each in every if each.low < _FAR * pay.low and pay.low < _FAR * each.low]
    priced = [each for each in every if abs(each.sentence - pay.sentence) <= 1]
    behind = [each for each in priced if place <= each.figure.start <= place + _AFTER]
    goods = items_named(said) if said.isascii() else items_named(before)[-1:] or items_named(said)[:1]
    named = [each for each in every if each.subject and each.subject in goods]
    for some in (behind[:1], named, priced):
        if len({(each.low, each.high) for each in some}) == 1:
            return some[-1]
    return None


def _claim(pay: Mention, price: Mention, *, short: bool) -> Candidate:
    sign = ">" if short else "<="
    ends = zip(price.ends, (pay.low, pay.high), strict=True)  # the lowest pay against the lowest price
    each = tuple(Test(end, sign, paid, pay.stated.place) for end, paid in ends)
    tests = compare(*price.ends, sign, pay.stated) if pay.single else each
    tied = (pay, price)
    way = "does not buy" if short else "buys"
    statement = f"{pay.figure.span} {way} one {price.per} at {price.figure.span}"
    return candidate("affordability", statement, pay, tied, [reading(tied, tests)], sure=True)
