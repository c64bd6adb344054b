"""Properties of the whole: the choice of a rate against a plain scan, there and back, wider in and wider out."""

from __future__ import annotations

from datetime import date, timedelta

import toy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from toy import book, rate, scope

from nkauto.core.amount import Amount, Target
from nkauto.core.bounds import bounds
from nkauto.core.choose import Scope, choose
from nkauto.core.convert import Quotes
from nkauto.core.period import Period
from nkauto.core.range import Range, outward
from nkauto.core.rates import Rate
from nkauto.core.timeline import Timeline
from nkauto.core.worth import convert
from nkauto.errors import NoRate
from nkauto.library import convert as asked
from nkauto.read.amounts import read_amount
from nkauto.show.numbers import for_machines

DAY = date(2024, 6, 1)
DAYS = st.integers(0, 60).map(lambda days: DAY + timedelta(days=days))
PLACES = ("Hyesan", "Hyesan and Paegam", "Ryanggang", "North Korea", "Pyongyang", "China")


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(DAYS)
    return Period(first, first + timedelta(days=draw(st.sampled_from([0, 0, 1, 3, 20]))))


@st.composite
def rows(draw: st.DrawFn, item: str = "rice", most: int = 9) -> list[Rate]:
    found = []
    for number in range(draw(st.integers(0, most))):
        period = draw(periods())
        low = draw(st.integers(1, 10_000))
        row = rate(
            f"r{number}",
            low,
            low + draw(st.integers(0, 500)),
            item=item,
            place=draw(st.sampled_from(PLACES)),
            publisher=draw(st.sampled_from(["Prime Press", "Second News"])),
            market=draw(st.sampled_from(["market", "market", "market", "state"])),
            quantity=draw(st.sampled_from([1, 1, 50])),
        )
        unknown = draw(st.booleans()) and draw(st.booleans())
        found.append(row._replace(first=None if unknown else period.first, last=period.last))
    return found


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    return Scope(
        draw(periods()),
        draw(st.sampled_from(["", "", *PLACES])),
        draw(st.sampled_from(["", "", "state", "official"])),
        draw(st.sampled_from(["", "", "Second News"])),
        draw(st.sampled_from([None, None, 0, 5, 400])),
    )


def by_the_rules(held: list[Rate], item: str, asked_for: Scope) -> tuple[set[str], str] | None:
    """Return the ids and the rung that the written rules name, by a plain scan; None when they refuse."""
    thing = toy.ITEMS[item]
    market = thing.market
    if asked_for.market and any(row.market == asked_for.market for row in held):
        market = asked_for.market
    counted = [row for row in held if row.market == market and asked_for.publisher in ("", row.source.publisher)]
    life = thing.shelf_life if asked_for.within is None else asked_for.within
    chain = {
        "Hyesan": PLACES[1:4],
        "Hyesan and Paegam": PLACES[2:4],
        "Ryanggang": PLACES[3:4],
        "Pyongyang": PLACES[3:4],
    }
    rungs: list[tuple[str, str]] = [("", "anywhere")]
    if asked_for.place:
        larger = [(place, "containing") for place in chain.get(asked_for.place, ())]
        rungs = [(asked_for.place, "asked"), *larger, ("", "elsewhere")]
    for place, rung in rungs:
        here = [row for row in counted if place in ("", row.place)]
        gaps = {row.id: asked_for.period.gap(row.period(thing.shelf_life)) for row in here}
        if 0 in gaps.values():
            return {id_ for id_, gap in gaps.items() if gap == 0}, rung
        earlier = max((gap for gap in gaps.values() if -life <= gap < 0), default=None)
        later = min((gap for gap in gaps.values() if 0 < gap <= life), default=None)
        nearest = {earlier, later} - {None}
        if len(nearest) == 2 and thing.between == "nearest":
            assert earlier is not None
            assert later is not None
            nearest = {earlier if -earlier <= later else later}
        if nearest:
            return {id_ for id_, gap in gaps.items() if gap in nearest}, rung
    return None


@settings(max_examples=400)
@given(st.sampled_from(["rice", "fee"]).flatmap(lambda item: st.tuples(st.just(item), rows(item))), scopes())
def test_the_choice_follows_the_written_rules(item_and_rows, asked_for):
    item, held = item_and_rows
    held = (
        [row._replace(market="mixed" if row.market == "market" else "state") for row in held] if item == "fee" else held
    )
    expected = by_the_rules(held, item, asked_for)
    try:
        chosen = choose(book(*held), item, asked_for)
    except NoRate:
        assert expected is None
        return
    assert (set(toy.ids(chosen)), chosen.rung) == expected
    assert len(chosen.rates) == len(set(toy.ids(chosen)))
    assert chosen.low == min(row.per_unit[0] for row in chosen.rates)
    assert chosen.high == max(row.per_unit[1] for row in chosen.rates)
    for row, gap in zip(chosen.rates, chosen.gaps, strict=True):
        assert gap == asked_for.period.gap(row.period(chosen.item.shelf_life))


@settings(max_examples=200)
@given(rows(), periods())
def test_a_timeline_answers_as_a_plain_scan(held, period):
    line = Timeline(held, 31)
    gaps = {row.id: period.gap(row.period(31)) for row in held}
    assert {row.id for row in line.overlapping(period)} == {id_ for id_, gap in gaps.items() if gap == 0}
    before = max((gap for gap in gaps.values() if gap < 0), default=0)
    after = min((gap for gap in gaps.values() if gap > 0), default=0)
    days, found = line.before(period)
    assert (-days, {row.id for row in found}) == (
        before,
        {id_ for id_, gap in gaps.items() if before and gap == before},
    )
    days, found = line.after(period)
    assert (days, {row.id for row in found}) == (after, {id_ for id_, gap in gaps.items() if after and gap == after})


@given(rows(most=6), rows("CNY", most=6), scopes(), st.integers(1, 10**9))
def test_there_and_back_is_the_start(rice, yuan, asked_for, sum_):
    quotes = Quotes(book(*rice, *yuan), asked_for)
    start = quotes.money(Amount(Range.of(sum_, sum_ + 7), "KPW"))
    try:
        there = quotes.into(start, "CNY")
        bought = quotes.goods(start, "rice")
    except NoRate:
        return
    assert bounds(quotes.into(there, "KPW")) == (sum_, sum_ + 7)
    cost = Quotes(quotes.book, asked_for).money(Amount(outward(*bounds(bought)), "kg", "rice"))
    low, high = bounds(cost)
    assert low <= sum_
    assert sum_ + 7 <= high


@given(rows("CNY", most=6), rows("CNY", most=3), st.integers(1, 10**6), st.integers(0, 9))
def test_more_reports_of_that_time_never_narrow_the_answer(held, others, low, width):
    """Another row that overlaps the question can only widen the hull of those that do."""
    day = Period.day(DAY + timedelta(days=10))
    overlapping = [row for row in held if row.period(31).overlaps(day) and row.market == "market"]
    assume(overlapping)
    more = [row._replace(id=f"x{row.id}") for row in others if row.period(31).overlaps(day)]
    amount, target = Amount(Range.of(low, low + width), "CNY"), [Target("KPW")]
    one, two = (convert(book(*rows_), Scope(day), amount, target).results[0].range for rows_ in (held, [*held, *more]))
    assert two.low <= one.low
    assert one.high <= two.high


@given(st.decimals(min_value=0, max_value=10**15, places=4), st.sampled_from(["CNY", "USD", "KPW"]))
def test_what_machines_are_given_is_read_back(value, unit):
    text = for_machines(value)
    if "." in text and len(text.rpartition(".")[2]) == 3:
        text += "0"  # three decimals could be thousands, which are refused
    assert read_amount(f"{text} {unit}") == Amount(Range.of(value), unit)


@settings(max_examples=50)
@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_wider_amount_never_gives_a_narrower_answer(low, width, more):
    held, targets = toy.load_book(), [Target("KPW"), Target("USD"), Target("", "rice"), Target("", "wage")]
    narrow, wide = (
        convert(held, scope("2024-06-04"), Amount(Range.of(first, last), "CNY"), targets).results
        for first, last in ((low, low + width), (max(0, low - more), low + width + more))
    )
    for one, other in zip(narrow, wide, strict=True):
        assert other.range.low <= one.range.low <= one.range.high <= other.range.high


def test_the_question_without_a_date_is_answered_for_the_newest_day(toy_book):
    told = asked("7 yuan", ["won"], book=toy_book)
    assert told.scope.period == Period.day(date(2024, 9, 2))
    assert told.notices == (
        "no --on given: answered for 2024-09-02, the newest day that the book covers for Chinese yuan",
    )
    assert asked("7 dollars", ["won"], book=toy_book).scope.period == Period.day(date(2024, 6, 6))
    assert asked("7 yuan", ["won"], book=toy_book, on="2024-06-04").notices == ()
    assert scope("2024-06-04").period == Period.day(date(2024, 6, 4))
