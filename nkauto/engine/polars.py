"""The polars engine: large tables, some megabytes at a time, to the same bytes as the streaming engine.

Rows whose amounts are plain digits, under keys that have an answer, are converted in columns. Every other row
goes through the streaming engine by itself, and takes its place again. What cannot be parted into rows line by
line is streamed to its end, with a notice.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, groupby
from typing import BinaryIO, NamedTuple

import polars as pl
from polars import col

from nkauto.engine.exact import LARGEST_AMOUNT, LARGEST_UNDER, WIDE, ending_figure, with_figures
from nkauto.engine.keys import Key
from nkauto.engine.keytable import APART, ENDS, KEY, SINGLE, KeyTable, beside
from nkauto.engine.stream import Batch
from nkauto.read.rows import Table

CHUNK = 1 << 21
"""Characters that are converted together: enough to keep all processors at work, little enough for their caches."""
TOO_MANY = 4
"""Where more than one row in so many goes by itself, or has a key to itself, streaming them all is faster."""

_END = "\x02"
"""A cell that is put after each row, so that rows too short or too long show."""
_NEVER = "\x01"
"""A delimiter that parts nothing, so that a line is one cell."""
_SYSTEM = re.compile(r"\(os error (\d+)\)")
_PLACES = 2
_AMOUNT = rf"^(?:[0-9]{{1,{LARGEST_AMOUNT}}}|[0-9]{{1,{LARGEST_AMOUNT - _PLACES}}}\.[0-9]{{1,{_PLACES}}})$"


def take(run: Batch, table: Table, notice: Callable[[str], object]) -> None:
    """Convert a whole table, as ``run.take`` does; ``notice`` is told why the rest of it is streamed, where it is."""
    engine = Engine(run, table)
    table.lines.block_size = CHUNK // 8
    left: list[str] = []
    reason = engine.refusal()
    if not reason:
        reason, left = engine.take(_chunks(table.texts))
    if reason:
        notice(f"--engine polars: {reason}; streamed from there")
        table.texts = chain(left, table.texts)
        run.take(table)


def _chunks(texts: Iterator[str]) -> Iterator[str]:
    """Yield whole lines, some ``CHUNK`` at a time."""
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= CHUNK:
            yield "".join(held)
            held, size = [], 0
    if held:
        yield "".join(held)


class Cut(NamedTuple):
    """Whole lines as columns: every row's number and text; of those that columns can tell, the cells that count.

    ``places`` is how many the amounts may have; ``known`` are the cells with what is known of their keys beside
    them, ``new`` the keys that are not known yet, and ``forgotten`` how often all had been forgotten by then.
    """

    rows: pl.DataFrame
    cells: pl.DataFrame
    places: int
    known: pl.DataFrame
    new: list[Key]
    forgotten: int


class Made(NamedTuple):
    """Rows converted in columns, cell by cell, or whole beside ``at`` where some go alone; and those that do."""

    together: pl.DataFrame
    alone: pl.DataFrame


class Engine:
    """The way of a table's lines through polars.

    While the keys of one chunk are looked up, the next is cut into cells and the one before is worked out: both
    without Python's lock, on other processors. Chunks are written in their order.
    """

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
        self._keys = KeyTable(run.keys, run.layout, self._texts, len(self._ends))
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

    def take(self, chunks: Iterator[str]) -> tuple[str, list[str]]:
        """Convert and write whole lines; return why the rest must be streamed, where it must, and its beginning."""
        with ThreadPoolExecutor(2) as workers:
            before: tuple[Cut, Future[Made] | None] | None = None
            text = next(chunks, "")
            cutting = workers.submit(self._cut, text)
            while text:
                following = next(chunks, "")
                cut = cutting.result()
                if isinstance(cut, str):
                    self._write(before)
                    return cut, [text, *filter(None, [following])]
                if following:
                    cutting = workers.submit(self._cut, following)
                made = workers.submit(self._made, cut, self._keys.frame) if self._learned(cut) else None
                self._write(before)
                before, text = (cut, made), following
            self._write(before)
        return "", []

    def _cut(self, text: str) -> Cut | str:
        """Return whole lines as columns, or why they must be streamed."""
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
        whole = not aside.any()
        plain = whole and '"' not in text and "\r" not in text
        cells = self._cells(rows if whole else rows.filter(~aside), data if plain else None)
        if cells is None:
            return "its quotes are read otherwise"
        cells = cells.with_columns(number=col("amount").cast(pl.Int64, strict=False))
        places = _PLACES if cells["number"].null_count() else 0
        forgotten = self._keys.forgotten  # taken first: should they be forgotten here, they are asked for again
        known = beside(cells, self._keys.frame, places)
        new = known.filter(col("kind").is_null()).select(KEY).unique().rows() if known["kind"].null_count() else []
        return Cut(rows, cells, places, known, new, forgotten)

    def _learned(self, cut: Cut) -> bool:
        """Learn the new keys of a chunk, and return whether they are few enough for it."""
        if len(cut.new) * TOO_MANY > len(cut.cells):
            return False
        if cut.new:
            room = self._keys.has_room(cut.new)
            if not room:
                self._keys.forget()
            every = not room or cut.forgotten < self._keys.forgotten
            self._keys.learn(cut.cells.select(KEY).unique().rows() if every else cut.new)
        return True

    def _made(self, cut: Cut, table: pl.DataFrame) -> Made:
        """Return whole rows: those converted in columns, as bytes when they are all there are."""
        rows = beside(cut.cells, table, cut.places) if cut.new else cut.known
        rows = rows.filter(col("kind") != APART) if (rows["kind"] == APART).any() else rows
        kinds = rows["kind"].unique().sort().to_list()
        most = max(rows["most"].unique().drop_nulls(), default=1) + 1
        steps = rows.lazy().select(pl.exclude(["raw", *KEY, *self._texts]))
        figures = pl.collect_all(
            [
                self._figures(steps.filter(col("kind") == kind) if len(kinds) > 1 else steps, kind, cut.places, most)
                for kind in kinds
            ]
        )
        rows = rows.select("at", "raw", *self._texts)
        if figures:
            found = pl.concat(figures).sort("at") if len(figures) > 1 else figures[0]
            if len(found) < len(rows):
                rows = rows.join(found.select("at"), on="at", how="semi", maintain_order="left")
            rows = rows.hstack(found.drop("at"))
        else:
            rows = rows.with_columns(pl.lit("").alias(name) for name in self._ends)
        if len(rows) == len(cut.rows):
            return Made(rows.select(self._row), cut.rows.clear())
        together = rows.select("at", row=pl.concat_str(self._row, separator=self.table.delimiter))
        return Made(together, cut.rows.join(rows, on="at", how="anti", maintain_order="left"))

    def _write(self, chunk: tuple[Cut, Future[Made] | None] | None) -> None:
        """Write the rows of one chunk, when there is one; those that columns could not tell go one by one."""
        if chunk is None:
            return
        rows, made = chunk[0].rows, chunk[1].result() if chunk[1] else None
        if made is None or len(made.alone) * TOO_MANY > len(rows):
            self.run.take_text(self.table, "\n".join([*rows["raw"], ""]))
            return
        lines = made.together
        if len(made.alone):
            singly = [self.run.row(self.table.record(at, raw)) for at, raw in made.alone.rows()]
            apart = pl.DataFrame({"at": made.alone["at"], "row": pl.Series(singly, dtype=pl.String)})
            lines = pl.concat([made.together, apart]).sort("at").select("row")
        self.table.passed(len(rows))
        self.run.lines.hand_on(len(rows), lambda sink: _put(lines, sink, self.table.delimiter))

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

    def _figures(self, steps: pl.LazyFrame, kind: int, places: int, most: int) -> pl.LazyFrame:
        """Return ``at`` and the figures of rows whose figures are found in one way, where they are in reach."""
        if kind == ENDS:
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
        most = min(LARGEST_UNDER, 10**places * most)
        for at, name in enumerate(self._ends):
            over, under = col(f"over {at}"), col(f"under {at}") * col("shift")
            stem, _, end = name.rpartition("_")
            pair = kind == SINGLE and {f"{stem}_low", f"{stem}_high"} <= set(self._ends)
            if pair and end == "high":
                continue
            low = name if end == "low" else ""
            high = f"{stem}_high" if pair or end == "high" else ""
            steps = with_figures(steps, over, under, low=low, high=high, most=most)
        return steps.select("at", *self._ends)


def _whole(line: str) -> bool:
    """Return whether a line is a record of its own: a quote that it leaves open would take in the next."""
    return len(list(csv.reader([line, ""]))) == 2


def _put(rows: pl.DataFrame, sink: BinaryIO, delimiter: str) -> None:
    """Write rows whose cells are as they shall stand. Raises OSError, as whoever writes to a sink expects it."""
    try:
        rows.write_csv(sink, include_header=False, separator=delimiter, quote_style="never")
    except OSError as error:  # of the system's error polars keeps the number in its message alone
        number = _SYSTEM.search(str(error)) if error.errno is None else None
        if number is None:
            raise
        code = int(number[1])
        raise OSError(code, os.strerror(code)) from None
