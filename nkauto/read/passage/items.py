"""The goods and works that words name."""

from __future__ import annotations

import re
from functools import cache

from nkauto.read import lexicon
from nkauto.read.relations.words import alternatives, pattern

_INSIDE = re.compile(r"[가-힣][가-힣]")
_COMPOUND = 3
"""Characters on either side of a word of one character that may make a longer word of it."""


@cache
def _items() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    words = lexicon.words("item")
    plain = re.compile(alternatives(word for word in words if word.isascii()))
    return re.compile(alternatives(words)), plain, {word: entries[0].meaning for word, entries in words.items()}


def item(words: str, *, last: bool) -> str:
    """Return the good or work that the words name, the last or first of them; empty for none."""
    every, plain, meanings = _items()
    found = ""
    for match in (plain if words.isascii() else every).finditer(words):
        if _is_inside(words, match):
            continue
        found = meanings.get(match.group(), found)
        if not last:
            return found
    return found


def items_named(words: str) -> list[str]:
    """Return the goods and works that lowered words name, in their order."""
    every, plain, meanings = _items()
    matches = (plain if words.isascii() else every).finditer(words)
    return [meanings[match.group()] for match in matches if match.group() in meanings and not _is_inside(words, match)]


def _is_inside(words: str, match: re.Match[str]) -> bool:
    """Return whether a word of one character is only part of a longer one: gold in ``지금``, now; ``罰金``, a fine."""
    start = match.start()
    if match.end() - start != 1:
        return False
    if start > 0 and _INSIDE.match(words, start - 1) is not None:
        return True
    first = max(0, start - _COMPOUND)
    around = pattern("no_good").finditer(words, first, match.end() + _COMPOUND)
    return any(each.start() <= start < each.end() for each in around)
