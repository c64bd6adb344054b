"""The words that numbers, units, goods and changes go by: plain tables, one file a language.

``README.md`` beside this file describes the columns; a new language is a new file, not new code.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

_FOLDER = Path(__file__).parent
_HEADER = "kind,words,meaning,detail"
_Line = tuple[str, str, str, str, str]
"""Kind, words, meaning, detail, language."""


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
    return tuple(map(_entry, _lines(language)))


@cache
def words(kind: str, language: str = "") -> Mapping[str, tuple[Entry, ...]]:
    """Return the words of one kind, each with its lines; of every language, or of one.

    A word has several lines when languages or meanings share it: ``peso`` is English and Spanish.
    """
    found: dict[str, tuple[Entry, ...]] = {}
    for line in _by_kind().get(kind, ()):
        if language in ("", line[4]):
            entry = _entry(line)
            for word in entry.words:
                found[word] = (*found.get(word, ()), entry)
    return MappingProxyType(found)


def spellings(kind: str) -> list[str]:
    """Return the words of one kind, of every language, without what they mean."""
    return [word for line in _by_kind().get(kind, ()) for word in line[1].split("|")]


@cache
def index(without: frozenset[str] = frozenset()) -> Index:
    """Return every word of every language with all of its lines, but those of some kinds.

    ``pound`` is a currency and a weight.
    """
    return Index(line for kind, lines in _by_kind().items() if kind not in without for line in lines)


class Index(Mapping[str, tuple[Entry, ...]]):
    """Words with their lines, which become entries when a word is asked for.

    A typed amount asks for a handful of two and a half thousand: 2 ms of every start are saved.
    """

    def __init__(self, lines: Iterable[_Line]) -> None:
        self._first: dict[str, _Line] = {}
        self._more: dict[str, list[_Line]] = {}
        for line in lines:
            for word in line[1].split("|"):
                if word in self._first:
                    self._more.setdefault(word, []).append(line)
                else:
                    self._first[word] = line

    def __getitem__(self, word: str) -> tuple[Entry, ...]:
        lines = sorted([self._first[word], *self._more.get(word, ())], key=lambda line: line[4])
        return tuple(map(_entry, lines))

    def __contains__(self, word: object) -> bool:
        return word in self._first

    def __iter__(self) -> Iterator[str]:
        return iter(self._first)

    def __len__(self) -> int:
        return len(self._first)


def _entry(line: _Line) -> Entry:
    kind, every, meaning, detail, language = line
    return Entry(tuple(every.split("|")), kind, meaning, detail, language)


@cache
def _by_kind() -> dict[str, list[_Line]]:
    """Return the lines of all languages by their kind."""
    found: dict[str, list[_Line]] = {}
    for language in languages():
        for line in _lines(language):
            found.setdefault(line[0], []).append(line)
    return found


@cache
def _lines(language: str) -> tuple[_Line, ...]:
    """Return the cells of a language's table and its name, line by line."""
    header, *lines = (_FOLDER / f"{language}.csv").read_text(encoding="utf-8").split("\n")
    if header != _HEADER:
        raise ValueError(f"{language}.csv: the header must be {_HEADER}")
    found = []
    for line in filter(None, lines):
        # csv.reader takes three times as long for a line without quotation marks
        kind, every, meaning, detail = line.split(",") if '"' not in line else next(csv.reader([line]))
        found.append((kind, every, meaning, detail, language))
    return tuple(found)
