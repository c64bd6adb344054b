"""Batch: a table in, the same table with each amount in other units out, row by row in constant memory.

No rate is chosen here: each distinct (unit, date, place) goes once to the core, and its factor is applied to
the amounts of its rows, digit for digit as a single conversion would give them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from operator import itemgetter
from sys import intern
from typing import TypeVar

from nkauto.core.amount import Amount
from nkauto.core.choose import Scope
from nkauto.core.convert import Quotes
from nkauto.core.factors import Factor, Scaling, factor, scaling
from nkauto.core.period import Period
from nkauto.core.range import Range
from nkauto.errors import BadOption, NkautoError, UnknownName, visible
from nkauto.library import Asked
from nkauto.read.amounts import plain_number, read_amount
from nkauto.read.columns import Columns
from nkauto.read.digits import MOST_DIGITS
from nkauto.read.periods import read_period
from nkauto.read.rows import Block, Record, Table
from nkauto.show.lines import Lines, digits, joined, quoted

KEPT = 20_000
"""Answers that are kept; past it they are forgotten together, so that memory stays flat."""

_EVIDENCE = ("rate_ids", "age_days", "place_used")

Key = tuple[str, str, str]
K = TypeVar("K")
V = TypeVar("V")


class Layout:
    """What a row of the result holds: the table's columns, each unit's range with its evidence, the error.

    One unit adds ``usd_low, usd_high, rate_ids, age_days, place_used, error``; several add ``usd_rate_ids``
    and so on for each. ``results`` are the added columns that are wanted; ``kept`` the table's columns that
    are wanted, or None for all, so that a row's own text can be passed on.
    """

    def __init__(
        self, header: Sequence[str], units: Sequence[str], *, only: Sequence[str] = (), drop: Sequence[str] = ()
    ) -> None:
        """Lay the columns out. Raises UnknownName for one that there is not, BadOption for a name that comes twice."""
        self.stems = [column_stem(unit) for unit in units]
        self.every: list[str] = []
        for stem in self.stems:
            evidence = _EVIDENCE if len(self.stems) == 1 else [f"{stem}_{name}" for name in _EVIDENCE]
            self.every += [f"{stem}_low", f"{stem}_high", *evidence]
        self.every.append("error")
        twice = [name for name in self.every if name in header or self.every.count(name) > 1]
        if twice:
            hint = "Ask for all units at once, as --to usd,rice; or take that column out of the table first."
            raise BadOption(f"two columns would be called {twice[0]!r}", hint=hint)
        known = [*header, *self.every]
        for name in (*only, *drop):
            if name not in known:
                raise UnknownName("column", name, known, hint=f"Columns: {', '.join(known)}")
        wanted = [name for name in known if (not only or name in only) and name not in drop]
        if not wanted:
            raise BadOption("no column would be left", hint=f"Columns: {', '.join(known)}")
        self.results = [name for name in self.every if name in wanted]
        kept = [index for index, name in enumerate(header) if name in wanted]
        self.kept = None if len(kept) == len(header) else kept
        self.header = [*(header[index] for index in kept), *self.results]


def column_stem(unit: str) -> str:
    """Return a unit as it was typed, fit for a column's name: ``usd``, ``won``, ``lb_rice``, ``쌀``."""
    return re.sub(r"\W+", "_", unit.strip().casefold()).strip("_")


Filling = Callable[[str, Decimal, Decimal], str]
"""The beginning of a row, the low and the high end of its amount -> the whole row."""
Figure = tuple[Scaling, bool]
"""How an end of an amount becomes a figure of the row, and whether it is the upper end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What amounts of one unit come to at one time and place.

    ``row`` returns the whole row of an amount, its figures rounded outward in the 28th digit; ``fault`` is
    what is wrong with such a row, or nothing.
    """

    row: Filling
    fault: str
    factors: tuple[Factor | None, ...]


class Answers:
    """The answers to a table's keys; each is worked out once by the core, and kept while there is room.

    ``unit`` is the unit of rows that name none.
    """

    def __init__(
        self, asked: Asked, units: Sequence[str], layout: Layout, *, unit: str = "", delimiter: str = ","
    ) -> None:
        self.asked = asked
        self.targets = asked.targets(units)
        self.layout = layout
        self.delimiter = delimiter
        self._unit = unit
        self._units: dict[str, Amount | None] = {}
        self._kinds: dict[tuple[str, str, str, str, str], Answer] = {}
        self._made: dict[tuple[tuple[Factor | None, ...], str], Answer] = {}
        self._quotes: dict[Scope, Quotes] = {}
        self._places: dict[str, str] = {}

    def plain(self, unit: str, day: str, place: str) -> Answer | None:
        """Return the answer for bare digits beside a unit, date and place as their cells have them.

        None when such digits do not simply count the unit, so that each amount must be read.
        """
        if unit not in self._units:
            _keep(self._units, unit, self._counted(unit))
        one = self._units[unit]
        try:
            return self._answer(one, day, place) if one else None
        except NkautoError:
            return None

    def _counted(self, unit: str) -> Amount | None:
        """Return 1 of a unit when bare digits beside it count it, as 7 beside ``CNY`` does and beside ``dozen`` not."""
        try:
            one, seven = self._amount("1", unit), self._amount("7", unit)
        except NkautoError:
            return None
        return one if one.range == Range.of(1) and seven.range == Range.of(7) else None

    def read(self, front: str, cell: str, unit: str, day: str, place: str) -> tuple[str, str]:
        """Return the row of an amount as its cells have it, and what is wrong with it."""
        try:
            plain, number = self.plain(unit, day, place), plain_number(cell)
            if plain and number is not None:
                return plain.row(front, number, number), plain.fault
            amount = self._amount(cell, unit)
            answer = self._answer(amount, day, place)
            return answer.row(front, amount.range.low, amount.range.high), answer.fault
        except NkautoError as error:
            return self.failed(front, said(error)), said(error)

    def failed(self, front: str, fault: str) -> str:
        """Return a row that says only what is wrong with it."""
        return self._filling((None,) * len(self.targets), fault)(front, Decimal(0), Decimal(0))

    def _amount(self, cell: str, unit: str) -> Amount:
        unit = unit.strip() or self._unit
        # "7" beside "300 CNY" would be read as 7 300 CNY.
        if any(character.isdigit() for character in unit.partition("/")[0]):
            raise BadOption(f"a unit has no number: {unit[:40]!r}")
        return read_amount(cell, self.asked.names, unit=unit)

    def _answer(self, amount: Amount, day: str, place: str) -> Answer:
        key = (amount.unit, amount.item, amount.per, day, place)
        answer = self._kinds.get(key)
        if answer is None:
            scope = self._scope(amount, day, place)
            quotes = self._quotes.get(scope) or _keep(self._quotes, scope, Quotes(self.asked.book, scope))
            dated = self.asked.dated(amount, scope)
            factors: list[Factor | None] = []
            faults = []
            for target, stem in zip(self.targets, self.layout.stems, strict=True):
                try:
                    factors.append(factor(quotes, dated, target))
                except NkautoError as error:
                    factors.append(None)
                    faults.append(said(error) if len(self.targets) == 1 else f"{stem}: {said(error)}")
            # Most keys share their rates with others; one answer for all of them stays in the processor's cache.
            content = (tuple(factors), "; ".join(faults))
            answer = self._made.get(content) or Answer(self._filling(*content), content[1], content[0])
            _keep(self._made, content, answer)
            _keep(self._kinds, key, answer)
        return answer

    def _scope(self, amount: Amount, day: str, place: str) -> Scope:
        """Return when and where a row asks for, as a single conversion would: its own cells before the options."""
        asked = self.asked
        named = self._place(place.strip()) if place.strip() else asked.place
        return Scope(self._period(amount, day), named, asked.market, asked.publisher, asked.within, asked.own)

    def _period(self, amount: Amount, day: str) -> Period:
        if day.strip():
            return read_period(day)
        targets = (target.item or target.unit for target in self.targets)
        return self.asked.scope([amount.item or amount.unit, *targets]).period

    def _place(self, name: str) -> str:
        return self._places.get(name) or _keep(self._places, name, self.asked.book.place_named(name).id)

    def _filling(self, factors: Sequence[Factor | None], fault: str) -> Filling:
        """Return what puts the figures of an amount into the end of a row, whose other cells are ready."""
        every: list[str | Figure] = []
        for held in factors:
            if held is None:
                every += [""] * (2 + len(_EVIDENCE))
            else:
                every += [(scaling(held.low, down=True), False), (scaling(held.high, down=False), True)]
                every += ["; ".join(held.rate_ids), str(held.age_days), "; ".join(held.places)]
        cells = dict(zip(self.layout.every, [*every, fault], strict=True))
        texts = ["" if self.layout.kept == [] else self.delimiter]
        figures: list[Figure] = []
        for index, name in enumerate(self.layout.results):
            cell = cells[name]
            texts[-1] += self.delimiter if index else ""
            if isinstance(cell, str):
                texts[-1] += quoted(cell, self.delimiter)
            else:
                figures.append(cell)
                texts.append("")
        return _filled(texts, figures, single=all(held is None or held.low == held.high for held in factors))


def _filled(texts: Sequence[str], figures: Sequence[Figure], *, single: bool) -> Filling:
    """Return the function that sets figures between texts.

    One unit's low and high, the usual case, take a third of the time of any others, and less when both come
    of a ``single`` figure: their digits are then mostly the same.
    """
    if [upper for _, upper in figures] == [False, True]:
        before, between, after = texts
        (down, _), (up, _) = figures
        if single:

            def narrow(front: str, low: Decimal, high: Decimal) -> str:
                least, most = down(low), up(high)
                figure = digits(least)
                other = figure if least == most else digits(most)
                return f"{front}{before}{figure}{between}{other}{after}"

            return narrow
        return lambda front, low, high: f"{front}{before}{digits(down(low))}{between}{digits(up(high))}{after}"

    def row(front: str, low: Decimal, high: Decimal) -> str:
        ends = [digits(scale(high if upper else low)) for scale, upper in figures]
        return front + texts[0] + "".join([end + text for end, text in zip(ends, texts[1:], strict=True)])

    return row


class Batch:
    """The run over a table's records: what was converted, what was wrong, and where first."""

    def __init__(self, columns: Columns, answers: Answers, lines: Lines, *, width: int, strict: bool = False) -> None:
        self.errors = 0
        self.first = ""
        self.stopped = False
        self.answers = answers
        self.lines = lines
        self.columns = columns
        self._strict = strict
        self._key = self._keyed(columns)
        self._rows: dict[Key, Filling | None] = {}
        self._width = width
        self._kept = answers.layout.kept
        self._delimiter = answers.delimiter

    def take(self, table: Table) -> None:
        """Convert a whole table and hand the rows on in their order; with ``strict``, stop before the first bad one."""
        for text in table.texts:
            if not self.take_text(table, text):
                return

    def take_text(self, table: Table, text: str) -> bool:
        """Convert some whole lines of a table, and return whether to go on."""
        watch = self._kept is not None or self.lines.suspects(text)
        block = None if watch else table.block(text)
        if block and self._at_once(block):
            return True
        records = block.records() if block else table.records(text)
        return all(map(partial(self._take, watch=watch), records))  # no further than the first that says no

    def _at_once(self, block: Block) -> bool:
        """Convert records whose amounts are bare digits and whose keys have answers; else do nothing.

        So are most blocks of a large table, and this takes two thirds of the time of going row by row.
        """
        cells = list(map(itemgetter(self.columns.amount), block.rows))
        run = "".join(cells)
        if not (run.isdigit() and run.isascii() and all(cells) and all(block.raws)):
            return False
        keys = list(map(self._key, block.rows))
        for key in set(keys).difference(self._rows):
            self._learn(key)
        rows = [row for key in keys if (row := self._rows.get(key))]
        if len(rows) < len(keys) or len(max(cells, key=len)) > MOST_DIGITS:
            return False
        numbers = map(Decimal, cells)
        self.lines.rows += [
            row(raw, number, number) for row, raw, number in zip(rows, block.raws, numbers, strict=True)
        ]
        return True

    def _learn(self, key: Key) -> None:
        """Remember what bare digits beside a key come to, or that they must be read."""
        plain = self.answers.plain(*key)
        # Cells that say the same become one string: the table of keys then fits into the processor's cache.
        unit, day, place = map(intern, key)
        _keep(self._rows, (unit, day, place), plain.row if plain and not plain.fault else None)

    def _take(self, record: Record, *, watch: bool) -> bool:
        """Convert one record, and return whether to go on; ``watch`` when it may hold a formula."""
        line, raw, cells, fault = record
        if raw and not fault and not watch:
            row, cell = self._rows.get(self._key(cells)), cells[self.columns.amount]
            if row and cell.isdigit() and cell.isascii() and len(cell) <= MOST_DIGITS:
                number = Decimal(cell)
                self.lines.rows.append(row(raw, number, number))
                return True
        front = self._front(raw, cells)
        if fault:
            fault += self._beyond(cells)
            whole = self.answers.failed(front, fault)
        elif cells:
            key = self._key(cells)
            if key not in self._rows:
                self._learn(key)
            whole, fault = self.answers.read(front, cells[self.columns.amount], *key)
        else:
            whole = raw
        if fault:
            self.errors += 1
            self.first = self.first or f"line {line}: {fault}"
            self.stopped = self._strict
        if not self.stopped:
            self.lines.rows.append(self.lines.harmless(whole))
        return not self.stopped

    def _keyed(self, columns: Columns) -> Callable[[Sequence[str]], Key]:
        """Return what takes a row's unit, date and place out of its cells, each empty where it has no column."""
        unit, day, place = columns.unit, columns.date, columns.place
        if unit is not None and day is not None and place is not None:
            return itemgetter(unit, day, place)

        def parts(cells: Sequence[str]) -> Key:
            return (
                "" if unit is None else cells[unit],
                "" if day is None else cells[day],
                "" if place is None else cells[place],
            )

        return parts

    def _front(self, raw: str, cells: Sequence[str]) -> str:
        """Return the table's part of a row: its own text where that will do, else its cells, as wide as the header."""
        if not cells:
            return raw
        missing = self._width - len(cells)
        if self._kept is None and raw and missing >= 0:
            return raw + self._delimiter * missing
        cells = [*cells[: self._width], *[""] * missing]
        if self._kept is not None:
            cells = [cells[index] for index in self._kept]
        return joined(cells, self._delimiter) if cells else ""

    def _beyond(self, cells: Sequence[str]) -> str:
        """Return the cells that no column is for, so that a row too long loses nothing."""
        beyond = cells[self._width :]
        return f"; beyond it: {joined(beyond, ',')}" if beyond else ""


def said(error: NkautoError) -> str:
    """Return an error in one line for a cell: what is wrong, and what a misspelt name may have been."""
    near = getattr(error, "near", [])
    return visible(error.what + (f"; did you mean {', '.join(near)}?" if near else "")).replace("\n", " ")


def _keep(held: dict[K, V], key: K, value: V) -> V:
    if len(held) >= KEPT:
        held.clear()
    held[key] = value
    return value
