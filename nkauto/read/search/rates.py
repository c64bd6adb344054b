"""The slips that would make another figure of an amount at a rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from nkauto.core.claims import Hint
from nkauto.core.terms import Term, over, times
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.quotes import Quote


def slips(source: Mention, quote: Quote, target: Mention) -> tuple[Hint, ...]:
    """Return what well-known slips would make of an amount at a rate turned round."""
    low = source.ends[0]
    wrong = times(low, quote.low) if quote.base == target.unit else over(low, quote.high)
    turned = over(quote.high, low)
    return (
        Hint(wrong, "multiplied instead of divided" if quote.base == target.unit else "divided instead of multiplied"),
        Hint(turned, "divided the wrong way round"),
    )


def powers(source: Mention, quote: Quote, target: Mention) -> tuple[Term, ...]:
    """Return what an amount at a rate comes to with the point in another place."""
    right = quote.applied(source.ends, target.unit)[0]
    found = []
    for power in (10, 100, 1000):
        many = Term(Fraction(power), str(power))
        found += [times(right, many), over(right, many)]
    return tuple(found)


def at_others(source: Mention, others: Sequence[Quote], target: Mention) -> Iterator[Hint]:
    """Yield what an amount comes to at the rates that the words do not mean."""
    for each in others:
        yield Hint(each.applied(source.ends, target.unit)[0], "the official rate in the place of the market's")
