"""``nkauto compare``: two periods, places or things side by side, or a series between two periods."""

from __future__ import annotations

from typing import Annotated

import typer

from nkauto.cli import options as o
from nkauto.cli.output import write
from nkauto.errors import BadOption

HELP = """Compare a thing then and now, here and there, or with another thing; --every month makes a series of it.

\b
  nkauto compare driving-licence 2025-09 2025-10
  nkauto compare rice 2025-10 --at Pyongyang,Hyesan
  nkauto compare rice maize --on 2025-10
  nkauto compare dollar 2009-12 2026-01 --every month --measure wage
"""
MEASURES = {
    "price": "price",
    "won": "price_kpw",
    "dollars": "price_usd",
    "usd": "price_usd",
    "yuan": "price_cny",
    "cny": "price_cny",
    "wage": "wage_months",
    "rice": "rice_kg",
}


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("compare", help=HELP, short_help="Then and now, here and there, this and that.")(o.answering(compare))


def compare(
    words: Annotated[list[str], typer.Argument(metavar="THING PERIOD PERIOD", help="Or two things with --on.")],
    every: Annotated[str, typer.Option(metavar="PERIOD", help="A series: a point every month or year.")] = "",
    measure: Annotated[str, typer.Option(metavar="MEASURE", help="Of the chart: won, dollars, yuan, wage, rice.")] = (
        "won"
    ),
    *,
    asking: o.Asking,
    showing: o.Showing,
) -> None:
    """Parse, call, show."""
    from nkauto import __version__
    from nkauto.library import comparing
    from nkauto.show import compare as shown
    from nkauto.show import records

    if measure not in MEASURES:
        raise BadOption(f"unknown measure: {measure!r}", hint=f"Measures: {', '.join(MEASURES)}.")
    book = asking.book()
    found, series = comparing.compare(
        words,
        every=every,
        **asking.of(book),
        spread=showing.spread,
    )
    if series is not None:
        drawn = series
        query = {"command": "compare", "thing": drawn.subject, "every": every}
        write(
            showing.form,
            None,
            table=lambda stream, width: shown.write_series(
                drawn,
                found,
                stream,
                measure=MEASURES[measure],
                width=width,
                explain=showing.explain,
                spread=showing.spread,
            ),
            document=lambda: shown.series_document(drawn, book, query, __version__),
            records=lambda: (shown.SERIES_FIELDS, shown.series_rows(drawn, book, __version__)),
        )
        if showing.form != "table":
            o.notice(shown.counted(drawn, "price"))
        return
    assert found is not None
    held = found
    write(
        showing.form,
        held.derivation,
        table=lambda stream, width: shown.write_comparison(held, stream, width=width, **showing.detail),
        document=lambda: records.document(held.derivation, __version__, spread=showing.spread),
        records=lambda: (records.FIELDS, records.rows(held.derivation, __version__)),
        explain=showing.explain,
    )
