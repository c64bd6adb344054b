"""What a sum buys of a good whose price the text does not tell.

``3,000 won did not buy a kilogram of rice``, ``that was 500 g of white rice``: only a figure from outside can decide.
So can it what a thing costs in pay (``two years' wages``) that is not told.

And sums that words give in other money at a rate which it does not tell: ``on the black market that is $2``. Only a
rate from outside can decide those. What names a good between the two is the price of that good, no conversion.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from nkauto.core.claims import Candidate
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.agree import undecided
from nkauto.read.relations.drafts import candidate
from nkauto.read.relations.links import Link
from nkauto.read.relations.measures import FAMILY
from nkauto.read.relations.quotes import amount
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.reform import fixed_between
from nkauto.read.relations.words import pattern, says

WEIGHTS, VOLUMES = 0, 1
_REACH = 70
_PAID = 24
_OF_SOMEBODY = r"^\s*of\s(?:an?|the|his|her|my)\s(?:[a-z-]+(?:['’]s?)?\s){0,3}"
_LONG = ("day", "week", "month", "year")
_EARLIER = 3
"""Figures before a quantity among which the sum that buys it is looked for."""
_BEFORE, _BEHIND = 60, 30
_MOST = 4
"""Figures before a sum among which what it converts is looked for."""


def find(passage: Passage, told: frozenset[int]) -> list[Candidate]:
    """Return the purchases that no price of the text decides; ``told`` make a claim."""
    found: list[Candidate] = []
    for position, mention in enumerate(passage.mentions):
        if mention.money:
            if _for_one(passage, mention):
                found.append(candidate("affordability", f"{mention.figure.span} buys one", mention, ()))
        elif FAMILY.get(mention.unit) in (WEIGHTS, VOLUMES) and not mention.per and mention.index not in told:
            pay = _payment(passage, mention, position)
            if pay is not None and not _price(passage, mention.subject):
                words = f"{pay.figure.span} buys {mention.figure.span}"
                found.append(candidate("affordability", words, mention, (pay,)))
        elif mention.unit in _LONG and mention.index not in told and of_pay(mention):
            found.append(_worked(passage, mention, position))
    return found


def of_pay(time: Mention) -> bool:
    """Return whether a span of time is one of pay: ``three months' wages``, ``2년치 월급``."""
    after = pattern("pay_of", r"^[\s’']*").match(time.right[:_PAID]) is not None
    after = after or pattern("wage", _OF_SOMEBODY).match(time.right[:_REACH]) is not None
    return after or pattern("pay_before", after=r"\s*$").search(time.left[-_PAID:]) is not None


def _worked(passage: Passage, time: Mention, position: int) -> Candidate:
    """Return a span of pay with the price that it is told for, where one stands before it in its sentence."""
    here = passage.before(time, position, sentences=0, most=_EARLIER)
    prices = [each for each in here if _is_sum(each) and not each.is_wage and each.per == ""]
    return candidate("affordability", f"{time.figure.span} of pay", time, prices[:1])


def _for_one(passage: Passage, pay: Mention) -> bool:
    """Return whether words say that a sum buys one measure of a good, or does not."""
    if pay.rate or (FAMILY.get(pay.per) in (WEIGHTS, VOLUMES) and not says("cannot", pay.right[:_REACH])):
        return False
    one = pattern("a_measure").search(pay.right[:_REACH])
    if one is None or not says("buy", pay.right[:_REACH]):
        return False
    return not any(_is_price(each) and each is not pay for each in passage.mentions)


def _payment(passage: Passage, quantity: Mention, position: int) -> Mention | None:
    """Return the sum that a quantity is bought for: in its sentence by a word of buying, or told as that much."""
    clause = quantity.left[-_REACH:]
    here = [each for each in passage.before(quantity, position, sentences=0, most=_EARLIER) if _is_sum(each)]
    if here:
        gap = passage.gap(here[0], quantity)
        return here[0] if says("buy", gap) or says("buy", quantity.right[:24]) else None
    first, _ = passage.sentence(quantity)
    opening = passage.text[first : first + 24].strip()
    before = [each for each in passage.before(quantity, position, sentences=1, most=_EARLIER) if _is_sum(each)]
    meant = pattern("anaphor", r"^").match(opening) or says("that_money", clause)
    if before and before[0].is_wage and meant:
        return before[0]
    if before and pattern("for_that", r"^").match(opening) and (says("buy", clause) or says("laid_out", clause)):
        return before[0]
    return None


def _is_sum(mention: Mention) -> bool:
    return mention.money and not mention.rate and mention.high > 0 and mention.per in ("", *TIME)


def _is_price(mention: Mention) -> bool:
    return mention.money and FAMILY.get(mention.per) in (WEIGHTS, VOLUMES)


def _price(passage: Passage, good: str) -> bool:
    """Return whether the text tells a price of a good."""
    return any(_is_price(each) and (not good or each.subject in (good, "")) for each in passage.mentions)


def in_other_money(passage: Passage, exchanged: Collection[int]) -> Iterator[Candidate]:
    """Yield the sums at an untold rate with what they convert; ``exchanged`` are converted already."""
    rates = TextRates(passage)
    for position, target in enumerate(passage.mentions):
        if not amount(target) or target.index in exchanged or target.index in rates.stating:
            continue
        source = _source(passage, target, position)
        if source is not None and _is_untold(rates, source, target) and fixed_between(source.unit, target.unit) is None:
            yield undecided(Link(source, target, "near"))


def _source(passage: Passage, target: Mention, position: int) -> Mention | None:
    """Return the last sum of other money before one, of its sentence or the one before it."""
    before = [each for each in passage.before(target, position, sentences=1, most=_MOST) if amount(each)]
    others = [each for each in before if each.unit != target.unit and each.low > 0]
    if not others:
        return None
    first, _ = passage.sentence(target)
    words = passage.text[max(first, others[0].figure.end) : target.figure.start]
    return None if items_named(words) else others[0]


def _is_untold(rates: TextRates, source: Mention, target: Mention) -> bool:
    """Return whether words tell of a rate, and the text has none that they could mean."""
    left, right = target.left[-_BEFORE:], target.right[:_BEHIND]
    changers = says("at_changers", left) or pattern("at_changers", r"^\s*(?:[a-z]+\s){0,2}").match(right) is not None
    official = says("official", left) or says("official", right)
    if not (changers or official or says("strong", left)):
        return False
    known = [each for each in rates.every if {each.base, each.unit} == {source.unit, target.unit} and not each.weak]
    if changers:
        return all(each.official for each in known)
    return not any(each.official for each in known) if official else not known
