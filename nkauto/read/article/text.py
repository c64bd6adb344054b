"""An article made ready for reading: one form of each sign, languages, sentences, quotes, lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from nkauto.read import lexicon
from nkauto.read.article.prose import any_of, by_language, compiled

_TABLE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF0C}
_TABLE |= dict.fromkeys((0x00A0, 0x2007, 0x2009, 0x200A, 0x202F, 0x3000), 0x20)
_TABLE |= {
    0x2010: 0x2D,
    0x2011: 0x2D,
    0x2012: 0x2013,
    0x2212: 0x2D,
    0x201A: 0x2C,
    0x2236: 0x3A,
    0xFFE5: 0xA5,
    0xFFE6: 0x20A9,
    0xFFE1: 0xA3,
}
"""Full-width signs, the many blanks, hyphens and money signs, each as its plain form; all of one character."""

_WIDE_COMMA = re.compile(r"(?<=[0-9])，(?=[0-9]{3}(?![0-9]))")
_MIDDLE_POINT = r"(?<=[0-9])(?<![・.][0-9])(?<![・.][0-9]{2})・(?=[0-9]{1,2}\s?{point_unit})"
"""The decimal point of Japanese newspapers: 1・3倍."""

_ESCAPE = re.compile(r"\x1b\[[0-9;]{0,20}[a-zA-Z]")

_OPENING = "“「『«„"
_CLOSING = {"“": "”", "「": "」", "『": "』", "«": "»", "„": "“”"}
_QUOTE = re.compile(r'["“”„「」『』«»]|\n\s*\n')

_SENTENCE = re.compile(r"[。！？]|\n|[.!?]+(?=[\"'”’」』)\]]*(?:\s|$))")
_SHORT = frozenset(
    [
        *(
            "approx",
            "appx",
            "aprox",
            "ca",
            "est",
            "avg",
            "no",
            "nos",
            "e.g",
            "i.e",
            "etc",
            "vs",
            "cf",
            "sq",
            "per",
            "incl",
        ),
        *(
            "mr",
            "mrs",
            "ms",
            "dr",
            "st",
            "jr",
            "sr",
            "gen",
            "col",
            "lt",
            "capt",
            "prof",
            "rev",
            "co",
            "inc",
            "ltd",
            "tel",
        ),
        *(
            "p",
            "pp",
            "vol",
            "fig",
            "art",
            "res",
            "a.m",
            "p.m",
            "min",
            "max",
            "u.s",
            "u.n",
            "d.c",
            "n.k",
            "s.k",
            "n",
            "s",
        ),
        *("rs", "bs", "l.l", "c", "mio", "mrd", "tsd", "evtl", "bzw", "z.b"),
    ]
)
"""Short forms whose full stop ends no sentence."""

_LAST_WORD = re.compile(r"[^\s(\[\"'“‘]*$")
_SAMPLE = 40_000
_ONES = "一二三四五六七八九"
_IN_TURN = "|".join(map("".join, pairwise(_ONES)))
_BY_PLACE = re.compile(
    rf"(?<![{_ONES}十百千])(?=[{_ONES}]*[〇○]|[{_ONES}]{{3}}|(?!{_IN_TURN})[{_ONES}]{{2}}[銭錢钱])"
    rf"[{_ONES}][〇○{_ONES}]+(?![十百千])"
)
"""Digits in Chinese characters that count by their place, 一〇〇〇 and 一三二; two without a nought may be a range, but
for pence: 五三銭."""
_DIGIT = str.maketrans(f"〇○{_ONES}", "00123456789")
_THOUSANDS = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])")
_DECIMAL_COMMA = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]{2}(?![0-9]|,[0-9])")
_DECIMAL = re.compile(r"(?<![0-9.,])[0-9]+\.[0-9]{1,2}(?![0-9.,])")
_SQUARE = re.compile(r"\[([^\[\]\n]{2,60})\]")
_FIGURE = re.compile(r"[$€£¥₩₽]\s?[0-9]|[0-9]\s?[^\W0-9_]")


@dataclass(frozen=True, slots=True)
class Page:
    """A text and what can be told of it before any figure is read.

    ``plain`` and ``low`` (lower case) have the length of ``text``, so that places are the same in all three.
    ``languages`` are those of its Latin letters; English always counts. ``pointed`` says that 3,600 and 448.60 stand
    in it: its commas mark thousands, its points decimals; ``commas`` that 144,23 and 19,45 do, whatever its language.
    """

    text: str
    plain: str
    low: str
    languages: frozenset[str]
    pointed: bool
    commas: bool
    sentences: list[int]
    quotes: tuple[list[int], list[int]]
    lines: list[int]

    @property
    def european(self) -> bool:
        """Whether another language than English is written here, in which 1.200,50 is."""
        return len(self.languages) > 1

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the first and last place of the sentence around this one."""
        found = bisect_right(self.sentences, at) - 1
        return self.sentences[found], self.sentences[found + 1] if found + 1 < len(self.sentences) else len(self.text)

    def quoted(self, at: int) -> bool:
        """Return whether this place lies inside quotation marks."""
        found = bisect_right(self.quotes[0], at) - 1
        return found >= 0 and self.quotes[1][found] > at

    def line(self, at: int) -> int:
        """Return the line of this place, counted from 1."""
        return bisect_left(self.lines, at) + 1


def page(text: str) -> Page:
    """Return the text made ready for reading."""
    plain = text if text.isascii() else _WIDE_COMMA.sub(",", text.translate(_TABLE))
    if "・" in plain:
        plain = compiled(_MIDDLE_POINT).sub(".", plain)
    if "\x1b" in plain:
        plain = _ESCAPE.sub(lambda match: " " * len(match.group()), plain)
    plain = _BY_PLACE.sub(lambda run: run.group().translate(_DIGIT), rounded(plain))
    low = plain.lower()
    if len(low) != len(plain):
        low = "".join(lower if len(lower := character.lower()) == 1 else character for character in plain)
    lines = [match.start() for match in re.finditer("\n", text)]
    pointed = all(mark.search(low, 0, _SAMPLE) for mark in (_THOUSANDS, _DECIMAL))
    commas = not pointed and len(_DECIMAL_COMMA.findall(low, 0, _SAMPLE)) > 1
    return Page(text, plain, low, _languages(low), pointed, commas, _sentences(plain), _quotes(text), lines)


def _languages(low: str) -> frozenset[str]:
    """Return English, and the language whose commonest words outnumber the English ones, if any does."""
    counts = {language: len(words.findall(low[:_SAMPLE])) for language, words in _commonest().items()}
    most = max(counts, key=lambda language: counts[language])
    return frozenset(("en", most)) if counts[most] > 2 else frozenset(("en",))


@cache
def _commonest() -> Mapping[str, re.Pattern[str]]:
    """Return the pattern of the commonest words of each language that is written in Latin letters."""
    return {language: re.compile(any_of(words)) for language, words in by_language("commonest").items()}


def _sentences(plain: str) -> list[int]:
    """Return where each sentence starts; a full stop after a short form (Jan., approx., No.) ends none."""
    starts = [0]
    months = _months()
    for match in _SENTENCE.finditer(plain):
        if match.group() == ".":
            last = _LAST_WORD.search(plain, max(0, match.start() - 12), match.start())
            word = last.group().lower() if last is not None else ""
            after = plain[match.end() : match.end() + 3].lstrip(" \"'”’)")
            if word in _SHORT or word in months or (len(word) == 1 and word.isalpha()) or after[:1].islower():
                continue
        starts.append(match.end())
    return starts


def _quotes(text: str) -> tuple[list[int], list[int]]:
    """Return where quotations start and end; one that no mark closes ends with its paragraph, and is none."""
    starts: list[int] = []
    ends: list[int] = []
    opened, start = "", 0
    for match in _QUOTE.finditer(text):
        mark = match.group()
        if mark[0] == "\n":
            opened = ""
        elif opened:
            if mark in (_CLOSING.get(opened) or opened):
                starts.append(start)
                ends.append(match.end())
                opened = ""
        elif mark == '"' or mark in _OPENING:
            opened, start = mark, match.start()
    return starts, ends


@cache
def _months() -> frozenset[str]:
    return frozenset(word.rstrip(".") for word in lexicon.words("month"))


def rounded(text: str) -> str:
    """Return the text with such brackets as round ones, every character in its place; a footnote's ``[12]`` stays."""
    if "[" not in text:
        return text
    return _SQUARE.sub(lambda found: f"({found[1]})" if _FIGURE.search(found[1]) else found.group(), text)
