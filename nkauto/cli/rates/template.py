"""``nkauto rates template``: an empty book for another country."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from nkauto.cli import options as o

HELP = """Write an empty book for another country, with its codebook and data package. Only the data is Korean.

\b
  nkauto rates template cuba-book --country Cuba --currency CUP --currency-name "Cuban peso"
  nkauto rates template burma-book --country Myanmar --currency MMK --currency-name kyat
"""


def register(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("template", help=HELP, short_help="An empty book for another country.")(o.answering(template))


def template(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one without CSV files.")],
    country: Annotated[str, typer.Option("--country", metavar="NAME", help="The country's name.")],
    currency: Annotated[str, typer.Option("--currency", metavar="CODE", help="What wages are paid in: CUP, MMK.")],
    currency_name: Annotated[
        str, typer.Option("--currency-name", metavar="NAME", help="What people call it; several with |.")
    ] = "",
) -> None:
    """Parse, call, show."""
    from nkauto.read.template import write_template

    names = write_template(folder, country, currency, currency_name)
    sys.stdout.write("".join(f"{folder / name}\n" for name in names))
    o.notice(f"{folder / 'README.md'} says how to go on; nkauto rates validate {folder} tests what you add")
