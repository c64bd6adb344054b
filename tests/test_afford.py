"""Affordability: every metric of an answer by its own arithmetic, and the terms that make sense."""

from __future__ import annotations

from fractions import Fraction

import pytest
import toy
from toy import book, rate, scope

from nkauto.core.afford import Terms, afford
from nkauto.core.amount import Amount, Target
from nkauto.core.derivation import Derivation
from nkauto.core.range import Range, outward
from nkauto.core.rates import RateBook
from nkauto.core.worth import convert, currency_then, goods_metric
from nkauto.errors import BadOption, NoRate

LICENCE = (Fraction(1201), Fraction(1213))
YUAN = (Fraction(1009), Fraction(1013))
WAGE = (Fraction(30011), Fraction(50021))
RICE = (Fraction(5003), Fraction(5009))
LOCAL = (LICENCE[0] * YUAN[0], LICENCE[1] * YUAN[1])


def licence(toy_book, terms: Terms | None = None, **asked: object) -> Derivation:
    return afford(toy_book, scope("2024-06-04", "Hyesan", **asked), "driving-licence", terms or Terms())


def ranges(derivation: Derivation) -> dict[str, tuple[Range, str]]:
    return {held.metric: (held.range, held.unit) for held in derivation.results}


def over(price: tuple[Fraction, Fraction], divisor: tuple[Fraction, Fraction]) -> Range:
    return outward(price[0] / divisor[1], price[1] / divisor[0])


def test_a_thing_in_money_wages_and_rice(toy_book):
    held = ranges(licence(toy_book))
    assert list(held) == [
        "price", "price_kpw", "price_usd", "price_cny", "wage_months", "wage_years", "wage_share", "rice_kg",
    ]  # fmt: skip
    assert held["price"] == (Range.of(1201, 1213), "CNY")
    assert held["price_kpw"] == (outward(*LOCAL), "KPW")
    assert held["price_usd"] == (outward(1201 * Fraction("0.13"), 1213 * Fraction("0.17"), True), "USD")
    assert held["price_cny"] == held["price"]
    assert held["wage_months"] == (over(LOCAL, WAGE), "month")
    assert held["wage_years"] == (outward(LOCAL[0] / WAGE[1] / 12, LOCAL[1] / WAGE[0] / 12), "year")
    assert held["wage_share"] == (over(LOCAL, WAGE), "x")
    assert held["rice_kg"] == (over(LOCAL, RICE), "kg")


def test_shared_by_people(toy_book):
    held = ranges(licence(toy_book, Terms(people=Range.of(3, 5))))
    people = (Fraction(3), Fraction(5))
    assert held["per_head_kpw"] == (over(LOCAL, people), "KPW")
    assert held["per_head_wage_months"] == (
        outward(LOCAL[0] / 5 / WAGE[1], LOCAL[1] / 3 / WAGE[0]),
        "month",
    )
    assert held["days_per_head"] == (Range.of(6, 10), "day")


def test_paid_over_months_without_interest(toy_book):
    held = ranges(licence(toy_book, Terms(months=Range.of(6, 12))))
    assert held["instalment_kpw"] == (outward(LOCAL[0] / 12, LOCAL[1] / 6), "KPW")
    assert held["instalment_wages"] == (outward(LOCAL[0] / 12 / WAGE[1], LOCAL[1] / 6 / WAGE[0]), "x")
    assert "interest_total" not in held
    assert not any(metric.startswith("instalment_rice") for metric in held)


def test_a_deposit_is_a_share_or_money(toy_book):
    held = ranges(licence(toy_book, Terms(months=Range.of(2), deposit=Range.of("0.2", "0.3"))))
    assert held["instalment_kpw"][0] == outward(LOCAL[0] * Fraction(7, 20), LOCAL[1] * Fraction(2, 5))
    won = Amount(Range.of(10000, 10001), "KPW")
    held = ranges(licence(toy_book, Terms(months=Range.of(2), deposit=won)))
    assert held["instalment_kpw"][0] == outward((LOCAL[0] - 10001) / 2, (LOCAL[1] - 10000) / 2)


def test_a_deposit_in_the_currency_of_the_price_counts_the_rate_once(toy_book):
    yuan = Amount(Range.of(200), "CNY")
    held = ranges(licence(toy_book, Terms(months=Range.of(2), deposit=yuan)))
    assert held["instalment_kpw"][0] == outward(1001 * YUAN[0] / 2, 1013 * YUAN[1] / 2)


@pytest.mark.parametrize("yuan", [1201, 1300, 5000])
def test_a_deposit_that_may_be_the_whole_price_is_refused(toy_book, yuan):
    with pytest.raises(BadOption, match="nothing would be left to pay"):
        licence(toy_book, Terms(months=Range.of(6, 12), deposit=Amount(Range.of(1, yuan), "CNY")))
    licence(toy_book, Terms(months=Range.of(6, 12), deposit=Amount(Range.of(1200), "CNY")))


def test_interest_by_the_month_is_an_annuity_or_flat(toy_book):
    terms = Terms(months=Range.of(2), interest=Range.of("0.1"), deposit=Range.of("0.5"))
    owed = (LOCAL[0] / 2, LOCAL[1] / 2)
    held = ranges(licence(toy_book, terms))
    due = Fraction(121, 210)  # of the sum: 1/10 ÷ (1 - (11/10)^-2)
    assert held["instalment_kpw"][0] == outward(owed[0] * due, owed[1] * due)
    assert held["interest_total"] == (outward(owed[0] * (2 * due - 1), owed[1] * (2 * due - 1)), "KPW")
    flat = Terms(months=Range.of(2), interest=Range.of("0.1"), deposit=Range.of("0.5"), flat=True)
    held = ranges(licence(toy_book, flat))
    assert held["instalment_kpw"][0] == outward(owed[0] * Fraction(6, 10), owed[1] * Fraction(6, 10))
    assert held["interest_total"][0] == outward(owed[0] / 5, owed[1] / 5)


def test_instalments_in_a_commodity(toy_book):
    held = ranges(licence(toy_book, Terms(months=Range.of(12), commodity="squid")))
    assert held["instalment_squid"] == (outward(LOCAL[0] / 12 / 23000, LOCAL[1] / 12 / 19000), "kg")


def test_months_of_saving(toy_book):
    held = ranges(licence(toy_book, Terms(save=Range.of("0.2", "0.5"))))
    assert held["saving_months"] == (
        outward(LOCAL[0] / WAGE[1] / Fraction(1, 2), LOCAL[1] / WAGE[0] / Fraction(1, 5)),
        "month",
    )


def test_an_amount_is_a_price_too(toy_book):
    held = ranges(afford(toy_book, scope("2024-06-04", "Hyesan"), Amount(Range.of(50021), "KPW"), Terms()))
    assert held["price"] == (Range.of(50021), "KPW")
    assert held["wage_months"][0] == outward(Fraction(1), Fraction(50021, 30011))
    goods = ranges(afford(toy_book, scope("2024-06-04", "Hyesan"), Amount(Range.of(2), "kg", "rice"), Terms()))
    assert goods["price"] == (Range.of(10006, 10018), "KPW")
    assert goods["rice_kg"] == (Range.of(2), "kg")


def test_what_cannot_be_told_is_a_note_and_the_rest_is_told():
    held = book(rate("w", 30011, item="wage"))
    told = afford(held, scope(), Amount(Range.of(60022), "KPW"), Terms())
    assert list(ranges(told)) == ["price", "price_kpw", "wage_months", "wage_years", "wage_share"]
    assert told.notes == (
        "price_usd: no rate between KPW and USD",
        "price_cny: no rate between KPW and CNY",
        "rice_kg: no market rate of rice within 31 days of 2024-06-10",
    )


def test_without_a_wage_or_the_home_currency_there_is_no_answer():
    with pytest.raises(NoRate, match="no state rate of monthly wage"):
        afford(book(rate("r", 5003)), scope(), "rice", Terms())
    with pytest.raises(NoRate, match="no rate between EUR and KPW"):
        afford(book(rate("w", 30011, item="wage")), scope(), Amount(Range.of(1), "EUR"), Terms())


def test_before_the_redenomination_all_is_in_old_won(toy_book):
    held = afford(toy_book, scope("2009-11-15"), Amount(Range.of(600700), "KPW-OLD"), Terms(people=Range.of(1)))
    found = ranges(held)
    assert found["price"] == (Range.of(600700), "KPW-OLD")
    assert found["price_kpw"] == (Range.of(600700), "KPW-OLD")
    assert found["wage_months"][0] == outward(Fraction(6007, 3007), Fraction(6007, 2003))
    assert found["per_head_kpw"] == (Range.of(600700), "KPW-OLD")
    assert found["price_cny"][0] == outward(Fraction(600700, 523), Fraction(600700, 521))


@pytest.mark.parametrize(
    ("on", "unit"), [("2009-11-30", "KPW-OLD"), ("2009-12-01", "KPW"), ("2009-11", "KPW-OLD"), ("2009", "KPW")]
)
def test_won_is_old_won_when_the_whole_question_lies_before_december_2009(on, unit):
    assert currency_then("KPW", scope(on)) == unit
    assert currency_then("CNY", scope(on)) == "CNY"


# Converting.


def test_each_target_is_one_result(toy_book):
    targets = [Target("KPW"), Target("USD"), Target("", "rice"), Target("lb", "rice"), Target("", "wage")]
    held = convert(toy_book, scope("2024-06-04", "Hyesan"), Amount(Range.of(7), "CNY"), targets, subject="7 yuan")
    found = ranges(held)
    won = (7 * YUAN[0], 7 * YUAN[1])
    pound = Fraction("0.45359237")
    assert found == {
        "price_kpw": (outward(*won), "KPW"),
        "price_usd": (outward(Fraction("0.91"), Fraction("1.19"), True), "USD"),
        "rice_kg": (over(won, RICE), "kg"),
        "rice_lb": (outward(won[0] / RICE[1] / pound, won[1] / RICE[0] / pound), "lb"),
        "wage_months": (over(won, WAGE), "month"),
    }
    assert held.query == (("command", "convert"), ("amount", "7 yuan"))
    assert held.subject == "7 yuan"


def test_a_price_per_unit_stays_per_unit(toy_book):
    amount = Amount(Range.of(10018), "KPW", per="month")
    held = convert(toy_book, scope("2024-06-04", "Hyesan"), amount, [Target("CNY"), Target("", "rice")])
    assert ranges(held) == {
        "price_cny": (outward(10018 / YUAN[1], 10018 / YUAN[0]), "CNY/month"),
        "rice_kg": (outward(Fraction(2), Fraction(10018, 5003)), "kg/month"),
    }


def test_one_target_without_a_rate_refuses_the_question(toy_book):
    with pytest.raises(NoRate):
        convert(toy_book, scope("2023-01-01"), Amount(Range.of(7), "CNY"), [Target("CNY"), Target("KPW")])


@pytest.mark.parametrize(
    ("item", "unit", "metric"),
    [
        ("rice", "kg", "rice_kg"),
        ("wage", "month", "wage_months"),
        ("wage/teacher", "month", "wage_teacher_months"),
        ("used-car/landed", "each", "used_car_landed_each"),
    ],
)
def test_goods_name_their_metric(item, unit, metric):
    assert goods_metric(item, unit) == metric


# Terms.


@pytest.mark.parametrize(
    ("terms", "what"),
    [
        ({"people": Range.of(0)}, "people must be whole and at least 1, not 0"),
        ({"people": Range.of("2.5")}, "people must be whole and at least 1, not 2.5"),
        ({"people": Range.of(1, "2.5")}, "people must be whole and at least 1, not 1–2.5"),
        ({"months": Range.of(0, 12)}, "months must be whole and at least 1, not 0–12"),
        ({"months": Range.of(12, 1201)}, "a price is paid over at most 1200 months"),
        (
            {"months": Range.of(12), "deposit": Range.of("0.2", 1)},
            "a deposit of 100 % or more leaves nothing to pay over time",
        ),
        ({"save": Range.of(0, "0.3")}, "the share saved must be above 0 % and at most 100 % of a wage"),
        ({"save": Range.of("0.3", "1.01")}, "the share saved must be above 0 % and at most 100 % of a wage"),
        ({"deposit": Range.of("0.2")}, "--deposit needs the time over which is paid"),
        ({"interest": Range.of("0.2")}, "--interest needs the time over which is paid"),
        ({"commodity": "rice"}, "--in needs the time over which is paid"),
    ],
)
def test_terms_that_make_no_sense_are_refused(terms, what):
    with pytest.raises(BadOption) as refused:
        Terms(**terms)
    assert refused.value.what == what
    if "at most 1200" in what:
        assert refused.value.hint == "Give a shorter --over."
    if "needs the time" in what:
        assert refused.value.hint == "Add --over, as --over 12m."


def test_terms_at_their_limits_are_fine():
    Terms(people=Range.of(1), months=Range.of(1, 1200), save=Range.of("0.001", 1), deposit=Range.of(0, "0.99"))


def test_interest_over_a_hundred_years_still_answers(toy_book):
    held = licence(toy_book, Terms(months=Range.of(1200), interest=Range.of("0.05")))
    low, high = ranges(held)["instalment_kpw"][0].low, ranges(held)["instalment_kpw"][0].high
    assert LOCAL[0] / 20 < Fraction(low) < Fraction(high) <= LOCAL[1] / 20 * (1 + Fraction(1, 10**20))


# What an answer rests on, to the letter.


def test_every_input_of_an_answer_is_named_counted_and_marked(toy_book):
    terms = Terms(
        people=Range.of(3, 5, approx=True),
        months=Range.of(6, 12),
        deposit=Range.of("0.2", "0.3"),
        interest=Range.of("0.05", "0.1"),
        save=Range.of("0.25", "0.5"),
        commodity="squid",
    )
    told = licence(toy_book, terms)
    assert [(held.name, held.low, held.high, held.unit, held.approx, held.user) for held in told.inputs] == [
        ("driving-licence", 1201, 1213, "CNY/each", False, False),
        ("CNY in KPW", 1009, 1013, "KPW/CNY", False, False),
        ("CNY in USD", Fraction("0.13"), Fraction("0.17"), "USD/CNY", True, False),
        ("wage", 30011, 50021, "KPW/month", False, False),
        ("rice", 5003, 5009, "KPW/kg", False, False),
        ("people", 3, 5, "person", True, True),
        ("deposit", Fraction("0.2"), Fraction("0.3"), "share", False, True),
        ("months", 6, 12, "month", False, True),
        ("interest", Fraction("0.05"), Fraction("0.1"), "share/month", False, True),
        ("squid", 19000, 23000, "KPW/kg", False, False),
        ("share saved", Fraction("0.25"), Fraction("0.5"), "share", False, True),
    ]
    owed = "driving-licence × CNY in KPW × (1 - deposit)"
    due = f"({owed}) × interest ÷ (1 - (1 + interest)^-months)"
    formulas = {held.metric: (held.quantity.formula, held.unit, held.quantity.unit) for held in told.results}
    local = "driving-licence × CNY in KPW"
    assert formulas == {
        "price": ("driving-licence", "CNY", "CNY"),
        "price_kpw": (local, "KPW", "KPW"),
        "price_usd": ("driving-licence × CNY in USD", "USD", "USD"),
        "price_cny": ("driving-licence", "CNY", "CNY"),
        "wage_months": (f"{local} ÷ wage", "month", "month"),
        "wage_years": (f"{local} ÷ wage ÷ 12", "year", "year"),
        "wage_share": (f"{local} ÷ wage", "x", "x"),
        "rice_kg": (f"{local} ÷ rice", "kg", "kg"),
        "per_head_kpw": (f"{local} ÷ people", "KPW", "KPW"),
        "per_head_wage_months": (f"{local} ÷ people ÷ wage", "month", "month"),
        "days_per_head": ("30 ÷ people", "day", "day"),
        "instalment_kpw": (due, "KPW", "KPW"),
        "instalment_wages": (f"({due}) ÷ wage", "x", "x"),
        "instalment_squid": (f"{due} ÷ squid", "kg", "kg"),
        "interest_total": (f"{due} × months - ({owed})", "KPW", "KPW"),
        "saving_months": (f"{local} ÷ wage ÷ share saved", "month", "month"),
    }
    assert [held.metric for held in told.results if held.range.approx] == [
        "price_usd", "per_head_kpw", "per_head_wage_months", "days_per_head",
    ]  # fmt: skip


def test_a_deposit_in_money_is_an_input_of_its_own(toy_book):
    terms = Terms(months=Range.of(2), deposit=Amount(Range.of(200, 201), "CNY"))
    told = licence(toy_book, terms)
    formula = "(driving-licence × CNY in KPW - (deposit × CNY in KPW)) ÷ months"
    (due,) = (held for held in told.results if held.metric == "instalment_kpw")
    assert (due.quantity.formula, due.quantity.unit) == (formula, "KPW")
    step = due.quantity.before
    assert step is not None
    assert (step.unit, step.step) == ("KPW", "financed")
    assert [(held.name, held.unit) for held in told.inputs if held.user] == [("deposit", "CNY"), ("months", "month")]
    with pytest.raises(BadOption) as refused:
        licence(toy_book, Terms(months=Range.of(2), deposit=Amount(Range.of(1201), "CNY")))
    assert refused.value.what == "the deposit may be as much as the price: nothing would be left to pay over time"


def test_a_deposit_may_leave_less_than_one_of_the_currency():
    held = book(rate("w", 30011, item="wage"))
    terms = Terms(months=Range.of(2), deposit=Amount(Range.of("6.5"), "KPW"))
    told = afford(held, scope(), Amount(Range.of(7), "KPW"), terms)
    assert ranges(told)["instalment_kpw"][0] == Range.of("0.25")


def test_an_amount_that_is_the_price_is_called_so(toy_book):
    told = afford(toy_book, scope("2024-06-04", "Hyesan"), Amount(Range.of(7), "CNY"), Terms(), subject="7 yuan")
    assert told.inputs[0][:4] == ("price", 7, 7, "CNY")
    assert (told.subject, told.query) == ("7 yuan", (("command", "afford"), ("thing", "7 yuan")))
    assert afford(toy_book, scope("2024-06-04"), "rice", Terms()).query[1] == ("thing", "")


def test_prices_and_wages_are_taken_in_the_countrys_own_money_where_the_book_has_both():
    rows = [rate("y", 5, currency="CNY"), rate("k", 5003), rate("wy", 7, item="wage", currency="CNY")]
    rows += [rate("w1", 30011, item="wage"), rate("w2", 30013, item="wage", on="2023-06-10")]
    told = afford(book(*rows), scope(), "rice", Terms())
    assert [row.id for held in told.inputs if held.chosen for row in held.chosen.rates] == ["k", "w1"]
    told = afford(book(*rows), scope(), Amount(Range.of(2), "kg", "rice"), Terms())
    assert ranges(told)["price"] == (Range.of(10006), "KPW")


def test_rice_is_told_in_kilograms_where_it_is_priced_by_litre_too(toy_book):
    rows = [rate("l", 4001, unit="L"), rate("l2", 4003, unit="L"), rate("k", 5003), rate("w", 30011, item="wage")]
    told = ranges(afford(book(*rows), scope(), Amount(Range.of(5003), "KPW"), Terms()))
    assert told["rice_kg"] == (Range.of(1), "kg")


def test_a_book_of_another_country_tells_its_own_money():
    wage = rate("w", 3001, item="wage", currency="CNY")
    held = book(wage, rate("u", "7.1", item="USD", currency="CNY"))
    terms = Terms(people=Range.of(1), months=Range.of(1))
    told = ranges(afford(held, scope(), Amount(Range.of(3001), "CNY"), terms))
    assert list(told) == [
        "price", "price_cny", "price_usd", "wage_months", "wage_years", "wage_share", "per_head_cny",
        "per_head_wage_months", "days_per_head", "instalment_cny", "instalment_wages",
    ]  # fmt: skip
    assert told["wage_months"][0] == Range.of(1)


def test_a_book_without_dollars_does_not_miss_them():
    items = {key: held for key, held in toy.ITEMS.items() if key not in ("USD", "rice")}
    held = RateBook(items=items, places=toy.PLACES, sources={}, rates=toy.by_item([rate("w", 30011, item="wage")]))
    told = afford(held, scope(), Amount(Range.of(7), "KPW"), Terms())
    assert told.notes == ("price_cny: no rate between KPW and CNY",)


def test_an_older_rate_is_noted_with_the_period_asked():
    held = book(rate("r", 5003, on="2024-06-01"), rate("w", 30011, item="wage"))
    assert afford(held, scope(), "rice", Terms()).notes[0] == (
        "rice: no published figure for 2024-06-10; the nearest is from 2024-06-01, 9 days earlier"
    )


def test_rice_is_told_in_kilograms_where_the_book_counts_it_in_pounds():
    items = toy.ITEMS | {"rice": toy.ITEMS["rice"]._replace(unit="lb")}
    rows = [rate("r", 5003, unit="lb"), rate("w", 30011, item="wage")]
    held = RateBook(items=items, places=toy.PLACES, sources={}, rates=toy.by_item(rows))
    told = ranges(afford(held, scope(), Amount(Range.of(5003), "KPW"), Terms()))
    assert told["rice_kg"] == (Range.of("0.45359237"), "kg")
