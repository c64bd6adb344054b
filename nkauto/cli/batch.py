"""``nkauto batch``: a table of amounts in, the same table with each amount in other units out."""

from __future__ import annotations

import contextlib
import gc
import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from nkauto.cli import options as o
from nkauto.errors import BadOption, UnreadableFile, WriteFailed

HELP = """Convert a column of amounts: CSV in, the same rows with usd_low, usd_high and their evidence out.

Rows come out in their order, as they come in. A row that cannot be read keeps its cells and gets an error; exit 1.

\b
  nkauto batch prices.csv --to usd,wage -o prices-usd.csv
  xz -dc prices.csv.xz | nkauto batch --amount price --unit CNY --on 2025-10 --to won --drop rate_ids
"""

Named = Annotated[str, typer.Option(metavar="COLUMN", help="Its column, by name or number; else told by the header.")]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("batch", help=HELP, short_help="A whole table of amounts, row by row.")(o.answering(batch))


def batch(
    to: Annotated[list[str], typer.Option("--to", metavar="UNIT,…", help="usd,won,rice,'lb rice',wage")],
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="A CSV file; standard input without it, or for -.")
    ] = "-",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, all at once at the end.")
    ] = None,
    amount: Annotated[str, typer.Option(metavar="COLUMN", help="Column of amounts: 1200, 300-500, 20만.")] = "",
    unit: Annotated[str, typer.Option(metavar="COLUMN|UNIT", help="Column of units, or one unit: CNY.")] = "",
    date: Annotated[str, typer.Option(metavar="COLUMN", help="Column of dates; where it is empty, --on.")] = "",
    place: Annotated[str, typer.Option(metavar="COLUMN", help="Column of places; where it is empty, --at.")] = "",
    only: Annotated[str, typer.Option(metavar="COLUMN,…", help="Write only these columns.")] = "",
    drop: Annotated[str, typer.Option(metavar="COLUMN,…", help="Write all columns but these.")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first bad row.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="Leave cells that a spreadsheet would run as formulas.")] = False,
    delimiter: Annotated[str, typer.Option(metavar="CHARACTER", help="',' ';' '|' tab; else told by the header.")] = "",
    quote: Annotated[str, typer.Option(metavar="CHARACTER", help="Quotes around cells: '\"', \"'\", or none.")] = '"',
    encoding: Annotated[str, typer.Option(metavar="NAME", help="utf-8, cp949, gb18030, …; else told.")] = "",
    engine: Annotated[str, typer.Option(metavar="ENGINE", help="stream, or polars for large files.")] = "stream",
    on: o.On = "",
    at: o.At = "",
    market: o.Market = "",
    source: o.Source = "",
    within: o.Within = None,
    rates: o.Rates = None,
    only_rates: o.OnlyRates = None,
    rate: o.Own = None,
) -> int:
    """Parse, call, show; return 1 when rows had errors."""
    from nkauto.engine import ahead
    from nkauto.engine.keys import Keys
    from nkauto.engine.layout import Layout
    from nkauto.engine.stream import Batch
    from nkauto.library import Asked
    from nkauto.read.columns import located
    from nkauto.read.periods import read_period
    from nkauto.read.rows import Table
    from nkauto.show.lines import Lines

    if engine not in ("stream", "polars"):
        raise BadOption(f"unknown engine: {engine!r}", hint="Engines: stream, polars.")
    # Rows are garbage without cycles; to look for cycles among what stays costs a twentieth of the run.
    gc.freeze()
    gc.set_threshold(100_000)
    gc.enable()
    if quote not in ('"', "'", "none"):
        raise BadOption(f"unknown quote: {quote[:20]!r}", hint="Quotes: '\"', \"'\", none.")
    book = o.open_book(rates, only_rates)
    asked = Asked(book, on=on, at=at, market=market, source=source, within=within, rates=rate or ())
    if on:
        read_period(on)
    with _opened(file) as (stream, name, size), _sink(output) as sink:
        lines = Lines(sink, defuse=not raw)
        progress = Progress(stream, size)

        def before_wait() -> None:
            lines.flush()
            progress.show(lines.written)

        table = Table(
            stream,
            name=name,
            encoding=encoding or None,
            delimiter=delimiter or None,
            quote=None if quote == "none" else quote,
            before_wait=before_wait,
        )
        columns, said = located(table.header, amount=amount, unit=unit, date=date, place=place, on=on, at=at)
        units = [part for listed in to for part in listed.split(",") if part.strip()]
        layout = Layout(table.header, units, only=_names(only), drop=_names(drop), delimiter=table.delimiter)
        keys = Keys(asked, units, unit=unit if columns.unit is None else "", dated=columns.date is not None)
        run = Batch(keys, columns, layout, lines, strict=strict)
        for note in (*table.notes, *said):
            o.notice(note)
        told = len(table.notes)
        lines.begin(layout.header, delimiter=table.delimiter, marked=table.marked)
        if engine == "polars":
            ahead.take(run, table, o.notice)
        else:
            run.take(table)
        lines.flush()
        progress.clear()
        for note in (*table.notes[told:], *dict.fromkeys(asked.notices)):
            o.notice(note)
        if run.errors:
            counted = "1 row had an error" if run.errors == 1 else f"{run.errors:,} rows had errors"
            o.fail(f"{counted}{', stopped there' if run.stopped else ''}; first: {name}, {run.first}")
        if run.stopped:
            raise typer.Exit(1)  # before the file of --output takes its place
    return 1 if run.errors else 0


def _names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


@contextlib.contextmanager
def _opened(file: str) -> Iterator[tuple[BinaryIO, str, int]]:
    """Yield the input's byte stream, its name, and its size in bytes, 0 where that is not known."""
    if file == "-":
        if sys.stdin.isatty():
            o.notice("reading standard input; end it with Ctrl-D")
        yield sys.stdin.buffer, "standard input", _size(sys.stdin.buffer)
        return
    with contextlib.ExitStack() as stack:
        try:
            stream = stack.enter_context(Path(file).open("rb"))
        except OSError as error:
            raise UnreadableFile(f"cannot be read: {error.strerror}", where=file) from None
        yield stream, file, _size(stream)


def _size(stream: BinaryIO) -> int:
    try:
        status = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


@contextlib.contextmanager
def _sink(output: Path | None) -> Iterator[BinaryIO]:
    """Yield where the result goes. A file is written beside its place and put there whole, or not at all."""
    if output is None:
        yield sys.stdout.buffer
        return
    try:
        if output.exists() and not output.is_file():
            with output.open("wb") as sink:  # a device or a pipe cannot be replaced
                yield sink
            return
        path = output.resolve()
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with part.open("xb") as sink:
                yield sink
                sink.flush()
                os.fsync(sink.fileno())
            if path.exists():
                part.chmod(stat.S_IMODE(path.stat().st_mode))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise WriteFailed(f"cannot write: {error.strerror or error}", where=str(output)) from None


class Progress:
    """A line on a terminal's standard error, once a run has taken a second; nothing anywhere else."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._size = size
        self._shown = False
        self._next = time.monotonic() + 1 if sys.stderr.isatty() else float("inf")

    def show(self, rows: int) -> None:
        """Show how many rows are done, five times a second at most; of a file also how much of it."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + 0.2
        self._shown = True
        share = f"  {100 * self._stream.tell() // self._size} %" if self._size else ""
        sys.stderr.write(f"\r\x1b[K{rows:,} rows{share}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
