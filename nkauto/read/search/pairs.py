"""Every two like figures near a multiple, as a change, a share or a step, with what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Context, Decimal
from fractions import Fraction

from nkauto.core.claims import Hint, Reading
from nkauto.core.judge import compare
from nkauto.core.terms import Term, minus, over
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import goes_to, listed
from nkauto.read.relations.drafts import BOUNDS, operator, reading
from nkauto.read.relations.measures import kin as kin_unit
from nkauto.read.relations.measures import size_between
from nkauto.read.relations.multiple import DOWN, Multiple, Pair, is_split
from nkauto.read.relations.senses import falls_to, hints_of, near_bound, readings_of, so_many_times
from nkauto.read.relations.words import says
from nkauto.read.search.apposed import apposed, bases_of_others, beside_rate, reached
from nkauto.read.search.leads import led, listed_with, stepping
from nkauto.read.search.names import BOTH, Named, named
from nkauto.read.search.scene import BREAK, COMMA, Option, Scene, told_behind
from nkauto.read.search.ties import BOTH_TOLD, FOLLOWED, grammar, kin, nearness
from nkauto.read.search.times import parallel, spans
from nkauto.read.search.wholes import is_part, out_of, shared

FAR, FARTHEST = -6.0, -14.0
"""Figures further off are not tried: those that do not compute at all, and any."""

WORDED = 3.0
"""So firmly words such as from and than tie two figures."""

AFTER, BEHIND = 4.5, 2.0
"""What the next sentence tells of a comparison is worth so much, and tied so firmly."""

PASSED = 3.0
"""What it costs two levels that the change right behind them leads on to a third one."""

APPOSED = 2.5
"""What it is worth that a change stands right behind the later of two levels: ``86, a slide of a third``."""

_RATE_FROM = 10
"""One to so many is a rate, ``1:300``; below it, rather a mixture."""

_BORNE_OUT = 2.0
"""What it is worth that a step leads from one level of the text to another."""

_SLACK, _BOUND_SLACK = Decimal("1.15"), Decimal("1.5")
_NEARLY_ALL = Decimal("0.999")
_ROUGH = Context(prec=9)


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
    if not multiple.percent and (multiple.mention.low >= 1 or (multiple.way and not multiple.of)):
        like += [m for m in operands if m.unit == "%"]
    rates = [m for m in around if is_split(m) and m.low >= _RATE_FROM]
    if len(rates) > 1:
        like += rates
    steps = {each.index for m in like if scene.steps(m) for each in listed_with(scene, m)}
    led_to, of_rates = reached(scene, multiple), beside_rate(scene, multiple)
    own = any(m.sentence == mention.sentence and m.index < mention.index and m.money for m in around)
    near = {m.index: nearness(scene, multiple, m) for m in like}
    factors = _factors(multiple)
    names = {
        unit: named(passage, multiple, _of_unit(like, unit, steps), scene.converted, scene.names)
        for unit in {m.unit for m in like}
    }
    based = bases_of_others(scene, multiple, like)
    behind = told_behind(scene, multiple, around)
    before = {m.unit for m in like if m.sentence == mention.sentence or -2 < m.sentence - mention.sentence < 0}
    told = bool(multiple.way or multiple.compares)
    for place, one in enumerate(like):
        alone = one.unit not in before and (told or not mention.single)
        if (one.sentence > mention.sentence and one not in behind and not alone) or (
            one.index > mention.index and _parted(passage, mention, one)
        ):
            continue
        for other in like[place + 1 :]:
            if kin_unit(one.unit) != kin_unit(other.unit) or (one.rate != other.rate and one.per and other.per):
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
            if based & {one.index, other.index}:
                score -= PASSED
            if of_rates is not None and of_rates in (one, other):
                score += AFTER
            if led_to is not None and led_to not in (one, other) and led_to.unit == one.unit:
                score -= PASSED
            plausible = _plausible(factors, one, _in_unit(other, one.unit))
            changes = bool(multiple.way) or not multiple.of
            fraction = multiple.mention.high < 1 and bool(multiple.way) and not multiple.of
            stepped = (multiple.percent or fraction) and changes and bool({one.index, other.index} & steps)
            if not stepped and score >= (FARTHEST if plausible else FAR):
                yield from _pair(scene, multiple, one, other, steps, score, plausible, names[one.unit], by_name)
            step, level = sorted((one, other), key=lambda each: (each.index not in steps, each.low))
            if step.index in steps:
                score = near[one.index] + near[other.index] + kin(multiple, level, level)
                score += names[one.unit].speaks(step, level)
            shares = multiple.of and not multiple.percent and multiple.mention.low < 1
            if level.index not in steps and score >= FARTHEST and not shares:
                score += _BORNE_OUT if led(multiple, step, level, like) else 0.0
                yield from stepping(scene, multiple, step, level, score, told=step.index in steps)


def _of_unit(like: list[Mention], unit: str, steps: set[int]) -> list[Mention]:
    """Return the levels of a unit, which words can name."""
    return [each for each in like if each.unit == unit and each.index not in steps]


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
    if spans(scene, multiple, one, other):
        tie, ordered, base, score = WORDED, True, one, score + APPOSED
    score += tie + parallel(scene, multiple, one, other)
    if one.index in steps or other.index in steps or _is_gap(one) or _is_gap(other):
        score -= 3
    if not (multiple.way or multiple.of or multiple.compares or multiple.verb):
        score -= 1
    if ordered and tie >= FOLLOWED and apposed(scene, multiple, other if base is one else one):
        score += APPOSED
    if multiple.elsewhere and tie < 2.5:
        score -= 2
    if is_part(multiple, scene, max(one, other, key=lambda each: each.low)):
        score, tie = score - 3, 0.0  # the share right behind it is one of something larger
    first = min(one, other, key=_start)
    if first.index > multiple.mention.index and COMMA.search(passage.gap(multiple.mention, first)):
        score -= 1.5
    if tie < WORDED and _behind_a_comma(passage, multiple, one, other):
        score -= 1.0
    if tie < 2 and listed(passage, one, other) and not (multiple.compares or multiple.of):
        score -= 1.5
    tied = tie
    if multiple.percent and tie < 2 and not (multiple.way or multiple.of or multiple.compares):
        tied = -1.0
    both = sum(each.index in scene.converted for each in (one, other))
    repeated = by_name > 0 and base.index in scene.converted
    if both == 2 or (both and not repeated and not (ordered and tie == FOLLOWED)):
        score, tied = score - (3.0 if both == 2 else 1.5), min(tied, 0.0)
    elif both:
        score -= 3.0
    pair = Pair((base,), (_in_unit(other if base is one else one, base.unit),), 3 if ordered else 1, ordered)

    told_order = tie >= WORDED and ordered and multiple.percent and not (multiple.way or multiple.of)

    def read() -> list[Reading]:
        # Where words say which figure came first, a percentage is of that one.
        by_size = [] if told_order else _by_size(multiple, one, _in_unit(other, one.unit))
        return near_bound([*readings_of(multiple, pair), *by_size])

    def slips() -> list[Hint]:
        return hints_of(multiple, pair) if not multiple.of else []

    small, large = sorted((one, _in_unit(other, one.unit)), key=lambda each: each.low)
    parted = small.high < large.low and out_of(scene, multiple, large, small)
    if not parted:
        yield Option((one, other), read, score, tied, slips, plausible, both == 2)
    by_so_much = bool(multiple.way) and not multiple.of and not falls_to(multiple)
    if parted or (multiple.percent and small.high < large.low and not by_so_much):
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


def _in_unit(mention: Mention, unit: str) -> Mention:
    """Return a quantity in another unit of its kind, ``3.9 kg`` as 3,900 g; any other figure as it is."""
    if mention.unit == unit:
        return mention
    size = size_between(mention.unit, unit)
    low, high = (_ROUGH.divide(end * size.numerator, Decimal(size.denominator)) for end in (mention.low, mention.high))
    return replace(mention, unit=unit, low=low, high=high)


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
        and not multiple.part
        and multiple.way != DOWN
        and large.single
        and small.single
        and not so_many_times(multiple)
    ):
        more = minus(over(large.ends[0], small.ends[0]), Term(Fraction(1), "1"))
        sign = operator(multiple.mention, (one, other), round_digits=1)
        found.append(reading((multiple.mention, one, other), compare(more, more, sign, multiple.mention.stated)))
    return found
