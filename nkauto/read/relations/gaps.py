"""A gap of two prices or rates that a percentage or a multiple measures: ``855 / 865, here 367, a gap of 140 %``.

And differences and ratios of amounts: dearer by so much, so far apart, 3 to 7, 100 old for 1 new.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise, product

from nkauto.core.claims import Candidate, Reading, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, fall, minus, over, rise, times
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, alike, candidate, comparable, compared, fitting, operator, reading
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.multiple import Multiple, is_split, unhedged
from nkauto.read.relations.words import YEAR, pattern, says
from nkauto.read.search.names import content, name_of
from nkauto.read.search.scene import BREAK, COMMA, Scene

_NEAR = 40
_ROUND, _HUNDRED = 10, 100
_TWO = 2
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_ONE = Term(Fraction(1), "1")
_STOP = re.compile(r"[.;。；()（）]")
_LEVEL = 5
"""Of two prices so many times apart, the lower is rather a step itself: ``500 won less than the 5,500``."""
_RATE = 10
"""So many to one is a rate rather than a mixture."""
_RATIO = re.compile(r"([0-9][0-9,.]*)\s*(?::|：|∶|대|対|对|比|to|for)\s*([0-9][0-9,.]*)")


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


def difference(passage: Passage, mention: Mention, position: int, converted: frozenset[int]) -> list[Candidate]:
    """Return how much dearer a price is in old money, and steps that their two levels contradict.

    Steps that their levels bear out are searched for.
    """
    near = [*passage.before(mention, position), *passage.after(mention, position)]
    like = [each for each in near if each.unit == mention.unit and each.index not in converted][:6]
    statement = f"a difference of {mention.figure.span}"
    found = fitting("change", statement, mention, _redenominated(passage, mention, position, like))
    return found or _apart(passage, mention, position, converted)


def _apart(passage: Passage, mention: Mention, position: int, converted: frozenset[int]) -> list[Candidate]:
    """Return ``at 1,257 it was 38 behind``: a distance between two levels of its sentence that no two of them have."""
    if pattern("apart", r"^\s*(?:[A-Za-z]+\s+)?").match(mention.right[:16]) is None:
        return []
    like = [m for m in passage.before(mention, position, sentences=0) if m.unit == mention.unit and m.money]
    like = [m for m in like if m.index not in converted][:4]
    if len(like) < 2 or not alike(like[0], like[1]) or like[0].low == like[1].low:
        return []
    one, other = sorted(like[:2], key=lambda m: m.low)
    if other.low > one.low * _LEVEL:
        return []
    wrong = compared(mention, [one, other], minus(other.ends[0], one.ends[1]), minus(other.ends[1], one.ends[0]))
    return [candidate("change", f"{mention.figure.span} apart", mention, (), [wrong], sure=True)]


def _redenominated(passage: Passage, mention: Mention, position: int, like: list[Mention]) -> list[Reading]:
    """Return the differences between a price in new money, turned back at so many to one, and prices in old."""
    readings = []
    exchange = next((m for m in passage.before(mention, position) if is_split(m)), None)
    if exchange is None:
        return []
    one, other = _parts(exchange)
    many = Term(max(one, other) / min(one, other), f"{max(one, other) / min(one, other)}")
    for new in like:
        olds = [each for each in like if each.index != new.index and comparable(each, new)]
        if not olds:
            continue
        cheapest, dearest = min(olds, key=lambda each: each.low), max(olds, key=lambda each: each.high)
        turned = times(new.ends[0], many)
        low, high = minus(turned, dearest.ends[1]), minus(turned, cheapest.ends[0])
        readings.append(compared(mention, [new, cheapest, dearest, exchange], low, high))
    return readings


def _parts(split: Mention) -> tuple[Fraction, Fraction]:
    match = _RATIO.search(split.figure.span)
    if match is None:
        return Fraction(1), Fraction(1)
    one, other = (Fraction(part.replace(",", "").rstrip(".")) for part in match.groups())
    return (one, other) if one and other else (Fraction(1), Fraction(1))


def split(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """``3:7``: so many parts of a whole; or two amounts that stand to each other like 1 to 100."""
    one, other = _parts(mention)
    if one == other:
        return []
    near = [*passage.before(mention, position, sentences=1), *passage.after(mention, position)]
    like = [each for each in near if each.unit not in ("%", "x") and each.high > 0][:8]
    readings = []
    for whole in like:
        for part in like:
            if part is whole or part.unit != whole.unit or part.high >= whole.high or whole.rate or part.rate:
                continue
            sign = operator(part, (whole,))
            for share in sorted((one, other)):
                fraction = Term(share / (one + other), f"{share}/{one + other}", 2)
                low, high = times(whole.ends[0], fraction), times(whole.ends[1], fraction)
                tests = compare(low, high, sign, part.stated)
                readings.append((part, reading((whole, part, mention), tests)))
            many = Term(max(one, other) / min(one, other), f"{max(one, other) / min(one, other)}")
            low, high = over(whole.ends[0], many), over(whole.ends[1], many)
            turned = part, reading((whole, part, mention), compare(low, high, sign, part.stated))
            readings.insert(0 if many.value >= _RATE else len(readings), turned)
    for part, each in readings:
        held = fitting("ratio", f"{part.figure.span} by {mention.figure.span}", part, [each])
        if held:
            return held
    return _exchanged(passage, mention, near, max(one, other) / min(one, other))


def _between(passage: Passage, one: Mention, other: Mention) -> str:
    """Return the words between two figures, whichever comes first."""
    first, last = sorted((one, other), key=lambda each: each.figure.start)
    return passage.gap(first, last)


def _exchanged(passage: Passage, mention: Mention, near: list[Mention], many: Fraction) -> list[Candidate]:
    """Return ``at 100 to 1, 100,000 old won or 10,000 new ones``: two amounts that words equate, at a wrong ratio."""
    money = sorted((m for m in near if m.money and m.sentence == mention.sentence), key=lambda m: m.figure.start)
    for source, target in pairwise(money):
        if target.index - source.index != 1 or source.unit != target.unit:
            continue  # old won told in new ones are a conversion of their own
        if tie_of(passage.gap(source, target)) not in ("words", "bracket") or BREAK.search(
            _between(passage, mention, source)
        ):
            continue
        rate = Term(many, f"{many}")
        low, high = over(source.ends[0], rate), over(source.ends[1], rate)
        tests = compare(low, high, operator(target, (source,), round_digits=1), target.stated)
        statement = f"{target.figure.span} by {mention.figure.span}"
        both = (source, target, mention)
        return [candidate("conversion", statement, target, both, [reading(both, tests)], sure=True)]
    return []
