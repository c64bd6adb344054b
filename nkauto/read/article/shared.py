"""Numbers that share the unit of a neighbour: "8,600 KPW in one town and 8,560 in the next", "140 of 200 people"."""

from __future__ import annotations

import re
from itertools import pairwise

from nkauto.read import lexicon
from nkauto.read.article.bare_rates import per_money
from nkauto.read.article.beside import TIME
from nkauto.read.article.compared import BARE_END, asked, compared, costs, headed, in_terms, listed_rate, parts, similar
from nkauto.read.article.dates import labelled, model, named
from nkauto.read.article.inherited import inherit, measured_from, translated, twin
from nkauto.read.article.inherited_east import inherit_east, stepped
from nkauto.read.article.partitive import take_part
from nkauto.read.article.prose import compiled, meanings
from nkauto.read.article.ratios import rate_ratio
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page

_LIST = r"\s?(?:[,、，·/&]|{list+or})\s?(?:and|or|to)?\s?(?:[a-zà-ÿ가-힣一-龠ァ-ヶ]{0,12}\s)?$"
_JOINED = r"\s?(?:[,、·~]|and|or|{joined})"
_VERB = re.compile(r"(?<!and )(?<!or )(?<![a-z])(?!and|or|to)[a-z]+\s$")
_PERCENT = r"(?:%|{percent_word})"
_PERCENT_BEHIND = r"\s?\(?(?:,\s)?(?:or |{softener} )*[0-9a-z.-]{1,12}\s?" + _PERCENT
_PERCENT_BEFORE = _PERCENT + r",?\s(?:or |of |\()\s?$"
_RATED = (
    r"\s?(?:/|{per_word})\s?(?:1\s)?(?:us |u\.s\. |american )?(?:us\$|\$1?|usd|dollar|greenback|euro|yuan)(?![a-z])"
)
_RATE_OF = (
    r"{rate_word}(?:\s?{rate_particle}|\s{rate_is}|:)?\s?(?:{softener}\s?)?$"
    r"|at (?:an? |the )(?:official|market|street|parallel|informal|unofficial|black[- ]market)(?: rate)?(?: of)? $"
)
_CLOSING = ("”", "』", "」", "》", "’")
_CLOSED = re.compile(r"[^()（）]*[)）]")
_LESS = r"\s{by_less}(?![a-z])"
_OF_RATE = r"{rate}|(?:dollar|yuan|euro) rate"
_IN_YEAR = re.compile(r"(?:^|\s)(?:in|of|by|since|from|until|till|before|after|during|through)\s$")
_WEIGHED = re.compile(r"\s?(?:/ ?|per |a )(?:kg|kilo(?:gram(?:me)?)?|lit(?:re|er)|tonne?)(?![a-z])")
_PRICED = r"(?:{priced}|,)\s?$"
_HEADS = r"{heads}[^.;,0-9。、，]{0,34}$"
_DOES = re.compile(r"\s(?:[a-z]{2,}ed|went|goes|go|came|comes|is|was|will|would|had)(?![a-z])")
_WARE_END = re.compile(r"[,;.](?:\s|$)| and a")
_WARE = re.compile(r"(?:,|and|but|while)\s(?:the |an? )?(?:[a-z]+ )?([a-z]{3,})\s(?:at\s)?$")
_PAY_OF = r"(?:{wage}|{price_word}|fare|fee|rent)\sof\s(?:{softener}\s)?$"
_PAY_WAS = r"{wage}\s(?:{rate_is}|averaged|came to|being)\s(?:{softener}\s)?$"
_CENTS = re.compile(r"(?<![0-9])[0-9]+\.[0-9]{2}$")
"""A price to the cent, which a bare number with two decimals is."""

_FROM = r"(?<![a-z]){from}\s(?:{softener}\s)?$"
_MEASURED = r"[\s-]{other_measure}"
_LARGE = 100
_PAY = 1000
_OF_UNKNOWN = r"\s{of_the}\s[0-9]"
_RATE_GAP = 14
_NEAR_SIZE = 10
_NUMBERED = r"{number_name}[^0-9.。,]{0,4}(?:[0-9]+[^0-9.。]{1,4})*$"
"""Before what only names a line or a plate: 번호는 191과 195."""


def share_units(page: Page, raws: list[Raw]) -> list[Raw]:
    """Return the figures without the bare numbers that are none; the rest have taken their neighbour's unit."""
    for place, raw in enumerate(raws):
        if raw.kind == "times" and (
            rate_ratio(page, raw.start)
            or _rate_again(page, raws, place)
            or ("대" in page.low[raw.start : raw.end] and compiled(r"\s?{traded_at}").match(page.low, raw.end))
        ):
            raw.kind, raw.unit, raw.rate = "money", "", True
        if raw.kind == "bare" and not _name(page, raw):
            if (level := stepped(page, raws, place)) is not None:
                _copy(raw, level)
            else:
                _share(page, raws, place)
    for place, raw in enumerate(raws):
        if raw.kind == "bare" and not _name(page, raw):
            donor = inherit(page, raws, place) or twin(page, raws, place) or inherit_east(page, raws, place)
            if donor is not None:
                _copy(raw, donor)
            else:
                _share(page, raws, place)
    return [raw for raw in raws if raw.kind != "bare"]


def _name(page: Page, raw: Raw) -> bool:
    """Return whether a bare number is part of a name."""
    if page.low[raw.end : raw.end + 1] in _CLOSING and page.low[max(0, raw.start - 1) : raw.start].isalpha():
        return True
    if compiled(_MEASURED).match(page.low, raw.end):
        return True
    if compiled(_NUMBERED).search(page.low, max(0, raw.start - 40), raw.start):
        return True
    return labelled(page.low, raw.start) or model(page.plain, raw.start)


def of_family(low: str, at: int) -> bool:
    """Return whether the number here is how many a family has: a household of four."""
    return compiled(r"{family_of}\s$").search(low, max(0, at - 20), at) is not None


def _rate_again(page: Page, raws: list[Raw], place: int) -> bool:
    """Return whether a ratio follows another one that is a rate: the rate was 1:16, now it is 1:3600."""
    near = raws[max(0, place - 3) : place]
    spans = [page.low[other.start : other.end] for other in (raws[place], *(o for o in near if o.rate))]
    joints = ((":", " to "), ("대",))
    return len(spans) > 1 and any(all(any(each in span for each in way) for span in spans) for way in joints)


def _share(page: Page, raws: list[Raw], place: int) -> None:
    """Give a bare number the first unit that its surroundings hold: of its rate, its list, its count, its neighbour."""
    raw, low, (first, last) = raws[place], page.low, page.sentence(raws[place].start)
    if compiled(r"{factor_of}\s(?:{softener}\s)?$").search(low, max(0, raw.start - 30), raw.start):
        raw.kind, raw.unit = "times", "x"
        return
    if of_family(low, raw.start) and raw.low < _PAY:
        raw.kind, raw.unit = "count", "person"
        return
    dated = raw.end - raw.digits == 4 and _IN_YEAR.search(low, max(0, raw.start - 9), raw.start)  # 1403 is a year too
    if ((compiled(_RATED).match(low, raw.end) or per_money(page, raw)) and not dated) or _at_a_rate(page, raws, place):
        raw.kind, raw.rate = "money", True
        return
    priced = raw.low >= _LARGE or _CENTS.search(low[raw.digits : raw.end]) is not None
    if priced and not raw.year and _WEIGHED.match(low, raw.end):
        raw.kind, raw.shared = "money", True
        return
    if headed(page, raw) or in_terms(page, raws, place, first):
        return
    many = raw.low >= 1000 and not (raw.year or dated)
    if many and compiled(_HEADS).search(low, max(first, raw.start - 70), raw.start):
        raw.kind, raw.unit = "count", "person"
        return
    if not take_part(page, raws, place) and compiled(_OF_UNKNOWN).match(low, raw.end):
        return
    if raw.kind != "bare" or _counted(page, raws, place, first) or raw.year:
        return
    donor = translated(page, raws, place) or measured_from(page, raws, place, first)
    donor = donor or _end_of_list(page, raws, place) or compared(page, raws, place, first) or _worth(raws, place)
    if donor is not None:
        _copy(raw, donor)
        return
    if raw.low < 100 and named(page.plain, raw.start):
        return
    beside = place > 0 and raws[place - 1].money and low[raws[place - 1].end : raw.start] == ", "
    if (raw.low >= _LARGE or beside) and compiled(_LESS).match(low, raw.end):
        first = max(0, raw.start - 120)
        donor = next((o for o in reversed(raws[max(0, place - 4) : place]) if o.money and o.start >= first), None)
        if donor is not None and similar(raw, donor, 40):
            _copy(raw, donor)
            return
    before = [other for other in reversed(raws[max(0, place - 4) : place]) if other.money and other.start >= first]
    after = [other for other in raws[place + 1 : place + 2] if other.money and other.start < last]
    if len(before) > 1 and not similar(raw, before[0], _NEAR_SIZE) and before[0].codes != before[1].codes:
        before.sort(key=lambda other: not similar(raw, other, _NEAR_SIZE + 2))
    likest = inherit(page, raws, place)
    donors = [] if likest is not None and not likest.money else [*filter(None, (likest,)), *before, *after]
    for donor in donors:
        if donor.outer is None and not _CLOSED.match(low, donor.end, raw.start) and _enumerated(page, raw, donor):
            _copy(raw, donor)
            return
    told = [other for other in raws[max(0, place - 6) : place] if other.money]
    if told and raw.low >= _PAY and compiled(BARE_END).match(low, raw.end):
        paid = compiled(_PAY_WAS).search(low, max(first, raw.start - 40), raw.start)
        if paid is not None:
            _copy(raw, next((o for o in reversed(told) if o.codes[:1] not in (("USD",), ("EUR",))), told[-1]))
            raw.like = None
            return
    if compiled(_PAY_OF).search(low, max(first, raw.start - 40), raw.start) and compiled(BARE_END).match(low, raw.end):
        donor = next((o for o in before + after if similar(raw, o, 60)), None)
        if donor is not None:
            _copy(raw, donor)
            raw.like = None
            return
    donor = asked(page, raws, place)
    if donor is not None:
        _copy(raw, donor)
        return
    if costs(page, raws, place, first):
        raw.kind, raw.shared = "money", True
    elif _priced(page, raw, first, last):
        raw.kind, raw.shared, raw.rate = "money", True, True


def _at_a_rate(page: Page, raws: list[Raw], place: int) -> bool:
    """Return whether a bare number is a rate by the words before it: "a rate of 8,000", "$1.55 at 14,200"."""
    raw, before = raws[place], raws[place - 1] if place else None
    if compiled(_RATE_OF).search(page.low, max(0, raw.start - 36), raw.start):
        return True
    dollars = before is not None and before.codes[:1] == ("USD",)
    if before is not None and dollars and page.low[before.end : raw.start] == " at ":
        return True
    return listed_rate(page, raw)


def _priced(page: Page, raw: Raw, first: int, last: int) -> bool:
    """Return whether a bare number of a sentence about a rate is a price: "against the dollar, from 14,000"."""
    low = page.low
    large = "," in low[raw.digits : raw.end] or raw.high >= 1000
    listed = named(page.plain, raw.start) and compiled(_OF_RATE).search(low, first, raw.start)
    if not large or not (listed or compiled(_PRICED).search(low, max(first, raw.start - 24), raw.start)):
        return False
    return (
        compiled(BARE_END).match(low, raw.end) is not None
        and compiled("{rate_talk}").search(low, first, last) is not None
    )


def _counted(page: Page, raws: list[Raw], place: int, first: int) -> bool:
    """Take the people of an earlier count for a number that stands beside its percentage: "140 (70 percent)"."""
    raw, low = raws[place], page.low
    if raw.low != raw.low.to_integral_value() or raw.year:
        return False
    near = raws[max(0, place - 8) : place]
    counts = [other for other in near if other.kind == "count" and other.unit != "each" and other.start >= first - 200]
    before = low[max(0, raw.start - 30) : raw.start]
    if raw.low >= 1000 and compiled(r"(?<![a-z]){counted_before}\s(?:{softener}\s)?$").search(before):
        people = counts and counts[-1].unit == "person" and similar(raw, counts[-1], 40)
        if people and compiled(r"\s{counted_behind}").match(low, raw.end):
            raw.kind, raw.unit = "count", "person"
            return True
    rest = compiled(r"{rest_of},?\s$").search(before) and not compiled(r"{sum_of}\sof\s$").search(before)
    beside = rest or compiled(_PERCENT_BEHIND).match(low, raw.end) or compiled(_PERCENT_BEFORE).search(before)
    if not counts or not beside or (rest and not similar(raw, counts[-1], _LARGE)):
        return False
    raw.kind, raw.unit = "count", counts[-1].unit
    return True


def _end_of_list(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the figure at the end of a list that this number stands in: "300, 400 and 500 yuan"."""
    low = page.low
    moved = compiled(_FROM).search(low, max(0, raws[place].start - 12), raws[place].start)
    for at in range(place, min(place + 6, len(raws) - 1)):
        here, after = raws[at], raws[at + 1]
        gap = low[here.end : after.start]
        if len(gap) > 24 or not compiled(_LIST).match(gap):
            return None
        if after.kind == "bare":
            continue
        if after.kind in ("measure", "count") and (
            after.unit == "year"
            or not (compiled(_JOINED).match(gap) or (moved and after.unit not in TIME))
            or (after.unit in TIME and _VERB.search(gap) is not None)
        ):
            return None
        apart = compiled(r"{versus}\s$").search(low, max(0, raws[place].start - 16), raws[place].start) is not None
        if after.kind == "times" and (apart or not low[after.digits].isdigit()):
            return None
        if after.kind == "share" and not moved and not compiled(r"and|(?<!^,\s)or|、|·|{joined}").search(gap):
            return None
        return after if similar(raws[place], after, 1000 if moved and after.money else 40) else None
    return None


def _worth(raws: list[Raw], place: int) -> Raw | None:
    """Return the money that a bare number is in by the amounts beside it: its worth in brackets, or a rate and a sum.

    "Capped at 50 million (around $613)"; "1元 is 124朝元, so that 10,000元 became 124万".
    """
    raw = raws[place]
    near = raws[max(0, place - 6) : place]
    after = raws[place + 1] if place + 1 < len(raws) else None
    if after is not None and after.outer is raw and after.money and raw.low >= 100:
        return next((o for o in reversed(near) if o.money and not set(o.codes) & set(after.codes)), None)
    for one, rate in pairwise(near):
        if not (one.one and one.money and rate.money) or rate.start - one.end > _RATE_GAP:
            continue
        sums = [o for o in near if o.money and o is not one and set(o.codes) & set(one.codes)]
        if raw.low >= 1000 and any(o.low * rate.low == raw.low for o in sums):
            return rate
    return None


def _enumerated(page: Page, raw: Raw, donor: Raw) -> bool:
    """Return whether a bare number belongs to a list of prices by place or good, with the unit written once."""
    written = page.low[raw.digits : raw.end]
    marked = "," in written or (written[-1:].isalpha() and raw.low >= _LARGE) or _CENTS.search(written) is not None
    apart = max(raw.start, donor.start) - min(raw.end, donor.end)
    if apart > 90 or not similar(raw, donor, 40 if marked else 12):
        return False
    large = marked or raw.low >= 100
    before = page.low[max(0, raw.start - 30) : raw.start]
    if not large and not compiled(r"{costs_now}\s$").search(before):
        named = _WARE.search(before)
        return named is not None and not _function(named.group(1)) and _WARE_END.match(page.low, raw.end) is not None
    if written[-1:].isalpha() and _DOES.match(page.low, raw.end):
        return True
    return compiled(BARE_END if large else r"[.;,]").match(page.low, raw.end) is not None


def _function(word: str) -> bool:
    """Return whether a word names no ware."""
    return word in meanings("function") or word in lexicon.words("label") or word in lexicon.words("month")


def _copy(raw: Raw, donor: Raw) -> None:
    """Give a bare number the unit of its neighbour."""
    raw.kind, raw.unit, raw.codes, raw.word = donor.kind, donor.unit, donor.codes, donor.word
    raw.low, raw.high = raw.low * parts(donor), raw.high * parts(donor)
    raw.shared, raw.like = True, donor
