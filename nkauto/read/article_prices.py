"""Each price gets what it is for: from the words beside it, its conversion, the word before it, its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nkauto.core.range import plain
from nkauto.read.article_beside import MASS, TIME
from nkauto.read.article_cues import Cue
from nkauto.read.article_raw import Raw
from nkauto.read.article_sentence import WORLD, Sentence, is_money, sentence
from nkauto.read.article_text import Page
from nkauto.read.article_told import told
from nkauto.read.prose import compiled, meanings

_LASTING = frozenset(("kg", "L", "lb", "jin", "g", "t", "USD", "CNY", "EUR", "JPY"))
_CONVERTED = r"\s?(?:[,=(~≈、]|{converted+converting})(?:[\s,]*{converting})*[\s,]*$"
_THIS = r"{this}\s(?:{this_is}\s)*$"
_FRAMED = r",\s{owner}\s({frame})\s"
_GOES_ON = r"(?:^\s?(?:[,、·]|{joined})|{goes_on})\s?(?:an? (?:target|norm|average|price|level) of |{softener}\s?)?$"
_WEIGHS = r" of [a-z]+(?: [a-z]+)? {weighs} (?:{softener} )?$"
_BUYS = r"\s?{buys}"
_EARNS = r"{earns}\s(?:{softener} )?$"
_LASTS = r"\s?{lasts}\s?(?:{softener}\s?)?$"
_PAUSE = re.compile(r"[,;:。、]")
_STOP = re.compile(r"[;.:]\s")
_BREAK = re.compile(r"[;.:,、，]\s?")
_POINT = re.compile(r"[,;.、。，]")
_SILENT = ("time", "frame", "spent", "rate", "person")


@dataclass(slots=True)
class _Topic:
    """What the last price that was for a weight, measure or currency was, and was for."""

    cue: Cue
    raw: Raw


def denominators(page: Page, raws: list[Raw], northern: bool) -> list[Raw]:
    """Return the figures with what they are for, without those that are denominators themselves.

    ``northern``: the text speaks of North Korea, where food and fuel are sold by the kilogram.
    """
    topic: _Topic | None = None
    place = 0
    while place < len(raws):
        here = sentence(page, raws, place)
        for index in range(here.place, here.after):
            raw = raws[index]
            if raw.base or raw.tail:
                _name(here, raw)
            elif raw.money:
                _price(here, index, northern, topic)
            elif raw.kind == "measure":
                _quantity(here, raw)
            if raw.money:
                _name_behind(here, raw)
            if raw.money and raw.per is not None and raw.per.rpartition(" ")[2] in _LASTING:
                kind = "money" if is_money(raw.per) else "mass"
                topic = _Topic(Cue(raw.start, raw.end, kind, raw.per, raw.subject), raw)
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


def _price(here: Sentence, index: int, northern: bool, topic: _Topic | None) -> None:
    """Set the denominator of an amount of money, by the first of the ways that tells one, or that there is none."""
    raw, low = here.raws[index], here.page.low
    if raw.outer is not None and raw.outer.unit != raw.unit:
        _take(raw, raw.outer)
        return
    if _converts(here, index) or _hyphened(low, raw):
        return
    if _goes_on(here, index) or _lasts(here, index) or _comes_first(here, index):
        return
    before = [cue for cue in here.cues if cue.at < raw.start]
    amounts = [other for other in here.before(index, 3) if _is_amount(other) and other.per is None]
    for cue in reversed(before):
        if raw.rate and cue.kind not in ("money", "rate"):
            continue
        if cue.kind in ("mass", "item") and any(other.start > cue.at for other in amounts):
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
    if raw.rate and raw.unit not in WORLD:
        raw.per = raw.subject = "USD"
        return
    if topic is not None and not before and topic.raw.unit == raw.unit and _near(raw, topic.raw, 5):
        _decides(here, index, topic.cue, northern)


def _take(raw: Raw, other: Raw) -> None:
    raw.per, raw.subject = other.per, other.subject


def _near(raw: Raw, other: Raw, factor: int) -> bool:
    """Return whether two amounts are of like size."""
    return bool(raw.low and other.low) and other.low <= factor * raw.low <= factor * factor * other.low


def _hyphened(low: str, raw: Raw) -> bool:
    """Return whether the figure stands before a noun: "a 10,000-won meal"."""
    start = raw.end - len(raw.word)
    return raw.word.isascii() and low[start - 1 : start] == "-"


def _is_amount(raw: Raw) -> bool:
    """Return whether a figure is so much of a good, which a price behind it can be for as a whole."""
    weighed = raw.kind == "measure" and raw.unit in MASS
    return not raw.base and (weighed or (raw.kind == "count" and raw.unit == "each"))


def _decides(here: Sentence, index: int, cue: Cue, northern: bool) -> bool:
    """Set the denominator that a word tells for a price; return whether it told any, or that there is none."""
    per = told(here, index, cue, northern)
    if per is None:
        return False
    raw = here.raws[index]
    raw.per = per or None
    raw.subject = cue.subject if per or cue.kind in ("item", "thing", "wage") else ""
    return True


def _behind(here: Sentence, index: int, northern: bool) -> bool:
    """Take what the words behind a price tell: "6,700 won for rice"; not words that lead the next price."""
    raw, low = here.raws[index], here.page.low
    following = here.following(index)
    limit = following.start if following is not None else here.end
    for cue in here.cues:
        if not raw.end <= cue.at < min(limit, raw.end + 40) or cue.kind in _SILENT:
            continue
        leads = following is not None and limit - cue.end < 9 and not _POINT.search(low, cue.end, limit)
        if cue.kind == "mass" and leads:
            continue
        stop = _BREAK if cue.kind in ("wage", "thing") else _STOP
        if not stop.search(low, raw.end, cue.at) and _decides(here, index, cue, northern):
            return True
    return False


def _converts(here: Sentence, index: int) -> bool:
    """Take the denominator of the figure that this one converts: "a month, roughly $12", "this is 15 cents"."""
    raw, raws = here.raws[index], here.raws
    previous = next((other for other in reversed(raws[max(0, index - 3) : index]) if other.money), None)
    if previous is None or previous.base or previous.unit == raw.unit:
        return False
    from_ = max(previous.end, previous.tail)
    gap = here.gap(max(from_, raws[index - 1].end), raw.start)
    bare = not any(from_ <= cue.at < raw.start and cue.kind != "spent" for cue in here.cues)
    if len(gap) < 36 and bare and not raws[index - 1].base and compiled(_CONVERTED).match(gap):
        _take(raw, previous)
        return True
    if compiled(_THIS).search(here.page.low, max(0, raw.start - 40), raw.start):
        meant = [o for o in raws[max(0, index - 4) : index] if o.money and not o.base and o.per not in WORLD]
        if meant:
            _take(raw, meant[-1])
            return True
    return False


def _goes_on(here: Sentence, index: int) -> bool:
    """Take the denominator of the figure before it in a change or a list of like amounts: from 8 to 10 a day."""
    raw = here.raws[index]
    previous = next((o for o in here.before(index, 3) if o.money and o.outer is None), None)
    if previous is None or previous.base or previous.unit != raw.unit or previous.per is None:
        return False
    from_ = max(previous.end, previous.tail)
    between = any(from_ <= cue.at < raw.start and cue.kind not in ("spent", "frame") for cue in here.cues)
    gap = here.gap(from_, raw.start)
    if between or len(gap) > 60 or not compiled(_GOES_ON).search(gap) or not _near(raw, previous, 12):
        return False
    _take(raw, previous)
    return True


def _comes_first(here: Sentence, index: int) -> bool:
    """Take the denominator behind the figure that this one changes to: from 5,300 to 5,800 per yuan."""
    raw, following = here.raws[index], here.following(index)
    if following is None or not following.tail or not following.money:
        return False
    gap = here.gap(raw.end, following.start)
    if following.unit != raw.unit:
        if len(gap) > 12 or not compiled(_CONVERTED).match(gap):
            return False
    elif (not raw.shared and len(gap) > 8) or not compiled(_GOES_ON).search(gap):
        return False
    _take(raw, following)
    return True


def _lasts(here: Sentence, index: int) -> bool:
    """Take the time that a fee is for, or a wage that is told in other money: 3개월에 2850원, "thus earns $19"."""
    raw = here.raws[index]
    before = next(iter(here.before(index, 1)), None)
    timed = before is not None and before.kind == "measure" and before.unit in TIME and before.low == before.high > 1
    if before is not None and timed and compiled(_LASTS).match(here.gap(before.end, raw.start)):
        raw.per = f"{plain(before.low):f} {before.unit}s"
        return True
    if compiled(_EARNS).search(here.page.low, max(0, raw.start - 30), raw.start):
        near = here.raws[max(0, index - 4) : index]
        paid = [other for other in near if other.money and other.per in TIME and other.unit != raw.unit]
        if paid:
            raw.per = paid[-1].per
            return True
    return False


def _quantity(here: Sentence, raw: Raw) -> None:
    """Set the denominator of an amount of goods: a ration a day or a head, the weight of a litre."""
    before = [cue for cue in here.cues if cue.at < raw.start]
    if raw.unit == "minute":
        frames = [cue.per for cue in before if cue.kind in ("frame", "spent", "time") and " " not in cue.per]
        raw.per = frames[-1] if frames else None
    if raw.unit in TIME:
        return
    like = [o for o in here.here if o.start < raw.start and o.kind == "measure" and o.unit == raw.unit and o.per]
    if like and raw.start - like[-1].end < 60 and compiled(_GOES_ON).search(here.gap(like[-1].end, raw.start)):
        raw.per = like[-1].per
        return
    for cue in reversed(before):
        gap = here.gap(cue.end, raw.start)
        near = cue.kind == "time" and len(gap) < 24 and not _PAUSE.search(gap)
        weighs = cue.kind == "mass" and cue.per != raw.unit and (len(gap) < 8 or compiled(_WEIGHS).match(gap))
        if cue.kind == "person" or near or weighs:
            raw.per = cue.per
            return
