"""Each price gets what it is for: from the words beside it, its conversion, the nearest word before it, the sentence."""

from __future__ import annotations

import re

from nkauto.core.range import plain
from nkauto.read.article_per import _GOODS_BY_WEIGHT, _GRAIN, _MASS, _TIME, Cue, cues, explicit
from nkauto.read.article_raw import Raw
from nkauto.read.article_text import Page

_WORLD = frozenset(("USD", "EUR", "CNY", "JPY", "GBP"))
_CONVERTED = re.compile(
    r"\s?(?:[,=]|as|or|equals?|equivalent to|worth|that is|i\.e\.|roughly|about|around|approximately|some|\(|~|≈|즉|약|、|,)(?:[\s,]*(?:or|about|roughly|around|nearly|almost|approximately|just|some|over|"
    r"equivalent to|equal to|the equivalent of|worth|i\.e\.|that is|약|約|约|合|折合|only))*[\s,]*$"
)
_BASE_BEHIND = re.compile(
    r"\s?(?:=|에(?!서)|이|은|는|당|마다|は|が|で|につき|あたり|当たり|に対|兑|兌|合|约合|换|可换|等于|is|was|at|selling|sells|sold|equal|costs?|bought|buys|traded|trades|fetch|for|to|exchang|went|goes|gets|now|:)"
)
_BASE_BEFORE = re.compile(r"(?:=|per|to|/|兑|对|for|every|each|あたり|against)\s?$")
_COUNTED_BEHIND = re.compile(r"\s?(?:당|마다|あたり|当たり|につき|に対し)")
_PER_BEFORE = re.compile(r"(?:per|/|each|every|每)\s?$")


def denominators(page: Page, raws: list[Raw], northern: bool) -> list[Raw]:
    """Return the figures with their denominators set, without those that are denominators themselves."""
    kept: list[Raw] = []
    carried: Cue | None = None
    place = 0
    while place < len(raws):
        first, last = page.sentence(raws[place].start)
        after = place
        while after < len(raws) and raws[after].start < last:
            after += 1
        carried = _sentence(page, raws, place, after, (first, last), carried, northern, kept)
        place = after
    return kept


def _sentence(
    page: Page,
    raws: list[Raw],
    place: int,
    after: int,
    bounds: tuple[int, int],
    carried: Cue | None,
    northern: bool,
    kept: list[Raw],
) -> Cue | None:
    """Give the figures of one sentence their denominators; return what the next sentence may go on with."""
    here = raws[place:after]
    first = max(bounds[0], here[0].start - 240)
    last = min(bounds[1], here[-1].end + 120)
    found: list[Cue] = []
    if any(raw.money or raw.kind == "measure" for raw in here):
        spans = [(raw.start, raw.end) for raw in here if not raw.one]
        found = [cue for cue in cues(page, first, last) if not any(a < cue.end and cue.at < b for a, b in spans)]
    own = [raw for raw in here if not _is_base(page, raw, found)]
    found.sort(key=lambda cue: cue.at)
    heavy = {cue.per for cue in found if cue.kind == "mass"}
    for raw in own:
        index = raws.index(raw, place, after)
        told = explicit(page, raw) if raw.money or raw.kind == "measure" else None
        if raw.kind == "measure" and raw.unit in (*_TIME, "") and raw.unit != "minute":
            told = None
        if told == raw.unit:
            told = None
        if told is not None:
            raw.per = told
            kind = "money" if len(told) == 3 and told.isupper() else "mass" if told in _MASS else "frame"
            if kind != "frame" or raw.kind == "measure":
                found.append(Cue(raw.start, raw.start, kind, told, told if kind == "money" else ""))
                found.sort(key=lambda cue: cue.at)
            else:
                found.append(Cue(raw.start, raw.start, "spent", told))
                found.sort(key=lambda cue: cue.at)
            _subject(raw, found)
            continue
        if raw.money:
            carried = _price(page, raws, index, found, heavy, carried, northern, last) or carried
        elif raw.kind == "measure" and raw.unit not in _TIME:
            _quantity(page, raw, found)
        elif raw.unit == "minute":
            frame = [cue for cue in found if cue.at < raw.start and cue.kind in ("frame", "spent", "time")]
            raw.per = frame[-1].per if frame else None
    kept += own
    lasting = [cue for cue in found if cue.kind in ("money", "mass", "item", "wage", "thing")]
    return lasting[-1] if lasting else carried


def _is_base(page: Page, raw: Raw, found: list[Cue]) -> bool:
    """Return whether a figure is itself a denominator ("1kg", "one dollar", "100元あたり"); it then becomes a cue."""
    low = page.low
    counted = _COUNTED_BEHIND.match(low, raw.end) is not None
    if raw.low != raw.high or raw.vague:
        return False
    per = raw.unit if raw.one else f"{plain(raw.low):f} {raw.unit}"
    if raw.money:
        beside = _BASE_BEHIND.match(low, raw.end) or _BASE_BEFORE.search(low, max(0, raw.start - 9), raw.start)
        if counted or (raw.one and not raw.approx and raw.inner < 0 and beside):
            found.append(Cue(raw.start, raw.end, "money", per, raw.unit))
            return True
        return False
    if raw.kind == "measure":
        if raw.unit in _TIME:
            if raw.one and not raw.approx:
                if counted or _PER_BEFORE.search(low, max(0, raw.start - 6), raw.start):
                    found.append(Cue(raw.start, raw.end, "frame", per))
                return True
            return counted or bool(_PER_BEFORE.search(low, max(0, raw.start - 6), raw.start) and raw.unit == "minute")
        if counted or (raw.one and not raw.approx):
            found.append(Cue(raw.start, raw.end, "mass", per))
            return True
        return _PER_BEFORE.search(low, max(0, raw.start - 6), raw.start) is not None and raw.low in (10, 100, 1000)
    if raw.kind == "count" and raw.one and not raw.approx:
        kind = "person" if raw.unit == "person" else "thing"
        found.append(Cue(raw.start, raw.end, kind, "person" if kind == "person" else ""))
        return True
    return False


def _subject(raw: Raw, found: list[Cue]) -> None:
    """Name the good, work or money that a price is of, by the nearest word before it."""
    for cue in reversed(found):
        if cue.at < raw.start and cue.subject and cue.subject != raw.unit:
            raw.subject = cue.subject
            return


def _price(
    page: Page,
    raws: list[Raw],
    place: int,
    found: list[Cue],
    heavy: set[str],
    carried: Cue | None,
    northern: bool,
    last: int,
) -> Cue | None:
    """Set the denominator of an amount of money; return the word that told it."""
    raw = raws[place]
    if raw.inner >= 0:
        base = raws[raw.inner]
        raw.per, raw.subject = base.per, base.subject
        return None
    previous = raws[place - 1] if place else None
    if previous is not None and previous.inner >= 0 and previous.money:
        previous = raws[previous.inner]
    if previous is not None and previous.money and previous.unit != raw.unit:
        gap = page.low[raws[place - 1].end : raw.start]
        if len(gap) < 36 and _CONVERTED.match(gap) and not any(raws[place - 1].end <= cue.at < raw.start for cue in found):
            raw.per, raw.subject = previous.per, previous.subject
            return None
    before = [cue for cue in found if cue.at < raw.start]
    for cue in reversed(before):
        decided = _told(page, raw, cue, heavy, northern)
        if decided is not None:
            raw.per = decided or None
            raw.subject = cue.subject
            return cue
    following = raws[place + 1].start if place + 1 < len(raws) else last
    for cue in found:
        if raw.end <= cue.at < min(following, raw.end + 40) and not re.search(r"[;.:]\s", page.low[raw.end : cue.at]):
            decided = _told(page, raw, cue, heavy, northern) if cue.kind != "time" else None
            if decided is not None:
                raw.per = decided or None
                raw.subject = cue.subject
                return cue
    if carried is not None and not before:
        decided = _told(page, raw, carried, heavy, northern) if carried.kind in ("money", "mass", "item") else None
        if decided is not None:
            raw.per = decided or None
            raw.subject = carried.subject
    return None


def _told(page: Page, raw: Raw, cue: Cue, heavy: set[str], northern: bool) -> str | None:
    """Return the denominator that a word tells for a price, empty for none; ``None`` when it says nothing here."""
    local = raw.unit not in _WORLD
    if cue.kind == "money":
        return cue.per if cue.per != raw.unit and local else None
    if cue.kind == "rate":
        return "USD" if local else None
    if cue.kind in ("mass", "frame"):
        return cue.per
    if cue.kind == "item":
        if "L" in heavy and cue.subject in ("gasoline", "diesel", "fuel"):
            return "L"
        if heavy & {"kg", "lb", "jin"} and cue.subject in _GOODS_BY_WEIGHT | {cue.subject}:
            return next(iter(sorted(heavy & {"kg", "lb", "jin"})))
        return "kg" if northern and cue.subject in _GRAIN else ""
    if cue.kind == "wage":
        return "month"
    if cue.kind == "time":
        gap = page.low[cue.end : raw.start] if cue.at < raw.start else page.low[raw.end : cue.at]
        return cue.per if len(gap) < 40 and not re.search(r"[,;:。、]", gap) else None
    if cue.kind == "thing":
        return ""
    return None


def _quantity(page: Page, raw: Raw, found: list[Cue]) -> None:
    """Set the denominator of an amount of goods: a ration a day or a head, the weight of a litre."""
    for cue in reversed([cue for cue in found if cue.at < raw.start]):
        gap = page.low[cue.end : raw.start]
        if cue.kind == "person" or (cue.kind == "time" and len(gap) < 40):
            raw.per = cue.per
            return
        if cue.kind == "mass" and cue.per != raw.unit and len(gap) < 8:
            raw.per = cue.per
            return
