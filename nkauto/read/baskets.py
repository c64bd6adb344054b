"""``rates/baskets.csv`` and a user's own basket of the same columns -> baskets, each row checked."""

from __future__ import annotations

from pathlib import Path

from nkauto.core.basket import KINDS, PARAMETERS, Basket, Line
from nkauto.core.range import Range
from nkauto.core.rates import RateBook
from nkauto.errors import UnknownName, UnreadableFile, did_you_mean
from nkauto.read.tables import Cells, read_range, read_table, refuse

COLUMNS = ("basket", "line", "kind", "item", "low", "high", "unit", "per", "source", "note")
NAMED = "basket:"
"""What an item begins with that is another basket."""


def read_baskets(path: Path, book: RateBook) -> dict[str, Basket]:
    """Return the baskets of a file by name, in its order. Raises UnreadableFile with every fault at once.

    A line with an empty item has no published price; one with empty low and high is one of its unit, or, for
    a fuel per 100 km, waits for a consumption.
    """
    faults: list[str] = []
    lines: dict[str, list[Line]] = {}
    labels: set[tuple[str, str]] = set()
    for row in read_table(path, COLUMNS, faults):
        name = row["basket"]
        found = _faults(row, book)
        if (name, row["line"]) in labels:
            found.append(f"the line {row['line']!r} stands twice in {name}; give it another name")
        labels.add((name, row["line"]))
        faults += [f"{row.where}: {fault}" for fault in found]
        if not found:
            lines.setdefault(name, []).append(_line(row, book))
    if not lines and not faults:
        raise UnreadableFile("the basket has no lines", hint=f"The header is {','.join(COLUMNS)}.", where=str(path))
    refuse("the basket", faults)
    return {name: Basket(name, tuple(held)) for name, held in lines.items()}


def _faults(row: Cells, book: RateBook) -> list[str]:
    """Return what is wrong with one row."""
    found = []
    if not row["basket"] or not row["line"]:
        found.append("no name; give basket and line one each")
    if row["kind"] not in KINDS:
        found.append(f"kind {row['kind']!r} is none of {', '.join(KINDS)}")
    if row["per"] and row["per"] not in PARAMETERS:
        found.append(f"per {row['per']!r} is none of {', '.join(PARAMETERS)}")
    if row["source"] and row["source"] not in book.sources:
        found.append(
            f"no source {row['source']!r} in sources.csv. {did_you_mean(row['source'], book.sources)}".rstrip()
        )
    try:
        held = read_range(row["low"], row["high"]) if row["low"] or row["high"] else None
    except ValueError as fault:
        return [*found, str(fault)]
    if held is not None and held.low <= 0:
        found.append("the amount is 0; a line is for at least something")
    if row["item"].startswith(NAMED):
        if row["kind"] == "share" or row["per"] or row["unit"] or (held and not held.single):
            found.append("a line that names a basket has one number at most, and neither unit nor per")
    elif row["kind"] == "share":
        if held is None or held.high >= 100 or row["unit"] != "%":
            found.append("a share has an amount under 100 and the unit %")
    else:
        found += _unknown(row["item"], book)
        if row["kind"] == "capital" and row["per"]:
            found.append("capital is laid out once; leave per empty")
    return found


def _unknown(items: str, book: RateBook) -> list[str]:
    found = []
    for name in filter(None, (part.strip() for part in items.split("|"))):
        try:
            book.item_named(name)
        except UnknownName as unknown:
            found.append(f"{unknown.what}. {did_you_mean(name, [*book.items, *book.item_names])}".rstrip())
    return found


def _line(row: Cells, book: RateBook) -> Line:
    named = row["item"].removeprefix(NAMED) if row["item"].startswith(NAMED) else ""
    items = () if named else tuple(book.item_named(name.strip()).id for name in row["item"].split("|") if name.strip())
    amount: Range | None = Range.of(1)
    if row["low"] or row["high"]:
        amount = read_range(row["low"], row["high"])
    elif row["per"] == "100 km":
        amount = None
    source = book.sources[row["source"]] if row["source"] else None
    return Line(row["line"], row["kind"], items, named, amount, row["unit"], row["per"], source, row["note"], row.where)
