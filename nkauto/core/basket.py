"""Baskets: named lists of things and amounts whose costs are added up, through one currency.

A rate that several lines share is one input of the sum. A line whose price the book does not hold is never
invented: it says so, and the sum says that it leaves the line out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from nkauto.core.bounds import Input, Quantity, apply, given
from nkauto.core.choose import Chosen
from nkauto.core.convert import Quotes
from nkauto.core.loan import asked
from nkauto.core.metrics import Metric
from nkauto.core.range import Range
from nkauto.core.rates import Item, Rate, Source
from nkauto.errors import BadOption, NoRate, UnknownName, WrongDimension

KINDS = ("cost", "takings", "share", "capital")
"""What a line is: a cost; money taken in; a share of the takings that others get; what was laid out before."""
PARAMETERS = {
    "month": "months",
    "day": "days",
    "hour": "hours",
    "wash": "washes",
    "ride": "rides",
    "person": "people",
    "100 km": "distance",
}
"""What a line may be per, and the parameter that says how many times."""
MOST_LINES = 500
DEEPEST = 20


class Line(NamedTuple):
    """One line: so much of an item, once or per something. ``where`` is the ``file:line`` that it was read from.

    ``items`` are alternatives; none means that no price was published. ``named`` is another basket that
    stands for the line. ``amount`` is None where the user must say how much (a consumption).
    """

    label: str
    kind: str
    items: tuple[str, ...]
    named: str = ""
    amount: Range | None = Range.of(1)
    unit: str = ""
    per: str = ""
    source: Source | None = None
    note: str = ""
    where: str = ""


class Basket(NamedTuple):
    """A named list of lines."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Parameters:
    """How often and how much: ranges of people, months, km, rides, days, hours, washes; a consumption of fuel.

    ``consumption`` is a range and its unit for 100 km (L, kg or kWh); ``interest`` a fraction of 1 a month.
    """

    people: Range | None = None
    months: Range | None = None
    distance: Range | None = None
    rides: Range | None = None
    days: Range | None = None
    hours: Range | None = None
    washes: Range | None = None
    consumption: tuple[Range, str] | None = None
    interest: Range | None = None

    def __post_init__(self) -> None:
        for name in ("people", "months", "rides", "days", "washes"):
            held = getattr(self, name)
            if held is not None and (held.low < 1 or held.low % 1 or held.high % 1):
                ends = str(held.low) if held.single else f"{held.low}–{held.high}"
                raise BadOption(f"{name} must be whole and at least 1, not {ends}")
        for name in ("distance", "hours"):
            held = getattr(self, name)
            if held is not None and held.low <= 0:
                raise BadOption(f"the {name} must be above zero")
        if self.consumption is not None and self.consumption[0].low <= 0:
            raise BadOption("the consumption must be above zero")
        if self.months is not None and self.months.high > 1200:
            raise BadOption("at most 1200 months are added up", hint="Give fewer --months.")

    def times(self, per: str) -> Quantity | None:
        """Return how many times a line counts, or None when the user must say; a month and a person count once."""
        name = PARAMETERS[per]
        held: Range | None = getattr(self, name)
        if held is None and name in ("months", "people"):
            held = Range.of(1)
        return None if held is None else given(asked(name, held, "km" if per == "100 km" else per))


class Priced(NamedTuple):
    """A line with its cost in the currency that it is quoted in, or the reason why it has none."""

    line: Line
    cost: Quantity | None
    reason: str = ""


def product(left: Fraction, right: Fraction) -> Fraction:
    """Return left × right."""
    return left * right


def fuel_used(distance: Fraction, consumption: Fraction) -> Fraction:
    """Return the fuel for a distance in km, from a consumption for 100 km."""
    return distance * consumption / 100


PRODUCT = Metric("product", product, (1, 1), "{} × {}")
FUEL_USED = Metric("fuel_used", fuel_used, (1, 1), "{} × {} ÷ 100")


def expanded(baskets: Mapping[str, Basket], name: str) -> list[Line]:
    """Return the lines of a basket with the lines of the baskets that it names in their place; no label stands twice.

    Raises UnknownName for a basket that does not exist, BadOption for one that contains itself.
    """
    found: dict[str, Line] = {}
    for line in _expanded(baskets, name, (), Fraction(1), ""):
        label, number = line.label, 1
        while label in found:
            number += 1
            label = f"{line.label} {number}"
        found[label] = line._replace(label=label)
        if len(found) > MOST_LINES:
            raise BadOption(f"the basket {name} has more than {MOST_LINES} lines")
    return list(found.values())


def _expanded(
    baskets: Mapping[str, Basket], name: str, trail: tuple[str, ...], times: Fraction, where: str
) -> Iterator[Line]:
    if name in trail:
        circle = " → ".join((*trail[trail.index(name) :], name))
        hint = "Take the line out that names the first again."
        raise BadOption(f"the basket goes round in a circle: {circle}", hint=hint, where=where)
    if len(trail) > DEEPEST:
        raise BadOption(f"baskets that name baskets go deeper than {DEEPEST} levels", where=where)
    if name not in baskets:
        raise UnknownName("basket", name, baskets, hint=f"Baskets: {', '.join(sorted(baskets))}.", where=where)
    for line in baskets[name].lines:
        if line.named:
            assert line.amount is not None
            yield from _expanded(baskets, line.named, (*trail, name), times * Fraction(line.amount.low), line.where)
        else:
            yield _scaled(line, times)


def _scaled(line: Line, times: Fraction) -> Line:
    if times == 1 or line.amount is None or line.kind == "share":
        return line
    size = Decimal(times.numerator) / Decimal(times.denominator)
    return line._replace(amount=Range(line.amount.low * size, line.amount.high * size))


def priced(quotes: Quotes, line: Line, parameters: Parameters, *, rides: Quantity | None = None) -> Priced:
    """Return what a line costs, or why it cannot be told. ``rides`` stands in for the asked number of rides."""
    if not line.items:
        return Priced(line, None, "no published price")
    amount = _amount(line, parameters)
    if amount is None:
        return Priced(line, None, "no published consumption; add --consumption")
    times = None
    if line.per:
        times = rides if line.per == "ride" and rides is not None else parameters.times(line.per)
        if times is None:
            return Priced(line, None, f"per {line.per}; add --{PARAMETERS[line.per]}")
    try:
        item = _best(quotes, line)
        counted, unit = _counted(line, amount, times)
        if counted is None:
            return Priced(line, quotes.item_price(item, prefer=quotes.book.home))
        return Priced(line, quotes.cost(counted, item, unit))
    except NoRate as refusal:
        return Priced(line, None, f"no published price: {refusal.what}")
    except WrongDimension as wrong:
        wrong.where = line.where
        raise


def _amount(line: Line, parameters: Parameters) -> tuple[Range, str, bool] | None:
    """Return how much, in which unit, and whether the user said so; None where he must."""
    if line.per == "100 km" and parameters.consumption is not None:
        return (*parameters.consumption, True)
    return None if line.amount is None else (line.amount, line.unit, line.source is None)


def _best(quotes: Quotes, line: Line) -> str:
    """Return the alternative on the best rung of places, then the freshest, then the first; or raise NoRate."""
    found: list[tuple[int, int, int, str]] = []
    refusals = []
    for order, item in enumerate(line.items):
        try:
            chosen = quotes.price(item, prefer=quotes.book.home)
        except NoRate as refusal:
            refusals.append(refusal)
            continue
        found.append((chosen.step, chosen.age_days, order, item))
    if not found:
        raise refusals[0]
    return min(found)[3]


def _counted(line: Line, amount: tuple[Range, str, bool], times: Quantity | None) -> tuple[Quantity | None, str]:
    """Return how much of the item the line takes; None for exactly one."""
    held, unit, user = amount
    if held.single and held.low == 1 and line.per != "100 km":
        return times, unit
    name = "consumption" if user and line.amount is not held else f"amount of {line.label}"
    said = f"{unit}/{line.per}" if line.per else unit
    quantity = given(asked(name, held, said) if user else stated(name, held, said, line))
    if times is None:
        return quantity, unit
    metric = FUEL_USED if line.per == "100 km" else PRODUCT
    return metric.of(times, quantity, unit=unit), unit


def share(line: Line) -> Quantity:
    """Return a share of the takings as a quantity: a fraction of 1, with its source where it has one."""
    assert line.amount is not None
    held = Range(line.amount.low / 100, line.amount.high / 100)
    return given(stated(line.label, held, "share", line) if line.source else asked(line.label, held, "share"))


def stated(name: str, held: Range, unit: str, line: Line) -> Input:
    """Return an amount that a source states as an input that cites it."""
    assert line.source is not None
    return cited(name, held, unit, line.source, line.note)


def cited(name: str, held: Range, unit: str, source: Source, note: str = "") -> Input:
    """Return a figure without place and date as an input that cites its source."""
    thing = Item(name, "constant", "reference", 0, unit, "nearest", name, ())
    rate = Rate(
        f"{name}-{source.id}", name, "", Decimal(1), unit, held.low, held.high, unit, None, date.max,
        "", "reference", held.approx, source, note,
    )  # fmt: skip
    ends = Fraction(held.low), Fraction(held.high)
    return Input(name, *ends, unit, Chosen(thing, "reference", unit, unit, *ends, (rate,), (0,), "anywhere"))


def summed(parts: Sequence[Quantity], unit: str) -> Quantity:
    """Return the sum of quantities in one currency; what they share is one input."""
    if len(parts) == 1:
        return parts[0]
    formula = " + ".join(part.formula for part in parts)
    return apply(_sum, (1,) * len(parts), tuple(parts), unit=unit, formula=formula, step="total")


def _sum(*parts: Fraction) -> Fraction:
    return sum(parts, Fraction(0))
