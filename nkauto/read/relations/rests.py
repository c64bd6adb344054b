"""What is left of a sum: change given back, the rest of a pay, what a seller keeps, what a fee leaves.

``brokers take 40 %; of 500 the family gets 300``: a fee told before the sum that it is taken of.
And what is put on one: ``the official 291 with 30 % of one tax and 45 % of another``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, minus, over, plus, times, total
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import alike, candidate, compared, fitting, operator, reading
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.measures import COUNTS, FAMILY
from nkauto.read.relations.multiple import DOWN, Multiple
from nkauto.read.relations.scope import operand
from nkauto.read.relations.told_after import levels_before
from nkauto.read.relations.words import one_of, pattern, says
from nkauto.read.search.names import content, name_of
from nkauto.read.search.scene import Scene

_CLAUSE = re.compile(r"[;；:：。]")
_SHORT, _TWO = 12, 2
_LEAST, _MOST = Decimal("0.5"), Decimal("1.8")
"""What is left over misses what is told by no more than this: else not all that is taken off stands here."""
_ONE, _HUNDRED = Term(Fraction(1), "1"), Term(Fraction(100), "100")
_BEFORE, _BEHIND, _ARRIVES, _REACH = 40, 24, 14, 60
_LEAD, _TAIL, _GAP, _RATE = 28, 24, 48, 40
_SURCHARGED = 3
"""A tax that more than trebles a price would be told otherwise."""
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_LINK = re.compile(r"[\s,，、:：(（—–-]*[\s\w’'%]{0,24}[\s,，、:：(（—–-]*")


def rest(passage: Passage, mention: Mention, position: int) -> list[Candidate]:
    """``of 8 dollars 0.9 came back``: what is left of one figure when another is taken from it."""
    leads = pattern("gap", after=rf"[^\s.。]{{0,2}}(?:\s*{one_of('of')})?\s*$").search(mention.right)  # of the next one
    sides = mention.left[-40:], "" if leads else mention.right[:20]
    beside = any(says(role, words) for role in ("rest", "arrives", "is_left") for words in sides)
    if not beside and not says("remainder", mention.left[-24:]) and not _other(mention):
        return []
    near = [*passage.before(mention, position, sentences=1), *passage.after(mention, position)]
    like = [each for each in near if alike(each, mention)][:6]
    readings = []
    for one in like:
        for other in like:
            close = abs(one.low - other.high - mention.low) <= mention.stated.place
            if close and one.low > other.high and other is not one:
                low, high = minus(one.ends[0], other.ends[1]), minus(one.ends[1], other.ends[0])
                readings.append(compared(mention, [one, other], low, high))
    found = fitting("ratio", f"{mention.figure.span} is the difference", mention, readings)
    if not found and (given := _taken(passage, mention, position)):
        whole, *parts = given
        low, high = total([each.ends[0] for each in parts]), total([each.ends[1] for each in parts])
        wrong = compared(mention, given, minus(whole.ends[0], high), minus(whole.ends[1], low))
        words = f"{mention.figure.span} is left of {whole.figure.span}"
        return [candidate("ratio", words, mention, (), [wrong], sure=True, locked=True)]
    return found


def _taken(passage: Passage, mention: Mention, position: int) -> list[Mention]:
    """Return a whole and all that is taken from it, where words call what follows them the rest."""
    beside = mention.left[-24:], mention.right[:12]
    here = [each for each in passage.before(mention, position, sentences=0)[::-1] if each.unit not in ("%", "x")]
    here = [each for each in here if pattern("denied_after", r"^\s*").match(each.right) is None]
    given: list[Mention] = []
    if any(says(role, words) for role in ("keeps", "remainder", "arrives") for words in beside) or _other(mention):
        given = _of_a_whole(passage, here) or _of_that(passage, mention, position, here)
    if not given and any(says("is_left", words) for words in beside):
        given = _resold(passage, mention, position)
    if len(given) < _TWO or any(each.unit != mention.unit or each.rate or not each.single for each in given):
        return []
    left = given[0].low - sum(each.low for each in given[1:])
    counted = mention.money or mention.unit in COUNTS or mention.unit in FAMILY
    near = counted and mention.low and left > 0 and _LEAST <= left / mention.low <= _MOST
    return given if near else []


def _of_a_whole(passage: Passage, here: list[Mention]) -> list[Mention]:
    """Return ``of the 60 homes 20 were sold, and 15 remain``: a whole and its parts in one sentence."""
    wholes = [place for place, each in enumerate(here) if pattern("whole_after", r"^\s*").match(each.right[:16])]
    here = here[wholes[-1] :] if wholes else here
    if len(here) < _TWO:
        return []
    took = " ".join(passage.gap(one, other) for one, other in pairwise(here)) + here[-1].right
    told = bool(wholes) or any(says(role, took) for role in ("taken", "taken_of_pay", "used_up"))
    return here if told or says("part_of", here[0].left[-24:]) else []


def _other(mention: Mention) -> bool:
    return pattern("the_other", after=r"\s*$").search(mention.left) is not None


def _of_that(passage: Passage, mention: Mention, position: int, here: list[Mention]) -> list[Mention]:
    """Return ``the pay is 130. Of that 50 goes to the state, and the other 80``: the one sum before, and its parts."""
    first, _ = passage.sentence(mention)
    lead = passage.text[first : mention.figure.start]
    if not here or not any(pattern(role, r"^\s*").match(lead) for role in ("of_it", "of_it_before")):
        return []
    before = [m for m in passage.before(mention, position, sentences=1) if m.sentence < mention.sentence]
    wholes = [m for m in before if m.unit == mention.unit and not m.rate]
    return [*wholes, *here] if len(wholes) == 1 else []


def _resold(passage: Passage, mention: Mention, position: int) -> list[Mention]:
    """Return ``bought for 5, it brings 8; after a bribe of 1 he is left with 2``: what it brings, and what it cost."""
    like = [m for m in passage.before(mention, position, sentences=1)[::-1] if m.unit == mention.unit and not m.rate]
    for place, (bought, sold) in enumerate(pairwise(like)):
        gap = passage.gap(bought, sold)
        buys = says("buys_in", _CLAUSE.split(bought.left)[-1])
        if bought.sentence == sold.sentence:
            buys = buys or pattern("buys_in", r"^\W*\w{0,4}\W*").match(gap) is not None
        if buys and (says("sells_on", gap) or says("sells_on", sold.right[:_SHORT])):
            return [sold, bought, *like[place + _TWO :]]
    return []


def fee_told(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return a fee's share, the sum that is sent and the sum that arrives, in this order."""
    mention, passage = multiple.mention, scene.passage
    if mention.high >= (100 if multiple.percent else 1):
        return None
    if not (says("fee", mention.left[-_BEFORE:]) or says("fee", mention.right[:_BEHIND])):
        return None
    after = [*passage.after(mention, multiple.position), *passage.following(mention, multiple.position)]
    sums = [each for each in after if operand(each) and each.index not in scene.converted][:2]
    if len(sums) < len(("sent", "arrived")) or not _alike(*sums):
        return None
    sent, arrived = sums
    gap = passage.gap(sent, arrived)
    told = f"{gap} {arrived.right[:_ARRIVES]}"
    if len(gap) > _REACH or not any(says(role, told) for role in ("arrives", "keeps", "rest")):
        return None
    whole = _HUNDRED if multiple.percent else _ONE
    low, high = (over(minus(whole, end), whole) for end in mention.ends[::-1])
    sign = operator(arrived, (mention, sent), round_digits=1)
    tests = compare(times(sent.ends[0], low), times(sent.ends[1], high), sign, arrived.stated)
    shares = [each for each in after if each.unit in ("%", "x") and each.index < arrived.index]
    held = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING)
    if not held and shares:
        return None
    tied = mention, sent, arrived
    words = f"{arrived.figure.span} is what {mention.figure.span} leaves of {sent.figure.span}"
    return candidate("ratio", words, mention, tied, [reading(tied, tests)], sure=True, locked=True)


def _alike(sent: Mention, arrived: Mention) -> bool:
    """Return whether two sums can be what is sent and what arrives of it."""
    same = sent.unit == arrived.unit and sent.money and not sent.rate and not arrived.rate
    return same and arrived.low < sent.low and arrived.sentence - sent.sentence <= 1


def surcharges(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``511, which is the official 291 with 30 % of one tax and 45 % of another``, where it computes."""
    passage, mention, position = scene.passage, multiple.mention, multiple.position
    every = [each for each in passage.before(mention, position, sentences=0) if each.unit == "%"][:1]
    every += [each for each in passage.after(mention, position) if each.unit == "%"][:1]
    money = [each for each in levels_before(scene, mention, position, sentences=1) if each.money][:6]
    if not multiple.percent or multiple.way == DOWN or not every or not says("tax", mention.right[:40]):
        return None
    for other in every:
        one = plus(over(mention.ends[0], _HUNDRED), over(other.ends[0], _HUNDRED))
        for base in money:
            for raised in money:
                if base.low >= raised.low or base.unit != raised.unit or abs(other.index - mention.index) > 2:
                    continue
                value = plus(base.ends[0], times(base.ends[0], one))
                made = reading((mention, other, base, raised), compare(value, value, "=", raised.stated))
                if verdict(made.tests) in _HELD:
                    words = f"{raised.figure.span} with both"
                    return candidate("ratio", words, mention, (other, base, raised), [made], sure=True, locked=True)
    return None


def surcharge(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``the official 350 plus a 30 % tax, or 455``: a figure raised by one percentage to another.

    It fails only where one base alone can be meant: the one beside it, or the one that the words before it name.
    """
    mention = multiple.mention
    if not multiple.percent or multiple.way == DOWN or not mention.single:
        return None
    lead, tail = mention.left[-_LEAD:], mention.right[:_TAIL]
    taxed = any(says(role, words) for role in ("tax", "fee") for words in (lead, tail))
    if not any(says(role, words) for role in ("plus", *["surcharged"] * taxed) for words in (lead, tail)):
        return None
    found = _raised(scene, multiple)
    if found is None:
        return None
    raised, bases, firm = found
    factor = plus(_ONE, over(mention.ends[0], _HUNDRED))
    sign = operator(raised, (), round_digits=0)
    for base in bases:
        value = times(base.ends[0], factor), times(base.ends[1], factor)
        made = reading((mention, base, raised), compare(*value, sign, raised.stated))
        if verdict(made.tests) in _HELD or (firm and base is bases[0]):
            words = f"{base.figure.span} plus {mention.figure.span} is {raised.figure.span}"
            return candidate("ratio", words, raised, (mention, base), [made], sure=True, locked=True)
    return None


def _raised(scene: Scene, multiple: Multiple) -> tuple[Mention, Sequence[Mention], bool] | None:
    """Return what a percentage raises a figure to, the figures that it may raise, and whether the first is meant."""
    passage, mention = scene.passage, multiple.mention
    levels = [each for each in levels_before(scene, mention, multiple.position, sentences=2) if each.money]
    here = [each for each in levels if each.sentence == mention.sentence]
    after = [each for each in passage.after(mention, multiple.position, most=2) if each.index not in scene.converted]
    if after and after[0].money:
        raised, gap = after[0], passage.gap(mention, after[0])
        told = tie_of(gap) in ("bare", "words", "bracket") or says("restates", gap) or says("same_said", gap)
        if len(gap) > _GAP or not (told or _LINK.fullmatch(gap) or says("plus", gap)):
            return None
        bases = _below(levels, raised)
        near = _below(here, raised)
        if len(near) == 1 and len(passage.gap(near[0], mention)) <= _RATE:
            return raised, bases, True
        named = [each for each in bases if content(mention.left[-_RATE:]) & name_of(passage, each)]
        return (raised, named or bases, len(named or bases) == 1) if bases else None
    if len(here) > 1 and not after:
        base, raised = here[:2]
        beside = pattern("plus", r"^[\s,，、]*").match(passage.gap(base, mention)) is not None
        if beside and _below([base], raised) and _LINK.fullmatch(passage.gap(raised, base)):
            return raised, [base], True
    return None


def _below(levels: Sequence[Mention], raised: Mention) -> list[Mention]:
    """Return the sums that a tax may raise to another, the nearest first."""
    like = [each for each in levels if each.unit == raised.unit and each.single and raised.single]
    return [each for each in like if each.low < raised.low < each.low * _SURCHARGED][:4]
