"""Rows: a CSV stream, record by record, in constant memory; nothing is lost or altered in silence.

Blocks are read as they come, so that a slow pipe's first row is out at once; the ``csv`` reader sees whole
lines only. A record keeps its own text beside its cells, so that it can be passed on byte for byte.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count, islice, repeat
from typing import BinaryIO, NamedTuple

from nkauto.errors import BadOption, UnreadableFile
from nkauto.read import encodings
from nkauto.read.texts import Texts

RECORD_LIMIT = 16 << 20
"""Bytes that one record may take; a quote that is never closed, or a line without end, is refused past it."""

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}

_ESCAPED = re.compile("[\udc80-\udcff]")

Record = tuple[int, str, list[str], str]
"""The line it begins on, its own text without the line's end, its cells, and what is wrong with it, or nothing.

The text is empty where it cannot be passed on as it stands: write the cells anew. A blank line has no cells.
"""


class Block(NamedTuple):
    """Records that have one line each: the first one's line, their own texts, their cells."""

    first: int
    raws: list[str]
    rows: list[list[str]]

    def records(self) -> Iterator[Record]:
        """Return them one by one."""
        return zip(count(self.first), self.raws, self.rows, repeat(""), strict=False)


class Table:
    r"""A CSV stream: its header now, its records when they are asked for, once.

    ``before_wait`` is called before each read, which may wait: write and flush there what is ready.
    ``encoding`` and ``delimiter`` are those given or told; ``notes`` say what was told; ``marked`` that the
    file begins with a byte order mark. Bytes that are not UTF-8 stay in the record as lone surrogates (write
    with ``surrogateescape`` to get them back); in any other encoding they are written out (``\xff``). Either
    way the record's fault says so. ``texts`` are the whole lines after the header, and ``lines`` their source.
    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        name: str = "standard input",
        encoding: str | None = None,
        delimiter: str | None = None,
        quote: str | None = '"',
        before_wait: Callable[[], object] = lambda: None,
        limit: int = RECORD_LIMIT,
    ) -> None:
        """Read the header. Raises UnreadableFile when there is none that can be read, BadOption for an option."""
        self.name = name
        self.lines = Texts(stream, name=name, encoding=encoding, before_wait=before_wait, limit=limit)
        self.quote = quote
        self._width = 0
        self._unclosed = False
        self._ready: deque[str] = deque()  # lines that no record has taken
        self._taken: list[str] = []  # lines of the record that is being made, and how long they are
        self._size = 0
        # The csv module's limit on a cell is one of the whole process; a record's limit holds before it.
        csv.field_size_limit(max(csv.field_size_limit(), 2 * limit))
        self.texts = iter(self.lines)
        first = ""
        while not first.strip("\r\n") and (text := next(self.texts, "")):
            first += text
        if not first.strip("\r\n"):
            raise UnreadableFile("the file is empty: a header line is needed", where=name)
        self.delimiter = _delimiter(delimiter) if delimiter else self._told_delimiter(first)
        line, _, header, fault = next(record for record in self._slowly(first) if record[2])
        if fault:
            raise UnreadableFile(f"the header cannot be read: {fault}", where=f"{name}:{line}")
        self.header = tuple(header)
        rest = "".join(self._ready)
        self._ready.clear()
        self.texts = chain([rest] if rest else [], self.texts)

    @property
    def encoding(self) -> str:
        """Return the encoding given or told; empty while all is ASCII."""
        return self.lines.encoding

    @property
    def notes(self) -> list[str]:
        """Return what was told of the table, to be said."""
        return self.lines.notes

    @property
    def marked(self) -> bool:
        """Return whether the file begins with a byte order mark."""
        return self.lines.marked

    def __iter__(self) -> Iterator[Record]:
        """Yield the records after the header. Raises UnreadableFile where the stream cannot be read further."""
        for text in self.texts:
            yield from self.records(text)

    def records(self, text: str) -> Iterator[Record]:
        """Return the records that begin in whole lines of the table's ``texts``, taken in their order."""
        block = self._block(text)
        if block is None:
            return self._slowly(text)
        return block.records() if self._even(block) else map(self._judged, count(block.first), block.raws, block.rows)

    def block(self, text: str) -> Block | None:
        """Return the records of whole lines all at once, or None, and nothing taken, when one needs a closer look."""
        block = self._block(text)
        if block is None or self._even(block):
            return block
        self.lines.line -= len(block.rows)
        return None

    def record(self, number: int, raw: str) -> Record:
        """Return the record of one line of a text, counted from 0, when no record of that text has several lines."""
        cells = next(iter(self._reader([raw])), [])
        return self._judged(self.lines.line + 1 + number, raw, cells)

    def passed(self, lines: int) -> None:
        """Count lines whose records were taken one by one with ``record``, or not at all."""
        self.lines.line += lines

    def _even(self, block: Block) -> bool:
        """Return whether every record has a cell for each column, and nothing wrong."""
        return not self.lines.broken and set(map(len, block.rows)) == {self._width}

    def _block(self, text: str) -> Block | None:
        """Return the records of whole lines, or None when a record of theirs has several lines."""
        # A blank line at the end tells whether the last record is complete: in an open quote it would vanish.
        if "\r" in text:
            lines = [line.rstrip("\r\n") for line in io.StringIO(text, newline="")]
            lines.append("")
        else:
            lines = text.split("\n")
            if lines[-1]:
                lines.append("")
        try:
            rows = list(self._reader(lines))
        except csv.Error:
            return None
        if len(rows) != len(lines):
            return None
        rows.pop()
        lines.pop()
        first = self.lines.line + 1
        self.lines.line += len(rows)
        return Block(first, lines if self.quote == '"' else [""] * len(rows), rows)

    def _slowly(self, text: str) -> Iterator[Record]:
        """Yield the records of lines, and of as many further ones as the last record needs."""
        self._ready.extend(io.StringIO(text, newline=""))
        reader = self._reader(self._lines())
        while self._ready:
            first = self.lines.line + 1
            self._taken, self._size = [], 0
            try:
                cells = next(reader)
            except csv.Error as error:
                raise UnreadableFile(f"not CSV: {error}", where=f"{self.name}:{first}") from None
            self._width = self._width or len(cells)  # the header's
            raw = "".join(self._taken)
            yield self._judged(first, raw[: -2 if raw.endswith("\r\n") else -1] if raw[-1] in "\r\n" else raw, cells)

    def _lines(self) -> Iterator[str]:
        """Yield lines to the csv reader, which asks for a further one only while its record is not complete."""
        while True:
            if not self._ready:
                text = next(self.texts, None)
                if text is None:
                    self._unclosed = True
                    return
                self._ready.extend(io.StringIO(text, newline=""))
            line = self._ready.popleft()
            self.lines.line += 1
            self._taken.append(line)
            self._size += len(line)
            if self._size > self.lines.limit and len(self._taken) > 1:
                raise self.lines.endless("a quote opened here is not closed", self.lines.line - len(self._taken) + 1)
            yield line

    def _judged(self, line: int, raw: str, cells: list[str]) -> Record:
        """Return the record with what is wrong with it."""
        raw = raw if self.quote == '"' else ""
        if self._unclosed:
            return line, "", cells, "a quote opened in this row is never closed; the rest of the file is in its cell"
        if self.lines.broken and (found := _ESCAPED.search("".join(cells))):
            byte = f"byte 0x{ord(found.group()) - 0xDC00:02X} is not {encodings.label(self.encoding)}"
            if self.encoding != "utf-8":
                raw, cells = _written_out(raw), [_written_out(cell) for cell in cells]
            return line, raw, cells, byte
        if cells and len(cells) != self._width:
            return line, raw, cells, f"{len(cells)} cells under a header of {self._width}"
        return line, raw, cells, ""

    def _reader(self, lines: Iterable[str], delimiter: str = "") -> Iterator[list[str]]:
        delimiter = delimiter or self.delimiter
        if self.quote is None:
            return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        return csv.reader(lines, delimiter=delimiter, quotechar=self.quote)

    def _told_delimiter(self, text: str) -> str:
        """Return the only delimiter that parts the header, or the only one that parts all first rows alike.

        A comma when none parts the header: one column. Raises UnreadableFile when two would do.
        """
        parting, fitting = [], []
        for delimiter in DELIMITERS:
            rows = [row for row in islice(self._reader(io.StringIO(text, newline=""), delimiter), 20) if row]
            if len(rows) > 1:
                rows.pop()  # its end may not be here yet
            if len(rows[0]) > 1:
                parting.append(delimiter)
                if len({len(row) for row in rows}) == 1:
                    fitting.append(delimiter)
        found = parting if len(parting) < 2 else fitting
        if len(parting) > 1 and len(found) != 1:
            names = " or ".join(DELIMITERS[delimiter] for delimiter in parting)
            raise UnreadableFile(
                f"the delimiter cannot be told: {names}", hint="Say which with --delimiter.", where=f"{self.name}:1"
            )
        if found and found != [","]:
            self.notes.append(f"cells are parted by a {DELIMITERS[found[0]]}")
        return found[0] if found else ","


def _delimiter(text: str) -> str:
    """Return the one character that an option names. Raises BadOption."""
    names = {name: delimiter for delimiter, name in DELIMITERS.items()}
    delimiter = names.get(text, "\t" if text == r"\t" else text)
    if len(delimiter) != 1 or delimiter in "\r\n\"'":
        raise BadOption(f"a delimiter is one character, not {text[:20]!r}", hint=r"Known: ',' ';' '|' tab")
    return delimiter


def _written_out(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
