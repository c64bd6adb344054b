"""Wide tables for people: as many columns side by side as the terminal holds, the rest in panels below.

No figure is ever cut and no column left out: each panel repeats the key columns. Under the width of one
panel, each row becomes a card.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


def panels(keys: Sequence[Shown], values: Sequence[Shown], width: int) -> list[tuple[str, bool]]:
    """Return the lines of the value columns beside the key columns, in as many panels as the width asks for.

    Headings and the line of totals are marked.
    """
    room = width - sum(key.width + len(GAP) for key in keys)
    if max(column.width for column in values) > room:
        return list(_cards(keys, values))
    groups: list[list[Shown]] = [[]]
    for column in values:
        if groups[-1] and sum(held.width + len(GAP) for held in (*groups[-1], column)) - len(GAP) > room:
            groups.append([])
        groups[-1].append(column)
    found: list[tuple[str, bool]] = []
    for number, group in enumerate(groups):
        found += [*([("", False)] if number else []), *_panel(keys, group)]
    return found


def _panel(keys: Sequence[Shown], values: Sequence[Shown]) -> Iterator[tuple[str, bool]]:
    columns = [*keys, *values]
    yield _line(columns, [column.heading for column in columns]), True
    for cells in zip(*(column.cells for column in columns), strict=True):
        yield _line(columns, cells), False
    if any(column.foot for column in values):
        yield _line(columns, [column.foot for column in columns]), True


def _line(columns: Sequence[Shown], cells: Sequence[str]) -> str:
    parts = []
    for column, cell in zip(columns, cells, strict=True):
        text = visible(cell).replace("\n", " ")
        blank = " " * (column.width - columns_of(text))
        parts.append(text + blank if column.left else blank + text)
    return GAP.join(parts).rstrip()


def _cards(keys: Sequence[Shown], values: Sequence[Shown]) -> Iterator[tuple[str, bool]]:
    for index in range(len(values[0].cells)):
        yield GAP.join(visible(key.cells[index]) for key in keys), True
        for column in values:
            yield f"  {visible(column.heading)}: {visible(column.cells[index])}", False
    feet = [column for column in values if column.foot]
    if feet:
        yield next((key.foot for key in keys if key.foot), ""), True
        for column in feet:
            yield f"  {visible(column.heading)}: {visible(column.foot)}", False


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
