"""``nkauto rates add``: one checked row into the user's own book."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from nkauto.cli import options as o
from nkauto.cli.rates import adding, asked

HELP = """Add one figure with its source to your own book, which is laid over the shipped one; or correct a row of it.

What is missing is asked for on a terminal. Before it is written, you see what it changes in the answer.

\b
  nkauto rates add CNY "5,300-5,400 won" --on 2026-02-01 --at Hyesan --publisher "Daily NK" --url https://example.org/a
  nkauto rates add CNY "5,250 won" --replaces ID --note "misprint; the page was corrected on 3 March"
"""


def register(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("add", help=HELP, short_help="One checked row into your own book.")(o.answering(add))


def add(
    item: Annotated[
        str, typer.Argument(metavar="ITEM", help="What has the price: CNY, rice, wage, driving-licence.")
    ] = "",
    price: Annotated[
        str, typer.Argument(metavar="PRICE", help="'5,300-5,400 won', 'about 14 USD per 100 CNY', '20,000 won/kg'.")
    ] = "",
    on: o.On = "",
    at: o.At = "",
    market: o.Market = "",
    publisher: Annotated[str, typer.Option("--publisher", metavar="NAME", help="Who states it.")] = "",
    url: Annotated[str, typer.Option("--url", metavar="URL", help="The page that states it.")] = "",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="The page's title.")] = "",
    published: Annotated[str, typer.Option("--published", metavar="DAY", help="When it was published.")] = "",
    variant: Annotated[str, typer.Option("--variant", metavar="TEXT", help="Whose wage, which grade of rice.")] = "",
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help="What was inferred; why a row is corrected.")
    ] = "",
    before: Annotated[
        bool, typer.Option("--before", help="The price held until then, nobody knows since when.")
    ] = False,
    replaces: Annotated[str, typer.Option("--replaces", metavar="ID", help="The row that this one corrects.")] = "",
    row_id: Annotated[str, typer.Option("--id", metavar="ID", help="An id of your own for the row.")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before writing.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what it would change, and write nothing.")] = False,
    rates: o.Rates = None,
    only_rates: o.OnlyRates = None,
) -> None:
    """Parse, call, show."""
    from nkauto.read.newrow import append

    folder = asked.target(rates, only_rates)
    book = asked.open_book([folder] if folder.is_dir() and not only_rates else [], only_rates)
    words = {
        "item": item, "price": price, "on": on, "at": at, "publisher": publisher, "url": url,
        "market": market, "title": title, "published": published, "variant": variant, "note": note,
        "replaces": replaces, "id": row_id, "before": "yes" if before else "",
    }  # fmt: skip
    row = adding.composed(book, words, ask=sys.stdin.isatty())
    for line in adding.effect(book, row):
        sys.stdout.write(f"{line}\n")
    if dry_run or (sys.stdin.isatty() and not yes and not typer.confirm("Add it?", default=True, err=True)):
        o.notice("nothing was written")
        return
    file, name = append(book, folder, row, renumbered=not row_id)
    sys.stdout.write(f"{name}\n")
    o.notice(f"added to {file}")
