"""What may have gone wrong where a claim fails, on sentences: a slip is suggested where it would mend the claim."""

from __future__ import annotations

import pytest

from nkauto import check


def slips(text: str, on: str = "") -> list[str]:
    findings = check(text, on=on) if on else check(text)
    return [slip for claim in findings.claims if claim.verdict.value == "fails" for slip in claim.slips]


@pytest.mark.parametrize(
    ("text", "on", "said"),
    [
        ("The pay of 30,000 North Korean won ($21) buys little.", "2025-10", "South Korean won"),
        ("The pay of 30,000 North Korean won ($25) buys little.", "2025-10", "South Korean won"),
        ("The fine is 20 dollars (28,000 North Korean won).", "2025-10", "South Korean won"),
        ("A dollar is 8,000 North Korean won. Rice is 7,000 won a kilogram ($6.15).", "", "South Korean won"),
        ("1달러는 8천원이다. 쌀 1kg은 5천600원, 즉 4.1달러다.", "", "South Korean won"),
        ("A dollar is 8,000 North Korean won; the coat of 120,000 won is thus worth $150.", "", "10 times too large"),
        ("1美元兑8000朝元。大米每公斤16000朝元(约200美元)。", "", "100 times too large (or old won for new)"),
        ("1ドルは8400ウォン。バイクは840万ウォン、つまり1ドルだ。", "", "1,000 times too small"),
        ("1ドルは3400ウォン。運賃は2800ウォン(1.21ドル)だ。", "", "divided the wrong way round"),
        ("A yuan is 1,200 North Korean won. The fee of 240 yuan, or 0.2 won, is low.", "", "divided instead of"),
        ("The bribe was 500,000 North Korean won ($4,700).", "2015-09", "the official rate"),
        (
            "Officially a dollar is 108 won, on the market 8,400 won. The bribe of 840,000 won comes to $7,778 at the"
            " market rate.",
            "",
            "the official rate in the place of the market's",
        ),
        ("A litre of petrol weighs 0.75 kg. At $2.00 per kg, it is $2.67 per liter.", "", "divided by what a litre"),
        ("Inflation went from 40 percent to 50 percent, up 10 percent.", "", "percentage points told as per cent"),
    ],
)
def test_a_likely_slip_is_suggested(text: str, on: str, said: str) -> None:
    assert any(said in slip for slip in slips(text, on)), slips(text, on)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("A dollar is 8,000 North Korean won. Rice is 7,000 won a kilogram ($2.20).", ""),
        ("The pay of 30,000 North Korean won ($5) buys little.", "2025-10"),
    ],
)
def test_no_slip_is_suggested_where_none_would_mend_it(text: str, on: str) -> None:
    findings = check(text, on=on) if on else check(text)
    assert any(claim.verdict.value == "fails" for claim in findings.claims)
    assert not slips(text, on)
