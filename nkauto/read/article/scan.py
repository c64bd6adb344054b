"""A page -> its raw figures in order, and the countries that it names: one walk over the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nkauto.read import lexicon
from nkauto.read.article.dates import address_at, date_at_digits, date_at_month, date_at_numeral
from nkauto.read.article.multiples import east_asian_word, in_words, multiple_fits, multiple_word
from nkauto.read.article.numbers import single, written
from nkauto.read.article.openings import Opening, openings, walk
from nkauto.read.article.partitive import so_many_of_ten
from nkauto.read.article.prose import compiled
from nkauto.read.article.ranges import range_at
from nkauto.read.article.ratios import one_in, rate_ratio, ratio_at
from nkauto.read.article.raw import Raw
from nkauto.read.article.shared import of_family
from nkauto.read.article.text import Page
from nkauto.read.article.vague import half_of, neighbours, one_and_a_half, vague
from nkauto.read.article.words import unit_at

_PHRASES = tuple(re.compile(rf"[a-zà-ÿ]+(?:[ -][a-zà-ÿ]+){{{more}}}(?![a-zà-ÿ])") for more in (3, 2, 1, 0))
_LARGE = 1000
"""From what on a number in East Asian numerals may have its unit from its neighbours: 人口兩千多萬."""

_LARGE_WORDS = 100
"""From what on a number in words needs no unit behind it and opens no fraction: five hundred."""

_OWNED = re.compile(r"[a-z]+(?:[ -][a-z]+)? of an? (?:day|week|month|year)['’]s ")
"""A share of what a length of time brings, not of the time: "a quarter of a year's income"."""

_LATIN_WORD = re.compile(r"[a-z]+")
_LONE_NUMERALS = frozenset("一十千万百两兩兆")
_TENS_MORE = frozenset("十百千")
_MORE = ("多", "余", "餘")
"""What makes a lone ten, hundred or thousand a number before any unit: 十多块, 百余辆."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What one walk over a page found: raw figures in order; where countries are named."""

    raws: list[Raw]
    countries: list[tuple[int, str]]


def scan(page: Page) -> Scan:
    """Return the raw figures of the page and the countries it names."""
    raws: list[Raw] = []
    countries: list[tuple[int, str]] = []
    known = openings(page.languages)
    named = lexicon.words("country")
    done = 0
    for match in walk().finditer(page.low):
        if match.start() < done:
            continue
        kind = match.lastgroup
        floor = raws[-1].end if raws else 0
        if kind == "country":
            countries.append((match.start(), named[match.group()][0].meaning))
            continue
        if kind == "word":
            opening = known.get(match.group())
            if opening is None:
                continue
            raw, after = _at_word(page, match, opening, countries, raws, floor)
        else:
            raw, after = _at_number(page, match, str(kind), floor)
        if raw is not None:
            raws.append(raw)
            after = raw.end
            if raw.kind == "count":
                countries += _nations(page, raw)
        done = max(done, after)
    return Scan(raws, countries)


def _nations(page: Page, raw: Raw) -> list[tuple[int, str]]:
    """Return the countries that a count names: 25 million North Koreans, ten Lebanese families."""
    named = lexicon.words("country")
    words = list(_LATIN_WORD.finditer(page.low, raw.digits, raw.end))
    for place, word in enumerate(words):
        for last in [*words[place + 1 : place + 2], word]:
            name = page.low[word.start() : last.end()]
            entries = named.get(name) or named.get(name.removesuffix("s"))
            if entries:
                return [(word.start(), entries[0].meaning)]
    return []


def _at_word(
    page: Page,
    match: re.Match[str],
    opening: Opening,
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
    raw = vague(page, at) if "v" in roles else None
    if raw is None and low.startswith(("a ", "an ", "one "), at):
        raw = one_and_a_half(page, at) or (_one_of_money(page, at) if low[at + 1] == " " else None)
    raw = raw or one_in(page, at) or (in_words(page, at) if "n" in roles or "f" in roles else None)
    if raw is not None:
        return raw, raw.end
    found, owned = None, False
    if "n" in roles or "f" in roles:
        found = _measured(page, at, floor)
        owned = (
            found is not None
            and found.low < 1
            and (
                (low[found.end : found.end + 1] in ("'", "’") and found.unit != "year")
                or (found.kind == "measure" and _OWNED.match(low, at) is not None)
            )
        )
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
            one_in(page, at)
            if low.startswith((" in ", " out of ", " of every ", " of 10 ", " of ten ", " of 100 "), end)
            else None
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
    if match.group() in _LONE_NUMERALS and not _counts(page, match):
        return None, end
    found = written(page, at, floor)
    if isinstance(found, int):
        return None, max(found, at + 1)
    raw = range_at(page, found) or single(page, found)
    if raw is None:
        return None, found.number.end
    if kind != "digit" and raw.kind == "bare" and raw.low < _LARGE:
        return None, end
    return (raw, raw.end) if _fits(page, raw) else (None, raw.end)


def _counts(page: Page, match: re.Match[str]) -> bool:
    """Return whether a lone 一, 十, 百, 千, 万, 两 counts: before money, 倍, half a time; 十, 两 before any unit."""
    more = match.group() in _TENS_MORE and page.low.startswith(_MORE, match.end())
    unit = unit_at(page.plain, page.low, match.end() + more)
    entry = unit.entry("currency", "unit", "counter") if unit is not None else None
    if more:
        return entry is not None
    if entry is not None and compiled(r"{only_bought}$").search(page.low, max(0, match.start() - 8), match.start()):
        return True
    if unit is not None and entry is not None and entry.kind != "currency" and page.low.startswith("半", unit.end):
        return not page.low.startswith("半年", unit.end)  # 一年半 is a year and a half
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
    raw = range_at(page, found) or single(page, found)
    return raw if raw is not None and _fits(page, raw) else None


def _fits(page: Page, raw: Raw) -> bool:
    """Return whether a figure is one: a multiple that tells how often something happened is none."""
    return raw.kind != "times" or multiple_fits(page, raw)
