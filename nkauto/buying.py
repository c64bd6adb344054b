"""The library's door to what turns a price into a decision: plan, cost, compare, vehicles.

Questions as text in, core results out; without typer or rich. ``library`` holds the plain questions.
"""

from __future__ import annotations

from collections.abc import Sequence

from nkauto.core import plan as plans
from nkauto.core.afford import Terms
from nkauto.core.amount import Amount
from nkauto.core.plan import Calendar, Plan
from nkauto.core.rates import RateBook
from nkauto.library import Asked, load
from nkauto.read.periods import read_period


def asked_of(
    book: RateBook | None,
    on: str,
    at: str,
    market: str,
    source: str,
    within: int | None,
    rates: Sequence[str],
) -> Asked:
    """Return what all questions share, by the shipped book unless another is given."""
    held = load() if book is None else book
    return Asked(held, on=on, at=at, market=market, source=source, within=within, rates=rates)


def involved(asked: Asked, held: str | Amount) -> list[str]:
    """Return the items that decide which day is newest for a question about a thing."""
    if isinstance(held, Amount):
        return [held.item or held.unit, "wage"]
    rows = asked.book.rates.get(held)
    return [max(rows, key=lambda rate: rate.last).basis[0] if rows else held, "wage"]


def plan(
    thing: str,
    terms: Terms,
    *,
    start: str = "",
    first: str = "",
    every: str = "month",
    book: RateBook | None = None,
    on: str = "",
    at: str = "",
    market: str = "",
    source: str = "",
    within: int | None = None,
    rates: Sequence[str] = (),
    spread: bool = False,
) -> Plan:
    """Return the dated plan of a group purchase or an instalment sale; see ``core.plan.plan``.

    ``start`` is the day of the sale, ``first`` the first due day after a grace period: of a month or a
    period its first day counts.
    """
    asked = asked_of(book, on, at, market, source, within, rates)
    calendar = Calendar(
        start=read_period(start).first if start else None,
        every=every,
        first=read_period(first).first if first else None,
    )
    held = asked.thing(thing)
    scope = asked.scope(involved(asked, held))
    subject = thing
    if isinstance(held, str):
        subject = asked.book.items[held].name
    else:
        held = asked.dated(held, scope)
    found = plans.plan(asked.book, scope, held, terms, calendar, subject=subject, spread=spread)
    return Plan(asked.answered(found.derivation), found.start, found.dates, found.columns, found.total, found.each)
