"""What a sum in one currency buys of a good priced in another, at a rate of the text.

``100 yuan a gram, at 1,200 won to the yuan and 6,000 won a kilo of rice: 20 kg of rice``. Only what computes is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import over
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import candidate, digits, operator, reading
from nkauto.read.relations.quotes import amount
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.units import FAMILY
from nkauto.read.relations.words import says
from nkauto.read.search.bases import Settled
from nkauto.read.search.sums import scale_of, scaled

_WINDOW = 50


def find(passage: Passage, rates: TextRates, results: frozenset[int]) -> list[Settled]:
    """Return the quantities that a sum buys by way of a rate; ``results`` only repeat another sum in a currency."""
    found = []
    for position, quantity in enumerate(passage.mentions):
        if FAMILY.get(quantity.unit) not in (0, 1) or quantity.per not in ("", *TIME) or quantity.high <= 0:
            continue
        near = quantity.left[-_WINDOW:], quantity.right[:_WINDOW]
        if not any(says("buy", words) or says("result", words) for words in near):
            continue
        settled = next(_bought(passage, quantity, position, rates, results), None)
        if settled is not None:
            found.append(settled)
    return found


def _bought(
    passage: Passage, quantity: Mention, position: int, rates: TextRates, results: frozenset[int]
) -> Iterator[Settled]:
    around = [*passage.before(quantity, position), *passage.after(quantity, position)]
    for price in around:
        scale = scale_of(quantity.unit, price.per) if amount(price) and price.per and price.low > 0 else None
        if scale is None or (price.subject and quantity.subject and price.subject != quantity.subject):
            continue
        for paid in around:
            if not amount(paid) or paid.unit == price.unit or paid.low <= 0 or paid.index in results:
                continue
            for rate in rates.nearest(paid.unit, price.unit, quantity.figure.start, weak=False):
                if paid in rate.mentions or price in rate.mentions:
                    continue
                low, high = rate.applied(paid.ends, price.unit)
                ends = over(low, scaled(price.ends[1], scale)), over(high, scaled(price.ends[0], scale))
                tied = (quantity, paid, *rate.cited, price)
                tests = compare(*ends, operator(quantity, tied[1:], round_digits=1), quantity.stated)
                said = verdict(tests)
                if said is Verdict.HOLDS or (said is Verdict.ROUNDING and digits(quantity.low) > 1):
                    words = f"{paid.figure.span} buys {quantity.figure.span}"
                    made = candidate("affordability", words, quantity, tied, [reading(tied, tests)], sure=True)
                    yield Settled(quantity.index, made, fits=True, score=0.0)
