"""The rows of a repayment at one corner: dates of the calendar, money that can be counted out.

An instalment is rounded half up to the smallest unit that is paid, as a spreadsheet shows its PMT; the last
one takes what the rounding leaves, so that the column adds up. Which corner is asked is not decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from nkauto.core.metrics import annuity
from nkauto.errors import BadOption

EVERY = ("month", "week")
MOST = 1200
"""The most instalments of one plan: a hundred years of months."""
WEEKS_A_YEAR = 52
HALF = Fraction(1, 2)
WHOLE = frozenset({"KPW", "KPW-OLD", "KRW", "JPY"})
"""Currencies that are counted in whole units; all others in hundredths."""


class Row(NamedTuple):
    """One instalment: what is paid, the interest within it, and what is owed after it."""

    paid: Fraction
    interest: Fraction
    balance: Fraction


def money_step(currency: str) -> Fraction:
    """Return the smallest sum of a currency that is paid: 1 won, 0.01 of most others."""
    return Fraction(1) if currency in WHOLE else Fraction(1, 100)


def goods_step(least: Fraction) -> Fraction:
    """Return the step of a column of goods or work: 0.01, or less where the least figure has no third digit then."""
    step = Fraction(1, 100)
    while least and least < 100 * step and step > Fraction(1, 10**12):
        step /= 10
    return step


def round_half_up(value: Fraction, step: Fraction) -> Fraction:
    """Return the nearest multiple of the step, the upper one from the middle."""
    return (value / step + HALF).__floor__() * step


def counted(exact: Sequence[Fraction], step: Fraction) -> list[Fraction]:
    """Return figures as multiples of a step that add up to their rounded sum: the last takes the rounding.

    Where rounding half up would leave the last below zero, the others are rounded down.
    """
    total = round_half_up(sum(exact, Fraction(0)), step)
    rows = [round_half_up(value, step) for value in exact[:-1]]
    if total < sum(rows):
        rows = [(value / step).__floor__() * step for value in exact[:-1]]
    return [*rows, total - sum(rows)]


def due_dates(start: date, first: date | None, count: int, every: str) -> tuple[date, ...]:
    """Return the days on which instalments are due.

    Each is counted from the start (or from the first due day where one is given), never from the one before:
    31 January, 28 February, 31 March. Raises BadOption past the year 9999.
    """
    from dateutil.relativedelta import relativedelta

    origin, skipped = (start, 1) if first is None else (first, 0)
    numbers = range(skipped, count + skipped)
    try:
        if every == "week":
            return tuple(origin + timedelta(weeks=number) for number in numbers)
        return tuple(origin + relativedelta(months=number) for number in numbers)
    except (OverflowError, ValueError):
        raise BadOption("the plan runs past the year 9999", hint="Give an earlier --start.") from None


def how_many(months: int, start: date, every: str) -> int:
    """Return the number of instalments: one a month, or one for each whole week of those months.

    Raises BadOption beyond the most.
    """
    if every == "month":
        return months
    end = due_dates(start, None, months, "month")[-1]
    weeks = (end - start).days // 7
    if weeks > MOST:
        raise BadOption(f"a plan has at most {MOST} instalments, not {weeks}", hint="Give a shorter --over.")
    return weeks


def grace_periods(start: date, first: date | None, every: str) -> int:
    """Return the whole months (or weeks) before the last one that ends on the first due day: the grace period."""
    if first is None:
        return 0
    if every == "week":
        return max(0, (first - start).days // 7 - 1)
    from dateutil.relativedelta import relativedelta

    between = relativedelta(first, start)
    return max(0, between.years * 12 + between.months - 1)


def repay(
    financed: Fraction, count: int, interest: Fraction, *, grace: int, flat: bool, step: Fraction
) -> tuple[Row, ...]:
    """Return the rows that pay a sum back with interest by the period, in multiples of the step.

    Annuity: equal instalments, interest on what is still owed; in the grace period it is added to the sum
    and bears interest. Flat: interest on the whole sum in each period, those of grace included, in equal
    parts; principal and interest are rounded each. The interest of the grace period stands in the first row
    of an annuity. ``financed`` is rounded to the step.
    """
    owed = round_half_up(financed, step)
    if flat or not interest:
        return _flat(owed, count, interest * (count + grace), step)
    grown = owed * (1 + interest) ** grace
    exact = annuity(grown, Fraction(count), interest)
    accrued = round_half_up(grown, step) - owed
    return _annuity(owed, accrued, round_half_up(exact, step), count, interest, step)


def _annuity(
    owed: Fraction, accrued: Fraction, regular: Fraction, count: int, interest: Fraction, step: Fraction
) -> tuple[Row, ...]:
    rows = []
    balance = owed + accrued
    for number in range(1, count + 1):
        due = round_half_up(balance * interest, step)
        paid = min(regular, balance + due) if number < count else balance + due
        balance += due - paid
        rows.append(Row(paid, due + (accrued if number == 1 else 0), balance))
    return tuple(rows)


def _flat(owed: Fraction, count: int, share: Fraction, step: Fraction) -> tuple[Row, ...]:
    interest = counted([round_half_up(owed * share, step) / count] * count, step)
    parts = counted([owed / count] * count, step)
    rows = []
    for part, due in zip(parts, interest, strict=True):
        owed -= part
        rows.append(Row(part + due, due, owed))
    return tuple(rows)
