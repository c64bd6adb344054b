"""Derivations: inputs and sources once, in order; what must be said; what other reports would give."""

from __future__ import annotations

from fractions import Fraction

import toy
from toy import book, rate, scope, uncertain

from nkauto.core.afford import Terms, afford
from nkauto.core.amount import Amount, Target
from nkauto.core.bounds import times
from nkauto.core.choose import choose
from nkauto.core.derivation import Derivation, described, inputs_of, other_reports, range_of, result, sources_of
from nkauto.core.range import Range, outward
from nkauto.core.rates import RateBook
from nkauto.core.worth import convert
from nkauto.show.steps import steps


def converted(held: RateBook, *targets: Target, on: str = "2024-06-10", spread: bool = False, **asked) -> Derivation:
    return convert(held, scope(on, **asked), Amount(Range.of(7), "CNY"), targets, subject="7 yuan", spread=spread)


def cny(id_="cny", low=1009, high=1013, **more):
    return rate(id_, low, high, item="CNY", **more)


WON, RICE, WAGE = Target("KPW"), Target("", "rice"), Target("", "wage")


def test_a_result_is_rounded_outward_and_says_about_when_an_input_does():
    third = times(uncertain("a", 1, 1), uncertain("b", Fraction(1, 3), Fraction(1, 3)).inputs[0], "KPW")
    held = result("price", third)
    assert held.range == Range.of("0." + "3" * 28, "0." + "3" * 27 + "4")
    assert (held.unit, held.inputs) == ("KPW", ("a", "b"))
    assert result("price", third, "KPW/kg").unit == "KPW/kg"
    told = converted(book(cny(approx=True), rate("r", 5003)), WON, RICE).results
    assert [held.range.approx for held in told] == [True, True]
    assert not converted(book(cny()), WON).results[0].range.approx


def test_another_figure_in_place_of_an_approximate_one_is_exact():
    quantity = converted(book(cny(approx=True)), WON).results[0].quantity
    assert range_of(quantity).approx
    assert range_of(quantity, {"CNY in KPW": (Fraction(2), Fraction(3))}) == Range.of(14, 21)


def test_inputs_and_sources_come_once_in_order_of_first_use():
    held = book(
        cny("c1"),
        cny("c2", 1019, 1021, publisher="Second News"),
        rate("r", 5003, publisher="Third Wire"),
        rate("w", 30011, item="wage"),
    )
    told = converted(held, RICE, WON, WAGE)
    assert [given.name for given in told.inputs] == ["amount", "CNY in KPW", "rice", "wage"]
    assert [source.id for source in told.sources] == ["prime-press", "second-news", "third-wire"]
    assert inputs_of(told.results) == told.inputs


def test_the_users_own_rate_has_no_source():
    own = cny("user-1", high=1009, user=True, place="", publisher="your own rate")
    told = converted(book(cny()), WON, own=(own,))
    assert told.sources == ()
    assert told.notes == ()
    assert sources_of([own, cny()]) == (cny().source,)


def test_a_derivation_is_as_old_as_its_oldest_rate():
    held = book(cny(on="2024-06-08"), rate("r", 5003, on="2024-06-15"))
    assert converted(held, RICE).age_days == 5
    assert converted(held, WON).age_days == 2
    told = convert(book(), scope(), Amount(Range.of(7), "CNY"), [Target("CNY")])
    assert (told.age_days, told.inputs[0].name) == (0, "amount")


# Notes.


def notes(*rows, targets=(WON,), **asked):
    return converted(book(*rows), *targets, **asked).notes


def test_a_rate_of_the_time_and_place_needs_no_note():
    assert notes(cny(high=1009), place="Hyesan") == ()


def test_an_earlier_and_a_later_rate_are_called_so():
    assert notes(cny(on="2024-06-01", high=1009)) == (
        "CNY in KPW: no published figure for 2024-06-10; the nearest is from 2024-06-01, 9 days earlier",
    )
    assert notes(cny(on="2024-06-11..2024-06-12", high=1009)) == (
        "CNY in KPW: no published figure for 2024-06-10; the nearest is from 2024-06-11..2024-06-12, 1 day later",
    )
    assert notes(cny("a", on="2024-06-01", high=1009), cny("b", on="2024-06-11", high=1009)) == (
        "CNY in KPW: no published figure for 2024-06-10; between the surveys of 2024-06-01, 9 days earlier and "
        "2024-06-11, 1 day later, both count",
    )
    assert notes(cny("a", on="2024-06-01", high=1009), cny("b", 1009, 1009, on="2024-06-01")) == (
        "CNY in KPW: no published figure for 2024-06-10; the nearest is from 2024-06-01, 9 days earlier",
    )


def test_a_rate_of_another_place_is_called_so():
    assert notes(cny(high=1009, place="Pyongyang"), place="Hyesan") == (
        "CNY in KPW: no figure for the place asked; taken elsewhere: Pyongyang",
    )
    assert notes(cny(high=1009, place="North Korea"), place="Hyesan") == (
        "CNY in KPW: taken from a larger place: North Korea",
    )


def test_the_official_rate_is_called_so():
    assert notes(cny(high=1009, market="official"), market="official") == ("CNY in KPW: the official rate, as asked",)


def test_an_outlier_is_named():
    rows = (cny(f"c{name}", low, low, publisher=name) for name, low in (("A", 1009), ("B", 1013), ("C", 2003)))
    assert notes(*rows)[0] == "yuan: C alone makes the range 1,009–2,003 KPW; without it 1,009–1,013"


def test_the_input_that_makes_most_of_the_width_is_named():
    rows = (cny(low=1009, high=1009), rate("r", 5003, 7001), rate("w", 30011, 30013, item="wage"))
    assert notes(*rows, targets=(WON, RICE, WAGE)) == (
        "most of the width of rice_kg comes from rice",
        "most of the width of wage_months comes from wage",
    )
    assert notes(cny(), rate("r", 5003), targets=(WON, RICE)) == (
        "most of the width of price_kpw, rice_kg comes from CNY in KPW",
    )


def test_a_result_that_is_the_input_itself_does_not_name_it():
    held = book(rate("wage", 30011, 50021, item="wage"))
    told = convert(held, scope(), Amount(Range.of(1), "month", "wage"), [WON])
    assert told.notes == ("most of the width of price_kpw comes from wage",)


# Other reports.


def others(*rows, every=False, targets=(RICE,), on="2024-06-10", **asked):
    held = book(*rows)
    told = converted(held, *targets, on=on, **asked)
    return other_reports(held, told.results, told.scope, every=every)


def test_other_reports_give_what_another_publisher_would():
    (other,) = others(cny(), rate("r", 5003), rate("other", 7001, 7013, on="2024-06-01", publisher="Second News"))
    assert (other.input, other.gap, other.low, other.high, other.unit) == ("rice", -9, 7001, 7013, "KPW/kg")
    assert [row.id for row in other.rates] == ["other"]
    (told,) = other.results
    assert told.range == outward(Fraction(7 * 1009, 7013), Fraction(7 * 1013, 7001))
    assert (told.metric, told.unit) == ("rice_kg", "kg")


def test_other_reports_lie_within_a_year():
    rows = (cny(), rate("r", 5003))
    assert len(others(*rows, rate("near", 7001, on="2023-06-11", publisher="Second News"))) == 1
    assert others(*rows, rate("far", 7001, on="2023-06-10", publisher="Second News")) == ()
    assert len(others(*rows, rate("later", 7001, on="2025-06-10", publisher="Second News"))) == 1
    assert others(*rows, rate("later", 7001, on="2025-06-11", publisher="Second News")) == ()


def test_other_reports_are_of_the_same_market_and_basis():
    rows = (cny(), rate("r", 5003))
    assert others(*rows, rate("state", 47, market="state", publisher="Second News")) == ()
    assert others(*rows, rate("yuan", 5, currency="CNY", on="2024-06-09", publisher="Second News")) == ()


def test_of_what_moves_each_publishers_nearest_level_is_shown_and_nothing_twice():
    rows = (cny(), rate("r", 5003))
    told = others(
        *rows,
        rate("same", 5003, on="2024-06-01"),
        rate("near", 7001, on="2024-06-02", publisher="Second News"),
        rate("again", 7001, on="2024-05-02", publisher="Second News"),
        rate("far", 7013, on="2024-05-01", publisher="Second News"),
        rate("own-other", 5009, on="2024-04-01"),
    )
    assert [[row.id for row in other.rates] for other in told] == [["near", "again"], ["own-other"]]


def test_of_what_stands_each_level_is_shown():
    rows = (cny(), rate("w", 30011, item="wage", on="2024-06-01"))
    told = others(
        *rows,
        rate("b", 2003, item="wage", on="2024-01-01", publisher="Second News"),
        rate("c", 3001, item="wage", on="2024-02-01", publisher="Second News"),
        targets=(WAGE,),
    )
    assert [other.rates[0].id for other in told] == ["c", "b"]


def test_the_spread_shows_every_row():
    rows = (cny(), rate("r", 5003), rate("a", 7001, on="2024-06-02"), rate("b", 7001, on="2024-06-03"))
    assert len(others(*rows)) == 1
    assert [other.rates[0].id for other in others(*rows, every=True)] == ["b", "a"]


def test_wages_come_first_and_reference_rates_never():
    held = book(
        rate("ref", "0.13", item="CNY", currency="USD", market="reference", place="World"),
        rate("ref2", "0.17", item="CNY", currency="USD", market="reference", place="World", on="2024-05-01"),
        cny(),
        cny("c2", 2003, 2011, on="2024-05-20", publisher="Second News"),
        rate("w", 30011, item="wage"),
        rate("w2", 50021, item="wage", on="2024-01-01"),
    )
    told = converted(held, WON, Target("USD"), WAGE)
    assert [other.input for other in told.others] == ["wage", "CNY in KPW"]
    assert [held.metric for held in told.others[1].results] == ["price_kpw", "wage_months"]


def test_the_users_own_rate_has_no_other_reports():
    own = cny("user-1", user=True, place="")
    assert converted(book(cny(), cny("c2", 2003, 2011, on="2024-05-20")), WON, own=(own,)).others == ()


def test_affordability_shows_other_wages_and_with_spread_all(toy_book):
    brief = afford(toy_book, scope("2024-06-04", "Hyesan"), "driving-licence", Terms())
    assert {held.metric for other in brief.others for held in other.results} == {"wage_months"}
    assert brief.others[0].rates[0].id == "wage-before"
    full = afford(toy_book, scope("2024-06-04", "Hyesan"), "driving-licence", Terms(), spread=True)
    assert len(full.others) > len(brief.others)
    assert {held.metric for other in full.others for held in other.results} >= {"rice_kg", "price_kpw"}


# Steps.


def test_steps_say_each_step_once_from_the_first():
    told = converted(book(cny(), rate("r", 5003, 5009)), WON, RICE)
    assert steps(told) == [
        "amount = 7 CNY",
        "amount × CNY in KPW = 7,063–7,091 KPW (with amount 7, CNY in KPW 1,009–1,013)",
        "amount × CNY in KPW ÷ rice = 1.41006–1.41735 kg (with amount 7, CNY in KPW 1,009–1,013, rice 5,003–5,009)",
    ]


def test_an_item_whose_own_market_is_official_needs_no_note():
    items = toy.ITEMS | {"CNY": toy.ITEMS["CNY"]._replace(market="official")}
    row = cny(high=1009, market="official")
    held = RateBook(items=items, places=toy.PLACES, sources={}, rates=toy.by_item([row]))
    assert converted(held, WON, market="official").notes == ()


def test_a_row_that_replaces_another_says_why():
    row = cny(high=1009)._replace(replaces="old-row", note="misprint")
    assert notes(row) == ("CNY in KPW: cny replaces old-row: misprint",)


def test_the_spread_must_be_asked_for():
    rows = (cny(), rate("r", 5003), rate("a", 7001, on="2024-06-02"), rate("b", 7001, on="2024-06-03"))
    told = convert(book(*rows), scope(), Amount(Range.of(7), "CNY"), [RICE])
    assert (len(told.others), told.subject, told.query[1]) == (1, "", ("amount", ""))
    assert len(converted(book(*rows), RICE, spread=True).others) == 2
    assert len(afford(book(*rows, rate("w", 7, item="wage")), scope(), "rice", Terms()).others) == 1
    assert len(afford(book(*rows, rate("w", 7, item="wage")), scope(), "rice", Terms(), spread=True).others) == 2


def test_the_notes_of_every_input_stand_together():
    said = notes(cny(high=1009, on="2024-06-01"), rate("r", 5003, on="2024-06-02"), targets=(RICE,))
    assert [note.split(":")[0] for note in said] == ["CNY in KPW", "rice"]


def test_a_chosen_rate_is_described_in_one_line():
    def said(*rows, item="CNY", **asked):
        return described(choose(book(*rows), item, scope(**asked)))

    second = rate("c2", 1019, item="CNY", on="2024-06-12", place="Pyongyang", publisher="Second News")
    assert said(cny(on="2024-06-09"), second) == (
        "1 CNY = 1,009–1,019 KPW, market, Hyesan; Pyongyang, 2024-06-09..2024-06-12, 1 day earlier and 2 days later "
        "(Prime Press, ; Second News, )"
    )
    assert said(rate("r", 250150, quantity=50), item="rice") == (
        "1 kg rice = 5,003 KPW, market, Hyesan, 2024-06-10, of that time (Prime Press, )"
    )
    own = cny("user-1", "0.5", "1000", user=True, place="")
    assert said(own=(own,)) == "1 CNY = 0.5–1,000 KPW, your own rate"
