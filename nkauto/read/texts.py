"""Texts: a byte stream as whole lines of text, block by block as they come, in an encoding that is told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import chain
from typing import BinaryIO

from nkauto.errors import UnreadableFile
from nkauto.read import encodings

BLOCK = 1 << 16
"""What a pipe holds; larger blocks were no faster for a table, and hold its first row back longer."""


class Texts:
    """The whole lines of a stream: each step reads a block, or more where a line has no end yet.

    ``before_wait`` is called before each read, which may wait. ``encoding`` is the one given or told, empty
    while all is ASCII; ``notes`` say what was told; ``marked`` that the stream begins with a byte order mark;
    ``broken`` that bytes were met that are not of the encoding: they stay in the text as lone surrogates.
    ``line`` is the number of lines that were taken care of, kept by whoever does.
    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        name: str,
        encoding: str | None = None,
        before_wait: Callable[[], object] = lambda: None,
        limit: int,
    ) -> None:
        """Take a stream. Raises UnreadableFile for an encoding that there is not; nothing is read yet."""
        self.name = name
        self.limit = limit
        self.encoding = encodings.chosen(encoding) if encoding else ""
        self.notes: list[str] = []
        self.marked = False
        self.broken = False
        self.line = 0
        self.block_size = BLOCK
        self._stream = stream
        self._before_wait = before_wait
        self._decoded = self._decode()

    def __iter__(self) -> Iterator[str]:
        return self._decoded

    def glimpses(self, pieces: int, size: int) -> str:
        """Return whole lines out of so many pieces, of ``size`` bytes each, from all over a file; its place stays.

        Nothing comes from a pipe, nor where lines are not told by their bytes or are not of the encoding told so far.
        """
        if self.encoding and not encodings.splits_on_bytes(self.encoding):
            return ""
        try:
            file = self._stream.fileno()
            length = os.fstat(file).st_size
            parts = [os.pread(file, size, at) for at in range(0, length, max(length // pieces, size))]
            lines = [part[part.find(b"\n") + 1 : part.rfind(b"\n") + 1] for part in parts]
            return b"".join(lines).decode(self.encoding or "ascii")
        except (OSError, UnicodeDecodeError):
            return ""

    def endless(self, what: str, line: int) -> UnreadableFile:
        """Return the refusal of what takes more bytes than a record may."""
        hint = "Is it CSV? Where quotes mean nothing, say --quote none."
        return UnreadableFile(f"{what} within {self.limit:,} bytes", hint=hint, where=f"{self.name}:{line}")

    def _decode(self) -> Iterator[str]:
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
            self._name(told)
            for chunk in self._whole_lines(blocks):
                if not codec and not chunk.isascii():
                    codec = encodings.told(chunk)
                    self._name(codec)
                if not codec and encodings.shifted(chunk):
                    raise UnreadableFile("this is ISO-2022 text", hint="Say which with --encoding: iso-2022-jp, -kr.")
                try:
                    text = chunk.decode(codec or "ascii")
                except UnicodeDecodeError:
                    self.broken = True
                    # At the very end of the bytes, Python's GB18030 drops half a letter; a newline saves it.
                    text = (chunk + b"\n").decode(codec, "surrogateescape")[:-1]
                yield text.removeprefix("\ufeff") if start else text
                start = False
        except UnreadableFile as error:
            error.where = error.where or f"{self.name}:{self.line + 1}"
            raise

    def _name(self, told: str) -> None:
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
            if size > self.limit:
                raise self.endless("this line does not end", self.line + 1)
        if size:
            yield b"".join(parts)

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
