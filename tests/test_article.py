"""The figures of articles: a labelled sheet with floors, the rules by example, hostile text, and time."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nkauto.core.findings import Figure
from nkauto.read.figures import read_figures

SHEET = Path(__file__).parent / "articles" / "gold.jsonl"
GOLD = [json.loads(line) for line in SHEET.read_text(encoding="utf-8").splitlines()]
LANGUAGES = sorted({passage["lang"] for passage in GOLD})
FLOORS = {"precision": 0.99, "recall": 0.99, "per": 0.98, "approx": 0.99}
FLOORS_OF_A_LANGUAGE = {"precision": 0.95, "recall": 0.95, "per": 0.95, "approx": 0.98}


def _overlap(figure: Figure, label: dict) -> int:
    return min(figure.end, label["start"] + len(label["span"])) - max(figure.start, label["start"])


def _same(figure: Figure, label: dict) -> bool:
    if label["vague"]:
        return figure.unit == label["unit"]
    near = all(
        abs(value - Decimal(told)) <= abs(value) / 1000
        for value, told in ((figure.low, label["low"]), (figure.high, label["high"]))
    )
    return near and figure.unit == label["unit"]


def _pairs(figures: list[Figure], labels: list[dict]) -> list[tuple[Figure, dict]]:
    """Return each figure with the label it overlaps most, every label once."""
    ranked = sorted(
        ((_overlap(figure, label), i, j) for i, figure in enumerate(figures) for j, label in enumerate(labels)),
        reverse=True,
    )
    taken: set[int] = set()
    used: set[int] = set()
    pairs = []
    for overlap, i, j in ranked:
        if overlap > 0 and i not in taken and j not in used:
            taken.add(i)
            used.add(j)
            pairs.append((figures[i], labels[j]))
    return pairs


def _score(passages: list[dict]) -> dict[str, float]:
    read = told = right = per = approx = 0
    for passage in passages:
        figures = read_figures(passage["text"])
        exact = [pair for pair in _pairs(figures, passage["figures"]) if _same(*pair)]
        read += len(figures)
        told += len(passage["figures"])
        right += len(exact)
        per += sum(figure.per == label["per"] for figure, label in exact)
        approx += sum(figure.approx == label["approx"] for figure, label in exact)
    return {"precision": right / read, "recall": right / told, "per": per / right, "approx": approx / right}


def test_the_sheet_is_read_as_labelled():
    scores = _score(GOLD)
    assert {name: score for name, score in scores.items() if score < FLOORS[name]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_read_as_labelled(language):
    scores = _score([passage for passage in GOLD if passage["lang"] == language])
    assert {name: score for name, score in scores.items() if score < FLOORS_OF_A_LANGUAGE[name]} == {}


def test_the_sheet_itself_is_sound():
    assert len({passage["id"] for passage in GOLD}) == len(GOLD) >= 40
    for passage in GOLD:
        for label in passage["figures"]:
            end = label["start"] + len(label["span"])
            assert passage["text"][label["start"] : end] == label["span"], passage["id"]
            assert Decimal(label["low"]) <= Decimal(label["high"]), passage["id"]
        spans = {label["span"] for label in passage["figures"]}
        for claim in passage["claims"]:
            assert claim["kind"] in ("conversion", "change", "ratio", "affordability")
            told = ("holds", "holds within rounding", "partly", "fails", "needs outside rate")
            assert claim["verdict"] in told
            assert all(any(span in each or each in span for each in spans) for span in claim["spans"]), passage["id"]


def test_a_figure_says_where_it_stands():
    text = "First line.\nRice was 5,000 won a kilo, “about 60 cents”.\n"
    rice, cents = read_figures(text)
    assert (rice.span, text[rice.start : rice.end], rice.line, rice.quoted) == ("5,000 won", "5,000 won", 2, False)
    assert (cents.span, cents.line, cents.quoted, cents.approx, cents.bound) == ("60 cents", 2, True, True, "~")
    assert (rice.per, rice.subject, cents.low) == ("kg", "rice", Decimal("0.6"))


@pytest.mark.parametrize(
    "text, unit, reason",
    [
        ("Rice is 5,000 won in Hyesan.", "KPW", "the text speaks of North Korea"),
        ("In Seoul lunch is 9,000 won.", "KRW", "the text speaks of South Korea alone"),
        ("She sent 3 million won ($2,650) to Musan.", "KRW", "converts at South Korea's rate (1132 won per USD)"),
        ("In Hyesan he paid 30,000 won ($3.60).", "KPW", "converts at 8333 won per USD"),
        ("A South Korean won is not a North Korean won; 5,000 North Korean won it was.", "KPW", "named"),
        ("In Beirut bread costs 30,000 pounds.", "LBP", "the country named before it"),
        ("The shop took 5 pesos.", "", "several currencies have this name"),
        ("The shop took 5 riyals.", "", "several currencies have this name"),
        ("In Sanaa bread costs 40 riyals.", "YER", "the country named before it"),
        ("In Harare a loaf is $50 billion.", "ZWD", "too large for another dollar"),
        ("Soap is $300 in Harare, where $140:US$1 is paid.", "ZWD", "too dear for another dollar"),
        ("In Rosario, Argentina, the dollar closed at $361.", "ARS", "the sign of the country's own money"),
        ("Soap is $300 in Harare, said the man with the dollar.", "USD", "usual meaning of the word"),
        ("到年底1欧元可换150元新朝币。", "KPW", "named"),
        ("휘발유는 9,100원(한국돈 약 1,100원)이다.", "KPW", "its worth in South Korean won follows"),
        ("북한에서 1북한원=약 300원이다.", "KRW", "what a North Korean won is worth"),
        ("朝鲜边境1元人民币在惠山换420元。", "KPW", "what Chinese money is exchanged for"),
        ("휘발유 13,400원(약 2,200원)이다.", "KPW", "its worth in South Korean won follows"),
        ("북한 쌀값은 비싸다. 남한 환율은 달러당 1210원이다.", "KRW", "told of South Korea"),
        ("Pyongyang's men in Malta get W800,000 each (US$1=W1,190).", "KRW", "the text's own rate is South Korea's"),
        ("쿠바 하바나의 햄버거는 1,900원꼴이다.", "KRW", "the readers' own money"),
        ("In Harare a new $500,000 bill is out.", "ZWD", "a banknote too large for another dollar"),
        ("평양의 원·달러 환율은 2일의 8230원보다 내렸다.", "KPW", "the text speaks of North Korea"),
        ("Watchers in Seoul put maize in Hyesan at 2,900 won.", "KPW", "the text speaks of North Korea"),
        ("Analysts in Seoul put rice at 5,300 won in Sinuiju.", "KPW", "the text speaks of North Korea"),
    ],
)
def test_the_currency_follows_from_the_text_and_the_figure_says_how(text, unit, reason):
    figure = next(each for each in read_figures(text) if each.low > 1)
    assert (figure.unit, figure.reason) == (unit, reason)


@pytest.mark.parametrize(
    "text, spans",
    [
        ("Before 2009 the dollar stood at 50 pounds in Aleppo.", ["50 pounds"]),
        ("97년 평균월급은 90원이었다.", ["90원"]),
        ("해방 95년 만에 90원이 되었다.", ["95년", "90원"]),
    ],
)
def test_a_year_is_no_figure(text: str, spans: list[str]) -> None:
    assert [figure.span for figure in read_figures(text)] == spans


@pytest.mark.parametrize(
    "text, told",
    [
        (
            "In North Korea a nurse earns 3,500 won a month. At 8,500 won to the dollar that is 41 cents. In 2002 the "
            "same pay had been worth $14.",
            ["month", "USD", "month", "month"],
        ),
        (
            "The minimum wage of 2,100 Cuban pesos makes $6 at the street rate, but $17.50 at the official rate of "
            "120 pesos to the dollar.",
            ["month", "month", "month", "USD"],
        ),
        ("Traders in Hyesan gave 850,000 won for $100; once 38 won bought $1.", ["100 USD", "USD"]),
        ("The wage is $90 in Harare; a nurse gets $300, a bribe of $100 aside.", ["month", "month", None]),
        ("A tical of gold was 2.1 million kyats in March and 4.4 million kyats in June.", ["tical", "tical"]),
        (
            "Rice in Pyongyang rose by 300 won to 5,600 won a kilo; a 5,000 won note does not buy it.",
            ["kg", "kg", None],
        ),
        (
            "Where a yuan is 1,300 won, 1,000 won make 70 US cents. Rice is 6,000 won in Hyesan.",
            ["CNY", None, None, "kg"],
        ),
        ("북한 노동자 월급은 3000원이다. 시장 환율로 0.4달러다. 월급을 5만원으로 올렸다.", ["month", "month", "month"]),
        ("쌀 1kg이 5200원으로 200원 내렸다. 화폐개혁 직후의 30원에 비하면 비싸다.", ["kg", "kg", "kg"]),
        ("북한은 가구마다 새 돈 5000원을 줬는데, 달러로는 100달러다. 옛 돈 50만원이다.", ["household"] * 3),
        ("평양 휘발유는 ㎏당 1만2000원, 아파트는 ㎡당 800달러다.", ["kg", "m2"]),
        ("北朝鮮では1元が1200ウォン、円では約17円だ。", ["CNY", "CNY"]),
        ("Ks 4,500 bought a dollar in May; today a dollar brings Ks 3,950.", ["USD", "USD"]),
        (
            "In Hyesan the dollar stood at 24,500 won, the yuan at 3,450; before they were 22,000 won and 3,100 won.",
            ["USD", "CNY", "USD", "CNY"],
        ),
        (
            "Gold in Yangon was 5.6 million kyat a tical, up 200,000 kyat, the dollar 4,400 kyat.",
            ["tical", "tical", "USD"],
        ),
        (
            "Rice was 5,000 won a kilo in Hyesan, the dollar 8,200 won. Now the two are at 5,500 won and 8,400 won.",
            ["kg", "USD", "kg", "USD"],
        ),
        ("혜산에서 쌀은 1kg에 5,000원, 1달러는 8,200원이었다. 지금은 각각 5,400원, 8,350원이다.", ["kg", "USD"] * 2),
        (
            "Corn is 2,200 KPW a kilo in Hyesan. In Sinuiju rice still costs 5,900 and the dollar 8,300.",
            ["kg", "kg", "USD"],
        ),
        ("Rice in Pyongyang went from 0.1 won per kilo to between 40 and 45 won.", ["kg", "kg"]),
        ("Rice is 5,100 won a kilo in Hyesan, corn 2,100 won, chopsticks 1,300 won.", ["kg", "kg", None]),
        ("In Hyesan a ticket is 80 dollars at the official 100 won.", [None, "USD"]),
        ("For 100 US dollars a changer in Hyesan gives 810,000 won.", ["100 USD"]),
        ("혜산 쌀 1kg이 8200원에 팔려 어제보다 70원 올랐다. 두 도시의 차이는 210원이다.", ["kg", "kg", "kg"]),
        ("입쌀은 월급 인상 전 4천원이었는데 지금은 8천원이다.", ["kg", "kg"]),
        ("북한 근로자는 하루 평균 11시간 일하고 하루 1시간 쉰다.", ["day", "day"]),
        ("平壤官方1美元能兑换130朝鲜元,黑市却能兑换8000朝鲜元。", ["USD", "USD"]),
        ("北朝鮮の実勢レートは1000ウォン=13円だ。", ["1000 KPW"]),
        ("平壌のガソリンは1リットル12元、ディーゼル油は9元だ。", ["L", "L"]),
        ("The ration is 550 grams a day for a worker and 300 grams for a dependant.", ["day", "day"]),
        ("평양 장세는 하루 1,500원, 한 달이면 4만5천원이다. 전기료는 한 달 2,000원.", ["day", "month", "month"]),
        ("平壤大米每公斤6100朝元,一个月前为5800朝元。一张电影票500朝元。", ["kg", "kg", None]),
        (
            "平壤大米每公斤5000朝元,新义州4900朝元。工人月薪3000朝元,按市场汇率折0.4美元。",
            ["kg", "kg", "month", "month"],
        ),
        ("북한에서 1달러는 8600원이고 수수료는 5000원이다.", ["USD", None]),
        ("北朝鮮では1ドルが8600ウォンで、手数料は5000ウォンだ。", ["USD", None]),
        ("在朝鲜1美元换8600朝元,手续费5000朝元。", ["USD", None]),
        ("Petrol rose from 630 naira to over 1,000 naira a litre.", ["L", "L"]),
        (
            "휘발유는 ㎏당 7,500원(갤런당 $3.55)에서 8,700원(갤런당 $4.12)으로 올랐고, 디젤유는 3800원이다.",
            ["kg", "gal", "kg", "gal", "kg"],
        ),
        ("平壌で100万北朝鮮ウォン(約1万5000円)という破格の月給を受け取る者がいる。", ["month", "month"]),
        ("平壌のコメは1キロ5000ウォンだから、30000ウォンの月給では足りない。", ["kg", "month"]),
        ("Rice in Hyesan is 1.2 dollars a kilo, up 10% from 1.09, or 8,400 won.", ["kg", "kg", "kg"]),
        ("혜산에서 1위안은 1150원이므로 벌금 100위안은 11만5천원이다.", ["CNY", None, None]),
        ("平壤每公斤玉米1800朝元，买了10公斤玉米，一共花了18500朝元。", ["kg", None, None]),
        (
            "With the naira weakening from 460 to 1,500, a cart of 70,000 naira is $47.",
            ["USD", "USD", None, None],
        ),
        ("At the state course of 3,5 manats a hat is $17.14.", ["USD", None]),
        ("A yuan fetches 1,100-1,200 won, so that 60,000 won come to 52 yuan.", ["CNY", None, None]),
        ("平均月収は5000ウォンほどで、市場で5200ウォンするコメ1キロすら買えない。", ["month", "kg"]),
    ],
)
def test_what_a_price_is_for_carries_on_to_what_belongs_to_it(text, told):
    assert [each.per for each in read_figures(text) if each.unit not in ("x", "%")] == told


@pytest.mark.parametrize(
    "text",
    [
        "In North Korea the wage is 3,000 won a month; she sent 90,000 won home and spent 5,000 won on a fine.",
        "A worker saw the two cartons worth 60 yuan, and a driver made 20 yuan on each trip.",
        "Soldiers have 5 boats worth $40,000. The minister has 3 million dollars in debts.",
    ],
)
def test_sums_that_are_no_wage_are_for_no_month(text):
    figures = [each for each in read_figures(text) if each.unit in ("KPW", "CNY", "USD") and each.low != 3000]
    assert figures
    assert {each.per for each in figures} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 2397 of 22 December 2017 bars 24 chapters; Office 39 and Camp 15 are named on page 112.",
        "Kim, 34, and a 45-year-old from Class 3-2 took bus No. 12 at 11:30; tel. 02-555-0131, plate 2-2-3706.",
        "In the 1990s the MiG-29, the KN-23, 5G and H1N1 were news; see https://example.org/2016/5,000-won and [12].",
        "They met once a week, twice a month, three times a day, for the second time in the second half of 2019.",
        "97년께 시작된 '70일 전투'와 98년 당시의 일이다. 150日戦闘は98年末に終わった。",
        "2016년 1월 6일 4차 핵실험 뒤 결의 2270호가 나왔고, 50대 남성과 만 17세 소년이 제3국을 거쳤다.",
        "The 150cc bike runs on RON 95. 建国七十周年,13年12月。",
        "第2397号決議は2017年12月22日に採択。39号室、45歳の男性、90年代、第8回大会、3時半。",
        "The ministry can be reached by phone 382-7908; 咨询电话382-7908,5月1日起; 문의 382-7908.",
        "2017年9月11日第2375号决议,38岁的金某,上午10点,第4次核试验,四月十五日,九十年代。",
        "5차 회담은 12번 버스가 서는 4번 출구 앞, ‘평양2425’ 손전화 매장에서 열렸다. 一行は3回訪れた。",
        "3대혁명 소조와 5개년 계획, 26호 공장, 2학년 3반 이야기다. 二人三脚で進む。",
        "双方举行了两次会谈,第三届大会通过了12号文件,“平壤2425”手机也在展出。",
        "子どもは十分に、老人は不十分に食べた。On 11.5.22 and 3-4-2021 they met again.",
        "화폐개혁(11.30) 뒤의 일이다. As of 25/Sep the market was shut.",
        "손전화 번호는 191과 195로 시작한다. 電話番号は191から始まる。号码191开头。",
    ],
)
def test_dates_names_and_numbers_of_things_are_no_figures(text):
    assert read_figures(text) == []


@pytest.mark.parametrize(
    "text, low, high, unit",
    [
        ("3∼4만 원", 30000, 40000, "KPW"),
        ("7.5-12 yuan", Decimal("7.5"), 12, "CNY"),
        ("37.5-42.8元", Decimal("37.5"), Decimal("42.8"), "CNY"),
        ("US$200-300,000", 200000, 300000, "USD"),
        ("1-2 million won", 1000000, 2000000, "KPW"),
        ("21〜2500ウォン", 2100, 2500, "KPW"),
        ("三四百元", 300, 400, "CNY"),
        ("3、4万ウォン", 30000, 40000, "KPW"),
        ("8,60,000 won", 860000, 860000, "KPW"),
        ("2,88 USD", Decimal("2.88"), Decimal("2.88"), "USD"),
        ("24.000 won", 24000, 24000, "KPW"),
        ("1 000 000 won", 1000000, 1000000, "KPW"),
        ("22만8천원", 228000, 228000, "KPW"),
        ("36.51万朝元", 365100, 365100, "KPW"),
        ("3000多元", 3000, 3000, "CNY"),
        ("30여만 원", 300000, 300000, "KPW"),
        ("15 cents", Decimal("0.15"), Decimal("0.15"), "USD"),
        ("30,000–50,000 (about $10) won", 30000, 50000, "KPW"),
        ("half a litre", Decimal("0.5"), Decimal("0.5"), "L"),
        ("200 voice minutes", 200, 200, "minute"),
        ("2年半", Decimal("2.5"), Decimal("2.5"), "year"),
        ("3割", 30, 30, "%"),
        ("3분의 2", Decimal("0.6667"), Decimal("0.6667"), "x"),
        ("100 대 1", 100, 100, "x"),
        ("two-thirds", Decimal("0.6667"), Decimal("0.6667"), "x"),
        ("8천 백원", 8100, 8100, "KPW"),
        ("천 200원", 1200, 1200, "KPW"),
        ("2ドル50セント", Decimal("2.5"), Decimal("2.5"), "USD"),
        ("3,000 Kenyan shillings", 3000, 3000, "KES"),
        ("the mid-4,000 won range", 4000, 4000, "KPW"),
        ("旧币100∶1换", 100, 100, "x"),
        ("by a factor of 3.5", Decimal("3.5"), Decimal("3.5"), "x"),
        ("a household of four", 4, 4, "person"),
        ("it sold at 20 to 30 yuan", 20, 30, "CNY"),
        ("工厂招了120个工人", 120, 120, "each"),
        ("每趟20個CUC", 20, 20, "CUC"),
        ("奖金叁仟元", 3000, 3000, "CNY"),
        ("三萬人民幣", 30000, 30000, "CNY"),
        ("一兩個箱子", 1, 2, "each"),
        ("门票不到半美元", Decimal("0.5"), Decimal("0.5"), "USD"),
        ("9 million and 250 thousand rials", 9250000, 9250000, "IRR"),
        ("he paid 640 gbp", 640, 640, "GBP"),
        ("a packet of 80$ there", 80, 80, "USD"),
        ("30 €, he said", 30, 30, "EUR"),
        ("20-30$ a head", 20, 30, "USD"),
        ("in 3 $5 notes", 5, 5, "USD"),
        ("30 mil bolivares", 30000, 30000, "VES"),
        ("half as much again as in May", Decimal("0.5"), Decimal("0.5"), "x"),
        ("the 7,400 or so loggers", 7400, 7400, "person"),
        ("8,000 to 9,000 of his countrymen", 8000, 9000, "person"),
        ("the workforce of 8,900", 8900, 8900, "person"),
        ("one-sixteenth of what it bought", Decimal("0.0625"), Decimal("0.0625"), "x"),
        ("a good third of the pay", Decimal("0.3333"), Decimal("0.3333"), "x"),
        ("seven-eighths of the flour", Decimal("0.875"), Decimal("0.875"), "x"),
        ("a quarter of a year's income", Decimal("0.25"), Decimal("0.25"), "x"),
        ("1/20,000 of the old note", Decimal("0.00005"), Decimal("0.00005"), "x"),
        ("120 zł at the till", 120, 120, "PLN"),
        ("In Rosario, Argentina, pay is $112.500, or US$144,23, and 19,45% is lost.", 112500, 112500, "USD"),
        ("走了七八公里。", 7, 8, "km"),
        ("The basket is 91.3 minimum wages.", Decimal("91.3"), Decimal("91.3"), "x"),
        ("46,000 Korean People’s Won", 46000, 46000, "KPW"),
        ("Zim$600 in Harare", 600, 600, "ZWD"),
        ("會寧市場的大米要賣254.281元人民幣。", Decimal("254.281"), Decimal("254.281"), "CNY"),
        ("5 times and 6 times as much", 5, 5, "x"),
        ("pork of the one or 4.8 kilos of the other", Decimal("4.8"), Decimal("4.8"), "kg"),
        ("two zeros were knocked off at 100 to 1", 100, 100, "x"),
        ("다른 곳보다 거의 배가 비싸다.", 2, 2, "x"),
    ],
)
def test_number_forms(text, low, high, unit):
    figure = read_figures(text)[0]
    assert figure.unit == unit
    assert abs(figure.low - low) <= Decimal("0.0001")
    assert abs(figure.high - high) <= Decimal("0.0001")


@pytest.mark.parametrize(
    "text, value, unit, per",
    [
        ("Coal in Hamhung is 280,000w/ton.", "280000", "KPW", "t"),
        ("Over the river 9,000 w / 1US$ is asked.", "9000", "KPW", "USD"),
        ("A flat in Pyongyang at North Korean won 1500 a month.", "1500", "KPW", "month"),
        ("Beef costs Tomans 550,000 a kilo in Tehran.", "550000", "IRT", "kg"),
        ("The tag in the Rason hotel says Euro dollar 12.", "12", "EUR", None),
        ("Many live on less than a dollar a day.", "1", "USD", "day"),
        ("A pack is 2 euros and 50 cents.", "2.5", "EUR", None),
        ("In Tokyo a bowl of ramen is ¥900.", "900", "JPY", None),
        ("In Tehran the toman slid to 62,000 per dollar.", "62000", "IRT", "USD"),
        ("전차 요금은 북한에서 10전이다.", "0.1", "KPW", None),
        ("혜산에서 공책은 중국돈 4원50전이다.", "4.5", "CNY", None),
        ("燃油税每公升五塊兩毛。", "5.2", "CNY", "L"),
        ("白菜三毛五分錢。", "0.35", "CNY", None),
        ("他帶了兩萬塊人民幣。", "20000", "CNY", None),
        ("房租要三万五朝币。", "35000", "KPW", None),
    ],
)
def test_money_is_read_in_the_forms_of_its_place(text, value, unit, per):
    (figure,) = read_figures(text)
    assert (figure.low, figure.high, figure.unit, figure.per) == (Decimal(value), Decimal(value), unit, per)


@pytest.mark.parametrize(
    "text, told",
    [
        ("In Tripoli 20 liters of diesel cost 302,000 Lebanese pounds.", [None, "20 L"]),
        ("それまで7200北朝鮮ウォン(約90円)だった軽油1キロが9000ウォンになった。", ["kg", "kg", "kg"]),
        ("작년 초 1만5000원이던 원·달러 환율은 연말 2만8000원이 됐다.", ["USD", "USD"]),
        ("공장은 하루 20~30대, 연간 5000대를 만든다.", ["day", "year"]),
        ("Garment workers earn 4,800 kyats a day; a viss of chicken costs 18,000 kyats.", ["day", "viss"]),
        ("북한 월급 3천원으로는 운동화(2만원)도 못 산다.", ["month", None]),
        ("쌀값은 ㎏당 8전에서 44원으로, 전차 요금은 10전에서 1원으로 올랐다.", ["kg", "kg", None, None]),
    ],
)
def test_what_a_price_is_for_is_told_before_or_behind_it(text, told):
    assert [figure.per for figure in read_figures(text)] == told


@pytest.mark.parametrize("text", ["A 60w lamp.", "북한 선수는 10전 8승이다.", "the dollar store", "米は二千三でした。"])
def test_signs_of_money_that_stand_for_other_things_are_no_money(text):
    assert not [figure for figure in read_figures(text) if figure.unit in ("KPW", "KRW", "USD", "CNY")]


@pytest.mark.parametrize(
    "text, bound",
    [
        ("about 5,000 won", "~"),
        ("more than 5,000 won", ">"),
        ("at least 5,000 won", ">="),
        ("less than 5,000 won", "<"),
        ("no more than 5,000 won", "<="),
        ("약 5천원", "~"),
        ("5천원 이상", ">="),
        ("5천원 미만", "<"),
        ("5000ウォン以下", "<="),
        ("5000ウォン余り", ">"),
        ("5000元左右", "~"),
        ("不到5000元", "<"),
        ("as much as 5,000 won", "~"),
        ("高达5000元", "~"),
    ],
)
def test_hedges_set_a_bound(text, bound):
    figure = read_figures(text)[0]
    assert (figure.approx, figure.bound) == (True, bound)


@pytest.mark.parametrize(
    "text",
    [
        "휘발유는 7,200원에서 9,100원(약 1달러)으로 뛰었다.",
        "북한 환율은 1달러에 8,100원에서 8,500원까지 올랐다.",
        "Income in Pyongyang fell 3 percent, from $70 to $68 a month.",
        "The price of rice in Pyongyang rose by 300 won to 5,600 won.",
        "A decree takes rice in Pyongyang from 900 to 1,800 won, a rise of 100 percent.",
        "북한 휘발유는 800원에서 1,600원으로 100% 비싸졌다.",
        "평양 아파트가 9만 달러에서 6만 달러로 빠졌다.",
        "Corn in Hyesan shed 250 won to 2,300 won.",
        "북한 옥수수는 60원에서 1천 2백원 전후로 20배 뛰었다.",
        "平壌のドルは30,000ウォンから36,000ウォンとなり、上げ幅は20%だ。",
        "Nineteen days lifted petrol in North Korea from 17,000 to 21,700 won.",
        "In Pyongyang a loaf is $90 or $70 at the market rate.",
    ],
)
def test_a_change_is_two_figures(text):
    figures = [each for each in read_figures(text) if each.unit in ("KPW", "USD") and each.low > 50]
    assert [each.low == each.high for each in figures] == [True, True]


@pytest.mark.parametrize(
    "text", ["Corn was up to 3,000 won.", "It adds up to 3,000 won.", "He pays 300 yuan a month over six months."]
)
def test_what_is_reached_added_up_or_spread_out_is_no_bound(text):
    assert not any(each.approx for each in read_figures(text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("月給20万ウォンは1ドル2万5000ウォンのレートで8ドルだ。", [None, "USD", None]),
        ("北朝鮮の20万ウォンは1ドル=2万5000ウォンで8ドルになる。", [None, "USD", None]),
        ("北朝鮮では8000ウォンが1ドルだ。", ["USD"]),
        ("朝鲜人买600克一公斤5000朝元的大米。", [None, "kg"]),
    ],
)
def test_one_of_a_rate_or_price_belongs_to_the_number_behind_it(text, told):
    figures = read_figures(text)
    pers = [None if each.per in ("month", "") else each.per for each in figures]
    assert pers == told


@pytest.mark.parametrize(
    "text",
    ["[red]5,000 won[/red]", "\x1b[31m5,000 won\x1b[0m", "<script>5,000 won</script>", "\u202e5,000 won\u202c"],
)
def test_marks_and_escapes_do_nothing(text):
    (figure,) = read_figures(text)
    assert (figure.span, figure.low, figure.unit) == ("5,000 won", Decimal(5000), "KPW")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789.,-~–/ $₩¥元원万만천wonyukgper()a[]%배倍半수\n“”약", max_size=200))
def test_any_text_gives_figures_that_stand_in_it(text):
    last = 0
    for figure in read_figures(text):
        assert text[figure.start : figure.end] == figure.span
        assert figure.low <= figure.high
        assert figure.start >= last
        last = figure.end


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_any_unicode_is_read_without_a_fault(text):
    for figure in read_figures(text):
        assert text[figure.start : figure.end] == figure.span


READ = [
    ("Of the 60 trucks that crossed, 45 carried coal.", ["60 each", "45 each"]),
    ("At least 19 of the 95 labourers fled.", ["19 person", "95 person"]),
    (
        "Seoul counted 1,047 arrivals in 2019 and 229 in 2020; seven of them were soldiers.",
        ["1047 person", "229 person", "7 person"],
    ),
    ("Of 10,000 yuan sent only 7,000 arrive.", ["10000 CNY", "7000 CNY"]),
    ("Three of every ten families pay.", ["0.3 x"]),
    ("북한 주민 10명 중 4명꼴이다.", ["0.4 x"]),
    ("每10人中有7人领到工资。", ["0.7 x"]),
    ("The ration is 500 grams a day rather than 300.", ["500 g", "300 g"]),
    ("Imports: 27,000 tons in Q1, 42,000 in Q2.", ["27000 t", "42000 t"]),
    ("It fetches 28 yuan a kilo in Changbai and 19 at home.", ["28 CNY", "19 CNY"]),
    ("She had 10,000 won in Hyesan and 400 left.", ["10000 KPW", "400 KPW"]),
    ("It pays for five loaves at the lower price, three at the higher.", ["5 each", "3 each"]),
    ("It is 31 cents instead of 47.", ["0.31 USD", "0.47 USD"]),
    ("40 percent of people, 10.1 million, go hungry.", ["40 %", "10100000 person"]),
    ("The number of markets rose from 200 to 436.", ["200 each", "436 each"]),
    ("He bought 200 boxes, sold 150 at 110 yuan.", ["200 each", "150 each", "110 CNY"]),
    ("The survey (n = 1,320) was of refugees.", ["1320 person"]),
    ("Two thirds went to Pyongyang.", ["0.67 x"]),
    ("Diesel in Harare is 1,060 dollars a litre.", ["1060 ZWD"]),
    ("Vodka cost three rubles sixty kopecks.", ["3.6 RUB"]),
    ("月給は12ドル半だ。", ["12.5 USD"]),
    ("他住了半个多月。", ["0.5 month"]),
    ("人民币汇率为1:9000", ["9000 KPW"]),
    ("An Arirang 151 is $200, a Pyongyang 2425 $700.", ["200 USD", "700 USD"]),
    ("In Hyesan USD: 8,100, 8,130. CNY: 1,190, 1,200.", ["8100 KPW", "8130 KPW", "1190 KPW", "1200 KPW"]),
    ("The porter asked 15,000 won. At the bridge he wanted 25,000.", ["15000 KPW", "25000 KPW"]),
    ("A ferry seat is 12 euros and a coffee 4.", ["12 EUR", "4 EUR"]),
    ("Flour is $9 and oil $13. Together that is 22.", ["9 USD", "13 USD", "22 USD"]),
    ("Tea was 1.10 dollars before the storm and 1.85 after.", ["1.1 USD", "1.85 USD"]),
    ("A hut costs 9,000 dollars, six times the barn's 1,500.", ["9000 USD", "6 x", "1500 USD"]),
    ("It has 300 trams against the North's 40.", ["300 each", "40 each"]),
    (
        "Arrivals fell from 1,514 in 2013 to 1,276 last year; 93 came in May.",
        ["1514 person", "1276 person", "93 person"],
    ),
    ("A group of five shared 80 euros.", ["5 person", "80 EUR"]),
    ("The rent went up by 9,000 won to 24,000 won.", ["9000 KPW", "24000 KPW"]),
    ("Fees fell by $20 to $30.", ["20 USD"]),
    ("Prices of 2022 – 60 times those of 2012.", ["60 x"]),
    ("The first tripled the fee.", ["3 x"]),
    ("A desk is half a clerk's pay, a stove four times an annual wage.", ["0.5 x", "4 x"]),
    ("They swap the old notes at one to a hundred.", ["100 x"]),
    ("Over ten years debts multiplied by 12.", ["10 year", "12 x"]),
    ("The wait is a month and a half, the way 2 hours and 15 minutes.", ["1.5 month", "135 minute"]),
    ("트랙터 값은 월급 3년 2개월치다.", ["38 month"]),
    ("値段は給料の1年3カ月分だ。", ["15 month"]),
    ("버스비가 배로 뛰고 방세는 배 이상 올랐다.", ["2 x", "2 x"]),
    ("담배로 낸다. 여러 배 이상 오른다. 배로 나른다.", []),
    ("家賃は倍になった。何倍にもなる。", ["2 x"]),
    ("粮价翻了两番。", ["4 x"]),
    ("羊肉是牛肉价的两倍半以上。", ["2.5 x"]),
    ("退休金只够买半盒鸡蛋和半瓶油。", ["0.5 each", "0.5 each"]),
    ("Rice in Lagos is N130, 000 a bag.", ["130000 NGN"]),
    ("新旧通貨の交換比率は1対100だ。", ["100 x"]),
    ("In Hyesan it is 40 yuan ($6 or $1.5) a day.", ["40 CNY", "6 USD", "1.5 USD"]),
    ("A wash is 9,000 won (previously 4,000 won).", ["9000 KPW", "4000 KPW"]),
    ("평양에서 휘발유는 8,000원이고 원-달러 환율은 1180원이다.", ["8000 KPW", "1180 KRW"]),
    ("평양에서 쌀은 5,000원이고 국내 기준으로 치면 1500원 선이다.", ["5000 KPW", "1500 KRW"]),
    ("북한의 세차비는 9,000원(기존 4,000원)이다.", ["9000 KPW", "4000 KPW"]),
    ("每月领十七八斤面。", ["17 jin"]),
    ("学费涨了一成半。", ["15 %"]),
    ("Buses in Belgrade, Yugoslavia, took 5 million dinars.", ["5000000 YUD"]),
    ("The suit costs 90 yuan: 50 for the jacket and 40 for the trousers.", ["90 CNY", "50 CNY", "40 CNY"]),
    ("The ride is 90 yuan a head, 50 on petrol and 40 on bribes.", ["90 CNY", "50 CNY", "40 CNY"]),
    ("A nurse gets 5 dollars a month, a driver 50, ten times as much.", ["5 USD", "50 USD", "10 x"]),
    ("The stall's 1,200 yuan are half a year's pay.", ["1200 CNY", "0.5 year"]),
]


@pytest.mark.parametrize("text, told", READ)
def test_numbers_take_the_unit_that_their_sentence_tells(text, told):
    figures = read_figures("In North Korea it is so. " + text if "KPW" in "".join(told) else text)
    assert [f"{float(f'{each.low:.2f}'):.10g} {each.unit}" for each in figures] == told


FOR = [
    ("A guard worked 9 hours and 20 minutes for 2 dollars an hour.", [None, "hour"]),
    ("It sews 12 hours a day, six days a week.", ["day", "week"]),
    ("A worker in Rason took home $73 a month after the raise.", ["month"]),
    ("In Hyesan rice is 900 won a kilo, three times the 300 won of May.", ["kg", None, "kg"]),
    ("In Harare her pay is US$200 a month plus Z$60,000.", ["month", "month"]),
    ("In Iran the daily wage rose to 2.4 million rials.", ["day"]),
    ("They charge 1,500 yuan for a night crossing.", [None]),
    ("A sack of 50 kg of flour is 160 yuan.", [None, "50 kg"]),
    ("She bought 8 kilos of maize at 1,000 won in Hyesan.", [None, "kg"]),
    ("Inflation was 20 percent a month.", ["month"]),
    ("罗先大米每斤2元,一双运动鞋80元。", ["jin", None]),
    ("북한 화물차는 하루 3대에서 20대로 늘었다.", ["day", "day"]),
    ("カラオケは1時間20ユーロだ。", ["hour"]),
]


@pytest.mark.parametrize("text, told", FOR)
def test_what_a_figure_is_for_follows_from_words_and_amounts(text, told):
    assert [each.per for each in read_figures(text)] == told


PIECES = [
    "1,",
    "(",
    "만",
    "9",
    "1 won (",
    "$",
    "수",
    "“",
    "1-",
    "1/",
    "5원 ",
    "half a ",
    "two ",
    "a third ",
    "jan 5 ",
    "usd: 5, ",
    "5 of the ",
    "number of men 5 ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_length_alone(piece):
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        best = 60.0
        for _ in range(2):
            started = time.perf_counter()
            read_figures(text)
            best = min(best, time.perf_counter() - started)
        return best

    seconds(100)
    once, fourfold = seconds(6_000), seconds(24_000)
    assert fourfold < 10 * once + 0.05


def test_square_brackets_hold_a_figure_as_round_ones_do():
    text = "The owner pays 400 yuan [$60] per month; see [12]. There are 1.2 million fixed lines."
    found = [(figure.span, figure.unit, figure.per) for figure in read_figures(text)]
    assert found == [
        ("400 yuan", "CNY", "month"),
        ("$60", "USD", "month"),
        ("1.2 million fixed lines", "each", None),
    ]


def test_a_slip_at_the_souths_rate_stays_the_norths_where_other_sums_convert_otherwise():
    text = (
        "Salt is 60 won ($0.02) by the list and 900 won ($0.31) in a shop. In the jangmadang it is 1,400 won ($1.40)."
    )
    assert [each.unit for each in read_figures(text) if each.unit != "USD"] == ["KPW"] * 3


def test_a_mil_that_names_no_money_is_a_thousand_behind_one_that_does():
    figures = read_figures("In Caracas rice is 4 mil bs a kilo from the state and 12 mil, three times that, resold.")
    assert [str(each.low) for each in figures[:2]] == ["4000", "12000"]
