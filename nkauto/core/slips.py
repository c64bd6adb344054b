"""Likely slips: what may have gone wrong where a claim fails. A suggestion, never a verdict."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from nkauto.core.claims import Candidate, Conversion, OutsideRate, Test

SOUTH_WON = {
    "USD": (Decimal("1000"), Decimal("1560")),
    "CNY": (Decimal("160"), Decimal("230")),
    "EUR": (Decimal("1150"), Decimal("1800")),
    "GBP": (Decimal("1370"), Decimal("2080")),
    "JPY": (Decimal("8.3"), Decimal("15.7")),
}
"""South Korean won for one of each, lowest to highest of 2010 to October 2026.

Source: daily euro reference rates of the European Central Bank, crossed.
"""

_NEAR = Fraction(25, 1000)
"""A slip is named only where mending it brings the stated figure this near."""
_DENSITY = (Fraction(70, 100), Fraction(90, 100))
"""Kilograms in a litre of motor fuel, lightest petrol to heaviest diesel."""


def likely(candidate: Candidate, tests: tuple[Test, ...], outside: OutsideRate | None = None) -> tuple[str, ...]:
    """Return the slips that would each mend a failing claim, the likeliest first; none when none would."""
    found: dict[str, None] = {}
    for conversion in candidate.conversions:
        for slip in _other_rate(conversion, outside):
            found[slip] = None
    for hint in candidate.hints:
        if any(_near(hint.computed.value, Fraction(test.stated), test) for test in tests):
            found[f"{hint.slip}: {hint.computed.text}"] = None
    for test in tests:
        for slip in _by_size(test, candidate):
            found[slip] = None
    return tuple(found)


def _other_rate(conversion: Conversion, outside: OutsideRate | None) -> list[str]:
    """Return the slips of a conversion that another rate would mend: the South's won, the official rate."""
    found: list[str] = []
    if conversion.unit_from != "KPW" or not conversion.low:
        return found
    other = conversion.unit_to
    implied = sorted(
        Fraction(amount) / Fraction(stated)
        for amount, stated in ((conversion.low, conversion.stated.low), (conversion.high, conversion.stated.high))
        if stated
    )
    if not implied:
        return found
    bands: list[tuple[Fraction, Fraction, str]] = []
    south = outside("KRW", other) if outside is not None else None
    if south is not None and south.low > 0:
        bands.append((1 / Fraction(south.high), 1 / Fraction(south.low), south.what))
    if other in SOUTH_WON:
        low, high = SOUTH_WON[other]
        bands.append((Fraction(low), Fraction(high), f"{low:,}–{high:,} per {other} from 2010 to 2026"))
    for least, most, why in bands:
        if least * (1 - _NEAR) <= implied[0] and implied[-1] <= most * (1 + _NEAR):
            found.append(f"the figure fits the South Korean won ({why})")
            break
    official = outside("KPW", other, "official") if outside is not None else None
    if official is not None and official.low > 0:
        least, most = 1 / Fraction(official.high), 1 / Fraction(official.low)
        if least * (1 - _NEAR) <= implied[0] and implied[-1] <= most * (1 + _NEAR):
            found.append(f"the figure fits the official rate ({official.what})")
    return found


def _by_size(test: Test, candidate: Candidate) -> list[str]:
    """Return the slips that the size of the error alone tells: a factor of 10, 100 or 1,000; litre for kilogram."""
    value, stated = test.computed.value, Fraction(test.stated)
    if test.operator not in ("=", "~") or value <= 0 or stated <= 0:
        return []
    ratio = stated / value
    if candidate.fuel and (_DENSITY[0] <= ratio <= _DENSITY[1] or _DENSITY[0] <= 1 / ratio <= _DENSITY[1]):
        return ["one of the two may be a litre's price and the other a kilogram's"]
    for power in (10, 100, 1000):
        for factor, way in ((Fraction(power), "large"), (Fraction(1, power), "small")):
            if abs(ratio / factor - 1) <= _NEAR:
                old = (
                    " (or old won for new)"
                    if power == 100 and candidate.kind in ("conversion", "affordability")
                    else ""
                )
                return [f"the stated figure is {power:,} times too {way}{old}"]
    return []


def _near(value: Fraction, stated: Fraction, test: Test) -> bool:
    off = abs(value - stated)
    return off * 2 <= Fraction(test.place) or off <= abs(stated) * _NEAR
