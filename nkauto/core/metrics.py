"""Affordability: one plain function per metric, each written once, each monotone in every argument.

Money arguments of one call are in one currency. Shares and interest are fractions of 1 (5 % a month is
1/20). The signs beside each function say whether it rises (+1) or falls (-1) in its arguments; a property
test holds them to it.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from nkauto.core.bounds import Quantity, apply

MONTHS_A_YEAR = 12
DAYS_A_MONTH = 30
"""Used for days per head alone; a wage-month is a calendar month."""


class Metric(NamedTuple):
    """A named formula: its function, the sign of each argument, and how its formula reads."""

    id: str
    function: Callable[..., Fraction]
    signs: tuple[int, ...]
    formula: str

    def of(self, *arguments: Quantity, unit: str) -> Quantity:
        """Return the metric of these arguments as a quantity in ``unit``."""
        words = [argument.formula for argument in arguments]
        grouped = [_grouped(words[0], " + - "), *(_grouped(word, " + - × ÷ ") for word in words[1:])]
        return apply(
            self.function, self.signs, arguments, unit=unit, formula=self.formula.format(*grouped), step=self.id
        )


def _grouped(formula: str, binding: str) -> str:
    """Return a formula in brackets when one of these operators would bind it wrongly."""
    return f"({formula})" if any(f" {operator} " in formula for operator in binding.split()) else formula


def wage_months(price: Fraction, wage: Fraction) -> Fraction:
    """Return the months of the whole wage that the price takes: price ÷ wage. Also the share of one wage."""
    return price / wage


def wage_years(price: Fraction, wage: Fraction) -> Fraction:
    """Return the years of the whole wage: price ÷ wage ÷ 12."""
    return price / wage / MONTHS_A_YEAR


def per_head(price: Fraction, people: Fraction) -> Fraction:
    """Return the price for each of so many people: price ÷ people."""
    return price / people


def days_per_head(people: Fraction) -> Fraction:
    """Return the days of use for each in a month of 30 days: 30 ÷ people."""
    return DAYS_A_MONTH / people


def saving_months(price: Fraction, wage: Fraction, share: Fraction) -> Fraction:
    """Return the months of saving a share of each wage: price ÷ wage ÷ share."""
    return price / wage / share


def instalment(financed: Fraction, months: Fraction) -> Fraction:
    """Return the monthly instalment without interest: (price - deposit) ÷ n."""
    return financed / months


def annuity(financed: Fraction, months: Fraction, interest: Fraction) -> Fraction:
    """Return the monthly instalment with monthly interest i: (price - deposit) · i ÷ (1 - (1+i)^-n)."""
    if not interest:
        return financed / months
    return financed * interest / (1 - (1 + interest) ** -int(months))


def flat_instalment(financed: Fraction, months: Fraction, interest: Fraction) -> Fraction:
    """Return the monthly instalment with flat interest: (price - deposit) ÷ n + i × (price - deposit).

    What private lenders there charge: interest on the whole principal in each month.
    """
    return financed / months + interest * financed


def annuity_interest(financed: Fraction, months: Fraction, interest: Fraction) -> Fraction:
    """Return all interest of an annuity: n instalments less what was financed."""
    return annuity(financed, months, interest) * months - financed


def flat_interest(financed: Fraction, months: Fraction, interest: Fraction) -> Fraction:
    """Return all flat interest: i × n × (price - deposit)."""
    return interest * months * financed


def less_share(price: Fraction, share: Fraction) -> Fraction:
    """Return what is left to finance after a deposit that is a share of the price: price × (1 - share)."""
    return price * (1 - share)


def less_sum(price: Fraction, deposit: Fraction) -> Fraction:
    """Return what is left to finance after a deposit in money: price - deposit."""
    return price - deposit


def multiple(new: Fraction, old: Fraction) -> Fraction:
    """Return how many times the old the new is: new ÷ old."""
    return new / old


def change_percent(new: Fraction, old: Fraction) -> Fraction:
    """Return the change in per cent of the old: (new ÷ old - 1) × 100."""
    return (new / old - 1) * 100


WAGE_MONTHS = Metric("wage_months", wage_months, (1, -1), "{} ÷ {}")
WAGE_YEARS = Metric("wage_years", wage_years, (1, -1), "{} ÷ {} ÷ 12")
WAGE_SHARE = Metric("wage_share", wage_months, (1, -1), "{} ÷ {}")
PER_HEAD = Metric("per_head", per_head, (1, -1), "{} ÷ {}")
DAYS_PER_HEAD = Metric("days_per_head", days_per_head, (-1,), "30 ÷ {}")
SAVING_MONTHS = Metric("saving_months", saving_months, (1, -1, -1), "{} ÷ {} ÷ {}")
INSTALMENT = Metric("instalment", instalment, (1, -1), "{} ÷ {}")
ANNUITY = Metric("instalment", annuity, (1, -1, 1), "{0} × {2} ÷ (1 - (1 + {2})^-{1})")
FLAT_INSTALMENT = Metric("instalment", flat_instalment, (1, -1, 1), "{0} ÷ {1} + {2} × {0}")
ANNUITY_INTEREST = Metric("interest_total", annuity_interest, (1, 1, 1), "{0} × {2} ÷ (1 - (1 + {2})^-{1}) × {1} - {0}")
FLAT_INTEREST = Metric("interest_total", flat_interest, (1, 1, 1), "{2} × {1} × {0}")
LESS_SHARE = Metric("financed", less_share, (1, -1), "{} × (1 - {})")
LESS_SUM = Metric("financed", less_sum, (1, -1), "{} - {}")
MULTIPLE = Metric("multiple", multiple, (1, -1), "{} ÷ {}")
CHANGE_PERCENT = Metric("change_percent", change_percent, (1, -1), "({} ÷ {} - 1) × 100")
