"""The ECB's history of euro reference rates -> monthly low–high of world currencies in US dollars, and into a book.

Source: European Central Bank, euro foreign exchange reference rates, ``eurofxref-hist.zip``. A day's row
gives what 1 euro cost in each currency; the price of one currency in another is the ratio of the two.
"""

from __future__ import annotations

import calendar
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from pathlib import Path

from nkauto.core.range import plain
from nkauto.errors import UnreadableFile
from nkauto.read.ownbook import change, rows_of, text_of, with_row_unless_there
from nkauto.read.ratefolder import SERIES
from nkauto.read.raterows import COLUMNS, RATE_COLUMNS

SOURCE = "ecb-eurofxref-hist"
"""The id of the history in ``sources.csv``."""
ADDRESS = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
FIRST_DAY = date(1999, 1, 4)
"""The first day of the euro's reference rates: a history that does not reach back to it is not whole."""
QUANTITIES = {"CNY": 1, "EUR": 1, "GBP": 1, "JPY": 100, "KRW": 1000, "RUB": 1}
"""The currencies that the book takes, and how many units a row prices: as the press quotes them."""
DIGITS = 6
"""Significant digits of a monthly rate: one more than the bank states."""
LARGEST = 16 * 1024 * 1024
"""Bytes that a history may take, packed or unpacked; in 2026 it takes 2 million."""

_LONGEST_GAP = timedelta(days=10)
_FIGURE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CODE = re.compile(r"[A-Z]{3}")
_DOWN = Context(prec=DIGITS, rounding=ROUND_FLOOR)
_UP = Context(prec=DIGITS, rounding=ROUND_CEILING)

History = Mapping[date, Mapping[str, Decimal]]
"""Day -> currency -> what 1 euro cost in it; oldest day first, US dollars on every day."""
ECB = {
    "id": SOURCE,
    "publisher": "European Central Bank",
    "title": "Euro foreign exchange reference rates, history since 1999",
    "url": ADDRESS,
    "published": "",
}


@dataclass(frozen=True, slots=True)
class MonthlyRate:
    """What ``quantity`` of a currency cost in US dollars: the lowest and the highest day of a month."""

    currency: str
    quantity: int
    low: Decimal
    high: Decimal
    first: date
    last: date

    @property
    def cells(self) -> dict[str, str]:
        """Return the row of ``rates/reference.csv``, by column."""
        return {
            "id": f"ref-{self.currency.lower()}-{self.first.isoformat()[:7]}",
            "item": self.currency,
            "variant": "ECB monthly low-high",
            "quantity": str(self.quantity),
            "unit": self.currency,
            "low": str(self.low),
            "high": str(self.high),
            "currency": "USD",
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "place": "World",
            "market": "reference",
            "approx": "no",
            "source": SOURCE,
            "note": "",
        }


def read_history(file: Path | bytes) -> History:
    """Return the history of a ``eurofxref-hist.zip`` or ``.csv``, given as a path or as its bytes.

    All or nothing: a file that is cut off, out of order, not numeric or larger than ``LARGEST`` raises
    UnreadableFile with the line.
    """
    name = str(file) if isinstance(file, Path) else "ECB history"
    try:
        text = _text(_content(file, name), name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(name, f"not UTF-8 at byte {error.start}") from None
    if "\0" in text:
        raise _unreadable(name, "it holds NUL bytes")
    if not text.endswith("\n"):
        raise _unreadable(name, "the last line is cut off")
    try:
        days = dict(_days(csv.reader(io.StringIO(text, newline=""), strict=True), name))
    except csv.Error as error:
        raise _unreadable(name, f"not a table: {error}") from None
    oldest = min(days, default=None)
    if oldest != FIRST_DAY:
        raise _unreadable(name, f"the history begins on {oldest or 'no day'}, not on {FIRST_DAY}: the end is missing")
    return {day: days[day] for day in reversed(days)}


def monthly(history: History) -> list[MonthlyRate]:
    """Return the monthly rates of every currency of ``QUANTITIES``, by month and currency: new months come last.

    Each day's cross rate is exact; low and high are rounded outward to ``DIGITS`` digits. A month runs
    from its first to its last day; where a series ends inside a month, the month ends with it.
    """
    rates = []
    for currency, quantity in QUANTITIES.items():
        months: dict[tuple[int, int], list[Fraction]] = {}
        newest = FIRST_DAY
        for day, euro in history.items():
            units = Decimal(1) if currency == "EUR" else euro.get(currency)
            if units is not None:
                price = quantity * Fraction(euro["USD"]) / Fraction(units)
                months.setdefault((day.year, day.month), []).append(price)
                newest = day
        for (year, month), prices in months.items():
            end = date(year, month, calendar.monthrange(year, month)[1])
            ends_inside = (newest.year, newest.month) == (year, month) and _working_days(newest, end)
            rates.append(
                MonthlyRate(
                    currency,
                    quantity,
                    _six_digits(min(prices), _DOWN),
                    _six_digits(max(prices), _UP),
                    date(year, month, 1),
                    newest if ends_inside else end,
                )
            )
    return sorted(rates, key=lambda rate: (rate.first, rate.currency))


def _content(file: Path | bytes, name: str) -> bytes:
    if isinstance(file, bytes):
        content = file
    else:
        try:
            with file.open("rb") as stream:
                content = stream.read(LARGEST + 1)
        except OSError as error:
            raise _unreadable(name, f"cannot be read: {error.strerror}") from None
    if len(content) > LARGEST:
        raise _unreadable(name, f"larger than {LARGEST // 1024**2} MB")
    return content


def _text(content: bytes, name: str) -> bytes:
    """Return the content of the one table inside a zip file, or the content itself when it is none."""
    if not content.startswith(b"PK"):
        return content
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tables = [held for held in archive.infolist() if held.filename.endswith(".csv")]
            if len(tables) != 1:
                raise _unreadable(name, f"it holds {len(tables)} tables where the bank's file holds one")
            with archive.open(tables[0]) as stream:
                table = stream.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise _unreadable(name, f"a damaged zip file: {error}") from None
    if len(table) > LARGEST:
        raise _unreadable(name, f"larger than {LARGEST // 1024**2} MB once unpacked")
    return table


def _days(reader: Iterator[list[str]], name: str) -> Iterator[tuple[date, dict[str, Decimal]]]:
    """Yield each day with its rates, newest first, or raise UnreadableFile at the first line that is not one."""
    header = [cell.strip() for cell in next(reader, [])]
    codes = header[1:-1] if header[-1:] == [""] else header[1:]
    if header[:1] != ["Date"] or not all(map(_CODE.fullmatch, codes)) or len(set(codes)) != len(codes):
        raise _unreadable(name, "the first line is not Date and currency codes", line=1)
    missing = [code for code in ("USD", *QUANTITIES) if code not in (*codes, "EUR")]
    if missing:
        raise _unreadable(name, f"no column {', '.join(missing)}", line=1)
    wanted = [(index, code) for index, code in enumerate(codes, 1) if code == "USD" or code in QUANTITIES]
    newer: date | None = None
    for line, cells in enumerate(reader, 2):
        if len(cells) != len(header):
            raise _unreadable(name, f"{len(cells)} cells where the header has {len(header)}", line=line)
        day = _day(cells[0], name, line)
        if newer is not None and not newer - _LONGEST_GAP <= day < newer:
            raise _unreadable(name, f"{day} after {newer}: days are missing or out of order", line=line)
        newer = day
        rates = {code: _rate(cells[index], name, line) for index, code in wanted if cells[index] not in ("N/A", "")}
        if "USD" not in rates:
            raise _unreadable(name, f"no US dollar on {day}", line=line)
        yield day, rates


def _day(cell: str, name: str, line: int) -> date:
    if _DAY.fullmatch(cell):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            pass
    raise _unreadable(name, f"{cell[:40]!r} is not a day as 2025-10-17", line=line)


def _rate(cell: str, name: str, line: int) -> Decimal:
    if not _FIGURE.fullmatch(cell) or not Decimal(cell):
        raise _unreadable(name, f"{cell[:40]!r} is not a rate", line=line)
    return Decimal(cell)


def _working_days(after: date, until: date) -> bool:
    """Return whether a weekday lies after one day and not after another: whether rates were still to come."""
    return any((after + timedelta(days=n)).weekday() < 5 for n in range(1, (until - after).days + 1))


def _six_digits(price: Fraction, context: Context) -> Decimal:
    return plain(context.divide(Decimal(price.numerator), Decimal(price.denominator)))


def _unreadable(name: str, what: str, *, line: int = 0) -> UnreadableFile:
    return UnreadableFile(
        f"not a whole history of ECB reference rates: {what}",
        hint=f"Download {ADDRESS} again.",
        where=f"{name}:{line}" if line else name,
    )


def refresh(file: Path, folder: Path) -> list[str]:
    """Bring a folder's reference rates up to the history in a file; return what changed, a line a month.

    Raise UnreadableFile, and change nothing, when the file is not a whole history, or is older than what the
    folder holds.
    """
    new = {rate.cells["id"]: rate.cells for rate in monthly(read_history(file))}
    changes: list[str] = []

    def with_history(old: bytes) -> bytes:
        changes.clear()
        held = _rows(old)
        lost = [name for name, row in held.items() if name not in new and row.get("source") == SOURCE]
        if lost:
            raise UnreadableFile(
                f"the history is older than the book: it lacks {len(lost)} months that the book holds, as {lost[-1]}",
                hint=f"Nothing was changed. Download {ADDRESS} again.",
            )
        for name, cells in new.items():
            before = held.get(name)
            now = f"{cells['low']}–{cells['high']} {cells['currency']}"
            if before is None:
                changes.append(f"{name}: new, {now}")
            elif any(before.get(column) != value for column, value in cells.items()):
                changes.append(
                    f"{name}: {before['low']}–{before['high']} to {before['to']} became {now} to {cells['to']}"
                )
        if not changes:
            return old
        kept = [row for name, row in held.items() if name not in new]
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, RATE_COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows([*new.values(), *kept])
        return out.getvalue().encode()

    series = folder / SERIES
    with_history(series.read_bytes() if series.is_file() else b"")  # refuses before anything is written
    change(folder, {"sources.csv": with_row_unless_there(COLUMNS["sources.csv"], ECB), SERIES: with_history})
    return changes


def _rows(old: bytes) -> dict[str, dict[str, str]]:
    """Return the rows of the series as it is, by id; raise UnreadableFile when it is no table of rates."""
    rows = [cells for cells in rows_of(text_of(old)) if cells]
    header = rows[0] if rows else list(RATE_COLUMNS)
    if not set(RATE_COLUMNS) <= set(header) or any(len(cells) != len(header) for cells in rows):
        raise UnreadableFile(
            f"{SERIES} is not a table of rates", hint="Nothing was changed. nkauto rates validate names the line."
        )
    return {row["id"]: row for row in (dict(zip(header, cells, strict=True)) for cells in rows[1:])}
