"""Texts with their figures marked by hand: ``rose to {5,000 won=5000 KPW/kg}``, so that claims need no reader.

Inside braces: the words as they stand, ``=``, a bound if any (``~ > >= < <=``), low or low..high, unit, ``/`` per.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from nkauto.core.findings import Figure

_MARK = re.compile(
    r"\{([^{}]*?)=(~|>=|<=|>|<)?([0-9]+(?:\.[0-9]+)?)(?:\.\.([0-9]+(?:\.[0-9]+)?))? ([^{}/]+)(?:/([^{}]+))?\}"
)


def marked(source: str) -> tuple[str, list[Figure]]:
    """Return the plain text and its figures."""
    text = ""
    figures: list[Figure] = []
    done = 0
    for match in _MARK.finditer(source):
        text += source[done : match.start()]
        span, bound, low, high, unit, per = match.groups()
        figures.append(
            Figure(
                span=span,
                start=len(text),
                end=len(text) + len(span),
                line=text.count("\n") + 1,
                low=Decimal(low),
                high=Decimal(high or low),
                unit=unit,
                per=per,
                approx=bound is not None,
                bound=bound or "=",
            )
        )
        text += span
        done = match.end()
    return text + source[done:], figures


def sheet(folder: str) -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    """Return the marked passages of a folder here, each with the verdicts and figures of the claims that it makes.

    A passage is a line, and so is each of its claims, ``verdict: figure | figure``; an empty line parts passages.
    """
    found = []
    for path in sorted((Path(__file__).parent / folder).glob("*.txt")):
        for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
            source, *lines = block.splitlines()
            told = [line.strip().partition(": ") for line in lines]
            found.append((source, [(verdict, tuple(figures.split(" | "))) for verdict, _, figures in told]))
    return found
