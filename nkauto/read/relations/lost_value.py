"""What a currency lost of its value, against the levels of its rate that a text tells.

``issued at 25 to the dollar, at 80 this week: it has lost 80 % since it was issued``. The loss is one of the currency,
1 less old over new, and is said to be wrong only where no two levels of the text make it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from nkauto.core.claims import Candidate, Reading, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, fall, minus, over
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.multiple import DOWN, Multiple, is_split
from nkauto.read.relations.words import YEAR, pattern, says
from nkauto.read.search.scene import Scene

_ONE = Term(Fraction(1), "1")
_RATE_FROM = 10
"""One to so many is a rate; below it, rather a mixture."""
_VALUE, _SINCE, _BESIDE = 24, 60, 28
_BESIDE_ONE_ANOTHER, _ALL = Fraction(1, 5), 100
_MOST = 16
"""Figures before a loss among which the levels of the rate are looked for."""
_EARLIER = ("had_been", "earlier_told")
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)


def lost_value(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return the loss of a currency that none of the rates of the text bears out, with the two that it is told of."""
    mention = multiple.mention
    lost = says("value", mention.right[:_VALUE]) or says("value", mention.left[-_VALUE:])
    if multiple.way != DOWN or not (lost or multiple.currency) or len(scene.run(mention)) > 1:
        return None
    levels = _levels(scene, multiple)
    if len({each.low for each in levels}) < 2:
        return None
    for old, new in combinations(sorted(levels, key=lambda each: each.low), 2):
        if any(verdict(each.tests) in _HELD for each in _readings(multiple, old, new)):
            return None
    # Of two levels the larger is the later one, whichever is told first: money that lost its value was dear before.
    new = max(levels, key=lambda each: each.low) if len(levels) == 2 else levels[-1]
    base = _base(multiple, levels)
    if len(levels) > 2 and any(says(role, new.left) or says(role, new.right[:_BESIDE]) for role in _EARLIER):
        base, new = new, next((each for each in reversed(levels) if each.low > new.low), new)
    if base is None or base.low >= new.low:
        return None
    words = f"{mention.figure.span} {multiple.way}"
    made = _readings(multiple, base, new)
    if mention.high <= _ALL and all(test.size < _BESIDE_ONE_ANOTHER for each in made for test in each.tests):
        return None  # what is asked and what is given on one day is no loss of value
    return candidate("change", words, mention, (base, new), made, sure=True, locked=True)


def _levels(scene: Scene, multiple: Multiple) -> list[Mention]:
    """Return the levels of one rate before a multiple, in the order of the text: of many figures the last."""
    found: list[Mention] = []
    for each in scene.passage.mentions[max(0, multiple.position - _MOST) : multiple.position]:
        split = is_split(each) and each.low >= _RATE_FROM
        if not (each.rate or split or (found and _goes_on(found[-1], each))) or not each.single or not each.high:
            continue
        if found and each.unit != found[-1].unit:
            return []  # of two currencies, or of none
        if found and each.rate and found[-1].rate and each.per != found[-1].per:
            found = []  # what stood before is the price of another currency
        found.append(each)
    return found


def _goes_on(last: Mention, mention: Mention) -> bool:
    """Return whether a bare amount right behind a rate is another level: ``a dollar bought 16 pesos then, 400 now``."""
    return mention.index - last.index == 1 and mention.unit == last.unit and not mention.per and mention.money


def _base(multiple: Multiple, levels: Sequence[Mention]) -> Mention | None:
    """Return the level that a loss is measured from: the first since the launch, the one of a year, else the last."""
    clause = re.split(r"[.;,，；。]", multiple.mention.right[:_SINCE])[0]
    if says("launch", clause) or says("launch", multiple.mention.left[-_BESIDE:]):
        return levels[0]
    if multiple.elsewhere or pattern("measured_from").search(clause) or says("since_then", multiple.mention.left):
        years = set(YEAR.findall(clause))
        told = [each for each in levels[:-1] if years & set(YEAR.findall(each.left[-_BESIDE:] + each.right[:_BESIDE]))]
        return told[-1] if told else None
    if len(levels) == 2:
        return min(levels, key=lambda each: each.low)
    return next((each for each in reversed(levels[:-1]) if each.low < levels[-1].low), None)


def _readings(multiple: Multiple, old: Mention, new: Mention) -> list[Reading]:
    """Return the comparisons of a loss with what two levels of a rate come to: by so much, or to such a fraction."""
    mention = multiple.mention
    one, other = old.ends[0], new.ends[0]
    values = [fall(other, one)]
    if not multiple.percent:
        values = [minus(_ONE, over(one, other)), over(one, other)] if mention.low < 1 else [over(other, one)]
    sign = operator(mention, (old, new), round_digits=0 if multiple.percent else 1)
    return [reading((mention, old, new), compare(value, value, sign, mention.stated)) for value in values]
