"""Timelines: the rows of one kind, ready to be asked by date."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from nkauto.core.period import Period

if TYPE_CHECKING:
    from nkauto.core.rates import Rate


class Near(NamedTuple):
    """The rows of a timeline that share a day with a question, and the nearest ones on either side of it.

    ``last`` is the last day of those before, ``first`` the first day of those after; None where there are none.
    """

    overlapping: list[Rate]
    last: date | None
    before: list[Rate]
    first: date | None
    after: list[Rate]


class Timeline:
    """Rows of one item, market and basis at one place (or at all), ready to be asked by date.

    Asking costs two binary searches and the rows that answer, whatever the number of rows; of a single day the
    searches alone, once a day was asked between which and itself no row begins or ends.
    """

    __slots__ = ("_by_first", "_by_last", "_firsts", "_lasts", "_near", "_reach")

    def __init__(self, rows: Iterable[Rate], shelf_life: int) -> None:
        dated = [(row.period(shelf_life), row) for row in rows]
        self._by_first = sorted(dated, key=lambda pair: pair[0].first)
        self._by_last = sorted(dated, key=lambda pair: pair[0].last)
        self._firsts = [period.first for period, _ in self._by_first]
        self._lasts = [period.last for period, _ in self._by_last]
        self._reach: list[date] = []
        for period, _ in self._by_first:
            self._reach.append(max(period.last, self._reach[-1]) if self._reach else period.last)
        # A single day stands after so many first days and so many last days: all that its answer depends on.
        self._near: dict[tuple[int, int], Near] = {}

    def near(self, asked: Period) -> Near:
        """Return the rows that share a day with the period, and the nearest before and after it."""
        if asked.first != asked.last:
            return self._found(asked)
        turn = bisect_right(self._firsts, asked.first), bisect_left(self._lasts, asked.first)
        if turn not in self._near:
            self._near[turn] = self._found(asked)
        return self._near[turn]

    def _found(self, asked: Period) -> Near:
        back, before = self.before(asked)
        on, after = self.after(asked)
        return Near(
            self.overlapping(asked),
            asked.first - timedelta(days=back) if before else None,
            before,
            asked.last + timedelta(days=on) if after else None,
            after,
        )

    def overlapping(self, asked: Period) -> list[Rate]:
        """Return the rows that share a day with the period, in order of their first day."""
        found = []
        index = bisect_right(self._firsts, asked.last) - 1
        while index >= 0 and self._reach[index] >= asked.first:
            period, row = self._by_first[index]
            if period.last >= asked.first:
                found.append(row)
            index -= 1
        return found[::-1]

    def before(self, asked: Period) -> tuple[int, list[Rate]]:
        """Return the days back to the nearest earlier rows, and those rows; none: (0, [])."""
        index = bisect_left(self._lasts, asked.first)
        if not index:
            return 0, []
        day = self._lasts[index - 1]
        start = bisect_left(self._lasts, day)
        return (asked.first - day).days, [row for _, row in self._by_last[start:index]]

    def after(self, asked: Period) -> tuple[int, list[Rate]]:
        """Return the days on to the nearest later rows, and those rows; none: (0, [])."""
        index = bisect_right(self._firsts, asked.last)
        if index == len(self._firsts):
            return 0, []
        day = self._firsts[index]
        end = bisect_right(self._firsts, day)
        return (day - asked.last).days, [row for _, row in self._by_first[index:end]]


def timelines(rows: Sequence[Rate], shelf_life: int) -> dict[tuple[str, str], dict[str, Timeline]]:
    """Return the timelines of rows by basis and place; the place "" holds all places."""
    by_basis: dict[tuple[str, str], dict[str, list[Rate]]] = {}
    for row in rows:
        by_place = by_basis.setdefault(row.basis, {"": []})
        by_place[""].append(row)
        if row.place:
            by_place.setdefault(row.place, []).append(row)
    return {
        basis: {place: Timeline(held, shelf_life) for place, held in by_place.items()}
        for basis, by_place in by_basis.items()
    }
