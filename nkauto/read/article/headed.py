"""Bare numbers under a head that names their unit: "Prices (KPW/kg): rice 4,980", "USD: 8,100, 8,130"."""

from __future__ import annotations

import re

from nkauto.read.article.compared import BARE_END
from nkauto.read.article.prose import compiled
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page

_HEADER = re.compile(
    r"(?<![0-9] )(?<![0-9])(kpw|won|cny|yuan|rmb|usd|us\$|元|원|ウォン)\s?(?:/|per )\s?"
    r"(?:kg|㎏|kilo(?:gram)?|キロ|公斤|lit(?:re|er)|ℓ|usd|dollar|cny|yuan)(?![a-z])"
)
_HEADED = {"won": "KPW", "원": "KPW", "ウォン": "KPW", "kpw": "KPW", "usd": "USD", "us$": "USD"}
_AFTER_WORD = re.compile(r"[a-z가-힣一-龠ァ-ヶ][: ,]?\s?$")
_RATES = re.compile(
    r"(?<![a-z0-9])(?:usd|us dollars?|dollars?|cny|rmb|yuan|euros?|eur)(?: rate)?:\s?(?:[a-z]+ )?"
    r"(?:[0-9.,]+[,;/]?\s(?:[a-z]+ )?)*$"
)
"""What heads a list of rates: "USD: 8,100, 8,130, 8,200. CNY: 1,190"."""

_LEAST_RATE = 50


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


def listed_rate(page: Page, raw: Raw) -> bool:
    """Return whether a bare number stands in a list of rates."""
    return raw.low >= _LEAST_RATE and _RATES.search(page.low, max(0, raw.start - 60), raw.start) is not None
