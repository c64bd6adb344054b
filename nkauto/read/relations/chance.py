"""What holds by chance: figures that happen to make another one which the words tell of something else.

A long text has so many figures that some meet whatever is told. ``over 30 %`` is true of most that rose, and what a
city asks less what it cost more in another one is no price of a third.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from fractions import Fraction

from nkauto.core.claims import Candidate, Claim, Verdict
from nkauto.core.judge import judge
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow
from nkauto.read.relations.drafts import digits
from nkauto.read.relations.levels_told import has_its_own_level
from nkauto.read.relations.multiple import UP, multiple_of
from nkauto.read.relations.words import pattern, says

_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_BOUNDS = ("<", ">", "<=", ">=")
_CLAUSE = re.compile(r"[,;:，、；。]|\.\s|\s(?:—|–|-)\s")
_SHORT = re.compile(r"(?:[0-9]\s?(?:kg|g|l|m2|km|t)|people|%)$")
_WRITTEN = re.compile(r"[0-9][0-9.,]*[\s-]?[a-z]+")
_NOUN = re.compile(r"\s[a-z]+")
_ARTICLE = re.compile(r"(?<![a-z])an?\s$")
_BEHIND = 40
_ALL = 100
_FEW = 2
_BEYOND = Fraction(20, 100)
"""What lies further beyond a bound is not what it was said of, unless it stands in the same sentence."""


def chance_met(passage: Passage, found: Iterable[Candidate]) -> list[Candidate]:
    """Return the claims without those that hold by chance alone."""
    return [each for each in found if not _by_chance(passage, each, judge(each))]


def _by_chance(passage: Passage, each: Candidate, claim: Claim) -> bool:
    if claim.verdict not in _HELD or each.conversions:
        return False
    mentions = _mentions(passage, each.figures)
    stated = next((one for one in mentions if one.figure.span == each.stated), None)
    if stated is None or len(mentions) != len(each.figures):
        return False
    others = [one for one in mentions if one is not stated]
    if each.locked:
        return stated.unit == "%" and _far_beyond(stated, others, claim)
    if _attributive(stated):
        return True
    if stated.unit in ("%", "x"):
        apart = len(others) == 2 and all(one.sentence != stated.sentence for one in others)
        if all(one.money for one in others) and (of_people(stated) or (apart and of_inflation(stated))):
            return True
        if claim.verdict is Verdict.ROUNDING and has_its_own_level(passage, stated, others):
            return True
        if claim.verdict is Verdict.ROUNDING and _of_no_wage(stated, others):
            return True
        return _far_beyond(stated, others, claim) or _other_way(stated, others, claim)
    return _of_others(passage, stated, others, claim)


def _mentions(passage: Passage, figures: Sequence[int]) -> list[Mention]:
    every = passage.mentions
    places = [bisect_left(every, index, key=lambda one: one.index) for index in figures]
    return [every[place] for place in places if place < len(every) and every[place].index in figures]


def of_people(stated: Mention) -> bool:
    """Return whether a share is one of people: ``82 % of the population``, not ``of workers' pay``."""
    return pattern("of_people", r"^\s*", r"(?!\w|['’])").match(stated.right) is not None


def of_inflation(stated: Mention) -> bool:
    """Return whether a percentage is an inflation rate or another level of its own: ``inflation was 2.5 percent``."""
    left, right = _CLAUSE.split(stated.left)[-1], _CLAUSE.split(stated.right)[0]
    return stated.unit == "%" and any(says("economy", words) for words in (left, right[:_BEHIND]))


def _attributive(stated: Mention) -> bool:
    """Return whether a quantity only describes a thing, and is not what anything comes to: ``a 200 gram loaf``."""
    if stated.money or stated.unit in ("%", "x"):
        return False
    words = stated.figure.span.lower()
    if not words.isascii() or stated.low <= 1 or _WRITTEN.match(words) is None:
        return False
    many = words.endswith("s") or _SHORT.search(words) is not None
    return (not many and _NOUN.match(stated.right) is not None) or _ARTICLE.search(stated.left) is not None


def _of_no_wage(stated: Mention, others: Sequence[Mention]) -> bool:
    """Return whether a multiple is one of a wage, and no figure of another sentence is any: ``a fifth of the pay``."""
    multiple = multiple_of(stated, 0)
    paid = any(one.subject == "wage" or one.per in TIME or one.sentence == stated.sentence for one in others)
    return multiple.of and multiple.of_wage and not paid


def _far_beyond(stated: Mention, others: Sequence[Mention], claim: Claim) -> bool:
    """Return whether a bound in another sentence is passed by so much that it may be true of anything."""
    if any(one.sentence == stated.sentence for one in others):
        return False
    bounds = [check for check in claim.checks if check.operator in _BOUNDS and check.stated]
    if len(bounds) < len(claim.checks) or not bounds:
        return False
    return all(abs(check.value / Fraction(check.stated) - 1) > _BEYOND for check in bounds)


def _other_way(stated: Mention, others: Sequence[Mention], claim: Claim) -> bool:
    """Return whether a rise would be a share of figures that another sentence tells: ``it is worth 20 % more``."""
    if stated.unit != "%" or stated.high >= _ALL or len(others) != 2 or multiple_of(stated, 0).way != UP:
        return False
    share = all("-" not in check.expression for check in claim.checks)
    return share and any(one.sentence != stated.sentence for one in others)


def _of_others(passage: Passage, stated: Mention, others: Sequence[Mention], claim: Claim) -> bool:
    """Return whether sums of different goods, or of different sentences, make each other's difference.

    ``rice came down from 40, chicken went from 220 to 180``: 220 - 40 are 180, and nobody says so.
    """
    every = [stated, *others]
    if len(others) != 2 or any(not one.money or one.unit != stated.unit for one in every):
        return False
    if any(says(role, words) for role in ("rest", "gap", "total") for words in (stated.left[-_BEHIND:], stated.right)):
        return False
    if digits(stated.low) > _FEW or any(
        "*" in check.expression or "-" not in check.expression for check in claim.checks
    ):
        return False
    first, second, third = sorted(every, key=lambda one: one.index)
    if first.sentence < second.sentence and arrow(passage, second, third):
        return True
    return first.sentence < third.sentence and len({one.subject for one in every} - {""}) > 1
