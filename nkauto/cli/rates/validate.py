"""``nkauto rates validate``: all tests of the data, on any book."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from nkauto.cli import options as o

HELP = """Test a book: every fault with its file, line and remedy, warnings apart. A faulty book ends with exit code 4.

A folder with an items.csv is a book of its own; any other is tested as laid over the shipped book.

\b
  nkauto rates validate
  nkauto rates validate my-book -f json
"""

FIELDS = ("kind", "file", "line", "what", "book_checksum", "version")


def register(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("validate", help=HELP, short_help="All tests of the data, on any book.")(o.answering(validate))


def validate(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="The book to test; else the one in use.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as faults.")] = False,
    form: o.Format = "table",
) -> int:
    """Parse, call, show."""
    from nkauto import __version__
    from nkauto.read.ratefiles import shipped
    from nkauto.read.ratefolder import Folder, checksum
    from nkauto.read.validation import validate as tested
    from nkauto.show import records
    from nkauto.show.rate_words import counted, plain

    alone = folder is not None and (folder / "items.csv").is_file()
    only = folder if alone else shipped()
    overlays = o.overlays(None, None) if folder is None else [] if alone else [folder]
    found = tested(overlays, only=only if alone or folder is None else None)
    folders = [Folder(path) for path in (only or shipped(), *overlays)]
    state = {"book_checksum": checksum(folders), "version": __version__}
    listed = [("fault", fault) for fault in found.faults] + [("warning", warning) for warning in found.warnings]
    flat = [dict(zip(FIELDS, (kind, *_parts(text), *state.values()), strict=True)) for kind, text in listed]
    if form == "table":
        for title, texts in (("Faults", found.faults), ("Warnings", found.warnings)):
            if texts:
                sys.stdout.write(f"{title}:\n" + "".join(f"  {plain(text)}\n" for text in texts))
        counts = f"{counted(len(found.faults), 'fault')}, {counted(len(found.warnings), 'warning')}"
        sys.stdout.write(f"{counted(found.rows, 'row')}, {counts}.\n")
    elif form == "csv":
        records.write_csv(flat, FIELDS, sys.stdout)
    elif form == "md":
        records.write_markdown(flat, FIELDS, sys.stdout)
    elif form == "ndjson":
        for record in flat:
            records.write_json(record, sys.stdout, lines=True)
    else:
        bare = [{name: record[name] for name in FIELDS[:4]} for record in flat]
        book = {"rows": found.rows, "checksum": state["book_checksum"], "version": __version__}
        records.write_json({"findings": bare, "book": book}, sys.stdout)
    return 4 if found.faults or (strict and found.warnings) else 0


def _parts(text: str) -> tuple[str, str, str]:
    """Return file, line and words of a finding."""
    head, _, what = text.partition(": ")
    file, _, line = head.rpartition(":")
    return (file, line, what) if line.isdigit() else ("", "", text)
