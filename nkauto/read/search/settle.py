"""Bring what the search found together with the claims that the words alone made."""

from __future__ import annotations

from collections.abc import Sequence

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import judge
from nkauto.read.passage.passage import TIME, Passage
from nkauto.read.relations.drafts import BOUNDS
from nkauto.read.search.bases import Searched, Settled

_BOUGHT = "affordability"
_DIGITS = 3
_TWO = 2
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)


def settle(
    passage: Passage, worded: Sequence[Candidate], searched: Searched, converted: Sequence[Settled]
) -> list[Candidate]:
    """Return one list: figures that compute win over words that tie others, words over a search that finds nothing."""
    spans = {mention.index: mention.figure.span for mention in passage.mentions}
    by_stated: dict[int, list[Candidate]] = {}
    for each in worded:
        for index in each.figures:
            if spans.get(index) == each.stated:
                by_stated.setdefault(index, []).append(each)
    said_of = {id(each): judge(each).verdict for each in worded}
    held: dict[int, list[frozenset[int]]] = {}
    for each in worded:
        if not each.consistency and said_of[id(each)] in _HELD:
            for index in each.figures:
                held.setdefault(index, []).append(frozenset(each.figures))
    # What words name all figures of is not borne out by others that happen to meet it ...
    named = {each.index for each in converted if each.named and not each.fits}
    converted = [each for each in converted if each.named or each.index not in named]
    # ... and what a price and a pay bear out is not held against other sums as well.
    borne = {each.index for each in converted if each.fits and each.candidate.kind == _BOUGHT}
    converted = [each for each in converted if each.fits or each.index not in borne or each.candidate.kind != _BOUGHT]
    dropped: set[int] = set()
    added: list[Candidate] = []
    for index, old in by_stated.items():
        for each in old:
            if each.locked:
                continue
            said = said_of[id(each)]
            inputs = frozenset(each.figures) - {index}
            taken = [kept for kept in held.get(min(inputs), ()) if inputs < kept] if len(inputs) > 1 else []
            if said is Verdict.FAILS and any(not _is_told_again(passage, index, kept - inputs) for kept in taken):
                dropped.add(id(each))
            wrong = said in (Verdict.FAILS, Verdict.PARTLY)
            if wrong and searched.doubts(index, each.figures, partly=said is Verdict.PARTLY):
                dropped.add(id(each))
    gone: set[frozenset[int]] = set()
    dropped |= _spoken_for(passage, by_stated, said_of)
    rated = {settled.index for settled in converted if settled.candidate.conversions}
    for each in worded:
        wrong = said_of[id(each)] in (Verdict.FAILS, Verdict.PARTLY)
        every = {settled.index for settled in converted if settled.candidate.conversions and not settled.fits}
        wrong = wrong or len(every & set(each.figures)) * 2 >= len(each.figures)
        if each.consistency and wrong and not rated.isdisjoint(each.figures):
            dropped.add(id(each))
    for settled in (*searched.settled, *converted):
        old = [each for each in by_stated.get(settled.index, []) if id(each) not in dropped]
        if settled.fits and settled.candidate.kind == "conversion":
            # An amount may be converted and paid for goods, both: neither claim speaks against the other.
            old = [each for each in old if each.kind == "conversion" or said_of[id(each)] not in _HELD]
        if any(each.locked for each in old):
            continue
        verdicts = [said_of[id(each)] for each in old]
        if settled.named and not settled.fits:
            loose = [each for each in old if not each.locked and not _by_no_chance(each)]
            dropped.update(id(each) for each in loose)
            gone.update(frozenset(each.figures) for each in loose)
            old = [each for each in old if id(each) not in dropped]
            verdicts = [said_of[id(each)] for each in old]
        if not settled.fits and settled.index in searched.scores:
            # Of one set of figures the search knows better which is a step and which a level.
            same = [each for each in old if set(each.figures) == set(settled.candidate.figures) and not each.locked]
            dropped.update(id(each) for each in same if said_of[id(each)] is Verdict.FAILS)
            old = [each for each in old if id(each) not in dropped]
            verdicts = [said_of[id(each)] for each in old]
        if settled.fits:
            dropped.update(id(each) for each, said in zip(old, verdicts, strict=True) if said is Verdict.FAILS)
        figures = frozenset(settled.candidate.figures)
        stands = [one for one in held.get(min(figures), ()) if one not in gone]
        if any(figures <= one for one in stands):
            continue
        if any(
            said in _HELD and not _outdone(searched, settled, each) for said, each in zip(verdicts, old, strict=True)
        ):
            continue
        if settled.fits or not old or all(each is Verdict.OUTSIDE for each in verdicts):
            added.append(settled.candidate)
            dropped.update(id(each) for each in old)
    return [*(each for each in worded if id(each) not in dropped), *added]


def _is_told_again(passage: Passage, index: int, results: frozenset[int]) -> bool:
    """Return whether a time is told again right behind it, where only that is right: ``90 months of pay (5 years)``."""
    times = passage.among((index, *results)) if index < min(results) else []
    return len(times) == _TWO == times[1].index - times[0].index + 1 and all(each.unit in TIME for each in times)


def _spoken_for(passage: Passage, by_stated: dict[int, list[Candidate]], said_of: dict[int, Verdict]) -> set[int]:
    """Return the bounds on two figures that words lock to a multiple of another size: they are that one's."""
    by_index = {mention.index: mention for mention in passage.mentions}
    locked: dict[tuple[frozenset[int], str], int] = {}
    for index, every in by_stated.items():
        for each in every:
            if each.locked and said_of[id(each)] in _HELD:
                locked[frozenset(each.figures) - {index}, by_index[index].unit] = index
    found = set()
    for index, every in by_stated.items():
        if by_index[index].figure.bound not in BOUNDS:
            continue  # what two figures make exactly may be told twice; a bound may be true of them by chance
        for each in every:
            other = locked.get((frozenset(each.figures) - {index}, by_index[index].unit))
            if other is not None and other != index and by_index[other].low != by_index[index].low:
                found.add(id(each))
    return found


def _by_no_chance(worded: Candidate) -> bool:
    """Return whether a claim of the words holds to three digits or more, whatever figures seem to be named."""
    claim = judge(worded)
    if claim.verdict not in _HELD:
        return False
    return any(c.operator == "=" and len(c.stated.normalize().as_tuple().digits) >= _DIGITS for c in claim.checks)


def _outdone(searched: Searched, settled: Settled, worded: Candidate) -> bool:
    """Return whether the figures that the search found stand nearer than those of the words."""
    tried = searched.scores.get(settled.index)
    multiples = searched.scores.keys() & set(worded.figures)
    if tried is None or not settled.fits or len(multiples) > 1:
        return False
    unseen = -9.0 if len(worded.figures) == 3 else 99.0
    return settled.score > tried.get(frozenset(worded.figures) - {settled.index}, unseen) + 0.5
