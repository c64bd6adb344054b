"""Records: the contract's keys to the letter, exact numbers as strings, and cells in which nothing acts."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkauto import library
from nkauto.core.derivation import Derivation
from nkauto.errors import visible
from nkauto.show.records import FIELDS, document, harmless, rows, write_csv, write_json, write_markdown

VERSION = "7.11.13"


@pytest.fixture
def answer(toy_book) -> Derivation:
    return library.convert("1,201 yuan", ["won,usd,rice"], book=toy_book, on="2024-06-04", at="Hyesan")


def written(held: object, **options: bool) -> str:
    stream = io.StringIO()
    write_json(held, stream, **options)
    return stream.getvalue()


def test_the_document_has_the_keys_of_the_contract(answer):
    held = document(answer, VERSION)
    assert list(held) == ["query", "results", "inputs", "sources", "notes", "book"]
    assert held["query"] == {"command": "convert", "amount": "1,201 yuan", "on": "2024-06-04", "at": "Hyesan"}
    for result in held["results"]:
        assert list(result) == ["metric", "low", "high", "unit", "approx", "formula", "inputs"]
    for given_input in held["inputs"]:
        keys = ["name", "low", "high", "unit", "rate_ids", "place", "on", "age_days"]
        assert list(given_input) == ([*keys, "user"] if given_input["name"] == "amount" else keys)
    for source in held["sources"]:
        assert list(source) == ["id", "publisher", "title", "url", "published"]
    assert list(held["book"]) == ["rows", "checksum", "version"]


def test_the_document_says_what_was_worked_out(answer, toy_book):
    held = document(answer, VERSION)
    won, dollars, rice = held["results"]
    assert won == {
        "metric": "price_kpw", "low": "1211809", "high": "1216613", "unit": "KPW", "approx": False,
        "formula": "amount × CNY in KPW", "inputs": ["amount", "CNY in KPW"],
    }  # fmt: skip
    assert (dollars["low"], dollars["high"], dollars["approx"]) == ("156.13", "204.17", True)
    assert rice["low"] == "241.9263326013176282691155919"
    amount, yuan, ratio, _ = held["inputs"]
    assert amount == {
        "name": "amount", "low": "1201", "high": "1201", "unit": "CNY", "rate_ids": [], "place": "", "on": "",
        "age_days": None, "user": True,
    }  # fmt: skip
    assert yuan == {
        "name": "CNY in KPW", "low": "1009", "high": "1013", "unit": "KPW/CNY", "rate_ids": ["cny-hyesan-jun"],
        "place": "Hyesan", "on": "2024-06-03..2024-06-05", "age_days": 0,
    }  # fmt: skip
    assert ratio["rate_ids"] == ["cny-usd-press"]
    assert [source["id"] for source in held["sources"]] == ["prime"]
    assert held["sources"][0]["url"] == "https://prime.example/survey"
    assert held["book"] == {"rows": 27, "checksum": toy_book.checksum, "version": VERSION}
    assert held["notes"] == [*answer.notices, *answer.notes]
    assert held["notes"]


def test_the_query_repeats_every_option(toy_book):
    told = library.convert(
        "7 yuan", ["won"], book=toy_book, on="2024-06", at="혜산", market="market", source="prime press", within=7,
        rates=["1 CNY = 1,009 KPW", "1 USD = 7,907 KPW"],
    )  # fmt: skip
    assert document(told, VERSION)["query"] == {
        "command": "convert", "amount": "7 yuan", "on": "2024-06", "at": "Hyesan", "market": "market",
        "source": "Prime Press", "within": "7", "rates": "1 CNY = 1,009 KPW; 1 USD = 7,907 KPW",
    }  # fmt: skip


def test_the_users_own_rate_is_called_so(toy_book):
    told = library.convert("7 yuan", ["won"], book=toy_book, on="2024-06", rates=["1 CNY = 1,009 KPW"])
    rate = document(told, VERSION)["inputs"][1]
    assert rate == {
        "name": "CNY in KPW", "low": "1009", "high": "1009", "unit": "KPW/CNY", "rate_ids": ["user-1"], "place": "",
        "on": "", "age_days": None, "user": True,
    }  # fmt: skip
    assert document(told, VERSION)["sources"] == []


def test_other_reports_come_with_the_spread_alone(toy_book):
    told = library.afford("licence", book=toy_book, on="2024-06-04", at="Hyesan", spread=True)
    assert "other_reports" not in document(told, VERSION)
    held = document(told, VERSION, spread=True)
    other = held["other_reports"][0]
    assert list(other) == ["input", "low", "high", "unit", "rate_ids", "publisher", "gap_days", "results"]
    assert (other["input"], other["low"], other["high"]) == ("wage", "2003", "3001")
    assert (other["rate_ids"], other["publisher"], other["gap_days"]) == (["wage-before"], "Second News", -156)
    assert list(other["results"][0]) == ["metric", "low", "high", "unit"]
    cited = {source["id"] for source in held["sources"]}
    assert cited >= {"prime", "second"}


def test_numbers_are_strings_of_exact_decimals(answer):
    held = json.loads(written(document(answer, VERSION)))
    for part in (*held["results"], *held["inputs"]):
        for end in ("low", "high"):
            assert isinstance(part[end], str)
            assert set(part[end]) <= set("0123456789.")


def test_json_is_indented_and_ndjson_stands_on_one_line(answer):
    held = document(answer, VERSION)
    assert json.loads(written(held)) == json.loads(written(held, lines=True)) == held
    assert written(held).startswith('{\n  "query"')
    assert written(held, lines=True).count("\n") == 1
    assert written(held, lines=True).endswith("}\n")
    assert "쌀" in written({"a": "쌀"})


@given(st.text())
def test_no_character_in_json_acts_and_all_read_back(text):
    said = written({"a": text})
    said.encode("utf-8")
    assert json.loads(said)["a"] == text
    for character in said.rstrip("\n").replace("\n", ""):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x1b",
        "\x7f",
        "\x9b",
        "\u200b",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\u2028",
        "\ud800",
        "\U000e0041",
        "\u00ad",
    ],
)
def test_an_acting_character_is_an_escape(character):
    said = written({"a": character})
    assert character not in said
    assert json.loads(said)["a"] == character


def test_csv_has_a_header_and_a_row_a_result(answer, toy_book):
    stream = io.StringIO()
    write_csv(rows(answer, VERSION), FIELDS, stream)
    header, *records = csv.reader(io.StringIO(stream.getvalue()))
    assert tuple(header) == FIELDS
    assert FIELDS == (
        "metric", "low", "high", "unit", "approx", "formula", "inputs",
        "rate_ids", "place", "on", "age_days", "source_ids", "book_checksum", "version",
    )  # fmt: skip
    assert records[0] == [
        "price_kpw", "1211809", "1216613", "KPW", "no", "amount × CNY in KPW", "amount; CNY in KPW",
        "cny-hyesan-jun", "Hyesan", "2024-06-04", "0", "prime", toy_book.checksum, VERSION,
    ]  # fmt: skip
    assert [record[4] for record in records] == ["no", "yes", "no"]
    assert records[2][7] == "cny-hyesan-jun; rice-hyesan"
    assert "\r" not in stream.getvalue()


def test_a_flat_record_is_as_old_as_its_oldest_rate(toy_book):
    told = library.convert("7 yuan", ["wage"], book=toy_book, on="2024-06-04", at="Hyesan")
    (record,) = rows(told, VERSION)
    assert (record["age_days"], record["place"]) == ("65", "Hyesan; North Korea")
    assert rows(library.convert("7 yuan", ["yuan"], book=toy_book, on="2024-06-04"), VERSION)[0]["age_days"] == "0"


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1+1", "'+1+1"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("＠x", "'＠x"),
        ("-5", "-5"),
        ("+5.25", "+5.25"),
        ("1200", "1200"),
        ("-", "'-"),
        ("-5e3", "'-5e3"),
        ("", ""),
        ("a=b", "a=b"),
        ("\t=1", "\\x09=1"),
        ("\r=1", "\\x0d=1"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\u202eabc", "\\u202eabc"),
        ("쌀", "쌀"),
    ],
)
def test_a_cell_is_made_harmless(cell, safe):
    assert harmless(cell) == safe


@given(st.text())
def test_no_cell_acts(cell):
    safe = harmless(cell)
    assert visible(safe) == safe
    assert safe[:1] not in "=@＝＠" or not safe
    if safe[:1] in ("+", "-"):
        float(safe)


def test_formulas_in_a_book_do_not_reach_a_spreadsheet(answer):
    record = dict.fromkeys(FIELDS, "") | {"place": "=HYPERLINK(1)", "low": "-5"}
    stream = io.StringIO()
    write_csv([record], FIELDS, stream)
    (held,) = csv.DictReader(io.StringIO(stream.getvalue()))
    assert (held["place"], held["low"]) == ("'=HYPERLINK(1)", "-5")


def test_markdown_is_a_table_in_which_nothing_acts():
    stream = io.StringIO()
    write_markdown([{"a": "1|2", "b": "<b>*x*</b>\n[y](z) `q` \\ _u_ \x1b"}], ("a", "b"), stream)
    assert stream.getvalue() == (
        "| a | b |\n|---|---|\n| 1\\|2 | \\<b\\>\\*x\\*\\</b\\> \\[y\\](z) \\`q\\` \\\\ \\_u\\_ \\\\x1b |\n"
    )


@given(st.lists(st.text(), min_size=2, max_size=2))
def test_a_markdown_row_stays_one_row_of_its_columns(cells):
    stream = io.StringIO()
    write_markdown([{"a": cells[0], "b": cells[1]}], ("a", "b"), stream)
    lines = stream.getvalue().split("\n")
    assert len(lines) == 4
    assert lines[2].replace("\\\\", "").replace("\\|", "").count("|") == 3


def test_a_table_goes_on_without_its_head():
    for write, row in ((write_csv, "1\n"), (write_markdown, "| 1 |\n")):
        stream = io.StringIO()
        write([{"a": "1"}], ("a",), stream, header=False)
        assert stream.getvalue() == row
