"""Terms: exact numbers that remember how they were reckoned, so that a verdict can show its arithmetic.

A term is one number and the line that a person can follow (``2000/8000``). Nothing is rounded here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

_SHOWN = Context(prec=6, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Term:
    """An exact value and how it was reckoned; ``binding`` is 3 for a number, 2 for a product, 1 for a sum."""

    value: Fraction
    text: str
    binding: int = 3

    def within(self, binding: int) -> str:
        """Return the text, in brackets where a tighter operation stands around it."""
        return self.text if self.binding >= binding else f"({self.text})"


def number(value: Decimal) -> Term:
    """Return a printed number as a term."""
    return Term(Fraction(value), written(value))


def written(value: Decimal) -> str:
    """Return a decimal in plain digits, without an exponent or trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: Fraction) -> str:
    """Return a reckoned value to six significant digits, for a person's eye alone."""
    rounded = _SHOWN.divide(Decimal(value.numerator), Decimal(value.denominator))
    return written(rounded) if rounded else "0"


def times(one: Term, other: Term) -> Term:
    """Return the product."""
    return Term(one.value * other.value, f"{one.within(2)}*{other.within(2)}", 2)


def over(one: Term, other: Term) -> Term:
    """Return the quotient; the divisor must not be zero."""
    return Term(one.value / other.value, f"{one.within(2)}/{other.within(3)}", 2)


def plus(one: Term, other: Term) -> Term:
    """Return the sum."""
    return Term(one.value + other.value, f"{one.text}+{other.text}", 1)


def minus(one: Term, other: Term) -> Term:
    """Return the difference."""
    return Term(one.value - other.value, f"{one.text}-{other.within(2)}", 1)


def total(parts: list[Term]) -> Term:
    """Return the sum of one or more terms."""
    return Term(sum((part.value for part in parts), Fraction(0)), "+".join(part.text for part in parts), 1)


def mean(parts: list[Term]) -> Term:
    """Return the plain average of one or more terms."""
    return over(total(parts), Term(Fraction(len(parts)), str(len(parts)))) if len(parts) > 1 else parts[0]


_ONE = Term(Fraction(1), "1")
_HUNDRED = Term(Fraction(100), "100")


def share(part: Term, whole: Term) -> Term:
    """Return the part as a percentage of the whole."""
    return times(over(part, whole), _HUNDRED)


def rise(old: Term, new: Term) -> Term:
    """Return by how many per cent the new figure exceeds the old."""
    return times(minus(over(new, old), _ONE), _HUNDRED)


def fall(old: Term, new: Term) -> Term:
    """Return by how many per cent the new figure is below the old; it cannot pass 100."""
    return times(minus(_ONE, over(new, old)), _HUNDRED)
