"""All tests of a book's data: what makes it faulty, and what only looks odd, each with file, line and remedy.

A fault is what no reader can overlook: a row that does not parse, a figure that stands twice, a correction of
nothing. A warning asks a person to look: a value far from its neighbours in time, a survey whose two exchange
rates do not fit the world's. A note that says why, after ``stands apart: ``, settles it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nkauto.core.coverage import neighbours
from nkauto.core.cross import crossings
from nkauto.core.rates import Rate, RateBook
from nkauto.core.terms import shown
from nkauto.errors import FaultyBook
from nkauto.read.ratefiles import check, load, shipped
from nkauto.read.ratefolder import Folder
from nkauto.read.raterows import RATE_COLUMNS, Entry

FACTOR, DAYS = 2, 31
"""Two figures for one thing within so many days of each other differ by no more than this factor."""
YUAN = (6, 8)
"""What a dollar has cost in yuan since 1994, give or take: a survey outside it has a wrong figure, or a reason."""
EXPLAINED = "stands apart: "
"""How a note begins its reason why a figure lies far from its neighbours."""


_OWN = ("id", "variant", "approx", "note")
"""Columns in which two rows that say the same may still differ."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the tests found, each as ``file:line: what; remedy``, and how many rows they looked at."""

    rows: int
    faults: tuple[str, ...]
    warnings: tuple[str, ...]


def validate(folders: Sequence[Path], only: Path | None = None) -> Findings:
    """Return what all tests of the data find in the folders of a book; ``only`` stands in the shipped book's stead.

    Rows of the shipped book are tested only when it is asked for by name.
    """
    asked = [Folder(path) for path in ([only, *folders] if only else folders)]
    faults: list[str] = []
    warnings: list[str] = []
    try:
        book = load(*folders, only=only)
        for folder in asked:
            faults += check(folder, book)
    except FaultyBook as faulty:
        return Findings(_rows(asked), tuple(faulty.faults), ())
    where = {entry.cells[0]: entry for folder in asked for name in folder.rate_files for entry in folder.table(name)}
    for folder in asked:
        faults += _twice(folder)
        faults += _corrections(folder)
        warnings += _unused_sources(folder, asked)
    held = [row for item in book.rates for row in book.rates[item] if row.id in where]
    warnings += _apart(book, held, where)
    warnings += _triangles(book, where)
    return Findings(_rows(asked), tuple(dict.fromkeys(faults)), tuple(dict.fromkeys(warnings)))


def _rows(folders: Sequence[Folder]) -> int:
    return sum(len(folder.table(name)) for folder in folders for name in folder.rate_files)


def _twice(folder: Folder) -> Iterator[str]:
    """Yield a fault for each row that says what an earlier one says: same thing, figure, days, place and source."""
    seen: dict[tuple[str, ...], Entry] = {}
    for name in folder.rate_files:
        for entry in folder.table(name):
            same = tuple(cell for column, cell in zip(RATE_COLUMNS, entry.cells, strict=True) if column not in _OWN)
            if same in seen:
                first = seen[same]
                yield entry.fault(f"the same figure as {first.file.name}:{first.line}; remove one")
            seen.setdefault(same, entry)


def _corrections(folder: Folder) -> Iterator[str]:
    """Yield a fault for each correction of a row that is not there, or without a reason."""
    if folder.path == shipped():
        underneath: set[str] = set()
    else:
        base = Folder(shipped())
        underneath = {entry.cells[0] for name in base.rate_files for entry in base.table(name)}
    for name in folder.rate_files:
        for entry in folder.table(name):
            if entry.replaces and entry.replaces not in underneath:
                yield entry.fault(f"replaces {entry.replaces!r}, which is no row of the shipped book; correct the id")
            if entry.replaces and not entry.cells[-1].strip():
                yield entry.fault("replaces a row without saying why; write the reason into note")


def _unused_sources(folder: Folder, folders: Sequence[Folder]) -> Iterator[str]:
    used = {entry.cells[-2] for held in folders for name in held.rate_files for entry in held.table(name)}
    used |= {entry.cells[-2] for held in folders for entry in held.table("constants.csv")}
    others = "".join(
        path.read_text(encoding="utf-8", errors="replace")
        for name in ("vehicles.csv", "terms.csv", "sanctions.csv", "baskets.csv")
        if (path := folder.path / name).is_file()
    )
    for entry in folder.table("sources.csv"):
        if entry.cells[0] not in used and entry.cells[0] not in others:
            yield entry.fault(f"no row rests on source {entry.cells[0]!r}; remove it, or correct the row that should")


def _apart(book: RateBook, rows: Sequence[Rate], where: dict[str, Entry]) -> Iterator[str]:
    """Yield warnings for rows more than FACTOR from another of their month, where neither note says why.

    Of two rows that disagree, the one that disagrees with more others is named. A row whose start is open is a level
    that was recalled because it changed: it needs no reason.
    """
    against: dict[str, list[Rate]] = {}
    for row in rows:
        for held in neighbours(book, row):
            other = held.row
            explained = EXPLAINED in row.note or EXPLAINED in other.note or not (row.first and other.first)
            if not explained and abs(held.gap) <= DAYS and abs(held.apart) > FACTOR - 1:
                against.setdefault(row.id, []).append(other)
    by_id = {row.id: row for row in rows}
    while against:
        name = max(against, key=lambda held: len(against[held]))
        row, other = by_id[name], against.pop(name)[0]
        left = {held: [each for each in others if each.id != name] for held, others in against.items()}
        against = {held: others for held, others in left.items() if others}
        yield where[name].fault(
            f"{row.item} at {row.low}–{row.high} {row.currency} lies more than {FACTOR} times apart from "
            f"{other.low}–{other.high} of {other.last} ({other.id}); correct one, or begin a note with '{EXPLAINED}'"
        )


def _triangles(book: RateBook, where: dict[str, Entry]) -> Iterator[str]:
    """Yield a warning for each survey whose dollar and yuan imply a rate that the world has hardly seen."""
    if not {"USD", "CNY"} <= set(book.items):
        return
    for held in crossings(book, "USD", "CNY"):
        explained = EXPLAINED in held.base.note or EXPLAINED in held.other.note
        if held.base.id in where and not explained and not YUAN[0] <= held.low <= held.high <= YUAN[1]:
            yield where[held.base.id].fault(
                f"with {held.other.id} it makes {shown(held.low)} yuan to the dollar, not {YUAN[0]} to {YUAN[1]}; look "
                f"for a flipped or mistyped figure, or begin a note with '{EXPLAINED}'"
            )
