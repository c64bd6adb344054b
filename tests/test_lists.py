"""Prices in lists: of two goods, months, places or currencies, and what one pay, bill or tank makes of them.

``lists/*.txt``: a passage a line, ``… [30|44] percent``: the right figure, the wrong. What is right is not called
wrong, and what is wrong is.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nkauto.core.claims import Verdict
from nkauto.read.claims import check_text
from nkauto.read.figures import read_figures

FOLDER = Path(__file__).parent / "lists"
CHOICE = re.compile(r"\[([^|\]]+)\|([^|\]]+)\]")
PASSAGES = [line for path in sorted(FOLDER.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]


def verdicts(text: str) -> list[Verdict]:
    return [claim.verdict for claim in check_text(text, read_figures(text))]


@pytest.mark.parametrize("passage", PASSAGES)
def test_a_figure_of_a_list_holds_where_it_is_right_and_fails_where_it_is_not(passage: str) -> None:
    right = verdicts(CHOICE.sub(r"\1", passage))
    assert any(each in (Verdict.HOLDS, Verdict.ROUNDING) for each in right)
    assert not any(each in (Verdict.FAILS, Verdict.PARTLY) for each in right)
    assert Verdict.FAILS in verdicts(CHOICE.sub(r"\2", passage))
