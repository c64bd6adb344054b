"""``nkauto plan``: the dated schedule of a group purchase or an instalment sale."""

from __future__ import annotations

from typing import Annotated

import typer

from nkauto.cli import options as o
from nkauto.cli.output import write

HELP = """Plan instalments: due dates, interest, what is still owed, each person's share, in money, wages and goods.

\b
  nkauto plan "85,000 yuan" --on 2025-06 --at Hyesan --people 3-5 --over 12m --deposit 20% --interest 5-10%/month
  nkauto plan used-car --on 2025-10 --over 12m --from 2026-06 --in squid
"""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("plan", help=HELP, short_help="Dated instalments of a shared purchase.")(o.answering(plan))


def plan(
    thing: Annotated[list[str], typer.Argument(metavar="THING|AMOUNT", help="An item of the book, or '85,000 yuan'.")],
    over: Annotated[str, typer.Option(metavar="TIME", help="How long is paid: 12m, 1y.")] = "",
    people: Annotated[str, typer.Option(metavar="N", help="How many share it: 4 or 3-5.")] = "",
    deposit: Annotated[str, typer.Option(metavar="SHARE|AMOUNT", help="Paid at once: 20% or '10,000 yuan'.")] = "",
    interest: Annotated[str, typer.Option(metavar="SHARE", help="Interest by the month: 5%/month.")] = "",
    interest_kind: Annotated[str, typer.Option(metavar="KIND", help="annuity, or flat: on all of it each month.")] = (
        "annuity"
    ),
    every: Annotated[str, typer.Option(metavar="PERIOD", help="Pay every month or week.")] = "month",
    start: Annotated[str, typer.Option(metavar="DAY", help="Day of the sale; else the first day of --on.")] = "",
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="First due day, after a grace period.")] = "",
    commodity: Annotated[str, typer.Option("--in", metavar="ITEM", help="Also in a commodity: squid, rice.")] = "",
    *,
    asking: o.Asking,
    showing: o.Showing,
) -> None:
    """Parse, call, show."""
    from nkauto import __version__, library
    from nkauto.library import buying
    from nkauto.show import plan as shown

    book = asking.book()
    terms = library.terms(
        book,
        people=people,
        over=over,
        deposit=deposit,
        interest=interest,
        interest_kind=interest_kind,
        commodity=commodity,
    )
    found = buying.plan(
        " ".join(thing),
        terms,
        start=start,
        first=first,
        every=every,
        **asking.of(book),
        spread=showing.spread,
    )
    write(
        showing.form,
        found.derivation,
        table=lambda stream, width: shown.write_plan(found, stream, width=width, **showing.detail),
        document=lambda: shown.plan_document(found, __version__, spread=showing.spread),
        records=lambda: (shown.plan_fields(found), shown.plan_rows(found, __version__)),
        explain=showing.explain,
    )
