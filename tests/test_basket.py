"""Baskets: sums through one currency, what is left out, carrying costs, break-even, and files that are faulty."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from session import run
from toy import book, rate, scope

from nkauto.core.basket import Basket, Line, Parameters, expanded
from nkauto.core.bounds import bounds
from nkauto.core.cost import BREAK_EVEN, COMPOUND, DIFFERENCE, MONTHS_TO_EARN, Cost, cost
from nkauto.core.range import Range, outward
from nkauto.core.rates import Source
from nkauto.errors import BadOption, NoRate, UnknownName, UnreadableFile, WrongDimension
from nkauto.library import load
from nkauto.library.buying import baskets as shipped_baskets
from nkauto.read.baskets import read_baskets
from nkauto.read.travel import read_consumption, read_count, read_distance

HEADER = "basket,line,kind,item,low,high,unit,per,source,note\n"
CAR = (Fraction(83003), Fraction(83009))
LICENCE = (Fraction(1201), Fraction(1213))
YUAN = (Fraction(1009), Fraction(1013))
RICE = (Fraction(5003), Fraction(5009))


def line(label: str, *items: str, kind: str = "cost", **more: object) -> Line:
    return Line(label, kind, items, **more)  # type: ignore[arg-type]


def costed(toy_book, *lines: Line, on: str = "2024-06-04", place: str = "Hyesan", **parameters: object) -> Cost:
    known = {"it": Basket("it", lines)}
    return cost(toy_book, scope(on, place), known, "it", Parameters(**parameters))  # type: ignore[arg-type]


def ranges(found: Cost) -> dict[str, tuple[Range, str]]:
    return {held.metric: (held.range, held.unit) for held in found.derivation.results}


# -- sums --------------------------------------------------------------------------------------------------


def test_lines_of_one_currency_are_added_in_it(toy_book):
    held = ranges(costed(toy_book, line("car", "used-car"), line("licence", "driving-licence")))
    total = outward(CAR[0] + LICENCE[0], CAR[1] + LICENCE[1], approx=True)
    assert held["total"] == (total, "CNY")
    assert held["cost_car"] == (Range.of(83003, 83009, approx=True), "CNY")
    assert held["total_kpw"][0] == outward(
        (CAR[0] + LICENCE[0]) * YUAN[0], (CAR[1] + LICENCE[1]) * YUAN[1], approx=True
    )


def test_lines_of_two_currencies_are_added_in_the_countrys_own(toy_book):
    held = ranges(
        costed(toy_book, line("licence", "driving-licence"), line("rice", "rice", amount=Range.of(7), unit="kg"))
    )
    total = outward(LICENCE[0] * YUAN[0] + 7 * RICE[0], LICENCE[1] * YUAN[1] + 7 * RICE[1])
    assert held["total"] == (total, "KPW")


def test_a_rate_that_two_lines_share_is_one_input_of_the_sum(toy_book):
    """Back in yuan, a yuan line is itself again: the rate of the yuan cancels, and does not widen it."""
    mixed = costed(toy_book, line("car", "used-car"), line("rice", "rice"))
    results = {held.metric: held for held in mixed.derivation.results}
    names = [held.name for held in results["total"].quantity.inputs]
    assert names.count("CNY in KPW") == 1
    low, high = bounds(results["total_cny"].quantity)
    assert (low, high) == (CAR[0] + RICE[0] / YUAN[1], CAR[1] + RICE[1] / YUAN[0])


def test_a_line_without_a_price_is_left_out_aloud(toy_book):
    found = costed(toy_book, line("car", "used-car"), line("plate"), line("tonne", "squid"), on="2024-06-20")
    assert [held.reason for held in found.left_out] == ["no published price"]
    far = costed(toy_book, line("car", "used-car"), line("squid", "squid"), on="2024-12-20")
    assert "no published price: no market rate of squid" in far.left_out[0].reason
    assert any(note.startswith("the sum of it leaves out: squid (no published price") for note in far.derivation.notes)


def test_nothing_priced_is_a_refusal_with_the_reasons(toy_book):
    with pytest.raises(NoRate, match="nothing in the basket it can be priced") as refused:
        costed(toy_book, line("plate"), line("squid", "squid"), on="2020-01-01")
    assert "plate: no published price" in str(refused.value)


def test_amounts_and_parameters_multiply(toy_book):
    lines = (
        line("rice", "rice", amount=Range.of(2, 3), unit="kg", per="person"),
        line("teacher", "wage/teacher", per="month"),
    )
    held = ranges(costed(toy_book, *lines, people=Range.of(4), months=Range.of(5)))
    assert held["cost_rice"][0] == outward(2 * 4 * RICE[0], 3 * 4 * RICE[1])
    assert held["cost_teacher"][0] == Range.of(5 * 2707, 5 * 2711)
    assert held["per_head_kpw"][0] == outward((8 * RICE[0] + 5 * 2707) / 4, (12 * RICE[1] + 5 * 2711) / 4)
    once = ranges(costed(toy_book, *lines))
    assert once["cost_teacher"][0] == Range.of(2707, 2711)


def test_a_line_whose_parameter_is_not_given_says_which(toy_book):
    ride, fuel = line("ride", "rice", per="ride"), line("fuel", "gasoline", per="100 km", amount=None, unit="L")
    found = costed(toy_book, line("car", "used-car"), ride, fuel)
    assert [held.reason for held in found.left_out] == [
        "per ride; add --rides",
        "no published consumption; add --consumption",
    ]


def test_fuel_is_distance_times_consumption_times_density_times_price(toy_book):
    fuel = line("fuel", "gasoline", per="100 km", amount=Range.of(8, 9), unit="L")
    found = costed(toy_book, fuel, on="2024-06-10", place="Pyongyang", distance=Range.of(500))
    # in Pyongyang petrol is sold by 15 kg; the density is the hull of both sources
    low = 500 * Fraction(8, 100) * Fraction(71, 100) * Fraction(210000, 15)
    high = 500 * Fraction(9, 100) * Fraction(79, 100) * Fraction(225000, 15)
    assert ranges(found)["total"][0] == outward(low, high)
    own = costed(
        toy_book, fuel, on="2024-06-10", place="Pyongyang", distance=Range.of(500), consumption=(Range.of(20), "kg")
    )
    assert ranges(own)["total"][0] == outward(100 * Fraction(14000), 100 * Fraction(15000))


def test_a_unit_that_the_item_cannot_be_measured_in_is_refused(toy_book):
    with pytest.raises(WrongDimension):
        costed(toy_book, line("rice", "rice", amount=Range.of(2), unit="km"))


def test_of_alternatives_the_one_on_the_best_rung_of_places_answers_then_the_freshest():
    rows = (
        rate("far", 11, 13, "2024-06-10", item="fee", place="Pyongyang"),
        rate("near", 17, 19, "2024-06-01", item="gasoline", place="Hyesan"),
    )
    found = cost(
        book(*rows), scope(place="Hyesan"), {"it": Basket("it", (line("x", "fee", "gasoline"),))}, "it", Parameters()
    )
    assert found.derivation.results[0].inputs == ("gasoline",)
    anywhere = cost(book(*rows), scope(), {"it": Basket("it", (line("x", "gasoline", "fee"),))}, "it", Parameters())
    assert anywhere.derivation.results[0].inputs == ("fee",)


# -- waiting and earning -----------------------------------------------------------------------------------


def test_carrying_costs_are_flat_and_compound_and_make_the_least_resale_price(toy_book):
    found = costed(
        toy_book, line("car", "used-car"), line("sale", "used-car", kind="takings"),
        months=Range.of(6), interest=Range.of("0.05", "0.1"),
    )  # fmt: skip
    held = ranges(found)
    assert held["carrying_flat"][0] == outward(CAR[0] * 3 / 10, CAR[1] * 6 / 10, approx=True)
    piled = outward(CAR[0] * (Fraction(21, 20) ** 6 - 1), CAR[1] * (Fraction(11, 10) ** 6 - 1), approx=True)
    assert held["carrying_compound"][0] == piled
    assert held["least_resale_flat"][0] == outward(CAR[0] * 13 / 10, CAR[1] * 16 / 10, approx=True)
    # the same car is bought and sold: what is lost is the interest alone
    assert held["margin_flat"][0] == outward(-CAR[1] * 6 / 10, -CAR[0] * 3 / 10, approx=True)
    assert held["margin"][0] == Range.of(0, approx=True)
    assert any("taken as borrowed for the whole time" in note for note in found.derivation.notes)


def test_interest_without_time_or_without_anything_paid_once_is_refused(toy_book):
    with pytest.raises(BadOption, match="interest needs the time"):
        costed(toy_book, line("car", "used-car"), interest=Range.of("0.1"))
    with pytest.raises(BadOption, match="nothing in this basket is paid once"):
        costed(toy_book, line("wage", "wage", per="month"), months=Range.of(2), interest=Range.of("0.1"))


SHARE = Line("share of the firm", "share", (), amount=Range.of(30), unit="%", source=Source("s", "S", "", "", ""))


def test_rides_that_pay_for_the_costs_and_months_that_pay_for_the_car(toy_book):
    lines = (
        line("fares", "wage/teacher", kind="takings", per="ride"),
        SHARE,
        line("rice", "rice", amount=Range.of(10), unit="kg"),
        line("car", "driving-licence", kind="capital"),
    )
    held = ranges(costed(toy_book, *lines, rides=Range.of(100)))
    assert held["takings_fares"][0] == Range.of(270700, 271100)
    assert held["share_of_the_firm"][0] == outward(Fraction(270700) * 3 / 10, Fraction(271100) * 3 / 10)
    assert held["margin"][0] == outward(
        Fraction(270700) * 7 / 10 - 10 * RICE[1], Fraction(271100) * 7 / 10 - 10 * RICE[0]
    )
    assert held["break_even_rides"] == (
        outward(10 * RICE[0] / (2711 * Fraction(7, 10)), 10 * RICE[1] / (2707 * Fraction(7, 10))),
        "ride",
    )
    low, high = (LICENCE[0] * YUAN[0], LICENCE[1] * YUAN[1])
    margin = (Fraction(270700) * 7 / 10 - 10 * RICE[1], Fraction(271100) * 7 / 10 - 10 * RICE[0])
    assert held["break_even_months"] == (outward(low / margin[1], high / margin[0]), "month")


def test_what_never_pays_is_said(toy_book):
    lines = (line("fares", "wage/teacher", kind="takings", per="ride"), line("fuel", "rice", per="ride"),
             line("rice", "rice"), line("car", "driving-licence", kind="capital"))  # fmt: skip
    found = costed(toy_book, *lines, rides=Range.of(10))
    assert not {"break_even_rides", "break_even_months"} & ranges(found).keys()
    assert any("no number of rides is sure to pay" in note for note in found.derivation.notes)
    assert any("may never be earned back" in note for note in found.derivation.notes)


@pytest.mark.parametrize("metric", [COMPOUND, DIFFERENCE, BREAK_EVEN, MONTHS_TO_EARN], ids=lambda held: held.id)
def test_each_formula_moves_as_its_signs_say(metric):
    places = st.tuples(*(st.integers(1, 30).map(Fraction) for _ in metric.signs))

    @given(places, places)
    @settings(max_examples=60)
    def moves(first, second):
        for index, sign in enumerate(metric.signs):
            low, high = sorted((first[index], second[index]))
            ends = [metric.function(*first[:index], end, *first[index + 1 :]) for end in (low, high)]
            assert (ends[1] - ends[0]) * sign >= 0

    moves()


# -- baskets in baskets ------------------------------------------------------------------------------------


def nested(**lines: tuple[Line, ...]) -> dict[str, Basket]:
    return {name: Basket(name, held) for name, held in lines.items()}


def test_a_basket_in_a_basket_counts_as_often_as_it_says(toy_book):
    known = nested(
        outer=(line("licence", "driving-licence"), line("twice", named="inner", amount=Range.of(2))),
        inner=(line("licence", "driving-licence"), line("rice", "rice", amount=Range.of(3), unit="kg")),
    )
    lines = expanded(known, "outer")
    assert [(held.label, held.amount) for held in lines] == [
        ("licence", Range.of(1)), ("licence 2", Range.of(2)), ("rice", Range.of(6)),
    ]  # fmt: skip
    found = cost(toy_book, scope("2024-06-04", "Hyesan"), known, "outer", Parameters())
    assert ranges(found)["total"][0] == outward(
        3 * LICENCE[0] * YUAN[0] + 6 * RICE[0], 3 * LICENCE[1] * YUAN[1] + 6 * RICE[1]
    )


def test_a_basket_that_holds_itself_is_refused_with_the_way_round():
    known = nested(a=(line("x", named="b", where="f:2"),), b=(line("y", named="a", where="f:3"),))
    with pytest.raises(BadOption, match="f:3: the basket goes round in a circle: a → b → a"):
        expanded(known, "a")


def test_baskets_that_swell_or_go_deep_are_refused():
    doubling = {
        f"b{number}": Basket(f"b{number}", (line("x", named=f"b{number + 1}"), line("y", named=f"b{number + 1}")))
        for number in range(12)
    } | {"b12": Basket("b12", (line("z", "rice"),))}
    with pytest.raises(BadOption, match="more than 500 lines"):
        expanded(doubling, "b0")
    deep = {f"b{number}": Basket(f"b{number}", (line("x", named=f"b{number + 1}"),)) for number in range(5000)}
    with pytest.raises(BadOption, match="deeper than 20 levels"):
        expanded(deep, "b0")
    with pytest.raises(UnknownName, match="unknown basket: 'c'"):
        expanded(nested(a=(line("x", named="c"),)), "a")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"people": Range.of(0)}, "people must be whole and at least 1"),
        ({"months": Range.of(0)}, "months must be whole and at least 1"),
        ({"rides": Range.of("1.5")}, "rides must be whole"),
        ({"distance": Range.of(0)}, "the distance must be above zero"),
        ({"hours": Range.of(0)}, "the hours must be above zero"),
        ({"consumption": (Range.of(0), "L")}, "the consumption must be above zero"),
        ({"months": Range.of(1201)}, "at most 1200 months"),
    ],
)
def test_parameters_that_make_no_sense_are_refused(parameters, message):
    with pytest.raises(BadOption, match=message):
        Parameters(**parameters)


# -- files -------------------------------------------------------------------------------------------------


def written(tmp_path: Path, text: str, *, header: str = HEADER) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(header + text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("it,x,cost,nonsense,,,,,,", "mine.csv:2: unknown item: 'nonsense'"),
        ("it,,cost,rice,,,,,,", "no name"),
        ("it,x,gift,rice,,,,,,", "kind 'gift' is none of cost"),
        ("it,x,cost,rice,,,,fortnight,,", "per 'fortnight' is none of month"),
        ("it,x,cost,rice,1_0,,kg,,,", "'1_0' is not a plain figure"),
        ("it,x,cost,rice,nan,,kg,,,", "'nan' is not a plain figure"),
        ("it,x,cost,rice,1e9,,kg,,,", "'1e9' is not a plain figure"),
        ("it,x,cost,rice,３,,kg,,,", "is not a plain figure"),
        ("it,x,cost,rice,2,1,kg,,,", "low 2 is above high 1"),
        ("it,x,cost,rice,0,,kg,,,", "the amount is 0"),
        ("it,x,cost,rice,1,,kg,,nobody,", "no source 'nobody'"),
        ("it,x,share,,100,,%,,,", "a share has an amount under 100"),
        ("it,x,share,,30,,,,,", "a share has an amount under 100 and the unit %"),
        ("it,x,cost,basket:other,1,2,,,,", "a line that names a basket"),
        ("it,x,capital,used-car,,,,month,,", "capital is laid out once"),
        ("it,x,cost,rice,1", "5 cells where the header has 10"),
    ],
)
def test_a_faulty_row_names_its_line_and_what_is_wrong(toy_book, tmp_path, row, message):
    with pytest.raises(UnreadableFile) as refused:
        read_baskets(written(tmp_path, row + "\n"), toy_book)
    assert message in str(refused.value)
    assert "mine.csv:2" in str(refused.value)


def test_every_fault_is_named_at_once(toy_book, tmp_path):
    text = "it,x,cost,nonsense,,,,,,\nit,y,cost,rice,2,1,kg,,,\nit,y,cost,rice,1,,kg,,,\n"
    with pytest.raises(UnreadableFile, match="the basket has 3 faults") as refused:
        read_baskets(written(tmp_path, text), toy_book)
    assert "mine.csv:4: the line 'y' stands twice in it" in str(refused.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no column basket"),
        (HEADER.encode(), "the basket has no lines"),
        ("\ufeff혜산,".encode("cp949", "ignore"), "not UTF-8"),
        (b"basket,line\n", "no column kind"),
        (HEADER.encode() + b'it,"x', "Check the quotation marks"),
    ],
)
def test_a_file_that_is_no_basket_is_refused(toy_book, tmp_path, content, message):
    path = tmp_path / "mine.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        read_baskets(path, toy_book)
    assert message in str(refused.value)


def test_a_basket_of_ones_own_may_name_a_shipped_one(tmp_path):
    path = written(
        tmp_path, "mine,import,cost,basket:import-used-car,2,,,,,\nmine,bike,cost,electric bike|motorcycle,,,,,,\n"
    )
    done = run(["cost", str(path), "--on", "2024-06", "--at", "Hyesan", "-f", "csv"])
    assert done.returncode == 0, done.stderr.decode()
    rows = {row["metric"]: row for row in csv.DictReader(io.StringIO(done.stdout.decode()))}
    assert rows["cost_purchase_in_china"]["low"] == "90000"
    assert rows["total"]["low"] == str(2 * 77500 + 3500)


# -- the shipped baskets -----------------------------------------------------------------------------------


def test_the_shipped_baskets_are_read_and_each_can_be_priced_some_day():
    shipped = load()
    known = shipped_baskets(shipped)
    assert set(known) >= {
        "import-used-car",
        "first-car",
        "month-on-the-road",
        "taxi-month",
        "month-of-food",
        "truck-trip",
    }
    days = {"import-used-car": "2024-06", "first-car": "2025-10", "month-on-the-road": "2025-10",
            "taxi-month": "2025-07", "month-of-food": "2025-10", "truck-trip": "2019-10"}  # fmt: skip
    for name, on in days.items():
        assert cost(shipped, scope(on), known, name, Parameters()).derivation.results, name


def test_the_import_of_a_used_car_is_the_reports_own_total():
    done = run(["cost", "import-used-car", "--on", "2024-06", "--at", "Hyesan", "-f", "json"])
    held = {row["metric"]: row for row in json.loads(done.stdout)["results"]}
    assert [held[f"cost_{part}"]["low"] for part in ("purchase_in_china", "import_permit", "transport")] == [
        "45000", "30000", "2500",
    ]  # fmt: skip
    assert (held["total"]["low"], held["total"]["high"], held["total"]["unit"]) == ("77500", "77500", "CNY")
    # what is left agrees with the 5,000-7,000 yuan of profit that another report gives for 2024
    assert held["margin"]["low"] == "5500"


def test_a_dealer_who_waits_half_a_year_at_interest():
    command = [
        "cost",
        "import-used-car",
        "--on",
        "2024-06",
        "--at",
        "Hyesan",
        "--months",
        "6",
        "--interest",
        "5-10%/month",
    ]
    held = {row["metric"]: row for row in json.loads(run([*command, "-f", "json"]).stdout)["results"]}
    assert (held["carrying_flat"]["low"], held["carrying_flat"]["high"]) == ("23250", "46500")
    piled = [77500 * (Decimal(rate) ** 6 - 1) for rate in ("1.05", "1.1")]
    assert [Decimal(held["carrying_compound"][end]) for end in ("low", "high")] == piled
    assert Decimal(held["least_resale_compound"]["high"]) == 77500 + piled[1]
    table = run(command).stdout.decode()
    assert "least resale price, flat" in table
    assert "taken as borrowed" in table
    assert "a loss" in table


def test_lines_without_a_price_stand_in_every_format():
    command = ["cost", "first-car", "--on", "2025-10", "--at", "Hyesan"]
    assert "registration     no published price" in run(command).stdout.decode()
    rows = list(csv.DictReader(io.StringIO(run([*command, "-f", "csv"]).stdout.decode())))
    left = {row["metric"]: row for row in rows if row["metric"].startswith("left_out")}
    assert left["left_out: registration"]["low"] == ""
    lines = json.loads(run([*command, "-f", "json"]).stdout)["lines"]
    assert [held["line"] for held in lines if held["left_out"]] == ["licence plate", "registration"]


def test_without_a_name_the_baskets_are_listed():
    assert "import-used-car" in run(["cost"]).stdout.decode()
    rows = list(csv.DictReader(io.StringIO(run(["cost", "-f", "csv"]).stdout.decode())))
    assert {row["basket"] for row in rows} >= {"import-used-car", "taxi-month"}


# -- distances and consumptions ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("100km", 100, 100), ("1,200 km", 1200, 1200), ("10-20 miles", "16.09344", "32.18688"), ("500 m", "0.5", "0.5")],
)
def test_distances(text, low, high):
    assert read_distance(text) == Range.of(low, high)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("13 L/100km", (Range.of(13), "L")),
        ("8-10 l/100 km", (Range.of(8, 10), "L")),
        ("8 km/L", (Range.of("12.5"), "L")),
        ("5-8 km/L", (Range.of("12.5", 20), "L")),
        ("15 kWh/100km", (Range.of(15), "kWh")),
        ("0.13 L/km", (Range.of(13), "L")),
        ("10 kg per 100 km", (Range.of(10), "kg")),
    ],
)
def test_consumptions(text, held):
    assert read_consumption(text) == held


def test_miles_per_gallon_are_exact():
    found, unit = read_consumption("20 mi/gal")
    exact = 100 * Fraction("3.785411784") / (20 * Fraction("1.609344"))
    assert unit == "L"
    assert Fraction(found.low) <= exact <= Fraction(found.high)
    assert found.high - found.low < Decimal("1e-20")


@pytest.mark.parametrize("text", ["", "13", "13 L", "L/100km", "10-8 L/100km", "13 L/100kg", "13 km/100L", "0 km/L"])
def test_a_consumption_that_cannot_be_read_is_refused(text):
    with pytest.raises(BadOption):
        read_consumption(text)


@pytest.mark.parametrize("text", ["", "100", "12 leagues", "20-10 km", "1,2 km", "nan km"])
def test_a_distance_that_cannot_be_read_is_refused(text):
    with pytest.raises(BadOption):
        read_distance(text)


def test_counts():
    assert read_count("300-500", "--rides") == Range.of(300, 500)
    assert read_count("1,200", "--rides") == Range.of(1200)
    with pytest.raises(BadOption):
        read_count("many", "--rides")


def test_labels_are_text_and_nothing_in_them_acts(tmp_path):
    row = 'mine,"[bold]=1+1\x1b[31m\nred",cost,rice,1,,kg,,,"[red]note[/red] \u202e"\n'
    path = written(tmp_path, row)
    table = run(["cost", str(path), "--on", "2025-10"]).stdout.decode()
    assert "[bold]=1+1\\x1b[31m red" in table
    assert "[red]note[/red]" in table
    assert "\x1b" not in table
    assert "\u202e" not in table
    out = run(["cost", str(path), "--on", "2025-10", "-f", "json"]).stdout.decode()
    assert "\x1b" not in out
    assert "\u202e" not in out
