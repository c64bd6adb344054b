"""Numbers that share the unit of a neighbour: "8,600 KPW in one town and 8,560 in the next", "140 of 200 people"."""

from __future__ import annotations

import re
from decimal import Decimal

from nkauto.read.article_dates import labelled, named
from nkauto.read.article_raw import Raw
from nkauto.read.article_text import Page

_LIST = re.compile(
    r"\s?(?:,|、|，|·|/|and|or|to|a|auf|&|와|과|및|또는|や|と|和|及|y|und|oder|en)\s?(?:and|or|to)?\s?(?:[a-zà-ÿ가-힣一-龠ァ-ヶ]{0,12}\s)?$"
)
_THEN = re.compile(
    r"\s?(?:\([^()]{0,40}\)\s?)?(?:,\s)?(?:and |but |then |now |only |just )*(?:to|or|and|from|against|versus|vs\.?|than|at|에서|로|으로|から|に|へ|到|至|在|比)\s"
    r"?(?:about |around |nearly |only |just |roughly |some |over |more than |less than |under |below |approximately |almost |약 |約|约)?$"
)
_AGAINST = re.compile(
    r"\b(?:against|versus|compared (?:with|to)|than|from|to|at)\s(?:an? |the )?(?:official|market|street|state|black[- ]market|previous|earlier|usual|rate of|price of|"
    r"level of|record|current|new|old|mere)?\s?(?:rate of |price of |about |around |only |just |some |nearly |over )?$"
)
_BARE_END = re.compile(
    r"[,.;:)\]、。，；）!?\"”’]|\s?$|\s[-–—(]|(?:에|로|으로|을|를|이|가|까지|였|で|に|と|を|は|が|へ|。)|"
    r"\s(?:in|at|on|for|to|from|by|the|a|an|of|and|or|per|now|last|this|officially|later|earlier|before|after|while|but|yesterday|today|as|when|with|"
    r"against|than|two|three|since|during|under|over|within|apiece|each|respectively|just|a\b|according|where|which|that|who|is|was|were|are)\b"
)
_PERCENT_BEHIND = re.compile(
    r"\s?\(?(?:,\s)?(?:or |about |more than |nearly |some |around |over |almost |roughly |just )*[0-9a-z.-]{1,12}\s?(?:%|percent|per cent)"
)
_PERCENT_BEFORE = re.compile(r"(?:%|percent|per cent|퍼센트)(?:,)?\s(?:or |of |\()\s?$")
_RATED = re.compile(
    r"\s?(?:per|to the|to a|to one|a|against the|for (?:a|one|every|each)|/|for the|to)\s?(?:1\s)?(?:us |u\.s\. |american )?(?:us\$|\$1?|usd|dollar|greenback|euro|yuan)(?![a-z])"
)
_OTHERS = re.compile(
    r"(?<!rate )(?<!price )(?<!level )(?<!peg )(?<!total )(?<!cost )(?<!sum )\b(?:of|another|the other|remaining|other|rest)\s$"
)
_RATE_OF = re.compile(
    r"\b(?:rate|peg|parity)\s(?:of|at|was|is|:|stood at)\s(?:about |around |only |just |some |nearly |over )?$|(?:환율|レート|汇率)(?:은|는|이|は|が|为|是)?\s?(?:약|約|约)?$"
)


def share_units(page: Page, raws: list[Raw]) -> list[Raw]:
    """Return the figures without the bare numbers that are none; the rest have taken their neighbour's unit."""
    for place, raw in enumerate(raws):
        if raw.kind == "bare":
            _share(page, raws, place)
    return [raw for raw in raws if raw.kind != "bare"]


def _share(page: Page, raws: list[Raw], place: int) -> None:
    raw = raws[place]
    low = page.low
    first, last = page.sentence(raw.start)
    if labelled(page.plain, low, raw.start):
        return
    if _RATED.match(low, raw.end) or _RATE_OF.search(low, max(0, raw.start - 30), raw.start):
        raw.kind = "money"
        return
    if _headed(page, raw):
        return
    if raw.low >= 1000 and not (1900 <= raw.low <= 2100 and raw.end - raw.digits == 4) and _HEADS.search(low, max(first, raw.start - 70), raw.start):
        raw.kind, raw.unit = "count", "person"
        return
    following = raws[place + 1] if place + 1 < len(raws) and raws[place + 1].start < last else None
    previous = next((other for other in reversed(raws[max(0, place - 3) : place]) if other.kind != "bare"), None)
    if previous is not None and previous.start < first:
        previous = None
    year = 1900 <= raw.low <= 2100 and raw.end - raw.digits == 4 and raw.low == raw.high
    if _counted(page, raws, place, first):
        return
    chain = _chain(page, raws, place)
    if chain is not None and not year:
        _copy(raw, chain)
        return
    if previous is not None and previous.kind in ("money", "share", "times") and not year:
        gap = low[previous.end : raw.start]
        if previous.kind != "money" and " or " in gap:
            return
        beside = (len(gap) < 40 and _THEN.match(gap)) or (len(gap) < 70 and ";" not in gap and _AGAINST.search(gap))
        if beside and _similar(raw, previous, 60) and _BARE_END.match(low, raw.end):
            _copy(raw, previous)
            return
    if year or named_number(page, raw):
        return
    before = [other for other in reversed(raws[max(0, place - 4) : place]) if other.money and other.start >= first]
    for donor in [*before, *([following] if following is not None and following.money else [])]:
        if donor.inner < 0 and _enumerated(page, raw, donor):
            _copy(raw, donor)
            return
    written = low[raw.digits : raw.end]
    priced = "," in written or raw.low >= 1000 or raw.high >= 1000
    if priced and _PRICED.search(low, max(first, raw.start - 24), raw.start) and _BARE_END.match(low, raw.end):
        if _RATE_TALK.search(low, first, last):
            raw.kind, raw.shared = "money", True


_HEADS = re.compile(
    r"(?<![a-z])(?:users|subscribers|defectors|refugees|residents|workers|population|escapees|visitors|tourists|customers|"
    r"가입자|이용자|탈북민|탈북자|인구|用户|人口|加入者|利用者|脱北者)[^.;,0-9。、，]{0,34}$"
)
_HEADER = re.compile(
    r"(?<![0-9] )(?<![0-9])(kpw|won|cny|yuan|rmb|usd|us\$|元|원|ウォン)\s?(?:/|per )\s?(kg|㎏|kilo(?:gram)?|キロ|公斤|litre|liter|ℓ|usd|dollar|cny|yuan)(?![a-z])"
)
_HEADED = {
    "won": "KPW",
    "kpw": "KPW",
    "cny": "CNY",
    "yuan": "CNY",
    "rmb": "CNY",
    "usd": "USD",
    "us$": "USD",
    "元": "CNY",
    "원": "KPW",
    "ウォン": "KPW",
}


def _headed(page: Page, raw: Raw) -> bool:
    """Take the unit that heads a list of prices: "Prices (KPW/kg): rice 4,980, corn 2,260"."""
    low = page.low
    written = low[raw.digits : raw.end]
    year = 1900 <= raw.low <= 2100 and "," not in written
    if (raw.low < 100 and "." not in written) or year or not _BARE_END.match(low, raw.end):
        return False
    first = max(low.rfind("\n\n", 0, raw.start), raw.start - 400, 0)
    found = _HEADER.search(low, first, raw.start)
    if found is None or not re.search(r"[a-z가-힣一-龠ァ-ヶ][: ,]?\s?$", low[max(0, raw.start - 3) : raw.start]):
        return False
    raw.kind, raw.codes, raw.shared = "money", (_HEADED[found.group(1)],), True
    return True


_PRICED = re.compile(
    r"(?:from|to|at|was|is|were|hit|reached|near|around|about|over|above|below|under|than|by|only|now|stood|past|of|,|에서|は|が|から|至|到|为|破)\s?$"
)
_RATE_TALK = re.compile(
    r"(?:dollar|greenback|yuan|euro|exchange rate|black market|parallel market|street rate|환율|ドル|為替|美元|汇率)(?:.{0,200}?)"
)


def _chain(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the figure at the end of a list that this number stands in: "300, 400 and 500 yuan"."""
    low = page.low
    for at in range(place, min(place + 6, len(raws) - 1)):
        here, after = raws[at], raws[at + 1]
        gap = low[here.end : after.start]
        if len(gap) > 24 or not _LIST.match(gap):
            return None
        if after.kind != "bare":
            if after.kind in ("measure", "count") and not re.match(r"\s?(?:,|and|or|、|·|~|와|과|や|と|和)", gap):
                return None
            if after.kind == "share" and not re.search(r"and|or|、|·|와|과|と|和", gap):
                return None
            if after.kind == "measure" and after.unit == "year":
                return None
            return after if _similar(raws[place], after, 40) else None
    return None


def _similar(raw: Raw, other: Raw, factor: int) -> bool:
    """Return whether two numbers are of like size, so that one unit may serve both."""
    if not raw.low or not other.low:
        return False
    ratio = raw.low / other.low
    return Decimal(1) / factor <= ratio <= factor


def _enumerated(page: Page, raw: Raw, donor: Raw) -> bool:
    """Return whether a bare number belongs to a list of prices by place or good, with the unit written once."""
    between = page.low[min(raw.end, donor.end) : max(raw.start, donor.start)]
    written = page.low[raw.digits : raw.end]
    if len(between) > 90 or not _similar(raw, donor, 40 if "," in written else 12):
        return False
    large = "," in written or raw.low >= 100
    return large and _BARE_END.match(page.low, raw.end) is not None


def named_number(page: Page, raw: Raw) -> bool:
    """Return whether a bare number is small and follows a capitalised word, as a model's does."""
    return raw.low < 100 and named(page.plain, raw.start)


def _counted(page: Page, raws: list[Raw], place: int, first: int) -> bool:
    """Take the people of an earlier count for a number that stands beside its percentage: "140 (70 percent)"."""
    raw = raws[place]
    if raw.low != raw.low.to_integral_value() or (1900 <= raw.low <= 2100 and raw.end - raw.digits == 4):
        return False
    near = raws[max(0, place - 8) : place]
    counts = [other for other in near if other.kind == "count" and other.unit != "each" and other.start >= first - 200]
    if not counts:
        return False
    low = page.low
    beside = (
        _PERCENT_BEHIND.match(low, raw.end)
        or _PERCENT_BEFORE.search(low, max(0, raw.start - 16), raw.start)
        or _OTHERS.search(low, max(0, raw.start - 16), raw.start)
    )
    if not beside:
        return False
    raw.kind, raw.unit = "count", counts[-1].unit
    return True


def _copy(raw: Raw, donor: Raw) -> None:
    raw.kind, raw.unit, raw.codes, raw.told, raw.word = donor.kind, donor.unit, donor.codes, donor.told, donor.word
    raw.shared = True
