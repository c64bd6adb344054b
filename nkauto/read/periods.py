"""Dates, months, years and periods as people write them -> Period. Nothing is filled in from today."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from nkauto.core.period import Period
from nkauto.errors import UnreadablePeriod

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
PARTS = {
    **dict.fromkeys(("early", "beginning of", "초순", "초", "상순", "上旬", "初旬", "初"), (1, 10)),
    **dict.fromkeys(("mid", "middle of", "중순", "中旬", "半ば"), (11, 20)),
    **dict.fromkeys(("late", "end of", "하순", "말", "下旬", "底", "末"), (21, 31)),
}
"""The thirds of a month: 1–10, 11–20, 21 to the end, as surveys use the words."""

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_THIRD = "|".join(sorted(filter(str.isascii, PARTS), key=len, reverse=True))
_THIRD_CJK = "|".join(sorted((part for part in PARTS if not part.isascii()), key=len, reverse=True))
_SPAN = r"\s*(?:\.\.+|…|/(?=\d{4}-)|\s(?:to|until|bis)\s|\s[–—-]\s|–|—|〜|～|~|から|부터)\s*"
HINT = (
    "Write a day 2025-10-17, a month 2025-10, a year 2025, a part mid-November 2025, or a span 2025-10-01..2025-10-31."
)


def read_period(text: str) -> Period:
    """Return the period that the text names, or raise UnreadablePeriod.

    A span runs from the first day of its first part to the last day of its second. ``10/11/2025`` is refused:
    it is a day in October or in November.
    """
    if len(text) > 80:
        raise UnreadablePeriod("this is too long for a date", hint=HINT, text=text[:80], span=(0, 80))
    halves = [] if text.replace("-", "").isalnum() and text.isascii() else re.split(_SPAN, text.strip())
    if len(halves) == 2 and all(halves):
        first, last = (_single(half.removesuffix("까지").removesuffix("まで"), text) for half in halves)
        if first.first > last.last:
            raise UnreadablePeriod("this period ends before it begins", hint=HINT, text=text, span=(0, len(text)))
        return Period(first.first, last.last)
    return _single(text, text)


def _single(part: str, text: str) -> Period:
    part = part.strip()
    start = max(0, text.find(part))
    span = (start, start + len(part))
    for pattern, read in _FORMS:
        found = re.fullmatch(pattern, part, re.IGNORECASE | re.ASCII)
        if found:
            try:
                return read(found)
            except ValueError:
                raise UnreadablePeriod(f"there is no such day as {part!r}", hint=HINT, text=text, span=span) from None
    if re.fullmatch(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", part):
        what = f"{part!r} can be read two ways: day first or month first"
        raise UnreadablePeriod(what, hint="Write the year first: 2025-11-10.", text=text, span=span)
    if part.casefold().rstrip(".") in MONTHS:
        raise UnreadablePeriod(f"{part!r} of which year?", hint=HINT, text=text, span=span)
    raise UnreadablePeriod(
        f"cannot read {part!r} as a date" if part else "the date is empty", hint=HINT, text=text, span=span
    )


def _day(year: str, month: str | int, day: str) -> Period:
    return Period.day(date(int(year), int(month), int(day)))


def _month(year: str, month: str | int) -> Period:
    if not 1 <= int(month) <= 12:
        raise ValueError
    return Period.month(int(year), int(month))


def _third(year: str, month: str | int, part: str) -> Period:
    whole = _month(year, month)
    first, last = PARTS[part.casefold()]
    return Period(whole.first.replace(day=first), whole.last if last == 31 else whole.first.replace(day=last))


def _quarter(year: str, quarter: str) -> Period:
    first = 3 * int(quarter) - 2
    return Period(_month(year, first).first, _month(year, first + 2).last)


def _half(year: str, half: str) -> Period:
    first = 1 if half.casefold() in ("first", "1") else 7
    return Period(_month(year, first).first, _month(year, first + 5).last)


def _named(name: str) -> int:
    return MONTHS[name.casefold()]


_FORMS: list[tuple[str, Callable[[re.Match[str]], Period]]] = [
    (r"(\d{4})-(\d{1,2})-(\d{1,2})", lambda m: _day(m[1], m[2], m[3])),
    (r"(\d{4})[-/.](\d{1,2})", lambda m: _month(m[1], m[2])),
    (r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})\.?", lambda m: _day(m[1], m[2], m[3])),
    (r"(\d{4})(?:年|년)?", lambda m: Period.year(int(m[1]))),
    (r"(\d{4})\s*(?:年|년)\s*(\d{1,2})\s*(?:月|월)\s*(\d{1,2})\s*(?:日|号|일)", lambda m: _day(m[1], m[2], m[3])),
    (r"(\d{4})\s*(?:年|년)\s*(\d{1,2})\s*(?:月|월)", lambda m: _month(m[1], m[2])),
    (
        rf"(\d{{4}})\s*(?:年|년)\s*(\d{{1,2}})\s*(?:月|월)\s*({_THIRD_CJK})",
        lambda m: _third(m[1], m[2], m[3]),
    ),
    (rf"({_MONTH})\.?,?\s+(\d{{4}})", lambda m: _month(m[2], _named(m[1]))),
    (rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\.?,?\s+(\d{{4}})", lambda m: _day(m[3], _named(m[2]), m[1])),
    (rf"({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", lambda m: _day(m[3], _named(m[1]), m[2])),
    (rf"({_THIRD})[-\s]+({_MONTH})\.?,?\s+(\d{{4}})", lambda m: _third(m[3], _named(m[2]), m[1])),
    (rf"({_THIRD})[-\s]+(\d{{4}})-(\d{{1,2}})", lambda m: _third(m[2], m[3], m[1])),
    (r"Q([1-4])\s*,?\s*(\d{4})", lambda m: _quarter(m[2], m[1])),
    (r"(\d{4})[-\s]*Q([1-4])", lambda m: _quarter(m[1], m[2])),
    (r"(?:the\s+)?(first|second)\s+half\s+of\s+(\d{4})", lambda m: _half(m[2], m[1])),
    (r"(\d{4})[-\s]*H([12])", lambda m: _half(m[1], m[2])),
]
