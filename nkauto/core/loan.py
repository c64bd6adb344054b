"""A loan as quantities of its inputs: what is financed, the instalment, all interest, each row of the schedule."""

from __future__ import annotations

import functools
from fractions import Fraction

from nkauto.core import metrics
from nkauto.core.afford import Terms, financed
from nkauto.core.amount import Amount
from nkauto.core.bounds import Input, Quantity, apply, bounds, given
from nkauto.core.convert import Quotes
from nkauto.core.instalments import WEEKS_A_YEAR, Row, money_step, repay
from nkauto.core.metrics import MONTHS_A_YEAR, Metric
from nkauto.core.range import Range, rounded
from nkauto.errors import BadOption


def weekly(interest: Fraction) -> Fraction:
    """Return a week's interest: a month's × 12 ÷ 52, not compounded within the month."""
    return interest * MONTHS_A_YEAR / WEEKS_A_YEAR


def grown(owed: Fraction, interest: Fraction, periods: Fraction) -> Fraction:
    """Return what is owed after whole periods in which nothing is paid: owed × (1 + i)^periods."""
    return owed * (1 + interest) ** int(periods)


def flat_after_grace(owed: Fraction, count: Fraction, interest: Fraction, grace: Fraction) -> Fraction:
    """Return the flat instalment after a grace period: owed × (1 + i × all periods) ÷ n."""
    return owed * (1 + interest * (count + grace)) / count


def grown_interest(owed: Fraction, count: Fraction, interest: Fraction, grace: Fraction) -> Fraction:
    """Return all interest of an annuity after a grace period: n instalments less what was lent."""
    return metrics.annuity(grown(owed, interest, grace), count, interest) * count - owed


def flat_interest_after_grace(owed: Fraction, count: Fraction, interest: Fraction, grace: Fraction) -> Fraction:
    """Return all flat interest, that of the grace period included: i × all periods × owed."""
    return interest * (count + grace) * owed


def with_interest(price: Fraction, interest: Fraction) -> Fraction:
    """Return all that is paid, the deposit included: price + interest."""
    return price + interest


def share_of(price: Fraction, share: Fraction) -> Fraction:
    """Return a share of a price."""
    return price * share


WEEKLY = Metric("interest", weekly, (1,), "{} × 12 ÷ 52")
GROWN = Metric("owed", grown, (1, 1, 1), "{} × (1 + {})^{}")
FLAT_AFTER_GRACE = Metric("instalment", flat_after_grace, (1, -1, 1, 1), "{0} × (1 + {2} × ({1} + {3})) ÷ {1}")
GROWN_INTEREST = Metric(
    "interest_total",
    grown_interest,
    (1, 1, 1, 1),
    "{0} × (1 + {2})^{3} × {2} ÷ (1 - (1 + {2})^-{1}) × {1} - {0}",
)
FLAT_INTEREST_AFTER_GRACE = Metric("interest_total", flat_interest_after_grace, (1, 1, 1, 1), "{2} × ({1} + {3}) × {0}")
WITH_INTEREST = Metric("total", with_interest, (1, 1), "{} + {}")
SHARE_OF = Metric("deposit", share_of, (1, 1), "{} × {}")

PARTS = {"paid": "instalment", "interest": "interest of instalment", "balance": "owed after instalment"}


class Loan:
    """What is lent and how it comes back: exact quantities, and the rows to be counted out at any corner of them.

    ``count`` instalments after ``grace`` periods in which nothing is paid; ``every`` month or week.
    Raises BadOption when the deposit leaves nothing to pay, or an instalment is less than can be counted out.
    """

    def __init__(self, quotes: Quotes, price: Quantity, terms: Terms, count: int, grace: int, every: str) -> None:
        self.price = price
        self.unit = price.unit
        self.terms = terms
        self.count = count
        self.grace = grace
        self.step = money_step(price.unit)
        self.deposit = _deposit(quotes, price, terms)
        self.financed = financed(quotes, price, terms)
        self.interest: Quantity | None = None
        if terms.interest is not None:
            self.interest = given(asked("interest", terms.interest, "share/month"))
            if every == "week":
                self.interest = WEEKLY.of(self.interest, unit="share/week")
        self._periods = given(asked("instalments", Range.of(count), every))
        self._grace = given(asked("grace", Range.of(grace), every))
        self._rows = functools.cache(self._repaid)
        if bounds(self.instalment)[0] < self.step:
            least = f"{rounded(self.step, down=True):f} {self.unit}"
            raise BadOption(f"an instalment may be less than {least}", hint="Give a shorter --over.")

    def _repaid(self, owed: Fraction, interest: Fraction) -> tuple[Row, ...]:
        return repay(owed, self.count, interest, grace=self.grace, flat=self.terms.flat, step=self.step)

    @property
    def instalment(self) -> Quantity:
        """Return the regular instalment, not rounded."""
        if self.interest is None:
            return metrics.INSTALMENT.of(self.financed, self._periods, unit=self.unit)
        if not self.terms.flat:
            owed = GROWN.of(self.financed, self.interest, self._grace, unit=self.unit) if self.grace else self.financed
            return metrics.ANNUITY.of(owed, self._periods, self.interest, unit=self.unit)
        if self.grace:
            return FLAT_AFTER_GRACE.of(self.financed, self._periods, self.interest, self._grace, unit=self.unit)
        return metrics.FLAT_INSTALMENT.of(self.financed, self._periods, self.interest, unit=self.unit)

    @property
    def interest_total(self) -> Quantity | None:
        """Return all interest, not rounded; None without interest."""
        if self.interest is None:
            return None
        if self.grace:
            metric = FLAT_INTEREST_AFTER_GRACE if self.terms.flat else GROWN_INTEREST
            return metric.of(self.financed, self._periods, self.interest, self._grace, unit=self.unit)
        metric = metrics.FLAT_INTEREST if self.terms.flat else metrics.ANNUITY_INTEREST
        return metric.of(self.financed, self._periods, self.interest, unit=self.unit)

    @property
    def total(self) -> Quantity:
        """Return all that is paid, the deposit included, not rounded."""
        interest = self.interest_total
        return self.price if interest is None else WITH_INTEREST.of(self.price, interest, unit=self.unit)

    @property
    def counted_total(self) -> Quantity:
        """Return all that is paid, the deposit included, as it is counted out: the price and the rows' interest."""
        if self.interest is None:
            return self.price

        def value(owed: Fraction, interest: Fraction) -> Fraction:
            return sum((row.interest for row in self._rows(owed, interest)), Fraction(0))

        interest = apply(value, (1, 1), (self.financed, self.interest), unit=self.unit, formula="interest of all rows")
        return WITH_INTEREST.of(self.price, interest, unit=self.unit)

    def cell(self, number: int, part: str) -> Quantity:
        """Return one cell of the schedule as it is counted out: ``paid``, ``interest`` or ``balance`` of a row."""
        arguments = (self.financed,) if self.interest is None else (self.financed, self.interest)

        def value(owed: Fraction, interest: Fraction = Fraction(0)) -> Fraction:
            return Fraction(getattr(self._rows(owed, interest)[number - 1], part))

        return apply(value, (1,) * len(arguments), arguments, unit=self.unit, formula=f"{PARTS[part]} {number}")


def asked(name: str, held: Range, unit: str) -> Input:
    """Return what the user said as an input."""
    return Input(name, Fraction(held.low), Fraction(held.high), unit, approx=held.approx, user=True)


def _deposit(quotes: Quotes, price: Quantity, terms: Terms) -> Quantity | None:
    if isinstance(terms.deposit, Amount):
        return quotes.into(quotes.money(terms.deposit, "deposit"), price.unit)
    if terms.deposit is None:
        return None
    return SHARE_OF.of(price, given(asked("deposit", terms.deposit, "share")), unit=price.unit)
