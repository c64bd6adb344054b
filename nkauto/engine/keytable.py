"""What is known of keys, as a polars table that rows are joined with: the cells around figures, and factors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl
from polars import col

from nkauto.engine.exact import ENDING, LARGEST_OVER, LARGEST_UNDER, WIDE, ending
from nkauto.engine.keys import KEPT, KEPT_ANSWERS, Found, Key, Keys, keep
from nkauto.engine.layout import Layout

KEY = ("unit", "date", "place")
APART, PAIR, SINGLE, ENDS = range(4)
"""How a key's figures are found: not in columns; low and high apart; both as one figure; without any rounding."""


class KeyTable:
    """The keys that were met, each with how its figures are found.

    ``frame`` holds them; it is never changed, but another one stands in its place when keys were learned, so that
    other threads may join rows with the one they took.
    """

    def __init__(self, keys: Keys, layout: Layout, texts: Sequence[str], ends: int) -> None:
        """``texts`` are the columns of cells around the figures, ``ends`` how many figures a row has."""
        self._keys = keys
        self._layout = layout
        schema: dict[str, pl.DataType | type[pl.DataType]] = {**dict.fromkeys(KEY, pl.String), "kind": pl.Int8}
        schema |= {"most": WIDE, "places": pl.Int32, **dict.fromkeys(texts, pl.String)}
        for number in range(ends):
            schema |= {f"over {number}": WIDE, f"under {number}": WIDE, f"size {number}": pl.Decimal(38, ENDING)}
        self.frame = pl.DataFrame(schema=schema)
        self._apart = (APART, *[None] * (len(schema) - len(KEY) - 1))
        self._told: dict[Found, tuple[object, ...]] = {}
        self._met: set[Key] = set()
        self.forgotten = 0
        """How often all keys were forgotten."""

    def has_room(self, new: Sequence[Key]) -> bool:
        """Return whether so many keys more can be kept."""
        return len(self._met) + len(new) <= KEPT

    def forget(self) -> None:
        """Forget every key."""
        self.frame = self.frame.clear()
        self._met.clear()
        self.forgotten += 1

    def learn(self, keys: Iterable[Key]) -> None:
        """Ask the core for those of the keys that were not met."""
        new = [key for key in keys if key not in self._met]
        if not new:
            return
        self._met.update(new)
        found = zip(*((*key, *self._of(key)) for key in new), strict=True)
        # By column, and decimals as text: else polars loads numpy to tell what they are, which takes 90 ms.
        learned = [
            pl.Series(name, held, dtype=pl.String if dtype.is_decimal() else dtype).cast(dtype)
            for (name, dtype), held in zip(self.frame.schema.items(), found, strict=True)
        ]
        self.frame = pl.concat([self.frame, pl.DataFrame(learned)])

    def _of(self, key: Key) -> tuple[object, ...]:
        """Return what the table says of a key; many share one answer."""
        found = self._keys.plain(key)
        if found is None or found.fault:
            return self._apart
        return self._told.get(found) or keep(self._told, found, self._answered(found), KEPT_ANSWERS)

    def _answered(self, found: Found) -> tuple[object, ...]:
        texts, figures = self._layout.pieces(found)
        sizes = [size.as_integer_ratio() for size, _ in figures]
        most = max((under for _, under in sizes), default=1)
        if most >= LARGEST_UNDER or any(over >= LARGEST_OVER for over, _ in sizes):
            return self._apart
        inner = [text[1:-1] for text in texts[:-1] if len(text) > 1] + [text[1:] for text in texts[-1:] if text]
        ended = [ending(size) for size, _ in figures]
        if None not in ended:
            kind = ENDS
        else:
            kind = SINGLE if all(factor is None or factor.low == factor.high for factor in found.factors) else PAIR
        places = max((len(size.partition(".")[2]) for size in ended if size is not None), default=0)
        parts = [(*size, end if kind == ENDS else None) for size, end in zip(sizes, ended, strict=True)]
        return (kind, most, places, *inner, *(part for three in parts for part in three))


def beside(cells: pl.DataFrame, table: pl.DataFrame, places: int) -> pl.DataFrame:
    """Return rows with what a table of keys knows of theirs beside them; ``places`` is how many amounts may have.

    Where a key is not known, ``kind`` is null.
    """
    # A product has the places of the more exact of its factors: those of the other must fit in beside them.
    scale = max([1, *table["places"].drop_nulls()]) + places
    sizes = [col(name).cast(pl.Decimal(38, scale)) for name in table.columns if name.startswith("size ")]
    return cells.join(table.with_columns(sizes), on=KEY, how="left", maintain_order="left")
