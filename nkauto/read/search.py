"""The figures that a percentage or a multiple follows from, found by what computes and by how near they stand.

Every two like figures near it are tried in each sense that its words allow. What computes is taken, the nearest and
best tied first; what does not compute may be said to fail only where words tie the two figures to it, or where a
well-known slip explains it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache, cached_property
from itertools import pairwise

from nkauto.core.claims import Candidate, Hint, Reading, Test, Verdict
from nkauto.core.judge import best, compare, verdict
from nkauto.core.terms import Term, minus, over, plus, share, times
from nkauto.read import lexicon
from nkauto.read.drafts import BOUNDS, alike, candidate, operator, reading
from nkauto.read.passage import TIME, Mention, Passage
from nkauto.read.relation_words import alternatives, pattern, says
from nkauto.read.relations_change import _hints, _multiple, _readings, is_split
from nkauto.read.relations_operands import DOWN, UP, Multiple, Pair, _back, _ends_with_base, arrow, listed

FIRM = 1.0
"""A pair scored so well may be said to fail."""
SLIPPED = -4.5
"""... or so, where a slip explains the stated figure to its digits."""
NAMED = -3.0
"""... or so, where the words name the goods of both."""
CLEAR = 1.0
"""... when it is so much ahead of the next."""
FAR, FARTHEST = -6.0, -14.0
"""Figures further off are not tried: those that do not compute at all, and any."""
OUTDONE = 3.5
"""Figures this far behind others that words tie firmly are not taken though they compute."""
BARE_FROM = -2.5
"""A percentage without a word of change or share is believed within rounding down to this score."""
SHARP = Fraction(10, 100)
"""A figure is fine when the place it is written to is no more of it than this."""
CREDIBLE = -2.7
"""Below this, two figures are no ground to say that a multiple is wrong, whatever the words."""
EXACT_FROM, ROUND_FROM, LOOSE_FROM = -9.0, -5.0, -3.0
"""What computes exactly, within rounding, or within the width of a hedge is believed down to these scores."""

_SLACK, _BOUND_SLACK = Decimal("1.15"), Decimal("1.5")
_ROUGH = Context(prec=9)
_LISTED = 45
_NEARBY = Fraction(7, 10)
_BREAK = re.compile(r"[;；]")
_COMMA = re.compile(r"[,，、:：]")
_STEP_AFTER = r"^\s*(?:씩|이나|이|가|을|를|나|も|ほど|だけ|が|を|も|余り)?\s*"
_EASTERN = re.compile(r"[぀-ヿ㐀-鿿가-힣]")


@dataclass(frozen=True, eq=False)
class Option:
    """Two figures, or a step and a level, that a multiple may follow from; how well they are tied to it.

    What they come to is worked out only where it is asked for: most are too far off to matter.
    """

    mentions: tuple[Mention, ...]
    read: Callable[[], list[Reading]]
    score: float
    tied: float = 0.0
    slips: Callable[[], list[Hint]] = list
    plausible: bool = True

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


class Scene:
    """A passage while it is searched, with what is asked of its figures more than once."""

    def __init__(self, passage: Passage, converted: frozenset[int]) -> None:
        self.passage = passage
        self.converted = converted
        self._runs: dict[int, list[Mention]] = {}
        self._places: dict[int, str] = {}
        self._arrows: dict[tuple[int, int], bool] = {}
        self._steps: dict[int, bool] = {}
        self._at = {mention.index: position for position, mention in enumerate(passage.mentions)}

    def near(self, position: int) -> Sequence[Mention]:
        """Return the figures around a position."""
        return self.passage.mentions[max(0, position - 14) : position + 8]

    def run(self, mention: Mention) -> list[Mention]:
        """Return the list of like figures that one stands in."""
        if mention.index not in self._runs:
            near = self.near(self._at[mention.index])
            self._runs[mention.index] = _run(self, near, mention)
        return self._runs[mention.index]

    def place(self, mention: Mention) -> str:
        """Return the place that a figure is of."""
        if mention.index not in self._places:
            self._places[mention.index] = _place(mention)
        return self._places[mention.index]

    def arrow(self, one: Mention, other: Mention) -> bool:
        """Return whether one figure goes over into the other."""
        key = one.index, other.index
        if key not in self._arrows:
            self._arrows[key] = arrow(self.passage, one, other)
        return self._arrows[key]

    def multiple(self, position: int) -> Multiple:
        """Return a multiple with what its words tell; in a list of them, the way of the others is its own."""
        multiple = _multiple(self.passage.mentions[position], position)
        if multiple.way:
            return multiple
        for other in self.run(multiple.mention):
            if other is not multiple.mention and (way := _multiple(other, self._at[other.index]).way):
                return replace(multiple, way=way)
        return multiple

    def steps(self, mention: Mention) -> bool:
        """Return whether a figure tells by how much another changed, and no multiple follows that does."""
        if mention.index not in self._steps:
            position = self._at[mention.index] + 1
            after = self.passage.mentions[position : position + 1]
            followed = bool(after) and after[0].unit in ("%", "x") and after[0].figure.start - mention.figure.end < 9
            self._steps[mention.index] = not followed and _is_step(mention)
        return self._steps[mention.index]


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
    """What the search says of one figure: the claim, and the score of its figures."""

    index: int
    candidate: Candidate
    fits: bool
    score: float


def find(passage: Passage, converted: frozenset[int]) -> Searched:
    """Return the changes and ratios that the text's own figures decide; ``converted`` repeat others in a currency."""
    scene = Scene(passage, converted)
    every: list[tuple[Multiple, list[Option]]] = []
    for position, mention in enumerate(passage.mentions):
        if mention.unit in ("%", "x") and mention.high and not is_split(mention):
            multiple = scene.multiple(position)
            options = sorted(_options(scene, multiple), key=lambda each: -each.score)
            every.append((multiple, options))
    fitting = [
        (multiple, option, _worth(option))
        for multiple, options in every
        for option in options
        if option.score >= _bar(multiple, options) and _believed(multiple, option)
    ]
    found: dict[int, Settled] = {}
    taken: dict[tuple[frozenset[int], str], int] = {}
    for multiple, option, _ in sorted(fitting, key=lambda each: -each[2]):
        index = multiple.mention.index
        key = option.key, multiple.mention.unit
        if index in found or taken.get(key, index) != index:
            continue
        found[index] = _settled(multiple, option, fits=True)
        taken[key] = index
    for multiple, options in every:
        index = multiple.mention.index
        if index in found:
            continue
        left = [each for each in options if (each.key, multiple.mention.unit) not in taken]
        failing = _failing(passage, multiple, left)
        if failing is not None:
            found[index] = _settled(multiple, failing, fits=False)
    scores = {
        multiple.mention.index: {option.key: _credit(multiple, option, options[0]) for option in reversed(options)}
        for multiple, options in every
    }
    return Searched(list(found.values()), scores)


def _credit(multiple: Multiple, option: Option, top: Option) -> float:
    """Return the score by which a failing claim of the words may stand; currencies, all prices: from afar."""
    if multiple.elsewhere and option.tied < 2:
        return -9.0
    first = option.mentions[0]
    if top.tied >= 2 and top.score - option.score > 1.2:
        return -9.0
    return option.score + (9.0 if multiple.generic or (multiple.currency and first.rate) else 0.0)


def _bar(multiple: Multiple, options: list[Option]) -> float:
    """Return the score that figures must reach: beside others that words tie firmly, the told win."""
    if multiple.mention.figure.bound in ("<", ">", "<=", ">="):
        # A bound that is true of some figures further off proves nothing.
        return options[0].score - 0.3
    firm = max((each.score for each in options if each.tied >= 2.5), default=-99.0)
    return firm - OUTDONE if firm >= FIRM else -99.0


def _worth(option: Option) -> float:
    return option.score + (1.5 if option.said is Verdict.HOLDS else 0)


def _believed(multiple: Multiple, option: Option) -> bool:
    """Return whether figures that compute are near enough for what their agreement is worth.

    Two digits met exactly are worth much, a round number met by and large or a mere bound little.
    """
    if not option.plausible:
        return False
    chosen, said = best(option.readings)
    if chosen is None or said not in (Verdict.HOLDS, Verdict.ROUNDING):
        return False
    strict = tuple(Test(t.computed, "=", t.stated, t.place) for t in chosen.tests if t.operator in ("=", "~"))
    if not strict:
        every = any if multiple.mention.figure.bound in BOUNDS else all
        near = every(_NEARBY <= abs(t.computed.value / Fraction(t.stated)) <= 1 / _NEARBY for t in chosen.tests)
        return near and option.score >= ROUND_FROM
    closely = verdict(strict)
    if option.tied < 0:
        if closely is Verdict.ROUNDING:
            return option.score >= BARE_FROM
        return closely is Verdict.HOLDS and _sharp(multiple.mention) and option.score >= ROUND_FROM
    if option.tied >= 2 and closely is Verdict.FAILS:
        return option.score >= ROUND_FROM
    if closely is Verdict.HOLDS:
        return option.score >= (EXACT_FROM if _sharp(multiple.mention) else ROUND_FROM)
    return option.score >= (ROUND_FROM if closely is Verdict.ROUNDING else LOOSE_FROM)


def _sharp(mention: Mention) -> bool:
    """Return whether a figure is written so finely that few others round to it."""
    return Fraction(mention.stated.place) <= Fraction(mention.low) * SHARP


def _failing(passage: Passage, multiple: Multiple, options: list[Option]) -> Option | None:
    """Return the figures that a multiple contradicts, where words tie it to them or a known slip explains it."""
    if not options:
        return None
    top = options[0]
    told = multiple.way or multiple.compares or multiple.of or multiple.verb
    if not told and top.tied < 3:
        return None
    rest = [each for each in options[1:] if each.key != top.key]
    ahead = top.score - rest[0].score if rest else 9.0
    if (
        top.tied >= 1.5
        and top.score >= (NAMED if top.tied > 3 else FIRM)
        and ahead >= CLEAR
        and not _away(passage, multiple, top)
    ):
        return top
    for each in options[:4]:
        if (
            told
            and each.score >= SLIPPED
            and each.tied >= 0
            and _slipped(multiple, each)
            and not _away(passage, multiple, each)
        ):
            return each
    return None


def _away(passage: Passage, multiple: Multiple, option: Option) -> bool:
    """Return whether a multiple is measured from something that is none of these figures: ``since January``."""
    if not multiple.elsewhere:
        return False
    start = multiple.mention.figure.start
    if any(0 < start - each.figure.end < 12 for each in option.mentions) and option.tied >= 3:
        return False
    after = [each for each in option.mentions if each.figure.start > start]
    return not after or len(_COMMA.findall(passage.gap(multiple.mention, after[0]))) > 0


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
    return Settled(multiple.mention.index, made, fits, option.score)


def _options(scene: Scene, multiple: Multiple) -> Iterator[Option]:
    """Yield every two like figures near a multiple, as changes, shares and steps."""
    passage, mention, position = scene.passage, multiple.mention, multiple.position
    around = [
        *passage.before(mention, position)[::-1],
        *passage.after(mention, position),
        *_later(passage, mention, position),
    ]
    operands = [m for m in around if m.high > 0 and m.low > 0 and not is_split(m)]
    like = [m for m in operands if m.unit not in ("%", "x")]
    if not multiple.percent and multiple.mention.low >= 1:
        like += [m for m in operands if m.unit == "%"]
    steps = {each.index for m in like if scene.steps(m) for each in scene.run(m)}
    own = any(m.sentence == mention.sentence and m.index < mention.index and m.money for m in around)
    nearness = {m.index: _near(scene, multiple, m) for m in like}
    factors = _factors(multiple)
    for place, one in enumerate(like):
        if one.sentence > mention.sentence or (one.index > mention.index and _parted(passage, mention, one)):
            continue
        for other in like[place + 1 :]:
            if one.unit != other.unit or (one.rate != other.rate and one.per and other.per):
                continue
            if one.unit in TIME and multiple.percent:
                continue
            score = nearness[one.index] + nearness[other.index] + _kin(multiple, one, other)
            if own and mention.sentence not in (one.sentence, other.sentence):
                score -= 1.5
            plausible = _plausible(factors, one, other)
            if score >= (FARTHEST if plausible else FAR):
                yield from _pair(scene, multiple, one, other, steps, score, plausible)
            step, level = sorted((one, other), key=lambda each: each.low)
            if step.money and level.index not in steps and score >= FARTHEST:
                yield from _step(scene, multiple, step, level, score, told=step.index in steps)


def _factors(multiple: Multiple) -> list[tuple[Decimal, Decimal]]:
    """Return what one figure may be times another, the larger over the smaller, for the multiple to hold: the ranges.

    Widened by as much as a verdict allows, and roughly: this only says which figures are worth working out.
    """
    scale = 100 if multiple.percent else 1
    low, high = (_ROUGH.divide(end, Decimal(scale)) for end in (multiple.mention.low, multiple.mention.high))
    one = Decimal(1)
    found = [(low, high), (one + low, one + high), (_ROUGH.divide(one, high), _ROUGH.divide(one, low or high))]
    if high < 1:
        found.append((_ROUGH.divide(one, one - low), _ROUGH.divide(one, one - high)))
    slack = _BOUND_SLACK if multiple.mention.figure.bound in BOUNDS else _SLACK
    return [(_ROUGH.divide(start, slack), _ROUGH.multiply(end, slack)) for start, end in found]


def _plausible(factors: list[tuple[Decimal, Decimal]], one: Mention, other: Mention) -> bool:
    """Return whether two figures stand to each other roughly as a multiple says, in any sense."""
    small, large = (one, other) if one.low <= other.low else (other, one)
    least, most = _ROUGH.divide(large.low, small.high), _ROUGH.divide(large.high, small.low)
    return any(least <= high and low <= most for low, high in factors)


def _parted(passage: Passage, mention: Mention, other: Mention) -> bool:
    """Return whether a semicolon parts a multiple from a figure behind it."""
    return _BREAK.search(passage.gap(mention, other)) is not None


def _later(passage: Passage, mention: Mention, position: int) -> list[Mention]:
    """Return the first figures of the next two sentences, in which a result may be told."""
    near = passage.mentions[position + 1 : position + 7]
    return [each for each in near if 1 <= each.sentence - mention.sentence <= 2 and each.unit not in ("%", "x")][:4]


def _is_step(mention: Mention) -> bool:
    """Return whether a figure tells by how much another changed: ``up 300 won``, ``300원 올랐다``."""
    if not mention.money:
        return False
    left = pattern("hedge", after=r"\s*$").sub("", mention.left[-30:])
    if _EASTERN.search(mention.right[:3]) or _EASTERN.search(mention.left[-3:]):
        near = mention.right[:12]
        if any(pattern(role, _STEP_AFTER).match(near) for role in ("rise", "fall")):
            return True
        return any(pattern(role, after=r"(?:了|出)?\s*$").search(left[-6:]) for role in ("rise", "fall"))
    if any(pattern(role, after=r"(?:\s+by)?\s*$").search(left) for role in ("rise", "fall")):
        return True
    return any(pattern(role, r"^\s*(?:was|were)?\s*").match(mention.right[:20]) for role in ("rise", "fall", "compare"))


def _way_between(passage: Passage, mention: Mention, other: Mention) -> str:
    first, last = sorted((mention, other), key=lambda each: each.figure.start)
    return passage.text[first.figure.end : last.figure.start]


def _near(scene: Scene, multiple: Multiple, other: Mention) -> float:
    """Return how near a figure stands: nearer is higher, 0 at best."""
    mention = multiple.mention
    low, high = sorted((mention.index, other.index))
    between = sum(
        1
        for each in scene.near(multiple.position)
        if low < each.index < high and each.unit not in TIME and each.index not in scene.converted
    )
    gap = _way_between(scene.passage, mention, other)
    score = -0.5 * between - 1.2 * abs(mention.sentence - other.sentence) - 0.8 * len(_BREAK.findall(gap))
    return score - 0.2 * min(4, len(_COMMA.findall(gap)))


def _grammar(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> tuple[float, bool, Mention]:
    """Return how well words tie two figures to a multiple, whether they order them, and the base."""
    passage, mention = scene.passage, multiple.mention
    beside = not any(
        one.index < m.index < other.index and m.unit in (one.unit, "%", "x") for m in scene.near(multiple.position)
    )
    if beside and scene.arrow(one, other):
        return 3.0, True, one
    if beside and _back(passage, other, one):
        return 3.0, True, other
    if beside and other.figure.start - one.figure.end < 60 and pattern("against").search(passage.gap(one, other)):
        return 2.5, True, other
    named = _named(multiple)
    if named and one.subject != other.subject and {one.subject, other.subject} == set(named):
        return 3.5, True, one if one.subject == named[-1] else other
    after = [each for each in (one, other) if each.figure.start > mention.figure.start]
    if len(after) == 1:
        gap = passage.text[mention.figure.end : after[0].figure.start]
        if _BREAK.search(gap) is None and after[0].index - mention.index <= 2 and _is_base(gap):
            return 3.0, True, after[0]
        if (
            len(gap) <= 30
            and (multiple.of or multiple.compares)
            and not _COMMA.search(gap)
            and after[0].index - mention.index == 1
        ):
            return 2.5, True, after[0]
    for each in (one, other):
        if each.figure.start < mention.figure.start and each.sentence == mention.sentence:
            if pattern("base_after", r"^[\s)）」』\"”]*").match(each.right[:16]):
                return 3.0 if mention.figure.start - each.figure.end < 12 else 2.0, True, each
            words_before = pattern("hedge", after=r"\s*$").sub("", each.left[-30:])
            if pattern("base_before", after=r"[\s\w’']{0,16}$").search(words_before):
                return 1.5, True, each
    return 0.0, False, one


def _is_base(gap: str) -> bool:
    """Return whether the words from a multiple to a figure behind it make that one its base."""
    if len(gap) > 80 or not _ends_with_base(gap):
        return False
    if _COMMA.search(gap) is None:
        return True
    if len(gap) > 30:
        return False
    bare = pattern("hedge", after=r"\s*$").sub("", gap)
    return any(pattern(role, after=r"\s*$").search(bare) is not None for role in ("origin", "against"))


def _named(multiple: Multiple) -> tuple[str, ...]:
    """Return the two goods that a multiple's words compare, the base last: ``petrol is twice as dear as diesel``."""
    if not (multiple.of or multiple.compares):
        return ()
    clause = re.split(r"[;；。,，、]", multiple.mention.left)[-1]
    before, after = _items(clause), _items(re.split(r"[;；。,，、.]", multiple.mention.right)[0])
    every = [*before[-2:], *after[:1]][-2:]
    return tuple(every) if len(set(every)) == 2 else ()


def _items(words: str) -> list[str]:
    """Return the goods and works that the words name, in their order."""
    named, meanings = _goods()
    return [meanings[match.group()] for match in named.finditer(words) if match.group() in meanings]


@cache
def _goods() -> tuple[re.Pattern[str], dict[str, str]]:
    every = lexicon.words("item")
    return re.compile(alternatives(every)), {word: entries[0].meaning for word, entries in every.items()}


def _pair(
    scene: Scene, multiple: Multiple, one: Mention, other: Mention, steps: set[int], score: float, plausible: bool
) -> Iterator[Option]:
    """Yield two figures as a change and as a share, scored by nearness, kinship and grammar."""
    passage = scene.passage
    grammar, ordered, base = _grammar(scene, multiple, one, other)
    score += grammar + _parallel(scene, multiple, one, other) + _places(scene, multiple, one, other)
    if one.index in steps or other.index in steps:
        score -= 3
    if not (multiple.way or multiple.of or multiple.compares or multiple.verb):
        score -= 1
    if multiple.elsewhere and grammar < 2.5:
        score -= 2
    first = min(one, other, key=_start)
    if first.index > multiple.mention.index and _COMMA.search(passage.gap(multiple.mention, first)):
        score -= 1.5
    if grammar < 2 and listed(passage, one, other) and not (multiple.compares or multiple.of):
        score -= 1.5
    tied = grammar
    if multiple.percent and grammar < 2 and not (multiple.way or multiple.of or multiple.compares):
        tied = -1.0
    both = sum(each.index in scene.converted for each in (one, other))
    if both:
        score, tied = score - (3.0 if both == 2 else 1.5), min(tied, 0.0)
    pair = Pair((base,), (other if base is one else one,), 3 if ordered else 1, ordered)

    def read() -> list[Reading]:
        return [*_end_by_end(multiple, pair), *_readings(multiple, pair), *_by_size(multiple, one, other)]

    def slips() -> list[Hint]:
        return _hints(multiple, pair) if not multiple.of else []

    yield Option((one, other), read, score, tied, slips, plausible)
    small, large = sorted((one, other), key=lambda each: each.low)
    stepped = bool(multiple.way) and bool({one.index, other.index} & steps)
    if multiple.percent and small.high < large.low and not stepped:
        share_ = Pair((large,), (small,), 3, True, part=True)
        bare = not multiple.way and (multiple.of or says("part_of", large.left[-24:]))
        told = 0.0 if not multiple.way else -1.0
        lost = 0.0 if bare else 1.2
        yield Option((one, other), lambda: _readings(multiple, share_), score - lost, told, list, plausible)


def _parallel(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> float:
    """Return what a list of multiples tells of lists of figures before it: the first goes with the first."""
    mine, first_run, second_run = scene.run(multiple.mention), scene.run(one), scene.run(other)
    if len(mine) < 2:
        if len(first_run) != len(second_run) or len(first_run) < 2 or one in second_run:
            return 0.0
        return 1.0 if first_run.index(one) == second_run.index(other) else -1.5
    rank = mine.index(multiple.mention)
    score = 0.0
    if one.index + 1 == other.index and scene.arrow(one, other):
        every = [
            first
            for first, second in pairwise(scene.near(multiple.position))
            if first.sentence == multiple.mention.sentence
            and second.index < mine[0].index
            and first.unit == one.unit
            and second.unit == one.unit
            and scene.arrow(first, second)
        ]
        if len(every) == len(mine) and one in every:
            return 2.0 if every.index(one) == rank else -1.5
    for each, run in ((one, first_run), (other, second_run)):
        if len(run) == len(mine):
            score += 1.0 if run.index(each) == rank else -2.0
    return score


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
            if _BREAK.search(gap) or says("measured_after", gap) or says("earlier", gap) or scene.arrow(first, second):
                break
            run.insert(0 if step < 0 else len(run), near[at])
            at += step
    return run


def _start(mention: Mention) -> int:
    return mention.figure.start


def _by_size(multiple: Multiple, one: Mention, other: Mention) -> list[Reading]:
    """Return what two figures come to in the order of their sizes that the multiple's way asks for."""
    small, large = sorted((one, other), key=lambda each: (each.low, each.high))
    downward = multiple.way == DOWN or (not multiple.percent and not multiple.way and multiple.mention.low < 1)
    old, new = (large, small) if downward else (small, large)
    found = _readings(multiple, Pair((old,), (new,), 3, True))
    if multiple.percent and not multiple.way:
        found += _readings(multiple, Pair((new,), (old,), 3, True))
    if not multiple.percent and multiple.mention.low < 1 and multiple.compares and large.single and small.single:
        more = minus(over(large.ends[0], small.ends[0]), Term(Fraction(1), "1"))
        sign = operator(multiple.mention, (one, other), round_digits=1)
        found.append(reading((multiple.mention, one, other), compare(more, more, sign, multiple.mention.stated)))
    return found


def _kin(multiple: Multiple, one: Mention, other: Mention) -> float:
    """Return how well two figures go together by what they are prices of."""
    score = 0.0
    if not alike(one, other):
        score -= 2
    if one.subject and other.subject:
        score += 0.7 if one.subject == other.subject else -2 if not (multiple.compares or multiple.of) else -0.7
    own = multiple.mention.subject
    if own and own != "wage":
        for each in (one, other):
            if each.subject:
                score += 0.4 if each.subject == own else -1.5
    if multiple.currency and one.rate:
        score += 0.7
    return score


def _places(scene: Scene, multiple: Multiple, one: Mention, other: Mention) -> float:
    """Return what the places named say: a multiple and two figures of one place go together."""
    here, there = scene.place(one), scene.place(other)
    own = scene.place(multiple.mention) if not multiple.compares else ""
    score = 0.0
    if here and there and here != there and not (multiple.compares or multiple.of):
        score -= 1.2
    for each in (here, there):
        if own and each:
            score += 0.6 if own == each else -0.8
    return score


def _place(mention: Mention) -> str:
    """Return the place named last before a figure, after the figure before it; or right behind it; empty for none."""
    found = pattern("place").findall(mention.left[-60:])
    if found:
        return str(found[-1])
    behind = re.split(r"[,，、;；。.]", mention.right[:30])[0]
    after = pattern("place").findall(behind)
    return str(after[0]) if after else ""


def _end_by_end(multiple: Multiple, pair: Pair) -> list[Reading]:
    """Return what two ranges come to when their lower and their upper ends are compared with each other."""
    (base,), (new,) = pair.base, pair.new
    if base.single and new.single:
        return []
    if not pair.ordered and (new.low < base.low) != (multiple.way == DOWN or multiple.mention.low < 1):
        base, new = new, base
    mention = multiple.mention
    found = []
    ratios = [over(new.ends[0], base.ends[0]), over(new.ends[1], base.ends[1])]
    one = Term(Fraction(1), "1")
    senses = [ratios]
    if multiple.way == UP or (multiple.percent and not multiple.way):
        senses.append([minus(each, one) for each in ratios])
    if multiple.way == DOWN or (multiple.percent and not multiple.of):
        senses.append([minus(one, each) for each in ratios])
    hundred = Term(Fraction(100), "100")
    sign = operator(mention, (base, new), round_digits=1)
    for values in senses:
        ends = sorted(
            [times(each, hundred) if multiple.percent else each for each in values], key=lambda each: each.value
        )
        tests: tuple[Test, ...]
        if mention.single:
            tests = (*compare(ends[0], ends[0], sign, mention.stated), *compare(ends[1], ends[1], sign, mention.stated))
        else:
            tests = compare(ends[0], ends[1], sign, mention.stated)
        found.append(reading((mention, base, new), tests))
    return found


def _step(
    scene: Scene, multiple: Multiple, step: Mention, level: Mention, score: float, *, told: bool
) -> Iterator[Option]:
    """Yield a step and the level that it led to: ``500원 오른 4천원``, 14 %."""
    if step.high >= level.low or not (multiple.way or told or multiple.mention.low < 1):
        return
    if not told and not (step.subject and step.subject == level.subject):
        return
    mention = multiple.mention
    score += 2.0 if told else -1.5
    steps, levels = scene.run(step), scene.run(level)
    if told and len(steps) == len(levels) > 1:
        score += 1.5 if steps.index(step) == levels.index(level) else -1.5
    if told and abs(step.index - level.index) == 1 and step.sentence == level.sentence:
        score += 1.5
    part, whole = step.ends[0], level.ends[0]

    def read() -> list[Reading]:
        before = plus(whole, part) if multiple.way != UP else minus(whole, part)
        if multiple.percent:
            value = share(part, before)
        else:
            value = over(whole, before) if not multiple.way or multiple.mention.low > 1 else over(part, before)
        sign = operator(mention, (step, level), round_digits=1)
        return [reading((mention, step, level), compare(value, value, sign, mention.stated))]

    def slips() -> list[Hint]:
        return [Hint(share(part, whole), "reckoned on the new figure")]

    tied = 0.0 if not told else 2.0 if multiple.way else 1.0
    yield Option((step, level), read, score, tied, slips)
