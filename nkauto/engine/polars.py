"""The polars engine: large tables, some megabytes at a time, to the same bytes as the streaming engine.

Rows whose amounts are plain digits, under keys that have an answer, are converted in columns. Every other row
goes through the streaming engine by itself, and takes its place again. What cannot be parted into rows line by
line is streamed to its end, with a notice.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, groupby, islice
from typing import BinaryIO, NamedTuple

import polars as pl

from nkauto.engine.ahead import TOO_MANY
from nkauto.engine.cutting import Cut, Cutter
from nkauto.engine.exact import figures
from nkauto.engine.keys import Key
from nkauto.engine.keytable import KEY, KeyTable, Known, hashed, looked_up, mended
from nkauto.engine.stream import Batch
from nkauto.read.rows import Table

CHUNK = 1 << 21
"""Characters that are converted together: enough to keep all processors at work, little enough for their caches."""
AHEAD = 3
"""Chunks that are cut into cells before their turn, so that the processors have work while keys are looked up. Each
holds 11 MB; six of them took a tenth more processor time, as they left its caches."""
SWITCH = 0.0005
"""Seconds after which a thread in Python makes way for another. After the usual 5 ms, each of the thirty calls that
cut a chunk may wait so long for the thread that looks keys up: longer than the whole chunk takes."""
_SYSTEM = re.compile(r"\(os error (\d+)\)")


def take(run: Batch, table: Table, notice: Callable[[str], object]) -> None:
    """Convert a whole table, as ``run.take`` does; ``notice`` is told why the rest of it is streamed, where it is."""
    engine = Engine(run, table)
    left: list[str] = []
    reason = engine.refusal()
    if not reason:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH)
        try:
            # Figures are decimals of one scale, whose zeros at the end are left out where they are written.
            with pl.Config(trim_decimal_zeros=True):
                reason, left = engine.take(_chunks(table.texts))
        finally:
            sys.setswitchinterval(usual)
    if reason:
        notice(f"--engine polars: {reason}; streamed from there")
        table.texts = chain(left, table.texts)
        run.take(table)


def _chunks(texts: Iterator[str]) -> Iterator[str]:
    """Yield whole lines, some ``CHUNK`` at a time; fewer at first, as nothing else can be done until they are cut."""
    held: list[str] = []
    size, enough = 0, CHUNK // 4
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= enough:
            yield "".join(held)
            held, size, enough = [], 0, CHUNK
    if held:
        yield "".join(held)


class Placed(NamedTuple):
    """Whole lines cut into cells, with one number for the key of each, and the keys that were not known.

    ``forgotten`` is how often all keys had been forgotten by then.
    """

    cut: Cut
    hashes: pl.Series
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
        self._cutter = Cutter(run, table)

    def refusal(self) -> str:
        """Return why the table cannot be converted in columns at all, or an empty string."""
        if self.run.strict:
            return "--strict stops at a row"
        if self.run.layout.kept is not None:
            return "only some of the table's columns are wanted"
        return "" if self.table.quote == '"' else "quotes are not the usual ones"

    def take(self, chunks: Iterator[str]) -> tuple[str, list[str]]:
        """Convert and write whole lines; return why the rest must be streamed, where it must, and its beginning."""
        before: tuple[pl.DataFrame, Future[Made] | None] | None = None
        with ThreadPoolExecutor(2) as workers:
            cutting = deque((text, workers.submit(self._placed, text)) for text in islice(chunks, AHEAD))
            while cutting:
                text, coming = cutting.popleft()
                placed = coming.result()
                if isinstance(placed, str):
                    self._write(before)
                    return placed, [text, *(text for text, _ in cutting)]
                for text in islice(chunks, 1):
                    cutting.append((text, workers.submit(self._placed, text)))
                made = workers.submit(self._made, placed, self._keys.known) if self._learned(placed) else None
                self._write(before)
                before = placed.cut.rows, made
            self._write(before)
        return "", []

    def _placed(self, text: str) -> Placed | str:
        """Return whole lines cut into cells, with what is known of their keys, or why they must be streamed."""
        cut = self._cutter.cut(text)
        if isinstance(cut, str):
            return cut
        forgotten = self._keys.forgotten  # taken first: should they be forgotten here, they are asked for again
        hashes = hashed(cut.cells)
        once = hashes.arg_unique()
        keys = cut.cells.select(KEY)[once]
        _, missed = looked_up(keys, hashes[once], self._keys.known)
        return Placed(cut, hashes, keys[missed].rows(), forgotten)

    def _learned(self, placed: Placed) -> bool:
        """Learn the new keys of a chunk, and return whether they are few enough for it."""
        new = placed.new
        if new and placed.forgotten < self._keys.forgotten:
            new = placed.cut.cells.select(KEY).unique().rows()
        new = self._keys.unmet(new)
        if len(new) * TOO_MANY > len(placed.cut.cells):
            return False
        if not self._keys.has_room(new):
            self._keys.forget()
            new = placed.cut.cells.select(KEY).unique().rows()
        self._keys.learn(new)
        return True

    def _made(self, placed: Placed, known: Known) -> Made:
        """Return whole rows: those converted in columns, and those that columns cannot tell."""
        rows, cells, places = placed.cut
        on, missed = looked_up(cells, placed.hashes, known)
        on = mended(on, missed, cells, known)
        numbers = self._figures(known.table, on, cells["number"], places)
        texts = [known.table[name][on] for name in self._texts]
        sound = known.table["plain"][on].fill_null(False)
        for column in numbers:
            if column.null_count():
                sound &= column.is_not_null()
        frame = pl.DataFrame([cells["at"], *numbers, *texts])
        if not sound.all():
            frame = frame.filter(sound)
        if len(frame) == len(rows):
            return Made(frame.with_columns(rows["raw"]).select(self._row), rows.clear())
        together = frame.with_columns(rows["raw"][frame["at"]]).select("at", *self._row)
        return Made(together, rows.join(frame, on="at", how="anti", maintain_order="left"))

    def _figures(self, table: pl.DataFrame, on: pl.Series, number: pl.Series, places: int) -> list[pl.Series]:
        """Return the columns of figures; null where they are out of reach."""
        columns: list[pl.Series] = []
        high: pl.Series | None = None  # of the unit whose low end was the last
        for at, name in enumerate(self._ends):
            over, under = table[f"over {at}"], table[f"under {at}"]
            if name.endswith("_low"):
                low, high = figures(number, over[on], under[on], places)
                columns.append(low)
                continue
            if high is None:
                _, high = figures(number, over[on], under[on], places)
            else:
                # Where both ends have one factor, they are worked out at once; the rest is done again.
                wide = ((over != table[f"over {at - 1}"]) | (under != table[f"under {at - 1}"]))[on]
                apart = wide.arg_true()
                if len(apart):
                    some = on[apart]
                    _, ends = figures(number[apart], over[some], under[some], places, like=high)
                    high = high.scatter(apart, ends)
            columns.append(high)
            high = None
        return [column.alias(name) for column, name in zip(columns, self._ends, strict=True)]

    def _write(self, chunk: tuple[pl.DataFrame, Future[Made] | None] | None) -> None:
        """Write the rows of one chunk, when there is one; those that columns could not tell go one by one."""
        if chunk is None:
            return
        rows, made = chunk[0], chunk[1].result() if chunk[1] else None
        if made is None or len(made.alone) * TOO_MANY > len(rows):
            self.run.take_text(self.table, "\n".join([*rows["raw"], ""]))
            return
        lines = made.together
        if len(made.alone):
            singly = [self.run.row(self.table.record(at, raw)) for at, raw in made.alone.iter_rows()]
            apart = made.alone.select("at", row=pl.Series(singly, dtype=pl.String))
            buffer = io.BytesIO()
            _put(made.together.drop("at"), buffer, self.table.delimiter)
            rest = made.together.select("at", row=pl.read_lines(buffer.getvalue()).to_series())
            lines = pl.concat([rest, apart]).sort("at").select("row")
        self.table.passed(len(rows))
        self.run.lines.hand_on(len(rows), lambda sink: _put(lines, sink, self.table.delimiter))


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
