"""Which sum pays for a quantity: a pay, the former or the latter, the price of what the clause names, the sum at hand.

Words and places alone choose it; whether it comes out is asked afterwards.
And the words that say that a quantity is bought, also in one currency at a price in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import over
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import candidate, digits, operator, reading
from nkauto.read.relations.measures import FAMILY, bracketed
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.quotes import amount, currency_names
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.words import one_of, pattern, says
from nkauto.read.search.bases import Settled
from nkauto.read.search.names import content, name_of
from nkauto.read.search.sums import scale_of, scaled

RANKS = (("the_former", "first_of_them"), ("the_latter", "second_of_them"))
"""Roles of the words that mean the first, and the second, of two things told before."""
_LEFT, _RIGHT, _SHORT = 70, 30, 14
_PARTED = re.compile(r"[;；。]|\.\s")
_CLAUSE = re.compile(r"[,;:，、；：]|\.\s")
_FEW = 3
_TWO = 2
_WINDOW = 50
_WEIGHED = 3
"""Families of units that goods are sold by: weights, volumes, ways."""
_AHEAD, _AFTER, _LISTED = 70, 30, 3
_NEXT = 2
_STOPPED = re.compile(r"[;；。]|\.\s")
_COMMA = re.compile(r"[,;:，、；：]")


def is_pay(mention: Mention) -> bool:
    """Return whether a sum is what somebody earns."""
    if mention.per:
        return mention.per in TIME and mention.per != "minute"
    return (
        mention.subject == "wage" or pattern("wage", r"^\s*(?:[の의的]\s*)?").match(mention.right[:_SHORT]) is not None
    )


def paid(passage: Passage, quantity: Mention, sums: Sequence[Mention], every: Sequence[Mention]) -> list[Mention]:
    """Return the sums that may be laid out: told right before in the sentence, or meant by words such as her pay.

    ``every``: with those that only tell another sum again, whose name they bear.
    """
    first, _ = passage.sentence(quantity)
    clause = passage.text[max(first, quantity.figure.start - _LEFT) : quantity.figure.end + _RIGHT]
    before = [m for m in sums if m.index < quantity.index]
    meant = says("pay_means", clause)
    if not meant and all(m.sentence != quantity.sentence for m in before):
        meant = says("wage", clause[: quantity.figure.start - first])
    pays = [m for m in before if is_pay(m)] if meant else []
    called = [m for m in before if is_pay(m) or says("wage", m.left[-_SHORT:])] if meant else []
    here = [m for m in called if m.sentence == quantity.sentence]
    if len(here) == 1:
        return here
    if pays:
        names = content(clause[: quantity.figure.start - first])
        named = [m for m in pays if names & name_of(passage, m)]
        return named if len(named) == 1 else pays[:_FEW]
    ranked = _by_rank(quantity, every)
    if ranked is not None:
        return [ranked]
    beside = [m for m in before if m.index == quantity.index - 1]
    before = [m for m in before if m in beside or m.subject in ("", "wage")] or before
    here = [m for m in before if m.sentence == quantity.sentence]
    if here and not _PARTED.search(passage.gap(here[0], quantity)):
        return here[:1]
    named_sum = _by_name(passage, quantity, every)
    if named_sum is not None:
        return [named_sum]
    return before[:_FEW] if not here and says("that_sum", clause) else []


def _by_rank(quantity: Mention, every: Sequence[Mention]) -> Mention | None:
    """Return the first or the second of two sums told side by side, where words beside a quantity mean that one."""
    beside = ranked_by(quantity)
    ranks = [rank for rank, roles in enumerate(RANKS) if any(says(role, words) for role in roles for words in beside)]
    if len(ranks) != 1:
        return None
    told = sorted((m for m in every if m.index < quantity.index), key=lambda each: each.index)
    told = [m for m in told if m.sentence == told[-1].sentence] if told else []
    return told[ranks[0]] if len(told) == _TWO else None


def ranked_by(quantity: Mention) -> tuple[str, str]:
    """Return the words on either side of a quantity that may rank it, up to the next item of its list."""
    before, behind = _CLAUSE.split(quantity.left)[-1], _CLAUSE.split(quantity.right[:_RIGHT])[0]
    return pattern("and").split(before)[-1], pattern("and").split(behind)[0]


def _by_name(passage: Passage, quantity: Mention, every: Sequence[Mention]) -> Mention | None:
    """Return the only sum before a quantity that bears a name of its clause: ``one bicycle is 90 kilos of rice``."""
    clause = _CLAUSE.split(quantity.left)[-1]
    names = content(clause)
    if not names:
        return None
    called = [m for m in every if m.index < quantity.index and names & _names(passage, m)]
    return called[0] if len(called) == 1 else None


def _names(passage: Passage, mention: Mention) -> frozenset[str]:
    """Return the names of a sum: of one in brackets, those of the sum that it tells again."""
    place = passage.place_of(mention.index)
    if bracketed(mention) and place:
        return name_of(passage, passage.mentions[place - 1])
    return name_of(passage, mention)


def laid_out(passage: Passage, quantity: Mention, prices: Sequence[Mention]) -> Mention | None:
    """Return the sum right before a quantity that only seems a price for one: no word beside it says for what."""
    if len(prices) != _TWO or prices[0].unit != prices[1].unit or says("pay_means", quantity.left[-_LEFT:]):
        return None
    price, last = sorted(prices, key=lambda each: each.index)
    if last.sentence != quantity.sentence or last.index != quantity.index - 1 or last.low <= price.low:
        return None
    told = pattern("at_a_price", after=r"\s*$").search(last.left[-_SHORT:]) or pattern("by_one", r"^\s*").match(
        last.right
    )
    between = passage.gap(last, quantity)
    bought = any(says(role, between) for role in ("buy", "laid_out")) or says("that_sum", between)
    bought = bought or pattern("for_sum", after=r"\s*$").search(last.left[-_SHORT:]) is not None
    return last if bought and told is None else None


def one_of_a_money(quantity: Mention, around: Sequence[Mention], price: Mention) -> list[Mention]:
    """Return the rate that one of a currency is changed at, where words say that it buys: ``a dollar buys 500 l``."""
    rates = [m for m in around if m.rate and m.unit == price.unit and m.count == 1 and m.index < quantity.index]
    clause = _PARTED.split(quantity.left[-_LEFT:])[-1]
    beside = [m for m in rates if m.index == quantity.index - 1 and m.sentence == quantity.sentence]
    told = [m for m in rates if re.search(rf"{one_of('one_of_it')}[\s-]*{currency_names(m.per).pattern}", clause)]
    return (told or beside)[:1]


def only_before(quantity: Mention, money: Sequence[Mention]) -> list[Mention]:
    """Return the price told before the sum that pays for so many: ``a tin is 40 pesos; 130 pesos pay for three``."""
    sums = [m for m in money if m.per in ("", *TIME) and 0 < quantity.index - m.index <= _FEW]
    sums = sorted((m for m in sums if quantity.sentence - m.sentence <= 1), key=lambda each: each.index)
    prices = [m for m in sums[:-1] if not is_pay(m) and m.unit == sums[-1].unit]
    return prices if len(prices) == 1 and sums[-1].sentence == quantity.sentence else []


def price_for_pay(passage: Passage, quantity: Mention, unit: str, converted: frozenset[int]) -> Mention | None:
    """Return the price that so many wages are told for: the former or latter, or the one right before them.

    It stands in their sentence, or is the only one of the sentence before.
    """
    before = [m for m in passage.before(quantity, passage.place_of(quantity.index), sentences=1) if m.money]
    prices = [m for m in before if not m.rate and m.index not in converted and not m.is_wage]
    here = [m for m in prices if m.sentence == quantity.sentence]
    ranked = _by_rank(quantity, [m for m in here if m.unit == unit])
    if ranked is not None or here:
        return ranked or here[0]
    like = [m for m in prices if m.unit == unit and not m.per]
    return like[0] if len(like) == 1 else None


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
    for back in range(position - 1, max(-1, position - _LISTED), -1):
        other, last = passage.mentions[back : back + 2]
        if other.unit != quantity.unit or other.sentence != quantity.sentence or len(passage.gap(other, last)) > _AFTER:
            return
        yield other


def _cue(quantity: Mention) -> bool:
    """Return whether words beside a quantity, in its clause, say that money is laid out for it."""
    before = _STOPPED.split(quantity.left[-_AHEAD:])[-1]
    behind = _STOPPED.split(quantity.right[:_AFTER])[0]
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
    behind = [m for m in passage.after(quantity, position, most=_NEXT) if m.unit == quantity.unit]
    return any(pattern("equals_after", r"^\s*").match(m.right) is not None for m in (quantity, *behind))


def _is_result(passage: Passage, quantity: Mention, position: int) -> bool:
    """Return whether words lead to a quantity whose price stands beside it: ``at 5 yuan a kilo, that is 80 kilos``."""
    clause = _COMMA.split(unhedged(quantity.left[-_AHEAD:]))[-1]
    if FAMILY.get(quantity.unit, _WEIGHED) >= _WEIGHED or not (says("result", clause) or says("comes_out", clause)):
        return False
    if says("pay_means", clause):
        return True
    beside = [*passage.before(quantity, position, sentences=0, most=2), *passage.after(quantity, position, most=1)]
    return any(m.money and not m.rate and m.per and scale_of(quantity.unit, m.per) is not None for m in beside)
