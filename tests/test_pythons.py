"""The same answers, byte for byte, on every Python that is here and new enough."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from session import ROOT

NEWEST = 30
"""The highest minor version that is looked for."""

SCRIPT = r"""
import sys
from decimal import Decimal
from nkauto import RateBook, afford, check, convert, load
from nkauto.core.afford import Terms
from nkauto.errors import NkautoError
from nkauto.library import terms
from nkauto.read.amounts import read_amount
from nkauto.read.periods import read_period

def said(ask):
    try:
        return ask()
    except NkautoError as error:
        return f"{type(error).__name__}: {error}"

def told(derivation):
    lines = [f"{each.metric} {each.range} {each.unit}" for each in derivation.results]
    return "\n".join([*lines, *derivation.notes, *derivation.notices])

toy, shipped = load(only=sys.argv[1]), load()
AMOUNTS = ["1,200 yuan", "300-500 yuan", "20,000–24,000 won/kg", "2만4천원",
           "a third of a litre of petrol", "三千零五十元", "2万4千ウォン", "24.000 won", "¥1,200", "5 pounds",
           "1.2 million won", "nan won", "3~4만 달러", "half a million won"]
for text in AMOUNTS:
    print(text, said(lambda: read_amount(text)))
for text in ["mid-November 2025", "2025-10-01..2025-10-31", "2025년 10월", "10/11/2025", "Q4 2025", "31 February 2025"]:
    print(text, said(lambda: read_period(text)))
for amount, to, on, at in [
    ("1200 CNY", "won,usd,rice", "2024-06-10", "Hyesan"), ("300-500 yuan", "won,wage", "2024-06", ""),
    ("7 kg rice", "CNY,USD", "2024-06-04", "Pyongyang"), ("11 EUR", "won", "2024-06-10", ""),
    ("13 CNY", "won", "2031-01-01", ""), ("3 wage-months", "usd", "2024-06", "Chongjin"),
]:
    print(amount, to, on, said(lambda: told(convert(amount, to.split(","), book=toy, on=on, at=at))))
for amount, to, on in [
    ("1,200 yuan", "usd,won,rice,wage", "2025-10"), ("200,000 won", "rice", "2025-12"), ("100 USD", "CNY", "2019-03"),
]:
    print(amount, to, on, said(lambda: told(convert(amount, to.split(","), book=shipped, on=on))))
for people, over, interest in [("3-5", "12m", "5%/month"), ("4", "7m", ""), ("", "", "")]:
    asked = terms(shipped, people=people, over=over, interest=interest, save="30%")
    print(people, over, said(lambda: told(afford("driving-licence", terms=asked, book=shipped, on="2025-10"))))
for text in [
    "Rice rose from 5,000 won to 6,000 won a kilogram, an increase of 30 percent.",
    "쌀값은 1kg에 5000원에서 6000원으로 20% 올랐다.", "大米价格从5000元涨到6000元,上涨两成。",
    "2,000 North Korean won ($1.76) at 8,000 won to the dollar.",
]:
    found = check(text)
    for figure in found.figures:
        print(figure)
    for claim in found.claims:
        print(claim)
"""


@functools.cache
def _found() -> dict[str, str]:
    """Return every CPython of 3.11 and newer here, by version: on the path, and where pyenv keeps them."""
    named = [shutil.which(f"python3.{minor}") for minor in range(11, NEWEST)]
    kept = sorted(Path("~/.pyenv/versions").expanduser().glob("*/bin/python3"))
    found = {}
    for program in [sys.executable, shutil.which("python3"), *named, *map(str, kept)]:
        if program:
            ask = "import sys; print(sys.implementation.name, *sys.version_info[:3])"
            done = subprocess.run([program, "-c", ask], capture_output=True, text=True, check=False)
            name, *version = done.stdout.split() or [""]
            if done.returncode == 0 and name == "cpython" and list(map(int, version)) >= [3, 11, 0]:
                found.setdefault(".".join(version), program)
    return found


@functools.cache
def _answers(program: str, unhashed: str) -> bytes:
    """Return what the script prints, from this checkout and the standard library alone."""
    held = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "NKAUTO_"))}
    held |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONHASHSEED": unhashed, "HOME": os.devnull}
    done = subprocess.run(
        [program, "-S", "-c", SCRIPT, str(ROOT / "tests" / "book")],
        env=held,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.mark.parametrize("version", _found())
def test_the_answers_are_those_of_this_python(version: str) -> None:
    assert _answers(_found()[version], "1") == _answers(sys.executable, "0")


def test_the_questions_are_answered() -> None:
    said = _answers(sys.executable, "0").decode()
    assert len(re.findall(r"^(?:price|wage|rice|instalment)", said, re.MULTILINE)) > 20
    assert said.count("Figure(") > 8
    assert said.count("Claim(") > 3
    assert "AmbiguousAmount" in said
    assert "NoRate" in said
