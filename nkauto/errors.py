"""What can go wrong, as data: fields first, the sentence in ``__str__``, a hint that would work.

Standard library only, so that every room may import it. Each class has one reproducing case in
``tests/errors/``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar


def visible(text: str) -> str:
    """Return the text with every control, bidi and zero-width character written out as an escape.

    What a user, a cell or an article says may be shown, but never acts on a terminal.
    """
    if text.isprintable():  # no letter of the categories below
        return text
    import unicodedata

    return "".join(
        character
        if character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        else _escape(character)
        for character in text
    )


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def columns(text: str) -> int:
    """Return how many terminal columns the text takes: wide East Asian characters take two."""
    import unicodedata

    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def near(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return known names that look like this one: suggested, never substituted; none under three letters."""
    if len(name) < 3:
        return []
    import difflib

    by_fold = {candidate.casefold(): candidate for candidate in known}
    matches = difflib.get_close_matches(name.casefold()[:80], by_fold, n=most, cutoff=0.6)
    return [by_fold[match] for match in matches]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``Did you mean A, B?`` or an empty string."""
    names = near(name, known)
    return f"Did you mean {', '.join(names)}?" if names else ""


class NkautoError(Exception):
    """One message: what is wrong, where, and what would work.

    ``what`` is one sentence; ``text`` and ``span`` mark the place in what was typed; ``where`` is a
    ``file:line``; ``hint`` says what would work. ``exit_code`` is the process's.
    """

    exit_code: ClassVar[int] = 2

    def __init__(
        self,
        what: str,
        *,
        hint: str = "",
        text: str = "",
        span: tuple[int, int] | None = None,
        where: str = "",
    ) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint
        self.text = text
        self.span = span
        self.where = where

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.span is not None and self.text:
            lines += self._caret()
        if self.hint:
            lines.append(self.hint)
        return visible("\n".join(lines))

    def _caret(self) -> list[str]:
        """Return the typed text, cut to its neighbourhood when long, with a caret line under the span."""
        assert self.span is not None
        start, end = self.span
        first = max(0, start - 40)
        last = min(len(self.text), max(end, start + 1) + 40, first + 120)
        before = ("…" if first else "") + visible(self.text[first:start]).replace("\n", " ")
        marked = visible(self.text[start : min(end, last)]).replace("\n", " ")
        after = visible(self.text[min(end, last) : last]).replace("\n", " ") + ("…" if last < len(self.text) else "")
        return ["  " + before + marked + after, "  " + " " * columns(before) + "^" * max(1, columns(marked))]


class UnreadableAmount(NkautoError):
    """The text is not an amount that the grammar knows."""


class AmbiguousAmount(NkautoError):
    """The text can be read two ways; ``readings`` are both."""

    def __init__(
        self, what: str, readings: tuple[str, str], *, text: str = "", span: tuple[int, int] | None = None
    ) -> None:
        self.readings = readings
        super().__init__(what, hint=f"Write {readings[0]} or {readings[1]}.", text=text, span=span)


class UnreadablePeriod(NkautoError):
    """The text is not a date, month, year or period."""


class UnknownName(NkautoError):
    """No unit, item, place, publisher, vehicle or basket has this name; ``kind`` says which was looked for."""

    def __init__(
        self,
        kind: str,
        name: str,
        known: Iterable[str],
        *,
        hint: str = "",
        text: str = "",
        span: tuple[int, int] | None = None,
        where: str = "",
    ) -> None:
        self.kind = kind
        self.name = name
        known = list(known)
        self.near = near(name, known)
        hints = [f"Did you mean {', '.join(self.near)}?"] if self.near else []
        super().__init__(
            f"unknown {kind}: {name[:80]!r}",
            hint="\n".join([*hints, hint] if hint else hints),
            text=text,
            span=span,
            where=where,
        )


class WrongDimension(NkautoError):
    """Two things cannot be measured in each other: kilograms and litres without a density, a wage in kilometres."""


class BadOption(NkautoError):
    """An option's value makes no sense: zero people, a deposit over 100 %."""


class UnreadableFile(NkautoError):
    """A file is missing, not to be read, of an unknown encoding, or not what it should be."""


class WriteFailed(NkautoError):
    """A file could not be written; the old one is as it was."""


class NoRate(NkautoError):
    """The book holds no rate that may be used; the hint names the nearest rows before and after."""

    exit_code = 3

    def __init__(self, item: str, what: str, *, hint: str = "") -> None:
        self.item = item
        super().__init__(what, hint=hint)


class FaultyBook(NkautoError):
    """The rate book cannot be trusted; ``faults`` are all of its faults as ``file:line: what; remedy``."""

    exit_code = 4

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        shown = faults[:20]
        more = [f"… and {len(faults) - 20} more; nkauto rates validate shows all"] if len(faults) > 20 else []
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"the rate book has {count}:", hint="\n".join([*shown, *more]))
