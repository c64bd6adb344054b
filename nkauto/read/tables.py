"""Small CSV tables with named columns: rows as text with their line, every fault with file, line and remedy."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from nkauto.core.range import Range
from nkauto.errors import UnreadableFile

LARGEST = 4 * 1024 * 1024
_FIGURE = re.compile(r"[0-9]{1,30}(\.[0-9]{1,30})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: where it stands, and its cells by column."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read_table(path: Path, columns: tuple[str, ...], faults: list[str]) -> list[Cells]:
    """Return the rows of a file; what is wrong with single rows goes into ``faults``.

    Raises UnreadableFile when there is no such file, when it is no UTF-8 text, or has not these columns.
    """
    found: list[Cells] = []
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)  # a device has no size, and no end
        if len(content) > LARGEST:
            raise UnreadableFile(f"the file is larger than {LARGEST // 1024**2} MB", where=str(path))
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        header = next(reader, [])
        missing = [column for column in columns if column not in header]
        if missing:
            hint = f"The header is {','.join(columns)}."
            raise UnreadableFile(f"no column {', '.join(missing)}", hint=hint, where=f"{path}:1")
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                stripped = (" ".join(cell.split()) for cell in cells)
                found.append(Cells(f"{path}:{line}", dict(zip(header, stripped, strict=True))))
            elif cells:
                faults.append(f"{path}:{line}: {len(cells)} cells where the header has {len(header)}")
            line = reader.line_num + 1
    except UnicodeDecodeError as error:
        hint = "Save the file as UTF-8."
        raise UnreadableFile(f"not UTF-8 at byte {error.start}", hint=hint, where=str(path)) from None
    except csv.Error as error:
        hint = "Check the quotation marks."
        raise UnreadableFile(str(error), hint=hint, where=f"{path}:{reader.line_num}") from None
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror}", where=str(path)) from None
    return found


def read_range(low: str, high: str) -> Range:
    """Return two cells of plain digits as a range; an empty end is the other one. Raises ValueError with a remedy."""
    for cell in (low, high):
        if cell and not _FIGURE.fullmatch(cell):
            raise ValueError(f"{cell[:40]!r} is not a plain figure; write digits with a point, as 1200 or 0.5")
    ends = Decimal(low or high), Decimal(high or low)
    if ends[0] > ends[1]:
        raise ValueError(f"low {low} is above high {high}; swap them or correct one")
    return Range(*ends)


def refuse(what: str, faults: list[str]) -> None:
    """Raise UnreadableFile with every fault, if there is one."""
    if len(faults) == 1:
        where, _, rest = faults[0].partition(": ")
        raise UnreadableFile(rest, where=where)
    if faults:
        shown = faults[:20]
        more = [f"… and {len(faults) - 20} more"] if len(faults) > 20 else []
        raise UnreadableFile(f"{what} has {len(faults)} faults:", hint="\n".join([*shown, *more]))
