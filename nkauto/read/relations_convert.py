"""Conversions of a text: an amount given in a second currency, held against the rates that the text states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from nkauto.core.claims import Candidate, Hint, Reading
from nkauto.core.judge import compare
from nkauto.core.rates import OLD_PER_NEW, OLD_WON, WON
from nkauto.core.terms import Term, over, times
from nkauto.read.drafts import BOUNDS, candidate, fits, operator, reading
from nkauto.read.passage import Mention, Passage
from nkauto.read.relation_words import says
from nkauto.read.relations_agree import agreeing, by_each_other, conversion
from nkauto.read.relations_links import Link, groups, is_amount, years
from nkauto.read.relations_links import find as find_links
from nkauto.read.relations_rates import Quote, TextRates

NEAR_SENTENCES = 2
"""A rate this near to a conversion is the rate it was made with."""
APART = Fraction(5, 4)
"""A conversion at a rate of its own, further off than this, contradicts even a distant rate of the text."""

_LEAST, _MOST = Fraction(85, 100), Fraction(115, 100)
"""A rate that does not bring an amount this near to the stated one is not tried in full."""


@dataclass(frozen=True, slots=True)
class Converted:
    """What was found: the claims, and the figures that only repeat another one in a second currency."""

    candidates: list[Candidate]
    targets: frozenset[int]


def find(passage: Passage) -> Converted:
    """Return the conversions of a text as claims.

    A conversion is held against the rate that the text itself states for the pair, else against the other
    conversions of the pair, else it needs an outside rate.
    """
    rates = TextRates(passage)
    equated = rates.equated
    links = [
        link
        for link in find_links(passage, rates.quoted)
        if link.source.index not in equated and link.target.index not in equated
    ]
    found: list[Candidate] = []
    loose: list[Link] = []
    for link in links:
        if {link.source.unit, link.target.unit} == {WON, OLD_WON}:
            found.append(_redenominated(link))
            continue
        by_rate = _by_text_rate(passage, link, rates)
        silent = link.tie != "bracket" and not rates.silent.isdisjoint((link.source.index, link.target.index))
        if by_rate is not None and ((by_rate.sure and not silent) or fits(by_rate.readings)):
            found.append(by_rate)
        elif silent:
            continue
        elif link.tie != "near":
            loose.append(link)
    for group in groups(passage, loose):
        found += by_each_other(group)
    linked = frozenset(link.target.index for link in links if link.tie != "near")
    if rates.quoted:
        found += _worded(passage, rates, linked | equated)
    return Converted(found, linked | equated)


def elsewhere(passage: Passage) -> list[Candidate]:
    """Return the conversions that agree with each other, though not with the rate that the text states for the pair.

    A newspaper converts at the official rate and quotes the street's: each conversion then contradicts the rate,
    and all of them together imply another one.
    """
    rates = TextRates(passage)
    off: list[Link] = []
    for link in find_links(passage, rates.quoted):
        if link.tie in ("bracket", "words") and rates.equated.isdisjoint((link.source.index, link.target.index)):
            by_rate = _by_text_rate(passage, link, rates)
            if by_rate is not None and not fits(by_rate.readings):
                off.append(link)
    return [each for group in groups(passage, off) for each in agreeing(group)]


def _redenominated(link: Link) -> Candidate:
    """Return old won told in new ones: 100 to 1, by the decree of 30 November 2009."""
    many = Term(Fraction(OLD_PER_NEW), f"{OLD_PER_NEW}")
    old = link.source.unit == OLD_WON
    low, high = (over(end, many) if old else times(end, many) for end in link.source.ends)
    tests = compare(low, high, operator(link.target, (link.source,), round_digits=1), link.target.stated)
    both = (link.source, link.target)
    statement = f"{link.source.figure.span} is {link.target.figure.span}"
    sure = link.tie in ("bracket", "words")
    return candidate("conversion", statement, link.target, both, [reading(both, tests)], sure=sure)


def _by_text_rate(passage: Passage, link: Link, rates: TextRates) -> Candidate | None:
    """Return a conversion held against the text's own rates, or None when it states none for the pair.

    It may be said to fail when the rate stands near it; or when the rate that it implies lies well outside
    all that the text states. An official rate elsewhere in the text proves nothing about a street price, nor
    does a rate of one year about an amount of another.
    """
    both = {link.source.index, link.target.index}
    known = rates.nearest(link.source.unit, link.target.unit, link.target.figure.start, weak=False)
    ways = [way for way in known if both.isdisjoint(each.index for each in way.mentions)]
    if not ways:
        return None
    readings = _readings(link, ways)
    timely = [way for way in ways if _of_its_time(passage, link, way)]
    sure = link.tie != "near" and not link.past and _contradicts(link, timely)
    return candidate(
        "conversion",
        f"{link.source.figure.span} is {link.target.figure.span}",
        link.target,
        (link.source, link.target, *ways[0].cited),
        readings,
        sure=sure,
        conversions=[conversion(link)],
        hints=_turned(link, ways) if sure else (),
        locked=sure and link.tie == "bracket" and _one_level(link, timely),
    )


def _of_its_time(passage: Passage, link: Link, way: Quote) -> bool:
    """Return whether a rate may be of the time that a conversion is for: not where its sentence names another year."""
    if way.at.sentence == link.target.sentence:
        return True
    named = years(passage, link.source)
    return not named or not named.isdisjoint(years(passage, way.at))


def _readings(link: Link, ways: Iterable[Quote]) -> list[Reading]:
    """Return what the amount comes to at each rate: the nearest always, the others where they bring it near."""
    found: list[Reading] = []
    for way in ways:
        if found and not _brings_near(link, way):
            continue
        low, high = way.applied(link.source.ends, link.target.unit)
        sign = operator(link.target, (link.source, way.at), round_digits=1)
        tests = compare(low, high, sign, link.target.stated)
        found.append(reading((link.source, link.target, *way.cited), tests))
    return found


def _brings_near(link: Link, way: Quote) -> bool:
    if link.target.figure.bound in BOUNDS:
        return True
    low, high = way.bounds(link.source, link.target.unit)
    return low <= Fraction(link.target.high) * _MOST and high >= Fraction(link.target.low) * _LEAST


def _contradicts(link: Link, ways: list[Quote]) -> bool:
    """Return whether the text's rates are such that a conversion that none of them makes must be wrong."""
    source, target = link.source, link.target
    street = [way for way in ways if not way.official or way.at.sentence == target.sentence]
    if not street:
        return False
    values: list[Fraction] = []
    for way in street:
        low, high = way.low.value, way.high.value
        values += [low, high] if way.base == target.unit else [1 / high, 1 / low]
    lowest, highest = min(values), max(values)
    nearest = min(abs(way.at.sentence - target.sentence) for way in street)
    if nearest <= NEAR_SENTENCES and highest <= lowest * APART:
        return True
    least = Fraction(source.low) / Fraction(target.high)
    most = Fraction(source.high) / Fraction(target.low or target.high)
    return most < lowest / APART or least > highest * APART


def _one_level(link: Link, ways: list[Quote]) -> bool:
    """Return whether all street rates near a conversion are much the same, so that it can mean no other."""
    near = [way for way in ways if abs(way.at.sentence - link.target.sentence) <= NEAR_SENTENCES]
    ends = [end.value for way in near for end in (way.low, way.high)]
    return bool(near) and all(way.base == near[0].base for way in near) and max(ends) <= min(ends) * APART


def _turned(link: Link, ways: list[Quote]) -> list[Hint]:
    """Return what the amount would come to with each rate turned round."""
    hints = []
    for way in ways:
        if way.base == link.target.unit:
            hints.append(Hint(times(link.source.ends[0], way.low), "multiplied instead of divided"))
        else:
            hints.append(Hint(over(link.source.ends[0], way.low), "divided instead of multiplied"))
    return hints


def _worded(passage: Passage, rates: TextRates, linked: frozenset[int]) -> list[Candidate]:
    """Return conversions told in words, away from their amount: ``at that rate the kilogram is worth less than $1``."""
    found = []
    for position, target in enumerate(passage.mentions):
        if not is_amount(target) or target.index in linked:
            continue
        partners = rates.partners(target.unit)
        if not partners or not (says("result", target.left) or _after_rate(passage, target, position)):
            continue
        before = passage.before(target, position)
        sources = [m for m in before if is_amount(m) and m.unit in partners and _same_per(m, target)]
        sources = [m for m in sources if m.index not in rates.equated]
        if not target.single:
            # One value somewhere inside a wide range proves little.
            sources = [m for m in sources if not m.single]
        named = [m for m in sources if m.subject and m.subject == target.subject]
        sources = named[:1] or sources
        readings: list[Reading] = []
        for source in sources:
            ways = rates.nearest(source.unit, target.unit, target.figure.start, weak=False)
            readings += _readings(Link(source, target, "near"), ways)
        if not readings:
            continue
        nearest = Link(sources[0], target, "words")
        ways = rates.nearest(sources[0].unit, target.unit, target.figure.start, weak=False)
        alone = len({(mention.low, mention.high) for mention in sources}) == 1
        sure = alone and says("result", target.left)
        sure = sure and any(way.at.sentence == target.sentence for way in ways)
        sure = sure and _contradicts(nearest, ways)
        if sure or fits(readings):
            found.append(
                candidate(
                    "conversion",
                    f"{sources[0].figure.span} is {target.figure.span}",
                    target,
                    (sources[0], target, *ways[0].cited),
                    readings,
                    sure=sure,
                    conversions=[conversion(nearest)],
                    hints=_turned(nearest, ways),
                )
            )
    return found


def _after_rate(passage: Passage, target: Mention, position: int) -> bool:
    """Return whether a rate of its currency stands right before an amount: ``at 1,000 to the dollar, under $20``."""
    if not position:
        return False
    before = passage.mentions[position - 1]
    near = before.sentence == target.sentence and target.figure.start - before.figure.end <= 40
    return near and before.rate and target.unit in (before.unit, before.per)


def _same_per(source: Mention, target: Mention) -> bool:
    if not source.per or not target.per:
        return True
    return source.per == target.per and source.count == target.count
