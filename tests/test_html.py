"""Saved pages: what a browser shows of them, whatever is in them, and files of every kind."""

from __future__ import annotations

import builtins
import contextlib
import time

import pytest

from nkauto.errors import UnreadableFile
from nkauto.read.documents import article_text
from nkauto.read.html import declared_encoding, is_html, shown_text

pytest.importorskip("lxml")


def test_tags_scripts_styles_and_hidden_parts_are_left_out() -> None:
    page = """<!doctype html><html><head><title>Title</title><style>p { color: red }</style></head><body>
    <script>var price = 5;</script><noscript>6 won</noscript><template>7 won</template>
    <div hidden>8 won</div><p style="color: red; DISPLAY : none">9 won</p><svg><text>10 won</text></svg>
    <!-- 11 won --><p>Rice is <b>5,000</b>
       won.</p></body></html>"""
    assert shown_text(page) == "Rice is 5,000 won.\n"


def test_blocks_are_paragraphs_and_cells_stand_apart() -> None:
    page = "<h1>Prices &amp; wages</h1><p>one<br>two</p><ul><li>a<li>b</ul>"
    page += "<table><tr><td>A<td>1 won<tr><td>B<td>2</table>c"
    assert shown_text(page) == "Prices & wages\n\none\ntwo\n\na\n\nb\n\nA\t1 won\n\nB\t2\n\nc\n"


def test_inline_elements_do_not_part_words_and_ruby_keeps_its_base() -> None:
    assert shown_text("<p>20<em>,</em>000 <ruby>元<rt>げん</rt></ruby></p>") == "20,000 元\n"
    assert shown_text("<p>1&nbsp;200 &#50896; &yen;5 &unknown;</p>") == "1\xa0200 원 ¥5 &unknown;\n"


@pytest.mark.parametrize("page", ["", "<!", "<>", "   ", "<html></html>"])
def test_nothing_shown_is_no_text(page: str) -> None:
    assert shown_text(page).strip("<>! \n") == ""


def test_text_is_never_lost_in_silence() -> None:
    with pytest.raises(UnreadableFile, match="too deeply"):
        shown_text("<b>" * 5000 + "5,000 won")
    assert shown_text("<div>" * 500 + "5,000 won") == "5,000 won\n"
    assert "rest" in shown_text("<p>a\0b</p><p>rest</p>")


@pytest.mark.parametrize("piece", ["<a ", "<!--", "</p><b>", "&#x", "<table><td>", "<a b='", "a < b "])
def test_ugly_pages_take_time_by_their_length(piece: str) -> None:
    start = time.process_time()
    with contextlib.suppress(UnreadableFile):
        shown_text("<html>" + piece * (400_000 // len(piece)))
    assert time.process_time() - start < 4


def test_a_page_is_known_by_how_it_begins_or_by_its_name() -> None:
    assert is_html("", "\n<!DOCTYPE html><p>a")
    assert is_html("", "<!-- saved --><html lang=ko>")
    assert is_html("a.HTM", "<p>a</p>")
    assert not is_html("a.html", "plain words")
    assert not is_html("a.txt", "rice < maize, <b>bold</b>")
    start = time.process_time()
    assert not is_html("", "<!---->" * 600 + "x")
    assert time.process_time() - start < 1


def test_without_lxml_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: object, **options: object) -> object:
        if name.startswith("lxml"):
            raise ImportError(name)
        return real(name, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UnreadableFile, match=r"needs lxml") as caught:
        shown_text("<p>a</p>")
    assert "nkauto[html]" in str(caught.value)
    assert article_text(b"plain") == "plain"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("쌀 5000원\r\n옥수수\r".encode(), "쌀 5000원\n옥수수\n"),
        ("쌀 5000원".encode("utf-8-sig"), "쌀 5000원"),
        ("米は5000ウォン".encode("utf-16"), "米は5000ウォン"),
        ("<html><meta charset=euc-kr><p>쌀 5000원".encode("euc-kr"), "쌀 5000원\n"),
        ('<html><meta http-equiv=x content="text/html; charset=Shift_JIS"><p>米5元'.encode("shift_jis"), "米5元\n"),
        (b"", ""),
    ],
)
def test_files_of_every_encoding_read_as_their_text(data: bytes, expected: str) -> None:
    assert article_text(data) == expected


def test_the_users_word_for_the_encoding_comes_first() -> None:
    assert article_text("쌀".encode("cp949"), encoding="euc-kr") == "쌀"
    assert declared_encoding(b"<p>no charset here") == ""
    with pytest.raises(UnreadableFile):
        article_text(b"a", encoding="no-such")


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        article_text(b"PK\x03\x04" + b"\0" * 40, "article.docx")
