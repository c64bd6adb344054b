"""Bare numbers that are parts of a count or a sum: 45 of the 60 trucks, twelve of them, of 10,000 yuan only 7,000."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.prose import any_of, compiled
from nkauto.read.article.ratios import share
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.numbers import number

_REACH = 8
_FAR = 300
_NEAR = 80
_LARGE = 100
"""From what on a bare number is a part of a sum of money."""

_SPLIT = frozenset((10, 50, 100, 1000))
"""Round sums of which even small numbers are parts: of every 100 dollars, 30 stay behind."""

_OF_SUM = r"\s{of_sum}(?![a-z])"
_OF_WHOLE = r"\s{of_the}\s(?:{owner}\s|[a-z]+['’]s?\s)?(?:{softener}\s)?(?:[a-z-]{3,12}\s)?$"
_OF_THOSE = r"\s{of_those}(?![a-z])"
_WHOLE = (
    r"(?:^|[.,;:(–—]\s?|\s(?:that|and|but|so)\s)"
    r"(?:{of_the}\s(?:[a-z]+\s){0,2}|{whole_of}\s(?:{pair_each}\s)?)(?:{softener}\s)?$"
)
_NO_PART = r"\s?(?:[-–/%°]|{percent_word}|[0-9])"
_NUMBER_OF = r"(?:(?<![a-z])(?:number|count|tally|total|toll|that) of ((?:[a-z-]+ ){1,4}))"
_NUMBER_REACH = 90
_LEVEL = r"(?:{goes_on+priced+base_behind}|of|reaching|exceeded|exceeds|fell|rose|grew)\s(?:{softener}\s)*$"
_SOLD = r"(?<![a-z])(?:sold|sell|sells|bought|buys|shipped|delivered|kept|hid|lost|took|sent)\s(?:{softener}\s)?$"
_MANY = 20
_PLACES = r"\s(?:[a-z-]+\s)?({lone})(?![a-z])"
_SUFFERERS = r"(?<![a-z])(?:{sufferers}\s(?:at|to|was|were|is|numbered|reached)|{employs})\s(?:{softener}\s)?$"
_SAMPLE = re.compile(r"(?<![a-z])n\s?=\s?$")
_PACK = r"{pack}\sof\s$"
_THINGS = re.compile(r" (?:[a-z-]+ )?[a-z-]{3,}s(?![a-z])")
_PLURAL = r"\s{plural_verb}(?![a-z])"
_DID = re.compile(r"\s[a-z]{2,}ed(?![a-z])")
_TIMES = 8
_TO_EACH = r"\s{to_each}\s([a-z]{3,})(?![a-z])"
_IN_ALL = r"{in_all}[,:]?\s(?:{softener}\s)?$"
_OF_PEOPLE = r" of (?:the |its |all |[a-z]+['’]s )?(?:[a-z]+ )?{populace},? (?:or |that is |{softener} )*"
_GOES_ON = re.compile(r"\s[a-z(]|\s?[,.;:)]|\s[–—-]\s")

_OF_SO_MANY = r"\s?(명|인|사람|가구|세대|人|名|户|戶|世帯|个|個|家)\s?{of_so_many}\s?{softener}?\s?"
_SO_FEW = r"(?:{buys_many}\s(?:{so_few}\s)?|{so_few}\s)$"
_PAYS_FOR = r"\s{pays_for_many}\s(?:{softener+so_few}\s)?$"
_OF_THEM = r"\s?[.,;)]|\s?$|\s{of_those}(?![a-z])"
_SOLD_AT = r"\s?[.,;)]|\s?$|\s(?:{behind_bare})"
_AS_MANY = 8
"""How many times a count told before a bare number may be that counts the same: seven bottles, the other just four."""

_COUNTED = 6
_WHOLES = frozenset((*range(2, 11), 100))
_ROUGH_WHOLES = frozenset((12, 15, 20, 25, 30, 50, 1000))
"""What shares are told of where the words behind say that they are shares: 20명 중 1명꼴."""

_AS_SHARE = r"\s?{as_share}"


def so_many_of_ten(page: Page, at: int) -> Raw | None:
    """Return the share that so many people of ten or a hundred are: 10명 중 4명, 3人に1人, 每十个人中有三个."""
    low = page.low
    whole = None if low[at : at + _COUNTED].isascii() else number(low, at)
    found = compiled(_OF_SO_MANY).match(low, whole.end) if whole is not None else None
    if whole is None or found is None or found.end() >= len(low):
        return None
    part = number(low, found.end())
    if part is None or not 0 < part.value < whole.value:
        return None
    end = part.end + (low[part.end : part.end + 1] == " ")
    if not low.startswith(found.group(1), end):
        return None
    end += len(found.group(1))
    rough = whole.value in _ROUGH_WHOLES and compiled(_AS_SHARE).match(low, end)
    if whole.value not in _WHOLES and not rough:
        return None
    value = share(Fraction(part.value) / Fraction(whole.value))
    return Raw(at, end, at, value, value, "times", unit="x")


def take_part(page: Page, raws: list[Raw], place: int) -> bool:
    """Give a bare number the unit of the whole that it is a part of; return whether there is one."""
    raw, low = raws[place], page.low
    if raw.low != raw.low.to_integral_value() or raw.low < 1 or compiled(_NO_PART).match(low, raw.end):
        return False
    ways = (
        *(_behind, _those, _before, _to_each, _more, _percent_of, _packed),
        *(_number_of, _sold, _lone, _put_at, _so_few),
    )
    whole = next((found for way in ways if (found := way(page, raws, place)) is not None), None)
    if whole is None:
        return False
    raw.kind, raw.unit, raw.codes, raw.word = whole.kind, whole.unit, whole.codes, whole.word
    raw.shared = True
    return True


def _behind(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the count that follows "of the": 45 of the 60 trucks."""
    raw, whole = raws[place], raws[place + 1] if place + 1 < len(raws) else None
    if whole is None or whole.kind not in ("count", "money") or whole.high < raw.high:
        return None
    return whole if compiled(_OF_WHOLE).fullmatch(page.low, raw.end, whole.start) else None


def _those(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the last count told before a number of them, of whom, of those."""
    raw = raws[place]
    if compiled(_OF_THOSE).match(page.low, raw.end) is None:
        return None
    kinds = ("count", "money") if compiled(_OF_SUM).match(page.low, raw.end) else ("count",)
    near = (o for o in reversed(raws[max(0, place - _REACH) : place]) if o.kind in kinds and o.high >= raw.high)
    found = next((o for o in near if raw.start - o.end < _FAR), None)
    if found is not None:
        return found
    unit = "person" if _people().search(page.low, max(0, raw.start - _NEAR), raw.start) else "each"
    return Raw(raw.start, raw.end, raw.digits, raw.low, raw.high, "count", unit=unit)


def _to_each(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the count that is shared out among another one: 51,000 workers in 123 plants, 400 to a plant."""
    raw = raws[place]
    found = compiled(_TO_EACH).match(page.low, raw.end)
    near = [o for o in raws[max(0, place - _REACH) : place] if o.kind == "count" and raw.start - o.end < _FAR]
    stem = found.group(1).removesuffix("y") if found is not None else ""
    if found is None or not any(o.word.startswith(stem) for o in near):
        return None
    shared = [o for o in near if not o.word.startswith(stem) and o.high > raw.high]
    return shared[-1] if shared else None


def _more(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the count before a number that is the subject of a plural verb: about 100 were dead."""
    raw = raws[place]
    many = raw.low >= _LARGE and _DID.match(page.low, raw.end) is not None
    if raw.year or not (many or compiled(_PLURAL).match(page.low, raw.end)):
        return None
    near = [o for o in raws[max(0, place - 3) : place] if o.kind == "count" and raw.start - o.end < _FAR]
    total = compiled(_IN_ALL).search(page.low, max(0, raw.start - 40), raw.start) is not None
    return near[-1] if near and (total or near[-1].high * _TIMES >= raw.high) else None


def _percent_of(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the people that a number behind their percentage is of: 40 percent of the people, 10.1 million."""
    raw, before = raws[place], raws[place - 1] if place else None
    if before is None or before.kind not in ("share", "times") or raw.low < _LARGE or raw.year:
        return None
    found = compiled(_OF_PEOPLE).fullmatch(page.low, before.end, raw.start)
    if found is None or not _GOES_ON.match(page.low, raw.end):
        return None
    unit = "household" if "household" in found.group() or "famil" in found.group() else "person"
    return Raw(raw.start, raw.end, raw.digits, raw.low, raw.high, "count", unit=unit)


def _packed(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return so many things of a pack, or the people of a sample: a strip of ten aspirins, n = 1,320."""
    raw = raws[place]
    if _SAMPLE.search(page.low, max(0, raw.start - 5), raw.start):
        return Raw(raw.start, raw.end, raw.digits, raw.low, raw.high, "count", unit="person")
    packed = compiled(_PACK).search(page.low, max(0, raw.start - 20), raw.start)
    if packed is None or _THINGS.match(page.low, raw.end) is None:
        return None
    return Raw(raw.start, raw.end, raw.digits, raw.low, raw.high, "count", unit="each")


def _number_of(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return so many of what the words before count: the number of markets rose from 200 to 436."""
    raw = raws[place]
    first = max(page.sentence(raw.start)[0], raw.start - _NUMBER_REACH)
    told = list(compiled(_NUMBER_OF).finditer(page.low, first, raw.start))
    if not told or raw.year or compiled(_LEVEL).search(page.low, first, raw.start) is None:
        return None
    between = [o for o in raws[max(0, place - _REACH) : place] if o.start >= told[-1].end()]
    if any(o.kind not in ("count", "bare", "share", "times") for o in between):
        return None
    counters = lexicon.words("counter")
    words = told[-1].group(1).split()
    known = (
        counters[phrase][0].meaning
        for size in (2, 1)
        for at in range(len(words))
        if (phrase := " ".join(words[at : at + size])) in counters and at + size <= len(words)
    )
    unit = next(known, "")
    return Raw(raw.start, raw.end, raw.digits, raw.low, raw.high, "count", unit=unit) if unit else None


def _sold(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the things counted before of which so many are sold: bought 200 boxes, sold 150 at 110."""
    raw = raws[place]
    if raw.year or not compiled(_SOLD).search(page.low, max(0, raw.start - 20), raw.start):
        return None
    if not page.low.startswith((" at ", " for ", " of ", ",", ".", ";", " and "), raw.end):
        return None
    near = [o for o in raws[max(0, place - _REACH) : place] if o.kind == "count" and raw.start - o.end < _FAR]
    return near[-1] if near and near[-1].high * _TIMES >= raw.high else None


def _so_few(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the things counted before of which a sum buys so many: seven bottles, the other's wage just four."""
    raw = raws[place]
    if raw.year or raw.low < 2:
        return None
    if place and raw.high <= _LARGE and raws[place - 1].money and raw.start - raws[place - 1].end < _NEAR:
        of_that = compiled(_PAYS_FOR).search(page.low, raws[place - 1].end, raw.start)
        if of_that and compiled(_OF_THEM).match(page.low, raw.end):
            return Raw(raw.start, raw.end, raw.digits, raw.low, raw.high, "count", unit="each")
    if not compiled(_SO_FEW).search(page.low, max(0, raw.start - 32), raw.start):
        return None
    if compiled(_SOLD_AT).match(page.low, raw.end) is None:
        return None
    near = [o for o in raws[max(0, place - _REACH) : place] if o.kind == "count" and raw.start - o.end < _FAR]
    alike = near and near[-1].unit == "each" and near[-1].low <= _AS_MANY * raw.low <= _AS_MANY**2 * near[-1].low
    return near[-1] if alike else None


def _lone(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return so many houses, shops or stations, of which smaller numbers are often none: 29,800 houses."""
    raw = raws[place]
    found = compiled(_PLACES).match(page.low, raw.end) if raw.low >= _MANY and not raw.year else None
    entries = lexicon.words("counter").get(found.group(1)) if found is not None else None
    if entries is None or found is None or not found.group(1).endswith("s"):
        return None
    return Raw(raw.start, raw.end, raw.digits, raw.low, raw.high, "count", unit=entries[0].meaning)


def _put_at(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the people of whom so many are told: the dead at 138 and the homeless at 68,900."""
    raw = raws[place]
    if raw.year or compiled(_SUFFERERS).search(page.low, max(0, raw.start - 40), raw.start) is None:
        return None
    return Raw(raw.start, raw.end, raw.digits, raw.low, raw.high, "count", unit="person")


@cache
def _people() -> re.Pattern[str]:
    """Return the pattern of words for people."""
    counters = lexicon.words("counter").items()
    return re.compile(any_of(word for word, entries in counters if entries[0].meaning == "person" and word.isascii()))


def _before(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the whole that opens the clause before a number: of the 60 trucks that crossed, 45 carried coal."""
    raw = raws[place]
    if raw.year or _GOES_ON.match(page.low, raw.end) is None:
        return None
    first = page.sentence(raw.start)[0]
    for whole in reversed(raws[max(0, place - _REACH) : place]):
        if whole.start < first:
            return None
        told = whole.kind == "count" or (whole.money and not whole.rate and (raw.low >= _LARGE or whole.low in _SPLIT))
        if (
            told
            and whole.high >= raw.high
            and compiled(_WHOLE).search(page.low, max(first, whole.start - 40), whole.start)
        ):
            return whole
    return None
