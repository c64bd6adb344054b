"""Paths over chosen rates: the shortest, then the freshest; the markets that never meet; units and old won."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
import toy
from toy import book, ids, rate, scope

from nkauto.core.amount import Amount
from nkauto.core.bounds import bounds
from nkauto.core.convert import Quotes, price_input
from nkauto.core.range import Range
from nkauto.core.rates import MARKETS, RateBook
from nkauto.errors import NoRate, WrongDimension


def path(held: RateBook, currency: str, other: str, on: str = "2024-06-10", **asked: object) -> list[str]:
    """Return the ids of the rows along the path."""
    return [id_ for chosen in Quotes(held, scope(on, **asked)).path(currency, other) for id_ in ids(chosen)]


def money(low: int | str, high: int | str | None = None, unit: str = "CNY", item: str = "", per: str = "") -> Amount:
    return Amount(Range.of(low, high), unit, item, per)


def cny(id_: str = "cny", low: int | str = 1009, high: int | str = 1013, **more: object):
    return rate(id_, low, high, item="CNY", **more)


def usd(id_: str = "usd", low: int | str = 7907, high: int | str = 7919, **more: object):
    return rate(id_, low, high, item="USD", **more)


# Which path.


def test_a_direct_quote_beats_a_fresher_path():
    held = book(
        cny("old", on="2024-05-15"),
        usd(),
        rate("ratio", "0.13", item="CNY", currency="USD", market="reference", place="World"),
    )
    assert path(held, "CNY", "KPW") == ["old"]


def test_without_a_direct_quote_the_path_leads_over_a_third_currency():
    held = book(usd(), rate("ratio", "0.13", "0.17", item="CNY", currency="USD", market="reference", place="World"))
    assert path(held, "CNY", "KPW") == ["ratio", "usd"]
    assert path(held, "KPW", "CNY") == ["usd", "ratio"]


def test_the_shortest_path_beats_a_fresher_longer_one():
    ratio = {"market": "reference", "place": "World"}
    longer = [
        rate("eur-usd", "1.1", item="EUR", currency="USD", **ratio),
        rate("eur-cny", "7.7", item="EUR", currency="CNY", **ratio),
        cny(),
    ]
    assert path(book(*longer), "USD", "KPW") == ["eur-usd", "eur-cny", "cny"]
    shorter = rate("usd-cny", "7", item="USD", currency="CNY", on="2024-05-15", **ratio)
    assert path(book(shorter, *longer), "USD", "KPW") == ["usd-cny", "cny"]


def test_of_two_paths_of_one_length_the_one_whose_oldest_rate_is_freshest():
    ratio = {"market": "reference", "place": "World"}
    rows = [
        cny(on="2024-06-01"),
        usd(on="2024-06-05"),
        rate("eur-usd", "1.1", item="EUR", currency="USD", **ratio),
        rate("eur-cny", "7.7", item="EUR", currency="CNY", **ratio),
    ]
    assert path(book(*rows), "EUR", "KPW") == ["eur-usd", "usd"]
    rows[1] = usd(on="2024-05-25")
    assert path(book(*rows), "EUR", "KPW") == ["eur-cny", "cny"]


def test_a_path_has_at_most_three_rates():
    chain = ["KPW", "CNY", "USD", "EUR"]
    ratio = {"market": "reference", "place": "World"}
    rows = [rate(f"{item}-{other}", 7, item=item, currency=other, **ratio) for other, item in itertools.pairwise(chain)]
    assert len(path(book(*rows), "KPW", "EUR")) == 3
    items = {**toy.ITEMS, "JPY": toy.ITEMS["EUR"]._replace(id="JPY")}
    far = rate("JPY-EUR", 7, item="EUR", currency="JPY", **ratio)
    longer = RateBook(items=items, places=toy.PLACES, sources={}, rates=toy.by_item([*rows, far]))
    assert len(path(longer, "CNY", "JPY")) == 3
    with pytest.raises(NoRate):
        path(longer, "KPW", "JPY")


def test_no_path_raises_the_refusal_of_the_direct_quote():
    with pytest.raises(NoRate, match="no market rate of yuan in KPW within 31 days of 2030-01-01"):
        path(book(cny()), "CNY", "KPW", "2030-01-01")
    with pytest.raises(NoRate, match=r"^no rate between EUR and KPW$"):
        path(book(cny()), "EUR", "KPW")


def test_goods_are_no_stations_on_a_path():
    held = book(rate("rice-won", 5003), rate("rice-yuan", 5, currency="CNY"))
    with pytest.raises(NoRate):
        path(held, "CNY", "KPW")


def test_old_won_is_no_station_on_a_path():
    held = book(
        rate("old", 7, item="KPW-OLD", currency="CNY", market="reference"),
        rate("new", 11, item="USD", currency="KPW-OLD"),
    )
    assert path(held, "USD", "KPW") == ["new"]  # priced in old won, it counts as priced in won
    with pytest.raises(NoRate):
        path(held, "USD", "CNY")


# Which of two direct quotes.


def test_a_quote_serves_both_ways():
    assert path(book(cny()), "KPW", "CNY") == path(book(cny()), "CNY", "KPW") == ["cny"]


def test_of_quotes_in_both_directions_the_fresher_counts():
    old, new = rate("won", 3, item="KPW", currency="CNY", on="2024-06-01"), cny(on="2024-06-05")
    for one, other in (("CNY", "KPW"), ("KPW", "CNY")):
        assert path(book(old, new), one, other) == ["cny"]
        assert path(book(old._replace(last=toy.day("2024-06-07")), new), one, other) == ["won"]


def test_the_market_comes_before_the_reference_even_when_it_is_older():
    held = book(cny(on="2024-06-01"), rate("ref", 7, item="CNY", market="reference", place="World"))
    assert path(held, "CNY", "KPW") == ["cny"]


def test_what_the_press_states_either_way_comes_before_the_series():
    ratio = {"market": "reference", "place": "World"}
    series = rate("series", "0.139", item="CNY", currency="USD", on="2024-06", **ratio)
    stated = rate("press", "7.1", item="USD", currency="CNY", on="2024-06-10", **ratio)
    elsewhen = rate("elsewhen", "0.141", item="CNY", currency="USD", on="2024-05-31", **ratio)
    for one, other in (("CNY", "USD"), ("USD", "CNY")):
        assert path(book(stated, elsewhen, reference=[series]), one, other) == ["press"]
        assert path(book(stated, elsewhen, reference=[series]), one, other, "2024-06-11") == ["series"]
        later = series._replace(first=toy.day("2024-06-21"), last=toy.day("2024-06-30"))
        assert path(book(stated, elsewhen, reference=[later]), one, other, "2024-06-11") == ["series"]
        assert path(book(stated, elsewhen), one, other, "2024-06-11") == ["press"]


def test_the_users_own_rate_comes_before_all_in_either_direction():
    own = rate("own", "0.0002", item="KPW", currency="CNY", user=True, place="")
    assert path(book(cny()), "CNY", "KPW", own=(own,)) == ["own"]
    own = cny("own", user=True, place="")
    assert path(book(cny()), "KPW", "CNY", own=(own,)) == ["own"]
    assert path(book(cny()), "KPW", "CNY", own=(own,), market="official") == ["own"]


# Markets.


def test_market_and_official_rates_never_meet_on_one_path(toy_book):
    currencies = ("KPW", "CNY", "USD", "EUR", "JPY")
    found = 0
    for market in ("", *MARKETS):
        quotes = Quotes(toy_book, scope("2024-06-04", market=market))
        for one, other in itertools.permutations(currencies, 2):
            try:
                markets = {chosen.market for chosen in quotes.path(one, other)}
            except NoRate:
                continue
            found += 1
            assert not {"market", "official"} <= markets
            assert ("official" in markets) <= (market == "official")
    assert found > 60


def test_the_official_rate_is_used_when_it_is_asked_for(toy_book):
    assert path(toy_book, "EUR", "KPW", "2024-06-04", market="official") == ["eur-official"]
    assert path(toy_book, "USD", "KPW", "2024-06-04", market="official") == ["usd-official"]


def test_without_asking_an_official_rate_is_not_even_used_when_there_is_no_other(toy_book):
    assert path(toy_book, "EUR", "KPW", "2024-06-04", place="Hyesan") == ["ref-eur-2024-06", "usd-hyesan"]
    with pytest.raises(NoRate):
        path(book(usd(market="official")), "USD", "KPW")


def test_asking_for_the_official_rate_never_falls_back_on_the_market(toy_book):
    assert path(toy_book, "CNY", "KPW", "2024-06-04", market="official") == ["cny-usd-press", "usd-official"]
    with pytest.raises(NoRate):
        path(book(usd()), "USD", "KPW", market="official")


@pytest.mark.parametrize("market", ["state", "mixed", "reference"])
def test_other_markets_leave_the_won_at_its_market_rate(toy_book, market):
    assert path(toy_book, "USD", "KPW", "2024-06-04", market=market, place="Hyesan") == ["usd-hyesan"]


# Quantities.


def test_there_and_back_by_one_days_rates_is_the_start(toy_book):
    for one, other in itertools.permutations(("KPW", "CNY", "USD", "EUR", "JPY"), 2):
        quotes = Quotes(toy_book, scope("2024-06-04"))
        start = quotes.money(money(1201, 1213, one))
        back = quotes.into(quotes.into(start, other), one)
        assert bounds(back) == (1201, 1213)
        assert bounds(quotes.into(start, other))[0] > 0


def test_a_price_is_chosen_once():
    quotes = Quotes(book(rate("r", 5003)), scope())
    assert quotes.price("rice") is quotes.price("rice")
    quotes = Quotes(book(cny()), scope())
    assert quotes.path("CNY", "KPW")[0] is quotes.path("KPW", "CNY")[0]


def test_money_multiplies_where_the_currency_is_priced_and_divides_where_it_prices():
    quotes = Quotes(book(cny()), scope())
    won = quotes.into(quotes.money(money(3, 5)), "KPW")
    assert (bounds(won), won.unit, won.formula) == ((3027, 5065), "KPW", "amount × CNY in KPW")
    yuan = quotes.into(quotes.money(money(3, 5, "KPW")), "CNY")
    assert (bounds(yuan), yuan.unit) == ((Fraction(3, 1013), Fraction(5, 1009)), "CNY")
    assert yuan.formula == "amount ÷ CNY in KPW"


def test_the_same_currency_is_itself():
    quotes = Quotes(book(), scope())
    held = quotes.money(money(3, 5))
    assert quotes.into(held, "CNY") is held


def test_an_amount_is_the_users_own_input():
    held = Quotes(book(), scope()).money(Amount(Range.of(3, 5, approx=True), "KPW", per="kg"), "price")
    (given,) = held.inputs
    assert (given.name, given.unit, given.user, given.approx, given.chosen) == ("price", "KPW/kg", True, True, None)
    assert held.unit == "KPW"


def test_old_won_become_new_won_a_hundred_to_one():
    quotes = Quotes(book(cny()), scope())
    old = quotes.money(money(30000, 50000, "KPW-OLD"))
    new = quotes.into(old, "KPW")
    assert (bounds(new), new.formula) == ((300, 500), "amount ÷ 100")
    assert new.step == "÷ 100 old won per new won"
    assert bounds(quotes.into(old, "CNY")) == (Fraction(300, 1013), Fraction(500, 1009))
    back = quotes.into(quotes.money(money(3)), "KPW-OLD")
    assert (bounds(back), back.unit) == ((302700, 303900), "KPW-OLD")
    assert back.formula == "amount × CNY in KPW × 100"
    assert bounds(quotes.into(new, "KPW-OLD")) == (30000, 50000)


def test_goods_cost_their_price_and_money_buys_them():
    quotes = Quotes(book(rate("r", 5003, 5009)), scope())
    cost = quotes.money(money(50, unit="kg", item="rice"))
    assert (bounds(cost), cost.unit, cost.formula) == ((250150, 250450), "KPW", "amount × rice")
    bought = quotes.goods(quotes.money(money(10018, unit="KPW")), "rice")
    assert (bounds(bought), bought.unit) == ((2, Fraction(10018, 5003)), "kg")
    assert bounds(quotes.goods(cost, "rice")) == (50, 50)
    assert bounds(quotes.item_price("rice")) == (5003, 5009)


def test_old_won_buy_goods():
    quotes = Quotes(book(rate("r", 5003)), scope())
    assert bounds(quotes.goods(quotes.money(money(1000600, unit="KPW-OLD")), "rice")) == (2, 2)


def test_an_amount_of_goods_without_a_unit_is_in_the_unit_of_its_price():
    quotes = Quotes(book(rate("r", 30011, item="wage")), scope())
    assert bounds(quotes.money(money(3, unit="", item="wage"))) == (90033, 90033)


def test_other_units_of_the_same_kind_are_exact_factors():
    quotes = Quotes(book(rate("r", 5003)), scope())
    cost = quotes.money(money(12, unit="lb", item="rice"))
    assert bounds(cost)[0] == 12 * Fraction("0.45359237") * 5003
    assert cost.formula == "amount × 45359237/100000000 × rice"
    bought = quotes.goods(quotes.money(money(5003, unit="KPW")), "rice", "lb")
    assert (bounds(bought)[0], bought.unit) == (1 / Fraction("0.45359237"), "lb")
    tonne = quotes.money(money(1, unit="t", item="rice"))
    assert (bounds(tonne)[0], tonne.formula) == (5003000, "amount × 1000 × rice")


def test_litres_become_kilograms_through_a_sourced_density_alone(toy_book):
    quotes = Quotes(toy_book, scope("2024-06-10", "Pyongyang"))
    cost = quotes.money(money(50, unit="L", item="gasoline"))
    held = {given.name: (given.low, given.high, given.unit) for given in cost.inputs}
    assert held["density of gasoline"] == (Fraction("0.71"), Fraction("0.79"), "kg/L")
    assert held["gasoline"] == (14000, 15000, "KPW/kg")
    assert bounds(cost) == (50 * Fraction("0.71") * 14000, 50 * Fraction("0.79") * 15000)
    gallons = quotes.money(money(1, unit="gal", item="gasoline"))
    assert bounds(gallons)[0] == Fraction("3.785411784") * Fraction("0.71") * 14000


def test_kilograms_become_litres_by_dividing_by_the_density(toy_book):
    quotes = Quotes(toy_book, scope("2024-06-04", "Chongjin"))
    bought = quotes.goods(quotes.money(money(11003, 11027, "KPW")), "gasoline", "kg")
    assert bought.unit == "kg"
    tonnes = quotes.money(money(1, unit="t", item="gasoline"))
    named = {given.name: (given.low, given.high) for given in tonnes.inputs}
    assert named["gasoline per L"] == (11003, 11027)
    assert bounds(tonnes) == (1000 / Fraction("0.79") * 11003, 1000 / Fraction("0.71") * 11027)


def test_prices_by_litre_and_by_kilogram_are_two_inputs():
    quotes = Quotes(book(rate("l", 11003, item="gasoline", unit="L"), rate("k", 14009, item="gasoline")), scope())
    cost = quotes.money(money(50, unit="L", item="gasoline"))
    assert bounds(cost) == (550150, 550150)
    bought = quotes.goods(cost, "gasoline", "kg")
    assert bounds(bought) == (Fraction(550150, 14009),) * 2
    assert bought.formula == "amount × gasoline per L ÷ gasoline"


def test_litres_of_what_has_no_density_are_refused():
    quotes = Quotes(book(rate("r", 5003)), scope())
    with pytest.raises(WrongDimension) as refused:
        quotes.money(money(3, unit="L", item="rice"))
    assert str(refused.value) == "L of rice cannot be measured in kg\nIts price is for one kg."


def test_a_density_makes_no_days_of_a_litre(toy_book):
    quotes = Quotes(toy_book, scope("2024-06-10"))
    with pytest.raises(WrongDimension, match="day of petrol cannot be measured in"):
        quotes.money(money(3, unit="day", item="gasoline"))


def test_a_chosen_rate_is_one_input_with_what_it_is_counted_in():
    quotes = Quotes(book(cny(approx=True), rate("r", 5003, 5009)), scope())
    held = price_input(quotes.path("KPW", "CNY")[0])
    assert held[:4] == ("CNY in KPW", 1009, 1013, "KPW/CNY")
    assert (held.approx, held.user, held.chosen is not None) == (True, False, True)
    held = price_input(quotes.price("rice"))
    assert held[:4] == ("rice", 5003, 5009, "KPW/kg")


def test_each_step_keeps_what_it_was_applied_to():
    quotes = Quotes(book(cny(), rate("r", 5003, 5009)), scope())
    bought = quotes.goods(quotes.money(money(3)), "rice")
    said = []
    step = bought
    while step is not None:
        said.append((step.formula, step.unit, step.step))
        step = step.before
    assert said == [
        ("amount × CNY in KPW ÷ rice", "kg", "÷"),
        ("amount × CNY in KPW", "KPW", "×"),
        ("amount", "CNY", ""),
    ]


def test_a_density_is_one_input_with_its_sources(toy_book):
    quotes = Quotes(toy_book, scope("2024-06-10", "Pyongyang"))
    cost = quotes.money(money(50, unit="L", item="gasoline"))
    density = next(held for held in cost.inputs if held.name == "density of gasoline")
    assert (density.approx, density.user) == (False, False)
    chosen = density.chosen
    assert chosen is not None
    assert (chosen.item.id, chosen.market, chosen.currency, chosen.unit) == ("gasoline", "reference", "kg", "L")
    assert (chosen.low, chosen.high) == (density.low, density.high)
    assert [row.source.id for row in chosen.rates] == ["prime", "second"]
    assert (chosen.gaps, chosen.rung, chosen.age_days, chosen.places) == ((0, 0), "anywhere", 0, "")
    assert (cost.formula, cost.step) == ("amount × density of gasoline × gasoline", "×")
    assert cost.before is not None
    assert (cost.before.unit, cost.before.step) == ("kg", "×")


def test_a_change_of_unit_is_a_step_of_its_own():
    quotes = Quotes(book(rate("r", 5003, 5009)), scope())
    step = quotes.money(money(12, 13, unit="lb", item="rice")).before
    assert step is not None
    assert (step.unit, step.step) == ("kg", "lb rice in kg")
    assert step.signs == {"amount": 1}
    assert bounds(step) == (12 * Fraction("0.45359237"), 13 * Fraction("0.45359237"))
    months = Quotes(book(rate("w", 30011, item="wage")), scope()).goods(
        quotes.money(money(60022, unit="KPW")), "wage", "wage-month"
    )
    assert (bounds(months), months.unit, months.formula) == ((2, 2), "wage-month", "amount ÷ wage")


def test_a_unit_of_twice_the_size_is_a_factor_of_two():
    quotes = Quotes(book(rate("r", 5003, unit="each")), scope())
    cost = quotes.money(money(3, unit="dozen", item="rice"))
    assert (bounds(cost), cost.formula) == ((180108, 180108), "amount × 12 × rice per each")


def test_goods_priced_in_two_currencies_cost_the_countrys_own():
    held = book(rate("y", 5, currency="CNY"), rate("k", 5003), rate("w", 30011, item="wage"))
    cost = Quotes(held, scope()).money(money(2, unit="kg", item="rice"))
    assert (bounds(cost), cost.unit) == ((10006, 10006), "KPW")
    bought = Quotes(held, scope()).goods(Quotes(held, scope()).money(money(10, unit="CNY")), "rice")
    assert bounds(bought) == (2, 2)


def test_litres_are_told_in_pounds_and_gallons_in_kilograms(toy_book):
    litres = Quotes(toy_book, scope("2024-06-04", "Chongjin"))
    pounds = litres.goods(litres.money(money(11003, unit="KPW")), "gasoline", "lb")
    assert pounds.unit == "lb"
    assert bounds(pounds)[1] == Fraction("0.79") / Fraction("0.45359237")
    quotes = Quotes(toy_book, scope("2024-06-10", "Pyongyang"))
    step = quotes.money(money(2, unit="gal", item="gasoline"))
    units = []
    while step is not None:
        units.append(step.unit)
        step = step.before
    assert units == ["KPW", "kg", "L", "gal gasoline"]
    tonnes = litres.money(money(1, unit="t", item="gasoline")).before
    assert tonnes is not None
    assert tonnes.before is not None
    assert (tonnes.unit, tonnes.before.unit) == ("L", "kg")


def test_a_litre_of_what_has_a_density_is_still_no_month(toy_book):
    quotes = Quotes(toy_book, scope("2024-06-10", "Pyongyang"))
    with pytest.raises(WrongDimension, match=r"^L of monthly wage cannot be measured in month"):
        quotes.money(money(2, unit="L", item="wage"))


def test_old_won_prefer_the_price_in_won():
    held = book(rate("y", 5, currency="CNY"), rate("k", 5003))
    quotes = Quotes(held, scope())
    assert bounds(quotes.goods(quotes.money(money(500300, unit="KPW-OLD")), "rice")) == (1, 1)
    assert bounds(quotes.item_price("rice", prefer="CNY")) == (5, 5)
    assert bounds(quotes.goods(quotes.money(money(5003, unit="KPW")), "rice")) == (1, 1)


def test_the_asked_unit_is_preferred_among_prices_by_several():
    rows = [rate("l1", 7, item="gasoline", unit="L"), rate("k", 11, item="gasoline")]
    quotes = Quotes(book(*rows), scope())
    assert bounds(quotes.goods(quotes.money(money(77, unit="KPW")), "gasoline", "L")) == (11, 11)
    assert bounds(quotes.goods(quotes.money(money(77, unit="KPW")), "gasoline")) == (7, 7)
    assert bounds(quotes.money(money(2, unit="L", item="gasoline"))) == (14, 14)


def test_the_other_way_answers_where_one_way_is_out_of_reach():
    held = book(cny(on="2023-06-01"), rate("won", 3, item="KPW", currency="CNY"))
    assert path(held, "CNY", "KPW") == path(held, "KPW", "CNY") == ["won"]


def test_the_market_comes_before_a_fresher_reference_rate_of_another_day():
    held = book(cny(on="2024-06-01"), rate("ref", 7, item="CNY", market="reference", place="World", on="2024-06-09"))
    assert path(held, "CNY", "KPW") == ["cny"]
    held = book(cny(on="2024-06-01"), reference=[rate("ref", 7, item="CNY", market="reference", place="World")])
    assert path(held, "CNY", "KPW") == ["cny"]


def test_a_refusal_names_its_item_and_an_own_rate_of_something_else_is_no_quote():
    own = rate("own", 5003, user=True, place="")
    with pytest.raises(NoRate, match=r"^no rate between EUR and KPW$") as refused:
        path(book(cny()), "EUR", "KPW", own=(own,))
    assert refused.value.item == "EUR"
