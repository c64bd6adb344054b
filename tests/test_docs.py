"""The README cannot rot: its examples are run, and what exists is in it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from session import agrees, answer, exchanges

from nkauto.cli import COMMANDS
from nkauto.errors import NkautoError
from nkauto.show.words import METRICS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [
    block
    for language, block in re.findall(r"^```(\w*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    if language == "console"
]
EXAMPLES = [exchange for block in BLOCKS for exchange in exchanges(block) if "venv" not in exchange.command]


@pytest.mark.parametrize("exchange", EXAMPLES, ids=[exchange.command[:60] for exchange in EXAMPLES])
def test_the_examples_of_the_readme_give_what_they_show(exchange) -> None:  # type: ignore[no-untyped-def]
    for program in re.findall(r"\| (\w+) ", exchange.command):
        if program != "nkauto" and shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    code, said = answer(exchange.command)
    assert agrees(exchange.expected, said), f"$ {exchange.command}\nexit {code}\n{said}"


def test_the_library_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (lines,) = re.findall(r"^```python\n(from nkauto.*?)^```", README, re.MULTILINE | re.DOTALL)
    exec(lines, {})
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in said] == ["price_usd", "wage_months"]


def test_every_command_has_an_example() -> None:
    assert len(EXAMPLES) == len(re.findall(r"^\$ (?!.*venv)", README, re.MULTILINE))  # no block was overlooked
    for command in COMMANDS:
        assert any(f"nkauto {command}" in exchange.command for exchange in EXAMPLES)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"nkauto {command}" in README


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_is_in_the_readme(metric: str) -> None:
    assert f"`{metric}`" in README


def test_every_exit_code_is_in_the_readme() -> None:
    codes = {0, 1, 130, NkautoError.exit_code, *(child.exit_code for child in NkautoError.__subclasses__())}
    for code in codes:
        assert re.search(rf"^\| {code} \|", README, re.MULTILINE), f"exit code {code}"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_two_worked_examples(command: str) -> None:
    code, said = answer(f"nkauto {command} --help")
    assert code == 0
    assert len(re.findall(rf"nkauto {command} ", said)) >= 3, said  # the usage line and two examples


def test_the_repository_holds_the_agreed_top_level() -> None:
    held = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert held - {"mutants", "dist", "build"} == {"pyproject.toml", "nkauto", "rates", "tests", "README.md"}
