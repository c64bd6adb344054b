"""Digits with their marks -> exact values: 24,000, 1 000 000, 8,60,000, 1.200,50, and what can be read two ways."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import NamedTuple

EXACT = Context(prec=80)
"""Digits enough for every product of a number that an article may hold, whatever the caller's own context."""
MOST_DIGITS = 24
"""Digits that a number may have: more than any price needs, few enough for every product here to be exact."""

DIGITS = re.compile(
    r"[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![0-9])|[0-9]{1,3}, 000(?![0-9,])|[0-9]+(?:[.,'’·][0-9]+)*"
)
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def narrow(text: str) -> str:
    """Return the text with full-width ASCII characters as plain ones, each in its place."""
    return text if text.isascii() else text.translate(_WIDE)


class Number(NamedTuple):
    """A number as it stands: ``value`` is ``mantissa`` × ``scale``.

    ``marks`` is what was written when it is plain digits (``24,000``), else empty; ``other`` is the second
    reading of marks that can be read two ways; ``high`` the upper mantissa of a word that is a
    range (서너) or lies between two decimals (a third).
    """

    value: Decimal
    start: int
    end: int
    mantissa: Decimal
    scale: Decimal = Decimal(1)
    marks: str = ""
    other: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""


def plain_number(text: str) -> Decimal | None:
    """Return the value of plain ASCII digits, with thousands commas or a decimal point or both; else ``None``.

    The fast path for cells of a table: strict, so that what it declines goes to the full grammar; ``24.000``
    is declined, because it is 24 to one writer and 24,000 to another.
    """
    if len(text) > MOST_DIGITS or not _PLAIN.fullmatch(text):
        return None
    values = readings(text)
    return values[0] if len(values) == 1 else None


def readings(marks: str) -> list[Decimal]:
    """Return what digits with marks can mean: one value, two when they can be read two ways, or none."""
    marks = marks.replace(", ", ",")
    kinds = {mark for mark in marks if not mark.isdigit()}
    groups = re.split(r"[^0-9]", marks)
    whole = "".join(groups)
    if not kinds:
        return [Decimal(whole)]
    if len(kinds) == 2 and kinds <= {".", ",", "'", "’", " "}:
        return _two_marks(marks)
    mark = next(iter(kinds))
    if len(kinds) > 2 or mark == "·":
        return []
    thousands = len(groups[0]) <= 3 and groups[0] != "0" and all(len(group) == 3 for group in groups[1:])
    indian = mark == "," and len(groups) > 2 and len(groups[-1]) == 3 and all(len(group) == 2 for group in groups[1:-1])
    if mark not in ".,":
        return [Decimal(whole)] if thousands else []
    if len(groups) > 2:
        return [Decimal(whole)] if thousands or (indian and len(groups[0]) <= 2) else []
    fraction = Decimal(f"{groups[0]}.{groups[1]}")
    if mark == ".":
        return [fraction, Decimal(whole)] if thousands else [fraction]
    return [Decimal(whole)] if thousands else [fraction, Decimal(whole)]


def _two_marks(marks: str) -> list[Decimal]:
    """Return the value of 1,200.50 or 1.200,50: the last mark, used once, is the decimal one."""
    last = max(marks.rfind("."), marks.rfind(","))
    whole, fraction = marks[:last], marks[last + 1 :]
    if last < 0 or marks[last] in whole or not fraction.isdigit():
        return []
    values = readings(whole)
    value = values[-1] if values else None
    if value is None or value != value.to_integral_value():
        return []
    return [Decimal(f"{int(value)}.{fraction}")]
