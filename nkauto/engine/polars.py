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
from itertools import chain, groupby

import polars as pl
from polars import col

from nkauto.engine.exact import (
    ENDING,
    LARGEST_AMOUNT,
    LARGEST_OVER,
    LARGEST_UNDER,
    WIDE,
    ending,
    ending_figure,
    with_figures,
)
from nkauto.engine.keys import KEPT, Key
from nkauto.engine.stream import Batch
from nkauto.read.rows import Table

CHUNK = 1 << 22
"""Characters that are converted together: enough to keep all processors at work, little enough for their caches."""
TOO_MANY = 4
"""Where more than one row in so many goes by itself, or has a key to itself, streaming them all is faster."""

_END = "\x02"
"""A cell that is put after each row, so that rows too short or too long show."""
_NEVER = "\x01"
"""A delimiter that parts nothing, so that a line is one cell."""
_PLACES = 2
_AMOUNT = rf"^(?:[0-9]{{1,{LARGEST_AMOUNT}}}|[0-9]{{1,{LARGEST_AMOUNT - _PLACES}}}\.[0-9]{{1,{_PLACES}}})$"
_APART, _PAIR, _SINGLE, _ENDING = range(4)
"""How a key's figures are found: not in columns; low and high apart; both as one figure; without any rounding."""
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
        self._ends: list[str] = []
        self._texts: list[str] = []
        self._row = ["raw"]
        for ends, names in groupby(run.layout.results, key=lambda name: name.endswith(("_low", "_high"))):
            if ends:
                added = list(names)
                self._ends += added
            else:
                added = [f"text {len(self._texts)}"]  # the cells between two figures, or after the last
                self._texts += added
            self._row += added
        schema: dict[str, pl.DataType | type[pl.DataType]] = {**dict.fromkeys(_KEY, pl.String), "kind": pl.Int8}
        schema |= {"most": WIDE, "places": pl.Int32, **dict.fromkeys(self._texts, pl.String)}
        for number in range(len(self._ends)):
            schema |= {f"over {number}": WIDE, f"under {number}": WIDE, f"size {number}": pl.Decimal(38, ENDING)}
        self._table = pl.DataFrame(schema=schema)
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
            together = converted.select("at", row=pl.concat_str(self._row, separator=self.table.delimiter))
            lines = pl.concat([together, apart]).sort("at").select("row")
        else:
            lines = converted.select(self._row)
        self.table.passed(len(rows))
        buffer = io.BytesIO()
        lines.write_csv(buffer, include_header=False, separator=self.table.delimiter, quote_style="never")
        self.run.lines.hand_on(buffer.getbuffer(), len(rows))
        return ""

    def _in_columns(self, rows: pl.DataFrame, data: bytes | None) -> pl.DataFrame | None:
        """Return the cells of whole rows, and ``at``, where columns can tell them; None when cells cannot be told.

        ``data`` are the rows' bytes when no cell has quotes.
        """
        frame = self._cells(rows, data)
        if frame is None:
            return None
        frame = frame.with_columns(number=col("amount").cast(pl.Int64, strict=False))
        places = _PLACES if frame["number"].null_count() else 0
        known = self._joined(frame, places)
        if known is None:
            return rows.select("at").clear()
        known = known.filter(col("kind") != _APART) if (known["kind"] == _APART).any() else known
        kinds = known["kind"].unique().sort().to_list()
        steps = known.lazy().select(pl.exclude(["raw", *_KEY, *self._texts]))
        figures = pl.collect_all(
            [
                self._figures(steps.filter(col("kind") == kind) if len(kinds) > 1 else steps, kind, places)
                for kind in kinds
            ]
        )
        known = known.select("at", "raw", *self._texts)
        if not figures:
            return known.with_columns(pl.lit("").alias(name) for name in self._ends)
        found = pl.concat(figures).sort("at") if len(figures) > 1 else figures[0]
        if len(found) < len(known):
            known = known.join(found.select("at"), on="at", how="semi", maintain_order="left")
        return known.hstack(found.drop("at"))

    def _joined(self, frame: pl.DataFrame, places: int) -> pl.DataFrame | None:
        """Return the rows with what is known of their keys beside them; None when too many keys are new.

        ``places`` is how many amounts may have.
        """
        known = self._beside(frame, places)
        if not known["kind"].null_count():
            return known
        new = known.filter(col("kind").is_null()).select(_KEY).unique()
        if len(new) * TOO_MANY > len(frame):
            return None
        if len(self._table) + len(new) > KEPT:
            self._table, new = self._table.clear(), frame.select(_KEY).unique()
        found = zip(*(self._known(key) for key in new.rows()), strict=True)
        # By column, and decimals as text: else polars loads numpy to tell what they are, which takes 90 ms.
        learned = [
            pl.Series(name, held, dtype=pl.String if dtype.is_decimal() else dtype).cast(dtype)
            for (name, dtype), held in zip(self._table.schema.items(), found, strict=True)
        ]
        self._table = pl.concat([self._table, pl.DataFrame(learned)])
        return self._beside(frame, places)

    def _beside(self, frame: pl.DataFrame, places: int) -> pl.DataFrame:
        # A product has the places of the more exact of its factors: those of the other must fit in beside them.
        scale = max([1, *self._table["places"].drop_nulls()]) + places
        sizes = [col(f"size {number}").cast(pl.Decimal(38, scale)) for number in range(len(self._ends))]
        return frame.join(self._table.with_columns(sizes), on=_KEY, how="left", maintain_order="left")

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

    def _known(self, key: Key) -> tuple[object, ...]:
        """Return a row of the table of keys: how its figures are found, the cells around them, and its factors."""
        found = self.run.keys.plain(key)
        apart = (*key, _APART, *[None] * (self._table.width - len(_KEY) - 1))
        if found is None or found.fault:
            return apart
        texts, figures = self.run.layout.pieces(found)
        sizes = [size.as_integer_ratio() for size, _ in figures]
        most = max((under for _, under in sizes), default=1)
        if most >= LARGEST_UNDER or any(over >= LARGEST_OVER for over, _ in sizes):
            return apart
        inner = [text[1:-1] for text in texts[:-1] if len(text) > 1] + [text[1:] for text in texts[-1:] if text]
        ended = [ending(size) for size, _ in figures]
        if None not in ended:
            kind = _ENDING
        else:
            kind = _SINGLE if all(factor is None or factor.low == factor.high for factor in found.factors) else _PAIR
        places = max((len(size.partition(".")[2]) for size in ended if size is not None), default=0)
        parts = [(*size, end if kind == _ENDING else None) for size, end in zip(sizes, ended, strict=True)]
        return (*key, kind, most, places, *inner, *(part for three in parts for part in three))

    def _figures(self, steps: pl.LazyFrame, kind: int, places: int) -> pl.LazyFrame:
        """Return ``at`` and the figures of rows whose figures are found in one way, where they are in reach."""
        if kind == _ENDING:
            amount = col("amount").cast(pl.Decimal(38, places))
            figures = [ending_figure(amount, col(f"size {at}")).alias(name) for at, name in enumerate(self._ends)]
            return steps.select("at", *figures)
        number, shift = col("number").cast(WIDE), pl.lit(1, dtype=WIDE)
        if places:
            point = col("amount").str.find(".", literal=True)
            held = (col("amount").str.len_bytes() - 1 - point).fill_null(0)
            number = col("amount").str.replace(".", "", literal=True).cast(WIDE)
            shift = pl.when(held == 0).then(1).when(held == 1).then(10).otherwise(100).cast(WIDE)
        steps = steps.with_columns(number=number, shift=shift).filter(col("most") * col("shift") < LARGEST_UNDER)
        most = min(LARGEST_UNDER, 10**places * max(self._table["most"].drop_nulls()) + 1)
        for at, name in enumerate(self._ends):
            over, under = col(f"over {at}"), col(f"under {at}") * col("shift")
            stem, _, end = name.rpartition("_")
            pair = kind == _SINGLE and {f"{stem}_low", f"{stem}_high"} <= set(self._ends)
            if pair and end == "high":
                continue
            low = name if end == "low" else ""
            high = f"{stem}_high" if pair or end == "high" else ""
            steps = with_figures(steps, over, under, low=low, high=high, most=most)
        return steps.select("at", *self._ends)


def _whole(line: str) -> bool:
    """Return whether a line is a record of its own: a quote that it leaves open would take in the next."""
    return len(list(csv.reader([line, ""]))) == 2
