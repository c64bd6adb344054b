"""The ECB history: read whole or refused, and its months exact, complete and rounded outward."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nkauto.errors import UnreadableFile
from nkauto.read.ecb import FIRST_DAY, LARGEST, monthly, read_history

CODES = ["USD", "JPY", "GBP", "RUB", "CNY", "KRW"]
HEADER = "Date," + ",".join(CODES) + ",\n"


def line(day: date, **rates: str) -> str:
    """Return one day's line; what is not given is a prime that no other column has."""
    usual = {"USD": "1.13", "JPY": "131", "GBP": "0.83", "RUB": "N/A", "CNY": "7.19", "KRW": "1453"}
    return f"{day.isoformat()}," + ",".join({**usual, **rates}[code] for code in CODES) + ",\n"


def history(last: date, special: dict[date, dict[str, str]] | None = None) -> str:
    """Return a history in the bank's own form, newest day first, a line for each weekday."""
    special = special or {}
    days = [FIRST_DAY + timedelta(days=n) for n in range((last - FIRST_DAY).days + 1)]
    return HEADER + "".join(line(day, **special.get(day, {})) for day in reversed(days) if day.weekday() < 5)


def packed(text: str, name: str = "eurofxref-hist.csv") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return stream.getvalue()


WHOLE = history(date(1999, 3, 10))


def test_reads_the_zip_and_the_table_inside_it_alike(tmp_path: Path) -> None:
    path = tmp_path / "eurofxref-hist.zip"
    path.write_bytes(packed(WHOLE))
    read = read_history(path)
    assert read == read_history(WHOLE.encode()) == read_history(b"\xef\xbb\xbf" + WHOLE.encode())
    assert list(read) == sorted(read)
    assert read[FIRST_DAY] == {
        code: Decimal(rate)
        for code, rate in zip(["USD", "JPY", "GBP", "CNY", "KRW"], ["1.13", "131", "0.83", "7.19", "1453"], strict=True)
    }


def test_a_month_is_the_lowest_and_highest_cross_rate_of_its_days_rounded_outward() -> None:
    special = {date(1999, 2, 3): {"CNY": "7.01", "USD": "1.09"}, date(1999, 2, 9): {"CNY": "6.97", "USD": "1.39"}}
    found = {(r.currency, r.first): r for r in monthly(read_history(history(date(1999, 3, 10), special).encode()))}
    february = found["CNY", date(1999, 2, 1)]
    assert february.last == date(1999, 2, 28)
    low, high = Fraction(109, 701), Fraction(139, 697)
    assert Fraction(february.low) <= low < Fraction(february.low) + Fraction(1, 10**6)
    assert Fraction(february.high) >= high > Fraction(february.high) - Fraction(1, 10**6)
    assert (february.low, february.high) == (Decimal("0.155492"), Decimal("0.199427"))
    assert found["EUR", date(1999, 2, 1)].low == Decimal("1.09")
    assert found["KRW", date(1999, 1, 1)].low == Decimal("0.777701")  # 1,000 won at 1.13 / 1453
    assert found["KRW", date(1999, 1, 1)].high == Decimal("0.777702")
    assert found["JPY", date(1999, 1, 1)].quantity == 100


def test_a_running_month_ends_with_its_last_rate_and_a_finished_one_with_the_calendar() -> None:
    ends = {r.first: r.last for r in monthly(read_history(WHOLE.encode())) if r.currency == "CNY"}
    assert ends == {
        date(1999, 1, 1): date(1999, 1, 31),
        date(1999, 2, 1): date(1999, 2, 28),
        date(1999, 3, 1): date(1999, 3, 10),
    }
    friday = monthly(read_history(history(date(1999, 2, 26)).encode()))  # the 27th and 28th were a weekend
    assert {r.last for r in friday} == {date(1999, 1, 31), date(1999, 2, 28)}


def test_a_currency_that_stops_has_no_month_after_it() -> None:
    special = {FIRST_DAY + timedelta(days=n): {"RUB": "23"} for n in range(32)}
    roubles = [r for r in monthly(read_history(history(date(1999, 3, 10), special).encode())) if r.currency == "RUB"]
    assert [(r.first, r.last) for r in roubles] == [
        (date(1999, 1, 1), date(1999, 1, 31)),
        (date(1999, 2, 1), date(1999, 2, 4)),
    ]


def test_a_row_has_the_columns_of_every_file_of_rates() -> None:
    cells = monthly(read_history(WHOLE.encode()))[0].cells
    header = (Path(__file__).parent.parent / "rates" / "reference.csv").read_text("utf-8").splitlines()[0]
    assert ",".join(cells) == header
    assert (cells["id"], cells["item"], cells["currency"], cells["from"]) == (
        "ref-cny-1999-01",
        "CNY",
        "USD",
        "1999-01-01",
    )


def edited(old: str, new: str) -> str:
    """Return the whole history with its last occurrence of a piece replaced; the piece must be there."""
    head, found, tail = WHOLE.rpartition(old)
    assert found
    return head + new + tail


FAULTY = {
    "empty": b"",
    "a header alone": HEADER.encode(),
    "cut in a line": WHOLE[:-9].encode(),
    "cut between lines": WHOLE[: WHOLE.rindex("1999-01-04")].encode(),
    "a hole of two weeks": "".join(
        kept for kept in WHOLE.splitlines(keepends=True) if not "1999-02-01" <= kept[:10] <= "1999-02-14"
    ).encode(),
    "a day twice": edited("1999-01-05", "1999-01-04").encode(),
    "oldest first": (HEADER + "".join(WHOLE.splitlines(keepends=True)[:0:-1])).encode(),
    "a word for a rate": edited("1.13", "dear").encode(),
    "not a number": edited("7.19", "nan").encode(),
    "infinite": edited("7.19", "inf").encode(),
    "an exponent": edited("7.19", "1e9").encode(),
    "an underscore": edited("1453", "1_453").encode(),
    "full-width digits": edited("7.19", "７.19").encode(),
    "zero": edited("7.19", "0.00").encode(),
    "negative": edited("7.19", "-7.19").encode(),
    "no dollar": edited("1.13", "N/A").encode(),
    "a wrong day": edited("1999-01-05", "1999-02-30").encode(),
    "another way to write days": edited("1999-01-04", "4 January 1999").encode(),
    "a cell too many": edited("1453,", "1453,,").encode(),
    "no yuan column": WHOLE.replace("CNY", "CHF").encode(),
    "a column twice": WHOLE.replace("GBP", "CNY").encode(),
    "another table": b"id,item\n1,rice\n",
    "HTML": b"<!doctype html><title>404</title>\n",
    "NUL bytes": edited("1453", "1\x00453").encode(),
    "UTF-16": WHOLE.encode("utf-16"),
    "an open quotation": edited("1453", '"1453').encode(),
    "too large": b"0" * (LARGEST + 1),
    "too large once unpacked": packed("0" * (LARGEST + 1)),
    "a damaged zip": packed(WHOLE)[:-40],
    "a zip with a flipped byte": packed(WHOLE)[:60] + b"\x00" + packed(WHOLE)[61:],
    "a zip without a table": packed(WHOLE, "readme.txt"),
    "an empty zip": b"PK\x05\x06" + b"\0" * 18,
}


@pytest.mark.parametrize("content", FAULTY.values(), ids=FAULTY)
def test_anything_else_is_refused_as_a_whole(content: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_history(content)
    assert "eurofxref-hist.zip" in caught.value.hint
    assert len(str(caught.value)) < 400


def test_the_error_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(edited("1.13", "dear"), "utf-8")
    with pytest.raises(UnreadableFile, match=rf"table\.csv:{len(WHOLE.splitlines())}: .*'dear' is not a rate"):
        read_history(path)


@pytest.mark.parametrize("name", ["absent.zip", "."])
def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_history(tmp_path / name)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=3))
def test_a_damaged_history_gives_either_whole_months_or_an_error(place: int, junk: bytes) -> None:
    content = WHOLE.encode()[:place] + junk + WHOLE.encode()[place + 1 :]
    try:
        rates = monthly(read_history(content))
    except UnreadableFile:
        return
    months = [rate.first for rate in rates if rate.currency == "EUR"]
    assert months == [date(1999, 1, 1), date(1999, 2, 1), date(1999, 3, 1)]
    assert all(0 < rate.low <= rate.high for rate in rates)
