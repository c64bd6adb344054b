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

RECORD_LIMIT = 16 << 20
"""Bytes that one record may take; a quote that is never closed, or a line without end, is refused past it."""

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}

BLOCK = 1 << 16  # what a pipe holds; larger blocks were no faster, and hold the first row back longer
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
    way the record's fault says so.
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
        self.encoding = encodings.chosen(encoding) if encoding else ""
        self.notes: list[str] = []
        self.marked = False
        self.spanning = False
        self.block_size = BLOCK
        self._stream = stream
        self._before_wait = before_wait
        self._limit = limit
        self.quote = quote
        self._width = 0
        self._line = 0  # lines whose records are made
        self._broken = False  # bytes that are not of the encoding have been met
        self._unclosed = False
        self._ready: deque[str] = deque()  # lines that no record has taken
        self._taken: list[str] = []  # lines of the record that is being made, and how long they are
        self._size = 0
        # The csv module's limit on a cell is one of the whole process; a record's limit holds before it.
        csv.field_size_limit(max(csv.field_size_limit(), 2 * limit))
        self.texts: Iterator[str] = self._decoded()
        first = ""
        while not first.strip("\r\n") and (text := next(self.texts, "")):
            first += text
        if not first.strip("\r\n"):
            raise UnreadableFile("the file is empty: a header line is needed", where=name)
        self.delimiter = _delimiter(delimiter) if delimiter else self._told_delimiter(first)
        line, self.raw_header, header, fault = next(record for record in self._slowly(first) if record[2])
        if fault:
            raise UnreadableFile(f"the header cannot be read: {fault}", where=f"{name}:{line}")
        self.header = tuple(header)
        rest = "".join(self._ready)
        self._ready.clear()
        self.texts = chain([rest] if rest else [], self.texts)

    def __iter__(self) -> Iterator[Record]:
        """Yield the records after the header. Raises UnreadableFile where the stream cannot be read further."""
        for text in self.texts:
            yield from self.records(text)

    def records(self, text: str) -> Iterator[Record]:
        """Return the records that begin in whole lines of the table's ``texts``, taken in their order.

        ``spanning`` then says whether some may go on into further texts.
        """
        block = self._block(text)
        self.spanning = block is None
        if block is None:
            return self._slowly(text)
        return block.records() if self._even(block) else map(self._judged, count(block.first), block.raws, block.rows)

    def block(self, text: str) -> Block | None:
        """Return the records of whole lines all at once, or None, and nothing taken, when one needs a closer look."""
        block = self._block(text)
        if block is None or self._even(block):
            return block
        self._line -= len(block.rows)
        return None

    def record(self, number: int, raw: str) -> Record:
        """Return the record of one line of a text, counted from 0, when no record of that text has several lines."""
        cells = next(iter(self._reader([raw])), [])
        return self._judged(self._line + 1 + number, raw, cells)

    def passed(self, lines: int) -> None:
        """Count lines whose records were taken one by one with ``record``, or not at all."""
        self._line += lines

    def _even(self, block: Block) -> bool:
        """Return whether every record has a cell for each column, and nothing wrong."""
        return not self._broken and set(map(len, block.rows)) == {self._width}

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
        first = self._line + 1
        self._line += len(rows)
        return Block(first, lines if self.quote == '"' else [""] * len(rows), rows)

    def _slowly(self, text: str) -> Iterator[Record]:
        """Yield the records of lines, and of as many further ones as the last record needs."""
        self._ready.extend(io.StringIO(text, newline=""))
        reader = self._reader(self._lines())
        while self._ready:
            first = self._line + 1
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
            self._line += 1
            self._taken.append(line)
            self._size += len(line)
            if self._size > self._limit and len(self._taken) > 1:
                raise self._endless("a quote opened here is not closed", self._line - len(self._taken) + 1)
            yield line

    def _judged(self, line: int, raw: str, cells: list[str]) -> Record:
        """Return the record with what is wrong with it."""
        raw = raw if self.quote == '"' else ""
        if self._unclosed:
            return line, "", cells, "a quote opened in this row is never closed; the rest of the file is in its cell"
        if self._broken and (found := _ESCAPED.search("".join(cells))):
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

    def _decoded(self) -> Iterator[str]:
        """Yield whole lines of text. The encoding is told when the first letter beyond ASCII is met."""
        blocks = self._blocks()
        first = b""
        while len(first) < 4 and (block := next(blocks, b"")):
            first += block
        codec, start = self.encoding, True
        try:
            told = codec or encodings.opening(first)
            self.marked = encodings.marked(first)
            blocks = chain([first], blocks)
            if told and not encodings.splits_on_bytes(told):
                blocks, codec = encodings.as_utf8(blocks, told), "utf-8"
            else:
                codec = told
            self._name_encoding(told)
            for chunk in self._whole_lines(blocks):
                if not codec and not chunk.isascii():
                    codec = encodings.told(chunk)
                    self._name_encoding(codec)
                if not codec and encodings.shifted(chunk):
                    raise UnreadableFile("this is ISO-2022 text", hint="Say which with --encoding: iso-2022-jp, -kr.")
                try:
                    text = chunk.decode(codec or "ascii")
                except UnicodeDecodeError:
                    self._broken = True
                    # At the very end of the bytes, Python's GB18030 drops half a letter; a newline saves it.
                    text = (chunk + b"\n").decode(codec, "surrogateescape")[:-1]
                yield text.removeprefix("\ufeff") if start else text
                start = False
        except UnreadableFile as error:
            error.where = error.where or f"{self.name}:{self._line + 1}"
            raise

    def _name_encoding(self, told: str) -> None:
        if told and told != "utf-8" and not self.encoding:
            self.notes.append(f"read as {encodings.label(told)}")
        self.encoding = told

    def _whole_lines(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """Yield blocks that end with a line's end; a carriage return at the very end waits for its newline."""
        parts: list[bytes] = []
        size = 0
        for block in blocks:
            cut = block.rfind(b"\n") + 1 or block.rfind(b"\r", 0, len(block) - 1) + 1
            if cut:
                yield b"".join([*parts, block[:cut]])
                parts, size = [], 0
            parts.append(block[cut:])
            size += len(block) - cut
            if size > self._limit:
                raise self._endless("this line does not end", self._line + 1)
        if size:
            yield b"".join(parts)

    def _endless(self, what: str, line: int) -> UnreadableFile:
        hint = "Is it CSV? Where quotes mean nothing, say --quote none."
        return UnreadableFile(f"{what} within {self._limit:,} bytes", hint=hint, where=f"{self.name}:{line}")

    def _blocks(self) -> Iterator[bytes]:
        read = getattr(self._stream, "read1", self._stream.read)
        while True:
            self._before_wait()
            try:
                block = read(self.block_size)
            except OSError as error:
                raise UnreadableFile(f"cannot be read: {error.strerror}", where=self.name) from None
            if not block:
                return
            yield block


def _delimiter(text: str) -> str:
    """Return the one character that an option names. Raises BadOption."""
    names = {name: delimiter for delimiter, name in DELIMITERS.items()}
    delimiter = names.get(text, "\t" if text == r"\t" else text)
    if len(delimiter) != 1 or delimiter in "\r\n\"'":
        raise BadOption(f"a delimiter is one character, not {text[:20]!r}", hint=r"Known: ',' ';' '|' tab")
    return delimiter


def _written_out(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
