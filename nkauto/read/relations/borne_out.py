"""What bears out a claim that its own figures do not: a figure beside them that was left out, or is meant instead.

``2 dollars and 0.5 a kilometre, 14 for 24``: the 2 that the product misses by is told. ``10 % for the one, 20 % for
the other, 7,000 of the 10,000 are left``: both are taken. ``50,000 buys 5 kilos at 10,000, at today's 8,000 over 6``:
the price that stands nearer is the one meant. And what their figures bear out in another sense than the words' is no
chance: ``from 3,000 to 35,000, up 1,170 percent`` is the multiple, ``200 on the street, 40 percent above the official
120`` what the 120 fall short of the 200.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from fractions import Fraction

from nkauto.core.claims import Candidate, Check, Claim, Grade, Test
from nkauto.core.judge import grade
from nkauto.core.terms import Term, written
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, alike, digits
from nkauto.read.relations.multiple import multiple_of
from nkauto.read.relations.words import pattern

_MULTIPLES = ("%", "x")
_AROUND = 8
"""Figures on either side of a claim among which one may bear it out."""
_BESIDE = Fraction(15, 100)
"""What lies no further beyond a bound may be meant by it."""
_HALF, _HAIR = Fraction(1, 2), Fraction(1, 200)
_POINT = re.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?![\d.,])")
_BRACKET = re.compile(r"^\s?[(（][^()（）]{0,12}$")
_PLAIN = re.compile(r"[0-9.]+(?:[*/][0-9.]+)*")
_LEAST = 3
"""Percentages below it are met by chance; and so are round ones, by figures of fewer digits in all."""
_BEYOND = Fraction(1, 10)
"""What is called more than a percentage lies beyond it by no more."""


def borne_out(passage: Passage, each: Candidate, claim: Claim, held: Mapping[int, Sequence[Claim]]) -> bool:
    """Return whether another figure beside those of a claim that does not hold makes it right, or explains it.

    ``held`` are the claims that hold, by each of their figures.
    """
    every = passage.mentions
    places = [bisect_left(every, index, key=_index) for index in each.figures]
    own = [every[place] for place in places if place < len(every) and every[place].index in each.figures]
    stated = next((one for one in own if one.figure.span == each.stated), None)
    if stated is None or len(own) < 2:
        return False
    others = [one for one in own if one is not stated]
    free = not each.locked and each.kind != "conversion" and all(one.unit != "x" for one in own)
    if free and (_follows_already(each, stated, held) or _spoken_for(each, stated, others, held)):
        return True
    if each.kind == "conversion" and _no_result(passage, stated, others, held):
        return True
    if len(claim.checks) != 1:
        return False
    beside = every[max(0, places[0] - _AROUND) : places[-1] + _AROUND + 1]
    beside = tuple(one for one in beside if one.index not in each.figures and abs(stated.sentence - one.sentence) <= 1)
    check = claim.checks[0]
    if stated.unit in _MULTIPLES:
        if stated.unit == "%":
            return _all_together(passage, stated, check)
        return len(others) == 2 and _of_a_rival(stated, others, beside, locked=each.locked)
    if each.kind == "conversion":
        return (
            _misread(others, check)
            or _told_otherwise(stated, others, beside, check)
            or _instead(stated, others, beside, check)
        )
    if len(own) > 2 and not each.locked and _left_over(stated, beside, check):
        return True
    return not each.locked and (_told(stated, beside, check) or _instead(stated, others, beside, check))


def _index(mention: Mention) -> int:
    return mention.index


def _follows_already(each: Candidate, stated: Mention, held: Mapping[int, Sequence[Claim]]) -> bool:
    """Return whether a figure is what other figures come to, which it then is rather than the result of these."""
    return any(
        claim.stated == each.stated
        and all(check.operator in ("=", "~") and check.grade is Grade.EXACT for check in claim.checks)
        for claim in held.get(stated.index, ())
    )


def _spoken_for(
    each: Candidate, stated: Mention, others: Sequence[Mention], held: Mapping[int, Sequence[Claim]]
) -> bool:
    """Return whether a price and a quantity come to another sum already: ``300 kilos at 2,400, 720,000``."""
    if len(others) != 2 or stated.unit in _MULTIPLES:
        return False
    return any(
        len({stated.index, *(one.index for one in others)} & set(claim.figures)) == 2 == len(claim.figures) - 1
        and all(check.operator == "=" and check.grade is Grade.EXACT for check in claim.checks)
        and {claim.kind, each.kind} <= {"ratio", "affordability"}
        for claim in held.get(stated.index, ())
    )


def _no_result(
    passage: Passage, stated: Mention, others: Sequence[Mention], held: Mapping[int, Sequence[Claim]]
) -> bool:
    """Return whether a sum is told for another reason than as what the others come to.

    It is the rate of another conversion, what a price is compared with, what another sum in front of its bracket
    comes to, or one yuan's price beside another one.
    """
    if any(claim.kind == "conversion" and claim.stated != stated.figure.span for claim in held.get(stated.index, ())):
        return stated.rate
    if stated.figure.bound == "=" and pattern("than", after=r"(?:\s+the)?\s*$").search(stated.left[-20:]):
        return True
    place = bisect_left(passage.mentions, stated.index, key=_index)
    last = passage.mentions[place - 1] if place else stated
    if last is not stated and last not in others and last.money and last.sentence == stated.sentence:
        return _BRACKET.search(passage.gap(last, stated)) is not None
    apart = [one for one in others if one.low == 1 == one.high and abs(stated.index - one.index) > 1]
    return bool(apart) and len(others) == 2 and any(one.unit == stated.unit for one in others)


def _misread(others: Sequence[Mention], check: Check) -> bool:
    """Return whether a conversion is right with a point of its rate that marks decimals: 1.200 for 1,200."""
    if not check.stated or not check.value:
        return False
    off = check.value / Fraction(check.stated)
    off = max(off, 1 / off)
    return any(_POINT.search(one.figure.span) and abs(off / 1000 - 1) <= _HAIR for one in others)


def _told_otherwise(stated: Mention, others: Sequence[Mention], beside: Sequence[Mention], check: Check) -> bool:
    """Return whether a conversion is of one of several litres, or of a sum told before at a later rate.

    ``3 litres were 36,000; at 8,000 a litre is 1.50``; ``at 1,500 the 1.2 million were 800; at 90,000 they are 13``.
    """
    rate = next((one for one in others if one.rate), None)
    if rate is None or len(others) != 2:
        return False
    amount = next(one for one in others if one is not rate)
    for one in beside:
        if not one.single or not one.low:
            continue
        if one.unit == stated.per and not amount.per and _exactly(Term(check.value / Fraction(one.low), ""), stated):
            return True
        later = one.unit == amount.unit == rate.unit and one.index < amount.index and amount.single and amount.low
        if later and _exactly(Term(Fraction(one.low) / Fraction(amount.low), ""), stated):
            return True
    return False


def _left_over(stated: Mention, beside: Sequence[Mention], check: Check) -> bool:
    """Return whether a figure is told that makes up exactly what a reckoned value misses by."""
    missing = abs(check.value - Fraction(stated.low))
    return stated.single and any(one.unit == stated.unit and one.single and one.low == missing for one in beside)


def _told(stated: Mention, beside: Sequence[Mention], check: Check) -> bool:
    """Return whether what was reckoned is told as another figure: the text knows what its figures come to."""
    value, like = Term(check.value, ""), [one for one in beside if one.unit == stated.unit and one.single]
    return any((one.per == stated.per or not (one.per and stated.per)) and _exactly(value, one) for one in like)


def _of_a_rival(stated: Mention, others: Sequence[Mention], beside: Sequence[Mention], *, locked: bool) -> bool:
    """Return whether ``twice the share`` is so many times another figure, to the digit."""
    multiple = multiple_of(stated, 0)
    nearer = min(others, key=lambda one: abs(one.index - stated.index))
    if (
        multiple.way
        or multiple.verb
        or stated.figure.bound in BOUNDS
        or abs(nearer.index - stated.index) > 1
        or (locked and nearer.sentence != stated.sentence)
        or not nearer.single
        or not nearer.low
    ):
        return False
    last = max(stated.index, nearer.index)
    first = -1 if nearer.sentence == stated.sentence else min(one.index for one in others)
    for rival in beside:
        like = rival.unit == nearer.unit and rival.rate == nearer.rate and rival.single and rival.low > 0
        if not like or not first < rival.index < last:
            continue
        share = Fraction(rival.low) / Fraction(nearer.low)
        if any(abs(size / Fraction(stated.low) - 1) <= _HAIR for size in (share, 1 / share)):
            return True
    return False


def _exactly(value: Term, one: Mention) -> bool:
    """Return whether a value rounds to all the digits of a figure."""
    return grade(Test(value, "=", one.low, one.stated.place)) is Grade.EXACT


def _all_together(passage: Passage, stated: Mention, check: Check) -> bool:
    """Return whether the percentages of the list that one stands in make up together what was reckoned."""
    place = bisect_left(passage.mentions, stated.index, key=_index)
    for first, last in ((place - 1, place), (place, place + 1), (place - 2, place), (place, place + 2)):
        listed = passage.mentions[max(0, first) : last + 1]
        if (
            all(one.unit == "%" and one.sentence == stated.sentence for one in listed)
            and len(listed) == last - first + 1
        ):
            together = sum((Fraction(one.low) for one in listed), Fraction(0))
            if abs(check.value - together) <= _HALF:
                return True
    return False


def _instead(stated: Mention, others: Sequence[Mention], beside: Sequence[Mention], check: Check) -> bool:
    """Return whether a like figure that stands nearer makes a product or quotient right in the place of one of its."""
    if _PLAIN.fullmatch(check.expression) is None:
        return False
    for other in others:
        found = re.search(rf"(/?)(?<![0-9.]){re.escape(written(other.low))}(?![0-9.])", check.expression)
        if found is None or not other.single or not other.low:
            continue
        for rival in beside:
            nearer = min(other.index, stated.index) < rival.index < max(other.index, stated.index)
            kind = rival.rate == other.rate or not rival.per  # or the rate of another day
            like = rival.unit == other.unit and kind and rival.single and rival.low
            if nearer and like and (rival.per == other.per or not rival.per or not other.per):
                share = Fraction(rival.low) / Fraction(other.low)
                value = check.value / share if found[1] else check.value * share
                if _fits(Test(Term(value, ""), check.operator, check.stated, stated.stated.place)):
                    return True
    return False


def _fits(test: Test) -> bool:
    """Return whether a value bears a figure out to its digits, or a bound that it comes near."""
    if test.operator in ("=", "~"):
        return grade(Test(test.computed, "=", test.stated, test.place)) is Grade.EXACT
    near = test.miss <= _BESIDE
    return near and grade(test) is not Grade.NO


def confused(passage: Passage, each: Candidate) -> bool:
    """Return whether the two other figures of a claim are alike and come to its percentage in one of its senses."""
    tied = passage.among(each.figures)
    percentages = [one for one in tied if one.unit == "%" and one.figure.span == each.stated and one.single]
    others = sorted((one for one in tied if one not in percentages), key=lambda one: one.low)
    if len(percentages) != 1 or len(others) != 2 or percentages[0].low < _LEAST:
        return False
    less, more = others
    if not (less.single and more.single and alike(less, more)) or less.low == more.low:
        return False
    stated = percentages[0].stated
    if digits(stated.low) == 1 and digits(less.low) + digits(more.low) < _LEAST:
        return False
    size = Fraction(more.low) / Fraction(less.low)
    senses = [100 * sense / Fraction(stated.low) - 1 for sense in (size - 1, 1 - 1 / size, size)]
    most = _BEYOND if percentages[0].figure.bound in (">", ">=") else Fraction(0)
    slack = stated.slack / Fraction(stated.low)
    return any(-slack <= sense <= max(slack, most) for sense in senses)
