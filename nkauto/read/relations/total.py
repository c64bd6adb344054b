"""Sums, rests, averages and tariffs: parts that add up, change given back, an income below a bill."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise

from nkauto.core.claims import Candidate, Reading
from nkauto.core.judge import compare
from nkauto.core.terms import mean, minus, plus, times, total
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow
from nkauto.read.relations.differences import difference, split
from nkauto.read.relations.drafts import alike, candidate, comparable, compared, fitting, reading
from nkauto.read.relations.multiple import is_split, unhedged
from nkauto.read.relations.reform import told as reformed
from nkauto.read.relations.units import COUNTS, FAMILY
from nkauto.read.relations.words import pattern, says

MOST_PARTS = 6
_APART = 3
"""Figures before a total of which two may add up to it with another between them."""
_ITEM = 24
"""Characters from one item of a bill to the next: none of them is left out of its total."""
_LEAST, _MOST = Decimal("0.6"), Decimal("1.6")
"""Parts that miss a total by more were not listed to make it up."""


def find(passage: Passage, converted: frozenset[int]) -> list[Candidate]:
    """Return the sums, rests, differences, averages and splits of a text."""
    found: list[Candidate] = []
    notes = {each.figures for each in reformed(passage)}
    for position, mention in enumerate(passage.mentions):
        if mention.unit == "x":
            if is_split(mention):
                found += (each for each in split(passage, mention, position) if each.figures not in notes)
            continue
        if mention.unit == "%" or (mention.rate and not says("average", mention.left[-40:])):
            continue
        found += _total(passage, mention, position)
        found += _rest(passage, mention, position)
        found += difference(passage, mention, position, converted)
        found += _average(passage, mention, position)
        found += _bill(passage, mention, position)
        found += _order(passage, mention, position)
    return found


def tariffs(passage: Passage) -> list[Candidate]:
    """Return the fares of a text that follow from a base fare and a price for each further unit."""
    return [each for position, mention in enumerate(passage.mentions) for each in _tariff(passage, mention, position)]


def _total(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """Return ``3,000 to 3,750 and 2,500, in all 5,500 to 6,250``: the figures beside a total that add up to it."""
    if not (says("total", mention.left[-50:]) or says("total", mention.right[:20]) or says("plus", mention.left)):
        return []
    before = passage.before(mention, position, sentences=1)
    parts = [each for each in before if alike(each, mention)]
    # What a bill adds up are sums paid, even where each is also a price of something.
    paid = [each for each in before if _paid(each, mention)] if _paid(mention, mention) else parts
    readings: list[Reading] = []
    for start in range(min(3, len(paid))):
        for size in range(2, MOST_PARTS + 1):
            chosen = paid[start : start + size]
            if len(chosen) < size:
                break
            if not _adds_up(chosen, mention):
                continue
            ordered = chosen[::-1]
            low = total([each.ends[0] for each in ordered])
            high = total([each.ends[1] for each in ordered])
            readings.append(compared(mention, ordered, low, high))
    for chosen in ([one, other] for one, other in combinations(parts[:_APART], 2)):
        if not readings and _adds_up(chosen, mention) and mention.money:
            low, high = (total([each.ends[end] for each in chosen[::-1]]) for end in (0, 1))
            readings.append(compared(mention, chosen[::-1], low, high))
    following = [each for each in passage.after(mention, position, MOST_PARTS) if alike(each, mention)]
    for size in range(2, len(following) + 1):
        chosen = following[:size]
        if not _adds_up(chosen, mention):
            continue
        low, high = total([each.ends[0] for each in chosen]), total([each.ends[1] for each in chosen])
        readings.append(compared(mention, chosen, low, high))
    listed = _listed(passage, mention, position, parts)
    if len(listed) > 2 and all(len(passage.gap(*two)) <= _ITEM for two in pairwise(listed)):
        whole = {each.index for each in listed}
        readings = [each for each in readings if whole.issubset(each.figures)]
    found = fitting("ratio", f"the parts add up to {mention.figure.span}", mention, readings)
    if not found and listed:
        low, high = total([each.ends[0] for each in listed]), total([each.ends[1] for each in listed])
        wrong = compared(mention, listed, low, high)
        return [candidate("ratio", f"the parts add up to {mention.figure.span}", mention, (), [wrong], sure=True)]
    return found


def _paid(part: Mention, whole: Mention) -> bool:
    return part.money and part.unit == whole.unit and not part.rate and part.per not in TIME


def _listed(passage: Passage, mention: Mention, position: int, parts: list[Mention]) -> list[Mention]:
    """Return the parts that words plainly put together to a total: two with a plus, or all that its sentence lists."""
    here = [each for each in parts if each.sentence == mention.sentence][::-1]
    if any(arrow(passage, one, other) for one, other in pairwise(here)):
        return []  # ``raised from 4,800 to 5,800, with the allowance 6,800``: what it was is no part
    joined = len(here) == 2 and mention.low > max(each.low for each in here)
    if joined and says("plus", passage.gap(*here) + here[1].right):
        return here
    listed = passage.before(mention, position, sentences=0)
    if not listed and parts:
        last = parts[0].sentence
        here = [each for each in parts if each.sentence == last][::-1]
        listed = [each for each in passage.before(mention, position, sentences=1) if each.sentence == last]
    if (
        len(here) < 2
        or listed[: len(here)] != here[::-1]
        or not mention.money
        or not mention.low
        or any(each.low >= mention.low or each.per for each in here)
    ):
        return []
    told = pattern("adds_up", after=r"\s*$").search(unhedged(mention.left)) or pattern("adds_up_after", r"^\s*").match(
        mention.right
    )
    off = sum(each.low for each in here) / mention.low
    return here if told and _LEAST <= off <= _MOST else []


def _adds_up(parts: list[Mention], whole: Mention) -> bool:
    """Return whether parts come to a whole as far as half of its last place: a cheap look before the exact one."""
    slack = whole.stated.place
    low, high = sum(each.low for each in parts), sum(each.high for each in parts)
    return abs(low - whole.low) <= slack and abs(high - whole.high) <= slack


def _rest(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """``of 8 dollars 0.9 came back``: what is left of one figure when another is taken from it."""
    beside = any(
        says(role, words) for role in ("rest", "arrives") for words in (mention.left[-40:], mention.right[:20])
    )
    if not beside and not says("remainder", mention.left[-24:]):
        return []
    near = [*passage.before(mention, position, sentences=1), *passage.after(mention, position)]
    like = [each for each in near if alike(each, mention)][:6]
    readings = []
    for one in like:
        for other in like:
            close = abs(one.low - other.high - mention.low) <= mention.stated.place
            if close and one.low > other.high and other is not one:
                low, high = minus(one.ends[0], other.ends[1]), minus(one.ends[1], other.ends[0])
                readings.append(compared(mention, [one, other], low, high))
    found = fitting("ratio", f"{mention.figure.span} is the difference", mention, readings)
    if not found and (given := _taken(passage, mention, position)):
        whole, *parts = given
        low, high = total([each.ends[0] for each in parts]), total([each.ends[1] for each in parts])
        wrong = compared(mention, given, minus(whole.ends[0], high), minus(whole.ends[1], low))
        words = f"{mention.figure.span} is left of {whole.figure.span}"
        return [candidate("ratio", words, mention, (), [wrong], sure=True, locked=True)]
    return found


def _taken(passage: Passage, mention: Mention, position: int) -> list[Mention]:
    """Return a whole and all that its sentence takes from it, where words call what follows them the rest."""
    beside = mention.left[-24:], mention.right[:12]
    if not any(says(role, words) for role in ("keeps", "remainder", "arrives") for words in beside):
        return []
    here = [each for each in passage.before(mention, position, sentences=0)[::-1] if each.unit not in ("%", "x")]
    wholes = [place for place, each in enumerate(here) if pattern("whole_after", r"^\s*").match(each.right[:16])]
    here = here[wholes[-1] :] if wholes else here
    if len(here) < 2 or any(each.unit != mention.unit or each.rate or not each.single for each in here):
        return []
    whole, *parts = here
    left = whole.low - sum(each.low for each in parts)
    counted = mention.money or mention.unit in COUNTS or mention.unit in FAMILY
    if not counted or not mention.low or left <= 0 or not _LEAST <= left / mention.low <= _MOST:
        return []
    took = " ".join(passage.gap(one, other) for one, other in pairwise(here)) + parts[-1].right
    told = bool(wholes) or says("taken", took) or says("used_up", took) or says("part_of", whole.left[-24:])
    return here if told else []


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
            readings.append(compared(mention, chosen, low, high))
    return fitting("ratio", f"{mention.figure.span} on average", mention, readings)


def _bill(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """Return ``the day's bill is 5,500, and most earn less than 1,000``: an income below what has to be paid."""
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
    """Return ``a wage of 3,000 is less than the price of a kilo, 5,000``: a wage held against one price."""
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
                        readings.append(compared(mention, [free, base, step, whole], value, value))
    return fitting("ratio", f"{mention.figure.span} by the tariff", mention, readings)
