"""A change between two percentages: ``from 20 to 30 percent`` is 10 percentage points, or 50 per cent."""

from __future__ import annotations

from nkauto.core.claims import Hint, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, fall, minus, rise
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.between import arrow, ends_with_base
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.words import lowered, pattern, says
from nkauto.read.search.bases import Settled

_HELD = (Verdict.HOLDS, Verdict.ROUNDING)


def find(passage: Passage) -> list[Settled]:
    """Return the changes between two percentages; what does not compute only where points were told as per cent."""
    found = []
    for position, mention in enumerate(passage.mentions):
        if mention.unit != "%" or not mention.single or mention.figure.bound in ("<", ">", "<=", ">="):
            continue
        if _told(mention):
            found += _between(passage, mention, position)
            continue
        two = [each for each in passage.before(mention, position, sentences=0) if each.unit == "%" and each.low > 0]
        if len(two) < 2 or not arrow(passage, two[1], two[0]):
            continue
        settled = _change(mention, two[1], two[0])
        if settled is not None:
            found.append(settled)
    return found


def _told(mention: Mention) -> bool:
    return says("points", lowered(mention.figure.span)) or says("points", mention.right[:20])


def _between(passage: Passage, mention: Mention, position: int) -> list[Settled]:
    """Return what lies between two percentages: ``21%, 3 points more than the 18% of last year``, in either order.

    What does not come to the points told is wrong only of the two that the sentence compares and that stand alone in
    it; of any others nothing is said.
    """
    ahead = passage.after(mention, position, most=2)
    every = [m for m in (*passage.before(mention, position, sentences=1, most=5), *ahead) if m.unit == "%" and m.single]
    every = [m for m in every if not _told(m)]
    here = [m for m in every if m.sentence == mention.sentence]
    told = sorted((*every, mention), key=lambda m: m.figure.start)
    for one, other in ((a, b) for place, a in enumerate(every) for b in every[place + 1 :]):
        old, new = sorted((one, other), key=lambda m: m.figure.start)
        between = [m for m in told[told.index(old) + 1 : told.index(new)] if m is not mention]
        if between and old.sentence != new.sentence:
            continue  # another percentage is told between them
        if old.low != new.low and verdict(_tests(mention, _points(old, new))) in _HELD:
            return [_settled(mention, old, new, _points(old, new))]
    if len(here) != 2:
        return []
    old, new = sorted(here, key=lambda m: m.figure.start)
    if not (arrow(passage, old, new) or _based(new) or _based(old)):
        return []
    share = rise(old.ends[0], new.ends[0]) if new.low > old.low else fall(old.ends[0], new.ends[0])
    slips = [Hint(share, "per cent told as percentage points")]
    meant = slips if verdict(_tests(mention, share)) is Verdict.HOLDS else []
    return [_settled(mention, old, new, _points(old, new), *meant, fits=False)]


def _based(mention: Mention) -> bool:
    """Return whether words make a percentage what another is measured on."""
    behind = any(pattern(role, r"^\s*").match(mention.right[:16]) for role in ("base_after", "than_after"))
    return behind or ends_with_base(mention.left[-40:])


def _points(old: Mention, new: Mention) -> Term:
    return minus(new.ends[0], old.ends[0]) if new.low > old.low else minus(old.ends[0], new.ends[0])


def _change(mention: Mention, old: Mention, new: Mention) -> Settled | None:
    share = rise(old.ends[0], new.ends[0]) if new.low > old.low else fall(old.ends[0], new.ends[0])
    if verdict(_tests(mention, share)) in _HELD:
        return _settled(mention, old, new, share)
    points = _points(old, new)
    if verdict(_tests(mention, points)) is Verdict.HOLDS:
        slip = Hint(points, "percentage points told as per cent")
        return _settled(mention, old, new, share, slip, fits=False)
    return None


def _tests(mention: Mention, value: Term) -> tuple[Test, ...]:
    return compare(value, value, operator(mention), mention.stated)


def _settled(mention: Mention, old: Mention, new: Mention, value: Term, *hints: Hint, fits: bool = True) -> Settled:
    tied = (old, new, mention)
    made = candidate(
        "change", mention.figure.span, mention, tied, [reading(tied, _tests(mention, value))], sure=True, hints=hints
    )
    return Settled(mention.index, made, fits=fits, score=0.0)
