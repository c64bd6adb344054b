"""One pay or ration told by two periods: ``1,500 to 2,000 won a day, or 45,000 to 60,000 won a month``.

Also what an hour of work is paid, ``240 a month, 1.50 an hour``, and how long a pay is earned for a price in another
currency: ``$150, five months' salary`` at 400 pesos a dollar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, over, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.relations.measures import FAMILY, scaled
from nkauto.read.relations.quotes import amount
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.bases import Settled
from nkauto.read.search.sums import scale_of
from nkauto.read.search.unpriced import of_pay

_MANY = {
    ("hour", "day"): (8, 24, 10),
    ("day", "week"): (7, 6, 5),
    ("day", "month"): (30, 26, 25, 22),
    ("day", "year"): (365, 300),
    ("week", "month"): (4, Fraction(52, 12)),
    ("week", "year"): (52,),
    ("month", "year"): (12,),
}
"""How many of a shorter period a longer one has: of the calendar first, then of the days on which people work."""
_GAP = 40
_EMPTY = re.compile(r"[\s,，、(（=—–-]*")
_OF_A_GOOD = re.compile(r"^\s*of\s+[a-z]+(?:\s[a-z]+)?(?=\s*[,(—–-])")
_PARTED = re.compile(r"[;；。]|\.\s")
_FAR = 4
"""What is that many times too large or too small is told of something else."""
_LONG = ("week", "month")
_MOST_HOURS, _MOST_DAYS = 24, 31
_OFF = Fraction(2)
"""A pay further off than this is not the one that the hours were worked for."""
_A_YEAR = {"year": Fraction(1), "month": Fraction(12), "week": Fraction(52), "day": Fraction(365)}
_MOST = 3


def find(passage: Passage) -> list[Settled]:
    """Return pay by several periods or by the hour, rations by the day, and how long a price takes to earn."""
    return [*_by_period(passage), *_by_hour(passage), *_earned_for(passage)]


def _by_period(passage: Passage) -> list[Settled]:
    """Return the sums and rations that stand right beside the same by another period."""
    found = []
    for one, other in pairwise(passage.mentions):
        settled = _told(passage, one, other)
        if settled is not None:
            found.append(settled)
    return found


def _told(passage: Passage, one: Mention, other: Mention) -> Settled | None:
    if one.sentence != other.sentence or one.per == other.per or one.rate or one.low <= 0 or other.low <= 0:
        return None
    short, long = (one, other) if (one.per, other.per) in _MANY else (other, one)
    many = _MANY.get((short.per, long.per))
    scale = scale_of(short.unit, long.unit) if short.money or FAMILY.get(short.unit) in (0, 1) else None
    gap = passage.gap(one, other)
    if many is None or scale is None or len(gap) > _GAP or _PARTED.search(gap) or long.figure.bound in BOUNDS:
        return None
    gap = pattern("a_time").sub("", gap)
    if not short.money:
        gap = _OF_A_GOOD.sub("", gap)
    if not (_EMPTY.fullmatch(gap) or any(says(role, gap) for role in ("equate", "result", "bill_comes", "restates"))):
        return None
    first = None
    for count in map(Fraction, many):
        ends = [scaled(times(end, Term(count, str(count))), scale) for end in short.ends]
        tests = compare(ends[0], ends[1], operator(long, (short,), round_digits=1), long.stated)
        said = verdict(tests)
        statement = f"{short.figure.span} is {long.figure.span}"
        kind = "affordability" if short.money else "ratio"
        made = candidate(kind, statement, other, (one,), [reading((one, other), tests)], sure=True)
        settled = Settled(other.index, made, fits=said in (Verdict.HOLDS, Verdict.ROUNDING), score=0.0)
        if settled.fits:
            return settled
        first = first or settled
        if not Fraction(1, _FAR) < ends[0].value / Fraction(long.low) < _FAR:
            return None
    return first


def _by_hour(passage: Passage) -> list[Settled]:
    """Return each pay by the hour that follows from a pay, the days and the hours told near it."""
    found = []
    for position, hourly in enumerate(passage.mentions):
        if not hourly.money or hourly.per != "hour" or hourly.low <= 0:
            continue
        settled = _of_hours(passage, hourly, position)
        if settled is not None:
            found.append(settled)
    return found


def _of_hours(passage: Passage, hourly: Mention, position: int) -> Settled | None:
    near = [*passage.before(hourly, position), *passage.after(hourly, position)]
    hours = next((each for each in near if each.unit == "hour" and _whole(each, _MOST_HOURS)), None)
    days = next((each for each in near if each.unit == "day" and _whole(each, _MOST_DAYS)), None)
    pays = [
        each for each in near if each.money and each.unit == hourly.unit and each.per in (*_LONG, "") and not each.rate
    ]
    if hours is None or days is None or hours.sentence != days.sentence:
        return None
    worked = times(hours.ends[0], days.ends[0])
    failing = []
    for pay in pays:
        low, high = over(pay.ends[0], worked), over(pay.ends[1], worked)
        tied = (pay, hours, days)
        tests = compare(low, high, operator(hourly, tied, round_digits=1), hourly.stated)
        fits = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING)
        words = f"{pay.figure.span} is {hourly.figure.span}"
        made = candidate("ratio", words, hourly, tied, [reading((hourly, *tied), tests)], sure=True)
        if fits:
            return Settled(hourly.index, made, fits=True, score=1.0)
        between = passage.text[slice(*sorted((pay.figure.end, hourly.figure.start)))]
        alone = pay.sentence == hourly.sentence == days.sentence and ";" not in between
        if alone and 1 / _OFF < low.value / Fraction(hourly.low) < _OFF:
            failing.append(Settled(hourly.index, made, fits=False, score=1.0))
    return failing[0] if len(failing) == 1 == len(pays) else None


def _whole(mention: Mention, most: int) -> bool:
    """Return whether a figure is a number of hours or days that somebody works."""
    return mention.single and mention.per in ("", "day", "week", "month") and 1 < mention.low <= most


def _earned_for(passage: Passage) -> list[Settled]:
    """Return the times of pay that a price comes to by way of a rate of the text."""
    found = []
    rates: TextRates | None = None
    for position, time in enumerate(passage.mentions):
        if time.unit not in _A_YEAR or time.per or time.low <= 0 or not of_pay(time):
            continue
        rates = rates or TextRates(passage)
        if not rates.every:
            return []
        tried = list(_tried(passage, time, position, rates))
        fitting = next((each for each in tried if each.fits), None)
        if fitting is not None:
            found.append(fitting)
        elif len(tried) == 1:
            found.append(tried[0])
    return found


def _tried(passage: Passage, time: Mention, position: int, rates: TextRates) -> Iterator[Settled]:
    """Yield what each price before a time of pay comes to in each pay of another currency."""
    before = passage.before(time, position)
    pays = [each for each in before if each.money and each.low > 0 and each.per in _A_YEAR][:_MOST]
    if any(each.unit == pay.unit for pay in pays for each in before if _is_price(each, time)):
        return  # told in the money of the pay, which other rules hold against it
    for price in [each for each in before if _is_price(each, time)][:1]:
        for pay in pays:
            near = rates.nearest(price.unit, pay.unit, time.figure.start, weak=False)
            street = [each for each in near if not each.official] or near
            for rate in street[:1]:
                if price not in rate.mentions and pay not in rate.mentions:
                    low, high = rate.applied(price.ends, pay.unit)
                    scale = _A_YEAR[time.unit] / _A_YEAR[pay.per]
                    ends = scaled(over(low, pay.ends[1]), scale), scaled(over(high, pay.ends[0]), scale)
                    yield _settled(time, (price, pay, *rate.cited), ends)


def _is_price(mention: Mention, time: Mention) -> bool:
    here = mention.sentence == time.sentence
    return here and amount(mention) and not mention.is_wage and mention.per not in TIME and mention.low > 0


def _settled(time: Mention, tied: tuple[Mention, ...], ends: tuple[Term, Term]) -> Settled:
    tests = compare(*ends, operator(time, tied, round_digits=1), time.stated)
    words = f"{tied[0].figure.span} is {time.figure.span} of {tied[1].figure.span}"
    made = candidate("affordability", words, time, tied, [reading((time, *tied), tests)], sure=True, locked=True)
    return Settled(time.index, made, fits=verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING), score=0.0)
