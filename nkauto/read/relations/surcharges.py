"""Percentages that raise one figure to another: ``the official 291 with 30 % of one tax and 45 % of another``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, over, plus, times
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.multiple import DOWN, Multiple
from nkauto.read.relations.told_after import levels_before
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.names import content, name_of
from nkauto.read.search.scene import Scene

_HUNDRED = Term(Fraction(100), "100")
_LEAD, _TAIL, _GAP, _RATE = 28, 24, 48, 40
_MOST = 3
"""A tax that more than trebles a price would be told otherwise."""
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_LINK = re.compile(r"[\s,，、:：(（—–-]*[\s\w’'%]{0,24}[\s,，、:：(（—–-]*")


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
                if verdict(made.tests) in _HELD:
                    words = f"{raised.figure.span} with both"
                    return candidate("ratio", words, mention, (other, base, raised), [made], sure=True, locked=True)
    return None


def surcharge(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``the official 350 plus a 30 % tax, or 455``: a figure raised by one percentage to another.

    It fails only where one base alone can be meant: the one beside it, or the one that the words before it name.
    """
    mention = multiple.mention
    if not multiple.percent or multiple.way == DOWN or not mention.single:
        return None
    lead, tail = mention.left[-_LEAD:], mention.right[:_TAIL]
    taxed = any(says(role, words) for role in ("tax", "fee") for words in (lead, tail))
    if not any(says(role, words) for role in ("plus", *["surcharged"] * taxed) for words in (lead, tail)):
        return None
    found = _raised(scene, multiple)
    if found is None:
        return None
    raised, bases, firm = found
    factor = plus(Term(Fraction(1), "1"), over(mention.ends[0], _HUNDRED))
    sign = operator(raised, (), round_digits=0)
    for base in bases:
        value = times(base.ends[0], factor), times(base.ends[1], factor)
        made = reading((mention, base, raised), compare(*value, sign, raised.stated))
        if verdict(made.tests) in _HELD or (firm and base is bases[0]):
            words = f"{base.figure.span} plus {mention.figure.span} is {raised.figure.span}"
            return candidate("ratio", words, raised, (mention, base), [made], sure=True, locked=True)
    return None


def _raised(scene: Scene, multiple: Multiple) -> tuple[Mention, Sequence[Mention], bool] | None:
    """Return what a percentage raises a figure to, the figures that it may raise, and whether the first is meant."""
    passage, mention = scene.passage, multiple.mention
    levels = [each for each in levels_before(scene, mention, multiple.position, sentences=2) if each.money]
    here = [each for each in levels if each.sentence == mention.sentence]
    after = [each for each in passage.after(mention, multiple.position, most=2) if each.index not in scene.converted]
    if after and after[0].money:
        raised, gap = after[0], passage.gap(mention, after[0])
        told = tie_of(gap) in ("bare", "words", "bracket") or says("restates", gap) or says("same_said", gap)
        if len(gap) > _GAP or not (told or _LINK.fullmatch(gap) or says("plus", gap)):
            return None
        bases = _below(levels, raised)
        near = _below(here, raised)
        if len(near) == 1 and len(passage.gap(near[0], mention)) <= _RATE:
            return raised, bases, True
        named = [each for each in bases if content(mention.left[-_RATE:]) & name_of(passage, each)]
        return (raised, named or bases, len(named or bases) == 1) if bases else None
    if len(here) > 1 and not after:
        base, raised = here[:2]
        beside = pattern("plus", r"^[\s,，、]*").match(passage.gap(base, mention)) is not None
        if beside and _below([base], raised) and _LINK.fullmatch(passage.gap(raised, base)):
            return raised, [base], True
    return None


def _below(levels: Sequence[Mention], raised: Mention) -> list[Mention]:
    """Return the sums that a tax may raise to another, the nearest first."""
    like = [each for each in levels if each.unit == raised.unit and each.single and raised.single]
    return [each for each in like if each.low < raised.low < each.low * _MOST][:4]
