"""A basket as a table for people and as records for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TextIO

from nkauto.core.basket import PARAMETERS, Basket, Line
from nkauto.core.cost import Cost
from nkauto.core.derivation import Result
from nkauto.core.range import Range
from nkauto.show.numbers import evidence_digits, for_people
from nkauto.show.records import FIELDS, document, rows

LISTED = ("basket", "line", "kind", "items", "amount", "unit", "per", "source_id", "note")


def write_cost(cost: Cost, stream: TextIO, *, width: int, explain: bool = False, spread: bool = False) -> None:
    """Write caption, the lines with those left out, sum and what follows from it, and the evidence."""
    from nkauto.show.table import console, heading, say, write_evidence, write_rows

    derivation = cost.derivation
    out = console(stream, width)
    place = derivation.scope.place or "all places alike"
    given = "".join(f" · {words}" for words in _given(dict(derivation.query)))
    say(out, f"{derivation.subject} · {derivation.scope.period} · {place}{given}", style="bold")
    by_metric = {result.metric: result for result in derivation.results}
    kinds = (("cost", "Costs"), ("takings", "Takings"), ("capital", "Laid out before"))
    for kind, title in kinds:
        lines = [
            (held.line.label, *(_figure(by_metric[metric])[1:] if metric else (held.reason.partition(":")[0], "")))
            for metric, held in zip(cost.metrics, cost.lines, strict=True)
            if held.line.kind == kind
        ]
        if lines:
            heading(out, title)
            write_rows(out, lines)
    rest = [result for result in derivation.results if result.metric not in cost.metrics]
    heading(out, "In all")
    write_rows(out, [_figure(result) for result in rest])
    write_evidence(out, derivation, explain=explain, spread=spread)


def _given(query: Mapping[str, str]) -> Iterator[str]:
    """Yield the parameters that were given, in words."""
    for name in ("people", "months", "distance", "rides", "days", "hours", "washes", "consumption"):
        if name in query:
            yield f"{name} {query[name].replace('-', '–')}" + (" km" if name == "distance" else "")
    if "interest" in query:
        low, _, high = query["interest"].partition("-")
        yield f"interest {for_people(Range(Decimal(low) * 100, Decimal(high or low) * 100), None)} % a month"


def _figure(result: Result) -> tuple[str, str, str]:
    """Return label, figure and unit; below zero all through it is called a loss, across zero it says "to"."""
    from nkauto.show.table import row

    label, figure, unit = row(result)
    digits = evidence_digits(result.quantity.inputs)
    low, high, approx = result.range.low, result.range.high, result.range.approx
    if low >= 0:
        return label, figure, unit
    about = "about " if approx else ""
    if high <= 0:
        return f"{label}: a loss", about + for_people(Range(-high, -low), digits), unit
    below, above = (for_people(Range(Decimal(0), end), digits).removeprefix("0–") for end in (-low, high))
    return label, f"{about}-{below} to {above}", unit


def cost_document(cost: Cost, version: str, *, spread: bool = False) -> dict[str, Any]:
    """Return the JSON object: results, inputs, sources, and the lines, those without a price among them."""
    held = document(cost.derivation, version, spread=spread)
    held["lines"] = [
        {
            "line": priced.line.label,
            "kind": priced.line.kind,
            "items": list(priced.line.items),
            "metric": metric or None,
            "left_out": priced.reason or None,
        }
        for metric, priced in zip(cost.metrics, cost.lines, strict=True)
    ]
    return held


def cost_rows(cost: Cost, version: str) -> Iterator[dict[str, str]]:
    """Yield one record a result, and one with empty figures for each line that the sum leaves out."""
    found = rows(cost.derivation, version)
    yield from found
    for priced in cost.left_out:
        empty = dict.fromkeys(FIELDS, "")
        shared = {field: found[0][field] for field in ("on", "book_checksum", "version")}
        yield empty | shared | {"metric": f"left_out: {priced.line.label}", "formula": priced.reason}


def write_baskets(baskets: Mapping[str, Basket], stream: TextIO, *, width: int) -> None:
    """Write every basket with its lines."""
    from nkauto.show.table import console, say

    out = console(stream, width)
    for basket in baskets.values():
        say(out, basket.name, style="bold")
        for line in basket.lines:
            say(out, f"- {_said(line)}", indent=2)


def _said(line: Line) -> str:
    """Return a line in words: its label, what it is priced by, how much, and per what."""
    if line.named:
        return f"{line.label}: the basket {line.named}"
    by = " or ".join(line.items) if line.items else "no published price"
    if line.kind == "share":
        assert line.amount is not None
        return f"{line.label}: {for_people(line.amount)} % of the takings"
    amount = "as much as --consumption says" if line.amount is None else for_people(line.amount, None)
    per = f" per {line.per} (--{PARAMETERS[line.per]})" if line.per else ""
    size = "" if amount == "1" else f", {amount} {line.unit}".rstrip()
    kind = "" if line.kind == "cost" else f" ({line.kind})"
    return f"{line.label}{kind}: {by}{size}{per}"


def listed(baskets: Iterable[Basket]) -> Iterator[dict[str, str]]:
    """Yield one record a line of each basket."""
    for basket in baskets:
        for line in basket.lines:
            amount = "" if line.amount is None else for_people(line.amount, None)
            yield {
                "basket": basket.name,
                "line": line.label,
                "kind": line.kind,
                "items": f"basket:{line.named}" if line.named else "|".join(line.items),
                "amount": amount,
                "unit": line.unit,
                "per": line.per,
                "source_id": line.source.id if line.source else "",
                "note": line.note,
            }
