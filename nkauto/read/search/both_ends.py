"""Two sums and what each comes to, in pay or in goods: ``from 650,000 to 5.5 million, or 11 to 91 years' wages``.

Neither the pay nor the price is told, but both sums must give the same one. Nothing is said to fail from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from nkauto.core.claims import Stated, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, number, over, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.units import FAMILY, bracketed, scale_between
from nkauto.read.relations.words import says
from nkauto.read.search.bases import Settled
from nkauto.read.search.unpriced import of_pay

_MEASURED = (0, 1)
_WIDE = Fraction(3, 2)
"""Ends that lie less far apart may have a common measure by chance."""
_BACK, _JOINED, _APART = 8, 8, 60


def find(passage: Passage) -> list[Settled]:
    """Return the ranges of pay and of goods that go with the two sums told before them."""
    found = []
    for position, mention in enumerate(passage.mentions):
        for tied, scale in _ranges(passage, mention, position):
            sums = _sums(passage, mention, position)
            if sums is None:
                continue
            less, more = sums
            if len(tied) > 1:
                value = over(times(mention.ends[0], more.ends[0]), less.ends[0])
                value, sign = over(value, scale), operator(tied[-1], (), round_digits=1)
                tests = compare(value, value, sign, tied[-1].stated)
            else:
                value = over(times(scale, less.ends[0]), more.ends[0])
                tests = compare(value, value, "=", Stated(mention.low, mention.low, mention.stated.place))
            if verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING):
                every = (less, more, *tied)
                words = f"{less.figure.span} and {more.figure.span} at one measure"
                made = candidate("affordability", words, mention, every, [reading(every, tests)], sure=True)
                found.append(Settled(mention.index, made, fits=True, score=0.0))
    return found


def _ranges(passage: Passage, mention: Mention, position: int) -> Iterator[tuple[tuple[Mention, ...], Term]]:
    """Yield a range of pay with its higher end, and two measures of goods with how many of the first one is."""
    if mention.low <= 0 or mention.per not in ("", *TIME):
        return
    if mention.unit in TIME and not mention.single and of_pay(mention):
        yield (mention,), number(mention.high)
    behind = passage.after(mention, position, most=1)
    if not behind or not mention.single or not behind[0].single or FAMILY.get(mention.unit) not in _MEASURED:
        return
    scale = scale_between(behind[0].unit, mention.unit) if FAMILY.get(behind[0].unit) in _MEASURED else None
    gap = passage.gap(mention, behind[0])
    if scale is not None and len(gap) <= _JOINED and (says("goes_to", gap) or says("to", gap)):
        yield (mention, behind[0]), Term(scale, str(scale))


def _sums(passage: Passage, mention: Mention, position: int) -> tuple[Mention, Mention] | None:
    """Return the last two sums before a range, the second of which words make the higher end of the first."""
    before = passage.before(mention, position, sentences=0, most=_BACK)
    plain = [each for each in before if each.money and not each.rate and each.single and not bracketed(each)]
    if len(plain) < 2 or plain[0].unit != plain[1].unit or plain[1].low <= 0:
        return None
    more, less = plain[:2]
    gap = passage.gap(less, more)
    joined = len(gap) <= _APART and (says("goes_to", gap) or says("to", gap))
    return (less, more) if joined and Fraction(more.low) >= _WIDE * Fraction(less.low) else None
