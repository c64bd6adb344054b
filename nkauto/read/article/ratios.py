"""Fractions and ratios of prose: 3분의 1, 1/100, 1 대 100, 1 to 100, one in four; which of them are rates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache

from nkauto.core.range import outward
from nkauto.read import lexicon
from nkauto.read.article.prose import compiled
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.article.vague import part_of_one
from nkauto.read.article.words import unit_at
from nkauto.read.chains import chain
from nkauto.read.numbers import number

_EAST_DIGITS = "[일이삼사오육칠팔구십백]{1,3}|[一二三四五六七八九十百千万]{1,5}"
_PARTS = re.compile(rf"([0-9]{{1,4}}|{_EAST_DIGITS})\s?(?:분의|分の|分之)\s?([0-9]{{1,4}}(?:\.[0-9]+)?|{_EAST_DIGITS})")
_SLASH = re.compile(r"([0-9]{1,3})/([0-9]{1,3}(?:,000){1,2}|[0-9]{1,4})(?![0-9/])(?:st|nd|rd|th)?")
_SLASHED = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 30, 40, 50, 60, 80, 100, 200, 500, 1000))
_DIGITS = r"([0-9]{1,5}(?:,[0-9]{3})?(?:\.[0-9]+)?)"
_AGAINST = re.compile(rf"{_DIGITS}\s?(?:대|比|:|对|對|対)\s?{_DIGITS}(?![0-9]|:[0-9]|\s?(?:시|분|년))")
_NUMERALS_TO_ONE = re.compile(r"\s?(?:比|对|對|対|대)\s?(?:一|1(?![0-9]))")
_ONE_TO_NUMERALS = re.compile(r"(?:一比|1\s?[比対对對대])\s?(?=[一二三四五六七八九十百千万萬])")
_MANY = 10
"""From what on one to so much in numerals is an exchange: 1比十万, not 一比二."""

_CLOSED = r"[.,;:)]|\s?$|\s{function}"
_ONE_TO = re.compile(
    r"1\s?(?::|比|대|対|对|(?<=1 )to )\s?[0-9]|[0-9]{1,5}(?:\.[0-9]+)?\s?(?::|比|대|対|对)\s?1(?![0-9:])"
)
_TO = re.compile(r"1 to ([0-9]{1,6}(?:\.[0-9]+)?)(?![0-9]|[.,][0-9])")
_TO_ONE = re.compile(
    r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6}(?:\.[0-9]+)?) ?(?:to|for|-to-) ?(?:1|one)(?![0-9a-z]|[.,][0-9])"
)
_EAST = "\u2e7f"
_LENGTHS = ("hour", "day", "week", "month", "year")
_REACH = 70
_RATIO_REACH = 20
_RATIO_OF = (
    r"(?:{rate}|{rate_word}|{article}\s(?:us )?{money_word},)\s?{softener}?"
    r"(?:\s?{rate_particle}|\s{rate_is})?\s?(?:{softener}\s?)?$"
    r"|{east_rate}[^0-9a-z,.;:、。]{0,8}$"
)
_ONE_IN = re.compile(
    r"(one|two|three|four|five|six|seven|eight|nine|[0-9]{1,3}) "
    r"(in|out of|of(?= every| ten | 10 | 100 )|(?:[a-z]+ ){1,3}in|(?:[a-z]+ ){1,2}out of)(?: every)? "
    r"([a-z]{3,8}|[0-9]{1,4})(?![a-z0-9%-]|[,.][0-9])"
)

_WHOLES = frozenset(("three", "four", "five", "ten", "10", "100"))
"""What shares are told of: nine in ten, two in three."""


def share(value: Fraction) -> Decimal:
    """Return a fraction as the decimal that is nearest below it, in 28 digits."""
    return outward(value, value).low


def ratio_at(page: Page, at: int) -> Raw | None:
    """Return the fraction or ratio in digits that starts here: 3분의 1, 1/100, 1 대 100, 3:7."""
    return _parts(page, at) or _slash(page, at) or _against(page, at) or _to(page, at) or _numerals_to_one(page, at)


def _parts(page: Page, at: int) -> Raw | None:
    found = _PARTS.match(page.low, at)
    if found is None:
        return None
    below, above = _integer(found.group(1)), _integer(found.group(2))
    if not below or above is None:
        return None
    if below == 100:
        return ratio(at, found.end(), above, "share", "%")
    value = share(Fraction(above) / Fraction(below))
    return part_of_one(page, at, found.end(), value) or ratio(at, found.end(), value, "times", "x")


def _slash(page: Page, at: int) -> Raw | None:
    found = _SLASH.match(page.low, at)
    if found is None:
        return None
    above, below = Decimal(found.group(1)), Decimal(found.group(2).replace(",", ""))
    end = found.end()
    part = above == 1 or page.low.startswith((" of", "の", "로"), end)
    round_whole = int(below) in _SLASHED or (above == 1 and (below % 1000 == 0 or page.low[end - 1].isalpha()))
    if not (0 < above < below and round_whole and part):
        return None
    value = share(Fraction(above) / Fraction(below))
    unit = unit_at(page.plain, page.low, end)
    entry = unit.entry("unit") if unit is not None and unit.start > end else None
    if unit is not None and entry is not None and entry.meaning not in ("%", "x"):
        return ratio(at, unit.end, value, "measure", entry.meaning)
    return ratio(at, end, value, "times", "x")


def _against(page: Page, at: int) -> Raw | None:
    """Return a ratio of two numbers: its larger end against 1, or their quotient when they add up to 10 or 100."""
    found = _AGAINST.match(page.low, at)
    if found is None:
        return None
    first, second = (Decimal(written.replace(",", "")) for written in found.groups())
    if not first or not second or (":" in found.group() and first > 24 and second != 1):
        return None
    if 1 in (first, second):
        scale = page.low[found.end() : found.end() + 1] or " "
        scaled = chain(page.low, found.start(2)) if first == 1 and scale in "백천만百千万萬" else None
        if scaled is not None:
            return ratio(at, scaled.end, scaled.value, "times", "x")
        return ratio(at, found.end(), max(first, second), "times", "x")
    if first + second not in (10, 100):
        return None
    return ratio(at, found.end(), share(Fraction(first) / Fraction(second)), "times", "x")


def _numerals_to_one(page: Page, at: int) -> Raw | None:
    """Return a ratio in numerals of so much to one, or of one to so much: 九万比一, 1比十万."""
    many = _ONE_TO_NUMERALS.match(page.low, at)
    whole = chain(page.low, many.end()) if many is not None else None
    if whole is not None and whole.value >= _MANY:
        return ratio(at, whole.end, whole.value, "times", "x")
    if _NUMERALS_TO_ONE.search(page.low, at, at + _RATIO_REACH) is None:
        return None
    found = chain(page.low, at) if page.low[at] > _EAST or page.low[at].isdigit() else None
    one = _NUMERALS_TO_ONE.match(page.low, found.end) if found is not None else None
    if found is None or one is None or found.value <= 1 or page.low[found.end - 1].isdigit():
        return None
    return ratio(at, one.end(), found.value, "times", "x")


def _to(page: Page, at: int) -> Raw | None:
    """Return a rate that is told as one to so much: "the rate was 1 to 1.5, then 1 to 4.4"."""
    found = _TO.match(page.low, at)
    if found is None:
        return _to_one(page, at)
    told = [at, *(each.start() for each in _TO.finditer(page.low, max(0, at - 80), at))]
    value = Decimal(found.group(1))
    if value <= 1 or unit_at(page.plain, page.low, found.end()) is not None:
        return None
    closed = compiled(_CLOSED).match(page.low, found.end()) is not None
    if not any(rate_ratio(page, each) for each in told) and not (closed and _swapped(page, at, found.end())):
        return None
    return ratio(at, found.end(), value, "times", "x")


def _to_one(page: Page, at: int) -> Raw | None:
    """Return a rate that is told as so much to one: "at the fixed 24 to one", "swapped at 100 to 1"."""
    found = _TO_ONE.match(page.low, at)
    if found is None:
        return None
    value = Decimal(found.group(1).replace(",", ""))
    if value <= 1 or unit_at(page.plain, page.low, found.end()) is not None:
        return None
    bracketed = page.low[max(0, at - 1) : at] == "(" and page.low[found.end() : found.end() + 1] == ")"
    return ratio(at, found.end(), value, "times", "x") if bracketed or _swapped(page, at, found.end()) else None


def _swapped(page: Page, at: int, end: int) -> bool:
    """Return whether words around a ratio tell that money is exchanged at it."""
    if compiled(r"{swapping}[^.;]{0,60}$").search(page.low, max(0, at - 90), at) is not None:
        return True
    return compiled(r"\s?{rate_behind}").match(page.low, end) is not None


def rate_ratio(page: Page, at: int) -> bool:
    """Return whether the ratio of 1 to something that starts here is a rate of exchange: the rate is 1:17."""
    if _ONE_TO.match(page.low, at) is None and _numerals_to_one(page, at) is None:
        return False
    if compiled("{old_new}").search(page.low, max(0, at - _REACH), at):
        return False
    return compiled(_RATIO_OF).search(page.low, max(0, at - 40), at) is not None


def _integer(text: str) -> Decimal | None:
    if text[0].isdigit():
        return Decimal(text)
    found = chain(text + " ", 0)
    if found is not None:
        return found.value
    numerals = lexicon.words("digit")
    return Decimal(numerals[text][0].meaning) if text in numerals else None


@cache
def _small() -> Mapping[str, int]:
    words = lexicon.words("number", "en").items()
    return {word: int(entries[0].meaning) for word, entries in words if entries[0].meaning.isdigit()}


def one_in(page: Page, at: int) -> Raw | None:
    """Return the share that "one in four" or "three out of ten" is."""
    found = _ONE_IN.match(page.low, at)
    if found is None:
        return _one_to(page, at) if page.low.startswith("one to ", at) else None
    above, joint, below = found.groups()
    unit = unit_at(page.plain, page.low, found.end())
    entry = unit.entry("unit") if unit is not None else None
    if entry is not None and entry.meaning in _LENGTHS:
        return None
    values = [int(word) if word.isdigit() else _small().get(word, 0) for word in (above, below)]
    if not 0 < values[0] < values[1] or (joint not in ("out of", "of") and values[0] != 1 and below not in _WHOLES):
        return None
    return ratio(at, found.end(), share(Fraction(values[0], values[1])), "times", "x")


def _one_to(page: Page, at: int) -> Raw | None:
    """Return a rate told in words as one to so much: the old notes were swapped at one to a hundred."""
    found = number(page.low, at + len("one to "))
    if found is None or found.value <= 1 or unit_at(page.plain, page.low, found.end) is not None:
        return None
    return ratio(at, found.end, found.value, "times", "x") if _swapped(page, at, found.end) else None


def ratio(start: int, end: int, value: Decimal, kind: str, unit: str) -> Raw:
    """Return the raw figure of a value without a unit of its own."""
    return Raw(start, end, start, value, value, kind, unit=unit)
