"""Conversions of a pair that the text gives no rate for: they imply one, and must agree with each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from nkauto.core.claims import Candidate, Conversion, Stated, Test, Verdict
from nkauto.core.judge import CLOSE, HEDGED, judge, verdict
from nkauto.core.terms import Term, number, over, shown
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.links import Link

MOST_BASES = 12
"""Conversions of a pair among which the one that most others agree with is looked for."""

_TWO_WAYS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?!\d)")
_THOUSANDTH = Decimal("0.001")
_LEAST = Fraction(1, 1000)
_COARSE = Fraction(6, 5)
"""A rate that rounding lets go so far says little of others."""
_FINE = Fraction(21, 20)
"""A rate that rounding lets go no further is a base before others."""
_AGREED = (Verdict.HOLDS, Verdict.ROUNDING)


@dataclass(frozen=True, slots=True)
class _Point:
    """One implied rate, as so much of ``unit`` for one of ``other``, with the span that rounding leaves it."""

    link: Link
    rate: Term
    lowest: Fraction
    highest: Fraction
    unit: str
    other: str

    @property
    def width(self) -> Fraction:
        """How far rounding lets the rate go, as a multiple."""
        return self.highest / max(self.lowest, _LEAST * self.highest)


def by_each_other(group: list[Link]) -> list[Candidate]:
    """Return what several conversions of a pair say of each other.

    Those that most others agree with make one claim, and each that contradicts them a claim of its own. A
    figure so coarse that its own rounding spans the difference proves nothing and is left out.
    """
    above = sum(1 if link.source.low >= link.target.low else -1 for link in group) >= 0
    top = group[0].source.unit if above else group[0].target.unit
    implied = [(link, _points(link, top)) for link in group]
    sets = [points for _, points in implied if points]
    bases = [points for points in sets if points[0].link.source.single == points[0].link.target.single]
    if len(sets) < 2 or not bases:
        return [_ends_agree(link) or undecided(link) for link in group]
    base = max(bases[:MOST_BASES], key=lambda points: _worth(points, sets))
    found = [undecided(link) for link, points in implied if not points]
    together = [base]
    contradicted = False
    for points in sets:
        if points is base:
            continue
        said = verdict(_tests(base, points))
        if said in _AGREED:
            together.append(points)
        elif said is Verdict.OUTSIDE:
            found.append(undecided(points[0].link))
        else:
            contradicted = True
            found.append(_one_rate([base, points]))
    if len(together) > 1:
        found.append(_one_rate(together))
    elif not contradicted:
        found.append(undecided(base[0].link))
    return found


def agreeing(group: list[Link]) -> list[Candidate]:
    """Return what conversions that contradict the text's own rate have in common: another rate, told nowhere."""
    return [each for each in by_each_other(group) if each.consistency and judge(each).verdict in _AGREED]


def _ends_agree(link: Link) -> Candidate | None:
    """Return what the two ends of a range given in two currencies say of each other, where one rate gives both."""
    if link.source.single or link.target.single:
        return None
    points = _points(link, link.source.unit)
    return _one_rate([points]) if verdict(_tests(points, points)) in _AGREED else None


def undecided(link: Link) -> Candidate:
    """Return a single conversion, which the text alone cannot decide."""
    statement = f"{link.source.figure.span} is {link.target.figure.span}"
    both = (link.source, link.target)
    tied = link.tie in ("bracket", "words")
    return candidate("conversion", statement, link.target, both, sure=tied, conversions=[conversion(link)])


def conversion(link: Link) -> Conversion:
    """Return what an outside rate can decide of a link."""
    source, target = link.source, link.target
    return Conversion(
        source=source.index,
        target=target.index,
        low=source.low,
        high=source.high,
        unit_from=source.unit,
        unit_to=target.unit,
        stated=target.stated,
        operator=operator(target, (source,), round_digits=1),
        past=link.past,
    )


def _worth(base: list[_Point], sets: list[list[_Point]]) -> tuple[int, int, bool, int, Fraction]:
    """Return how good a base for the others a conversion is: by how many agree with it closely, then at all.

    A coarse one (``3.5 manats, or $1``) agrees with much, and is no base while another one serves; nor is a range.
    """
    others = [points for points in sets[:MOST_BASES] if points is not base]
    agreed = [tests for points in others if verdict(tests := _tests(base, points)) in _AGREED]
    closely = sum(all(test.operator == "=" for test in tests) for tests in agreed)
    narrow = sum(base[0].width < width for width in (_COARSE, _FINE))
    return closely, narrow, len(base) == 1, len(agreed), -base[0].width


def _tests(base: list[_Point], points: list[_Point]) -> tuple[Test, ...]:
    """Return the comparisons of what two conversions imply, leaving out what rounding alone could explain."""
    others = base[1:] if points is base else points
    return tuple(test for each in others if (test := _same_rate(base[0], each)) is not None)


def _same_rate(base: _Point, point: _Point) -> Test | None:
    """Return whether two conversions imply one rate; None where rounding alone could make the difference."""
    ratio = over(base.rate, point.rate)
    off = abs(ratio.value - 1)
    rounded = off > CLOSE and base.lowest <= point.highest and point.lowest <= base.highest
    if rounded and off > HEDGED:
        return None
    return Test(ratio, "~" if rounded else "=", Decimal(1), _THOUSANDTH)


def _one_rate(sets: list[list[_Point]]) -> Candidate:
    base = sets[0]
    tests = [*_tests(base, base), *(test for points in sets[1:] for test in _tests(base, points))]
    links = sorted((points[0].link for points in sets), key=lambda link: link.target.index)
    tied = [mention for link in links for mention in (link.source, link.target)]
    implied = f"{shown(base[0].rate.value)} {base[0].unit} for one {base[0].other}"
    return candidate(
        "conversion",
        f"{len(links)} conversions use one rate ({implied})",
        links[-1].target,
        tied,
        [reading(tied, tests)],
        sure=True,
        conversions=[conversion(link) for link in links],
        consistency=True,
    )


def _points(link: Link, top: str) -> list[_Point]:
    """Return the rates that a conversion implies, in the ``top`` unit: one for a single figure, two with a range.

    None from a number whose point may mark thousands or decimals: ``175.835``.
    """
    source, target = link.source, link.target
    if any(_TWO_WAYS.search(each.figure.span) for each in (source, target)):
        return []
    one, other = (source, target) if source.unit == top else (target, source)
    ends = [(one.low, other.low)]
    if not (source.single and target.single):
        ends.append((one.high, other.high))
    return [_point(link, one.stated, other.stated, above, below) for above, below in ends if above and below]


def _point(link: Link, one: Stated, other: Stated, above: Decimal, below: Decimal) -> _Point:
    upper, lower = Fraction(above), Fraction(below)
    over_, under = (_slack(link, each) for each in (one, other))
    least = (upper - over_) / (lower + under)
    most = (upper + over_) / (lower - under) if lower > under else upper * 1000 / lower
    source, target = link.source, link.target
    unit, base = (source.unit, target.unit) if one is source.stated else (target.unit, source.unit)
    return _Point(link, over(number(above), number(below)), least, most, unit, base)


def _slack(link: Link, stated: Stated) -> Fraction:
    """Return what rounding leaves a figure: a price is what it says, and what it comes to in other money is rounded."""
    return Fraction(0) if stated is link.source.stated and not link.source.hedged else stated.slack
