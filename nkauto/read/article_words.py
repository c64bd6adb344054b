"""The lexicon as prose needs it: which unit follows a number, which money sign leads it, where a word stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from nkauto.read import lexicon
from nkauto.read.lexicon import Entry

_LATIN = re.compile(r"[a-zà-ÿ]")
_KINDS = ("currency", "subunit", "unit", "counter")
_LONGEST = 12
_NOT_IN_PROSE = frozenset(
    "sum som sol real le p mo hr hrs yr yrs wk wks min mins mt head heads un piece item items unit units stores shops "
    "stations branches rooms houses apartments each copies plus lei lev of individuals officials guards sheets sets "
    "units pairs loads trip cups bowls bowl tv computers 점 쪽 매 모 조 본 건 곳 군데 척당 세트 짝 处 听 把 片 次 部 家 両 "
    "基 機 点 校 社 つ 件 件套 桶 度电 玉 足 着 束 株 个 個 间 篇 份 架 所 カ所 か所 ヶ所 位 口 冊 尾 艘 皿".split()
)
"""Words that stand behind numbers in prose too often without being their unit."""


class Unit(NamedTuple):
    """A unit found behind a number: the lines of the lexicon that its word may mean, and its place."""

    entries: tuple[Entry, ...]
    start: int
    end: int

    def entry(self, *kinds: str) -> Entry | None:
        """Return the first meaning of one of these kinds."""
        return next((entry for kind in kinds for entry in self.entries if entry.kind == kind), None)


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern of these words, the longest first, sharing first letters so that it fails fast."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda each: (-len(each), each)):
        by_first.setdefault(word[0], []).append(word)
    return "|".join(
        re.escape(first) + f"(?:{'|'.join(re.escape(word[1:]) for word in group)})" for first, group in by_first.items()
    )


def latin(word: str) -> bool:
    """Return whether a word is in Latin letters, so that it must stand whole."""
    return _LATIN.match(word[0]) is not None or _LATIN.match(word[-1]) is not None


@cache
def _units() -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for kind in _KINDS:
        for word, entries in lexicon.words(kind).items():
            if word not in _NOT_IN_PROSE:
                found[word] = (*found.get(word, ()), *entries)
    return found


_CODE = re.compile(r"[a-z]{3}(?![a-z])")
_WORDS = re.compile(r"[a-zà-ÿ$]+(?:\.(?:[a-zà-ÿ]+\.?)*)?(?:[ -][a-zà-ÿ$.]+){0,3}")
_SIGNS = "%¢€$₩¥£₽₦₹₫₭฿₺㎏㎎㎞㎡㎝㎖ℓ㍑㌔㌘㌧㌫㌕m×°"


def unit_at(plain: str, low: str, at: int) -> Unit | None:
    """Return the longest unit that stands here whole, with at most a blank or a hyphen before it."""
    start = at
    if low[at : at + 1] in (" ", "-") and low[at + 1 : at + 2] not in (" ", "-"):
        start += 1
    first = low[start : start + 1]
    if not first or first.isspace():
        return None
    units = _units()
    if "a" <= first <= "ÿ" and first.isalpha():
        if start > at and low[at] == "-" and low[start : start + 3] in ("to ", "and"):
            return None
        found = _WORDS.match(low, start)
        words = found.group() if found else first
        while words:
            entries = units.get(words)
            end = start + len(words)
            if entries and not _LATIN.match(low[end : end + 1]) and _spelt(plain, start, words, entries):
                return Unit(entries, start, end)
            cut = max(words.rfind(" "), words.rfind("-"), words.rfind("."))
            words = words[: max(cut, 0)] if not (words.endswith(".") and len(words) > 1) else words[:-1]
        return _glued(plain, low, start)
    for length in range(_LONGEST, 0, -1):
        word = low[start : start + length]
        entries = units.get(word)
        if entries and len(word) == length:
            end = start + length
            if _LATIN.match(word[-1]) and _LATIN.match(low[end : end + 1]):
                continue
            return Unit(entries, start, end)
    return None


def _spelt(plain: str, start: int, word: str, entries: tuple[Entry, ...]) -> bool:
    """Return whether a word is spelt as its unit is: ISO codes of three letters in capitals (CUP is no cup)."""
    written = plain[start : start + len(word)]
    if len(word) == 3 and entries[0].kind == "currency" and word.upper() == entries[0].meaning.split()[0]:
        return written.isupper() or word in ("usd", "rmb", "kpw", "krw", "cny", "jpy", "eur")
    if word in ("ks", "rs", "ll", "bs", "le", "sle", "mark"):
        return written[0].isupper()
    if word in ("t", "g", "l", "m", "b", "x"):
        return written == "L" or written.islower() or word == "x"
    return True


_GLUED = re.compile(r"(kgs?|km|lbs?|l|g|t|m2|m²|ml|usd|rmb|won|yuan|kpw|x)(?![a-z])")


def _glued(plain: str, low: str, start: int) -> Unit | None:
    """Return a unit whose word runs into East Asian letters: 10kg이지만, 5km를."""
    found = _GLUED.match(low, start)
    if found is None:
        return None
    entries = _units().get(found.group(1))
    return Unit(entries, start, found.end()) if entries and _spelt(plain, start, found.group(1), entries) else None


# -- money that leads its number -------------------------------------------------------------------------------

_EXTRA_SIGNS = {
    "us$": "USD", "u.s.$": "USD", "u.s. $": "USD", "us $": "USD", "u$s": "USD", "us$.": "USD", "u$": "USD", "us-$": "USD",
    "z$": "ZWD ZWL", "zw$": "ZWD ZWL", "zwl$": "ZWL ZWD", "rtgs$": "ZWL ZWD", "hk$": "HKD", "nt$": "TWD", "a$": "AUD",
    "au$": "AUD", "c$": "CAD NIO", "ca$": "CAD", "s$": "SGD", "nz$": "NZD", "r$": "BRL", "mx$": "MXN", "ar$": "ARS",
    "mex$": "MXN", "col$": "COP", "cup$": "CUP", "rs": "INR PKR LKR NPR", "rs.": "INR PKR LKR NPR", "bs": "VES VEF BOB",
    "bs.": "VES VEF BOB", "bs.f": "VEF", "bsf": "VEF", "bs.f.": "VEF", "bs.s": "VES", "ks": "MMK", "k": "MMK ZMW MWK LAK",
    "w": "KPW KRW", "n": "NGN", "le": "EGP SLE", "l.e.": "EGP", "e£": "EGP", "£e": "EGP", "s£": "SYP", "£s": "SYP",
    "l£": "LBP", "ll": "LBP", "l.l.": "LBP", "lbp": "LBP", "ksh": "KES", "tk": "BDT", "rp": "IDR", "rm": "MYR",
    "euro": "EUR", "sh": "KES UGX TZS", "zig": "ZWG", "fr.": "CHF", "sfr": "CHF", "rmb¥": "CNY", "cn¥": "CNY", "jp¥": "JPY",
}  # fmt: skip
_CAPITALS = frozenset(("rs", "rs.", "bs", "bs.", "ks", "k", "w", "n", "le", "ll", "sh", "tk", "rp", "rm", "zig"))


@cache
def _leading() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of money before a number, anchored at its end, and the codes it may stand for."""
    codes = dict(_EXTRA_SIGNS)
    for word, entries in lexicon.words("sign").items():
        codes.setdefault(word, entries[0].meaning)
    for word, entries in lexicon.words("currency").items():
        if word.upper() == entries[0].meaning.split()[0] or word in ("rmb", "naira", "kyat", "nkw"):
            codes[word] = entries[0].meaning
    letters = sorted((word for word in codes if latin(word)), key=len, reverse=True)
    signs = sorted((word for word in codes if not latin(word)), key=len, reverse=True)
    pattern = (
        rf"(?:(?<![a-z0-9])(?:{'|'.join(map(re.escape, letters))})|{'|'.join(map(re.escape, signs))})"
        r"\s?(?=$)"
    )
    return re.compile(pattern), codes


@cache
def _qualifiers() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of East Asian money words before a number (한화, 人民币), with a hedge between, and codes."""
    codes = {word: entries[0].meaning for word, entries in lexicon.words("qualifier").items()}
    return re.compile(
        rf"({alternatives(codes)})(?:로|으로|는|은|で|を)?\s?(?:약|約|约|대략|总共|共|近|かれこれ)?\s?$"
    ), codes


_LEADS = re.compile(r"[a-z$₩¥£€₽₦₹₨₱₫₭฿₴₺₸₮៛৳₵﷼.]\s?$")


def money_before(plain: str, low: str, at: int) -> tuple[str, int] | None:
    """Return the codes of the money sign or word right before a number, and where it starts."""
    if at == 0:
        return None
    window = max(0, at - 16)
    if _LEADS.search(low, max(0, at - 2), at):
        pattern, codes = _leading()
        found = pattern.search(low[window:at])
        if found is None:
            return None
        start = window + found.start()
        word = found.group().rstrip()
        written = plain[start : start + len(word)]
        if word in _CAPITALS and (not written[0].isupper() or (len(word) == 1 and found.group() != word)):
            return None
        if (
            len(word) == 3
            and word.isalpha()
            and not written.isupper()
            and word not in ("usd", "rmb", "kpw", "krw", "zig")
        ):
            return None
        return codes[word], start
    if low[at - 1] > "\u2e7f" or (low[at - 1] == " " and low[at - 2 : at - 1] > "\u2e7f"):
        pattern, codes = _qualifiers()
        found = pattern.search(low[window:at])
        if found is not None:
            return codes[found.group(1)], at
    return None
