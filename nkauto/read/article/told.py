"""What one word of a sentence tells of one price: its denominator, that it has none, or nothing."""

from __future__ import annotations

import re
from decimal import Decimal

from nkauto.read.article.carried import ROUND, moves
from nkauto.read.article.cues import Cue
from nkauto.read.article.prose import compiled
from nkauto.read.article.sentence import WORLD, Sentence, is_money
from nkauto.read.article.wares import aside, bracketed, new_good, of_ware, sold_by_number

_PAID = 40
_GRAIN = frozenset(
    ("rice", "maize", "wheat", "flour", "soybean", "potato", "pork", "gasoline", "diesel", "fuel")
)  # fmt: skip
"""Goods whose price in North Korea is a kilogram's where the text names no measure."""

_LIQUID = frozenset(("gasoline", "diesel", "fuel", "oil"))
_WEIGHTS = ("kg", "g", "lb", "jin", "t", "tical", "viss", "oz")
_PAY_REACH = (60, 12)
"""How many times the pay told first another may be, and a round sum, which is oftener a mere example."""

_WORTH_REACH = 16
_LARGER = 85
"""An amount so many times the rate before it is no rate of the same money, and the word before both tells nothing."""

_OF_PAY = r"\s(?:of\s|the\s|an?\s|in\s|his\s|her\s|their\s)[^,;.()0-9]*"
_CLAUSE = re.compile(r"[,;.]\s.*[a-z]")
_NEW_WARE = r"[,、，。；;]\s?(?!{in_money})[^0-9,、，。；;]{2,14}(?:{of_ware})\s?(?:{softener}\s?)?$"
_COMES_TO = r"\s(?:{this}\s)?{said_worth}\s(?:{softener}\s)?"
"""Behind a rate, before what a sum comes to at it: at 8,200 won to the dollar makes 574,000 won."""

_STEP = 6
"""How near a price stands behind what it moved by: 75원 내린 8,325원."""

_USED = ("minute", "hour", "day", "night")
_CASH = r"{cash}\s?(?:{softener}\s?)?$"
_BULK = frozenset((*_WEIGHTS, "L", "gal", "barrel"))
_OTHER_SUM = 4
"""A rate so many times another is one only where words tell of a rate."""

_RATE_WORDS = r"{rate_kind}|{rate}|{rate_word}|{money_word}|{exchanged}|{moved_behind}|{moved}"
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_PRICE_OF = r"{rate_kind}\s?{price_word}[,:]?\s?(?:{softener}\s?)?$"
_PAUSE = re.compile(r"[,;:。、(]")
_SO_DEAR = re.compile(r"も?する(?![とこ、。])")
"""Behind the price of what is named next: 5200ウォンするコメ."""
_NEW_THING = r"[,;.]\s(?:and |while |but )?(?:a|an|the|one) [a-z -]{2,40} {costs}\s[^,;.]{0,24}$"
_CROSSED = r"\s?{softener}?(?:(?:{would}\s)?{base_behind}|{is}|[=≒≈])\s?(?:{softener}\s?)?"
_WORTH = r"の(?![値大水台相実為レまほ]|.{0,4}(?:{east_rate}))|{worth}|的(?![0-9两三]|.{0,4}(?:[汇匯价價]|{east_rate}))"


def told(here: Sentence, index: int, cue: Cue, northern: bool) -> str | None:
    """Return the denominator that a word tells for a price, empty for none; ``None`` when it says nothing here."""
    raw, low = here.raws[index], here.page.low
    ahead = cue.at < raw.start
    gap = low[cue.end : raw.start] if ahead else low[raw.end : cue.at]
    if cue.kind == "money" and cue.at == cue.end and ahead and compiled(_COMES_TO).fullmatch(gap):
        return None
    if cue.kind == "money":
        return _of_money(here, index, cue, gap if ahead else "")
    if cue.kind == "rate":
        return _of_rate(here, index)
    if cue.kind == "mass":
        if ahead and cue.end > cue.at and len(gap) < 4 and not _PAUSE.search(gap):
            return cue.per
        if ahead and ";" in gap and not _known(here, index, cue.per):
            return None
        owner = next((o for o in here.here if o.tail == cue.at == cue.end), None)
        if ahead and owner is not None and owner.outer is not None and (owner.unit != raw.unit or moves(here, raw)):
            return None
        other = ahead and (
            not _like(here, index, cue.per, _reach(here, index, cue.per))
            or (not northern and new_good(here, raw, cue))
            or sold_by_number(here, raw)
        )
        return "" if other else cue.per
    if cue.kind in ("item", "mass") and ahead and compiled(_CASH).search(gap):
        return None
    if cue.kind == "frame":
        paid = any(cue.end <= other.start < raw.start and other.money for other in here.raws[here.place : index])
        if paid and ahead and gap.isascii() and cue.per in _USED and new_good(here, raw, cue):
            return ""
        return None if paid and not gap.isascii() and _PAUSE.search(gap) else cue.per
    if cue.kind == "item":
        return (
            ""
            if ahead and sold_by_number(here, raw)
            else _by_weight(here, index, cue, northern) or _by_heap(here, index)
        )
    if cue.kind == "wage":
        dear = _SO_DEAR.match(here.page.low, raw.end) is not None
        return None if dear or (ahead and _compared(here, cue, gap)) else _of_wage(here, index, cue)
    if cue.kind == "earner":
        return cue.per if ahead and _earned(here, index, cue) else None
    if cue.kind == "time":
        used = any(cue.end <= other.start < raw.start and not other.base for other in here.raws[here.place : index])
        return cue.per if not used and len(gap) < 40 and not _PAUSE.search(gap) else None
    if cue.kind == "person":
        apart = _PAUSE.search(gap) or compiled(r"\s?{household}").match(gap)
        return cue.per if ahead and len(gap) < (24 if gap.isascii() else 12) and not apart else None
    return _of_thing(here, index, cue) if cue.kind == "thing" else None


def _of_thing(here: Sentence, index: int, cue: Cue) -> str:
    """Return what the price before was for that is told of the same thing: a stall at 8,000 won a day, once 4,500."""
    raw = here.raws[index]
    near = [o for o in here.raws[here.place : index] if o.money and o.start > cue.at and o.unit == raw.unit and o.low]
    per = near[-1].per or "" if near else ""
    if not near or not (near[-1].tail or " " in per) or is_money(per):
        return ""
    return per if near[-1].low / 5 <= raw.low <= 5 * near[-1].low else ""


def _by_heap(here: Sentence, index: int) -> str:
    """Return the amount that another good was priced by before: 20 litres of petrol at 61,100, diesel at 46,100."""
    raw = here.raws[index]
    near = [o for o in here.before(index, 3) if o.money and o.unit == raw.unit and o.low and o.outer is None]
    if not near or " " not in (near[0].per or "") or is_money(near[0].per or ""):
        return ""
    return near[0].per or "" if near[0].low <= 3 * raw.low <= 9 * near[0].low else ""


def _reach(here: Sentence, index: int, per: str) -> int:
    """Return how many times another price of its sentence a price may be that is for the same weight."""
    raw = here.raws[index]
    if index and compiled("{rate_kind}|{northern_market}").search(here.gap(here.raws[index - 1].end, raw.start)):
        return 1000
    if raw.like is not None and raw.like.per == per and raw.like.unit == raw.unit:
        return 1000
    led = compiled(_PRICE_OF).search(here.gap(max(here.first, raw.start - 24), raw.start)) is not None
    return 45 if per in _WEIGHTS and not led and not moves(here, raw) else 1000


def _of_money(here: Sentence, index: int, cue: Cue, gap: str) -> str | None:
    """Return the currency that an amount is the price of; empty where another thing is named in between."""
    raw = here.raws[index]
    if raw.like is not None and raw.like.per == cue.per and raw.like.unit == raw.unit:
        return cue.per
    taken = any(o.money and o.start > cue.at and o.per == cue.per for o in here.raws[here.place : index])
    if gap and ";" in gap and not _like(here, index, cue.per, 5):
        return None
    before = here.raws[max(0, index - 1)]
    if gap and gap.isascii() and _PAUSE.search(gap) and of_ware(here, raw, max(before.end, before.tail)):
        return ""
    beside = before.end <= raw.start < before.end + _STEP
    if before.money and before.per == cue.per and beside and moves(here, before):
        return cue.per
    if gap and taken and (known := _known(here, index, cue.per)) and raw.low > _LARGER * known[-1]:
        return None
    if taken and _too_large(here, index) and _is_worth_next(here, index, cue.per):
        return ""
    if taken and _too_large(here, index) and compiled(_RATE_WORDS).search(_beside(here, index)) is None:
        if _YEAR.search(_beside(here, index)):
            return cue.per
        return ""
    if taken and not gap.isascii() and (known := _known(here, index, cue.per)) and raw.low * _LARGER < known[-1]:
        return None
    if gap and (compiled(_NEW_THING).search(gap) or compiled(_WORTH).match(here.page.low, raw.end)):
        return ""
    if raw.unit in WORLD and cue.end != raw.start and not compiled(_CROSSED).fullmatch(gap):
        return None
    return cue.per if cue.per.rpartition(" ")[2] != raw.unit else None


def _is_worth_next(here: Sentence, index: int, per: str) -> bool:
    """Return whether a sum's worth in the money of a rate stands right behind it: 5万朝币于是折合37.5元."""
    raw, after = here.raws[index], here.following(index)
    if after is None or not after.money or after.one or after.low == 1:
        return False
    return per in (after.unit, *after.codes[:1]) and 0 <= after.start - raw.end <= _WORTH_REACH


def _too_large(here: Sentence, index: int) -> bool:
    """Return whether an amount is far larger than every rate told before it in its money."""
    raw = here.raws[index]
    near = here.raws[max(0, index - 8) : index]
    told = [o for o in near if o.money and o.unit == raw.unit and o.low and is_money(o.per or "")]
    rates = [o.low for o in told if not moves(here, o)]
    return bool(rates) and raw.low > _OTHER_SUM * max(rates)


def _beside(here: Sentence, index: int) -> str:
    """Return the words between the figure before this one, or its denominator, and the next one."""
    before, after = next(iter(here.before(index, 1)), None), here.following(index)
    first = max(here.first, here.raws[index].start - 60, before.end if before is not None else 0)
    last = min(here.end, here.raws[index].end + 24, after.start if after is not None else here.end)
    return here.gap(first, last)


def _compared(here: Sentence, cue: Cue, gap: str) -> bool:
    """Return whether a wage is only what an earlier figure is so much of, as in "five years of an average wage"."""
    before = next((o for o in reversed(here.here) if o.end <= cue.at and o.kind != "count"), None)
    if before is None or before.kind == "money" or cue.at - before.end > _PAID or not _CLAUSE.search(gap):
        return False
    return compiled(_OF_PAY).fullmatch(here.gap(before.end, cue.at)) is not None


def _of_wage(here: Sentence, index: int, cue: Cue) -> str:
    """Return the month, unless another amount of another size is the wage already."""
    raw = here.raws[index]
    gap = here.gap(cue.end, raw.start)
    if cue.at < raw.start and (compiled(_NEW_THING).search(gap) or bracketed(here, raw, gap)):
        return ""
    before = here.raws[index - 1] if index > here.place else None
    behind = here.gap(raw.end, cue.at)
    attribute = behind and not behind.isascii() and compiled("{copula_end}").search(behind) is None
    if (
        (behind or _PAUSE.search(gap))
        and not attribute
        and of_ware(here, raw, max(before.end, before.tail) if before is not None else here.first)
    ):
        return ""
    paid = [o for o in here.raws[here.place : index] if o.money and o.start > cue.at]
    first = paid[0] if paid else None
    if first is not None and first.unit != raw.unit and compiled(_NEW_WARE).search(gap):
        return ""
    if first is None or first.unit != raw.unit or not first.low:
        return cue.per
    if compiled("{sending}|{other_sum}").search(here.page.low, here.raws[index - 1].end, raw.start):
        return ""
    reach = _PAY_REACH[raw.low in ROUND]
    near = [o.low for o in paid if o is first or (o.per == cue.per and o.unit == raw.unit and o.low)]
    return cue.per if any(low / reach <= raw.low <= low * reach for low in near) else ""


def _earned(here: Sentence, index: int, cue: Cue) -> bool:
    """Return whether an amount is what someone earns: the first behind "a miner gets", not behind a good or a count."""
    raw, low = here.raws[index], here.page.low
    between = [other for other in here.raws[here.place : index] if cue.end <= other.start]
    if raw.start - cue.end > _PAID or any(other.kind in ("count", "measure") or other.money for other in between):
        return False
    return compiled(r"\s?{debts}").match(low, raw.end) is None


def _of_rate(here: Sentence, index: int) -> str | None:
    """Return the currency whose rate is told: one named before in the sentence, the only one near it, else the dollar.

    Empty where one sum is exchanged for another.
    """
    raw = here.raws[index]
    if raw.unit in WORLD:
        return None
    before = next(iter(here.before(index, 1)), None)
    sum_of = before if before is not None and before.unit in WORLD and not before.one and not before.base else None
    if sum_of is not None and compiled("{exchanged}").search(here.gap(sum_of.end, raw.start)):
        return ""
    named = [cue.per for cue in here.cues if cue.kind == "money" and cue.at < raw.start and cue.per != raw.unit]
    around = here.raws[max(0, index - 8) : index + 8]
    near = {other.unit for other in around if other.money and other.unit in WORLD and other.unit != raw.unit}
    per = named[-1] if named else next(iter(near)) if len(near) == 1 else "USD"
    known = _known(here, index, per)
    return None if known and raw.low > _LARGER * known[-1] else per


def _known(here: Sentence, index: int, per: str) -> list[Decimal]:
    """Return the amounts before this one that are in its money and for the same, the last at the end."""
    raw = here.raws[index]
    near = here.raws[max(0, index - 8) : index]
    return [other.low for other in near if other.money and other.per == per and other.unit == raw.unit and other.low]


def _like(here: Sentence, index: int, per: str, factor: int) -> bool:
    """Return whether an amount is of the size of the last one in its money with this denominator; true without one."""
    raw, known = here.raws[index], _known(here, index, per)
    return not known or known[-1] <= factor * raw.low <= factor * factor * known[-1]


def _by_weight(here: Sentence, index: int, cue: Cue, northern: bool) -> str:
    """Return the weight or measure that a good's price is for: one that the sentence names, else the kilogram."""
    raw = here.raws[index]
    anywhere = northern or raw.shared
    masses = [mass for mass in here.cues if mass.kind == "mass" and not aside(here, mass, raw)]
    named = [mass.per for mass in masses if anywhere or mass.at < raw.start]
    liquid = next((per for per in ("L", "gal") if per in named), "") if cue.subject in _LIQUID else ""
    if liquid:
        return liquid
    near = here.raws[max(0, index - 12) : index]
    if cue.subject in _LIQUID and not any(per in _WEIGHTS for per in named):
        poured = [
            o for o in near if o.money and o.subject in _LIQUID and o.unit == raw.unit and o.per in _BULK and o.low
        ]
        if poured and poured[-1].low <= 16 * raw.low <= 256 * poured[-1].low and poured[-1].per != "kg":
            return poured[-1].per or ""
    weights = [per for per in named if per in _WEIGHTS]
    before = [mass.per for mass in masses if mass.at < raw.start and mass.per in _WEIGHTS]
    weights = before or weights
    if weights:
        return weights[-1]
    if northern and cue.subject in _GRAIN:
        return "kg"
    alike = [o for o in near if o.money and o.subject == cue.subject and o.per in _BULK and o.unit == raw.unit]
    if alike and alike[-1].low <= 8 * raw.low <= 64 * alike[-1].low:
        return alike[-1].per or ""
    listed = [other for other in here.before(index, 2) if other.money and other.unit == raw.unit]
    return (
        "kg" if northern and listed and listed[0].per == "kg" and len(here.gap(listed[0].end, raw.start)) < 20 else ""
    )
