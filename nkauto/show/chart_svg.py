"""A chart as an SVG picture for print and page: text that stays text, light and dark, no script, no font files.

The picture holds two settings of the same data: one for a column of print or a wide screen, and one with
larger text and fewer labels that a browser shows where the picture is no wider than a phone. A program that
knows no media queries shows the wide one.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from nkauto.core.series import Chart
from nkauto.errors import BadOption, visible
from nkauto.show.chart import wrapped
from nkauto.show.chart_plot import HEIGHT, NARROW, WIDE, WIDTH, Setting, plot, text_at, text_width

PHONE = 560
"""A picture at most so many CSS pixels wide is shown in the setting for phones."""

FONTS = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans KR','Liberation Sans',Arial,sans-serif"

LIGHT = ("#0a64b0", "#c2410c", "#0b7a5e", "#8b3fc4", "#8a6100", "#b0246b")
DARK = ("#6cb6ff", "#ff9d66", "#4fd1a5", "#c99bff", "#e5bb52", "#ff8ac0")
"""Colours of the lines on white and on dark paper, each at 4.5 : 1 or better, in an order that keeps neighbours apart
for readers who do not see red or green; every line is named beside it or in the legend as well."""


def draw(chart: Chart) -> str:
    """Return the chart as one SVG document that ends in a newline."""
    title = escape(visible(chart.title), quote=False)
    alt = escape(visible(chart.alt or f"{chart.title}. {chart.unit}."), quote=False)
    body = "".join(f'<g class="{setting.name}">\n{_page(chart, setting)}</g>\n' for setting in (WIDE, NARROW))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="nkauto-chart" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">\n<title>{title}</title>\n<desc>{alt}</desc>\n<style>\n{_style()}</style>\n'
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>\n{body}</svg>\n'
    )


def png_of(svg: str, scale: float = 2) -> bytes:
    """Return an SVG document as a PNG picture, ``scale`` times its size in pixels.

    Raise BadOption where the extra ``png`` is not installed. The picture is the wide, light one.
    """
    try:
        import vl_convert
    except ImportError as missing:
        what = "a PNG picture needs the package vl-convert-python"
        raise BadOption(what, hint="Install it with: pip install 'nkauto[png]'. --svg needs nothing more.") from missing
    picture: bytes = vl_convert.svg_to_png(svg, scale=scale)
    return picture


def _page(chart: Chart, setting: Setting) -> str:
    """Return the elements of one setting, from the title down to the sources."""
    parts: list[str] = []
    edge = setting.edge
    room = WIDTH - 2 * edge
    y = _paragraph(parts, chart.title, edge, edge * 0.8, room, setting.title, 'class="title"', bold=True)
    unit = chart.unit + (", log scale" if chart.log else "")
    y = _paragraph(parts, unit, edge, y + setting.text * 0.15, room, setting.text, 'class="quiet"')
    source = wrapped(chart.source, room, lambda text: text_width(text, setting.small))
    foot = HEIGHT - edge * 0.7 - len(source) * setting.small * 1.3
    if chart.span is None:
        _paragraph(parts, "No report to draw.", edge, y + setting.text, room, setting.text)
    else:
        plot(parts, chart, setting, y, foot - setting.small * 0.5)
    for index, line in enumerate(source):
        parts.append(text_at(line, edge, foot + (index + 1) * setting.small * 1.3, setting.small, 'class="quiet"'))
    return "".join(parts)


def _paragraph(
    parts: list[str], text: str, x: float, y: float, room: float, size: float, more: str = "", *, bold: bool = False
) -> float:
    """Add a text in as many lines as it needs; return the height under it."""
    lines = wrapped(text, room, lambda part: text_width(part, size, bold))
    for index, line in enumerate(lines):
        parts.append(text_at(line, x, y + size * (1.0 + 1.22 * index), size, more))
    return y + size * 1.25 * len(lines)


def _style() -> str:
    """Return the rules: plain colours first, for programs that know no more; then phones; then dark paper."""
    rules = {
        "text": f"fill:#1c2430;font-family:{FONTS}",
        ".title": "font-weight:700",
        ".quiet": "fill:#566173",
        ".paper": "fill:#fff",
        ".rule": "stroke:#e3e7ec;stroke-width:1;fill:none",
        ".base": "stroke:#566173;stroke-width:1;fill:none",
        ".day": "stroke:#566173;stroke-width:1.2;stroke-dasharray:4 4;fill:none",
        ".band": "fill-opacity:.18;stroke-opacity:.6;stroke-width:1.4;stroke-linejoin:round",
        ".narrow .band": "stroke-width:2.4",
        ".report": "fill-opacity:.62;stroke-opacity:.85;stroke-width:1.1;stroke-linejoin:round",
        **_colours(LIGHT),
        ".narrow": "display:none",
    }
    night = {
        "text": "fill:#e8ecf2",
        ".quiet": "fill:#a3adbb",
        ".paper": "fill:#12161c",
        ".rule": "stroke:#2a313b",
        ".base": "stroke:#a3adbb",
        ".day": "stroke:#a3adbb",
        **_colours(DARK),
    }
    phone = {".wide": "display:none", ".narrow": "display:inline"}
    return (
        ".nkauto-chart{max-width:100%;height:auto}\n"
        f"{_rules(rules)}@media(max-width:{PHONE}px){{\n{_rules(phone)}}}\n"
        f"@media(prefers-color-scheme:dark){{\n{_rules(night)}}}\n"
    )


def _colours(lines: Sequence[str]) -> dict[str, str]:
    """Return the rules of each line's drawing (``c0``) and name (``n0``)."""
    drawn = {f".c{index}": f"fill:{colour};stroke:{colour}" for index, colour in enumerate(lines)}
    named = {f".n{index}": f"fill:{colour}" for index, colour in enumerate(lines)}
    return {**drawn, **named}


def _rules(rules: dict[str, str]) -> str:
    """Return rules that hold inside this picture alone, even when it stands inside a page."""
    return "".join(f".nkauto-chart {what}{{{how}}}\n" for what, how in rules.items())
