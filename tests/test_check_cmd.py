"""``nkauto check`` as a command: its exit codes, formats, files in order, the page, and hostile text."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
from multiprocessing import active_children
from pathlib import Path

import pytest
from hostile import CORPUS, acting
from session import run

from nkauto.cli.jobs import side_by_side
from nkauto.errors import BadOption

WRONG = "In 2017 petrol cost 2,000 North Korean won ($1.76) a kilo, while a dollar was worth 8,000 North Korean won.\n"
RIGHT = "A card of $10 equals 25,000 won in South Pyongan, with the dollar at 2,500 North Korean won.\n"
LONE = "A report of May 2025 gives 100,000 yuan ($15,600) as the price of a car.\n"

SMUGGLED = (
    "Cars that came over the Yalu stood unsold for more than six months. Now three to five people put their money "
    "together for one, or the seller lets them pay over a year. A licence used to take 300–500 yuan in bribes; it "
    "takes 1,200 yuan now, and the course lasts three months. (100 yuan is about 14 dollars.)\n"
)
WAGES = (
    "Rice is sold at 20,000–24,000 won per kilogram. The average monthly wage in the state sector is 200,000 won: "
    "that is not even 10 kilograms of rice.\n"
)
PAEKTUSAN = (
    "Nobody knows who built the Paektusan. It is seen in films of 1980 and 1982, dark blue, with the plate 2-2-3706. "
    "Some take it for a Volga GAZ-21, some for the M24 of 1970, with an engine of 2.5 litres.\n"
)


def check(*arguments: str, text: str = "") -> dict[str, object]:
    done = run(["check", *arguments, "-f", "json"], stdin=text.encode())
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def readings(text: str) -> set[tuple[str, str, str]]:
    return {(held["low"], held["high"], held["unit"]) for held in check(text=text)["figures"]}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("text", "code"), [(WRONG, 1), (RIGHT, 0), (LONE, 0), ("No figure at all.\n", 0), ("", 0)])
def test_the_exit_code_says_whether_a_claim_fails(text: str, code: int) -> None:
    done = run(["check"], stdin=text.encode())
    assert done.returncode == code, done.stdout.decode()
    assert done.stderr == b""


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_checked(tmp_path: Path) -> None:
    (tmp_path / "right.txt").write_text(RIGHT, encoding="utf-8")
    done = run(["check", str(tmp_path / "none.txt"), str(tmp_path / "right.txt"), "-f", "ndjson"])
    assert done.returncode == 2
    assert b"cannot read" in done.stderr
    assert json.loads(done.stdout)["file"].endswith("right.txt")


def test_the_south_korean_won_is_proposed_as_a_slip() -> None:
    held = check(text=WRONG)
    claim = held["claims"][0]  # type: ignore[index]
    assert (claim["verdict"], "0.25" in claim["computed"]) == ("fails", True)
    assert any("South Korean won" in slip for slip in claim["slips"])


def test_with_a_date_the_book_decides_and_is_named() -> None:
    done = run(["check", "--on", "2025-05", "-f", "json"], stdin=LONE.encode())
    assert done.returncode == 1
    (claim,) = json.loads(done.stdout)["claims"]
    assert claim["verdict"] == "fails"
    assert any("European Central Bank" in rate and "2025-05" in rate for rate in claim["rates"])
    assert json.loads(done.stdout)["book"]["rows"] > 1000


def test_files_keep_their_order_and_a_folder_is_sorted(tmp_path: Path) -> None:
    names = ["b.txt", "a.md", "c.txt"]
    for name in names:
        (tmp_path / name).write_text(RIGHT, encoding="utf-8")
    done = run(["check", *(str(tmp_path / name) for name in names), "-f", "ndjson"])
    said = [Path(json.loads(line)["file"]).name for line in done.stdout.splitlines()]
    assert said == names
    done = run(["check", str(tmp_path), "-f", "ndjson"])
    assert [Path(json.loads(line)["file"]).name for line in done.stdout.splitlines()] == sorted(names)


@pytest.mark.parametrize("form", ["ndjson", "table"])
def test_articles_checked_side_by_side_are_told_in_their_order(tmp_path: Path, form: str) -> None:
    for number, text in enumerate([RIGHT, WRONG, SMUGGLED, "", WAGES * 40, LONE, PAEKTUSAN]):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    held = sorted(str(path) for path in tmp_path.iterdir())
    names = [*held[:3], str(tmp_path / "none.txt"), "-", *held[3:]]
    one, many = (
        run(["check", *names, "--on", "2025-05", "-f", form, "--jobs", jobs], stdin=RIGHT.encode())
        for jobs in ("1", "3")
    )
    assert (many.returncode, many.stdout, many.stderr) == (2, one.stdout, one.stderr)
    assert many.stderr.count(b"none.txt") == 1
    assert many.stdout.count(b"\n") >= len(names) - 1


def test_what_becomes_of_processes_side_by_side() -> None:
    assert list(side_by_side(str.upper, list("abcdefg"), 3, here={"b", "g"})) == list("ABCDEFG")
    killed = list(side_by_side(_killed, ["a", "end", "b", "c"], 2))
    assert (killed[0], killed[2]) == ("a", "b")
    assert "killed" in killed[1]
    assert "killed" in killed[3]
    with pytest.raises(BadOption):
        list(side_by_side(_refused, ["a", "b", "c"], 2))
    begun = side_by_side(str.upper, ["x" * 200_000] * 50, 2)
    next(begun)
    begun.close()
    assert not active_children()


def _killed(name: str) -> str:
    if name == "end":
        os.kill(os.getpid(), signal.SIGKILL)
    return name


def _refused(name: str) -> str:
    raise BadOption(name, hint="Another one.")


def test_csv_of_several_files_has_one_header(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(WRONG, encoding="utf-8")
    done = run(["check", str(tmp_path), "-f", "csv"])
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert len([row for row in rows if row["what"] == "what"]) == 0
    assert {Path(row["file"]).name for row in rows} == {"a.txt", "b.txt"}
    assert len([row for row in rows if row["verdict"] == "fails"]) == 2


def test_a_table_ends_with_how_much_was_judged() -> None:
    said = run(["check", "--on", "2025-05"], stdin=(LONE + RIGHT).encode()).stdout.decode().splitlines()
    assert said[-1] == "4 of 4 figures converted, 2 of 2 claims judged" or "claims judged" in said[-1]
    assert "figures converted" in said[-1]


def test_offsets_point_at_the_span() -> None:
    text = "쌀은 1kg에 4000원.\nRice: 4,000 won a kilo.\n"
    for held in check(text=text)["figures"]:  # type: ignore[attr-defined]
        assert text[held["start"] : held["end"]] == held["span"]
        assert text[: held["start"]].count("\n") + 1 == held["line"]


def test_the_story_of_the_smuggled_cars() -> None:
    assert {
        ("300", "500", "CNY"),
        ("1200", "1200", "CNY"),
        ("3", "5", "person"),
        ("6", "6", "month"),
        ("3", "3", "month"),
        ("100", "100", "CNY"),
        ("14", "14", "USD"),
    } <= readings(SMUGGLED)
    assert {("1", "1", "year"), ("12", "12", "month")} & readings(SMUGGLED) or "year" in SMUGGLED


def test_the_story_of_the_wage() -> None:
    held = check(text=WAGES)
    assert {("20000", "24000", "KPW"), ("200000", "200000", "KPW"), ("10", "10", "kg")} <= readings(WAGES)
    assert [claim["verdict"] for claim in held["claims"]] == ["partly"]  # type: ignore[attr-defined]


def test_the_story_of_the_car_without_a_price() -> None:
    assert readings(PAEKTUSAN) == {("2.5", "2.5", "L")}


def test_hostile_articles_do_nothing_anywhere(tmp_path: Path) -> None:
    article = tmp_path / "hostile.txt"
    article.write_text("\n\n".join(f"{text} 1,200 yuan {text} ($99)" for text in CORPUS), encoding="utf-8")
    page = tmp_path / "page.html"
    for form in ("table", "json", "ndjson", "csv", "md"):
        done = run(["check", str(article), "-f", form, "--html", str(page)])
        assert done.returncode in (0, 1), done.stderr
        assert not acting(done.stdout.decode())
    said = page.read_text(encoding="utf-8")
    assert not acting(said)
    assert "<script" not in said
    assert "onerror=" not in said.replace("&quot;", '"').split("<main>")[0]


def test_an_option_without_its_date_is_refused() -> None:
    done = run(["check", "--at", "Hyesan"], stdin=b"x")
    assert done.returncode == 2
    assert b"--on" in done.stderr


def test_a_page_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "page.html"
    folder.mkdir()
    done = run(["check", "--html", str(folder)], stdin=RIGHT.encode())
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert folder.is_dir()
