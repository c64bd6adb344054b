"""The pictures in a real browser: on a phone and on a page, light and dark, no text is cut and none lies on another."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from nkauto.core.charting import drawn, measured_in
from nkauto.core.choose import Scope
from nkauto.core.period import Period
from nkauto.core.series import Chart, Line
from nkauto.read.periods import read_period
from nkauto.read.ratefiles import load
from nkauto.show.chart_svg import DARK, LIGHT, draw
from nkauto.show.chart_words import chart_of

PAGE = """<!doctype html><meta charset=utf-8><style>body{margin:0}svg{display:block;width:100%}</style>PICTURE
<script>
const texts = [...document.querySelectorAll("text")].filter(text => text.getClientRects().length);
const box = one => JSON.parse(JSON.stringify(one.getBoundingClientRect()));
const boxes = texts.map(text => ({text: text.textContent, ...box(text)}));
const picture = box(document.querySelector("svg"));
const colours = [...document.querySelectorAll("rect.paper,path.band")].map(one => getComputedStyle(one).fill);
const sizes = texts.map(text => parseFloat(text.getAttribute("font-size")) * picture.width / 760);
parent.document.title = JSON.stringify({boxes, picture, colours, sizes, width: innerWidth});
</script>"""


def seen(tmp_path: Path, picture: str, width: int, *, dark: bool = False) -> dict[str, Any]:
    """Return where a browser of this width puts the texts of a picture, and in which colours."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    inner = html.escape(PAGE.replace("PICTURE", picture))
    frame = tmp_path / "frame.html"  # a window is 500 pixels wide at least, a frame as wide as it is told
    frame.write_text(
        f'<!doctype html><meta charset=utf-8><iframe width={width} height=900 frameborder=0 srcdoc="{inner}"></iframe>',
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1300,1000",
            *(["--blink-settings=preferredColorScheme=0"] if dark else []), "--dump-dom", frame.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    found = re.search("<title>(.*?)</title>", done.stdout, re.DOTALL)
    assert found, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(html.unescape(found[1]))
    return told


def charts() -> dict[str, Chart]:
    book = load()
    long_, late = read_period("2009-01-01..2026-03-31"), read_period("2024-01-01..2026-03-31")
    wage = drawn(book, book.items["wage"], [], within=Period(read_period("2009-12-01").first, long_.last))
    cities = drawn(book, book.items["rice"], ["Pyongyang", "Sinuiju", "Hyesan"], within=late)
    many = ["Hyesan", "Pyongyang", "Sinuiju", "North Hamgyong and Ryanggang", "Hoeryong"]
    return {
        "yuan": chart_of(drawn(book, book.items["CNY"], [], within=long_), book, "0.1.0"),
        "rice": chart_of(cities, book, "0.1.0"),
        "wage": chart_of(measured_in(book, wage, Scope(long_), "kg", "rice", long_), book, "0.1.0", converted=True),
        "many": chart_of(drawn(book, book.items["CNY"], many, within=long_), book, "0.1.0"),
    }


@pytest.mark.parametrize("width", [390, 1100])
@pytest.mark.parametrize("name", ["yuan", "rice", "wage", "many"])
def test_no_text_is_cut_or_lies_on_another_and_each_can_be_read(tmp_path: Path, name: str, width: int) -> None:
    found = seen(tmp_path, draw(charts()[name]), width)
    assert found["width"] == width
    boxes = found["boxes"]
    assert len(boxes) > 8
    for box in boxes:
        assert box["left"] >= -0.5, box
        assert box["right"] <= found["picture"]["right"] + 0.5, box
        assert found["picture"]["top"] - 0.5 <= box["top"] < box["bottom"] <= found["picture"]["bottom"] + 0.5, box
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            assert across < 1 or down < 0.3 * one["height"], (one["text"], other["text"])
    assert min(found["sizes"]) >= 10  # CSS pixels


@pytest.mark.parametrize("dark", [False, True])
def test_the_picture_is_light_or_dark_as_the_reader_is(tmp_path: Path, dark: bool) -> None:
    found = seen(tmp_path, draw(charts()["yuan"]), 800, dark=dark)
    paper, band = ("#12161c", DARK[0]) if dark else ("#ffffff", LIGHT[0])
    assert found["colours"][:2] == [
        f"rgb({', '.join(str(int(c[i : i + 2], 16)) for i in (1, 3, 5))})" for c in (paper, band)
    ]


def test_lines_have_contrast_with_their_paper() -> None:
    """At least 3 : 1, what graphics need for readers with weak sight (WCAG 2.2, 1.4.11)."""

    def light(colour: str) -> float:
        parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for paper, lines in (("#ffffff", LIGHT), ("#12161c", DARK)):
        for line in lines:
            high, low = sorted((light(paper), light(line)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5, line


def test_a_name_that_is_too_long_for_the_margin_still_fits(tmp_path: Path) -> None:
    held = charts()["rice"]
    lines = tuple(
        Line(line.name + " and a great many other places around it" * 2, line.points, line.reach) for line in held.lines
    )
    found = seen(tmp_path, draw(Chart(held.title, held.unit, lines, (), held.source, held.alt)), 390)
    assert all(box["right"] <= found["picture"]["right"] + 0.5 for box in found["boxes"])
