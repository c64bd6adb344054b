"""Frames: a column of amounts in other units, inside the data frame's own engine, through narwhals.

Only the distinct (unit, date, place) keys leave the engine: the core tells their factors, a small table of
them is made in the engine, joined by equality, and multiplied. So the same lines run on polars (eager and
lazy), pandas, pyarrow, duckdb and PySpark, and the data is never collected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Context, Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any, TypeVar, cast

import narwhals as nw

from nkauto import library
from nkauto.core.rates import RateBook
from nkauto.engine.keys import Found, Key, Keys, said
from nkauto.engine.layout import columns_of
from nkauto.errors import BadOption, NkautoError, UnknownName
from nkauto.read.periods import read_period

AMOUNT_DIGITS = 17
FACTOR_DIGITS = 20
"""Digits of both sides of the product: 37 together, which every engine's decimals hold exactly."""
FLOAT_PLACES = 6
"""Decimal places that an amount in binary is read to: what was typed comes back as typed, up to 15 digits."""

_EXACT = Context(prec=60)
_AT = "_nkauto_row"
_NUMBER = "_nkauto_number"
_NEGATIVE = "an amount cannot be negative"
_KEYS = ("_nkauto_unit", "_nkauto_on", "_nkauto_at")

Frame = TypeVar("Frame")


def convert(
    frame: Frame,
    *,
    amount: str,
    to: str | Sequence[str],
    on: str,
    unit: str = "",
    at: str = "",
    book: RateBook | None = None,
    market: str = "",
    source: str = "",
    within: int | None = None,
    rates: Sequence[str] = (),
) -> Frame:
    """Return the frame with the columns that ``nkauto batch`` adds: ``usd_low, usd_high, rate_ids, …, error``.

    ``amount`` is a column of numbers, taken as exact decimals (floats to six places); ``on``, ``unit`` and
    ``at`` are each the name of a column, or what holds for all rows, as ``2025-10``, ``CNY``, ``Hyesan``.
    The range is decimal and contains that of a single conversion: a factor that does not end within 20 digits
    is rounded outward, nothing else is. Eager frames and polars' lazy ones keep their order; duckdb and Spark
    have none.

    Raises BadOption for a column of text, UnknownName for a column that there is not, and what a single
    conversion raises for ``to`` and for what holds for all rows.
    """
    given: Any = nw.from_native(cast("Any", frame))
    schema = given.collect_schema()
    if amount not in schema:
        raise UnknownName("column", amount, schema.names(), hint=f"Columns: {', '.join(schema.names())}")
    units = [part.strip() for listed in ([to] if isinstance(to, str) else to) for part in listed.split(",") if part]
    added = columns_of(units)
    twice = [name for name in added if name in schema or added.count(name) > 1]
    if twice:
        raise BadOption(f"two columns would be called {twice[0]!r}", hint="Drop or rename that column first.")
    held = library.Asked(
        book,
        on="" if on in schema else on,
        at="" if at in schema else at,
        market=market,
        source=source,
        within=within,
        rates=rates,
    )
    keys = Keys(held, units, unit="" if unit in schema else unit, dated=True)
    if held.on:
        read_period(held.on)
    number, places = _number(amount, schema[amount])
    asked = {key: _text(name, schema[name]) for key, name in zip(_KEYS, (unit, on, at), strict=True) if name in schema}
    asked = asked or {_KEYS[0]: nw.lit("")}
    numbered = _in_order(given).with_columns(number.alias(_NUMBER), **asked)
    distinct = numbered.select(*asked).unique().lazy().collect().rows()
    table = _table([dict(zip(asked, row, strict=True)) for row in distinct], keys, places)
    joined = numbered.join(_beside(given, *table), on=list(asked), how="left")
    result = joined.with_columns(*_results(added, len(units)))
    if _AT in result.collect_schema():
        result = result.sort(_AT)
    converted: Frame = result.select(*schema.names(), *added).to_native()
    return converted


def _number(amount: str, dtype: Any) -> tuple[nw.Expr, int]:
    """Return the amount as a whole number of its last decimal place, and how many places that is."""
    column = nw.col(amount)
    whole = nw.Decimal(19, 0)  # the digits of a 64-bit integer, which some engines insist on
    if dtype.is_integer():
        return column.cast(whole), 0
    if dtype.is_float():
        finite = nw.when(column.is_finite()).then(column)
        return (finite * 10**FLOAT_PLACES).round(0).cast(whole), FLOAT_PLACES
    places = dtype.scale if isinstance(dtype, nw.Decimal) else FLOAT_PLACES if dtype == nw.Object else None
    if places is None or places > AMOUNT_DIGITS - 7:
        hint = "Read texts such as '1,200' or '300-500' with nkauto batch, or cast the column to decimals first."
        raise BadOption(f"column {amount!r} holds {dtype}, not numbers of at most ten places", hint=hint)
    exact = column.cast(nw.Decimal(AMOUNT_DIGITS, places))
    return (exact * nw.lit(10**places)).cast(whole), places


def _text(name: str, dtype: Any) -> nw.Expr:
    """Return a key's column as text, days as 2025-10-17; empty where it is missing."""
    column = nw.col(name)
    text = column.dt.to_string("%Y-%m-%d") if dtype in (nw.Date, nw.Datetime) else column.cast(nw.String)
    return nw.when(~column.is_null()).then(text).otherwise(nw.lit(""))


def _in_order(frame: Any) -> Any:
    """Return the frame with its rows counted, where it has an order to be kept."""
    if isinstance(frame, nw.DataFrame):
        return frame.with_row_index(_AT)
    if frame.implementation.is_polars():
        return nw.from_native(frame.to_native().with_row_index(_AT))
    return frame


def _table(cells: Sequence[dict[str, str]], keys: Keys, places: int) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """Return columns and their types: each key's factors for amounts counted in their last place, and its evidence."""
    found = [_found(keys, (row.get(_KEYS[0], ""), row.get(_KEYS[1], ""), row.get(_KEYS[2], ""))) for row in cells]
    columns: dict[str, list[Any]] = {name: [row[name] for row in cells] for name in (cells[0] if cells else _KEYS[:1])}
    types: dict[str, Any] = dict.fromkeys(columns, nw.String())
    for number in range(len(keys.targets)):
        factors = [held.factors[number] for held in found]
        for end in ("low", "high"):
            sizes = [getattr(factor, end) / 10**places if factor else None for factor in factors]
            columns[f"_nkauto_{number}_{end}"], scale = _rounded(sizes, down=end == "low")
            types[f"_nkauto_{number}_{end}"] = nw.Decimal(FACTOR_DIGITS, scale)
        columns[f"_nkauto_{number}_ids"] = ["; ".join(factor.rate_ids) if factor else None for factor in factors]
        columns[f"_nkauto_{number}_age"] = [factor.age_days if factor else 0 for factor in factors]
        columns[f"_nkauto_{number}_place"] = ["; ".join(factor.places) if factor else None for factor in factors]
        types |= {f"_nkauto_{number}_{name}": nw.String() for name in ("ids", "place")}
        types[f"_nkauto_{number}_age"] = nw.Int64()
    columns["_nkauto_error"] = [held.fault or None for held in found]
    types["_nkauto_error"] = nw.String()
    return columns, {name: types[name] for name in columns}


def _found(keys: Keys, key: Key) -> Found:
    """Return what 1 of a key's unit comes to; a unit that is several, as a dozen, as many times that."""
    unit, day, place = key
    try:
        one, seven = keys.amount("1", unit), keys.amount("7", unit)
        found = keys.of(one, day, place)
    except NkautoError as error:
        return Found((None,) * len(keys.targets), said(error))
    low, high = one.range.low, one.range.high
    if (seven.range.low, seven.range.high) != (7 * low, 7 * high):
        return Found((None,) * len(keys.targets), f"amounts in {unit!r} must be read one by one: use nkauto batch")
    if low == high == 1:
        return found
    scaled = (
        held and replace(held, low=held.low * Fraction(low), high=held.high * Fraction(high)) for held in found.factors
    )
    return Found(tuple(scaled), found.fault)


def _rounded(sizes: Sequence[Fraction | None], *, down: bool) -> tuple[list[Decimal | None], int]:
    """Return factors as decimals of one scale, rounded outward, and the scale: as many places as 20 digits leave."""
    largest = int(max((size for size in sizes if size is not None), default=Fraction(0)))
    scale = FACTOR_DIGITS - (len(str(largest + 1)) if largest else 0)
    ends = [None if size is None else (floor if down else ceil)(size * 10**scale) for size in sizes]
    return [None if end is None else Decimal(end).scaleb(-scale, context=_EXACT) for end in ends], scale


def _beside(frame: Any, columns: dict[str, list[Any]], types: dict[str, Any]) -> Any:
    """Return a table in the engine of a frame."""
    native, rows = frame.to_native(), list(zip(*columns.values(), strict=True))
    if frame.implementation.is_duckdb():
        # A relation of another connection cannot be joined; the frame's own connection makes this one.
        values = ", ".join(f"({', '.join(map(_literal, row))})" for row in rows or [(None,) * len(columns)])
        casts = ", ".join(f"CAST({name} AS {_kind(dtype)}) AS {name}" for name, dtype in types.items())
        table = f"SELECT {casts} FROM (VALUES {values}) AS held({', '.join(columns)})"
        return nw.from_native(native.query("_nkauto", table))
    if frame.implementation.is_spark_like():
        kinds = ", ".join(f"{name} {_kind(dtype)}" for name, dtype in types.items())
        return nw.from_native(native.sparkSession.createDataFrame(rows, kinds))
    held = nw.from_dict(columns, schema=types, backend=frame.implementation)
    return held.lazy() if isinstance(frame, nw.LazyFrame) else held


def _kind(dtype: Any) -> str:
    """Return a type as SQL has it."""
    if isinstance(dtype, nw.Decimal):
        return f"DECIMAL({dtype.precision}, {dtype.scale})"
    return "BIGINT" if dtype == nw.Int64 else "STRING"


def _literal(value: str | int | Decimal | None) -> str:
    """Return a value as SQL has it."""
    if value is None:
        return "NULL"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else f"'{value:f}'"


def _results(added: Sequence[str], units: int) -> list[nw.Expr]:
    """Return the columns that are added, in order."""
    number = nw.col(_NUMBER)
    sound = number >= nw.lit(0)
    amount = nw.when(sound).then(number).cast(nw.Decimal(AMOUNT_DIGITS, 0))
    results: list[nw.Expr] = []
    for unit in range(units):
        low, high, ids, age, place = (
            nw.col(f"_nkauto_{unit}_{name}") for name in ("low", "high", "ids", "age", "place")
        )
        results += [amount * low, amount * high, nw.when(sound).then(ids)]
        results += [nw.when(sound & ~ids.is_null()).then(age), nw.when(sound).then(place)]
    fault = nw.when(sound).then(nw.col("_nkauto_error")).otherwise(nw.lit(_NEGATIVE))
    results.append(nw.when(number.is_null()).then(nw.lit("an amount is missing")).otherwise(fault))
    return [held.alias(name) for held, name in zip(results, added, strict=True)]
