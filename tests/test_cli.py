"""The command line as a process: streams, pipes, terminals, environments."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from session import NKAUTO, run

QUESTION = ["convert", "1,200 yuan", "--to", "won,wage", "--on", "2025-10"]


def environment(**changes: str) -> dict[str, str]:
    held = {key: value for key, value in os.environ.items() if not key.startswith(("NKAUTO_", "PYTHON", "LC_", "LANG"))}
    return held | changes


def test_version_and_module() -> None:
    said = run(["--version"]).stdout.decode()
    assert said.startswith("nkauto ")
    module = subprocess.run([sys.executable, "-m", "nkauto", "--version"], capture_output=True, text=True, check=True)
    assert module.stdout == said


def test_without_a_word_it_helps() -> None:
    done = run([])
    assert b"Commands:" in done.stdout + done.stderr


def test_an_unknown_command_is_told_apart() -> None:
    done = run(["konvert"])
    assert done.returncode == 2
    assert b"convert" in done.stderr
    assert done.stdout == b""


@pytest.mark.parametrize("form", ["csv", "json", "ndjson", "md"])
def test_machines_get_nothing_but_the_record(form: str) -> None:
    done = run([*QUESTION, "-f", form], env={"FORCE_COLOR": "1", "NO_COLOR": ""})
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert b"4920000" in done.stdout
    assert b"4,920,000" not in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["convert", "1200 CNY", "--to", "usd"],
        ["convert", "20 000 won", "--to", "usd"],
        ["afford", "driving licence"],
        ["plan", "85,000 yuan", "--over", "3m"],
    ],
)
def test_words_need_no_quotes(words: list[str]) -> None:
    asked = ["--on", "2025-10", "-f", "csv"]
    together = run([*words, *asked])
    assert together.returncode == 0
    apart = [words[0], *words[1].split(), *words[2:], *asked]
    assert run(apart).stdout == together.stdout
    options_first = [words[0], *words[2:], *asked, *words[1].split()]
    assert run(options_first).stdout == together.stdout


def test_a_pipe_has_no_colour_and_no_terminal_has_any_under_no_color() -> None:
    assert b"\x1b" not in run(QUESTION).stdout


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 200])
def test_no_figure_is_cut_at_any_width(columns: int) -> None:
    said = run(QUESTION, columns=columns).stdout.decode()
    assert "4,920,000–6,840,000" in said
    assert "24.6–34.2" in said
    assert "…" not in said.split("Other reports")[0]


def test_the_library_answers_in_a_bare_environment(tmp_path: Path) -> None:
    """No home, no locale, no terminal, a folder that is not the checkout."""
    done = subprocess.run(
        [NKAUTO, *QUESTION], cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "4,920,000–6,840,000" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_an_ascii_locale_loses_no_figure(form: str) -> None:
    """Where a terminal cannot show a dash it is escaped, never an error."""
    held = environment(LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", COLUMNS="80")
    done = subprocess.run([NKAUTO, *QUESTION, "-f", form], env=held, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"4920000" in done.stdout.replace(b",", b"")


def test_a_pipe_closed_at_any_byte_ends_quietly() -> None:
    """A reader that takes n bytes and goes: no message, no traceback, exit code 0."""
    whole = len(run([*QUESTION, "-f", "csv"]).stdout)
    for wanted in (0, 1, 7, whole // 2, whole - 1):
        process = subprocess.Popen([NKAUTO, *QUESTION, "-f", "csv"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(wanted)
        process.stdout.close()
        said = process.stderr.read()
        assert b"Traceback" not in said
        assert b"roken pipe" not in said
        assert process.wait(timeout=30) == 0


def test_a_closed_pipe_from_the_beginning() -> None:
    command = f"'{NKAUTO}' afford driving-licence --on 2025-10 --spread | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_full_device_is_told_in_one_message(form: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([NKAUTO, *QUESTION, "-f", form], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"cannot write" in done.stderr


@pytest.mark.parametrize("year", ["1970-01-01", "2100-01-01"])
def test_the_clock_does_not_matter(year: str) -> None:
    """Nothing is asked of the clock: a question with a date has one answer for good."""
    code = (
        "import sys, time, datetime\n"
        "class Day(datetime.date):\n    @classmethod\n"
        f"    def today(cls):\n        return cls(*map(int, '{year}'.split('-')))\n"
        "datetime.date = Day\n"
        "time.time = lambda: 0\n"
        f"sys.argv = ['nkauto', *{QUESTION!r}, '-f', 'csv']\n"
        "from nkauto.cli import main\nmain()\n"
    )
    moved = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert moved == run([*QUESTION, "-f", "csv"]).stdout


def test_rates_from_the_environment_and_their_absence(tmp_path: Path) -> None:
    done = run(QUESTION, env={"NKAUTO_RATES": str(tmp_path / "nowhere")})
    assert done.returncode == 2
    assert b"no rate book at" in done.stderr


def test_the_own_folder_is_what_the_system_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """The short way to the user's own book leads where platformdirs leads."""
    from platformdirs import user_data_path

    from nkauto.cli.options import own_folder

    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert own_folder() == user_data_path("nkauto", appauthor=False) / "rates"
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere/else")
    assert own_folder() == user_data_path("nkauto", appauthor=False) / "rates"


def test_answers_use_the_users_own_book_and_say_what_it_replaces(tmp_path: Path) -> None:
    home = {"XDG_DATA_HOME": str(tmp_path)}
    shipped = "cny-2025-10-26-hyesan-the-asia-review"
    add = ["rates", "add", "CNY", "5,000 won", "--on", "2025-10-26", "--at", "Hyesan", "--publisher", "Me"]
    done = run([*add, "--url", "https://example.org/", "--replaces", shipped, "--note", "mistyped"], env=home)
    assert done.returncode == 0, done.stderr
    said = run(["convert", "1 CNY", "--to", "won", "--on", "2025-10-26", "--at", "Hyesan"], env=home).stdout.decode()
    assert "5,000" in said
    assert f"replaces {shipped}: mistyped" in " ".join(said.split())


def test_hostile_text_in_arguments_does_nothing() -> None:
    hostile = "\x1b]0;owned\x07[red]12[/red] \u202eyuan"
    done = run(["convert", hostile, "--to", "usd", "--on", "2025-10"])
    assert done.returncode == 2
    assert b"\x1b" not in done.stderr
    assert "\u202e" not in done.stderr.decode()
    assert b"\\x1b" in done.stderr


def test_a_terminal_gets_bold_figures() -> None:
    """On a terminal Rich writes the same lines, with the figures in bold."""
    import pty

    leader, follower = pty.openpty()
    held = environment(TERM="xterm-256color", COLUMNS="100")
    process = subprocess.Popen([NKAUTO, *QUESTION], stdout=follower, stderr=subprocess.DEVNULL, env=held)
    os.close(follower)
    said = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # the other end has gone
            break
        if not piece:
            break
        said += piece
    os.close(leader)
    assert process.wait(timeout=30) == 0
    assert "\x1b[1m4,920,000–6,840,000\x1b[0m" in said.decode()
