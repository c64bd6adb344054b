"""Every two like figures near a multiple, as a change, a share or a step, with what they come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import cached_property

from nkauto.core.claims import Hint, Reading, Verdict
from nkauto.core.judge import best, compare
from nkauto.core.terms import Term, minus, over, plus, share
from nkauto.read.drafts import BOUNDS, operator, reading
from nkauto.read.passage import TIME, Mention, Passage
from nkauto.read.relation_words import pattern, says
from nkauto.read.relations_between import goes_to, listed
from nkauto.read.relations_multiple import DOWN, UP, Multiple, Pair, is_split
from nkauto.read.relations_senses import hints_of, near_bound, plainly, readings_of, so_many_times
from nkauto.read.search_names import BOTH, Named, named
from nkauto.read.search_scene import BREAK, COMMA, Scene, step_link, told_behind
from nkauto.read.search_ties import BOTH_TOLD, grammar, kin, nearness, parallel, shared

FAR, FARTHEST = -6.0, -14.0
"""Figures further off are not tried: those that do not compute at all, and any."""

WORDED = 3.0
"""So firmly words such as from and than tie two figures."""

AFTER, BEHIND = 4.5, 2.0
"""What the next sentence tells of a comparison is worth so much, and tied so firmly."""

_RATE_FROM = 10
"""One to so many is a rate, ``1:300``; below it, rather a mixture."""

_BORNE_OUT = 2.0
"""What it is worth that a step leads from one level of the text to another."""

_SLACK, _BOUND_SLACK = Decimal("1.15"), Decimal("1.5")
_ALIKE, _ALIKE_VERB_LAST = 3, 8
"""Steps of one list differ by less than this; a level that stands in the list is far larger."""
_NEARLY_ALL = Decimal("0.999")
_ROUGH = Context(prec=9)


@dataclass(frozen=True, eq=False)
class Option:
    """Two figures, or a step and a level, that a multiple may follow from; how well they are tied to it.

    ``repeats``: both are told a second time, in another currency.

    What they come to is worked out only where it is asked for: most are too far off to matter.
    """

    mentions: tuple[Mention, ...]
    read: Callable[[], list[Reading]]
    score: float
    tied: float = 0.0
    slips: Callable[[], list[Hint]] = list
    plausible: bool = True
    repeats: bool = False

    @cached_property
    def key(self) -> frozenset[int]:
        """Its figures."""
        return frozenset(mention.index for mention in self.mentions)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """What its figures come to, in every sense."""
        return tuple(self.read())

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """The slips that would explain another figure."""
        return tuple(self.slips())

    @cached_property
    def said(self) -> Verdict:
        """What the best of its readings says."""
        return best(self.readings)[1]


def possible(scene: Scene, multiple: Multiple) -> Iterator[Option]:
    """Yield every two like figures near a multiple, as changes, shares and steps."""
    passage, mention, position = scene.passage, multiple.mention, multiple.position
    around = [
        *passage.before(mention, position)[::-1],
        *passage.after(mention, position),
        *_later(passage, mention, position),
    ]
    operands = [m for m in around if m.high > 0 and m.low > 0 and not is_split(m)]
    like = [m for m in operands if m.unit not in ("%", "x")]
    if not multiple.percent and multiple.mention.low >= 1:
        like += [m for m in operands if m.unit == "%"]
    rates = [m for m in around if is_split(m) and m.low >= _RATE_FROM]
    if len(rates) > 1:
        like += rates
    steps = {each.index for m in like if scene.steps(m) for each in _with(scene, m)}
    own = any(m.sentence == mention.sentence and m.index < mention.index and m.money for m in around)
    near = {m.index: nearness(scene, multiple, m) for m in like}
    factors = _factors(multiple)
    names = {
        unit: named(passage, multiple, _of_unit(like, unit, steps), scene.converted, scene.names)
        for unit in {m.unit for m in like}
    }
    behind = told_behind(scene, multiple, around)
    alone = not any(m.sentence == mention.sentence for m in like) and bool(multiple.way or multiple.compares)
    for place, one in enumerate(like):
        if (one.sentence > mention.sentence and one not in behind and not alone) or (
            one.index > mention.index and _parted(passage, mention, one)
        ):
            continue
        for other in like[place + 1 :]:
            if one.unit != other.unit or (one.rate != other.rate and one.per and other.per):
                continue
            if one.unit in TIME and multiple.percent:
                continue
            score = near[one.index] + near[other.index] + kin(multiple, one, other)
            worth, by_name = names[one.unit].tie(one, other)
            if one in behind and other in behind:
                score, by_name = score + AFTER, max(by_name, BEHIND)
            score += worth
            if own and mention.sentence not in (one.sentence, other.sentence):
                score -= 2.5
            plausible = _plausible(factors, one, other)
            changes = bool(multiple.way) or not multiple.of
            stepped = multiple.percent and changes and bool({one.index, other.index} & steps)
            if not stepped and score >= (FARTHEST if plausible else FAR):
                yield from _pair(scene, multiple, one, other, steps, score, plausible, names[one.unit], by_name)
            step, level = sorted((one, other), key=lambda each: (each.index not in steps, each.low))
            if step.index in steps:
                score = near[one.index] + near[other.index] + kin(multiple, level, level)
                score += names[one.unit].speaks(step, level)
            shares = multiple.of and not multiple.percent and multiple.mention.low < 1
            if step.money and level.index not in steps and score >= FARTHEST and not shares:
                score += _BORNE_OUT if _led(multiple, step, level, like) else 0.0
                yield from _step(scene, multiple, step, level, score, told=step.index in steps)


def _of_unit(like: list[Mention], unit: str, steps: set[int]) -> list[Mention]:
    """Return the levels of a unit, which words can name."""
    return [each for each in like if each.unit == unit and each.index not in steps]


def _led(multiple: Multiple, step: Mention, level: Mention, like: list[Mention]) -> bool:
    """Return whether the text tells the level, too, that a step led away from."""
    before = level.low - step.low if multiple.way == UP else level.low + step.low
    told = bool(multiple.way) and step.single and level.single
    return told and any(each.low == before and each.unit == level.unit for each in like)


def _with(scene: Scene, step: Mention) -> list[Mention]:
    """Return the list that a step stands in, as far as its verb reaches: back from a verb that closes it, or on.

    A level in that list is far larger than the step; where one verb closes the list, its steps may differ more.
    """
    closed = any(pattern(role, step_link()).match(step.right[:14]) for role in ("rise", "fall"))
    most = step.high * (_ALIKE_VERB_LAST if closed and not step.right[:3].isascii() else _ALIKE)
    run = [each for each in scene.run(step) if (each.index <= step.index if closed else each.index >= step.index)]
    return [each for each in run if each.low < most]


def _factors(multiple: Multiple) -> list[tuple[Decimal, Decimal]]:
    """Return what one figure may be times another, the larger over the smaller, for the multiple to hold: the ranges.

    Widened by as much as a verdict allows, and roughly: this only says which figures are worth working out.
    """
    scale = 100 if multiple.percent else 1
    low, high = (_ROUGH.divide(end, Decimal(scale)) for end in (multiple.mention.low, multiple.mention.high))
    one = Decimal(1)
    found = [(low, high), (one + low, one + high), (_ROUGH.divide(one, high), _ROUGH.divide(one, low or high))]
    slack = _BOUND_SLACK if multiple.mention.figure.bound in BOUNDS else _SLACK
    factors = [(_ROUGH.divide(start, slack), _ROUGH.multiply(end, slack)) for start, end in found]
    if high < 1:  # what is left of a whole that so much is lost of
        most = min(_ROUGH.multiply(high, slack), _NEARLY_ALL)
        factors.append((_ROUGH.divide(one, one - _ROUGH.divide(low, slack)), _ROUGH.divide(one, one - most)))
    return factors


def _plausible(factors: list[tuple[Decimal, Decimal]], one: Mention, other: Mention) -> bool:
    """Return whether two figures stand to each other roughly as a multiple says, in any sense."""
    small, large = (one, other) if one.low <= other.low else (other, one)
    least, most = _ROUGH.divide(large.low, small.high), _ROUGH.divide(large.high, small.low)
    return any(least <= high and low <= most for low, high in factors)


def _parted(passage: Passage, mention: Mention, other: Mention) -> bool:
    """Return whether a semicolon parts a multiple from a figure behind it."""
    return BREAK.search(passage.gap(mention, other)) is not None


def _later(passage: Passage, mention: Mention, position: int) -> list[Mention]:
    """Return the first figures of the next two sentences, in which a result may be told."""
    near = passage.mentions[position + 1 : position + 7]
    return [each for each in near if 1 <= each.sentence - mention.sentence <= 2 and each.unit not in ("%", "x")][:4]


def _pair(
    scene: Scene,
    multiple: Multiple,
    one: Mention,
    other: Mention,
    steps: set[int],
    score: float,
    plausible: bool,
    names: Named,
    by_name: float,
) -> Iterator[Option]:
    """Yield two figures as a change and as a share, scored by nearness, kinship and grammar."""
    passage = scene.passage
    tie, ordered, base = grammar(scene, multiple, one, other)
    if by_name > tie:
        tie, ordered, base = by_name, True, one if one.index in names.base else other
    elif tie >= WORDED and ordered and names.new == {(other if base is one else one).index}:
        tie = BOTH
    score += tie + parallel(scene, multiple, one, other)
    if one.index in steps or other.index in steps or _is_gap(one) or _is_gap(other):
        score -= 3
    if not (multiple.way or multiple.of or multiple.compares or multiple.verb):
        score -= 1
    if multiple.elsewhere and tie < 2.5:
        score -= 2
    first = min(one, other, key=_start)
    if first.index > multiple.mention.index and COMMA.search(passage.gap(multiple.mention, first)):
        score -= 1.5
    if tie < 1 and _behind_a_comma(passage, multiple, one, other):
        score -= 1.0
    if tie < 2 and listed(passage, one, other) and not (multiple.compares or multiple.of):
        score -= 1.5
    tied = tie
    if multiple.percent and tie < 2 and not (multiple.way or multiple.of or multiple.compares):
        tied = -1.0
    both = sum(each.index in scene.converted for each in (one, other))
    repeated = by_name > 0 and base.index in scene.converted
    if both == 2 or (both and not repeated):
        score, tied = score - (3.0 if both == 2 else 1.5), min(tied, 0.0)
    elif both:
        score -= 3.0
    pair = Pair((base,), (other if base is one else one,), 3 if ordered else 1, ordered)

    told_order = tie >= WORDED and ordered and multiple.percent and not (multiple.way or multiple.of)

    def read() -> list[Reading]:
        # Where words say which figure came first, a percentage is of that one.
        return near_bound([*readings_of(multiple, pair), *([] if told_order else _by_size(multiple, one, other))])

    def slips() -> list[Hint]:
        return hints_of(multiple, pair) if not multiple.of else []

    yield Option((one, other), read, score, tied, slips, plausible, both == 2)
    small, large = sorted((one, other), key=lambda each: each.low)
    if multiple.percent and small.high < large.low:
        share_ = Pair((large,), (small,), 3, True, part=True)
        bare = not multiple.way and (multiple.of or says("part_of", large.left[-24:]))
        told = 0.0 if not multiple.way else -1.0
        lost = 0.0 if bare else 1.2
        if shared(scene, multiple, large, small):
            told, lost = BOTH_TOLD, -1.0
        yield Option(
            (one, other), lambda: readings_of(multiple, share_), score - lost, told, list, plausible, both == 2
        )


def _behind_a_comma(passage: Passage, multiple: Multiple, one: Mention, other: Mention) -> bool:
    """Return whether a multiple stands between two figures, and a comma parts it from the later one."""
    mention = multiple.mention
    if not one.index < mention.index < other.index:
        return False
    gap = passage.gap(mention, other)
    return COMMA.search(gap) is not None and not goes_to(gap)


def _is_gap(mention: Mention) -> bool:
    """Return whether a figure tells how far two others lie apart: ``the gap is 240``, ``차이는 240원``."""
    return mention.money and says("gap", COMMA.split(mention.left[-20:])[-1])


def _start(mention: Mention) -> int:
    return mention.figure.start


def _by_size(multiple: Multiple, one: Mention, other: Mention) -> list[Reading]:
    """Return what two figures come to in the order of their sizes that the multiple's way asks for."""
    small, large = sorted((one, other), key=lambda each: (each.low, each.high))
    downward = multiple.way == DOWN or (not multiple.percent and not multiple.way and multiple.mention.low < 1)
    old, new = (large, small) if downward else (small, large)
    found = readings_of(multiple, Pair((old,), (new,), 3, True))
    if multiple.percent and not multiple.way:
        found += readings_of(multiple, Pair((new,), (old,), 3, True))
    if (
        not multiple.percent
        and multiple.mention.low < 1
        and multiple.compares
        and multiple.way != DOWN
        and large.single
        and small.single
        and not so_many_times(multiple)
    ):
        more = minus(over(large.ends[0], small.ends[0]), Term(Fraction(1), "1"))
        sign = operator(multiple.mention, (one, other), round_digits=1)
        found.append(reading((multiple.mention, one, other), compare(more, more, sign, multiple.mention.stated)))
    return found


def _step(
    scene: Scene, multiple: Multiple, step: Mention, level: Mention, score: float, *, told: bool
) -> Iterator[Option]:
    """Yield a step and the level that it led to: ``500원 오른 4천원``, 14 %."""
    if step.high >= level.low and (not told or multiple.way == UP):
        return
    if not (multiple.way or told or multiple.mention.low < 1):
        return
    if not told and not (step.subject and step.subject == level.subject):
        return
    mention = multiple.mention
    score += 2.0 if told else -1.5
    steps, levels = scene.run(step), scene.run(level)
    if told and len(steps) == len(levels) > 1:
        score += 1.5 if steps.index(step) == levels.index(level) else -1.5
    if told and abs(step.index - level.index) == 1 and step.sentence == level.sentence:
        score += 1.5
    part, whole = step.ends[0], level.ends[0]

    def read() -> list[Reading]:
        before = plus(whole, part) if multiple.way != UP else minus(whole, part)
        if multiple.percent:
            value = share(part, before)
        else:
            value = over(whole, before) if not multiple.way or multiple.mention.low > 1 else over(part, before)
        sign = operator(mention, (step, level), round_digits=0 if multiple.percent else 1)
        tests = plainly(multiple, compare(value, value, sign, mention.stated))
        return [reading((mention, step, level), tests)]

    def slips() -> list[Hint]:
        return [Hint(share(part, whole), "reckoned on the new figure")]

    tied = 0.0 if not told else 2.0 if multiple.way else 1.0
    yield Option((step, level), read, score, tied, slips)
