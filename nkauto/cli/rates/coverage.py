"""``nkauto rates coverage``: what the book holds, and where it is silent."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from nkauto.cli import options as o
from nkauto.cli.rates import asked

HELP = """Show per item, place and market how many rows there are, from when to when, and the longest gap.

\b
  nkauto rates coverage rice
  nkauto rates coverage --at Hyesan --market market -f csv
"""


def register(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("coverage", help=HELP, short_help="Rows, first, last, longest gap.")(o.answering(coverage))


def coverage(
    item: Annotated[str, typer.Argument(metavar="[ITEM]", help="An item, or all under it: wage/")] = "",
    on: o.On = "",
    at: o.At = "",
    market: o.Market = "",
    source: o.Source = "",
    rates: o.Rates = None,
    only_rates: o.OnlyRates = None,
    form: o.Format = "table",
) -> None:
    """Parse, call, show."""
    from nkauto.core import coverage as core
    from nkauto.show import rate_records, rate_words

    book = asked.open_book(rates, only_rates)
    held = core.coverage(book, core.matching(book, asked.filtered(book, item, at, market, source, on)))
    state = asked.state(book)

    def table() -> None:
        plain = not asked.draws(sys.stdout)
        asked.listing(rate_words.COVERAGE, [rate_words.coverage_cells(one, ascii_only=plain) for one in held])
        if held:
            sys.stdout.write(f"\nReports by year: one sign a year, {rate_words.years(held)}.\n")

    asked.write(
        form,
        rate_records.COVERAGE,
        [rate_records.coverage_record(one, state) for one in held],
        key="coverage",
        query={"command": "rates coverage", "item": item, "on": on, "at": at, "market": market, "source": source},
        book=book,
        table=table,
    )
