"""The data of ``rates/`` tested as data: with the csv module alone, so that no reader of ours can hide a fault."""

from __future__ import annotations

import calendar
import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path

import pytest

RATES = Path(__file__).parent.parent / "rates"
RATE_FILES = ["exchange.csv", "fees.csv", "food.csv", "fuel.csv", "vehicles-prices.csv", "wages.csv"]
RATE_COLUMNS = [
    "id", "item", "variant", "quantity", "unit", "low", "high", "currency", "from", "to", "place", "market", "approx",
    "source", "note",
]  # fmt: skip
FIRST_EVIDENCE = 1_823
"""The figures that were gathered for the first edition; each is a row or is named in ``rates/README.md``."""

CURRENCIES = {"KPW", "KPW-OLD", "USD", "CNY", "EUR", "PCT"}
UNITS = {
    "kg", "t", "L", "month", "day", "each", "km", "person", "hour", "week", "year", "trip", "kWh", "loan",
    "USD", "CNY", "EUR",
}  # fmt: skip
REDENOMINATION = date(2009, 12, 1)
EXPLAINED = "stands apart: "
"""How a note begins its reason why a figure lies far from its neighbours."""
FACTOR, DAYS = 2, 31
"""Two figures for one thing within so many days of each other differ by no more than this factor."""

Row = dict[str, str]


def table(name: str) -> list[Row]:
    with (RATES / name).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        rows = list(reader)
    assert all(None not in row and None not in row.values() for row in rows), f"{name}: ragged rows"
    return rows


ROWS = [row for name in RATE_FILES for row in table(name)]
SERIES = table("reference.csv")
ITEMS = {row["id"]: row for row in table("items.csv")}
PLACES = {row["id"]: row for row in table("places.csv")}
SOURCES = {row["id"]: row for row in table("sources.csv")}


def period(row: Row) -> tuple[date, date]:
    """Return first and last day; a row whose start is unknown stands for its last day."""
    last = date.fromisoformat(row["to"])
    return (date.fromisoformat(row["from"]) if row["from"] else last), last


def price(row: Row) -> tuple[Fraction, Fraction]:
    """Return low and high for one unit; tonnes as kilograms."""
    size = Fraction(row["quantity"]) * (1000 if row["unit"] == "t" else 1)
    return Fraction(row["low"]) / size, Fraction(row["high"]) / size


def folded(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


def failing(rows: list[Row], fault: Callable[[Row], object]) -> list[str]:
    return [row["id"] for row in rows if fault(row)]


# One row at a time


@pytest.mark.parametrize("name", [*RATE_FILES, "reference.csv"])
def test_every_file_of_rates_has_the_one_schema_and_plain_text(name: str) -> None:
    content = (RATES / name).read_bytes()
    assert content.endswith(b"\n")
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8").splitlines()[0].split(",") == RATE_COLUMNS
    assert len(table(name)) > 1


@pytest.mark.parametrize("name", sorted(path.name for path in RATES.glob("*.csv")))
def test_no_cell_carries_stray_blanks_or_control_characters(name: str) -> None:
    cells = [cell for row in table(name) for cell in row.values()]
    assert [cell for cell in cells if cell != cell.strip() or not cell.isprintable()] == []


def test_every_figure_is_plain_and_in_order() -> None:
    number = re.compile(r"[0-9]+(\.[0-9]+)?")
    plain = [row for row in ROWS + SERIES if all(number.fullmatch(row[cell]) for cell in ("quantity", "low", "high"))]
    assert len(plain) == len(ROWS) + len(SERIES)
    assert failing(plain, lambda row: not 0 < Fraction(row["low"]) <= Fraction(row["high"])) == []
    assert failing(plain, lambda row: Fraction(row["quantity"]) == 0) == []


def test_no_range_is_wider_than_anything_that_was_reported() -> None:
    """The widest is a party official's wage of 30,000 to 150,000 won."""
    assert failing(ROWS, lambda row: Fraction(row["high"]) > 5 * Fraction(row["low"])) == []


def test_every_period_runs_forward_on_real_days() -> None:
    assert failing(ROWS + SERIES, lambda row: period(row)[0] > period(row)[1]) == []
    assert failing(ROWS, lambda row: period(row)[0].year < 1990) == []


def test_every_word_from_a_list_is_on_it() -> None:
    assert failing(ROWS, lambda row: row["currency"] not in CURRENCIES) == []
    assert failing(ROWS, lambda row: row["unit"] not in UNITS) == []
    assert failing(ROWS, lambda row: row["market"] not in ("market", "state", "official", "reference", "mixed")) == []
    assert failing(ROWS, lambda row: row["approx"] not in ("yes", "no")) == []


def test_ids_are_unique_and_readable() -> None:
    ids = [row["id"] for row in ROWS + SERIES]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert [name for name in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []
    begins = {row["id"]: f"{row['item'].lower().replace('/', '-')}-{row['from'][:4] or 'until'}-" for row in ROWS}
    assert [name for name, beginning in begins.items() if not f"{name}-".startswith(beginning)] == []


def test_old_won_ends_with_november_2009_and_new_won_begins_after_it() -> None:
    assert failing(ROWS, lambda row: row["currency"] == "KPW-OLD" and period(row)[1] >= REDENOMINATION) == []
    assert failing(ROWS, lambda row: row["currency"] == "KPW" and period(row)[0] < REDENOMINATION) == []


# Rows and the tables that they point into


def test_every_row_points_at_an_item_a_place_and_a_source_that_exist() -> None:
    assert failing(ROWS + SERIES, lambda row: row["item"] not in ITEMS) == []
    assert failing(ROWS + SERIES, lambda row: row["currency"] not in ITEMS) == []
    assert failing(ROWS + SERIES, lambda row: row["place"] not in PLACES) == []
    assert failing(ROWS + SERIES, lambda row: row["source"] not in SOURCES) == []


def test_nothing_is_listed_that_nothing_uses() -> None:
    items = {row[cell] for row in ROWS + SERIES for cell in ("item", "currency")}
    assert set(ITEMS) - items == set()
    pages = ["vehicles.csv", "terms.csv", "sanctions.csv", "constants.csv"]
    sources = {row["source"] for row in [*ROWS, *SERIES, *(row for name in pages for row in table(name))]}
    assert set(SOURCES) - sources == set()
    assert sources - set(SOURCES) == set()
    used = {row["place"] for row in ROWS + SERIES}
    above = {larger for row in PLACES.values() for larger in row["within"].split("|")}
    unused = {place for place in PLACES if place not in used | above}
    assert {PLACES[place]["kind"] for place in unused} <= {"province"}  # a question may name any province


def test_a_source_is_one_page_of_one_publisher() -> None:
    assert [name for name in SOURCES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []
    pages = Counter((row["publisher"], row["url"]) for row in SOURCES.values())
    assert [page for page, count in pages.items() if count > 1] == []
    assert [name for name, row in SOURCES.items() if not re.fullmatch(r"https?://[^\s/]+/\S*", row["url"])] == []
    assert [name for name, row in SOURCES.items() if not row["publisher"]] == []
    dated = [row["published"] for row in SOURCES.values() if row["published"]]
    assert [day for day in dated if date.fromisoformat(day).isoformat() != day] == []


def test_items_are_read_and_named_without_doubt() -> None:
    for row in ITEMS.values():
        assert row["kind"] in {
            "currency", "food", "fuel", "wage", "income", "vehicle", "fee", "fare", "service", "finance", "housing",
            "goods", "percent",
        }  # fmt: skip
        assert row["market"] in ("market", "state", "official", "reference", "mixed")
        assert row["between"] == ("both" if row["kind"] in ("currency", "food", "fuel") else "nearest"), row["id"]
        assert int(row["shelf_life"]) == {"currency": 31, "food": 31, "fuel": 45}.get(row["kind"], 365), row["id"]
        assert all(row[language] for language in ("en", "ko", "zh", "ja")), row["id"]
    meant: dict[str, set[str]] = defaultdict(set)
    for row in ITEMS.values():
        meant[folded(row["id"])].add(row["id"])
        for language in ("en", "ko", "zh", "ja"):
            names = [folded(name) for name in row[language].split("|")]
            assert "" not in names, row["id"]
            assert len(names) == len(set(names)), row["id"]
            for name in names:
                meant[name].add(row["id"])
    assert {name: items for name, items in meant.items() if len(items) > 1} == {}


def test_an_item_has_rows_in_its_unit_and_mostly_on_its_market() -> None:
    by_item = defaultdict(list)
    for row in ROWS:
        by_item[row["item"]].append(row)
    for item, rows in by_item.items():
        units = Counter("kg" if row["unit"] == "t" else row["unit"] for row in rows)
        assert ITEMS[item]["unit"] == units.most_common(1)[0][0], item
        markets = Counter(row["market"] for row in rows)
        if item != "EUR":  # its rows are the monthly series
            assert markets[ITEMS[item]["market"]] == max(markets.values()), item


@pytest.mark.parametrize(
    "typed, item",
    [
        ("petrol", "gasoline"), ("gasoline", "gasoline"), ("corn", "maize"), ("maize", "maize"),
        ("driving licence", "driving-licence"), ("driver's license", "driving-licence"),
        ("driving-license", "driving-licence"), ("used car", "used-car"), ("wage-months", "wage"),
        ("salary", "wage"), ("yuan", "CNY"), ("RMB", "CNY"), ("won", "KPW"), ("dollars", "USD"),
        ("원", "KPW"), ("위안", "CNY"), ("달러", "USD"), ("쌀", "rice"), ("쌀값", "rice"),
        ("元", "CNY"), ("人民币", "CNY"), ("美元", "USD"), ("大米", "rice"), ("米", "rice"),
        ("ウォン", "KPW"), ("ドル", "USD"), ("コメ", "rice"), ("squid", "squid"),
    ],
)  # fmt: skip
def test_what_a_journalist_types_is_a_name(typed: str, item: str) -> None:
    assert [
        row["id"]
        for row in ITEMS.values()
        if folded(typed) in {folded(name) for cell in ("en", "ko", "zh", "ja") for name in row[cell].split("|")}
    ] == [item]


def containing(place: str) -> Iterator[str]:
    for larger in filter(None, PLACES[place]["within"].split("|")):
        yield larger
        yield from containing(larger)


def test_places_lie_inside_one_another_without_a_circle() -> None:
    for row in PLACES.values():
        assert row["kind"] in ("city", "cities", "province", "provinces", "region", "country", "world")
        assert all(larger in PLACES for larger in filter(None, row["within"].split("|"))), row["id"]
    above = {place: set(containing(place)) for place in PLACES}  # a circle would never return
    assert [place for place in PLACES if place in above[place]] == []
    assert {place for place in PLACES if "World" not in above[place]} == {"World"}
    assert {place for place in PLACES if "North Korea" not in above[place]} == {"World", "North Korea"}


def test_a_group_of_places_holds_the_places_that_it_names() -> None:
    for row in PLACES.values():
        if row["kind"] in ("cities", "provinces"):
            members = re.split(r", | and ", row["id"])
            assert len(members) > 1
            for member in members:
                assert row["id"] in set(containing(member)), f"{member} is not within {row['id']}"


def test_places_are_named_without_doubt() -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for row in PLACES.values():
        for cell in ("id", "en", "ko", "zh", "ja"):
            assert row[cell], row["id"]
            for name in row[cell].split("|"):
                meant[folded(name)].add(row["id"])
    assert {name: places for name, places in meant.items() if len(places) > 1} == {}
    assert meant["혜산"] == meant["惠山"] == meant["恵山"] == meant["hyesan"] == {"Hyesan"}
    assert meant["yanggang"] == meant["양강도"] == {"Ryanggang"}


# Rows beside one another


def test_no_figure_stands_twice() -> None:
    cells = ("item", "place", "market", "from", "to", "source", "low", "high", "currency", "quantity", "unit")
    figures = Counter(tuple(row[cell] for cell in cells) for row in ROWS + SERIES)
    assert [figure for figure, count in figures.items() if count > 1] == []


def test_a_page_states_a_figure_for_one_time_once() -> None:
    """No figure may come from one page twice for days that overlap: that is one statement taken two ways."""
    cells = ("item", "variant", "market", "source", "low", "high", "currency", "place")
    groups = defaultdict(list)
    for row in ROWS:
        groups[tuple(row[cell] for cell in cells)].append(row)
    for rows in groups.values():
        for one, other in combinations(rows, 2):
            assert period(one)[1] < period(other)[0] or period(other)[1] < period(one)[0], (one["id"], other["id"])


def test_a_figure_far_from_its_neighbours_says_why() -> None:
    """A row whose start is open is a level that was recalled because it changed: it needs no further reason."""
    groups = defaultdict(list)
    for row in ROWS:
        groups[row["item"], row["market"], row["currency"], row["unit"].replace("t", "kg", row["unit"] == "t")].append(
            row
        )
    pairs = 0
    for rows in groups.values():
        for one, other in combinations([row for row in rows if row["from"]], 2):
            days = max(period(one)[0] - period(other)[1], period(other)[0] - period(one)[1])
            if days > timedelta(days=DAYS):
                continue
            pairs += 1
            near = price(one)[0] <= FACTOR * price(other)[1] and price(other)[0] <= FACTOR * price(one)[1]
            assert near or EXPLAINED in one["note"] or EXPLAINED in other["note"], (one["id"], other["id"])
    assert pairs > 4_000


def test_each_survey_holds_six_to_eight_yuan_a_dollar_or_says_why() -> None:
    publisher = {name: row["publisher"] for name, row in SOURCES.items()}
    surveys = defaultdict(lambda: defaultdict(list))  # type: ignore[var-annotated]
    for row in ROWS:
        if row["item"] in ("USD", "CNY") and row["currency"].startswith("KPW"):
            key = (publisher[row["source"]], row["from"], row["to"], row["place"], row["market"], row["currency"])
            surveys[key][row["item"]].append(row)
    compared = 0
    for survey in surveys.values():
        for dollar in survey["USD"]:
            for yuan in survey["CNY"]:
                compared += 1
                low, high = price(dollar)[0] / price(yuan)[1], price(dollar)[1] / price(yuan)[0]
                explained = EXPLAINED in dollar["note"] + yuan["note"]
                assert (low >= 6 and high <= 8) or explained, (dollar["id"], yuan["id"], float(low), float(high))
    assert compared > 100


def test_only_ordinary_and_average_state_wages_are_the_wage() -> None:
    wages = [row for row in ROWS if row["item"] == "wage"]
    assert {row["market"] for row in wages} == {"state"}
    assert {row["unit"] for row in wages} == {"month"}
    others = re.compile(r"teacher|doctor|manager|cadres? |pension|chief|polic|secur|mine|fish|guard|labour|new worker")
    assert failing(wages, lambda row: others.search(row["variant"] + " ") and "average" not in row["variant"]) == []


def test_every_figure_of_the_first_edition_is_in_or_named_as_left_out() -> None:
    section = (RATES / "README.md").read_text("utf-8").split("## Left out", 1)[1].split("\n## ", 1)[0]
    left_out = [line for line in section.splitlines() if re.match(r"\| [a-z]", line)]
    added = 0  # rows that came after the first edition
    assert len(ROWS) - added + len(left_out) == FIRST_EVIDENCE


# The anchors of the first golden results


def overlapping(item: str, first: str, last: str, **cells: str) -> list[Row]:
    return [
        row
        for row in ROWS
        if row["item"] == item
        and row["to"] >= first
        and (row["from"] or row["to"]) <= last
        and all(row[cell] == value for cell, value in cells.items())
    ]


def test_anchors_of_october_2025() -> None:
    yuan = overlapping("CNY", "2025-10-01", "2025-10-31", market="market", currency="KPW")
    assert (min(int(row["low"]) for row in yuan), max(int(row["high"]) for row in yuan)) == (4100, 5700)
    before = overlapping("driving-licence", "2025-09-30", "2025-09-30")
    assert [(row["low"], row["high"], row["from"], row["currency"]) for row in before] == [("300", "500", "", "CNY")]
    after = overlapping("driving-licence", "2025-10-01", "2025-10-31")
    assert [(row["low"], row["high"], row["place"], row["market"]) for row in after] == [
        ("1200", "1200", "Ryanggang", "mixed")
    ]
    (press,) = overlapping("CNY", "2025-10-01", "2025-10-31", market="reference")
    assert (press["quantity"], press["low"], press["high"], press["currency"]) == ("100", "14", "14", "USD")


def test_anchors_of_wage_and_rice() -> None:
    asked = date(2025, 10, 1), date(2025, 10, 31)
    distance = {
        row["id"]: max((asked[0] - period(row)[1]).days, (period(row)[0] - asked[1]).days, 0)
        for row in ROWS
        if row["item"] == "wage"
    }
    nearest = [name for name, days in distance.items() if days == min(distance.values())]
    (wage,) = [row for row in ROWS if row["id"] in nearest]
    assert (wage["low"], wage["high"], SOURCES[wage["source"]]["publisher"]) == ("200000", "200000", "NK Insider")
    (older,) = [
        row for row in ROWS if row["item"] == "wage" and (row["from"], row["to"]) == ("2023-12-01", "2025-02-28")
    ]
    assert (older["low"], older["high"], SOURCES[older["source"]]["publisher"]) == ("35000", "50000", "ASIAPRESS")
    rice = [
        (row["low"], row["high"])
        for row in overlapping("rice", "2025-12-01", "2025-12-31")
        if SOURCES[row["source"]]["publisher"] == "NK Insider"
    ]
    assert rice == [("20000", "24000")]


def test_anchors_of_an_import_in_june_2024() -> None:
    parts = [
        overlapping(item, "2024-06-12", "2024-06-12", place="Hyesan", currency="CNY", **{"from": "2024-06-12"})
        for item in (
            "used-car/purchase-in-china",
            "import-permit-fee",
            "vehicle-transport-cost",
            "used-car/import-cost",
        )
    ]
    figures = [int(row["low"]) for (row,) in parts]
    assert figures == [45_000, 30_000, 2_500, 77_500]
    assert sum(figures[:3]) == figures[3]


@pytest.mark.parametrize(
    ("name", "by"), [("exchange", "from"), ("food", "to"), ("fuel", "to"), ("reference", "from")], ids=lambda each: each
)
def test_rates_that_are_quoted_often_stand_in_the_order_of_their_days(name: str, by: str) -> None:
    with (RATES / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        days = [row[by] for row in csv.DictReader(table)]
    assert days == sorted(days)


# The monthly series


def test_the_series_has_every_month_of_every_currency() -> None:
    by_currency = defaultdict(list)
    for row in SERIES:
        by_currency[row["item"]].append(row)
    assert set(by_currency) == {"CNY", "EUR", "GBP", "JPY", "KRW", "RUB"}
    for currency, rows in by_currency.items():
        months = [date.fromisoformat(row["from"]) for row in rows]
        assert months == sorted(months)
        for month, next_month in pairwise(months):
            assert month + timedelta(days=calendar.monthrange(month.year, month.month)[1]) == next_month, currency
        for row, following in pairwise(rows):
            end = date.fromisoformat(row["to"])
            assert end + timedelta(days=1) == date.fromisoformat(following["from"])
            assert price(row)[0] <= 2 * price(following)[1]
            assert price(following)[0] <= 2 * price(row)[1]
    first = {currency: rows[0]["from"] for currency, rows in by_currency.items()}
    assert first == {c: "2005-04-01" if c in ("CNY", "RUB") else "1999-01-01" for c in by_currency}
    assert by_currency["RUB"][-1]["to"] == "2022-03-01"
    assert len({rows[-1]["to"] for currency, rows in by_currency.items() if currency != "RUB"}) == 1


def test_the_series_is_a_dollar_price_of_a_currency_in_six_digits() -> None:
    for row in SERIES:
        assert (row["unit"], row["currency"], row["place"], row["market"]) == (row["item"], "USD", "World", "reference")
        assert row["id"] == f"ref-{row['item'].lower()}-{row['from'][:7]}"
        assert all(len(row[cell].replace(".", "").strip("0")) <= 6 for cell in ("low", "high")), row["id"]
    spans = {"CNY": (0.12, 0.17), "EUR": (0.8, 1.65), "GBP": (1.0, 2.2), "JPY": (0.6, 1.4), "KRW": (0.6, 1.2)}
    for row in SERIES:
        low, high = spans.get(row["item"], (0.006, 0.05))
        assert low < price(row)[0] * int(row["quantity"]) <= price(row)[1] * int(row["quantity"]) < high, row["id"]


# The other tables


def test_constants_lie_where_physics_puts_them() -> None:
    constants = table("constants.csv")
    spans = {
        "density/gasoline": (0.7, 0.8, "kg/L"), "density/diesel": (0.78, 0.86, "kg/L"), "mass/jin": (0.5, 0.5, "kg"),
        "mass/geun": (0.6, 0.6, "kg"), "redenomination": (100, 100, "KPW-OLD"),
    }  # fmt: skip
    assert {row["id"] for row in constants} == set(spans)
    for row in constants:
        low, high, unit = spans[row["id"]]
        assert row["unit"] == unit
        assert Fraction(str(low)) <= Fraction(row["low"]) <= Fraction(row["high"]) <= Fraction(str(high))
    assert len({(row["id"], row["source"]) for row in constants}) == len(constants)


def test_vehicles_are_statements_with_a_page_each() -> None:
    vehicles = table("vehicles.csv")
    number = re.compile(r"([0-9]+(\.[0-9]+)?)?")
    for row in vehicles:
        assert row["certainty"] in ("documented", "speculative")
        assert row["statement"]
        assert all(number.fullmatch(row[cell]) for cell in ("year_from", "year_to", "engine_cc", "consumption")), row
        assert not (row["year_from"] and row["year_to"]) or row["year_from"] <= row["year_to"]
        assert not row["consumption"] or 3 < Fraction(row["consumption"]) < 60
        assert not row["consumption"] or "km per litre" not in row["statement"]
        assert row["fuel"] in ("", "petrol", "diesel", "electric")
    assert len({(row["id"], row["statement"], row["source"]) for row in vehicles}) == len(vehicles)


def test_the_sanctions_name_no_paragraph_and_no_customs_code() -> None:
    facts = table("sanctions.csv")
    assert [
        row["id"] for row in facts if re.search(r"(?i)\bHS\b|paragraph \d|chapter \d|\b\d{4}\.\d\d", row["statement"])
    ] == []
    assert len({row["id"] for row in facts}) == len(facts)


@pytest.mark.parametrize("name", ["terms.csv", "sanctions.csv"])
def test_terms_and_sanctions_are_dated_as_far_as_their_page_is(name: str) -> None:
    rows = table(name)
    assert len({row["id"] for row in rows}) == len(rows)
    assert [row["id"] for row in rows if not re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", row["date"])] == []
    assert [row["id"] for row in rows if not row["statement"].endswith(".")] == []


# What describes them


def test_the_data_package_describes_every_column_of_every_table() -> None:
    package = json.loads((RATES / "datapackage.json").read_text("utf-8"))
    resources = {resource["path"]: resource for resource in package["resources"]}
    assert set(resources) == {path.name for path in RATES.glob("*.csv")}
    for name, resource in resources.items():
        header = (RATES / name).read_text("utf-8").splitlines()[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header, name
        assert all(field.get("description") for field in resource["schema"]["fields"]), name
        assert resource["description"], name


def test_the_codebook_names_every_file_and_column() -> None:
    codebook = (RATES / "README.md").read_text("utf-8")
    for path in [*RATES.glob("*.csv"), RATES / "datapackage.json"]:
        assert f"`{path.name}`" in codebook, path.name
    for path in RATES.glob("*.csv"):
        for column in path.read_text("utf-8").splitlines()[0].split(","):
            assert f"`{column}`" in codebook, (path.name, column)


def test_the_data_package_is_valid() -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(RATES / "datapackage.json"))
    assert report.flatten(["path", "rowNumber", "fieldName", "message"]) == []
