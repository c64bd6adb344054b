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
        cells = self._cells(rows if whole else rows.filter(~aside), data if simple else None)
        return cells if isinstance(cells, str) else Cut(rows, *_numbered(cells, plus="+" in text))

    def _cells(self, rows: pl.DataFrame, data: bytes | None) -> pl.DataFrame | str:
        """Return the cells that count of the rows that have one for each column, or why the rows must be streamed.

        ``data`` are the rows as they stand, where they have no quotes.
        """
        names = [f"column {number}" for number in range(self._width)]
        if data is not None:
            # A row is as long as its cells and what parts them: to count delimiters takes six times as long.
            parting = len(self._delimiter.encode()) * (self._width - 1)
            whole = col("raw").str.len_bytes() == pl.sum_horizontal(col(names).str.len_bytes()) + parting
            header = names
        else:
            # Quotes hide delimiters: a cell at the end shows a row too short or too long.
            data = "".join([f"{line}{self._delimiter}{_END}\n" for line in rows["raw"]]).encode()
            whole = col("end").fill_null("") == _END
            header = [*names, "end"]
        cells = pl.read_csv(
            f"{self._delimiter.join(header)}\n".encode() + data,
            separator=self._delimiter,
            quote_char='"',
            infer_schema=False,
            empty_string_is_null=False,
            truncate_ragged_lines=True,
        )
        if len(cells) != len(rows):
            return "its quotes are read otherwise"
        if self._lines.defuse:  # the amount is looked at for itself
            others = [name for at, name in enumerate(names) if at != self._columns.amount]
            whole &= ~pl.any_horizontal(col(others).str.starts_with("-"), pl.lit(False))
        columns = self._columns
        wanted = {"amount": columns.amount, "unit": columns.unit, "date": columns.date, "place": columns.place}
        parts = [(pl.lit("") if at is None else col(names[at])).alias(role) for role, at in wanted.items()]
        frame = rows.hstack(cells).select("at", *parts, whole.alias("whole"))
        return frame if frame["whole"].all() else frame.filter("whole")


def _numbered(cells: pl.DataFrame, *, plus: bool) -> tuple[pl.DataFrame, int]:
    """Return the rows whose amounts are plain, with ``number`` in place of the amount, and its places.

    ``plus`` says that some may have a plus sign.
    """
    amount = cells["amount"]
    number = amount.cast(pl.UInt64, strict=False)
    odd = plus or (amount.str.len_bytes() > LARGEST_AMOUNT).any()
    places = 0
    if number.null_count() or odd:
        cells = cells.filter(amount.str.contains(_AMOUNT))
        amount = cells["amount"]
        number = amount.cast(pl.UInt64, strict=False)
        if number.null_count():
            places = _PLACES
            number = amount.cast(pl.Decimal(38, places)).reinterpret(dtype=pl.Int128).cast(pl.UInt64)
    return cells.select("at", "unit", "date", "place", number.alias("number")), places


def _whole(line: str) -> bool:
    """Return whether a line is a record of its own: a quote that it leaves open would take in the next."""
    return len(list(csv.reader([line, ""]))) == 2
