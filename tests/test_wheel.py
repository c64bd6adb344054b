"""The wheel, installed into an empty environment, carries the data and works from any folder."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LARGEST = 1024 * 1024


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--disable-pip-version-check", "-w", folder, ROOT],
        check=True,
    )
    return next(folder.glob("nkauto-*.whl"))


def test_the_wheel_holds_the_rates_and_stays_small(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for table in (ROOT / "rates").glob("*.csv"):
        assert f"nkauto/rates/{table.name}" in names
    assert "nkauto/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "rates/"))]
    assert wheel.stat().st_size < LARGEST


def test_it_answers_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", wheel], check=True)
    command = [python.with_name("nkauto"), "afford", "driving-licence", "--on", "2025-10"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "24.6–34.2" in said
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format=freeze"], capture_output=True, text=True, check=True
    )
    names = {line.split("==")[0].lower() for line in listed.stdout.splitlines()}
    assert names <= DECLARED, f"undeclared: {sorted(names - DECLARED)}"


DECLARED = {
    "nkauto", "pip", "setuptools", "typer", "rich", "pint", "python-dateutil",
    # what those four bring
    "annotated-doc", "flexcache", "flexparser", "markdown-it-py", "mdurl", "platformdirs", "pygments", "shellingham",
    "six", "typing-extensions", "typing_extensions", "tzdata", "click",
}  # fmt: skip
"""Everything that a plain installation may bring in."""
