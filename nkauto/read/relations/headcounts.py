"""A count that is so many times another which only its noun names: ``120,000, three times the number agreed on``."""

from __future__ import annotations

from fractions import Fraction

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import over
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.elsewhere import levels_before
from nkauto.read.relations.multiple import Multiple
from nkauto.read.relations.units import COUNTS
from nkauto.read.relations.words import says
from nkauto.read.search.names import base_phrase
from nkauto.read.search.scene import Scene

_WHOLE_TEXT, _MOST = 100, 2
"""Sentences back to which the other count is looked for; how far off one may be that the text can mean."""


def of_headcount(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``为上述人数的3倍``: of the counts told before, the one that comes to the multiple, or nearly."""
    mention, position = multiple.mention, multiple.position
    if multiple.percent or mention.low < 1 or not multiple.of or not says("headcount", base_phrase(multiple)):
        return None
    before = levels_before(scene, mention, position, sentences=_WHOLE_TEXT)
    if not before or before[0].unit not in COUNTS or before[0].sentence != mention.sentence:
        return None
    level, bases = before[0], [each for each in before[1:] if each.unit == before[0].unit and each.low > 0]
    near = [each for each in bases if _off(level, each, mention) <= _MOST]
    if len({(each.low, each.high) for each in near}) != 1:
        return None
    base = near[0]
    ends = over(level.ends[0], base.ends[1]), over(level.ends[1], base.ends[0])
    tests = compare(*ends, operator(mention, (level, base), round_digits=1), mention.stated)
    held = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING)
    words = f"{level.figure.span} is {mention.figure.span} of {base.figure.span}"
    made = [reading((mention, level, base), tests)]
    return candidate("ratio", words, mention, (level, base), made, sure=True, locked=held)


def _off(level: Mention, base: Mention, stated: Mention) -> Fraction:
    """Return how many times off the stated multiple two counts stand to each other."""
    found = Fraction(level.low) / Fraction(base.low) / Fraction(stated.low)
    return max(found, 1 / found)
