"""Decimals as text: for people rounded outward with thousands marks, for machines every digit and no exponent."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nkauto.core.bounds import Input
from nkauto.core.range import Range, outward
from nkauto.show.numbers import evidence_digits, for_machines, for_people, fraction_for_people, stated_for_people

DECIMALS = st.decimals(min_value=0, max_value=10**24, allow_nan=False, allow_infinity=False)


def held_by(low: int | str | Fraction, high: int | str | Fraction | None = None) -> Range:
    return outward(Fraction(low), Fraction(low if high is None else high))


def back(text: str) -> tuple[Fraction, Fraction]:
    """Read a printed range back: the digits are plain, the marks are commas."""
    low, _, high = text.replace(",", "").partition("–")
    return Fraction(low), Fraction(high or low)


EXAMPLES = [
    (("2.4", "4"), "2.4–4.0"),
    ((Fraction(200000, 24000), 10), "8.33–10"),
    (("24.6", "34.2"), "24.6–34.2"),
    ((4920000, 6840000), "4,920,000–6,840,000"),
    ((Fraction(4920000, 50000), Fraction(6840000, 35000)), "98.4–195.5"),
    ((1200, 1200), "1,200"),
    ((Fraction(1, 3), Fraction(1, 3)), "0.333–0.334"),
    ((Fraction(2, 3), Fraction(20, 3)), "0.666–6.667"),
    ((0, 0), "0"),
    ((0, 5), "0–5"),
    ((0, Fraction(1, 3)), "0–0.334"),
    (("0.5", 1), "0.5–1.0"),
    (("0.5", 10), "0.5–10"),
    (("9.99", "10.01"), "9.99–10.01"),
    ((1234567, 1234567), "1,234,567"),
    ((12345678, 12345678), "12,300,000–12,400,000"),
    ((12000000, 12000000), "12,000,000"),
    ((Fraction("1.23456789"), Fraction("1.23456789")), "1.23–1.24"),
    ((999, 1001), "999–1,001"),
    ((99950, 100050), "99,900–100,100"),
    (("0.00012345", "0.00067891"), "0.000123–0.000679"),
    ((10**27, 10**27), "1,000,000,000,000,000,000,000,000,000"),
]


@pytest.mark.parametrize(("ends", "text"), EXAMPLES)
def test_for_people(ends, text):
    assert for_people(held_by(*ends)) == text


def test_the_evidence_may_carry_more_digits():
    held = held_by(Fraction(4920000, 50000), Fraction(6840000, 35000))
    assert for_people(held, 4) == "98.4–195.43"
    assert for_people(held, 6) == "98.4–195.4286"
    assert for_people(held_by(Fraction(200000, 24000), 10), 5) == "8.3333–10"
    assert for_people(held_by(12345678), 8) == "12,345,678"


def test_a_figure_as_a_source_states_it_keeps_every_digit():
    assert for_people(Range.of("20011.25", "24000"), None) == "20,011.25–24,000"
    assert for_people(Range.of("12345678.9"), None) == "12,345,678.9"
    assert for_people(Range.of(12345678, 12345679), None) == "12,345,678–12,345,679"


THIRD, SEVENTHS = Decimal(1) / 3, Decimal(2) / 7


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (THIRD, THIRD, "1/3"),
        (THIRD, Decimal("0.5"), "1/3–0.5"),
        (SEVENTHS, THIRD, "2/7–1/3"),
        (Decimal(20000), Decimal(24000), "20,000–24,000"),
        (Decimal("0.1234567890123456789012"), Decimal("0.1234567890123456789012"), "0.1234567890123456789012"),
        (Decimal("9" * 30), Decimal("9" * 30), ",".join(["999"] * 10)),
        (Decimal("0.0001"), Decimal("0.0001"), "0.0001"),
    ],
)
def test_what_a_text_states_is_shown_with_every_digit_or_as_a_fraction(low: Decimal, high: Decimal, text: str) -> None:
    assert stated_for_people(Range(low, high)) == text
    assert for_people(Range.of("7.125", 8), None) == "7.125–8.0"


@given(DECIMALS, DECIMALS, st.integers(3, 12))
def test_what_people_see_contains_the_true_range(one, other, digits):
    held = Range(min(one, other), max(one, other))
    low, high = back(for_people(held, digits))
    assert low <= Fraction(held.low) <= Fraction(held.high) <= high


@given(DECIMALS, DECIMALS, st.integers(3, 12))
def test_what_people_see_is_no_wider_than_a_unit_of_the_smaller_ends_last_digit(one, other, digits):
    held = Range(min(one, other), max(one, other))
    assume(held.low > 0)
    low, high = back(for_people(held, digits))
    unit = Fraction(Decimal(1).scaleb(held.low.adjusted() - digits + 1))
    assert Fraction(held.low) - low < unit
    assert high - Fraction(held.high) < unit


@given(DECIMALS)
def test_no_marks_but_commas_points_and_one_dash(value):
    for digits in (None, 3, 7):
        text = for_people(Range(value, value), digits)
        assert set(text) <= set("0123456789,.–")
        assert text.count("–") <= 1


def test_a_range_of_any_reach_is_shown():
    assert for_people(Range.of(f"0.{'0' * 60}1", f"1{'0' * 60}")).endswith(",000" * 20)
    assert back(for_people(held_by(Fraction(1, 3 * 10**60), Fraction(10**60, 3))))[1] >= Fraction(10**60, 3)


def test_below_zero_too_it_is_rounded_outward():
    assert for_people(held_by(Fraction(-1, 3), Fraction(1, 3))) == "-0.334–0.334"
    assert for_people(held_by("-86.363", "-12.5")) == "-86.4–-12.5"


@given(st.fractions(0, 10**12, max_denominator=10**6), st.fractions(0, 10**12, max_denominator=10**6))
def test_fractions_for_people_contain_the_true_range(one, other):
    low, high = back(fraction_for_people(min(one, other), max(one, other)))
    assert low <= min(one, other)
    assert max(one, other) <= high


def test_fractions_that_end_keep_every_digit_and_others_six():
    assert fraction_for_people(Fraction("1234567.125"), Fraction("1234568")) == "1,234,567.125–1,234,568"
    assert fraction_for_people(Fraction(1, 3), Fraction(1, 3)) == "0.333333–0.333334"
    assert fraction_for_people(Fraction(1, 10**12), Fraction(1)) == "0.000000000001–1.0"
    assert fraction_for_people(Fraction(1, 3), Fraction(2), 3) == "0.333–2.0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1E+3", "1000"), ("1.50", "1.5"), ("0E-30", "0"), ("1E-30", "0." + "0" * 29 + "1"), ("-0.50", "-0.5"),
        ("1E+27", "1" + "0" * 27), ("12345678901234567890123456789012", "12345678901234567890123456789012"),
    ],
)  # fmt: skip
def test_for_machines(value, text):
    assert for_machines(Decimal(value)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40))
def test_what_machines_are_given_reads_back_to_the_same_value_without_an_exponent(value):
    text = for_machines(value)
    assert Decimal(text) == value
    assert set(text) <= set("-0123456789.")
    assert not text.endswith(".")
    assert "." not in text or text[-1] != "0"


def digits_of(*ends: tuple[int | str | Fraction, int | str | Fraction]) -> int:
    return evidence_digits(Input("x", Fraction(low), Fraction(high), "KPW") for low, high in ends)


def test_the_evidence_carries_the_digits_of_its_least_precise_figure_and_at_least_three():
    assert digits_of((4123, 5712)) == 4
    assert digits_of((4100, 5712)) == 4
    assert digits_of((4123, 5712), (12345, 12345)) == 4
    assert digits_of((4123, 5712), (300, 500)) == 3
    assert digits_of((1, 1)) == 3
    assert digits_of(("4.1235", 5)) == 5
    assert digits_of((0, 0)) == 3
    assert digits_of() == 3
    assert digits_of((Fraction(1, 3), Fraction(1, 3))) == 28
