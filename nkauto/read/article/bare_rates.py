"""Bare numbers that are rates by the words around them: "by the market's 8,200", "the lira slipped to 15,000".

And the money of a rate that is told without it: "the toman slid to 62,000", "with the yuan at 6.6 to the dollar".
Of Korean, Japanese and Chinese, those that are rates by the words before them: 환율 24로, 黑市8000.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.beside import MASS, explicit
from nkauto.read.article.compared import BARE_END, similar
from nkauto.read.article.prose import alternatives, any_of, compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.article.words import unit_at

_OWNED = r"{by_whose}\s(?:rate\s)?(?:of\s)?(?:{softener}\s)?$"
_OWNER = r"\s{whose_rate}(?![a-z])"
_AT_THE = r"(?<![a-z])(?:{at_the})\sthe\s(?:{softener}\s)?$"
_QUOTED = r"\s(?:(?:that|which)\s)?(?:the|its|an?)\s[a-z]+(?:\s[a-z]+)?\s{who_quotes}(?![a-z])"
"""Behind a rate whose money is left out: at the 120 the state quotes, by the 24 that the bank posts."""

_LEVEL = r"\s(?:to|at|from)\s(?:{softener}\s|a record\s)?$"
_UP_TO = r"\sto\s(?:{softener}\s)?"
_GOES_ON = r"^(?:,|\sand|,\sand)?\s(?:[a-z]+\s){0,2}(?:{moved+money_does})\s(?:[a-z]+\s)?(?:to|at)\s(?:{softener}\s)?$"
_OTHER = r"(?:,|;|and|but|while)\s{article}\s(?:us )?{money_word}\s(?:at\s)?(?:{softener}\s)?$"
_AT = r",?\sat\s(?:(?:{article}\s)?[a-z]+(?: [a-z]+)?['’]s\s)?(?:{softener}\s)?"
_TO_THE = r"\s{goes_on}\s{article}\s"
_IT_COST = r"[^;0-9]{0,40}[;,]\s(?:in\s[0-9]{4},?\s)?{it_cost}\s(?:{softener}\s)?"
_DOLLAR = r"{article}\s(?:us\s)?{money_word}\s[^;,]{0,40}$"
_WORLD = (("USD",), ("EUR",), ("CNY",), ("CUC",))
_REACH = 90
_LEAST, _SMALL, _SHORT, _ALIKE = 10, 3, 2, 5
_NEAR, _BESIDE = 400, 40
_STANDING_SHORT = 2
_CODE = 3
UNTOLD = frozenset(("USD", "EUR", "CNY", "JPY"))
"""What a bare rate is not in: the money that it is told for."""
_EAST = "\u2e7f"
_GAP = r"[^0-9a-z,.;:()、，。；（）]"
_OF_RATE = (
    rf"(?:{{east_rate}}{_GAP}{{0,8}}|{{rate_kind}}\s?(?:{{kind_gap}})?\s?|(?:{{priced_for}}|(?<![0-9万千百億数])元(?:は|が|も))\s?(?:{{pair}}\s?)?)"
    r"(?:{softener}\s?)?$"
)
_EXCHANGED = rf"{{money_word}}\s?(?:{{set_out}}|{{against_money}}){_GAP}{{0,6}}$"
_ONE = r"\s?(?:[=:≒≈]|{base_behind}|{is}|{exchanged}|{goes_on})?\s?(?:{softener}\s?)?"
_OF_ONE = rf"{_GAP}{{1,8}}(?:{{is}}|{{rate_particle}}|{{exchanged}})"
_FOR_ONE = r"\s?{rate_for}\s?(?:1|一)\s?{money_word}"
_AT_RATE = r"[按以照]\s?(?:{softener})?$"
_RATE_BEHIND = r"(?:的|の|의\s)(?:{rate_kind})?{east_rate}"
"""Around a rate told before its word: 按7.2的汇率, 7.2のレートで, 7.2의 환율로."""

_LISTED = r"\s?(?:[、,·/]|{joined})\s?"
_NOW = rf"(?:{{now_at}}{_GAP}{{0,8}}|{{moved_behind}}(?:{{goes_on}}|{{moved_to}}))\s?(?:{{softener}}\s?)?$"
_FROM = r"{until}[^,、，。;]{0,20}"
_PRICED = (("USD",), ("CNY",), ("EUR",), ("JPY",))
_CONVERTED = rf"{{by_rate}}{_GAP}{{1,8}}$|{{by_rate}}는\s?$"
"""Before what a sum comes to at a rate, which is no rate: 공식 환율로는 15만."""

_MOVED = rf"{_GAP}{{1,10}}$"
_STEPS = r"{goes_on}|{moved_behind}|{then}"
_EASTERN_MONEY = ("USD", "EUR", "CNY", "JPY", "KPW", "KRW", "CUC")
_EASTERN_LEAST = 2
_EASTERN_REACH = 30
_FAR = 40
_YUAN = (Decimal(6), Decimal("8.8"))
"""What a dollar has cost in Chinese yuan: a bare rate of this size, in a text that names yuan, is theirs."""


def bare_rates(page: Page, raws: list[Raw]) -> None:
    """Make rates of the bare numbers that the words around them call so; which money they are in is told later."""
    for place, raw in enumerate(raws):
        if raw.kind != "bare" or raw.year:
            continue
        if _is_rate(page, raws, place) or eastern_rate(page, raws, place):
            raw.kind, raw.rate = "money", True
            raw.codes = ("CNY",) if yuan_rate(page, raw) else raw.codes


def per_money(page: Page, raw: Raw) -> bool:
    """Return whether a bare number is a rate of any money: 96 to the baht."""
    link = compiled(_TO_THE).match(page.low, raw.end)
    unit = unit_at(page.plain, page.low, link.end()) if link is not None else None
    return unit is not None and unit.entry("currency") is not None and unit.entry("unit") is None


def _is_rate(page: Page, raws: list[Raw], place: int) -> bool:
    raw, low = raws[place], page.low
    first, _ = page.sentence(raw.start)
    start = max(first, raw.start - _REACH)
    owned = compiled(_OWNED).search(low, start, raw.start) and compiled(BARE_END).match(low, raw.end)
    owned = owned or (compiled(_AT_THE).search(low, start, raw.start) and compiled(_QUOTED).match(low, raw.end))
    if owned or compiled(_OWNER).match(low, raw.end):
        near = raws[max(0, place - _SMALL) : place + _SMALL]
        return any(other.money for other in near) and not _weighed(page, raws, place)
    if raw.low < _LEAST:
        return False
    before = raws[place - 1] if place else None
    world = before is not None and before.codes[:1] in _WORLD and compiled(BARE_END).match(low, raw.end) is not None
    if world and before is not None and compiled(_AT).fullmatch(low, before.end, raw.start):
        return True
    alike = before is not None and before.money and before.codes[:1] not in _WORLD and similar(raw, before, _ALIKE)
    if before is not None and (before.rate or alike) and before.start >= first:
        gap = low[before.end : raw.start]
        if before.rate and compiled(_UP_TO).fullmatch(gap):
            return True
        if compiled(_GOES_ON).fullmatch(gap) or compiled(_OTHER).search(gap):
            return True
    return _moved().search(low, start, raw.start) is not None or _it_cost(page, raws, place, first)


def _it_cost(page: Page, raws: list[Raw], place: int, first: int) -> bool:
    """Return whether a bare number is what "it", the dollar, was: a dollar is 1,257 pounds; in 2011 it was 50."""
    raw, low = raws[place], page.low
    told = next((o for o in raws[max(0, place - _SMALL) : place][::-1] if o.money and o.outer is None), None)
    if told is None or told.start < first or told.codes[:1] in _WORLD or not compiled(BARE_END).match(low, raw.end):
        return False
    if compiled(_IT_COST).fullmatch(low, told.end, raw.start) is None:
        return False
    return compiled(_DOLLAR).search(low, max(first, told.start - _REACH), told.start) is not None


def _weighed(page: Page, raws: list[Raw], place: int) -> bool:
    """Return whether a price of like size for a weight was told just before: 190 rupees a litre, the state's 282."""
    before = next((o for o in raws[max(0, place - _SMALL) : place][::-1] if o.money), None)
    told = explicit(page, before) if before is not None and similar(raws[place], before, _ALIKE) else None
    return told is not None and told[0] in MASS


@cache
def _moved() -> re.Pattern[str]:
    """Return the pattern of a currency that moves to a level, anchored at its end: "the pound having sunk to "."""
    names = [
        word
        for word, entries in lexicon.words("currency").items()
        if word.isascii() and word.isalpha() and len(word) > _SHORT and word[-1] != "s"
        if any(entry.language == "en" for entry in entries)
    ]
    moves = any_of({*meanings("moved"), *meanings("money_does"), "pegged", "fixed", "sunk", "sinking", "reckoned"})
    aside = r"(?:,[^,;.]{0,40},)?"
    level = rf"{moves}(?:\s[a-z]+){{0,3}}{_LEVEL}|{{one_does}}\s(?:{{softener}}\s)?$"
    named = rf"(?:the|a|one|every|each)\s(?:[a-zà-ÿ]+\s)?(?:{any_of(names)})"
    return compiled(rf"{named}(?:{aside},?\s(?:[a-z]+\s){{0,3}}(?:{level})|\sat\s(?:{{softener}}\s|a record\s)?$)")


def money_of_rate(page: Page, money: Sequence[Raw], place: int) -> tuple[str, ...]:
    """Return the codes of the money that a bare rate is in."""
    raw = money[place]
    told = spoken_of(page, _clause(page, raw), raw) or _standing(page, raw) or _going_on(page, money, place)
    return told or _like(money, place) or _spoken_of(page, raw)


def _standing(page: Page, raw: Raw) -> tuple[str, ...]:
    """Return the money that stands at a rate by the words right before it: "with the yuan at 6.6 to the dollar"."""
    standing = compiled(r"{article}\s([a-z]+)\s(?:{money_does})\s(?:at\s|to\s)?(?:{softener}\s)?$")
    found = standing.search(page.low, max(page.sentence(raw.start)[0], raw.start - _BESIDE), raw.start)
    if not per_money(page, raw):
        return ()
    entries = lexicon.words("currency").get(found.group(found.lastindex or 0)) if found is not None else None
    return tuple(entries[0].meaning.split()) if entries else ()


def _going_on(page: Page, money: Sequence[Raw], place: int) -> tuple[str, ...]:
    """Return the money of a rate right before another one: "13 won to the yuan at the bank, 1,300 on the market"."""
    raw, before = money[place], money[place - 1] if place else None
    if before is None or not before.codes or raw.start - before.end > _BESIDE:
        return ()
    rate = before.per is not None and before.per.rpartition(" ")[2].isupper() and len(before.per) >= _CODE
    return before.codes if rate and page.sentence(before.start) == page.sentence(raw.start) else ()


def _like(money: Sequence[Raw], place: int) -> tuple[str, ...]:
    """Return the money of the amount beside a rate without one that is of its size: 6.1 yuan, or 6.5 to the dollar."""
    raw = money[place]
    near = [each for each in (*money[max(0, place - 3) : place][::-1], *money[place + 1 : place + 2]) if each.codes]
    alike = (o for o in near if o.low and raw.low / 2 <= o.low <= 2 * raw.low and abs(o.start - raw.start) < _NEAR)
    return next((o.codes for o in alike if not {"USD", "EUR"} & set(o.codes)), ())


def _clause(page: Page, raw: Raw) -> int:
    """Return where the clause of a figure starts: behind the last semicolon or comma of its sentence."""
    first = max(page.sentence(raw.start)[0], raw.start - _NEAR)
    return max(first, *(page.low.rfind(mark, first, raw.start) for mark in ";；,，、"))


def _spoken_of(page: Page, raw: Raw) -> tuple[str, ...]:
    """Return the money that its sentence names before a rate without one: "the toman slid to 62,000 per dollar"."""
    pattern, codes = _names()
    first = max(page.sentence(raw.start)[0], raw.start - _NEAR)
    named = [each.group(1) for each in pattern.finditer(page.low, first, raw.start)]
    return codes[named[-1]] if named else spoken_of(page, first, raw)


@cache
def _names() -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    """Return the pattern of the names of money whose rate a text may tell, and the codes of each."""
    found: dict[str, tuple[str, ...]] = {}
    lone = meanings("lone")
    for word, entries in lexicon.words("currency").items():
        codes = tuple(dict.fromkeys(code for each in entries for code in each.meaning.split()))
        if len(word) > _STANDING_SHORT and "a" <= word[0] <= "z" and word not in lone and not UNTOLD & set(codes):
            found[word] = codes
    return re.compile(rf"(?<![a-zà-ÿ])({alternatives(found)})(?![a-zà-ÿ])"), found


def eastern_rate(page: Page, raws: list[Raw], place: int) -> bool:
    """Return whether a bare number is a rate by the East Asian words before it; its money is left to be told."""
    raw, low = raws[place], page.low
    if raw.low <= _EASTERN_LEAST or raw.start == 0 or not _eastern(low, raw.start):
        return False
    first, _ = page.sentence(raw.start)
    before = raws[place - 1] if place else None
    start = max(first, raw.start - _EASTERN_REACH, before.end if before is not None else 0)
    gap = low[start : raw.start]
    if before is not None and before.start >= first and before.end >= start:
        one = before.money and before.one and before.codes[:1] in _PRICED
        if one and (compiled(_ONE).fullmatch(gap) or compiled(_OF_ONE).fullmatch(gap)):
            return True
        if before.rate and similar(raw, before, _FAR) and (_moves(gap) or compiled(_LISTED).fullmatch(gap)):
            return True
    if compiled(_FOR_ONE).match(low, raw.end) is not None:
        return True
    if compiled(_RATE_BEHIND).match(low, raw.end) is not None:
        return low[raw.end] != "的" or compiled(_AT_RATE).search(gap) is not None
    earlier = next((o for o in reversed(raws[max(0, place - 3) : place]) if o.rate and o.start >= first), None)
    if earlier is not None and similar(raw, earlier, _FAR) and _goes_on(low, earlier, raw, gap):
        return True
    if compiled(_CONVERTED).search(gap):
        return False
    return compiled(_OF_RATE).search(gap) is not None or compiled(_EXCHANGED).search(gap) is not None


def _goes_on(low: str, earlier: Raw, raw: Raw, gap: str) -> bool:
    """Return whether the words before a number tell that the rate came to it: 지금은 48, 366에서 하룻밤에 800."""
    return compiled(_NOW).search(gap) is not None or compiled(_FROM).fullmatch(low, earlier.end, raw.start) is not None


def _moves(gap: str) -> bool:
    """Return whether the words after a rate lead to another: 由200跌到360, 4만2천이던 것이 60만."""
    return compiled(_MOVED).fullmatch(gap) is not None and compiled(_STEPS).search(gap) is not None


def _eastern(low: str, at: int) -> bool:
    """Return whether East Asian words stand right before this place."""
    return low[max(0, at - 3) : at].strip(" =:≒≈約약约")[-1:] > _EAST


def yuan_rate(page: Page, raw: Raw) -> bool:
    """Return whether a bare rate is what a dollar costs in yuan."""
    if not _YUAN[0] <= raw.low <= raw.high <= _YUAN[1]:
        return False
    return _yuan().search(page.low, max(0, raw.start - 200), raw.end + 200) is not None


@cache
def _yuan() -> re.Pattern[str]:
    """Return the pattern of the names of Chinese money."""
    words = lexicon.words("currency").items()
    return re.compile(
        alternatives(word for word, entries in words if entries[0].meaning.split()[0] == "CNY" and word[0] > _EAST)
    )


def spoken_of(page: Page, first: int, raw: Raw) -> tuple[str, ...]:
    """Return the money whose name the sentence speaks of last before a rate: 이란 리알은 달러당 4만2천."""
    pattern, codes = _eastern_names()
    named = pattern.findall(page.low, first, raw.start)
    return codes[named[-1]] if named else ()


@cache
def _eastern_names() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """Return the pattern of the East Asian names of money whose rate a text may tell, and the codes of each."""
    found = {}
    for word, entries in lexicon.words("currency").items():
        codes = tuple(dict.fromkeys(code for each in entries for code in each.meaning.split()))
        if len(word) > 1 and word[0] > _EAST and codes[0] not in _EASTERN_MONEY:
            found[word] = codes
    return re.compile(alternatives(found)), found
