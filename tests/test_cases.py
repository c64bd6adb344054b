"""Sessions with their exact output: what a person sees at 80 columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from session import agrees, answer, exchanges

FILES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_session_answers_as_written(file: Path) -> None:
    """Each command of a session gives exactly the output below it."""
    held = exchanges(file.read_text(encoding="utf-8"))
    assert held, "a case holds at least one command"
    for exchange in held:
        code, said = answer(exchange.command)
        assert agrees(exchange.expected, said), f"$ {exchange.command}\nexit {code}\n{said}"
