"""Parts and their wholes: ``of the 200 asked, 140 (70 %)``, ``26 %, or 104, of 400``, ``104 of 400 (26 %)``."""

from __future__ import annotations

from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.between import arrow, came_from, words_between
from nkauto.read.relations.drafts import alike
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.multiple import Multiple, Pair
from nkauto.read.relations.words import pattern, says

_CLOSE = 12
_PART = 30
"""Characters that may stand between a part and the whole that it is of: ``140 of the 200 families asked``."""


def shares(passage: Passage, multiple: Multiple, before: list[Mention], after: list[Mention]) -> list[Pair]:
    """Return ``of the 200 asked, 140 (70 %)``, ``26 %, or 104, of 400``, ``104 of 400 (26 %)``: part and whole."""
    mention = multiple.mention
    if multiple.way or (not multiple.percent and mention.low >= 1):
        return []
    parts: list[Mention] = []
    if before and before[0].sentence == mention.sentence:
        tie = tie_of(words_between(passage, before[0], mention))
        if tie in ("bracket", "words", "bare"):
            words = words_between(passage, before[1], before[0]) if len(before) > 1 else ""
            larger = len(before) > 1 and before[0].high > before[1].low
            if larger and len(words) <= _PART and pattern("part_of", r"^\s*(?:\w+\s+)?").match(words):
                return [Pair((before[0],), (before[1],), 3, ordered=True, part=True)]
            parts.append(before[0])
        elif not multiple.of and _closes(passage, mention, before):
            return [Pair((before[1],), (before[0],), 3, ordered=True, part=True)]
    gap = words_between(passage, mention, after[0]) if after else ""
    if after and (tie_of(gap) in ("bracket", "words") or pattern("share_is", r"^\s*", r"\s*$").match(gap)):
        parts.append(after[0])
    found = []
    for part in parts:
        wholes = [each for each in (*before, *after) if each is not part and alike(each, part) and each.low > part.high]
        wholes = [each for each in wholes if each.sentence == mention.sentence]
        wholes = [each for each in wholes if not came_from(passage, part, each) and not came_from(passage, each, part)]
        wholes = [each for each in wholes if not arrow(passage, each, part)]
        for place, whole in enumerate(wholes[:3]):
            told = _is_whole(whole)
            first = place == 0 or (told and _all_shared(passage, before, wholes[:place]))
            if not told and part in before and tie_of(words_between(passage, part, mention)) == "bare":
                continue
            tie_ = 3 if told and first else 2 if len(wholes) == 1 and part.unit == "person" else 1
            found.append(Pair((whole,), (part,), tie_, ordered=True, part=True))
    return found


def _all_shared(passage: Passage, before: list[Mention], parts: list[Mention]) -> bool:
    """Return whether figures between a part and its whole are other parts, each with its own percentage behind it."""
    return all(each in before and any(near.unit == "%" for near in passage.near(each)) for each in parts)


def _closes(passage: Passage, mention: Mention, before: list[Mention]) -> bool:
    """Return whether a share closes a count and its whole: ``of the 400 asked, 90 agreed, 22 %``."""
    if len(before) < 2 or before[1].money or before[1].sentence != mention.sentence:
        return False
    part, whole = before[:2]
    near = len(words_between(passage, part, mention)) <= _CLOSE
    return near and alike(part, whole) and whole.low > part.high and _is_whole(whole) and not _is_whole(part)


def _is_whole(mention: Mention) -> bool:
    """Return whether words make a figure the whole that others are part of: ``of the 400``, ``400人のうち``."""
    return says("part_of", mention.left[-24:]) or pattern("whole_after", r"^\s*").match(mention.right[:16]) is not None
