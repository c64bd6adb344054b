"""A gap of two prices or rates that a percentage or a multiple measures: ``855 / 865, here 367, a gap of 140 %``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import combinations, product

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, fall, minus, over, rise
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import BOUNDS, alike, candidate, operator, reading
from nkauto.read.relations.multiple import Multiple, unhedged
from nkauto.read.relations.words import YEAR, pattern, says
from nkauto.read.search.names import content, name_of
from nkauto.read.search.scene import COMMA, Scene

_NEAR = 40
_ROUND, _HUNDRED = 10, 100
_TWO = 2
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_ONE = Term(Fraction(1), "1")
_STOP = re.compile(r"[.;。；()（）]")


def gap_told(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return the claim that a gap makes of the two levels before it; where three and more are told, if one pair fits.

    What is bought and sold at is one level told twice: ``855 / 865``.
    """
    if (
        multiple.verb
        or multiple.of
        or multiple.elsewhere
        or multiple.anaphor
        or multiple.of_wage
        or not _says_gap(multiple)
    ):
        return None
    groups = _levels(scene, multiple) or _behind(scene, multiple)
    if len(groups) < _TWO:
        return None
    firm = len(groups) == _TWO and groups[0][0].index < multiple.mention.index
    made = None
    for one, other in _pairs(groups):
        if one.low == other.low or not (one.single and other.single):
            continue
        made = _measured(multiple, *sorted((one, other), key=lambda each: each.low))
        if _held(made, rounding=firm):
            return made
    if made is None or not firm:
        return None
    first, second = groups
    wrong = _measured(multiple, *sorted((first[-1], second[-1]), key=lambda each: each.low))
    # A gap of the two sums of its own sentence is no other's, whatever its clause names but a year.
    clause = COMMA.split(multiple.mention.left)[-1]
    own = first[0].sentence == multiple.mention.sentence and YEAR.search(clause) is None
    return replace(wrong, locked=own)


def _says_gap(multiple: Multiple) -> bool:
    """Return whether the words right before a multiple, or right behind it, call it a gap of two."""
    left = COMMA.split(unhedged(multiple.mention.left)[-_NEAR:])[-1]
    right = COMMA.split(multiple.mention.right[:_NEAR])[0]
    if says("of_the_gap", right) or says("of_the_gap_before", left):
        return False
    beside = _STOP.split(left)[-1], _STOP.split(right)[0]
    return any(says(role, words) for role in ("gap_of", "profit") for words in beside)


def _levels(scene: Scene, multiple: Multiple) -> list[list[Mention]]:
    """Return the levels that a gap may lie between, in the order of the text; bid and ask of one are together."""
    mention, position = multiple.mention, multiple.position
    every = [each for each in scene.passage.before(mention, position, sentences=1) if each.money]
    known = [each for each in every if each.index not in scene.converted and not scene.steps(each)]
    if not known:
        return []
    last = next((each for each in known if each.sentence == mention.sentence), known[0])
    same = [each for each in every if each.unit == last.unit and last.rate]
    rates = [each for each in same if each.rate or (each.index in scene.converted and not each.per)]
    like = rates[::-1] or [each for each in known if alike(each, last)][::-1]
    here = [each for each in like if each.sentence == mention.sentence]
    groups = _quoted(scene, here)
    if len(groups) < _TWO:
        groups = _quoted(scene, like)
    if len(groups) > _TWO:
        words = content(f"{mention.left[-2 * _NEAR :]} | {mention.right[:_NEAR]}")
        named = [each for each in groups if any(words & name_of(scene.passage, level) for level in each)]
        groups = named if len(named) == _TWO else groups
    return groups


def _behind(scene: Scene, multiple: Multiple) -> list[list[Mention]]:
    """Return the two levels of the next sentence, where none stands before the gap."""
    two = [each for each in scene.passage.following(multiple.mention, multiple.position) if each.money]
    return [[each] for each in two] if len(two) == _TWO and alike(*two) else []


def _quoted(scene: Scene, levels: Sequence[Mention]) -> list[list[Mention]]:
    """Return levels, those together that stand side by side as what is paid and what is asked."""
    groups: list[list[Mention]] = []
    for each in levels:
        last = groups[-1][-1] if groups else None
        beside = last is not None and each.index == last.index + 1 and each.low < last.low * _TWO
        if last is not None and beside and _and().fullmatch(scene.passage.gap(last, each)):
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


@cache
def _and() -> re.Pattern[str]:
    """Return the pattern of what joins a bid and an ask."""
    return pattern("and", r"\s*(?:[/／·–-]|", r")\s*")


def _pairs(groups: Sequence[Sequence[Mention]]) -> Iterator[tuple[Mention, Mention]]:
    for one, other in list(combinations(groups, _TWO))[::-1]:
        yield from list(product(one, other))[::-1]


def _held(made: Candidate, *, rounding: bool) -> bool:
    """Return whether one of a claim's readings holds, or comes near enough."""
    said = {verdict(each.tests) for each in made.readings}
    return Verdict.HOLDS in said or (rounding and Verdict.ROUNDING in said)


def _measured(multiple: Multiple, small: Mention, large: Mention) -> Candidate:
    mention = multiple.mention
    round_ = multiple.percent and mention.low >= _HUNDRED and mention.low % _ROUND == 0
    sign = operator(mention, (small, large), round_digits=0 if multiple.percent else 1)
    sign = "~" if round_ and sign not in BOUNDS else sign
    low, high = small.ends[0], large.ends[0]
    if multiple.percent or mention.high < 1:
        parts = [minus(over(high, low), _ONE), minus(_ONE, over(low, high))]
        values = [rise(low, high), fall(high, low)] if multiple.percent else parts
    else:
        values = [over(high, low)]
    tied = (mention, small, large)
    made = [reading(tied, compare(value, value, sign, mention.stated)) for value in values]
    held = any(verdict(each.tests) in _HELD for each in made)
    words = f"a gap of {mention.figure.span}"
    return candidate("ratio", words, mention, (small, large), made, sure=True, locked=held)
