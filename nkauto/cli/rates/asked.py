"""What the ``rates`` commands share: the user's own book, the filter, and writing records in every format."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from nkauto.cli import options as o
from nkauto.core.charting import Drawn
from nkauto.core.coverage import Filter
from nkauto.core.rates import MARKETS, RateBook
from nkauto.errors import BadOption, UnknownName
from nkauto.show.listing import Column


def target(rates: list[Path] | None, only: Path | None) -> Path:
    """Return the one folder to write to: the one named, else the last of NKAUTO_RATES, else the user's own."""
    if only and rates:
        raise BadOption("--rates and --only-rates both name a folder to write to", hint="Name one.")
    named = [only] if only else o.overlays(rates, only)
    return named[-1] if named else o.own_folder()


def open_book(rates: list[Path] | None, only: Path | None) -> RateBook:
    """Return the book with the overlays laid over it."""
    return o.open_book(rates, only)


def filtered(
    book: RateBook,
    item: str = "",
    at: str = "",
    market: str = "",
    source: str = "",
    on: str = "",
    *,
    series: bool = False,
) -> Filter:
    """Return the filter that these options say; ``wage/`` stands for all items under ``wage``."""
    from nkauto.read.periods import read_period

    if market and market not in MARKETS:
        raise BadOption(f"unknown market: {market!r}", hint=f"Markets: {', '.join(MARKETS)}.")
    under = item.endswith("/")
    return Filter(
        item=book.item_named(item.rstrip("/")).id + "/" * under if item else "",
        place=book.place_named(at).id if at else "",
        market=market,
        publisher=book.publisher_named(source) if source else "",
        period=read_period(on) if on else None,
        series=series,
    )


def state(book: RateBook) -> dict[str, str]:
    """Return what names the state of the data in every record."""
    from nkauto import __version__

    return {"book_checksum": book.checksum, "version": __version__}


def write(
    form: str,
    fields: Sequence[str],
    records: Sequence[Mapping[str, str]],
    *,
    key: str,
    query: Mapping[str, str],
    book: RateBook,
    table: Callable[[], None],
) -> None:
    """Write records to standard output in a format; ``table`` writes them for people."""
    from nkauto import __version__
    from nkauto.show import records as shown

    if form == "table":
        table()
    elif form == "csv":
        shown.write_csv(records, fields, sys.stdout)
    elif form == "md":
        shown.write_markdown(records, fields, sys.stdout)
    elif form == "ndjson":
        for record in records:
            shown.write_json({field: record[field] for field in fields}, sys.stdout, lines=True)
    else:
        bare = [field for field in fields if field not in ("book_checksum", "version")]
        document: dict[str, Any] = {
            "query": {name: value for name, value in query.items() if value},
            key: [{field: record[field] for field in bare} for record in records],
            "book": shown.book_record(book, __version__),
        }
        shown.write_json(document, sys.stdout)


def listing(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """Write a list for people to standard output."""
    from nkauto.show.listing import write_listing

    write_listing(sys.stdout, columns, rows, o.width())


def draws(stream: TextIO) -> bool:
    """Return whether a stream can carry block characters; where it cannot, plain ASCII is drawn."""
    try:
        "█░▁┊".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def drawn(book: RateBook, item: str, *, on: str, at: str, measure: str, market: str, source: str, each: int) -> Drawn:
    """Return what a chart with these options shows."""
    from nkauto.core import charting
    from nkauto.core.choose import Scope
    from nkauto.core.period import Period
    from nkauto.library import Asked

    terms = Asked(book, market=market, source=source)
    only = filtered(book, item, market=market, source=source, on=on)
    thing = book.items[only.item]
    within = only.period
    each_place = at.strip().casefold() == "each"
    places = charting.busiest(book, thing, each, market=market, within=within) if each_place else places_in(book, at)
    plain = charting.drawn(book, thing, places, market=market, publisher=only.publisher, within=within)
    if not measure:
        return plain
    into = terms.targets([measure])
    scope = Scope(within or Period.year(2000), market=market, publisher=only.publisher)
    return charting.measured_in(book, plain, scope, into[0].unit, into[0].item, within)


def places_in(book: RateBook, text: str) -> list[str]:
    """Return the places of a list with commas; a name that holds commas itself is taken whole where it is one."""
    parts = text.split(",") if text.strip() else []
    found: list[str] = []
    while parts:
        for count in range(len(parts), 0, -1):
            try:
                found.append(book.place_named(",".join(parts[:count]).strip()).id)
            except UnknownName:
                if count == 1:
                    raise
                continue
            parts = parts[count:]
            break
    return list(dict.fromkeys(found))
