"""What a multiple comes to between two figures, in each sense of its words: by so much, to so much, so many times."""

from __future__ import annotations

import re
from fractions import Fraction

from nkauto.core.claims import Grade, Hint, Reading, Test
from nkauto.core.judge import HEDGED_EXACT, compare, grade
from nkauto.core.terms import Term, fall, mean, minus, over, rise, share
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import BOUNDS, digits, operator, reading
from nkauto.read.relations.multiple import DOWN, NONE, UP, Multiple, Pair, is_split, unhedged
from nkauto.read.relations.steps import stepping
from nkauto.read.relations.words import lowered, pattern, says

_MOST_ROUND = 100
_WIDE = 2
"""A computed range whose upper end is more than so many times its lower one bears no single multiple out."""
_WHOLE = 100
_VALUE = 24
"""Characters behind a percentage in which a value may be told to be lost."""
_FAR = 3
"""Nobody says "more than" of what is so many times the bound."""
_BEHIND = re.compile(r"[가-힣぀-ヿ]")
_SHORTLY = r"[^,;，、；。]{0,30}$"
_DECIMAL = re.compile(r"[0-9０-９][.．・][0-9０-９]")
_ONE = Term(Fraction(1), "1")


def readings_of(multiple: Multiple, pair: Pair) -> list[Reading]:
    """Return what a multiple comes to between two figures, in each sense that its words allow."""
    mention = multiple.mention
    sign = operator(mention, pair.mentions, round_digits=0 if multiple.percent else 1)
    if multiple.percent and multiple.way == DOWN and mention.low > _WHOLE:
        sign = "="  # nothing loses more than all of itself: a bound beyond that would always be true
    if sign == "=" and (_in_tenths(mention) or (mention.low < 1 and _worded(mention))):
        sign = "~"
    found = []
    for low, high in _values(multiple, pair):
        tests = compare(low, high, sign, mention.stated)
        if mention.single and sign in ("=", "~") and _spread(low, high, Fraction(mention.low)):
            tests = tuple(Test(end, sign, mention.low, mention.stated.place) for end in (low, high))
        found.append(reading((mention, *pair.mentions), plainly(multiple, _at_least(multiple, tests))))
    return found


def _spread(low: Term, high: Term, stated: Fraction) -> bool:
    """Return whether a computed range bears a single multiple out at each end alone: it is wide, or lies beside it."""
    if low.value == high.value:
        return False
    return low.value * _WIDE < high.value or not low.value <= stated <= high.value


def _in_tenths(mention: Mention) -> bool:
    """Return whether a range is told in tenths alone, ``5~7할``: none of its ends is written finely."""
    fine = max(digits(mention.low), digits(mention.high)) > 1
    return mention.unit == "%" and not mention.single and not fine and says("tenths", mention.figure.span)


def _worded(mention: Mention) -> bool:
    """Return whether a fraction is told by its parts, not to a place: ``half``, ``3분의 1``, ``1/3``; not ``0.4``."""
    return mention.unit == "x" and _DECIMAL.search(mention.figure.span) is None


def near_bound(every: list[Reading]) -> list[Reading]:
    """Return the readings that a bound can speak of, where there are any: ``a tenth or more`` is not said of fifteen.

    What is not true but near is what the text meant; what is true but far off is another figure's.
    """
    near = [each for each in every if all(_speaks_of(test) for test in each.tests)]
    return near or every


def _speaks_of(test: Test) -> bool:
    if test.operator in ("=", "~"):
        return True
    return 1 / _FAR <= abs(test.size) <= _FAR


def plainly(multiple: Multiple, tests: tuple[Test, ...]) -> tuple[Test, ...]:
    """Return the tests of a plainly round percentage as hedged where they come within 5 %: ``50 %`` of 52.2."""
    mention = multiple.mention
    if not multiple.percent or mention.low > _MOST_ROUND or not mention.single or digits(mention.low) > 1:
        return tests
    close = all(test.miss <= HEDGED_EXACT for test in tests)
    if not close or any(test.operator != "=" for test in tests):
        return tests
    return tuple(Test(test.computed, "~", test.stated, test.place) for test in tests)


def _values(multiple: Multiple, pair: Pair) -> list[tuple[Term, Term]]:
    """Return the computed value, low and high, in each sense: by so much, to so much, so many times."""
    old, new = sides(multiple, pair)
    if old[0] is not old[1] and new[0] is not new[1]:
        old = (old[1], old[0])  # two ranges: the low end against the low one, the high against the high
    up, down = (rise(old[1], new[0]), rise(old[0], new[1])), (fall(old[0], new[1]), fall(old[1], new[0]))
    ratio = over(new[0], old[1]), over(new[1], old[0])
    part = share(new[0], old[1]), share(new[1], old[0])
    if pair.part:
        return [part if multiple.percent else ratio]
    if (multiple.percent or multiple.mention.high < 1) and not multiple.way:
        of_which = pattern("of_which", after=_SHORTLY)
        if of_which.search(pair.new[0].left):
            # ``640, of whom 256 are women, 40 %``: a part, and not what it is less than the whole
            return [part if multiple.percent else ratio]
        if not multiple.percent and pattern("makes_up", after=r"\s*$").search(pair.base[0].left):
            return [(over(old[0], new[1]), over(old[1], new[0]))]
    if multiple.percent:
        senses = {UP: [up], DOWN: [down], NONE: [down if new[1].value < old[0].value else up]}[multiple.way]
        if not multiple.way and pair.of_a_rate:  # of one currency or of the other
            senses.append(
                (rise(new[1], old[0]), rise(new[0], old[1]))
                if senses == [down]
                else (fall(new[1], old[0]), fall(new[0], old[1]))
            )
        lost = multiple.way == DOWN and says("value", multiple.mention.right[:_VALUE])
        if not lost and (multiple.of or multiple.of_wage or (multiple.compares and not multiple.way)):
            senses = [part, *(senses if multiple.way else [])]
        if multiple.way == UP and pair.of_a_rate and new[1].value < old[0].value:
            senses = [down, *senses]
        if multiple.way == DOWN and _reached(multiple):
            senses = [part, *senses]  # ``3割に減った``: to so much of it
        return senses
    told_of_less = multiple.mention.low > 1 > ratio[1].value and not multiple.way
    if told_of_less and (multiple.anaphor or _to_one(multiple.mention)):
        # ``8,300, 80 times that``: that is not what it stands behind; and old for new is told a hundred to one.
        ratio = over(old[0], new[1]), over(old[1], new[0])
    more = minus(ratio[0], _ONE), minus(ratio[1], _ONE)
    if multiple.way == DOWN:
        turned = over(old[0], new[1]), over(old[1], new[0])
        less = minus(_ONE, ratio[1]), minus(_ONE, ratio[0])
        if multiple.mention.low >= 1:
            return [turned]
        return [ratio] if falls_to(multiple) else [less] if _by(multiple) else [less, ratio]
    if multiple.way == UP and multiple.mention.low < 1:
        return [more] if not multiple.of else [ratio, more]
    if multiple.mention.figure.bound in BOUNDS and not multiple.way and multiple.mention.low < 1:
        return [ratio]  # ``1.6 of the 3 million, less than half``: never less by less than half
    if not multiple.way and multiple.mention.low < 1 and pair.ordered and not (multiple.of or multiple.compares):
        less = minus(_ONE, ratio[1]), minus(_ONE, ratio[0])
        return [ratio, more if more[0].value > 0 else less]
    grown = more[0].value > 0 or more[1].value > 0
    grown = grown and not multiple.verb and not so_many_times(multiple)
    return [ratio, more] if grown and (multiple.way == UP or multiple.compares) else [ratio]


def _reached(multiple: Multiple) -> bool:
    """Return whether a percentage may be what is left: ``3割に減った``; of what falls, never more than all."""
    return (
        multiple.mention.low <= _WHOLE and pattern("to_after", r"^\s*").match(multiple.mention.right[:12]) is not None
    )


def _to_one(mention: Mention) -> bool:
    """Return whether a multiple is told as odds, which two figures have in either order: ``a hundred to one``."""
    return pattern("per_one", r"[\s-]", r"$").search(lowered(mention.figure.span)) is not None


def so_many_times(multiple: Multiple) -> bool:
    """Return whether a multiple says how many times, never how many times more: ``twice as much``, ``2배로``."""
    mention = multiple.mention
    if falls_to(multiple) or says("manifold", mention.figure.span):
        return True
    if pattern("as_many", r"^\s*").match(mention.right[:16]):
        return not says("again", mention.right[:24])
    if any(pattern(role, r"^\s*").match(mention.right[:24]) for role in ("what_it_was", "times_the")):
        return True
    return pattern("of_after", after=r"\s*$").search(mention.left[-8:]) is not None


def falls_to(multiple: Multiple) -> bool:
    """Return whether a fraction is what something fell to, not by: ``to a third``, ``절반 이하로 떨어졌다``."""
    mention = multiple.mention
    if multiple.of and pattern("of_after", after=r"\s*$").search(mention.left[-8:]):
        return True  # ``6000원의 절반에도 못 미친다`` is no fall at all
    if pattern("to_after", r"^\s*").match(mention.right[:12]):
        return True
    told = pattern("to", after=r"\s*(?:an?|about|約|约)?\s*$").search(mention.left[-16:])
    # ``450g으로 4분의 1 줄었다``: in Korean and Japanese the word stands behind the level that it leads to.
    return told is not None and _BEHIND.search(told.group()) is None


def _by(multiple: Multiple) -> bool:
    """Return whether words before a fraction make it what was lost, never what is left: ``a loss of two thirds``."""
    left = unhedged(multiple.mention.left)
    return not multiple.of and left.isascii() and stepping(left)


def sides(multiple: Multiple, pair: Pair) -> tuple[tuple[Term, Term], tuple[Term, Term]]:
    """Return base and new figure, low and high; ordered by size where the text does not order them."""
    old, new = _ends(pair.base), _ends(pair.new)
    if pair.part or (pair.ordered and not ((pair.of_a_rate or is_split(pair.base[0])) and multiple.way)):
        return old, new
    part = 100 if multiple.percent else 1
    downward = multiple.way == DOWN or (not multiple.way and multiple.mention.low < part)
    falling = new[0].value < old[0].value
    return (new, old) if falling != downward else (old, new)


def _ends(mentions: tuple[Mention, ...]) -> tuple[Term, Term]:
    ends = [mention.ends for mention in mentions]
    return mean([low for low, _ in ends]), mean([high for _, high in ends])


def _at_least(multiple: Multiple, tests: tuple[Test, ...]) -> tuple[Test, ...]:
    """Return the tests of a whole multiple: ``tripled`` promises at least threefold as well as about threefold."""
    mention = multiple.mention
    if len(tests) != 1 or tests[0].operator != "~" or multiple.percent or mention.figure.bound in BOUNDS:
        return tests
    whole = mention.single and mention.low == int(mention.low) and mention.low >= 2 and not mention.hedged
    value = tests[0].computed.value
    if not whole or grade(tests[0]) is not Grade.NO or value <= Fraction(mention.low):
        return tests
    if value < Fraction(mention.low) + 1:
        return (Test(tests[0].computed, ">=", tests[0].stated, tests[0].place), tests[0])
    return tests


def hints_of(multiple: Multiple, pair: Pair) -> list[Hint]:
    """Return the other senses in which the stated figure would be right."""
    old, new = sides(multiple, pair)
    found = []
    if multiple.percent:
        if multiple.way == DOWN and new[0].value:
            word = "by so much the other currency rose" if pair.of_a_rate else "reckoned on the lower figure"
            found.append(Hint(rise(new[0], old[0]), word))
        if multiple.way == UP and old[0].value:
            found.append(Hint(share(new[0], old[0]), "so much of the old figure, not so much more"))
            found.append(Hint(fall(new[0], old[0]), "reckoned on the higher figure"))
        if pair.base[0].unit == "%":
            found.append(Hint(minus(new[0], old[0]), "percentage points, not per cent"))
    return found
