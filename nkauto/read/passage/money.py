"""Money that a text calls by a name of several currencies: which of them cannot be told, but it is one and the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nkauto.core.figure import Figure

UNTOLD = "XXX"
"""The code of no currency, as ISO 4217 has it."""

_NAME = re.compile(r"[^\W\d_]+$")


def in_one_money(figures: Sequence[Figure]) -> Sequence[Figure]:
    """Return the figures, with a unit where it could not be told, when one name stands for all of them."""
    untold = [figure for figure in figures if not figure.unit and not figure.vague]
    names = {found.group().removesuffix("s") for figure in untold if (found := _NAME.search(figure.span.casefold()))}
    if len(names) != 1:
        return figures
    return [figure if figure.unit or figure.vague else replace(figure, unit=UNTOLD) for figure in figures]
