"""What may open a figure, a date, a country or an address: one pattern over a text, and what each first word may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from nkauto.read import lexicon
from nkauto.read.article.prose import alternatives, any_of, meanings

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
_DOUBLED = (
    r"로 ?[뛰늘올오불급증치상]|(?: 이상|나|도 넘게| 넘게| 가까이) ?"
    r"(?:[뛰늘올오불급증치상비넘]|[가-힣]{1,4} ?[뛰늘올오불급증치상])"
)
"""What stands behind 배 that is a multiple without a number: 배로 뛰다, 배 이상 올랐다."""
_FORMAL = "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"
"""Numerals as banks and cheques write them: 伍仟元; one alone is a common word."""


class Opening(NamedTuple):
    """What a word of a Latin script may open: roles by their first letters, and countries by their whole names."""

    roles: str
    countries: tuple[tuple[str, str], ...]


@cache
def openings(languages: frozenset[str]) -> Mapping[str, Opening]:
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
    return {first: Opening(role, tuple(longest_first.get(first, ()))) for first, role in roles.items()}


@cache
def walk() -> re.Pattern[str]:
    """Return the pattern of every place where a figure or a country may start."""
    known = [
        word
        for kind in ("fraction", "multiple")
        for word in lexicon.words(kind)
        if word[0] > _EAST and len(word) > 1 and not word[0].isdigit()
    ]
    double = rf"(?<![가-힣0-9])(?<![몇러수] )(?:배(?={_DOUBLED})|(?<=거의 )배(?=가? ))"
    double += (
        r"|(?<![翻成加数幾几何半的])倍(?=に(?!も))"
        rf"|(?<=[のぼど])倍(?=[だでとすをの、。])|(?<![가-힣0-9])(?<![0-9] )반(?={any_of(meanings('half_behind'))})"
    )
    numbers = [word for word, entries in lexicon.words("number").items() if word[0] > _EAST and entries[0].meaning]
    native = [word for word in numbers if "가" <= word[0] <= "힣" and word not in _STANDALONE]
    known += [word for word in numbers if not "가" <= word[0] <= "힣"]
    countries = [word for word in lexicon.words("country") if word[0] > _EAST]
    counted = "원|달러|위안|엔|유로|명|%|퍼센트|개월|배|km|kg|톤|루블|센트|만|천|억"
    return re.compile(
        r"(?P<digit>[0-9][0-9.,]*)"
        r"|(?P<word>[a-zà-ÿ]+)"
        rf"|(?P<country>{alternatives(countries)})"
        rf"|(?P<known>{alternatives(known)}|{double})"
        r"|(?P<half>半)"
        r"|(?P<vague>[数數几幾][十百千万億亿萬]{0,4}|[何上][十百千万億]+|十[数几][万亿億]?|수[십백천만억]+|몇[십백천만]*)"
        rf"|(?P<han>[一二三四五六七八九十百千万萬億兆亿两兩〇零]+|[{_FORMAL}][{_FORMAL}万萬億亿零]+)"
        rf"|(?<![가-힣0-9])(?P<native>{alternatives(native)})(?=\s?[가-힣a-z㎏%])(?!(?<=세)대|월|계|상|력)"
        rf"|(?<![가-힣0-9])(?P<hangul>[일이삼사오육륙칠팔구십백천만억]{{1,7}})"
        rf"(?=여?\s?(?:{counted})|(?<=[천만]) [0-9]{{1,4}}\s?(?:{counted}))"
    )
