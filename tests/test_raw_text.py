"""Several figures of several things side by side, as articles print them: nothing is tied that the words do not tie."""

from __future__ import annotations

import pytest

from nkauto.read.claims import check_text
from nkauto.read.figures import read_figures


def told(text: str) -> set[tuple[str, frozenset[str]]]:
    """Return the verdicts of a text with the figures that each ties together."""
    return {(claim.verdict.value, frozenset(claim.spans)) for claim in check_text(text, read_figures(text))}


def units(text: str) -> list[str]:
    """Return the figures of a text, each as its words with its unit and denominator."""
    return [f"{each.span} {each.unit}" + (f"/{each.per}" if each.per else "") for each in read_figures(text)]


@pytest.mark.parametrize(
    "text",
    [
        # Three levels of one price, the last of them by chance the sum of the others.
        "밀가루 1kg은 3월에 4000원, 6월에 7000원, 9월에는 1만1000원이었다.",
        # The price of one town rose; that the next town's lies so far off is chance.
        "강계와 만포의 밀가루 1kg 가격은 각각 6150원, 6200원으로 지난달에 비해 강계만 50원 올랐다.",
        # The range of several towns, and the range of their falls.
        "세 도시의 콩은 1kg에 7000원에서 7300원으로 지난 8월보다 200원에서 500원 떨어졌다.",
        # What is asked at the South Gate is no later level of what is asked at the North Gate.
        "두부콩은 6,200원, 찹쌀은 6,500원으로 전주보다 각각 300원, 200원 하락했다.",
        # A rate of last month and one of today, told of one dollar.
        "1달러 시세는 지난달 초 9,300원에서 9,450원으로 올랐다.",
        # Inflation is of all prices.
        "정부는 월급을 40만 리알에서 올리지 않았다. 올해 물가상승률은 900%에 이를 것으로 보인다.",
        # The second price of a bracket that has closed, and two percentages that one fee went through.
        "Cod is 32 yuan a kilo in Rason (60 yuan in May), squid 28 yuan.",
        "The broker's fee has gone up from 30 to 50 percent. Of 1 million won the family receives half.",
        # Two columns of one line.
        "長靴 610 480\n1元 520 505\n(単位はウォン)",
    ],
)
def test_what_only_stands_side_by_side_is_neither_right_nor_wrong(text: str) -> None:
    """Figures of several places, days and goods that meet by chance make no claim that holds or fails."""
    assert {said for said, _ in told(text)} <= {"needs outside rate"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "4월 초 1달러는 5000원에 거래됐고 5월에는 200원 오른 5200원에 거래됐다.",
            {("holds", frozenset(("5000원", "200원", "5200원")))},
        ),
        (
            "小麦粉1キロは4900ウォンで、去年の3500ウォンの1・4倍になった。",
            {("holds", frozenset(("4900ウォン", "3500ウォン", "1・4倍")))},
        ),
        (
            "임금은 기존 2000디나르에서 5000디나르로 150% 인상됐다. 물가상승률은 800%에 달할 수도 있다.",
            {("holds", frozenset(("2000디나르", "5000디나르", "150%")))},
        ),
    ],
)
def test_what_the_words_tie_is_still_found(text: str, expected: set[tuple[str, frozenset[str]]]) -> None:
    """The claim that the words make is found once, and no other beside it."""
    assert {each for each in told(text) if each[0] != "needs outside rate"} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("최근에는 700원 대로 떨어졌고, 쌀 한 근에 300원이다.", ["700원 KPW/kg", "300원 KPW/geun"]),
        ("위안화(1위안) 환율은 강계 1420원, 만포 1400원이다.", ["1420원 KPW/CNY", "1400원 KPW/CNY"]),
        ("합의서에 서명하는 네 명", ["네 명 person"]),
        ("〇 위안화 175원", ["175원 KPW/CNY"]),
        ("トウモロコシは約1・5倍、3・1節は祝日", ["1・5倍 x"]),
    ],
)
def test_signs_that_look_like_figures_are_none(text: str, expected: list[str]) -> None:
    """Rings before items, words that start like numbers and weights within words are not read."""
    assert units(text) == expected
