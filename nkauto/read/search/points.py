"""A change between two percentages: ``from 20 to 30 percent`` is 10 percentage points, or 50 per cent.

And growth on growth: ``50 dollars, raised by 5 % a year six times over, come to 67``.
And what the two ends of a range make of each other: ``10 to 60, six times the lowest``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from nkauto.core.claims import Hint, Stated, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, fall, minus, number, over, plus, rise, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow, ends_with_base
from nkauto.read.relations.drafts import BOUNDS, alike, candidate, operator, reading
from nkauto.read.relations.measures import FAMILY, bracketed, scale_between
from nkauto.read.relations.multiple import is_split, multiple_of
from nkauto.read.relations.words import lowered, pattern, says
from nkauto.read.search.bases import Settled
from nkauto.read.search.unpriced import of_pay

_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_MOST_ROUNDS = 40
_BESIDE = 40
_ONE = Term(Fraction(1), "1")
_HUNDRED = Term(Fraction(100), "100")
_PARTED = re.compile(r"[;；。]|\.\s")
_EASTERN = re.compile(r"[぀-ヿ㐀-鿿가-힣]")
_BEHIND = 60
_MEASURED = (0, 1)
_WIDE = Fraction(3, 2)
"""Ends that lie less far apart may have a common measure by chance."""
_BACK, _JOINED, _APART = 8, 8, 60


def find(passage: Passage) -> list[Settled]:
    """Return the changes between two percentages, and growth on growth."""
    return [*_between_two(passage), *_grown_on(passage)]


def _between_two(passage: Passage) -> list[Settled]:
    """Return the changes between two percentages; what does not compute only where points were told as per cent."""
    found = []
    for position, mention in enumerate(passage.mentions):
        if mention.unit != "%" or not mention.single or mention.figure.bound in ("<", ">", "<=", ">="):
            continue
        if _told(mention):
            found += _between(passage, mention, position)
            continue
        two = [each for each in passage.before(mention, position, sentences=0) if each.unit == "%" and each.low > 0]
        if len(two) < 2 or not arrow(passage, two[1], two[0]):
            continue
        settled = _change(mention, two[1], two[0])
        if settled is not None:
            found.append(settled)
    return found


def _told(mention: Mention) -> bool:
    return says("points", lowered(mention.figure.span)) or says("points", mention.right[:20])


def _between(passage: Passage, mention: Mention, position: int) -> list[Settled]:
    """Return what lies between two percentages: ``21%, 3 points more than the 18% of last year``, in either order.

    What does not come to the points told is wrong only of the two that the sentence compares and that stand alone in
    it; of any others nothing is said.
    """
    ahead = passage.after(mention, position, most=2)
    every = [m for m in (*passage.before(mention, position, sentences=1, most=5), *ahead) if m.unit == "%" and m.single]
    every = [m for m in every if not _told(m)]
    here = [m for m in every if m.sentence == mention.sentence]
    told = sorted((*every, mention), key=lambda m: m.figure.start)
    for one, other in ((a, b) for place, a in enumerate(every) for b in every[place + 1 :]):
        old, new = sorted((one, other), key=lambda m: m.figure.start)
        between = [m for m in told[told.index(old) + 1 : told.index(new)] if m is not mention]
        if between and old.sentence != new.sentence:
            continue  # another percentage is told between them
        if old.low != new.low and verdict(_tests(mention, _points(old, new))) in _HELD:
            return [_settled(mention, old, new, _points(old, new))]
    if len(here) != 2:
        return []
    old, new = sorted(here, key=lambda m: m.figure.start)
    if not (arrow(passage, old, new) or _based(new) or _based(old)):
        return []
    share = rise(old.ends[0], new.ends[0]) if new.low > old.low else fall(old.ends[0], new.ends[0])
    slips = [Hint(share, "per cent told as percentage points")]
    meant = slips if verdict(_tests(mention, share)) is Verdict.HOLDS else []
    return [_settled(mention, old, new, _points(old, new), *meant, fits=False)]


def _based(mention: Mention) -> bool:
    """Return whether words make a percentage what another is measured on."""
    behind = any(pattern(role, r"^\s*").match(mention.right[:16]) for role in ("base_after", "than_after"))
    return behind or ends_with_base(mention.left[-40:])


def _points(old: Mention, new: Mention) -> Term:
    return minus(new.ends[0], old.ends[0]) if new.low > old.low else minus(old.ends[0], new.ends[0])


def _change(mention: Mention, old: Mention, new: Mention) -> Settled | None:
    share = rise(old.ends[0], new.ends[0]) if new.low > old.low else fall(old.ends[0], new.ends[0])
    if verdict(_tests(mention, share)) in _HELD:
        return _settled(mention, old, new, share)
    points = _points(old, new)
    if verdict(_tests(mention, points)) is Verdict.HOLDS:
        slip = Hint(points, "percentage points told as per cent")
        return _settled(mention, old, new, share, slip, fits=False)
    return None


def _tests(mention: Mention, value: Term) -> tuple[Test, ...]:
    return compare(value, value, operator(mention), mention.stated)


def _settled(mention: Mention, old: Mention, new: Mention, value: Term, *hints: Hint, fits: bool = True) -> Settled:
    tied = (old, new, mention)
    made = candidate(
        "change", mention.figure.span, mention, tied, [reading(tied, _tests(mention, value))], sure=True, hints=hints
    )
    return Settled(mention.index, made, fits=fits, score=0.0)


def _grown_on(passage: Passage) -> list[Settled]:
    """Return the sums that another one grows to by a percentage that is told for each of so many times."""
    found = []
    for position, share in enumerate(passage.mentions):
        if share.unit != "%" or share.per not in TIME or not share.single or not 0 < share.low < 100:
            continue
        around = [*passage.before(share, position, sentences=1), *passage.after(share, position)]
        for rounds in [each for each in around if _counts(each, share)]:
            settled = next(_grown(share, rounds, around), None)
            if settled is not None:
                found.append(settled)
                break
    return found


def _counts(mention: Mention, share: Mention) -> bool:
    """Return whether a figure tells how often a percentage was added: ``six times``, ``over 6 years``."""
    whole = mention.single and mention.low == int(mention.low) and 1 < mention.low <= _MOST_ROUNDS
    return whole and mention.unit in ("x", share.per) and not mention.per


def _grown(share: Mention, rounds: Mention, around: list[Mention]) -> Iterator[Settled]:
    """Yield what two sums beside a percentage come to, the earlier one grown so many times."""
    step = over(share.ends[0], _HUNDRED)
    down = says("fall", share.left[-_BESIDE:]) or says("fall", share.right[:_BESIDE])
    factor = _ONE
    for _ in range(int(rounds.low)):
        factor = times(factor, minus(_ONE, step) if down else plus(_ONE, step))
    factor = Term(factor.value, f"(1{'-' if down else '+'}{share.low}/100)^{int(rounds.low)}")
    sums = sorted((each for each in around if each.money and each.low > 0 and each.single), key=lambda m: m.index)
    for place, old in enumerate(sums):
        for new in sums[place + 1 :]:
            if not alike(old, new) or (new.low > old.low) is down or new.figure.bound in BOUNDS:
                continue
            value = times(old.ends[0], factor)
            tied = (old, share, rounds, new)
            tests = compare(value, value, operator(new, tied, round_digits=1), new.stated)
            if verdict(tests) is Verdict.HOLDS:
                words = f"{old.figure.span} grows to {new.figure.span}"
                made = candidate("change", words, share, tied, [reading(tied, tests)], sure=True)
                yield Settled(share.index, made, fits=True, score=1.0)


def find_ends(passage: Passage) -> list[Settled]:
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
