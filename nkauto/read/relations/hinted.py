"""Rates whose two currencies the text leaves to be understood: ``at 1:8,000``, ``the street rate (8,200 won)``.

Of two currencies the dearer one is meant as the one that costs so much. Where the words beside it call a figure an
exchange rate and only one other currency stands near, it may contradict an amount; else it may only bear one out.

Other rates only their arithmetic gives away: ``16,000 won ... outside, at 8,900 won, it is €1.80``. Such a rate looks
like any sum, and may have taken over the month or the kilogram of the sums around it. It is believed where it stands
beside a sum of another currency, or beside words of a rate, and brings a third one to it exactly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, over, times
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import REACH, TIME, Mention, Passage, is_currency
from nkauto.read.relations.drafts import BOUNDS, digits
from nkauto.read.relations.levels import unhedged
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.multiple import is_split
from nkauto.read.relations.quote import Quote, amount, currency_names
from nkauto.read.relations.words import pattern, says

_DEAREST = ("KWD", "GBP", "EUR", "CUC", "USD", "CHF", "CAD", "AUD", "BRL", "MYR", "CNY")
"""Currencies by what one of them costs, for the pairs whose rates writers tell as one to so many."""
_BESIDE = 40
_BEHIND = 14
_LIKE = 6
_TOLD = (
    r"[\s(（:：=,，\"“]*(?:の|は|が|인|는|은|이|가|의|为|為|是)?\s*"
    r"(?:(?:of|at|was|is|being|stood\s+at|stands\s+at|now)\s+)?(?:only\s+|just\s+)?$"
)
_AS = r"^\s*[)）,，]?\s*(?:the\s)?(?:の|的|의|라는|인|という)?\s*"
_REACH = 6
"""Figures between a rate that words call one and the sums that it brings to each other, at most."""
_PROVEN_BESIDE, _PROVEN_BEHIND, _GAP = 40, 14, 44
_TELLING = 3
"""Digits that a sum and a rate must have between them, lest they meet a third one by chance."""
_EXACT = 2
_CLAUSE = re.compile(r"[,;:，、；：()（）]")
_CALLED = ("exchange_rate", "market_level", "official", "street_rate")


def ratios(passage: Passage) -> Iterator[Quote]:
    """Yield ``the yuan to the won is 1 to 17``, ``at the black market's 1:8000``."""
    every = tuple(dict.fromkeys(mention.unit for mention in passage.mentions if mention.money))
    reformed = None
    for mention in passage.mentions:
        if not is_split(mention) or mention.low <= 1:
            continue
        first, last = passage.sentence(mention)
        words = passage.text[max(first, mention.figure.start - REACH) : mention.figure.end + _BEHIND]
        named = [unit for unit in every if currency_names(unit).search(words)]
        here = [m.unit for m in passage.mentions if m.sentence == mention.sentence and m.money]
        for some in (named, list(dict.fromkeys(here)), list(every)):
            if len(some) > 1:
                named = some
                break
        if reformed is None:
            reformed = says("reform", passage.text)
        near = passage.text[max(first, mention.figure.start - _BESIDE) : min(last, mention.figure.end + _BESIDE)]
        called = _called_rate(near) or pattern("rate_of", _AS).match(mention.right[:_BESIDE]) is not None
        called = called or (mention.left.endswith(("(", "（")) and mention.right.startswith((")", "）")))
        sure = len(named) == 2 and not reformed and called
        for at, one in enumerate(named):
            for other in named[at + 1 :]:
                base, unit = sorted((one, other), key=dearness)
                sure = sure and dearness(base) < dearness(unit)
                yield Quote(base, unit, *mention.ends, (mention,), weak=not sure, plain=sure)
                if not sure:
                    yield Quote(unit, base, *mention.ends, (mention,), weak=True, plain=False)


def hinted(passage: Passage, known: Sequence[Quote]) -> Iterator[Quote]:
    """Yield ``the official rate (110 won)``, ``8,200 won at the stalls``: amounts that are a rate by their words."""
    stating = {mention.index for each in known if not each.weak for mention in each.mentions}
    weak = {each.at.index for each in known if each.weak}
    told: dict[tuple[int, str], list[Quote]] = defaultdict(list)
    for each in known:
        told[each.at.sentence, each.unit].append(each)
    for at, mention in enumerate(passage.mentions):
        if not amount(mention) or mention.index in stating:
            continue
        carried = is_currency(mention.figure.per or "")
        left, right = unhedged(mention.left), mention.right[:_BESIDE]
        sure = any(
            pattern(role, after=_TOLD).search(left) for role in ("exchange_rate", "exchanges_at", "at_market_own")
        )
        sure = sure or pattern("exchange_rate", _AS).match(right) is not None
        sure = sure or ("-" in mention.figure.span and pattern("rate_of", _AS).match(right) is not None)
        if mention.per not in ("", *TIME) and not carried and not sure:
            continue
        near = left[-_BESIDE:]
        plain = pattern("rate_of", after=_TOLD).search(left) is not None
        called = sure or plain or _called_rate(near) or pattern("changers_do", r"^\s*").match(right) is not None
        if (mention.low <= 1 or mention.is_wage) and not (sure or plain):
            continue
        if not called and not carried and not _is_level(mention, told[mention.sentence, mention.unit]):
            continue
        if items_named(near.rpartition(",")[2]) and not sure:
            continue
        bases = _bases(passage, mention, at)
        firm = sure and len(bases) == 1
        for base in bases if firm or mention.index not in weak else ():
            yield Quote(base, mention.unit, *mention.ends, (mention,), weak=not firm, plain=firm, level=not called)


def _is_level(mention: Mention, near: Sequence[Quote]) -> bool:
    """Return whether an amount stands beside a rate of its money and of like size: ``at 3,000, and now at 14,500``."""
    if mention.per not in ("", *TIME):
        return False
    return any(quote.low.value <= _LIKE * mention.low <= _LIKE * _LIKE * quote.high.value for quote in near)


def _bases(passage: Passage, mention: Mention, at: int) -> list[str]:
    """Return the dearer currencies that amounts near a rate are in: those of its sentence, else of the next ones."""
    near = passage.mentions[max(0, at - 6) : at + 7]
    for away in (0, 1):
        units = [m.unit for m in near if m.money and abs(m.sentence - mention.sentence) <= away]
        found = [unit for unit in dict.fromkeys(units) if dearness(unit) < dearness(mention.unit)]
        if found:
            return found
    return []


def _called_rate(words: str) -> bool:
    return any(says(role, words) for role in ("exchange_rate", "market_level", "official", "street_rate"))


def dearness(unit: str) -> int:
    """Return the place of a currency among those that cost most, the dearest first; all others stand last."""
    return _DEAREST.index(unit) if unit in _DEAREST else len(_DEAREST)


def proven(passage: Passage, known: Sequence[Quote]) -> Iterator[Quote]:
    """Yield the sums that are rates by what they bring to each other; ``known`` are those that words tell."""
    stating = {mention.index for each in known if not each.weak for mention in each.mentions}
    sums = [each for each in passage.mentions if amount(each) and each.low > 0 and each.index not in stating]
    if all(each.unit == sums[0].unit for each in sums):
        return
    for place, rate in enumerate(sums):
        if not rate.single or rate.low <= 1 or rate.figure.bound in BOUNDS or rate.is_wage or _is_step(passage, rate):
            continue
        near = sums[max(0, place - _REACH) : place] + sums[place + 1 : place + 1 + _REACH]
        near = [each for each in near if abs(each.sentence - rate.sentence) <= 1]
        base = _base(passage, rate, near)
        if base:
            yield Quote(base, rate.unit, *rate.ends, (rate,), weak=True)


def _is_step(passage: Passage, mention: Mention) -> bool:
    """Return whether a sum is told as a percentage right behind it: by so much a price changed, ``1,100원(16%)``."""
    behind = next((each for each in passage.mentions if each.index == mention.index + 1), None)
    return behind is not None and behind.unit == "%" and tie_of(passage.gap(mention, behind)) == "bracket"


def _base(passage: Passage, rate: Mention, near: Sequence[Mention]) -> str:
    """Return the currency in which a sum tells what one is, as three figures prove; empty where none do."""
    own = [each for each in near if each.unit == rate.unit and each.low != rate.low]
    called = _is_called(rate)
    for one in near:
        if one.unit == rate.unit or not one.single or (one.low <= 1 and not _is_exact(one)):
            continue
        if dearness(one.unit) > dearness(rate.unit):
            continue
        told = called or _is_beside(passage, rate, one)
        for other in own if told else ():
            apart = abs(other.index - one.index)
            if other.single and other.low > rate.low and (not called or apart <= _EXACT) and _meet(one, other, rate):
                return one.unit
    return ""


def _meet(one: Mention, other: Mention, rate: Mention) -> bool:
    """Return whether so much of the dearer currency is, at a rate, exactly so much of the other: the later one told."""
    stated, value = (other, _times(one, rate)) if one.index < other.index else (one, over(other.ends[0], rate.ends[0]))
    if stated.figure.bound in BOUNDS or digits(one.low) + digits(rate.low) < _TELLING:
        return False
    return verdict(compare(value, value, "=", stated.stated)) is Verdict.HOLDS


def _times(one: Mention, rate: Mention) -> Term:
    return times(one.ends[0], rate.ends[0])


def _is_exact(mention: Mention) -> bool:
    return digits(mention.low) >= _EXACT


def _is_beside(passage: Passage, rate: Mention, other: Mention) -> bool:
    """Return whether a sum of two digits or more stands right beside a rate, which does not tell its worth."""
    if rate.sentence != other.sentence or abs(rate.index - other.index) != 1 or not _is_exact(other):
        return False
    first, last = sorted((rate, other), key=lambda each: each.index)
    gap = passage.gap(first, last)
    return len(gap) <= _GAP and not (first is rate and tie_of(gap) == "bracket")


def _is_called(mention: Mention) -> bool:
    """Return whether the words beside a sum call it a rate or suppose one, and name no good."""
    if mention.per not in ("", *TIME):
        return False
    left = unhedged(mention.left)
    clause, behind = _CLAUSE.split(left)[-1][-_PROVEN_BESIDE:], mention.right[:_PROVEN_BEHIND]
    if items_named(clause):
        return False
    if any(says(role, words) for role in _CALLED for words in (clause, behind)):
        return True
    if pattern("at_rate", after=r"\s*$").search(clause) or pattern("supposed", after=r"\s*$").search(clause):
        return True
    return pattern("supposed_after", r"^\s*").match(behind) is not None
