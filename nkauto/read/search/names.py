"""Which figures the words beside a multiple name: ``half a governor's``, ``경노동의 3배``, ``twice the street's``.

A figure bears the words that stand around it as a name. A multiple is measured on the figure whose name its words
repeat, and speaks of the figure whose name stands before it in its clause. A name counts where one figure bears it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.between import arrow, goes_to, led_behind
from nkauto.read.relations.drafts import alike
from nkauto.read.relations.multiple import Multiple, unhedged
from nkauto.read.relations.quote import rates_named
from nkauto.read.relations.words import YEAR, pattern, says, words

NAME = 3.0
"""What it is worth that the words of a multiple name the figure it is measured on."""
BOTH, BASE = 3.6, 2.0
"""How firmly the words tie two figures where they name both of them, or the base alone."""

_LATIN = re.compile(r"[a-zà-ÿ]{4,}")
_HANGUL = re.compile(r"[가-힣]{2,}")
_HAN = re.compile(r"[㐀-鿿]{2,}")
_KATAKANA = re.compile(r"[ァ-ヿ]{2,}")
_EASTERN = re.compile(r"[぀-ヿ㐀-鿿가-힣]")
_BREAK = re.compile(r"[;；]")
_CLAUSE = re.compile(r"[,;:，、；：()（）]|\.\s|\.$|。")
_LEFT, _RIGHT, _BASE = 48, 32, 44
_BESIDE, _LEAD = 8, 16
_TOGETHER = 3
"""The former, the latter and what is held against one of them."""
_CONCEPTS = ("street", "official", "ration", "average", "minimum", "aim")
_MONTH = re.compile(r"(?<!\d)1?\d\s?[月월]")
_SILENT = (
    *("silent", "compare", "rise", "fall", "hedge", "to", "base_before", "equate", "particle", "times_of", "when"),
    *("turns", "currency", "generic", "value", "verb", "than", "part_of"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """The figures that a multiple's words name: what it is measured on, and what it speaks of; by index.

    ``last``: the last figure before it in its sentence, of which it speaks where its words name no other.
    """

    base: frozenset[int]
    new: frozenset[int]
    last: int = -1

    def speaks(self, one: Mention, other: Mention) -> float:
        """Return what it is worth that the words before a multiple name one of these, or neither."""
        if not self.new:
            return 0.0
        return NAME / 2 if one.index in self.new or other.index in self.new else -NAME / 4

    def tie(self, one: Mention, other: Mention) -> tuple[float, float]:
        """Return what it is worth that these two are named, and how firmly it ties them; 0 where no base is named."""
        based = [each for each in (one, other) if each.index in self.base]
        score = self.speaks(one, other)
        if len(based) != 1:
            return score - (NAME / 2 if self.base else 0.0), 0.0
        new = other if based[0] is one else one
        beside = new.index == self.last
        if pattern("against", after=r"\s*$").search(unhedged(new.left[-30:])):
            return score, BASE
        firm = beside or new.index in self.new
        others = (bool(self.new) or (self.last >= 0 and self.last not in self.base)) and not firm
        return score + (0.0 if others else NAME), BOTH if firm else BASE


def named(
    passage: Passage,
    multiple: Multiple,
    figures: Sequence[Mention],
    converted: frozenset[int],
    known: dict[int, frozenset[str]],
) -> Named:
    """Return which of the figures near a multiple its words name; ``converted`` bear the names of what they repeat.

    ``known`` keeps the names of a passage's figures from one multiple to the next.
    """
    phrase = base_phrase(multiple)
    base = content(phrase)
    topic = _topic_words(multiple) - base
    if not base and not topic and not multiple.anaphor and not says("at_first", multiple.mention.left[-_BASE:]):
        return Named(frozenset(), frozenset())
    names = {each.index: _name(passage, each, converted, known) for each in figures}
    behind = multiple.mention.right[: len(phrase)] == phrase and any(
        0 <= each.figure.start - multiple.mention.figure.end <= len(phrase) + 2 for each in figures
    )
    based = frozenset[int]() if behind else _bearing(base, multiple, figures, names)
    told = _bearing(topic, multiple, figures, names)
    ordered = sorted(figures, key=lambda each: each.index)
    timed = YEAR.search(phrase) or _MONTH.search(phrase) or says("season", phrase)
    for old, new in pairwise(ordered if not timed else ()):
        if old.index in based and new.index < multiple.mention.index and arrow(passage, old, new):
            based = based - {old.index} | {new.index}  # what something costs now, not what it had cost
    told |= {new.index for old, new in pairwise(ordered) if old.index in told and arrow(passage, old, new)}
    if multiple.anaphor and not based:
        based = _before_new(multiple, figures, told)
    if monies := rates_named(phrase, figures):
        based, told = monies, told | rates_named(_CLAUSE.split(unhedged(multiple.mention.left))[-1], figures) - monies
    based = _one_of_two(multiple, ordered, phrase) or _at_first(multiple, ordered, phrase) or based
    mention = multiple.mention
    here = [each.index for each in figures if each.sentence == mention.sentence and each.index < mention.index]
    led = led_behind(passage, mention, ordered)
    return Named(based - led, led or told - based, max(led or here, default=-1))


def _name(
    passage: Passage, mention: Mention, converted: frozenset[int], known: dict[int, frozenset[str]]
) -> frozenset[str]:
    if mention.index not in known:
        name = name_of(passage, mention)
        worth = pattern("strong", after=r"\s*$").search(unhedged(mention.left))
        if (mention.index in converted or worth) and (source := _source(passage, mention)) is not None:
            name |= name_of(passage, source)
        known[mention.index] = name
    return known[mention.index]


def _source(passage: Passage, mention: Mention) -> Mention | None:
    """Return the amount that a converted figure repeats: the nearest of another currency before it that has a name."""
    position = bisect_left(passage.mentions, mention.index, key=lambda each: each.index)
    before = passage.before(mention, position, sentences=0, most=4)
    amounts = [each for each in before if each.money and each.unit != mention.unit and not each.rate]
    return next((each for each in amounts if name_of(passage, each)), None)


def _one_of_two(multiple: Multiple, ordered: Sequence[Mention], phrase: str) -> frozenset[int]:
    """Return which of the last two figures ``the former`` or ``the latter`` means; the one spoken of stands behind."""
    place = 0 if says("the_former", phrase) else 1 if says("the_latter", phrase) else None
    if place is None:
        return frozenset()
    before = [each for each in ordered if each.index < multiple.mention.index]
    here = [each for each in before if each.sentence == multiple.mention.sentence]
    if len(here) < 2:
        rest = before[: len(before) - len(here)]
        two = [each for each in rest if each.sentence == rest[-1].sentence]
    else:
        two = here[:2] if len(here) <= _TOGETHER else []
    return frozenset({two[place].index}) if len(two) == 2 else frozenset()


def _at_first(multiple: Multiple, ordered: Sequence[Mention], phrase: str) -> frozenset[int]:
    """Return the first level of a series, where a multiple is measured on what there was originally."""
    mention = multiple.mention
    if not says("at_first", phrase or f"{_CLAUSE.split(mention.left)[-1]} | {_CLAUSE.split(mention.right)[0][:_BASE]}"):
        return frozenset()
    before = [each for each in ordered if each.index < mention.index and mention.sentence - each.sentence <= 2]
    series = [each for each in before if each.single and alike(each, before[-1])]
    if len(series) < 2:
        return frozenset()
    origin = pattern("origin_after", r"^\s*")
    return frozenset({next((each for each in series[:2] if origin.match(each.right)), series[0]).index})


def _before_new(multiple: Multiple, figures: Sequence[Mention], told: frozenset[int]) -> frozenset[int]:
    """Return the figure that ``that`` means: the last before the multiple which is not the one it speaks of."""
    before = [each for each in figures if each.index < multiple.mention.index and each.index not in told]
    before.sort(key=lambda each: -each.index)
    if before and not told and before[0].figure.end + _BESIDE >= multiple.mention.figure.start:
        before = before[1:]
    return frozenset(each.index for each in before[:1])


def _bearing(
    sought: frozenset[str], multiple: Multiple, figures: Sequence[Mention], names: dict[int, frozenset[str]]
) -> frozenset[int]:
    """Return the figures that bear most of the words sought, each word counting where few bear it; none if many do.

    Where a figure told so far bears a word, one of a later sentence is not meant by it.
    """
    worth: dict[int, float] = {}
    for word in sought:
        bearers = [each for each in figures if word in names[each.index]]
        bearers = [each for each in bearers if each.sentence <= multiple.mention.sentence] or bearers
        values = {(each.low, each.high) for each in bearers}
        if len(values) > 2:
            continue
        for each in bearers:
            worth[each.index] = worth.get(each.index, 0.0) + 1.0 / len(values)
    most = max(worth.values(), default=0.0)
    return frozenset(index for index, each in worth.items() if each == most and most >= 1.0)


def name_of(passage: Passage, mention: Mention) -> frozenset[str]:
    """Return the words that a figure bears as its name: in its clause before it, or behind it in its own.

    What follows another figure up to a comma is that one's.
    """
    before = _BREAK.split(mention.left)[-1]
    first, _ = passage.sentence(mention)
    if before == mention.left and mention.figure.start - len(before) > first + 2:
        before = "" if before.isascii() and goes_to(before) else _parted(before)[1]  # ``400 in April to 190``
    before = before[-_LEFT:]
    behind = _parted(mention.right[:_RIGHT])[0]
    if _EASTERN.search(before) or _EASTERN.search(behind[:4]):
        behind = ""
    return content(before) | content(behind)


def _parted(words: str) -> tuple[str, str]:
    """Return what belongs to the figure before the words, and what to the figure behind them."""
    mark = _CLAUSE.search(words)
    for role in ("and", "turns"):
        found = pattern(role).search(words) if words.isascii() else None
        if found is not None and (mark is None or found.start() < mark.start()):
            mark = found
    return (words, words) if mark is None else (words[: mark.start()], words[mark.end() :])


def base_phrase(multiple: Multiple) -> str:
    """Return the words that say on what a multiple is measured: behind it in English, before it in Korean."""
    mention = multiple.mention
    right = mention.right[:_BASE]
    starts = (("of", ""), ("times_of", ""), ("than_up", ""), ("than_down", ""), ("than", r"[^,;.]{0,24}?\s"))
    if not _EASTERN.search(right[:8]) and any(pattern(role, rf"^\s*{gap}").match(right) for role, gap in starts):
        return _parted(right)[0]
    clause = _CLAUSE.split(unhedged(mention.left))[-1]
    lead = pattern("since_lead", r"^\s*").match(clause) if clause.isascii() else None
    if lead is not None and multiple.way:
        return clause[lead.end() :][:_LEAD]  # ``since 2017 90 percent``
    left = pattern("still", after=r"\s*$").sub("", _CLAUSE.split(unhedged(mention.left)[-24:])[-1])
    if not _EASTERN.search(left):
        return ""
    for role in ("of_after", "than_after"):
        told = pattern(role, after=r"\s*$").search(left)
        if told is not None:
            return _phrase(left[: told.start()])
    every = [told.end() for told in pattern("than").finditer(left) if not told.group().isascii()]
    return left[every[0] :] if every else ""


def _phrase(left: str) -> str:
    """Return the noun with what belongs to it at the end of Korean, Japanese or Chinese words."""
    parts = left.split()
    if len(parts) > 1 and _HANGUL.search(parts[-1]):
        first = len(parts) - 1
        while first > 0 and not _topic().search(parts[first - 1]):
            first -= 1
        return " ".join(parts[first:][-3:])
    marks = list(_topic_inside().finditer(left))
    return left[marks[-1].end() :] if marks else left


def _topic_words(multiple: Multiple) -> frozenset[str]:
    left = _BREAK.split(unhedged(multiple.mention.left))[-1][-2 * _LEFT :]
    told = [each for each in pattern("than").finditer(left) if each.group().isascii()]
    if told:  # ``30 more than in March but 20 % less ..``: what another comparison is of
        rest = left[told[-1].end() :]
        behind = _parted(rest)[1]
        left = left[: told[-1].start()] + (behind if behind != rest else "")
    return content(left)


@cache
def _topic() -> re.Pattern[str]:
    """Return the pattern of the endings that part a topic from what is said of it."""
    return pattern("topic_ending", after="$")


@cache
def _topic_inside() -> re.Pattern[str]:
    return pattern("topic_inside")


@cache
def _silent() -> frozenset[str]:
    every = (word for role in _SILENT for phrase in words(role) for word in phrase.lower().split())
    return frozenset(_stem(word) for word in every)


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 4 else word


def content(text: str) -> frozenset[str]:
    """Return the words of lowered text that can name something, without endings; goods and markets by their kind."""
    found = {_stem(each) for each in _LATIN.findall(text)} - _silent()
    found.update(YEAR.findall(text))
    found.update(match.group().split()[-1] for match in pattern("season").finditer(text))
    found.update(_MONTH.findall(text), _KATAKANA.findall(text))
    ending = pattern("ending", after="$")
    for run in _HANGUL.findall(text):
        found.add(ending.sub("", run) if len(run) > 2 or ending.fullmatch(run) else run)
    for run in _HAN.findall(text):
        found.update(run[place : place + 2] for place in range(len(run) - 1))
    found.update(f"#{item}" for item in items_named(text))
    found.update(f"@{concept}" for concept in _CONCEPTS if says(concept, text))
    return frozenset(each for each in found if len(each) > 1)
