"""Decimals as text: one way for people, one for machines. Nowhere else does a number become text."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from nkauto.core.bounds import Input
from nkauto.core.range import Range, outward, plain

LEAST_DIGITS = 3
"""Significant digits of the smaller end that people are always shown."""
SINGLE_DIGITS = 7
"""Significant digits up to which a single exact figure is shown as it is."""
_MOST_PARTS, _HAIR = 1000, Fraction(1, 10**20)
"""The most parts of a whole that a text speaks of, and how near a decimal comes to one that has no end."""
_WIDE = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


def for_machines(value: Decimal) -> str:
    """Return the exact decimal in plain digits: no exponent, no thousands marks, no trailing zeros.

    A table asks for it twice a row: by text, in a fifth of the time that ``plain`` takes.
    """
    text = str(value)
    if "E" in text:
        text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def for_people(held: Range, digits: int | None = LEAST_DIGITS) -> str:
    """Return a range with thousands marks, rounded outward to so many significant digits of its smaller end.

    ``None`` keeps every digit: for figures as a source states them. Zeros that say nothing go, but an end
    beside a decimal one keeps two digits: ``2.4–4.0``, ``8.33–10``. A single figure of few digits stays.
    """
    low, high = plain(held.low), plain(held.high)
    if low == high and len(low.as_tuple().digits) <= SINGLE_DIGITS:
        return _marked(low)
    if digits is not None:
        first = low if low else high
        place = first.adjusted() - digits + 1 if first else 0
        low, high = _to_place(low, place, ROUND_FLOOR), _to_place(high, place, ROUND_CEILING)
    if low == high:
        return _marked(low)
    ends = [low, high]
    if any(_decimals(end) for end in ends):
        ends = [
            _WIDE.quantize(end, Decimal("0.1")) if not _decimals(end) and 0 < abs(end) < 10 else end for end in ends
        ]
    return f"{_marked(ends[0])}–{_marked(ends[1])}"


def stated_for_people(held: Range) -> str:
    """Return a figure as a text states it, with every digit; what no decimal says exactly as a fraction: ``1/3``."""
    parts = [_part(end) for end in (held.low, held.high)]
    if not any(parts):
        return for_people(held, None)
    ends = [part or _marked(plain(end)) for part, end in zip(parts, (held.low, held.high), strict=True)]
    return "–".join(dict.fromkeys(ends))


def _part(value: Decimal) -> str:
    """Return a decimal that goes on without end as the fraction it stands for; empty for any other."""
    part = Fraction(value).limit_denominator(_MOST_PARTS)
    return str(part) if 0 < abs(part - Fraction(value)) < _HAIR else ""


def fraction_for_people(low: Fraction, high: Fraction, digits: int | None = None) -> str:
    """Return two exact fractions as a range for people; every digit of those that end within twelve places."""
    held = outward(low, high)
    ends = max(-_exponent(held.low), -_exponent(held.high)) > 12
    return for_people(held, 6 if ends and digits is None else digits)


def evidence_digits(inputs: Iterable[Input]) -> int:
    """Return the significant digits that the inputs carry: those of the least precise one, at least three."""
    carried = [
        max(len(plain(end).as_tuple().digits) - _zeros(plain(end)) for end in (ends.low, ends.high))
        for held in inputs
        for ends in [outward(held.low, held.high)]
    ]
    return max(LEAST_DIGITS, min(carried, default=LEAST_DIGITS))


def _zeros(value: Decimal) -> int:
    """Return the trailing zeros of a whole number's digits, which carry nothing."""
    digits = value.as_tuple().digits
    return next((count for count, digit in enumerate(reversed(digits)) if digit), 0)


def _to_place(value: Decimal, place: int, rounding: str) -> Decimal:
    context = Context(prec=MAX_PREC, rounding=rounding, Emax=MAX_EMAX, Emin=MIN_EMIN)
    return plain(context.quantize(value, Decimal((0, (1,), place))))


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


def _decimals(value: Decimal) -> int:
    return max(0, -_exponent(value))


def _marked(value: Decimal) -> str:
    return f"{value:,f}"
