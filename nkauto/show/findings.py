"""What ``check`` found, as records for machines and as lines for people. Numbers are strings of exact decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nkauto.core.claims import Check, Claim, Grade, Verdict, worst_first
from nkauto.core.findings import Converted, Figure, Findings
from nkauto.core.range import Range
from nkauto.errors import visible
from nkauto.show.numbers import for_machines, for_people, stated_for_people

FIELDS = (
    "file", "what", "kind", "span", "start", "end", "line", "low", "high", "unit", "per", "approx", "quoted",
    "verdict", "computed", "stated", "slips", "rates", "converted",
)  # fmt: skip
"""Columns of the CSV: figures and claims in one table, told apart by ``what``."""

AROUND = 40
"""Characters on either side of a figure that the table shows."""

_LONG_NUMBER = re.compile(r"(?<![\d.])\d{4,}")


def document(found: Findings) -> dict[str, Any]:
    """Return the JSON object of one file."""
    return {
        "file": found.file,
        "figures": [_figure(found, index) for index in range(len(found.figures))],
        "claims": [_claim(claim) for claim in found.claims],
        "coverage": coverage(found),
        "rates": list(found.rates),
        "sources": [dict(source) for source in found.sources],
        "notes": list(found.notes),
    }


def coverage(found: Findings) -> dict[str, Any]:
    """Return how many figures and claims there are, and how many could be converted and judged."""
    return {
        "figures": len(found.figures),
        "figures_converted": len(found.converted),
        "claims": len(found.claims),
        "claims_judged": found.judged,
        "claims_failing": sum(1 for claim in found.claims if claim.verdict is Verdict.FAILS),
    }


def _figure(found: Findings, index: int) -> dict[str, Any]:
    figure = found.figures[index]
    record: dict[str, Any] = {
        "span": figure.span,
        "start": figure.start,
        "end": figure.end,
        "line": figure.line,
        "low": for_machines(figure.low),
        "high": for_machines(figure.high),
        "unit": figure.unit,
        "per": figure.per,
        "approx": figure.approx,
        "quoted": figure.quoted,
    }
    if index in found.converted:
        record["converted"] = [
            {
                "low": for_machines(each.range.low),
                "high": for_machines(each.range.high),
                "unit": each.unit,
                "rate_ids": list(each.rate_ids),
            }
            for each in found.converted[index]
        ]
    return record


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "kind": claim.kind,
        "spans": list(claim.spans),
        "verdict": claim.verdict.value,
        "computed": claim.computed,
        "stated": claim.stated,
        "figures": list(claim.figures),
        "checks": [
            {
                "expression": check.expression,
                "operator": check.operator,
                "stated": for_machines(check.stated),
                "grade": check.grade.value,
            }
            for check in claim.checks
        ],
        "slips": list(claim.slips),
        "rates": list(claim.rates),
    }


def rows(found: Findings) -> Iterator[dict[str, str]]:
    """Yield one flat record a claim, then one a figure, with the fields of FIELDS."""
    empty = dict.fromkeys(FIELDS, "") | {"file": found.file}
    for claim in found.claims:
        yield empty | {
            "what": "claim",
            "kind": claim.kind,
            "span": " | ".join(claim.spans),
            "verdict": claim.verdict.value,
            "computed": claim.computed,
            "stated": claim.stated,
            "slips": "; ".join(claim.slips),
            "rates": "; ".join(claim.rates),
        }
    for index, figure in enumerate(found.figures):
        yield empty | {
            "what": "figure",
            "span": figure.span,
            "start": str(figure.start),
            "end": str(figure.end),
            "line": str(figure.line),
            "low": for_machines(figure.low),
            "high": for_machines(figure.high),
            "unit": figure.unit,
            "per": figure.per or "",
            "approx": "yes" if figure.approx else "no",
            "quoted": "yes" if figure.quoted else "no",
            "converted": "; ".join(_exactly(each) for each in found.converted.get(index, ())),
        }


def _exactly(each: Converted) -> str:
    low, high = for_machines(each.range.low), for_machines(each.range.high)
    return f"{low if low == high else f'{low}..{high}'} {each.unit}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line for a person; ``level`` is the indent; ``role``: heading, verdict, plain or closing."""

    text: str
    role: str = "plain"
    level: int = 0


def lines(found: Findings, *, named: bool = False) -> Iterator[Line]:
    """Yield what a person reads: the figures, then the claims, failing ones first, and how much was judged."""
    if named:
        yield Line(found.file, "heading")
    if found.figures:
        yield Line("Figures", "heading")
    for index, figure in enumerate(found.figures):
        into = "".join(f" = {converted_words(each)}" for each in found.converted.get(index, ()))
        quoted = ", quoted" if figure.quoted else ""
        yield Line(f"line {figure.line}: {reading_words(figure)}{into}{quoted}   {around(found.text, figure)}", level=1)
    if found.claims:
        yield Line("Claims", "heading")
    for claim in worst_first(found.claims):
        yield Line(f"{claim.verdict.value}: {claim_words(found, claim)}", "verdict", 1)
        for check in claim.checks:
            yield Line(check_words(check), level=2)
        for slip in claim.slips:
            yield Line(f"possible slip: {slip}", level=2)
        for rate in claim.rates:
            yield Line(f"rate: {rate}", level=2)
    if found.rates:
        yield Line("Rates used", "heading")
        for rate in found.rates:
            yield Line(rate, level=1)
    if found.notes:
        yield Line("Notes", "heading")
        for note in found.notes:
            yield Line(f"- {note}", level=1)
    yield Line(closing(found), "closing")


def closing(found: Findings) -> str:
    """Return how much could be converted and judged: ``14 of 19 figures converted, 5 of 6 claims judged``."""
    figures, claims = len(found.figures), len(found.claims)
    held = f"{len(found.converted)} of {figures} figures converted" if found.dated else _count(figures, "figure")
    return f"{held}, {found.judged} of {_count(claims, 'claim')} judged"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def claim_words(found: Findings, claim: Claim) -> str:
    """Return what a claim ties together, with its line."""
    return f"{' · '.join(claim.spans)} ({claim.kind}, line {found.figures[told(found, claim)].line})"


def told(found: Findings, claim: Claim) -> int:
    """Return which figure a claim states: the others, a rate or a price, may stand far from it."""
    stating = [index for index in claim.figures if found.figures[index].span == claim.stated]
    return stating[0] if stating else max(claim.figures)


def check_words(check: Check) -> str:
    """Return one comparison for people: ``2,000 ÷ 8,000 = 0.25, stated 1.76: no``."""
    from nkauto.core.judge import line

    grade = "" if check.grade is Grade.EXACT else f": {check.grade.value}"
    return arithmetic(line(check)) + grade


def arithmetic(text: str) -> str:
    """Return arithmetic with people's signs and thousands marks: ``2000*3/4`` becomes ``2,000 × 3 ÷ 4``."""
    text = re.sub(r"(?<=[\d)])-(?=[\d(])", " − ", text).replace("*", " × ").replace("/", " ÷ ").replace("+", " + ")
    for machine, person in (("<=", "at most "), (">=", "at least "), ("<", "less than "), (">", "more than ")):
        text = text.replace(f"stated {machine}", f"stated {person}")
    return _LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", text.replace("stated ~", "stated about "))


def reading_words(figure: Figure) -> str:
    """Return how a figure was read: ``about 20,000–24,000 KPW per kg``."""
    if not figure.unit:
        return f"not read ({figure.reason})" if figure.reason else "not read"
    bound = {"~": "about ", ">": "more than ", ">=": "at least ", "<": "less than ", "<=": "at most "}
    lead = bound.get(figure.bound, "about " if figure.approx else "")
    amount = stated_for_people(Range(figure.low, figure.high))
    unit = {"x": "times", "%": "%"}.get(figure.unit, figure.unit)
    per = f" per {figure.per}" if figure.per else ""
    return f"{lead}{'' if figure.vague else amount + ' '}{unit}{per}"


def converted_words(each: Converted) -> str:
    """Return a figure in another unit for people."""
    return f"{for_people(each.range)} {each.unit}"


def around(text: str, figure: Figure) -> str:
    """Return a figure with the words around it, on one line."""
    first, last = max(0, figure.start - AROUND), min(len(text), figure.end + AROUND)
    words = " ".join(text[first:last].split())
    return visible(f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}")
