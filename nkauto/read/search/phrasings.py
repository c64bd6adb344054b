"""Sentences whose words give every figure its part, by a table: ``each of 30 gives 2,000 won, 60,000 won in all``.

What such a sentence tells comes out or is wrong, whatever else the text says. ``phrasing`` reads the tables, and
``phrased`` finds their sentences in a text.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product

from nkauto.core.claims import Candidate, Reading, Verdict
from nkauto.core.judge import compare, judge
from nkauto.core.terms import Term, number, over, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow
from nkauto.read.relations.drafts import candidate, operator, per_one, reading
from nkauto.read.relations.measures import COUNTS, FAMILY
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.words import says
from nkauto.read.search.counts import Count
from nkauto.read.search.phrased import Part, letter_of, matches
from nkauto.read.search.phrasing import ENDS, Phrasing
from nkauto.read.search.sums import prices_for, scale_of, scaled

_ONE, _HUNDRED = number(Decimal(1)), number(Decimal(100))
_HELD, _WRONG = (Verdict.HOLDS, Verdict.ROUNDING), (Verdict.FAILS, Verdict.PARTLY)
_MOST_TOLD = 3
"""Prices or rates of a text that a phrasing is tried with, the nearest."""
_SLIP, _CLOSE_SLIP = Fraction(4), Fraction(5, 2)
"""What misses by more times is another thing; and so where the words leave that open."""
_BESIDE, _BEHIND = 12, 64
_NOUGHTS, _HAIR = (10, 100, 1000), Fraction(1, 40)

Ends = tuple[Term, Term]


@dataclass(frozen=True, slots=True)
class Told:
    """What a phrasing claims of the figure that it states."""

    index: int
    candidate: Candidate
    said: Verdict
    loose: bool
    multiple: bool

    @property
    def binds(self) -> bool:
        """Whether no other figures bear its own out: they meet a multiple that its words tie to these by chance."""
        return self.multiple and not self.loose and self.said in _WRONG

    @property
    def rank(self) -> tuple[bool, bool]:
        """What goes before another claim of the same figure: that it holds, then that its words leave no doubt."""
        return self.said not in _HELD, self.loose


def settle(passage: Passage, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the claims of a text with those that phrasings tell, in the place of what was left open."""
    told = _told(passage)
    if not told:
        return list(found)
    spans = {mention.index: mention.figure.span for mention in passage.mentions}
    judged = [(one, judge(one).verdict, set(one.figures)) for one in found]
    dropped: set[int] = set()
    added: list[Candidate] = []
    for each in told:
        figures = set(each.candidate.figures)
        about = [
            one for one in judged if one[2] == figures or (one[0].stated == spans[each.index] and each.index in one[2])
        ]
        verdicts = [said for _, said, tied in about if tied >= figures or not each.binds]
        if any(said in _HELD for said in verdicts) or (
            each.said in _WRONG and any(said in _WRONG for said in verdicts)
        ):
            continue
        if each.loose and each.said in _WRONG:
            others = figures - {each.index}
            if any(said in _HELD and each.index in tied and tied & others for _, said, tied in judged):
                continue  # what the two figures have to do with each other is told
        if each.said in _WRONG and any(set(other.figures) == figures for other in added):
            continue  # the same figures are wrong once, whichever of them is said to follow
        parts = [one for one, said, tied in judged if tied < figures and said in _WRONG and each.said in _HELD]
        dropped.update(map(id, (*(one for one, _, _ in about), *parts)))
        added.append(each.candidate)
    return [*(each for each in found if id(each) not in dropped), *added]


def _told(passage: Passage) -> list[Told]:
    """Return what phrasings say, once for each stated figure."""
    best: dict[int, Told] = {}
    for phrasing, parts in matches(passage):
        stated = parts[phrasing.stated]
        made = _made(passage, phrasing, parts, stated) if isinstance(stated, Mention) else None
        if made is None or isinstance(stated, Count):
            continue
        if phrasing.loose and phrasing.adds and says("by_each", stated.right[:_BESIDE]):
            continue  # ``sold for 300 and 420, a profit of 50 on each``
        claim = judge(made)
        rest = not _is_share(phrasing, parts) and says("remainder", stated.right[:_BEHIND])
        if claim.verdict in _WRONG and (rest or not _is_near(phrasing, made)):
            continue
        told = Told(stated.index, made, claim.verdict, phrasing.loose, stated.unit in ("%", "x"))
        if stated.index not in best or told.rank < best[stated.index].rank:
            best[stated.index] = told
    return list(best.values())


def _is_share(phrasing: Phrasing, parts: dict[str, Part]) -> bool:
    """Return whether so many percent of a sum are stated, with more to come: ``20 percent, 400, and the rest``."""
    takes_off = any(isinstance(node, ast.Sub) for node in ast.walk(phrasing.formula))
    return not takes_off and any(isinstance(each, Mention) and each.unit == "%" for each in parts.values())


def _is_near(phrasing: Phrasing, made: Candidate) -> bool:
    """Return whether a claim misses by no more than a slip would: so many times, or, but for sums, by some noughts."""
    most = _CLOSE_SLIP if phrasing.loose else _SLIP
    sizes = [max(test.size, 1 / test.size) for each in made.readings for test in each.tests if test.size > 0]
    if any(size <= most for size in sizes):
        return True
    return not phrasing.adds and any(abs(size / noughts - 1) <= _HAIR for size in sizes for noughts in _NOUGHTS)


def _made(passage: Passage, phrasing: Phrasing, parts: dict[str, Part], stated: Mention) -> Candidate | None:
    """Return what a phrasing claims of its figures; none where their units do not go together.

    They are of one currency, but where a rate is asked for.
    """
    figures = [each for each in parts.values() if isinstance(each, Mention)]
    asked = [part for name, part in parts.items() if name in phrasing.slots_asked]
    others = [each for each in figures if each in asked and each is not stated]
    if "at_rate" not in phrasing.operands and len({each.unit for each in (stated, *others) if each.money}) > 1:
        return None
    if not _go_together(passage, phrasing, stated, figures):
        return None
    readings = list(_readings(passage, phrasing, parts, stated, others))
    if not readings:
        return None
    words = ", ".join(each.figure.span for each in sorted(figures, key=lambda each: each.index))
    return candidate(_kind(stated, figures), words, stated, others, readings, sure=True, locked=True)


def _readings(
    passage: Passage, phrasing: Phrasing, parts: dict[str, Part], stated: Mention, others: Sequence[Mention]
) -> Iterator[Reading]:
    for more, values in _values(passage, phrasing, parts, stated):
        corners = [dict(zip(values, ends, strict=True)) for ends in product(*values.values())]
        computed = [phrasing.worked(corner) for corner in corners]
        known = sorted((each for each in computed if each is not None), key=lambda each: each.value)
        if len(known) < len(corners) or known[-1].value <= 0:
            continue
        low, high = (replace(each, text=each.text.replace("*1/", "/")) for each in (known[0], known[-1]))
        if stated.unit == "%":
            low, high = times(low, _HUNDRED), times(high, _HUNDRED)
        tied = [*others, *more]
        sign = operator(stated, tied, round_digits=0 if stated.unit == "%" else 1)
        yield reading((stated, *tied), compare(low, high, sign, stated.stated))


def _values(
    passage: Passage, phrasing: Phrasing, parts: dict[str, Part], stated: Mention
) -> Iterator[tuple[tuple[Mention, ...], dict[str, Ends]]]:
    """Yield the values of a formula's names, and the figures beyond the phrasing's own that they come from."""
    figures = [each for each in parts.values() if isinstance(each, Mention)]
    own: dict[str, Ends] = {}
    units = _units(stated, figures)
    for name, part in parts.items():
        ends = _ends(part, units)
        every_end = {name: ends} | {f"{name}.{end}": (each, each) for end, each in zip(ENDS, ends, strict=True)}
        own |= {key: each for key, each in every_end.items() if key in phrasing.operands}
    if "price" in phrasing.operands:
        quantities = [each for each in figures if not each.money and each.unit not in TIME]
        money = [each for each in passage.mentions if each.money and not each.rate and each not in figures]
        prices = [price for each in quantities[:1] for price in prices_for(each, money)]
        for price in prices[:_MOST_TOLD]:
            yield (price,), own | {"price": _ends(price, units)}
    elif "at_rate" in phrasing.operands:
        sources = [each.unit for name, each in parts.items() if name in own and isinstance(each, Mention)]
        rates, place = TextRates(passage), stated.figure.start
        near = [rate for unit in sources[:1] for rate in rates.nearest(unit, stated.unit, place, weak=False)]
        near = [each for each in near if not any(one in each.mentions for one in figures if not one.rate)]
        for rate in near[:_MOST_TOLD]:
            yield rate.cited, own | {"at_rate": rate.applied((_ONE, _ONE), stated.unit)}
    else:
        yield (), own


def _units(stated: Mention, figures: Sequence[Mention]) -> dict[int, str]:
    """Return the unit that each family of units is counted in: the stated figure's, else that of the first."""
    units: dict[int, str] = {}
    for each in (stated, *figures):
        unit = each.per if each is stated and each.money and each.per not in TIME else each.unit
        if unit in FAMILY:
            units.setdefault(FAMILY[unit], unit)
    return units


def _ends(part: Part, units: Mapping[int, str]) -> Ends:
    """Return the two ends of a figure: a percentage as a part, a quantity or a price in the unit that is counted in.

    A month's pay counts twelve times where years are counted, and a price by the kilogram a thousandth for grams.
    """
    if isinstance(part, Count):
        return part.value, part.value
    if part.unit == "%":
        return over(part.ends[0], _HUNDRED), over(part.ends[1], _HUNDRED)
    unit = part.per if part.money else part.unit
    counted_in = units.get(FAMILY.get(unit, -1), "")
    scale = scale_of(counted_in, unit) if counted_in else None
    if scale is None:
        return per_one(part) if part.rate else part.ends
    low, high = per_one(part) if part.money else part.ends
    return scaled(low, scale if part.money else 1 / scale), scaled(high, scale if part.money else 1 / scale)


def _go_together(passage: Passage, phrasing: Phrasing, stated: Mention, figures: Sequence[Mention]) -> bool:
    """Return whether the units of figures allow what a formula does with them.

    One base of all rates; days of a daily pay, as nothing says how many
    days of work a month has; no people as a part of households; like things where they are added up; and, where the
    words are loose, no two levels of one thing, of which the one becomes the other.
    """
    if len({each.per for each in figures if each.rate}) > 1:
        return False
    spans = {FAMILY[each.unit] for each in figures if each.unit in TIME}
    paid = [each for each in figures if spans and each.money and each.per in TIME and each is not stated]
    if any(FAMILY[each.per] not in spans for each in paid):
        return False
    counted = {each.unit for each in figures if each is not stated and each.unit in COUNTS} - {"each"}
    if stated.unit in ("%", "x") and len(counted) > 1:
        return False
    if phrasing.adds and len({FAMILY.get(each.unit, each.unit) for each in figures}) > 1:
        return False
    pairs = pairwise(sorted((each for each in figures if each is not stated), key=lambda each: each.index))
    return not (phrasing.loose and any(one.unit == other.unit and arrow(passage, one, other) for one, other in pairs))


def _kind(stated: Mention, figures: Sequence[Mention]) -> str:
    if len({each.unit for each in figures if each.money}) > 1:
        return "conversion"
    if stated.unit in ("%", "x"):
        return "ratio"
    return "affordability" if any(letter_of(each) in "QT" for each in figures) else "ratio"
