"""The library's front door: text in, derivations out, and what cannot be read refused."""

from __future__ import annotations

import pytest
from toy import book, rate

from nkauto import library
from nkauto.core.amount import Amount
from nkauto.core.range import Range
from nkauto.core.rates import RateBook
from nkauto.errors import AmbiguousAmount, BadOption, UnknownName, UnreadableAmount, UnreadablePeriod


def test_a_book_is_loaded_when_none_is_handed_over():
    told = library.convert("1,200 yuan", ["usd"], on="2025-10")
    assert told.results[0].range == Range.of(168, approx=True)
    assert library.afford("1,200 yuan", on="2025-10").results


def test_a_book_from_folders_named_by_text(tmp_path):
    with pytest.raises(Exception, match="no rate book at"):
        library.load(only=str(tmp_path / "none"))
    assert len(library.load(str(tmp_path))) == len(library.load())


@pytest.mark.parametrize(
    ("options", "error", "what"),
    [
        ({"at": "Atlantis"}, UnknownName, "unknown place: 'Atlantis'"),
        ({"market": "bazaar"}, BadOption, "unknown market: 'bazaar'"),
        ({"source": "The Onion"}, UnknownName, "unknown publisher: 'The Onion'"),
        ({"within": -1}, BadOption, "--within takes 0 to 36525 days"),
        ({"within": 36526}, BadOption, "--within takes 0 to 36525 days"),
        ({"on": "yesterday"}, UnreadablePeriod, "cannot read 'yesterday' as a date"),
        ({"rates": ["1 CNY"]}, BadOption, "a rate has two sides and one ="),
    ],
)
def test_an_option_that_cannot_be_read_is_refused(toy_book, options, error, what):
    with pytest.raises(error) as refused:
        library.convert("7 yuan", ["won"], book=toy_book, **({"on": "2024-06-04"} | options))
    assert refused.value.what == what
    with pytest.raises(error):
        library.afford("licence", book=toy_book, **({"on": "2024-06-04"} | options))


def test_within_may_be_anything_from_no_day_to_a_century(toy_book):
    for days in (0, 36525):
        assert library.convert("7 yuan", ["won"], book=toy_book, on="2024-06-04", within=days).results


def test_an_unknown_market_names_those_there_are(toy_book):
    with pytest.raises(BadOption, match=r"Markets: market, state, official, reference, mixed\."):
        library.convert("7 yuan", ["won"], book=toy_book, market="black")


def test_an_unknown_place_names_what_is_near_and_the_known_places(toy_book):
    with pytest.raises(UnknownName) as refused:
        toy_book.place_named("Hyesann")
    assert str(refused.value) == (
        "unknown place: 'Hyesann'\nDid you mean Hyesan?\n"
        "Known places: Changbai, China, Chongjin, Hyesan, Jilin, North Hamgyong, North Korea, Pyongyang, Ryanggang."
    )
    assert (refused.value.kind, refused.value.name, refused.value.near) == ("place", "Hyesann", ["Hyesan"])
    with pytest.raises(UnknownName) as refused:
        toy_book.place_named("양강더")
    assert refused.value.near == ["양강도"]


def test_an_unknown_item_names_what_is_near(toy_book):
    with pytest.raises(UnknownName) as refused:
        toy_book.item_named("gazoline", text="7 gazoline", span=(2, 10))
    assert str(refused.value) == (
        "unknown item: 'gazoline'\n  7 gazoline\n    ^^^^^^^^\nDid you mean gasoline?\n"
        "nkauto rates coverage lists every item."
    )


def test_an_unknown_publisher_names_what_is_near(toy_book):
    with pytest.raises(UnknownName) as refused:
        toy_book.publisher_named("Prime Pres")
    assert str(refused.value) == (
        "unknown publisher: 'Prime Pres'\nDid you mean Prime Press?\nnkauto rates sources lists them."
    )


def test_names_are_found_without_a_table_of_names():
    held = book(rate("r", 5003))
    assert held.item_named("PETROL").id == "gasoline"
    assert held.item_named("gasoline").id == "gasoline"
    assert held.item_names["old won"] == "KPW-OLD"
    assert held.item_names["kpw old"] == "KPW-OLD"
    assert len(held) == 1
    assert [row.id for row in held] == ["r"]


def test_the_home_currency_is_the_one_that_most_wages_are_paid_in():
    assert book().home == "KPW"
    wages = [
        rate("a", 7, item="wage", currency="CNY"),
        rate("b", 7, item="wage", currency="CNY"),
        rate("c", 7, item="wage"),
    ]
    assert book(*wages).home == "CNY"
    assert book(wages[2], wages[0]).home == "KPW"
    old = rate("d", 700, item="wage", currency="KPW-OLD", on="2009-01-01")
    assert book(old, old._replace(id="e"), wages[0]).home == "KPW"


def test_targets_come_in_lists_and_names_of_any_language(toy_book):
    told = library.convert("7 yuan", ["won, 쌀", "달러,", "lb rice"], book=toy_book, on="2024-06-04")
    assert [held.metric for held in told.results] == ["price_kpw", "rice_kg", "price_usd", "rice_lb"]


@pytest.mark.parametrize("to", [[], [""], [" , "]])
def test_nothing_to_convert_into_is_refused(toy_book, to):
    with pytest.raises(BadOption, match="nothing to convert into") as refused:
        library.convert("7 yuan", to, book=toy_book)
    assert refused.value.hint == "Add --to, as --to usd,won,rice,wage."


@pytest.mark.parametrize("to", ["kg", "GBP", "month"])
def test_a_unit_of_nothing_is_no_target(toy_book, to):
    with pytest.raises(UnknownName) as refused:
        library.convert("7 yuan", [to], book=toy_book, on="2024-06-04")
    assert refused.value.kind == "unit to convert into"
    assert refused.value.hint.endswith("Name a currency, a good or wage.")


def test_won_before_the_redenomination_is_old_won_and_said_aloud(toy_book):
    told = library.convert("52,100 won", ["yuan"], book=toy_book, on="2009-11-10")
    assert told.results[0].range.high == 100
    assert told.notices == ("won before 1 December 2009 is read as old won (KPW-OLD): 100 old won were 1 new won",)
    told = library.convert("1,100 won", ["yuan"], book=toy_book, on="2009-12-10")
    assert (told.results[0].range.high, told.notices) == (100, ())
    told = library.convert("100 yuan", ["won"], book=toy_book, on="2009-11-10")
    assert (told.results[0].range.low, told.results[0].unit) == (52100, "KPW-OLD")
    told = library.afford("20,030 won", book=toy_book, on="2009-11-10")
    assert told.results[0].unit == "KPW-OLD"


@pytest.mark.parametrize(
    ("ask", "day", "thing"),
    [
        (lambda book: library.convert("7 yuan", ["won"], book=book), "2024-09-02", "Chinese yuan"),
        (lambda book: library.convert("7 won", ["usd,yuan"], book=book), "2024-06-06", "US dollar"),
        (lambda book: library.convert("7 won", ["rice"], book=book), "2024-09-02", "rice"),
        (lambda book: library.convert("7 kg rice", ["wage"], book=book, within=100), "2024-03-31", "monthly wage"),
        (lambda book: library.convert("7 dollars", ["won"], book=book, market="official"), "2024-12-31", "US dollar"),
        (lambda book: library.afford("licence", book=book), "2024-09-02", "Chinese yuan"),
        (lambda book: library.afford("squid", book=book, within=100), "2024-03-31", "monthly wage"),
    ],
)
def test_without_a_date_it_is_the_newest_day_that_all_currencies_or_else_all_things_cover(toy_book, ask, day, thing):
    assert (
        ask(toy_book).notices[0]
        == f"no --on given: answered for {day}, the newest day that the book covers for {thing}"
    )


def test_without_a_date_and_a_row_it_is_the_newest_day_of_the_book(toy_book):
    told = library.convert("7 won", ["won"], book=toy_book)
    assert told.notices == ("no --on given: answered for 2024-12-31, the newest day of the book",)
    empty = RateBook(items=toy_book.items, places={}, sources={}, rates={})
    told = library.convert("7 won", ["won"], book=empty)
    assert told.notices[0] == "no --on given: answered for 2000-01-01, the newest day of the book"


def test_a_thing_is_an_item_or_an_amount(toy_book):
    asked = library.Asked(toy_book)
    assert asked.thing("운전면허") == "driving-licence"
    assert asked.thing("7 yuan") == Amount(Range.of(7), "CNY")
    with pytest.raises(UnknownName, match="unknown item: 'licens'") as unknown:
        asked.thing("licens")
    assert "licence" in unknown.value.near
    with pytest.raises(AmbiguousAmount):
        asked.thing("24.000 won")
    with pytest.raises(UnreadableAmount) as refused:
        asked.thing("7")
    assert refused.value.hint.splitlines()[-1] == "nkauto rates coverage lists every item."


def test_the_subject_is_the_items_name_or_what_was_typed(toy_book):
    assert library.afford("운전면허", book=toy_book, on="2024-06-04").subject == "driving licence"
    assert library.afford("7 yuan", book=toy_book, on="2024-06-04").subject == "7 yuan"


def test_terms_are_read_from_text(toy_book):
    held = library.terms(
        toy_book, people="3-5", over="1y", deposit="10,000 won", interest="5%", interest_kind="flat", save="30%",
        commodity="오징어",
    )  # fmt: skip
    assert (held.people, held.months, held.save) == (Range.of(3, 5), Range.of(12), Range.of("0.3"))
    assert (held.deposit, held.interest) == (Amount(Range.of(10000), "KPW"), Range.of("0.05"))
    assert (held.flat, held.commodity) == (True, "squid")
    assert library.terms(toy_book).months is None
    with pytest.raises(BadOption, match="unknown kind of interest: 'compound'") as refused:
        library.terms(toy_book, interest_kind="compound")
    assert refused.value.hint == "Kinds: annuity, flat."
    with pytest.raises(UnknownName, match="unknown item: 'unicorn'"):
        library.terms(toy_book, over="12m", commodity="unicorn")
