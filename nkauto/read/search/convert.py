"""Amounts in another currency that follow from the text's own rates, wherever amount, rate and result stand.

Every amount is tried with every amount of another currency near it and every rate of the text for the pair, also
by way of a third currency. What computes is taken, the nearest first, unless the form ties others (``bound``);
``contradicted`` says what else may be called wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from nkauto.core.claims import Conversion, Test, Verdict
from nkauto.core.judge import verdict
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.words import says
from nkauto.read.search import payers
from nkauto.read.search.bases import Settled
from nkauto.read.search.bills import is_change
from nkauto.read.search.bound import Bound, bound
from nkauto.read.search.contradicted import contradicted
from nkauto.read.search.crossed import crossed
from nkauto.read.search.rates import find_proportion
from nkauto.read.search.sources import LEAST, Option, options

EXACT_FROM, ROUND_FROM, LOOSE_FROM = LEAST, -3.6, -1.2
"""What computes exactly, within rounding, or within the width of a hedge is believed down to these scores."""
BOUND_NEAR = Fraction(1, 4)
"""A bound that is true of what an amount comes to is believed only where the two are as near as that."""

_LIKE, _REST = 6, 12
_AROUND = 24
"""Figures on either side of one whose conversions tell what is left for it."""

_Tried = list[tuple[Mention, list[Option]]]


def find(passage: Passage) -> list[Settled]:
    """Return the conversions of a text that its own rates decide."""
    rates = TextRates(passage)
    if not rates.every:
        return find_proportion(passage, rates, frozenset())
    stating = rates.stating
    firm = [each for each in rates.every if not each.weak]
    found: list[Settled] = []
    every: _Tried = []
    ties: dict[int, Bound] = {}
    for position, target in enumerate(passage.mentions):
        if not target.money or target.high <= 0:
            continue
        third = crossed(target, firm)
        if third is not None:
            found.append(third)
        elif not target.rate and target.index not in stating and not is_change(target):
            tried = sorted(options(passage, target, position, rates, stating), key=lambda each: -each.score)
            tie = bound(passage, target, tried, rates)
            if tie.firm and tie.wrong is not None:
                tried = list(tie.options)
            every.append((target, tried))
            ties[target.index] = tie
    found += _assigned(passage, every, ties, rates.silent)
    results = frozenset(each.index for each in found)
    return [*found, *payers.find(passage, rates, results), *find_proportion(passage, rates, results | stating)]


def _assigned(passage: Passage, every: _Tried, ties: Mapping[int, Bound], silent: frozenset[int]) -> list[Settled]:
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
    proven = {id(each.quote) for each in kept if each.linked and not each.quote.then and each.said is Verdict.HOLDS}
    of_target: dict[int, list[Option]] = defaultdict(list)
    for each in kept:
        of_target[each.target.index].append(each)
    converted = frozenset(each.source.index for each in kept)
    used = silent | {each.quote.at.index for each in kept}
    for target, tried in (*every, *every):  # what is wrong at the rate of a later one is seen the second time
        if target.index in found or says("past", target.right[:30]) or says("is_left", target.right[:_REST]):
            continue
        wrong = ties[target.index].wrong
        if target.index in converted:
            wrong = None  # what another sum follows from needs no origin
        if wrong is not None and frozenset((target.index, wrong.source.index)) not in told:
            found[target.index] = _settled(target, wrong, tried, fits=False)
            told.add(frozenset((target.index, wrong.source.index)))
            failed.append(wrong)
            continue
        if target.index in used:
            continue
        around = range(target.index - _AROUND, target.index + _AROUND + 1)
        held = [each for index in around for each in of_target.get(index, ())]
        left = [each for each in _left(target, tried, held, found) if not _like_its_rate(each, silent)]
        if told.isdisjoint(frozenset((target.index, each.source.index)) for each in left):
            failing = contradicted(passage, target, left, held, failed, proven)
            if failing is not None and (target.sentence == failing.source.sentence or failing.in_reach):
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
        if each.said is Verdict.HOLDS:
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
        if each.said is Verdict.HOLDS and each.target.figure.bound not in BOUNDS
    }
    origin = any(each.source.index == target.index for each in held)
    return [
        each
        for each in tried
        if (each.linked and not origin and (each.source.index, target.unit, each.quote.at.index) not in told)
        or not (origin or each.source.index in found or (each.source.index, target.unit, each.quote.at.index) in spent)
    ]


def _like_its_rate(option: Option, silent: frozenset[int]) -> bool:
    """Return whether an amount may itself be a rate, and is of the size of the one that it would be converted at."""
    rate, amount = option.quote, Fraction(option.source.low)
    like = rate.low.value <= _LIKE * amount <= _LIKE * _LIKE * rate.high.value
    return like and option.source.index in silent and option.source.unit == rate.unit


def _worth(option: Option) -> float:
    return option.score + (1.0 if option.said is Verdict.HOLDS else 0.0)


def _believed(option: Option) -> bool:
    if not option.near:
        return False
    said = option.said
    if said not in (Verdict.HOLDS, Verdict.ROUNDING):
        return False
    if not option.forward and not option.close:
        return False  # 22,500 at 8,500 may round to 3, but 3 at 8,500 are no 22,500
    strict = tuple(Test(t.computed, "=", t.stated, t.place) for t in option.reading.tests if t.operator in ("=", "~"))
    if not strict:
        ends = option.forward or option.source.single  # of a later range each end follows from the one sum
        return ends and _inside(option) and option.score >= ROUND_FROM
    closely = verdict(strict)
    if closely is Verdict.HOLDS:
        return option.score >= EXACT_FROM
    if closely is not Verdict.ROUNDING and not option.forward:
        return False
    return option.score >= (ROUND_FROM if closely is Verdict.ROUNDING else LOOSE_FROM)


def _inside(option: Option) -> bool:
    """Return whether a bound, or a figure that only lies within a range, is near enough to what it follows from."""
    tests = [test for test in option.reading.tests if test.stated]
    if not option.target.single:
        return option.linked  # one value inside a wide range proves little
    if not option.source.single and any(abs(t.computed.value - Fraction(t.stated)) * 2 <= t.place for t in tests):
        return True  # one end of the range, to its digits
    return all(test.miss <= BOUND_NEAR for test in tests)


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
