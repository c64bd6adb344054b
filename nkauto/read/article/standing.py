"""The money of a rate that is told without it: "the toman slid to 62,000", "with the yuan at 6.6 to the dollar"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.bare_east import spoken_of
from nkauto.read.article.bare_rates import per_money
from nkauto.read.article.prose import alternatives, compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page

_NEAR, _BESIDE = 400, 40
_SHORT = 2
_CODE = 3
UNTOLD = frozenset(("USD", "EUR", "CNY", "JPY"))
"""What a bare rate is not in: the money that it is told for."""


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
        if len(word) > _SHORT and "a" <= word[0] <= "z" and word not in lone and not UNTOLD & set(codes):
            found[word] = codes
    return re.compile(rf"(?<![a-zà-ÿ])({alternatives(found)})(?![a-zà-ÿ])"), found
