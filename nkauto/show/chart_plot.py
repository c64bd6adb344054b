"""The plot inside an SVG chart: axes, marked days, bands, and the names of the lines.

Positions in the picture are binary floats, a tenth of a pixel being more than an eye sees; the values
themselves stay decimals until their share of the axis is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from html import escape

from nkauto.core.period import Period
from nkauto.core.series import Chart, Line, Mark, Point
from nkauto.errors import columns, visible
from nkauto.show.chart import Scale, date_ticks, number_label, value_scale, wrapped

WIDTH, HEIGHT = 760, 570
COLOURS = 6
"""Past so many lines the colours come round again, told apart by name."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One arrangement of the picture: its class, the sizes of its text, and how many labels each axis holds.

    ``beside`` writes the names of lines beside their ends where all of them reach the edge.
    """

    name: str
    title: float
    text: float
    small: float
    value_ticks: int
    day_ticks: int
    beside: bool

    @property
    def edge(self) -> float:
        """Return the blank rim of the picture."""
        return self.text


WIDE = Setting("wide", 23, 15, 12.5, 8, 10, True)
NARROW = Setting("narrow", 33, 24, 20.5, 6, 6, False)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where days and values lie in the picture."""

    span: Period
    scale: Scale
    left: float
    right: float
    top: float
    bottom: float

    def x(self, day: date, days: int = 0) -> float:
        """Return where a day begins, or where the day so many days later does."""
        whole = (self.span.last - self.span.first).days + 1
        return self.left + (self.right - self.left) * ((day - self.span.first).days + days) / whole

    def y(self, value: Decimal) -> float:
        """Return the height of a value."""
        return self.bottom - (self.bottom - self.top) * float(self.scale.share(value))


def plot(parts: list[str], chart: Chart, setting: Setting, top: float, bottom: float) -> None:
    """Add legend, axes, marked days and lines of a chart that has points, between two heights."""
    span = chart.span
    assert span is not None
    size = setting.text * 0.92
    scale = value_scale(chart, setting.value_ticks)
    widest = max(text_width(number_label(tick), size) for tick in scale.ticks)
    names: list[list[str]] = []
    if setting.beside and _all_reach_the_edge(chart.lines, span):
        names = [wrapped(line.name, 150, lambda text: text_width(text, size)) for line in chart.lines]
    elif any(line.name for line in chart.lines):
        top = _legend(parts, chart.lines, setting, top + size * 0.4)
    right = (
        WIDTH - setting.edge - max((text_width(part, size) + size * 0.6 for name in names for part in name), default=0)
    )
    marks = [mark for mark in chart.marks if span.overlaps(Period.day(mark.day))]
    top += size * (1.3 + 1.3 * len(marks))
    frame = Frame(span, scale, setting.edge + widest + size * 0.5, right, top, bottom - size * 1.7)
    _axes(parts, frame, setting.day_ticks, size)
    for index, mark in enumerate(marks):
        _mark(parts, mark, frame, top - size * (0.8 + 1.3 * index), size)
    for index, line in enumerate(chart.lines):
        _line(parts, line, f"c{index % COLOURS}", frame, size)
    if names:
        _names_beside(parts, chart.lines, names, frame, size)


def _axes(parts: list[str], frame: Frame, day_ticks: int, size: float) -> None:
    """Add the rules of the values with their numbers, and the foot with its days."""
    for tick in frame.scale.ticks:
        y = frame.y(tick)
        parts.append(f'<path class="rule" d="M{frame.left:.1f} {y:.1f}H{frame.right:.1f}"/>\n')
        where = 'class="quiet" text-anchor="end"'
        parts.append(text_at(number_label(tick), frame.left - size * 0.45, y + size * 0.35, size, where))
    parts.append(f'<path class="base" d="M{frame.left:.1f} {frame.bottom:.1f}H{frame.right:.1f}"/>\n')
    written = 0.0
    for day in date_ticks(frame.span, day_ticks):
        x = frame.x(day.day)
        half = text_width(day.short, size) / 2
        parts.append(f'<path class="base" d="M{x:.1f} {frame.bottom:.1f}v{size * 0.4:.1f}"/>\n')
        centre = min(max(x, half + 2), WIDTH - half - 2)
        if centre - half > written:
            parts.append(
                text_at(day.short, centre, frame.bottom + size * 1.4, size, 'class="quiet" text-anchor="middle"')
            )
            written = centre + half + size * 0.5


def _mark(parts: list[str], mark: Mark, frame: Frame, y: float, size: float) -> None:
    """Add a marked day: a broken line, and above the plot what it means, on the side that has room."""
    x = frame.x(mark.day)
    text = f"{mark.day}: {mark.text}"
    parts.append(f'<path class="day" d="M{x:.1f} {y - size * 0.75:.1f}V{frame.bottom:.1f}"/>\n')
    wide = text_width(text, size * 0.92)
    start = min(x + size * 0.35, WIDTH - size - wide)
    parts.append(text_at(text, start, y, size * 0.92, 'class="quiet"'))


def _line(parts: list[str], line: Line, colour: str, frame: Frame, size: float) -> None:
    """Add a line: a band through each run of reports, and on it the reports themselves as solid strokes."""
    bands = "".join(_band(run, frame) for run in line.runs)
    least = size * (0.27 if len(line.points) < 120 else 0.19)
    reports = "".join(_report(block, frame, least) for block in _blocks(line.points))
    parts.append(f'<path class="band {colour}" d="{bands}"/>\n<path class="report {colour}" d="{reports}"/>\n')


def _band(run: Sequence[Point], frame: Frame) -> str:
    """Return the outline of a run: along its high edge, and back along its low one."""
    above = [(x, frame.y(point.high)) for point in run for x in _sides(point, frame)]
    below = [(x, frame.y(point.low)) for point in run for x in _sides(point, frame)]
    return _outline(above, below)


def _sides(point: Point, frame: Frame) -> tuple[float, float]:
    """Return the beginning of a point's first day and the end of its last."""
    return frame.x(point.first), frame.x(point.last, 1)


def _blocks(points: Sequence[Point]) -> list[list[Point]]:
    """Return the points in blocks: where one begins on the day after another ends, both are of one block."""
    blocks: list[list[Point]] = []
    for point in points:
        if blocks and (point.first - blocks[-1][-1].last).days == 1:
            blocks[-1].append(point)
        else:
            blocks.append([point])
    return blocks


def _report(block: Sequence[Point], frame: Frame, least: float) -> str:
    """Return the stepped outline of a block, no part of it thinner than an eye sees."""
    above: list[tuple[float, float]] = []
    below: list[tuple[float, float]] = []
    spare = max(0.0, least - (frame.x(block[-1].last, 1) - frame.x(block[0].first))) / 2
    for index, point in enumerate(block):
        left, right = _sides(point, frame)
        left -= spare if index == 0 else 0
        right += spare if index == len(block) - 1 else 0
        top, bottom = frame.y(point.high), frame.y(point.low)
        thin = max(0.0, least - (bottom - top)) / 2
        above += [(left, top - thin), (right, top - thin)]
        below += [(left, bottom + thin), (right, bottom + thin)]
    return _outline(above, below)


def _outline(above: Sequence[tuple[float, float]], below: Sequence[tuple[float, float]]) -> str:
    """Return a closed path along the upper edge and back along the lower one."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in [*above, *reversed(below)]) + "Z"


def _all_reach_the_edge(lines: Sequence[Line], span: Period) -> bool:
    """Return whether the lines have names, are few, and all end in the last eighth of the span."""
    late = span.last - timedelta(days=(span.last - span.first).days // 8)
    named = [line for line in lines if line.name]
    return 0 < len(named) == len(lines) <= COLOURS and all(
        line.points and line.points[-1].last >= late for line in lines
    )


def _names_beside(
    parts: list[str], lines: Sequence[Line], names: Sequence[Sequence[str]], frame: Frame, size: float
) -> None:
    """Add each line's name beside its end, moved apart where they would touch."""
    spaced: list[tuple[float, int]] = []
    for height, index in sorted((frame.y(_middle(line, frame)), index) for index, line in enumerate(lines)):
        above = spaced[-1][0] + size * (0.25 + 1.15 * len(names[spaced[-1][1]])) if spaced else frame.top
        spaced.append((max(height - size * 0.5 * len(names[index]), above), index))
    over = spaced[-1][0] + size * 1.15 * len(names[spaced[-1][1]]) - frame.bottom
    for top, index in spaced:
        for row, part in enumerate(names[index]):
            y = top - max(0.0, over) + size * (0.85 + 1.15 * row)
            parts.append(text_at(part, frame.right + size * 0.5, y, size, f'class="n{index % COLOURS}"'))


def _middle(line: Line, frame: Frame) -> Decimal:
    """Return the value at half the height of a line's last band: a place for its name, not a figure."""
    last = line.points[-1]
    if frame.scale.log:
        return (last.low * last.high).sqrt()
    return (last.low + last.high) / 2


def _legend(parts: list[str], lines: Sequence[Line], setting: Setting, top: float) -> float:
    """Add the names of the lines behind squares of their colours, in rows; return the height under them."""
    size = setting.text * 0.92
    x, y = setting.edge, top + size
    for index, line in enumerate(lines):
        colour = f"c{index % COLOURS}"
        parts_of_name = wrapped(line.name, WIDTH - 2 * setting.edge - size * 1.2, lambda text: text_width(text, size))
        wide = size * 1.1 + max((text_width(part, size) for part in parts_of_name), default=0)
        if x > setting.edge and x + wide > WIDTH - setting.edge:
            x, y = setting.edge, y + size * 1.35
        box = size * 0.7
        parts.append(f'<rect class="{colour}" x="{x:.1f}" y="{y - box:.1f}" width="{box:.1f}" height="{box:.1f}"/>\n')
        for row, part in enumerate(parts_of_name):
            y += size * 1.2 * bool(row)
            parts.append(text_at(part, x + size * 1.0, y, size))
        x += wide + size * 0.9
    return y + size * 0.3


def text_at(text: str, x: float, y: float, size: float, more: str = "") -> str:
    """Return a text element; whatever the text holds is only text."""
    safe = escape(visible(text), quote=False)
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.4g}"{" " + more if more else ""}>{safe}</text>\n'


_NARROW = frozenset("iljtfIr.,:;'|!()[] ")
_BROAD = frozenset("mwMW%@—")


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a text is at most in the fonts that readers have, of which DejaVu Sans is the widest."""
    wide = sum(
        (1.0 if columns(character) == 2 else 0.65)
        if not character.isascii()
        else 0.4
        if character in _NARROW
        else 0.98
        if character in _BROAD
        else 0.7
        if character.isupper()
        else 0.63
        for character in text
    )
    return wide * size * (1.12 if bold else 1)
