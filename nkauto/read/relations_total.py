"""Sums, rests and differences: parts that add up, change given back, dearer by so much, an average, a split."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from nkauto.core.claims import Candidate, Grade, Reading, Test
from nkauto.core.judge import compare, grade
from nkauto.core.terms import Term, mean, minus, over, plus, times, total
from nkauto.read.drafts import alike, candidate, comparable, operator, reading
from nkauto.read.passage import Mention, Passage
from nkauto.read.relation_words import pattern, says
from nkauto.read.relations_change import is_split
from nkauto.read.relations_links import tie_of
from nkauto.read.relations_operands import listed

MOST_PARTS = 6
_RATIO = re.compile(r"([0-9][0-9,.]*)\s*(?::|：|∶|대|対|对|比|to|for)\s*([0-9][0-9,.]*)")
_MINUS = re.compile(r"\s*[−-]\s*$")


def find(passage: Passage, converted: frozenset[int]) -> list[Candidate]:
    """Return the sums, rests, differences, averages and splits of a text."""
    found: list[Candidate] = []
    for position, mention in enumerate(passage.mentions):
        if mention.unit == "x":
            if is_split(mention):
                found += _split(passage, mention, position)
            continue
        if mention.unit == "%" or (mention.rate and not says("average", mention.left[-40:])):
            continue
        found += _total(passage, mention, position)
        found += _rest(passage, mention, position)
        found += _difference(passage, mention, position, converted)
        found += _average(passage, mention, position)
        found += _bill(passage, mention, position)
        found += _order(passage, mention, position)
    return found


def tariffs(passage: Passage) -> list[Candidate]:
    """Return the fares of a text that follow from a base fare and a price for each further unit."""
    return [each for position, mention in enumerate(passage.mentions) for each in _tariff(passage, mention, position)]


def _fitting(kind: str, statement: str, stated: Mention, readings: list[Reading]) -> list[Candidate]:
    """Return a claim of the readings that hold to the stated digits; chance must not make a claim."""
    kept = [each for each in readings if each.tests and all(_met(test) for test in each.tests)]
    return [candidate(kind, statement, stated, (), kept)] if kept else []


def _met(test: Test) -> bool:
    return test.operator in ("=", "~") and grade(test) is Grade.EXACT


def _compared(stated: Mention, tied: list[Mention], low: Term, high: Term, sign: str = "=") -> Reading:
    return reading([stated, *tied], compare(low, high, sign, stated.stated))


def _total(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """``3,000 to 3,750 and 2,500, in all 5,500 to 6,250``: the figures right before a total, as many as add up to it."""
    if not (says("total", mention.left[-50:]) or says("total", mention.right[:20]) or says("plus", mention.left)):
        return []
    parts = [each for each in passage.before(mention, position, sentences=1) if alike(each, mention)]
    readings: list[Reading] = []
    for start in range(min(3, len(parts))):
        for size in range(2, MOST_PARTS + 1):
            chosen = parts[start : start + size]
            if len(chosen) < size:
                break
            if not _adds_up(chosen, mention):
                continue
            ordered = chosen[::-1]
            low = total([each.ends[0] for each in ordered])
            high = total([each.ends[1] for each in ordered])
            readings.append(_compared(mention, ordered, low, high))
    following = [each for each in passage.after(mention, position, MOST_PARTS) if alike(each, mention)]
    for size in range(2, len(following) + 1):
        chosen = following[:size]
        if not _adds_up(chosen, mention):
            continue
        low, high = total([each.ends[0] for each in chosen]), total([each.ends[1] for each in chosen])
        readings.append(_compared(mention, chosen, low, high))
    found = _fitting("ratio", f"the parts add up to {mention.figure.span}", mention, readings)
    here = [each for each in parts if each.sentence == mention.sentence]
    if not found and len(here) == 2 and says("plus", passage.gap(here[1], here[0]) + here[0].right):
        both = here[::-1]
        low, high = total([each.ends[0] for each in both]), total([each.ends[1] for each in both])
        wrong = _compared(mention, both, low, high)
        return [candidate("ratio", f"the parts add up to {mention.figure.span}", mention, (), [wrong], sure=True)]
    return found


def _adds_up(parts: list[Mention], whole: Mention) -> bool:
    """Return whether parts come to a whole as far as half of its last place: a cheap look before the exact one."""
    slack = whole.stated.place
    low, high = sum(each.low for each in parts), sum(each.high for each in parts)
    return abs(low - whole.low) <= slack and abs(high - whole.high) <= slack


def _rest(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """``of 8 dollars 0.9 came back``: what is left of one figure when another is taken from it."""
    if not (says("rest", mention.left[-40:]) or says("rest", mention.right[:20])):
        return []
    near = [*passage.before(mention, position, sentences=1), *passage.after(mention, position)]
    like = [each for each in near if alike(each, mention)][:6]
    readings = []
    for one in like:
        for other in like:
            near = abs(one.low - other.high - mention.low) <= mention.stated.place
            if near and one.low > other.high and other is not one:
                low, high = minus(one.ends[0], other.ends[1]), minus(one.ends[1], other.ends[0])
                readings.append(_compared(mention, [one, other], low, high))
    return _fitting("ratio", f"{mention.figure.span} is the difference", mention, readings)


def _difference(passage: Passage, mention: Mention, position: int, converted: frozenset[int]) -> list[Candidate]:
    """``up 300 won``, ``300원 올랐다``: how much dearer or cheaper, with both prices in the text."""
    left = pattern("hedge", after=r"\s*$").sub("", mention.left[-30:])
    apart = pattern("apart", r"^\s*(?:\w+\s+)?").match(mention.right[:16]) is not None
    told = apart or any(
        pattern(role, after=r"(?:了|出)?\s*(?:by|in price by)?\s*$").search(left) for role in ("rise", "fall")
    )
    if not told:
        follows = mention.right[:16]
        told = any(
            pattern(role, r"^\s*(?:이|가|을|를|이나|나|が|も|だけ|ほど|정도|가량)?\s*").match(follows)
            for role in ("rise", "fall")
        )
    if not told:
        return []
    near = [*passage.before(mention, position), *passage.after(mention, position)]
    like = [each for each in near if each.unit == mention.unit and each.index not in converted][:6]
    readings = []
    statement = f"a difference of {mention.figure.span}"
    for place, new in enumerate(like):
        for old in like[place + 1 :]:
            fit = comparable(old, new) or (apart and old.rate and new.rate and old.unit == new.unit)
            if fit and not listed(passage, new, old):
                one, other = (old, new) if old.low < new.low else (new, old)
                if abs(other.low - one.high - mention.low) > mention.stated.place:
                    continue
                low, high = minus(other.ends[0], one.ends[1]), minus(other.ends[1], one.ends[0])
                readings.append(_compared(mention, [one, other], low, high))
    found = _fitting("change", statement, mention, readings)
    if found:
        return found
    found = _fitting("change", statement, mention, _redenominated(passage, mention, position, like))
    return found or _apart(passage, mention, position, converted)


def _apart(passage: Passage, mention: Mention, position: int, converted: frozenset[int]) -> list[Candidate]:
    """Return ``at 1,257 it was 38 behind``: a distance between two levels of its sentence that no two of them have."""
    if pattern("apart", r"^\s*(?:\w+\s+)?").match(mention.right[:16]) is None:
        return []
    like = [m for m in passage.before(mention, position, sentences=0) if m.unit == mention.unit and m.money]
    like = [m for m in like if m.index not in converted][:4]
    if len(like) < 2 or not alike(like[0], like[1]) or like[0].low == like[1].low:
        return []
    one, other = sorted(like[:2], key=lambda m: m.low)
    wrong = _compared(mention, [one, other], minus(other.ends[0], one.ends[1]), minus(other.ends[1], one.ends[0]))
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
        readings.append(_compared(mention, [new, cheapest, dearest, exchange], low, high))
    return readings


def _average(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """``5,000, 6,000 and 7,000, on average 6,000``: the mean of the list beside it."""
    if not (says("average", mention.left[-40:]) or says("average", mention.right[:20])):
        return []
    readings = []
    behind = [each for each in passage.before(mention, position, sentences=1) if comparable(each, mention)]
    for listed in (behind, [each for each in passage.after(mention, position) if comparable(each, mention)]):
        for size in range(len(listed), 1, -1):
            chosen = listed[:size]
            low = mean([each.ends[0] for each in chosen])
            high = mean([each.ends[1] for each in chosen])
            readings.append(_compared(mention, chosen, low, high))
    return _fitting("ratio", f"{mention.figure.span} on average", mention, readings)


def _parts(split: Mention) -> tuple[Fraction, Fraction]:
    match = _RATIO.search(split.figure.span)
    if match is None:
        return Fraction(1), Fraction(1)
    one, other = (Fraction(part.replace(",", "").rstrip(".")) for part in match.groups())
    return (one, other) if one and other else (Fraction(1), Fraction(1))


def _split(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
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
            readings.append((part, reading((whole, part, mention), compare(low, high, sign, part.stated))))
    for part, each in readings:
        fitting = _fitting("ratio", f"{part.figure.span} by {mention.figure.span}", part, [each])
        if fitting:
            return fitting
    return _exchanged(passage, mention, near, max(one, other) / min(one, other))


def _exchanged(passage: Passage, mention: Mention, near: list[Mention], many: Fraction) -> list[Candidate]:
    """Return ``at 100 to 1, 100,000 old won or 10,000 new ones``: two amounts that words equate, at a wrong ratio."""
    money = sorted((m for m in near if m.money and m.sentence == mention.sentence), key=lambda m: m.figure.start)
    for source, target in pairwise(money):
        if target.index - source.index != 1 or {source.unit, target.unit} - {source.unit, "KPW", "KPW-OLD"}:
            continue
        if tie_of(passage.gap(source, target)) not in ("words", "bracket"):
            continue
        rate = Term(many, f"{many}")
        low, high = over(source.ends[0], rate), over(source.ends[1], rate)
        tests = compare(low, high, operator(target, (source,), round_digits=1), target.stated)
        statement = f"{target.figure.span} by {mention.figure.span}"
        both = (source, target, mention)
        return [candidate("conversion", statement, target, both, [reading(both, tests)], sure=True)]
    return []


def _one_money(one: str, other: str) -> bool:
    return one == other or {one, other} == {"KPW", "KPW-OLD"}


def _bill(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """``the day's bill is 5,500, and most earn less than 1,000``: an income below what has to be paid."""
    if mention.figure.bound not in ("<", "<=") or not mention.money or not says("earns", mention.left[-40:]):
        return []
    bill = next((m for m in passage.before(mention, position, sentences=1) if alike(m, mention)), None)
    if bill is None or mention.high >= bill.low or not bill.money:
        return []
    low, high = mention.ends
    statement = f"{mention.figure.span} does not cover {bill.figure.span}"
    tests = compare(low, high, "<", bill.stated)
    return [candidate("affordability", statement, mention, (bill,), [reading((mention, bill), tests)])]


def _order(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """``a wage of 3,000 is less than the price of a kilo, 5,000``: a wage and the one price it is measured against."""
    if not mention.money or mention.rate or mention.subject == "wage" or mention.figure.bound in ("<", ">"):
        return []
    others = [each for each in passage.before(mention, position, sentences=0) if each.unit == mention.unit]
    if len(others) != 1 or others[0].subject != "wage":
        return []
    wage, gap = others[0], passage.gap(others[0], mention)
    sign = "<" if says("below", gap) else ">" if says("above", gap) else ""
    if not sign or says("negation", gap):
        return []
    tests = compare(*wage.ends, sign, mention.stated)
    statement = f"{wage.figure.span} {sign} {mention.figure.span}"
    return [candidate("affordability", statement, mention, (wage,), [reading((wage, mention), tests)])]


def _tariff(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """``2 dollars for the first 4 km, 0.5 for each further one, 5 dollars for 10 km``."""
    if not mention.money or mention.per:
        return []
    near = [m for m in passage.before(mention, position, sentences=1, most=8) if m.high > 0]
    steps = [m for m in near if m.unit == mention.unit and m.per and not m.rate]
    readings = []
    for step in steps[:2]:
        lengths = [m for m in near if m.unit == step.per][:3]
        bases = [m for m in near if m.unit == mention.unit and not m.per][:3]
        for whole in lengths:
            for free in lengths:
                for base in bases:
                    if free.high < whole.low and base.figure.start < step.figure.start:
                        beyond = times(minus(whole.ends[0], free.ends[0]), step.ends[0])
                        value = plus(base.ends[0], beyond)
                        readings.append(_compared(mention, [free, base, step, whole], value, value))
    return _fitting("ratio", f"{mention.figure.span} by the tariff", mention, readings)
