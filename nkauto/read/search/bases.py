"""The figures that a percentage or a multiple follows from, found by what computes and by how near they stand.

Every two like figures near it are tried in each sense that its words allow. What computes is taken, the nearest and
best tied first; what does not compute may be said to fail only where words tie the two figures to it, or where a
well-known slip explains it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nkauto.core.claims import Candidate, Test, Verdict
from nkauto.core.judge import best, verdict
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, digits
from nkauto.read.relations.multiple import DOWN, Multiple, is_inflation, is_split, unhedged
from nkauto.read.relations.steps import stepping
from nkauto.read.relations.words import says
from nkauto.read.search.leads import (
    in_reach,
    leaves,
    of_a_gap,
    of_a_later_one,
    of_a_time,
    of_another_place,
    of_the_last,
    of_the_nearest,
    told_apart,
)
from nkauto.read.search.pairs import WORDED, possible
from nkauto.read.search.scene import Option, Scene
from nkauto.read.search.ties import FOLLOWED
from nkauto.read.search.wholes import passes_over

FIRM = 1.0
"""A pair scored so well may be said to fail."""
LONE, FAR_AHEAD = -0.5, 3.0
"""... or so, where no two others come anywhere near it."""
SLIPPED = -4.5
"""... or so, where a slip explains the stated figure to its digits."""
NAMED = -3.0
"""... or so, where the words name both, which tie them as firmly as this:"""
BOTH_FROM = 3.5
CLEAR = 1.0
"""... when it is so much ahead of the next."""
OUTDONE = 3.5
"""Figures this far behind others that words tie firmly are not taken though they compute."""
BARE_FROM = -2.5
"""A percentage without a word of change or share is believed within rounding down to this score."""
RIVAL = 1.5
"""Words that tie two figures less than this do not stand up against from and to."""
SHARP = Fraction(10, 100)
"""A figure is fine when the place it is written to is no more of it than this."""
CREDIBLE = -2.7
"""Below this, two figures are no ground to say that a multiple is wrong, whatever the words."""
EXACT_FROM, ROUND_FROM, LOOSE_FROM = -9.0, -6.0, -4.0
"""What computes exactly, within rounding, or within the width of a hedge is believed down to these scores."""
_HELD = (Verdict.HOLDS, Verdict.ROUNDING)
_NEARBY, _HAIR = Fraction(7, 10), Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Searched:
    """What the search found, and how well every two figures that it tried are tied to each multiple."""

    settled: list[Settled]
    scores: dict[int, dict[frozenset[int], float]]

    def doubts(self, index: int, figures: tuple[int, ...], *, partly: bool) -> bool:
        """Return whether a multiple may hardly be said to contradict these figures, or one end of them."""
        tried = self.scores.get(index)
        if tried is None or partly:
            return False
        return tried.get(frozenset(figures) - {index}, -9.0) < CREDIBLE


@dataclass(frozen=True, slots=True)
class Settled:
    """What the search says of one figure: the claim, and the score of its figures; ``named``: words name them both."""

    index: int
    candidate: Candidate
    fits: bool
    score: float
    named: bool = False


def find(passage: Passage, converted: frozenset[int]) -> Searched:
    """Return the changes and ratios that the text's own figures decide; ``converted`` repeat others in a currency."""
    scene = Scene(passage, converted)
    every: list[tuple[Multiple, list[Option]]] = []
    for position, mention in enumerate(passage.mentions):
        if mention.unit in ("%", "x") and mention.high and not (is_split(mention) or is_inflation(mention)):
            multiple = scene.multiple(position)
            tried = sorted(possible(scene, multiple), key=lambda each: -each.score)
            tried = [each for each in tried if not passes_over(scene, multiple, each)]
            if any(each.tied >= 2 and not each.repeats and each.score > SLIPPED for each in tried):
                tried = [each for each in tried if not each.repeats]
            at = mention.sentence  # what only the next one tells, no round multiple is of where its own tells two
            if not _sharp(mention) and any(all(m.sentence == at for m in each.mentions) for each in tried):
                tried = [each for each in tried if all(m.sentence <= at for m in each.mentions)]
            every.append((multiple, of_the_nearest(multiple, tried)))
    fitting = [
        (multiple, option, _worth(option))
        for multiple, options in every
        for option in options
        if option.score >= _bar(multiple, options) and _believed(multiple, option)
    ]
    found: dict[int, Settled] = {}
    taken: dict[tuple[frozenset[int], str, str], int] = {}
    for multiple, option, _ in sorted(fitting, key=lambda each: -each[2]):
        index = multiple.mention.index
        # The same two figures may be told from both ends: the one currency rose by so much, the other fell by so much.
        key = option.key, multiple.mention.unit, multiple.way if option.said is Verdict.HOLDS else ""
        if index in found or taken.get(key, index) != index:
            continue
        found[index] = _settled(multiple, option, fits=True)
        taken[key] = index
    spoken_for = {(figures, unit) for figures, unit, _ in taken}
    for multiple, options in every:
        index = multiple.mention.index
        if index in found:
            continue
        left = [each for each in options if (each.key, multiple.mention.unit) not in spoken_for]
        left = [each for each in left if not of_another_place(passage, multiple, each.mentions)]
        left = [each for each in left if not (of_a_later_one(multiple, each) or told_apart(scene, multiple, each))]
        failing = _failing(multiple, left)
        if failing is not None:
            found[index] = _settled(multiple, failing, fits=False)
    settled = [*found.values(), *_of_lists(scene, every, found)]
    scores = {
        multiple.mention.index: {option.key: _credit(multiple, option, options[0]) for option in reversed(options)}
        for multiple, options in every
    }
    return Searched(settled, scores)


def _of_lists(scene: Scene, every: list[tuple[Multiple, list[Option]]], found: dict[int, Settled]) -> Iterator[Settled]:
    """Yield what one multiple says of the others of two lists: ``90 and 45, twice the 40-50 and 20-25 of May``."""
    for multiple, options in every:
        settled = found.get(multiple.mention.index)
        if settled is None or not settled.fits or len(scene.run(multiple.mention)) > 1:
            continue
        taken = frozenset(settled.candidate.figures)
        chosen = next((each for each in options if each.key <= taken and len(each.mentions) == 2), None)
        if chosen is None:
            continue
        one, other = (scene.run(each) for each in chosen.mentions)
        if len(one) != len(other) or len(one) < 2 or chosen.mentions[0] in other:
            continue
        ranks = {frozenset((first.index, second.index)) for first, second in zip(one, other, strict=True)}
        if chosen.key not in ranks:
            continue
        for key in ranks - {chosen.key}:
            like = next((each for each in options if each.key == key and each.said in _HELD), None)
            if like is not None:
                yield _settled(multiple, like, fits=True)


def _credit(multiple: Multiple, option: Option, top: Option) -> float:
    """Return the score by which a failing claim of the words may stand; currencies, all prices: from afar."""
    if (multiple.elsewhere or of_a_time(multiple)) and option.tied < 2:
        return -9.0
    first = option.mentions[0]
    if leaves(multiple, option) or of_a_gap(multiple):
        return -9.0
    if top.tied >= 2 and top.score - option.score >= CLEAR:
        return -9.0
    return option.score + (9.0 if multiple.generic or (multiple.currency and first.rate) else 0.0)


def _bar(multiple: Multiple, options: list[Option]) -> float:
    """Return the score that figures must reach: beside others that words tie firmly, the told win."""
    if multiple.mention.figure.bound in ("<", ">", "<=", ">="):
        # A bound that is true of some figures further off proves nothing.
        return options[0].score - 0.5
    firm = max((each.score for each in options if each.tied >= 2.5), default=-99.0)
    return firm - OUTDONE if firm >= FIRM else -99.0


def _worth(option: Option) -> float:
    return option.score + (1.5 if option.said is Verdict.HOLDS else 0)


def _believed(multiple: Multiple, option: Option) -> bool:
    """Return whether figures that compute are near enough for what their agreement is worth.

    Two digits met exactly are worth much, a round number met by and large or a mere bound little.
    """
    if option.tied >= BOTH_FROM:
        return option.score >= LOOSE_FROM and option.said in (Verdict.HOLDS, Verdict.ROUNDING)
    if not option.plausible:
        return False
    chosen, said = best(option.readings)
    if chosen is None or said not in (Verdict.HOLDS, Verdict.ROUNDING):
        return False
    strict = tuple(Test(t.computed, "=", t.stated, t.place) for t in chosen.tests if t.operator in ("=", "~"))
    own = multiple.mention.subject
    if (
        said is Verdict.ROUNDING
        and multiple.way
        and own not in ("", "wage", *(each.subject for each in option.mentions))
    ):
        return False
    if not strict:
        every = any if multiple.mention.figure.bound in BOUNDS else all
        near = every(_NEARBY <= abs(t.size) <= 1 / _NEARBY for t in chosen.tests)
        close = all(t.miss <= _HAIR for t in chosen.tests)
        return near and option.score >= (EXACT_FROM if close and digits(multiple.mention.low) > 1 else ROUND_FROM)
    closely = verdict(strict)
    sharp = _sharp(multiple.mention) or (multiple.percent and _to_the_digit(option, strict))
    if option.tied < 0:
        if closely is Verdict.ROUNDING:
            return option.score >= BARE_FROM
        return closely is Verdict.HOLDS and sharp and option.score >= ROUND_FROM
    if option.tied >= 2 and closely is Verdict.FAILS:
        return option.score >= ROUND_FROM
    if closely is Verdict.HOLDS:
        return option.score >= (EXACT_FROM if sharp else ROUND_FROM)
    return option.score >= (ROUND_FROM if closely is Verdict.ROUNDING else LOOSE_FROM)


def _to_the_digit(option: Option, tests: Sequence[Test]) -> bool:
    """Return whether figures of two digits and more make a percentage without any rest, which few others would."""
    fine = max(min(digits(each.low), digits(each.high)) for each in option.mentions) > 1
    return fine and all(test.computed.value == Fraction(test.stated) for test in tests)


def _sharp(mention: Mention) -> bool:
    """Return whether a figure is written so finely that few others round to it."""
    if mention.unit == "x" and digits(mention.low) < 2:
        return False  # ten and a hundred times are said of much that is not told
    return Fraction(mention.stated.place) <= Fraction(mention.low) * SHARP


def _failing(multiple: Multiple, options: list[Option]) -> Option | None:
    """Return the figures that a multiple contradicts, where words tie it to them or a known slip explains it."""
    if not options:
        return None
    top = options[0]
    told = (
        multiple.way or multiple.compares or multiple.of or multiple.verb or stepping(unhedged(multiple.mention.left))
    )
    if not told and top.tied < (FOLLOWED if multiple.mention.unit == "x" and multiple.mention.low > 1 else WORDED):
        return None
    if multiple.percent and multiple.way == DOWN and multiple.mention.low > 100 and top.said is Verdict.FAILS:
        return top  # nothing falls by more than all of itself
    if multiple.way and not (multiple.compares or multiple.of) and len({m.subject for m in top.mentions} - {""}) > 1:
        return None  # what rose or fell is one thing; of two goods nothing is told
    if multiple.generic and all(each.sentence > multiple.mention.sentence for each in top.mentions):
        return None  # ``prices rose by 5 %. Rice went from 4 to 6``: one good is not all of them
    if len({each.rate for each in top.mentions}) > 1 and any(says("supposed_after", m.right) for m in top.mentions):
        return None  # a price is measured on no rate that is only reckoned with
    if not in_reach(top) or of_the_last(multiple, top) or leaves(multiple, top) or of_a_gap(multiple):
        return None
    if multiple.mention.unit == "x" and top.said is Verdict.FAILS and any(_meets(each, top) for each in options):
        return None
    # Where words such as from and to tie two figures, others that only stand near are no rivals.
    # What shares a figure with them and misses the multiple as well leaves it as wrong as they do.
    near = [each for each in options[1:] if top.score - each.score < FAR_AHEAD and each.key != top.key]
    near = [each for each in near if top.tied < WORDED or each.tied >= RIVAL]
    rival = next((each for each in near if not each.key & top.key or each.said is not Verdict.FAILS), None)
    ahead = top.score - rival.score if rival is not None else FAR_AHEAD
    alone = ahead >= FAR_AHEAD and not multiple.of
    firm = NAMED if top.tied >= BOTH_FROM else LONE if alone else FIRM
    if (top.tied >= RIVAL or top.said is Verdict.PARTLY) and top.score >= firm and ahead >= CLEAR:
        return top
    for each in options[:4]:
        if told and each.score >= SLIPPED and each.tied >= 0 and _slipped(multiple, each):
            return each
    return None


def _meets(option: Option, top: Option) -> bool:
    """Return whether one of the two figures makes the multiple without any rest with a nearer one: that was meant."""
    nearer = bool(option.key & top.key) and min(option.key - top.key, default=-1) > min(top.key - option.key, default=0)
    chosen = best(option.readings)[0] if nearer and option.said is Verdict.HOLDS else None
    return chosen is not None and all(
        test.operator not in BOUNDS and test.computed.value == Fraction(test.stated) for test in chosen.tests
    )


def _slipped(multiple: Multiple, option: Option) -> bool:
    """Return whether a well-known slip explains the stated figure to its digits."""
    if not _sharp(multiple.mention):
        return False
    stated = Fraction(multiple.mention.low)
    place = Fraction(multiple.mention.stated.place)
    return any(abs(hint.computed.value - stated) * 2 <= place for hint in option.hints)


def _settled(multiple: Multiple, option: Option, *, fits: bool) -> Settled:
    kind = "change" if multiple.way or multiple.verb else "ratio"
    span = multiple.mention.figure.span
    statement = f"{span} {multiple.way}".strip()
    made = candidate(kind, statement, multiple.mention, option.mentions, option.readings, sure=True, hints=option.hints)
    return Settled(multiple.mention.index, made, fits, option.score, option.tied >= BOTH_FROM)
