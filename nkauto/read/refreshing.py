"""Monthly reference rates out of the ECB's history into a book's ``reference.csv``: all or nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from nkauto.errors import UnreadableFile
from nkauto.read.ecb import ADDRESS, SOURCE, monthly, read_history
from nkauto.read.ownbook import change, rows_of, text_of, with_row_unless_there
from nkauto.read.ratefolder import SERIES
from nkauto.read.raterows import COLUMNS, RATE_COLUMNS

ECB = {
    "id": SOURCE,
    "publisher": "European Central Bank",
    "title": "Euro foreign exchange reference rates, history since 1999",
    "url": ADDRESS,
    "published": "",
}


def refresh(file: Path, folder: Path) -> list[str]:
    """Bring a folder's reference rates up to the history in a file; return what changed, a line a month.

    Raise UnreadableFile, and change nothing, when the file is not a whole history, or is older than what the
    folder holds.
    """
    new = {rate.cells["id"]: rate.cells for rate in monthly(read_history(file))}
    changes: list[str] = []

    def with_history(old: bytes) -> bytes:
        changes.clear()
        held = _rows(old)
        lost = [name for name, row in held.items() if name not in new and row.get("source") == SOURCE]
        if lost:
            raise UnreadableFile(
                f"the history is older than the book: it lacks {len(lost)} months that the book holds, as {lost[-1]}",
                hint=f"Nothing was changed. Download {ADDRESS} again.",
            )
        for name, cells in new.items():
            before = held.get(name)
            now = f"{cells['low']}–{cells['high']} {cells['currency']}"
            if before is None:
                changes.append(f"{name}: new, {now}")
            elif any(before.get(column) != value for column, value in cells.items()):
                changes.append(
                    f"{name}: {before['low']}–{before['high']} to {before['to']} became {now} to {cells['to']}"
                )
        if not changes:
            return old
        kept = [row for name, row in held.items() if name not in new]
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, RATE_COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows([*new.values(), *kept])
        return out.getvalue().encode()

    series = folder / SERIES
    with_history(series.read_bytes() if series.is_file() else b"")  # refuses before anything is written
    change(folder, {"sources.csv": with_row_unless_there(COLUMNS["sources.csv"], ECB), SERIES: with_history})
    return changes


def _rows(old: bytes) -> dict[str, dict[str, str]]:
    """Return the rows of the series as it is, by id; raise UnreadableFile when it is no table of rates."""
    rows = [cells for cells in rows_of(text_of(old)) if cells]
    header = rows[0] if rows else list(RATE_COLUMNS)
    if not set(RATE_COLUMNS) <= set(header) or any(len(cells) != len(header) for cells in rows):
        raise UnreadableFile(
            f"{SERIES} is not a table of rates", hint="Nothing was changed. nkauto rates validate names the line."
        )
    return {row["id"]: row for row in (dict(zip(header, cells, strict=True)) for cells in rows[1:])}
