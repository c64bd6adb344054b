"""Bare numbers of a text, no figures of their own, that may count what a price is for: ``three trips a day``."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from nkauto.core.terms import Term
from nkauto.core.terms import number as term
from nkauto.read import lexicon
from nkauto.read.article.dates import date_at_digits, date_at_month, labelled
from nkauto.read.article.numbers import MOST_CHARACTERS
from nkauto.read.article.words import unit_at
from nkauto.read.numbers import number
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.words import pattern
from nkauto.read.spelled import beginnings

MOST = 3
"""So many bare numbers near a figure may enter what it follows from."""
_LARGEST = 10**9
_TOLD_BEHIND = 5
"""What stands behind a figure counts for it from here on: twos and threes are found everywhere."""
_OF = 8
_YEARS = range(1500, 2100)
_LETTERS = re.compile(r"[a-zà-ÿ]+")
_DAY = re.compile(r"[0-9]{1,2}\s?[일日]")
"""A day of the month, or so many days: ``月に25日``; only a product that is exact tells which."""


class Count(NamedTuple):
    """A bare whole number with its place."""

    value: Term
    start: int
    end: int
    sentence: int


@cache
def _walk() -> re.Pattern[str]:
    return re.compile(
        r"(?P<digit>[0-9][0-9.,]*)|(?P<word>[a-zà-ÿ]+)|(?P<other>(?!二手)[二三四五六七八九十百两兩]+"
        r"|(?<![가-힣])(?!세대[가-힣]|세[금관탁외]|두[부만]|열[차쇠])"  # households, tax, tofu, second-hand: no numbers
        r"(?:두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무|서른|마흔|쉰)(?=\s?[가-힣]))"
    )


@cache
def _openings() -> frozenset[str]:
    """Return the words that a number or a date in words may begin with."""
    months = (_LETTERS.match(word) for word in lexicon.words("month"))
    return beginnings() | {found.group() for found in months if found is not None}


@lru_cache(maxsize=2)
def counts(passage: Passage) -> tuple[Count, ...]:
    """Return the whole numbers from two on that are no figures, years, days or names, in the order of the text.

    They are read once, however many kinds of claim ask for them.
    """
    openings = _openings()
    found: list[Count] = []
    taken = iter([(each.figure.start, each.figure.end) for each in passage.mentions])
    start, end = next(taken, (len(passage.text), 0))
    done = 0
    for match in _walk().finditer(passage.text):
        if match.lastgroup == "word" and match.group() not in openings:
            continue
        at = match.start()
        while end and at >= end:
            start, end = next(taken, (len(passage.text), 0))
        if at < done or at >= start:
            continue
        done = max(done, _read(passage, match, found, start))
    return tuple(found)


def _read(passage: Passage, match: re.Match[str], found: list[Count], limit: int) -> int:
    """Add the number that starts here, where it is one; return where reading goes on."""
    text, at = passage.text, match.start()
    if match.lastgroup == "word" and match.group() not in beginnings():
        return date_at_month(text, at)
    before = text[at - 1] if at else " "
    day = None
    if match.lastgroup == "digit":
        if match.end() - at > MOST_CHARACTERS:
            return match.end()  # no count is so long, and its value would take for ever
        if (before.isalnum() and before < "\u0250") or before in "-–/_#@.,:":
            return match.end()
        date, day = date_at_digits(text, at), _DAY.match(text, at)
        if day is not None and not _so_many(text, at, day.end()):
            return day.end()
        if date and (day is None or day.end() != date):
            return date
    if labelled(text, at):
        return match.end()
    read = number(text, at)
    if read is None:
        return match.end()
    unit = unit_at(text, text, read.end) if day is None else None
    measured = unit is not None and (unit.entry("counter") is None or unit.entry("unit", "currency") is not None)
    plain = (
        not measured and read.high is None and read.other is None and not read.unit and read.value == int(read.value)
    )
    year = read.marks.isdigit() and read.value in _YEARS
    if plain and not year and 1 < read.value < _LARGEST and read.end <= limit:
        found.append(Count(term(read.value), at, read.end, bisect_right(passage.ends, at)))
    return max(read.end, match.end() if match.lastgroup == "digit" else read.end)


def _so_many(text: str, start: int, end: int) -> bool:
    """Return whether words beside a day make it so many days: ``月に25日``, ``20일간``; else it is a date."""
    told = pattern("days_of", after=r"\s?[약約]?\s?$").search(text[max(0, start - _OF) : start])
    return told is not None or pattern("days_lasting", r"^\s?").match(text[end : end + _OF]) is not None


def near(every: Sequence[Count], passage: Passage, stated: Mention) -> Iterator[tuple[Count, float]]:
    """Yield the bare numbers nearest to a figure, in its sentence or the one before, and how far off they stand."""
    place = stated.figure.start
    here = bisect_left(every, place, key=lambda each: each.start)
    around = [each for each in every[max(0, here - MOST) : here + 1] if 0 <= stated.sentence - each.sentence <= 1]
    around = [each for each in around if each.start < place or each.value.value >= _TOLD_BEHIND]
    for each in sorted(around, key=lambda count: abs(count.start - place))[:MOST]:
        first = bisect_left(passage.mentions, each.start, key=lambda mention: mention.figure.start)
        own = bisect_left(passage.mentions, place, key=lambda mention: mention.figure.start)
        behind = each.start > place
        between = first - own - 1 if behind else own - first
        yield each, 0.35 * between + 0.9 * (stated.sentence - each.sentence) + (0.6 if behind else 0.0)
