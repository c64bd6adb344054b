"""Findings: the figures that an article states, read and placed, and all else that a check of it found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nkauto.core.claims import Claim, Verdict
from nkauto.core.range import Range


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


@dataclass(frozen=True, slots=True)
class Converted:
    """A figure in another unit, with the ids of the rates used."""

    range: Range
    unit: str
    rate_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found in one file; ``converted`` by the figure's index, ``rates`` the lines that name the rates."""

    file: str
    text: str
    figures: Sequence[Figure]
    claims: Sequence[Claim]
    converted: Mapping[int, Sequence[Converted]]
    dated: bool = False
    rates: Sequence[str] = ()
    sources: Sequence[Mapping[str, str]] = ()
    notes: Sequence[str] = ()

    @property
    def judged(self) -> int:
        """How many claims could be decided."""
        return sum(1 for claim in self.claims if claim.judged)

    @property
    def fails(self) -> bool:
        """Whether a claim fails."""
        return any(claim.verdict is Verdict.FAILS for claim in self.claims)
