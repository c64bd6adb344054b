"""Choosing a rate, rung by rung: each numbered rule of ``nkauto/core/choose.py`` with its own tests."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest
import toy
from toy import book, ids, rate, scope, span

from nkauto.core.choose import choose, sought
from nkauto.core.period import Period
from nkauto.core.rates import RateBook
from nkauto.errors import NoRate

# Rung 1: only rows of that item and market, and of one publisher where asked.


def test_another_item_of_the_same_kind_never_answers(toy_book):
    chosen = choose(toy_book, "wage", scope("2024-06-15"))
    assert ids(chosen) == ["wage-2024"]
    assert ids(choose(toy_book, "wage/teacher", scope("2024-06-15"))) == ["wage-teacher"]


def test_the_items_own_market_answers_without_one_asked():
    held = book(rate("street", 5003, 5009), rate("shop", 47, 53, market="state"))
    assert ids(choose(held, "rice", scope())) == ["street"]


def test_the_asked_market_overrides_the_items_own():
    held = book(rate("street", 5003, 5009), rate("shop", 47, 53, market="state"))
    chosen = choose(held, "rice", scope(market="state"))
    assert (ids(chosen), chosen.market) == (["shop"], "state")


def test_an_asked_market_on_which_the_item_has_no_rows_leaves_its_own():
    held = book(rate("street", 5003, 5009))
    chosen = choose(held, "rice", scope(market="official"))
    assert (ids(chosen), chosen.market) == (["street"], "market")


def test_an_asked_market_with_rows_at_another_time_is_not_replaced_by_the_items_own():
    held = book(rate("street", 5003), rate("shop", 47, on="2020-01-01", market="state"))
    with pytest.raises(NoRate, match="no state rate of rice"):
        choose(held, "rice", scope(market="state"))


def test_the_market_that_a_step_needs_comes_before_the_asked_one():
    held = book(rate("street", 5003, 5009), rate("shop", 47, 53, market="state"))
    assert ids(choose(held, "rice", scope(market="state"), market="market")) == ["street"]


def test_a_publisher_restricts_the_rows():
    held = book(rate("one", 5003), rate("two", 5011, publisher="Second News"))
    assert ids(choose(held, "rice", scope(publisher="Second News"))) == ["two"]
    assert ids(choose(held, "rice", scope())) == ["one", "two"]


def test_a_publisher_without_rows_in_time_is_refused_though_others_have_some():
    held = book(rate("one", 5003), rate("two", 5011, on="2023-01-01", publisher="Second News"))
    with pytest.raises(NoRate, match="no market rate of rice from Second News within 31 days"):
        choose(held, "rice", scope(publisher="Second News"))


def test_a_publisher_keeps_the_currency_that_is_demanded():
    held = book(
        rate("won", 5003, publisher="Second News"), rate("yuan", 5, currency="CNY", publisher="Second News", place="")
    )
    chosen = choose(held, "rice", scope(publisher="Second News"), currency="CNY")
    assert (ids(chosen), chosen.currency) == (["yuan"], "CNY")


# Rung 2: by place.

PLACES = (
    rate("city", 5003, 5009),
    rate("group", 5011, 5021, place="Hyesan and Paegam"),
    rate("province", 5023, 5039, place="Ryanggang"),
    rate("country", 5051, 5059, place="North Korea"),
    rate("other", 5077, 5081, place="Pyongyang"),
)


@pytest.mark.parametrize(
    ("rows", "answers", "rung"),
    [
        (PLACES, "city", "asked"),
        (PLACES[1:], "group", "containing"),
        (PLACES[2:], "province", "containing"),
        (PLACES[3:], "country", "containing"),
        (PLACES[4:], "other", "elsewhere"),
    ],
)
def test_the_place_itself_then_containing_ones_smallest_first_then_elsewhere(rows, answers, rung):
    chosen = choose(book(*rows), "rice", scope(place="Hyesan"))
    assert (ids(chosen), chosen.rung) == ([answers], rung)


@pytest.mark.parametrize("better", [0, 1, 2, 3])
def test_of_two_currencies_the_better_rung_answers_though_it_is_older(better):
    older = PLACES[better]._replace(first=toy.day("2024-06-01"), last=toy.day("2024-06-01"), currency="CNY")
    held = book(older, *PLACES[better + 1 :])
    assert ids(choose(held, "rice", scope(place="Hyesan"), prefer="KPW")) == [older.id]


def test_elsewhere_is_every_other_place_also_in_another_country():
    held = book(rate("other", 5077, place="Pyongyang"), rate("abroad", 7001, place="China"))
    chosen = choose(held, "rice", scope(place="Hyesan"))
    assert (set(ids(chosen)), chosen.rung) == ({"other", "abroad"}, "elsewhere")


def test_a_smaller_place_within_the_asked_one_counts_as_elsewhere():
    chosen = choose(book(rate("city", 5003)), "rice", scope(place="Ryanggang"))
    assert chosen.rung == "elsewhere"


def test_without_a_place_all_places_count_alike():
    chosen = choose(book(*PLACES), "rice", scope())
    assert set(ids(chosen)) == {row.id for row in PLACES}
    assert span(chosen) == (5003, 5081)
    assert chosen.rung == "anywhere"


def test_the_place_itself_wins_over_a_fresher_place_that_contains_it():
    held = book(rate("city", 5003, on="2024-05-15"), rate("group", 5011, place="Hyesan and Paegam"))
    chosen = choose(held, "rice", scope(place="Hyesan"))
    assert (ids(chosen), chosen.gaps) == (["city"], (-26,))


def test_a_row_without_a_place_counts_once():
    chosen = choose(book(rate("nowhere", 5003, place="")), "rice", scope())
    assert ids(chosen) == ["nowhere"]
    assert chosen.places == ""


def test_containing_places_survive_a_cycle():
    held = (
        toy.ITEMS,
        {
            "A": toy.PLACES["Ryanggang"]._replace(id="A", within=("B",)),
            "B": toy.PLACES["North Korea"]._replace(id="B", within=("A",)),
        },
    )
    cyclic = RateBook(items=held[0], places=held[1], sources={}, rates=toy.by_item([rate("r", 5003, place="B")]))
    assert cyclic.containing("A") == ("B",)
    assert choose(cyclic, "rice", scope(place="A")).rung == "containing"


def test_containing_places_come_smallest_first_whatever_the_order_of_the_file(toy_book):
    assert toy_book.containing("Hyesan") == (
        "Hyesan and Paegam",
        "Ryanggang",
        "northern provinces",
        "North Korea",
        "World",
    )
    assert toy_book.containing("Changbai") == ("Jilin", "China", "World")
    assert toy_book.containing("World") == ()


def test_a_containing_place_that_the_book_does_not_know_is_passed_over():
    places = {"A": toy.PLACES["Hyesan"]._replace(id="A", within=("nowhere", "B")), "B": toy.PLACES["Ryanggang"]}
    held = RateBook(items=toy.ITEMS, places=places, sources={}, rates={})
    assert held.containing("A") == ("B",)


def test_of_two_containing_places_of_one_kind_the_one_that_holds_less_comes_first():
    kind = toy.PLACES["Ryanggang"]
    places = {
        "city": toy.PLACES["Hyesan"]._replace(id="city", within=("wide", "narrow")),
        "town": toy.PLACES["Hyesan"]._replace(id="town", within=("wide",)),
        "wide": kind._replace(id="wide", within=()),
        "narrow": kind._replace(id="narrow", within=()),
        "odd": kind._replace(id="odd", kind="valley", within=()),
    }
    held = RateBook(items=toy.ITEMS, places=places, sources={}, rates={})
    assert held.containing("city") == ("narrow", "wide")
    places["city"] = places["city"]._replace(within=("odd", "wide"))
    assert RateBook(items=toy.ITEMS, places=places, sources={}, rates={}).containing("city") == ("wide", "odd")


# Rung 3: all rows whose period overlaps, as their hull.


def test_overlapping_rows_answer_as_their_hull_never_a_mean():
    held = book(
        rate("low", 4003, 4007, on="2024-06-01..2024-06-10"),
        rate("wide", 4019, 4517, on="2024-06-10..2024-06-20"),
        rate("mid", 4211, 4217, on="2024-06-10"),
    )
    chosen = choose(held, "rice", scope("2024-06-10"))
    assert span(chosen) == (4003, 4517)
    assert set(ids(chosen)) == {"low", "wide", "mid"}
    assert chosen.gaps == (0, 0, 0)
    assert chosen.age_days == 0


def test_sharing_one_day_is_enough_and_a_day_less_is_not():
    held = book(rate("a", 4003, on="2024-06-01..2024-06-10"), rate("b", 4507, on="2024-06-12..2024-06-20"))
    assert ids(choose(held, "rice", scope("2024-06-10"))) == ["a"]
    assert ids(choose(held, "rice", scope("2024-06-12"))) == ["b"]
    between = choose(held, "rice", scope("2024-06-11"))
    assert between.gaps == (-1, 1)


def test_a_long_row_that_began_first_is_found_behind_many_short_ones():
    rows = [rate(f"d{day}", 4003 + day, on=f"2024-06-{day:02}") for day in range(2, 20)]
    held = book(rate("long", 3001, on="2024-06-01..2024-06-30"), *rows)
    assert ids(choose(held, "rice", scope("2024-06-25"))) == ["long"]
    assert set(ids(choose(held, "rice", scope("2024-06-05")))) == {"long", "d5"}


def test_a_period_takes_every_row_within_it():
    held = book(rate("a", 4003, on="2024-06-01"), rate("b", 4507, on="2024-06-30"), rate("c", 9001, on="2024-07-01"))
    assert span(choose(held, "rice", scope("2024-06"))) == (4003, 4507)


def test_hundred_units_and_a_tonne_are_brought_to_one_unit():
    held = book(
        rate("sack", 250350, 250450, quantity=50),
        rate("tonne", 5003000, 5021000, unit="t"),
    )
    chosen = choose(held, "rice", scope())
    assert span(chosen) == (5003, 5021)
    assert chosen.unit == "kg"


# Rung 4: within the shelf life.


def test_what_moves_takes_the_nearest_before_and_after_as_their_hull():
    held = book(
        rate("older", 1009, on="2024-06-01"),
        rate("before", 4003, 4007, on="2024-06-08"),
        rate("after", 4507, 4513, on="2024-06-30"),
        rate("later", 9001, on="2024-07-01"),
    )
    chosen = choose(held, "rice", scope("2024-06-10"))
    assert ids(chosen) == ["before", "after"]
    assert span(chosen) == (4003, 4513)
    assert chosen.gaps == (-2, 20)
    assert chosen.age_days == 20


def test_all_rows_of_the_nearest_day_count():
    held = book(
        rate("one", 4003, on="2024-06-08"),
        rate("two", 4507, on="2024-06-07..2024-06-08", publisher="Second News"),
        rate("x", 5003, on="2024-06-13"),
        rate("y", 3001, on="2024-06-13..2024-06-20"),
    )
    chosen = choose(held, "rice", scope("2024-06-10"))
    assert set(ids(chosen)) == {"one", "two", "x", "y"}
    assert span(chosen) == (3001, 5003)


@pytest.mark.parametrize(("on", "answers"), [("2024-07-11", True), ("2024-07-12", False)])
def test_the_shelf_life_ends_after_its_last_day_going_back(on, answers):
    held = book(rate("r", 5003, on="2024-06-10"))
    if answers:
        assert choose(held, "rice", scope(on)).gaps == (-31,)
    else:
        with pytest.raises(NoRate):
            choose(held, "rice", scope(on))


@pytest.mark.parametrize(("on", "answers"), [("2024-05-10", True), ("2024-05-09", False)])
def test_the_shelf_life_ends_after_its_last_day_going_on(on, answers):
    held = book(rate("r", 5003, on="2024-06-10"))
    if answers:
        assert choose(held, "rice", scope(on)).gaps == (31,)
    else:
        with pytest.raises(NoRate):
            choose(held, "rice", scope(on))


def test_the_side_beyond_the_shelf_life_does_not_count():
    held = book(rate("before", 4003, on="2024-05-01"), rate("after", 4507, on="2024-06-20"))
    assert ids(choose(held, "rice", scope("2024-06-10"))) == ["after"]
    held = book(rate("before", 4003, on="2024-06-01"), rate("after", 4507, on="2024-08-20"))
    assert ids(choose(held, "rice", scope("2024-06-10"))) == ["before"]


def test_within_overrides_the_shelf_life_both_ways():
    held = book(rate("r", 5003, on="2024-06-10"))
    assert choose(held, "rice", scope("2024-09-18", within=100)).gaps == (-100,)
    with pytest.raises(NoRate, match="within 99 days"):
        choose(held, "rice", scope("2024-09-18", within=99))
    with pytest.raises(NoRate, match="within 3 days"):
        choose(held, "rice", scope("2024-06-14", within=3))


def test_within_zero_allows_overlapping_rows_alone():
    held = book(rate("r", 5003, on="2024-06-10"))
    assert ids(choose(held, "rice", scope("2024-06-10", within=0))) == ["r"]
    with pytest.raises(NoRate):
        choose(held, "rice", scope("2024-06-11", within=0))


@pytest.mark.parametrize(
    ("on", "answers", "gap"), [("2024-06-14", "before", -4), ("2024-06-15", "before", -5), ("2024-06-16", "after", 4)]
)
def test_what_stands_takes_the_nearest_and_the_earlier_on_a_tie(on, answers, gap):
    held = book(rate("before", 30011, item="wage", on="2024-06-10"), rate("after", 50021, item="wage", on="2024-06-20"))
    chosen = choose(held, "wage", scope(on))
    assert (ids(chosen), chosen.gaps) == ([answers], (gap,))


def test_what_stands_takes_the_later_when_there_is_no_earlier_within_the_shelf_life():
    held = book(rate("before", 30011, item="wage", on="2022-06-10"), rate("after", 50021, item="wage", on="2025-01-20"))
    assert ids(choose(held, "wage", scope("2024-06-10"))) == ["after"]


def test_an_unknown_start_reaches_back_the_shelf_life_and_no_further():
    held = book(rate("r", 5003, on="2024-06-10", since_unknown=True))
    assert choose(held, "rice", scope("2024-05-10")).gaps == (0,)
    assert choose(held, "rice", scope("2024-05-09")).gaps == (1,)
    assert choose(held, "rice", scope("2024-05-10")).period == Period(toy.day("2024-05-10"), toy.day("2024-06-10"))


def test_an_unknown_start_stays_within_the_calendar():
    held = book(rate("r", 5003, on="0001-01-03", since_unknown=True))
    assert choose(held, "rice", scope("0001-01-01")).gaps == (0,)


# Rung 5: the next rung of places, and the refusal.


def test_the_next_rung_of_places_answers_when_the_first_has_nothing_in_time():
    held = book(rate("city", 5003, on="2023-06-10"), rate("country", 5051, on="2024-06-01", place="North Korea"))
    chosen = choose(held, "rice", scope(place="Hyesan"))
    assert (ids(chosen), chosen.rung) == (["country"], "containing")


def test_the_refusal_names_the_nearest_rows_before_and_after():
    held = book(
        rate("old", 5003, on="2024-01-02"),
        rate("older", 5009, on="2023-01-02"),
        rate("two", 5011, on="2024-01-01..2024-01-02", place="Pyongyang", publisher="Second News"),
        rate("new", 5021, on="2024-09-01..2024-09-03", place="Pyongyang", publisher="Second News"),
        rate("newer", 5023, on="2025-09-01"),
    )
    with pytest.raises(NoRate) as refused:
        choose(held, "rice", scope("2024-06-10"))
    assert str(refused.value) == (
        "no market rate of rice within 31 days of 2024-06-10\n"
        "Nearest before: 2024-01-02, 160 days before, Hyesan, Pyongyang (Prime Press, Second News); "
        "nearest after: 2024-09-01, 83 days after, Pyongyang (Second News).\n"
        "A longer reach must be asked for: --within DAYS."
    )
    assert (refused.value.item, refused.value.exit_code) == ("rice", 3)


def test_the_refusal_names_the_one_side_that_there_is():
    held = book(rate("new", 5021, on="2024-09-01"))
    with pytest.raises(NoRate) as refused:
        choose(held, "rice", scope("2024-06", within=3))
    assert str(refused.value) == (
        "no market rate of rice within 3 days of 2024-06\n"
        "Nearest after: 2024-09-01, 63 days after, Hyesan (Prime Press).\n"
        "A longer reach must be asked for: --within DAYS."
    )


def test_the_refusal_says_when_the_book_holds_none_at_all():
    with pytest.raises(NoRate) as refused:
        choose(book(), "rice", scope(), currency="EUR")
    assert str(refused.value) == (
        "no market rate of rice in EUR within 31 days of 2024-06-10\n"
        "The book holds no market rate of rice in EUR at all."
    )
    with pytest.raises(NoRate, match="The book holds no market rate of rice at all"):
        choose(book(), "rice", scope())


def test_the_refusal_counts_an_unknown_start_from_where_it_reaches_back_to():
    held = book(rate("new", 5021, on="2024-09-30", since_unknown=True))
    with pytest.raises(NoRate, match="Nearest after: 2024-08-30, 81 days after"):
        choose(held, "rice", scope("2024-06-10"))


# Rung 6: a publisher who alone makes the hull wider.


def note(*rows):
    return choose(book(*rows), "rice", scope()).notes


def test_a_publisher_who_alone_makes_the_hull_a_quarter_wider_is_named():
    rows = (rate("a", 17900, publisher="A"), rate("b", 20000, publisher="B"), rate("c", 32000, publisher="C"))
    assert note(*rows) == ("rice: C alone makes the range 17,900–32,000 KPW; without it 17,900–20,000",)


def test_an_outlier_below_is_named_too():
    rows = (rate("a", 7907, publisher="A"), rate("b", 20000, publisher="B"), rate("c", 20011, publisher="C"))
    assert note(*rows) == ("rice: A alone makes the range 7,907–20,011 KPW; without it 20,000–20,011",)


def test_exactly_a_quarter_wider_is_not_named_and_a_won_more_is():
    rows = (rate("a", 1000, publisher="A"), rate("b", 1000, publisher="B"))
    assert note(*rows, rate("c", 1250, publisher="C")) == ()
    assert note(*rows, rate("c", 1251, publisher="C")) == (
        "rice: C alone makes the range 1,000–1,251 KPW; without it 1,000",
    )


def test_two_rows_of_one_publisher_that_differ_are_no_outlier():
    assert note(rate("a", 1000), rate("b", 9000)) == ()


def test_two_publishers_that_differ_are_both_named():
    rows = (rate("a", 1000, 1100, publisher="A"), rate("b", 2000, publisher="B"))
    assert note(*rows) == ("rice: the two publishers differ: A 1,000–1,100 but B 2,000 KPW",)


def test_two_publishers_that_agree_are_not_named():
    assert note(rate("a", 1000, publisher="A"), rate("b", 1200, publisher="B")) == ()


def test_a_range_that_two_publishers_share_is_nobodys():
    rows = (rate("a", 1000, publisher="A"), rate("b", 2000, publisher="B"), rate("c", 2000, publisher="C"))
    assert note(*rows) == ("rice: A alone makes the range 1,000–2,000 KPW; without it 2,000",)
    assert note(*rows, rate("d", 1000, publisher="D")) == ()


def test_a_price_of_nothing_makes_no_note():
    assert note(rate("a", 0, publisher="A"), rate("b", 2000, publisher="B"), rate("c", 2000, publisher="C")) == ()
    assert note(rate("a", 0, 2000, publisher="A"), rate("b", 1999, 2000, publisher="B")) == ()


def test_a_note_shows_at_most_six_digits():
    rows = (rate("a", "1000", quantity=3, publisher="A"), rate("b", 2000, publisher="B"))
    assert note(*rows) == ("rice: the two publishers differ: A 333.333 but B 2,000 KPW",)


# Quote bases: another currency or another kind of unit never shares a hull.


def test_prices_in_two_currencies_never_share_a_hull():
    held = book(rate("won", 5003, 5009), rate("yuan", 5, 7, currency="CNY"))
    assert span(choose(held, "rice", scope())) == (5003, 5009)
    assert span(choose(held, "rice", scope(), prefer="CNY")) == (5, 7)
    assert span(choose(held, "rice", scope(), currency="CNY")) == (5, 7)


def test_prices_by_litre_and_by_kilogram_never_share_a_hull():
    held = book(
        rate("l", 11003, item="gasoline", unit="L"),
        rate("ml", 12, item="gasoline", unit="mL"),
        rate("k", 14009, item="gasoline"),
    )
    assert span(choose(held, "gasoline", scope())) == (14009, 14009)
    litres = choose(held, "gasoline", scope(), unit="L")
    assert (span(litres), litres.unit) == ((11003, 12000), "L")


def test_of_two_currencies_the_better_place_answers_then_the_fresher_then_the_preferred_then_the_larger():
    won = rate("won", 5003, place="North Korea")
    assert ids(choose(book(won, rate("y", 5, currency="CNY")), "rice", scope(place="Hyesan"), prefer="KPW")) == ["y"]
    old = rate("old", 5, currency="CNY", on="2024-06-09")
    assert ids(choose(book(won, old), "rice", scope(), prefer="CNY")) == ["won"]
    fresh = rate("fresh", 5, currency="CNY")
    assert ids(choose(book(won, fresh), "rice", scope(), prefer="CNY")) == ["fresh"]
    assert ids(choose(book(fresh, won), "rice", scope(), prefer="KPW")) == ["won"]
    two = rate("two", 7, currency="CNY", publisher="Second News")
    assert set(ids(choose(book(won, fresh, two), "rice", scope()))) == {"fresh", "two"}


def test_old_won_counts_as_new_won_a_hundred_to_one():
    held = book(rate("old", 52100, 52300, on="2009-11-20", currency="KPW-OLD"), rate("new", 563, 569, on="2009-12-10"))
    chosen = choose(held, "rice", scope("2009-12-01"))
    assert ids(chosen) == ["old", "new"]
    assert span(chosen) == (521, 569)
    assert chosen.currency == "KPW"


# The user's own rate.


def test_an_own_rate_stands_for_the_book():
    own = rate("user-1", 20011, user=True, place="", publisher="your own rate")
    chosen = choose(book(rate("r", 5003)), "rice", scope(own=(own,)))
    assert (ids(chosen), chosen.user, chosen.age_days, chosen.rung) == (["user-1"], True, 0, "anywhere")
    assert (chosen.market, chosen.currency, chosen.unit, chosen.gaps) == ("market", "KPW", "kg", (0,))


def test_own_rates_of_one_item_make_a_hull():
    own = (rate("u1", 20011, user=True), rate("u2", 24007, user=True, quantity=2))
    assert span(choose(book(), "rice", scope(own=own))) == (Fraction(24007, 2), 20011)


def test_own_rates_in_two_currencies_or_units_never_share_a_hull():
    own = (rate("u1", 20011, user=True), rate("u2", 5, user=True, currency="CNY"))
    assert ids(choose(book(), "rice", scope(own=own), prefer="KPW")) == ["u1"]
    assert ids(choose(book(), "rice", scope(own=own), prefer="CNY")) == ["u2"]
    assert ids(choose(book(), "rice", scope(own=own))) == ["u1"]
    fuel = (rate("u1", 5, item="gasoline", unit="L", user=True), rate("u2", 7, item="gasoline", user=True))
    assert ids(choose(book(), "gasoline", scope(own=fuel))) == ["u2"]
    assert ids(choose(book(), "gasoline", scope(own=fuel), unit="L")) == ["u1"]


def test_an_own_rate_in_another_currency_leaves_the_book_to_answer():
    own = rate("u", 5, currency="EUR", user=True)
    assert ids(choose(book(rate("r", 5003)), "rice", scope(own=(own,)), currency="KPW")) == ["r"]


def test_an_own_rate_of_another_item_leaves_the_book_to_answer():
    own = rate("u", 5, item="gasoline", user=True)
    assert ids(choose(book(rate("r", 5003)), "rice", scope(own=(own,)))) == ["r"]


# Reference rates.


def press(id_="press", on="2024-06", **more):
    more.setdefault("currency", "USD")
    return rate(id_, "0.13", "0.17", on=on, item="CNY", market="reference", place="World", **more)


def series(id_="series", on="2024-06", **more):
    return rate(id_, "0.139", "0.149", on=on, item="CNY", currency="USD", market="reference", place="World", **more)


def reference(held, on="2024-06-10", **more):
    return choose(held, "CNY", scope(on, **more), currency="USD", market="reference")


def test_the_press_ratio_of_that_time_comes_before_the_series():
    assert ids(reference(book(press(), reference=[series()]))) == ["press"]


def test_the_series_comes_before_a_press_ratio_of_another_time():
    assert ids(reference(book(press(on="2024-05"), reference=[series()]))) == ["series"]


def test_the_press_near_answers_where_the_series_is_silent():
    held = book(press(on="2024-06-01"), reference=[series(on="2023-06")])
    assert ids(reference(held)) == ["press"]
    with pytest.raises(NoRate, match="Nearest before: 2024-06-01, 32 days before"):
        reference(held, on="2024-07-03")


def test_a_press_ratio_in_another_currency_does_not_hide_the_series():
    assert ids(reference(book(press(currency="EUR"), reference=[series()]))) == ["series"]


def test_a_reference_rate_knows_no_place_and_no_publisher():
    held = book(press(), reference=[series()])
    chosen = reference(held, place="Hyesan", publisher="Second News")
    assert (ids(chosen), chosen.rung) == (["press"], "anywhere")


# What a chosen rate says of itself.


def test_it_says_about_when_a_source_does():
    assert choose(book(rate("a", 5003), rate("b", 5009, approx=True)), "rice", scope()).approx is True
    assert choose(book(rate("a", 5003)), "rice", scope()).approx is False


def test_it_names_its_places_once_in_order_and_its_days():
    chosen = choose(
        book(
            rate("a", 5003, on="2024-06-09..2024-06-10"),
            rate("b", 5009, place="Pyongyang", on="2024-06-10..2024-06-14"),
            rate("c", 5011, on="2024-06-10"),
        ),
        "rice",
        scope(),
    )
    assert chosen.places == "Hyesan; Pyongyang"
    assert str(chosen.period) == "2024-06-09..2024-06-14"


def test_the_answer_does_not_depend_on_the_order_of_the_rows():
    rows = [*PLACES, rate("old", 4001, on="2024-05-20"), rate("new", 6007, on="2024-06-12")]
    one = choose(book(*rows), "rice", scope())
    other = choose(book(*rows[::-1]), "rice", scope())
    assert set(ids(one)) == set(ids(other))
    assert span(one) == span(other)


def test_rows_beyond_the_calendars_ends_are_no_obstacle():
    held = book(rate("r", 5003, on="9999-12-31"))
    assert choose(held, "rice", scope("9999-12-01")).gaps == (30,)
    with pytest.raises(NoRate):
        choose(held, "rice", scope("0001-01-01"))


def test_the_refusal_of_a_reference_rate_names_no_publisher():
    held = book(reference=[series(on="2023-06")])
    with pytest.raises(NoRate, match=r"^no reference rate of yuan in USD within 31 days of 2024-06-10\n"):
        reference(held, publisher="Second News")
    with pytest.raises(NoRate) as refused:
        reference(book(), publisher="Second News")
    assert refused.value.item == "CNY"


def test_the_refusal_counts_back_from_the_last_day_of_the_nearest_row():
    held = book(
        rate("z-near", 5003, on="2024-01-01..2024-01-09"),
        rate("a-far", 5, on="2023-12-01..2024-01-02", currency="CNY", place="Pyongyang"),
    )
    with pytest.raises(NoRate, match=r"Nearest before: 2024-01-09, 153 days before, Hyesan \(Prime Press\)\."):
        choose(held, "rice", scope())
    with pytest.raises(NoRate, match=r"Nearest after: 2023-12-01, 30 days after, Pyongyang \(Prime Press\)"):
        choose(book(*held.rates["rice"][1:]), "rice", scope("2023-11-01", within=3))


def test_the_kinds_of_places_from_small_to_large():
    kinds = ["valley", "world", "country", "region", "provinces", "province", "cities", "city"]
    places = {kind: toy.PLACES["Hyesan"]._replace(id=kind, kind=kind, within=()) for kind in kinds}
    places["quarter"] = toy.PLACES["Hyesan"]._replace(id="quarter", within=tuple(kinds))
    held = RateBook(items=toy.ITEMS, places=places, sources={}, rates={})
    assert held.containing("quarter") == (*kinds[:0:-1], "valley")
    assert held.containing("quarter") is held.containing("quarter")


def test_of_one_kind_and_size_the_name_decides():
    places = {name: toy.PLACES["Hyesan"]._replace(id=name, within=()) for name in ("b", "a", "c")}
    places["quarter"] = toy.PLACES["Hyesan"]._replace(id="quarter", within=("b", "c", "a"))
    places["other"] = toy.PLACES["Hyesan"]._replace(id="other", within=("a",))
    assert RateBook(items={}, places=places, sources={}, rates={}).containing("quarter") == ("b", "c", "a")


def test_a_book_counts_its_rows_or_is_told_their_number():
    assert len(book(rate("a", 5003), rate("b", 5003), rate("w", 7, item="wage"))) == 3
    assert len(RateBook(items={}, places={}, sources={}, rates={}, rows=lambda: 7)) == 7
    held = RateBook(items={}, places={}, sources={}, rates={}, checksum=lambda: "abc")
    assert (held.checksum, held.reference, held.constants) == ("abc", {}, {})


def test_an_item_without_any_rows_is_refused_whatever_is_asked():
    for asked in (scope(market="state"), scope(publisher="Second News"), scope(place="Hyesan"), scope(within=0)):
        with pytest.raises(NoRate, match=r"The book holds no (market|state) rate of rice at all\."):
            choose(book(rate("w", 7, item="wage")), "rice", asked)


# The redenomination: what stands is near on its own side alone.


def test_a_standing_won_figure_is_near_on_its_own_side_of_the_redenomination_alone():
    old = rate("old", 200300, on="2009-11-30", item="wage", currency="KPW-OLD")
    new = rate("new", 2707, on="2010-03-01", item="wage")
    assert ids(choose(book(old, new), "wage", scope("2009-12-01"))) == ["new"]
    assert ids(choose(book(old, new), "wage", scope("2009-11-30"))) == ["old"]
    assert ids(choose(book(old, new), "wage", scope("2009-10-01"))) == ["old"]
    with pytest.raises(NoRate) as refused:
        choose(book(old), "wage", scope("2009-12-01"))
    assert "Nearest before: 2009-11-30, 1 days before, across the redenomination, Hyesan" in refused.value.hint
    with pytest.raises(NoRate, match="Nearest after: 2010-03-01, 151 days after, across the redenomination, Hyesan"):
        choose(book(new), "wage", scope("2009-10-01"))


def test_a_question_or_a_row_over_the_redenomination_has_it_on_no_side():
    over = rate("over", 2707, on="2009-11-20..2009-12-05", item="wage")
    assert ids(choose(book(over), "wage", scope("2010-02-01"))) == ["over"]
    old = rate("old", 200300, on="2009-06-01", item="wage", currency="KPW-OLD")
    assert ids(choose(book(old), "wage", scope("2009-11-01..2009-12-31"))) == ["old"]


def test_what_moves_and_what_is_priced_in_other_money_is_near_across_it():
    fee = rate("fee", 307, on="2009-11-30", item="fee", currency="CNY")
    assert ids(choose(book(fee), "fee", scope("2009-12-01"))) == ["fee"]
    rice = rate("rice", 52100, on="2009-11-30", currency="KPW-OLD")
    assert ids(choose(book(rice), "rice", scope("2009-12-01"))) == ["rice"]


# What a book keeps of one question must not colour the next.


def test_a_book_that_was_asked_before_answers_as_a_fresh_one():
    rows = [
        rate("early", 5003, 5009, on="2024-06-01"),
        rate("twice", 5011, on="2024-06-04", publisher="Second News"),
        rate("again", 4999, on="2024-06-04", place="Pyongyang"),
        rate("late", 5021, 5039, on="2024-06-09"),
        rate("far", 5051, on="2024-09-01"),
    ]
    used = book(*rows)
    days = [date(2024, 4, 20) + timedelta(days=number) for number in range(200)]
    random.Random(7).shuffle(days)
    for day in [*days, *days]:
        for place in ("", "Pyongyang"):
            asked = scope(day.isoformat(), place=place)
            expected = sought(book(*rows), "rice", asked)
            assert sought(used, "rice", asked) == expected
            if expected:
                assert choose(used, "rice", asked).notes == expected.notes
                continue
            with pytest.raises(NoRate) as fresh:
                choose(book(*rows), "rice", asked)
            with pytest.raises(NoRate) as again:
                choose(used, "rice", asked)
            assert (again.value.what, again.value.hint) == (fresh.value.what, fresh.value.hint)


def test_a_corrected_row_has_a_price_of_its_own():
    row = rate("one", 5003, 5009)
    assert row.per_unit == (5003, 5009)
    assert row._replace(low=row.low * 2, high=row.high * 2).per_unit == (10006, 10018)
