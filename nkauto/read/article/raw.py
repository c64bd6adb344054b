"""A figure on its way: what the reader has found out so far about one number of a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True)
class Raw:
    """A number of an article with what is known of it; the later steps of the reader fill in the rest.

    ``start`` to ``end`` is the span, ``digits`` where its number starts. ``kind`` is ``money``, ``share`` (%),
    ``times``, ``measure`` (kg, L, km, months), ``count`` (people, things) or ``bare`` (no unit yet). ``codes``
    are the currencies that its words may stand for, the likeliest first.
    """

    start: int
    end: int
    digits: int
    low: Decimal
    high: Decimal
    kind: str
    unit: str = ""
    codes: tuple[str, ...] = ()
    per: str | None = None
    subject: str = ""
    approx: bool = False
    bound: str = "="
    falling: bool = False
    vague: bool = False
    reason: str = ""
    word: str = ""
    tail: int = 0
    """Where the words of its denominator end; 0 when none stands behind it."""
    shared: bool = False
    """Whether its unit is a neighbour's."""
    composed: bool = False
    """Whether it adds up two lengths of time: 2 hours 10 minutes."""
    rate: bool = False
    """Whether it is a rate of the text's own money, told without the money's name."""
    base: bool = False
    """Whether it is a denominator itself."""
    like: Raw | None = field(default=None, repr=False)
    """The figure whose unit it shares."""
    outer: Raw | None = field(default=None, repr=False)
    """The figure that this one stands in parentheses behind."""

    @property
    def money(self) -> bool:
        """Whether this is an amount of money."""
        return self.kind == "money"

    @property
    def one(self) -> bool:
        """Whether this is exactly one of something, as a denominator is."""
        return self.low == self.high == 1

    @property
    def told(self) -> bool:
        """Whether the words beside it name one currency."""
        return len(self.codes) == 1

    @property
    def year(self) -> bool:
        """Whether it may be a year: four digits without a mark, from 1800 to 2100."""
        return self.low == self.high and 1800 <= self.low <= 2100 and self.end - self.digits == 4
