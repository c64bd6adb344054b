"""Multiples and fractions of prose in words: tripled, a third of, 절반, 半額; "three times" where it compares.

And ratios and parts that no table lists: five to one, a twenty-fifth, one 30th.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.prose import any_of, compiled, meanings
from nkauto.read.article.ratios import ratio, share
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.article.vague import part_of_one
from nkauto.read.article.words import unit_at
from nkauto.read.numbers import number

_OR_MORE = r"(?<![a-z0-9])([a-z]+|[0-9]+)-?\s(?:{until+or})\s$"
"""Before the upper end of a range in words: four- to fivefold."""

_OF_ONE = re.compile(r"\san? [a-z]+(?:[ -][a-z]+)?(?:['’]s|s['’])\s")
"""Behind "three times": whose so much is taken several times, as in "three times a miner's wage"."""
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
def _words() -> Mapping[str, tuple[Decimal, str]]:
    """Return the words that are multiples or fractions by themselves: their value, and what else they tell.

    That is ``fall``, or ``over`` where somewhat more is meant: "a good third".
    """
    found = {}
    for kind in ("multiple", "fraction"):
        for word, entries in lexicon.words(kind).items():
            above, _, below = entries[0].meaning.partition("/")
            found[word] = (share(Fraction(int(above), int(below or 1))), entries[0].detail)
    return found


def multiple_fits(page: Page, raw: Raw) -> bool:
    """Return whether "three times" compares: "three times the price", not "three times a day"."""
    low, end = page.low, raw.end
    if raw.word in ("x", "×"):
        return raw.low > 0 and not low[end : end + 2].strip()[:1].isdigit() and low[end : end + 1] != "-"
    if raw.word == "veces":
        return compiled(r"\s{times}").match(low, end) is not None
    bracketed = low.startswith(")", end) and low[max(0, raw.start - 1) : raw.start] == "("
    if raw.word != "times" or bracketed or raw.low % 1 or _OF_ONE.match(low, end):
        return True  # nobody does a thing 1.8 times
    while (more := compiled(rf"(?:,|,?\s{{list}})\s[0-9a-z.]+\s{raw.word}").match(low, end)) is not None:
        end = more.end()  # five times and six times as much
    if compiled(r"\s{usual_thing}").match(low, end):
        return True
    if compiled(r"\s{frequency}").match(low, end):
        return False
    if compiled(r"\s{oftener}").match(low, end):
        return True
    if compiled(r"{gap_is}\s(?:{softener}\s)?$").search(low, max(0, raw.start - 40), raw.start):
        return True
    first, _ = page.sentence(raw.start)
    if compiled(rf"\s{raw.word}\s{{oftener}}").search(low, first, raw.start):
        return True  # "400 times as dear by the house, 56 times by the metre"
    return compiled(r"{grew}\s(?:[a-z]+\s)?$").search(low, max(0, raw.start - 24), raw.start) is not None


def multiple_word(page: Page, start: int, end: int) -> Raw | None:
    """Return the multiple or fraction that this word of a Latin script is, where it compares."""
    low = page.low
    word = low[start:end]
    known = _words().get(word)
    if known is None or word in meanings("unlike_fraction") or (start and low[start - 1] in "-'’"):
        return None
    if low[end : end + 1] in ("-", "'", "’") and not low.startswith(("-price", "-that"), end):
        return None
    told = word in meanings("verb_multiple")
    if not told and compiled(r"{part_of}[ -]$").search(low, max(0, start - 16), start):
        return None
    if not told and not _compares(low, word, start, end):
        return None
    raw = _of_word(word, known, start, end)
    least = compiled(_OR_MORE).search(low, max(0, start - 24), start)
    lower = number(low, least.start(1)) if least is not None else None
    if least is not None and lower is not None and lower.end == least.end(1) and 1 < lower.value < raw.low:
        raw.start, raw.low = least.start(1), lower.value
    return raw


def _compares(low: str, word: str, start: int, end: int) -> bool:
    """Return whether the words around a multiple or fraction compare: "a third of", not "a third country"."""
    if word in ("twice", "thrice"):
        return compiled(r"\s{often}").match(low, end) is None
    if word in ("double", "triple", "treble", "quadruple"):
        return compiled(r"\s{doubles}|[.,;)]|$").match(low, end) is not None
    if word.split(" ")[0].split("-")[0] in ("two", "three", "four", "five", "seven", "nine"):
        return True
    if any(part in word for part in ("third", "half", "quarter")) or word.split(" ")[0] in ("a", "an", "one"):
        if word == "half" and compiled(
            r"\s(?:an?|his|her|their|my|the)\s(?:[a-z'’-]+\s){0,3}{wage+wage_talk}|\san?\s[a-z]+['’]s(?=[.,;)]|$)"
        ).match(low, end):
            return True
        if compiled(r"\s{ordinal_noun}").match(low, end):
            return False
        if compiled(r"\s?(?:[,.;:)!?\"”—–]|$|{compared}|pre-)").match(low, end):
            return True
        return compiled(r"{pushed}\s(?:a\s)?$").search(low, max(0, start - 16), start) is not None
    return True


def east_asian_word(page: Page, start: int, end: int) -> Raw | None:
    """Return the multiple or fraction that this East Asian word is: 절반, 半額, 倍増."""
    word = page.low[start:end]
    known = _words().get(word)
    if known is None:
        return None
    if word[-1] == "倍" and page.low.startswith("半", end):
        return _of_word(word, (known[0] + Decimal("0.5"), known[1]), start, end + 1)
    return (part_of_one(page, start, end, known[0]) if "分" in word else None) or _of_word(word, known, start, end)


def _of_word(word: str, known: tuple[Decimal, str], start: int, end: int) -> Raw:
    raw = ratio(start, end, known[0], "times", "x")
    raw.falling, raw.approx, raw.word = known[1] == "fall", known[1] == "over", word
    return raw


@cache
def _digits() -> Mapping[str, int]:
    """Return the ordinals from first to ninth."""
    return {word: int(value) for word, value in meanings("ordinal").items()}
