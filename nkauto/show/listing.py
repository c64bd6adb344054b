"""Lists that people read: plain aligned columns that never cut a cell, whatever the width, from a stream of rows.

Rich is not needed here, and takes seconds for ten thousand rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from nkauto.errors import columns as columns_of
from nkauto.errors import visible

GAP = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and whether its cells stand at the right, as figures do."""

    heading: str
    right: bool = False


def write_listing(stream: TextIO, columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> None:
    """Write rows in columns under their headings.

    Where they are wider than ``width``, columns from the right stand on a line of their own below each row, as few
    as will do; where even the first two are too wide, each cell stands on its own line behind its heading.
    """
    cells = [[visible(cell).replace("\n", " ") for cell in row] for row in rows]
    widths = [
        max([columns_of(column.heading), *(columns_of(row[index]) for row in cells)])
        for index, column in enumerate(columns)
    ]
    beside = len(columns)
    while beside > 1 and sum(widths[:beside]) + len(GAP) * (beside - 1) > width:
        beside -= 1
    if beside < min(2, len(columns)):
        _cards(stream, columns, cells)
        return
    stream.write(_line(columns, [column.heading for column in columns[:beside]], widths) + "\n")
    for row in cells:
        stream.write(_line(columns, row[:beside], widths) + "\n")
        below = [cell for cell in row[beside:] if cell]
        joined = "    " + GAP.join(below)
        for line in [joined] if columns_of(joined) <= width else [f"    {cell}" for cell in below]:
            stream.write(line.rstrip() + "\n" if below else "")


def _line(columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int]) -> str:
    parts = []
    for column, cell, wide in zip(columns, cells, widths, strict=False):
        blank = " " * (wide - columns_of(cell))
        parts.append(blank + cell if column.right else cell + blank)
    return GAP.join(parts).rstrip()


def _cards(stream: TextIO, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            if cell:
                stream.write(f"{column.heading}: {cell}\n" if column.heading else f"{cell}\n")
        stream.write("\n")
