"""Numbers of prose -> raw figures: number or range, the money sign before it, the unit behind it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article_dates import age, labelled
from nkauto.read.article_raw import Raw
from nkauto.read.article_text import Page
from nkauto.read.article_words import Unit, money_before, unit_at
from nkauto.read.digits import DIGITS, Number
from nkauto.read.numbers import elliptical, number

_MOST = 40
_FINE = frozenset(("USD", "EUR", "GBP", "CUC", "CHF"))
_RANGE = re.compile(
    r"\s{0,2}(?:[-–—~∼〜～]|to|through|or|and|から|에서|부터|내지|或者?|ないし|または|至|到|a|o|y|e|bis|hasta|oder|und|와|과|と)\s{0,2}"
)
_TILDES = "-–—~∼〜～"
_SECOND_SIGN = re.compile(r"(?:[a-z.]{0,4}[$₩¥£€₦₽]|kpw|krw|usd|cny|rmb|eur|w|n)\s?(?=[0-9])")
_MANY = "多余餘여數数几幾"
_CHANGE = re.compile(
    r"(?:r[oi]se|risen|rising|f[ea]ll(?:en|ing)?|went|gone|go|going|move[ds]?|moving|jump\w*|climb\w*|drop\w*|increas\w*|decreas\w*|"
    r"declin\w*|plung\w*|tumbl\w*|soar\w*|surg\w*|gr[eo]wn?|cut|cuts|raised?|raising|lower\w*|slid|sank|shot|skyrocket\w*|chang\w*|"
    r"shift\w*|weaken\w*|strengthen\w*|doubl\w*|tripl\w*|up|down|swung|slump\w*|hike[ds]?|reduc\w*|depreciat\w*|appreciat\w*|"
    r"subi\w*|baj\w*|pas[óo]|aument\w*|cay\w*|stieg|gestiegen|fiel|gefallen|sank|gesunken|come|came|crash\w*|spik\w*|devalu\w*|leap\w*|dip\w*|"
    r"eased?|recover\w*|revis\w*|adjust\w*|brought|lost|los\w+|slip\w*|widen\w*|narrow\w*)\b"
)
_RISE_BEHIND = re.compile(
    r"[^\n。.]{0,8}?(?:へ|上が|下が|上昇|下落|値上|値下|高騰|急騰|急落|暴落|跳ね|増え|減|引き上げ|引き下げ|오르|올라|올랐|오른|올린|내리|내려|내린|떨어|인상|"
    r"인하|상승|하락|급등|급락|폭등|폭락|뛰|늘|줄|바뀌|변|됐|되|上涨|涨|跌|升|降|飙|变|提高|增)"
)
_FROM = re.compile(r"(?<![a-z])from\s(?:about |around |some |approximately |nearly )?$")
_SPREAD = re.compile(
    r"(?:rang\w+|vary|varies|varying|anywhere|anything|somewhere|between|priced?|cost\w*|oscila\w*|schwank\w*)\s"
)


@cache
def _scale() -> dict[str, Decimal]:
    return {word: Decimal(entries[0].meaning) for word, entries in lexicon.words("scale").items()}


def settled(found: Number, page_is_european: bool, codes: tuple[str, ...]) -> Decimal:
    """Return the value of digits that can be read two ways, by the habits of the text and the size of the money.

    A comma before one, two or four digits is a decimal one; a point before three is a thousands mark in
    Spanish or German, and before money that has no thousandths.
    """
    if found.other is None:
        return found.value
    marks = found.marks or ""
    if marks and "." in marks or found.value.as_tuple().exponent == -3 or not marks:
        if page_is_european and found.value != found.value.to_integral_value() and found.scale == 1:
            return found.other
        if found.scale == 1 and codes and codes[0] not in _FINE and marks and not marks.startswith("0"):
            return found.other
        return found.other if page_is_european and found.scale == 1 else found.value
    return found.value


def measure(page: Page, at: int, european: bool, floor: int = 0) -> tuple[Raw | None, int]:
    """Return the figure whose number starts here, and where reading goes on; ``None`` when it is no figure."""
    low = page.low
    digits = DIGITS.match(low, at) if low[at].isdigit() else None
    if digits is not None and digits.end() - at > _MOST:
        return None, digits.end()
    first = number(low, at)
    if first is None:
        return None, digits.end() if digits is not None else at + 1
    lead = money_before(page.plain, low, at) if digits is not None else None
    lead = lead if lead is not None and lead[1] >= floor else None
    before = low[at - 1] if at else " "
    if lead is None and digits is not None:
        if (before.isalpha() and before < "\u0250") or before in "_#@":
            return None, first.end
        if before in "-–" and at > 1 and (low[at - 2].isalnum()):
            return None, first.end
    if age(low, at, first.end):
        return None, first.end
    first, many = _with_many(low, first)
    unit = unit_at(page.plain, low, first.end)
    joined = _range(page, at, first, unit, lead, european)
    if joined is not None:
        return joined
    return _single(page, at, first, unit, lead, european, many)


def _with_many(low: str, found: Number) -> tuple[Number, bool]:
    """Return the number behind 多, 余, 여 with the scale that follows it: 30여만, 3000多."""
    if low[found.end : found.end + 1] not in _MANY or found.end >= len(low):
        return found, False
    end = found.end + 1
    scale = _scale().get(low[end : end + 1])
    if scale is not None and scale > 1:
        return Number(found.value * scale, found.start, end + 1, found.mantissa, found.scale * scale), True
    return found._replace(end=end), True


def _codes(unit: Unit | None, lead: tuple[str, int] | None) -> tuple[tuple[str, ...], bool]:
    """Return the currencies that the words beside a number may mean, and whether they name one."""
    listed: list[str] = []
    if unit is not None:
        for entry in unit.entries:
            if entry.kind in ("currency", "subunit"):
                listed += (entry.detail if entry.kind == "subunit" else entry.meaning).split()
    behind = tuple(dict.fromkeys(listed))
    ahead = tuple(lead[0].split()) if lead else ()
    both = tuple(code for code in behind if code in ahead)
    codes = (both or behind) if behind else ahead
    return codes, len(codes) == 1


def _range(
    page: Page, at: int, first: Number, unit: Unit | None, lead: tuple[str, int] | None, european: bool
) -> tuple[Raw, int] | None:
    """Return the range that starts with this number; ``None`` when no second end follows, or it tells of a change."""
    low = page.low
    after = unit.end if unit is not None else first.end
    mark = _RANGE.match(low, after)
    if mark is None:
        return None
    word = mark.group().strip()
    if word.isascii() and word.isalpha() and not mark.group()[0].isspace():
        return None
    start = mark.end()
    sign = _SECOND_SIGN.match(low, start)
    place = sign.end() if sign else start
    if place >= len(low) or (
        not low[place].isdigit() and word in _TILDES and low[place] not in "一二三四五六七八九十수"
    ):
        return None
    digits = DIGITS.match(low, place)
    if digits is not None and digits.end() - place > _MOST:
        return None
    second = number(low, place)
    if second is None or (
        second.marks and len(second.marks) == 4 and second.marks[:2] in ("19", "20") and first.end - at < 4
    ):
        return None
    if (
        1900 <= first.value <= 2100
        and first.end - at == 4
        and lead is None
        and unit is None
        and "," in second.marks
        and word not in _TILDES
    ):
        return None
    second, many = _with_many(low, second)
    last = unit_at(page.plain, low, second.end)
    if word in ("and", "y", "e", "und", "と", "와", "과") and not _between(
        low, lead[1] if lead else at, second.end, word
    ):
        return None
    if word in ("or", "a", "o", "oder", "부터") and unit is not None and last is None:
        return None
    codes, told = _codes(last, lead) if last is not None else _codes(unit, lead)
    if not _same_unit(unit, last, lead, sign is not None):
        return None
    values = _ends(first, second, european, codes)
    if values is None:
        return None
    span_start = lead[1] if lead else at
    from_to = word not in _TILDES and word not in ("and", "or")
    if from_to and _changes(low, span_start, unit is not None or lead is not None, last, second.end, values):
        return None
    shown = last or unit
    raw = _built(page, at, span_start, values, shown, codes, told, (last.end if last else second.end), lead)
    if raw is None:
        return None
    raw.approx = many
    if word in ("and", "y", "e", "und"):
        opened = _BETWEEN.search(low, max(0, raw.start - 12), raw.start)
        raw.start = opened.start(1) if opened else raw.start
    if raw.kind == "bare" and unit is None:
        return _later_unit(page, raw), raw.end
    return raw, raw.end


_BETWEEN = re.compile(r"(?<![a-z])(between|entre|zwischen)\s(?:about |around |roughly |an estimated )?$")
_SANDWICHED = re.compile(r"[^\s]{0,6}?(?:の間|사이)")


def _between(low: str, start: int, end: int, word: str) -> bool:
    """Return whether the words around two numbers make them one range: between 2 and 3, 2と3の間."""
    if word in ("と", "와", "과"):
        return _SANDWICHED.match(low, end) is not None
    return _BETWEEN.search(low, max(0, start - 30), start) is not None


def _same_unit(first: Unit | None, last: Unit | None, lead: tuple[str, int] | None, signed: bool) -> bool:
    """Return whether the units at both ends can be one."""
    if lead is not None and last is not None and last.entry("currency") is not None:
        return bool(set(_codes(last, None)[0]) & set(lead[0].split()))
    if first is None or last is None:
        return not (signed and lead is None and first is not None and first.entry("unit", "counter") is not None)
    kinds = [{(entry.kind, entry.meaning) for entry in unit.entries} for unit in (first, last)]
    codes = [set(_codes(unit, None)[0]) for unit in (first, last)]
    return bool(kinds[0] & kinds[1]) or bool(codes[0] & codes[1])


def _ends(first: Number, second: Number, european: bool, codes: tuple[str, ...]) -> tuple[Decimal, Decimal] | None:
    """Return low and high with what they share (3~4만; 21〜2500); ``None`` when the two are no range."""
    low = elliptical(first, second)
    bottom = settled(low, european, codes)
    top = settled(second, european, codes)
    if low.marks.isdigit() and second.marks.isdigit() and bottom * 10 < top:
        missing = len(second.marks) - len(low.marks)
        if (
            len(low.marks) >= 2
            and missing >= 2
            and low.marks < second.marks[: len(low.marks)]
            and second.marks[-2:] == "00"
        ):
            bottom *= Decimal(10) ** missing
    if bottom > top:
        return (top, bottom) if top * 20 > bottom else None
    return bottom, top


def _changes(
    low: str, start: int, first_has_unit: bool, last: Unit | None, end: int, values: tuple[Decimal, Decimal]
) -> bool:
    """Return whether "A to B" tells of a change, so that A and B are two figures, not one range."""
    before = low[max(0, start - 45) : start]
    clause = re.split(r"[.;:,()]\s", before)[-1]
    if _SPREAD.search(clause):
        return False
    both = first_has_unit and last is not None
    if _CHANGE.search(clause):
        return True
    if _FROM.search(clause) and _CHANGE.search(low, max(0, start - 140), start):
        return True
    behind = last.end if last is not None else end
    if _RISE_BEHIND.match(low, behind):
        return True
    return (
        both
        and re.search(r"(?:from|von|desde|de)\s(?:about |around |some |approximately |nearly )?$", before) is not None
    )


def _single(
    page: Page, at: int, found: Number, unit: Unit | None, lead: tuple[str, int] | None, european: bool, many: bool
) -> tuple[Raw | None, int]:
    """Return the figure of one number with its unit."""
    codes, told = _codes(unit, lead)
    value = settled(found, european, codes)
    high = value if found.high is None or found.scale != 1 or found.high - found.value < Decimal("0.5") else found.high
    start = lead[1] if lead else at
    if found.unit:
        return Raw(start, found.end, at, value, high, "measure", unit=found.unit), found.end
    end = unit.end if unit is not None else found.end
    raw = _built(page, at, start, (value, high), unit, codes, told, end, lead)
    if raw is None:
        return None, found.end
    raw.approx = many
    raw.written = found.marks
    if raw.kind == "bare":
        raw = _later_unit(page, raw)
    return raw, raw.end


_HALF_BEHIND = re.compile(r"\s?(?:半|반)(?![가-힣島年月日額値値分])")
_BROKEN = re.compile(r"승|치|조|국|생|차|째|周年|生(?!产|産|活)|級|级|目(?!前)|次")
_POUND_OF = re.compile(r"\s(?:of|\()")


def _built(
    page: Page,
    at: int,
    start: int,
    values: tuple[Decimal, Decimal],
    unit: Unit | None,
    codes: tuple[str, ...],
    told: bool,
    end: int,
    lead: tuple[str, int] | None,
) -> Raw | None:
    """Return the raw figure of these values in this unit; ``None`` when the unit shows that it is no figure."""
    bottom, top = values
    low = page.low
    entry = unit.entry("currency", "subunit", "unit", "counter") if unit is not None else None
    if lead is not None and (entry is None or entry.kind not in ("currency", "subunit")):
        end = unit.start if unit is not None else end
        number_end = len(page.plain[:end].rstrip(" -")) if unit is not None else end
        return Raw(start, number_end, at, bottom, top, "money", codes=tuple(lead[0].split()), told=told)
    if unit is None or entry is None:
        return Raw(start, end, at, bottom, top, "bare")
    word = low[unit.start : unit.end]
    weight = unit.entry("unit")
    if entry.kind == "currency" and weight is not None and _POUND_OF.match(low, end):
        entry = weight
    if entry.kind == "currency":
        return Raw(start, end, at, bottom, top, "money", codes=codes, told=told, word=word)
    if entry.kind == "subunit":
        if word in ("分", "p", "전", "角") and not (codes and word == "角"):
            minute = unit.entry("unit")
            if minute is None:
                return None
            return Raw(start, end, at, bottom, top, "measure", unit=minute.meaning, word=word)
        share = Decimal(entry.meaning)
        return Raw(start, end, at, bottom * share, top * share, "money", codes=codes, told=told, word=word)
    if labelled(page.plain, low, start) and entry.meaning != "%":
        return None
    if _BROKEN.match(low, end) and unit.end - unit.start <= 1 and entry.meaning != "%":
        return None
    factor, _, name = entry.meaning.rpartition(" ")
    bottom, top = bottom * Decimal(factor or 1), top * Decimal(factor or 1)
    if entry.kind == "counter":
        return Raw(start, end, at, bottom, top, "count", unit=name, word=word)
    if name == "%":
        return Raw(start, end, at, bottom, top, "share", unit=name, word=word)
    if name == "x":
        return Raw(start, end, at, bottom, top, "times", unit=name, word=word)
    if _HALF_BEHIND.match(low, end):
        end, bottom, top = end + 1 + (low[end] == " "), bottom + Decimal("0.5"), top + Decimal("0.5")
    return Raw(start, end, at, bottom, top, "measure", unit=name, word=word)


_PARENTHESIS = re.compile(r"\s?\([^()\n]{1,60}\)\s?")
_NEXT_WORDS = re.compile(r"(?<= )[a-zà-ÿ-]+")
_STOP = frozenset(
    "of and in on at to for from the a an or by with per is was are were has had have that which who more less as but than "
    "percent won yuan dollars when while after before since until into over under about because its their his her this these "
    "those some all not no it im am pro je por al el los las del y en con que he lo it they he she we you i will would could can may must do does did been being if so such any".split()
)


def _later_unit(page: Page, raw: Raw) -> Raw:
    """Return the figure with a unit that stands behind a parenthesis or an adjective, where there is one.

    "30,000–50,000 (about $10) won", "200 voice minutes", "400 North Korean defectors".
    """
    low = page.low
    bracket = _PARENTHESIS.match(low, raw.end)
    if bracket is not None:
        unit = unit_at(page.plain, low, bracket.end())
        entry = unit.entry("currency") if unit is not None else None
        if unit is not None and entry is not None:
            raw.kind = "money"
            raw.codes, raw.told = _codes(unit, None)
            return raw
    year = raw.low == raw.high and 1800 <= raw.low <= 2100 and raw.end - raw.digits == 4
    if year or low[raw.end : raw.end + 1] != " " or labelled(page.plain, low, raw.start):
        return raw
    place = raw.end
    for word in _NEXT_WORDS.findall(low, raw.end, raw.end + 48)[:3]:
        if not low.startswith(" " + word, place) or word in _STOP:
            return raw
        unit = unit_at(page.plain, low, place)
        entry = unit.entry("counter", "unit") if unit is not None else None
        if unit is not None and entry is not None and (entry.kind == "counter" or entry.meaning in _TIMES):
            raw.kind = "count" if entry.kind == "counter" else "measure"
            raw.unit, raw.end, raw.word = entry.meaning, unit.end, low[unit.start : unit.end]
            return raw
        place += len(word) + 1
    return raw


_TIMES = ("minute", "hour", "day", "week", "month", "year")
