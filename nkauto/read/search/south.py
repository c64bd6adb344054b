"""Won that only the South's rate explains, in a text that counts in the North's: ``$4 (4,500 won)`` at 8,000 a dollar.

Nothing but the arithmetic makes such won the South's: where neither the words beside them nor any rate of the text
names the South, they contradict the rate that the text states.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nkauto.core.claims import Candidate, Conversion, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.rates import WON
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.links import Link
from nkauto.read.relations.links import find as links
from nkauto.read.relations.quotes import Quote
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.words import lowered, says
from nkauto.read.search.bases import Settled

_SOUTH = "KRW"
_BESIDE, _ALIKE = 30, 1.02


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
        near = f"{won.left[-_BESIDE:]} {lowered(won.figure.span)} {won.right[:_BESIDE]}"
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
