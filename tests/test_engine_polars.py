"""The polars engine gives the bytes of the streaming engine, whatever the table."""

from __future__ import annotations

import errno
import io
import os
import random
import subprocess
import sys
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from session import run
from test_batch import HEADER, ROW, TOY, batch
from test_rows import MUSEUM, NASTY

from nkauto import library
from nkauto.core.range import outward
from nkauto.core.rates import RateBook
from nkauto.engine.keys import Keys
from nkauto.engine.layout import Layout
from nkauto.engine.stream import Batch
from nkauto.errors import BadOption
from nkauto.read.columns import located
from nkauto.read.rows import Table
from nkauto.show.lines import Lines
from nkauto.show.numbers import for_machines

pl = pytest.importorskip("polars")

from nkauto.engine import ahead, exact, keytable, polars  # noqa: E402


def converted(
    engine: str, data: bytes, book: RateBook, units: list[str], **options: object
) -> tuple[bytes, object, list[str]]:
    """Return what an engine writes, its count of errors with the first, and its notices."""
    sink = io.BytesIO()
    lines = Lines(sink, defuse=not options.get("raw"))
    table = Table(io.BytesIO(data), before_wait=lines.flush)
    columns, _ = located(table.header, on=str(options.get("on", "")), amount="1" if len(table.header) == 1 else "")
    layout = Layout(table.header, units, delimiter=table.delimiter, drop=options.get("drop", ()))  # type: ignore[arg-type]
    asked = library.Asked(book, on=str(options.get("on", "")), rates=options.get("rates", ()))  # type: ignore[arg-type]
    done = Batch(Keys(asked, units), columns, layout, lines)
    lines.begin(layout.header, delimiter=table.delimiter, marked=table.marked)
    notices: list[str] = []
    if engine == "polars":
        polars.take(done, table, notices.append)
    else:
        done.take(table)
    lines.flush()
    return sink.getvalue(), (done.errors, done.first), notices


def same(data: bytes, book: RateBook, units: list[str], **options: object) -> list[str]:
    """Assert that both engines agree, and return what the polars engine said."""
    expected = converted("stream", data, book, units, **options)
    found = converted("polars", data, book, units, **options)
    assert found[0] == expected[0]
    assert found[1] == expected[1]
    return found[2]


CELLS = {
    "amount": ["0", "1", "7", "1200", "0012", "12.5", "12.50", "0.01", "999999999999999", "9999999999999999", "300-500",
               '"1,200"', "20만", "about 14", "", "24.000", "1.200", "-5", "nan", "１２００", "1e5", " 7 ", '"7"'],
    "unit": ["CNY", "CNY", "won", "USD", "EUR", "kg rice", "wage", "", "XYZ", '"CNY"', "원", "dozen", "lb rice"],
    "date": ["2024-06-04", "2024-06-10", "2024-06-20", "2024-09-02", "2009-11-05", "2024-06", "", "soon", "1990-01-01"],
    "place": ["Hyesan", "Pyongyang", "혜산", "", "Atlantis", '"Hyesan"', "North Korea", "=1+1", "-Hyesan", 'Hye"san'],
    "note": ["", "a", '"a, b"', '"say ""when"""', "-5", "-x", "@x", "\x00", "é", "%s", "%%", '""', "tab\tin"],
}  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_random_tables(seed: int, toy_book: RateBook, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(polars, "CHUNK", 4000)
    wild = seed % 3  # none, a twentieth, a fifth of the rows with cells of any kind
    rows = []
    for _ in range(700):
        any_kind = chance.random() < (0, 0.05, 0.2)[wild]
        row = {
            role: chance.choice(cells if any_kind else cells[:4] if role != "note" else cells[:2])
            for role, cells in CELLS.items()
        }
        cells = [row[role] for role in ("date", "amount", "unit", "place", "note")]
        if any_kind and chance.random() < 0.2:
            cells = cells[: chance.randint(0, 4)] if chance.random() < 0.5 else [*cells, "more"]
        rows.append(",".join(cells))
    end = "\r\n" if seed % 2 else "\n"
    data = end.join(["date,amount,unit,place,note", *rows]) + ("" if seed % 5 == 0 else end)
    units = [["usd"], ["won"], ["usd", "rice", "wage"], ["lb rice"]][seed % 4]
    notices = same(data.encode(), toy_book, units, raw=seed % 4 == 1)
    assert not notices


@pytest.mark.parametrize("name", sorted({*MUSEUM} - {"duplicate_names.csv"}))
def test_museum(name: str) -> None:
    same((NASTY / name).read_bytes(), library.load(), ["usd"], on="2025-10")


@pytest.mark.parametrize(
    "body, reason",
    [
        (ROW + '2024-06-10,1200,CNY,"Hye\nsan"\n' + ROW, "a record has several lines"),
        (ROW + ROW.replace("\n", "\r") + ROW, "a line ends without a newline"),
        (ROW + "2024-06-10,1200,CNY,\x02\n", "control characters"),
        (ROW + '2024-06-10,1200,CNY,"open\n', "a record has several lines"),
    ],
)
def test_what_cannot_be_parted_is_streamed(body: str, reason: str, toy_book: RateBook) -> None:
    [notice] = same((HEADER + body).encode(), toy_book, ["usd"])
    assert reason in notice


def test_bytes_that_are_not_utf8_are_streamed(toy_book: RateBook) -> None:
    [notice] = same((HEADER + ROW).encode() + b"2024-06-10,1200,CNY,\xff\n", toy_book, ["usd"])
    assert "bytes are not of the encoding" in notice


def test_the_rest_is_streamed_from_where_it_must(toy_book: RateBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polars, "CHUNK", 100)
    body = ROW * 5000 + '2024-06-10,1200,CNY,"Hye\nsan"\n' + ROW * 5000
    [notice] = same((HEADER + body).encode(), toy_book, ["usd"])
    assert "streamed from there" in notice


def test_keys_are_forgotten_while_other_chunks_are_worked_on(
    toy_book: RateBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polars, "CHUNK", 2000)
    monkeypatch.setattr(keytable, "KEPT", 12)
    chance = random.Random(7)
    days = [f"2024-06-{day:02}" for day in range(1, 10)]
    body = "".join(f"{chance.choice(days)},{number},{chance.choice(['CNY', 'USD'])},Hyesan\n" for number in range(9000))
    assert not same((HEADER + body).encode(), toy_book, ["usd", "won"])


@pytest.mark.parametrize("drop", [[], ["rate_ids"], ["usd_low"], ["usd_high"], ["usd_low", "usd_high"], ["error"]])
def test_columns_left_out(drop: list[str], toy_book: RateBook) -> None:
    body = "".join(
        f"2024-06-{day:02},{day}.5,{unit},Hyesan\n" for day in range(1, 29) for unit in ("CNY", "won", "EUR")
    )
    assert not same((HEADER + body).encode(), toy_book, ["usd"], drop=drop)
    assert not same(
        (HEADER + body).encode(),
        toy_book,
        ["usd", "squid"],
        drop=[f"usd_{name}" for name in drop[:1] if name == "rate_ids"],
    )


def figured(numbers: list[int], over: int, under: int, places: int) -> list[tuple[str, str]]:
    """Return low and high of each number, as they are written; empty where they are out of reach."""
    number = pl.Series(numbers, dtype=pl.UInt64)
    factor = [pl.Series([value] * len(numbers), dtype=pl.UInt64) for value in (over, under)]
    low, high = exact.figures(number, *factor, places)
    with pl.Config(trim_decimal_zeros=True):
        rows = pl.DataFrame([low.alias("low"), high.alias("high")]).write_csv(include_header=False)
    return [tuple(row.split(",")) for row in rows.splitlines()]  # type: ignore[misc]


def rounded(number: int, over: int, under: int, places: int) -> tuple[str, str]:
    """Return low and high as the core gives them."""
    size = Fraction(number * over, under * 10**places)
    held = outward(size, size)
    return for_machines(held.low), for_machines(held.high)


@given(
    st.lists(st.integers(0, 10**exact.LARGEST_AMOUNT - 1), min_size=1, max_size=20),
    st.integers(1, exact.LARGEST_OVER - 1) | st.integers(1, 10**6),
    st.integers(1, exact.LARGEST_UNDER - 1) | st.integers(1, 10**6),
    st.sampled_from([0, 2]),
)
@settings(max_examples=300)
def test_figures_are_rounded_as_the_core_rounds(numbers: list[int], over: int, under: int, places: int) -> None:
    for number, found in zip(numbers, figured(numbers, over, under, places), strict=True):
        if found != ("", ""):
            assert found == rounded(number, over, under, places)


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(1, exact.LARGEST_UNDER - 1))
@settings(max_examples=300)
def test_a_figure_alone_is_in_reach(number: int, over: int, under: int) -> None:
    """But for what is hardly less than a power of ten, which may be taken for one."""
    size = Fraction(number * over, under)
    power = next(power for power in range(-9, 20) if size < Fraction(10) ** power)
    assume(size < Fraction(10) ** power * (1 - Fraction(1, 10**11)))
    assert figured([number], over, under, 0) == [rounded(number, over, under, 0)]


@pytest.mark.parametrize(
    "number, over, under",
    [(0, 1, 3), (1, 1, 1), (10**15 - 1, 1, 3), (1, 1, 10**9 - 1), (10**9 - 2, 1, 10**9 - 1), (999, 1001, 999999),
     (9, 10**17 + 1, 7), (10**15 - 1, 9000, 10**9 - 1), (10**15 - 1, 9300, 1), (2, 1, 3), (5, 10**14, 10**9 - 3),
     (1, 1, 10**8), (999999999, 1, 10**8 + 1), (10**10 + 1, 1, 1), (10**10 - 1, 1, 1), (10**14, 10**4 + 1, 1)],
)  # fmt: skip
@pytest.mark.parametrize("places", [0, 2])
def test_figures_at_the_limits(number: int, over: int, under: int, places: int) -> None:
    assert number * over < 2**63 or figured([number], over, under, places) == [("", "")]
    assert figured([number], over, under, places) in ([("", "")], [rounded(number, over, under, places)])


@pytest.mark.parametrize("number, over, under", [(10**15 - 1, 10**18 - 1, 1), (10**15 - 1, 9224, 1)])
def test_figures_past_64_bits_are_out_of_reach(number: int, over: int, under: int) -> None:
    assert figured([number, 7], 1, under, 0)[1] == ("7", "7")
    assert figured([number, 0], over, under, 0) == [("", ""), ("0", "0")]


def test_figures_of_one_column_span_ten_powers_of_ten() -> None:
    found = figured([10**power for power in range(15)] + [5, 7], 1, 3, 0)
    told = [number for number, texts in enumerate(found) if texts != ("", "")]
    assert told == [*range(10), 15, 16]
    assert found[9] == ("333333333.3333333333333333333", "333333333.3333333333333333334")


@pytest.mark.parametrize("number", [10, 1000])
@pytest.mark.parametrize("places", [0, 2])
def test_figures_carry(number: int, places: int) -> None:
    """The 28 digits of these end in a nine, so that the next figure up is shorter."""
    [(low, high)] = figured([number], 10**9 - 2, 10**9 - 1, places)
    assert (low, high) == rounded(number, 10**9 - 2, 10**9 - 1, places)
    assert low.endswith("9")
    assert len(high) < len(low)


@pytest.mark.parametrize("places", [0, 2])
def test_amounts_of_every_size_stand_side_by_side(places: int, toy_book: RateBook) -> None:
    chance = random.Random(places)
    body = "".join(
        f"2024-06-10,{int(10 ** chance.uniform(0, 15 - places)) / 10**places:.{places}f},{unit},Hyesan\n"
        for unit in ("CNY", "won", "USD", "EUR") * 500
    )
    edges = [f"{digit * size}" for size in range(1, 16) for digit in ("1", "9")] + ["0", "000", "000000000000007"]
    body += "".join(f"2024-06-10,{amount},{unit},Hyesan\n" for amount in edges for unit in ("CNY", "won", "USD"))
    assert not same((HEADER + body).encode(), toy_book, ["usd", "won"])


@pytest.mark.parametrize(
    "rate",
    ["1000000007 USD = 7 KPW", "7 USD = 1000000007 KPW", "999999999 USD = 7 KPW", "9 USD = 2000000000000000003 KPW"],
)
def test_factors_on_both_sides_of_the_limits(rate: str, toy_book: RateBook) -> None:
    body = "".join(f"2024-06-10,{amount},USD,Hyesan\n" for amount in (1, 12, 99999, 123456789, 10**14, 7.25))
    assert not same((HEADER + body).encode(), toy_book, ["won"], rates=[rate])


@pytest.mark.parametrize("raw", [True, False])
def test_a_table_of_one_column(raw: bool, toy_book: RateBook) -> None:
    body = "amount\n7\n12.5\n-5\n+5\n\n1,2\n007\n 7\n"
    assert not same(body.encode(), toy_book, ["usd"], raw=raw, on="2024-06-10")


def test_keys_that_share_a_slot_are_told_apart(toy_book: RateBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polars, "CHUNK", 2000)
    monkeypatch.setattr(keytable, "SLOTS", 4)
    body = "".join(
        f"2024-06-{number % 28 + 1:02},{number},{unit},{place}\n"
        for number in range(300)
        for unit, place in (("CNY", "Hyesan"), ("USD", "Hyesan"), ("won", ""), ("CNY", "Pyongyang"))
    )
    assert not same((HEADER + body).encode(), toy_book, ["usd", "won"])


def test_a_long_product_that_ends_is_rounded_all_the_same(toy_book: RateBook) -> None:
    """A factor over 2¹⁷ ends, but 15 digits times it have 33."""
    body = "".join(f"2024-06-10,{amount},USD,Hyesan\n" for amount in ("1", "999999999999999", "123456789012.35"))
    options = {"rates": ["131072 USD = 999999999 KPW"]}
    data = (HEADER + body * 4).encode()
    assert not same(data, toy_book, ["won"], **options)
    exactly = Fraction(999999999999999 * 999999999, 131072)
    assert outward(exactly, exactly).low < outward(exactly, exactly).high
    assert (
        for_machines(outward(exactly, exactly).high).encode()
        in converted("polars", data, toy_book, ["won"], **options)[0]
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_reader_that_leaves_and_a_full_disk_end_the_command_as_elsewhere(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(HEADER + ROW * 100_000)
    command = [sys.executable, "-m", "nkauto", "batch", str(table), "--to", "usd", "--engine", "polars"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"date,")
        process.stdout.close()
        assert b"Broken" not in process.stderr.read()
    assert process.returncode == 0
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, b"nkauto: cannot write: No space left on device")


def test_command() -> None:
    data = HEADER + ROW * 100 + "2024-06-10,many,CNY,Hyesan\n"
    plain, fast = batch("--to", "usd,won", text=data), batch("--to", "usd,won", "--engine", "polars", text=data)
    assert (plain.stdout, plain.stderr, plain.returncode) == (fast.stdout, fast.stderr, fast.returncode)
    strict = batch("--to", "usd", "--engine", "polars", "--strict", text=data)
    assert b"--engine polars: --strict stops at a row; streamed from there" in strict.stderr
    assert len(strict.stdout.splitlines()) == 101


def many_keys(rows: int) -> bytes:
    """Return a table of 3 units in 4 places on 100 days, some of them of the won before the redenomination."""
    days = [date(2009, 11, 1) + timedelta(days=number) for number in range(60)]
    days += [date(2024, 5, 1) + timedelta(days=number) for number in range(40)]
    chance = random.Random(3)
    cells = [
        f"{chance.choice(days)},{number},{chance.choice(['CNY', 'won', 'kg rice'])},{chance.choice(PLACES)}\n"
        for number in range(rows)
    ]
    return "".join(["date,amount,currency,place\n", *cells]).encode()


PLACES = ["Hyesan", "Pyongyang", "Sinuiju", ""]


def test_keys_that_were_asked_ahead_have_the_same_answers() -> None:
    data = many_keys(25_000)
    assert len(data) > ahead.BEGINNING
    plain, fast = batch("--to", "usd", text=data), batch("--to", "usd", "--engine", "polars", text=data)
    assert b"old won" in plain.stderr
    assert (plain.stdout, plain.stderr, plain.returncode) == (fast.stdout, fast.stderr, fast.returncode)


def _no_fork() -> int:
    raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes of this kind")
@pytest.mark.parametrize("fails", ["", "asking", "starting"])
def test_another_process_answers_or_none_does(fails: str, toy_book: RateBook, monkeypatch: pytest.MonkeyPatch) -> None:
    text = many_keys(5_000).decode()
    table = Table(io.BytesIO(text.encode()))
    columns, _ = located(table.header)
    lines, layout = Lines(io.BytesIO()), Layout(table.header, ["usd"])
    run, other = (Batch(Keys(library.Asked(toy_book), ["usd"]), columns, layout, lines) for _ in range(2))
    rows = text.split("\n", 1)[1]
    monkeypatch.setattr(ahead.threading, "active_count", lambda: 1)
    if fails == "asking":
        monkeypatch.setattr(ahead, "answered", lambda *_: 1 // 0)
    if fails == "starting":
        monkeypatch.setattr(ahead.os, "fork", _no_fork)
    asked = ahead.Ahead(run, table, rows)
    asked.answer(run)
    answers = {}
    for key in sorted({other.key(line.split(",")) for line in rows.splitlines()}):
        other.keys.asked.notices.clear()
        found = other.keys.plain(key)
        if not other.keys.asked.notices and not fails:  # what must be said is said where it stands
            answers[key] = found
    assert dict(run.keys.foretold) == answers
    assert not run.keys.asked.notices


def test_keys_of_a_file_are_asked_from_all_over_it(toy_book: RateBook, tmp_path: Path) -> None:
    header, *rows = many_keys(25_000).splitlines(keepends=True)
    path = tmp_path / "sorted.csv"
    path.write_bytes(b"".join([header, *sorted(rows)]))
    with path.open("rb") as stream:
        table = Table(stream)
        columns, _ = located(table.header)
        run = Batch(Keys(library.Asked(toy_book), ["usd"]), columns, Layout(table.header, ["usd"]), Lines(io.BytesIO()))
        answers = ahead.answered(run, table, next(table.texts))
        assert len({day for _, day, _ in answers}) == 100
        assert len(b"".join(text.encode() for text in table.texts)) > path.stat().st_size / 2  # its place stays
    plain, fast = (batch(str(path), "--to", "usd", *way) for way in ([], ["--engine", "polars"]))
    assert b"old won" in plain.stderr
    assert (plain.stdout, plain.stderr, plain.returncode) == (fast.stdout, fast.stderr, fast.returncode)


def test_a_table_of_too_many_keys_is_not_asked_ahead(toy_book: RateBook) -> None:
    table = Table(io.BytesIO(many_keys(6_000)))
    columns, _ = located(table.header)
    run = Batch(Keys(library.Asked(toy_book), ["usd"]), columns, Layout(table.header, ["usd"]), Lines(io.BytesIO()))
    rows = "".join(table.texts)
    assert len(ahead.answered(run, table, rows)) > 500
    assert ahead.answered(run, table, rows[: rows.index("\n", 20_000) + 1]) == {}


def test_without_polars_nothing_is_read(toy_book: RateBook, monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table(io.BytesIO(many_keys(10)))
    columns, _ = located(table.header)
    run = Batch(Keys(library.Asked(toy_book), ["usd"]), columns, Layout(table.header, ["usd"]), Lines(io.BytesIO()))
    monkeypatch.setattr(ahead, "find_spec", lambda _: None)
    with pytest.raises(BadOption, match="needs polars"):
        ahead.take(run, table, lambda _: None)
    assert next(table.texts)


def test_without_polars_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "polars.py").write_text("raise ModuleNotFoundError(\"No module named 'polars'\", name='polars')")
    done = run(
        ["batch", *TOY, "--to", "usd", "--engine", "polars"], stdin=b"amount\n1\n", env={"PYTHONPATH": str(tmp_path)}
    )
    assert done.returncode == 2
    assert b"nkauto[batch]" in done.stderr
