"""One folder of a rate book: its tables as text, and the faults met while reading them."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Sequence
from pathlib import Path

from nkauto.errors import UnreadableFile
from nkauto.read.raterows import COLUMNS, RATE_COLUMNS, Entry

NO_RATES = frozenset({*COLUMNS, "vehicles.csv", "baskets.csv", "sanctions.csv", "terms.csv"})
"""Files of a book that hold something other than rates."""
SERIES = "reference.csv"
"""The monthly reference rates: a statistical series, read only when one is needed."""

_NO_MARKS = bytes({*range(256)} - {*b'"\n'})
_LARGEST_FILE = 64 * 1024 * 1024
_LONGEST_CELL = 100_000
_TOO_LONG = f"a cell of more than {_LONGEST_CELL:,} characters; shorten it, or check the quotation marks"


class Folder:
    """One folder of a book: its tables as text, and the faults met while reading them."""

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise UnreadableFile(
                f"no rate book at {path}",
                hint="Name a folder that holds items.csv, places.csv, sources.csv and files of rates.",
            )
        self.path = path
        self.faults: list[str] = []
        self._tables: dict[str, list[Entry]] = {}
        self._held: dict[str, bytes] = {}
        self._plain: dict[str, bool] = {}

    @functools.cached_property
    def rate_files(self) -> list[str]:
        """Return the names of its files of rates, sorted."""
        return sorted(path.name for path in self.path.glob("*.csv") if path.name not in NO_RATES)

    def table(self, name: str) -> list[Entry]:
        """Return the rows of one file, none when it is absent; what cannot be read goes into ``faults``."""
        if name not in self._tables:
            self._tables[name] = self._read(name, COLUMNS.get(name, RATE_COLUMNS))
        return self._tables[name]

    def content(self, name: str) -> bytes:
        """Return the bytes of one file, read once; raises OSError."""
        if name not in self._held:
            self._held[name] = (self.path / name).read_bytes()
        return self._held[name]

    def lines_of(self, item: str, name: str) -> list[Entry] | None:
        """Return one item's rows of one file of rates, found as text; None when that would not be sure."""
        lines = _lines_of(item.encode(), self.content(name)) if self.is_plain(name) else None
        if lines is None:
            return None
        try:
            rows = list(csv.reader([line.decode() for line in lines]))
        except UnicodeDecodeError:
            return None
        if len(rows) != len(lines) or any(len(row) != len(RATE_COLUMNS) for row in rows):
            return None
        path = self.path / name
        return [Entry(path, 0, row) for row in rows]

    def is_plain(self, name: str) -> bool:
        """Return whether a line of a file is a row for sure.

        It is where the columns stand in their order, ids are plain, and no quoted cell spans two lines.
        """
        if name not in self._plain:
            try:
                table = self.content(name) if (self.path / name).is_file() else b""
            except OSError:
                table = b""
            header = (",".join(RATE_COLUMNS) + "\n").encode()
            odd = b'"' in table.translate(None, _NO_MARKS).replace(b'""', b"")  # in some line: its cell spans two
            self._plain[name] = table.startswith(header) and b"\r" not in table and b'\n"' not in table and not odd
        return self._plain[name]

    def _read(self, name: str, columns: tuple[str, ...]) -> list[Entry]:
        path = self.path / name
        held: list[Entry] = []
        if not path.is_file():
            if path.exists():  # a pipe or a device may never end
                self.faults.append(f"{path}:1: not a file; put one in its place")
            return held
        try:
            size = path.stat().st_size
            if size > _LARGEST_FILE:
                self.faults.append(f"{path}:1: larger than {_LARGEST_FILE // 1024**2} MB; split it")
                return held
            reader = csv.reader(io.StringIO(self.content(name).decode("utf-8-sig"), newline=""), strict=True)
            header = next(reader, [])
            missing = [column for column in columns if column not in header]
            if missing:
                self.faults.append(f"{path}:1: no column {', '.join(missing)}; the header is {','.join(columns)}")
                return held
            order = None if tuple(header) == columns else [header.index(column) for column in columns]
            replaces = header.index("replaces") if "replaces" in header else -1
            width, line = len(header), reader.line_num + 1
            for cells in reader:
                if size > _LONGEST_CELL and max(map(len, cells), default=0) > _LONGEST_CELL:
                    self.faults.append(f"{path}:{line}: {_TOO_LONG}")
                elif len(cells) == width:
                    corrects = cells[replaces] if replaces >= 0 else ""
                    held.append(Entry(path, line, [cells[index] for index in order] if order else cells, corrects))
                elif cells:
                    self.faults.append(f"{path}:{line}: {len(cells)} cells where the header has {width}")
                line = reader.line_num + 1
        except UnicodeDecodeError as error:
            self.faults.append(f"{path}:1: not UTF-8 at byte {error.start}; save the file as UTF-8")
        except csv.Error as error:
            long = "field larger" in str(error)
            what = _TOO_LONG if long else f"{error}; check the quotation marks"
            self.faults.append(f"{path}:{reader.line_num}: {what}")
        except OSError as error:
            self.faults.append(f"{path}:1: cannot be read: {error.strerror}")
        return held


def _lines_of(item: bytes, table: bytes) -> list[bytes] | None:
    """Return the lines whose second cell is an item; None when one is quoted."""
    if b',"%b",' % item in table:
        return None
    found = []
    cell = b",%b," % item
    at = table.find(cell)
    while at >= 0:
        start, end = table.rfind(b"\n", 0, at) + 1, table.find(b"\n", at)
        if table.find(b",", start, at + 1) == at:
            found.append(table[start : end if end >= 0 else len(table)])
        at = table.find(cell, at + 1)
    return found


def checksum(folders: Sequence[Folder]) -> str:
    """Return the BLAKE2b of the books' CSV files, by name and content: the state of the data in 64 digits.

    Straight from the interpreter's own module: hashlib loads OpenSSL first, 4 ms of a start of 80.
    """
    from _blake2 import blake2b

    digest = blake2b(digest_size=32)
    for folder in folders:
        for path in sorted(filter(Path.is_file, folder.path.glob("*.csv"))):
            for part in (path.name.encode(), b"\0", folder.content(path.name), b"\0"):
                digest.update(part)
    return str(digest.hexdigest())
