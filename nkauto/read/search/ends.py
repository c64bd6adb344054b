"""The two ends of one range held against each other: ``100 to 400 a month, the best-paid four times the worst``."""

from __future__ import annotations

import re

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, fall, over, rise
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.relations.multiple import is_split, multiple_of
from nkauto.read.relations.words import pattern, says
from nkauto.read.search.bases import Settled

_PARTED = re.compile(r"[;；。]|\.\s")
_EASTERN = re.compile(r"[぀-ヿ㐀-鿿가-힣]")
_BEHIND = 60


def find(passage: Passage) -> list[Settled]:
    """Return the multiples and shares between the ends of the range that stands right before them."""
    found = []
    for position, multiple in enumerate(passage.mentions):
        if multiple.unit not in ("x", "%") or not multiple.low or not position or is_split(multiple):
            continue
        whole = passage.mentions[position - 1]
        if whole.single or whole.low <= 0 or whole.unit in ("x", "%", *TIME):
            continue
        if multiple.sentence - whole.sentence > 1 or not _of_its_ends(passage, whole, multiple, position):
            continue
        value = _apart(whole, multiple)
        tests = compare(value, value, operator(multiple, (whole,)), multiple.stated)
        words = f"{multiple.figure.span} between the ends of {whole.figure.span}"
        made = candidate("ratio", words, multiple, (whole,), [reading((whole, multiple), tests)], sure=True)
        fits = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING)
        if not fits and (multiple.unit == "%" or not _compares(passage, multiple, position)):
            continue
        found.append(Settled(multiple.index, made, fits=fits, score=1.0))
    return found


def _of_its_ends(passage: Passage, whole: Mention, multiple: Mention, position: int) -> bool:
    """Return whether the words around a multiple name the lowest as well as the highest, and no figure of their own."""
    after = next(iter(passage.after(multiple, position, most=1)), None)
    end = min(multiple.figure.end + _BEHIND, len(passage.text) if after is None else after.figure.start)
    behind = _PARTED.split(passage.text[multiple.figure.end : end])[0]
    around = f"{passage.text[whole.figure.end : multiple.figure.start]} {multiple.figure.span.lower()} {behind}"
    return says("end_low", around) and says("end_high", around)


def _compares(passage: Passage, multiple: Mention, position: int) -> bool:
    """Return whether a multiple compares and tells of no change, and no other one stands behind it."""
    told = multiple_of(multiple, position)
    after = passage.after(multiple, position, most=1)
    around = pattern("end_high").sub(" ", pattern("end_low").sub(" ", f"{multiple.left} {multiple.right}"))
    changes = told.verb or says("rise", around) or says("fall", around)
    listed = bool(after) and after[0].unit in ("x", "%")
    return not (changes or listed) and (told.compares or told.of or _EASTERN.search(around) is not None)


def _apart(whole: Mention, multiple: Mention) -> Term:
    """Return the higher end by the lower, or the lower by the higher where less than one of it is told."""
    low, high = whole.ends
    if multiple.unit == "%":
        down = multiple.low < 100 and says("down_behind", multiple.right[:_BEHIND])
        return fall(high, low) if down else rise(low, high)
    return over(low, high) if multiple.low < 1 else over(high, low)
