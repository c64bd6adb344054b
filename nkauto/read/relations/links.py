"""Which two amounts of a text stand as one in two currencies: in brackets, by words that equate them, side by side."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.words import alternatives, pattern, says, words

REACH = 60
"""Characters between two amounts that words may still tie together."""
OPENING = 32
"""Characters that open a sentence which converts what the one before it ends with."""
MOST_BETWEEN = 2
"""Figures other than money that may stand between two amounts that are one: ``3,000 won for three months ($0.35)``."""

_BRACKET = re.compile(r"^[^()（）\[\]。\n,，、;]{0,30}[(（\[][^()（）\[\]。\n]{0,30}$")
_PUNCTUATION = re.compile(r"[\s,，、;:=≈~～∼/·–—\-()（）\[\]\"'“”‘’]+")
_EQUALS = re.compile(r"[=≈＝/]")
_BARE = re.compile(r"^\s*[,，、·–—\-]?\s*$")
_APART = re.compile(r"[;；]")
_CLAUSE = re.compile(r"[,;，、。；]")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s?[-/.年년]\s?\d{1,2}(?:\s?[-/.月월]\s?\d{1,2})?"
    rf"|\b(?:{_MONTHS})[a-z]{{0,6}}\.?\s(?:\d{{1,2}},?\s)?(?:19|20)\d\d(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)(?!\s?[-/.年년]\s?\d)")
_PAST, _EARLIER = "past", "earlier"
_ENDED = re.compile(r"[.;。；]")
_BEHIND = 24


@dataclass(frozen=True, slots=True)
class Link:
    """Two amounts that stand as one in two currencies.

    ``tie`` says by what: ``bracket``, ``words``, or only that they are ``near``; ``past`` when the text dates
    it back.
    """

    source: Mention
    target: Mention
    tie: str
    past: bool = False

    @property
    def pair(self) -> frozenset[str]:
        """The two currencies."""
        return frozenset((self.source.unit, self.target.unit))


def is_amount(mention: Mention) -> bool:
    """Return whether a figure is an amount of money, and no rate."""
    return mention.money and not mention.rate and mention.high > 0


def find(passage: Passage, quoted: set[frozenset[str]]) -> list[Link]:
    """Return the pairs of amounts that stand as one; ``quoted`` are the pairs of currencies with a rate in the text."""
    links: list[Link] = []
    source_of: dict[int, Link] = {}
    for position, target in enumerate(passage.mentions):
        if not is_amount(target):
            continue
        for back in range(1, min(position, MOST_BETWEEN + 1) + 1):
            source = passage.mentions[position - back]
            apart = source.sentence != target.sentence
            told = passage.mentions[position - back + 1 : position]
            if source.rate or (apart and not (_aside(source, told) and _restates(passage, target))):
                break
            if target.figure.start - source.figure.end > 2 * REACH:
                break
            if is_amount(source):
                gap = passage.text[source.figure.end : target.figure.start]
                if apart:
                    gap = passage.text[passage.sentence(target)[0] : target.figure.start]
                known = frozenset((source.unit, target.unit)) in quoted
                earlier = source_of.get(source.index)
                if earlier is not None and frozenset((earlier.source.unit, target.unit)) in quoted:
                    known = False
                link = _linked(source, target, gap, () if apart else told, earlier, known)
                if link is not None:
                    links.append(link)
                    source_of[target.index] = link
                break
    return links


def _aside(source: Mention, between: Sequence[Mention]) -> bool:
    """Return whether nothing stands behind an amount in its sentence, but by how much it changed."""
    return all(each.unit in ("%", "x") and each.sentence == source.sentence for each in between)


def _restates(passage: Passage, target: Mention) -> bool:
    """Return whether a sentence opens by converting what the one before it ends with: ``In dollars this is $5``."""
    words = passage.text[passage.sentence(target)[0] : target.figure.start]
    return len(words) <= OPENING and says("strong", words)


def _linked(
    source: Mention, target: Mention, gap: str, between: Sequence[Mention], earlier: Link | None, known: bool
) -> Link | None:
    """Return the link of two neighbouring amounts, or of the amount that the first one itself converts."""
    if earlier is not None and not known:
        now = source.unit == target.unit and earlier.past
        follows = source.unit != target.unit and tie_of(gap) in ("words", "bare")
        if now or follows:
            if earlier.source.unit == target.unit:
                return None
            return Link(earlier.source, target, "near" if now else "words", _dated_back(target, gap))
    if source.unit == target.unit:
        return None
    tie = tie_of(gap)
    if between:
        if tie != "bracket":
            parted = "," in gap[: between[0].figure.start - source.figure.end]  # ``100 won, so that 10 km come to $10``
            tie = "words" if len(gap) <= REACH and says("strong", gap[-9:]) and not parted else ""
        return Link(source, target, tie, _dated_back(target, gap)) if tie else None
    if len(gap) > REACH:
        return None
    if tie in ("", "bare") and _equated_after(target, gap):
        tie = "words"
    past = tie != "" and _dated_back(target, gap)
    if tie == "bare" and past:
        tie = "words"
    if tie in ("bare", ""):
        return Link(source, target, "near", past) if known else None
    return Link(source, target, tie, past)


@lru_cache(maxsize=4096)
def tie_of(gap: str) -> str:
    """Return what joins two amounts: a bracket, words that equate them, a bare comma, or nothing (empty)."""
    if _BRACKET.match(gap):
        return "bracket"
    if _BARE.match(gap):
        return "bare" if gap.strip() else ""
    if len(gap) > REACH or _APART.search(gap):
        return ""
    if not _rest(gap):
        equal = any(says(role, gap) for role in ("equate", "stands_for", "hedge"))
        return "words" if equal or _EQUALS.search(gap) else ""
    return "words" if says("strong", gap) else ""


def _equated_after(target: Mention, gap: str) -> bool:
    """Return whether the verb that equates two amounts follows both: ``5만 원은 6달러에 해당한다``."""
    return pattern("equals_after", r"^\s*").match(target.right[:16]) is not None and not _rest(gap)


def _rest(gap: str) -> str:
    """Return what is left of the words between two amounts without hedges, particles and punctuation."""
    for role, after in (("each_one", r"\s+[a-z]+(?![a-z])(?:\s+(?:of|in)\s+[a-z]+(?![a-z]))?"), ("regularly", "")):
        gap = pattern(role, r"^\s*", after).sub("", gap)
    return _PUNCTUATION.sub("", _equating().sub(" ", gap))


@cache
def _equating() -> re.Pattern[str]:
    every = [*words("equate"), *words("stands_for"), *words("hedge"), *words("particle")]
    return re.compile(alternatives(every))


def _dated_back(target: Mention, gap: str) -> bool:
    """Return whether the words beside a conversion say that it was so in the past."""
    follows = _CLAUSE.split(target.right[:40], maxsplit=1)[0]
    return says("past", follows) or says("past", gap[-30:])


def years(passage: Passage, mention: Mention) -> set[str]:
    """Return the years named in a mention's sentence, near it."""
    first, last = passage.sentence(mention)
    near = passage.text[max(first, mention.figure.start - 200) : min(last, mention.figure.end + 200)]
    return set(_YEAR.findall(near))


def groups(passage: Passage, links: Iterable[Link]) -> list[list[list[Link]]]:
    """Return the conversions that must share a rate: one pair of currencies, no two different times.

    Each group comes in parts: those told before any time is named may be of another time than those behind it.
    """
    links = list(links)
    dates = [(match.start(), match.group()) for match in _DATE.finditer(passage.text)] if links else []
    pairs: dict[frozenset[str], dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    for link in links:
        time = _PAST if link.past else _EARLIER if _opens_earlier(passage, link) else _time(passage, dates, link)
        pairs[link.pair][time].append(link)
    found: list[list[list[Link]]] = []
    for times in pairs.values():
        found += [[[link]] for link in times.pop(_PAST, [])]
        found += [[some] for some in (times.pop(_EARLIER, []),) if some]
        if sum(1 for time in times if time) > 1:
            found += [[some] for some in times.values()]
        elif next(iter(times), ""):  # what follows a time is of that time
            found.append([[link for some in times.values() for link in some]])
        elif times:
            found.append(list(times.values()))
    return [[some for part in parts for some in _of_markets(passage, part)] for parts in found]


def _of_markets(passage: Passage, links: list[Link]) -> list[list[Link]]:
    """Return conversions that words call official apart from others, which may be at the rate of the street."""
    official = [link for link in links if says("official", passage.gap(link.source, link.target)[-OPENING:])]
    others = [link for link in links if link not in official]
    return [some for some in (official, others) if some]


def _opens_earlier(passage: Passage, link: Link) -> bool:
    """Return whether the sentence of a conversion opens with a time gone by, and with no other sum before it."""
    first, _ = passage.sentence(link.source)
    position = bisect_right(passage.mentions, link.source.index, key=lambda each: each.index) - 1
    before = [each for each in passage.before(link.source, position, sentences=0) if each.money]
    opening = passage.text[first : min(link.source.figure.start, first + OPENING)]
    return not before and any(says(role, opening) for role in ("opens_earlier", "past"))


def _time(passage: Passage, dates: list[tuple[int, str]], link: Link) -> str:
    """Return the time that a conversion is for, as far as the text tells: a year in its sentence, or a date before."""
    first, _ = passage.sentence(link.source)
    end = link.target.figure.end
    named = _YEAR.findall(passage.text[max(first, end - 400) : end])
    if named:
        return str(named[-1])
    behind = _YEAR.search(_ENDED.split(passage.text[end : end + _BEHIND])[0])
    if behind is not None:
        return behind.group()
    earlier = bisect_right(dates, link.source.figure.start, key=lambda each: each[0])
    return dates[earlier - 1][1] if earlier else ""
