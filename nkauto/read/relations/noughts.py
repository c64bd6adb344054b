"""How many of the old money are one of the new: a ratio, the exchange of two sums, noughts struck off the notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from nkauto.core.rates import OLD_WON, WON
from nkauto.core.terms import Term
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.multiple import is_split
from nkauto.read.relations.words import alternatives, lowered, one_of, pattern, says
from nkauto.read.spelled import values

SAME_WON = (WON, OLD_WON)
TELLING = 1000
"""Two sums are so many times each other by no chance."""
_LEAST = 10
"""Below it a ratio of two numbers is a share, and no exchange of notes."""
_MOST_NOUGHTS = 15
_BESIDE, _BEHIND = 40, 70
_CLAUSE = re.compile(r"[,;，、；]")
_TO_ONE = re.compile(r"\s*(?:to|:|：|대|対|对|對|比)\s*(?:1|one)(?!\d|[.,]\d)")


class Notes(NamedTuple):
    """How many of the old money are one of the new, and the figure that tells it, where one does."""

    size: Term
    cited: tuple[Mention, ...]
    one: Mention | None = None
    """The single coin that the cited sum was exchanged for, where that is a figure."""

    @property
    def telling(self) -> bool:
        """Whether two sums are so many times each other by no chance."""
        return self.size.value >= TELLING


def is_ratio(mention: Mention) -> bool:
    """Return whether a figure is how many old won go for a new one: ``1:100``, ``100 old won to 1``."""
    if mention.low < _LEAST or not mention.single:
        return False
    return is_split(mention) or (mention.unit in SAME_WON and _TO_ONE.match(mention.right) is not None)


def exchanges(passage: Passage) -> Iterator[Notes]:
    """Yield what a text says of how its notes were exchanged, the ratios first."""
    for mention in passage.mentions:
        if is_ratio(mention):
            yield Notes(mention.ends[0], (mention,))
    for one, other in pairwise(passage.mentions):
        if one.unit != other.unit or one.sentence != other.sentence or one.rate or other.rate:
            continue
        many, single = (one, other) if one.low > other.low else (other, one)
        if single.low != 1 or not single.single or not _is_round(many):
            continue
        if many.low < TELLING and coin(one) == coin(other):
            continue
        if pattern("notes_for", r"^[\s)）]*", r"\s*").match(lowered(passage.gap(one, other))):
            yield Notes(many.ends[0], (many,), single)
    one_new = pattern(
        "notes_for", r"^\s*(?:[(（][^()（）]{0,40}[)）]\s*)?", rf"\s*(?:{one_of('one_new')}\s*)?" + one_of("money_new")
    )
    for mention in passage.mentions:
        if (
            _is_round(mention)
            and one_new.match(lowered(passage.text[mention.figure.end : mention.figure.end + _BEHIND])) is not None
        ):
            yield Notes(mention.ends[0], (mention,))
    for match in _struck().finditer(passage.text):
        near = passage.text[max(0, match.start() - _BESIDE) : match.end() + _BEHIND]
        count = match["before"] or match["behind"]
        number = Decimal(count) if count.isdigit() else values()[count][0]
        if says("struck_off", near) and 1 < number <= _MOST_NOUGHTS:
            size = 10 ** int(number)
            yield Notes(Term(Fraction(size), str(size)), ())


def coin(mention: Mention) -> str:
    """Return whether an amount is called old or new money."""
    if mention.unit == OLD_WON:
        return "old"
    left = _CLAUSE.split(mention.left[-10:])[-1]
    if pattern("new_before", after=r"\s*$").search(left) is not None:
        return "new"
    near = f"{left} {lowered(mention.figure.span)} {mention.right[:4]}"
    return next((role for role in ("old", "new") if says(f"money_{role}", near)), "")


def _is_round(mention: Mention) -> bool:
    """Return whether a sum is a power of ten."""
    if not mention.money or mention.rate or not mention.single or mention.low < _LEAST:
        return False
    return mention.low.normalize().as_tuple().digits == (1,)


@cache
def _struck() -> re.Pattern[str]:
    """Return the pattern of so many noughts: ``six zeros``, ``0을 6개``."""
    words = alternatives(word for word, (low, high, unit) in values().items() if high is None and not unit and low > 1)
    count = rf"(?<!\d)(?:\d\d?|{words})"
    return re.compile(
        rf"(?P<before>{count})[\s-]*{one_of('noughts')}|{one_of('noughts_first')}\s*(?P<behind>{count})\s?{one_of('noughts_counted')}"
    )
