"""Numbers in words -> exact values: half a million, twenty-six, 1.2 million, 두, 서너, 半年."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TypeVar

from nkauto.core.range import outward
from nkauto.read import lexicon
from nkauto.read.digits import Number

T = TypeVar("T")


class Table(dict[str, T]):
    """Words of all languages with what they mean, and ``firsts``, the first words of those."""

    def __init__(self, words: Mapping[str, T]) -> None:
        super().__init__(words)
        self.firsts = set(map(_first, words))


def _first(word: str) -> str:
    return word.replace(".", " ").replace("-", " ").partition(" ")[0]


@cache
def beginnings() -> frozenset[str]:
    """Return the words that a number in words can begin with, in any language."""
    return frozenset(_first(word) for kind in ("number", "multiplier", "fraction") for word in lexicon.spellings(kind))


@cache
def values() -> Table[tuple[Decimal, Decimal | None, str]]:
    """Return the words that are numbers: lower value, upper value of a range, unit."""
    found = {}
    for word, entries in lexicon.words("number").items():
        meaning = entries[0].meaning.split()
        if meaning:
            unit = entries[0].detail if entries[0].detail != "native" else ""
            found[word] = (Decimal(meaning[0]), Decimal(meaning[1]) if len(meaning) > 1 else None, unit)
    return Table(found)


@cache
def scales() -> Table[tuple[Decimal, ...]]:
    """Return the words that are multipliers."""
    words = lexicon.words("multiplier").items()
    return Table({word: tuple(dict.fromkeys(Decimal(each.meaning) for each in entries)) for word, entries in words})


@cache
def fractions() -> Table[str]:
    """Return the words that are fractions, as ``1/3``."""
    return Table({word: entries[0].meaning for word, entries in lexicon.words("fraction").items()})


def _share(meaning: str) -> tuple[Decimal, Decimal]:
    """Return the decimals on both sides of ``1/3``; the same twice where one is exact."""
    above, below = meaning.split("/")
    share = outward(Fraction(int(above), int(below)), Fraction(int(above), int(below)))
    return share.low, share.high


_PHRASE = re.compile(r"[A-Za-zÀ-ÿ]+\.?(?:[ \u00a0-][A-Za-zÀ-ÿ]+){0,2}")
_FIRST = re.compile(r"[A-Za-zÀ-ÿ]+")
_AND = re.compile(r"(?: and)?[ -](?=[A-Za-zÀ-ÿ])")
_AND_A_HALF = re.compile(r"[ -]and[ -](?:a|one)[ -](half|quarter)\b")
_OF = re.compile(r"(?: of)?(?: an?| one)?(?= )")
_LARGEST_SCALE = Decimal(10**24)
"""What multipliers may come to: a hundred hundreds of hundreds without end are no price, and fill any precision."""
_HALF = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}


def _known(text: str, at: int, table: Table[T]) -> tuple[str, int] | None:
    """Return the longest word of a table that stands here whole, and its end."""
    first = _FIRST.match(text, at)
    if first is None or first.group().casefold() not in table.firsts:
        return None
    found = _PHRASE.match(text, at)
    words = found.group().casefold() if found is not None else ""
    while words:
        end = at + len(words)
        if words in table and not text[end : end + 1].isalpha():
            return words, end
        cut = max(words.rfind(" "), words.rfind("-"), words.rfind("\u00a0"), len(words) - 1 if words[-1] == "." else 0)
        words = words[: max(cut, 0)]
    return None


def multiplied(text: str, number: Number) -> Number:
    """Return the number with the multipliers behind it: 1.2 million, 30k, $5bn, 2 hundred thousand."""
    while True:
        spaced = text[number.end : number.end + 1] in (" ", "\u00a0", "-")
        following = text[number.end + spaced : number.end + spaced + 1]
        if not "a" <= following <= "ÿ":
            return number
        found = _known(text, number.end + spaced, scales())
        if found is None or (len(found[0]) == 1 and (spaced or not text[number.end - 1].isdigit())):
            return number
        factors = scales()[found[0]]
        if number.scale * factors[0] > _LARGEST_SCALE:
            return number
        other = number.value * factors[1] if len(factors) > 1 else None
        scale = number.scale * factors[0]
        number = Number(
            number.mantissa * scale, number.start, found[1], number.mantissa, scale,
            other=other if number.other is None else number.other * scale,
            high=number.high,
        )  # fmt: skip


def spelled(text: str, at: int) -> Number | None:
    """Return the number in words that starts here: twenty-six, half a million, two hundred and fifty thousand."""
    begun = _FIRST.match(text, at)
    if begun is None or begun.group().casefold() not in beginnings():
        return None
    fraction = _known(text, at, fractions())
    if fraction is not None:
        share, above = _share(fractions()[fraction[0]])
        end = fraction[1]
        article = _OF.match(text, end)
        for start in [end + 1] if article is None else [article.end() + 1, end + 4, end + 1]:
            scaled = _known(text, start, scales())
            if scaled is not None and len(scaled[0]) > 1:
                factor = scales()[scaled[0]][0]
                return Number(share * factor, at, scaled[1], share, factor, high=_wider(share, above))
        return Number(share, at, article.end() if article else end, share, high=_wider(share, above))
    total = section = Decimal(0)
    last = Decimal(0)
    end = position = at
    first: Decimal | None = None
    high: Decimal | None = None
    unit = ""
    scale, simple = Decimal(1), True
    while True:
        word = _known(text, position, values())
        factor_word = _known(text, position, scales())
        if factor_word is not None and len(factor_word[0]) > 1 and (word is None or factor_word[1] > word[1]):
            factor = scales()[factor_word[0]][-1]
            if last >= 100 and factor <= last:
                break
            if factor == 100:
                section = (section or Decimal(1)) * factor
            else:
                total, section = total + (section or Decimal(1)) * factor, Decimal(0)
            first = Decimal(1) if first is None else first
            scale = scale * factor if simple else scale
            last, end = factor, factor_word[1]
        elif word is not None:
            value, upper, holds = values()[word[0]]
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


def _wider(low: Decimal, high: Decimal) -> Decimal | None:
    """Return the upper value where it differs: a third lies between two decimals."""
    return high if high != low else None


def native(text: str, at: int) -> Number | None:
    """Return the Korean or Japanese number word that starts here: 두, 열두, 스물다섯, 서너, 사흘, 半年."""
    known = values()
    for length in (3, 2, 1):
        word = text[at : at + length]
        if len(word) == length and word in known and not word.isascii():
            value, high, unit = known[word]
            end = at + length
            if 20 <= value < 100 and not unit:
                digit = native(text, end)
                if digit is not None and digit.value < 10 and digit.high is None and not digit.unit:
                    value, end = value + digit.value, digit.end
            return Number(value, at, end, value, high=high, unit=unit)
    return None
