"""Bare numbers of Korean, Japanese and Chinese that are rates by the words before them: 환율 24로, 黑市8000."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.compared import similar
from nkauto.read.article.prose import alternatives, compiled
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page

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
_WORLD = ("USD", "EUR", "CNY", "JPY", "KPW", "KRW", "CUC")
_LEAST = 2
_REACH = 30
_FAR = 40
_YUAN = (Decimal(6), Decimal("8.8"))
"""What a dollar has cost in Chinese yuan: a bare rate of this size, in a text that names yuan, is theirs."""


def eastern_rate(page: Page, raws: list[Raw], place: int) -> bool:
    """Return whether a bare number is a rate by the East Asian words before it; its money is left to be told."""
    raw, low = raws[place], page.low
    if raw.low <= _LEAST or raw.start == 0 or not _eastern(low, raw.start):
        return False
    first, _ = page.sentence(raw.start)
    before = raws[place - 1] if place else None
    start = max(first, raw.start - _REACH, before.end if before is not None else 0)
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
    pattern, codes = _names()
    named = pattern.findall(page.low, first, raw.start)
    return codes[named[-1]] if named else ()


@cache
def _names() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """Return the pattern of the East Asian names of money whose rate a text may tell, and the codes of each."""
    found = {}
    for word, entries in lexicon.words("currency").items():
        codes = tuple(dict.fromkeys(code for each in entries for code in each.meaning.split()))
        if len(word) > 1 and word[0] > _EAST and codes[0] not in _WORLD:
            found[word] = codes
    return re.compile(alternatives(found)), found
