"""``nkauto afford``: what a price is to those who earn a wage there."""

from typing import Annotated

import typer

from nkauto.cli import options as o

HELP = """Show what a thing or an amount is in won, dollars, wages and rice; shared by people, paid over months.

\b
  nkauto afford driving-licence --on 2025-10
  nkauto afford used-car --on 2025-02 --at Hyesan --people 3-5 --over 12m --interest 5%/month --in rice
"""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("afford", help=HELP, short_help="A price in wages, rice, per head, over months.")(o.answering(afford))


def afford(
    thing: Annotated[list[str], typer.Argument(metavar="THING|AMOUNT", help="An item of the book, or '30000 USD'.")],
    people: Annotated[str, typer.Option(metavar="N", help="How many share it: 4 or 3-5.")] = "",
    over: Annotated[str, typer.Option(metavar="TIME", help="Monthly instalments: 12m, 6-12m, 1y.")] = "",
    deposit: Annotated[str, typer.Option(metavar="SHARE|AMOUNT", help="Paid at once: 20% or '10,000 yuan'.")] = "",
    interest: Annotated[str, typer.Option(metavar="SHARE", help="Interest by the month: 5%/month.")] = "",
    interest_kind: Annotated[str, typer.Option(metavar="KIND", help="annuity, or flat: on all of it each month.")] = (
        "annuity"
    ),
    save: Annotated[str, typer.Option(metavar="SHARE", help="Share of each wage put by: 30%.")] = "",
    commodity: Annotated[str, typer.Option("--in", metavar="ITEM", help="Instalments in squid, rice, too.")] = "",
    *,
    asking: o.Asking,
    showing: o.Showing,
) -> None:
    """Parse, call, show."""
    from nkauto import library

    book = asking.book()
    terms = library.terms(
        book,
        people=people,
        over=over,
        deposit=deposit,
        interest=interest,
        interest_kind=interest_kind,
        save=save,
        commodity=commodity,
    )
    derivation = library.afford(
        " ".join(thing),
        terms=terms,
        **asking.of(book),
        spread=showing.spread,
    )
    o.show(derivation, showing.form, **showing.detail)
