"""Exact figures in columns: amounts times factors in 28 digits, rounded outward, as decimals, by polars.

It is long division, nine digits at a time in whole numbers of 64 bits, so the result is the core's, digit for
digit. The digits are put together as decimals of one scale, which polars writes without zeros at the end.
"""

from __future__ import annotations

import polars as pl

from nkauto.core.range import DIGITS

LARGEST_AMOUNT = 15
LARGEST_OVER = 10**18
LARGEST_UNDER = 10**9
"""Limits of an amount's digits, and of a factor's numerator and denominator: remainder × 10⁹ then fits in 64 bits,
and × 10¹⁰ what is less than a tenth of the denominator, and so on."""

_LARGEST = 2.0**63
_LIMB = 10**9
_WIDE_LIMB = pl.Series([_LIMB], dtype=pl.Int128)
_BEFORE = 10
"""A size of 1 has so many sizes before it: figures of nine zeros after the point, of eight, …, of none, and zero."""
_SIZES = _BEFORE + 19
_SPAN = 10
"""Sizes that decimals of one scale hold: 28 digits, nine more for the smallest of them, and one for a carry."""
_NEARLY = 1e-12
"""What a logarithm may be wrong by, many times over."""

_FIRST = pl.Series([10 ** min(19, max(19 - size, 0)) for size in range(_SIZES)], dtype=pl.UInt64)
_SECOND = pl.Series([10 ** min(9, 28 - size) for size in range(_SIZES)], dtype=pl.UInt64)
"""What brings a whole part, by its size, to ten digits, and those to nineteen, with digits of the fraction."""


def figures(
    number: pl.Series, over: pl.Series, under: pl.Series, places: int, *, like: pl.Series | None = None
) -> tuple[pl.Series, pl.Series]:
    """Return ``number`` × ``over`` ÷ ``under`` ÷ 10 to the power ``places``, rounded once, in the 28th digit.

    It is rounded down and up; null where it is too large, or not near enough to the size of most. ``like`` are
    figures whose scale these shall have.
    """
    # For polars' types the most of a series may be anything; of these it is a whole number, and ``like`` are decimals.
    if (number.max() or 0) * (over.max() or 0) >= _LARGEST:  # type: ignore[operator]
        fits = number.cast(pl.Float64) * over.cast(pl.Float64) < _LARGEST
        number = pl.select(pl.when(fits).then(number)).to_series()
    product = number * over
    whole = product // under
    rest = product - whole * under
    # The digits before the point, or with a minus the zeros after it. What is hardly less than a power of ten is
    # taken for one, and shows by a digit too few; zero has no logarithm.
    size = (product.cast(pl.Float64) / under.cast(pl.Float64)).log10() + (_BEFORE + _NEARLY)
    size = size.cast(pl.UInt32, strict=False)
    if size.null_count():
        size = size.fill_null(0)
    first = _first(size) if like is None else DIGITS + _BEFORE - 1 + places - like.dtype.scale  # type: ignore[attr-defined]
    units = [1, *(10 ** (each - first) if 0 <= each - first < _SPAN else None for each in range(1, _SIZES))]
    unit = pl.Series(units, dtype=pl.Int128)[size]

    shift = _FIRST[size]
    rest *= shift
    limb = rest // under
    head = whole * shift + limb
    shift = _SECOND[size]
    rest = (rest - limb * under) * shift
    limb = rest // under
    head = head * shift + limb
    rest = (rest - limb * under) * _LIMB
    limb = rest // under
    lost = rest != limb * under
    short = (head < 10**18) & (size > 0)
    if short.any():
        unit = pl.select(pl.when(~short).then(unit)).to_series()
    low = (head.cast(pl.Int128) * _WIDE_LIMB + limb.cast(pl.Int128)) * unit
    high = low + unit * lost.cast(pl.Int128)
    kind = pl.Decimal(38, DIGITS + _BEFORE - 1 + places - first)
    return low.reinterpret(dtype=kind), high.reinterpret(dtype=kind)


def _first(size: pl.Series) -> int:
    """Return the smallest of the sizes that decimals of one scale shall hold: of those that most figures have."""
    # Sizes are whole numbers, which polars' types do not say of their least and most.
    least, most = (int(end or 0) for end in (size.min(), size.max()))  # type: ignore[arg-type]
    if most - least < _SPAN:
        return max(least, 1)
    counts = dict(size.value_counts().iter_rows())
    return max(range(1, _SIZES), key=lambda first: sum(counts.get(first + more, 0) for more in range(_SPAN)))
