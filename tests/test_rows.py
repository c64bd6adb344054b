from __future__ import annotations

import csv
import io
import os
import threading
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nkauto.errors import BadOption, UnreadableFile
from nkauto.read import encodings
from nkauto.read.rows import Table

NASTY = Path(__file__).parent / "nasty"

# file: encoding told, delimiter told, records, {record number: part of its fault}
MUSEUM: dict[str, tuple[str, str, int, dict[int, str]]] = {
    "utf8.csv": ("utf-8", ",", 2, {}),
    "utf8_bom.csv": ("utf-8", ",", 2, {}),
    "utf16_le_bom.csv": ("utf-16-le", ",", 2, {}),
    "utf16_be_bom.csv": ("utf-16-be", ",", 2, {}),
    "utf16_le.csv": ("utf-16-le", ",", 2, {}),
    "utf16_be.csv": ("utf-16-be", ",", 2, {}),
    "utf32_bom.csv": ("utf-32", ",", 2, {}),
    "cp949.csv": ("cp949", ",", 2, {}),
    "gb18030.csv": ("gb18030", ",", 2, {}),
    "shift_jis.csv": ("cp932", ",", 2, {}),
    "late_cp949.csv": ("cp949", ",", 3, {}),
    "latin1.csv": ("utf-8", ",", 2, {1: "byte 0xE9 is not UTF-8"}),
    "bad_byte.csv": ("utf-8", ",", 4, {3: "byte 0xFF is not UTF-8"}),
    "cp949_bad_byte.csv": ("cp949", ",", 3, {3: "byte 0xFF is not CP949"}),
    "mac_newlines.csv": ("", ",", 2, {}),
    "crlf.csv": ("", ",", 2, {}),
    "mixed_newlines.csv": ("", ",", 4, {}),
    "quoted_all.csv": ("", ",", 2, {}),
    "quoted_single.csv": ("", ",", 1, {1: "7 cells under a header of 5"}),
    "quoted_doubled.csv": ("", ",", 3, {}),
    "quoted_newline.csv": ("", ",", 3, {}),
    "quoted_header_newline.csv": ("", ",", 1, {}),
    "literal_quotes.csv": ("", ",", 2, {}),
    "space_before_quote.csv": ("", ",", 1, {1: "6 cells under a header of 5"}),
    "open_quote.csv": ("", ",", 2, {2: "a quote opened in this row is never closed"}),
    "ragged.csv": ("", ",", 4, {1: "6 cells", 2: "3 cells", 4: "1 cells"}),
    "blank_lines.csv": ("", ",", 5, {}),
    "empty_columns.csv": ("", ",", 2, {}),
    "nul_byte.csv": ("", ",", 2, {}),
    "semicolon.csv": ("", ";", 2, {}),
    "tab.csv": ("", "\t", 2, {}),
    "bar.csv": ("", "|", 2, {}),
    "semicolon_decimal_comma.csv": ("", ";", 2, {}),
    "one_column.csv": ("", ",", 2, {}),
    "duplicate_names.csv": ("", ",", 1, {}),
    "header_only.csv": ("", ",", 0, {}),
    "header_without_end.csv": ("", ",", 0, {}),
    "formulas.csv": ("", ",", 7, {}),
    "markup.csv": ("utf-8", ",", 7, {}),
    "amounts.csv": ("utf-8", ",", 30, {}),
    "dates.csv": ("utf-8", ",", 21, {}),
    "places.csv": ("utf-8", ",", 12, {}),
    "units.csv": ("utf-8", ",", 20, {}),
}

REFUSED = {
    "unclear.csv": ("CP949 or GB18030", "CP949: 2025-10-17,1200,CNY,혜산"),
    "unclear_yuan.csv": ("UTF-8 or GB18030", "--encoding"),
    "euc_jp.csv": ("GB18030", "EUC-JP: 日付"),
    "big5.csv": ("BIG5", "--encoding"),
    "iso2022_jp.csv": ("ISO-2022", "--encoding"),
    "two_delimiters.csv": ("comma or semicolon", "--delimiter"),
    "empty.csv": ("empty", ""),
    "only_newlines.csv": ("empty", ""),
    "zip.csv": ("spreadsheet", "Save"),
    "gzip.csv": ("gzip", "unpack"),
}


def table(data: bytes, **options: object) -> Table:
    return Table(io.BytesIO(data), **options)  # type: ignore[arg-type]


class Slices(io.RawIOBase):
    """A stream that hands out the data in slices of the given sizes, over and over."""

    def __init__(self, data: bytes, sizes: list[int]) -> None:
        self.data, self.sizes, self.turn = data, sizes, 0

    def read(self, size: int = -1) -> bytes:
        want = self.sizes[self.turn % len(self.sizes)]
        self.turn += 1
        piece, self.data = self.data[:want], self.data[want:]
        return piece


def sliced(data: bytes, *sizes: int, **options: object) -> Table:
    return Table(Slices(data, list(sizes)), **options)  # type: ignore[arg-type]


def test_museum_is_whole() -> None:
    assert {path.name for path in NASTY.glob("*.csv")} == {*MUSEUM, *REFUSED}


@pytest.mark.parametrize("name", MUSEUM)
def test_museum(name: str) -> None:
    encoding, delimiter, rows, faults = MUSEUM[name]
    with (NASTY / name).open("rb") as stream:
        opened = Table(stream, name=name)
        records = list(opened)
    assert (opened.encoding, opened.delimiter, len(records)) == (encoding, delimiter, rows)
    found = {number: fault for number, (_, _, _, fault) in enumerate(records, 1) if fault}
    assert found.keys() == faults.keys()
    for number, part in faults.items():
        assert part in found[number]


@pytest.mark.parametrize("name", REFUSED)
def test_museum_refused(name: str) -> None:
    what, hint = REFUSED[name]
    with (NASTY / name).open("rb") as stream, pytest.raises(UnreadableFile) as caught:
        list(Table(stream, name=name))
    assert what in caught.value.what
    assert hint in caught.value.hint
    assert caught.value.where.startswith(name)


@pytest.mark.parametrize("name", MUSEUM)
@pytest.mark.parametrize("size", [1, 7])
def test_any_cut_reads_the_same(name: str, size: int) -> None:
    data = (NASTY / name).read_bytes()
    # What tells the encoding and the delimiter needs a line or two; given, no cut may matter.
    told = table(data)
    options = {"delimiter": told.delimiter, "encoding": next((told.encoding for _ in [list(told)]), "") or None}
    assert list(sliced(data, size, **options)) == list(table(data, **options))


def test_cells_of_every_script() -> None:
    read = {}
    for name in ("cp949.csv", "utf8.csv", "utf16_le_bom.csv", "utf32_bom.csv"):
        read[name] = (opened := table((NASTY / name).read_bytes())).header, [cells for _, _, cells, _ in opened]
    assert read["cp949.csv"][0] == ("날짜", "금액", "통화", "장소", "비고")
    assert read["cp949.csv"][1][1] == ["2025-10", "20만", "원", "평양", "한 달 월급"]
    assert all(value == read["cp949.csv"] for value in read.values())
    assert list(table((NASTY / "gb18030.csv").read_bytes()))[1][2][3:] == ["平壤", "每公斤大米"]
    assert list(table((NASTY / "shift_jis.csv").read_bytes()))[1][2][3:] == ["平壌", "コメ1キロ"]


def test_notes_say_what_was_told() -> None:
    assert table((NASTY / "semicolon.csv").read_bytes()).notes == ["cells are parted by a semicolon"]
    assert table((NASTY / "cp949.csv").read_bytes()).notes == ["read as CP949"]
    assert table((NASTY / "utf8.csv").read_bytes()).notes == []
    assert table((NASTY / "utf8_bom.csv").read_bytes()).marked
    assert not table((NASTY / "utf8.csv").read_bytes()).marked


def test_encoding_may_be_told_late() -> None:
    opened = table((NASTY / "late_cp949.csv").read_bytes())
    list(opened)
    assert opened.notes == ["read as CP949"]
    opened = sliced((NASTY / "late_cp949.csv").read_bytes(), 60)
    assert opened.encoding == ""
    assert [cells[3] for _, _, cells, _ in opened] == ["Hyesan", "Hyesan", "혜산"]


@pytest.mark.parametrize(
    "given, codec",
    [("euc-kr", "cp949"), ("GBK", "gb18030"), ("shift_jis", "cp932"), ("UTF8", "utf-8"), ("latin1", "iso8859-1")],
)
def test_encoding_given(given: str, codec: str) -> None:
    assert encodings.chosen(given) == codec


def test_encoding_given_overrides() -> None:
    data = (NASTY / "unclear.csv").read_bytes()
    assert next(iter(table(data, encoding="cp949")))[2][3] == "혜산"
    assert next(iter(table((NASTY / "iso2022_jp.csv").read_bytes(), encoding="iso-2022-jp")))[2][3] == "恵山"
    assert next(iter(table((NASTY / "latin1.csv").read_bytes(), encoding="cp1252")))[2][4] == "café 5 £"
    for bad in ("klingon", "rot13", "base64"):
        with pytest.raises(UnreadableFile, match="unknown encoding"):
            table(data, encoding=bad)


def test_encoding_given_wrongly_stops() -> None:
    with pytest.raises(UnreadableFile, match="not UTF-16 LE throughout"):
        list(table((NASTY / "utf16_le.csv").read_bytes() + b"x", encoding="utf-16-le"))


@pytest.mark.parametrize(
    "words, codec",
    [
        ("날짜 금액 통화 장소", "cp949"), ("신의주 청진 함흥", "cp949"), ("휘발유 가격", "cp949"),
        ("日期 金额 货币 地点", "gb18030"), ("新义州 清津 平壤", "gb18030"), ("汽油价格", "gb18030"),
        ("日付 金額 通貨 場所", "cp932"), ("新義州 清津 平壌", "cp932"), ("ガソリン", "cp932"),
    ],
)  # fmt: skip
def test_told_from_a_few_letters(words: str, codec: str) -> None:
    assert encodings.told(f"a,{words}\n".encode(codec)) == codec
    assert encodings.told(f"a,{words}\n".encode()) == "utf-8"


@pytest.mark.parametrize("word", ["café", "Zürich", "São Paulo", "P'yŏngyang", "цена", "τιμή", "مبلغ", "naïve £5"])
def test_western_utf8_is_utf8(word: str) -> None:
    assert encodings.told(f"{word},1\n".encode()) == "utf-8"


@pytest.mark.parametrize("word", ["naïve", "Äpfel", "größer", "São Paulo", "£5"])
def test_western_bytes_are_never_taken_for_another_script(word: str) -> None:
    with pytest.raises(UnreadableFile):
        encodings.told(f"{word},1\n".encode("cp1252"))


def test_stray_nuls_are_not_utf16() -> None:
    assert encodings.opening(b"a,b\n1\x00\x00,2\x00\n" * 20) == ""
    assert encodings.opening("a,b\n1,2\n".encode("utf-16-be")) == "utf-16-be"


def test_takes_ten_rows_of_an_endless_stream() -> None:
    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.blocks: Iterator[bytes] = (b"%d,x\n" % number * 100 for number in count(1))
            self.asked = 0

        def read(self, size: int = -1) -> bytes:
            self.asked += 1
            return next(self.blocks) if self.asked > 1 else b"amount,note\n"

    stream = Endless()
    opened = Table(stream)  # type: ignore[arg-type]
    assert [cells for _, _, cells, _ in islice(opened, 10)] == [["1", "x"]] * 10
    assert stream.asked == 2


def test_first_row_does_not_wait_for_the_second() -> None:
    reader, writer = os.pipe()
    waits: list[float] = []
    opened = threading.Event()

    def feed() -> None:
        os.write(writer, b'date,amount\n2025-10-17,"1,200"\n')
        opened.wait(5)
        os.write(writer, b"2025-10-18,1300\n")
        os.close(writer)

    feeder = threading.Thread(target=feed)
    feeder.start()
    with os.fdopen(reader, "rb") as stream:
        table = Table(stream, before_wait=lambda: waits.append(time.monotonic()))
        first = next(iter(table))
        opened.set()
        second = next(iter(table))
        assert list(table) == []
    feeder.join()
    assert (first[2], second[2]) == (["2025-10-17", "1,200"], ["2025-10-18", "1300"])
    assert len(waits) >= 3


def test_open_quote_is_refused_early() -> None:
    class OpenQuote(io.RawIOBase):
        asked = 0

        def read(self, size: int = -1) -> bytes:
            self.asked += 1
            return b'x,y\n1,2\n3,"' if self.asked == 1 else b"line\n" * 1000

    stream = OpenQuote()
    with pytest.raises(UnreadableFile, match="a quote opened here is not closed within 100,000 bytes") as caught:
        list(Table(stream, name="t.csv", limit=100_000))  # type: ignore[arg-type]
    assert caught.value.where == "t.csv:3"
    assert stream.asked < 40


def test_endless_line_is_refused_early() -> None:
    class OneLine(io.RawIOBase):
        asked = 0

        def read(self, size: int = -1) -> bytes:
            self.asked += 1
            return b"x,y\n1,2\n" if self.asked == 1 else b"9" * 5000

    stream = OneLine()
    with pytest.raises(UnreadableFile, match="this line does not end within 100,000 bytes") as caught:
        list(Table(stream, name="t.csv", limit=100_000))  # type: ignore[arg-type]
    assert caught.value.where == "t.csv:3"
    assert stream.asked < 40


def test_ten_megabyte_cell() -> None:
    big = "가" * (10 << 20 >> 2)
    for cell in (big, f'"{big}\n{big}"'):
        [(_, raw, cells, fault)] = table(f"a,b\n{cell},2\n".encode())
        assert (cells, fault) == ([cell.strip('"'), "2"], "")
        assert raw == f"{cell},2"


def test_quotes_given() -> None:
    data = (NASTY / "quoted_single.csv").read_bytes()
    assert next(iter(table(data, quote="'")))[2] == ["2025-10-17", "1,200", "CNY", "Hyesan", "it's one, two"]
    records = list(table((NASTY / "open_quote.csv").read_bytes(), quote=None))
    assert [cells[4] for _, _, cells, _ in records] == ["fine", '"never closed', "swallowed"]


@pytest.mark.parametrize("given, meant", [("tab", "\t"), (r"\t", "\t"), (";", ";"), ("bar", "|"), ("^", "^")])
def test_delimiter_given(given: str, meant: str) -> None:
    assert table(f"a{meant}b\n1{meant}2\n".encode(), delimiter=given).header == ("a", "b")


@pytest.mark.parametrize("bad", ["ab", "\n", '"', ";;"])
def test_delimiter_refused(bad: str) -> None:
    with pytest.raises(BadOption):
        table(b"a,b\n", delimiter=bad)


def test_delimiter_is_the_one_that_fits_all_rows() -> None:
    assert table(b"date;price, won;place\n1;2;3\n4;5;6\n7;8;9\n").delimiter == ";"
    assert table(b"date,note;x,place\n1,2,3\n4,5;6,6\n7,8,9\n").delimiter == ","


def test_lines_are_counted_over_quoted_newlines() -> None:
    lines = [line for line, _, _, _ in table((NASTY / "quoted_newline.csv").read_bytes())]
    assert lines == [2, 4, 7]
    assert [line for line, _, _, _ in table((NASTY / "blank_lines.csv").read_bytes())] == [3, 4, 5, 6, 7]


def test_a_stream_that_cannot_be_read() -> None:
    class Broken(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(UnreadableFile, match="Input/output error"):
        Table(Broken())  # type: ignore[arg-type]


@given(
    st.lists(
        st.lists(st.text(alphabet='a,"\n\r;가é \x85\u2028', max_size=6), min_size=3, max_size=3), min_size=1, max_size=8
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.lists(st.integers(1, 20), min_size=1, max_size=4),
)
@settings(deadline=None)
def test_any_written_csv_reads_back(rows: list[list[str]], end: str, sizes: list[int]) -> None:
    """What Python's own writer wrote comes back, however it is cut, and its own text reads as the same cells."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([["p", "q", "r"], *rows])
    data = out.getvalue().encode()
    records = list(sliced(data, *sizes, encoding="utf-8", delimiter=","))
    assert [cells for _, _, cells, _ in records] == rows
    assert [next(csv.reader(io.StringIO(raw, newline=""))) for _, raw, _, _ in records] == rows
    assert "".join(raw + end for _, raw, _, _ in records) == data.decode().split(end, 1)[1]


@given(st.text(alphabet='a1,"\n\r', max_size=60), st.lists(st.integers(1, 9), min_size=1, max_size=4))
@settings(deadline=None)
def test_any_text_reads_as_python_reads_it(body: str, sizes: list[int]) -> None:
    """Quotes in odd places are read as the csv module reads them, and every record's text is there."""
    data = ("h,i\n" + body).encode()
    expected = list(csv.reader(io.StringIO(data.decode(), newline="")))[1:]
    records = list(sliced(data, *sizes, encoding="utf-8", delimiter=","))
    assert [cells for _, _, cells, _ in records] == expected


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "cp949", "gb18030", "cp932"]))
@settings(deadline=None)
def test_no_byte_is_lost_in_silence(body: bytes, encoding: str) -> None:
    body = body.replace(b'"', b"").replace(b"\n", b"").replace(b"\r", b"")
    for _, raw, _, fault in table(b"h\n" + body, encoding=encoding, delimiter=","):
        if not fault or encoding == "utf-8":
            assert raw.encode(encoding, "surrogateescape") == body or raw.encode(encoding).decode(encoding) == raw
        else:
            assert "cells" in fault or "is not" in fault


@pytest.mark.skipif(not hasattr(os, "pread"), reason="files are read in their order alone")
def test_glimpses_are_whole_lines_of_a_file_that_goes_on_where_it_stood(tmp_path: Path) -> None:
    lines = [f"{number},혜산\n" for number in range(5_000)]
    path = tmp_path / "table.csv"
    for encoding, seen in (("utf-8", True), ("cp949", True), ("utf-16-le", False)):
        path.write_bytes("".join(["number,place\n", *lines]).encode(encoding))
        with path.open("rb") as stream:
            table = Table(stream, encoding=encoding)
            glimpses = table.lines.glimpses(20, 100).splitlines(keepends=True)
            assert set(glimpses) <= set(lines)
            assert (len(glimpses) > 40 and int(glimpses[-1].split(",")[0]) > 4_500) is seen
            assert [row[2] for row in table] == [line.strip().split(",") for line in lines]
    assert Table(io.BytesIO(path.read_bytes()), encoding="utf-16-le").lines.glimpses(20, 100) == ""


def test_glimpses_of_what_is_not_of_the_encoding_are_none(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"number,place\n" + b"1,Hyesan\n" * 20_000 + "2,혜산\n".encode("cp949") * 100)
    with path.open("rb") as stream:
        assert Table(stream).lines.glimpses(20, 1000) == ""
        assert Table(stream, encoding="utf-8").lines.glimpses(20, 1000) == ""
