"""One multiple said of several pairs at once: ``rice from 4 to 8 and corn from 2 to 4; both have doubled``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from nkauto.core.claims import Candidate, Reading, Test, Verdict
from nkauto.core.judge import best, compare, verdict
from nkauto.core.terms import Term, fall, minus, rise
from nkauto.read.passage.passage import TIME, Mention
from nkauto.read.relations.between import arrow, base_in_bracket, came_from, dated, then_now, was_before, was_once
from nkauto.read.relations.drafts import alike, candidate, operator, reading
from nkauto.read.relations.multiple import DOWN, Multiple, Pair
from nkauto.read.relations.scope import operand
from nkauto.read.relations.senses import readings_of
from nkauto.read.relations.words import YEAR, pattern, says
from nkauto.read.search.scene import Scene

_LEFT, _RIGHT = 60, 40
_BACK, _AHEAD = 10, 12
_MOST, _THREE, _LISTED, _BEHIND = 4, 3, 40, 24
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_BEFORE = ("was_before", "earlier_told", "formerly", "season")
_PARTING = (*_BEFORE, "against", "goes_to", "than")
_THAN = re.compile(r"[\w\s’']{1,24} the ")
_SHORTLY = r"[^,，、]*$"


def of_each(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return the claim that a multiple makes of every pair of its sentence, or of the one before, or behind it."""
    mention = multiple.mention
    beside = mention.left[-_LEFT:], mention.right[:_RIGHT]
    each_time = any(says("each_time", words) for words in beside)
    told = each_time or any(says("each_of", words) for words in beside)
    stirs = bool(multiple.way or multiple.verb) or (multiple.compares and mention.low > 1)
    if len(scene.run(mention)) > 1 or not (told or not mention.single or stirs):
        return None
    near = scene.passage.mentions[max(0, multiple.position - _BACK) : multiple.position + _AHEAD]
    for some in _windows(scene, mention, near):
        if each_time and not multiple.way and some and some[0].sentence != mention.sentence:
            continue  # ``2 percent each month`` of a pay is no change of what another sentence tells
        pairs = [*turned(scene, some)]
        if 2 * len(pairs) < len(some):
            others = _in_lists(scene, multiple, some) or _from_either(multiple, some)
            pairs = others or _of_one_base(multiple, some) or pairs
        if each_time:
            pairs = _one_by_one(some, mention)
        figures = list(dict.fromkeys(each for pair in pairs for each in pair.mentions))
        if len(pairs) < 2 or len(figures) <= len(pairs) or _parted(near, mention, pairs):
            continue
        if not mention.single and (by_end := _end_by_end(multiple, pairs)) is not None:
            return by_end
        announced = _announced(multiple, some, pairs) or _of_all(near, mention, some, pairs)
        if not told and not announced:
            continue
        chosen = [_best(multiple, pair) for pair in pairs]
        made = [each for each in chosen if each is not None]
        if all(test.computed.value < 0 for each in made for test in each.tests):
            continue  # the way that is told is not theirs
        held = [verdict(each.tests) in _HELD for each in made]
        fine = mention.single and mention.stated.place < 1  # ``2.2 times, from 12 to 26, and petrol from 27 to 42``
        if len(made) < len(pairs) or (not told and (not any(held) or (fine and not all(held)))):
            continue
        whole: Reading = reading((mention, *figures), tuple(test for each in made for test in each.tests))
        words = f"{mention.figure.span} of each"
        return candidate("change", words, mention, figures, [whole], sure=True, locked=True)
    return None


def _best(multiple: Multiple, pair: Pair) -> Reading | None:
    """Return the reading of a pair that holds best; of a range, which others may reach to, that it lies within it."""
    every = readings_of(multiple, pair)
    stated = multiple.mention.stated
    if not multiple.mention.single:
        for each in tuple(every):
            low, *_, high = sorted((test.computed for test in each.tests), key=lambda term: term.value)
            tests = Test(low, ">=", stated.low, stated.place), Test(high, "<=", stated.high, stated.place)
            every.append(replace(each, tests=tests))
    return best(tuple(every))[0]


def of_lists(scene: Scene, mention: Mention, position: int) -> Candidate | None:
    """Return ``A at 6, B at 8 and C at 9, 1 to 2 more than the 5, 6 and 8 of May``: two lists told in one order."""
    run = scene.run(mention) if mention.unit == "%" else ()
    if mention.unit in TIME or mention.rate or len(run) > 1:
        return None
    multiple = scene.multiple(position)
    near = scene.passage.mentions[max(0, position - 2 * _MOST) : position + _MOST + 1]
    near = tuple(each for each in near if each.sentence == mention.sentence and each.unit not in TIME)
    place = near.index(mention)
    before = near[:place][::-1]
    new, old = _listed(scene, before), _listed(scene, near[place + 1 :])
    if not old or _THAN.fullmatch(scene.passage.gap(mention, old[0])) is None:
        new, old = _listed(scene, before[len(new) :]), new
        if not old or not new:
            return None
        gap = scene.passage.gap(new[0], old[-1])
        if (
            pattern("than_after", r"^\s*").match(old[0].right) is None
            and pattern("than", after=_SHORTLY).search(gap) is None
        ):
            return None
        old = old[::-1]
    new = new[::-1]
    behind = scene.passage.after(mention, position, most=1)
    again = bool(behind) and behind[0] is not old[0] and behind[0].unit == mention.unit
    if again or not len(new) == len(old) > 1 or (mention.money and any(each.low <= mention.high for each in old)):
        return None
    if not (new[0].single and old[0].single and alike(new[0], old[0])) or not (
        multiple.percent or (mention.money and mention.unit == old[0].unit)
    ):
        return None
    falls = sum(each.low for each in new) < sum(each.low for each in old)
    ways = (fall, rise) if multiple.percent else (minus, _gained)
    values = [ways[not falls](was.ends[0], now.ends[0]) for was, now in zip(old, new, strict=True)]
    low, *_, high = sorted(values, key=lambda term: term.value)
    stated, sign = mention.stated, operator(mention, (), round_digits=0)
    tests = compare(low, high, sign, stated)
    if mention.single:
        tests = tuple(test for value in values for test in compare(value, value, sign, stated))
    inside = Test(low, ">=", stated.low, stated.place), Test(high, "<=", stated.high, stated.place)
    if not mention.single and verdict(inside) is Verdict.HOLDS:
        tests = inside
    made = reading((mention, *new, *old), tests)
    words = f"{mention.figure.span} of each"
    return candidate("change", words, mention, (*new, *old), [made], sure=True, locked=True)


def _gained(was: Term, now: Term) -> Term:
    return minus(now, was)


def _listed(scene: Scene, levels: Sequence[Mention]) -> list[Mention]:
    """Return the like levels that stand side by side, from the first."""
    found = list(levels[:1])
    for one, other in pairwise(levels):
        first, last = sorted((one, other), key=lambda each: each.index)
        gap = scene.passage.gap(first, last)
        like = one.money and other.single and alike(one, other) and not scene.steps(other)
        if not like or last.index - first.index > 1 or len(gap) > _LISTED or any(says(role, gap) for role in _PARTING):
            break
        found.append(other)
    return found


def _end_by_end(multiple: Multiple, pairs: Sequence[Pair]) -> Candidate | None:
    """Return ``from 4,100 to 5,700 and from 30,000 to 39,800, by 33 to 39 %``: a range with an end for either pair."""
    mention = multiple.mention
    tests = [each for pair in pairs for each in readings_of(multiple, pair)[:1]]
    values = sorted((each.tests[0].computed for each in tests), key=lambda term: term.value)
    if len(values) < len(pairs) or any(not each.single for pair in pairs for each in pair.mentions):
        return None
    sign = operator(mention, (), round_digits=0)
    made = compare(values[0], values[-1], sign, mention.stated)
    if verdict(made) not in _HELD:
        return None
    figures = [each for pair in pairs for each in pair.mentions]
    whole = reading((mention, *figures), made)
    return candidate("change", f"{mention.figure.span} of each", mention, figures, [whole], sure=True, locked=True)


def _windows(scene: Scene, mention: Mention, near: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield the figures of a multiple's sentence, then those of the one before it, then those of the next."""
    levels = [each for each in near if operand(each) and each.index not in scene.converted]
    for away in (0, -1, 1):
        yield [each for each in levels if each.sentence == mention.sentence + away]
    yield [each for each in levels if each.sentence in (mention.sentence - 1, mention.sentence)]


def _in_lists(scene: Scene, multiple: Multiple, levels: Sequence[Mention]) -> list[Pair]:
    """Return the pairs of two lists, of two times or goods: ``4,800 here and 5,000 there; in May 6,000 and 5,500``."""
    levels = [each for each in levels if not scene.steps(each)]
    many, odd = divmod(len(levels), 2)
    if odd or not 1 < many <= _MOST or not all(alike(levels[0], each) for each in levels):
        return []
    one, other = levels[:many], levels[many:]
    if any(len(scene.passage.gap(*two)) > _LISTED for some in (one, other) for two in pairwise(some)):
        return []
    lead = f"{one[-1].right} {other[0].left}"
    before = any(says(role, lead) or says(role, other[-1].right[:_BEHIND]) for role in _BEFORE)
    if multiple.of or multiple.compares:
        small, large = sorted((one, other), key=lambda some: max(each.high for each in some))
        if max(each.high for each in small) >= min(each.low for each in large):
            return []
        old, new = (large, small) if multiple.mention.low < (100 if multiple.percent else 1) else (small, large)
    elif before or says("later_told", lead):
        old, new = (other, one) if before else (one, other)
    else:
        return []
    return [Pair((was,), (now,), 3, ordered=True) for was, now in zip(old, new, strict=True)]


def _from_either(multiple: Multiple, levels: Sequence[Mention]) -> list[Pair]:
    """Return ``3,000 in June, 4,000 in August, 6,500 now, more than double what it was in either month``."""
    if len(levels) != _THREE or not all(alike(levels[0], each) for each in levels):
        return []
    *old, new = levels
    behind = new.index == multiple.mention.index - 1 and says("each_of", multiple.mention.right[:_RIGHT])
    return [Pair((each,), (new,), 3, ordered=True) for each in old] if behind else []


def _of_one_base(multiple: Multiple, levels: Sequence[Mention]) -> list[Pair]:
    """Return ``4.6 here and 5 there; in 2014 it was 11, so both are 55 % down``: of three levels the one before."""
    mention = multiple.mention
    if len(levels) != _THREE or not all(alike(levels[0], each) and each.single for each in levels):
        return []
    *new, old = levels
    beside = mention.left[-_LEFT:], mention.right[:_RIGHT]
    if old.index > mention.index or multiple.of or not any(says("both_two", words) for words in beside):
        return []
    before = any(says(role, old.left) or says(role, old.right[:_BEHIND]) for role in _BEFORE) or YEAR.search(old.left)
    ways = {each.low < old.low for each in new}
    if not before or len(ways) > 1 or (multiple.way and ways != {multiple.way == DOWN}):
        return []
    return [Pair((old,), (each,), 3, ordered=True) for each in new]


def _announced(multiple: Multiple, levels: Sequence[Mention], pairs: Sequence[Pair]) -> bool:
    """Return whether a change is told before its pairs, and nothing else: ``doubled, from 4 to 8, from 6 to 9``."""
    mention = multiple.mention
    at = levels[0].sentence
    behind = at - mention.sentence <= 1 and all(each.index > mention.index and each.sentence == at for each in levels)
    return behind and bool(multiple.way or multiple.verb) and 2 * len(pairs) == len(levels)


def _of_all(near: Sequence[Mention], mention: Mention, levels: Sequence[Mention], pairs: Sequence[Pair]) -> bool:
    """Return whether a multiple is alone in its sentence, and the next one to it tells nothing but three pairs or more.

    ``All of it costs twice as much. A taxi pays 10 (previously 5), a bus 20 (previously 10), a lorry 30 (20 before).``
    """
    unit = pairs[0].base[0].unit
    alone = not any(each.sentence == mention.sentence and each.unit == unit for each in near)
    beside = abs(levels[0].sentence - mention.sentence) == 1 and levels[0].sentence == levels[-1].sentence
    return alone and beside and len(pairs) >= _THREE and 2 * len(pairs) == sum(each.unit == unit for each in levels)


def _one_by_one(levels: Sequence[Mention], mention: Mention) -> list[Pair]:
    """Return the steps of a series: ``310 in March, 372 in April and 446 in May, growing by a fifth each month``."""
    before = [each for each in levels if each.index < mention.index]
    if len(before) < _THREE or not all(alike(before[0], each) and each.single for each in before):
        return []
    return [Pair((old,), (new,), 3, ordered=True) for old, new in pairwise(before)]


def turned(scene: Scene, levels: Sequence[Mention]) -> Iterator[Pair]:
    """Yield every two neighbours of which the words say that one turned into the other."""
    passage = scene.passage
    place = 0
    while place + 1 < len(levels):
        one, other = levels[place : place + 2]
        order = 0
        if alike(one, other):
            if arrow(passage, one, other) or dated(one, other) < 0:
                order = 1
            elif (
                came_from(passage, other, one)
                or base_in_bracket(passage, one, other)
                or dated(one, other) > 0
                or was_before(passage, one, other)
                or pattern("against").search(passage.gap(one, other))
            ):
                order = -1
            elif then_now(passage, one, other) or was_once(passage, one, other):
                order = 1
        if order:
            old, new = (one, other) if order > 0 else (other, one)
            yield Pair((old,), (new,), 3, ordered=True)
        place += 2 if order else 1


def _parted(near: Sequence[Mention], mention: Mention, pairs: Sequence[Pair]) -> bool:
    """Return whether another multiple stands among the pairs or between them and this one."""
    places = [each.index for pair in pairs for each in pair.mentions]
    first, last = min(*places, mention.index), max(*places, mention.index)
    others = [each for each in near if each.unit in ("%", "x") and each is not mention]
    return any(first < each.index < last for each in others)
