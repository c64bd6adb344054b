"""Too much, or what is no file: refused early, in little memory, whatever is behind the name."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from pathlib import Path

import pytest
import toy
from session import NKAUTO, run

TOY = ["--only-rates", str(toy.FOLDER)]
BATCH = ["batch", "--to", "won", *TOY]
START = "amount,currency,date,note\n5,CNY,2024-06-04,"


ROOM = 400 * 2**20
"""Bytes of address space that a run gets, of which the interpreter itself takes some fifty million."""


def _fed(arguments: list[str], start: bytes, piece: bytes, most: int) -> tuple[int, bytes, int]:
    """Feed up to ``most`` bytes through a pipe until the reader goes: return its code, errors, bytes taken."""
    with subprocess.Popen(
        [NKAUTO, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM)),
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        taken = os.write(process.stdin.fileno(), start)
        try:
            while taken < most:
                taken += os.write(process.stdin.fileno(), piece)
        except BrokenPipeError:
            pass
        process.stdin.close()
        said = process.stderr.read()
    return process.returncode, said, taken


@pytest.mark.parametrize("piece", [b"x", b"\0", b'"a,', b"9"], ids=["letters", "nul", "quotes", "digits"])
def test_a_line_of_a_gigabyte_is_refused_within_its_first_megabytes(piece: bytes) -> None:
    code, said, taken = _fed(BATCH, START.encode(), piece * 100_000, 10**9)
    assert code == 2
    assert b"this line does not end within 16,777,216 bytes" in said
    assert taken < 20 * 2**20


def test_an_article_of_a_gigabyte_is_refused() -> None:
    code, said, taken = _fed(["check"], b"", b"Rice is 5,000 won. " * 5000, 10**9)
    assert code == 2
    assert b"are too much for one article" in said
    assert taken < 70 * 2**20


def test_a_cell_of_ten_megabytes_comes_out_whole() -> None:
    long = "x" * 10_000_000
    done = run(BATCH, stdin=f"{START}{long}\n7,CNY,2024-06-04,end\n".encode())
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert len(lines) == 3
    assert lines[1].startswith(f"5,CNY,2024-06-04,{long},5045,5255")
    assert lines[2].startswith("7,CNY,2024-06-04,end,7063,7357")


def test_an_amount_of_ten_megabytes_is_one_error_of_its_row() -> None:
    done = run(BATCH, stdin=f'amount,currency,date\n"{"9" * 10_000_000}",CNY,2024-06-04\n7,CNY,2024-06-04\n'.encode())
    assert done.returncode == 1
    assert b"an amount has at most 200 characters, not 10000000" in done.stderr
    assert len(done.stderr) < 1000
    assert b"\n7,CNY,2024-06-04,7063,7357" in done.stdout


def _book(folder: Path) -> Path:
    return Path(shutil.copytree(toy.FOLDER, folder / "book"))


@pytest.mark.parametrize("what", ["device", "pipe", "folder", "endless line"])
def test_what_is_no_table_in_a_book_is_a_fault_of_the_book(what: str, tmp_path: Path) -> None:
    book = _book(tmp_path)
    more = book / "more.csv"
    if what == "device":
        more.symlink_to("/dev/zero")
    elif what == "pipe":
        os.mkfifo(more)
    elif what == "folder":
        more.mkdir()
    else:
        more.write_text((book / "goods.csv").read_text().splitlines()[0] + "\n" + "x" * 20_000_000)
    asked = run(["convert", "1 CNY", "--to", "won", "--on", "2024-06-04", "--only-rates", str(book)])
    checked = run(["rates", "validate", str(book)])
    for done in (asked, checked):
        assert done.returncode == 4, done.stderr
        said = done.stdout + done.stderr
        assert b"more.csv:" in said
        assert b"Traceback" not in said
        assert (b"characters" if what == "endless line" else b"not a file") in said


TRICKS = ["../../../../etc/passwd", "/etc/passwd", "./folder", "/dev/zero", "/proc/self/mem", "/dev/null", "./none.csv"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such devices here")
@pytest.mark.parametrize("name", TRICKS)
@pytest.mark.parametrize("command", ["cost", "refresh", "batch"])
def test_a_name_that_leads_elsewhere_is_told_and_shows_nothing(command: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    line = {
        "cost": ["cost", name, "--on", "2024-06"],
        "refresh": ["rates", "refresh", name, "--rates", str(tmp_path / "own")],
        "batch": ["batch", name, "--to", "won", *TOY],
    }[command]
    done = run(line, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr
    if command != "batch":  # a table's own header is named, so that a column can be chosen
        assert b"root:" not in done.stderr
    assert not (tmp_path / "own").exists() or not list((tmp_path / "own").glob("*.csv"))


def test_a_basket_may_come_through_a_pipe(tmp_path: Path) -> None:
    held = "basket,line,kind,item,low,high,unit,per,source,note\nmine,rice,cost,rice,2,,kg,,,\n"
    done = subprocess.run(
        ["bash", "-c", f"'{NKAUTO}' cost <(cat) --on 2024-06-04 --at Hyesan -f csv --only-rates '{toy.FOLDER}'"],
        input=held.encode(), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"10006" in done.stdout
