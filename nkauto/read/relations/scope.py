"""The pairs of figures that nearness leaves to a multiple: from one to the other, alone together, told later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow, came_from, listed
from nkauto.read.relations.drafts import alike, comparable
from nkauto.read.relations.multiple import Multiple, Pair, unhedged
from nkauto.read.relations.words import pattern, says

_COMMA = r"\s*[,，、]\s*"
_COMMA_ALONE = re.compile(_COMMA)


def operand(mention: Mention) -> bool:
    """Return whether a multiple can lie between this figure and another: an amount, not a span of time."""
    return mention.unit not in ("%", "x", *TIME) and mention.low > 0


def exceeds_its_whole(passage: Passage, multiple: Multiple, tied: Sequence[Mention]) -> bool:
    """Return whether figures have for a part what is larger than its whole: ``2,000, half of what he laid out``.

    What stands right before a fraction of something, a comma between, is the part.
    """
    mention = multiple.mention
    before = passage.before(mention, multiple.position, sentences=0, most=1)
    if not multiple.of or multiple.way or mention.high >= (100 if multiple.percent else 1) or not before:
        return False
    part = before[0]
    gap = unhedged(passage.gap(part, mention))
    if part not in tied or not (_COMMA_ALONE.fullmatch(gap) or pattern("same_said", _COMMA, r"\s*").fullmatch(gap)):
        return False
    return any(each is not part and each.high < part.low for each in tied)


def arrows(passage: Passage, multiple: Multiple, before: list[Mention]) -> list[Pair]:
    """Return the figures before a multiple that go over into each other: ``from 5,000 to 6,000``."""
    found = []
    sentence = multiple.mention.sentence
    for new, old in pairwise(before):
        if alike(old, new) and came_from(passage, new, old):
            near = new is before[0] and new.sentence == sentence
            found.append(Pair((new,), (old,), 3 if near else 1, ordered=True))
        if alike(old, new) and arrow(passage, old, new):
            nearest = new is before[0]
            tie = 3 if nearest and new.sentence == sentence else 2 if nearest and sentence - new.sentence == 1 else 1
            found.append(Pair((old,), (new,), tie, ordered=True))
    return found


def in_scope(passage: Passage, multiple: Multiple, before: list[Mention]) -> list[Pair]:
    """Return the pairs that the nearest figures leave: two alone in the sentence, or with the sentences before it."""
    here = [each for each in before if each.sentence == multiple.mention.sentence]
    if not here:
        return _by_subject(multiple, before)
    anchor = here[0]
    same = [each for each in here if comparable(each, anchor)]
    if len(same) == 1:
        earlier = [each for each in before if each.sentence != anchor.sentence and comparable(each, anchor)]
        firm = len(earlier) == 1 and bool(earlier[0].subject) and earlier[0].subject == anchor.subject
        firm = firm and not multiple.elsewhere
        found = [Pair((each,), (anchor,), 2 if firm else 1) for each in earlier]
        beside = [each for each in here[1:] if each.subject and alike(each, anchor)]
        for new in beside if multiple.of or multiple.compares or multiple.generic else ():
            found += [
                Pair((old,), (new,), 1)
                for old in before
                if old.sentence != new.sentence and comparable(old, new) and old.subject == new.subject
            ]
        return found
    if len(same) == 2:
        step = pattern("by_so_much", after=r"\s*$").search(unhedged(same[0].left)) is not None
        loose = step or listed(passage, *same)
        own = multiple.mention.subject
        foreign = bool(own) and own != "wage" and all(each.subject not in ("", own) for each in same)
        loose = loose or (foreign and not (multiple.of or multiple.compares))
        return [Pair((same[1],), (same[0],), 1 if loose else 2)]
    return _every_two(same)


def told_later(passage: Passage, multiple: Multiple, before: list[Mention]) -> list[Pair]:
    """Return the pair with a base that the next sentence tells: ``30 % dearer, at 12,000. In May it was 10,000``."""
    mention = multiple.mention
    around = [*before[:1], *passage.after(mention, multiple.position)[:1]]
    if not any(operand(each) and each.sentence == mention.sentence for each in around):
        around = [each for each in before[:3] if mention.sentence - each.sentence == 1]
        return [
            Pair((base,), (new,), 1, ordered=True)
            for base in passage.following(mention, multiple.position)
            for new in around
            if operand(base) and comparable(base, new)
        ]
    here = [each for each in around if operand(each) and each.sentence == mention.sentence]
    found: list[Pair] = []
    for base in passage.following(mention, multiple.position):
        for new in here:
            if operand(base) and comparable(base, new):
                told = bool(base.subject) and base.subject == new.subject and says("earlier", base.left)
                found.append(Pair((base,), (new,), 2 if told and len(found) == 0 else 1, ordered=True))
    return found


def _every_two(same: list[Mention]) -> list[Pair]:
    """Return all pairs of several like figures, those with the nearest first."""
    few = same[:5]
    return [Pair((old,), (new,), 1) for place, new in enumerate(few) for old in few[place + 1 :]]


def _by_subject(multiple: Multiple, before: list[Mention]) -> list[Pair]:
    """Return the pairs of earlier sentences, good by good, for a sentence that holds no price itself."""
    found = []
    for group in by_subject(before):
        if len(group) == 2:
            near = multiple.mention.sentence - group[0].sentence <= 1 and not multiple.elsewhere
            near = near and (bool(group[0].subject) or not multiple.verb)
            found.append(Pair((group[1],), (group[0],), 2 if near else 1))
        else:
            found += _every_two(group)
    firm = [pair for pair in found if pair.tie == 2]
    if len(firm) > 1:
        found = [Pair(pair.base, pair.new, 1) if pair.tie == 2 else pair for pair in found]
    return found


def by_subject(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Return like figures together, in the order of their first; a figure told twice is one."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        for group in groups:
            if comparable(group[0], mention) and group[0].subject == mention.subject:
                if all((each.low, each.high) != (mention.low, mention.high) for each in group):
                    group.append(mention)
                break
        else:
            groups.append([mention])
    return groups
