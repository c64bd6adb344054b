"""A passage while it is searched: lists of figures, their places, and which of them tell of a step."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise

from nkauto.core.claims import Hint, Reading, Verdict
from nkauto.core.judge import best
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.between import arrow, then_now
from nkauto.read.relations.multiple import Multiple, multiple_of, unhedged
from nkauto.read.relations.steps import led
from nkauto.read.relations.words import alternatives, pattern, says, words

BREAK = re.compile(r"[;；]")
COMMA = re.compile(r"[,，、:：]")
_COMMA_ALONE = re.compile(r"\s*[,，、]\s*")
_LISTED = 45
_REPEATED = re.compile(r"\s*[(（][^()（）]{0,40}[)）]")
_SPELLED = re.compile(r"[぀-ヿ가-힣]")
_EASTERN = re.compile(r"[぀-ヿ㐀-鿿가-힣]")


class Scene:
    """A passage while it is searched, with what is asked of its figures more than once."""

    def __init__(self, passage: Passage, converted: frozenset[int]) -> None:
        self.passage = passage
        self.converted = converted - _on_another_market(passage) if converted else converted
        self.names: dict[int, frozenset[str]] = {}
        self._runs: dict[int, list[Mention]] = {}
        self._arrows: dict[tuple[int, int], bool] = {}
        self._steps: dict[int, bool] = {}
        self._at = {mention.index: position for position, mention in enumerate(passage.mentions)}

    def at(self, mention: Mention) -> int:
        """Return the position of a figure."""
        return self._at[mention.index]

    def near(self, position: int) -> Sequence[Mention]:
        """Return the figures around a position."""
        return self.passage.mentions[max(0, position - 14) : position + 8]

    def run(self, mention: Mention) -> list[Mention]:
        """Return the list of like figures that one stands in."""
        if mention.index not in self._runs:
            near = self.near(self._at[mention.index])
            self._runs[mention.index] = _run(self, near, mention)
        return self._runs[mention.index]

    def arrow(self, one: Mention, other: Mention) -> bool:
        """Return whether one figure goes over into the other."""
        key = one.index, other.index
        if key not in self._arrows:
            self._arrows[key] = arrow(self.passage, one, other)
        return self._arrows[key]

    def multiple(self, position: int) -> Multiple:
        """Return a multiple with what its words tell; in a list, the way and the base of the others are its own."""
        multiple = led(self.passage, multiple_of(self.passage.mentions[position], position))
        if multiple.way and multiple.elsewhere:
            return multiple
        others = [multiple_of(m, self._at[m.index]) for m in self.run(multiple.mention) if m is not multiple.mention]
        way = multiple.way or next((each.way for each in others if each.way), multiple.way)
        before = [each for each in others if each.position < position]
        elsewhere = multiple.elsewhere or any(each.elsewhere for each in before)
        return replace(multiple, way=way, elsewhere=elsewhere) if others else multiple

    def steps(self, mention: Mention) -> bool:
        """Return whether a figure tells by how much another changed, and no multiple follows that does."""
        if mention.index not in self._steps:
            position = self._at[mention.index] + 1
            after = self.passage.mentions[position : position + 1]
            followed = bool(after) and after[0].unit in ("%", "x") and after[0].sentence == mention.sentence
            followed = followed and after[0].figure.start - mention.figure.end < 9
            again = followed and (says("in_percent", mention.right) or _is_told_again(mention, after[0]))
            followed = followed and not again
            followed = followed and not any(says(role, mention.right[:9]) for role in ("rise", "fall"))
            told = after[0] if again else mention
            step = not followed and _is_step(self.passage, mention, told)
            self._steps[mention.index] = step or self._closes(mention)
        return self._steps[mention.index]

    def _closes(self, mention: Mention) -> bool:
        """Return whether a figure is how far the two right before it lie apart, the one of which became the other."""
        place = self._at[mention.index]
        two = self.passage.mentions[max(0, place - 2) : place]
        if len(two) < 2 or any(each.unit != mention.unit or each.sentence != mention.sentence for each in two):
            return False
        old, new = two
        amount = mention.unit not in ("%", "x", *TIME)
        return amount and abs(new.low - old.low) == mention.low and self.arrow(old, new)


def _is_told_again(mention: Mention, percent: Mention) -> bool:
    """Return whether a comma parts a step from the percentage that tells it again: ``지난달보다 1100원, 16% 내려``."""
    if percent.unit != "%" or not mention.money or _COMMA_ALONE.fullmatch(mention.right) is None:
        return False
    return pattern("than_after", after=r"\s*$").search(unhedged(mention.left)[-8:]) is not None


def _on_another_market(passage: Passage) -> frozenset[int]:
    """Return the figures right behind a rate that are its level on another market: they repeat nothing."""
    return frozenset(
        other.index
        for one, other in pairwise(passage.mentions)
        if one.rate and other.money and one.unit == other.unit and other.index - one.index == 1
        if says("market_level", other.left)
    )


def told_behind(scene: Scene, multiple: Multiple, around: Sequence[Mention]) -> list[Mention]:
    """Return the two figures of the next sentence that a comparison without any of its own is about.

    For a change they must be told of two times, one after the other.
    """
    mention = multiple.mention
    if any(m.sentence == mention.sentence and m.money for m in around):
        return []
    compared = multiple.compares and not multiple.percent
    if not compared and (not (multiple.way or multiple.verb) or not _announced(scene, multiple, around)):
        return []
    later = [m for m in around if m.sentence == mention.sentence + 1 and m.money and m.single and not m.rate]
    for unit in dict.fromkeys(m.unit for m in later):
        two = [m for m in later if m.unit == unit]
        told = [m for m in around if m.unit == unit and m.sentence == mention.sentence - 1]
        if len(told) > 1:
            continue  # what stands before it is rather meant
        if len(two) == 2 and (compared or scene.arrow(*two) or then_now(scene.passage, *two)):
            return two
    return []


def _announced(scene: Scene, multiple: Multiple, around: Sequence[Mention]) -> bool:
    """Return whether a change is told before its figures: no price stands before it, no other multiple near them."""
    mention = multiple.mention
    if any(m.money and m.index < mention.index for m in around):
        return False
    near = [m for m in scene.near(multiple.position) if 0 <= m.sentence - mention.sentence <= 1]
    return sum(m.unit in ("%", "x") for m in near) == 1


def _is_step(passage: Passage, mention: Mention, last: Mention) -> bool:
    """Return whether a figure tells by how much another changed: ``up 300 won``, ``300원 올랐다``.

    ``last`` is the figure that closes it: its own, or the percentage that tells it a second time.
    """
    return mention.unit not in ("%", "x", *TIME) and moves(passage, mention, last)


def moves(passage: Passage, mention: Mention, last: Mention) -> bool:
    """Return whether words beside a figure make it so much more or less, of whatever it is."""
    right = last.right
    if told := _REPEATED.match(passage.text, last.figure.end):
        right = passage.text[told.end() : told.end() + _LISTED]
    left = unhedged(mention.left[-30:])
    base = pattern("than", after=r"([^\s,，;；。]{0,8})$").search(left)
    if base is not None and not any(says(role, base[1]) for role in ("rise", "fall")):
        return False  # ``比平壤的5600元贵300元``: the base of a step
    if pattern("origin", after=r"\s*$").search(left):
        return False  # ``从2100元涨到2400元``: where something came from
    if _EASTERN.search(right[:3]) or _EASTERN.search(mention.left[-3:]):
        near = right[:14]
        if pattern("becomes", r"^\s*").match(near):
            return False  # ``2500元减到1500元``: a level that another follows
        if pattern("becomes", after=r"\s*$").search(left[-8:]):
            return False  # ``又跌回1200元``: where it went, not by how much
        if any(pattern(role, step_link()).match(near) for role in ("rise", "fall")):
            return True
        # A verb before a price is its step in Chinese alone: in Korean and Japanese it says how the price came about.
        chinese = _SPELLED.search(left[-4:]) is None
        return chinese and any(pattern(role, after=r"(?:了|出)?\s*$").search(left[-6:]) for role in ("rise", "fall"))
    if any(
        pattern(role, after=rf"(?:\s+{alternatives(words('step_lead'))})?\s*$").search(left)
        for role in ("rise", "fall")
    ):
        return True
    verbs = [pattern(role, r"^\s*(?:was|were)?\s*").match(right[:20]) for role in ("rise", "fall", "compare")]
    ends = [each.end() for each in verbs if each is not None]
    return bool(ends) and not any(pattern("goes_to", r"^\s*").match(right[end:]) for end in ends)


@cache
def step_link() -> str:
    """Return the pattern of what may stand between a step and the word of its way: particles, about, nearly."""
    return rf"^\s*{alternatives(words('step_link'))}?\s*"


def leads_on(gap: str) -> bool:
    """Return whether a verb leads a step over to the level that it made: ``1500원 하락한 5500원``, ``50円上がって``."""
    return any(pattern(role, r"^\s*", r"[가-힣ぁ-ん]{0,2}\s*$").match(gap) for role in ("rise", "fall"))


def _run(scene: Scene, near: Sequence[Mention], mention: Mention) -> list[Mention]:
    """Return the list of like figures that one stands in: ``6,700 in one city and 7,000 in another``."""
    place = near.index(mention)
    run = [mention]
    for step in (-1, 1):
        at = place + step
        while 0 <= at < len(near):
            first, second = sorted((near[at], near[at - step]), key=lambda each: each.index)
            gap = scene.passage.text[first.figure.end : second.figure.start]
            if near[at].unit != mention.unit or near[at].sentence != mention.sentence or len(gap) > _LISTED:
                break
            if BREAK.search(gap) or says("measured_after", gap) or says("earlier", gap) or scene.arrow(first, second):
                break
            if leads_on(gap):
                break
            run.insert(0 if step < 0 else len(run), near[at])
            at += step
    return run


@dataclass(frozen=True, eq=False)
class Option:
    """Two figures, or a step and a level, that a multiple may follow from; how well they are tied to it.

    ``repeats``: both are told a second time, in another currency.

    What they come to is worked out only where it is asked for: most are too far off to matter.
    """

    mentions: tuple[Mention, ...]
    read: Callable[[], list[Reading]]
    score: float
    tied: float = 0.0
    slips: Callable[[], list[Hint]] = list
    plausible: bool = True
    repeats: bool = False

    @cached_property
    def key(self) -> frozenset[int]:
        """Its figures."""
        return frozenset(mention.index for mention in self.mentions)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """What its figures come to, in every sense."""
        return tuple(self.read())

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """The slips that would explain another figure."""
        return tuple(self.slips())

    @cached_property
    def said(self) -> Verdict:
        """What the best of its readings says."""
        return best(self.readings)[1]
