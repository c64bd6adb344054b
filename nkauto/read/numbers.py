"""Written numbers -> exact values: digits with marks, 만/億 chains, words, multipliers, elliptical ranges."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from nkauto.read import lexicon

MOST_DIGITS = 24
"""Digits that a number may have: more than any price needs, few enough for every product here to be exact."""

_DIGITS = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![0-9])|[0-9]+(?:[.,'’·][0-9]+)*")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def narrow(text: str) -> str:
    """Return the text with full-width ASCII characters as plain ones, each in its place."""
    return text if text.isascii() else text.translate(_WIDE)


class Number(NamedTuple):
    """A number as it stands: ``value`` is ``mantissa`` × ``scale``.

    ``marks`` is what was written when it is plain digits (``24,000``), else empty; ``other`` is the second
    reading of marks that can be read two ways; ``high`` the upper value of a word that is a range (서너).
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


@cache
def _scales() -> Mapping[str, Decimal]:
    return {word: Decimal(entries[0].meaning) for word, entries in lexicon.words("scale").items()}


@cache
def _numerals() -> Mapping[str, Decimal]:
    return {word: Decimal(entries[0].meaning) for word, entries in lexicon.words("digit").items()}


_BIG = Decimal(10000)


def chain(text: str, at: int) -> Number | None:
    """Return the East Asian number that starts here: 2만4천, 36.51万, 八千, 3億 2千万; ``None`` when there is none.

    A number before a scale multiplies it, smaller scales add up, 万 and larger multiply what stands before
    them. Hangul numerals (이, 사, 오) count only with a scale behind them: alone they are particles.
    """
    scales, numerals = _scales(), _numerals()
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
        if character in numerals:
            if seen:
                leading = False
            current = numerals[character]
            mantissa = current if mantissa is None else mantissa
            hangul = hangul or "가" <= character <= "힣"
            position += 1
            end = position
            continue
        digits = _DIGITS.match(text, position)
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
        if character == " " and after == position and position + 1 < len(text) and text[position + 1] in "0123456789":
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


class _Words(NamedTuple):
    """Number words by their spelling, and the longest of each table in words."""

    values: Mapping[str, tuple[Decimal, Decimal | None, str]]
    scales: Mapping[str, tuple[Decimal, ...]]
    fractions: Mapping[str, Decimal]


@cache
def number_words() -> _Words:
    """Return the words that are numbers, multipliers and fractions, of all languages."""
    values = {}
    for word, entries in lexicon.words("number").items():
        meaning = entries[0].meaning.split()
        if meaning:
            unit = entries[0].detail if entries[0].detail != "native" else ""
            values[word] = (Decimal(meaning[0]), Decimal(meaning[1]) if len(meaning) > 1 else None, unit)
    scales = {
        word: tuple(dict.fromkeys(Decimal(entry.meaning) for entry in entries))
        for word, entries in lexicon.words("multiplier").items()
    }
    fractions = {}
    for word, entries in lexicon.words("fraction").items():
        above, below = entries[0].meaning.split("/")
        fractions[word] = Decimal(above) / Decimal(below)
    return _Words(values, scales, fractions)


_PHRASE = re.compile(r"[A-Za-zÀ-ÿ]+\.?(?:[ \u00a0-][A-Za-zÀ-ÿ]+){0,2}")
_AND = re.compile(r"(?: and)?[ -](?=[A-Za-zÀ-ÿ])")
_AND_A_HALF = re.compile(r" and (?:a|one)[ -](half|quarter)\b")
_OF = re.compile(r"(?: of)?(?: an?| one)?(?= )")
_HALF = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}


def _known(text: str, at: int, table: Mapping[str, object]) -> tuple[str, int] | None:
    """Return the longest word of a table that stands here whole, and its end."""
    found = _PHRASE.match(text, at)
    if found is None:
        return None
    words = found.group().casefold()
    while words:
        end = at + len(words)
        if words in table and not text[end : end + 1].isalpha():
            return words, end
        cut = max(words.rfind(" "), words.rfind("-"), words.rfind("\u00a0"), len(words) - 1 if words[-1] == "." else 0)
        words = words[: max(cut, 0)]
    return None


def _multiplied(text: str, number: Number) -> Number:
    """Return the number with the multipliers behind it: 1.2 million, 30k, $5bn, 2 hundred thousand."""
    scales = number_words().scales
    while True:
        spaced = text[number.end : number.end + 1] in (" ", "\u00a0", "-")
        found = _known(text, number.end + spaced, scales)
        if found is None or (len(found[0]) == 1 and (spaced or not text[number.end - 1].isdigit())):
            return number
        factors = scales[found[0]]
        other = number.value * factors[1] if len(factors) > 1 else None
        scale = number.scale * factors[0]
        number = Number(
            number.mantissa * scale, number.start, found[1], number.mantissa, scale,
            other=other if number.other is None else number.other * scale,
            high=None if number.high is None else number.high * factors[0],
        )  # fmt: skip


def spelled(text: str, at: int) -> Number | None:
    """Return the number in words that starts here: twenty-six, half a million, two hundred and fifty thousand."""
    tables = number_words()
    fraction = _known(text, at, tables.fractions)
    if fraction is not None:
        share = tables.fractions[fraction[0]]
        end = fraction[1]
        article = _OF.match(text, end)
        for start in [end + 1] if article is None else [article.end() + 1, end + 4, end + 1]:
            scaled = _known(text, start, tables.scales)
            if scaled is not None and len(scaled[0]) > 1:
                factor = tables.scales[scaled[0]][0]
                return Number(share * factor, at, scaled[1], share, factor)
        return Number(share, at, article.end() if article else end, share)
    total = section = Decimal(0)
    last = Decimal(0)
    end = position = at
    first: Decimal | None = None
    high: Decimal | None = None
    unit = ""
    scale, simple = Decimal(1), True
    while True:
        word = _known(text, position, tables.values)
        factor_word = _known(text, position, tables.scales)
        if factor_word is not None and len(factor_word[0]) > 1 and (word is None or factor_word[1] > word[1]):
            factor = tables.scales[factor_word[0]][-1]
            if last >= 100 and factor <= last and section == 0:
                break
            if factor == 100:
                section = (section or Decimal(1)) * factor
            else:
                total, section = total + (section or Decimal(1)) * factor, Decimal(0)
            first = Decimal(1) if first is None else first
            scale = scale * factor if simple else scale
            last, end = factor, factor_word[1]
        elif word is not None:
            value, upper, holds = tables.values[word[0]]
            fits = first is None or (value < 10 and 20 <= last < 100) or (last >= 100 and value < last)
            if not fits or (first is not None and upper is not None):
                break
            simple = first is None
            first = value if first is None else first
            section += value
            last, end, high, unit = value, word[1], upper, holds
        else:
            break
        if unit:
            break
        half = _AND_A_HALF.match(text, end)
        if half is not None and last < 100:
            section += _HALF[half.group(1)]
            first, end = section, half.end()
        joint = _AND.match(text, end)
        if joint is None:
            break
        position = joint.end()
    if first is None:
        return None
    value = total + section
    if scale == 1 or not simple:
        return Number(value, at, end, value, high=high, unit=unit)
    return Number(value, at, end, value / scale, scale, high=high, unit=unit)


def native(text: str, at: int) -> Number | None:
    """Return the Korean or Japanese number word that starts here: 두, 열두, 서너, 사흘, 半年."""
    values = number_words().values
    for length in (3, 2, 1):
        word = text[at : at + length]
        if len(word) == length and word in values and not word.isascii():
            value, high, unit = values[word]
            return Number(value, at, at + length, value, high=high, unit=unit)
    return None


def number(text: str, at: int) -> Number | None:
    """Return the number that starts at this place in any script, with its multipliers; ``None`` when none does."""
    character = text[at]
    if "0" <= character <= "9":
        found = chain(text, at)
        return None if found is None else _multiplied(text, found)
    if character < "\u0250":
        return spelled(text, at)
    return native(text, at) or chain(text, at)


def elliptical(low: Number, high: Number) -> Number:
    """Return the lower end of a range with what it shares with the upper: 3~4만, 1-2 million, 200-300,000.

    Only when it is smaller than the upper end's own leading number: "500 to 1 million" shares nothing.
    """
    if low.scale == 1 and high.scale > 1 and low.value < high.mantissa:
        return low._replace(value=low.value * high.scale, scale=high.scale, marks="", other=None)
    if low.marks.isdigit() and "," in high.marks and high.scale == low.scale:
        lead, *groups = high.marks.split(",")
        if all(len(group) == 3 for group in groups) and low.value < int(lead) and len(low.marks) <= 3:
            factor = Decimal(1000) ** len(groups)
            return low._replace(value=low.value * factor, marks="")
    return low
