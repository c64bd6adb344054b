"""Passages that others wrote: how figures are read and claims judged where no rule was written for the text.

``articles/others.jsonl``: 180 passages in the manner of published articles, labelled by their writers, who had not seen
the program; ``printed.jsonl``: 280 more, most of whose wrong sums an article really printed. The floors lie a little
below what was reached when they had been read; they must not sink.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from nkauto.core.claims import Claim
from nkauto.core.findings import Figure
from nkauto.read.claims import check_text
from nkauto.read.figures import read_figures

SHEETS = {
    name: [json.loads(line) for line in (Path(__file__).parent / "articles" / name).read_text("utf-8").splitlines()]
    for name in ("others.jsonl", "printed.jsonl")
}
FLOORS = {
    "others.jsonl": {"precision": 0.97, "recall": 0.96, "per": 0.91, "verdicts": 0.80, "fails found": 0.52},
    "printed.jsonl": {"precision": 0.97, "recall": 0.96, "per": 0.89, "verdicts": 0.77, "fails found": 0.57},
}
MOST_ALARMS = {"others.jsonl": 4, "printed.jsonl": 4}
ALIKE = 0.3
"""So much of their figures two claims must share to be one."""

Span = tuple[int, int]


def overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def span_of(label: dict) -> Span:
    return label["start"], label["start"] + len(label["span"])


def places(text: str, words: list[str]) -> list[Span]:
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = text.find(word, at + 1)
    return found


def near(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-3 * max(abs(one), abs(other))


def is_right(figure: Figure, label: dict) -> bool:
    if label.get("vague"):
        return figure.unit == label["unit"]
    readings = [(label["low"], label["high"], label["unit"]), *label.get("alt", [])]
    for low, high, unit in readings:
        scale = {("%", "x"): 0.01, ("x", "%"): 100}.get((figure.unit, unit), 1 if figure.unit == unit else None)
        if scale and near(float(figure.low) * scale, low) and near(float(figure.high) * scale, high):
            return True
    return False


def paired(figures: list[Figure], labels: list[dict]) -> dict[int, int]:
    """Return the label of each figure, by what they share of the text."""
    shared = [
        (overlap((figure.start, figure.end), span_of(label)), i, j)
        for i, figure in enumerate(figures)
        for j, label in enumerate(labels)
    ]
    pairs: dict[int, int] = {}
    for least, i, j in sorted(shared, key=lambda each: -each[0]):
        if least and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def merged(verdict: str) -> str:
    return "holds" if verdict.startswith("holds") else verdict


def matched(passage: dict, claims: list[Claim]) -> list[str]:
    """Return what is said of each labelled claim, an empty word where it is not found."""
    text, labels = passage["text"], [span_of(label) for label in passage["figures"]]

    def figures(spans: list[str]) -> frozenset[int]:
        here = places(text, spans)
        return frozenset(i for i, label in enumerate(labels) if any(overlap(label, each) for each in here))

    wanted = [figures(claim["spans"]) for claim in passage["claims"]]
    told = [figures(list(claim.spans)) for claim in claims]
    alike = [(len(a & b) / max(1, len(a | b)), i, j) for i, a in enumerate(wanted) for j, b in enumerate(told)]
    said = [""] * len(wanted)
    taken: set[int] = set()
    for share, i, j in sorted(alike, reverse=True):
        if share >= ALIKE and not said[i] and j not in taken:
            said[i] = claims[j].verdict.value
            taken.add(j)
    return said


@cache
def counted(sheet: str) -> Counter[str]:
    count: Counter[str] = Counter()
    for passage in SHEETS[sheet]:
        text, labels = passage["text"], passage["figures"]
        figures = read_figures(text)
        pairs = paired(figures, labels)
        spare, traps = places(text, passage["optional"]), places(text, passage["decoys"])
        for i, figure in enumerate(figures):
            place = figure.start, figure.end
            free = i not in pairs and any(overlap(place, each) for each in spare)
            count["read"] += not free
            count["traps"] += i not in pairs and any(overlap(place, each) for each in traps)
            if i in pairs and is_right(figure, labels[pairs[i]]):
                count["right"] += 1
                count["per"] += figure.per == labels[pairs[i]]["per"]
        count["labels"] += len(labels)
        for claim, said in zip(passage["claims"], matched(passage, check_text(text, figures)), strict=True):
            meant = {merged(each) for each in (claim["verdict"], *claim.get("accept", []))}
            count["claims"] += 1
            count["judged"] += merged(said) in meant
            count["false"] += claim["verdict"] == "fails"
            count["false found"] += claim["verdict"] == said == "fails"
            count["alarms"] += said == "fails" and "fails" not in meant
    return count


@pytest.mark.parametrize("sheet", SHEETS)
def test_others_passages_are_read_and_judged_no_worse_than_before(sheet: str) -> None:
    count = counted(sheet)
    scores = {
        "precision": count["right"] / count["read"],
        "recall": count["right"] / count["labels"],
        "per": count["per"] / count["right"],
        "verdicts": count["judged"] / count["claims"],
        "fails found": count["false found"] / count["false"],
    }
    assert {name: score for name, score in scores.items() if score < FLOORS[sheet][name]} == {}


@pytest.mark.parametrize("sheet", SHEETS)
def test_little_of_what_is_right_is_called_wrong_and_no_more_than_one_date_is_a_figure(sheet: str) -> None:
    assert counted(sheet)["alarms"] <= MOST_ALARMS[sheet]
    assert counted(sheet)["traps"] <= 1


@pytest.mark.parametrize(("sheet", "passages"), [("others.jsonl", 180), ("printed.jsonl", 280)])
def test_the_labels_are_sound(sheet: str, passages: int) -> None:
    assert len({passage["id"] for passage in SHEETS[sheet]}) == len(SHEETS[sheet]) == passages
    for passage in SHEETS[sheet]:
        spans = {label["span"] for label in passage["figures"]}
        for label in passage["figures"]:
            start, end = span_of(label)
            assert passage["text"][start:end] == label["span"], passage["id"]
        assert all(span in spans for claim in passage["claims"] for span in claim["spans"]), passage["id"]
