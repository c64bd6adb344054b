"""Rates whose base is told elsewhere: another level of a rate, the level behind a step, the rate behind a conversion.

``8,300 won a dollar, at the official rate 110 won``; ``the dollar climbed by 200 won and stands at 8,300 won``;
``150 won, 75 dollars at the official two won``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.quote import Quote, amount
from nkauto.read.relations.words import pattern, says

_SHORT = re.compile(r"[^.;。；\d]{0,60}")
_CLAUSE, _LETTER = re.compile(r"[,;:，、；：()（）]"), re.compile(r"[^\W\d_]")
_ONE_TO = re.compile(r"\s*[1１一]\s*[:：比对對대対]\s*\d")
_JOINED = 12
_TRIMMED = ("hedge", "official", "street", "today", "hedge")


def levels(passage: Passage, known: Sequence[Quote]) -> list[Quote]:
    """Return the rates of a text that follow another one; ``known`` are those that name their base themselves."""
    stating = {mention.index for each in known for mention in each.mentions}
    found = [*_again(passage, known), *_moved(passage), *_applied(passage)]
    once = {each.at.index: each for each in reversed(found) if each.at.index not in stating}
    return list(once.values())


def _again(passage: Passage, known: Sequence[Quote]) -> Iterator[Quote]:
    """Yield ``at 8,300 won a dollar, and at the official rate (110 won)``: another level of a rate told before."""
    called = pattern("rate_of", after=r"\s*[(（]?\s*$")
    given = pattern("gives_for_one", after=r"\s*$")
    asked = pattern("asked_for_one", r"^\s*")
    rates = {each.at.index for each in known}
    for position, mention in enumerate(passage.mentions):
        if not amount(mention) or mention.per not in ("", *TIME):  # a time may be carried on from a wage before
            continue
        left = unhedged(mention.left)
        gives = given.search(left) and not _for_several(passage, position)
        said = called.search(mention.left) or called.search(left) or gives or asked.match(mention.right)
        beside = mention.index - 1 in rates and _on_a_market(mention)
        beside = beside or _trades_on_a_market(mention)
        if said or beside or _ONE_TO.match(mention.figure.span):
            before = [each for each in known if each.unit == mention.unit and each.at.index < mention.index]
            if before:
                yield Quote(before[-1].base, mention.unit, *mention.ends, (mention,))


def _for_several(passage: Passage, position: int) -> bool:
    """Return whether an amount is given for another one right before it, which is not one: ``200元可换23万朝元``."""
    one, other = passage.mentions[max(0, position - 1)], passage.mentions[position]
    return amount(one) and one.unit != other.unit and one.low != 1 and len(passage.gap(one, other)) <= _JOINED


def _on_a_market(mention: Mention) -> bool:
    """Return whether an amount behind a rate names a market alone: ``officially 140, in the street 8,000``."""
    left = unhedged(mention.left)
    if pattern("market", r"^[\s,;]*(?:(?:and|while|but)\s)?(?:the\s)?", r"\s(?:at|for)\s*$").match(left):
        return True
    if pattern("market_level", r"^[^\d]{0,14}[\s,，、;；]\s*", r"[\s,，、]*$").match(left):
        return True
    return len(left) <= _JOINED and pattern("market_level", r"^\s*(?:the\s+|a\s+)?").match(mention.right) is not None


def _trades_on_a_market(mention: Mention) -> bool:
    """Return whether a clause tells only that it goes for an amount on a market: ``in the street it fetches 8,000``."""
    clause = _CLAUSE.split(mention.left.rstrip())[-1]
    traded = pattern("trades_at", after=r"\s*$")
    verb = traded.search(clause) or traded.search(unhedged(clause))
    if verb is None or not says("market_level", clause[: verb.start()]):
        return False
    rest = clause[: verb.start()]
    for role in ("market_level", "turns", "particle"):
        rest = pattern(role).sub(" ", rest)
    return _LETTER.search(rest) is None


def _moved(passage: Passage) -> Iterator[Quote]:
    """Yield ``the dollar climbed by 200 won and stands at 8,300 won``: the level behind a step of the rate."""
    for step, level in _neighbours(passage):
        if not step.rate or step.low >= level.low or not amount(level) or level.per or level.unit != step.unit:
            continue
        gap = passage.gap(step, level)
        left = step.left.rstrip()
        moves = pattern("steps", after=r"\s*$").search(unhedged(left)) is not None
        if moves and pattern("goes_to_level", after=r"\s*$").search(unhedged(gap)):
            yield Quote(step.per, level.unit, *level.ends, (level,))


def _neighbours(passage: Passage) -> Iterator[tuple[Mention, Mention]]:
    """Yield two amounts of one sentence that stand side by side, a percentage in brackets between them left out."""
    sums = [each for each in passage.mentions if each.unit not in ("%", "x")]
    for one, other in pairwise(sums):
        if one.sentence == other.sentence and other.index - one.index <= 2:
            yield one, other


def _applied(passage: Passage) -> Iterator[Quote]:
    """Yield ``75 dollars at the official two won``: what an amount was converted at, told right behind it."""
    for one, rate in pairwise(passage.mentions):
        if not amount(one) or not amount(rate) or one.unit == rate.unit or one.sentence != rate.sentence:
            continue
        gap = passage.gap(one, rate)
        if _SHORT.fullmatch(gap) and pattern("at_rate", r"^\s*", r"\s*$").match(unhedged(gap)) and says("market", gap):
            yield Quote(one.unit, rate.unit, *rate.ends, (rate,), weak=True, plain=False)


def unhedged(words: str) -> str:
    """Return words without the hedge, the word for today and the name of the market that they end with."""
    for role in _TRIMMED:
        words = pattern(role, after=r"\s*$").sub("", words)
    return words
