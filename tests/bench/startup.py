"""Start-up: whole processes against ``python -c pass`` in one run, interleaved; the byte code must be compiled.

Run by hand for the figures in the README; ``--short`` asserts wide margins and exits 1 beyond them.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import nkauto

NKAUTO = str(Path(sys.executable).with_name("nkauto"))
QUESTION = ["convert", "1,200 yuan", "--to", "won", "--on", "2025-10", "-f", "csv"]
COMMANDS = {
    "python -c pass": ([sys.executable, "-c", "pass"], None, None),
    "import typer": ([sys.executable, "-c", "import typer"], None, None),
    "convert … -f csv": ([NKAUTO, *QUESTION], 7.5, 12),
    "afford, table": ([NKAUTO, "afford", "driving-licence", "--on", "2025-10"], 10.5, 16),
    "--help": ([NKAUTO, "--help"], 7, 12),
}
"""Command, goal, and the margin that the short form asserts; both as multiples of the first."""


def main() -> int:
    """Print each command with its ratio; return 1 when the short form passes its margin."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    short = parser.parse_args().short
    compileall.compile_dir(Path(nkauto.__file__).parent, quiet=2)
    env = {key: value for key, value in os.environ.items() if not key.startswith(("NKAUTO", "PYTHON"))}
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(8 if short else 25):
        for name, (command, _, _) in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env, check=True)
            if turn:
                times[name].append(time.perf_counter() - start)
    floor = statistics.median(times["python -c pass"])
    failed = False
    print(f"{'start-up':24}{'median ms':>10}{'least ms':>10}{'× pass':>8}{'goal':>7}")
    for name, (_, goal, margin) in COMMANDS.items():
        middle = statistics.median(times[name])
        wanted = f"{goal:>7}" if goal else ""
        print(f"{name:24}{1000 * middle:10.1f}{1000 * min(times[name]):10.1f}{middle / floor:8.2f}{wanted}")
        failed |= short and margin is not None and middle / floor > margin
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
