"""Bad luck: kills, full disks, read-only folders, Ctrl-C, readers that go, bare environments, wrong clocks."""

from __future__ import annotations

import io
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import toy
from session import NKAUTO, run
from typer.testing import CliRunner

from nkauto.cli import _app
from nkauto.errors import WriteFailed
from nkauto.read import ownbook

TOY = ["--only-rates", str(toy.FOLDER)]
OLD = b"what stood here before\n"
TABLE = "date,amount,currency,place\n" + "2024-06-10,1200,CNY,Hyesan\n" * 40
ARTICLE = "Rice rose from 5,000 won to 6,000 won a kilogram, an increase of 20 percent.\n"


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A folder with a table, an article, and an output that stands already."""
    (tmp_path / "table.csv").write_text(TABLE)
    (tmp_path / "article.txt").write_text(ARTICLE)
    (tmp_path / "out").write_bytes(OLD)
    return tmp_path


WRITERS = {
    "batch": ["batch", "table.csv", "--to", "won", "-o", "out", *TOY],
    "check": ["check", "article.txt", "--html", "out"],
    "export to csv": ["rates", "export", "--to", "csv", "-o", "out", *TOY],
    "export to sqlite": ["rates", "export", "--to", "sqlite", "-o", "out", *TOY],
}
"""Commands that put a file somewhere."""
writers = pytest.mark.parametrize("arguments", WRITERS.values(), ids=WRITERS)
NAMES = {"table.csv", "article.txt", "out"}


@writers
def test_killed_at_any_moment_the_file_is_the_old_or_the_new_one(arguments: list[str], room: Path) -> None:
    assert run(arguments, cwd=room).returncode == 0
    new = (room / "out").read_bytes()
    assert new != OLD
    for moment in (0.0, 0.1, 0.15, 0.25):
        (room / "out").write_bytes(OLD)
        with subprocess.Popen(
            [NKAUTO, *arguments], cwd=room, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(moment)
            process.kill()
        assert (room / "out").read_bytes() in (OLD, new), moment
    assert run(arguments, cwd=room).returncode == 0  # what a kill left behind does not stand in the way
    assert (room / "out").read_bytes() == new


def test_killed_in_the_middle_of_a_table_the_file_is_the_old_one(room: Path) -> None:
    arguments = ["batch", "-", *WRITERS["batch"][2:]]
    with subprocess.Popen(
        [NKAUTO, *arguments], cwd=room, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        process.stdin.write(TABLE.encode())
        process.stdin.flush()
        _wait_for(lambda: any(room.glob(".out.*.part")))
        process.kill()
    assert (room / "out").read_bytes() == OLD


def _wait_for(there: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)


def _in_child(work: Callable[[], object]) -> int:
    """Run work in a forked child; return how it ended: an exit code, or minus the signal that killed it."""
    number = os.fork()
    if not number:
        code = 1
        try:
            work()
            code = 0
        except WriteFailed:
            code = 4
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def test_killed_at_any_line_of_the_writing_the_file_is_the_old_or_the_new_one(room: Path) -> None:
    """The one function that reports and exports are put in their place with."""
    new, seen = b"the report\n" * 900, set()
    for count in range(1000):
        (room / "out").write_bytes(OLD)

        def work(count: int = count) -> None:
            left = count

            def trace(frame: object, event: str, argument: object) -> object:
                nonlocal left
                if getattr(frame, "f_code").co_filename != ownbook.__file__:  # noqa: B009 - frames are not typed here
                    return None
                if event == "line":
                    left -= 1
                    if left < 0:
                        os.kill(os.getpid(), signal.SIGKILL)
                return trace

            sys.settrace(trace)  # type: ignore[arg-type]
            ownbook.replace(room / "out", new)

        ended = _in_child(work)
        held = (room / "out").read_bytes()
        assert held in (OLD, new), count
        seen.add(held)
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    assert count > 12
    assert seen == {OLD, new}


@writers
def test_a_disk_that_fills_up_leaves_the_old_file_and_nothing_else(arguments: list[str], room: Path) -> None:
    assert run(arguments, cwd=room).returncode == 0
    whole = (room / "out").stat().st_size
    for size in (0, 1, whole // 2, whole - 1):
        (room / "out").write_bytes(OLD)
        done = subprocess.run(
            [NKAUTO, *arguments],
            cwd=room,
            capture_output=True,
            preexec_fn=lambda size=size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
            check=False,
        )
        assert done.returncode == 2, done.stderr
        assert done.stderr.count(b"cannot write") == 1
        assert b"Traceback" not in done.stderr
        assert (room / "out").read_bytes() == OLD
        assert {path.name for path in room.iterdir()} == NAMES


@writers
def test_a_device_or_a_pipe_is_written_to_and_stays(arguments: list[str], room: Path) -> None:
    """To put a file in the place of /dev/stdout or /dev/null would take it from everybody."""
    assert run(arguments, cwd=room).returncode == 0
    new = (room / "out").read_bytes()
    (room / "out").unlink()
    os.mkfifo(room / "out")
    with subprocess.Popen([NKAUTO, *arguments], cwd=room, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        reader = os.open(room / "out", os.O_RDONLY)
        with io.FileIO(reader) as stream:
            assert stream.read() == new
    assert process.returncode == 0
    assert (room / "out").is_fifo()
    assert {path.name for path in room.iterdir()} == NAMES


SHOWN = [WRITERS["batch"][:4] + TOY, ["rates", "list", *TOY], ["check", "article.txt", "-f", "json"]]


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", SHOWN)
def test_standard_output_on_a_disk_that_fills_up(arguments: list[str], unbuffered: str, room: Path) -> None:
    """Also where PYTHONUNBUFFERED has Python drop, unsaid, what did not fit."""
    with (room / "shown").open("wb") as sink:
        done = subprocess.run(
            [NKAUTO, *arguments],
            cwd=room,
            stdout=sink,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50, 50)),
            check=False,
        )
    assert done.returncode == 2
    assert b"cannot write: File too large" in done.stderr
    assert b"Traceback" not in done.stderr


NOWHERE = ["/proc/out", "/proc/self/out", "no/such/folder/out", ".", "article.txt/out", "a" * 300]


@pytest.mark.parametrize("place", NOWHERE)
@writers
def test_a_place_that_takes_no_file_is_told(arguments: list[str], place: str, room: Path) -> None:
    """Folders that cannot be written to, whoever asks: root is not held by permissions."""
    line = [place if argument == "out" else argument for argument in arguments]
    code, said = _answer(line, room)
    assert code == 2, said
    assert said.count("cannot write") == 1, said
    assert "Traceback" not in said
    assert (room / "out").read_bytes() == OLD
    assert {path.name for path in room.iterdir()} == NAMES


def _answer(line: list[str], folder: Path) -> tuple[int, str]:
    """Run a command in a forked child of this process, a tenth of the time of a new one; return its code and errors."""
    with (folder.parent / f"{folder.name}.said").open("w+b") as said:

        def work() -> None:
            os.chdir(folder)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(said.fileno(), 2)
            sys.stdout = io.TextIOWrapper(io.FileIO(1, "w"), encoding="utf-8")
            sys.stderr = io.TextIOWrapper(io.FileIO(2, "w"), encoding="utf-8", write_through=True)
            sys.argv = ["nkauto", *line]
            _app(line)()

        code = _in_child(work)
        said.seek(0)
        return code, said.read().decode()


def test_ctrl_c_in_the_middle_of_a_table(room: Path) -> None:
    """130, nothing but what was converted so far, no file and no message."""
    for output in ([], ["-o", "out"]):
        with subprocess.Popen(
            [NKAUTO, "batch", "-", "--to", "won", *output, *TOY],
            cwd=room, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdin.write(TABLE.encode())
            process.stdin.flush()
            if output:
                _wait_for(lambda: any(room.glob(".out.*.part")))
            else:
                assert process.stdout.readline().startswith(b"date,amount")
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 130
            assert b"Traceback" not in process.stderr.read()
        assert (room / "out").read_bytes() == OLD
        assert {path.name for path in room.iterdir()} == NAMES


def test_ctrl_c_while_an_article_is_awaited(room: Path) -> None:
    with subprocess.Popen(
        [NKAUTO, "check", "--html", "out"],
        cwd=room, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        time.sleep(0.6)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
    assert (room / "out").read_bytes() == OLD


# Readers that go.


class Pipe(io.RawIOBase):
    """A pipe whose reader goes after so many bytes."""

    def __init__(self, most: int) -> None:
        self.left = most

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        taken = min(len(bytes(data)), self.left)  # type: ignore[call-overload]
        if not taken:
            raise BrokenPipeError
        self.left -= taken
        return taken


SHORT = {
    "batch": ["batch", "short.csv", "--to", "won", *TOY],
    "check": ["check", "short.txt"],
    "check as csv": ["check", "short.txt", "-f", "csv"],
    "list": ["rates", "list", "squid", "-f", "csv", *TOY],
    "list as a table": ["rates", "list", "squid", *TOY],
    "list as json": ["rates", "list", "squid", "-f", "json", *TOY],
}


@pytest.mark.parametrize("arguments", SHORT.values(), ids=SHORT)
def test_a_reader_may_go_at_any_byte(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "short.csv").write_text("amount,currency,date\n5,CNY,2024-06-10\n")
    (tmp_path / "short.txt").write_text("Rice is 5,000 won.\n")
    monkeypatch.chdir(tmp_path)
    whole = len(CliRunner().invoke(_app(arguments), arguments).stdout)  # and what it imports is there for each child
    assert whole
    for most in sorted({*range(0, whole, max(1, whole // 12)), 1, whole - 1}):
        said = tmp_path / "said"

        def work(most: int = most, said: Path = said) -> None:
            os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
            sys.stdout = io.TextIOWrapper(io.BufferedWriter(Pipe(most)), encoding="utf-8")
            sys.stderr = io.TextIOWrapper(io.FileIO(2, "w"), encoding="utf-8", write_through=True)
            sys.argv = ["nkauto", *arguments]
            _app(arguments)()

        assert _in_child(work) == 0, most
        assert "roken" not in said.read_text()
        assert "Traceback" not in said.read_text()


# Bare environments, narrow terminals, wrong clocks: every command.

EVERY = {
    "convert": ["convert", "1,200 yuan", "--to", "won,usd,rice,wage", "--on", "2025-10"],
    "afford": ["afford", "driving-licence", "--on", "2025-10", "--people", "3-5", "--over", "12m"],
    "plan": ["plan", "12,000 yuan", "--over", "6m", "--on", "2025-10-31"],
    "cost": ["cost", "import-used-car", "--on", "2024-06", "--at", "Hyesan"],
    "compare": ["compare", "driving-licence", "2025-09", "2025-10"],
    "check": ["check", "article.txt", "--on", "2025-10"],
    "batch": ["batch", "table.csv", "--to", "won", *TOY],
    "list": ["rates", "list", "squid", *TOY],
    "show": ["rates", "show", "rice-hyesan", *TOY],
    "coverage": ["rates", "coverage", *TOY],
    "sources": ["rates", "sources", *TOY],
    "chart": ["rates", "chart", "CNY", *TOY],
    "cross": ["rates", "cross", "CNY", "USD", *TOY],
    "validate": ["rates", "validate", str(toy.FOLDER)],
    "export": ["rates", "export", "--to", "csv", *TOY],
    "vehicles": ["vehicles"],
}
every = pytest.mark.parametrize("arguments", EVERY.values(), ids=EVERY)
_FIGURE = re.compile(r"(?<![\w./:-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w/:-])")


@every
def test_no_home_no_locale_and_forty_columns_lose_nothing(arguments: list[str], room: Path) -> None:
    wide = run(arguments, columns=200, cwd=room)
    assert wide.returncode == 0, wide.stderr
    held = {"PATH": os.environ["PATH"], "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    bare = subprocess.run(
        [NKAUTO, *arguments], cwd=room, env=held | {"COLUMNS": "40"}, capture_output=True, check=False
    )
    assert bare.returncode == 0, bare.stderr
    assert b"Traceback" not in bare.stderr
    narrow = bare.stdout.decode()
    lost = set(_FIGURE.findall(wide.stdout.decode())) - set(_FIGURE.findall(narrow))
    if "chart" not in arguments:  # a chart's axis has as many marks as it has room for
        assert not lost, narrow


@every
def test_the_clock_changes_no_answer(arguments: list[str], room: Path) -> None:
    answers = [run(arguments, cwd=room), *(_on(day, arguments, room) for day in ("1970-01-01", "2100-01-01"))]
    assert {(done.returncode, done.stdout) for done in answers} == {(0, answers[0].stdout)}, answers


def _on(day: str, arguments: list[str], room: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command on another day, by the clock of the interpreter."""
    moved = room / day
    moved.mkdir()
    (moved / "sitecustomize.py").write_text(
        "import datetime, time\n"
        "class Day(datetime.date):\n    @classmethod\n    def today(cls):\n"
        f"        return cls.fromisoformat('{day}')\n"
        "class Moment(datetime.datetime):\n    @classmethod\n    def now(cls, tz=None):\n"
        f"        return cls.fromisoformat('{day}').replace(tzinfo=tz)\n"
        "datetime.date, datetime.datetime = Day, Moment\n"
        "time.time = lambda: (Moment.now() - Moment(1970, 1, 1)).total_seconds()\n"
    )
    return run(arguments, cwd=room, env={"PYTHONPATH": str(moved)})
