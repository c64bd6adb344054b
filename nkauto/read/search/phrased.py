"""Which phrasings a text fits, and the figure that stands in each of their slots.

A text is looked at with one character in the place of each figure and bare number, a line for each sentence, and
without its dates, which nothing is reckoned with; and again without the brackets that tell an amount in other money.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain, pairwise, zip_longest

from nkauto.read import lexicon
from nkauto.read.article.dates import date_at_digits
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.measures import COUNTS, FAMILY
from nkauto.read.relations.words import YEAR, alternatives, one_of, pattern
from nkauto.read.search.counts import Count, counts
from nkauto.read.search.phrasing import LETTERS, TURN, Phrasing, every, letter, mark

_MOST_LETTERS = 40
"""Numbers of a sentence that are looked at; one with more is a table."""
_MOST_SLOTS = 8
_MONTH = 12
"""Characters that a month's name may have."""
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_DIGITS = re.compile(r"[0-9]+")
_BLANKS = re.compile(r"\s+")
_MARKS = re.compile(f"[{mark(LETTERS[0])}-{mark(LETTERS[-1])}]")

_OPENED = re.compile(r"\s*[(（\[][^()（）\[\]\n]{0,16}")
_CLOSED = re.compile(r"[^()（）\[\]\n0-9]{0,16}[)）\]]")

Part = Mention | Count
"""What may stand in a slot."""


def matches(passage: Passage) -> Iterator[tuple[Phrasing, dict[str, Part]]]:
    """Yield the phrasings of a text with the figure, or bare number, that stands in each of their slots."""
    yield from _matches(*_marked(passage, []))
    if brackets := _brackets(passage):
        yield from _matches(*_marked(passage, brackets))


def _matches(text: str, places: Mapping[int, Part]) -> Iterator[tuple[Phrasing, dict[str, Part]]]:
    lines = text.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, lines))]
    letters = ["".join(map(letter, _MARKS.findall(line))) for line in lines]
    for sentences, phrasings in every().items():
        for first, last in zip(range(len(lines)), range(sentences, len(lines) + 1), strict=False):
            here = text[starts[first] : starts[last]]
            for phrasing in _of_letters(phrasings, letters[first:last]):
                if not all(any(word in here for word in group) for group in phrasing.needed):
                    continue
                if phrasing.loose and sum(map(len, letters[first:last])) > len(phrasing.slots):
                    continue  # another number may be part of it
                for match in phrasing.pattern.finditer(text, starts[first], starts[last]):
                    found = {name: places[match.start(name)] for name in phrasing.slots if match.start(name) in places}
                    # A text may hold such characters of its own; and a role has the words of every language.
                    strange = phrasing.words.isascii() and _EASTERN.search(match.group()) is not None
                    if len(found) == len(phrasing.slots) and not strange:
                        yield phrasing, found


def _of_letters(phrasings: Mapping[str, list[Phrasing]], letters: Sequence[str]) -> Iterator[Phrasing]:
    """Yield the phrasings whose figures stand in a row in some sentences, given by their letters."""
    row = "".join(letters)[: _MOST_LETTERS * len(letters)]
    rows = {
        row[first:last]
        for first in range(len(row))
        for last in range(first + 2, min(len(row), first + _MOST_SLOTS) + 1)
    }
    yield from dict.fromkeys(phrasing for each in sorted(rows) for phrasing in phrasings.get(each, ()))


def letter_of(part: Part) -> str:
    """Return the letter of what may stand in a slot, of ``LETTERS``."""
    if isinstance(part, Count):
        return "N"
    if part.money:
        return "R" if part.rate else "M"
    if part.unit in TIME:
        return "T"
    if part.unit in COUNTS:
        return "C"
    return {"%": "P", "x": "X"}.get(part.unit, "Q" if part.unit in FAMILY else LETTERS[0])


def _brackets(passage: Passage) -> list[tuple[int, int]]:
    """Return where the brackets stand that tell an amount in other money: ``7,000 won (0.86 dollars)``."""
    found: list[tuple[int, int]] = []
    for one, other in pairwise(passage.mentions):
        inside = one.money and other.money and other.unit != one.unit and not other.rate
        opened = _OPENED.fullmatch(passage.text, one.figure.end, other.figure.start) if inside else None
        closed = _CLOSED.match(passage.text, other.figure.end) if opened else None
        if closed:
            found.append((one.figure.end, closed.end()))
    return found


def _marked(passage: Passage, brackets: Sequence[tuple[int, int]]) -> tuple[str, dict[int, Part]]:
    """Return a text with one character for each number and a line for each sentence, and where each number stands.

    ``brackets`` are left out with what stands in them.
    """
    pieces: list[str] = []
    places: dict[int, Part] = {}
    text = _undated(passage.text)
    length = at = 0
    figures = [each for each in passage.mentions if not (each.unit in TIME and _is_gone(each))]
    parts: list[tuple[int, int, Part]] = [(each.figure.start, each.figure.end, each) for each in figures]
    parts += [(each.start, each.end, each) for each in counts(passage)]
    if brackets:
        kept = [0, *chain.from_iterable(brackets), len(text)]
        blank = [" " * (last - first) for first, last in brackets]
        spans = [text[first:last] for first, last in zip(kept[::2], kept[1::2], strict=True)]
        text = "".join(chain.from_iterable(zip_longest(spans, blank, fillvalue="")))
        parts = [each for each in parts if bisect_right(kept, each[0]) % 2]
    for start, end, part in sorted(parts, key=lambda each: each[0]):
        pieces += [_lines(passage, text, at, start), mark(letter_of(part))]
        length += len(pieces[-2])
        places[length] = part
        length, at = length + 1, end
    return "".join([*pieces, _lines(passage, text, at, len(text))]), places


def _is_gone(mention: Mention) -> bool:
    """Return whether a span of time only dates something: ``two weeks ago``."""
    return pattern("long_ago", r"^\s*").match(mention.right) is not None


def _lines(passage: Passage, text: str, start: int, end: int) -> str:
    """Return a stretch of a text with a line for each sentence, and a mark before each word that turns."""
    first, last = bisect_right(passage.ends, start), bisect_right(passage.ends, end)
    cuts = [start, *passage.ends[first:last], end]
    lines = "\n".join(_BLANKS.sub(" ", text[one:other]) for one, other in pairwise(cuts))
    return _turns().sub(rf"{TURN}\g<0>", lines)


@cache
def _turns() -> re.Pattern[str]:
    """Return the pattern of what turns to another clause."""
    return re.compile(f"[;；]|{one_of('turns')}|{one_of('and_another')}")


def _undated(text: str) -> str:
    """Return a text whose dates and years have lost their digits, every character in its place."""
    pieces: list[str] = []
    done = 0
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        dated = date_at_digits(text, start)
        if not dated and (YEAR.fullmatch(match.group()) or _month_before().search(text, max(0, start - _MONTH), start)):
            dated = end
        if dated:
            pieces += [text[done:start], "_" * (dated - start)]
            done = dated
    return "".join([*pieces, text[done:]])


@cache
def _month_before() -> re.Pattern[str]:
    """Return the pattern of a month's name, before the digits of a day."""
    return re.compile(alternatives(lexicon.words("month")) + r"\.?\s{1,2}$")
