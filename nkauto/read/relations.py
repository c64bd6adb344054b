"""Prose and its figures -> the claims that tie the figures together, and their verdicts.

Each kind of claim has a module of its own; this one runs them in turn and keeps every claim once.
"""

from __future__ import annotations

from collections.abc import Sequence

from nkauto.core.claims import Candidate, Claim, OutsideRate
from nkauto.core.figure import Figure
from nkauto.core.judge import judge_all
from nkauto.read import (
    relations_change,
    relations_convert,
    relations_product,
    relations_told,
    relations_total,
    search,
    search_convert,
    search_formulas,
    search_open,
    search_products,
    search_settle,
    search_steps,
)
from nkauto.read.passage import passage
from nkauto.read.relations_acquitted import acquitted
from nkauto.read.relations_quotes import quotes


def find_claims(text: str, figures: Sequence[Figure]) -> list[Candidate]:
    """Return the claims that a text makes with its figures, in the order of the text, each once."""
    told = passage(text, figures)
    converted = relations_convert.find(told)
    tariffs = relations_total.tariffs(told)
    stepped = frozenset(index for each in tariffs for index in each.figures)
    found = [
        *converted.candidates,
        *relations_change.find(told, converted.targets),
        *tariffs,
        *relations_product.find(told, converted.targets, stepped),
        *relations_total.find(told, converted.targets),
    ]
    searched = [
        *search_open.chained(told),
        *search_convert.find(told),
        *search_products.find(told, converted.targets),
        *search_steps.find(told, converted.targets),
    ]
    found = search_settle.settle(told, found, search.find(told, converted.targets), searched)
    found = relations_told.settle(told, converted.targets, found)
    stated = frozenset(index for each in found for index in each.figures)
    found += search_open.undecided(told, converted.targets, stated)
    found = search_formulas.settle(told, quotes(told), found)
    unique: dict[tuple[tuple[int, ...], str], Candidate] = {}
    for each in found:
        unique.setdefault((each.figures, each.stated), each)
    kept = acquitted(told, unique.values())
    return sorted(kept, key=lambda each: each.figures[:1] + each.figures[-1:])


def check_text(text: str, figures: Sequence[Figure], outside: OutsideRate | None = None) -> list[Claim]:
    """Return the judged claims of a text; ``outside`` decides what the text alone cannot."""
    return judge_all(find_claims(text, figures), outside)
