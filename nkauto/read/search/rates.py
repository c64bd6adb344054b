"""Which of a text's rates the words beside an amount mean: the official one, the street's, Hyesan's, in new money.

And what the slips of a pen would make of the amount: the rate turned round, a nought lost, another rate taken.

Nothing but the arithmetic makes some won the South's: ``$4 (4,500 won)`` at 8,000 a dollar. Where neither the words
beside them nor any rate of the text names the South, they contradict the rate that the text states.

And amounts at the rate that another pair of the text implies.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from functools import cache

from nkauto.core.claims import Candidate, Conversion, Hint, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.rates import WON
from nkauto.core.terms import Term, over, times
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.agree import conversion
from nkauto.read.relations.convert import borne_out
from nkauto.read.relations.drafts import BOUNDS, candidate, digits, operator, reading
from nkauto.read.relations.links import Link
from nkauto.read.relations.links import find as find_links
from nkauto.read.relations.links import find as links
from nkauto.read.relations.noughts import coin
from nkauto.read.relations.quote import sides
from nkauto.read.relations.quotes import Quote, amount
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.reform import fixed_between
from nkauto.read.relations.words import lowered, one_of, pattern, says
from nkauto.read.search.bases import Settled
from nkauto.read.search.names import content, name_of

_BESIDE = 40
_SOUTH = "KRW"
_SIDE, _ALIKE = 30, 1.02
_MOST = 3
"""Amounts before one, and pairs of the text, that are tried for it."""
_REACH = 8
"""Figures between an amount and the pair that implies its rate, at most."""
_SIDE_BY_SIDE = 24
"""Two sums so close are one but for rounding."""
_NEAR = Fraction(1, 20)
"""A bound that is true of a sum is one of it only so near."""
_FAR = Fraction(1, 4)
"""What words set at the rate of another pair is wrong where it is off by more."""
_TELLING = 2
"""A figure of fewer digits may be met by chance."""


def meant(quotes: list[Quote], source: Mention, target: Mention) -> tuple[list[Quote], tuple[Quote, ...]]:
    """Return the rates that the words beside an amount can mean, and the others: ``$7 at the market rate``."""
    street = [each for each in quotes if not each.official]
    if not street or len(street) == len(quotes):
        return quotes, ()
    official = [each for each in quotes if each.official]
    if at_official(target):
        return official, tuple(street)
    near = " ".join(f"{each.left[-_BESIDE:]} {each.right[:_BESIDE]}" for each in (source, target))
    return (street, tuple(official)) if says("street_rate", near) else (quotes, ())


def called(passage: Passage, quotes: list[Quote], source: Mention, target: Mention) -> list[Quote]:
    """Return the rates that words name among others: ``at Hyesan's rate``, ``5 yuan, in Hyesan 2,200``."""
    if len({(each.low.value, each.high.value) for each in quotes if not each.weak}) < 2 or source.index > target.index:
        return []
    clause = _clause().split(target.left)[-1]
    words = [clause] if says("exchange_rate", clause) or says("place", clause) else []
    if target.index == source.index + 1 and says("exchange_rate", source.left):
        words.append(" ".join(_clause().split(source.left)[-2:]))
    behind = _clause().split(target.right)[0]
    if says("exchange_rate", behind) and pattern("at_rate", r"^\s*").match(behind):
        words = [behind]
    for each in words:
        said = content(each)
        found = [quote for quote in quotes if said & name_of(passage, quote.at)]
        if len({(quote.low.value, quote.high.value) for quote in found}) == 1:
            return found
    return []


@cache
def _clause() -> re.Pattern[str]:
    """Return the pattern of what parts two clauses, or two items of a list."""
    return re.compile(rf"[,;:，、；：。()（）]|\s{one_of('conjunction')}\s")


def of_other_notes(quote: Quote, source: Mention, target: Mention) -> bool:
    """Return whether a rate is told in new money and an amount in old, or the other way round."""
    amounts = [each for each in (source, target) if each.unit == quote.at.unit]
    return any({coin(each), coin(quote.at)} == {"old", "new"} for each in amounts)


def at_official(target: Mention) -> bool:
    """Return whether the words right before or behind a sum say that it is one at the official rate."""
    left, right = sides(target.left)[-1], sides(target.right)[0]
    if pattern("official_rate", r"^[\s)]*").match(right) is not None:
        return True
    return says("official_rate", left) and not says("street_rate", left)


def slips(source: Mention, quote: Quote, target: Mention) -> tuple[Hint, ...]:
    """Return what well-known slips would make of an amount at a rate turned round."""
    low = source.ends[0]
    wrong = times(low, quote.low) if quote.base == target.unit else over(low, quote.high)
    turned = over(quote.high, low)
    return (
        Hint(wrong, "multiplied instead of divided" if quote.base == target.unit else "divided instead of multiplied"),
        Hint(turned, "divided the wrong way round"),
    )


def powers(source: Mention, quote: Quote, target: Mention) -> tuple[Term, ...]:
    """Return what an amount at a rate comes to with the point in another place."""
    right = quote.applied(source.ends, target.unit)[0]
    found = []
    for power in (10, 100, 1000):
        many = Term(Fraction(power), str(power))
        found += [times(right, many), over(right, many)]
    return tuple(found)


def at_others(source: Mention, others: Sequence[Quote], target: Mention) -> Iterator[Hint]:
    """Yield what an amount comes to at the rates that the words do not mean."""
    for each in others:
        yield Hint(each.applied(source.ends, target.unit)[0], "the official rate in the place of the market's")


def find(passage: Passage) -> list[Settled]:
    """Return the conversions into won that the text's only rates, those of the North, contradict."""
    if not any(each.unit == WON for each in passage.mentions):
        return []
    rates = TextRates(passage)
    if any(_SOUTH in pair for pair in rates.quoted) or says("south", passage.text):
        return []
    found = []
    every = list(links(passage, rates.quoted))
    if _for_readers(every):
        return []
    for link in every:
        for won, other in _sides(link):
            if says("sent_north", passage.text[slice(*passage.sentence(won))]):
                continue  # what is sent from the South is counted there
            near = rates.nearest(WON, other.unit, won.figure.start, weak=False)
            if near:
                made = _claim(link, won, near[0])
                fails = verdict(made.readings[0].tests) is Verdict.FAILS
                if fails:
                    found.append(Settled(link.target.index, made, fits=False, score=0.0))
    return found


def _for_readers(every: Sequence[Link]) -> bool:
    """Return whether two sums and more are told again in won, about and at one rate, as readers in the South count."""
    told = [each for each in every if each.tie == "bracket" and each.target.unit == _SOUTH and each.target.hedged]
    rates = [float(each.target.low) / float(each.source.low) for each in told if each.source.unit != WON]
    return len(rates) > 1 and max(rates) <= _ALIKE * min(rates)


def _sides(link: Link) -> Iterator[tuple[Mention, Mention]]:
    """Yield the won and the other amount of a link by a bracket or words, where the won are not called the South's."""
    if link.tie not in ("bracket", "words") or link.past:
        return
    for won, other in ((link.source, link.target), (link.target, link.source)):
        near = f"{won.left[-_SIDE:]} {lowered(won.figure.span)} {won.right[:_SIDE]}"
        if won.unit == _SOUTH and other.unit != WON and not says("south", near):
            yield won, other


def _claim(link: Link, won: Mention, rate: Quote) -> Candidate:
    source, target = link.source, link.target
    unit_from, unit_to = (WON, target.unit) if won is source else (source.unit, WON)
    sign = operator(target, (source,), round_digits=1)
    tests = compare(*rate.applied(source.ends, unit_to), sign, target.stated)
    tied = (source, target, *rate.cited)
    made = Conversion(
        source=source.index,
        target=target.index,
        low=source.low,
        high=source.high,
        unit_from=unit_from,
        unit_to=unit_to,
        stated=target.stated,
        operator=sign,
    )
    statement = f"{source.figure.span} is {target.figure.span}"
    return candidate("conversion", statement, target, tied, [reading(tied, tests)], sure=True, conversions=[made])


def find_proportion(passage: Passage, rates: TextRates, taken: Collection[int]) -> list[Settled]:
    """Return the amounts that follow from another one as a pair of the text does; ``taken`` follow from a rate."""
    tied = [link for link in find_links(passage, rates.quoted) if link.tie in ("bracket", "words")]
    pairs = [link for link in tied if not link.past and _implies(link, rates)]
    if not pairs:
        return []
    linked = {mention.index for link in tied for mention in (link.source, link.target)}
    found = []
    for position, target in enumerate(passage.mentions):
        if target.index in linked or target.index in taken or not (target.single and amount(target) and target.low > 0):
            continue
        first = next(_met(passage, target, position, pairs, linked), None)
        if first is not None:
            found.append(first)
    return found


def _implies(link: Link, rates: TextRates) -> bool:
    """Return whether a pair implies a rate of its own: none is fixed by decree, nor told that bears the pair out."""
    single = link.source.single and link.target.single
    if not single or fixed_between(link.source.unit, link.target.unit) is not None:
        return False
    return link.pair not in rates.quoted or not borne_out(link, rates)


def _met(
    passage: Passage, target: Mention, position: int, pairs: Sequence[Link], linked: Collection[int]
) -> Iterator[Settled]:
    """Yield the amounts before one that come to it at the rate of a pair, the nearest first."""
    before = [each for each in passage.before(target, position, sentences=1) if amount(each) and each.single]
    for link in sorted(pairs, key=lambda each: abs(each.target.index - target.index))[:_MOST]:
        one, other = link.source, link.target
        if target.unit not in (one.unit, other.unit) or abs(other.index - target.index) > _REACH:
            continue
        worth, given = (one, other) if one.unit == target.unit else (other, one)
        sources = [each for each in before if each.unit == given.unit and each.index not in linked and each.low > 1]
        for source in sources[:_MOST]:
            if source.per and target.per and source.per != target.per:
                continue
            value = over(times(source.ends[0], worth.ends[0]), given.ends[0])
            bound = target.figure.bound
            tests = compare(value, value, bound if bound in BOUNDS else "=", target.stated)
            beside = target.index - source.index == 1 and len(passage.gap(source, target)) <= _SIDE_BY_SIDE
            said = verdict(tests)
            off = abs(value.value / Fraction(target.low) - 1)
            told = target.index - source.index == 1 and _at_that_rate(passage, target, link)
            near = off <= _NEAR and (told or digits(target.low) >= _TELLING)
            wrong = told and off > _FAR and said is Verdict.FAILS
            if wrong or (near and (said is Verdict.HOLDS or (said is Verdict.ROUNDING and beside))):
                every = (source, target, one, other)
                made = candidate(
                    "conversion",
                    f"{source.figure.span} is {target.figure.span}, as {one.figure.span} is {other.figure.span}",
                    target,
                    every,
                    [reading(every, tests)],
                    sure=True,
                    conversions=[conversion(Link(source, target, "near")), conversion(link)],
                    consistency=True,
                )
                yield Settled(target.index, made, fits=not wrong, score=0.0)


def _at_that_rate(passage: Passage, target: Mention, link: Link) -> bool:
    """Return whether the words of a sentence say that it converts as the last pair before it does."""
    first, _ = passage.sentence(target)
    words = passage.text[max(first, link.target.figure.end) : target.figure.start]
    return link.target.index < target.index and target.figure.bound not in BOUNDS and says("that_rate", lowered(words))
