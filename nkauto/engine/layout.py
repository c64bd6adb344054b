"""Layout: which columns a converted table has, and how an answer becomes the end of a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from nkauto.core.factors import Factor, Scaling, scaling
from nkauto.engine.keys import Found
from nkauto.errors import BadOption, UnknownName
from nkauto.show.lines import digits, quoted

_EVIDENCE = ("rate_ids", "age_days", "place_used")

Filling = Callable[[str, Decimal, Decimal], str]
"""The beginning of a row, the low and the high end of its amount -> the whole row."""
Figure = tuple[Fraction, bool]
"""What an end of an amount is multiplied by, and whether it is the upper end, which is rounded up."""


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
        """Return what puts the figures of an amount into the end of a row, whose other cells are ready."""
        texts, figures = self.pieces(found)
        return _filled(texts, figures, single=all(held is None or held.low == held.high for held in found.factors))

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


def _filled(texts: Sequence[str], figures: Sequence[Figure], *, single: bool) -> Filling:
    """Return the function that sets figures between texts.

    One unit's low and high, the usual case, take a third of the time of any others, and less when both come
    of a ``single`` figure: their digits are then mostly the same.
    """
    if [upper for _, upper in figures] == [False, True]:
        before, between, after = texts
        down, up = (scaling(size, down=not upper) for size, upper in figures)
        if single:

            def narrow(front: str, low: Decimal, high: Decimal) -> str:
                least, most = down(low), up(high)
                figure = digits(least)
                other = figure if least == most else digits(most)
                return f"{front}{before}{figure}{between}{other}{after}"

            return narrow
        return lambda front, low, high: f"{front}{before}{digits(down(low))}{between}{digits(up(high))}{after}"

    scales: list[tuple[Scaling, bool]] = [(scaling(size, down=not upper), upper) for size, upper in figures]

    def row(front: str, low: Decimal, high: Decimal) -> str:
        ends = [digits(scale(high if upper else low)) for scale, upper in scales]
        return front + texts[0] + "".join([end + text for end, text in zip(ends, texts[1:], strict=True)])

    return row
