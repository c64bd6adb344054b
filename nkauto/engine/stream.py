"""The streaming engine: a table in, the same table with each amount in other units out, in constant memory.

No rate is chosen here: each distinct (unit, date, place) goes once to the core, and its factor is applied to
the amounts of its rows, digit for digit as a single conversion would give them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from operator import itemgetter
from sys import intern

from nkauto.engine.keys import KEPT_ANSWERS, Found, Key, Keys, keep, said
from nkauto.engine.layout import Filling, Layout
from nkauto.errors import NkautoError
from nkauto.read.amounts import plain_number
from nkauto.read.columns import Columns
from nkauto.read.digits import MOST_DIGITS
from nkauto.read.rows import Block, Record, Table
from nkauto.show.lines import Lines, joined

KEPT_ROWS = 2_000
"""Different ends of rows that are kept, at two kilobytes each: many keys share one."""


class Batch:
    """The run over a table: rows as they are converted, and what was wrong with them, and where first."""

    def __init__(self, keys: Keys, columns: Columns, layout: Layout, lines: Lines, *, strict: bool = False) -> None:
        self.keys = keys
        self.columns = columns
        self.layout = layout
        self.lines = lines
        self.errors = 0
        self.first = ""
        self.stopped = False
        self.strict = strict
        self.key = keyed(columns)
        self._plain: dict[Key, Filling | None] = {}
        self._faulty: dict[Key, Found] = {}
        self._fillings: dict[Found, Filling] = {}

    def take(self, table: Table) -> None:
        """Convert a whole table and hand the rows on in their order; with ``strict``, stop before the first bad one."""
        for text in table.texts:
            if not self.take_text(table, text):
                return

    def take_text(self, table: Table, text: str) -> bool:
        """Convert some whole lines of a table, and return whether to go on."""
        watch = self.layout.kept is not None or self.lines.suspects(text)
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
        keys = list(map(self.key, block.rows))
        try:
            rows = list(map(self._plain.__getitem__, keys))
        except KeyError:
            new = set(keys).difference(self._plain)
            if len(new) > KEPT_ROWS:
                return False
            for key in new:
                self._learn(key)
            rows = list(map(self._plain.get, keys))
        known = [row for row in rows if row]
        if len(known) < len(rows) or len(max(cells, key=len)) > MOST_DIGITS:
            return False
        self.lines.rows += self.layout.filled(known, block.raws, map(Decimal, cells))
        return True

    def _learn(self, key: Key) -> None:
        """Remember what bare digits beside a key come to, or that each amount there must be read."""
        found = self.keys.plain(key)
        # Cells that say the same become one string: the table of keys then fits into the processor's cache.
        unit, day, place = map(intern, key)
        if found and found.fault:
            keep(self._faulty, (unit, day, place), found, KEPT_ANSWERS)
        keep(self._plain, (unit, day, place), self._filling(found) if found and not found.fault else None)

    def _filling(self, found: Found) -> Filling:
        if len(self._fillings) >= KEPT_ROWS:
            self._fillings.clear()
            self._plain.clear()  # what it holds would stay
        return self._fillings.get(found) or keep(self._fillings, found, self.layout.filling(found))

    def _take(self, record: Record, *, watch: bool) -> bool:
        """Convert one record, and return whether to go on; ``watch`` when it may hold a formula."""
        _, raw, cells, fault = record
        if raw and not fault and not watch:
            row, cell = self._plain.get(self.key(cells)), cells[self.columns.amount]
            if row and cell.isdigit() and cell.isascii() and len(cell) <= MOST_DIGITS:
                number = Decimal(cell)
                self.lines.rows.append(row.row(raw, number, number))
                return True
        whole = self.row(record)
        if not self.stopped:
            self.lines.rows.append(whole)
        return not self.stopped

    def row(self, record: Record) -> str:
        """Return the row that any record becomes, and count it when it is in error."""
        line, raw, cells, fault = record
        front = self._front(raw, cells)
        if fault:
            fault += self._beyond(cells)
            whole = self.layout.failed(front, fault)
        elif cells:
            whole, fault = self._read(front, cells)
        else:
            whole = raw
        if fault:
            self.errors += 1
            self.first = self.first or f"line {line}: {fault}"
            self.stopped = self.strict
        return self.lines.harmless(whole)

    def _read(self, front: str, cells: Sequence[str]) -> tuple[str, str]:
        """Return a whole row by the full grammar of its amount, and what is wrong with it."""
        key, cell = self.key(cells), cells[self.columns.amount]
        if key not in self._plain:
            self._learn(key)
        row, faulty = self._plain.get(key), self._faulty.get(key)
        number = plain_number(cell) if row or faulty else None
        if row and number is not None:
            return row.row(front, number, number), ""
        try:
            if faulty and number is not None:
                found, low, high = faulty, number, number
            else:
                amount = self.keys.amount(cell, key[0])
                found, low, high = self.keys.of(amount, key[1], key[2]), amount.range.low, amount.range.high
        except NkautoError as error:
            return self.layout.failed(front, said(error)), said(error)
        if not any(found.factors):
            return self.layout.failed(front, found.fault), found.fault
        return self._filling(found).row(front, low, high), found.fault

    def _front(self, raw: str, cells: Sequence[str]) -> str:
        """Return the table's part of a row: its own text where that will do, else its cells, as wide as the header."""
        if not cells:
            return raw
        missing = self.layout.width - len(cells)
        if self.layout.kept is None and raw and missing >= 0:
            return raw + self.layout.delimiter * missing
        cells = [*cells[: self.layout.width], *[""] * missing]
        if self.layout.kept is not None:
            cells = [cells[index] for index in self.layout.kept]
        return joined(cells, self.layout.delimiter) if cells else ""

    def _beyond(self, cells: Sequence[str]) -> str:
        """Return the cells that no column is for, so that a row too long loses nothing."""
        beyond = cells[self.layout.width :]
        return f"; beyond it: {joined(beyond, ',')}" if beyond else ""


def keyed(columns: Columns) -> Callable[[Sequence[str]], Key]:
    """Return what takes a row's unit, date and place out of its cells, each empty where it has no column."""
    unit, day, place = columns.unit, columns.date, columns.place
    if unit is not None and day is not None and place is not None:
        return itemgetter(unit, day, place)

    def key(cells: Sequence[str]) -> Key:
        return (
            "" if unit is None else cells[unit],
            "" if day is None else cells[day],
            "" if place is None else cells[place],
        )

    return key
