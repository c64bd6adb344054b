"""A part with its share, and its whole told before or behind: ``they sent 2,800; 840, three tenths of it``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from nkauto.core.claims import Candidate, Reading, Verdict
from nkauto.core.judge import best, compare
from nkauto.core.terms import Term, minus, over, plus, times
from nkauto.read.passage.passage import TIME, Mention
from nkauto.read.relations.drafts import BOUNDS, alike, candidate, fits, operator, reading
from nkauto.read.relations.measures import COUNTS
from nkauto.read.relations.multiple import DOWN, Multiple, Pair, unhedged
from nkauto.read.relations.parts import BESIDE, borne_out, of_it
from nkauto.read.relations.scope import operand
from nkauto.read.relations.senses import readings_of
from nkauto.read.relations.told_after import levels_before
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.scene import Scene
from nkauto.read.search.wholes import closes_with, ends_a_clause

_ONE, _HUNDRED = Term(Fraction(1), "1"), Term(Fraction(100), "100")
_REACH, _ARRIVES = 48, 20
"""Characters from a percentage to what it comes to."""
_FAR = 3
"""What misses by more than so many times is none of the one told."""
_CLAUSE = re.compile(r"[,;:，、；。：()（）]|\.\s")
_END = re.compile(r"\s*(?:[,.;)，。；）]|$)")
_ITS_OWN = re.compile(r"[的の의]\s?$")
"""Between a number and a fraction of it: 20个郡的一半."""


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


def of_which(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``351 firms, of which 205 are Chinese, three quarters``: a part before a fraction, and its whole."""
    mention = multiple.mention
    before = scene.passage.before(mention, multiple.position, sentences=0, most=2)
    if multiple.percent or mention.high >= 1 or multiple.way or multiple.of or len(before) < len(("part", "whole")):
        return None
    part, base = before
    told = pattern("of_which", after=r"[^,;，、；。]{0,8}$").search(part.left) is not None
    told = told and _ITS_OWN.search(unhedged(scene.passage.gap(part, mention))) is None
    if not told or not alike(part, base) or base.low <= part.high or len(scene.passage.gap(part, mention)) > _REACH:
        return None
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
    if any(says(role, base.right[:_ARRIVES]) for role in ("arrives", "is_left", "rest")):
        return None  # ``they keep 30 %, and 700 of every 1,000 arrive``
    made = readings_of(multiple, Pair((base,), (part,), 3, ordered=True, part=True))
    words = f"{part.figure.span} is {mention.figure.span} of {base.figure.span}"
    return candidate("ratio", words, mention, (part, base), made, sure=True, locked=True)


def restated(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``out of 90 dollars they keep 30 percent, or 40``: a percentage, what it comes to, and the only base.

    Only where it comes to something else, whichever figure it is of: what holds is found by the search.
    """
    mention = multiple.mention
    after = scene.passage.after(mention, multiple.position, most=2)
    if not multiple.percent or not mention.single or mention.figure.bound in BOUNDS or not after:
        return None
    result = after[0]
    if not operand(result) or result.rate or result.unit in TIME or not result.single or not _is_told(scene, multiple):
        return None
    if result.figure.bound in BOUNDS:
        return None  # ``10%인 4달러도 못 받는다``
    if len(after) > 1 and scene.arrow(result, after[1]):
        return None
    before = [each for each in scene.near(multiple.position) if each.index < mention.index and operand(each)]
    before = [each for each in before if alike(each, result) and mention.sentence - each.sentence <= 1]
    levels = [each for each in before if each.sentence == mention.sentence] or before
    if len(levels) != 1 or not levels[0].single or scene.steps(levels[0]) or borne_out(scene, multiple, result):
        return None
    base = levels[0]
    made = list(_comes_to(multiple, base, result))
    if _is_part(unhedged(scene.passage.gap(mention, result))):
        made = made[: 1 if not multiple.way else 0]
    close = [test for each in made for test in each.tests if Fraction(1, _FAR) <= test.size <= _FAR]
    if best(tuple(made))[1] is not Verdict.FAILS or not close:
        return None
    words = f"{result.figure.span} is {mention.figure.span} of {base.figure.span}"
    return candidate("ratio", words, mention, (base, result), made, sure=True, locked=True)


def _is_told(scene: Scene, multiple: Multiple) -> bool:
    """Return whether the figure right behind a percentage tells again what it comes to: ``or 40``, ``that is 40``."""
    mention = multiple.mention
    result = scene.passage.mentions[multiple.position + 1]
    gap = unhedged(scene.passage.gap(mention, result))
    if _is_part(gap):
        return True
    parts = _CLAUSE.split(gap)
    if len(gap) > _REACH or result.sentence != mention.sentence or len(parts) != 2 or not _END.match(result.right):
        return False
    last = f" {parts[1].strip()}"
    return pattern("same_said", r"^\s*", r"\s*$").match(last) is not None or (
        pattern("restates", after=r"\s*$").search(last) is not None and not says("rest", last)
    )


def _is_part(gap: str) -> bool:
    """Return whether the words between a percentage and a sum say that it is so much of a whole: ``40%인 80만원``."""
    return not gap.isascii() and "," not in gap and pattern("share_is", r"^\s*", r"\s*$").match(gap) is not None


def _comes_to(multiple: Multiple, base: Mention, result: Mention) -> Iterator[Reading]:
    """Yield what a percentage of a base comes to: so much of it, what that leaves, so much more or less, the step."""
    mention = multiple.mention
    part = over(mention.ends[0], _HUNDRED)
    rest, more = minus(_ONE, part), plus(_ONE, part)
    shares = [part, rest] if not multiple.way else [rest if multiple.way == DOWN else more, part]
    if multiple.way:
        shares.append(over(part, shares[0]))
    sign = operator(result, (mention, base), round_digits=1)
    for share in shares:
        low, high = (times(end, share) for end in base.ends)
        yield reading((mention, base, result), compare(low, high, sign, result.stated))
