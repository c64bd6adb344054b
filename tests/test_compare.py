"""Comparisons: what is shared cancels, what is not is told apart; places, things, and series with their gaps."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from session import run
from toy import book, rate, scope

from nkauto.core.amount import Amount
from nkauto.core.bounds import Quantity, bounds
from nkauto.core.compare import OLD_WON_NOTE, Comparison, Side, compare, periods, renamed, series
from nkauto.core.convert import Quotes
from nkauto.core.range import Range, outward
from nkauto.errors import BadOption, NoRate, UnknownName, UnreadablePeriod
from nkauto.library import load
from nkauto.library.comparing import compare as ask
from nkauto.read.periods import read_period
from nkauto.show.compare import series_chart

BEFORE = (Fraction(307), Fraction(503))
NOW = (Fraction(1201), Fraction(1213))
EARLY = (Fraction(1009), Fraction(1013))
LATE = (Fraction(1019), Fraction(1031))


def side(on: str, thing: str | Amount = "driving-licence", place: str = "Hyesan", label: str = "") -> Side:
    return Side(label or on, scope(on, place), thing)


def rows(found: Comparison) -> dict[str, tuple[Range, Range, Range, Range]]:
    return {
        row.measure: (row.first.range, row.second.range, row.multiple.range, row.change.range) for row in found.rows
    }


def test_a_multiple_and_a_change_are_ranges(toy_book):
    held = rows(compare(toy_book, side("2024-05"), side("2024-06-04")))
    first, second, multiple, change = held["price"]
    assert (first, second) == (Range.of(307, 503), Range.of(1201, 1213))
    assert multiple == outward(NOW[0] / BEFORE[1], NOW[1] / BEFORE[0])
    assert change == outward((NOW[0] / BEFORE[1] - 1) * 100, (NOW[1] / BEFORE[0] - 1) * 100)


def test_rates_of_two_times_are_two_inputs_and_widen_the_multiple(toy_book):
    """In won: the yuan of early and of late June are different figures, so they do not cancel."""
    found = compare(toy_book, side("2024-06-04"), side("2024-06-24"))
    names = [held.name for held in found.derivation.inputs]
    assert "CNY in KPW (2024-06-04)" in names
    assert "CNY in KPW (2024-06-24)" in names
    assert rows(found)["price_kpw"][2] == outward(LATE[0] / EARLY[1], LATE[1] / EARLY[0])


def test_a_rate_that_both_sides_use_is_one_input_and_cancels(toy_book):
    """The licence stands all June, and so does the wage: what is the same row on both sides cancels."""
    found = compare(toy_book, side("2024-06-04"), side("2024-06-24"))
    held = rows(found)
    assert held["price"][2] == Range.of(1)
    assert held["price"][3] == Range.of(0)
    wage = next(row for row in found.rows if row.measure == "wage_months")
    assert wage.multiple.range == held["price_kpw"][2]
    assert "wage" in wage.multiple.inputs


def test_the_price_of_the_licence_cancels_between_two_places(toy_book):
    found = compare(
        toy_book,
        side("2024-06-04", place="Hyesan", label="Hyesan"),
        side("2024-06-04", place="Pyongyang", label="Pyongyang"),
    )
    assert rows(found)["price"][2] == Range.of(1)
    assert rows(found)["price_kpw"][2] == outward(1049 / EARLY[1], 1051 / EARLY[0])


def test_two_things_share_the_rates_of_their_day(toy_book):
    found = compare(
        toy_book, side("2024-06-04", "driving-licence", label="licence"), side("2024-06-04", "used-car", label="car")
    )
    held = rows(found)
    exact = outward(83003 / NOW[1], 83009 / NOW[0], approx=True)
    assert held["price"][2] == exact
    assert held["price_kpw"][2] == exact, "the yuan is the same input of both"
    assert held["wage_months"][2] == exact


def test_a_thing_is_not_compared_with_itself_as_a_measure(toy_book):
    found = compare(toy_book, side("2024-06-04", "rice"), side("2024-06-05", "rice"))
    assert "rice_kg" not in rows(found)
    assert "price_usd" not in rows(compare(toy_book, side("2024-06-04", "USD"), side("2024-06-05", "USD")))


def test_prices_in_two_currencies_are_compared_in_the_others(toy_book):
    found = compare(toy_book, side("2024-06-04", "driving-licence"), side("2024-06-04", "rice", label="rice"))
    assert "price" not in rows(found)
    assert any(note.startswith("price: quoted in CNY") for note in found.derivation.notes)
    assert rows(found)["price_kpw"][2] == outward(5003 / (NOW[1] * EARLY[1]), 5009 / (NOW[0] * EARLY[0]))


def test_amounts_can_be_compared_and_old_won_are_counted_as_new(toy_book):
    amount = Amount(Range.of(100), "CNY")
    found = compare(toy_book, side("2009-11-10", amount, ""), side("2009-12-11", amount, ""))
    first, second, multiple, _ = rows(found)["price_kpw"]
    assert (first, second) == (Range.of(521, 523), Range.of(1100, 1300))
    assert multiple == outward(Fraction(1100, 523), Fraction(1300, 521))
    assert OLD_WON_NOTE in found.derivation.notes
    won = compare(
        toy_book,
        side("2009-11-10", Amount(Range.of(1000), "KPW"), ""),
        side("2009-12-11", Amount(Range.of(1000), "KPW"), ""),
    )
    assert rows(won)["price"][:2] == (Range.of(10), Range.of(1000))


def test_a_wage_from_the_other_side_of_the_redenomination_is_not_used():
    """A wage of December 2009 in new won must not stand for one of November in old won."""
    held = book(
        rate("rice-old", 200_000, 220_000, "2009-11-10", currency="KPW-OLD"),
        rate("rice-new", 31, 37, "2010-03-10"),
        rate("wage-new", 1500, 1500, "2009-12", item="wage"),
    )
    found = compare(held, Side("then", scope("2009-11-10"), "rice"), Side("now", scope("2010-03-10"), "rice"))
    assert list(rows(found)) == ["price"]
    assert any(note.startswith("wage_months") and "no state rate" in note for note in found.derivation.notes)
    assert rows(found)["price"][0] == Range.of(2000, 2200)


def test_a_side_without_a_price_is_refused(toy_book):
    with pytest.raises(NoRate):
        compare(toy_book, side("2020-01"), side("2024-06-04"))


def test_inputs_under_other_names_give_the_same_value(toy_book):
    quotes = Quotes(toy_book, scope("2024-06-04", "Hyesan"))
    price = quotes.into(quotes.item_price("driving-licence"), "KPW")
    other = renamed(price, {"CNY in KPW": "CNY in KPW (then)"})
    assert bounds(other) == bounds(price)
    assert other.formula == "driving-licence × CNY in KPW (then)"
    assert [held.name for held in other.inputs] == ["driving-licence", "CNY in KPW (then)"]


def test_a_name_inside_another_name_is_left_alone():
    empty = Quantity("x", "price ÷ rice ÷ rice-bran", (), lambda _: Fraction(1), {})
    assert renamed(empty, {"rice": "rice (now)"}).formula == "price ÷ rice (now) ÷ rice-bran"


# -- series ------------------------------------------------------------------------------------------------


def test_months_and_years_between_two_periods():
    months = periods(read_period("2024-11-15"), read_period("2025-02"), "month")
    assert [str(month) for month in months] == ["2024-11", "2024-12", "2025-01", "2025-02"]
    years = periods(read_period("2009"), read_period("2010-06"), "year")
    assert [str(year) for year in years] == ["2009", "2010"]
    with pytest.raises(BadOption, match="ends before it begins"):
        periods(read_period("2025"), read_period("2024"), "month")
    with pytest.raises(BadOption, match="at most 2400 months"):
        periods(read_period("1000"), read_period("2024"), "month")


def test_each_point_has_its_own_rates_and_a_month_without_one_is_a_gap(toy_book):
    found = series(toy_book, scope("2024"), "rice", periods(read_period("2024-03"), read_period("2024-10"), "month"),
                   subject="rice", every="month")  # fmt: skip
    told = {str(point.period): point.measure("price") for point in found.points}
    assert [month for month, held in told.items() if held is None] == ["2024-03", "2024-04"]
    assert found.gaps == 2
    assert told["2024-06"].range == Range.of(5003, 5021)
    assert told["2024-09"].range == Range.of(5150, 5170)
    assert found.points[0].reason.startswith("no market rate of rice")


def test_the_chart_breaks_where_nothing_is_known(toy_book):
    found = series(toy_book, scope("2024"), "CNY", periods(read_period("2024-03"), read_period("2024-12"), "month"),
                   subject="yuan", every="month")  # fmt: skip
    chart = series_chart(found, "price_kpw")
    assert chart.unit == "KPW"
    assert len(chart.lines[0].points) == len(found.points) - found.gaps
    assert "Prime" in chart.source


# -- as asked ----------------------------------------------------------------------------------------------


def labels(toy_book, *words: str, **options: str) -> tuple[str, ...]:
    found, _ = ask(words, book=toy_book, **options)
    assert found is not None
    return found.labels


def test_words_are_sorted_into_things_periods_and_places(toy_book):
    assert labels(toy_book, "licence", "2024-05", "2024-06") == ("2024-05", "2024-06")
    assert labels(toy_book, "rice", "2024-06-04", at="Hyesan, Pyongyang") == ("Hyesan", "Pyongyang")
    assert labels(toy_book, "rice", at="Hyesan,평양", on="2024-06-04") == ("Hyesan", "Pyongyang")
    assert labels(toy_book, "rice", "squid", on="2024-06-04") == ("rice", "squid")
    assert labels(toy_book, "licence", "used car", "2024-06-04") == ("driving licence", "used car")
    assert labels(toy_book, "50 kg rice", "2 kg squid", on="2024-06-04") == ("50 kg rice", "2 kg squid")


@pytest.mark.parametrize(
    ("words", "options", "error"),
    [
        ((), {}, BadOption),
        (("rice",), {}, BadOption),
        (("rice", "2024-06", "2024-07", "2024-08"), {}, BadOption),
        (("rice", "2024-05", "2024-06"), {"at": "Hyesan,Pyongyang"}, BadOption),
        (("rice", "squid"), {"on": "2024-06", "at": "Hyesan,Pyongyang"}, BadOption),
        (("rice", "2024-13"), {"on": "2024-06"}, UnreadablePeriod),
        (("rice", "squit"), {"on": "2024-06"}, UnknownName),
        (("rice", "2024-06"), {"at": "Hyesan,Atlantis"}, UnknownName),
        (("rice", "squid"), {"on": "2024-06", "every": "month"}, BadOption),
        (("rice", "2024-05", "2024-06"), {"every": "fortnight"}, BadOption),
    ],
)
def test_what_compares_nothing_is_refused(toy_book, words, options, error):
    with pytest.raises(error):
        ask(words, book=toy_book, **options)


def test_a_place_whose_name_has_commas_is_one_place():
    shipped = load()
    name = next(place for place in shipped.places if "," in place)
    found, _ = ask(["USD", "2025-06", "2025-10"], book=shipped, at=name)
    assert found is not None
    assert found.labels == ("2025-06", "2025-10")


# -- the command, by the shipped book ----------------------------------------------------------------------


def test_the_licence_costs_two_and_a_half_to_four_times_as_much():
    done = run(["compare", "driving-licence", "2025-09", "2025-10"])
    table = done.stdout.decode()
    assert "×2.4–4.0" in table
    assert "+140–300" in table
    held = {
        row["metric"]: row
        for row in json.loads(run(["compare", "driving-licence", "2025-09", "2025-10", "-f", "json"]).stdout)["results"]
    }
    assert (held["multiple"]["low"], held["multiple"]["high"]) == ("2.4", "4")
    assert (held["change_percent"]["low"], held["change_percent"]["high"]) == ("140", "300")


def test_a_series_is_clean_csv_with_places_and_sources():
    done = run(["compare", "rice", "2024-10", "2025-10", "--every", "month", "-f", "csv"])
    found = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert [row["period"] for row in found] == [f"2024-{month}" for month in (10, 11, 12)] + [
        f"2025-{month:02}" for month in range(1, 11)
    ]
    for row in found:
        if row["price_low"]:
            assert Decimal(row["price_low"]) <= Decimal(row["price_high"])
            assert row["place"]
            assert row["source_ids"]
            assert not row["error"]
        else:
            assert row["error"]
    assert b"with a figure" in done.stderr


def test_the_dollar_across_the_redenomination_is_in_new_won():
    done = run(["compare", "dollar", "2009-01", "2010-06", "--every", "month", "-f", "csv"])
    found = {row["period"]: row for row in csv.DictReader(io.StringIO(done.stdout.decode()))}
    assert Decimal(found["2009-01"]["price_kpw_high"]) < 100
    assert all(not row["price_kpw_unit"] or row["price_kpw_unit"] == "KPW" for row in found.values())


def test_a_series_is_drawn_and_its_ends_are_compared():
    table = run(["compare", "diesel", "2014", "2025", "--every", "year", "--measure", "wage"]).stdout.decode()
    assert "diesel, wage-months" in table
    counted = re.search(
        r"12 years from 2014 to 2025: (\d+) with a figure, (\d+) without, left blank", " ".join(table.split())
    )
    assert counted is not None
    assert int(counted[1]) + int(counted[2]) == 12
    assert "diesel · 2014 and 2025" in table
    assert max(len(line) for line in table.partition("Sources\n")[0].splitlines()) <= 80


def test_a_series_of_two_hundred_months_is_quick():
    """Measured: 0.12 s for 207 months by five measures. The margin is wide, for a busy machine."""
    shipped = load()
    months = periods(read_period("2009"), read_period("2026-03"), "month")
    start = time.perf_counter()
    found = series(shipped, scope("2025"), "USD", months, subject="dollar", every="month")
    assert len(found.points) == 207
    assert time.perf_counter() - start < 3
