"""What is left of a sum once a fee told before it is taken: ``brokers take 40 %; of 500 the family gets 300``."""

from __future__ import annotations

from fractions import Fraction

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, minus, over, times
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.multiple import Multiple
from nkauto.read.relations.scope import operand
from nkauto.read.relations.words import says
from nkauto.read.search.scene import Scene

_ONE, _HUNDRED = Term(Fraction(1), "1"), Term(Fraction(100), "100")
_BEFORE, _BEHIND, _ARRIVES, _REACH = 40, 24, 14, 60


def fee_told(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return a fee's share, the sum that is sent and the sum that arrives, in this order."""
    mention, passage = multiple.mention, scene.passage
    if mention.high >= (100 if multiple.percent else 1):
        return None
    if not (says("fee", mention.left[-_BEFORE:]) or says("fee", mention.right[:_BEHIND])):
        return None
    after = [*passage.after(mention, multiple.position), *passage.following(mention, multiple.position)]
    sums = [each for each in after if operand(each) and each.index not in scene.converted][:2]
    if len(sums) < len(("sent", "arrived")) or not _alike(*sums):
        return None
    sent, arrived = sums
    gap = passage.gap(sent, arrived)
    told = f"{gap} {arrived.right[:_ARRIVES]}"
    if len(gap) > _REACH or not any(says(role, told) for role in ("arrives", "keeps", "rest")):
        return None
    whole = _HUNDRED if multiple.percent else _ONE
    low, high = (over(minus(whole, end), whole) for end in mention.ends[::-1])
    sign = operator(arrived, (mention, sent), round_digits=1)
    tests = compare(times(sent.ends[0], low), times(sent.ends[1], high), sign, arrived.stated)
    shares = [each for each in after if each.unit in ("%", "x") and each.index < arrived.index]
    held = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING)
    if not held and shares:
        return None
    tied = mention, sent, arrived
    words = f"{arrived.figure.span} is what {mention.figure.span} leaves of {sent.figure.span}"
    return candidate("ratio", words, mention, tied, [reading(tied, tests)], sure=True, locked=True)


def _alike(sent: Mention, arrived: Mention) -> bool:
    """Return whether two sums can be what is sent and what arrives of it."""
    same = sent.unit == arrived.unit and sent.money and not sent.rate and not arrived.rate
    return same and arrived.low < sent.low and arrived.sentence - sent.sentence <= 1
