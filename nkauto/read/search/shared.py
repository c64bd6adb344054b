"""Percentages that add up: ``a fee of 40 %, of which the banker keeps 20 % and the two couriers 10 % each``.

Or that leave the rest of a whole: ``60 % go to the capital, the remaining 40 % to the provinces``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, minus, times, total
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.words import one_of, pattern, says
from nkauto.read.search.bases import Settled

_MOST = 4
_REACH = 60
_NUMBERS = (2, 3)
_NEAR = 24
_HUNDRED = Term(Fraction(100), "100")


def find(passage: Passage) -> list[Settled]:
    """Return the percentages of which the text says that others make them up, where they do."""
    found = []
    shares = [each for each in passage.mentions if each.unit == "%" and each.single and each.low > 0]
    for place, whole in enumerate(shares):
        rest = _rest(whole, shares[max(0, place - _MOST) : place])
        if rest is not None:
            found.append(rest)
            continue
        for parts in _parts(passage, whole, shares, place):
            summed = _summed(whole, parts)
            if summed is not None:
                tests = compare(summed, summed, "=", whole.stated)
                tied = (whole, *parts)
                words = f"the parts add up to {whole.figure.span}"
                made = candidate("ratio", words, whole, tied, [reading(tied, tests)], sure=True)
                found.append(Settled(whole.index, made, fits=True, score=0.0))
                break
    return found


def _rest(stated: Mention, before: Sequence[Mention]) -> Settled | None:
    """Return what the percentages before one in its sentence leave of all, where words call it the rest."""
    parts = [each for each in before if each.sentence == stated.sentence]
    left = unhedged(stated.left)
    remainder = pattern("remainder", after=rf"\s*({one_of('joins_share')}?)\s*$").search(left[-_NEAR:])
    told = remainder is not None or pattern("other_share", after=r"[^,，、;；]{0,6}$").search(left[-_NEAR:])
    if remainder is not None and pattern("joins_share", after=r"\s*$").search(left[-_NEAR:][: remainder.start()]):
        return None
    if not parts or not (told or says("restates", left[-_NEAR:])) or stated.figure.bound in BOUNDS:
        return None
    value = minus(_HUNDRED, total([each.ends[0] for each in parts]))
    if value.value <= 0:
        return None
    tests = compare(value, value, operator(stated, parts, round_digits=0), stated.stated)
    fits = verdict(tests) is Verdict.HOLDS
    firm = remainder is not None and not remainder[1]  # ``30 % of the rest`` are none of all
    if not fits and (not firm or parts[0].index != stated.index - len(parts)):
        return None
    words = f"{', '.join(each.figure.span for each in parts)} leave {stated.figure.span}"
    made = candidate("ratio", words, stated, parts, [reading((stated, *parts), tests)], sure=True, locked=firm)
    return Settled(stated.index, made, fits=fits, score=0.0)


def _parts(passage: Passage, whole: Mention, shares: Sequence[Mention], place: int) -> Iterator[tuple[Mention, ...]]:
    """Yield the percentages behind a whole that words open up, and those before one that words sum up."""
    behind = [each for each in shares[place + 1 : place + 1 + _MOST] if each.sentence - whole.sentence <= 1]
    if behind:
        gap = passage.gap(whole, behind[0])
        if says("of_it", gap) or says("of_it_before", gap) or says("made_up_of", gap):
            yield from (tuple(behind[:count]) for count in range(len(behind), 0, -1))
    before = [each for each in shares[max(0, place - _MOST) : place] if whole.sentence - each.sentence <= 1]
    left, right = whole.left[-_REACH:], whole.right[:_REACH]
    if before and (says("total", left) or pattern("adds_up", after=r"\s*$").search(left) or says("total", right[:20])):
        yield from (tuple(before[-count:]) for count in range(len(before), 1, -1))


def _summed(whole: Mention, parts: Sequence[Mention]) -> Term | None:
    """Return the sum of the parts where it is the whole, those told for each taken two or three times."""
    plain = [each.ends[0] for each in parts]
    each_of = next((at for at, part in enumerate(parts) if _for_each(part)), None)
    options = [plain] if len(plain) > 1 else []
    if each_of is not None:
        for number in _NUMBERS:
            many = times(plain[each_of], Term(Fraction(number), str(number)))
            options.append([*plain[:each_of], many, *plain[each_of + 1 :]])
    for terms in options:
        summed = total(terms)
        if summed.value == Fraction(whole.low):
            return summed
    return None


def _for_each(part: Mention) -> bool:
    """Return whether a percentage is told for each of several."""
    return says("for_each_one", part.left[-_REACH:]) or says("for_each_one", part.right[:16])
