"""Which won, which yuan, which dollar: the currency of each figure, from what the whole text says."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article_raw import Raw
from nkauto.read.article_scan import Scan
from nkauto.read.article_text import Page

_SOUTH = {
    "USD": (850, 1650),
    "JPY": (7, 14),
    "CNY": (140, 235),
    "EUR": (1150, 1900),
    "GBP": (1350, 2200),
    "RUB": (10, 35),
}
"""What a unit of other money cost in South Korean won, 2000–2026: a conversion in these bounds is South Korean."""

_WON = ("KPW", "KRW")
_KANA = re.compile(r"[ぁ-ヿ]")
_HANGUL = re.compile(r"[가-힣]")
_YEARS = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_SOUTHERN = re.compile(
    r"south korea|defector|remit|send(?:s|ing)? money|sent money|seoul|settlement|unification ministry|탈북민|탈북자|송금|남한|남측|우리 정부|"
    r"통일부|정착금|국내|서울|脱北者|韓国|韩国|韓國|首尔|脱北"
)
_NORTHERN = re.compile(
    r"north korean won|in north korea|pyongyang|jangmadang|state wage|rice price|북한 (?:돈|원|화폐|시장|내)|내화|국돈|장마당|평양|조선 돈|"
    r"북한에서|朝鮮ウォン|市場で|朝元|朝币"
)
_SENDING = re.compile(
    r"remit|sen[dt](?:s|ing)? (?:money|home|back|her|his|their|over|about|an average|some|\d)|송금|보내|보냈|정착금|送金|仕送り|汇款|匯款"
)
_COPULA = re.compile(r"(?:은|는|이|=|으로|로)?,?\s?(?:약\s?|한화\s?)*$")
_LARGE = Decimal(10) ** 8
_FREE = frozenset(("USD", "EUR", "CNY", "JPY", "GBP", "KRW", "RUB"))


@cache
def _homes() -> Mapping[str, tuple[str, ...]]:
    """Return each country's own currencies."""
    return {
        entry.meaning: tuple(entry.detail.split()) for entries in lexicon.words("country").values() for entry in entries
    }


def settle_money(page: Page, found: Scan, spanish: bool) -> None:
    """Give each money figure its ISO code, with the reason; a code that cannot be told stays empty."""
    raws = [raw for raw in found.raws if raw.money]
    if not raws:
        return
    counts = Counter(country for _, country in found.countries)
    counts["KP"] += sum(raw.told and raw.codes[0] in ("KPW", "KPW-OLD") for raw in raws)
    named = Counter(raw.codes[0] for raw in raws if raw.told)
    era = [int(year) for year in _YEARS.findall(page.low[:200_000])]
    places = [at for at, _ in found.countries]
    for raw in raws:
        if raw.told:
            raw.unit, raw.reason = raw.codes[0], "named"
            if raw.unit == "KPW-OLD":
                raw.unit, raw.reason = "KPW", "named: the won before December 2009"
        elif raw.codes and "KPW" in raw.codes[:2] and "KRW" in raw.codes[:2]:
            raw.unit = ""
        elif raw.codes:
            raw.unit, raw.reason = _among(page, raw, counts, named, era, found.countries, places, spanish)
    _settle_won(page, found.raws, counts)
    local = _local(raws, counts)
    for raw in raws:
        if not raw.codes and not raw.unit:
            raw.unit, raw.reason = (local, "the text's own money") if local else ("", "the currency cannot be told")


def _among(
    page: Page,
    raw: Raw,
    counts: Counter[str],
    named: Counter[str],
    era: list[int],
    mentions: list[tuple[int, str]],
    places: list[int],
    spanish: bool,
) -> tuple[str, str]:
    """Return the likeliest of several currencies and why: named elsewhere, the country named, else the usual one."""
    codes = raw.codes
    sign = page.low[raw.start : raw.digits].strip()
    if sign == "¥":
        return _yen_or_yuan(page, counts, named)
    if codes[0] == "USD":
        return _dollar(raw, sign, counts, named, spanish)
    if codes[0] == "GBP" and sign == "£":
        others = [code for code in codes[1:] if named[code] and raw.low >= 100]
        return (others[0], "named elsewhere in the text") if others else ("GBP", "usual meaning of the sign")
    if codes[0] == "CNY":
        if named["TWD"] and counts["TW"] > counts["CN"]:
            return "TWD", "named elsewhere in the text"
        return "CNY", "usual meaning of the word"
    by_name = [(named[code], -place, code) for place, code in enumerate(codes) if named[code]]
    if by_name:
        return _dated(max(by_name)[2], era), "named elsewhere in the text"
    near = bisect_right(places, raw.start) - 1
    for at, country in reversed(mentions[max(0, near - 5) : near + 1]):
        home = [code for code in _homes().get(country, ()) if code in codes]
        if home and raw.start - at < 400:
            return _dated(home[0], era), "the country named before it"
    by_country = [
        (counts[country], code)
        for country, home in _homes().items()
        for code in home[:1]
        if code in codes and counts[country]
    ]
    if by_country:
        return _dated(max(by_country)[1], era), "the country of the text"
    if codes[0] in ("GBP", "CUP", "INR", "TRY", "IQD", "KES", "DEM"):
        return ("", "several currencies have this name")
    return _dated(codes[0], era), "usual meaning of the word"


def _dated(code: str, era: list[int]) -> str:
    """Return the code that was valid in the years that the text names: bolivars and Zimbabwe dollars changed theirs."""
    latest = max((year for year in era if 1990 <= year <= 2035), default=0)
    if code in ("VES", "VEF"):
        return "VEF" if 2008 <= latest <= 2018 else "VES"
    if code in ("ZWD", "ZWL"):
        return "ZWL" if latest >= 2019 else "ZWD"
    return code


def _yen_or_yuan(page: Page, counts: Counter[str], named: Counter[str]) -> tuple[str, str]:
    if _KANA.search(page.low, 0, 20_000):
        return "JPY", "the text is Japanese"
    if named["CNY"] > named["JPY"] or counts["CN"] > counts["JP"]:
        return "CNY", "the text speaks of yuan or China"
    if named["JPY"] or counts["JP"]:
        return "JPY", "the text speaks of yen or Japan"
    return "CNY", "usual meaning of the sign beside North Korea"


def _dollar(raw: Raw, sign: str, counts: Counter[str], named: Counter[str], spanish: bool) -> tuple[str, str]:
    """Return which dollar or peso a bare ``$`` or "dollars" is."""
    if counts["ZW"] and (named["ZWD"] or named["ZWL"] or "ZWD" in raw.codes[:1]) and named["USD"] and raw.low >= 10_000:
        return "ZWD", "the text writes US$ for the other"
    if counts["ZW"] and raw.low >= Decimal(10) ** 9:
        return "ZWD", "too large for another dollar"
    if spanish and sign == "$":
        for country, code in (("AR", "ARS"), ("MX", "MXN"), ("CL", "CLP"), ("CO", "COP"), ("UY", "UYU"), ("CU", "CUP")):
            if counts[country] and counts[country] == max(counts[c] for c in ("AR", "MX", "CL", "CO", "UY", "CU")):
                return code, "the sign of the country's own money"
    return "USD", "usual meaning of the word"


def _settle_won(page: Page, raws: list[Raw], counts: Counter[str]) -> None:
    """Give each "won" its country: by a conversion beside it, by the words around it, by the whole text."""
    won = [raw for raw in raws if raw.money and not raw.unit and "KRW" in raw.codes[:2]]
    if not won:
        return
    by_place = {id(raw): place for place, raw in enumerate(raws)}
    slipped = any(
        _converts_as_southern(page, raws, place) for place, raw in enumerate(raws) if raw.unit == "KPW" and raw.told
    )
    southern_author = False
    for raw in won:
        place = by_place[id(raw)]
        partner = _partner(page, raws, place)
        if partner is not None and partner.unit in _SOUTH:
            least, most = _SOUTH[partner.unit]
            ratio = raw.low / partner.low if partner.low else Decimal(0)
            fits = least <= ratio <= most
            if fits and not slipped and not _told_north(page, raws, place) and not _own_rate(raws, least, most):
                raw.unit, raw.reason = "KRW", f"converts at South Korea's rate ({ratio:.0f} won per {partner.unit})"
                southern_author = southern_author or raw.inner < 0
            else:
                raw.unit, raw.reason = "KPW", f"converts at {ratio:.0f} won per {partner.unit}"
    default = "KRW" if counts["KR"] and not counts["KP"] else "KPW"
    why = "the text speaks of South Korea alone" if default == "KRW" else "the text speaks of North Korea"
    for raw in won:
        if raw.unit:
            continue
        before = raws[by_place[id(raw)] - 1] if by_place[id(raw)] else None
        if (
            before is not None
            and before.unit == "CNY"
            and before.word == raw.word
            and before.start >= page.sentence(raw.start)[0]
        ):
            if "CNY" in raw.codes and before.low <= 12 * raw.low <= 144 * before.low:
                raw.unit, raw.reason = "CNY", "goes on from Chinese money in the same sentence"
                continue
        first, last = page.sentence(raw.start)
        around = page.low[max(first, raw.start - 200) : min(last, raw.end + 120)]
        south, north = bool(_SOUTHERN.search(around)), bool(_NORTHERN.search(around))
        if raw.low >= _LARGE and _HANGUL.match(raw.word or " ") and not north:
            raw.unit, raw.reason = "KRW", "too large for North Korean money"
        elif _told_south(page, raws, by_place[id(raw)]):
            raw.unit, raw.reason = "KRW", "the sentence names the South Korean won"
        elif southern_author and not north:
            raw.unit, raw.reason = "KRW", "another amount of the text converts at South Korea's rate"
        elif _SENDING.search(around) and not north and raw.low >= 100_000:
            raw.unit, raw.reason = "KRW", "money sent from South Korea"
        elif south and not north and default == "KPW" and not counts["KP"]:
            raw.unit, raw.reason = "KRW", "South Korea stands beside it"
        else:
            raw.unit, raw.reason = default, why


def _partner(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the figure in other money that this one is converted into, in or before parentheses."""
    raw = raws[place]
    if raw.inner >= 0 and raws[raw.inner].money and raws[raw.inner].unit not in ("", *_WON):
        return raws[raw.inner]
    before = raws[place - 1] if place else None
    if before is not None and before.money and before.unit in ("CNY", "USD", "JPY") and raw.start - before.end < 8:
        if _COPULA.match(page.low, before.end, raw.start) and raw.word and _HANGUL.match(raw.word):
            return before
    for other in raws[place + 1 : place + 3]:
        if other.inner == place and other.money and other.unit not in ("", *_WON):
            return other
    return None


def _converts_as_southern(page: Page, raws: list[Raw], place: int) -> bool:
    """Return whether a figure that says North Korean won is converted at South Korea's rate: the author's slip."""
    partner = _partner(page, raws, place)
    if partner is None or partner.unit not in _SOUTH or not partner.low:
        return False
    least, most = _SOUTH[partner.unit]
    return least <= raws[place].low / partner.low <= most


def _told_north(page: Page, raws: list[Raw], place: int) -> bool:
    """Return whether the same sentence has named the North Korean won before this figure."""
    first = page.sentence(raws[place].start)[0]
    return any(raw.start >= first and raw.unit == "KPW" and raw.told for raw in raws[max(0, place - 6) : place])


def _told_south(page: Page, raws: list[Raw], place: int) -> bool:
    """Return whether the same sentence has named the South Korean won, and only that, before a like figure."""
    first = page.sentence(raws[place].start)[0]
    before = [raw for raw in raws[max(0, place - 6) : place] if raw.start >= first and raw.money and raw.told]
    named = [raw for raw in before if raw.unit in _WON]
    return bool(named) and named[-1].unit == "KRW" and named[-1].low <= 30 * raws[place].low <= 900 * named[-1].low


def _own_rate(raws: list[Raw], least: int, most: int) -> bool:
    """Return whether the text itself states a rate of the North Korean won in these bounds."""
    return any(
        raw.money and raw.per in _SOUTH and "KPW" in raw.codes[:1] and least <= raw.low <= most and raw.inner < 0
        for raw in raws
    )


def _local(raws: list[Raw], counts: Counter[str]) -> str:
    """Return the money that the text's prices are in: its commonest that is no world currency."""
    used = Counter(raw.unit for raw in raws if raw.unit and raw.unit not in _FREE)
    if used:
        return used.most_common(1)[0][0]
    for country, _ in counts.most_common():
        home = _homes().get(country, ())
        if home and home[0] not in _FREE:
            return home[0]
    return ""
