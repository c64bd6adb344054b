"""The tokens of a typed amount -> its numbers, unit, good and denominator; what does not fit is refused."""

from __future__ import annotations

from decimal import Decimal

from nkauto.core.range import plain
from nkauto.errors import AmbiguousAmount
from nkauto.read.digits import Number
from nkauto.read.lexicon import Entry
from nkauto.read.tokens import Token, refuse

_UNITS = ("currency", "sign", "subunit", "unit", "counter", "item")


class Parts:
    """What has been gathered from the tokens so far; lives inside one call."""

    def __init__(self, given: str) -> None:
        self.given = given
        self.numbers: list[Number] = []
        self.money: list[tuple[Entry, Token]] = []
        self.unit: Entry | None = None
        self.item: Entry | None = None
        self.per = ""
        self.per_count: Number | None = None
        self.approx = False


def gathered(given: str, found: list[Token]) -> Parts:
    """Return the numbers, units, goods and denominator that the tokens name, or refuse what does not fit."""
    parts = Parts(given)
    opened: Entry | None = None
    joined = False
    position = 0
    while position < len(found):
        token = found[position]
        after = found[position + 1] if position + 1 < len(found) else None
        position += 1
        if token.number is not None:
            small = (
                None
                if after is None or joined or not parts.money or len(parts.numbers) != 1
                else after.meaning("subunit")
            )
            if small is not None:
                parts.numbers[0] = _with_small_change(parts, token.number, small)
                position += 1
            else:
                _take_number(parts, token.number, joined)
            joined = False
            continue
        mark = token.meaning("range")
        if mark is not None and mark.detail == "open" and not parts.numbers and after is not None:
            opened = mark
        elif mark is not None and len(parts.numbers) == 1 and _number_follows(found, position):
            if mark.detail == "close" and (opened is None or opened.meaning != token.word):
                refuse("two amounts cannot be read at once", given, token.start, token.end)
            joined = True
        elif (per := token.meaning("per")) is not None and _is_per(parts, token, per, after):
            position += _take_per(parts, token, per, found[position:])
        elif token.meaning("hedge") is not None:
            parts.approx = True
        elif (unit := _unit_of(parts, token)) is not None:
            _take_unit(parts, token, unit)
        elif mark is not None and token.word in "-–—−" and not parts.numbers:
            refuse("an amount cannot be negative", given, token.start, token.end)
        elif token.meaning("vague") is not None:
            what = f"{given[token.start : token.end]!r} is no number that can be converted"
            refuse(what, given, token.start, token.end, "Write a range, such as 20-90 yuan.")
        elif token.meaning("link") is None and (mark is None or mark.detail != "open"):
            refuse(f"{given[token.start : token.end]!r} does not fit here", given, token.start, token.end)
    if joined or (opened is not None and opened.meaning and opened.meaning != "to" and len(parts.numbers) < 2):
        refuse("the upper end of the range is missing", given, 0, len(given))
    return parts


def _with_small_change(parts: Parts, count: Number, small: Entry) -> Number:
    """Return the amount with the sub-units that follow it: 7 yuan 5 jiao is 7.5 yuan."""
    whole = parts.numbers[0]
    if not set(small.detail.split()) & set(parts.money[0][0].meaning.split()):
        refuse("two currencies cannot be read at once", parts.given, count.start, count.end)
    value = whole.value + count.value * Decimal(small.meaning)
    return whole._replace(value=value, end=count.end, mantissa=value, marks="")


def _number_follows(found: list[Token], position: int) -> bool:
    """Return whether the next number comes with nothing but money and hedges before it."""
    for token in found[position : position + 3]:
        if token.number is not None:
            return True
        if token.meaning("currency", "sign", "hedge") is None:
            return False
    return False


def _take_number(parts: Parts, number: Number, joined: bool) -> None:
    if number.other is not None:
        raise _two_ways(parts.given, number)
    if parts.numbers and not joined:
        refuse("two amounts cannot be read at once", parts.given, number.start, number.end)
    if len(parts.numbers) == 2:
        refuse("a range has two ends", parts.given, number.start, number.end)
    if number.unit:
        parts.unit = Entry((), "unit", number.unit, "", "")
    parts.numbers.append(number)


def _two_ways(given: str, number: Number) -> AmbiguousAmount:
    """Return the refusal of digits that are one number to one writer and another to the next."""
    assert number.other is not None
    rest = given[number.end :]
    first, second = (f"{plain(value):,f}" for value in (number.value, number.other))
    if len(first.partition(".")[2]) == 3:
        first += "0"
    span = (number.start, number.end)
    written = given[number.start : number.end]
    readings = (given[: number.start] + first + rest, given[: number.start] + second + rest)
    return AmbiguousAmount(f"{written!r} can be read two ways", readings, text=given, span=span)


def _is_per(parts: Parts, token: Token, per: Entry, after: Token | None) -> bool:
    """Return whether a word such as ``a``, ``/``, 당, 月 stands for a denominator here."""
    if per.detail == "whole":
        return not (parts.numbers and parts.unit is None and not parts.money and token.meaning("unit"))
    if _stands_before(parts, per):
        return True
    return after is not None and (after.number is not None or after.meaning(*_UNITS) is not None)


def _stands_before(parts: Parts, per: Entry) -> bool:
    """Return whether the denominator stands before its word, as in kg당, 1キロにつき, 100元あたり."""
    return per.language in ("ko", "ja") and (parts.unit is not None or bool(parts.money)) and len(parts.numbers) < 2


def _take_per(parts: Parts, token: Token, per: Entry, rest: list[Token]) -> int:
    """Take the denominator and return how many further tokens it used."""
    if parts.per:
        refuse("two denominators cannot be read at once", parts.given, token.start, token.end)
    if per.detail == "whole":
        parts.per = per.meaning
        return 0
    if _stands_before(parts, per):
        parts.per = parts.unit.meaning if parts.unit else currency(parts.given, parts.money)[0]
        parts.per_count = parts.numbers.pop() if parts.numbers else None
        parts.unit, parts.money = None, []
        return 0
    used = 0
    if rest[0].number is not None:
        if parts.numbers and parts.unit is None and not parts.money:
            span = (parts.numbers[0].start, rest[0].end)
            refuse("a fraction is not read here", parts.given, *span, "Write 0.5 or half.")
        parts.per_count = rest[0].number
        used = 1
    entry = rest[used].meaning("unit", "counter", "currency", "item", "sign") if used < len(rest) else None
    if entry is None:
        refuse("the denominator has no unit", parts.given, token.start, token.end)
    if entry.kind in ("currency", "sign"):
        parts.per = currency(parts.given, [(entry, rest[used])])[0]
    else:
        parts.per = entry.meaning
    return used + 1


def _unit_of(parts: Parts, token: Token) -> Entry | None:
    """Return what unit, currency or good the word stands for at this place."""
    if token.meaning("unit") and token.meaning("currency"):
        return token.meaning("currency")
    if parts.numbers and parts.unit is None and not parts.money:
        return token.meaning("currency", "subunit", "sign", "unit", "item", "counter")
    return token.meaning("currency", "sign", "item", "unit", "counter", "subunit")


def _take_unit(parts: Parts, token: Token, entry: Entry) -> None:
    if entry.kind in ("currency", "sign", "subunit"):
        parts.money.append((entry, token))
        return
    if entry.kind == "item":
        weight = _weighed_pounds(parts)
        if weight is not None:
            parts.unit, parts.money = weight, []
        if parts.item is not None and parts.item.meaning != entry.meaning:
            refuse("two goods cannot be read at once", parts.given, token.start, token.end)
        parts.item = entry
        return
    if entry.meaning in ("%", "x") or entry.meaning.endswith("%"):
        refuse("a percentage or a multiple is not an amount", parts.given, token.start, token.end)
    if parts.unit is not None and parts.unit.meaning != entry.meaning:
        refuse("two units cannot be read at once", parts.given, token.start, token.end)
    parts.unit = entry


def _weighed_pounds(parts: Parts) -> Entry | None:
    """Return the weight that the only currency word so far can also mean: 12 pounds of rice."""
    return parts.money[0][1].meaning("unit") if len(parts.money) == 1 else None


def currency(given: str, money: list[tuple[Entry, Token]]) -> tuple[str, Decimal]:
    """Return the ISO code that all money words agree on, and the share of it that is counted (a cent: 0.01)."""
    share = Decimal(1)
    codes: list[str] = []
    asked = True
    for place, (entry, token) in enumerate(money):
        listed = (entry.detail if entry.kind == "subunit" else entry.meaning).split()
        if entry.kind == "subunit":
            share = Decimal(entry.meaning)
        common = [code for code in codes if code in listed] if place else listed
        if not common:
            refuse("two currencies cannot be read at once", given, token.start, token.end)
        codes = common
        asked = asked and entry.detail == "ask"
    entry, token = money[0]
    if asked and len(codes) > 1:
        weight = token.meaning("unit")
        others = (codes[0], weight.meaning if weight else codes[1])
        readings = tuple(_in_place(given, token, name) for name in others)
        what = f"{given[token.start : token.end]!r} can be several units"
        raise AmbiguousAmount(what, (readings[0], readings[1]), text=given, span=(token.start, token.end))
    return codes[0], share


def _in_place(given: str, token: Token, name: str) -> str:
    """Return the text with another name where the token stands, a blank between it and a number or letter."""
    before, after = given[: token.start].rstrip(), given[token.end :]
    return f"{before}{' ' if before else ''}{name}{' ' if after[:1].isalnum() else ''}{after}".strip()
