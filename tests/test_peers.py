"""Plain inputs to which other programs give a silent wrong answer: here each is right, or refused."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from fractions import Fraction

import pytest
from session import run

from nkauto import library
from nkauto.core.bounds import Input, bounds, given, over
from nkauto.core.range import Range
from nkauto.core.rates import RateBook
from nkauto.errors import AmbiguousAmount, NkautoError, NoRate, UnknownName, UnreadableAmount
from nkauto.read.amounts import read_amount


@pytest.fixture(scope="module")
def book() -> RateBook:
    return library.load()


def test_a_thousands_comma_is_no_decimal_point() -> None:
    """A ledger read 24,000 KPW as 24, a calculator as the pair 24 and 0 KPW."""
    assert read_amount("24,000 KPW").range == Range.of(24000)


def test_rice_by_weight_has_a_price_in_dollars(book: RateBook) -> None:
    """A calculator read rice as a product of units and gave an imaginary number."""
    answer = library.convert("5 kg rice", ["usd"], on="2025-10", book=book)
    assert [result.metric for result in answer.results] == ["price_usd"]
    assert answer.results[0].range.low > 0


def test_a_weight_alone_is_no_money(book: RateBook) -> None:
    with pytest.raises(NkautoError):
        library.convert("3 kg", ["usd"], on="2025-10", book=book)


def test_an_unknown_unit_is_refused(book: RateBook) -> None:
    with pytest.raises(UnknownName):
        library.convert("1 nosuchunit", ["usd"], on="2025-10", book=book)
    with pytest.raises(UnknownName):
        library.convert("24000 KPX", ["usd"], on="2025-10", book=book)


def test_a_quotient_of_ranges_has_its_true_bounds() -> None:
    """A calculator gave 6,867–10,733 for 20,000–24,000 over 2–3: variance, no bounds."""
    left = given(Input("left", Fraction(20000), Fraction(24000), "KPW"))
    assert bounds(over(left, Input("right", Fraction(2), Fraction(3), "kg"), "KPW/kg")) == (Fraction(20000, 3), 12000)


def test_a_figure_over_itself_is_one() -> None:
    same = Input("same", Fraction(20000), Fraction(24000), "KPW")
    assert bounds(over(given(same), same, "x")) == (1, 1)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("4만 원", 40000, 40000),
        ("20000..24000 won", 20000, 24000),
        ("300~500 yuan", 300, 500),
        ("2만 4천원", 24000, 24000),
    ],
)
def test_ranges_and_myriads_are_read_whole(text: str, low: int, high: int) -> None:
    """A unit library multiplied 300 by 500; a calculator read 4만 as 4, a recogniser 3万8000 as 30,000."""
    assert read_amount(text).range == Range.of(low, high)


def test_a_bare_number_of_myriads_says_what_it_lacks() -> None:
    with pytest.raises(UnreadableAmount, match="no unit"):
        read_amount("4만")


def test_a_point_before_three_digits_is_refused() -> None:
    """An extractor read 300.000 VND as 300 volt newton days."""
    with pytest.raises(AmbiguousAmount):
        read_amount("300.000 VND")


@pytest.mark.parametrize("on", ["2030-01-01", "1999-01-04"])
def test_a_day_without_rates_is_refused(book: RateBook, on: str) -> None:
    """A converter printed the rate of another day beside the day that was asked for."""
    with pytest.raises(NoRate, match="within 31 days"):
        library.convert("100 CNY", ["usd"], on=on, book=book)


def test_a_rate_of_another_day_tells_its_age(book: RateBook) -> None:
    answer = library.convert("100 CNY", ["won"], on="2025-11-05", book=book)
    assert answer.age_days == 10
    assert any("10 days earlier" in note for note in answer.notes)


def test_a_currency_in_itself_is_itself(book: RateBook) -> None:
    """A converter made 99.99999999999999999999999998 yuan of 100 yuan."""
    assert library.convert("100 CNY", ["cny"], on="2025-10", book=book).results[0].range == Range.of(100)


def test_only_the_answer_goes_to_standard_output() -> None:
    """A calculator wrote its question about updating rates into the file that its answer went to."""
    done = run(["convert", "1 USD", "--to", "KPW", "-f", "csv"])
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert len(rows) == 1
    assert Decimal(rows[0]["low"]) > 1000
    assert b"no --on given" in done.stderr
