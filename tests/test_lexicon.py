"""The tables of words: every line of a known kind with a meaning that the readers understand; no line in vain."""

from __future__ import annotations

import csv
import re
from fractions import Fraction

import pytest

from nkauto.read import lexicon
from nkauto.read.amounts import read_amount
from nkauto.read.article import prose
from nkauto.read.figures import read_figures

KINDS = {
    "number", "multiplier", "digit", "scale", "fraction", "multiple", "vague", "hedge", "range", "currency", "sign",
    "prefix", "qualifier", "subunit", "unit", "counter", "per", "link", "item", "change", "negation", "month", "label",
    "country",
}  # fmt: skip
UNITS = {
    "kg", "g", "t", "lb", "oz", "L", "mL", "gal", "barrel", "km", "m", "cm", "mile", "m2", "ft2", "pyeong", "ha", "mu",
    "jin", "liang", "geun", "kWh", "minute", "hour", "day", "night", "week", "month", "year", "%", "x",
}  # fmt: skip
CODE = re.compile(r"[A-Z]{3}(-OLD)?")
LANGUAGES = lexicon.languages()


def _codes(text: str) -> bool:
    return bool(text) and all(CODE.fullmatch(code) for code in text.split())


def test_there_are_six_languages():
    assert LANGUAGES == ("de", "en", "es", "ja", "ko", "zh")


def test_every_line_is_of_a_known_kind_with_words_in_lower_case():
    for language in LANGUAGES:
        for entry in lexicon.load(language):
            assert entry.kind in KINDS, entry
            assert entry.words, entry
            for word in entry.words:
                assert word, entry
                assert word == word.strip() == word.casefold() or word.lower() == word, entry


def _sound(entry: lexicon.Entry) -> bool:
    kind, meaning, detail = entry.kind, entry.meaning, entry.detail
    if kind in ("digit", "scale", "multiplier"):
        return Fraction(meaning) >= 0
    if kind in ("fraction", "multiple"):
        return Fraction(meaning) > 0 and detail in ("", "fall", "over")
    if kind == "number":
        return not meaning or all(Fraction(part) >= 0 for part in meaning.split())
    if kind in ("currency", "sign", "prefix", "qualifier"):
        return _codes(meaning) and detail in ("", "ask", "capital", "glued")
    if kind == "subunit":
        return Fraction(meaning) < 1 and _codes(detail)
    if kind == "unit":
        factor, _, name = meaning.rpartition(" ")
        return name in UNITS and Fraction(factor or 1) > 0
    if kind == "counter":
        return meaning in ("person", "household", "each")
    if kind == "hedge":
        return meaning in ("~", ">", ">=", "<", "<=") and detail in ("before", "after")
    if kind == "per":
        return (detail == "whole") == bool(meaning)
    if kind == "change":
        return meaning in ("up", "down")
    if kind == "country":
        return len(meaning) == 2 and _codes(detail)
    if kind == "month":
        return 1 <= int(meaning) <= 12
    return kind != "item" or (bool(meaning) and detail in UNITS | {"each"})


def test_every_line_means_what_its_kind_can_mean():
    unsound = [entry for language in LANGUAGES for entry in lexicon.load(language) if not _sound(entry)]
    assert unsound == []


def test_words_are_found_by_kind_and_language():
    assert lexicon.words("currency", "ko")["위안"][0].meaning == "CNY"
    assert "위안" not in lexicon.words("currency", "en")
    assert {entry.kind for entry in lexicon.index()["pound"]} >= {"currency", "unit"}
    assert lexicon.words("no such kind") == {}


def test_a_table_with_another_header_is_refused(tmp_path, monkeypatch):
    (tmp_path / "xx.csv").write_text("word,kind\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "_FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"xx\.csv: the header must be kind,words,meaning,detail"):
        lexicon.load("xx")


def test_no_currency_word_is_lost_to_the_amount_grammar():
    lost = []
    for word, entries in lexicon.words("currency").items():
        entry = entries[0]
        if entry.detail == "ask" or len(lexicon.index()[word]) > len(entries):
            continue
        if read_amount(f"5 {word}").unit not in entry.meaning.split():
            lost.append(word)
    assert lost == []


def test_the_words_of_every_role_make_a_pattern():
    for role in prose.roles():
        assert prose.compiled("{" + role + "}")


def test_a_new_language_is_a_new_table(tmp_path, monkeypatch):
    """A fifth language needs no code: numbers, money and units of a made-up one are read."""
    rows = [
        "kind,words,meaning,detail",
        "number,dva,2,",
        "currency,wonow,KPW,",
        "unit,kilogramow,kg,",
        "item,ryzu,rice,kg",
    ]
    for path in lexicon._FOLDER.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "xx.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "_FOLDER", tmp_path)
    _forget()
    try:
        assert read_amount("dva wonow").range.low == 2
        assert read_amount("5 kilogramow ryzu").item == "rice"
        assert [figure.unit for figure in read_figures("Reis: 5000 wonow, 20 kilogramow")] == ["KPW", "kg"]
    finally:
        monkeypatch.undo()
        _forget()


def _forget() -> None:
    """Clear what is cached of the tables, in every module that caches it."""
    import sys

    for name, module in list(sys.modules.items()):
        if name.startswith("nkauto.read"):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


@pytest.mark.parametrize("folder", ["prose", "relations"])
def test_roles_stand_in_order_each_once_and_so_do_their_words(folder):
    for path in sorted((lexicon._FOLDER / folder).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as table:
            rows = list(csv.reader(table))[1:]
        assert rows == sorted(rows), path
        assert len({(role, *meaning) for role, _, *meaning in rows}) == len(rows), path
        for _, words, *_ in rows:
            every = words.split("|")
            assert every == sorted(set(every)), (path, words)
