"""What a sum in one currency buys of a good priced in another, at a rate of the text.

``100 yuan a gram, at 1,200 won to the yuan and 6,000 won a kilo of rice: 20 kg of rice``. Only what computes is told.
And the words beside a quantity that say that money is laid out for it: ``buys 30 eggs``, ``at 5 yuan that is 80
kilos``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import over
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import candidate, digits, operator, reading
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.quotes import amount
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.units import FAMILY
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.bases import Settled
from nkauto.read.search.payers import RANKS, ranked_by
from nkauto.read.search.sums import scale_of, scaled

_WINDOW = 50
_WEIGHED = 3
"""Families of units that goods are sold by: weights, volumes, ways."""
_LEFT, _RIGHT, _FEW = 70, 30, 3
_TWO = 2
_PARTED = re.compile(r"[;；。]|\.\s")
_CLAUSE = re.compile(r"[,;:，、；：]")


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


def is_bought(passage: Passage, quantity: Mention, position: int) -> bool:
    """Return whether words say that a quantity, or the list that it ends, is what a sum buys."""
    if any(_cue(each) for each in _listed(passage, quantity, position)):
        return True
    return _is_ranked(quantity) or _is_in_step(passage, quantity, position) or _is_result(passage, quantity, position)


def _listed(passage: Passage, quantity: Mention, position: int) -> Iterator[Mention]:
    """Yield a quantity and the ones right before it in its list: ``buys 18 kilos of rice or 40 of corn``."""
    yield quantity
    for back in range(position - 1, max(-1, position - _FEW), -1):
        other, last = passage.mentions[back : back + 2]
        if other.unit != quantity.unit or other.sentence != quantity.sentence or len(passage.gap(other, last)) > _RIGHT:
            return
        yield other


def _cue(quantity: Mention) -> bool:
    """Return whether words beside a quantity, in its clause, say that money is laid out for it."""
    before = _PARTED.split(quantity.left[-_LEFT:])[-1]
    behind = _PARTED.split(quantity.right[:_RIGHT])[0]
    return any(says(role, words) for role in ("buy", "laid_out") for words in (before, behind))


def _is_ranked(quantity: Mention) -> bool:
    """Return whether a quantity is told of the first or second of two things: ``the former is 300 kilos of rice``."""
    beside = ranked_by(quantity)
    weighed = FAMILY.get(quantity.unit, _WEIGHED) < _WEIGHED
    return weighed and any(says(role, words) for roles in RANKS for role in roles for words in beside)


def _is_in_step(passage: Passage, quantity: Mention, position: int) -> bool:
    """Return whether words behind a quantity, or a like one that its list ends with, say that all is worth so much."""
    if FAMILY.get(quantity.unit, _WEIGHED) >= _WEIGHED or quantity.left.isascii():
        return False
    behind = [m for m in passage.after(quantity, position, most=_TWO) if m.unit == quantity.unit]
    return any(pattern("equals_after", r"^\s*").match(m.right) is not None for m in (quantity, *behind))


def _is_result(passage: Passage, quantity: Mention, position: int) -> bool:
    """Return whether words lead to a quantity whose price stands beside it: ``at 5 yuan a kilo, that is 80 kilos``."""
    clause = _CLAUSE.split(unhedged(quantity.left[-_LEFT:]))[-1]
    if FAMILY.get(quantity.unit, _WEIGHED) >= _WEIGHED or not (says("result", clause) or says("comes_out", clause)):
        return False
    if says("pay_means", clause):
        return True
    beside = [*passage.before(quantity, position, sentences=0, most=2), *passage.after(quantity, position, most=1)]
    return any(m.money and not m.rate and m.per and scale_of(quantity.unit, m.per) is not None for m in beside)
