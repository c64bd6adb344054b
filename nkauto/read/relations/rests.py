"""What is left of a sum: change given back, the rest of a pay, what a seller keeps."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from nkauto.core.claims import Candidate
from nkauto.core.terms import minus, total
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import alike, candidate, compared, fitting
from nkauto.read.relations.units import COUNTS, FAMILY
from nkauto.read.relations.words import pattern, says

_LEAST, _MOST = Decimal("0.5"), Decimal("1.8")
"""What is left over misses what is told by no more than this: else not all that is taken off stands here."""


def rest(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
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
