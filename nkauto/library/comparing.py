"""The library's door to comparisons: then and now, here and there, this and that, and a series between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Unpack

from nkauto.core import compare as core
from nkauto.core.amount import Amount
from nkauto.core.choose import Scope
from nkauto.core.compare import Comparison, Series, Side
from nkauto.core.period import Period
from nkauto.core.rates import RateBook
from nkauto.errors import BadOption, NkautoError, UnknownName, UnreadablePeriod
from nkauto.library import Asked, Options
from nkauto.read.periods import read_period

COMPARE_HINT = (
    "Give a thing and two periods, a thing and two places, or two things:\n"
    "nkauto compare driving-licence 2025-09 2025-10\n"
    "nkauto compare rice 2025-10 --at Pyongyang,Hyesan\n"
    "nkauto compare rice maize --on 2025-10"
)
SERIES_HINT = "As nkauto compare rice 2024-10 2025-10 --every month."


def compare(
    words: Sequence[str],
    *,
    every: str = "",
    spread: bool = False,
    **options: Unpack[Options],
) -> tuple[Comparison | None, Series | None]:
    """Return a comparison, or with ``every`` (month, year) a series and the comparison of its ends.

    ``words`` are a thing and two periods; a thing and one period with two places in ``at``
    (``Pyongyang,Hyesan``); or two things, with a period in ``on`` or last. The comparison of a series is None
    when fewer than two of its periods have a rate.
    """
    at = options.pop("at", "")
    asked = Asked(**options)
    things, spans = _sorted_words(asked, words, asked.on)
    places = _places(asked.book, at)
    subject = " and ".join(_named(asked.book, thing, text) for thing, text in things)
    if every:
        if len(things) != 1 or len(spans) != 2 or len(places) > 1:
            raise BadOption("a series is of one thing from one period to another", hint=SERIES_HINT)
        return _series(asked, things[0][0], spans, places, every, subject, spread)
    if sorted((max(1, len(spans)), len(things), max(1, len(places)))) != [1, 1, 2]:
        raise BadOption("say what to compare with what", hint=COMPARE_HINT)
    first, second = _sides(asked, things, spans, places)
    found = core.compare(asked.book, first, second, subject=subject, spread=spread)
    return replace(found, derivation=asked.answered(found.derivation)), None


def _sides(
    asked: Asked, things: Sequence[tuple[str | Amount, str]], spans: Sequence[Period], places: Sequence[str]
) -> tuple[Side, Side]:
    """Return the two sides: what there are two of gives them their names."""
    thing = things[0][0]
    place = places[0] if len(places) == 1 else ""
    if len(spans) == 2:
        left, right = (Side(str(span), _scope(asked, span, place), thing) for span in spans)
        return left, right
    span = spans[0] if spans else asked.scope([item for held, _ in things for item in asked.involved(held)]).period
    if len(places) == 2:
        left, right = (Side(held, _scope(asked, span, held), thing) for held in places)
        return left, right
    scope = _scope(asked, span, place)
    left, right = (Side(_named(asked.book, held, text), scope, held) for held, text in things)
    return left, right


def _scope(asked: Asked, period: Period, place: str) -> Scope:
    return Scope(period, place, asked.market, asked.publisher, asked.within, asked.own)


def _sorted_words(asked: Asked, words: Sequence[str], on: str) -> tuple[list[tuple[str | Amount, str]], list[Period]]:
    """Return the things with their words, and the periods: the first word is a thing, each other one either."""
    if not words or len(words) > 3:
        raise BadOption("say what to compare with what", hint=COMPARE_HINT)
    things: list[tuple[str | Amount, str]] = [(asked.thing(words[0]), words[0])]
    spans: list[Period] = []
    for word in words[1:]:
        try:
            spans.append(read_period(word))
        except UnreadablePeriod as unreadable:
            try:
                things.append((asked.thing(word), word))
            except NkautoError as error:
                raise (unreadable if word[:1].isdigit() else error) from None
    if on:
        if len(spans) == 2:
            raise BadOption("two periods are given already; --on would be a third", hint=COMPARE_HINT)
        spans.append(read_period(on))
    return things, spans


def _places(book: RateBook, at: str) -> list[str]:
    """Return one place, or two with a comma between; a place whose own name has commas is one."""
    if not at:
        return []
    try:
        return [book.place_named(at).id]
    except UnknownName:
        if "," not in at:
            raise
    for index, character in enumerate(at):
        if character == ",":
            try:
                return [book.place_named(part.strip()).id for part in (at[:index], at[index + 1 :])]
            except UnknownName:
                continue
    return [book.place_named(part.strip()).id for part in at.split(",")]


def _named(book: RateBook, thing: str | Amount, text: str) -> str:
    return book.items[thing].name if isinstance(thing, str) else text


def _series(
    asked: Asked,
    thing: str | Amount,
    spans: list[Period],
    places: list[str],
    every: str,
    subject: str,
    spread: bool,
) -> tuple[Comparison | None, Series]:
    place = places[0] if places else ""
    base = _scope(asked, spans[0], place)
    found = core.series(asked.book, base, thing, core.periods(spans[0], spans[1], every), subject=subject, every=every)
    told = [point.period for point in found.points if point.results]
    if len(told) < 2:
        return None, found
    first, second = (Side(str(span), _scope(asked, span, place), thing) for span in (told[0], told[-1]))
    ends = core.compare(asked.book, first, second, subject=subject, spread=spread)
    return replace(ends, derivation=asked.answered(ends.derivation)), found
