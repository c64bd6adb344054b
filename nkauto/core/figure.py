"""Figure: one number that an article states, read and placed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text: where it stands, how it reads, and why it was read so.

    ``span`` is the exact substring ``text[start:end]``; ``line`` counts from 1. ``unit`` is an ISO 4217
    code, a physical unit (``kg``, ``L``, ``month``, ``person``, ``each``), ``x`` for a multiple or
    fraction, or ``%``; empty where it cannot be told (``reason`` then says why). ``per`` is the
    denominator of a price or rate, or ``None``. ``approx`` is true for "about", "nearly", "more than".
    ``bound`` is what the words around it promise: ``=`` the value itself, ``~`` about, ``>`` ``>=``
    ``<`` ``<=`` at least, more than, at most. ``falling`` marks the percentage or multiple of a fall.
    ``subject`` is the good, work or currency that it is a price of (``rice``, ``wage``, ``USD``), if told.
    """

    span: str
    start: int
    end: int
    line: int
    low: Decimal
    high: Decimal
    unit: str
    per: str | None = None
    approx: bool = False
    quoted: bool = False
    bound: str = "="
    falling: bool = False
    vague: bool = False
    subject: str = ""
    reason: str = ""
