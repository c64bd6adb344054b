"""``nkauto cost``: what a basket of things comes to."""

from __future__ import annotations

from typing import Annotated

import typer

from nkauto.cli import options as o
from nkauto.cli.output import write

HELP = """Add up a basket: importing a car, a first car, a month on the road; without BASKET the baskets are listed.

\b
  nkauto cost import-used-car --on 2024-06 --at Hyesan --months 6 --interest 5-10%/month
  nkauto cost month-on-the-road --on 2025-10 --people 3-5 --distance 1,200km
"""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("cost", help=HELP, short_help="What a basket of things comes to.")(o.answering(cost))


def cost(
    basket: Annotated[str, typer.Argument(metavar="BASKET", help="A basket of the book, or a CSV file.")] = "",
    people: Annotated[str, typer.Option(metavar="N", help="How many share it: 4 or 3-5.")] = "",
    months: Annotated[str, typer.Option(metavar="TIME", help="For how many months: 6, 3-6, 1y.")] = "",
    interest: Annotated[str, typer.Option(metavar="SHARE", help="Of borrowed money, by the month: 5-10%.")] = "",
    distance: Annotated[str, typer.Option(metavar="KM", help="How far in all: 1,200km.")] = "",
    consumption: Annotated[str, typer.Option(metavar="FUEL", help="13 L/100km, 7.9 km/L.")] = "",
    rides: Annotated[str, typer.Option(metavar="N", help="Rides of a taxi in all.")] = "",
    days: Annotated[str, typer.Option(metavar="N", help="Days worked in all.")] = "",
    hours: Annotated[str, typer.Option(metavar="N", help="Hours parked in all.")] = "",
    washes: Annotated[str, typer.Option(metavar="N", help="Car washes in all.")] = "",
    *,
    asking: o.Asking,
    showing: o.Showing,
) -> None:
    """Parse, call, show."""
    from nkauto import __version__
    from nkauto.library import buying
    from nkauto.show import basket as shown
    from nkauto.show.records import FIELDS

    book = asking.book()
    known = buying.baskets(book, asking.folders)
    if not basket:
        write(
            showing.form,
            None,
            table=lambda stream, width: shown.write_baskets(known, stream, width=width),
            document=lambda: list(shown.listed(known.values())),
            records=lambda: (shown.LISTED, shown.listed(known.values())),
        )
        return
    parameters = buying.parameters(
        people=people,
        months=months,
        interest=interest,
        distance=distance,
        consumption=consumption,
        rides=rides,
        days=days,
        hours=hours,
        washes=washes,
    )
    found = buying.cost(
        basket,
        parameters,
        known=known,
        **asking.of(book),
        spread=showing.spread,
    )
    write(
        showing.form,
        found.derivation,
        table=lambda stream, width: shown.write_cost(found, stream, width=width, **showing.detail),
        document=lambda: shown.cost_document(found, __version__, spread=showing.spread),
        records=lambda: (FIELDS, shown.cost_rows(found, __version__)),
        explain=showing.explain,
    )
