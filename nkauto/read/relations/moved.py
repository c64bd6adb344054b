"""Percentages of steps told before them with the levels that they led to, each by the name of its place or good.

``A at 5,100, up 150, B at 5,500, up 650: A has risen by 3 %, B by 13 %``; ``150 dearer at 5,100, a rise of 3 %``;
``A up by 150 to 5,100 and B by 650 to 5,500, rises of 3 and 13 %``.
And what a currency lost, on the rates of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple

from nkauto.core.claims import Candidate, Hint, Reading, Verdict
from nkauto.core.judge import best, compare, verdict
from nkauto.core.terms import Term, fall, minus, over, plus, share
from nkauto.read.passage.passage import TIME, Mention
from nkauto.read.relations.between import goes_to, led_away
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.multiple import CLAUSE, DOWN, UP, Multiple, claim_of, is_split, unhedged, way_of
from nkauto.read.relations.senses import plainly
from nkauto.read.relations.steps import stepping
from nkauto.read.relations.told_after import levels_before
from nkauto.read.relations.words import YEAR, pattern, says
from nkauto.read.search.apposed import COMMA_ALONE
from nkauto.read.search.leads import listed_with
from nkauto.read.search.names import content, name_of
from nkauto.read.search.scene import BREAK, COMMA, Scene, leads_on

_GAP, _LISTED = 30, 30
_LEAST = 3
"""A step is no more than a part of its level; in a list whose verb stands last, so small a one."""
_REACHED = 3
"""A percentage that misses a step by more than so many times is not said of it."""
_ONE = Term(Fraction(1), "1")
_RATE_FROM = 10
"""One to so many is a rate; below it, rather a mixture."""
_VALUE, _SINCE, _BESIDE = 24, 60, 28
_BESIDE_ONE_ANOTHER, _ALL = Fraction(1, 5), 100
_MOST = 16
"""Figures before a loss among which the levels of the rate are looked for."""
_EARLIER = ("had_been", "earlier_told")
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)


class Move(NamedTuple):
    """A level, the step that led to it, and its way."""

    level: Mention
    step: Mention
    way: str

    @property
    def before(self) -> Decimal:
        """What the level was before the step."""
        return self.level.low - self.step.low if self.way == UP else self.level.low + self.step.low


def of_a_move(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return a percentage of the one step before it whose level the words name, or which stands right before it.

    Of several that they may name, one that bears it out; none is called wrong then.
    """
    mention = multiple.mention
    told = multiple.percent and not (multiple.of or multiple.elsewhere)
    levels = levels_before(scene, mention, multiple.position, sentences=2)[::-1]
    again = bool(levels) and COMMA_ALONE.fullmatch(unhedged(scene.passage.gap(levels[-1], mention))) is not None
    if not told or not (multiple.way or again or says("width", mention.left[-_GAP:])):
        return None
    every = [each if each.way else each._replace(way=multiple.way) for each in moves(scene, levels)]
    every = [each for each in every if each.way and each.way == (multiple.way or each.way)]
    near = [each for each in every if mention.sentence - each.level.sentence <= 1]
    if not near:
        return None
    tried = [(move, _reading(scene, multiple, move)) for move in _named(scene, multiple, near)]
    held = [each for each in tried if best((each[1],))[1] in (Verdict.HOLDS, Verdict.ROUNDING)]
    left = held or [each for each in tried if all(1 / _REACHED <= test.size <= _REACHED for test in each[1].tests)]
    if len(left) != 1 and not held:
        return None
    move, made = left[0]
    if any(each.low == move.before for each in levels):
        return None  # the level that it led away from is told as well
    slip = Hint(share(move.step.ends[0], move.level.ends[0]), "reckoned on the new figure")
    return claim_of(multiple, (move.step, move.level), [made], sure=True, hints=[slip], locked=True)


def _named(scene: Scene, multiple: Multiple, told: Sequence[Move]) -> list[Move]:
    """Return the moves whose levels the words before a percentage name best, else the one right before it."""
    mention, run = multiple.mention, scene.run(multiple.mention)
    if len(run) == len(told) > 1 and run[0].index > told[-1].level.index:
        return [told[run.index(mention)]]
    names = [name_of(scene.passage, each.level) | name_of(scene.passage, each.step) for each in told]
    others = [frozenset[str]().union(*(o for o in names if o is not name)) for name in names]
    sought = content(BREAK.split(unhedged(mention.left))[-1])
    worth = [len(sought & (name - other)) for name, other in zip(names, others, strict=True)]
    most = max(worth)
    if most:
        return [each for each, value in zip(told, worth, strict=True) if value == most]
    last = told[-1]
    nearer = max(last.level, last.step, key=_place)
    gap = scene.passage.gap(nearer, mention)
    if _place(nearer) != mention.index - 1 or last.level.sentence != mention.sentence or BREAK.search(gap):
        return []
    for role in ("width", "rise", "fall"):
        gap = pattern(role).sub(" ", gap)
    return [] if content(unhedged(gap)) else [last]  # what has a name of its own is another thing


def _place(mention: Mention) -> int:
    return mention.index


def moves(scene: Scene, levels: Sequence[Mention]) -> list[Move]:
    """Return every level with the step beside it that led to it, and those of a list whose verb stands last."""
    found: list[Move] = []
    single = [each for each in levels if each.single and each.money]
    for one, other in pairwise(single):
        move = _move(scene, one, other)
        if move is not None and move.step is one:
            found = [each for each in found if each.step is not one]  # it leads on to the next level
        if move is not None:
            found += [*_listed(scene, single, move), move]
    return found


def _move(scene: Scene, one: Mention, other: Mention) -> Move | None:
    gap = scene.passage.gap(one, other)
    if one.unit != other.unit or one.sentence != other.sentence or len(gap) > _GAP or BREAK.search(gap):
        return None
    if scene.steps(one) and one.low < other.low and leads_on(gap):
        return Move(other, one, way_of("", "", gap))
    if one.low < other.low and gap.isascii() and goes_to(gap) and stepping(left := unhedged(one.left)):
        return Move(other, one, way_of("", left, ""))
    listed = COMMA.match(gap.lstrip()) is not None and one in listed_with(scene, other)
    if scene.steps(other) and other.low < one.low and _is_next(scene, one, other) and not listed:
        return Move(one, other, way_of("", unhedged(other.left), CLAUSE.split(other.right)[0]))
    return None


def _is_next(scene: Scene, one: Mention, other: Mention) -> bool:
    """Return whether nothing but a span of time stands between two figures: ``5,100, in ten days 150 up``."""
    return all(m.unit in TIME for m in scene.passage.mentions[scene.at(one) + 1 : scene.at(other)])


def _listed(scene: Scene, levels: Sequence[Mention], last: Move) -> Iterator[Move]:
    """Yield the moves before one that closes their list: ``A at 5,100 150, B at 5,500 650 up``."""
    place = levels.index(last.step)
    if last.level.index > last.step.index:
        return
    while place >= _LEAST:
        level, step, first = levels[place - _LEAST], levels[place - 2], levels[place - 1]
        gap = scene.passage.gap(step, first)
        like = level.unit == last.step.unit == step.unit and level.sentence == last.step.sentence
        if not like or step.low * _LEAST > level.low or len(gap) > _LISTED or BREAK.search(gap):
            return
        if scene.steps(step) or COMMA.match(gap.lstrip()) is None:
            return
        yield Move(level, step, last.way)
        place -= 2


def _reading(scene: Scene, multiple: Multiple, move: Move) -> Reading:
    """Return what a step is of the level before it, against the percentage."""
    part, whole = move.step.ends[0], move.level.ends[0]
    before = plus(whole, part) if move.way != UP else minus(whole, part)
    if led_away(scene.passage, move.level, move.step):
        before = whole
    value = share(part, before)
    sign = operator(multiple.mention, (move.step, move.level), round_digits=0)
    tests = plainly(multiple, compare(value, value, sign, multiple.mention.stated))
    return reading((multiple.mention, move.step, move.level), tests)


def lost_value(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return the loss of a currency that none of the rates of the text bears out, with the two that it is told of."""
    mention = multiple.mention
    lost = says("value", mention.right[:_VALUE]) or says("value", mention.left[-_VALUE:])
    if multiple.way != DOWN or not (lost or multiple.currency) or len(scene.run(mention)) > 1:
        return None
    levels = _levels(scene, multiple)
    if len({each.low for each in levels}) < 2:
        return None
    for old, new in combinations(sorted(levels, key=lambda each: each.low), 2):
        if any(verdict(each.tests) in _HELD for each in _readings(multiple, old, new)):
            return None
    # Of two levels the larger is the later one, whichever is told first: money that lost its value was dear before.
    new = max(levels, key=lambda each: each.low) if len(levels) == 2 else levels[-1]
    base = _base(multiple, levels)
    if len(levels) > 2 and any(says(role, new.left) or says(role, new.right[:_BESIDE]) for role in _EARLIER):
        base, new = new, next((each for each in reversed(levels) if each.low > new.low), new)
    if base is None or base.low >= new.low:
        return None
    words = f"{mention.figure.span} {multiple.way}"
    made = _readings(multiple, base, new)
    if mention.high <= _ALL and all(test.size < _BESIDE_ONE_ANOTHER for each in made for test in each.tests):
        return None  # what is asked and what is given on one day is no loss of value
    return candidate("change", words, mention, (base, new), made, sure=True, locked=True)


def _levels(scene: Scene, multiple: Multiple) -> list[Mention]:
    """Return the levels of one rate before a multiple, in the order of the text: of many figures the last."""
    found: list[Mention] = []
    for each in scene.passage.mentions[max(0, multiple.position - _MOST) : multiple.position]:
        split = is_split(each) and each.low >= _RATE_FROM
        if not (each.rate or split or (found and _goes_on(found[-1], each))) or not each.single or not each.high:
            continue
        if found and each.unit != found[-1].unit:
            return []  # of two currencies, or of none
        if found and each.rate and found[-1].rate and each.per != found[-1].per:
            found = []  # what stood before is the price of another currency
        found.append(each)
    return found


def _goes_on(last: Mention, mention: Mention) -> bool:
    """Return whether a bare amount right behind a rate is another level: ``a dollar bought 16 pesos then, 400 now``."""
    return mention.index - last.index == 1 and mention.unit == last.unit and not mention.per and mention.money


def _base(multiple: Multiple, levels: Sequence[Mention]) -> Mention | None:
    """Return the level that a loss is measured from: the first since the launch, the one of a year, else the last."""
    clause = re.split(r"[.;,，；。]", multiple.mention.right[:_SINCE])[0]
    if says("launch", clause) or says("launch", multiple.mention.left[-_BESIDE:]):
        return levels[0]
    if multiple.elsewhere or pattern("measured_from").search(clause) or says("since_then", multiple.mention.left):
        years = set(YEAR.findall(clause))
        told = [each for each in levels[:-1] if years & set(YEAR.findall(each.left[-_BESIDE:] + each.right[:_BESIDE]))]
        return told[-1] if told else None
    if len(levels) == 2:
        return min(levels, key=lambda each: each.low)
    return next((each for each in reversed(levels[:-1]) if each.low < levels[-1].low), None)


def _readings(multiple: Multiple, old: Mention, new: Mention) -> list[Reading]:
    """Return the comparisons of a loss with what two levels of a rate come to: by so much, or to such a fraction."""
    mention = multiple.mention
    one, other = old.ends[0], new.ends[0]
    values = [fall(other, one)]
    if not multiple.percent:
        values = [minus(_ONE, over(one, other)), over(one, other)] if mention.low < 1 else [over(other, one)]
    sign = operator(mention, (old, new), round_digits=0 if multiple.percent else 1)
    return [reading((mention, old, new), compare(value, value, sign, mention.stated)) for value in values]
