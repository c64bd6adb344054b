"""Charts: what is drawn is what was reported, in a terminal of any width and in a picture of text and paths alone."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkauto.core.charting import drawn, measured_in
from nkauto.core.choose import Scope
from nkauto.core.period import REDENOMINATION, Period
from nkauto.core.range import Range
from nkauto.core.series import Chart, Line, Mark, Point, points
from nkauto.errors import BadOption, columns
from nkauto.read.ratefiles import load
from nkauto.show import chart_svg, chart_terminal
from nkauto.show.chart import date_ticks, number_label, value_scale, wrapped
from nkauto.show.chart_words import chart_of

SVG = "{http://www.w3.org/2000/svg}"
NASTY = '[red]<script>alert(1)</script> & "x" \x1b[31m ]]> \u202e'


def at(text: str) -> date:
    return date.fromisoformat(text)


def point(first: str, low: str, high: str = "", last: str = "") -> Point:
    return Point(at(first), at(last or first), Decimal(low), Decimal(high or low))


def chart(*lines: Line, **more: object) -> Chart:
    held = {"title": "Rice", "unit": "won per kg", "source": "Sources: Prime Press.", "alt": "words"}
    return Chart(lines=lines, **{**held, **more})  # type: ignore[arg-type]


LINE = Line(
    "Hyesan", (point("2024-01-10", "5003", "5009"), point("2024-02-20", "7001"), point("2024-12-01", "9001")), 62
)

# Points


def test_overlapping_reports_are_their_hull_day_by_day() -> None:
    year = (Period(at("2024-01-01"), at("2024-12-31")), Range.of(100, 110))
    survey = (Period(at("2024-06-10"), at("2024-06-12")), Range.of(105, 130))
    assert points([year, survey]) == (
        point("2024-01-01", "100", "110", "2024-06-09"),
        point("2024-06-10", "100", "130", "2024-06-12"),
        point("2024-06-13", "100", "110", "2024-12-31"),
    )


def test_points_are_cut_to_the_period_asked() -> None:
    report = (Period(at("2024-01-01"), at("2024-12-31")), Range.of(3, 5))
    assert points([report], Period.month(2024, 6)) == (point("2024-06-01", "3", "5", "2024-06-30"),)
    assert points([report], Period.year(2025)) == ()


REPORTS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 40), st.integers(1, 50), st.integers(0, 20)), min_size=1, max_size=12
)


@given(REPORTS)
def test_each_day_of_a_line_says_what_the_rows_of_that_day_say(reports: list[tuple[int, int, int, int]]) -> None:
    start = at("2024-01-01")
    held = [
        (Period(start + timedelta(first), start + timedelta(first + days)), Range.of(low, low + more))
        for first, days, low, more in reports
    ]
    found = points(held)
    assert all(before.last < after.first for before, after in pairwise(found))
    for day in (start + timedelta(number) for number in range(110)):
        on = [reported for period, reported in held if period.first <= day <= period.last]
        drawn_there = [one for one in found if one.first <= day <= one.last]
        expected = [(min(r.low for r in on), max(r.high for r in on))] if on else []
        assert [(one.low, one.high) for one in drawn_there] == expected


def test_a_gap_longer_than_the_reach_ends_a_run() -> None:
    assert [[one.low for one in run] for run in LINE.runs] == [[5003, 7001], [9001]]


# Scales and ticks


@pytest.mark.parametrize(
    "low, high, foot, top, log",
    [
        ("5003", "9001", 5000, 9500, False),  # all in the upper half: no need to begin at zero
        ("4003", "9001", 0, 10_000, False),
        ("6.1", "7.3", "6", "7.4", False),
        ("5", "5700", 2, 10_000, True),
        ("100", "5000", 0, 5000, False),  # exactly fifty times is not over fifty
        ("100", "5001", 50, 10_000, True),
        ("7", "7", "3", "11", False),
    ],
)
def test_a_scale_holds_its_values_and_asks_for_logs_when_they_are_far_apart(low, high, foot, top, log) -> None:  # type: ignore[no-untyped-def]
    held = chart(Line("", (point("2024-01-01", low, high),), 62))
    scale = value_scale(held, 8)
    assert (scale.low, scale.high, scale.log) == (Decimal(foot), Decimal(top), log)
    assert 0 <= scale.share(Decimal(low)) <= scale.share(Decimal(high)) <= 1


@given(st.integers(1, 10**12), st.integers(0, 10**12), st.integers(2, 10))
def test_every_tick_is_round_and_there_are_not_too_many(low: int, more: int, most: int) -> None:
    scale = value_scale(
        chart(Line("", (Point(at("2024-01-01"), at("2024-01-01"), Decimal(low), Decimal(low + more)),), 1)), most
    )
    assert 2 <= len(scale.ticks) <= most + 2
    assert scale.low <= low
    assert low + more <= scale.high
    if scale.log:
        assert all(tick.normalize().as_tuple().digits in ((1,), (2,), (5,)) for tick in scale.ticks)
    else:
        steps = {after - before for before, after in pairwise(scale.ticks)}
        assert {step.normalize().as_tuple().digits for step in steps} <= {(1,), (2,), (5,)}


@given(st.dates(at("1900-01-01"), at("2100-01-01")), st.integers(0, 60_000), st.integers(2, 14))
def test_days_on_the_axis_are_real_in_order_and_few_enough(first: date, days: int, most: int) -> None:
    ticks = date_ticks(Period(first, first + timedelta(days)), most)
    assert 1 <= len(ticks) <= most
    assert all(before.day < after.day for before, after in pairwise(ticks))
    assert all(first <= tick.day <= first + timedelta(days) for tick in ticks)
    assert len({tick.iso for tick in ticks}) == len(ticks)


def test_a_short_label_says_its_year_where_the_axis_leaves_it_open() -> None:
    ticks = date_ticks(Period(at("2025-02-10"), at("2025-08-10")), 8)
    assert [tick.short for tick in ticks] == ["Mar 2025", "Apr", "May", "Jun", "Jul", "Aug"]
    ticks = date_ticks(Period(at("2023-12-01"), at("2024-04-10")), 8)
    assert [tick.short for tick in ticks] == ["Dec", "2024", "Feb", "Mar", "Apr"]


def test_a_number_is_written_in_full() -> None:
    assert [number_label(Decimal(text)) for text in ("20000", "0.05", "1E+4", "2E+20")] == [
        "20,000",
        "0.05",
        "10,000",
        "2e+20",
    ]


@given(st.text(max_size=200), st.integers(1, 40))
def test_wrapped_text_keeps_every_letter_and_passes_no_edge(text: str, width: int) -> None:
    lines = wrapped(text, width, columns)
    assert all(columns(line) <= max(width, 2) for line in lines)
    from nkauto.errors import visible

    assert "".join("".join(lines).split()) == "".join(visible(text).split())


# Terminal


BLOCKS = """\
Rice
won per kg

Hyesan: 2024-01-10 to 2024-12-01
10,000 ┤
       │
 9,000 ┤                                                   ▄
       │
       │
 8,000 ┤
       │
       │
 7,000 ┤ ░░░░░▀
       │ ░░░░░
       │ ░░░░░
 6,000 ┤ ░░░░░
       │ ░░░░░
 5,000 ┤▄░░░░░
       └────────┬────────┬─────────┬─────────┬─────────┬────
                2024-03  2024-05   2024-07   2024-09 2024-11

One column is about 6 days. █ reported range; ░ between two
reports at most 62 days apart; blank: no report.
Sources: Prime Press."""


@pytest.mark.parametrize("wide", [1, 32, 40, 60, 80, 120, 200])
def test_no_line_of_a_terminal_chart_is_wider_than_the_terminal(wide: int) -> None:
    lines = (LINE, Line("North Hamgyong and Ryanggang", LINE.points, 62))
    text = chart_terminal.draw(chart(*lines, marks=(Mark(at("2024-05-01"), "a day to know of"),)), wide)
    assert max(columns(line) for line in text.splitlines()) <= max(wide, chart_terminal.LEAST_COLUMNS)
    assert "10,000" in text
    assert "2024-05-01 a day to know of" in " ".join(text.split())
    assert "\x1b" not in text


def test_a_terminal_chart_shows_reports_what_lies_between_and_gaps() -> None:
    text = chart_terminal.draw(chart(LINE), 60)
    assert text == BLOCKS


def test_a_terminal_without_blocks_gets_plain_ascii() -> None:
    text = chart_terminal.draw(chart(LINE), 60, ascii_only=True)
    assert text.isascii()
    assert "#" in text


def test_an_empty_chart_says_so() -> None:
    assert "No report" in chart_terminal.draw(chart(), 80)
    assert "No report" in chart_svg.draw(chart())


def test_marks_of_counts_by_year() -> None:
    assert chart_terminal.sparkline([0, 1, 4, 8]) == " ▁▄█"
    assert chart_terminal.sparkline([]) == ""
    assert chart_terminal.sparkline([0, 3], ascii_only=True).isascii()


# SVG


def picture(held: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart_svg.draw(held))


def test_an_svg_is_a_named_picture_in_two_settings_without_scripts_or_addresses() -> None:
    text = chart_svg.draw(chart(LINE))
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img"
    assert [root[0].tag, root[0].text, root[1].tag, root[1].text] == [f"{SVG}title", "Rice", f"{SVG}desc", "words"]
    assert [group.get("class") for group in root.findall(f"{SVG}g")] == ["wide", "narrow"]
    assert "prefers-color-scheme:dark" in text
    assert "max-width:560px" in text
    assert "system-ui" in text
    assert not re.search(r"<script|\son\w+=|href|url\(|@import|<image|<foreignObject|\sid=", text)


def test_nothing_that_a_book_says_acts_in_a_picture() -> None:
    held = chart(
        Line(NASTY, LINE.points, 62),
        title=NASTY,
        unit=NASTY,
        source=NASTY,
        alt=NASTY,
        marks=(Mark(at("2024-02-01"), NASTY),),
    )
    root = picture(held)  # well-formed although the text is not
    assert root[0].text == NASTY.replace("\x1b", "\\x1b").replace("\u202e", "\\u202e")
    assert {element.tag for element in root.iter()} == {
        f"{SVG}{tag}" for tag in ("svg", "title", "desc", "style", "rect", "g", "text", "path")
    }
    text = chart_terminal.draw(held, 80)
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("setting", ["wide", "narrow"])
def test_every_text_of_a_picture_stays_inside_it(setting: str) -> None:
    """By the widest of the fonts that readers have; measured again in a browser by the interop tests."""
    from nkauto.show.chart_plot import HEIGHT, WIDTH, text_width

    names = ("Pyongyang", "North Hamgyong and Ryanggang", "Ryanggang, North Hamgyong and North Pyongan")
    held = chart(
        *(Line(name, LINE.points, 62) for name in names),
        title="The price of white rice in won for each kilogram, as reported from all over the country, 2009–2026",
        source="Sources: " + ", ".join(f"Publisher {number}" for number in range(12)),
        marks=(Mark(at("2024-11-20"), "100 old won became 1 new won"),),
    )
    (group,) = (group for group in picture(held).findall(f"{SVG}g") if group.get("class") == setting)
    for text in group.findall(f"{SVG}text"):
        size, x = float(text.get("font-size", "")), float(text.get("x", ""))
        wide = text_width(text.text or "", size, "title" in (text.get("class") or ""))
        left = {"end": x - wide, "middle": x - wide / 2}.get(text.get("text-anchor", ""), x)
        assert left >= -1, text.text
        assert left + wide <= WIDTH + 1, text.text
        assert 0 < float(text.get("y", "")) <= HEIGHT


def test_no_path_crosses_a_long_gap() -> None:
    bands = [path.get("d", "") for path in picture(chart(LINE)).iter(f"{SVG}path") if "band" in path.get("class", "")]
    assert [band.count("M") for band in bands] == [2, 2]  # two runs in each setting


def test_a_band_lies_between_the_heights_of_its_range() -> None:
    held = chart(Line("", (point("2024-01-01", "2500", "5000", "2024-01-31"),), 62))
    root = picture(held)
    group = root.findall(f"{SVG}g")[0]
    heights = {
        tick.text: float(tick.get("y", "")) - float(tick.get("font-size", "")) * 0.35
        for tick in group.findall(f"{SVG}text")
        if tick.text in ("2,500", "5,000")
    }
    (band,) = (path.get("d", "") for path in group.findall(f"{SVG}path") if "band" in path.get("class", ""))
    drawn_heights = {float(pair.split()[1]) for pair in re.split("[MLZ]", band) if pair}
    assert len(drawn_heights) == 2
    assert max(drawn_heights) == pytest.approx(heights["2,500"], abs=0.15)
    assert min(drawn_heights) == pytest.approx(heights["5,000"], abs=0.15)


def test_a_png_needs_its_extra_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(BadOption, match="vl-convert-python") as caught:
        chart_svg.png_of(chart_svg.draw(chart(LINE)))
    assert "nkauto[png]" in caught.value.hint


def test_a_png_is_one() -> None:
    pytest.importorskip("vl_convert")
    assert chart_svg.png_of(chart_svg.draw(chart(LINE))).startswith(b"\x89PNG\r\n")


# From the book


def test_the_redenomination_is_marked_and_old_won_are_counted_as_new() -> None:
    book = load()
    held = drawn(book, book.items["CNY"], [], within=Period(at("2009-01-01"), at("2010-12-31")))
    picture_of = chart_of(held, book, "0")
    assert [(mark.day, mark.text) for mark in picture_of.marks] == [(REDENOMINATION, "100 old won became 1 new won")]
    assert picture_of.lines[0].points[0].low == Decimal("5.3")
    assert picture_of.log
    assert "Marked: 2009-12-01" in picture_of.alt
    assert picture_of.source.endswith(f"rate book {book.checksum[:12]}.")


def test_a_chart_of_today_marks_no_redenomination() -> None:
    book = load()
    held = drawn(book, book.items["rice"], ["Pyongyang", "Hyesan"], within=Period(at("2024-01-01"), at("2026-03-31")))
    picture_of = chart_of(held, book, "0")
    assert picture_of.marks == ()
    assert [line.name for line in picture_of.lines] == ["Pyongyang", "Hyesan"]
    assert picture_of.title == "Rice, 2024–2026"
    assert not picture_of.log


def test_a_wage_in_rice_is_by_month_what_the_book_answers() -> None:
    """200,000 won against 20,000–24,000 won a kilogram: 8.33 to 10 kg in December 2025."""
    book = load()
    within = Period(at("2025-12-01"), at("2025-12-31"))
    plain = drawn(book, book.items["wage"], [], within=within)
    held = measured_in(book, plain, Scope(within), "kg", "rice", within)
    assert held.measure == "kg rice"
    (month,) = held.lines[0].points
    assert (month.first, month.last) == (within.first, within.last)
    assert Decimal("8.33") < month.low < Decimal("8.34")
    assert month.high == 10
