"""Whatever comes in, an answer or one clear error comes out, in time that grows with its length and no faster.

And a differential oracle: amounts written by a small grammar of the tests' own, in four scripts, against the reader.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import random
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest
import toy
from hostile import CORPUS
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_batch import converted
from test_ecb import history, packed
from typer.testing import CliRunner

from nkauto.cli import _app
from nkauto.core.rates import RateBook
from nkauto.errors import FaultyBook, NkautoError, UnreadableFile
from nkauto.read.amounts import read_amount, read_target
from nkauto.read.baskets import COLUMNS, read_baskets
from nkauto.read.claims import check_text
from nkauto.read.documents import article_text
from nkauto.read.ecb import monthly, read_history
from nkauto.read.figures import read_figures
from nkauto.read.options import (
    read_deposit,
    read_interest,
    read_months,
    read_people,
    read_rate,
    read_share,
)
from nkauto.read.periods import read_period
from nkauto.read.ratefiles import load

BOOK = toy.load_book()
CODES = frozenset((0, 1, 2, 3, 4))
"""The documented exit codes of a command that nobody interrupts."""


def _answered(read: Callable[[], object]) -> bool:
    """Return whether there was an answer; anything but an answer or an NkautoError that can be told fails."""
    try:
        read()
    except NkautoError as error:
        said = str(error)
    else:
        return True
    assert said
    return False


# Strategies: pieces of the real thing, in any order, with hostile ones among them.

NUMBERS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.integers(0, 10**7).map("{:,}".format),
    st.sampled_from(
        ["24.000", "1,20", "0.5", "1.200,50", "１２", "二十", "三万", "2만4천", "half a", "twenty-six", "1e9", "٣"]
    ),
)
UNITS = st.sampled_from(
    [
        "won",
        "yuan",
        "CNY",
        "$",
        "¥",
        "₩",
        "원",
        "위안",
        "달러",
        "元",
        "人民币",
        "ウォン",
        "ドル",
        "kg",
        "kg rice",
        "쌀",
        "L",
        "%",
        "배",
    ]
)
GLUE = st.sampled_from(
    [
        " ",
        "",
        "-",
        "–",
        "~",
        " to ",
        "/",
        " per ",
        "만",
        "억",
        "万",
        " million",
        "about ",
        "약 ",
        "(",
        ")",
        "[",
        "'",
        '"',
        "。",
    ]
)
HOSTILE = st.sampled_from(CORPUS)
AMOUNTS = st.lists(st.one_of(NUMBERS, UNITS, GLUE, NUMBERS, UNITS, HOSTILE), max_size=9).map("".join)
DATES = st.one_of(
    st.dates().map(str),
    st.lists(
        st.sampled_from(
            [
                "2025",
                "-",
                "10",
                "/",
                ".",
                "31",
                "30",
                "2",
                "mid-",
                "November ",
                " ",
                "Q4",
                "년",
                "월",
                "日",
                "..",
                "0000",
                "9999",
            ]
        ),
        max_size=8,
    ).map("".join),
    HOSTILE,
)
WORDS = st.sampled_from(
    [
        "rose from ", "fell by ", "twice ", "a third of ", "The price of rice ", "which is ", "equivalent to ",
        "쌀값은 ", "에서 ", "로 올랐다. ", "상당", "배", "大米", "从", "涨到", "约合", "コメ", "から", "に上がった。",
        "1 dollar = ", "about ",
        ". ", "\n", "\n\n", ", ", "“", "”", "(", ")", "| ", "- ", "at 8,000 won to the dollar", " a month", "1kg에 ",
    ]
)  # fmt: skip
ARTICLES = st.lists(st.one_of(NUMBERS, UNITS, WORDS, WORDS, GLUE, HOSTILE), max_size=40).map("".join)
TAGS = st.sampled_from(
    [
        "<p>", "</p>", "<td>", "<tr>", "<table>", "<script>", "</script>", "<b", "<!--", "-->", "<br>", "<pre>",
        "&amp;", "&#x3c;", "&#0;", "&#1114112;", "<![CDATA[", "<div hidden>", "<p style='display:none'>", "<svg>",
        "<title>", "\0",
    ]
)  # fmt: skip
PAGES = st.lists(st.one_of(TAGS, NUMBERS, UNITS, WORDS, HOSTILE), max_size=40).map(
    lambda pieces: "<!doctype html><html><body>" + "".join(pieces)
)


@settings(max_examples=500)
@given(AMOUNTS)
def test_amounts(text: str) -> None:
    _answered(lambda: read_amount(text))
    _answered(lambda: read_amount(text, BOOK.item_names, unit="won/kg"))
    _answered(lambda: read_target(text, BOOK.item_names))


@settings(max_examples=300)
@given(DATES)
def test_periods(text: str) -> None:
    with contextlib.suppress(NkautoError):
        period = read_period(text)
        assert period.first <= period.last


@settings(max_examples=200)
@given(st.one_of(AMOUNTS, AMOUNTS.flatmap(lambda left: AMOUNTS.map(lambda right: f"{left} = {right}")), DATES))
def test_options(text: str) -> None:
    for read in (read_people, read_months, read_interest):
        _answered(lambda read=read: read(text))
    _answered(lambda: read_share(text, "--save"))
    _answered(lambda: read_deposit(text, BOOK.item_names))
    _answered(lambda: read_rate(text, BOOK, 1))


# Tables.

CELLS = st.one_of(AMOUNTS, DATES, HOSTILE, st.sampled_from(["CNY", "USD", "Hyesan", "2024-06-10", "1200", ""]))


def _table(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["date", "amount", "currency", "place"], *rows])
    return out.getvalue().encode("utf-8", "surrogatepass")


@settings(max_examples=60)
@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=6))
def test_every_row_of_a_table_comes_out_in_its_place(rows: list[list[str]]) -> None:
    out, run = converted(_table(rows), BOOK, ["won", "usd"])
    given_rows = list(csv.reader(io.StringIO(_table(rows).decode("utf-8", "surrogatepass"), newline="")))
    written = list(csv.reader(io.StringIO(out, newline="")))
    assert len(written) == len(given_rows)
    assert {len(row) for row in written} == {len(written[0])}
    for before, after in zip(given_rows[1:], written[1:], strict=True):
        for cell, shown in zip(before, after, strict=False):
            assert shown in (cell, f"'{cell}")
    assert run.errors == sum(bool(row[-1]) for row in written[1:])


@settings(max_examples=100)
@given(st.binary(max_size=120), st.randoms(use_true_random=False))
def test_bytes_of_a_table_end_in_rows_or_one_error(noise: bytes, pick: random.Random) -> None:
    whole = _table([["2024-06-10", "1,200", "CNY", "Hyesan"]] * 3)
    at = pick.randrange(len(whole))
    for data in (noise, whole[:at] + noise + whole[at:], whole[:at]):
        _answered(lambda data=data: converted(data, BOOK, ["won"]))


# Articles and saved pages.


def _read(text: str) -> None:
    figures = read_figures(text)
    for figure in figures:
        assert text[figure.start : figure.end] == figure.span
        assert figure.low <= figure.high
    for claim in check_text(text, figures):
        assert claim.verdict
        assert all(0 <= index < len(figures) for index in claim.figures)


@settings(max_examples=150)
@given(ARTICLES)
def test_articles(text: str) -> None:
    _read(text)


PROSE = [
    json.loads(line)["text"]
    for line in (Path(__file__).parent / "articles" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
]
ODD = st.sampled_from(
    ["0", "0.0", "0-5", "5-0", "0~3", "0%", "1:0", "0:1", "1/0", "0,0", "00", "9" * 30, "9" * 40, "0.000001", "1e9",
     "half", "½", "만", "万", "per 0 kg", "0 won", "$0", "0元", "0원", "。", ". ", "\n", ", "]
)  # fmt: skip
NUMERAL = re.compile(r"[0-9][0-9.,]*")


@st.composite
def torn(draw: st.DrawFn) -> str:
    """Passages with some of their figures changed, and some of their words lost, moved or told twice."""
    text = " ".join(draw(st.lists(st.sampled_from(PROSE), min_size=1, max_size=2)))
    for _ in range(draw(st.integers(1, 5))):
        numerals = [match.span() for match in NUMERAL.finditer(text)]
        if numerals and draw(st.booleans()):
            first, last = draw(st.sampled_from(numerals))
        else:
            first = draw(st.integers(0, len(text)))
            last = min(len(text), first + draw(st.integers(0, 20)))
        lost = text[first:last]
        text = text[:first] + draw(st.one_of(ODD, st.just(""), st.just(f"{lost} {lost}"))) + text[last:]
    return text


@settings(max_examples=250)
@given(torn())
def test_torn_articles(text: str) -> None:
    _read(text)


@settings(max_examples=100)
@given(PAGES, st.sampled_from(["utf-8", "utf-16", "cp949", "gb18030", "shift_jis"]))
def test_saved_pages(page: str, encoding: str) -> None:
    pytest.importorskip("lxml", reason="saved pages need the extra html")
    shown = article_text(page.encode(encoding, "replace"), "page.html", encoding)
    _read(shown)


@given(st.binary(max_size=300))
def test_any_bytes_as_an_article(data: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        _read(article_text(data, "page.html"))


@pytest.mark.parametrize(
    "text",
    [
        "twice下降",
        "half a  hundred / hundred  hundred /twice",
        "1 won " * 40,
        "쌀 1kg 5000원 " * 40,
        "人民币〜100" + " hundred" * 40,
        "hundred " * 60 + "won",
        "A dollar is 90,000 pounds; clerks get 9 million pounds (around $92), up from 2.6 million (about $0~3).",
        "Turkey pays $600, more than four times as much, and Oman's $0~3 is about six times that.",
        "From the $900 the family took 0 won and kept the remaining $0 for a month.",
        "The coupon sold for 12 dollars (" + "9" * 30 + "만4000원), 17% more than the 9,200 won of May.",
        "쌀과 옥수수를 3: " + "9" * 40 + "로 팔아 쌀은 4000원, 옥수수는 1800원, 시장 쌀은 63 1:000~66배였다.",
        "A jumper of 3,00per 0 Chinese yuan ($415) was ten times as much at 30,000 yuan ($4,150), as 0元 a piece.",
        "He earned 3,000 won a month and could not buy 5 kg of rice with it at 0 won a kilo",
        "The wholesaler loads 30 month",
        "쌀 1㎏은 6,700원에서 3만8,400원으로 473%, 쌀 1㎏은 6,700원 뛰었다.",
    ],
)
def test_texts_that_a_fuzzer_stopped_at(text: str) -> None:
    _read(text)


# Rate books: the toy book with a few of its cells, lines and bytes changed.

FILES = {path.name: path.read_text() for path in sorted(toy.FOLDER.glob("*.csv"))}
BAD = st.one_of(
    HOSTILE.map(lambda text: text.replace("\0", "0")),
    st.sampled_from(
        ["", "0", "-1", "nan", "1e9", "1,200", "2025-02-30", "9999-12-31", "0001-01-01", "KPW", "rice", '"', "World"]
    ),
)


@st.composite
def books(draw: st.DrawFn) -> dict[str, str]:
    files = dict(FILES)
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(files)))
        rows = [line.split(",") for line in files[name].splitlines()]
        at = draw(st.integers(0, len(rows) - 1))
        how = draw(st.sampled_from(["cell", "cell", "cell", "swap", "double", "drop", "short", "from below"]))
        column = draw(st.integers(0, len(rows[at]) - 1))
        if how == "cell":
            rows[at][column] = draw(BAD)
        elif how == "swap":  # a flipped quote, or dates that run backwards
            other = draw(st.integers(0, len(rows[at]) - 1))
            rows[at][column], rows[at][other] = rows[at][other], rows[at][column]
        elif how == "double":
            rows.insert(at, list(rows[at]))
        elif how == "drop":
            del rows[at]
        elif how == "short":
            del rows[at][column]
        else:  # a cycle of places, an item priced in itself
            rows[at][column] = rows[-1][min(column, len(rows[-1]) - 1)]
        files[name] = "\n".join(map(",".join, rows)) + "\n"
        if not files[name].strip():
            files[name] = "\n"
    return files


def _ask(book: RateBook) -> None:
    from nkauto.library import afford, convert

    for question in (
        lambda: convert("1200 CNY", ["won", "usd", "rice", "wage"], book=book, on="2024-06-04", at="Hyesan"),
        lambda: convert("7 kg squid", ["EUR"], book=book, on="2024-09"),
        lambda: afford("wage", book=book, on="2024-06-04"),
    ):
        _answered(question)


@settings(max_examples=60)
@given(books())
def test_a_faulty_book_is_told_or_answers(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in files.items():
            (folder / file).write_bytes(text.encode("utf-8", "replace"))
        try:
            book = load(only=folder)
        except FaultyBook as faulty:
            told = faulty.faults
        except NkautoError:
            return
        else:
            _ask(book)
            return
    assert all(fault.startswith(name) for fault in told), told


def test_places_in_a_circle_end(tmp_path: Path) -> None:
    """A larger place that belongs to its own part: an answer or a fault, not a walk without end."""
    shutil.copytree(toy.FOLDER, tmp_path, dirs_exist_ok=True)
    places = (tmp_path / "places.csv").read_text()
    circle = re.sub(r"^(World,world),,", r"\1,Ryanggang,", places, flags=re.MULTILINE)
    assert circle != places
    (tmp_path / "places.csv").write_text(circle)
    started = time.process_time()
    _answered(lambda: _ask(load(only=tmp_path)))
    assert time.process_time() - started < 5


@settings(max_examples=40)
@given(st.lists(st.lists(st.one_of(BAD, CELLS), min_size=10, max_size=10), min_size=1, max_size=4))
def test_baskets(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([COLUMNS, *rows])
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "basket.csv"
        path.write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))
        _answered(lambda: read_baskets(path, BOOK))


# The ECB's history.

WHOLE = history(date(1999, 2, 10)).encode()


@settings(max_examples=80)
@given(st.binary(max_size=12), st.integers(0, len(WHOLE) - 1), st.integers(0, 20))
def test_a_history_is_read_whole_or_refused(noise: bytes, at: int, cut: int) -> None:
    changed = WHOLE[:at] + noise + WHOLE[at + cut :]
    zipped = packed(WHOLE.decode())
    place = at % len(zipped)
    for data in (changed, zipped[:place] + noise + zipped[place + cut :]):
        with contextlib.suppress(UnreadableFile):
            for rate in monthly(read_history(data)):
                assert 0 < rate.low <= rate.high


# Exit codes, through the commands themselves.

QUESTIONS = st.one_of(
    st.tuples(st.just("convert"), AMOUNTS, st.just("--to"), st.one_of(UNITS, HOSTILE), st.just("--on"), DATES),
    st.tuples(st.just("afford"), AMOUNTS, st.just("--people"), AMOUNTS, st.just("--over"), DATES),
    st.tuples(
        st.just("plan"), AMOUNTS, st.just("--over"), st.sampled_from(["12m", "1y", "0", "x"]), st.just("--at"), HOSTILE
    ),
    st.tuples(st.just("cost"), HOSTILE, st.just("--on"), DATES),
    st.tuples(st.just("compare"), AMOUNTS, DATES, DATES),
    st.tuples(st.just("vehicles"), HOSTILE),
    st.tuples(st.just("rates"), st.sampled_from(["list", "show", "coverage", "chart", "cross"]), HOSTILE),
)


@settings(max_examples=60)
@given(QUESTIONS)
def test_commands_end_with_a_documented_code(arguments: tuple[str, ...]) -> None:
    assume(not any(argument.startswith("-") and argument[:2] != "--" for argument in arguments[1:2]))
    line = [argument.replace("\0", "") for argument in arguments]
    done = CliRunner().invoke(_app(line), [*line, "--only-rates", str(toy.FOLDER)])
    assert done.exception is None or isinstance(done.exception, SystemExit), (line, done.exception)
    assert done.exit_code in CODES, (line, done.output)
    assert "Traceback" not in done.output


# Time: twice as long takes about twice the time.

PIECES = MappingProxyType(
    {
        "digits": "9",
        "commas": ",",
        "ones": "1,1,1,",
        "open brackets": "((((",
        "square brackets": "[",
        "ten thousands": "만만만",
        "one ten thousands": "1만",
        "quotes": '"',
        "quoted": "“",
        "minus signs": "-",
        "long minus signs": "−",
        "points": "1.",
        "prices": "1 won ",
        "changes": "from 5 won to 10 won, ",
        "rates": "1 yuan = 5 won ",
        "weights": "쌀 1kg 5000원 ",
        "halves": "half a ",
        "words": "two hundred ",
        "multiples": "twice ",
        "percentages": "5% ",
        "tags": "<b>",
        "letters": "x",
    }
)


def _took(work: Callable[[], object]) -> float:
    """Return the processor time of the quicker of two short runs: other work on the machine does not count."""
    times = []
    for _ in range(2):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
        if times[0] > 0.5:
            break
    return min(times)


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_an_article_takes_time_as_long_as_it_is(piece: str) -> None:
    """Four times the text: four times the time, eight at most; a square would take sixteen."""

    def work(size: int) -> Callable[[], object]:
        text = (piece * (size // len(piece) + 1))[:size]
        return lambda: check_text(text, read_figures(text))

    work(200)()  # patterns are compiled once
    short, long = _took(work(1_500)), _took(work(6_000))
    assert long < max(0.1, 8 * short), (short, long)


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_a_period_and_an_amount_take_no_time(piece: str) -> None:
    for size in (79, 200, 1_000_000):
        text = (piece * size)[:size]
        assert _took(lambda text=text: _answered(lambda: read_period(text))) < 0.05
        assert _took(lambda text=text: _answered(lambda: read_amount(text))) < 0.1


# The oracle: a value is chosen, written down by rules of these tests' own, and must be read back.

HANGUL = ["", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"]
HAN = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
MONEY = {
    "en": {" won": "KPW", " yuan": "CNY", " dollars": "USD", " CNY": "CNY", " KPW": "KPW", " euros": "EUR"},
    "ko": {"원": "KPW", "위안": "CNY", "달러": "USD", " 위안": "CNY"},
    "zh": {"元": "CNY", "人民币": "CNY", "美元": "USD", "朝鲜元": "KPW"},
    "ja": {"ウォン": "KPW", "ドル": "USD", "元": "CNY", "円": "JPY"},
}
BIG = {"ko": (("조", 12), ("억", 8), ("만", 4)), "zh": (("亿", 8), ("万", 4)), "ja": (("兆", 12), ("億", 8), ("万", 4))}
SMALL = {"ko": ("천", "백", "십", ""), "zh": ("千", "百", "十", ""), "ja": ("千", "百", "十", "")}


def _in_numerals(value: int, language: str) -> str:
    """Return a whole number below 10,000 in East Asian numerals; Chinese marks what is skipped by 零."""
    digits = HANGUL if language == "ko" else HAN
    out, skipped = "", False
    for digit, unit in zip(f"{value:04}", SMALL[language], strict=True):
        if digit == "0":
            skipped = True
            continue
        zero = "零" if language == "zh" and skipped and out else ""
        one = digit == "1" and unit and (language != "zh" or (unit == "十" and not out))
        out += zero + ("" if one else digits[int(digit)]) + unit
        skipped = False
    return out


def _in_tens_of_thousands(value: int, language: str, numerals: bool) -> str:
    """Return a whole number by its ten thousands: 2만4천, 3億2500万, 二万四千."""
    out = ""
    for unit, zeros in BIG[language]:
        here, value = divmod(value, 10**zeros)
        if here:
            out += (_in_numerals(here, language) if numerals else str(here)) + unit
    if value:
        zero = "零" if numerals and language == "zh" and out and value < 1000 else ""
        out += zero + (_in_numerals(value, language) if numerals else str(value))
    return out


@st.composite
def written(draw: st.DrawFn) -> tuple[str, Decimal, str]:
    """Return a text, what it is by construction, and the currency."""
    language = draw(st.sampled_from(["en", "ko", "zh", "ja"]))
    word, code = draw(st.sampled_from(sorted(MONEY[language].items())))
    value = draw(st.one_of(st.integers(1, 9999), st.integers(1, 9999_9999), st.integers(1, 9999_9999_9999)))
    amount = Decimal(value)
    form = draw(st.sampled_from(["plain", "commas", "wide", "decimal", "scaled", "chain", "numerals"]))
    if form == "plain":
        text = str(value)
    elif form == "commas":
        text = f"{value:,}"
    elif form == "wide":
        text = "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    elif form == "decimal":
        cents = draw(st.integers(0, 99))
        text, amount = f"{value:,}.{cents:02}", Decimal(100 * value + cents) / 100
    elif form == "scaled":
        tenths = draw(st.integers(1, 9999))
        factors = {" thousand": 3, " million": 6, "k": 3, " billion": 9}
        scales = factors if language == "en" else dict(BIG[language])
        scale = draw(st.sampled_from(sorted(scales)))
        text, amount = f"{tenths // 10}.{tenths % 10}{scale}", Decimal(tenths * 10 ** scales[scale]) / 10
    elif language == "en":
        text = str(value)
    else:
        # Alone, 이 and 일 are a particle and a day: a last Korean numeral counts only with a scale behind it.
        assume(form == "chain" or language != "ko" or (value >= 10000 and value % 10 == 0))
        text = _in_tens_of_thousands(value, language, numerals=form == "numerals")
    return text + word, amount, code


@settings(max_examples=1500)
@given(written())
def test_what_is_written_is_read_back(case: tuple[str, Decimal, str]) -> None:
    text, value, code = case
    amount = read_amount(text)
    assert (amount.range.low, amount.range.high, amount.unit) == (value, value, code), text


@given(st.integers(1, 9999_9999).filter(lambda value: value % 10))
def test_a_korean_numeral_that_may_be_a_particle_is_never_read_wrongly(value: int) -> None:
    with contextlib.suppress(NkautoError):
        assert read_amount(_in_tens_of_thousands(value, "ko", numerals=True) + "원").range.low == value


@settings(max_examples=400)
@given(
    st.integers(1, 10**9),
    st.integers(0, 10**9),
    st.sampled_from(["-", "–", " to ", "~", "〜", " - ", "から"]),
    st.sampled_from(["{:,} yuan", "{}.5 CNY"]),
)
def test_ranges_are_read_back(low: int, more: int, joint: str, form: str) -> None:
    """Both ends in full: with commas or decimals neither shares anything with the other."""
    ends = [form.rpartition(" ")[0].format(end) for end in (low, low + more)]
    held = read_amount(f"{joint.join(ends)} {form.rpartition(' ')[2]}").range
    shared = form.startswith("{:,}") and low < 1000 <= low + more  # 200-300,000: the lower end is short
    if not shared:
        add = Decimal("0.5") if ".5" in form else 0
        assert (held.low, held.high) == (low + add, low + more + add)


# And the other way: a text of such signs in any order, evaluated by a grammar that knows them alone.

_SECTION = r"(?:[1-9][0-9]{0,3}|(?:(?:[1-9]천)(?:[1-9]백)?(?:[1-9]십)?[1-9]?))"
_GRAMMAR = re.compile(
    rf"(?:(?P<eok>{_SECTION})억)?(?:(?P<man>{_SECTION})만)?(?P<rest>{_SECTION})?(?P<unit>원|위안|달러)"
)
_PLACE = {"천": 1000, "백": 100, "십": 10}


def _by_places(value: int) -> str:
    pairs = zip(f"{value:04}", ("천", "백", "십", ""), strict=True)
    return "".join(f"{digit}{unit}" for digit, unit in pairs if digit != "0")


SECTIONS = st.one_of(st.just(""), st.integers(1, 9999).map(str), st.integers(1, 9999).map(_by_places))


def _section(text: str | None) -> int:
    if not text or text.isdigit():
        return int(text or 0)
    total = 0
    for digit, unit in re.findall(r"([1-9])([천백십]?)", text):
        total += int(digit) * _PLACE.get(unit, 1)
    return total


def _evaluated(text: str) -> tuple[int, str] | None:
    found = _GRAMMAR.fullmatch(text)
    if found is None or not (found["eok"] or found["man"] or found["rest"]):
        return None
    value = 10**8 * _section(found["eok"]) + 10**4 * _section(found["man"]) + _section(found["rest"])
    return value, {"원": "KPW", "위안": "CNY", "달러": "USD"}[found["unit"]]


@settings(max_examples=1500)
@given(
    st.one_of(
        st.text(alphabet="1234567890억만천백십", min_size=1, max_size=8),
        st.tuples(SECTIONS, st.sampled_from(["", "억"]), SECTIONS, st.sampled_from(["", "만"]), SECTIONS).map("".join),
    ),
    st.sampled_from(["원", "위안", "달러"]),
)
def test_what_a_naive_evaluator_reads_is_read_alike(number: str, unit: str) -> None:
    known = _evaluated(number + unit)
    try:
        amount = read_amount(number + unit)
    except NkautoError:
        assert known is None, number
        return
    if known is not None:
        assert (amount.range.low, amount.range.high, amount.unit) == (known[0], known[0], known[1]), number
