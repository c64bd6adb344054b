"""Units of quantities and prices: what counts what, and by how much one is another."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from nkauto.core.rates import EXACT_UNITS
from nkauto.core.terms import Term, over, shown, times
from nkauto.core.units import factor
from nkauto.errors import WrongDimension
from nkauto.read.passage.items import item
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.words import pattern, says

COUNTS = ("each", "person", "household")
MEASURES = (
    ("kg", "g", "t", "lb", "oz", "jin", "geun"),
    ("L", "mL", "gal", "barrel"),
    ("km", "m", "cm", "mile"),
    ("minute", "hour", "day", "week"),
    ("month", "year"),
)
_JOINED = re.compile(r"\s*(?:of\s|의\s|の|的|(?=[\u4e00-\u9fff]))")
_PARTED = re.compile(r"[,;:.()，、。；：（）]")
_BRACKET = re.compile(r"[(（][^()（）]{0,12}$")
_NAMED, _BESIDE = 24, 8
_RIGHT, _SHORT = 30, 14
_WORD, _LAST = re.compile(r"([a-z]{4,}|[^\W\da-z]{2,})"), re.compile(r"([^\W\da-z]{2,})\s?$")
_PLURAL = re.compile(r"(?:ves|ies|es|s|f|y)$")
FAMILY = {unit: number for number, units in enumerate(MEASURES) for unit in units}


def spans_of(tied: list[Mention]) -> str:
    """Return the words of figures, joined."""
    return ", ".join(mention.figure.span for mention in tied)


def kin(unit: str) -> str:
    """Return the unit that a decimal multiple is counted in: kg for g."""
    return EXACT_UNITS.get(unit, (unit,))[0]


def scaled(term: Term, scale: Fraction) -> Term:
    """Return a term times an exact factor, written as a product or as a quotient."""
    if scale == 1:
        return term
    if scale.denominator == 1:
        return times(term, Term(scale, str(scale.numerator)))
    return over(term, Term(1 / scale, str(1 / scale) if (1 / scale).denominator == 1 else f"({1 / scale})"))


def scale_between(unit: str, other: str) -> Fraction | None:
    """Return how many of the other unit one unit is; None where that is not fixed."""
    if unit == other or other == "each":
        return Fraction(1)
    try:
        return factor(unit, other)
    except WrongDimension:
        return None


def priced_like(source: Mention, target: Mention) -> Mention:
    """Return a price for as much as another one is for: won a litre as won a gallon, beside dollars a gallon."""
    alike = source.per != target.per and FAMILY.get(source.per) == FAMILY.get(target.per, -1)
    scale = scale_between(target.per, source.per) if source.money and alike and source.per not in TIME else None
    if scale is None:
        return source
    each = Decimal(scale.numerator) / Decimal(scale.denominator)
    there = replace(source, per=target.per, low=source.low * each, high=source.high * each)
    low, high = (times(end, Term(scale, shown(scale))) for end in source.ends)
    there.__dict__["ends"] = low, high  # which remember how they were reckoned
    return there


def size_between(unit: str, other: str) -> Fraction:
    """Return how many of the other unit one is, of two that are decimal multiples of one."""
    return EXACT_UNITS.get(unit, ("", Fraction(1)))[1] / EXACT_UNITS.get(other, ("", Fraction(1)))[1]


def good_of(quantity: Mention) -> str:
    """Return the good that a quantity is of: joined to it right behind, or named right before it, else its subject."""
    joined = _JOINED.match(quantity.right)
    if joined is not None and (named := item(_PARTED.split(quantity.right[joined.end() :][:_NAMED])[0], last=False)):
        return named
    return item(quantity.left[-_BESIDE:], last=True) or quantity.subject


def word_of(quantity: Mention) -> str:
    """Return the word joined to a quantity right behind, or right before it, whatever it means: ``of millet``."""
    joined = _JOINED.match(quantity.right)
    word = _WORD.match(quantity.right, joined.end()) if joined is not None else None
    word = word or _LAST.search(quantity.left)
    return word[1] if word is not None else ""


def stem(noun: str) -> str:
    """Return the letters that an English word for one and for many of a thing share: ``bus``, ``loa``, ``famil``."""
    return _PLURAL.sub("", noun)


def bracketed(mention: Mention) -> bool:
    """Return whether a figure stands in brackets, where it mostly only tells another one again."""
    return _BRACKET.search(mention.left) is not None


def buys(passage: Passage, quantity: Mention) -> bool:
    """Return whether the words around a quantity say that it is bought."""
    _, end = passage.sentence(quantity)
    after = passage.text[quantity.figure.end : min(end, quantity.figure.end + 40)]
    return says("buy", quantity.left[-50:]) or says("buy", after)


def falls_short(quantity: Mention) -> bool:
    """Return whether words say that a sum does not buy so many: ``not even 7 kilograms``."""
    short = says("cannot", quantity.left[-_RIGHT:]) or says("cannot", quantity.right[:_SHORT])
    return short and pattern("only_so_much", r"^\s*").match(quantity.right) is None
