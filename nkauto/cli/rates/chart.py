"""``nkauto rates chart``: an item over time, as blocks in a terminal, an SVG, or a PNG."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from nkauto.cli import options as o
from nkauto.cli.rates import asked

HELP = """Draw an item over time: each report's range as a band, gaps left as gaps. Without --at, all places alike.

\b
  nkauto rates chart CNY --on 2009-01-01..2026-03-31 --svg yuan.svg
  nkauto rates chart rice --at Pyongyang,Sinuiju,Hyesan --on 2024-01-01..2026-03-31
"""
MOST_EACH = 4


def register(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("chart", help=HELP, short_help="An item over time; --svg, --png.")(o.answering(chart))


def chart(
    item: Annotated[str, typer.Argument(metavar="ITEM", help="An item of the book.")],
    on: o.On = "",
    at: Annotated[
        str, typer.Option("--at", metavar="PLACE,…", help="A line for each place; each: the four with most reports.")
    ] = "",
    measure: Annotated[
        str, typer.Option("--in", metavar="UNIT", help="Measured by month in usd, cny, rice, wage… instead.")
    ] = "",
    market: o.Market = "",
    source: o.Source = "",
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Write an SVG picture instead; - is standard output.")
    ] = None,
    png: Annotated[Path | None, typer.Option("--png", metavar="FILE", help="Write a PNG picture (extra: png).")] = None,
    rates: o.Rates = None,
    only_rates: o.OnlyRates = None,
) -> None:
    """Parse, call, show."""
    from nkauto import __version__
    from nkauto.show.chart_words import chart_of

    book = asked.open_book(rates, only_rates)
    held = asked.drawn(book, item, on=on, at=at, measure=measure, market=market, source=source, each=MOST_EACH)
    picture = chart_of(held, book, __version__, converted=bool(measure))
    for basis, count in held.left_out:
        o.notice(f"{count} rows in {basis} are not drawn; --in draws the answers to all of them in one unit")
    if svg or png:
        from nkauto.read.ownbook import replace
        from nkauto.show.chart_svg import draw, png_of

        drawing = draw(picture)
        if svg and str(svg) == "-":
            sys.stdout.write(drawing)
        elif svg:
            replace(svg, drawing.encode())
        if png:
            replace(png, png_of(drawing))
        return
    from nkauto.show.chart_terminal import draw as draw_blocks

    sys.stdout.write(draw_blocks(picture, o.width(), ascii_only=not asked.draws(sys.stdout)) + "\n")
