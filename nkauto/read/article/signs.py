"""The money sign or word before a number in prose: US$, Z$, W, KPW, 한화, 人民币; and the cents behind whole money."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from nkauto.read import lexicon
from nkauto.read.article.prose import alternatives, any_of, compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.article.words import unit_at
from nkauto.read.chains import chain
from nkauto.read.digits import Number
from nkauto.read.numbers import number

_WINDOW = 16
_WORDS_WINDOW = 30
_LEADS = re.compile(r"[a-z$₩¥£€₽₦₹₨₱₫₭฿₴₺₸₮៛৳₵¢﷼.]\s?$")
_LOOSE = frozenset(("usd", "rmb", "kpw", "krw", "zig"))
_EAST = "\u2e7f"
_NAMED = re.compile(r"(?:\b(?:the|an?|per|one|1|to|each|every|of|against)|[0-9])\s$")
"""Before the name of money that is spoken of, or counted by the number before it."""

_CAPITAL = re.compile(r"[A-Z][a-z]+\s$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9])")

_ALIKE = frozenset(("won", "baht", "naira", "kyat", "kip", "dong", "rial", "toman", "rand"))
"""Names of money that are their own plural, and no money that a rate is usually told of."""
_ONE_OF = r"{article}\s$"
"""Before money that a number is the price of: a euro 340 is its rate."""


def money_before(plain: str, low: str, at: int) -> Lead | None:
    """Return the money right before a number.

    The span of a figure holds a sign (``US$9``) but not a word that only says whose money follows (``한화 약``).
    """
    if at == 0:
        return None
    window = low[max(0, at - _WINDOW) : at]
    if _LEADS.search(window[-2:]):
        sign = _sign(plain, window, at)
        priced = sign is not None and plain[sign.start].islower() and low[at - 2 : at - 1].isalpha()
        if sign is not None and priced and compiled(_ONE_OF).search(low, max(0, sign.start - 6), sign.start):
            return None
        return sign or _word(plain, low, at)
    if window[-1] > _EAST or (window[-1] == " " and window[-2:-1] > _EAST):
        pattern, codes = _qualifiers()
        found = pattern.search(window)
        if found is not None:
            return Lead(tuple(codes[found.group(1)].split()), at)
    return None


@cache
def _words() -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    """Return the pattern of the names of money in Latin letters, anchored at its end, and their codes."""
    found: dict[str, tuple[str, ...]] = {}
    for word, entries in lexicon.words("currency").items():
        if (len(word) > 3 or word in _ALIKE) and all("a" <= each <= "ÿ" or each in " -" for each in word):
            found[word] = tuple(dict.fromkeys(code for each in entries for code in each.meaning.split()))
    return re.compile(rf"(?<![a-zà-ÿ0-9.-])((?:rmb )?(?:{alternatives(found)}))\s$"), found


def _word(plain: str, low: str, at: int) -> Lead | None:
    """Return the name of money that stands before its amount: North Korean won 1700, Euro dollar 10, Tomans 5,000.

    A name of one word must be a plural with a capital: "the dollar 8,130" is a rate.
    """
    pattern, codes = _words()
    found = pattern.search(low, max(0, at - _WORDS_WINDOW), at)
    if found is None or _YEAR.match(low, at) or _NAMED.search(low, max(0, found.start() - 8), found.start()):
        return None
    word = found.group(1)
    named = _CAPITAL.search(plain, max(0, found.start() - 20), found.start()) is not None
    plural = not named and plain[found.start()].isupper() and (word.endswith("s") or word in _ALIKE)
    if " " not in word and "-" not in word and not plural:
        return None
    if not plain[found.start()].isupper():
        return None
    return Lead(codes[word] if word in codes else codes[word.removeprefix("rmb ")][:1], found.start())


def _sign(plain: str, window: str, at: int) -> Lead | None:
    pattern, known = _signs()
    found = pattern.search(window)
    if found is None:
        return None
    start = at - len(window) + found.start()
    word = found.group().rstrip()
    codes, writing = known[word]
    written = plain[start : start + len(word)]
    if writing and not written[0].isupper():
        return None
    if writing == "glued" and found.group() != word:
        return None
    if len(word) == 3 and word.isalpha() and not written.isupper() and word not in _LOOSE:
        return None
    return Lead(tuple(codes.split()), start)


_PLACES = re.compile(r"([1-9一二两兩三四五六七八九])(?:(毛|角)|(分)|(?=[,，、。;；）)錢钱的]|一[斤公个個]|$))[錢钱]?")
_PLACED = {"块": 1, "塊": 1, "元": 1, "毛": 10, "角": 10}
"""Words of Chinese money behind which the next place of the number may stand: 七塊五, 五塊兩毛, 三毛五分錢."""

_HUNDREDTHS = 100
_SMALLER = {"year": ("month", 12), "hour": ("minute", 60)}
"""Lengths of time and how many of which smaller ones they are: 2년 3개월 are 27 months."""

_CALENDAR = frozenset(("月", "월", "m"))
_TIME_JOINT = re.compile(r"(?:(?:,?\sand)?\s|と|零|又|과\s)?(?=[0-9a-z一二两兩三四五六七八九十가-힣])")


class Lead(NamedTuple):
    """Money before a number: the currencies that it may stand for, and where the figure's span starts."""

    codes: tuple[str, ...]
    start: int


@cache
def _signs() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """Return the pattern of signs, anchored at its end, and each sign's codes and how it must be written."""
    found: dict[str, tuple[str, str]] = {}
    for kind in ("prefix", "sign"):
        for word, entries in lexicon.words(kind).items():
            writing = "" if entries[0].detail == "ask" else entries[0].detail
            found.setdefault(word, (entries[0].meaning, writing))
    for word, entries in lexicon.words("currency").items():
        if word.upper() == entries[0].meaning.split()[0]:
            found[word] = (entries[0].meaning, "")
    for word in lexicon.words("label"):
        found.pop(word, None)
    letters = alternatives(word for word in found if "a" <= word[0] <= "z" or "a" <= word[-1] <= "z")
    others = alternatives(word for word in found if not ("a" <= word[0] <= "z" or "a" <= word[-1] <= "z"))
    return re.compile(rf"(?:(?<![a-z0-9])(?:{letters})|{others})\s?$"), found


def _hedges() -> list[str]:
    """Return the East Asian words for about, less than and the like that stand before a number."""
    words = lexicon.words("hedge").items()
    return [*(word for word, entries in words if word[0] > _EAST and entries[0].detail == "before"), "总共", "共"]


@cache
def _qualifiers() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of East Asian money words before a number, with a hedge between, and their codes."""
    codes = {word: entries[0].meaning for word, entries in lexicon.words("qualifier").items()}
    hedge = f"(?:{any_of(_hedges())})?"
    reckoned = rf"(?:\s?(?:{alternatives(meanings('reckoned_as'))}),?)?"
    return re.compile(rf"({alternatives(codes)})(?:로|으로|는|은|で|を|に)?{reckoned}\s?{hedge}\s?$"), codes


@cache
def _cents() -> re.Pattern[str]:
    """Return the pattern of what stands before cents behind whole money: digits, or words with a sub-unit behind."""
    parts = any_of(word for word in lexicon.words("subunit") if word.isascii())
    return re.compile(
        rf"(?:\sand\s|\s)?(?:(?=[0-9]{{1,2}}\s?[^0-9\s.,%])|(?=[a-z]{{3,}}(?:[ -][a-z]{{3,}})?\s{parts}))"
    )


def add_cents(page: Page, raw: Raw) -> None:
    """Add the cents that stand right behind whole dollars: 1ドル30セント, 5달러 50센트."""
    if raw.money and "CNY" in raw.codes and raw.word[:1] in _PLACED:
        _add_places(page.low, raw)
        return
    joint = _cents().match(page.low, raw.end) if raw.money and raw.low == raw.high else None
    found = number(page.low, joint.end()) if joint is not None else None
    unit = unit_at(page.plain, page.low, found.end) if found is not None and found.value < _HUNDREDTHS else None
    entry = unit.entry("subunit") if unit is not None else None
    if found is None or unit is None or entry is None:
        return
    jon = page.low[unit.start : unit.end] == "전" and raw.word[-1:] in "원안"
    if not set(unit.codes()) & set(raw.codes) and not jon:
        return
    raw.low += found.value * Decimal(entry.meaning)
    raw.high, raw.end = raw.low, unit.end


def add_smaller_time(page: Page, raw: Raw) -> None:
    """Add the months behind years, or the minutes behind hours, in the smaller unit: 2년 3개월, 1 hour and 4 min."""
    smaller = _SMALLER.get(raw.unit)
    if smaller is None or raw.kind != "measure" or raw.low != raw.high or raw.low != raw.low.to_integral_value():
        return
    unit, each = smaller
    joint = _TIME_JOINT.match(page.low, raw.end)
    found = number(page.low, joint.end()) if joint is not None else None
    if found is None or found.high is not None or found.unit or not 0 < found.value < each:
        return
    behind = unit_at(page.plain, page.low, found.end)
    entry = behind.entry("unit") if behind is not None else None
    if behind is None or entry is None or entry.meaning != unit or page.low[behind.start : behind.end] in _CALENDAR:
        return
    raw.low = raw.high = raw.low * each + found.value
    raw.unit, raw.end, raw.word, raw.composed = unit, behind.end, page.low[behind.start : behind.end], True


def _add_places(low: str, raw: Raw) -> None:
    """Add the tenths and hundredths of a yuan that stand behind it: 七塊五, 五塊兩毛, 三毛五分錢."""
    parts = _PLACED[raw.word[:1]]
    while parts < _HUNDREDTHS and raw.low == raw.high and (found := _PLACES.match(low, raw.end)) is not None:
        digit, tenths, hundredths = found.groups()
        parts = 10 if tenths else _HUNDREDTHS if hundredths else parts * 10
        raw.low += (chain(digit, 0) or Number(Decimal(0), 0, 0, Decimal(0))).value / parts
        raw.high, raw.end = raw.low, found.end()
        if not tenths:
            return
