"""Which sum pays for a quantity: a pay, the former or the latter, the price of what the clause names, the sum at hand.

Words and places alone choose it; whether it comes out is asked afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.quotes import currency_names
from nkauto.read.relations.units import bracketed
from nkauto.read.relations.words import one_of, pattern, says
from nkauto.read.search.names import content, name_of

RANKS = (("the_former", "first_of_them"), ("the_latter", "second_of_them"))
"""Roles of the words that mean the first, and the second, of two things told before."""
_LEFT, _RIGHT, _SHORT = 70, 30, 14
_PARTED = re.compile(r"[;；。]|\.\s")
_CLAUSE = re.compile(r"[,;:，、；：]|\.\s")
_FEW = 3
_TWO = 2


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
