"""Numbers that count what no table lists: "five taxi companies", "1,500 cabs", "222 Olympic pools"."""

from __future__ import annotations

import re
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.prose import any_of, compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page

_WORD = re.compile(r" ([a-z][a-z'’-]*)")
_PLURAL = re.compile(r"[a-z-]{2,}[a-rtv-z]s$")
_ENDS = re.compile(r"\s?[,.;:!?)\]—–-]|\s?$|\s[(\"“]")
_CAPITAL = re.compile(r"\s[A-Z]")
_VERB = re.compile(r"\s[a-z]{2,}(?:ed|ing)(?![a-z])")
_VERB_BEHIND = r"\s{with_verb}(?![a-z])"
"""Behind a word that is a verb: the buyer of a Pride 111 hands over so much."""

_NATIONALS = re.compile(r"ans$")
_POINTED = r"(?<![a-z]){pointed}\s$"
_WORDS = 3
_SHORT = 3
_FEW = 13
"""Under what a number behind "the" or "these" counts nothing: the two northern provinces."""


def counted(page: Page, raw: Raw) -> bool:
    """Take the unit of a count where a plural noun that measures nothing stands behind a bare number."""
    if raw.low != raw.low.to_integral_value() or raw.low <= 1 or raw.year or page.european:
        return False
    if raw.high < _FEW and compiled(_POINTED).search(page.low, max(0, raw.start - 12), raw.start):
        return False
    found = _noun(page, raw.end)
    if found is None:
        return False
    raw.kind, raw.unit, raw.word, raw.end = "count", *found
    return True


def _noun(page: Page, at: int) -> tuple[str, str, int] | None:
    """Return the unit, the word and the end of the plural noun that these words come to, with what stands before it."""
    low = page.low
    for _ in range(_WORDS):
        found = _WORD.match(low, at)
        word = found.group(1) if found is not None else ""
        if found is None or _verbs().fullmatch(word) or word in lexicon.words("number", "en"):
            return None
        at = found.end()
        if any(word in lexicon.words(kind) for kind in ("currency", "subunit", "item")):
            return None
        if _PLURAL.match(word) and _closed(page, at):
            named = page.plain[at - len(word)].isupper() and _NATIONALS.search(word) is not None
            return ("person" if named else _unit(word)), word, at
    return None


def _closed(page: Page, at: int) -> bool:
    """Return whether the words of a noun end here."""
    if compiled(_VERB_BEHIND).match(page.low, at):
        return False
    if _ENDS.match(page.low, at) or _CAPITAL.match(page.plain, at) or _VERB.match(page.low, at):
        return True
    following = _WORD.match(page.low, at)
    return following is not None and _verbs().fullmatch(following.group(1)) is not None


def _unit(word: str) -> str:
    """Return whether a noun is one of people."""
    entries = lexicon.words("counter").get(word)
    if entries:
        return entries[0].meaning
    named = word in lexicon.words("country")
    return "person" if named or _people().fullmatch(word) else "each"


def told_people(page: Page, first: int, last: int) -> bool:
    """Return whether the last plural noun of a stretch of text is one for people: the women, not the eggs."""
    told = list(_named().finditer(page.low, first, last))
    entries = lexicon.words("counter", "en").get(told[-1].group()) if told else None
    return entries is not None and entries[0].meaning == "person"


@cache
def _named() -> re.Pattern[str]:
    """Return the pattern of plural nouns for what is counted or sold."""
    words = {*lexicon.words("counter", "en"), *lexicon.words("item", "en")}
    return re.compile(any_of(word for word in words if word[-1] in "sn" and len(word) > _SHORT))


@cache
def _verbs() -> re.Pattern[str]:
    """Return the pattern of words that are no part of what is counted."""
    return re.compile(any_of({*meanings("function"), *meanings("uncounted"), *meanings("ends_count")}))


@cache
def _people() -> re.Pattern[str]:
    """Return the pattern of endings that nouns for people have."""
    return re.compile(rf"[a-z-]+(?:{'|'.join(meanings('people_ending'))})")
