"""One pay or ration told by two periods: ``1,500 to 2,000 won a day, or 45,000 to 60,000 won a month``."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, times
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.relations.units import FAMILY
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.bases import Settled
from nkauto.read.search.sums import scale_of, scaled

_MANY = {
    ("hour", "day"): (8, 24, 10),
    ("day", "week"): (7, 6, 5),
    ("day", "month"): (30, 26, 25, 22),
    ("day", "year"): (365, 300),
    ("week", "month"): (4, Fraction(52, 12)),
    ("week", "year"): (52,),
    ("month", "year"): (12,),
}
"""How many of a shorter period a longer one has: of the calendar first, then of the days on which people work."""
_GAP = 40
_EMPTY = re.compile(r"[\s,，、(（=—–-]*")
_OF_A_GOOD = re.compile(r"^\s*of\s+[a-z]+(?:\s[a-z]+)?(?=\s*[,(—–-])")
_PARTED = re.compile(r"[;；。]|\.\s")
_FAR = 4
"""What is that many times too large or too small is told of something else."""


def find(passage: Passage) -> list[Settled]:
    """Return the sums and rations that stand right beside the same by another period."""
    found = []
    for one, other in pairwise(passage.mentions):
        settled = _told(passage, one, other)
        if settled is not None:
            found.append(settled)
    return found


def _told(passage: Passage, one: Mention, other: Mention) -> Settled | None:
    if one.sentence != other.sentence or one.per == other.per or one.rate or one.low <= 0 or other.low <= 0:
        return None
    short, long = (one, other) if (one.per, other.per) in _MANY else (other, one)
    many = _MANY.get((short.per, long.per))
    scale = scale_of(short.unit, long.unit) if short.money or FAMILY.get(short.unit) in (0, 1) else None
    gap = passage.gap(one, other)
    if many is None or scale is None or len(gap) > _GAP or _PARTED.search(gap) or long.figure.bound in BOUNDS:
        return None
    gap = pattern("a_time").sub("", gap)
    if not short.money:
        gap = _OF_A_GOOD.sub("", gap)
    if not (_EMPTY.fullmatch(gap) or any(says(role, gap) for role in ("equate", "result", "bill_comes", "restates"))):
        return None
    first = None
    for count in map(Fraction, many):
        ends = [scaled(times(end, Term(count, str(count))), scale) for end in short.ends]
        tests = compare(ends[0], ends[1], operator(long, (short,), round_digits=1), long.stated)
        said = verdict(tests)
        statement = f"{short.figure.span} is {long.figure.span}"
        kind = "affordability" if short.money else "ratio"
        made = candidate(kind, statement, other, (one,), [reading((one, other), tests)], sure=True)
        settled = Settled(other.index, made, fits=said in (Verdict.HOLDS, Verdict.ROUNDING), score=0.0)
        if settled.fits:
            return settled
        first = first or settled
        if not Fraction(1, _FAR) < ends[0].value / Fraction(long.low) < _FAR:
            return None
    return first
