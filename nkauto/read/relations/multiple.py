"""A percentage or a multiple, and what its words tell: the way it goes, what it is measured on, what it speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nkauto.core.claims import Candidate, Hint, Reading
from nkauto.read.passage.items import items_named
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import candidate
from nkauto.read.relations.words import lowered, pattern, says

CLAUSE = re.compile(r"[,;，、；。()（）]")
UP, DOWN, NONE = "up", "down", ""
_NUMERAL = "0-9０-９一十百千万萬亿億"
_GOES_ON = r"(?!\s*(?:[.,;:)]|$))"
"""... ``has shed 90 percent since.``: since what the text tells before."""
_SPLIT = re.compile(rf"[{_NUMERAL}]\s*(?::|：|∶|대|対|对|對|比|-?to-?|for)\s*(?:[{_NUMERAL}]|one)")
_SIGN = re.compile(r"(?:^|[\s(（,，、;:])([+＋▲−－▼-])\s?$")
_RIGHT = 40
_TAKES_UP, _SHORT, _GOOD = 16, 10, 16
HEDGE_REACH = 28
"""Characters that a hedge before a figure may take."""

_INFLATION = 40
"""Characters beside a percentage in which inflation is named."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures, or lists of them to be averaged, that a multiple may lie between.

    ``ordered``: the text says which is the base. ``tie`` is 3 where words such as from and to, than, of stand
    beside them; 2 where they are the only two in question; 1 where they are two of several.
    """

    base: tuple[Mention, ...]
    new: tuple[Mention, ...]
    tie: int
    ordered: bool = False
    part: bool = False
    locked: bool = False

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All of its figures."""
        return (*self.base, *self.new)

    @property
    def of_a_rate(self) -> bool:
        """Whether a figure of it is a rate of exchange: ``from 1,500 to 90,000 a dollar``."""
        return any(each.rate for each in self.mentions)


@dataclass(frozen=True, slots=True)
class Multiple:
    """A percentage or multiple with what its words tell.

    ``way``: up, down or not told; ``of``: a share *of* something; ``compares``: its words compare prices;
    ``part``: they say what takes up so much of a whole;
    ``currency``: they speak of a currency; ``of_wage``: of a wage; ``verb``: ``tripled``; ``generic``: they speak
    of all; ``elsewhere``: they measure it from something that is no figure: ``from the previous survey``;
    ``anaphor``: from something named before: ``three times that``; ``against``: from a good that they name;
    ``of_rate``: from a rate: ``twice that rate``.
    """

    mention: Mention
    position: int
    way: str
    of: bool
    compares: bool
    part: bool
    currency: bool
    of_wage: bool
    verb: bool
    generic: bool
    elsewhere: bool
    anaphor: bool
    against: str
    of_rate: bool

    @property
    def percent(self) -> bool:
        """Whether it is a percentage."""
        return self.mention.unit == "%"

    def elsewhere_than(self, pair: Pair) -> bool:
        """Return whether its words speak of a currency where the pair is none, or the other way round."""
        return self.currency != pair.base[0].rate and self.currency


def is_split(mention: Mention) -> bool:
    """Return whether a figure is a ratio such as 3:7 or 1 to 100, no multiple of two prices."""
    return mention.unit == "x" and mention.single and _SPLIT.search(mention.figure.span) is not None


@lru_cache(maxsize=1024)
def multiple_of(mention: Mention, position: int) -> Multiple:
    """Return a percentage or multiple with what the words beside it tell."""
    left = unhedged(mention.left)
    right = mention.right[:_RIGHT]
    span = lowered(mention.figure.span)
    near_left, near_right = CLAUSE.split(left)[-1][-40:], CLAUSE.split(right)[0]
    of = pattern("of", r"^\s*").match(right) is not None
    of = of or pattern("of_after", after=r"\s*$").search(left[-12:]) is not None
    way = DOWN if mention.figure.falling else _signed(mention) or way_of(span, left, near_right)
    if not way and mention.unit == "%":
        way = next((one for role, one in (("than_up", UP), ("than_down", DOWN)) if _opens(role, right)), NONE)
    if not way:
        way = next((one for role, one in (("up_behind", UP), ("down_behind", DOWN)) if _opens(role, right)), NONE)
    if not way and of and mention.low < 1 and says("value", near_right):
        way = DOWN
    part = pattern("takes_up", r"^\s*").match(right) is not None
    part = part or pattern("takes_up_before", after=r"\s*$").search(left[-_TAKES_UP:]) is not None
    if not way and pattern("by_so_much", after=r"\s*$").search(left[-8:]) is not None:
        way = UP if says("exceeds", near_left) else DOWN if says("undercuts", near_left) else NONE
    if (part and of) or says("not_reached", right[:_SHORT]):
        way = NONE  # ``takes up half of``, ``절반에도 못 미친다``: no word of rising or falling
    if not way and not part and mention.low < 1 and pattern("half_again", r"^\s*").match(right) is not None:
        way = UP
    of_rate = pattern("of_that_rate", r"^\s*").match(right) is not None
    of_rate = of_rate or pattern("of_that_rate_before", after=r"\s*$").search(left[-12:]) is not None
    return Multiple(
        mention=mention,
        position=position,
        way=way,
        of=of,
        compares=says("compare", near_right[:24])
        or pattern("times_of", r"^\s*").match(right) is not None
        or (mention.unit == "x" and pattern("as_many", r"^\s*").match(right) is not None)
        or part,
        part=part,
        currency=of_rate or says("currency", near_left) or says("currency", near_right),
        of_wage=says("wages_of", near_right) or says("wages_of", near_left[-12:]),
        verb=mention.unit == "x" and says("verb", span),
        generic=says("generic", left) or says("generic", right),
        elsewhere=(pattern("measured_from", r"^\s*", _GOES_ON).match(right) is not None and not _opens("rise", right))
        or pattern("measured_after", after=r"\s*$").search(pattern("in_order", after=r"\s*$").sub("", left[-16:]))
        is not None,
        against=_against(left, right),
        of_rate=of_rate,
        anaphor=pattern("anaphor", after=r"\s*$").search(left[-8:]) is not None
        or pattern("anaphor_after", r"^\s*").match(right) is not None,
    )


def _signed(mention: Mention) -> str:
    """Return the way that a sign tells right before a percentage: ``(+33 %)``, ``, -6 %``."""
    if mention.unit != "%":
        return NONE
    if (told := _SIGN.search(mention.left[-4:])) is not None:
        return UP if told[1] in "+＋▲" else DOWN
    signs = (("sign_up", UP), ("sign_down", DOWN))
    return next((way for role, way in signs if pattern(role, after=r"\s*$").search(mention.left[-12:])), NONE)


def _opens(role: str, words: str) -> bool:
    return pattern(role, r"^\s*").match(words) is not None


def _against(left: str, right: str) -> str:
    """Return the good whose price a multiple is measured on, where the words beside it name one."""
    told = pattern("than_after", after=r"\s*$").search(left[-20:]) or pattern("of_after", after=r"\s*$").search(
        left[-20:]
    )
    if told is not None:
        named = items_named(left[-20:][: told.start()][-10:])
        return named[-1] if named and named[-1] != "wage" else ""
    for role in ("price_of", "than_good"):
        told = pattern(role, r"^[^,;.()]{0,20}?").match(right)
        named = items_named(right[told.end() :][:_GOOD]) if told is not None else []
        if named:
            return named[0] if named[0] != "wage" else ""
    return ""


def unhedged(left: str) -> str:
    """Return the words before a figure without the hedge that belongs to the figure itself."""
    for role in ("hedge", "mere", "hedge"):
        tail = left[-HEDGE_REACH:]
        found = pattern(role, after=r"\s*(?:an?|the)?\s*$").search(tail)
        if found is not None:
            left = left[: len(left) - len(tail) + found.start()]
    return left


def is_inflation(mention: Mention) -> bool:
    """Return whether a percentage is what all prices rose by in a year: no two prices of a text make it."""
    if mention.unit != "%" or pattern("of", r"^\s*").match(mention.right) is not None:
        return False  # ``inflation wiped out 90 percent of its value``
    ahead = pattern("inflation", after=r"(?:[a-z\s’']{0,20}|[^\d,;，、；。]{0,12})$").search(mention.left[-_INFLATION:])
    return ahead is not None or pattern("inflation", r"^[^\d,;，、；。.]{0,14}?").match(mention.right) is not None


def way_of(span: str, left: str, right: str) -> str:
    """Return the way a multiple goes, by the nearest word that tells; a word in the figure itself comes first."""
    for role, way in (("fall", DOWN), ("rise", UP)):
        if says(role, span):
            return way
    nearest, found = 10_000, NONE
    behind = left[-60:]
    for role, way in (("fall", DOWN), ("rise", UP)):
        for match in pattern(role).finditer(behind):
            away = len(behind) - match.end() + 4 * len(CLAUSE.findall(behind[match.end() :]))
            if away < nearest:
                nearest, found = away, way
        ahead = pattern(role).search(_timeless(right))
        if ahead is not None and ahead.start() < nearest:
            nearest, found = ahead.start(), way
    return found


def _timeless(right: str) -> str:
    """Return the words behind a multiple up to those that say how long it took: ``in less than a week``."""
    told = pattern("took").search(right)
    return right if told is None else right[: told.start()]


def claim_of(
    multiple: Multiple,
    tied: tuple[Mention, ...],
    readings: list[Reading],
    *,
    sure: bool,
    hints: list[Hint],
    locked: bool = False,
) -> Candidate:
    """Return the claim that a multiple makes of these figures."""
    kind = "change" if multiple.way or multiple.verb else "ratio"
    if multiple.of_wage:
        kind = "affordability"
    span = multiple.mention.figure.span
    statement = f"{span} {multiple.way}".strip() if multiple.way else f"{span} of it" if multiple.of else span
    every = {m.index: m for m in tied}
    return candidate(kind, statement, multiple.mention, every.values(), readings, sure=sure, hints=hints, locked=locked)
