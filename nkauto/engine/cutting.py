"""Cutting: whole lines of a table into columns of the cells that count, by polars.

What two parsers might read differently stays out: such rows go by themselves, or the rest of the table does.
"""

from __future__ import annotations

import csv
import re
from typing import NamedTuple

import polars as pl
from polars import col

from nkauto.engine.exact import LARGEST_AMOUNT
from nkauto.engine.stream import Batch
from nkauto.read.rows import Table

_END = "\x02"
"""A cell that is put after each row, so that rows too short or too long show."""
_PLACES = 2
_AMOUNT = rf"^(?:[0-9]{{1,{LARGEST_AMOUNT}}}|[0-9]{{1,{LARGEST_AMOUNT - _PLACES}}}\.[0-9]{{1,{_PLACES}}})$"


class Cut(NamedTuple):
    """Whole lines as columns: every row's number and text; of those that columns can tell, the cells that count.

    ``number`` among the cells is the amount without its point, times ten to the power ``places``.
    """

    rows: pl.DataFrame
    cells: pl.DataFrame
    places: int


class Cutter:
    """What cuts the lines of a table into cells."""

    def __init__(self, run: Batch, table: Table) -> None:
        self._lines = run.lines
        self._columns = run.columns
        self._width = run.layout.width
        self._delimiter = table.delimiter
        cell = rf'(?:[^"{re.escape(table.delimiter)}]*|"(?:[^"]|"")*")'
        # A line whose every cell is without quotes or wholly in quotes: no two parsers read it differently.
        self._clean = f"^{cell}(?:{re.escape(table.delimiter)}{cell})*$"

    def cut(self, text: str) -> Cut | str:
        """Return whole lines as columns, or why they must be streamed."""
        if "\r" in text and text.count("\r") != text.count("\r\n"):
            return "a line ends without a newline"
        if _END in text:
            return "cells hold control characters"
        try:
            data = text.encode()
        except UnicodeEncodeError:
            return "bytes are not of the encoding"
        raws = pl.read_lines(data, name="raw").to_series()
        if "\r" in text:
            raws = raws.str.strip_suffix("\r")
        aside = raws == ""
        if '"' in text:
            odd = raws.str.contains('"', literal=True) & ~raws.str.contains(self._clean)
            if not all(map(_whole, raws.filter(odd))):
                return "a record has several lines"
            aside |= odd
        if self._lines.defuse and self._lines.signs(text):
            aside |= raws.str.contains(self._lines.suspect)
        rows = pl.DataFrame({"raw": raws}).with_row_index("at")
        whole = not aside.any()
        simple = whole and '"' not in text and "\r" not in text
        every = self._every(rows if whole else rows.filter(~aside), data if simple else None)
        if every is None:
            return "its quotes are read otherwise"
        columns = self._columns
        wanted = {"amount": columns.amount, "unit": columns.unit, "date": columns.date, "place": columns.place}
        cells = every.select(
            "at",
            self._harmless().alias("harmless"),
            *[self._cell(at).alias(role) for role, at in wanted.items()],
        )
        if not cells["harmless"].all():
            cells = cells.filter("harmless")
        return Cut(rows, *_numbered(cells.drop("harmless")))

    def _cell(self, at: int | None) -> pl.Expr:
        """Return the cell of a column, empty where the table has no such column."""
        return pl.lit("") if at is None else col(f"column {at}").fill_null("")

    def _harmless(self) -> pl.Expr:
        """Return whether no cell but the amount, which is looked at for itself, begins with a minus as formulas may."""
        names = [f"column {at}" for at in range(self._width) if at != self._columns.amount]
        if not self._lines.defuse or not names:
            return pl.lit(True)
        return ~pl.any_horizontal(col(names).str.starts_with("-").fill_null(False))

    def _every(self, rows: pl.DataFrame, data: bytes | None) -> pl.DataFrame | None:
        """Return the rows that have a cell for each column, with all their cells, when polars finds as many rows."""
        names = [f"column {number}" for number in range(self._width)]
        quoted = data is None
        if data is None:
            # Quotes hide delimiters: a cell at the end shows a row too short or too long.
            data = "".join([f"{line}{self._delimiter}{_END}\n" for line in rows["raw"]]).encode()
            names.append("end")
        header = f"{self._delimiter.join(names)}\n".encode()
        cells = pl.read_csv(
            header + data, separator=self._delimiter, quote_char='"', infer_schema=False, truncate_ragged_lines=True
        )
        if len(cells) != len(rows):
            return None
        if quoted:
            whole = cells["end"].fill_null("") == _END
        else:
            # A row is as long as its cells and what parts them: to count delimiters takes six times as long.
            long = pl.sum_horizontal(col(names).str.len_bytes()) + len(self._delimiter.encode()) * (self._width - 1)
            whole = rows["raw"].str.len_bytes() == cells.select(long).to_series()
        frame = rows.hstack(cells)
        return frame if whole.all() else frame.filter(whole)


def _numbered(cells: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Return the rows whose amounts are plain, with ``number`` in place of the amount, and its places."""
    amount = cells["amount"]
    number = amount.cast(pl.UInt64, strict=False)
    odd = (amount.str.len_bytes() > LARGEST_AMOUNT) | amount.str.starts_with("+")
    places = 0
    if number.null_count() or odd.any():
        cells = cells.filter(amount.str.contains(_AMOUNT))
        amount = cells["amount"]
        number = amount.cast(pl.UInt64, strict=False)
        if number.null_count():
            places = _PLACES
            number = amount.cast(pl.Decimal(38, places)).reinterpret(dtype=pl.Int128).cast(pl.UInt64)
    return cells.drop("amount").with_columns(number.alias("number")), places


def _whole(line: str) -> bool:
    """Return whether a line is a record of its own: a quote that it leaves open would take in the next."""
    return len(list(csv.reader([line, ""]))) == 2
