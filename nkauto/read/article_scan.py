"""A page -> its raw figures in order, and the countries that it names: one walk over the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from nkauto.read import lexicon
from nkauto.read.article_dates import address_at, date_at_digits, date_at_month, date_at_numeral
from nkauto.read.article_multiples import east_asian_word, multiple_fits, multiple_word, one_in, rate_ratio, ratio_at
from nkauto.read.article_numbers import single, written
from nkauto.read.article_partitive import so_many_of_ten
from nkauto.read.article_ranges import range_at
from nkauto.read.article_raw import Raw
from nkauto.read.article_shared import of_family
from nkauto.read.article_text import Page
from nkauto.read.article_vague import half_of, neighbours, vague
from nkauto.read.article_words import unit_at
from nkauto.read.prose import alternatives, compiled

_OTHER_MEANING = frozenset(
    (
        "once",
        "elf",
        "die",
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "un",
        "una",
        "uno",
        "acht",
        "null",
        "media",
        "como",
        "the",
    )
)
"""Number words of one language that are commoner words of another."""

_UNTOLD = ("several", "dozens", "scores", "tens", "hundreds", "thousands", "millions", "billions", "trillions", "few")
_STANDALONE = ("하나", "둘", "셋", "넷", "열하나", "열둘")
_EAST = "\u2e7f"
_PHRASES = tuple(re.compile(rf"[a-zà-ÿ]+(?:[ -][a-zà-ÿ]+){{{more}}}(?![a-zà-ÿ])") for more in (3, 2, 1, 0))
_FORMAL = "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"
"""Numerals as banks and cheques write them: 伍仟元; one alone is a common word."""

_LARGE = 1000
"""From what on a number in East Asian numerals may have its unit from its neighbours: 人口兩千多萬."""

_LARGE_WORDS = 100
"""From what on a number in words needs no unit behind it and opens no fraction: five hundred."""

_OWNED = re.compile(r"[a-z]+(?:[ -][a-z]+)? of an? (?:day|week|month|year)['’]s ")
"""A share of what a length of time brings, not of the time: "a quarter of a year's income"."""

_LONE_NUMERALS = frozenset("一十千万百两兩")


@dataclass(frozen=True, slots=True)
class Scan:
    """What one walk over a page found: raw figures in order; where countries are named."""

    raws: list[Raw]
    countries: list[tuple[int, str]]


class _Opening(NamedTuple):
    """What a word of a Latin script may open: roles by their first letters, and countries by their whole names."""

    roles: str
    countries: tuple[tuple[str, str], ...]


@cache
def _openings(languages: frozenset[str]) -> Mapping[str, _Opening]:
    """Return what each first word may open: c(ountry), m(onth, multiple), f(raction), n(umber), v(ague), a(ddress)."""
    roles: dict[str, str] = dict.fromkeys(("http", "https", "www"), "a")
    countries: dict[str, dict[str, str]] = {}
    for kind in ("country", "month", "multiple", "fraction", "number", "multiplier"):
        for word, entries in lexicon.words(kind).items():
            everywhere = kind in ("country", "month")
            first = re.split(r"[ -]", word)[0].rstrip(".")
            if not everywhere and not any(entry.language in languages for entry in entries):
                continue
            if not re.fullmatch(r"[a-zà-ÿ]{2,}|a", first) or (first in _OTHER_MEANING and kind != "fraction"):
                continue
            if kind == "multiplier" and first == "a":
                continue
            roles[first] = roles.get(first, "") + ("n" if kind == "multiplier" else kind[0])
            if kind == "country":
                countries.setdefault(first, {})[word] = entries[0].meaning
    for word in _UNTOLD:
        roles[word] = roles.get(word, "") + "v"
    longest_first = {first: sorted(named.items(), key=lambda each: -len(each[0])) for first, named in countries.items()}
    return {first: _Opening(role, tuple(longest_first.get(first, ()))) for first, role in roles.items()}


@cache
def _walk() -> re.Pattern[str]:
    """Return the pattern of every place where a figure or a country may start."""
    known = [
        word
        for kind in ("fraction", "multiple")
        for word in lexicon.words(kind)
        if word[0] > _EAST and len(word) > 1 and not word[0].isdigit()
    ]
    numbers = [word for word, entries in lexicon.words("number").items() if word[0] > _EAST and entries[0].meaning]
    native = [word for word in numbers if "가" <= word[0] <= "힣" and word not in _STANDALONE]
    known += [word for word in numbers if not "가" <= word[0] <= "힣"]
    countries = [word for word in lexicon.words("country") if word[0] > _EAST]
    counted = "원|달러|위안|엔|유로|명|%|퍼센트|개월|배|km|kg|톤|루블|센트|만|천|억"
    return re.compile(
        r"(?P<digit>[0-9][0-9.,]*)"
        r"|(?P<word>[a-zà-ÿ]+)"
        rf"|(?P<country>{alternatives(countries)})"
        rf"|(?P<known>{alternatives(known)})"
        r"|(?P<half>半)"
        r"|(?P<vague>[数數几幾][十百千万億亿萬]{0,4}|[何上][十百千万億]+|十[数几][万亿億]?|수[십백천만억]+|몇[십백천만]*)"
        rf"|(?P<han>[一二三四五六七八九十百千万萬億兆亿两兩〇零]+|[{_FORMAL}][{_FORMAL}万萬億亿零]+)"
        rf"|(?<![가-힣0-9])(?P<native>{alternatives(native)})(?=\s?[가-힣a-z㎏%])(?!(?<=세)대|월|계|상|력)"
        rf"|(?<![가-힣0-9])(?P<hangul>[일이삼사오육륙칠팔구십백천만억]{{1,7}})"
        rf"(?=여?\s?(?:{counted})|(?<=[천만]) [0-9]{{1,4}}\s?(?:{counted}))"
    )


def scan(page: Page) -> Scan:
    """Return the raw figures of the page and the countries it names."""
    raws: list[Raw] = []
    countries: list[tuple[int, str]] = []
    openings = _openings(page.languages)
    named = lexicon.words("country")
    done = 0
    for match in _walk().finditer(page.low):
        if match.start() < done:
            continue
        kind = match.lastgroup
        floor = raws[-1].end if raws else 0
        if kind == "country":
            countries.append((match.start(), named[match.group()][0].meaning))
            continue
        if kind == "word":
            opening = openings.get(match.group())
            if opening is None:
                continue
            raw, after = _at_word(page, match, opening, countries, raws, floor)
        else:
            raw, after = _at_number(page, match, str(kind), floor)
        if raw is not None:
            raws.append(raw)
            after = raw.end
        done = max(done, after)
    return Scan(raws, countries)


def _at_word(
    page: Page,
    match: re.Match[str],
    opening: _Opening,
    countries: list[tuple[int, str]],
    raws: list[Raw],
    floor: int,
) -> tuple[Raw | None, int]:
    """Return the figure that this Latin word opens, or else where the date or name that it opens ends."""
    roles, names = opening
    low, at = page.low, match.start()
    if at and low[at - 1] in "'’":
        return None, 0
    if roles == "a":
        return None, address_at(low, at)
    for name, country in names:
        if low.startswith(name, at) and not low[at + len(name) : at + len(name) + 1].isalpha():
            countries.append((at, country))
            return None, at + len(name)
    if "m" in roles and (date := date_at_month(low, at)):
        return None, date
    raw = vague(page, at) if "v" in roles else _one_of_money(page, at) if low.startswith("a ", at) else None
    raw = raw or one_in(page, at)
    if raw is not None:
        return raw, raw.end
    found, owned = None, False
    if "n" in roles or "f" in roles:
        found = _measured(page, at, floor)
        owned = found is not None and found.kind == "measure" and found.low < 1 and _OWNED.match(low, at) is not None
        if (
            found is not None
            and not owned
            and (found.kind != "bare" or found.low >= _LARGE_WORDS or of_family(low, at))
        ):
            return found, found.end
    if low.startswith("a quarter", at) and raws and raws[-1].end == at - 1:
        return None, 0
    if "f" in roles or "m" in roles:
        for pattern in _PHRASES:
            phrase = pattern.match(low, at)
            raw = multiple_word(page, at, phrase.end()) if phrase is not None else None
            if raw is not None:
                return raw, raw.end
    if found is not None and not owned and found.low > 1:
        return found, found.end
    return None, 0


def _at_number(page: Page, match: re.Match[str], kind: str, floor: int) -> tuple[Raw | None, int]:
    """Return the figure that starts at this numeral, or else where reading goes on."""
    low, at, end = page.low, match.start(), match.end()
    if kind == "vague":
        return vague(page, at), end
    if kind == "half":
        return half_of(page, at), end
    if kind == "known" and (raw := east_asian_word(page, at, end)) is not None:
        return raw, end
    before = low[at - 1] if at else " "
    if kind == "digit" and not (before.isalnum() and before < "\u0250"):
        date = 0 if before in "$₩¥£€" or rate_ratio(page, at) else date_at_digits(low, at)
        if date:
            return None, date
        raw = ratio_at(page, at) or (
            one_in(page, at) if low.startswith((" in ", " out of ", " of every "), end) else None
        )
        if raw is not None:
            return raw, end
    if kind in ("han", "hangul"):
        if date := date_at_numeral(low, at):
            return None, date
        if kind == "hangul" and "가" <= before <= "힣":
            return None, end
        raw = ratio_at(page, at)
        if raw is not None:
            return raw, end
    raw = so_many_of_ten(page, at) or neighbours(page, at)
    if raw is not None:
        return raw, end
    bought = compiled(r"{only_bought}$").search(low, max(0, at - 8), at)
    if match.group() in _LONE_NUMERALS and not bought and not _counts(page, match):
        return None, end
    found = written(page, at, floor)
    if isinstance(found, int):
        return None, max(found, at + 1)
    raw = range_at(page, found, page.european) or single(page, found, page.european)
    if raw is None:
        return None, found.number.end
    if kind != "digit" and raw.kind == "bare" and raw.low < _LARGE:
        return None, end
    return (raw, raw.end) if _fits(page, raw) else (None, raw.end)


def _counts(page: Page, match: re.Match[str]) -> bool:
    """Return whether a lone 一, 十, 百, 千, 万, 两 counts: before money or 倍, and 十 and 两 before any unit."""
    unit = unit_at(page.plain, page.low, match.end())
    entry = unit.entry("currency", "unit", "counter") if unit is not None else None
    return entry is not None and (
        entry.kind == "currency" or entry.meaning in ("x", "10 %") or match.group() in ("两", "兩", "十")
    )


def _one_of_money(page: Page, at: int) -> Raw | None:
    """Return the one unit of money that something is compared with: "more than a dollar", "barely a yuan"."""
    if compiled(r"{bounds_one}\s$").search(page.low, max(0, at - 16), at) is None:
        return None
    unit = unit_at(page.plain, page.low, at + 1)
    entry = unit.entry("currency") if unit is not None else None
    if unit is None or entry is None or page.low[unit.end : unit.end + 1] == "-":
        return None
    if compiled(r"\s{money_noun}").match(page.low, unit.end):
        return None
    word = page.low[unit.start : unit.end]
    return Raw(at, unit.end, at, Decimal(1), Decimal(1), "money", codes=unit.codes(), word=word)


def _measured(page: Page, at: int, floor: int) -> Raw | None:
    """Return the figure whose number, in words, starts here."""
    found = written(page, at, floor)
    if isinstance(found, int):
        return None
    raw = range_at(page, found, page.european) or single(page, found, page.european)
    return raw if raw is not None and _fits(page, raw) else None


def _fits(page: Page, raw: Raw) -> bool:
    """Return whether a figure is one: a multiple that tells how often something happened is none."""
    return raw.kind != "times" or multiple_fits(page, raw)
