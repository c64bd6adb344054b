"""Which figure a multiple plainly speaks of: the one right before ``평균의 3배``, with no comma between."""

from __future__ import annotations

import re

from nkauto.read.passage.passage import Mention
from nkauto.read.relations.multiple import Multiple, unhedged
from nkauto.read.relations.scope import exceeds_its_whole, operand
from nkauto.read.relations.words import pattern
from nkauto.read.search.option import Option
from nkauto.read.search.scene import Scene
from nkauto.read.search.wholes import of_whole

_MOST = 24
_COMMA = re.compile(r"[,，、.。;；:：()（）]")
_LEADS = (("topic_ending", r"^[가-힣]{0,2}"), ("topic_inside", r"^[ぁ-ん]{0,2}"))
"""The endings behind an amount of which something is said."""


def spoken_of(scene: Scene, multiple: Multiple) -> Mention | None:
    """Return the amount that stands right before a multiple and what it is of: ``18만원으로 평균의 3배``."""
    mention, position = multiple.mention, multiple.position
    before = scene.passage.before(mention, position, sentences=0, most=1)
    if not multiple.of or mention.low < 1 or not before or not operand(before[0]) or before[0].index in scene.converted:
        return None
    gap = unhedged(scene.passage.gap(before[0], mention))
    if (
        len(gap) > _MOST
        or gap.isascii()
        or _COMMA.search(gap)
        or pattern("of_after", after=r"\s*$").search(gap) is None
    ):
        return None
    return before[0] if any(pattern(role, ahead).match(gap) for role, ahead in _LEADS) else None


def passes_over(scene: Scene, multiple: Multiple, option: Option) -> bool:
    """Return whether two figures leave out one that a multiple plainly speaks of, or take it for the whole."""
    said = spoken_of(scene, multiple)
    if said is not None and said not in option.mentions:
        return True
    if (share := of_whole(scene, multiple)) is not None and set(share) != set(option.mentions):
        return True
    return exceeds_its_whole(scene.passage, multiple, option.mentions)
