"""What speaks of another thing than the figures that it was held against, and therefore contradicts nothing.

``the won fell from 8,000 to 16,000, while pork rose 20 %``: the pork's prices are not told. ``trade was 5 billion,
14 % less, the deficit 2 billion``: the deficit is no later level of the trade. ``ten times a worker's pay``: the pay
is not among the figures.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction
from operator import attrgetter

from nkauto.core.claims import Candidate, Claim, Verdict
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow, came_from, later_of_another_time, level_behind, then_now
from nkauto.read.relations.multiple import DOWN, UP, Multiple, multiple_of, unhedged
from nkauto.read.relations.unmeant import in_step
from nkauto.read.relations.words import lowered, pattern, says
from nkauto.read.search.names import content

_CLAUSE = re.compile(r"[,;，、；。：:()（）]|\.\s")
_BREAK = re.compile(r"[;；]|\.\s|。")
_TOLD_BEHIND = re.compile(r"[:：。]|\.\s")
_ENOUGH = Fraction(1, 2)
"""A level that rounds to the stated percentage by this is the one meant."""
_WHOLE = 100
"""Nothing falls by more than all of itself, whatever the figures."""
_WORDS, _BASE = 16, 64
"""Characters behind a multiple in which its base may be told, with the time that it is of."""
_APPOSED = re.compile(r"\s*[,.;)，。；）]|$")
_PAST = ("season", "formerly", "earlier_told", "had_been")
_APART = re.compile(r"[\d.]+-[\d.]+")
_index, _sentence = attrgetter("index"), attrgetter("sentence")
_CLOSE = 3
"""A word of joining stands within so many letters of the figure."""


def speaks_of_another(passage: Passage, each: Candidate, claim: Claim, held: Mapping[int, Sequence[Claim]]) -> bool:
    """Return whether a claim that does not hold ties a figure to others that its words do not speak of.

    ``held`` are the claims that hold, by each of their figures.
    """
    every = passage.among(each.figures)
    stated = next((one for one in every if one.figure.span == each.stated), None)
    if stated is None or len(every) not in (2, 3):
        return False
    place = passage.place_of(stated.index)
    others = [mention for mention in every if mention is not stated]
    if len(every) == 2 and (stated.unit not in ("%", "x") or not says("goes_to", lowered(others[0].figure.span))):
        return False
    if each.kind == "conversion":
        return _turned(claim)
    if stated.unit in TIME:
        return _pay_untold(stated, others)
    if stated.money and each.kind == "ratio":
        return _of_other_goods(passage, stated, others)
    if stated.unit not in ("%", "x"):
        return _no_step(passage, stated, others) or _too_large(claim, stated, others)
    multiple = multiple_of(stated, place)
    if multiple.way and not each.locked and _of_each(passage, stated, others):
        return True
    if multiple.generic or (multiple.way == DOWN and stated.low > _WHOLE):
        return False
    if multiple.currency:
        return not each.locked and not multiple.of_rate and _of_a_currency(passage, stated, others)
    return (
        (_parted(passage, stated, others) and not (each.locked and _tied(passage, stated, others)))
        or _of_other_goods(passage, stated, others, changes=bool(multiple.way) and not multiple.compares)
        or _of_a_base_in_words(stated, others)
        or _of_a_range(claim, others)
        or (not each.locked and bool(multiple.way) and later_of_another_time(passage, stated, others))
        or (not each.locked and _told_already(passage, stated, others, held))
        or (not each.locked and _of_a_rival(passage, multiple, others))
    )


def _tied(passage: Passage, stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether a multiple is in step with two figures, or of one good with them."""
    goods = {mention.subject for mention in (stated, *others)}
    return in_step(passage, stated, others) or (len(goods) == 1 and goods != {""})


def _of_each(passage: Passage, stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether a change is told of two levels alike, neither of which became the other: ``both rose by 20 %``."""
    one, other = sorted(others, key=_index) if len(others) == 2 else (stated, stated)
    beside = other.index - one.index == 1 and one.sentence == other.sentence and other.index < stated.index
    told = beside and says("each_of", _CLAUSE.split(stated.left)[-1])
    return told and not (arrow(passage, one, other) or came_from(passage, other, one) or then_now(passage, one, other))


def _turned(claim: Claim) -> bool:
    """Return whether a conversion is borne out the other way round, to its digits: the rate was only misread."""
    return claim.verdict is Verdict.FAILS and all(
        check.value and check.stated and abs(1 / check.value / Fraction(check.stated) - 1) < Fraction(1, 1000)
        for check in claim.checks
    )


def _pay_untold(stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether a span of time is so much of a pay that none of the figures is: ``forty months' pay``."""
    told = pattern("pay_of", r"^[\s’']*").match(stated.right) is not None or says("wage", stated.right[: _WORDS * 2])
    return told and not any(other.subject == "wage" or (other.money and other.per in TIME) for other in others)


def _no_step(passage: Passage, stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether an amount can be no step between two others: larger than both, one of a list, of other goods."""
    if any(other.unit != stated.unit for other in others):
        return False
    if stated.low > max(other.high for other in others):
        return not says("total", stated.left[-30:]) and any(other.rate for other in others) != stated.rate
    before = [other for other in others if other.index < stated.index]
    if not before:
        return False
    last = max(before, key=_index)
    gap = passage.gap(last, stated)
    if stated.per and not all(other.per for other in before) and _CLAUSE.search(gap):
        return True
    if says("respectively", last.left[-_WORDS:]) and len(gap) <= _CLOSE:
        return True
    return _of_other_goods(passage, stated, others)


def _too_large(claim: Claim, stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether what two amounts lie apart is told to be more than either of them: it is of something else."""
    apart = all(_APART.fullmatch(check.expression) for check in claim.checks)
    return apart and stated.low > max(other.high for other in others)


def _parted(passage: Passage, stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether another clause, with a subject of its own, parts a multiple from a figure."""
    after = sorted((other for other in others if other.index > stated.index), key=_index)
    before = [other for other in others if other.index < stated.index]
    if len(before) == 1 == len(after) and level_behind(passage.gap(stated, after[0])):
        return False
    if before:
        last = max(before, key=_index)
        gap = passage.gap(last, stated)
        if pattern("also_before", r"[가-힣\u3040-\u9fff]", r"\s*$").search(stated.left[-_WORDS:]):
            return True
        goes_on = says("measured", gap) or says("even_so", gap)
        if pattern("turns", r"(?:^|[,;，、；。]|[가-힣])\s*").search(gap) and not goes_on:
            return pattern("of_it", r"^\s*").match(stated.right) is None
        two = len(before) == 2
        if two and (_of_another_place(passage, gap, before) or says("of_which", stated.left[-_WORDS:])):
            return True
        if two and _changes(stated) and says("of_which", passage.gap(*sorted(before, key=_index))):
            return True
    if not after:
        return False
    if len(after) == 2 and _TOLD_BEHIND.search(passage.gap(stated, after[0])):
        return False
    between = passage.mentions[passage.place_of(stated.index) + 1 : passage.place_of(after[0].index)]
    if any(one.unit in ("%", "x") and len(passage.gap(stated, one)) > _WORDS for one in between):
        return True
    if len(after) == 2 and _led_by_words(passage.gap(stated, after[0])):
        return True
    gap = passage.gap(after[-2] if len(after) > 1 else stated, after[-1])
    if not _CLAUSE.search(gap) or len(gap) < _CLOSE:
        return False
    clause = _CLAUSE.split(gap)[-1].strip()
    if not clause and _APPOSED.match(after[-1].right) is not None:
        return False  # ``three times what he gets, 2,500.``
    if _BREAK.search(gap) and (len(after) > 1 or len(clause) < _CLOSE or says("when", clause)):
        return False
    if pattern("turns", r"^").match(clause) and not any(says(role, clause) for role in _PAST):
        return True  # ``5 % less on the year, while 6 million are needed``
    linked = says("when", gap) or any(
        pattern(role, r"^").match(clause) for role in ("than", "measured_from", "goes_to", "back_when", "relative")
    )
    linked = linked or any(pattern(role, r"^", r"\s*$").match(unhedged(clause)) for role in ("same_said", "restates"))
    linked = linked or says("remains", gap) or says("keeps", gap) or says("remains", after[-1].right[:_WORDS])
    return not linked and pattern("measured_after", r"^\s*").match(after[-1].right) is None


def _led_by_words(gap: str) -> bool:
    """Return whether a clause of its own, with words that tie nothing, leads from a multiple to two figures."""
    parts = _CLAUSE.split(gap)
    clause = parts[-1].strip()
    if len(parts) < 2 or len(clause) < _CLOSE or says("when", gap):
        return False
    return not any(
        pattern(role, r"^").match(clause)
        for role in ("than", "measured_from", "goes_to", "origin", "measured", "relative")
    )


def _of_another_place(passage: Passage, gap: str, before: Sequence[Mention]) -> bool:
    """Return whether a clause of its own names a place, behind two levels of one other place or of none."""
    clause = _CLAUSE.split(gap)[-1]
    first, last = sorted(before, key=_index)
    if content(clause) & content(first.left):
        return False  # it names their place again
    between = passage.gap(first, last)
    return clause != gap and says("place", clause) and not (says("place", between) or says("and", between))


def _changes(stated: Mention) -> bool:
    """Return whether a multiple tells a rise or a fall, not a share."""
    multiple = multiple_of(stated, 0)
    return bool(multiple.way) and not multiple.of


def _of_other_goods(passage: Passage, stated: Mention, others: Sequence[Mention], *, changes: bool = False) -> bool:
    """Return whether the words right before a figure name goods, and none of those that the others are prices of.

    ``changes``: it tells a change, which lies between two prices of one good.
    """
    words = passage.text[max(passage.sentence(stated)[0], stated.figure.start - 60) : stated.figure.start]
    before = [other for other in others if other.index < stated.index]
    if not before:
        return False
    last = max(before, key=_index)
    if last.sentence == stated.sentence:
        words = passage.gap(last, stated)[-60:]
    parts = _CLAUSE.split(words)  # a comma may only open the last clause
    named = set(items_named(parts[-1] if len(parts[-1].strip()) > _CLOSE else " ".join(parts[-2:])))
    if not named or says("than", words) or says("measured", words):
        return False
    told = {other.subject for other in others} | {name for other in others for name in items_named(other.left[-60:])}
    told.discard("")
    if changes and len(named) == 1 and len({other.subject for other in others} - {""}) > 1:
        return True
    if "wage" in named and (not told or any(other.is_wage for other in others)):
        return False
    return not named & told and not says("currency", words)


def _of_a_currency(passage: Passage, stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether a multiple tells what a currency did, after the prices of a good: ``and the dollar tripled``."""
    before = [other for other in others if other.index < stated.index]
    if len(before) < len(others) or any(other.rate or not items_named(other.subject) for other in others):
        return False
    return says("currency", passage.gap(max(before, key=_index), stated)) and _changes(stated)


def _of_a_base_in_words(stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether a multiple is measured on what is named behind it, and none of the figures is that."""
    right = stated.right[:40]
    clause = _CLAUSE.split(right)[0]
    if (
        stated.unit != "x"
        or stated.low <= 1
        or any(0 < other.figure.start - stated.figure.end < _BASE for other in others)
    ):
        return False
    if says("formerly", clause):
        return True
    named = set(items_named(clause)) | ({"wage"} if says("wage", clause) else set())
    told = {other.subject for other in others} | {"wage" for other in others if other.is_wage}
    told |= {name for other in others for name in items_named(other.left[-60:])}
    return bool(named) and not named & told


def _of_a_range(claim: Claim, others: Sequence[Mention]) -> bool:
    """Return whether one end holds of what was read as a range, and is a change: ``from 10,000 to 15,000``."""
    return claim.verdict is Verdict.PARTLY and any(
        not other.single and pattern("origin", after=r"\s*$").search(other.left[-8:]) for other in others
    )


def _told_already(
    passage: Passage, stated: Mention, others: Sequence[Mention], held: Mapping[int, Sequence[Claim]]
) -> bool:
    """Return whether another multiple of the same two figures holds, and stands nearer to them."""
    pair = {other.index for other in others}
    for each in held.get(min(pair), ()):
        rest = set(each.figures) - pair
        if pair < set(each.figures) and len(rest) == 1 and stated.index not in rest:
            between = min(rest)
            if any(one.unit not in ("%", "x") for one in passage.among([between])):
                continue
            if min(pair) < between < stated.index or stated.index < between < max(pair):
                return True
    return False


def _of_a_rival(passage: Passage, multiple: Multiple, others: Sequence[Mention]) -> bool:
    """Return whether another figure of the sentence, in the place of one of the two, makes the percentage."""
    stated = multiple.mention
    sharp = stated.unit == "%" and stated.single and stated.low == int(stated.low) and stated.low % 10
    if not sharp or not multiple.way:
        return False
    first = bisect_left(passage.mentions, stated.sentence, key=_sentence)
    last = bisect_right(passage.mentions, stated.sentence, key=_sentence)
    for other in others:
        for rival in passage.mentions[first:last]:
            if rival in others or rival.unit != other.unit or not rival.low:
                continue
            if rival.rate != other.rate or not (rival.single and other.single and other.low) or rival.per != other.per:
                continue
            small, large = sorted((Fraction(rival.low), Fraction(other.low)))
            change = large / small - 1 if multiple.way == UP else 1 - small / large
            if abs(change * 100 - Fraction(stated.low)) <= _ENOUGH:
                return True
    return False
