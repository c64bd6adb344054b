"""The conversions that the text's own rates contradict: which of those that do not compute may be said to fail.

Only where a bracket or words of converting tie an amount to one other, where the words between two name nothing else,
where a list of conversions goes on, or where a well-known slip explains the figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction

from nkauto.core.claims import Verdict
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.links import years
from nkauto.read.relations.multiple import unhedged
from nkauto.read.relations.words import one_of, pattern, says
from nkauto.read.search.scene import moves
from nkauto.read.search.sources import Option

FIRM = 0.2
"""An amount scored so well may be said to fail."""
SPOKEN = -1.0
"""... or so, where the rate stands in its sentence, or is named there, and words convert."""

_LISTED, _SPREAD = 30, 45
_TWO = 2
_SAME = Fraction(1, 100)
_OFF, _COUNTED = Fraction(19, 20), 8
_YEAR = re.compile(r"[^\d,;.。，；]{0,12}((?:19|20)\d\d)(?!\d)")
_WORDS = ("result", "strong", "equate", "stands_for", "priced", "silent", "pronoun", "paid", "hedge", "particle")
_LETTER = re.compile(r"[^\W\d_]|[;；,，、]")
_APPOSED, _ENDS = re.compile(r"\s*[,，、]\s*"), re.compile(r"\s*(?:[;；。.:]|$)")
_CLAUSE = re.compile(r"[,;，、；]")


def contradicted(
    passage: Passage,
    target: Mention,
    tried: Sequence[Option],
    held: Sequence[Option],
    failed: Sequence[Option],
    proven: Collection[int],
) -> Option | None:
    """Return what contradicts a stated amount; a rate worked out from the words counts once it has borne one out."""
    for each in tried:
        if each.linked and any(_at_one_rate(each, other) for other in failed):
            return each
    left = [
        each
        for each in tried
        if (not each.quote.weak or id(each.quote) in proven)
        and (each.linked or each.source.figure.start < target.figure.start)
        and not _of_other_periods(each.source, target)
        and (target.index - each.source.index == 1 or not moves(passage, each.source, each.source))
    ]
    left = [each for each in left if each.linked or not _measured_apart(each.source, target)]
    left = [each for each in left if not _is_for_many(passage, each)]
    if says("street", _CLAUSE.split(target.right[:_LISTED])[0]):
        left = [each for each in left if not each.quote.official]  # ``$1, or $0.18 on the black market``
    left = [each for each in left if each.slipped or not (each.of_other_days and of_another_time(passage, each))]
    if not left or _is_base(passage, target):
        return None
    for each in left:
        elsewhere = any(other.source is each.source and other.quote is not each.quote for other in held)
        if any(_in_turn(each, other) or (not elsewhere and _in_list(passage, each, other)) for other in held):
            return replace(each, listed=True)
    top = _likeliest(left)
    rivals = [each for each in left if each.source is not top.source and each.score > top.score - 0.8]
    rivals = [each for each in rivals if each.near or not top.near]
    if not rivals and any(_in_step(top, each) for each in held):
        return top
    later = top.quote.at.sentence - target.sentence > 1 and top.of_other_days and not top.slipped
    if later and says("was_so", passage.text[slice(*passage.sentence(target))]):
        return None  # so much it was, at a rate of its time; today's is told later
    dated = _YEAR.match(target.right)
    if dated is not None and dated.group(1) not in f"{top.quote.at.left}{top.quote.at.right}":
        return None  # so much it was then, not at the rate that the text tells
    clause = _clause(target)
    worded = says("strong", clause) or says("result", clause)
    told_at = (
        top.by_name or says("that_rate", target.left[-60:]) or (worded and top.quote.at.sentence == target.sentence)
    )
    if of_another_time(passage, top) and not told_at:
        return None
    beside = target.index - top.source.index == 1
    worded = worded or (beside and pattern("equals_after", r"^\s*").match(target.right) is not None)
    worded = worded or top.named or _is_worth_clause(top, clause)
    worded = worded or (beside and _is_rate_behind(passage, top))
    proved = top.near and any(each.quote is top.quote and each.said is Verdict.HOLDS for each in held)
    if top.quote.official and not (top.beside or top.named or proved):
        return None  # what is official proves nothing about the street, unless other sums are told at it
    away = min(abs(top.quote.at.sentence - each.sentence) for each in (top.source, target))
    borne_out = any(each.quote is top.quote and each.linked and each.said is Verdict.HOLDS for each in held)
    at_hand = away == _TWO and (says("today", clause) or (beside and _is_street_rate(top, left)))
    apart = away > 1 and not (top.far or borne_out or at_hand)
    if beside and not rivals and borne_out and away <= 1 and _of_one_pay(top) and _only_rate(top, left):
        return top
    told_here = top.quote.at.sentence == target.sentence and top.near and top.score >= SPOKEN
    plain = beside and not rivals and away <= 1 and (told_here or _only_rate(top, left))
    if plain and (_is_verb_alone(passage, top.source, target) or _is_of_a_sum(passage, top.source, target)):
        return top
    least = SPOKEN if top.named or top.quote.at.sentence == target.sentence else FIRM
    worded = worded and not _passed_over(passage, top)
    if (top.linked or worded) and top.score >= least and not rivals and not apart:
        return top
    stated, slack = Fraction(target.low), Fraction(target.stated.slack)
    for each in left[:3]:
        fine = slack * 2 <= stated / 50
        again = any(other.source is each.source and other.quote is not each.quote for other in failed)
        if each.score < (-3.0 if fine else -1.0) or not (fine or each.linked or worded or again):
            continue
        if each.slipped:
            return each
    return None


def _at_one_rate(option: Option, other: Option) -> bool:
    """Return whether two brackets, of which the other one is wrong, are converted at one and the same rate."""
    if not other.linked or option.quote is not other.quote or option.target.unit != other.target.unit:
        return False
    one, two = (Fraction(each.source.low) / Fraction(each.target.low) for each in (option, other))
    return option.far and abs(one / two - 1) <= _SAME


def _clause(target: Mention) -> str:
    """Return the words before a sum in its clause, or in the one that leads to it: ``1ドル8000で替えると、80万``."""
    *_, before, last = "", *_CLAUSE.split(target.left)
    leads = not last.strip() and pattern("joins_share", r"^\s*").match(target.right) is None
    return (before if leads else last)[-_LISTED:]


def _likeliest(left: Sequence[Option]) -> Option:
    """Return the best option, or the one at another rate that comes near what is stated: the street's."""
    top = left[0]
    if top.near or top.named:
        return top
    return next((each for each in left if each.source is top.source and each.near), top)


def _measured_apart(source: Mention, target: Mention) -> bool:
    """Return whether two amounts are for unlike measures: a day's pay, and what a litre comes to."""
    return bool(source.per and target.per) and source.per != target.per


def _is_for_many(passage: Passage, option: Option) -> bool:
    """Return whether a sum is what so many come to at the price that an amount is, told between the two."""
    source, target = option.source, option.target
    if not source.per or source.per in TIME or not target.single:
        return False
    first = bisect_left(passage.mentions, source.index, key=lambda each: each.index)
    low, high = option.quote.bounds(source, target.unit)
    between = passage.mentions[first + 1 : first + 1 + min(_COUNTED, abs(target.index - source.index))]
    counted = [each for each in between if each.unit == source.per]
    return any(
        low * Fraction(each.low) * _OFF <= Fraction(target.high)
        and Fraction(target.low) * _OFF <= high * Fraction(each.high)
        for each in counted
    )


def _is_base(passage: Passage, target: Mention) -> bool:
    """Return whether an amount is what a multiple right behind it is of: ``10元に当たり、上限2万ウォンの倍だ``."""
    behind = [each for each in passage.near(target) if each.index == target.index + 1 and each.unit in ("%", "x")]
    return bool(behind) and pattern("of_after", r"^\s*", r"\s*$").match(passage.gap(target, behind[0])) is not None


def _of_other_periods(source: Mention, target: Mention) -> bool:
    """Return whether two sums are of other periods: 3,600 pesos a month are no 15 dollars a day."""
    return source.per in TIME and target.per in TIME and source.per != target.per


def _only_rate(top: Option, left: Sequence[Option]) -> bool:
    """Return whether an amount has one rate only, which no hedge leaves room for, and lies well outside it."""
    quotes = {each.quote.at.index for each in left if each.source is top.source}
    return len(quotes) == 1 and top.far and top.score >= SPOKEN


def _is_street_rate(top: Option, left: Sequence[Option]) -> bool:
    """Return whether an amount has no rate but the one, and perhaps an official one, which nobody pays."""
    return all(each.quote is top.quote or each.quote.official for each in left if each.source is top.source)


def _passed_over(passage: Passage, option: Option) -> bool:
    """Return whether a later sum of an amount's own money, no rate, stands before what is stated."""
    first, last = option.source.index, option.target.index
    between = [each for each in passage.mentions if first < each.index < last and each not in option.quote.mentions]
    return any(each.unit == option.source.unit and not each.rate for each in between)


def _is_verb_alone(passage: Passage, source: Mention, target: Mention) -> bool:
    """Return whether words of worth part two amounts, and no noun: ``the 80 yuan that he is paid are 96,000 won``."""
    if source.sentence != target.sentence or years(passage, target):
        return False
    gap = passage.gap(source, target)
    if _APPOSED.fullmatch(gap) and _ENDS.match(target.right):
        return True
    if len(gap) > _LISTED or not any(says(role, gap) for role in ("equate", "stands_for", "priced", "result")):
        return False
    return _says_only_worth(gap)


def _is_of_a_sum(passage: Passage, source: Mention, target: Mention) -> bool:
    """Return whether what a sum is the price of is worth another one: ``the 30-yuan fee is 37,200 won``."""
    if source.sentence != target.sentence or years(passage, target):
        return False
    gap = passage.gap(source, target)
    words = pattern("of_a_sum", after=r"\s*$").search(source.left[-_COUNTED:]) is not None
    if len(gap) > _SPREAD or not words or _CLAUSE.search(gap) or any(says(role, gap) for role in ("and", "turns")):
        return False
    verb = "|".join(one_of(role) for role in ("result", "equate", "stands_for"))
    return re.search(rf"^\W*(?:[a-z'’]+\s+){{0,4}}(?:{verb})\W*$", unhedged(gap)) is not None


def _is_rate_behind(passage: Passage, option: Option) -> bool:
    """Return whether the rate stands right behind what is stated: ``$90, about 720,000 won at the street's 8,000``."""
    rate, target = option.quote.at, option.target
    if rate.index != target.index + 1 or rate.sentence != target.sentence or option.source.sentence != rate.sentence:
        return False
    gap = passage.gap(target, rate)
    at_it = any(pattern(role, r"^[\s,]*").match(gap) for role in ("at_rate", "at_market_own"))
    return at_it and _says_only_worth(_CLAUSE.split(passage.gap(option.source, target))[-1])


def _says_only_worth(words: str) -> bool:
    """Return whether words say that something is worth so much, and name nothing."""
    for role in _WORDS:
        words = pattern(role).sub(" ", words)
    return not _LETTER.search(words)


def _is_worth_clause(option: Option, clause: str) -> bool:
    """Return whether a clause says only what an amount is worth: ``3,000 dollars, which at 8,000 won each, is 2.4 mn``.

    Nothing but the rate stands between the two.
    """
    source, target = option.source, option.target
    told = sum(source.index < each.index < target.index for each in option.quote.mentions)
    if not told or target.index - source.index != told + 1 or source.sentence != target.sentence:
        return False
    if not any(says(role, clause) for role in ("equate", "stands_for", "result")):
        return False
    return _says_only_worth(clause)


def _of_one_pay(option: Option) -> bool:
    """Return whether two sums of one sentence are somebody's pay for the same time."""
    source, target = option.source, option.target
    return source.sentence == target.sentence and source.per == target.per and source.per in TIME


def _in_step(option: Option, other: Option) -> bool:
    """Return whether a conversion goes on with a list of them: ``the corn came to 45 cents and the pork to $2.10``."""
    one, next_ = option.target, other.target
    named = bool(one.subject) and one.subject == option.source.subject and other.source.subject == next_.subject
    listed = one.sentence == next_.sentence and one.unit == next_.unit and option.source.unit == other.source.unit
    return named and listed and option.quote == other.quote


def _in_list(passage: Passage, option: Option, other: Option) -> bool:
    """Return whether two stand side by side like two others before: ``$12 cream is 102,000, $3 soap 25,500``."""
    pairs = (option.source, option.target), (other.source, other.target)
    if option.quote is not other.quote or any(one.unit != two.unit for one, two in zip(*pairs, strict=True)):
        return False
    steps = [one.index - two.index for one, two in zip(*pairs, strict=True)]
    if any(one.sentence != two.sentence for one, two in zip(*pairs, strict=True)):
        return False
    if says("resold", passage.gap(*pairs[0])):
        return False  # ``bought at 900 yuan, sold for 250 dollars`` equates nothing
    if steps == [1, 1]:  # so much and so much, which are so much and so much
        return all(len(passage.gap(two, one)) <= _SPREAD for one, two in zip(*pairs, strict=True))
    gap = passage.gap(*pairs[0])
    beside = all(target.index - source.index == 1 for source, target in pairs)
    return beside and len(gap) <= _LISTED and (gap == passage.gap(*pairs[1]) or not says("both_of", gap))


def _in_turn(option: Option, other: Option) -> bool:
    """Return whether one amount is told at two rates in turn: ``31,500 in the one and 33,000 in the other``."""
    rates = option.quote.at, other.quote.at
    listed = rates[0].sentence == rates[1].sentence and rates[0].index - rates[1].index == 1
    results = option.target, other.target
    beside = results[0].sentence == results[1].sentence and results[0].index - results[1].index == 1
    return listed and beside and option.source is other.source and option.target.unit == other.target.unit


def of_another_time(passage: Passage, option: Option) -> bool:
    """Return whether the sentences of an amount and a rate name different years, or only the first the past."""
    source, quote = option.source, option.quote
    if source.sentence == quote.at.sentence:
        return False
    then, now = (passage.text[slice(*passage.sentence(each))] for each in (source, quote.at))
    if says("still_so", option.target.left[-30:]):
        return False
    if says("past", then) and not says("past", now) and not says("today", then):
        return True
    here, there = years(passage, source), years(passage, quote.at)
    return bool(here) and not here & there
