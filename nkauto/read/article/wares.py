"""A price of a thing that no table lists: "an imported toothbrush: 15 roubles", "plantains are 600", 구두가 3만원.

The words around it stand for goods unless they name pay, people, money or what was spoken of before.
"""

from __future__ import annotations

import re

from nkauto.read import lexicon
from nkauto.read.article.cues import Cue
from nkauto.read.article.prose import compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.sentence import Sentence

ASIDE_CLOSED = re.compile(r"[^()（）]*[)）]")
"""From a word inside brackets to where these close."""
_REACH = 90
_CLAUSE = r"(?:^|[.;:,、，。；(（]|\s[–—-]\s|\s(?:{clause_joint})\s)\s?"
_NAMED = (
    r"(?:{clause_joint}\s)?(?P<ware>[a-z'’][a-z'’ -]{2,48}?)(?:\s(?:that|which)(?:\s[^;:]{3,40}?)?)?"
    r"(?:\s(?:{costs+costs_ware})|:|\sat)\s(?:{softener}\s)?"
)
_EAST_NAMED = (
    r"(?:[0-9]{1,4}(?=[^\s0-9년월일年月日시時]))?(?P<ware>[^\s0-9a-z,.、，。；;:()（）][^,.、，。；;:()（）]{0,24}?)"
    r"(?:{topic+of_ware}|:|：)\s?(?:{when_told}\s?)?(?:{softener}\s?)?"
)
_NO_WARE = (
    r"{no_ware+this+money_word+in_money+wage+wage_talk+rate+rate_kind+rate_word+price_word+when_told}"
    r"|{worker+gets+has+earns+person+time}"
)
_WARE = re.compile(r"([,;:]\s(?:and\s)?)?\b(?:([a-zA-Z]+)\s)?([a-z]{3,}s)\s$")
_NO_THING = r"{costs_now+moved+function+base_behind+price_word+change_of+goes_on+softener+gets+mass}|{mass}e?s"
_NEW_GOOD = re.compile(r"(?:[,;]|\sand)\s[a-z]+\s$")
_NEW_ARTICLE = re.compile(r",\s(?:(?:and|but|while)\s(?:an?|the)|an?)\s[a-z]+\s(?:of\s[a-z]+\s)?$")
_WARE_BRACKET = re.compile(r"[\s、,，][^\s()0-9、,，]{2,}\($")
_PLACE = re.compile(r"(?<!\.) [A-Z][a-z]+ $")
"""A name before its price, which is where and not what: "Kano pays 985 and Maiduguri 1,010"."""

_OWNED = re.compile(r"[a-z]['’]s?$")
_BOUGHT_AT = r"\s{for_one_ware}\s(?:an?|the|one)\s[a-z][a-z' -]{2,24}\sat\s(?:{softener}\s)?$"
_WORDS = re.compile(r"[a-z'’-]+")
_MOST = 7


def aside(here: Sentence, cue: Cue, raw: Raw) -> bool:
    """Return whether a word stands in brackets before a figure that tell an amount of their own: (20 cents a kg)."""
    closed = ASIDE_CLOSED.match(here.page.low, cue.at, raw.start)
    return closed is not None and any(each.money and cue.end <= each.start < closed.end() for each in here.here)


def of_ware(here: Sentence, raw: Raw, first: int) -> bool:
    """Return whether the clause before a price, from ``first`` on, names a thing that it is the price of."""
    low = here.page.low
    if compiled("{worth}").match(low, raw.end):
        return True
    first = max(first, here.first, raw.start - _REACH)
    if compiled(_BOUGHT_AT).search(low, first, raw.start):
        return True
    starts = [first, *(found.end() for found in compiled(_CLAUSE).finditer(low, first, raw.start))]
    clause = low[max(start for start in starts if start < raw.start or start == first) : raw.start].lstrip()
    return _named(clause) or (not clause.isascii() and _named_east(clause))


def _named(clause: str) -> bool:
    """Return whether a clause is a noun with a verb of price: "a loaf costs", "soviet condoms are"."""
    found = compiled(_NAMED).fullmatch(clause)
    if found is None:
        return False
    ware = found.group("ware")
    words = _WORDS.findall(ware)
    if len(words) > _MOST or compiled(_NO_WARE).search(ware) or _OWNED.search(ware):
        return False
    if words[-1] in meanings("function") or any(words[-1] in lexicon.words(kind) for kind in ("country", "currency")):
        return False
    return not any(_person(word) for word in words)


def _person(word: str) -> bool:
    """Return whether a word is one for people: a beginner, soldiers."""
    entries = lexicon.words("counter", "en").get(word)
    return entries is not None and entries[0].meaning == "person"


def _named_east(clause: str) -> bool:
    """Return whether a clause is a noun that no person or pay is, with its particle or a verb of price."""
    found = compiled(_EAST_NAMED).fullmatch(clause)
    if found is None:
        return False
    ware = found.group("ware").rstrip()
    if compiled("{place_behind}$").search(ware):
        return False
    return compiled(_NO_WARE).search(ware) is None and compiled(r"{person_behind}$").search(ware) is None


def bracketed(here: Sentence, raw: Raw, gap: str) -> bool:
    """Return whether a price stands in brackets right behind what it is of: 월급 3천원으로는 운동화(2만원)."""
    return raw.outer is None and here.page.low.startswith(")", raw.end) and _WARE_BRACKET.search(gap) is not None


def sold_by_number(here: Sentence, raw: Raw) -> bool:
    """Return whether things that are sold by number are named right before a price: "rice scoops 97 won, forks 240"."""
    found = _WARE.search(here.page.plain, max(here.first, raw.start - 32), raw.start)
    if found is None:
        return False
    listed, before, ware = found.group(1), (found.group(2) or "").lower(), found.group(3)
    if not listed and before not in lexicon.words("item"):
        return False
    known = any(ware in lexicon.words(kind) for kind in ("hedge", "change", "item")) or before in meanings("function")
    cued = any(cue.at < found.end(3) and cue.end > found.start(3) for cue in here.cues)
    return not known and not cued and compiled(_NO_THING).fullmatch(ware) is None


def new_good(here: Sentence, raw: Raw, cue: Cue) -> bool:
    """Return whether another good is named between a weight and a price: "meat 450 the kilo, milk 200"."""
    first = max([cue.end, *(other.end for other in here.here if other.end <= raw.start)])
    named = _NEW_GOOD.search(here.page.low, first, raw.start)
    if named is None:
        named = _NEW_ARTICLE.search(here.page.low, first, raw.start)
    if named is not None and _PLACE.search(here.page.plain, named.start(), named.end()):
        return False
    verbs = "{change_of+costs_now+costs+base_behind+priced+softener+converting}"
    return named is not None and compiled(verbs).search(named.group()) is None
