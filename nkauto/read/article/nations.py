"""Which country's pound, peso, rial: the countries and the money that a text names around a figure bear witness."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from math import exp
from typing import NamedTuple

from nkauto.read import lexicon
from nkauto.read.article.beside import explicit
from nkauto.read.article.prose import compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page

_AROUND = 6
_FADES = 150
"""The distance at which a name tells a third of what it tells beside a figure."""

_ANYWHERE = 0.12
"""What a name tells of every figure of its text."""

_BEHIND, _OTHER_SENTENCE = 60, 100
_MONEY, _COUNTRY, _PLACE = 1.4, 1.0, 0.3
"""What the name of money tells, that of a country, that of a place which another figure or the reporter stands for."""

_DATELINE = re.compile(r"(?:^|\n)\s*[A-Z][A-Z .,]{2,30}(?:\([A-Za-z ]{2,20}\)\s?)?[–—-]")
_OWNS = re.compile(r"[a-z]+(?: [a-z]+)?['’]s?\s[^,;.0-9]{0,12}$")
_THE_DOLLAR = r"{article}\s(?:us\s)?({money_word})(?:\s[a-z]+){1,2}\s(?:{softener}\s)?$"
_REPORTS = "the country named before it"


class _Witness(NamedTuple):
    """A name that tells of money: where it stands, of which money, how strongly, in which words of reason."""

    at: int
    codes: tuple[str, ...]
    weight: float
    reason: str


class Witnesses:
    """The countries and the money that a text names, in the order of their places."""

    def __init__(self, page: Page, raws: list[Raw], mentions: list[tuple[int, str]]) -> None:
        self._page = page
        starts = [raw.start for raw in raws]
        dateline = _DATELINE.match(page.plain)
        found = [
            _Witness(
                at,
                homes()[country],
                _PLACE if _spent(page, raws, starts, at) or (dateline and at < dateline.end()) else _COUNTRY,
                _REPORTS,
            )
            for at, country in mentions
            if country in homes()
        ]
        for raw in raws:
            if raw.money and raw.told:
                found += [_Witness(raw.start, codes, _MONEY, reason) for codes, reason in _sisters(raw.codes[0])]
            elif raw.money and (pegged := _pegged(page, raw)):
                found.append(_Witness(raw.start, (pegged,), _COUNTRY, "the official rate that its text tells"))
        self._all = sorted(found)
        self._places = [each.at for each in self._all]
        self._everywhere = Counter[str]()
        for each in self._all:
            for code in each.codes:
                self._everywhere[code] += 1 if each.weight == _COUNTRY else 2 if each.weight == _MONEY else 0

    def tell(self, raw: Raw) -> tuple[str, str] | None:
        """Return which of the currencies that a figure may be in is likeliest, and why; ``None`` when none is named."""
        possible = _possible(self._page, raw)
        place = bisect_left(self._places, raw.start)
        near = self._all[max(0, place - _AROUND) : place + _AROUND]
        told: dict[str, tuple[float, str]] = {}
        for each in near:
            code = next((code for code in possible if code in each.codes), None)
            if code is not None:
                before, reason = told.get(code, (0.0, each.reason))
                weight = each.weight * self._nearness(raw, each.at)
                told[code] = before + weight, each.reason if each.at < raw.start or not before else reason
        for code in possible:
            if self._everywhere[code]:
                before, reason = told.get(code, (0.0, "the country of the text"))
                told[code] = before + _ANYWHERE * self._everywhere[code], reason
        if len(possible) == 1 < len(raw.codes):
            return possible[0], "no other money of the name has cost so much"
        best = max(told, key=lambda code: told[code][0], default=None)
        return None if best is None else (best, told[best][1])

    def _nearness(self, raw: Raw, at: int) -> float:
        distance = abs(raw.start - at) + (_BEHIND if at > raw.start else 0)
        apart = self._page.sentence(at) != self._page.sentence(raw.start)
        return exp(-(distance + (_OTHER_SENTENCE if apart else 0)) / _FADES)


@cache
def homes() -> Mapping[str, tuple[str, ...]]:
    """Return each country's own currencies."""
    return {
        entry.meaning: tuple(entry.detail.split()) for entries in lexicon.words("country").values() for entry in entries
    }


def _sisters(code: str) -> list[tuple[tuple[str, ...], str]]:
    """Return the money named, and that of its country: a text that names the toman speaks of Iran's rial."""
    others = tuple(other for home in homes().values() if code in home for other in home if other != code)
    return [((code,), "named elsewhere in the text"), (others, "its country's other money is named in the text")]


def _pegged(page: Page, raw: Raw) -> str:
    """Return the money that an official rate of the dollar is known for: 24 pesos of Cuba, 1,500 pounds of Lebanon."""
    code = meanings("peg").get(f"{raw.low.normalize():f}", "") if raw.low == raw.high else ""
    if not code or (raw.codes and code not in raw.codes):
        return ""
    return code if _of_dollar(page, raw) else ""


def _spent(page: Page, raws: list[Raw], starts: list[int], at: int) -> bool:
    """Return whether a country is named for a figure that names its own money: "Oman's $839"."""
    place = bisect_left(starts, at)
    following = raws[place] if place < len(raws) else None
    if following is None or following.start - at > 30 or not following.money:
        return False
    between = page.low[at : following.start]
    return (following.told or following.codes[:1] == ("USD",)) and _OWNS.match(between) is not None


def _of_dollar(page: Page, raw: Raw) -> bool:
    """Return whether an amount is what a dollar costs: 24 to the dollar, the dollar reached 700,000."""
    told = ("USD",) if raw.rate else explicit(page, raw)
    if told is not None:
        return told[0] == "USD"
    before = compiled(_THE_DOLLAR).search(page.low, max(0, raw.start - 48), raw.start)
    return before is not None and meanings("money_word")[before.group(1)] == "USD"


def _possible(page: Page, raw: Raw) -> list[str]:
    """Return the currencies that a figure may be in by its size, where it is a rate of the dollar."""
    listed = list(raw.codes)
    if not _of_dollar(page, raw):
        return listed
    rates = meanings("dollar_rate")
    bounds = {code: tuple(map(Decimal, rates[code.lower()].split())) for code in listed if code.lower() in rates}
    fits = [code for code in listed if code not in bounds or bounds[code][0] <= raw.low <= bounds[code][1]]
    return fits or listed
