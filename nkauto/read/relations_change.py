"""Changes and multiples: a percentage or a multiple, and the two figures that it must follow from.

``up 20 % from 5,000 to 6,000``, ``tripled``, ``fell by half``, ``twice the state price``, ``20 % of a wage``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from nkauto.core.claims import Candidate, Grade, Hint, Reading, Test, Verdict
from nkauto.core.judge import compare, grade, verdict
from nkauto.core.terms import Term, fall, mean, minus, over, plus, rise, share, times
from nkauto.read.drafts import BOUNDS, candidate, comparable, digits, fits, operator, reading
from nkauto.read.passage import Mention, Passage, items_named
from nkauto.read.relation_words import lowered, pattern, says
from nkauto.read.relations_links import tie_of
from nkauto.read.relations_operands import CLAUSE, DOWN, NONE, UP, Multiple, Pair, by_subject, operand, pairs

_SPLIT = re.compile(r"[0-9０-９]\s*(?::|：|∶|대|対|对|比|to|for)\s*[0-9０-９]")
_RIGHT = 40
HEDGE_REACH = 28
"""Characters that a hedge before a figure may take."""
_LEAST, _MOST = Decimal("0.85"), Decimal("1.15")
_ONE = Term(Fraction(1), "1")
_HUNDRED = Term(Fraction(100), "100")
_MOST_READINGS = 16


def is_split(mention: Mention) -> bool:
    """Return whether a figure is a ratio such as 3:7 or 1 to 100, no multiple of two prices."""
    return mention.unit == "x" and mention.single and _SPLIT.search(mention.figure.span) is not None


def find(passage: Passage, converted: frozenset[int]) -> list[Candidate]:
    """Return the changes and ratios of a text; ``converted`` figures repeat others in a second currency."""
    found: list[Candidate] = []
    for position, mention in enumerate(passage.mentions):
        if mention.unit not in ("%", "x") or not mention.high or is_split(mention):
            continue
        multiple = _multiple(mention, position)
        if says("net", mention.left):
            found += _net_of(passage, multiple)
        else:
            found += _claims(passage, multiple, converted)
    return found


def _multiple(mention: Mention, position: int) -> Multiple:
    left = _unhedged(mention.left)
    right = mention.right[:_RIGHT]
    span = lowered(mention.figure.span)
    near_left, near_right = CLAUSE.split(left)[-1][-40:], CLAUSE.split(right)[0]
    of = pattern("of", r"^\s*").match(right) is not None
    of = of or pattern("of_after", after=r"\s*$").search(left[-12:]) is not None
    way = DOWN if mention.figure.falling else _way(span, left, near_right)
    if not way and of and mention.low < 1 and says("value", near_right):
        way = DOWN
    return Multiple(
        mention=mention,
        position=position,
        way=way,
        of=of,
        compares=says("compare", near_right[:24]) or pattern("times_of", r"^\s*").match(right) is not None,
        currency=says("currency", near_left) or says("currency", near_right),
        of_wage=says("wages_of", near_right) or says("wages_of", near_left[-12:]),
        verb=mention.unit == "x" and says("verb", span),
        generic=says("generic", left) or says("generic", right),
        elsewhere=pattern("measured_from", r"^\s*").match(right) is not None
        or pattern("measured_after", after=r"\s*$").search(left[-12:]) is not None,
        against=_against(left, right),
        anaphor=pattern("anaphor", after=r"\s*$").search(left[-8:]) is not None,
    )


def _against(left: str, right: str) -> str:
    """Return the good whose price a multiple is measured on, where the words beside it name one."""
    told = pattern("than_after", after=r"\s*$").search(left[-20:]) or pattern("of_after", after=r"\s*$").search(
        left[-20:]
    )
    if told is not None:
        named = items_named(left[-20:][: told.start()][-10:])
        return named[-1] if named and named[-1] != "wage" else ""
    told = pattern("price_of", r"^[^,;.()]{0,20}?").match(right)
    if told is not None:
        named = items_named(right[told.end() :][:16])
        return named[0] if named and named[0] != "wage" else ""
    return ""


def _unhedged(left: str) -> str:
    """Return the words before a figure without the hedge that belongs to the figure itself."""
    for _ in range(2):
        tail = left[-HEDGE_REACH:]
        found = pattern("hedge", after=r"\s*(?:an?|the)?\s*$").search(tail)
        if found is None:
            break
        left = left[: len(left) - len(tail) + found.start()]
    return left


def _way(span: str, left: str, right: str) -> str:
    """Return the way a multiple goes, by the nearest word that tells; a word in the figure itself comes first."""
    for role, way in (("fall", DOWN), ("rise", UP)):
        if says(role, span):
            return way
    nearest, found = 10_000, NONE
    behind = left[-60:]
    for role, way in (("fall", DOWN), ("rise", UP)):
        for match in pattern(role).finditer(behind):
            away = len(behind) - match.end() + 4 * len(CLAUSE.findall(behind[match.end() :]))
            if away < nearest:
                nearest, found = away, way
        ahead = pattern(role).search(right)
        if ahead is not None and ahead.start() < nearest:
            nearest, found = ahead.start(), way
    return found


def _claims(passage: Passage, multiple: Multiple, converted: frozenset[int]) -> list[Candidate]:
    """Return the claims that a multiple makes, usually one.

    It fails only where the words tie the two figures together, or where no two like figures come near it.
    """
    mention = multiple.mention
    told = _by_step(passage, multiple) or _surcharge(passage, multiple, converted)
    if told is not None:
        return [told]
    possible = pairs(passage, multiple, converted)
    if multiple.percent and not (multiple.way or multiple.of or multiple.compares or multiple.of_wage):
        possible = [pair for pair in possible if pair.part or (pair.tie == 3 and _closes(passage, multiple))]
    if not _concerns(multiple, possible):
        return _undecided(passage, multiple, converted)
    top = possible[0].tie
    firm = [pair for pair in possible if pair.tie == top]
    readings = _until_one_holds(multiple, possible)
    if top >= 2 or fits(readings):
        hints = (
            [hint for pair in firm[:3] for hint in _hints(multiple, pair)] if top >= 2 and not fits(readings) else []
        )
        return [_claim(multiple, firm[0].mentions, readings, sure=top >= 2, hints=hints, locked=firm[0].locked)]
    readings = [each for pair in possible for each in _readings(multiple, pair)]
    if _beyond(multiple, readings):
        return _each_pair(passage, multiple, possible)
    return _undecided(passage, multiple, converted)


def _until_one_holds(multiple: Multiple, possible: list[Pair]) -> list[Reading]:
    """Return the readings of the possible pairs, the best tied first, as far as one that holds exactly.

    Pairs that no word ties are read only where their figures come near the stated one.
    """
    found: list[Reading] = []
    for each in _joint(multiple, possible):
        found.append(each)
        if verdict(each.tests) is Verdict.HOLDS:
            return found
    for pair in possible:
        if pair.tie < 2 and not _comes_near(multiple, pair):
            continue
        for each in _readings(multiple, pair):
            if _likely(pair, each):
                found.append(each)
                if verdict(each.tests) is Verdict.HOLDS:
                    return found
        if len(found) >= _MOST_READINGS:
            break
    return found


def _comes_near(multiple: Multiple, pair: Pair) -> bool:
    """Return whether two figures could make the stated multiple in any sense: a cheap look before the exact one."""
    mention = multiple.mention
    if len(pair.base) > 1 or len(pair.new) > 1 or mention.figure.bound in BOUNDS:
        return True
    old, new = pair.base[0], pair.new[0]
    least, most = mention.low * _LEAST, mention.high * _MOST
    unit = 100 if multiple.percent else 1
    for one, other in ((old, new), (new, old)):
        if not one.high or not one.low:
            return True
        low, high = other.low / one.high * unit, other.high / one.low * unit
        senses = ((low, high), (low - unit, high - unit), (unit - high, unit - low))
        if any(below <= most and above >= least for below, above in senses):
            return True
    return False


def _closes(passage: Passage, multiple: Multiple) -> bool:
    """Return whether a bare percentage closes a change told before it: ``from 6,900 to 4,000, or 42 %``."""
    before = passage.before(multiple.mention, multiple.position, sentences=0, most=1)
    if before and tie_of(passage.gap(before[0], multiple.mention)) in ("words", "bracket"):
        return True
    return not CLAUSE.split(multiple.mention.right)[0].strip(" .。")


def _by_step(passage: Passage, multiple: Multiple) -> Candidate | None:
    """Return ``up 50 %, or 2,000 won, to 6,000``: a percentage with the step it stands for and a price beside them."""
    mention = multiple.mention
    if not multiple.percent or multiple.of:
        return None
    before = passage.before(mention, multiple.position, sentences=0, most=3)
    after = passage.after(mention, multiple.position)
    step = None
    if after and after[0].money and not after[0].per and tie_of(passage.gap(mention, after[0])) in ("words", "bracket"):
        step, rest, lead = after[0], [*after[1:], *before], multiple.way
    elif before and before[0].money and not before[0].per:
        gap = passage.gap(before[0], mention)
        lead = _way("", before[0].left, "")
        step, rest = before[0], [*after, *before[1:]]
        if tie_of(gap) not in ("words", "bracket") or not pattern("steps", after=r"\s*$").search(
            _unhedged(before[0].left)
        ):
            step = None
    if step is None or lead not in (UP, DOWN):
        return None
    readings = []
    hints = []
    for other in rest[:3]:
        if other.unit != step.unit or other.low <= step.high:
            continue
        part, whole = step.ends[0], other.ends[0]
        base = minus(whole, part) if lead == UP else plus(whole, part)
        value = share(part, base)
        tests = compare(value, value, operator(mention, (step, other), round_digits=0), mention.stated)
        readings.append(reading((mention, step, other), tests))
        hints.append(Hint(share(part, whole), "reckoned on the new figure"))
    return _claim(multiple, (step,), readings, sure=bool(readings), hints=hints) if readings else None


def _surcharge(passage: Passage, multiple: Multiple, converted: frozenset[int]) -> Candidate | None:
    """Return ``the official rate plus 45 %, 238.14``: a figure raised by a percentage to the one right behind it."""
    mention = multiple.mention
    if not multiple.percent or not pattern("plus", after=r"\s*$").search(_unhedged(mention.left)[-24:]):
        return None
    after = passage.after(mention, multiple.position, most=1)
    if not after or not after[0].money or tie_of(passage.gap(mention, after[0])) not in ("bare", "words", "bracket"):
        return None
    raised = after[0]
    before = passage.before(mention, multiple.position)
    levels = [m for m in before if m.unit == raised.unit and m.index not in converted and m.low < raised.high][:4]
    readings = []
    for level in levels:
        factor = plus(_ONE, over(mention.ends[0], _HUNDRED))
        value = times(level.ends[0], factor), times(level.ends[1], factor)
        tests = compare(*value, operator(raised, (level,), round_digits=1), raised.stated)
        readings.append(reading((mention, level, raised), tests))
    return _claim(multiple, (raised,), readings, sure=True, hints=[]) if readings else None


def _concerns(multiple: Multiple, possible: list[Pair]) -> bool:
    """Return whether a multiple speaks of the figures found: of one in its own sentence, or by its words."""
    mention = multiple.mention
    if any(each.sentence == mention.sentence for pair in possible for each in pair.mentions):
        return True
    return bool(possible) and (multiple.currency or multiple.generic or bool(mention.subject) or multiple.verb)


def _likely(pair: Pair, each: Reading) -> bool:
    """Return whether a bound speaks of these figures: nobody says "more than double" of what rose thirtyfold."""
    if pair.tie >= 2 or not each.tests or each.tests[0].operator in ("=", "~"):
        return True
    nearest = min(abs(test.computed.value - Fraction(test.stated)) / Fraction(test.stated) for test in each.tests)
    return nearest <= 1


def _claim(
    multiple: Multiple,
    tied: tuple[Mention, ...],
    readings: list[Reading],
    *,
    sure: bool,
    hints: list[Hint],
    locked: bool = False,
) -> Candidate:
    kind = "change" if multiple.way or multiple.verb else "ratio"
    if multiple.of_wage:
        kind = "affordability"
    span = multiple.mention.figure.span
    statement = f"{span} {multiple.way}".strip() if multiple.way else f"{span} of it" if multiple.of else span
    every = {m.index: m for m in tied}
    return candidate(kind, statement, multiple.mention, every.values(), readings, sure=sure, hints=hints, locked=locked)


def _readings(multiple: Multiple, pair: Pair) -> list[Reading]:
    """Return what a multiple comes to between two figures, in each sense that its words allow."""
    mention = multiple.mention
    sign = operator(mention, pair.mentions, round_digits=0 if multiple.percent else 1)
    if sign in ("<=", ">=") and not pair.part:
        return _reaching(multiple, pair, sign)
    if mention.low < 1 and not any(character.isdigit() for character in mention.figure.span) and sign == "=":
        sign = "~"
    found = []
    for low, high in _values(multiple, pair):
        tests = compare(low, high, sign, mention.stated)
        found.append(reading((mention, *pair.mentions), _at_least(multiple, tests)))
    return found


def _reaching(multiple: Multiple, pair: Pair, sign: str) -> list[Reading]:
    """Return what ``up to`` and ``at least`` come to: the end of the computed range that they name must be reached."""
    mention = multiple.mention
    found = []
    for low, high in _values(multiple, pair):
        end = high if sign == "<=" else low
        close = (Test(end, "~" if digits(mention.low) == 1 else "=", mention.low, mention.stated.place),)
        if grade(close[0]) is Grade.NO:
            close = compare(low, high, sign, mention.stated)
        found.append(reading((mention, *pair.mentions), close))
    return found


def _values(multiple: Multiple, pair: Pair) -> list[tuple[Term, Term]]:
    """Return the computed value, low and high, in each sense: by so much, to so much, so many times."""
    old, new = _sides(multiple, pair)
    if old[0] is not old[1] and new[0] is not new[1]:
        old = (old[1], old[0])  # two ranges: the low end against the low one, the high against the high
    up, down = (rise(old[1], new[0]), rise(old[0], new[1])), (fall(old[0], new[1]), fall(old[1], new[0]))
    ratio = over(new[0], old[1]), over(new[1], old[0])
    part = share(new[0], old[1]), share(new[1], old[0])
    if pair.part:
        return [part if multiple.percent else ratio]
    if multiple.percent:
        senses = {UP: [up], DOWN: [down], NONE: [down if new[1].value < old[0].value else up]}[multiple.way]
        if multiple.of or multiple.of_wage or (multiple.compares and not multiple.way):
            senses = [part, *(senses if multiple.way else [])]
        if multiple.way == UP and pair.base[0].rate and new[1].value < old[0].value:
            senses = [down, *senses]
        return senses
    more = minus(ratio[0], _ONE), minus(ratio[1], _ONE)
    if multiple.way == DOWN:
        turned = over(old[0], new[1]), over(old[1], new[0])
        less = minus(_ONE, ratio[1]), minus(_ONE, ratio[0])
        return [turned] if multiple.mention.low >= 1 else [less, ratio]
    if multiple.way == UP and multiple.mention.low < 1:
        return [more] if not multiple.of else [ratio, more]
    return [ratio, more] if multiple.way == UP or multiple.compares else [ratio]


def _sides(multiple: Multiple, pair: Pair) -> tuple[tuple[Term, Term], tuple[Term, Term]]:
    """Return base and new figure, low and high; ordered by size where the text does not order them."""
    old, new = _ends(pair.base), _ends(pair.new)
    if pair.ordered and not (pair.base[0].rate and multiple.way):
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
    if multiple.verb or value < Fraction(mention.low) + 1:
        return (Test(tests[0].computed, ">=", tests[0].stated, tests[0].place), tests[0])
    return tests


def _joint(multiple: Multiple, possible: list[Pair]) -> list[Reading]:
    """Return the reading that a multiple holds of two goods at once: rice and maize, each against its own base."""
    if multiple.percent or not (multiple.of or multiple.compares or multiple.generic):
        return []
    chosen: dict[str, tuple[Pair, Reading]] = {}
    for pair in possible:
        subject = pair.base[0].subject
        if not subject or subject != pair.new[0].subject:
            continue
        for each in _readings(multiple, pair)[:1]:
            if subject not in chosen or (fits([each]) and not fits([chosen[subject][1]])):
                chosen[subject] = pair, each
    if len(chosen) < 2:
        return []
    mentions = [mention for pair, _ in chosen.values() for mention in pair.mentions]
    tests = [test for _, each in chosen.values() for test in each.tests]
    return [reading((multiple.mention, *mentions), tests)]


def _hints(multiple: Multiple, pair: Pair) -> list[Hint]:
    """Return the other senses in which the stated figure would be right."""
    old, new = _sides(multiple, pair)
    found = []
    if multiple.percent:
        if multiple.way == DOWN and new[0].value:
            word = "by so much the other currency rose" if pair.base[0].rate else "reckoned on the lower figure"
            found.append(Hint(rise(new[0], old[0]), word))
        if multiple.way == UP and old[0].value:
            found.append(Hint(share(new[0], old[0]), "so much of the old figure, not so much more"))
            found.append(Hint(fall(new[0], old[0]), "reckoned on the higher figure"))
        if pair.base[0].unit == "%":
            found.append(Hint(minus(new[0], old[0]), "percentage points, not per cent"))
    return found


def _beyond(multiple: Multiple, readings: list[Reading]) -> bool:
    """Return whether a multiple is larger than any two figures near it make."""
    if multiple.mention.figure.bound in ("<", "<=") or not readings:
        return False
    if not (multiple.currency or multiple.generic):
        return False
    largest = max(test.computed.value for each in readings for test in each.tests)
    return Fraction(multiple.mention.low) > largest * Fraction(9, 8)


def _each_pair(passage: Passage, multiple: Multiple, possible: list[Pair]) -> list[Candidate]:
    """Return a claim for each earlier figure that the multiple may be measured from, and for goods with but one."""
    found = []
    mentions = {m.index: m for pair in possible for m in pair.mentions}
    for group in by_subject(list(mentions.values())):
        lowest = multiple.way == DOWN and not group[0].rate
        extreme = min(group, key=lambda m: m.low) if lowest else max(group, key=lambda m: m.high)
        for pair in possible:
            if extreme in pair.mentions:
                hints = _hints(multiple, pair)
                found.append(_claim(multiple, pair.mentions, _readings(multiple, pair), sure=True, hints=hints))
    if multiple.generic:
        found += _undecided(passage, multiple, frozenset(), skip={m.subject for m in mentions.values()})
    return found


def _undecided(
    passage: Passage, multiple: Multiple, converted: frozenset[int], skip: set[str] | None = None
) -> list[Candidate]:
    """Return the claim of a multiple whose other figure the text does not give."""
    mention = multiple.mention
    if not (multiple.way or multiple.compares or multiple.verb):
        return []
    around = [*passage.before(mention, multiple.position), *passage.after(mention, multiple.position)]
    near = [each for each in around if operand(each) and each.money and each.index not in converted]
    if multiple.generic:
        groups = [group for group in by_subject(near) if len(group) == 1 and group[0].subject not in (skip or set())]
        return [_claim(multiple, (group[0],), [], sure=False, hints=[]) for group in groups[:3]]
    here = [each for each in near if each.sentence == mention.sentence and each.rate <= multiple.currency]
    if here and not (multiple.of and multiple.percent):
        return [_claim(multiple, (here[0],), [], sure=False, hints=[])]
    if not here and not multiple.percent and multiple.compares and not multiple.of:
        return [_claim(multiple, (), [], sure=False, hints=[])]
    return []


def _net_of(passage: Passage, multiple: Multiple) -> list[Candidate]:
    """Return ``net of that, barely double``: an earlier multiple, corrected by the currency's fall beside it."""
    mention = multiple.mention
    before = passage.before(mention, multiple.position)
    earlier = next((each for each in before if each.unit == "x" and each.low >= 1), None)
    if earlier is None or multiple.percent:
        return []
    readings = []
    rates = [each for each in before if each.rate]
    slump = next((each for each in before if each.unit == "%"), None)
    extra = [slump] if slump is not None else []
    for new, old in zip(rates, rates[1:], strict=False):
        if comparable(old, new):
            low, high = over(old.ends[0], new.ends[1]), over(old.ends[1], new.ends[0])
            values = times(earlier.ends[0], low), times(earlier.ends[1], high)
            tests = compare(*values, operator(mention, (earlier,), round_digits=1), mention.stated)
            readings.append(reading((mention, earlier, old, new, *extra), tests))
    if slump is not None:
        rest = minus(_ONE, over(slump.ends[0], Term(Fraction(100), "100")))
        value = times(earlier.ends[0], rest)
        tests = compare(value, value, operator(mention, (earlier,), round_digits=1), mention.stated)
        readings.insert(0, reading((mention, earlier, slump), tests))
    if not readings:
        return []
    return [_claim(multiple, (earlier, *extra), readings, sure=False, hints=[])]
