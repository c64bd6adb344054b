"""Lines: rows of CSV out to a byte stream, as many at a time as there are, with formulas made harmless."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO

SIGNS = "=+-@\t\r＝＋－＠"
"""What a cell begins with that a spreadsheet takes for a formula."""


def acts(cell: str) -> bool:
    """Return whether a spreadsheet takes a cell for a formula; a plain number such as -5 is none."""
    return cell[:1] != "" and cell[0] in SIGNS and not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", cell)


class Lines:
    """Rows that wait to be written; ``flush`` writes and sends them all.

    A row is a whole line of CSV without its end. Lone surrogates become the bytes that they were read from.
    With ``defuse``, ``harmless`` puts an apostrophe before a text cell that a spreadsheet would run; a plain
    number such as -5 stays.
    """

    def __init__(self, sink: BinaryIO, *, defuse: bool = True) -> None:
        self.rows: list[str] = []
        self.written = 0
        self._sink = sink
        self.defuse = defuse

    def begin(self, header: Sequence[str], *, delimiter: str, marked: bool = False) -> None:
        """Take the header as the first row; ``marked`` puts a byte order mark before it, as the input has one."""
        self._delimiter = delimiter
        # A cell begins after a delimiter, at a row's beginning, or after the quote that opens it.
        self.suspect = rf'(?:^|{re.escape(delimiter)}|\n)"?[{re.escape(SIGNS)}]'
        self._suspect = re.compile(self.suspect)
        self._signs = [sign for sign in SIGNS if sign not in (delimiter, "-")]
        self._minus = [before + "-" for before in (delimiter, "\n", '"')]
        if marked:
            self._sink.write(b"\xef\xbb\xbf")
        self.rows.append(self.harmless(joined(header, delimiter)))

    def suspects(self, text: str) -> bool:
        """Return whether one of these rows may need to be made harmless; 3 ms for a megabyte."""
        # Dates are full of minus signs, so they are searched for where a cell begins; the other signs are rare.
        return self.defuse and (self.signs(text) or any(begin in text for begin in self._minus) or text[:1] == "-")

    def signs(self, text: str) -> bool:
        """Return whether there are signs other than minus that a formula begins with; 50 µs for a megabyte."""
        return any(sign in text for sign in self._signs)

    def harmless(self, row: str) -> str:
        """Return the row with its formulas made text."""
        if not self.defuse or not self._suspect.search(row):
            return row
        cells = next(csv.reader(io.StringIO(row, newline=""), delimiter=self._delimiter))
        if not any(acts(cell) for cell in cells):
            return row
        return joined((f"'{cell}" if acts(cell) else cell for cell in cells), self._delimiter)

    def hand_on(self, rows: int, write: Callable[[BinaryIO], object]) -> None:
        """Have some rows written by whoever has them as bytes, after those that wait."""
        self.flush()
        self.written += rows
        write(self._sink)
        self._sink.flush()

    def flush(self) -> None:
        """Write what waits, and send it."""
        if self.rows:
            self.written += len(self.rows)
            self.rows.append("")
            text = "\n".join(self.rows)
            self.rows.clear()
            self._sink.write(text.encode("utf-8", "surrogateescape"))
            self._sink.flush()


def joined(cells: Iterable[str], delimiter: str) -> str:
    """Return a row of CSV without its end; a cell is quoted only where it must be."""
    return delimiter.join([quoted(cell, delimiter) for cell in cells]) or '""'


def quoted(cell: str, delimiter: str) -> str:
    """Return a cell as a row has it."""
    if delimiter in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell
