"""A price that no word of its sentence tells of: what it is for follows from the prices told before it."""

from __future__ import annotations

from decimal import Decimal

from nkauto.read.article.beside import MASS
from nkauto.read.article.prose import compiled
from nkauto.read.article.raw import Raw
from nkauto.read.article.sentence import Sentence, is_money
from nkauto.read.article.wares import of_ware

_EAST = "\u2e7f"
_REMEMBERED = 12
_RATES = 8
_AHEAD = 3
_NEAR = 200
_SCALED_NEAR = 40
_TOTALLED, _TIGHT = 6, 100
_SHARED_OUT = frozenset((*MASS, "person", "household"))
_EXACT = Decimal("0.03")
_ROUGH = Decimal("0.12")
ROUND = frozenset(Decimal(10) ** power for power in range(2, 9))
"""Sums that are examples: what 1,000 won are in other money."""

_CARRIED = frozenset((*MASS, "month"))
_NEW_SUBJECT = r"(?:^|[.;,])\s*(?:an?|one|the) [a-z -]{2,30} {costs}\s"
_NEW_TOPIC = r"[,、，。.]\s?[^0-9,、，。.]{1,12}(?:{topic})"
_FOR_OWN = r"\sfor\s(?:a|an|his|her|their|its|my)\s"
_FAR, _CLOSE = 3, Decimal("1.5")
_MOVED = 400
_ASIDE = 24
_LIKE = 5

_DIFFERS = r"{gap_is}\s?(?:{softener}\s?)?$"
_CHANGE_OF = r"{change_of}\s(?:{softener}\s)?$"
_EXCHANGED = r"{exchanged}\s?(?:{softener}\s?)?$"
_TOLD_BEHIND = (
    r"{behind_particle}?\s?(?:{compared_behind}|(?:{behind_about}\s?)?{moved_behind+dearer}(?!{goes_on})"
    r"|{by_more}(?! (?:of|than) the))"
)
_WEIGHED = r"(?:{mass})\s?.?\s?$"


def converted(here: Sentence, index: int) -> bool:
    """Take the denominator of the earlier price that this one is in other money, by a rate of the text itself.

    "A wage of 600,000 won ... at 8,000 won to the dollar ... $75": the amounts tell that $75 is the wage.
    """
    raw = here.raws[index]
    if not raw.low or not raw.unit:
        return False
    rates = _rates(here, index)
    if not rates and raw.unit != "KPW":
        return False
    for other in reversed(_earlier(here, index)):
        if _redenominated(here, raw, other):
            take(raw, other)
            return True
        if other.unit == raw.unit or not other.low or (other.per is not None and is_money(other.per)):
            continue
        if any(_equal(raw, other, rate) for rate in rates):
            take(raw, other)
            return True
    return False


def _redenominated(here: Sentence, raw: Raw, other: Raw) -> bool:
    """Return whether two amounts are one in the won before and after the reform of 2009, 100 to 1."""
    if raw.unit != other.unit or raw.unit != "KPW" or not other.low or other.per is None or is_money(other.per):
        return False
    if raw.low != 100 * other.low and other.low != 100 * raw.low:
        return False
    here_told, there_told = (
        compiled("{old_new}").search(here.page.low, max(0, each.start - 12), each.end) is not None
        for each in (raw, other)
    )
    near = raw.start - other.end < _NEAR // 2 or not raw.word[:1] > _EAST
    good = any(cue.kind in ("item", "mass") and other.end <= cue.at < raw.start for cue in here.cues)
    return here_told or (there_told and near and not good) or "KPW-OLD" in raw.codes + other.codes


def _earlier(here: Sentence, index: int) -> list[Raw]:
    """Return the prices that stand before this one, the last at the end."""
    near = here.raws[max(0, index - _REMEMBERED) : index]
    return [other for other in near if other.money and not other.base and other.unit]


def _rates(here: Sentence, index: int) -> list[Raw]:
    """Return the rates that the text tells before this figure, or right behind it."""
    near = here.raws[max(0, index - 2 * _REMEMBERED) : min(index + 1 + _AHEAD, here.after)]
    this = here.raws[index]
    told = (raw for raw in near if raw.per is not None and raw is not this)
    return [raw for raw in told if raw.money and raw.low and is_money(raw.per or "")][-_RATES:]


def _equal(raw: Raw, other: Raw, rate: Raw) -> bool:
    """Return whether an amount is another one in other money at this rate, at either end of a range."""
    assert rate.per is not None
    count, _, code = rate.per.rpartition(" ")
    if count and not Decimal(count):
        return False
    each = [end / Decimal(count or 1) for end in {rate.low, rate.high}]
    if rate.unit == raw.unit and code == other.unit:
        worth = [end * value for end in {other.low, other.high} for value in each]
    elif rate.unit == other.unit and code == raw.unit:
        worth = [end / value for end in {other.low, other.high} for value in each]
    else:
        return False
    slack = _ROUGH if raw.approx else _EXACT
    return any(
        abs(end - value) <= max(slack * value, _last_place(end)) for end in {raw.low, raw.high} for value in worth
    )


def _last_place(value: Decimal) -> Decimal:
    """Return half of the last place of a small number, to which it may be rounded: 0.05 of 0.6; 0 of a whole one."""
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1) if int(exponent) < 0 else Decimal(0)


def totalled(here: Sentence, index: int) -> bool:
    """Return whether an amount is so much of a good at the price told before it: 근당 9천원씩 100근이면 90만 원."""
    raw = here.raws[index]
    near = here.raws[max(here.place, index - _TOTALLED) : index]
    prices = [o for o in near if o.money and o.per and o.unit == raw.unit and o.low and not o.base]
    amounts = [o for o in near if o.kind in ("measure", "count") and o.low > 1 and not o.base]
    if raw.outer is not None or not raw.low:
        return False
    return any(
        price.per == amount.unit
        and amount.unit in _SHARED_OUT
        and abs(price.low * amount.low - raw.low) * _TIGHT <= raw.low
        for price in prices
        for amount in amounts
    )


def repeated(here: Sentence, index: int) -> bool:
    """Take the month that the same sum was for before: "the old 3,000 won did not cover a kilogram"."""
    raw = here.raws[index]
    if raw.outer is not None:
        return False
    for other in reversed(here.raws[max(0, index - _REMEMBERED) : index]):
        same = other.per == "month" and (other.low, other.high, other.unit) == (raw.low, raw.high, raw.unit)
        if same and not compiled(_WEIGHED).search(here.gap(max(0, raw.start - 16), raw.start)):
            take(raw, other)
            return True
    return False


def scaled(here: Sentence, index: int) -> bool:
    """Take what the price before is for, where the two come to the multiple between them: a third of the 900 won."""
    raw, before, after = here.raws[index], next(iter(here.before(index, 1)), None), here.following(index)
    ahead = before is not None and before.kind == "times" and raw.start - before.end < _SCALED_NEAR
    behind = after is not None and after.kind == "times" and here.gap(raw.end, after.start) in ("的", "の", "의 ", "의")
    times = before if ahead else after if behind else None
    if times is None or not raw.low:
        return False
    other = next((o for o in here.before(index, 4) if o.money and not o.base and o.outer is None), None)
    if other is None or other.unit != raw.unit or other.per is None or not other.low or not times.low:
        return False
    ratio = other.low / raw.low
    if not any(abs(each - times.low) <= _ROUGH * times.low for each in (ratio, 1 / ratio)):
        return False
    take(raw, other)
    return True


def closer(here: Sentence, index: int, previous: Raw) -> Raw:
    """Return the earlier price in the same money that is far nearer in size than the last one, else that one.

    "The dollar was 24,500 won, the yuan 3,450; before they were 22,000 won and 3,100 won."
    """
    raw = here.raws[index]
    if not raw.low or not previous.low or max(raw.low / previous.low, previous.low / raw.low) < _FAR:
        return previous
    alike = [
        other
        for other in _earlier(here, index)
        if other.unit == raw.unit and other.per is not None and other.per != previous.per and other.low
        if max(raw.low / other.low, other.low / raw.low) < _CLOSE
    ]
    return alike[-1] if alike else previous


def paired(here: Sentence, index: int) -> bool:
    """Take what the first or second of two prices before was for: "the two stood at 7,000 won and 9,000 won"."""
    raw = here.raws[index]
    pair = compiled("{pair}").search(here.page.low, max(here.first, raw.start - _NEAR), raw.start)
    if pair is None or raw.rate:
        return False
    listed = [o for o in here.here if o.start >= pair.end() and o.money and o.unit == raw.unit and o.outer is None]
    before = here.raws[max(0, here.place - _REMEMBERED) : here.place]
    told = [
        o for o in before if o.money and not o.base and o.unit == raw.unit and o.outer is None and o.per is not None
    ]
    place = next((at for at, other in enumerate(listed[:2]) if other is raw), None)
    if place is None or len(listed) < 2 or len(told) < 2:
        return False
    if compiled(r"\s?{debts}").match(here.page.low, listed[1].end):
        return False
    take(raw, told[-2:][place])
    return True


def carried(here: Sentence, index: int) -> bool:
    """Take the month or the weight that the last price of like size in the same money is for.

    A rate goes on only where the words tell of a rate; a day or a head does not go on at all.
    """
    raw = here.raws[index]
    if not raw.low or not raw.unit or (raw.low in ROUND and not moves(here, raw)):
        return False
    earlier = _earlier(here, index)
    between = here.gap(max([here.first, raw.start - _NEAR, *(each.end for each in earlier[-1:])]), raw.start)
    if compiled("{sending}|{other_sum}").search(between):
        return False
    if compiled(_FOR_OWN).match(here.page.low, raw.end):
        return False
    for other in reversed(earlier):
        if other.unit != raw.unit or not other.low:
            continue
        factor = _factor(here, raw, other, between)
        if other.per == "month" and of_ware(here, raw, max(other.end, other.tail)):
            return False
        if not other.low <= factor * raw.low <= factor * factor * other.low:
            continue
        if other.per is None or _is_worth(here, index, other.per):
            return False
        take(raw, other)
        return True
    return False


def _is_worth(here: Sentence, index: int, per: str) -> bool:
    """Return whether a sum of the money that a rate is for stands right behind: 25,000 lira, less than $3."""
    raw, after = here.raws[index], here.following(index)
    if after is None or not after.money or after.base or after.low == 1:
        return False
    return after.unit == per and after.start - raw.end <= _ASIDE


def _factor(here: Sentence, raw: Raw, other: Raw, between: str) -> int:
    """Return how many times the size of an earlier price another may be that is for the same; 0 for none."""
    if other.per is None:
        return 5
    if (other.per in _CARRIED or is_money(other.per)) and moves(here, raw):
        return _MOVED
    if is_money(other.per):
        if compiled(_NEW_SUBJECT).search(between):
            return 0
        if compiled("{rate_kind}").search(between) or compiled(_EXCHANGED).search(between):
            return 100
        bare = not any(here.first <= cue.at < raw.start for cue in here.cues)
        return 4 if bare or compiled("{rate}|{rate_word}").search(between) else 0
    if other.per not in _CARRIED:
        new = compiled(_NEW_SUBJECT).search(between) or compiled(_NEW_TOPIC).search(between)
        return 0 if raw.start - other.end > _NEAR or new else _LIKE
    if other.per == "month":
        return 60
    if compiled("{rate_kind}").search(between):
        return 60
    return 60 if compiled(r"{price_word}[,:]?\s?(?:{softener}\s?)?$").search(between) else 5


def moves(here: Sentence, raw: Raw) -> bool:
    """Return whether an amount is by how much a price moved or differs: "60 won up", "the gap is 240 won"."""
    before = here.gap(max(here.first, raw.start - 40), raw.start)
    if compiled(_CHANGE_OF).search(before) or compiled(_DIFFERS).search(before):
        return True
    return compiled(_TOLD_BEHIND).match(here.page.low, raw.end) is not None


def take(raw: Raw, other: Raw) -> None:
    """Give a price what another one is for."""
    raw.per, raw.subject = other.per, other.subject
