"""Bring what the search found together with the claims that the words alone made."""

from __future__ import annotations

from collections.abc import Sequence

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import judge
from nkauto.read.passage import Passage
from nkauto.read.search import Settled

_HELD = (Verdict.HOLDS, Verdict.ROUNDING)


def settle(passage: Passage, worded: Sequence[Candidate], searched: Sequence[Settled]) -> list[Candidate]:
    """Return one list: figures that compute win over words that tie others, words over a search that finds nothing."""
    spans = {mention.index: mention.figure.span for mention in passage.mentions}
    by_stated: dict[int, list[Candidate]] = {}
    for each in worded:
        for index in each.figures:
            if spans.get(index) == each.stated:
                by_stated.setdefault(index, []).append(each)
    dropped: set[int] = set()
    added: list[Candidate] = []
    for settled in searched:
        old = by_stated.get(settled.index, [])
        verdicts = [judge(each).verdict for each in old]
        if any(each in _HELD for each in verdicts):
            continue
        if settled.fits or not old or all(each is Verdict.OUTSIDE for each in verdicts):
            added.append(settled.candidate)
            dropped.update(id(each) for each in old)
    return [*(each for each in worded if id(each) not in dropped), *added]
