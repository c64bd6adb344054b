"""What holds by chance alone is no claim, and what an article tells of something else is not called wrong."""

from __future__ import annotations

import pytest

from nkauto.read.claims import check_text
from nkauto.read.figures import read_figures


def verdicts(text: str) -> dict[frozenset[str], str]:
    return {frozenset(claim.spans): claim.verdict.value for claim in check_text(text, read_figures(text))}


@pytest.mark.parametrize(
    ("text", "met"),
    [
        # a bound that other figures pass by far
        (
            "A bag sells for 1,750 pounds, up from 1,250 pounds. "
            "In June the price of flour was put up by more than 25%.",
            "25%",
        ),
        # two goods, one of which went from here to there
        ("She paid 40 pounds for a kilo of rice. Chicken had dropped from 220 pounds to 180 pounds.", "40 pounds"),
        # the size of a loaf
        ("Cheese is 117 lira a kilo and milk 21 lira a litre. A 200 gram loaf is sold at the corner.", "200 gram"),
        # growth of the economy beside two rates
        (
            "Dealers ask 2,700 kyat per dollar; it was 1,695 kyat in May and 1,395 kyat in June. "
            "The bank sees the economy shrink by 18 percent.",
            "18 percent",
        ),
    ],
)
def test_figures_that_meet_by_chance_make_no_claim(text: str, met: str) -> None:
    held = [spans for spans, verdict in verdicts(text).items() if verdict.startswith("holds")]
    assert not any(met in spans and len(spans) > 1 for spans in held)


@pytest.mark.parametrize(
    "text",
    [
        "Trade grew 10.5 percent to $2.5 billion in the first half. "
        "While imports fell 13 percent to $870 million, exports rose 29 percent to $1.63 billion.",
        "Broken rice rose 5.6 percent from 2,234 naira in July to 2,359 naira in September, "
        "a 213 percent increase over the past year.",
        "Cooking gas went up by 12 percent from 4,589 naira in one year. "
        "In the north a refill was dearest at 5,296 naira.",
        "Exports fell to $198 million and imports dropped 74 percent to only $10 million.",
    ],
)
def test_what_is_told_of_something_else_is_not_called_wrong(text: str) -> None:
    assert "fails" not in verdicts(text).values()


def test_a_level_that_goes_on_from_another_may_be_wrong() -> None:
    text = "Rice rose 10 percent to 5,000 won in May. In June it rose another 20 percent to 6,500 won."
    assert verdicts(text)[frozenset(("5,000 won", "20 percent", "6,500 won"))] == "fails"


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("A loaf of 910 grams (2 pounds) costs 3,250 Lebanese pounds.", ("2 pounds", 2, "lb", None)),
        ("Good pay is 6-7000 Turkish lira a month.", ("6-7000 Turkish lira", 6000, "TRY", "month")),
        (
            "A bag is 1,750 Lebanese pounds (20 cents at the market's rate), up from 1,250 pounds (14 cents).",
            ("1,250 pounds", 1250, "LBP", None),
        ),
    ],
)
def test_a_figure_is_read_as_its_neighbours_tell(text: str, figure: tuple[str, int, str, str | None]) -> None:
    assert figure in {(each.span, each.low, each.unit, each.per) for each in read_figures(text)}
