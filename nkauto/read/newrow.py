"""One new row of a book, out of what a person says: checked, named, with its source, and ready to be appended."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from nkauto.core.amount import Amount
from nkauto.core.period import REDENOMINATION, Period
from nkauto.core.range import plain
from nkauto.core.rates import OLD_WON, WON, Item, Rate, RateBook, Source
from nkauto.errors import BadOption
from nkauto.read.ownbook import with_row, with_row_unless_there, writing
from nkauto.read.periods import read_period
from nkauto.read.ratefolder import Folder
from nkauto.read.raterows import COLUMNS, RATE_COLUMNS, Entry, Faulty, rate
from nkauto.read.template import KIND_FILES

OWN_FILE = "own.csv"
"""Where rows go in a folder that has no file for their kind."""
_LONGEST_CELL = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of one figure; empty where nothing is said.

    ``per`` overrides what the price itself says it is for (``100 CNY``, ``kg``); ``before`` leaves the start open:
    the price held until the period's last day, since an unknown one.
    """

    price: Amount
    period: Period
    place: str
    market: str
    source: Source
    variant: str = ""
    note: str = ""
    before: bool = False
    replaces: str = ""
    row_id: str = ""


def composed(book: RateBook, item: Item, said: Said) -> Rate:
    """Return the new row, checked as every row of a book is; raise BadOption with what is wrong with it."""
    currency = said.price.unit
    if said.price.item or currency not in book.items or book.items[currency].kind not in ("currency", "percent"):
        raise BadOption(
            f"a price is an amount of money, not {said.price.item or currency}", hint=f"Write it as 1200 {book.home}."
        )
    if currency == WON and book.home == WON and said.period.last < REDENOMINATION:
        currency = OLD_WON
    quantity, unit = _size(said.price.per, item)
    if unit == currency:
        raise BadOption(f"1 {unit} cannot be priced in {currency}", hint="Name the other currency of the two.")
    if said.replaces and not said.note:
        raise BadOption("a correction needs its reason", hint="Add --note 'what was wrong, and how it is known'.")
    for name, text in (("variant", said.variant), ("note", said.note), ("title", said.source.title)):
        if len(text) > _LONGEST_CELL:
            raise BadOption(f"the {name} is longer than {_LONGEST_CELL} characters", hint="Say it in one sentence.")
    low, high = plain(said.price.range.low), plain(said.price.range.high)
    cells = {
        "id": said.row_id or row_id(item.id, said, {row.id for row in book}),
        "item": item.id,
        "variant": said.variant,
        "quantity": quantity,
        "unit": unit,
        "low": f"{low:f}",
        "high": f"{high:f}",
        "currency": currency,
        "from": "" if said.before else said.period.first.isoformat(),
        "to": said.period.last.isoformat(),
        "place": said.place,
        "market": said.market or item.market,
        "approx": "yes" if said.price.range.approx else "no",
        "source": said.source.id,
        "note": said.note,
    }
    entry = Entry(Path("new row"), 1, [cells[column] for column in RATE_COLUMNS], said.replaces)
    try:
        row = rate(entry, {**book.sources, said.source.id: said.source})
    except Faulty as fault:
        raise BadOption(str(fault), hint="Nothing was added.") from None
    same = [held.id for held in book.rates.get(item.id, ()) if _figure(held) == _figure(row)]
    if same and same != [said.replaces]:
        raise BadOption(f"the book holds this figure already: {same[0]}", hint="Nothing was added.")
    return row


def _figure(row: Rate) -> tuple[object, ...]:
    """Return what makes a row the same statement as another: all but its id, its variant and its note."""
    what = (row.item, row.quantity, row.unit, row.low, row.high, row.currency, row.first, row.last)
    return (*what, row.place, row.market, row.source.id)


def _size(per: str, item: Item) -> tuple[str, str]:
    """Return the quantity and unit that a price is for: ``100 CNY``, ``kg``; the item's own unit where none is said."""
    found = re.fullmatch(r"(?:([0-9]+(?:\.[0-9]+)?) +)?(.+)", per)
    if not found:
        return "1", item.unit
    return found[1] or "1", found[2]


def source_of(book: RateBook, publisher: str, url: str, title: str, published: str) -> Source:
    """Return the book's source with this address and publisher, or a new one with an id of its own."""
    if not re.fullmatch(r"https?://\S{3,1000}", url):
        raise BadOption(
            f"{url[:80]!r} is not an address", hint="A figure without a source does not enter. Give its https://…"
        )
    if not publisher.strip():
        raise BadOption("who states the figure?", hint="Add --publisher, as --publisher 'Daily NK'.")
    day = ""
    if published:
        read = read_period(published)
        if read.first != read.last:
            raise BadOption(f"{published!r} is not a day", hint="Write the day of publication as 2025-10-17.")
        day = read.first.isoformat()
    for known in book.sources.values():
        if (known.url, known.publisher) == (url, publisher):
            return known
    digest = hashlib.sha256(f"{publisher}\n{url}".encode()).hexdigest()[:6]
    parts = [_slug(publisher), day[:7], digest]
    return Source("-".join(part for part in parts if part), publisher.strip(), title.strip(), url, day)


def row_id(item: str, said: Said, taken: Collection[str]) -> str:
    """Return an id that says item, days, place and publisher, with a number behind it where it is taken."""
    first, last = said.period.first.isoformat(), said.period.last.isoformat()
    if said.before:
        days = f"before-{last}"
    elif str(said.period) in (first, first[:7], first[:4]):
        days = str(said.period)
    else:
        days = f"{first}-to-{last[8:] if first[:7] == last[:7] else last}"
    name = "-".join(part for part in map(_slug, (item, days, said.place, said.source.publisher)) if part)
    return _free(name, taken)


def _free(name: str, taken: Collection[str]) -> str:
    """Return the name, with the first number behind it that nothing has, where it is taken."""
    number = 1
    while (name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return name if number == 1 else f"{name}-{number}"


def _slug(text: str) -> str:
    """Return a text as small ASCII letters, digits and hyphens; a digest where nothing of it is left."""
    slug = re.sub("[^a-z0-9]+", "-", text.casefold()).strip("-")
    return slug or (hashlib.sha256(text.encode()).hexdigest()[:6] if text else "")


def append(book: RateBook, folder: Path, row: Rate, *, renumbered: bool) -> tuple[Path, str]:
    """Append a row, and its source where the folder needs it, to a user's book; return the file and the row's id.

    The row goes where rows of its kind are, else into ``own.csv``. An id that somebody took meanwhile gets the next
    free number where ``renumbered``, else BadOption is raised; WriteFailed when the book cannot be written. Then the
    book is as it was.
    """
    name = KIND_FILES.get(book.items[row.item].kind, "fees.csv")
    name = name if (folder / name).is_file() else OWN_FILE
    source = row.source
    cells = (source.id, source.publisher, source.title, source.url, source.published)
    with writing(folder) as write:
        held = Folder(folder)
        ids = {entry.cells[0] for file in held.rate_files for entry in held.table(file)}
        found = row.id
        if found in ids:
            if not renumbered:
                raise BadOption(
                    f"id {found!r} stands in the book already", hint="Nothing was changed. Give another --id."
                )
            found = _free(found, ids | {other.id for other in book})
        columns = COLUMNS["sources.csv"]
        write("sources.csv", with_row_unless_there(columns, dict(zip(columns, cells, strict=True))))
        write(name, with_row((*RATE_COLUMNS, "replaces"), {**row_cells(row), "id": found}))
    return folder / name, found


def row_cells(row: Rate) -> dict[str, str]:
    """Return a row as the cells of a file of rates, by column."""
    return {
        "id": row.id,
        "item": row.item,
        "variant": row.variant,
        "quantity": f"{plain(row.quantity):f}",
        "unit": row.unit,
        "low": f"{plain(row.low):f}",
        "high": f"{plain(row.high):f}",
        "currency": row.currency,
        "from": row.first.isoformat() if row.first else "",
        "to": row.last.isoformat(),
        "place": row.place,
        "market": row.market,
        "approx": "yes" if row.approx else "no",
        "source": row.source.id,
        "note": row.note,
        "replaces": row.replaces,
    }
