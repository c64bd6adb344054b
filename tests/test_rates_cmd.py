"""``nkauto rates``: the book listed, shown, covered, crossed, validated, extended, begun anew, refreshed."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import session
import toy
from hypothesis import given
from hypothesis import strategies as st

from nkauto.core.choose import Scope, choose
from nkauto.core.coverage import Filter, coverage, longest_gap, matching, neighbours
from nkauto.core.cross import crossings
from nkauto.core.period import Period
from nkauto.core.valuation import point, quoted, stretches
from nkauto.errors import NoRate
from nkauto.read.ratefiles import load, shipped
from nkauto.read.validation import validate

YUAN = "cny-2025-10-17-north-hamgyong-and-ryanggang-asiapress"
THERE = ["--on", "2025-10-17", "--at", "Hyesan", "--publisher", "Daily NK"]
ADD = ["rates", "add", "CNY", "5,300-5,400 won", *THERE]
URL = ["--url", "https://example.org/a"]


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's data folder of its own for each test."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    return folder


def said(*arguments: str | Path, code: int = 0, columns: int = 80, stdin: bytes = b"") -> str:
    done = session.run([str(word) for word in arguments], columns=columns, stdin=stdin)
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return (done.stdout if code == 0 else done.stderr + done.stdout).decode()


def _rate(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the one published input of an answer."""
    (held,) = [given for given in answer["inputs"] if given["rate_ids"]]
    return held


def records(*arguments: str | Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(said(*arguments, "-f", "csv"))))


# list, show, coverage, sources, info


def test_a_list_gives_every_row_of_a_filter_as_its_source_states_it() -> None:
    rows = records("rates", "list", "driving-licence", "--on", "2025-10", "--at", "Ryanggang", "--source", "ASIAPRESS")
    (row,) = rows
    assert (row["low"], row["high"], row["currency"], row["from"]) == ("1200", "1200", "CNY", "2025-10-01")
    assert row["url"].startswith("https://www.asiapress.org/")
    assert row["book_checksum"] == load().checksum


def test_a_place_counts_with_the_places_within_it_and_a_slash_with_all_below_an_item() -> None:
    inside = {row["place"] for row in records("rates", "list", "rice", "--at", "Ryanggang")}
    assert {"Hyesan", "Ryanggang"} <= inside
    assert "Pyongyang" not in inside
    assert {row["item"] for row in records("rates", "list", "wage/")} > {"wage", "wage/teacher"}
    assert {row["item"] for row in records("rates", "list", "wage")} == {"wage"}


@pytest.mark.parametrize(
    "command",
    [
        ["list", "CNY", "--on", "2025-10"],
        ["show", YUAN],
        ["coverage", "rice", "--at", "Hyesan"],
        ["sources", "driving-licence"],
        ["cross", "--on", "2025-10"],
        ["info"],
    ],
)
def test_every_format_holds_the_same_and_names_the_state_of_the_book(command: list[str]) -> None:
    flat = records("rates", *command)
    lines = [json.loads(line) for line in said("rates", *command, "-f", "ndjson").splitlines()]
    document = json.loads(said("rates", *command, "-f", "json"))
    (held,) = [value for value in document.values() if isinstance(value, list)]
    assert flat == lines
    bare = [{name: value for name, value in row.items() if name not in ("book_checksum", "version")} for row in flat]
    if command != ["info"]:
        assert held == bare
    assert document["book"]["checksum"] == flat[0]["book_checksum"] == load().checksum
    assert said("rates", *command, "-f", "md").splitlines()[0].startswith("| ")


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("command", [["list", "CNY", "--on", "2025"], ["coverage", "rice"], ["cross", "--on", "2025"]])
def test_no_figure_or_id_of_a_list_is_cut(command: list[str], columns: int) -> None:
    text = said("rates", *command, columns=columns)
    for row in records("rates", *command):
        ids = [row[name] for name in ("id", "base_id") if name in row] or [row["first"]]
        assert ids[0] in text


def test_show_tells_which_rows_agree_and_which_do_not() -> None:
    text = said("rates", "show", "cny-2025-10-26-sinuiju-the-asia-review")
    assert "https://theasiareview.com/?p=16218" in text
    assert "agrees, 1 % higher" in text
    assert "18 % lower" in text
    other = records("rates", "show", "cny-2025-10-26-sinuiju-the-asia-review")
    assert [row["relation"] for row in other] == ["itself", "agrees", "disagrees", "disagrees"]
    assert [row["gap_days"] for row in other] == ["0", "0", "-9", "-16"]


def test_an_id_that_no_row_has_is_answered_with_ids_that_are_near() -> None:
    text = said("rates", "show", YUAN.removesuffix("s"), code=2)
    assert f"Did you mean {YUAN}" in text


def test_coverage_counts_rows_gaps_and_years() -> None:
    book = toy.book(
        toy.rate("a", 7, on="2023-01-01..2023-01-31"),
        toy.rate("b", 11, on="2023-01-10"),
        toy.rate("c", 13, on="2024-03-01"),
        toy.rate("d", 17, on="2024-03-01", place="Pyongyang"),
    )
    one, other = coverage(book, matching(book, Filter()))
    assert (one.place, one.rows, one.first, one.last) == ("Hyesan", 3, toy.day("2023-01-01"), toy.day("2024-03-01"))
    assert one.longest_gap == (toy.day("2024-03-01") - toy.day("2023-01-31")).days - 1
    assert (one.by_year, other.by_year) == ((2, 1), (0, 1))
    assert longest_gap([]) == 0


def test_coverage_adds_up_to_the_book() -> None:
    assert sum(int(row["rows"]) for row in records("rates", "coverage")) == len(load())


def test_sources_are_those_of_the_rows() -> None:
    listed = {row["id"]: int(row["rows"]) for row in records("rates", "sources", "driving-licence")}
    rows = records("rates", "list", "driving-licence")
    assert listed == {name: sum(row["source"] == name for row in rows) for name in {row["source"] for row in rows}}


def test_neighbours_agree_up_to_a_tenth() -> None:
    rows = [
        toy.rate("a", 100),
        toy.rate("b", 110),
        toy.rate("c", 111),
        toy.rate("d", 95, 105),
        toy.rate("e", 50, on="2025-06-10"),
    ]
    found = {held.row.id: (held.agrees, held.apart > 0) for held in neighbours(toy.book(*rows), rows[0])}
    assert found == {"b": (True, True), "c": (False, True), "d": (True, False)}


# cross


def test_a_survey_implies_a_rate_and_a_flipped_row_is_flagged() -> None:
    rows = [
        toy.rate("usd", 7000, item="USD"),
        toy.rate("cny", 1000, item="CNY"),
        toy.rate("usd-2", 9000, item="USD", place="Pyongyang"),
        toy.rate("cny-2", 1000, item="CNY", place="Pyongyang"),
        toy.rate("cny-3", 1000, item="CNY", place="Pyongyang", publisher="Other"),
    ]
    series = [
        toy.rate("ref", "0.140", "0.145", on="2024-06", item="CNY", currency="USD", market="reference", place="World")
    ]
    fits, off = crossings(toy.book(*rows, reference=series), "USD", "CNY")
    assert (fits.low, fits.high, fits.off, fits.flagged) == (7, 7, 0, False)
    assert fits.reference == (1 / Fraction("0.145"), 1 / Fraction("0.140"))
    assert (off.base.id, off.other.id, off.low, off.flagged) == ("usd-2", "cny-2", 9, True)
    assert off.off == 9 / (1 / Fraction("0.140")) - 1


def test_cross_on_the_command_line_flags_what_is_off() -> None:
    rows = records("rates", "cross", "USD", "CNY", "--on", "2025")
    assert {row["flagged"] for row in rows} == {"yes", "no"}
    assert all(row["flagged"] == "yes" for row in records("rates", "cross", "--on", "2025", "--flagged"))


# validate


def test_the_shipped_book_has_no_fault_and_no_warning() -> None:
    assert said("rates", "validate").splitlines()[-1].endswith("0 faults, 0 warnings.")


def _book(folder: Path, rows: str, sources: str = "src,Prime Press,,https://prime.example/a,\n") -> Path:
    folder.mkdir()
    (folder / "sources.csv").write_text(f"id,publisher,title,url,published\n{sources}")
    header = "id,item,variant,quantity,unit,low,high,currency,from,to,place,market,approx,source,note,replaces"
    (folder / "own.csv").write_text(f"{header}\n{rows}")
    return folder


def test_validate_names_every_fault_with_its_line_and_ends_with_4(tmp_path: Path) -> None:
    rows = (
        "a,rice,,1,kg,9,8,KPW,2025-01-01,2025-01-01,Hyesan,market,no,src,,\n"
        "b,ryce,,1,kg,9,9,KPW,2025-01-01,2025-01-01,Hyesan,market,no,src,,\n"
        "c,rice,,1,kg,nan,9,KPW,2025-01-01,2025-02-30,Hyesan,bazaar,no,nowhere,,\n"
    )
    folder = _book(tmp_path / "faulty", rows)
    text = said("rates", "validate", folder, code=4)
    for line in (2, 3, 4):
        assert f"own.csv:{line}: " in text
    assert "Did you mean rice" in text
    held = json.loads(session.run(["rates", "validate", str(folder), "-f", "json"]).stdout)
    assert {finding["kind"] for finding in held["findings"]} == {"fault"}
    assert {finding["line"] for finding in held["findings"]} == {"2", "3", "4"}


def test_validate_tells_doubles_bad_corrections_odd_values_and_odd_surveys(tmp_path: Path) -> None:
    rows = (
        "a,rice,,1,kg,9000,9000,KPW,2025-06-01,2025-06-01,Hyesan,market,no,src,,\n"
        "b,rice,,1,kg,9000,9000,KPW,2025-06-01,2025-06-01,Hyesan,market,no,src,,\n"
        f"c,CNY,,1,CNY,5700,5700,KPW,2025-10-17,2025-10-17,Hyesan,market,no,src,,{YUAN}\n"
        "d,CNY,,1,CNY,5700,5700,KPW,2025-10-16,2025-10-16,Hyesan,market,no,src,why,no-such-row\n"
        "e,rice,,1,kg,90000,90000,KPW,2025-06-02,2025-06-02,Sinuiju,market,no,src,,\n"
        "f,USD,,1,USD,60000,60000,KPW,2025-10-17,2025-10-17,Hyesan,market,no,src,,\n"
        "g,USD,,1,USD,61000,61000,KPW,2025-10-18,2025-10-18,Hyesan,market,no,src,stands apart: a panic,\n"
    )
    found = validate([_book(tmp_path / "odd", rows)])
    faults, warnings = "\n".join(found.faults), "\n".join(found.warnings)
    assert "own.csv:3: the same figure as own.csv:2" in faults
    assert "own.csv:4: replaces a row without saying why" in faults
    assert "own.csv:5: replaces 'no-such-row'" in faults
    assert len(found.faults) == 3
    assert "own.csv:6: rice at 90000–90000 KPW lies more than 2 times apart" in warnings
    assert "own.csv:7: with c it makes 10.5263 yuan to the dollar" in warnings
    assert "own.csv:8" not in warnings


def test_warnings_alone_are_no_fault_unless_asked(tmp_path: Path) -> None:
    folder = _book(tmp_path / "unused", "", "src,Prime Press,,https://prime.example/a,\n")
    assert "1 warning" in said("rates", "validate", folder)
    said("rates", "validate", folder, "--strict", code=4)


# stretches: what a ledger is handed


@pytest.mark.parametrize("item", ["rice", "wage", "CNY"])
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 900), st.integers(0, 40), st.integers(1, 99), st.booleans()), min_size=1, max_size=8
    ),
    place=st.sampled_from(["", "Hyesan", "Pyongyang"]),
)
def test_a_stretch_says_on_each_of_its_days_what_the_book_answers(item: str, rows, place: str) -> None:  # type: ignore[no-untyped-def]
    start = date(2020, 1, 1)
    held = [
        toy.rate(
            str(number),
            low,
            on=f"{start + timedelta(first)}..{start + timedelta(first + days)}",
            item=item,
            place="Hyesan" if here else "Pyongyang",
        )
        for number, (first, days, low, here) in enumerate(rows)
    ]
    book = toy.book(*held)
    thing = book.items[item]
    span = Period(start - timedelta(400), start + timedelta(1400))
    ((market, currency),) = quoted(book, thing)
    found = stretches(book, thing, Scope(span, place), currency, market)
    assert found[-1].period.last == span.last
    for stretch in found:
        for day in {
            stretch.period.first,
            stretch.period.last,
            stretch.period.first + (stretch.period.last - stretch.period.first) / 2,
        }:
            try:
                chosen = choose(book, item, Scope(Period.day(day), place))
                answer = (chosen.low, chosen.high)
            except NoRate:
                answer = None
            assert answer == ((stretch.chosen.low, stretch.chosen.high) if stretch.chosen else None), day


def test_the_middle_lies_half_way() -> None:
    assert [point(Fraction(7), Fraction(10), kind) for kind in ("low", "high", "middle")] == [7, 10, Fraction(17, 2)]


@pytest.mark.parametrize(
    "options, message",
    [
        (["--to", "gnucash"], "unknown program"),
        (["--to", "ledger", "--point", "mean"], "unknown point"),
        (["--to", "sqlite"], "needs a file"),
        (["--to", "ledger", "nothing-such"], "unknown item"),
    ],
)
def test_an_export_that_cannot_be_made_is_refused(options: list[str], message: str) -> None:
    assert message in said("rates", "export", *options, code=2)


# add and correct


def test_a_row_is_added_with_its_source_and_answers_from_then_on(tmp_path: Path) -> None:
    book = tmp_path / "mine"
    text = said(*ADD, *URL, "--rates", book)
    assert "without it: 4,920 KPW/CNY (1 row, Hyesan, 9 days away)" in text
    assert "with it: 5,300–5,400 KPW/CNY (1 row, Hyesan)" in text
    assert text.splitlines()[-1] == "cny-2025-10-17-hyesan-daily-nk"
    answer = json.loads(
        said("convert", "1 CNY", "--to", "KPW", "--on", "2025-10-17", "--at", "Hyesan", "--rates", book, "-f", "json")
    )
    assert (answer["results"][0]["low"], answer["results"][0]["high"]) == ("5300", "5400")
    assert _rate(answer)["rate_ids"] == ["cny-2025-10-17-hyesan-daily-nk"]
    assert answer["book"]["checksum"] != load().checksum
    assert "0 faults, 0 warnings" in said("rates", "validate", book)


def test_the_users_own_book_is_where_the_system_keeps_data(home: Path) -> None:
    said(*ADD, *URL)
    assert (home / "nkauto" / "rates" / "own.csv").is_file()
    assert any(
        row["id"] == "cny-2025-10-17-hyesan-daily-nk" for row in records("rates", "list", "CNY", "--on", "2025-10-17")
    )
    assert str(home) in said("rates", "info")


def test_a_correction_takes_the_place_of_the_row_that_it_names(tmp_path: Path) -> None:
    book = tmp_path / "mine"
    note = "the page was corrected on 3 March 2026"
    said("rates", "add", "CNY", "5,750 won", "--replaces", YUAN, "--note", note, "--rates", book)
    rows = records("rates", "list", "CNY", "--on", "2025-10-17", "--market", "market", "--rates", book)
    assert [(row["low"], row["replaces"], row["note"]) for row in rows] == [("5750", YUAN, note)]
    assert f"replaces {YUAN}: {note}" in said("rates", "info", "--rates", book)
    text = said("convert", "1 CNY", "--to", "KPW", "--on", "2025-10-17", "--at", "Ryanggang", "--rates", book)
    assert "5,750" in text


@pytest.mark.parametrize(
    "more, message",
    [
        ([], "not said: --url"),
        (["--url", "dailynk.com"], "is not an address"),
        ([*URL, "--replaces", YUAN], "a correction needs its reason"),
        ([*URL, "--replaces", "nothing"], "unknown row"),
        ([*URL, "--market", "bazaar"], "unknown market"),
        ([*URL, "--published", "2025-10"], "is not a day"),
    ],
)
def test_what_is_no_row_is_refused_and_writes_nothing(tmp_path: Path, more: list[str], message: str) -> None:
    assert message in said(*ADD, *more, "--rates", tmp_path / "mine", code=2)
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    "item, price, on",
    [
        ("CNY", "5 kg rice", "2025-10-17"),
        ("CNY", "5 CNY", "2025-10-17"),
        ("CNY", "nonsense", "2025-10-17"),
        ("nothing", "5 won", "2025-10-17"),
        ("CNY", "5 won", "2025-02-30"),
    ],
)
def test_a_figure_that_makes_no_sense_is_refused(tmp_path: Path, item: str, price: str, on: str) -> None:
    words = ["rates", "add", item, price, "--on", on, "--at", "Hyesan", "--publisher", "P", *URL]
    said(*words, "--rates", tmp_path / "mine", code=2)
    assert not (tmp_path / "mine").exists()


def _added(tmp_path: Path, *words: str) -> dict[str, str]:
    done = said("rates", "add", *words, "--publisher", "Prime Press", *URL, "--rates", tmp_path / "mine")
    name = done.splitlines()[-1]
    with (tmp_path / "mine" / "own.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = [row for row in csv.DictReader(stream) if row["id"] == name]
    return row


def test_what_a_price_says_of_itself_stands_in_the_row(tmp_path: Path) -> None:
    row = _added(
        tmp_path, "CNY", "about 14 USD per 100 CNY", "--on", "2026-01", "--at", "World", "--market", "reference"
    )
    assert [row[name] for name in ("quantity", "unit", "low", "currency", "approx", "from", "to")] == [
        "100", "CNY", "14", "USD", "yes", "2026-01-01", "2026-01-31",
    ]  # fmt: skip
    row = _added(tmp_path, "gasoline", "20,000–22,000 won/L", "--on", "2026-01-05", "--at", "Hyesan", "--before")
    assert [row[name] for name in ("unit", "low", "high", "from", "to")] == ["L", "20000", "22000", "", "2026-01-05"]
    assert row["id"] == "gasoline-before-2026-01-05-hyesan-prime-press"
    row = _added(tmp_path, "CNY", "530 won", "--on", "2009-01", "--at", "North Korea")
    assert row["currency"] == "KPW-OLD"


def test_a_hostile_cell_stays_a_cell(tmp_path: Path) -> None:
    nasty = '=HYPERLINK("x"),\n"[red]\x1b[31m\u202e'
    row = _added(
        tmp_path, "CNY", "5,300 won", "--on", "2026-01-05", "--at", "Hyesan", "--note", nasty, "--variant", nasty
    )
    assert row["note"] == nasty
    text = said("rates", "show", row["id"], "--rates", tmp_path / "mine")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert (
        said("rates", "list", "CNY", "--on", "2026-01-05", "--rates", tmp_path / "mine", "-f", "csv").count(
            "'=HYPERLINK"
        )
        == 2
    )
    assert "0 faults" in said("rates", "validate", tmp_path / "mine")


def test_a_dry_run_shows_and_writes_nothing(tmp_path: Path) -> None:
    assert "answer with it" in said(*ADD, *URL, "--dry-run", "--rates", tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_an_id_is_given_once(tmp_path: Path) -> None:
    again = ["rates", "add", "CNY", "5,350 won", *THERE, *URL, "--rates", tmp_path / "mine"]
    first = said(*ADD, *URL, "--rates", tmp_path / "mine").splitlines()[-1]
    assert "the book holds this figure already" in said(*ADD, *URL, "--rates", tmp_path / "mine", code=2)
    assert "stands in the book already" in said(*again, "--id", first, code=2)
    assert said(*again).splitlines()[-1] == f"{first}-2"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a pseudo-terminal")
def test_on_a_terminal_what_is_missing_is_asked_and_the_row_is_confirmed(tmp_path: Path) -> None:
    import pty

    number, terminal = pty.fork()
    if not number:
        book = str(tmp_path / "mine")
        os.environ["NO_COLOR"] = "1"
        os.execv(session.NKAUTO, [session.NKAUTO, *ADD[:4], "--rates", book])
    answers = iter(["2025-10-17", "Hyesan", "Daily NK", "https://example.org/a", "", "", "y"])
    seen = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            block = os.read(terminal, 4096)
        except OSError:
            break
        seen += block
        if not block:
            break
        if block.rstrip().endswith((b":", b"]:")):
            os.write(terminal, (next(answers) + "\n").encode())
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) == 0, seen.decode()
    assert b"Where (Hyesan" in seen
    assert b"Add it?" in seen
    assert "cny-2025-10-17-hyesan-daily-nk,CNY" in (tmp_path / "mine" / "own.csv").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills a process")
def test_killed_at_any_moment_the_command_leaves_the_old_book_or_the_new_one(tmp_path: Path) -> None:
    """Every line of the writer is killed in test_ownbook; here the whole command, at moments spread over its run."""
    book = tmp_path / "mine"
    said(*ADD, *URL, "--rates", book)
    for number, delay in enumerate((0.02, 0.1, 0.15, 0.2, 0.22, 0.24, 0.26, 0.3)):
        command = [session.NKAUTO, "rates", "add", "CNY", f"{5000 + number} won", *THERE, *URL, "--rates", str(book)]
        before = (book / "own.csv").read_bytes()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        after = (book / "own.csv").read_bytes()
        assert after.startswith(before)
        assert after[len(before) :].count(b"\n") in (0, 1)
        assert validate([book]).faults == ()
    said("rates", "add", "CNY", "5100 won", *THERE, *URL, "--rates", book)


def test_two_commands_at_once_lose_nothing(tmp_path: Path) -> None:
    book = tmp_path / "mine"
    processes = [
        subprocess.Popen(
            [session.NKAUTO, "rates", "add", "CNY", f"{5000 + number} won", *THERE, *URL, "--rates", str(book)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for number in range(6)
    ]  # fmt: skip
    assert [process.wait(60) for process in processes] == [0] * 6
    for process in processes:
        process.communicate()
    with (book / "own.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert sorted(row["low"] for row in rows) == [str(5000 + number) for number in range(6)]
    assert len({row["id"] for row in rows}) == 6


def test_a_folder_that_is_a_file_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("")
    text = said(*ADD, *URL, "--rates", tmp_path / "mine" / "deeper", code=2)
    assert "Name a folder that you may write to" in text


# another country


def test_a_book_for_another_country_walks_the_whole_way(tmp_path: Path) -> None:
    book = tmp_path / "cuba"
    said("rates", "template", book, "--country", "Cuba", "--currency", "CUP", "--currency-name", "Cuban peso|pesos")
    only = ["--only-rates", str(book)]
    rows = [
        ["wage", "4,200-5,000 CUP", "--on", "2025-03", "--variant", "average"],
        ["rice", "620-700 CUP/kg", "--on", "2025-03-10"],
        ["USD", "350-360 CUP", "--on", "2025-03-10"],
        ["motorcycle", "3,000-4,000 USD", "--on", "2025-03"],
        ["motorcycle", "2,000 USD", "--on", "2023-03"],
        ["USD", "170 CUP", "--on", "2023-03-15"],
        ["wage", "4,000 CUP", "--on", "2023-03"],
        ["rice", "200 CUP/kg", "--on", "2023-03-15"],
    ]
    for row in rows:
        said("rates", "add", *row, "--at", "Cuba", "--publisher", "Prime Press", *URL, *only)
    assert sorted(path.name for path in book.glob("*.csv") if len(path.read_text().splitlines()) > 1) == [
        "exchange.csv", "food.csv", "items.csv", "places.csv", "sources.csv", "vehicles-prices.csv", "wages.csv",
    ]  # fmt: skip
    assert "8 rows, 0 faults, 0 warnings" in said("rates", "validate", book)

    def low_high(*command: str) -> dict[str, tuple[str, str]]:
        held = json.loads(said(*command, *only, "-f", "json"))
        return {result["metric"]: (result["low"], result["high"]) for result in held["results"]}

    converted = low_high("convert", "10 USD", "--to", "CUP,rice,wage", "--on", "2025-03-10")
    assert converted["price_cup"] == ("3500", "3600")
    assert converted["rice_kg"] == ("5", "5.806451612903225806451612904")
    assert converted["wage_months"] == ("0.7", "0.8571428571428571428571428572")
    bought = low_high("afford", "motorcycle", "--on", "2025-03")
    assert bought["price_cup"] == ("1050000", "1440000")
    assert bought["wage_months"] == ("210", "342.8571428571428571428571429")
    assert "1 USD = 350–360 CUP" in said("afford", "motorcycle", "--on", "2025-03", *only)
    changed = low_high("compare", "motorcycle", "2023-03", "2025-03")
    assert changed["multiple"] == ("1.5", "2")
    from nkauto.cli import COMMANDS

    if "check" not in COMMANDS:
        pytest.skip("nkauto check is not there")
    article = tmp_path / "article.txt"
    article.write_text(
        "A dollar cost 350 pesos in March 2025, and a motorcycle at 3,000 dollars cost 1,050,000 pesos.\n"
    )
    done = session.run(["check", str(article), "--on", "2025-03", "-f", "json", *only])
    assert done.returncode == 0, done.stderr.decode()
    assert len(json.loads(done.stdout)["figures"]) >= 3


def test_a_new_books_data_package_is_valid_and_stays_so(tmp_path: Path) -> None:
    from frictionless import validate as frictionless_validate  # type: ignore[import-untyped]

    book = tmp_path / "burma"
    said("rates", "template", book, "--country", "Myanmar", "--currency", "MMK", "--currency-name", "kyat|kyats")
    words = ["--on", "2025-03", "--at", "Myanmar", "--publisher", "Prime Press", *URL, "--only-rates", book]
    said("rates", "add", "USD", "4,300-4,500 kyats", *words)
    report = frictionless_validate(str(book / "datapackage.json"))
    assert report.valid, report.flatten(["fieldName", "message"])[:5]
    assert (
        (book / "README.md")
        .read_text(encoding="utf-8")
        .startswith("# Prices, wages and exchange rates reported from Myanmar")
    )


@pytest.mark.parametrize(
    "country, currency, message",
    [("Cuba", "peso", "is not a currency code"), ("", "CUP", "is not the name"), ("a|b", "CUP", "is not the name")],
)
def test_a_template_needs_a_country_and_a_code(tmp_path: Path, country: str, currency: str, message: str) -> None:
    assert message in said("rates", "template", tmp_path / "x", "--country", country, "--currency", currency, code=2)
    assert not (tmp_path / "x").exists()


def test_a_template_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_text("mine")
    assert "holds CSV files already" in said(
        "rates", "template", tmp_path, "--country", "Cuba", "--currency", "CUP", code=2
    )
    assert [path.name for path in tmp_path.iterdir()] == ["prices.csv"]


# refresh


def history(days: int = 5800, dollar: str = "1.1") -> str:
    """Return a made-up history of the European Central Bank's form, newest first, back to its first day."""
    head = "Date,USD,JPY,GBP,KRW,CNY,RUB,\n"
    first = date(1999, 1, 4)
    whole = [first + timedelta(number) for number in range(days)]
    lines = [f"{day},{dollar},150,0.8,1500,7.7,N/A,\n" for day in reversed(whole) if day.weekday() < 5]
    return head + "".join(lines)


def test_refresh_prints_what_changed_and_a_second_time_nothing(tmp_path: Path) -> None:
    file = tmp_path / "eurofxref-hist.csv"
    file.write_text(history())
    text = said("rates", "refresh", file, "--rates", tmp_path / "mine")
    assert "ref-cny-1999-01: new, 0.142857–0.142858 USD" in text
    assert "more" in text
    assert said("rates", "refresh", file, "--rates", tmp_path / "mine") == ""
    file.write_text(history(dollar="1.2"))
    assert "0.142857–0.142858 to 1999-01-31 became 0.155844–0.155845 USD" in said(
        "rates", "refresh", file, "--rates", tmp_path / "mine"
    )
    assert validate([tmp_path / "mine"]).faults == ()
    answer = json.loads(
        said("convert", "100 CNY", "--to", "USD", "--on", "2010-02", "--rates", tmp_path / "mine", "-f", "json")
    )
    assert _rate(answer)["rate_ids"] == ["ref-cny-2010-02"]
    assert _rate(answer)["low"] == "0.155844"


@pytest.mark.parametrize(
    "spoil", [lambda text: text[:-40], lambda text: text.replace("7.7", "x", 1), lambda _: "", lambda _: history(4000)]
)
def test_a_cut_strange_or_older_file_changes_nothing(tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "eurofxref-hist.csv"
    file.write_text(history())
    said("rates", "refresh", file, "--rates", tmp_path / "mine")
    before = {path.name: path.read_bytes() for path in (tmp_path / "mine").iterdir()}
    file.write_text(spoil(history()))
    said("rates", "refresh", file, "--rates", tmp_path / "mine", code=2)
    assert {path.name: path.read_bytes() for path in (tmp_path / "mine").iterdir()} == before


# chart on the command line


def test_a_chart_is_drawn_in_the_terminal_and_to_files(tmp_path: Path) -> None:
    text = said("rates", "chart", "CNY", "--on", "2009-01-01..2025-12-31", columns=60)
    assert "log scale" in text
    assert "┊ 2009-12-01 100 old won became 1 new won" in text
    assert max(map(len, text.splitlines())) <= 60
    said(
        "rates",
        "chart",
        "rice",
        "--at",
        "Pyongyang,Sinuiju,Hyesan",
        "--on",
        "2024-01-01..2026-03-31",
        "--svg",
        tmp_path / "a.svg",
    )
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_a_place_whose_name_holds_commas_is_one_place() -> None:
    text = said(
        "rates", "chart", "rice", "--at", "Pyongyang, Sinuiju and Hyesan, Musan", "--on", "2010-01-01..2026-03-31"
    )
    assert "Pyongyang, Sinuiju and Hyesan: " in text or "Rice in Pyongyang, Sinuiju and Hyesan" in text
    assert "unknown place" in said("rates", "chart", "rice", "--at", "Hyesan,Nowhereton", code=2)


def test_rows_in_another_currency_are_named_where_they_are_not_drawn() -> None:
    done = session.run(["rates", "chart", "rice"])
    assert b"rows in CNY/kg are not drawn" in done.stderr


@pytest.mark.parametrize("encoding, draws", [("utf-8", True), ("ascii", False), ("latin-1", False)])
def test_blocks_are_drawn_only_where_they_can_be_shown(encoding: str, draws: bool) -> None:
    from nkauto.cli.rates import asked

    assert asked.draws(io.TextIOWrapper(io.BytesIO(), encoding)) == draws


def test_every_subcommand_shows_two_worked_examples() -> None:
    from nkauto.cli.rates import SUBCOMMANDS

    for name in SUBCOMMANDS:
        text = said("rates", name, "--help")
        assert text.count(f"nkauto rates {name}") >= 3, text  # the usage line and two examples


def test_platformdirs_is_imported_only_when_it_is_needed() -> None:
    code = "import sys, nkauto.cli.rates.asked; print('platformdirs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
    assert shipped().is_dir()
