"""What was gained or lost as a share of what was paid: ``bought for 180, sold for 150; the 30 are a sixth of it``."""

from __future__ import annotations

from nkauto.core.claims import Candidate
from nkauto.core.judge import compare
from nkauto.core.terms import over, share
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import alike, candidate, fits, operator, reading
from nkauto.read.relations.elsewhere import levels_before
from nkauto.read.relations.multiple import Multiple
from nkauto.read.relations.words import says
from nkauto.read.search.scene import Scene

_THREE = 3
_NEAR = 36


def of_a_stake(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return the share of what was paid, or of what was got, that the difference of both is said to be."""
    mention, position = multiple.mention, multiple.position
    if mention.high >= (100 if multiple.percent else 1):
        return None
    if not (says("stake", mention.right[:_NEAR]) or says("stake", mention.left[-_NEAR:])):
        return None
    before = levels_before(scene, mention, position, sentences=1)
    after = scene.passage.after(mention, position, most=1)
    for levels in (before[:_THREE], [*after, *before[: _THREE - 1]]):
        if len(levels) == _THREE and all(each.money and each.single and alike(each, levels[0]) for each in levels):
            step, got, paid = levels
            if abs(got.low - paid.low) == step.low and len(scene.passage.gap(*_ordered(step, mention))) <= _NEAR:
                return _claim(multiple, step, paid, got)
    return None


def _claim(multiple: Multiple, step: Mention, paid: Mention, got: Mention) -> Candidate:
    """Return the share of what was paid; of what was got, where only that computes."""
    of_paid, of_got = (_share(multiple, step, base) for base in (paid, got))
    return of_got if fits(of_got.readings) and not fits(of_paid.readings) else of_paid


def _share(multiple: Multiple, step: Mention, base: Mention) -> Candidate:
    mention = multiple.mention
    sign = operator(mention, (step,), round_digits=0 if multiple.percent else 1)
    value = (share if multiple.percent else over)(step.ends[0], base.ends[0])
    made = [reading((mention, step, base), compare(value, value, sign, mention.stated))]
    words = f"{step.figure.span} is {mention.figure.span} of {base.figure.span}"
    return candidate("ratio", words, mention, (step, base), made, sure=True, locked=True)


def _ordered(one: Mention, other: Mention) -> tuple[Mention, Mention]:
    return (one, other) if one.index < other.index else (other, one)
