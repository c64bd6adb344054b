"""Which won: North or South Korean, by a conversion beside the figure, the words around it, the whole text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from nkauto.read.article.beside import MASS, explicit
from nkauto.read.article.prose import compiled
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.article.won_rates import (
    CHEAPER,
    NEAR,
    SOUTH,
    borne_rates,
    footnoted,
    northern_rates,
    own_rates,
    sign_of,
    steady_money,
)

_WON = ("KPW", "KRW")
_HANGUL = re.compile(r"[가-힣]")
_COPULA = r"{copula}?=?,?\s?(?:약\s?|한화\s?)*$"
_LARGE, _HUGE = Decimal(10) ** 8, Decimal(10) ** 11
_SENT = 100_000
_LEAST_WON, _MOST_WON = 2, 40
"""How many North Korean won one South Korean won has cost."""

_ALIKE, _UNLIKE = 12, 100
_A_WEIGHT = r"(?<![0-9.,])1\s?{mass}[^0-9.,;()。、，；]{0,8}$"
_IN_SOUTH = r"{in_south}[^,;.()。、，；]{0,32}$"
_EARLIER = r"[^(（]{0,24}[(（](?:{past+moved+from+against})"
"""Before a won in parentheses that is another day's price: 2,000 won (previously 1,000 won)."""

_IN_NORTH, _NAMED = "{northern}|{in_north}", 4
_NORTH_BEHIND = r"\s(?:(?:an?|per|the|each)\s[a-z]+\s)?(?:in|at|on)\s(?:the\s)?(?:[a-z]+\s)?{in_north}"
_IN_YUAN = re.compile(
    r"(?:위안화|위안|인민폐|중국\s?돈|중국\s?화폐)(?:으로|로)(?:는|\s?[가-힣]{2,5}면)?,?\s?(?:약\s?)?$"
)
_OURS = "our money"
_WORTH = "what a North Korean won is worth"
_SIZE = "of the size of the South Korean sums in the text"
_STRONG = frozenset((_OURS, _WORTH, _SIZE))


@dataclass(frozen=True, slots=True)
class _Spots:
    """Where the words of a role stand in a text, found once: windows around many figures overlap."""

    low: str
    known: dict[str, tuple[list[int], list[int]]]

    def of(self, role: str) -> tuple[list[int], list[int]]:
        """Return where the words of a role start, in order, and where each ends."""
        if role not in self.known:
            spans = [found.span() for found in compiled("{" + role + "}").finditer(self.low)]
            self.known[role] = [start for start, _ in spans], [end for _, end in spans]
        return self.known[role]


class _Around(NamedTuple):
    """A stretch of a text around a figure."""

    spots: _Spots
    first: int
    last: int

    def has(self, role: str) -> bool:
        """Return whether a word of a role stands in the stretch."""
        starts, ends = self.spots.of(role)
        found = bisect_left(starts, self.first)
        return found < len(ends) and ends[found] <= self.last


def settle_won(page: Page, raws: list[Raw], countries: Counter[str]) -> None:
    """Give each "won" its country.

    A conversion into other money tells first, unless the text's own rate or the author's slip speaks against it;
    then Chinese money or the South Korean won named before it in the sentence, money that is sent, sums too large
    for the North; then the countries of the text, North Korea where both are named or none.
    """
    places = [place for place, raw in enumerate(raws) if raw.money and not raw.unit and "KRW" in raw.codes[:2]]
    if not places:
        return
    spots = _Spots(page.low, {})
    abroad = [raw.outer for raw in raws if raw.outer is not None and raw.told and raw.unit == "KRW"]
    signed = footnoted(page, raws, places)
    _in_brackets(page, raws, places)
    borne_rates(raws, places)
    rated = northern_rates(page, raws, places)
    southern = _by_conversion(page, raws, places, countries, rated)
    settled = any(raws[place].unit == "KPW" and _far_from_south(page, raws, place) for place in places)
    northern = bool(countries["KP"] or abroad or settled)
    markets = compiled("{northern_market}").search(page.low) is not None
    told_so = compiled("{hereafter}").search(page.low) is not None
    alone = told_so or (bool(countries["KR"]) and not northern and not markets)
    foreign = not northern and any(count for country, count in countries.items() if country not in ("KP", "KR", "CN"))
    for place in places:
        raw = raws[place]
        if raw.unit:
            continue
        if any(raw is outer for outer in abroad):
            raw.unit, raw.reason = "KPW", "its worth in South Korean won follows"
            continue
        first, last = page.sentence(raw.start)
        around = _Around(spots, max(first, raw.start - 200), min(last, raw.end + 120))
        reason = (
            _ours(page, raws, place)
            or _told_of_south(page, raw)
            or _worth_one(raws, place)
            or _sized(raws, place)
            or _southern(page, raws, place, around, southern)
        )
        if _goes_on_in_yuan(raws, place, first):
            raw.unit, raw.reason = "CNY", "goes on from Chinese money in the same sentence"
        elif "CNY" in raw.codes and _IN_YUAN.search(page.low, max(first, raw.start - 24), raw.start):
            raw.unit, raw.reason = "CNY", "told in Chinese money"
        elif alone:
            raw.unit, raw.reason = "KRW", "the text speaks of South Korea alone"
        elif foreign and _HANGUL.match(raw.word):
            raw.unit, raw.reason = "KRW", "the readers' own money"
        elif signed and sign_of(page, raw) in ("w", "₩"):
            raw.unit, raw.reason = "KRW", "the text's own rate is South Korea's"
        elif reason:
            raw.unit, raw.reason = "KRW", reason
        elif not northern and around.has("southern"):
            raw.unit, raw.reason = "KRW", "South Korea stands beside it"
        else:
            raw.unit, raw.reason = "KPW", "the text speaks of North Korea"


def _in_brackets(page: Page, raws: list[Raw], places: list[int]) -> None:
    """Settle a won that stands in parentheses behind another won: 12,500원(약 2,068원)."""
    for place in places:
        raw, outer = raws[place], raws[place].outer
        if outer is None or not outer.money or outer.unit or outer.codes != raw.codes or raw.low <= 0:
            continue
        before = compiled(_EARLIER).match(page.low, outer.end) is not None
        if not before and _LEAST_WON <= outer.low / raw.low <= _MOST_WON:
            raw.unit, raw.reason = "KRW", "the worth of a won in another"
            outer.unit, outer.reason = "KPW", "its worth in South Korean won follows"


def _by_conversion(page: Page, raws: list[Raw], places: list[int], countries: Counter[str], rated: set[str]) -> bool:
    """Settle the won that stand beside a conversion; return whether the text counts in South Korean won.

    What an author converts at the South's rate by a slip stays the North's: where another amount is called North
    Korean and converts otherwise, what so much of a good costs in a text that names the North alone, and what is
    converted into money that is ``rated``, that is, has a rate of the North's in such a text.
    """
    lone = not countries["KP"] and bool(countries["KR"])
    goods = bool(countries["KP"]) and not countries["KR"]
    told = [place for place, raw in enumerate(raws) if raw.unit == "KPW" and raw.told]
    paired = [(raws[place], _partner(page, raws, place)) for place in told]
    slipped = any(_fits(raw, partner) for raw, partner in paired)
    own = own_rates(page, raws) | {partner.unit for raw, partner in paired if partner and not _fits(raw, partner)}
    steady = set() if countries["KR"] else steady_money((raws[at], _partner(page, raws, at)) for at in places)
    southern = False
    for place in places:
        raw, partner = raws[place], _partner(page, raws, place)
        if raw.unit or partner is None or partner.unit not in SOUTH:
            continue
        ratio = raw.low / partner.low if partner.low else Decimal(0)
        rate = f"{ratio:.0f} won per {partner.unit}"
        north = slipped or partner.unit in own or _told_before(page, raws, place, "KPW") is not None
        north = north or (raw.outer is None and partner.unit in steady)
        north = north or (goods and raw.outer is None and (partner.unit in rated or _by_weight(page, raw)))
        if _fits(raw, partner) and not north:
            raw.unit, raw.reason = "KRW", f"converts at South Korea's rate ({rate})"
            southern = southern or raw.outer is None
        elif _told_before(page, raws, place, "KRW") is not None and ratio < SOUTH[partner.unit][0] and not north:
            continue  # a nought too few: no rate of the North's either
        elif lone and not north and (southern or ratio * 2 >= SOUTH[partner.unit][0]):
            continue  # its other conversions are the South's, or it tells of the years before 2000
        else:
            raw.unit, raw.reason = "KPW", f"converts at {rate}"
    return southern


def _by_weight(page: Page, raw: Raw) -> bool:
    """Return whether an amount is told for one kilogram, or another weight: 1㎏당 5,600원, 5,600 won a kilo."""
    told = explicit(page, raw)
    if told is not None and told[0] in MASS:
        return True
    return compiled(_A_WEIGHT).search(page.low, max(0, raw.start - 16), raw.start) is not None


def _fits(raw: Raw, partner: Raw | None) -> bool:
    """Return whether two amounts convert at a rate that South Korea's won has had."""
    if partner is None or partner.unit not in SOUTH or not partner.low:
        return False
    least, most = SOUTH[partner.unit]
    return least <= raw.low / partner.low <= most


def _far_from_south(page: Page, raws: list[Raw], place: int) -> bool:
    """Return whether a won is cheaper than the South's has ever been, or stands beside no other money."""
    partner = _partner(page, raws, place)
    if partner is None or partner.unit not in SOUTH or not partner.low:
        return True
    return raws[place].low / partner.low > CHEAPER * SOUTH[partner.unit][1]


def _partner(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the figure in other money that this one is converted into, in or before parentheses, or by "is"."""
    raw = raws[place]
    if raw.outer is not None and raw.outer.money and raw.outer.unit not in ("", *_WON):
        return raw.outer
    before = raws[place - 1] if place else None
    beside = before is not None and before.money and before.unit in SOUTH and raw.start - before.end < NEAR
    if before is not None and beside and compiled(_COPULA).match(page.low, before.end, raw.start):
        return before if _HANGUL.match(raw.word) else None
    following = raws[place + 1 : place + 3]
    return next((o for o in following if o.outer is raw and o.money and o.unit not in ("", *_WON)), None)


def _southern(page: Page, raws: list[Raw], place: int, around: _Around, southern: bool) -> str:
    """Return why a won is South Korean by the words around it; empty when they do not say so."""
    raw = raws[place]
    north = around.has("northern")
    if raw.low >= (_LARGE if _HANGUL.match(raw.word) else _HUGE) and not north:
        return "too large for North Korean money"
    named = _told_before(page, raws, place, "KRW")
    if named is not None and (named.low <= 30 * raw.low <= 900 * named.low or explicit(page, named) is not None):
        return "the sentence names the South Korean won"
    if around.has("in_southern"):
        return "told in South Korean won"
    if around.has("southern_office") and not north:
        return "a South Korean office counts"
    if southern and not north:
        return "another amount of the text converts at South Korea's rate"
    if raw.low >= _SENT and not north and around.has("sending"):
        return "money sent from South Korea"
    return ""


def _ours(page: Page, raws: list[Raw], place: int) -> str:
    """Return why "our money" is South Korean; empty where the rate beside it shows that a Northerner speaks."""
    raw, before = raws[place], raws[place - 1] if place else None
    if "우리" not in page.low[max(0, raw.start - 10) : raw.start]:
        return ""
    if before is not None and before.money and before.unit in SOUTH and raw.start - before.end < 12:
        return "our money, at South Korea's rate" if _fits(raw, before) else ""
    return _OURS


def _told_of_south(page: Page, raw: Raw) -> str:
    """Return why a won is South Korean: its clause begins in the South or with the South's rate; else empty."""
    found = compiled(_IN_SOUTH).search(page.low, max(0, raw.start - 60), raw.start)
    if found is None or compiled(_IN_NORTH).search(page.low, max(0, found.start() - _NAMED), raw.start):
        return ""
    if compiled(_NORTH_BEHIND).match(page.low, raw.end):
        return ""
    return "told of South Korea"


def _worth_one(raws: list[Raw], place: int) -> str:
    """Return why a won is South Korean: it is what one North Korean won is told to be worth; else empty."""
    raw, before = raws[place], raws[place - 1] if place else None
    if before is None or not before.one or not before.told or before.unit != "KPW" or raw.one:
        return ""
    return _WORTH if raw.start - before.end < NEAR else ""


def _sized(raws: list[Raw], place: int) -> str:
    """Return why a won is South Korean by its size, in a text that names sums of both; else empty."""
    raw = raws[place]
    near = [o for o in raws[max(0, place - 12) : place] if o.unit in _WON and o.low > 1 and o.outer is None]
    told = [o for o in near if o.told or o.reason in _STRONG]
    rates = [o.low for o in near if o.reason == _WORTH]
    if any(abs(o.low * rate - raw.low) * 50 <= raw.low for rate in rates for o in told if o.unit == "KPW"):
        return _SIZE
    sizes = {code: [max(o.low / raw.low, raw.low / o.low) for o in told if o.unit == code] for code in _WON if raw.low}
    if not sizes or not sizes["KRW"] or not sizes["KPW"]:
        return ""
    alike = min(sizes["KRW"]) <= _ALIKE and min(sizes["KPW"]) > _UNLIKE
    return _SIZE if alike else ""


def _told_before(page: Page, raws: list[Raw], place: int, code: str) -> Raw | None:
    """Return the last won that the sentence names before this figure, where it is this one."""
    first = page.sentence(raws[place].start)[0]
    near = raws[max(0, place - 6) : place]
    named = [raw for raw in near if raw.start >= first and raw.told and raw.unit in _WON and raw.outer is None]
    return named[-1] if named and named[-1].unit == code else None


def _goes_on_in_yuan(raws: list[Raw], place: int, first: int) -> bool:
    """Return whether the amount before it is Chinese money in the same word: 중국 돈 15원, 소고기는 40원."""
    raw, before = raws[place], raws[place - 1] if place else None
    if before is None or before.unit != "CNY" or before.word != raw.word or before.start < first:
        return False
    return "CNY" in raw.codes and before.low <= 12 * raw.low <= 144 * before.low
