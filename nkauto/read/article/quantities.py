"""Quantities and counts get what they are for: a ration a day or a head, cars a year, the minutes of a fee."""

from __future__ import annotations

import re

from nkauto.read.article.beside import TIME
from nkauto.read.article.carried import moves
from nkauto.read.article.follows import GOES_ON
from nkauto.read.article.prose import compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.sentence import Sentence, daily

_WEIGHS = r" of [a-z]+(?: [a-z]+)? {weighs} (?:{softener} )?$"
_ALSO = GOES_ON + r"|(?:{joined}|,)\s(?:[a-z]+\s){0,2}$"
_A_TIME = r"\s({whole_per})(?!\s{time_past})"
_GETS = r"[,;]\s[^,;.0-9]{2,30}\s{gets}\s(?:{softener}\s)?$"
_HARDLY = r"\s?(?:{softener}\s?)?"
_GOES_ON = r"\s?{goes_on}\s?(?:{softener}\s?)?"
_BESIDE, _FEE, _RATION = 12, 40, 80
_A_WORD, _A_PHRASE = 4, 8
_ALIKE = 4
_REMEMBERED, _FAR = 4, 160
_RATIONED = ("person", "household", "day", "month")
_PAUSE = re.compile(r"[,;:。、]")
_STOP = re.compile(r"[;.:]\s")


def count(here: Sentence, raw: Raw) -> None:
    """Set the time that so many things are made, sold or sent in: 하루 3~4대, 20 cars a month."""
    behind = compiled(_A_TIME).match(here.page.low, raw.end)
    if behind is not None:
        raw.per = meanings("whole_per")[behind.group(1)]
        return
    before = next((o for o in reversed(here.here) if o.end <= raw.start), None)
    like = before is not None and before.kind == "count" and before.per in TIME and before.unit == raw.unit
    if before is not None and like and compiled(_GOES_ON).fullmatch(here.gap(before.end, raw.start)):
        raw.per = before.per
        return
    if raw.like is not None and raw.like.kind == "count" and raw.like.per in TIME and raw.like.unit == raw.unit:
        raw.per = raw.like.per
        return
    for cue in here.cues:
        gap = here.gap(cue.end, raw.start)
        if cue.kind == "time" and 0 <= raw.start - cue.end <= _BESIDE and compiled(_HARDLY).fullmatch(gap):
            raw.per = cue.per
        each = (
            cue.per == "day"
            or here.page.low.startswith(("每", "毎", "매"), cue.at)
            or here.page.low.endswith(("에", "に"), 0, cue.end)
        )
        near = 0 < len(gap) <= (_A_PHRASE if cue.per == "day" else _A_WORD)
        if cue.kind == "time" and each and near and not gap.isascii() and not _PAUSE.search(gap):
            raw.per = cue.per


def _goes_with(here: Sentence, raw: Raw, other: Raw) -> bool:
    """Return whether a ration of like size follows another in its sentence: 1日800グラムだが、前線でも500グラム."""
    alike = other.low <= _ALIKE * raw.low <= _ALIKE * _ALIKE * other.low
    gap = here.gap(other.end, raw.start)
    if alike and other.per == "day" and len(gap) < _RATION and compiled(_GETS).search(gap):
        return True
    between = any(o.money and other.end <= o.start < raw.start for o in here.here)
    return alike and len(gap) < _BESIDE * 2 and not gap.isascii() and not between


def _again(here: Sentence, index: int) -> str | None:
    """Return what a ration told before is for that this one goes on from: they recovered to 355 grams in October."""
    raw = here.raws[index]
    near = here.raws[max(0, index - _REMEMBERED) : index]
    last = next((o for o in reversed(near) if o.kind == "measure" and o.unit == raw.unit and not o.base), None)
    if last is None or last.per not in _RATIONED or not last.low or not raw.low or raw.start - last.end > _FAR:
        return None
    if any(other.money and other.start > last.end for other in here.raws[max(0, index - _REMEMBERED) : index + 2]):
        return None
    moved = compiled("{moved+moved_behind+ration}").search(here.page.low, here.first, here.end) is not None
    told = compiled("{ration}").search(here.page.low, max(0, last.start - _FAR), here.end) is not None
    alike = last.low <= _ALIKE * raw.low <= _ALIKE * _ALIKE * last.low or moves(here, raw)
    return last.per if moved and told and alike else None


def quantity(here: Sentence, index: int) -> None:
    """Set the denominator of an amount of goods: a ration a day or a head, the weight of a litre."""
    raw = here.raws[index]
    if raw.like is not None and raw.like.per in TIME and raw.like.unit == raw.unit:
        raw.per = raw.like.per
        return
    before = [cue for cue in here.cues if cue.at < raw.start]
    if raw.unit == "minute" and not raw.composed:
        frames = [cue.per for cue in before if cue.kind in ("frame", "spent", "time") and " " not in cue.per]
        paid = [o for o in here.before(index, 3) if o.money and raw.start - o.end < _FEE]
        fees = [o.per for o in paid if o.per is not None and o.per.endswith(" months")]
        raw.per = frames[-1] if frames else fees[0] if fees else None
        raw.per = None if raw.per == raw.unit else raw.per
    if raw.unit == "hour" and daily(here.page, raw):
        times = [cue.per for cue in before if cue.kind == "time"]
        raw.per = times[-1] if times else None
    if raw.unit == "day":
        times = [
            cue.per
            for cue in before
            if cue.kind == "time"
            and 0 <= raw.start - cue.end <= _A_WORD
            and not _PAUSE.search(here.gap(cue.end, raw.start))
        ]
        raw.per = times[-1] if times and times[-1] in ("week", "month", "year") else raw.per
    if raw.unit in TIME:
        return
    following = here.following(index)
    if (
        following is not None
        and following.tail
        and following.per in TIME
        and here.gap(raw.end, following.start) == " or "
    ):
        raw.per = following.per
        return
    like = [o for o in here.here if o.start < raw.start and o.kind == "measure" and o.unit == raw.unit and o.per]
    if like and raw.start - like[-1].end < 60 and compiled(_ALSO).search(here.gap(like[-1].end, raw.start)):
        raw.per = like[-1].per
        return
    if like and _goes_with(here, raw, like[-1]):
        raw.per = like[-1].per
        return
    for cue in reversed(before):
        gap = here.gap(cue.end, raw.start)
        near = cue.kind == "time" and cue.per != "night" and len(gap) < 24 and not _PAUSE.search(gap)
        weighs = cue.kind == "mass" and cue.per != raw.unit and (len(gap) < 8 or compiled(_WEIGHS).match(gap))
        head = cue.kind == "person" and raw.unit != "m2" and not _STOP.search(gap) and "；" not in gap
        if head or near or weighs:
            raw.per = cue.per
            return
    raw.per = _again(here, index)
