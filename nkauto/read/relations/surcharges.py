"""Two percentages that raise one figure together: ``the official 291 with 30 % of one tax and 45 % of another``."""

from __future__ import annotations

from fractions import Fraction

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, over, plus, times
from nkauto.read.relations.drafts import candidate, reading
from nkauto.read.relations.elsewhere import levels_before
from nkauto.read.relations.multiple import DOWN, Multiple
from nkauto.read.relations.words import says
from nkauto.read.search.scene import Scene

_HUNDRED = Term(Fraction(100), "100")


def surcharges(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``511, which is the official 291 with 30 % of one tax and 45 % of another``, where it computes."""
    passage, mention, position = scene.passage, multiple.mention, multiple.position
    every = [each for each in passage.before(mention, position, sentences=0) if each.unit == "%"][:1]
    every += [each for each in passage.after(mention, position) if each.unit == "%"][:1]
    money = [each for each in levels_before(scene, mention, position, sentences=1) if each.money][:6]
    if not multiple.percent or multiple.way == DOWN or not every or not says("tax", mention.right[:40]):
        return None
    for other in every:
        one = plus(over(mention.ends[0], _HUNDRED), over(other.ends[0], _HUNDRED))
        for base in money:
            for raised in money:
                if base.low >= raised.low or base.unit != raised.unit or abs(other.index - mention.index) > 2:
                    continue
                value = plus(base.ends[0], times(base.ends[0], one))
                made = reading((mention, other, base, raised), compare(value, value, "=", raised.stated))
                if verdict(made.tests) in (Verdict.HOLDS, Verdict.ROUNDING):
                    words = f"{raised.figure.span} with both"
                    return candidate("ratio", words, mention, (other, base, raised), [made], sure=True, locked=True)
    return None
