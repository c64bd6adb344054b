"""``nkauto rates sources``: the pages that the book rests on."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Annotated

import typer

from nkauto.cli import options as o
from nkauto.cli.rates import asked

HELP = """List the sources, by publisher: title, address, day of publication, and how many rows rest on each.

\b
  nkauto rates sources --source "Daily NK"
  nkauto rates sources driving-licence -f csv
"""


def register(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("sources", help=HELP, short_help="The pages that rows rest on.")(o.answering(sources))


def sources(
    item: Annotated[
        str, typer.Argument(metavar="[ITEM]", help="Only sources of this item; wage/ for all under it.")
    ] = "",
    on: o.On = "",
    at: o.At = "",
    market: o.Market = "",
    source: o.Source = "",
    rates: o.Rates = None,
    only_rates: o.OnlyRates = None,
    form: o.Format = "table",
) -> None:
    """Parse, call, show."""
    from nkauto.core.coverage import matching
    from nkauto.show import rate_records, rate_words
    from nkauto.show.listing import Column

    book = asked.open_book(rates, only_rates)
    found = matching(book, asked.filtered(book, item, at, market, source, on, series=True))
    counts = Counter(row.source.id for row in found)
    held = sorted(
        (book.sources[name] for name in counts), key=lambda one: (one.publisher.casefold(), one.published, one.id)
    )
    state = asked.state(book)

    def table() -> None:
        columns = (
            Column("publisher"),
            Column("rows", right=True),
            Column("published"),
            Column("title"),
            Column("address"),
        )
        rows = [[one.publisher, str(counts[one.id]), one.published, one.title or one.id, one.url] for one in held]
        asked.listing(columns, rows)
        sys.stdout.write(f"\n{rate_words.counted(len(held), 'source')}, {rate_words.counted(counts.total(), 'row')}.\n")

    asked.write(
        form,
        rate_records.SOURCE,
        [rate_records.source_record(one, counts[one.id], state) for one in held],
        key="sources",
        query={"command": "rates sources", "item": item, "on": on, "at": at, "market": market, "source": source},
        book=book,
        table=table,
    )
