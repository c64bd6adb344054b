"""An empty book for another country: the files, their codebook, and the few items that every book begins with."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from nkauto.errors import BadOption, WriteFailed
from nkauto.read.ownbook import change
from nkauto.read.ratefiles import shipped
from nkauto.read.ratefolder import Folder
from nkauto.read.raterows import COLUMNS, RATE_COLUMNS

RATE_FILES = ("exchange.csv", "food.csv", "fuel.csv", "wages.csv", "vehicles-prices.csv", "fees.csv", "reference.csv")
KIND_FILES: Mapping[str, str] = {
    "currency": "exchange.csv",
    "food": "food.csv",
    "fuel": "fuel.csv",
    "wage": "wages.csv",
    "income": "wages.csv",
    "vehicle": "vehicles-prices.csv",
}
"""The file that holds the rates of a kind of item; every other kind is in ``fees.csv``."""

_ITEMS = ("USD", "EUR", "CNY", "rice", "gasoline", "diesel", "wage", "used-car", "motorcycle", "driving-licence")
"""What a new book begins with, as the shipped one has it, with its names in four languages."""


def write_template(folder: Path, country: str, currency: str, currency_name: str) -> list[str]:
    """Write the files of an empty book into a folder that holds no CSV files yet; return their names.

    ``currency`` is the code that wages are paid in (``CUP``). Raise BadOption for a code that is none, WriteFailed
    when a book is there already.
    """
    if not re.fullmatch("[A-Z]{3}", currency):
        raise BadOption(f"{currency!r} is not a currency code", hint="Write its three capital letters, as CUP or MMK.")
    if not country.strip() or "|" in country or not country.isprintable():
        raise BadOption(f"{country!r} is not the name of a country", hint="Write it in letters, as Cuba.")
    if folder.is_dir() and any(folder.glob("*.csv")):
        raise WriteFailed(f"{folder} holds CSV files already", hint="Nothing was changed. Name a new folder.")
    files = _files(country, currency, currency_name)
    change(folder, {name: partial(_instead, f"{content}\n".encode()) for name, content in files.items()})
    return list(files)


def _instead(content: bytes, _: bytes) -> bytes:
    return content


def _files(country: str, currency: str, currency_name: str) -> dict[str, str]:
    name = currency_name or currency
    own = [currency, "currency", "market", "31", currency, "both", f"{name}|{currency}", "", "", ""]
    known = {entry.cells[0]: entry.cells for entry in Folder(shipped()).table("items.csv")}
    market, unit = (COLUMNS["items.csv"].index(column) for column in ("market", "unit"))
    items = [own, *([*known[item]] for item in _ITEMS if item != currency)]
    for cells in items:
        if cells[1] == "currency":
            cells[market] = "market"
        if cells[1] == "fuel":
            cells[unit] = "L"  # North Korea sells fuel by the kilogram; hardly anybody else does
    places = [("World", "world", "", "World", "", "", ""), (country, "country", "World", country, "", "", "")]
    tables: dict[str, str] = {
        "items.csv": _table(COLUMNS["items.csv"], items),
        "places.csv": _table(COLUMNS["places.csv"], places),
        "sources.csv": _table(COLUMNS["sources.csv"], []),
        "constants.csv": _table(COLUMNS["constants.csv"], []),
        **{file: _table((*RATE_COLUMNS, "replaces"), []) for file in RATE_FILES},
    }
    return {**tables, "README.md": _readme(country, currency), "datapackage.json": _package(country, list(tables))}


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([columns, *rows])
    return out.getvalue().removesuffix("\n")


def _package(country: str, files: Sequence[str]) -> str:
    """Return the description of every column: that of the shipped book, for the files that the new one has."""
    package: dict[str, Any] = json.loads((shipped() / "datapackage.json").read_text(encoding="utf-8"))
    resources = []
    for resource in package["resources"]:
        if resource["path"] in files:
            fields = resource["schema"]["fields"]
            if resource["path"] in RATE_FILES:
                what = "The id of a row of the book underneath that this one corrects; the reason is in the note"
                fields.append({"name": "replaces", "type": "string", "description": what})
            for field in fields:
                if field["name"] in ("ko", "zh", "ja"):
                    field.pop("constraints", None)
            resources.append(resource)
    slug = re.sub("[^a-z0-9]+", "-", country.casefold()).strip("-") or "country"
    described = {
        "$schema": package["$schema"],
        "name": f"{slug}-rates",
        "title": f"Prices, wages and exchange rates reported from {country}",
        "description": "A rate book for nkauto: one row is one figure that one published page states.",
        "resources": resources,
    }
    return json.dumps(described, ensure_ascii=False, indent=2)


def _readme(country: str, currency: str) -> str:
    return f"""# Prices, wages and exchange rates reported from {country}

A rate book for nkauto. One row is one figure that one published page states: 1 unit of an item cost low to high
of a currency, in a place, on a market, in a period, says a source. A figure without a source does not enter.

1. Look at `items.csv`: `{currency}` and what else has a price. `kind`, the market that is meant when none is asked
   for, the shelf life in days, the unit, how a day between two rows is read (`both`: between the two surveys;
   `nearest`: a price stands until it is changed), names in English, Korean, Chinese, Japanese, separated by `|`.
   `wage` and `rice` are what `afford` counts in: keep their ids.
2. Add the towns to `places.csv`, each `within` the larger place that contains it.
3. Add rows, one at a time, checked:

       nkauto rates add wage "2100 {currency}" --on 2025-03 --at "{country}" --only-rates . \\
           --publisher "Name" --url https://… --title "…"

4. `nkauto rates validate .` names every fault with its file and line. Then ask:

       nkauto convert "1000 {currency}" --to usd,rice,wage --on 2025-03 --only-rates .
       nkauto afford motorcycle --on 2025-03 --only-rates .

`reference.csv` takes the European Central Bank's monthly reference rates: `nkauto rates refresh FILE --only-rates .`
`datapackage.json` describes every column; `frictionless validate datapackage.json` checks them.
"""
