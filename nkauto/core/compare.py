"""Then and now, here and there, this and that: two prices side by side, as a multiple and in per cent.

Each side has rates of its own. Where both sides use the very same rows, that is one input, and it cancels;
otherwise the input carries the name of its side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from nkauto.core import metrics
from nkauto.core.afford import STAPLE, WAGE
from nkauto.core.amount import Amount
from nkauto.core.bounds import Input, Quantity
from nkauto.core.choose import Scope
from nkauto.core.convert import Quotes
from nkauto.core.derivation import Derivation, Result, notes, other_reports, result
from nkauto.core.period import REDENOMINATION, Period
from nkauto.core.rates import OLD_WON, RateBook
from nkauto.core.worth import currency_then
from nkauto.errors import BadOption, NkautoError, NoRate

MEASURES = ("price", "price_kpw", "price_usd", "price_cny", "wage_months", "rice_kg")
OLD_WON_NOTE = "won before 1 December 2009 are counted as new won: 100 old won were 1 new won"


class Side(NamedTuple):
    """One side of a comparison: what it is called, when and where it is asked, and of what the price."""

    label: str
    scope: Scope
    thing: str | Amount


class Compared(NamedTuple):
    """One measure of both sides, with the multiple and the change where both can be told and the first is not zero."""

    measure: str
    first: Result
    second: Result
    multiple: Result
    change: Result


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A comparison: its derivation, the names of its sides, and its rows."""

    derivation: Derivation
    labels: tuple[str, str]
    rows: tuple[Compared, ...]


def compare(book: RateBook, first: Side, second: Side, *, subject: str = "", spread: bool = False) -> Comparison:
    """Return two sides in the currency of the price, in won, dollars, yuan, wage-months and rice.

    Raises NoRate when the price of one side cannot be told; what else cannot be told is a note.
    """
    sides = [(side, Quotes(book, side.scope)) for side in (first, second)]
    prices = [price_of(quotes, side.thing) for side, quotes in sides]
    found: list[Compared] = []
    said: list[str] = []
    for measure in MEASURES:
        try:
            left, right = (measured(quotes, price, measure) for (_, quotes), price in zip(sides, prices, strict=True))
        except NoRate as refusal:
            said.append(f"{measure}: {refusal.what}")
            continue
        if left is None or right is None or all(_itself(quotes, side.thing, measure) for side, quotes in sides):
            continue
        if left.unit != right.unit:
            said.append(f"{measure}: quoted in {left.unit} for {first.label}, in {right.unit} for {second.label}")
            continue
        if any(row.first.unit == left.unit for row in found):
            continue
        try:
            found.append(_compared(measure, *apart(left, right, (first.label, second.label))))
        except NkautoError as error:
            said.append(f"{measure}: {error.what}")
    if not found:
        raise NoRate(subject, f"{first.label} and {second.label} cannot be compared", hint="\n".join(said))
    results = tuple(held for row in found for held in (row.first, row.second, row.multiple, row.change))
    if any(side.scope.period.first < REDENOMINATION for side in (first, second)):
        said.append(OLD_WON_NOTE)
    query = (("command", "compare"), ("thing", subject), ("first", first.label), ("second", second.label))
    others = other_reports(book, [row.multiple for row in found], first.scope, every=True) if spread else ()
    scope = first.scope._replace(period=_span(first.scope.period, second.scope.period))
    every = tuple(dict.fromkeys([*_side_notes(first, second, found), *said]))
    derivation = Derivation(query, subject, scope, results, every, book, others)
    return Comparison(derivation, (first.label, second.label), tuple(found))


def price_of(quotes: Quotes, thing: str | Amount) -> Quantity:
    """Return the price of a thing as it is quoted; old won as new won."""
    if isinstance(thing, str):
        return quotes.item_price(thing, prefer=quotes.book.home)
    unit = currency_then(thing.unit, quotes.scope) if not thing.item else thing.unit
    price = quotes.money(Amount(thing.range, unit, thing.item, thing.per))
    return quotes.into(price, quotes.book.home) if price.unit == OLD_WON else price


def measured(quotes: Quotes, price: Quantity, measure: str) -> Quantity | None:
    """Return a price by one of the measures; None where the book knows no such thing. Raises NoRate."""
    book = quotes.book
    if measure == "price":
        return price
    if measure == "wage_months":
        wage = quotes.into(quotes.item_price(WAGE, prefer=book.home), book.home)
        found = metrics.WAGE_MONTHS.of(quotes.into(price, book.home), wage, unit="month")
    elif measure == "rice_kg":
        if STAPLE not in book.items:
            return None
        found = quotes.goods(price, STAPLE, "kg")
    else:
        currency = book.home if measure == "price_kpw" else measure.removeprefix("price_").upper()
        if currency not in book.items:
            return None
        found = quotes.into(price, currency)
    return found


def _itself(quotes: Quotes, thing: str | Amount, measure: str) -> bool:
    """Return whether a measure counts a thing in itself: rice in rice, a dollar in dollars."""
    item = thing if isinstance(thing, str) else thing.item
    own = {STAPLE: "rice_kg", quotes.book.home: "price_kpw"}
    return measure == own.get(item, f"price_{item.lower()}" if item in quotes.book.items else "")


def _compared(measure: str, first: Quantity, second: Quantity) -> Compared:
    name = "" if measure == "price" else f"_{measure}"
    return Compared(
        measure,
        result(f"{measure}_first", first),
        result(f"{measure}_second", second),
        result(f"multiple{name}", metrics.MULTIPLE.of(second, first, unit="x")),
        result(f"change_percent{name}", metrics.CHANGE_PERCENT.of(second, first, unit="%")),
    )


def apart(first: Quantity, second: Quantity, labels: tuple[str, str]) -> tuple[Quantity, Quantity]:
    """Return both quantities with the inputs of one name told apart, unless they are the very same figure."""
    left, right = ({held.name: held for held in quantity.inputs} for quantity in (first, second))
    clash = {name for name in left.keys() & right.keys() if not _same(left[name], right[name])}
    one, other = ({name: f"{name} ({label})" for name in clash} for label in labels)
    return renamed(first, one), renamed(second, other)


def _same(left: Input, right: Input) -> bool:
    rows = [[rate.id for rate in held.chosen.rates] if held.chosen else [] for held in (left, right)]
    return rows[0] == rows[1] and (left.low, left.high, left.unit) == (right.low, right.high, right.unit)


def renamed(quantity: Quantity, names: Mapping[str, str]) -> Quantity:
    """Return the same quantity with some inputs under other names."""
    if not names:
        return quantity
    value = quantity.value
    own = {held.name: names.get(held.name, held.name) for held in quantity.inputs}

    def looked_up(values: Mapping[str, Fraction]) -> Fraction:
        return value({name: values[other] for name, other in own.items()})

    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, longest))})(?![\w/-])")
    return Quantity(
        quantity.unit,
        pattern.sub(lambda found: names[found[0]], quantity.formula),
        tuple(held._replace(name=own[held.name]) for held in quantity.inputs),
        looked_up,
        {names.get(name, name): sign for name, sign in quantity.signs.items()},
        renamed(quantity.before, names) if quantity.before else None,
        quantity.step,
    )


def _side_notes(first: Side, second: Side, rows: list[Compared]) -> list[str]:
    """Return the notes on each side's rates, and on the width of the multiples."""
    said = []
    for side, results in ((first, [row.first for row in rows]), (second, [row.second for row in rows])):
        said += [note for note in notes(results, side.scope.period) if not note.startswith("most of the width")]
    shown = [note for note in notes([row.multiple for row in rows], first.scope.period) if note.startswith("most of")]
    return [*said, *shown]


def _span(first: Period, second: Period) -> Period:
    return Period(min(first.first, second.first), max(first.last, second.last))


class Point(NamedTuple):
    """One period of a series: its measures, or none and the reason."""

    period: Period
    results: tuple[Result, ...]
    reason: str = ""

    def measure(self, name: str) -> Result | None:
        """Return one measure of the point, None where it cannot be told."""
        return next((held for held in self.results if held.metric == name), None)


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A thing's price over time, one point a period; periods without a rate are points without measures."""

    subject: str
    points: tuple[Point, ...]
    every: str

    @property
    def gaps(self) -> int:
        """Return the number of periods without a rate."""
        return sum(not point.results for point in self.points)


def periods(first: Period, last: Period, every: str) -> list[Period]:
    """Return the months or years from the first day of one period to the last day of another."""
    if every not in ("month", "year"):
        raise BadOption(f"a series every {every!r} is not known", hint="Known: month, year.")
    if first.first > last.last:
        raise BadOption("the series ends before it begins", hint="Give the earlier period first.")
    if every == "year":
        return [Period.year(year) for year in range(first.first.year, last.last.year + 1)]
    start, end = (day.year * 12 + day.month - 1 for day in (first.first, last.last))
    if end - start >= 2400:
        raise BadOption("a series has at most 2400 months", hint="Ask for --every year, or for fewer years.")
    return [Period.month(month // 12, month % 12 + 1) for month in range(start, end + 1)]


def series(
    book: RateBook, scope: Scope, thing: str | Amount, spans: list[Period], *, subject: str, every: str
) -> Series:
    """Return the price of a thing in each period by every measure; the rates of each are chosen for it alone."""
    return Series(subject, tuple(_point(book, scope._replace(period=span), thing) for span in spans), every)


def _point(book: RateBook, scope: Scope, thing: str | Amount) -> Point:
    quotes = Quotes(book, scope)
    try:
        price = price_of(quotes, thing)
    except NoRate as refusal:
        return Point(scope.period, (), refusal.what)
    found: list[Result] = []
    ways: dict[str, Callable[[], Quantity | None]] = {
        measure: partial(measured, quotes, price, measure) for measure in MEASURES
    }
    for measure, work in ways.items():
        try:
            quantity = work()
        except NoRate:
            continue
        if quantity is not None:
            found.append(result(measure, quantity))
    return Point(scope.period, tuple(found))
