"""The two ends of one range held against each other: ``100 to 400 a month, the best-paid four times the worst``.

And two sums with what each comes to, in pay or in goods: ``from 650,000 to 5.5 million, or 11 to 91 years' wages``.
Neither the pay nor the price is told, but both sums must give the same one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from nkauto.core.claims import Stated, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, fall, number, over, rise, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.multiple import is_split, multiple_of
from nkauto.read.relations.units import FAMILY, bracketed, scale_between
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.bases import Settled
from nkauto.read.search.unpriced import of_pay

_PARTED = re.compile(r"[;；。]|\.\s")
_EASTERN = re.compile(r"[぀-ヿ㐀-鿿가-힣]")
_BEHIND = 60
_MEASURED = (0, 1)
_WIDE = Fraction(3, 2)
"""Ends that lie less far apart may have a common measure by chance."""
_BACK, _JOINED, _APART = 8, 8, 60


def find(passage: Passage) -> list[Settled]:
    """Return what the two ends of a range make of each other, and what two sums come to at both ends."""
    return [*_of_one_range(passage), *_of_two_sums(passage)]


def _of_one_range(passage: Passage) -> list[Settled]:
    """Return the multiples and shares between the ends of the range that stands right before them."""
    found = []
    for position, multiple in enumerate(passage.mentions):
        if multiple.unit not in ("x", "%") or not multiple.low or not position or is_split(multiple):
            continue
        whole = passage.mentions[position - 1]
        if whole.single or whole.low <= 0 or whole.unit in ("x", "%", *TIME):
            continue
        if multiple.sentence - whole.sentence > 1 or not _of_its_ends(passage, whole, multiple, position):
            continue
        value = _apart(whole, multiple)
        tests = compare(value, value, operator(multiple, (whole,)), multiple.stated)
        words = f"{multiple.figure.span} between the ends of {whole.figure.span}"
        made = candidate("ratio", words, multiple, (whole,), [reading((whole, multiple), tests)], sure=True)
        fits = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING)
        if not fits and (multiple.unit == "%" or not _compares(passage, multiple, position)):
            continue
        found.append(Settled(multiple.index, made, fits=fits, score=1.0))
    return found


def _of_its_ends(passage: Passage, whole: Mention, multiple: Mention, position: int) -> bool:
    """Return whether the words around a multiple name the lowest as well as the highest, and no figure of their own."""
    after = next(iter(passage.after(multiple, position, most=1)), None)
    end = min(multiple.figure.end + _BEHIND, len(passage.text) if after is None else after.figure.start)
    behind = _PARTED.split(passage.text[multiple.figure.end : end])[0]
    around = f"{passage.text[whole.figure.end : multiple.figure.start]} {multiple.figure.span.lower()} {behind}"
    return says("end_low", around) and says("end_high", around)


def _compares(passage: Passage, multiple: Mention, position: int) -> bool:
    """Return whether a multiple compares and tells of no change, and no other one stands behind it."""
    told = multiple_of(multiple, position)
    after = passage.after(multiple, position, most=1)
    around = pattern("end_high").sub(" ", pattern("end_low").sub(" ", f"{multiple.left} {multiple.right}"))
    changes = told.verb or says("rise", around) or says("fall", around)
    listed = bool(after) and after[0].unit in ("x", "%")
    return not (changes or listed) and (told.compares or told.of or _EASTERN.search(around) is not None)


def _apart(whole: Mention, multiple: Mention) -> Term:
    """Return the higher end by the lower, or the lower by the higher where less than one of it is told."""
    low, high = whole.ends
    if multiple.unit == "%":
        down = multiple.low < 100 and says("down_behind", multiple.right[:_BEHIND])
        return fall(high, low) if down else rise(low, high)
    return over(low, high) if multiple.low < 1 else over(high, low)


def _of_two_sums(passage: Passage) -> list[Settled]:
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
