"""Bare numbers that are rates by the words around them: "by the market's 8,200", "the lira slipped to 15,000"."""

from __future__ import annotations

import re
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.bare_east import eastern_rate, yuan_rate
from nkauto.read.article.beside import MASS, explicit
from nkauto.read.article.compared import BARE_END, similar
from nkauto.read.article.prose import any_of, compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.article.words import unit_at

_OWNED = r"{by_whose}\s(?:rate\s)?(?:of\s)?(?:{softener}\s)?$"
_OWNER = r"\s{whose_rate}(?![a-z])"
_AT_THE = r"(?<![a-z])(?:{at_the})\sthe\s(?:{softener}\s)?$"
_QUOTED = r"\s(?:(?:that|which)\s)?(?:the|its|an?)\s[a-z]+(?:\s[a-z]+)?\s{who_quotes}(?![a-z])"
"""Behind a rate whose money is left out: at the 120 the state quotes, by the 24 that the bank posts."""

_LEVEL = r"\s(?:to|at)\s(?:{softener}\s|a record\s)?$"
_GOES_ON = r"^(?:,|\sand|,\sand)?\s(?:[a-z]+\s){0,2}(?:{moved+money_does})\s(?:[a-z]+\s)?(?:to|at)\s(?:{softener}\s)?$"
_OTHER = r"(?:,|;|and|but|while)\s{article}\s(?:us )?{money_word}\s(?:at\s)?(?:{softener}\s)?$"
_AT = r",?\sat\s(?:(?:{article}\s)?[a-z]+(?: [a-z]+)?['’]s\s)?(?:{softener}\s)?"
_TO_THE = r"\s{goes_on}\s{article}\s"
_IT_COST = r"[^;0-9]{0,40}[;,]\s(?:in\s[0-9]{4},?\s)?{it_cost}\s(?:{softener}\s)?"
_DOLLAR = r"{article}\s(?:us\s)?{money_word}\s[^;,]{0,40}$"
_WORLD = (("USD",), ("EUR",), ("CNY",), ("CUC",))
_REACH = 90
_LEAST, _SMALL, _SHORT, _ALIKE = 10, 3, 2, 5


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
