"""The words that numbers, units, goods and changes go by: plain tables, one file a language.

``README.md`` beside this file describes the columns; a new language is a new file, not new code.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

_FOLDER = os.path.dirname(__file__)
_HEADER = ["kind", "words", "meaning", "detail"]


class Entry(NamedTuple):
    """One word of one language: what kind of word it is, what it means, and what else must be known of it.

    A named tuple, not a dataclass: 3,800 are made at the first look-up, and a frozen dataclass takes three
    times as long to make (measured: 3.4 against 1.1 ms).
    """

    word: str
    kind: str
    meaning: str
    detail: str
    language: str


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a table, in alphabetical order."""
    return tuple(sorted(name[:-4] for name in os.listdir(_FOLDER) if name.endswith(".csv")))


@cache
def load(language: str) -> tuple[Entry, ...]:
    """Return all words of a language, casefolded, in the order of its table."""
    return tuple(_rows(language))


def _rows(language: str) -> Iterator[Entry]:
    with open(os.path.join(_FOLDER, language + ".csv"), encoding="utf-8", newline="") as table:
        rows = csv.reader(table)
        if next(rows) != _HEADER:
            raise ValueError(f"{language}.csv: the header must be {','.join(_HEADER)}")
        for kind, words, meaning, detail in rows:
            for word in words.split("|"):
                yield Entry(word, kind, meaning, detail, language)


@cache
def words(kind: str, language: str = "") -> Mapping[str, tuple[Entry, ...]]:
    """Return the words of one kind, each with its entries; of every language, or of one.

    A word has several entries when languages or meanings share it: ``pound`` is a currency and a weight.
    """
    found: dict[str, tuple[Entry, ...]] = {}
    for name in [language] if language else languages():
        for entry in load(name):
            if entry.kind == kind:
                found[entry.word] = (*found.get(entry.word, ()), entry)
    return MappingProxyType(found)


@cache
def index() -> Mapping[str, tuple[Entry, ...]]:
    """Return every word of every language with all of its entries."""
    found: dict[str, tuple[Entry, ...]] = {}
    for language in languages():
        for entry in load(language):
            known = found.get(entry.word)
            found[entry.word] = (entry,) if known is None else (*known, entry)
    return MappingProxyType(found)
