"""A whole that all other like figures of a sentence add up to, or what they leave of it, whatever its words.

``of 10,000 yuan 2,000 stays in one town, 1,500 in the next and 1,000 in a third; she gets 5,500``. Three parts and
more that leave no rest are no chance; nothing is said to fail from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import total
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import candidate, digits, reading
from nkauto.read.search.bases import Settled

_LEAST, _MOST = 3, 8


def find(passage: Passage, converted: frozenset[int]) -> list[Settled]:
    """Return the wholes of a text that all other like figures of a sentence, or of the one beside it, make up."""
    found: list[Settled] = []
    levels = [m for m in passage.mentions if _is_part(m) and m.index not in converted]
    sentences = [list(each) for _, each in groupby(levels, key=lambda m: m.sentence)]
    for place, here in enumerate(sentences):
        behind = sentences[place + 1] if place + 1 < len(sentences) else []
        before = sentences[place - 1] if place else []
        for unit in dict.fromkeys(m.unit for m in here):
            like = [m for m in here if m.unit == unit]
            near = [m for m in behind if m.unit == unit and m.sentence - like[0].sentence == 1][:1]
            near += [m for m in before if m.unit == unit and like[0].sentence - m.sentence == 1][-1:]
            made = next(_wholes(like, near), None)
            if made is not None:
                found.append(made)
    return found


def _is_part(mention: Mention) -> bool:
    return mention.unit not in ("%", "x", *TIME) and not mention.rate and mention.low > 0


def _wholes(like: Sequence[Mention], near: Sequence[Mention]) -> Iterator[Settled]:
    """Yield the largest of like figures as the sum of the rest, alone or with one of the sentence beside it."""
    for some in (like, *([*like, each] for each in near)):
        if not _LEAST < len(some) <= _MOST:
            continue
        whole = max(some, key=lambda each: each.low)
        parts = [each for each in some if each is not whole]
        if sum(each.low for each in parts) != whole.low or max(digits(each.low) for each in some) < 2:
            continue
        low, high = total([each.ends[0] for each in parts]), total([each.ends[1] for each in parts])
        tests = compare(low, high, "=", whole.stated)
        if verdict(tests) is Verdict.HOLDS:
            stated = max(some, key=lambda each: each.index)
            words = f"the parts add up to {whole.figure.span}"
            tied = reading(some, tests)
            made = candidate("ratio", words, stated, some, [tied], sure=True)
            yield Settled(stated.index, made, fits=True, score=0.0)
