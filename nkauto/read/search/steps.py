"""Steps between two levels of the text: ``up 300 won``, ``50 above it, at 460``, ``昨年末より1200安い``.

Two levels near a step are tried; the nearest that lie so far apart are taken. A step that none bear out is not called
wrong: its other level may stand in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from nkauto.core.claims import Candidate, Reading, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, minus
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.between import goes_to
from nkauto.read.relations.drafts import BOUNDS, alike, candidate, operator, reading
from nkauto.read.relations.multiple import CLAUSE, DOWN, UP, unhedged, way_of
from nkauto.read.relations.scope import operand
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.bases import Settled
from nkauto.read.search.names import content, name_of
from nkauto.read.search.scene import Scene
from nkauto.read.search.sums import is_shortfall, tells_gap

LEAST = -4.5
"""Levels tied to a step worse than this are no ground for a claim."""
_FAR, _AWAY, _LATER = 0.5, 1.0, 0.3
_MOST, _THREE, _WINDOW = 7, 3, 14
_SLIP = 4
"""A step that misses two levels by more than so many times is not said of them."""
_CLOSE = 48
_TWO, _TIMES = 2, ("when", "season", "formerly", "earlier_told")
_WITH = re.compile(r"[^\d.;。；)）]{0,16}")
_POINT = Fraction(1)
"""Points by which a percentage may miss the two levels that it is made of."""
_BESIDE = Fraction(1, 8)
"""What rounds to a step of one digit may yet lie far from it."""


def find(passage: Passage, converted: frozenset[int]) -> list[Settled]:
    """Return the steps that two levels of the text bear out, each level once."""
    scene = Scene(passage, converted)
    found: list[Settled] = []
    for position, step in enumerate(passage.mentions):
        if not operand(step) or step.index in converted or step.figure.bound in BOUNDS:
            continue
        if (twin := _beside_percent(scene, step, position)) is not None:
            found.append(twin)
            continue
        if not scene.steps(step):
            if not (tells_gap(step) or is_shortfall(step)):
                continue
            if (two := _of_two_names(scene, step, position)) is not None:
                found.append(two)
            elif (wrong := _contradicted(scene, step, position, gap=True)) is not None:
                found.append(Settled(step.index, wrong, fits=False, score=0.0))
            continue
        tried = sorted(_levels(scene, step, position), key=lambda each: -each[0])
        for score, low, high in tried:
            made = _claim(step, low, high)
            if made is not None and score >= LEAST:
                found.append(Settled(step.index, made, fits=True, score=score))
                break
        else:
            wrong = _contradicted(scene, step, position) or _compared(scene, step, position)
            wrong = wrong or _from_named(scene, step, position) or _of_two_places(scene, step, position)
            near = passage.mentions[max(0, position - _WINDOW) : position + _WINDOW]
            levels = [m for m in near if wrong is not None and m.index in wrong.figures and m is not step]
            if wrong is not None and not (len(levels) == 2 and _of_two_things(scene, step, *levels)):
                found.append(Settled(step.index, wrong, fits=False, score=0.0))
    return found


def _contradicted(scene: Scene, step: Mention, position: int, *, gap: bool = False) -> Candidate | None:
    """Return ``5,450, 350 more than the 5,200 of Sinuiju``: a step between the only two levels of its sentence.

    What is called a ``gap`` may follow them in the next.
    """
    passage = scene.passage
    if not step.single:
        return None
    here = [*passage.before(step, position, sentences=0), *([] if gap else passage.after(step, position))]
    levels = [m for m in here if m.unit == step.unit and m.index not in scene.converted]
    if gap and levels and step.left.isascii():
        return None  # of the sums of its own sentence ``margins`` says what they make
    if gap and not levels:
        levels = [m for m in passage.before(step, position, sentences=1) if m.unit == step.unit]
        levels = [m for m in levels if m.index not in scene.converted]
    base = next((each for each in levels if _is_base(passage, step, each)), None)
    if base is not None and len(levels) > _TWO:
        levels = [m for m in levels if m is base or alike(m, base)]
    if len(levels) != 2 or any(not m.single or scene.steps(m) for m in levels) or not alike(*levels):
        return None
    low, high = sorted(levels, key=lambda each: each.low)
    if gap:
        base = low
    if base is None or (low.subject != high.subject and not gap) or low.low == high.low:
        return None
    return _missed(step, low, high)


def _beside_percent(scene: Scene, step: Mention, position: int) -> Settled | None:
    """Return ``from 60 to 63, a rise of 5 %, or 4``: a step told with the percentage that two levels beside it make."""
    passage = scene.passage
    near = [*passage.before(step, position, sentences=1), *passage.after(step, position)]
    here = [m for m in near if m.sentence == step.sentence]
    like = [m for m in near if m.unit == step.unit and m.index not in scene.converted and m.single]
    levels = [m for m in like if m.sentence == step.sentence] or like
    twins = [m for m in here if m.unit == "%" and m.single and abs(m.index - step.index) == 1]
    twins = [m for m in twins if _WITH.fullmatch(passage.gap(*sorted((m, step), key=lambda each: each.index)))]
    if len(levels) != _TWO or len(twins) != 1 or not alike(*levels) or not step.single:
        return None
    if goes_to(step.left):
        return None  # ``come down to 12,000, still 50 % above``: a third level
    low, high = sorted(levels, key=lambda each: each.low)
    apart = Fraction(high.low - low.low)
    made = {apart / Fraction(base.low) * 100 for base in levels}
    if not apart or all(abs(value - Fraction(twins[0].low)) > _POINT for value in made):
        return None
    if (held := _claim(step, low, high)) is not None:
        return Settled(step.index, held, fits=True, score=0.0)
    wrong = _missed(step, low, high)
    return None if wrong is None else Settled(step.index, replace(wrong, locked=True), fits=False, score=0.0)


def _missed(step: Mention, low: Mention, high: Mention) -> Candidate | None:
    """Return a step that two levels contradict, where they miss it by no more than a slip."""
    (value, _), least = _apart(step, low, high), Fraction(step.low) / _SLIP
    if not least <= value.value <= Fraction(step.low) * _SLIP:
        return None
    made = reading((step, low, high), compare(value, value, operator(step, (), round_digits=0), step.stated))
    return _apart_by(step, low, high, made)


def _apart_by(step: Mention, low: Mention, high: Mention, made: Reading) -> Candidate:
    words = f"{high.figure.span} is {step.figure.span} from {low.figure.span}"
    return candidate("change", words, step, (low, high), [made], sure=True)


def _compared(scene: Scene, step: Mention, position: int) -> Candidate | None:
    """Return ``in A it is 6,400. In B it is 300 dearer at 6,600``: a step of one of the only two levels near it."""
    passage = scene.passage
    if not step.single:
        return None
    near = [*passage.before(step, position, sentences=1), *passage.after(step, position)]
    levels = [m for m in near if m.unit == step.unit and m.index not in scene.converted]
    if len(levels) != 2 or any(not m.single or scene.steps(m) for m in levels) or not alike(*levels):
        return None
    beside = [m for m in levels if m.sentence == step.sentence and abs(m.index - step.index) == 1]
    if not beside or len({each.subject for each in levels} - {""}) > 1:
        return None
    level = beside[-1] if beside[-1].index > step.index else max(beside, key=lambda each: each.index)
    other = next(m for m in levels if m is not level)
    way = way_of("", unhedged(step.left), CLAUSE.split(step.right)[0])
    if way != (UP if level.low > other.low else DOWN) or level.low == other.low or other.index > step.index:
        return None
    base = content(_base_words(step))
    if base and not base & name_of(passage, other):
        return None
    return _missed(step, *sorted((level, other), key=lambda each: each.low))


def _from_named(scene: Scene, step: Mention, position: int) -> Candidate | None:
    """Return ``375 in December. The 395 of this month are up 25 on December``: a step from the level its words name."""
    passage = scene.passage
    told = pattern("measured_from", r"^[\s\w]{0,12}?").match(step.right)
    words = CLAUSE.split(step.right[told.end() : _CLOSE])[0] if told is not None else _base_words(step)
    near = [*passage.before(step, position, sentences=1), *passage.after(step, position)]
    levels = [m for m in near if m.unit == step.unit and m.single and not scene.steps(m)]
    levels = [m for m in levels if m.index not in scene.converted]
    named = [m for m in levels if content(words) & name_of(passage, m)]
    beside = [m for m in levels if m.sentence == step.sentence and abs(m.index - step.index) == 1 and m not in named]
    if not step.single or len(named) != 1 or len(beside) != 1 or not alike(named[0], beside[0]):
        return None
    if step.index + 1 in (named[0].index, beside[0].index) and not step.left.isascii():
        return None  # ``5,100, up 150 on last month; in B 5,170``: the next one's own level
    low, high = sorted((named[0], beside[0]), key=lambda each: each.low)
    way = way_of("", unhedged(step.left), CLAUSE.split(step.right)[0])
    if low.low == high.low or way != (UP if beside[0] is high else DOWN):
        return None
    return _missed(step, low, high)


def _of_two_places(scene: Scene, step: Mention, position: int) -> Candidate | None:
    """Return ``7,000 in A and 7,500 in B. In B it is 500 dearer``: a step of the only two levels, which it names."""
    near = scene.passage.before(step, position, sentences=1)
    levels = [m for m in near if m.unit == step.unit and m.index not in scene.converted]
    clause = CLAUSE.split(step.left)[-1] + CLAUSE.split(step.right)[0]
    if len(levels) != _TWO or scene.passage.after(step, position, most=1) or not step.single or not alike(*levels):
        return None
    low, high = sorted(levels, key=lambda each: each.low)
    if low.low == high.low or not (low.single and high.single) or any(says(role, clause) for role in _TIMES):
        return None
    names, said = [name_of(scene.passage, each) for each in (low, high)], content(clause)
    named = [bool(said & (name - other)) for name, other in (names, names[::-1])]
    way = way_of("", unhedged(step.left), CLAUSE.split(step.right)[0])
    if way not in (UP, DOWN) or not (all(named) or named == [way == DOWN, way == UP]):
        return None
    return _missed(step, low, high)


def _base_words(step: Mention) -> str:
    """Return the words that say on what a step is measured: ``than in Hyesan``, ``혜산보다``, ``比惠山``."""
    told = pattern("than").search(step.right[:_CLOSE])
    if told is not None and told.group().isascii():
        return CLAUSE.split(step.right[told.end() : _CLOSE])[0]
    left = CLAUSE.split(step.left)[-1]
    return left if pattern("than").search(left) or pattern("than_after").search(left) else ""


def _of_two_names(scene: Scene, step: Mention, position: int) -> Settled | None:
    """Return ``the gap between A and C is 400``, of the levels of several places whose names the words repeat."""
    passage = scene.passage
    near = passage.before(step, position, sentences=1)
    levels = [m for m in near if m.unit == step.unit and m.index not in scene.converted and m.single]
    said = content(step.left[-_CLOSE:]) | content(CLAUSE.split(step.right)[0][:_CLOSE])
    others = {m.index: frozenset().union(*(name_of(passage, o) for o in levels if o is not m)) for m in levels}
    named = [m for m in levels if said & (name_of(passage, m) - others[m.index])]
    if len(levels) < _THREE or len(named) != 2 or not alike(*named) or named[0].low == named[1].low:
        return None
    low, high = sorted(named, key=lambda each: each.low)
    if (held := _claim(step, low, high)) is not None:
        return Settled(step.index, held, fits=True, score=0.0, named=True)
    wrong = _missed(step, low, high)
    return None if wrong is None else Settled(step.index, wrong, fits=False, score=0.0, named=True)


def _is_base(passage: Passage, step: Mention, level: Mention) -> bool:
    """Return whether words measure a step on a level: ``350 more than in Sinuiju (5,200)``, ``5200원보다 350원``."""
    if level.index > step.index:
        gap = passage.gap(step, level)
        told = any(pattern(role, r"^\s*").match(gap) for role in ("than_up", "than_down"))
        return told and len(gap) <= _CLOSE and not says("formerly", gap) and not says("earlier_told", gap)
    if level.index != step.index - 1:
        return False
    beside = pattern("than_after", r"^[\s)）]*").match(level.right) is not None
    return beside or pattern("than", after=r"[^,，;；。]{0,8}$").search(level.left) is not None


def _levels(scene: Scene, step: Mention, position: int) -> Iterator[tuple[float, Mention, Mention]]:
    """Yield every two levels near a step, the lower first, with how well they are tied to it."""
    passage = scene.passage
    around = [
        *passage.before(step, position, most=_MOST),
        *(m for m in passage.mentions[position + 1 : position + 1 + _MOST] if m.sentence - step.sentence <= 1),
    ]
    levels = [m for m in around if m.unit == step.unit and m.index not in scene.converted and not scene.steps(m)]
    near = {m.index: _nearness(step, m) for m in levels}
    for one, other in combinations(levels, 2):
        low, high = sorted((one, other), key=lambda each: each.low)
        if not step.single and low.single and high.single:
            continue
        if low.low == high.low or (low.rate != high.rate and low.per and high.per):
            continue
        if _of_two_things(scene, step, one, other):
            continue
        yield near[one.index] + near[other.index], low, high


def _of_two_things(scene: Scene, step: Mention, one: Mention, other: Mention) -> bool:
    """Return whether two levels are of two goods, or of two places of one list that the step's words do not compare.

    ``5,150 in A and 5,200 in B, up 50 on last month``: A rose by so much, whatever it is in B.
    """
    goods = step.subject and not step.rate
    if goods and any(each.subject not in ("", step.subject) for each in (one, other)):
        return True
    listed = other in scene.run(one) and step not in scene.run(one)
    words = CLAUSE.split(step.left)[-1] + CLAUSE.split(step.right)[0]
    return listed and (says("when", words) or says("respectively", one.left))


def _nearness(step: Mention, level: Mention) -> float:
    score = -_FAR * (abs(step.index - level.index) - 1) - _AWAY * abs(step.sentence - level.sentence)
    return score - (_LATER if level.index > step.index else 0.0)


def _claim(step: Mention, low: Mention, high: Mention) -> Candidate | None:
    """Return the claim that two levels lie a step apart, where they do."""
    below, above = _apart(step, low, high)
    if below.value <= 0:
        return None
    sign = operator(step, (), round_digits=0)
    made = reading((step, low, high), compare(below, above, sign, step.stated))
    if verdict(made.tests) is not Verdict.HOLDS or abs(below.value / Fraction(step.low) - 1) > _BESIDE:
        return None
    return _apart_by(step, low, high, made)


def _apart(step: Mention, low: Mention, high: Mention) -> tuple[Term, Term]:
    """Return how far apart two levels lie; a step that is a range, between their ends."""
    least = minus(high.ends[0], low.ends[0])
    single = step.single and low.single and high.single
    return least, least if single else minus(high.ends[1], low.ends[1])
