"""Sums, rests, averages and tariffs: parts that add up, change given back, an income below a bill."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from itertools import combinations, pairwise

from nkauto.core.claims import Candidate, Reading
from nkauto.core.judge import compare
from nkauto.core.terms import mean, minus, plus, times, total
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow, words_between
from nkauto.read.relations.drafts import alike, candidate, comparable, compared, fitting, reading
from nkauto.read.relations.gaps import difference, split
from nkauto.read.relations.measures import COUNTS, bracketed
from nkauto.read.relations.multiple import is_split, unhedged
from nkauto.read.relations.reform import told as reformed
from nkauto.read.relations.rests import rest
from nkauto.read.relations.words import one_of, pattern, says

MOST_PARTS = 6
_APART = 3
"""Figures before a total of which two may add up to it with another between them."""
_ITEM = 24
"""Characters from one item of a bill to the next: none of them is left out of its total."""
_DIGIT = re.compile(r"\d")
_LEAST, _MOST = Decimal("0.5"), Decimal("1.8")
"""Parts that miss a total by more were not listed to make it up."""
_CLAUSE = re.compile(r"[,，、;；:：(（—–]")
_FAR = 2
"""Figures whose mean is further off were not listed to be averaged."""


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
        found += rest(passage, mention, position)
        found += difference(passage, mention, position, converted)
        found += average(passage, mention, position)
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
    if listed and listed[0].sentence < listed[-1].sentence:
        readings = [each for each in readings if {part.index for part in listed}.issubset(each.figures)]
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
    if parts and sum(each.low for each in here) < mention.low and says("with_others", passage.gap(parts[0], mention)):
        return []  # ``with the seasoning about 100,000``: a part that is not told
    joined = len(here) == 2 and mention.low > max(each.low for each in here)
    if joined and says("plus", passage.gap(*here) + here[1].right):
        return here
    behind = [each for each in passage.before(mention, position, sentences=1) if not _beside(each, mention)]
    listed = [each for each in behind if each.sentence == mention.sentence]
    if not listed and parts:
        last = parts[0].sentence
        here = [each for each in parts if each.sentence == last][::-1]
        listed = [each for each in behind if each.sentence == last]
    here = here if len(here) > 1 else _another(passage, here, behind)
    counted = mention.money or mention.unit in COUNTS
    inside = [two for two in pairwise(here) if two[0].sentence == two[1].sentence]
    if any(_DIGIT.search(words_between(passage, *two)) for two in inside):
        return []  # a number that was not read may be one more part
    if len(here) < 2 or (listed[: len(here)] != here[::-1] and here[0] in listed) or not counted:
        return []
    if any(each.low >= mention.low or (each.per and each.per != mention.per) for each in here):
        return []
    told = _called().search(unhedged(mention.left)) or pattern("adds_up_after", r"^\s*").match(mention.right)
    off = sum(each.low for each in here) / mention.low
    return here if told and _LEAST <= off <= _MOST else []


@cache
def _called() -> re.Pattern[str]:
    """Return the pattern of words for a total right before it, with its noun in scripts without spaces: ``总计为``."""
    return pattern("adds_up", after=r"(?:\s*|[\u3400-\u9fff]{0,6})$")


def _beside(each: Mention, whole: Mention) -> bool:
    """Return whether a figure only tells again what stands beside it, in another currency."""
    return each.unit != whole.unit and bracketed(each)


def _another(passage: Passage, here: list[Mention], behind: list[Mention]) -> list[Mention]:
    """Return ``it costs 12; the way costs another 2``: what is added, and what the sentence before it tells alone."""
    if len(here) != 1 or not any(pattern(role, after=r"\s*$").search(here[0].left) for role in ("plus", "another_one")):
        return []
    earlier = [each for each in behind if each.sentence == here[0].sentence - 1 and each.unit == here[0].unit]
    earlier = [
        each for each in earlier if not pattern("than", after=rf"\s*(?:{one_of('article')}\s)?$").search(each.left)
    ]
    gone = {one.index for one, other in pairwise(earlier[::-1]) if arrow(passage, one, other)}
    earlier = [each for each in earlier if each.index not in gone]
    return [*earlier, *here] if len(earlier) == 1 and alike(*earlier, *here) else []


def _adds_up(parts: list[Mention], whole: Mention) -> bool:
    """Return whether parts come to a whole as far as half of its last place: a cheap look before the exact one."""
    slack = whole.stated.place
    low, high = sum(each.low for each in parts), sum(each.high for each in parts)
    return abs(low - whole.low) <= slack and abs(high - whole.high) <= slack


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


def average(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
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
    if spread := _all_of_late(passage, mention, position):
        low, high = (mean([each.ends[end] for each in spread]) for end in (0, 1))
        readings.append(compared(mention, spread, low, high))
    words = f"{mention.figure.span} on average"
    found = fitting("ratio", words, mention, readings)
    if not found and (listed := _listed_means(passage, mention, position)):
        low, high = (mean([each.ends[end] for each in listed]) for end in (0, 1))
        wrong = compared(mention, listed, low, high)
        return [candidate("ratio", words, mention, (), [wrong], sure=True, locked=True)]
    return found


def _all_of_late(passage: Passage, mention: Mention, position: int) -> list[Mention]:
    """Return three levels and more before an average, but for earlier ones in brackets: ``5,000 (4,850 in May)``."""
    before = passage.before(mention, position, sentences=1)
    like = [each for each in before if comparable(each, mention) and each.single and not bracketed(each)]
    return like[::-1] if len(like) > _FAR else []


def _listed_means(passage: Passage, mention: Mention, position: int) -> list[Mention]:
    """Return all that is listed right before an average that is of nothing else: ``, on average 6,000``."""
    clauses = [_CLAUSE.split(left)[-1] for left in (mention.left, unhedged(mention.left))]
    behind = pattern("averaged_behind", r"^\s*", r"\s*(?:[.,;)，、。；）]|$)").match(mention.right)
    if behind is None and not any(map(_averaged().match, clauses)):
        return []
    before = [m for m in passage.before(mention, position, sentences=0) if m.unit not in (*COUNTS, *TIME)]
    before = [m for m in before if m.unit == mention.unit or not bracketed(m)]
    listed: list[Mention] = []
    for each in before:
        if not alike(each, mention) or not each.single or (listed and not _joined(passage, each, listed[-1])):
            break
        listed.append(each)
    far = [each for each in listed if not mention.low / _FAR <= each.low <= mention.low * _FAR]
    return listed[::-1] if len(listed) > 1 and not far and len(listed) == len(before) else []


@cache
def _averaged() -> re.Pattern[str]:
    """Return the pattern of a clause that only says that an average follows: ``which makes on average``."""
    lead = rf"^\s*(?:[가-힣]{{1,3}}\s)?(?:{one_of('opens_clause')}\s)?(?:{one_of('leaves_it')}\s)?\s*"
    return pattern("averaged", lead, r"\s*$")


def _joined(passage: Passage, one: Mention, other: Mention) -> bool:
    return not arrow(passage, one, other) and not _DIGIT.search(words_between(passage, one, other))
