"""Bounds: the least and greatest value of a formula over its uncertain inputs, known directions and not."""

from __future__ import annotations

import sys
from fractions import Fraction
from functools import partial

from measure import each, options

from nkauto.core.bounds import Input, Quantity, apply, bounds, given, over, times

GOAL_MS = 1.0
MARGIN_MS = 20.0


def inputs(count: int) -> list[Input]:
    """Return uncertain inputs of different primes."""
    primes = [101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157]
    return [
        Input(f"input {number}", Fraction(prime), Fraction(prime + 7), "KPW")
        for number, prime in enumerate(primes[:count])
    ]


def one_way(count: int) -> Quantity:
    """Return a product and quotient in turn: each input's direction is known."""
    first, *others = inputs(count)
    held = given(first)
    for number, other in enumerate(others):
        held = over(held, other, "KPW") if number % 2 else times(held, other, "KPW")
    return held


def both_ways(count: int) -> Quantity:
    """Return a sum of shares in which each input pulls both ways, so that all corners are tried."""
    held = [given(one) for one in inputs(count)]
    total = apply(lambda *values: sum(values, Fraction(0)), (1,) * count, tuple(held), unit="KPW", formula="sum")
    return apply(
        lambda part, whole, *others: part / whole + sum((other / whole for other in others), Fraction(0)) / 2,
        (1, -1, *(1,) * (count - 1)),
        (held[0], total, *held[1:]),
        unit="x",
        formula="share",
    )


def main() -> int:
    """Print the time of each; return 1 when the short form passes its margin for 8 inputs."""
    short = options(__doc__).short
    failed = False
    print(f"{'bounds':36}{'ms':>8}{'goal':>7}")
    for name, quantity, goal in (
        ("8 inputs, directions known", one_way(8), GOAL_MS),
        ("12 inputs, directions known", one_way(12), None),
        ("4 inputs that pull both ways", both_ways(4), None),
        ("8 inputs that pull both ways", both_ways(8), None),
    ):
        took = 1000 * each(partial(bounds, quantity))
        print(f"{name:36}{took:8.3f}{goal or '':>7}")
        failed |= bool(short and goal and took > MARGIN_MS)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
