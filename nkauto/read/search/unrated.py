"""Sums that words give in other money at a rate which the text does not tell: ``on the black market that is $2``.

Only a rate from outside can decide them. What names a good between the two is the price of that good, no conversion.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from nkauto.core.claims import Candidate
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.agree import undecided
from nkauto.read.relations.links import Link
from nkauto.read.relations.quotes import amount
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.reform import fixed_between
from nkauto.read.relations.words import pattern, says

_BEFORE, _BEHIND = 60, 30
_MOST = 4
"""Figures before a sum among which what it converts is looked for."""


def find(passage: Passage, exchanged: Collection[int]) -> Iterator[Candidate]:
    """Yield the sums at an untold rate with what they convert; ``exchanged`` are converted already."""
    rates = TextRates(passage)
    for position, target in enumerate(passage.mentions):
        if not amount(target) or target.index in exchanged or target.index in rates.stating:
            continue
        source = _source(passage, target, position)
        if source is not None and _is_untold(rates, source, target) and fixed_between(source.unit, target.unit) is None:
            yield undecided(Link(source, target, "near"))


def _source(passage: Passage, target: Mention, position: int) -> Mention | None:
    """Return the last sum of other money before one, of its sentence or the one before it."""
    before = [each for each in passage.before(target, position, sentences=1, most=_MOST) if amount(each)]
    others = [each for each in before if each.unit != target.unit and each.low > 0]
    if not others:
        return None
    first, _ = passage.sentence(target)
    words = passage.text[max(first, others[0].figure.end) : target.figure.start]
    return None if items_named(words) else others[0]


def _is_untold(rates: TextRates, source: Mention, target: Mention) -> bool:
    """Return whether words tell of a rate, and the text has none that they could mean."""
    left, right = target.left[-_BEFORE:], target.right[:_BEHIND]
    changers = says("at_changers", left) or pattern("at_changers", r"^\s*(?:[a-z]+\s){0,2}").match(right) is not None
    official = says("official", left) or says("official", right)
    if not (changers or official or says("strong", left)):
        return False
    known = [each for each in rates.every if {each.base, each.unit} == {source.unit, target.unit} and not each.weak]
    if changers:
        return all(each.official for each in known)
    return not any(each.official for each in known) if official else not known
