"""Claims: what ties the figures of a text together, as values; ``judge.py`` says whether it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from nkauto.core.terms import Term


class Verdict(StrEnum):
    """What the arithmetic says of a claim: that its figures agree, never which of them is wrong."""

    HOLDS = "holds"
    ROUNDING = "holds within rounding"
    PARTLY = "partly"
    FAILS = "fails"
    OUTSIDE = "needs outside rate"


class Grade(StrEnum):
    """What one comparison of a computed with a stated value says."""

    EXACT = "exact"
    ROUNDING = "rounding"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Stated:
    """What the text states: one value or a range, and the place it was written to (``0.01`` for ``1.76``)."""

    low: Decimal
    high: Decimal
    place: Decimal

    @property
    def slack(self) -> Fraction:
        """Half a unit of the last written place: a printed 1.76 stands for 1.755–1.765."""
        return Fraction(self.place) / 2


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison: a computed term, ``=``, ``~``, ``<``, ``>``, ``<=`` or ``>=``, and the stated value."""

    computed: Term
    operator: str
    stated: Decimal
    place: Decimal

    __test__ = False  # not a test case of pytest

    @property
    def size(self) -> Fraction:
        """How many times the stated value the computed one is; of a stated zero nothing is a multiple: 0."""
        return self.computed.value / Fraction(self.stated) if self.stated else Fraction(0)

    @property
    def miss(self) -> Fraction:
        """How far the computed value is from the stated one, as a part of it."""
        return abs(self.size - 1)


@dataclass(frozen=True, slots=True)
class Check:
    """A comparison with its grade: ``2000/8000 = 0.25``, stated ``= 1.76``: no."""

    expression: str
    value: Fraction
    operator: str
    stated: Decimal
    grade: Grade


@dataclass(frozen=True, slots=True)
class Conversion:
    """So much of one currency stated as so much of another; figures by index; ``past`` when dated back."""

    source: int
    target: int
    low: Decimal
    high: Decimal
    unit_from: str
    unit_to: str
    stated: Stated
    operator: str = "="
    past: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a claim: the figures it ties together, their words, and the comparisons it comes to."""

    figures: tuple[int, ...]
    spans: tuple[str, ...]
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that a text makes, with every way to understand it, the likeliest first.

    ``sure``: the words tie the figures together, so that they may be said to disagree. Otherwise a claim
    that no reading bears out stays undecided. ``conversions`` are what an outside rate can decide;
    ``consistency``: that several conversions agree with each other, which says nothing yet of their rate.
    ``spans`` are the words of the ``figures``; ``stated`` is the figure that makes the claim; ``hints`` are
    other ways to reckon it; ``fuel``: a price of motor fuel, sold by the kilogram and by the litre;
    ``locked``: the figures stand side by side with words such as from, to, than between them, so that no
    others can be meant.
    """

    kind: str
    statement: str
    stated: str
    figures: tuple[int, ...]
    spans: tuple[str, ...]
    readings: tuple[Reading, ...] = ()
    sure: bool = False
    conversions: tuple[Conversion, ...] = ()
    consistency: bool = False
    hints: tuple[Hint, ...] = ()
    fuel: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """Another way to reckon the stated value, and the slip that it would mean: ``the rate was turned round``."""

    computed: Term
    slip: str


@dataclass(frozen=True, slots=True)
class OutsideAnswer:
    """A rate that the text does not state: 1 of the one unit is low–high of the other, exactly.

    ``what`` names rate, place, age and source in one line.
    """

    low: Fraction
    high: Fraction
    what: str


class OutsideRate(Protocol):
    """Whoever knows rates that the text does not state; the caller has fixed the date and the place."""

    def __call__(self, unit_from: str, unit_to: str, market: str = "") -> OutsideAnswer | None:
        """Return what 1 ``unit_from`` is in ``unit_to``, on a market or the usual one; ``None`` when not known."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A judged claim: what ties which figures together, the arithmetic, and the verdict."""

    kind: str
    statement: str
    verdict: Verdict
    figures: tuple[int, ...]
    spans: tuple[str, ...]
    stated: str
    computed: str
    checks: tuple[Check, ...] = ()
    slips: tuple[str, ...] = ()
    rates: tuple[str, ...] = field(default=())

    @property
    def judged(self) -> bool:
        """Whether the claim could be decided."""
        return self.verdict is not Verdict.OUTSIDE


def worst_first(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims with failures first, then what partly holds, what is open, and what holds; else in order."""
    rank = {Verdict.FAILS: 0, Verdict.PARTLY: 1, Verdict.OUTSIDE: 2}
    return sorted(claims, key=lambda claim: rank.get(claim.verdict, 3))
