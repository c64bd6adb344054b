"""The book: loading it, and choosing a rate from it, as it grows from 1,800 rates to 180,000.

Choosing must not depend on the size: rows are held by item, market and place, in order of their dates.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from measure import each, environment, options

import nkauto.read.ratefiles as ratefiles
from nkauto.core.choose import Scope, choose
from nkauto.core.period import Period
from nkauto.core.rates import RateBook

CHOOSE_GOAL = 50
CHOOSE_MARGIN = 1500
LOAD_GOAL = 12
LOAD_MARGIN = 300

CITIES = [f"City {number}" for number in range(60)]
HEADER = "id,item,variant,quantity,unit,low,high,currency,from,to,place,market,approx,source,note"
ALONE = """
import resource, sys, time
from pathlib import Path
from nkauto.read.ratefiles import load
begun = time.perf_counter()
book = load(only=Path(sys.argv[1])) if sys.argv[1:] else load()
loaded = time.perf_counter()
rows = len(book)
print(1000 * (loaded - begun), rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def write_book(folder: Path, rates: int) -> None:
    """Write a book of so many rates: two goods and two currencies in 60 cities over twenty years."""
    chance = random.Random(rates)
    items = ["id,kind,market,shelf_life,unit,between,en,ko,zh,ja"]
    items += [
        f"{item},currency,market,31,{item},both,{name},,,"
        for item, name in (("KPW", "won"), ("CNY", "yuan"), ("USD", "dollar"))
    ]
    items += [f"{item},food,market,31,kg,both,{item},,," for item in ("rice", "maize")]
    (folder / "items.csv").write_text("\n".join(items) + "\n")
    places = ["id,kind,within,en,ko,zh,ja", "North Korea,country,,North Korea,,,"]
    places += [f"{city},city,North Korea,{city},,," for city in CITIES]
    (folder / "places.csv").write_text("\n".join(places) + "\n")
    (folder / "sources.csv").write_text(
        "id,publisher,title,url,published\ns,Prime Press,A survey,https://prime.example/,2024-06-30\n"
    )
    with (folder / "rates.csv").open("w") as sink:
        sink.write(HEADER + "\n")
        for number in range(rates):
            item, unit = chance.choice([("CNY", "CNY"), ("USD", "USD"), ("rice", "kg"), ("maize", "kg")])
            low = {"CNY": 1009, "USD": 7907, "rice": 5003, "maize": 2503}[item] + number % 97
            day = date(2010, 1, 1) + timedelta(days=chance.randrange(7300))
            sink.write(
                f"r{number},{item},,1,{unit},{low},{low + 2},KPW,{day},{day},{chance.choice(CITIES)},market,no,s,\n"
            )


def choosing(book: RateBook) -> tuple[float, float]:
    """Return the seconds of the first choice of two items, which sorts their rows, and of any later one."""
    chance = random.Random(1)
    scopes = [
        Scope(Period.day(date(2010, 1, 1) + timedelta(days=chance.randrange(7300))), chance.choice(CITIES))
        for _ in range(500)
    ]
    begun = time.perf_counter()
    for item in ("CNY", "rice"):
        choose(book, item, Scope(Period.day(date(2020, 1, 1)), within=9999))
    sorting = time.perf_counter() - begun
    turn = iter(range(10**9))

    def one() -> None:
        number = next(turn)
        held = scopes[number % 500]
        choose(book, "rice" if number % 2 else "CNY", Scope(held.period, held.place, within=9999))

    return sorting, each(one, seconds=1)


def loading(*arguments: str) -> tuple[float, int, float]:
    """Return milliseconds, rows and megabytes of a load in a process of its own; the least of three."""
    runs = []
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", ALONE, *arguments], capture_output=True, text=True, check=True, env=environment()
        )
        took, rows, megabytes = done.stdout.split()
        runs.append((float(took), int(rows), float(megabytes)))
    return min(runs)


def main() -> int:
    """Print each size; return 1 when the short form passes a margin."""
    asked = options(__doc__)
    failed = False
    took, rows, megabytes = loading()
    print(f"{'book':24}{'load ms':>9}{'µs/rate':>9}{'sort ms':>10}{'choose µs':>11}{'MB':>6}")
    print(f"{f'shipped, {rows:,} rates':24}{took:9.1f}{1000 * took / rows:9.1f}{'':21}{megabytes:6.0f}", end="")
    print(f"  goal {LOAD_GOAL} ms")
    failed |= asked.short and took > LOAD_MARGIN
    for size in (1_800, 18_000) if asked.short else (1_800, 18_000, 180_000):
        with tempfile.TemporaryDirectory() as name:
            write_book(Path(name), size)
            took, rows, megabytes = loading(name)
            book = ratefiles.load(only=Path(name))
            sorting, one = choosing(book)
            micro = 1e6 * one
        print(f"{f'{rows:,} rates':24}{took:9.1f}{1000 * took / rows:9.1f}{1000 * sorting:10.0f}", end="")
        print(f"{micro:11.1f}{megabytes:6.0f}", end="")
        print(f"  goal {CHOOSE_GOAL} µs", flush=True)
        failed |= asked.short and micro > CHOOSE_MARGIN
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
