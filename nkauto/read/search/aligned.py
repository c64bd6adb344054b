"""Several multiples in step with several figures: the first is said of the first, the second of the second.

``urea from 51 to 34, potash from 40 to 35: 33 and 20 %``; ``91, 432 and 809 in three years, a growth of 375 % and then
of 87 %``; ``21 of fish, 14 of cloth, 7 of the rest: half, a third, a fifth of the 42``. That most of them agree in one
such order proves the order, and where it is proven what does not agree is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from nkauto.core.claims import Candidate, Reading, Verdict
from nkauto.core.judge import best, judge
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import BOUNDS, alike, candidate, digits
from nkauto.read.relations.each import turned
from nkauto.read.relations.multiple import Multiple, Pair, is_split
from nkauto.read.relations.scope import operand
from nkauto.read.relations.senses import readings_of
from nkauto.read.relations.words import says
from nkauto.read.search.bases import Settled
from nkauto.read.search.scene import BREAK, Scene

_GAP = 45
_MOST = 5
_BACK, _BEFORE = 14, 4
_RESPECTIVELY = 24
"""Characters behind the last of several multiples in which they may be said to be in order."""
_REACHED = Fraction(4)
"""What misses a multiple by more than so many times is not in step with it."""
_SLIP = Fraction(5, 2)
"""... and where none of them agrees, by so much."""
_TWO, _MANY = 2, 20
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)


@dataclass(frozen=True, slots=True)
class _Step:
    """A multiple, the two figures that it would be said of, and what the best reading of them says."""

    multiple: Multiple
    pair: Pair
    reading: Reading | None
    said: Verdict


def settle(scene: Scene, worded: Sequence[Candidate]) -> list[Candidate]:
    """Return the claims with those of multiples in step in place of what else was made of the same multiples.

    What holds elsewhere is not called wrong for standing out of step.
    """
    found = {each.index: each for each in find(scene)}
    if not found:
        return list(worded)
    spans = {mention.index: mention.figure.span for mention in scene.passage.mentions}
    kept: list[Candidate] = []
    for each in worded:
        stating = [index for index in each.figures if index in found and spans[index] == each.stated]
        if not stating:
            kept.append(each)
            continue
        other = found[stating[0]]
        same = set(each.figures) >= set(other.candidate.figures)
        if judge(each).verdict in _HELD and (same or not (other.fits or other.named)):
            kept.append(each)
            found.pop(stating[0])
    return [*kept, *(each.candidate for each in found.values())]


def find(scene: Scene) -> list[Settled]:
    """Return what several multiples in step with several figures say, where most of them agree."""
    found: list[Settled] = []
    for ways in (*(_every(scene, run) for run in _runs(scene)), *_interleaved(scene)):
        tried = list(ways)
        steps = max(tried, key=_agreeing, default=[])
        held = _agreeing(steps)
        if not held and len(wrong := [each for each in tried if _in_order(each)]) == 1:
            steps = wrong[0]  # no chance bears one of them out, but the words give each its own
        elif not (_proven(steps, held) or (len(tried) == 1 and _one_by_one(scene, steps))):
            continue
        told = held > 1 or _by_name(steps)
        found += [replace(each, named=told) for step in steps if (each := _settled(step)) is not None]
    return found


def _proven(steps: Sequence[_Step], held: int) -> bool:
    """Return whether so many of several steps that agree prove the order of all."""
    if held < _TWO:
        return held > 0 and len(steps) == _TWO and (_firm(steps) or _by_name(steps))
    return held * 3 >= len(steps) * 2 or len(steps) == _TWO


def _runs(scene: Scene) -> Iterator[list[int]]:
    """Yield the positions of the multiples of one sentence that stand in a list, with no other figure among them."""
    run: list[int] = []
    mentions = scene.passage.mentions
    for position, mention in enumerate(mentions):
        fine = mention.unit in ("%", "x") and mention.high > 0 and not is_split(mention)
        if run and not (fine and _beside(scene, mentions[run[-1]], mention)):
            if 2 <= len(run) <= _MOST:
                yield run
            run = []
        if fine:
            run.append(position)
    if 2 <= len(run) <= _MOST:
        yield run


def _beside(scene: Scene, one: Mention, other: Mention) -> bool:
    """Return whether two figures stand in one list of a sentence."""
    gap = scene.passage.gap(one, other)
    return one.sentence == other.sentence and len(gap) <= _GAP and BREAK.search(gap) is None


def _every(scene: Scene, run: Sequence[int]) -> Iterator[list[_Step]]:
    """Yield every way in which figures before the multiples may be in step with them."""
    multiples = [scene.multiple(position) for position in run]
    first = multiples[0].mention
    before = scene.passage.mentions[max(0, run[0] - _BACK) : run[0]]
    levels = [each for each in before if operand(each) and each.index not in scene.converted]
    levels = [each for each in levels if first.sentence - each.sentence <= 1]
    for unit in dict.fromkeys(each.unit for each in reversed(levels)):
        like = [each for each in levels if each.unit == unit]
        here = {each.index for each in like if each.sentence == first.sentence}
        for pairs in _orders(scene, like, len(run)):
            if here and any(here.isdisjoint(each.index for each in pair.mentions) for pair in pairs):
                continue  # what the sentence itself tells is what its multiples are said of
            yield [_step(multiple, pair) for multiple, pair in zip(multiples, pairs, strict=True)]


def _orders(scene: Scene, like: Sequence[Mention], many: int) -> Iterator[list[Pair]]:
    """Yield the pairs that so many multiples may be said of: from one to the other, by lists, one by one, of one."""
    arrows = list(turned(scene, like))[-many:]
    if len(arrows) == many:
        yield arrows
        return
    if len(like) >= 2 * many:
        one, other = like[-2 * many : -many], like[-many:]
        levels = not any(scene.steps(each) for each in (*one, *other))
        turned_into = any(scene.arrow(*each) for some in (one, other) for each in pairwise(some))
        in_lists = levels and not turned_into and _listed(one) and _listed(other)
        if in_lists and all(_kin(*each) for each in zip(one, other, strict=True)):
            yield [Pair((old,), (new,), 3, ordered=True) for old, new in zip(one, other, strict=True)]
            yield [Pair((old,), (new,), 3, ordered=True) for new, old in zip(one, other, strict=True)]
    if len(like) == many + 1 and _listed(like):
        yield [Pair((old,), (new,), 3, ordered=True) for old, new in pairwise(like)]
    for whole in like if len(like) == many + 1 else ():
        parts = [each for each in like if each is not whole]
        if all(each.high < whole.low for each in parts):
            yield [Pair((whole,), (part,), 3, ordered=True, part=True) for part in parts]


def _listed(some: Sequence[Mention]) -> bool:
    return all(one.sentence == other.sentence for one, other in pairwise(some))


def _kin(one: Mention, other: Mention) -> bool:
    """Return whether two figures of one rank in two lists may be of one thing, though only one tells per what it is."""
    return alike(one, other) or (one.unit == other.unit and not (one.per and other.per))


def _interleaved(scene: Scene) -> Iterator[list[list[_Step]]]:
    """Yield the shares of one sentence each of which has its part right beside it, of every whole before them."""
    mentions = scene.passage.mentions
    for first in range(len(mentions) - 3):
        pairs = _shares(scene, mentions[first : first + 2 * _MOST])
        if len(pairs) < 2:
            continue
        parts = [part for _, part in pairs]
        wholes = [each for each in mentions[max(0, first - _BEFORE) : first] if each.unit == parts[0].unit]
        wholes = [each for each in wholes if operand(each) and all(part.high < each.low for part in parts)]
        multiples = [scene.multiple(first + place) for place, _ in pairs]
        if not any(each.way for each in multiples):
            yield [
                [
                    _step(multiple, Pair((whole,), (part,), 3, ordered=True, part=True))
                    for multiple, part in zip(multiples, parts, strict=True)
                ]
                for whole in reversed(wholes)
                if parts[0].sentence - whole.sentence <= 1
            ]


def _shares(scene: Scene, some: Sequence[Mention]) -> list[tuple[int, Mention]]:
    """Return the places of shares with the parts that stand right beside them, each on the same side of its own."""
    found: list[tuple[int, Mention]] = []
    behind = _is_share(some[0])
    for place in range(0, len(some) - 1, 2):
        share, part = (some[place], some[place + 1]) if behind else (some[place + 1], some[place])
        if not (_is_share(share) and operand(part) and _beside(scene, *some[place : place + 2])):
            break
        if found and (found[0][1].unit, found[0][1].sentence) != (part.unit, part.sentence):
            break
        found.append((place if behind else place + 1, part))
    return found


def _is_share(mention: Mention) -> bool:
    return mention.unit in ("%", "x") and 0 < mention.high < (100 if mention.unit == "%" else 1)


def _step(multiple: Multiple, pair: Pair) -> _Step:
    reading, said = best(tuple(readings_of(multiple, pair)))
    return _Step(multiple, pair, reading, said)


def _agreeing(steps: Sequence[_Step]) -> int:
    return sum(each.said in _HELD for each in steps)


def _firm(steps: Sequence[_Step]) -> bool:
    """Return whether one of two that agrees is enough: words put them in order, or it agrees by no chance."""
    if steps[0].pair.part:
        return False
    told = [each.multiple.mention.left for each in steps] + [steps[-1].multiple.mention.right[:_RESPECTIVELY]]
    if any(says("in_order", words) for words in told):
        return True
    sharp = any(each.said in _HELD and _is_sharp(each.multiple) for each in steps)
    return sharp and all(_is_change(each) and (each.said in _HELD or _near(each)) for each in steps)


def _by_name(steps: Sequence[_Step]) -> bool:
    """Return whether each of several changes is told of two prices of a good of its own, and misses them by little."""
    goods = [{each.subject for each in step.pair.mentions} - {""} for step in steps]
    apart = len(frozenset().union(*goods)) == len(steps) and all(len(each) == 1 for each in goods)
    return apart and all(_is_change(each) and (each.said in _HELD or _near(each)) for each in steps)


def _is_sharp(multiple: Multiple) -> bool:
    """Return whether hardly any two other figures of a text would agree: two digits and more, or many times as much."""
    if multiple.mention.figure.bound in BOUNDS:
        return False
    return digits(multiple.mention.low) > 1 or (not multiple.percent and multiple.mention.low >= _MANY)


def _one_by_one(scene: Scene, steps: Sequence[_Step]) -> bool:
    """Return whether words turn each of the levels of a sentence into the next, and the changes are told right behind.

    ``one is down from 280 to 250 and the other from 400 to 380, cuts of 11 and 5 percent``.
    """
    figures = [each.index for step in steps for each in step.pair.mentions]
    mention = steps[0].multiple.mention
    near = [m for m in scene.near(steps[0].multiple.position) if m.index not in scene.converted and operand(m)]
    like = [m.index for m in near if m.sentence == mention.sentence and m.unit == steps[0].pair.base[0].unit]
    return sorted(figures) == sorted(like) and all(_is_change(each) and _near(each) for each in steps)


def _is_change(step: _Step) -> bool:
    """Return whether a multiple is one of a level against another, not a share."""
    told = step.multiple.way or step.multiple.mention.unit == "x"
    return bool(told) and not step.multiple.of and len(step.pair.mentions) == _TWO


def _in_order(steps: Sequence[_Step]) -> bool:
    """Return whether words right before several changes give them to two lists in order, and all may be meant so."""
    ordered = not steps[0].pair.part and says("in_order", steps[0].multiple.mention.left[-_RESPECTIVELY:])
    return ordered and all(each.multiple.way and len(each.pair.mentions) == _TWO and _near(each) for each in steps)


def _near(step: _Step) -> bool:
    """Return whether a change that does not agree goes the way that is told, and not far beyond it."""
    tests = step.reading.tests if step.reading is not None else ()
    return bool(tests) and all(1 / _SLIP <= test.size <= _SLIP for test in tests)


def _settled(step: _Step) -> Settled | None:
    mention = step.multiple.mention
    if step.reading is None:
        return None
    fits = step.said in _HELD
    if not fits and not _in_reach(step):
        return None
    kind = "ratio" if step.pair.part else "change"
    made = candidate(kind, mention.figure.span, mention, step.pair.mentions, [step.reading], sure=True, locked=True)
    return Settled(mention.index, made, fits=fits, score=2.0, named=True)


def _in_reach(step: _Step) -> bool:
    """Return whether a multiple that does not agree might have been meant: not by far, and the way that it says."""
    tests = step.reading.tests if step.reading is not None else ()
    return any(1 / _REACHED <= test.size <= _REACHED for test in tests)
