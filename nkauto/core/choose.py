"""Choosing a rate: the one place where it is decided which published figures answer a question.

The rungs, in this order:

1. only rows of that item and market (and of one publisher, where asked);
2. by place: the place itself; else the larger places that contain it, smallest first; else rows of any
   other place, marked "elsewhere". With no place asked, all places count alike;
3. on that rung, rows whose period overlaps the asked one: all of them, as their hull. Never a mean;
4. else, within the shelf life: for items that move from survey to survey the nearest rows before and
   after, as their hull; for items that stand until they are changed the nearest row on the question's
   side of the won's redenomination, earlier before later on a tie;
5. else the next rung of places; and when no rung has any: NoRate, naming the nearest rows;
6. a publisher who alone makes a hull more than a quarter wider is named, with the range without it.

Rows quoted in another currency or by another kind of unit never share a hull. Of such groups the one on
the best rung of places answers, then the freshest, then the one asked for, then the one with most rows.
"""

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from nkauto.core.period import REDENOMINATION, Period
from nkauto.core.range import plain
from nkauto.core.rates import WON, Item, Rate, RateBook
from nkauto.core.timeline import Timeline, timelines
from nkauto.errors import NoRate

_SIX_DIGITS = Context(prec=6)


# Annotations are not postponed here: see rates.py.
class Scope(NamedTuple):
    """When, where and from whom: what every rate of one question has in common.

    ``place`` is a place id, empty for all alike; ``market`` overrides an item's default market where the
    item has rows on it; ``publisher`` restricts to one, empty for all; ``within`` overrides shelf lives, in days;
    ``own`` are rates that the user gave: each stands for the whole book on its item and currency.
    """

    period: Period
    place: str = ""
    market: str = ""
    publisher: str = ""
    within: int | None = None
    own: tuple[Rate, ...] = ()


class Chosen(NamedTuple):
    """The rows that answer, as their hull: 1 ``unit`` of ``item`` cost ``low``–``high`` ``currency``.

    ``rung`` is ``asked``, ``containing``, ``elsewhere`` or ``anywhere`` (no place was asked); ``gaps`` are
    the days from the question to each row, negative for earlier rows, 0 for overlapping ones. ``weighed`` says
    that its rows stand beside one another, so that a publisher who is alone is named.
    """

    item: Item
    market: str
    currency: str
    unit: str
    low: Fraction
    high: Fraction
    rates: tuple[Rate, ...]
    gaps: tuple[int, ...]
    rung: str
    step: int = 0
    weighed: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what must be said of a publisher who differs; worked out when it is asked, as few ever are."""
        return _outlier(self) if self.weighed else ()

    @property
    def age_days(self) -> int:
        """Return the days from the question to its farthest row."""
        return max(map(abs, self.gaps))

    @property
    def evidence(self) -> tuple[str, str, tuple[str, ...]]:
        """Return what it stands on: item, currency and ids of its rows. Where they are the same, so are its ends."""
        return self.item.id, self.currency, tuple([rate.id for rate in self.rates])

    @property
    def approx(self) -> bool:
        """Return whether a source itself said "about"."""
        return any(rate.approx for rate in self.rates)

    @property
    def user(self) -> bool:
        """Return whether the user gave it."""
        return any(rate.user for rate in self.rates)

    @property
    def places(self) -> str:
        """Return the places of its rows, in order, joined by semicolons."""
        return "; ".join(dict.fromkeys(rate.place for rate in self.rates if rate.place))

    @property
    def period(self) -> Period:
        """Return the days from its first row's first day to its last row's last."""
        spans = [rate.period(self.item.shelf_life) for rate in self.rates]
        return Period(min(span.first for span in spans), max(span.last for span in spans))


def choose(
    book: RateBook, item: str, scope: Scope, *, currency: str = "", prefer: str = "", unit: str = "", market: str = ""
) -> Chosen:
    """Return the rows that answer for an item by the rungs of this module, or raise NoRate naming what is near.

    ``currency`` demands a quote in it, ``prefer`` wins a tie; ``unit`` wins a tie among units (litres or
    kilograms); ``market`` is the market that the step needs, when it is not the item's own.
    """
    chosen = sought(book, item, scope, currency=currency, prefer=prefer, unit=unit, market=market)
    if chosen is None:
        thing = book.items[item]
        wanted = market or _market(book, thing, scope)
        raise _no_rate(thing, wanted, scope, _groups(book, thing, wanted, scope, currency), currency)
    return chosen


def sought(
    book: RateBook, item: str, scope: Scope, *, currency: str = "", prefer: str = "", unit: str = "", market: str = ""
) -> Chosen | None:
    """Return what ``choose`` returns, or None: a refusal in words costs as much as the search."""
    thing = book.items[item]
    own = [rate for rate in scope.own if rate.item == item and currency in ("", rate.basis[0])]
    if own:
        return _own(thing, own, prefer, unit)
    wanted = market or _market(book, thing, scope)
    for groups in _groups(book, thing, wanted, scope, currency):
        found = [
            chosen
            for basis, timeline in groups.items()
            if (chosen := _on_rungs(book, thing, wanted, scope, basis, timeline)) is not None
        ]
        if len(found) == 1:
            return found[0]
        if found:
            return min(
                found,
                key=lambda chosen: (
                    chosen.step,
                    chosen.age_days,
                    chosen.currency != prefer,
                    chosen.unit != (unit or thing.unit),
                    -len(chosen.rates),
                ),
            )
    return None


def _market(book: RateBook, item: Item, scope: Scope) -> str:
    """Return the asked market where the item has rows on it, else the item's default."""
    if scope.market and any(rate.market == scope.market for rate in book.rates.get(item.id, ())):
        return scope.market
    return item.market


def _groups(
    book: RateBook, item: Item, market: str, scope: Scope, currency: str
) -> list[dict[tuple[str, str], dict[str, Timeline]]]:
    """Return the timelines to search, one after the other.

    For a reference rate: what the press stated for that time, else the series, else what the press stated near it.
    """
    groups = book.timelines(item.id, market, currency=currency)
    if scope.publisher and market != "reference":
        rows = [
            row
            for row in book.rates.get(item.id, ())
            if row.market == market and row.source.publisher == scope.publisher and currency in ("", row.basis[0])
        ]
        groups = timelines(rows, item.shelf_life)
    if market == "reference" and not any(group[""].near(scope.period).overlapping for group in groups.values()):
        return [book.timelines(item.id, market, series=True, currency=currency), groups]
    return [groups]


def _on_rungs(
    book: RateBook, item: Item, market: str, scope: Scope, basis: tuple[str, str], group: dict[str, Timeline]
) -> Chosen | None:
    """Return the rows of one group on its first rung of places that has any (rungs 2 to 5)."""
    places: tuple[str, ...] = ("",)
    if scope.place and market != "reference":
        places = (scope.place, *book.containing(scope.place), "")
    life = item.shelf_life if scope.within is None else scope.within
    for step, place in enumerate(places):
        timeline = group.get(place)
        gapped = _in_time(timeline, scope.period, life, item) if timeline else []
        if gapped:
            rung = "anywhere" if len(places) == 1 else "asked" if not step else "containing" if place else "elsewhere"
            rates = tuple([rate for _, rate in gapped])
            lows, highs = zip(*[rate.per_unit for rate in rates], strict=True)
            gaps = tuple([gap for gap, _ in gapped])
            return Chosen(item, market, *basis, min(lows), max(highs), rates, gaps, rung, step, weighed=True)
    return None


def _in_time(timeline: Timeline, asked: Period, life: int, item: Item) -> list[tuple[int, Rate]]:
    """Return the rows of rungs 3 and 4 with their days from the question.

    What stands until it is changed is near on its own side of the redenomination alone: a wage of December
    2009, paid in new won at its old face value, says nothing of January 2009.
    """
    near = timeline.near(asked)
    if near.overlapping:
        return [(0, rate) for rate in near.overlapping]
    back = (asked.first - near.last).days if near.last else life + 1
    on = (near.first - asked.last).days if near.first else life + 1
    earlier = near.before if back <= life else []
    later = near.after if on <= life else []
    if item.between == "nearest":
        earlier = [rate for rate in earlier if not _across(rate, asked, item)]
        later = [rate for rate in later if not _across(rate, asked, item)]
        if earlier and later:
            earlier, later = (earlier, []) if back <= on else ([], later)
    return [(-back, rate) for rate in earlier] + [(on, rate) for rate in later]


def _across(rate: Rate, asked: Period, item: Item) -> bool:
    """Return whether the redenomination of the won lies between a standing won figure and the question."""
    if item.between != "nearest" or rate.basis[0] != WON:
        return False
    known = rate.period(item.shelf_life)
    return known.last < REDENOMINATION <= asked.first or asked.last < REDENOMINATION <= known.first


def _own(item: Item, own: Sequence[Rate], prefer: str, unit: str) -> Chosen:
    """Return the user's own rates of one basis as their hull: no date, no place, no age."""
    basis = min((rate.basis for rate in own), key=lambda basis: (basis[0] != prefer, basis[1] != (unit or item.unit)))
    own = [rate for rate in own if rate.basis == basis]
    lows, highs = zip(*(rate.per_unit for rate in own), strict=True)
    gaps = (0,) * len(own)
    return Chosen(item, own[0].market, *own[0].basis, min(lows), max(highs), tuple(own), gaps, "anywhere")


def _outlier(chosen: Chosen) -> tuple[str, ...]:
    """Return a note when one publisher alone makes the hull more than a quarter wider than the others would."""
    by_publisher: dict[str, list[tuple[Fraction, Fraction]]] = {}
    for rate in chosen.rates:
        by_publisher.setdefault(rate.source.publisher, []).append(rate.per_unit)
    if len(by_publisher) < 2 or not chosen.low:
        return ()
    notes = []
    for publisher in by_publisher:
        low, high = _hull(pairs for name, pairs in by_publisher.items() if name != publisher)
        if low and chosen.high / chosen.low > Fraction(5, 4) * (high / low):
            notes.append(
                f"{chosen.item.name}: {publisher} alone makes the range {_span(chosen.low, chosen.high)} "
                f"{chosen.currency}; without it {_span(low, high)}"
            )
    if len(by_publisher) == 2 and notes:
        says = " but ".join(f"{name} {_span(*_hull([pairs]))}" for name, pairs in by_publisher.items())
        return (f"{chosen.item.name}: the two publishers differ: {says} {chosen.currency}",)
    return tuple(notes)


def _hull(groups: Iterable[list[tuple[Fraction, Fraction]]]) -> tuple[Fraction, Fraction]:
    pairs = [pair for group in groups for pair in group]
    return min(low for low, _ in pairs), max(high for _, high in pairs)


def _span(low: Fraction, high: Fraction) -> str:
    return _short(low) if low == high else f"{_short(low)}–{_short(high)}"


def _short(value: Fraction) -> str:
    """Return a rate for a note, in at most six significant digits, with thousands marks."""
    return f"{plain(_SIX_DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))):,f}"


def _no_rate(
    item: Item, market: str, scope: Scope, searched: list[dict[tuple[str, str], dict[str, Timeline]]], currency: str
) -> NoRate:
    """Return the refusal, naming the nearest rows before and after with their dates, places and distances."""
    life = item.shelf_life if scope.within is None else scope.within
    what = f"no {market} rate of {item.name}" + (f" in {currency}" if currency else "")
    if scope.publisher and market != "reference":
        what += f" from {scope.publisher}"
    what += f" within {life} days of {scope.period}"
    every = [group for groups in searched for group in groups.values()]
    sides = []
    for word, ask in (("before", Timeline.before), ("after", Timeline.after)):
        found = [(days, rows) for group in every for days, rows in [ask(group[""], scope.period)] if rows]
        if found:
            days, rows = min(found, key=lambda pair: pair[0])
            day = rows[0].last if word == "before" else rows[0].period(item.shelf_life).first
            where = ", ".join(dict.fromkeys(row.place for row in rows))
            who = ", ".join(dict.fromkeys(row.source.publisher for row in rows))
            across = ", across the redenomination" if _across(rows[0], scope.period, item) else ""
            sides.append(f"nearest {word}: {day}, {days} days {word}{across}, {where} ({who})")
    if not sides:
        hint = f"The book holds no {market} rate of {item.name}" + (f" in {currency}" if currency else "") + " at all."
        return NoRate(item.id, what, hint=hint)
    sides = [sides[0][0].upper() + sides[0][1:], *sides[1:]]
    return NoRate(item.id, what, hint="; ".join(sides) + ".\nA longer reach must be asked for: --within DAYS.")
