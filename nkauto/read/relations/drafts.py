"""What every kind of claim is built from: operators, comparable figures, candidates made of mentions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from nkauto.core import judge
from nkauto.core.claims import Candidate, Conversion, Grade, Hint, Reading, Test, Verdict
from nkauto.core.judge import compare, grade
from nkauto.core.terms import Term, over
from nkauto.read.passage.passage import Mention

BOUNDS = ("<", ">", "<=", ">=")


def digits(value: Decimal) -> int:
    """Return how many significant digits a value carries, trailing zeros not counted."""
    return len(value.normalize().as_tuple().digits)


def operator(stated: Mention, inputs: Iterable[Mention] = (), round_digits: int = 2) -> str:
    """Return how a stated figure is to be compared: by its bound, as about, or to its digits.

    ``~`` when the text says about, of the figure or of what it follows from, and the figure carries no more
    than two significant digits; or when it is plainly round: no more than ``round_digits`` of them.
    """
    bound = stated.figure.bound
    if bound in BOUNDS:
        return bound
    count = max(digits(stated.low), digits(stated.high))
    if count <= round_digits:
        return "~"
    hedged = stated.hedged or any(mention.hedged for mention in inputs)
    return "~" if hedged and count <= 2 else "="


def comparable(one: Mention, other: Mention) -> bool:
    """Return whether two figures measure the same: unit, denominator and, where both are told, subject."""
    return alike(one, other) and (not one.subject or not other.subject or one.subject == other.subject)


def alike(one: Mention, other: Mention) -> bool:
    """Return whether two figures have one unit and denominators that do not contradict each other."""
    if one.unit != other.unit or one.rate != other.rate:
        return False
    return not one.per or not other.per or (one.per == other.per and one.count == other.count)


def per_one(mention: Mention) -> tuple[Term, Term]:
    """Return low and high for one unit of the denominator."""
    low, high = mention.ends
    if mention.count == 1:
        return low, high
    count = Term(Fraction(mention.count), f"{mention.count:f}")
    return over(low, count), over(high, count)


def reading(mentions: Iterable[Mention], tests: Sequence[Test]) -> Reading:
    """Return a reading that ties these mentions together."""
    figures, spans = _tied(mentions)
    return Reading(figures, spans, tuple(tests))


def _tied(mentions: Iterable[Mention]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return indexes and words of mentions, each once, in the order of the text."""
    by_index = {mention.index: mention.figure.span for mention in mentions}
    indexes = sorted(by_index)
    return tuple(indexes), tuple(by_index[index] for index in indexes)


def candidate(
    kind: str,
    statement: str,
    stated: Mention,
    mentions: Iterable[Mention],
    readings: Sequence[Reading] = (),
    *,
    sure: bool = False,
    conversions: Sequence[Conversion] = (),
    consistency: bool = False,
    hints: Sequence[Hint] = (),
    fuel: bool = False,
    locked: bool = False,
) -> Candidate:
    """Return a claim candidate of these mentions."""
    figures, spans = _tied([*mentions, stated])
    if len(figures) == 1 and readings:
        figures, spans = readings[0].figures, readings[0].spans
    return Candidate(
        kind=kind,
        statement=statement,
        stated=stated.figure.span,
        figures=figures,
        spans=spans,
        readings=tuple(readings),
        sure=sure,
        conversions=tuple(conversions),
        consistency=consistency,
        hints=tuple(hints),
        fuel=fuel,
        locked=locked,
    )


def fits(readings: Sequence[Reading]) -> bool:
    """Return whether one of the readings bears the claim out."""
    return judge.best(tuple(readings))[1] in (Verdict.HOLDS, Verdict.ROUNDING)


def fitting(kind: str, statement: str, stated: Mention, readings: list[Reading]) -> list[Candidate]:
    """Return a claim of the readings that hold to the stated digits; chance must not make a claim."""
    kept = [each for each in readings if each.tests and all(_met(test) for test in each.tests)]
    return [candidate(kind, statement, stated, (), kept)] if kept else []


def _met(test: Test) -> bool:
    return test.operator in ("=", "~") and grade(test) is Grade.EXACT


def compared(stated: Mention, tied: list[Mention], low: Term, high: Term, sign: str = "=") -> Reading:
    """Return the reading that holds a computed range against what a figure states."""
    return reading([stated, *tied], compare(low, high, sign, stated.stated))
