"""A phrasing: a sentence's words with a slot for each figure, and what one of the figures follows from.

    each of {n:count} ... {a:money} ... {t:money} (in all|together),t = n * a

The tables stand in ``lexicon/phrasings/``, where README.md tells how a phrasing is written.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from itertools import product
from pathlib import Path

from nkauto.core.terms import Term, minus, number, over, plus, times
from nkauto.read.relations.words import one_of

LETTERS = "-MRPXTCQN"
"""Amounts, rates, percentages, multiples, times, counts, measures, bare numbers; and what fits no slot."""
ENDS = ("low", "high")
"""The ends of a figure, by the names that a formula calls them."""
LOOKED_UP = frozenset(("price", "at_rate"))
"""What a formula may take from the rest of a text: the price of a quantity, the rate between two currencies."""

_FOLDER = Path(__file__).parent.parent / "lexicon" / "phrasings"
_KINDS = {
    "money": "M", "rate": "R", "percent": "P", "times": "X", "part": "PX", "time": "T", "count": "CN", "measure": "Q",
    "thing": "CQN", "sum": "MR", "amount": "MRCQN",
}  # fmt: skip
"""What a slot may be: letters of the figures that fit it."""
_FIRST_MARK = 0xE000
"""The first of the characters, of no script, that stand for figures where phrasings are looked for."""
TURN = chr(_FIRST_MARK + len(LETTERS))
"""What stands in marked text before the words that turn to another clause: ``while``, ``but``, ``and``, ``;``."""
_GAP, _GAP_EAST = 80, 40
"""Characters that ``...`` may stand for."""
_BLANKS = 4
"""Blanks and commas that a blank may stand for."""
_PIECE = re.compile(r"\{(\w):(\w+)\}|<(\w+)>|(\.\.\.?)|(//)|\[([^]]*)\]|\(([^)]*)\)|(\s+)|([^\s{<.(\[/]+|.)")
_OPERATIONS = {ast.Add: plus, ast.Sub: minus, ast.Mult: times, ast.Div: over}


def mark(letter: str) -> str:
    """Return the character that stands for a figure of a letter."""
    return chr(_FIRST_MARK + LETTERS.index(letter))


def letter(marked: str) -> str:
    """Return the letter of a figure from the character that stands for it."""
    return LETTERS[ord(marked) - _FIRST_MARK]


@dataclass(frozen=True, eq=False)
class Phrasing:
    """One row: its words as written, the kinds of its slots in order, what is stated, what that follows from."""

    words: str
    slots: dict[str, str]
    stated: str
    formula: ast.expr
    loose: bool = False
    """Whether its words may mean another thing, so that what misses by far is not called wrong."""

    @cached_property
    def operands(self) -> frozenset[str]:
        """What its formula is made of: names, and ``a.low``, ``a.high``, the ends of a range alone."""
        nodes = [node for node in ast.walk(self.formula) if isinstance(node, (ast.Name, ast.Attribute))]
        ends = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
        return frozenset(ast.unparse(node) for node in nodes if id(node) not in ends)

    @cached_property
    def slots_asked(self) -> frozenset[str]:
        """The slots that its formula asks for; others only hold a place."""
        return frozenset(name.partition(".")[0] for name in self.operands)

    @cached_property
    def adds(self) -> bool:
        """Whether its formula only adds up and takes off."""
        return not any(isinstance(node, (ast.Mult, ast.Div)) for node in ast.walk(self.formula))

    @property
    def sentences(self) -> int:
        """How many sentences it goes through."""
        return self.words.count("//") + 1

    @property
    def letters(self) -> Iterator[str]:
        """Every row of letters that its figures may have."""
        return map("".join, product(*(_KINDS[kind] for kind in self.slots.values())))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of marked text, with a group for each slot."""
        gap = _GAP if self.words.isascii() else _GAP_EAST
        pieces = []
        for match in _PIECE.finditer(self.words):
            name, kind, role, any_words, next_sentence, optional, either, blank, word = match.groups()
            if name:
                pieces.append(f"{TURN}?(?P<{name}>[{''.join(map(mark, _KINDS[kind]))}])")
            elif any_words:
                within = TURN if any_words == ".." else ""
                pieces.append(rf"[^{mark(LETTERS[0])}-{mark(LETTERS[-1])}{within}\n0-9]{{0,{gap}}}?")
            elif next_sentence:
                pieces.append(r"\s*\n\s*")
            elif blank:
                pieces.append(rf"(?:{TURN}?[\s,，、]){{0,{_BLANKS}}}")
            elif role:
                pieces.append(f"{TURN}?{one_of(role)}")
            else:
                every = "|".join(_word(each) for each in (optional or either or word).split("|"))
                pieces.append(f"(?:{TURN}?(?:{every}))" + ("?" if optional else ""))
        return re.compile("".join(pieces))

    @cached_property
    def needed(self) -> list[list[str]]:
        """One word of each of these lists stands in whatever it fits: seen to before its pattern is even made."""
        groups = [(match[7] or match[9] or "").split("|") for match in _PIECE.finditer(self.words)]
        plain = [group for group in groups if all(group) and not any(each.startswith("<") for each in group)]
        return [[max(each.split(), key=len).removesuffix("*") for each in group] for group in plain]

    def worked(self, values: Mapping[str, Term]) -> Term | None:
        """Return what its formula comes to with these values, or none where it would divide by nothing."""
        return _worked(self.formula, values)


@cache
def every() -> dict[int, dict[str, list[Phrasing]]]:
    """Return the phrasings of every language by how many sentences they go through, and by their figures' letters."""
    found: dict[int, dict[str, list[Phrasing]]] = {}
    for path in sorted(_FOLDER.glob("*.csv")):
        for row in path.read_text(encoding="utf-8").splitlines()[1:]:
            words, _, comes_to = row.rpartition(",")
            phrasing = read(words, comes_to)
            for letters in phrasing.letters:
                found.setdefault(phrasing.sentences, {}).setdefault(letters, []).append(phrasing)
    return found


def read(words: str, comes_to: str) -> Phrasing:
    """Return a phrasing from a row of a table; ``ValueError`` for an unknown slot, or a formula of another form."""
    slots = [(match[1], match[2]) for match in _PIECE.finditer(words) if match[1]]
    stated, sign, formula = comes_to.split(" ", 2)
    phrasing = Phrasing(words, dict(slots), stated, ast.parse(formula, mode="eval").body, loose=sign == "~")
    if unknown := [kind for _, kind in slots if kind not in _KINDS]:
        raise ValueError(f"{words}: no kind of figure: {unknown[0]}")
    ends = {f"{name}.{end}" for name in phrasing.slots for end in ENDS}
    known = {*phrasing.slots, *ends, *LOOKED_UP}
    if len(phrasing.slots) < len(slots) or stated not in phrasing.slots or not phrasing.operands <= known:
        raise ValueError(f"{words}: {comes_to}: every figure has one slot, and a formula is made of slots")
    return phrasing


def _word(word: str) -> str:
    """Return the pattern of words or of a role; those in Latin letters stand alone, ``*`` leaves an ending open."""
    if word.startswith("<"):
        return one_of(word.strip("<>"))
    form = r"\s+".join(re.escape(each) for each in word.removesuffix("*").split())
    if not (word[:1].isascii() and word[:1].isalpha()):
        return form
    return rf"(?<![a-z]){form}" + ("[a-z]*" if word.endswith("*") else "(?![a-z])")


def _worked(node: ast.expr, values: Mapping[str, Term]) -> Term | None:
    if isinstance(node, (ast.Name, ast.Attribute)):
        return values[ast.unparse(node)]
    if isinstance(node, ast.Constant):
        return number(Decimal(str(node.value)))
    if not isinstance(node, ast.BinOp):
        raise ValueError(f"not reckoned: {ast.unparse(node)}")
    one, other = _worked(node.left, values), _worked(node.right, values)
    if one is None or other is None or (isinstance(node.op, ast.Div) and not other.value):
        return None
    return _OPERATIONS[type(node.op)](one, other)
