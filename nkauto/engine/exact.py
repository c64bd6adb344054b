"""Exact figures in columns: amounts times factors in 28 digits, rounded outward, as text, by polars.

Whole numbers of 128 bits hold every step, so the result is the core's, digit for digit.
"""

from __future__ import annotations

import polars as pl
from polars import col

from nkauto.core.range import DIGITS

WIDE = pl.Int128
LARGEST_AMOUNT = 15
LARGEST_OVER = 10**12
LARGEST_UNDER = 10**10
"""Limits of an amount's digits, of a factor's numerator, and of its denominator (times the amount's own power of
ten): amount × over, and remainder × 10²⁸, then stay below 10³⁸, which 128 bits hold."""

ENDING = 20
"""Places after the point within which a figure is known to end."""

_POWERS = pl.Series([10**power for power in range(39)], dtype=WIDE)
_MOST_ZEROS = 10
"""Zeros that a fraction can begin with: no more than its denominator has digits."""


def with_figures(frame: pl.LazyFrame, over: pl.Expr, under: pl.Expr, *, low: str = "", high: str = "") -> pl.LazyFrame:
    """Return the frame with ``number`` × over ÷ under as text in plain digits, in columns of these names.

    It is rounded once, in the 28th digit, down for ``low`` and up for ``high``. Each step is a column of its
    own: as one expression, polars works shared parts out again at every use, twenty times slower.
    """
    steps = frame.with_columns(_product=col("number") * over, _under=under)
    steps = steps.with_columns(_whole=col("_product") // col("_under"), _rest=col("_product") % col("_under"))
    # 28 digits of the fraction, and what is left after them.
    steps = steps.with_columns(_rest=col("_rest") * _number(10**DIGITS), _text=col("_whole").cast(pl.String))
    steps = steps.with_columns(_fraction=col("_rest") // col("_under"), _left=col("_rest") % col("_under"))
    # A whole part leaves room for that many fewer digits of the fraction; without one, zeros after the point do
    # not count, so that further digits are needed.
    zeros = pl.sum_horizontal(col("_fraction") < _number(10 ** (DIGITS - zero)) for zero in range(1, _MOST_ZEROS + 1))
    steps = steps.with_columns(
        _none=col("_whole") == 0, _cut=col("_text").str.len_bytes().cast(pl.Int64), _more=zeros.cast(pl.Int64)
    )
    steps = steps.with_columns(
        _one=_power(pl.when(col("_none")).then(DIGITS + col("_more")).otherwise(DIGITS - col("_cut"))),
        _cut=_power(col("_cut")),
        _more=_power(col("_more")),
    )
    steps = steps.with_columns(_left=pl.when(col("_none")).then(col("_left") * col("_more")).otherwise(col("_left")))
    steps = steps.with_columns(
        _kept=pl.when(col("_none"))
        .then(col("_fraction") * col("_more") + col("_left") // col("_under"))
        .otherwise(col("_fraction") // col("_cut")),
        _lost=pl.when(col("_none"))
        .then(col("_left") % col("_under") != 0)
        .otherwise((col("_fraction") % col("_cut") != 0) | (col("_left") != 0)),
    )
    if low:
        steps = steps.with_columns(_joined(col("_text"), col("_kept")).alias(low))
    if not high:
        return steps
    steps = steps.with_columns(_kept=col("_kept") + col("_lost").cast(WIDE))
    carried = col("_kept") == col("_one")
    steps = steps.with_columns(
        _text=pl.when(carried).then((col("_whole") + 1).cast(pl.String)).otherwise(col("_text")),
        _kept=pl.when(carried).then(_number(0)).otherwise(col("_kept")),
    )
    raised = _joined(col("_text"), col("_kept"))
    return steps.with_columns((pl.when(col("_lost")).then(raised).otherwise(col(low)) if low else raised).alias(high))


def with_ending_figure(frame: pl.LazyFrame, name: str, over: pl.Expr, under: pl.Expr) -> pl.LazyFrame:
    """Return the same where ``under`` divides 10²⁰: nothing is rounded, and a third of the steps will do."""
    steps = frame.with_columns(_product=col("number") * over, _under=under)
    steps = steps.with_columns(
        _text=(col("_product") // col("_under")).cast(pl.String),
        _kept=col("_product") % col("_under") * (_number(10**ENDING) // col("_under")),
        _one=_number(10**ENDING),
    )
    return steps.with_columns(_joined(col("_text"), col("_kept")).alias(name))


def _joined(whole: pl.Expr, fraction: pl.Expr) -> pl.Expr:
    """Return whole and fraction with a point between them; the 1 before the fraction keeps its leading zeros."""
    digits = (fraction + col("_one")).cast(pl.String).str.slice(1).str.strip_chars_end("0")
    return pl.when(fraction == 0).then(whole).otherwise(pl.concat_str(whole, pl.lit("."), digits))


def _power(exponent: pl.Expr) -> pl.Expr:
    """Return ten to the power."""
    return pl.lit(_POWERS).gather(exponent)


def _number(value: int) -> pl.Expr:
    return pl.lit(value, dtype=WIDE)
