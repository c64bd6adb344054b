"""What the words between two figures say: from and to, than, a list, down from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import alike
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.words import pattern, says

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_PARTS = re.compile(r"[,;，、；]|\sand\s")
_BREAK = re.compile(r"[;；]")
_COMMAS = (",", "，", "、")
_ARROW_REACH, _TWO, _LEVEL, _SHORT = 60, 48, 32, 3
_DATE, _TIMED = 28, 20
_OPENING = re.compile(r"^[^()（）,;，；]{0,24}[(（][^()（）]{0,28}$")
_YEAR_BEHIND = re.compile(r"^\s*[(（]?(?:[a-z.]+\s){0,4}?((?:19|20)\d\d)(?!\d)")
_YEAR_BEFORE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)[^\d,;，、；]{0,12}$")

_MOMENTS = ("season", "formerly", "earlier_told", "later_told", "since_then", "over_time")
_CLAUSE_END = re.compile(r"[,，、;；:：。(（]|\.(?:\s|$)")


def words_between(passage: Passage, one: Mention, other: Mention) -> str:
    """Return the words between two figures without what stands in brackets; empty when they stand far apart."""
    if other.figure.start - one.figure.end >= 200:
        return ""
    gap = passage.text[one.figure.end : other.figure.start]
    return _BRACKETS.sub("", gap) if "(" in gap or "（" in gap else gap


def in_next_clause(passage: Passage, mention: Mention, other: Mention) -> bool:
    """Return whether a verb closes the clause of a figure before the one behind it: ``20% 내렸고 3200원에서``."""
    gap = passage.gap(mention, other).replace(",", " ")
    joined = pattern("clause_joined").finditer(gap if mention.index < other.index and not gap.isascii() else "")
    return any(each.group()[0].isalpha() for each in joined)


def ends_with_base(gap: str) -> bool:
    """Return whether the words right before a figure make it the base: from, than, compared with."""
    bare = pattern("hedge", after=r"\s*$").sub("", gap[-50:])
    told = pattern("base_before", after=r"([\s\w’']{0,24})$").search(bare)
    # ``6 % on one thing and 250 on another``: what follows an and is no base.
    return told is not None and not says("and", told[1])


def goes_to(gap: str) -> bool:
    """Return whether the words right before a figure make it where something went: to, reaching."""
    bare = pattern("hedge", after=r"\s*$").sub("", gap[-40:])
    return bool(pattern("to", after=r"\s*(?:an?|the)?\s*$").search(bare))


def arrow(passage: Passage, old: Mention, new: Mention) -> bool:
    """Return whether one figure goes over into the other: ``from 5,000 to 6,000``, ``5000원에서 6000원으로``."""
    gap = words_between(passage, old, new)
    if not gap or len(gap) > _ARROW_REACH or old.sentence != new.sentence:
        return False
    if pattern("origin_after", r"^\s*(?:[)）]\s*)?").match(gap):
        return True
    from_ = pattern("hedge", after=r"\s*$").sub("", old.left[-30:])
    origin = bool(pattern("origin", after=r"\s*(?:an?|the|每公斤|每斤|high|low)?\s*$").search(from_))
    return (origin and says("to", gap)) or bool(pattern("becomes").search(gap))


def came_from(passage: Passage, old: Mention, new: Mention) -> bool:
    """Return whether the later figure is where the earlier one came from: ``2,000, down from 3,300``."""
    gap = words_between(passage, new, old)
    if not gap or len(gap) > _ARROW_REACH or old.sentence != new.sentence:
        return False
    bare = pattern("hedge", after=r"\s*$").sub("", gap)
    come = pattern("origin", after=r"[\s\w’']{0,24}$").search(bare)
    if come is None or says("turns", bare):
        return False
    return any(says(role, bare[: come.start()]) for role in ("rise", "fall")) or goes_to(new.left)


def led_away(passage: Passage, level: Mention, step: Mention) -> bool:
    """Return whether a step leads away from the level right before it: ``last week 550, this week it rose by 110``."""
    if level.index != step.index - 1 or not 0 <= step.sentence - level.sentence <= 1:
        return False
    left = unhedged(level.left)[-_TIMED:]
    if pattern("base_after", r"^[\s)）]*").match(level.right) or pattern("origin", after=r"\s*$").search(left):
        return True
    gap = passage.gap(level, step)
    return says("time_before", left) and any(says(role, gap) for role in ("later_told", "thereupon"))


def goes_on(passage: Passage, old: Mention, mention: Mention) -> bool:
    """Return whether a change goes on from the level right before it: ``60 and 80, then down a quarter to 65``."""
    gap = words_between(passage, old, mention)
    beside = passage.near(mention)[0] is old and old.sentence == mention.sentence
    return beside and 0 < len(gap) <= _ARROW_REACH and says("thereupon", gap)


def then_now(passage: Passage, one: Mention, other: Mention) -> bool:
    """Return whether two figures side by side are told of two times: ``in May 50, by the end of the year 1,000``."""
    gap = words_between(passage, one, other)
    if not gap or len(gap) > _ARROW_REACH or one.sentence != other.sentence or not alike(one, other):
        return False
    if (one.subject and other.subject and one.subject != other.subject) or says("earlier_told", gap):
        return False
    if pattern("than_after", r"^\s*").match(other.right[:8]):
        return False
    lead = _PARTS.split(gap)[-1]
    return not says("place", gap) and (says("season", lead) or says("later_told", lead))


def was_once(passage: Passage, one: Mention, other: Mention) -> bool:
    """Return whether words right before the first of two figures make it what was: ``salt, once 200, is at 500``."""
    gap = words_between(passage, one, other)
    if not gap or len(gap) > _TWO or one.sentence != other.sentence or not alike(one, other) or says("and", gap):
        return False
    told = pattern("once", after=r"\s*$").search(unhedged(one.left)[-_LEVEL:])
    return told is not None and not _BREAK.search(gap) and not says("place", gap)


def level_behind(gap: str) -> bool:
    """Return whether the words right behind a comparison lead to its level: ``a fifth cheaper, 22``, ``20% 싼 2만``."""
    if len(gap) > _LEVEL or says("than", gap):
        return False
    words = unhedged(gap)
    for role in ("compare", "rise", "fall", "level_lead"):
        words = pattern(role).sub(" ", words)
    bare = words.strip()
    if not bare and pattern("level_lead", after=r"\s*$").search(unhedged(gap)):
        return any(pattern(role, r"^\s*").match(gap) for role in ("rise", "fall", "compare"))  # ``is 38 % up at 49``
    return bare in _COMMAS or (not gap.isascii() and len(bare) <= _SHORT and says("compare", gap))


def led_behind(passage: Passage, multiple: Mention, levels: Sequence[Mention]) -> frozenset[int]:
    """Return the level right behind a multiple that its clause leads to: ``보육원의 열 배가 넘는 3만 원``; by index."""
    level = next((each for each in levels if each.index == multiple.index + 1), None)
    if level is None or level.sentence != multiple.sentence:
        return frozenset()
    told = pattern("so_many_times_behind", r"^\s*", r"\s*$").match(unhedged(passage.gap(multiple, level)))
    return frozenset({level.index}) if told is not None else frozenset()


def was_before(passage: Passage, level: Mention, base: Mention) -> bool:
    """Return whether the words between two figures make the second what was before: ``5,600 today, having been``."""
    gap = words_between(passage, level, base)
    if not gap or len(gap) > _TWO or level.sentence != base.sentence:
        return False
    told = pattern("was_before", after=r"[\s\w’']{0,12}$").search(unhedged(gap))
    return told is not None and not _BREAK.search(gap)


def base_in_bracket(passage: Passage, level: Mention, base: Mention) -> bool:
    """Return whether a bracket right behind a level tells what it was: ``1,600 won (2,100 won in spring)``."""
    if base.index - level.index != 1 or not alike(level, base):
        return False
    behind = base.right.partition(")")[0].partition("）")[0]
    before = passage.gap(level, base)
    if _OPENING.match(before) is None or len(behind) > _DATE or len(behind) == len(base.right):
        return False
    words = before + " " + behind
    told = any(says(role, words) for role in ("season", "formerly", "earlier", "earlier_told"))
    return told and not says("today", words)


def dated(one: Mention, other: Mention) -> int:
    """Return which of two figures of one sentence is of the earlier year: -1 the first, 1 the second; 0 if untold."""
    if one.sentence != other.sentence or not alike(one, other):
        return 0
    for mark in (_YEAR_BEHIND, _YEAR_BEFORE):
        found = [
            mark.search(each.right[:_DATE] if mark is _YEAR_BEHIND else each.left[-_DATE:]) for each in (one, other)
        ]
        years = [int(each[1]) for each in found if each is not None]
        if len(years) == 2 and years[0] != years[1]:
            return -1 if years[0] < years[1] else 1
    return 0


def listed(passage: Passage, one: Mention, other: Mention) -> bool:
    """Return whether two prices only stand in a list: ``6,700 in one city and 7,000 in another``, not at two times."""
    first, second = sorted((one, other), key=lambda mention: mention.figure.start)
    if first.sentence != second.sentence or second.index - first.index != 1:
        return False
    gap = passage.gap(first, second)
    if len(gap) > 40 or says("when", gap) or says("later_told", gap) or dated(first, second):
        return False
    if arrow(passage, first, second) or came_from(passage, second, first):
        return False
    return gap.strip() in (",", "、", "，", "·") or says("and", gap)


def of_another_time(passage: Passage, mention: Mention, two: Sequence[Mention]) -> bool:
    """Return whether words beside a change tell a time that nothing between its two levels does: ``since January``."""
    first, _ = passage.sentence(mention)
    words = passage.text[first : mention.figure.start] + _CLAUSE_END.split(mention.right)[0]
    told = passage.text[passage.sentence(two[0])[0] : two[1].figure.end]
    return any(match.group().strip() not in told for role in _MOMENTS for match in pattern(role).finditer(words))


def later_of_another_time(passage: Passage, mention: Mention, levels: Sequence[Mention]) -> bool:
    """Return whether a change is told of another time than the levels of the sentences before it."""
    two = sorted(levels, key=lambda each: each.index)
    return two[-1].sentence < mention.sentence and of_another_time(passage, mention, two)
