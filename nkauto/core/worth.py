"""What an amount comes to in other units: money, goods, months of wages."""

from __future__ import annotations

from collections.abc import Sequence

from nkauto.core.amount import Amount, Target
from nkauto.core.bounds import Quantity
from nkauto.core.choose import Scope
from nkauto.core.convert import Quotes
from nkauto.core.derivation import Derivation, Result, notes, other_reports, result
from nkauto.core.period import REDENOMINATION
from nkauto.core.rates import OLD_WON, WON, RateBook


def convert(
    book: RateBook, scope: Scope, amount: Amount, targets: Sequence[Target], *, subject: str = "", spread: bool = False
) -> Derivation:
    """Return an amount in each target unit. Raises NoRate when one of them cannot be answered."""
    quotes = Quotes(book, scope)
    results = [converted(quotes, amount, target) for target in targets]
    others = other_reports(book, results, scope, every=spread)
    query = (("command", "convert"), ("amount", subject))
    return Derivation(query, subject, scope, tuple(results), tuple(notes(results, scope.period)), book, others)


def converted(quotes: Quotes, amount: Amount, target: Target) -> Result:
    """Return one amount in one target unit. Raises NoRate when the book cannot tell."""
    quantity = worth(quotes, amount, target)
    metric = goods_metric(target.item, quantity.unit) if target.item else f"price_{target.unit.lower()}"
    return result(metric, quantity, quantity.unit + (f"/{amount.per}" if amount.per else ""))


def worth(quotes: Quotes, amount: Amount, target: Target) -> Quantity:
    """Return one amount in one target unit, with nothing worked out yet. Raises NoRate when the book cannot tell."""
    if target.item and target.item == amount.item:
        return quotes.counted(amount, target.unit)
    money = quotes.money(amount)
    if target.item:
        return quotes.goods(money, target.item, target.unit)
    return quotes.into(money, currency_then(target.unit, quotes.scope))


def goods_metric(item: str, unit: str) -> str:
    """Return the metric id of so much of an item: ``rice_kg``, ``wage_months``, ``used_car_each``."""
    name = item.replace("-", "_").replace("/", "_")
    return f"{name}_months" if unit == "month" else f"{name}_{unit}"


def currency_then(currency: str, scope: Scope) -> str:
    """Return old won for won when the whole question lies before the redenomination, else the currency itself."""
    return OLD_WON if currency == WON and scope.period.last < REDENOMINATION else currency
