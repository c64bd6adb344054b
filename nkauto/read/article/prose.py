"""The words that give numbers in prose their meaning, as patterns; tables in ``lexicon/prose/``, one a language."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "lexicon" / "prose"
_ROLE = re.compile(r"\{([a-z_]+(?:\+[a-z_]+)*)\}")
_LATIN = re.compile(r"[a-zà-ÿ]")


@cache
def _rows() -> tuple[tuple[str, str, tuple[str, ...], str], ...]:
    """Return every line of the tables: language, role, words, meaning."""
    rows = []
    for path in sorted(_FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as table:
            for role, words, meaning in list(csv.reader(table))[1:]:
                rows.append((path.stem, role, tuple(words.split("|")), meaning))
    return tuple(rows)


@cache
def roles() -> Mapping[str, Mapping[str, str]]:
    """Return the words of every role in every language, each with its meaning."""
    found: dict[str, dict[str, str]] = {}
    for _, role, words, meaning in _rows():
        found.setdefault(role, {}).update(dict.fromkeys(words, meaning))
    return found


def by_language(role: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words of a role in each language that has it."""
    return {language: words for language, known, words, _ in _rows() if known == role}


def meanings(role: str) -> Mapping[str, str]:
    """Return the words of a role in every language, each with its meaning; a ``*`` leaves its ending open."""
    return roles()[role]


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern of these words, the longest first, sharing first letters so that it fails fast."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda each: (-len(each), each)):
        by_first.setdefault(word[0], []).append(word)
    return "|".join(
        re.escape(group[0])
        if len(group) == 1
        else re.escape(first) + f"(?:{'|'.join(re.escape(word[1:]) for word in group)})"
        for first, group in by_first.items()
    )


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of these words; those in Latin letters stand whole, but for an open ending."""
    listed = list(words)
    western = [word for word in listed if _LATIN.match(word[0])]
    whole = [word for word in western if not word.endswith("*")]
    open_ended = [word[:-1] for word in western if word.endswith("*")]
    parts = []
    if whole:
        parts.append(rf"(?<![a-zà-ÿ])(?:{alternatives(whole)})(?![a-zà-ÿ])")
    if open_ended:
        parts.append(rf"(?<![a-zà-ÿ])(?:{alternatives(open_ended)})[a-zà-ÿ]*")
    others = [word for word in listed if word not in western]
    if others:
        parts.append(alternatives(others))
    return f"(?:{'|'.join(parts)})"


@cache
def compiled(template: str) -> re.Pattern[str]:
    """Return the pattern of a template in which ``{role}`` or ``{role+role}`` stands for the words of roles."""
    return re.compile(_ROLE.sub(_listed, template))


def _listed(match: re.Match[str]) -> str:
    return any_of(word for role in match.group(1).split("+") for word in meanings(role))
