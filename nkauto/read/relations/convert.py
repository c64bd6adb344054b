"""Conversions of a text: an amount given in a second currency, held against the rates that the text states."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import compare, judge, verdict
from nkauto.read.passage.passage import Passage
from nkauto.read.relations.agree import agreeing, by_each_other, undecided
from nkauto.read.relations.drafts import BOUNDS, operator
from nkauto.read.relations.links import Link, groups
from nkauto.read.relations.links import find as find_links
from nkauto.read.relations.measures import priced_like
from nkauto.read.relations.quotes import Quote
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.reform import FIXED, fixed_between, redenominated, told

_LEAST, _MOST = Fraction(85, 100), Fraction(115, 100)
"""A rate that does not bring an amount this near to the stated one is not tried in full."""


_FIXED = {frozenset(pair) for pair in FIXED}
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_WRONG = (Verdict.FAILS, Verdict.PARTLY)


@dataclass(frozen=True, slots=True)
class Converted:
    """What was found: the claims, and the figures that only repeat another one in a second currency."""

    candidates: list[Candidate]
    targets: frozenset[int]


def find(passage: Passage) -> Converted:
    """Return the conversions of a text as claims.

    A conversion is held against the rate that the text itself states for the pair, else against the other
    conversions of the pair, else it needs an outside rate.
    """
    rates = TextRates(passage)
    equated = rates.equated
    links = [
        link
        for link in find_links(passage, rates.quoted | _FIXED)
        if link.source.index not in equated and link.target.index not in equated
    ]
    found = list(told(passage))
    loose: list[Link] = []
    for link in links:
        if fixed_between(link.source.unit, link.target.unit) is not None:
            found += [each for each in (redenominated(link),) if each.sure or judge(each).verdict in _HELD]
            continue
        if not borne_out(link, rates) and link.tie != "near":
            loose.append(link)
    loose += _by_way(loose)
    tied = {index for each in found for index in each.figures}
    exchanged = {mention.unit for mention in passage.mentions if mention.index in tied}
    for several in _by_pair(groups(passage, loose)):
        every = by_each_other([link for group in several for part in group for link in part])
        if len(several) > 1 and len(every) == 1 and judge(every[0]).verdict is Verdict.HOLDS:
            found += every  # told of several times, and yet at one rate
        else:
            found += [each for group in several for each in _of_times(group, exchanged)]
    linked = frozenset(link.target.index for link in links if link.tie != "near")
    return Converted(found, linked | equated)


def _by_way(links: Sequence[Link]) -> list[Link]:
    """Return the pairs of amounts that one other is both of, in currencies that another conversion is between."""
    pairs = {link.pair for link in links}
    both = [(one, other) for one, other in pairwise(links) if one.source is other.source and one.pair != other.pair]
    made = [replace(other, source=one.target) for one, other in both]
    return [link for link in made if link.pair in pairs]


def _by_pair(every: Sequence[list[list[Link]]]) -> list[list[list[list[Link]]]]:
    """Return the groups of conversions, those of one pair of currencies together."""
    pairs: dict[frozenset[str], list[list[list[Link]]]] = {}
    for group in every:
        pairs.setdefault(group[0][0].pair, []).append(group)
    return list(pairs.values())


def _of_times(parts: list[list[Link]], exchanged: AbstractSet[str]) -> list[Candidate]:
    """Return what conversions say of each other: those of no told time and of one, only where they agree.

    Money that was exchanged for new notes has two rates, of which the text need not say which is which.
    """
    every = by_each_other([link for part in parts for link in part])
    pair = parts[0][0].pair
    if pair & exchanged and any(judge(each).verdict in _WRONG for each in every):
        return [undecided(link) for part in parts for link in part]
    if len(parts) > 1 and any(judge(each).verdict is Verdict.FAILS for each in every):
        return [each for part in parts for each in by_each_other(part)]
    return every


def elsewhere(passage: Passage, failing: frozenset[int]) -> list[Candidate]:
    """Return the conversions that agree with each other, though not with the rate that the text states for the pair.

    A newspaper converts at the official rate and quotes the street's: each conversion then contradicts the rate,
    and all of them together imply another one. Not so where the rate bears out what else the text converts: then
    those that are ``failing`` by it are wrong.
    """
    rates = TextRates(passage)
    if not rates.every:
        return []
    told = [
        link
        for link in find_links(passage, rates.quoted)
        if link.tie in ("bracket", "words")
        and rates.equated.isdisjoint((link.source.index, link.target.index))
        and link.pair in rates.quoted
    ]
    off = [link for link in told if not borne_out(link, rates)]
    kept = {link.pair for link in told if link not in off}
    off = [link for link in off if link.pair not in kept or link.target.index not in failing]
    return [each for parts in groups(passage, off) for each in agreeing([link for part in parts for link in part])]


def borne_out(link: Link, rates: TextRates) -> bool:
    """Return whether one of the text's rates brings the one amount to the other."""
    both = {link.source.index, link.target.index}
    link = replace(link, source=priced_like(link.source, link.target))
    for way in rates.nearest(link.source.unit, link.target.unit, link.target.figure.start, weak=False):
        if both.isdisjoint(each.index for each in way.mentions) and _brings_near(link, way):
            sign = operator(link.target, (link.source, way.at), round_digits=1)
            tests = compare(*way.applied(link.source.ends, link.target.unit), sign, link.target.stated)
            if verdict(tests) in _HELD:
                return True
    return False


def _brings_near(link: Link, way: Quote) -> bool:
    if link.target.figure.bound in BOUNDS:
        return True
    low, high = way.bounds(link.source, link.target.unit)
    return low <= Fraction(link.target.high) * _MOST and high >= Fraction(link.target.low) * _LEAST
