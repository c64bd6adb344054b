"""Percentages told with their step, or net of a currency's fall."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise

from nkauto.core.claims import Candidate, Hint
from nkauto.core.judge import compare
from nkauto.core.terms import Term, minus, over, plus, share, times
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.between import arrow, led_away
from nkauto.read.relations.drafts import comparable, operator, reading
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.multiple import CLAUSE, DOWN, UP, Multiple, claim_of, unhedged, way_of
from nkauto.read.relations.scope import operand
from nkauto.read.relations.words import one_of, pattern, says
from nkauto.read.search.sums import tells_gap

_BREAK = re.compile(r"[;；]")
_ONE = Term(Fraction(1), "1")
_WAYS = (("rise", UP), ("fall", DOWN))
_SENTENCE = 240
_REACH = 64
_LEADS = 24
_TWO, _GAP_AND_TWO = 2, 3
_LED = 12
"""Characters from a percentage to the level that the verb behind it leads to."""


def by_step(passage: Passage, multiple: Multiple) -> Candidate | None:
    """Return ``up 50 %, or 2,000 won, to 6,000``: a percentage with the step it stands for and a price beside them."""
    mention = multiple.mention
    if multiple.of or not (multiple.percent or mention.high < 1):
        return None
    before = passage.before(mention, multiple.position, sentences=0, most=3)
    after = [
        m
        for m in passage.after(mention, multiple.position)
        if not _BREAK.search(passage.text, mention.figure.end, m.figure.start)
    ]
    step = None
    ahead = passage.gap(mention, after[0]) if after else ""
    # What a bracket holds behind ``than`` is a base; what ``to`` leads to, a level.
    leads = pattern("goes_to_level", after=r"\s*$").search(unhedged(ahead)) is None and not says("than", ahead)
    if leads and after and after[0].money and not after[0].per and tie_of(ahead) in ("words", "bracket"):
        step, rest, lead = after[0], [*after[1:], *before], multiple.way
    elif before and operand(before[0]):
        gap = pattern("over_time", r"^\s*", r"(?=\s*[,，])").sub("", passage.gap(before[0], mention))
        behind = _verb_behind(mention) or _verb_between(gap)
        lead = behind or way_of("", before[0].left, "") or _lead(passage, before[0])
        step, rest = before[0], [*after, *before[1:]]
        told = behind or stepping(unhedged(before[0].left))
        joined = tie_of(gap) in ("words", "bracket") or (len(gap) <= _LEADS and says("width", gap))
        if not joined or not told:
            step = None
    if step is None or lead not in (UP, DOWN):
        return None
    readings = []
    hints = []
    own = [each for each in rest if comparable(each, step) and _in_part(passage, mention, each)]
    levels = own or rest[:3]
    if step.figure.start < mention.figure.start and after and _reaches(passage, mention, after[0]):
        levels = after[:1]
    two = _apart(before[1:], step) if step in before else None
    for other in two[:1] if two else levels:
        if other.unit != step.unit or other.low <= step.high or (step.single and not other.single):
            continue
        part, whole = step.ends[0], other.ends[0]
        base = minus(whole, part) if lead == UP else plus(whole, part)
        if other.index < step.index and led_away(passage, other, step):
            base = whole
        value = share(part, base) if multiple.percent else over(part, base)
        sign = operator(mention, (step, other), round_digits=0 if multiple.percent else 1)
        tests = compare(value, value, sign, mention.stated)
        readings.append(reading((mention, step, other), tests))
        slip = share(part, whole) if multiple.percent else over(part, whole)
        hints.append(Hint(slip, "reckoned on the new figure"))
    locked = two is not None or (len(levels) == 1 and (levels[0] in after or bool(own)))
    return claim_of(multiple, (step,), readings, sure=True, hints=hints, locked=locked) if readings else None


def _in_part(passage: Passage, mention: Mention, level: Mention) -> bool:
    """Return whether a level stands in the part of a sentence that a percentage does, between two semicolons."""
    first, last = sorted((mention, level), key=lambda each: each.index)
    return first.sentence == last.sentence and _BREAK.search(passage.gap(first, last)) is None


def _apart(levels: list[Mention], step: Mention) -> list[Mention] | None:
    """Return the two levels right before a step that lie so far apart, the later first: ``500 to 400, 100 less``."""
    two = levels[:2]
    like = len(two) == 2 and all(each.unit == step.unit and each.single and not each.rate for each in two)
    return two if like and abs(two[0].low - two[1].low) == step.low else None


def of_a_gap(passage: Passage, multiple: Multiple) -> Candidate | None:
    """Return ``435 here, 450 there: 15 apart, or 3.4 %``: a distance of two levels told again as a percentage."""
    mention = multiple.mention
    near = passage.before(mention, multiple.position, sentences=0, most=5)
    if not multiple.percent or multiple.of or len(near) < _GAP_AND_TWO:
        return None
    gap, *levels = near
    between = passage.gap(gap, mention)
    if not tells_gap(gap) or tie_of(between) not in ("words", "bracket") or gap.low <= 0:
        return None
    like = [each for each in levels if each.unit == gap.unit and each.low > gap.low and each.single]
    two = next(((a, b) for a, b in combinations(like, 2) if abs(a.low - b.low) == gap.low), None)
    if two is None:
        return None
    readings = []
    for base in sorted(two, key=lambda each: each.low):
        value = share(gap.ends[0], base.ends[0])
        tests = compare(value, value, operator(mention, (gap, base), round_digits=0), mention.stated)
        readings.append(reading((mention, gap, *two), tests))
    return claim_of(multiple, (gap, *two), readings, sure=True, hints=[], locked=True)


def stepping(left: str) -> bool:
    """Return whether words lead to a step: ``by``, ``an advance of``, ``値上がり幅は``."""
    if pattern("steps", after=r"\s*$").search(left):
        return True
    if pattern("becomes", after=r"\s*$").search(left[-_LEADS:]):
        return False  # ``跌到12000元``: where it went, not by how much
    link = rf"(?:\s*{one_of('step_of')})?\s*$"
    return any(pattern(role, after=link).search(left[-_LEADS:]) for role, _ in _WAYS)


def _reaches(passage: Passage, mention: Mention, level: Mention) -> bool:
    """Return whether a level is where a step led: ``by 300 (4 %) to 7,800``, ``and stands at 7,800``."""
    gap = passage.gap(mention, level)
    if len(gap) > _REACH or any(item != mention.subject for item in items_named(gap)):
        return False
    if _verb_behind(mention) and len(gap) <= _LED:
        return True
    return pattern("goes_to_level", after=r"\s*$").search(unhedged(gap)) is not None


def _verb_behind(mention: Mention) -> str:
    """Return the way that the verb right behind a bracket tells: ``500원(6%) 올라``."""
    link = rf"^[)）]\s*{one_of('step_link')}?\s*"
    return next((way for role, way in _WAYS if pattern(role, link).match(mention.right[:16])), "")


def _verb_between(gap: str) -> str:
    """Return the way that the verb right behind a step tells: ``60キロ減り、減少幅は25%``."""
    link = rf"^\s*{one_of('step_link')}?\s*"
    return next((way for role, way in _WAYS if says("width", gap) and pattern(role, link).match(gap)), "")


def led(passage: Passage, multiple: Multiple) -> Multiple:
    """Return a percentage with the way of the two levels before it: ``A fell from 3 to 2, B from 520 to 400, or 23 %``.

    Their verb may stand before others; if it stands right before them and they go against it, it is of their money.
    """
    two = passage.before(multiple.mention, multiple.position, sentences=0, most=2)
    if multiple.way or multiple.of or multiple.compares or not multiple.percent or len(two) < _TWO:
        return multiple
    new, old = two
    way, near = UP if new.low > old.low else DOWN, way_of("", CLAUSE.split(old.left)[-1], "")
    if not arrow(passage, old, new):
        return multiple
    if way in (near, _lead(passage, old)):
        return replace(multiple, way=way)
    return replace(multiple, way=near) if near == DOWN and old.rate else multiple


def _lead(passage: Passage, step: Mention) -> str:
    """Return the way of a step whose verb stands before another one: ``rose by 10 (2 %), B by 20 (3 %)``."""
    first, _ = passage.sentence(step)
    words = passage.text[max(first, step.figure.start - _SENTENCE) : step.figure.start]
    last = {way: max((m.end() for m in pattern(role).finditer(words)), default=-1) for role, way in _WAYS}
    return max(last, key=lambda way: last[way]) if max(last.values()) >= 0 else ""


def net_of(passage: Passage, multiple: Multiple) -> list[Candidate]:
    """Return ``net of that, barely double``: an earlier multiple, corrected by the currency's fall beside it."""
    mention = multiple.mention
    before = passage.before(mention, multiple.position)
    earlier = next((each for each in before if each.unit == "x" and each.low >= 1), None)
    if earlier is None or multiple.percent:
        return []
    readings = []
    rates = [each for each in before if each.rate]
    slump = next((each for each in before if each.unit == "%"), None)
    extra = [slump] if slump is not None else []
    for new, old in pairwise(rates):
        if comparable(old, new):
            low, high = over(old.ends[0], new.ends[1]), over(old.ends[1], new.ends[0])
            values = times(earlier.ends[0], low), times(earlier.ends[1], high)
            tests = compare(*values, operator(mention, (earlier,), round_digits=1), mention.stated)
            readings.append(reading((mention, earlier, old, new, *extra), tests))
    if slump is not None:
        rest = minus(_ONE, over(slump.ends[0], Term(Fraction(100), "100")))
        value = times(earlier.ends[0], rest)
        tests = compare(value, value, operator(mention, (earlier,), round_digits=1), mention.stated)
        readings.insert(0, reading((mention, earlier, slump), tests))
    if not readings:
        return []
    return [claim_of(multiple, (earlier, *extra), readings, sure=False, hints=[])]
