"""The polars engine: large tables, some megabytes at a time, to the same bytes as the streaming engine.

Rows whose amounts are plain digits, under keys that have an answer, are converted in columns. Every other row
goes through the streaming engine by itself, and takes its place again. What cannot be parted into rows line by
line is streamed to its end, with a notice.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from itertools import chain

import polars as pl
from polars import col

from nkauto.engine.exact import (
    ENDING,
    LARGEST_AMOUNT,
    LARGEST_OVER,
    LARGEST_UNDER,
    WIDE,
    with_ending_figure,
    with_figures,
)
from nkauto.engine.keys import Key, keep
from nkauto.engine.stream import Batch
from nkauto.read.rows import Table

CHUNK = 1 << 23
"""Characters that are converted together: enough to keep all processors at work, little enough for their caches."""
TOO_MANY = 4
"""Where more than one row in so many goes by itself, or has a key to itself, streaming them all is faster."""

_END = "\x02"
"""A cell that is put after each row, so that rows too short or too long show."""
_NEVER = "\x01"
"""A delimiter that parts nothing, so that a line is one cell."""
_AMOUNT = rf"^(?:[0-9]{{1,{LARGEST_AMOUNT}}}|[0-9]{{1,{LARGEST_AMOUNT - 2}}}\.[0-9]{{1,2}})$"
_SINGLE, _ENDING = 1, 2
"""How a key's figures are found, or both: low and high are one figure; figures end, so that none is rounded."""
_KEY = ("unit", "date", "place")


def take(run: Batch, table: Table, notice: Callable[[str], object]) -> None:
    """Convert a whole table, as ``run.take`` does; ``notice`` is told why the rest of it is streamed, where it is."""
    engine = Engine(run, table)
    table.lines.block_size = CHUNK // 8
    reason = engine.refusal()
    texts: list[str] = []
    size = 0
    while not reason and (text := next(table.texts, "")):
        texts.append(text)
        size += len(text)
        if size >= CHUNK:
            reason = engine.convert("".join(texts))
            texts, size = texts if reason else [], 0
    if texts and not reason:
        reason = engine.convert("".join(texts))
    if reason:
        notice(f"--engine polars: {reason}; streamed from there")
        table.texts = chain(texts, table.texts)
        run.take(table)


class Engine:
    """The way of a table's lines through polars."""

    def __init__(self, run: Batch, table: Table) -> None:
        self.run = run
        self.table = table
        self.ends = [name for name in run.layout.results if name.endswith(("_low", "_high"))]
        self._held: dict[Key, tuple[object, ...] | None] = {}
        cell = rf'(?:[^"{re.escape(table.delimiter)}]*|"(?:[^"]|"")*")'
        # A line whose every cell is without quotes or wholly in quotes: no two parsers read it differently.
        self._clean = f"^{cell}(?:{re.escape(table.delimiter)}{cell})*$"

    def refusal(self) -> str:
        """Return why the table cannot be converted in columns at all, or an empty string."""
        if self.run.strict:
            return "--strict stops at a row"
        if self.run.layout.kept is not None:
            return "only some of the table's columns are wanted"
        return "" if self.table.quote == '"' else "quotes are not the usual ones"

    def convert(self, text: str) -> str:
        """Convert and write some whole lines; or do nothing, and return why they must be streamed."""
        if "\r" in text and text.count("\r") != text.count("\r\n"):
            return "a line ends without a newline"
        if _END in text or _NEVER in text:
            return "cells hold control characters"
        try:
            data = text.encode()
        except UnicodeEncodeError:
            return "bytes are not of the encoding"
        raws = pl.read_csv(
            data, separator=_NEVER, quote_char=None, has_header=False, infer_schema=False, new_columns=["raw"]
        )["raw"].fill_null("")
        if "\r" in text:
            raws = raws.str.strip_suffix("\r")
        aside = raws == ""
        if '"' in text:
            odd = raws.str.contains('"', literal=True) & ~raws.str.contains(self._clean)
            if not all(map(_whole, raws.filter(odd))):
                return "a record has several lines"
            aside |= odd
        if self.run.lines.defuse and self.run.lines.signs(text):
            aside |= raws.str.contains(self.run.lines.suspect)
        rows = pl.DataFrame({"raw": raws}).with_row_index("at")
        plain = "" if '"' in text or "\r" in text or aside.any() else text
        converted = self._in_columns(rows.filter(~aside) if aside.any() else rows, data if plain else None)
        if converted is None:
            return "its quotes are read otherwise"
        if len(converted) < len(rows):
            alone = rows.join(converted, on="at", how="anti", maintain_order="left")
            if len(alone) * TOO_MANY > len(rows):
                self.run.take_text(self.table, "\n".join([*raws, ""]))
                return ""
            singly = [self.run.row(self.table.record(at, raw)) for at, raw in alone.rows()]
            apart = pl.DataFrame({"at": alone["at"], "row": pl.Series(singly, dtype=pl.String)})
            converted = pl.concat([converted, apart]).sort("at")
        self.table.passed(len(rows))
        buffer = io.BytesIO()
        converted.select("row").write_csv(buffer, include_header=False, quote_style="never")
        self.run.lines.hand_on(buffer.getbuffer(), len(rows))
        return ""

    def _in_columns(self, rows: pl.DataFrame, data: bytes | None) -> pl.DataFrame | None:
        """Return ``at`` and whole ``row`` of those that can be converted in columns; None when cells cannot be told.

        ``data`` are the rows' bytes when no cell has quotes.
        """
        frame = self._cells(rows, data)
        if frame is None:
            return None
        distinct = frame.select(_KEY).unique()
        if len(distinct) * TOO_MANY > len(frame):
            return rows.select("at", row="raw").clear()
        keys = self._keys(distinct.rows())
        known = frame.lazy().join(keys.lazy(), on=_KEY, how="left", maintain_order="left")
        number, shift = col("amount").cast(WIDE, strict=False), pl.lit(1, dtype=WIDE)
        if frame["amount"].str.contains(".", literal=True).any():
            point = col("amount").str.find(".", literal=True)
            places = (col("amount").str.len_bytes() - 1 - point).fill_null(0)
            number = col("amount").str.replace(".", "", literal=True).cast(WIDE)
            shift = pl.when(places == 0).then(1).when(places == 1).then(10).otherwise(100).cast(WIDE)
        known = known.with_columns(number=number, shift=shift)
        answered = known.filter(col("most") * col("shift") < LARGEST_UNDER).drop("amount", *_KEY).collect()
        kinds = answered["kind"].unique().to_list()
        lazy = answered.lazy()
        parts = pl.collect_all(
            [self._rows(lazy.filter(col("kind") == kind) if len(kinds) > 1 else lazy, kind) for kind in kinds]
        )
        if not parts:
            return rows.select("at", row="raw").clear()
        return pl.concat(parts).sort("at") if len(parts) > 1 else parts[0]

    def _cells(self, rows: pl.DataFrame, data: bytes | None) -> pl.DataFrame | None:
        """Return the rows that have a cell for each column and a plain amount, with the cells that count."""
        delimiter, width = self.table.delimiter, self.run.layout.width
        names = [f"column {number}" for number in range(width)]
        # Without quotes, delimiters can be counted; else a cell at the end shows a row too short or too long.
        whole = pl.col("raw").str.count_matches(delimiter, literal=True) == width - 1
        if data is None:
            whole = pl.col("end").eq_missing(_END)
            data = "".join([f"{line}{delimiter}{_END}\n" for line in rows["raw"]]).encode()
        header = delimiter.join([*names, "end\n"]).encode()
        cells = pl.read_csv(
            header + data, separator=delimiter, quote_char='"', infer_schema=False, truncate_ragged_lines=True
        )
        if len(cells) != len(rows):
            return None
        columns = self.run.columns
        wanted = {"amount": columns.amount, "unit": columns.unit, "date": columns.date, "place": columns.place}
        parts = [
            (pl.lit("") if at is None else col(names[at]).fill_null("")).alias(role) for role, at in wanted.items()
        ]
        harmless = ~pl.any_horizontal(col(*names).str.starts_with("-").fill_null(False)) | (not self.run.lines.defuse)
        frame = rows.hstack(cells.select("end", *parts, harmless.alias("harmless")))
        sound = whole & pl.col("harmless") & col("amount").str.contains(_AMOUNT)
        return frame.lazy().filter(sound).drop("end", "harmless").collect()

    def _keys(self, keys: list[Key]) -> pl.DataFrame:
        """Return a row for each key that has an answer in reach of the columns: its factors, and the texts around them.

        ``most`` is its largest denominator; ``kind`` how its figures are found.
        """
        for key in keys:
            if key not in self._held:
                keep(self._held, key, self._known(key))
        ends = range(len(self.ends))
        schema: dict[str, type[pl.DataType]] = {**dict.fromkeys(_KEY, pl.String), "most": WIDE, "kind": pl.Int8}
        schema |= {f"text {number}": pl.String for number in range(len(ends) + 1)}
        schema |= {f"{part} {number}": WIDE for number in ends for part in ("over", "under")}
        held = [row for key in keys if (row := self._held.get(key))]
        return pl.DataFrame(held, schema=schema, orient="row")

    def _known(self, key: Key) -> tuple[object, ...] | None:
        found = self.run.keys.plain(key)
        if found is None or found.fault:
            return None
        texts, figures = self.run.layout.pieces(found)
        sizes = [size.as_integer_ratio() for size, _ in figures]
        most = max((under for _, under in sizes), default=1)
        if most >= LARGEST_UNDER or any(over >= LARGEST_OVER for over, _ in sizes):
            return None
        # The product of 15 and 12 digits has 27: where it ends as a decimal, no 28th is there to be rounded.
        ending = all(10 ** (ENDING - 2) % under == 0 for _, under in sizes)
        single = all(factor is None or factor.low == factor.high for factor in found.factors)
        kind = _ENDING * ending + _SINGLE * single
        return (*key, most, kind, *texts, *(number for size in sizes for number in size))

    def _rows(self, steps: pl.LazyFrame, kind: int) -> pl.LazyFrame:
        """Return ``at`` and whole ``row`` of rows whose figures are found in one way."""
        for number, name in enumerate(self.ends):
            over, under = col(f"over {number}"), col(f"under {number}") * col("shift")
            stem, _, end = name.rpartition("_")
            pair = kind & _SINGLE and {f"{stem}_low", f"{stem}_high"} <= set(self.ends)
            if pair and end == "high":
                if kind & _ENDING:
                    steps = steps.with_columns(col(f"{stem}_low").alias(name))
            elif kind & _ENDING:
                steps = with_ending_figure(steps, name, over, under)
            else:
                low = name if end == "low" else ""
                high = f"{stem}_high" if pair or end == "high" else ""
                steps = with_figures(steps, over, under, low=low, high=high)
        cells = [cell for number, name in enumerate(self.ends) for cell in (col(name), col(f"text {number + 1}"))]
        return steps.select("at", row=pl.concat_str(col("raw"), col("text 0"), *cells))


def _whole(line: str) -> bool:
    """Return whether a line is a record of its own: a quote that it leaves open would take in the next."""
    return len(list(csv.reader([line, ""]))) == 2
