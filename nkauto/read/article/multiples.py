"""Multiples, fractions and ratios of prose: tripled, a third of, 3분의 1, 1/100, 1 대 100, one in four, 半額."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache

from nkauto.core.range import outward
from nkauto.read import lexicon
from nkauto.read.article.prose import compiled, meanings
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

_OF_ONE = re.compile(r"\san? [a-z]+(?:[ -][a-z]+)?(?:['’]s|s['’])\s")
"""Behind "three times": whose so much is taken several times, as in "three times a miner's wage"."""

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
        return _raw(at, found.end(), above, "share", "%")
    value = share(Fraction(above) / Fraction(below))
    return part_of_one(page, at, found.end(), value) or _raw(at, found.end(), value, "times", "x")


def _slash(page: Page, at: int) -> Raw | None:
    found = _SLASH.match(page.low, at)
    if found is None:
        return None
    above, below = Decimal(found.group(1)), Decimal(found.group(2).replace(",", ""))
    end = found.end()
    part = above == 1 or page.low.startswith((" of", "の", "로"), end)
    round_whole = int(below) in _SLASHED or (above == 1 and below % 1000 == 0)
    if not (0 < above < below and round_whole and part):
        return None
    value = share(Fraction(above) / Fraction(below))
    unit = unit_at(page.plain, page.low, end)
    entry = unit.entry("unit") if unit is not None and unit.start > end else None
    if unit is not None and entry is not None and entry.meaning not in ("%", "x"):
        return _raw(at, unit.end, value, "measure", entry.meaning)
    return _raw(at, end, value, "times", "x")


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
            return _raw(at, scaled.end, scaled.value, "times", "x")
        return _raw(at, found.end(), max(first, second), "times", "x")
    if first + second not in (10, 100):
        return None
    return _raw(at, found.end(), share(Fraction(first) / Fraction(second)), "times", "x")


def _numerals_to_one(page: Page, at: int) -> Raw | None:
    """Return a ratio in numerals of so much to one: 九万比一, 一百比一."""
    if _NUMERALS_TO_ONE.search(page.low, at, at + _RATIO_REACH) is None:
        return None
    found = chain(page.low, at) if page.low[at] > _EAST or page.low[at].isdigit() else None
    one = _NUMERALS_TO_ONE.match(page.low, found.end) if found is not None else None
    if found is None or one is None or found.value <= 1 or page.low[found.end - 1].isdigit():
        return None
    return _raw(at, one.end(), found.value, "times", "x")


def _to(page: Page, at: int) -> Raw | None:
    """Return a rate that is told as one to so much: "the rate was 1 to 1.5, then 1 to 4.4"."""
    found = _TO.match(page.low, at)
    if found is None:
        return _to_one(page, at)
    told = [at, *(each.start() for each in _TO.finditer(page.low, max(0, at - 80), at))]
    if unit_at(page.plain, page.low, found.end()) is not None or not any(rate_ratio(page, each) for each in told):
        return None
    return _raw(at, found.end(), Decimal(found.group(1)), "times", "x")


def _to_one(page: Page, at: int) -> Raw | None:
    """Return a rate that is told as so much to one: "at the fixed 24 to one", "swapped at 100 to 1"."""
    found = _TO_ONE.match(page.low, at)
    if found is None:
        return None
    value = Decimal(found.group(1).replace(",", ""))
    if value <= 1 or unit_at(page.plain, page.low, found.end()) is not None:
        return None
    bracketed = page.low[max(0, at - 1) : at] == "(" and page.low[found.end() : found.end() + 1] == ")"
    before = bracketed or compiled(r"{swapping}[^.;]{0,60}$").search(page.low, max(0, at - 90), at)
    if not before and compiled(r"\s?{rate_behind}").match(page.low, found.end()) is None:
        return None
    return _raw(at, found.end(), value, "times", "x")


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
    return _raw(at, found.end(), share(Fraction(values[0], values[1])), "times", "x")


def _one_to(page: Page, at: int) -> Raw | None:
    """Return a rate told in words as one to so much: the old notes were swapped at one to a hundred."""
    found = number(page.low, at + len("one to "))
    if found is None or found.value <= 1 or unit_at(page.plain, page.low, found.end) is not None:
        return None
    before = compiled(r"{swapping}[^.;]{0,60}$").search(page.low, max(0, at - 90), at)
    if not before and compiled(r"\s?{rate_behind}").match(page.low, found.end) is None:
        return None
    return _raw(at, found.end, found.value, "times", "x")


def _raw(start: int, end: int, value: Decimal, kind: str, unit: str) -> Raw:
    return Raw(start, end, start, value, value, kind, unit=unit)


@cache
def _words() -> Mapping[str, tuple[Decimal, str]]:
    """Return the words that are multiples or fractions by themselves: their value, and what else they tell.

    That is ``fall``, or ``over`` where somewhat more is meant: "a good third".
    """
    found = {}
    for kind in ("multiple", "fraction"):
        for word, entries in lexicon.words(kind).items():
            above, _, below = entries[0].meaning.partition("/")
            found[word] = (share(Fraction(int(above), int(below or 1))), entries[0].detail)
    return found


def multiple_fits(page: Page, raw: Raw) -> bool:
    """Return whether "three times" compares: "three times the price", not "three times a day"."""
    low, end = page.low, raw.end
    if raw.word in ("x", "×"):
        return raw.low > 0 and not low[end : end + 2].strip()[:1].isdigit() and low[end : end + 1] != "-"
    if raw.word == "veces":
        return compiled(r"\s{times}").match(low, end) is not None
    bracketed = low.startswith(")", end) and low[max(0, raw.start - 1) : raw.start] == "("
    if raw.word != "times" or bracketed or raw.low % 1 or _OF_ONE.match(low, end):
        return True  # nobody does a thing 1.8 times
    if compiled(r"\s{usual_thing}").match(low, end):
        return True
    if compiled(r"\s{frequency}").match(low, end):
        return False
    if compiled(r"\s{oftener}").match(low, end):
        return True
    if compiled(r"{gap_is}\s(?:{softener}\s)?$").search(low, max(0, raw.start - 40), raw.start):
        return True
    first, _ = page.sentence(raw.start)
    if compiled(rf"\s{raw.word}\s{{oftener}}").search(low, first, raw.start):
        return True  # "400 times as dear by the house, 56 times by the metre"
    return compiled(r"{grew}\s(?:[a-z]+\s)?$").search(low, max(0, raw.start - 24), raw.start) is not None


def multiple_word(page: Page, start: int, end: int) -> Raw | None:
    """Return the multiple or fraction that this word of a Latin script is, where it compares."""
    low = page.low
    word = low[start:end]
    known = _words().get(word)
    if known is None or word in meanings("unlike_fraction") or (start and low[start - 1] in "-'’"):
        return None
    if low[end : end + 1] in ("-", "'", "’") and not low.startswith(("-price", "-that"), end):
        return None
    told = word in meanings("verb_multiple")
    if not told and compiled(r"{part_of}[ -]$").search(low, max(0, start - 16), start):
        return None
    if not told and not _compares(low, word, start, end):
        return None
    return _of_word(word, known, start, end)


def _compares(low: str, word: str, start: int, end: int) -> bool:
    """Return whether the words around a multiple or fraction compare: "a third of", not "a third country"."""
    if word in ("twice", "thrice"):
        return compiled(r"\s{often}").match(low, end) is None
    if word in ("double", "triple", "treble", "quadruple"):
        return compiled(r"\s{doubles}|[.,;)]|$").match(low, end) is not None
    if word.split(" ")[0].split("-")[0] in ("two", "three", "four", "five", "seven", "nine"):
        return True
    if any(part in word for part in ("third", "half", "quarter")) or word.split(" ")[0] in ("a", "an", "one"):
        if word == "half" and compiled(
            r"\s(?:an?|his|her|their|my|the)\s(?:[a-z'’-]+\s){0,3}{wage+wage_talk}|\san?\s[a-z]+['’]s(?=[.,;)]|$)"
        ).match(low, end):
            return True
        if compiled(r"\s{ordinal_noun}").match(low, end):
            return False
        if compiled(r"\s?(?:[,.;:)!?\"”—–]|$|{compared}|pre-)").match(low, end):
            return True
        return compiled(r"{pushed}\s(?:a\s)?$").search(low, max(0, start - 16), start) is not None
    return True


def east_asian_word(page: Page, start: int, end: int) -> Raw | None:
    """Return the multiple or fraction that this East Asian word is: 절반, 半額, 倍増."""
    word = page.low[start:end]
    known = _words().get(word)
    if known is None:
        return None
    return (part_of_one(page, start, end, known[0]) if "分" in word else None) or _of_word(word, known, start, end)


def _of_word(word: str, known: tuple[Decimal, str], start: int, end: int) -> Raw:
    raw = _raw(start, end, known[0], "times", "x")
    raw.falling, raw.approx, raw.word = known[1] == "fall", known[1] == "over", word
    return raw
