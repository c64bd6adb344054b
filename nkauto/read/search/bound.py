"""The rate and the amount that the form of a sentence ties to a stated sum, whether it comes out by them or not.

``At the street's 8,200 won the wage is worth $0.9``: the rate stands in the sentence, before what is stated or right
behind it; the amount is the one beside it, the only one of the sentence, or the one whose name the words repeat.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from nkauto.core.claims import Verdict
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.hinted import dearness
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.rates import TextRates
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.contradicted import of_another_time
from nkauto.read.search.crossed import currencies
from nkauto.read.search.names import content, name_of
from nkauto.read.search.sources import Option

_AT = ("at_rate", "at_market_own")
_WORTH = ("result", "strong", "equate", "stands_for", "priced", "becomes", "therefore")
_EMPTY = (*_WORTH, *_AT, "silent", "pronoun", "paid", "hedge", "particle", "market", "and", "same_said")
_CLAUSE = re.compile(r"[,;:，、；：。()（）]|\s[—–-]\s")
_DATED = re.compile(r"[^\d,;.。，；]{0,12}(?:19|20)\d\d(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")
_REACH, _SHORT = 60, 30
_NEXT = 6
_BACK = 2
"""Sentences back to which an amount is looked for."""


class Bound(NamedTuple):
    """The options among which the form leaves the choice; ``firm`` where it leaves one amount, beside what it makes."""

    options: tuple[Option, ...] = ()
    firm: bool = False

    @property
    def wrong(self) -> Option | None:
        """The best of the options, where what is stated comes out by none; what is far off has another origin."""
        near = [each for each in self.options if (each.close if self.firm else not each.far)]
        if not self.options or near or any(each.said is not Verdict.FAILS for each in self.options):
            return None
        top = self.options[0]
        return top if top.linked or top.in_reach or top.slipped else None


def bound(passage: Passage, target: Mention, tried: Sequence[Option], rates: TextRates) -> Bound:
    """Return what the words tie to a stated sum, which is no rate itself."""
    if _may_be_rate(target, rates) or _is_of_another(passage, target, tried) or _DATED.match(target.right):
        return Bound()
    left = [each for each in tried if not _may_be_rate(each.source, rates) and _measured_alike(each.source, target)]
    rated = _rated(passage, target, [each for each in left if each.forward or each.linked])
    meant = _meant(passage, target, rated) if rated else []
    firm = len({each.source.index for each in meant}) == 1 and (meant[0].linked or _is_next(meant[0]))
    firm = firm and not any(_comes_out(each, meant[0]) for each in left)
    return Bound(tuple(replace(each, listed=firm) for each in meant), firm)


def _may_be_rate(mention: Mention, rates: TextRates) -> bool:
    """Return whether a figure is part of a rate, or may be one whose other currency is left out."""
    return mention.index in rates.stating or mention.index in rates.silent


def _comes_out(option: Option, meant: Option) -> bool:
    """Return whether a sum is what another amount of its sentence comes to, that which is meant being an aside."""
    if option.source.sentence != option.target.sentence or option.quote is not meant.quote:
        return False
    return option.forward and option.close and option.said in (Verdict.HOLDS, Verdict.ROUNDING)


def _is_next(option: Option) -> bool:
    """Return whether nothing but the rate stands between an amount and what it comes to."""
    source, target = option.source, option.target
    told = sum(source.index < each.index < target.index for each in option.quote.mentions)
    return source.sentence == target.sentence and target.index - source.index == told + 1


def _rated(passage: Passage, target: Mention, tried: Sequence[Option]) -> list[Option]:
    """Return the options at the rate right behind a sum, at the last one before it in its sentence, or at those told.

    Of the sentences before it every rate is left, where the words beside the sum say that it is worth so much.
    """
    here = [each for each in tried if each.quote.at.sentence == target.sentence]
    ahead = [each for each in here if each.quote.at.index < target.index]
    behind = [each for each in here if _is_at_behind(passage, target, each.quote.at, first=not ahead)]
    if behind:
        return behind
    lead = _CLAUSE.split(unhedged(target.left))[-1][-_REACH:]
    if pattern("equals_after", r"^\s*").match(target.right) is not None:
        lead += target.right
    if not ahead:
        return _rated_before(passage, target, tried, lead)
    last = max((each.quote.at for each in ahead), key=lambda each: each.index)
    others = [each for each in passage.before(target, passage.place_of(target.index)) if last.index < each.index]
    if any(each.unit == target.unit and not each.rate for each in others):
        return []  # another sum stands between, of which it is the rate
    if _is_at(last) and last.unit != target.unit and not _LETTER.search(_own(unhedged(target.left).rstrip())):
        pass  # ``at 3 pesos to the dollar about $3.30``
    elif not _LETTER.search(lead):
        lead = "".join(_CLAUSE.split(last.left)[-2:-1])  # ``is worth, with the dollar at 8,000 won there, $3``
        if not any(pattern(role, after=r"\s*$").search(lead) for role in _WORTH):
            return []
    elif not any(says(role, lead) for role in (*_WORTH, "equals_after")):
        return []
    ahead = [each for each in ahead if each.quote.at is last]
    return [each for each in ahead if (not each.quote.weak or _is_told(each)) and not _is_like(each)]


def _rated_before(passage: Passage, target: Mention, tried: Sequence[Option], lead: str) -> list[Option]:
    """Return the options at the rates of the sentences before a sum, where words say that it is worth so much.

    Words that point at a rate point at the last one; else none may be told elsewhere.
    """
    whole = passage.text[passage.sentence(target)[0] : target.figure.start]
    told = [each for each in tried if 0 < target.sentence - each.quote.at.sentence <= _BACK and not each.quote.weak]
    if says("that_rate", whole[-_REACH:]):
        last = max((each.quote.at.index for each in told), default=0)
        return [each for each in told if each.quote.at.index == last]
    here = any(each.source.sentence == target.sentence for each in tried)
    worth = any(says(role, lead) for role in ("result", "strong", "equals_after", "therefore"))
    if not worth and (here or not says("therefore", whole)):
        return []
    told = [each for each in told if not of_another_time(passage, each)]
    return told if len(told) == len([each for each in tried if not each.quote.weak]) else []


def _own(words: str) -> str:
    """Return the words behind a rate without those of its own currency; a comma stands for what it opens."""
    words = _CLAUSE.sub(" x ", words)
    for role in ("per_one", "silent", "particle"):
        words = pattern(role).sub(" ", words)
    return " ".join(each for each in words.split() if not currencies(each))


def _is_told(option: Option) -> bool:
    """Return whether words set a sum at a rate whose other currency is left out: that of the sum, the dearer one."""
    quote = option.quote
    between = option.source.index < quote.at.index and _is_next(option)  # ``31 yuan, which at 1,250 won comes to``
    mine = between or option.target.unit == quote.base
    return mine and _is_at(quote.at) and dearness(quote.base) < dearness(quote.unit)


def _is_like(option: Option) -> bool:
    """Return whether a sum may itself be a rate: it is told in the money of one, and what stands at it."""
    return option.quote.unit == option.target.unit and _is_at(option.target)


def _is_at_behind(passage: Passage, target: Mention, rate: Mention, *, first: bool) -> bool:
    """Return whether a rate stands right behind a sum, with words that set it at that rate.

    Behind a comma it may be that of the next sum, but where it is the ``first`` of the sentence.
    """
    if not 0 < rate.index - target.index <= 2:
        return False
    gap = passage.gap(target, rate)
    if len(gap) > _REACH or not (first or not _CLAUSE.search(gap)):
        return False
    if pattern("at_which", r"^[\s,]*").match(_CLAUSE.split(gap)[-1]) is not None:
        return True
    return len(gap) <= _SHORT and any(pattern(role, r"^[\s,]*").match(gap) for role in _AT)


def _is_at(mention: Mention) -> bool:
    """Return whether the words before a figure set something at it: ``at the official 96 won``."""
    left = _CLAUSE.split(unhedged(mention.left))[-1][-_SHORT:]
    return any(pattern(role, after=r"(?:\s[a-z’'-]+){0,4}\s*$").search(left) for role in _AT)


def _meant(passage: Passage, target: Mention, options: Sequence[Option]) -> list[Option]:
    """Return the options of the amount that the words before a sum mean."""
    beside = [each for each in options if each.linked]
    if beside:
        return beside
    lead = passage.text[max(passage.sentence(target)[0], target.figure.start - len(target.left)) : target.figure.start]
    for role in _EMPTY:
        lead = pattern(role).sub(" ", lead)
    goods = set(items_named(target.left))
    said = frozenset(each for each in content(lead) if not each.startswith("@"))
    for back in range(_BACK + 1):
        near = [each for each in options if target.sentence - each.source.sentence == back]
        if near:
            break
    else:
        return []
    if back and any(each.unit in ("%", "x") and each.sentence == target.sentence for each in passage.near(target)[:1]):
        return []  # what 70 % leave is not converted
    if back and not goods and not said:
        goods = set(items_named(passage.text[passage.sentence(target)[0] : target.figure.start])[:1])
    if goods:
        near = [each for each in options if each.source.subject in goods]
    if not near or len({each.source.index for each in near}) == 1:
        return near if not said or goods or _named(passage, near, said) else []
    named = _named(passage, near, said)
    if named:
        return named
    return [] if said and not goods else near


def _named(passage: Passage, options: Sequence[Option], said: frozenset[str]) -> list[Option]:
    """Return the options whose amount bears most of the words said."""
    shared = [len(said & name_of(passage, each.source)) for each in options]
    most = max(shared, default=0)
    return [each for each, many in zip(options, shared, strict=True) if many == most] if most else []


def _measured_alike(source: Mention, target: Mention) -> bool:
    """Return whether two amounts are for one measure: a price of a kilo is not what a day's pay comes to."""
    if target.per in ("", *TIME):
        return not (source.per in TIME and target.per) or source.per == target.per
    return source.per == target.per


def _is_of_another(passage: Passage, target: Mention, tried: Sequence[Option]) -> bool:
    """Return whether a sum is told of today, of one of a currency, or of the figure right before it.

    No rate of the text converts that figure.
    """
    lead = unhedged(target.left)[-_SHORT:]
    if says("today", lead) or any(target.unit not in each for each in currencies(_CLAUSE.split(lead)[-1])):
        return True
    before = passage.mentions[max(0, passage.place_of(target.index) - 1)]
    if not before.money or before.sentence != target.sentence or before.index >= target.index:
        return False
    gap = passage.gap(before, target)
    if before.unit == target.unit:
        return not _CLAUSE.search(gap) and len(gap) <= _NEXT
    told = any(each.source is before or before in each.quote.mentions for each in tried)
    return not told and tie_of(gap) != ""
