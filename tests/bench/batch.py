"""Batch: a table of amounts into dollars, against Python's own csv copy of the same file, and beside the peers.

Files: few keys (one day, 4 places, 3 currencies), many (336 days: 4,032 keys, rows sorted by date and in any
order), and the worst: every row another date than the one before, out of 9,000 days. ``--grow`` shows that
time grows with the rows and memory does not. ``--short`` is for every build: fewer rows, wide margins.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from measure import NKAUTO, Way, compare, environment, installed, options

PLACES = ["Hyesan", "Pyongyang", "Sinuiju", "Chongjin"]
CURRENCIES = ["CNY", "USD", "KPW"]
HEADER = "date,amount,currency,place\n"

COPY = """
import csv, sys
with open(sys.argv[1], newline="") as source, open("/dev/null", "w", newline="") as sink:
    writer = csv.writer(sink)
    for row in csv.reader(source):
        writer.writerow(row)
"""
PANDAS = """
import sys, pandas as pd
table = pd.read_csv(sys.argv[1])
rates = pd.DataFrame({"currency": ["CNY", "USD", "KPW"], "low": [0.139, 1, 1 / 38200], "high": [0.141, 1, 1 / 32000]})
table = table.merge(rates, on="currency", how="left")
table["usd_low"] = table["amount"] * table["low"]
table["usd_high"] = table["amount"] * table["high"]
table.drop(columns=["low", "high"]).to_csv("/dev/null", index=False)
"""
CONVERTER = """
import csv, sys
from datetime import date
from currency_converter import CurrencyConverter
converter = CurrencyConverter(decimal=True, fallback_on_missing_rate=True, fallback_on_wrong_date=True)
with open(sys.argv[1], newline="") as source, open("/dev/null", "w", newline="") as sink:
    rows, writer = csv.reader(source), csv.writer(sink)
    writer.writerow([*next(rows), "usd"])
    for row in rows:
        known = row[2] != "KPW"
        usd = converter.convert(int(row[1]), row[2], "USD", date=date.fromisoformat(row[0])) if known else ""
        writer.writerow([*row, usd])
"""


def write_table(path: Path, kind: str, rows: int) -> None:
    """Write a table of one kind, row by row: a child's peak memory begins with that of this process."""
    chance = random.Random(kind)
    first = date(2025, 1, 1) if kind != "worst" else date(2002, 1, 1)
    days = [(first + timedelta(days=number)).isoformat() for number in range(9000 if kind == "worst" else 336)]
    if kind == "few":
        days = ["2025-10-17"]
    with path.open("w") as sink:
        sink.write(HEADER)
        for number in range(rows):
            at = (
                number * len(days) // rows if kind == "sorted" else number if kind == "worst" else chance.randrange(336)
            )
            day, amount = days[at % len(days)], chance.randint(10, 99999)
            sink.write(f"{day},{amount},{chance.choice(CURRENCIES)},{chance.choice(PLACES)}\n")


def peers(path: Path, folder: Path) -> list[Way]:
    """Return what the installed peers do for the same table: one rate for each currency, no place, no source."""
    ways = []
    if installed("mlr"):
        put = "$usd_low = $amount * @low[$currency]; $usd_high = $amount * @high[$currency]"
        maps = '@low = {"CNY": 0.139, "USD": 1, "KPW": 0.0000261}; @high = {"CNY": 0.141, "USD": 1, "KPW": 0.0000312}'
        ways.append(
            Way(
                "miller, put with a map of rates (binary)", ["mlr", "--csv", "put", f"begin{{{maps}}} {put}", str(path)]
            )
        )
    if installed("pandas"):
        ways.append(Way("pandas, merge (binary)", [sys.executable, "-c", PANDAS, str(path)]))
    if installed("currency_converter"):
        ways.append(Way("CurrencyConverter, one number a row", [sys.executable, "-c", CONVERTER, str(path)]))
    with path.open() as source:
        lines = [line.strip() for line in islice(source, 1, 20_001)]
    if installed("hledger"):
        few = len(lines)
        journal = folder / "few.journal"
        prices = "P 2025-01-01 CNY 0.14 USD\nP 2025-01-01 KPW 0.00003 USD\n"
        entries = (line.split(",") for line in lines[:few])
        journal.write_text(prices + "".join(f"{day} x\n  a  {n} {unit}\n  b\n" for day, n, unit, _ in entries))
        command = ["hledger", "-f", str(journal), "print", "--value=then,USD"]
        ways.append(Way("hledger, print --value=then,USD", command, rows=few))
    if installed("qalc"):
        few = 500
        asked = folder / "few.qalc"
        asked.write_text("".join("{1} {2} to USD\n".format(*line.split(",")) for line in lines[:few]))
        ways.append(Way("qalc -t -f", ["qalc", "-t", "-f", str(asked)], rows=few))
    return ways


def first_row() -> float:
    """Return the seconds from a first row into an open pipe to its result out of it, with the program waiting."""
    process = subprocess.Popen(
        [NKAUTO, "batch", "--to", "usd"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(),
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    time.sleep(1)
    begun = time.perf_counter()
    process.stdin.write(f"{HEADER}2025-10-17,1200,CNY,Hyesan\n".encode())
    process.stdin.flush()
    process.stdout.readline()
    process.stdout.readline()
    took = time.perf_counter() - begun
    process.stdin.close()
    process.stdout.read()
    process.wait()
    return took


def main() -> int:
    """Print each table of ratios; return 1 when the short form passes a margin."""
    asked = options(__doc__)
    all_rows = asked.rows or (60_000 if asked.short else 1_000_000)
    turns = asked.turns or (2 if asked.short else 3)
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in ("few", "sorted", "any order", "worst"):
            # Of keys that come once each, a tenth of the rows shows what they cost.
            rows = all_rows // 10 if kind == "worst" else all_rows
            path = folder / f"{kind}.csv"
            write_table(path, kind, rows)
            batch = [NKAUTO, "batch", str(path), "--to", "usd", "-o", "/dev/null"]
            # Of 60,000 rows a tenth of the time is the start, and 4,032 keys are a fifteenth of all rows.
            wide = {"few": 10, "sorted": 30, "any order": 30, "worst": 150}[kind]
            goal = 3 if kind != "worst" else 60
            ways = [
                Way("Python's csv copy (the floor)", [sys.executable, "-c", COPY, str(path)]),
                Way("nkauto batch", batch, goal, wide, most_mb=45, answers=(0, 1)),
            ]
            if installed("polars"):
                ways.append(
                    Way("nkauto batch --engine polars", [*batch, "--engine", "polars"], 0.8, 3 * wide, answers=(0, 1))
                )
            if kind == "any order" and not asked.short:
                ways += peers(path, folder)
            failed |= compare(f"batch, {kind}", ways, rows=rows, turns=turns, short=asked.short)
        if asked.grow:
            for size in (10_000, 100_000, 1_000_000, 10_000_000):
                path = folder / "grow.csv"
                write_table(path, "sorted", size)
                ways = [
                    Way("Python's csv copy (the floor)", [sys.executable, "-c", COPY, str(path)]),
                    Way("nkauto batch", [NKAUTO, "batch", str(path), "--to", "usd", "-o", "/dev/null"], answers=(0, 1)),
                ]
                compare("batch, growing", ways, rows=size, turns=1, short=False)
    took = min(first_row() for _ in range(3))
    print(f"\nfirst row of a pipe out {1000 * took:.0f} ms after the first row in (goal 150)")
    failed |= asked.short and took > 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
