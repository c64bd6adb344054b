"""Which of a text's rates the words beside an amount mean: the official one, the street's, Hyesan's, in new money.

And what the slips of a pen would make of the amount: the rate turned round, a nought lost, another rate taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from nkauto.core.claims import Hint
from nkauto.core.terms import Term, over, times
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.noughts import coin
from nkauto.read.relations.quote import sides
from nkauto.read.relations.quotes import Quote
from nkauto.read.relations.words import one_of, pattern, says
from nkauto.read.search.names import content, name_of

_BESIDE = 40


def meant(quotes: list[Quote], source: Mention, target: Mention) -> tuple[list[Quote], tuple[Quote, ...]]:
    """Return the rates that the words beside an amount can mean, and the others: ``$7 at the market rate``."""
    street = [each for each in quotes if not each.official]
    if not street or len(street) == len(quotes):
        return quotes, ()
    official = [each for each in quotes if each.official]
    if at_official(target):
        return official, tuple(street)
    near = " ".join(f"{each.left[-_BESIDE:]} {each.right[:_BESIDE]}" for each in (source, target))
    return (street, tuple(official)) if says("street_rate", near) else (quotes, ())


def called(passage: Passage, quotes: list[Quote], source: Mention, target: Mention) -> list[Quote]:
    """Return the rates that words name among others: ``at Hyesan's rate``, ``5 yuan, in Hyesan 2,200``."""
    if len({(each.low.value, each.high.value) for each in quotes if not each.weak}) < 2 or source.index > target.index:
        return []
    clause = _clause().split(target.left)[-1]
    words = [clause] if says("exchange_rate", clause) or says("place", clause) else []
    if target.index == source.index + 1 and says("exchange_rate", source.left):
        words.append(" ".join(_clause().split(source.left)[-2:]))
    behind = _clause().split(target.right)[0]
    if says("exchange_rate", behind) and pattern("at_rate", r"^\s*").match(behind):
        words = [behind]
    for each in words:
        said = content(each)
        found = [quote for quote in quotes if said & name_of(passage, quote.at)]
        if len({(quote.low.value, quote.high.value) for quote in found}) == 1:
            return found
    return []


@cache
def _clause() -> re.Pattern[str]:
    """Return the pattern of what parts two clauses, or two items of a list."""
    return re.compile(rf"[,;:，、；：。()（）]|\s{one_of('conjunction')}\s")


def of_other_notes(quote: Quote, source: Mention, target: Mention) -> bool:
    """Return whether a rate is told in new money and an amount in old, or the other way round."""
    amounts = [each for each in (source, target) if each.unit == quote.at.unit]
    return any({coin(each), coin(quote.at)} == {"old", "new"} for each in amounts)


def at_official(target: Mention) -> bool:
    """Return whether the words right before or behind a sum say that it is one at the official rate."""
    left, right = sides(target.left)[-1], sides(target.right)[0]
    if pattern("official_rate", r"^[\s)]*").match(right) is not None:
        return True
    return says("official_rate", left) and not says("street_rate", left)


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
