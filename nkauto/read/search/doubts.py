"""What speaks against two figures as those that a multiple contradicts: it is of others, or misses them by far."""

from __future__ import annotations

from fractions import Fraction

from nkauto.read.relations.multiple import Multiple
from nkauto.read.relations.words import pattern
from nkauto.read.search.option import Option

REACHED = Fraction(12)
"""Figures that miss a multiple by more than this factor are not the ones it was reckoned from."""
_LEFT = Fraction(125, 1000)
_CENTS = Fraction(5, 100)


def of_the_last(multiple: Multiple, option: Option) -> bool:
    """Return whether a share is one of what was named last, and both figures stand before it: ``20 % of them``."""
    of_it = multiple.of and pattern("of_it", r"^\s*").match(multiple.mention.right[:24]) is not None
    return of_it and all(each.index < multiple.mention.index for each in option.mentions)


def leaves(multiple: Multiple, option: Option) -> bool:
    """Return whether a share is what one figure leaves of the other: ``12 of 18; a third stayed on paper``."""
    whole = Fraction(100 if multiple.percent else 1)
    stated = Fraction(multiple.mention.low)
    if not multiple.of or multiple.way or stated >= whole:
        return False
    left = [whole - test.computed.value for each in option.readings for test in each.tests]
    return any(abs(each / stated - 1) <= _LEFT for each in left)


def in_reach(multiple: Multiple, option: Option) -> bool:
    """Return whether figures miss a multiple by no more than a slip of one digit: beyond that others are meant."""
    stated = Fraction(multiple.mention.low)
    sizes = [test.computed.value / stated for each in option.readings for test in each.tests]
    return any(1 / REACHED <= size <= REACHED or _is_cents(size) for size in sizes)


def _is_cents(size: Fraction) -> bool:
    """Return whether a figure is a hundred times what it should be, or a hundredth: cents taken for dollars."""
    return any(abs(size * slip - 1) <= _CENTS for slip in (100, Fraction(1, 100)))
