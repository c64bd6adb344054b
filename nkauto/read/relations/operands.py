"""Which two figures a percentage or a multiple lies between: from and to, than, of, or the only two in question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.between import (
    arrow,
    came_from,
    ends_with_base,
    goes_on,
    goes_to,
    in_next_clause,
    level_behind,
    words_between,
)
from nkauto.read.relations.drafts import alike, comparable
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.multiple import Multiple, Pair, unhedged
from nkauto.read.relations.scope import arrows, in_scope, operand, told_later
from nkauto.read.relations.shares import shares
from nkauto.read.relations.words import pattern, says

_OPENS = re.compile(r"^[^()（）]{0,60}[(（][^()（）]{0,30}$")
_IN_BRACKET = re.compile(r"[(（][^()（）]{0,30}$")
_BREAK = re.compile(r"[;；]")
_EASTERN = re.compile(r"[぀-ヿ㐀-鿿가-힣]")
_COMMAS = re.compile(r"[,，、]")
_EARLIER = 12
_BESIDE = re.compile(r"[\s\w]{0,20}\sthe\s")
_LIST = re.compile(r"^[^.;；。]{0,40}$")


def pairs(passage: Passage, multiple: Multiple, converted: frozenset[int]) -> list[Pair]:
    """Return the pairs that a multiple may lie between, those that the words tie first, each once."""
    before, after = _operands(passage, multiple, converted)
    found = shares(passage, multiple, before, after)
    found += _with_base_after(passage, multiple, before, after)
    found += _with_base_before(passage, multiple, before, after)
    scope = arrows(passage, multiple, before)
    if not any(pair.tie == 3 for pair in (*found, *scope)):
        scope += in_scope(passage, multiple, before)
        scope += told_later(passage, multiple, before)
    if (multiple.of and multiple.percent) or multiple.anaphor:
        # A share of something told in words is no share of the two figures that happen to stand near it.
        scope = [replace(pair, tie=1) for pair in scope]
    found += scope
    if multiple.compares and before:
        found += [Pair((other,), (before[0],), 1) for other in before[1:] if alike(other, before[0])]
    unique: dict[tuple[int, ...], Pair] = {}
    for pair in sorted(found, key=lambda each: -each.tie):
        unique.setdefault(tuple(mention.index for mention in pair.mentions), pair)
    every = list(unique.values())
    if after and multiple.compares and _BESIDE.fullmatch(words_between(passage, multiple.mention, after[0])):
        every = [pair for pair in every if after[0] in pair.mentions] or every
    locked = next((pair for pair in every if pair.locked or (pair.part and pair.tie == 3)), None)
    locked = locked or next((pair for pair in every if _side_by_side(passage, multiple, pair, before, after)), None)
    return every if locked is None else [replace(locked, locked=True)]


def _side_by_side(
    passage: Passage, multiple: Multiple, pair: Pair, before: list[Mention], after: list[Mention]
) -> bool:
    """Return whether a pair that words tie stands right beside its multiple, with no word that turns to another."""
    mention = multiple.mention
    if pair.tie != 3 or not pair.ordered or pair.part or len(pair.mentions) != 2 or multiple.elsewhere_than(pair):
        return False
    if multiple.of or _in_list(passage, mention) or not _goes_over(passage, multiple, pair):
        return False
    if any(in_next_clause(passage, mention, each) for each in pair.mentions):
        return False
    subject = pair.base[0].subject or pair.new[0].subject
    if mention.subject and subject and mention.subject not in (subject, "wage"):
        return False
    near = {each.index for each in (*before[:2], *after[:2])}
    if not near.issuperset(each.index for each in pair.mentions):
        return False
    every = sorted((mention, *pair.mentions), key=lambda each: each.figure.start)
    if every[0].sentence != every[-1].sentence:
        return False
    gaps = [words_between(passage, one, other) for one, other in pairwise(every)]
    return all(gap and len(gap) <= 70 and not says("turns", gap) and ";" not in gap for gap in gaps)


def _in_list(passage: Passage, mention: Mention) -> bool:
    """Return whether a multiple is one of a list: ``cuts of 11 percent and 10 percent``."""
    for other in passage.near(mention):
        if other is mention or other.unit != mention.unit or other.sentence != mention.sentence:
            continue
        one, two = sorted((mention, other), key=lambda each: each.figure.start)
        gap = words_between(passage, one, two)
        if gap.strip() in (",", "、", "，", "·") or (len(gap) <= 16 and says("and", gap)):
            return True
    return False


def _goes_over(passage: Passage, multiple: Multiple, pair: Pair) -> bool:
    """Return whether from and to stand between the two, or than between the base and the multiple."""
    base, new, mention = pair.base[0], pair.new[0], multiple.mention
    if base.figure.start < new.figure.start:
        if arrow(passage, base, new):
            return True
    elif came_from(passage, base, new):
        return True
    if base.figure.start < mention.figure.start:
        return pattern("than_after", r"^[\s)）」』\"”]*").match(words_between(passage, base, mention)) is not None
    return pattern("than", after=r"[\s\w’']{0,16}$").search(words_between(passage, mention, base)) is not None


def _operands(passage: Passage, multiple: Multiple, converted: frozenset[int]) -> tuple[list[Mention], list[Mention]]:
    """Return the amounts before a multiple, nearest first, and after it, of what its own words speak of."""
    mention, position = multiple.mention, multiple.position
    before = [m for m in passage.before(mention, position) if operand(m) and m.index not in converted]
    after = [m for m in passage.after(mention, position) if operand(m) and m.index not in converted]
    after = [m for m in after if _BREAK.search(passage.gap(mention, m)) is None]
    if before and before[0].sentence == mention.sentence:
        after = [m for m in after if not in_next_clause(passage, mention, m)]
    before = _of_its_clause(passage, multiple, before)
    every = [*before, *after]
    if multiple.currency and any(each.rate for each in every):
        return [m for m in before if m.rate], [m for m in after if m.rate]
    if mention.subject == "wage" and multiple.way and not multiple.currency:
        before, after = [m for m in before if not m.rate], [m for m in after if not m.rate]
    subject = mention.subject
    if subject and subject != "wage" and subject != multiple.against:
        same = [m for m in every if m.subject in (subject, "")]
        if len(same) > 1 and any(m.subject for m in same):
            before = [m for m in before if m in same]
            after = [m for m in after if m in same]
    return before, after


def _of_its_clause(passage: Passage, multiple: Multiple, before: list[Mention]) -> list[Mention]:
    """Return the figures before a multiple, those of its own clause alone where two of them make a change."""
    own = [each for each in before if _BREAK.search(passage.gap(each, multiple.mention)) is None]
    if len(own) < 2 or len(own) == len(before) or not alike(own[0], own[1]):
        return before
    beside = _OPENS.match(passage.gap(own[1], own[0])) is not None
    return own if beside or arrow(passage, own[1], own[0]) or came_from(passage, own[0], own[1]) else before


def _with_base_after(passage: Passage, multiple: Multiple, before: list[Mention], after: list[Mention]) -> list[Pair]:
    """Return the pairs with a base behind the multiple.

    ``20 % of the 40,000``, ``42 % under January (15,200)``, ``up 20 % from 5,000 to 6,000``, ``to 6,000 from 5,000``.
    """
    if not after:
        return []
    first = after[0]
    gap = words_between(passage, multiple.mention, first)
    second = after[1] if len(after) > 1 and alike(after[0], after[1]) else None
    if second is not None and multiple.compares and pattern("against").search(words_between(passage, first, second)):
        return [Pair((second,), (first,), 3, ordered=True)]
    if second is not None and arrow(passage, first, second):
        near = "," not in gap and "、" not in gap and "，" not in gap
        told = near or (pattern("origin", after=r"\s*$").search(gap) is not None and not says("and", gap))
        told = told and (near or not items_named(_COMMAS.split(gap)[-1]) or len(before) < 2)
        return [Pair((first,), (second,), 3 if told else 1, ordered=True)]
    parted = pattern("and", r"[,，]\s*").search(gap) is not None
    if second is not None and came_from(passage, second, first) and not parted:
        return [Pair((second,), (first,), 3, ordered=True)]
    if goes_to(gap) and not multiple.of:
        if second is not None and ends_with_base(words_between(passage, first, second)):
            return [Pair((second,), (first,), 3, ordered=True)]
        levels = [each for each in before if comparable(each, first)]
        if levels and tie_of(words_between(passage, levels[0], multiple.mention)) in ("words", "bracket"):
            levels = levels[1:]  # ``500 won, or 10 %, to 5,500``: the step, not the level before it
        if levels and multiple.way and not multiple.elsewhere and goes_on(passage, levels[0], multiple.mention):
            return [Pair((levels[0],), (first,), 3, ordered=True, locked=True)]
        sole = len(levels) == 1 and levels[0].sentence == first.sentence
        return [Pair((each,), (first,), 2 if sole else 1, ordered=True) for each in levels[:4]]
    if parted:
        return []  # ``half as much again as the tram, and milk 65``: another clause
    if before and multiple.way and not multiple.of and level_behind(gap) and alike(before[0], first):
        return [Pair((before[0],), (first,), 3, ordered=True)]
    # In the East a multiple stands behind what it is measured on.
    tied = not _EASTERN.search(gap) and (multiple.of or multiple.compares or ends_with_base(gap))
    if not tied and not (multiple.way and _OPENS.match(gap)):
        return [Pair((first,), (second,), 1)] if second is not None and not before else []
    if len(gap) > 80:
        return []
    if second is not None and multiple.of and tie_of(words_between(passage, first, second)) in ("words", "bracket"):
        return [Pair((first,), (second,), 3, ordered=True, part=True)]
    found = _news(passage, first, before)
    if second is not None and multiple.compares and not before:
        found.append(Pair((first,), (second,), 1))
    return found


def _news(passage: Passage, base: Mention, before: list[Mention]) -> list[Pair]:
    """Return the pairs of a known base with what is measured against it: the nearest figures, and their average."""
    near = [each for each in before if _against(each, base) and not _spoken_for(passage, each)]
    if not near:
        return []
    group = _group(passage, near)
    fitting = [each for each in near if comparable(each, base)] or near
    alone = len({(each.low, each.high) for each in fitting}) == 1 or fitting[0].sentence == base.sentence
    tie = 3 if alone and len(group) < 2 else 2 if alone or len(group) > 1 else 1
    found = [Pair((base,), (each,), tie, ordered=True) for each in fitting[:5]]
    if len(group) > 1:
        found.append(Pair((base,), tuple(reversed(group)), tie, ordered=True))
    return found


def _base_of_another(passage: Passage, multiple: Multiple, mention: Mention) -> bool:
    """Return whether words make a figure the base of an earlier multiple: ``30 % dearer than the 6.1 of June, but``."""
    marked = pattern("than_after", r"^[\s)）]*").match(mention.right[:12]) is not None
    marked = marked or pattern("than", after=r"[^,，、]{0,8}$").search(unhedged(mention.left)[-16:]) is not None
    beside = passage.near(mention)[-1]
    return marked and beside is not multiple.mention and beside.unit in ("%", "x") and beside.index > mention.index


def _against(one: Mention, base: Mention) -> bool:
    """Return whether one figure can be so many times another: alike, or a price against a wage."""
    return alike(one, base) or (base.subject == "wage" != one.subject and one.unit == base.unit and not one.rate)


def _spoken_for(passage: Passage, mention: Mention) -> bool:
    """Return whether a figure stands in brackets after a multiple, as that one's own base: ``42 % under May (600)``."""
    if mention.index == 0 or not _IN_BRACKET.search(mention.left):
        return False
    return any(other.index == mention.index - 1 and other.unit in ("%", "x") for other in passage.near(mention))


def _group(passage: Passage, near: Sequence[Mention]) -> list[Mention]:
    """Return the nearest list of like figures: ``8,600 in one city, 8,560 in another and 9,400 in a third``."""
    group = [near[0]]
    for other in near[1:]:
        gap = words_between(passage, other, group[-1])
        if other.sentence != group[-1].sentence or not gap or not _LIST.match(gap) or arrow(passage, other, group[-1]):
            break
        if group[-1].index - other.index != 1 or not comparable(other, group[-1]):
            break
        group.append(other)
    return group


def _with_base_before(passage: Passage, multiple: Multiple, before: list[Mention], after: list[Mention]) -> list[Pair]:
    """``5,000원에서 20% 오른``, ``5000ウォンより20%高い``, ``比5000元上涨20%``, ``工資3000的20%``."""
    if not before or before[0].sentence != multiple.mention.sentence:
        return []
    base = before[0]
    gap = words_between(passage, base, multiple.mention)
    marked = bool(pattern("base_after", r"^[\s)）」』\"”]*").match(gap)) and len(gap) <= 24
    if not marked:
        words_before = pattern("hedge", after=r"\s*$").sub("", base.left[-30:])
        marked = bool(pattern("base_before", after=r"[\s\w’']{0,16}$").search(words_before)) and len(gap) <= 40
    owned = multiple.of and bool(pattern("of_after", r"^[\s)）」』\"”]*").match(gap)) and len(gap) <= 8
    if not marked and not owned:
        return []
    if len(before) > 1 and arrow(passage, before[1], base) and not owned:
        return []
    others = [each for each in (*before[1:], *after[:1]) if comparable(each, base)]
    others = [each for each in others if not _base_of_another(passage, multiple, each)] or others
    if len(others) > 1:  # ``1,000 today; at 400 last month, at 25 last year, 40 times that``
        others = [each for each in others if not says("earlier_told", each.left[-_EARLIER:])] or others
    if not others:
        others = [each for each in (*before[1:], *after[:1]) if _against(each, base)]
    if not others and owned:  # a wage against a price, a price by the kilogram against one by the sack
        others = [each for each in before[1:2] if each.unit == base.unit and not each.rate and not base.rate]
    sole = len(others) == 1 or (len(others) > 1 and others[0].sentence == base.sentence)
    return [Pair((base,), (each,), 3 if sole else 2, ordered=True) for each in others[:5]]
