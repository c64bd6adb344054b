"""The command line: streams, clock, environment and exit codes live here and nowhere else.

A command's module is imported when it is asked for, so that one command does not pay for the others.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import sys
from collections.abc import Callable
from typing import NoReturn

COMMANDS = {
    "convert": "An amount in other units.",
    "afford": "A price in wages, rice, per head, over months.",
    "plan": "Dated instalments of a shared purchase.",
    "cost": "What a basket of things comes to.",
    "compare": "Then and now, here and there, this and that.",
    "check": "An article's figures and claims, judged.",
    "batch": "A whole table of amounts, row by row.",
    "rates": "The rate book itself.",
    "vehicles": "What is known of each vehicle, and what its fuel costs.",
}
"""Each command with its line in the help; its module is ``nkauto.cli.<command>``, with a function ``register``."""
ONE_ANSWER = frozenset({"convert", "afford"})
"""Commands whose work is as small whatever they are asked."""


def main() -> NoReturn:
    """Run the command line and exit with the documented code.

    Starting makes no garbage worth collecting (6 ms of 100), nor does one answer; leaving without taking the
    interpreter apart saves 7 ms more: everything has been written and closed by then.
    """
    gc.disable()
    _buffer_output()
    _set_encodings()
    try:
        app = _app(sys.argv[1:])
        if _asked(sys.argv[1:]) not in ONE_ANSWER:
            gc.enable()
        app()
        code = 0
    except KeyboardInterrupt:
        code = 130
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _buffer_output() -> None:
    """Put a buffer before standard output where PYTHONUNBUFFERED took it away.

    Without one Python drops, and does not tell, what a disk that is full or a signal kept a write from writing.
    """
    if isinstance(sys.stdout, io.TextIOWrapper) and isinstance(sys.stdout.buffer, io.RawIOBase):
        terminal = sys.stdout.isatty()
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(sys.stdout.detach()), line_buffering=terminal)


def _set_encodings() -> None:
    """Write UTF-8 into files and pipes whatever the locale; on a terminal escape what it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _asked(arguments: list[str]) -> str:
    """Return the word that names the command, empty when there is none."""
    return next((argument for argument in arguments if not argument.startswith("-")), "")


def _app(arguments: list[str]) -> Callable[[], None]:
    """Return the application with the one command that is asked for, or with all of them."""
    import typer

    asked = _asked(arguments)
    completing = any(name.endswith("_COMPLETE") for name in os.environ)
    alone = asked in COMMANDS and not completing
    app = typer.Typer(
        name="nkauto",
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        add_completion=not alone,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    def version(asked: bool) -> None:
        if asked:
            from nkauto import __version__

            typer.echo(f"nkauto {__version__}")
            raise typer.Exit

    @app.callback(help="What would that cost them? Prices reported from North Korea, as ranges, with their sources.")
    def root(
        shown: bool = typer.Option(
            False, "--version", help="Print the version and exit.", is_eager=True, callback=version
        ),
    ) -> None:
        """Take the options that stand before a command."""

    if alone:
        importlib.import_module(f"nkauto.cli.{asked}").register(app)
    for name, line in COMMANDS.items() if not alone else ():
        if completing:
            importlib.import_module(f"nkauto.cli.{name}").register(app)
        else:  # for the list of commands its line is enough
            app.command(name, help=line)(lambda: None)
    return app
