"""The library's front door: questions as text in, derivations out. Without typer or rich.

>>> from nkauto import RateBook, convert, load
>>> convert("1,200 yuan", ["usd"], on="2025-10", book=load()).results[0].range
Range(low=Decimal('168'), high=Decimal('168'), approx=True)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from nkauto.core import worth
from nkauto.core.amount import Amount, Target
from nkauto.core.choose import Scope
from nkauto.core.derivation import Derivation
from nkauto.core.period import REDENOMINATION, Period
from nkauto.core.rates import MARKETS, OLD_WON, WON, RateBook
from nkauto.errors import AmbiguousAmount, BadOption, NkautoError, UnknownName, UnreadableAmount
from nkauto.read.amounts import read_amount, read_target
from nkauto.read.options import read_deposit, read_interest, read_months, read_people, read_rate, read_share
from nkauto.read.periods import read_period
from nkauto.read.ratefiles import load as load_folders

if TYPE_CHECKING:
    from nkauto.core.afford import Terms


def load(*overlays: str | Path, only: str | Path | None = None) -> RateBook:
    """Return the shipped rate book with folders laid over it, or the book of ``only`` in its stead."""
    return load_folders(*map(Path, overlays), only=Path(only) if only else None)


class Options(TypedDict, total=False):
    """What every question may be asked with, as one would type it.

    ``on`` a date, month, year or period; ``at`` a place; ``market``; ``source`` a publisher; ``within`` days
    in place of the shelf life; ``rates`` of one's own, as ``1 CNY = 5,300 KPW``; ``book`` in place of the
    shipped one.
    """

    book: RateBook | None
    on: str
    at: str
    market: str
    source: str
    within: int | None
    rates: Sequence[str]


class Asked:
    """What all questions share, read: when, where, on which market, from whom, by whose rates."""

    def __init__(
        self,
        book: RateBook | None = None,
        *,
        on: str = "",
        at: str = "",
        market: str = "",
        source: str = "",
        within: int | None = None,
        rates: Sequence[str] = (),
    ) -> None:
        self.book = book = load() if book is None else book
        self.on = on
        self.place = book.place_named(at).id if at else ""
        if market and market not in MARKETS:
            raise BadOption(f"unknown market: {market!r}", hint=f"Markets: {', '.join(MARKETS)}.")
        self.market = market
        self.publisher = book.publisher_named(source) if source else ""
        if within is not None and not 0 <= within <= 36525:
            raise BadOption("--within takes 0 to 36525 days")
        self.within = within
        self.own = tuple(read_rate(text, book, number) for number, text in enumerate(rates, start=1))
        self.notices: list[str] = []

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the folded names of the book's items with their ids."""
        return self.book.item_names

    def scope(self, items: Iterable[str]) -> Scope:
        """Return the scope; with no date, the newest day that the book covers for the items asked, said aloud."""
        period = read_period(self.on) if self.on else self._newest(list(dict.fromkeys(items)))
        return Scope(period, self.place, self.market, self.publisher, self.within, self.own)

    def _newest(self, items: list[str]) -> Period:
        newest: dict[str, date] = {}
        things = [thing for item in items if item != self.book.home and (thing := self.book.items.get(item))]
        currencies = [thing for thing in things if thing.kind == "currency"]
        for thing in currencies or things:
            item = thing.id
            days = [rate.last for rate in self.book.rates.get(item, ()) if rate.market == (self.market or thing.market)]
            if days:
                newest[item] = max(days)
        if not newest:
            day = max((rate.last for rate in self.book), default=date(2000, 1, 1))
            self.notices.append(f"no --on given: answered for {day}, the newest day of the book")
            return Period.day(day)
        item, day = min(newest.items(), key=lambda pair: pair[1])
        self.notices.append(
            f"no --on given: answered for {day}, the newest day that the book covers for {self.book.items[item].name}"
        )
        return Period.day(day)

    def amount(self, text: str) -> Amount:
        """Return the amount that the text says."""
        return self.money(read_amount(text, self.names))

    def money(self, amount: Amount) -> Amount:
        """Return an amount of a currency that only the book knows as money, not as so many pieces of a good."""
        if amount.item in self.book.items and self.book.items[amount.item].kind == "currency":
            return Amount(amount.range, amount.item, "", amount.per)
        return amount

    def targets(self, texts: Iterable[str]) -> list[Target]:
        """Return the units to convert into, out of comma-separated lists."""
        found = []
        for text in (part.strip() for listed in texts for part in listed.split(",")):
            if text:
                read = read_target(text, self.names)
                if read.unit and not read.item and read.unit not in self.book.items:
                    raise UnknownName("unit to convert into", text, self.names, hint="Name a currency, a good or wage.")
                known = self.book.items.get(read.item)
                currency = known is not None and known.kind == "currency"
                found.append(Target(read.item) if currency else read)
        if not found:
            raise BadOption("nothing to convert into", hint="Add --to, as --to usd,won,rice,wage.")
        return found

    def dated(self, amount: Amount, scope: Scope) -> Amount:
        """Return the amount with won read as old won when the whole question lies before the redenomination."""
        if amount.unit == WON and scope.period.last < REDENOMINATION:
            self.notices.append("won before 1 December 2009 is read as old won (KPW-OLD): 100 old won were 1 new won")
            return Amount(amount.range, OLD_WON, amount.item, amount.per)
        return amount

    def thing(self, text: str) -> str | Amount:
        """Return an item of the book by name, or an amount; refuse what is neither with both sets of hints."""
        try:
            return self.book.item_named(text).id
        except UnknownName as unknown:
            if not any(character.isdigit() for character in text):
                raise
            try:
                return self.amount(text)
            except AmbiguousAmount:
                raise
            except UnreadableAmount as unreadable:
                unreadable.hint = "\n".join(hint for hint in (unreadable.hint, unknown.hint) if hint)
                raise

    def subject(self, text: str) -> tuple[str | Amount, Scope, str]:
        """Return what is asked about: an item or an amount as of its day, the scope, and what to call it."""
        held = self.thing(text)
        scope = self.scope(self.involved(held))
        if isinstance(held, str):
            return held, scope, self.book.items[held].name
        return self.dated(held, scope), scope, text

    def involved(self, thing: str | Amount) -> list[str]:
        """Return the items that decide which day is newest for a question about a thing."""
        if isinstance(thing, Amount):
            return [thing.item or thing.unit, "wage"]
        rows = self.book.rates.get(thing)
        return [max(rows, key=lambda rate: rate.last).basis[0] if rows else thing, "wage"]

    def answered(self, derivation: Derivation) -> Derivation:
        """Return the derivation with the question as understood, and the notices among its notes."""
        said = {
            "on": str(derivation.scope.period),
            "at": self.place,
            "market": self.market,
            "source": self.publisher,
            "within": "" if self.within is None else str(self.within),
            "rates": "; ".join(rate.note.removeprefix("given as ") for rate in self.own),
        }
        query = (*derivation.query, *((key, value) for key, value in said.items() if value))
        return derivation._replace(query=query, notices=tuple(self.notices))


def convert(amount: str, to: Sequence[str], *, spread: bool = False, **options: Unpack[Options]) -> Derivation:
    """Return an amount in each unit of ``to``, as ranges with their evidence.

    ``amount`` and the options are what one would type; ``spread`` asks what every other published figure
    within a year would give. Raises a child of NkautoError: NoRate when the book
    cannot answer, UnreadableAmount, AmbiguousAmount, UnknownName, UnreadablePeriod for what cannot be read.
    """
    asked = Asked(**options)
    read = asked.amount(amount)
    targets = asked.targets(to)
    scope = asked.scope([read.item or read.unit, *(target.item or target.unit for target in targets)])
    return asked.answered(
        worth.convert(asked.book, scope, asked.dated(read, scope), targets, subject=amount, spread=spread)
    )


def afford(thing: str, *, terms: Terms | None = None, spread: bool = False, **options: Unpack[Options]) -> Derivation:
    """Return what a thing of the book, or an amount, is to those who earn a wage there.

    Raises as ``convert`` does.
    """
    from nkauto.core import afford as core

    asked = Asked(**options)
    held, scope, subject = asked.subject(thing)
    return asked.answered(core.afford(asked.book, scope, held, terms or core.Terms(), subject=subject, spread=spread))


def terms(
    book: RateBook,
    *,
    people: str = "",
    over: str = "",
    deposit: str = "",
    interest: str = "",
    interest_kind: str = "annuity",
    save: str = "",
    commodity: str = "",
) -> Terms:
    """Return the terms that these texts say: ``3-5`` people, ``12m``, ``20%`` or money, ``5%/month``, ``30%``."""
    from nkauto.core.afford import Terms

    if interest_kind not in ("annuity", "flat"):
        raise BadOption(f"unknown kind of interest: {interest_kind!r}", hint="Kinds: annuity, flat.")
    return Terms(
        people=read_people(people) if people else None,
        months=read_months(over) if over else None,
        deposit=read_deposit(deposit, book.item_names) if deposit else None,
        interest=read_interest(interest) if interest else None,
        flat=interest_kind == "flat",
        save=read_share(save, "--save") if save else None,
        commodity=book.item_named(commodity).id if commodity else "",
    )


__all__ = ["Asked", "NkautoError", "Options", "RateBook", "afford", "convert", "load", "terms"]
