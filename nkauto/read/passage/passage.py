"""An article's figures in their places: sentence, words on either side, what each is a price of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property

from nkauto.core.claims import Stated
from nkauto.core.findings import Figure
from nkauto.core.terms import Term, number
from nkauto.read.article.text import rounded
from nkauto.read.passage.amounts import amount_of, denominator, in_one_money, pays_for, place
from nkauto.read.passage.items import item, named_in_step
from nkauto.read.passage.rates import no_rates
from nkauto.read.relations.words import lowered, pattern, says

REACH = 120
"""Characters on either side of a figure that may say what it means."""
NEAR, _AT_RATE = 24, 24
"""Characters after a figure in which its good may be named."""
MOST_BEFORE = 12
MOST_AFTER = 5
"""Figures before and after one that it may be tied to: they keep the search linear in the length of a text."""

TIME = ("minute", "hour", "day", "night", "week", "month", "year")

_NAMES = re.compile(r"[^\W\d_]")
_CLOSE = re.compile(r"[,;:.()，、。；：（）]")
_JOINED = re.compile(r"\s*(?:of|for|의|の|的|어치)")
_TORN = re.compile(r"[0-9０-９][.,·・．，]")
_COMPARED = re.compile(r"(?<![a-z])(?:than|as)\s+(?:the\s+)?[a-z]+(?=,(?!\s+wh))")
"""What a price is only compared with, in a clause that a comma closes: ``corn, half as dear as rice, is 3,000``."""
_SHORT = "approx|appx|bs|ca|no|nos|rs|vs|dr|mr|mrs|ms|st|est|u\\.s|u\\.n|e\\.g|i\\.e"
_SHORT += "|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
_END = re.compile(
    r"[。！？]+[”’」』）)\"]*"
    r"|(?<!\b[A-Z])\.[\"'”’)]*(?=\s)"
    r"|[!?][\"'”’)]*(?=\s)"
    r"|\n[ \t　]*\n"
)
_SHORT_BEFORE = re.compile(rf"\b(?:{_SHORT})$", re.I)


@dataclass(frozen=True, eq=False)
class Mention:
    """One figure with what its surroundings tell.

    ``left`` and ``right`` are the words up to the next figure or the end of the sentence, lowered; ``per`` and
    ``count`` its denominator (``100 CNY`` → ``CNY``, 100); ``subject`` the good, work or currency it is a price
    of: named beside it, else the one before it, where the words between name nothing else. ``money``: an
    amount of a currency; ``rate``: the price of one currency in another.

    Without slots, so that what is asked of one figure many times is worked out once.
    """

    index: int
    figure: Figure
    sentence: int
    left: str
    right: str
    unit: str
    per: str
    count: Decimal
    subject: str
    low: Decimal
    high: Decimal
    money: bool
    rate: bool

    @property
    def single(self) -> bool:
        """Whether it is one value."""
        return self.low == self.high

    @cached_property
    def ends(self) -> tuple[Term, Term]:
        """Lower and higher value as terms."""
        low = number(self.low)
        return (low, low) if self.low == self.high else (low, number(self.high))

    @cached_property
    def stated(self) -> Stated:
        """What it states, and to which place."""
        return Stated(self.low, self.high, place(self.figure))

    @property
    def hedged(self) -> bool:
        """Whether the text itself says about."""
        return self.figure.approx or self.figure.bound == "~"

    @cached_property
    def is_wage(self) -> bool:
        """Whether it is what somebody earns in a span of time."""
        if not self.money or self.per not in TIME:
            return False
        return self.subject == "wage" or says("wage", self.left[-60:]) or says("wage", self.right[:20])


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its figures as mentions, in order; ``text`` in small letters, as the patterns read it."""

    text: str
    mentions: tuple[Mention, ...]
    ends: tuple[int, ...]

    def sentence(self, mention: Mention) -> tuple[int, int]:
        """Return where the mention's sentence starts and ends."""
        first = self.ends[mention.sentence - 1] if mention.sentence else 0
        return first, self.ends[mention.sentence] if mention.sentence < len(self.ends) else len(self.text)

    def before(self, mention: Mention, position: int, sentences: int = 2, most: int = MOST_BEFORE) -> list[Mention]:
        """Return the mentions before one, nearest first, back to so many sentences earlier."""
        found = []
        for back in range(position - 1, max(-1, position - 1 - most), -1):
            other = self.mentions[back]
            if mention.sentence - other.sentence > sentences:
                break
            found.append(other)
        return found

    def after(self, mention: Mention, position: int, most: int = MOST_AFTER) -> list[Mention]:
        """Return the mentions after one in its sentence, nearest first."""
        found = []
        for ahead in range(position + 1, min(len(self.mentions), position + 1 + most)):
            other = self.mentions[ahead]
            if other.sentence != mention.sentence:
                break
            found.append(other)
        return found

    def following(self, mention: Mention, position: int) -> list[Mention]:
        """Return the first mentions of the next sentence."""
        found = []
        for ahead in range(position + 1, min(len(self.mentions), position + 1 + MOST_AFTER + 2)):
            other = self.mentions[ahead]
            if other.sentence == mention.sentence + 1:
                found.append(other)
        return found[:2]

    def near(self, mention: Mention) -> tuple[Mention, ...]:
        """Return the mentions right beside one."""
        place = bisect_left(self.mentions, mention.index, key=lambda each: each.index)
        return self.mentions[max(0, place - 1) : place + 2]

    def place_of(self, index: int) -> int:
        """Return the place of a figure among the mentions, which stand in order."""
        return bisect_left(self.mentions, index, key=lambda each: each.index)

    def among(self, figures: Sequence[int]) -> list[Mention]:
        """Return the mentions of some figures, in order, without those that were left out."""
        every = [self.mentions[place : place + 1] for place in map(self.place_of, figures)]
        return [each for one, index in zip(every, figures, strict=True) for each in one if each.index == index]

    def gap(self, one: Mention, other: Mention) -> str:
        """Return the words between two mentions, the earlier first; at most so many as may tie them."""
        return self.text[one.figure.end : min(other.figure.start, one.figure.end + REACH)]


def is_currency(unit: str) -> bool:
    """Return whether a unit is a currency code."""
    return (len(unit) == 3 and unit.isascii() and unit.isupper()) or unit == "KPW-OLD"


def passage(text: str, figures: Sequence[Figure]) -> Passage:
    """Return the figures of a text, in their order, with sentence, neighbouring words and subject.

    What may be nought is not among them: nothing is so many times, or part, of it.
    """
    ends = _sentence_ends(text)
    words = lowered(rounded(text))
    known = [(index, figure) for index, figure in enumerate(in_one_money(figures)) if _whole(text, figure)]
    sentences = [bisect_right(ends, figure.start) for _, figure in known]
    mentions: list[Mention] = []
    carried = before = ""
    fence, last_sentence = 0, -1
    for position, (index, figure) in enumerate(known):
        sentence = sentences[position]
        first, last = ends[sentence - 1] if sentence else 0, ends[sentence] if sentence < len(ends) else len(text)
        if sentence != last_sentence:
            before, carried, last_sentence = carried or before, "", sentence
        for ahead in range(position + 1, min(len(known), position + 4)):
            if sentences[ahead] != sentence or not _span_of_time(known[ahead][1]):
                last = min(last, known[ahead][1].start)
                break
        left = words[max(first, fence, figure.start - REACH) : figure.start]
        right = words[figure.end : min(last, figure.end + REACH)]
        per, count = denominator(figure.per)
        if per.endswith("s") and per[:-1] in TIME:
            per = per[:-1]
        if (
            is_currency(per)
            and is_currency(figure.unit)
            and amount_of(per, figure, right, known[position + 1 : position + 2])
        ):
            per, count = "", Decimal(1)
        money = is_currency(figure.unit)
        if money and per and per not in TIME and pays_for(per, figure, right, known[position + 1 : position + 2]):
            per, count = "", Decimal(1)
        if money and is_currency(per):
            subject, named = per, ""
        else:
            named = item(_COMPARED.sub("", left), last=True)
            subject = named or _subject(figure, left, right, carried if money else "", before if money else "")
        if money or named:
            aside = is_currency(per) and says("at_rate", left[-_AT_RATE:])  # ``17 at the bank's 123 and 12.7 at 165``
            carried = subject if not is_currency(per) else carried if aside else ""
        if not _span_of_time(figure):
            fence = figure.end
        if figure.unit in ("%", "x") and figure.bound == "=":
            figure = _bounded(figure, left)
        mentions.append(
            Mention(
                index,
                figure,
                sentence,
                left,
                right,
                figure.unit,
                per,
                count,
                subject,
                figure.low,
                figure.high,
                money,
                money and is_currency(per),
            )
        )
    return Passage(words, no_rates(words, named_in_step(mentions)), tuple(ends))


def _bounded(figure: Figure, left: str) -> Figure:
    """Return a multiple with the bound that stands before what it is measured on: ``不到官价的三分之一``."""
    for role, bound in (("below_of", "<"), ("above_of", ">")):
        if pattern(role, after=r"[^,;，、；。]{1,10}的\s*$").search(left[-16:]):
            return replace(figure, bound=bound, approx=True)
    return figure


def _whole(text: str, figure: Figure) -> bool:
    """Return whether a figure was read, and is not the tail of a number written in a way that was not known."""
    before = text[max(0, figure.start - 2) : figure.start]
    return bool(figure.unit) and figure.low > 0 and not figure.vague and not _TORN.fullmatch(before)


def _span_of_time(figure: Figure) -> bool:
    """Return whether a figure is a bare span of time, which does not part a price from its words: ``two weeks ago``."""
    return figure.unit in TIME and not figure.per


def _subject(figure: Figure, left: str, right: str, carried: str, before: str) -> str:
    """Return what a figure is a price of, where nothing right before it says so.

    The good that is joined to it by a word such as of; else that of the figure before it in the sentence, or,
    where no word names another thing, in the sentence before; else a good named close behind it; else what
    the reader of figures found.
    """
    follows = _CLOSE.split(right[:NEAR], maxsplit=1)[0]
    if not follows.isascii() and (joined_on := pattern("clause_joined").search(follows)):
        follows = follows[: joined_on.start()]  # ``20% 내렸고 옥수수는``: what the next clause speaks of
    if _JOINED.match(follows) and (joined := item(follows, last=False)):
        return joined
    silent = (carried == "wage" or not carried) and not _NAMES.search(_silent().sub(" ", left))
    if carried and (carried != "wage" or silent):
        return carried
    if before and silent:
        return before
    return item(follows, last=False) or (figure.subject if figure.subject != "wage" else "")


@cache
def _silent() -> re.Pattern[str]:
    """Return the pattern of words that name no good: times, verbs, pronouns, particles."""
    return pattern("silent")


def _sentence_ends(text: str) -> list[int]:
    """Return where each sentence ends; a full stop after a month's or a title's short form ends none."""
    ends: list[int] = []
    for match in _END.finditer(text):
        if match.group()[0] == "." and _SHORT_BEFORE.search(text, max(0, match.start() - 7), match.start()):
            continue
        if ends and not text[ends[-1] : match.start()].strip():
            ends[-1] = match.end()
        else:
            ends.append(match.end())
    return ends
