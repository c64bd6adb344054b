"""What is known of keys, as a polars table that rows are looked up in: the cells around figures, and factors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

import polars as pl
from polars import col

from nkauto.engine.exact import LARGEST_OVER, LARGEST_UNDER
from nkauto.engine.keys import KEPT, KEPT_ANSWERS, Found, Key, Keys, keep
from nkauto.engine.layout import Layout

KEY = ("unit", "date", "place")
SLOTS = 1 << 17
"""Four for each key that may be kept: half a megabyte, which stays in the processor's cache."""


class Known(NamedTuple):
    """A table of keys, and which of its rows the keys of each slot may be on: the last that was put there.

    ``crowded`` are the keys that are not on their slot, as another was put there, each with its ``row``.
    """

    table: pl.DataFrame
    slots: pl.Series
    crowded: pl.DataFrame


class KeyTable:
    """The keys that were met, each with the cells around its figures, and the factor of each figure.

    ``plain`` says that columns can tell the figures; else the rest is null. ``known`` is never changed, but
    another one stands in its place when keys were learned, so that other threads may look rows up in the one
    they took.
    """

    def __init__(self, keys: Keys, layout: Layout, texts: Sequence[str], ends: int) -> None:
        """``texts`` are the columns of cells around the figures, ``ends`` how many figures a row has."""
        self._keys = keys
        self._layout = layout
        schema: dict[str, type[pl.DataType]] = {**dict.fromkeys(KEY, pl.String), "plain": pl.Boolean}
        schema |= dict.fromkeys(texts, pl.String)
        for number in range(ends):
            schema |= {f"over {number}": pl.UInt64, f"under {number}": pl.UInt64}
        self.known = _known(pl.DataFrame(schema=schema))
        self._apart = (False, *[None] * (len(schema) - len(KEY) - 1))
        self._told: dict[Found, tuple[object, ...]] = {}
        self._met: set[Key] = set()
        self.forgotten = 0
        """How often all keys were forgotten."""

    def has_room(self, new: Sequence[Key]) -> bool:
        """Return whether so many keys more can be kept."""
        return len(self._met) + len(new) <= KEPT

    def forget(self) -> None:
        """Forget every key."""
        self.known = _known(self.known.table.clear())
        self._met.clear()
        self.forgotten += 1

    def unmet(self, keys: Iterable[Key]) -> list[Key]:
        """Return those of the keys that were not met."""
        return [key for key in keys if key not in self._met]

    def learn(self, keys: Sequence[Key]) -> None:
        """Ask the core for keys that were not met."""
        if not keys:
            return
        # Together, the keys of one day share what is found for it: a sixth of their time.
        new = sorted(keys, key=itemgetter(1, 2, 0))
        self._met.update(new)
        found = zip(*((*key, *self._of(key)) for key in new), strict=True)
        learned = [
            pl.Series(name, held, dtype=dtype)
            for (name, dtype), held in zip(self.known.table.schema.items(), found, strict=True)
        ]
        self.known = _known(pl.concat([self.known.table, pl.DataFrame(learned)], rechunk=True))

    def _of(self, key: Key) -> tuple[object, ...]:
        """Return what the table says of a key; many share one answer."""
        found = self._keys.plain(key)
        if found is None or found.fault:
            return self._apart
        return self._told.get(found) or keep(self._told, found, self._answered(found), KEPT_ANSWERS)

    def _answered(self, found: Found) -> tuple[object, ...]:
        texts, figures = self._layout.pieces(found)
        sizes = [size.as_integer_ratio() for size, _ in figures]
        if any(over >= LARGEST_OVER or under >= LARGEST_UNDER for over, under in sizes):
            return self._apart
        inner = [text[1:-1] for text in texts[:-1] if len(text) > 1] + [text[1:] for text in texts[-1:] if text]
        return (True, *inner, *(part for size in sizes for part in size))


def hashed(keys: pl.DataFrame) -> pl.Series:
    """Return one number for the three texts of each key; two keys hardly ever share one."""
    return keys.select(col("unit").hash(1) + col("date").hash(2) * 3 + col("place").hash(3) * 5).to_series()


def looked_up(keys: pl.DataFrame, hashes: pl.Series, known: Known) -> tuple[pl.Series, pl.Series]:
    """Return which row of a table of keys each key is on, and at which keys that is wrong, as their slot has another.

    It takes half the time of a join on three texts.
    """
    if known.table.is_empty():
        return pl.repeat(0, len(keys), dtype=pl.UInt32, eager=True), pl.int_range(
            len(keys), dtype=pl.UInt32, eager=True
        )
    on = known.slots[_slots(hashes)]
    unit, day, place = (keys[name] != known.table[name][on] for name in KEY)
    return on, (unit | day | place).arg_true()


def mended(on: pl.Series, missed: pl.Series, keys: pl.DataFrame, known: Known) -> pl.Series:
    """Return on which row of a table of keys each key really is; null where it is not known."""
    if missed.is_empty():
        return on
    joined = keys.select(col(*KEY).gather(missed)).join(known.crowded, on=KEY, how="left", maintain_order="left")
    return on.scatter(missed, joined["row"])


def _known(table: pl.DataFrame) -> Known:
    rows, at = pl.int_range(len(table), dtype=pl.UInt32, eager=True), _slots(hashed(table))
    slots = pl.repeat(0, SLOTS, dtype=pl.UInt32, eager=True).scatter(at, rows)
    return Known(table, slots, table.select(*KEY, row=rows).filter(slots[at] != rows))


def _slots(hashes: pl.Series) -> pl.Series:
    """Return a number below ``SLOTS`` for each key."""
    return (hashes // (2**64 // SLOTS)).cast(pl.UInt32)
