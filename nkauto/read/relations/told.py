"""Claims whose figures the words put in their places so plainly that nothing else can be meant.

``9,600 won, 7 % above the 9,000 of May``: the level before, the base behind. ``7 % more than on Sunday``: a base that
the text does not tell. ``two months' pay`` of a pay that it does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nkauto.core.claims import Candidate, Verdict
from nkauto.core.judge import best, compare, judge, verdict
from nkauto.core.terms import fall, over, rise
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.compared import (
    as_much_as_before,
    base_apposed,
    compared_again,
    of_a_good,
    share_behind,
)
from nkauto.read.relations.drafts import alike, candidate, operator, reading
from nkauto.read.relations.each import of_each, of_lists
from nkauto.read.relations.gaps import gap_told
from nkauto.read.relations.levels_told import (
    changed,
    from_before,
    has_its_own_level,
    since_the_first,
    since_when,
    stepped,
    than_told,
)
from nkauto.read.relations.moved import lost_value, of_a_move
from nkauto.read.relations.multiple import DOWN, Multiple, Pair, is_split
from nkauto.read.relations.parts import (
    of_its_place,
    of_no_figure,
    of_no_price,
    part_told,
    told_again,
)
from nkauto.read.relations.parts_of import added_to_it, of_the_next, of_which, part_of_it, restated, told_behind_it
from nkauto.read.relations.reform import months_of_old_pay
from nkauto.read.relations.rests import fee_told, surcharge, surcharges
from nkauto.read.relations.rivals import in_doubt
from nkauto.read.relations.scope import operand
from nkauto.read.relations.senses import readings_of
from nkauto.read.relations.shares import of_a_stake, share_of_both, share_of_pay
from nkauto.read.relations.told_after import earlier, elsewhere, levels_before, told_after
from nkauto.read.relations.two_times import of_a_named_good, of_two_times
from nkauto.read.relations.words import lowered, pattern, says
from nkauto.read.search.scene import Scene

_EARNED = 70
_OWN_PAY = 12
"""Characters between a pay and its months: ``at $60 a month, seven months' pay``."""


def settle(
    passage: Passage, converted: frozenset[int], found: Sequence[Candidate], named: frozenset[tuple[int, ...]]
) -> list[Candidate]:
    """Return the claims with those that the words tell plainly in the place of others on the same figure.

    ``named``: the figures of those whose base the words name and the text tells, so that it is not left open.
    """
    scene = Scene(passage, converted)
    spans = {mention.index: mention.figure.span for mention in passage.mentions}
    by_figure: dict[int, list[Candidate]] = {}
    for each in found:
        for figure in each.figures:
            by_figure.setdefault(figure, []).append(each)
    dropped: set[int] = set()
    added: list[Candidate] = []
    for index, told in _every(scene):
        near = [each for each in by_figure.get(index, []) if id(each) not in dropped]
        about = [each for each in near if each.stated == spans[index] or set(each.figures) == set(told.figures)]
        said = judge(told).verdict
        amounts = set(told.figures[1:])
        if told.kind == "conversion" and any(amounts <= set(each.figures) and judge(each).judged for each in near):
            continue
        if said is Verdict.OUTSIDE and any((each.locked and not told.locked) or _proven(each) for each in about):
            continue
        if said is Verdict.OUTSIDE and not told.locked and any(each.figures in named for each in about):
            continue
        held = any(judge(each).verdict in (Verdict.HOLDS, Verdict.ROUNDING) for each in about)
        if said is Verdict.PARTLY and held and not told.locked:
            continue
        dropped.update(id(each) for each in about)
        added.append(told)
    return in_doubt(scene, [*(each for each in found if id(each) not in dropped), *added])


def _proven(each: Candidate) -> bool:
    """Return whether a claim holds to at least two digits, which is no chance."""
    claim = judge(each)
    if claim.verdict not in (Verdict.HOLDS, Verdict.ROUNDING):
        return False
    sharp = [
        check for check in claim.checks if check.operator == "=" and len(check.stated.normalize().as_tuple().digits) > 1
    ]
    return bool(sharp) and claim.verdict is Verdict.HOLDS


def _every(scene: Scene) -> Iterator[tuple[int, Candidate]]:
    for position, mention in enumerate(scene.passage.mentions):
        if not mention.high:
            continue
        if (apart := of_lists(scene, mention, position) or stepped(scene, mention, position)) is not None:
            yield mention.index, apart
            continue
        if mention.unit in ("%", "x"):
            if not is_split(mention):
                yield from _multiple(scene, position)
        elif mention.unit in TIME:
            reckoned = months_of_old_pay(scene.passage, mention, position)
            yield from _unpaid(scene, mention, position) if reckoned is None else ((mention.index, reckoned),)


def _multiple(scene: Scene, position: int) -> Iterator[tuple[int, Candidate]]:
    multiple = scene.multiple(position)
    for rule in _RULES:
        each = rule(scene, multiple)
        if each is not None:
            yield multiple.mention.index, each
            return


def _jump(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``it jumped 40 %, to 2.30``, where the price that it had before holds it up."""
    passage, mention, position = scene.passage, multiple.mention, multiple.position
    after = passage.after(mention, position, most=1)
    part = multiple.percent or mention.high < 1
    if not part or not multiple.way or not after or not operand(after[0]):
        return None
    gap = passage.gap(mention, after[0])
    if len(gap) > 12 or not pattern("to", r"^[\s,，、]*", r"\s*$").match(gap):
        return None
    for old in levels_before(scene, mention, position, sentences=1)[:3]:
        if alike(old, after[0]):
            every = readings_of(multiple, Pair((old,), (after[0],), 3, ordered=True))
            if multiple.percent:
                every = [changed(multiple, old, after[0], multiple.way)]
            met = best(tuple(every))[1]
            if met is Verdict.ROUNDING and has_its_own_level(passage, mention, (old, after[0])):
                continue
            if met in (Verdict.HOLDS, Verdict.ROUNDING):
                words = f"{mention.figure.span} {multiple.way}"
                return candidate("change", words, mention, (old, after[0]), every, sure=True, locked=True)
    if not multiple.percent:
        return None
    before = levels_before(scene, mention, position, sentences=2)
    told = any(alike(each, after[0]) for each in before) or says("measured_from", mention.left[-20:])
    behind = passage.after(mention, position, most=2)
    if told or (len(behind) > 1 and says("than", passage.gap(*behind[:2]))):
        return None
    return candidate("change", mention.figure.span, mention, after[:1])


def _range(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``from 2,300 to 50,000, twentyfold``, where from and to were read as the ends of one range."""
    passage, mention, position = scene.passage, multiple.mention, multiple.position
    for one in (*levels_before(scene, mention, position, sentences=1)[:1], *passage.after(mention, position, most=1)):
        words = lowered(one.figure.span)
        first, last = sorted((one, mention), key=lambda each: each.figure.start)
        gap = passage.gap(first, last)
        if not one.money or one.single or not says("goes_to", words) or abs(one.index - mention.index) != 1:
            continue
        behind = one is first and lowered(one.figure.span).isascii() and not says("origin", one.left[-8:])
        if (
            behind
            or (first is mention and not (says("origin", gap[-8:]) or says("origin", words[:5])))
            or len(gap) > 60
        ):
            continue
        values = [over(one.ends[1], one.ends[0])]
        if multiple.percent:
            values = [rise(one.ends[0], one.ends[1])]
            if multiple.way == DOWN:
                values = [fall(one.ends[1], one.ends[0])]
        sign = operator(mention, (one,), round_digits=0 if multiple.percent else 1)
        made = [reading((mention, one), compare(value, value, sign, mention.stated)) for value in values]
        if sign == ">" and not multiple.percent:
            made.append(reading((mention, one), compare(values[0], values[0], "~", mention.stated)))
        said = verdict(made[0].tests)
        if said in (Verdict.HOLDS, Verdict.ROUNDING) or len(gap) <= 12:
            return candidate("change", mention.figure.span, mention, (one,), made, sure=True, locked=True)
    return None


def _unpaid(scene: Scene, mention: Mention, position: int) -> Iterator[tuple[int, Candidate]]:
    """Yield ``two months' pay`` of a text that tells no pay."""
    passage = scene.passage
    after = passage.text[mention.figure.end : mention.figure.end + 40]
    before = mention.left[-24:]
    told = pattern("pay_of", r"^[\s’']*").match(after) or pattern("pay_before", after=r"\s*$").search(before)
    if not told:
        return
    prices = [each for each in levels_before(scene, mention, position, sentences=1) if each.money and not each.rate]
    here = [each for each in prices if each.sentence == mention.sentence]
    paid = [each for each in here if not each.is_wage and not says("earned_behind", each.right[:_EARNED])]
    earlier = [each for each in prices if each not in here and each.per not in TIME]
    plain = [each for each in here if each.per not in TIME]
    if not plain and earlier and any(each.per in TIME for each in paid):
        return  # the pay is told, and a price in the sentence before
    prices = plain or paid or earlier or prices
    before_it = passage.mentions[:position]
    known = [each for each in before_it if each.money and (each.per in TIME or each.subject == "wage")]
    behind = [each for each in passage.mentions[position:] if each.money and each.per in TIME]
    near = [each for each in behind if each.sentence <= mention.sentence + 1]
    known += [each for each in behind if each in near or (each.is_wage and says("wage", each.left[-16:]))]
    if len(prices) > 1 and prices[0].is_wage and len(passage.gap(prices[0], mention)) <= _OWN_PAY:
        return  # the pay is told, and a price before it
    if prices and prices[0].per in TIME and any(_is_price(each) for each in passage.after(mention, position, most=1)):
        return  # the pay is told, and a price behind its months
    if prices and all(
        (each.low, each.high) == (prices[0].low, prices[0].high) or each.index in scene.converted for each in known
    ):
        words = f"{prices[0].figure.span} is {mention.figure.span} of pay"
        yield mention.index, candidate("affordability", words, mention, prices[:1])


def _is_price(mention: Mention) -> bool:
    return mention.money and not mention.rate and not mention.per


_RULES = (
    of_each,
    _range,
    lost_value,
    of_a_named_good,
    of_two_times,
    than_told,
    told_again,
    of_a_stake,
    gap_told,
    of_a_move,
    compared_again,
    base_apposed,
    of_a_good,
    as_much_as_before,
    share_behind,
    fee_told,
    share_of_pay,
    share_of_both,
    part_told,
    part_of_it,
    of_which,
    added_to_it,
    told_behind_it,
    restated,
    of_the_next,
    from_before,
    surcharges,
    surcharge,
    of_its_place,
    _jump,
    since_the_first,
    since_when,
    told_after,
    elsewhere,
    earlier,
    of_no_figure,
    of_no_price,
)
