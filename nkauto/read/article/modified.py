"""A price told before what it is for, or for a larger weight: "8,350 won a kilo was", "20 litres of petrol cost".

Or what another price of its size or shape is for, and for a move what the price behind it is for.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from nkauto.core.range import plain
from nkauto.read.article.beside import measure_before
from nkauto.read.article.carried import moves, take
from nkauto.read.article.cues import Cue
from nkauto.read.article.prose import compiled
from nkauto.read.article.raw import Raw
from nkauto.read.article.sentence import WORLD, Sentence, is_money

_BRACKET = r"\s?\([^()\n]{1,40}\)"
_THAT_WAS = rf"(?:{_BRACKET})?\s?(?:{{behind_about}}\s?)?{{that_was}}\s?"
_REACH = 24
_STOPS = ",.;。、，"
_BULK = ("kg", "L", "gal", "lb", "t")
_BULK_COSTS = (
    r"(?:[- ]{container})?(?: of [a-z0-9-]+(?: [a-z-]+)?)?,?\s"
    r"(?:{costs}|(?:has |had )?(?:{moved}) (?:in [a-z]+ )?from)\s(?:{softener}\s)?"
    r"|(?: of [a-z0-9-]+)?\s(?:is|was|are|were)\s(?:{softener}\s)?"
    r"|(?:은|는|이|가|が|は)\s?(?:{softener}\s?)?|(?:的[^0-9,，。]{1,6}?)?(?:{of_ware}|就要)"
    r"|(?:\s?{container}(?:는|은|가|이|を|は|が)?)?\s?{lasts}?\s?(?:{softener}\s?)?"
)
_PACK = r"(?:1\s?)?{container}"
_PACKED_COSTS = (
    r"\)?{packed}?\s?[^\s0-9,，、。;；()]{0,6}\s?(?:(?:1\s?)?{container})?\s?[^\s0-9,，、。;；()]{0,4}"
    r"(?:{topic}|{of_ware}|{base_behind}|{lasts})?\s?(?:{softener+money_named}\s?)*"
)
"""Between the weight of a sack and its price: 25kg 한 포대는, 50公斤装的大米从, 50キロ入りの米1袋は."""

_SACK_AT = (
    r"[- ]{container}(?:\sof\s[^,;.0-9]{2,40}?)?,?\s"
    r"(?:(?:has\s|had\s|have\s)?(?:{costs+asks+moved+base_before+at_the}\s){1,2})(?:{softener}\s)?"
)
"""Between the weight of a sack and its price: a 50-kilo sack of sugar at, a 10-kg bag now costs."""

_EACH_FURTHER = (
    r"{pair_each}\s(?:{further}\s[a-z]+|one\s(?:after\s?[a-z]*|beyond\s?[a-z]*))\s"
    r"(?:{costs+costs_ware+costs_now+asks+change_of}\s){1,2}(?:{softener}\s)?$"
)
_UNIT_PRICE = r"(?:\sof [a-z]+(?: [a-z]+)?)?(?:\son\s[a-z]+(?: [a-z]+)?)? at\s(?:{softener}\s)?"
_HELD = r"{container+containers}\s(?:of|for|with)\s(?:{softener}\s)?$"
_HELD_COSTS = r"(?:\sof [a-z -]{2,30})?(?:,|\s[^,;.0-9]{0,30}?{costs+costs_ware}|\s{from})\s(?:{softener}\s)?"
_AT_PRICE = r"\sat\s(?:{softener}\s)?"
_PUT = r"(?<![a-z]){put_at}\s(?:{softener}\s)?$"
_AT_SUM = r"\sof\s[^;()]{2,70}?\s{priced}\s(?:{softener}\s)?"
_AT = r"(?<![a-z])at\s(?:the |an? )?(?:{rate_kind}\s)*$"
_OWNED = r"{by_whose}\s(?:{softener}\s)?$"
_WHOSE = r"(?<![a-z])(?:at|by)\s(?:the\s)?[a-z]+(?: [a-z]+)?['’]s?\s(?:{softener}\s)?$"
_NEAR_RATES = 6
_THE_OFFICIAL = r"(?<![a-z])the\s{rate_market}\s(?:rate\sof\s)?$"
_OF_STREET = r"\s(?:of|on|in)\sthe\s{rate_market}(?![a-z])(?!\s(?:price|wage))"
_OF_MARKET = r"\s(?:of|on|in)\sthe\s(?:{rate_kind})"
_FAR, _CLOSE = Decimal("2.5"), Decimal("2")
_REMEMBERED, _LED, _LIKE = 8, 80, 6
_WORTH = re.compile(r"[^()0-9,;.]{0,20}\([^()]{0,6}")
_OPENED = re.compile(r"\([^()]{0,6}$")
_STOP = re.compile(r"[;；。]")


def bulk(here: Sentence, index: int) -> bool:
    """Take the weight right before a price that is for all of it: "20 litres of petrol cost 300,000 pounds"."""
    raw, near = here.raws[index], [o for o in here.before(index, 3) if o.kind not in ("share", "times")]
    before = next((o for o in near if not (o.base and o.kind == "count")), None)
    if before is None or before.base or before.kind != "measure" or before.unit not in _BULK:
        return False
    if before.low != before.high or before.low == 1:
        return False
    if before.per is not None:
        if before.tail and compiled(_AT_PRICE).fullmatch(here.gap(before.tail, raw.start)):
            raw.per = before.unit
        return raw.per is not None
    gap = here.gap(before.end, raw.start)
    put = compiled(_PUT).search(here.page.low, max(here.first, before.start - 60), before.start)
    if not put and compiled(_UNIT_PRICE).fullmatch(gap):
        raw.per = before.unit
        return True
    held = compiled(_HELD).search(here.page.low, max(here.first, before.start - 24), before.start)
    packed = compiled(_PACK).search(here.page.low, max(here.first, before.start - 6), raw.start)
    ways = ((True, _BULK_COSTS), (True, _SACK_AT), (held, _HELD_COSTS), (put, _AT_SUM), (packed, _PACKED_COSTS))
    if not any(led and compiled(costs).fullmatch(gap) for led, costs in ways):
        return False
    raw.per = f"{plain(before.low):f} {before.unit}"
    return True


def further(here: Sentence, index: int) -> bool:
    """Take the measure before for what each further one adds: "covers four kilometres; every further one adds 100"."""
    raw = here.raws[index]
    found = compiled(_EACH_FURTHER).search(here.page.low, max(here.first, raw.start - 60), raw.start)
    measure = measure_before(here.page, found.start()) if found is not None else ""
    raw.per = measure or raw.per
    return bool(measure)


def that_was(here: Sentence, index: int) -> bool:
    """Take the measure or the money that the price stands before as its attribute: 8350ウォンだったガソリン1キロ."""
    raw, low = here.raws[index], here.page.low
    found = compiled(_THAT_WAS).match(low, raw.end)
    if found is None:
        return False
    for cue in here.cues:
        if not found.end() <= cue.at <= found.end() + _REACH:
            continue
        if any(stop in low[found.end() : cue.at] for stop in _STOPS):
            return False
        if cue.kind in ("mass", "money"):
            raw.per = cue.per if cue.per != raw.unit else None
            return True
        if cue.kind == "rate" and raw.unit not in WORLD:
            named = [other.per for other in here.cues if other.kind == "money" and other.at < raw.start]
            raw.per = raw.subject = named[-1] if named and named[-1] != raw.unit else "USD"
            return True
    return False


def _priced(here: Sentence, index: int) -> bool:
    """Return whether a price of like size for a weight stands just before: 190 rupees a litre, the state's 282."""
    raw = here.raws[index]
    near = [o for o in here.before(index, 3) if o.money and o.unit == raw.unit and o.low and o.per]
    return any(not is_money(o.per or "") and o.low <= 5 * raw.low <= 25 * o.low for o in near)


def of_market(here: Sentence, index: int) -> bool:
    """Take the dollar for an amount that is told as the rate of a market: "at the 440 pesos of the street"."""
    raw, low = here.raws[index], here.page.low
    owned: object = compiled(_OWNED).search(low, max(here.first, raw.start - 40), raw.start)
    if owned is None and compiled(_WHOSE).search(low, max(here.first, raw.start - 40), raw.start):
        near = here.raws[max(0, index - _NEAR_RATES) : index]
        owned = any(other.per == "USD" and other.unit == raw.unit for other in near) or None
    if owned is not None and _priced(here, index):
        return False
    if owned is not None and raw.unit not in WORLD and here.following(index) is not None:
        raw.per = raw.subject = "USD"
        return True
    if raw.unit in WORLD:
        return False
    goods = any(cue.kind in ("item", "mass", "thing", "wage", "earner", "money") for cue in here.cues)
    official = compiled(_THE_OFFICIAL).search(low, max(here.first, raw.start - 32), raw.start) is not None
    street = compiled(_OF_STREET).match(low, raw.end) is not None
    if (official or street) and not goods and not raw.tail and raw.unit:
        raw.per = raw.subject = "USD"
        return True
    if compiled(_AT).search(low, max(here.first, raw.start - 40), raw.start) is None:
        return False
    if compiled(_OF_MARKET).match(low, raw.end) is None:
        return False
    raw.per = raw.subject = "USD"
    return True


def likest(here: Sentence, index: int, cue: Cue, per: str) -> Raw | None:
    """Return the earlier price that is of this one's size, where those for what the word tells are far from it.

    "Corn stood at 4,000 won, with the dollar at 24,700 won, and at 4,200 won in Hyesan."
    """
    raw = here.raws[index]
    if cue.at >= raw.start or not raw.low or cue.kind not in ("money", "mass", "rate") or not per:
        return None
    near = [o for o in here.raws[max(0, index - _REMEMBERED) : index] if o.money and o.unit == raw.unit and o.low]
    own = [o for o in near if o.tail == cue.at == cue.end]
    told = own or [o for o in near if o.start >= cue.at and o.per == per and o.outer is None and not moves(here, o)]
    if not told or raw.outer is not None or raw.rate:
        return None
    if any(told[-1].end < other.at < raw.start and other.end > other.at for other in here.cues):
        return None
    apart = _times(raw, told[-1])
    alike = [o for o in near if o.per not in (None, per) and o.start >= here.first and o.outer is None]
    best = min(alike, key=lambda other: _times(raw, other), default=None)
    if best is None or apart < _FAR or _times(raw, best) > _CLOSE:
        return None
    return best


def _times(raw: Raw, other: Raw) -> Decimal:
    """Return how many times the smaller of two prices the larger is."""
    return max(raw.low / other.low, other.low / raw.low)


def bracketed(here: Sentence, index: int) -> Raw | None:
    """Return the worth in brackets before this one that names what it is for: ($3.55 per gallon), then ($4.12)."""
    raw = here.raws[index]
    for other in reversed(here.raws[max(0, index - _LIKE) : index]):
        if other.outer is None or other.outer is raw.outer or other.unit != raw.unit or raw.outer is None:
            continue
        own = other.per is not None and other.per != other.outer.per
        return other if own and other.outer.per == raw.outer.per else None
    return None


def in_step(here: Sentence, index: int) -> bool:
    """Take what the first of two prices told before was for, the second the second's: ``연초의 635원과 4700원``.

    Two in a row, joined by an and, that are each nearer to their own than to the other's.
    """
    row = _row(here, index)
    if row is None or row[0].low * row[1].low == 0:
        return False
    before = [o for o in here.raws[max(0, here.raws.index(row[0]) - _REMEMBERED) : here.raws.index(row[0])] if o.money]
    two = [o for o in before if o.unit == row[0].unit and o.outer is None and o.low][-2:]
    if len(two) < 2 or None in (two[0].per, two[1].per) or two[0].per == two[1].per:
        return False
    straight = max(_times(row[0], two[0]), _times(row[1], two[1]))
    if straight > _LIKE or max(_times(row[0], two[1]), _times(row[1], two[0])) < straight:
        return False
    take(here.raws[index], two[row.index(here.raws[index])])
    return True


def _row(here: Sentence, index: int) -> list[Raw] | None:
    """Return the two prices in a row that one is of, where nothing but an and stands between them."""
    for first, second in ((index, index + 1), (index - 1, index)):
        if first < here.place or second >= here.after:
            continue
        one, other = here.raws[first], here.raws[second]
        plain = all(each.money and each.outer is None and not each.tail and not each.base for each in (one, other))
        if not plain or one.unit != other.unit:
            continue
        if compiled(r"\s?(?:{joined}|[,、，])\s?").fullmatch(here.gap(one.end, other.start)) is not None:
            return [one, other]
    return None


def shaped(here: Sentence, index: int) -> bool:
    """Take what an earlier price is for that has its worth in brackets in the same money: $6.37 a gallon (€1.31/L)."""
    raw, inner = here.raws[index], here.following(index)
    if inner is None or raw.outer is not None or not raw.low:
        return False
    if inner.outer is not raw and _WORTH.fullmatch(here.gap(raw.end, inner.start)) is None:
        return False
    for place in range(index - 2, max(here.place, index - _LIKE) - 1, -1):
        other, worth = here.raws[place], here.raws[place + 1]
        if other.unit != raw.unit or worth.unit != inner.unit or not other.low:
            continue
        if _OPENED.search(here.gap(other.end, worth.start)) is None:
            continue
        if other.per is None or inner.per in (None, other.per) or worth.per != inner.per or _times(raw, other) > _LIKE:
            return False
        take(raw, other)
        return True
    return False


def moved_first(here: Sentence) -> None:
    """Give a move that is told before the price that it led to what that is for: "a jump of 22 pesos"."""
    for raw, other in pairwise([each for each in here.here if each.money and each.outer is None and not each.base]):
        led = raw.per is None and other.per is not None and raw.unit == other.unit and raw.low * 2 < other.low
        if not led or raw.tail or other.start - raw.end > _LED or _STOP.search(here.gap(raw.end, other.start)):
            continue
        if moves(here, raw):
            take(raw, other)
