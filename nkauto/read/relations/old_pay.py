"""New money reckoned in what was earned in old: ``14,000 in new won are 350 months of a pay of 4,000 old won``.

The sum, the ratio at which the notes were exchanged and the pay each stand alone in their place: so it may be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import over, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.relations.noughts import coin, exchanges, is_ratio
from nkauto.read.relations.words import pattern, says

_NEAR = 12
"""Figures before a span of time among which the sum, the ratio and the pay are."""
_BESIDE = 24
_LEAST = 10
_CLAUSE = re.compile(r"[,;，、；。()（）]")
_REACH = Fraction(12)


def months_of_old_pay(passage: Passage, mention: Mention, position: int) -> Candidate | None:
    """Return so many months of an old pay as a sum of new money is said to be, where it comes to others."""
    if mention.unit not in TIME or not mention.single or mention.figure.bound in BOUNDS:
        return None
    before = passage.before(mention, position, sentences=2, most=_NEAR)
    if not before or not _is_old_pay(passage, before[0], mention):
        return None
    pay, *rest = before
    sums = [each for each in rest if each.unit == pay.unit and each.single and not each.rate and each.low > 1]
    old = [each for each in sums if coin(each) == "old" and each.low > pay.low]
    cited = _ratio(passage, rest)
    others = [each for each in sums if each not in cited]
    new = [each for each in others if coin(each) == "new"] or [each for each in others if not coin(each)]
    if len(old) == 1 and old[0] not in cited:
        low, cited = old[0].ends[0], (old[0],)
    elif len(new) == 1 == len(cited):
        low, cited = times(new[0].ends[0], cited[0].ends[0]), (new[0], *cited)
    else:
        return None
    value = over(low, pay.ends[0])
    tests = compare(value, value, operator(mention, (*cited, pay), round_digits=1), mention.stated)
    within = 1 / _REACH < value.value / Fraction(mention.low) < _REACH
    if verdict(tests) is not Verdict.FAILS or not within:
        return None  # what holds is found by the search
    made = reading((mention, pay, *cited), tests)
    words = f"{cited[0].figure.span} is {mention.figure.span} of {pay.figure.span}"
    return candidate("affordability", words, mention, (pay, *cited), [made], sure=True, locked=True)


def _is_old_pay(passage: Passage, pay: Mention, mention: Mention) -> bool:
    """Return whether a pay for such a span of time stands right before it, and so many of them are told of it."""
    if pay.sentence != mention.sentence or not pay.money or pay.rate or pay.per != mention.unit or not pay.single:
        return False
    gap = passage.gap(pay, mention)
    if len(gap) > _BESIDE or _CLAUSE.search(gap) or coin(pay) == "new":
        return False
    told = any(says(role, gap) for role in ("earned_behind", "supposed_after", "result"))
    return told or pattern("of_after", after=r"\s*$").search(gap) is not None


def _ratio(passage: Passage, before: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the figure that tells how many of the old money are one of the new, where there is one only."""
    told = [each for each in before if is_ratio(each)]
    told = told or [each for each in before if each.unit == "x" and each.low >= _LEAST and coin(each)]
    if not told and any(coin(each) == "old" for each in before):
        told = [each for notes in exchanges(passage) for each in notes.cited if each in before]
    if not told:  # ``새 돈 1원이 옛 돈 100원이니``
        old = [each for each in before if each.money and coin(each) == "old"]
        told = [each for each in old if says("money_new", each.left[-_BESIDE:])]
    return tuple(told) if len(told) == 1 else ()
