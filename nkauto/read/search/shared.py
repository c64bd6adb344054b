"""Percentages that add up: ``a fee of 40 %, of which the banker keeps 20 % and the two couriers 10 % each``.

Or that leave the rest of a whole: ``60 % go to the capital, the remaining 40 % to the provinces``. And a whole that
all other like figures of a sentence add up to, whatever its words: ``of 10,000 yuan 2,000 stays in one town, 1,500 in
the next and 1,000 in a third; she gets 5,500``. Three parts and more that leave no rest are no chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, minus, times, total
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, digits, operator, reading
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.words import one_of, pattern, says
from nkauto.read.search.bases import Settled

_MOST = 4
_REACH = 60
_NUMBERS = (2, 3)
_NEAR, _WITHIN = 24, 200
_OPENED = re.compile(r"[(（\[][^()（）\[\]]*$")
_HUNDRED = Term(Fraction(100), "100")
_LEAST_IN_HEAP, _MOST_IN_HEAP = 3, 8


def find(passage: Passage) -> list[Settled]:
    """Return the percentages of which the text says that others make them up, where they do."""
    found = []
    shares = [each for each in passage.mentions if each.unit == "%" and each.single and each.low > 0]
    for place, whole in enumerate(shares):
        rest = _rest(passage, whole, shares[max(0, place - _MOST) : place])
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


def _rest(passage: Passage, stated: Mention, before: Sequence[Mention]) -> Settled | None:
    """Return what the percentages before one in its sentence leave of all, where words call it the rest.

    Where it is the first of its sentence, it is what the last one of the sentence before leaves.
    """
    parts = [each for each in before if each.sentence == stated.sentence]
    left = unhedged(stated.left)
    remainder = pattern("remainder", after=rf"[\s,，、]*({one_of('joins_share')}?)\s*$").search(left[-_NEAR:])
    remainder = remainder or pattern("the_other", r"^\s*", r"\s*()$").search(left)
    told = remainder is not None or pattern("other_share", after=r"[^,，、;；]{0,6}$").search(left[-_NEAR:])
    if not parts and remainder is not None:
        parts = [each for each in before[-1:] if stated.sentence - each.sentence == 1 and not _changes(each)]
    if remainder is not None and pattern("joins_share", after=r"\s*$").search(left[-_NEAR:][: remainder.start()]):
        return None
    leaves = pattern("leaves_rest", after=r"\s*(?:[a-z]+\s)?$").search(left[-_NEAR:]) is not None
    if leaves:
        parts = [each for each in parts if not _enclosed(passage, each)]  # there stands what others are made of
    if not parts or not (told or leaves or says("restates", left[-_NEAR:])) or stated.figure.bound in BOUNDS:
        return None
    value = minus(_HUNDRED, total([each.ends[0] for each in parts]))
    if value.value <= 0:
        return None
    rounded = len(parts) > 1 and abs(value.value - Fraction(stated.low)) <= 1
    tests = compare(value, value, "~" if rounded else operator(stated, parts, round_digits=0), stated.stated)
    firm = remainder is not None and not remainder[1]  # ``30 % of the rest`` are none of all
    fits = verdict(tests) in (Verdict.HOLDS, *((Verdict.ROUNDING,) if firm else ()))
    if not fits and (not firm or parts[0].index != stated.index - len(parts)):
        return None
    words = f"{', '.join(each.figure.span for each in parts)} leave {stated.figure.span}"
    made = candidate("ratio", words, stated, parts, [reading((stated, *parts), tests)], sure=True, locked=firm)
    return Settled(stated.index, made, fits=fits, score=0.0)


def _enclosed(passage: Passage, share: Mention) -> bool:
    """Return whether a percentage stands in brackets, with others perhaps."""
    return _OPENED.search(passage.text, max(0, share.figure.start - _WITHIN), share.figure.start) is not None


def _changes(share: Mention) -> bool:
    """Return whether a percentage is one that something rose or fell by, which leaves no rest."""
    return any(says(role, words) for role in ("rise", "fall") for words in (share.left[-_NEAR:], share.right[:_NEAR]))


def _parts(passage: Passage, whole: Mention, shares: Sequence[Mention], place: int) -> Iterator[tuple[Mention, ...]]:
    """Yield the percentages behind a whole that words open up, and those before one that words sum up."""
    behind = [each for each in shares[place + 1 : place + 1 + _MOST] if each.sentence - whole.sentence <= 1]
    if behind:
        gap = passage.gap(whole, behind[0])
        if says("of_it", gap) or says("of_it_before", gap) or says("made_up_of", gap) or _OPENED.search(gap):
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


def heaps(passage: Passage, converted: frozenset[int]) -> list[Settled]:
    """Return the wholes of a text that all other like figures of a sentence, or of the one beside it, make up."""
    found: list[Settled] = []
    levels = [m for m in passage.mentions if _is_part(m) and m.index not in converted]
    sentences = [list(each) for _, each in groupby(levels, key=lambda m: m.sentence)]
    for place, here in enumerate(sentences):
        behind = sentences[place + 1] if place + 1 < len(sentences) else []
        before = sentences[place - 1] if place else []
        for unit in dict.fromkeys(m.unit for m in here):
            like = [m for m in here if m.unit == unit]
            near = [m for m in behind if m.unit == unit and m.sentence - like[0].sentence == 1][:1]
            near += [m for m in before if m.unit == unit and like[0].sentence - m.sentence == 1][-1:]
            made = next(_wholes(like, near), None)
            if made is not None:
                found.append(made)
    return found


def _is_part(mention: Mention) -> bool:
    return mention.unit not in ("%", "x", *TIME) and not mention.rate and mention.low > 0


def _wholes(like: Sequence[Mention], near: Sequence[Mention]) -> Iterator[Settled]:
    """Yield the largest of like figures as the sum of the rest, alone or with one of the sentence beside it."""
    for some in (like, *([*like, each] for each in near)):
        if not _LEAST_IN_HEAP < len(some) <= _MOST_IN_HEAP:
            continue
        whole = max(some, key=lambda each: each.low)
        parts = [each for each in some if each is not whole]
        if sum(each.low for each in parts) != whole.low or max(digits(each.low) for each in some) < 2:
            continue
        low, high = total([each.ends[0] for each in parts]), total([each.ends[1] for each in parts])
        tests = compare(low, high, "=", whole.stated)
        if verdict(tests) is Verdict.HOLDS:
            stated = max(some, key=lambda each: each.index)
            words = f"the parts add up to {whole.figure.span}"
            tied = reading(some, tests)
            made = candidate("ratio", words, stated, some, [tied], sure=True)
            yield Settled(stated.index, made, fits=True, score=0.0)
