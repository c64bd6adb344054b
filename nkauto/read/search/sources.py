"""The amounts that a stated one may be the conversion of, and how well each is tied to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from nkauto.core.claims import Hint, Reading, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, operator, reading
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.measures import priced_like
from nkauto.read.relations.quotes import Quote, amount
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.words import says
from nkauto.read.search.rates import at_official, at_others, called, meant, of_other_notes, powers, slips

LEAST = -6.0
"""A source scored lower is not tried."""

_BESIDE = 40
_ABOUT = Fraction(1, 20)
_SLIP = Fraction(12)
_SLACK, _ANOTHER_DAY, _OTHER_DAYS = Fraction(2), Fraction(5, 4), Fraction(3)
_FAR, _WHOLE_TEXT = 3, 100
"""Sentences off from which an amount is far, and how far one for the same measure may be."""


@dataclass(frozen=True, eq=False)
class Option:
    """An amount converted at a rate of the text, held against a stated one; worked out where it is asked for.

    ``listed``: it goes on with a list of conversions at one rate; ``by_name``: words name the rate: ``at Hyesan's``.
    """

    source: Mention
    target: Mention
    quote: Quote
    score: float
    linked: bool
    others: tuple[Quote, ...] = ()
    listed: bool = False
    by_name: bool = False

    @cached_property
    def reading(self) -> Reading:
        """What the amount comes to, against what is stated."""
        tests = _tests(self.source, self.quote, self.target)
        return reading((self.source, self.target, *self.quote.cited), tests)

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """The slips that would explain another figure."""
        return (*slips(self.source, self.quote, self.target), *at_others(self.source, self.others, self.target))

    @cached_property
    def said(self) -> Verdict:
        """The verdict of the comparisons."""
        return verdict(self.reading.tests)

    @property
    def named(self) -> bool:
        """Whether the words beside the stated figure name its rate: by its place, or as the official one."""
        return self.by_name or (self.quote.official and bool(self.others) and at_official(self.target))

    @property
    def forward(self) -> bool:
        """Whether the stated figure stands behind the amount, as what follows from another does."""
        return self.source.index < self.target.index

    @property
    def slipped(self) -> bool:
        """Whether a well-known slip explains the stated figure."""
        stated = Fraction(self.target.low)
        slack = max(Fraction(self.target.stated.slack), stated / 500)
        wrong = (*(hint.computed for hint in self.hints), *powers(self.source, self.quote, self.target))
        return any(abs(term.value - stated) <= slack for term in wrong)

    @property
    def beside(self) -> bool:
        """Whether the rate stands in the sentence of the amount or of what is stated."""
        return self.quote.at.sentence in (self.source.sentence, self.target.sentence)

    @property
    def far(self) -> bool:
        """Whether the stated figure lies well outside what the rate gives: more than another day's rate explains."""
        return not self._within(_ANOTHER_DAY)

    @property
    def of_other_days(self) -> bool:
        """Whether the stated figure is so far from what the rate gives as one of years before may have given."""
        return not self._within(_OTHER_DAYS)

    @property
    def near(self) -> bool:
        """Whether the stated figure is roughly what the amount comes to."""
        return self._within(_SLACK)

    @property
    def close(self) -> bool:
        """Whether the stated figure is what the amount comes to but for rounding."""
        return self._within(1 + _ABOUT)

    @property
    def in_reach(self) -> bool:
        """Whether the stated figure misses what the amount comes to by no more than a slip of one digit."""
        return self._within(_SLIP)

    def _is_far_off(self, slack: float) -> bool:
        """Return whether the amount plainly comes to another sum: most do, which need not be reckoned exactly."""
        low, high = float(self.target.low), float(self.target.high)
        least, most = float(self.source.low), float(self.source.high)
        try:
            one, other = float(self.quote.low.value), float(self.quote.high.value)
            if self.quote.base == self.target.unit:
                one, other = 1 / other, 1 / one
        except (OverflowError, ZeroDivisionError):
            return False
        return least * one > high * slack or low > most * other * slack

    def _within(self, slack: Fraction) -> bool:
        if self._is_far_off(float(slack) * 1.001):
            return False
        low, high = self.target.ends[0].value, self.target.ends[1].value
        least, most = self.quote.bounds(self.source, self.target.unit)
        return least <= high * slack and low <= most * slack


def _is_one(mention: Mention) -> bool:
    return mention.single and mention.low == 1 and mention.figure.bound not in BOUNDS


def options(
    passage: Passage,
    target: Mention,
    position: int,
    rates: TextRates,
    stating: frozenset[int],
) -> Iterator[Option]:
    """Yield every amount near a stated one with every rate of the pair."""
    around = [
        *passage.before(target, position),
        *_far_like(passage, target, position),
        *passage.after(target, position, most=2),
    ]
    sources = [m for m in around if amount(m) and m.unit != target.unit and m.low > 0 and m.index not in stating]
    link = _origin(passage, target, position, rates)
    # What one is worth is a rate itself: nothing follows from it but what it is told with.
    sources = [m for m in sources if m is link or not any(_is_one(each) for each in (m, target))]
    if link is not None and tie_of(passage.text[link.figure.end : target.figure.start]) == "bracket":
        sources = [m for m in sources if m is link]
    elif any(each.subject == target.subject != "" for each in sources):
        sources = [each for each in sources if each.subject in ("", target.subject)]
    sources = [m for m in sources if m is link or not _repeats(passage, m, target.unit)]
    for source in sources:
        near = rates.nearest(source.unit, target.unit, target.figure.start)
        quotes = [each for each in near if source not in each.mentions and target not in each.mentions]
        quotes, others = meant([each for each in quotes if not of_other_notes(each, source, target)], source, target)
        named = called(passage, quotes, source, target)
        apart = min(_FAR, abs(source.sentence - target.sentence))
        score = -0.4 * min(6, _between(passage, source, target, position)) - 1.2 * apart
        if source is link:
            score += 3
        elif len(sources) == 1 and source.sentence != target.sentence:
            score += 1  # nothing else is told that it could be
        if source.figure.start < target.figure.start and (
            says("strong", target.left[-40:]) or says("result", target.left[-40:]) or says("strong", target.right[:12])
        ):
            score += 1
        if source.subject and target.subject and source.subject != target.subject:
            score -= 1.5
        if source.subject and source.subject == target.subject:
            score += 0.7
        elif source.per in TIME and source.per == target.per:
            score += 0.5
        for place, quote in enumerate(named or quotes):
            away = min(abs(quote.at.sentence - target.sentence), abs(quote.at.sentence - source.sentence))
            behind = 0.5 if quote.at.figure.start > target.figure.start else 0.0
            behind -= 1.0 if _right_before(quote.at, target) else 0.0
            total = score - 0.25 * place - 0.2 * min(3, away) - behind
            if total >= LEAST:
                like = priced_like(source, target)
                yield Option(like, target, quote, total, source is link, others, by_name=bool(named))


def _far_like(passage: Passage, target: Mention, position: int) -> list[Mention]:
    """Return the amounts further back that are for the same measure as a stated one: what it converts, told before."""
    if not target.per or target.rate:
        return []
    every = passage.before(target, position, sentences=_WHOLE_TEXT)
    return [each for each in every if each.per == target.per and target.sentence - each.sentence >= _FAR]


def _right_before(rate: Mention, target: Mention) -> bool:
    """Return whether a rate stands right before an amount: ``at 1,000 to the dollar, under $20``."""
    apart = target.figure.start - rate.figure.end
    return rate.sentence == target.sentence and target.index - rate.index == 1 and 0 <= apart <= _BESIDE


def _between(passage: Passage, one: Mention, other: Mention, position: int) -> int:
    low, high = sorted((one.index, other.index))
    return sum(1 for m in passage.mentions[max(0, position - 14) : position + 8] if low < m.index < high and not m.rate)


def _tests(source: Mention, quote: Quote, target: Mention) -> tuple[Test, ...]:
    ends = quote.applied(source.ends, target.unit)
    sign = operator(target, (source, quote.at), round_digits=1)
    if sign in BOUNDS and source.figure.bound == sign:
        sign = "~"  # more than 500 are more than 30: both stand for about
    if sign in ("<=", ">=") and all(abs(end.value / Fraction(target.low) - 1) <= _ABOUT for end in ends):
        sign = "~"  # as much as 18,000, which 18,460 are rounded to
    return compare(*ends, sign, target.stated)


def _repeats(passage: Passage, source: Mention, unit: str) -> bool:
    """Return whether an amount stands in a bracket behind the one of a currency that it is: ``3,000 won ($0.35)``."""
    place = bisect_left(passage.mentions, source.index, key=lambda each: each.index)
    before = passage.mentions[place - 1] if place else source
    told = before.unit == unit and amount(before) and before.sentence == source.sentence
    return told and tie_of(passage.gap(before, source)) == "bracket"


def _origin(passage: Passage, target: Mention, position: int, rates: TextRates) -> Mention | None:
    """Return the amount that a target converts: in ``A (B, or C)`` it is A for both, where the text has a rate."""
    link = _link(passage, target, position)
    if link is None or frozenset((link.unit, target.unit)) in rates.quoted:
        return link
    back = bisect_left(passage.mentions, link.index, key=lambda each: each.index)
    first = _link(passage, link, back)
    if first is None and back > 0:
        before = passage.mentions[back - 1]
        both = {frozenset((before.unit, each.unit)) for each in (link, target)}
        first = before if amount(before) and before.sentence == link.sentence and both <= rates.quoted else None
    return first or link


def _link(passage: Passage, target: Mention, position: int) -> Mention | None:
    """Return the amount that a target stands beside, in a bracket or by words that equate the two."""
    for back in range(1, 4):
        if position < back:
            return None
        source = passage.mentions[position - back]
        if source.sentence != target.sentence:
            return None
        if amount(source):
            if source.unit == target.unit:
                continue
            tie = tie_of(passage.text[source.figure.end : target.figure.start])
            return source if tie == "bracket" or (tie == "words" and back == 1) else None
    return None
