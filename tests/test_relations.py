"""The claims that sentences make, form by form and language by language, with figures marked by hand.

``claims/*.txt``: a marked sentence, then one line for each claim that it makes: ``verdict: figure | figure``.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from marked import marked, sheet

from nkauto.core.claims import Claim, OutsideAnswer, Verdict
from nkauto.core.findings import Figure
from nkauto.read.claims import check_text, find_claims
from nkauto.read.figures import read_figures
from nkauto.read.passage.amounts import place
from nkauto.read.passage.passage import passage
from nkauto.read.relations.links import tie_of
from nkauto.read.relations.words import alternatives, lowered, pattern, says, words

FOLDER = Path(__file__).parent / "claims"


def claims(source: str) -> list[Claim]:
    text, figures = marked(source)
    return check_text(text, figures)


def made(source: str) -> set[tuple[str, tuple[str, ...]]]:
    return {(claim.verdict.value, claim.spans) for claim in claims(source)}


@pytest.mark.parametrize(("source", "expected"), sheet("claims"))
def test_a_sentence_makes_its_claims_and_no_other_is_called_wrong(
    source: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = made(source)
    assert set(expected) <= found
    assert {claim for claim in found - set(expected) if claim[0] == "fails"} == set()


def test_every_language_has_its_sentences() -> None:
    for language in ("en", "ko", "ja", "zh"):
        assert (FOLDER / f"{language}.txt").read_text(encoding="utf-8").count("\n\n") >= 30


# --- what must not be called wrong ----------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        # a base that is no figure of the text
        "Rice cost {4,000 won=4000 KPW/kg} in the capital. At the border it was {4,200 won=4200 KPW/kg}, "
        "up {13.5%=13.5 %} from the previous survey.",
        # two cities are not two times
        "Rice stood at {5,100 won=5100 KPW/kg} in one city and {5,200 won=5200 KPW/kg} in another, up {30%=30 %}.",
        # a share of people beside two prices
        "Rice went from {5,000 won=5000 KPW/kg} to {6,000 won=6000 KPW/kg}, while {63 percent=63 %} of families "
        "eat maize.",
        # inflation is not a change of the prices beside it
        "Bread is {100 won=100 KPW/each} and milk {200 won=200 KPW/L}. Inflation is {2,000 percent=2000 %}.",
        # two years, two rates
        "In 2010 it cost {1,000 won=1000 KPW} ({$1=1 USD}). In 2020 it cost {8,000 won=8000 KPW} ({$1=1 USD}).",
        # coarse figures prove nothing
        "Tea is {7 yuan=7 CNY} ({$1=1 USD}), cake {10 yuan=10 CNY} ({$1.50=1.50 USD}).",
        # a point that may mark thousands
        "Petrol is {23,000 won=23000 KPW/kg} ({194.3 yen=194.3 JPY/kg}), diesel {23,000 won=23000 KPW/kg} "
        "({175.835 yen=175835 JPY/kg}).",
        # the tail of a number that was not read
        "小麦粉は{4500ウォン=4500 KPW/kg}で昨年の{3000ウォン=3000 KPW/kg}の1・{5倍=5 x}だ。",
        # an amount of another year than the rate
        "In 2002 a worker made {2,400 won=2400 KPW/month} ({$2=2 USD/month}). Prices rose. Years went by. "
        "Today a dollar costs {2,400 won=2400 KPW/USD}.",
    ],
)
def test_what_the_text_does_not_tie_together_is_not_called_wrong(source: str) -> None:
    assert [claim for claim in claims(source) if claim.verdict is Verdict.FAILS] == []


@pytest.mark.parametrize(
    "text",
    [
        # denied
        "Rice has not doubled, as some say: it was 4,900 won a kilo in January and is 6,600 won now.",
        "The kilo of rice did not triple in May, whatever one hears: from 2,000 won it rose to 3,100 won.",
        "두 배로 오른 것은 아니다. 콩기름은 kg당 1만8,000원에서 2만5,000원으로 올랐다.",
        "コメは2倍になったわけではない。1キロ4000ウォンから5200ウォンへ上がっただけだ。",
        "大米并未翻倍,由每公斤4000朝元涨到6000朝元。",
        # told better right beside the figures
        "2倍になったと言われるが、米は5000ウォンから6500ウォンへと3割上がった。",
        # each with a multiple of its own
        "Pay here is low. The neighbour's $600 is more than four times as much and the emirate's $839 about six times.",
        # the first percentage is the first city's
        "平壌のコメは1キロ5500ウォン、恵山では6100ウォンで、それぞれ前月より10%、2%高い。前月の平壌は5000ウォン、"
        "恵山は5980ウォンだった。",
        # what a wage was is no part of what it comes to
        "工资由4800朝元加到5800朝元,再加津贴,共6800朝元。",
        "The day's pay went from 4,800 won to 5,800 won, with the allowance 6,800 won in all.",
        # what a product misses by is told beside it
        "The flag fall is $2 and each kilometre 50 cents. For 24 km one pays $14.",
        # both are taken
        "보낸 돈 1만 위안에서 은행이 10%, 브로커가 20%를 가져가 7,000위안이 남았다.",
        # the price that stands nearer
        "米价若涨到每公斤1万朝元,教师5万朝元的月薪只能买5公斤;眼下8000朝元的米价还能买6公斤多。",
        # one at the official rate, one at the street's
        "每月领4000朝元,合官价40美元。卖煤一个月挣50万朝元,约60美元。",
        # on a year earlier, each on its own
        "Exports were $120 million, 15 percent more, and imports $450 million, 8 percent less.",
        "A pack is 1,200 won loose and 11,000 won the carton of ten, 8 percent less each; imports are 25,000 won.",
        # on two bases, each of its own city
        "Rice is 3 percent below the 5,930 won of June in town, and 6 percent below the 6,700 won of June elsewhere.",
        # the pair behind has a percentage of its own
        "Fees have doubled. Petrol went from 6,200 won to 8,000 won a kilo, 29 percent more, and diesel from 4,100 won "
        "to 5,600 won, 37 percent more.",
        # twice the share, which is another figure
        "Of ten families that share a pump of 45 million won each pays 4.5 million won; the richest paid 9 million "
        "won, twice the share.",
        # the change is of what was told before it
        "She had hoped for 1.5 million; it came to 1.2, a fifth less. From that 150,000 won went to the drover, and "
        "the family counted 930,000 won.",
        # the second fee comes to the second sum
        "자릿세는 하루 1,500원과 1,000원으로 한 달이면 4만5,000원과 3만 원이다.",
        # a price by weight is no sum for the next one
        "두 가지를 다 하면 9,500원, 쌀 1.6kg 값이다. 당시에는 3,500원, 쌀 0.7kg 값이었다.",
        # a rate that was read the wrong way round, and one with a point for its decimals
        "Half the workers earn up to 200,000 kyat. With the kyat at 1,350 in early 2021 that was $148.",
        "The bill was 3,600 pesos, or US $448.60, at 8.025 pesos to the dollar.",
        # what is left follows from the wage already
        "Of a wage of $130 the state takes $50, which is 30 to 40 percent, and pays out the remaining $80.",
        # each with a share of its own
        "The state pays 1,300 won a kilo for 60 percent of the crop, the mill 2,900 won for a quarter of it.",
        # the second city's percentage is no change from the first one's base
        "Potatoes are 1,800 won a kilo at the farm and 2,600 won in town, up 30 and 44 percent on the 1,385 won and "
        "2,100 won of spring.",
        # at the rate of December
        "去年1月に80円だった1000ウォンは12月には58円になった。コメは5000ウォンから6000ウォンへ上がったが、円では400円から"
        "348円への値下がりである。",
        # takings of another number of tyres at another rate
        "Should the won slide to 20,000 per dollar, the tyres would cost 1.6 million won instead of 1.2 million; at "
        "today's 15,000 he asks $80 for each and sells ten a week, for takings of $800.",
        # the sack's price a kilo is told behind the loose one
        "쌀 50kg 한 마대가 28만 원, 낱으로는 1kg에 5,800원이다. 마대로 사면 1kg에 5,600원꼴이다.",
    ],
)
def test_what_the_text_takes_back_is_not_called_wrong(text: str) -> None:
    assert [claim.computed for claim in check_text(text, read_figures(text)) if claim.verdict is Verdict.FAILS] == []


@pytest.mark.parametrize(
    "text",
    [
        "Rice has doubled, as some say: it was 4,900 won a kilo in January and is 6,600 won now.",
        "콩기름은 두 배로 올랐다. kg당 1만8,000원에서 2만5,000원으로 올랐다.",
        "大米翻倍,由每公斤4000朝元涨到6000朝元。",
        "Wages not only doubled: they went from 3,000 won a month to 4,000 won a month.",
        "每月领4000朝元,合40美元。卖煤一个月挣50万朝元,约60美元。",
        "A pack is 11,000 won a carton, 8 percent less than the 25,000 won of imported ones.",
        "Petrol is 15,000 won a kilo. One kilo is 1.34 litres, so a litre comes to 20,100 won.",
        "휘발유 1kg에 1만5,000원이다. 1리터는 0.75kg이므로 리터당 2만원인 셈이다.",
        "The bill was 3,600 pesos, or US $44.86, at 8.025 pesos to the dollar.",
        "The fare is 50 cents a kilometre. For 24 km one pays $14.",
        "보낸 돈 1만 위안에서 브로커가 20%를 가져가 7,000위안이 남았다.",
    ],
)
def test_what_the_text_says_and_its_figures_do_not_is_called_wrong(text: str) -> None:
    assert Verdict.FAILS in [claim.verdict for claim in check_text(text, read_figures(text))]


def test_figures_that_were_not_read_make_no_claim() -> None:
    text, figures = marked("It rose from {5,000=5000 KPW} to {6,000=6000 KPW}, {20%=20 %}.")
    unread = [Figure(f.span, f.start, f.end, 1, f.low, f.high, "", vague=True) for f in figures]
    assert find_claims(text, unread) == []
    assert find_claims("", []) == []


# --- details of what a claim says -----------------------------------------------------------------


def test_the_slip_of_the_other_korea_is_proposed() -> None:
    (claim,) = claims(
        "The fine is {2,000 North Korean won=2000 KPW} ({$1.76=1.76 USD}). A dollar costs {8,000 won=8000 KPW/USD}."
    )
    assert claim.verdict is Verdict.FAILS
    assert claim.computed == "2000/8000 = 0.25, stated 1.76"
    assert any("South Korean won" in slip for slip in claim.slips)


def test_a_rate_turned_round_is_proposed() -> None:
    source = "One token is {$0.90=0.90 USD/CUC}. The onions at {1.50 tokens=1.50 CUC} are about {$1.70=~1.70 USD}."
    (claim,) = [claim for claim in claims(source) if claim.verdict is Verdict.FAILS]
    assert claim.slips == ("divided instead of multiplied: 1.5/0.9",)


def test_a_conversion_that_the_text_leaves_open_is_decided_by_the_book() -> None:
    text, figures = marked("The permit is {100,000 yuan=100000 CNY} ({$15,600=15600 USD}).")

    def outside(unit_from: str, unit_to: str, market: str = "") -> OutsideAnswer | None:
        from fractions import Fraction

        return OutsideAnswer(Fraction("0.1375"), Fraction("0.1392"), f"{unit_from} in {unit_to}, May 2025 [1]")

    (open_claim,) = check_text(text, figures)
    assert open_claim.verdict is Verdict.OUTSIDE
    (claim,) = check_text(text, figures, outside)
    assert claim.verdict is Verdict.FAILS
    assert claim.rates == ("CNY in USD, May 2025 [1]",)


def test_claims_come_in_the_order_of_the_text_with_exact_spans() -> None:
    source = (
        "Petrol rose {20 percent=20 %} from {10,000 won=10000 KPW/kg} to {12,000 won=12000 KPW/kg}. "
        "{Three=3 night} nights at {$45=45 USD/night} come to {$135=135 USD}."
    )
    text, figures = marked(source)
    found = check_text(text, figures)
    assert [claim.figures for claim in found] == sorted(claim.figures for claim in found)
    for claim in found:
        assert claim.spans == tuple(figures[index].span for index in claim.figures)


# --- the passage ----------------------------------------------------------------------------------


def test_sentences_end_where_they_end() -> None:
    text, figures = marked(
        "On Aug. 5 rice was {5,000 won=5000 KPW/kg} (approx. {$5=5 USD/kg}). It is {6=6 x} now. 쌀은 {5원=5 KPW}이다. "
        "米は{6元=6 CNY}。{7元=7 CNY}だ。\n\n{8 won=8 KPW}"
    )
    assert [mention.sentence for mention in passage(text, figures).mentions] == [0, 0, 1, 2, 3, 4, 5]


def test_a_figure_is_a_price_of_what_is_named_beside_it() -> None:
    text, figures = marked(
        "Rice was {5,000 won=5000 KPW/kg} and {50 kg=50 kg} of maize {100,000 won=100000 KPW}. In May it was "
        "{90,000 won=90000 KPW}; a dollar cost {8,000 won=8000 KPW/USD}, a hat {300 won=300 KPW}."
    )
    subjects = [mention.subject for mention in passage(text, figures).mentions]
    assert subjects == ["rice", "maize", "maize", "maize", "USD", ""]


@pytest.mark.parametrize(
    ("span", "value", "expected"),
    [
        ("$1.76", "1.76", "0.01"),
        ("35.00 pesos", "35", "1"),
        ("2.4 million", "2400000", "100000"),
        ("22만8천원", "228000", "1000"),
        ("1만8000円", "18000", "1"),
        ("36.51万朝元", "365100", "100"),
        ("15 cents", "0.15", "0.01"),
        ("twenty-six percent", "26", "1"),
        ("8,000 won", "8000", "1"),
    ],
)
def test_the_place_that_a_figure_was_written_to(span: str, value: str, expected: str) -> None:
    from decimal import Decimal

    figure = Figure(span, 0, len(span), 1, Decimal(value), Decimal(value), "USD")
    assert place(figure) == Decimal(expected)


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (" (", "bracket"),
        (" a kilo (about ", "bracket"),
        ("（約", "bracket"),
        (", or about ", "words"),
        (", equivalent to ", "words"),
        ("으로 환산하면 ", "words"),
        ("、日本円で約", "words"),
        ("，约合", "words"),
        (" = ", "words"),
        (", ", "bare"),
        (" and ", ""),
        (" for the men who drive it, then ", ""),
        ("). The (", ""),
    ],
)
def test_what_joins_two_amounts(gap: str, expected: str) -> None:
    assert tie_of(gap) == expected


# --- words ----------------------------------------------------------------------------------------


def test_words_stand_alone_and_stems_do_not() -> None:
    import re

    found = re.compile(alternatives(["up", "depreciat*", "more than", "배", "上"]))
    assert found.search("he went up")
    assert not found.search("supper")
    assert found.search("it depreciated")
    assert found.search("more   than twice")
    assert found.search("세배로")
    assert not re.compile(alternatives([])).search("anything")


def test_the_tables_hold_every_role_that_the_code_asks_for() -> None:
    import re

    asked = set()
    for path in (Path(__file__).parents[1] / "nkauto" / "read").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r"(?:says|pattern)\(\s*\"([a-z_]+)\"", source))
    assert asked
    assert {role for role in asked if not words(role)} == set()


def test_lowering_keeps_every_character_in_its_place() -> None:
    text = "İstanbul ŞUP 5,000 WON ＡＢＣ"
    assert len(lowered(text)) == len(text)
    assert says("rise", lowered("Prices ROSE"))
    assert pattern("rise") is pattern("rise")


# --- time -----------------------------------------------------------------------------------------

DENSE = "Rice rose 20 percent from 5,000 won a kilo to 6,000 won a kilo (5 yuan). A wage of 3,000 won buys 2 kg. "


def dense(times: int) -> tuple[str, list[Figure]]:
    one, figures = marked(
        "Rice rose {20 percent=20 %} from {5,000 won=5000 KPW/kg} a kilo to {6,000 won=6000 KPW/kg} a kilo "
        "({5 yuan=5 CNY}). A wage of {3,000 won=3000 KPW/month} buys {2 kg=2 kg}. A dollar is "
        "{8,000 won=8000 KPW/USD} in all, {3 times=3 x} more than {2,000=2000 KPW/USD} "
    )
    many = [
        Figure(f.span, f.start + len(one) * turn, f.end + len(one) * turn, 1, f.low, f.high, f.unit, f.per)
        for turn in range(times)
        for f in figures
    ]
    return one * times, many


def test_time_grows_with_the_length_of_the_text_and_no_faster() -> None:
    find_claims(*dense(5))
    spent = []
    for times in (100, 200, 400):
        text, figures = dense(times)
        start = time.process_time()
        find_claims(text, figures)
        spent.append(time.process_time() - start)
    assert spent[2] < 3.2 * spent[1] + 0.1
    assert spent[1] < 3.2 * spent[0] + 0.1


@pytest.mark.parametrize("piece", ["9", "1,", "(", "만", "won ", "1-2-3~", "about "])
def test_what_holds_no_figure_takes_no_longer_for_being_long(piece: str) -> None:
    spent = []
    for length in (60_000, 240_000):
        start = time.process_time()
        find_claims(piece * (length // len(piece)), [])
        spent.append(time.process_time() - start)
    assert spent[1] < 8 * spent[0] + 0.3


def test_money_of_one_name_is_one_money() -> None:
    text = "On Monday it stood at 2 trillion dinars, a day later at 3 trillion dinars, a rise of half."
    figures = read_figures(text)
    assert [figure.unit for figure in figures] == ["", "", "x"]
    assert [claim.verdict for claim in check_text(text, figures)] == [Verdict.HOLDS]
    text = text.replace("3 trillion dinars", "3 trillion dollars")
    assert Verdict.HOLDS not in {claim.verdict for claim in check_text(text, read_figures(text))}
