"""Frames: a million rows in each data frame's engine, exact decimals, against Python's own csv copy.

Each engine runs in a process of its own and makes its frame from the same Parquet file; the time is that of
the conversion until the result lies in the engine's memory, without start or reading.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from batch import COPY, write_table
from measure import Way, environment, installed, options, run

RUN = """
import resource, sys, time, warnings
warnings.filterwarnings("ignore")
engine, path, book = sys.argv[1], sys.argv[2], None
from nkauto.frames import convert
from nkauto.library import load
book = load()
if engine.startswith("polars"):
    import polars as pl
    frame = pl.read_parquet(path)
    frame = frame.lazy() if "lazy" in engine else frame
elif engine == "pandas":
    import pandas as pd
    frame = pd.read_parquet(path)
elif engine == "pyarrow":
    import pyarrow.parquet as pq
    frame = pq.read_table(path)
elif engine == "duckdb":
    import duckdb
    connection = duckdb.connect()
    connection.sql(f"CREATE TABLE held AS SELECT * FROM read_parquet('{path}')")
    frame = connection.sql("SELECT * FROM held")
else:
    from pyspark.sql import SparkSession
    session = SparkSession.builder.master("local[2]").config("spark.driver.bindAddress", "127.0.0.1")
    session = session.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "4").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    frame = session.read.parquet(path).cache()
    frame.count()
begun = time.perf_counter()
done = convert(frame, amount="amount", unit="currency", on="date", at="place", to="usd", book=book)
if engine == "polars lazy":
    done = done.collect()
elif engine == "duckdb":
    connection.sql("CREATE TABLE made AS SELECT * FROM done")
elif engine == "pyspark":
    done.write.format("noop").mode("overwrite").save()
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
ENGINES = {
    "polars": ("polars",), "polars lazy": ("polars",), "pandas": ("pandas", "pyarrow"), "pyarrow": ("pyarrow",),
    "duckdb": ("duckdb", "pyarrow"), "pyspark": ("pyspark", "pyarrow", "java"),
}  # fmt: skip
MARGIN = 60.0


def main() -> int:
    """Print each engine with its ratio; return 1 when the short form passes its margin."""
    asked = options(__doc__)
    rows = asked.rows or (50_000 if asked.short else 1_000_000)
    failed = False
    if not installed("narwhals", "pyarrow"):
        print("narwhals and pyarrow are not installed")
        return 0
    import pyarrow.csv
    import pyarrow.parquet

    with tempfile.TemporaryDirectory() as name:
        table, parquet = Path(name) / "table.csv", Path(name) / "table.parquet"
        write_table(table, "any order", rows)
        pyarrow.parquet.write_table(pyarrow.csv.read_csv(table), parquet)
        floor = Way("Python's csv copy (the floor)", [sys.executable, "-c", COPY, str(table)])
        print(f"frames: {rows:,} rows of 4,032 keys\n{'engine':32}{'s':>8}{'× floor':>9}{'MB':>7}")
        run(floor)
        print(f"{floor.name:32}{floor.seconds[-1]:8.2f}{1.0:9.2f}{floor.megabytes:7.0f}")
        for engine, needs in ENGINES.items():
            if not installed(*needs):
                print(f"{engine:32}not installed")
                continue
            run(floor)
            command = [sys.executable, "-c", RUN, engine, str(parquet)]
            done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
            if done.returncode:
                sys.exit(done.stderr[-2000:])
            took, megabytes = map(float, done.stdout.split()[-2:])
            ratio = took / floor.seconds[-1]
            print(f"{engine:32}{took:8.2f}{ratio:9.2f}{megabytes:7.0f}", flush=True)
            # Spark takes seconds to wake, and the 4,032 keys cost the same for few rows as for many.
            failed |= asked.short and engine != "pyspark" and ratio > MARGIN
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
