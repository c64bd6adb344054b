"""What prices and numbers beside pay, rates and sacks are for; ranges, parts and ratios in words."""

from __future__ import annotations

import pytest

from nkauto.read.figures import read_figures


def _told(text: str) -> list[str]:
    """Return the figures of a text as ``low..high unit/per``."""
    told = []
    for figure in read_figures(text):
        low, high = f"{float(figure.low):g}", f"{float(figure.high):g}"
        value = low if figure.low == figure.high else f"{low}..{high}"
        told.append(f"{value} {figure.unit}" + (f"/{figure.per}" if figure.per else ""))
    return told


WARES = [
    (
        "Nurses in Havana earn 4,500 pesos a month. Cooking oil is 900 pesos, sandals go for 3,200 pesos.",
        ["4500 CUP/month", "900 CUP", "3200 CUP"],
    ),
    ("북한 교사의 월급은 3천원이다. 장갑은 5천원, 목도리는 8천원이다.", ["3000 KPW/month", "5000 KPW", "8000 KPW"]),
    ("북한에서 의사는 월 3,000원, 광부는 5,000원을 받는다.", ["3000 KPW/month", "5000 KPW/month"]),
    (
        "平壌の看護師の月給は4000ウォン、医師は6000ウォンだ。手袋は8000ウォンもする。",
        ["4000 KPW/month", "6000 KPW/month", "8000 KPW"],
    ),
    ("护士月薪4000朝元。毛衣要8000朝元。", ["4000 KPW/month", "8000 KPW"]),
    (
        "The dollar is 24 pesos by Havana's reckoning; mangoes that used to be 10 pesos a hand are 80 pesos.",
        ["24 CUP/USD", "10 CUP", "80 CUP"],
    ),
]


@pytest.mark.parametrize("text, told", WARES)
def test_a_thing_that_is_named_has_a_price_and_no_pay(text, told):
    assert _told(text) == told


OWNERS = [
    (
        "Each household of the farm near Hyesan was handed 15,000 won on Dec. 20, some $400 in the market.",
        ["15000 KPW/household", "400 USD/household"],
    ),
    ("1人を対岸に渡すのに、平壌の仲介人は1100ドルを求める。", ["1100 USD/person"]),
    ("带一个人过江,蛇头要900万朝元,约合1100美元。", ["9e+06 KPW/person", "1100 USD/person"]),
    ("Each farmer of Onsong who hid grain was fined 5,000 won.", ["5000 KPW"]),
    ("The dollar passed 14,000 Syrian pounds; in 2010 it was 47 pounds.", ["14000 SYP/USD", "47 SYP/USD"]),
    (
        "Of the $150 a month that she is paid the firm keeps $90, which leaves her $60.",
        ["150 USD/month", "90 USD/month", "60 USD/month"],
    ),
    (
        "In Cuba an MLC is 210 pesos in the street, a dollar 325 and a euro 340.",
        ["210 CUP/MLC", "325 CUP/USD", "340 CUP/EUR"],
    ),
    (
        "쌀은 혜산에서 1kg 6,200원이다. 달러는 달랐다. 평양이 75원 내린 8,325원이다.",
        ["6200 KPW/kg", "75 KPW/USD", "8325 KPW/USD"],
    ),
    ("Petrol coupons of 15 kilos go for $18 in Pyongyang.", ["15 kg", "18 USD/15 kg"]),
    ("The 600,000-pound minimum of Beirut is $20 now.", ["600000 LBP/month", "20 USD"]),
    ("朝鲜手机的基本费三个月2850朝元,附送200分钟通话。", ["3 month", "2850 KPW/3 months", "200 minute/3 months"]),
]


@pytest.mark.parametrize("text, told", OWNERS)
def test_sums_are_for_whom_or_what_their_passage_tells(text, told):
    assert _told(text) == told


FORMS = [
    ("Officials' pay made a ten- to fifteen-fold jump.", ["10..15 x"]),
    ("Rents went up four- to fivefold.", ["4..5 x"]),
    ("Prices have risen 20 to 30 times since.", ["20..30 x"]),
    ("Old notes were changed at a ratio of 1 to 100.", ["100 x"]),
    ("新币按1比十万兑换。", ["100000 x"]),
    ("工人一天的工钱只够买五分之一公斤米。", ["0.2 kg"]),
    ("平壌のトウモロコシは2,300ウォンから4,700ウォンと約2倍だ。", ["2300 KPW/kg", "4700 KPW/kg", "2 x"]),
    ("그 돈은 정가의 반도 안 된다.", ["0.5 x"]),
    (
        "A permit takes 3,000 yuan in presents where 800 to 1,000 used to suffice.",
        ["3000 CNY", "800..1000 CNY"],
    ),
    (
        "A clerk in Havana takes seven bottles home for 4,000 pesos, a porter just four.",
        ["7 each", "4000 CUP", "4 each"],
    ),
    (
        "A wage of 5,000 pesos is $14 in Havana's streets, but $208 at the 24 that the bank writes down.",
        ["5000 CUP/month", "14 USD/month", "208 USD/month", "24 CUP/USD"],
    ),
    ("In Baku a dollar is 1.70 manats.", ["1.7 AZN/USD"]),
    ("トヨタのパブリカ800は389,000円だった。", ["389000 JPY"]),
    ("A family of four in Hyesan can live on 140,000 won.", ["4 person", "140000 KPW"]),
    ("Between 2012 and 2019 rice in Hyesan kept near 5,200 won.", ["5200 KPW/kg"]),
    ("Of every 100 dollars that she sends 30 stay with the broker.", ["100 USD", "30 USD"]),
]


@pytest.mark.parametrize("text, told", FORMS)
def test_ranges_parts_and_numbers_without_units_are_read(text, told):
    assert _told(text) == told
