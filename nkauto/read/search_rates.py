"""The rates that a text states, in whatever form, and what an amount comes to at one of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from nkauto.core.claims import Hint
from nkauto.core.terms import Term, over, times
from nkauto.read.drafts import per_one
from nkauto.read.passage import Mention, Passage
from nkauto.read.relation_words import says

MOST_RATES = 8
"""Rates of a text that one amount is tried with, the nearest."""

_ROUND = frozenset((1, 10, 100, 1000, 10000))
_SHORT = re.compile(r"[^.;。；\d]{0,40}")


@dataclass(frozen=True, slots=True)
class Quote:
    """A rate that the text states: 1 ``base`` is low–high of ``unit``; the figures it stands in."""

    base: str
    unit: str
    low: Term
    high: Term
    mentions: tuple[Mention, ...]

    @property
    def at(self) -> Mention:
        """Where it stands."""
        return self.mentions[0]


def quotes(passage: Passage) -> list[Quote]:
    """Return the rates of a text: prices of currencies, and round amounts told in another currency."""
    found = []
    for mention in passage.mentions:
        if mention.rate and mention.low > 0 and mention.unit != mention.per:
            low, high = per_one(mention)
            found.append(Quote(mention.per, mention.unit, low, high, (mention,)))
    for one, other in pairwise(passage.mentions):
        if not amount(one) or not amount(other) or one.unit == other.unit or one.sentence != other.sentence:
            continue
        gap = passage.text[one.figure.end : other.figure.start]
        for base, quoted in ((one, other), (other, one)):
            if base.single and base.low in _ROUND and quoted.low > 0 and _exchanged(gap):
                count = base.ends[0]
                low, high = quoted.ends
                if base.low != 1:
                    low, high = over(low, count), over(high, count)
                found.append(Quote(base.unit, quoted.unit, low, high, (quoted, base)))
                break
    return sorted(found, key=lambda each: each.at.figure.start)


def _exchanged(gap: str) -> bool:
    """Return whether the words between two amounts give one for the other."""
    return _SHORT.fullmatch(gap) is not None and says("exchange", gap)


def amount(mention: Mention) -> bool:
    """Return whether a figure is a sum of money, no rate."""
    return mention.money and not mention.rate and mention.high > 0


def nearest(known: Sequence[Quote], target: Mention) -> list[Quote]:
    """Return the rates nearest to a figure, of a list in the order of the text."""
    place = bisect_left(known, target.figure.start, key=lambda each: each.at.figure.start)
    few = known[max(0, place - MOST_RATES) : place + MOST_RATES]
    return sorted(few, key=lambda each: abs(each.at.figure.start - target.figure.start))[:MOST_RATES]


def applied(source: Mention, quote: Quote, unit: str) -> tuple[Term, Term]:
    """Return what an amount comes to in the unit at a rate, low and high."""
    low, high = source.ends
    if quote.base == unit:
        return over(low, quote.high), over(high, quote.low)
    return times(low, quote.low), times(high, quote.high)


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
