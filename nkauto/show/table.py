"""The table that a person reads, and the only home of Rich.

Figures are never cut: where the terminal is too narrow the table becomes cards. Everything that comes from a user or a
book is handed over as plain text, so that no markup in it acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from nkauto.core.bounds import Input
from nkauto.core.choose import Chosen
from nkauto.core.derivation import Derivation, Other, Result, sources_of
from nkauto.core.range import Range
from nkauto.core.rates import OLD_PER_NEW, OLD_WON, Rate, Source
from nkauto.errors import columns, visible
from nkauto.show.findings import Line
from nkauto.show.numbers import evidence_digits, for_people, fraction_for_people
from nkauto.show.steps import steps
from nkauto.show.words import metric_words, unit_words

MOST_OTHERS = 10

_WITHIN = str.maketrans("“”", "‘’")
"""A quotation within a quotation."""


class Paper:
    """What lines are written on: a width in columns, and no style."""

    def __init__(self, stream: TextIO, width: int | None) -> None:
        self.width = width or 80
        self._stream = stream

    def line(self, *pieces: tuple[str, str]) -> None:
        """Write one line of pieces, each a text and its style (``bold`` or empty)."""
        self._stream.write("".join(text for text, _ in pieces) + "\n")


class Screen(Paper):
    """A terminal, through Rich: which style it can show, and whether colour is wanted, is Rich's decision."""

    def __init__(self, stream: TextIO, width: int | None) -> None:
        from rich.console import Console
        from rich.text import Text

        super().__init__(stream, width)
        self._console = Console(file=stream, width=self.width, highlight=False, markup=False, emoji=False)
        self._text = Text

    def line(self, *pieces: tuple[str, str]) -> None:
        """Write one line of pieces, each a text and its style."""
        self._console.print(self._text.assemble(*pieces), no_wrap=True, overflow="ignore", crop=False)


def console(stream: TextIO, width: int | None) -> Paper:
    """Return what to write on: Rich for a terminal; into a pipe or a file plain lines, which start 25 ms sooner."""
    return Screen(stream, width) if stream.isatty() else Paper(stream, width)


def write_derivation(
    derivation: Derivation, stream: TextIO, *, width: int | None = None, explain: bool = False, spread: bool = False
) -> None:
    """Write caption, results, what they rest on, other reports, notes and numbered sources."""
    out = console(stream, width)
    place = derivation.scope.place or "all places alike"
    say(out, f"{derivation.subject} · {derivation.scope.period} · {place}", style="bold")
    stated = [f"price_{result.unit.lower()}" for result in derivation.results if result.metric == "price"]
    write_rows(out, [row(result) for result in derivation.results if result.metric not in stated])
    write_evidence(out, derivation, explain=explain, spread=spread)


def write_evidence(out: Paper, derivation: Derivation, *, explain: bool = False, spread: bool = False) -> None:
    """Write what results rest on: the wage, steps when asked, rates, other reports, notes and numbered sources."""
    shown = derivation.others if spread else derivation.others[:MOST_OTHERS]
    rates = [rate for held in derivation.inputs if held.chosen for rate in held.chosen.rates]
    sources = sources_of([*rates, *(rate for other in shown for rate in other.rates)])
    numbers = {source.id: number for number, source in enumerate(sources, start=1)}
    wage = next((held for held in derivation.inputs if held.name == "wage" and held.chosen), None)
    if wage is not None:
        say(out, _wage_caption(wage))
    if explain:
        heading(out, "Steps")
        for number, line in enumerate(steps(derivation), start=1):
            say(out, f"{number}. {line}", indent=len(str(number)) + 2)
    used = [(held, held.chosen) for held in derivation.inputs if held.chosen]
    if used:
        heading(out, "Rates used")
    for held, chosen in used:
        say(out, _rate_line(held, chosen, numbers), indent=2)
    if derivation.others:
        heading(out, "Other reports")
        for other in shown:
            say(out, _other_line(other, numbers), indent=2)
        if len(shown) < len(derivation.others):
            say(out, f"… and {len(derivation.others) - len(shown)} more: --spread shows all", indent=2)
    if derivation.notices or derivation.notes:
        heading(out, "Notes")
        for note in (*derivation.notices, *derivation.notes):
            say(out, f"- {note}", indent=2)
    if numbers:
        heading(out, "Sources")
        for source in sources:
            write_source(out, numbers[source.id], source)


def say(out: Paper, text: str, *, indent: int = 0, first: int = 0, style: str = "") -> None:
    """Write one paragraph, wrapped between words; a word longer than the line stays whole.

    ``first`` blanks begin the first line, ``indent`` blanks every other one.
    """
    words = visible(text).replace("\n", " ").split(" ")
    line, margin = "", first
    for word in words:
        if line and margin + columns(line) + 1 + columns(word) > out.width:
            _put(out, " " * margin + line, style)
            line, margin = word, indent
        else:
            line = f"{line} {word}" if line else word
    _put(out, " " * margin + line, style)


def _put(out: Paper, line: str, style: str = "") -> None:
    out.line((line, style))


def write_lines(out: Paper, lines: Iterable[tuple[str, bool]]) -> None:
    """Write lines as they stand, whatever the width; those that are marked, in bold."""
    for line, bold in lines:
        _put(out, line, "bold" if bold else "")


def write_findings(lines: Iterable[Line], stream: TextIO, *, width: int | None = None, first: bool = True) -> None:
    """Write what was found in one article; an empty line before each heading and before all but the first article."""
    out = console(stream, width)
    for number, line in enumerate(lines):
        if line.role in ("heading", "closing") and (number or not first):
            _put(out, "")
        style = "bold" if line.role in ("heading", "verdict", "closing") else ""
        say(out, line.text, indent=2 * line.level + 2, first=2 * line.level, style=style)


def heading(out: Paper, text: str) -> None:
    """Write a heading after an empty line."""
    _put(out, "")
    _put(out, text, "bold")


def write_rows(out: Paper, rows: Sequence[tuple[str, str, str]]) -> None:
    """Write label, figure and unit in columns, or one below the other where the terminal is narrow."""
    widths = [max(columns(visible(row[column])) for row in rows) for column in range(3)]
    if sum(widths) + 4 > out.width:
        for label, figure, unit in rows:
            _put(out, label)
            _put(out, f"  {figure} {unit}".rstrip())
        return
    for label, figure, unit in ([visible(cell) for cell in row] for row in rows):
        gap = " " * (widths[0] - columns(label) + 2 + widths[1] - columns(figure))
        out.line((label + gap, ""), (figure, "bold"), (f"  {unit}", ""))


def write_source(out: Paper, number: int, source: Source) -> None:
    """Write a numbered source; its address stands on a line of its own and is never cut."""
    title = f", “{source.title.translate(_WITHIN)}”" if source.title else ""
    published = f", {source.published}" if source.published else ""
    say(out, f"[{number}] {source.publisher}{title}{published}", indent=4)
    _put(out, visible(f"    {source.url}"))


def row(result: Result) -> tuple[str, str, str]:
    """Return label, figure and unit of a result as people read them."""
    held, unit = result.range, result.unit
    if result.metric == "wage_share":
        held, unit = Range(held.low * 100, held.high * 100, held.approx), "%"
    stated = result.quantity.before is None
    digits = None if stated else evidence_digits(result.quantity.inputs)
    figure = for_people(held, digits)
    return metric_words(result.metric), ("about " if held.approx else "") + figure, unit_words(unit, figure)


def _wage_caption(wage: Input) -> str:
    """Return whose wage it is, and what a wage-month means."""
    assert wage.chosen is not None
    variants = "; ".join(dict.fromkeys(rate.variant for rate in wage.chosen.rates if rate.variant))
    whose = f" ({variants})" if variants else ""
    return (
        f"A wage-month is one month of the whole wage with nothing else bought: "
        f"{fraction_for_people(wage.low, wage.high)} {wage.unit}{whose}."
    )


def _rate_line(held: Input, chosen: Chosen, numbers: dict[str, int]) -> str:
    figure = fraction_for_people(held.low, held.high)
    counted = chosen.item.kind == "currency" or chosen.unit == "each"
    one = chosen.item.id if counted else f"{chosen.unit} {chosen.item.id}"
    about = "about " if chosen.approx else ""
    if held.user:
        return f"1 {one} = {about}{figure} {chosen.currency}, your own rate"
    cited = "".join(f"[{numbers[source]}]" for source in dict.fromkeys(rate.source.id for rate in chosen.rates))
    if not chosen.places:
        return f"{held.name}: {figure} {held.unit} {cited}"
    if any(rate.currency == OLD_WON for rate in chosen.rates):
        cited = f"(old won as new, {OLD_PER_NEW} to 1) {cited}"
    return (
        f"1 {one} = {about}{figure} {chosen.currency}, {chosen.market}, {chosen.places}, "
        f"{_when(chosen.rates, chosen)}, {_age(chosen)} {cited}"
    )


def _when(rates: Iterable[Rate], chosen: Chosen) -> str:
    spans = dict.fromkeys(str(rate.period(chosen.item.shelf_life)) for rate in rates)
    return " and ".join(spans) if len(spans) <= 3 else str(chosen.period)


def _age(chosen: Chosen) -> str:
    back, on = -min(*chosen.gaps, 0), max(*chosen.gaps, 0)
    parts = [gap_words(gap) for gap in (-back, on) if gap]
    return " and ".join(parts) or gap_words(0)


def gap_words(gap: int) -> str:
    """Return the distance in days from the question to a rate: earlier, later, or of that time."""
    if not gap:
        return "of that time"
    return f"{abs(gap)} {'day' if abs(gap) == 1 else 'days'} {'earlier' if gap < 0 else 'later'}"


def _other_line(other: Other, numbers: dict[str, int]) -> str:
    rate = other.rates[0]
    cited = "".join(f"[{numbers[source]}]" for source in dict.fromkeys(held.source.id for held in other.rates))
    spans = " and ".join(dict.fromkeys(str(held.period(0)) for held in other.rates[:2]))
    answers = "; ".join(
        f"{label} {figure} {'' if unit.rstrip('s') in label else unit}".rstrip()
        for label, figure, unit in map(row, other.results)
    )
    places = ", ".join(dict.fromkeys(held.place for held in other.rates))
    currency, _, unit = other.unit.partition("/")
    figure = f"{fraction_for_people(other.low, other.high)} {currency}"
    name = other.input.removesuffix(f" in {currency}")
    per = "" if unit in ("each", name) else f" a {unit}"
    return (
        f"{name} at {figure}{per}, {rate.source.publisher}, "
        f"{places}, {spans}, {gap_words(other.gap)}: {answers} {cited}"
    )
