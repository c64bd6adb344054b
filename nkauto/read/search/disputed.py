"""Two multiples of one change, the one of which somebody says, or which tells the other again.

``75 % dearer, says the list; 90 %, says she``; ``it has quadrupled, a rise of 400 %``; ``up 290 %, threefold``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import best, judge
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import candidate
from nkauto.read.relations.multiple import Multiple, Pair, is_split, unhedged
from nkauto.read.relations.senses import readings_of
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.names import base_phrase, content
from nkauto.read.search.scene import COMMA, Scene

_GAP = 70
_NEAR = 30
_THREE = 3
"""A multiple and its two figures."""
_REACHED = Fraction(3)
_HELD, _WRONG = (Verdict.HOLDS, Verdict.ROUNDING), (Verdict.FAILS, Verdict.PARTLY)
_COMMA_ALONE = re.compile(r"\s*[,，、]\s*")


def settle(scene: Scene, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the claims with those of multiples that somebody says of the two figures of the multiple beside them."""
    spans = {mention.index: mention.figure.span for mention in scene.passage.mentions}
    stating: dict[int, list[Candidate]] = {}
    for each in found:
        for index in each.figures:
            if spans.get(index) == each.stated:
                stating.setdefault(index, []).append(each)
    dropped: set[int] = set()
    added: list[Candidate] = []
    for place, (one, other) in enumerate(pairwise(scene.passage.mentions)):
        if one.unit not in ("%", "x") or other.unit not in ("%", "x"):
            continue
        again = _told_again(scene, one, other)
        dispute = again or _beside(scene, one, other)
        for known, said, position in ((one, other, place + 1), (other, one, place)):
            old = stating.get(said.index, [])
            if said is other and _of_another(scene.passage.gap(one, other)):
                dropped.update(id(each) for each in old if _told_of(each, stating.get(one.index, ())))
                continue
            right = [judge(each).verdict not in _WRONG for each in old if judge(each).judged]
            if not dispute or any(right) or (right and not again) or any(known.index in each.figures for each in old):
                continue
            pair = _pair(scene, stating.get(known.index, []), known)
            multiple = scene.multiple(position)
            if again and not multiple.way and known.unit == "%":
                multiple = replace(multiple, way=scene.multiple(scene.at(known)).way)  # threefold more, perhaps
            made = _said(multiple, pair) if pair is not None else None
            if made is not None:
                dropped.update(id(each) for each in old)
                added.append(made)
                break
    dropped |= _exchanged(scene, found)
    return [*(each for each in found if id(each) not in dropped), *added]


def _told_again(scene: Scene, one: Mention, other: Mention) -> bool:
    """Return whether a multiple right behind a change tells it again: ``up 290 %, nearly threefold``, ``that is``."""
    if one.sentence != other.sentence or any(not each.high or is_split(each) for each in (one, other)):
        return False
    gap = scene.passage.gap(one, other)
    if len(gap) > _GAP or _of_another(gap):
        return False
    later = scene.multiple(scene.at(other))
    if later.of or later.anaphor or later.elsewhere or base_phrase(later):
        return False
    if one.unit == "%" and other.unit == "x":
        return _COMMA_ALONE.fullmatch(unhedged(gap)) is not None or says("same_said", gap)
    return one.unit != other.unit and says("same_said", gap)


def _exchanged(scene: Scene, found: Sequence[Candidate]) -> set[int]:
    """Return the changes called wrong of two amounts that are one, in old money and in new: ``2,500, at 100:1 25``."""
    splits = [mention.index for mention in scene.passage.mentions if is_split(mention)]
    if not splits:
        return set()
    claims = [judge(each) for each in found]
    held = [set(claim.figures) for claim in claims if claim.verdict in _HELD]
    same = [figures for figures in held if not figures.isdisjoint(splits)]
    failing = [each for each, claim in zip(found, claims, strict=True) if claim.verdict is Verdict.FAILS]
    return {
        id(each)
        for each in failing
        if len(each.figures) == _THREE and any(len(set(each.figures) & one) == _THREE - 1 for one in same)
    }


def _told_of(each: Candidate, others: Sequence[Candidate]) -> bool:
    """Return whether a multiple is called wrong of the very figures that another one holds of."""
    if judge(each).verdict is not Verdict.FAILS or len(each.figures) != _THREE:
        return False
    claims = [judge(other) for other in others]
    return any(len(set(each.figures) & set(claim.figures)) == _THREE - 1 for claim in claims if claim.verdict in _HELD)


def _beside(scene: Scene, one: Mention, other: Mention) -> bool:
    """Return whether two different multiples of one kind stand side by side, and words say that one is somebody's."""
    if one.unit != other.unit and {one.unit, other.unit} != {"%", "x"}:
        return False
    if any(not each.high or is_split(each) for each in (one, other)):
        return False
    gap = scene.passage.gap(one, other)
    if other.sentence - one.sentence > 1 or len(gap) > _GAP or one.subject != other.subject:
        return False
    if _of_another(gap):
        return False  # whoever says so
    behind = COMMA.split(other.right[:_NEAR])
    before = COMMA.split(one.left[-_NEAR:])[-1] if one.sentence == other.sentence else ""
    return says("says_so", gap) or says("says_so", " ".join(behind[:2])) or says("says_so", before)


def _of_another(gap: str) -> bool:
    """Return whether the words between two multiples turn to another thing: ``25 %, they say, and rents by 40 %``."""
    turns = [match.end() for match in pattern("and_another").finditer(gap)]
    return bool(turns) and bool(content(gap[max(turns) :]) - {"percent"})


def _pair(scene: Scene, claims: Sequence[Candidate], known: Mention) -> Pair | None:
    """Return the two figures of which a multiple holds, the older first."""
    for each in claims:
        claim = judge(each)
        others = [m for m in scene.near(scene.at(known)) if m.index in claim.figures and m is not known]
        if claim.verdict in _HELD and len(others) == 2 and others[0].unit == others[1].unit not in ("%", "x"):
            one, other = others
            for pair in (Pair((one,), (other,), 3, ordered=True), Pair((other,), (one,), 3, ordered=True)):
                if best(tuple(readings_of(scene.multiple(scene.at(known)), pair)))[1] in _HELD:
                    return pair
    return None


def _said(multiple: Multiple, pair: Pair) -> Candidate | None:
    reading, _ = best(tuple(readings_of(multiple, pair)))
    if reading is None or multiple.elsewhere or multiple.of or not reading.tests:
        return None
    if not any(1 / _REACHED <= test.size <= _REACHED for test in reading.tests):
        return None
    words = f"{multiple.mention.figure.span} {multiple.way}".strip()
    return candidate("change", words, multiple.mention, pair.mentions, [reading], sure=True, locked=True)
