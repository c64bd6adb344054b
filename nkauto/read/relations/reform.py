"""Old money told in new: the exchange of won for won at 100 to 1, or at the ratio that the text states.

And new money reckoned in what was earned in old: ``14,000 in new won are 350 months of a pay of 4,000 old won``. There
the sum, the ratio and the pay each stand alone in their place: so it may be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from nkauto.core.claims import Candidate, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.rates import OLD_PER_NEW, OLD_WON, WON
from nkauto.core.terms import Term, minus, over, plus, times
from nkauto.read.passage.passage import TIME, Mention, Passage
from nkauto.read.relations.drafts import BOUNDS, candidate, digits, operator, reading
from nkauto.read.relations.levels import unhedged
from nkauto.read.relations.links import Link
from nkauto.read.relations.noughts import SAME_WON, Notes, coin, exchanges, is_ratio
from nkauto.read.relations.words import lowered, pattern, says

_APART, _REACH = 4, 12
_MOST = 8
"""Sizes of ratios that two sums are tried with, the first of the text."""
_DIGITS = 3
"""Figures that have so many digits in common are one but for their noughts."""
_BY_DECREE = Term(Fraction(OLD_PER_NEW), f"{OLD_PER_NEW}")
FIXED = {
    (OLD_WON, WON): _BY_DECREE,
    ("IRR", "IRT"): Term(Fraction(10), "10"),
    ("VEF", "VES"): Term(Fraction(100_000), "100000"),
}
"""How many of one money are one of another, whatever the day: by decree, or as ten rials are a toman."""
_POWERS = frozenset(Fraction(10) ** power for power in (*range(-12, 0), *range(1, 13)))
_NEAR = 12
"""Figures before a span of time among which the sum, the ratio and the pay are."""
_BESIDE = 24
_LEAST = 10
_CLAUSE = re.compile(r"[,;，、；。()（）]")
_OLD_PAY_REACH = Fraction(12)


@lru_cache(maxsize=2)
def told(passage: Passage) -> tuple[Candidate, ...]:
    """Return the amounts of old and new money that a ratio of the text ties together, wherever they stand."""
    sizes: dict[Fraction, Notes] = {}
    for each in exchanges(passage):
        sizes.setdefault(each.size.value, each)
    if not sizes:
        return tuple(_by_decree(passage))
    ratios = list(sizes.values())[:_MOST]
    figures = [each.cited[0] for each in ratios if each.cited]
    limits = _limits(passage, figures)
    found: list[Candidate] = []
    done = {mention.index for mention in passage.mentions if is_ratio(mention)}
    done |= {each.one.index for each in ratios if each.one is not None}
    last: Mention | None = None
    pairs = list(_pairs(passage))
    for old, new, beside, named in pairs:
        goes_on = last is not None and _goes_on(last, old, new)
        if {old.index, new.index} & done or (new.low == 1 and Fraction(old.low) in sizes):
            last = new if goes_on or last is None else last
            continue
        if not (named or goes_on or _like(ratios, old, new)):
            continue
        beside = beside or (named and len(pairs) == 1) or goes_on
        if len(figures) == 2 == len(sizes) and (made := _tiered(limits, figures, old, new)) is not None:
            found.append(made)
        else:
            fitting = [each for each in ratios if verdict(_tests(each, old, new)) is Verdict.HOLDS]
            ratio = (fitting or ratios)[0]
            if not fitting and not (len(sizes) == 1 and _slips(ratio, old, new, beside=beside)):
                continue
            found.append(_claim((*ratio.cited, old, new), _tests(ratio, old, new)))
        done |= {old.index, new.index}
        last = new
    return tuple(found)


def _kin(one: str, other: str) -> bool:
    """Return whether two sums are in one country's money, before and after its notes were exchanged."""
    return one == other or (one in SAME_WON and other in SAME_WON) or fixed_between(one, other) is not None


def _goes_on(last: Mention, old: Mention, new: Mention) -> bool:
    """Return whether two sums stand right behind two that were exchanged, and like them."""
    return last.index + 2 == old.index + 1 == new.index and last.sentence == new.sentence and old.low > new.low


def _by_decree(passage: Passage) -> list[Candidate]:
    """Return the amounts of a text about the exchange that stand side by side at 100 to 1, which it does not tell."""
    if not says("reform", lowered(passage.text)):
        return []
    found = []
    for old, new, beside, _ in _pairs(passage):
        low, high = (over(end, _BY_DECREE) for end in old.ends)
        tests = compare(low, high, _sign(old, new), new.stated)
        if beside and verdict(tests) is Verdict.HOLDS:
            found.append(_claim((old, new), tests))
    return found


def _claim(tied: tuple[Mention, ...], tests: tuple[Test, ...]) -> Candidate:
    *_, old, new = tied
    words = f"{old.figure.span} is {new.figure.span}"
    return candidate("conversion", words, new, tied, [reading(tied, tests)], sure=True)


def _slips(ratio: Notes, old: Mention, new: Mention, *, beside: bool) -> bool:
    """Return whether two sums of old and new money can be meant as one, though a nought is lost.

    Both are called so, or they stand side by side, or have all their digits in common.
    """
    if beside and all(coin(each) for each in (old, new)):
        return True
    by_power = all(test.size in _POWERS for test in _tests(ratio, old, new))
    return by_power and (beside or digits(old.low) == digits(new.low) >= _DIGITS)


def _tests(ratio: Notes, old: Mention, new: Mention) -> tuple[Test, ...]:
    low, high = (over(end, ratio.size) for end in old.ends)
    return compare(low, high, _sign(old, new), new.stated)


def _sign(old: Mention, new: Mention) -> str:
    """Return how new money is compared with old: at most 100,000 are at most 1,000, which is no bound."""
    sign = operator(new, (old,), round_digits=1)
    return "~" if sign in BOUNDS and old.figure.bound == sign else sign


def _pairs(passage: Passage) -> Iterator[tuple[Mention, Mention, bool, bool]]:
    """Yield an amount of old money, one of new, whether they stand side by side, and whether words say which is which.

    Those of which no words say so may only differ by their noughts.
    """
    sums = [each for each in passage.mentions if each.money and each.low > 0 and not is_ratio(each)]
    for place, one in enumerate(sums):
        behind = sums[place + 1 : place + 1 + _REACH]
        for other in [each for each in behind if one.rate == each.rate and _kin(one.unit, each.unit)][:_APART]:
            if one.low > other.low and _swapped(passage, one, other):
                yield one, other, True, True
                continue
            coins = coin(one), coin(other)
            named = coins[0] != coins[1] and any(coins) and other.sentence - one.sentence <= 1
            old, new = (one, other) if coins[0] == "old" or coins[1] == "new" else (other, one)
            if not named:
                old, new = (one, other) if one.low > other.low else (other, one)
            beside = other.index - one.index == 1
            if not (beside and one.sentence == other.sentence and one.unit != other.unit):
                yield old, new, beside and all(coins) and named, named  # such a pair is a conversion of its own


def _like(ratios: Sequence[Notes], one: Mention, other: Mention) -> bool:
    """Return whether two sums differ by their noughts alone, as those of old and new money do."""
    if not (one.single and other.single):
        return False
    size = Fraction(max(one.low, other.low)) / Fraction(min(one.low, other.low))
    if any(size == ratio.size.value for ratio in ratios if ratio.telling):
        return True
    return digits(one.low) >= _DIGITS and size in _POWERS


def _limits(passage: Passage, ratios: Sequence[Mention]) -> list[Mention]:
    """Return the sums told beside the smallest of the ratios: up to which of them it is paid out."""
    if not ratios:
        return []
    place = min(ratios, key=lambda each: each.low).sentence
    return [each for each in passage.mentions if each.sentence == place and each.unit in SAME_WON and each.single][
        :_MOST
    ]


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
    gap = unhedged(lowered(passage.gap(one, other)))
    return pattern("notes_for", r"^[\s,]*(?:[a-z]+\s){0,2}", r"\s*$").fullmatch(gap) is not None


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


def months_of_old_pay(passage: Passage, mention: Mention, position: int) -> Candidate | None:
    """Return so many months of an old pay as a sum of new money is said to be, where it comes to others."""
    if mention.unit not in TIME or not mention.single or mention.figure.bound in BOUNDS:
        return None
    before = passage.before(mention, position, sentences=2, most=_NEAR)
    if not before or not _is_old_pay(passage, before[0], mention):
        return None
    pay, *rest = before
    sums = [each for each in rest if each.unit == pay.unit and each.single and not each.rate and each.low > 1]
    old = [each for each in sums if coin(each) == "old" and each.low > pay.low]
    cited = _ratio(passage, rest)
    others = [each for each in sums if each not in cited]
    new = [each for each in others if coin(each) == "new"] or [each for each in others if not coin(each)]
    if len(old) == 1 and old[0] not in cited:
        low, cited = old[0].ends[0], (old[0],)
    elif len(new) == 1 == len(cited):
        low, cited = times(new[0].ends[0], cited[0].ends[0]), (new[0], *cited)
    else:
        return None
    value = over(low, pay.ends[0])
    tests = compare(value, value, operator(mention, (*cited, pay), round_digits=1), mention.stated)
    within = 1 / _OLD_PAY_REACH < value.value / Fraction(mention.low) < _OLD_PAY_REACH
    if verdict(tests) is not Verdict.FAILS or not within:
        return None  # what holds is found by the search
    made = reading((mention, pay, *cited), tests)
    words = f"{cited[0].figure.span} is {mention.figure.span} of {pay.figure.span}"
    return candidate("affordability", words, mention, (pay, *cited), [made], sure=True, locked=True)


def _is_old_pay(passage: Passage, pay: Mention, mention: Mention) -> bool:
    """Return whether a pay for such a span of time stands right before it, and so many of them are told of it."""
    if pay.sentence != mention.sentence or not pay.money or pay.rate or pay.per != mention.unit or not pay.single:
        return False
    gap = passage.gap(pay, mention)
    if len(gap) > _BESIDE or _CLAUSE.search(gap) or coin(pay) == "new":
        return False
    told = any(says(role, gap) for role in ("earned_behind", "supposed_after", "result"))
    return told or pattern("of_after", after=r"\s*$").search(gap) is not None


def _ratio(passage: Passage, before: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the figure that tells how many of the old money are one of the new, where there is one only."""
    told = [each for each in before if is_ratio(each)]
    told = told or [each for each in before if each.unit == "x" and each.low >= _LEAST and coin(each)]
    if not told and any(coin(each) == "old" for each in before):
        told = [each for notes in exchanges(passage) for each in notes.cited if each in before]
    if not told:  # ``새 돈 1원이 옛 돈 100원이니``
        old = [each for each in before if each.money and coin(each) == "old"]
        told = [each for each in old if says("money_new", each.left[-_BESIDE:])]
    return tuple(told) if len(told) == 1 else ()
