"""Conversions of a text: an amount given in a second currency, in brackets or in words, and the rates it states."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise

from nkauto.core.claims import Candidate, Conversion, Hint, Reading, Stated, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, number, over, shown, times
from nkauto.read.drafts import candidate, fits, operator, per_one, reading
from nkauto.read.passage import Mention, Passage
from nkauto.read.relation_words import alternatives, last, pattern, says, words

MOST_BETWEEN = 2
"""Figures other than money that may stand between two amounts that are one: ``3,000 won for three months ($0.35)``."""
MOST_BASES = 12
"""Conversions of a pair among which the one that most others agree with is looked for."""
MOST_RATES = 6
"""Rates of a text that one conversion is tried with, the nearest."""
NEAR_SENTENCES = 2
"""A rate this near to a conversion is the rate it was made with."""
APART = Fraction(5, 4)
"""A conversion at a rate of its own, further off than this, contradicts even a distant rate of the text."""

_BRACKET = re.compile(r"^[^()（）\[\]。\n,，、;]{0,30}[(（\[][^()（）\[\]。\n]{0,30}$")
_PUNCTUATION = re.compile(r"[\s,，、;:=≈~～∼/·–—\-()（）\[\]\"'“”‘’]+")
_EQUALS = re.compile(r"[=≈＝]")
_TWO_WAYS = re.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?!\d)")
_CHAIN = re.compile(r"^[^=]{0,16}=\s*1\s*[^\s=]{1,8}\s*=\s*$")
_EQUATION = re.compile(r"^\s*[=≈＝]\s*$|^\s*(?:兑|兑换|可换|换|換|buys|equals)\s*$", re.I)
_CLAUSE = re.compile(r"[,;，、。；]")
_BARE = re.compile(r"^\s*[,，、/·–—\-]?\s*$")
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s?[-/.年년]\s?\d{1,2}(?:\s?[-/.月월]\s?\d{1,2})?"
    rf"|\b(?:{_MONTHS})[a-z]{{0,6}}\.?\s(?:\d{{1,2}},?\s)?(?:19|20)\d\d(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)(?!\s?[-/.年년]\s?\d)")
_LINK_REACH = 60
_THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate that the text states: one of its currency costs ``mention``; ``one`` is that one, where it is a figure."""

    mention: Mention
    official: bool
    one: Mention | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Two amounts that stand as one in two currencies; ``tie`` says by what: bracket, words, or only nearness."""

    source: Mention
    target: Mention
    tie: str
    past: bool = False


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
    rates = _rates(passage)
    stating = {each.index for known in rates.values() for rate in known for each in (rate.mention, rate.one) if each}
    links = [link for link in _links(passage, rates) if not {link.source.index, link.target.index} & stating]
    dates = [(match.start(), match.group()) for match in _DATE.finditer(passage.text)]
    found: list[Candidate] = []
    loose: dict[tuple[str, str, str], list[Link]] = defaultdict(list)
    for link in links:
        by_rate = _by_text_rate(link, rates)
        if by_rate is not None and (by_rate.sure or fits(by_rate.readings)):
            found.append(by_rate)
        elif link.tie != "near":
            units = sorted((link.source.unit, link.target.unit))
            loose[(units[0], units[1], "past" if link.past else _epoch(passage, dates, link))].append(link)
    for group in _merged(loose):
        found += _by_each_other(group)
    linked = {link.target.index for link in links if link.tie != "near"}
    found += _worded(passage, rates, linked)
    equated = {each for each in stating if each not in {m.index for m in passage.mentions if m.rate}}
    return Converted(found, frozenset(linked | equated))


def _rates(passage: Passage) -> dict[tuple[str, str], list[Rate]]:
    """Return the text's rates by (base, quoted currency)."""
    rates: dict[tuple[str, str], list[Rate]] = defaultdict(list)
    for mention in passage.mentions:
        if mention.rate and mention.low > 0:
            rates[(mention.per, mention.unit)].append(Rate(mention, _official(mention)))
    for one, other in pairwise(passage.mentions):
        between = passage.text[one.figure.end : other.figure.start]
        if one.rate and _amount(other) and not other.per and _CHAIN.match(between) and other.unit != one.per:
            rates[(one.per, other.unit)].append(Rate(other, _official(one)))
        if one.low == one.high == 1 and _amount(one) and _amount(other) and one.unit != other.unit:
            if not other.per and _EQUATION.match(between):
                rates[(one.unit, other.unit)].append(Rate(other, _official(one), one))
    return rates


def _official(mention: Mention) -> bool:
    return says("official", mention.left) or says("official", mention.right[:30])


def _links(passage: Passage, rates: dict[tuple[str, str], list[Rate]]) -> list[Link]:
    """Return the pairs of amounts that stand as one in two currencies."""
    links: list[Link] = []
    source_of: dict[int, Link] = {}
    for position, target in enumerate(passage.mentions):
        if not _amount(target):
            continue
        for back in range(1, min(position, MOST_BETWEEN + 1) + 1):
            source = passage.mentions[position - back]
            gap = passage.text[source.figure.end : target.figure.start]
            if source.sentence != target.sentence or len(gap) > 2 * _LINK_REACH or source.rate:
                break
            if _amount(source):
                link = _linked(source, target, gap, back, source_of.get(source.index), rates)
                if link is not None:
                    links.append(link)
                    source_of[target.index] = link
                break
    return links


def _amount(mention: Mention) -> bool:
    return mention.money and not mention.rate and mention.high > 0


def _linked(
    source: Mention,
    target: Mention,
    gap: str,
    back: int,
    earlier: Link | None,
    rates: dict[tuple[str, str], list[Rate]],
) -> Link | None:
    """Return the link of two neighbouring amounts, or of the amount that the first one itself converts."""
    if earlier is not None and not _known(rates, source, target):
        now = source.unit == target.unit and earlier.past
        follows = source.unit != target.unit and tie_of(gap) in ("words", "bare")
        if now or follows:
            source, tie = earlier.source, "near" if now else "words"
            if source.unit != target.unit:
                return Link(source, target, tie, _dated_back(target, gap))
            return None
    if source.unit == target.unit:
        return None
    tie = tie_of(gap)
    if tie in ("", "bare") and len(gap) <= _LINK_REACH and _equated_after(target, gap):
        tie = "words"
    past = _dated_back(target, gap)
    if back > 1 and tie != "bracket":
        return None
    if tie == "bare" and past:
        tie = "words"
    if tie in ("bare", "") and back == 1 and len(gap) <= _LINK_REACH and _known(rates, source, target):
        tie = "near"
    return Link(source, target, tie, past) if tie in ("bracket", "words", "near") else None


def _known(rates: dict[tuple[str, str], list[Rate]], source: Mention, target: Mention) -> bool:
    return (source.unit, target.unit) in rates or (target.unit, source.unit) in rates


def _same_per(source: Mention, target: Mention) -> bool:
    if not source.per or not target.per:
        return True
    return source.per == target.per and source.count == target.count


def tie_of(gap: str) -> str:
    """Return what joins two amounts: a bracket, words that equate them, a bare comma, or nothing (empty)."""
    if _BRACKET.match(gap):
        return "bracket"
    if _BARE.match(gap):
        return "bare" if gap.strip() else ""
    if len(gap) > _LINK_REACH:
        return ""
    if not _rest(gap):
        return "words" if says("equate", gap) or says("hedge", gap) or _EQUALS.search(gap) else ""
    return "words" if says("strong", gap) else ""


def _equated_after(target: Mention, gap: str) -> bool:
    """Return whether the verb that equates two amounts follows both: ``5만 원은 6달러에 해당한다``."""
    return not _rest(gap) and pattern("equals_after", r"^\s*").match(target.right[:16]) is not None


def _rest(gap: str) -> str:
    """Return what is left of the words between two amounts without hedges, particles and punctuation."""
    return _PUNCTUATION.sub("", _equating().sub(" ", gap))


@cache
def _equating() -> re.Pattern[str]:
    every = [*words("equate"), *words("hedge"), *words("particle")]
    return re.compile(alternatives(every), re.IGNORECASE)


def _dated_back(target: Mention, gap: str) -> bool:
    """Return whether the words beside a conversion say that it was so in the past."""
    follows = _CLAUSE.split(target.right[:40], maxsplit=1)[0]
    return says("past", follows) or says("past", gap[-30:])


def _epoch(passage: Passage, dates: list[tuple[int, str]], link: Link) -> str:
    """Return the time that a conversion is for, as far as the text tells: a year in its sentence, or a date before it."""
    first, _ = passage.sentence(link.source)
    end = link.target.figure.end
    years = _YEAR.findall(passage.text[max(first, end - 400) : end])
    if years:
        return years[-1]
    earlier = bisect_right(dates, link.source.figure.start, key=lambda each: each[0])
    return dates[earlier - 1][1] if earlier else ""


def _merged(loose: dict[tuple[str, str, str], list[Link]]) -> list[list[Link]]:
    """Return the groups of conversions that share a rate: one pair, no two different years."""
    pairs: dict[tuple[str, str], dict[str, list[Link]]] = defaultdict(dict)
    for (one, other, year), links in loose.items():
        pairs[(one, other)][year] = links
    groups = []
    for years in pairs.values():
        past = years.pop("past", [])
        groups += [[link] for link in past]
        told = [year for year in years if year]
        if len(told) <= 1:
            groups.append([link for links in years.values() for link in links])
        else:
            groups += list(years.values())
    return [group for group in groups if group]


def _applied(amount: tuple[Term, Term], rate: Rate, forward: bool) -> tuple[Term, Term]:
    """Return an amount at a rate, low and high; forward from the quoted currency into the base."""
    low, high = per_one(rate.mention)
    if forward:
        return over(amount[0], high), over(amount[1], low)
    return times(amount[0], low), times(amount[1], high)


def _candidates(rates: dict[tuple[str, str], list[Rate]], link: Link) -> list[tuple[Rate, bool]]:
    """Return the text's rates for a pair with their direction, the nearest first."""
    source, target = link.source, link.target
    either = [(rate, True) for rate in rates.get((target.unit, source.unit), ())]
    either += [(rate, False) for rate in rates.get((source.unit, target.unit), ())]
    if len(either) <= 1:
        return either
    place = target.figure.start
    either.sort(key=lambda each: abs(each[0].mention.figure.start - place))
    return either[:MOST_RATES]


def _by_text_rate(link: Link, rates: dict[tuple[str, str], list[Rate]]) -> Candidate | None:
    """Return a conversion held against the text's own rates, or None when it states none for the pair.

    It may be said to fail when the rate stands near it; or when the rate that it implies lies well outside
    all that the text states. An official rate elsewhere in the text proves nothing about a street price.
    """
    known = _candidates(rates, link)
    if not known:
        return None
    readings = _readings(link, known)
    sure = link.tie != "near" and not link.past and _contradicts(link, known)
    return candidate(
        "conversion",
        f"{link.source.figure.span} is {link.target.figure.span}",
        link.target,
        [link.source, link.target, *(rate.mention for rate, _ in known)],
        readings,
        sure=sure,
        conversions=[_conversion(link)],
        hints=_turned(link, known),
    )


def _readings(link: Link, known: Iterable[tuple[Rate, bool]]) -> list[Reading]:
    found = []
    for rate, forward in known:
        low, high = _applied(link.source.ends, rate, forward)
        sign = operator(link.target, (link.source, rate.mention))
        tests = compare(low, high, sign, link.target.stated)
        found.append(reading((link.source, link.target, rate.mention), tests))
    return found


def _contradicts(link: Link, known: list[tuple[Rate, bool]]) -> bool:
    source, target = link.source, link.target
    street = [each for each in known if not each[0].official or each[0].mention.sentence == target.sentence]
    if not street:
        return False
    implied = [
        Fraction(source.low) / Fraction(target.high),
        Fraction(source.high) / Fraction(target.low or target.high),
    ]
    values = []
    for rate, forward in street:
        low, high = (term.value for term in per_one(rate.mention))
        values += [low, high] if forward else [1 / high, 1 / low]
    lowest, highest = min(values), max(values)
    nearest = min(abs(rate.mention.sentence - target.sentence) for rate, _ in street)
    if nearest <= NEAR_SENTENCES and highest <= lowest * APART:
        return True
    return implied[1] < lowest / APART or implied[0] > highest * APART


def _turned(link: Link, known: list[tuple[Rate, bool]]) -> list[Hint]:
    hints = []
    for rate, forward in known:
        low, _ = per_one(rate.mention)
        start = link.source.ends[0]
        wrong = times(start, low) if forward else over(start, low)
        hints.append(Hint(wrong, "multiplied instead of divided" if forward else "divided instead of multiplied"))
    return hints


def _conversion(link: Link) -> Conversion:
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


def _by_each_other(group: list[Link]) -> list[Candidate]:
    """Return what several conversions of a pair say of each other, where the text gives no rate: they imply one.

    Those that most others agree with make one claim, and each that contradicts them a claim of its own. A
    figure so coarse that its own rounding spans the difference proves nothing and is left out.
    """
    above = sum(1 if link.source.low >= link.target.low else -1 for link in group) >= 0
    top = group[0].source.unit if above else group[0].target.unit
    sets = [points for link in group if (points := _points(link, top))]
    if len(sets) < 2:
        return [_open(link) for link in group]
    base = max(sets[:MOST_BASES], key=lambda points: (_agreeing(points, sets), points[0].precision))
    found = [_open(link) for link in group if not _points(link, top)]
    together = [base]
    for points in sets:
        if points is base:
            continue
        said = verdict(_tests(base, points))
        if said in (Verdict.HOLDS, Verdict.ROUNDING):
            together.append(points)
        elif said is Verdict.OUTSIDE:
            found.append(_open(points[0].link))
        else:
            found.append(_one_rate([base, points]))
    if len(together) > 1:
        found.append(_one_rate(together))
    elif len(found) == len(group) - len(sets):
        found.append(_open(base[0].link))
    return found


def _agreeing(base: list[_Point], sets: list[list[_Point]]) -> int:
    return sum(verdict(_tests(base, points)) in (Verdict.HOLDS, Verdict.ROUNDING) for points in sets[:MOST_BASES])


def _tests(base: list[_Point], points: list[_Point]) -> tuple[Test, ...]:
    """Return the comparisons of what two conversions imply, leaving out what rounding alone could explain."""
    if points is base:
        return tuple(test for each in base[1:] if (test := _same_rate(base[0], each)) is not None)
    return tuple(test for each in points if (test := _same_rate(base[0], each)) is not None)


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
        conversions=[_conversion(link) for link in links],
        consistency=True,
    )


def _open(link: Link) -> Candidate:
    """Return a single conversion, which the text alone cannot decide."""
    statement = f"{link.source.figure.span} is {link.target.figure.span}"
    return candidate("conversion", statement, link.target, [link.source, link.target], conversions=[_conversion(link)])


@dataclass(frozen=True, slots=True)
class _Point:
    """One implied rate, as so much of ``unit`` for one of ``other``, with the span that rounding leaves it."""

    link: Link
    rate: Term
    lowest: Fraction
    highest: Fraction
    precision: int
    unit: str
    other: str


def _points(link: Link, top: str) -> list[_Point]:
    """Return the rates that a conversion implies, in the ``top`` unit: one for a single figure, two for two ranges.

    None from a number whose point may mark thousands or decimals: ``175.835``.
    """
    source, target = link.source, link.target
    if source.single != target.single or any(_TWO_WAYS.search(each.figure.span) for each in (source, target)):
        return []
    one, other = (source, target) if source.unit == top else (target, source)
    found = []
    for end in ("low",) if source.single else ("low", "high"):
        above, below = getattr(one, end), getattr(other, end)
        if not above or not below:
            return []
        slack_above, slack_below = one.stated.slack, other.stated.slack
        top, bottom = Fraction(above), Fraction(below)
        least = (top - slack_above) / (bottom + slack_below)
        most = (top + slack_above) / (bottom - slack_below) if bottom > slack_below else top * 1000 / bottom
        precision = min(_written_digits(one.stated, above), _written_digits(other.stated, below))
        found.append(_Point(link, over(number(above), number(below)), least, most, precision, one.unit, other.unit))
    return found


def _written_digits(stated: Stated, value: object) -> int:
    return len(str(int(Fraction(str(value)) / Fraction(stated.place))))


def _same_rate(base: _Point, point: _Point) -> Test | None:
    """Return whether two conversions imply one rate; None where rounding alone could make the difference."""
    ratio = over(base.rate, point.rate)
    operator_ = "="
    off = abs(ratio.value - 1)
    if off > Fraction(25, 1000) and base.lowest <= point.highest and point.lowest <= base.highest:
        if off > Fraction(125, 1000):
            return None
        operator_ = "~"
    return Test(ratio, operator_, Decimal(1), _THOUSANDTH)


def _worded(passage: Passage, rates: dict[tuple[str, str], list[Rate]], linked: set[int]) -> list[Candidate]:
    """Return conversions told in words, away from their amount: ``at that rate the kilogram is worth less than $1``."""
    if not rates:
        return []
    found = []
    for position, target in enumerate(passage.mentions):
        if not _amount(target) or target.index in linked or last("result", target.left) < 0:
            continue
        pairs = [(base, quote) for base, quote in rates if target.unit in (base, quote)]
        if not pairs:
            continue
        others = {unit for pair in pairs for unit in pair} - {target.unit}
        sources = [
            mention
            for mention in passage.before(target, position)
            if _amount(mention) and mention.unit in others and _same_per(mention, target)
        ]
        readings: list[Reading] = []
        for source in sources:
            link = Link(source, target, "near")
            readings += _readings(link, _candidates(rates, link))
        if not readings:
            continue
        values = {(mention.low, mention.high) for mention in sources}
        nearest = Link(sources[0], target, "words")
        known = _candidates(rates, nearest)
        sure = len(values) == 1 and any(rate.mention.sentence == target.sentence for rate, _ in known)
        if sure or fits(readings):
            found.append(
                candidate(
                    "conversion",
                    f"{sources[0].figure.span} is {target.figure.span}",
                    target,
                    [*sources, target, *(rate.mention for pair in pairs for rate in rates[pair])],
                    readings,
                    sure=sure and _contradicts(nearest, known),
                    conversions=[_conversion(nearest)],
                    hints=_turned(nearest, known),
                )
            )
    return found
