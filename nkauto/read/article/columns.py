"""What looks like one number and is none: a ring before an item, a word that starts like one, two columns of a line."""

from __future__ import annotations

import re

from nkauto.read.article.prose import compiled
from nkauto.read.digits import Number
from nkauto.read.numbers import number

_RINGS = "〇○"
"""Noughts that also stand before the items of a list: 〇 백미."""

_EAST = "\u2e7f"
_LINE_ENDS = re.compile(r"[ \t]*(?:\n|$)")


def no_number(low: str, found: Number) -> bool:
    """Return whether signs that are no digits are the ring before an item, or the start of a word: 서명, 세대."""
    ring = found.value == 0 and low[found.start] in _RINGS
    return ring or compiled("{no_number}").match(low, found.start) is not None


def first_column(low: str, digits: re.Match[str] | None) -> Number | None:
    """Return the first of two numbers that end a line beside East Asian words, each of its own: 1元 450 440."""
    if digits is None or " " not in digits.group() or _LINE_ENDS.match(low, digits.end()) is None:
        return None
    line = low[low.rfind("\n", 0, digits.start()) + 1 : digits.start()].rstrip()
    end = digits.start() + digits.group().index(" ")
    return number(low[:end], digits.start()) if line[-1:] > _EAST else None
