"""Physical units: exact factors between them, through pint, which is imported only when one is needed.

Users' text never reaches pint: it reads ``20000–24000 KPW/kg`` as 480,000,000 without a word. Only names
from the table below do. Money, goods and work are rates, not units.
"""

from __future__ import annotations

import functools
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
    if not (small.isidentifier() and large.isidentifier()):  # a book's own unit may be anything: kg**9**9**9
        raise WrongDimension(f"{unit} cannot be measured in {other}")
    import pint

    try:
        converted = registry().Quantity(Fraction(1), small).to(large).magnitude
    except (pint.DimensionalityError, pint.UndefinedUnitError):
        raise WrongDimension(f"{unit} cannot be measured in {other}") from None
    return Fraction(converted) * size / other_size


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
