"""Numbers of prose that are not told, or told as two neighbours: tens of millions, 数十元, 수십만, 三四百, 3、4万."""

from __future__ import annotations

import re
from decimal import Decimal

from nkauto.read.article.prose import compiled
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.article.words import Unit, unit_at
from nkauto.read.chains import chain

_SCALES = {
    "ten": 10, "dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9,
    "trillion": 10**12, "tens of thousands of": 10**4, "hundreds of thousands of": 10**5,
}  # fmt: skip
_PLURALS = "tens|dozens|scores|hundreds|thousands|millions|billions|trillions"
_COUNTED = "|".join(sorted(_SCALES, key=len, reverse=True))
_WESTERN = re.compile(
    rf"(?:({_PLURALS})(?: of ({_PLURALS}))?(?: of)?|(?:several|a few|few|many|some) ({_COUNTED})(?: of)?"
    r"|(several|a few))\s"
)
_EASTERN = re.compile(
    r"(?:[数數几幾何上]|수|몇)([십백천만억十百千万億亿萬]{0,4})\s?|(?:십[수몇여]([만억]?)|十[数几幾]([万亿億]?))\s?"
)
_AND_A_HALF = re.compile(r"(?:an?|one) ([a-z]+) and an? (half|quarter)(?![a-z'’-])")
_HALVED = ("kg", "t", "L", "jin")
_BOXES = frozenset("盒瓶袋包箱桶碗张張")
_HALF_MONTH = re.compile(r"半(?:[个個](多)?(月|小[时時])|(小[时時]))")
_HALVES = {"月": "month", "小时": "hour", "小時": "hour"}
_HAN = str.maketrans("십백천만억亿萬", "十百千万億億万")
_MANY = 1000
"""From what on things are counted that are not told: 数千辆."""

_WEIGHED = ("kg", "g", "t", "L", "jin", "x", "%")
_ORDER = "一二三四五六七八九"
_PAIR = str.maketrans("两兩", "二二")
_TWO_NUMERALS = re.compile(
    r"([一二三四五六七八九]?十)?([一二三四五六七八两兩])([二三四五六七八九两兩])([十百千万萬]|(?=[个個家名]|天|年|倍|元|块|公[里斤]|斤|[吨噸]|小[时時]|分[钟鐘]|時間|キロ))"
)
_TWO_DIGITS = re.compile(
    r"([1-8])[、,，·・] ?([2-9])(?=(?:[万만천千百백倍배元円人명年日月個台週]|か月|カ月|개월|달|kg|キロ|トン))"
)


def vague(page: Page, at: int) -> Raw | None:
    """Return the figure of a number that is not told; its range is what the words allow: 20 to 90 of "tens"."""
    found = _WESTERN.match(page.low, at)
    if found is not None:
        plural, of, counted, alone = found.groups()
        scale = Decimal(_SCALES[counted] if counted else 1)
        if plural:
            scale = Decimal(_SCALES[plural[:-1]] * (_SCALES[of[:-1]] if of else 1))
        return _untold(at, unit_at(page.plain, page.low, found.end() - 1), scale * 2, scale * 9, few=alone is not None)
    east = _EASTERN.match(page.low, at)
    if east is None:
        return None
    unit = unit_at(page.plain, page.low, east.end())
    scales, hangul, han = east.groups()
    if scales is None:
        factor = chain("1" + (hangul or han or "").translate(_HAN) + " ", 0)
        scale = factor.value if factor is not None else Decimal(1)
        return _untold(at, unit, scale * 11, scale * 19, few=False)
    found_scale = chain(scales.translate(_HAN) + " ", 0) if scales else None
    scale = found_scale.value if found_scale is not None else Decimal(1)
    return _untold(at, unit, scale * 2, scale * 9, few=not scales, many=scale >= _MANY)


def _untold(at: int, unit: Unit | None, bottom: Decimal, top: Decimal, *, few: bool, many: bool = False) -> Raw | None:
    """Return the untold figure in its unit; of money, weight and multiples, of people and things when they are many."""
    entry = unit.entry("currency", "subunit", "unit", "counter") if unit is not None else None
    if unit is None or entry is None:
        return None
    if entry.kind == "unit" and (entry.meaning not in _WEIGHED or (few and entry.meaning in ("x", "%"))):
        return None
    if entry.kind == "counter" and (few or (entry.meaning == "each" and not many)):
        return None
    if entry.kind == "subunit":
        bottom, top = bottom * Decimal(entry.meaning), top * Decimal(entry.meaning)
    raw = _in_unit(at, unit, bottom, top)
    raw.approx = raw.vague = True
    raw.bound = "~"
    return raw


def _in_unit(at: int, unit: Unit, bottom: Decimal, top: Decimal) -> Raw:
    """Return the range in the first meaning of a unit."""
    entry = unit.entry("currency", "subunit", "unit", "counter")
    assert entry is not None
    if entry.kind in ("currency", "subunit"):
        return Raw(at, unit.end, at, bottom, top, "money", codes=unit.codes())
    kinds = {"%": "share", "x": "times"}
    kind = "count" if entry.kind == "counter" else kinds.get(entry.meaning, "measure")
    return Raw(at, unit.end, at, bottom, top, kind, unit=entry.meaning)


def half_of(page: Page, at: int) -> Raw | None:
    """Return half of the money or the weight that stands right behind 半: 半美元, 半公斤, 半トン."""
    counted = _HALF_MONTH.match(page.low, at)
    if counted is not None:
        half = Raw(
            at,
            counted.end(),
            at,
            Decimal("0.5"),
            Decimal("0.5"),
            "measure",
            unit=_HALVES[counted.group(2) or counted.group(3)],
        )
        half.approx = counted.group(1) is not None
        return half
    if page.low[at + 1 : at + 2] in _BOXES:
        return Raw(at, at + 2, at, Decimal("0.5"), Decimal("0.5"), "count", unit="each")
    return part_of_one(page, at, at + 1, Decimal("0.5"))


def part_of_one(page: Page, at: int, end: int, value: Decimal) -> Raw | None:
    """Return the part of one unit of money or weight that stands right behind a fraction: 三分之二公斤, 4分の1ドル."""
    unit = unit_at(page.plain, page.low, end)
    entry = unit.entry("currency", "unit") if unit is not None and unit.start == end else None
    if unit is None or entry is None or (entry.kind == "unit" and entry.meaning not in _HALVED):
        return None
    if compiled("{moved_to}").match(page.low, unit.end):
        return None
    return _in_unit(at, unit, value, value)


def one_and_a_half(page: Page, at: int) -> Raw | None:
    """Return the measure that is told as one and a half: a month and a half, a kilo and a half, an hour and a half."""
    found = _AND_A_HALF.match(page.low, at)
    unit = unit_at(page.plain, page.low, found.start(1)) if found is not None else None
    entry = unit.entry("unit") if unit is not None else None
    if found is None or unit is None or entry is None or unit.end != found.end(1):
        return None
    part = Decimal("0.25") if found.group(2) == "quarter" else Decimal("0.5")
    raw = _in_unit(at, unit, 1 + part, 1 + part)
    raw.end, raw.word = found.end(), found.group(1)
    return raw


def neighbours(page: Page, at: int) -> Raw | None:
    """Return the range that two neighbouring digits make with the unit behind them: 三四百元, 3、4万ウォン."""
    found = _neighbouring(page.low, at)
    if found is None:
        return None
    bottom, top, end = found
    unit = unit_at(page.plain, page.low, end)
    if unit is None or unit.entry("currency", "subunit", "unit", "counter") is None:
        return None
    return _in_unit(at, unit, bottom, top)


def _neighbouring(low: str, at: int) -> tuple[Decimal, Decimal, int] | None:
    """Return low, high and the end of two digits of which the second is the next."""
    numerals = _TWO_NUMERALS.match(low, at)
    if numerals is not None:
        tens = numerals.group(1) or "零"
        first, second = (_ORDER.index(each.translate(_PAIR)) + 1 for each in numerals.groups()[1:3])
        more = 0 if tens == "零" else 10 * (_ORDER.index(tens[0]) + 1 if len(tens) > 1 else 1)
        scale = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10000, "萬": 10000}[numerals.group(4)]
        if second != first + 1 or (more and 10 <= scale < 10000):
            return None
        return Decimal((more + first) * scale), Decimal((more + second) * scale), numerals.end()
    digits = _TWO_DIGITS.match(low, at)
    if digits is None or int(digits.group(2)) != int(digits.group(1)) + 1:
        return None
    tail = chain("1" + low[digits.end() : digits.end() + 6], 0)
    scaled = tail.value if tail is not None else Decimal(1)
    end = digits.end() + (tail.end - 1 if tail is not None else 0)
    return Decimal(digits.group(1)) * scaled, Decimal(digits.group(2)) * scaled, end
