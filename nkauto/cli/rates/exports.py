"""What ``rates export`` writes: the core's answers through the writers of ``show``, as bytes."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from nkauto import __version__
from nkauto.cli.rates import asked
from nkauto.core.choose import Chosen, Scope, choose
from nkauto.core.coverage import Filter, matching
from nkauto.core.period import Period
from nkauto.core.rates import Item, RateBook
from nkauto.core.valuation import moved, quoted, stretches
from nkauto.errors import NoRate
from nkauto.show import ledger, rate_records, records


def tables(book: RateBook, only: Sequence[Filter], to: str) -> bytes:
    """Return the rows as CSV, JSON or an SQLite database."""
    rows = list({row.id: row for one in only for row in matching(book, one)}.values())
    state = asked.state(book)
    held = [rate_records.rate_record(row, state) for row in rows]
    if to == "sqlite":
        from nkauto.show.ledger import database

        return database(book, rows, state)
    out = io.StringIO(newline="")
    if to == "csv":
        records.write_csv(held, rate_records.RATE, out)
    else:
        fields = [field for field in rate_records.RATE if field not in rate_records.STATE]
        bare = [{field: record[field] for field in fields} for record in held]
        records.write_json({"rates": bare, "book": records.book_record(book, __version__)}, out)
    return out.getvalue().encode()


def prices(book: RateBook, only: Sequence[Filter], to: str, point: str, *, within: int | None, market: str) -> bytes:
    """Return price directives for a ledger, or the units of one day and place."""
    items = [item for item in book.items.values() if any(_wanted(item, one) for one in only)]
    scope = Scope(only[0].period or _days(book, items), only[0].place, market, only[0].publisher, within)
    if to == "units":
        from nkauto.library import Asked

        if only[0].period is None:
            scope = Asked(book, at=scope.place, market=market, source=scope.publisher, within=within).scope(
                ["USD", "CNY"]
            )
        head = ledger.Head(__version__, book.checksum, scope, point)
        lines = ledger.units_file(_chosen(book, items, scope), head)
    else:
        head = ledger.Head(__version__, book.checksum, scope, point)
        priced = (
            ledger.Priced(item, currency, on, held)
            for item in items
            for on, currency in _quotes(book, item, market, only_one=to == "ledger")
            if (held := stretches(book, item, scope, currency, on))
        )
        lines = ledger.directives(priced, head, to)
    return ("\n".join(lines) + "\n").encode()


def _quotes(book: RateBook, item: Item, market: str, *, only_one: bool) -> list[tuple[str, str]]:
    """Return the markets and currencies to export an item in: all, or the one that leads home."""
    found = [(on, currency) for on, currency in quoted(book, item) if market in ("", on)]
    if not only_one or not found:
        return found
    rows = Counter((row.market, row.basis[0]) for row in book.rates.get(item.id, ()) if row.basis[1] == item.unit)
    return [max(found, key=lambda quote: (quote[1] == book.home, rows[quote]))]


def _wanted(item: Item, only: Filter) -> bool:
    under = only.item.endswith("/") and (item.id == only.item[:-1] or item.id.startswith(only.item))
    return only.item in ("", item.id) or under


def _days(book: RateBook, items: Iterable[Item]) -> Period:
    """Return the days that the rows of items reach: from the first row's first to a shelf life after the last one's."""
    spans = [
        (row.period(item.shelf_life), item.shelf_life)
        for item in items
        for rows in (book.rates, book.reference)
        for row in rows.get(item.id, ())
    ]
    first = min((span.first for span, _ in spans), default=date(2000, 1, 1))
    last = max((moved(span.last, life) for span, life in spans), default=date(2000, 1, 1))
    return Period(first, last)


def _chosen(book: RateBook, items: Iterable[Item], scope: Scope) -> list[Chosen]:
    """Return for each item what the book answers for the scope: by its own unit, in the home currency if it can."""
    found = []
    for item in items:
        for on, currency in sorted(quoted(book, item), key=lambda pair: pair[1] != book.home):
            try:
                chosen = choose(book, item.id, scope, currency=currency, market=on, unit=item.unit)
            except NoRate:
                continue
            if chosen.unit == item.unit:
                found.append(chosen)
                break
    return found
