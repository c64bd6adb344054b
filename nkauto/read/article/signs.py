"""The money sign or word before a number in prose: US$, Z$, W, KPW, 한화, 人民币."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from nkauto.read import lexicon
from nkauto.read.article.prose import alternatives, any_of, compiled, meanings

_WINDOW = 16
_WORDS_WINDOW = 30
_LEADS = re.compile(r"[a-z$₩¥£€₽₦₹₨₱₫₭฿₴₺₸₮៛৳₵¢﷼.]\s?$")
_LOOSE = frozenset(("usd", "rmb", "kpw", "krw", "zig"))
_EAST = "\u2e7f"
_NAMED = re.compile(r"(?:\b(?:the|an?|per|one|1|to|each|every|of|against)|[0-9])\s$")
"""Before the name of money that is spoken of, or counted by the number before it."""

_CAPITAL = re.compile(r"[A-Z][a-z]+\s$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9])")

_ALIKE = frozenset(("won", "baht", "naira", "kyat", "kip", "dong", "rial", "toman", "rand"))
"""Names of money that are their own plural, and no money that a rate is usually told of."""


class Lead(NamedTuple):
    """Money before a number: the currencies that it may stand for, and where the figure's span starts."""

    codes: tuple[str, ...]
    start: int


@cache
def _signs() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """Return the pattern of signs, anchored at its end, and each sign's codes and how it must be written."""
    found: dict[str, tuple[str, str]] = {}
    for kind in ("prefix", "sign"):
        for word, entries in lexicon.words(kind).items():
            writing = "" if entries[0].detail == "ask" else entries[0].detail
            found.setdefault(word, (entries[0].meaning, writing))
    for word, entries in lexicon.words("currency").items():
        if word.upper() == entries[0].meaning.split()[0]:
            found[word] = (entries[0].meaning, "")
    for word in lexicon.words("label"):
        found.pop(word, None)
    letters = alternatives(word for word in found if "a" <= word[0] <= "z" or "a" <= word[-1] <= "z")
    others = alternatives(word for word in found if not ("a" <= word[0] <= "z" or "a" <= word[-1] <= "z"))
    return re.compile(rf"(?:(?<![a-z0-9])(?:{letters})|{others})\s?$"), found


def _hedges() -> list[str]:
    """Return the East Asian words for about, less than and the like that stand before a number."""
    words = lexicon.words("hedge").items()
    return [*(word for word, entries in words if word[0] > _EAST and entries[0].detail == "before"), "总共", "共"]


@cache
def _qualifiers() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of East Asian money words before a number, with a hedge between, and their codes."""
    codes = {word: entries[0].meaning for word, entries in lexicon.words("qualifier").items()}
    hedge = f"(?:{any_of(_hedges())})?"
    reckoned = rf"(?:\s?(?:{alternatives(meanings('reckoned_as'))}),?)?"
    return re.compile(rf"({alternatives(codes)})(?:로|으로|는|은|で|を|に)?{reckoned}\s?{hedge}\s?$"), codes


_ONE_OF = r"{article}\s$"
"""Before money that a number is the price of: a euro 340 is its rate."""


def money_before(plain: str, low: str, at: int) -> Lead | None:
    """Return the money right before a number.

    The span of a figure holds a sign (``US$9``) but not a word that only says whose money follows (``한화 약``).
    """
    if at == 0:
        return None
    window = low[max(0, at - _WINDOW) : at]
    if _LEADS.search(window[-2:]):
        sign = _sign(plain, window, at)
        priced = sign is not None and plain[sign.start].islower() and low[at - 2 : at - 1].isalpha()
        if sign is not None and priced and compiled(_ONE_OF).search(low, max(0, sign.start - 6), sign.start):
            return None
        return sign or _word(plain, low, at)
    if window[-1] > _EAST or (window[-1] == " " and window[-2:-1] > _EAST):
        pattern, codes = _qualifiers()
        found = pattern.search(window)
        if found is not None:
            return Lead(tuple(codes[found.group(1)].split()), at)
    return None


@cache
def _words() -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    """Return the pattern of the names of money in Latin letters, anchored at its end, and their codes."""
    found: dict[str, tuple[str, ...]] = {}
    for word, entries in lexicon.words("currency").items():
        if (len(word) > 3 or word in _ALIKE) and all("a" <= each <= "ÿ" or each in " -" for each in word):
            found[word] = tuple(dict.fromkeys(code for each in entries for code in each.meaning.split()))
    return re.compile(rf"(?<![a-zà-ÿ0-9.-])((?:rmb )?(?:{alternatives(found)}))\s$"), found


def _word(plain: str, low: str, at: int) -> Lead | None:
    """Return the name of money that stands before its amount: North Korean won 1700, Euro dollar 10, Tomans 5,000.

    A name of one word must be a plural with a capital: "the dollar 8,130" is a rate.
    """
    pattern, codes = _words()
    found = pattern.search(low, max(0, at - _WORDS_WINDOW), at)
    if found is None or _YEAR.match(low, at) or _NAMED.search(low, max(0, found.start() - 8), found.start()):
        return None
    word = found.group(1)
    named = _CAPITAL.search(plain, max(0, found.start() - 20), found.start()) is not None
    plural = not named and plain[found.start()].isupper() and (word.endswith("s") or word in _ALIKE)
    if " " not in word and "-" not in word and not plural:
        return None
    if not plain[found.start()].isupper():
        return None
    return Lead(codes[word] if word in codes else codes[word.removeprefix("rmb ")][:1], found.start())


def _sign(plain: str, window: str, at: int) -> Lead | None:
    pattern, known = _signs()
    found = pattern.search(window)
    if found is None:
        return None
    start = at - len(window) + found.start()
    word = found.group().rstrip()
    codes, writing = known[word]
    written = plain[start : start + len(word)]
    if writing and not written[0].isupper():
        return None
    if writing == "glued" and found.group() != word:
        return None
    if len(word) == 3 and word.isalpha() and not written.isupper() and word not in _LOOSE:
        return None
    return Lead(tuple(codes.split()), start)
