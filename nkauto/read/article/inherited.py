"""Large numbers that name no unit have that of what they are compared with: "three times the 300,000 of 2010"."""

from __future__ import annotations

import re
from functools import cache
from math import log10

from nkauto.read import lexicon
from nkauto.read.article.beside import TIME
from nkauto.read.article.compared import BARE_END, last_money, parts, similar
from nkauto.read.article.dates import named
from nkauto.read.article.prose import any_of, compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page

_BEFORE, _BEHIND = 8, 2
_REACH = 260
_LARGE, _UNMARKED = 1000, 10_000
_SPENT = r"(?<![a-z]){asks+costs_now}\s(?:them\s|him\s|her\s)?(?:{softener}\s)?$"
_A_TIME = r"\s{whole_per}(?!\s{time_past})"
_ACTS = r"(?:\s{behind_about})?,?\s(?:{of_people}|{plural_verb}|[a-z]{2,}ed)(?![a-z])"
_CONVERTED = r"\s?(?:,|\(|=|or|{converting})(?:[\s,]*{converting+money_named})*[\s,]*"
_ASIDE = 24
_AMOUNTS = ("money", "count", "measure")
_OF_TIME = r"\s(?:{in_past}|{from})\s(?:{article}\s|{pointed}\s)*(?:{when}|(?:19|20)[0-9]{2})(?![0-9])"
_DATED = r"(?:19|20)[0-9]{2},\s(?:{joined}\s)?(?:{softener}\s)?$"
_AT_RATE = r"\s(?:{by_rate}|{at_the}\s(?:{article}\s)?[a-z]+(?: [a-z]+)?['’]s?\s)"
_WHOLE_OF = r"(?:^|[.;:]\s){whole_of}\s(?:{softener}\s)?$"
_OWNER = re.compile(r"([a-z]+)['’]s? $")
_FOR_SUM = r"(?<![a-z]){for_sum}\s(?:{softener}\s)?$"
_NEAR_SUM = 5
_NUMBERED = r"(?<![a-z]){numbered}\s(?:{softener}\s)?$"
_IT_BUYS = r"(?<![a-z]){it_buys}\s(?:{softener}\s)?$"
_IN_PLACE = r"\s{list_place}\s[^,;.0-9]{2,40},?\s(?:{joined}\s)?(?:{softener}\s)?$"
_PAID = r"{worker}|{wage}|{dues}\s(?:[a-z]+\s){0,3}$"
_FOR_ONE = r"\s{base_before}\s(?:1|one)(?![a-z0-9.,])"
_THOSE = r"(?<![a-z]){pointed}\s(?:{softener}\s)?$"
_WHO = r",?\s{of_people}(?![a-z])"
_WHOLE = 100
_SUBJECT = r"(?:[,;]|\s{joined})\s(?:{set_for}\s)?(?:{article+owner}\s)?((?:[a-z-]{3,}\s){1,2})(?:{softener}\s)?$"
_IT_HAS = r"(?<![a-z]){it_has}\s(?:{softener}\s)?$"
_FOR_PART = r"\s{part_for}\s(?:{article}\s)?[a-z]"
_OF_PARTS = (
    r"(?:^(?:\s{article}\s[a-z]+)?\s?|\s{part_for}\s[^.;:0-9]{2,40})"
    r"(?:[,:;(]|\s{joined})\s?(?:{joined}\s)?(?:{softener}\s)?$"
)
"""Before a part of a sum: 90 yuan, 50 for petrol and 40 for bribes."""

_TWINS, _ALIKE = 90, 12
_NEXT = re.compile(r" ([a-z]+)")
_WESTERN = re.compile(r"[\x00-\u024f\u2010-\u203a]")
_MOST = 2.6
"""What the distance to another figure may come to: in size (powers of ten), in figures between, in sentences."""

_FAR = 99.0
_SPEND = 1.5
"""How much nearer a count must be than an amount of money behind "costs", "pays", "wants"."""

_ABROAD, _WORLD = 1.5, (("USD",), ("EUR",))
"""How much nearer the money of the country must be for what people are paid."""

_BASE = r"\s{from}\s(?:{softener}\s)?"
_ACTING = 0.4
"""The same where the words behind tell what people do: 50,000 marched."""

_NOUN = 1.9
"""What the distance to a noun for people is at least: a figure of like size is nearer."""


def inherit(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the figure around a large bare number whose unit it has most likely; ``None`` where none is near."""
    raw = raws[place]
    first = max(page.sentence(raw.start)[0], raw.start - 60)
    timed = compiled(_A_TIME).match(page.low, raw.end) is not None
    paid = timed and compiled(_PAID).search(page.low, first, raw.start)
    if not (_large(page, raw) or (paid and raw.low > 1)) or _followed(page, raw):
        return None
    if (worth := _worth(page, raws, place)) is not None:
        return worth
    spent = compiled(_SPENT).search(page.low, max(0, raw.start - 40), raw.start) is not None
    best, found = (_FAR if spent or paid else _MOST), None
    near = [index for index in range(max(0, place - _BEFORE), min(place + _BEHIND + 1, len(raws))) if index != place]
    for index in near:
        other = raws[index]
        if other.kind not in _AMOUNTS or other.unit in TIME or (timed and not other.money):
            continue
        score = _distance(page, raw, other, abs(index - place)) + (_SPEND if spent and not other.money else 0)
        score += _ABROAD if paid and other.codes[:1] in _WORLD else 0
        if score < best:
            best, found = score, other
    noun = None if spent else _person(page, raw, raws[place - 1] if place else None)
    if noun is not None and noun[0] < best:
        return Raw(raw.start, raw.end, raw.digits, raw.low, raw.high, "count", unit=noun[1])
    if found is None and noun is None and _nation(page, raw):
        return Raw(raw.start, raw.end, raw.digits, raw.low, raw.high, "count", unit="person")
    return found if found is not None else _only(page, raws, place, near)


def measured_from(page: Page, raws: list[Raw], place: int, first: int) -> Raw | None:
    """Return the money before a percentage that a number behind it is the base of: 1.2 dollars, up 10% from 1.09."""
    share = raws[place - 1] if place else None
    if share is None or share.kind != "share" or page.low.endswith(" to ", 0, share.start):
        return None
    told = compiled(_BASE).fullmatch(page.low, share.end, raws[place].start) is not None
    return last_money(raws, place, first, 3) if told else None


def _nation(page: Page, raw: Raw) -> bool:
    """Return whether a large number is a country's: Myanmar's 55 million."""
    owner = _OWNER.search(page.low, max(0, raw.start - 30), raw.start)
    return owner is not None and raw.low >= _UNMARKED and owner.group(1) in lexicon.words("country")


def twin(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the figure before a small bare number that stands where it stood: bicycles are 15 litres, cars 40."""
    raw, low = raws[place], page.low
    if raw.low < 1 or raw.year or named(page.plain, raw.start) or _followed(page, raw):
        return None
    if (again := _again(page, raws, place)) is not None:
        return again
    first = page.sentence(raw.start)[0]
    near = [other for other in raws[max(0, place - 3) : place] if other.start >= first and other.unit not in TIME]
    before = next((o for o in reversed(near) if o.kind in _AMOUNTS or o.kind == "share"), None)
    if before is None or raw.start - before.end > _TWINS or not similar(raw, before, _ALIKE):
        return None
    if compiled(BARE_END).match(low, raw.end) is None or (before.kind == "share" and raw.high > _WHOLE):
        return None
    if compiled(r"\s(?:{base_before}\s)?{pair_each}").match(low, raw.end):
        return next((other for other in reversed(near) if other.unit == "person"), None)
    gap = low[before.end : raw.start]
    if before.money and compiled(_OF_PARTS).match(gap) and compiled(_FOR_PART).match(low, raw.end):
        return before
    if compiled(_IT_HAS).search(gap) or compiled(_DATED).search(gap):
        return before
    if compiled(_IN_PLACE).search(gap) and compiled(r"\s{list_place}\s").match(low, raw.end):
        return before
    if not before.money and compiled(_IT_BUYS).search(gap):
        return before
    if before.money and similar(raw, before, _NEAR_SUM) and compiled(_FOR_SUM).search(gap):
        return before
    found = compiled(_SUBJECT).search(gap)
    words = found.group(1).split() if found is not None else []
    return before if words and not any(word in meanings("function") for word in words) else None


def _again(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the count told before of which a number speaks again, or the people who follow it: the 22 who are left."""
    raw, low = raws[place], page.low
    if compiled(_THOSE).search(low, max(0, raw.start - 12), raw.start) is None:
        return None
    near = raws[max(0, place - _BEFORE) : place][::-1]
    if compiled(_OF_TIME).match(low, raw.end):
        return next((o for o in near if o.kind in _AMOUNTS and o.unit not in TIME and similar(raw, o, _ALIKE)), None)
    told = (o for o in near if o.kind == "count")
    same = next((o for o in told if (o.low, o.high) == (raw.low, raw.high)), None)
    if same is not None or compiled(_WHO).match(low, raw.end) is None:
        return same
    return Raw(raw.start, raw.end, raw.digits, raw.low, raw.high, "count", unit="person")


def _only(page: Page, raws: list[Raw], place: int, near: list[int]) -> Raw | None:
    """Return the money that all the amounts around a number are in, if they agree: 6 bolivars, a coffee 2.5 million."""
    amounts = [raws[index] for index in near if raws[index].kind in _AMOUNTS and raws[index].unit not in TIME]
    here = [other for other in amounts if page.sentence(other.start) == page.sentence(raws[place].start)]
    alike = here and all(other.money and other.codes == here[0].codes for other in here)
    return here[-1] if alike and compiled(BARE_END).match(page.low, raws[place].end) else None


def translated(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the money of a number that a sum comes to by a rate: $3,000, 10,500 at the bank's 3.5."""
    raw, past = raws[place], raws[place - 1] if place else None
    if past is None or past.codes[:1] not in _WORLD or compiled(_AT_RATE).match(page.low, raw.end) is None:
        return None
    if page.low[past.end : raw.start] not in (", ", " or ", " ("):
        return None
    near = raws[max(0, place - _BEFORE) : place][::-1]
    return next((other for other in near if other.money and other.codes != past.codes), None)


def _worth(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the money of a number whose worth in other money follows: a telephone at 8,900, roughly $98."""
    raw, after = raws[place], raws[place + 1] if place + 1 < len(raws) else None
    if after is None or not after.money or after.start - raw.end > _ASIDE:
        return None
    if compiled(_CONVERTED).fullmatch(page.low, raw.end, after.start) is None:
        return None
    money = [other for other in raws[max(0, place - _BEFORE) : place] if other.money and other.codes != after.codes]
    return money[-1] if money else Raw(raw.start, raw.end, raw.digits, raw.low, raw.high, "money")


def _large(page: Page, raw: Raw) -> bool:
    """Return whether a number is too large, and marked too well, for a name: 300,000, 24 million, 12000."""
    low = page.low
    if not (_WESTERN.match(low[max(0, raw.start - 1)]) and _WESTERN.match(low[raw.end : raw.end + 1] or " ")):
        return False
    written = low[raw.digits : raw.end]
    marked = "," in written or (written[-1:].isalpha() and written[-1:] < "\u0250")
    return raw.low >= (_LARGE if marked else _UNMARKED) and not raw.year


def _followed(page: Page, raw: Raw) -> bool:
    """Return whether a word that measures or names something stands behind a number."""
    if page.low[raw.end : raw.end + 1] in ("-", "/", "°") or compiled(_FOR_ONE).match(page.low, raw.end):
        return True
    found = _NEXT.match(page.low, raw.end)
    return found is not None and found.group(1) in meanings("uncounted")


def _distance(page: Page, raw: Raw, other: Raw, apart: int) -> float:
    """Return how far another figure is: in size, in figures between them, in sentences, in brackets."""
    if not raw.low or not other.low:
        return _FAR
    start, end = sorted((raw, other), key=lambda each: each.start)
    if end.start - start.end > _REACH:
        return _FAR
    size = abs(log10(raw.low / (other.low / parts(other))))
    sentences = page.sentence(raw.start) != page.sentence(other.start)
    behind = other.start > raw.start
    aside = other.outer is not None and other.outer is not raw.outer
    return size + 0.2 * (apart - 1) + 0.8 * sentences + 0.5 * behind + 0.8 * aside


def _person(page: Page, raw: Raw, before: Raw | None) -> tuple[float, str] | None:
    """Return how far the noun for people before a number is, and its unit."""
    first = max(0, page.sentence(raw.start)[0] - 1, raw.start - 160)
    whole = compiled(_WHOLE_OF).search(page.low, max(0, raw.start - 16), raw.start) is not None
    told = list(_counters().finditer(page.low, max(0, raw.start - 300) if whole else first, raw.start))
    acts = compiled(_ACTS).match(page.low, raw.end) is not None
    if acts or not told:
        return (_ACTING, "person") if acts else None
    entries = lexicon.words("counter").get(told[-1].group())
    part = before is not None and before.kind == "share" and before.end <= told[-1].start()
    beside = raw.start - told[-1].end() <= len(", ")
    numbered = compiled(_NUMBERED).search(page.low, max(0, raw.start - 24), raw.start) is not None
    base = -1 if whole else 0 if part or beside or numbered else _NOUN
    return base + (raw.start - told[-1].end()) / 160, entries[0].meaning if entries else "person"


@cache
def _counters() -> re.Pattern[str]:
    """Return the pattern of nouns in the plural for people and for what else is counted."""
    counters = lexicon.words("counter", "en").items()
    words = {word for word, entries in counters if entries[0].meaning != "each" and word[-1] in "snd"}
    return re.compile(any_of((words | {*meanings("heads")}) - {*meanings("talkers")}))
