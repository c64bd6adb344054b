"""The table that a person reads, and the only home of Rich.

Figures are never cut: where the terminal is too narrow the table becomes cards. Everything that comes from a user or a
book is handed over as plain text, so that no markup in it acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from nkauto.core.bounds import Input
from nkauto.core.choose import Chosen
from nkauto.core.derivation import Derivation, Other, Result, sources_of
from nkauto.core.range import Range
from nkauto.core.rates import OLD_PER_NEW, OLD_WON, Rate, Source
from nkauto.errors import visible
from nkauto.show.findings import Line
from nkauto.show.numbers import evidence_digits, for_people, fraction_for_people
from nkauto.show.steps import steps
from nkauto.show.words import metric_words, unit_words

MOST_OTHERS = 10


class Paper(Console):
    """A console that leaves it to the command line what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        """Raise the error again: Rich would end the program with 1."""
        raise


def console(stream: TextIO, width: int | None) -> Console:
    """Return a console that highlights nothing and keeps to the width; colour is Rich's own decision for the stream."""
    return Paper(file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


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


def write_evidence(out: Console, derivation: Derivation, *, explain: bool = False, spread: bool = False) -> None:
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


def say(out: Console, text: str, *, indent: int = 0, first: int = 0, style: str = "") -> None:
    """Write one paragraph, wrapped between words; a word longer than the line stays whole.

    ``first`` blanks begin the first line, ``indent`` blanks every other one.
    """
    words = visible(text).replace("\n", " ").split(" ")
    line, margin = "", first
    for word in words:
        if line and margin + cell_len(line) + 1 + cell_len(word) > out.width:
            _put(out, " " * margin + line, style)
            line, margin = word, indent
        else:
            line = f"{line} {word}" if line else word
    _put(out, " " * margin + line, style)


def _put(out: Console, line: str, style: str = "") -> None:
    out.print(Text(line, style=style), no_wrap=True, overflow="ignore", crop=False)


def write_lines(out: Console, lines: Iterable[tuple[str, bool]]) -> None:
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


def heading(out: Console, text: str) -> None:
    """Write a heading after an empty line."""
    _put(out, "")
    _put(out, text, "bold")


def write_rows(out: Console, rows: Sequence[tuple[str, str, str]]) -> None:
    """Write label, figure and unit in columns, or one below the other where the terminal is narrow."""
    widths = [max(cell_len(visible(row[column])) for row in rows) for column in range(3)]
    if sum(widths) + 4 > out.width:
        for label, figure, unit in rows:
            _put(out, label)
            _put(out, f"  {figure} {unit}".rstrip())
        return
    for label, figure, unit in ([visible(cell) for cell in row] for row in rows):
        line = Text(label + " " * (widths[0] - cell_len(label) + 2 + widths[1] - cell_len(figure)))
        line.append(figure, style="bold")
        line.append(f"  {unit}")
        out.print(line, no_wrap=True, overflow="ignore", crop=False)


def write_source(out: Console, number: int, source: Source) -> None:
    """Write a numbered source; its address stands on a line of its own and is never cut."""
    title = f", “{source.title}”" if source.title else ""
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
