"""Ratios and parts in words that no table lists: five to one, a twenty-fifth, one 30th."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.multiples import share
from nkauto.read.article.prose import any_of, compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.article.words import unit_at
from nkauto.read.numbers import number

_TO_ONE = r"[ -]to[ -]one(?![a-z-])"
_FROM = r"(?<![a-z]){from}\s(?:{softener}\s)?$"
_ONE, _NEAR = "one", 40
_MOST = 10_000


def odds(page: Page, at: int) -> Raw | None:
    """Return how many times the ratio in words that starts here is: five to one, a hundred to one."""
    if page.low.find(_ONE, at, at + _NEAR) < 0:
        return None
    found = number(page.low, at)
    if found is None or not 1 < found.value <= _MOST:
        return None
    mark = compiled(_TO_ONE).match(page.low, found.end)
    if mark is None or unit_at(page.plain, page.low, mark.end()) is not None:
        return None
    if compiled(_FROM).search(page.low, max(0, at - 24), at):
        return None
    return Raw(at, mark.end(), at, found.value, found.value, "times", unit="x")


def part(page: Page, at: int) -> Raw | None:
    """Return the part that an ordinal with an article tells: a twenty-fifth of that, one 30th."""
    found = _ordinal().match(page.low, at)
    if found is None or compiled(r"\s?(?:[,.;:)—–]|$|{compared}(?! [a-z]+['’]))").match(page.low, found.end()) is None:
        return None
    tens, digit, figures = found.groups()
    below = int(figures) if figures else _tens()[tens] + _digits()[digit]
    if below <= 1:
        return None
    value = share(Fraction(1, below))
    return Raw(at, found.end(), at, value, value, "times", unit="x")


@cache
def _ordinal() -> re.Pattern[str]:
    """Return the pattern of a part: an article or one, and an ordinal in words or in figures."""
    words = rf"({any_of(_tens())})-({any_of(_digits())})"
    return re.compile(rf"(?:an?|one)[ -](?:{words}|([0-9]{{1,4}})(?:{'|'.join(meanings('ordinal_ending'))}))(?![a-z-])")


@cache
def _tens() -> Mapping[str, int]:
    """Return the words for tens."""
    words = lexicon.words("number", "en").items()
    return {word: int(entries[0].meaning) for word, entries in words if entries[0].meaning in _TENS}


_TENS = frozenset(str(ten) for ten in range(20, 100, 10))


@cache
def _digits() -> Mapping[str, int]:
    """Return the ordinals from first to ninth."""
    return {word: int(value) for word, value in meanings("ordinal").items()}
