"""``nkauto rates``: the book itself, to see, question, extend, correct and take away. One file per subcommand."""

from __future__ import annotations

import importlib
import os
import sys

import typer

SUBCOMMANDS = {
    "list": "rows",
    "show": "row",
    "coverage": "coverage",
    "sources": "sources",
    "info": "info",
    "chart": "chart",
    "cross": "cross",
    "validate": "validate",
    "add": "add",
    "template": "template",
    "export": "export",
    "refresh": "refresh",
}
"""Each subcommand's module, imported when it is asked for."""

HELP = """The rate book itself: list, show, chart, question, extend, correct and export its rows.

\b
  nkauto rates list CNY --on 2025-10
  nkauto rates chart rice --at Pyongyang,Sinuiju,Hyesan --on 2024-01-01..2026-03-31
"""


def register(app: typer.Typer) -> None:
    """Add the group to the application, with the one subcommand that is asked for, or with all of them."""
    rates = typer.Typer(
        name="rates",
        help=HELP,
        no_args_is_help=True,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    asked = words[1] if words[:1] == ["rates"] and len(words) > 1 else ""
    completing = any(name.endswith("_COMPLETE") for name in os.environ)
    for name in [asked] if asked in SUBCOMMANDS and not completing else SUBCOMMANDS:
        importlib.import_module(f"nkauto.cli.rates.{SUBCOMMANDS[name]}").register(rates)
    if asked in SUBCOMMANDS and not completing:
        rates.callback()(_group)
    app.add_typer(rates, name="rates", help=HELP, short_help="The book: list, chart, add, export.")


def _group() -> None:
    """Keep a group of one subcommand a group."""
