"""A part with its share, and its whole told before or behind: ``they sent 2,800; 840, three tenths of it``."""

from __future__ import annotations

from nkauto.core.claims import Candidate
from nkauto.read.relations.drafts import alike, candidate, fits
from nkauto.read.relations.elsewhere import levels_before
from nkauto.read.relations.multiple import Multiple, Pair, unhedged
from nkauto.read.relations.parts import BESIDE, of_it
from nkauto.read.relations.senses import readings_of
from nkauto.read.relations.units import COUNTS
from nkauto.read.relations.words import pattern
from nkauto.read.search.scene import Scene
from nkauto.read.search.wholes import closes_with, ends_a_clause


def part_of_it(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``they sent 2,800; brokers kept 840, three tenths of it``: part, share, and a whole told before both."""
    mention = multiple.mention
    if mention.high >= (100 if multiple.percent else 1) or not multiple.of or not of_it(mention):
        return None
    before = levels_before(scene, mention, multiple.position)
    if len(before) == 1 and before[0].low:
        before = levels_before(scene, mention, multiple.position, sentences=1)
        before = before if len(before) == len(("part", "whole")) else []
    if len(before) < len(("part", "whole")) or not alike(*before[:2]) or before[1].low <= before[0].high:
        return None
    part, base = before[:2]
    if BESIDE.fullmatch(scene.passage.gap(part, mention)) is None or scene.arrow(base, part):
        return None
    if pattern("of_it", r"^\s*").match(mention.right) and not closes_with(mention.right, "of_it"):
        return None  # ``150 came, a fifth of them women``: a share of the part
    made = readings_of(multiple, Pair((base,), (part,), 3, ordered=True, part=True))
    words = f"{part.figure.span} is {mention.figure.span} of {base.figure.span}"
    return candidate("ratio", words, mention, (part, base), made, sure=True, locked=True)


def of_the_next(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``6 million, one in four of the 25 million people``: what stands before a share, of a count behind it."""
    mention = multiple.mention
    after = scene.passage.after(mention, multiple.position, most=1)
    share = mention.high < (100 if multiple.percent else 1)
    if not share or multiple.way or not multiple.of or not after or after[0].unit not in COUNTS:
        return None
    base = after[0]
    if not pattern("of", r"^\s*", r"\s*$").match(unhedged(scene.passage.gap(mention, base))):
        return None
    before = levels_before(scene, mention, multiple.position)
    part = next((each for each in before if each.unit in COUNTS and each.high < base.low), None)
    if part is None or any(each.unit == base.unit for each in before):
        return None
    made = readings_of(multiple, Pair((base,), (part,), 3, ordered=True, part=True))
    if not fits(made):
        return candidate("ratio", mention.figure.span, mention, (base,))
    words = f"{part.figure.span} is {mention.figure.span} of {base.figure.span}"
    return candidate("ratio", words, mention, (part, base), made, sure=True)


def added_to_it(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``it costs 20, and they add 4 for service, a fifth on top``: a share of what it is added to."""
    mention = multiple.mention
    told = pattern("on_top", r"^\s*", r"\s*(?:[.,;)]|$)").match(mention.right)
    if told is None or mention.high >= (100 if multiple.percent else 1):
        return None
    before = levels_before(scene, mention, multiple.position)
    if len(before) != len(("part", "whole")) or not alike(*before) or before[1].low <= before[0].high:
        return None
    part, base = before
    gap = scene.passage.gap(part, mention)
    if not (BESIDE.fullmatch(gap) or ends_a_clause(gap)) or scene.arrow(base, part):
        return None
    made = readings_of(multiple, Pair((base,), (part,), 3, ordered=True, part=True))
    words = f"{part.figure.span} is {mention.figure.span} of {base.figure.span}"
    return candidate("ratio", words, mention, (part, base), made, sure=True, locked=True)


def told_behind_it(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``one in three children, 50,000 out of 150,000``: a share with its part and its whole right behind it."""
    mention = multiple.mention
    if mention.high >= (100 if multiple.percent else 1) or multiple.way or multiple.compares:
        return None
    after = scene.passage.after(mention, multiple.position, most=2)
    if len(after) != len(("part", "whole")) or not alike(*after) or after[0].high >= after[1].low:
        return None
    part, base = after
    if (
        scene.steps(part)
        or not ends_a_clause(scene.passage.gap(mention, part))
        or levels_before(scene, mention, multiple.position)
    ):
        return None
    if pattern("part_of", r"^\s*", r"(?:\s+[a-z]{2,5})?\s*$").match(unhedged(scene.passage.gap(part, base))) is None:
        return None
    made = readings_of(multiple, Pair((base,), (part,), 3, ordered=True, part=True))
    words = f"{part.figure.span} is {mention.figure.span} of {base.figure.span}"
    return candidate("ratio", words, mention, (part, base), made, sure=True, locked=True)
