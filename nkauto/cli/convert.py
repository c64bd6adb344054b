"""``nkauto convert``: an amount in other units."""

from typing import Annotated

import typer

from nkauto.cli import options as o

HELP = """Convert an amount into money, goods or wages, as reported for a date and place.

\b
  nkauto convert "1,200 yuan" --to usd,won,rice,wage --on 2025-10
  nkauto convert "20만 원" --to rice --on 2025-12 --source "NK Insider" -f csv
"""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("convert", help=HELP, short_help="An amount in other units.")(o.answering(convert))


def convert(
    amount: Annotated[
        list[str], typer.Argument(metavar="AMOUNT", help="'1,200 yuan', '20만 원', '24,000 won/kg', '50 kg rice'")
    ],
    to: Annotated[list[str], typer.Option("--to", metavar="UNIT,…", help="usd,won,rice,'lb rice',wage")],
    *,
    asking: o.Asking,
    showing: o.Showing,
) -> None:
    """Parse, call, show."""
    from nkauto import library

    derivation = library.convert(
        " ".join(amount),
        to,
        **asking.of(asking.book()),
        spread=showing.spread,
    )
    o.show(derivation, showing.form, **showing.detail)
