"""Metrics: each formula worked out by hand, its signs held by a property, its words as they read."""

from __future__ import annotations

import inspect
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy import uncertain

from nkauto.core import metrics
from nkauto.core.bounds import bounds, over, times
from nkauto.core.metrics import Metric

EVERY = {name: held for name, held in vars(metrics).items() if isinstance(held, Metric)}
MONEY = st.fractions(min_value=1, max_value=10**9, max_denominator=100)
MONTHS = st.integers(1, 60).map(Fraction)
SHARE = st.fractions(min_value=Fraction(1, 1000), max_value=Fraction(99, 100), max_denominator=1000)
ARGUMENTS = {
    "price": MONEY, "wage": MONEY, "people": st.integers(1, 1000).map(Fraction), "financed": MONEY, "months": MONTHS,
    "interest": st.one_of(st.just(Fraction(0)), SHARE, st.fractions(1, 10, max_denominator=10)), "share": SHARE,
    "deposit": MONEY, "new": MONEY, "old": MONEY,
}  # fmt: skip

BY_HAND = [
    ("WAGE_MONTHS", (1200, 500), Fraction(12, 5)),
    ("WAGE_SHARE", (1200, 500), Fraction(12, 5)),
    ("WAGE_YEARS", (1200, 500), Fraction(1, 5)),
    ("PER_HEAD", (1201, 5), Fraction(1201, 5)),
    ("DAYS_PER_HEAD", (4,), Fraction(15, 2)),
    ("SAVING_MONTHS", (1200, 500, Fraction(3, 10)), Fraction(8)),
    ("INSTALMENT", (1201, 12), Fraction(1201, 12)),
    ("ANNUITY", (1000, 2, Fraction(1, 10)), Fraction(12100, 21)),
    ("ANNUITY", (1000, 1, Fraction(1, 10)), Fraction(1100)),
    ("ANNUITY", (1200, 12, 0), Fraction(100)),
    ("FLAT_INSTALMENT", (1000, 2, Fraction(1, 10)), Fraction(600)),
    ("ANNUITY_INTEREST", (1000, 2, Fraction(1, 10)), Fraction(24200, 21) - 1000),
    ("ANNUITY_INTEREST", (1000, 7, 0), Fraction(0)),
    ("FLAT_INTEREST", (1000, 3, Fraction(1, 10)), Fraction(300)),
    ("LESS_SHARE", (1000, Fraction(1, 5)), Fraction(800)),
    ("LESS_SUM", (1000, 300), Fraction(700)),
    ("MULTIPLE", (1200, 500), Fraction(12, 5)),
    ("CHANGE_PERCENT", (1200, 500), Fraction(140)),
    ("CHANGE_PERCENT", (400, 500), Fraction(-20)),
]


@pytest.mark.parametrize(("name", "arguments", "value"), BY_HAND)
def test_worked_out_by_hand(name, arguments, value):
    assert EVERY[name].function(*map(Fraction, arguments)) == value


def test_every_metric_is_worked_out_by_hand():
    assert {name for name, _, _ in BY_HAND} == set(EVERY)


def arguments_of(metric: Metric) -> list[st.SearchStrategy[Fraction]]:
    return [ARGUMENTS[name] for name in inspect.signature(metric.function).parameters]


@pytest.mark.parametrize("name", EVERY)
@settings(max_examples=40)
@given(data=st.data())
def test_the_signs_hold(name, data):
    metric = EVERY[name]
    strategies = arguments_of(metric)
    assert len(strategies) == len(metric.signs)
    values = [data.draw(strategy) for strategy in strategies]
    for index, sign in enumerate(metric.signs):
        other = data.draw(strategies[index])
        moved = [*values[:index], other, *values[index + 1 :]]
        if other > values[index]:
            assert (metric.function(*moved) - metric.function(*values)) * sign >= 0
        elif other < values[index]:
            assert (metric.function(*moved) - metric.function(*values)) * sign <= 0


@pytest.mark.parametrize("name", EVERY)
@settings(max_examples=40)
@given(data=st.data())
def test_an_inner_point_lies_inside_the_range_and_both_ends_are_reached(name, data):
    metric = EVERY[name]
    names = list(inspect.signature(metric.function).parameters)
    ends = [sorted((data.draw(held), data.draw(held))) for held in arguments_of(metric)]
    held = metric.of(*(uncertain(name, low, high) for name, (low, high) in zip(names, ends, strict=True)), unit="x")
    low, high = bounds(held)
    inner = []
    for name_, (first, last) in zip(names, ends, strict=True):
        share = data.draw(st.fractions(0, 1, max_denominator=20))
        point = first + share * (last - first)
        inner.append(Fraction(int(point)) if name_ in ("months", "people") else point)
    inner = [max(point, first) for point, (first, _) in zip(inner, ends, strict=True)]
    assert low <= metric.function(*inner) <= high
    worst = [first if sign > 0 else last for sign, (first, last) in zip(metric.signs, ends, strict=True)]
    best = [last if sign > 0 else first for sign, (first, last) in zip(metric.signs, ends, strict=True)]
    assert (metric.function(*worst), metric.function(*best)) == (low, high)


@given(MONEY, MONTHS, SHARE)
def test_an_annuity_pays_off_the_last_penny(financed, months, interest):
    due = metrics.annuity(financed, months, interest)
    left = financed
    for _ in range(int(months)):
        left = left * (1 + interest) - due
    assert left == 0
    assert metrics.annuity_interest(financed, months, interest) == due * months - financed


@given(MONEY, MONTHS, SHARE)
def test_flat_interest_is_never_cheaper_than_an_annuity(financed, months, interest):
    assert metrics.flat_interest(financed, months, interest) >= metrics.annuity_interest(financed, months, interest)
    assert metrics.flat_instalment(financed, months, interest) * months == financed + metrics.flat_interest(
        financed, months, interest
    )


@given(MONEY, MONEY)
def test_a_year_is_twelve_months(price, wage):
    assert metrics.wage_years(price, wage) * 12 == metrics.wage_months(price, wage)


def test_a_formula_reads_as_it_was_worked_out():
    price = times(uncertain("amount", 1, 2), uncertain("CNY in KPW", 3, 5).inputs[0], "KPW")
    wage, share = uncertain("wage", 7, 11), uncertain("share saved", 1, 1)
    months = metrics.WAGE_MONTHS.of(price, wage, unit="month")
    assert months.formula == "amount × CNY in KPW ÷ wage"
    assert (months.unit, months.step, months.before) == ("month", "wage_months", price)
    assert metrics.SAVING_MONTHS.of(price, wage, share, unit="month").formula == (
        "amount × CNY in KPW ÷ wage ÷ share saved"
    )
    assert metrics.WAGE_YEARS.of(price, wage, unit="year").formula == "amount × CNY in KPW ÷ wage ÷ 12"


def test_a_formula_is_bracketed_where_an_operator_would_bind_it_wrongly():
    price = uncertain("price", 1000, 1000)
    left = metrics.LESS_SUM.of(price, uncertain("deposit", 1, 1), unit="KPW")
    assert left.formula == "price - deposit"
    assert metrics.INSTALMENT.of(left, uncertain("months", 2, 2), unit="KPW").formula == "(price - deposit) ÷ months"
    wage = times(uncertain("yuan", 1, 1), uncertain("CNY in KPW", 3, 5).inputs[0], "KPW")
    assert metrics.WAGE_MONTHS.of(price, wage, unit="month").formula == "price ÷ (yuan × CNY in KPW)"


@pytest.mark.parametrize("name", EVERY)
@settings(max_examples=40)
@given(data=st.data())
def test_a_formula_reads_as_the_number_that_it_stands_for(name, data):
    """Every formula is evaluated as it is written, also when its arguments are themselves worked out."""
    metric = EVERY[name]
    arguments = []
    for index, held in enumerate(arguments_of(metric)):
        plain = uncertain(f"a{index}", value := data.draw(held), value)
        other = uncertain(f"b{index}", second := data.draw(st.integers(2, 9)), second)
        scaled = times(plain, other.inputs[0], "x")
        nested = {
            "plain": plain,
            "product": times(scaled, uncertain(f"c{index}", Fraction(1, second), Fraction(1, second)).inputs[0], "x"),
            "quotient": over(scaled, uncertain(f"c{index}", second, second).inputs[0], "x"),
            "sum": metrics.LESS_SUM.of(uncertain(f"s{index}", value + second, value + second), other, unit="x"),
        }
        arguments.append(nested[data.draw(st.sampled_from(sorted(nested)))])
    held = metric.of(*arguments, unit="x")
    values = {given_input.name: given_input.low for given_input in held.inputs}
    written = held.formula.replace("×", "*").replace("÷", "/").replace("^", "**")
    written = re.sub(r"\b(\d+)\b", r"Fraction(\1)", written)
    try:
        said = eval(written, {"Fraction": Fraction}, dict(values))  # our own words, over fractions
    except ZeroDivisionError:
        assert name.startswith("ANNUITY")  # without interest an annuity is a plain division
        return
    assert said == held.value(values)
