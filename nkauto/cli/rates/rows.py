"""``nkauto rates list``: the rows of the book."""

from __future__ import annotations

from typing import Annotated

import typer

from nkauto.cli import options as o
from nkauto.cli.rates import asked

HELP = """List the rows of the book: what each source states, for which days and place.

\b
  nkauto rates list CNY --on 2025-10
  nkauto rates list wage/ --source ASIAPRESS -f csv
"""


def register(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("list", help=HELP, short_help="The rows, by item, place, market, publisher, period.")(o.answering(rows))


def rows(
    item: Annotated[str, typer.Argument(metavar="[ITEM]", help="An item, or all under it: wage/")] = "",
    on: o.On = "",
    at: o.At = "",
    market: o.Market = "",
    source: o.Source = "",
    series: Annotated[bool, typer.Option("--series", help="With the monthly reference rates.")] = False,
    rates: o.Rates = None,
    only_rates: o.OnlyRates = None,
    form: o.Format = "table",
) -> None:
    """Parse, call, show."""
    from nkauto.core.coverage import matching
    from nkauto.show import rate_records, rate_words

    book = asked.open_book(rates, only_rates)
    found = matching(book, asked.filtered(book, item, at, market, source, on, series=series))
    state = asked.state(book)

    def table() -> None:
        asked.listing(rate_words.ROWS, [rate_words.row_cells(row, several=not item) for row in found])

    asked.write(
        form,
        rate_records.RATE,
        [rate_records.rate_record(row, state) for row in found],
        key="rates",
        query={"command": "rates list", "item": item, "on": on, "at": at, "market": market, "source": source},
        book=book,
        table=table,
    )
    if not found:
        o.notice("no row of the book is like that; nkauto rates coverage lists what there is")
