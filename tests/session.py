"""Sessions: a text of commands with the output that each must give, run as a person would run them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
NKAUTO = str(Path(sys.executable).with_name("nkauto"))
OMITTED = "[…]"


@dataclass(frozen=True)
class Exchange:
    """One command line and what it must answer: standard error first, then standard output."""

    command: str
    expected: str


def exchanges(text: str) -> list[Exchange]:
    """Return the commands of a session; a line ``$ …`` begins one, a backslash at its end continues it."""
    found: list[tuple[str, list[str]]] = []
    continued = False
    for line in text.splitlines():
        if continued:
            found[-1] = (f"{found[-1][0][:-1]}{line.strip()}", found[-1][1])
            continued = found[-1][0].endswith("\\")
        elif line.startswith("$ "):
            found.append((line[2:], []))
            continued = line.endswith("\\")
        elif found:
            found[-1][1].append(line)
    return [Exchange(command, "\n".join(lines).rstrip()) for command, lines in found]


def run(
    command: str | list[str],
    *,
    stdin: bytes = b"",
    columns: int = 80,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    merged: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """Run one nkauto command (without the word itself when given as a list) away from the checkout's folder."""
    arguments = shlex.split(command)[1:] if isinstance(command, str) else command
    held = {key: value for key, value in os.environ.items() if not key.startswith("NKAUTO_")}
    held |= {"COLUMNS": str(columns), "NO_COLOR": "1", "PYTHONUNBUFFERED": "", "PYTHONUTF8": "1"} | (env or {})
    return subprocess.run(
        [NKAUTO, *arguments],
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if merged else subprocess.PIPE,
        env=held,
        cwd=cwd or ROOT,
        timeout=120,
        check=False,
    )


def answer(command: str, *, cwd: Path | None = None) -> tuple[int, str]:
    """Return the exit code and what a person sees, with blanks at line ends gone."""
    done = (
        run(command, merged=True, cwd=cwd)
        if command.startswith("nkauto ") and not re.search(r"[|<>]", re.sub(r"\"[^\"]*\"|'[^']*'", "", command))
        else _shell(command, cwd)
    )
    lines = [line.rstrip() for line in done.stdout.decode().splitlines()]
    return done.returncode, "\n".join(lines).rstrip()


def _shell(command: str, cwd: Path | None) -> subprocess.CompletedProcess[bytes]:
    held = dict(os.environ) | {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    held["PATH"] = f"{Path(NKAUTO).parent}{os.pathsep}{held['PATH']}"
    return subprocess.run(
        ["bash", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=held,
        cwd=cwd or ROOT,
        timeout=120,
        check=False,
    )


def agrees(expected: str, said: str) -> bool:
    """Return whether the output is the expected one; a line ``[…]`` stands for any lines."""
    lines = said.splitlines()
    first, *rest = [part.strip("\n").splitlines() for part in expected.split(OMITTED)]
    if lines[: len(first)] != first:
        return False
    lines = lines[len(first) :]
    for number, part in enumerate(rest, start=1):
        last = number == len(rest)
        starts = [len(lines) - len(part)] if last and part else range(len(lines) + 1)
        found = next((start for start in starts if start >= 0 and lines[start : start + len(part)] == part), None)
        if found is None:
            return False
        lines = [] if last else lines[found + len(part) :]
    return not lines
