"""The catalogue of vehicles as tables for people and as records for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from nkauto.core.range import Range
from nkauto.core.rates import Rate, RateBook, Source
from nkauto.core.vehicle import DOCUMENTED, FIELDS, SPECULATIVE, Fact, Statement, Vehicle, prices
from nkauto.show.numbers import for_machines, for_people

RECORD = (
    "id", "name", "name_ko", "maker", "base", "body", "years", "engine", "fuel", "consumption",
    "certainty", "statement", "source_id", "publisher", "url",
)  # fmt: skip


def write_catalogue(vehicles: Iterable[Vehicle], sanctions: Sequence[Fact], stream: TextIO, *, width: int) -> None:
    """Write every vehicle in a line, and what bars their sale."""
    from nkauto.show.panels import Shown, panels
    from nkauto.show.table import console, say, write_lines

    out = console(stream, width)
    held = list(vehicles)
    keys = [Shown("vehicle", tuple(vehicle.name for vehicle in held), left=True)]
    values = [
        Shown("", tuple(vehicle.name_ko for vehicle in held), left=True),
        Shown("years", tuple(_years(vehicle) for vehicle in held), left=True),
        Shown("documented/speculative", tuple(_known(vehicle) for vehicle in held)),
    ]
    write_lines(out, [*panels(keys, values, width), ("", False)])
    say(out, f"{len(held)} vehicles; nkauto vehicles NAME tells what pages state of one, with its sources.")
    for fact in sanctions[:1]:
        say(out, f"Sanctions: {fact.date}: {fact.text} ({fact.source.publisher}, {fact.source.url})")


def _years(vehicle: Vehicle) -> str:
    """Return the documented years; of speculative ones no more than that they are."""
    stated = dict.fromkeys(years for held in vehicle.of(DOCUMENTED) if (years := held.stated("years")))
    guessed = any(held.stated("years") for held in vehicle.of(SPECULATIVE))
    return "; ".join(stated) or (SPECULATIVE if guessed else "")


def _known(vehicle: Vehicle) -> str:
    """Return how many statements are documented, and how many speculative."""
    return f"{len(vehicle.of(DOCUMENTED))} / {len(vehicle.of(SPECULATIVE))}"


def write_vehicle(vehicle: Vehicle, book: RateBook, sanctions: Sequence[Fact], stream: TextIO, *, width: int) -> None:
    """Write all that is stated of a vehicle, field by field where pages differ, its prices, and the sources."""
    from nkauto.show.table import console, heading, say, write_source

    out = console(stream, width)
    found = prices(book, vehicle)
    sources = _sources(vehicle, found, sanctions[:1])
    numbers = {source.id: number for number, source in enumerate(sources, start=1)}
    say(out, " · ".join(filter(None, (vehicle.name, vehicle.name_ko, vehicle.certainty))), style="bold")
    heading(out, "What pages state")
    for held in vehicle.statements:
        say(out, f"- {held.certainty}: {held.text} [{numbers[held.source.id]}]", indent=2)
    heading(out, "Side by side")
    for field in FIELDS:
        views = vehicle.views(field)
        if views:
            differ = "pages differ: " if len(views) > 1 else ""
            each = "; ".join(_view(value, statements, numbers) for value, statements in views.items())
            say(out, f"- {field}: {differ}{each}", indent=2)
    if found:
        heading(out, "Prices in the book")
        for rate in found:
            say(out, f"- {_price(rate, book)} [{numbers[rate.source.id]}]", indent=2)
    if sanctions:
        heading(out, "Sanctions")
        say(out, f"- {sanctions[0].date}: {sanctions[0].text} [{numbers[sanctions[0].source.id]}]", indent=2)
    heading(out, "Sources")
    for source in sources:
        write_source(out, numbers[source.id], source)


def _view(value: str, statements: Sequence[Statement], numbers: dict[str, int]) -> str:
    """Return one value of a field with how sure it is and who states it."""
    kinds = " and ".join(dict.fromkeys(held.certainty for held in statements))
    cited = "".join(f"[{number}]" for number in dict.fromkeys(numbers[held.source.id] for held in statements))
    return f"{value}, {kinds} {cited}"


def _price(rate: Rate, book: RateBook) -> str:
    about = "about " if rate.approx else ""
    figure = for_people(Range(rate.low, rate.high), None)
    span = rate.period(book.items[rate.item].shelf_life)
    name = book.items[rate.item].name + (f", {rate.variant}" if rate.variant else "")
    return f"{name}: {about}{figure} {rate.currency}, {rate.market}, {rate.place}, {span}"


def _sources(vehicle: Vehicle, found: Sequence[Rate], facts: Sequence[Fact]) -> list[Source]:
    held = [statement.source for statement in vehicle.statements]
    held += [rate.source for rate in found]
    held += [fact.source for fact in facts]
    return list({source.id: source for source in held}.values())


def vehicle_document(vehicle: Vehicle, book: RateBook) -> dict[str, Any]:
    """Return one vehicle as a JSON object: its statements, where they differ, its prices."""
    return {
        "id": vehicle.id,
        "name": vehicle.name,
        "name_ko": vehicle.name_ko or None,
        "certainty": vehicle.certainty,
        "statements": [
            {
                **{field: held.stated(field) or None for field in FIELDS},
                "certainty": held.certainty,
                "statement": held.text,
                "source": held.source.id,
            }
            for held in vehicle.statements
        ],
        "differ": [field for field in FIELDS if len(vehicle.views(field)) > 1],
        "prices": [
            {
                "rate_id": rate.id,
                "low": for_machines(rate.low),
                "high": for_machines(rate.high),
                "currency": rate.currency,
                "approx": rate.approx,
                "place": rate.place,
                "on": str(rate.period(book.items[rate.item].shelf_life)),
                "source": rate.source.id,
            }
            for rate in prices(book, vehicle)
        ],
    }


def catalogue_document(
    vehicles: Sequence[Vehicle], book: RateBook, sanctions: Sequence[Fact], version: str
) -> dict[str, Any]:
    """Return the JSON object of vehicles: each with its statements, the facts on sanctions, and all sources."""
    from nkauto.show.records import book_record

    every = {source.id: source for held in vehicles for source in _sources(held, prices(book, held), sanctions)}
    return {
        "vehicles": [vehicle_document(held, book) for held in vehicles],
        "sanctions": [
            {"id": fact.id, "date": fact.date, "statement": fact.text, "source": fact.source.id} for fact in sanctions
        ],
        "sources": [
            {"id": s.id, "publisher": s.publisher, "title": s.title, "url": s.url, "published": s.published}
            for s in every.values()
        ],
        "book": book_record(book, version),
    }


def vehicle_rows(vehicles: Iterable[Vehicle]) -> Iterator[dict[str, str]]:
    """Yield one record a statement."""
    for vehicle in vehicles:
        for held in vehicle.statements:
            yield {
                "id": vehicle.id,
                "name": vehicle.name,
                "name_ko": vehicle.name_ko,
                **{field: held.stated(field) for field in FIELDS},
                "certainty": held.certainty,
                "statement": held.text,
                "source_id": held.source.id,
                "publisher": held.source.publisher,
                "url": held.source.url,
            }
