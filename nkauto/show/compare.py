"""A comparison and a series as tables, records and a chart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TextIO

from nkauto.core.compare import MEASURES, Compared, Comparison, Series
from nkauto.core.derivation import Result, sources_of
from nkauto.core.period import REDENOMINATION
from nkauto.core.range import Range
from nkauto.core.rates import Rate, RateBook
from nkauto.core.series import Chart, Line, Mark, Point
from nkauto.show.numbers import evidence_digits, for_machines, for_people
from nkauto.show.words import metric_words

EVIDENCE = ("approx", "place", "age_days", "rate_ids", "source_ids", "error", "book_checksum", "version")
SERIES_FIELDS = (
    "period",
    *(f"{measure}_{end}" for measure in MEASURES for end in ("low", "high", "unit")),
    *EVIDENCE,
)


def write_comparison(
    comparison: Comparison, stream: TextIO, *, width: int, explain: bool = False, spread: bool = False
) -> None:
    """Write caption, both sides with their multiple and change, and the evidence."""
    from nkauto.show.table import console, say, write_evidence, write_lines

    out = console(stream, width)
    derivation = comparison.derivation
    say(out, _caption(comparison), style="bold")
    write_lines(out, _rows(comparison, width))
    write_evidence(out, derivation, explain=explain, spread=spread)


def _caption(comparison: Comparison) -> str:
    """Return what is compared, then when and where, each said once."""
    derivation = comparison.derivation
    both = " and ".join(comparison.labels)
    scope = derivation.scope
    parts = [derivation.subject, both]
    if not any(label in str(scope.period) for label in comparison.labels):
        parts.append(str(scope.period))
    if scope.place not in comparison.labels:
        parts.append(scope.place or "all places alike")
    return " · ".join(dict.fromkeys(parts))


def _rows(comparison: Comparison, width: int) -> list[tuple[str, bool]]:
    """Return the lines of both sides with multiple and change, side by side or below each other."""
    from nkauto.show.panels import Shown, panels

    rows = comparison.rows
    first, second = comparison.labels
    keys = [Shown("", tuple(_label(row) for row in rows), left=True)]
    sides = [
        Shown(first, tuple(_figure(row.first) for row in rows)),
        Shown(second, tuple(_figure(row.second) for row in rows)),
    ]
    changes = [
        Shown("multiple", tuple(f"×{_figure(row.multiple).removeprefix('about ')}" for row in rows)),
        Shown("change, %", tuple(_change(row.change) for row in rows)),
    ]
    if sum(column.width + 2 for column in (*keys, *sides, *changes)) - 2 <= width:
        return panels(keys, [*sides, *changes], width)
    return [*panels(keys, sides, width), ("", False), *panels(keys, changes, width)]


def _label(row: Compared) -> str:
    """Return the row's label: what is counted, and its unit where the words do not say it."""
    words = metric_words(row.measure)
    return f"{words}, {row.first.unit}" if row.measure in ("price", "rice_kg") else words


def _figure(result: Result) -> str:
    stated = result.quantity.before is None
    digits = None if stated else evidence_digits(result.quantity.inputs)
    return ("about " if result.range.approx else "") + for_people(result.range, digits)


def _change(result: Result) -> str:
    """Return a change with its sign: one sign for both ends, or "to" between them."""
    held = result.range
    digits = evidence_digits(result.quantity.inputs)
    if held.low >= 0:
        return f"+{for_people(held, digits)}"
    if held.high <= 0:
        least, _, most = for_people(Range(-held.high, -held.low), digits).partition("–")
        return f"-{most} to -{least}" if most else f"-{least}"
    fall, rise = (for_people(Range(Decimal(0), end), digits).removeprefix("0–") for end in (-held.low, held.high))
    return f"-{fall} to +{rise}"


def write_series(
    series: Series,
    ends: Comparison | None,
    stream: TextIO,
    *,
    measure: str,
    width: int,
    explain: bool = False,
    spread: bool = False,
) -> None:
    """Write the chart of one measure, how many periods have a rate, and the first against the last."""
    from nkauto.show.chart_terminal import draw
    from nkauto.show.table import console, heading, say, write_evidence, write_lines

    out = console(stream, width)
    ascii_only = "utf" not in (getattr(stream, "encoding", None) or "utf-8").lower()
    drawn = draw(series_chart(series, measure), width, ascii_only=ascii_only)
    write_lines(out, [(line, False) for line in drawn.splitlines()])
    say(out, counted(series, measure) + "; -f csv gives every point with its places and sources")
    if ends is not None:
        heading(out, f"{series.subject} · {ends.labels[0]} and {ends.labels[1]}")
        write_lines(out, _rows(ends, width))
        write_evidence(out, ends.derivation, explain=explain, spread=spread)


def counted(series: Series, measure: str) -> str:
    """Return how many periods have a rate and how many are gaps."""
    told = sum(point.measure(measure) is not None for point in series.points)
    unit = f"{series.every}s"
    gaps = len(series.points) - told
    first, last = series.points[0].period, series.points[-1].period
    return f"{len(series.points)} {unit} from {first} to {last}: {told} with a figure, {gaps} without, left blank"


def series_chart(series: Series, measure: str) -> Chart:
    """Return the chart of one measure of a series; a period without a rate breaks the line."""
    held = [(point, found) for point in series.points if (found := point.measure(measure))]
    unit = held[0][1].unit if held else ""
    points = tuple(
        Point(point.period.first, point.period.last, found.range.low, found.range.high) for point, found in held
    )
    words = metric_words(measure)
    marks = (Mark(REDENOMINATION, "100 old won became 1 new won; before it, old won are counted as new won"),)
    publishers = [
        source.publisher for source in sources_of(rate for point, _ in held for rate in _rates(point.results))
    ]
    source = "Sources: " + ", ".join(dict.fromkeys(publishers)) + "." if publishers else ""
    title = series.subject if measure == "price" else f"{series.subject}, {words}"
    return Chart(title, unit if unit != "month" else "months of the whole wage", (Line("", points, 1),), marks, source)


def _rates(results: tuple[Result, ...]) -> list[Rate]:
    inputs = {held.name: held for result in results for held in result.quantity.inputs}
    return [rate for held in inputs.values() if held.chosen and not held.user for rate in held.chosen.rates]


def series_rows(series: Series, book: RateBook, version: str) -> Iterator[dict[str, str]]:
    """Yield one record a period; a period without a rate has empty figures and the reason under ``error``."""
    for point in series.points:
        record = dict.fromkeys(SERIES_FIELDS, "")
        record |= {"period": str(point.period), "error": point.reason, "book_checksum": book.checksum}
        record["version"] = version
        for result in point.results:
            record[f"{result.metric}_low"] = for_machines(result.range.low)
            record[f"{result.metric}_high"] = for_machines(result.range.high)
            record[f"{result.metric}_unit"] = result.unit
        if point.results:
            rates = _rates(point.results)
            chosen = [held.chosen for result in point.results for held in result.quantity.inputs if held.chosen]
            record["approx"] = "yes" if any(result.range.approx for result in point.results) else "no"
            record["place"] = "; ".join(dict.fromkeys(rate.place for rate in _rates(point.results[:1]) if rate.place))
            record["age_days"] = str(max((held.age_days for held in chosen), default=0))
            record["rate_ids"] = "; ".join(dict.fromkeys(rate.id for rate in rates))
            record["source_ids"] = "; ".join(dict.fromkeys(rate.source.id for rate in rates))
        yield record


def series_document(series: Series, book: RateBook, query: dict[str, str], version: str) -> dict[str, Any]:
    """Return the JSON object of a series: one record a period, and the sources of all."""
    from nkauto.show.records import book_record

    points = []
    for point in series.points:
        rates = _rates(point.results)
        points.append(
            {
                "period": str(point.period),
                "results": [
                    {
                        "metric": result.metric,
                        "low": for_machines(result.range.low),
                        "high": for_machines(result.range.high),
                        "unit": result.unit,
                        "approx": result.range.approx,
                    }
                    for result in point.results
                ],
                "rate_ids": list(dict.fromkeys(rate.id for rate in rates)),
                "source_ids": list(dict.fromkeys(rate.source.id for rate in rates)),
                "error": point.reason or None,
            }
        )
    every = sources_of(rate for point in series.points for rate in _rates(point.results))
    return {
        "query": query,
        "series": points,
        "gaps": series.gaps,
        "sources": [
            {"id": s.id, "publisher": s.publisher, "title": s.title, "url": s.url, "published": s.published}
            for s in every
        ],
        "book": book_record(book, version),
    }
