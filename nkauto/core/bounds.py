"""A formula's least and greatest value over its inputs.

Every formula here is monotone in each of its inputs, so its extremes stand in the corners of the box of
inputs. An input whose direction is known is put where it belongs; one that pulls both ways (because it
stands in two places) is tried at both ends. One name is one input: what cancels, cancels.
"""

import itertools
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from nkauto.core.choose import Chosen
from nkauto.errors import BadOption

Values = Mapping[str, Fraction]


# Annotations are not postponed here: see rates.py.
class Input(NamedTuple):
    """One uncertain figure of a derivation: 1 name is 1 quantity wherever it stands.

    ``chosen`` are the published rows behind it; ``user`` marks what no source states (people, months, the
    user's own rate); ``unit`` says what its low and high are counted in (``KPW/kg``, ``person``).
    """

    name: str
    low: Fraction
    high: Fraction
    unit: str
    chosen: Chosen | None = None
    approx: bool = False
    user: bool = False


class Quantity(NamedTuple):
    """A value as a function of inputs: its unit, its formula in words, and which way each input moves it.

    ``signs`` has +1 for an input that raises the value, -1 for one that lowers it, 0 where it pulls both ways.
    ``before`` is the quantity that one more step was applied to, ``step`` the words of that step.
    """

    unit: str
    formula: str
    inputs: tuple[Input, ...]
    value: Callable[[Values], Fraction]
    signs: Mapping[str, int]
    before: "Quantity | None" = None
    step: str = ""


def given(held: Input) -> Quantity:
    """Return the quantity that is one input."""
    name = held.name
    return Quantity(held.unit, name, (held,), lambda values: values[name], {name: 1})


def apply(
    function: Callable[..., Fraction],
    signs: tuple[int, ...],
    arguments: tuple[Quantity, ...],
    *,
    unit: str,
    formula: str,
    step: str = "",
) -> Quantity:
    """Return the quantity that a plain monotone function makes of others.

    ``signs`` says for each argument whether the function rises (+1) or falls (-1) in it.
    """
    merged: dict[str, int] = {}
    for sign, argument in zip(signs, arguments, strict=True):
        for name, direction in argument.signs.items():
            moved = sign * direction
            merged[name] = moved if merged.get(name, moved) == moved else 0
    inputs: dict[str, Input] = {}
    for held in (held for argument in arguments for held in argument.inputs):
        if (held.low, held.high, held.unit) != inputs.setdefault(held.name, held)[1:4]:
            raise ValueError(f"two inputs of one formula are called {held.name!r}")

    def value(values: Values) -> Fraction:
        return function(*(argument.value(values) for argument in arguments))

    return Quantity(unit, formula, tuple(inputs.values()), value, merged, arguments[0], step)


def times(left: Quantity, right: Input, unit: str) -> Quantity:
    """Return the product of a quantity and one input."""
    return apply(_product, (1, 1), (left, given(right)), unit=unit, formula=f"{left.formula} × {right.name}", step="×")


def over(left: Quantity, right: Input, unit: str) -> Quantity:
    """Return the quotient of a quantity and one input."""
    return apply(
        _quotient, (1, -1), (left, given(right)), unit=unit, formula=f"{left.formula} ÷ {right.name}", step="÷"
    )


def _product(left: Fraction, right: Fraction) -> Fraction:
    return left * right


def _quotient(left: Fraction, right: Fraction) -> Fraction:
    return left / right


def bounds(
    quantity: Quantity, instead: Mapping[str, tuple[Fraction, Fraction]] | None = None
) -> tuple[Fraction, Fraction]:
    """Return the least and greatest value over the inputs, exactly.

    ``instead`` gives other ends to some inputs. Raises BadOption when an input that divides may be zero.
    """
    ends = {held.name: (held.low, held.high) for held in quantity.inputs} | dict(instead or {})
    lowest: dict[str, Fraction] = {}
    highest: dict[str, Fraction] = {}
    free = []
    for name, (low, high) in ends.items():
        sign = quantity.signs.get(name, 0)
        if sign == 0 and low != high:
            free.append(name)
        lowest[name], highest[name] = (high, low) if sign < 0 else (low, high)
    try:
        if not free:
            return quantity.value(lowest), quantity.value(highest)
        corners = [dict(zip(free, corner, strict=True)) for corner in itertools.product(*(ends[name] for name in free))]
        return (
            min(quantity.value(lowest | corner) for corner in corners),
            max(quantity.value(highest | corner) for corner in corners),
        )
    except ZeroDivisionError:
        zero = [name for name, (low, _) in ends.items() if low == 0]
        raise BadOption(f"{' or '.join(zero) or 'a divisor'} may be zero, so there is no greatest value") from None


def widest(quantity: Quantity) -> str:
    """Return the name of the input that alone moves the value most, from all inputs at their low ends; none: ""."""
    lows = {held.name: held.low for held in quantity.inputs}
    moves = {
        held.name: abs(quantity.value(lows | {held.name: held.high}) - quantity.value(lows))
        for held in quantity.inputs
        if held.low != held.high
    }
    return max(moves, key=lambda name: moves[name]) if moves else ""
