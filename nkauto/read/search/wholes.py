"""What a share is one of: the whole before its part, of two sums the larger, or something larger behind it.

``of 60, 25, under half``; ``he makes 800 a month, of which 160 reach him, an eighth``; ``600, 40 % of the take``. And
which figure a multiple plainly speaks of: the one right before ``평균의 3배``, with no comma between.
"""

from __future__ import annotations

import re

from nkauto.read.passage.passage import TIME, Mention
from nkauto.read.relations.multiple import Multiple, unhedged
from nkauto.read.relations.scope import exceeds_its_whole, operand
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.apposed import COMMA_ALONE
from nkauto.read.search.scene import BREAK, COMMA, Option, Scene, moves

_REACH, _SHORT = 60, 28
_OF_OTHERS = re.compile(r"[’']s?\s")
_APART = re.compile(r"(?P<words>[^,;:，、；：(（]{0,48})(?P<link>[,，、(（:：–—].{0,14})")
_PART_OF = re.compile(r"\D{2,24}")
_CLOSED = re.compile(r"\s*(?:[,.;:)，、。；）–—]|$)")
_MOST = 24
_COMMA = re.compile(r"[,，、.。;；:：()（）]")
_LEADS = (("topic_ending", r"^[가-힣]{0,2}"), ("topic_inside", r"^[ぁ-ん]{0,2}"))
"""The endings behind an amount of which something is said."""


def is_part(multiple: Multiple, scene: Scene, mention: Mention) -> bool:
    """Return whether a share of something follows a figure right behind a comma: ``600, 40 percent of the take``."""
    if not multiple.of or multiple.way or mention.index != multiple.mention.index - 1:
        return False
    gap = unhedged(scene.passage.gap(mention, multiple.mention))
    return _is_share(multiple) and COMMA_ALONE.fullmatch(gap) is not None and not _of_after(multiple)


def _of_after(multiple: Multiple) -> bool:
    return pattern("of_after", after=r"\s*$").search(multiple.mention.left[-8:]) is not None


def _is_share(multiple: Multiple) -> bool:
    return multiple.mention.high < (100 if multiple.percent else 1)


def out_of(scene: Scene, multiple: Multiple, whole: Mention, part: Mention) -> bool:
    """Return whether words make one figure a part of the other, so that a share can be nothing else: ``20 of the 60``.

    ``of the 60 homes, 20``; ``she has 60; 20 of that``: the words for the whole stand before or right behind the part.
    """
    passage, mention = scene.passage, multiple.mention
    if multiple.way or multiple.compares or not _is_share(multiple) or mention.index < max(whole.index, part.index):
        return False
    if part.index + 1 == whole.index:
        return _PART_OF.fullmatch(passage.gap(part, whole)) is not None and says("part_of", passage.gap(part, whole))
    if not whole.index < part.index or mention.sentence != part.sentence:
        return False
    lead = BREAK.split(COMMA.split(unhedged(whole.left))[-1])[-1]
    opened = pattern("part_of", r"^\s*", r"(?:\s+[a-z]{1,5})?\s*$").match(lead) is not None
    named = whole.sentence == part.sentence and opened
    return named or _of_those(scene, part) or pattern("of_it", r"^\s*").match(part.right) is not None


def shared(scene: Scene, multiple: Multiple, whole: Mention, part: Mention) -> bool:
    """Return whether a share stands behind a part, and its whole alone before both: ``of 60, 25, under half``."""
    mention, passage = multiple.mention, scene.passage
    first, last = sorted((whole, part), key=lambda each: each.index)
    if multiple.way or multiple.compares or last.index != mention.index - 1:
        return False
    if first is part and not out_of(scene, multiple, whole, part):
        return False
    gap = passage.gap(last, mention)
    beside = COMMA_ALONE.fullmatch(unhedged(gap)) is not None
    if multiple.of or not beside:
        closes = _is_share(multiple) and (beside or ends_a_clause(gap))
        if not closes or not (_of_the_whole(multiple, whole) if multiple.of else _CLOSED.match(mention.right)):
            return False
    if scene.arrow(whole, part) or moves(passage, part, part):
        return False
    if pattern("by_so_much", after=r"\s*$").search(unhedged(part.left)):
        return False
    back = 1 if whole.sentence < part.sentence and out_of(scene, multiple, whole, part) else 0
    here = passage.before(mention, multiple.position, sentences=back)
    like = [each for each in here if each.unit == part.unit]
    if len(like) > len((whole, part)) and first is whole and out_of(scene, multiple, whole, part):
        like = [like[0], like[-1]] if all(each.high < whole.low for each in like[:-1]) else like
    return like == [last, first]


def of_whole(scene: Scene, multiple: Multiple) -> tuple[Mention, Mention] | None:
    """Return the whole that words before a share name, the only other sum, and the part: ``60人のうち40人、全体の3割``.

    Where the sentence tells none, it is what the sentence before opens with, if all that it tells besides is less.
    """
    mention = multiple.mention
    if multiple.way or pattern("of_all_before", after=r"\s*$").search(unhedged(mention.left)) is None:
        return None
    before = scene.passage.before(mention, multiple.position, sentences=2)
    told = [each for each in before if each.unit not in ("%", "x", *TIME) and each.index not in scene.converted]
    like = [each for each in told if each.unit == told[0].unit]
    near = [each for each in like if mention.sentence - each.sentence <= 1]
    if len(near) < 2 or near[0].sentence != mention.sentence or says("remainder", near[0].left):
        return None
    here = [each for each in near if each.sentence == mention.sentence]
    whole = near[-1]
    fits = len(here) == 2 == len(near) or (len(here) == 1 and all(each.high < whole.low for each in near[1:-1]))
    return (whole, here[0]) if fits and all(each.high <= whole.high for each in like) else None


def ends_a_clause(gap: str) -> bool:
    """Return whether a clause ends between two figures, and nothing more is told: ``arrived, or``."""
    told = _APART.fullmatch(gap)
    if told is None:
        return False
    link = unhedged(told["link"][1:]).strip()
    joined = not link or pattern("same_said", "^", "$").match(link) or pattern("mere", "^", "$").match(link)
    words = pattern("a_time").sub(" ", told["words"])
    return bool(joined) and not any(says(role, words) for role in ("turns", "than", "when"))


def _of_those(scene: Scene, part: Mention) -> bool:
    """Return whether the sentence of a part opens with words for the whole told before it: ``of these, 480``."""
    first, _ = scene.passage.sentence(part)
    lead = scene.passage.text[first : part.figure.start].lower()
    return any(pattern(role, r"^\s*").match(lead) for role in ("of_it", "of_it_before"))


def _of_the_whole(multiple: Multiple, whole: Mention) -> bool:
    """Return whether the words behind a share stand for its whole: ``of it``, ``of her income``, ``of the sum``."""
    behind = multiple.mention.right[:_REACH]
    if closes_with(behind, "of_it") or closes_with(behind, "of_all"):
        return True
    phrase = _CLOSED.split(behind)[0]
    paid = whole.is_wage or (whole.money and whole.per in TIME)
    others = any(says(role, phrase) for role in ("average", "minimum", "official", "when", "earlier"))
    return paid and len(phrase) <= _SHORT and says("wage", phrase) and not others and _OF_OTHERS.search(phrase) is None


def closes_with(behind: str, role: str) -> bool:
    """Return whether words of a role stand here alone in a clause: ``of it.``, not ``of it in kind``."""
    told = pattern(role, r"^\s*").match(behind)
    return told is not None and _CLOSED.match(behind, told.end()) is not None


def spoken_of(scene: Scene, multiple: Multiple) -> Mention | None:
    """Return the amount that stands right before a multiple and what it is of: ``18만원으로 평균의 3배``."""
    mention, position = multiple.mention, multiple.position
    before = scene.passage.before(mention, position, sentences=0, most=1)
    if not multiple.of or mention.low < 1 or not before or not operand(before[0]) or before[0].index in scene.converted:
        return None
    gap = unhedged(scene.passage.gap(before[0], mention))
    if (
        len(gap) > _MOST
        or gap.isascii()
        or _COMMA.search(gap)
        or pattern("of_after", after=r"\s*$").search(gap) is None
    ):
        return None
    return before[0] if any(pattern(role, ahead).match(gap) for role, ahead in _LEADS) else None


def passes_over(scene: Scene, multiple: Multiple, option: Option) -> bool:
    """Return whether two figures leave out one that a multiple plainly speaks of, or take it for the whole."""
    said = spoken_of(scene, multiple)
    if said is not None and said not in option.mentions:
        return True
    if (share := of_whole(scene, multiple)) is not None and set(share) != set(option.mentions):
        return True
    return exceeds_its_whole(scene.passage, multiple, option.mentions)
