"""Which of the exchange rates that a text states lie nearest to an amount, also by way of a third currency."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import pairwise

from nkauto.core.terms import over, times
from nkauto.read.passage.passage import Passage
from nkauto.read.relations.quotes import Quote, currency_names, quotes
from nkauto.read.relations.reform import FIXED
from nkauto.read.relations.words import pattern

__all__ = ["MOST_RATES", "Quote", "TextRates", "quotes"]

MOST_RATES = 8
"""Rates of a text that one amount is tried with, the nearest."""

_PAR = frozenset(("CUC", "USD"))
"""Cuba changed its convertible peso one for one."""
_BESIDE_PAR = 28


class TextRates:
    """All rates of a text by their two currencies, each list in the order of the text."""

    def __init__(self, passage: Passage) -> None:
        self.every = _every(passage)
        self._by_pair: dict[frozenset[str], list[Quote]] = defaultdict(list)
        for quote in sorted(self.every, key=lambda each: each.at.figure.start):
            self._by_pair[frozenset((quote.base, quote.unit))].append(quote)

    @cached_property
    def quoted(self) -> set[frozenset[str]]:
        """The pairs of currencies that have a rate."""
        return {frozenset((quote.base, quote.unit)) for quote in self.every if not quote.weak}

    @cached_property
    def equated(self) -> frozenset[int]:
        """The figures that are part of a rate and no prices, though they carry no denominator."""
        return frozenset(
            mention.index for quote in self.every if quote.plain for mention in quote.mentions if not mention.rate
        )

    @cached_property
    def stating(self) -> frozenset[int]:
        """The figures that are part of a rate."""
        return frozenset(mention.index for quote in self.every if quote.plain for mention in quote.mentions)

    @cached_property
    def silent(self) -> frozenset[int]:
        """The figures that may be a rate whose base is left out."""
        return frozenset(q.at.index for q in self.every if q.weak and not q.level and len(q.mentions) == 1)

    def nearest(self, unit: str, other: str, place: int, *, weak: bool = True) -> list[Quote]:
        """Return the rates between two currencies that stand nearest to a place of the text, nearest first."""
        known = self._by_pair.get(frozenset((unit, other)), [])
        middle = bisect_left(known, place, key=lambda each: each.at.figure.start)
        few = known[max(0, middle - MOST_RATES) : middle + MOST_RATES]
        few = [each for each in few if weak or not each.weak]
        return sorted(few, key=lambda each: abs(each.at.figure.start - place))[:MOST_RATES]


@lru_cache(maxsize=2)
def _every(passage: Passage) -> tuple[Quote, ...]:
    """Work out the rates that a text states, and those that follow from them, once for all who ask."""
    every = quotes(passage)
    every += _crossed([each for each in every if not each.weak])
    units = {mention.unit for mention in passage.mentions if mention.money}
    every += [other for each in every for other in _in_sister(each) if other.unit in units]
    every += _at_par(passage, every, units)
    return tuple(every)


def _at_par(passage: Passage, known: Sequence[Quote], units: AbstractSet[str]) -> list[Quote]:
    """Return the rates told for one currency in another one that stands at par with it: pesos a dollar, and a CUC.

    Two currencies were so by decree; of others the text says so.
    """
    beside = _beside_par(passage.text)
    named = [unit for unit in sorted(units | {each.base for each in known}) if currency_names(unit).search(beside)]
    pairs = {_PAR: False, **({frozenset(named): True} if len(named) == len(_PAR) else {})}
    told = {frozenset((each.base, each.unit)) for each in known if not each.weak}
    found = []
    for pair, firm in pairs.items():
        for each in known if pair not in told else ():
            other = next(iter(pair - {each.base}), "") if each.base in pair else ""
            if other in units and each.unit not in pair and frozenset((other, each.unit)) not in told:
                found.append(replace(each, base=other, weak=each.weak or not firm))
    return found


def _beside_par(text: str) -> str:
    """Return the words beside those of parity in a text, line by line."""
    places = ((match.start() - _BESIDE_PAR, match.end() + _BESIDE_PAR) for match in pattern("at_par").finditer(text))
    return "\n".join(text[max(0, start) : end] for start, end in places)


def _in_sister(known: Quote) -> Iterator[Quote]:
    """Yield a rate in another kind of the same money: 600,000 rials a dollar are 60,000 tomans."""
    for (small, large), factor in FIXED.items():
        if known.unit == small and known.base != large:
            low, high = over(known.low, factor), over(known.high, factor)
            yield replace(known, unit=large, low=low, high=high)
        elif known.unit == large and known.base != small:
            yield replace(known, unit=small, low=times(known.low, factor), high=times(known.high, factor))


def _crossed(known: Sequence[Quote]) -> Iterator[Quote]:
    """Yield the rates that two others make by way of the base that they share: yen in won, both told for a yuan."""
    direct = {frozenset((each.base, each.unit)) for each in known}
    for one, other in pairwise(known):
        shared = one.base == other.base and frozenset((one.unit, other.unit)) not in direct
        if shared and one.unit != other.unit and abs(one.at.sentence - other.at.sentence) <= 1:
            low, high = over(one.low, other.high), over(one.high, other.low)
            yield Quote(other.unit, one.unit, low, high, (one.at, other.at), weak=True, plain=False)
