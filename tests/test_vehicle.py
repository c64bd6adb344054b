"""Vehicles: what is documented and what is speculative, views side by side, and the fuel for a distance."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from session import run
from toy import FOLDER, scope

from nkauto.core.range import Range, outward
from nkauto.core.rates import Source
from nkauto.core.vehicle import (
    DOCUMENTED,
    SPECULATIVE,
    Statement,
    Vehicle,
    consumed,
    drive,
    fuel_of,
    prices,
    vehicle_named,
)
from nkauto.errors import BadOption, NoRate, UnknownName, UnreadableFile
from nkauto.library import load
from nkauto.read.ratefiles import shipped
from nkauto.read.vehicles import read_sanctions, read_vehicles

PAGE = Source("page", "Page", "", "https://example.org/page", "")
OTHER = Source("other", "Other", "", "https://example.org/other", "")


def stated(certainty: str = DOCUMENTED, source: Source = PAGE, **fields: object) -> Statement:
    held = {"maker": "", "base": "", "body": "", "first_year": None, "last_year": None, "engine_cc": None,
            "fuel": "", "consumption": None, "text": "it was seen"} | fields  # fmt: skip
    return Statement(certainty=certainty, source=source, **held)  # type: ignore[arg-type]


def vehicle(*statements: Statement) -> Vehicle:
    return Vehicle("moon-car", "Moon car", "달차", statements)


# -- what is stated ----------------------------------------------------------------------------------------


def test_views_of_a_field_stand_side_by_side_with_who_states_them():
    held = vehicle(
        stated(SPECULATIVE, base="Volga", first_year=1965, last_year=1975),
        stated(SPECULATIVE, OTHER, base="GAZ M21", first_year=1979, last_year=1979),
        stated(base="Volga"),
    )
    assert {view: [one.certainty for one in statements] for view, statements in held.views("base").items()} == {
        "Volga": [SPECULATIVE, DOCUMENTED], "GAZ M21": [SPECULATIVE],
    }  # fmt: skip
    assert list(held.views("years")) == ["1965–1975", "1979"]
    assert held.views("fuel") == {}
    assert held.certainty == "documented and speculative"


def test_fields_in_words():
    held = stated(engine_cc=2445, consumption=Decimal("13.5"), first_year=1979)
    assert [held.stated(field) for field in ("engine", "consumption", "years", "maker")] == [
        "2,445 cc", "13.5 L/100 km", "1979–", "",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["moon-car", "Moon Car", "달차", "moon", "MOON_CAR"])
def test_a_vehicle_is_known_by_id_name_or_a_word_of_it(name):
    assert vehicle_named({"moon-car": vehicle()}, name).id == "moon-car"


def test_an_unknown_or_ambiguous_vehicle_is_refused_with_the_known_ones():
    known = {"moon-car": vehicle(), "moon-bus": Vehicle("moon-bus", "Moon bus", "", ())}
    with pytest.raises(UnknownName, match="unknown vehicle: 'moon'") as refused:
        vehicle_named(known, "moon")
    assert "Known: moon-bus, moon-car." in str(refused.value)
    with pytest.raises(UnknownName, match="Did you mean moon-car"):
        vehicle_named(known, "moon-cars")


# -- fuel --------------------------------------------------------------------------------------------------


def test_the_fuel_costs_distance_times_consumption_times_density_times_price(toy_book):
    held = vehicle(stated(fuel="petrol", consumption=Decimal(13)), stated(source=OTHER, consumption=Decimal(17)))
    found = drive(toy_book, scope("2024-06-10", "Pyongyang"), held, Range.of(200))
    results = {one.metric: (one.range, one.unit) for one in found.results}
    assert results["fuel_used"] == (Range.of(26, 34), "L")
    # 0.71-0.79 kg a litre by two sources, 14,000-15,000 won a kilogram
    low, high = Fraction(26 * 71 * 14000, 100), Fraction(34 * 79 * 15000, 100)
    assert results["price"] == (outward(low, high), "KPW")
    assert "density of gasoline" in {one.name for one in found.inputs}
    assert {source.id for source in found.sources} >= {"page", "other", "prime", "second"}
    # the yuan of that day in Pyongyang
    assert results["price_cny"][0] == outward(low / 1051, high / 1049)


def test_where_petrol_is_sold_by_the_litre_no_density_is_needed(toy_book):
    found = drive(toy_book, scope("2024-06-04", "Chongjin"), None, Range.of(100), consumption=(Range.of(10), "L"))
    assert {one.metric: one.range for one in found.results}["price"] == Range.of(110030, 110270)
    assert "density of gasoline" not in {one.name for one in found.inputs}
    assert any("petrol is taken" in note for note in found.notes)


def test_speculation_is_never_used_without_that_word():
    guess = vehicle(stated(SPECULATIVE, fuel="petrol", consumption=Decimal(11)))
    assert fuel_of(guess, "") == ("petrol", ["that it runs on petrol is speculative"])
    assert consumed(guess, None)[2] == ["its consumption is speculative"]
    both = vehicle(
        stated(SPECULATIVE, fuel="diesel", consumption=Decimal(11)), stated(fuel="petrol", consumption=Decimal(7))
    )
    assert fuel_of(both, "") == ("petrol", [])
    assert consumed(both, None)[0].low == 7


def test_what_is_not_known_is_refused(toy_book):
    with pytest.raises(NoRate, match="no published consumption of Moon car"):
        drive(toy_book, scope("2024-06-04"), vehicle(stated(fuel="petrol")), Range.of(100))
    with pytest.raises(BadOption, match="no page says what Moon car runs on"):
        fuel_of(vehicle(stated()), "")
    with pytest.raises(BadOption, match="several fuels: petrol, diesel"):
        fuel_of(vehicle(stated(fuel="petrol"), stated(fuel="diesel")), "")
    with pytest.raises(BadOption, match="unknown fuel: 'coal'"):
        fuel_of(None, "coal")
    with pytest.raises(BadOption, match="the distance must be above zero"):
        drive(toy_book, scope("2024-06-04"), None, Range.of(0), consumption=(Range.of(1), "L"))
    with pytest.raises(BadOption, match="no vehicle and no consumption"):
        drive(toy_book, scope("2024-06-04"), None, Range.of(1))
    with pytest.raises(NoRate, match="no item electricity"):
        drive(toy_book, scope("2024-06-04"), None, Range.of(1), consumption=(Range.of(1), "kWh"), fuel="electric")


# -- files -------------------------------------------------------------------------------------------------

HEADER = "id,name,name_ko,maker,based_on,body,year_from,year_to,engine_cc,fuel,consumption,certainty,statement,source\n"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("m,M,,,,,,,,,,guessed,x,prime", "certainty 'guessed'"),
        (",M,,,,,,,,,,documented,x,prime", "no id or no name"),
        ("m,M,,,,,,,,coal,,documented,x,prime", "fuel 'coal'"),
        ("m,M,,,,,19th,,,,,documented,x,prime", "year_from '19th' is not a whole number"),
        ("m,M,,,,,,,,,1e2,documented,x,prime", "'1e2' is not a plain figure"),
        ("m,M,,,,,,,,,0,documented,x,prime", "a consumption is above zero"),
        ("m,M,,,,,,,,,,documented,x,nobody", "no source 'nobody'"),
    ],
)
def test_a_faulty_row_names_its_line(toy_book, tmp_path, row, message):
    (tmp_path / "vehicles.csv").write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        read_vehicles([tmp_path], toy_book)
    assert message in str(refused.value)
    assert "vehicles.csv:2" in str(refused.value)


def test_a_folder_without_vehicles_has_none(toy_book):
    assert read_vehicles([FOLDER], toy_book) == {}
    assert read_sanctions([Path(FOLDER)], toy_book) == []


# -- the shipped catalogue ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def catalogue():
    held = load()
    return held, read_vehicles([shipped()], held)


def test_the_catalogue_holds_twenty_vehicles_and_more(catalogue):
    held, known = catalogue
    assert len(known) >= 20
    names = {"paektusan", "kaengsaeng-68", "kaengsaeng-85", "kaengsaeng-88", "sungri-58", "gaz-21", "gaz-24",
             "dongfanghong-bj760", "chan-tang", "uaz-469", "pyeonghwa-hwiparam", "byd-f3-taxi",
             "toyota-camry-chinese"}  # fmt: skip
    assert names <= set(known)
    assert all(one.text and one.source.url for vehicle in known.values() for one in vehicle.statements)
    assert prices(held, known["pyeonghwa-hwiparam"])
    assert prices(held, known["pyeonghwa-junma"])
    assert not prices(held, known["paektusan"])


def test_both_views_of_the_paektusan_stand_side_by_side():
    table = " ".join(run(["vehicles", "paektusan"]).stdout.decode().split())
    assert "base: pages differ: Volga, speculative [1]; GAZ M24, speculative [2]; GAZ M21, speculative [3]" in table
    assert "years: pages differ: 1965–1975, speculative [1]; 1979, speculative [2]" in table
    assert "not later than 1980" in table
    assert "백두산" in table
    assert "resolution 2397" in table


def test_nothing_speculative_is_printed_without_that_word(catalogue):
    _, known = catalogue
    listed = run(["vehicles"], columns=200).stdout.decode()
    for held in known.values():
        shown = run(["vehicles", held.id]).stdout.decode() if held.of(SPECULATIVE) else ""
        for one in held.of(SPECULATIVE):
            assert f"speculative: {one.text}"[:40] in shown
            years = one.stated("years")
            if years and years not in {held_.stated("years") for held_ in held.of(DOCUMENTED)}:
                assert years not in next(line for line in listed.splitlines() if line.startswith(held.name))
    rows = list(csv.DictReader(io.StringIO(run(["vehicles", "-f", "csv"]).stdout.decode())))
    assert {row["certainty"] for row in rows} == {DOCUMENTED, SPECULATIVE}
    assert len(rows) == sum(len(held.statements) for held in known.values())


def test_the_catalogue_as_json_has_statements_prices_sanctions_and_sources():
    held = json.loads(run(["vehicles", "-f", "json"]).stdout)
    assert len(held["vehicles"]) >= 20
    assert held["sanctions"][0]["id"] == "un-2397"
    ids = {source["id"] for source in held["sources"]}
    assert all(one["source"] in ids for vehicle in held["vehicles"] for one in vehicle["statements"])
    paektusan = next(one for one in held["vehicles"] if one["id"] == "paektusan")
    assert {"base", "years"} <= set(paektusan["differ"])


def test_a_hundred_kilometres_in_a_volga():
    done = run(["vehicles", "gaz-24", "--distance", "100km", "--on", "2017-10", "-f", "json"])
    held = {row["metric"]: row for row in json.loads(done.stdout)["results"]}
    assert held["fuel_used"]["low"] == "13"
    # 13 L × 0.72-0.775 kg/L × 17,000-21,780 won/kg
    assert Decimal(held["price"]["low"]) == Decimal(13) * Decimal("0.72") * 17000
    assert Decimal(held["price"]["high"]) == Decimal(13) * Decimal("0.775") * 21780


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_the_list_fits_the_terminal_and_cuts_nothing(columns):
    table = run(["vehicles"], columns=columns).stdout.decode()
    assert "Kaengsaeng 88 (Pyongyang 4.10)" in table
    assert "…" not in table
