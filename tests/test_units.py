"""Physical units: exact factors by the table of definitions, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkauto.core.units import DEFINITIONS, MEASURED, factor, kind, registry
from nkauto.errors import WrongDimension

EXACT = {
    ("t", "kg"): Fraction(1000),
    ("kg", "t"): Fraction(1, 1000),
    ("g", "kg"): Fraction(1, 1000),
    ("mL", "L"): Fraction(1, 1000),
    ("m", "km"): Fraction(1, 1000),
    ("lb", "kg"): Fraction("0.45359237"),
    ("kg", "lb"): 1 / Fraction("0.45359237"),
    ("oz", "lb"): Fraction(1, 16),
    ("oz", "g"): Fraction("28.349523125"),
    ("jin", "g"): Fraction(500),
    ("geun", "kg"): Fraction(3, 5),
    ("mi", "km"): Fraction("1.609344"),
    ("cm", "m"): Fraction(1, 100),
    ("square_meter", "pyong"): Fraction(121, 400),
    ("gal", "L"): Fraction("3.785411784"),
    ("barrel", "gal"): Fraction(42),
    ("barrel", "mL"): Fraction("158987.294928"),
    ("hour", "minute"): Fraction(60),
    ("week", "day"): Fraction(7),
    ("day", "second"): Fraction(86400),
    ("year", "month"): Fraction(12),
    ("month", "year"): Fraction(1, 12),
    ("wage-month", "month"): Fraction(1),
    ("year", "wage-month"): Fraction(12),
    ("dozen", "each"): Fraction(12),
    ("t", "g"): Fraction(1000000),
    ("t", "lb"): 1000 / Fraction("0.45359237"),
}
KINDS = ("kg", "L", "km", "day", "month", "each", "person", "household", "trip", "loan", "night", "bottle", "kWh")


@pytest.mark.parametrize(("units", "size"), EXACT.items())
def test_a_factor_is_exact(units, size):
    assert factor(*units) == size
    assert isinstance(factor(*units), Fraction)


@pytest.mark.parametrize("unit", KINDS)
@pytest.mark.parametrize("other", KINDS)
def test_what_measures_something_else_is_refused(unit, other):
    if unit == other:
        assert factor(unit, other) == 1
    else:
        with pytest.raises(WrongDimension, match=f"{unit} cannot be measured in {other}"):
            factor(unit, other)


@pytest.mark.parametrize("unit", ["KPW", "parsec", "kg*2", "2–4 KPW/kg", "2 kg", "kg**9**9**9", "", "__import__"])
def test_what_is_no_unit_is_refused(unit):
    with pytest.raises(WrongDimension):
        factor(unit, "kg")
    with pytest.raises(WrongDimension):
        factor("kg", unit)


@given(st.sampled_from(sorted(EXACT)), st.sampled_from(sorted(EXACT)))
def test_factors_turn_back_and_chain(one, other):
    assert factor(*one) * factor(*one[::-1]) == 1
    if one[1] == other[0]:
        assert factor(one[0], other[1]) == factor(*one) * factor(*other)


@pytest.mark.parametrize(
    ("unit", "measures"),
    [
        ("kg", "mass"), ("t", "mass"), ("g", "mass"), ("lb", "mass"), ("jin", "mass"),
        ("L", "volume"), ("mL", "volume"), ("gal", "volume"), ("barrel", "volume"),
        ("month", "month"), ("wage-month", "wage-month"), ("each", "each"), ("day", "day"), ("km", "km"),
    ],
)  # fmt: skip
def test_a_kind_is_mass_or_volume_or_the_unit_itself(unit, measures):
    assert kind(unit) == measures


def test_every_definition_is_exact():
    for line in DEFINITIONS.strip().splitlines():
        name = line.split("=")[0].strip()
        size = registry().Quantity(1, name).to_base_units().magnitude
        assert isinstance(size, int | Fraction), name


def test_the_units_known_by_heart_are_those_of_the_definitions():
    for one, (measure, _) in MEASURED.items():
        for other, (same, _) in MEASURED.items():
            if measure == same:
                assert registry().Quantity(Fraction(1), one).to(other).magnitude == factor(one, other), (one, other)
            else:
                assert not registry().Quantity(Fraction(1), one).is_compatible_with(other), (one, other)
                with pytest.raises(WrongDimension):
                    factor(one, other)


def test_the_rates_own_units_need_no_pint():
    code = (
        "import sys; from nkauto.core.units import factor, kind\n"
        "assert factor('t', 'kg') == 1000 and factor('g', 't') and kind('t') == 'mass' and kind('mL') == 'volume'\n"
        "assert factor('day', 'day') == 1 and factor('year', 'month') == 12 and factor('lb', 'kg')\n"
        "assert 'pint' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
