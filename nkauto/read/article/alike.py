"""A price takes what another price of its size or of its shape is for, and a move what the price behind it is for."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from nkauto.read.article.carried import moves, take
from nkauto.read.article.cues import Cue
from nkauto.read.article.raw import Raw
from nkauto.read.article.sentence import Sentence

_FAR, _CLOSE = Decimal("2.5"), Decimal("2")
_REMEMBERED, _LED, _LIKE = 8, 80, 6
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


def shaped(here: Sentence, index: int) -> bool:
    """Take what an earlier price is for that has its worth in brackets in the same money: $6.37 a gallon (€1.31/L)."""
    raw, inner = here.raws[index], here.following(index)
    if inner is None or inner.outer is not raw or raw.outer is not None or not raw.low:
        return False
    for place in range(index - 2, max(here.place, index - _LIKE) - 1, -1):
        other, worth = here.raws[place], here.raws[place + 1]
        if other.unit != raw.unit or worth.unit != inner.unit or not other.low:
            continue
        if not here.gap(other.end, worth.start).endswith("("):
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
