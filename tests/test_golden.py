"""Golden anchors: results that follow from published figures and are held for good."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from session import run

from nkauto import library
from nkauto.core.range import Range
from nkauto.core.rates import RateBook
from nkauto.errors import AmbiguousAmount, NoRate


@pytest.fixture(scope="module")
def book() -> RateBook:
    return library.load()


def metric(derivation: library.Derivation, name: str) -> Range:
    return next(result.range for result in derivation.results if result.metric == name)


def test_a_hundred_yuan_are_about_fourteen_dollars(book: RateBook) -> None:
    assert metric(library.convert("1,200 CNY", ["usd"], on="2025-10", book=book), "price_usd") == Range.of(
        168, approx=True
    )


def test_the_licence_in_october_2025(book: RateBook) -> None:
    answer = library.afford("driving-licence", on="2025-10", book=book)
    assert metric(answer, "price") == Range.of(1200)
    assert metric(answer, "price_kpw") == Range.of(4920000, 6840000)
    assert metric(answer, "wage_months") == Range.of("24.6", "34.2")
    assert metric(answer, "wage_share") == Range.of("24.6", "34.2")
    wage = next(held for held in answer.inputs if held.name == "wage")
    assert wage.chosen is not None
    assert (str(wage.chosen.period), wage.chosen.age_days) == ("2025-12", 31)
    others = [other for other in answer.others if other.input == "wage" and (other.low, other.high) == (35000, 50000)]
    assert [other.rates[0].source.publisher for other in others] == ["ASIAPRESS"]
    assert others[0].results[0].range.low == Decimal("98.4")
    assert others[0].results[0].range.high.quantize(Decimal("0.1"), "ROUND_CEILING") == Decimal("195.5")


def test_the_licence_in_hyesan_uses_the_rate_of_hyesan(book: RateBook) -> None:
    answer = library.afford("driving-licence", on="2025-10", at="Hyesan", book=book)
    rate = next(held for held in answer.inputs if held.name == "CNY in KPW").chosen
    assert rate is not None
    assert (rate.places, str(rate.period), rate.low, rate.high) == ("Hyesan", "2025-10-26", 4920, 4920)


def test_a_wage_does_not_buy_ten_kilograms_but_at_the_lowest_price(book: RateBook) -> None:
    answer = library.convert("20만 원", ["rice"], on="2025-12", source="NK Insider", book=book)
    assert metric(answer, "rice_kg") == Range.of("8.333333333333333333333333333", 10)


def test_a_day_between_two_surveys_takes_both(book: RateBook) -> None:
    answer = library.convert("1,200 yuan", ["won"], on="2025-10-14", at="North Hamgyong and Ryanggang", book=book)
    assert metric(answer, "price_kpw") == Range.of(4920000, 6840000)
    assert any("both count" in note for note in answer.notes)


def test_petrol_by_the_litre_goes_through_a_sourced_density(book: RateBook) -> None:
    answer = library.convert("50 L gasoline", ["won"], on="2025-10-17", book=book)
    density = next(held for held in answer.inputs if held.name == "density of gasoline")
    assert density.chosen is not None
    assert density.chosen.rates[0].source.url.startswith("http")
    assert metric(answer, "price_kpw") == Range.of(50 * Decimal("0.72") * 42000, 50 * Decimal("0.775") * 42000)


def test_an_import_in_hyesan_adds_up_to_the_total_that_its_report_states(book: RateBook) -> None:
    parts = ("used-car/purchase-in-china", "import-permit-fee", "vehicle-transport-cost")
    prices = [metric(library.afford(item, on="2024-06", at="Hyesan", book=book), "price") for item in parts]
    total = metric(library.afford("used-car/import-cost", on="2024-06", at="Hyesan", book=book), "price")
    assert sum(price.low for price in prices) == sum(price.high for price in prices) == total.low == total.high == 77500


def test_a_hundred_thousand_yuan_of_may_2025_are_not_15600_dollars(book: RateBook) -> None:
    dollars = metric(library.convert("100,000 CNY", ["usd"], on="2025-05", book=book), "price_usd")
    assert 13700 < dollars.low < dollars.high < 14000


def test_one_publisher_who_stands_apart_is_named(book: RateBook) -> None:
    answer = library.convert("1 USD", ["won"], on="2024-11", book=book)
    assert any("alone makes the range" in note for note in answer.notes), answer.notes


def test_no_rate_names_what_is_near(book: RateBook) -> None:
    with pytest.raises(NoRate, match="within 31 days of 2026-06-01") as refused:
        library.convert("1200 CNY", ["KPW"], on="2026-06-01", book=book)
    assert "nearest before: 2025-10-26, 218 days before" in str(refused.value).lower().replace("nearest", "nearest")


def test_an_amount_that_reads_two_ways_is_refused(book: RateBook) -> None:
    with pytest.raises(AmbiguousAmount) as refused:
        library.convert("24.000 won", ["usd"], on="2025-10", book=book)
    assert refused.value.readings == ("24 won", "24,000 won")


def test_every_row_of_a_car_shared_and_paid_over_a_year() -> None:
    done = run(
        "nkauto afford used-car --on 2025-02 --at Hyesan --people 3-5 --over 12m --interest 5%/month --in rice -f csv"
    )
    rows = {row["metric"]: row for row in csv.DictReader(io.StringIO(done.stdout.decode()))}
    assert list(rows) == [
        "price", "price_kpw", "price_usd", "price_cny", "wage_months", "wage_years", "wage_share", "rice_kg",
        "per_head_kpw", "per_head_wage_months", "days_per_head",
        "instalment_kpw", "instalment_wages", "instalment_rice", "interest_total",
    ]  # fmt: skip
    low = Decimal(83000 * 2450)
    rate = Decimal("0.05")
    spreadsheet = low * rate / (1 - (1 + rate) ** -12)
    assert abs(Decimal(rows["instalment_kpw"]["low"]) - spreadsheet) < Decimal("1e-15") * spreadsheet
    assert (rows["days_per_head"]["low"], rows["days_per_head"]["high"]) == ("6", "10")


def test_the_json_contract_to_the_letter() -> None:
    done = run(["afford", "30000 USD", "--on", "2025-10", "--people", "3", "-f", "json"])
    held = json.loads(done.stdout)
    assert list(held) == ["query", "results", "inputs", "sources", "notes", "book"]
    for result in held["results"]:
        assert list(result) == ["metric", "low", "high", "unit", "approx", "formula", "inputs"]
        assert isinstance(result["low"], str)
        assert Decimal(result["low"]) <= Decimal(result["high"])
    for given in held["inputs"]:
        assert {"name", "low", "high", "unit", "rate_ids", "place", "on", "age_days"} == set(given) - {"user"}
    assert {given["name"] for given in held["inputs"] if given.get("user")} == {"price", "people"}
    assert all(list(source) == ["id", "publisher", "title", "url", "published"] for source in held["sources"])
    assert {"rows", "checksum"} <= set(held["book"])
    assert len(held["book"]["checksum"]) == 64
