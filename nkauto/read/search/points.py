"""A change between two percentages: ``from 20 to 30 percent`` is 10 percentage points, or 50 per cent."""

from __future__ import annotations

from nkauto.core.claims import Hint, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, fall, minus, rise
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.between import arrow
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.words import lowered, says
from nkauto.read.search.bases import Settled

_HELD = (Verdict.HOLDS, Verdict.ROUNDING)


def find(passage: Passage) -> list[Settled]:
    """Return the changes between two percentages; what does not compute only where points were told as per cent."""
    found = []
    for position, mention in enumerate(passage.mentions):
        if mention.unit != "%" or not mention.single or mention.figure.bound in ("<", ">", "<=", ">="):
            continue
        two = [each for each in passage.before(mention, position, sentences=0) if each.unit == "%" and each.low > 0]
        if len(two) < 2 or not arrow(passage, two[1], two[0]):
            continue
        settled = _change(mention, two[1], two[0])
        if settled is not None:
            found.append(settled)
    return found


def _change(mention: Mention, old: Mention, new: Mention) -> Settled | None:
    up = new.low > old.low
    points = minus(new.ends[0], old.ends[0]) if up else minus(old.ends[0], new.ends[0])
    share = rise(old.ends[0], new.ends[0]) if up else fall(old.ends[0], new.ends[0])
    told = says("points", lowered(mention.figure.span)) or says("points", mention.right[:20])
    right, wrong = (points, share) if told else (share, points)
    if verdict(_tests(mention, right)) in _HELD:
        return _settled(mention, old, new, right)
    if verdict(_tests(mention, wrong)) is Verdict.HOLDS:
        slip = "per cent told as percentage points" if told else "percentage points told as per cent"
        return _settled(mention, old, new, right, Hint(wrong, slip))
    return None


def _tests(mention: Mention, value: Term) -> tuple[Test, ...]:
    return compare(value, value, operator(mention), mention.stated)


def _settled(mention: Mention, old: Mention, new: Mention, value: Term, *hints: Hint) -> Settled:
    tied = (old, new, mention)
    made = candidate(
        "change", mention.figure.span, mention, tied, [reading(tied, _tests(mention, value))], sure=True, hints=hints
    )
    return Settled(mention.index, made, fits=not hints, score=0.0)
