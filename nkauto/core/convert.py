"""From one unit into another: the path over chosen rates, kept as a quantity of its inputs.

A path is the shortest, then the freshest; a direct quote beats a path. Goods and work are ends of a path,
never stations on it: nothing is turned into rice on its way to dollars. The won's market rate and its
official rate do not meet on one path unless the user asks; reference rates meet either.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from nkauto.core.amount import Amount
from nkauto.core.bounds import Input, Quantity, apply, given, over, times
from nkauto.core.choose import Chosen, Scope, choose, sought
from nkauto.core.rates import OLD_PER_NEW, OLD_WON, WON, Rate, RateBook
from nkauto.core.units import factor, kind
from nkauto.core.ways import Ways
from nkauto.errors import NoRate, WrongDimension

LONGEST_PATH = 3


class Quotes:
    """The rates that answer one scope: each is chosen once, so that it is one input wherever it is used.

    ``ways`` are those of the book, for many questions that differ in time and place alone.
    """

    def __init__(self, book: RateBook, scope: Scope, ways: Ways | None = None) -> None:
        self.book = book
        self.scope = scope
        self._ways = ways or Ways(book, scope)
        self._legs: dict[tuple[str, str], Chosen | None] = {}
        self._prices: dict[tuple[str, str, str], Chosen] = {}

    def price(self, item: str, *, prefer: str = "", unit: str = "") -> Chosen:
        """Return the chosen price of an item; ``prefer`` a currency, ``unit`` one unit among several, on a tie."""
        key = (item, prefer, unit)
        if key not in self._prices:
            self._prices[key] = choose(self.book, item, self.scope, prefer=prefer, unit=unit)
        return self._prices[key]

    def money(self, amount: Amount, name: str = "amount") -> Quantity:
        """Return an amount of money, or the price of so much of a good, in the currency that it is quoted in.

        Old won stay old won until they are converted. A price per unit stays per unit: ``KPW/kg``.
        """
        if not amount.item:
            return given(_held(amount, name))._replace(unit=amount.unit)
        return self.cost(given(_held(amount, name)), amount.item, amount.unit)

    def counted(self, amount: Amount, unit: str) -> Quantity:
        """Return so much of a good in another unit (empty: the good's own): no price is needed for that."""
        own = self.book.items[amount.item].unit
        held = given(_held(amount, "amount"))._replace(unit=amount.unit or own)
        return self._counted(held, amount.item, held.unit, unit or own)

    def cost(self, counted: Quantity, item: str, unit: str = "") -> Quantity:
        """Return the price of so much of an item, counted in ``unit`` (empty: its own), as it is quoted."""
        chosen = self.price(item, prefer=self.book.home, unit=unit)
        return times(
            self._counted(counted, item, unit or chosen.unit, chosen.unit), price_input(chosen), chosen.currency
        )

    def item_price(self, item: str, *, prefer: str = "") -> Quantity:
        """Return the price of one unit of an item, in the currency that it is quoted in."""
        chosen = self.price(item, prefer=prefer)
        return _in(chosen.currency, given(price_input(chosen)))

    def into(self, quantity: Quantity, currency: str) -> Quantity:
        """Return the same money in another currency, or raise NoRate."""
        if quantity.unit == currency:
            return quantity
        if quantity.unit == OLD_WON:
            return self.into(_scaled(quantity, WON, up=False), currency)
        if currency == OLD_WON:
            return _scaled(self.into(quantity, WON), OLD_WON, up=True)
        for chosen in self.path(quantity.unit, currency):
            if chosen.item.id == quantity.unit:
                quantity = times(quantity, price_input(chosen), chosen.currency)
            else:
                quantity = over(quantity, price_input(chosen), chosen.item.id)
        return quantity

    def goods(self, quantity: Quantity, item: str, unit: str = "") -> Quantity:
        """Return how much of an item the money buys, in ``unit`` or in the unit that its price is for."""
        chosen = self.price(item, prefer=quantity.unit if quantity.unit != OLD_WON else WON, unit=unit)
        bought = over(self.into(quantity, chosen.currency), price_input(chosen), chosen.unit)
        return self._counted(bought, item, chosen.unit, unit or chosen.unit)

    def legs(self, currency: str, other: str) -> tuple[Chosen, ...]:
        """Return the rates that ``into`` converts by, none between the won and itself. Raises as ``path`` does."""
        currency, other = (WON if each == OLD_WON else each for each in (currency, other))
        return () if currency == other else self.path(currency, other)

    def path(self, currency: str, other: str) -> tuple[Chosen, ...]:
        """Return the rates that lead from one currency to another, or raise the NoRate of the direct quote."""
        direct = self._leg(currency, other)
        if direct:
            return (direct,)
        for length in range(2, LONGEST_PATH + 1):
            routes = list(self._routes((currency,), other, length))
            if routes:
                return min(routes, key=lambda route: max(chosen.age_days for chosen in route))
        raise self._refusal(currency, other)

    def _routes(self, passed: tuple[str, ...], other: str, length: int) -> Iterator[tuple[Chosen, ...]]:
        """Yield the ways of so many legs from the last currency passed to another, in the book's order."""
        if length == 1:
            leg = self._leg(passed[-1], other)
            if leg:
                yield (leg,)
            return
        for middle in self._ways.beside(passed[-1]):
            leg = None if middle == other or middle in passed else self._leg(passed[-1], middle)
            if leg:
                yield from ((leg, *legs) for legs in self._routes((*passed, middle), other, length - 1))

    def _leg(self, currency: str, other: str) -> Chosen | None:
        """Return the direct quote between two currencies, whichever of the two is priced in the other.

        The user's own rate comes first, then the market, then the reference: what the press states for that time,
        else the series, else the press near it. Where the book quotes both ways, the fresher.
        """
        key = (currency, other)
        if key not in self._legs:
            self._legs[key] = self._legs[other, currency] = self._direct(currency, other)
        return self._legs[key]

    def _direct(self, currency: str, other: str) -> Chosen | None:
        for market, press in self._ways.rungs:
            found: list[Chosen] = []
            for item, quoted in self._ways.between(currency, other, market, press):
                chosen = (
                    self._ways.reference(item, quoted, self.scope)
                    if market == "reference"
                    else sought(self.book, item, self.scope, currency=quoted, market=market)
                )
                if chosen and (not press or (self._ways.stated(chosen) and not chosen.age_days)):
                    found.append(chosen)
                    if not chosen.age_days:  # nothing is fresher: the other way need not be read
                        break
            if found:
                return found[0] if len(found) == 1 else min(found, key=lambda it: (self._ways.stated(it), it.age_days))
        return None

    def _refusal(self, currency: str, other: str) -> NoRate:
        """Return why there is no direct quote between two currencies."""
        for market, press in self._ways.rungs:
            for item, quoted in self._ways.between(currency, other, market, press):
                try:
                    choose(self.book, item, self.scope, currency=quoted, market=market)
                except NoRate as refusal:
                    return refusal
        return NoRate(currency, f"no rate between {currency} and {other}")

    def _counted(self, quantity: Quantity, item: str, unit: str, wanted: str) -> Quantity:
        """Return the same amount of an item in another unit: by an exact factor, or through a sourced density."""
        if unit == wanted:
            return quantity
        try:
            return _by_factor(quantity, wanted, factor(unit, wanted))
        except WrongDimension:
            rows = self.book.constants.get(f"density/{item}", ())
            if {kind(unit), kind(wanted)} != {"mass", "volume"} or not rows:
                raise WrongDimension(
                    f"{unit} of {self.book.items[item].name} cannot be measured in {wanted}",
                    hint=f"Its price is for one {wanted}.",
                ) from None
            density = density_input(item, tuple(rows), self)
            if kind(unit) == "volume":
                quantity = times(_by_factor(quantity, "L", factor(unit, "L")), density, "kg")
            else:
                quantity = over(_by_factor(quantity, "kg", factor(unit, "kg")), density, "L")
            return _by_factor(quantity, wanted, factor(quantity.unit, wanted))


def price_input(chosen: Chosen) -> Input:
    """Return a chosen rate as one input: ``CNY in KPW`` for a currency, the item's id for goods and work.

    A price for another unit than the item's own says so (``gasoline per L``): it is another input.
    """
    item = chosen.item
    currency = item.kind == "currency"
    name = f"{item.id} in {chosen.currency}" if currency else item.id
    if not currency and chosen.unit != item.unit:
        name += f" per {chosen.unit}"
    unit = f"{chosen.currency}/{item.id if currency else chosen.unit}"
    return Input(name, chosen.low, chosen.high, unit, chosen, chosen.approx, chosen.user)


def density_input(item: str, rows: tuple[Rate, ...], quotes: Quotes) -> Input:
    """Return the published densities of a liquid as one input, in kg/L: their hull."""
    thing = quotes.book.items[item]
    low, high = min(row.low for row in rows), max(row.high for row in rows)
    chosen = Chosen(thing, "reference", "kg", "L", Fraction(low), Fraction(high), rows, (0,) * len(rows), "anywhere")
    return Input(f"density of {item}", chosen.low, chosen.high, "kg/L", chosen)


def _held(amount: Amount, name: str) -> Input:
    """Return an amount that was asked as an input of that name."""
    low, high = Fraction(amount.range.low), Fraction(amount.range.high)
    return Input(name, low, high, _named(amount), approx=amount.range.approx, user=True)


def _named(amount: Amount) -> str:
    unit = f"{amount.unit}/{amount.per}" if amount.per else amount.unit
    return f"{unit} {amount.item}".strip()


def _in(currency: str, quantity: Quantity) -> Quantity:
    return Quantity(currency, quantity.formula, quantity.inputs, quantity.value, quantity.signs)


def _by_factor(quantity: Quantity, unit: str, size: Fraction) -> Quantity:
    """Return the quantity times an exact number of units: nothing to source, nothing uncertain."""
    if size == 1 or quantity.unit == unit:
        return quantity if quantity.unit == unit else _in(unit, quantity)
    formula = f"{quantity.formula} × {size.numerator}" + (f"/{size.denominator}" if size.denominator != 1 else "")
    return apply(
        lambda value: value * size, (1,), (quantity,), unit=unit, formula=formula, step=f"{quantity.unit} in {unit}"
    )


def _scaled(quantity: Quantity, unit: str, *, up: bool) -> Quantity:
    """Return old won as new won or back, 100 to 1, by the redenomination of 30 November 2009."""
    size = Fraction(OLD_PER_NEW) if up else Fraction(1, OLD_PER_NEW)
    sign = "×" if up else "÷"
    return apply(
        lambda value: value * size,
        (1,),
        (quantity,),
        unit=unit,
        formula=f"{quantity.formula} {sign} {OLD_PER_NEW}",
        step=f"{sign} {OLD_PER_NEW} old won per new won",
    )
