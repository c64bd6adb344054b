"""Amounts in another currency that follow from the text's own rates, wherever amount, rate and result stand.

Every amount is tried with every amount of another currency near it and every rate of the text for the pair, also
by way of a third currency. What computes is taken, the nearest first. What does not may be said to fail only where
a bracket or words of converting tie it to one amount, or where a well-known slip explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from nkauto.core.claims import Conversion, Hint, Reading, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.read.drafts import candidate, operator, reading
from nkauto.read.passage import TIME, Mention, Passage
from nkauto.read.relation_words import says
from nkauto.read.relations_links import tie_of, years
from nkauto.read.relations_rates import Quote, TextRates, amount
from nkauto.read.search import Settled
from nkauto.read.search_crossed import crossed
from nkauto.read.search_rates import slips

EXACT_FROM, ROUND_FROM, LOOSE_FROM = -6.0, -3.6, -0.8
"""What computes exactly, within rounding, or within the width of a hedge is believed down to these scores."""
FIRM = 0.2
"""An amount scored so well may be said to fail."""
NAMED = -4.5
"""... or so, where the words convert and name the same good."""

_CLAUSE = re.compile(r"[,;，、；]")
_SLACK, _ANOTHER_DAY = Fraction(2), Fraction(5, 4)


@dataclass(frozen=True, eq=False)
class Option:
    """An amount converted at a rate of the text, held against a stated one; worked out where it is asked for."""

    source: Mention
    target: Mention
    quote: Quote
    score: float
    linked: bool

    @cached_property
    def reading(self) -> Reading:
        """What the amount comes to, against what is stated."""
        tests = _paired(self.source, self.quote, self.target) or _tests(self.source, self.quote, self.target)
        return reading((self.source, self.target, *self.quote.cited), tests)

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """The slips that would explain another figure."""
        return slips(self.source, self.quote, self.target)

    @property
    def beside(self) -> bool:
        """Whether the rate stands in the sentence of the amount or of what is stated."""
        return self.quote.at.sentence in (self.source.sentence, self.target.sentence)

    @property
    def far(self) -> bool:
        """Whether the stated figure lies well outside what the rate gives: more than another day's rate explains."""
        return not self._within(_ANOTHER_DAY)

    @property
    def near(self) -> bool:
        """Whether the stated figure is roughly what the amount comes to."""
        return self._within(_SLACK)

    def _within(self, slack: Fraction) -> bool:
        low, high = self.target.ends[0].value, self.target.ends[1].value
        least, most = self.quote.bounds(self.source, self.target.unit)
        return least <= high * slack and low <= most * slack


def find(passage: Passage) -> list[Settled]:
    """Return the conversions of a text that its own rates decide."""
    rates = TextRates(passage)
    if not rates.every:
        return []
    stating = rates.stating
    told = [each for each in rates.every if not each.weak]
    found: list[Settled] = []
    every: list[tuple[Mention, list[Option]]] = []
    for position, target in enumerate(passage.mentions):
        if not target.money or target.high <= 0:
            continue
        third = crossed(target, told)
        if third is not None:
            found.append(third)
        elif not target.rate and target.index not in stating:
            options = _options(passage, target, position, rates, stating)
            every.append((target, sorted(options, key=lambda each: -each.score)))
    return found + _assigned(passage, every)


def _assigned(passage: Passage, every: list[tuple[Mention, list[Option]]]) -> list[Settled]:
    """Return the claims, the best tied first: no figure follows from another one twice, nor from its own result."""
    found: dict[int, Settled] = {}
    told: set[frozenset[int]] = set()
    fitting = [
        (_worth(each), target, each, options) for target, options in every for each in options if _believed(each)
    ]
    for _, target, option, options in sorted(fitting, key=lambda each: -each[0]):
        pair = frozenset((target.index, option.source.index))
        if target.index not in found and pair not in told and option.source.index not in found:
            found[target.index] = _settled(target, option, options, fits=True)
            told.add(pair)
    for target, options in every:
        left = [each for each in options if each.source.index not in found]
        pairs = {frozenset((target.index, each.source.index)) for each in left}
        failing = (
            None
            if target.index in found or pairs & told or says("past", target.right[:30])
            else _failing(passage, target, left)
        )
        if failing is not None:
            found[target.index] = _settled(target, failing, options, fits=False)
            told.add(frozenset((target.index, failing.source.index)))
    return list(found.values())


def _worth(option: Option) -> float:
    return option.score + (1.0 if _said(option) is Verdict.HOLDS else 0.0)


def _said(option: Option) -> Verdict:
    return verdict(option.reading.tests)


def _believed(option: Option) -> bool:
    if not option.near:
        return False
    said = _said(option)
    if said not in (Verdict.HOLDS, Verdict.ROUNDING):
        return False
    strict = tuple(Test(t.computed, "=", t.stated, t.place) for t in option.reading.tests if t.operator in ("=", "~"))
    closely = verdict(strict) if strict else said
    if not strict:
        near = [
            abs(t.computed.value / Fraction(t.stated) - 1) <= Fraction(1, 2) for t in option.reading.tests if t.stated
        ]
        return all(near) and option.score >= ROUND_FROM
    if closely is Verdict.HOLDS:
        return option.score >= EXACT_FROM
    return option.score >= (ROUND_FROM if closely is Verdict.ROUNDING else LOOSE_FROM)


def _failing(passage: Passage, target: Mention, options: Sequence[Option]) -> Option | None:
    options = [each for each in options if not each.quote.weak]
    options = [each for each in options if each.linked or each.source.figure.start < target.figure.start]
    if not options:
        return None
    top = options[0]
    if _of_another_time(passage, top.source, top.quote):
        return None
    rivals = [each for each in options if each.source is not top.source and each.score > top.score - 0.8]
    named = bool(target.subject) and target.subject == top.source.subject and says("result", target.left[-40:])
    clause = _CLAUSE.split(target.left)[-1][-30:]
    worded = says("strong", clause) or says("result", clause)
    away = min(abs(top.quote.at.sentence - each.sentence) for each in (top.source, target))
    apart = away > 1 and not top.far
    if (top.linked or worded) and top.score >= (NAMED if named else FIRM) and not rivals and not apart:
        return top
    stated, slack = Fraction(target.low), Fraction(target.stated.slack)
    for each in options[:3]:
        fine = slack * 2 <= stated / 50
        if each.score < (-3.0 if fine else -1.0) or not (fine or each.source.sentence == target.sentence):
            continue
        if any(abs(hint.computed.value - stated) <= max(slack, stated / 500) for hint in each.hints):
            return each
    return None


def _settled(target: Mention, option: Option, options: Sequence[Option], *, fits: bool) -> Settled:
    same = [each.reading for each in options if each.source is option.source and each is not option]
    made = candidate(
        "conversion",
        f"{option.source.figure.span} is {target.figure.span}",
        target,
        [option.source, *option.quote.cited],
        [option.reading, *(same if not fits else ())],
        sure=True,
        conversions=[
            Conversion(
                source=option.source.index,
                target=target.index,
                low=option.source.low,
                high=option.source.high,
                unit_from=option.source.unit,
                unit_to=target.unit,
                stated=target.stated,
                operator=operator(target, (option.source,), round_digits=1),
            )
        ],
        hints=option.hints,
    )
    return Settled(target.index, made, fits, option.score)


def _between(passage: Passage, one: Mention, other: Mention, position: int) -> int:
    low, high = sorted((one.index, other.index))
    return sum(1 for m in passage.mentions[max(0, position - 14) : position + 8] if low < m.index < high)


def _options(
    passage: Passage,
    target: Mention,
    position: int,
    rates: TextRates,
    stating: frozenset[int],
) -> Iterator[Option]:
    around = [
        *passage.before(target, position),
        *passage.after(target, position, most=2),
    ]
    sources = [m for m in around if amount(m) and m.unit != target.unit and m.low > 0 and m.index not in stating]
    link = _link(passage, target, position)
    if link is not None and tie_of(passage.text[link.figure.end : target.figure.start]) == "bracket":
        sources = [m for m in sources if m is link]
    for source in sources:
        near = rates.nearest(source.unit, target.unit, target.figure.start)
        quotes = [each for each in near if source not in each.mentions and target not in each.mentions]
        score = -0.4 * min(6, _between(passage, source, target, position)) - 1.2 * abs(
            source.sentence - target.sentence
        )
        gap = passage.text[min(source.figure.end, target.figure.end) : max(source.figure.start, target.figure.start)]
        score -= 0.8 * len(re.findall(r"[;；]", gap))
        if source is link:
            score += 3
        if source.figure.start > target.figure.start:
            score -= 0.8
        elif (
            says("strong", target.left[-40:]) or says("result", target.left[-40:]) or says("strong", target.right[:12])
        ):
            score += 1
        if source.per and target.per and source.per != target.per:
            score -= 1.5
        if source.subject and target.subject and source.subject != target.subject:
            score -= 1.5
        if source.subject and source.subject == target.subject:
            score += 0.7
        elif source.per in TIME and source.per == target.per:
            score += 0.5
        for place, quote in enumerate(quotes):
            away = min(abs(quote.at.sentence - target.sentence), abs(quote.at.sentence - source.sentence))
            behind = 0.5 if quote.at.figure.start > target.figure.start else 0.0
            total = score - 0.25 * place - 0.2 * min(3, away) - behind
            if total >= EXACT_FROM:
                yield Option(source, target, quote, total, source is link)


def _tests(source: Mention, quote: Quote, target: Mention) -> tuple[Test, ...]:
    ends = quote.applied(source.ends, target.unit)
    return compare(*ends, operator(target, (source, quote.at), round_digits=1), target.stated)


def _of_another_time(passage: Passage, source: Mention, quote: Quote) -> bool:
    """Return whether the sentences of an amount and a rate name different years."""
    if source.sentence == quote.at.sentence:
        return False
    here, there = years(passage, source), years(passage, quote.at)
    return bool(here) and not here & there


def _paired(source: Mention, quote: Quote, target: Mention) -> tuple[Test, ...]:
    """Return the comparisons of two ranges end by end at one rate, low with low and high with high."""
    if source.single or target.single or quote.low.value != quote.high.value:
        return ()
    low, high = quote.applied(source.ends, target.unit)
    sign = operator(target, (source, quote.at), round_digits=1)
    if sign in ("<", ">", "<=", ">="):
        return ()
    return (
        Test(low, sign, target.low, target.stated.place),
        Test(high, sign, target.high, target.stated.place),
    )


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
