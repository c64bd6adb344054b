"""Vehicles seen in North Korea: what pages state of them, where they differ, and what a distance costs in fuel.

Every statement is documented or speculative, and keeps its source; contradictions stand side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from nkauto.core import metrics
from nkauto.core.afford import STAPLE, WAGE
from nkauto.core.basket import FUEL_USED
from nkauto.core.bounds import Input, Quantity, given
from nkauto.core.choose import Chosen, Scope
from nkauto.core.convert import Quotes
from nkauto.core.derivation import Derivation, notes, result
from nkauto.core.loan import asked
from nkauto.core.range import Range
from nkauto.core.rates import Item, Rate, RateBook, Source, folded
from nkauto.core.worth import currency_then
from nkauto.errors import BadOption, NoRate, UnknownName

FUELS = {"petrol": "gasoline", "diesel": "diesel", "electric": "electricity"}
"""What a vehicle runs on, and the item of the book that it is."""
DOCUMENTED, SPECULATIVE = "documented", "speculative"
FIELDS = ("maker", "base", "body", "years", "engine", "fuel", "consumption")


class Statement(NamedTuple):
    """What one page states of a vehicle; an empty field is not stated. ``consumption`` is in litres for 100 km."""

    maker: str
    base: str
    body: str
    first_year: int | None
    last_year: int | None
    engine_cc: int | None
    fuel: str
    consumption: Decimal | None
    certainty: str
    text: str
    source: Source

    def stated(self, field: str) -> str:
        """Return a field in words, empty when it is not stated."""
        if field == "years":
            if self.first_year is None and self.last_year is None:
                return ""
            ends = ["" if year is None else str(year) for year in (self.first_year, self.last_year)]
            return ends[0] if ends[0] == ends[1] else "–".join(ends)
        if field == "engine":
            return "" if self.engine_cc is None else f"{self.engine_cc:,} cc"
        if field == "consumption":
            return "" if self.consumption is None else f"{self.consumption} L/100 km"
        return str(getattr(self, field))


class Vehicle(NamedTuple):
    """One vehicle and all that pages state of it, in the order of the file."""

    id: str
    name: str
    name_ko: str
    statements: tuple[Statement, ...]

    def of(self, certainty: str) -> tuple[Statement, ...]:
        """Return the statements that are documented, or those that are speculative."""
        return tuple(held for held in self.statements if held.certainty == certainty)

    @property
    def certainty(self) -> str:
        """Return ``documented``, ``speculative`` or ``documented and speculative``."""
        return " and ".join(kind for kind in (DOCUMENTED, SPECULATIVE) if self.of(kind))

    def views(self, field: str) -> dict[str, tuple[Statement, ...]]:
        """Return each value that is stated of a field with its statements; more than one means that pages differ."""
        found: dict[str, tuple[Statement, ...]] = {}
        for held in self.statements:
            if value := held.stated(field):
                found[value] = (*found.get(value, ()), held)
        return found


class Fact(NamedTuple):
    """One dated fact with its source, as of the sanctions on vehicles."""

    id: str
    date: str
    text: str
    source: Source


def vehicle_named(vehicles: Mapping[str, Vehicle], name: str) -> Vehicle:
    """Return the vehicle of this id or name, or the only one whose name has this word; else raise UnknownName."""
    wanted = folded(name)
    by_name = {
        folded(known): held for held in vehicles.values() for known in (held.id, held.name, held.name_ko) if known
    }
    if wanted in by_name:
        return by_name[wanted]
    words = {held.id: held for known, held in by_name.items() if wanted and f" {wanted} " in f" {known} "}
    if len(words) == 1:
        return next(iter(words.values()))
    hint = f"Known: {', '.join(sorted(words or vehicles))}."
    raise UnknownName("vehicle", name, [*vehicles, *by_name], hint=hint)


def prices(book: RateBook, vehicle: Vehicle) -> list[Rate]:
    """Return the published prices of a vehicle: of the items that bear its id or one of its names."""
    names = {folded(name) for name in (vehicle.id, vehicle.name, vehicle.name_ko) if name}
    found: list[Rate] = []
    for item in book.items.values():
        own = folded(item.id.partition("/")[0]) in names or names & {folded(name) for name in item.names}
        if item.kind == "vehicle" and own:
            found += book.rates.get(item.id, ())
    return sorted(found, key=lambda rate: rate.last)


def fuel_of(vehicle: Vehicle | None, fuel: str) -> tuple[str, list[str]]:
    """Return what a vehicle runs on, as asked or as documented, and what must be said of it."""
    if fuel:
        if fuel not in FUELS:
            raise BadOption(f"unknown fuel: {fuel!r}", hint=f"Fuels: {', '.join(FUELS)}.")
        return fuel, []
    if vehicle is None:
        return "petrol", ["no fuel was given: petrol is taken"]
    for kind in (DOCUMENTED, SPECULATIVE):
        stated = list(dict.fromkeys(held.fuel for held in vehicle.of(kind) if held.fuel))
        if len(stated) == 1:
            return stated[0], [f"that it runs on {stated[0]} is speculative"] * (kind == SPECULATIVE)
        if stated:
            raise BadOption(f"pages give {vehicle.name} several fuels: {', '.join(stated)}", hint="Say which: --fuel.")
    raise BadOption(f"no page says what {vehicle.name} runs on", hint="Say it: --fuel petrol, diesel or electric.")


def consumed(vehicle: Vehicle | None, consumption: tuple[Range, str] | None) -> tuple[Input, str, list[str]]:
    """Return the consumption for 100 km as asked, else as pages state it (their hull), its unit, and what to say of it.

    Documented figures come before speculative ones. Raises NoRate when none was published.
    """
    if consumption is not None:
        held, unit = consumption
        if held.low <= 0:
            raise BadOption("the consumption must be above zero")
        return asked("consumption", held, f"{unit}/100 km"), unit, []
    hint = "Give one: --consumption '13 L/100km'."
    if vehicle is None:
        raise BadOption("no vehicle and no consumption", hint=f"Name a vehicle. {hint}")
    for kind in (DOCUMENTED, SPECULATIVE):
        stated = [held for held in vehicle.of(kind) if held.consumption is not None]
        if stated:
            return _stated(stated), "L", ["its consumption is speculative"] * (kind == SPECULATIVE)
    raise NoRate(vehicle.id, f"no published consumption of {vehicle.name}", hint=hint)


def _stated(statements: Sequence[Statement]) -> Input:
    """Return published consumptions as one input that cites their sources."""
    unit = "L/100 km"
    thing = Item("consumption", "constant", "reference", 0, unit, "nearest", "consumption", ())
    rates = tuple(
        Rate(
            f"consumption-{held.source.id}", "consumption", "", Decimal(1), unit, held.consumption, held.consumption,
            unit, None, date.max, "", "reference", False, held.source, held.text,
        )
        for held in statements
        if held.consumption is not None
    )  # fmt: skip
    low, high = Fraction(min(rate.low for rate in rates)), Fraction(max(rate.high for rate in rates))
    chosen = Chosen(thing, "reference", unit, unit, low, high, rates, (0,) * len(rates), "anywhere")
    return Input("consumption", low, high, unit, chosen)


def drive(
    book: RateBook,
    scope: Scope,
    vehicle: Vehicle | None,
    distance: Range,
    *,
    consumption: tuple[Range, str] | None = None,
    fuel: str = "",
) -> Derivation:
    """Return what the fuel for a distance in km costs: distance × consumption × density × price.

    The density is a sourced input where the fuel is sold by the kilogram. Raises NoRate without a price or a
    consumption, BadOption without a distance or a fuel.
    """
    if distance.low <= 0:
        raise BadOption("the distance must be above zero")
    burnt, said = fuel_of(vehicle, fuel)
    item = FUELS[burnt]
    if item not in book.items:
        raise NoRate(item, f"the book has no item {item}")
    use, unit, more = consumed(vehicle, consumption)
    quotes = Quotes(book, scope)
    used = FUEL_USED.of(given(asked("distance", distance, "km")), given(use), unit=unit)
    price = quotes.cost(used, item, unit)
    home = currency_then(book.home, scope)
    results = [result("fuel_used", used), result("price", price)]
    missing = []
    for metric, work in _otherwise(quotes, price, home).items():
        try:
            results.append(result(metric, work()))
        except NoRate as refusal:
            missing.append(f"{metric}: {refusal.what}")
    subject = f"{_distance(distance)} km, {vehicle.name if vehicle else 'a vehicle'}, {burnt}"
    query = (
        ("command", "vehicles"),
        ("vehicle", vehicle.id if vehicle else ""),
        ("distance", f"{_distance(distance)} km"),
    )
    every = (*said, *more, *notes(results, scope.period), *missing)
    return Derivation(query, subject, scope, tuple(results), every, book)


def _otherwise(quotes: Quotes, price: Quantity, home: str) -> dict[str, Callable[[], Quantity]]:
    """Return the ways to say the price otherwise, by metric."""
    book = quotes.book
    ways: dict[str, Callable[[], Quantity]] = {
        f"price_{currency.lower()}": partial(quotes.into, price, currency)
        for currency in dict.fromkeys((home, "USD", "CNY"))
        if currency in book.items and currency != price.unit
    }

    def in_wages() -> Quantity:
        wage = quotes.into(quotes.item_price(WAGE, prefer=book.home), home)
        return metrics.WAGE_MONTHS.of(quotes.into(price, home), wage, unit="month")

    ways["wage_months"] = in_wages
    if STAPLE in book.items:
        ways["rice_kg"] = partial(quotes.goods, price, STAPLE, "kg")
    return ways


def _distance(held: Range) -> str:
    return f"{held.low:,f}" if held.single else f"{held.low:,f}–{held.high:,f}"
