"""The short answers that options take, and what of them is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nkauto.core.amount import Amount
from nkauto.core.range import Range
from nkauto.errors import BadOption, UnknownName
from nkauto.read.options import (
    read_deposit,
    read_interest,
    read_months,
    read_people,
    read_rate,
    read_share,
)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("4", 4, 4), ("3-5", 3, 5), ("3 – 5 people", 3, 5), ("3 to 5 persons", 3, 5), ("4명", 4, 4), ("3~5人", 3, 5),
        ("3..5", 3, 5), (" 2 heads ", 2, 2), ("4 PEOPLE", 4, 4), ("0", 0, 0), ("2.5", "2.5", "2.5"),
    ],
)  # fmt: skip
def test_people(text, low, high):
    assert read_people(text) == Range.of(low, high)


@pytest.mark.parametrize("text", ["", "many", "-3", "3-", "3-5-7", "５", "1e3", "3,5", "4 cars", "1" * 13, "0x4"])
def test_people_that_cannot_be_read(text):
    with pytest.raises(BadOption) as refused:
        read_people(text)
    assert (refused.value.what, refused.value.hint) == ("cannot read --people", "Write 4 or 3-5.")
    assert refused.value.span == (0, len(text))


@pytest.mark.parametrize("read", [read_people, read_months, lambda text: read_share(text + "%", "--save")])
def test_a_range_runs_forward(read):
    with pytest.raises(BadOption, match="the range runs backwards"):
        read("5-3")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12m", 12, 12), ("12", 12, 12), ("6-12 months", 6, 12), ("1 year", 12, 12), ("1y", 12, 12), ("1-2y", 12, 24),
        ("12개월", 12, 12), ("6か月", 6, 6), ("12个月", 12, 12), ("1년", 12, 12), ("2年", 24, 24),
        ("1.5 years", 18, 18),        ("3 MO", 3, 3), ("1 month", 1, 1), ("2 Yr", 24, 24),
    ],
)  # fmt: skip
def test_months(text, low, high):
    assert read_months(text) == Range.of(low, high)


@pytest.mark.parametrize("text", ["", "m", "12 weeks", "soon", "12m6", "twelve", "-1m", "１２m"])
def test_months_that_cannot_be_read(text):
    with pytest.raises(BadOption) as refused:
        read_months(text)
    assert (refused.value.what, refused.value.hint) == ("cannot read the time", "Write 12m, 6-12m or 1y.")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30%", "0.3", "0.3"), ("20-30 %", "0.2", "0.3"), ("20%-30%", "0.2", "0.3"), ("33.3 percent", "0.333", "0.333"),
        ("5 per cent", "0.05", "0.05"), ("0%", 0, 0), ("150%", "1.5", "1.5"),
        ("0.000000000001%", "0.00000000000001", "0.00000000000001"),
    ],
)  # fmt: skip
def test_a_share_is_a_fraction_of_one(text, low, high):
    assert read_share(text, "--save") == Range.of(low, high)


@pytest.mark.parametrize("text", ["30", "0.3", "%", "-5%", "30%%", "thirty percent"])
def test_a_share_without_its_sign_is_refused(text):
    with pytest.raises(BadOption) as refused:
        read_share(text, "--save")
    assert (refused.value.what, refused.value.hint) == ("cannot read --save", "Write a percentage, as 30%.")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5%/month", "0.05", "0.05"),
        ("5-10%/month", "0.05", "0.1"),
        ("5%", "0.05", "0.05"),
        ("5 % a month", "0.05", "0.05"),
        ("5 percent per month", "0.05", "0.05"),
        ("5%/mo", "0.05", "0.05"),
        ("5% / m", "0.05", "0.05"),
        ("5% monthly", "0.05", "0.05"),
        ("0%", 0, 0),
        ("1000%", 10, 10),
    ],
)
def test_interest_is_by_the_month(text, low, high):
    assert read_interest(text) == Range.of(low, high)


@pytest.mark.parametrize("text", ["60%/year", "60% p.a.", "60% pa", "5% per annum", "연 60%년", "年60%", "60% annual"])
def test_interest_by_the_year_is_refused(text):
    with pytest.raises(BadOption) as refused:
        read_interest(text)
    assert refused.value.what == "interest by the year is not read"
    assert refused.value.hint == "Write interest by the month, as 5%/month or 5-10%/month."


@pytest.mark.parametrize(
    ("text", "what"),
    [("5", "cannot read --interest"), ("5%/week", "cannot read --interest"), ("1000.1%", "interest above 1,000 %")],
)
def test_interest_that_cannot_be_read(text, what):
    with pytest.raises(BadOption, match=what):
        read_interest(text)


def test_a_deposit_is_a_share_or_money(toy_book):
    names = toy_book.item_names
    assert read_deposit("20%", names) == Range.of("0.2")
    assert read_deposit("20 percent", names) == Range.of("0.2")
    assert read_deposit("10,000 yuan", names) == Amount(Range.of(10000), "CNY")
    with pytest.raises(BadOption, match="a deposit is a share or money"):
        read_deposit("50 kg rice", names)
    with pytest.raises(BadOption, match="cannot read --deposit"):
        read_deposit("a fifth %", names)
    with pytest.raises(UnknownName):
        read_deposit("everything", names)


def test_a_rate_of_the_users_own(toy_book):
    held = read_rate("1 CNY = 5,300 KPW", toy_book, 7)
    assert (held.id, held.item, held.quantity, held.unit) == ("user-7", "CNY", 1, "CNY")
    assert (held.low, held.high, held.currency, held.market) == (5300, 5300, "KPW", "market")
    assert (held.first, held.last, held.place, held.user) == (None, date.max, "", True)
    assert (held.note, held.source.publisher) == ("given as 1 CNY = 5,300 KPW", "your own rate")


def test_a_rate_of_the_users_own_in_other_words(toy_book):
    held = read_rate("50 kg rice = about 20,000-24,000 won", toy_book, 1)
    assert (held.item, held.quantity, held.unit, held.low, held.high) == ("rice", 50, "kg", 20000, 24000)
    assert (held.approx, held.currency) == (True, "KPW")
    assert held.per_unit == (400, 480)
    held = read_rate("1 licence = 1,200 yuan", toy_book, 1)
    assert (held.item, held.unit, held.market) == ("driving-licence", "each", "mixed")
    assert read_rate("100 yuan = 14.5 dollars", toy_book, 1).per_unit[0] * 100 == Decimal("14.5")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("5300", "a rate has two sides and one ="),
        ("1 CNY = 5 KPW = 7 KPW", "a rate has two sides and one ="),
        ("= 5 KPW", "cannot read the rate: "),
        ("1 CNY = ", "cannot read the rate: "),
        ("1 CNY = 5 parsecs", "cannot read the rate: "),
        ("1-2 CNY = 5 KPW", "a rate is one quantity above zero on the left and money above zero on the right"),
        ("0 CNY = 5 KPW", "a rate is one quantity above zero"),
        ("1 CNY = 0 KPW", "a rate is one quantity above zero"),
        ("1 CNY = 0-5 KPW", "a rate is one quantity above zero"),
        ("1 CNY = 1 kg rice", "a rate is one quantity above zero"),
        ("5 kg rice = 24,000 won/kg", "a rate is one quantity above zero"),
        ("5 yuan/kg = 24,000 won", "a rate is one quantity above zero"),
        ("5 kg = 24,000 won", "the book has no item 'kg'"),
        ("1 GBP = 24,000 won", "the book has no item 'GBP'"),
        ("1 CNY = 2 CNY", "a rate needs two things"),
    ],
)
def test_a_rate_that_makes_no_sense_is_refused(toy_book, text, what):
    with pytest.raises(BadOption) as refused:
        read_rate(text, toy_book, 1)
    assert refused.value.what.startswith(what)
    assert refused.value.hint == "Write it as '1 CNY = 5,300 KPW' or '1 kg rice = 24,000 KPW'."
    assert refused.value.span == (0, len(text))
