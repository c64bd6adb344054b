"""What is right by itself stays right beside anything else: sentences put together by chance, none called wrong.

``tests/together/`` holds sentences whose figures agree, one a line, one file a language; ``near.txt`` such as only
look as if theirs should: a change since another year, a bill with more on it, a part that is paid later.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from nkauto.core.claims import Verdict
from nkauto.read.claims import check_text
from nkauto.read.figures import read_figures

FOLDER = Path(__file__).parent / "together"
LANGUAGES = {"en": " ", "ko": " ", "ja": "", "zh": ""}
"""What stands between two sentences."""
WRONG = (Verdict.FAILS, Verdict.PARTLY)


def sentences(language: str) -> list[str]:
    return (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()


def verdicts(text: str) -> list[Verdict]:
    return [claim.verdict for claim in check_text(text, read_figures(text))]


@pytest.mark.parametrize("sentence", [each for language in LANGUAGES for each in sentences(language)])
def test_each_sentence_holds(sentence: str) -> None:
    said = verdicts(sentence)
    assert not any(each in WRONG for each in said)
    assert any(each in (Verdict.HOLDS, Verdict.ROUNDING) for each in said)


@pytest.mark.parametrize("sentence", sentences("near"))
def test_what_only_looks_as_if_it_should_agree_is_not_called_wrong(sentence: str) -> None:
    assert not any(each in WRONG for each in verdicts(sentence))


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_put_together_are_not_called_wrong(language: str) -> None:
    drawn = random.Random(20)
    for _ in range(120):
        text = LANGUAGES[language].join(drawn.sample(sentences(language), drawn.choice((2, 3))))
        assert not any(each in WRONG for each in verdicts(text)), text
