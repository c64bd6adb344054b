"""The rate book: sources, items, places, and all rates together.

Direction is in the words: one ``item`` costs low–high of a ``currency``. Nothing is called "rate to".
Rows are named tuples: the book makes hundreds of them at every start, at an eighth of a dataclass's cost.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from nkauto.core.period import Period
from nkauto.core.timeline import Timeline, timelines
from nkauto.errors import UnknownName

OLD_WON = "KPW-OLD"
WON = "KPW"
OLD_PER_NEW = 100
"""100 old won were exchanged for 1 new won from 30 November 2009."""

MARKETS = ("market", "state", "official", "reference", "mixed")

EXACT_UNITS: Mapping[str, tuple[str, Fraction]] = {
    "t": ("kg", Fraction(1000)),
    "g": ("kg", Fraction(1, 1000)),
    "mL": ("L", Fraction(1, 1000)),
    "m": ("km", Fraction(1, 1000)),
    "wage-month": ("month", Fraction(1)),
}
"""Decimal multiples of the units that rates are given in; every other unit goes through pint."""


# Annotations are not postponed here: as strings each field would be compiled at every start, 1 ms in all.
class Source(NamedTuple):
    """One published page: who says so, under which title and address, and when."""

    id: str
    publisher: str
    title: str
    url: str
    published: str


class Item(NamedTuple):
    """One thing that has a price. ``shelf_life`` in days; ``between`` is ``both`` or ``nearest``."""

    id: str
    kind: str
    market: str
    shelf_life: int
    unit: str
    between: str
    name: str
    names: tuple[str, ...]


class Place(NamedTuple):
    """A place, the larger places that directly contain it, and its names in four languages."""

    id: str
    kind: str
    within: tuple[str, ...]
    names: tuple[str, ...]


class _Row(NamedTuple):
    """The fields of a rate."""

    id: str
    item: str
    variant: str
    quantity: Decimal
    unit: str
    low: Decimal
    high: Decimal
    currency: str
    first: date | None
    last: date
    place: str
    market: str
    approx: bool
    source: Source
    note: str = ""
    user: bool = False
    replaces: str = ""


class Rate(_Row):
    """One figure that one source states: ``quantity`` ``unit`` of ``item`` cost ``low``–``high`` ``currency``.

    ``first`` is None when the source says "before" and nobody knows since when. ``user`` marks a rate
    that the user gave; ``replaces`` the id of a shipped row that this one corrects. What follows from the
    fields is kept once it was asked: a table asks the same rate thousands of times.
    """

    @property
    def basis(self) -> tuple[str, str]:
        """Return what it is quoted in and by: currency (old won counts as won) and unit, without multiples."""
        unit = EXACT_UNITS.get(self.unit, (self.unit,))[0]
        return (WON if self.currency == OLD_WON else self.currency, unit)

    @cached_property
    def per_unit(self) -> tuple[Fraction, Fraction]:
        """Return low and high for one unit of ``basis``, exactly; old won as new won, 100 to 1."""
        size = Fraction(self.quantity) * EXACT_UNITS.get(self.unit, ("", Fraction(1)))[1]
        if self.currency == OLD_WON:
            size *= OLD_PER_NEW
        return Fraction(self.low) / size, Fraction(self.high) / size

    def period(self, shelf_life: int) -> Period:
        """Return its period; one with an unknown start reaches back no further than the shelf life."""
        reach = min(shelf_life, self.last.toordinal() - 1)
        return Period(self.first or self.last - timedelta(days=reach), self.last)


class RateBook:
    """All rates together with their sources, items and places.

    ``rates`` maps an item id to its rows; ``reference`` holds the monthly world exchange rates of a
    statistical series apart from the figures that the press states; ``constants`` maps a constant's id
    (``density/gasoline``) to its rows. ``checksum`` computes the name of this state of the data; ``rows``
    and ``names`` the number of rates and the folded names of items, without reading them. The mappings are
    read when they are asked, never changed.
    """

    def __init__(
        self,
        *,
        items: Mapping[str, Item],
        places: Mapping[str, Place],
        sources: Mapping[str, Source],
        rates: Mapping[str, Sequence[Rate]],
        reference: Mapping[str, Sequence[Rate]] | None = None,
        constants: Mapping[str, Sequence[Rate]] | None = None,
        checksum: Callable[[], str] = str,
        rows: Callable[[], int] | None = None,
        names: Callable[[], dict[str, str]] | None = None,
    ) -> None:
        self.items = items
        self.places = places
        self.sources = sources
        self.rates = rates
        self.reference = reference if reference is not None else {}
        self.constants = constants if constants is not None else {}
        self._checksum = checksum
        self._rows = rows
        self._names = names
        self._timelines: dict[tuple[str, str, bool, str], dict[tuple[str, str], dict[str, Timeline]]] = {}
        self._containing: dict[str, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return self._rows() if self._rows else sum(len(rows) for rows in self.rates.values())

    def __iter__(self) -> Iterator[Rate]:
        for rows in self.rates.values():
            yield from rows

    @cached_property
    def checksum(self) -> str:
        """Return the name of this state of the data, so that a printed figure can be computed again."""
        return self._checksum()

    @cached_property
    def home(self) -> str:
        """Return the currency that wages are paid in there: the book's own; new won for old."""
        bases = [rate.basis[0] for rate in self.rates.get("wage", ())]
        return max(bases, key=bases.count) if bases else WON

    def timelines(
        self, item: str, market: str, *, series: bool = False, currency: str = ""
    ) -> dict[tuple[str, str], dict[str, Timeline]]:
        """Return, for each basis (currency, unit) of an item on a market, its timelines by place; "" is all places.

        ``series`` asks for the monthly reference series instead of the figures that the press states; ``currency``
        for what is quoted in it alone.
        """
        key = (item, market, series, currency)
        if key not in self._timelines:
            if currency:
                every = self.timelines(item, market, series=series)
                self._timelines[key] = {basis: held for basis, held in every.items() if basis[0] == currency}
            else:
                rows = [row for row in (self.reference if series else self.rates).get(item, ()) if row.market == market]
                self._timelines[key] = timelines(rows, self.items[item].shelf_life)
        return self._timelines[key]

    def containing(self, place: str) -> tuple[str, ...]:
        """Return the larger places that contain a place, smallest first: by kind, then by how much they hold."""
        if place not in self._containing:
            above: list[str] = []
            queue = [place]
            while queue:
                for larger in self.places[queue.pop()].within:
                    if larger not in above and larger != place and larger in self.places:
                        above.append(larger)
                        queue.append(larger)
            order = ("city", "cities", "province", "provinces", "region", "country", "world")

            def size(larger: str) -> tuple[int, int, str]:
                kind = self.places[larger].kind
                members = sum(larger in other.within for other in self.places.values())
                return (order.index(kind) if kind in order else len(order), members, larger)

            self._containing[place] = tuple(sorted(above, key=size))
        return self._containing[place]

    def item_named(self, name: str, *, text: str = "", span: tuple[int, int] | None = None) -> Item:
        """Return the item of this id or name in any language, or raise UnknownName with the names that are near."""
        found = self.items.get(name) or self.items.get(self.item_names.get(folded(name), ""))
        if found is None:
            raise UnknownName(
                "item",
                name,
                [*self.items, *self.item_names],
                hint="nkauto rates coverage lists every item.",
                text=text,
                span=span,
            )
        return found

    def place_named(self, name: str) -> Place:
        """Return the place of this id or name in any language, or raise UnknownName with the known places."""
        wanted = folded(name)
        for place in self.places.values():
            if folded(place.id) == wanted or any(folded(other) == wanted for other in place.names):
                return place
        cities = [place.id for place in self.places.values() if place.kind in ("city", "province", "country")]
        known = [*self.places, *(other for place in self.places.values() for other in place.names)]
        raise UnknownName("place", name, known, hint=f"Known places: {', '.join(sorted(cities))}.")

    def publisher_named(self, name: str) -> str:
        """Return the publisher as the sources write it, or raise UnknownName."""
        publishers = {folded(source.publisher): source.publisher for source in self.sources.values()}
        if folded(name) not in publishers:
            raise UnknownName("publisher", name, publishers.values(), hint="nkauto rates sources lists them.")
        return publishers[folded(name)]

    @cached_property
    def item_names(self) -> dict[str, str]:
        """Return every folded name of every item, in any language, with the item's id."""
        if self._names is not None:
            return self._names()
        return {folded(name): item.id for item in self.items.values() for name in (item.id, *item.names)}


def folded(name: str) -> str:
    """Return a name without case, and with hyphens, underscores and runs of blanks as one blank."""
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())
