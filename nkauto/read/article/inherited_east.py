"""Bare numbers of Korean, Japanese and Chinese that have the unit of a figure around them: 사료 값만 36만, 软卧260."""

from __future__ import annotations

import re
from functools import cache
from math import log10

from nkauto.read import lexicon
from nkauto.read.article.beside import MASS, TIME
from nkauto.read.article.compared import parts, similar
from nkauto.read.article.prose import alternatives, compiled
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page

_EAST = "\u2e7f"
_BEFORE, _BEHIND, _REACH = 8, 3, 200
_LEAST, _LEAST_PRICED = 1000, 20
_ENDS = r"\s?(?:[,.;:)、。，；]|$)|\s?{bare_tail}"
_PRICED = r"{bare_price}\s?(?:{softener}\s?)?$"
_LISTED = r"\s?(?:[、·]|{joined})\s?"
_STEPS, _STEP = r"\s?(?:{until}|{moved_behind}(?:{goes_on}|{moved_to}))\s?(?:{softener}\s?)?", 6
_PEOPLE = r"{heads}[^0-9,.;、。，；]{0,8}$"
_SCALES = "백천만억조百千万萬億亿兆"
_MOST_PLAIN, _MORE = 1.3, 0.9
_BEHIND_IT, _OTHER_SENTENCE, _BRACKET, _BETWEEN = 0.6, 0.5, 0.6, 0.12
_NO_MONEY = 1.0
"""How much nearer a count must be than an amount of money."""


def inherit_east(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the figure near a bare number among East Asian words whose unit it most likely has, if any is near."""
    raw, low = raws[place], page.low
    if (
        raw.low != raw.high
        or (raw.year and not _of_good(low, raw))
        or not _beside_east(low, raw)
        or not compiled(_ENDS).match(low, raw.end)
    ):
        return None
    after = raws[place + 1] if place + 1 < len(raws) else None
    first = page.sentence(raw.start)[0]
    if compiled(_PEOPLE).search(low, max(first, raw.start - 24), raw.start):
        return None
    written = low[raw.digits : raw.end]
    scaled = written[-1:] in _SCALES or any(scale in written for scale in _SCALES)
    priced = compiled(_PRICED).search(low, max(first, raw.start - 14), raw.start) is not None
    listed = (
        after is not None and after.low >= _LEAST and compiled(_LISTED).fullmatch(low, raw.end, after.start) is not None
    )
    if raw.low < _LEAST and not ((priced or listed) and raw.low >= _LEAST_PRICED):
        return None
    best, found = _MOST_PLAIN + (_MORE if scaled else 0) + (_MORE if priced else 0), None
    for index in range(max(0, place - _BEFORE), min(place + _BEHIND + 1, len(raws))):
        other = raws[index]
        weighed = other.kind == "measure" and other.unit in MASS and scaled
        if index == place or not (other.money or other.kind == "count" or weighed) or other.unit in TIME or other.rate:
            continue
        score = _distance(page, raw, other, abs(index - place)) + (0 if other.money else _NO_MONEY)
        if score < best:
            best, found = score, other
    return found


def stepped(page: Page, raws: list[Raw], place: int) -> Raw | None:
    """Return the price that a bare number went up or down to: 400에서 900페소로, 从0.6涨到1美元."""
    raw, after = raws[place], raws[place + 1] if place + 1 < len(raws) else None
    if after is None or not after.money or raw.low != raw.high or not similar(raw, after, _STEP):
        return None
    return after if compiled(_STEPS).fullmatch(page.low, raw.end, after.start) is not None else None


def _of_good(low: str, raw: Raw) -> bool:
    """Return whether a good stands right before a number that would else be a year, as its price: 玉米2100,."""
    return compiled(r"\s?[,、，;；。]").match(low, raw.end) is not None and (
        _goods().search(low, max(0, raw.start - 12), raw.start) is not None
    )


@cache
def _goods() -> re.Pattern[str]:
    """Return the pattern of the East Asian names of goods, anchored at its end."""
    return re.compile(
        rf"(?:{alternatives(word for word in lexicon.words('item') if word[0] > _EAST)})(?:は|가|이|은|는)?\s?$"
    )


def _beside_east(low: str, raw: Raw) -> bool:
    """Return whether East Asian words stand on one side of a number, and no Latin ones on either."""
    before, after = low[max(0, raw.start - 2) : raw.start].strip()[-1:], low[raw.end : raw.end + 1]
    return (before > _EAST or after > _EAST) and not ("a" <= before <= "z") and not ("a" <= after <= "z")


def _distance(page: Page, raw: Raw, other: Raw, apart: int) -> float:
    """Return how far another figure is: in size, in figures between them, in sentences, in brackets."""
    start, end = sorted((raw, other), key=lambda each: each.start)
    if not raw.low or not other.low or end.start - start.end > _REACH:
        return 99.0
    size = abs(log10(raw.low / (other.low / parts(other))))
    sentences = page.sentence(raw.start) != page.sentence(other.start)
    aside = other.outer is not None and other.outer is not raw.outer
    return (
        size
        + _BETWEEN * (apart - 1)
        + _OTHER_SENTENCE * sentences
        + _BEHIND_IT * (other.start > raw.start)
        + _BRACKET * aside
    )
