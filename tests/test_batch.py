"""Tables in and out: every row comes out in its place, and says what a single conversion says."""

from __future__ import annotations

import csv
import io
import os
import pty
import random
import signal
import subprocess
import time
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import toy
from hypothesis import given
from hypothesis import strategies as st
from session import NKAUTO, run
from test_rows import MUSEUM, NASTY, REFUSED

from nkauto import library
from nkauto.core.convert import Quotes
from nkauto.core.factors import factor, scaling
from nkauto.core.range import plain, rounded
from nkauto.core.rates import RateBook
from nkauto.engine.keys import KEPT, Keys
from nkauto.engine.layout import Layout, columns_of, stem
from nkauto.engine.stream import Batch
from nkauto.errors import BadOption, NkautoError, UnknownName
from nkauto.read.columns import NAMES, Columns, find, located
from nkauto.read.rows import Table
from nkauto.show.lines import Lines
from nkauto.show.numbers import for_machines

HEADER = "date,amount,currency,place\n"
ROW = "2024-06-10,1200,CNY,Hyesan\n"
TOY = ["--only-rates", str(toy.FOLDER)]
ADDED = ["usd_low", "usd_high", "rate_ids", "age_days", "place_used", "error"]


def batch(*options: str, text: str | bytes = HEADER + ROW, **more: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command on a text given to standard input."""
    data = text.encode() if isinstance(text, str) else text
    return run(["batch", *TOY, *options], stdin=data, **more)  # type: ignore[arg-type]


def rows_of(output: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output.decode(), newline=""), delimiter=delimiter))


def converted(
    data: bytes, book: RateBook, units: Sequence[str], *, unit: str = "", on: str = "", at: str = "", **layout: object
) -> tuple[str, Batch]:
    """Run the engine on bytes, without a process."""
    sink = io.BytesIO()
    lines = Lines(sink)
    table = Table(io.BytesIO(data), before_wait=lines.flush)
    columns, _ = located(table.header, unit=unit, on=on, at=at)
    held = Layout(table.header, units, delimiter=table.delimiter, **layout)  # type: ignore[arg-type]
    keys = Keys(
        library.Asked(book, on=on, at=at),
        units,
        unit=unit if columns.unit is None else "",
        dated=columns.date is not None,
    )
    batch = Batch(keys, columns, held, lines)
    lines.begin(held.header, delimiter=table.delimiter)
    batch.take(table)
    lines.flush()
    return sink.getvalue().decode("utf-8", "surrogateescape"), batch


# The same as a single conversion.


AMOUNTS = ["1", "0", "1200", "007", "83003", "1,200", "1200.50", "0.001", "300-500", "20만", "about 14", "1.2 million"]
UNITS = ["CNY", "yuan", "위안", "won", "USD", "EUR", "kg rice", "wage", "won/kg", "kg squid", "L gasoline", "lb rice"]
DAYS = ["2024-06-10", "2024-06-01", "2024-06", "mid-June 2024", "2009-11-05", "2024-09-02", "2024-06-03..2024-06-09"]
PLACES = ["Hyesan", "혜산", "Pyongyang", "Chongjin", "Changbai", "North Korea", ""]
TARGETS = ["usd", "won", "rice", "wage", "lb rice", "cny", "squid", "eur"]


def alone(amount: str, unit: str, day: str, place: str, to: str, book: RateBook) -> dict[str, str]:
    """Return what one conversion of ``convert`` says, in the columns of a table."""
    try:
        held = library.convert(f"{amount} {unit}", [to], book=book, on=day, at=place).results[0]
    except NkautoError as error:
        return {"low": "", "high": "", "rate_ids": "", "age_days": "", "place_used": "", "error": error.what}
    chosen = [given.chosen for given in held.quantity.inputs if given.chosen]
    rates = [rate for one in chosen for rate in one.rates]
    return {
        "low": for_machines(held.range.low),
        "high": for_machines(held.range.high),
        "rate_ids": "; ".join(dict.fromkeys(rate.id for rate in rates)),
        "age_days": str(max((one.age_days for one in chosen), default=0)),
        "place_used": "; ".join(dict.fromkeys(rate.place for rate in rates if rate.place)),
        "error": "",
    }


@pytest.mark.parametrize("to", TARGETS)
def test_each_row_says_what_convert_says(to: str, toy_book: RateBook) -> None:
    chance = random.Random(to)
    rows = [tuple(chance.choice(held) for held in (DAYS, AMOUNTS, UNITS, PLACES)) for _ in range(150)]
    out = io.StringIO()
    csv.writer(out).writerows([("date", "amount", "unit", "place"), *rows])
    text, _ = converted(out.getvalue().encode(), toy_book, [to])
    answers = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(answers) == len(rows)
    answered = 0
    for (day, amount, unit, place), row in zip(rows, answers, strict=True):
        expected = alone(amount, unit, day, place, to, toy_book)
        said = {name: row[f"{stem(to)}_{name}"] for name in ("low", "high")} | {
            name: row[name] for name in ("rate_ids", "age_days", "place_used", "error")
        }
        assert said["error"].startswith(expected.pop("error")), row
        said.pop("error")
        assert said == expected, row
        answered += bool(row[f"{stem(to)}_low"])
    assert answered > 30


@pytest.mark.parametrize("to", ["usd", "won"])
def test_what_keys_share_is_what_each_is_told_alone(to: str) -> None:
    book = library.load()
    chance = random.Random(to)
    days = [(date(2005, 1, 1) + timedelta(days=chance.randrange(7600))).isoformat() for _ in range(40)]
    rows = [
        (day, "1000", unit, place)
        for day in days
        for place in ("Hyesan", "Pyongyang", "")
        for unit in ("CNY", "KPW", "USD", "EUR")
    ]
    chance.shuffle(rows)
    out = io.StringIO()
    csv.writer(out).writerows([("date", "amount", "unit", "place"), *rows])
    text, _ = converted(out.getvalue().encode(), book, [to])
    aged = 0
    for (day, amount, unit, place), row in zip(rows, csv.DictReader(io.StringIO(text, newline="")), strict=True):
        told = alone(amount, unit, day, place, to, book)
        told.pop("error")
        said = {name: row[f"{to}_{name}" if name in ("low", "high") else name] for name in told}
        assert said == told, row
        aged += told["age_days"] not in ("", "0")
    assert aged > 50


@given(
    st.integers(1, 10**12), st.integers(1, 10**12),
    st.decimals(min_value=0, max_value=10**14, places=6, allow_nan=False), st.booleans(),
)  # fmt: skip
def test_scaling_rounds_once_outward(over: int, under: int, amount: Decimal, down: bool) -> None:
    size = Fraction(over, under)
    exact = Fraction(amount) * size
    assert Fraction(scaling(size, down=down)(amount)) == Fraction(rounded(exact, down=down))


@given(st.fractions(min_value=0, max_value=10**6), st.booleans())
def test_digits_are_those_of_the_plain_decimal(value: Fraction, down: bool) -> None:
    held = scaling(value, down=down)(Decimal("1000.10"))
    assert for_machines(held) == f"{plain(held):f}"


@pytest.mark.parametrize(
    "text", ["0", "0.000", "1E+30", "1E-20", "168.00", "1200", "0.10", "1000000000000000000000000000"]
)
def test_digits_in_plain_form(text: str) -> None:
    assert for_machines(Decimal(text)) == f"{plain(Decimal(text)):f}"


def test_factor_names_its_rates(toy_book: RateBook) -> None:
    quotes = Quotes(toy_book, toy.scope("2024-06-04", "Hyesan"))
    one = library.Asked(toy_book).amount("1 CNY")
    held = factor(quotes, one, library.Asked(toy_book).targets(["won"])[0])
    assert (held.low, held.high, held.unit) == (1009, 1013, "KPW")
    assert (held.rate_ids, held.places, held.age_days) == (("cny-hyesan-jun",), ("Hyesan",), 0)


def test_old_won_of_its_time_and_the_notice_of_it() -> None:
    done = batch("--to", "usd,won", text=HEADER + "2009-11-05,1000,won,\n2009-11-05,10,yuan,\n")
    first, second = rows_of(done.stdout)
    assert (first["won_low"], first["won_high"]) == ("1000", "1000")
    assert (second["won_low"], second["won_high"]) == ("5210", "5230")
    assert done.stderr.count(b"won before 1 December 2009 is read as old won") == 1


# Rows.


def test_columns_rows_and_their_order_stay() -> None:
    body = "".join(f"2024-06-{day:02},{day}00,CNY,Hyesan\n" for day in range(1, 25))
    done = batch("--to", "usd", text=HEADER + body)
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert lines[0] == ",".join(["date,amount,currency,place", *ADDED])
    assert [",".join(line.split(",")[:4]) + "\n" for line in lines[1:]] == body.splitlines(keepends=True)


def test_quoting_and_blanks_of_the_input_stay_byte_for_byte() -> None:
    line = b'"2024-06-10",  1200 ,"CNY","Hyesan","say ""when"", or ""not"""'
    done = batch("--to", "usd", text=b"date,amount,currency,place,note\r\n" + line + b"\r\n")
    assert done.stdout.splitlines()[1].startswith(line + b",156,")


@pytest.mark.parametrize("name", [name for name in MUSEUM if name != "duplicate_names.csv"])
def test_every_row_of_the_museum_comes_out(name: str) -> None:
    faults = MUSEUM[name][3]
    data = (NASTY / name).read_bytes()
    given = list(Table(io.BytesIO(data)))
    options = ["--raw"] + (["--amount", "1"] if "amount" not in data.decode("utf-8", "replace") else [])
    done = run(["batch", "--to", "usd", "--on", "2025-10", *options], stdin=data)
    assert done.returncode in (0, 1), done.stderr
    table = Table(io.BytesIO(done.stdout), encoding="utf-8", delimiter=Table(io.BytesIO(data)).delimiter)
    records = list(table)
    assert table.header[-6:] == tuple(ADDED)
    assert len(records) == len(given)
    errors = 0
    for number, ((_, _, before, _), (_, _, after, _)) in enumerate(zip(given, records, strict=True), 1):
        width = len(table.header) - 6
        assert len(after) == (len(table.header) if before else 0)
        assert after[: min(width, len(before))] == before[:width]
        assert all(cell in after[-1] for cell in before[width:])
        if number in faults:
            assert faults[number] in after[-1]
        if before:
            errors += bool(after[-1])
            assert bool(after[-1]) != bool(after[-6])
    assert done.returncode == (1 if errors else 0)
    assert (f"{errors} rows had errors" if errors > 1 else "1 row had an error").encode() in done.stderr or not errors


@pytest.mark.parametrize("name", REFUSED)
def test_refused_files_give_one_message_and_exit_2(name: str) -> None:
    done = run(["batch", "--to", "usd", str(NASTY / name)])
    assert done.returncode == 2
    assert REFUSED[name][0].encode() in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "amount, part",
    [
        ("nan", "plain number"), ("inf", "plain number"), ("1e999999999", "plain number"), ("1_000", "'_'"),
        ("-5", "negative"), ('"12,50"', "two ways"), ("24.000", "two ways"), ("500-300", "high to low"),
        ("¥1200", "'¥'"), ("", "empty"), ("9" * 300, "200 characters"), ("١٢٠٠", "script"), ("²", ""), ("=1+1", "'='"),
    ],
)  # fmt: skip
def test_a_bad_amount_is_a_row_error(amount: str, part: str) -> None:
    done = batch("--to", "usd", "--raw", text=HEADER + f"2024-06-10,{amount},CNY,Hyesan\n" + ROW)
    bad, good = rows_of(done.stdout)
    assert done.returncode == 1
    assert part in bad["error"]
    assert bad["error"]
    assert (bad["usd_low"], bad["usd_high"], bad["rate_ids"]) == ("", "", "")
    assert (good["usd_low"], good["usd_high"], good["error"]) == ("156", "204", "")
    assert b"1 row had an error; first: standard input, line 2: " in done.stderr


@pytest.mark.parametrize(
    "row, part",
    [
        ("1899-12-31,1200,CNY,Hyesan", "no reference rate of Chinese yuan"), ("2024-02-30,1,CNY,Hyesan", "no such day"),
        ("2024-06-10T24:00,1,CNY,Hyesan", "as a date"), ("10/11/2024,1,CNY,Hyesan", "two ways"),
        ("2024-06-10,1,CNY,Atlantis", "unknown place: 'Atlantis'"), ("2024-06-10,1,CNY,Hyesn", "did you mean Hyesan"),
        ("2024-06-10,1,XYZ,Hyesan", "unknown unit"), ("2024-06-10,1,,Hyesan", "no unit"),
        ("2024-06-10,1,km,Hyesan", ""),
        ("2024-06-10,7,300 CNY,Hyesan", "a unit has no number"), ("2024-06-10,1,CNY", "3 cells under a header of 4"),
        ("2024-06-10,1,CNY,Hyesan,x,\"y,z\"", "6 cells under a header of 4; beyond it: x,\"y,z\""),
    ],
)  # fmt: skip
def test_a_bad_row_keeps_its_cells_and_says_why(row: str, part: str) -> None:
    done = batch("--to", "usd", text=HEADER + row + "\n" + ROW)
    bad, good = rows_of(done.stdout)
    assert part in bad["error"]
    assert bad["error"]
    assert list(bad.values())[:4] == [*next(csv.reader([row])), "", "", ""][:4]
    assert good["error"] == ""
    assert done.returncode == 1


def test_of_several_units_one_may_fail_alone() -> None:
    done = batch("--to", "usd,squid", text=HEADER + "2024-06-20,1200,CNY,Hyesan\n2024-09-20,1200,CNY,Hyesan\n")
    first, second = rows_of(done.stdout)
    assert first["error"] == ""
    assert first["squid_low"]
    assert second["error"].startswith("squid: no market rate of squid")
    assert (second["usd_low"] > "", second["squid_low"]) == (True, "")
    assert list(first)[4:] == columns_of(["usd", "squid"])
    assert list(first)[4:10] == ["usd_low", "usd_high", "usd_rate_ids", "usd_age_days", "usd_place_used", "squid_low"]
    assert done.returncode == 1


def test_strict_stops_before_the_first_bad_row(tmp_path: Path) -> None:
    text = HEADER + ROW + "2024-06-10,many,CNY,Hyesan\n" + ROW
    done = batch("--to", "usd", "--strict", text=text)
    assert done.returncode == 1
    assert len(rows_of(done.stdout)) == 1
    assert b"1 row had an error, stopped there; first: standard input, line 3: " in done.stderr
    done = batch("--to", "usd", "--strict", "-o", str(tmp_path / "out.csv"), text=text)
    assert (done.returncode, list(tmp_path.iterdir())) == (1, [])


# Columns.


def test_a_unit_for_all_rows_and_units_inside_cells() -> None:
    fixed = rows_of(batch("--to", "won", "--unit", "CNY", "--on", "2024-06-04", text="price\n7\n7 USD\n").stdout)
    assert [row["won_low"] for row in fixed] == [str(7 * 1009), str(7 * 7907)]
    inside = rows_of(batch("--to", "won", "--on", "2024-06-04", text="price\n7 yuan\n7\n").stdout)
    assert inside[0]["won_low"] == str(7 * 1009)
    assert "no unit" in inside[1]["error"]


def test_empty_cells_fall_back_on_the_options() -> None:
    text = "when,n,cur,where\n,7,CNY,\n2024-06-04,7,CNY,Pyongyang\n"
    options = ["--amount", "n", "--date", "when", "--place", "where", "--unit", "cur", "--on", "2024-06-24", "--at"]
    first, second = rows_of(batch("--to", "won", *options, "Hyesan", text=text).stdout)
    assert (first["rate_ids"], second["rate_ids"]) == ("cny-hyesan-late", "cny-pyongyang")


def test_a_date_that_is_missing_in_its_column_is_an_error() -> None:
    first, second = rows_of(batch("--to", "won", text=HEADER + ROW + ROW.replace("2024-06-10", "")).stdout)
    assert (first["error"], second["error"]) == ("", "the date is missing")


def test_without_a_date_the_newest_day_is_said_once() -> None:
    done = batch("--to", "won", "--unit", "CNY", text="amount\n7\n8\n9\n")
    assert done.stderr.count(b"no --on given: answered for 2024-09-02") == 1
    assert rows_of(done.stdout)[0]["rate_ids"] == "cny-hundred"


@pytest.mark.parametrize(
    "header, columns",
    [
        ("date,amount,currency,place", Columns(1, 2, 0, 3)),
        ("Place;Price;Unit", Columns(1, 2, None, 0)),
        ("날짜,금액,통화,장소", Columns(1, 2, 0, 3)),
        ("日期,金额,货币,地点", Columns(1, 2, 0, 3)),
        ("日付,金額,通貨,場所", Columns(1, 2, 0, 3)),
        ("id, Amount ,note", Columns(1)),
    ],
)
def test_columns_are_told_by_the_header(header: str, columns: Columns) -> None:
    cells = header.replace(";", ",").split(",")
    found, said = located(cells)
    assert found == columns
    assert len(said) == 1
    assert f"amount {cells[columns.amount]!r}" in said[0]


def test_columns_are_never_told_between_two() -> None:
    with pytest.raises(BadOption, match="which column holds the amount: 'amount' or 'price'"):
        located(["amount", "price"])
    with pytest.raises(BadOption, match="which column holds the unit: 'unit' or 'currency'"):
        located(["amount", "unit", "currency"])
    with pytest.raises(BadOption, match="which column holds the amount"):
        located(["a", "b"])
    assert located(["amount", "price"], amount="price")[0] == Columns(1)
    assert all(len(names) > 10 for names in NAMES.values())


def test_columns_given_by_name_or_number() -> None:
    assert find(["a", "b", "B"], "b", "--amount") == 1
    assert find(["a", "Amount"], "amount", "--amount") == 1
    assert find(["a", "b", "a"], "3", "--amount") == 2
    with pytest.raises(BadOption, match="2 columns are called 'a'"):
        find(["a", "b", "a"], "a", "--amount")
    with pytest.raises(UnknownName, match="unknown column: 'amuont'") as caught:
        find(["amount", "b"], "amuont", "--amount")
    assert caught.value.near == ["amount"]
    for number in ("0", "4", "99999999999999999999"):
        with pytest.raises(UnknownName):
            find(["a", "b", "a"], number, "--amount")


def test_an_option_for_all_rows_says_which_column_it_passes_over() -> None:
    columns, said = located(["amount", "currency", "date"], unit="CNY", on="2024")
    assert columns == Columns(0)
    assert said[:2] == [
        "column 'currency' is not read: CNY holds for all rows",
        "column 'date' is not read: 2024 holds for all rows",
    ]


def test_duplicate_names_need_a_number() -> None:
    data = (NASTY / "duplicate_names.csv").read_bytes()
    assert batch("--to", "usd", text=data).returncode == 2
    done = batch("--to", "won", "--amount", "3", "--date", "", "--on", "2024-06-04", text=data)
    assert done.stdout.splitlines()[1].startswith(b"2025-10-17,1200,1300,CNY,Hyesan,1311700,1316900,")


def test_only_and_drop() -> None:
    assert batch("--to", "usd", "--only", "amount,usd_low,error").stdout == b"amount,usd_low,error\n1200,156,\n"
    assert batch("--to", "usd", "--only", "usd_high").stdout == b"usd_high\n204\n"
    assert batch("--to", "usd", "--only", "place").stdout == b"place\nHyesan\n"
    dropped = batch("--to", "usd", "--drop", "date,rate_ids,age_days,place_used").stdout
    assert dropped == b"amount,currency,place,usd_low,usd_high,error\n1200,CNY,Hyesan,156,204,\n"
    done = batch("--to", "usd", "--only", "usd_lo")
    assert done.returncode == 2
    assert b"unknown column: 'usd_lo'" in done.stderr
    assert b"Did you mean usd_low" in done.stderr
    assert b"no column would be left" in batch("--to", "usd", "--only", "place", "--drop", "place").stderr


def test_a_column_of_the_result_that_the_table_has_already() -> None:
    done = batch("--to", "usd", text="amount,error\n1,x\n")
    assert done.returncode == 2
    assert b"two columns would be called 'error'" in done.stderr
    assert b"two columns would be called 'usd_low'" in batch("--to", "usd,USD").stderr


@pytest.mark.parametrize("unit, name", [("usd", "usd"), (" USD ", "usd"), ("lb rice", "lb_rice"), ("쌀", "쌀")])
def test_columns_carry_the_unit_as_typed(unit: str, name: str) -> None:
    assert stem(unit) == name


# In and out.


def test_the_delimiter_stays() -> None:
    done = batch("--to", "usd", text=(HEADER + ROW).replace(",", ";"))
    assert done.stdout.splitlines()[1].startswith(b"2024-06-10;1200;CNY;Hyesan;156;204;cny-usd-press;0;World;")
    assert b"cells are parted by a semicolon" in done.stderr


def test_encodings_come_out_as_utf8() -> None:
    for name in ("cp949.csv", "utf16_le_bom.csv", "utf32_bom.csv"):
        done = run(["batch", "--to", "usd", str(NASTY / name)])
        assert "운전면허,168,168" in done.stdout.decode("utf-8-sig")
        assert done.returncode == 0
        assert done.stdout.startswith(b"\xef\xbb\xbf") == name.startswith("utf")
    assert b"read as CP949" in run(["batch", "--to", "usd", str(NASTY / "cp949.csv")]).stderr


def test_bytes_that_are_not_utf8_come_out_as_they_were() -> None:
    done = run(["batch", "--to", "usd", str(NASTY / "bad_byte.csv")])
    assert done.returncode == 1
    assert b"\xff here,,,,,,byte 0xFF is not UTF-8\n" in done.stdout


def test_formulas_are_made_harmless() -> None:
    data = (NASTY / "formulas.csv").read_bytes()
    notes = [row["note"] for row in rows_of(run(["batch", "--to", "usd"], stdin=data).stdout)]
    assert notes == [
        "'=HYPERLINK(\"http://example.com\")", "'+cmd|/C calc!A0", "'-2+3", "'@SUM(A1)", "-5", "'+850 10 555", "'\ttab",
    ]  # fmt: skip
    raw = run(["batch", "--to", "usd", "--raw"], stdin=data).stdout
    assert [row["note"] for row in rows_of(raw)] == [note.removeprefix("'") for note in notes]
    wide = batch("--to", "usd", text="＝amount,amount\n1,1 CNY\n").stdout.decode()
    assert wide.startswith("'＝amount,")


@pytest.mark.parametrize("text", ["=1+1,7 CNY", "x,7 CNY,-1+2", '"x\n-",7 CNY,"\n=1"', '"a\nb",7 CNY,=1', "-,7 CNY"])
def test_formulas_wherever_they_stand(text: str) -> None:
    header = "note,amount,more\n" if text.count(",") > 1 else "note,amount\n"
    [row] = rows_of(batch("--to", "usd", "--on", "2024-06", text=header + text + "\n").stdout)
    for cell in (row["note"], row.get("more", "")):
        assert not cell or cell[0] not in "=+-@"


def test_terminal_escapes_in_cells_do_not_reach_messages() -> None:
    done = run(["batch", "--to", "usd", str(NASTY / "markup.csv")])
    assert b"\x1b" not in done.stderr
    assert all("\x1b" not in row["error"] for row in rows_of(done.stdout))


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    source, result = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(HEADER + ROW)
    result.write_text("old")
    result.chmod(0o640)
    done = batch("--to", "usd", str(source), "-o", str(result))
    assert (done.returncode, done.stdout) == (0, b"")
    assert result.read_bytes() == batch("--to", "usd").stdout
    assert result.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]
    assert batch("--to", "usd", str(source), "-o", str(source)).returncode == 0
    assert source.read_bytes() == result.read_bytes()


def test_a_run_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    result = tmp_path / "out.csv"
    result.write_text("old")
    bad = (HEADER + ROW).encode() + b'2024-06-10,"' + b"x" * 20_000_000
    assert batch("--to", "usd", "-o", str(result), text=bad).returncode == 2
    assert result.read_text() == "old"
    assert batch("--to", "usd", "-o", str(tmp_path / "no" / "out.csv")).returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_device_is_written_to_not_replaced() -> None:
    assert batch("--to", "usd", "-o", "/dev/stdout").stdout == batch("--to", "usd").stdout
    assert batch("--to", "usd", "-o", "/dev/null").returncode == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_one_message() -> None:
    done = batch("--to", "usd", "-o", "/dev/full", text=HEADER + ROW * 10_000)
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "options, part",
    [
        (["--to", "usd", "/nowhere.csv"], b"/nowhere.csv: cannot be read: No such file"),
        (["--to", "usd", "/"], b"/: cannot be read: Is a directory"),
        (["--to", "usd", "--engine", "abacus"], b"unknown engine: 'abacus'"),
        (["--to", "usd", "--quote", "x"], b"unknown quote: 'x'"),
        (["--to", "usd", "--encoding", "klingon"], b"unknown encoding: 'klingon'"),
        (["--to", "usd", "--delimiter", "::"], b"a delimiter is one character"),
        (["--to", "usd", "--on", "someday"], b"cannot read 'someday' as a date"),
        (["--to", "usd", "--at", "Atlantis"], b"unknown place: 'Atlantis'"),
        (["--to", "florins"], b"florins"),
        (["--to", "usd", "--unit", "florins"], b"florins"),
        (["--to", "usd", "--amount", "sum"], b"unknown column: 'sum'"),
    ],
)
def test_options_that_make_no_sense(options: list[str], part: bytes) -> None:
    done = batch(*options)
    assert done.returncode == 2, done.stderr
    assert part in done.stderr
    assert done.stdout == b""


# Pipes.


def piped(*options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [NKAUTO, "batch", *TOY, "--to", "usd", *options],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_a_row_comes_out_while_the_pipe_is_open() -> None:
    with piped() as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write((HEADER + ROW).encode())
        process.stdin.flush()
        assert process.stdout.readline().startswith(b"date,")
        assert process.stdout.readline().startswith(b"2024-06-10,1200")
        begun = time.monotonic()
        process.stdin.write(ROW.encode())
        process.stdin.flush()
        assert process.stdout.readline().startswith(b"2024-06-10,1200")
        assert time.monotonic() - begun < 1
        process.stdin.close()
        assert process.wait(10) == 0


def test_a_reader_that_leaves_ends_it_quietly() -> None:
    rows = f"yes '{ROW.strip()}' | (echo {HEADER.strip()}; cat)"
    command = f"{rows} | {NKAUTO} batch --to usd --only-rates {toy.FOLDER} | head -3"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=20, check=False)
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr.count(b"\n") == 1
    assert b"told by the header" in done.stderr


def test_an_interruption_leaves_no_half_file(tmp_path: Path) -> None:
    result = tmp_path / "out.csv"
    with piped("-o", str(result)) as process:
        assert process.stdin
        process.stdin.write((HEADER + ROW * 10_000).encode())
        process.stdin.flush()
        for _ in range(200):
            if any(tmp_path.iterdir()):
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
    assert list(tmp_path.iterdir()) == []


def test_progress_only_on_a_terminal(tmp_path: Path) -> None:
    above, below = pty.openpty()
    process = subprocess.Popen(
        [NKAUTO, "batch", *TOY, "--to", "usd"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=below
    )
    os.close(below)
    assert process.stdin
    process.stdin.write((HEADER + ROW).encode())
    process.stdin.flush()
    time.sleep(1.5)
    process.stdin.write(ROW.encode())
    process.stdin.flush()
    time.sleep(0.3)
    process.stdin.write(ROW.encode())
    process.stdin.close()
    assert process.wait(10) == 0
    said = b""
    try:
        while piece := os.read(above, 4096):
            said += piece
    except OSError:
        pass
    os.close(above)
    assert b" rows" in said
    assert said.endswith(b"\r\x1b[K")
    assert b" rows" not in batch("--to", "usd").stderr


# Memory and time that do not grow.


def test_answers_are_forgotten_past_a_limit(toy_book: RateBook) -> None:
    rows = "".join(f"2024-06-10,{number},CNY,Nowhere{number}\n" for number in range(KEPT + 100))
    text, run_ = converted((HEADER + rows).encode(), toy_book, ["usd"])
    assert text.count("unknown place") == KEPT + 100
    assert run_.errors == KEPT + 100
    assert len(run_._plain) <= KEPT


def test_many_rows_of_all_kinds_agree_with_one_by_one(toy_book: RateBook) -> None:
    """Blocks that are converted at once and rows that are read one by one give the same."""
    chance = random.Random(7)
    plain = [
        f"2024-06-{chance.randint(1, 28):02},{chance.randint(0, 10**9)},{chance.choice(['CNY', 'USD', 'won'])},Hyesan"
        for _ in range(8000)
    ]
    mixed = plain.copy()
    mixed[::50] = ['2024-06-10,"1,200",CNY,Hyesan'] * len(mixed[::50])
    fast, _ = converted((HEADER + "\n".join(plain)).encode(), toy_book, ["usd"])
    slow, _ = converted((HEADER + "\n".join(mixed)).encode(), toy_book, ["usd"])
    fast_lines, slow_lines = fast.splitlines(), slow.splitlines()
    assert len(fast_lines) == len(slow_lines) == 8001
    assert all(
        a == b
        for number, (a, b) in enumerate(zip(fast_lines, slow_lines, strict=True))
        if (number - 1) % 50 or not number
    )
