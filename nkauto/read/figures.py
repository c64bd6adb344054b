"""The figures of an article: prose in any of the lexicon's languages -> Figures with their places."""

from __future__ import annotations

import re
from decimal import localcontext

from nkauto.core.findings import Figure
from nkauto.core.range import plain
from nkauto.read.article.bare_rates import bare_rates
from nkauto.read.article.cues import is_kilometre
from nkauto.read.article.hedges import hedge
from nkauto.read.article.money import settle_money
from nkauto.read.article.prices import denominators
from nkauto.read.article.raw import Raw
from nkauto.read.article.scan import scan
from nkauto.read.article.shared import share_units
from nkauto.read.article.text import Page, page
from nkauto.read.digits import EXACT

_OPENED = re.compile(r"(?:/[a-z]{1,5}|[^()\n]{0,3})\s?\([^()\n]{0,40}$")
_WITHIN = re.compile(r"[^()\n]{0,40}$")


def read_figures(text: str) -> list[Figure]:
    """Return every figure that the text states, in the order of its places.

    Amounts of money, rates, quantities, percentages, multiples, fractions and lengths of time, each read as a
    range with its unit, denominator, hedges and subject; dates, ages, hours, telephone and plate numbers,
    numbered resolutions, offices and models are none. The currency of "won", ``$``, "pounds" follows from the
    text (``reason`` says how); it stays empty where nothing tells. Takes time in proportion to the length.
    """
    with localcontext(EXACT):
        return _read(page(text))


def _read(ready: Page) -> list[Figure]:
    found = scan(ready)
    _bracket(ready, found.raws)
    bare_rates(ready, found.raws)
    raws = share_units(ready, found.raws)
    for raw in raws:
        if raw.unit == "kg" and is_kilometre(ready, raw):
            raw.unit = "km"
    for place in range(len(raws)):
        hedge(ready, raws, place)
    northern = settle_money(ready, raws, found.countries)
    return [_figure(ready, raw) for raw in denominators(ready, raws, northern)]


def _bracket(ready: Page, raws: list[Raw]) -> None:
    """Link each figure in parentheses to the figure that they follow."""
    for place in range(1, len(raws)):
        previous, raw = raws[place - 1], raws[place]
        if raw.start - previous.end > 44:
            continue
        gap = ready.low[previous.end : raw.start]
        if _OPENED.match(gap):
            raw.outer = previous.outer or previous
        elif previous.outer is not None and _WITHIN.match(gap):
            raw.outer = previous.outer


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
