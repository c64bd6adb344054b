"""What a whole comes to for one of so many: ``38,400 workers in 96 plants, 400 to a plant``.

Words beside a figure say that it is told for one; the whole and the number stand side by side before it, or right
behind. Where nothing else can be meant, what they do not come to is said to be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import over
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, digits, operator, reading
from nkauto.read.relations.measures import COUNTS, bracketed, good_of, stem
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.words import lowered, one_of, pattern, says
from nkauto.read.search.apposed import COMMA_ALONE
from nkauto.read.search.bases import Settled
from nkauto.read.search.sums import scale_of, scaled
from nkauto.read.search.wholes import ends_a_clause

_LEFT, _RIGHT = 24, 30
_CLAUSE = re.compile(r"[,;:，、；。]|\.\s")
_NOUN = re.compile(r"([a-z]{3,})$")
_FAR = 6
"""What misses by more is of another whole."""
_TWO = 2
_PEOPLE = ("person", "household", "each")


def find(passage: Passage) -> list[Settled]:
    """Return the figures told for one of so many that a whole beside them decides."""
    found = []
    for position, each in enumerate(passage.mentions):
        if each.unit in ("%", "x") or each.rate or each.low <= 0:
            continue
        settled = next(_portions(passage, each, position), None) or _fed(passage, each, position)
        if settled is not None:
            found.append(settled)
    return found


def _fed(passage: Passage, people: Mention, position: int) -> Settled | None:
    """Return how many eat what a store holds, where a ration a year beside them says so."""
    if people.unit != "person":
        return None
    near = [*passage.before(people, position, sentences=1), *passage.after(people, position)]
    rations = [m for m in near if m.per in (*TIME, "person") and not m.money and m.unit not in COUNTS]
    for ration in (m for m in rations if m.sentence == people.sentence):
        for store in (m for m in near if not m.per and m.unit == ration.unit and m.low > ration.high):
            low, high = (over(store.ends[end], ration.ends[1 - end]) for end in (0, 1))
            tests = compare(low, high, "~", people.stated)
            if verdict(tests) is Verdict.HOLDS:
                words = f"{store.figure.span} feed {people.figure.span}"
                tied = (people, store, ration)
                made = candidate("ratio", words, people, (store, ration), [reading(tied, tests)], sure=True)
                return Settled(people.index, made, fits=True, score=0.0)
    return None


def _portions(passage: Passage, part: Mention, position: int) -> Iterator[Settled]:
    before = [m for m in passage.before(part, position, sentences=1, most=_TWO + 1) if not bracketed(m)][:_TWO]
    for two in (before, passage.after(part, position, most=_TWO)):
        if len(two) == _TWO and two[0].sentence == two[1].sentence:
            for whole, number in (two, two[::-1]):
                apposed = two is before and _apposed(passage, two[1], two[0], part)
                settled = _settled(part, whole, number, apposed=apposed or _shared_out(passage, part, *two))
                if settled is not None:
                    yield settled


def _apposed(passage: Passage, first: Mention, last: Mention, part: Mention) -> bool:
    """Return whether a figure only says again what two before it come to: ``36,000 for 30 eggs, or 1,200 each``."""
    goods = items_named(lowered(f"{first.figure.span} {last.figure.span}"))
    if part.subject not in ("", last.subject, first.subject, *goods) or says("and", passage.gap(first, last)):
        return False
    gap = passage.gap(last, part)
    again = COMMA_ALONE.fullmatch(unhedged(gap)) is not None or ends_a_clause(gap)
    return again and not any(says(role, _CLAUSE.split(part.right[:_RIGHT])[0]) for role in ("step_after", "and_more"))


def _shared_out(passage: Passage, part: Mention, *two: Mention) -> bool:
    """Return whether words around a sum, a number of people and what each pays say that they share it."""
    every = sorted((part, *two), key=lambda each: each.index)
    first, last = every[0].figure.start, every[-1].figure.end
    stretch = passage.text[max(first - _LEFT, passage.sentence(every[0])[0]) : last + _LEFT]
    near = passage.before(part, passage.place_of(part.index), sentences=0)
    if any(each.unit == part.unit and each not in two for each in near):
        return False  # another sum may be shared with it
    paid = part.money and (_told(part) or part.per in COUNTS)
    return paid and any(each.unit in _PEOPLE for each in two) and says("shares_out", stretch)


def _settled(part: Mention, whole: Mention, number: Mention, *, apposed: bool) -> Settled | None:
    scale = scale_of(whole.unit, part.unit) if whole.unit not in ("%", "x") and not whole.rate else None
    if scale is None or whole.per not in ("", part.per, *TIME) or not _counts(number, whole):
        return None
    told = _told(part)
    named = _named(part, number) or part.per == number.unit or (told and whole.unit == part.unit in COUNTS)
    if not named and not told:
        return None
    if not whole.money and whole.subject and part.subject and good_of(whole) != good_of(part):
        return None
    low, high = (scaled(over(whole.ends[one], number.ends[1 - one]), scale) for one in (0, 1))
    tests = compare(low, high, operator(part, (whole, number), round_digits=1), part.stated)
    fits = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING)
    beside = part.sentence == number.sentence == whole.sentence and number.index < part.index
    near = all(Fraction(1, _FAR) < test.size < _FAR for test in tests)
    fine = digits(part.low) >= _TWO and part.figure.bound not in BOUNDS
    firm = (named and not whole.money) or (
        apposed and number.unit not in TIME and all(each.single for each in (part, whole, number))
    )
    if not near or not ((beside or fine) if fits else (beside and firm)):
        return None
    words = f"{whole.figure.span} over {number.figure.span} is {part.figure.span}"
    tied = (part, whole, number)
    made = candidate("ratio", words, part, (whole, number), [reading(tied, tests)], sure=True)
    return Settled(part.index, made, fits=fits, score=0.0)


def _counts(number: Mention, whole: Mention) -> bool:
    """Return whether a figure can tell how many have a share in a whole: a head, a piece, a day of it."""
    if whole.low <= number.high and (whole.money or whole.unit in COUNTS):
        return False
    return number.unit in (*COUNTS, *TIME) and number.per in ("", whole.per) and not (number.single and number.low == 1)


def _told(part: Mention) -> bool:
    """Return whether words beside a figure say that it is for one of several."""
    beside = _CLAUSE.split(part.left[-_LEFT:])[-1], _CLAUSE.split(part.right[:_RIGHT])[0]
    return any(says("for_one", words) for words in beside)


@cache
def _single() -> re.Pattern[str]:
    """Return the pattern of one of what is counted, right before a figure: ``한 교실에``, ``一个教室``."""
    return pattern("a_single", after=r"\s?[^\s\d,，、。a-z]{1,6}\s*$")


def _named(part: Mention, number: Mention) -> bool:
    """Return whether words beside a figure name one of what is counted: ``to a plant``, ``한 공장에``, ``每家``."""
    span = lowered(number.figure.span)
    noun = _NOUN.search(span)
    if noun is None:
        told = _told(part) or _single().search(part.left) is not None
        return told and not span.isascii() and number.unit not in TIME
    one = rf"{one_of('for_a')}\s+(?:\w+\s+)?{re.escape(stem(noun[1]))}"
    behind = re.match(rf"\s*(?:\w+\s+){{0,2}}?{one}", part.right[:_RIGHT])
    return behind is not None or re.search(one, part.left[-_LEFT:]) is not None
