"""Amounts that took over a rate's denominator from another figure, told from the rates themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from nkauto.read import lexicon
from nkauto.read.relations.words import alternatives, pattern, says

if TYPE_CHECKING:
    from nkauto.read.passage.passage import Mention

_PARTED = re.compile(r"[,;，、；]|\s[-–—]\s|[—–]")
_BECOMES_NEAR = re.compile(r",?\s*(?:is|are|was|make|makes|made|equal|equals|or|=|≈)?\s*(?:about|around|some)?\s*")
_BARE = re.compile(r"\s*(?:으로|로|은|는|が|は|で|,|，|、|[—–])?\s*")
_TIED = ("equate", "stands_for", "strong")
_WON = {"KRW": "KPW"}
_CARRIED, _OFF = 4, 20
"""How many times another's size a rate of its sentence, or of another one, may be."""
_SHORT = 24
_ONES = frozenset(map(Decimal, (1, 10, 100, 1000, 10000)))
_ONE = Decimal(1)


def no_rates(words: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions, those that took over a rate's denominator from another figure as plain amounts.

    Such a figure stands in a clause that does not name the currency, and is of another size than its rate, is itself
    told in a third currency right behind, or is what an amount of the currency beside it comes to.
    """
    found = list(mentions)
    first = _first(mentions)
    for at, each in enumerate(mentions):
        if not each.rate or _changes(each) or _names_currency(each):
            continue
        told = first[_pair(each)]
        if _told_with(words, each, mentions[at - 1] if at else None, before=True) or _told_with(
            words, each, mentions[at + 1] if at + 1 < len(mentions) else None, before=False
        ):
            found[at] = _plain(each)
            continue
        if told is each or says("market", each.left[-40:]) or _trades(each):
            continue
        after = mentions[at + 1] if at + 1 < len(mentions) else None
        third = after is not None and after.money and after.unit not in (each.unit, each.per)
        if third and after is not None:
            third = _BECOMES_NEAR.fullmatch(words[each.figure.end : after.figure.start]) is not None
        most = _CARRIED if told.sentence == each.sentence else _OFF
        if third or not told.low / most <= each.low <= told.high * most:
            found[at] = _plain(each)
    return tuple(found)


def _first(mentions: Sequence[Mention]) -> dict[tuple[str, str], Mention]:
    """Return the first rate of each pair of currencies, one that names its currency before others."""
    rates = [each for each in mentions if each.rate and not _changes(each)]
    first: dict[tuple[str, str], Mention] = {}
    for named in (True, False):
        for each in rates:
            if _names_currency(each) is named:
                first.setdefault(_pair(each), each)
    return first


def _pair(mention: Mention) -> tuple[str, str]:
    return _WON.get(mention.unit, mention.unit), mention.per


def _plain(mention: Mention) -> Mention:
    return replace(mention, per="", rate=False, count=_ONE, subject="")


def _trades(mention: Mention) -> bool:
    """Return whether a bare number is what money trades at by the words before it: ``and now trades around 90,000``."""
    bare = not any(letter.isalpha() for letter in mention.figure.span)
    return bare and pattern("trades_at", after=r"\s*$").search(mention.left[-_SHORT:]) is not None


def _changes(mention: Mention) -> bool:
    return any(says(role, mention.right[:8]) for role in ("rise", "fall"))


def _told_with(words: str, rate: Mention, other: Mention | None, *, before: bool) -> bool:
    """Return whether a sum of the currency stands beside a figure as its worth: ``$20, or 6,400 pesos``."""
    if other is None or other.unit != rate.per or other.rate or other.sentence != rate.sentence:
        return False
    if other.low in _ONES and other.low == other.high:
        return False
    one, two = (other, rate) if before else (rate, other)
    gap = words[one.figure.end : two.figure.start]
    if before and rate.low == 1 == rate.high and pattern("exchange").search(gap) is not None:
        return True
    if pattern("at_rate", r"^\s*").match(gap):
        return False
    if _BARE.fullmatch(gap):
        return True
    return len(gap) <= _SHORT and ("(" in gap or "（" in gap or any(says(role, gap) for role in _TIED))


def _names_currency(mention: Mention) -> bool:
    """Return whether the clause of a rate names the currency that it is the price of."""
    left = _PARTED.split(mention.left)[-1]
    right = _PARTED.split(mention.right[:40])[0]
    near = f"{left} {right}"
    return any(sign in near for sign in "$€¥£") or _currency_words(mention.per).search(near) is not None


@cache
def _currency_words(code: str) -> re.Pattern[str]:
    """Return the pattern of all names of a currency."""
    named = lexicon.words("currency").items()
    return re.compile(alternatives(word for word, entries in named if code in entries[0].meaning.split()))
