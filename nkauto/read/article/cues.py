"""The words of a sentence that tell what its prices are for: a dollar, a kilo, rice, wages, a day, a licence.

And numbers that count what no table lists: "five taxi companies", "1,500 cabs".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.beside import MASS
from nkauto.read.article.prose import any_of, compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page

_SHORT_GOODS = frozenset(("금", "게", "밀", "金", "油", "米", "肉", "고기", "糖", "빵", "盐", "塩"))
"""Goods whose names are too short to be told from parts of other words."""

_EAST = "\u2e7f"
_WORDS = ("rate", "wage", "time", "thing", "person", "fee")
_TALK = 500
"""How far from "a miner has 500 won" the text must speak of wages."""

_FRAMED = r"({frame})\s?(?:minimum |average |base |mean |legal )?$"
_NUMERALS = "0-9一二三四五六七八九十个個"
_WORD = re.compile(r" ([a-z][a-z'’-]*)")
_PLURAL = re.compile(r"[a-z-]{2,}[a-rtv-z]s$")
_ENDS = re.compile(r"\s?[,.;:!?)\]—–-]|\s?$|\s[(\"“]")
_CAPITAL = re.compile(r"\s[A-Z]")
_VERB = re.compile(r"\s[a-z]{2,}(?:ed|ing)(?![a-z])")
_VERB_BEHIND = r"\s{with_verb}(?![a-z])"
"""Behind a word that is a verb: the buyer of a Pride 111 hands over so much."""

_NATIONALS = re.compile(r"ans$")
_POINTED = r"(?<![a-z]){pointed}\s$"
_NOUNS_WORDS = 3
_SHORT = 3
_FEW = 13
"""Under what a number behind "the" or "these" counts nothing: the two northern provinces."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that tells what the prices around it are for.

    ``kind``: ``money`` (the price of a currency), ``rate`` (of some currency), ``mass``, ``time``, ``person``,
    ``item`` (a good), ``wage``, ``thing`` (what is not measured); of figures themselves ``frame`` (so much a
    day) and ``spent`` (a price with its own denominator).
    """

    at: int
    end: int
    kind: str
    per: str
    subject: str = ""


@cache
def _pattern(eastern: bool) -> re.Pattern[str]:
    """Return the pattern of all cues; the group that matched says which kind.

    Text in ASCII is searched for the words in Latin letters alone: that takes half the time.
    """
    items = [word for word in lexicon.words("item") if word not in _SHORT_GOODS]
    goods = any_of(word for word in items if eastern or word[0] < _EAST)
    western_money = any_of(word for word in meanings("money_word") if word[0] < _EAST)
    eastern_money = any_of(word for word in meanings("money_word") if word[0] > _EAST)
    western_mass = any_of(word for word in meanings("mass") if word[0] < _EAST)
    roles = {role: any_of(word for word in meanings(role) if eastern or word[0] < _EAST) for role in _WORDS}
    west = (
        rf"{{article}}\s(?:u\.s\.\s|us-|[a-z-]{{2,12}}\s)?(?P<money_a>{western_money})(?!\s{{money_noun}})"
        rf"|(?P<money_b>{western_money})\s(?={{money_does}})"
        rf"|(?<!in )(?P<money_e>{western_money})(?=:?\s(?:at\s)?[w₩]?[0-9])"
        rf"|(?P<rate_a>{roles['rate']})(?!{{rate_by}}|约|,)"
        rf"|{{mass_article}}\s?(?P<mass_a>(?!(?<=the )pound){western_mass})"
        rf"|(?P<wage_a>{roles['wage']})"
        rf"|{{worker}}(?:\s(?:in|at)\s[a-z]+(?:\s[a-z]+)?(?=\s(?:who\s)?{{gets+has}}))?(?:(?P<wage_b>['’]s?\s(?:monthly\s)?pay(?![a-z]))"
        rf"|(?P<earner_a>['’]?s?['’]?\s(?:on\s)?(?=(?:lbp|[a-z]{{0,2}}[$₩])?\s?[0-9])|\s(?:who\s)?{{gets}})"
        rf"|(?P<earner_b>\s(?:who\s)?{{has}}(?!\sto\s)))"
        rf"|(?P<time_a>{roles['time']})(?!\s?{{time_past}})(?!的?工|\snk)"
        rf"|(?P<fee>{roles['fee']})"
        rf"|(?P<thing>{roles['thing']})"
        rf"|(?P<person>{roles['person']})"
    )
    east = (
        rf"|(?P<money_c>{eastern_money}|元(?=の(?:{{rate_kind}}の?)?{{east_rate}}|は|が|も|レート))\s?(?={{money_does}}|あたり|当たり|=|也|跌|涨|[0-9])"
        rf"|[대対對对](?P<money_d>{eastern_money}|元)"
        r"|(?<!{word_before_mass})(?!{no_mass})(?P<mass_b>{mass})(?={mass_behind}|\)|[0-9])"
        r"|{mass_before}(?!{no_mass})(?P<mass_c>{mass})"
        rf"|(?<![월月{_NUMERALS}])(?<![월月] )(?P<day>1일(?!\s?{{dated_behind}})|1日に?(?=[0-9約の])|日に)"
        rf"|(?<![{_NUMERALS}今先来本翌昨同上下])(?P<month>월\s?(?=약?\s?[0-9])|月(?=[约約]?[0-9](?![0-9]?[日号號]))|月に)"
        rf"|(?<![{_NUMERALS}昨今来去本近翌毎每])(?P<year>연\s?(?=약?\s?[0-9])|年(?=[约約]?[0-9]))"
        rf"|(?<![{_NUMERALS}昨今先来本翌毎])(?P<week>週に(?=約?[0-9]))"
    )
    return compiled(west + (east if eastern else "") + rf"|(?P<item>{goods})")


@cache
def _known() -> Mapping[str, Mapping[str, str]]:
    """Return what the words of each kind stand for."""
    return {
        "money": {**meanings("money_word"), "元": "CNY"},
        "mass": meanings("mass"),
        "time": meanings("time"),
    }


def travels(page: Page, start: int, end: int) -> bool:
    """Return whether words for driving stand in this stretch, so that キロ and 킬로 are kilometres."""
    return compiled("{travel}").search(page.low, max(0, start), end) is not None


def cues(page: Page, start: int, end: int) -> list[Cue]:
    """Return the words of a stretch of text that tell what prices are for, in order."""
    found: list[Cue] = []
    eastern = not page.low[start:end].isascii()
    for match in _pattern(eastern).finditer(page.low, start, end):
        group = str(match.lastgroup)
        cue = _cue(page, match, group.partition("_")[0], match.group(group), (start, end))
        of = bool(found) and page.low[found[-1].end : cue.at] == " of "
        held = of and (found[-1].kind, cue.kind) in (("thing", "item"), ("mass", "thing"))
        if not held:
            found.append(cue)
    named = [cue for cue in found if cue.kind == "money"]
    return [
        cue
        for cue in found
        if cue.kind != "rate" or not any(abs(cue.at - m.end) < 4 or abs(m.at - cue.end) < 9 for m in named)
    ]


def _cue(page: Page, match: re.Match[str], kind: str, word: str, stretch: tuple[int, int]) -> Cue:
    """Return the cue that a word of one kind is."""
    at, end = match.span()
    if kind == "money":
        code = _known()["money"][word]
        return Cue(at, end, kind, code, code)
    if kind == "mass":
        per = _known()["mass"][word]
        return Cue(at, end, kind, "km" if word in meanings("kilometre") and travels(page, *stretch) else per)
    if kind == "time":
        return Cue(at, end, kind, _known()["time"][word])
    if kind in ("day", "week", "month", "year"):
        return Cue(at, end, "time", kind)
    pay = kind == "wage" or (kind == "item" and lexicon.words("item")[word][0].meaning == "wage")
    if pay and compiled(r"\s?{wage_event}").match(page.low, end):
        return Cue(at, end, "silent", "")
    if kind in ("wage", "earner"):
        weak = str(match.lastgroup) == "earner_b"
        if weak and compiled("{wage}|{wage_talk}").search(page.low, max(0, at - _TALK), end + _TALK) is None:
            return Cue(at, end, "silent", "")
        return Cue(at, end, kind, _paid_by(page, at), kind)
    if kind == "fee":
        flagfall = travels(page, at - _TALK, end + _TALK)  # what a taxi asks at first is no month's fee
        return Cue(at, end, "thing", "") if flagfall else Cue(at, end, "wage", _paid_by(page, at))
    if kind == "person":
        return Cue(at, end, kind, meanings(kind)[word])
    if kind != "item":
        return Cue(at, end, kind, "")
    entry = lexicon.words("item")[word][0]
    if compiled("{charge}").match(page.low, end):
        return Cue(at, end, "thing", "", entry.meaning)  # ガソリン代, 油费: what was paid for it, no price
    if entry.meaning == "wage":
        return Cue(at, end, "wage", _paid_by(page, at), "wage")
    if entry.detail in MASS:
        return Cue(at, end, "item", "kg", entry.meaning)
    return Cue(at, end, "thing", "", entry.meaning)


def _paid_by(page: Page, at: int) -> str:
    """Return the time that a wage is for: the month, unless the word before it says otherwise: a daily wage."""
    found = compiled(_FRAMED).search(page.low, max(0, at - 24), at)
    return meanings("frame")[found.group(1)] if found is not None else "month"


def is_kilometre(page: Page, raw: Raw) -> bool:
    """Return whether a figure in キロ or 킬로 is one of a distance."""
    return raw.word in meanings("kilometre") and travels(page, raw.start - 80, raw.end + 40)


def counted(page: Page, raw: Raw) -> bool:
    """Take the unit of a count where a plural noun that measures nothing stands behind a bare number."""
    if raw.low != raw.low.to_integral_value() or raw.low <= 1 or raw.year or page.european:
        return False
    if raw.high < _FEW and compiled(_POINTED).search(page.low, max(0, raw.start - 12), raw.start):
        return False
    found = _noun(page, raw.end)
    if found is None:
        return False
    raw.kind, raw.unit, raw.word, raw.end = "count", *found
    return True


def _noun(page: Page, at: int) -> tuple[str, str, int] | None:
    """Return the unit, the word and the end of the plural noun that these words come to, with what stands before it."""
    low = page.low
    for _ in range(_NOUNS_WORDS):
        found = _WORD.match(low, at)
        word = found.group(1) if found is not None else ""
        if found is None or _verbs().fullmatch(word) or word in lexicon.words("number", "en"):
            return None
        at = found.end()
        if any(word in lexicon.words(kind) for kind in ("currency", "subunit", "item")):
            return None
        if _PLURAL.match(word) and _closed(page, at):
            named = page.plain[at - len(word)].isupper() and _NATIONALS.search(word) is not None
            return ("person" if named else _unit(word)), word, at
    return None


def _closed(page: Page, at: int) -> bool:
    """Return whether the words of a noun end here."""
    if compiled(_VERB_BEHIND).match(page.low, at):
        return False
    if _ENDS.match(page.low, at) or _CAPITAL.match(page.plain, at) or _VERB.match(page.low, at):
        return True
    following = _WORD.match(page.low, at)
    return following is not None and _verbs().fullmatch(following.group(1)) is not None


def _unit(word: str) -> str:
    """Return whether a noun is one of people."""
    entries = lexicon.words("counter").get(word)
    if entries:
        return entries[0].meaning
    named = word in lexicon.words("country")
    return "person" if named or _people().fullmatch(word) else "each"


def told_people(page: Page, first: int, last: int) -> bool:
    """Return whether the last plural noun of a stretch of text is one for people: the women, not the eggs."""
    told = list(_named().finditer(page.low, first, last))
    entries = lexicon.words("counter", "en").get(told[-1].group()) if told else None
    return entries is not None and entries[0].meaning == "person"


@cache
def _named() -> re.Pattern[str]:
    """Return the pattern of plural nouns for what is counted or sold."""
    words = {*lexicon.words("counter", "en"), *lexicon.words("item", "en")}
    return re.compile(any_of(word for word in words if word[-1] in "sn" and len(word) > _SHORT))


@cache
def _verbs() -> re.Pattern[str]:
    """Return the pattern of words that are no part of what is counted."""
    return re.compile(any_of({*meanings("function"), *meanings("uncounted"), *meanings("ends_count")}))


@cache
def _people() -> re.Pattern[str]:
    """Return the pattern of endings that nouns for people have."""
    return re.compile(rf"[a-z-]+(?:{'|'.join(meanings('people_ending'))})")
