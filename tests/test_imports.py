"""Arrows between the rooms: errors <- core <- read, show <- cli; read and show never meet."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "nkauto"
ROOMS = {
    "errors": set(),
    "core": {"errors", "core"},
    "read": {"errors", "core", "read"},
    "show": {"errors", "core", "show"},
    "library": {"errors", "core", "read", "library"},
    "engine": {"errors", "core", "read", "show", "library", "engine"},
    "frames": {"errors", "core", "read", "library", "engine", "frames"},
    "cli": {"errors", "core", "read", "show", "library", "engine", "frames", "cli"},
    "__init__": {"library", "core", "frames"},
    "__main__": {"cli"},
}
"""Which rooms each room may import."""
ONLY_AT_HOME = {
    "rich": "show/table.py",
    "pint": "core/units.py",
    "typer": "cli/",
}
FORBIDDEN_IN_CORE = {"typer", "rich", "sys", "os", "pathlib", "time", "socket", "subprocess", "logging", "io", "random"}
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else path.stem


def imports(path: Path) -> list[str]:
    """Return the dotted names that a file imports, at its top or inside a function."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by the full name"
            found.append(node.module or "")
            if node.module == "nkauto":
                found += [f"nkauto.{alias.name}" for alias in node.names]
    return found


@pytest.mark.parametrize("path", FILES, ids=[str(file.relative_to(PACKAGE)) for file in FILES])
def test_imports_follow_the_arrows(path: Path) -> None:
    room = room_of(path)
    for name in imports(path):
        top, _, rest = name.partition(".")
        if top == "nkauto" and rest:
            other = rest.split(".")[0]
            other = other if (PACKAGE / other).is_dir() or (PACKAGE / f"{other}.py").is_file() else "__init__"
            assert other in ROOMS[room] | {"__init__"}, f"{path.relative_to(PACKAGE)} imports {name}"
        if top in ONLY_AT_HOME:
            assert str(path.relative_to(PACKAGE)).startswith(ONLY_AT_HOME[top]), f"{top} in {path}"
        if room == "core":
            assert top not in FORBIDDEN_IN_CORE, f"core imports {top} in {path}"


def test_importing_the_package_does_nothing() -> None:
    """Importing nkauto loads no room of it and reads no file."""
    code = "import sys, nkauto; print(sorted(m for m in sys.modules if m.startswith('nkauto')))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "['nkauto']"


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_plain_conversion_imports_nothing_heavy(form: str) -> None:
    """A conversion for machines loads neither rich nor pint nor dateutil; so its start stays short."""
    code = (
        "import os, sys\n"
        "os._exit = sys.exit\n"
        f"sys.argv = ['nkauto', 'convert', '1,200 yuan', '--to', 'won,wage', '--on', '2025-10', '-f', '{form}']\n"
        "from nkauto.cli import main\n"
        "try:\n    main()\nfinally:\n"
        "    heavy = {'rich', 'pint', 'dateutil', 'pydantic', 'numpy', 'polars', 'logging', 'asyncio'}\n"
        "    print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "[]", done.stderr
