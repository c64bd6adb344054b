"""Rows of the book, its coverage and its sources as records: one list of fields each, for every format."""

from __future__ import annotations

from collections.abc import Mapping

from nkauto.core.coverage import Coverage, Neighbour
from nkauto.core.cross import Crossing
from nkauto.core.range import outward, rounded
from nkauto.core.rates import Rate, Source
from nkauto.show.numbers import for_machines

STATE = ("book_checksum", "version")
"""What every record ends with, so that a figure can be computed again."""

RATE = (
    "id", "item", "variant", "quantity", "unit", "low", "high", "currency", "from", "to", "place", "market", "approx",
    "source", "publisher", "title", "url", "published", "note", "replaces", *STATE,
)  # fmt: skip
SOURCE = ("id", "publisher", "title", "url", "published", "rows", *STATE)
COVERAGE = ("item", "place", "market", "rows", "first", "last", "longest_gap_days", *STATE)
CROSSING = (
    "from", "to", "place", "market", "publisher", "base", "other", "low", "high", "reference_low", "reference_high",
    "off_percent", "flagged", "base_id", "other_id", *STATE,
)  # fmt: skip
NEIGHBOUR = ("relation", "gap_days", "apart_percent", *RATE)


def rate_record(row: Rate, state: Mapping[str, str]) -> dict[str, str]:
    """Return a row as its source states it, with its source."""
    return {
        "id": row.id,
        "item": row.item,
        "variant": row.variant,
        "quantity": for_machines(row.quantity),
        "unit": row.unit,
        "low": for_machines(row.low),
        "high": for_machines(row.high),
        "currency": row.currency,
        "from": row.first.isoformat() if row.first else "",
        "to": row.last.isoformat(),
        "place": row.place,
        "market": row.market,
        "approx": "yes" if row.approx else "no",
        "source": row.source.id,
        "publisher": row.source.publisher,
        "title": row.source.title,
        "url": row.source.url,
        "published": row.source.published,
        "note": row.note,
        "replaces": row.replaces,
        **state,
    }


def neighbour_record(held: Neighbour, state: Mapping[str, str]) -> dict[str, str]:
    """Return a row that lies near another in time, and how far apart the two are."""
    return {
        "relation": "agrees" if held.agrees else "disagrees",
        "gap_days": str(held.gap),
        "apart_percent": for_machines(held.apart * 100),
        **rate_record(held.row, state),
    }


def source_record(source: Source, rows: int, state: Mapping[str, str]) -> dict[str, str]:
    """Return a source with the number of rows that rest on it."""
    return {
        "id": source.id,
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "published": source.published,
        "rows": str(rows),
        **state,
    }


def coverage_record(held: Coverage, state: Mapping[str, str]) -> dict[str, str]:
    """Return the coverage of one item at one place on one market."""
    return {
        "item": held.item,
        "place": held.place,
        "market": held.market,
        "rows": str(held.rows),
        "first": held.first.isoformat(),
        "last": held.last.isoformat(),
        "longest_gap_days": str(held.longest_gap),
        **state,
    }


def crossing_record(held: Crossing, state: Mapping[str, str]) -> dict[str, str]:
    """Return one survey's implied rate beside the reference rate."""
    implied = outward(held.low, held.high)
    reference = outward(*held.reference) if held.reference else None
    return {
        "from": held.period.first.isoformat(),
        "to": held.period.last.isoformat(),
        "place": held.base.place,
        "market": held.base.market,
        "publisher": held.base.source.publisher,
        "base": held.base.item,
        "other": held.other.item,
        "low": for_machines(implied.low),
        "high": for_machines(implied.high),
        "reference_low": for_machines(reference.low) if reference else "",
        "reference_high": for_machines(reference.high) if reference else "",
        "off_percent": for_machines(rounded(held.off * 100, down=held.off > 0)) if reference else "",
        "flagged": "yes" if held.flagged else "no",
        "base_id": held.base.id,
        "other_id": held.other.id,
        **state,
    }
