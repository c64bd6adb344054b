"""Plans of instalments: dates of the calendar, rows that add up, and a spreadsheet's PMT worked out anew."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from session import run
from toy import scope

from nkauto.core import plan as plans
from nkauto.core.afford import Terms
from nkauto.core.amount import Amount
from nkauto.core.bounds import bounds
from nkauto.core.instalments import counted, due_dates, grace_periods, how_many, repay
from nkauto.core.loan import (
    FLAT_AFTER_GRACE,
    FLAT_INTEREST_AFTER_GRACE,
    GROWN,
    GROWN_INTEREST,
    WEEKLY,
    WITH_INTEREST,
)
from nkauto.core.plan import Calendar, Plan
from nkauto.core.range import Range
from nkauto.errors import BadOption, NoRate

CENT = Fraction(1, 100)
COMMAND = [
    "plan", "85,000 yuan", "--on", "2025-06", "--at", "Hyesan", "--people", "3-5", "--over", "12m",
    "--interest", "5-10%/month", "--deposit", "20%", "--in", "rice",
]  # fmt: skip


def pmt(sum_lent: Decimal, rate: Decimal, count: int) -> Decimal:
    """Return a spreadsheet's PMT in 60 digits, from the sum of discounts: no closed formula of the program's."""
    getcontext().prec = 60
    discounts = sum((1 / (1 + rate) ** number for number in range(1, count + 1)), Decimal(0))
    return sum_lent / discounts


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def planned(book, thing="used-car", calendar: Calendar | None = None, **terms) -> Plan:
    terms = {"months": Range.of(12)} | terms
    return plans.plan(book, scope("2024-06-04", "Hyesan"), thing, Terms(**terms), calendar or Calendar(), subject="it")


def ends(column: plans.Column) -> list[tuple[Decimal, Decimal]]:
    return [(row.low, row.high) for row in column.rows]


# -- dates -------------------------------------------------------------------------------------------------


def test_month_ends_are_counted_from_the_start_and_not_from_the_month_before():
    dates = due_dates(date(2025, 1, 31), None, 5, "month")
    assert dates == (date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30), date(2025, 5, 31), date(2025, 6, 30))
    assert due_dates(date(2023, 12, 31), None, 2, "month")[1] == date(2024, 2, 29)


def test_weeks_are_counted_within_the_months_and_fall_on_one_weekday():
    start = date(2025, 6, 2)
    count = how_many(12, start, "week")
    dates = due_dates(start, None, count, "week")
    assert count == 52
    assert {day.weekday() for day in dates} == {0}
    assert dates[0] == date(2025, 6, 9)
    assert dates[-1] <= date(2026, 6, 2) < date(2026, 6, 8)


def test_a_grace_period_is_counted_in_whole_periods_and_the_first_due_day_is_the_one_given():
    start, first = date(2025, 6, 13), date(2026, 6, 1)
    assert due_dates(start, first, 3, "month") == (date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1))
    assert grace_periods(start, first, "month") == 10
    assert grace_periods(start, date(2026, 6, 13), "month") == 11
    assert grace_periods(start, date(2025, 7, 13), "month") == 0
    assert grace_periods(start, date(2025, 6, 20), "month") == 0
    assert grace_periods(start, date(2025, 7, 4), "week") == 2


def test_the_year_9999_is_the_last():
    with pytest.raises(BadOption, match="past the year 9999"):
        due_dates(date(9999, 11, 30), None, 3, "month")


# -- rows --------------------------------------------------------------------------------------------------


@given(
    st.integers(1, 10**7),
    st.integers(1, 60),
    st.integers(0, 300),
    st.integers(0, 12),
    st.booleans(),
)
@example(1, 27, 5, 2, False)
@example(1, 14, 3, 1, True)
@settings(max_examples=300)
def test_rows_add_up_and_leave_nothing_owed(lent: int, count: int, mille: int, grace: int, flat: bool):
    rows = repay(Fraction(lent), count, Fraction(mille, 1000), grace=grace, flat=flat, step=CENT)
    assert len(rows) == count
    assert rows[-1].balance == 0
    assert all((part / CENT).denominator == 1 for row in rows for part in row)
    assert sum(row.paid for row in rows) == lent + sum(row.interest for row in rows)
    assert all(row.paid >= 0 and row.balance >= 0 for row in rows)
    owed = Fraction(lent)
    for row in rows:
        owed += row.interest - row.paid
        assert owed == row.balance


@given(st.lists(st.fractions(min_value=0, max_value=1000), min_size=1, max_size=30))
def test_what_is_counted_out_adds_up_to_the_rounded_sum(exact: list[Fraction]):
    rows = counted(exact, CENT)
    total = sum(exact, Fraction(0))
    assert abs(sum(rows) - total) <= CENT / 2
    assert all((row / CENT).denominator == 1 for row in rows)
    assert all(row >= 0 for row in rows[:-1])
    assert rows[-1] >= -CENT / 2


def test_where_rounding_up_would_pay_too_much_it_rounds_down():
    rows = repay(Fraction(10), 12, Fraction(0), grace=0, flat=False, step=Fraction(1))
    assert [row.paid for row in rows] == [0] * 11 + [10]


def test_an_annuity_is_a_spreadsheets_pmt():
    rows = repay(Fraction(68000), 12, Fraction(1, 20), grace=0, flat=False, step=CENT)
    assert Decimal(rows[0].paid.numerator) / rows[0].paid.denominator == cents(pmt(Decimal(68000), Decimal("0.05"), 12))
    assert rows[0].interest == 3400


def test_flat_interest_is_charged_on_the_whole_sum_and_in_the_grace_period_too():
    rows = repay(Fraction(1200), 12, Fraction(1, 10), grace=0, flat=True, step=CENT)
    assert {row.paid for row in rows} == {220}
    waited = repay(Fraction(1200), 12, Fraction(1, 10), grace=3, flat=True, step=CENT)
    assert sum(row.interest for row in waited) == 1200 * 15 // 10


def test_interest_of_the_grace_period_bears_interest_and_stands_in_the_first_row():
    rows = repay(Fraction(1000), 2, Fraction(1, 10), grace=1, flat=False, step=CENT)
    assert rows[0].interest == 100 + 110
    assert sum(row.paid for row in rows) == 1000 + sum(row.interest for row in rows)


# -- the formulas ------------------------------------------------------------------------------------------

METRICS = (
    (WEEKLY, ("share",)),
    (GROWN, ("money", "share", "count")),
    (FLAT_AFTER_GRACE, ("money", "number", "share", "count")),
    (GROWN_INTEREST, ("money", "number", "share", "count")),
    (FLAT_INTEREST_AFTER_GRACE, ("money", "number", "share", "count")),
    (WITH_INTEREST, ("money", "money")),
)
KINDS = {
    "money": st.integers(1, 10**6).map(Fraction),
    "share": st.fractions(min_value=0, max_value=1, max_denominator=100),
    "number": st.integers(1, 24).map(Fraction),
    "count": st.integers(0, 12).map(Fraction),
}


@pytest.mark.parametrize(("metric", "kinds"), METRICS, ids=lambda held: getattr(held, "id", ""))
def test_each_formula_moves_as_its_signs_say(metric, kinds):
    @given(st.tuples(*(KINDS[kind] for kind in kinds)), st.tuples(*(KINDS[kind] for kind in kinds)))
    @settings(max_examples=60)
    def moves(first, second):
        for index, sign in enumerate(metric.signs):
            low, high = sorted((first[index], second[index]))
            at_low = metric.function(*first[:index], low, *first[index + 1 :])
            at_high = metric.function(*first[:index], high, *first[index + 1 :])
            assert (at_high - at_low) * sign >= 0

    moves()


# -- the plan ----------------------------------------------------------------------------------------------


def test_a_plan_without_interest_divides_what_is_left_after_the_deposit(toy_book):
    held = planned(toy_book, deposit=Range.of("0.25"))
    financed = (Decimal(83003) * 3 / 4, Decimal(83009) * 3 / 4)
    regular = [cents(end / 12) for end in financed]
    rows = ends(held.column("instalment_cny"))
    assert rows[:-1] == [(regular[0], regular[1])] * 11
    assert rows[-1] == (financed[0] - 11 * regular[0], financed[1] - 11 * regular[1])
    assert not [column for column in held.columns if column.metric == "interest"]
    assert ends(held.column("balance"))[-1] == (0, 0)
    assert held.dates[0] == date(2024, 7, 4)


def test_every_column_adds_up_to_its_total_at_both_ends(toy_book):
    held = planned(
        toy_book, people=Range.of(3, 5), deposit=Range.of("0.2"), interest=Range.of("0.05", "0.1"), commodity="rice"
    )
    assert {column.metric for column in held.columns} == {
        "instalment_cny", "interest", "balance", "instalment_kpw", "instalment_usd", "instalment_wages",
        "instalment_rice", "per_head_cny", "per_head_wage_months", "per_head_rice",
    }  # fmt: skip
    for column in held.columns:
        if column.total is not None:
            assert sum(row.low for row in column.rows) == column.total.low, column.metric
            assert sum(row.high for row in column.rows) == column.total.high, column.metric


def test_each_corner_of_the_plan_is_a_spreadsheets(toy_book):
    held = planned(toy_book, people=Range.of(3, 5), deposit=Range.of("0.2"), interest=Range.of("0.05", "0.1"))
    low = cents(pmt(Decimal(83003) * 4 / 5, Decimal("0.05"), 12))
    high = cents(pmt(Decimal(83009) * 4 / 5, Decimal("0.1"), 12))
    assert ends(held.column("instalment_cny"))[0] == (low, high)
    assert ends(held.column("per_head_cny"))[0] == (cents(low / 5), cents(high / 3))
    # yuan at 1,009-1,013 won in Hyesan on that day, counted in whole won
    assert ends(held.column("instalment_kpw"))[0] == (
        (low * 1009).quantize(Decimal(1), ROUND_HALF_UP),
        (high * 1013).quantize(Decimal(1), ROUND_HALF_UP),
    )


def test_the_exact_results_are_not_rounded_and_hold_the_rows(toy_book):
    held = planned(toy_book, interest=Range.of("0.05", "0.1"))
    results = {result.metric: result for result in held.derivation.results}
    low, high = bounds(results["instalment_cny"].quantity)
    row = held.column("instalment_cny").rows[0]
    assert abs(Fraction(row.low) - low) <= CENT / 2
    assert abs(Fraction(row.high) - high) <= CENT / 2
    assert low.denominator > 100
    total = results["total"].range
    assert abs(total.low - held.total.low) < 1


def test_a_deposit_in_another_currency_uses_the_rate_once(toy_book):
    deposit = Amount(Range.of(1_000_000), "KPW")
    held = planned(toy_book, deposit=deposit)
    results = {result.metric: result.range for result in held.derivation.results}
    # paid back in won, the deposit is the same million whatever the yuan costs
    assert results["financed"].low == pytest.approx(Decimal(83003) - Decimal(1_000_000) / 1009)
    in_won = held.column("instalment_kpw").total
    assert in_won is not None
    assert abs(in_won.low - (83003 * 1009 - 1_000_000)) < 10
    assert abs(in_won.high - (83009 * 1013 - 1_000_000)) < 10


def test_each_person_pays_his_part_of_everything(toy_book):
    held = planned(toy_book, people=Range.of(3, 5))
    assert held.total == Range.of(83003, 83009, approx=True)
    assert held.each == Range(cents(Decimal(83003) / 5), cents(Decimal(83009) / 3), approx=True)


def test_weekly_instalments_bear_a_weeks_interest(toy_book):
    held = planned(
        toy_book, Amount(Range.of(52000), "CNY"), Calendar(every="week"), interest=Range.of("0.13"), flat=True
    )
    assert len(held.dates) == 52
    assert held.column("interest").total == Range.of(Decimal(52000) * 52 * 3 / 100)
    assert any("12 ÷ 52" in note for note in held.derivation.notes)


def test_a_grace_period_says_what_interest_does(toy_book):
    calendar = Calendar(first=date(2025, 6, 4))
    piled = planned(toy_book, calendar=calendar, interest=Range.of("0.05"))
    assert piled.dates[0] == date(2025, 6, 4)
    assert any("bears interest itself" in note for note in piled.derivation.notes)
    flat = planned(toy_book, calendar=calendar, interest=Range.of("0.05"), flat=True)
    assert any("spread over the instalments" in note for note in flat.derivation.notes)
    assert any("no interest is charged" in note for note in planned(toy_book, calendar=calendar).derivation.notes)
    lent = Decimal(83003) * Decimal("1.05") ** 11
    assert ends(piled.column("instalment_cny"))[0][0] == cents(pmt(lent, Decimal("0.05"), 12))


def test_what_cannot_be_told_is_a_note_and_not_a_refusal(toy_book):
    held = plans.plan(
        toy_book, scope("2024-06-04", "Hyesan", publisher="Prime Press"), "used-car",
        Terms(months=Range.of(3), commodity="squid"), Calendar(),
    )  # fmt: skip
    assert any(note.startswith("instalment_squid: no market rate of squid") for note in held.derivation.notes)
    assert not [column for column in held.columns if column.metric == "instalment_squid"]


@pytest.mark.parametrize(
    ("terms", "calendar", "message"),
    [
        ({"months": None}, Calendar(), "a plan needs the time"),
        ({"months": Range.of(6, 12)}, Calendar(), "one number of months"),
        ({"months": Range.of(1201)}, Calendar(), "at most 1200 "),
        ({"months": Range.of(600)}, Calendar(every="week"), "at most 1200 instalments, not 26"),
        ({"deposit": Amount(Range.of(90000), "CNY")}, Calendar(), "nothing would be left"),
        ({}, Calendar(first=date(2024, 6, 4)), "must be due after the sale"),
    ],
)
def test_terms_that_make_no_plan_are_refused(toy_book, terms, calendar, message):
    with pytest.raises(BadOption, match=message):
        planned(toy_book, calendar=calendar, **terms)


def test_an_instalment_that_cannot_be_counted_out_is_refused(toy_book):
    with pytest.raises(BadOption, match="less than 1 KPW"):
        planned(toy_book, Amount(Range.of(5), "KPW"))


def test_an_unknown_period_and_a_missing_price_are_refused(toy_book):
    with pytest.raises(BadOption, match="fortnight"):
        Calendar(every="fortnight")
    with pytest.raises(NoRate):
        plans.plan(toy_book, scope("2020-01-01"), "used-car", Terms(months=Range.of(3)), Calendar())


# -- the command, by the shipped book ----------------------------------------------------------------------


def said(*options: str, columns: int = 80) -> str:
    done = run([*COMMAND, *options], columns=columns)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_the_csv_has_one_row_an_instalment_that_agrees_with_pmt_at_each_corner():
    rows = list(csv.DictReader(io.StringIO(said("-f", "csv"))))
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 13)]
    assert [row["due"] for row in rows][:2] == ["2025-07-01", "2025-08-01"]
    low, high = (cents(pmt(Decimal(68000), rate, 12)) for rate in (Decimal("0.05"), Decimal("0.1")))
    for row in rows[:-1]:
        assert (Decimal(row["instalment_cny_low"]), Decimal(row["instalment_cny_high"])) == (low, high)
        assert Decimal(row["per_head_cny_low"]) == cents(low / 5)
        assert Decimal(row["per_head_cny_high"]) == cents(high / 3)
    paid = [sum(Decimal(row[f"instalment_cny_{end}"]) for row in rows) for end in ("low", "high")]
    interest = [sum(Decimal(row[f"interest_{end}"]) for row in rows) for end in ("low", "high")]
    assert [end - 68000 for end in paid] == interest
    assert Decimal(rows[-1]["balance_high"]) == 0


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_the_table_shows_every_figure_whole_at_any_width(columns: int):
    table = said(columns=columns)
    held = json.loads(said("-f", "json"))
    low, high = held["schedule"][0]["instalment_cny"].values()
    assert f"{Decimal(low):,.2f}–{Decimal(high):,.2f}" in table
    for metric, total in held["totals"].items():
        figures = {f"{Decimal(end):,.{places}f}" for end in total.values() for places in (0, 2)}
        assert any(figure in table for figure in figures), metric
    assert "…" not in table.partition("Rates used")[0]
    assert max(len(line) for line in table.partition("Sources")[0].splitlines()) <= columns


def test_the_totals_of_the_table_are_the_sums_of_its_rows():
    table = said().splitlines()
    rows = [line for line in table if re.match(r" ?[0-9]+  202[56]-", line)]
    first = [line.split()[2] for line in rows[:12]]
    total = next(line for line in table if line.strip().startswith("total")).split()[1]
    for end in (0, 1):
        summed = sum(Decimal(figure.split("–")[end].replace(",", "")) for figure in first)
        assert summed == Decimal(total.split("–")[end].replace(",", ""))
