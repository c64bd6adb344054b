"""How long a pay must be saved for a price: ``a nurse on 1,500 lira needs 2.5 years for a car at 45,000 lira``.

Where the clause tells a pay and a price, those two are held against the time; else the pays and prices nearest to it,
of which those are meant that compute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from nkauto.core.claims import Verdict
from nkauto.core.judge import verdict
from nkauto.core.terms import over
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.relations.product import by_ends
from nkauto.read.relations.units import scaled
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.bases import Settled
from nkauto.read.search.unpriced import of_pay

_A_YEAR = {"year": Fraction(1), "month": Fraction(12), "week": Fraction(52), "day": Fraction(365)}
_MONTH = "month"
_CLAUSE = re.compile(r"[;；。]|\.\s")
_NEAR, _JOINED = 40, 12
_MOST = 4
_WINDOW = 12
"""Figures on either side of a time among which its clause tells a pay and a price."""
_LEAST = 2
"""A price is at least so many times the pay that is saved for it."""
_FAR = Fraction(3, 2)
"""A time that is further off than this is one of something else."""


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
            settled = _saved(time, pay, price)
        if settled is None and (of_pay(time) or says("saves", time.left[-_NEAR:]) or says("saves", time.right[:_NEAR])):
            settled = _nearest(passage, time, position)
        if settled is not None:
            found.append(settled)
    return found


def _nearest(passage: Passage, time: Mention, position: int) -> Settled | None:
    """Return the claim of the pay and the price nearest to a time of pay that come to it."""
    around = [*passage.before(time, position), *passage.after(time, position), *passage.following(time, position)]
    sums = [each for each in around if each.money and not each.rate and each.low > 0]
    pays = [each for each in sums if each.is_wage or each.per in _A_YEAR]
    if pays:  # ``the salary is $1 a month, and what they take in perhaps $50``
        pays += [each for each in sums if each not in pays and not each.per and says("takes_in", each.left[-_NEAR:])]
    prices = [each for each in sums if each not in pays and each.per not in TIME and not _bracketed(passage, each)]
    for price in prices[:_MOST]:
        for pay in [each for each in pays if each.unit == price.unit and _worth_saving(time, each, price)][:_MOST]:
            settled = _saved(time, pay, price)
            if settled is not None and settled.fits:
                return settled
    return None


def _worth_saving(time: Mention, pay: Mention, price: Mention) -> bool:
    """Return whether a price is a multiple of a pay; one that is told in weeks of a month's pay may be less."""
    if time.unit == "week" and pay.per in ("month", "year"):
        return price.high < pay.high and of_pay(time)
    return price.low >= _LEAST * pay.high


def _bracketed(passage: Passage, mention: Mention) -> bool:
    """Return whether a sum only tells another one again, in brackets."""
    return passage.text[max(0, mention.figure.start - 1) : mention.figure.start] in "(（"


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


def _saved(time: Mention, pay: Mention, price: Mention) -> Settled | None:
    per = pay.per or _MONTH
    if per != time.unit and "day" in (per, time.unit):
        return None  # a month's pay by the day is one of days worked, or of all
    scale = _A_YEAR[time.unit] / _A_YEAR[per]
    low, high = (scaled(end, scale) for end in (over(price.ends[0], pay.ends[1]), over(price.ends[1], pay.ends[0])))
    if low.value > Fraction(time.high) * _FAR or high.value * _FAR < Fraction(time.low):
        return None
    tests = by_ends(low, high, operator(time, (pay, price), round_digits=1), time.stated)
    fits = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING)
    if not fits and time.figure.bound in BOUNDS:
        return None
    words = f"{price.figure.span} is {time.figure.span} of {pay.figure.span}"
    made = candidate("affordability", words, time, (pay, price), [reading((time, pay, price), tests)], sure=True)
    return Settled(time.index, made, fits=fits, score=0.0)
