"""A page -> its raw figures in order, and the countries that it names: one walk over the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article_dates import address_at, date_at_digits, date_at_month, date_at_numeral
from nkauto.read.article_multiples import (
    east_asian_word,
    multiple_fits,
    multiple_word,
    neighbours,
    one_in,
    ratio_at,
    vague,
)
from nkauto.read.article_numbers import measure
from nkauto.read.article_raw import Raw
from nkauto.read.article_text import Page
from nkauto.read.article_words import alternatives, unit_at

_FOREIGN_TRAPS = frozenset("once elf die ein eine einen einem einer un una uno acht null media como the".split())


@dataclass(frozen=True, slots=True)
class Scan:
    """What one walk over a page found: raw figures in order; where countries are named."""

    raws: list[Raw]
    countries: list[tuple[int, str]]


@cache
def _roles(spanish: bool, german: bool) -> Mapping[str, tuple[str, tuple[tuple[str, str], ...]]]:
    """Return what each first word of a Latin script may open: a role, and its phrases with their meanings."""
    languages = {"en": True, "es": spanish, "de": german}
    found: dict[str, tuple[str, dict[str, str]]] = {}
    ranks = ["country", "month", "vague", "multiple", "fraction", "number", "multiplier"]
    for kind in ranks:
        for word, entries in lexicon.words(kind).items():
            if not any(languages.get(entry.language, False) for entry in entries) and kind not in ("country", "month"):
                continue
            first = re.split(r"[ -]", word)[0].rstrip(".")
            if not first.isascii() and not re.fullmatch(r"[a-zà-ÿ]+", first):
                continue
            if first in _FOREIGN_TRAPS and kind != "fraction":
                continue
            if len(first) < 2 and first != "a":
                continue
            role, phrases = found.get(first, ("", {}))
            if kind == "country":
                phrases[word] = entries[0].meaning
            if len(first) > 1 or kind != "multiplier":
                found[first] = (role + ("n" if kind == "multiplier" else kind[0]), phrases)
    for word in (
        "several",
        "dozens",
        "scores",
        "tens",
        "hundreds",
        "thousands",
        "millions",
        "billions",
        "trillions",
        "few",
    ):
        role, phrases = found.get(word, ("", {}))
        found[word] = (role + "v", phrases)
    for word in ("http", "https", "www"):
        found[word] = ("a", {})
    return {
        word: (role, tuple(sorted(phrases.items(), key=lambda each: -len(each[0]))))
        for word, (role, phrases) in found.items()
    }


_HAN = "一二三四五六七八九十百千万億兆亿两〇零"


@cache
def _walk() -> re.Pattern[str]:
    """Return the pattern of every place where a figure or a country may start."""
    words = [
        word
        for kind in ("fraction", "multiple")
        for word in lexicon.words(kind)
        if word[0] > "\u2e7f" and len(word) > 1 and not word[0].isdigit()
    ]
    counted = ("하나", "둘", "셋", "넷", "열하나", "열둘", "스물")
    native = [word for word, entries in lexicon.words("number").items() if word[0] > "\u2e7f" and entries[0].meaning]
    korean = [word for word in native if "가" <= word[0] <= "힣" and word not in counted]
    others = [word for word in native if not "가" <= word[0] <= "힣"]
    countries = [word for word in lexicon.words("country") if word[0] > "\u2e7f"]
    return re.compile(
        r"(?P<digit>[0-9][0-9.,]*)"
        r"|(?P<word>[a-zà-ÿ]+)"
        rf"|(?P<country>{alternatives(countries)})"
        rf"|(?P<known>{alternatives([*words, *others])})"
        r"|(?P<vague>[数數几幾][十百千万億亿萬]{0,4}|[何上][十百千万億]+|十[数几][万亿億]?|수[십백천만억]+|몇[십백천만]*)"
        rf"|(?P<han>[{_HAN}]+|兩(?=[二三四五六七八九]))"
        rf"|(?<![가-힣])(?P<native>{alternatives(korean)})(?=\s?[가-힣a-z㎏%])(?!대[당주 ]|월|계|상|력)"
        r"|(?<![가-힣0-9])(?P<hangul>[일이삼사오육륙칠팔구십백천만억]{1,7})(?=여?\s?(?:원|달러|위안|엔|유로|명|%|퍼센트|개월|배|km|kg|톤|루블|센트|만|천|억))"
    )


def scan(page: Page, european: bool, spanish: bool, german: bool) -> Scan:
    """Return the raw figures of the page and the countries it names."""
    raws: list[Raw] = []
    countries: list[tuple[int, str]] = []
    roles = _roles(spanish, german)
    low = page.low
    done = 0
    for match in _walk().finditer(low):
        at = match.start()
        if at < done:
            continue
        kind = match.lastgroup
        if kind == "word":
            known = roles.get(match.group())
            if known is None:
                continue
            raw, after = _at_word(page, match, known, european, countries, done, raws)
            done = max(done, after)
        elif kind == "country":
            country = lexicon.words("country")[match.group()][0].meaning
            countries.append((at, country))
            continue
        else:
            raw, after = _at_number(page, match, str(kind), european, done)
            done = max(done, after)
        if raw is not None:
            raws.append(raw)
            done = max(done, raw.end)
    return Scan(raws, countries)


def _at_word(
    page: Page,
    match: re.Match[str],
    known: tuple[str, tuple[tuple[str, str], ...]],
    european: bool,
    countries: list[tuple[int, str]],
    floor: int,
    raws: list[Raw],
) -> tuple[Raw | None, int]:
    """Return the figure or date that this Latin word opens, and where reading goes on."""
    role, phrases = known
    low, at, end = page.low, match.start(), match.end()
    if at and low[at - 1] in "'’":
        return None, 0
    if role == "a":
        return None, address_at(low, at)
    for phrase, country in phrases:
        if low.startswith(phrase, at) and not low[at + len(phrase) : at + len(phrase) + 1].isalpha():
            countries.append((at, country))
            return None, at + len(phrase)
    if "m" in role and (date := date_at_month(low, at)):
        return None, date
    if "v" in role and (untold := vague(page, at)) is not None:
        return untold, untold.end
    share = one_in(page, at)
    if share is not None:
        return share, share.end
    if "n" in role or "f" in role:
        raw, after = measure(page, at, european, floor)
        if raw is not None and raw.kind != "bare" and _fits(page, raw):
            return raw, after
        if raw is not None and raw.kind == "bare" and "f" not in role and raw.low > 1:
            return raw, after
    if low.startswith("a quarter", at) and raws and raws[-1].end == at - 1:
        return None, 0
    if "f" in role or "m" in role:
        for words in (3, 2, 1):
            phrase_match = re.compile(r"[a-zà-ÿ]+(?:[ -][a-zà-ÿ]+){%d}(?![a-zà-ÿ])" % (words - 1)).match(low, at)
            if phrase_match is not None:
                raw = multiple_word(page, at, phrase_match.end())
                if raw is not None:
                    return raw, raw.end
    return None, 0


def _at_number(page: Page, match: re.Match[str], kind: str, european: bool, floor: int) -> tuple[Raw | None, int]:
    """Return the figure or date that starts at this numeral, and where reading goes on."""
    low, at = page.low, match.start()
    if kind == "known":
        raw = east_asian_word(page, at, match.end())
        if raw is not None:
            return raw, match.end()
    if kind == "vague":
        untold = vague(page, at)
        return untold, untold.end if untold is not None else match.end()
    if kind == "digit":
        before = low[at - 1] if at else " "
        if not (before.isalnum() and before < "\u0250"):
            date = 0 if before in "$₩¥£€" else date_at_digits(low, at)
            if date:
                return None, date
            ratio = ratio_at(page, at)
            if ratio is not None:
                return ratio, ratio.end
            share = one_in(page, at)
            if share is not None:
                return share, share.end
    if kind in ("han", "hangul"):
        date = date_at_numeral(low, at)
        if date:
            return None, date
        if at and kind == "hangul" and "가" <= low[at - 1] <= "힣":
            return None, match.end()
        ratio = ratio_at(page, at)
        if ratio is not None:
            return ratio, ratio.end
    near = neighbours(page, at)
    if near is not None:
        unit = unit_at(page.plain, low, near[2])
        raw, end = measure(page, at, european, floor)
        if unit is not None and raw is not None:
            entry = unit.entry("currency", "unit", "counter")
            raw = _of_neighbours(raw, near, unit.end, entry.kind if entry else "", entry.meaning if entry else "")
            codes = [code for e in unit.entries if e.kind == "currency" for code in e.meaning.split()]
            raw.codes = tuple(dict.fromkeys(codes))
            return raw, raw.end
    if kind == "han" and match.group() in ("一", "十", "千", "万", "百", "两"):
        unit = unit_at(page.plain, low, match.end())
        entry = unit.entry("currency", "unit", "counter") if unit is not None else None
        if entry is None or (entry.kind != "currency" and entry.meaning != "x" and match.group() not in ("两", "十")):
            return None, match.end()
    raw, end = measure(page, at, european, floor)
    if raw is None:
        return None, max(end, at + 1)
    if kind != "digit" and raw.kind == "bare":
        return None, match.end()
    if not _fits(page, raw):
        return None, raw.end
    return raw, raw.end


def _of_neighbours(raw: Raw, near: tuple, end: int, kind: str, unit: str) -> Raw:
    low, high, _ = near
    kinds = {"currency": "money", "unit": "measure", "counter": "count"}
    new = Raw(raw.start, end, raw.digits, low, high, kinds.get(kind, "bare"), unit="" if kind == "currency" else unit)
    if unit in ("%", "x"):
        new.kind = "share" if unit == "%" else "times"
    return new


def _fits(page: Page, raw: Raw) -> bool:
    """Return whether a figure that has a unit is one: no frequency, no single thing."""
    if raw.kind == "times":
        return multiple_fits(page, raw)
    return True


def raws_between(raws: list[Raw], start: int, end: int) -> Iterator[Raw]:
    """Return the figures that start between two places."""
    return (raw for raw in raws if start <= raw.start < end)
