"""A price that no word of its sentence tells of: what it is for follows from the prices told before it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.beside import MASS, TIME
from nkauto.read.article.prose import any_of, compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.sentence import Sentence, is_money
from nkauto.read.article.wares import of_ware

_EAST = "\u2e7f"
_REMEMBERED = 12
_NEAR = 200
ROUND = frozenset(Decimal(10) ** power for power in range(2, 9))
"""Sums that are examples: what 1,000 won are in other money."""

_CARRIED = frozenset((*MASS, "month"))
_SHORT_TIMES = ("minute", "hour")
_NEW_SUBJECT = r"(?:^|[.;,])\s*(?:an?|one|the) [a-z -]{2,30} {costs}\s"
_NEW_WARE = r"[,;]\s(?:and\s)?(?:an?|the)\s(?!{softener}\s$)[a-z][a-z' -]{1,30}\s$"
_NEW_TOPIC = r"[,、，。.]\s?[^0-9,、，。.]{1,12}(?:{topic})"
_PRICED_THING = r"[^\s0-9、。，,]{2}[を을를]\s?(?:{softener}\s?)?$"
"""Before the price that somebody puts on a thing, which is no pay: カローラを43万2000円で."""

_FOR_OWN = r"\sfor\s(?:a|an|his|her|their|its|my)\s"
_FAR, _CLOSE = 3, Decimal("1.5")
_MOVED = 400
_ASIDE = 24
_LIKE = 5

_IT_COST = (
    r"(?:^|[.;,–—]\s|\s(?:{clause_joint})\s)(?:{since}\s[0-9]{4},?\s|in\s[0-9]{4},?\s)?{it_cost}\s(?:{softener}\s)?$"
)
_HEAD = r"\s?(?:[^,;:0-9]{0,24}[\s、，])?({head_per})"
_KEPT = r"{keeps_of}\s(?:(?:him|her|them|it|us|me|one|{article}\s[a-z]+|of)\s)?(?:{with_just}\s)?(?:{softener}\s)?$"
_GOES_ON_IT = r"\s{is_spent}(?![a-z])"
_OF_IT = r"{of_pay}[^0-9,.、。，]{0,6}$"
_FOR_ITS = r"\s(?:to|for|on|as|at)\s"
_EAST_KEPT = r"[은는을를をは]?\s?[^0-9,.、。，]{0,12}?{kept_east}"
_PAID = ("day", "week", "month")
_CHARGE = r"[、,，]\s?[^0-9、,，。.]{1,10}{charge}\s?{topic}?\s?(?:{softener}\s?)?$"
_BILLS = 30
_DIFFERS = r"{gap_is}\s?(?:{softener}\s?)?$"
_CHANGE_OF = r"{change_of}\s(?:{softener}\s)?$"
_EXCHANGED = r"{exchanged}\s?(?:{softener}\s?)?$"
_TOLD_BEHIND = (
    r"{behind_particle}?\s?(?:{compared_behind}|(?:{behind_about}\s?)?{moved_behind+dearer}(?!{goes_on})"
    r"|{by_more}(?! (?:of|than) the))"
)
_WEIGHED = r"(?:{mass})\s?.?\s?$"


def earlier_prices(here: Sentence, index: int) -> list[Raw]:
    """Return the prices that stand before this one, the last at the end."""
    near = here.raws[max(0, index - _REMEMBERED) : index]
    return [other for other in near if other.money and not other.base and other.unit]


def repeated(here: Sentence, index: int) -> bool:
    """Take the month that the same sum was for before: "the old 3,000 won did not cover a kilogram"."""
    raw = here.raws[index]
    if raw.outer is not None:
        return False
    for other in reversed(here.raws[max(0, index - _REMEMBERED) : index]):
        same = other.per == "month" and (other.low, other.high, other.unit) == (raw.low, raw.high, raw.unit)
        if same and not compiled(_WEIGHED).search(here.gap(max(0, raw.start - 16), raw.start)):
            take(raw, other)
            return True
    return False


def spoken_of(here: Sentence, index: int) -> bool:
    """Take what the last price in the same money is for, where "it" stands for that: "it was 47 pounds in 2011"."""
    raw = here.raws[index]
    if compiled(_IT_COST).search(here.page.low, max(0, here.first - 2, raw.start - 40), raw.start) is None:
        return False
    other = next((o for o in reversed(earlier_prices(here, index)) if o.unit == raw.unit and o.outer is None), None)
    if (
        other is None
        or other.per is None
        or any(other.end <= cue.at < raw.start for cue in here.cues if cue.end > cue.at or cue.kind == "money")
    ):
        return False
    take(raw, other)
    return True


def kept(here: Sentence, index: int) -> bool:
    """Take the month of the pay before for what is left or taken of it: "which leaves him $60", "$90 goes on food"."""
    raw = here.raws[index]
    before = here.gap(max(here.first, raw.start - 40), raw.start)
    low = here.page.low
    ways = (
        compiled(_KEPT).search(before),
        compiled(_GOES_ON_IT).match(low, raw.end),
        compiled(_EAST_KEPT).match(low, raw.end),
    )
    if not any(ways) and not _kept_too(here, index) and not compiled(_OF_IT).search(before):
        return False
    same = [o for o in earlier_prices(here, index) if o.unit == raw.unit and o.low and o.outer is None]
    paid = next((o for o in reversed(same) if o.per is not None), None)
    if paid is None or paid.per not in _PAID or not raw.low < paid.high:
        return False
    if any(cue.kind == "time" and paid.end <= cue.at < raw.start for cue in here.cues):
        return False
    take(raw, paid)
    return True


def billed(here: Sentence, index: int) -> bool:
    """Take the month of the charge before for another charge: 水道代は月1000ウォン、電気代は3500ウォン."""
    raw = here.raws[index]
    if compiled(_CHARGE).search(here.gap(max(here.first, raw.start - 24), raw.start)) is None or not raw.low:
        return False
    last = next((o for o in here.before(index, 3) if o.money and o.unit == raw.unit and o.outer is None), None)
    if last is None or last.per not in TIME or not last.low or max(raw.low / last.low, last.low / raw.low) > _BILLS:
        return False
    take(raw, last)
    return True


def _kept_too(here: Sentence, index: int) -> bool:
    """Return whether a sum goes on from one that is taken of pay: "$40 goes on food and $2 for flowers"."""
    raw, last = here.raws[index], next(iter(here.before(index, 1)), None)
    if last is None or not last.money or last.unit != raw.unit or last.per not in TIME:
        return False
    taken = compiled(_GOES_ON_IT).match(here.page.low, last.end) or compiled(_FOR_ITS).match(here.page.low, last.end)
    joint = compiled(r"(?:,|{joined})\s(?:{softener}\s)?$").search(here.gap(last.end, raw.start))
    return bool(taken and joint and compiled(_FOR_ITS).match(here.page.low, raw.end))


def owner(here: Sentence, raw: Raw) -> str:
    """Return whom the sentence says at its head that its sums are for: each household, to get one person over."""
    found = compiled(_HEAD).match(here.page.low, here.first)
    if found is None or found.end() > raw.start or compiled("{fined}").search(here.gap(found.end(), raw.start)):
        return ""
    income = compiled("{time}").match(here.page.low, found.start(1)) is not None
    return "" if income or of_ware(here, raw, found.end()) else meanings("head_per")[found.group(1)]


def closer(here: Sentence, index: int, previous: Raw) -> Raw:
    """Return the earlier price in the same money that is far nearer in size than the last one, else that one.

    "The dollar was 24,500 won, the yuan 3,450; before they were 22,000 won and 3,100 won."
    """
    raw = here.raws[index]
    if not raw.low or not previous.low or max(raw.low / previous.low, previous.low / raw.low) < _FAR:
        return previous
    alike = [
        other
        for other in earlier_prices(here, index)
        if other.unit == raw.unit and other.per is not None and other.per != previous.per and other.low
        if max(raw.low / other.low, other.low / raw.low) < _CLOSE
    ]
    return alike[-1] if alike else previous


def paired(here: Sentence, index: int) -> bool:
    """Take what the first or second of two prices before was for: "the two stood at 7,000 won and 9,000 won"."""
    raw = here.raws[index]
    pair = compiled("{pair}").search(here.page.low, max(here.first, raw.start - _NEAR), raw.start)
    if pair is None or raw.rate:
        return False
    listed = [o for o in here.here if o.start >= pair.end() and o.money and o.unit == raw.unit and o.outer is None]
    before = here.raws[max(0, here.place - _REMEMBERED) : here.place]
    told = [
        o for o in before if o.money and not o.base and o.unit == raw.unit and o.outer is None and o.per is not None
    ]
    place = next((at for at, other in enumerate(listed[:2]) if other is raw), None)
    if place is None or len(listed) < 2 or len(told) < 2:
        return False
    if compiled(r"\s?{debts}").match(here.page.low, listed[1].end):
        return False
    take(raw, told[-2:][place])
    return True


def carried(here: Sentence, index: int) -> bool:
    """Take the month or the weight that the last price of like size in the same money is for.

    A rate goes on only where the words tell of a rate; a day or a head does not go on at all.
    """
    raw = here.raws[index]
    earlier = earlier_prices(here, index)
    if (
        not raw.low
        or not raw.unit
        or (raw.low == raw.high and raw.low in ROUND and not moves(here, raw) and not _listed(here, raw, earlier))
    ):
        return False
    between = here.gap(max([here.first, raw.start - _NEAR, *(each.end for each in earlier[-1:])]), raw.start)
    if compiled("{sending}|{other_sum}").search(between):
        return False
    if compiled(_FOR_OWN).match(here.page.low, raw.end):
        return False
    for other in reversed(earlier):
        if other.unit != raw.unit or not other.low:
            continue
        factor = _factor(here, raw, other, between)
        if (other.per == "month" or is_money(other.per or "")) and of_ware(here, raw, max(other.end, other.tail)):
            return False
        if not other.low <= factor * raw.low <= factor * factor * other.low:
            continue
        fee = (other.per == "year" and other.start < here.first) or (
            other.per in _SHORT_TIMES and (other.start < here.first or _counted_time(here, index, other))
        )
        if other.per is None or fee or _is_worth(here, index, other.per):
            return False
        take(raw, other)
        return True
    return False


def _counted_time(here: Sentence, index: int, other: Raw) -> bool:
    """Return whether a length of time stands between two sums, which the later one is for as a whole."""
    return any(o.kind == "measure" and o.unit == other.per and o.start > other.end for o in here.before(index, 4))


def _listed(here: Sentence, raw: Raw, earlier: list[Raw]) -> bool:
    """Return whether a round sum stands in a list of prices of its size by place: 1,050 won here, 1,000 won there."""
    last = earlier[-1] if earlier else None
    if last is None or last.start < here.first or last.unit != raw.unit or not last.low or last.per not in MASS:
        return False
    return max(raw.low / last.low, last.low / raw.low) < _CLOSE


def _is_worth(here: Sentence, index: int, per: str) -> bool:
    """Return whether a sum of the money that a rate is for stands right behind: 25,000 lira, less than $3."""
    raw, after = here.raws[index], here.following(index)
    if after is None or not after.money or after.base or after.low == 1:
        return False
    return after.unit == per and after.start - raw.end <= _ASIDE


def _factor(here: Sentence, raw: Raw, other: Raw, between: str) -> int:
    """Return how many times the size of an earlier price another may be that is for the same; 0 for none."""
    if other.per is None:
        return 5
    if (other.per in _CARRIED or is_money(other.per)) and moves(here, raw):
        return _MOVED
    if is_money(other.per):
        if compiled(_NEW_SUBJECT).search(between):
            return 0
        if compiled("{rate_kind}").search(between) or compiled(_EXCHANGED).search(between):
            return 100
        bare = not any(here.first <= cue.at < raw.start for cue in here.cues)
        return 4 if bare or compiled("{rate}|{rate_word}").search(between) else 0
    if other.per not in _CARRIED:
        new = compiled(_NEW_SUBJECT).search(between) or compiled(_NEW_TOPIC).search(between)
        new = new or compiled(_NEW_WARE).search(between)
        return 0 if raw.start - other.end > _NEAR or new else _LIKE
    if other.per == "month":
        return 0 if compiled(_PRICED_THING).search(between) or _goods().search(between) else 60
    if compiled("{rate_kind}").search(between):
        return 60
    return 60 if compiled(r"{price_word}[,:]?\s?(?:{softener}\s?)?$").search(between) else 5


@cache
def _goods() -> re.Pattern[str]:
    """Return the pattern of the names of goods in East Asian words: a price behind one is no pay."""
    items = lexicon.words("item").items()
    return re.compile(
        any_of(word for word, entries in items if word[0] > _EAST and len(word) > 1 and entries[0].meaning != "wage")
    )


def moves(here: Sentence, raw: Raw) -> bool:
    """Return whether an amount is by how much a price moved or differs: "60 won up", "the gap is 240 won"."""
    before = here.gap(max(here.first, raw.start - 40), raw.start)
    if compiled(_CHANGE_OF).search(before) or compiled(_DIFFERS).search(before):
        return True
    return compiled(_TOLD_BEHIND).match(here.page.low, raw.end) is not None


def take(raw: Raw, other: Raw) -> None:
    """Give a price what another one is for."""
    raw.per, raw.subject = other.per, other.subject
