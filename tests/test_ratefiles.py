"""Rate files: every fault with file, line and remedy; overlays; one book by the quick and by the full reading."""

from __future__ import annotations

import os
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
import toy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nkauto.core.choose import choose
from nkauto.errors import FaultyBook, UnreadableFile
from nkauto.read import ratefiles
from nkauto.read.ratefiles import Rates, load, shipped
from nkauto.read.ratefolder import Folder
from nkauto.read.raterows import RATE_COLUMNS

HEADER = ",".join(RATE_COLUMNS)
GOOD = "good,rice,,1,kg,5003,5009,KPW,2024-06-01,2024-06-02,Hyesan,market,no,prime,"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the toy book to spoil."""
    return Path(shutil.copytree(toy.FOLDER, tmp_path / "book"))


def faults(folder: Path) -> list[str]:
    with pytest.raises(FaultyBook) as faulty:
        load(only=folder)
    return [fault.replace(f"{folder}{os.sep}", "") for fault in faulty.value.faults]


def row(**cells: str) -> str:
    held = dict(zip(RATE_COLUMNS, GOOD.split(","), strict=True)) | {"from": cells.pop("from_", "2024-06-01")} | cells
    return ",".join(held[column] for column in RATE_COLUMNS)


def more(folder: Path, *rows: str, header: str = HEADER, name: str = "more.csv") -> Path:
    (folder / name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return folder


# Faults of one row.

ROWS = [
    ({"id": ""}, "no id; give the row one that no other row has"),
    ({"quantity": "0"}, "quantity is 0; a price is for at least something"),
    ({"quantity": "0.000"}, "quantity is 0; a price is for at least something"),
    ({"low": "5011"}, "low 5011 is above high 5009; swap them or correct one"),
    ({"from_": "2024-06-03"}, "from 2024-06-03 is after to 2024-06-02"),
    ({"market": "bazaar"}, "market 'bazaar' is none of market, state, official, reference, mixed"),
    ({"market": ""}, "market '' is none of market, state, official, reference, mixed"),
    ({"approx": "maybe"}, "approx 'maybe' is neither yes nor no"),
    ({"approx": ""}, "approx '' is neither yes nor no"),
    ({"currency": "KPW-OLD"}, "KPW-OLD after the redenomination of 2009-12-01; write KPW"),
    (
        {"currency": "KPW-OLD", "from_": "", "to": "2009-12-01"},
        "KPW-OLD after the redenomination of 2009-12-01; write KPW",
    ),
    (
        {"from_": "2009-11-01", "to": "2009-11-30"},
        "KPW before the redenomination of 2009-12-01; write KPW-OLD",
    ),
    ({"source": "primes"}, "no source 'primes' in sources.csv. Did you mean prime?"),
    ({"source": "x"}, "no source 'x' in sources.csv."),
    ({"source": ""}, "no source '' in sources.csv."),
    ({"item": "ricee"}, "no item 'ricee' in items.csv. Did you mean rice?"),
    ({"item": "z"}, "no item 'z' in items.csv."),
    ({"place": "Hyesann"}, "no place 'Hyesann' in places.csv. Did you mean Hyesan?"),
    ({"place": "z"}, "no place 'z' in places.csv."),
]
FIGURES = [
    "",
    "nan",
    "inf",
    "-5",
    "+5",
    "1e3",
    "1_000",
    "１２",
    "1 000",
    "5,0",
    "0x10",
    ".5",
    "5.",
    "٣",
    " 5",
    "9" * 31,
]
DAYS = ["", "2024-6-1", "2024-02-30", "01/02/2024", "2024-06-01T00:00", "２０２４-06-01", "20240601", "2024-13-01"]


@pytest.mark.parametrize(("cells", "what"), ROWS)
def test_a_faulty_row_is_named_with_its_line_and_a_remedy(folder, cells, what):
    assert faults(more(folder, GOOD, "", row(**{"id": "bad"} | cells))) == [f"more.csv:4: {what}"]


@pytest.mark.parametrize("column", ["quantity", "low", "high"])
@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_is_plain_digits(folder, column, figure):
    quoted = f'"{figure}"'
    assert faults(more(folder, row(**{column: quoted}))) == [
        f"more.csv:2: {column} {figure[:40]!r} is not a plain figure; write digits with a point, as 1200 or 0.5"
    ]


@pytest.mark.parametrize("day", DAYS)
def test_a_day_is_written_in_one_way(folder, day):
    assert faults(more(folder, row(to=day))) == [f"more.csv:2: to {day!r} is not a day; write it as 2025-10-17"]
    if day:
        assert faults(more(folder, row(from_=day))) == [
            f"more.csv:2: from {day!r} is not a day; write it as 2025-10-17"
        ]


def test_an_old_won_row_may_reach_the_redenomination_from_before(folder):
    more(folder, row(currency="KPW-OLD", from_="2009-11-20", to="2009-12-05"))
    assert "KPW-OLD" in {rate.currency for rate in load(only=folder).rates["rice"]}


def test_an_id_stands_once(folder):
    more(folder, GOOD, GOOD.replace("5003", "4999"))
    more(folder, GOOD, name="zz.csv")
    assert faults(folder) == [
        "more.csv:3: id 'good' stands already at more.csv:2; give it another",
        "zz.csv:2: id 'good' stands already at more.csv:3; give it another",
    ]


@pytest.mark.parametrize("name", ["items.csv", "places.csv", "sources.csv"])
def test_an_item_a_place_and_a_source_stand_once(folder, name):
    path = folder / name
    lines = path.read_text(encoding="utf-8").splitlines()
    id_ = lines[1].split(",")[0]
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    assert faults(folder) == [f"{name}:{len(lines) + 1}: id {id_!r} stands already at {name}:2; give it another"]


@pytest.mark.parametrize(
    ("cell", "other", "what"),
    [
        ("market,31", "bazaar,31", "market 'bazaar' is none of market, state, official, reference, mixed"),
        ("market,31", "market,soon", "shelf_life 'soon' is not a number of days"),
        ("market,31", "market,３１", "shelf_life '３１' is not a number of days"),
        ("market,31", "market,-1", "shelf_life '-1' is not a number of days"),
        ("market,31", "market,9999999", "shelf_life '9999999' is not a number of days"),
        ("kg,both", "kg,mean", "between 'mean' is neither both nor nearest"),
    ],
)
def test_a_faulty_item_is_named(folder, cell, other, what):
    path = folder / "items.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines) if text.startswith("rice,"))
    lines[line] = lines[line].replace(cell, other, 1)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    more(folder, row(low="nan"))
    assert faults(folder) == [
        f"items.csv:{line + 1}: {what}",
        "more.csv:2: low 'nan' is not a plain figure; write digits with a point, as 1200 or 0.5",
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("density/rice,0.9,0.8,kg/L,prime,", "low 0.9 is above high 0.8"),
        ("density/rice,0.8,0.9,kg/L,primus,", "no source 'primus' in sources.csv"),
        (
            "density/rice,thick,0.9,kg/L,prime,",
            "low 'thick' is not a plain figure; write digits with a point, as 1200 or 0.5",
        ),
    ],
)
def test_a_faulty_constant_is_named(folder, text, what):
    with (folder / "constants.csv").open("a", encoding="utf-8") as stream:
        stream.write(text + "\n")
    assert faults(folder) == [f"constants.csv:4: {what}"]


# Faults of a file.


def test_a_missing_folder_is_refused(tmp_path):
    for load_it in (lambda: load(only=tmp_path / "none"), lambda: load(tmp_path / "none")):
        with pytest.raises(UnreadableFile) as refused:
            load_it()
        assert str(refused.value) == (
            f"no rate book at {tmp_path / 'none'}\n"
            "Name a folder that holds items.csv, places.csv, sources.csv and files of rates."
        )
    (tmp_path / "file").write_text("x")
    with pytest.raises(UnreadableFile):
        load(only=tmp_path / "file")


def test_an_empty_folder_is_no_book_but_may_lie_over_one(tmp_path):
    with pytest.raises(UnreadableFile, match=r"needs its own items\.csv"):
        load(only=tmp_path)
    assert len(load(tmp_path)) == len(load())


@pytest.mark.parametrize("missing", ["low", "note"])
def test_a_missing_column_is_named(folder, missing):
    columns = [column for column in RATE_COLUMNS if column != missing]
    more(folder, GOOD, header=",".join(columns))
    assert faults(folder) == [f"more.csv:1: no column {missing}; the header is {HEADER}"]


def test_an_empty_file_has_no_header(folder):
    (folder / "more.csv").write_text("")
    assert faults(folder) == [f"more.csv:1: no column {', '.join(RATE_COLUMNS)}; the header is {HEADER}"]


def test_columns_may_stand_in_another_order_beside_others(folder):
    columns = [*RATE_COLUMNS[::-1], "mine"]
    more(folder, ",".join([*GOOD.split(",")[::-1], "my own words"]), header=",".join(columns))
    (held,) = (rate for rate in load(only=folder).rates["rice"] if rate.id == "good")
    assert (held.low, held.high, held.place) == (Decimal(5003), Decimal(5009), "Hyesan")


def test_a_ragged_row_is_named_and_an_empty_line_is_none(folder):
    more(folder, "", GOOD, "", GOOD + ",more", "short,rice")
    assert faults(folder) == [
        "more.csv:5: 16 cells where the header has 15",
        "more.csv:6: 2 cells where the header has 15",
    ]


def test_lines_are_counted_through_cells_of_several_lines(folder):
    more(folder, row(id="a", note='"two\nlines"'), row(id="b", low="nan"))
    assert faults(folder) == ["more.csv:4: low 'nan' is not a plain figure; write digits with a point, as 1200 or 0.5"]


@pytest.mark.parametrize("encoding", ["utf-16", "cp949", "shift_jis", "gb18030"])
def test_another_encoding_is_refused(folder, encoding):
    text = f"{HEADER}\n{GOOD}{'쌀값' if encoding == 'cp949' else '米'}\n"
    (folder / "more.csv").write_bytes(text.encode(encoding))
    at = len(f"{HEADER}\n{GOOD}") if encoding != "utf-16" else 0
    (fault,) = faults(folder)
    assert fault == f"more.csv:1: not UTF-8 at byte {at}; save the file as UTF-8"


def test_a_byte_order_mark_and_windows_lines_are_read(folder):
    (folder / "more.csv").write_bytes(("\ufeff" + f"{HEADER}\n{GOOD}\n".replace("\n", "\r\n")).encode())
    assert "good" in {rate.id for rate in load(only=folder).rates["rice"]}


def test_a_quotation_mark_that_is_never_closed_is_named(folder):
    more(folder, GOOD, row(id="open", note='"never closed'), row(id="next"))
    (fault,) = faults(folder)
    assert fault == "more.csv:4: unexpected end of data; check the quotation marks"


def test_a_cell_beyond_all_measure_is_named(folder):
    more(folder, row(note="x" * 200_000))
    (fault,) = faults(folder)
    assert fault == "more.csv:2: a cell of more than 100,000 characters; shorten it, or check the quotation marks"


def test_a_huge_file_is_refused_without_being_read(folder):
    with (folder / "more.csv").open("wb") as stream:
        stream.truncate(64 * 1024 * 1024 + 1)
    assert faults(folder) == ["more.csv:1: larger than 64 MB; split it"]


def test_a_file_that_cannot_be_opened_is_named(folder, monkeypatch):
    opened = Path.open

    def refuse(path, *arguments, **options):
        if path.name == "goods.csv":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert faults(folder) == ["goods.csv:1: cannot be read: Permission denied"]


def test_all_faults_come_at_once_and_twenty_are_shown(folder):
    more(folder, *(row(id=f"r{number}", low="nan") for number in range(30)), row(id="r30", market="bazaar"))
    with pytest.raises(FaultyBook) as faulty:
        load(only=folder)
    assert len(faulty.value.faults) == 31
    assert faulty.value.exit_code == 4
    said = str(faulty.value).splitlines()
    assert said[0] == "the rate book has 31 faults:"
    assert len(said) == 22
    assert said[-1] == "… and 11 more; nkauto rates validate shows all"


def test_one_fault_is_one(folder):
    more(folder, row(low="nan"))
    with pytest.raises(FaultyBook, match=r"^the rate book has 1 fault:\n"):
        load(only=folder)


def test_control_characters_in_a_fault_do_not_act(folder):
    more(folder, row(item="\x1b[31mred"))
    with pytest.raises(FaultyBook) as faulty:
        load(only=folder)
    assert "\x1b" not in str(faulty.value)


def test_a_shipped_book_that_is_faulty_says_so_when_the_row_is_asked_for(folder, monkeypatch):
    monkeypatch.setattr(ratefiles, "shipped", lambda: folder)
    more(folder, row(low="nan"))
    held = load()
    assert held.rates["wage"]
    with pytest.raises(FaultyBook) as faulty:
        held.rates["rice"]
    assert faulty.value.faults == [
        f"{folder / 'more.csv'}:2: low 'nan' is not a plain figure; write digits with a point, as 1200 or 0.5"
    ]


# What is read.


def test_a_row_is_read_as_it_stands(toy_book):
    held = {rate.id: rate for rate in toy_book}
    sack = held["rice-sack"]
    assert (sack.quantity, sack.unit, sack.low, sack.high, sack.currency) == (
        Decimal(50), "kg", Decimal(257500), Decimal(258500), "KPW",
    )  # fmt: skip
    assert (sack.first, sack.last, sack.place, sack.market) == (
        toy.day("2024-09-02"), toy.day("2024-09-02"), "North Korea", "market",
    )  # fmt: skip
    assert (sack.source.publisher, sack.note, sack.user, sack.replaces) == ("Third Wire", "a sack", False, "")
    assert held["cny-hundred"].approx is True
    assert held["wage-before"].first is None
    assert toy_book.sources["third"].title == "Prices, wired"


def test_items_places_and_constants_are_read(toy_book):
    rice = toy_book.items["rice"]
    assert rice == ("rice", "food", "market", 31, "kg", "both", "rice", ("rice", "쌀", "米", "大米", "コメ", "米"))
    place = toy_book.places["Ryanggang"]
    assert (place.kind, place.within) == ("province", ("northern provinces",))
    assert place.names[1:3] == ("량강도", "양강도")
    densities = toy_book.constants["density/gasoline"]
    assert [(held.low, held.high, held.currency) for held in densities] == [
        (Decimal("0.71"), Decimal("0.73"), "kg/L"),
        (Decimal("0.73"), Decimal("0.79"), "kg/L"),
    ]
    assert (len(toy_book.constants), list(toy_book.constants)) == (1, ["density/gasoline"])


def test_an_item_without_a_unit_or_a_name_has_one(folder):
    with (folder / "items.csv").open("a", encoding="utf-8") as stream:
        stream.write("thing,fee,mixed,365,,nearest,,,,\n")
    held = load(only=folder).items["thing"]
    assert (held.unit, held.name, held.names) == ("each", "thing", ())


def test_the_series_stands_apart_from_what_the_press_states(toy_book):
    assert {rate.id for rate in toy_book.rates["CNY"]}.isdisjoint(rate.id for rate in toy_book.reference["CNY"])
    assert [rate.id for rate in toy_book.reference["EUR"]] == ["ref-eur-2024-06", "ref-eur-2024-09"]
    assert "rice" not in toy_book.reference
    assert len(toy_book) == 27 == sum(1 for _ in toy_book)


def test_files_of_other_things_hold_no_rates(folder):
    for name in ("vehicles.csv", "baskets.csv", "sanctions.csv", "terms.csv"):
        (folder / name).write_text("a,b\n1\n", encoding="utf-8")
    (folder / "notes.txt").write_text("none", encoding="utf-8")
    assert len(load(only=folder)) == 27


def test_names_are_found_in_four_languages_whatever_their_case(toy_book):
    for name in ("rice", "RICE", "쌀", "米", "コメ"):
        assert toy_book.item_named(name).id == "rice"
    assert toy_book.item_named("wage-MONTHS").id == "wage"
    assert toy_book.item_named("Driving_licence").id == "driving-licence"
    for name in ("hyesan", "혜산", "惠山", "恵山"):
        assert toy_book.place_named(name).id == "Hyesan"
    assert toy_book.publisher_named("prime  PRESS") == "Prime Press"


# Overlays.


def overlay(tmp_path: Path, *rows: str, header: str = HEADER, **files: str) -> Path:
    path = tmp_path / f"overlay{len(list(tmp_path.glob('overlay*')))}"
    path.mkdir()
    for name, text in files.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return more(path, *rows, header=header) if rows else path


def rice_of(*overlays: Path, only: Path = toy.FOLDER) -> dict[str, int]:
    return {rate.id: int(rate.low) for rate in load(*overlays, only=only).rates["rice"]}


def test_an_overlay_adds_rows_that_rest_on_the_book_beneath(tmp_path):
    assert rice_of(overlay(tmp_path, GOOD)) == rice_of() | {"good": 5003}


def test_a_row_with_the_id_of_an_earlier_one_stands_in_its_place(tmp_path):
    held = rice_of(overlay(tmp_path, row(id="rice-hyesan", low="4999")))
    assert held == rice_of() | {"rice-hyesan": 4999}


def test_a_row_that_replaces_another_takes_its_place(tmp_path):
    path = overlay(tmp_path, GOOD + ",rice-hyesan", header=HEADER + ",replaces")
    expected = rice_of() | {"good": 5003}
    del expected["rice-hyesan"]
    assert rice_of(path) == expected
    (held,) = (rate for rate in load(path, only=toy.FOLDER).rates["rice"] if rate.id == "good")
    assert held.replaces == "rice-hyesan"


def test_a_replaced_row_may_be_of_another_item(tmp_path):
    path = overlay(tmp_path, row(id="fixed", item="squid") + ",rice-hyesan", header=HEADER + ",replaces")
    assert "rice-hyesan" not in rice_of(path)
    assert "fixed" in {rate.id for rate in load(path, only=toy.FOLDER).rates["squid"]}


def test_an_overlay_brings_its_own_sources_items_and_places(tmp_path):
    path = overlay(
        tmp_path,
        row(item="tea", place="Musan", source="mine"),
        sources="id,publisher,title,url,published\nmine,My Own,,,\n",
        items="id,kind,market,shelf_life,unit,between,en,ko,zh,ja\ntea,food,market,31,kg,both,tea,,,\n",
        places="id,kind,within,en,ko,zh,ja\nMusan,city,North Hamgyong,Musan,,,\n",
    )
    held = load(path, only=toy.FOLDER)
    assert held.rates["tea"][0].source.publisher == "My Own"
    assert held.containing("Musan")[0] == "North Hamgyong"
    assert "rice" in held.items


def test_an_overlay_changes_an_item(tmp_path):
    text = "id,kind,market,shelf_life,unit,between,en,ko,zh,ja\nrice,food,market,3,kg,nearest,rice,,,\n"
    held = load(overlay(tmp_path, items=text), only=toy.FOLDER)
    assert (held.items["rice"].shelf_life, held.items["squid"].shelf_life) == (3, 31)


def test_an_overlay_over_the_series(tmp_path):
    changed = row(id="ref-cny-2024-06", item="CNY", low="0.1", high="0.2", currency="USD", unit="CNY",
                  market="reference", place="World")  # fmt: skip
    path = overlay(tmp_path)
    more(path, changed, name="reference.csv")
    held = {rate.id: rate.low for rate in load(path, only=toy.FOLDER).reference["CNY"]}
    assert held == {"ref-cny-2024-05": Decimal("0.131"), "ref-cny-2024-06": Decimal("0.1"),
                    "ref-cny-2024-09": Decimal("0.151")}  # fmt: skip


def test_two_overlays_lie_one_over_the_other(tmp_path):
    first = overlay(tmp_path, row(id="a", low="4001"), row(id="b", low="4003"))
    second = overlay(tmp_path, row(id="a", low="4007"))
    held = rice_of(first, second)
    assert (held["a"], held["b"]) == (4007, 4003)


def test_the_faults_of_every_overlay_come_at_once(tmp_path):
    first, second = overlay(tmp_path, row(low="nan")), overlay(tmp_path, row(id="b", market="bazaar"))
    with pytest.raises(FaultyBook) as faulty:
        load(first, second, only=toy.FOLDER)
    assert [fault.split(": ")[0] for fault in faulty.value.faults] == [
        f"{first / 'more.csv'}:2",
        f"{second / 'more.csv'}:2",
    ]


def test_an_overlay_over_the_shipped_book(tmp_path):
    sources = "id,publisher,title,url,published\nmine,My Own,,,\n"
    held = load(overlay(tmp_path, GOOD.replace(",prime,", ",mine,"), sources=sources))
    assert "good" in {rate.id for rate in held.rates["rice"]}
    assert len(held) == len(load()) + 1


def test_the_checksum_names_the_state_of_the_data(folder, tmp_path):
    first = load(only=folder).checksum
    assert first == load(only=folder).checksum == load(only=toy.FOLDER).checksum
    assert len(first) == 64
    more(folder, GOOD)
    assert load(only=folder).checksum != first
    assert load(overlay(tmp_path, GOOD), only=toy.FOLDER).checksum != first


# The quick textual path and the full reading.


def full(folder: Path, *, series: bool) -> Rates:
    """Return the rows of a folder read whole: a second, empty folder over it allows no quick path."""
    held = [Folder(folder), Folder(toy.FOLDER.parent / "nasty")]
    held[1].__dict__["rate_files"] = []
    sources = ratefiles._merged(held[:1], "sources.csv", ratefiles.source)
    return Rates(held, sources, series=series)


def quick(folder: Path, *, series: bool) -> Rates:
    held = Folder(folder)
    return Rates([held], ratefiles._merged([held], "sources.csv", ratefiles.source), series=series)


@pytest.mark.parametrize("series", [False, True])
@pytest.mark.parametrize("book", [shipped(), toy.FOLDER], ids=["shipped", "toy"])
def test_both_readings_give_the_same_rates_for_every_item(book, series):
    slow, fast = full(book, series=series), quick(book, series=series)
    items = load(only=book).items
    answered = 0
    for item in items:
        assert list(fast.get(item, ())) == list(slow.get(item, ()))
        answered += bool(slow.get(item))
    assert "_all" not in fast.__dict__, "the quick path answered"
    assert answered >= 2
    assert set(fast) == set(slow)
    assert fast.rows == slow.rows


CELLS = st.text(st.sampled_from('ab,"\n\r \t;é쌀\u2028\x0b\x85'), max_size=6)


def cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\n\r') else text


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(["rice", "squid", "rice,x"]), CELLS, CELLS, st.booleans()), max_size=5),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
)
def test_both_readings_agree_on_any_cells(tmp_path, rows, newline, mark):
    path = tmp_path / "any"
    path.mkdir(exist_ok=True)
    lines = [HEADER]
    for number, (item, note, variant, quoted) in enumerate(rows):
        id_ = f'"R_{number}"' if quoted else f"r-{number}"
        lines.append(f"{id_},{cell(item)},{cell(variant)},1,kg,5,7,KPW,,2024-06-02,Hyesan,market,no,prime,{cell(note)}")
        if quoted:
            trap = f"x\nfake-{number},rice,,1,kg,1,2,KPW,,2024-06-02,Hyesan,market,no,prime,y"
            lines.append(f't-{number},squid,,1,kg,5,7,KPW,,2024-06-02,Hyesan,market,no,prime,"{trap}"')
    (path / "more.csv").write_bytes((mark + newline.join(lines) + newline).encode())
    shutil.copy(toy.FOLDER / "sources.csv", path)
    slow, fast = full(path, series=False), quick(path, series=False)
    for item in ("rice", "squid", "rice,x"):
        assert list(fast.get(item, ())) == list(slow.get(item, ()))


def test_a_book_read_by_either_path_answers_alike():
    by_text, whole = load(only=toy.FOLDER), load(only=toy.FOLDER)
    list(whole.rates)  # reads the whole book
    for item in ("rice", "CNY", "wage", "used-car"):
        one, other = (choose(held, item, toy.scope("2024-06-15")) for held in (by_text, whole))
        assert (one.rates, one.low, one.high) == (other.rates, other.low, other.high)
