"""What every drawing of a chart shares: the scale of values, the ticks of dates, and text that is wrapped, never cut.

``chart_terminal`` draws blocks, ``chart_svg`` a picture for print and page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from nkauto.core.period import Period
from nkauto.core.range import plain
from nkauto.core.series import Chart
from nkauto.errors import visible

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of values from low to high, and the values that are written on it."""

    low: Decimal
    high: Decimal
    log: bool
    ticks: tuple[Decimal, ...]

    def share(self, value: Decimal) -> Decimal:
        """Return how far up the axis a value lies: 0 at the foot, 1 at the top."""
        if self.log:
            return (value / self.low).log10() / (self.high / self.low).log10()
        return (value - self.low) / (self.high - self.low)


def value_scale(chart: Chart, most: int) -> Scale:
    """Return the axis that holds all of a chart's values, with at most about ``most`` ticks at 1, 2, 5 × 10ⁿ.

    A linear axis begins at zero, unless all values lie in the upper half of it.
    """
    extent = chart.extent
    assert extent is not None, "a chart without points has no axis"
    low, high = extent.low, extent.high
    if chart.log:
        foot, top = _one_two_five(low * Decimal("0.99"), up=False), _one_two_five(high * Decimal("1.01"), up=True)
        return Scale(foot, top, True, tuple(_log_ticks(foot, top, most)))
    if 0 <= low < high / 2:
        low = Decimal(0)
    if low == high:
        low, high = (low - abs(low) / 2, high + abs(high) / 2) if low else (Decimal(0), Decimal(1))
    step = _one_two_five((high - low) / most, up=True)
    foot, top = (low / step).__floor__() * step, (high / step).__ceil__() * step
    count = int((top - foot) / step)
    return Scale(foot, top, False, tuple(foot + step * index for index in range(count + 1)))


def _one_two_five(value: Decimal, *, up: bool) -> Decimal:
    """Return the nearest of 1, 2, 5 × 10ⁿ that is not under (``up``) or not over a value above zero."""
    ten = Decimal(1).scaleb(value.adjusted())
    steps = [ten, ten * 2, ten * 5, ten * 10]
    if up:
        return next(step for step in steps if step >= value)
    return next(step for step in reversed(steps) if step <= value)


def _log_ticks(foot: Decimal, top: Decimal, most: int) -> list[Decimal]:
    """Return all of 1, 2, 5 × 10ⁿ from foot to top, or the powers of ten with the ends where they stand apart."""
    ticks = [foot]
    while ticks[-1] < top:
        ticks.append(_one_two_five(ticks[-1] * Decimal("1.5"), up=True))
    if len(ticks) <= most:
        return ticks
    tens = [tick for tick in ticks if tick.as_tuple().digits[0] == 1]
    tens = tens[:: -(-len(tens) // most)]
    apart = Decimal(top / foot) ** (Decimal(1) / most)
    ends = [end for end in (foot, top) if all(max(end / ten, ten / end) >= apart for ten in tens)]
    return sorted([*tens, *ends])


def number_label(value: Decimal) -> str:
    """Return a tick's number in full with thousands marks; past 15 places in powers of ten."""
    if value and abs(value.adjusted()) > 15:
        return f"{value.normalize():e}"
    return f"{plain(value):,f}"


@dataclass(frozen=True, slots=True)
class DateTick:
    """One day on the axis, as a table writes it (``2025-10``) and as a picture does (``Oct`` or ``2025``)."""

    day: date
    iso: str
    short: str


def date_ticks(span: Period, most: int) -> list[DateTick]:
    """Return at most ``most`` (two or more) round days within a span: years by 1-2-5, else months, else weeks or days.

    A span too short for two of them has its first and last day.
    """
    for step, days_between in _date_steps():
        if span.last - span.first <= timedelta(days=days_between * most):
            days = [day for day in step(span.first, span.last) if span.first <= day <= span.last]
            if 2 <= len(days) <= most:
                return _labelled(days, days_between)
    return _labelled(sorted({span.first, span.last}), 1)


def _date_steps() -> Iterator[tuple[Callable[[date, date], Iterator[date]], int]]:
    """Yield ways to step through a calendar, finest first, each with its least days between two steps."""
    for count in (1, 2, 7, 14):
        yield partial(_by_days, count), count
    for count in (1, 2, 3, 6):
        yield partial(_by_months, count), 28 * count
    for count in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000):
        yield partial(_by_months, 12 * count), 365 * count


def _by_days(count: int, first: date, last: date) -> Iterator[date]:
    start = -(-first.toordinal() // count) * count
    return (date.fromordinal(day) for day in range(start, last.toordinal() + 1, count))


def _by_months(count: int, first: date, last: date) -> Iterator[date]:
    start = -(-(first.year * 12) // count) * count if count >= 12 else first.year * 12
    return (date(month // 12, month % 12 + 1, 1) for month in range(start, last.year * 12 + last.month, count))


def _labelled(days: list[date], days_between: int) -> list[DateTick]:
    """Return the days with their labels; where short labels leave the year open, the first one says it."""
    ticks = []
    for index, day in enumerate(days):
        if days_between >= 365:
            ticks.append(DateTick(day, f"{day.year:04d}", f"{day.year:04d}"))
        elif days_between >= 28:
            short = f"{day.year:04d}" if day.month == 1 else MONTHS[day.month - 1]
            if index == 0 and day.month != 1 and all(other.month != 1 for other in days):
                short = f"{short} {day.year:04d}"
            ticks.append(DateTick(day, day.isoformat()[:7], short))
        else:
            short = f"{day.day} {MONTHS[day.month - 1]}"
            ticks.append(DateTick(day, day.isoformat(), f"{short} {day.year:04d}" if index == 0 else short))
    return ticks


def shown_days(span: Period) -> str:
    """Return a span's first and last day, or its one day, in the order year, month, day."""
    return f"{span.first}" if span.first == span.last else f"{span.first} to {span.last}"


def wrapped(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return a text in lines no wider than a width: broken between words, and inside a word only where one is wider.

    Control characters are written out; what is longer than 2,000 characters ends in "…": it is no caption.
    """
    text = visible(text).replace("\n", " ")
    words = (text if len(text) <= 2000 else text[:2000] + "…").split()
    lines: list[str] = []
    for word in words:
        if lines and measure(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
            continue
        lines.append("")
        for character in word:
            if lines[-1] and measure(lines[-1] + character) > width:
                lines.append("")
            lines[-1] += character
    return lines
