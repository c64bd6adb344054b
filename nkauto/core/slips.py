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
    measures = [slip for test in tests for slip in _by_volume(test, candidate)]
    found |= dict.fromkeys(measures or _by_power(tests, candidate))
    return tuple(found)


def _other_rate(conversion: Conversion, outside: OutsideRate | None) -> list[str]:
    """Return the slips of a conversion that another rate would mend: the South's won, the official rate."""
    foreign = conversion.unit_to if conversion.unit_from == "KPW" else conversion.unit_from
    implied = _implied(conversion)
    if "KPW" not in (conversion.unit_from, conversion.unit_to) or foreign == "KPW" or not implied:
        return []
    found: list[str] = []
    bands = [] if outside is None else _asked(outside, "KRW", foreign, "")
    if foreign in SOUTH_WON:
        low, high = SOUTH_WON[foreign]
        bands.append((Fraction(low), Fraction(high), f"{low:,}–{high:,} per {foreign} from 2010 to 2026"))
    why = next((why for least, most, why in bands if _within(implied, least, most)), "")
    if why:
        found.append(f"the figure fits the South Korean won ({why})")
    if outside is not None:
        for least, most, why in _asked(outside, "KPW", foreign, "official"):
            if _within(implied, least, most):
                found.append(f"the figure fits the official rate ({why})")
    return found


def _implied(conversion: Conversion) -> list[Fraction]:
    """Return the won for one of the other currency that each end of a conversion implies, in ascending order."""
    amounts, stated = (conversion.low, conversion.high), (conversion.stated.low, conversion.stated.high)
    ends = zip(amounts, stated, strict=True) if conversion.unit_from == "KPW" else zip(stated, amounts, strict=True)
    return sorted(Fraction(won) / Fraction(other) for won, other in ends if won and other)


def _asked(outside: OutsideRate, won: str, foreign: str, market: str) -> list[tuple[Fraction, Fraction, str]]:
    """Return the won for one of a currency, lowest and highest, and who says so; nothing where no rate is known."""
    answer = outside(won, foreign, market)
    if answer is None or answer.low <= 0:
        return []
    return [(1 / answer.high, 1 / answer.low, answer.what)]


def _within(implied: list[Fraction], least: Fraction, most: Fraction) -> bool:
    return least * (1 - _NEAR) <= implied[0] and implied[-1] <= most * (1 + _NEAR)


def _by_power(tests: tuple[Test, ...], candidate: Candidate) -> list[str]:
    """Return the slip of a factor of 10, 100 or 1,000 between what is stated and a range that was worked out."""
    equal = [test for test in tests if test.operator in ("=", "~") and test.computed.value > 0 and test.stated > 0]
    if not equal:
        return []
    least, most = (end(test.computed.value for test in equal) for end in (min, max))
    stated = Fraction(equal[0].stated)
    for power in (10, 100, 1000):
        for factor, way in ((Fraction(power), "large"), (Fraction(1, power), "small")):
            if least * (1 - _NEAR) <= stated / factor <= most * (1 + _NEAR):
                money = candidate.kind in ("conversion", "affordability")
                old = " (or old won for new)" if power == 100 and money else ""
                return [f"the stated figure is {power:,} times too {way}{old}"]
    return []


def _by_volume(test: Test, candidate: Candidate) -> list[str]:
    """Return the slip of a price of motor fuel that was taken for the other measure's."""
    value, stated = test.computed.value, Fraction(test.stated)
    if not candidate.fuel or test.operator not in ("=", "~") or value <= 0 or stated <= 0:
        return []
    if any(_DENSITY[0] <= ratio <= _DENSITY[1] for ratio in (stated / value, value / stated)):
        return ["one of the two may be a litre's price and the other a kilogram's"]
    return []


def _near(value: Fraction, stated: Fraction, test: Test) -> bool:
    off = abs(value - stated)
    return off * 2 <= Fraction(test.place) or off <= abs(stated) * _NEAR
