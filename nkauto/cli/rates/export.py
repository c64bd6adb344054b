"""``nkauto rates export``: the book for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from nkauto.cli import options as o
from nkauto.cli.rates import asked
from nkauto.errors import BadOption

HELP = """Write the book for another program: price directives, units, tables. --point says what stands for a range.

ledger, hledger, beancount: what nkauto answers for each day, as prices. units: one day and place, for GNU units.
csv, json, sqlite: the rows as their sources state them.

\b
  nkauto rates export --to hledger CNY USD --point low -o prices.journal
  nkauto rates export --to units --on 2025-10 --at Hyesan -o nk.units
"""
TARGETS = ("ledger", "hledger", "beancount", "units", "csv", "json", "sqlite")


def register(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("export", help=HELP, short_help="Prices for ledgers, units, tables.")(o.answering(export))


def export(
    items: Annotated[
        list[str] | None, typer.Argument(metavar="[ITEM]…", help="Only these items; wage/ for all under it.")
    ] = None,
    to: Annotated[str, typer.Option("--to", metavar="PROGRAM", help=f"{', '.join(TARGETS)}.")] = "",
    point: Annotated[
        str,
        typer.Option(
            "--point", metavar="POINT", help="low, high or middle of each range; csv, json, sqlite keep both ends."
        ),
    ] = "middle",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write to a file, in one step.")
    ] = None,
    on: o.On = "",
    at: o.At = "",
    market: o.Market = "",
    source: o.Source = "",
    within: o.Within = None,
    rates: o.Rates = None,
    only_rates: o.OnlyRates = None,
) -> None:
    """Parse, call, show."""
    from nkauto.cli.rates import exports
    from nkauto.core.valuation import POINTS

    if to not in TARGETS:
        raise BadOption(f"unknown program to export to: {to!r}", hint=f"Programs: {', '.join(TARGETS)}.")
    if point not in POINTS:
        raise BadOption(f"unknown point: {point!r}", hint=f"Points: {', '.join(POINTS)}.")
    if to == "sqlite" and out is None:
        raise BadOption("a database needs a file", hint="Add -o, as -o rates.sqlite.")
    book = asked.open_book(rates, only_rates)
    only = [asked.filtered(book, item, at, market, source, on) for item in items or [""]]
    if to in ("csv", "json", "sqlite"):
        content = exports.tables(book, only, to)
    else:
        content = exports.prices(book, only, to, point, within=within, market=market)
    if out is None:
        sys.stdout.write(content.decode())
        return
    from nkauto.read.ownbook import replace

    replace(out, content)
    o.notice(f"written: {out}")
