"""Figures that follow from others by their units alone: what is found, what chance could explain, what it displaces."""

from __future__ import annotations

import pytest

from nkauto.read.figures import read_figures
from nkauto.read.passage.passage import passage
from nkauto.read.relations.quotes import quotes
from nkauto.read.search.formulas import DOUBT, find

FOLLOW = {
    # a price by the kilogram out of a sack's
    "A sack of 25 kilograms went for $42 in Rason, which is $1.68 a kilogram.": ("25 kilograms", "$42", "$1.68"),
    # a product of three
    "30 traders bought 12 boxes each and paid 45 yuan a box: 16,200 yuan changed hands.": (
        "30 traders", "12 boxes", "45 yuan", "16,200 yuan",
    ),
    # the same in proportion
    "Filling 18 liters cost 243,000 Lebanese pounds on Monday; a tank of 52 liters swallows 702,000 Lebanese pounds.": (
        "18 liters", "243,000 Lebanese pounds", "52 liters", "702,000 Lebanese pounds",
    ),
    # an amount at a rate, and a fee on top
    "For 7 dollars at 8,150 won per dollar and 3,000 won for the driver he handed over 60,050 won.": (
        "7 dollars", "8,150 won", "3,000 won", "60,050 won",
    ),
    # so many a head
    "인구 240만 명의 도시에 버스 4,800대가 다니니 500명에 한 대꼴이다.": ("240만 명", "4,800대", "500명"),
    # the rate that two amounts imply
    "He laid down 35 yuan and got back 43,400 won, so that a yuan brought 1,240 won in the alley.": (
        "35 yuan", "43,400 won", "1,240 won",
    ),
    # by the year out of the month's
    "41,000 workers earn 132 dollars each, so the zone pays 64,944,000 dollars a year.": (
        "41,000 workers", "132 dollars", "64,944,000 dollars",
    ),
    # a change that no known word tells: by how much of the higher, of the lower, and what part
    "A seat on the ferry was 4,620 won in June. By now it stands at 3,180 won: 31.2 percent has crumbled away.": (
        "4,620 won", "3,180 won", "31.2 percent",
    ),
    "선실 자리는 6월에 3,180원이었다. 요즘은 4,620원이니 45.3%가 얹힌 셈이다.": ("3,180원", "4,620원", "45.3%"),
    "切符は6月に4620ウォンだった。いまは3180ウォンで、昔の68.8%だ。": ("4620ウォン", "3180ウォン", "68.8%"),
}  # fmt: skip


@pytest.mark.parametrize("text", FOLLOW)
def test_what_follows_by_its_units_is_found(text):
    told = passage(text, read_figures(text))
    found = {each.candidate.spans for each in find(told, quotes(told), frozenset())}
    assert FOLLOW[text] in found


@pytest.mark.parametrize(
    "text",
    [
        # round figures that many formulas meet
        "Rice is 5,000 won, corn 2,000 won, beans 4,000 won, pork 20,000 won and a shirt 10,000 won there.",
        # the units do not come out
        "He paid 24 dollars for 6 liters and walked 144 kilometers home.",
        # pounds and kilograms measure one thing, but nobody prices by both at once
        "The sack of 40 pounds was 66 yuan in Dandong, where a kilogram is 1.65 yuan.",
        # "all but doubled" and "three times" are met by much
        "The dollar, at 22,100 won, stood above May's 20,000 won. Naphtha, 24,400 won a kilogram, had all but doubled.",
        "Leeks were 3,000 won in May and onions 1,000 won; garlic is three times.",
        # a rise of so much is no share
        "A Trabant fetched 6,700 marks, or 14,900 marks where it stood at the door: 222.4 percent less.",
    ],
)
def test_what_chance_explains_is_left_alone(text):
    told = passage(text, read_figures(text))
    assert find(told, quotes(told), frozenset()) == []


def test_the_chance_of_a_formula_grows_with_those_that_stand_nearer():
    near = "A box of 24 kilograms costs 4,152 won, or 173 won a kilogram."
    far = "A box of 24 kilograms costs 4,152 won. Tea is 11 won, salt 7 won, soap 13 won, ink 17 won; so 173 won."
    chances = []
    for text in (near, far):
        told = passage(text, read_figures(text))
        chances += [each.chance for each in find(told, quotes(told), frozenset()) if "173 won" in each.candidate.spans]
    assert chances
    assert all(chance <= DOUBT for chance in chances)
    assert chances == sorted(chances)


def test_what_is_borne_out_already_is_not_asked_again():
    text = "A sack of 25 kilograms went for $42 in Rason, which is $1.68 a kilogram."
    told = passage(text, read_figures(text))
    every = frozenset(mention.index for mention in told.mentions)
    assert find(told, quotes(told), every) == []


ABOUT = {
    # a wage that buys about so many years of work; the words say what follows
    "A flat was 61,000 dollars, the pay 24 dollars a month: more than 200 years of wages.": "200 years",
    "For 850 dollars at 3,100 won a dollar they would work 95 years, earning 2,200 to 2,500 won a month.": "95 years",
    "The bicycle was 900 rubles, worth about $240 where a ruble brings some 25 cents.": "$240",
}


@pytest.mark.parametrize("text", ABOUT)
def test_what_is_met_only_about_needs_words_that_tie_it(text):
    told = passage(text, read_figures(text))
    assert ABOUT[text] in [each.candidate.stated for each in find(told, quotes(told), frozenset())]
