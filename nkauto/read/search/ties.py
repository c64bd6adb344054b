"""How well two figures are tied to a multiple: by nearness, words, goods and places."""

from __future__ import annotations

import re
from functools import cache

from nkauto.read import lexicon
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import TIME, Mention
from nkauto.read.relations.between import (
    base_in_bracket,
    came_from,
    dated,
    ends_with_base,
    in_next_clause,
    then_now,
    was_before,
)
from nkauto.read.relations.drafts import alike
from nkauto.read.relations.multiple import CLAUSE, Multiple
from nkauto.read.relations.words import alternatives, pattern, says
from nkauto.read.search.apposed import (
    between_two,
    from_the_last,
    leads_up,
    more_than_before,
    reached,
    right_behind,
    so_many_times_that,
)
from nkauto.read.search.scene import BREAK, COMMA, Scene
from nkauto.read.search.times import followed, in_turn
from nkauto.read.search.wholes import of_whole, shared

_STRANGE = 6.0
"""What it costs that a rise of pay would be one of a currency, or twice a rate twice a price."""

_NEXT_CLAUSE = 1.5
"""What it costs that a figure stands behind a clause that a multiple has closed: ``20% 내렸고 3200원에서``."""

BOTH_TOLD = 3.5
"""So firmly the two are tied that a text tells, where its words say the former and the latter, or the gap of both."""
_TWO = 48
_BESIDE = 24
_OPENED = re.compile(r"[()（）]")

THEN_NOW, FOLLOWED, IN_SERIES = 2.5, 2.0, 1.5
"""So firmly two figures are tied that are told of two times."""


def nearness(scene: Scene, multiple: Multiple, other: Mention) -> float:
    """Return how near a figure stands: nearer is higher, 0 at best."""
    mention = multiple.mention
    low, high = sorted((mention.index, other.index))
    between = sum(
        1
        for each in scene.near(multiple.position)
        if low < each.index < high and each.unit not in TIME and each.index not in scene.converted
    )
    first, last = sorted((mention, other), key=lambda each: each.figure.start)
    gap = scene.passage.text[first.figure.end : last.figure.start]
    score = -0.5 * between - 1.2 * abs(mention.sentence - other.sentence) - 0.8 * len(BREAK.findall(gap))
    if in_next_clause(scene.passage, mention, other):
        told = [each for each in scene.near(multiple.position) if each.index < mention.index]
        if any(each.sentence == mention.sentence and each.unit == other.unit for each in told):
            score -= _NEXT_CLAUSE
    return score - 0.2 * min(4, len(COMMA.findall(gap)))


def grammar(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> tuple[float, bool, Mention]:
    """Return how well words tie two figures to a multiple, whether they order them, and the base."""
    passage, mention = scene.passage, multiple.mention
    beside = not any(
        one.index < m.index < other.index and m.unit in (one.unit, "%", "x") for m in scene.near(multiple.position)
    )
    # A share of something told in words is none of where a price came from.
    share = multiple.percent and multiple.of and not multiple.way
    beside = beside and not share
    if beside and scene.arrow(one, other):
        return 3.0, True, one
    if beside and came_from(passage, other, one):
        return 3.0, True, other
    if beside and other.figure.start - one.figure.end < 60 and pattern("against").search(passage.gap(one, other)):
        return 2.5, True, other
    if (
        beside
        and other.index - one.index == 1
        and was_before(passage, one, other)
        and not _goes_on(scene, multiple, other)
    ):
        return 2.5, True, other
    if not share and bracketed(scene, multiple, one, other):
        return 3.0, True, other
    if base_in_bracket(passage, one, other):
        return 2.5, True, other
    if beside and (order := dated(one, other)):
        return THEN_NOW if _two_of_a_kind(scene, one) else IN_SERIES, True, one if order < 0 else other
    if beside and then_now(passage, one, other):
        return THEN_NOW if _two_of_a_kind(scene, one) else IN_SERIES, True, one
    if beside and (order := followed(scene, one, other)):
        return FOLLOWED, True, one if order > 0 else other
    if multiple.of_wage and (one.subject == "wage") != (other.subject == "wage"):
        return 2.5, True, one if one.subject == "wage" else other
    if of_whole(scene, multiple) == (one, other):
        return BOTH_TOLD, True, one
    if between_two(scene, multiple, one, other) or leads_up(scene, multiple, one, other):
        return 3.0, True, one
    if other is reached(scene, multiple) and from_the_last(scene, multiple, one, other):
        return 3.0, True, one
    if beside and (more_than_before(scene, multiple, one, other) or so_many_times_that(scene, multiple, one, other)):
        return 2.5, True, one
    after = [
        each for each in (one, other) if each.figure.start > mention.figure.start and each.sentence == mention.sentence
    ]
    if len(after) == 1:
        gap = passage.text[mention.figure.end : after[0].figure.start]
        if BREAK.search(gap) is None and after[0].index - mention.index <= 2 and _is_base(gap):
            return 3.0, True, after[0]
        if (
            len(gap) <= 30
            and (multiple.of or multiple.compares)
            and not COMMA.search(gap)
            and after[0].index - mention.index == 1
        ):
            return 2.5, True, after[0]
    loose = None
    for each in (one, other):
        if each.figure.start < mention.figure.start and each.sentence == mention.sentence:
            gap = passage.gap(each, mention)
            if multiple.of and len(gap) <= 8 and pattern("of_after", r"^[\s)）」』\"”]*").match(gap):
                return 3.0, True, each
            spoken_for = any(
                m.unit in ("%", "x") for m in scene.near(multiple.position) if each.index < m.index < mention.index
            )
            if not spoken_for and pattern("base_after", r"^[\s)）」』\"”]*").match(each.right[:16]):
                return 3.0 if mention.figure.start - each.figure.end < 12 else 2.0, True, each
            words_before = pattern("hedge", after=r"\s*$").sub("", each.left[-30:])
            if loose is None and pattern("base_before", after=r"[\s\w’']{0,16}$").search(words_before):
                loose = each
    if (
        not multiple.percent
        and multiple.mention.high < 1
        and one.low > other.high
        and shared(scene, multiple, one, other)
    ):
        return BOTH_TOLD, True, one
    if _both_told(scene, multiple, one, other):
        return BOTH_TOLD, False, one
    if multiple.compares and not multiple.elsewhere and _alone(scene, multiple, one, other):
        return (3.0 if right_behind(scene, multiple, one, other) else 2.0), False, one
    if in_turn(scene, multiple, one, other):
        return 3.0, loose is not None, loose or one
    return (0.0, False, one) if loose is None else (1.5, True, loose)


def _goes_on(scene: Scene, multiple: Multiple, last: Mention) -> bool:
    """Return whether a series of levels goes on behind one: another stands before the multiple, of the same thing."""
    near = [m for m in scene.near(multiple.position) if last.index < m.index < multiple.mention.index]
    third = next((m for m in near if alike(m, last)), None)
    return third is not None and not says("turns", scene.passage.gap(last, third))


def bracketed(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> bool:
    """Return whether a level stands before a bracket that holds its base and the multiple: ``600 (450, +33 %)``."""
    mention = multiple.mention
    if not one.index + 1 == other.index == mention.index - 1 or one.sentence != mention.sentence:
        return False
    before, behind = scene.passage.gap(one, other), scene.passage.gap(other, mention)
    told = _OPENED.search(before) is not None and _OPENED.search(behind) is None and len(behind) <= _TWO
    return told and len(before) <= _BESIDE and not says("today", behind) and not says("later_told", behind)


def _two_of_a_kind(scene: Scene, one: Mention) -> bool:
    """Return whether no third figure of their sentence is told of the same good: else they are two of a series."""
    near = scene.near(scene.at(one))
    like = [m for m in near if m.sentence == one.sentence and alike(m, one)]
    own = {one.subject, "", *(m.subject for m in like if m.index == one.index + 1)}
    return sum(m.subject in own for m in like) <= 2


def _alone(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> bool:
    """Return whether two figures are the only like ones in the sentence of a multiple that stands behind them."""
    mention = multiple.mention
    if one.sentence != mention.sentence or other.sentence != mention.sentence or one.index > mention.index:
        return False
    near = [m for m in scene.near(multiple.position) if m.index < mention.index]
    like = [m for m in near if m.unit == one.unit and m.sentence == mention.sentence]
    of_one_money = one.rate != other.rate and one.unit == other.unit and not (one.per and other.per)
    return (
        len(like) == 2 and (alike(one, other) or of_one_money) and other.index < mention.index and not multiple.generic
    )


def _both_told(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> bool:
    """Return whether a multiple speaks of the former and the latter, and the text has told no more than two figures."""
    mention = multiple.mention
    if multiple.generic or multiple.verb or one.sentence != other.sentence:
        return False
    if not 0 <= mention.sentence - one.sentence <= 1 or says("earlier", CLAUSE.split(mention.right[:_TWO])[0]):
        return False
    left, right = BREAK.split(mention.left)[-1][-_TWO:], BREAK.split(mention.right)[0][:_TWO]
    clause = f"{left} | {right}"
    topics = items_named(clause)
    if topics and not {one.subject, other.subject} & set(topics):
        return False
    near = [m for m in scene.near(multiple.position) if m.index < mention.index]
    if says("both_told", clause) or _gap_of_both(COMMA.split(left)[-1], COMMA.split(right)[0]):
        near = [m for m in near if m.unit == one.unit and m.rate == one.rate]
    elif not (multiple.compares and says("thus", clause)) or mention.sentence == one.sentence:
        return False
    like = [m for m in near if 0 <= mention.sentence - m.sentence <= 1 and m.index not in scene.converted]
    return like == [one, other]


def _gap_of_both(left: str, right: str) -> bool:
    """Return whether words beside a multiple call it the gap of two that they do not name again."""
    return any(says("gap_of", words) and not says("between", words) for words in (left, right))


def _is_base(gap: str) -> bool:
    """Return whether the words from a multiple to a figure behind it make that one its base."""
    if len(gap) > 80 or not ends_with_base(gap):
        return False
    if COMMA.search(gap) is None:
        return True
    if len(gap) > 30:
        return False
    bare = pattern("hedge", after=r"\s*$").sub("", gap)
    return any(pattern(role, after=r"\s*$").search(bare) is not None for role in ("origin", "against"))


def goods(words: str) -> list[str]:
    """Return the goods and works that the words name, in their order."""
    named, meanings = _named_goods()
    return [meanings[match.group()] for match in named.finditer(words) if match.group() in meanings]


@cache
def _named_goods() -> tuple[re.Pattern[str], dict[str, str]]:
    every = lexicon.words("item")
    return re.compile(alternatives(every)), {word: entries[0].meaning for word, entries in every.items()}


def kin(multiple: Multiple, one: Mention, other: Mention) -> float:
    """Return how well two figures go together by what they are prices of."""
    score = 0.0
    if not alike(one, other):
        bare = one.unit == other.unit and not (one.per and other.per)
        score -= 0.7 if bare else 2.0
    if one.subject and other.subject:
        score += 0.7 if one.subject == other.subject else -2 if not (multiple.compares or multiple.of) else -0.7
    own = multiple.mention.subject
    if own and own != "wage":
        for each in (one, other):
            if each.subject:
                score += 0.4 if each.subject == own else -1.5
    if multiple.currency and one.rate:
        score += 0.7
    of_pay = own == "wage" and bool(multiple.way) and not multiple.currency
    if (multiple.of_rate and not one.rate) or (of_pay and one.rate):
        score -= _STRANGE
    return score
