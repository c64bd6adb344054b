"""Exact figures in columns: amounts times factors in 28 digits, rounded outward, as text, by polars.

Whole numbers of 128 bits hold every step, so the result is the core's, digit for digit.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import polars as pl
from polars import col

from nkauto.core.range import DIGITS, plain

WIDE = pl.Int128
LARGEST_AMOUNT = 15
LARGEST_OVER = 10**12
LARGEST_UNDER = 10**10
"""Limits of an amount's digits, of a factor's numerator, and of its denominator (times the amount's own power of
ten): amount × over, and remainder × 10²⁸, then stay below 10³⁸, which 128 bits hold."""

ENDING = 14
LARGEST_ENDING = 10**7
"""Places of a factor that ends, and what it is less than: with an amount it then fits into a decimal's 38 digits."""

_POWERS = pl.Series([10**power for power in range(39)], dtype=WIDE)


def with_figures(
    frame: pl.LazyFrame, over: pl.Expr, under: pl.Expr, *, low: str = "", high: str = "", most: int = LARGEST_UNDER
) -> pl.LazyFrame:
    """Return the frame with ``number`` × over ÷ under as text in plain digits, in columns of these names.

    It is rounded once, in the 28th digit, down for ``low`` and up for ``high``; ``most`` is more than any
    ``under``. Each step is a column of its own: as one expression, polars works shared parts out again at every
    use, twenty times slower. Remainders are told by multiplication, as 128 bits divide slowly.
    """
    steps = frame.with_columns(_product=col("number") * over, _under=under)
    steps = steps.with_columns(_whole=col("_product") // col("_under"))
    # 28 digits of the fraction, and what is left after them.
    rest = (col("_product") - col("_whole") * col("_under")) * _number(10**DIGITS)
    steps = steps.with_columns(_rest=rest, _text=col("_whole").cast(pl.String), _none=col("_whole") == 0)
    steps = steps.with_columns(_fraction=col("_rest") // col("_under"))
    steps = steps.with_columns(_left=col("_rest") - col("_fraction") * col("_under"))
    # A whole part leaves room for that many fewer digits of the fraction; without one, zeros after the point do
    # not count, so that further digits are needed. A fraction begins with fewer zeros than its denominator has digits.
    zeros = pl.sum_horizontal(
        col("_fraction") < _number(10 ** (DIGITS - zero)) for zero in range(1, len(str(most - 1)) + 1)
    )
    steps = steps.with_columns(_cut=col("_text").str.len_bytes().cast(pl.Int64), _more=zeros.cast(pl.Int64))
    steps = steps.with_columns(
        _one=_power(pl.when(col("_none")).then(DIGITS + col("_more")).otherwise(DIGITS - col("_cut"))),
        _cut=_power(col("_cut")),
        _more=_power(col("_more")),
    )
    steps = steps.with_columns(
        _part=pl.when(col("_none")).then(col("_left") * col("_more")).otherwise(col("_fraction")),
        _by=pl.when(col("_none")).then(col("_under")).otherwise(col("_cut")),
    )
    steps = steps.with_columns(_kept=col("_part") // col("_by"))
    steps = steps.with_columns(
        _lost=(col("_part") != col("_kept") * col("_by")) | (~col("_none") & (col("_left") != 0)),
        _kept=col("_kept") + pl.when(col("_none")).then(col("_fraction") * col("_more")).otherwise(_number(0)),
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


def ending(size: Fraction) -> str | None:
    """Return a factor's digits, when its product with any amount ends within 28 of them; else None."""
    if 10**ENDING % size.denominator or size >= LARGEST_ENDING:
        return None
    decimal = plain(Decimal(size.numerator * (10**ENDING // size.denominator)).scaleb(-ENDING))
    return f"{decimal:f}" if len(decimal.as_tuple().digits) + LARGEST_AMOUNT <= DIGITS else None


def ending_figure(amount: pl.Expr, size: pl.Expr) -> pl.Expr:
    """Return the product of two decimals as text: of the scale of ``size``, which has room for both their places."""
    return (amount * size).cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")


def _joined(whole: pl.Expr, fraction: pl.Expr) -> pl.Expr:
    """Return whole and fraction with a point between them; the 1 before the fraction keeps its leading zeros."""
    digits = (fraction + col("_one")).cast(pl.String).str.slice(1).str.strip_chars_end("0")
    return pl.when(fraction == 0).then(whole).otherwise(pl.concat_str(whole, pl.lit("."), digits))


def _power(exponent: pl.Expr) -> pl.Expr:
    """Return ten to the power."""
    return pl.lit(_POWERS).gather(exponent)


def _number(value: int) -> pl.Expr:
    return pl.lit(value, dtype=WIDE)
