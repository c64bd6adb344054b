"""``nkauto rates cross``: whether the quotes of each survey agree by triangle."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from nkauto.cli import options as o
from nkauto.cli.rates import asked

HELP = """Show what two prices of one survey imply between each other, beside the reference rate; flag what is 10 % off.

\b
  nkauto rates cross USD CNY --on 2025
  nkauto rates cross USD CNY --flagged -f csv
"""


def register(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("cross", help=HELP, short_help="Do a survey's quotes agree by triangle?")(o.answering(cross))


def cross(
    base: Annotated[str, typer.Argument(metavar="ITEM", help="What is priced, as USD.")] = "USD",
    other: Annotated[str, typer.Argument(metavar="ITEM", help="What it is priced in, as CNY.")] = "CNY",
    on: o.On = "",
    at: o.At = "",
    source: o.Source = "",
    flagged: Annotated[
        bool, typer.Option("--flagged", help="Only what lies over 10 % off the reference rate.")
    ] = False,
    rates: o.Rates = None,
    only_rates: o.OnlyRates = None,
    form: o.Format = "table",
) -> None:
    """Parse, call, show."""
    from nkauto.core.cross import TOLERANCE, crossings
    from nkauto.show import rate_records, rate_words

    book = asked.open_book(rates, only_rates)
    only = asked.filtered(book, at=at, source=source, on=on)
    items = [book.item_named(name).id for name in (base, other)]
    found = [
        held
        for held in crossings(book, items[0], items[1], place=only.place, publisher=only.publisher)
        if (only.period is None or held.period.overlaps(only.period)) and (held.flagged or not flagged)
    ]
    state = asked.state(book)

    def table() -> None:
        sys.stdout.write(
            f"{items[1]} for 1 {items[0]}, as each survey implies it; ! is over {round(TOLERANCE * 100)} % off\n"
        )
        asked.listing(rate_words.CROSSINGS, [rate_words.crossing_cells(held) for held in found])
        off = rate_words.counted(sum(held.flagged for held in found), "flag")
        sys.stdout.write(f"\n{rate_words.counted(len(found), 'survey')}, {off}.\n")

    asked.write(
        form,
        rate_records.CROSSING,
        [rate_records.crossing_record(held, state) for held in found],
        key="surveys",
        query={"command": "rates cross", "base": items[0], "other": items[1], "on": on, "at": at, "source": source},
        book=book,
        table=table,
    )
