"""The museum of errors: one file per error, the command and the exact message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from session import answer, exchanges

from nkauto import errors

MUSEUM = Path(__file__).parent / "errors"
FILES = sorted(MUSEUM.glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_each_error_says_its_message(file: Path) -> None:
    """Each file holds a command, its exit code, and the exact message on standard error."""
    held = exchanges(file.read_text(encoding="utf-8"))
    assert held, "an error's file holds at least one command"
    for exchange in held:
        exit_line, _, message = exchange.expected.partition("\n")
        code, said = answer(exchange.command, cwd=MUSEUM)
        assert (f"exit {code}", said) == (exit_line, message.rstrip()), exchange.command
        assert "Traceback" not in said


def _classes(base: type) -> list[type]:
    return [base, *(found for child in base.__subclasses__() for found in _classes(child))]


def test_every_error_class_has_a_file() -> None:
    """An error class without a file in the museum fails here."""
    names = {re.sub(r"(?<!^)(?=[A-Z])", "_", found.__name__).lower() for found in _classes(errors.NkautoError)[1:]}
    shown = {file.stem.split("-")[0] for file in FILES}
    assert names <= shown, f"no file for {sorted(names - shown)}"
