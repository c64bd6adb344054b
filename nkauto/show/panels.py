"""Wide tables for people: as many columns side by side as the terminal holds, the rest in panels below.

No figure is ever cut and no column left out: each panel repeats the key columns. Under the width of one
panel, each row becomes a card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from nkauto.core.range import Range
from nkauto.errors import columns as columns_of
from nkauto.errors import visible

GAP = "  "


@dataclass(frozen=True, slots=True)
class Shown:
    """A column as text: its heading, its cells, perhaps a cell under the line; figures stand at the right."""

    heading: str
    cells: tuple[str, ...]
    foot: str = ""
    left: bool = False

    @property
    def width(self) -> int:
        """Return the columns that its widest cell takes."""
        return max(columns_of(visible(text)) for text in (self.heading, self.foot, *self.cells))


def write_panels(out: Console, keys: Sequence[Shown], values: Sequence[Shown]) -> None:
    """Write the value columns beside the key columns, in as many panels as the width asks for."""
    room = out.width - sum(key.width + len(GAP) for key in keys)
    if max(column.width for column in values) > room:
        _cards(out, keys, values)
        return
    panel: list[Shown] = []
    for column in values:
        if panel and sum(held.width + len(GAP) for held in (*panel, column)) - len(GAP) > room:
            _panel(out, [*keys, *panel])
            _put(out, "")
            panel = []
        panel.append(column)
    _panel(out, [*keys, *panel])


def _panel(out: Console, columns: Sequence[Shown]) -> None:
    _put(out, _line(columns, [column.heading for column in columns]), "bold")
    for cells in zip(*(column.cells for column in columns), strict=True):
        _put(out, _line(columns, cells))
    if any(column.foot for column in columns):
        _put(out, _line(columns, [column.foot for column in columns]), "bold")


def _line(columns: Sequence[Shown], cells: Sequence[str]) -> str:
    parts = []
    for column, cell in zip(columns, cells, strict=True):
        text = visible(cell).replace("\n", " ")
        blank = " " * (column.width - columns_of(text))
        parts.append(text + blank if column.left else blank + text)
    return GAP.join(parts).rstrip()


def _cards(out: Console, keys: Sequence[Shown], values: Sequence[Shown]) -> None:
    for index in range(len(values[0].cells)):
        _put(out, GAP.join(visible(key.cells[index]) for key in keys), "bold")
        for column in values:
            _put(out, f"  {visible(column.heading)}: {visible(column.cells[index])}")
    feet = [column for column in values if column.foot]
    if feet:
        _put(out, next((key.foot for key in keys if key.foot), ""), "bold")
        for column in feet:
            _put(out, f"  {visible(column.heading)}: {visible(column.foot)}")


def _put(out: Console, line: str, style: str = "") -> None:
    out.print(Text(line, style=style), no_wrap=True, overflow="ignore", crop=False)


def figures(ranges: Sequence[Range], total: Range | None = None) -> tuple[tuple[str, ...], str]:
    """Return ranges and their total with every digit and the same number of decimals, so that they add up."""
    held = [*ranges, *([total] if total else [])]
    exponents = [end.as_tuple().exponent for found in held for end in (found.low, found.high)]
    places = max(0, *(-exponent for exponent in exponents if isinstance(exponent, int)))
    texts = [_figure(found, places) for found in held]
    return tuple(texts[: len(ranges)]), texts[-1] if total else ""


def _figure(held: Range, places: int) -> str:
    low = f"{held.low:,.{places}f}"
    return low if held.single else f"{low}–{held.high:,.{places}f}"
