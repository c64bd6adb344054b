"""How far two sums lie apart, where words call a third that: ``bought for 900, sold for 1,300, a profit of 400``.

``a deficit of 1.8 billion, with imports of 2.2 billion and exports of 400 million``. The two stand alone right before
the third, or right behind it and led by words for that, so that a third that they do not make may be said to fail.
And steps that the levels beside them pass: ``from 4,800-5,000 by more than 500 to 5,600``; and a gap that is told again
in other money: ``of 200,000 yuan ($31,200) 175,000 ($27,300) came back, 25,000 ($3,900) less``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, minus
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow, goes_to
from nkauto.read.relations.drafts import BOUNDS, alike, candidate, operator, reading
from nkauto.read.relations.measures import bracketed
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.words import pattern, says, words
from nkauto.read.search.bases import Settled
from nkauto.read.search.scene import BREAK

_LEFT, _RIGHT, _WIDE = 64, 24, 70
_FAR = Fraction(5, 2)
"""Two sums that miss a gap by more than this factor are not those that it lies between."""
_PARTS = re.compile(r"[,，、;；:：(（—–]")
_END = re.compile(r"\s*(?:[,.;:)，、。；）–—]|$)")
_TWO = 2
_MOST = 8
_Pair = tuple[Mention, Mention]


def find(passage: Passage, converted: frozenset[int]) -> list[Settled]:
    """Return the sums of a text that words call the gap of the two right before or behind them."""
    found = []
    for position, stated in enumerate(passage.mentions):
        if stated.unit in ("%", "x", *TIME) or stated.rate or stated.low <= 0 or stated.index in converted:
            continue
        if stated.figure.bound in BOUNDS:
            found += _passed(passage, stated, position, converted)
        if not (_named(stated) or _closed(stated)):
            continue
        settled = next((each for each in _tried(passage, stated, position, converted) if each is not None), None)
        if settled is not None:
            found.append(settled)
    return found


def _passed(passage: Passage, step: Mention, position: int, converted: Collection[int]) -> list[Settled]:
    """Return a step of more than so much, where the levels right before and behind it lie no twice as far apart."""
    beside = passage.before(step, position, sentences=0)[::-1], passage.after(step, position)
    levels = [[each for each in side if each.index not in converted and not bracketed(each)] for side in beside]
    if not all(levels) or not goes_to(passage.text[step.figure.end : levels[1][0].figure.start]):
        return []
    low, high = sorted((levels[0][-1], levels[1][0]), key=lambda each: each.low)
    if not (alike(low, step) and alike(high, step) and low.high < high.low):
        return []
    ends = minus(high.ends[0], low.ends[1]), minus(high.ends[1], low.ends[0])
    tests = compare(*ends, operator(step), step.stated)
    words_ = f"{high.figure.span} is {step.figure.span} from {low.figure.span}"
    made = candidate("change", words_, step, (low, high), [reading((step, low, high), tests)], sure=True)
    fits = verdict(tests) is Verdict.HOLDS and ends[0].value <= _TWO * Fraction(step.low)
    return [Settled(step.index, made, fits=True, score=0.0)] if fits else []


def _named(stated: Mention) -> bool:
    """Return whether words right before a sum call it a gap: ``a profit of``, ``the deficit stood at``."""
    return _leads().search(unhedged(stated.left)[-_LEFT:]) is not None


@cache
def _leads() -> re.Pattern[str]:
    """Return the pattern of a gap with what leads from it to the sum: ``a loss of just``, ``the difference, ``."""
    links = "|".join(re.escape(each) for each in words("margin_of"))
    return pattern("margin_told", after=rf"(?:[\s:,]+|\s+(?:\w+\s+){{0,7}}?(?:{links})\s+(?:an?\s|the\s)?)$")


def _closed(stated: Mention) -> bool:
    """Return whether words right behind a sum call it a gap: ``300 won apart``."""
    return pattern("margin_behind", r"^\s*").match(stated.right[:_RIGHT]) is not None


def _tried(passage: Passage, stated: Mention, position: int, converted: frozenset[int]) -> Iterator[Settled | None]:
    every = [each for each in passage.before(stated, position, sentences=1) if each.unit not in ("%", "x")]
    before = [each for each in every if each.sentence == stated.sentence and each.index not in converted]
    like = [each for each in every if each.unit == stated.unit]
    own = [each for each in like if each.index not in converted]
    like = like if len(own) < _TWO else own  # what tells a sum again in this currency may lie apart from another
    closed = _closed(stated) or _END.match(stated.right) is not None
    if closed and len(like) == _TWO and like[0].sentence == stated.sentence and _joined(passage.gap(like[0], stated)):
        yield _settled(passage, stated, like[::-1])
    after = [each for each in passage.after(stated, position, most=_TWO + 1) if each.index not in converted]
    after = [each for each in after if each.sentence == stated.sentence]
    if not before and len(after) == _TWO and _led(passage.gap(stated, after[0])):
        yield _settled(passage, stated, after)


def _joined(gap: str) -> bool:
    """Return whether the clause of a gap goes on from the two sums and has no subject of its own."""
    if BREAK.search(gap) or any(says(role, gap) for role in ("turns", "when", "season")):
        return False
    clause = _PARTS.split(unhedged(gap))
    told = pattern("margin_told").search(clause[-1])
    lead = clause[-1] if told is None else clause[-1][: told.start()]
    opens = pattern("leaves_it", r"^\s*(?:and\s|which\s|that\s)?\s*(?:\w+\s+)?").match(lead)
    return len(clause) > 1 and (not lead.strip() or opens is not None)


def _led(gap: str) -> bool:
    """Return whether words lead from a gap to the two sums that it lies between: ``, with imports of``."""
    clause = _PARTS.split(gap)
    if any(says(role, gap) for role in ("turns", "rise", "fall")) or len(gap) > _WIDE:
        return False
    return ":" in gap or "：" in gap or pattern("margin_leads", r"^\s*").match(clause[-1]) is not None


def _settled(passage: Passage, stated: Mention, two: Sequence[Mention]) -> Settled | None:
    one, other = two
    if not alike(one, other) or one.low == other.low or not (one.single and other.single) or one.rate:
        return None
    if arrow(passage, one, other) or (stated.per and stated.per != one.per) or stated.figure.bound in BOUNDS:
        return None
    if one.subject != other.subject and stated.subject in (one.subject, other.subject) and stated.subject:
        return None
    small, large = sorted(two, key=lambda each: each.low)
    ends = minus(large.ends[0], small.ends[1]), minus(large.ends[1], small.ends[0])
    tests = compare(*ends, operator(stated, two, round_digits=0), stated.stated)
    fits = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING)
    if not fits and not all(1 / _FAR <= test.size <= _FAR for test in tests):
        return None
    words_ = f"{stated.figure.span} between {small.figure.span} and {large.figure.span}"
    made = candidate("ratio", words_, stated, two, [reading((stated, *two), tests)], sure=True)
    return Settled(stated.index, made, fits, score=0.0)


def again(passage: Passage) -> list[Settled]:
    """Return the worths in brackets of which one is the gap of two others, as it is outside the brackets."""
    pairs: dict[tuple[str, str], list[_Pair]] = defaultdict(list)
    for one, other in zip(passage.mentions, passage.mentions[1:], strict=False):
        if one.money and other.money and one.unit != other.unit and bracketed(other) and not bracketed(one):
            pairs[one.unit, other.unit].append((one, other))
    return [each for told in pairs.values() for each in _told_again(told)]


def _told_again(pairs: Sequence[_Pair]) -> Iterator[Settled]:
    for place, (gap, worth) in enumerate(pairs):
        near = [each for each in pairs[max(0, place - _MOST) : place + _MOST] if each[0] is not gap]
        near = [each for each in near if abs(each[0].sentence - gap.sentence) < _TWO and not each[0].rate]
        for two in combinations(near, 2):
            (small, less), (large, more) = sorted(two, key=lambda pair: pair[0].low)
            if not gap.single or not worth.single or _apart(small, large)[1].value != gap.ends[0].value:
                continue
            tests = compare(*_apart(less, more), operator(worth, (gap, less, more), round_digits=1), worth.stated)
            if verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING):
                words = f"{worth.figure.span} between {less.figure.span} and {more.figure.span}"
                made = candidate("ratio", words, worth, (less, more), [reading((worth, less, more), tests)], sure=True)
                yield Settled(worth.index, made, fits=True, score=0.0)
                break


def _apart(small: Mention, large: Mention) -> tuple[Term, Term]:
    return minus(large.ends[0], small.ends[1]), minus(large.ends[1], small.ends[0])
