"""Amounts, quantities and prices that follow from two others: so many at a price, what a sum buys, a sum or rest.

Units say which of them can go together; what computes is taken, the nearest first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

from nkauto.core.claims import Reading, Test, Verdict
from nkauto.core.judge import verdict
from nkauto.core.terms import Term, over
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import candidate, digits, reading
from nkauto.read.relations.measures import FAMILY
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.words import pattern, says
from nkauto.read.search import goods, margins, purchases, shared, unit_prices
from nkauto.read.search.bases import Settled
from nkauto.read.search.counts import counts
from nkauto.read.search.sums import (
    Option,
    compared,
    periods,
    rations,
    sums,
    tells_gap,
)
from nkauto.read.search.yields import density, repeated, singled, with_thing, worked

EXACT_FROM, ROUND_FROM, LOOSE_FROM = -5.5, -3.0, -1.0
FIRM = 0.0
"""Figures scored so well may be said to contradict the stated one."""
BESIDE = -3.0
"""... or so, where a sum stands right beside the quantity that its price is for."""
_LARGE = 100
"""From what on a number that is no figure may be one that could not be read."""


def find(passage: Passage, converted: frozenset[int]) -> list[Settled]:
    """Return the products, quotients, sums and differences of a text that its own figures decide."""
    found: dict[int, Settled] = {}
    used: set[frozenset[int]] = set()
    spent: set[frozenset[int]] = set()
    fitting: list[tuple[float, Mention, Option]] = []
    failing: list[tuple[Mention, list[Option]]] = []
    for position, stated in enumerate(passage.mentions):
        if stated.unit in ("%", "x") or stated.high <= 0:
            continue
        if stated.unit in TIME and pattern("time_past", r"^\s*").match(stated.right):
            continue  # ``five years ago`` says when, not for how long
        if stated.unit in TIME and pattern("time_and", after=r"\s*$").search(stated.left[-12:]):
            continue  # only the months of a year and eight months were read
        every = (each for each in _options(passage, stated, position, converted) if each.score >= EXACT_FROM)
        options = sorted(every, key=lambda each: -each.score)
        fits = [each for each in options if _believed(stated, each) and not _is_closed(stated, each)]
        fitting += [(each.score + (verdict(each.tests) is Verdict.HOLDS), stated, each) for each in fits]
        if not fits and options:
            failing.append((stated, options))
    last: dict[frozenset[int], int] = {}  # of three figures that make one sum, the last told is what they come to
    for _, stated, option in fitting:
        if option.exact:
            key = frozenset((stated.index, *(m.index for m in option.mentions)))
            last[key] = max(stated.index, last.get(key, 0))
    for _, stated, option in sorted(fitting, key=lambda each: -each[0]):
        key = frozenset((stated.index, *(m.index for m in option.mentions)))
        if stated.index < last.get(key, 0):
            continue
        if stated.index not in found and key not in used:
            found[stated.index] = _settled(stated, option, fits=True)
            used.add(key)
            spent.add(frozenset(m.index for m in option.mentions))
    unread = [each.start for each in counts(passage) if each.value.value >= _LARGE] if failing else []
    for stated, options in failing:
        if says("marginal", stated.right[:32]) or says("marginal", stated.left[-10:]):
            continue  # what each further kilometre costs is no share of what the first ones do
        left = [each for each in options if not (_spoken_for(each, spent, used) or _tells_a_measure(each))]
        if _is_given(stated):
            left = [each for each in left if not any(map(_is_given, each.mentions))]
        worst = _failing(left)
        if worst is not None and _skips(unread, (stated, *worst.mentions)):
            continue
        if worst is not None and frozenset((stated.index, *(m.index for m in worst.mentions))) not in used:
            found[stated.index] = _settled(stated, worst, fits=False)
    bought = {each.index: each for each in [*purchases.find(passage, converted), *goods.find(passage)]}
    # A quantity that is bought is no thing that another sum is shared by.
    found = {
        index: each for index, each in found.items() if each.fits or bought.keys().isdisjoint(each.candidate.figures)
    }
    spoken = {each.candidate.figures for each in bought.values()}
    found = {index: each for index, each in found.items() if each.candidate.figures not in spoken} | bought
    told = [*margins.find(passage, converted), *unit_prices.find(passage, converted)]
    apart = [each for each in told if each.index not in found or not found[each.index].fits or each.candidate.locked]
    return [*(found | {each.index: each for each in apart}).values(), *shared.heaps(passage, converted)]


def _is_given(price: Mention) -> bool:
    """Return whether words give a price, that follows from no other: ``two cartons at 2,600, 20 pounds at 290``."""
    return price.money and pattern("at_rate", after=r"\s*$").search(unhedged(price.left)) is not None


def _tells_a_measure(option: Option) -> bool:
    """Return whether a quantity is only what one measure is in another: ``per kilogram [2.2 pounds]``."""
    return any(each.per and FAMILY.get(each.per) == FAMILY.get(each.unit, -1) for each in option.mentions)


def _skips(unread: Sequence[int], tied: Sequence[Mention]) -> bool:
    """Return whether a large number that nobody could read stands among the figures: it may be the one meant."""
    places = [each.figure.start for each in tied]
    first = bisect_left(unread, min(places))
    return first < len(unread) and unread[first] < max(places)


def _settled(stated: Mention, option: Option, *, fits: bool) -> Settled:
    every = (*option.mentions, stated)
    words = ", ".join(m.figure.span for m in sorted(every, key=lambda m: m.index))
    made = candidate(option.kind, words, stated, option.mentions, [_reading(stated, option)], sure=True)
    return Settled(stated.index, made, fits, option.score)


def _is_closed(stated: Mention, option: Option) -> bool:
    """Return whether a level would follow from how far the two lie apart, told behind both: ``, 500 apart``."""
    return option.exact and any(each.index > stated.index and tells_gap(each) for each in option.mentions)


def _reading(stated: Mention, option: Option) -> Reading:
    return reading((stated, *option.mentions), option.tests)


def _believed(stated: Mention, option: Option) -> bool:
    said = verdict(option.tests)
    if said not in (Verdict.HOLDS, Verdict.ROUNDING):
        return False
    strict = tuple(Test(t.computed, "=", t.stated, t.place) for t in option.tests if t.operator in ("=", "~"))
    if not strict:
        near = all(Fraction(1, 2) <= t.size <= Fraction(2) for t in option.tests if t.stated)
        return near and option.score >= ROUND_FROM
    closely = verdict(strict)
    if closely is Verdict.HOLDS:
        return option.score >= (EXACT_FROM if digits(stated.low) > 1 else ROUND_FROM)
    if option.exact and not stated.hedged:
        return False
    return option.tied and option.score >= (ROUND_FROM if closely is Verdict.ROUNDING else LOOSE_FROM)


def _spoken_for(option: Option, spent: Collection[frozenset[int]], used: Collection[frozenset[int]]) -> bool:
    """Return whether the figures of an option come to another one of the text already, or follow with it from one."""
    tied = frozenset(mention.index for mention in option.mentions)
    return tied in spent or (len(tied) > 1 and any(tied < each for each in used))


def _failing(options: Sequence[Option]) -> Option | None:
    if not options or not options[0].tied or options[0].score < (BESIDE if options[0].beside else FIRM):
        return None
    top = {mention.index for mention in options[0].mentions}
    rivals = [each for each in options[1:] if each.score > options[0].score - 1.0]
    rivals = [each for each in rivals if not {mention.index for mention in each.mentions} <= top]
    return None if rivals else options[0]


def _options(passage: Passage, stated: Mention, position: int, converted: frozenset[int]) -> Iterator[Option]:
    around = [*passage.before(stated, position), *passage.after(stated, position, most=4)]
    if not stated.money:  # what the work brings may be told in the next sentence
        around += [each for each in passage.following(stated, position) if each.is_wage]
    near = {m.index: _near(passage, stated, m, position) for m in around}
    if stated.rate or _of_rates(stated, around):
        rates = [m for m in around if m.unit == stated.unit and m.rate and m.low > 0]
        rates = [m for m in rates if m.per == (stated.per if stated.rate else rates[0].per)]
        yield from (_placed(each, near) for each in sums(stated, rates))
        return
    operands = [m for m in around if m.high > 0 and m.low > 0 and m.unit not in ("%", "x") and not m.rate]
    operands = [m for m in operands if m.unit not in TIME or not pattern("long_ago", r"^\s*").match(m.right)]
    money = [m for m in operands if m.money and (m.index not in converted or stated.index in converted)]
    things = [m for m in operands if not m.money and not (m.single and m.low == 1)]
    if stated.money:
        same = [m for m in money if m.unit == stated.unit]
        for thing in things:
            for price in same:
                for option in with_thing(passage, stated, thing, price):
                    yield _placed(option, near)
        yield from (_placed(each, near) for each in density(stated, same, things))
        yield from (_placed(each, near) for each in periods(stated, same))
        yield from (_placed(each, near) for each in repeated(stated, operands))
        yield from (_placed(each, near) for each in singled(stated, same))
        yield from (_placed(each, near) for each in sums(stated, same))
    else:
        carried = {m.index for m in money if m.per == "" and any(_is_told_pay(each, m) for each in money)}
        for amount, price in permutations(money if stated.unit in TIME else (), 2):
            if amount.unit == price.unit and price.index not in carried:
                for option in worked(stated, amount, price):
                    yield _placed(option, near)
        for one in things:
            if one.unit == "month" and stated.unit == "year" and 0 < stated.index - one.index < 3:
                many = Term(Fraction(12), "12")
                ends = over(one.ends[0], many), over(one.ends[1], many)
                gap = stated.figure.start - one.figure.end
                tied = one.sentence == stated.sentence and gap < 24 and stated.index - one.index == 1
                between = passage.gap(one, stated)
                tied = tied and not (between.isascii() and says("and", between))
                yield _placed(Option("ratio", (one,), compared(stated, (one,), *ends), 0.5, tied=tied), near)
            for other in things:
                if one is not other:
                    yield from (_placed(each, near) for each in rations(stated, one, other))


def _of_rates(stated: Mention, around: Sequence[Mention]) -> bool:
    """Return whether an amount is how far two rates right before it lie apart: ``1,280 and 1,310, a gap of 30``."""
    both = all(each.rate and each.unit == stated.unit for each in around[:2]) and len(around) > 1
    return both and (tells_gap(stated) or says("rest", stated.left[-24:]))


def _is_told_pay(pay: Mention, other: Mention) -> bool:
    """Return whether a pay is told before another sum of the sentence, which then is a price, whatever it is near."""
    return pay.subject == other.subject == "wage" and pay.sentence == other.sentence and pay.index < other.index


def _near(passage: Passage, stated: Mention, other: Mention, position: int) -> float:
    low, high = sorted((stated.index, other.index))
    between = sum(1 for m in passage.mentions[max(0, position - 14) : position + 6] if low < m.index < high)
    return -0.4 * between - 1.0 * abs(stated.sentence - other.sentence) - (0.5 if other.index > stated.index else 0)


def _placed(option: Option, near: dict[int, float]) -> Option:
    score = option.score + sum(near[m.index] for m in option.mentions)
    subjects = {m.subject for m in option.mentions if m.subject and m.subject != "wage"}
    score -= 1.0 * max(0, len(subjects) - 1)
    return replace(option, score=score)
