"""What a multiple is told of: where its words give it to another amount, two figures near it cannot contradict it.

``from 5 to 20, a taxi is 100, ten times what it was``: of the 100. ``500 grams then, 380 now; here half of that``: of
the 380, and what comes of it is not told. ``0.35 instead of 0.25. Families pay three times the rate``: of the rate.
``rose to 85, and steel doubled``: of steel, whose price is not told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from nkauto.core.claims import Candidate, Claim
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import ends_with_base, level_behind, listed
from nkauto.read.relations.multiple import UP, Multiple, multiple_of, unhedged
from nkauto.read.relations.steps import stepping
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.names import base_phrase, content, name_of

_MULTIPLES = ("%", "x")
_THREE = 3
"""A multiple and its two figures."""
_OWN = 24
"""Characters of a clause in which no subject of its own has room."""
_LEAST = 3
_MARKS = " ,，、;；:：—–-"
_BESIDE = re.compile(r"\s*[,，、—–-]+\s*")
_CLOSED = re.compile(r"^\s?[)）]")
_CLAUSE = re.compile(r"[,;，、；。:：()（）]|\.\s")
_BREAK = re.compile(r"[,，、;；:：。)）]|\.\s|[a-z가-힣]\s*$")
_CHANGE = re.compile(r"^\(?1-[\d.]+/|/[\d.]+-1\)")
_SAID = ("says_so", "told_by")
_MEANT_AGAIN = ("pronoun", "same_said", "the_latter", "width")
_PAST = ("formerly", "was_before", "earlier_told", "had_been")


class _Said(NamedTuple):
    """A multiple called wrong of two figures; ``tied`` repeat one of these in another currency."""

    passage: Passage
    multiple: Multiple
    one: Mention
    other: Mention
    claim: Claim
    tied: Collection[int]

    @property
    def stated(self) -> Mention:
        """The multiple as a figure."""
        return self.multiple.mention

    @property
    def others(self) -> tuple[Mention, Mention]:
        """The two figures, in the order of the text."""
        return self.one, self.other


def told_of_another(passage: Passage, each: Candidate, claim: Claim, tied: Mapping[int, Collection[int]]) -> bool:
    """Return whether a multiple is plainly told of an amount that is not among the figures of its claim.

    ``tied`` are the figures that repeat one in another currency.
    """
    own = passage.among(each.figures)
    stated = next((one for one in own if one.figure.span == each.stated), None)
    if stated is None or stated.unit not in _MULTIPLES or len(own) != _THREE:
        return False
    one, other = (mention for mention in own if mention is not stated)
    if one.unit == other.unit == "%":
        return False  # shares, which leave a rest
    again = {index for mention in (one, other) if not mention.rate for index in tied.get(mention.index, ())}
    said = _Said(passage, multiple_of(stated, passage.place_of(stated.index)), one, other, claim, again)
    return any(rule(said) for rule in (_ALWAYS if each.locked else (*_ALWAYS, *_UNLESS_LOCKED)))


def _beside_another(said: _Said) -> bool:
    """Return whether an amount stands right before a multiple, with nothing but a comma between, and is left out."""
    stated, place = said.stated, said.multiple.position
    last = said.passage.mentions[place - 1] if place else stated
    if last is stated or last.sentence != stated.sentence or last in said.others or last.index in said.tied:
        return False
    if last.unit in (*_MULTIPLES, *TIME) or not (last.money or last.unit == said.one.unit):
        return False
    gap = unhedged(said.passage.gap(last, stated))
    if _CLOSED.match(gap) or _BESIDE.fullmatch(gap) is None or stepping(unhedged(last.left)):
        return False
    return said.one.index < last.index


def _of_the_last(said: _Said) -> bool:
    """Return whether a share is one of the figure named last, in a clause of its own: ``there only half of that``."""
    if not said.multiple.of or pattern("of_it", r"^\s*").match(said.stated.right) is None:
        return False
    if said.stated.index - said.other.index != 1:
        return False
    gap = said.passage.gap(said.other, said.stated)
    return _CLAUSE.search(gap) is not None and len(_CLAUSE.split(gap)[-1].strip()) > _LEAST


def _joined(said: _Said) -> bool:
    """Return whether a second clause with a topic of its own ends in a multiple: ``85로 올랐고 철근은 두 배가``."""
    left = unhedged(said.stated.left)
    clause = _last_clause(left)
    ends = pattern("own_topic", after=r"\s*$").search(clause) or _verb_behind_a_noun(clause)
    if ends is None or clause == left or said.other.index > said.stated.index:
        return False
    if any(says(role, clause) for role in ("currency", "width", *_SAID)):
        return False
    topic = content(clause[: ends.start()])
    before = said.passage.text[said.passage.sentence(said.one)[0] : said.other.figure.end]
    return bool(topic) and not topic & content(before)


def _verb_behind_a_noun(clause: str) -> re.Match[str] | None:
    """Return the word of rising or falling that says it of a noun right before it: ``包装费涨了``."""
    if clause.isascii():
        return None
    found = next((told for role in ("rise", "fall") for told in pattern(role).finditer(clause[:_OWN], 2)), None)
    return None if found is None or says("no_topic", clause[: found.start()]) else found


def _joined_with_a_subject(said: _Said) -> bool:
    """Return whether a clause that a word joins names what its multiple is told of: ``and insurance has doubled``."""
    left = unhedged(said.stated.left).rstrip(_MARKS)
    return _last_clause(left) != _CLAUSE.split(left)[-1] and left.isascii() and _has_a_subject(said)


def _of_its_own(said: _Said) -> bool:
    """Return whether a comparison with something named stands in a sentence of its own, its figures before that."""
    multiple, passage = said.multiple, said.passage
    if multiple.way or multiple.percent or multiple.verb or multiple.generic or not (multiple.of or multiple.compares):
        return False
    if said.other.sentence >= said.stated.sentence:
        return False
    lead = _CLAUSE.split(passage.text[passage.sentence(said.stated)[0] : said.stated.figure.start])[-1]
    if content(lead) & content(passage.text[passage.sentence(said.one)[0] : passage.sentence(said.other)[1]]):
        return False
    return len(lead.strip()) >= _LEAST and not says("pronoun", lead) and not says("result", lead)


def _has_a_subject(said: _Said) -> bool:
    """Return whether a clause names what its multiple is told of, and the words of the figures before do not."""
    passage, multiple, stated = said.passage, said.multiple, said.stated
    left = unhedged(stated.left).rstrip(_MARKS)
    clause = _last_clause(left)
    start = stated.figure.start - len(stated.left) + len(left) - len(clause)
    topic = content(clause) | frozenset(pattern("topic_noun", r"^\s*").findall(clause))
    if multiple.generic or not topic or any(says(role, clause + stated.right[:_OWN]) for role in _SAID):
        return False
    if any(says(role, clause) for role in _MEANT_AGAIN):
        return False
    if not clause.isascii() and pattern("own_topic").search(clause) is None:
        return False
    if left != unhedged(stated.left).rstrip() and pattern("where", r"^\s*").match(clause) and says("when", clause):
        return False  # ``10,700 in the first days of April, 53 % more``: the time of the level, closed by a comma
    if said.one.sentence > stated.sentence:
        lead = passage.text[passage.sentence(said.one)[0] : said.one.figure.start]
        if not content(lead) or not (lead.isascii() or pattern("own_topic").search(lead)):
            return False  # ``콩기름은 두 배로 올랐다. kg당 5,000원에서 7,000원으로``
        return not topic & content(passage.text[passage.sentence(said.one)[0] : passage.sentence(said.other)[1]])
    before = [each for each in said.others if each.figure.end <= start]
    after = [each for each in said.others if each.index > stated.index]
    if not before or len(before) + len(after) < len(said.others):
        return False
    behind = [passage.gap(stated, each) for each in after]
    if any(ends_with_base(gap) or level_behind(gap) for gap in behind):
        return False
    last = before[-1]
    gap = passage.text[last.figure.end : start]
    beside = stated.index - last.index == 1 and last.sentence == stated.sentence
    if beside and not (multiple.way or multiple.verb) and pattern("clause_joined").search(gap) is None:
        return False  # ``a pair of shoes, 80, takes half the pay``
    if last.sentence == stated.sentence and _BREAK.search(gap) is None:
        return False
    told = min(last.figure.end + _OWN, passage.sentence(last)[1], start)
    return not topic & content(passage.text[passage.sentence(said.one)[0] : told])


def _of_a_named_base(said: _Said) -> bool:
    """Return whether a multiple is measured on what its words name, which those of the figures before do not."""
    phrase, stated = content(base_phrase(said.multiple)), said.stated
    if not phrase or (said.multiple.percent and said.multiple.way) or said.other.index > stated.index:
        return False
    if said.one.sentence == stated.sentence:
        return False
    first, last = said.passage.sentence(said.one)[0], said.passage.sentence(said.other)[1]
    return not phrase & content(said.passage.text[first : min(last, stated.figure.start)])


def _is_between(said: _Said) -> bool:
    """Return whether words set two figures against each other, whatever they are of: ``a premium of``, ``on top``."""
    lead = _CLAUSE.split(said.stated.left[-_OWN:])[-1]
    named = any(says(role, lead) for role in ("gap_of", "profit"))
    return named or pattern("on_top", r"^\s*").match(said.stated.right) is not None


def _of_two_kinds(said: _Said) -> bool:
    """Return whether two figures are a price and a rate, or prices of two goods where words tell of a change."""
    one, other, multiple = said.one, said.other, said.multiple
    if other.rate and not one.rate and other.index > multiple.mention.index:
        return True  # ``1,500, less than a fortieth at the rate of 8,200``
    if not multiple.way or multiple.of or one.sentence != other.sentence or other.index > multiple.mention.index:
        return False
    lead = said.passage.text[said.passage.sentence(said.stated)[0] : said.stated.figure.start]
    if multiple.compares and not any(says(role, lead) for role in (*_PAST, "opens_earlier", "time_before")):
        return False  # ``corn is 25 % cheaper``: than the other
    if one.rate or multiple.currency or _is_between(said):
        return False
    names = [name_of(said.passage, each) for each in said.others]
    goods = [{name for name in each if name.startswith("#")} for each in names]
    if all(goods) and goods[0].isdisjoint(goods[1]):
        return True
    apart = all(names) and names[0].isdisjoint(names[1])
    beside = other.index - one.index == 1 and other.sentence < said.stated.sentence
    return apart and (listed(said.passage, one, other) or (beside and multiple.compares))


def _of_another_kind(said: _Said) -> bool:
    """Return whether a comparison that names no base stands in a clause with another verb, its figures sentences apart.

    ``insulin is 38,000. A nurse, on 150,000, took a second job for half as much``: as 150,000.
    """
    one, other, multiple = said.one, said.other, said.multiple
    as_much = pattern("as_many", r"^\s*").match(said.stated.right)
    if as_much is None or multiple.against or one.sentence == other.sentence:
        return False
    if other.index > said.stated.index or _BESIDE.match(said.passage.gap(other, said.stated)) is None:
        return False
    return bool(content(_last_clause(unhedged(said.stated.left)))) and one.subject != other.subject


def _ahead(said: _Said) -> bool:
    """Return whether a multiple is held against figures of which one is only told in a later sentence."""
    later = [each for each in said.others if each.sentence > said.stated.sentence]
    if len(later) == len(said.others):
        return said.multiple.currency and not any(each.rate for each in said.others)
    return bool(later) and not (said.multiple.currency or any(each.rate for each in said.others))


def _goes_on(said: _Said) -> bool:
    """Return whether a clause of its own leads from a multiple to a figure: ``중고는 절반이고 수리비는 30달러다``."""
    after = next((each for each in said.others if each.index > said.stated.index), None)
    if after is None or after.sentence != said.stated.sentence:
        return False
    gap = said.passage.gap(said.stated, after)
    joined = pattern("clause_joined").search(gap)
    return joined is not None and not ends_with_base(gap) and bool(content(gap[joined.end() :]))


def _goes_the_other_way(said: _Said) -> bool:
    """Return whether two figures rise where the words tell of a fall, or fall where they tell of a rise."""
    way, old, new = said.multiple.way, said.one, said.other
    if not way or not all(_CHANGE.search(check.expression) for check in said.claim.checks):
        return False
    if bool(said.claim.checks) and all(check.value < 0 for check in said.claim.checks):
        return True
    if not said.multiple.percent or said.stated.index - new.index != 1 or old.rate or new.rate:
        return False
    gap, lead = said.passage.gap(new, said.stated), said.passage.gap(old, new)
    if _BESIDE.match(unhedged(gap)) is None or len(gap) >= _OWN or says("origin", gap):
        return False
    if ends_with_base(lead) or lead.rstrip().endswith(("(", "（")) or any(says(role, lead) for role in _PAST):
        return False  # ``300 (400 in May, -25 %)``: the base stands in the bracket
    return new.high < old.low if way == UP else new.low > old.high


def _last_clause(left: str) -> str:
    """Return the clause that the words end in: behind the last comma, or the last word that joins two."""
    clause = _CLAUSE.split(left)[-1]
    joined = list(pattern("clause_joined").finditer(clause))
    return clause[joined[-1].end() :] if joined else clause


_Rule = Callable[[_Said], bool]
_ALWAYS: tuple[_Rule, ...] = (_beside_another, _of_the_last, _joined, _joined_with_a_subject, _of_two_kinds)
_UNLESS_LOCKED: tuple[_Rule, ...] = (
    _of_its_own,
    _has_a_subject,
    _of_a_named_base,
    _ahead,
    _of_another_kind,
    _goes_on,
    _goes_the_other_way,
)
