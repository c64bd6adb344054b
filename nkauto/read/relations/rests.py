"""What is left of a sum: change given back, the rest of a pay, what a seller keeps."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from nkauto.core.claims import Candidate
from nkauto.core.terms import minus, total
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import alike, candidate, compared, fitting
from nkauto.read.relations.units import COUNTS, FAMILY
from nkauto.read.relations.words import pattern, says

_CLAUSE = re.compile(r"[;；:：。]")
_SHORT, _TWO = 12, 2
_LEAST, _MOST = Decimal("0.5"), Decimal("1.8")
"""What is left over misses what is told by no more than this: else not all that is taken off stands here."""


def rest(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """``of 8 dollars 0.9 came back``: what is left of one figure when another is taken from it."""
    sides = mention.left[-40:], mention.right[:20]
    beside = any(says(role, words) for role in ("rest", "arrives", "is_left") for words in sides)
    if not beside and not says("remainder", mention.left[-24:]) and not _other(mention):
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
    """Return a whole and all that is taken from it, where words call what follows them the rest."""
    beside = mention.left[-24:], mention.right[:12]
    here = [each for each in passage.before(mention, position, sentences=0)[::-1] if each.unit not in ("%", "x")]
    given: list[Mention] = []
    if any(says(role, words) for role in ("keeps", "remainder", "arrives") for words in beside) or _other(mention):
        given = _of_a_whole(passage, here) or _of_that(passage, mention, position, here)
    if not given and any(says("is_left", words) for words in beside):
        given = _resold(passage, mention, position)
    if len(given) < _TWO or any(each.unit != mention.unit or each.rate or not each.single for each in given):
        return []
    left = given[0].low - sum(each.low for each in given[1:])
    counted = mention.money or mention.unit in COUNTS or mention.unit in FAMILY
    near = counted and mention.low and left > 0 and _LEAST <= left / mention.low <= _MOST
    return given if near else []


def _of_a_whole(passage: Passage, here: list[Mention]) -> list[Mention]:
    """Return ``of the 60 homes 20 were sold, and 15 remain``: a whole and its parts in one sentence."""
    wholes = [place for place, each in enumerate(here) if pattern("whole_after", r"^\s*").match(each.right[:16])]
    here = here[wholes[-1] :] if wholes else here
    if len(here) < _TWO:
        return []
    took = " ".join(passage.gap(one, other) for one, other in pairwise(here)) + here[-1].right
    told = bool(wholes) or any(says(role, took) for role in ("taken", "taken_of_pay", "used_up"))
    return here if told or says("part_of", here[0].left[-24:]) else []


def _other(mention: Mention) -> bool:
    return pattern("the_other", after=r"\s*$").search(mention.left) is not None


def _of_that(passage: Passage, mention: Mention, position: int, here: list[Mention]) -> list[Mention]:
    """Return ``the pay is 130. Of that 50 goes to the state, and the other 80``: the one sum before, and its parts."""
    first, _ = passage.sentence(mention)
    lead = passage.text[first : mention.figure.start]
    if not here or not any(pattern(role, r"^\s*").match(lead) for role in ("of_it", "of_it_before")):
        return []
    before = [m for m in passage.before(mention, position, sentences=1) if m.sentence < mention.sentence]
    wholes = [m for m in before if m.unit == mention.unit and not m.rate]
    return [*wholes, *here] if len(wholes) == 1 else []


def _resold(passage: Passage, mention: Mention, position: int) -> list[Mention]:
    """Return ``bought for 5, it brings 8; after a bribe of 1 he is left with 2``: what it brings, and what it cost."""
    like = [m for m in passage.before(mention, position, sentences=1)[::-1] if m.unit == mention.unit and not m.rate]
    for place, (bought, sold) in enumerate(pairwise(like)):
        gap = passage.gap(bought, sold)
        buys = says("buys_in", _CLAUSE.split(bought.left)[-1])
        if bought.sentence == sold.sentence:
            buys = buys or pattern("buys_in", r"^\W*\w{0,4}\W*").match(gap) is not None
        if buys and (says("sells_on", gap) or says("sells_on", sold.right[:_SHORT])):
            return [sold, bought, *like[place + _TWO :]]
    return []
