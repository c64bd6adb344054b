"""Changes and multiples: a percentage or a multiple, and the two figures that it must follow from.

``up 20 % from 5,000 to 6,000``, ``tripled``, ``fell by half``, ``twice the state price``, ``20 % of a wage``.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from nkauto.core.claims import Candidate, Reading, Verdict
from nkauto.core.judge import verdict
from nkauto.read.passage.passage import TIME, Passage
from nkauto.read.relations.drafts import BOUNDS, fits
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.multiple import CLAUSE, DOWN, Multiple, Pair, claim_of, is_inflation, is_split, multiple_of
from nkauto.read.relations.operands import pairs
from nkauto.read.relations.scope import by_subject, exceeds_its_whole, operand
from nkauto.read.relations.senses import hints_of, readings_of
from nkauto.read.relations.steps import by_step, led, net_of, of_a_gap
from nkauto.read.relations.words import pattern, says

_LEAST, _MOST = Decimal("0.85"), Decimal("1.15")
_MOST_READINGS = 16


def find(passage: Passage, converted: frozenset[int]) -> list[Candidate]:
    """Return the changes and ratios of a text; ``converted`` figures repeat others in a second currency."""
    found: list[Candidate] = []
    for position, mention in enumerate(passage.mentions):
        if mention.unit not in ("%", "x") or not mention.high or is_split(mention) or is_inflation(mention):
            continue
        multiple = led(passage, multiple_of(mention, position))
        if says("net", mention.left):
            found += net_of(passage, multiple)
        else:
            found += _claims(passage, multiple, converted)
    return found


def _claims(passage: Passage, multiple: Multiple, converted: frozenset[int]) -> list[Candidate]:
    """Return the claims that a multiple makes, usually one.

    It fails only where the words tie the two figures together, or where no two like figures come near it.
    """
    told = by_step(passage, multiple) or of_a_gap(passage, multiple)
    if told is not None:
        return [told]
    possible = pairs(passage, multiple, converted)
    possible = [pair for pair in possible if not exceeds_its_whole(passage, multiple, pair.mentions)]
    if multiple.percent and not (multiple.way or multiple.of or multiple.compares or multiple.of_wage):
        possible = [pair for pair in possible if pair.part or (pair.tie == 3 and _closes(passage, multiple))]
    if not _concerns(multiple, possible):
        return _undecided(passage, multiple, converted)
    top = possible[0].tie
    if top == 3 and _of_one_sentence(multiple, possible[0]):
        possible = [pair for pair in possible if _of_one_sentence(multiple, pair)]
    firm = [pair for pair in possible if pair.tie == top]
    readings = _until_one_holds(multiple, possible)
    if not fits(readings) and _of_two_places(passage, multiple, firm[0]):
        return _undecided(passage, multiple, converted)
    if top >= 2 or fits(readings):
        hints = (
            [hint for pair in firm[:3] for hint in hints_of(multiple, pair)] if top >= 2 and not fits(readings) else []
        )
        return [claim_of(multiple, firm[0].mentions, readings, sure=top >= 2, hints=hints, locked=firm[0].locked)]
    readings = [each for pair in possible for each in readings_of(multiple, pair)]
    if _beyond(multiple, readings):
        return _each_pair(passage, multiple, possible)
    return _undecided(passage, multiple, converted)


def _of_one_sentence(multiple: Multiple, pair: Pair) -> bool:
    """Return whether both figures of a pair stand in the sentence of their multiple."""
    return all(each.sentence == multiple.mention.sentence for each in pair.mentions)


def _of_two_places(passage: Passage, multiple: Multiple, pair: Pair) -> bool:
    """Return whether a change would lead from a level of one sentence's place to one of another's."""
    if multiple.compares or not multiple.way:
        return False
    told = {each.sentence: passage.text[slice(*passage.sentence(each))] for each in pair.mentions}
    places = [{found.group() for found in pattern("place").finditer(words)} for words in told.values()]
    return len(places) == 2 and all(places) and places[0].isdisjoint(places[1])


def _until_one_holds(multiple: Multiple, possible: list[Pair]) -> list[Reading]:
    """Return the readings of the possible pairs, the best tied first, as far as one that holds exactly.

    Pairs that no word ties are read only where their figures come near the stated one.
    """
    found: list[Reading] = []
    for pair in possible:
        if pair.tie < 2 and not _comes_near(multiple, pair):
            continue
        for each in readings_of(multiple, pair):
            if _likely(pair, each):
                found.append(each)
                if verdict(each.tests) is Verdict.HOLDS:
                    return found
        if len(found) >= _MOST_READINGS:
            break
    return found


def _comes_near(multiple: Multiple, pair: Pair) -> bool:
    """Return whether two figures could make the stated multiple in any sense: a cheap look before the exact one."""
    mention = multiple.mention
    if len(pair.base) > 1 or len(pair.new) > 1 or mention.figure.bound in BOUNDS:
        return True
    old, new = pair.base[0], pair.new[0]
    least, most = mention.low * _LEAST, mention.high * _MOST
    unit = 100 if multiple.percent else 1
    for one, other in ((old, new), (new, old)):
        if not one.high or not one.low:
            return True
        low, high = other.low / one.high * unit, other.high / one.low * unit
        senses = ((low, high), (low - unit, high - unit), (unit - high, unit - low))
        if any(below <= most and above >= least for below, above in senses):
            return True
    return False


def _closes(passage: Passage, multiple: Multiple) -> bool:
    """Return whether a bare percentage closes a change told before it: ``from 6,900 to 4,000, or 42 %``."""
    before = passage.before(multiple.mention, multiple.position, sentences=0, most=1)
    if before and tie_of(passage.gap(before[0], multiple.mention)) in ("words", "bracket"):
        return True
    return not CLAUSE.split(multiple.mention.right)[0].strip(" .。")


def _concerns(multiple: Multiple, possible: list[Pair]) -> bool:
    """Return whether a multiple speaks of the figures found: of one in its own sentence, or by its words."""
    mention = multiple.mention
    if any(each.sentence == mention.sentence for pair in possible for each in pair.mentions):
        return True
    return bool(possible) and (multiple.currency or multiple.generic or bool(mention.subject) or multiple.verb)


def _likely(pair: Pair, each: Reading) -> bool:
    """Return whether a bound speaks of these figures: nobody says "more than double" of what rose thirtyfold."""
    if pair.tie >= 2 or not each.tests or each.tests[0].operator in ("=", "~"):
        return True
    return min(test.miss for test in each.tests) <= 1


def _beyond(multiple: Multiple, readings: list[Reading]) -> bool:
    """Return whether a multiple is larger than any two figures near it make."""
    if multiple.mention.figure.bound in ("<", "<=") or not readings:
        return False
    if not (multiple.currency or multiple.generic):
        return False
    largest = max(test.computed.value for each in readings for test in each.tests)
    return Fraction(multiple.mention.low) > largest * Fraction(9, 8)


def _each_pair(passage: Passage, multiple: Multiple, possible: list[Pair]) -> list[Candidate]:
    """Return a claim for each earlier figure that the multiple may be measured from, and for goods with but one."""
    found = []
    mentions = {m.index: m for pair in possible for m in pair.mentions}
    for group in by_subject(list(mentions.values())):
        lowest = multiple.way == DOWN and not group[0].rate
        extreme = min(group, key=lambda m: m.low) if lowest else max(group, key=lambda m: m.high)
        for pair in possible:
            if extreme in pair.mentions:
                hints = hints_of(multiple, pair)
                found.append(claim_of(multiple, pair.mentions, readings_of(multiple, pair), sure=True, hints=hints))
    if multiple.generic:
        found += _undecided(passage, multiple, frozenset(), skip={m.subject for m in mentions.values()})
    return found


def _undecided(
    passage: Passage, multiple: Multiple, converted: frozenset[int], skip: set[str] | None = None
) -> list[Candidate]:
    """Return the claim of a multiple whose other figure the text does not give."""
    mention = multiple.mention
    if not (multiple.way or multiple.compares or multiple.verb):
        return []
    around = [*passage.before(mention, multiple.position), *passage.after(mention, multiple.position)]
    near = [each for each in around if operand(each) and each.money and each.index not in converted]
    if multiple.generic:
        near = [each for each in near if mention.subject in ("", each.subject) or not each.subject]
        groups = [group for group in by_subject(near) if len(group) == 1 and group[0].subject not in (skip or set())]
        if mention.subject != "wage":
            groups = [group for group in groups if group[0].per not in TIME]  # the price of food is no pay
        return [claim_of(multiple, (group[0],), [], sure=False, hints=[]) for group in groups[:3]]
    here = [each for each in near if each.sentence == mention.sentence and each.rate <= multiple.currency]
    if here and not (multiple.of and multiple.percent):
        return [claim_of(multiple, (here[0],), [], sure=False, hints=[])]
    if not here and not multiple.percent and multiple.compares and not multiple.of:
        return [claim_of(multiple, (), [], sure=False, hints=[])]
    return []
