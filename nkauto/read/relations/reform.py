"""Old money told in new: the exchange of won for won at 100 to 1, or at the ratio that the text states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from nkauto.core.claims import Candidate, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.rates import OLD_PER_NEW, OLD_WON, WON
from nkauto.core.terms import Term, minus, over, plus, times
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.relations.links import Link
from nkauto.read.relations.multiple import is_split
from nkauto.read.relations.words import lowered, pattern, says

_APART = 4
_MOST = 8
"""Sizes of ratios that two sums are tried with, the first of the text."""
_LEAST = 10
"""Below it a ratio of two numbers is a share, and no exchange of notes."""
_SAME = (WON, OLD_WON)
_TO_ONE = re.compile(r"\s*(?:to|:|：|대|対|对|對|比)\s*(?:1|one)(?!\d|[.,]\d)")
_CLAUSE = re.compile(r"[,;，、；]")
_BY_DECREE = Term(Fraction(OLD_PER_NEW), f"{OLD_PER_NEW}")
FIXED = {
    (OLD_WON, WON): _BY_DECREE,
    ("IRR", "IRT"): Term(Fraction(10), "10"),
    ("VEF", "VES"): Term(Fraction(100_000), "100000"),
}
"""How many of one money are one of another, whatever the day: by decree, or as ten rials are a toman."""
_POWERS = frozenset(Fraction(10) ** power for power in (-3, -2, -1, 1, 2, 3))


@lru_cache(maxsize=2)
def told(passage: Passage) -> tuple[Candidate, ...]:
    """Return the amounts of old and new money that a ratio of the text ties together, wherever they stand."""
    every = [each for each in passage.mentions if _is_ratio(each)]
    sizes: dict[Decimal, Mention] = {}
    for each in every:
        sizes.setdefault(each.low, each)
    if not sizes:
        return tuple(_by_decree(passage))
    ratios = list(sizes.values())[:_MOST]
    limits = _limits(passage, ratios)
    found: list[Candidate] = []
    done = {each.index for each in every}
    pairs = list(_pairs(passage))
    for old, new, beside in pairs:
        if {old.index, new.index} & done:
            continue
        beside = beside or len(pairs) == 1
        if len(sizes) == 2 and (made := _tiered(limits, ratios, old, new)) is not None:
            found.append(made)
        else:
            fitting = [each for each in ratios if verdict(_tests(each, old, new)) is Verdict.HOLDS]
            ratio = (fitting or ratios)[0]
            if not fitting and not (beside and len(sizes) == 1 and _slips(ratio, old, new)):
                continue
            found.append(_claim((ratio, old, new), _tests(ratio, old, new)))
        done |= {old.index, new.index}
    return tuple(found)


def _kin(one: str, other: str) -> bool:
    """Return whether two sums are in one country's money, before and after its notes were exchanged."""
    return one == other or (one in _SAME and other in _SAME) or fixed_between(one, other) is not None


def _is_ratio(mention: Mention) -> bool:
    """Return whether a figure is how many old won go for a new one: ``1:100``, ``100 old won to 1``."""
    if mention.low < _LEAST or not mention.single:
        return False
    return is_split(mention) or (mention.unit in _SAME and _TO_ONE.match(mention.right) is not None)


def _by_decree(passage: Passage) -> list[Candidate]:
    """Return the amounts of a text about the exchange that stand side by side at 100 to 1, which it does not tell."""
    if not says("reform", lowered(passage.text)):
        return []
    found = []
    for old, new, beside in _pairs(passage):
        low, high = (over(end, _BY_DECREE) for end in old.ends)
        tests = compare(low, high, _sign(old, new), new.stated)
        if beside and verdict(tests) is Verdict.HOLDS:
            found.append(_claim((old, new), tests))
    return found


def _claim(tied: tuple[Mention, ...], tests: tuple[Test, ...]) -> Candidate:
    *_, old, new = tied
    words = f"{old.figure.span} is {new.figure.span}"
    return candidate("conversion", words, new, tied, [reading(tied, tests)], sure=True)


def _slips(ratio: Mention, old: Mention, new: Mention) -> bool:
    """Return whether two sums of old and new money can be meant as one: both are called so, or a nought is lost."""
    if all(coin(each) for each in (old, new)):
        return True
    return all(test.size in _POWERS for test in _tests(ratio, old, new))


def _tests(ratio: Mention, old: Mention, new: Mention) -> tuple[Test, ...]:
    low, high = (over(end, ratio.ends[0]) for end in old.ends)
    return compare(low, high, _sign(old, new), new.stated)


def _sign(old: Mention, new: Mention) -> str:
    """Return how new money is compared with old: at most 100,000 are at most 1,000, which is no bound."""
    sign = operator(new, (old,), round_digits=1)
    return "~" if sign in BOUNDS and old.figure.bound == sign else sign


def _pairs(passage: Passage) -> Iterator[tuple[Mention, Mention, bool]]:
    """Yield an amount of old money, one of new, and whether they stand side by side, called so or swapped."""
    sums = [each for each in passage.mentions if each.money and each.low > 0 and not _is_ratio(each)]
    for place, one in enumerate(sums):
        for other in sums[place + 1 : place + 1 + _APART]:
            if one.rate != other.rate or not _kin(one.unit, other.unit):
                continue
            coins = coin(one), coin(other)
            if one.low > other.low and _swapped(passage, one, other):
                yield one, other, True
                continue
            if coins[0] == coins[1] or not any(coins) or other.sentence - one.sentence > 1:
                continue
            old, new = (one, other) if coins[0] == "old" or coins[1] == "new" else (other, one)
            beside = one.sentence == other.sentence and other.index - one.index == 1
            if not (beside and one.unit != other.unit):  # such a pair is a conversion of its own
                yield old, new, all(coins) and other.index - one.index == 1


def _limits(passage: Passage, ratios: Sequence[Mention]) -> list[Mention]:
    """Return the sums told beside the smallest of the ratios: up to which of them it is paid out."""
    place = min(ratios, key=lambda each: each.low).sentence
    return [each for each in passage.mentions if each.sentence == place and each.unit in _SAME and each.single][:_MOST]


def _tiered(limits: Sequence[Mention], ratios: Sequence[Mention], old: Mention, new: Mention) -> Candidate | None:
    """Return ``up to 100,000 at 100:1, beyond at 1000:1; for 200,000 one gets 1,100``; only where it computes."""
    first, second = sorted(ratios, key=lambda each: each.low)
    for limit in limits:
        if limit.low < old.low:
            rest = over(minus(old.ends[0], limit.ends[0]), second.ends[0])
            value = plus(over(limit.ends[0], first.ends[0]), rest)
            tests = compare(value, value, "=", new.stated)
            if verdict(tests) is Verdict.HOLDS:
                return _claim((limit, first, second, old, new), tests)
    return None


def _swapped(passage: Passage, one: Mention, other: Mention) -> bool:
    """Return whether the words between two sums of one currency say that the one became the other."""
    if one.unit != other.unit or one.sentence != other.sentence or other.index - one.index != 1:
        return False
    return pattern("notes_for", r"^\s*", r"\s*$").fullmatch(lowered(passage.gap(one, other))) is not None


def coin(mention: Mention) -> str:
    """Return whether an amount is called old or new money."""
    if mention.unit == OLD_WON:
        return "old"
    near = f"{_CLAUSE.split(mention.left[-10:])[-1]} {lowered(mention.figure.span)} {mention.right[:4]}"
    return next((role for role in ("old", "new") if says(f"money_{role}", near)), "")


def fixed_between(one: str, other: str) -> Term | None:
    """Return how many of the smaller of two kinds of money are one of the larger, where that never moves."""
    return FIXED.get((one, other)) or FIXED.get((other, one))


def redenominated(link: Link) -> Candidate:
    """Return an amount told in another kind of the same money: old won in new ones, rials in tomans."""
    factor = fixed_between(link.source.unit, link.target.unit) or _BY_DECREE
    small = (link.source.unit, link.target.unit) in FIXED
    low, high = (over(end, factor) if small else times(end, factor) for end in link.source.ends)
    tests = compare(low, high, operator(link.target, (link.source,), round_digits=1), link.target.stated)
    both = (link.source, link.target)
    statement = f"{link.source.figure.span} is {link.target.figure.span}"
    sure = link.tie in ("bracket", "words")
    return candidate("conversion", statement, link.target, both, [reading(both, tests)], sure=sure, locked=sure)
