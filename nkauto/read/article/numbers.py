"""One number of prose -> a raw figure: the money sign before it, the unit behind it, what its marks mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.cues import counted
from nkauto.read.article.dates import age, first_column, labelled, named, no_number
from nkauto.read.article.prose import compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.signs import Lead, add_cents, add_smaller_time, money_before
from nkauto.read.article.text import Page
from nkauto.read.article.words import Unit, unit_at
from nkauto.read.chains import chain
from nkauto.read.digits import DIGITS, Number
from nkauto.read.numbers import number

MOST_CHARACTERS = 40
"""Characters that digits with their marks may take: longer runs are no number that an article states."""

_FINE = frozenset(("USD", "EUR", "GBP", "CUC", "CHF"))
_SPANISH = frozenset(("VES", "VEF", "ARS", "MXN", "COP", "CUP", "CLP", "UYU", "DOP", "BOB"))
_MIL = Decimal(10) ** 6
_IN_MIL, _FAR_BACK = re.compile(r"[0-9] mil (?:bs|bol[ií]vares|pesos)(?![a-z])"), 400
"""What *mil* is in English; before the money of a Spanish-speaking country it is a thousand."""

_MANY = "多余餘여數数几幾"
_TIMES = ("minute", "hour", "day", "week", "month", "year")
_HALF_BEHIND = re.compile(r"\s?(?:半|반)(?![가-힣島年月日額値値分])")
_HALF_TIME = re.compile(r"[个個]半(月|小时|小時|钟头|鐘頭|星期|礼拜|禮拜)")
"""Half a time more, told between the number and the time in Chinese: 两个半月, 三個半小時."""

_HALF, _HALF_TENTH = Decimal("0.5"), 5
_BROKEN = r"{broken}|生(?!产|産|活)|级|目(?!前)|(?<=[周週])年"
_WEIGHED = r"\s{pound_weight}|\s?\((?:about |some )?[0-9.,]+\s?(?:kg|kilo|g\b|gram)"
_TENTHS = re.compile(r"([1-9])分(?!の|間|後)")
_PARENTHESIS = re.compile(r"\s?\([^()\n]{1,60}\)\s?")
_SO_MANY_OF = r"\s{behind_about+behind_least+behind_most}(?=\s[a-z])|\s{of_whom}(?=\s[a-z])"
"""What may stand between a number and whom it counts: 52,000 or so workers, 20,000 of her countrymen."""

_NEXT_NUMBER = re.compile(r"\s?[0-9]")
"""Behind money that a name's number stands before: a Chongsong 222 RMB 3,800."""

_PART_OF = re.compile(r"(?<![a-z])(?:mid|low|high|upper|sub)-$")
_NEXT_WORDS = re.compile(r"(?<= )[a-zà-ÿ-]+")
_SPOKEN = re.compile(
    r"[一二两兩三四五六七八九]([百千万萬亿億])([一二三四五六七八九])(?![一二三四五六七八九十百千万萬億亿兆円〇零])"
)
"""The next place of a number without its name, as Chinese is spoken: 一千八 is 1,800, 三萬五 is 35,000."""

_TENTHS_BEHIND = re.compile(r"([一二三四五六七八九])(?![十百千万萬个個])")
_SPOKEN_SIGNS, _AROUND = 3, 200
_KANA = re.compile(r"[ぁ-ヺ]")
_NO_MINUTES = ("分", "p", "角")
_SCORED = re.compile(r"\s?(?:[0-9]|전승|전패|무승)|(?![에으로이을은도씩짜까만과의부정])[가-힣]")
"""Behind 전, which is fights as well as hundredths of a won, and part of longer words: 10전 8승, 5전선."""

_EAST = "\u2e7f"
_AS_OFTEN = r"(?:{time})(?:[에に]|\s)*[^0-9,、。.]{0,3}$"
_OFTEN = 14
"""Where the time stands in which something happens so often: 하루 4번, 1日に3回, 每周2次."""

_FEW = 3
"""Up to what a number in words before a noun only tells which: 두 도시의 차이, 한 탈북민."""

_WATTS = 1000
"""From what on a "w" behind a number is won, unless a denominator follows: 60w is a lamp's."""


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it stands in the text: the number, the unit behind it, the money before it."""

    at: int
    number: Number
    unit: Unit | None
    lead: Lead | None
    many: bool

    @property
    def start(self) -> int:
        """Where the span of the figure starts."""
        return self.at if self.lead is None else self.lead.start

    @property
    def end(self) -> int:
        """Where the unit, or else the number, ends."""
        return self.number.end if self.unit is None else self.unit.end


def written(page: Page, at: int, floor: int) -> Written | int:
    """Return the number that starts here with what stands beside it; where reading goes on when it is none.

    ``floor`` is the end of the figure before: a money sign before it belongs to that one.
    """
    low = page.low
    digits = DIGITS.match(low, at) if low[at].isdigit() else None
    if digits is not None and digits.end() - at > MOST_CHARACTERS:
        return digits.end()
    found = first_column(low, digits) or number(low, at)
    if found is None or (digits is None and no_number(low, found)):
        return digits.end() if digits is not None else at + 1
    lead = money_before(page.plain, low, at) if digits is not None or low[at] > _EAST else None
    lead = lead if lead is not None and lead.start >= floor else None
    if lead is not None and low[lead.start].isalpha() and labelled(low, lead.start):
        return found.end
    if age(low, at, found.end) or (lead is None and digits is not None and _runs_on(low, at)):
        return found.end
    found, many = with_many(low, _spoken(low, found))
    unit = unit_at(page.plain, low, found.end)
    if (
        lead is None
        and unit is not None
        and unit.codes()
        and _NEXT_NUMBER.match(low, unit.end)
        and (named(page.plain, at) or (found.value == 1 and low[at].isalpha()))
    ):
        return found.end
    codes = set(unit.codes()) if unit is not None else set()
    counted = digits is None or (unit is not None and lead is not None and lead.start == at)
    if lead is not None and (codes or counted) and not codes & set(lead.codes):
        lead = None  # so goes a word that only says in which money, before no sum: ``人民元で3%``
    return Written(at, found, unit, lead, many)


def _runs_on(low: str, at: int) -> bool:
    """Return whether letters or a hyphen join this number to the word before it: F-16, KN23, #5."""
    before = low[at - 1] if at else " "
    if (before.isalpha() and before < "\u0250") or before in "_#@":
        return True
    return before in "-–" and at > 1 and low[at - 2].isalnum() and _PART_OF.search(low, max(0, at - 6), at) is None


def _spoken(low: str, found: Number) -> Number:
    """Return a number whose last digit stands for the next place, as Chinese is spoken; not beside kana."""
    if found.end - found.start < _SPOKEN_SIGNS or low[found.end - 1] not in "一二三四五六七八九":
        return found
    last = _SPOKEN.match(low, found.end - _SPOKEN_SIGNS)
    japanese = _KANA.search(low, max(0, found.start - _AROUND), found.end + _AROUND)
    if last is None or last.end() != found.end or japanese:
        return found
    scale, digit = _scale()[last.group(1)], chain(last.group(2), 0)
    assert digit is not None
    return found._replace(value=found.value + digit.value * (scale / 10 - 1), mantissa=found.value, scale=Decimal(1))


@cache
def _scale() -> dict[str, Decimal]:
    return {word: Decimal(entries[0].meaning) for word, entries in lexicon.words("scale").items()}


def with_many(low: str, found: Number) -> tuple[Number, bool]:
    """Return the number behind 多, 余, 여 with the scale that follows it: 30여만, 3000多."""
    if found.end >= len(low) or low[found.end] not in _MANY:
        return found, False
    end = found.end + 1
    scale = _scale().get(low[end : end + 1])
    if scale is not None and scale > 1:
        return Number(found.value * scale, found.start, end + 1, found.mantissa, found.scale * scale), True
    return found._replace(end=end), True


def settled(found: Number, page: Page, codes: tuple[str, ...]) -> Decimal:
    """Return the value of digits that can be read two ways, by the habits of the text and the size of the money.

    A comma before one, two or four digits is a decimal one; a point before three is a thousands mark in
    Spanish or German, and before money that has no thousandths; *mil* before bolivars or pesos is a thousand.
    """
    in_mil = codes[0] in _SPANISH if codes else _IN_MIL.search(page.low, max(0, found.start - _FAR_BACK), found.start)
    if found.other is not None and found.scale == _MIL and in_mil:
        return found.other if found.other * 1000 == found.value else found.value
    if found.other is None or found.scale != 1 or found.value.as_tuple().exponent != -3:
        return found.value
    if page.european or page.commas:
        return found.other
    eastern = page.low[found.end : found.end + 1] > _EAST and not found.marks.endswith("0")  # 254.281元
    coarse = bool(codes) and codes[0] not in _FINE and not found.marks.startswith("0") and not eastern
    return found.other if coarse and not page.pointed else found.value


def currencies(unit: Unit | None, lead: Lead | None) -> tuple[str, ...]:
    """Return the currencies that the words beside a number may mean: those that both sides can, where they agree."""
    behind = unit.codes() if unit is not None else ()
    ahead = lead.codes if lead is not None else ()
    both = tuple(code for code in behind if code in ahead)
    return (both or behind) if behind else ahead


def single(page: Page, found: Written) -> Raw | None:
    """Return the figure of one number with its unit; ``None`` when its unit shows that it is none."""
    number, value = found.number, settled(found.number, page, currencies(found.unit, found.lead))
    high = number.high
    top = value if high is None or number.scale != 1 or high - value < Decimal("0.5") else high
    if number.unit:
        return Raw(found.start, number.end, found.at, value, top, "measure", unit=number.unit, approx=found.many)
    raw = built(page, found, (value, top), found.unit, found.end)
    if raw is None:
        return None
    raw.approx = found.many or "多" in raw.word or raw.word.startswith("여")
    add_cents(page, raw)
    add_smaller_time(page, raw)
    if raw.money and raw.low == raw.high and raw.word[:1] > _EAST and _HALF_BEHIND.match(page.low, raw.end):
        raw.end += 1 + (page.low[raw.end] == " ")
        raw.low = raw.high = raw.low + _HALF
    return later_unit(page, raw) if raw.kind == "bare" else raw


def built(page: Page, found: Written, values: tuple[Decimal, Decimal], unit: Unit | None, end: int) -> Raw | None:
    """Return the raw figure of these values in this unit; ``None`` when the unit shows that it is no figure."""
    bottom, top = values
    at, start, low = found.at, found.start, page.low
    entry = unit.entry("currency", "subunit", "unit", "counter") if unit is not None else None
    if found.lead is not None and (entry is None or entry.kind not in ("currency", "subunit")):
        if unit is not None:
            end = len(page.plain[: unit.start].rstrip(" -"))
        return Raw(start, end, at, bottom, top, "money", codes=found.lead.codes)
    if unit is None or entry is None:
        return Raw(start, end, at, bottom, top, "bare")
    word = low[unit.start : unit.end]
    if word in meanings("modal") and top != 1:
        return Raw(start, found.number.end, at, bottom, top, "bare")
    if word in meanings("frequency_word") and not compiled(_AS_OFTEN).search(low, max(0, start - _OFTEN), start):
        return None
    if word in meanings("counted_noun") and (top == 1 or (top <= _FEW and not low[at].isdigit())):
        return None
    weight = unit.entry("unit")
    if entry.kind == "currency" and weight is not None and compiled(_WEIGHED).match(low, end):
        entry = weight
    if entry.kind == "currency":
        watts = word == "w" and (top < _WATTS or page.plain[unit.start] == "W")
        if watts and not low.startswith("/", end):
            return None
        return Raw(start, end, at, bottom, top, "money", codes=currencies(unit, found.lead), word=word)
    if entry.kind == "subunit":
        tenth = word == "角" and (found.lead is not None or low[at].isdigit())
        if word in _NO_MINUTES and not tenth and not (word == "分" and found.lead is not None):
            return (
                None if weight is None else Raw(start, end, at, bottom, top, "measure", unit=weight.meaning, word=word)
            )
        if word == "전" and _SCORED.match(low, end):
            return None
        share = Decimal(entry.meaning)
        return Raw(start, end, at, bottom * share, top * share, "money", codes=currencies(unit, found.lead), word=word)
    half = _HALF_TIME.match(low, end - len(word)) if word in ("个", "個") else None
    if half is not None:
        bottom, top, name = bottom + _HALF, top + _HALF, lexicon.words("unit")[half.group(1)][0].meaning
        return Raw(start, half.end(), at, bottom, top, "measure", unit=name, word=half.group(1))
    factor, _, name = entry.meaning.rpartition(" ")
    lasting = name in _TIMES and low.startswith("째", end)
    if name != "%" and (labelled(low, start) or (len(word) == 1 and not lasting and compiled(_BROKEN).match(low, end))):
        return None
    bottom, top = bottom * Decimal(factor or 1), top * Decimal(factor or 1)
    kind = "count" if entry.kind == "counter" else "share" if name == "%" else "times" if name == "x" else "measure"
    if word in ("割", "成"):
        tenths = (_TENTHS if word == "割" else _TENTHS_BEHIND).match(low, end)
        if tenths is not None:
            end, top = tenths.end(), top + (chain(tenths.group(1), 0) or found.number).value
            bottom = top if values[0] == values[1] else bottom
        elif _HALF_BEHIND.match(low, end):
            end, bottom, top = end + 1 + (low[end] == " "), bottom + _HALF_TENTH, top + _HALF_TENTH
    if (kind == "measure" or word in ("倍", "배")) and _HALF_BEHIND.match(low, end):
        end, bottom, top = end + 1 + (low[end] == " "), bottom + _HALF, top + _HALF
    return Raw(start, end, at, bottom, top, kind, unit=name, word=word)


def later_unit(page: Page, raw: Raw) -> Raw:
    """Return the figure with a unit that stands behind a parenthesis or an adjective, where there is one.

    "30,000–50,000 (about $10) won", "200 voice minutes", "400 North Korean defectors".
    """
    low = page.low
    bracket = _PARENTHESIS.match(low, raw.end)
    if bracket is not None:
        unit = unit_at(page.plain, low, bracket.end())
        if unit is not None and unit.entry("currency") is not None:
            raw.kind, raw.codes = "money", unit.codes()
            return raw
    if raw.year or raw.low < 1 or low[raw.end : raw.end + 1] != " " or labelled(low, raw.start):
        return raw
    function = meanings("function")
    between = compiled(_SO_MANY_OF).match(low, raw.end)
    place = between.end() if between is not None else raw.end
    for word in _NEXT_WORDS.findall(low, place, place + 48)[:3]:
        if not low.startswith(" " + word, place) or word in function or word in lexicon.words("number", "en"):
            break
        unit = unit_at(page.plain, low, place)
        entry = unit.entry("counter", "unit") if unit is not None else None
        if unit is not None and entry is not None and (entry.kind == "counter" or entry.meaning in _TIMES):
            raw.kind = "count" if entry.kind == "counter" else "measure"
            raw.unit, raw.word = entry.meaning, low[unit.start : unit.end]
            raw.end = raw.end if between is not None else unit.end
            return raw
        place += len(word) + 1
    counted(page, raw)
    return raw
