"""The short answers that options take: ``3-5`` people, ``12m``, ``5-10%/month``, ``20%``, ``1 CNY = 5,300 KPW``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Context, Decimal

from nkauto.core.amount import Amount
from nkauto.core.range import Range
from nkauto.core.rates import Rate, RateBook, Source
from nkauto.errors import BadOption, NkautoError
from nkauto.read.amounts import read_amount

_NUMBER = r"(\d{1,12}(?:\.\d{1,12})?)"
_SPAN = rf"{_NUMBER}(?:\s*%?\s*(?:-|–|—|~|〜|\.\.|\s+to\s+)\s*{_NUMBER})?"

_EXACT = Context(prec=50)
"""More digits than two numbers of the pattern above can fill: the caller's own context does not matter."""

USER_SOURCE = Source("user", "your own rate", "given with --rate", "", "")


def read_people(text: str) -> Range:
    """Return how many people share: ``4`` or ``3-5``. Raises BadOption."""
    return _range(text, rf"{_SPAN}\s*(?:people|persons|heads|명|人)?", "--people", "Write 4 or 3-5.")


def read_months(text: str) -> Range:
    """Return months: ``12m``, ``12``, ``1 year``, ``6-12 months``. Raises BadOption."""
    hint = "Write 12m, 6-12m or 1y."
    found = re.fullmatch(
        rf"{_SPAN}\s*(m|mo|month|months|개월|か月|个月|y|yr|year|years|년|年)?", text.strip(), re.IGNORECASE | re.ASCII
    )
    if not found:
        raise BadOption("cannot read the time", hint=hint, text=text, span=(0, len(text)))
    years = found[3] and found[3].casefold() in ("y", "yr", "year", "years", "년", "年")
    low, high = Decimal(found[1]), Decimal(found[2] or found[1])
    months = Decimal(12 if years else 1)
    return _ordered(_EXACT.multiply(low, months), _EXACT.multiply(high, months), text, hint)


def read_share(text: str, option: str) -> Range:
    """Return a share as fractions of 1: ``30%``, ``20-30 %``. Raises BadOption."""
    held = _range(text, rf"{_SPAN}\s*(?:%|percent|per cent)", option, "Write a percentage, as 30%.")
    return _hundredths(held)


def read_interest(text: str) -> Range:
    """Return monthly interest as fractions of 1: ``5%/month``, ``5-10%/month``, ``5%``. Raises BadOption.

    Interest by the year is refused: whether it is compounded would have to be guessed.
    """
    hint = "Write interest by the month, as 5%/month or 5-10%/month."
    if re.search(r"year|annum|annual|p\.?a|년|年", text, re.IGNORECASE):
        raise BadOption("interest by the year is not read", hint=hint, text=text, span=(0, len(text)))
    held = _range(
        text,
        rf"{_SPAN}\s*(?:%|percent|per cent)\s*(?:/\s*(?:month|mo|m)|a month|per month|monthly)?",
        "--interest",
        hint,
    )
    if held.high > 1000:
        raise BadOption("interest above 1,000 % a month is not read", hint=hint, text=text, span=(0, len(text)))
    return _hundredths(held)


def read_deposit(text: str, items: Mapping[str, str]) -> Range | Amount:
    """Return a deposit: a share of the price (``20%``) or an amount of money (``10,000 yuan``)."""
    if "%" in text or "percent" in text:
        return read_share(text, "--deposit")
    amount = read_amount(text, items)
    if amount.item:
        raise BadOption(
            "a deposit is a share or money", hint="Write 20% or 10,000 yuan.", text=text, span=(0, len(text))
        )
    return amount


def read_rate(text: str, book: RateBook, number: int) -> Rate:
    """Return a rate of the user's own: ``1 CNY = 5,300 KPW``, ``1 kg rice = 20,000-24,000 won``.

    It has no date and no place, and stands for the whole book on its item and currency.
    """
    hint = "Write it as '1 CNY = 5,300 KPW' or '1 kg rice = 24,000 KPW'."
    sides = text.split("=")
    if len(sides) != 2:
        raise BadOption("a rate has two sides and one =", hint=hint, text=text, span=(0, len(text)))
    try:
        priced, price = (read_amount(side.strip(), book.item_names) for side in sides)
    except NkautoError as error:
        raise BadOption(f"cannot read the rate: {error.what}", hint=hint, text=text, span=(0, len(text))) from None
    if price.item or price.per or priced.per or not priced.range.single or not priced.range.low or not price.range.low:
        raise BadOption(
            "a rate is one quantity above zero on the left and money above zero on the right",
            hint=hint,
            text=text,
            span=(0, len(text)),
        )
    item = priced.item or priced.unit
    if item not in book.items:
        raise BadOption(f"the book has no item {item!r}", hint=hint, text=text, span=(0, len(text)))
    if item == price.unit:
        raise BadOption(f"a rate needs two things, not {item} twice", hint=hint, text=text, span=(0, len(text)))
    return Rate(
        f"user-{number}", item, "", priced.range.low, priced.unit or book.items[item].unit, price.range.low,
        price.range.high, price.unit, None, date.max, "", book.items[item].market, price.range.approx, USER_SOURCE,
        f"given as {text}", user=True,
    )  # fmt: skip


def _range(text: str, pattern: str, option: str, hint: str) -> Range:
    found = re.fullmatch(pattern, text.strip(), re.IGNORECASE | re.ASCII)
    if not found:
        raise BadOption(f"cannot read {option}", hint=hint, text=text, span=(0, len(text)))
    return _ordered(Decimal(found[1]), Decimal(found[2] or found[1]), text, hint)


def _hundredths(held: Range) -> Range:
    return Range(held.low.scaleb(-2, _EXACT), held.high.scaleb(-2, _EXACT))


def _ordered(low: Decimal, high: Decimal, text: str, hint: str) -> Range:
    if low > high:
        raise BadOption("the range runs backwards", hint=hint, text=text, span=(0, len(text)))
    return Range(low, high)
