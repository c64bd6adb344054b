"""Series: what a chart is drawn from. Reported ranges in the order of their days, and how they are told apart.

A point says what the sources report for its days: where several reports overlap, all of them as their
hull, by the rule that answers questions too. Between two points nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from nkauto.core.period import Period
from nkauto.core.range import Range

LOG_FROM = 50
"""A range whose highest value is more than so many times its lowest asks for a log scale."""


@dataclass(frozen=True, slots=True)
class Point:
    """What is reported for the days from first to last, both included: low to high."""

    first: date
    last: date
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one place in order of their days, none overlapping; no line crosses over ``reach`` days."""

    name: str
    points: tuple[Point, ...]
    reach: int

    @property
    def runs(self) -> list[list[Point]]:
        """Return the points in runs: a gap of more than ``reach`` days ends one."""
        runs: list[list[Point]] = []
        for point in self.points:
            if runs and (point.first - runs[-1][-1].last).days <= self.reach:
                runs[-1].append(point)
            else:
                runs.append([point])
        return runs


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that the reader must know of, and why."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that a picture says: title, unit of the axis, lines, marked days, sources; ``alt`` says the same in words."""

    title: str
    unit: str
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()
    source: str = ""
    alt: str = ""

    @property
    def span(self) -> Period | None:
        """Return the days from the first point's to the last point's; None when there is no point."""
        points = [point for line in self.lines for point in line.points]
        if not points:
            return None
        return Period(min(point.first for point in points), max(point.last for point in points))

    @property
    def extent(self) -> Range | None:
        """Return the lowest and highest value of all points; None when there is no point."""
        points = [point for line in self.lines for point in line.points]
        if not points:
            return None
        return Range(min(point.low for point in points), max(point.high for point in points))

    @property
    def log(self) -> bool:
        """Return whether the range asks for a log scale: all above zero, highest over fifty times the lowest."""
        extent = self.extent
        return extent is not None and extent.low > 0 and extent.high > LOG_FROM * extent.low


def points(reports: Iterable[tuple[Period, Range]], within: Period | None = None) -> tuple[Point, ...]:
    """Return reports as points that do not overlap: for each day the hull of all reports that hold on it.

    A new point begins where a report begins or ends; neighbours with the same range are one. ``within``
    cuts the points to a period.
    """
    first_day = within.first if within else date.min
    last_day = min(within.last if within else date.max, date.max - timedelta(days=1))
    held = [
        (max(period.first, first_day), min(period.last, last_day), reported)
        for period, reported in reports
        if period.first <= last_day and period.last >= first_day
    ]
    edges = sorted({first for first, _, _ in held} | {last + timedelta(days=1) for _, last, _ in held})
    starting = sorted(held, key=lambda report: report[0])
    active: list[tuple[date, date, Range]] = []
    found: list[Point] = []
    index = 0
    for first, following in pairwise(edges):
        active = [report for report in active if report[1] >= first]
        while index < len(starting) and starting[index][0] <= first:
            active.append(starting[index])
            index += 1
        if active:
            low, high = min(r.low for _, _, r in active), max(r.high for _, _, r in active)
            last = following - timedelta(days=1)
            found.append(Point(first, last, low, high))
    return tuple(_joined(found))


def _joined(found: Sequence[Point]) -> list[Point]:
    """Return the points with neighbouring days and the same range as one."""
    joined: list[Point] = []
    for point in found:
        before = joined[-1] if joined else None
        if before and (before.low, before.high) == (point.low, point.high) and (point.first - before.last).days == 1:
            joined[-1] = Point(before.first, point.last, point.low, point.high)
        else:
            joined.append(point)
    return joined
