"""Written numbers in any script -> exact values, and what the lower end of a range shares with the upper."""

from __future__ import annotations

import re
from decimal import Decimal

from nkauto.read.chains import chain
from nkauto.read.digits import Number
from nkauto.read.spelled import multiplied, native, spelled

_JOINT = re.compile(r" (?:and )?(?=[0-9])")
_MILLION = Decimal(10) ** 6


def number(text: str, at: int) -> Number | None:
    """Return the number that starts at this place in any script, with its multipliers; ``None`` when none does."""
    character = text[at]
    if "0" <= character <= "9":
        found = chain(text, at)
        return None if found is None else _added(text, multiplied(text, found))
    if character < "\u0250":
        return spelled(text, at)
    return native(text, at) or chain(text, at)


def _added(text: str, first: Number) -> Number:
    """Return a number of millions with the thousands behind it: 11 million and 112 thousand, 2 million 300 thousand."""
    joint = _JOINT.match(text, first.end) if first.scale >= _MILLION else None
    plain = chain(text, joint.end()) if joint is not None else None
    second = multiplied(text, plain) if plain is not None else None
    if second is None or not 1 < second.scale < first.scale or second.value >= first.scale:
        return first
    value = first.value + second.value
    return first._replace(value=value, end=second.end, mantissa=value / first.scale, marks="", other=None)


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
