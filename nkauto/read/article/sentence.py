"""One sentence of figures: which of them are denominators, and which denominators stand right behind a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nkauto.core.range import plain
from nkauto.read.article.beside import MASS, TIME, explicit
from nkauto.read.article.cues import Cue, cues, told_people
from nkauto.read.article.prose import compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page

WORLD = frozenset(("USD", "EUR", "CNY", "JPY", "GBP"))
"""Money that other money is priced in."""

_ONE_POINT = re.compile(r"1\.[0-9]")
_CODE = re.compile(r"[A-Z]{3}$")
_SHORT_SENTENCE = 60
_OPENS_WITH = r"\s*(?:{clause_joint}\s)?(?:{article}\s(?:us\s)?)?({money_word})(?:\s[a-z]|{topic}|(?![a-z0-9]))"
_OFTEN = r"(?:{time})[^0-9,、。.]{0,3}$"
_SHARE_TIME = r"(?<![가-힣0-9])({share_time})[^0-9,、，。]{0,4}?{share_kind}?(?:{is})?\s?(?:{softener}\s?)?$"
_BEFORE = 240
_BEHIND = 120
_MOST = 100
"""Figures that one sentence may have: more are a table without an end, each taking all the others' time."""
_COUNTED = r"\s?{counted}"
_PER_BEFORE = r"(?:/|每|{per_before})\s?$"
_BASE_BEHIND = r"\s?(?!{copula_end})(?:=|:|에(?!서)|(?:{would}\s|在[^,，。;；0-9]{1,6}?)?{softener}?{base_behind})"
_ASIDE = r"(?:\s?\([^()\n]{1,30}\))?"
_RECKONED = r"[을를]\s(?:[^\s0-9]{1,8}\s){0,2}(?:{softener}\s)?$", r"(?:으로|로)\s{reckoned}"
_BASE_BEFORE = r"(?:[=/]|{base_before})\s?$"
_AT_ONCE = r"{lasts}?\s?(?:{softener}\s?)?"
_SUMS = (10, 50, 100, 500, 1000, 10_000, 100_000)
_WORTH = r",\s|,?\sor\s(?:{softener}\s)?"
_TOLD, _NEAR, _HELD = 80, 4, 16
_FINED = r"{fined}\s?(?:of\s)?$"
_APIECE = r"\s{apiece}(?=\s?[,.;:)–—]|\s?$|\s{function})"
_EACH_DID = r"{pair_each}\s([a-z]{3,12}(?:ed|t|ds|ts|ns|ys))\s(?:{softener}\s)?$"
"""Before a sum that each of the people counted spent: when each left some 360 dollars."""

_TERMS = ("day", "week", "month", "year")
_ONLY_BOUGHT = r"{only_bought}\s?$"
"""Before one kilogram that is all that a sum buys: did not buy so much as one kilogram, 只够买一公斤."""

_IS = r"\s?(?:[=:]|{is}|(?:is|was)\s)"
_DAILY = r"{time+daily_word}\s?(?:{average}\s?)?(?:{works}\s?)?(?:{softener}\s?)?$"
_OF = r"(?: of (?:[a-z]+ )?)?{of}?\s?"


def is_money(per: str) -> bool:
    """Return whether a denominator is a currency, such as ``USD`` or ``100 CNY``."""
    return _CODE.search(per) is not None


@dataclass(slots=True)
class Sentence:
    """The figures of one sentence, ``raws[place:after]``, and the words that tell what they are for.

    The sentence starts at ``first``; its words count up to ``end``.
    """

    page: Page
    raws: list[Raw]
    place: int
    after: int
    first: int
    end: int
    cues: list[Cue] = field(default_factory=list)

    @property
    def here(self) -> list[Raw]:
        """The figures of the sentence."""
        return self.raws[self.place : self.after]

    def before(self, index: int, most: int) -> list[Raw]:
        """Return up to so many figures of the sentence that stand before this one, the nearest first."""
        return self.raws[max(self.place, index - most) : index][::-1]

    def following(self, index: int) -> Raw | None:
        """Return the next figure of the sentence."""
        return self.raws[index + 1] if index + 1 < self.after else None

    def gap(self, first: int, last: int) -> str:
        """Return the text between two places."""
        return self.page.low[first:last]


def sentence(page: Page, raws: list[Raw], place: int) -> Sentence:
    """Return the sentence that this figure opens, with its cues; denominators are marked, those beside figures set."""
    first, last = page.sentence(raws[place].start)
    after = place
    while after < len(raws) and raws[after].start < last and after - place < _MOST:
        after += 1
    found = Sentence(page, raws, place, after, first, min(last, raws[after - 1].end + _BEHIND))
    if any(raw.money or raw.kind in ("measure", "count") for raw in found.here):
        spans = [(raw.start, raw.end) for raw in found.here if not raw.one]
        found.cues = [
            cue
            for cue in cues(page, max(first, raws[place].start - _BEFORE), found.end)
            if not any(start < cue.end and cue.at < end for start, end in spans)
        ]
        if (code := _topic(found)) and not any(cue.end <= raws[place].start for cue in found.cues):
            found.cues.insert(0, Cue(first, first, "money", code, code))
    for index in range(place, after):
        raws[index].base = _is_base(found, index)
    _drop_held_goods(found)
    _take_explicit(found)
    found.cues.sort(key=lambda cue: cue.at)
    return found


def _topic(here: Sentence) -> str:
    """Return the money that the sentence before opens with, which has no figure: the yuan went the other way."""
    before = here.raws[here.place - 1].end if here.place else 0
    first, last = here.page.sentence(max(0, here.first - 1))
    if not before <= first < here.first or last - first > _SHORT_SENTENCE:
        return ""
    found = compiled(_OPENS_WITH).match(here.page.low, first, last)
    return meanings("money_word")[found.group(1)] if found is not None else ""


def _is_base(here: Sentence, index: int) -> bool:
    """Return whether a figure is itself a denominator ("1kg", "one dollar", "100元あたり"); it becomes a cue."""
    low, raw = here.page.low, here.raws[index]
    if raw.low != raw.high or raw.vague or raw.kind not in ("money", "measure", "count"):
        return False
    counted = compiled(_COUNTED).match(low, raw.end) is not None
    told = compiled(_PER_BEFORE).search(low, max(0, raw.start - 6), raw.start) is not None
    single = raw.one and not raw.approx and not _ONE_POINT.match(low, raw.digits)
    kind, per = "mass", raw.unit if raw.one else f"{plain(raw.low):f} {raw.unit}{'s' * (raw.unit in TIME)}"
    before = next(iter(here.before(index, 1)), None)
    paid = before is not None and before.money and low[before.end : raw.start].strip() == "or"
    if single and paid and raw.unit in MASS and low.startswith(" of ", raw.end):
        return False
    if single and compiled(_ONLY_BOUGHT).search(low, max(0, raw.start - 36), raw.start):
        return False
    if raw.money:
        one = (counted and (single or raw.low in _SUMS)) or _priced(here, index, single)
        if not one or (not raw.one and compiled(_FINED).search(low, max(0, raw.start - _HELD), raw.start)):
            return False
        kind = "money"
    elif raw.kind == "count":
        if raw.word in meanings("trip_word") and compiled(_OFTEN).search(low, max(0, raw.start - 14), raw.start):
            return False
        if not single and not (raw.one and counted):
            return False
        kind, per = ("thing", "") if raw.unit == "each" else ("person", raw.unit)
    elif raw.unit in TIME:
        if not (counted or told):
            if single and _adjacent(here, index):
                here.cues.append(Cue(raw.start, raw.end, "frame", per))
            return single and not daily(here.page, raw)
        if not (counted or single or raw.unit == "minute"):
            return False
        kind = "frame"
    elif not (counted or single or (told and raw.low in (10, 100, 1000))) or _ends_range(here, index):
        return False
    here.cues.append(Cue(raw.start, raw.end, kind, per, raw.unit if raw.money else ""))
    return True


def _adjacent(here: Sentence, index: int) -> bool:
    """Return whether a price follows a length of time at once: 1時間20ユーロ, 한 시간에 3달러."""
    raw, following = here.raws[index], here.following(index)
    if following is None or not following.money or raw.unit not in ("hour", "minute", "day", "night"):
        return False
    gap = here.gap(raw.end, following.start)
    return not gap or (not gap.isascii() and compiled(_AT_ONCE).fullmatch(gap) is not None)


def _ends_range(here: Sentence, index: int) -> bool:
    """Return whether a weight is the upper end of a range that begins in another unit: 115キロから1トン."""
    raw, before = here.raws[index], here.raws[index - 1] if index else None
    if before is None or before.kind != "measure" or before.unit == raw.unit or before.unit not in MASS:
        return False
    return compiled(r"\s?(?:~|–|{until})\s?").fullmatch(here.page.low, before.end, raw.start) is not None


def daily(page: Page, raw: Raw) -> bool:
    """Return whether a short time is so much of each day or month: 하루 1분, 一天12小时, "daily 10 hours"."""
    return (
        raw.unit in ("minute", "hour")
        and compiled(_DAILY).search(page.low, max(0, raw.start - 16), raw.start) is not None
    )


def _priced(here: Sentence, index: int, single: bool) -> bool:
    """Return whether an amount of money is what another amount is the price of: one dollar at 8,000, 100元は68万."""
    low, raw, following = here.page.low, here.raws[index], here.following(index)
    joined = False
    if following is not None and following.money:
        between = low[raw.end : following.start]
        joined = len(between) <= 2 and "(" not in between
        round_sum = raw.low in (10, 100, 1000) and raw.unit in WORLD and following.unit not in WORLD
        paid = round_sum and compiled(r"(?<![a-z]){base_before}\s$").search(low, max(0, raw.start - 9), raw.start)
        if paid and len(between) < 28 and not re.search("[,.;:()]| or ", between):
            return True
        example = raw.low == 1000 and raw.unit == "KPW" and following.unit in (*WORLD, "KRW") and not raw.word.isascii()
        if round_sum and between == " for ":
            return True
        if (round_sum or example) and len(between) < 12 and compiled(_IS).match(low, raw.end):
            return True
    before = next(iter(here.before(index, 1)), None)
    near = [o for o in (before, following) if o is not None and o.money and o.unit == raw.unit and not o.base]
    if raw.end - raw.start > 1 and any(
        low[o.end : raw.start] == " to " or low[raw.end : o.start] == " to " for o in near
    ):
        return False
    if before is not None and before.kind == "count" and not before.one and low[before.end : raw.start] == " for ":
        return False
    rated = before is not None and before.money and low.startswith(" at the ", raw.end)
    if before is not None and rated and compiled(_WORTH).fullmatch(low, before.end, raw.start):
        return False
    if not single or (raw.outer is not None and compiled(r"\s?[=≒]").match(low, raw.end) is None):
        return False
    if joined or compiled(_ASIDE + _BASE_BEHIND).match(low, raw.end):
        return True
    if following is not None and following.money and compiled(_RECKONED[1]).match(low, following.end):
        return compiled(_RECKONED[0]).fullmatch(low[raw.end : following.start]) is not None
    if following is not None and following.rate and raw.unit in WORLD and following.unit != raw.unit:
        return True
    return compiled(_BASE_BEFORE).search(low, max(0, raw.start - 9), raw.start) is not None


def _drop_held_goods(here: Sentence) -> None:
    """Drop the goods that a quantity is of: "600 grams of rice" is no word for the price of rice."""
    held = [raw.end for raw in here.here if raw.kind == "measure" and raw.unit in MASS and not raw.base]
    pattern = compiled(_OF)
    here.cues = [
        cue
        for cue in here.cues
        if cue.kind != "item"
        or not any(0 <= cue.at - end <= _HELD and pattern.fullmatch(here.page.low, end, cue.at) for end in held)
    ]


def _of_each(low: str, raw: Raw) -> str | None:
    """Return the time that a percentage is for by the East Asian words before it: 연 36%, 해마다 5%씩."""
    found = compiled(_SHARE_TIME).search(low, max(0, raw.start - 16), raw.start)
    return meanings("share_time")[found.group(1)] if found is not None else None


def _each(here: Sentence, raw: Raw) -> int:
    """Return where the word ends by which a sum is that of each of the people before it: they got 40 manats each."""
    weighed = raw.kind == "measure" and raw.unit in MASS
    found = compiled(_APIECE).match(here.page.low, raw.end) if raw.money or weighed else None
    each = compiled(_EACH_DID).search(here.page.low, max(here.first, raw.start - 36), raw.start) if raw.money else None
    if found is None and (each is None or each.group(1) in meanings("mass")):
        return 0
    near = here.raws[max(0, here.place - _NEAR) : here.after]
    counted = any(other.unit == "person" and other.kind == "count" and other.end <= raw.start for other in near)
    first = max(0, here.first - _TOLD, raw.start - 2 * _TOLD)
    end = found.end() if found is not None else raw.end
    return end if counted or (found is not None and told_people(here.page, first, raw.start)) else 0


def _take_explicit(here: Sentence) -> None:
    """Set the denominators that stand right behind their figures; their words tell nothing else."""
    low = here.page.low
    for raw in here.here:
        if raw.base or raw.kind not in ("money", "measure", "share"):
            continue
        told = explicit(here.page, raw)
        if told is None and (each := _each(here, raw)):
            raw.per, raw.tail = "person", each
            continue
        if told is None and raw.money and (apiece := compiled(_APIECE).match(low, raw.end)) is not None:
            raw.per, raw.tail = "each", apiece.end()
            continue
        if raw.kind == "share":
            raw.per = told[0] if told is not None and told[0] in _TERMS else _of_each(low, raw)
            continue
        lasting = raw.kind == "measure" and raw.unit in TIME and (raw.unit != "minute" or raw.composed)
        if lasting and (told is None or told[0] not in TIME[TIME.index(raw.unit) + 1 :]):
            continue
        if told is None or told[0] == raw.unit or (raw.kind == "measure" and not told[0]):
            continue
        raw.per, start, raw.tail = told[0] or None, told[1], told[2]
        if (
            raw.unit in WORLD
            and raw.low > 1
            and low[raw.end] == "/"
            and _CODE.fullmatch(told[0])
            and told[0] not in WORLD
        ):
            raw.unit, raw.per, raw.end = told[0], raw.unit, told[2]  # 23.60 USD/TRY: what a dollar costs
        for other in here.here:
            inside = start <= other.start < raw.tail
            if inside and (
                is_money(told[0]) or compiled(_PER_BEFORE).search(low, max(0, other.start - 6), other.start)
            ):
                other.base = True
        here.cues = [cue for cue in here.cues if not (start <= cue.at < raw.tail and cue.kind != "item")]
        if told[0]:
            kind = "money" if is_money(told[0]) else "mass" if told[0] in MASS else "frame"
            kind = "spent" if kind == "frame" and raw.money else kind
            here.cues.append(Cue(raw.tail, raw.tail, kind, told[0], told[0] if kind == "money" else ""))
