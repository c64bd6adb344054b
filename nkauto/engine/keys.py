"""Keys: what amounts under one unit, date and place come to, worked out once by the core and kept.

The cells of a row are read as a single conversion reads its options: unit, date and place of a row stand
for what ``convert`` is told, and the options of the run for what its cells leave empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from nkauto.core.amount import Amount, Target
from nkauto.core.choose import Scope
from nkauto.core.convert import Quotes
from nkauto.core.factors import Factor, factor
from nkauto.core.period import Period
from nkauto.core.range import Range
from nkauto.core.ways import Ways
from nkauto.core.worth import currency_then
from nkauto.errors import BadOption, NkautoError, UnreadablePeriod, visible
from nkauto.library import Asked
from nkauto.read.amounts import read_amount
from nkauto.read.periods import read_period

KEPT = 30_000
"""Keys that are kept, at 200 bytes each; past it they are forgotten together, so that memory stays flat."""
KEPT_ANSWERS = 1_000
"""Answers that are kept, at some kilobytes each."""

_MOST_NOTICES = 50

Key = tuple[str, str, str]
"""A row's unit, date and place, as its cells have them."""
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Found:
    """What 1 of a unit comes to in each target, None where it cannot be told; ``fault`` says why."""

    factors: tuple[Factor | None, ...]
    fault: str = ""


class Keys:
    """The factors of keys. ``units`` are what to convert into, ``unit`` the unit of rows that name none.

    ``dated`` says that rows have dates of their own: one that is missing is then an error, unless the run has
    a date for it. The newest day of the book answers only where no date is asked at all, and is said aloud.
    """

    def __init__(self, asked: Asked, units: Sequence[str], *, unit: str = "", dated: bool = False) -> None:
        """Look the units up. Raises UnknownName or UnreadableAmount for one that there is not."""
        self.asked = asked
        self.units = units
        self.targets = asked.targets(units)
        self._unit = unit
        self._dated = dated
        self._counted: dict[str, Amount | None] = {}
        self._by_kind: dict[tuple[str, str, str, str, str], Found] = {}
        self._by_rates: dict[tuple[object, ...], Factor] = {}
        self._same: dict[Found, Found] = {}
        self._quotes: dict[Scope, Quotes] = {}
        self._ways: Ways | None = None
        self._places: dict[str, str] = {}
        self.foretold: Mapping[Key, Found | None] = {}
        """What ``plain`` says of keys that another process asked."""
        self._periods: dict[str, Period] = {}
        if unit:
            self.amount("1", unit)

    def plain(self, key: Key) -> Found | None:
        """Return what bare digits beside a key come to; None when they do not simply count the unit.

        Beside ``CNY`` 7 is 7 CNY; beside ``dozen``, beside no unit at all, or beside a date that cannot be
        read, an amount must be looked at for itself.
        """
        if key in self.foretold:
            return self.foretold[key]
        unit, day, place = key
        if unit not in self._counted:
            keep(self._counted, unit, self._one(unit))
        one = self._counted[unit]
        try:
            return self.of(one, day, place) if one else None
        except NkautoError:
            return None

    def amount(self, cell: str, unit: str) -> Amount:
        """Return the amount of a cell beside a unit cell. Raises as ``read_amount`` does."""
        unit = unit.strip() or self._unit
        # "7" beside "300 CNY" would be read as 7 300 CNY.
        if any(character.isdigit() for character in unit.partition("/")[0]):
            raise BadOption(f"a unit has no number: {unit[:40]!r}")
        return read_amount(cell, self.asked.names, unit=unit)

    def of(self, amount: Amount, day: str, place: str) -> Found:
        """Return what 1 of an amount's unit comes to. Raises UnreadablePeriod or UnknownName for the other cells."""
        kind = (amount.unit, amount.item, amount.per, day, place)
        found = self._by_kind.get(kind)
        if found is None:
            scope = self._scope(amount, day, place)
            self._ways = self._ways or Ways(self.asked.book, scope)
            quotes = self._quotes.get(scope)
            if quotes is None:
                quotes = keep(self._quotes, scope, Quotes(self.asked.book, scope, self._ways), 50)
            found = self._found(quotes, self.asked.dated(amount, scope))
            del self.asked.notices[_MOST_NOTICES:]  # each key says its own again
            # Most keys share their rates with others; one answer for all of them stays in the processor's cache.
            found = self._same.get(found) or keep(self._same, found, found, KEPT_ANSWERS)
            keep(self._by_kind, kind, found, KEPT_ANSWERS)
        return found

    def _one(self, unit: str) -> Amount | None:
        """Return 1 of a unit when bare digits beside it count it."""
        try:
            one, seven = self.amount("1", unit), self.amount("7", unit)
        except NkautoError:
            return None
        return one if one.range == Range.of(1) and seven.range == Range.of(7) else None

    def _found(self, quotes: Quotes, one: Amount) -> Found:
        factors: list[Factor | None] = []
        faults = []
        for target, unit in zip(self.targets, self.units, strict=True):
            try:
                factors.append(self._factor(quotes, one, target))
            except NkautoError as error:
                factors.append(None)
                faults.append(said(error) if len(self.units) == 1 else f"{unit.strip()}: {said(error)}")
        return Found(tuple(factors), "; ".join(faults))

    def _factor(self, quotes: Quotes, one: Amount, target: Target) -> Factor:
        """Return what 1 of a unit comes to; money in money is worked out once for the same rates."""
        if one.item or target.item:
            return factor(quotes, one, target)
        currency = currency_then(target.unit, quotes.scope)
        legs = quotes.legs(one.unit, currency)
        same = (one.unit, one.per, currency, *[leg.evidence for leg in legs])
        known = self._by_rates.get(same)
        if known is None:
            return keep(self._by_rates, same, factor(quotes, one, target), KEPT_ANSWERS)
        age = max([leg.age_days for leg in legs], default=0)
        return known if known.age_days == age else replace(known, age_days=age)

    def _scope(self, amount: Amount, day: str, place: str) -> Scope:
        asked = self.asked
        named = self._place(place.strip()) if place.strip() else asked.place
        return Scope(self._period(amount, day), named, asked.market, asked.publisher, asked.within, asked.own)

    def _period(self, amount: Amount, day: str) -> Period:
        if day.strip():
            return self._periods.get(day) or keep(self._periods, day, read_period(day), KEPT_ANSWERS)
        if self._dated and not self.asked.on:
            raise UnreadablePeriod("the date is missing")
        targets = (target.item or target.unit for target in self.targets)
        return self.asked.scope([amount.item or amount.unit, *targets]).period

    def _place(self, name: str) -> str:
        return self._places.get(name) or keep(self._places, name, self.asked.book.place_named(name).id)


def said(error: NkautoError) -> str:
    """Return an error in one line, for a cell: what is wrong, and what a misspelt name may have been."""
    near = getattr(error, "near", [])
    return visible(error.what + (f"; did you mean {', '.join(near)}?" if near else "")).replace("\n", " ")


def keep(held: dict[K, V], key: K, value: V, most: int = KEPT) -> V:
    """Return the value, kept under the key; all is forgotten first when there is no room."""
    if len(held) >= most:
        held.clear()
    held[key] = value
    return value
