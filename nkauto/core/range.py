"""Range: a closed interval low–high of exact decimals, and how it is rounded.

A range has no operators: arithmetic on ranges lives in ``bounds.py`` alone, so that a rate that is
used twice is never counted twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

DIGITS = 28
"""Significant digits that a division is carried to."""

_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_DOWN = Context(prec=DIGITS, rounding=ROUND_FLOOR, Emax=MAX_EMAX, Emin=MIN_EMIN)
_UP = Context(prec=DIGITS, rounding=ROUND_CEILING, Emax=MAX_EMAX, Emin=MIN_EMIN)


@dataclass(frozen=True, slots=True)
class Range:
    """A closed interval low–high; a single figure has no width; ``approx`` when its source says "about"."""

    low: Decimal
    high: Decimal
    approx: bool = False

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"a range runs from low to high, not from {self.low} to {self.high}")

    @classmethod
    def of(cls, low: int | str | Decimal, high: int | str | Decimal | None = None, approx: bool = False) -> Range:
        """Return the range of one or two exact figures; a binary float is refused by its type."""
        return cls(Decimal(low), Decimal(low if high is None else high), approx)

    @property
    def single(self) -> bool:
        """Whether low and high are one figure."""
        return self.low == self.high


def hull(ranges: list[Range]) -> Range:
    """Return the least range that holds all of these: lowest low to highest high, never a mean."""
    return Range(min(r.low for r in ranges), max(r.high for r in ranges), any(r.approx for r in ranges))


def outward(low: Fraction, high: Fraction, approx: bool = False) -> Range:
    """Return the range of two exact fractions in 28 digits, rounded outward: it contains the true one."""
    return Range(rounded(low, down=True), rounded(high, down=False), approx)


def rounded(value: Fraction, *, down: bool) -> Decimal:
    """Return a fraction in 28 significant digits, rounded toward minus or plus infinity; exact where it fits."""
    context = _DOWN if down else _UP
    quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return plain(quotient)


def plain(value: Decimal) -> Decimal:
    """Return the same value without trailing zeros and without an exponent that would print as ``1E+3``."""
    value = value.normalize(_EXACT)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return value.quantize(Decimal(1), context=_EXACT) if exponent > 0 else value
