"""A part of what was just named, told with what it comes to: ``50 % of it, that is 1,100``, ``a third of the 1,500``.

What is taken may be told, or what is left of the whole; and a percentage may be told again as a multiple.
"""

from __future__ import annotations

import re
from fractions import Fraction

from nkauto.core.claims import Candidate, Reading, Test, Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import Term, minus, over, plus, times
from nkauto.read.passage.passage import Mention
from nkauto.read.relations.drafts import BOUNDS, candidate, operator, reading
from nkauto.read.relations.multiple import UP, Multiple, unhedged
from nkauto.read.relations.scope import operand
from nkauto.read.relations.told_after import had_been, levels_before
from nkauto.read.relations.words import lowered, pattern, says
from nkauto.read.search.names import base_phrase, content, named
from nkauto.read.search.pairs import possible
from nkauto.read.search.scene import Scene

_ONE = Term(Fraction(1), "1")
_HUNDRED = Term(Fraction(100), "100")
_REACH = 100
_TAIL = 36
BESIDE = re.compile(r"[\s\w’']{0,12}[,(，（、][\s]*(?:or|about|some|roughly|nearly|약|約|约)?\s*")
_BEHIND = re.compile(r"[\s,，、(（]{0,3}[가-힣぀-ヿ㐀-鿿]")
_OWNED = r"(?:\s+(?:[a-z-]+\s){0,2}of\s*|\s+[a-z-]+(?:\s[a-z-]+)?[’'](?:s\s+|\s+)|\s*)$"
_CLOSED = re.compile(r"[,，、;；.。)）]|[가-힣がはをも]")
_OUT_OF_GAP, _COMMA = 6, 5
_SHORT = 16
_CREDIBLE = -5.0
_BEHIND_RESULT = 12
_NEW_CLAUSE = re.compile(r"[;；。]|\.\s|\b(?:and|but|while|whereas|still)\b")
_APPOSED = re.compile(r"[,，、(（—–][\s]*$")
_NEAR, _WIDE = Fraction(5, 4), Fraction(4)


def part_told(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``50 % of it, that is 1,100``, and ``a third of the 1,500, which leaves 1,000``."""
    mention = multiple.mention
    if mention.high >= (100 if multiple.percent else 1):
        return None
    after = [
        each for each in scene.passage.after(mention, multiple.position, most=4) if each.index not in scene.converted
    ]
    again = of_it(mention)
    base, results = None, after
    if (
        after
        and multiple.of
        and operand(after[0])
        and pattern("of", r"^\s*", _OWNED).match(unhedged(_gap(scene, mention, after[0])))
    ):
        base, results = after[0], after[1:]
    else:
        before = levels_before(scene, mention, multiple.position, sentences=1)
        base = next((each for each in before if not scene.steps(each)), None)
    if base is None or not results or results[0].unit != base.unit or results[0].rate != base.rate:
        return None
    result = results[0]
    gap = _gap(scene, max(mention, base, key=_start), result)
    if len(gap) > _REACH:
        return None
    rest = f"{gap} {result.right[:_BEHIND_RESULT]}"
    left = says("rest", rest) or says("keeps", rest)
    told = says("restates", gap[-_TAIL:])
    within = mention.index - base.index == 1 and len(passed := _gap(scene, base, mention)) <= _OUT_OF_GAP
    within = within and pattern("out_of", r"^\s*").match(passed) is not None
    apposed = (base is after[0] or within) and not told and _APPOSED.search(unhedged(gap)) is not None
    halved = pattern("half_price").fullmatch(lowered(mention.figure.span)) and len(gap) <= _COMMA
    apposed = apposed or bool(halved)
    closed = apposed and _CLOSED.match(result.right) is not None and (base is after[0] or len(gap) <= _COMMA)
    if not left and not apposed and not (told and (again or base is after[0])):
        return None
    tests = _part(multiple, base, result, left=left)
    if (
        left
        and verdict(tests) is Verdict.FAILS
        and (says("restates", gap) or not gap.strip("、, "))
        and not says("rest", gap)
    ):
        plain = _part(multiple, base, result, left=False)  # the rest is told of what follows
        left, tests = (False, plain) if verdict(plain) is Verdict.HOLDS else (left, tests)
    tied = mention, base, result
    taken = left and base.sentence == mention.sentence and mention.index - base.index == 1
    taken = taken and (says("taken", gap) or says("taken", mention.left[-10:]))
    firm = again or (base is after[0] and not apposed) or taken or closed or bool(halved)
    if verdict(tests) not in (Verdict.HOLDS, Verdict.ROUNDING) and (not firm or borne_out(scene, multiple, result)):
        return None
    words = f"{result.figure.span} is {mention.figure.span} of {base.figure.span}"
    return candidate("ratio", words, mention, tied, [reading(tied, tests)], sure=True, locked=firm)


def borne_out(scene: Scene, multiple: Multiple, result: Mention) -> bool:
    """Return whether two figures before a share make it, neither of which is what follows it."""
    near = (each for each in possible(scene, multiple) if each.score >= _CREDIBLE and each.plausible)
    return any(result not in each.mentions and each.said is Verdict.HOLDS for each in near)


def _part(multiple: Multiple, base: Mention, result: Mention, *, left: bool) -> tuple[Test, ...]:
    """Return the comparisons of a part, or of what it leaves, with the figure that tells it."""
    ends = multiple.mention.ends
    low, high = (over(each, _HUNDRED) for each in ends) if multiple.percent else ends
    if left:
        low, high = minus(_ONE, high), minus(_ONE, low)
    sign = operator(result, (multiple.mention, base), round_digits=1)
    return compare(times(base.ends[0], low), times(base.ends[1], high), sign, result.stated)


def of_it(mention: Mention) -> bool:
    """Return whether a share is one of what was named right before it: ``of it``, ``of which``, ``その``."""
    if pattern("of_it", r"^\s*").match(mention.right[:24]):
        return True
    return pattern("of_it_before", after=r"\s*$").search(unhedged(mention.left)[-16:]) is not None


def _gap(scene: Scene, one: Mention, other: Mention) -> str:
    return scene.passage.text[one.figure.end : other.figure.start]


def _start(mention: Mention) -> int:
    return mention.figure.start


def told_again(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``1,000 per cent, that is elevenfold``: a percentage told again as a multiple right behind it."""
    passage, mention, position = scene.passage, multiple.mention, multiple.position
    before = passage.mentions[max(0, position - 1) : position]
    if multiple.percent or not before or before[0].unit != "%" or before[0].sentence != mention.sentence:
        return None
    rate = before[0]
    gap = _gap(scene, rate, mention)
    if len(gap) > _REACH or not says("restates", gap) or mention.low < 1 or rate.low < _HUNDRED.value:
        return None
    sign = operator(mention, (rate,), round_digits=1)
    readings: list[Reading] = []
    low, high = (over(each, _HUNDRED) for each in rate.ends)
    more = plus(low, _ONE), plus(high, _ONE)
    risen = multiple.verb and scene.multiple(position - 1).way == UP  # what rose by 200 % has not doubled
    for ends in (more,) if risen else (more, (low, high)):
        readings.append(reading((mention, rate), compare(*ends, sign, mention.stated)))
    words = f"{rate.figure.span} is {mention.figure.span}"
    return candidate("change", words, mention, (rate,), readings, sure=True, locked=True)


def of_no_figure(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``5 million people, 20 % of the population``: a share of a whole that the text names and does not tell."""
    passage, mention, position = scene.passage, multiple.mention, multiple.position
    share = mention.high < (100 if multiple.percent else 1)
    if not share or multiple.way or not multiple.of or of_it(mention) or multiple.anaphor:
        return None
    before = levels_before(scene, mention, position)
    phrase = base_phrase(multiple)
    if not before or before[0].rate or not _stands_beside(_gap(scene, before[0], mention)):
        return None
    if had_been(passage, mention, position, phrase):
        return None
    level = before[0]
    if pattern("of_after", r"^[\s)）]*", r"\s*$").match(_gap(scene, level, mention)):
        return None  # ``3억의 절반``: of the figure itself
    after = passage.after(mention, position, most=1)
    if not content(phrase) or (after and after[0].figure.start - mention.figure.end <= len(phrase) + 4):
        return None
    like = [each for each in scene.near(position) if each.unit == level.unit and each is not level and each.high > 0]
    if named(passage, multiple, [level, *like], scene.converted, scene.names).base - {level.index}:
        return None
    if any(_about(multiple, level, each) for each in like) or (len(like) == 1 and says("the_old", phrase)):
        return None
    return candidate("ratio", mention.figure.span, mention, (level,))


def _stands_beside(gap: str) -> bool:
    """Return whether a share stands right behind a figure; in Korean, Japanese and Chinese behind its whole, too."""
    return BESIDE.fullmatch(gap) is not None or (len(gap) <= _SHORT and _BEHIND.match(gap) is not None)


def _about(multiple: Multiple, part: Mention, whole: Mention) -> bool:
    """Return whether a figure of the text may after all be the whole."""
    share = Fraction(multiple.mention.low) / (100 if multiple.percent else 1)
    if not whole.low:
        return False
    least, most = Fraction(part.low) / Fraction(whole.high), Fraction(part.high) / Fraction(whole.low)
    slack = _WIDE if multiple.mention.figure.bound in BOUNDS else _NEAR
    return least <= share * slack and share <= most * slack


def of_its_place(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``in Hyesan 2,450, up 17 %``, where all other figures are those of other places: its base is not told."""
    passage, mention, position = scene.passage, multiple.mention, multiple.position
    if not multiple.percent or not multiple.way or multiple.compares or multiple.anaphor:
        return None
    after = passage.after(mention, position, most=2)
    before = levels_before(scene, mention, position)
    level = None
    if after and operand(after[0]):
        gap = _gap(scene, mention, after[0])
        if len(gap) > 40 or not pattern("to", after=r"\s*$").search(gap) or says("origin", gap):
            return None
        level = after[0]
        if len(after) > 1 and operand(after[1]) and says("base_before", _gap(scene, level, after[1])):
            return None
    elif before and len(_gap(scene, before[0], mention)) <= 14:
        level = before[0]
    if level is None or multiple.elsewhere or not _place(level):
        return None
    place, known = _place(level), ""
    others = []
    for each in scene.near(position):
        if each.index >= min(level.index, mention.index):
            break
        known = _place(each) or known
        if each.unit == level.unit and each.rate == level.rate and each.index not in scene.converted:
            others.append(known)
    if not others or place in others or "" in others:
        return None
    return candidate("change", f"{mention.figure.span} {multiple.way}", mention, (level,))


def _place(mention: Mention) -> str:
    """Return the place that the words beside a figure name."""
    clause = re.split(r"[,;，、；()（）]", mention.left[-48:])[-1]
    found = list(pattern("place").finditer(clause))
    if found:
        return found[-1].group()
    behind = pattern("place").search(re.split(r"[,;，、；]", mention.right[:24])[0])
    return behind.group() if behind is not None else ""


def of_no_price(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``wages rose twentyfold`` in a text that tells no wage: a change of what bears no figure."""
    passage, mention, position = scene.passage, multiple.mention, multiple.position
    topic = mention.subject
    if topic and (unpriced := _dearer_thing(scene, multiple)) is not None:
        return unpriced
    if not topic or not (multiple.way or multiple.verb) or multiple.of or multiple.compares:
        return None
    after = passage.after(mention, position, most=1)
    if levels_before(scene, mention, position):
        return None
    if after and (not operand(after[0]) or not says("and", _gap(scene, mention, after[0])[:_TAIL])):
        return None
    near = [each for each in scene.near(position) if each.money and not each.rate]
    if not near or any(each.subject in (topic, "") or (topic == "wage" and each.is_wage) for each in near):
        return None
    return candidate("change", f"{mention.figure.span} {multiple.way}".strip(), mention, ())


def _dearer_thing(scene: Scene, multiple: Multiple) -> Candidate | None:
    """Return ``the bus is 500; a taxi costs twice as much``: a comparison of a thing whose price is not told."""
    passage, mention, position = scene.passage, multiple.mention, multiple.position
    before = levels_before(scene, mention, position)
    if not multiple.compares or multiple.percent or mention.low < 1 or not before:
        return None
    gap = _gap(scene, passage.mentions[position - 1], mention)
    clause = _NEW_CLAUSE.split(unhedged(gap))
    if len(clause) < 2 or not pattern("costs_so_much", after=r"\s*$").search(clause[-1]):
        return None
    if passage.after(mention, position, most=1) or not says("as_much", mention.right[:_SHORT]):
        return None
    if any(each.subject == mention.subject for each in scene.near(position) if each is not mention):
        return None
    return candidate("ratio", mention.figure.span, mention, before[:1])
