"""Options that commands share, and the frame that each command runs in.

Annotations are evaluated as they are read: as strings each would be compiled at every start, 1 ms in all.
"""

import inspect
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, ParamSpec, cast

import typer

from nkauto.core.derivation import Derivation
from nkauto.core.rates import RateBook
from nkauto.errors import BadOption, NkautoError, visible

if TYPE_CHECKING:
    from nkauto.library import Options

P = ParamSpec("P")

FORMATS = ("table", "csv", "json", "ndjson", "md")

On = Annotated[
    str,
    typer.Option("--on", metavar="PERIOD", help="2025-10-17, 2025-10, 2025, mid-November 2025, or a span A..B."),
]
At = Annotated[str, typer.Option("--at", metavar="PLACE", help="Place; without it all places count alike.")]
Market = Annotated[str, typer.Option("--market", metavar="MARKET", help="market, state, official or mixed.")]
Source = Annotated[str, typer.Option("--source", metavar="PUBLISHER", help="Only what this publisher states.")]
Within = Annotated[int | None, typer.Option("--within", metavar="DAYS", help="Reach so many days, not the shelf life.")]
Rates = Annotated[list[Path] | None, typer.Option("--rates", metavar="DIR", help="A book laid over the shipped one.")]
OnlyRates = Annotated[Path | None, typer.Option("--only-rates", metavar="DIR", help="A book in its stead.")]
Own = Annotated[list[str] | None, typer.Option("--rate", metavar="RATE", help="Your own: '1 CNY = 5,300 KPW'.")]
Format = Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv, json, ndjson or md.")]
Explain = Annotated[bool, typer.Option("--explain", help="Show each step.")]
Spread = Annotated[bool, typer.Option("--spread", help="The answer by every other figure within a year.")]


class Asking(NamedTuple):
    """What every question may be asked with, as typed; a command that takes one gets these options."""

    on: On = ""
    at: At = ""
    market: Market = ""
    source: Source = ""
    within: Within = None
    rates: Rates = None
    only_rates: OnlyRates = None
    rate: Own = None

    @property
    def folders(self) -> list[Path]:
        """Return the folders of the book: the shipped one or the one in its stead, and those laid over it."""
        from nkauto.read.ratefiles import shipped

        return [self.only_rates or shipped(), *overlays(self.rates, self.only_rates)]

    def book(self) -> RateBook:
        """Return the rate book with the user's folders."""
        return open_book(self.rates, self.only_rates)

    def of(self, book: RateBook | None) -> "Options":
        """Return the question's options for the library."""
        return {
            "book": book,
            "on": self.on,
            "at": self.at,
            "market": self.market,
            "source": self.source,
            "within": self.within,
            "rates": self.rate or (),
        }


class Showing(NamedTuple):
    """How an answer is shown; a command that takes one gets these options."""

    form: Format = "table"
    explain: Explain = False
    spread: Spread = False

    @property
    def detail(self) -> dict[str, bool]:
        """Return how much is shown, for a table: every step, every other report."""
        return {"explain": self.explain, "spread": self.spread}


def answering(command: Callable[P, int | None]) -> Callable[..., None]:
    """Return the command with its groups of options spread out, and with errors as one message and exit code.

    A parameter annotated ``Asking`` or ``Showing`` becomes the options of that group. A reader that closes the
    pipe early ends the command quietly; an interruption ends it with 130.
    """
    signature = inspect.signature(command, eval_str=True)
    groups: dict[str, type[Asking] | type[Showing]] = {}
    spread_out: list[inspect.Parameter] = []
    for parameter in signature.parameters.values():
        if parameter.annotation in (Asking, Showing):
            groups[parameter.name] = group = parameter.annotation
            spread_out += [
                parameter.replace(name=name, default=default, annotation=group.__annotations__[name])
                for name, default in group._field_defaults.items()
            ]
        else:
            spread_out.append(parameter)

    run = cast("Callable[..., int | None]", command)

    def framed(**given: Any) -> None:
        for name, group in groups.items():
            given[name] = group(**{field: given.pop(field) for field in group._fields})
        try:
            if "form" in given or "showing" in given:
                known_format(given["form"] if "form" in given else given["showing"].form)
            code = run(**given)
            sys.stdout.flush()
        except NkautoError as error:
            _flush()
            fail(str(error))
            raise typer.Exit(error.exit_code) from None
        except BrokenPipeError:
            _close()
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            raise typer.Exit(130) from None
        except OSError as error:
            _close()
            fail(f"cannot write: {error.strerror or error}")
            raise typer.Exit(2) from None
        if code:
            raise typer.Exit(code)

    framed.__name__, framed.__doc__ = command.__name__, command.__doc__
    # inspect reads a signature from here, of which mypy does not know
    framed.__signature__ = signature.replace(parameters=spread_out, return_annotation=None)  # type: ignore[attr-defined]
    framed.__annotations__ = {parameter.name: parameter.annotation for parameter in spread_out}
    return framed


def fail(message: str) -> None:
    """Write one error message to standard error."""
    typer.echo(f"nkauto: {message}", err=True)


def notice(message: str) -> None:
    """Write one notice to standard error."""
    typer.echo(f"nkauto: {visible(message)}", err=True)


def open_book(rates: list[Path] | None, only: Path | None) -> RateBook:
    """Return the rate book with the user's folders."""
    from nkauto.read.ratefiles import load

    return load(*overlays(rates, only), only=only)


def overlays(rates: list[Path] | None, only: Path | None) -> list[Path]:
    """Return the folders to lay over the book: those named, else those of NKAUTO_RATES, else the user's own if any."""
    folders = list(rates or [])
    if folders or only:
        return folders
    if os.environ.get("NKAUTO_RATES"):
        return [Path(folder) for folder in os.environ["NKAUTO_RATES"].split(os.pathsep) if folder]
    own = own_folder()
    return [own] if own.is_dir() else []


def own_folder() -> Path:
    """Return where the user's own book lies: the data folder of this system and user."""
    if sys.platform == "linux" and not os.environ.get("XDG_DATA_HOME"):
        # what platformdirs answers, without its 3 ms at every start
        return Path(os.path.expanduser("~/.local/share/nkauto/rates"))  # noqa: PTH111 - stays as it is without a home
    from platformdirs import user_data_path

    return user_data_path("nkauto", appauthor=False) / "rates"


def known_format(name: str) -> str:
    """Return the format, or refuse with the formats there are."""
    if name not in FORMATS:
        raise BadOption(f"unknown format: {name!r}", hint=f"Formats: {', '.join(FORMATS)}.")
    return name


def width() -> int:
    """Return the columns to write for: the terminal's, or 80 where there is none."""
    import shutil

    return max(20, shutil.get_terminal_size((80, 24)).columns)


def show(derivation: Derivation, form: str, *, explain: bool = False, spread: bool = False) -> None:
    """Write a derivation to standard output in the format; notices go to standard error for machines."""
    from nkauto import __version__

    for said in derivation.notices:
        notice(said)
    if form == "table":
        from nkauto.show.table import write_derivation

        write_derivation(derivation, sys.stdout, width=width(), explain=explain, spread=spread)
        return
    from nkauto.show import records

    if form in ("json", "ndjson"):
        held = records.document(derivation, __version__, spread=spread)
        records.write_json(held, sys.stdout, lines=form == "ndjson")
    else:
        write = records.write_csv if form == "csv" else records.write_markdown
        write(records.rows(derivation, __version__), records.FIELDS, sys.stdout)
        for note in derivation.notes:
            notice(note)
    if explain:
        from nkauto.show.steps import steps

        for line in steps(derivation):
            notice(line)


def _flush() -> None:
    try:
        sys.stdout.flush()
    except OSError:
        _close()


def _close() -> None:
    """Point standard output at nothing, so that closing it at exit says nothing more."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
