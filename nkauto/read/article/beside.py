"""The denominator right behind a price: per kilo, a month, /kg, to the dollar, = 1 USD, for three months."""

from __future__ import annotations

import re
from decimal import Decimal

from nkauto.core.range import plain
from nkauto.read import lexicon
from nkauto.read.article.prose import compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.article.words import unit_at

TIME = ("minute", "hour", "day", "night", "week", "month", "year")
MASS = (
    "kg",
    "g",
    "t",
    "lb",
    "oz",
    "jin",
    "liang",
    "geun",
    "L",
    "mL",
    "gal",
    "barrel",
    "km",
    "mile",
    "m2",
    "m3",
    "tical",
    "viss",
    "pyeong",
    "kWh",
)

_LINK = r"\s?(?:{per_first} )?(?:/ ?|({per_word}) )(?=[^\s])"
_EAST_LINK = re.compile(
    r"\s?(?:/|每一?|一|1(?![0-9])\s?|毎|\((?=(?:1\s?)?(?:kg|キロ|公斤|リットル|ℓ|㎏))(?:1\s?)?)(?=[^\s])"
)
_OF_NEXT = re.compile(r"\s?[=＝]?\s?[0-9]")
"""Behind the one of a rate or a price that follows: 20万ウォンは1ドル2万5000ウォンで…, 600克一公斤5000朝元的大米."""
_EQUALS_ONE = re.compile(r"\s?(?:=|は|が|等于|对|對|兑|:)\s?(?:1|一|one|a)\s?(?=[^\s0-9])")
_FURTHER = r"{further}\s(one(?![a-z]))?"
_WAGE_OF = r"{wage}\s(?:of|at|is|was)\s(?:{softener}\s)?$"
_SAME = 80
"""How far before "each further one" the measure stands that it is one of."""

_ROUND = frozenset(map(Decimal, (1, 10, 50, 100, 500, 1000, 10_000, 100_000)))
"""Sums of money for which other money is told."""

_FOR_MONEY = (
    r"\s?(?:[=:]\s?|{for_one}\s)(?:(?:us\s?)?(\$)\s?|(usd|rmb|cny|eur)\s)(1|10|100|1,?000)"
    r"(?![0-9]|[.,][0-9])(?! an? | per)"
    r"|\s(?:to|for)\s(10|100|1,?000)\s?(usd|us dollars|dollars|rmb|cny|yuan|euros)(?![a-z])"
)
_BUYS_ONE = r"\s{buys}\s(?:a|one|1)\s"
_IS_ONE = r"\s?{equals_one}\s?(?:a|one|1)\s?(?=[^\s0-9])"
_WORLD = ("USD", "EUR", "CNY", "JPY")
_SUM = re.compile(r"\s?[0-9]")
_DOLLAR = re.compile(r"(?:us)?\$\s?(?:1(?![0-9.,]))?(?![0-9])")
_WHOLE = r"(?:\s?|,\s(?=an? ))({whole_per})(?! nk|['’])"
_PAID = r"{earns+gets}\s(?:{softener}\s)?$"
_PAST = r"\s{past}(?! [a-z]{2,}ing(?![a-z])| average| top| the| paper| an? | his| her| its| their| [0-9])"
_OF_GOODS = re.compile(
    r"(?: (?:of|in) [a-z]+(?: and)?(?: [a-z]+)?| goes [a-z]+| (?:go|went|flows?|is sent) (?:to )?[a-z]+)"
    r"(?= (?:a|per|each|every) | (?:daily|weekly|monthly|yearly|annually)(?![a-z]))"
)
_NOUN = re.compile(r" ([a-z]+)")
_THING = re.compile(r"([a-z]{3,}[a-rt-z])(?=[\s,.;:)]|$)")
_APIECE = ("a", "per", "each", "every", "an")
_NUMBER = re.compile(r"(?:([0-9][0-9,]*)|(two|three|four|five|six|seven|eight|nine|ten|twelve|hundred))[ -]?")
_SMALL = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "hundred": 100,
}
_COUNTING = frozenset(("", "per", "for", "every", "each", "for every", "for each", "por", "por cada", "pro", "je"))
"""Words behind which a denominator may have a number: per 100 yuan, for three months."""

_BRACKET = re.compile(r"\s?\([^()\n]{0,70}\)")
_REST_OF_BRACKET = re.compile(r"[^()\n]{0,40}\)")


def explicit(page: Page, raw: Raw) -> tuple[str, int, int] | None:
    """Return the denominator right behind a figure, or behind its conversion in parentheses, with its start and end.

    It is empty for "a bottle", "each": a price that is for one of something that is not measured.
    """
    low, at = page.low, raw.end
    goods = _OF_GOODS.match(low, at)
    if goods is not None:
        at = goods.end()
    for _ in range(2):
        found = _denominator(page, at, raw)
        if found is not None:
            return (found[0], at, found[1]) if raw.money or not _OF_NEXT.match(low, found[1]) else None
        inside = raw.outer is not None and raw.outer.unit != raw.unit
        skipped = _BRACKET.match(low, at) or (_REST_OF_BRACKET.match(low, at) if inside else None)
        if skipped is None:
            return None
        at = skipped.end()
    return None


def _denominator(page: Page, at: int, raw: Raw) -> tuple[str, int] | None:
    """Return the denominator that starts here, by its whole word, by an equation, or by a word such as per."""
    low = page.low
    whole = compiled(_WHOLE).match(low, at)
    paid = raw.money and compiled(_PAID).search(low, max(0, raw.start - 40), raw.start) is not None
    if whole is not None and (paid or not compiled(_PAST).match(low, whole.end())):
        return meanings("whole_per")[whole.group(1)], whole.end()
    if raw.money:
        whole_sum = _whole_sum(page, at, raw)
        if whole_sum is not None:
            return whole_sum
        equal = _EQUALS_ONE.match(low, at)
        if equal is not None:
            named = _named(page, equal.end(), Decimal(1), money=True)
            topic = named is not None and equal.group().strip()[0] in "はが"
            return None if topic and named and _OF_NEXT.match(low, named[1]) else named
        equal = compiled(_IS_ONE).match(low, at)
        named = _named(page, equal.end(), Decimal(1), money=True) if equal is not None else None
        if named is not None and not _OF_NEXT.match(low, named[1]):
            return named
        bought = compiled(_BUYS_ONE).match(low, at)
        found = _named(page, bought.end(), Decimal(1), money=True) if bought is not None else None
        if found is not None and found[0] in _WORLD:
            return found
    link = compiled(_LINK).match(low, at)
    if link is not None and raw.money and (more := compiled(_FURTHER).match(low, link.end())) is not None:
        if more.group(1) is None:
            return _named(page, more.end(), Decimal(1))
        measure = measure_before(page, at)
        return (measure, more.end()) if measure else None
    if link is not None:
        word = link.group(1) or ""
        moved = word.startswith("in ") and compiled("{moved}").search(low, max(0, raw.start - 40), raw.start)
        found = None if moved else _linked(page, link.end(), word)
        paid = compiled(_WAGE_OF).search(low, max(0, raw.start - 40), raw.start) is not None
        if found is None and raw.money and word in _APIECE and not paid:
            found = _unlisted(page, link.end())
        if found is not None:
            return found
    east = _EAST_LINK.match(low, at)
    return _linked(page, east.end(), "") if east is not None else None


def measure_before(page: Page, at: int) -> str:
    """Return the last measure that is named before a place: kilometres, in "4 kilometres, and each further one"."""
    for word in reversed(list(_NOUN.finditer(page.low, max(0, at - _SAME), at))):
        unit = unit_at(page.plain, page.low, word.start())
        entry = unit.entry("unit") if unit is not None else None
        if entry is not None and entry.meaning in MASS:
            return entry.meaning
    return ""


def _unlisted(page: Page, at: int) -> tuple[str, int] | None:
    """Return that a price is for one of something that no table lists: 30 pesos a hand, 5 yuan per skewer."""
    noun = _THING.match(page.low, at)
    word = noun.group(1) if noun is not None else ""
    known = (
        unit_at(page.plain, page.low, at) is not None
        or word in meanings("function")
        or any(word in lexicon.words(kind, "en") for kind in ("fraction", "number"))
    )
    return None if noun is None or known else ("", noun.end())


def _whole_sum(page: Page, at: int, raw: Raw) -> tuple[str, int] | None:
    """Return the sum of other money that an amount is the price of: 38 won bought $1, 400,000 won for US $100."""
    found = compiled(_FOR_MONEY).match(page.low, at)
    if found is None:
        return None
    sign, before, first, second, behind = found.groups()
    unit = unit_at(page.plain, page.low, found.start(5)) if behind else None
    codes = unit.codes() if unit is not None else ()
    code = "USD" if sign else "CNY" if before == "rmb" else before.upper() if before else codes[0] if codes else ""
    if not code or code in raw.codes:
        return None
    count = (first or second).replace(",", "")
    return (code if count == "1" else f"{count} {code}"), found.end()


def _linked(page: Page, start: int, word: str) -> tuple[str, int] | None:
    """Return the denominator behind its word; a number there counts after per and for, not after to or in."""
    low = page.low
    number = _NUMBER.match(low, start)
    count = Decimal(1)
    if number is not None:
        count = Decimal(number.group(1).replace(",", "")) if number.group(1) else Decimal(_SMALL[number.group(2)])
        start = number.end()
        sack = low[start - 1] == "-" and word in (*_APIECE, *_COUNTING, "for a", "for an")
        if count != 1 and word not in _COUNTING and not sack:
            return None
    elif word == "for":
        return None
    return _named(
        page,
        start,
        count,
        money=word.startswith(("to", "against")),
        loose=word in ("the", "for the"),
        bought=word.startswith("for"),
    )


def _named(
    page: Page, start: int, count: Decimal, *, money: bool = False, loose: bool = False, bought: bool = False
) -> tuple[str, int] | None:
    """Return the denominator that the word here names, with its number when that is not one.

    ``money``: only a currency can stand here; ``loose``: a length of time cannot ("the day before").
    """
    low = page.low
    sign = _DOLLAR.match(low, start)
    if sign is not None:
        return "USD", sign.end()
    unit = unit_at(page.plain, low, start)
    entry = unit.entry("unit", "counter", "currency") if unit is not None and unit.start <= start + 1 else None
    if unit is None or entry is None:
        weight = compiled(r"\s?({mass})(?:s|es)?(?![a-z])").match(low, start) if not money else None
        if weight is None:
            return None
        name = meanings("mass")[weight.group(1)]
        return (name if count == 1 else f"{plain(count):f} {name}"), weight.end()
    name = entry.meaning
    if loose and name in ("person", "household"):
        return None  # 2,500 yuan for the men who drive it over
    if money or entry.kind == "currency":
        codes = unit.codes()
        ahead = low[unit.start : unit.end] in lexicon.words("prefix") and _SUM.match(low, unit.end)
        if not codes or ahead:  # from Bs 3 to Bs 5: the money of another sum
            return None
        name = codes[0] if codes[0] != "GBP" or money else "lb"
    if count != 1 and name in ("m2", "pyeong"):
        return None
    if name == "each":
        return ("", unit.end) if count == 1 else None
    if name in ("%", "x", "KPW", "KRW") or " " in name or (entry.kind == "currency" and count not in _ROUND):
        return None
    noun = _NOUN.match(low, unit.end) if bought else None
    if name in TIME and noun is not None and noun.group(1) not in meanings("function"):
        return None
    if name in TIME and (loose or compiled(_PAST).match(low, unit.end)):
        return None
    if count == 1:
        return name, unit.end
    return f"{plain(count):f} {name}{'s' if name in TIME else ''}", unit.end
