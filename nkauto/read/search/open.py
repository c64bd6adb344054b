"""What a text leaves open (``1.6 times the price at New Year``), and multiples that follow from multiples.

A change whose base the text does not tell, and an amount beside another currency's at no rate of the text, are claims
too: only a figure from outside can decide them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import compare, judge, verdict
from nkauto.core.terms import Term, minus, over, plus, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations import agree, convert
from nkauto.read.relations.between import goes_to
from nkauto.read.relations.chance import of_inflation, of_people
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.links import Link, tie_of
from nkauto.read.relations.multiple import is_split, unhedged
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.reform import fixed_between
from nkauto.read.relations.words import lowered, pattern, says
from nkauto.read.search import (
    bills,
    crossed,
    outdone,
    periods,
    points,
    portions,
    priced,
    rates,
    reach,
    saved,
    shared,
    unit_prices,
    unpriced,
)
from nkauto.read.search.bases import Settled
from nkauto.read.search.margins import again
from nkauto.read.search.scene import Scene

_LED = 16
_REACH = 40
_GAP = re.compile(r"[^\n.;。；]{0,40}")
_ONE = Term(Fraction(1), "1")
_HUNDRED = Term(Fraction(100), "100")
_YEARLY = 1000
"""No interest of a month comes to so many per cent a year."""
_TWELVE = Term(Fraction(12), "12")


def chained(passage: Passage) -> list[Settled]:
    """Return the multiples that follow from one or two multiples before them; only where they compute."""
    found = []
    for position, mention in enumerate(passage.mentions):
        if mention.unit not in ("%", "x") or is_split(mention) or not mention.low:
            continue
        before = [
            m for m in passage.before(mention, position, sentences=1, most=4) if m.unit in ("%", "x") and m.low > 0
        ]
        for values, tied in _from(mention, before):
            tests = compare(*values, operator(mention, tied), mention.stated)
            fine = Fraction(mention.stated.place) <= Fraction(mention.low) / 10 or mention.figure.bound in ("<", ">")
            if fine and verdict(tests) is Verdict.HOLDS and _near(tests[0].computed.value, mention):
                words = f"{mention.figure.span} by {', '.join(m.figure.span for m in tied)}"
                made = candidate("ratio", words, mention, tied, [reading((mention, *tied), tests)], sure=True)
                found.append(Settled(mention.index, made, fits=True, score=-1.0))
                break
    further = (points.find, crossed.find_twice, reach.find, saved.find, rates.find)
    ended = (points.find_ends, portions.find, shared.find)
    sums = (bills.find, priced.find, periods.find, crossed.find, outdone.find)
    return [*found, *again(passage), *(each for find in (*further, *sums, *ended) for each in find(passage))]


def _near(value: Fraction, mention: Mention) -> bool:
    return abs(value / Fraction(mention.low) - 1) <= Fraction(3, 10)


def _from(mention: Mention, before: list[Mention]) -> Iterator[tuple[tuple[Term, Term], tuple[Mention, ...]]]:
    """Yield what one or two earlier multiples come to in the unit of a later one."""
    here = [m for m in before if m.sentence == mention.sentence]
    for one in before[:2]:
        low, high = one.ends
        if one.unit == mention.unit == "%" and mention.low < _YEARLY:
            yield (
                (times(low, _TWELVE), times(high, _TWELVE)),
                (one,),
            )  # a month's interest may be told a sentence before
    for one in here[:2]:
        low, high = one.ends
        if one.unit == "%" and mention.unit == "x":
            yield (plus(_ONE, over(low, _HUNDRED)), plus(_ONE, over(high, _HUNDRED))), (one,)
        if one.unit == "x" and mention.unit == "%" and one.low > 1:
            yield (times(minus(low, _ONE), _HUNDRED), times(minus(high, _ONE), _HUNDRED)), (one,)
    if mention.unit == "x":
        multiples = [m for m in here if m.unit == "x" and m.low >= 1][:3]
        for one in multiples:
            for other in multiples:
                if one is not other and one.low > other.low:
                    yield (over(one.ends[0], other.ends[1]), over(one.ends[1], other.ends[0])), (other, one)


def undecided(passage: Passage, converted: frozenset[int], claims: Sequence[Candidate]) -> list[Candidate]:
    """Return the changes and conversions that nothing in the text decides, of figures that make no claim already.

    What words or a bracket give in other money is a conversion though it also stands in a sum.
    """
    found: list[Candidate] = []
    told = frozenset(index for each in claims for index in each.figures)
    exchanged = frozenset(index for each in claims if each.kind == "conversion" for index in each.figures)
    scene = Scene(passage, converted)
    for position, mention in enumerate(passage.mentions):
        if mention.unit in ("%", "x") and mention.index not in told and mention.high and not is_split(mention):
            if of_people(mention) or of_inflation(mention):
                continue
            found += _change(scene, mention, position)
            if not found or found[-1].figures[-1] != mention.index:
                found += _of_another_land(passage, mention, position)
        elif mention.index not in told and mention.money and scene.steps(mention):
            found += _step(scene, mention, position)
    silent = TextRates(passage).silent
    amounts = [m for m in passage.mentions if (m.money and m.index not in silent) or m.unit in ("%", "x")]
    for source, target in pairwise(amounts):
        if target.index in exchanged or source.unit == target.unit or source.sentence != target.sentence:
            continue
        gap = passage.gap(source, target)
        if target.index in told and not (tie_of(gap) or tie_of(gap.rpartition(",")[2])):
            continue  # ``60 yuan in the north, or 84,000 won`` is a conversion though the won buy something
        if fixed_between(source.unit, target.unit) is not None:
            continue  # what is fixed by decree needs no rate
        if _amount(source) and _amount(target) and _GAP.fullmatch(passage.gap(source, target)):
            found.append(agree.undecided(Link(source, target, "near")))
    failing = (each for each in claims if each.kind == "conversion" and judge(each).verdict is Verdict.FAILS)
    found += convert.elsewhere(passage, frozenset(index for each in failing for index in each.figures))
    exchanged |= {index for each in found if each.kind == "conversion" for index in each.figures}
    found += unpriced.in_other_money(passage, exchanged)
    return [*found, *unpriced.find(passage, told), *unit_prices.by_weight_and_volume(passage, told)]


def _amount(mention: Mention) -> bool:
    return mention.money and not mention.rate and mention.low > 0


def _change(scene: Scene, mention: Mention, position: int) -> list[Candidate]:
    passage, converted = scene.passage, scene.converted
    multiple = scene.multiple(position)
    came = pattern("origin", after=r"\s*$").search(unhedged(mention.left)) is not None
    if mention.unit == "%" and (came or goes_to(mention.left)):
        return []  # a level of its own: the interest rate rose to 9.25 %, up from 8 %
    one_in = mention.high < 1 and says("one_in", lowered(mention.figure.span))
    led = [m for m in passage.after(mention, position, most=1) if m.money and _leads(passage.gap(mention, m))]
    if not (led or multiple.way or multiple.verb or one_in or (multiple.compares and mention.unit == "x")):
        return []
    here = [
        m
        for m in passage.before(mention, position, sentences=0)
        if m.unit not in ("%", "x", *TIME) and m.index not in converted and m.high > 0
    ]
    ranks = scene.run(mention)
    if len(ranks) > 1 and len(here) >= len(ranks):
        here = here[len(ranks) - 1 - ranks.index(mention) :]
    if not here:
        after = passage.after(mention, position, most=1)
        here = [m for m in after if m.money and not says("base_before", passage.gap(mention, m)[-12:])]
    return [candidate("change", mention.figure.span, mention, led or here[:1])]


def _leads(gap: str) -> bool:
    """Return whether a percentage leads to the level right behind it: ``by 35 % to 61,100``."""
    return len(gap) <= _LED and goes_to(gap)


def _step(scene: Scene, step: Mention, position: int) -> list[Candidate]:
    """Return ``435 here, 450 there. Since December it has come down by 5 to 20``: a step from what is not told."""
    passage = scene.passage
    near = [m for m in passage.before(step, position, sentences=1) if m.unit == step.unit and not scene.steps(m)]
    near = [m for m in near if m.index not in scene.converted and m.low >= 2 * step.high]
    levels = [m for m in near if m.sentence == near[0].sentence][::-1]
    return [candidate("change", step.figure.span, step, levels)] if levels else []


def _of_another_land(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """Return ``a thirtieth of the South's``: a fraction of what the text does not tell, with the figure beside it."""
    if mention.unit != "x" or mention.high >= 1:
        return []
    behind = pattern("of_another_land", r"^\s*").match(mention.right[:_REACH]) is not None
    if not behind and not pattern("of_another_land_before", after=r"\s*$").search(unhedged(mention.left)[-_REACH:]):
        return []
    before = passage.before(mention, position, sentences=0, most=1)
    beside = [m for m in before if _amount(m) and len(passage.gap(m, mention)) <= _REACH]
    return [candidate("ratio", mention.figure.span, mention, beside)]
