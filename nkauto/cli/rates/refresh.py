"""``nkauto rates refresh``: the European Central Bank's history as monthly reference rates."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from nkauto.cli import options as o
from nkauto.cli.rates import asked

HELP = """Take monthly reference rates from the European Central Bank's own history file, eurofxref-hist.zip or .csv.

In a checkout they go into rates/reference.csv, else into your own book. A damaged, cut or older file changes nothing.

\b
  nkauto rates refresh eurofxref-hist.zip
  nkauto rates refresh eurofxref-hist.csv --rates my-book
"""
MOST_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("refresh", help=HELP, short_help="Reference rates from the ECB's file.")(o.answering(refresh))


def refresh(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="eurofxref-hist.zip or eurofxref-hist.csv.")],
    rates: o.Rates = None,
    only_rates: o.OnlyRates = None,
) -> None:
    """Parse, call, show."""
    from nkauto.read.ecb import refresh as refreshed
    from nkauto.read.ratefiles import shipped

    folder = asked.target(rates, only_rates)
    if not rates and not only_rates and (shipped().parent / "pyproject.toml").is_file():
        folder = shipped()
    changes = refreshed(file, folder)
    for change in changes[:MOST_SHOWN]:
        sys.stdout.write(f"{change}\n")
    if len(changes) > MOST_SHOWN:
        sys.stdout.write(f"… and {len(changes) - MOST_SHOWN} more\n")
    o.notice(
        f"{len(changes)} monthly rates changed in {folder / 'reference.csv'}" if changes else "nothing has changed"
    )
