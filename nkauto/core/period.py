"""Period: the first and last day that a rate, or a question, is for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

REDENOMINATION = date(2009, 12, 1)
"""The first day of the new won: 100 old won became 1 new won."""


class _Days(NamedTuple):
    """The fields of a period."""

    first: date
    last: date


class Period(_Days):
    """First and last day, both included."""

    __slots__ = ()

    def __new__(cls, first: date, last: date) -> Period:
        """Return the period, or raise ValueError when it would run backward."""
        if first > last:
            raise ValueError(f"a period runs forward, not from {first} to {last}")
        return super().__new__(cls, first, last)

    @classmethod
    def day(cls, day: date) -> Period:
        """Return the period of one day."""
        return cls(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """Return the period of one calendar month."""
        last = date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)
        return cls(date(year, month, 1), last)

    @classmethod
    def year(cls, year: int) -> Period:
        """Return the period of one calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    def overlaps(self, other: Period) -> bool:
        """Return whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def gap(self, other: Period) -> int:
        """Return the days from this period to another: 0 when they share a day, negative when the other is earlier."""
        if other.last < self.first:
            return -(self.first - other.last).days
        if other.first > self.last:
            return (other.first - self.last).days
        return 0

    def __str__(self) -> str:
        if self.first == self.last:
            return self.first.isoformat()
        if self == Period.month(self.first.year, self.first.month):
            return self.first.isoformat()[:7]
        if self == Period.year(self.first.year):
            return self.first.isoformat()[:4]
        return f"{self.first.isoformat()}..{self.last.isoformat()}"
