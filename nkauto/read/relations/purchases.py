"""What a pay buys of a good that the text prices anywhere before: ``a wage short of three kilos of rice``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from nkauto.core.claims import Candidate, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import over
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.scene import Scene
from nkauto.read.search.sums import scale_of, scaled

_WHOLE_TEXT = 100
"""Sentences back to which the price of a named good is looked for."""


def bought(scene: Scene, mention: Mention, position: int) -> Iterator[tuple[int, Candidate]]:
    """Yield ``the pay buys 18 kg`` at the price that the text tells of that good; of several, at one that computes."""
    passage = scene.passage
    short = says("cannot", mention.left[-24:]) or says("cannot", mention.right[:14])
    if not (mention.subject or short) or (mention.low <= 1 and mention.single and mention.unit in ("kg", "L", "jin")):
        return
    first, last = passage.sentence(mention)
    clause = passage.text[max(first, mention.figure.start - 90) : min(last, mention.figure.end + 50)]
    short = short and pattern("only_so_much", r"^\s*").match(mention.right) is None
    if not short and not says("buy", clause):
        return
    around = passage.before(mention, position)
    pays = [each for each in around if each.money and not each.rate and (each.is_wage or each.subject == "wage")]
    pays = [each for each in pays if each.index not in scene.converted]
    if not pays or not (says("that_money", clause) or (short and pays[0].sentence == mention.sentence)):
        return
    prices = _prices(mention, pays[0], around)
    if not prices or short:
        prices = _prices(mention, pays[0], passage.before(mention, position, sentences=_WHOLE_TEXT))
    told = [(each, _tests(mention, pays[0], each, short=short)) for each in prices]
    if len({(each.low, each.high) for each in prices}) > 1:
        told = [each for each in told if verdict(each[1]) is Verdict.HOLDS]
    if not told:
        return
    (price, tests), pay = told[0], pays[0]
    made = reading((mention, pay, price), tests)
    words = f"{pay.figure.span} buys {mention.figure.span}"
    yield mention.index, candidate("affordability", words, mention, (pay, price), [made], sure=True, locked=short)


def _prices(mention: Mention, pay: Mention, around: Sequence[Mention]) -> list[Mention]:
    """Return the prices of what a quantity is of, in the money of a pay."""
    return [
        each
        for each in around
        if each.money
        and each.per
        and not each.rate
        and each.subject == (mention.subject or each.subject)
        and each.unit == pay.unit
        and not each.is_wage
        and scale_of(mention.unit, each.per) is not None
    ]


def _tests(mention: Mention, pay: Mention, price: Mention, *, short: bool) -> tuple[Test, ...]:
    """Return how the stated quantity compares with what the pay buys at a price."""
    scale = (scale_of(mention.unit, price.per) or Fraction(1)) / Fraction(price.count)
    low = over(pay.ends[0], scaled(price.ends[1], scale))
    high = over(pay.ends[1], scaled(price.ends[0], scale))
    return compare(low, high, "<" if short else operator(mention, (pay, price)), mention.stated)
