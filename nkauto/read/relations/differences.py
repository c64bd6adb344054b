"""Differences and ratios of amounts: dearer by so much, so far apart, 3 to 7, 100 old for 1 new."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from nkauto.core.claims import Candidate, Reading
from nkauto.core.judge import compare
from nkauto.core.terms import Term, minus, over, times
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import alike, candidate, comparable, compared, fitting, operator, reading
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.multiple import is_split
from nkauto.read.relations.words import pattern
from nkauto.read.search.scene import BREAK

_LEVEL = 5
"""Of two prices so many times apart, the lower is rather a step itself: ``500 won less than the 5,500``."""
_RATE = 10
"""So many to one is a rate rather than a mixture."""
_RATIO = re.compile(r"([0-9][0-9,.]*)\s*(?::|：|∶|대|対|对|比|to|for)\s*([0-9][0-9,.]*)")


def difference(passage: Passage, mention: Mention, position: int, converted: frozenset[int]) -> list[Candidate]:
    """Return how much dearer a price is in old money, and steps that their two levels contradict.

    Steps that their levels bear out are searched for.
    """
    near = [*passage.before(mention, position), *passage.after(mention, position)]
    like = [each for each in near if each.unit == mention.unit and each.index not in converted][:6]
    statement = f"a difference of {mention.figure.span}"
    found = fitting("change", statement, mention, _redenominated(passage, mention, position, like))
    return found or _apart(passage, mention, position, converted)


def _apart(passage: Passage, mention: Mention, position: int, converted: frozenset[int]) -> list[Candidate]:
    """Return ``at 1,257 it was 38 behind``: a distance between two levels of its sentence that no two of them have."""
    if pattern("apart", r"^\s*(?:[A-Za-z]+\s+)?").match(mention.right[:16]) is None:
        return []
    like = [m for m in passage.before(mention, position, sentences=0) if m.unit == mention.unit and m.money]
    like = [m for m in like if m.index not in converted][:4]
    if len(like) < 2 or not alike(like[0], like[1]) or like[0].low == like[1].low:
        return []
    one, other = sorted(like[:2], key=lambda m: m.low)
    if other.low > one.low * _LEVEL:
        return []
    wrong = compared(mention, [one, other], minus(other.ends[0], one.ends[1]), minus(other.ends[1], one.ends[0]))
    return [candidate("change", f"{mention.figure.span} apart", mention, (), [wrong], sure=True)]


def _redenominated(passage: Passage, mention: Mention, position: int, like: list[Mention]) -> list[Reading]:
    """Return the differences between a price in new money, turned back at so many to one, and prices in old."""
    readings = []
    exchange = next((m for m in passage.before(mention, position) if is_split(m)), None)
    if exchange is None:
        return []
    one, other = _parts(exchange)
    many = Term(max(one, other) / min(one, other), f"{max(one, other) / min(one, other)}")
    for new in like:
        olds = [each for each in like if each.index != new.index and comparable(each, new)]
        if not olds:
            continue
        cheapest, dearest = min(olds, key=lambda each: each.low), max(olds, key=lambda each: each.high)
        turned = times(new.ends[0], many)
        low, high = minus(turned, dearest.ends[1]), minus(turned, cheapest.ends[0])
        readings.append(compared(mention, [new, cheapest, dearest, exchange], low, high))
    return readings


def _parts(split: Mention) -> tuple[Fraction, Fraction]:
    match = _RATIO.search(split.figure.span)
    if match is None:
        return Fraction(1), Fraction(1)
    one, other = (Fraction(part.replace(",", "").rstrip(".")) for part in match.groups())
    return (one, other) if one and other else (Fraction(1), Fraction(1))


def split(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """``3:7``: so many parts of a whole; or two amounts that stand to each other like 1 to 100."""
    one, other = _parts(mention)
    if one == other:
        return []
    near = [*passage.before(mention, position, sentences=1), *passage.after(mention, position)]
    like = [each for each in near if each.unit not in ("%", "x") and each.high > 0][:8]
    readings = []
    for whole in like:
        for part in like:
            if part is whole or part.unit != whole.unit or part.high >= whole.high or whole.rate or part.rate:
                continue
            sign = operator(part, (whole,))
            for share in sorted((one, other)):
                fraction = Term(share / (one + other), f"{share}/{one + other}", 2)
                low, high = times(whole.ends[0], fraction), times(whole.ends[1], fraction)
                tests = compare(low, high, sign, part.stated)
                readings.append((part, reading((whole, part, mention), tests)))
            many = Term(max(one, other) / min(one, other), f"{max(one, other) / min(one, other)}")
            low, high = over(whole.ends[0], many), over(whole.ends[1], many)
            turned = part, reading((whole, part, mention), compare(low, high, sign, part.stated))
            readings.insert(0 if many.value >= _RATE else len(readings), turned)
    for part, each in readings:
        held = fitting("ratio", f"{part.figure.span} by {mention.figure.span}", part, [each])
        if held:
            return held
    return _exchanged(passage, mention, near, max(one, other) / min(one, other))


def _between(passage: Passage, one: Mention, other: Mention) -> str:
    """Return the words between two figures, whichever comes first."""
    first, last = sorted((one, other), key=lambda each: each.figure.start)
    return passage.gap(first, last)


def _exchanged(passage: Passage, mention: Mention, near: list[Mention], many: Fraction) -> list[Candidate]:
    """Return ``at 100 to 1, 100,000 old won or 10,000 new ones``: two amounts that words equate, at a wrong ratio."""
    money = sorted((m for m in near if m.money and m.sentence == mention.sentence), key=lambda m: m.figure.start)
    for source, target in pairwise(money):
        if target.index - source.index != 1 or source.unit != target.unit:
            continue  # old won told in new ones are a conversion of their own
        if tie_of(passage.gap(source, target)) not in ("words", "bracket") or BREAK.search(
            _between(passage, mention, source)
        ):
            continue
        rate = Term(many, f"{many}")
        low, high = over(source.ends[0], rate), over(source.ends[1], rate)
        tests = compare(low, high, operator(target, (source,), round_digits=1), target.stated)
        statement = f"{target.figure.span} by {mention.figure.span}"
        both = (source, target, mention)
        return [candidate("conversion", statement, target, both, [reading(both, tests)], sure=True)]
    return []
