"""Growth on growth: ``50 dollars, raised by 5 % a year six times over, come to 67``."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, minus, over, plus, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, alike, candidate, operator, reading
from nkauto.read.relations.words import says
from nkauto.read.search.bases import Settled

_MOST_ROUNDS = 40
_BESIDE = 40
_ONE = Term(Fraction(1), "1")
_HUNDRED = Term(Fraction(100), "100")


def find(passage: Passage) -> list[Settled]:
    """Return the sums that another one grows to by a percentage that is told for each of so many times."""
    found = []
    for position, share in enumerate(passage.mentions):
        if share.unit != "%" or share.per not in TIME or not share.single or not 0 < share.low < 100:
            continue
        around = [*passage.before(share, position, sentences=1), *passage.after(share, position)]
        for rounds in [each for each in around if _counts(each, share)]:
            settled = next(_grown(share, rounds, around), None)
            if settled is not None:
                found.append(settled)
                break
    return found


def _counts(mention: Mention, share: Mention) -> bool:
    """Return whether a figure tells how often a percentage was added: ``six times``, ``over 6 years``."""
    whole = mention.single and mention.low == int(mention.low) and 1 < mention.low <= _MOST_ROUNDS
    return whole and mention.unit in ("x", share.per) and not mention.per


def _grown(share: Mention, rounds: Mention, around: list[Mention]) -> Iterator[Settled]:
    """Yield what two sums beside a percentage come to, the earlier one grown so many times."""
    step = over(share.ends[0], _HUNDRED)
    down = says("fall", share.left[-_BESIDE:]) or says("fall", share.right[:_BESIDE])
    factor = _ONE
    for _ in range(int(rounds.low)):
        factor = times(factor, minus(_ONE, step) if down else plus(_ONE, step))
    factor = Term(factor.value, f"(1{'-' if down else '+'}{share.low}/100)^{int(rounds.low)}")
    sums = sorted((each for each in around if each.money and each.low > 0 and each.single), key=lambda m: m.index)
    for place, old in enumerate(sums):
        for new in sums[place + 1 :]:
            if not alike(old, new) or (new.low > old.low) is down or new.figure.bound in BOUNDS:
                continue
            value = times(old.ends[0], factor)
            tied = (old, share, rounds, new)
            tests = compare(value, value, operator(new, tied, round_digits=1), new.stated)
            if verdict(tests) is Verdict.HOLDS:
                words = f"{old.figure.span} grows to {new.figure.span}"
                made = candidate("change", words, share, tied, [reading(tied, tests)], sure=True)
                yield Settled(share.index, made, fits=True, score=1.0)
