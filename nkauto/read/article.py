"""The figures of an article: prose in any of the lexicon's languages -> Figures with their places."""

from __future__ import annotations

import re

from nkauto.core.figure import Figure
from nkauto.core.range import plain
from nkauto.read.article_hedges import hedge
from nkauto.read.article_money import settle_money
from nkauto.read.article_per import travels
from nkauto.read.article_prices import denominators
from nkauto.read.article_raw import Raw
from nkauto.read.article_scan import scan
from nkauto.read.article_shared import share_units
from nkauto.read.article_text import Page, page

_SAMPLE = 40_000
_SPANISH = re.compile(r"\b(?:el|la|los|las|de|en|al|que|por|un|una|unos|del|con|para|más|según|se|su|es|y)\b")
_GERMAN = re.compile(
    r"\b(?:der|die|das|und|den|dem|des|von|mit|ist|nicht|ein|eine|einen|auf|für|im|zu|sich|bei|also)\b"
)
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|for|is|was|that)\b")


def read_figures(text: str) -> list[Figure]:
    """Return every figure that the text states, in the order of its places.

    Amounts of money, rates, quantities, percentages, multiples, fractions and lengths of time, each read as a
    range with its unit, denominator, hedges and subject; dates, ages, hours, telephone and plate numbers,
    numbered resolutions, offices and models are none. The currency of "won", ``$``, "pounds" follows from the
    text (``reason`` says how); it stays empty where nothing tells. Takes time in proportion to the length.
    """
    ready = page(text)
    spanish, german = _languages(ready.low)
    found = scan(ready, spanish or german, spanish, german)
    found.raws[:] = share_units(ready, found.raws)
    raws = found.raws
    for raw in raws:
        if raw.unit == "kg" and raw.word in ("キロ", "킬로", "키로", "kilos") and travels(ready, raw):
            raw.unit = "km"
    _bracketed(ready, raws)
    for place in range(len(raws)):
        hedge(ready, raws, place)
    settle_money(ready, found, spanish)
    northern = any(country == "KP" for _, country in found.countries) or any(raw.unit == "KPW" for raw in raws)
    return [_figure(ready, raw) for raw in denominators(ready, raws, northern)]


def _languages(low: str) -> tuple[bool, bool]:
    """Return whether the text is Spanish, and whether it is German, by its commonest words."""
    sample = low[:_SAMPLE]
    english = len(_ENGLISH.findall(sample))
    spanish, german = len(_SPANISH.findall(sample)), len(_GERMAN.findall(sample))
    return spanish > 2 and spanish > english, german > 2 and german > english


_OPENED = re.compile(r"[^()\n]{0,3}\([^()\n]{0,40}$")
_WITHIN = re.compile(r"[^()\n]{0,40}$")


def _bracketed(ready: Page, raws: list[Raw]) -> None:
    """Link each figure in parentheses to the figure that they follow."""
    for place in range(1, len(raws)):
        previous, raw = raws[place - 1], raws[place]
        gap = ready.low[previous.end : raw.start]
        if len(gap) > 44:
            continue
        if _OPENED.match(gap):
            raw.inner = place - 1 if previous.inner < 0 else previous.inner
        elif previous.inner >= 0 and _WITHIN.match(gap):
            raw.inner = previous.inner


def _figure(ready: Page, raw: Raw) -> Figure:
    """Return the figure of a raw one, with its exact span."""
    return Figure(
        span=ready.text[raw.start : raw.end],
        start=raw.start,
        end=raw.end,
        line=ready.line(raw.start),
        low=plain(raw.low),
        high=plain(raw.high),
        unit=raw.unit,
        per=raw.per,
        approx=raw.approx,
        quoted=ready.quoted(raw.start),
        bound=raw.bound,
        falling=raw.falling,
        vague=raw.vague,
        subject=raw.subject,
        reason=raw.reason if raw.money else "",
    )
