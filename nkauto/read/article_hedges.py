"""About, more than, up to, 정도, 以上: whether a figure is approximate, and what the words around it promise."""

from __future__ import annotations

import re
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article_raw import Raw
from nkauto.read.article_text import Page
from nkauto.read.article_words import alternatives

_NOT_BEFORE = frozenset(("+", "~", "∼", "～", "c.", "plus", "like", "como", "gut", "from", "あたり", "부터", "까지"))
_NOT_AFTER = frozenset(
    (
        "까지",
        "부터",
        "まで",
        "から",
        "あたり",
        "起",
        "plus",
        "이상이",
        "선",
        "대",
        "근처",
        "at least",
        "approximately",
        "approx.",
        "approx",
        "roughly",
        "許",
    )
)
_COMPARING = frozenset(
    ("more than", "less than", "over", "under", "above", "below", "fewer than", "greater than", "better than")
)
_WENT = re.compile(
    r"(?:is|was|were|are|went|gone|go|goes|going|climb\w*|shot|moved|back|been|rose|risen|it|jump\w*|driv\w*|push\w*|pull\w*|back|and)\s$"
)
_FILL = re.compile(
    r"(?:(?:only|just|a|an|the|as|about|some|another|worth|record|whopping|full|mere|total of|total|again|now|還|在|为|是|は|が|:|：|만|낮게는|높게는|전체|人民币|人民幣|합|合|折合|美元|한화로?|우리 돈으로|日本円で)\s?)+$"
)
_AVERAGE = re.compile(
    r"(?:average|mean|平均|평균)[a-zà-ÿ ]{0,14}? (?:being|was|is|of|at|stood at|came to|:)\s(?:[a-z]+ )?$|(?:평균|平均)[은는は]?\s?$"
)
_RANGE_WORD = re.compile(
    r"[- ](?:won |yuan |dollar )?(?:range|mark|level)\b|\s?(?:원대|위안대|달러대|元台|ウォン台|円台|ドル台)"
)
_DASHED = re.compile(r"[~∼～≈±]\s?$")
_EAST_AFTER = re.compile(
    r"(?:(?:을|를|이|가|의|로|은|는|도|씩)?\s?)?(?:"
    r"(?P<about>정도|가량|쯤|안팎|내외|전후|수준|선(?=[에을이])|좌우|ほど|程度|くらい|ぐらい|前後|内外|見当|左右|上下|前后|近く|近い|近かった|台(?!湾)|꼴|가까이|가까운)"
    r"|(?P<least>이상|以上|남짓)|(?P<more>초과|넘게|넘는|넘은|넘어|넘었|넘긴|웃돌|웃도는|超(?!级)|強(?!い|制|化)|余り|あまり|余(?!り)|を超え|を越え|超え|を上回)"
    r"|(?P<most>이하|以下|以内|이내)|(?P<less>미만|도 안|도 채|에도 못|에 못 미|도 못|未満|足らず|にも満たな|に満たな|を下回|弱))"
)
_BOUND = {"about": "~", "least": ">=", "more": ">", "most": "<=", "less": "<"}
_LATIN_AFTER = re.compile(
    r"(?: (?:a|per|each|every) [a-z]{2,9})?\s?(?:(?P<about>or so|or thereabouts|on average|give or take)|(?P<least>or more|and more(?! than)|and up(?! to)|or above|and above|or higher|plus(?! [0-9a-z])|\+)"
    r"|(?P<most>or less|or fewer|or under|and below|or lower|at (?:the )?most))(?![a-z])"
)
_BRACKETS = re.compile(r"\s?\([^()\n]{0,60}\)\s?")


@cache
def _before() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of hedges before a number, anchored at its end, and the bound that each sets."""
    bounds = {}
    for word, entries in lexicon.words("hedge").items():
        for entry in entries:
            if entry.detail == "before" and word not in _NOT_BEFORE:
                bounds[word] = entry.meaning
    western = [word for word in bounds if word[0] < "\u2e7f"]
    eastern = [word for word in bounds if word not in western]
    west = "|".join(re.escape(word) for word in sorted(western, key=len, reverse=True))
    return re.compile(rf"(?:(?<![a-zà-ÿ])({west})|({alternatives(eastern)}))\s?$"), bounds


def hedge(page: Page, raws: list[Raw], place: int) -> None:
    """Mark a figure as approximate, and set its bound, where the words around it say so."""
    raw = raws[place]
    if raw.approx and raw.bound == "=":
        raw.bound = ">" if not raw.vague else "~"
    low = page.low
    floor = max(page.sentence(raw.start)[0], raw.start - 48)
    if place and raws[place - 1].end <= raw.start:
        floor = max(floor, raws[place - 1].end)
    before = low[floor : raw.start]
    bound = _bound_before(before, beside=floor > 0 and bool(place) and floor == raws[place - 1].end)
    if bound is None and _AVERAGE.search(before):
        bound = "~"
    after = _bound_after(page, raw)
    if bound is None and after is None and place and before.strip() in ("or", "또는", "或", "つまり"):
        previous = raws[place - 1]
        if previous.approx and previous.kind == raw.kind and previous.codes != raw.codes:
            bound = "~"
    if bound is not None or after is not None:
        raw.approx = True
        raw.bound = bound or after or "~"


def _bound_before(before: str, *, beside: bool) -> str | None:
    """Return the bound that the words before a number set; ``beside``: they follow another figure."""
    if _DASHED.search(before):
        return "~"
    pattern, bounds = _before()
    text = before.rstrip(" (（[\"“'‘「") + " " if before.rstrip().endswith(("(", "（", "[", '"', "“")) else before
    for _ in range(3):
        found = pattern.search(text)
        if found is not None:
            word = found.group(1) or found.group(2)
            ahead = text[: found.start()]
            if word in ("up to",) and _WENT.search(ahead):
                return None
            if word in _COMPARING and beside and not ahead.strip(" ,(") and not ahead.endswith("("):
                return None if ahead.strip() == "" else bounds[word]
            if word in ("over", "under", "above", "below") and re.search(
                r"(?:%|percent|higher|lower|increase|rise|drop|fall) $", ahead
            ):
                return None
            return bounds[word]
        filled = _FILL.search(text)
        if filled is None:
            return None
        text = text[: filled.start()]
    return None


def _bound_after(page: Page, raw: Raw) -> str | None:
    """Return the bound that the words behind a number set, also behind its conversion in parentheses."""
    low = page.low
    places = [raw.end]
    bracket = _BRACKETS.match(low, raw.end)
    if bracket is not None:
        places.append(bracket.end())
    for place in places:
        for pattern in (_EAST_AFTER, _LATIN_AFTER):
            found = pattern.match(low, place, place + 24)
            if found is not None:
                return _BOUND[str(found.lastgroup)]
    if _RANGE_WORD.match(low, raw.end):
        return "~"
    if raw.money and low[raw.end : raw.end + 1] in ("대", "台") and low[raw.end - 1] in "원안러元ンル":
        return "~"
    return None
