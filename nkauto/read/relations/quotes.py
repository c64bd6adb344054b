"""The exchange rates that a text states itself, in whatever form, and which of them lie nearest to an amount.

``8,300 won per dollar`` is read as a rate already. The forms found here are told in two figures (``400,000 won for
US $100``), by a currency's name (``the dollar was 66 kopecks``, ``10 pesos for $1``), in a chain (``a yuan is 1,230
won, in yen 17``), or with the name left out (``$3.35 at 3 pesos``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from nkauto.core.terms import number, over
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import Mention, Passage, is_currency
from nkauto.read.relations.drafts import per_one
from nkauto.read.relations.hinted import hinted, proven, ratios
from nkauto.read.relations.levels import levels, unhedged
from nkauto.read.relations.quote import Quote, amount, currency_names
from nkauto.read.relations.words import YEAR, pattern, says

__all__ = ["Quote", "amount", "currency_names", "quotes"]

_ROUND = frozenset((1, 10, 100, 1000, 10000))
_SHORT = re.compile(r"[^.,;。；，、()（）\d]{0,40}")
_ASIDE = re.compile(r"[,，][^,，]{1,30}[,，]")
_CHAIN = re.compile(r"^[^\d.;。；]{0,24}$|^[^=]{0,16}=\s*1\s*[^\s=]{1,8}\s*=\s*$")
_ONE_MORE = re.compile(r"(?<=\s)(?:1|one|a)\s[a-z. ]{2,16}\s(?:or|and)\s*$")
"""Another currency that the first one is also one of: ``a CUC is one dollar or 24 pesos``."""
_ALONE, _CLOSED = re.compile(r"[(（]\s*$"), re.compile(r"\s*[)）]")
_EQUATION = re.compile(r"^\s*[=≈＝]\s*$")
_PARTED = re.compile(r"[,;:，、；：()（）]")
_ROUND_SUM = re.compile(r"(?<![\d.,])(1|10|100|1,?000|10,?000)\s*([^\d\s,.;、。][^\d,.;、。]{0,20}?)\s*$")
_DIGIT = re.compile(r"\d")
_HYPHENED = re.compile(r"\d-[a-z]")
"""What such a span opens is a good: a 30-rouble bottle, a 25-yuan bag."""
_CLAUSE_END = 44
_TOLD_BEHIND = 44
_NAMED = 24
_OWN = 18
"""Characters behind a rate in which its own currency is named: ``to the dollar``."""
_FAR = 10


def quotes(passage: Passage) -> list[Quote]:
    """Return the rates of a text, in its order."""
    return list(_all(passage))


@lru_cache(maxsize=2)
def _all(passage: Passage) -> tuple[Quote, ...]:
    """Work the rates out once, however many kinds of claim ask for them."""
    units = frozenset(mention.unit for mention in passage.mentions if mention.money)
    priced = _one_way(list(_priced(passage)))
    found = [*priced, *_paired(passage, units, priced), *_unread(passage, units)]
    found += ratios(passage)
    known = {mention.index for each in found for mention in each.mentions}
    found += _chained(passage, found)
    units = frozenset(mention.unit for mention in passage.mentions if mention.money)
    found += [each for each in _named(passage, units) if known.isdisjoint(m.index for m in each.mentions)]
    found += levels(passage, found)
    found += hinted(passage, found)
    found += proven(passage, found)
    found = [replace(each, weak=True, then=True) if _not_now(each) else each for each in found]
    return tuple(sorted(found, key=lambda each: each.at.figure.start))


def _not_now(quote: Quote) -> bool:
    """Return whether a rate is only said to come, or to have been: ``a dollar may soon be worth 10,000 won``."""
    left = _PARTED.split(quote.at.left)[-1][-_CLAUSE_END:]
    if says("to_come", left) or says("had_been", left):
        return True
    return pattern("to_come_after", r"^[^\d,;.，、。]{0,20}").match(quote.at.right) is not None


def _priced(passage: Passage) -> Iterator[Quote]:
    sums = {mention.unit for mention in passage.mentions if amount(mention)}
    for mention in passage.mentions:
        if mention.rate and mention.low > 0 and mention.unit != mention.per and not _step(mention):
            base = mention.per
            others = sums - {mention.unit}
            if base not in sums and len(others) == 1 and currency_names(base).search(passage.text) is None:
                base = next(iter(others))  # a bare rate in a text that speaks of one other currency only
            yield Quote(base, mention.unit, *per_one(mention), (mention,))


def _one_way(found: list[Quote]) -> list[Quote]:
    """Return rates of a pair told the same way: dealers write ``3,900 USD/LBP`` for pounds to the dollar."""
    first: dict[frozenset[str], Quote] = {}
    told = []
    for each in found:
        known = first.setdefault(frozenset((each.base, each.unit)), each)
        turned = known.base == each.unit and known.low.value > _FAR
        if turned and known.low.value / _FAR <= each.low.value <= known.high.value * _FAR:
            each = replace(each, base=each.unit, unit=each.base)
        told.append(each)
    return told


def _paired(passage: Passage, units: frozenset[str], known: Sequence[Quote]) -> Iterator[Quote]:
    """Yield ``400,000 won for US $100``: a round amount told in another currency."""
    for one, other in pairwise(passage.mentions):
        if not amount(one) or not amount(other) or one.unit == other.unit or one.sentence != other.sentence:
            continue
        gap = _ASIDE.sub(" ", passage.text[one.figure.end : other.figure.start])
        if says("for_a_good", gap) or items_named(gap) or _HYPHENED.search(one.figure.span):
            continue  # ten dollars for a hat of 30,000 won: paid, not exchanged
        aside = one.low == 1 and not gap.strip() and _ALONE.search(one.left) and _CLOSED.match(other.right)
        exchanged = _SHORT.fullmatch(gap) is not None and (says("exchange", gap) or _EQUATION.match(gap) is not None)
        worth = pattern("worth_one", r"^[\s,，]*", r"\s*$").match(unhedged(_ONE_MORE.sub("", gap))) is not None
        for base, quoted in ((one, other), (other, one)):
            if base is other and base.low != 1 and pattern("per_one", r"^\s*", r"\s*$").match(gap) is None:
                continue
            if (
                (exchanged or ((worth or aside) and base.low == 1))
                and base.single
                and base.low in _ROUND
                and quoted.low > 0
            ):
                low, high = quoted.ends
                if base.low != 1:
                    if _is_at_known(base, quoted, known):
                        break
                    low, high = over(low, base.ends[0]), over(high, base.ends[0])
                plain = base.low == 1 or says("exchange", one.left)
                yield Quote(base.unit, quoted.unit, low, high, (quoted, base), plain=plain)
                also = _ONE_MORE.search(gap) if worth else None
                for unit in sorted(units - {base.unit, quoted.unit}):
                    if also is not None and _names(unit, also.group()):
                        yield Quote(unit, quoted.unit, low, high, (quoted,), plain=plain)
                break


def _is_at_known(base: Mention, quoted: Mention, known: Sequence[Quote]) -> bool:
    """Return whether a round amount is exchanged at a rate told before, ``at Hyesan's rate, $100``."""
    left = min(base, quoted, key=lambda each: each.index).left[-_NAMED:]
    told = {base.unit, quoted.unit}
    before = any({each.base, each.unit} == told and each.at.index < base.index for each in known)
    return before and says("exchange_rate", left) and not says("official", left)


def _unread(passage: Passage, units: frozenset[str]) -> Iterator[Quote]:
    """Yield ``1000ウォンを約13円とすれば``: the round amount before a figure, which is no figure of its own."""
    for mention in passage.mentions:
        if not amount(mention) or is_currency(mention.per):
            continue
        bare = unhedged(pattern("market_level", after=r"\s*$").sub("", unhedged(mention.left[-_CLAUSE_END:])))
        joined = pattern("swapped", after=r"\s*$").search(bare)
        told = _ROUND_SUM.search(bare[: joined.start()] if joined is not None else bare)
        if told is None or (joined is None and told[1] != "1"):  # side by side only one is told: 1ドル360円
            continue
        for unit in sorted(units - {mention.unit}):
            if currency_names(unit).fullmatch(told[2]):
                low, high = mention.ends
                if (count := Decimal(told[1].replace(",", ""))) != 1:
                    low, high = over(low, number(count)), over(high, number(count))
                yield Quote(unit, mention.unit, low, high, (mention,))
                break


def _chained(passage: Passage, known: list[Quote]) -> Iterator[Quote]:
    """Yield ``$0.90 = 1 CUC = 24 CUP`` and ``a yuan is 1,230 won, in yen 17``: one base told in a third currency."""
    at = {each.at.index: each for each in known if each.at.rate}
    for one, other in pairwise(passage.mentions):
        first = at.get(one.index)
        if first is None or not amount(other) or other.per or other.unit in (first.base, first.unit):
            continue
        gap = passage.text[one.figure.end : other.figure.start]
        also = other.unit not in (one.unit, first.base) and pattern("both_of", r"^\s*", r"\s*$").match(gap) is not None
        if one.sentence != other.sentence:
            continue
        if also or (_CHAIN.match(gap) and ("=" in gap or _names(other.unit, gap))):
            low, high = other.ends
            if one.count != 1:
                many = number(one.count)
                low, high = over(low, many), over(high, many)
            yield Quote(first.base, other.unit, low, high, (other, one), weak=also, plain=not also)


def _named(passage: Passage, units: frozenset[str]) -> Iterator[Quote]:
    """Yield ``the dollar was 66 kopecks``, ``10 pesos for $1`` and, with the name left out, ``at 3 pesos``."""
    for at, mention in enumerate(passage.mentions):
        if not amount(mention) or mention.low <= 0:
            continue
        left = _unspent(mention, passage.mentions[at - 1] if at else mention)
        market = says("official", left[-_NAMED:]) or says("market", left[-_NAMED:])
        bases = sorted(units - {mention.unit})
        clause = _PARTED.split(left.rstrip(" :："))[-1][-_CLAUSE_END:]
        goes = _before_going(clause)
        behind = [unit for unit in bases if _is_one_behind(unit, mention.right) or (goes and _ends_with(unit, goes))]
        which = pattern("which_at", r"^\s*", r"\s*$").match(clause) is not None
        if mention.per not in ("", "each") and not (market or behind or which):
            continue  # of a price told before, a carried denominator says nothing of a rate
        told = behind or [unit for unit in bases if _is_base(unit, clause, left.rstrip())]
        if told:
            yield from (Quote(unit, mention.unit, *mention.ends, (mention,)) for unit in told[:1])
        elif which or pattern("at_rate", r"^\s*", r"(?:\s[\w]+['’]s)?\s*$").search(clause):
            beside = {each.unit for each in passage.near(mention) if amount(each) and each.sentence == mention.sentence}
            yield from (
                Quote(unit, mention.unit, *mention.ends, (mention,), weak=True, plain=False)
                for unit in bases
                if unit in beside
            )


def _unspent(mention: Mention, before: Mention) -> str:
    """Return the words before an amount without the currency that they open with, of the rate before it."""
    if not before.rate or before.sentence != mention.sentence:
        return mention.left
    taken = currency_names(before.per).search(mention.left[:_OWN])
    return mention.left if taken is None else mention.left[taken.end() :]


def _is_base(unit: str, clause: str, left: str) -> bool:
    """Return whether the words beside an amount make it the price of one unit of a currency."""
    if currency_names(unit).search(clause) is None or _DIGIT.search(YEAR.sub("", clause)):
        return False
    return left.endswith((":", "：")) or pattern("priced", after=r"\s*$").search(unhedged(clause)) is not None


def _is_one_behind(unit: str, right: str) -> bool:
    """Return whether the words behind an amount say that it is one of a currency: ``10 pesos for $1``."""
    behind = right[:_TOLD_BEHIND]
    start = pattern("per_one", r"^\s*", r"\s*").match(behind)
    return start is not None and currency_names(unit).match(behind, start.end()) is not None


def _before_going(clause: str) -> str:
    """Return the words before a verb by which money goes for an amount right behind it: ``where dollars go for``."""
    bare = unhedged(clause)
    verb = pattern("goes_for", after=r"\s*$").search(bare)
    return "" if verb is None else bare[: verb.start()]


def _ends_with(unit: str, words: str) -> bool:
    """Return whether words end with the name of a currency."""
    named = list(currency_names(unit).finditer(words))
    return bool(named) and not words[named[-1].end() :].strip()


def _names(unit: str, words: str) -> bool:
    return currency_names(unit).search(words) is not None


def _step(mention: Mention) -> bool:
    """Return whether a figure is by how much a rate moved, no level: ``1천원 떨어져 8천100원``."""
    left = mention.left.rstrip()
    return pattern("step_after", r"^\s*").match(mention.right[:12]) is not None or left.endswith((" by", "up", "down"))
