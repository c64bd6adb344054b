"""What the measurements share: processes timed in turns beside a floor, and a table of ratios.

A ratio is taken within one turn, so that what else the machine does strikes both sides; the median of the
turns counts. On a machine that is busy otherwise the processor time (× CPU, of all processors) says more.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NKAUTO = str(Path(sys.executable).with_name("nkauto"))


@dataclass
class Way:
    """One way to do a thing: its command, and the goal and margin of its ratio to the floor.

    ``rows`` is the number of rows that it is given, where that is not all: its time is then taken per row.
    """

    name: str
    command: Sequence[str]
    goal: float | None = None
    margin: float | None = None
    stdin: bytes = b""
    rows: int = 0
    most_mb: float | None = None
    answers: tuple[int, ...] = (0,)
    seconds: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    megabytes: float = 0


def run(way: Way) -> None:
    """Run a process once and keep its wall time, its processor time and the most memory that it held."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        way.command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
    )
    assert process.stdin
    process.stdin.write(way.stdin)
    process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    way.seconds.append(time.perf_counter() - begun)
    way.busy.append(usage.ru_utime + usage.ru_stime)
    way.megabytes = max(way.megabytes, usage.ru_maxrss / 1024)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in way.answers:
        sys.exit(f"{way.name}: exit code {process.returncode}: {' '.join(map(str, way.command))[:300]}")


def environment() -> dict[str, str]:
    """Return the environment without what would change a run."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("NKAUTO", "PYTHON"))}


def compare(title: str, ways: Sequence[Way], *, rows: int, turns: int, short: bool) -> bool:
    """Run all ways in turns, print them with their ratios to the first, and return whether a margin was passed.

    Each runs once more at first, which does not count: a program that was just installed is read from disk then.
    """
    for way in ways:
        run(way)
        way.seconds.clear()
        way.busy.clear()
    for _ in range(turns):
        for way in ways:
            run(way)
    floor = ways[0]
    failed = False
    print(f"\n{title}: {rows:,} rows, {turns} turns\n{'way':44}{'s':>8}{'× floor':>9}{'goal':>7}{'× CPU':>8}{'MB':>6}")
    for way in ways:
        share = rows / way.rows if way.rows else 1
        ratio, busy = (
            statistics.median(share * mine / its for mine, its in zip(ours, theirs, strict=True))
            for ours, theirs in ((way.seconds, floor.seconds), (way.busy, floor.busy))
        )
        goal = f"{way.goal:7.1f}" if way.goal else " " * 7
        note = f"  ({way.rows:,} rows)" if way.rows else ""
        seconds = statistics.median(way.seconds)
        print(f"{way.name:44}{seconds:8.2f}{ratio:9.2f}{goal}{busy:8.2f}{way.megabytes:6.0f}{note}", flush=True)
        if short:
            failed |= way.margin is not None and ratio > way.margin
            failed |= way.most_mb is not None and way.megabytes > way.most_mb
    return failed


def installed(*programs: str) -> bool:
    """Return whether all these programs or modules are there; a peer that is not is left out, never made up."""
    from importlib.util import find_spec

    return all(shutil.which(name) or find_spec(name) for name in programs)


def each(work: Callable[[], object], *, seconds: float = 0.3, rounds: int = 5) -> float:
    """Return the least time of one call, over rounds of many calls."""
    begun = time.perf_counter()
    work()
    count = max(1, int(seconds / rounds / max(time.perf_counter() - begun, 1e-7)))
    least = float("inf")
    for _ in range(rounds):
        begun = time.perf_counter()
        for _ in range(count):
            work()
        least = min(least, (time.perf_counter() - begun) / count)
    return least


def options(doc: str | None) -> argparse.Namespace:
    """Return what was asked on the command line: ``--short``, ``--rows``, ``--turns``, ``--grow``."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--short", action="store_true", help="few rows; exit 1 beyond wide margins")
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--turns", type=int, default=0)
    parser.add_argument("--grow", action="store_true", help="also ten times more and less")
    return parser.parse_args()
