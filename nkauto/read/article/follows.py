"""A price takes what the figure beside it is for: the one that it converts, goes on from, or comes before."""

from __future__ import annotations

import re
from itertools import pairwise

from nkauto.core.range import plain
from nkauto.read.article.beside import MASS, TIME
from nkauto.read.article.carried import ROUND, closer, take
from nkauto.read.article.prose import compiled
from nkauto.read.article.raw import Raw
from nkauto.read.article.sentence import WORLD, Sentence, is_money
from nkauto.read.article.wares import of_ware

_CONVERTED = (
    r"(?:\s{in_past} (?:19|20)[0-9]{2})?"
    r"(?:\s{behind_about})?\s?(?:[,:=(~≈、–—]|-\s|{converted+converting})(?:[\s,]*{converting+money_named})*[\s,]*$"
)
_ASIDE = (
    r"(?:\s(?:{list_place+since+for_sum})\s[^,;:()$€£¥]{2,36}?){1,2},\s"
    r"(?:{said_again}\s)(?:{softener+money_named}\s?)*"
)
"""Between a sum and its worth, where it was paid: 20,000 won each at the year's end, roughly $6."""

_IS_WORTH = r"\s{said_worth}\s(?:{softener}\s)?"
_WHICH = r",\swhich\s(?:[a-z]+\s){0,4}{said_worth}\s(?:{softener}\s?)*"
_THIS = r"{this}\s(?:{this_is+by_rate}\s)*$"
GOES_ON = (
    r"(?:^\s?(?:[,、·]|{joined})|[,;]\s(?:{clause_joint}\s)?{then_now}\s"
    r"|^ (?:in|at|on) [a-z' -]{3,28} (?:and|but)|{goes_on}|^\s(?:[a-z' -]{3,28}\s)?{in_place})"
    r"\s?(?:an? (?:target|norm|average|price|level) of |{softener}\s?)?$"
)
_LATER = r"(?:^|[)）])\s?(?:{goes_on})\s?[^0-9a-z,.;:、。，；(]{1,8}$"
"""Between the ends of a change where its time stands: 1,200만원에서 올해 7,000만원까지."""

_AT_ONCE = r"\s?(?:에서|から|[^ -~]{0,8}?{moved_behind}{goes_on})\s?(?:{softener}\s?)?"
_EAST_THIS = r"{east_this}\s?[^0-9,、，。.]{0,10}$"
_UNTIL = r"\s?{until}\s?"
_FROM = r"{from}\s(?:{softener}\s)?$"
_TO = (" to ", " to about ", " to nearly ", " to over ", " to more than ")
_FAR = 2000
"""How many times its start a price may come to that the words follow from A to B."""

_STILL = r"\s(?:[^,;.0-9]{2,30}\s)?(?:{costs_ware+costs})\s(?:{softener}\s)?"
"""Between two prices of one thing that is sold by number: 10 pesos a hand before the crisis are 80 pesos."""

_ON_TOP = r"\s{on_top}\s(?:an?\s[a-z -]{2,24}\sof\s)?(?:{softener}\s)?"
_BESIDE = 8
_EARNS = r"{earns}\s(?:{softener} )?$"
_AS_PAY = r"(?:{pay_subject}\s(?:[a-z]+\s)?|,\s|–\s){pay_verb}\s(?:{softener}\s)?$"
_PAY_NEAR = 160
_LASTS = r"\s?{lasts}\s?(?:{softener}\s?)?$|\s?{fee}(?:{topic})?\s?(?:{softener}\s?)?$"
_FEE = r"{fee}\s?(?:{topic})?\s?$"
_IN_MONEY = r"(?:{in_money}|{by_rate})(?:\s?{reckoned_as})?[\s,、]*(?:{softener+money_named}\s?)*$"
_TO_ONE = r"(?:\s?:\s?|\s{goes_on}\s)(?:1|one)(?![0-9])"
_BRACKET = re.compile(r"^\s?\([^()\n]{1,40}\)")
_AT = r" at (?:an? |the )?(?:{rate_kind}\s)*"
_EXAMPLE = r"(?:,[^,;.]{0,30},)?\s?{this_is+is}\s?(?:{softener+money_named}\s?)*$"


def at_rate(here: Sentence, index: int) -> bool:
    """Take the money before it for the rate behind "at": $3.35 at 3 pesos, $37 on the street at 800 to 1."""
    raw, before = here.raws[index], next(iter(here.before(index, 1)), None)
    if before is None or raw.unit in WORLD or before.unit not in WORLD:
        return False
    gap = here.gap(before.end, raw.start)
    if compiled(_AT).fullmatch(gap) is None and not (
        gap.endswith(" at ") and compiled(_TO_ONE).match(here.page.low, raw.end)
    ):
        return False
    raw.per = raw.subject = before.unit
    return True


def exemplary(here: Sentence, index: int) -> bool:
    """Return whether this is a round sum that only shows a rate, or its worth: "1,000 won make 70 US cents"."""
    raw, low = here.raws[index], here.page.low
    following, before = here.following(index), next(iter(here.before(index, 1)), None)
    for first, second in ((raw, following), (before, raw)):
        if first is None or second is None or not first.money or not second.money or first.unit == second.unit:
            continue
        if any(0 <= first.start - cue.end < _BESIDE and cue.kind in ("wage", "item") for cue in here.cues):
            continue
        if first.base or first.low not in ROUND or first.unit in WORLD or second.low * 2 > first.low or second.outer:
            continue
        if first.per is None and compiled(_EXAMPLE).fullmatch(low, first.end, second.start):
            return True
    return False


def converts(here: Sentence, index: int) -> bool:
    """Take the denominator of the figure that this one converts: "a month, roughly $12", "this is 15 cents"."""
    raw, raws = here.raws[index], here.raws
    previous = next((other for other in reversed(raws[max(0, index - 3) : index]) if other.money), None)
    if previous is None or previous.base:
        return False
    if _in_money(here, index, previous):
        return True
    if previous.unit == raw.unit:
        return False
    spent = here.page.low.startswith(" for ", raw.end)
    if (
        previous.per in TIME
        and not spent
        and compiled(_ON_TOP).fullmatch(here.gap(max(previous.end, previous.tail), raw.start))
    ):
        take(raw, previous)
        return True
    from_ = max(previous.end, previous.tail)
    gap = here.gap(max(from_, raws[index - 1].end), raw.start)
    bare = not any(from_ <= cue.at < raw.start and cue.kind != "spent" and cue.end > cue.at for cue in here.cues)
    worth = raw.unit != previous.per and not raws[index - 1].base
    if len(gap) < 36 and bare and worth and compiled(_CONVERTED).match(gap):
        take(raw, previous)
        return True
    beside = compiled(_ASIDE).fullmatch(gap) or compiled(_WHICH).fullmatch(gap)
    paid = previous.per in TIME and previous.unit not in WORLD
    beside = beside or (compiled(_IS_WORTH).fullmatch(gap) if paid else None)
    if previous is raws[index - 1] and bare and beside and {raw.unit, previous.unit} & WORLD:
        take(raw, previous)
        return True
    near = max(here.first, raw.start - 40, raws[index - 1].end)
    if compiled(_THIS).search(here.page.low, max(0, raw.start - 40), raw.start) or (
        compiled(_EAST_THIS).search(here.page.low, near, raw.start)
    ):
        meant = [o for o in raws[max(0, index - 4) : index] if o.money and not o.base and o.per not in WORLD]
        if meant:
            take(raw, meant[-1])
            return True
    return False


def _in_money(here: Sentence, index: int, previous: Raw) -> bool:
    """Take the denominator of the price that this one is in other money, or by another rate: 円では17円."""
    raw = here.raws[index]
    from_ = max(previous.end, previous.tail)
    if previous.per is None or previous.per == raw.unit or raw.start - from_ > 90:
        return False
    if not compiled(_IN_MONEY).search(here.gap(max(from_, raw.start - 40), raw.start)):
        return False
    cued = any(from_ <= cue.at < raw.start and cue.kind not in ("spent", "rate") for cue in here.cues)
    if is_money(previous.per) and (cued or previous.start < here.first or previous.unit == raw.unit):
        return False
    take(raw, previous)
    return True


def goes_on(here: Sentence, index: int) -> bool:
    """Take the denominator of the figure before it in a change or a list of like amounts: from 8 to 10 a day."""
    raw = here.raws[index]
    previous = next((o for o in here.before(index, 3) if o.money and o.outer is None), None)
    if previous is None or previous.base or previous.unit != raw.unit:
        return False
    if previous.per is None and previous.tail and compiled(GOES_ON).search(here.gap(previous.tail, raw.start)):
        return len(here.gap(previous.tail, raw.start)) < _BESIDE * 3 and _near(raw, previous, 12)
    if previous.per is None and previous.tail and compiled(_STILL).fullmatch(here.gap(previous.tail, raw.start)):
        return True
    if previous.per is None:
        return (
            raw.low < 100 * previous.high and compiled(_UNTIL).fullmatch(here.gap(previous.end, raw.start)) is not None
        )
    from_ = max(previous.end, previous.tail)
    between = any(
        from_ <= cue.at < raw.start and cue.end > cue.at and cue.kind not in ("spent", "frame") for cue in here.cues
    )
    gap = here.gap(from_, raw.start)
    factor = _reach(here, previous, gap)
    between = between or any(
        o.kind == "measure" and o.unit in MASS and not o.base for o in _skipped(here, index, previous)
    )
    led = compiled(GOES_ON).search(gap) or compiled(_LATER).search(gap)
    if between or len(gap) > 60 or not led or not _near(raw, previous, factor):
        return False
    take(raw, previous if compiled(_AT_ONCE).fullmatch(gap) else closer(here, index, previous))
    return True


def _skipped(here: Sentence, index: int, previous: Raw) -> list[Raw]:
    """Return the figures between an earlier one and this one."""
    return [other for other in here.before(index, 3) if other.start > previous.start]


def _reach(here: Sentence, previous: Raw, gap: str) -> int:
    """Return how many times a price another may be that goes on from it: far more where words follow from A to B."""
    if compiled(_AT_ONCE).fullmatch(gap):
        return _FAR
    before = here.gap(max(here.first, previous.start - 12), previous.start)
    if (gap in _TO and compiled(_FROM).search(before)) or compiled(r"\s{rate_kind}\s").search(gap):
        return _FAR
    if is_money(previous.per or ""):
        return 40
    return 60 if previous.per in TIME and not gap.lstrip().startswith((",", "、", "，")) else 12


def comes_first(here: Sentence, index: int) -> bool:
    """Take the denominator behind the figure that this one changes to: from 5,300 to 5,800 per yuan."""
    raw = here.raws[index]
    following = next((o for o in here.raws[index + 1 : here.after] if o.outer is not raw), None)
    if following is None or not following.tail or not following.money:
        return False
    gap = _BRACKET.sub("", here.gap(raw.end, following.start), count=1)
    if following.unit != raw.unit:
        worth = following.per in TIME and following.unit in WORLD and compiled(_IS_WORTH).fullmatch(gap)
        if not worth and (len(gap) > 12 or not compiled(_CONVERTED).match(gap)):
            return False
    else:
        beside = raw.shared or len(gap) <= _BESIDE or gap in _TO
        if not beside or not compiled(GOES_ON).search(gap) or not _near(raw, following, _FAR):
            return False
    take(raw, following)
    return True


def lasts(here: Sentence, index: int) -> bool:
    """Take the time that a fee is for, or a wage that is told in other money: 3개월에 2850원, "thus earns $19"."""
    raw = here.raws[index]
    before = next(iter(here.before(index, 1)), None)
    timed = before is not None and before.kind == "measure" and before.unit in TIME and before.low == before.high > 1
    gap = here.gap(before.end, raw.start) if before is not None else " "
    if (
        before is not None
        and timed
        and (compiled(_LASTS).match(gap) or (not gap and before.unit in ("minute", "hour", "month")))
    ):
        raw.per = f"{plain(before.low):f} {before.unit}s"
        return True
    if compiled(_FEE).search(here.gap(max(here.first, raw.start - 16), raw.start)):
        for after, talked in pairwise(here.raws[index + 1 : here.after]):
            several = after.unit == "month" and after.low == after.high > 1
            if several and talked.unit == "minute" and talked.start - after.end < _BESIDE:
                raw.per = f"{plain(after.low):f} {after.unit}s"
                return True
    if compiled(_EARNS).search(here.page.low, max(0, raw.start - 30), raw.start):
        near = here.raws[max(0, index - 4) : index]
        paid = [other for other in near if other.money and other.per in TIME and other.unit != raw.unit]
        if paid:
            raw.per = paid[-1].per
            return True
    return _as_pay(here, index)


def _as_pay(here: Sentence, index: int) -> bool:
    """Take the month of the pay that this is in other money: on 8,000 pounds he had $510 before, today he has $165."""
    raw = here.raws[index]
    if raw.unit not in WORLD or compiled(_AS_PAY).search(here.page.low, max(0, raw.start - 40), raw.start) is None:
        return False
    paid = next((o for o in here.before(index, 4) if o.money and o.outer is None and o.unit != raw.unit), None)
    if paid is None or paid.per not in TIME or raw.start - paid.end > _PAY_NEAR:
        return False
    if any(paid.end <= cue.at < raw.start and cue.kind in ("item", "thing", "money", "mass") for cue in here.cues):
        return False
    if of_ware(here, raw, paid.end):
        return False
    raw.per, raw.subject = paid.per, paid.subject
    return True


def _near(raw: Raw, other: Raw, factor: int) -> bool:
    """Return whether two amounts are of like size."""
    return bool(raw.low and other.low) and other.low <= factor * raw.low <= factor * factor * other.low
