"""Physical units: exact factors between them, through pint, which is imported only when one is needed.

Users' text never reaches pint: it reads ``20000–24000 KPW/kg`` as 480,000,000 without a word. Only names
from the table below do. Money, goods and work are rates, not units.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from nkauto.core.rates import EXACT_UNITS
from nkauto.errors import WrongDimension

if TYPE_CHECKING:
    from pint import UnitRegistry

DEFINITIONS = """
gram = [mass] = g
kilogram = 1000 * gram = kg
tonne = 1000 * kilogram = t
pound = 0.45359237 * kilogram = lb
ounce = pound / 16 = oz
jin = 500 * gram
geun = 600 * gram
meter = [length] = m
kilometer = 1000 * meter = km
centimeter = meter / 100 = cm
mile = 1609.344 * meter = mi
square_meter = meter ** 2 = m2
pyong = 400 / 121 * meter ** 2
liter = meter ** 3 / 1000 = L
milliliter = liter / 1000 = mL
gallon = 3.785411784 * liter = gal
barrel = 42 * gallon
second = [time] = s
minute = 60 * second
hour = 60 * minute
day = 24 * hour
week = 7 * day
month = [calendar]
year = 12 * month
kilowatt_hour = [energy] = kWh
each = [count]
dozen = 12 * each
person = [people]
household = [households]
trip = [trips]
loan = [loans]
night = [nights]
bottle = [bottles]
"""
"""International yard and pound agreement for lb and mile; the US gallon; the mainland 斤 and the Korean 근.

A calendar month is no number of days, so months and days do not convert into each other.
"""


MEASURED: Mapping[str, tuple[str, Fraction]] = {
    "kg": ("mass", Fraction(1)),
    "lb": ("mass", Fraction("0.45359237")),
    "oz": ("mass", Fraction("0.45359237") / 16),
    "jin": ("mass", Fraction(1, 2)),
    "geun": ("mass", Fraction(3, 5)),
    "km": ("length", Fraction(1)),
    "cm": ("length", Fraction(1, 100_000)),
    "mile": ("length", Fraction("1.609344")),
    "m2": ("area", Fraction(1)),
    "pyong": ("area", Fraction(400, 121)),
    "L": ("volume", Fraction(1)),
    "gal": ("volume", Fraction("3.785411784")),
    "barrel": ("volume", 42 * Fraction("3.785411784")),
    "minute": ("time", Fraction(60)),
    "hour": ("time", Fraction(3600)),
    "day": ("time", Fraction(86_400)),
    "week": ("time", Fraction(604_800)),
    "month": ("calendar", Fraction(1)),
    "year": ("calendar", Fraction(12)),
    "kWh": ("energy", Fraction(1)),
    "each": ("count", Fraction(1)),
    "dozen": ("count", Fraction(12)),
    "person": ("people", Fraction(1)),
    "household": ("households", Fraction(1)),
    "trip": ("trips", Fraction(1)),
    "loan": ("loans", Fraction(1)),
    "night": ("nights", Fraction(1)),
    "bottle": ("bottles", Fraction(1)),
}
"""The units above that texts hold, by what they measure: to import pint for them takes longer than to check a page."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@functools.cache
def registry() -> UnitRegistry[Fraction]:
    """Return the registry of the definitions above, with exact fractions for numbers."""
    from pint import UnitRegistry

    held: UnitRegistry[Fraction] = UnitRegistry(None, non_int_type=Fraction)
    for line in DEFINITIONS.strip().splitlines():
        held.define(line)
    return held


@functools.cache
def factor(unit: str, other: str) -> Fraction:
    """Return how many of the other unit one unit is, exactly.

    Raises WrongDimension when they measure different things.
    """
    if unit == other:
        return Fraction(1)
    small, size = EXACT_UNITS.get(unit, (unit, Fraction(1)))
    large, other_size = EXACT_UNITS.get(other, (other, Fraction(1)))
    if small == large:
        return size / other_size
    one, two = MEASURED.get(small), MEASURED.get(large)
    if one and two and one[0] == two[0]:
        return one[1] * size / (two[1] * other_size)
    if (one and two) or not (_is_known(small) and _is_known(large)):
        raise WrongDimension(f"{unit} cannot be measured in {other}")
    if not (small.isidentifier() and large.isidentifier()):  # a book's own unit may be anything: kg**9**9**9
        raise WrongDimension(f"{unit} cannot be measured in {other}")
    import pint

    try:
        converted = registry().Quantity(Fraction(1), small).to(large).magnitude
    except (pint.DimensionalityError, pint.UndefinedUnitError):
        raise WrongDimension(f"{unit} cannot be measured in {other}") from None
    return Fraction(converted) * size / other_size


@functools.cache
def _names() -> frozenset[str]:
    """Return the names in the definitions above; some are of dimensions."""
    return frozenset(_NAME.findall(DEFINITIONS))


def _is_known(unit: str) -> bool:
    """Return whether pint may know a unit: a name of the definitions, or one in the plural."""
    return unit in _names() or unit.endswith("s")


def kind(unit: str) -> str:
    """Return what a unit measures, ``mass`` or ``volume``, or else the unit itself; the rates' own without pint."""
    base = EXACT_UNITS.get(unit, (unit,))[0]
    if base in ("kg", "L"):
        return {"kg": "mass", "L": "volume"}[base]
    for measured, canonical in (("mass", "kg"), ("volume", "L")):
        try:
            factor(unit, canonical)
        except WrongDimension:
            continue
        return measured
    return unit
