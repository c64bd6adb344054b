"""Distances, consumptions and counts as people write them: ``1,200km``, ``13 L/100km``, ``7.9 km/L``, ``20-30``."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from nkauto.core.range import Range, outward
from nkauto.core.units import factor
from nkauto.errors import BadOption

_NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d{1,12})?|\d{1,12}(?:\.\d{1,12})?)"
_SPAN = rf"{_NUMBER}(?:\s*(?:-|–|—|~|〜|\s+to\s+)\s*{_NUMBER})?"
_LENGTHS = {"km": "km", "kilometre": "km", "kilometer": "km", "킬로미터": "km", "公里": "km", "キロ": "km",
            "m": "m", "metre": "m", "meter": "m", "mi": "mi", "mile": "mi"}  # fmt: skip
_FUELS = {"l": "L", "litre": "L", "liter": "L", "gal": "gal", "gallon": "gal", "kg": "kg", "kwh": "kWh"}
_SHOWN = {"L": "L", "gal": "L", "kg": "kg", "kWh": "kWh"}
"""The unit that each fuel is counted in once it is read."""


def read_distance(text: str) -> Range:
    """Return a distance in km: ``100km``, ``1,200 km``, ``60-80 miles``. Raises BadOption."""
    hint = "Write 100km, '1,200 km' or '60 miles'."
    found = re.fullmatch(rf"{_SPAN}\s*([^\d\s]+)", text.strip(), re.IGNORECASE)
    unit = _unit(found[3], _LENGTHS) if found else None
    if not found or unit is None:
        raise BadOption("cannot read the distance", hint=hint, text=text, span=(0, len(text)))
    return _times(_ends(found, text, hint), factor(unit, "km"))


def read_consumption(text: str) -> tuple[Range, str]:
    """Return a consumption for 100 km and its unit, L, kg or kWh: ``13 L/100km``, ``8-10 L/100 km``, ``7.9 km/L``.

    Kilometres (or miles) per litre turn round: the most kilometres are the least litres. Raises BadOption.
    """
    hint = "Write '13 L/100km', '7.9 km/L' or '15 kWh/100km'."
    wrong = BadOption("cannot read the consumption", hint=hint, text=text, span=(0, len(text)))
    found = re.fullmatch(rf"{_SPAN}\s*([^\d\s/]+)\s*(?:/|per)\s*(100)?\s*([^\d\s/]+)", text.strip(), re.IGNORECASE)
    if not found:
        raise wrong
    held = _ends(found, text, hint)
    fuel, length = _unit(found[3], _FUELS), _unit(found[5], _LENGTHS)
    if fuel and length:
        way = factor(length, "km") * (100 if found[4] else 1)
        return _times(held, factor(fuel, _SHOWN[fuel]) * 100 / way), _SHOWN[fuel]
    length, fuel = _unit(found[3], _LENGTHS), _unit(found[5], _FUELS)
    if not fuel or not length or found[4]:
        raise wrong
    if not held.low:
        raise BadOption("the consumption must be above zero", hint=hint, text=text, span=(0, len(text)))
    size = 100 * factor(fuel, _SHOWN[fuel]) / factor(length, "km")
    return outward(size / Fraction(held.high), size / Fraction(held.low)), _SHOWN[fuel]


def read_count(text: str, option: str) -> Range:
    """Return a number or a range: ``20``, ``300-500``, ``1,200``. Raises BadOption."""
    hint = "Write 20 or 300-500."
    found = re.fullmatch(_SPAN, text.strip())
    if not found:
        raise BadOption(f"cannot read {option}", hint=hint, text=text, span=(0, len(text)))
    return _ends(found, text, hint)


def _unit(word: str, known: dict[str, str]) -> str | None:
    folded = word.casefold()
    return known.get(folded) or known.get(folded.removesuffix("s"))


def _ends(found: re.Match[str], text: str, hint: str) -> Range:
    low, high = (Decimal(end.replace(",", "")) for end in (found[1], found[2] or found[1]))
    if low > high:
        raise BadOption("the range runs backwards", hint=hint, text=text, span=(0, len(text)))
    return Range(low, high)


def _times(held: Range, size: Fraction) -> Range:
    return outward(Fraction(held.low) * size, Fraction(held.high) * size)
