"""Bare numbers under a head that names their unit: "Prices (KPW/kg): rice 4,980", "USD: 8,100, 8,130".

And those that words of price stand before: rice costs 5,770, then they wanted 30,000, the dollar 8,130.
"""

from __future__ import annotations

import re
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.compared import BARE_END, similar
from nkauto.read.article.prose import any_of, compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.article.words import unit_at

_HEADER = re.compile(
    r"(?<![0-9] )(?<![0-9])(kpw|won|cny|yuan|rmb|usd|us\$|元|원|ウォン)\s?(?:/|per )\s?"
    r"(?:kg|㎏|kilo(?:gram)?|キロ|公斤|lit(?:re|er)|ℓ|usd|dollar|cny|yuan)(?![a-z])"
)
_HEADED = {"won": "KPW", "원": "KPW", "ウォン": "KPW", "kpw": "KPW", "usd": "USD", "us$": "USD"}
_AFTER_WORD = re.compile(r"[a-z가-힣一-龠ァ-ヶ][: ,]?\s?$")
_RATES = re.compile(
    r"(?<![a-z0-9])(?<![0-9]\s)(?:usd|us dollars?|dollars?|cny|rmb|yuan|euros?|eur)(?: rate)?:\s?(?:[a-z]+ )?"
    r"(?:[0-9.,]+[,;/]?\s(?:[a-z]+ )?)*$"
)
"""What heads a list of rates: "USD: 8,100, 8,130, 8,200. CNY: 1,190"."""

_LEAST_RATE = 50
_LEAST_SUM = 2
_SAID = 120
_LEVEL = r"(?<![a-z]){priced}\s(?:{softener}\s)?$"
_DEAR = (
    r"(?:,|and|while|but)\s{article}\s(?:us )?{money_word}\s(?:at\s|{money_does}\s)?(?:{softener}\s)?$"
    r"|^\s*{article}\s(?:us )?{money_word}\s{money_does}\s(?:{softener}\s)?$"
)
_ASKS = r"(?<![a-z]){asks}\s(?:{softener}\s)?$"
_ASKED_NEAR = 160


def headed(page: Page, raw: Raw) -> bool:
    """Take the unit that heads a list of prices: "Prices (KPW/kg): rice 4,980, corn 2,260"."""
    low = page.low
    written = low[raw.digits : raw.end]
    if (raw.low < 100 and "." not in written) or raw.year or not compiled(BARE_END).match(low, raw.end):
        return False
    first = max(low.rfind("\n\n", 0, raw.start), raw.start - 400, 0)
    found = _HEADER.search(low, first, raw.start)
    if found is None or not _AFTER_WORD.search(low, max(0, raw.start - 3), raw.start):
        return False
    raw.kind, raw.codes, raw.shared = "money", (_HEADED.get(found.group(1), "CNY"),), True
    return True


def in_terms(page: Page, raws: list[Raw], place: int, first: int) -> bool:
    """Take the money that the sentence says it counts in: "in US dollars the fall was from 450 to below 190"."""
    raw, low = raws[place], page.low
    told = list(compiled("{in_money}").finditer(low, max(first, raw.start - _SAID), raw.start))
    if not told or raw.year or raw.low < _LEAST_SUM or not compiled(BARE_END).match(low, raw.end):
        return False
    if any(
        other.money and not other.shared for other in raws[max(0, place - 3) : place] if other.start > told[-1].end()
    ):
        return False
    if compiled(_LEVEL).search(low, max(told[-1].end(), raw.start - 30), raw.start) is None:
        return False
    words = told[-1].group().partition(" ")[2]
    unit = unit_at(page.plain, low, told[-1].end() - len(words))
    codes = unit.codes() if unit is not None else ()
    if not codes:
        return False
    raw.kind, raw.codes, raw.shared = "money", codes, True
    return True


def listed_rate(page: Page, raw: Raw) -> bool:
    """Return whether a bare number stands in a list of rates."""
    return raw.low >= _LEAST_RATE and _RATES.search(page.low, max(0, raw.start - 60), raw.start) is not None


def costs(page: Page, raws: list[Raw], place: int, first: int) -> bool:
    """Return whether a bare number is the price of the good or the money before it: rice costs 5,770, the dollar 8,130.

    Only in a text that tells such prices in full as well.
    """
    raw, low = raws[place], page.low
    if raw.low < 1000 or raw.year or not compiled(BARE_END).match(low, raw.end):
        return False
    if not any(other.money and similar(raw, other, 12) for other in raws[max(0, place - 12) : place]):
        return False
    before = low[max(first, raw.start - 48) : raw.start]
    named = _goods().search(before)
    return named is not None or compiled(_DEAR).search(before) is not None


@cache
def _goods() -> re.Pattern[str]:
    """Return the pattern of a good with a verb of price, anchored at its end: "rice still costs "."""
    goods = any_of(word for word in lexicon.words("item") if word.isascii())
    costs = any_of({*meanings("costs_now"), *meanings("priced")})
    return re.compile(rf"{goods}\s(?:[a-z]+\s)?{costs}\s(?:{any_of(meanings('softener'))}\s)?$")


def asked(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the price told before a bare number that is asked, paid or fetched: then they wanted 30,000."""
    raw, low = raws[place], page.low
    if compiled(_ASKS).search(low, max(0, raw.start - 36), raw.start) is None:
        return None
    if compiled(BARE_END).match(low, raw.end) is None or low.startswith(" of ", raw.end):
        return None
    near = [o for o in raws[max(0, place - 4) : place] if o.money and o.outer is None and not o.rate]
    return next((o for o in reversed(near) if raw.start - o.end < _ASKED_NEAR and similar(raw, o, 12)), None)
