"""How long a pay must be saved for a price: ``a nurse on 1,500 lira needs 2.5 years for a car at 45,000 lira``.

Where the clause tells a pay and a price, those two are held against the time; else the pays and prices nearest to it,
of which those are meant that compute.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from nkauto.core.claims import Verdict
from nkauto.core.judge import verdict
from nkauto.core.terms import over, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.relations.measures import bracketed, scaled
from nkauto.read.relations.product import by_ends
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.bases import Settled
from nkauto.read.search.names import content, name_of
from nkauto.read.search.unpriced import of_pay

_A_YEAR = {"year": Fraction(1), "month": Fraction(12), "week": Fraction(52), "day": Fraction(365)}
_MONTH = "month"
_CLAUSE = re.compile(r"[;；。]|\.\s")
_NEAR, _JOINED, _SHORT = 40, 12, 6
_MOST = 4
_WINDOW = 12
"""Figures on either side of a time among which its clause tells a pay and a price."""
_LEAST = 2
"""A price is at least so many times the pay that is saved for it."""
_FAR = Fraction(3, 2)
"""A time that is further off than this is one of something else."""
_FURTHEST = Fraction(12)
"""... or so, where no other pay and price are told."""
_REFORMED = 10
_BACK = 4
"""Sentences before a time in which its pay and its price are told."""


def find(passage: Passage) -> list[Settled]:
    """Return the times that a pay is saved for a price."""
    found = []
    for position, time in enumerate(passage.mentions):
        if time.unit not in _A_YEAR or time.per or time.low <= 0:
            continue
        if pattern("time_and", after=r"\s*$").search(time.left[-_JOINED:]):
            continue  # only the months of a year and eight months were read
        settled = None
        for pay, price in _sums(passage, time, position):
            settled = _saved(time, (pay,), price)
        if settled is None and _is_paid(passage, time, position):
            settled = _nearest(passage, time, position)
        if settled is not None:
            found.append(settled)
    return found


def _is_paid(passage: Passage, time: Mention, position: int) -> bool:
    """Return whether words say that a time is one of pay, or of one that it is joined to: ``22 months, that six``."""
    told = of_pay(time) or _is_of_that_pay(passage, time, position)
    told = told or any(says("saves", each) for each in (time.left[-_NEAR:], time.right[:_NEAR]))
    told = told or says("saves_up", time.left[-2 * _NEAR :]) or says("saves_up", time.right[:_NEAR])
    behind = passage.after(time, position, most=1)
    told = told or any(_is_pay_behind(passage, time, each) or _is_told_again(time, each) for each in behind)
    return told or _is_joined(passage, time, position)


def _is_of_that_pay(passage: Passage, time: Mention, position: int) -> bool:
    """Return whether a time is one of the pay that its sentence tells before: ``it swallows four months of it``."""
    if pattern("of_it", r"^\s*").match(time.right[:_JOINED]) is None:
        return False
    return any(each.is_wage for each in passage.before(time, position, sentences=0, most=_MOST))


def _is_told_again(time: Mention, other: Mention) -> bool:
    """Return whether a time of pay right behind another one tells that again: ``350 months, some 29 years of pay``."""
    return other.unit in _A_YEAR and other.figure.start - time.figure.end <= _JOINED and of_pay(other)


def _is_joined(passage: Passage, time: Mention, position: int) -> bool:
    """Return whether the time told before one in its sentence is one of pay."""
    before = [each for each in passage.before(time, position, sentences=0, most=_MOST) if each.unit in _A_YEAR]
    return any(not each.per and of_pay(each) for each in before[:1])


def _nearest(passage: Passage, time: Mention, position: int) -> Settled | None:
    """Return the claim of the pay and the price that a time of pay is told for.

    Of several that compute it is the nearest; what does not compute is told where no other pay or price can be meant.
    """
    before = passage.before(time, position, sentences=_BACK)
    around = [*before, *passage.after(time, position), *passage.following(time, position)]
    sums = [each for each in around if each.money and not each.rate and each.low > 0]
    pays = [each for each in sums if each.is_wage or each.per in _A_YEAR]
    pays += [each for each in sums if each not in pays and _is_pay_behind(passage, time, each)]
    pays.sort(key=lambda each: pattern("instead_of", after=r"\s*$").search(each.left[-_JOINED:]) is not None)
    if pays:  # ``the salary is $1 a month, and what they take in perhaps $50``
        pays += [each for each in sums if each not in pays and not each.per and says("takes_in", each.left[-_NEAR:])]
    prices = [each for each in sums if each not in pays and each.per not in TIME and not bracketed(each)]
    prices = [each for each in prices if not pattern("laid_by", after=r"\s*$").search(each.left[-_JOINED:])]
    named = _told_for(passage, time, [each for each in prices if each.index < time.index])
    told = named or prices
    tried: list[tuple[Settled | None, tuple[Mention, ...]]] = []
    for price in told[:_MOST]:
        for paid in _paid_in(time, [each for each in pays if each.unit == price.unit])[:_MOST]:
            if all(_worth_saving(time, each, price) for each in paid):
                settled = _saved(time, paid, price, far=_FURTHEST)
                if settled is not None and settled.fits:
                    return settled
                tried.append((settled, paid))
    for price in prices[: 2 * _MOST]:
        for pay, factor in product([each for each in pays if each.unit == price.unit], _reforms(around)):
            settled = _saved(time, (pay,), price, by=factor)
            if settled is not None and settled.fits:
                return settled
    alone = len({(m.low, m.high) for m in told if any(m.unit == each.unit for each in pays)}) == 1
    earned = of_pay(time) or _is_of_that_pay(passage, time, position)
    earned = earned or says("saves_up", time.left[-2 * _NEAR :]) or says("saves_up", time.right[:_NEAR])
    firm = earned or (named and _is_joined(passage, time, position))
    beside = [each for each in tried if each[1][0].sentence == time.sentence] or tried
    return beside[0][0] if firm and alone and len(beside) == 1 else None


def _reforms(around: Sequence[Mention]) -> list[Mention]:
    """Return by what a reform of the money divides all sums, where the text tells it: ``100 to one``."""
    tens = [each for each in around if each.single and each.low >= _REFORMED and set(str(int(each.low))[1:]) == {"0"}]
    tens = [each for each in tens if str(int(each.low))[0] == "1"]
    return [each for each in tens if each.unit == "x" or (each.money and says("money_old", each.left[-_JOINED:]))]


def _paid_in(time: Mention, pays: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """Return each pay by itself; of two that are told together, both for a time of two ends."""
    alone: list[tuple[Mention, ...]] = [(each,) for each in pays]
    both = pays[:2]
    if time.single or len(both) < 2 or both[0].sentence != both[1].sentence or both[0].per != both[1].per:
        return alone
    return [(both[0], both[1]), *alone]


def _told_for(passage: Passage, time: Mention, prices: Sequence[Mention]) -> list[Mention]:
    """Return the price whose name stands before a time, or the lower or higher one that its words mean."""
    if len(prices) < 2:
        return []
    words = _CLAUSE.split(_words_before(passage, time)[-2 * _NEAR :])[-1]
    near = [each for each in prices if each.unit == prices[0].unit]
    for role, chosen in (("the_cheaper", min), ("the_dearer", max)):
        if says(role, words):
            return [chosen(near, key=lambda each: each.low)]
    names = content(words)
    bearing = [each for each in near if names & name_of(passage, each)]
    return bearing if len(bearing) == 1 else []


def _words_before(passage: Passage, time: Mention) -> str:
    """Return the words between a time and the figure before it, in its sentence."""
    place = bisect_left(passage.mentions, time.index, key=lambda each: each.index)
    before = passage.mentions[place - 1] if place else time
    return time.left if before.sentence != time.sentence or not place else passage.gap(before, time)


def _is_pay_behind(passage: Passage, time: Mention, pay: Mention) -> bool:
    """Return whether a sum right behind a time is the pay for it: ``two years of a median household's $121,000``."""
    if pay.index != time.index + 1 or pay.per or pay.sentence != time.sentence:
        return False
    return (
        pattern("of_somebody", r"^\s*", r"[\w\s-]{0,30}['’]s?\s(?:[a-z]+\s){0,2}$").match(passage.gap(time, pay))
        is not None
    )


def _worth_saving(time: Mention, pay: Mention, price: Mention) -> bool:
    """Return whether a price is a multiple of a pay; one that is told in weeks of a month's pay may be less."""
    if (time.unit == "week" and pay.per in ("month", "year")) or time.high < 1:
        return price.high < pay.high and of_pay(time)
    return price.low >= _LEAST * pay.high or (time.low <= 1 and price.low > pay.high)


def _sums(passage: Passage, time: Mention, position: int) -> Iterator[tuple[Mention, Mention]]:
    """Yield the pay and the price of a clause that tells nothing else in money and speaks of saving."""
    first, last = passage.sentence(time)
    start = max((first, *(m.end() for m in _CLAUSE.finditer(passage.text, first, time.figure.start))))
    behind = _CLAUSE.search(passage.text, time.figure.end, last)
    end = behind.start() if behind is not None else last
    if not says("saves", passage.text[start:end]):
        return
    near = passage.mentions[max(0, position - _WINDOW) : position + _WINDOW]
    sums = [m for m in near if m.money and not m.rate and start <= m.figure.start < end and m.low > 0]
    if len(sums) != 2 or sums[0].unit != sums[1].unit:
        return
    pay, price = sorted(sums, key=lambda each: each.low)
    if not price.per and (not pay.per or pay.per in _A_YEAR) and price.low >= _LEAST * pay.high:
        yield pay, price


def _saved(
    time: Mention, pays: tuple[Mention, ...], price: Mention, far: Fraction = _FAR, by: Mention | None = None
) -> Settled | None:
    per = pays[0].per or (time.unit if pays[0].index > time.index else _MONTH)
    if per != time.unit and "day" in (per, time.unit):
        return None  # a month's pay by the day is one of days worked, or of all
    scale = _A_YEAR[time.unit] / _A_YEAR[per]
    most, least = max(pays, key=lambda each: each.high), min(pays, key=lambda each: each.low)
    first, last = price.ends if by is None else [times(end, by.ends[0]) for end in price.ends]
    low, high = (scaled(end, scale) for end in (over(first, most.ends[1]), over(last, least.ends[0])))
    if low.value > Fraction(time.high) * far or high.value * far < Fraction(time.low):
        return None
    sign = operator(time, (*pays, price), round_digits=1)
    if sign not in BOUNDS and pattern("exceeds_pay_behind", rf"^\D{{0,{_SHORT}}}").match(time.right):
        sign = ">"
    tests = by_ends(low, high, sign, time.stated)
    single = price.single and all(each.single for each in pays)
    if (
        sign == "~"
        and single
        and not time.hedged
        and verdict(exact := by_ends(low, high, "=", time.stated)) is Verdict.HOLDS
    ):
        tests = exact  # plainly round, and yet what it rounds to
    said = verdict(tests)
    fits = said in (Verdict.HOLDS, Verdict.ROUNDING)
    if not fits and time.figure.bound in BOUNDS and far == _FAR:
        return None
    words = f"{price.figure.span} is {time.figure.span} of {', '.join(each.figure.span for each in pays)}"
    tied = (time, *pays, price, *((by,) if by is not None else ()))
    made = candidate("affordability", words, time, tied, [reading(tied, tests)], sure=True)
    return Settled(time.index, made, fits=fits, score=0.0)
