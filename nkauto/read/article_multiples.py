"""Multiples, fractions, ratios and untold numbers of prose: tripled, a third of, 3분의 1, 1 대 100, 数十元."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache

from nkauto.core.range import outward
from nkauto.read import lexicon
from nkauto.read.article_raw import Raw
from nkauto.read.article_text import Page
from nkauto.read.article_words import Unit, unit_at
from nkauto.read.chains import chain

_PARTS = re.compile(
    r"([0-9]{1,4}|[일이삼사오육칠팔구십백]{1,3}|[一二三四五六七八九十百千万]{1,3})\s?(?:분의|分の|分之)\s?"
    r"([0-9]{1,4}(?:\.[0-9]+)?|[일이삼사오육칠팔구십]{1,3}|[一二三四五六七八九十百]{1,5})"
)
_SLASH = re.compile(r"([0-9]{1,3})/([0-9]{1,4})(?![0-9/])(?:st|nd|rd|th)?")
_SLASHED = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 30, 40, 50, 60, 80, 100, 200, 500, 1000))
_AGAINST = re.compile(
    r"([0-9]{1,5}(?:\.[0-9]+)?)\s?(?:대|比|:|对|對)\s?([0-9]{1,5}(?:,[0-9]{3})?(?:\.[0-9]+)?)(?![0-9:]|\s?(?:시|분|년))"
)
_ONE_IN = re.compile(
    r"(one|two|three|four|five|six|seven|eight|nine|[0-9]{1,3}) (?:in(?: every)?|out of(?: every)?) ([a-z]{3,8}|[0-9]{1,4})(?![a-z0-9,.%-])"
)


def share(value: Fraction) -> Decimal:
    """Return a fraction as the decimal that is nearest below it, in 28 digits."""
    return outward(value, value).low


@cache
def _small() -> Mapping[str, int]:
    return {
        word: int(entries[0].meaning)
        for word, entries in lexicon.words("number", "en").items()
        if entries[0].meaning.isdigit()
    }


def ratio_at(page: Page, at: int) -> Raw | None:
    """Return the fraction or ratio in digits that starts here: 3분의 1, 1/100, 1 대 100, 3:7."""
    low = page.low
    parts = _PARTS.match(low, at)
    if parts is not None:
        below, above = _integer(parts.group(1)), _integer(parts.group(2))
        if below is None or above is None or not below:
            return None
        if below == 100:
            return _raw(at, parts.end(), above, "share", "%")
        return _raw(at, parts.end(), share(Fraction(above) / Fraction(below)), "times", "x")
    slash = _SLASH.match(low, at)
    if slash is not None:
        above, below = Decimal(slash.group(1)), Decimal(slash.group(2))
        if (
            0 < above < below
            and int(below) in _SLASHED
            and (above == 1 or low.startswith((" of", "の", "로", "로 "), slash.end()))
        ):
            unit = unit_at(page.plain, low, slash.end())
            value = share(Fraction(above) / Fraction(below))
            entry = unit.entry("unit") if unit is not None and unit.start > slash.end() else None
            if unit is not None and entry is not None and entry.meaning not in ("%", "x"):
                return _raw(at, unit.end, value, "measure", entry.meaning)
            return _raw(at, slash.end(), value, "times", "x")
        return None
    against = _AGAINST.match(low, at)
    if against is not None:
        first, second = (Decimal(number.replace(",", "")) for number in against.groups())
        if not first or not second or against.group().count(":") and first > 24:
            return None
        if first == 1:
            return _raw(at, against.end(), second, "times", "x")
        if second == 1:
            return _raw(at, against.end(), first, "times", "x")
        if first + second not in (10, 100):
            return None
        return _raw(at, against.end(), share(Fraction(first) / Fraction(second)), "times", "x")
    return None


def _integer(text: str) -> Decimal | None:
    if text[0].isdigit():
        return Decimal(text)
    found = chain(text + " ", 0)
    if found is not None:
        return found.value
    numerals = lexicon.words("digit")
    return Decimal(numerals[text][0].meaning) if text in numerals else None


def _raw(start: int, end: int, value: Decimal, kind: str, unit: str) -> Raw:
    return Raw(start, end, start, value, value, kind, unit=unit)


# -- words ---------------------------------------------------------------------------------------------------------

_COMPARED = re.compile(
    r"\s?(?:[,.;:)!?\"”—–]|$|of\b|the\b|that\b|this\b|these\b|those\b|what\b|as\b|its\b|their\b|his\b|her\b|to\b|from\b|since\b|in\b|"
    r"on\b|by\b|over\b|more\b|less\b|higher|lower|cheaper|dearer|compared|within|between|last|again|after|during|and\b|but\b|since|"
    r"below|above|faster|larger|greater|bigger|price|normal|usual|against|at\b|for\b|pre-|when|while|their|our|than)"
)
_PUSHED = re.compile(
    r"(?:by|to|in|than|about|nearly|almost|only|over|around|roughly|just|even|some|at|up|of|with|have|has|had|been|be|more)\s(?:a\s)?$"
)
_PARTITIVE = re.compile(
    r"(?:first|second|latter|other|better|former|early|late|this|last|north(?:ern)?|south(?:ern)?|top|bottom)[ -]$"
)
_FREQUENT = re.compile(
    r"\s(?:an?|per|each|every|daily|weekly|monthly|in a|in the|in one|this|during|already|before|so far|over the)\b"
)
_MORE = re.compile(
    r"\s(?:the|as|more|higher|that|what|its|their|his|her|over|greater|larger|dearer|bigger|faster|lower|less|cheaper|costlier|pricier|"
    r"expensive|above|below|since|compared|from|average|normal|official|those|these|this|than|stronger|weaker|market|current|pre|a (?:monthly|normal|regular|typical|worker))"
)
_GREW = re.compile(
    r"(?:ris\w+|rose|increas\w+|jump\w+|grew|grown|soar\w+|surg\w+|up|by|about|around|nearly|almost|than|some|to|worth|roughly|over|skyrocket\w+|went|fall\w*|fell|drop\w*|at least|cost\w*|paid|pay|equal to|equals?|of)\s(?:[a-z]+\s)?$"
)


def multiple_fits(page: Page, raw: Raw) -> bool:
    """Return whether "three times" compares: "three times the price", not "three times a day"."""
    low = page.low
    if raw.word in ("x", "×"):
        return (
            not low[raw.end : raw.end + 2].strip()[:1].isdigit() and raw.low > 0 and low[raw.end : raw.end + 1] != "-"
        )
    if raw.word != "times" and raw.word != "veces":
        return True
    if raw.word == "veces":
        return re.match(r"\s(?:más|mas|menos|el|la|lo|su|mayor|superior)", low[raw.end : raw.end + 12]) is not None
    if _FREQUENT.match(low, raw.end) and not re.match(
        r"\sa (?:monthly|normal|typical|worker|regular)|\sthis\b", low[raw.end : raw.end + 12]
    ):
        return False
    return _MORE.match(low, raw.end) is not None or _GREW.search(low, max(0, raw.start - 24), raw.start) is not None


@cache
def _words() -> Mapping[str, tuple[Decimal, bool]]:
    """Return the words that are multiples or fractions by themselves, with their value and whether they tell of a fall."""
    found = {}
    for kind in ("multiple", "fraction"):
        for word, entries in lexicon.words(kind).items():
            above, _, below = entries[0].meaning.partition("/")
            found[word] = (share(Fraction(int(above), int(below or 1))), entries[0].detail == "fall")
    return found


_ALWAYS = re.compile(
    r"(?:doubl(?:ed|es|ing)|tripl(?:ed|es|ing)|trebl(?:ed|es|ing)|quadrupl(?:ed|es|ing)|quintupled|sextupled|halv(?:ed|es|ing)|\w+fold)$"
)


def multiple_word(page: Page, start: int, end: int) -> Raw | None:
    """Return the multiple or fraction that this word of a Latin script is, where it compares."""
    low = page.low
    word = low[start:end]
    known = _words().get(word)
    if word in ("medio", "media", "halb", "halbe", "halben", "halber", "halbes"):
        return None
    if known is None or low[end : end + 1] in ("-", "'", "’") or (start and low[start - 1] in "-'’"):
        if known is None or low[end : end + 1] != "-":
            return None
        if not low.startswith(("-price", "-that"), end):
            return None
    before = low[max(0, start - 16) : start]
    if _PARTITIVE.search(before):
        return None
    if word in ("twice", "thrice"):
        fits = (
            re.match(
                r"\s(?:(?:an?|per|each|every|in a) (?:day|week|month|year)|daily|weekly|monthly|already|before|in )",
                low[end : end + 14],
            )
            is None
        )
    elif _ALWAYS.match(word):
        fits = True
    elif word in ("double", "triple", "treble", "quadruple"):
        fits = (
            re.match(
                r"\s(?:the|that|what|its|their|his|from|in|to|by|over|since|compared|as|last|this)\b|[.,;)]|$",
                low[end : end + 12],
            )
            is not None
        )
    elif "third" in word or "half" in word or "quarter" in word or word.split(" ")[0] in ("a", "an", "one"):
        fits = _COMPARED.match(low, end) is not None or _PUSHED.search(before) is not None
        fits = fits and not re.match(
            r"\s(?:party|country|person|time|brother|sister|an? |hour|dozen|year)", low[end : end + 10]
        )
    else:
        fits = True
    if not fits:
        return None
    raw = _raw(start, end, known[0], "times", "x")
    raw.falling = known[1]
    raw.word = word
    return raw


def east_asian_word(page: Page, start: int, end: int) -> Raw | None:
    """Return the multiple or fraction that this East Asian word is: 절반, 半額, 倍増."""
    known = _words().get(page.low[start:end])
    if known is None:
        return None
    raw = _raw(start, end, known[0], "times", "x")
    raw.falling = known[1]
    raw.word = page.low[start:end]
    return raw


def one_in(page: Page, at: int) -> Raw | None:
    """Return the share that "one in four" or "three out of ten" is."""
    found = _ONE_IN.match(page.low, at)
    if found is None:
        return None
    values = [int(word) if word.isdigit() else _small().get(word, 0) for word in found.groups()]
    if not 0 < values[0] < values[1] or (" in" in found.group() and "out of" not in found.group() and values[0] != 1):
        return None
    return _raw(at, found.end(), share(Fraction(values[0], values[1])), "times", "x")


# -- numbers that are not told -------------------------------------------------------------------------------------

_SCALES = {
    "ten": 10, "dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9,
    "trillion": 10**12,
}  # fmt: skip
_VAGUE = re.compile(
    r"(?:(tens|dozens|scores|hundreds|thousands|millions|billions|trillions)(?: of (thousands|millions|billions|trillions))?(?: of)?"
    r"|(several|a few|few|many|some) (dozen|hundred|thousand|million|billion|trillion|tens of thousands of|hundreds of thousands of)?(?: of)?"
    r"|(several|a few))\s"
)
_EAST_VAGUE = re.compile(
    r"(?:[数數几幾何上]|수|몇)([십백천만억十百千万億亿萬]{0,4})\s?|십([수몇여])([만억]?)\s?|十([数几幾])([万亿億]?)\s?"
)
_HAN = str.maketrans("십백천만억亿萬", "十百千万億億万")


def vague(page: Page, at: int) -> Raw | None:
    """Return the figure of a number that is not told: tens of millions of won, 数十元, 수십만 원."""
    low = page.low
    found = _VAGUE.match(low, at)
    if found is not None:
        plural, of, few, counted, alone = found.groups()
        scale = Decimal(1)
        if plural:
            scale = Decimal(_SCALES[plural[:-1]] * (_SCALES[of[:-1]] if of else 1))
        elif few and counted:
            scale = Decimal(_SCALES[counted]) if counted in _SCALES else Decimal(10**4 if "tens" in counted else 10**5)
        elif not alone:
            return None
        unit = unit_at(page.plain, low, found.end() - 1)
        return _untold(at, unit, scale * 2, scale * 9, plain=alone is not None)
    east = _EAST_VAGUE.match(low, at)
    if east is None:
        return None
    unit = unit_at(page.plain, low, east.end())
    if east.group(2) or east.group(4):
        tens = {"만": 4, "万": 4, "억": 8, "亿": 8, "億": 8}.get(east.group(3) or east.group(5) or "", 0)
        return _untold(at, unit, Decimal(11).scaleb(tens), Decimal(19).scaleb(tens), plain=False)
    scaled = chain(east.group(1).translate(_HAN) + " ", 0) if east.group(1) else None
    scale = scaled.value if scaled is not None else Decimal(1)
    return _untold(at, unit, scale * 2, scale * 9, plain=not east.group(1))


def _untold(at: int, unit: Unit | None, bottom: Decimal, top: Decimal, *, plain: bool) -> Raw | None:
    """Return the untold figure in its unit; only of money and weight, and of people when they are many."""
    if unit is None:
        return None
    entry = unit.entry("currency", "subunit", "unit", "counter")
    if entry is None or (entry.kind == "unit" and entry.meaning not in ("kg", "g", "t", "L", "jin", "x", "%")):
        return None
    if entry.kind == "unit" and plain and entry.meaning in ("x", "%"):
        return None
    if entry.kind == "counter" and (plain or entry.meaning == "each"):
        return None
    codes = tuple(dict.fromkeys(code for e in unit.entries if e.kind == "currency" for code in e.meaning.split()))
    kind = "money" if entry.kind in ("currency", "subunit") else "count" if entry.kind == "counter" else "measure"
    if entry.kind == "subunit":
        codes = tuple(entry.detail.split())
        bottom, top = bottom * Decimal(entry.meaning), top * Decimal(entry.meaning)
    name = "" if kind == "money" else entry.meaning
    raw = Raw(at, unit.end, at, bottom, top, kind, unit=name, codes=codes, told=len(codes) == 1)
    if name in ("x", "%"):
        raw.kind = "times" if name == "x" else "share"
    raw.approx = raw.vague = True
    raw.bound = "~"
    return raw


_TWO_NUMERALS = re.compile(r"([一二三四五六七八两兩])([二三四五六七八九])([十百千万萬]|(?=个月|天|年|倍|元|块))")
_PAIR = str.maketrans("两兩", "二二")
_TWO_DIGITS = re.compile(
    r"([1-8])[、,，·・] ?([2-9])(?=(?:万|만|천|千|百|백|日|か月|カ月|年|人|명|개월|달|배|倍|元|円|月|個|台|kg|キロ|トン|週))"
)


def neighbours(page: Page, at: int) -> tuple[Decimal, Decimal, int] | None:
    """Return low, high and the end of two neighbouring digits that make a range: 三四百, 3、4万."""
    low = page.low
    numerals = _TWO_NUMERALS.match(low, at)
    if numerals is not None:
        order = "一二三四五六七八九"
        first, second = (order.index(each.translate(_PAIR)) + 1 for each in numerals.groups()[:2])
        scale = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10000, "萬": 10000}[numerals.group(3)]
        return (Decimal(first * scale), Decimal(second * scale), numerals.end()) if second == first + 1 else None
    digits = _TWO_DIGITS.match(low, at)
    if digits is not None and int(digits.group(2)) == int(digits.group(1)) + 1:
        tail = chain("1" + low[digits.end() : digits.end() + 6], 0)
        scaled = tail.value if tail is not None else Decimal(1)
        end = digits.end() + (tail.end - 1 if tail is not None else 0)
        return Decimal(digits.group(1)) * scaled, Decimal(digits.group(2)) * scaled, end
    return None
