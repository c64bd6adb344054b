"""Sums, differences, shorter and longer periods, and rations that a stated figure may follow from.

And which prices are for one of what a quantity is of: of its good where one is told of that, else by its measure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial

from nkauto.core.claims import Test
from nkauto.core.judge import compare
from nkauto.core.terms import Term, minus, plus, times
from nkauto.core.units import factor
from nkauto.errors import WrongDimension
from nkauto.read import lexicon
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import TIME, Mention
from nkauto.read.relations.drafts import BOUNDS, operator
from nkauto.read.relations.measures import COUNTS, good_of, stem, word_of
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.words import lowered, one_of, pattern, says

PERIODS = {("month", "year"): 12, ("day", "month"): 30, ("day", "year"): 365, ("week", "year"): 52}
"""How many of a shorter period a longer one has, as people reckon."""


_CLAUSE = re.compile(r"[,;，、；。]")
_GAP, _GAP_BEHIND = 24, 14
_LEFT, _RIGHT, _SHORT = 70, 30, 14
_BACK, _FEW = 4, 3
"""Sentences back to which a price that names no good may stand; how many times another one is no price for one."""
_PARTED = re.compile(r"[;；。]|\.\s")
_COUNTED = re.compile(r"[a-z]{3,}$|[\u3040-\u9fff가-힣]$")
"""What is counted, as the words of a figure end: ``two buns``, ``열 모``."""


@dataclass(frozen=True, eq=False)
class Option:
    """Figures that a stated one may follow from, and how well they are tied to it; worked out where it is asked for.

    ``exact``: nobody rounds what they come to.
    """

    kind: str
    mentions: tuple[Mention, ...]
    read: Callable[[], tuple[Test, ...]]
    score: float
    tied: bool = False
    beside: bool = False
    exact: bool = False

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """What the figures come to, against what is stated."""
        return self.read()


def scale_of(unit: str, per: str) -> Fraction | None:
    """Return how many of the denominator one unit is; 1 where no denominator is told; None where they do not fit."""
    if unit == per or (per == "each" and unit in COUNTS):
        return Fraction(1)
    try:
        return factor(unit, per)
    except WrongDimension:
        return None


def scaled(term: Term, scale: Fraction) -> Term:
    """Return a term times a scale, and unchanged at 1."""
    return term if scale == 1 else times(term, Term(scale, f"{scale}"))


def compared(stated: Mention, inputs: tuple[Mention, ...], low: Term, high: Term) -> Callable[[], tuple[Test, ...]]:
    """Return how to hold a range that was worked out against the stated figure, once that is asked for."""
    return partial(_held, stated, inputs, low, high)


def _held(stated: Mention, inputs: tuple[Mention, ...], low: Term, high: Term) -> tuple[Test, ...]:
    return compare(low, high, operator(stated, inputs, round_digits=1), stated.stated)


def periods(stated: Mention, same: Sequence[Mention]) -> Iterator[Option]:
    """Yield a month's sum as a year's, a day's as a month's."""
    for other in same:
        if other.low >= stated.high:
            continue
        for (short, long), many in PERIODS.items():
            carried = stated.per == other.per == short and _tells(stated, long)  # ``40 a month, so in a year 480``
            if carried or (
                stated.per in ("", long) and other.per in ("", short) and (stated.per == long or other.per == short)
            ):
                count = Term(Fraction(many), str(many))
                ends = times(other.ends[0], count), times(other.ends[1], count)
                yield Option("ratio", (other,), compared(stated, (other,), *ends), -0.5)


def _tells(stated: Mention, span: str) -> bool:
    """Return whether words beside a sum name a span of time."""
    beside = stated.left[-_SHORT:] + stated.right[:_SHORT]
    return any(word in beside for word, entries in lexicon.words("unit").items() if entries[0].meaning == span)


def tells_gap(stated: Mention) -> bool:
    """Return whether words right beside a figure make it a distance: ``a difference of just 30``, ``30원 차이``."""
    before = _CLAUSE.split(unhedged(stated.left)[-_GAP:])[-1]
    behind = stated.right[:_GAP_BEHIND]
    if pattern("gap", after=r"[^\s.。]{0,2}\s*$").search(stated.right):
        behind = ""  # ``5,600원으로 차이가 300원``: the words lead to the next figure
    if pattern("between", after=r"\s*$").search(before):
        return False  # ``the difference between 5,200 and 4,800``: one of the two that lie apart
    return says("gap", before) or says("gap", _CLAUSE.split(behind)[0])


def sums(stated: Mention, same: Sequence[Mention]) -> Iterator[Option]:
    """Yield differences and sums of two or three like figures, where words tell of one."""
    rest = says("rest", stated.left[-40:]) or says("rest", stated.right[:24])
    apart = tells_gap(stated)
    rest = rest or apart
    total = says("total", stated.left[-40:]) or says("total", stated.right[:20])
    few = [m for m in same if not (m.per and stated.per and m.per != stated.per)][:7]
    for place, one in enumerate(few):
        for other in few[place + 1 :]:
            high, low = (one, other) if one.low >= other.low else (other, one)
            levels = _are_levels((stated, one, other)) or stated.figure.bound in BOUNDS
            if high.low > low.high and (rest or (high.single and low.single and not levels)):
                ends = minus(high.ends[0], low.ends[0]), minus(high.ends[1], low.ends[1])
                firm = apart and high.sentence == low.sentence == stated.sentence
                tests = compared(stated, (high, low), *ends)
                yield Option("ratio", (high, low), tests, 0.9 if firm else 0.5 if rest else -2.5, tied=firm, exact=True)
                for third in few:
                    if rest and third is not one and third is not other and third.high < high.low - low.high:
                        left = minus(ends[0], third.ends[0]), minus(ends[1], third.ends[1])
                        yield Option("ratio", (high, low, third), compared(stated, (high, low, third), *left), 0.5)
            if _leaves_out(stated, (one, other), few) if total else levels or apart:
                continue
            ends = plus(one.ends[0], other.ends[0]), plus(one.ends[1], other.ends[1])
            yield Option("ratio", (one, other), compared(stated, (one, other), *ends), 0.5 if total else -2.5)


def _are_levels(three: Sequence[Mention]) -> bool:
    """Return whether three figures are each the price of one kilo or one dollar, which nobody adds up unsaid."""
    return all(each.per and each.per not in TIME and each.per == three[0].per for each in three)


def _leaves_out(stated: Mention, two: tuple[Mention, Mention], few: Sequence[Mention]) -> bool:
    """Return whether a third figure of a list right before a total is left out of a sum of two."""
    listed = {m.index for m in few if m.sentence == stated.sentence and m.per == two[0].per}
    three = range(stated.index - 3, stated.index)
    return listed.issuperset(three) and all(m.index in three for m in two)


def rations(stated: Mention, one: Mention, other: Mention) -> Iterator[Option]:
    """Yield ``700 g a day for 15 days, 10.5 kg``."""
    if not one.per or other.unit != one.per:
        return
    scale = scale_of(one.unit, stated.unit)
    if scale is None or one.unit in COUNTS:
        return
    ends = [scaled(times(a, b), scale) for a, b in zip(one.ends, other.ends, strict=True)]
    yield Option("ratio", (one, other), compared(stated, (one, other), *ends), 0.5)


def prices_for(quantity: Mention, money: Sequence[Mention]) -> list[Mention]:
    """Return the prices for one of what a quantity is of: of its good where one is told of that, by its measure."""
    fitting = [m for m in money if m.per and (quantity.unit == "x" or scale_of(quantity.unit, m.per) is not None)]
    fitting = [m for m in fitting if not (m.per == quantity.unit and m.count == quantity.low > 1)]  # its own sack
    if quantity.unit in COUNTS:
        fitting = [m for m in money if m in fitting or (not m.per and is_for_one(quantity, m))]
    last = [m for m in money if m.index == quantity.index - 1 and not m.per and m.sentence == quantity.sentence]
    last = last if quantity.unit != "minute" else []
    fitting = [m for m in fitting if not _is_base(m)] or fitting
    fitting += [
        m for m in last if m not in fitting and any(_FEW * min(m.low, p.low) > max(m.low, p.low) for p in fitting)
    ]
    good = good_of(quantity) if quantity.subject not in ("wage", "earner") else ""
    called = word_of(quantity)
    named = [m for m in fitting if (m.subject and m.subject == good) or (called and called in m.left[-_LEFT:])]
    if good:  # ``at 44 won a kilo of the state's rice that is 45 kg``: the good stands between the two
        named += [m for m in fitting if m not in named and _names_between(m, quantity, good)]
    unlike = [m for m in fitting if m.subject not in ("", "wage", "earner") and good and m.subject != good]
    near = [m for m in fitting if m not in unlike and quantity.sentence - m.sentence <= _BACK]
    chosen = named or [m for m in near if m.sentence <= quantity.sentence]
    return sorted(chosen, key=lambda each: each.per not in ("", quantity.unit))


def _names_between(price: Mention, quantity: Mention, good: str) -> bool:
    """Return whether a price stands right before a quantity, and the good of both between the two."""
    return price.index == quantity.index - 1 and price.per == quantity.unit and good in items_named(quantity.left)


def _is_base(price: Mention) -> bool:
    """Return whether another price is only compared with one: ``24 % more than August's 830``."""
    behind = pattern("than_after", r"^\s*").match(price.right[:_SHORT])
    told = pattern("than", after=rf"\s*(?:{one_of('article')}\s+)?[^\s,;]*\s*$").search(price.left)
    return behind is not None or told is not None


def is_for_one(quantity: Mention, price: Mention) -> bool:
    """Return whether a price without a measure is for one of what is counted: by its name, or by words such as each."""
    if pattern("by_each", r"^\s*").match(price.right[:_RIGHT]):
        return True
    if price.subject and price.subject == good_of(quantity) and price.subject not in ("wage", "earner"):
        return True
    named = _COUNTED.search(lowered(quantity.figure.span))
    if named is None:
        return False
    name = stem(named.group())
    beside = _PARTED.split(price.left[-_LEFT:])[-1], _PARTED.split(price.right[:_RIGHT])[0]
    return any(re.search(rf"(?<![a-z]){re.escape(name)}", words) for words in beside)


def is_shortfall(step: Mention) -> bool:
    """Return whether words right beside a sum say that it is missing, lost or over: ``5만원이 모자란다``."""
    behind = pattern("shortfall_behind", r"^\s*(?:이|가|을|를|が|を|の)?\s*").match(step.right)
    return behind is not None or pattern("shortfall", after=r"\s*$").search(unhedged(step.left)) is not None
