"""What a figure is for one of: its denominator, and a rate's that an amount took over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from nkauto.core.figure import Figure
from nkauto.read.relations.words import says

_PER = re.compile(r"\s*([0-9][0-9,.]*)?\s*(\S.*)")
_OPENED = re.compile(r"[^(（\[\d]{0,12}[(（\[][^()（）\d]*$")
_JOINED = re.compile(r"[/]|(?<![a-z])(?:per|an?|each|the)(?![a-z])|[(（,，、;]")
_SHORT = 24
_BECOMES = re.compile(
    r"\s*(?:into|are|is|, or|or|, which is|, that is|,? i\.e\.)\s*(?:about|around|some|only)?\s*", re.I
)


def denominator(per: str | None) -> tuple[str, Decimal]:
    """Return the unit of a denominator and how many of it: ``100 CNY`` is CNY and 100."""
    if not per:
        return "", Decimal(1)
    match = _PER.fullmatch(per)
    if match is None:
        return per, Decimal(1)
    count = Decimal(match[1].replace(",", "")) if match[1] else Decimal(1)
    return match[2], count or Decimal(1)


def pays_for(per: str, figure: Figure, right: str, following: Sequence[tuple[int, Figure]]) -> bool:
    """Return whether a sum took over the denominator of what it buys: ``3 yuan a km, 40 yuan pays for 20 km``."""
    if not following or following[0][1].unit != per or following[0][1].per:
        return False
    gap = right[: following[0][1].start - figure.end]
    return len(gap) <= _SHORT and _JOINED.search(gap) is None and says("buy", gap)


def amount_of(per: str, figure: Figure, right: str, following: Sequence[tuple[int, Figure]]) -> bool:
    """Return whether a figure read as a rate is an amount: in its own currency, or with its worth behind it."""
    if per == figure.unit:
        return True
    if not following:
        return False
    worth = following[0][1]
    gap = right[: worth.start - figure.end]
    beside = worth.start - figure.end <= 24 and (_OPENED.match(gap) or _BECOMES.fullmatch(gap)) is not None
    return beside and worth.unit == per and worth.low > 1
