"""The cents behind whole money, which add up to one amount: 1ドル30セント, three rubles sixty kopecks, 五塊兩毛."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.prose import any_of
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.article.words import unit_at
from nkauto.read.chains import chain
from nkauto.read.digits import Number
from nkauto.read.numbers import number

_PLACES = re.compile(r"([1-9一二两兩三四五六七八九])(?:(毛|角)|(分)|(?=[,，、。;；）)錢钱的]|一[斤公个個]|$))[錢钱]?")
_PLACED = {"块": 1, "塊": 1, "元": 1, "毛": 10, "角": 10}
"""Words of Chinese money behind which the next place of the number may stand: 七塊五, 五塊兩毛, 三毛五分錢."""

_HUNDREDTHS = 100
_SMALLER = {"year": ("month", 12), "hour": ("minute", 60)}
"""Lengths of time and how many of which smaller ones they are: 2년 3개월 are 27 months."""

_CALENDAR = frozenset(("月", "월", "m"))
_TIME_JOINT = re.compile(r"(?:(?:,?\sand)?\s|と|零|又|과\s)?(?=[0-9a-z一二两兩三四五六七八九十가-힣])")


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
