"""Each price gets what it is for: from the words beside it, its conversion, the word before it, its sentence."""

from __future__ import annotations

import re

from nkauto.read.article.beside import MASS
from nkauto.read.article.carried import ROUND, billed, carried, kept, owner, paired, repeated, spoken_of, take
from nkauto.read.article.cues import Cue
from nkauto.read.article.follows import at_rate, comes_first, converts, exemplary, goes_on, lasts
from nkauto.read.article.modified import (
    bracketed,
    bulk,
    further,
    in_step,
    likest,
    moved_first,
    of_market,
    shaped,
    that_was,
)
from nkauto.read.article.prose import compiled, meanings
from nkauto.read.article.quantities import count, quantity
from nkauto.read.article.raw import Raw
from nkauto.read.article.reckoned import converted, scaled, totalled
from nkauto.read.article.sentence import WORLD, Sentence, is_money, sentence
from nkauto.read.article.text import Page
from nkauto.read.article.told import told
from nkauto.read.article.wares import ASIDE_CLOSED, aside

_FRAMED = r",\s{owner}\s({frame})\s"
_HAD = r"{had}"
"""Behind a sum that somebody takes to the market: 5万ウォンを持って."""

_BUYS = r"\s?{buys}"
_BANKNOTE = r"\s?(?:(?:{joined}|、)\s?[0-9,.]+\s?[^0-9\s,.]{1,3}\s?)?{banknote}"
_NOTE_OF = r"(?<![a-z]){banknote}\s(?:(?:is|was|are|were)\s)?(?:of|for|worth)\s(?:{softener}\s)?$"
_OF_WAGE = (
    r"(?:\s?\([^()\n]{1,24}\))?(?: (?:(?:of|in|as) (?:an? |the |his |her |their )?)?(?:[a-z]+ )?|[의の的]\s?){wage}"
)
_PAY_BEHIND = r"\s(?:[a-z]+\s)?{wage+wage_talk}"
"""Behind a sum that stands before its noun: a 600,000-pound minimum."""

_EARNED = (
    r"\s(?:(?:that|which)\s)?(?:(?:an?|the|each|every)\s[^.,;0-9]{2,40}?|(?:he|she|they|i|we)\s)"
    r"(?:is\s|are\s|had\s)?(?:{gets}|makes?(?![a-z]))"
)
_PAID_A = r"\s(?:that|which)\s[^.,;:0-9]{3,60}?\s({whole_per})(?!\s{time_past}|\s{wage})(?=[,.;:)]|\s)"
_EARNS = r"(?<![a-z])earns\s(?:{softener}\s)?$"
_ON_EACH = r"\s(?:on|from|per|for|by|each|apiece|at|with)(?![a-z])"
_SWING = 10
_HEADED = 3
_BILL = 1_000_000
"""What is paid in wages and is no one's wage: 160 million dollars in wages."""

_STOP = re.compile(r"[;.:]\s")
_BREAK = re.compile(r"[;.:,、，]\s?")
_POINT = re.compile(r"[,;.、。，]")
_SILENT = ("time", "frame", "spent", "rate", "person", "earner", "silent")


def denominators(page: Page, raws: list[Raw], northern: bool) -> list[Raw]:
    """Return the figures with what they are for, without those that are denominators themselves.

    ``northern``: the text speaks of North Korea, where food and fuel are sold by the kilogram.
    """
    place = 0
    while place < len(raws):
        here = sentence(page, raws, place)
        for index in range(here.place, here.after):
            raw = raws[index]
            if raw.base or raw.tail:
                _name(here, raw)
            elif raw.money:
                _price(here, index, northern)
                raw.per = None if raw.per is not None and raw.per.rpartition(" ")[2] == raw.unit else raw.per
            elif raw.kind == "measure":
                quantity(here, index)
            elif raw.kind == "count":
                count(here, raw)
            if raw.money:
                _name_behind(here, raw)
        moved_first(here)
        place = here.after
    return [raw for raw in raws if not raw.base]


def _name(here: Sentence, raw: Raw) -> None:
    """Name the good, work or money that a price is of, by the nearest word before it."""
    for cue in reversed(here.cues):
        before = cue.at < raw.start and cue.subject != raw.unit
        if cue.subject and (before or (cue.at <= raw.tail and cue.subject == raw.per)):
            raw.subject = cue.subject
            return


def _name_behind(here: Sentence, raw: Raw) -> None:
    """Name the good that stands right behind its price: 5,000 won for rice, 50 yuan per kilogram of squid."""
    end = max(raw.end, raw.tail)
    for cue in here.cues:
        if cue.kind in ("item", "thing") and cue.subject and here.gap(end, cue.at) in (" for ", " of "):
            raw.subject = cue.subject
            return


def _price(here: Sentence, index: int, northern: bool) -> None:
    """Set the denominator of an amount of money, by the first of the ways that tells one, or that there is none."""
    raw, low = here.raws[index], here.page.low
    if raw.rate and raw.codes == ("CNY",):
        raw.per = raw.subject = "USD"
        return
    if raw.outer is not None and raw.outer.kind == "measure" and raw.outer.one and raw.outer.unit in MASS:
        raw.per = raw.outer.unit
        return
    cues = [cue for cue in here.cues if raw.outer is not None and raw.outer.end <= cue.at < raw.start]
    cued = bool(cues)
    if cued and cues[0].kind == "mass" and _decides(here, index, cues[0], northern):
        return  # 7,500원(갤런당 $3.55)
    if raw.outer is not None and raw.outer.unit != raw.unit and (raw.outer.money or not cued):
        one = here.raws[index - 1]
        if one.base and one.money and one.outer is raw.outer and len(here.gap(one.end, raw.start)) < 9:
            raw.per = raw.subject = one.unit
        elif raw.outer.base and raw.outer.money and raw.outer.one:
            raw.per = raw.subject = raw.outer.unit
        elif (like := bracketed(here, index)) is not None:
            take(raw, like)
        else:
            take(raw, raw.outer)
        return
    held = compiled(_BANKNOTE).match(low, raw.end) or compiled(_HAD).match(low, raw.end)
    held = held or compiled(_NOTE_OF).search(low, max(here.first, raw.start - 24), raw.start)
    if _hyphened(low, raw) and compiled(_PAY_BEHIND).match(low, raw.end):
        raw.per, raw.subject = "month", "wage"
        return
    if held or _hyphened(low, raw) or exemplary(here, index):
        return
    if raw.low < _BILL and compiled(_OF_WAGE).match(low, raw.end):
        raw.per, raw.subject = "month", "wage"
        return
    earns = raw.low < _BILL and not raw.tail and compiled(_EARNS).search(low, max(0, raw.start - 20), raw.start)
    if earns and compiled(_ON_EACH).match(low, raw.end) is None:
        raw.per, raw.subject = "month", "wage"
        return
    paid = compiled(_PAID_A).match(low, raw.end)
    if paid is not None and not any(other.start < paid.end() for other in here.raws[index + 1 : index + 2]):
        raw.per, raw.subject = meanings("whole_per")[paid.group(1)], "wage"
        return
    if compiled(_EARNED).match(low, raw.end):
        raw.per, raw.subject = "month", "wage"
        return
    ways = (
        totalled,
        of_market,
        that_was,
        bulk,
        further,
        at_rate,
        in_step,
        shaped,
        scaled,
        converted,
        repeated,
        spoken_of,
        kept,
        billed,
        converts,
        paired,
        comes_first,
        goes_on,
        lasts,
    )
    if any(way(here, index) for way in ways):
        return
    before = [cue for cue in here.cues if cue.at < raw.start]
    amounts = [other for other in here.before(index, 3) if _is_amount(other) and other.per is None]
    for cue in reversed(before):
        if raw.rate and cue.kind not in ("money", "rate"):
            continue
        if cue.kind in ("money", "rate") and not raw.rate and ASIDE_CLOSED.match(low, cue.at, raw.start):
            continue  # 1,750 (20 cents at the market's rate), up from 1,250
        if cue.kind == "mass" and aside(here, cue, raw):
            continue
        if cue.kind in ("item", "thing") and _rate_again(raw):
            take(raw, raw.like or raw)
            return
        if cue.kind in ("mass", "item", "wage") and any(other.start > cue.at for other in amounts):
            return
        if _decides(here, index, cue, northern):
            return
    if any(raw.start - other.end < 25 for other in amounts):
        return
    framed = compiled(_FRAMED).match(low, raw.end)
    if framed is not None:
        raw.per = meanings("frame")[framed.group(1)]
        return
    if compiled(_BUYS).match(low, raw.end) or _behind(here, index, northern):
        return
    if raw.unit and (head := owner(here, raw)):
        raw.per = head
        return
    if raw.rate and raw.unit not in WORLD:
        raw.per = raw.subject = "USD"
        return
    if raw.like is not None and raw.like.per is not None and raw.like.unit == raw.unit:
        take(raw, raw.like)
        return
    carried(here, index)


def _rate_again(raw: Raw) -> bool:
    """Return whether a bare number goes on from a rate of its size: 4.85 dinars at the bank, 6.9 in the street."""
    like = raw.like
    if like is None or like.per is None or not is_money(like.per) or like.unit != raw.unit:
        return False
    return like.low <= _SWING * raw.low <= _SWING * _SWING * like.low


def _hyphened(low: str, raw: Raw) -> bool:
    """Return whether the figure stands before a noun: "a 10,000-won meal"."""
    start = raw.end - len(raw.word)
    return raw.word.isascii() and low[start - 1 : start] == "-"


def _is_amount(raw: Raw) -> bool:
    """Return whether a figure is so much of a good, which a price behind it can be for as a whole."""
    weighed = raw.kind == "measure" and raw.unit in MASS
    return not raw.base and (weighed or (raw.kind == "count" and raw.unit == "each"))


def _converted(here: Sentence, index: int) -> bool:
    """Return whether a round sum is what the money right behind it converts: 官方汇率…因为1万朝鲜圆约合72元."""
    raw, after = here.raws[index], here.following(index)
    if after is None or not after.money or after.unit == raw.unit or raw.low not in ROUND:
        return False
    return compiled(r"\s?{converting}\s?").fullmatch(here.gap(raw.end, after.start)) is not None


def _decides(here: Sentence, index: int, cue: Cue, northern: bool) -> bool:
    """Set the denominator that a word tells for a price; return whether it told any, or that there is none."""
    per = told(here, index, cue, northern)
    if per is None or (cue.kind == "rate" and _converted(here, index)):
        return False
    raw = here.raws[index]
    if (like := likest(here, index, cue, per)) is not None:
        take(raw, like)
        return True
    if cue.kind == "thing" and not per and cue.at < raw.start:
        per = _head(here, index, cue)
    raw.per = per or None
    raw.subject = cue.subject if per or cue.kind in ("item", "thing", "wage") else ""
    return True


def _head(here: Sentence, index: int, cue: Cue) -> str:
    """Return the time or the head that is told right before a thing, for all of its prices: 시간당 택시는 1천원."""
    heads = [head for head in here.cues if head.kind in ("time", "person") and head.end <= cue.at]
    if not heads or _BREAK.search(here.gap(heads[-1].end, cue.at)) or cue.at - heads[-1].end > _HEADED:
        return ""
    raw = here.raws[index]
    first = next((o for o in here.here if o.start > cue.at and o.money), raw)
    return heads[-1].per if first is raw or (first.unit == raw.unit and first.per == heads[-1].per) else ""


def _behind(here: Sentence, index: int, northern: bool) -> bool:
    """Take what the words behind a price tell: "6,700 won for rice"; not words that lead the next price."""
    raw, low = here.raws[index], here.page.low
    following = here.following(index)
    past = following.end if following is not None and following.outer is raw else 0
    if past:
        following = here.following(index + 1)  # 5000ウォン(約75円)という月給
    limit = following.start if following is not None else here.end
    for cue in here.cues:
        if not raw.end <= cue.at < min(limit, raw.end + 40) or cue.kind in _SILENT:
            continue
        if cue.at >= past > 0 and cue.kind != "wage":
            continue
        leads = following is not None and limit - cue.end < 9 and not _POINT.search(low, cue.end, limit)
        if cue.kind in ("mass", "money") and leads:
            continue
        if cue.kind == "mass" and compiled("{versus}").search(low, raw.end, cue.at):
            continue
        stop = _BREAK if cue.kind in ("wage", "thing") else _STOP
        if not stop.search(low, raw.end, cue.at) and _decides(here, index, cue, northern):
            return True
    return False
