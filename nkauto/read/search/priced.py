"""Bills whose prices the text tells before: ``coal is 20,000 a ton, wood 40 a cubic metre. He burns 3 tons: 60,000``.

A quantity, or a list of them, with the sum, or the list of sums, behind it in its sentence, and the only price for
one of it told before; of several prices the one of the same good, or, where lists are as long, the one in step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import times
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.relations.measures import COUNTS, FAMILY
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.bases import Settled
from nkauto.read.search.sums import scale_of, scaled

_GAP, _BEHIND, _JOINED = 60, 24, 4
_BACK, _SENTENCES = 12, 3
"""How many figures, and sentences, before a quantity its price may be told."""
_SLIP = 3
_POWERS = (10, 100, 1000)
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_PARTED = re.compile(r"[;；。]|\.\s")
_CLAUSE = re.compile(r"[,;:，、；：。]")


def find(passage: Passage) -> list[Settled]:
    """Return what quantities come to at the prices that the text tells before them."""
    found: list[Settled] = []
    position = 0
    while position < len(passage.mentions):
        things = list(_things(passage, position))
        position += max(1, len(things))
        if things:
            found += _bills(passage, things, position)
    return found


def _things(passage: Passage, position: int) -> Iterator[Mention]:
    """Yield the quantities of one sentence and one kind that stand in a row from a place on."""
    first = passage.mentions[position]
    for each in passage.mentions[position:]:
        like = FAMILY.get(each.unit, each.unit) == FAMILY.get(first.unit, first.unit)
        if not _is_quantity(each) or not like or each.sentence != first.sentence:
            return
        yield each


def _is_quantity(mention: Mention) -> bool:
    counted = mention.unit in (*COUNTS, *FAMILY) and mention.unit not in TIME
    return counted and mention.per in ("", *TIME) and mention.low > 0 and not (mention.single and mention.low == 1)


def _bills(passage: Passage, things: Sequence[Mention], position: int) -> Iterator[Settled]:
    """Yield the sums right behind quantities, each for its own."""
    first = position - len(things)
    told = passage.mentions[position : position + len(things)]
    listed = len(told) == len(things) > 1 and all(m.money and m.per and _scale(things[0], m) is not None for m in told)
    if listed:  # so much of each, what one of each costs, and what each comes to
        position += len(told)
    last = passage.mentions[position - 1]
    sums = passage.mentions[position : position + len(things)]
    if things[0].per and not all(each.per in ("", things[0].per) for each in sums):
        return
    if len(sums) < len(things) or any(not _is_sum(each, sums[0], last) for each in sums):
        return
    after = passage.after(sums[-1], position + len(sums) - 1, most=1)
    if after and after[0].unit == last.unit and len(passage.gap(sums[-1], after[0])) <= _BEHIND:
        return  # ``16.7 kilos at 1,800 won and, at 10,300 won, 2.9 kilos``: the price of the next
    gap = passage.text[last.figure.end : sums[0].figure.start]
    if len(gap) > _GAP or says("against", gap) or says("plus", gap):
        return
    apart = _PARTED.search(gap) is not None
    before = told if listed else passage.mentions[max(0, first - _BACK) : first]
    prices = [each for each in before if _is_price(each, things[0], sums[0])]
    prices = [each for each in prices if not _of_another_line(passage, each, things[0])]
    for place, (thing, stated) in enumerate(zip(things, sums, strict=True)):
        price = _price(thing, prices, place, len(things))
        last = sums[place - 1] if place else last
        words = passage.text[last.figure.end : stated.figure.start]
        named = bool(_goods(thing, alone=False) & _goods(stated, alone=True))
        behind = (_CLAUSE.split(each.right)[0][:_BEHIND] for each in (stated, sums[-1]))
        if price is None or (apart and not named) or not (_costs(words) or any(map(_costs, behind))):
            continue
        settled = _settled(stated, thing, price, named=named)
        more = says("along_with", words) or says("along_with", gap)  # what else was paid for is not told
        then = says("formerly", thing.left) or says("past", thing.left)
        if settled is not None and (settled.fits or not (more or then)):
            yield settled


def _is_sum(mention: Mention, first: Mention, last: Mention) -> bool:
    plain = mention.money and not mention.rate and mention.per in ("", *TIME) and mention.unit == first.unit
    return plain and mention.low > 0 and mention.sentence == last.sentence


def _is_price(mention: Mention, thing: Mention, stated: Mention) -> bool:
    if not mention.money or mention.rate or mention.unit != stated.unit or not mention.single or mention.low <= 0:
        return False
    if says("beyond", mention.left[-_BEHIND:]) or says("marginal", mention.right[:_BEHIND]):
        return False  # what each further kilometre costs is no price of the first ones
    return thing.sentence - mention.sentence < _SENTENCES and bool(mention.per) and _scale(thing, mention) is not None


def _of_another_line(passage: Passage, price: Mention, thing: Mention) -> bool:
    """Return whether a price and a quantity are items of a list that has a line for each."""
    first, last = sorted((price, thing), key=lambda each: each.index)
    return "\n" in passage.gap(first, last)


def _scale(thing: Mention, price: Mention) -> Fraction | None:
    fit = scale_of(thing.unit, price.per)
    return None if fit is None else fit / Fraction(price.count)


def _costs(words: str) -> bool:
    """Return whether words say that a sum is spent or comes to something."""
    return any(says(role, words) for role in ("costs", "bill_comes", "total"))


def _price(thing: Mention, prices: Sequence[Mention], place: int, many: int) -> Mention | None:
    """Return the only price for one of a quantity: of all, of its good, or in step with a list as long."""
    goods = _goods(thing, alone=many == 1)
    own = [each for each in prices if goods and goods & _goods(each, alone=True)]
    other = [each for each in prices if goods and (told := _goods(each, alone=True)) and not goods & told]
    if own:
        return own[0] if len({each.low for each in own}) == 1 else None
    here = [each for each in prices if each.per == thing.unit and each.sentence == thing.sentence]
    if len(here) == 1 == many and here[0] is prices[-1] and not other:
        return here[0]  # the others of the sentences before are for another measure
    if len(prices) == many > 1 and not other:
        return prices[place]
    return prices[0] if len(prices) == 1 == many and not other else None


def _goods(mention: Mention, *, alone: bool) -> frozenset[str]:
    """Return the goods that a figure is of: named in its clause before it, or right behind it; alone, its subject."""
    behind = _CLAUSE.split(mention.right)[0]
    behind = behind[: _BEHIND if behind.isascii() else _JOINED]
    joined = () if mention.money or pattern("and", r"^\s*").match(behind) else items_named(behind)
    named = frozenset(joined) or frozenset(items_named(_CLAUSE.split(mention.left)[-1]))
    if named - {"wage"}:
        return named - {"wage"}
    return frozenset({mention.subject}) - {"", "wage"} if alone else frozenset()


def _settled(stated: Mention, thing: Mention, price: Mention, *, named: bool) -> Settled | None:
    scale = _scale(thing, price)
    if scale is None:
        return None
    low, high = (scaled(times(a, b), scale) for a, b in zip(thing.ends, price.ends, strict=True))
    tied = thing, price
    tests = compare(low, high, operator(stated, tied, round_digits=1), stated.stated)
    fits = verdict(tests) in _HELD
    miss = low.value / Fraction(stated.high)
    near = Fraction(1, _SLIP) <= miss <= _SLIP or any(abs(miss / f - 1) < Fraction(1, 40) for f in _powers())
    if not fits and (not near or stated.figure.bound in BOUNDS):
        return None
    words = ", ".join(each.figure.span for each in sorted((*tied, stated), key=lambda each: each.index))
    plain = named and not fits  # the good is told of all three, or at least of the quantity and its sum
    made = candidate("affordability", words, stated, tied, [reading((stated, *tied), tests)], sure=True, locked=plain)
    return Settled(stated.index, made, fits=fits, score=1.0, named=plain)


def _powers() -> Iterator[Fraction]:
    for each in _POWERS:
        yield Fraction(each)
        yield Fraction(1, each)
