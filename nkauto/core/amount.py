"""Amount: a range with its unit, and what it is a price for."""

from __future__ import annotations

from typing import NamedTuple

from nkauto.core.range import Range


class Amount(NamedTuple):
    """So much of a unit.

    ``unit`` is a currency code (``KPW``, ``CNY``) or a physical unit (``kg``, ``month``); ``item`` is the
    good or work that a physical unit measures (``rice``, ``wage``), empty for money; ``per`` is the
    denominator of a price (``kg``, ``month``), empty for a plain amount.
    """

    range: Range
    unit: str
    item: str = ""
    per: str = ""


class Target(NamedTuple):
    """What to convert into: a currency (``item`` empty), or so much of an item in ``unit`` (empty: its own)."""

    unit: str
    item: str = ""
