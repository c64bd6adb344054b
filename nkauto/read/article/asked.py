"""Bare numbers that words of price stand before: rice costs 5,770, then they wanted 30,000, the dollar 8,130."""

from __future__ import annotations

import re
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.compared import BARE_END, similar
from nkauto.read.article.prose import any_of, compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page

_DEAR = (
    r"(?:,|and|while|but)\s{article}\s(?:us )?{money_word}\s(?:at\s|{money_does}\s)?(?:{softener}\s)?$"
    r"|^\s*{article}\s(?:us )?{money_word}\s{money_does}\s(?:{softener}\s)?$"
)
_ASKS = r"(?<![a-z]){asks}\s(?:{softener}\s)?$"
_ASKED_NEAR = 160


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
