"""Derivation: an answer with its evidence, ready to be shown.

Results are named metrics as ranges; inputs come once, in the order of their first use; sources follow the
rows that were used. Nothing is rounded but the 28th digit, outward.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from nkauto.core.bounds import Input, Quantity, bounds, widest
from nkauto.core.choose import Chosen, Scope
from nkauto.core.period import Period
from nkauto.core.range import Range, outward
from nkauto.core.rates import Rate, RateBook, Source


# Annotations are not postponed here: see rates.py.
class Result(NamedTuple):
    """One metric of an answer: its range, its unit, and the quantity that it was worked out from."""

    metric: str
    range: Range
    unit: str
    quantity: Quantity

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the names of the inputs that it depends on."""
        return tuple(held.name for held in self.quantity.inputs)


class Other(NamedTuple):
    """What a result would be with another published figure for one of its inputs."""

    input: str
    rates: tuple[Rate, ...]
    gap: int
    low: Fraction
    high: Fraction
    unit: str
    results: tuple[Result, ...]


class Derivation(NamedTuple):
    """A question's results with everything that they rest on.

    ``query`` repeats the question as it was understood; ``subject`` says it in words for a caption;
    ``notices`` say what was taken for granted, as the day when none was asked.
    """

    query: tuple[tuple[str, str], ...]
    subject: str
    scope: Scope
    results: tuple[Result, ...]
    notes: tuple[str, ...]
    book: RateBook
    others: tuple[Other, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Return every input once, in order of first use."""
        return inputs_of(self.results)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return every source of its inputs once, in order of first use."""
        return sources_of(rate for held in self.inputs if held.chosen for rate in held.chosen.rates)

    @property
    def age_days(self) -> int:
        """Return the age of its oldest rate, in days."""
        return max((held.chosen.age_days for held in self.inputs if held.chosen), default=0)


def sources_of(rates: Iterable[Rate]) -> tuple[Source, ...]:
    """Return the sources of rates once, in order of first use; the user's own rates have none."""
    return tuple({rate.source.id: rate.source for rate in rates if not rate.user}.values())


def inputs_of(results: Iterable[Result]) -> tuple[Input, ...]:
    """Return every input of the results once, in order of first use."""
    return tuple({held.name: held for result in results for held in result.quantity.inputs}.values())


def result(metric: str, quantity: Quantity, unit: str = "") -> Result:
    """Return a metric with its bounds worked out; ``unit`` when it is said otherwise than the quantity's."""
    return Result(metric, range_of(quantity), unit or quantity.unit, quantity)


def range_of(quantity: Quantity, instead: dict[str, tuple[Fraction, Fraction]] | None = None) -> Range:
    """Return the range of a quantity in 28 digits, rounded outward."""
    low, high = bounds(quantity, instead)
    return outward(low, high, any(held.approx for held in quantity.inputs if held.name not in (instead or {})))


def notes(results: Sequence[Result], period: Period) -> list[str]:
    """Return what must be said of the rates used: later, earlier or elsewhere; outliers; most of the width."""
    said: list[str] = []
    for held in inputs_of(results):
        if held.chosen and not held.user:
            said += _of_rate(held.name, held.chosen, period)
            said += held.chosen.notes
    wide = [(result.metric, name) for result in results if (name := widest(result.quantity))]
    for name in dict.fromkeys(name for _, name in wide):
        metrics = [metric for metric, widest_name in wide if widest_name == name]
        if name not in metrics:
            said.append(f"most of the width of {', '.join(metrics)} comes from {name}")
    return list(dict.fromkeys(said))


def _of_rate(name: str, chosen: Chosen, period: Period) -> list[str]:
    said = []
    if chosen.age_days:
        rows = {
            (rate.period(chosen.item.shelf_life), gap): None
            for rate, gap in zip(chosen.rates, chosen.gaps, strict=True)
        }
        both = min(chosen.gaps) < 0 < max(chosen.gaps)
        words = " and ".join(f"{span}, {_days(gap)}" for span, gap in rows)
        said.append(
            f"{name}: no published figure for {period}; "
            + (f"between the surveys of {words}, both count" if both else f"the nearest is from {words}")
        )
    if chosen.rung == "elsewhere":
        said.append(f"{name}: no figure for the place asked; taken elsewhere: {chosen.places}")
    elif chosen.rung == "containing":
        said.append(f"{name}: taken from a larger place: {chosen.places}")
    if chosen.market == "official" and chosen.item.market != "official":
        said.append(f"{name}: the official rate, as asked")
    said += [f"{name}: {rate.id} replaces {rate.replaces}: {rate.note}" for rate in chosen.rates if rate.replaces]
    return said


def described(chosen: Chosen) -> str:
    """Return a chosen rate in one line: what it is, its market, place and days, its age, and its sources."""
    ends = outward(chosen.low, chosen.high)
    figure = f"{ends.low:,f}" if ends.low == ends.high else f"{ends.low:,f}–{ends.high:,f}"
    one = chosen.item.id if chosen.item.kind == "currency" else f"{chosen.unit} {chosen.item.id}"
    if chosen.user:
        return f"1 {one} = {figure} {chosen.currency}, your own rate"
    gaps = dict.fromkeys(chosen.gaps)
    age = " and ".join(_days(gap) for gap in gaps if gap) or "of that time"
    who = "; ".join(f"{source.publisher}, {source.url}" for source in sources_of(chosen.rates))
    return f"1 {one} = {figure} {chosen.currency}, {chosen.market}, {chosen.places}, {chosen.period}, {age} ({who})"


def _days(gap: int) -> str:
    days = "1 day" if abs(gap) == 1 else f"{abs(gap)} days"
    return f"{days} {'earlier' if gap < 0 else 'later'}"


def other_reports(
    book: RateBook, results: Sequence[Result], scope: Scope, *, every: bool, reach: int = 365
) -> tuple[Other, ...]:
    """Return what the results would be with each other published figure that lies within a year.

    For each input that the book chose: the figures of the same item, market and basis that did not count.
    Each publisher's nearest figure of each level stands for it, unless ``every`` asks for all rows. Wages
    come first: they differ most.
    """
    found: list[Other] = []
    for held in inputs_of(results):
        chosen = held.chosen
        if chosen is None or held.user or chosen.market == "reference":
            continue
        dependent = [result for result in results if held.name in result.inputs]
        rows = [
            (scope.period.gap(rate.period(chosen.item.shelf_life)), rate)
            for rate in book.rates.get(chosen.item.id, ())
            if rate not in chosen.rates
            and rate.market == chosen.market
            and rate.basis == (chosen.currency, chosen.unit)
        ]
        near = sorted((pair for pair in rows if abs(pair[0]) <= reach), key=lambda pair: (abs(pair[0]), pair[1].id))
        for gap, same in _grouped(near, chosen, every=every):
            ends = same[0].per_unit
            instead = {held.name: ends}
            varied = tuple(result._replace(range=range_of(result.quantity, instead)) for result in dependent)
            found.append(Other(held.name, tuple(same), gap, *ends, held.unit, varied))
    return tuple(sorted(found, key=lambda other: other.input != "wage"))


def _grouped(near: Iterable[tuple[int, Rate]], chosen: Chosen, *, every: bool) -> list[tuple[int, list[Rate]]]:
    """Return rows that say the same together; for items that move, the nearest level of each publisher alone."""
    groups: dict[tuple[object, ...], tuple[int, list[Rate]]] = {}
    publishers: set[str] = set()
    used = {(rate.source.publisher, rate.per_unit) for rate in chosen.rates}
    for gap, rate in near:
        publisher = rate.source.publisher
        key: tuple[object, ...] = (rate.id,) if every else (publisher, rate.per_unit)
        if key in groups:
            groups[key][1].append(rate)
        elif every or (
            (publisher, rate.per_unit) not in used and (chosen.item.between == "nearest" or publisher not in publishers)
        ):
            groups[key] = (gap, [rate])
            publishers.add(publisher)
    return list(groups.values())
