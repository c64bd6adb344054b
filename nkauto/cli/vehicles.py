"""``nkauto vehicles``: what is known of vehicles seen in North Korea, and what a distance costs in fuel."""

from __future__ import annotations

from typing import Annotated

import typer

from nkauto.cli import options as o
from nkauto.cli.output import write

HELP = """List vehicles seen in North Korea, or tell what pages state of one; --distance costs its fuel.

\b
  nkauto vehicles paektusan
  nkauto vehicles gaz-24 --distance 100km --on 2017-10
"""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("vehicles", help=HELP, short_help="Vehicles seen there, and their fuel.")(o.answering(vehicles))


def vehicles(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A vehicle: paektusan, 백두산, gaz-24.")] = "",
    distance: Annotated[str, typer.Option(metavar="KM", help="What the fuel for it costs: 100km.")] = "",
    consumption: Annotated[str, typer.Option(metavar="FUEL", help="13 L/100km, 7.9 km/L, 15 kWh/100km.")] = "",
    fuel: Annotated[str, typer.Option(metavar="FUEL", help="petrol, diesel or electric.")] = "",
    *,
    asking: o.Asking,
    showing: o.Showing,
) -> None:
    """Parse, call, show."""
    from nkauto import __version__
    from nkauto.library import buying
    from nkauto.show import vehicles as shown

    book = asking.book()
    known, sanctions = buying.vehicles(book, asking.folders)
    vehicle = buying.vehicle_named(known, name) if name else None
    if distance or consumption:
        derivation = buying.drive(
            vehicle,
            distance,
            consumption=consumption,
            fuel=fuel,
            **asking.of(book),
        )
        o.show(derivation, showing.form, explain=showing.explain)
        return
    held = [vehicle] if vehicle else list(known.values())
    write(
        showing.form,
        None,
        table=lambda stream, width: (
            shown.write_vehicle(vehicle, book, sanctions, stream, width=width)
            if vehicle
            else shown.write_catalogue(held, sanctions, stream, width=width)
        ),
        document=lambda: shown.catalogue_document(held, book, sanctions, __version__),
        records=lambda: (shown.RECORD, shown.vehicle_rows(held)),
    )
