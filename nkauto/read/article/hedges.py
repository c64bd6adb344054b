"""About, more than, up to, 정도, 以上: whether a figure is approximate, and what the words around it promise."""

from __future__ import annotations

import re
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.beside import TIME
from nkauto.read.article.prose import any_of, compiled
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page

_TYPED_ONLY = frozenset(("+", "~", "∼", "～", "c.", "plus", "like", "como", "gut", "from"))
_COMPARING = frozenset(
    ("more than", "less than", "over", "under", "above", "below", "fewer than", "greater than", "better than")
)
_EAST = "\u2e7f"
_OPENED = re.compile(r"[(（\[\"“]\s*$")
_DASHED = re.compile(r"[~∼～≈±]\s?$")
_BRACKETS = re.compile(r"\s?\([^()\n]{0,60}\)\s?")
_FILLED = r"(?:(?:{filler}|[:：])\s?)+$"
_AVERAGE = r"{average}[a-zà-ÿ ]{0,14}? {average_is}\s(?:[a-z]+ )?$"
_GAP = r"(?:%|{rate_gap})\s$"
_RANGE_WORD = r"[- ](?:won |yuan |dollar )?{range_word}|\s?{range_word}"
_BEHIND = (
    ("~", r"{behind_about}(?!湾)|,\s{behind_comma}(?=[,.;:)]|$)"),
    (">=", r"{behind_least}(?! than| to)|\+|plus(?! [0-9a-z])(?![a-z])"),
    (">", r"{behind_more}(?![级い制化り])"),
    ("<=", r"{behind_most}"),
    ("<", r"{behind_less}"),
)
_LEVEL = re.compile(r"[대台]|선(?=[\s,.)도은이으까다]|$)")
"""The level of a price: 5000원대, 5000元台, 5000원선."""

_EVERY = r"(?: (?:a|per|each|every) [a-z]{2,9})?\s?"
_PARTICLE = r"(?:{behind_particle}?\s?)?"


@cache
def _before() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of hedges before a number, anchored at its end, and the bound that each sets."""
    bounds = {
        word: entry.meaning
        for word, entries in lexicon.words("hedge").items()
        for entry in entries
        if entry.detail == "before" and word not in _TYPED_ONLY
    }
    return re.compile(rf"({any_of(bounds)})\s?$"), bounds


@cache
def _before_owner() -> re.Pattern[str]:
    """Return the pattern of hedges before what a fraction is of, anchored at its end: 不到市价的三分之一."""
    words = any_of(word for word in _before()[1] if word[0] > _EAST)
    return compiled(rf"({words})(?!{{wage}})[^,，。;；0-9]{{1,10}}的$")


def hedge(page: Page, raws: list[Raw], place: int) -> None:
    """Mark a figure as approximate, and set its bound, where the words around it say so."""
    raw = raws[place]
    if raw.approx and raw.bound == "=":
        raw.bound = ">"
    floor = max(page.sentence(raw.start)[0], raw.start - 48)
    beside = bool(place) and floor <= raws[place - 1].end <= raw.start
    if beside:
        floor = raws[place - 1].end
    before = page.low[floor : raw.start]
    bound = _bound_before(before, raw.unit, beside) or _bound_after(page, raw)
    if bound is None and raw.kind == "times" and raw.low < 1:
        held = _before_owner().search(before)
        bound = _before()[1][held.group(1)] if held is not None else None
    if bound is None and compiled(_AVERAGE).search(before):
        bound = "~"
    if bound is None and beside and compiled(r"\s?{or}\s?").fullmatch(before):
        previous = raws[place - 1]
        if previous.approx and previous.kind == raw.kind and previous.codes != raw.codes:
            bound = "~"
    if bound is not None:
        raw.approx, raw.bound = True, bound


def _bound_before(before: str, unit: str, beside: bool) -> str | None:
    """Return the bound that the words before a number set; ``beside``: they follow another figure.

    "Was up to 3,000" is a rise and no bound; "13% below 8,400" and "a third more than 200" compare.
    """
    if _DASHED.search(before):
        return "~"
    pattern, bounds = _before()
    text = before
    if _OPENED.search(text):
        text = text.rstrip(' (（["“') + " "
    for _ in range(3):
        found = pattern.search(text)
        if found is not None:
            word, ahead = found.group(1), text[: found.start()]
            if word == "up to" and compiled(r"{went}\s$").search(ahead) and not ahead.endswith(", and "):
                return None
            if word == "over" and compiled(r"{paid_over}\s$" if unit in TIME else r"{handed}\s$").search(ahead):
                return None
            if word in ("minimum of", "maximum of") and ahead.endswith("the "):
                return None
            if word in _COMPARING and ((beside and not ahead.strip()) or compiled(_GAP).search(ahead)):
                return None
            return bounds[word]
        filled = compiled(_FILLED).search(text)
        if filled is None:
            return None
        text = text[: filled.start()]
    return None


@cache
def _after() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the pattern of hedges behind a number for each bound."""
    return tuple((bound, compiled(f"(?:{_EVERY}|{_PARTICLE})(?:{words})")) for bound, words in _BEHIND)


def _bound_after(page: Page, raw: Raw) -> str | None:
    """Return the bound that the words behind a number set, also behind its conversion in parentheses."""
    low = page.low
    bracket = _BRACKETS.match(low, raw.end)
    for place in [raw.end] if bracket is None else [raw.end, bracket.end()]:
        for bound, pattern in _after():
            if pattern.match(low, place, place + 24):
                return bound
    if compiled(_RANGE_WORD).match(low, raw.end):
        return "~"
    if raw.money and _LEVEL.match(low, raw.end) and low[raw.end - 1] in "원안러元ンル":
        return "~"
    return None
