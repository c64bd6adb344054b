"""How long a pay is earned for a price in another currency: ``$150, five months' salary`` at 400 pesos a dollar."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, over
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.quotes import amount
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.units import scaled
from nkauto.read.search.bases import Settled
from nkauto.read.search.unpriced import of_pay

_A_YEAR = {"year": Fraction(1), "month": Fraction(12), "week": Fraction(52), "day": Fraction(365)}
_MOST = 3


def find(passage: Passage) -> list[Settled]:
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
