"""Exports are read by the real programs, which value as nkauto does: hledger, ledger, beancount, GNU units, SQLite."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import session

from nkauto import convert, load
from nkauto.read.ratefiles import shipped
from nkauto.read.ratefolder import Folder

DATED = [
    ("1200", "CNY", "KPW", "2010-01-01"),
    ("1200", "CNY", "KPW", "2012-08-29"),  # between two surveys: the hull of both
    ("1200", "CNY", "KPW", "2016-06-20"),
    ("1200", "CNY", "KPW", "2018-04-02"),
    ("1200", "CNY", "KPW", "2021-02-05"),
    ("1200", "CNY", "KPW", "2023-06-20"),
    ("1200", "CNY", "KPW", "2024-11-20"),
    ("1200", "CNY", "KPW", "2025-09-20"),
    ("1200", "CNY", "KPW", "2025-10-17"),
    ("30000", "USD", "KPW", "2011-03-01"),  # the nearest report is later
    ("30000", "USD", "KPW", "2014-05-10"),
    ("30000", "USD", "KPW", "2022-07-05"),
    ("30000", "USD", "KPW", "2024-04-05"),
    ("30000", "USD", "KPW", "2025-10-12"),
    ("5", "rice", "KPW", "2010-03-01"),
    ("5", "rice", "KPW", "2015-07-07"),
    ("5", "rice", "KPW", "2024-02-29"),
    ("5", "rice", "KPW", "2025-10-20"),
    ("3", "wage", "KPW", "2012-08-21"),
    ("3", "wage", "KPW", "2024-06-30"),
    ("3", "wage", "KPW", "2025-12-12"),
    ("100", "CNY", "USD", "2012-08-29"),
    ("100", "CNY", "USD", "2025-11-14"),
    ("100", "CNY", "USD", "2026-02-02"),
]
TYPED = {"CNY": "CNY", "USD": "USD", "rice": "kg rice", "wage": "wage-months"}
POINTS = ("low", "high", "middle")
BOOK = load()


def needs(program: str) -> str:
    found = shutil.which(program) or shutil.which(program, path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def run(*arguments: str, stdin: str = "") -> str:
    done = subprocess.run(arguments, input=stdin, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def answer(amount: str, item: str, currency: str, day: str) -> tuple[Decimal, Decimal]:
    held = convert(f"{amount} {TYPED[item]}", [currency], on=day, book=BOOK).results[0].range
    return held.low, held.high


def expected(point: str) -> list[Fraction]:
    ends = [tuple(map(Fraction, answer(*case))) for case in DATED]
    return [{"low": low, "high": high, "middle": (low + high) / 2}[point] for low, high in ends]


def exported(tmp_path: Path, program: str, point: str, *more: str) -> Path:
    file = tmp_path / f"prices.{program}"
    done = session.run(["rates", "export", "--to", program, "--point", point, "-o", str(file), *more])
    assert (done.returncode, done.stdout) == (0, b""), done.stderr.decode()
    return file


def close(found: list[Fraction], wanted: list[Fraction]) -> None:
    """The programs show at least twelve digits; more than that nobody prints."""
    assert len(found) == len(wanted)
    for case, one, other in zip(DATED, found, wanted, strict=True):
        assert abs(one - other) <= Fraction(1, 10**9) * abs(other), (case, float(one), float(other))


def bought(currency: str) -> str:
    """Return the purchases that are to be valued in one currency, each described by its number."""
    numbered = [(number, case) for number, case in enumerate(DATED) if case[2] == currency]
    return "".join(f"{day} {number}\n  a  {amount} {item}\n  b\n" for number, (amount, item, _, day) in numbered)


@pytest.mark.parametrize("point", POINTS)
def test_hledger_values_as_nkauto_does(tmp_path: Path, point: str) -> None:
    hledger = needs("hledger")
    prices = str(exported(tmp_path, "hledger", point, *TYPED))
    found: dict[int, Fraction] = {}
    for currency in ("KPW", "USD"):
        journal = f"commodity 1.000000000000 {currency}\n{bought(currency)}"
        said = run(
            hledger, "-f", prices, "-f", "-", "reg", "^a$", f"--value=then,{currency}", "-O", "csv", stdin=journal
        )
        for row in csv.DictReader(io.StringIO(said)):
            found[int(row["description"])] = Fraction(row["amount"].removesuffix(f" {currency}").replace(",", ""))
    close([found[number] for number in range(len(DATED))], expected(point))


@pytest.mark.parametrize("point", POINTS)
def test_ledger_values_as_nkauto_does(tmp_path: Path, point: str) -> None:
    ledger = needs("ledger")
    prices = {"KPW": exported(tmp_path, "ledger", point, *TYPED).rename(tmp_path / "won")}
    prices["USD"] = exported(tmp_path, "ledger", point, "CNY", "--market", "reference")
    found: dict[int, Fraction] = {}
    for currency in ("KPW", "USD"):
        journal = tmp_path / "journal"
        journal.write_text(f"include {prices[currency]}\n{bought(currency)}")
        show = "%(payee) %(quantity(scrub(display_amount)))\n"
        for line in run(
            ledger, "-f", str(journal), "reg", "^a$", "-X", currency, "-H", "--no-revalued", "--format", show
        ).splitlines():
            number, amount = line.split()
            found[int(number)] = Fraction(amount)
    close([found[number] for number in range(len(DATED))], expected(point))


@pytest.mark.parametrize("point", POINTS)
def test_beancount_values_as_nkauto_does(tmp_path: Path, point: str) -> None:
    check, query = needs("bean-check"), needs("bean-query")
    prices = exported(tmp_path, "beancount", point, *TYPED)
    lines = [f'include "{prices}"', 'option "inferred_tolerance_default" "*:0.01"']
    lines += ["2000-01-01 open Assets:A", "2000-01-01 open Equity:B"]
    for number, (amount, item, _, day) in enumerate(DATED):
        lines += [f'{day} * "{number}"', f"  Assets:A  {amount} {item.upper()}", "  Equity:B"]
    journal = tmp_path / "journal.beancount"
    journal.write_text("\n".join(lines) + "\n")
    run(check, str(journal))
    found: dict[int, Fraction] = {}
    for currency in ("KPW", "USD"):
        valued = f"convert(position, '{currency}', date)"
        asked = f"SELECT narration, number({valued}), currency({valued}) WHERE account = 'Assets:A'"
        said = run(query, "-f", "csv", str(journal), asked)
        for narration, number, unit in list(csv.reader(io.StringIO(said)))[1:]:
            if DATED[int(narration)][2] == currency:
                assert unit.strip() == currency
                found[int(narration)] = Fraction(number.strip())
    close([found[number] for number in range(len(DATED))], expected(point))


def test_each_program_reads_the_whole_book(tmp_path: Path) -> None:
    run(needs("hledger"), "-f", str(exported(tmp_path, "hledger", "low")), "check")
    run(needs("bean-check"), str(exported(tmp_path, "beancount", "low")))
    run(needs("ledger"), "-f", str(exported(tmp_path, "ledger", "low")), "balance")


def test_a_beancount_price_carries_its_range_and_rows(tmp_path: Path) -> None:
    needs("bean-check")
    from beancount import loader  # type: ignore[import-untyped]

    entries, errors, _ = loader.load_file(str(exported(tmp_path, "beancount", "low", "CNY")))
    assert errors == []
    (price,) = (
        entry
        for entry in entries
        if (entry.date, entry.currency, entry.amount.currency) == (date(2025, 10, 17), "CNY", "KPW")
    )
    assert price.meta["range"] == "5700..5700"
    assert price.meta["rates"] == "cny-2025-10-17-north-hamgyong-and-ryanggang-asiapress"


@pytest.mark.parametrize("program", ["ledger", "hledger", "beancount", "units"])
@pytest.mark.parametrize("point", POINTS)
def test_the_head_says_how_a_range_became_a_point_and_from_which_book(tmp_path: Path, program: str, point: str) -> None:
    head = exported(tmp_path, program, point, "CNY", "--on", "2025-10").read_text(encoding="utf-8")[:1500]
    assert f"Point: {point};" in head
    assert BOOK.checksum in head


def test_a_ledger_is_told_where_nkauto_refuses(tmp_path: Path) -> None:
    text = exported(tmp_path, "ledger", "low", "wage").read_text(encoding="utf-8")
    silent = [line.split() for line in text.splitlines() if line.startswith("; no rate from ")]
    assert silent
    for *_, first, _, last in silent:
        for day in (first, last):
            with pytest.raises(Exception, match="no state rate of monthly wage"):
                convert("1 wage-month", ["KPW"], on=day, book=BOOK)


@pytest.mark.parametrize("point", POINTS)
def test_gnu_units_answers_as_nkauto_does(tmp_path: Path, point: str) -> None:
    units = needs("units")
    file = str(exported(tmp_path, "units", point, "--on", "2025-10", "--at", "Hyesan"))
    assert "error" not in run(units, "-f", file, "--check").casefold()

    def said(have: str, want: str) -> Fraction:
        return Fraction(run(units, "-f", file, "-t", "-o", "%.15g", have, want).strip())

    cases = [
        ("1200 CNY", "KPW", "1200 yuan", "KPW"),
        ("5 kg rice", "KPW", "5 kg rice", "KPW"),
        ("3 month wage", "KPW", "3 wage-months", "KPW"),
    ]
    for have, want, typed, currency in cases:
        held = convert(typed, [currency], on="2025-10", at="Hyesan", book=BOOK).results[0].range
        low, high = Fraction(held.low), Fraction(held.high)
        wanted = {"low": low, "high": high, "middle": (low + high) / 2}[point]
        assert abs(said(have, want) - wanted) <= Fraction(1, 10**9) * wanted, have
    rice = convert("1200 yuan", ["rice"], on="2025-10", at="Hyesan", book=BOOK).results[0].range
    assert said("1200 CNY_low / rice_high", "kg") == pytest.approx(Fraction(rice.low), rel=1e-9)
    assert said("1200 CNY_high / rice_low", "kg") == pytest.approx(Fraction(rice.high), rel=1e-9)


def test_sqlite_holds_every_row_exactly_with_its_source(tmp_path: Path) -> None:
    file = exported(tmp_path, "sqlite", "low")
    with sqlite3.connect(file) as connection:
        (count,) = connection.execute("SELECT count(*) FROM rates").fetchone()
        (joined,) = connection.execute("SELECT count(*) FROM figures").fetchone()
        row = connection.execute(
            'SELECT low, high, currency, "to", publisher FROM rates r JOIN sources s ON s.id = source WHERE r.id = ?',
            ["cny-2025-10-17-north-hamgyong-and-ryanggang-asiapress"],
        ).fetchone()
        state = dict(connection.execute("SELECT name, value FROM book").fetchall())
    assert count == joined == len(BOOK)
    assert row == ("5700", "5700", "KPW", "2025-10-17", "ASIAPRESS")
    assert state["book_checksum"] == BOOK.checksum


def test_csv_and_json_hold_every_row_as_the_book_does(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(tmp_path, "csv", "low").read_text(encoding="utf-8"))))
    held = json.loads(exported(tmp_path, "json", "low").read_text(encoding="utf-8"))
    folder = Folder(shipped())
    shipped_rows = {
        entry.cells[0]: entry.cells
        for name in folder.rate_files
        if name != "reference.csv"
        for entry in folder.table(name)
    }
    assert len(rows) == len(held["rates"]) == len(shipped_rows)
    assert held["book"]["checksum"] == rows[0]["book_checksum"] == BOOK.checksum
    for row, same in zip(rows, held["rates"], strict=True):
        cells = shipped_rows[row["id"]]
        assert [row[name] for name in ("item", "currency", "from", "to", "place", "source")] == [
            cells[i] for i in (1, 7, 8, 9, 10, 13)
        ]
        assert [Decimal(row[name]) for name in ("quantity", "low", "high")] == [Decimal(cells[i]) for i in (3, 5, 6)]
        assert (same["low"], same["url"]) == (row["low"], row["url"])


def test_the_shipped_data_package_is_valid() -> None:
    from frictionless import validate  # type: ignore[import-untyped]

    report = validate(str(shipped() / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]
