"""The words that tie figures together, per language, as patterns: from, to, than, worth, in all, a month's wage.

The tables stand in ``lexicon/relations/``, one file a language: ``role,words``. A new language is a new file.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable
from functools import cache

from nkauto.read import lexicon

_FOLDER = os.path.join(os.path.dirname(__file__), "lexicon", "relations")


@cache
def _tables() -> dict[str, list[str]]:
    """Return the words of every role in every language."""
    roles: dict[str, list[str]] = {}
    for name in sorted(os.listdir(_FOLDER)):
        if not name.endswith(".csv"):
            continue
        with open(os.path.join(_FOLDER, name), encoding="utf-8", newline="") as table:
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
    """Return a pattern of these words, the longest first; words in letters stand alone, ``*`` leaves an ending open."""
    forms = []
    for word in sorted(set(some), key=lambda each: (-len(each), each)):
        stem = word.endswith("*")
        word = word[:-1] if stem else word
        form = r"\s+".join(re.escape(part) for part in word.split())
        if word[:1].isascii() and word[:1].isalpha():
            form = r"(?<![a-zA-Z])" + form
        if not stem and word[-1:].isascii() and word[-1:].isalpha():
            form += r"(?![a-zA-Z])"
        forms.append(form)
    return "(?:" + "|".join(forms) + ")" if forms else r"(?!)"


@cache
def pattern(role: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return the compiled pattern of a role's words, with what must stand before and after."""
    return re.compile(before + alternatives(words(role)) + after, re.IGNORECASE)


def says(role: str, text: str) -> bool:
    """Return whether the text holds a word of the role."""
    return pattern(role).search(text) is not None


def last(role: str, text: str) -> int:
    """Return where the last word of the role ends, or -1."""
    end = -1
    for match in pattern(role).finditer(text):
        end = match.end()
    return end


def first(role: str, text: str) -> int:
    """Return where the first word of the role starts, or -1."""
    match = pattern(role).search(text)
    return -1 if match is None else match.start()
