"""Rate files: ``rates/*.csv`` -> RateBook, every faulty row named with its file, line and remedy.

The shipped book is read at every start, so its rows stay text until their item is asked for. A user's own
book is checked as a whole before anything is answered from it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from nkauto.core.rates import Rate, RateBook, Source
from nkauto.errors import FaultyBook, UnreadableFile, did_you_mean
from nkauto.read.ratefolder import SERIES, Folder, checksum
from nkauto.read.raterows import Entry, Faulty, constant, fault_of, item, place, rate, source

T = TypeVar("T")


def shipped() -> Path:
    """Return the folder of the book that ships: the checkout's ``rates/``, else the one inside the package."""
    package = Path(__file__).parent.parent
    checkout = package.parent / "rates"
    return checkout if (package.parent / "pyproject.toml").is_file() and checkout.is_dir() else package / "rates"


def load(*overlays: Path, only: Path | None = None) -> RateBook:
    """Return the shipped book with the overlays laid over it, or the book of ``only`` in its stead.

    A row of an overlay with the id of an earlier row stands in its place, and one that names an id in its
    column ``replaces`` takes the place of that row. Raises FaultyBook with every fault of the user's
    folders at once, and UnreadableFile for a folder that is missing.
    """
    folders = [Folder(only or shipped()), *map(Folder, overlays)]
    if not folders[0].table("items.csv") and not folders[0].faults:
        raise UnreadableFile(
            f"no items in {folders[0].path}: a book in place of the shipped one needs its own items.csv",
            hint="Lay the folder over the shipped book with --rates, or begin with: nkauto rates template FOLDER.",
        )
    items = _merged(folders, "items.csv", item)
    places = _merged(folders, "places.csv", place)
    sources = _merged(folders, "sources.csv", source)
    rates = Rates(folders, sources, series=False)
    book = RateBook(
        items=items,
        places=places,
        sources=sources,
        rates=rates,
        reference=Rates(folders, sources, series=True),
        constants=Constants(folders, sources),
        checksum=functools.partial(checksum, folders),
        rows=lambda: rates.rows,
        names=lambda: _names(folders),
    )
    faults = [fault for folder in folders for fault in folder.faults]
    for folder in folders if only else folders[1:]:
        faults += check(folder, book)
    if faults:
        raise FaultyBook(list(dict.fromkeys(faults)))
    return book


class Rates(Mapping[str, Sequence[Rate]]):
    """The rows of a book by item, parsed when an item is first asked for.

    A book of one folder is searched for the item's lines as text: a question asks for three items of two
    hundred, and 5 ms of every start are saved. A faulty book and one with overlays are read whole.
    """

    def __init__(self, folders: list[Folder], sources: Mapping[str, Source], *, series: bool) -> None:
        self._folders = folders
        self._sources = sources
        self._series = series
        self._parsed: dict[str, tuple[Rate, ...]] = {}

    @functools.cached_property
    def _all(self) -> dict[str, list[Entry]]:
        return _rows(self._folders, series=self._series)

    def __getitem__(self, item: str) -> Sequence[Rate]:
        if item not in self._parsed:
            entries = self._entries(item)
            if not entries:
                raise KeyError(item)
            try:
                self._parsed[item] = _parse_all(entries, lambda entry: rate(entry, self._sources))
            except FaultyBook:  # once more from the rows as read, which know their lines
                self._parsed[item] = _parse_all(self._all[item], lambda entry: rate(entry, self._sources))
        return self._parsed[item]

    def _entries(self, item: str) -> list[Entry]:
        alone = self._folders[0] if len(self._folders) == 1 and "_all" not in self.__dict__ else None
        if alone is None:
            return self._all.get(item, [])
        names = [name for name in alone.rate_files if (name == SERIES) == self._series]
        found = [alone.lines_of(item, name) for name in names]
        if None in found:
            return self._all.get(item, [])
        return [entry for lines in found for entry in lines or ()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @property
    def rows(self) -> int:
        """Return how many rows it holds, without parsing them."""
        return sum(map(len, self._all.values()))


class Constants(Mapping[str, Sequence[Rate]]):
    """The constants of a book by id: densities and the like."""

    def __init__(self, folders: list[Folder], sources: Mapping[str, Source]) -> None:
        self._folders = folders
        self._sources = sources

    @functools.cached_property
    def _all(self) -> dict[str, list[Entry]]:
        by_id: dict[str, list[Entry]] = {}
        for folder in self._folders:
            for entry in folder.table("constants.csv"):
                by_id.setdefault(entry.cells[0], []).append(entry)
        return by_id

    def __getitem__(self, key: str) -> Sequence[Rate]:
        return _parse_all(self._all[key], lambda entry: constant(entry, self._sources))

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def _parse_all(entries: list[Entry], parse: Callable[[Entry], Rate]) -> tuple[Rate, ...]:
    """Return the rows parsed, or raise FaultyBook with every fault among them."""
    try:
        return tuple(map(parse, entries))
    except Faulty:
        raise FaultyBook([fault for entry in entries for fault in fault_of(entry, parse)]) from None


class _Parsed(Mapping[str, T]):
    """Rows of one table by id, parsed when one is first asked for."""

    def __init__(self, entries: dict[str, Entry], parse: Callable[[Entry], T]) -> None:
        self._entries = entries
        self._parse = parse
        self._parsed: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        if key not in self._parsed:
            entry = self._entries[key]
            try:
                self._parsed[key] = self._parse(entry)
            except Faulty as fault:
                raise FaultyBook([entry.fault(fault)]) from None
        return self._parsed[key]

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def _merged(folders: list[Folder], name: str, parse: Callable[[Entry], T]) -> Mapping[str, T]:
    return _Parsed({entry.cells[0]: entry for folder in folders for entry in folder.table(name)}, parse)


def _names(folders: list[Folder]) -> dict[str, str]:
    """Return the folded names of all items with their ids, straight from the cells: half of reading the items."""
    named: dict[str, str] = {}
    for folder in folders:
        for entry in folder.table("items.csv"):
            id_ = entry.cells[0]
            for name in "|".join((id_, *entry.cells[6:])).casefold().replace("-", " ").replace("_", " ").split("|"):
                if name:
                    named[" ".join(name.split())] = id_
    return named


def _rows(folders: list[Folder], *, series: bool) -> dict[str, list[Entry]]:
    """Return the rows of rates by item; a later folder's row stands in the place of the row that it corrects."""
    by_item: dict[str, list[Entry]] = {}
    corrected = {
        entry.replaces or entry.cells[0]
        for folder in folders[1:]
        for name in folder.rate_files
        for entry in folder.table(name)
    }
    for index, folder in enumerate(folders):
        for name in folder.rate_files:
            if (name == SERIES) == series:
                for entry in folder.table(name):
                    if index or entry.cells[0] not in corrected:
                        by_item.setdefault(entry.cells[1], []).append(entry)
    return by_item


def check(folder: Folder, book: RateBook) -> list[str]:
    """Return every fault of one folder, as ``file:line: what``, when read as part of the book."""
    faults = []
    for name, parse in (("items.csv", item), ("places.csv", place), ("sources.csv", source)):
        known: dict[str, Entry] = {}
        for entry in folder.table(name):
            faults += fault_of(entry, parse)
            faults += _doubled(entry, known)
    for entry in folder.table("constants.csv"):
        faults += fault_of(entry, lambda held: constant(held, book.sources))
    seen: dict[str, Entry] = {}
    for name in folder.rate_files:
        for entry in folder.table(name):
            faults += fault_of(entry, lambda held: rate(held, book.sources))
            item_id, place_id = entry.cells[1], entry.cells[10]
            if item_id not in book.items:
                faults.append(
                    entry.fault(f"no item {item_id!r} in items.csv. {did_you_mean(item_id, book.items)}".rstrip())
                )
            if place_id and place_id not in book.places:
                faults.append(
                    entry.fault(f"no place {place_id!r} in places.csv. {did_you_mean(place_id, book.places)}".rstrip())
                )
            faults += _doubled(entry, seen)
    return [*folder.faults, *faults]


def _doubled(entry: Entry, seen: dict[str, Entry]) -> list[str]:
    """Return the fault of an id that an earlier row has, if one has; remember the row."""
    id_ = entry.cells[0]
    first, seen[id_] = seen.get(id_), entry
    if first is None:
        return []
    return [entry.fault(f"id {id_!r} stands already at {first.file.name}:{first.line}; give it another")]
