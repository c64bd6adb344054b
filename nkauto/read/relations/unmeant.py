"""What a text itself says that a multiple is not, or is not of: it cannot be wrong about what it does not say.

``rice has not doubled, as some say``: denied. ``it doubled, they say; from 4,900 to 6,600, 35 percent more``: the
text tells better right beside its figures. ``A is four times as much and B about six times``: A and B stand side
by side, and are not measured on each other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

from nkauto.core.claims import Candidate, Claim
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow, goes_to
from nkauto.read.relations.chance import of_inflation
from nkauto.read.relations.levels_told import has_its_own_level
from nkauto.read.relations.measures import FAMILY
from nkauto.read.relations.multiple import multiple_of
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.wholes import closes_with

_CLAUSE = re.compile(r"[,;，、；。:：()（）]|\.\s")
_NAMED = re.compile(r"(?=.*[^\W\d_]{2})\D{2,30}")
_NUMBER = re.compile(r"(?<!\d)\d+[.,]\d+(?!\d)")
_BEFORE, _BEHIND = 40, 60
_NEAR, _SHORT = 40, 16
_MULTIPLES = ("%", "x")


def unmeant(passage: Passage, each: Candidate, held: Mapping[int, Sequence[Claim]]) -> bool:
    """Return whether the text says that a multiple is not so, or not of these figures; ``held`` are what holds."""
    every = passage.mentions
    places = [bisect_left(every, index, key=_index) for index in each.figures]
    places = [place for place in places if place < len(every) and every[place].index in each.figures]
    place = next((one for one in places if every[one].figure.span == each.stated), None)
    if place is None or every[place].unit not in _MULTIPLES:
        return False
    others = [every[one] for one in places if one != place]
    if denied(every[place]) or (len(others) > 1 and all(_is_base(one) for one in others)):
        return True
    stated = every[place]
    if _of_the_last(stated, others) or _of_anothers(stated, others) or _over_longer(stated, others, held):
        return True
    if _of_its_own(passage, place, others) or _of_the_official(stated, others) or _from_another(passage, place, others):
        return True
    if stated.unit == "%" and _for_several(passage, stated):
        return True
    if each.locked:
        return False
    return (
        of_two_kinds(passage, every[place], others)
        or closed(passage, place, others)
        or told_beside(passage, every[place], others, held)
        or side_by_side(passage, place, others)
        or out_of_rank(passage, place, others)
    )


def _for_several(passage: Passage, stated: Mention) -> bool:
    """Return whether a percentage is one of each month, and several are told: ``10 % a month, 300 in three months``."""
    beside = [*passage.near(stated), *passage.among([stated.index + 2])]
    here = [one for one in beside if one.sentence == stated.sentence and one.low != 1]
    return stated.figure.per in TIME and any(one.unit == stated.figure.per for one in here)


def _of_its_own(passage: Passage, place: int, others: Sequence[Mention]) -> bool:
    """Return whether a percentage has a level of its own, is inflation, or ends a range: ``by 10 % to 30 %``."""
    stated = passage.mentions[place]
    if has_its_own_level(passage, stated, others):
        return True
    if any(one.sentence == stated.sentence for one in others):
        return False
    ends = (
        stated.unit == "%" == one.unit and 0 < len(gap := passage.gap(one, other)) < _SHORT and goes_to(gap)
        for one, other in pairwise(passage.mentions[max(0, place - 1) : place + 2])
    )
    return any(ends) or of_inflation(stated)


def denied(stated: Mention) -> bool:
    """Return whether words beside a multiple say that it is not so: ``did not triple``, ``두 배가 아니라``."""
    clause = _CLAUSE.split(stated.left[-_BEFORE:])[-1]
    if pattern("denied_before", after=r"(?:\s+[a-z]+){0,3}?\s*$").search(clause):
        return pattern("not_denied", after=r"(?:\s+[a-z]+){0,2}?\s*$").search(clause) is None
    if pattern("denied_close_before", after=r"[^\d,，、。;；]{0,8}$").search(clause):
        return True
    behind = stated.right[:_BEHIND]
    if pattern("denied_after", r"^[^\d,，、。;；.]{0,16}?").match(behind):
        return True
    return pattern("untrue", r"^[^\d。;；.]{0,40}?").match(behind) is not None


def _of_the_last(stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether a share is told of what was named last, and goes on: ``a fifth of whom are women``."""
    if any(one.index > stated.index for one in others) or pattern("of_it", r"^\s*").match(stated.right) is None:
        return False
    return not closes_with(stated.right, "of_it")


def _over_longer(stated: Mention, others: Sequence[Mention], held: Mapping[int, Sequence[Claim]]) -> bool:
    """Return whether a change is told over a time of its own, and another one holds of its figures.

    ``up 5 % from 2,230 to 2,340, and 200 % over the past year``.
    """
    clause = _CLAUSE.split(stated.right[:_BEHIND])[0]
    if len(others) != 2 or not (says("over_past", clause) or says("over_past", _CLAUSE.split(stated.left)[-1])):
        return False
    pair = {other.index for other in others}
    return any(
        pair <= set(each.figures) and len(each.figures) == len(pair) + 1 and stated.index not in each.figures
        for each in held.get(others[0].index, ())
    )


def _from_another(passage: Passage, place: int, others: Sequence[Mention]) -> bool:
    """Return whether the base of a multiple stands right behind it, and is none of its figures: ``from 6,000``."""
    stated, *behind = passage.mentions[place : place + 2]
    if not behind or behind[0].sentence != stated.sentence or behind[0] in others or behind[0].unit in _MULTIPLES:
        return False
    return pattern("origin", r"^\s*", r"\s*$").match(passage.gap(stated, behind[0])) is not None


def _of_the_official(stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether a multiple is measured on the official rate or price, and no figure is called one."""
    sides = _CLAUSE.split(stated.left[-_BEFORE:])[-1], _CLAUSE.split(stated.right[:_BEHIND])[0]
    if not any(says("official", side) and (says("base_before", side) or says("base_after", side)) for side in sides):
        return False
    behind = [_CLAUSE.split(one.right[: max(0, stated.figure.start - one.figure.end)])[:-1] for one in others]
    beside = [" ".join([one.left[-_BEFORE:], *parts[:1]]) for one, parts in zip(others, behind, strict=True)]
    return not any(says("official", words) for words in beside)


def _of_anothers(stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether a multiple is one of what somebody else has, untold: ``a third of her sister's income``."""
    told = pattern("somebodys", r"^\s*", r"\s+(?P<owner>[a-z]+)[’']s?\s").match(stated.right)
    if told is None or any(one.index > stated.index for one in others):
        return False
    return not any(told["owner"] in one.left for one in others)


def told_beside(
    passage: Passage, stated: Mention, others: Sequence[Mention], held: Mapping[int, Sequence[Claim]]
) -> bool:
    """Return whether another multiple holds of the same two figures and stands right beside them, nearer than this."""
    pair = sorted(others, key=lambda other: other.index)
    if len(pair) != 2 or (stated.unit == "%" and stated.sentence > pair[1].sentence):
        return False  # the percentage that is concluded from two figures afterwards is said of them
    here = _distance(stated, pair)
    for each in held.get(pair[0].index, ()):
        if not {other.index for other in pair} <= set(each.figures) or stated.index in each.figures:
            continue
        told = [one for one in _from(passage, *each.figures) if one.index in each.figures and one.unit in _MULTIPLES]
        better = next((one for one in told if one.figure.span == each.stated), None)
        if better is None or better.sentence != pair[1].sentence:
            continue
        if len(each.figures) > 3 and pair[0].sentence != pair[1].sentence:
            continue
        if abs(better.index - stated.index) == 1 and better.sentence == stated.sentence:
            continue  # two that stand side by side are both said of the two figures
        if pair[0].index - 1 <= better.index <= pair[1].index + 1 and _distance(better, pair) < here:
            return True
    return False


def _from(passage: Passage, *indexes: int) -> Sequence[Mention]:
    """Return the mentions from the first to the last of some figures."""
    first, last = (bisect_left(passage.mentions, index, key=_index) for index in (min(indexes), max(indexes) + 1))
    return passage.mentions[first:last]


def _index(mention: Mention) -> int:
    return mention.index


def _distance(stated: Mention, pair: Sequence[Mention]) -> int:
    """Return how many characters a multiple stands from the nearer of two figures."""
    first, last = pair[0].figure, pair[1].figure
    if first.start < stated.figure.start < last.start:
        return 0
    return max(stated.figure.start - last.end, first.start - stated.figure.end)


def closed(passage: Passage, place: int, others: Sequence[Mention]) -> bool:
    """Return whether a change ends a sentence that tells a level before it, and its figures are those of the next."""
    stated = passage.mentions[place]
    if any(one.sentence <= stated.sentence for one in others) or not multiple_of(stated, 0).way:
        return False
    before = passage.mentions[place - 1] if place else None
    if _NUMBER.search(stated.left):
        return True  # a level that was not read
    return before is not None and before.sentence == stated.sentence and any(before.unit == one.unit for one in others)


def of_two_kinds(passage: Passage, stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether a change would be one from a price to a rate of exchange, or from a kilo to a month."""
    multiple = multiple_of(stated, 0)
    if len(others) != 2 or not multiple.way or multiple.of or multiple.compares:
        return False
    one, other = others
    if one.rate != other.rate and not (arrow(passage, one, other) and "" in (one.per, other.per)):
        return True
    return bool(one.per and other.per and _kind(one.per) != _kind(other.per))


def _kind(per: str) -> object:
    """Return what a denominator measures: weight, volume, or itself."""
    return FAMILY.get(per, per)


def side_by_side(passage: Passage, place: int, others: Sequence[Mention]) -> bool:
    """Return whether two figures are each told with a multiple of its own, joined by an and."""
    stated = passage.mentions[place]
    pair = sorted(others, key=lambda other: other.index)
    if len(pair) != 2 or pair[0].sentence != pair[1].sentence or pair[1].unit != pair[0].unit:
        return False
    here = _from(passage, pair[0].index, pair[1].index + 1)
    between = [one for one in here if pair[0].index < one.index < pair[1].index and one.unit in _MULTIPLES]
    behind = [one for one in here if one.index == pair[1].index + 1]
    if len(between) != 1 or len(behind) != 1 or stated not in (between[0], behind[0]):
        return False
    first, second = between[0], behind[0]
    if not {first.unit, second.unit} <= {*_MULTIPLES} or second.sentence != pair[1].sentence:
        return False
    gap = passage.gap(first, pair[1])
    last = _CLAUSE.split(gap)[-1]
    words = pattern("place").sub(" ", last)
    if any(says(role, words) for role in ("than", "measured", "goes_to", "origin", "of", "when")):
        return False
    joined = says("and", gap) or _CLAUSE.fullmatch(gap.strip()) or _NAMED.fullmatch(last)
    return bool(joined) and len(passage.gap(pair[1], second)) <= _NEAR


def in_step(passage: Passage, stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether only the next two of a list part two levels from a multiple: ``4 to 5, 7 to 9, up 25 and 29``."""
    pair = sorted(others, key=_index)
    between = passage.mentions[passage.place_of(pair[-1].index) + 1 : passage.place_of(stated.index)]
    levels = [one for one in between if one.unit not in ("%", "x")]
    beside = len(pair) == 2 and pair[0].index + 1 == pair[1].index
    return beside and len(levels) == 2 and levels[0].unit == pair[1].unit


def _is_base(mention: Mention) -> bool:
    """Return whether words right before a figure make it what another is measured on."""
    words = mention.left[-24:]
    return any(pattern(role, after=r"[^\d,，、。;；]{0,12}$").search(words) for role in ("than", "below", "above"))


def out_of_rank(passage: Passage, place: int, others: Sequence[Mention]) -> bool:
    """Return whether words such as respectively give a multiple to another figure of the list before it."""
    stated = passage.mentions[place]
    first = last = place
    while first and _listed(passage, first - 1, stated):
        first -= 1
    while last + 1 < len(passage.mentions) and _listed(passage, last, stated):
        last += 1
    many = last - first + 1
    if many < 2:
        return False
    behind = passage.mentions[last + 1 : last + 1 + many]
    if len(behind) == many and _is_list(passage, passage.mentions[last], behind):
        return any(one in others and rank != place - first for rank, one in enumerate(behind))
    if first < many:
        return False
    told = says("respectively", passage.mentions[first].left[-_NEAR:])
    if not (told or says("respectively", passage.mentions[last].right[:_NEAR])):
        return False
    levels = passage.mentions[first - many : first]
    if len({(one.unit, one.sentence) for one in levels}) != 1 or levels[0].sentence != stated.sentence:
        return False
    return any(one in others and rank != place - first for rank, one in enumerate(levels))


def _is_list(passage: Passage, last: Mention, levels: Sequence[Mention]) -> bool:
    """Return whether sums stand side by side right behind a figure: ``30 and 44 percent on the 1,385 and 1,806``."""
    alike = {(one.unit, one.sentence) for one in levels} == {(levels[0].unit, last.sentence)}
    every = (last, *levels)
    return alike and levels[0].money and all(len(passage.gap(one, other)) <= _SHORT for one, other in pairwise(every))


def _listed(passage: Passage, at: int, stated: Mention) -> bool:
    """Return whether the figure there and the one behind it are of one list of multiples."""
    one, other = passage.mentions[at], passage.mentions[at + 1]
    alike = one.unit == other.unit == stated.unit and one.sentence == other.sentence == stated.sentence
    return alike and len(passage.gap(one, other)) <= _NEAR // 2
