"""A change and the only two levels near it, each told of a time of its own.

``it has doubled: 25 before the war, 60 now``; ``in spring the rent was 300. Today they want 450, up by a third``.
Nothing else is there that the change could be measured on, and so it may be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

from nkauto.core.claims import Candidate
from nkauto.read import lexicon
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow, in_next_clause, of_another_time
from nkauto.read.relations.drafts import BOUNDS, alike, candidate, comparable, fits
from nkauto.read.relations.measures import COUNTS
from nkauto.read.relations.multiple import DOWN, UP, Multiple, Pair, is_split, unhedged
from nkauto.read.relations.quote import currencies_named
from nkauto.read.relations.scope import operand
from nkauto.read.relations.senses import readings_of
from nkauto.read.relations.steps import stepping
from nkauto.read.relations.told_after import levels_before
from nkauto.read.relations.words import YEAR, lowered, pattern, says
from nkauto.read.search.leads import of_another_place
from nkauto.read.search.names import base_phrase, content, name_of
from nkauto.read.search.scene import Scene

_VALUE = 24
_REACH = 160
"""Characters beside a level in which its time may be told."""
_NEAR, _BACK = 8, 2
_SENTENCES = 3
"""Sentences before a change in which the two prices of its good stand."""
_FAR = 4
"""Two levels that miss a change by more than this factor are not those that it is told of."""
_BREAK = re.compile(r"[;:；：。(（]|\.\s")
_PART = re.compile(r"[,，、;；:：。(（]|\.(?:\s|$)|\sand\s|\sbut\s|\swhile\s")
_COLON = re.compile(r"[:：]|\s[–—-]+\s")
_WORD = re.compile(r"[a-z]{3,}")
_TIMES = (
    "season", "today", "earlier_told", "formerly", "later_told", "was_before", "had_been", "time_before",
    "opens_earlier", "opens_later", "at_first", "once", "timed",
)  # fmt: skip
_RELATIVE = tuple(role for role in _TIMES if role not in ("season", "later_told", "opens_later", "timed"))
_ORDERS = ("order_down", "order_down_after", "order_up", "order_up_after")
_THEN = ("once", "had_been", "was_before", "time_before", "opens_earlier", "at_first")
_NOW = ("today", "opens_later")


def of_two_times(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return a change with the only two levels of its sentence and the one beside it, where words tell two times."""
    mention = multiple.mention
    was = says("what_it_was", mention.right[:_VALUE])
    as_much = multiple.compares and mention.unit == "x" and mention.low > 1
    as_much = as_much and not (base_phrase(multiple) or multiple.against or multiple.of_wage)
    bare = multiple.percent and not (multiple.way or multiple.of or multiple.compares) and _concludes(mention)
    if not (multiple.way or multiple.verb or was or as_much or bare) or len(scene.run(mention)) > 1:
        return None
    lost = multiple.way == DOWN and stepping(unhedged(mention.left))
    if multiple.of and not (was or lost):
        return None  # a share of something, unless so much of it was lost
    two = _in_hard_money(scene, multiple)
    if two is None and as_much and says("in_hard_money", _PART.split(mention.right)[0]):
        return None  # reckoned in what the text does not tell
    if two is None:
        two = _two(scene, multiple)
        if two is None or of_another_place(scene.passage, multiple, two):
            return None
        if any(in_next_clause(scene.passage, mention, each) for each in two):
            return None  # ``시멘트는 30% 올랐고 철근은 500달러에서 550달러가``
        if not (_is_told(scene, mention, *two) or _of_two_times(scene.passage, *two)):
            return None
    if multiple.generic and {each.sentence for each in two} != {mention.sentence}:
        return None  # ``all prices rose by a third``
    announced = mention.index < two[0].index  # ``half its value since May: at 15 then, at 22 today``
    phrase = base_phrase(multiple)
    based = multiple.elsewhere or (phrase and (not lost or any(says(role, phrase) for role in _TIMES)))
    if based and not (was or announced or (phrase and _is_named(phrase, _clauses(scene.passage, *two)))):
        return None
    if bare:
        if all(each.unit in COUNTS for each in two):
            return None  # ``104 of them last year; 140 of 200, or 71 percent``: heads are counted, not led on
        order = _order(*_clauses(scene.passage, *two))
        if not order:
            return None
        rises = (two[0].low < two[1].low) == (order > 0)
        multiple = replace(multiple, way=UP if rises else DOWN)
    old, new = _in_order(multiple, *two, was=was)
    every = readings_of(multiple, Pair((old,), (new,), 3, ordered=True))
    if not any(Fraction(1, _FAR) <= test.size <= _FAR for each in every for test in each.tests):
        return None
    words = f"{mention.figure.span} {multiple.way}".strip()
    return candidate("change", words, mention, two, every, sure=True, locked=True)


def of_a_named_good(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return the change of the one good that a clause names, on its only two prices before.

    ``in May rice was 5,000 and corn 2,500; in June rice was 6,000 and corn 2,600. Rice rose by a fifth``.
    """
    mention = multiple.mention
    if multiple.of or multiple.against or multiple.elsewhere or multiple.of_wage or multiple.generic:
        return None
    passage = scene.passage
    last = next(iter(passage.before(mention, multiple.position, sentences=0, most=1)), None)
    first = passage.sentence(mention)[0] if last is None else last.figure.end
    clause = lowered(passage.text[first : mention.figure.start])
    two = _named_by(scene, multiple, clause)
    if len(two) != 2 or not alike(*two) or two[0].low == two[1].low or not (multiple.way or mention.unit == "x"):
        return None
    if (two[1].index - two[0].index == 1 and not arrow(passage, *two)) or says("in_hard_money", clause):
        return None
    small, large = sorted(two, key=lambda each: each.low)
    old, new = (large, small) if multiple.way == DOWN or mention.low < 1 else (small, large)
    clause += _PART.split(mention.right)[0]
    if old is two[1] and not (multiple.compares or any(says(role, clause) for role in _ORDERS)):
        return None  # it went the other way
    made = readings_of(multiple, Pair((old,), (new,), 3, ordered=True))
    if of_another_time(passage, mention, two) and not fits(made):
        return None
    if not any(Fraction(1, _FAR) <= test.size <= _FAR for each in made for test in each.tests):
        return None
    words = f"{mention.figure.span} {multiple.way}".strip()
    return candidate("change", words, mention, two, made, sure=True, locked=True)


def _named_by(scene: Scene, multiple: Multiple, clause: str) -> list[Mention]:
    """Return the levels before a change of the good or currency that its clause names, else those of its place."""
    passage, mention = scene.passage, multiple.mention
    before = levels_before(scene, mention, multiple.position, sentences=_SENTENCES)[::-1]
    named = set(items_named(clause)) or currencies_named(clause, {each.per for each in before if each.rate})
    said = frozenset() if named else name_of(passage, mention)
    keyed = ((each, {each.per if each.rate else each.subject}) for each in before)
    own = [each for each, key in keyed if key == named or said & name_of(passage, each)]
    return [each for each in own if each.money and each.single] if named or len(before) > len(own) else []


def _concludes(mention: Mention) -> bool:
    """Return whether a percentage is what two levels before it come to: ``45 in May, which makes 30 percent``."""
    return says("same_said", _PART.split(mention.left)[-1]) or says("thus", mention.left)


def _is_named(phrase: str, clauses: Sequence[str]) -> bool:
    """Return whether what a change is measured on goes by the words of one of its levels: ``below last year's``."""
    told = content(phrase)
    return any(told & content(each.replace(phrase, " ")) for each in clauses)


def _in_order(multiple: Multiple, one: Mention, other: Mention, *, was: bool) -> tuple[Mention, Mention]:
    """Return the two levels as the way of the change has them; a currency loses by what its rate rises, on the new."""
    small, large = sorted((one, other), key=lambda each: each.low)
    return (large, small) if multiple.way == DOWN or (was and multiple.mention.low < 1) else (small, large)


def _in_hard_money(scene: Scene, multiple: Multiple) -> tuple[Mention, Mention] | None:
    """Return the only two sums in a second currency before a change that is told in it: ``in dollars a half is gone``.

    What pay buys is measured in it as well.
    """
    mention = multiple.mention
    words = f"{_BREAK.split(mention.left)[-1]} | {_PART.split(mention.right)[0]}"
    if not says("in_hard_money", words):
        return None
    near = [m for m in scene.near(multiple.position) if m.index < mention.index and m.money and not m.rate]
    near = [m for m in near if mention.sentence - m.sentence <= _BACK]
    sums = [m for m in near if m.unit == near[-1].unit]
    if len(sums) == len(near):
        return None
    paid = [m for place, m in enumerate(near) if m in sums and "wage" in (m.subject, near[place - 1].subject)]
    close = [m for m in sums if mention.sentence - m.sentence <= 1]
    for some in ([m for m in sums if m.sentence == mention.sentence], paid, close, sums):
        if len(some) == 2 and alike(*some) and some[0].low != some[1].low and all(m.single for m in some):
            return some[0], some[1]
    return None


def _two(scene: Scene, multiple: Multiple) -> tuple[Mention, Mention] | None:
    """Return the only two like levels of the sentence of a change and one beside it, no other change among them."""
    mention = multiple.mention
    near = [each for each in scene.near(multiple.position) if abs(each.sentence - mention.sentence) <= 1]
    if not multiple.currency and (level := next(iter(levels_before(scene, mention, multiple.position)), None)):
        # What is told of another money, or at a rate, stands beside the levels and is none of them.
        near = [each for each in near if each.unit in ("%", "x") or alike(each, level)]
    near = [each for each in near if each.index < mention.index or not _turns_on(scene.passage, mention, each)]
    here = _levels(scene, near, mention, 0)
    if here is None or len(here) > 2:
        return None
    if len(here) < 2:
        beside = [_levels(scene, near, mention, step) for step in (-1, 1)]
        counts = [None if each is None else len(each) for each in beside]
        if here and counts[0] == 1 and beside[0]:
            here = [*beside[0], *here]
        elif not here and counts[0] == 2 and beside[0]:
            here = beside[0]
        elif not here and counts == [0, 2] and beside[1]:
            here = beside[1]
        else:
            return None
    one, other = here
    first, last = min(one.index, mention.index), max(other.index, mention.index)
    if (
        not comparable(one, other)
        or one.low == other.low
        or any(not m.single or m.figure.bound in BOUNDS for m in here)
    ):
        return None
    if mention.subject not in ("", "wage", one.subject, other.subject) and (one.subject or other.subject):
        return None
    among = [each for each in near if first <= each.index <= last or each.sentence == mention.sentence]
    if any(each.unit in ("%", "x") and each is not mention for each in among):
        return None
    return (one, other) if last - first <= _NEAR else None


def _turns_on(passage: Passage, mention: Mention, other: Mention) -> bool:
    """Return whether a clause of its own leads from a change to a figure behind it: ``half is gone, and it lies``."""
    gap = passage.gap(mention, other)
    return other.sentence == mention.sentence and pattern("turns", r"[,;，；]\s*").search(gap) is not None


def _levels(scene: Scene, near: Sequence[Mention], mention: Mention, step: int) -> list[Mention] | None:
    """Return the levels of a sentence; nothing where they are of several things."""
    found = [m for m in near if m.sentence == mention.sentence + step and m.unit not in ("%", "x", *TIME)]
    found = [m for m in found if m.index not in scene.converted]
    if any(not operand(m) or not m.low or is_split(m) or scene.steps(m) for m in found):
        return None
    return found if all(alike(m, found[0]) for m in found) else None


def _is_told(scene: Scene, mention: Mention, one: Mention, other: Mention) -> bool:
    """Return whether a colon leads to two levels that a verb alone joins: ``up 30 %: what cost 15 costs 20``."""
    passage = scene.passage
    if one.sentence != other.sentence or not mention.index < one.index or one.sentence != mention.sentence:
        return False
    led = _COLON.search(passage.gap(mention, one)) is not None
    return led and _PART.search(passage.gap(one, other)) is None and not says("place", passage.gap(one, other))


def _of_two_times(passage: Passage, one: Mention, other: Mention) -> bool:
    """Return whether the words beside two levels tell different times, and no two places."""
    first, second = _clauses(passage, one, other)
    if any(found.group() not in first for found in pattern("place").finditer(second)):
        return False
    years = [set(YEAR.findall(each)) for each in (first, second)]
    if all(years):
        return years[0].isdisjoint(years[1])
    times = [{found.group() for role in _TIMES for found in pattern(role).finditer(each)} for each in (first, second)]
    if (all(times) and times[0] != times[1]) or (any(years) and any(times)):
        return True
    if times[0] and says("compared_lead", first):
        return True
    return any(says(role, each) for role in _RELATIVE for each in (first, second))


def _order(first: str, second: str) -> int:
    """Return 1 where the words of the second of two levels are of a later time than the first's, -1 of an earlier."""
    years = [sorted(YEAR.findall(each)) for each in (first, second)]
    if all(years):
        return 1 if years[0] < years[1] else -1
    months = [[_months()[word] for word in _WORD.findall(each) if word in _months()] for each in (first, second)]
    if all(months) and max(months[0]) < min(months[1]):
        return 1
    then, now = ([any(says(role, each) for role in roles) for each in (first, second)] for roles in (_THEN, _NOW))
    if then[0] != then[1]:
        return 1 if then[0] else -1
    return 0 if now[0] == now[1] else 1 if now[1] else -1


def _clauses(passage: Passage, one: Mention, other: Mention) -> tuple[str, str]:
    """Return the words that tell of either of two levels: up to the next clause, and to the other level."""
    start, _ = passage.sentence(one)
    before = _BREAK.split(passage.text[max(start, one.figure.start - _REACH) : one.figure.start])[-1]
    gap = passage.text[one.figure.end : other.figure.start]
    gap = gap if len(gap) <= 2 * _REACH else f"{gap[:_REACH]};{gap[-_REACH:]}"
    part = _PART.search(gap)
    cut = part.start() if part is not None else len(gap)
    behind = _PART.split(other.right)[0]
    return f"{before} {gap[:cut]}", f"{gap[cut:]} {behind}"


@cache
def _months() -> Mapping[str, int]:
    """Return the months by their names."""
    return {word: int(entries[0].meaning) for word, entries in lexicon.words("month").items()}
