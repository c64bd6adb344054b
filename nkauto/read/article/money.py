"""Which yuan, which dollar, which pound: the currency of each figure, from what the whole text says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.bare_rates import UNTOLD, money_of_rate
from nkauto.read.article.beside import MASS, explicit
from nkauto.read.article.nations import Witnesses, homes
from nkauto.read.article.prose import compiled
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page
from nkauto.read.article.won import settle_won
from nkauto.read.article.won_rates import SOUTH

_KANA = re.compile(r"[ぁ-ヿ]")
_SIGNED = {"CN": "CNY", "JP": "JPY"}
_BESIDE = 60
_BRACKETED = re.compile(r"([a-z]+)\s?[(\[]$")
_USUAL = frozenset(("USD", "CNY", "KPW"))
"""What the words for it mean unless they are told to mean other money."""

_YEARS = re.compile(r"(?<![0-9])(?:19[9]|20[0-3])[0-9](?![0-9])")
_INDIAN = re.compile(r"(?<![0-9,])[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9,])|[0-9] (?:lakh|crore)s?(?![a-z])")
_SAMPLE = 200_000
_WORLD = frozenset(("KRW", "CHF", "CUC", *SOUTH))
_PESOS = (("AR", "ARS"), ("MX", "MXN"), ("CL", "CLP"), ("CO", "COP"), ("UY", "UYU"), ("CU", "CUP"))
_PEGS = frozenset(map(Decimal, ("4.3", "6.3", "10", "12")))
_DEAR = 1000
"""From what on a rate of the yuan tells its prices from prices in yuan: nobody pays 16,800 yuan for a kilogram."""
_ALIKE, _LISTED = Decimal("1.5"), 60
_PEGGED = 2016
"""Official rates of the dollar between 2010 and 2016: a text that tells one of them speaks of the old bolivar."""

_STRUCK_OFF = 50
"""How many times the largest sum of a new money a sum is that is of the old one."""

_HUGE = Decimal(10) ** 9
_OWN_LEAST = 50
"""From what on bare dollars are the country's own, where the text shows that such dollars are meant."""
_DEAR_LITRE = 100
_EXCHANGED = r"(?<![a-z])\$\s?[0-9.,]+\s?(?:[:=]|{base_before})\s?us\$\s?1(?![0-9.,])|us\$\s?1\s?[:=]\s?\$"
_DOLLAR_AT = r"dollar\s(?:[a-z]+\s){1,5}\$\s?[0-9]"


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What a text says of money: countries and currencies by how often they are named, and the last year it names."""

    page: Page
    countries: Counter[str]
    named: Counter[str]
    year: int
    mentions: list[tuple[int, str]]
    witnesses: Witnesses
    sovereign: Decimal
    """The largest sum that is named to be of the bolivar of 2018."""
    own_dollars: bool
    """Whether bare dollars are exchanged for American ones, or a litre costs more than it can in these."""


@cache
def _shared_names() -> frozenset[str]:
    """Return the first currencies of the words that name several, none of them the usual one: pounds, pesos."""
    entries = [entry for entries in lexicon.words("currency").values() for entry in entries]
    return frozenset(entry.meaning.split()[0] for entry in entries if entry.detail == "ask")


def settle_money(page: Page, raws: list[Raw], mentions: list[tuple[int, str]]) -> bool:
    """Give each money figure its ISO code, with the reason; return whether the text speaks of North Korea.

    A currency that the words name is taken; else one named elsewhere in the text, the country named last before
    the figure, the country of the text, the usual meaning of the word. A code that cannot be told stays empty.
    """
    money = [raw for raw in raws if raw.money]
    for place, raw in enumerate(money):
        if raw.rate and not raw.codes:
            raw.codes = money_of_rate(page, money, place)
    countries = Counter(country for _, country in mentions)
    if mentions and not countries["KP"]:
        _free_old_and_new(page, money)
    countries["KP"] += sum(raw.told and raw.codes[0] in ("KPW", "KPW-OLD") for raw in money)
    named = Counter(raw.codes[0] for raw in money if raw.told)
    year = max(map(int, _YEARS.findall(page.low[:_SAMPLE])), default=0)
    if not year and any("VEF" in raw.codes and raw.low == raw.high and raw.low in _PEGS for raw in money):
        year = _PEGGED
    new = max((raw.high for raw in money if raw.codes == ("VES",) and not raw.one), default=Decimal(0))
    doubtful = any(len(raw.codes) > 1 and raw.codes[0] not in _USUAL for raw in money)
    places = Witnesses(page, raws, mentions) if doubtful else Witnesses(page, [], [])
    own = _has_own_sign(page) or _dear(page, money)
    evidence = _Evidence(page, countries, named, year, mentions, places, new, own)
    for raw in money:
        if _weighed_again(page, raw):
            raw.kind, raw.unit, raw.codes = "measure", "lb", ()
        elif raw.told:
            old = raw.codes[0] == "KPW-OLD"
            raw.unit = "KPW" if old else raw.codes[0]
            raw.reason = "named: the won before December 2009" if old else "named"
        elif raw.codes and not {"KPW", "KRW"} <= set(raw.codes[:2]):
            raw.unit, raw.reason = _among(evidence, raw)
            weighed = not raw.unit and raw.word in lexicon.words("unit")
            if weighed and (not raw.word.isascii() or any(other.unit == "lb" for other in raws)):
                raw.kind, raw.unit, raw.codes = "measure", "lb", ()
    same = {raw.codes: raw.unit for raw in money if raw.unit and not raw.told and len(raw.codes) > 1}
    if any(raw.unit == "SUR" for raw in money):  # Moscow is named in Soviet times too
        same |= {codes: "SUR" for codes in same if "SUR" in codes}
    for raw in money:
        if raw.codes in same and (not raw.unit or same[raw.codes] == "SUR"):
            raw.unit, raw.reason = same[raw.codes], "as its name means elsewhere in the text"
    if countries["KP"]:
        _settle_exchanged(page, raws)
        _settle_redenominated(page, raws, named)
    settle_won(page, raws, countries)
    for raw in money:
        like = raw.like
        if like is not None and like.money and like.codes == raw.codes and {raw.unit, like.unit} == {"KPW", "KRW"}:
            raw.unit, raw.reason = like.unit, like.reason
    local = _local(money, countries)
    for raw in money:
        if raw.money and not raw.codes:
            raw.unit, raw.reason = local, "the text's own money" if local else "the currency cannot be told"
    return bool(countries["KP"]) or any(raw.unit == "KPW" for raw in money)


def _weighed_again(page: Page, raw: Raw) -> bool:
    """Return whether pounds in a bracket say a weight again: 910 grams (2 pounds), a kilo [2.2 pounds]."""
    if "GBP" not in raw.codes or raw.told:
        return False
    outer = raw.outer
    if outer is not None and outer.kind == "measure" and outer.unit in MASS:
        return True
    named = _BRACKETED.search(page.low, max(0, raw.start - _BESIDE), raw.start)
    entries = lexicon.words("unit").get(named.group(1), ()) if named is not None else ()
    return any(entry.meaning in MASS for entry in entries)


def _free_old_and_new(page: Page, money: list[Raw]) -> None:
    """Let "old notes" and "new money" be of whatever country a text without North Korea speaks of."""
    for raw in money:
        word = raw.word or page.low[max(0, raw.start - 5) : raw.start]
        if raw.codes[:1] in (("KPW",), ("KPW-OLD",)) and compiled("{anyones_money}").search(word):
            raw.codes = ()


def _has_own_sign(page: Page) -> bool:
    """Return whether bare dollars are exchanged for American ones: ``$180 for US$1``, or the dollar is at ``$373``."""
    return any(compiled(each).search(page.low, 0, _SAMPLE) is not None for each in (_EXCHANGED, _DOLLAR_AT))


def _dear(page: Page, money: list[Raw]) -> bool:
    """Return whether a litre or a kilogram costs a hundred dollars or more."""
    for raw in money:
        if len(raw.codes) > 1 and raw.codes[0] == "USD" and raw.low >= _DEAR_LITRE:
            told = explicit(page, raw)
            if told is not None and told[0] in ("L", "kg"):
                return True
    return False


def _settle_exchanged(page: Page, raws: list[Raw]) -> None:
    """Give the other side of an exchange of named Chinese money its own, and sums of its size: 1元人民币换4200元."""
    rate = None
    for place, raw in enumerate(raws):
        before = page.low[max(0, raw.start - 6) : raw.start]
        if raw.unit != "CNY" or raw.told or "KPW" not in raw.codes:
            continue
        near = raws[max(0, place - 6) : place]
        base = any(
            o.one and o.told and o.unit == "CNY" and page.sentence(o.start) == page.sentence(raw.start) for o in near
        )
        if base and raw.low > 1 and compiled("(?:{exchanged})约?$").search(before):
            raw.unit, raw.reason, rate = "KPW", "what Chinese money is exchanged for", raw
        elif rate is not None and compiled("(?:{fell})约?$").search(before) and rate.low > 5 * raw.high:
            raw.unit, raw.reason = "KPW", rate.reason
    for raw in raws:
        own = rate is not None and raw.unit == "CNY" and not raw.told and "KPW" in raw.codes
        if own and rate is not None and rate.low >= _DEAR and raw.low * 2 >= rate.low:
            raw.unit, raw.reason = "KPW", "of the size of what Chinese money is exchanged for"
    _settle_listed(page, raws)


def _settle_listed(page: Page, raws: list[Raw]) -> None:
    """Give a bare sum beside one in named North Korean money, and of its size, the same: 435元朝币,元山440元."""
    last: Raw | None = None
    for raw in raws:
        if not raw.money or raw.one:
            continue
        if raw.unit == "KPW" and raw.codes:
            last = raw
        elif raw.unit == "CNY" and raw.told:
            last = None if last is not None and _is_near(raw, last) else last
        elif last is not None and raw.unit == "CNY" and "KPW" in raw.codes:
            apart = page.low[last.end : raw.start]
            moved = compiled("(?:{fell}|{gap_is})大?约?$").search(page.low, max(0, raw.start - 8), raw.start)
            if len(apart) <= _LISTED and (_is_near(raw, last) or (moved is not None and raw.high * 5 < last.low)):
                raw.unit, raw.reason = "KPW", "beside a sum of its size in named North Korean money"
                last = last if moved is not None else raw


def _is_near(raw: Raw, other: Raw) -> bool:
    """Return whether two sums are of one size."""
    return other.low <= raw.low * _ALIKE and raw.low <= other.low * _ALIKE


def _settle_redenominated(page: Page, raws: list[Raw], named: Counter[str]) -> None:
    """Give the yuan of a text on North Korea's exchange of notes to the won, where no Chinese money is named."""
    if named["CNY"] or compiled("{old_new}").search(page.low) is None:
        return
    for raw in raws:
        if raw.unit == "CNY" and not raw.told and "KPW" in raw.codes:
            raw.unit, raw.reason = "KPW", "the text tells of an exchange of notes"


def _among(evidence: _Evidence, raw: Raw) -> tuple[str, str]:
    """Return the likeliest of several currencies, and why."""
    codes, counts, named = raw.codes, evidence.countries, evidence.named
    sign = evidence.page.low[raw.start : raw.digits].strip().rpartition(" ")[2] or raw.word[:1]
    if sign == "¥":
        return _yen_or_yuan(evidence, raw)
    if codes[0] == "USD":
        return _dollar(evidence, raw, sign)
    if sign == "£":
        other = next((code for code in codes[1:] if named[code] and raw.low >= 100), "")
        return (other, "named elsewhere in the text") if other else ("GBP", "usual meaning of the sign")
    if codes[0] == "CNY":
        if named["TWD"] and counts["TW"] > counts["CN"]:
            return "TWD", "named elsewhere in the text"
        return "CNY", "usual meaning of the word"
    if "VEF" in codes and named["VES"] and raw.low > _STRUCK_OFF * evidence.sovereign > 0:
        return "VEF", "far more than any sum of the new bolivar"
    told = evidence.witnesses.tell(raw)
    if told is not None:
        return _dated(told[0], evidence.year), told[1]
    if "INR" in codes and _INDIAN.search(evidence.page.low, 0, _SAMPLE):
        return "INR", "the text groups its numbers by the lakh"
    if codes[0] in _shared_names():
        return "", "several currencies have this name"
    return _dated(codes[0], evidence.year), "usual meaning of the word"


def _dated(code: str, year: int) -> str:
    """Return the code that was valid in a year: bolivars and Zimbabwe dollars changed theirs."""
    if code in ("VES", "VEF"):
        return "VEF" if 2008 <= year <= 2018 else "VES"
    if code == "RSD" and 1990 <= year <= 2002:
        return "YUD"
    if code in ("ZWD", "ZWL"):
        return "ZWL" if year >= 2018 else "ZWD"
    return code


def _yen_or_yuan(evidence: _Evidence, raw: Raw) -> tuple[str, str]:
    counts, named = evidence.countries, evidence.named
    first, last = evidence.page.sentence(raw.start)
    here = [(abs(at - raw.start), code) for at, code in evidence.mentions if first <= at < last and code in _SIGNED]
    if here and min(here)[0] < _BESIDE:
        return _SIGNED[min(here)[1]], "the country named beside it"
    if _KANA.search(evidence.page.low, 0, _SAMPLE):
        return "JPY", "the text is Japanese"
    if named["CNY"] > named["JPY"] or counts["CN"] > counts["JP"]:
        return "CNY", "the text speaks of yuan or China"
    if named["JPY"] or counts["JP"]:
        return "JPY", "the text speaks of yen or Japan"
    return "CNY", "usual meaning of the sign beside North Korea"


def _dollar(evidence: _Evidence, raw: Raw, sign: str) -> tuple[str, str]:
    """Return which dollar or peso a bare ``$`` or "dollars" is."""
    counts, named = evidence.countries, evidence.named
    if counts["ZW"] and (named["ZWD"] or named["ZWL"]) and named["USD"] and raw.low >= 10_000:
        return "ZWD", "the text writes US$ for the other"
    if counts["ZW"] and raw.low >= 1000 and compiled(r"[ -]{banknote}").match(evidence.page.low, raw.end):
        return "ZWD", "a banknote too large for another dollar"
    if counts["ZW"] and raw.low >= _OWN_LEAST and (evidence.own_dollars or (named["ZWD"] and named["USD"])):
        return "ZWD", "too dear for another dollar"
    if counts["ZW"] and raw.low >= _HUGE:
        return "ZWD", "too large for another dollar"
    if sign == "$" and ("es" in evidence.page.languages or (evidence.own_dollars and raw.low >= _OWN_LEAST)):
        country, code = max(_PESOS, key=lambda each: counts[each[0]])
        if counts[country]:
            return code, "the sign of the country's own money"
    return "USD", "usual meaning of the word"


def _local(money: list[Raw], countries: Counter[str]) -> str:
    """Return the money that the text's prices are in: its commonest that is no world currency."""
    used = Counter(raw.unit for raw in money if raw.unit and raw.unit not in _WORLD)
    if used:
        return used.most_common(1)[0][0]
    likeliest = (homes()[country] for country, often in countries.most_common() if often and country in homes())
    home = next((home[0] for home in likeliest if home[0] not in _WORLD), "")
    named = Counter(raw.unit for raw in money if raw.unit and raw.unit not in UNTOLD)
    return home or (named.most_common(1)[0][0] if named else "")
