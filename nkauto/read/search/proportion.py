"""Amounts at the rate that another pair of the text implies: ``700,000 won, or 25 dollars ... 675,000, 24 dollars``.

Where no rate is told, two amounts that stand as one imply one. What other amounts of the two currencies come to by it
is believed only where it is met to its digits, and contradicted only where words say that it is at that rate.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import over, times
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.agree import conversion
from nkauto.read.relations.convert import borne_out
from nkauto.read.relations.drafts import BOUNDS, candidate, digits, reading
from nkauto.read.relations.links import Link
from nkauto.read.relations.links import find as find_links
from nkauto.read.relations.quotes import amount
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.reform import fixed_between
from nkauto.read.relations.words import lowered, says
from nkauto.read.search.bases import Settled

_MOST = 3
"""Amounts before one, and pairs of the text, that are tried for it."""
_REACH = 8
"""Figures between an amount and the pair that implies its rate, at most."""
_BESIDE = 24
"""Two sums so close are one but for rounding."""
_NEAR = Fraction(1, 20)
"""A bound that is true of a sum is one of it only so near."""
_FAR = Fraction(1, 4)
"""What words set at the rate of another pair is wrong where it is off by more."""
_TELLING = 2
"""A figure of fewer digits may be met by chance."""


def find(passage: Passage, rates: TextRates, taken: Collection[int]) -> list[Settled]:
    """Return the amounts that follow from another one as a pair of the text does; ``taken`` follow from a rate."""
    tied = [link for link in find_links(passage, rates.quoted) if link.tie in ("bracket", "words")]
    pairs = [link for link in tied if not link.past and _implies(link, rates)]
    if not pairs:
        return []
    linked = {mention.index for link in tied for mention in (link.source, link.target)}
    found = []
    for position, target in enumerate(passage.mentions):
        if target.index in linked or target.index in taken or not (target.single and amount(target) and target.low > 0):
            continue
        first = next(_met(passage, target, position, pairs, linked), None)
        if first is not None:
            found.append(first)
    return found


def _implies(link: Link, rates: TextRates) -> bool:
    """Return whether a pair implies a rate of its own: none is fixed by decree, nor told that bears the pair out."""
    single = link.source.single and link.target.single
    if not single or fixed_between(link.source.unit, link.target.unit) is not None:
        return False
    return link.pair not in rates.quoted or not borne_out(link, rates)


def _met(
    passage: Passage, target: Mention, position: int, pairs: Sequence[Link], linked: Collection[int]
) -> Iterator[Settled]:
    """Yield the amounts before one that come to it at the rate of a pair, the nearest first."""
    before = [each for each in passage.before(target, position, sentences=1) if amount(each) and each.single]
    for link in sorted(pairs, key=lambda each: abs(each.target.index - target.index))[:_MOST]:
        one, other = link.source, link.target
        if target.unit not in (one.unit, other.unit) or abs(other.index - target.index) > _REACH:
            continue
        worth, given = (one, other) if one.unit == target.unit else (other, one)
        sources = [each for each in before if each.unit == given.unit and each.index not in linked and each.low > 1]
        for source in sources[:_MOST]:
            if source.per and target.per and source.per != target.per:
                continue
            value = over(times(source.ends[0], worth.ends[0]), given.ends[0])
            bound = target.figure.bound
            tests = compare(value, value, bound if bound in BOUNDS else "=", target.stated)
            beside = target.index - source.index == 1 and len(passage.gap(source, target)) <= _BESIDE
            said = verdict(tests)
            off = abs(value.value / Fraction(target.low) - 1)
            told = target.index - source.index == 1 and _at_that_rate(passage, target, link)
            near = off <= _NEAR and (told or digits(target.low) >= _TELLING)
            wrong = told and off > _FAR and said is Verdict.FAILS
            if wrong or (near and (said is Verdict.HOLDS or (said is Verdict.ROUNDING and beside))):
                every = (source, target, one, other)
                made = candidate(
                    "conversion",
                    f"{source.figure.span} is {target.figure.span}, as {one.figure.span} is {other.figure.span}",
                    target,
                    every,
                    [reading(every, tests)],
                    sure=True,
                    conversions=[conversion(Link(source, target, "near")), conversion(link)],
                    consistency=True,
                )
                yield Settled(target.index, made, fits=not wrong, score=0.0)


def _at_that_rate(passage: Passage, target: Mention, link: Link) -> bool:
    """Return whether the words of a sentence say that it converts as the last pair before it does."""
    first, _ = passage.sentence(target)
    words = passage.text[max(first, link.target.figure.end) : target.figure.start]
    return link.target.index < target.index and target.figure.bound not in BOUNDS and says("that_rate", lowered(words))
