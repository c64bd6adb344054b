"""Which of two prices is the higher: ``oil, at 19,500, is dearer than pork (18,000)``, ``5000원보다 비싸다``."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, alike, candidate, reading
from nkauto.read.relations.words import alternatives, pattern, says, words
from nkauto.read.search.bases import Settled

_REACH = 62
_FAR = Fraction(2)
"""A price so many times another is not the one that words wrongly call the lower."""
_TIME = re.compile(
    r"than (?:last|before|usual|ever|a (?:week|month|year) (?:ago|earlier))|than in [a-z]+[ ,]+(?:and|while|but)"
)
_NEXT = 10
"""Characters behind an order within which a figure tells by how much: ``보다 900원 비싸다``."""


def find(passage: Passage) -> list[Settled]:
    """Return each price of which the text says that it is the higher, or the lower, of two that it tells."""
    found = []
    for position, base in enumerate(passage.mentions):
        if not _is_price(base):
            continue
        sign, firm = _sign(passage, base, position)
        level = _level(passage, base, position) if sign else None
        if level is None:
            continue
        edge = base.high if sign == ">" else base.low
        tests = compare(*level.ends, sign, replace(base.stated, low=edge, high=edge))
        fits = verdict(tests) is Verdict.HOLDS
        share = Fraction(level.low) / Fraction(base.low)
        alone = firm and level.single and base.single and not base.rate
        if not fits and not (alone and 1 / _FAR < share < _FAR and alike(level, base)):
            continue
        statement = f"{level.figure.span} {sign} {base.figure.span}"
        made = candidate("ratio", statement, base, (level,), [reading((level, base), tests)], sure=True)
        found.append(Settled(base.index, made, fits=fits, score=0.0))
    return found


def _is_price(mention: Mention) -> bool:
    return mention.money and mention.low > 0 and mention.figure.bound not in BOUNDS


def _sign(passage: Passage, base: Mention, position: int) -> tuple[str, bool]:
    """Return how another price stands to this one by the words beside it, and whether they may be wrong about it.

    Nothing where they tell by how much.
    """
    before = passage.mentions[position - 1] if position else None
    start = before.figure.end if before is not None else 0
    gap = passage.text[max(start, base.figure.start - _REACH) : base.figure.start]
    after = passage.mentions[position + 1].figure.start if position + 1 < len(passage.mentions) else len(passage.text)
    behind = passage.text[base.figure.end : min(after, base.figure.end + _NEXT * 2)]
    for role, beyond, sign in (("order_up", "beyond", ">"), ("order_down", "beneath", "<")):
        for words_ahead in (role, beyond):
            ahead = _before(words_ahead).search(gap)
            if ahead is not None and not says("turns", ahead.group()) and _TIME.search(ahead.group()) is None:
                return sign, words_ahead == role
        told = _behind(role).match(behind)
        if told is None and pattern("than", after=r"[^\s,，;；。]{0,8}$").search(base.left):
            told = _follows(role).match(behind)
        if told is not None and base.figure.end + told.end() < after:
            return sign, True
    return "", False


@cache
def _before(role: str) -> re.Pattern[str]:
    """Return the pattern of an order that leads to its base: ``dearer than pork, which is``."""
    return re.compile(r"(?<=[a-z,] )" + alternatives(words(role)) + r"[^.;]{0,48}$")


@cache
def _behind(role: str) -> re.Pattern[str]:
    """Return the pattern of an order that follows its base: ``보다 비싸다``, ``より高い``."""
    return re.compile(r"[\s)）]*" + alternatives(words("than_after")) + _follows(role).pattern)


@cache
def _follows(role: str) -> re.Pattern[str]:
    """Return the pattern of an order alone: ``더 비싸다``, ``还贵``."""
    more, order = alternatives(words("order_more")), alternatives(words(role + "_after"))
    return re.compile(rf"[\s)）]*{more}?\s*{order}")


def _level(passage: Passage, base: Mention, position: int) -> Mention | None:
    """Return the price that is ordered: the last before its base in the sentence, with no multiple between.

    What repeats it in another money is passed over.
    """
    before = passage.before(base, position, sentences=0, most=3)
    if before[1:] and before[0].money and before[0].unit != base.unit:
        before = before[1:]
    if not before or before[0].unit in ("%", "x") or not _is_price(before[0]):
        return None
    level = before[0]
    alike_told = level.rate == base.rate and (not base.rate or level.per == base.per)
    return level if level.unit == base.unit and alike_told else None
