"""The user's own book: rows added to a file so that a kill, a full disk or a second writer loses nothing.

A file is never written in place. Its new content goes into a temporary file in the same folder, is pushed
to the disk, and takes the old one's name in a single step: a reader sees the old book or the new one. Who
writes holds a lock of the operating system on ``.lock``, which dies with its process and so never goes stale.
"""

from __future__ import annotations

import csv
import io
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from nkauto.errors import BadOption, UnreadableFile, WriteFailed

LOCK = ".lock"
TEMPORARY = ".new"
"""How the name of a temporary file ends: not in ``.csv``, so that no reader takes it for a part of the book."""
PATIENCE = 20.0
"""Seconds to wait for another writer before giving up."""

Change = Callable[[bytes], bytes]
"""What makes a file's new content of its old one; empty content stands for a file that is not there."""


def change(folder: Path, changes: Mapping[str, Change]) -> None:
    """Change files of a folder under its lock, each in one step, in the order given; make the folder if it is missing.

    A later file may rely on an earlier one: a kill between the two leaves the earlier change alone. Raise
    WriteFailed when a file cannot be written; the one that failed is as it was.
    """
    with writing(folder) as write:
        for name, new_content in changes.items():
            write(name, new_content)


@contextmanager
def writing(folder: Path) -> Iterator[Callable[[str, Change], None]]:
    """Hold the lock of a folder, made if it is missing, and give what changes one of its files in one step."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _failed(folder, error) from error

    def write(name: str, new_content: Change) -> None:
        path = folder / name
        old = _content(path)
        new = new_content(old)
        if new != old:
            replace(path, new)

    with locked(folder):
        for leftover in folder.glob(f"*{TEMPORARY}"):
            with suppress(OSError):
                leftover.unlink()
        yield write


def replace(path: Path, content: bytes) -> None:
    """Give a file new content in one step; a link stays one. Raise WriteFailed, the old content standing, if not.

    A device or a pipe is written to: in its name's place would stand a file, and the device be gone.
    """
    path = path.resolve()
    temporary = path.with_name(path.name + TEMPORARY)
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        with temporary.open("wb") as stream:
            if path.exists():
                temporary.chmod(stat.S_IMODE(path.stat().st_mode))
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    with suppress(OSError):
        _push_folder(path.parent)


@contextmanager
def locked(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the folder's lock. Raise WriteFailed when another writer keeps it for longer than ``patience`` seconds."""
    path = folder / LOCK
    try:
        stream = path.open("ab")
    except OSError as error:
        raise _failed(path, error) from error
    with stream:
        give_up = time.monotonic() + patience
        while not _take(stream):
            if time.monotonic() > give_up:
                raise WriteFailed(
                    f"another process is writing to the book in {folder}",
                    hint="Nothing was changed. Try again when it has ended.",
                )
            time.sleep(0.02)
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(stream: IO[bytes]) -> bool:
        """Return whether the lock is now held; it falls when the stream is closed or the process ends."""
        stream.seek(0)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _push_folder(folder: Path) -> None:
        """Do nothing: a folder cannot be opened there."""

else:
    import fcntl

    def _take(stream: IO[bytes]) -> bool:
        """Return whether the lock is now held; it falls when the stream is closed or the process ends."""
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _push_folder(folder: Path) -> None:
        """Push the folder's list of names to the disk, so that the new file survives a power cut."""
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def with_row(columns: Sequence[str], row: Mapping[str, str]) -> Change:
    """Return the change that appends one row to a CSV file, in the order of the columns that the file has.

    A file that is not there gets ``columns`` as its header. One that lacks a column for a filled cell gets
    that column, empty in all earlier rows. Raise UnreadableFile when the id stands in the file already.
    """

    def append(old: bytes) -> bytes:
        text = text_of(old) or _line(columns)
        rows = rows_of(text)
        header = rows[0] if rows else list(columns)
        if "id" in header and any(cells and cells[header.index("id")] == row["id"] for cells in rows[1:]):
            raise BadOption(
                f"id {row['id']!r} stands in the book already", hint="Nothing was changed. Give another --id."
            )
        new = [column for column in row if row[column] and column not in header]
        if new:
            text = "".join(_line([*cells, *[""] * len(new)]) for cells in rows[1:] if cells)
            header = [*header, *new]
            text = _line(header) + text
        ending = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
        if text and not text.endswith("\n"):
            text += ending
        bom = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
        return bom + (text + _line([row.get(column, "") for column in header], ending)).encode()

    return append


def with_row_unless_there(columns: Sequence[str], row: Mapping[str, str]) -> Change:
    """Return the change that appends one row, or none where a row with its id stands already."""
    append = with_row(columns, row)

    def add(old: bytes) -> bytes:
        rows = rows_of(text_of(old))
        column = rows[0].index("id") if rows and "id" in rows[0] else 0
        return old if any(cells[column : column + 1] == [row["id"]] for cells in rows[1:]) else append(old)

    return add


def _line(cells: Sequence[str], ending: str = "\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=ending).writerow(cells)
    return out.getvalue()


def text_of(content: bytes) -> str:
    """Return a file's content as text, or raise UnreadableFile."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"a file of the book is not UTF-8 at byte {error.start}", hint="Nothing was changed. Save it as UTF-8."
        ) from None


def rows_of(text: str) -> list[list[str]]:
    """Return the rows of a CSV text, header first, or raise UnreadableFile."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise UnreadableFile(
            f"a file of the book cannot be read: {error}",
            hint="Nothing was changed. nkauto rates validate names the line.",
        ) from None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise _failed(path, error) from error


def _failed(path: Path, error: OSError) -> WriteFailed:
    return WriteFailed(
        f"cannot write {path}: {error.strerror or error}",
        hint="Nothing was changed. Name a folder that you may write to.",
    )
