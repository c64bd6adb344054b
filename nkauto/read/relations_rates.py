"""The exchange rates that a text states itself, and which of them lie nearest to an amount."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from nkauto.core.terms import Term, over, times
from nkauto.read.drafts import per_one
from nkauto.read.passage import Mention, Passage
from nkauto.read.relation_words import pattern, says
from nkauto.read.relations_links import is_amount

MOST_RATES = 6
"""Rates of a text that one conversion is tried with, the nearest."""

MOST_APART = 40
"""Characters of an equation between its two sides."""

_ONES = frozenset((1,))
_HUNDREDS = frozenset((10, 100, 1000, 10000))
_FOR = re.compile(r"^\s*(?:for|to|per|against)\s*(?:the\s*)?(?:us\s*)?$")
_CHAIN = re.compile(r"^[^=]{0,16}=\s*1\s*[^\s=]{1,8}\s*=\s*$")
_EQUATION = re.compile(r"^\s*[=≈＝]\s*$|^\s*(?:兑|兑换|可换|换|換|buys|equals)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate that the text states: one of its currency costs ``mention``; ``one`` is that one, where it is a figure."""

    mention: Mention
    official: bool
    one: Mention | None = None

    @property
    def ends(self) -> tuple[Term, Term]:
        """What one costs, low and high."""
        if self.one is None or self.one.low == 1:
            return per_one(self.mention)
        low, high = self.mention.ends
        return over(low, self.one.ends[0]), over(high, self.one.ends[0])

    @property
    def size(self) -> Decimal:
        """For how many of its currency the figure is."""
        return self.mention.count if self.one is None else self.one.low


@dataclass(frozen=True, slots=True)
class Way:
    """A rate and the way it is used: forward from the quoted currency into the one that it is the price of."""

    rate: Rate
    forward: bool

    def applied(self, amount: tuple[Term, Term]) -> tuple[Term, Term]:
        """Return an amount at the rate, low and high."""
        low, high = self.rate.ends
        if self.forward:
            return over(amount[0], high), over(amount[1], low)
        return times(amount[0], low), times(amount[1], high)


class TextRates:
    """All rates of a text by base and quoted currency, each list in the order of the text."""

    def __init__(self, passage: Passage) -> None:
        self._by_pair: dict[tuple[str, str], list[Rate]] = defaultdict(list)
        for mention in passage.mentions:
            if mention.rate and mention.low > 0 and not _step(mention):
                self._add(mention.per, Rate(mention, _official(mention)))
        for one, other in pairwise(passage.mentions):
            if is_amount(other) and not other.per and other.figure.start - one.figure.end <= MOST_APART:
                self._equation(one, other, passage.text[one.figure.end : other.figure.start])
        self._starts: dict[tuple[str, str], list[int]] = {}
        for pair, rates in self._by_pair.items():
            rates.sort(key=lambda rate: rate.mention.figure.start)
            self._starts[pair] = [rate.mention.figure.start for rate in rates]

    def _add(self, base: str, rate: Rate) -> None:
        self._by_pair[(base, rate.mention.unit)].append(rate)

    def _equation(self, one: Mention, other: Mention, gap: str) -> None:
        """Take ``$0.90 = 1 CUC = 24 CUP`` and ``1元≈124朝元`` as rates."""
        if one.rate and other.unit != one.per and _CHAIN.match(gap):
            self._add(one.per, Rate(other, _official(one)))
        elif is_amount(one) and one.unit != other.unit:
            if _is_one(one, _ONES) and _EQUATION.match(gap):
                self._add(one.unit, Rate(other, _official(one), one))
            elif _is_one(other, _HUNDREDS) and _FOR.match(gap) and says("exchange", one.left):
                self._add(other.unit, Rate(one, _official(one), other))
            elif _is_one(one, _HUNDREDS) and _EQUATION.match(gap) and says("exchange", one.left + other.right):
                self._add(one.unit, Rate(other, _official(one), one))

    @property
    def quoted(self) -> set[frozenset[str]]:
        """The pairs of currencies that have a rate."""
        return {frozenset(pair) for pair in self._by_pair}

    @property
    def equated(self) -> frozenset[int]:
        """The figures that are part of a rate and no prices, though they carry no denominator."""
        every = [rate for rates in self._by_pair.values() for rate in rates]
        parts = [each for rate in every for each in (rate.mention, rate.one) if each is not None and not each.rate]
        return frozenset(each.index for each in parts)

    def partners(self, unit: str) -> set[str]:
        """Return the currencies that have a rate with this one."""
        return {each for pair in self._by_pair if unit in pair for each in pair} - {unit}

    def nearest(self, unit: str, other: str, place: int) -> list[Way]:
        """Return the rates from one currency into another that stand nearest to a place of the text, nearest first."""
        ways = [Way(rate, True) for rate in self._near((other, unit), place)]
        ways += [Way(rate, False) for rate in self._near((unit, other), place)]
        ways.sort(key=lambda way: abs(way.rate.mention.figure.start - place))
        return ways[:MOST_RATES]

    def _near(self, pair: tuple[str, str], place: int) -> list[Rate]:
        rates = self._by_pair.get(pair)
        if not rates:
            return []
        middle = bisect_left(self._starts[pair], place)
        return rates[max(0, middle - MOST_RATES) : middle + MOST_RATES]


def _is_one(mention: Mention, sizes: frozenset[int]) -> bool:
    return mention.low == mention.high and mention.low in sizes and not mention.per


def _step(mention: Mention) -> bool:
    """Return whether a figure is by how much a rate moved, no level: ``1천원 떨어져 8천100원``."""
    left = mention.left.rstrip()
    return pattern("step_after", r"^\s*").match(mention.right[:12]) is not None or left.endswith((" by", "up", "down"))


def _official(mention: Mention) -> bool:
    return says("official", mention.left) or says("official", mention.right[:30])
