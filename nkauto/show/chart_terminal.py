"""A chart in a terminal: the reported range as a band of blocks over real dates, one panel for each place.

Plain characters, no colour: the same in a pipe, a mail, a file. Panels share both axes, so that places
are told apart and still compare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from nkauto.core.period import Period
from nkauto.core.series import Chart, Line, Mark
from nkauto.errors import columns as columns_of
from nkauto.show.chart import DateTick, Scale, date_ticks, number_label, shown_days, value_scale, wrapped

PANEL_ROWS = {1: 14, 2: 9, 3: 8, 4: 7}
"""How many rows high a panel is when there are so many; five where there are more."""
LEAST_COLUMNS = 32


@dataclass(frozen=True, slots=True)
class Strokes:
    """The characters to draw with; ``band`` is a cell whose lower, upper or both halves are filled."""

    lower: str
    upper: str
    full: str
    between: str
    mark: str
    side: str
    tick: str
    corner: str
    foot: str
    foot_tick: str


BLOCKS = Strokes("▄", "▀", "█", "░", "┊", "│", "┤", "└", "─", "┬")
ASCII = Strokes("#", "#", "#", ".", ":", "|", "+", "+", "-", "+")
BARS = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Grid:
    """The days of a span over so many columns, and the values of a scale over so many half rows."""

    span: Period
    columns: int
    scale: Scale
    halves: int

    def column(self, day: date) -> int:
        """Return the column that a day falls into."""
        days = (self.span.last - self.span.first).days + 1
        return (day - self.span.first).days * self.columns // days

    def half(self, value: Decimal) -> int:
        """Return the half row, counted from the foot, that a value falls into."""
        share = self.scale.share(value) * self.halves
        return min(self.halves - 1, int(share.to_integral_value(ROUND_FLOOR)))

    def band(self, low: Decimal, high: Decimal) -> range:
        """Return the half rows that a range covers: one at least."""
        top = int((self.scale.share(high) * self.halves).to_integral_value(ROUND_CEILING))
        foot = self.half(low)
        return range(foot, max(top, foot + 1))


def draw(chart: Chart, columns: int, *, ascii_only: bool = False) -> str:
    """Return the chart as lines of text, none wider than ``columns`` (32 at least), without a newline at the end.

    A cell is solid where reports reach, light between two reports that are close enough in time for the
    line to go on, and blank where nothing is known.
    """
    columns = max(columns, LEAST_COLUMNS)
    strokes = ASCII if ascii_only else BLOCKS
    text = wrapped(chart.title, columns, columns_of)
    text += wrapped(chart.unit + (", log scale" if chart.log else ""), columns, columns_of)
    span = chart.span
    if span is None:
        return "\n".join([*text, "", "No report to draw."])
    rows = PANEL_ROWS.get(len(chart.lines), 5)
    scale = value_scale(chart, max(2, rows // 2))
    margin = max(len(number_label(tick)) for tick in scale.ticks)
    grid = Grid(span, columns - margin - 2, scale, 2 * rows)
    labels = _tick_rows(grid)
    ticks = _fitting_ticks(grid)
    for line in chart.lines:
        text.append("")
        if line.name:
            held = Period(line.points[0].first, line.points[-1].last) if line.points else None
            text += wrapped(f"{line.name}: {shown_days(held) if held else 'no report'}", columns, columns_of)
        for row, cells in enumerate(_panel(line, chart.marks, grid, strokes)):
            label = labels.get(row, "")
            text.append(f"{label:>{margin}} {strokes.tick if label else strokes.side}{cells}".rstrip())
        text.append(" " * (margin + 1) + strokes.corner + _foot(grid, ticks, strokes))
    text += [" " * (margin + 2) + _date_line(grid, ticks), ""]
    for note in _notes(chart, grid, strokes):
        text += wrapped(note, columns, columns_of)
    return "\n".join(text)


def sparkline(counts: Sequence[int], *, ascii_only: bool = False) -> str:
    """Return one character for each count: blank for none, then bars up to the highest count."""
    most = max(counts, default=0)
    bars = " .:-=+*#@" if ascii_only else BARS
    return "".join(bars[-(-8 * count // most)] if count else " " for count in counts)


def _panel(line: Line, marks: Sequence[Mark], grid: Grid, strokes: Strokes) -> list[str]:
    """Return the cells of one panel, top row first: reports over what lies between reports over marked days."""
    reported: list[set[int]] = [set() for _ in range(grid.columns)]
    between: list[set[int]] = [set() for _ in range(grid.columns)]
    for run in line.runs:
        for index, point in enumerate(run):
            for column in range(grid.column(point.first), grid.column(point.last) + 1):
                reported[column].update(grid.band(point.low, point.high))
            if index:
                before = run[index - 1]
                joint = grid.band(min(before.low, point.low), max(before.high, point.high))
                for column in range(grid.column(before.last) + 1, grid.column(point.first)):
                    between[column].update(joint)
    marked = {grid.column(mark.day) for mark in marks if grid.span.overlaps(Period.day(mark.day))}
    rows = []
    for row in range(grid.halves // 2 - 1, -1, -1):
        cells = []
        for column in range(grid.columns):
            lower, upper = 2 * row in reported[column], 2 * row + 1 in reported[column]
            if lower or upper:
                cells.append(strokes.full if lower and upper else strokes.lower if lower else strokes.upper)
            elif {2 * row, 2 * row + 1} & between[column]:
                cells.append(strokes.between)
            else:
                cells.append(strokes.mark if column in marked else " ")
        rows.append("".join(cells))
    return rows


def _tick_rows(grid: Grid) -> dict[int, str]:
    """Return the labels of the axis by row from the top; of two in one row the higher stays."""
    rows = grid.halves // 2
    return {rows - 1 - grid.half(tick) // 2: number_label(tick) for tick in grid.scale.ticks}


def _fitting_ticks(grid: Grid) -> list[DateTick]:
    """Return as many round days as stand apart on the axis with their labels."""
    for most in range(max(2, grid.columns // 6), 1, -1):
        ticks = date_ticks(grid.span, most)
        columns = [grid.column(tick.day) for tick in ticks]
        room = [after - before for before, after in zip(columns, [*columns[1:], grid.columns + 2], strict=True)]
        if all(len(tick.iso) + 2 <= space for tick, space in zip(ticks[:-1], room[:-1], strict=True)):
            return ticks
    return ticks


def _foot(grid: Grid, ticks: Sequence[DateTick], strokes: Strokes) -> str:
    cells = [strokes.foot] * grid.columns
    for tick in ticks:
        cells[grid.column(tick.day)] = strokes.foot_tick
    return "".join(cells)


def _date_line(grid: Grid, ticks: Sequence[DateTick]) -> str:
    """Return the labels of the days, each from its column on; what would pass the edge is moved in, not cut."""
    line = ""
    for tick in ticks:
        start = min(grid.column(tick.day), grid.columns - len(tick.iso))
        if start < len(line) + 1 and line:
            continue
        line = f"{line:<{start}}{tick.iso}"
    return line


def _notes(chart: Chart, grid: Grid, strokes: Strokes) -> list[str]:
    """Return what the signs mean, the marked days, and the sources."""
    days = (grid.span.last - grid.span.first).days + 1
    wide = max(1, round(days / grid.columns))
    notes = [f"One column is about {wide} day{'s' if wide > 1 else ''}. {strokes.full} reported range"]
    reaches = sorted({line.reach for line in chart.lines})
    if any(
        (after.first - before.last).days > 1
        for line in chart.lines
        for run in line.runs
        for before, after in pairwise(run)
    ):
        notes[0] += f"; {strokes.between} between two reports at most {' or '.join(map(str, reaches))} days apart"
    notes[0] += "; blank: no report."
    notes += [
        f"{strokes.mark} {mark.day} {mark.text}" for mark in chart.marks if grid.span.overlaps(Period.day(mark.day))
    ]
    return [*notes, chart.source] if chart.source else notes
