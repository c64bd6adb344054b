"""Amounts in another currency that follow from the text's own rates, wherever amount, rate and result stand.

Every amount is tried with every amount of another currency near it and every rate of the text for the pair, also
by way of a third currency. What computes is taken, the nearest first. What does not may be said to fail only where
a bracket or words of converting tie it to one amount, or where a well-known slip explains it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction

from nkauto.core.claims import Conversion, Test, Verdict
from nkauto.core.judge import verdict
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator
from nkauto.read.relations.links import years
from nkauto.read.relations.quotes import Quote
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.words import pattern, says
from nkauto.read.search import bought, proportion
from nkauto.read.search.bases import Settled
from nkauto.read.search.bills import is_change
from nkauto.read.search.crossed import crossed
from nkauto.read.search.sources import LEAST, Option, options

EXACT_FROM, ROUND_FROM, LOOSE_FROM = LEAST, -3.6, -1.2
"""What computes exactly, within rounding, or within the width of a hedge is believed down to these scores."""
BOUND_NEAR = Fraction(1, 4)
"""A bound that is true of what an amount comes to is believed only where the two are as near as that."""
FIRM = 0.2
"""An amount scored so well may be said to fail."""
SPOKEN = -1.0
"""... or so, where the rate stands in its sentence and words convert."""

_LISTED, _SPREAD = 30, 45
_AROUND = 24
"""Figures on either side of one whose conversions tell what is left for it."""

_Tried = list[tuple[Mention, list[Option]]]

_CLAUSE = re.compile(r"[,;，、；]")


def find(passage: Passage) -> list[Settled]:
    """Return the conversions of a text that its own rates decide."""
    rates = TextRates(passage)
    if not rates.every:
        return proportion.find(passage, rates, frozenset())
    stating = rates.stating
    told = [each for each in rates.every if not each.weak]
    found: list[Settled] = []
    every: _Tried = []
    for position, target in enumerate(passage.mentions):
        if not target.money or target.high <= 0:
            continue
        third = crossed(target, told)
        if third is not None:
            found.append(third)
        elif not target.rate and target.index not in stating and not is_change(target):
            tried = options(passage, target, position, rates, stating)
            every.append((target, sorted(tried, key=lambda each: -each.score)))
    found += _assigned(passage, every, rates.silent)
    results = frozenset(each.index for each in found)
    return [*found, *bought.find(passage, rates, results), *proportion.find(passage, rates, results | stating)]


def _assigned(passage: Passage, every: _Tried, silent: frozenset[int]) -> list[Settled]:
    """Return the claims, the best tied first: no figure follows from another one twice, nor from its own result."""
    found: dict[int, Settled] = {}
    told: set[frozenset[int]] = set()
    fitting = _fitting(every)
    for target, option, tried in fitting:
        pair = frozenset((target.index, option.source.index))
        if target.index not in found and pair not in told and option.source.index not in found:
            found[target.index] = _settled(target, option, tried, fits=True)
            told.add(pair)
    failed: list[Option] = []
    kept = [option for _, option, _ in fitting if option.target.index in found]
    proven = {id(each.quote) for each in kept if each.linked and not each.quote.then and _said(each) is Verdict.HOLDS}
    of_target: dict[int, list[Option]] = defaultdict(list)
    for each in kept:
        of_target[each.target.index].append(each)
    used = silent | {each.quote.at.index for each in kept}
    for target, tried in every:
        if target.index in found or target.index in used or says("past", target.right[:30]):
            continue
        around = range(target.index - _AROUND, target.index + _AROUND + 1)
        held = [each for index in around for each in of_target.get(index, ())]
        left = _left(target, tried, held, found)
        if told.isdisjoint(frozenset((target.index, each.source.index)) for each in left):
            failing = _failing(passage, target, left, held, failed, proven)
            if failing is not None:
                found[target.index] = _settled(target, failing, tried, fits=False)
                told.add(frozenset((target.index, failing.source.index)))
                failed.append(failing)
    return list(found.values())


def _fitting(every: _Tried) -> list[tuple[Mention, Option, list[Option]]]:
    """Return the conversions that compute, the best tied first.

    Of two figures that follow from each other the later one is the result; and where A is B or C, both follow
    from A, though C stands beside B.
    """
    fits = [(target, each, tried) for target, tried in every for each in tried if _believed(each)]
    forward = {(each.source.index, target.index) for target, each, _ in fits if each.forward}
    fits = [each for each in fits if each[1].forward or (each[0].index, each[1].source.index) not in forward]
    results: dict[int, list[int]] = defaultdict(list)
    for target, each, _ in fits:
        if _said(each) is Verdict.HOLDS:
            results[each.source.index].append(target.index)
    siblings = {(one, other) for several in results.values() for one in several for other in several}
    fits = [each for each in fits if (each[0].index, each[1].source.index) not in siblings]
    return sorted(fits, key=lambda each: -_worth(each[1]))


def _left(target: Mention, tried: Sequence[Option], held: Sequence[Option], found: Collection[int]) -> list[Option]:
    """Return what an amount may still be said to contradict.

    Not the result of another conversion, nor an amount that comes to another figure at the same rate; and an amount
    that another figure follows from needs no origin itself.
    """
    origins = {each.target.index: each.source.index for each in held}
    for link in (each for each in tried if each.linked and each.source.index in origins):
        # In ``A, or B, or C`` the last one converts the first.
        first = [each for each in tried if each.source.index == origins[link.source.index] and not each.quote.weak]
        if first:
            return [replace(each, score=link.score, linked=True) for each in first]
    spent = {(each.source.index, each.target.unit, each.quote.at.index) for each in held}
    told = {
        (each.source.index, each.target.unit, each.quote.at.index)
        for each in held
        if _said(each) is Verdict.HOLDS and each.target.figure.bound not in BOUNDS
    }
    origin = any(each.source.index == target.index for each in held)
    return [
        each
        for each in tried
        if (each.linked and not origin and (each.source.index, target.unit, each.quote.at.index) not in told)
        or not (origin or each.source.index in found or (each.source.index, target.unit, each.quote.at.index) in spent)
    ]


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
    if not option.forward and not option.close:
        return False  # 22,500 at 8,500 may round to 3, but 3 at 8,500 are no 22,500
    strict = tuple(Test(t.computed, "=", t.stated, t.place) for t in option.reading.tests if t.operator in ("=", "~"))
    if not strict:
        return _inside(option) and option.score >= ROUND_FROM
    closely = verdict(strict)
    if closely is Verdict.HOLDS:
        return option.score >= EXACT_FROM
    return option.score >= (ROUND_FROM if closely is Verdict.ROUNDING else LOOSE_FROM)


def _inside(option: Option) -> bool:
    """Return whether a bound, or a figure that only lies within a range, is near enough to what it follows from."""
    tests = [test for test in option.reading.tests if test.stated]
    if not option.target.single:
        return option.linked  # one value inside a wide range proves little
    if not option.source.single and any(abs(t.computed.value - Fraction(t.stated)) * 2 <= t.place for t in tests):
        return True  # one end of the range, to its digits
    return all(abs(test.computed.value / Fraction(test.stated) - 1) <= BOUND_NEAR for test in tests)


def _failing(
    passage: Passage,
    target: Mention,
    tried: Sequence[Option],
    held: Sequence[Option],
    failed: Sequence[Option],
    proven: Collection[int],
) -> Option | None:
    """Return what contradicts a stated amount; a rate worked out from the words counts once it has borne one out."""
    left = [
        each
        for each in tried
        if (not each.quote.weak or id(each.quote) in proven)
        and (each.linked or each.source.figure.start < target.figure.start)
    ]
    if not left:
        return None
    for each in left:
        elsewhere = any(other.source is each.source and other.quote is not each.quote for other in held)
        if any(_in_turn(each, other) or (not elsewhere and _in_list(passage, each, other)) for other in held):
            return replace(each, listed=True)
    top = left[0]
    rivals = [each for each in left if each.source is not top.source and each.score > top.score - 0.8]
    if not rivals and any(_in_step(top, each) for each in held):
        return top
    if _of_another_time(passage, top.source, top.quote) and not says("that_rate", target.left[-60:]):
        return None
    clause = _CLAUSE.split(target.left)[-1][-30:]
    worded = says("strong", clause) or says("result", clause)
    beside = target.index - top.source.index == 1
    worded = worded or (beside and pattern("equals_after", r"^\s*").match(target.right) is not None)
    if top.quote.official and not top.beside:
        return None  # what is official proves nothing about the street
    away = min(abs(top.quote.at.sentence - each.sentence) for each in (top.source, target))
    borne_out = any(each.quote is top.quote and each.linked and _said(each) is Verdict.HOLDS for each in held)
    apart = away > 1 and not (top.far or borne_out)
    least = FIRM if top.quote.at.sentence != target.sentence else SPOKEN
    if (top.linked or worded) and top.score >= least and not rivals and not apart:
        return top
    stated, slack = Fraction(target.low), Fraction(target.stated.slack)
    for each in left[:3]:
        fine = slack * 2 <= stated / 50
        again = any(other.source is each.source and other.quote is not each.quote for other in failed)
        if each.score < (-3.0 if fine else -1.0) or not (fine or each.linked or worded or again):
            continue
        if each.slipped:
            return each
    return None


def _in_step(option: Option, other: Option) -> bool:
    """Return whether a conversion goes on with a list of them: ``the corn came to 45 cents and the pork to $2.10``."""
    one, next_ = option.target, other.target
    named = bool(one.subject) and one.subject == option.source.subject and other.source.subject == next_.subject
    listed = one.sentence == next_.sentence and one.unit == next_.unit and option.source.unit == other.source.unit
    return named and listed and option.quote == other.quote


def _in_list(passage: Passage, option: Option, other: Option) -> bool:
    """Return whether two stand side by side like two others before: ``$12 cream is 102,000, $3 soap 25,500``."""
    pairs = (option.source, option.target), (other.source, other.target)
    if option.quote is not other.quote or any(one.unit != two.unit for one, two in zip(*pairs, strict=True)):
        return False
    steps = [one.index - two.index for one, two in zip(*pairs, strict=True)]
    if any(one.sentence != two.sentence for one, two in zip(*pairs, strict=True)):
        return False
    if steps == [1, 1]:  # so much and so much, which are so much and so much
        return all(len(passage.gap(two, one)) <= _SPREAD for one, two in zip(*pairs, strict=True))
    gap = passage.gap(*pairs[0])
    beside = all(target.index - source.index == 1 for source, target in pairs)
    return beside and len(gap) <= _LISTED and (gap == passage.gap(*pairs[1]) or not says("both_of", gap))


def _in_turn(option: Option, other: Option) -> bool:
    """Return whether one amount is told at two rates in turn: ``31,500 in the one and 33,000 in the other``."""
    rates = option.quote.at, other.quote.at
    listed = rates[0].sentence == rates[1].sentence and rates[0].index - rates[1].index == 1
    results = option.target, other.target
    beside = results[0].sentence == results[1].sentence and results[0].index - results[1].index == 1
    return listed and beside and option.source is other.source and option.target.unit == other.target.unit


def _settled(target: Mention, option: Option, tried: Sequence[Option], *, fits: bool) -> Settled:
    same = [each.reading for each in tried if each.source is option.source and each is not option and each.near]
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
        locked=option.listed and not fits,
    )
    return Settled(target.index, made, fits, option.score)


def _of_another_time(passage: Passage, source: Mention, quote: Quote) -> bool:
    """Return whether the sentences of an amount and a rate name different years, or one the past and one today."""
    if source.sentence == quote.at.sentence:
        return False
    then, now = (passage.text[slice(*passage.sentence(each))] for each in (source, quote.at))
    if says("past", then) and says("today", now) and not says("today", then):
        return True
    here, there = years(passage, source), years(passage, quote.at)
    return bool(here) and not here & there
