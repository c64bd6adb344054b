"""``nkauto rates info``: which book answers, so that a printed figure can be computed again."""

from __future__ import annotations

import sys

import typer

from nkauto.cli import options as o
from nkauto.cli.rates import asked

HELP = """Show which book answers: version, checksum, folders, newest day, corrections. What a correction notice needs.

\b
  nkauto rates info
  nkauto rates info --rates my-book -f json
"""


def register(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("info", help=HELP, short_help="Version, checksum, folders, newest day.")(o.answering(info))


def info(rates: o.Rates = None, only_rates: o.OnlyRates = None, form: o.Format = "table") -> None:
    """Parse, call, show."""
    from nkauto.core.coverage import Filter, matching
    from nkauto.read.ratefiles import shipped
    from nkauto.show.rate_words import plain

    book = asked.open_book(rates, only_rates)
    rows = matching(book, Filter())
    corrected = [row for row in rows if row.replaces]
    newest = max(rows, key=lambda row: row.last, default=None)
    state = asked.state(book)
    known = {
        "version": state["version"],
        "book_checksum": state["book_checksum"],
        "folders": "; ".join(str(folder) for folder in [only_rates or shipped(), *o.overlays(rates, only_rates)]),
        "own_book": str(o.own_folder()),
        "rows": str(len(rows)),
        "reference_months": str(sum(len(book.reference[item]) for item in book.reference)),
        "sources": str(len(book.sources)),
        "publishers": str(len({source.publisher for source in book.sources.values()})),
        "newest_day": newest.last.isoformat() if newest else "",
        "corrections": "; ".join(f"{row.id} replaces {row.replaces}: {row.note}" for row in corrected),
        "cite": f"nkauto {state['version']}, rate book {state['book_checksum'][:12]}; each row by its own source",
    }

    def table() -> None:
        for name, value in known.items():
            sys.stdout.write(f"{name.replace('_', ' '):16} {plain(value) or 'none'}\n")

    asked.write(form, tuple(known), [known], key="book_state", query={"command": "rates info"}, book=book, table=table)
