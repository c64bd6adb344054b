"""The share of a pay that is taken or kept, told with the sum: ``of 200 to 300 a month he keeps 50; 80 % is withheld``.

What is kept leaves the share that is taken, and the other way round; and of two parts each is a share of both.
"""

from __future__ import annotations

from fractions import Fraction

from nkauto.core.claims import Candidate, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, minus, over, plus, times
from nkauto.read.passage.passage import TIME, Mention
from nkauto.read.relations.drafts import BOUNDS, alike, candidate, operator, reading
from nkauto.read.relations.multiple import Multiple
from nkauto.read.relations.scope import operand
from nkauto.read.relations.words import says
from nkauto.read.search.scene import BREAK, Scene
from nkauto.read.search.wholes import out_of

_ONE, _HUNDRED = Term(Fraction(1), "1"), Term(Fraction(100), "100")
_LEFT, _RIGHT = 14, 14
_NEAR = Fraction(7, 4)
"""A share that misses by more was told of other sums."""
_HAIR = Fraction(1, 50)


def share_of_pay(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return the share that a sum kept or taken of a pay makes, where words say of both which of the two they are."""
    mention, passage = multiple.mention, scene.passage
    share_kept = _kept(mention)
    if mention.high >= (100 if multiple.percent else 1) or share_kept is None:
        return None
    before = passage.before(mention, multiple.position, sentences=1, most=6)
    near = [m for m in (*before, *passage.after(mention, multiple.position, most=2)) if _is_sum(scene, m)]
    pay = next((m for m in before[::-1] if _is_sum(scene, m) and (m.is_wage or m.per in TIME)), None)
    if pay is None:
        return None
    like = [m for m in near if m.unit == pay.unit and m is not pay]
    if len(like) != 1 or (kept := _kept(like[0])) is None or like[0].high >= pay.low:
        return None
    part = like[0]
    whole = _HUNDRED if multiple.percent else _ONE
    low, high = (times(over(part.ends[one], pay.ends[1 - one]), whole) for one in (0, 1))
    if kept is not share_kept:
        low, high = minus(whole, high), minus(whole, low)
    sign = operator(mention, (pay, part))
    tests = compare(low, high, sign, mention.stated)
    if low.value != high.value and mention.single and sign in ("=", "~") and not low.value <= mention.low <= high.value:
        tests = tuple(Test(end, sign, mention.low, mention.stated.place) for end in (low, high))
    held = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING, Verdict.PARTLY)
    if not held and not all(1 / _NEAR < test.size < _NEAR for test in tests):
        return None
    tied = mention, pay, part
    words = f"{mention.figure.span} of {pay.figure.span}"
    return candidate("ratio", words, mention, tied, [reading(tied, tests)], sure=True, locked=True)


def share_of_both(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``800 women and 200 men, 80 % of them women``: what one of two figures is of both, where it computes."""
    mention = multiple.mention
    before = scene.passage.before(mention, multiple.position, sentences=0, most=2)
    if multiple.way or multiple.verb or len(before) < len(("one", "other")) or not mention.single:
        return None
    other, one = before
    if mention.figure.bound in BOUNDS or not alike(one, other) or one.unit in ("%", "x", *TIME):
        return None
    if (multiple.compares and not multiple.part) or BREAK.search(scene.passage.gap(one, other)):
        return None
    if says("of_which", mention.left) or any(out_of(scene, multiple, *two) for two in ((one, other), (other, one))):
        return None  # of the one that was told as the whole
    if mention.high >= (100 if multiple.percent else 1) or one.rate:
        return None
    if not (one.single and other.single and one.low and other.low) or scene.arrow(one, other):
        return None
    both, whole = plus(one.ends[0], other.ends[0]), _HUNDRED if multiple.percent else _ONE
    for part in (one, other):
        value = times(over(part.ends[0], both), whole)
        tests = compare(value, value, operator(mention, (part,), round_digits=0), mention.stated)
        close = abs(value.value / Fraction(mention.low) - 1) <= _HAIR
        if value.value != whole.value / 2 and close and verdict(tests) is Verdict.HOLDS:
            tied = mention, one, other
            words = f"{part.figure.span} is {mention.figure.span} of both"
            return candidate("ratio", words, mention, tied, [reading(tied, tests)], sure=True, locked=True)
    return None


def _is_sum(scene: Scene, mention: Mention) -> bool:
    return operand(mention) and mention.money and not mention.rate and mention.index not in scene.converted


def _kept(mention: Mention) -> bool | None:
    """Return whether the words beside a figure say that it is kept, or taken; None where they say neither.

    The verb stands before the figure in English; in the languages of the East first what follows tells.
    """
    sides = [mention.left[-_LEFT:], mention.right[:_RIGHT]]
    for words in sides if mention.right[:_RIGHT].isascii() and mention.left[-_LEFT:].isascii() else sides[::-1]:
        kept, taken = says("kept_of_pay", words), says("taken_of_pay", words)
        if kept != taken:
            return kept
    return None
