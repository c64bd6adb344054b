"""Ratios and parts in words that no table lists: five to one, a twenty-fifth, one 30th."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.prose import any_of, compiled, meanings
from nkauto.read.article.ratios import share
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.article.words import unit_at
from nkauto.read.numbers import number

_TO_ONE = r"[ -]to[ -]one(?![a-z-])"
_FROM = r"(?<![a-z]){from}\s(?:{softener}\s)?$"
_ONE, _NEAR = "one", 40
_MOST = 10_000


def in_words(page: Page, at: int) -> Raw | None:
    """Return the ratio or the part of a whole whose words start here."""
    return odds(page, at) or part(page, at) or parts(page, at)


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


def parts(page: Page, at: int) -> Raw | None:
    """Return so many of the parts that an ordinal in the plural tells: six tenths, nine-twentieths."""
    found = _several().match(page.low, at)
    if found is None:
        return None
    above, below = _numbers()[found.group(1)], int(meanings("plural_part")[found.group(2)])
    if not 1 < above < below:
        return None
    value = share(Fraction(above, below))
    return Raw(at, found.end(), at, value, value, "times", unit="x")


@cache
def _several() -> re.Pattern[str]:
    """Return the pattern of several parts of a whole."""
    return re.compile(rf"({any_of(_numbers())})[ -]({any_of(meanings('plural_part'))})(?=\s?[,.;:)—–]|\s?$|\s[a-z])")


@cache
def _numbers() -> Mapping[str, int]:
    """Return the words for numbers under a hundred that are one word."""
    words = lexicon.words("number", "en").items()
    single = ((word, entries[0].meaning) for word, entries in words if " " not in word)
    return {word: int(value) for word, value in single if value.isdigit()}


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
