"""The rules by which a claim is judged: comparisons, readings, outside rates, likely slips."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkauto.core.claims import (
    Candidate,
    Conversion,
    Grade,
    Hint,
    OutsideAnswer,
    Reading,
    Stated,
    Test,
    Verdict,
    worst_first,
)
from nkauto.core.judge import best, compare, grade, judge, judge_all, line, verdict
from nkauto.core.terms import Term, fall, mean, minus, number, over, plus, rise, share, shown, times, total


def term(value: str) -> Term:
    return number(Decimal(value))


def stated(low: str, high: str = "", place: str = "1") -> Stated:
    return Stated(Decimal(low), Decimal(high or low), Decimal(place))


def graded(value: str, operator: str, said: str, place: str = "1") -> Grade:
    return grade(Test(term(value), operator, Decimal(said), Decimal(place)))


# --- the four kinds of comparison ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "said", "place", "expected"),
    [
        ("0.2508", "0.25", "0.01", Grade.EXACT),  # rounds to the stated digits
        ("41.7544", "42", "1", Grade.EXACT),
        ("121.7", "121", "1", Grade.ROUNDING),  # 0.6 % off, but 122 when rounded
        ("0.25", "1.76", "0.01", Grade.NO),
        ("97.5", "100", "1", Grade.ROUNDING),  # 2.5 % exactly is still rounding
        ("97.49", "100", "1", Grade.NO),
        ("3.4", "3", "1", Grade.EXACT),  # 3.4 rounds to 3, far as it is
    ],
)
def test_equal_is_exact_when_it_rounds_and_rounding_within_2_5_percent(
    value: str, said: str, place: str, expected: Grade
) -> None:
    assert graded(value, "=", said, place) is expected


@pytest.mark.parametrize(
    ("value", "said", "expected"),
    [
        ("3.15", "3", Grade.EXACT),  # rounds to 3 and is 5 % off
        ("3.16", "3", Grade.ROUNDING),  # rounds to 3, but is more than 5 % off
        ("22.2", "20", Grade.ROUNDING),
        ("22.5", "20", Grade.ROUNDING),  # 12.5 % exactly
        ("22.51", "20", Grade.NO),
        ("17.5", "20", Grade.ROUNDING),
        ("17.49", "20", Grade.NO),
    ],
)
def test_about_is_exact_within_5_and_rounding_within_12_5_percent(value: str, said: str, expected: Grade) -> None:
    assert graded(value, "~", said) is expected


@pytest.mark.parametrize(
    ("operator", "true", "false"),
    [("<", "9.99", "10"), (">", "10.01", "10"), ("<=", "10", "10.01"), (">=", "10", "9.99")],
)
def test_a_bound_is_true_or_not(operator: str, true: str, false: str) -> None:
    assert graded(true, operator, "10") is Grade.EXACT
    assert graded(false, operator, "10") is Grade.NO


@given(st.decimals("0.001", "1000000", places=3), st.sampled_from(["=", "~"]))
def test_what_is_stated_exactly_holds(value: Decimal, operator: str) -> None:
    assert grade(Test(number(value), operator, value, Decimal("0.001"))) is Grade.EXACT


@given(st.decimals("1", "1000", places=2), st.decimals("1", "1000", places=2))
def test_about_never_refuses_what_equal_within_rounding_allows(value: Decimal, said: Decimal) -> None:
    place = Decimal("0.000001")
    if grade(Test(number(value), "=", said, place)) is not Grade.NO:
        assert grade(Test(number(value), "~", said, place)) is not Grade.NO


# --- ranges -------------------------------------------------------------------------------------


def operators(tests: tuple[Test, ...]) -> list[tuple[str, str]]:
    return [(test.operator, f"{test.stated}") for test in tests]


def test_one_stated_value_inside_a_computed_range_is_borne_out() -> None:
    tests = compare(term("22.2"), term("30"), "=", stated("25"))
    assert operators(tests) == [("<=", "25"), (">=", "25")]
    assert verdict(tests) is Verdict.HOLDS


def test_one_stated_value_outside_a_computed_range_is_held_against_both_ends() -> None:
    tests = compare(term("0.83"), term("0.94"), "=", stated("17.18", place="0.01"))
    assert verdict(tests) is Verdict.FAILS
    assert len(tests) == 2


def test_one_stated_value_just_beside_a_computed_range_is_rounding() -> None:
    assert verdict(compare(term("100"), term("110"), "=", stated("112", place="0.1"))) is Verdict.ROUNDING


def test_a_bound_must_be_true_at_every_point() -> None:
    # 200,000 won at 20,000 to 24,000 won a kilo buy 8.33 to 10 kg: not even 10 kg, except at the lowest price.
    low, high = over(term("200000"), term("24000")), over(term("200000"), term("20000"))
    assert verdict(compare(low, high, "<", stated("10"))) is Verdict.PARTLY
    assert verdict(compare(low, high, "<", stated("11"))) is Verdict.HOLDS
    assert verdict(compare(low, high, "<", stated("8"))) is Verdict.FAILS


def test_two_ranges_are_compared_end_by_end() -> None:
    assert verdict(compare(term("2.4"), term("4"), "=", stated("2.4", "4", "0.1"))) is Verdict.HOLDS
    assert verdict(compare(term("2"), term("4"), "=", stated("3", "4", "0.1"))) is Verdict.PARTLY


def test_a_computed_range_within_a_stated_one_bears_it_out() -> None:
    assert verdict(compare(term("330"), term("450"), "=", stated("300", "500"))) is Verdict.HOLDS


def test_a_computed_value_at_the_end_of_a_stated_range_leaves_the_other_end_unproved() -> None:
    assert verdict(compare(term("17"), term("17"), "=", stated("15", "20"))) is Verdict.HOLDS
    assert verdict(compare(term("20"), term("20"), "=", stated("15", "20"))) is Verdict.PARTLY
    assert verdict(compare(term("25"), term("25"), "=", stated("15", "20"))) is Verdict.FAILS


@given(
    st.decimals("1", "1000", places=1),
    st.decimals("0", "500", places=1),
    st.sampled_from(["=", "~", "<", ">", "<=", ">="]),
    st.decimals("1", "1500", places=1),
)
def test_the_order_of_the_ends_does_not_matter(low: Decimal, width: Decimal, operator: str, said: Decimal) -> None:
    one, other = number(low), number(low + width)
    held = Stated(said, said, Decimal("0.1"))
    assert verdict(compare(one, other, operator, held)) is verdict(compare(other, one, operator, held))


# --- verdicts and readings ----------------------------------------------------------------------


def reading(*tests: Test, figures: tuple[int, ...] = (0, 1)) -> Reading:
    return Reading(figures, tuple(f"figure {index}" for index in figures), tests)


def candidate(*readings: Reading, sure: bool = True, **more: object) -> Candidate:
    return Candidate(
        kind="change",
        statement="a claim",
        stated="figure 0",
        figures=(0, 1),
        spans=("figure 0", "figure 1"),
        readings=readings,
        sure=sure,
        **more,  # type: ignore[arg-type]
    )


EXACT = Test(term("2"), "=", Decimal(2), Decimal(1))
ROUNDED = Test(term("201"), "=", Decimal(200), Decimal(1))
WRONG = Test(term("5"), "=", Decimal(2), Decimal(1))


def test_the_verdicts_of_several_comparisons() -> None:
    assert verdict((EXACT, EXACT)) is Verdict.HOLDS
    assert verdict((EXACT, ROUNDED)) is Verdict.ROUNDING
    assert verdict((EXACT, WRONG)) is Verdict.PARTLY
    assert verdict((WRONG, WRONG)) is Verdict.FAILS
    assert verdict(()) is Verdict.OUTSIDE


def test_the_reading_that_bears_the_claim_out_is_taken() -> None:
    bad, good = reading(WRONG, figures=(0, 1)), reading(EXACT, figures=(0, 2))
    assert best((bad, good)) == (good, Verdict.HOLDS)
    assert best((reading(ROUNDED), good))[0] is good
    assert best(()) == (None, Verdict.OUTSIDE)


def test_the_first_of_two_equal_readings_is_taken() -> None:
    one, other = reading(EXACT, figures=(0, 1)), reading(EXACT, figures=(0, 2))
    assert best((one, other))[0] is one


def test_what_words_do_not_tie_together_is_not_called_wrong() -> None:
    assert judge(candidate(reading(WRONG))).verdict is Verdict.FAILS
    assert judge(candidate(reading(WRONG), sure=False)).verdict is Verdict.OUTSIDE
    assert judge(candidate(reading(EXACT, WRONG), sure=False)).verdict is Verdict.OUTSIDE
    assert judge(candidate(reading(EXACT), sure=False)).verdict is Verdict.HOLDS


def test_a_claim_shows_its_arithmetic_in_a_line_that_a_person_can_follow() -> None:
    value = over(term("2000"), term("8000"))
    claim = judge(candidate(reading(Test(value, "=", Decimal("1.76"), Decimal("0.01")))))
    assert claim.computed == "2000/8000 = 0.25, stated 1.76"
    assert claim.spans == ("figure 0", "figure 1")
    assert claim.checks[0].value == Fraction(1, 4)
    about = Test(term("1000"), "<", Decimal(5500), Decimal(1))
    assert judge(candidate(reading(about))).computed == "1000, stated <5500"


def test_failures_come_first_and_holding_claims_keep_their_order() -> None:
    claims = [
        judge(candidate(reading(EXACT))),
        judge(candidate()),
        judge(candidate(reading(WRONG))),
        judge(candidate(reading(EXACT, WRONG))),
    ]
    order = [claim.verdict for claim in worst_first(claims)]
    assert order == [Verdict.FAILS, Verdict.PARTLY, Verdict.OUTSIDE, Verdict.HOLDS]


# --- terms --------------------------------------------------------------------------------------


def test_terms_write_what_they_reckon() -> None:
    assert times(plus(term("2"), term("3")), term("4")).text == "(2+3)*4"
    assert over(term("1"), over(term("2"), term("3"))).text == "1/(2/3)"
    assert minus(term("5"), minus(term("3"), term("1"))).text == "5-(3-1)"
    assert rise(term("5000"), term("6000")).text == "(6000/5000-1)*100"
    assert fall(term("2600"), term("1395")).text == "(1-1395/2600)*100"
    assert mean([term("1"), term("2"), term("6")]).text == "(1+2+6)/3"
    assert share(term("140"), term("200")).value == 70
    assert total([term("0.1"), term("0.2")]).value == Fraction(3, 10)  # no binary float


@given(st.decimals("0.01", "10000", places=2), st.decimals("0.01", "10000", places=2))
def test_a_fall_cannot_pass_100_percent_and_mirrors_a_rise(one: Decimal, other: Decimal) -> None:
    old, new = number(one), number(other)
    assert fall(old, new).value < 100
    assert rise(old, new).value == -fall(old, new).value


def test_the_written_text_computes_to_the_value() -> None:
    built = over(times(plus(term("3"), term("4.5")), term("2")), minus(term("10"), term("2.5")))
    assert eval(built.text) == pytest.approx(float(built.value))
    assert shown(Fraction(1, 3)) == "0.333333"


# --- rates from outside the text ----------------------------------------------------------------


def conversion(
    low: str, said: str, *, unit: str = "CNY", into: str = "USD", place: str = "1", **more: object
) -> Conversion:
    return Conversion(0, 1, Decimal(low), Decimal(low), unit, into, stated(said, place=place), **more)  # type: ignore[arg-type]


def rate(low: str, high: str, what: str = "1 CNY = 0.1375–0.1392 USD, reference, May 2025 [1]") -> object:
    def outside(unit_from: str, unit_to: str, market: str = "") -> OutsideAnswer | None:
        if (unit_from, unit_to, market) != ("CNY", "USD", ""):
            return None
        return OutsideAnswer(Fraction(low), Fraction(high), what)

    return outside


def test_a_conversion_is_decided_by_an_outside_rate_and_the_rate_is_named() -> None:
    open_claim = candidate(conversions=(conversion("100000", "15600"),))
    assert judge(open_claim).verdict is Verdict.OUTSIDE
    claim = judge(open_claim, rate("0.1375", "0.1392"))
    assert claim.verdict is Verdict.FAILS  # 13,750 to 13,920
    assert claim.rates == ("1 CNY = 0.1375–0.1392 USD, reference, May 2025 [1]",)
    assert "100000*0.1392 = 13920" in claim.computed


@pytest.mark.parametrize(
    ("least", "most", "computed"),
    [
        ("1/7600", "1/7600", "400/7600 = 0.0526316, stated 0.03"),
        ("1/8000", "1/7600", "400/8000 = 0.05, stated 0.03; 400/7600 = 0.0526316, stated 0.03"),
        ("1/8", "1/8", "400*0.125 = 50, stated 0.03"),  # either way round, it is a short number
        ("2/7", "2/7", "400/3.5 = 114.286, stated 0.03"),
        ("1/3", "3/7", "400/3 = 133.333, stated 0.03; 400*0.428571 = 171.429, stated 0.03"),
    ],
)
def test_a_rate_that_was_turned_round_is_shown_as_it_is_told(least: str, most: str, computed: str) -> None:
    claim = judge(candidate(conversions=(conversion("400", "0.03", place="0.01"),)), rate(least, most))
    assert claim.verdict is Verdict.FAILS
    assert claim.computed == computed


@pytest.mark.parametrize(
    ("said", "place", "operator", "expected"),
    [
        ("13800", "1", "=", Verdict.HOLDS),  # inside the range
        ("13.9", "0.1", "=", Verdict.HOLDS),  # 100 CNY: stands for 13.85–13.95, which meets 13.75–13.92
        ("13.6", "0.1", "=", Verdict.ROUNDING),  # 1.1 % below
        ("13.3", "0.1", "=", Verdict.FAILS),  # 3.3 % below
        ("13.3", "0.1", "~", Verdict.ROUNDING),
        ("16.1", "0.1", "~", Verdict.FAILS),  # 13.5 % of it above
    ],
)
def test_the_stated_figure_must_meet_the_range_that_a_rate_gives(
    said: str, place: str, operator: str, expected: Verdict
) -> None:
    amount = "100000" if Decimal(said) > 1000 else "100"
    held = candidate(conversions=(conversion(amount, said, place=place, operator=operator),))
    assert judge(held, rate("0.1375", "0.1392")).verdict is expected


def test_where_a_rate_is_known_it_says_which_of_two_conversions_is_wrong() -> None:
    one, other = (
        conversion("100000", "15600"),
        Conversion(2, 3, Decimal(1200), Decimal(1200), "CNY", "USD", stated("166")),
    )
    both = Candidate(
        kind="conversion",
        statement="2 conversions use one rate",
        stated="$166",
        figures=(0, 1, 2, 3),
        spans=("100,000 yuan", "$15,600", "1,200 yuan", "$166"),
        readings=(reading(WRONG, figures=(0, 1, 2, 3)),),
        sure=True,
        conversions=(one, other),
        consistency=True,
    )
    (alone,) = judge_all([both])
    assert alone.verdict is Verdict.FAILS
    claims = judge_all([both, both], rate("0.1375", "0.1392"))
    assert [(claim.spans, claim.verdict) for claim in claims] == [
        (("100,000 yuan", "$15,600"), Verdict.FAILS),
        (("1,200 yuan", "$166"), Verdict.HOLDS),
    ]
    unknown = judge_all([both], lambda *_: None)
    assert [claim.verdict for claim in unknown] == [Verdict.FAILS]


def test_an_unknown_rate_or_a_time_long_past_leaves_a_conversion_open() -> None:
    unknown = candidate(conversions=(conversion("100", "14", into="EUR"),))
    assert judge(unknown, rate("0.1375", "0.1392")).verdict is Verdict.OUTSIDE
    past = candidate(conversions=(conversion("100", "99", past=True),))
    assert judge(past, rate("0.1375", "0.1392")).verdict is Verdict.OUTSIDE


def test_conversions_that_agree_with_each_other_can_still_be_off_the_rate() -> None:
    agreeing = candidate(
        reading(EXACT), conversions=(conversion("100000", "15600"), conversion("50000", "7800")), consistency=True
    )
    assert judge(agreeing).verdict is Verdict.HOLDS
    assert judge(agreeing, rate("0.1375", "0.1392")).verdict is Verdict.PARTLY  # agree, but not with the rate


def test_amounts_that_only_stand_near_each_other_are_not_called_wrong_by_a_rate() -> None:
    near = candidate(sure=False, conversions=(conversion("100000", "15600"),))
    claim = judge(near, rate("0.1375", "0.1392"))
    assert claim.verdict is Verdict.OUTSIDE
    assert claim.rates == ()
    right = candidate(sure=False, conversions=(conversion("100000", "13800"),))
    assert judge(right, rate("0.1375", "0.1392")).verdict is Verdict.HOLDS


def test_a_rate_of_many_digits_is_written_short_and_reckoned_whole() -> None:
    claim = judge(
        candidate(conversions=(conversion("3", "1", place="0.001"),)), rate("0.3333333333333333", "0.3333333333333333")
    )
    assert claim.checks[0].expression == "3*0.333333"
    assert claim.checks[0].value == 3 * Fraction(Decimal("0.3333333333333333"))


def test_a_claim_that_the_text_itself_decides_needs_no_outside_rate() -> None:
    settled = candidate(reading(EXACT), conversions=(conversion("100000", "15600"),))
    claim = judge(settled, rate("0.1375", "0.1392"))
    assert claim.verdict is Verdict.HOLDS
    assert claim.rates == ()


# --- likely slips -------------------------------------------------------------------------------


def failing(value: str, said: str, **more: object) -> tuple[str, ...]:
    test = Test(term(value), "=", Decimal(said), Decimal("0.01"))
    claim = judge(candidate(reading(test), **more))
    assert claim.verdict is Verdict.FAILS
    return claim.slips


def test_the_south_korean_won_is_proposed_where_it_fits() -> None:
    fits = conversion("2000", "1.76", unit="KPW", place="0.01")
    assert any("South Korean won" in slip for slip in failing("0.25", "1.76", conversions=(fits,)))
    does_not = conversion("2000", "17.6", unit="KPW", place="0.01")
    assert not any("South Korean won" in slip for slip in failing("0.25", "17.6", conversions=(does_not,)))


def test_an_outside_rate_of_the_south_korean_won_comes_before_the_documented_band() -> None:
    def outside(unit_from: str, unit_to: str, market: str = "") -> OutsideAnswer | None:
        if unit_from == "KRW":
            return OutsideAnswer(Fraction("0.00069"), Fraction("0.00071"), "1 KRW = 0.0007 USD, May 2025 [1]")
        if (unit_from, market) == ("KPW", "official"):
            return OutsideAnswer(Fraction("0.0094"), Fraction("0.0096"), "1 KPW = 0.0095 USD, official [2]")
        return OutsideAnswer(Fraction("0.00012"), Fraction("0.00013"), "1 KPW = 0.00012 USD [3]")

    held = candidate(conversions=(conversion("2000", "1.4", unit="KPW", place="0.1"),))
    claim = judge(held, outside)
    assert claim.verdict is Verdict.FAILS
    assert claim.slips[0] == "the figure fits the South Korean won (1 KRW = 0.0007 USD, May 2025 [1])"
    official = candidate(conversions=(conversion("2000", "19", unit="KPW", place="1"),))
    assert any("official rate (1 KPW = 0.0095 USD" in slip for slip in judge(official, outside).slips)


@pytest.mark.parametrize(("said", "words"), [("60", "10 times too large"), ("0.06", "100 times too small")])
def test_a_misplaced_point_is_proposed(said: str, words: str) -> None:
    assert any(words in slip for slip in failing("6.02", said))


def test_another_way_to_reckon_is_proposed_only_where_it_mends_the_claim() -> None:
    turned = Hint(over(term("1.5"), term("0.9")), "divided instead of multiplied")
    assert failing("1.35", "1.70", hints=(turned,)) == ("divided instead of multiplied: 1.5/0.9",)
    assert failing("1.35", "2.70", hints=(turned,)) == ()


def test_a_litre_for_a_kilogram_is_proposed_of_fuel_alone() -> None:
    assert any("litre" in slip for slip in failing("2.00", "1.54", fuel=True))
    assert not any("litre" in slip for slip in failing("2.00", "1.54"))


def test_a_slip_is_a_suggestion_and_never_changes_the_verdict() -> None:
    claim = judge(candidate(reading(Test(term("6.02"), "=", Decimal(60), Decimal(1)))))
    assert claim.slips
    assert claim.verdict is Verdict.FAILS
    assert line(claim.checks[0]) == "6.02, stated 60"
