"""Dates as people write them: what each form means, what is refused, and that nothing comes from today."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkauto.core.period import Period
from nkauto.errors import UnreadablePeriod
from nkauto.read.periods import HINT, MONTHS, PARTS, read_period

FORMS = [
    ("2025-10-17", "2025-10-17"),
    ("2025-1-7", "2025-01-07"),
    ("2025/10/17", "2025-10-17"),
    ("2025.10.17", "2025-10-17"),
    ("2025.10.17.", "2025-10-17"),
    ("2025-10", "2025-10"),
    ("2025/10", "2025-10"),
    ("2025.10", "2025-10"),
    ("2025", "2025"),
    ("2025年", "2025"),
    ("2025년", "2025"),
    ("2025年10月17日", "2025-10-17"),
    ("2025年10月17号", "2025-10-17"),
    ("2025년 10월 17일", "2025-10-17"),
    ("2025년 10월", "2025-10"),
    ("2025年10月", "2025-10"),
    ("2025年10月上旬", "2025-10-01..2025-10-10"),
    ("2025년 10월 초", "2025-10-01..2025-10-10"),
    ("2025년 10월 중순", "2025-10-11..2025-10-20"),
    ("2025年10月半ば", "2025-10-11..2025-10-20"),
    ("2025년 2월 말", "2025-02-21..2025-02-28"),
    ("2024年2月下旬", "2024-02-21..2024-02-29"),
    ("2025年10月末", "2025-10-21..2025-10-31"),
    ("2025年10月底", "2025-10-21..2025-10-31"),
    ("October 2025", "2025-10"),
    ("Oct 2025", "2025-10"),
    ("Oct. 2025", "2025-10"),
    ("SEPT 2025", "2025-09"),
    ("May, 2025", "2025-05"),
    ("17 October 2025", "2025-10-17"),
    ("17th Oct 2025", "2025-10-17"),
    ("1st May 2025", "2025-05-01"),
    ("2nd May 2025", "2025-05-02"),
    ("3rd May 2025", "2025-05-03"),
    ("October 17, 2025", "2025-10-17"),
    ("Oct. 17 2025", "2025-10-17"),
    ("October 17th, 2025", "2025-10-17"),
    ("mid-November 2025", "2025-11-11..2025-11-20"),
    ("early November 2025", "2025-11-01..2025-11-10"),
    ("Late Nov 2025", "2025-11-21..2025-11-30"),
    ("end of February 2024", "2024-02-21..2024-02-29"),
    ("beginning of May 2025", "2025-05-01..2025-05-10"),
    ("middle of May 2025", "2025-05-11..2025-05-20"),
    ("mid-2025-11", "2025-11-11..2025-11-20"),
    ("late 2025-11", "2025-11-21..2025-11-30"),
    ("Q1 2025", "2025-01-01..2025-03-31"),
    ("Q4, 2025", "2025-10-01..2025-12-31"),
    ("2025-Q2", "2025-04-01..2025-06-30"),
    ("2025Q3", "2025-07-01..2025-09-30"),
    ("first half of 2025", "2025-01-01..2025-06-30"),
    ("the second half of 2025", "2025-07-01..2025-12-31"),
    ("2025-H1", "2025-01-01..2025-06-30"),
    ("2025 H2", "2025-07-01..2025-12-31"),
    ("2025-10-01..2025-10-31", "2025-10"),
    ("2025-10..2025-12", "2025-10-01..2025-12-31"),
    ("2025-10-03 to 2025-10-05", "2025-10-03..2025-10-05"),
    ("2025-10 until 2025-11", "2025-10-01..2025-11-30"),
    ("2025-10-03 bis 2025-10-05", "2025-10-03..2025-10-05"),
    ("2025-10-03/2025-10-05", "2025-10-03..2025-10-05"),
    ("2025-10-03 - 2025-10-05", "2025-10-03..2025-10-05"),
    ("2024–2025", "2024-01-01..2025-12-31"),
    ("2025-10-03…2025-10-05", "2025-10-03..2025-10-05"),
    ("2025-10-03~2025-10-05", "2025-10-03..2025-10-05"),
    ("2024년 10월부터 2025년 2월까지", "2024-10-01..2025-02-28"),
    ("2024年10月から2025年2月まで", "2024-10-01..2025-02-28"),
    ("mid-November 2025..2025-12", "2025-11-11..2025-12-31"),
    ("2025..2025", "2025"),
    ("  2025-10-17  ", "2025-10-17"),
    ("0001-01-01", "0001-01-01"),
    ("9999-12", "9999-12"),
]

REFUSED = [
    ("", "the date is empty"),
    ("   ", "the date is empty"),
    ("yesterday", "cannot read 'yesterday' as a date"),
    ("5", "cannot read '5' as a date"),
    ("17", "cannot read '17' as a date"),
    ("25-10", "cannot read '25-10' as a date"),
    ("Nov", "'Nov' of which year?"),
    ("november", "'november' of which year?"),
    ("Sept.", "'Sept.' of which year?"),
    ("10/11/2025", "'10/11/2025' can be read two ways: day first or month first"),
    ("1.2.25", "'1.2.25' can be read two ways: day first or month first"),
    ("2025-02-30", "there is no such day as '2025-02-30'"),
    ("2025-13", "there is no such day as '2025-13'"),
    ("2025-00-10", "there is no such day as '2025-00-10'"),
    ("0000", "there is no such day as '0000'"),
    ("2023-02-29", "there is no such day as '2023-02-29'"),
    ("31 April 2025", "there is no such day as '31 April 2025'"),
    ("2025-10-17 24:00", "cannot read '2025-10-17 24:00' as a date"),
    ("2025-10-17T12:00", "cannot read '2025-10-17T12:00' as a date"),
    ("2025-11..2025-10", "this period ends before it begins"),
    ("2025-10..", "cannot read '2025-10..' as a date"),
    ("2025-1..2025-2..2025-3", "cannot read"),
    ("２０２５", "cannot read '２０２５' as a date"),
    ("2025-10-١٧", "cannot read"),
    ("12025", "cannot read '12025' as a date"),
    ("-2025", "cannot read '-2025' as a date"),
    ("2025 BC", "cannot read"),
    ("Smarch 2025", "cannot read"),
    ("Q5 2025", "cannot read 'Q5 2025' as a date"),
    ("2" * 81, "this is too long for a date"),
]


@pytest.mark.parametrize(("text", "period"), FORMS)
def test_a_form_is_read(text, period):
    assert str(read_period(text)) == period


@pytest.mark.parametrize(("text", "what"), REFUSED)
def test_what_is_no_date_is_refused(text, what):
    with pytest.raises(UnreadablePeriod) as refused:
        read_period(text)
    assert refused.value.what.startswith(what)
    assert refused.value.hint in (HINT, "Write the year first: 2025-11-10.")
    assert refused.value.span is not None


def test_the_caret_stands_under_the_faulty_half():
    with pytest.raises(UnreadablePeriod) as refused:
        read_period("2025-10-01..2025-02-30")
    assert refused.value.span == (12, 22)


@pytest.mark.parametrize("name", MONTHS)
def test_every_month_has_its_names(name):
    assert read_period(f"{name} 2024") == Period.month(2024, MONTHS[name])
    assert read_period(f"5 {name.title()}. 2024").first.day == 5


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_a_month(part):
    text = f"{part} May 2024" if part.isascii() else f"2024年5月{part}"
    first, last = PARTS[part]
    held = read_period(text)
    assert (held.first.day, held.last.day) == (first, last)


@given(st.dates(), st.dates())
def test_what_a_period_says_of_itself_reads_back(one, other):
    period = Period(min(one, other), max(one, other))
    assert read_period(str(period)) == period
    assert read_period(one.isoformat()) == Period.day(one)


@given(st.one_of(st.text(max_size=90), st.text("0123456789-./.. 년월일年月日초말ofto", max_size=40)))
def test_any_text_is_a_period_or_one_clear_error(text):
    try:
        held = read_period(text)
    except UnreadablePeriod:
        return
    assert held.first <= held.last


@pytest.mark.parametrize("text", ["2025-10" + "-" * 73, ".." * 40, "mid-" * 20, "~" * 80, "から" * 40, "2025 " * 16])
def test_the_worst_text_takes_no_time(text):
    begun = time.perf_counter()
    with pytest.raises(UnreadablePeriod):
        read_period(text)
    assert time.perf_counter() - begun < 0.1
