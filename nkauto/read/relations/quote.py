"""One exchange rate that a text states, as a value: what it says, where it stands, what an amount comes to by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property

from nkauto.core.terms import Term, over, times
from nkauto.read import lexicon
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.words import alternatives, one_of, says

_BEHIND = 30
_ASIDE = 2
"""Parts of the words behind a rate before which its name may stand by itself: ``100 won, the official rate, and``."""


@dataclass(frozen=True)
class Quote:
    """A rate that the text states: 1 ``base`` is low–high of ``unit``; the figures it stands in, the price first.

    ``weak``: worked out from two others, or of a base that the text does not name, so that it may bear an amount
    out but not contradict it. ``plain``: its figures say nothing but the rate, and make no claim of their own.
    ``level``: only its size and its place beside another rate speak for it. ``then``: it is told of another time.
    """

    base: str
    unit: str
    low: Term
    high: Term
    mentions: tuple[Mention, ...]
    weak: bool = False
    plain: bool = True
    level: bool = False
    then: bool = False

    @property
    def at(self) -> Mention:
        """Where it stands."""
        return self.mentions[0]

    @property
    def cited(self) -> tuple[Mention, ...]:
        """The figures that a claim by this rate names: not the round amount that a price is told for."""
        return self.mentions[:1] if self.plain else self.mentions

    @cached_property
    def official(self) -> bool:
        """Whether the words beside it call it an official one."""
        left, right = sides(self.at.left.rstrip(" (（")), sides(self.at.right[:_BEHIND])
        aside = right[1] if not right[0].strip() and len(right) > _ASIDE else ""
        return any(says("official", words) for words in (left[-1], right[0], aside))

    def applied(self, amount: tuple[Term, Term], unit: str) -> tuple[Term, Term]:
        """Return what an amount comes to in one of the two currencies, low and high."""
        if self.base == unit:
            return over(amount[0], self.high), over(amount[1], self.low)
        return times(amount[0], self.low), times(amount[1], self.high)

    def bounds(self, source: Mention, unit: str) -> tuple[Fraction, Fraction]:
        """Return what an amount comes to, low and high, without how it was reckoned."""
        if self.base == unit:
            return Fraction(source.low) / self.high.value, Fraction(source.high) / self.low.value
        return Fraction(source.low) * self.low.value, Fraction(source.high) * self.high.value


def sides(words: str) -> list[str]:
    """Return the words between two sums, parted where those of one end: ``8,700, against an official 1,507``."""
    return _parting().split(words)


@cache
def _parting() -> re.Pattern[str]:
    return re.compile(r"[,，、;；.。()（）]|" + one_of("other_side"))


def amount(mention: Mention) -> bool:
    """Return whether a figure is a sum of money, no rate."""
    return mention.money and not mention.rate and mention.high > 0


@cache
def currency_names(code: str) -> re.Pattern[str]:
    """Return the pattern of all names of a currency."""
    named = [*lexicon.words("currency").items(), *lexicon.words("sign").items()]
    return re.compile(alternatives(word for word, entries in named if code in entries[0].meaning.split()))


def rates_named(words: str, figures: Sequence[Mention]) -> frozenset[int]:
    """Return the only rate of each money that words name: ``the dollar is 9 times the yuan``; by index."""
    rates = [each for each in figures if each.rate and each.single]
    monies = [each.per for each in rates]
    return frozenset(
        each.index for each in rates if monies.count(each.per) == 1 and currency_names(each.per).search(words)
    )


def currencies_named(clause: str, known: set[str]) -> set[str]:
    """Return those of some currencies that a clause names; yuan is part of the Chinese name of the dollar."""
    found = {each: match.span() for each in known if (match := currency_names(each).search(clause))}
    return {
        each
        for each, (first, last) in found.items()
        if not any(one <= first and last <= other and other - one > last - first for one, other in found.values())
    }
