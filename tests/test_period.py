"""Periods: first and last day, both included."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkauto.core.period import REDENOMINATION, Period

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(1991, 1, 1))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return Period(first, last)


def days_of(period: Period) -> set[date]:
    return {period.first + timedelta(days=days) for days in range((period.last - period.first).days + 1)}


def test_a_period_runs_forward():
    with pytest.raises(ValueError, match="runs forward, not from 2024-06-02 to 2024-06-01"):
        Period(date(2024, 6, 2), date(2024, 6, 1))
    assert Period(date(2024, 6, 2), date(2024, 6, 2)) == Period.day(date(2024, 6, 2))


@pytest.mark.parametrize(
    ("year", "month", "last"),
    [(2024, 2, 29), (2023, 2, 28), (1900, 2, 28), (2000, 2, 29), (2024, 12, 31), (2024, 4, 30)],
)
def test_a_month_ends_on_its_last_day(year, month, last):
    assert Period.month(year, month) == Period(date(year, month, 1), date(year, month, last))


def test_a_year():
    assert Period.year(2024) == Period(date(2024, 1, 1), date(2024, 12, 31))


@given(periods(), periods())
def test_overlapping_is_sharing_a_day(one, other):
    share = bool(days_of(one) & days_of(other))
    assert one.overlaps(other) is share
    assert other.overlaps(one) is share


@given(periods(), periods())
def test_the_gap_is_the_days_between_nearest_days_negative_when_the_other_is_earlier(one, other):
    gap = one.gap(other)
    assert gap == -other.gap(one)
    if one.overlaps(other):
        assert gap == 0
    else:
        nearest = min(abs((a - b).days) for a in (one.first, one.last) for b in (other.first, other.last))
        assert abs(gap) == nearest
        assert (gap < 0) is (other.last < one.first)


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (Period.day(date(2024, 6, 3)), "2024-06-03"),
        (Period.month(2024, 2), "2024-02"),
        (Period.year(2024), "2024"),
        (Period(date(2024, 2, 1), date(2024, 2, 28)), "2024-02-01..2024-02-28"),
        (Period(date(2024, 2, 2), date(2024, 2, 29)), "2024-02-02..2024-02-29"),
        (Period(date(2024, 1, 1), date(2025, 12, 31)), "2024-01-01..2025-12-31"),
    ],
)
def test_a_period_says_itself_in_the_shortest_way(period, text):
    assert str(period) == text


def test_the_new_won_began_in_december_2009():
    assert date(2009, 12, 1) == REDENOMINATION
