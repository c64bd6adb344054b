"""Prose and its figures -> the claims that tie the figures together, and their verdicts.

Each kind of claim has a module of its own; this one runs them in turn and keeps every claim once.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import localcontext

from nkauto.core.claims import Candidate, Claim, OutsideRate
from nkauto.core.findings import Figure
from nkauto.core.judge import judge_all
from nkauto.read.digits import EXACT
from nkauto.read.passage.passage import Passage, passage
from nkauto.read.relations import change, convert, product, told, total
from nkauto.read.relations.acquitted import acquitted, of_one_end
from nkauto.read.relations.chance import chance_met
from nkauto.read.relations.quotes import quotes
from nkauto.read.search import aligned, bases, disputed, formulas, open, phrasings, products, settle, steps
from nkauto.read.search import convert as converted_elsewhere
from nkauto.read.search.scene import Scene


def find_claims(text: str, figures: Sequence[Figure]) -> list[Candidate]:
    """Return the claims that a text makes with its figures, in the order of the text, each once."""
    with localcontext(EXACT):
        return _found(passage(text, figures))


def check_text(text: str, figures: Sequence[Figure], outside: OutsideRate | None = None) -> list[Claim]:
    """Return the judged claims of a text; ``outside`` decides what the text alone cannot."""
    with localcontext(EXACT):
        return judge_all(_found(passage(text, figures)), outside)


def _found(article: Passage) -> list[Candidate]:
    converted = convert.find(article)
    tariffs = total.tariffs(article)
    stepped = frozenset(index for each in tariffs for index in each.figures)
    found = [
        *converted.candidates,
        *change.find(article, converted.targets),
        *tariffs,
        *product.find(article, converted.targets, stepped),
        *total.find(article, converted.targets),
    ]
    searched = [
        *open.chained(article),
        *converted_elsewhere.find(article),
        *products.find(article, converted.targets),
        *steps.find(article, converted.targets),
    ]
    of_bases = bases.find(article, converted.targets)
    found = settle.settle(article, found, of_bases, searched)
    named = frozenset(each.candidate.figures for each in of_bases.settled if each.named)
    found = told.settle(article, converted.targets, found, named)
    scene = Scene(article, converted.targets)
    found = chance_met(article, disputed.settle(scene, aligned.settle(scene, found)))
    found += open.undecided(article, converted.targets, found)
    found = chance_met(article, formulas.settle(article, quotes(article), found))
    unique: dict[tuple[tuple[int, ...], str], Candidate] = {}
    for each in found:
        unique.setdefault((each.figures, each.stated), each)
    kept = phrasings.settle(article, acquitted(article, of_one_end(article, unique.values())))
    return sorted(kept, key=lambda each: each.figures[:1] + each.figures[-1:])
