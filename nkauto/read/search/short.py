"""Whether a pay reaches for one measure of a good: ``a pay of 4,000 won does not buy a kilo of rice at 5,000 won``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import candidate, reading
from nkauto.read.relations.words import alternatives, lowered, words
from nkauto.read.search.bases import Settled

_KILO = ("kg", "L")
_FAR = 3
"""A price that is so many times the pay, or the pay the price, is not what the words compare."""
_AHEAD, _BEHIND = 12, 60


def find(passage: Passage) -> list[Settled]:
    """Return each pay of which the text says that it buys one measure of a good that it prices, or does not."""
    text = lowered(passage.text)
    found = []
    for place, end, short in _told(text):
        pay = _pay(passage, place)
        said = text[max(0, place - _AHEAD) : place], text[place : end + _BEHIND]
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
        for pattern in (before, after):
            for match in pattern.finditer(text):
                yield match.start(), match.end(), short


@cache
def _pattern(first: str, between: str, last: str) -> re.Pattern[str]:
    return re.compile(alternatives(words(first)) + between + alternatives(words(last)))


def _pay(passage: Passage, place: int) -> Mention | None:
    """Return the pay that stands last before a place, in its sentence or the one before."""
    before = [each for each in passage.mentions if each.figure.end <= place]
    here = [each for each in before[-6:] if each.money and not each.rate and each.low > 0]
    paid = [each for each in here if each.is_wage or each.per in TIME]
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
    behind = [each for each in priced if place <= each.figure.start <= place + _BEHIND]
    goods = items_named(said) if said.isascii() else items_named(before)[-1:] or items_named(said)[:1]
    named = [each for each in every if each.subject and each.subject in goods]
    for some in (behind[:1], named, priced):
        if len({(each.low, each.high) for each in some}) == 1:
            return some[-1]
    return None


def _claim(pay: Mention, price: Mention, *, short: bool) -> Candidate:
    tests = compare(*price.ends, ">" if short else "<=", pay.stated)
    tied = (pay, price)
    way = "does not buy" if short else "buys"
    statement = f"{pay.figure.span} {way} one {price.per} at {price.figure.span}"
    return candidate("affordability", statement, pay, tied, [reading(tied, tests)], sure=True)
