"""The unit behind a number in prose: which word of the lexicon stands there whole, and what it may mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from nkauto.read import lexicon
from nkauto.read.article.prose import alternatives, compiled, meanings
from nkauto.read.lexicon import Entry

_LATIN = re.compile(r"[a-zà-ÿł]")
_KINDS = ("currency", "subunit", "unit", "counter")
_LONGEST = 12
_WORDS = re.compile(r"[a-zà-ÿł$]+(?:\.(?:[a-zà-ÿł]+\.?)*)?(?:(?:['’]s)?[ -][a-zà-ÿł$.]+){0,3}")
_GLUED = re.compile(r"(kgs?|km|lbs?|l|g|t|m2|m²|ml|usd|rmb|won|yuan|kpw|x)(?![a-z])")
_WORDS_TOO = frozenset(("cup", "try", "bob", "cop", "ron", "rub", "sar", "les", "sos", "mop", "lak", "lei", "php"))
"""Codes of money that are words as well: they count in capitals only."""

_CAPITALISED = frozenset(("ks", "rs", "sle", "mark"))
_CAPITALS = frozenset(("ll", "le"))
_CLASSIFIERS = frozenset("个個")
_LETTERS = frozenset(("t", "g", "l", "m", "b"))
_EAST = "\u2e7f"
_MYRIADS = frozenset("千万億亿萬천만억")
_ENDED = re.compile(r"\s?[、,，。.;；)）]|[がをはもの]|$")


class Unit(NamedTuple):
    """A unit found behind a number: the lines of the lexicon that its word may mean, and its place."""

    entries: tuple[Entry, ...]
    start: int
    end: int

    def entry(self, *kinds: str) -> Entry | None:
        """Return the first meaning of one of these kinds, in the order of the kinds."""
        return next((entry for kind in kinds for entry in self.entries if entry.kind == kind), None)

    def codes(self) -> tuple[str, ...]:
        """Return the currencies that the word may stand for, the likeliest first."""
        listed: list[str] = []
        for entry in self.entries:
            if entry.kind in ("currency", "subunit"):
                listed += (entry.detail if entry.kind == "subunit" else entry.meaning).split()
        return tuple(dict.fromkeys(listed))


@cache
def _units() -> Mapping[str, tuple[Entry, ...]]:
    """Return the units that prose uses behind numbers: without words that stand there too often for other things."""
    lone = meanings("lone")
    found: dict[str, tuple[Entry, ...]] = {}
    for kind in _KINDS:
        for word, entries in lexicon.words(kind).items():
            if word not in lone:
                found[word] = (*found.get(word, ()), *entries)
    return found


@cache
def _longest() -> Mapping[str, int]:
    """Return the length of the longest unit by its first character."""
    found: dict[str, int] = {}
    for word in _units():
        found[word[0]] = min(max(found.get(word[0], 0), len(word)), _LONGEST)
    return found


def unit_at(plain: str, low: str, at: int) -> Unit | None:
    """Return the longest unit that stands here whole, with at most a blank or a hyphen before it."""
    start = at
    if low[at : at + 1] in (" ", "-") and low[at + 1 : at + 2] not in (" ", "-"):
        start += 1
    first = low[start : start + 1]
    if not first or first.isspace():
        return None
    if "a" <= first <= "ÿ" and first.isalpha():
        if start > at and low[at] == "-" and low[start : start + 3] in ("to ", "and"):
            return None
        return _western(plain, low, start)
    units = _units()
    for length in range(_longest().get(first, 0), 0, -1):
        word = low[start : start + length]
        entries = units.get(word) or _counted(low, start, word)
        if entries and len(word) == length:
            end = start + length
            other = length == 1 and compiled("{no_unit}").match(low, start) is not None
            if not other and not (_LATIN.match(word[-1]) and _LATIN.match(low[end : end + 1])):
                return (_classified(plain, low, end) if word in _CLASSIFIERS else None) or Unit(entries, start, end)
    return _national(plain, low, start) if first > _EAST else _sign(low, start)


def _counted(low: str, start: int, word: str) -> tuple[Entry, ...]:
    """Return the meanings of a counter that stands for other things behind small numbers: ``600万部``, ``20通、``."""
    if len(word) != 1 or word not in meanings("lone") or not start:
        return ()
    ended = word in meanings("lone_ended") and _ENDED.match(low, start + 1) is not None
    if not ended and low[start - 1] not in _MYRIADS:
        return ()
    return tuple(entry for entry in lexicon.words("counter").get(word, ()) if entry.meaning == "each")


def _sign(low: str, at: int) -> Unit | None:
    """Return the money whose sign stands behind a number: 80$, 30 €; not the sign of the number that follows."""
    entries = lexicon.words("sign").get(low[at])
    if not entries or low[at + 1 : at + 3].lstrip(" ")[:1].isdigit():
        return None
    return Unit(tuple(entry._replace(kind="currency") for entry in entries), at, at + 1)


@cache
def _nations() -> re.Pattern[str]:
    """Return the pattern of the East Asian names of countries, with what may stand before the money behind them."""
    return re.compile(rf"({alternatives(word for word in lexicon.words('country') if word[0] > _EAST)})[ ・·의の]?")


def _national(plain: str, low: str, at: int) -> Unit | None:
    """Return the money behind a country's name, of that country: 500 스리랑카 루피, 60シリア・ポンド, 500埃及镑."""
    nation = _nations().match(low, at)
    if nation is None:
        return None
    unit = unit_at(plain, low, nation.end())
    entry = unit.entry("currency") if unit is not None and unit.start == nation.end() else None
    if unit is None or entry is None:
        return None
    home = lexicon.words("country")[nation.group(1)][0].detail.split()
    own = [code for code in entry.meaning.split() if code in home]
    return Unit((entry._replace(meaning=" ".join(own)),), at, unit.end) if own else None


def _classified(plain: str, low: str, at: int) -> Unit | None:
    """Return the money behind a classifier: 15个CUC, 20個美元."""
    unit = unit_at(plain, low, at) if low[at : at + 1] not in ("", " ", "-") else None
    return unit if unit is not None and unit.entry("currency") is not None else None


def _western(plain: str, low: str, start: int) -> Unit | None:
    """Return the unit in Latin letters that starts here: the longest of up to four words, or one glued to others."""
    units = _units()
    found = _WORDS.match(low, start)
    words = found.group().replace("’", "'") if found else low[start]
    while words:
        entries = units.get(words)
        end = start + len(words)
        if entries and not _LATIN.match(low[end : end + 1]) and _spelt(plain, start, words, entries):
            return Unit(entries, start, end)
        cut = max(words.rfind(" "), words.rfind("-"), words.rfind("."))
        words = words[:-1] if words.endswith(".") and len(words) > 1 else words[: max(cut, 0)].removesuffix("'s")
    if words_of := _adjective(start, found.group() if found else ""):
        return _western(plain, low, words_of)
    glued = _GLUED.match(low, start)
    if glued is None:
        return None
    entries = units.get(glued.group(1))
    return Unit(entries, start, glued.end()) if entries and _spelt(plain, start, glued.group(1), entries) else None


def _adjective(start: int, words: str) -> int:
    """Return where the money behind a nation's name or an age starts: 1,700 Venezuelan bolivares; 0 when none does.

    Behind an age the nation may come first: ``35 new Turkish lira``.
    """
    nation, _, money = words.partition(" ")
    first = money.split(" ")[0].split("-")[0].rstrip(".")
    aged = nation in meanings("money_adjective")
    known = aged or nation in lexicon.words("country")
    named = known and (first in lexicon.words("currency") or (aged and first in lexicon.words("country")))
    return start + len(nation) + 1 if named else 0


def _spelt(plain: str, start: int, word: str, entries: tuple[Entry, ...]) -> bool:
    """Return whether a word is spelt as its unit is: ISO codes of three letters in capitals (CUP is no cup)."""
    written = plain[start : start + len(word)]
    if len(word) == 3 and entries[0].kind == "currency" and word.upper() == entries[0].meaning.split()[0]:
        return written.isupper() or word not in _WORDS_TOO
    if word in _CAPITALS:
        return written.isupper()
    if word in _CAPITALISED:
        return written[0].isupper()
    if word in _LETTERS:
        return written == "L" or written.islower()
    return True
