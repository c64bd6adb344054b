"""Layout: which columns a converted table has, and how an answer becomes the end of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, cast

from nkauto.core.factors import Factor, Scaling, scaling
from nkauto.core.range import DIGITS
from nkauto.engine.keys import KEPT_ANSWERS, Found, keep
from nkauto.errors import BadOption, UnknownName
from nkauto.read.digits import MOST_DIGITS
from nkauto.show.lines import quoted
from nkauto.show.numbers import for_machines

_EVIDENCE = ("rate_ids", "age_days", "place_used")

Figure = tuple[Fraction, bool]
"""What an end of an amount is multiplied by, and whether it is the upper end, which is rounded up."""


class Pair(NamedTuple):
    """The usual end of a row: one unit's low and high between texts, with what multiplies an amount for each.

    It is a tuple, for a run over many keys to find all of it in the processor's cache. ``same`` says that low and
    high of a single amount of at most ``MOST_DIGITS`` digits are one figure, to the last digit.
    """

    before: str
    down: Scaling
    between: str
    up: Scaling
    after: str
    same: bool

    def row(self, front: str, low: Decimal, high: Decimal) -> str:
        """Return the whole row."""
        return (
            f"{front}{self.before}{for_machines(self.down(low))}{self.between}{for_machines(self.up(high))}{self.after}"
        )


class Several(NamedTuple):
    """Any other end of a row: texts, and between each two of them what multiplies the low or the high end."""

    texts: list[str]
    scales: list[tuple[Scaling, bool]]

    def row(self, front: str, low: Decimal, high: Decimal) -> str:
        """Return the whole row."""
        ends = [for_machines(scale(high if upper else low)) for scale, upper in self.scales]
        return front + self.texts[0] + "".join([end + text for end, text in zip(ends, self.texts[1:], strict=True)])


Filling = Pair | Several
"""What puts the figures of an amount into the end of a row, whose other cells are ready."""


class Layout:
    """What a row of the result holds: the table's columns, each unit's range with its evidence, the error.

    One unit adds ``usd_low, usd_high, rate_ids, age_days, place_used, error``; several add ``usd_rate_ids``
    and so on for each. ``results`` are the added columns that are wanted; ``kept`` the table's columns that
    are wanted, or None for all, so that a row's own text can be passed on.
    """

    def __init__(
        self,
        header: Sequence[str],
        units: Sequence[str],
        *,
        only: Sequence[str] = (),
        drop: Sequence[str] = (),
        delimiter: str = ",",
    ) -> None:
        """Lay the columns out. Raises UnknownName for one that there is not, BadOption for a name that comes twice."""
        self.delimiter = delimiter
        self.width = len(header)
        self.every = columns_of(units)
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
        self.paired = len(units) == 1 and set(self.every[:2]) <= set(self.results)
        """Whether every answer without a fault is a ``Pair``."""
        self._scalings: dict[tuple[Fraction, bool], Scaling] = {}

    def cells(self, factors: Sequence[Factor | None], fault: str) -> list[str | Figure]:
        """Return the cells of the wanted result columns, a figure where an amount is still to come."""
        every: list[str | Figure] = []
        for held in factors:
            if held is None:
                every += [""] * (2 + len(_EVIDENCE))
            else:
                every += [(held.low, False), (held.high, True)]
                every += ["; ".join(held.rate_ids), str(held.age_days), "; ".join(held.places)]
        cells = dict(zip(self.every, [*every, fault], strict=True))
        return [cells[name] for name in self.results]

    def failed(self, front: str, fault: str) -> str:
        """Return a whole row that says only what is wrong with it."""
        blank = self.delimiter * (len(self.results) - (self.kept == []))
        return front + blank + (quoted(fault, self.delimiter) if "error" in self.results else "")

    def filling(self, found: Found) -> Filling:
        """Return the end of the rows that one answer is for, their figures still to come."""
        texts, figures = self.pieces(found)
        scales = [self._scaling(size, upper) for size, upper in figures]
        if not self.paired or len(figures) != 2:
            return Several(texts, [(scale, upper) for scale, (_, upper) in zip(scales, figures, strict=True)])
        low, high = (size for size, _ in figures)
        same = low == high and low.denominator == 1 and low < 10 ** (DIGITS - MOST_DIGITS)
        before, between, after = texts
        return Pair(before, scales[0], between, scales[1], after, same)

    def filled(self, fillings: Sequence[Filling], fronts: Iterable[str], numbers: Iterable[Decimal]) -> list[str]:
        """Return whole rows of single amounts of at most ``MOST_DIGITS`` digits, none of them in error."""
        if not self.paired:
            return [held.row(front, its, its) for held, front, its in zip(fillings, fronts, numbers, strict=True)]
        rows = []
        for pair, front, number in zip(cast("Sequence[Pair]", fillings), fronts, numbers, strict=True):
            before, down, between, up, after, same = pair
            low = for_machines(down(number))
            rows.append(f"{front}{before}{low}{between}{low if same else for_machines(up(number))}{after}")
        return rows

    def _scaling(self, size: Fraction, upper: bool) -> Scaling:
        """Return the multiplication by a size: one for all the rows that share it, whatever their other cells say."""
        key = (size, upper)
        return self._scalings.get(key) or keep(self._scalings, key, scaling(size, down=not upper), KEPT_ANSWERS)

    def pieces(self, found: Found) -> tuple[list[str], list[Figure]]:
        """Return the end of a row: texts, and the figures that stand between each two of them."""
        texts = ["" if self.kept == [] else self.delimiter] if self.results else [""]
        figures: list[Figure] = []
        for index, cell in enumerate(self.cells(found.factors, found.fault)):
            texts[-1] += self.delimiter if index else ""
            if isinstance(cell, str):
                texts[-1] += quoted(cell, self.delimiter)
            else:
                figures.append(cell)
                texts.append("")
        return texts, figures


def columns_of(units: Sequence[str]) -> list[str]:
    """Return the names of the columns that units add, in order."""
    stems = [stem(unit) for unit in units]
    evidence = [[name if len(units) == 1 else f"{held}_{name}" for name in _EVIDENCE] for held in stems]
    added = [[f"{held}_low", f"{held}_high", *names] for held, names in zip(stems, evidence, strict=True)]
    return [name for names in added for name in names] + ["error"]


def stem(unit: str) -> str:
    """Return a unit as it was typed, fit for a column's name: ``usd``, ``won``, ``lb_rice``, ``쌀``."""
    return re.sub(r"\W+", "_", unit.strip().casefold()).strip("_")
