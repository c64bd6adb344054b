"""What a chart says in words: its title, the unit of its axis, its sources, and the text for who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nkauto.core.charting import Drawn, gaps, publishers
from nkauto.core.range import Range
from nkauto.core.rates import Item, RateBook
from nkauto.core.series import Chart, Line, Point
from nkauto.show.numbers import for_people

MOST_PUBLISHERS = 4
MARKETS = {
    "market": "market price",
    "state": "state-set",
    "official": "official rate",
    "reference": "reference rate",
    "mixed": "fees and what is paid beside them",
}


def chart_of(drawn: Drawn, book: RateBook, version: str, *, converted: bool = False) -> Chart:
    """Return a drawn item as a chart with all its words; ``converted`` when its measure is not the quoted one."""
    lines = tuple(line for line in drawn.lines if line.points)
    place = "; all places alike" if any(not line.name for line in lines) else ""
    where = f" in {lines[0].name}" if len(lines) == 1 and lines[0].name else ""
    alt = _alt(drawn, lines)
    if where:
        lines = (replace(lines[0], name=""),)
    bare = Chart("", "", lines)
    years = ""
    if bare.span is not None:
        first, last = bare.span.first.year, bare.span.last.year
        years = f", {first}" if first == last else f", {first}–{last}"
    name = drawn.item.name[:1].upper() + drawn.item.name[1:] + where
    measure = _measure(drawn, book)
    title = f"{name} in {measure}{years}" if converted else f"{name}{years}"
    answered = "; by month" if converted else ""
    unit = f"{measure} {_per(drawn)}, {MARKETS.get(drawn.market, drawn.market)}{place}{answered}"
    if drawn.item.kind == "currency":
        unit = unit.replace("market price", "market rate")
    return Chart(title, unit, lines, drawn.marks, _source(drawn, book, version), f"Chart: {title}, {unit}. {alt}")


def figure(low: Point | None) -> str:
    """Return the range of a point for people; nothing for none."""
    return for_people(Range(low.low, low.high)) if low else ""


def _measure(drawn: Drawn, book: RateBook) -> str:
    unit, _, goods = drawn.measure.partition(" ")
    thing = book.items.get(goods or unit)
    if not goods:
        return _several(thing) if thing else unit
    if unit == "month":
        return "wage-months"
    name = thing.name if thing else goods
    return _several(thing) if unit == "each" and thing else f"{unit} of {name}"


def _several(thing: Item) -> str:
    """Return an item's name for many of it, where the book has one: dollars, but won."""
    many = f"{thing.name}s"
    return many if many in thing.names else thing.name


def _per(drawn: Drawn) -> str:
    if drawn.item.kind == "currency":
        return f"per {drawn.item.name}"
    return "each" if drawn.unit == "each" else f"per {drawn.unit}"


def _source(drawn: Drawn, book: RateBook, version: str) -> str:
    """Return the line of sources: the publishers with most rows, how many more, and the state of the book."""
    names = publishers(drawn.rows)
    more = len(names) - MOST_PUBLISHERS
    said = ", ".join(names[:MOST_PUBLISHERS]) + (f" and {more} more" if more > 0 else "")
    count = f"{len(drawn.rows)} report{'s' if len(drawn.rows) != 1 else ''}"
    return f"Sources: {said or 'none'} ({count}). Drawn by nkauto {version}, rate book {book.checksum[:12]}."


def _alt(drawn: Drawn, lines: Sequence[Line]) -> str:
    """Return the lines in words: what each line begins and ends with, its extremes, and where it is silent."""
    said = [] if lines else ["No report."]
    for line in lines:
        first, last = line.points[0], line.points[-1]
        lowest = min(line.points, key=lambda point: point.low)
        highest = max(line.points, key=lambda point: point.high)
        said.append(
            f"{line.name or 'All places'}: from {figure(first)} on {first.first} to {figure(last)} on {last.last}; "
            f"lowest {for_people(Range(lowest.low, lowest.low))} on {lowest.first}, "
            f"highest {for_people(Range(highest.high, highest.high))} on {highest.first}."
        )
        silent = sorted(gaps(line, line.reach), key=lambda gap: (gap.first - gap.last).days)[:3]
        if silent:
            said.append("Longest without a report: " + ", ".join(f"{gap.first} to {gap.last}" for gap in silent) + ".")
    said += [f"Marked: {mark.day}, {mark.text}." for mark in drawn.marks]
    return " ".join(said)
