"""A typed amount -> its numbers and words, each with its place; what is neither is refused where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, NoReturn

from nkauto.errors import UnknownName, UnreadableAmount
from nkauto.read import lexicon
from nkauto.read.digits import MOST_DIGITS, Number, narrow
from nkauto.read.numbers import number

LONGEST = 200
"""Characters that an amount may have."""

EXAMPLES = "Amounts look like 1,200 yuan, 300-500 CNY, 20,000 won/kg, 50 kg rice, 3 wage-months."

_LONGEST_WORD = 40
_OF_PROSE = frozenset(
    ("change", "negation", "multiple", "number", "multiplier", "month", "label", "country", "qualifier", "prefix")
)


class Token(NamedTuple):
    """A number or a word of the lexicon, with its place."""

    start: int
    end: int
    word: str = ""
    number: Number | None = None
    entries: tuple[lexicon.Entry, ...] = ()

    def meaning(self, *kinds: str) -> lexicon.Entry | None:
        """Return this word's first entry of one of these kinds, in the order of the kinds."""
        for kind in kinds:
            for entry in self.entries:
                if entry.kind == kind:
                    return entry
        return None


def tokens(given: str, items: Mapping[str, str] | None) -> list[Token]:
    """Return the numbers and words of a text, in order; raise ``UnreadableAmount`` or ``UnknownName`` at the rest."""
    text = _folded(given)
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _token(text, at, items, after_number=bool(found) and found[-1].number is not None)
        if token is None:
            _refuse(given, text, at, found, items)
        if token.number is not None and sum(map(str.isdigit, text[at : token.end])) > MOST_DIGITS:
            refuse(f"a number has at most {MOST_DIGITS} digits", given, at, token.end)
        found.append(token)
        at = token.end
    return found


def _folded(given: str) -> str:
    """Return the text in lower case and narrow digits, character by character, so that places stay true."""
    text = narrow(given)
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    return "".join(lower if len(lower := character.casefold()) == 1 else character for character in text)


def _latin(character: str) -> bool:
    return character.isalpha() and character < "\u0250"


def _token(text: str, at: int, items: Mapping[str, str] | None, *, after_number: bool) -> Token | None:
    """Return the longest number or word here; after a number a word (斤, 两, 分) comes before a numeral."""
    word = _word(text, at, items)
    found = number(text, at)
    if found is None or (word is not None and (word.end > found.end or (after_number and word.end == found.end))):
        return word
    return Token(at, found.end, number=found)


def _word(text: str, at: int, items: Mapping[str, str] | None) -> Token | None:
    """Return the longest word of the lexicon or of the rate book that stands here whole."""
    if at > 0 and _latin(text[at - 1]) and _latin(text[at]):
        return None
    index = lexicon.index(_OF_PROSE)
    for length in range(min(_LONGEST_WORD, len(text) - at), 0, -1):
        end = at + length
        if end < len(text) and _latin(text[end - 1]) and _latin(text[end]):
            continue
        word = text[at:end]
        entries = index[word] if word in index else ()  # noqa: SIM401 - what is no word is asked most
        item = _item(word, items)
        if item:
            usual = next((entry.detail for entry in entries if entry.kind == "item"), "")
            entries = (*(e for e in entries if e.kind != "item"), lexicon.Entry((word,), "item", item, usual, ""))
        elif items is not None and entries:
            entries = tuple(e for e in entries if e.kind != "item" or e.meaning in items.values())
        if entries:
            return Token(at, end, word, entries=entries)
    return None


def _item(word: str, items: Mapping[str, str] | None) -> str:
    """Return the id of a good by its name in the rate book, in the singular or plural; empty when there is none."""
    if items is None:
        return ""
    return items.get(word) or (items.get(word[:-1], "") if word.endswith("s") else "")


def _refuse(given: str, text: str, at: int, before: list[Token], items: Mapping[str, str] | None) -> NoReturn:
    """Refuse what stands here: as an unknown name when it is a word, else as a character out of place."""
    end = at + 1
    character = text[at]
    if character.isdecimal() and not character.isascii():
        while end < len(text) and text[end].isdecimal():
            end += 1
        refuse("digits of this script are not read", given, at, end, "Write the number in digits 0 to 9.")
    if character.isalpha():
        while end < len(text) and (text[end].isalpha() or text[end] in "-'’"):
            end += 1
        name = given[at:end]
        exponent = character == "e" and bool(before) and before[-1].number is not None and before[-1].end == at
        if exponent or text[at:end] in ("nan", "inf", "infinity"):
            refuse("an amount is a plain number", given, at, end, "Write 1,000,000 or 1 million, not 1e6 or nan.")
        goods = lexicon.words("item") if items is None else items
        known = [*lexicon.words("currency"), *lexicon.words("unit"), *goods]
        raise UnknownName("unit or item", name, known, hint=EXAMPLES, text=given, span=(at, end))
    if character.isascii() and character.isdecimal():
        while end < len(text) and (text[end].isdecimal() or text[end] in ".,'’ "):
            end += 1
        end = at + len(given[at:end].rstrip(" .,'’"))
        refuse("the marks in this number make no sense", given, at, end, "Write 1,000 or 1000, 0.5 or 1,000.50.")
    if character == "_":
        refuse("'_' does not stand inside a number here", given, at, end, "Write 1,000 or 1000.")
    refuse(f"{character!r} has no meaning in an amount", given, at, end)


def refuse(what: str, given: str, start: int, end: int, hint: str = EXAMPLES) -> NoReturn:
    """Raise ``UnreadableAmount`` with a caret under ``given[start:end]``."""
    raise UnreadableAmount(what, hint=hint, text=given, span=(start, end))
