"""What people type as an amount -> Amount; shared by the command line, CSV cells and rates of the user's own.

What could be read two ways is refused with both readings; what cannot be read is refused with a caret under
the part that stopped the reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal, localcontext

from nkauto.core.amount import Amount, Target
from nkauto.core.range import Range, plain
from nkauto.errors import AmbiguousAmount, UnreadableAmount
from nkauto.read.amount_parts import Parts, currency, gathered
from nkauto.read.digits import Number, plain_number
from nkauto.read.lexicon import Entry
from nkauto.read.numbers import elliptical
from nkauto.read.tokens import EXAMPLES, LONGEST, refuse, tokens

__all__ = ["Target", "plain_number", "read_amount", "read_target"]

_COUNTED = "each"
_EXACT = Context(prec=100)
"""More digits than a readable number and its words can fill: the caller's own context does not matter."""


def read_amount(text: str, items: Mapping[str, str] | None = None, *, unit: str = "") -> Amount:
    """Return the amount that the text states, in any of the scripts and forms that people type.

    ``items`` maps casefolded names of goods to the ids of the rate book; without it the lexicon's own goods
    count. ``unit`` (``CNY``, ``won/kg``, ``kg rice``) is used when the text has none. ``won`` is the North Korean won
    unless the text says otherwise; ``元`` and ``원`` beside a word for Chinese money are yuan. The range is
    marked approx by "about", "more than", 정도, 以上.

    Raises ``AmbiguousAmount`` for ``24.000 won``, ``¥1,200``, ``₩24,000``, ``5 pounds``; ``UnknownName`` for a
    unit that is not known; ``UnreadableAmount`` for all else.
    """
    with localcontext(_EXACT):
        return _amount(text, items, unit)


def _amount(text: str, items: Mapping[str, str] | None, unit: str) -> Amount:
    _check_length(text, "an amount", EXAMPLES)
    parts = gathered(text, tokens(text, items))
    if not parts.numbers:
        refuse("there is no number in this amount", text, 0, len(text))
    low, high = _ends(text, parts.numbers)
    if parts.money:
        if parts.item is not None or parts.unit is not None:
            refuse("this names both money and goods", text, 0, len(text), "Convert the one, then the other.")
        code, share = currency(text, parts.money)
        return Amount(_range(low * share, high * share, parts.approx), code, per=_per(parts))
    if parts.unit is None and parts.item is None:
        if not unit.strip():
            shown = text[parts.numbers[0].start : parts.numbers[-1].end]
            hint = f"Say of what: {shown} won, {shown} CNY, {shown} kg rice."
            refuse("this number has no unit", text, parts.numbers[0].start, parts.numbers[-1].end, hint)
        return _amount(f"{text.strip()} {unit.strip()}", items, "")
    name, factor = _unit(parts)
    return Amount(_range(low * factor, high * factor, parts.approx), name, _meaning(parts.item), _per(parts))


def read_target(text: str, items: Mapping[str, str] | None = None) -> Target:
    """Return what one entry of ``--to`` names: ``won``, ``usd``, ``rice``, ``lb rice``, ``wage-months``, ``쌀``."""
    hint = "Units look like won, CNY, usd, rice, lb rice, wage."
    _check_length(text, "a unit", hint)
    parts = gathered(text, tokens(text, items))
    if parts.numbers:
        refuse("a unit to convert to has no number", text, parts.numbers[0].start, parts.numbers[-1].end, hint)
    if parts.per or parts.approx:
        refuse("a unit to convert to is a currency or a good", text, 0, len(text), hint)
    if parts.money and parts.unit is None and parts.item is None:
        return Target(currency(text, parts.money)[0])
    if parts.money:
        refuse("this names both money and goods", text, 0, len(text), hint)
    if parts.unit is None and parts.item is None:
        refuse("this names no unit", text, 0, len(text), hint)
    return Target("" if parts.unit is None else parts.unit.meaning, _meaning(parts.item))


def _check_length(text: str, what: str, hint: str) -> None:
    if len(text) > LONGEST:
        raise UnreadableAmount(f"{what} has at most {LONGEST} characters, not {len(text)}", hint=hint)
    if not text.strip():
        raise UnreadableAmount(f"{what} is missing: the text is empty", hint=hint)


def _meaning(entry: Entry | None) -> str:
    return "" if entry is None else entry.meaning


def _range(low: Decimal, high: Decimal, approx: bool) -> Range:
    return Range(plain(low), plain(high), approx)


def _ends(given: str, numbers: list[Number]) -> tuple[Decimal, Decimal]:
    """Return the low and high end; refuse a range that runs down, and one whose ends may or may not share digits."""
    first = numbers[0]
    if len(numbers) == 1:
        return first.value, first.value if first.high is None else first.high * first.scale
    last = numbers[1]
    low = elliptical(first, last)
    span = (first.start, last.end)
    if low.value > last.value:
        turned = f"{given[last.start : last.end]}–{given[first.start : first.end]}"
        hint = f"Write {given[: first.start]}{turned}{given[last.end :]}."
        refuse("the range runs from high to low", given, *span, hint)
    if low.marks.isdigit() and last.marks.isdigit() and _may_share(low.marks, last.marks):
        longer = low.marks + "0" * (len(last.marks) - len(low.marks))
        ends = (f"{low.marks}–{last.marks}", f"{longer}–{last.marks}")
        before, after = given[: span[0]], given[span[1] :]
        readings = (f"{before}{int(low.marks):,} to {int(last.marks):,}{after}", f"{before}{ends[1]}{after}")
        raise AmbiguousAmount(f"{given[slice(*span)]!r} can be read two ways", readings, text=given, span=span)
    return low.value, last.value


def _may_share(low: str, high: str) -> bool:
    """Return whether the lower end may be short for a number as long as the upper: 21-2500 for 2100–2500."""
    missing = len(high) - len(low)
    return len(low) >= 2 and missing >= 2 and low < high[: len(low)] and high.endswith("00")


def _unit(parts: Parts) -> tuple[str, Decimal]:
    """Return the unit of goods and the factor that the word holds (decade: 10 year)."""
    if parts.unit is not None:
        factor, _, name = parts.unit.meaning.rpartition(" ")
        return name, Decimal(factor or 1)
    assert parts.item is not None
    usual = parts.item.detail
    if usual in ("", _COUNTED):
        return _COUNTED, Decimal(1)
    if usual == "month":
        return usual, Decimal(1)
    number = parts.numbers[0]
    shown = parts.given[number.start : parts.numbers[-1].end]
    good = parts.item.words[0]
    hint = f"Write {shown} {usual} {good}."
    return refuse(f"{good} is not counted by the piece", parts.given, number.start, parts.numbers[-1].end, hint)


def _per(parts: Parts) -> str:
    """Return the denominator, with its number when that is not one: ``100 CNY``."""
    count = parts.per_count
    if count is None or count.value == 1:
        return parts.per
    return f"{plain(count.value):f} {parts.per}"
