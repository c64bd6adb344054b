"""What a figure is an amount of: for one of what, in which money where that cannot be told, to which place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from nkauto.core.findings import Figure
from nkauto.read.relations.words import says

_PER = re.compile(r"\s*([0-9][0-9,.]*)?\s*(\S.*)")
_OPENED = re.compile(r"[^(（\[\d]{0,12}[(（\[][^()（）\d]*$")
_JOINED = re.compile(r"[/]|(?<![a-z])(?:per|an?|each|the)(?![a-z])|[(（,，、;]")
_SHORT = 24
_BECOMES = re.compile(
    r"\s*(?:into|are|is|, or|or|, which is|, that is|,? i\.e\.)\s*(?:about|around|some|only)?\s*", re.I
)
_ONE = Decimal(1)
_POWERS = (0, 3, 4, 6, 8, 9, 12, -2, -1, 1, 2, 5, 7, 10, 11, 13, 14, 15, 16, -3, -4)
"""Powers of ten that a number may be multiplied by, the commonest first."""
_NUMBER = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?")
UNTOLD = "XXX"
"""The code of no currency, as ISO 4217 has it."""
_NAME = re.compile(r"[^\W\d_]+$")


def denominator(per: str | None) -> tuple[str, Decimal]:
    """Return the unit of a denominator and how many of it: ``100 CNY`` is CNY and 100."""
    if not per:
        return "", Decimal(1)
    match = _PER.fullmatch(per)
    if match is None:
        return per, Decimal(1)
    count = Decimal(match[1].replace(",", "")) if match[1] else Decimal(1)
    return match[2], count or Decimal(1)


def pays_for(per: str, figure: Figure, right: str, following: Sequence[tuple[int, Figure]]) -> bool:
    """Return whether a sum took over the denominator of what it buys: ``3 yuan a km, 40 yuan pays for 20 km``."""
    if not following or following[0][1].unit != per or following[0][1].per:
        return False
    gap = right[: following[0][1].start - figure.end]
    return len(gap) <= _SHORT and _JOINED.search(gap) is None and says("buy", gap)


def amount_of(per: str, figure: Figure, right: str, following: Sequence[tuple[int, Figure]]) -> bool:
    """Return whether a figure read as a rate is an amount: in its own currency, or with its worth behind it."""
    if per == figure.unit:
        return True
    if not following:
        return False
    worth = following[0][1]
    gap = right[: worth.start - figure.end]
    beside = worth.start - figure.end <= 24 and (_OPENED.match(gap) or _BECOMES.fullmatch(gap)) is not None
    return beside and worth.unit == per and worth.low > 1


def in_one_money(figures: Sequence[Figure]) -> Sequence[Figure]:
    """Return the figures, with a unit where it could not be told, when one name stands for all of them."""
    untold = [figure for figure in figures if not figure.unit and not figure.vague]
    names = {found.group().removesuffix("s") for figure in untold if (found := _NAME.search(figure.span.casefold()))}
    if len(names) != 1:
        return figures
    return [figure if figure.unit or figure.vague else replace(figure, unit=UNTOLD) for figure in figures]


def place(figure: Figure) -> Decimal:
    """Return the place that a figure was written to: 0.01 for ``$1.76``, 100,000 for ``2.4 million``, 1 for words.

    Zeros at the end of decimals only write money out: ``$1.50`` stands for 1.5, but ``3.0 times`` for 2.95-3.05.
    """
    literals = _NUMBER.findall(figure.span)
    high = figure.high
    exponent = high.normalize().as_tuple().exponent
    plain = _ONE if not isinstance(exponent, int) or exponent >= 0 else _ONE.scaleb(exponent)
    if not literals or not high:
        return plain
    digits = literals[-1].replace(",", "").replace("，", "").replace("．", ".")
    value = Decimal(digits)
    if not value:
        return plain
    whole, _, decimals = digits.partition(".")
    for power in _POWERS:
        unit = _ONE.scaleb(power)
        rest = high - value * unit
        if rest == 0 or (rest > 0 and Fraction(rest) % Fraction(unit.scaleb(len(whole))) == 0):
            if figure.unit == "%" and power == 1:
                return unit / 2  # 4割 is nearer to 40 % than to 4割5分
            written = decimals if figure.unit in ("%", "x") else decimals.rstrip("0")
            return unit.scaleb(-len(written))
    return plain
