"""Parts and their wholes: ``of the 200 asked, 140 (70 %)``, ``26 %, or 104, of 400``, ``104 of 400 (26 %)``.

The share of a pay that is taken or kept: ``of 200 to 300 a month he keeps 50; 80 % is withheld``. And what was gained
or lost as a share of what was paid: ``bought for 180, sold for 150; the 30 are a sixth of it``.
"""

from __future__ import annotations

from fractions import Fraction

from nkauto.core.claims import Candidate, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, minus, over, plus, share, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow, came_from, words_between
from nkauto.read.relations.drafts import BOUNDS, alike, candidate, fits, operator, reading
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.multiple import Multiple, Pair
from nkauto.read.relations.scope import operand
from nkauto.read.relations.told_after import levels_before
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.scene import BREAK, Scene
from nkauto.read.search.wholes import out_of

_CLOSE = 12
_PART = 30
"""Characters that may stand between a part and the whole that it is of: ``140 of the 200 families asked``."""
_ONE, _HUNDRED = Term(Fraction(1), "1"), Term(Fraction(100), "100")
_LEFT, _RIGHT = 14, 14
_NEAR = Fraction(7, 4)
"""A share that misses by more was told of other sums."""
_OF = 2
_HAIR = Fraction(1, 50)
_THREE = 3
_AT_STAKE = 36


def shares(passage: Passage, multiple: Multiple, before: list[Mention], after: list[Mention]) -> list[Pair]:
    """Return ``of the 200 asked, 140 (70 %)``, ``26 %, or 104, of 400``, ``104 of 400 (26 %)``: part and whole."""
    mention = multiple.mention
    if multiple.way or (not multiple.percent and mention.low >= 1):
        return []
    parts: list[Mention] = []
    if before and before[0].sentence == mention.sentence:
        tie = tie_of(words_between(passage, before[0], mention))
        if tie in ("bracket", "words", "bare"):
            words = words_between(passage, before[1], before[0]) if len(before) > 1 else ""
            larger = len(before) > 1 and before[0].high > before[1].low
            if larger and len(words) <= _PART and pattern("part_of", r"^\s*(?:\w+\s+)?").match(words):
                return [Pair((before[0],), (before[1],), 3, ordered=True, part=True)]
            parts.append(before[0])
        elif not multiple.of and _closes(passage, mention, before):
            return [Pair((before[1],), (before[0],), 3, ordered=True, part=True)]
    gap = words_between(passage, mention, after[0]) if after else ""
    if after and (tie_of(gap) in ("bracket", "words") or pattern("share_is", r"^\s*", r"\s*$").match(gap)):
        parts.append(after[0])
    found = []
    for part in parts:
        wholes = [each for each in (*before, *after) if each is not part and alike(each, part) and each.low > part.high]
        wholes = [each for each in wholes if each.sentence == mention.sentence]
        wholes = [each for each in wholes if not came_from(passage, part, each) and not came_from(passage, each, part)]
        wholes = [each for each in wholes if not arrow(passage, each, part)]
        for place, whole in enumerate(wholes[:3]):
            told = _is_whole(whole)
            first = place == 0 or (told and _all_shared(passage, before, wholes[:place]))
            if not told and part in before and tie_of(words_between(passage, part, mention)) == "bare":
                continue
            tie_ = 3 if told and first else 2 if len(wholes) == 1 and part.unit == "person" else 1
            found.append(Pair((whole,), (part,), tie_, ordered=True, part=True))
    return found


def _all_shared(passage: Passage, before: list[Mention], parts: list[Mention]) -> bool:
    """Return whether figures between a part and its whole are other parts, each with its own percentage behind it."""
    return all(each in before and any(near.unit == "%" for near in passage.near(each)) for each in parts)


def _closes(passage: Passage, mention: Mention, before: list[Mention]) -> bool:
    """Return whether a share closes a count and its whole: ``of the 400 asked, 90 agreed, 22 %``."""
    if len(before) < 2 or before[1].money or before[1].sentence != mention.sentence:
        return False
    part, whole = before[:2]
    near = len(words_between(passage, part, mention)) <= _CLOSE
    return near and alike(part, whole) and whole.low > part.high and _is_whole(whole) and not _is_whole(part)


def _is_whole(mention: Mention) -> bool:
    """Return whether words make a figure the whole that others are part of: ``of the 400``, ``400人のうち``."""
    return says("part_of", mention.left[-24:]) or pattern("whole_after", r"^\s*").match(mention.right[:16]) is not None


def share_of_pay(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return the share that a sum kept or taken of a pay makes, where words say of both which of the two they are."""
    mention, passage = multiple.mention, scene.passage
    cut = says("brokers_cut", mention.left[-_LEFT:]) or says("brokers_cut", mention.right[:_RIGHT])
    share_kept = False if cut else _kept(mention)
    if mention.high >= (100 if multiple.percent else 1) or share_kept is None:
        return None
    before = passage.before(mention, multiple.position, sentences=1, most=6)
    near = [m for m in (*before, *passage.after(mention, multiple.position, most=2)) if _is_sum(scene, m)]
    pay = next((m for m in before[::-1] if _is_sum(scene, m) and (_is_sent(m) if cut else _is_pay(m))), None)
    if pay is None:
        return None
    like = [m for m in near if m.unit == pay.unit and m is not pay]
    if len(like) != 1 or (kept := _arrives(like[0]) if cut else _kept(like[0])) is None or like[0].high >= pay.low:
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
    if len(mention.left) <= _OF and pattern("of_after", after=r"\s*$").search(mention.left):
        return None  # ``6000원의 3분의 1`` is of that alone
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


def _is_pay(mention: Mention) -> bool:
    return mention.is_wage or mention.per in TIME


def _is_sent(mention: Mention) -> bool:
    """Return whether words beside a sum say that it is sent home, or that others are parts of it."""
    return _is_whole(mention) or says("sent_home", mention.left[-_LEFT:]) or says("sent_home", mention.right[:_RIGHT])


def _arrives(mention: Mention) -> bool | None:
    """Return whether words beside a sum say that it arrives; None where they do not."""
    return True if says("arrives", mention.left[-_LEFT:]) or says("arrives", mention.right[:_RIGHT]) else None


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


def of_a_stake(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return the share of what was paid, or of what was got, that the difference of both is said to be."""
    mention, position = multiple.mention, multiple.position
    if mention.high >= (100 if multiple.percent else 1):
        return None
    if not (says("stake", mention.right[:_AT_STAKE]) or says("stake", mention.left[-_AT_STAKE:])):
        return None
    before = levels_before(scene, mention, position, sentences=1)
    after = scene.passage.after(mention, position, most=1)
    for levels in (before[:_THREE], [*after, *before[: _THREE - 1]]):
        if len(levels) == _THREE and all(each.money and each.single and alike(each, levels[0]) for each in levels):
            step, got, paid = levels
            if abs(got.low - paid.low) == step.low and len(scene.passage.gap(*_ordered(step, mention))) <= _AT_STAKE:
                return _claim(multiple, step, paid, got)
    return None


def _claim(multiple: Multiple, step: Mention, paid: Mention, got: Mention) -> Candidate:
    """Return the share of what was paid; where only that computes, of what was got, or what was got as a share."""
    of_paid, of_got, what_is_left = (
        _share(multiple, step, paid),
        _share(multiple, step, got),
        _share(multiple, got, paid),
    )
    return next((each for each in (of_paid, of_got, what_is_left) if fits(each.readings)), of_paid)


def _share(multiple: Multiple, step: Mention, base: Mention) -> Candidate:
    mention = multiple.mention
    sign = operator(mention, (step,), round_digits=0 if multiple.percent else 1)
    if sign == "=" and mention.unit == "x" and mention.low < 1:
        sign = "~"  # a third is told by its parts, not to a place
    value = (share if multiple.percent else over)(step.ends[0], base.ends[0])
    made = [reading((mention, step, base), compare(value, value, sign, mention.stated))]
    words = f"{step.figure.span} is {mention.figure.span} of {base.figure.span}"
    return candidate("ratio", words, mention, (step, base), made, sure=True, locked=True)


def _ordered(one: Mention, other: Mention) -> tuple[Mention, Mention]:
    return (one, other) if one.index < other.index else (other, one)
