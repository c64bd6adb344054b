"""The slips that would make another figure of an amount at a rate."""

from __future__ import annotations

from fractions import Fraction

from nkauto.core.claims import Hint
from nkauto.core.terms import Term, over, times
from nkauto.read.passage import Mention
from nkauto.read.relations_rates import Quote


def slips(source: Mention, quote: Quote, target: Mention) -> tuple[Hint, ...]:
    """Return what well-known slips would make of an amount at a rate: turned round, or ten times too much."""
    low = source.ends[0]
    right = over(low, quote.high) if quote.base == target.unit else times(low, quote.low)
    wrong = times(low, quote.low) if quote.base == target.unit else over(low, quote.high)
    turned = over(quote.high, low)
    hints = [
        Hint(wrong, "multiplied instead of divided" if quote.base == target.unit else "divided instead of multiplied"),
        Hint(turned, "divided the wrong way round"),
    ]
    for power in (10, 100, 1000):
        many = Term(Fraction(power), str(power))
        hints.append(Hint(times(right, many), f"{power:,} times too large"))
        hints.append(Hint(over(right, many), f"{power:,} times too small"))
    return tuple(hints)
