"""What a basket comes to: its sum, what it takes in, what waiting costs, and when it pays."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from nkauto.core import metrics
from nkauto.core.afford import STAPLE, WAGE
from nkauto.core.basket import Basket, Line, Parameters, Priced, expanded, priced, share, summed
from nkauto.core.bounds import Quantity, apply, bounds, given
from nkauto.core.choose import Scope
from nkauto.core.convert import Quotes
from nkauto.core.derivation import Derivation, Result, notes, other_reports, result
from nkauto.core.loan import asked
from nkauto.core.metrics import Metric
from nkauto.core.rates import RateBook
from nkauto.core.worth import currency_then
from nkauto.errors import BadOption, NoRate


def growth(principal: Fraction, months: Fraction, interest: Fraction) -> Fraction:
    """Return the interest that piles up when none is paid: principal × ((1 + i)^n - 1)."""
    return principal * ((1 + interest) ** int(months) - 1)


def difference(left: Fraction, right: Fraction) -> Fraction:
    """Return left - right."""
    return left - right


def quotient(left: Fraction, right: Fraction) -> Fraction:
    """Return left ÷ right."""
    return left / right


def months_to_earn(capital: Fraction, margin: Fraction, months: Fraction) -> Fraction:
    """Return the months until a margin, earned in so many months, has paid for the capital."""
    return capital / (margin / months)


COMPOUND = Metric("carrying_compound", growth, (1, 1, 1), "{0} × ((1 + {2})^{1} - 1)")
DIFFERENCE = Metric("margin", difference, (1, -1), "{} - {}")
BREAK_EVEN = Metric("break_even_rides", quotient, (1, -1), "{} ÷ {}")
MONTHS_TO_EARN = Metric("break_even_months", months_to_earn, (1, -1, 1), "{} ÷ ({} ÷ {})")


@dataclass(frozen=True, slots=True, eq=False)
class Cost:
    """What a basket comes to: its derivation, and its lines in the order of the basket.

    ``metrics`` has the metric of each line that has a price, "" for one that has none.
    """

    derivation: Derivation
    lines: tuple[Priced, ...]
    metrics: tuple[str, ...]

    @property
    def left_out(self) -> tuple[Priced, ...]:
        """Return the lines that no figure stands for."""
        return tuple(held for held in self.lines if held.cost is None)


def cost(
    book: RateBook,
    scope: Scope,
    baskets: Mapping[str, Basket],
    name: str,
    parameters: Parameters,
    *,
    spread: bool = False,
) -> Cost:
    """Return what a basket comes to. Raises NoRate when no line of it has a price, BadOption for a circle."""
    lines = expanded(baskets, name)
    if parameters.interest is not None and parameters.months is None:
        raise BadOption("interest needs the time that it runs", hint="Add --months, as --months 6.")
    quotes = Quotes(book, scope)
    sheet = _Sheet(quotes, lines, parameters)
    if all(held.cost is None for held in sheet.held):
        reasons = "\n".join(f"{held.line.label}: {held.reason}" for held in sheet.held)
        raise NoRate(name, f"nothing in the basket {name} can be priced for {scope.period}", hint=reasons)
    results, said = sheet.results(name)
    others = other_reports(book, [held for held in results if held.metric == "total"], scope, every=spread)
    query = (("command", "cost"), ("basket", name), *_query(parameters))
    every = (*notes(results, scope.period), *said)
    derivation = Derivation(query, name, scope, tuple(results), every, book, others if spread else ())
    return Cost(derivation, tuple(sheet.held), tuple(sheet.names))


class _Sheet:
    """The lines of a basket in one currency, and what is worked out from them."""

    def __init__(self, quotes: Quotes, lines: Sequence[Line], parameters: Parameters) -> None:
        self.quotes = quotes
        self.parameters = parameters
        self.shares = [(line, share(line)) for line in lines if line.kind == "share"]
        found = [priced(quotes, line, parameters) for line in lines if line.kind != "share"]
        self.currency = self._one_currency([held.cost.unit for held in found if held.cost])
        self.held = [self._into_one(held) for held in found]
        self.names = [_slug(held.line) if held.cost else "" for held in self.held]

    def _one_currency(self, currencies: Sequence[str]) -> str:
        """Return the currency that every line is quoted in, else the country's own."""
        home = currency_then(self.quotes.book.home, self.quotes.scope)
        return currencies[0] if len(set(currencies)) == 1 else home

    def _into_one(self, held: Priced) -> Priced:
        if held.cost is None:
            return held
        try:
            return held._replace(cost=self.quotes.into(held.cost, self.currency))
        except NoRate as refusal:
            return held._replace(cost=None, reason=f"no price in {self.currency}: {refusal.what}")

    def _of(self, kind: str, keep: Callable[[Line], bool] = lambda _: True) -> list[Quantity]:
        return [held.cost for held in self.held if held.cost and held.line.kind == kind and keep(held.line)]

    def results(self, name: str) -> tuple[list[Result], list[str]]:
        """Return all metrics, and what must be said of them."""
        results = [
            result(metric, held.cost)
            for metric, held in zip(self.names, self.held, strict=True)
            if held.cost is not None
        ]
        said = [*self._left_out(name), *self._line_notes()]
        costs = self._of("cost")
        if costs:
            total = summed(costs, self.currency)
            results += [result("total", total), *self._otherwise(total, said)]
        results += self._earned(costs, said)
        if costs:
            results += self._carried(total, said)
        return results, said

    def _left_out(self, name: str) -> list[str]:
        left = [f"{held.line.label} ({held.reason})" for held in self.held if held.cost is None]
        return [f"the sum of {name} leaves out: {'; '.join(left)}"] if left else []

    def _line_notes(self) -> list[str]:
        said = []
        for line in [*(held.line for held in self.held), *(line for line, _ in self.shares)]:
            if line.note:
                source = f" ({line.source.publisher}, {line.source.url})" if line.source else ""
                said.append(f"{line.label}: {line.note}{source}")
        return said

    def _otherwise(self, total: Quantity, said: list[str]) -> list[Result]:
        """Return the sum in other money, in wages and rice, and per head; what cannot be told is said."""
        quotes, found = self.quotes, []
        home = currency_then(quotes.book.home, quotes.scope)
        ways: dict[str, Callable[[], Quantity]] = {
            f"total_{_code(other)}": partial(quotes.into, total, other)
            for other in dict.fromkeys((home, "USD", "CNY"))
            if other in quotes.book.items and other != self.currency
        }
        ways["wage_months"] = partial(self._in_wages, total, home)
        if STAPLE in quotes.book.items:
            ways["rice_kg"] = partial(quotes.goods, total, STAPLE, "kg")
        if self.parameters.people is not None:
            people = given(asked("people", self.parameters.people, "person"))
            each = metrics.PER_HEAD.of(total, people, unit=self.currency)
            ways[f"per_head_{_code(self.currency)}"] = lambda: each
            ways["per_head_wage_months"] = partial(self._in_wages, each, home)
        for metric, work in ways.items():
            try:
                found.append(result(metric, work()))
            except NoRate as refusal:
                said.append(f"{metric}: {refusal.what}")
        return found

    def _in_wages(self, money: Quantity, home: str) -> Quantity:
        wage = self.quotes.into(self.quotes.item_price(WAGE, prefer=self.quotes.book.home), home)
        return metrics.WAGE_MONTHS.of(self.quotes.into(money, home), wage, unit="month")

    def _carried(self, total: Quantity, said: list[str]) -> list[Result]:
        """Return what borrowed money costs while nothing is sold, and the least price that gets it back."""
        if self.parameters.interest is None or self.parameters.months is None:
            return []
        once = self._of("cost", lambda line: not line.per)
        if not once:
            raise BadOption("nothing in this basket is paid once, so no money waits and bears interest")
        principal = summed(once, self.currency)
        months = given(asked("months", self.parameters.months, "month"))
        interest = given(asked("interest", self.parameters.interest, "share/month"))
        flat = metrics.FLAT_INTEREST.of(principal, months, interest, unit=self.currency)
        piled = COMPOUND.of(principal, months, interest, unit=self.currency)
        said.append(
            "carrying cost: all that is paid once is taken as borrowed for the whole time; flat: interest on that sum "
            "each month; compound: none is paid meanwhile, so that it bears interest itself"
        )
        found = []
        takings = self._of("takings", lambda line: not line.per)
        for kind, carrying in (("flat", flat), ("compound", piled)):
            least = summed([total, carrying], self.currency)
            found += [result(f"carrying_{kind}", carrying), result(f"least_resale_{kind}", least)]
            if takings:
                sold = summed(takings, self.currency)
                found.append(result(f"margin_{kind}", DIFFERENCE.of(sold, least, unit=self.currency)))
        return found

    def _earned(self, costs: list[Quantity], said: list[str]) -> list[Result]:
        """Return takings, the shares that others get, what is left, and when it has paid."""
        takings = self._of("takings")
        found: list[Result] = []
        if takings:
            taken = summed(takings, self.currency)
            given_away = [_shared(taken, part, self.currency) for _, part in self.shares]
            if len(takings) > 1:
                found.append(result("takings", taken))
            found += [result(_slug(line), away) for (line, _), away in zip(self.shares, given_away, strict=True)]
            paid = [*costs, *given_away]
            margin = DIFFERENCE.of(taken, summed(paid, self.currency), unit=self.currency) if paid else taken
            found += [result("margin", margin), *self._paid_back(margin, said)]
        return [*found, *self._even(said)]

    def _paid_back(self, margin: Quantity, said: list[str]) -> list[Result]:
        capital = self._of("capital")
        if not capital:
            return []
        if bounds(margin)[0] <= 0:
            said.append("break_even_months: what is left may be nothing, so the outlay may never be earned back")
            return []
        months = self.parameters.times("month")
        assert months is not None
        return [
            result("break_even_months", MONTHS_TO_EARN.of(summed(capital, self.currency), margin, months, unit="month"))
        ]

    def _even(self, said: list[str]) -> list[Result]:
        """Return the rides that pay for all costs: costs that do not grow with rides ÷ what a ride leaves."""
        rides = [held.line for held in self.held if held.line.per == "ride" and held.line.items]
        fares = self._for_one([line for line in rides if line.kind == "takings"])
        fixed = self._of("cost", lambda line: line.per != "ride")
        if not fares or not fixed:
            return []
        fare = summed(fares, self.currency)
        parts = tuple(part for _, part in self.shares)
        words = f"({fare.formula}) × (1 - {' - '.join(part.formula for part in parts)})" if parts else fare.formula
        signs = (1, *[-1] * len(parts))
        left = apply(_after_shares, signs, (fare, *parts), unit=self.currency, formula=words, step="after shares")
        spent = self._for_one([line for line in rides if line.kind == "cost"])
        if spent:
            left = DIFFERENCE.of(left, summed(spent, self.currency), unit=self.currency)
        if bounds(left)[0] <= 0:
            said.append("break_even_rides: a ride may leave nothing, so no number of rides is sure to pay")
            return []
        return [result("break_even_rides", BREAK_EVEN.of(summed(fixed, self.currency), left, unit="ride"))]

    def _for_one(self, lines: Sequence[Line]) -> list[Quantity]:
        """Return what lines come to for one ride."""
        once = [self._into_one(priced(self.quotes, line._replace(per=""), self.parameters)) for line in lines]
        return [held.cost for held in once if held.cost]


def _shared(taken: Quantity, part: Quantity, currency: str) -> Quantity:
    formula = f"({taken.formula}) × {part.formula}"
    return apply(lambda all_of_it, some: all_of_it * some, (1, 1), (taken, part), unit=currency, formula=formula)


def _after_shares(fare: Fraction, *shares: Fraction) -> Fraction:
    """Return what is left of a fare when others have had their shares of it."""
    return fare * (1 - sum(shares, Fraction(0)))


def _slug(line: Line) -> str:
    """Return the metric of a line: its kind, and its label in plain letters."""
    words = re.sub(r"[^0-9a-z가-힣一-龥ぁ-ヿ]+", "_", line.label.casefold()).strip("_")
    return words if words.startswith(f"{line.kind}_") else f"{line.kind}_{words}"


def _code(currency: str) -> str:
    return "kpw" if currency == "KPW-OLD" else currency.lower()


def _query(parameters: Parameters) -> list[tuple[str, str]]:
    """Return the parameters that were given, as text."""
    found = []
    for name in ("people", "months", "distance", "rides", "days", "hours", "washes", "interest"):
        held = getattr(parameters, name)
        if held is not None:
            found.append((name, str(held.low) if held.single else f"{held.low}-{held.high}"))
    if parameters.consumption is not None:
        held, unit = parameters.consumption
        ends = str(held.low) if held.single else f"{held.low}-{held.high}"
        found.append(("consumption", f"{ends} {unit}/100 km"))
    return found
