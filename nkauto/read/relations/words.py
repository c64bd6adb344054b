"""The words that tie figures together, per language, as patterns: from, to, than, worth, in all, a month's wage.

The tables stand in ``lexicon/relations/``, one file a language: ``role,words``. A new language is a new file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from nkauto.read import lexicon

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
"""A year in digits, as years stand in every language."""

_FOLDER = Path(__file__).parent.parent / "lexicon" / "relations"


@cache
def _tables() -> dict[str, list[str]]:
    """Return the words of every role in every language."""
    roles: dict[str, list[str]] = {}
    for path in sorted(_FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as table:
            for role, words in list(csv.reader(table))[1:]:
                roles.setdefault(role, []).extend(words.split("|"))
    changes = lexicon.words("change")
    roles.setdefault("rise", []).extend(word for word, entries in changes.items() if entries[0].meaning == "up")
    roles.setdefault("fall", []).extend(word for word, entries in changes.items() if entries[0].meaning == "down")
    hedges = lexicon.words("hedge")
    roles["hedge"] = [word for word, entries in hedges.items() if any(entry.detail == "before" for entry in entries)]
    return roles


def words(role: str) -> list[str]:
    """Return the words of a role in every language."""
    return _tables().get(role, [])


def alternatives(some: Iterable[str]) -> str:
    """Return a pattern of these words, the longest first; words in letters stand alone, ``*`` leaves an ending open.

    The words are grouped by their first character, which the regular expression engine looks at first: with
    300 words that is five times as fast.
    """
    spaced: dict[str, list[str]] = {}
    joined: dict[str, list[str]] = {}
    for word in sorted({each.lower() for each in some}, key=lambda each: (-len(each), each)):
        (spaced if _letter(word[0]) else joined).setdefault(word[0], []).append(word)
    parts = []
    if spaced:
        parts.append("(?<![a-z])(?:" + "|".join(_group(first, each) for first, each in spaced.items()) + ")")
    parts += [_group(first, each) for first, each in joined.items()]
    return "(?:" + "|".join(parts) + ")" if parts else "(?!)"


def _letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _group(first: str, words: list[str]) -> str:
    """Return a pattern of words of one first character, the longest first.

    Those that stand alone share one look at what follows, which halves the time that the pattern takes to compile;
    they go ahead of the open ones, but for those that a longer open one would have gone ahead of.
    """
    open_ended = [word.removesuffix("*") for word in words if not _letter(word[-1])]
    ahead = {stem[:place] for stem in open_ended for place, each in enumerate(stem) if place and not _letter(each)}
    stems = frozenset(open_ended)
    alone, rest = [], []
    for word in words:
        form = r"\s+".join(map(re.escape, word[1:].removesuffix("*").split(" ")))
        if not _letter(word[-1]):
            rest.append(form)
        elif word in ahead or word[:-1] in stems:
            rest.append(form + "(?![a-z])")
        else:
            alone.append(form)
    if alone:
        rest.insert(0, (alone[0] if len(alone) == 1 else "(?:" + "|".join(alone) + ")") + "(?![a-z])")
    return re.escape(first) + (rest[0] if len(rest) == 1 else "(?:" + "|".join(rest) + ")")


_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def lowered(text: str) -> str:
    """Return the text with ASCII capitals as small letters, every character in its place: what the patterns read."""
    return text.translate(_LOWER)


@cache
def one_of(role: str) -> str:
    """Return the pattern of a role's words as text, to stand inside a longer one."""
    return alternatives(words(role))


@cache
def pattern(role: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return the compiled pattern of a role's words in lowered text, with what must stand before and after."""
    return re.compile(before + one_of(role) + after)


def says(role: str, text: str) -> bool:
    """Return whether lowered text holds a word of the role; words of other scripts are looked for where there are any.

    Most words about a figure are plain ASCII, and a dash or an accent among them is no word of another script.
    """
    if _plain(role).search(text) is not None:
        return True
    return not (text.isascii() or _letters(role).isdisjoint(text)) and _other(role).search(text) is not None


@cache
def _plain(role: str) -> re.Pattern[str]:
    return re.compile(alternatives(word for word in words(role) if word.isascii()))


@cache
def _other(role: str) -> re.Pattern[str]:
    return re.compile(alternatives(word for word in words(role) if not word.isascii()))


@cache
def _letters(role: str) -> frozenset[str]:
    """Return the characters beyond ASCII of the role's words, in small letters."""
    return frozenset(letter for word in words(role) for letter in word.lower() if not letter.isascii())
