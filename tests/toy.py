"""Small builders of rates, books and scopes, and the toy rate book of ``tests/book/``.

Every figure of the toy book is another prime (or a round multiple of one), and low is not high: a step that is
skipped, taken twice or flipped gives a number that no right path gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from nkauto.core.bounds import Input, Quantity, given
from nkauto.core.choose import Chosen, Scope
from nkauto.core.rates import Item, Place, Rate, RateBook, Source
from nkauto.read.periods import read_period
from nkauto.read.ratefiles import load

FOLDER = Path(__file__).parent / "book"

ITEMS = {
    held.id: held
    for held in (
        Item("KPW", "currency", "market", 31, "KPW", "both", "won", ("won",)),
        Item("KPW-OLD", "currency", "market", 31, "KPW-OLD", "both", "old won", ("old won",)),
        Item("CNY", "currency", "market", 31, "CNY", "both", "yuan", ("yuan",)),
        Item("USD", "currency", "market", 31, "USD", "both", "dollar", ("dollar",)),
        Item("EUR", "currency", "market", 31, "EUR", "both", "euro", ("euro",)),
        Item("rice", "food", "market", 31, "kg", "both", "rice", ("rice",)),
        Item("gasoline", "fuel", "market", 45, "kg", "both", "petrol", ("petrol",)),
        Item("wage", "wage", "state", 365, "month", "nearest", "monthly wage", ("monthly wage", "wage")),
        Item("fee", "fee", "mixed", 365, "each", "nearest", "fee", ("fee",)),
    )
}
PLACES = {
    held.id: held
    for held in (
        Place("World", "world", (), ()),
        Place("North Korea", "country", ("World",), ()),
        Place("Ryanggang", "province", ("North Korea",), ()),
        Place("Hyesan and Paegam", "cities", ("Ryanggang",), ()),
        Place("Hyesan", "city", ("Hyesan and Paegam",), ()),
        Place("Pyongyang", "city", ("North Korea",), ()),
        Place("China", "country", ("World",), ()),
    )
}


def load_book() -> RateBook:
    """Return the toy book alone, read anew."""
    return load(only=FOLDER)


def rate(
    id_: str,
    low: int | str,
    high: int | str | None = None,
    on: str = "2024-06-10",
    *,
    item: str = "rice",
    since_unknown: bool = False,
    place: str = "Hyesan",
    currency: str = "KPW",
    quantity: int | str = 1,
    unit: str = "",
    market: str = "",
    publisher: str = "Prime Press",
    approx: bool = False,
    user: bool = False,
) -> Rate:
    """Return a rate; ``on`` is its period as one would type it."""
    period = read_period(on)
    thing = ITEMS[item]
    return Rate(
        id_,
        item,
        "",
        Decimal(quantity),
        unit or thing.unit,
        Decimal(low),
        Decimal(low if high is None else high),
        currency,
        None if since_unknown else period.first,
        period.last,
        place,
        market or thing.market,
        approx,
        Source(publisher.casefold().replace(" ", "-"), publisher, "", "", ""),
        user=user,
    )


def book(*rows: Rate, reference: Iterable[Rate] = (), constants: Iterable[Rate] = ()) -> RateBook:
    """Return a book of these rows, with the items and places above."""
    return RateBook(
        items=ITEMS,
        places=PLACES,
        sources={row.source.id: row.source for row in rows},
        rates=by_item(rows),
        reference=by_item(reference),
        constants=by_item(constants),
    )


def by_item(rows: Iterable[Rate]) -> dict[str, list[Rate]]:
    """Return rows by their item."""
    held: dict[str, list[Rate]] = {}
    for row in rows:
        held.setdefault(row.item, []).append(row)
    return held


def scope(
    on: str = "2024-06-10",
    place: str = "",
    *,
    market: str = "",
    publisher: str = "",
    within: int | None = None,
    own: tuple[Rate, ...] = (),
) -> Scope:
    """Return a scope, its period as one would type it."""
    return Scope(read_period(on), place, market, publisher, within, own)


def ids(chosen: Chosen) -> list[str]:
    """Return the ids of the rows that answered, in their order."""
    return [row.id for row in chosen.rates]


def span(chosen: Chosen) -> tuple[Fraction, Fraction]:
    """Return low and high of what was chosen."""
    return chosen.low, chosen.high


def uncertain(name: str, low: int | str | Fraction, high: int | str | Fraction, unit: str = "KPW") -> Quantity:
    """Return one uncertain input as a quantity."""
    return given(Input(name, Fraction(low), Fraction(high), unit))


def day(text: str) -> date:
    """Return a day written ``2024-06-10``."""
    return date.fromisoformat(text)
