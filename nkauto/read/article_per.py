"""What a price is for: per kilogram, per dollar, per month, found where the text puts it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from nkauto.core.range import plain
from nkauto.read import lexicon
from nkauto.read.article_raw import Raw
from nkauto.read.article_text import Page
from nkauto.read.article_words import alternatives, unit_at

TIME = ("minute", "hour", "day", "night", "week", "month", "year")
MASS = (
    "kg",
    "g",
    "t",
    "lb",
    "oz",
    "L",
    "mL",
    "gal",
    "barrel",
    "jin",
    "liang",
    "geun",
    "km",
    "m2",
    "mile",
    "pyeong",
    "kWh",
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that tells what the prices around it are for."""

    at: int
    end: int
    kind: str
    """``money`` (the price of a currency), ``mass``, ``time``, ``person``, ``item``, ``wage`` or ``thing``."""
    per: str
    subject: str = ""


# -- beside the figure -----------------------------------------------------------------------------------------

_LINK = re.compile(
    r"\s?(?:on average |each |apiece )?(?:/ ?|per |a |an |each |every |for (?:each |every |a |an |one |the |just |only )?|to (?:the |a |an |one |each |every )?|the |"
    r"against (?:the |a |one |each |every )?|in (?:a |one )(?:single )?|por (?:cada )?|al |el |la |pro |je |das |der )(?=[^\s])"
)
_OF_GOODS = re.compile(r" of [a-z]+(?: [a-z]+)?(?= (?:a|per|each|every) )")
_NOT_PER = re.compile(r"\s(?:ago|earlier|before|later|after|prior|previously|old|long|or so ago|on\b(?! average))")
_NUMBER = re.compile(r"(?:([0-9][0-9,]*)|(two|three|four|five|six|ten|twelve|hundred))[ -]?")
_SMALL = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "twelve": 12, "hundred": 100}
_WHOLE = re.compile(
    r"\s?(daily(?! nk)|weekly|monthly|yearly|annually|hourly|a head|a day|a month|a year|a week|an hour|per capita|mensual(?:es)?|al mes|monatlich|im monat)(?![a-z])"
)
_WHOLES = {
    "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year", "hourly": "hour",
    "a head": "person", "per capita": "person", "a day": "day", "a month": "month", "a year": "year", "a week": "week",
    "an hour": "hour", "mensual": "month", "mensuales": "month", "al mes": "month", "monatlich": "month", "im monat": "month",
}  # fmt: skip
_BRACKET = re.compile(r"\s?\([^()\n]{0,70}\)")
_EAST_LINK = re.compile(r"\s?(?:/|每一?|一|1\s?|毎|\((?=(?:1\s?)?(?:kg|キロ|公斤|リットル|ℓ|㎏))(?:1\s?)?)(?=[^\s])")
_EQUALS_ONE = re.compile(r"\s?(?:=|＝|は|が|等于|对|對|兑|:)\s?(?:1|一|one|a)\s?(?=[^\s0-9])")

_EQUALS_DOLLAR = re.compile(r"\s?=\s?(?:us)?\$\s?1(?![0-9]|[.,][0-9])")


def explicit(page: Page, raw: Raw) -> tuple[str, int] | None:
    """Return the denominator that stands right behind the figure, or behind its conversion in parentheses, and its end.

    It is empty for "a bottle", "each": a price that is for one of something that is not measured.
    """
    low = page.low
    at = raw.end
    goods = _OF_GOODS.match(low, at) if raw.kind == "measure" else None
    if goods is not None:
        at = goods.end()
    for _ in range(2):
        found = _denominator(page, at, raw)
        if found is not None:
            return found
        bracket = _BRACKET.match(low, at)
        if bracket is None:
            closing = re.compile(r"[^()\n]{0,40}\)").match(low, at) if raw.inner >= 0 else None
            if closing is None:
                return None
            at = closing.end()
        else:
            at = bracket.end()
    return None


def _denominator(page: Page, at: int, raw: Raw) -> tuple[str, int] | None:
    low = page.low
    whole = _WHOLE.match(low, at)
    if whole is not None and not _NOT_PER.match(low, whole.end()):
        return _WHOLES[whole.group(1)], whole.end()
    dollar = _EQUALS_DOLLAR.match(low, at)
    if dollar is not None and raw.money:
        return "USD", dollar.end()
    equal = _EQUALS_ONE.match(low, at)
    if equal is not None and raw.money:
        return _named(page, equal.end(), Decimal(1), money_only=True)
    for pattern in (_LINK, _EAST_LINK):
        link = pattern.match(low, at)
        if link is None:
            continue
        start = link.end()
        count = Decimal(1)
        number = _NUMBER.match(low, start)
        word = link.group().strip()
        if number is not None:
            count = Decimal(number.group(1).replace(",", "")) if number.group(1) else Decimal(_SMALL[number.group(2)])
            start = number.end()
            if word in ("to", "in", "in a", "the", "to the") and count != 1:
                continue
        elif word == "for" and low[link.end() - 2] == "r" and low[start : start + 1].isalpha():
            continue
        found = _named(page, start, count, money_only=word.startswith(("to", "against")), loose=word == "the")
        if found is not None:
            return found
    return None


def _named(
    page: Page, start: int, count: Decimal, *, money_only: bool = False, loose: bool = False
) -> tuple[str, int] | None:
    """Return the denominator that the word here names, with its number when that is not one."""
    low = page.low
    sign = re.compile(r"(?:us)?\$\s?(?:1(?![0-9.,]))?(?![0-9])").match(low, start)
    if sign is not None:
        return "USD", sign.end()
    unit = unit_at(page.plain, low, start)
    if unit is None or unit.start > start + 1:
        return None
    entry = unit.entry("unit", "counter", "currency")
    if entry is None:
        return None
    currency = unit.entry("currency")
    if currency is not None and (entry.kind == "currency" or money_only):
        name = currency.meaning.split()[0]
        if name in ("GBP",) and unit.entry("unit") is not None and not money_only:
            name = "lb"
    elif money_only:
        return None
    else:
        name = entry.meaning
    if name == "each":
        return ("", unit.end) if count == 1 else None
    if name in ("%", "x", "KPW", "KRW") or " " in name:
        return None
    if name in TIME and (_NOT_PER.match(low, unit.end) or loose):
        return None
    if count != 1:
        return (f"{plain(count):f} {name}s" if name in TIME else f"{plain(count):f} {name}"), unit.end
    return name, unit.end


# -- around the figure -----------------------------------------------------------------------------------------

GRAIN = frozenset("rice maize wheat flour soybean potato pork gasoline diesel fuel".split())


@cache
def _cues() -> re.Pattern[str]:
    """Return the pattern of words that tell what a price is for."""
    items = lexicon.words("item")
    west = "|".join(re.escape(word) for word in sorted((w for w in items if w[0] < "\u2e7f"), key=len, reverse=True))
    east = alternatives(
        [
            word
            for word in items
            if word[0] > "\u2e7f"
            and word not in ("금", "게", "밀", "金", "油", "米", "肉", "고기", "糖", "빵", "盐", "塩")
        ]
    )
    money = r"(?:dollars?|yuan|renminbi|rmb|euros?|yen|greenback|us\$|usd|cny|eur|mlc|cuc)"
    return re.compile(
        rf"(?<![a-z])(?:(?:a|an|one|the|each|per|every|single)\s(?:(?:u\.s\.|[a-z-]{{2,12}})\s)?(?P<m1>{money})(?![a-z])(?!\s(?:store|shop|bill|note|econom|market|price|earn|curren|remit|amount|value|zone|figure))"
        rf"|(?P<m2>{money})\s(?=trade|trading|sell|sold|cost|rose|fell|was|were|is|at|exchang|went|chang|stood|rate|fetch|bought|hit|climb|reach|jump|drop|surg|soar|had|price|in (?:pyong|sinu|hye))"
        r"|(?P<rate>exchange rates?|conversion rate|(?:black|parallel|street|informal|unofficial|official)(?:[- ]market)? rate)"
        r"|(?:a|one|per|each|1|the|every|by the)\s?(?P<m3>kilo(?:gram(?:me)?)?|kg|lit(?:re|er)|gallon|(?<!the )pound|ton(?:ne)?|kilomet(?:er|re)|km|mile|minute)(?![a-z])"
        r"|(?:el|un|cada|por|al|der|dem|den|ein|pro|je|einen)\s(?:us-)?(?P<m7>d[óo]lar|dollar|euro|yuan)(?![a-z])"
        r"|(?:el|la|un|una|cada|por|ein|eine|einen|pro|je|der|das)\s(?P<m8>kilo(?:gramo|gramm)?|libra|litro|liter|tonne|gal[óo]n)(?![a-z])"
        r"|(?P<wage>wages?|salar(?:y|ies)|pensions?|monthly (?:pay|income|earnings)|paid monthly)(?![a-z])"
        r"|(?P<time>daily|weekly|monthly|yearly|annual|nightly|hourly|(?:a|per|each|every) (?:day|month|week|night)(?! (?:ago|earlier|later|before|after|prior)))(?![a-z])"
        r"|(?P<thing>licen[cs]es?|cars?|bikes?|bicycles?|phones?|handsets?|sim cards?|apartments?|houses?|tickets?|bottles?|beers?|cigarettes?|shoes?|coats?|jumpers?|shirts?|plates?|bribes?|fines?|fees?|passports?|laptops?|computers?|televisions?|tvs?|cakes?|bags?|haircuts?|trucks?|motorcycles?|sacks?|cartons?|cans?|tins?|boxe?s?|jars?|packets?|packs?|cylinders?|cups?|glass(?:es)?|bowls?|loaf|loaves|meals?)(?![a-z])"
        rf"|(?P<item>{west})(?![a-z]))"
        r"|(?P<m4>달러|위안화?|엔화|유로화?|美元|人民币|人民元|中国元|ドル|ユーロ|元(?=の|は|が|も|レート))\s?(?=는|은|이|가|의|당|화|값|환율|시세|대비|が|は|の|も|に対|あたり|当たり|兑|对|汇率|=|レート|相場|也|跌|涨)"
        r"|[対对對대](?P<m9>ドル|元|人民元|美元|人民币|달러|위안)"
        r"|(?P<east_rate>환율(?!로|대로|에|을|를)|(?:為替|実勢|交換)?レート(?!で|を)|[汇匯]率(?!折|计|换|算|约|,|,|来))"
        r"|(?P<m5>kg|㎏|킬로(?:그램)?|ℓ|리터|キロ(?:グラム)?|㌔|公斤|斤|リットル|升|km|㎞)(?=당|에|마다|あたり|当たり|につき|で|\)|の|가격|기준|\s당|ごと)"
        r"|(?:每|一)(?P<m6>公斤|斤|吨|升|千克|キロ|公里|分钟|小时|千米)"
        r"|(?P<east_wage>한\s?달\s?(?:수입|생활비|벌이|소득|지출|월급)|월\s?(?:수입|소득|급여)|월급|임금|생활비|로임|노임|봉급|月給|賃金|給料|月収|月薪|工资|工資|薪水|월수입|월소득|연금|年金|退休金|养老金|養老金)"
        r"|(?P<east_time>매달|매월|한\s?달에|월평균|하루에?|(?<![월月0-9])(?<![월月] )1일|일당|매일|(?<![0-9月])1日(?=[0-9約])|(?<![0-9])월\s?(?=약?\s?[0-9])|(?<![0-9一二三四五六七八九十个個])月(?=[约約]?[0-9])|每月|一天|一个月(?!的?工)|一個月|每天|每日|每晚|每年|毎月|毎日|一日|(?<![0-9一二三四五六七八九十])月に|(?<![0-9一二三四五六七八九十])日に|연간)"
        r"|(?P<east_person>1인당|인당|一人当たり|1人当たり|人均|每人|한 사람당|1명당)"
        r"|(?P<east_thing>면허증?|승용차|자동차|자전거|손전화|휴대전화|스마트폰|아파트|맥주|담배|신발|벌금|뇌물|冷蔵庫|パソコン|自転車|免許|携帯電話|スマホ|手机|洗发水|化妆品|香水|啤酒|地铁票|票价|罚款|驾照)"
        rf"|(?P<east_item>{east})"
    )


_TRAVEL = re.compile(r"タクシー|走行|距離|택시|주행|거리")
"""Words beside which キロ and 킬로 are kilometres."""


def travels(page: Page, raw: Raw) -> bool:
    """Return whether キロ or 킬로 stands beside words for driving, so that it is the kilometre."""
    return _TRAVEL.search(page.low, max(0, raw.start - 80), raw.end + 40) is not None


_MONEY_WORDS = {
    "dollar": "USD", "dollars": "USD", "us$": "USD", "usd": "USD", "greenback": "USD", "달러": "USD", "美元": "USD", "ドル": "USD",
    "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "cny": "CNY", "위안": "CNY", "위안화": "CNY", "人民币": "CNY", "人民元": "CNY",
    "中国元": "CNY", "元": "CNY", "euro": "EUR", "euros": "EUR", "eur": "EUR", "유로": "EUR", "유로화": "EUR", "ユーロ": "EUR", "yen": "JPY",
    "엔화": "JPY", "mlc": "MLC", "cuc": "CUC", "dólar": "USD", "dolar": "USD",
}  # fmt: skip
_TIME_WORDS = {
    "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year", "nightly": "night", "hourly": "hour",
    "매달": "month", "매월": "month", "한 달에": "month", "한달에": "month", "월평균": "month", "하루에": "day", "하루": "day", "1일": "day",
    "일당": "day", "매일": "day", "每月": "month", "每天": "day", "每日": "day", "每晚": "night", "每年": "year", "毎月": "month", "毎日": "day",
    "一日": "day", "1日": "day", "一天": "day", "一个月": "month", "一個月": "month", "월": "month", "月": "month", "月に": "month", "日に": "day", "연간": "year",
}  # fmt: skip
_MASS_WORDS = {
    "kilo": "kg", "kilogram": "kg", "kilogramme": "kg", "kg": "kg", "litre": "L", "liter": "L", "gallon": "gal", "pound": "lb",
    "ton": "t", "tonne": "t", "㎏": "kg", "킬로": "kg", "킬로그램": "kg", "ℓ": "L", "리터": "L", "キロ": "kg", "キログラム": "kg", "㌔": "kg",
    "公斤": "kg", "千克": "kg", "斤": "jin", "リットル": "L", "升": "L", "吨": "t", "kilometer": "km", "kilometre": "km", "km": "km", "㎞": "km", "公里": "km",
    "千米": "km", "mile": "mile", "minute": "minute", "分钟": "minute", "小时": "hour", "kilogramo": "kg", "kilogramm": "kg",
    "libra": "lb", "litro": "L", "galón": "gal", "galon": "gal",
}  # fmt: skip


def cues(page: Page, start: int, end: int) -> list[Cue]:
    """Return the words of a stretch of text that tell what prices are for, in order."""
    found = []
    for match in _cues().finditer(page.low, start, end):
        group = str(match.lastgroup)
        word = match.group(group)
        kind = group.removeprefix("east_")
        if group in ("m1", "m2", "m4", "m7", "m9"):
            code = _MONEY_WORDS[word]
            found.append(Cue(match.start(), match.end(), "money", code, code))
        elif group in ("m3", "m5", "m6", "m8"):
            per = _MASS_WORDS[word]
            if word in ("キロ", "킬로", "kilo") and _TRAVEL.search(page.low, start, end):
                per = "km"
            found.append(Cue(match.start(), match.end(), "mass", per))
        elif kind == "rate":
            found.append(Cue(match.start(), match.end(), "rate", ""))
        elif kind == "wage":
            found.append(Cue(match.start(), match.end(), "wage", "month", "wage"))
        elif kind == "time":
            found.append(Cue(match.start(), match.end(), "time", _TIME_WORDS.get(word.strip()) or word.split(" ")[-1]))
        elif kind == "person":
            found.append(Cue(match.start(), match.end(), "person", "person"))
        elif kind == "thing":
            found.append(Cue(match.start(), match.end(), "thing", ""))
        else:
            item = lexicon.words("item")[word][0].meaning
            if item == "wage":
                found.append(Cue(match.start(), match.end(), "wage", "month", item))
            elif lexicon.words("item")[word][0].detail in MASS:
                found.append(Cue(match.start(), match.end(), "item", "kg", item))
            else:
                found.append(Cue(match.start(), match.end(), "thing", "", item))
    found = [
        cue
        for place, cue in enumerate(found)
        if not (
            cue.kind == "item" and place and found[place - 1].kind == "thing" and cue.at - found[place - 1].end == 4
        )
    ]
    named = [cue for cue in found if cue.kind == "money"]
    return [
        cue
        for cue in found
        if cue.kind != "rate" or not any(abs(cue.at - m.end) < 4 or abs(m.at - cue.end) < 9 for m in named)
    ]
