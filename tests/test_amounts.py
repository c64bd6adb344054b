"""Amounts as people type them: every form in four scripts, every refusal with its message, and properties."""

from __future__ import annotations

import contextlib
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nkauto.errors import AmbiguousAmount, NkautoError, UnknownName, UnreadableAmount
from nkauto.read.amounts import Target, plain_number, read_amount, read_target
from nkauto.read.digits import readings

EXAMPLES = "Amounts look like 1,200 yuan, 300-500 CNY, 20,000 won/kg, 50 kg rice, 3 wage-months."

MONEY = [
    # text, low, high, unit, per
    ("1200 CNY", "1200", "1200", "CNY", ""),
    ("1200元", "1200", "1200", "CNY", ""),
    ("RMB 1,200", "1200", "1200", "CNY", ""),
    ("1,200 yuan", "1200", "1200", "CNY", ""),
    ("1,200위안", "1200", "1200", "CNY", ""),
    ("1200人民元", "1200", "1200", "CNY", ""),
    ("300-500 yuan", "300", "500", "CNY", ""),
    ("300 to 500 yuan", "300", "500", "CNY", ""),
    ("between 300 and 500 yuan", "300", "500", "CNY", ""),
    ("from 300 to 500 yuan", "300", "500", "CNY", ""),
    ("300 yuan to 500 yuan", "300", "500", "CNY", ""),
    ("$300-$500", "300", "500", "USD", ""),
    ("300에서 500위안", "300", "500", "CNY", ""),
    ("300至500元", "300", "500", "CNY", ""),
    ("300から500元", "300", "500", "CNY", ""),
    ("20,000–24,000 won/kg", "20000", "24000", "KPW", "kg"),
    ("5000 won per kilo", "5000", "5000", "KPW", "kg"),
    ("5000원/kg", "5000", "5000", "KPW", "kg"),
    ("kg당 5000원", "5000", "5000", "KPW", "kg"),
    ("1kg에 4000원", "4000", "4000", "KPW", "kg"),
    ("1キロにつき4000ウォン", "4000", "4000", "KPW", "kg"),
    ("20元/斤", "20", "20", "CNY", "jin"),
    ("5 won a month", "5", "5", "KPW", "month"),
    ("每月300元", "300", "300", "CNY", "month"),
    ("월 5만원", "50000", "50000", "KPW", "month"),
    ("12,000 won per 100 yuan", "12000", "12000", "KPW", "100 CNY"),
    ("100元あたり12000ウォン", "12000", "12000", "KPW", "100 CNY"),
    ("8,000 won per dollar", "8000", "8000", "KPW", "USD"),
    ("US$30k", "30000", "30000", "USD", ""),
    ("$30,000", "30000", "30000", "USD", ""),
    ("$14 USD", "14", "14", "USD", ""),
    ("USD 30,000", "30000", "30000", "USD", ""),
    ("30,000 USD", "30000", "30000", "USD", ""),
    ("$1.5bn", "1500000000", "1500000000", "USD", ""),
    ("1.2 million won", "1200000", "1200000", "KPW", ""),
    ("half a million won", "500000", "500000", "KPW", ""),
    ("one and a half million won", "1500000", "1500000", "KPW", ""),
    ("two hundred and fifty thousand won", "250000", "250000", "KPW", ""),
    ("1-2 million won", "1000000", "2000000", "KPW", ""),
    ("500 to 1 million won", "500", "1000000", "KPW", ""),
    ("20-24k won", "20000", "24000", "KPW", ""),
    ("200-300,000 won", "200000", "300000", "KPW", ""),
    ("500-1,000 won", "500", "1000", "KPW", ""),
    ("20만 원", "200000", "200000", "KPW", ""),
    ("2만 4천원", "24000", "24000", "KPW", ""),
    ("2만4천~3만원", "24000", "30000", "KPW", ""),
    ("2万4千ウォン", "24000", "24000", "KPW", ""),
    ("36.51万朝元", "365100", "365100", "KPW", ""),
    ("1억 2천만 원", "120000000", "120000000", "KPW", ""),
    ("이십만원", "200000", "200000", "KPW", ""),
    ("八千元", "8000", "8000", "CNY", ""),
    ("천원", "1000", "1000", "KPW", ""),
    ("3~4만 달러", "30000", "40000", "USD", ""),
    ("１２００元", "1200", "1200", "CNY", ""),
    ("５，０００ウォン", "5000", "5000", "KPW", ""),
    ("KPW 4,400", "4400", "4400", "KPW", ""),
    ("won 500", "500", "500", "KPW", ""),
    ("50,000 North Korean won", "50000", "50000", "KPW", ""),
    ("50,000 South Korean won", "50000", "50000", "KRW", ""),
    ("5만 KRW", "50000", "50000", "KRW", ""),
    ("남한 돈 5만원", "50000", "50000", "KRW", ""),
    ("한화 5만원", "50000", "50000", "KRW", ""),
    ("5万韩元", "50000", "50000", "KRW", ""),
    ("5万韓国ウォン", "50000", "50000", "KRW", ""),
    ("중국 돈 100원", "100", "100", "CNY", ""),
    ("₩24,000 KPW", "24000", "24000", "KPW", ""),
    ("70 cents", "0.7", "0.7", "USD", ""),
    ("50 fen", "0.5", "0.5", "CNY", ""),
    ("7元5角", "7.5", "7.5", "CNY", ""),
    ("7 yuan 5 jiao", "7.5", "7.5", "CNY", ""),
    ("1 000 000 won", "1000000", "1000000", "KPW", ""),
    ("1 200 yuan", "1200", "1200", "CNY", ""),
    ("1'000 won", "1000", "1000", "KPW", ""),
    ("1.200,50 EUR", "1200.5", "1200.5", "EUR", ""),
    ("1,200.50 yuan", "1200.5", "1200.5", "CNY", ""),
    ("1.234.567 won", "1234567", "1234567", "KPW", ""),
    ("8,60,000 won", "860000", "860000", "KPW", ""),
    ("0.500 yuan", "0.5", "0.5", "CNY", ""),
    ("0 won", "0", "0", "KPW", ""),
    ("dos mil pesos cubanos", "2000", "2000", "CUP", ""),
    ("zwei Millionen Won", "2000000", "2000000", "KPW", ""),
    ("£5", "5", "5", "GBP", ""),
    ("5 pounds sterling", "5", "5", "GBP", ""),
    ("999999999999999999999999 won", "999999999999999999999999", "999999999999999999999999", "KPW", ""),
]

GOODS = [
    # text, low, high, unit, item, per
    ("50 kg rice", "50", "50", "kg", "rice", ""),
    ("50 kg of rice", "50", "50", "kg", "rice", ""),
    ("12 lb rice", "12", "12", "lb", "rice", ""),
    ("12 pounds of rice", "12", "12", "lb", "rice", ""),
    ("쌀 20kg", "20", "20", "kg", "rice", ""),
    ("50公斤大米", "50", "50", "kg", "rice", ""),
    ("白米20キロ", "20", "20", "kg", "rice", ""),
    ("5 to 10 kg rice", "5", "10", "kg", "rice", ""),
    ("half a litre of petrol", "0.5", "0.5", "L", "gasoline", ""),
    ("5斤大米", "5", "5", "jin", "rice", ""),
    ("4 kg rice/month", "4", "4", "kg", "rice", "month"),
    ("3 wage-months", "3", "3", "month", "wage", ""),
    ("3 months of wages", "3", "3", "month", "wage", ""),
    ("2 years of wages", "2", "2", "year", "wage", ""),
    ("서너 달치 월급", "3", "4", "month", "wage", ""),
    ("2 used cars", "2", "2", "each", "used-car", ""),
    ("two dozen eggs", "24", "24", "each", "egg", ""),
    ("3 months", "3", "3", "month", "", ""),
    ("1 decade", "10", "10", "year", "", ""),
    ("5 barrels", "5", "5", "barrel", "", ""),
]

HEDGED = [
    "about 14 dollars",
    "around $14",
    "nearly 14 dollars",
    "more than 14 dollars",
    "at least 14 dollars",
    "~14 dollars",
    "약 14달러",
    "14달러 정도",
    "14달러 이상",
    "約14ドル",
    "14ドルほど",
    "14美元左右",
    "14美元以上",
    "up to $14",
]


@pytest.mark.parametrize("text, low, high, unit, per", MONEY, ids=[row[0] for row in MONEY])
def test_money(text, low, high, unit, per):
    amount = read_amount(text)
    assert (amount.range.low, amount.range.high, amount.unit, amount.per) == (Decimal(low), Decimal(high), unit, per)
    assert (amount.item, amount.range.approx) == ("", False)


@pytest.mark.parametrize("text, low, high, unit, item, per", GOODS, ids=[row[0] for row in GOODS])
def test_goods(text, low, high, unit, item, per):
    amount = read_amount(text)
    assert (amount.range.low, amount.range.high, amount.unit, amount.item, amount.per) == (
        Decimal(low),
        Decimal(high),
        unit,
        item,
        per,
    )


@pytest.mark.parametrize("text", HEDGED)
def test_hedges_mark_the_range_as_approximate(text):
    amount = read_amount(text)
    assert (amount.range.low, amount.unit, amount.range.approx) == (Decimal(14), "USD", True)


def test_a_third_of_a_litre_contains_the_true_value():
    amount = read_amount("a third of a litre of petrol")
    assert amount.range.low < amount.range.high
    assert Fraction(amount.range.low) < Fraction(1, 3) < Fraction(amount.range.high)


def test_names_of_goods_come_from_the_rate_book():
    items = {"rice": "rice", "쌀": "rice", "driving licence": "driving-licence"}
    assert read_amount("2 driving licences", items).item == "driving-licence"
    assert read_amount("쌀 5kg", items).item == "rice"
    with pytest.raises(UnknownName, match="unknown unit or item: 'squid'"):
        read_amount("5 kg squid", items)


def test_the_unit_of_a_column_counts_when_the_text_has_none():
    assert read_amount("1,200", unit="CNY").unit == "CNY"
    assert read_amount("20-24k", unit="won/kg").per == "kg"
    assert read_amount("50", unit="kg rice").item == "rice"
    assert read_amount("30 USD", unit="CNY").unit == "USD"
    with pytest.raises(UnreadableAmount, match="has no unit"):
        read_amount("1,200", unit="  ")


AMBIGUOUS = [
    ("24.000 won", "'24.000' can be read two ways", "24 won", "24,000 won", "^^^^^^"),
    ("12.345 won", "'12.345' can be read two ways", "12.3450 won", "12,345 won", "^^^^^^"),
    ("24,5 won", "'24,5' can be read two ways", "24.5 won", "245 won", "^^^^"),
    ("1,20 yuan", "'1,20' can be read two ways", "1.2 yuan", "120 yuan", "^^^^"),
    ("0,500 won", "'0,500' can be read two ways", "0.5 won", "500 won", "^^^^^"),
    ("1,5 million won", "'1,5 million' can be read two ways", "1,500,000 won", "15,000,000 won", "^" * 11),
    ("¥1,200", "'¥' can be several units", "JPY 1,200", "CNY 1,200", "^"),
    ("₩24,000", "'₩' can be several units", "KPW 24,000", "KRW 24,000", "^"),
    ("₩5000/kg", "'₩' can be several units", "KPW 5000/kg", "KRW 5000/kg", "^"),
    ("5 pounds", "'pounds' can be several units", "5 GBP", "5 lb", "  ^^^^^^"),
    ("5 pesos", "'pesos' can be several units", "5 CUP", "5 ARS", "  ^^^^^"),
    ("21-2500 won", "'21-2500' can be read two ways", "21 to 2,500 won", "2100–2500 won", "^^^^^^^"),
    ("5 mil won", "'5 mil' can be read two ways", "5,000,000 won", "5,000 won", "^^^^^"),
]


@pytest.mark.parametrize("text, what, first, second, caret", AMBIGUOUS, ids=[row[0] for row in AMBIGUOUS])
def test_two_readings_are_refused_and_both_are_named(text, what, first, second, caret):
    with pytest.raises(AmbiguousAmount) as caught:
        read_amount(text)
    assert caught.value.readings == (first, second)
    assert str(caught.value) == f"{what}\n  {text}\n  {caret}\nWrite {first} or {second}."
    for reading in (first, second):
        if not reading.endswith(" won") or "." not in reading:
            read_amount(reading)


REFUSED = [
    # text, what, caret line, hint
    ("1200", "this number has no unit", "^^^^", "Say of what: 1200 won, 1200 CNY, 1200 kg rice."),
    ("three", "this number has no unit", "^^^^^", "Say of what: three won, three CNY, three kg rice."),
    ("500-300 yuan", "the range runs from high to low", "^^^^^^^", "Write 300–500 yuan."),
    ("-5 won", "an amount cannot be negative", "^", EXAMPLES),
    ("−5 won", "an amount cannot be negative", "^", EXAMPLES),
    ("nan won", "an amount is a plain number", "^^^", "Write 1,000,000 or 1 million, not 1e6 or nan."),
    ("inf", "an amount is a plain number", "^^^", "Write 1,000,000 or 1 million, not 1e6 or nan."),
    ("1e999 won", "an amount is a plain number", " ^", "Write 1,000,000 or 1 million, not 1e6 or nan."),
    ("1_000 won", "'_' does not stand inside a number here", " ^", "Write 1,000 or 1000."),
    ("١٢٣ won", "digits of this script are not read", "^^^", "Write the number in digits 0 to 9."),
    ("1,2,3 won", "the marks in this number make no sense", "^^^^^", "Write 1,000 or 1000, 0.5 or 1,000.50."),
    ("1.2.3 won", "the marks in this number make no sense", "^^^^^", "Write 1,000 or 1000, 0.5 or 1,000.50."),
    ("1/2 kg", "a fraction is not read here", "^^^", "Write 0.5 or half."),
    ("50 rice", "rice is not counted by the piece", "^^", "Write 50 kg rice."),
    ("5%", "a percentage or a multiple is not an amount", " ^", EXAMPLES),
    ("2배", "a percentage or a multiple is not an amount", " ^^", EXAMPLES),
    ("between 300 yuan", "the upper end of the range is missing", "^" * 16, EXAMPLES),
    ("300 yuan and 500 yuan", "two amounts cannot be read at once", "         ^^^", EXAMPLES),
    ("several won", "'several' is no number that can be converted", "^^^^^^^", "Write a range, such as 20-90 yuan."),
    ("数十元", "'数十' is no number that can be converted", "^^^^", "Write a range, such as 20-90 yuan."),
    ("5 won yuan", "two currencies cannot be read at once", "      ^^^^", EXAMPLES),
    ("5 kg won", "this names both money and goods", "^^^^^^^^", "Convert the one, then the other."),
    ("5 kg L rice", "two units cannot be read at once", "     ^", EXAMPLES),
    ("5 kg rice corn", "two goods cannot be read at once", "          ^^^^", EXAMPLES),
    ("won", "there is no number in this amount", "^^^", EXAMPLES),
    ("((( ", "'(' has no meaning in an amount", "^", EXAMPLES),
    ("[red]5 won", "'[' has no meaning in an amount", "^", EXAMPLES),
    ("9" * 25 + " won", "a number has at most 24 digits", "^" * 25, EXAMPLES),
]


@pytest.mark.parametrize("text, what, caret, hint", REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_read_is_refused_where_it_stands(text, what, caret, hint):
    with pytest.raises(UnreadableAmount) as caught:
        read_amount(text)
    assert str(caught.value) == f"{what}\n  {text}\n  {caret}\n{hint}"


def test_an_empty_text_is_refused():
    with pytest.raises(UnreadableAmount, match="an amount is missing: the text is empty"):
        read_amount(" \t\n")


def test_a_long_text_is_refused_before_it_is_read():
    with pytest.raises(UnreadableAmount, match="an amount has at most 200 characters, not 1000000"):
        read_amount("1" * 1_000_000)


def test_an_unknown_unit_comes_with_names_like_it():
    with pytest.raises(UnknownName) as caught:
        read_amount("5 yaun")
    assert caught.value.span == (2, 6)
    assert "yuan" in caught.value.near


def test_control_characters_come_back_as_escapes():
    with pytest.raises(UnreadableAmount) as caught:
        read_amount("\x1b[31m5 won")
    assert "\x1b" not in str(caught.value)


TARGETS = [
    ("won", "KPW", ""),
    ("usd", "USD", ""),
    ("달러", "USD", ""),
    ("元", "CNY", ""),
    ("KRW", "KRW", ""),
    ("rice", "", "rice"),
    ("쌀", "", "rice"),
    ("lb rice", "lb", "rice"),
    ("kg of rice", "kg", "rice"),
    ("wage", "", "wage"),
    ("wage-months", "", "wage"),
    ("months of wages", "month", "wage"),
    ("used cars", "", "used-car"),
]


@pytest.mark.parametrize("text, unit, item", TARGETS)
def test_targets(text, unit, item):
    assert read_target(text) == Target(unit, item)


NO_TARGETS = [
    # text, what, caret line
    ("5 won", "a unit to convert to has no number", "^"),
    ("won 5-6", "a unit to convert to has no number", "    ^^^"),
    ("won/kg", "a unit to convert to is a currency or a good", "^^^^^^"),
    ("about won", "a unit to convert to is a currency or a good", "^^^^^^^^^"),
    ("won rice", "this names both money and goods", "^^^^^^^^"),
    ("kg won", "this names both money and goods", "^^^^^^"),
    ("of", "this names no unit", "^^"),
    ("", "a unit is missing: the text is empty", ""),
    ("x" * 201, "a unit has at most 200 characters, not 201", ""),
]


@pytest.mark.parametrize("text, what, caret", NO_TARGETS, ids=[row[0][:20] for row in NO_TARGETS])
def test_targets_refused(text, what, caret):
    with pytest.raises(UnreadableAmount) as caught:
        read_target(text)
    place = f"\n  {text}\n  {caret}" if caret else ""
    assert str(caught.value) == f"{what}{place}\nUnits look like won, CNY, usd, rice, lb rice, wage."


def test_pound_as_a_target_is_money_or_weight():
    with pytest.raises(AmbiguousAmount) as caught:
        read_target("pound")
    assert caught.value.readings == ("GBP", "lb")


@pytest.mark.parametrize(
    "text, value",
    [("1200", "1200"), ("1,200", "1200"), ("1,234,567.50", "1234567.50"), ("0.5", "0.5"), ("12.34", "12.34")],
)
def test_plain_numbers(text, value):
    assert plain_number(text) == Decimal(value)


NOT_PLAIN = [
    *["", " 5", "-5", "+5", "24.000", "1,20", "1_000", "１２", "nan", "inf", "1e5", "١٢", "5 won"],
    *[".5", "5.", "9" * 40, "1,2345"],
]


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_plain_numbers_are_strict(text):
    assert plain_number(text) is None


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_plain_digits_have_one_reading(value):
    assert readings(f"{value:.2f}") == [value]
    assert plain_number(f"{value:,.2f}") == value


def _chinese(value: int, scales: str) -> str:
    parts = []
    for position, digit in enumerate(reversed(str(value))):
        if digit != "0":
            parts.append(("" if digit == "1" and position else "零一二三四五六七八九"[int(digit)]) + scales[position])
    return "".join(reversed(parts))


@given(st.integers(1, 9999))
def test_a_number_written_in_chinese_numerals_reads_back(value):
    assert read_amount(_chinese(value, " 十百千").replace(" ", "") + "元").range.low == value


@given(st.integers(1, 9999), st.integers(0, 9999))
@pytest.mark.parametrize("big, unit, code", [("만 ", "원", "KPW"), ("万", "ウォン", "KPW"), ("万", "元", "CNY")])
def test_a_number_with_ten_thousands_reads_back(big, unit, code, tens, rest):
    text = f"{tens}{big}{rest}{unit}" if rest else f"{tens}{big}{unit}"
    amount = read_amount(text)
    assert (amount.range.low, amount.unit) == (tens * 10000 + rest, code)


@given(st.integers(0, 10**15))
def test_a_number_with_thousands_commas_reads_back(value):
    assert read_amount(f"{value:,} won").range.low == value
    wide = f"{value}".translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert read_amount(f"{wide}元").range.low == value


SKIPPED = [
    *[("三千零五十元", 3050), ("三万零五百元", 30500), ("一百零八元", 108), ("十万零一元", 100_001)],
    *[("1万零500元", 10500), ("三千〇五十円", 3050), ("三千零元", 3000), ("零元", 0)],
]


@pytest.mark.parametrize("text, value", SKIPPED)
def test_a_zero_marks_the_places_that_are_empty(text, value):
    assert read_amount(text).range.low == value


@pytest.mark.parametrize("text", ["二〇二五元", "三零五元", "two hundred hundred won"])
def test_a_zero_or_a_hundred_out_of_place_is_no_number(text):
    with pytest.raises(UnreadableAmount):
        read_amount(text)


def test_multipliers_end_where_no_price_is():
    assert read_amount("1 million million won").range.low == 10**12
    with pytest.raises(UnreadableAmount):
        read_amount("1" + " trillion" * 3 + " won")


TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
ENGLISH = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", *TEENS]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def _english(value: int) -> str:
    if value < 20:
        return ENGLISH[value]
    if value < 100:
        return TENS[value // 10] + (f"-{ENGLISH[value % 10]}" if value % 10 else "")
    if value < 1000:
        return f"{ENGLISH[value // 100]} hundred" + (f" and {_english(value % 100)}" if value % 100 else "")
    return f"{_english(value // 1000)} thousand" + (f" {_english(value % 1000)}" if value % 1000 else "")


@given(st.integers(1, 999_999))
def test_a_number_in_english_words_reads_back(value):
    assert read_amount(f"{_english(value)} yuan").range.low == value


def _read_or_refuse(read, text):
    with contextlib.suppress(NkautoError):
        read(text)


@settings(max_examples=300)
@given(st.text(alphabet="0123456789.,-~–/ $₩¥元원万만천wonyukgper()a[]\x1b\u202e１２，%", max_size=40))
def test_no_text_ends_in_anything_but_an_amount_or_a_clear_error(text):
    _read_or_refuse(read_amount, text)
    _read_or_refuse(read_target, text)


@given(st.text(max_size=60))
def test_any_unicode_ends_in_an_amount_or_a_clear_error(text):
    _read_or_refuse(read_amount, text)


@pytest.mark.parametrize("piece", ["1,", "(", "만", "9", "half a ", "1 ", "원", "-"])
def test_the_longest_text_takes_milliseconds(piece):
    text = (piece * 200)[:200]
    started = time.perf_counter()
    for _ in range(5):
        _read_or_refuse(read_amount, text)
    assert time.perf_counter() - started < 1
