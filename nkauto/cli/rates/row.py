"""``nkauto rates show``: everything known of one row."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from nkauto.cli import options as o
from nkauto.cli.rates import asked

HELP = """Show everything known of one row, and which rows agree or disagree with it nearby in time.

\b
  nkauto rates show cny-2025-10-17-north-hamgyong-and-ryanggang-asiapress
  nkauto rates show ref-cny-2025-10 -f json
"""


def register(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("show", help=HELP, short_help="One row, its source, and its neighbours in time.")(o.answering(row))


def row(
    row_id: Annotated[str, typer.Argument(metavar="ID", help="The row's id, as lists and answers give it.")],
    rates: o.Rates = None,
    only_rates: o.OnlyRates = None,
    form: o.Format = "table",
) -> None:
    """Parse, call, show."""
    from nkauto.core.coverage import neighbours, row_named
    from nkauto.show import rate_records, rate_words

    book = asked.open_book(rates, only_rates)
    held = row_named(book, row_id)
    near = neighbours(book, held)
    state = asked.state(book)
    records = [{"relation": "itself", "gap_days": "0", "apart_percent": "0", **rate_records.rate_record(held, state)}]
    records += [rate_records.neighbour_record(other, state) for other in near]

    def table() -> None:
        for name, value in records[0].items():
            if value and name not in ("relation", "gap_days", "apart_percent"):
                sys.stdout.write(f"{name:14} {rate_words.plain(value)}\n")
        sys.stdout.write(f"\nReports of {rate_words.plain(held.item)} near it in time: {len(near) or 'none'}\n")
        if near:
            asked.listing(rate_words.NEIGHBOURS, [rate_words.neighbour_cells(other) for other in near])

    query = {"command": "rates show", "id": row_id}
    asked.write(form, rate_records.NEIGHBOUR, records, key="rates", query=query, book=book, table=table)
