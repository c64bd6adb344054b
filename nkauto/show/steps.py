"""A derivation step by step, in words and figures: what ``--explain`` shows."""

from __future__ import annotations

from nkauto.core.bounds import Quantity, bounds
from nkauto.core.derivation import Derivation
from nkauto.show.numbers import fraction_for_people
from nkauto.show.words import unit_words


def steps(derivation: Derivation) -> list[str]:
    """Return each step of each result in words and figures, once."""
    said: dict[str, None] = {}
    for result in derivation.results:
        chain: list[Quantity] = []
        quantity: Quantity | None = result.quantity
        while quantity is not None:
            chain.append(quantity)
            quantity = quantity.before
        for held in reversed(chain):
            said[_step(held)] = None
    return list(said)


def _step(quantity: Quantity) -> str:
    low, high = bounds(quantity)
    figure = fraction_for_people(low, high)
    if quantity.before is None:
        return f"{quantity.formula} = {figure} {quantity.unit}"
    ends = {held.name: fraction_for_people(held.low, held.high) for held in quantity.inputs}
    given = ", ".join(f"{name} {figure}" for name, figure in ends.items())
    return f"{quantity.formula} = {figure} {unit_words(quantity.unit, figure)} (with {given})"
