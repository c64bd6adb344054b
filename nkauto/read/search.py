"""The figures that a percentage or a multiple follows from, found by what computes and by how near they stand.

Every two like figures near it are tried in each sense that its words allow. What computes is taken, the nearest and
best tied first; what does not compute may be said to fail only where words tie the two figures to it, or where a
well-known slip explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from nkauto.core.claims import Candidate, Hint, Reading, Test, Verdict
from nkauto.core.judge import best, compare, verdict
from nkauto.core.terms import Term, minus, over, plus, share, times
from nkauto.read.drafts import alike, candidate, operator, reading
from nkauto.read.passage import TIME, Mention, Passage
from nkauto.read.relation_words import pattern, says
from nkauto.read.relations_change import _hints, _multiple, _readings, is_split
from nkauto.read.relations_operands import DOWN, UP, Multiple, Pair, _back, _ends_with_base, arrow

FIRM = 1.0
"""A pair scored so well may be said to fail."""
CLEAR = 1.0
"""... when it is so much ahead of the next."""
EXACT_FROM, ROUND_FROM, LOOSE_FROM = -7.0, -4.5, -3.0
"""What computes exactly, within rounding, or within the width of a hedge is believed down to these scores."""

_BREAK = re.compile(r"[;；]")
_COMMA = re.compile(r"[,，、:：]")
_STEP_AFTER = r"^\s*(?:씩|이나|이|가|을|를|나|も|ほど|だけ|が|を|も|余り)?\s*"
_EASTERN = re.compile(r"[぀-ヿ㐀-鿿가-힣]")


@dataclass(frozen=True, slots=True)
class Option:
    """Two figures, or a step and a level, that a multiple may follow from; how well they are tied to it."""

    mentions: tuple[Mention, ...]
    readings: tuple[Reading, ...]
    score: float
    hints: tuple[Hint, ...] = ()
    tied: float = 0.0

    @property
    def key(self) -> frozenset[int]:
        """Its figures."""
        return frozenset(mention.index for mention in self.mentions)

    @property
    def said(self) -> Verdict:
        """What the best of its readings says."""
        return best(self.readings)[1]


@dataclass(frozen=True, slots=True)
class Settled:
    """What the search says of one figure: the claim, and the score of its figures."""

    index: int
    candidate: Candidate
    fits: bool
    score: float


def find(passage: Passage, converted: frozenset[int]) -> list[Settled]:
    """Return the changes and ratios that the text's own figures decide; ``converted`` repeat others in a currency."""
    every: list[tuple[Multiple, list[Option]]] = []
    for position, mention in enumerate(passage.mentions):
        if mention.unit in ("%", "x") and mention.high and not is_split(mention):
            multiple = _multiple(mention, position)
            options = sorted(_options(passage, multiple, converted), key=lambda each: -each.score)
            every.append((multiple, options))
    fitting = [
        (multiple, option, _worth(option))
        for multiple, options in every
        for option in options
        if _believed(multiple, option)
    ]
    found: dict[int, Settled] = {}
    taken: dict[tuple[frozenset[int], str], int] = {}
    for multiple, option, _ in sorted(fitting, key=lambda each: -each[2]):
        index = multiple.mention.index
        key = option.key, multiple.mention.unit
        if index in found or taken.get(key, index) != index:
            continue
        found[index] = _settled(multiple, option, fits=True)
        taken[key] = index
    for multiple, options in every:
        index = multiple.mention.index
        if index in found:
            continue
        left = [each for each in options if (each.key, multiple.mention.unit) not in taken]
        failing = _failing(passage, multiple, left)
        if failing is not None:
            found[index] = _settled(multiple, failing, fits=False)
    return list(found.values())


def _worth(option: Option) -> float:
    return option.score + (1.5 if option.said is Verdict.HOLDS else 0)


def _believed(multiple: Multiple, option: Option) -> bool:
    said = option.said
    if said not in (Verdict.HOLDS, Verdict.ROUNDING):
        return False
    chosen, _ = best(option.readings)
    assert chosen is not None
    strict = tuple(Test(t.computed, "=", t.stated, t.place) for t in chosen.tests if t.operator in ("=", "~"))
    if not strict:
        return option.score >= LOOSE_FROM
    closely = verdict(strict)
    if closely is Verdict.HOLDS:
        return option.score >= EXACT_FROM
    return option.score >= (ROUND_FROM if closely is Verdict.ROUNDING else LOOSE_FROM)


def _failing(passage: Passage, multiple: Multiple, options: list[Option]) -> Option | None:
    """Return the figures that a multiple contradicts, where words tie it to them or a known slip explains it."""
    if not options or not (multiple.way or multiple.compares or multiple.of or multiple.verb):
        return None
    top = options[0]
    rest = [each for each in options[1:] if each.key != top.key]
    ahead = top.score - rest[0].score if rest else 9.0
    if top.tied >= 1.5 and top.score >= FIRM and ahead >= CLEAR and not _away(passage, multiple, top):
        return top
    for each in options[:4]:
        if each.score >= -1.5 and each.tied >= 0 and _slipped(multiple, each) and not _away(passage, multiple, each):
            return each
    return None


def _away(passage: Passage, multiple: Multiple, option: Option) -> bool:
    """Return whether a multiple is measured from something that is none of these figures: ``since January``."""
    if not multiple.elsewhere:
        return False
    after = [each for each in option.mentions if each.figure.start > multiple.mention.figure.start]
    return not after or len(_COMMA.findall(passage.gap(multiple.mention, after[0]))) > 0


def _slipped(multiple: Multiple, option: Option) -> bool:
    """Return whether a well-known slip explains the stated figure to its digits."""
    stated = Fraction(multiple.mention.low)
    place = Fraction(multiple.mention.stated.place)
    return any(abs(hint.computed.value - stated) * 2 <= place for hint in option.hints)


def _settled(multiple: Multiple, option: Option, *, fits: bool) -> Settled:
    kind = "change" if multiple.way or multiple.verb else "ratio"
    span = multiple.mention.figure.span
    statement = f"{span} {multiple.way}".strip()
    made = candidate(
        kind, statement, multiple.mention, option.mentions, option.readings, sure=True, hints=option.hints
    )
    return Settled(multiple.mention.index, made, fits, option.score)


def _options(passage: Passage, multiple: Multiple, converted: frozenset[int]) -> Iterator[Option]:
    mention, position = multiple.mention, multiple.position
    around = [
        *passage.before(mention, position)[::-1],
        *passage.after(mention, position),
    ]
    operands = [m for m in around if m.index not in converted and m.high > 0 and not is_split(m)]
    like = [m for m in operands if m.unit not in ("%", "x") and m.low > 0]
    if not multiple.percent and multiple.mention.low >= 1:
        like += [m for m in operands if m.unit == "%"]
    steps = {m.index for m in like if _is_step(m)}
    for place, one in enumerate(like):
        for other in like[place + 1 :]:
            if one.unit != other.unit or one.rate != other.rate:
                continue
            if one.unit in TIME and multiple.percent:
                continue
            yield from _pair(passage, multiple, one, other, steps)
            for step, level in ((one, other), (other, one)):
                if step.index in steps and level.index not in steps:
                    yield from _step(passage, multiple, step, level)


def _is_step(mention: Mention) -> bool:
    """Return whether a figure tells by how much another changed: ``up 300 won``, ``300원 올랐다``."""
    if not mention.money or mention.rate and not mention.figure.span:
        return False
    left = pattern("hedge", after=r"\s*$").sub("", mention.left[-30:])
    if _EASTERN.search(mention.right[:3]) or _EASTERN.search(mention.left[-3:]):
        near = mention.right[:12]
        if any(pattern(role, _STEP_AFTER).match(near) for role in ("rise", "fall")):
            return True
        return any(pattern(role, after=r"(?:了|出)?\s*$").search(left[-6:]) for role in ("rise", "fall"))
    if any(pattern(role, after=r"(?:\s+by)?\s*$").search(left) for role in ("rise", "fall")):
        return True
    return any(pattern(role, r"^\s*(?:was|were)?\s*").match(mention.right[:20]) for role in ("rise", "fall", "compare"))


def _way_between(passage: Passage, mention: Mention, other: Mention) -> str:
    first, last = sorted((mention, other), key=lambda each: each.figure.start)
    return passage.text[first.figure.end : last.figure.start]


def _near(passage: Passage, multiple: Multiple, other: Mention) -> float:
    """Return how near a figure stands: nearer is higher, 0 at best."""
    mention = multiple.mention
    low, high = sorted((mention.index, other.index))
    between = sum(
        1
        for each in passage.mentions[max(0, multiple.position - 14) : multiple.position + 8]
        if low < each.index < high and each.unit not in TIME
    )
    gap = _way_between(passage, mention, other)
    score = -0.5 * between - 1.2 * abs(mention.sentence - other.sentence) - 0.8 * len(_BREAK.findall(gap))
    return score - 0.2 * min(4, len(_COMMA.findall(gap)))


def _grammar(passage: Passage, multiple: Multiple, one: Mention, other: Mention) -> tuple[float, bool, Mention]:
    """Return how well words tie two figures to a multiple, whether they order them, and the base."""
    mention = multiple.mention
    if arrow(passage, one, other):
        return 3.0, True, one
    if _back(passage, other, one):
        return 3.0, True, other
    after = [each for each in (one, other) if each.figure.start > mention.figure.start]
    if len(after) == 1:
        gap = passage.text[mention.figure.end : after[0].figure.start]
        if len(gap) <= 80 and after[0].index - mention.index <= 2 and _ends_with_base(gap):
            return 3.0, True, after[0]
        if len(gap) <= 30 and (multiple.of or multiple.compares) and after[0].index - mention.index == 1:
            return 2.5, True, after[0]
    for each in (one, other):
        if each.figure.start < mention.figure.start and each.sentence == mention.sentence:
            if pattern("base_after", r"^[\s)）」』\"”]*").match(each.right[:16]):
                return 2.0, True, each
            words_before = pattern("hedge", after=r"\s*$").sub("", each.left[-30:])
            if pattern("base_before", after=r"[\s\w’']{0,16}$").search(words_before):
                return 1.5, True, each
    return 0.0, False, one


def _pair(
    passage: Passage, multiple: Multiple, one: Mention, other: Mention, steps: set[int]
) -> Iterator[Option]:
    score = _near(passage, multiple, one) + _near(passage, multiple, other)
    grammar, ordered, base = _grammar(passage, multiple, one, other)
    score += grammar + _kin(multiple, one, other)
    if one.index in steps or other.index in steps:
        score -= 3
    if not (multiple.way or multiple.of or multiple.compares or multiple.verb):
        score -= 1
    new = other if base is one else one
    pair = Pair((base,), (new,), 3 if ordered else 1, ordered)
    readings = [*_end_by_end(multiple, pair), *_readings(multiple, pair)]
    if not multiple.way and multiple.percent:
        small, large = sorted((one, other), key=lambda each: each.low)
        if small.high < large.low:
            readings += _readings(multiple, Pair((large,), (small,), 3, True, part=True))
    if multiple.elsewhere and grammar < 2.5:
        score -= 2
    hints = tuple(_hints(multiple, pair)) if not multiple.of else ()
    yield Option((one, other), tuple(readings), score, hints, grammar)


def _kin(multiple: Multiple, one: Mention, other: Mention) -> float:
    """Return how well two figures go together by what they are prices of."""
    score = 0.0
    if not alike(one, other):
        score -= 2
    if one.subject and other.subject:
        score += 0.7 if one.subject == other.subject else -2 if not (multiple.compares or multiple.of) else -0.7
    own = multiple.mention.subject
    if own and own != "wage":
        for each in (one, other):
            if each.subject:
                score += 0.4 if each.subject == own else -1.5
    if multiple.currency and one.rate:
        score += 0.7
    return score


def _end_by_end(multiple: Multiple, pair: Pair) -> list[Reading]:
    """Return what two ranges come to when their lower and their upper ends are compared with each other."""
    (base,), (new,) = pair.base, pair.new
    if base.single and new.single:
        return []
    if not pair.ordered and (new.low < base.low) != (multiple.way == DOWN or multiple.mention.low < 1):
        base, new = new, base
    mention = multiple.mention
    found = []
    ratios = [over(new.ends[0], base.ends[0]), over(new.ends[1], base.ends[1])]
    one = Term(Fraction(1), "1")
    senses = [ratios]
    if multiple.way == UP:
        senses.append([minus(each, one) for each in ratios])
    if multiple.way == DOWN or (multiple.percent and not multiple.of):
        senses.append([minus(one, each) for each in ratios])
    hundred = Term(Fraction(100), "100")
    sign = operator(mention, (base, new), round_digits=1)
    for values in senses:
        ends = sorted(
            [times(each, hundred) if multiple.percent else each for each in values], key=lambda each: each.value
        )
        tests: tuple[Test, ...]
        if mention.single:
            tests = (*compare(ends[0], ends[0], sign, mention.stated), *compare(ends[1], ends[1], sign, mention.stated))
        else:
            tests = compare(ends[0], ends[1], sign, mention.stated)
        found.append(reading((mention, base, new), tests))
    return found


def _step(passage: Passage, multiple: Multiple, step: Mention, level: Mention) -> Iterator[Option]:
    """Yield a step and the level that it led to: ``500원 오른 4천원``, 14 %."""
    if step.high >= level.low or not multiple.percent or not step.money:
        return
    mention = multiple.mention
    score = _near(passage, multiple, step) + _near(passage, multiple, level) + 1.0 + _kin(multiple, step, level)
    part, whole = step.ends[0], level.ends[0]
    before = plus(whole, part) if multiple.way == DOWN else minus(whole, part)
    sign = operator(mention, (step, level), round_digits=1)
    values = [share(part, before), share(part, whole)]
    tests = [compare(value, value, sign, mention.stated) for value in values]
    hints = (Hint(share(part, whole), "reckoned on the new figure"),)
    # Only the level before is the base of a change; the share of the new level is how many reckon it wrongly.
    readings = tuple(reading((mention, step, level), each) for each in tests[:1])
    yield Option((step, level), readings, score, hints, 2.0)
