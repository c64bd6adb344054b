"""Data frames: the same lines on every engine, checked against a single conversion of each row."""

from __future__ import annotations

import datetime
import random
import re
import shutil
import warnings
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from nkauto import library
from nkauto.core.bounds import bounds
from nkauto.core.rates import RateBook
from nkauto.errors import BadOption, NkautoError, UnknownName, UnreadablePeriod

pytest.importorskip("narwhals")
pa = pytest.importorskip("pyarrow")

from nkauto import frames  # noqa: E402

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A Spark session on this machine alone."""
    pyspark = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("no Java")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        builder = pyspark.SparkSession.builder.master("local[2]").appName("test")
        for key, value in {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.session.timeZone": "UTC",
        }.items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


def _polars(table: Any) -> Any:
    return pytest.importorskip("polars").from_arrow(table)


def _lazy(table: Any) -> Any:
    return _polars(table).lazy()


def _pandas(table: Any) -> Any:
    pytest.importorskip("pandas")
    return table.to_pandas()


def _pandas_arrow(table: Any) -> Any:
    return table.to_pandas(types_mapper=pytest.importorskip("pandas").ArrowDtype)


def _duckdb(table: Any) -> Any:
    return pytest.importorskip("duckdb").connect().from_arrow(table)


MAKERS: dict[str, Callable[[Any], Any]] = {
    "polars": _polars, "polars lazy": _lazy, "pandas": _pandas, "pandas on arrow": _pandas_arrow,
    "pyarrow": lambda table: table, "duckdb": _duckdb,
}  # fmt: skip
ENGINES = [*MAKERS, "pyspark"]
UNORDERED = ("duckdb", "pyspark")


@pytest.fixture
def made(request: pytest.FixtureRequest) -> Callable[[str, Any], Any]:
    """Return a function that makes a frame of an engine out of an Arrow table."""

    def make(engine: str, table: Any) -> Any:
        if engine in MAKERS:
            return MAKERS[engine](table)
        session = request.getfixturevalue("spark")
        kinds = {
            "int64": "bigint",
            "double": "double",
            "date32[day]": "date",
            "string": "string",
            "timestamp[us]": "timestamp",
        }
        columns = [
            f"{field.name} {kinds.get(str(field.type), str(field.type).replace('128', ''))}" for field in table.schema
        ]
        return session.createDataFrame([tuple(row.values()) for row in table.to_pylist()], ", ".join(columns))

    return make


def rows_of(frame: Any) -> Rows:
    """Return any frame as rows of plain values, nothing for what is missing."""
    import narwhals as nw

    if hasattr(frame, "sparkSession"):
        return [row.asDict() for row in frame.collect()]
    held = nw.from_native(frame)
    rows = (held.collect() if isinstance(held, nw.LazyFrame) else held).rows(named=True)
    return [{key: None if value is None or value != value else value for key, value in row.items()} for row in rows]


AMOUNTS = [0, 1, 7, 1200, 83003, 999_999_999]
UNITS = ["CNY", "won", "USD", "EUR", "위안", "kg rice", "XYZ", "dozen", None]
DAYS = [
    datetime.date(2024, 6, 4),
    datetime.date(2024, 6, 10),
    datetime.date(2009, 11, 5),
    datetime.date(1990, 1, 1),
    None,
]
PLACES = ["Hyesan", "평양", "Atlantis", "it's", None]


def table_of(kind: str, size: int = 400) -> Any:
    chance = random.Random(kind)
    amounts: Sequence[Any] = [chance.choice([*AMOUNTS, None]) for _ in range(size)]
    if kind == "decimal":
        amounts = pa.array(
            [None if held is None else Decimal(held) + Decimal("0.05") for held in amounts], pa.decimal128(14, 2)
        )
    elif kind == "float":
        amounts = pa.array([None if held is None else held + 0.15 for held in amounts], pa.float64())
    return pa.table(
        {
            "row": list(range(size)),
            "price": amounts,
            "cur": pa.array([chance.choice(UNITS) for _ in range(size)], pa.string()),
            "day": pa.array([chance.choice(DAYS) for _ in range(size)], pa.date32()),
            "city": pa.array([chance.choice(PLACES) for _ in range(size)], pa.string()),
        }
    )


def check(row: dict[str, Any], to: str, amount: Fraction, book: RateBook, *, stem: str = "", slack: Fraction) -> bool:
    """Assert that a row says what a single conversion says; return whether there was an answer."""
    evidence = ["rate_ids", "age_days", "place_used"]
    evidence = [f"{stem}_{name}" for name in evidence] if stem else evidence
    low, high, ids, age, place = (row[name] for name in (f"{to}_low", f"{to}_high", *evidence))
    unit, day, city = row["cur"] or "", row["day"], row["city"] or ""
    try:
        text = f"{amount.numerator / Decimal(amount.denominator):f} {unit}"
        held = library.convert(text, [to], book=book, on=str(day), at=city)
    except NkautoError:
        assert (low, high, ids, age, place) == (None, None, None, None, None)
        assert row["error"]
        return False
    result = held.results[0]
    least, most = bounds(result.quantity)
    assert 0 <= least - Fraction(low) <= slack * amount
    assert 0 <= Fraction(high) - most <= slack * amount
    chosen = [given.chosen for given in result.quantity.inputs if given.chosen]
    rates = [rate for one in chosen for rate in one.rates]
    assert ids == "; ".join(dict.fromkeys(rate.id for rate in rates))
    assert age == max((one.age_days for one in chosen), default=0)
    assert place == "; ".join(dict.fromkeys(rate.place for rate in rates if rate.place))
    return True


@pytest.mark.parametrize("kind", ["integer", "decimal", "float"])
@pytest.mark.parametrize("engine", ENGINES)
def test_each_row_says_what_convert_says(engine: str, kind: str, made: Any, toy_book: RateBook) -> None:
    table = table_of(kind)
    done = frames.convert(
        made(engine, table), amount="price", unit="cur", on="day", at="city", to="usd,rice", book=toy_book
    )
    rows = rows_of(done)
    assert len(rows) == len(table)
    if engine not in UNORDERED:
        assert [row["row"] for row in rows] == list(range(len(table)))
    given = {row["row"]: row for row in table.to_pylist()}
    answered = 0
    for row in rows:
        before = given[row["row"]]
        assert (row["cur"], row["city"]) == (before["cur"], before["city"])
        if before["price"] is None:
            assert (row["usd_low"], row["rice_high"], row["error"]) == (None, None, "an amount is missing")
            continue
        amount = Fraction(str(before["price"]))
        assert Fraction(str(row["price"])) == amount
        row["day"] = before["day"]
        row["cur"] = before["cur"]
        # One unit in the last place of the factor, 19 places after its point, for each unit that is counted.
        places = 6 if kind == "float" or engine == "pandas" else 2 if kind == "decimal" else 0
        slack = Fraction(10**places, 10**19)
        both = [check(row, to, amount, toy_book, stem=to, slack=slack) for to in ("usd", "rice")]
        assert (row["error"] is None) == all(both)
        answered += any(both)
    assert answered > 50


@pytest.mark.parametrize("engine", ENGINES)
def test_what_holds_for_all_rows(engine: str, made: Any, toy_book: RateBook) -> None:
    table = pa.table({"price": [7, 0, -1]})
    done = frames.convert(
        made(engine, table), amount="price", unit="CNY", on="2024-06-04", at="Hyesan", to="won", book=toy_book
    )
    rows = sorted(rows_of(done), key=lambda row: -row["price"])
    assert list(rows[0]) == ["price", "won_low", "won_high", "rate_ids", "age_days", "place_used", "error"]
    assert [(row["won_low"], row["won_high"]) for row in rows] == [(7063, 7091), (0, 0), (None, None)]
    assert rows[0]["rate_ids"] == "cny-hyesan-jun"
    assert [row["error"] for row in rows] == [None, None, "an amount cannot be negative"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_factor_that_ends_is_exact(engine: str, made: Any, toy_book: RateBook) -> None:
    """100 yuan cost 13 to 17 dollars: 0.13 and 0.17 end, so the products are exact."""
    table = pa.table({"price": pa.array([Decimal("123456789.12"), Decimal("0.01")], pa.decimal128(18, 2))})
    done = frames.convert(made(engine, table), amount="price", unit="CNY", on="2024-06-10", to="usd", book=toy_book)
    rows = sorted(rows_of(done), key=lambda row: -row["price"])
    assert [Decimal(row["usd_low"]) for row in rows] == [Decimal("123456789.12") * Decimal("0.13"), Decimal("0.0013")]
    assert [Decimal(row["usd_high"]) for row in rows] == [Decimal("123456789.12") * Decimal("0.17"), Decimal("0.0017")]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_empty_frame(engine: str, made: Any, toy_book: RateBook) -> None:
    table = pa.table({"price": pa.array([], pa.int64()), "cur": pa.array([], pa.string())})
    done = frames.convert(made(engine, table), amount="price", unit="cur", on="2024", to="usd", book=toy_book)
    assert rows_of(done) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_dates_as_text_and_as_times(engine: str, made: Any, toy_book: RateBook) -> None:
    texts = pa.table({"price": [7, 7], "day": ["2024-06-04", "mid-June 2024"]})
    # 2024-06-04 23:59, without a time zone.
    times = pa.table({"price": [7], "day": pa.array([1717545540 * 10**6], pa.timestamp("us"))})
    for table in (texts, times):
        done = frames.convert(
            made(engine, table), amount="price", unit="CNY", on="day", at="Pyongyang", to="won", book=toy_book
        )
        assert {row["rate_ids"] for row in rows_of(done)} == {"cny-pyongyang"}


def test_pandas_objects_that_are_decimals(toy_book: RateBook) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"price": [Decimal("1.15"), Decimal("0.29")]})
    done = frames.convert(frame, amount="price", unit="CNY", on="2024-06-04", at="Hyesan", to="won", book=toy_book)
    assert [Decimal(value) for value in done["won_low"]] == [Decimal("1.15") * 1009, Decimal("0.29") * 1009]


def test_the_data_is_never_collected(toy_book: RateBook, monkeypatch: pytest.MonkeyPatch) -> None:
    polars = pytest.importorskip("polars")
    collected = []
    collect = polars.LazyFrame.collect

    def watched(self: Any, *arguments: Any, **options: Any) -> Any:
        held = collect(self, *arguments, **options)
        collected.append(held.height)
        return held

    monkeypatch.setattr(polars.LazyFrame, "collect", watched)
    frame = polars.LazyFrame({"price": range(10_000), "cur": ["CNY", "USD"] * 5_000})
    done = frames.convert(frame, amount="price", unit="cur", on="2024-06-10", to="usd", book=toy_book)
    assert isinstance(done, polars.LazyFrame)
    assert max(collected) == 2


def test_what_is_refused(toy_book: RateBook) -> None:
    table = pa.table({"price": [7], "note": ["300-500"], "deep": pa.array([Decimal(7)], pa.decimal128(38, 20))})
    more = {"book": toy_book, "on": "2024-06", "unit": "CNY"}
    with pytest.raises(UnknownName, match="unknown column: 'prise'") as caught:
        frames.convert(table, amount="prise", to="usd", **more)
    assert caught.value.near == ["price"]
    for column in ("note", "deep"):
        with pytest.raises(BadOption, match=f"column '{column}' holds"):
            frames.convert(table, amount=column, to="usd", **more)
    with pytest.raises(BadOption, match="two columns would be called 'usd_low'"):
        frames.convert(table, amount="price", to=["usd", "USD"], **more)
    with pytest.raises(UnknownName, match="florin"):
        frames.convert(table, amount="price", to="florin", **more)
    with pytest.raises(UnknownName, match="florin"):
        frames.convert(table, amount="price", to="usd", **more | {"unit": "florin"})
    with pytest.raises(UnreadablePeriod):
        frames.convert(table, amount="price", to="usd", **more | {"on": "some day"})
    with pytest.raises(UnknownName, match="Atlantis"):
        frames.convert(table, amount="price", to="usd", at="Atlantis", **more)


def test_the_lines_of_the_readme_run_on_spark(spark: Any, tmp_path: Path) -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    (lines,) = re.findall(r"^```python\n(from pyspark.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert lines.count("s3://surveys") == 2
    (tmp_path / "prices").mkdir()
    rows = {"date": ["2025-10-17"], "amount": [1200.0], "currency": ["CNY"], "place": ["Hyesan"]}
    pytest.importorskip("pyarrow.parquet").write_table(pa.table(rows), tmp_path / "prices" / "1.parquet")
    exec(lines.replace("s3://surveys", str(tmp_path)), {})
    (row,) = spark.read.parquet(str(tmp_path / "in-dollars")).toArrow().to_pylist()
    assert row["usd_low"] == row["usd_high"] == 168
    assert row["place"] == "Hyesan"
    assert row["rice_low"] > 0
