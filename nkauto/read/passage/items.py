"""The goods and works that words name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from nkauto.read import lexicon
from nkauto.read.relations.words import alternatives, pattern

if TYPE_CHECKING:
    from nkauto.read.passage.passage import Mention

_INSIDE = re.compile(r"[가-힣][가-힣]")
_COMPOUND = 3
"""Characters on either side of a word of one character that may make a longer word of it."""
_STEP = 12
"""Characters between two prices of a list that names no goods: 2,500 and 16,500 won."""


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


def named_in_step(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the figures, each price of a list without names as that of the good in its place in the list before.

    ``In May rice was 5,000 won and corn 2,400; in June it was 5,200 won and 2,500 won``.
    """
    found = list(mentions)
    at = 0
    while at < len(found):
        end = at + 1
        while end < len(found) and not item(found[at].left, last=True) and _goes_on(found[end - 1], found[end]):
            end += 1
        goods = found[max(0, at - (end - at)) : at]
        named = [item(each.left, last=True) for each in goods]
        alike = all(each.money and not each.rate and each.unit == found[at].unit for each in goods)
        if 1 < end - at == len(set(named) - {"", "wage"}) and alike:
            found[at:end] = [replace(each, subject=good) for each, good in zip(found[at:end], named, strict=True)]
        at = end
    return found


def _goes_on(one: Mention, other: Mention) -> bool:
    """Return whether a price stands right behind another one, and none of the two is a rate."""
    near = one.sentence == other.sentence and other.figure.start - one.figure.end <= _STEP
    prices = one.money and other.money and one.unit == other.unit and one.per == other.per and not one.rate
    return near and prices and not item(other.left, last=True)
