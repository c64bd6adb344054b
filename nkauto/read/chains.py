"""East Asian number chains -> exact values: 2만4천, 36.51万, 八千, 3億 2千万."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from nkauto.read import lexicon
from nkauto.read.digits import DIGITS, Number, readings


@cache
def _scales() -> Mapping[str, Decimal]:
    return {word: Decimal(entries[0].meaning) for word, entries in lexicon.words("scale").items()}


def _plain(marks: str, at: int) -> Number | None:
    """Return a number of digits alone, by far the commonest, without a walk over its characters."""
    values = readings(marks)
    if not values:
        return None
    other = values[1] if len(values) == 2 else None
    return Number(values[0], at, at + len(marks), values[0], marks=marks, other=other)


@cache
def _numerals() -> Mapping[str, Decimal]:
    return {word: Decimal(entries[0].meaning) for word, entries in lexicon.words("digit").items()}


_BIG = Decimal(10000)
_PART = re.compile(r" (?:[0-9]|[천백십](?=\s?(?:원|달러|위안|엔)))")
"""What may stand behind a blank inside a number: 3만 5000, 8천 백원."""

_SKIPPED = "零〇"
"""Marks that places are empty: 三千零五十 is 3,050."""


def _goes_on(text: str, at: int, numerals: Mapping[str, Decimal]) -> bool:
    """Return whether a digit other than zero stands here."""
    following = text[at : at + 1]
    return "1" <= following <= "9" or bool(numerals.get(following))


def chain(text: str, at: int) -> Number | None:
    """Return the East Asian number that starts here: 2만4천, 36.51万, 八千, 3億 2千万; ``None`` when there is none.

    A number before a scale multiplies it, smaller scales add up, 万 and larger multiply what stands before
    them (25万亿: 25 trillion). Hangul numerals (이, 사, 오) count only with a scale behind them: alone they are
    particles.
    """
    scales, numerals = _scales(), _numerals()
    plain = DIGITS.match(text, at)
    if plain is not None and text[plain.end() : plain.end() + 1] not in scales:
        return _plain(plain.group(), at)
    total = section = Decimal(0)
    current: Decimal | None = None
    mantissa: Decimal | None = None
    scale, leading, seen, hangul = Decimal(1), True, False, False
    below, below_big = Decimal("Infinity"), Decimal("Infinity")
    position, end, after = at, at, None
    marks = ""
    other: Decimal | None = None
    while position < len(text):
        character = text[position]
        factor = scales.get(character)
        if factor is not None:
            if factor >= _BIG:
                if factor > below_big and position == after and not section:
                    total, below_big = total * factor, below_big * factor
                    scale = scale * factor if leading else scale
                    position += 1
                    end, after = position, position
                    continue
                if factor >= below_big:
                    break
                total += ((section + (current or 0)) or Decimal(1)) * factor
                section, below, below_big = Decimal(0), Decimal("Infinity"), factor
            else:
                if factor >= below:
                    break
                section += (Decimal(1) if current is None else current) * factor
                below = factor
            if leading:
                mantissa = Decimal(1) if mantissa is None else mantissa
                scale *= factor
            current, seen = None, True
            position += 1
            end, after = position, position
            continue
        if current is not None:
            break
        if character in _SKIPPED and seen and _goes_on(text, position + 1, numerals):
            position += 1
            continue
        if character in numerals:
            if marks and seen and text[position + 1 : position + 2] not in scales:
                break  # 48万五人: the digit belongs to what is counted behind it
            if seen:
                leading = False
            current = numerals[character]
            mantissa = current if mantissa is None else mantissa
            hangul = hangul or "가" <= character <= "힣"
            position += 1
            end = position
            continue
        digits = DIGITS.match(text, position)
        if digits and "0" <= character <= "9":
            values = readings(digits.group())
            if not values or (seen and values[0] >= min(below, below_big)):
                break
            if seen:
                leading = False
            current = values[0]
            if position == at:
                marks, other = digits.group(), values[1] if len(values) == 2 else None
            mantissa = current if mantissa is None else mantissa
            position = digits.end()
            end = position
            continue
        if character == " " and after == position and _PART.match(text, position):
            position += 1
            continue
        break
    if current is not None:
        if hangul and after is not None and end != after and "가" <= text[end - 1] <= "힣":
            end = after
        elif hangul and not seen:
            return None
        else:
            section += current
    if end == at or mantissa is None:
        return None
    value = total + section
    if scale == 1 and not seen:
        return Number(value, at, end, value, marks=marks, other=other)
    return Number(value, at, end, mantissa, scale, other=None if other is None else other * scale)
