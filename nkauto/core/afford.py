"""The two questions: what is that in another unit, and what is it to people who earn a wage there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from nkauto.core import metrics
from nkauto.core.amount import Amount
from nkauto.core.bounds import Input, Quantity, bounds, given
from nkauto.core.choose import Scope
from nkauto.core.convert import Quotes
from nkauto.core.derivation import Derivation, Result, notes, other_reports, result
from nkauto.core.range import Range
from nkauto.core.rates import OLD_WON, RateBook
from nkauto.core.worth import currency_then
from nkauto.errors import BadOption, NoRate

WAGE = "wage"
STAPLE = "rice"
LONGEST = 1200
"""The most months that a price is paid over, a hundred years: an annuity over millions of them would never end."""


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """How a price is shared and paid: by people, over months, after a deposit, with monthly interest.

    Ranges of people, of months, of shares (fractions of 1). ``deposit`` is a share of the price or an
    Amount of money; ``flat`` charges interest on the whole principal each month; ``save`` is the share of
    a wage that is put by; ``commodity`` an item that instalments are also counted in.
    """

    people: Range | None = None
    months: Range | None = None
    deposit: Range | Amount | None = None
    interest: Range | None = None
    flat: bool = False
    save: Range | None = None
    commodity: str = ""

    def __post_init__(self) -> None:
        for name, held, least in (("people", self.people, 1), ("months", self.months, 1)):
            if held is not None and (held.low < least or held.low != int(held.low) or held.high != int(held.high)):
                raise BadOption(f"{name} must be whole and at least 1, not {_text(held)}")
        if self.months is not None and self.months.high > LONGEST:
            raise BadOption(f"a price is paid over at most {LONGEST} months", hint="Give a shorter --over.")
        if isinstance(self.deposit, Range) and self.deposit.high >= 1:
            raise BadOption("a deposit of 100 % or more leaves nothing to pay over time")
        if self.save is not None and not 0 < self.save.low <= self.save.high <= 1:
            raise BadOption("the share saved must be above 0 % and at most 100 % of a wage")
        if self.months is None:
            given = {
                "--deposit": self.deposit is not None,
                "--interest": self.interest is not None,
                "--in": bool(self.commodity),
            }
            for option, asked in given.items():
                if asked:
                    raise BadOption(f"{option} needs the time over which is paid", hint="Add --over, as --over 12m.")


def afford(
    book: RateBook, scope: Scope, thing: str | Amount, terms: Terms, *, subject: str = "", spread: bool = False
) -> Derivation:
    """Return the affordability of an item of the book or of an amount: in money, wages, rice; shared and over time.

    Raises NoRate when the price cannot be told in the country's own money or in wages; what else cannot
    be told is a note.
    """
    quotes = Quotes(book, scope)
    price = quotes.item_price(thing, prefer=book.home) if isinstance(thing, str) else quotes.money(thing, "price")
    home = currency_then(book.home, scope)
    local = quotes.into(price, home)
    wage = quotes.into(quotes.item_price(WAGE, prefer=book.home), home)
    results = [result("price", price), result(f"price_{book.home.lower()}", local, home)]
    missing: list[str] = []
    for currency in ("USD", "CNY"):
        if currency in book.items and currency != home:
            _try(missing, f"price_{currency.lower()}", partial(quotes.into, price, currency), results)
    months = metrics.WAGE_MONTHS.of(local, wage, unit="month")
    results += [
        result("wage_months", months),
        result("wage_years", metrics.WAGE_YEARS.of(local, wage, unit="year")),
        result("wage_share", metrics.WAGE_SHARE.of(local, wage, unit="x")),
    ]
    if STAPLE in book.items:
        _try(missing, "rice_kg", partial(quotes.goods, local, STAPLE, "kg"), results)
    results += _shared(local, wage, terms)
    results += _over_time(quotes, local, wage, home, terms)
    if terms.save is not None:
        share = given(_asked("share saved", terms.save, "share"))
        results.append(result("saving_months", metrics.SAVING_MONTHS.of(local, wage, share, unit="month")))
    main = [held for held in results if spread or held.metric == "wage_months"]
    others = other_reports(book, main, scope, every=spread)
    said = [*notes(results, scope.period), *missing]
    return Derivation(
        (("command", "afford"), ("thing", subject)), subject, scope, tuple(results), tuple(said), book, others
    )


def _try(missing: list[str], metric: str, work: Callable[[], Quantity], results: list[Result]) -> None:
    """Append the metric, or say in a note why it cannot be told."""
    try:
        results.append(result(metric, work()))
    except NoRate as refusal:
        missing.append(f"{metric}: {refusal.what}")


def _shared(local: Quantity, wage: Quantity, terms: Terms) -> list[Result]:
    if terms.people is None:
        return []
    people = given(_asked("people", terms.people, "person"))
    each = metrics.PER_HEAD.of(local, people, unit=local.unit)
    return [
        result(f"per_head_{_home(local.unit)}", each),
        result("per_head_wage_months", metrics.WAGE_MONTHS.of(each, wage, unit="month")),
        result("days_per_head", metrics.DAYS_PER_HEAD.of(people, unit="day")),
    ]


def _over_time(quotes: Quotes, local: Quantity, wage: Quantity, home: str, terms: Terms) -> list[Result]:
    if terms.months is None:
        return []
    months = given(_asked("months", terms.months, "month"))
    due, interest = instalments(quotes, local, months, terms)
    results = [
        result(f"instalment_{_home(home)}", due),
        result("instalment_wages", metrics.WAGE_SHARE.of(due, wage, unit="x")),
    ]
    if terms.commodity:
        bought = quotes.goods(due, terms.commodity)
        results.append(result(f"instalment_{terms.commodity}", bought))
    if interest is not None:
        results.append(result("interest_total", interest))
    return results


def instalments(quotes: Quotes, price: Quantity, months: Quantity, terms: Terms) -> tuple[Quantity, Quantity | None]:
    """Return the monthly instalment and all interest (None without interest) of a price under some terms."""
    owed = financed(quotes, price, terms)
    if terms.interest is None:
        return metrics.INSTALMENT.of(owed, months, unit=price.unit), None
    interest = given(_asked("interest", terms.interest, "share/month"))
    due, total = (
        (metrics.FLAT_INSTALMENT, metrics.FLAT_INTEREST) if terms.flat else (metrics.ANNUITY, metrics.ANNUITY_INTEREST)
    )
    return due.of(owed, months, interest, unit=price.unit), total.of(owed, months, interest, unit=price.unit)


def financed(quotes: Quotes, price: Quantity, terms: Terms) -> Quantity:
    """Return what is left to pay over time: the price less the deposit, a share of it or an amount of money."""
    if isinstance(terms.deposit, Range):
        return metrics.LESS_SHARE.of(price, given(_asked("deposit", terms.deposit, "share")), unit=price.unit)
    if terms.deposit is not None:
        paid = quotes.into(quotes.money(terms.deposit, "deposit"), price.unit)
        left = metrics.LESS_SUM.of(price, paid, unit=price.unit)
        if bounds(left)[0] <= 0:
            raise BadOption("the deposit may be as much as the price: nothing would be left to pay over time")
        return left
    return price


def _asked(name: str, held: Range, unit: str) -> Input:
    return Input(name, Fraction(held.low), Fraction(held.high), unit, approx=held.approx, user=True)


def _home(currency: str) -> str:
    return "kpw" if currency == OLD_WON else currency.lower()


def _text(held: Range) -> str:
    return str(held.low) if held.single else f"{held.low}–{held.high}"
