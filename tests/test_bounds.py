"""Bounds: a formula's least and greatest value over its inputs, each of which counts once."""

from __future__ import annotations

import itertools
import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import uncertain

from nkauto.core.bounds import Input, Quantity, apply, bounds, over, times, widest
from nkauto.errors import BadOption

POSITIVE = st.fractions(min_value=Fraction(1, 1000), max_value=10**6, max_denominator=1000)


@st.composite
def spans(draw: st.DrawFn) -> tuple[Fraction, Fraction]:
    low, high = sorted((draw(POSITIVE), draw(POSITIVE)))
    return low, high


def ratio(new: Quantity, old: Quantity) -> Quantity:
    return apply(lambda a, b: a / b, (1, -1), (new, old), unit="x", formula="new ÷ old")


def difference(left: Quantity, right: Quantity) -> Quantity:
    return apply(lambda a, b: a - b, (1, -1), (left, right), unit="KPW", formula="left - right")


def test_a_single_input_is_itself():
    held = uncertain("wage", 30011, 50021)
    assert bounds(held) == (30011, 50021)
    assert (held.unit, held.formula, held.before, held.step) == ("KPW", "wage", None, "")


def test_a_product_and_a_quotient():
    amount = uncertain("amount", 3, 5, "CNY")
    won = times(amount, Input("CNY in KPW", Fraction(7), Fraction(11), "KPW/CNY"), "KPW")
    assert (won.unit, won.formula, won.step, won.before) == ("KPW", "amount × CNY in KPW", "×", amount)
    assert bounds(won) == (21, 55)
    rice = over(won, Input("rice", Fraction(13), Fraction(17), "KPW/kg"), "kg")
    assert (rice.unit, rice.formula, rice.step) == ("kg", "amount × CNY in KPW ÷ rice", "÷")
    assert bounds(rice) == (Fraction(21, 17), Fraction(55, 13))
    assert [held.name for held in rice.inputs] == ["amount", "CNY in KPW", "rice"]


def test_what_cancels_cancels():
    won = Input("CNY in KPW", Fraction(4100), Fraction(5700), "KPW/CNY")
    new = times(uncertain("new", 1200, 1200, "CNY"), won, "KPW")
    old = times(uncertain("old", 300, 500, "CNY"), won, "KPW")
    assert bounds(ratio(new, old)) == (Fraction("2.4"), 4)
    assert ratio(new, old).signs["CNY in KPW"] == 0


@given(spans(), spans(), spans())
def test_what_cancels_cancels_whatever_the_rate_does(new, old, won):
    rate = Input("won", *won, "KPW/CNY")
    held = ratio(times(uncertain("new", *new, "CNY"), rate, "KPW"), times(uncertain("old", *old, "CNY"), rate, "KPW"))
    assert bounds(held) == (new[0] / old[1], new[1] / old[0])


def test_one_name_is_one_input_and_two_inputs_of_one_name_are_refused():
    left = times(uncertain("amount", 1, 1), Input("rice", Fraction(2), Fraction(3), "KPW/kg"), "KPW")
    with pytest.raises(ValueError, match="two inputs of one formula are called 'rice'"):
        over(left, Input("rice", Fraction(2), Fraction(3), "KPW/L"), "L")
    with pytest.raises(ValueError, match="two inputs of one formula"):
        over(left, Input("rice", Fraction(2), Fraction(4), "KPW/kg"), "kg")


@given(spans(), spans(), spans(), st.lists(st.fractions(0, 1, max_denominator=50), min_size=3, max_size=3))
def test_an_inner_point_lies_inside(first, second, third, shares):
    a, b, c = (uncertain(name, *ends) for name, ends in zip("abc", (first, second, third), strict=True))
    held = ratio(difference(times(a, c.inputs[0], "x"), b), c)
    low, high = bounds(held)
    inner = {
        name: ends[0] + share * (ends[1] - ends[0])
        for name, ends, share in zip("abc", (first, second, third), shares, strict=True)
    }
    assert low <= held.value(inner) <= high


@given(spans(), spans(), spans(), st.integers(0, 2), POSITIVE, POSITIVE)
def test_wider_inputs_never_give_a_narrower_range(first, second, third, index, down, up):
    def held(ends: list[tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
        a, b, c = (uncertain(name, *pair) for name, pair in zip("abc", ends, strict=True))
        return bounds(ratio(difference(times(a, c.inputs[0], "x"), b), c))

    given_ends = [first, second, third]
    wide_ends = list(given_ends)
    wide_ends[index] = (given_ends[index][0] / (1 + down), given_ends[index][1] + up)
    narrow, wide = held(given_ends), held(wide_ends)
    assert wide[0] <= narrow[0]
    assert narrow[1] <= wide[1]


@given(spans(), spans())
def test_there_and_back_contains_the_start(amount, rate):
    won = Input("won", *rate, "KPW/CNY")
    start = uncertain("amount", *amount, "CNY")
    assert bounds(over(times(start, won, "KPW"), won, "CNY")) == amount
    back = Input("another day's won", *rate, "KPW/CNY")
    low, high = bounds(over(times(start, won, "KPW"), back, "CNY"))
    assert low <= amount[0]
    assert amount[1] <= high


def test_an_input_that_pulls_both_ways_is_tried_at_both_ends():
    a, b = uncertain("a", 2, 7), uncertain("b", 3, 5)
    product = times(a, b.inputs[0], "x")
    held = difference(product, b)
    assert held.signs == {"a": 1, "b": 0}
    corners = [x * y - y for x, y in itertools.product((2, 7), (3, 5))]
    assert bounds(held) == (min(corners), max(corners))


def test_the_ends_of_an_input_may_be_others():
    held = ratio(uncertain("new", 1200, 1200), uncertain("old", 300, 500))
    assert bounds(held, {"old": (Fraction(600), Fraction(800))}) == (Fraction(3, 2), 2)
    assert bounds(held) == (Fraction("2.4"), 4)
    assert bounds(held, {"old": (Fraction(400), Fraction(400))}) == (3, 3)


def test_a_divisor_that_may_be_zero_is_refused_by_name():
    held = ratio(uncertain("price", 5, 7), uncertain("wage", 0, 2))
    with pytest.raises(BadOption, match="wage may be zero, so there is no greatest value"):
        bounds(held)
    won = uncertain("won", 0, 3)
    shared = ratio(times(uncertain("a", 1, 2), won.inputs[0], "x"), won)
    with pytest.raises(BadOption, match="won may be zero"):
        bounds(shared)
    with pytest.raises(BadOption, match="won or wage may be zero"):
        bounds(ratio(won, uncertain("wage", 0, 0)))
    constant = apply(lambda a: a / 0, (1,), (uncertain("a", 1, 1),), unit="x", formula="a ÷ 0")
    with pytest.raises(BadOption, match="a divisor may be zero"):
        bounds(constant)


def test_a_price_of_nothing_is_no_obstacle():
    assert bounds(ratio(uncertain("price", 0, 7), uncertain("wage", 2, 5))) == (0, Fraction(7, 2))


def test_eight_uncertain_inputs_take_about_a_millisecond():
    held = uncertain("a0", 2, 3)
    for index in range(1, 8):
        end = Input(f"a{index}", Fraction(index + 1), Fraction(index + 2), "x")
        held = times(held, end, "x") if index % 2 else over(held, end, "x")
    runs = []
    for _ in range(20):
        begun = time.perf_counter()
        bounds(held)
        runs.append(time.perf_counter() - begun)
    assert min(runs) < 0.005  # the goal is 1 ms; five leave room for a busy machine


def test_the_widest_input_moves_the_value_most():
    price, wage = uncertain("price", 1000, 1100), uncertain("wage", 10, 20)
    assert widest(ratio(price, wage)) == "wage"
    assert widest(ratio(uncertain("price", 1000, 9000), wage)) == "price"
    assert widest(ratio(uncertain("price", 1000, 1000), uncertain("wage", 10, 10))) == ""
    assert widest(ratio(uncertain("price", 1000, 1000), wage)) == "wage"


@given(spans(), spans(), spans())
def test_an_input_that_pulls_both_ways_may_lower_the_whole(first, second, third):
    """x × p - x × q rises in x or falls, by what p and q are: no sign tells which end is least."""
    x, p, q = (uncertain(name, *ends) for name, ends in zip("xpq", (first, second, third), strict=True))
    held = difference(times(x, p.inputs[0], "KPW"), times(x, q.inputs[0], "KPW"))
    assert held.signs == {"x": 0, "p": 1, "q": -1}
    corners = [a * b - a * c for a, b, c in itertools.product(first, second, third)]
    assert bounds(held) == (min(corners), max(corners))


def test_an_input_that_lowers_the_whole_though_it_stands_in_both_parts():
    x = uncertain("x", 2, 5)
    held = difference(times(x, uncertain("p", 1, 1).inputs[0], "x"), times(x, uncertain("q", 3, 3).inputs[0], "x"))
    assert bounds(held) == (-10, -4)


def test_an_input_that_no_sign_is_given_for_is_tried_at_both_ends():
    x = Input("x", Fraction(2), Fraction(5), "KPW")
    assert bounds(Quantity("KPW", "10 - x", (x,), lambda values: 10 - values["x"], {})) == (5, 8)
