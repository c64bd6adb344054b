"""Bare numbers whose unit is told elsewhere: compared with the figure before them, under a head, behind "costs".

From 300 yuan to 1,200, 229 in 2020, against 24; "Prices (KPW/kg): rice 4,980"; then they wanted 30,000.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.prose import any_of, compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.article.words import unit_at

_WHEN = (
    r"(?:(?:in|of|since|by|during|for) |last |this )(?:early |late |mid-|the (?:first|second) )?"
    r"(?:(?:19|20)[0-9]{2}|q[1-4]|{when})(?:,? (?:19|20)[0-9]{2})?"
)
_A_DAY = r"(?:\s(?:{whole_per}|{article} [a-z]+))?"
_THEN = (
    rf"{_A_DAY}\s?(?:\([^()]{{0,40}}\)\s?)?(?:{_WHEN}\s?)?"
    r"(?:,\s)?(?:{then_filler}\s)*{then}\s?(?:{softener}\s?)?$"
)
_LISTED = rf"\s{_WHEN},\s(?:and\s|but\s)?(?:{{softener}}\s)?$"
_LISTED_BEHIND = rf"\s{_WHEN}"
_CHANGED = rf"{_A_DAY}\s?(?:{_WHEN}\s)?(?:{{goes_on}}|rather than|instead of)\s(?:{{softener}}\s)?$"
_AGAINST = r"{against}\s(?:an? |the )?(?:{rate_kind}\s?){0,2}(?:rate of |price of )?(?:{softener}\s)?$"
_STREET = (
    r"(?:,|;|and|but|while)\s(?:the\s|an?\s)?(?:{rate_kind}\s)+(?:rate\s|price\s|one\s|market\s)?"
    r"(?:at\s|was\s|is\s|stood at\s|touched\s|hit\s|reached\s|gave\s|pays\s|paid\s)?(?:{softener}\s)?$"
)
BARE_END = r"[,.;:)\]、。，；）!?\"”’]|\s?$|\s[-–—(]|{behind_bare}|\s{behind_bare}"
_GAPPED = (
    rf"{_A_DAY}(?: of [a-z]+(?: [a-z]+)?)? (of|at|in|for|from|on|with|to|under|before|after|inside|outside|near)"
    r" [^,;.0-9]{2,40},? (?:and |but |{softener} )*$"
)
"""Between two numbers of which the second leaves its noun out: five loaves at one price, three at the other."""

_PLACES = ("at", "in", "on", "inside", "outside", "near")
_IT = r"(?:^|[\s;])(?:it|they)\s(?:{costs_now+base_behind+priced+money_does}\s){1,2}(?:{softener}\s)?$"
_LEFT = r"\s{left_over}"
_TOTAL = r"\s{in_all}(?![a-z])"
_QUOTA = r"{quota_of}\s(?:{softener}\s)?$"
_AMOUNTS = ("measure", "count", "money")
_LARGE = 100
_OWNED_SUM = r"[,.;:)]|\s?$|\s(?:they|he|she|it|we|that|which|a|the|every|each)(?![a-z])"
_OWNERS = re.compile(r"\s(?:the\s)?[a-z]+(?: [a-z]+)?['’]s?\s")
"""Behind "28 times": whose sum it is that the one before is so many times."""

_MORE = r"\s(?:another|an? (?:further|additional|extra)|the (?:other|remaining))\s(?:{softener}\s)?$"
_CAME_TO = r"(?: of [a-z]+(?: [a-z]+)?)?,? (?:{moved}|came|shrank|{base_behind})(?: [a-z]+){0,2} to (?:{softener} )?"
_ASKED = r"^[^;.0-9]{0,20},\s(?:[a-z]+\s){1,2}{costs_now}\s(?:{softener}\s)?$"
_VERSUS = (
    r"{versus}\s(?:the\s)?"
    r"(?:[a-z]+(?: [a-z]+)?['’]s?\s)?(?:{softener}\s)?$"
)
_BY = r"(?<![a-z])by\s(?:{softener}\s)?$"
_UP = r",\s(?:up|down)\s(?:by\s)?(?:{softener}\s)?$"
_NAMED = re.compile(
    r"[^;.0-9]{0,40},\s(?:and\s|but\s)?([a-z]{4,}s)\s(?:(?:go|goes|went|rose|fell|move|moved)\s)?(from\s)?"
)
_USED = r"(?<![a-z]){used_before}\s(?:{softener}\s)?$"
_USED_TO = r"\s{used_to}(?![a-z])"
_COMMA = re.compile(r"[^;.0-9]{0,24},\s")
_FAR = 70
_HUNDRED = 100
_NEAR, _EXACT = 6, Decimal("0.02")
_SHARED = r" of [a-z' -]{3,50}(?:,| and| but) (?:{softener} )?$"
_KINDS = ("money", "share", "times", "count", "measure")
_HEADER = re.compile(
    r"(?<![0-9] )(?<![0-9])(kpw|won|cny|yuan|rmb|usd|us\$|元|원|ウォン)\s?(?:/|per )\s?"
    r"(?:kg|㎏|kilo(?:gram)?|キロ|公斤|lit(?:re|er)|ℓ|usd|dollar|cny|yuan)(?![a-z])"
)
_HEADED = {"won": "KPW", "원": "KPW", "ウォン": "KPW", "kpw": "KPW", "usd": "USD", "us$": "USD"}
_AFTER_WORD = re.compile(r"[a-z가-힣一-龠ァ-ヶ][: ,]?\s?$")
_RATES = re.compile(
    r"(?<![a-z0-9])(?<![0-9]\s)(?:usd|us dollars?|dollars?|cny|rmb|yuan|euros?|eur)(?: rate)?:\s?(?:[a-z]+ )?"
    r"(?:[0-9.,]+[,;/]?\s(?:[a-z]+ )?)*$"
)
"""What heads a list of rates: "USD: 8,100, 8,130, 8,200. CNY: 1,190"."""

_LEAST_RATE = 50
_LEAST_SUM = 2
_SAID = 120
_LEVEL = r"(?<![a-z]){priced}\s(?:{softener}\s)?$"
_DEAR = (
    r"(?:,|and|while|but)\s{article}\s(?:us )?{money_word}\s(?:at\s|{money_does}\s)?(?:{softener}\s)?$"
    r"|^\s*{article}\s(?:us )?{money_word}\s{money_does}\s(?:{softener}\s)?$"
)
_ASKS = r"(?<![a-z]){asks}\s(?:{softener}\s)?$"
_ASKED_NEAR = 160


def compared(page: Page, raws: list[Raw], place: int, first: int) -> Raw | None:
    """Return the figure before a number that it is compared with: "from 300 yuan to 1,200", "against 24"."""
    raw = raws[place]
    if compiled(_LEFT).match(page.low, raw.end):
        return last_money(raws, place, first, 100)
    if compiled(_TOTAL).match(page.low, raw.end):
        amounts = [o for o in reversed(raws[max(0, place - 4) : place]) if o.start >= first and o.kind in _AMOUNTS]
        return next((o for o in amounts if similar(raw, o, 30)), None)
    if compiled(_QUOTA).search(page.low, max(first, raw.start - 40), raw.start):
        amounts = [o for o in reversed(raws[max(0, place - 4) : place]) if o.start >= first and o.kind in _AMOUNTS]
        return next((o for o in amounts if similar(raw, o, 30)), None)
    if compiled(_USED_TO).match(page.low, raw.end) and compiled(_USED).search(
        page.low, max(first, raw.start - 20), raw.start
    ):
        return last_money(raws, place, first, 20)
    of_sum = compiled(r"\s{of_the}\s$").search(page.low, max(0, raw.start - 12), raw.start) is not None
    if of_sum and compiled(_OWNED_SUM).match(page.low, raw.end) is None:
        return None
    if not of_sum and compiled(BARE_END).match(page.low, raw.end) is None:
        return None
    near = (other for other in reversed(raws[max(0, place - 3) : place]) if other.kind != "bare")
    previous = next((other for other in near if other.outer is None or raw.outer is not None), None)
    if previous is None or previous.start < first or previous.kind not in _KINDS:
        return None
    gap = page.low[previous.end : raw.start]
    if previous.kind == "times" and compiled(r"\s(?:the|an?) {rate_kind}\s$").fullmatch(gap):
        return last_money(raws, place, first, 500)
    if previous.kind == "times" and _OWNERS.fullmatch(gap):
        return last_money(raws, place, first, max(_LARGE, int(2 * previous.high)))
    if compiled(_LISTED).match(gap) and compiled(_LISTED_BEHIND).match(page.low, raw.end):
        return previous if similar(raw, previous, 20) else None
    if compiled(_MORE).search(gap) and previous.kind != "times":
        return previous if similar(raw, previous, 30) else None
    if _dated(page, raw, previous, first):
        return previous if similar(raw, previous, 20) else None
    if _gapped(page, raw, gap) and (previous.kind in ("count", "measure", "money")):
        return previous if similar(raw, previous, 20) else None
    if previous.kind in ("count", "measure"):
        dated = compiled(_LISTED_BEHIND).match(gap) and compiled(_THEN).match(gap)
        came = compiled(_CAME_TO).fullmatch(gap) is not None
        came = came or (len(gap) < _FAR and compiled(_VERSUS).search(gap) is not None)
        named = _NAMED.fullmatch(gap)
        if named is not None and (named.group(2) or page.low[raw.end : raw.end + 1] in (",", ";", ".")):
            came = came or (named.group(1) not in meanings("function"))
        if not came and compiled(r"\s{whole_per}").match(page.low, raw.end):
            came = _COMMA.fullmatch(gap) is not None
            if came and previous.kind == "count" and previous.unit == "each":
                return previous
        return previous if (dated or came or compiled(_CHANGED).match(gap)) and similar(raw, previous, 20) else None
    if previous.money and raw.high >= previous.high and compiled(r"\s{of_the}\s").fullmatch(gap):
        return previous if similar(raw, previous, 60) else None
    if previous.kind != "money" and " or " in gap:
        return None
    if previous.codes[:1] == ("USD",) and compiled(r"(?<!instead )(?:at|of)\s(?:[a-z]+\s){0,3}$").search(gap):
        return None
    by = previous.kind == "share" and compiled(_BY).search(page.low, max(0, previous.start - 24), previous.start)
    if (by and gap == " to ") or (previous.kind == "share" and compiled(_IT).search(gap)):
        level = last_money(raws, place, first, 20)
        if level is not None:
            return level
    shared = compiled(_SHARED).match(gap) or compiled(_ASKED).search(gap)
    if previous.kind == "share" and raw.high <= _HUNDRED and shared:
        return previous
    if previous.kind == "share" and not similar(raw, previous, 30):
        return last_money(raws, place, first, 12) if compiled(_CHANGED).match(gap) else None
    if previous.money and len(gap) < _FAR and compiled(_UP).search(gap) and raw.high < previous.low:
        return previous
    then = len(gap) < 44 and compiled(_THEN).match(gap) and similar(raw, previous, 60)
    street = len(gap) < 110 and compiled(_STREET).search(gap) and similar(raw, previous, 60)
    if len(gap) < _FAR and compiled(_IT).search(gap) and (worth := _at_rate(raws, place, previous)) is not None:
        return worth
    told = raw.low >= _LARGE and len(gap) < 70 and compiled(_IT).search(gap) and similar(raw, previous, 500)
    against = len(gap) < 70 and ";" not in gap and compiled(_AGAINST).search(gap) and similar(raw, previous, 500)
    return previous if then or street or told or against else None


def _at_rate(raws: list[Raw], place: int, rate: Raw) -> Raw | None:
    """Return the money that a number is in which an amount comes to at the rate before it: at 33 liras it is 515."""
    raw, near = raws[place], raws[max(0, place - _NEAR) : place]
    if not rate.money or not rate.low or not raw.low:
        return None
    worth = [o.low / rate.low / raw.low for o in near if o.money and o is not rate and o.codes == rate.codes]
    if not any(abs(each - 1) < _EXACT for each in worth):
        return None
    return next((o for o in reversed(near) if o.money and o.codes != rate.codes and similar(raw, o, 20)), None)


def _dated(page: Page, raw: Raw, previous: Raw, first: int) -> bool:
    """Return whether both numbers follow a year: in 2012 51 percent, in 2018 84."""
    return all(
        compiled(_WHEN + r"\s(?:{softener}\s)?$").search(page.low, max(first, each.start - 40), each.start)
        for each in (raw, previous)
    )


def _gapped(page: Page, raw: Raw, gap: str) -> bool:
    """Return whether a number leaves out the noun of the one before: 28 yuan in Changbai and 19 at home."""
    found = compiled(_GAPPED).match(gap)
    if found is None:
        return False
    words = found.groups()[-1]
    alike = _PLACES if words in _PLACES else (words,)
    return any(page.low.startswith(f" {each} ", raw.end) for each in alike)


def last_money(raws: list[Raw], place: int, first: int, factor: int) -> Raw | None:
    """Return the last amount of money before a number in its sentence, where it is of like size."""
    money = [other for other in raws[max(0, place - 4) : place] if other.money and other.start >= first]
    return money[-1] if money and similar(raws[place], money[-1], factor) else None


def similar(raw: Raw, other: Raw, factor: int) -> bool:
    """Return whether two numbers are of like size, so that one unit may serve both."""
    if not raw.low or not other.low:
        return False
    part = parts(other)
    return Decimal(1) / factor <= raw.low / (other.low / part) <= factor


def parts(raw: Raw) -> Decimal:
    """Return how much of its money the unit of an amount is: 0.01 of cents, 1 of dollars."""
    entries = lexicon.words("subunit").get(raw.word) if raw.money else None
    return Decimal(entries[0].meaning) if entries is not None else Decimal(1)


def headed(page: Page, raw: Raw) -> bool:
    """Take the unit that heads a list of prices: "Prices (KPW/kg): rice 4,980, corn 2,260"."""
    low = page.low
    written = low[raw.digits : raw.end]
    if (raw.low < 100 and "." not in written) or raw.year or not compiled(BARE_END).match(low, raw.end):
        return False
    first = max(low.rfind("\n\n", 0, raw.start), raw.start - 400, 0)
    found = _HEADER.search(low, first, raw.start)
    if found is None or not _AFTER_WORD.search(low, max(0, raw.start - 3), raw.start):
        return False
    raw.kind, raw.codes, raw.shared = "money", (_HEADED.get(found.group(1), "CNY"),), True
    return True


def in_terms(page: Page, raws: list[Raw], place: int, first: int) -> bool:
    """Take the money that the sentence says it counts in: "in US dollars the fall was from 450 to below 190"."""
    raw, low = raws[place], page.low
    told = list(compiled("{in_money}").finditer(low, max(first, raw.start - _SAID), raw.start))
    if not told or raw.year or raw.low < _LEAST_SUM or not compiled(BARE_END).match(low, raw.end):
        return False
    if any(
        other.money and not other.shared for other in raws[max(0, place - 3) : place] if other.start > told[-1].end()
    ):
        return False
    if compiled(_LEVEL).search(low, max(told[-1].end(), raw.start - 30), raw.start) is None:
        return False
    words = told[-1].group().partition(" ")[2]
    unit = unit_at(page.plain, low, told[-1].end() - len(words))
    codes = unit.codes() if unit is not None else ()
    if not codes:
        return False
    raw.kind, raw.codes, raw.shared = "money", codes, True
    return True


def listed_rate(page: Page, raw: Raw) -> bool:
    """Return whether a bare number stands in a list of rates."""
    return raw.low >= _LEAST_RATE and _RATES.search(page.low, max(0, raw.start - 60), raw.start) is not None


def costs(page: Page, raws: list[Raw], place: int, first: int) -> bool:
    """Return whether a bare number is the price of the good or the money before it: rice costs 5,770, the dollar 8,130.

    Only in a text that tells such prices in full as well.
    """
    raw, low = raws[place], page.low
    if raw.low < 1000 or raw.year or not compiled(BARE_END).match(low, raw.end):
        return False
    if not any(other.money and similar(raw, other, 12) for other in raws[max(0, place - 12) : place]):
        return False
    before = low[max(first, raw.start - 48) : raw.start]
    named = _goods().search(before)
    return named is not None or compiled(_DEAR).search(before) is not None


@cache
def _goods() -> re.Pattern[str]:
    """Return the pattern of a good with a verb of price, anchored at its end: "rice still costs "."""
    goods = any_of(word for word in lexicon.words("item") if word.isascii())
    costs = any_of({*meanings("costs_now"), *meanings("priced")})
    return re.compile(rf"{goods}\s(?:[a-z]+\s)?{costs}\s(?:{any_of(meanings('softener'))}\s)?$")


def asked(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the price told before a bare number that is asked, paid or fetched: then they wanted 30,000."""
    raw, low = raws[place], page.low
    if compiled(_ASKS).search(low, max(0, raw.start - 36), raw.start) is None:
        return None
    if compiled(BARE_END).match(low, raw.end) is None or low.startswith(" of ", raw.end):
        return None
    near = [o for o in raws[max(0, place - 4) : place] if o.money and o.outer is None and not o.rate]
    return next((o for o in reversed(near) if raw.start - o.end < _ASKED_NEAR and similar(raw, o, 12)), None)
