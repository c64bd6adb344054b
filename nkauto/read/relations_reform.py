"""Old money told in new: the exchange of won for won at 100 to 1, or at the ratio that the text states."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from nkauto.core.claims import Candidate, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.rates import OLD_PER_NEW, OLD_WON, WON
from nkauto.core.terms import Term, minus, over, plus, times
from nkauto.read.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.passage import Mention, Passage
from nkauto.read.relation_words import lowered, says
from nkauto.read.relations_links import Link
from nkauto.read.relations_multiple import is_split

_APART = 4
_LEAST = 10
"""Below it a ratio of two numbers is a share, and no exchange of notes."""
_SAME = (WON, OLD_WON)


def told(passage: Passage) -> list[Candidate]:
    """Return the amounts of old and new money that a ratio of the text ties together, wherever they stand."""
    ratios = [each for each in passage.mentions if is_split(each) and each.low >= _LEAST]
    sizes = sorted({each.low for each in ratios})
    if not sizes:
        return []
    found: list[Candidate] = []
    done: set[int] = set()
    for old, new, beside in _pairs(passage):
        if {old.index, new.index} & done:
            continue
        if len(sizes) == 2 and (made := _tiered(passage, ratios, old, new)) is not None:
            found.append(made)
        else:
            fitting = [each for each in ratios if verdict(_tests(each, old, new)) is Verdict.HOLDS]
            ratio = (fitting or ratios)[0]
            if not fitting and not (beside and len(sizes) == 1):
                continue
            tied = (ratio, old, new)
            words = f"{old.figure.span} is {new.figure.span}"
            tests = _tests(ratio, old, new)
            found.append(candidate("conversion", words, new, tied, [reading(tied, tests)], sure=True))
        done |= {old.index, new.index}
    return found


def _tests(ratio: Mention, old: Mention, new: Mention) -> tuple[Test, ...]:
    low, high = (over(end, ratio.ends[0]) for end in old.ends)
    return compare(low, high, _sign(old, new), new.stated)


def _sign(old: Mention, new: Mention) -> str:
    """Return how new money is compared with old: at most 100,000 are at most 1,000, which is no bound."""
    sign = operator(new, (old,), round_digits=1)
    return "~" if sign in BOUNDS and old.figure.bound == sign else sign


def _pairs(passage: Passage) -> Iterator[tuple[Mention, Mention, bool]]:
    """Yield an amount of old money, one of new, and whether they stand side by side and are both called so."""
    sums = [each for each in passage.mentions if each.unit in _SAME and not each.rate and each.low > 0]
    for place, one in enumerate(sums):
        for other in sums[place + 1 : place + 1 + _APART]:
            coins = coin(one), coin(other)
            if coins[0] == coins[1] or not any(coins) or other.sentence - one.sentence > 1:
                continue
            old, new = (one, other) if coins[0] == "old" or coins[1] == "new" else (other, one)
            beside = one.sentence == other.sentence and other.index - one.index == 1
            if not (beside and one.unit != other.unit):  # such a pair is a conversion of its own
                yield old, new, all(coins) and beside


def _tiered(passage: Passage, ratios: list[Mention], old: Mention, new: Mention) -> Candidate | None:
    """Return ``up to 100,000 at 100:1, beyond at 1000:1; for 200,000 one gets 1,100``; only where it computes."""
    first, second = sorted({each.low: each for each in ratios}.values(), key=lambda each: each.low)
    for limit in passage.mentions:
        if limit.unit in _SAME and limit.single and limit.sentence == first.sentence and limit.low < old.low:
            rest = over(minus(old.ends[0], limit.ends[0]), second.ends[0])
            value = plus(over(limit.ends[0], first.ends[0]), rest)
            tests = compare(value, value, "=", new.stated)
            if verdict(tests) is Verdict.HOLDS:
                tied = (limit, first, second, old, new)
                words = f"{old.figure.span} is {new.figure.span}"
                return candidate("conversion", words, new, tied, [reading(tied, tests)], sure=True)
    return None


def coin(mention: Mention) -> str:
    """Return whether an amount is called old or new money."""
    if mention.unit == OLD_WON:
        return "old"
    near = f"{mention.left[-10:]} {lowered(mention.figure.span)} {mention.right[:4]}"
    return next((role for role in ("old", "new") if says(f"money_{role}", near)), "")


def redenominated(link: Link) -> Candidate:
    """Return old won told in new ones: 100 to 1, by the decree of 30 November 2009."""
    many = Term(Fraction(OLD_PER_NEW), f"{OLD_PER_NEW}")
    old = link.source.unit == OLD_WON
    low, high = (over(end, many) if old else times(end, many) for end in link.source.ends)
    tests = compare(low, high, operator(link.target, (link.source,), round_digits=1), link.target.stated)
    both = (link.source, link.target)
    statement = f"{link.source.figure.span} is {link.target.figure.span}"
    sure = link.tie in ("bracket", "words")
    return candidate("conversion", statement, link.target, both, [reading(both, tests)], sure=sure)
