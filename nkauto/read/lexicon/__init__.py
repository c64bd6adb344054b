"""The words that numbers, units, goods and changes go by: plain tables, one file a language.

``README.md`` beside this file describes the columns; a new language is a new file, not new code.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

_FOLDER = Path(__file__).parent
_HEADER = ["kind", "words", "meaning", "detail"]


class Entry(NamedTuple):
    """One line of a table: words of one meaning, what kind of word they are, and what else must be known.

    A named tuple a line, not a dataclass a word: the tables are read at every start of the program.
    """

    words: tuple[str, ...]
    kind: str
    meaning: str
    detail: str
    language: str


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a table, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.iterdir() if path.suffix == ".csv"))


@cache
def load(language: str) -> tuple[Entry, ...]:
    """Return the lines of a language's table, in its order; its words are in lower case."""
    with (_FOLDER / f"{language}.csv").open(encoding="utf-8", newline="") as table:
        rows = csv.reader(table)
        if next(rows) != _HEADER:
            raise ValueError(f"{language}.csv: the header must be {','.join(_HEADER)}")
        return tuple(
            Entry(tuple(words.split("|")), kind, meaning, detail, language) for kind, words, meaning, detail in rows
        )


@cache
def words(kind: str, language: str = "") -> Mapping[str, tuple[Entry, ...]]:
    """Return the words of one kind, each with its lines; of every language, or of one.

    A word has several lines when languages or meanings share it: ``peso`` is English and Spanish.
    """
    chosen = [language] if language else languages()
    return _by_word(entry for name in chosen for entry in load(name) if entry.kind == kind)


@cache
def index(without: frozenset[str] = frozenset()) -> Mapping[str, tuple[Entry, ...]]:
    """Return every word of every language with all of its lines, but those of some kinds.

    ``pound`` is a currency and a weight.
    """
    return _by_word(entry for name in languages() for entry in load(name) if entry[1] not in without)


def _by_word(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        for word in entry[0]:
            found[word] = (*found[word], entry) if word in found else (entry,)
    return MappingProxyType(found)
