"""A plan of instalments as a table for people and as records for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from nkauto.core.plan import Column, Plan
from nkauto.core.range import Range
from nkauto.show.numbers import for_machines
from nkauto.show.records import document, rows
from nkauto.show.words import METRICS

WORDS = {"balance": "still owed", "wage_months": "wage-months", "wages": "wage-months"}
EVIDENCE = ("approx", "rate_ids", "age_days", "source_ids", "book_checksum", "version")


def write_plan(plan: Plan, stream: TextIO, *, width: int, explain: bool = False, spread: bool = False) -> None:
    """Write caption, what is lent, the dated instalments with their totals, and the evidence."""
    from nkauto.show.panels import Shown, figures, panels
    from nkauto.show.table import console, row, say, write_evidence, write_lines, write_rows

    derivation = plan.derivation
    out = console(stream, width)
    place = derivation.scope.place or "all places alike"
    say(out, f"{derivation.subject} · {derivation.scope.period} · {place} · sold {plan.start}", style="bold")
    write_rows(out, [row(result) for result in derivation.results if result.metric in ("price", "deposit", "financed")])
    numbers = tuple(str(number) for number in range(1, len(plan.dates) + 1))
    keys = [Shown("", numbers), Shown("due", tuple(map(str, plan.dates)), "total", left=True)]
    values = [
        Shown("about " * column.rows[0].approx + _heading(column), *figures(column.rows, column.total))
        for column in plan.columns
    ]
    write_lines(out, [("", False), *panels(keys, values, width), ("", False)])
    unit = plan.columns[0].unit
    write_rows(out, [(label, _exactly(held), unit) for label, held in _sums(plan)])
    write_evidence(out, derivation, explain=explain, spread=spread)


def _sums(plan: Plan) -> Iterator[tuple[str, Range]]:
    deposit = any(result.metric == "deposit" for result in plan.derivation.results)
    yield "paid in all" + (", the deposit included" if deposit else ""), plan.total
    if plan.each is not None:
        yield "each person pays in all", plan.each


def _exactly(held: Range) -> str:
    from nkauto.show.panels import figures

    return ("about " if held.approx else "") + figures([held])[0][0]


def _heading(column: Column) -> str:
    """Return a column's heading: what it is, and its unit where the words do not say it."""
    kind, _, what = column.metric.partition("_")
    if column.metric.startswith("per_head_"):
        kind, what = "each", column.metric.removeprefix("per_head_")
    if what in ("wages", "wage_months"):
        return "each, wage-months" if kind == "each" else "wage-months"
    if not what or what.upper() == column.unit or column.unit.endswith("-OLD"):
        return f"{WORDS.get(kind, kind)}, {column.unit}"
    name = METRICS.get(f"{what}_{column.unit}", what).removeprefix("in ")
    return f"{'each, ' if kind == 'each' else ''}{column.unit} {name}"


def plan_document(plan: Plan, version: str, *, spread: bool = False) -> dict[str, Any]:
    """Return the JSON object: the exact results, one record an instalment, and the sums of the columns."""
    held = document(plan.derivation, version, spread=spread)
    held["schedule"] = [
        {
            "number": number,
            "due": str(due),
            **{column.metric: _ends(column.rows[number - 1]) for column in plan.columns},
        }
        for number, due in enumerate(plan.dates, start=1)
    ]
    held["units"] = {column.metric: column.unit for column in plan.columns}
    held["totals"] = {column.metric: _ends(column.total) for column in plan.columns if column.total}
    held["totals"]["total"] = _ends(plan.total)
    if plan.each is not None:
        held["totals"]["per_head"] = _ends(plan.each)
    return held


def _ends(held: Range) -> dict[str, str]:
    return {"low": for_machines(held.low), "high": for_machines(held.high)}


def plan_fields(plan: Plan) -> tuple[str, ...]:
    """Return the columns of the CSV: two and a unit for each column of the plan, then the evidence."""
    own = (f"{column.metric}_{end}" for column in plan.columns for end in ("low", "high", "unit"))
    return ("number", "due", *own, *EVIDENCE)


def plan_rows(plan: Plan, version: str) -> Iterator[dict[str, str]]:
    """Yield one record an instalment."""
    flat = rows(plan.derivation, version)
    shared = {
        "approx": "yes" if any(record["approx"] == "yes" for record in flat) else "no",
        "rate_ids": _joined(flat, "rate_ids"),
        "age_days": str(plan.derivation.age_days),
        "source_ids": _joined(flat, "source_ids"),
        "book_checksum": flat[0]["book_checksum"],
        "version": version,
    }
    for number, due in enumerate(plan.dates, start=1):
        record = {"number": str(number), "due": str(due), **shared}
        for column in plan.columns:
            held = column.rows[number - 1]
            record[f"{column.metric}_low"] = for_machines(held.low)
            record[f"{column.metric}_high"] = for_machines(held.high)
            record[f"{column.metric}_unit"] = column.unit
        yield record


def _joined(flat: list[dict[str, str]], field: str) -> str:
    every = (part for record in flat for part in record[field].split("; ") if part)
    return "; ".join(dict.fromkeys(every))
