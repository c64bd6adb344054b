"""Claims whose figures stand apart, found by what computes: form by form and language by language, marked by hand.

``search/*.txt``: a marked passage, then one line for each claim that it makes: ``verdict: figure | figure``.
"""

from __future__ import annotations

import time

import pytest
from marked import marked, sheet

from nkauto.read.claims import check_text
from nkauto.read.figures import read_figures


def made(source: str) -> set[tuple[str, frozenset[str]]]:
    text, figures = marked(source)
    held = {"holds within rounding": "holds"}
    return {
        (held.get(claim.verdict.value, claim.verdict.value), frozenset(claim.spans))
        for claim in check_text(text, figures)
    }


@pytest.mark.parametrize(("source", "expected"), sheet("search"))
def test_figures_that_stand_apart_are_found_and_no_other_is_called_wrong(
    source: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    wanted = {(verdict, frozenset(figures)) for verdict, figures in expected}
    found = made(source)
    assert wanted <= found
    assert {claim for claim in found - wanted if claim[0] == "fails"} == set()


@pytest.mark.parametrize(
    "source",
    [
        # the base is a time, not the other price of the sentence
        "Iron is {500 won=500 KPW/kg} and zinc {700 won=700 KPW/kg}, up {25 percent=25 %} since January.",
        # the rate is of another year
        "In 2012 a dollar was {4,000 won=4000 KPW/USD}. "
        "In 2020 a stove cost {42,000 won=42000 KPW} ({5 dollars=5 USD}).",
        # a bound that is true of figures far off proves nothing, and one that is untrue of them neither
        "Tin is {300 won=300 KPW/kg}; lead was {900 won=900 KPW/kg} in May. "
        "Nobody expected {more than 80 percent=>80 %}.",
        # the wage is a state one, the price another currency's
        "A nurse earns {3,000 won=3000 KPW/month}. Butter is {9 yuan=9 CNY/kg}, {a third=0.33 x} of her hopes.",
        # several kilos that somebody bought at no price of the text
        "She bought {5 kg=5 kg} of beans. Rice is {6,000 won=6000 KPW/kg}; a bus costs {1,000 won=1000 KPW}.",
    ],
)
def test_what_only_stands_near_is_never_called_wrong(source: str) -> None:
    assert {claim for claim in made(source) if claim[0] == "fails"} == set()


@pytest.mark.parametrize(
    ("source", "tied"),
    [
        (
            "A van of {$5,000=5000 USD} brings {$8,000=8000 USD}. Even after a bribe of {$1,000=1000 USD} at the post "
            "he is left with {$2,000=2000 USD}, {half=~0.5 x} of what he laid out.",
            {"$1,000", "$2,000", "half"},
        ),
        (
            "全年可能有{12万人=120000 person},这{40,000人=40000 person}只是其中{四分之一=0.25 x}。",
            {"12万人", "40,000人", "四分之一"},
        ),
    ],
)
def test_what_is_told_for_a_part_is_no_whole_and_what_is_told_for_a_whole_no_part(source: str, tied: set[str]) -> None:
    assert ("holds", frozenset(tied)) not in made(source)


AGAIN = {
    "one sentence": "50% 60% 12% 31% 9% 14% 77% 23% ",
    "loss": "A dollar was 25 ZiG in April, and is 80 ZiG this week: the ZiG has lost 80 percent of its value. ",
    "untold rate": "Rice is 5,000 won. On the black market that is $2. A dollar is 8,000 won officially. ",
    "slips": "In Hyesan a coat is 5,000 North Korean won ($0.60) and a hat 3,000 won ($2.7). ",
    "notes": "Notes were swapped at 100:1, up to 100,000 old won per family. Pork was 5,000 old won, now 50 new won. ",
    "headcount": "40,000人获准赴华,首批140人已到,年内将增至12万人,为上述人数的3倍。",
    "pay": "노동자 월급 2,000원으로는 쌀 1kg 5,000원에 3kg도 못 산다. ",
    "goods": "Pay of 48,000 won buys 20 kilos of millet or 45 of maize. Millet is 5,600 won a kilo, maize 1,900 won. ",
    "portions": "Some 36,600 people work in 90 plants, more than 450 to a plant. ",
    "rest": "Of the 90 dollars she is paid 40 go to the state and 20 dollars to the host; 60 dollars are left. ",
    "sum": "Her wage is 2,000 won; rice is 500 won a kilo and she can buy 4 kg of it with that money. ",
}
"""Passages whose figures seek their like all over a text."""


@pytest.mark.parametrize("source", AGAIN.values(), ids=list(AGAIN))
def test_what_is_sought_all_over_a_text_takes_no_longer_for_each_time_it_is_told(source: str) -> None:
    def spent(times: int) -> float:
        text = source * times
        start = time.process_time()
        check_text(text, read_figures(text))
        return time.process_time() - start

    spent(1)
    assert spent(160) < spent(40) * 4 * 2 + 0.1


def test_the_search_is_linear_in_the_length_of_the_text() -> None:
    once = " ".join(source for source, _ in sheet("search")[::5]) + "\n\n"

    def spent(times: int) -> float:
        text, figures = marked(once * times)
        start = time.process_time()
        check_text(text, figures)
        return time.process_time() - start

    spent(1)
    assert spent(8) < spent(2) * 4 * 2.5
