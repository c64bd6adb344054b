"""The library's door to checking: an article in, its figures and claims out, judged by itself and by the book."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Unpack

from nkauto.core.amount import Amount
from nkauto.core.bounds import Input, Quantity, bounds, given
from nkauto.core.choose import Scope
from nkauto.core.claims import OutsideAnswer
from nkauto.core.convert import Quotes
from nkauto.core.derivation import described, sources_of
from nkauto.core.findings import Converted, Figure, Findings
from nkauto.core.range import Range, outward
from nkauto.core.rates import Rate
from nkauto.errors import NkautoError, NoRate
from nkauto.library import Asked, Options
from nkauto.read.claims import check_text
from nkauto.read.figures import read_figures

SHOWN_IN = ("KPW", "USD")
"""The currencies that the money of an article is converted into, the book's own first."""


class Outside:
    """What the book knows for one date and place of the rates that a text does not state."""

    def __init__(self, asked: Asked, scope: Scope) -> None:
        self.book = asked.book
        self.scope = scope
        self.rates: list[Rate] = []
        self.named: dict[str, None] = {}
        self.missing: dict[str, None] = {}
        self._answers: dict[tuple[str, str, str], OutsideAnswer | None] = {}
        self._quotes: dict[str, Quotes] = {}

    def __call__(self, unit_from: str, unit_to: str, market: str = "") -> OutsideAnswer | None:
        """Return what 1 of a currency is in another, and the rate with its source in one line; None if unknown."""
        key = (unit_from, unit_to, market)
        if key not in self._answers:
            self._answers[key] = self._answer(*key)
        return self._answers[key]

    def _answer(self, unit_from: str, unit_to: str, market: str) -> OutsideAnswer | None:
        if unit_from not in self.book.items or unit_to not in self.book.items:
            return None
        one = Amount(Range(Decimal(1), Decimal(1)), unit_from)
        try:
            quantity = self.converted(one, unit_to, market)
        except NkautoError:
            return None
        low, high = bounds(quantity)
        return OutsideAnswer(low, high, "; ".join(self.lines(quantity))) if low > 0 else None

    def converted(self, amount: Amount, currency: str, market: str = "") -> Quantity:
        """Return money in another currency as a quantity. Raises NoRate."""
        if market not in self._quotes:
            scope = self.scope._replace(market=market) if market else self.scope
            self._quotes[market] = Quotes(self.book, scope)
        quotes = self._quotes[market]
        held = Input("amount", Fraction(amount.range.low), Fraction(amount.range.high), amount.unit, user=True)
        quantity = given(held)._replace(unit=amount.unit)
        return quotes.into(quantity, currency)

    def lines(self, quantity: Quantity) -> list[str]:
        """Return a line for each rate of a quantity: what it is, where and when, its age, and who says so."""
        chosen = [held.chosen for held in quantity.inputs if held.chosen]
        for each in chosen:
            self.rates += each.rates
        lines = [described(each) for each in chosen]
        self.named |= dict.fromkeys(lines)
        return lines


def check(text: str, *, file: str = "", **options: Unpack[Options]) -> Findings:
    """Return every figure of an article as it reads, and every claim that ties figures together, judged.

    With a date (and a place) money is converted, and claims that the text alone cannot decide are judged by
    the book. Raises as ``convert`` does for what the options say.
    """
    with localcontext(Context()):  # whatever the caller's own context is
        figures = read_figures(text)
        if not options.get("on"):
            return Findings(file, text, figures, check_text(text, figures), {})
        return _dated(Asked(**options), text, file, figures)


def _dated(asked: Asked, text: str, file: str, figures: Sequence[Figure]) -> Findings:
    """Return the findings with what the book knows of their date and place."""
    outside = Outside(asked, asked.scope(()))
    claims = check_text(text, figures, outside)
    converted = {index: into for index, figure in enumerate(figures) if (into := _converted(figure, asked, outside))}
    sources = [
        {"id": s.id, "publisher": s.publisher, "title": s.title, "url": s.url, "published": s.published}
        for s in sources_of(outside.rates)
    ]
    notes = (*asked.notices, *outside.missing)
    return Findings(file, text, figures, claims, converted, True, tuple(outside.named), sources, notes)


def _converted(figure: Figure, asked: Asked, outside: Outside) -> list[Converted]:
    """Return a figure of money in the other currencies; none for what is no money or has no rate."""
    if figure.unit not in asked.book.items or figure.vague or asked.book.items[figure.unit].kind != "currency":
        return []
    per = asked.book.items.get(figure.per or "")
    if per is not None and per.kind == "currency":
        return []  # a rate between currencies is no amount
    scope = outside.scope
    amount = asked.dated(Amount(Range(figure.low, figure.high, figure.approx), figure.unit), scope)
    found = []
    for currency in dict.fromkeys((asked.book.home, *SHOWN_IN)):
        if currency in (figure.unit, amount.unit) or currency not in asked.book.items:
            continue
        try:
            quantity = outside.converted(amount, currency)
        except NoRate as refused:
            outside.missing[refused.what] = None
            continue
        outside.lines(quantity)
        ids = tuple(rate.id for held in quantity.inputs if held.chosen for rate in held.chosen.rates)
        unit = f"{currency}/{figure.per}" if figure.per else currency
        found.append(Converted(outward(*bounds(quantity), figure.approx), unit, ids))
    return found
