"""What a spreadsheet would run when it opens a cell of ours."""

from __future__ import annotations

import re

SIGNS = "=+-@\t\r＝＋－＠"
"""What a cell begins with that a spreadsheet takes for a formula."""


def acts(cell: str) -> bool:
    """Return whether a spreadsheet takes a cell for a formula; a plain number such as -5 is none."""
    return cell[:1] != "" and cell[0] in SIGNS and not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", cell)
