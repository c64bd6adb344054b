"""Hostile strings through every text path into every output: none acts, none is lost without a trace."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from hostile import CORPUS, FORMULAS, acting
from session import ROOT

from nkauto import library
from nkauto.errors import NkautoError, visible
from nkauto.show import records
from nkauto.show.numbers import for_machines
from nkauto.show.table import write_derivation

TITLE = "Title {} end"
HEADERS = {
    "items.csv": "id,kind,market,shelf_life,unit,between,en,ko,zh,ja",
    "places.csv": "id,kind,within,en,ko,zh,ja",
    "sources.csv": "id,publisher,title,url,published",
    "rates.csv": "id,item,variant,quantity,unit,low,high,currency,from,to,place,market,approx,source,note",
}


def test_the_corpus_is_wide() -> None:
    assert len(CORPUS) >= 60
    assert len(set(CORPUS)) == len(CORPUS)


@pytest.fixture(scope="module")
def hostile_book(tmp_path_factory: pytest.TempPathFactory) -> library.RateBook:
    """A book of its own whose publishers, titles, addresses, variants, places and notes are the corpus."""
    folder = tmp_path_factory.mktemp("hostile")
    tables: dict[str, list[list[str]]] = {
        "items.csv": [
            ["XXX", "currency", "market", "31", "XXX", "both", "xeno", "", "", ""],
            ["YYY", "currency", "market", "31", "YYY", "both", "yuno", "", "", ""],
            ["wage", "wage", "state", "365", "month", "nearest", "wage", "", "", ""],
        ],
        "places.csv": [],
        "sources.csv": [],
        "rates.csv": [],
    }
    for number, text in enumerate(CORPUS):
        place = f"Place {number} {text}".replace("|", "/")
        tables["places.csv"].append([place, "city", "", place, "", "", ""])
        tables["sources.csv"].append([f"s{number}", f"Publisher {text}", TITLE.format(text), text, "2025-10-01"])
        tables["rates.csv"].append(
            [f"x-{number}", "XXX", text, "1", "XXX", str(2 + number), str(3 + number), "YYY", "2025-10-01",
             "2025-10-31", place, "market", "no", f"s{number}", f"note {text}"]
        )  # fmt: skip
    tables["sources.csv"].append(["w", "W", "W", "https://example.org/", ""])
    tables["rates.csv"].append(
        ["w-1", "wage", "", "1", "month", "7", "11", "YYY", "2025-10-01", "2025-10-31", tables["places.csv"][0][0],
         "state", "no", "w", ""]
    )  # fmt: skip
    for name, header in HEADERS.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
            stream.write(header + "\n")
            writer.writerows(tables[name])
    return library.load(only=folder)


@pytest.fixture(scope="module")
def answer(hostile_book: library.RateBook) -> library.Derivation:
    return library.convert("5 XXX", ["YYY", "wage"], on="2025-10", book=hostile_book, spread=True)


def shown(text: str) -> str:
    """Return a string as an output may show it: controls as escapes, compared without blanks."""
    return re.sub(r"\s+", "", visible(text))


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_table_shows_hostile_titles_as_text(answer: library.Derivation, width: int) -> None:
    stream = io.StringIO()
    write_derivation(answer, stream, width=width, explain=True, spread=True)
    said = stream.getvalue()
    assert not acting(said)
    flat = re.sub(r"\s+", "", said)
    for text in CORPUS:
        assert shown(TITLE.format(text)) in flat, repr(text)


@pytest.mark.parametrize("lines", [False, True])
def test_json_holds_hostile_text_exactly_and_escaped(answer: library.Derivation, lines: bool) -> None:
    stream = io.StringIO()
    records.write_json(records.document(answer, "0", spread=True), stream, lines=lines)
    assert not acting(stream.getvalue())
    assert "\n" not in stream.getvalue().rstrip("\n") or not lines
    titles = {source["title"] for source in json.loads(stream.getvalue())["sources"]}
    assert {TITLE.format(text) for text in CORPUS} <= titles


def test_csv_cells_run_in_no_spreadsheet(answer: library.Derivation) -> None:
    stream = io.StringIO()
    rows = [{"text": text, "title": TITLE.format(text)} for text in CORPUS]
    records.write_csv(rows, ["text", "title"], stream)
    records.write_csv(records.rows(answer, "0"), records.FIELDS, stream)
    assert not acting(stream.getvalue().replace("\r", ""))
    cells = [cell for row in csv.reader(io.StringIO(stream.getvalue())) for cell in row]
    for cell in cells:
        if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", cell):
            assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"), cell
    for text in FORMULAS:
        assert any(shown(text) in re.sub(r"\s+", "", cell) for cell in cells), text


def test_markdown_stays_a_table(answer: library.Derivation) -> None:
    stream = io.StringIO()
    records.write_markdown([{"text": text} for text in CORPUS], ["text"], stream)
    lines = stream.getvalue().splitlines()
    assert len(lines) == len(CORPUS) + 2
    assert not acting(stream.getvalue())
    for line in lines[2:]:
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 2, line
        assert not re.search(r"(?<!\\)<", line)


@pytest.mark.parametrize("text", CORPUS, ids=[repr(text)[:40] for text in CORPUS])
def test_every_argument_is_refused_or_read_without_acting(hostile_book: library.RateBook, text: str) -> None:
    """Amounts, units, dates, places, publishers, markets, rates: one message, the text shown as text."""
    questions: list[dict[str, object]] = [
        {"amount": text, "to": ["YYY"]},
        {"amount": f"5 {text}", "to": ["YYY"]},
        {"amount": "5 XXX", "to": [text]},
        {"amount": "5 XXX", "to": ["YYY"], "on": text},
        {"amount": "5 XXX", "to": ["YYY"], "at": text},
        {"amount": "5 XXX", "to": ["YYY"], "source": text},
        {"amount": "5 XXX", "to": ["YYY"], "market": text},
        {"amount": "5 XXX", "to": ["YYY"], "rates": [text]},
        {"amount": "5 XXX", "to": ["YYY"], "rates": [f"1 XXX = {text}"]},
    ]
    for question in questions:
        held: dict[str, object] = {"on": "2025-10", "book": hostile_book, **question}
        said = ""
        try:
            derivation = library.convert(**held)  # type: ignore[arg-type]
        except NkautoError as refused:
            said = str(refused)
        else:
            assert all(for_machines(result.range.low) for result in derivation.results)
        assert not acting(said)
        assert len(said) < 4000


class Elements(html.parser.HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def harmless_page(text: str) -> Elements:
    """Return the elements of a page after asserting that none of them runs anything or fetches anything."""
    parsed = Elements()
    parsed.feed(text)
    for tag, attributes in parsed.found:
        assert tag not in ("script", "iframe", "object", "embed", "base", "form", "link"), tag
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            if name in ("href", "src", "xlink:href"):
                assert not re.match(r"\s*(javascript|data|vbscript):", value or "", re.IGNORECASE), value
    return parsed


def test_a_picture_shows_hostile_names_as_text(hostile_book: library.RateBook) -> None:
    from nkauto.core.charting import drawn
    from nkauto.core.rates import RateBook
    from nkauto.show.chart_svg import draw
    from nkauto.show.chart_words import chart_of

    assert isinstance(hostile_book, RateBook)
    places = list(hostile_book.places)[:60:12]
    picture = draw(chart_of(drawn(hostile_book, hostile_book.items["XXX"], places), hostile_book, "0"))
    assert not acting(picture)
    harmless_page(picture)


def test_ledgers_take_hostile_names_as_comments(tmp_path: Path) -> None:
    """No line of an export begins with what a hostile note says: directives are ours alone."""
    from session import run

    book = tmp_path / "book"
    book.mkdir()
    write_book(book)
    for program in ("ledger", "hledger", "beancount", "units"):
        done = run(["rates", "export", "--to", program, "XXX", "--only-rates", str(book), "--on", "2025-10-15"])
        said = done.stdout.decode()
        assert done.returncode == 0, done.stderr
        assert not acting(said), program
        for line in said.splitlines():
            assert not line.startswith(("include", "!include", "option", "plugin", "python", "eval", "alias")), line


def write_book(folder: Path) -> None:
    """Write a book of one currency with a hostile source and note for each row."""
    rows = {name: [header] for name, header in HEADERS.items()}
    rows["items.csv"] += [
        "XXX,currency,market,31,XXX,both,xeno,,,",
        "YYY,currency,market,31,YYY,both,yuno,,,",
        "wage,wage,state,365,month,nearest,wage,,,",
    ]
    rows["places.csv"].append("Here,city,,Here,,,")
    for name, header in rows.items():
        (folder / name).write_text("\n".join(header) + "\n", encoding="utf-8")
    with (folder / "sources.csv").open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
            [f"s{number}", text or "x", text, text, ""] for number, text in enumerate(CORPUS)
        )
    with (folder / "rates.csv").open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
            [f"x-{number}", "XXX", text, "1", "XXX", "2", "3", "YYY", "2025-10-01", "2025-10-31", "Here", "market",
             "no", f"s{number}", text]
            for number, text in enumerate(CORPUS)
        )  # fmt: skip


def test_escapes_cover_every_control_and_format_character() -> None:
    """Whatever Unicode calls a control, a format or a lone surrogate leaves as an escape."""
    for code in [
        *range(0x20),
        *range(0x7F, 0xA0),
        0xAD,
        *range(0x2000, 0x2070),
        0xFEFF,
        0xD800,
        0xE0001,
        *range(0xFFF0, 0xFFFC),
    ]:
        character = chr(code)
        if character != "\n" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"):
            assert visible(f"a{character}b") not in (f"a{character}b",), hex(code)


def test_the_corpus_stays_out_of_the_shipped_book() -> None:
    """The shipped data holds no acting character at all."""
    for path in (ROOT / "rates").glob("*.csv"):
        assert not acting(path.read_text(encoding="utf-8")), path.name
