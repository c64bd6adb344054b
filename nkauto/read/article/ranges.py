"""Two numbers of prose that make one range: 300–500, 3~4만, between 2 and 3, 5000から1万; not a change from A to B."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.dates import age, named
from nkauto.read.article.numbers import MOST_CHARACTERS, Written, built, currencies, later_unit, settled, with_many
from nkauto.read.article.prose import alternatives, any_of, compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.signs import money_before
from nkauto.read.article.text import Page
from nkauto.read.article.words import Unit, unit_at
from nkauto.read.digits import DIGITS, Number
from nkauto.read.numbers import elliptical, number

_MARKS = "-–—~∼〜～"
_FALLING = frozenset(("에서", "から", "到", "至", "to"))
"""Joints of a change where the second number is the smaller: 3만 달러에서 2만 달러."""

_FAR = 100
_FALL = 5
"""How many times the second of two numbers the first may be that is no year before it: 2023 – 150 times."""

_UNLIKE = 3
"""How many times the first of two sums the second may be in "$5 or $10"."""

_YEAR_DIGITS = 4
_SHARES = ("x", "%")
"""By what something grows: "rose 10 to 20 times" is one range."""

_SO_MUCH_MORE = r"(?:{step_behind+change_by})\s?(?:{softener}\s?)?[0-9.]+\s?(?:%|{times_behind})"
"""How many times the first the second price is: 2,000원에서 5,000원으로 2.5배, 2000ウォンから5000ウォンと2.5倍."""

_NUMERALS = "一二三四五六七八九十수"
_STEPS_ON = r"(?:\s?\([^()\n]{1,40}\))?{step_behind}[,、，]"
"""Behind where a price went to, before the next good: 우유는 400에서 900페소로, 쇠고기는."""

_OPENS_RANGE = re.compile(r"\s?[~∼〜～–]\s?[0-9]")
"""Behind a number that is the lower end of a range itself: 0.8달러에서 1.3~1.4달러로."""

_RANGE_BRACKET = re.compile(r"\s?[（(][^()（）\n~∼〜～–]{1,24}[~∼〜～–][^()（）\n]{1,24}[）)]")
"""Behind two ends whose worth in brackets is a range, so that they are one: 2300元から2500元(約3万円〜4万円)."""

_CLAUSE = re.compile(r"[.;:,()]\s")
_STOPS = (". ", "。", "\n")
_LIST_REACH, _PAIRS = 90, 2
_PAIR = re.compile(r"[0-9][0-9,.]*[십백천만억十百千万億]{0,3}\s?[^\s0-9,、]{1,4}(?:에서|から|到)\s?[0-9]")
_BETWEEN = r"({between})\s(?:{softener}\s)?$"
_BETWEEN_BRACKET = r"{between}\s(?:{softener}\s)?[^()\n.;]{1,50}\s\((?:{softener}\s)?$"
"""Before two ends in brackets behind two others: between 100 and 200 yuan (U.S. $15 and $30)."""

_FROM = r"{from}\s(?:{softener}\s)?$"
_SANDWICHED = r"[^\s]{0,6}?{sandwiched}"
_MOVED_BEHIND = r"(?:\s?\([^()\n]{1,40}\))?[^\n。.,、，]{0,8}?{moved_behind}"
_MOVED_FAR = (
    r"(?:\s?\([^()\n]{1,40}\))?[^\n。.,、，]{0,3}?(?:으로|로|까지|が|に|へ|이|가)"
    r"(?:[,、，](?=\s?[^\n。.]{2})|[^\n。.,、，]{0,20}?{moved_behind}|\s?[0-9.,]+\s?(?:%|{percent_word}|배))"
)
_SET_OUT = r"\s?{moved_behind}{moved_to}\s?(?:{softener}\s?)?[0-9]"
"""A range from which a price moves on to another: 从300到400元涨至1900元."""

_BY = r",?\s\(?(?:i\.e\. |or |by )?(?:an? (?:{moved})|(?:{softener} )?[0-9.,]+\s?(?:%|{percent_word}))"
"""How far a price went from A to B: "from 1,100 to 2,500, a rise of 127 percent"."""

_STATED = r"(?:to|at|of|for|between)\s(?:{softener}\s)?$"
_BY_SO_MUCH = r"(?<![a-z])by\s(?:{softener}\s)?$"
_BY_PERCENT = r"(?:%|{percent_word})[a-z ,]{0,14}\s?from\s(?:{softener}\s)?$"


@cache
def _joints() -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    """Return the pattern of what joins two ends; the words that need an opening one; those that need a closing one."""
    closing = {word for word, entries in lexicon.words("range").items() if entries[0].detail == "close"}
    plain = {
        word
        for word, entries in lexicon.words("range").items()
        if any(not entry.detail for entry in entries) and word not in ("…", "..")
    }
    sandwich = {"와", "과", "と"}
    words = {word for word in plain | closing if word not in _MARKS and word not in ("사이", "間", "の間")} | sandwich
    hyphen = rf"-\s(?!{any_of(meanings('joined'))})(?=[a-z])"
    joints = rf"(?:{hyphen}|\s{{0,2}})(?:[{_MARKS}]|{any_of(words)})\s{{0,2}}"
    return re.compile(joints), frozenset(closing), frozenset(sandwich)


_THOUSANDS = 3
"""The noughts of a thousand."""


def range_at(page: Page, first: Written) -> Raw | None:
    """Return the range that starts with this number; ``None`` when no second end follows, or it tells of a change."""
    low = page.low
    joints, closing, sandwich = _joints()
    mark = joints.match(low, first.end)
    if mark is None:
        return None
    word = mark.group().strip()
    if word.isascii() and word.isalpha() and not mark.group().startswith((" ", "\n", "-")):
        return None
    second = _second(low, mark.end(), word)
    if second is None or _years(first, second, word) or (word not in _MARKS and age(low, second.start, second.end)):
        return None
    if word not in _MARKS and _OPENS_RANGE.match(low, second.end):
        return None
    second, many = with_many(low, second)
    last = unit_at(page.plain, low, second.end)
    if last is None and first.unit is None and first.lead is None and _is_year(first.number) and _is_year(second):
        return None
    end = last.end if last is not None else second.end
    if word in closing | sandwich and not _opened(low, first.start, second.end, word in sandwich):
        return None
    either = word in ("or", "a", "o", "oder")
    if (either or word == "부터") and first.unit is not None and last is None:
        return None
    signed = not low[mark.end() : second.start].isspace() and second.start > mark.end()
    sign = money_before(page.plain, low, second.start) if signed else None
    if sign is not None and first.lead is not None and not set(sign.codes) & set(first.lead.codes):
        return None
    other = first.unit if first.unit is not None and first.unit.entry("currency") is not None else None
    if sign is not None and other is not None and not set(sign.codes) & set(other.codes()):
        return None
    if sign is not None and first.lead is None and first.unit is None and named(page.plain, first.start):
        return None
    if not _same_unit(first, last, signed):
        return None
    if word == "to" and first.unit is not None and last is None and second.value > _FAR * first.number.value:
        return None
    if either and (sign or last) and (first.lead or first.unit) and _two_prices(first.number.value, second.value):
        return None
    values = _ends(first.number, second, page, currencies(last or first.unit, first.lead))
    if values is None:
        return None
    if word in closing | _FALLING and first.number.value > second.value and first.number.scale == second.scale:
        return None
    if word not in _MARKS and word not in ("and", "or") and _changes(low, first, values, last, end, sign is not None):
        return None
    raw = built(page, first, values, last or first.unit, end)
    if raw is None:
        return None
    raw.approx = many
    if word in closing:
        opened = compiled(_BETWEEN).search(low, max(0, raw.start - 30), raw.start)
        raw.start = opened.start(1) if opened else raw.start
    return later_unit(page, raw) if raw.kind == "bare" and first.unit is None else raw


@cache
def _second_sign() -> re.Pattern[str]:
    """Return the pattern of money before the second number of a range: $30 to $50, Rs 30 to Rs 50."""
    named = alternatives(("kpw", "krw", "usd", "cny", "rmb", "eur", *lexicon.words("prefix")))
    return re.compile(rf"(?:[a-z.]{{0,4}}[$₩¥£€₦₽]|{named})\s?(?=[0-9])")


def _second(low: str, start: int, word: str) -> Number | None:
    """Return the number that follows the mark of a range, behind a hedge, a money sign or neither."""
    hedged = compiled(r"{softener}\s?").match(low, start) if word in _MARKS else None
    start = hedged.end() if hedged else start
    sign = _second_sign().match(low, start)
    place = sign.end() if sign else start
    if place >= len(low) or (not low[place].isdigit() and word in _MARKS and low[place] not in _NUMERALS):
        return None
    digits = DIGITS.match(low, place)
    if digits is not None and digits.end() - place > MOST_CHARACTERS:
        return None
    return number(low, place)


def _years(first: Written, second: Number, word: str) -> bool:
    """Return whether one of the two is a year: "in 2021 to 17,000", "5 – 2016"."""
    if len(second.marks) == 4 and second.marks[:2] in ("19", "20") and first.number.end - first.at < 4:
        return True
    lone = first.lead is None and first.unit is None
    if not lone or not first.number.marks:
        return False
    if _is_year(second) and word not in _MARKS and ("," in first.number.marks or "." in first.number.marks):
        return True
    if not _is_year(first.number):
        return False
    return second.value * _FALL < first.number.value or (word not in _MARKS and "," in second.marks)


def _is_year(found: Number) -> bool:
    """Return whether four digits can be a year."""
    return len(found.marks) == _YEAR_DIGITS and found.marks.isdigit() and 1900 <= found.value <= 2100


def _two_prices(one: Decimal, other: Decimal) -> bool:
    """Return whether two sums are too unlike for one range, or told the dearer first: ``$0.72 or $0.13``."""
    return one > other or other > _UNLIKE * one


def _opened(low: str, start: int, end: int, east: bool) -> bool:
    """Return whether the words around two numbers make them one range: between 2 and 3, 2と3の間."""
    if east:
        return compiled(_SANDWICHED).match(low, end) is not None
    return compiled(_BETWEEN).search(low, max(0, start - 30), start) is not None or (
        compiled(_BETWEEN_BRACKET).search(low, max(0, start - 70), start) is not None
    )


def _same_unit(first: Written, last: Unit | None, signed: bool) -> bool:
    """Return whether the units at both ends can be one."""
    unit, lead = first.unit, first.lead
    if lead is not None and last is not None and last.entry("currency") is not None:
        return bool(set(last.codes()) & set(lead.codes))
    if lead is not None and last is not None and any(entry.meaning == "%" for entry in last.entries):
        return False  # "$166 or 48%" are a sum and a share
    if unit is None or last is None:
        return not (signed and lead is None and unit is not None and unit.entry("unit", "counter") is not None)
    kinds = [{(entry.kind, entry.meaning) for entry in each.entries} for each in (unit, last)]
    return bool(kinds[0] & kinds[1]) or bool(set(unit.codes()) & set(last.codes()))


def _ends(first: Number, second: Number, page: Page, codes: tuple[str, ...]) -> tuple[Decimal, Decimal] | None:
    """Return low and high with what they share (3~4만; 21〜2500); ``None`` when the two are no range."""
    low = elliptical(first, second)
    bottom = settled(low, page, codes)
    top = settled(second, page, codes)
    if low.marks.isdigit() and second.marks.isdigit() and bottom * 10 < top:
        missing = len(second.marks) - len(low.marks)
        leading = second.marks[: len(low.marks)]
        if len(low.marks) >= 2 and missing >= 2 and low.marks < leading and second.marks.endswith("00"):
            bottom = bottom.scaleb(missing)
        elif missing == _THOUSANDS and len(low.marks) == 1 and low.marks < leading and second.marks.endswith("000"):
            bottom = bottom.scaleb(missing)  # 6-7000
    if bottom > top:
        return (top, bottom) if top * 20 > bottom else None
    return bottom, top


def _changes(
    low: str, first: Written, values: tuple[Decimal, Decimal], last: Unit | None, end: int, signed: bool
) -> bool:
    """Return whether "A to B" tells of a change, so that A and B are two figures, not one range."""
    start = first.start
    if compiled(_SET_OUT).match(low, end) or _RANGE_BRACKET.match(low, end):
        return False
    if compiled(_SO_MUCH_MORE).match(low, end):
        return True
    clause = _CLAUSE.split(low[max(0, start - 45) : start])[-1]
    both = (first.unit is not None or first.lead is not None) and (last is not None or signed)
    by = compiled(_BY_SO_MUCH).search(clause) is not None
    by_so_much = by and (values[1] <= 2 * values[0] or both)
    apart = first.unit is None and compiled(_FROM).search(clause) is None
    if apart and last is not None and any(entry.meaning in _SHARES for entry in last.entries):
        return False
    if compiled(_STATED).search(clause) or (by_so_much and not (first.unit and last)):
        return False
    if compiled(_BY_PERCENT).search(low, max(0, start - 45), start):
        return True
    spread = [found.end() for found in compiled(r"{spread}\s").finditer(clause)]
    opened = compiled(_FROM).search(clause) is not None
    if not (opened and not spread):
        spread = [found.end() for found in compiled(r"{spread+spread_price}\s").finditer(clause)]
    moved = [found.end() for found in compiled("{moved}").finditer(clause)]
    dated = opened and spread and " and " in clause[spread[-1] :]  # between March and June from 2,000 to 3,000
    if spread and not dated and not (moved and moved[-1] > spread[-1]):
        return False
    if moved or by_so_much:
        return True
    paid = last is not None and last.entry("currency") is not None
    if paid and both and _listed(low, start, end):
        return True
    if opened and (compiled(_BY).match(low, end) or compiled("{moved}").search(low, max(0, start - 140), start)):
        return True
    if compiled(_STEPS_ON).match(low, end):
        return True
    if compiled(_MOVED_FAR if both else _MOVED_BEHIND).match(low, end) or compiled(_MOVED_BEHIND).match(low, end):
        return True
    return both and opened


def _listed(low: str, start: int, end: int) -> bool:
    """Return whether several pairs of like form stand in a sentence that tells of moves: 택시는 1천원에서 2천원."""
    first = max([0, *(low.rfind(stop, 0, start) + len(stop) for stop in _STOPS)])
    last = min((at for stop in _STOPS if (at := low.find(stop, end)) >= 0), default=len(low))
    around = low[max(first, start - _LIST_REACH) : min(last, end + _LIST_REACH)]
    if len(_PAIR.findall(around)) < _PAIRS:
        return False
    return compiled("{moved_behind+moved}|[0-9一二三四五六七八九十두세네][倍배]|두 배|세 배").search(around) is not None
