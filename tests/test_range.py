"""Ranges: closed intervals of exact decimals, their hull, and how they are rounded."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkauto.core.range import DIGITS, Range, hull, outward, plain, rounded

FRACTIONS = st.fractions(min_value=-(10**40), max_value=10**40, max_denominator=10**30)


def test_a_range_runs_from_low_to_high():
    held = Range(Decimal("2.4"), Decimal("4"))
    assert (held.low, held.high, held.approx, held.single) == (Decimal("2.4"), Decimal("4"), False, False)
    with pytest.raises(ValueError, match="from low to high, not from 4 to 2"):
        Range(Decimal("4"), Decimal("2.4"))


def test_a_range_is_never_without_a_number():
    with pytest.raises(ArithmeticError):
        Range(Decimal("nan"), Decimal(1))
    with pytest.raises(ArithmeticError):
        Range(Decimal(1), Decimal("nan"))


def test_a_range_of_one_figure_has_no_width():
    held = Range.of(7)
    assert held.single
    assert Range.of("7.0", 7).single
    assert held == Range(Decimal(7), Decimal(7))
    assert Range.of("0.1", "0.3", approx=True) == Range(Decimal("0.1"), Decimal("0.3"), True)
    assert Range.of(0, 0).high == 0


def test_a_range_is_frozen():
    with pytest.raises(FrozenInstanceError):
        Range.of(7).low = Decimal(5)  # type: ignore[misc]


def test_a_range_has_no_operators():
    for name in ("__add__", "__mul__", "__sub__", "__truediv__", "__lt__"):
        assert getattr(Range, name, None) is getattr(object, name, None)


def test_the_hull_runs_from_the_lowest_low_to_the_highest_high():
    held = hull([Range.of(7, 11), Range.of(3, 5), Range.of(4, 13)])
    assert held == Range.of(3, 13)
    assert hull([Range.of(7, 11), Range.of(3, 5, approx=True)]) == Range.of(3, 11, approx=True)
    assert hull([Range.of(7)]) == Range.of(7)


def test_outward_contains_a_third():
    third = outward(Fraction(1, 3), Fraction(1, 3))
    assert third.low == Decimal("0." + "3" * DIGITS)
    assert third.high == Decimal("0." + "3" * (DIGITS - 1) + "4")
    assert outward(Fraction(-1, 3), Fraction(1, 3)) == Range.of("-0." + "3" * 27 + "4", "0." + "3" * 27 + "4")


def test_outward_carries_the_source_saying_about():
    assert outward(Fraction(1), Fraction(2), approx=True).approx is True
    assert outward(Fraction(1), Fraction(2)).approx is False


def test_what_fits_into_28_digits_is_exact():
    assert rounded(Fraction(1, 8), down=True) == rounded(Fraction(1, 8), down=False) == Decimal("0.125")
    most = Fraction(10**28 - 1)
    assert rounded(most, down=True) == rounded(most, down=False) == 10**28 - 1
    assert rounded(Fraction(10**28 + 1), down=True) == 10**28
    assert rounded(Fraction(10**28 + 1), down=False) == 10**28 + 10


@given(FRACTIONS, FRACTIONS)
def test_outward_contains_the_true_range_and_loses_at_most_a_unit_of_the_28th_digit(one, other):
    low, high = min(one, other), max(one, other)
    held = outward(low, high)
    assert Fraction(held.low) <= low
    assert Fraction(held.high) >= high
    for printed, true in ((held.low, low), (held.high, high)):
        assert abs(Fraction(printed) - true) <= abs(true) / 10 ** (DIGITS - 1)
        assert len(printed.as_tuple().digits) <= DIGITS or printed == printed.to_integral_value()


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30))
def test_plain_keeps_the_value_and_prints_without_an_exponent(value):
    held = plain(value)
    assert held == value
    exponent = held.as_tuple().exponent
    assert isinstance(exponent, int)
    assert exponent <= 0
    assert exponent == 0 or held.as_tuple().digits[-1] != 0


@pytest.mark.parametrize(
    ("value", "printed"), [("1E+3", "1000"), ("1.500", "1.5"), ("0.00", "0"), ("100", "100"), ("-2E+1", "-20")]
)
def test_plain_prints(value, printed):
    assert str(plain(Decimal(value))) == printed
