"""A derivation as records: JSON, NDJSON, CSV and Markdown out of one list of fields.

Numbers are strings of exact decimals. A text cell that a spreadsheet would run as a formula is made
harmless, and no control character leaves as itself.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from nkauto.core.bounds import Input
from nkauto.core.derivation import Derivation, Other, Result, sources_of
from nkauto.core.range import outward
from nkauto.core.rates import RateBook
from nkauto.errors import visible
from nkauto.show.lines import acts
from nkauto.show.numbers import for_machines

FIELDS = (
    "metric", "low", "high", "unit", "approx", "formula", "inputs",
    "rate_ids", "place", "on", "age_days", "source_ids", "book_checksum", "version",
)  # fmt: skip

_ACTING = (
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)


def document(derivation: Derivation, version: str, *, spread: bool = False) -> dict[str, Any]:
    """Return the JSON object of the output contract; ``other_reports`` only where the whole spread was asked for."""
    rates = [rate for given in derivation.inputs if given.chosen for rate in given.chosen.rates]
    rates += [rate for other in derivation.others for rate in other.rates]
    held: dict[str, Any] = {
        "query": dict(derivation.query),
        "results": [_result(result) for result in derivation.results],
        "inputs": [_input(given) for given in derivation.inputs],
        "sources": [
            {"id": s.id, "publisher": s.publisher, "title": s.title, "url": s.url, "published": s.published}
            for s in (sources_of(rates) if spread else derivation.sources)
        ],
        "notes": [*derivation.notices, *derivation.notes],
        "book": book_record(derivation.book, version),
    }
    if spread:
        held["other_reports"] = [_other(other) for other in derivation.others]
    return held


def book_record(book: RateBook, version: str) -> dict[str, Any]:
    """Return what names the state of the data that an answer was computed from."""
    return {"rows": len(book), "checksum": book.checksum, "version": version}


def rows(derivation: Derivation, version: str) -> list[dict[str, str]]:
    """Return one flat record a result, with the fields of FIELDS."""
    return [_flat(result, derivation, version) for result in derivation.results]


def _result(result: Result) -> dict[str, Any]:
    return {
        "metric": result.metric,
        "low": for_machines(result.range.low),
        "high": for_machines(result.range.high),
        "unit": result.unit,
        "approx": result.range.approx,
        "formula": result.quantity.formula,
        "inputs": list(result.inputs),
    }


def _input(held: Input) -> dict[str, Any]:
    ends = outward(held.low, held.high)
    chosen = held.chosen if held.chosen and not held.user else None
    record: dict[str, Any] = {
        "name": held.name,
        "low": for_machines(ends.low),
        "high": for_machines(ends.high),
        "unit": held.unit,
        "rate_ids": [rate.id for rate in held.chosen.rates] if held.chosen else [],
        "place": chosen.places if chosen else "",
        "on": str(chosen.period) if chosen and chosen.places else "",
        "age_days": chosen.age_days if chosen else None,
    }
    if held.user:
        record["user"] = True
    return record


def _other(other: Other) -> dict[str, Any]:
    ends = outward(other.low, other.high)
    return {
        "input": other.input,
        "low": for_machines(ends.low),
        "high": for_machines(ends.high),
        "unit": other.unit,
        "rate_ids": [rate.id for rate in other.rates],
        "publisher": other.rates[0].source.publisher,
        "gap_days": other.gap,
        "results": [
            {key: value for key, value in _result(result).items() if key in ("metric", "low", "high", "unit")}
            for result in other.results
        ],
    }


def _flat(result: Result, derivation: Derivation, version: str) -> dict[str, str]:
    chosen = [held.chosen for held in result.quantity.inputs if held.chosen]
    rates = [rate for held in chosen for rate in held.rates]
    return {
        "metric": result.metric,
        "low": for_machines(result.range.low),
        "high": for_machines(result.range.high),
        "unit": result.unit,
        "approx": "yes" if result.range.approx else "no",
        "formula": result.quantity.formula,
        "inputs": "; ".join(result.inputs),
        "rate_ids": "; ".join(dict.fromkeys(rate.id for rate in rates)),
        "place": "; ".join(dict.fromkeys(rate.place for rate in rates if rate.place)),
        "on": str(derivation.scope.period),
        "age_days": str(max((held.age_days for held in chosen), default=0)),
        "source_ids": "; ".join(dict.fromkeys(rate.source.id for rate in rates)),
        "book_checksum": derivation.book.checksum,
        "version": version,
    }


def write_json(held: Any, stream: TextIO, *, lines: bool = False) -> None:
    """Write one JSON value: indented for a document, on one line for NDJSON; acting characters as escapes."""
    import json

    text = json.dumps(held, ensure_ascii=False, indent=None if lines else 2)
    stream.write(re.sub(_ACTING, lambda found: json.dumps(found[0])[1:-1], text) + "\n")


def write_csv(
    records: Iterable[Mapping[str, str]], fields: Sequence[str], stream: TextIO, *, header: bool = True
) -> None:
    """Write a header (unless told not to) and one row a record; nothing is padded, marked or rounded."""
    writer = csv.writer(stream, lineterminator="\n")
    if header:
        writer.writerow(fields)
    for record in records:
        writer.writerow([harmless(record[field]) for field in fields])


def write_markdown(
    records: Iterable[Mapping[str, str]], fields: Sequence[str], stream: TextIO, *, header: bool = True
) -> None:
    """Write a Markdown table of the records; without its head to go on with one."""
    if header:
        stream.write(f"| {' | '.join(fields)} |\n|{'---|' * len(fields)}\n")
    for record in records:
        cells = (_markdown(record[field]) for field in fields)
        stream.write(f"| {' | '.join(cells)} |\n")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs and no terminal obeys; a plain number stays as it is."""
    cell = visible(cell)
    return f"'{cell}" if acts(cell) else cell


def _markdown(cell: str) -> str:
    text = visible(cell).replace("\n", " ")
    for character in "\\|<>[]*_`":
        text = text.replace(character, "\\" + character)
    return text
