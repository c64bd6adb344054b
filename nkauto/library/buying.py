"""The library's door to what turns a price into a decision: plan, cost, compare, vehicles.

Questions as text in, core results out; without typer or rich. ``library`` holds the plain questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Unpack

from nkauto.core import cost as costs
from nkauto.core import plan as plans
from nkauto.core import vehicle as vehicle_core
from nkauto.core.afford import Terms
from nkauto.core.basket import Basket, Parameters, expanded
from nkauto.core.cost import Cost
from nkauto.core.derivation import Derivation
from nkauto.core.plan import Calendar, Plan
from nkauto.core.rates import RateBook
from nkauto.core.vehicle import FUELS, Fact, Vehicle, fuel_of, vehicle_named
from nkauto.errors import BadOption
from nkauto.library import Asked, Options
from nkauto.read.baskets import read_baskets
from nkauto.read.options import read_interest, read_months, read_people
from nkauto.read.periods import read_period
from nkauto.read.ratefiles import shipped
from nkauto.read.travel import read_consumption, read_count, read_distance
from nkauto.read.vehicles import read_sanctions, read_vehicles

__all__ = ["baskets", "cost", "drive", "parameters", "plan", "vehicle_named", "vehicles"]


def plan(
    thing: str,
    terms: Terms,
    *,
    start: str = "",
    first: str = "",
    every: str = "month",
    spread: bool = False,
    **options: Unpack[Options],
) -> Plan:
    """Return the dated plan of a group purchase or an instalment sale; see ``core.plan.plan``.

    ``start`` is the day of the sale, ``first`` the first due day after a grace period: of a month or a
    period its first day counts.
    """
    asked = Asked(**options)
    calendar = Calendar(
        start=read_period(start).first if start else None,
        every=every,
        first=read_period(first).first if first else None,
    )
    held, scope, subject = asked.subject(thing)
    found = plans.plan(asked.book, scope, held, terms, calendar, subject=subject, spread=spread)
    return replace(found, derivation=asked.answered(found.derivation))


def baskets(book: RateBook, folders: Sequence[Path] = ()) -> dict[str, Basket]:
    """Return the baskets of the shipped book, and of folders laid over it."""
    found: dict[str, Basket] = {}
    for folder in folders or [shipped()]:
        path = folder / "baskets.csv"
        if path.is_file():
            found |= read_baskets(path, book)
    return found


def cost(
    basket: str,
    parameters: Parameters,
    *,
    known: dict[str, Basket] | None = None,
    spread: bool = False,
    **options: Unpack[Options],
) -> Cost:
    """Return what a basket comes to; ``basket`` is a name, or the path of a CSV file whose first basket is meant."""
    asked = Asked(**options)
    known = baskets(asked.book) if known is None else known
    name = basket
    if basket.casefold().endswith(".csv") or "/" in basket:
        own = read_baskets(Path(basket), asked.book)
        known, name = known | own, next(iter(own))
    items = [item for line in expanded(known, name) for item in line.items]
    scope = asked.scope([*items, "wage"])
    found = costs.cost(asked.book, scope, known, name, parameters, spread=spread)
    return replace(found, derivation=asked.answered(found.derivation))


def parameters(
    *,
    people: str = "",
    months: str = "",
    distance: str = "",
    rides: str = "",
    days: str = "",
    hours: str = "",
    washes: str = "",
    consumption: str = "",
    interest: str = "",
) -> Parameters:
    """Return the parameters of a basket that these texts say: ``3-5``, ``6``, ``1,200km``, ``13 L/100km``, ``5%``."""
    return Parameters(
        people=read_people(people) if people else None,
        months=read_months(months) if months else None,
        distance=read_distance(distance) if distance else None,
        rides=read_count(rides, "--rides") if rides else None,
        days=read_count(days, "--days") if days else None,
        hours=read_count(hours, "--hours") if hours else None,
        washes=read_count(washes, "--washes") if washes else None,
        consumption=read_consumption(consumption) if consumption else None,
        interest=read_interest(interest) if interest else None,
    )


def vehicles(book: RateBook, folders: Sequence[Path] = ()) -> tuple[dict[str, Vehicle], list[Fact]]:
    """Return the vehicles of the shipped book and of folders laid over it, and what bars their sale."""
    places = list(folders) or [shipped()]
    return read_vehicles(places, book), read_sanctions(places, book)


def drive(
    vehicle: Vehicle | None,
    distance: str,
    *,
    consumption: str = "",
    fuel: str = "",
    **options: Unpack[Options],
) -> Derivation:
    """Return what the fuel for a distance costs; see ``core.vehicle.drive``."""
    if not distance:
        raise BadOption("a consumption needs a distance", hint="Add --distance, as --distance 100km.")
    asked = Asked(**options)
    use = read_consumption(consumption) if consumption else None
    burnt, _ = fuel_of(vehicle, fuel)
    scope = asked.scope([FUELS[burnt], "wage"])
    return asked.answered(
        vehicle_core.drive(asked.book, scope, vehicle, read_distance(distance), consumption=use, fuel=fuel)
    )
