"""What ``rates add`` asks and says: a row out of words, and what it would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import typer

from nkauto.cli.rates import asked
from nkauto.core.choose import Chosen, Scope, choose
from nkauto.core.coverage import neighbours, row_named
from nkauto.core.rates import Rate, RateBook
from nkauto.core.valuation import with_row
from nkauto.errors import BadOption, NoRate
from nkauto.read.amounts import read_amount
from nkauto.read.newrow import Said, source_of
from nkauto.read.newrow import composed as composed_row
from nkauto.read.periods import read_period
from nkauto.show.numbers import fraction_for_people
from nkauto.show.rate_words import counted, plain, price, relation

QUESTIONS = {
    "item": "What has the price (CNY, rice, wage …)",
    "price": "Its price, as the source states it (5,300-5,400 won)",
    "on": "For which day, month or period (2026-02-01)",
    "at": "Where (Hyesan; North Korea when the page names no place)",
    "publisher": "Who states it",
    "url": "Address of the page",
}
FURTHER = {"title": "Title of the page (may be empty)", "note": "What was inferred, if anything (may be empty)"}


def composed(book: RateBook, words: Mapping[str, str], *, ask: bool) -> Rate:
    """Return the row that the words say; what a corrected row already says need not be said again.

    Without a person to ask, raise BadOption with every option that is missing.
    """
    old = row_named(book, words["replaces"]) if words["replaces"] else None
    held = {name: value or _of(old, name) for name, value in words.items()}
    missing = [name for name in QUESTIONS if not held[name]]
    if missing and not ask:
        raise BadOption(
            f"not said: {', '.join(name.upper() if name in ('item', 'price') else f'--{name}' for name in missing)}",
            hint="A row is ITEM PRICE --on --at --publisher --url; see nkauto rates add --help.",
        )
    for name in missing:
        held[name] = typer.prompt(QUESTIONS[name], err=True)
    if missing:
        for name in (name for name in FURTHER if not held[name]):
            held[name] = typer.prompt(FURTHER[name], default="", show_default=False, err=True)
    item = book.item_named(held["item"])
    said = Said(
        price=read_amount(held["price"], book.item_names),
        period=read_period(held["on"]),
        place=book.place_named(held["at"]).id,
        market=asked.filtered(book, market=held["market"]).market,
        source=source_of(book, held["publisher"], held["url"], held["title"], held["published"]),
        variant=held["variant"],
        note=held["note"],
        before=bool(held["before"]),
        replaces=held["replaces"],
        row_id=held["id"],
    )
    return composed_row(book, item, said)


def _of(old: Rate | None, name: str) -> str:
    """Return what a corrected row says itself."""
    if old is None or name in ("replaces", "id", "note", "price"):
        return ""
    if name == "on":
        return f"{old.first or old.last}..{old.last}"
    if name == "before":
        return "" if old.first else "yes"
    return {
        "item": old.item, "at": old.place, "market": old.market, "variant": old.variant,
        "publisher": old.source.publisher, "url": old.source.url, "title": old.source.title,
        "published": old.source.published,
    }[name]  # fmt: skip


def effect(book: RateBook, row: Rate) -> Iterator[str]:
    """Yield what the row says, what it changes in the answer for its item, place and days, and what lies near it."""
    what = price(row) if row.item == row.unit else f"{price(row)} {plain(row.item)}"
    yield f"{row.id}: {what}, {plain(row.place)}, {row.period(0)}, {row.market}"
    yield f"source: {plain(row.source.publisher)}, {plain(row.source.url)}"
    scope = Scope(row.period(book.items[row.item].shelf_life), row.place, row.market)
    before, after = _answer(book, row, scope), _answer(with_row(book, row), row, scope)
    one = row.item if row.item == row.basis[1] else f"{row.basis[1]} of {plain(row.item)}"
    yield f"answer for 1 {one} there and then, without it: {before}"
    yield f"answer with it: {after}" if after != before else "with it: the same"
    near = [held for held in neighbours(book, row) if held.row.id != row.replaces]
    far = [held for held in near if not held.agrees]
    if near:
        yield f"{counted(len(near), 'row')} near it in time, {len(far)} of them more than 10 % apart"
    for held in far[:5]:
        yield f"  {held.row.id}: {price(held.row)}, {relation(held)}"
    unit = book.items[row.item].unit
    if row.basis[1] != unit:
        yield f"mind: it is quoted by {row.basis[1]}, and {plain(row.item)} is counted by {unit}"


def _answer(book: RateBook, row: Rate, scope: Scope) -> str:
    try:
        chosen: Chosen = choose(book, row.item, scope, currency=row.basis[0], unit=row.basis[1], market=row.market)
    except NoRate:
        return "none"
    figure = f"{fraction_for_people(chosen.low, chosen.high)} {chosen.currency}/{chosen.unit}"
    age = f", {counted(chosen.age_days, 'day')} away" if chosen.age_days else ""
    return f"{figure} ({counted(len(chosen.rates), 'row')}, {plain(chosen.places)}{age})"
