"""Written numbers in any script -> exact values, and what the lower end of a range shares with the upper."""

from __future__ import annotations

from decimal import Decimal

from nkauto.read.chains import chain
from nkauto.read.digits import Number
from nkauto.read.spelled import multiplied, native, spelled


def number(text: str, at: int) -> Number | None:
    """Return the number that starts at this place in any script, with its multipliers; ``None`` when none does."""
    character = text[at]
    if "0" <= character <= "9":
        found = chain(text, at)
        return None if found is None else multiplied(text, found)
    if character < "\u0250":
        return spelled(text, at)
    return native(text, at) or chain(text, at)


def elliptical(low: Number, high: Number) -> Number:
    """Return the lower end of a range with what it shares with the upper: 3~4만, 1-2 million, 200-300,000.

    Only when it is smaller than the upper end's own leading number: "500 to 1 million" shares nothing.
    """
    if low.scale == 1 and high.scale > 1 and low.value < high.mantissa:
        return low._replace(value=low.value * high.scale, scale=high.scale, marks="", other=None)
    if low.marks.isdigit() and "," in high.marks and high.scale == low.scale:
        lead, *groups = high.marks.split(",")
        if all(len(group) == 3 for group in groups) and low.value < int(lead) and len(low.marks) <= 3:
            factor = Decimal(1000) ** len(groups)
            return low._replace(value=low.value * factor, marks="")
    return low
