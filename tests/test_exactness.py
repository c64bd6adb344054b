"""Exact decimals: every answer against an independent computation in fractions, to the last printed digit.

The second computation shares no code with the first: it rounds by whole-number division, chooses rates by a plain
scan of the toy book's rows, and tries every corner of a formula.
"""

from __future__ import annotations

import csv
import itertools
import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import (
    ROUND_05UP,
    ROUND_UP,
    Clamped,
    Context,
    Decimal,
    FloatOperation,
    Inexact,
    Rounded,
    Subnormal,
    localcontext,
)
from fractions import Fraction

import pytest
import toy

from nkauto import library
from nkauto.core.afford import Terms
from nkauto.core.bounds import Input, given, over, times
from nkauto.core.derivation import range_of
from nkauto.core.metrics import LESS_SHARE, MULTIPLE
from nkauto.core.range import Range, outward
from nkauto.errors import NoRate
from nkauto.show.numbers import for_machines, for_people

SEED = 20_251_017
CHEAP = 10_000
WHOLE = 400


# Rounding by whole-number division, without the decimal module.


def printed(value: Fraction, *, down: bool) -> str:
    """Return a fraction of at least 0 in 28 significant digits, rounded down or up, as plain digits."""
    if not value:
        return "0"
    places = 27  # digits after the point that make 28 significant ones
    while value * 10**places >= 10**28:
        places -= 1
    while value * 10**places < 10**27:
        places += 1
    scaled = value * Fraction(10) ** places
    whole = scaled.numerator // scaled.denominator
    if not down and whole != scaled:
        whole += 1
    number = Fraction(whole) / Fraction(10) ** places
    return plain_digits(number)


def plain_digits(number: Fraction) -> str:
    """Return a fraction that ends, in plain digits."""
    if number.denominator == 1:
        return str(number.numerator)
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    digits = str((number * 10**places).numerator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}"


def assert_printed(held: Range, low: Fraction, high: Fraction) -> None:
    assert Fraction(held.low) <= low
    assert high <= Fraction(held.high)
    assert for_machines(held.low) == printed(low, down=True)
    assert for_machines(held.high) == printed(high, down=False)


# 10,000 random formulas.


def a_figure(source: random.Random) -> Fraction:
    digits = source.randint(1, 12)
    return Fraction(source.randint(1, 10**digits), 10 ** source.randint(0, digits))


def a_span(source: random.Random) -> tuple[Fraction, Fraction]:
    low, high = sorted((a_figure(source), a_figure(source)))
    return low, (low if source.random() < 0.3 else high)


def test_ten_thousand_random_chains_to_the_last_digit():
    source = random.Random(SEED)
    for _ in range(CHEAP):
        spans = [a_span(source) for _ in range(source.randint(1, 5))]
        low, high = spans[0]
        quantity = given(Input("a0", low, high, "x"))
        for index, (first, last) in enumerate(spans[1:], start=1):
            step = Input(f"a{index}", first, last, "x")
            if source.random() < 0.5:
                quantity, low, high = times(quantity, step, "x"), low * first, high * last
            else:
                quantity, low, high = over(quantity, step, "x"), low / last, high / first
        assert_printed(range_of(quantity), low, high)


def corners(function: Callable[..., Fraction], *spans: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    values = [function(*corner) for corner in itertools.product(*spans)]
    return min(values), max(values)


def test_formulas_that_share_an_input_against_every_corner():
    source = random.Random(SEED + 1)
    for _ in range(1500):
        a, b, won = a_span(source), a_span(source), a_span(source)
        share = (Fraction(source.randint(0, 50), 100), Fraction(source.randint(51, 99), 100))
        rate = Input("won", *won, "x")
        new = times(given(Input("a", *a, "x")), rate, "x")
        old = over(given(Input("b", *b, "x")), rate, "x")
        quantity = MULTIPLE.of(LESS_SHARE.of(new, given(Input("s", *share, "x")), unit="x"), old, unit="x")
        low, high = corners(lambda a, b, w, s: a * w * (1 - s) / (b / w), a, b, won, share)
        assert_printed(range_of(quantity), low, high)


@pytest.mark.parametrize("bits", [8, 90, 400])
def test_outward_rounding_of_any_fraction(bits):
    source = random.Random(SEED + bits)
    for _ in range(1500):
        low, high = sorted(Fraction(source.getrandbits(bits) + 1, source.getrandbits(bits) + 1) for _ in range(2))
        assert_printed(outward(low, high), low, high)


# Whole questions on the toy book, rates chosen by a plain scan of its files.

SHELF = {"CNY": 31, "USD": 31, "rice": 31, "wage": 365, "driving-licence": 365}
LARGER = {
    "Hyesan": ["Hyesan and Paegam", "Ryanggang", "northern provinces", "North Korea", "World"],
    "Chongjin": ["North Hamgyong", "northern provinces", "North Korea", "World"],
    "Pyongyang": ["North Korea", "World"],
    "Ryanggang": ["northern provinces", "North Korea", "World"],
    "": [],
}
Found = tuple[Fraction, Fraction, bool]


def scanned(item: str, day: date, place: str, currency: str, files: tuple[str, ...]) -> Found:
    """Return what the rules say that the toy book answers, or raise LookupError."""
    rows = []
    for name in files:
        with (toy.FOLDER / name).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                quoted = "KPW" if row["currency"] == "KPW-OLD" else row["currency"]
                if row["item"] == item and quoted == currency and row["market"] not in ("official", "reference"):
                    rows.append(row)
    rungs = [[place], *([larger] for larger in LARGER[place]), None] if place else [None]
    for rung in rungs:
        near: dict[int, list[dict[str, str]]] = {}
        for row in rows:
            if rung is not None and row["place"] not in rung:
                continue
            last = date.fromisoformat(row["to"])
            first = date.fromisoformat(row["from"]) if row["from"] else last - timedelta(days=SHELF[item])
            gap = (last - day).days if last < day else max(0, (first - day).days)
            if abs(gap) <= SHELF[item]:
                near.setdefault(gap, []).append(row)
        if not near:
            continue
        earlier = max((gap for gap in near if gap < 0), default=None)
        later = min((gap for gap in near if gap > 0), default=None)
        if 0 in near:
            used = near[0]
        elif item in ("wage", "driving-licence"):
            used = near[later] if earlier is None or (later is not None and later < -earlier) else near[earlier]
        else:
            used = [row for gap in (earlier, later) if gap is not None for row in near[gap]]
        sizes = [Fraction(row["quantity"]) * (100 if row["currency"] == "KPW-OLD" else 1) for row in used]
        return (
            min(Fraction(row["low"]) / size for row, size in zip(used, sizes, strict=True)),
            max(Fraction(row["high"]) / size for row, size in zip(used, sizes, strict=True)),
            any(row["approx"] == "yes" for row in used),
        )
    raise LookupError(item)


def in_won(price: tuple[Fraction, Fraction], won: Found) -> tuple[Fraction, Fraction]:
    return price[0] * won[0], price[1] * won[1]


def a_question(source: random.Random) -> tuple[date, str]:
    day = date(2024, 4, 20) + timedelta(days=source.randint(0, 200))
    return day, source.choice(list(LARGER))


def test_some_hundred_conversions_from_text_to_the_last_digit(toy_book):
    source = random.Random(SEED + 2)
    answered = 0
    for _ in range(WHOLE):
        day, place = a_question(source)
        low, high = sorted(source.randint(1, 10**9) for _ in range(2))
        cents = source.choice(["", ".5", ".07"])
        text = f"{low:,}{cents}-{high + 1:,}{cents} yuan"
        amount = (Fraction(f"{low}{cents}"), Fraction(f"{high + 1}{cents}"))
        try:
            yuan = scanned("CNY", day, place, "KPW", ("exchange.csv",))
            rice = scanned("rice", day, place, "KPW", ("goods.csv",))
            wage = scanned("wage", day, place, "KPW", ("goods.csv",))
        except LookupError:
            with pytest.raises(NoRate):
                library.convert(text, ["won,rice,wage"], book=toy_book, on=str(day), at=place)
            continue
        answered += 1
        held = library.convert(text, ["won,rice,wage,yuan"], book=toy_book, on=str(day), at=place)
        won = in_won(amount, yuan)
        expected = [won, (won[0] / rice[1], won[1] / rice[0]), (won[0] / wage[1], won[1] / wage[0]), amount]
        for result, (least, most) in zip(held.results, expected, strict=True):
            assert_printed(result.range, least, most)
        assert [result.range.approx for result in held.results] == [
            yuan[2], yuan[2] or rice[2], yuan[2] or wage[2], False,
        ]  # fmt: skip
    assert WHOLE / 4 < answered < WHOLE


def test_some_hundred_affordability_tables_to_the_last_digit(toy_book):
    source = random.Random(SEED + 3)
    answered = 0
    for _ in range(WHOLE // 2):
        day, place = a_question(source)
        people = sorted(source.randint(1, 9) for _ in range(2))
        months = sorted(source.randint(1, 36) for _ in range(2))
        share = source.randint(0, 90)
        interest = source.randint(0, 30)
        terms = library.terms(
            toy_book,
            people=f"{people[0]}-{people[1]}",
            over=f"{months[0]}-{months[1]}m",
            deposit=f"{share}%",
            interest=f"{interest}%/month",
            save="25-50%",
        )
        try:
            price = scanned("driving-licence", day, place, "CNY", ("goods.csv",))
            yuan = scanned("CNY", day, place, "KPW", ("exchange.csv",))
            wage = scanned("wage", day, place, "KPW", ("goods.csv",))
        except LookupError:
            with pytest.raises(NoRate):
                library.afford("licence", terms=terms, book=toy_book, on=str(day), at=place)
            continue
        answered += 1
        held = {
            result.metric: result.range
            for result in library.afford("licence", terms=terms, book=toy_book, on=str(day), at=place).results
        }
        won = in_won(price[:2], yuan)
        pay = (wage[0], wage[1])
        heads, terms_n = (Fraction(people[0]), Fraction(people[1])), (Fraction(months[0]), Fraction(months[1]))
        left = (won[0] * (100 - share) / 100, won[1] * (100 - share) / 100)
        rate = Fraction(interest, 100)

        def due(owed: Fraction, n: Fraction, rate: Fraction = rate) -> Fraction:
            growth = sum((1 + rate) ** -month for month in range(1, int(n) + 1))
            return owed / growth

        assert_printed(held["price_kpw"], *won)
        assert_printed(held["wage_months"], *corners(lambda p, w: p / w, won, pay))
        assert_printed(held["wage_years"], *corners(lambda p, w: p / (12 * w), won, pay))
        assert_printed(held["per_head_kpw"], *corners(lambda p, n: p / n, won, heads))
        assert_printed(held["per_head_wage_months"], *corners(lambda p, n, w: p / (n * w), won, heads, pay))
        assert_printed(held["days_per_head"], *corners(lambda n: 30 / n, heads))
        quarter, half = Fraction(1, 4), Fraction(1, 2)
        assert_printed(held["saving_months"], *corners(lambda p, w, s: p / (w * s), won, pay, (quarter, half)))
        assert_printed(held["instalment_kpw"], *corners(due, left, terms_n))
        assert_printed(held["instalment_wages"], *corners(lambda p, n, w: due(p, n) / w, left, terms_n, pay))
        assert_printed(held["interest_total"], *corners(lambda p, n: due(p, n) * n - p, left, terms_n))
    assert answered > WHOLE / 8


# The caller's own decimal context.

HOSTILE = [
    Context(prec=3, rounding=ROUND_UP),
    Context(prec=1, rounding=ROUND_05UP, Emin=-1, Emax=1),
    Context(prec=2, traps=[Inexact, Rounded, Subnormal, Clamped, FloatOperation]),
]


def everything() -> list[str]:
    """Return what a whole question prints, from text to text."""
    book = toy.load_book()
    terms = library.terms(
        book, people="3-5", over="11-13m", deposit="12.345678%", interest="1.2345678%/month", save="33.333%"
    )
    rates = ["1 EUR = 12,345.678901 KPW"]
    held = [
        library.afford("1,234,567.891 yuan", terms=terms, book=book, on="2024-06-04", at="Hyesan", spread=True),
        library.convert("20만 3천원", ["yuan,usd,eur,lb rice,wage"], book=book, on="2024-06-04", rates=rates),
        library.convert("2.34567 t rice", ["won,eur"], book=book, on="2024-06-04", rates=rates),
        library.convert("half a million won", ["yuan"], book=book, on="2009-11-15"),
    ]
    said = []
    for derivation in held:
        for result in derivation.results:
            said += [result.metric, for_machines(result.range.low), for_machines(result.range.high)]
            said += [for_people(result.range), for_people(result.range, None)]
        said += derivation.notes
        said += [str(other.results[0].range) for other in derivation.others]
    return said


@pytest.mark.parametrize("hostile", HOSTILE, ids=["three digits", "one digit", "traps"])
def test_the_callers_decimal_context_does_not_matter(hostile):
    expected = everything()
    with localcontext(hostile) as context:
        flags = dict(context.flags)
        assert everything() == expected
        assert context.prec == hostile.prec
        assert dict(context.flags) == flags
    assert len(expected) > 100


def test_a_terms_object_is_exact_under_any_context():
    with localcontext(HOSTILE[0]):
        held = Terms(save=Range(Decimal("0.123456789"), Decimal("0.98765432109876543210987654321")))
    assert held.save is not None
    assert held.save.high == Decimal("0.98765432109876543210987654321")
