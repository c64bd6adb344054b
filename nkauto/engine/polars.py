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

from nkauto.engine.exact import LARGEST_AMOUNT, LARGEST_OVER, LARGEST_UNDER, WIDE, with_figure
from nkauto.engine.keys import Key
from nkauto.engine.layout import Figure
from nkauto.engine.stream import Batch
from nkauto.read.rows import Table

CHUNK = 1 << 25
"""Characters that are converted together: enough to keep all processors at work."""
TOO_MANY = 4
"""Where more than one row in so many goes by itself, streaming them all is faster."""

_END = "\x02"
"""A cell that is put after each row, so that rows too short or too long show."""
_NEVER = "\x01"
"""A delimiter that parts nothing, so that a line is one cell."""
_AMOUNT = rf"^(?:[0-9]{{1,{LARGEST_AMOUNT}}}|[0-9]{{1,{LARGEST_AMOUNT - 2}}}\.[0-9]{{1,2}})$"
_KEY = ("unit", "date", "place")


def take(run: Batch, table: Table, notice: Callable[[str], object]) -> None:
    """Convert a whole table, as ``run.take`` does; ``notice`` is told why the rest of it is streamed, where it is."""
    reason = ""
    if run.strict:
        reason = "--strict stops at a row"
    elif run.layout.kept is not None:
        reason = "only some of the table's columns are wanted"
    elif table.quote != '"':
        reason = "quotes are not the usual ones"
    texts: list[str] = []
    size = 0
    while not reason and (text := next(table.texts, "")):
        texts.append(text)
        size += len(text)
        if size >= CHUNK:
            reason = _convert(run, table, "".join(texts))
            texts, size = texts if reason else [], 0
    if texts and not reason:
        reason = _convert(run, table, "".join(texts))
    if reason:
        notice(f"--engine polars: {reason}; streamed from there")
        table.texts = chain(texts, table.texts)
        run.take(table)


def _convert(run: Batch, table: Table, text: str) -> str:
    """Convert and write some whole lines; or do nothing, and return why they must be streamed."""
    if text.count("\r") != text.count("\r\n"):
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
    quotes = '"' in text
    aside = raws == ""
    if quotes:
        odd = raws.str.contains('"', literal=True) & ~raws.str.contains(_clean(table.delimiter))
        if not all(map(_whole, raws.filter(odd))):
            return "a record has several lines"
        aside |= odd
    if run.lines.suspects(text):
        aside |= raws.str.contains(run.lines.suspect)
    end = table.delimiter + _END
    if aside.any():
        lines = raws.filter(~aside).to_list()
        text = "".join([f"{line}{end}\n" for line in lines])
    else:
        text = text.replace("\r\n", "\n") if "\r" in text else text
        text = (text if text.endswith("\n") else text + "\n").replace("\n", f"{end}\n")
    rows = pl.DataFrame({"raw": raws}).with_row_index("at")
    converted = _in_columns(run, table, rows.filter(~aside), text, quotes=quotes)
    if converted is None:
        return "its quotes are read otherwise"
    alone = rows.join(converted, on="at", how="anti", maintain_order="left")
    if len(alone) * TOO_MANY > len(rows):
        run.take_text(table, "\n".join([*raws, ""]))
        return ""
    if len(alone):
        singly = [run.row(table.record(at, raw)) for at, raw in alone.rows()]
        apart = pl.DataFrame({"at": alone["at"], "row": pl.Series(singly, dtype=pl.String)})
        converted = pl.concat([converted, apart]).sort("at")
    table.passed(len(rows))
    buffer = io.BytesIO()
    converted.select("row").write_csv(buffer, include_header=False, quote_style="never")
    run.lines.hand_on(buffer.getbuffer(), len(rows))
    return ""


def _in_columns(run: Batch, table: Table, rows: pl.DataFrame, text: str, *, quotes: bool) -> pl.DataFrame | None:
    """Return ``at`` and whole ``row`` of the rows that can be converted in columns; None when they cannot be parted."""
    columns = run.columns
    wanted = {"amount": columns.amount, "unit": columns.unit, "date": columns.date, "place": columns.place}
    names = [f"column {number}" for number in range(run.layout.width)]
    cells = pl.read_csv(
        text.encode(),
        separator=table.delimiter,
        quote_char='"' if quotes else None,
        has_header=False,
        schema=dict.fromkeys([*names, "end"], pl.String),
        truncate_ragged_lines=True,
        missing_columns="insert",
    )
    if len(cells) != len(rows):
        return None
    parts = [(pl.lit("") if at is None else pl.col(names[at]).fill_null("")).alias(role) for role, at in wanted.items()]
    frame = (
        rows.hstack(cells.select("end", *parts))
        .lazy()
        .filter(pl.col("end").eq_missing(_END) & pl.col("amount").str.contains(_AMOUNT))
        .drop("end")
        .collect()
    )
    keys, pieces = _keys(run, frame.select(_KEY).unique().rows())
    if keys is None:
        return frame.select("at", row="raw").clear()
    point = pl.col("amount").str.find(".", literal=True)
    places = (pl.col("amount").str.len_bytes() - 1 - point).fill_null(0)
    lazy = frame.lazy().join(keys.lazy(), on=_KEY, how="inner", maintain_order="left", nulls_equal=True)
    lazy = lazy.with_columns(
        number=pl.col("amount").str.replace(".", "", literal=True).cast(WIDE),
        shift=pl.when(places == 0).then(1).when(places == 1).then(10).otherwise(100).cast(WIDE),
    )
    sizes = [pl.col(f"under {number}") for number in range(pieces)]
    if sizes:
        lazy = lazy.filter(pl.all_horizontal(*(size * pl.col("shift") < LARGEST_UNDER for size in sizes)))
    ends = [pl.col("raw"), pl.col("text 0")]
    for number, upper in enumerate(_uppers(run)):
        under = pl.col(f"under {number}") * pl.col("shift")
        lazy = with_figure(lazy, f"figure {number}", pl.col(f"over {number}"), under, upper=upper)
        ends += [pl.col(f"figure {number}"), pl.col(f"text {number + 1}")]
    return lazy.select("at", row=pl.concat_str(ends)).collect()


def _keys(run: Batch, keys: list[Key]) -> tuple[pl.DataFrame | None, int]:
    """Return a row for each key that has an answer in reach of the columns: its factors, and the texts around them."""
    held: list[tuple[object, ...]] = []
    uppers = _uppers(run)
    for key in keys:
        found = run.keys.plain(key)
        if found is None or found.fault:
            continue
        texts, figures = run.layout.pieces(found)
        if all(_in_reach(size) for size in figures):
            numbers = [number for size, _ in figures for number in size.as_integer_ratio()]
            held.append((*key, *texts, *numbers))
    if not held:
        return None, 0
    schema: dict[str, type[pl.DataType] | pl.DataType] = dict.fromkeys(_KEY, pl.String)
    schema |= {f"text {number}": pl.String() for number in range(len(uppers) + 1)}
    schema |= {f"{end} {number}": WIDE() for number in range(len(uppers)) for end in ("over", "under")}
    return pl.DataFrame(held, schema=schema, orient="row"), len(uppers)


def _uppers(run: Batch) -> list[bool]:
    """Return, for each figure of a row, whether it is an upper end."""
    return [name.endswith("_high") for name in run.layout.results if name.endswith(("_low", "_high"))]


def _in_reach(held: Figure) -> bool:
    size, _ = held
    return size.numerator < LARGEST_OVER and size.denominator < LARGEST_UNDER


def _clean(delimiter: str) -> str:
    """Return what matches a line whose every cell is without quotes or wholly in quotes; no parser doubts it."""
    parted = re.escape(delimiter)
    cell = rf'(?:[^"{parted}]*|"(?:[^"]|"")*")'
    return f"^{cell}(?:{parted}{cell})*$"


def _whole(line: str) -> bool:
    """Return whether a line is a record of its own: a quote that it leaves open would take in the next."""
    return len(list(csv.reader([line, ""]))) == 2
