"""The dated plan of a group purchase or an instalment sale: what is due when, from whom, and in what.

Each column is worked out at the corners of the inputs: its low end is one whole schedule, its high end
another, and both add up to the last digit.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from nkauto.core import metrics
from nkauto.core.afford import WAGE, Terms
from nkauto.core.amount import Amount
from nkauto.core.bounds import Quantity, bounds, given
from nkauto.core.choose import Scope
from nkauto.core.convert import Quotes
from nkauto.core.derivation import Derivation, Result, notes, other_reports, result
from nkauto.core.instalments import (
    EVERY,
    counted,
    due_dates,
    goods_step,
    grace_periods,
    how_many,
    money_step,
    round_half_up,
)
from nkauto.core.loan import Loan, asked
from nkauto.core.range import Range, rounded
from nkauto.core.rates import RateBook
from nkauto.core.worth import currency_then
from nkauto.errors import BadOption, NoRate

Conversion = Callable[[Quantity], Quantity]


class Column(NamedTuple):
    """One column of the plan: a figure for each instalment, and their sum where one makes sense."""

    metric: str
    unit: str
    rows: tuple[Range, ...]
    total: Range | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """When is paid: the day of the sale, every month or week, and the first due day after a grace period."""

    start: date | None = None
    every: str = "month"
    first: date | None = None

    def __post_init__(self) -> None:
        if self.every not in EVERY:
            raise BadOption(f"instalments every {self.every!r} are not known", hint=f"Known: {', '.join(EVERY)}.")


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A plan: its derivation (exact, not rounded), its days, and its columns in money and goods to be counted out.

    ``total`` is all that is paid, the deposit included, and ``each`` one person's share of it, in that money.
    """

    derivation: Derivation
    start: date
    dates: tuple[date, ...]
    columns: tuple[Column, ...]
    total: Range
    each: Range | None

    def column(self, metric: str) -> Column:
        """Return the column of a metric."""
        return next(column for column in self.columns if column.metric == metric)


def plan(
    book: RateBook,
    scope: Scope,
    thing: str | Amount,
    terms: Terms,
    calendar: Calendar,
    *,
    subject: str = "",
    spread: bool = False,
) -> Plan:
    """Return the dated plan of a price under some terms, sold on the first day of the question unless told otherwise.

    Raises BadOption when the terms make no plan, NoRate when the price cannot be told; what else cannot be
    told (wages, another currency) is a note.
    """
    months = _months(terms)
    start = calendar.start or scope.period.first
    if calendar.first is not None and calendar.first <= start:
        raise BadOption(f"the first instalment ({calendar.first}) must be due after the sale ({start})")
    quotes = Quotes(book, scope)
    price = quotes.item_price(thing, prefer=book.home) if isinstance(thing, str) else quotes.money(thing, "price")
    price = quotes.into(price, currency_then(price.unit, scope))
    count = how_many(months, start, calendar.every)
    grace = grace_periods(start, calendar.first, calendar.every)
    loan = Loan(quotes, price, terms, count, grace, calendar.every)
    dates = due_dates(start, calendar.first, count, calendar.every)
    ways, missing = _ways(quotes, loan)
    columns = [*_own_columns(loan), *_columns(loan, ways, quotes)]
    results = _results(loan, ways)
    said = [*notes(results, scope.period), *missing, *_said(loan, start, calendar)]
    query = (("command", "plan"), ("thing", subject), ("start", str(start)), ("every", calendar.every))
    others = other_reports(book, results, scope, every=True) if spread else ()
    derivation = Derivation(query, subject, scope, tuple(results), tuple(said), book, others)
    return Plan(derivation, start, dates, tuple(columns), *_totals(loan))


def _months(terms: Terms) -> int:
    if terms.months is None:
        raise BadOption("a plan needs the time over which is paid", hint="Add --over, as --over 12m.")
    if not terms.months.single:
        ends = (terms.months.low, terms.months.high)
        raise BadOption(
            "a plan has one number of months", hint=f"Make one plan for each: --over {ends[0]}m, --over {ends[1]}m."
        )
    return int(terms.months.low)


def _ways(quotes: Quotes, loan: Loan) -> tuple[dict[str, Conversion], list[str]]:
    """Return the ways to say money otherwise, by the end of a metric's name, and what cannot be told."""
    home = currency_then(quotes.book.home, quotes.scope)

    def in_wages(money: Quantity) -> Quantity:
        wage = quotes.into(quotes.item_price(WAGE, prefer=quotes.book.home), home)
        return metrics.WAGE_MONTHS.of(quotes.into(money, home), wage, unit="month")

    wanted: dict[str, Conversion] = {
        code(other): functools.partial(quotes.into, currency=other)
        for other in dict.fromkeys((home, "USD", "CNY"))
        if other in quotes.book.items and other != loan.unit
    }
    wanted["wages"] = in_wages
    if loan.terms.commodity:
        wanted[loan.terms.commodity] = functools.partial(quotes.goods, item=loan.terms.commodity)
    ways, missing = {}, []
    for name, convert in wanted.items():
        try:
            convert(loan.price)
        except NoRate as refusal:
            missing.append(f"instalment_{name}: {refusal.what}")
        else:
            ways[name] = convert
    return ways, missing


def _own_columns(loan: Loan) -> Iterator[Column]:
    """Yield the instalment, its interest and what is owed after it, in the currency of the price."""
    numbers = range(1, loan.count + 1)
    yield _listed(f"instalment_{code(loan.unit)}", [loan.cell(number, "paid") for number in numbers])
    if loan.interest is not None:
        yield _listed("interest", [loan.cell(number, "interest") for number in numbers])
    yield _listed("balance", [loan.cell(number, "balance") for number in numbers])._replace(total=None)


def _columns(loan: Loan, ways: dict[str, Conversion], quotes: Quotes) -> Iterator[Column]:
    """Yield the instalment in other money, in wages and goods, and each person's share of it."""
    paid = [loan.cell(number, "paid") for number in range(1, loan.count + 1)]
    for name, convert in ways.items():
        yield _converted(f"instalment_{name}", paid, convert, quotes)
    if loan.terms.people is not None:
        people = given(asked("people", loan.terms.people, "person"))

        def share(money: Quantity) -> Quantity:
            return metrics.PER_HEAD.of(money, people, unit=loan.unit)

        yield _converted(f"per_head_{code(loan.unit)}", paid, share, quotes)
        for name, convert in ways.items():
            if name == "wages" or name == loan.terms.commodity:
                metric = "per_head_wage_months" if name == "wages" else f"per_head_{name}"
                yield _converted(metric, paid, functools.partial(_both, share, convert), quotes)


def _both(share: Conversion, convert: Conversion, money: Quantity) -> Quantity:
    return convert(share(money))


def _listed(metric: str, cells: Sequence[Quantity]) -> Column:
    lows, highs = zip(*map(bounds, cells), strict=True)
    return _column(metric, cells[0], lows, highs)


def _converted(metric: str, cells: Sequence[Quantity], convert: Conversion, quotes: Quotes) -> Column:
    """Return cells said otherwise, each end rounded so that it adds up; equal cells are converted once."""
    ends = [bounds(cell) for cell in cells]
    distinct = {pair: convert(cell) for pair, cell in dict(zip(ends, cells, strict=True)).items()}
    first = distinct[ends[0]]
    found = {pair: bounds(quantity) for pair, quantity in distinct.items()}
    thing = quotes.book.items.get(first.unit)
    low, high = found[ends[0]]
    step = money_step(first.unit) if thing and thing.kind == "currency" else goods_step(low or high)
    lows, highs = (counted([found[pair][end] for pair in ends], step) for end in (0, 1))
    return _column(metric, first, lows, highs)


def _column(metric: str, cell: Quantity, lows: Sequence[Fraction], highs: Sequence[Fraction]) -> Column:
    """Return a column with its total; where rounding alone turned the ends of the last row, they are put in order."""
    approx = any(held.approx for held in cell.inputs)
    ends = [(min(pair), max(pair)) for pair in zip(lows, highs, strict=True)]
    total = _range(sum((low for low, _ in ends), Fraction(0)), sum((high for _, high in ends), Fraction(0)), approx)
    return Column(metric, cell.unit, tuple(_range(*pair, approx) for pair in ends), total)


def _range(low: Fraction, high: Fraction, approx: bool) -> Range:
    """Return multiples of a decimal step as the decimals that they are."""
    return Range(rounded(low, down=True), rounded(high, down=False), approx)


def _totals(loan: Loan) -> tuple[Range, Range | None]:
    """Return all that is paid and one person's share of it, rounded to what can be counted out."""
    total = loan.counted_total
    quantities = [total]
    if loan.terms.people is not None:
        people = given(asked("people", loan.terms.people, "person"))
        quantities.append(metrics.PER_HEAD.of(total, people, unit=loan.unit))
    found = []
    for quantity in quantities:
        low, high = (round_half_up(end, loan.step) for end in bounds(quantity))
        found.append(_range(low, high, any(held.approx for held in quantity.inputs)))
    return found[0], found[1] if len(found) > 1 else None


def _results(loan: Loan, ways: dict[str, Conversion]) -> list[Result]:
    """Return the exact metrics of the plan; its rows are these, rounded to what can be counted out."""
    results = [result("price", loan.price)]
    if loan.deposit is not None:
        results += [result("deposit", loan.deposit), result("financed", loan.financed)]
    results.append(result(f"instalment_{code(loan.unit)}", loan.instalment))
    results += [result(f"instalment_{name}", convert(loan.instalment)) for name, convert in ways.items()]
    interest = loan.interest_total
    if interest is not None:
        results.append(result("interest_total", interest))
    results.append(result("total", loan.total))
    if loan.terms.people is not None:
        people = given(asked("people", loan.terms.people, "person"))
        each = metrics.PER_HEAD.of(loan.total, people, unit=loan.unit)
        results.append(result(f"per_head_{code(loan.unit)}", each))
    return results


def _said(loan: Loan, start: date, calendar: Calendar) -> list[str]:
    """Return what the plan takes for granted: rounding, interest by the week and in the grace period, shares."""
    period = calendar.every
    said = [
        f"instalments are rounded to {_range(loan.step, loan.step, False).low:f} {loan.unit}, other columns to what "
        "can be counted out; the last instalment takes the rounding, so that every column adds up"
    ]
    if loan.interest is not None:
        kind = "flat, on the whole sum lent" if loan.terms.flat else "an annuity, on what is still owed"
        said.append(
            f"interest is charged each {period}: {kind}" + ("; a week's is a month's × 12 ÷ 52" * (period == "week"))
        )
    if calendar.first is not None:
        waited = f"{loan.grace} whole {period}{'' if loan.grace == 1 else 's'}"
        if loan.interest is None:
            what = "no interest is charged"
        elif loan.terms.flat:
            what = f"flat interest runs for {waited} more and is spread over the instalments"
        else:
            what = f"interest of {waited} is added to the debt, bears interest itself, and stands in the first row"
        said.append(f"grace from {start} to {calendar.first}: {what}; a broken {period} is free")
    if loan.terms.people is not None and not loan.terms.people.single:
        said.append("per head: the low end is for the most people, the high end for the fewest")
    return said


def code(currency: str) -> str:
    """Return a currency's name in the id of a metric."""
    return "kpw" if currency == "KPW-OLD" else currency.lower()
