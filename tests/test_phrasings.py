"""Phrasings: every row of the tables has a sentence in which it holds, and with another figure fails.

``phrasings/*.txt``: a sentence a line, ``… gives 2,000 won, [60,000|90,000] won in all.``: the right figure, the wrong.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from nkauto.core.claims import Verdict
from nkauto.read.claims import check_text
from nkauto.read.figures import read_figures
from nkauto.read.passage.passage import passage
from nkauto.read.search.phrased import matches
from nkauto.read.search.phrasing import Phrasing, every, read

FOLDER = Path(__file__).parent / "phrasings"
ALL = list(dict.fromkeys(each for rows in every().values() for some in rows.values() for each in some))
CHOICE = re.compile(r"\[([^|\]]+)\|([^|\]]+)\]")
WRONG = (Verdict.FAILS, Verdict.PARTLY)
HELD = (Verdict.HOLDS, Verdict.ROUNDING)


def sentences() -> list[str]:
    return [line for path in sorted(FOLDER.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]


def verdicts(text: str) -> list[Verdict]:
    return [claim.verdict for claim in check_text(text, read_figures(text))]


@pytest.mark.parametrize("sentence", sentences())
def test_a_sentence_holds_with_the_right_figure_and_fails_with_the_wrong_one(sentence: str) -> None:
    right = verdicts(CHOICE.sub(r"\1", sentence))
    assert any(each in HELD for each in right)
    assert not any(each in WRONG for each in right)
    assert Verdict.FAILS in verdicts(CHOICE.sub(r"\2", sentence))


def row(phrasing: Phrasing) -> tuple[str, str]:
    return phrasing.words, f"{phrasing.stated} = {ast.unparse(phrasing.formula)}"


@cache
def fitting() -> frozenset[tuple[str, str]]:
    texts = [CHOICE.sub(r"\2", sentence) for sentence in sentences()]
    return frozenset(row(each) for text in texts for each, _ in matches(passage(text, read_figures(text))))


@pytest.mark.parametrize("phrasing", ALL, ids=lambda each: each.words)
def test_every_phrasing_has_a_sentence_that_it_fits(phrasing: Phrasing) -> None:
    assert row(phrasing) in fitting()


@pytest.mark.parametrize(
    ("words", "comes_to"),
    [("{a:tally} for {b:money}", "a = b"), ("{a:money} for {a:money}", "a = a"), ("{a:money} for {b:money}", "a = c")],
)
def test_a_row_of_another_form_is_refused(words: str, comes_to: str) -> None:
    with pytest.raises(ValueError, match="figure"):
        read(words, comes_to)
