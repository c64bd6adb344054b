"""In which currencies a book quotes currencies, and on which markets: what a path from one to another may lead over."""

from __future__ import annotations

from nkauto.core.choose import Chosen, Scope, sought
from nkauto.core.period import Period
from nkauto.core.rates import OLD_WON, RateBook


class Ways:
    """The ways in which a book quotes currencies in one another at any time, on the markets that a question is for.

    A currency of the country itself has a market and perhaps an official rate: the market's, unless the user
    asks for another; world currencies among themselves have a reference rate. ``rungs`` are the markets in the
    order in which they are asked, True beside one where only what the press states for that very time is meant:
    it spares reading the series.
    """

    def __init__(self, book: RateBook, scope: Scope) -> None:
        self._book = book
        self._own = scope.own
        self._home = scope.market if scope.market in ("official", "market") else "market"
        self._known: dict[tuple[str, str, str, bool], list[tuple[str, str]]] = {}
        self._beside: dict[str, list[str]] = {}
        self._press: dict[str, frozenset[str]] = {}
        self._time: Period | None = None
        self._then: dict[tuple[str, str], Chosen | None] = {}
        self.rungs = ((self._home, False), ("reference", True), ("reference", False))

    def beside(self, currency: str) -> list[str]:
        """Return the currencies that a path may lead on to from one, in the book's order."""
        if currency not in self._beside:
            self._beside[currency] = [
                item.id
                for item in self._book.items.values()
                if item.kind == "currency"
                and item.id not in (currency, OLD_WON)
                and any(self.between(currency, item.id, market, press) for market, press in self.rungs)
            ]
        return self._beside[currency]

    def between(self, currency: str, other: str, market: str, press: bool) -> list[tuple[str, str]]:
        """Return item and currency of each way in which one of the two is quoted in the other on a market."""
        key = (currency, other, market, press)
        if key not in self._known:
            pairs = ((currency, other), (other, currency))
            own = [pair for pair in pairs if market == self._home and self._given(*pair)]
            series = (False,) if press or market == self._home else (False, True)
            self._known[key] = own + [pair for pair in pairs if self._quoted(*pair, market, series)]
        return self._known[key]

    def reference(self, item: str, quoted: str, scope: Scope) -> Chosen | None:
        """Return the reference rate of one time: it has no place, so the next question of that time shares it."""
        if scope.period != self._time:
            self._time = scope.period
            self._then.clear()
        pair = (item, quoted)
        if pair not in self._then:
            self._then[pair] = sought(self._book, item, scope, currency=quoted, market="reference")
        return self._then[pair]

    def stated(self, chosen: Chosen) -> bool:
        """Return whether the press states it; else it is of the monthly series."""
        item = chosen.item.id
        if item not in self._press:
            self._press[item] = frozenset(rate.id for rate in self._book.rates.get(item, ()))
        return chosen.rates[0].id in self._press[item]

    def _given(self, item: str, currency: str) -> bool:
        return any(rate.item == item and rate.basis[0] == currency for rate in self._own)

    def _quoted(self, item: str, currency: str, market: str, series: tuple[bool, ...]) -> bool:
        return item in self._book.items and any(
            basis[0] == currency for each in series for basis in self._book.timelines(item, market, series=each)
        )
