"""A price takes what another price of its size or of its shape is for, and a move what the price behind it is for."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from nkauto.read.article.carried import moves, take
from nkauto.read.article.cues import Cue
from nkauto.read.article.prose import compiled
from nkauto.read.article.raw import Raw
from nkauto.read.article.sentence import Sentence

_FAR, _CLOSE = Decimal("2.5"), Decimal("2")
_REMEMBERED, _LED, _LIKE = 8, 80, 6
_WORTH = re.compile(r"[^()0-9,;.]{0,20}\([^()]{0,6}")
_OPENED = re.compile(r"\([^()]{0,6}$")
_STOP = re.compile(r"[;；。]")


def likest(here: Sentence, index: int, cue: Cue, per: str) -> Raw | None:
    """Return the earlier price that is of this one's size, where those for what the word tells are far from it.

    "Corn stood at 4,000 won, with the dollar at 24,700 won, and at 4,200 won in Hyesan."
    """
    raw = here.raws[index]
    if cue.at >= raw.start or not raw.low or cue.kind not in ("money", "mass", "rate") or not per:
        return None
    near = [o for o in here.raws[max(0, index - _REMEMBERED) : index] if o.money and o.unit == raw.unit and o.low]
    own = [o for o in near if o.tail == cue.at == cue.end]
    told = own or [o for o in near if o.start >= cue.at and o.per == per and o.outer is None and not moves(here, o)]
    if not told or raw.outer is not None or raw.rate:
        return None
    if any(told[-1].end < other.at < raw.start and other.end > other.at for other in here.cues):
        return None
    apart = _times(raw, told[-1])
    alike = [o for o in near if o.per not in (None, per) and o.start >= here.first and o.outer is None]
    best = min(alike, key=lambda other: _times(raw, other), default=None)
    if best is None or apart < _FAR or _times(raw, best) > _CLOSE:
        return None
    return best


def _times(raw: Raw, other: Raw) -> Decimal:
    """Return how many times the smaller of two prices the larger is."""
    return max(raw.low / other.low, other.low / raw.low)


def bracketed(here: Sentence, index: int) -> Raw | None:
    """Return the worth in brackets before this one that names what it is for: ($3.55 per gallon), then ($4.12)."""
    raw = here.raws[index]
    for other in reversed(here.raws[max(0, index - _LIKE) : index]):
        if other.outer is None or other.outer is raw.outer or other.unit != raw.unit or raw.outer is None:
            continue
        own = other.per is not None and other.per != other.outer.per
        return other if own and other.outer.per == raw.outer.per else None
    return None


def in_step(here: Sentence, index: int) -> bool:
    """Take what the first of two prices told before was for, the second the second's: ``연초의 635원과 4700원``.

    Two in a row, joined by an and, that are each nearer to their own than to the other's.
    """
    row = _row(here, index)
    if row is None or row[0].low * row[1].low == 0:
        return False
    before = [o for o in here.raws[max(0, here.raws.index(row[0]) - _REMEMBERED) : here.raws.index(row[0])] if o.money]
    two = [o for o in before if o.unit == row[0].unit and o.outer is None and o.low][-2:]
    if len(two) < 2 or None in (two[0].per, two[1].per) or two[0].per == two[1].per:
        return False
    straight = max(_times(row[0], two[0]), _times(row[1], two[1]))
    if straight > _LIKE or max(_times(row[0], two[1]), _times(row[1], two[0])) < straight:
        return False
    take(here.raws[index], two[row.index(here.raws[index])])
    return True


def _row(here: Sentence, index: int) -> list[Raw] | None:
    """Return the two prices in a row that one is of, where nothing but an and stands between them."""
    for first, second in ((index, index + 1), (index - 1, index)):
        if first < here.place or second >= here.after:
            continue
        one, other = here.raws[first], here.raws[second]
        plain = all(each.money and each.outer is None and not each.tail and not each.base for each in (one, other))
        if not plain or one.unit != other.unit:
            continue
        if compiled(r"\s?(?:{joined}|[,、，])\s?").fullmatch(here.gap(one.end, other.start)) is not None:
            return [one, other]
    return None


def shaped(here: Sentence, index: int) -> bool:
    """Take what an earlier price is for that has its worth in brackets in the same money: $6.37 a gallon (€1.31/L)."""
    raw, inner = here.raws[index], here.following(index)
    if inner is None or raw.outer is not None or not raw.low:
        return False
    if inner.outer is not raw and _WORTH.fullmatch(here.gap(raw.end, inner.start)) is None:
        return False
    for place in range(index - 2, max(here.place, index - _LIKE) - 1, -1):
        other, worth = here.raws[place], here.raws[place + 1]
        if other.unit != raw.unit or worth.unit != inner.unit or not other.low:
            continue
        if _OPENED.search(here.gap(other.end, worth.start)) is None:
            continue
        if other.per is None or inner.per in (None, other.per) or worth.per != inner.per or _times(raw, other) > _LIKE:
            return False
        take(raw, other)
        return True
    return False


def moved_first(here: Sentence) -> None:
    """Give a move that is told before the price that it led to what that is for: "a jump of 22 pesos"."""
    for raw, other in pairwise([each for each in here.here if each.money and each.outer is None and not each.base]):
        led = raw.per is None and other.per is not None and raw.unit == other.unit and raw.low * 2 < other.low
        if not led or raw.tail or other.start - raw.end > _LED or _STOP.search(here.gap(raw.end, other.start)):
            continue
        if moves(here, raw):
            take(raw, other)
