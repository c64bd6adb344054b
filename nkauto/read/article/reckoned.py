"""A price whose amount tells what it is for: another one in other money, so many times it, so much of a good."""

from __future__ import annotations

from decimal import Decimal

from nkauto.read.article.beside import MASS
from nkauto.read.article.carried import earlier_prices, take
from nkauto.read.article.prose import compiled
from nkauto.read.article.raw import Raw
from nkauto.read.article.sentence import Sentence, is_money

_EAST = "\u2e7f"
_REMEMBERED = 12
_RATES = 8
_AHEAD = 3
_NEAR = 200
_SCALED_NEAR = 40
_TOTALLED, _TIGHT = 6, 100
_IN_ALL = r"{in_all}\s?[^0-9,.;:，、。；：]{0,16}$"
_SHARED_OUT = frozenset((*MASS, "person", "household"))
_SO_MANY_TIMES = r"[的のでとへ의]\s?|으로\s|로\s|に|,\s(?:{softener}\s|or\s)*|[、，]"
_EXACT = Decimal("0.03")
_ROUGH = Decimal("0.12")


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
    for other in reversed(earlier_prices(here, index)):
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
    """Return whether an amount is so much of a good at the price told before it: 근당 9천원씩 100근이면 90만 원.

    Or the sum of several, as words say: 一共花了33450元.
    """
    raw = here.raws[index]
    told = compiled(_IN_ALL).search(here.page.low, max(here.first, raw.start - 24), raw.start) is not None
    near = here.raws[max(0 if told else here.place, index - _TOTALLED) : index]
    prices = [o for o in near if o.money and o.per and o.unit == raw.unit and o.low and not o.base]
    amounts = [o for o in near if o.kind in ("measure", "count") and o.low > 1 and not o.base]
    if raw.outer is not None or not raw.low:
        return False
    return any(
        price.per == amount.unit
        and amount.unit in _SHARED_OUT
        and (told or abs(price.low * amount.low - raw.low) * _TIGHT <= raw.low)
        for price in prices
        for amount in amounts
    )


def scaled(here: Sentence, index: int) -> bool:
    """Take what the price before is for, where the two come to the multiple between them: a third of the 900 won."""
    raw, before, after = here.raws[index], next(iter(here.before(index, 1)), None), here.following(index)
    ahead = before is not None and before.kind == "times" and raw.start - before.end < _SCALED_NEAR
    gap = here.gap(raw.end, after.start) if after is not None else ""
    behind = after is not None and after.kind == "times" and compiled(_SO_MANY_TIMES).fullmatch(gap) is not None
    times = before if ahead else after if behind else None
    if times is None or not raw.low:
        return False
    if times is before and any(times.end <= cue.at < raw.start and cue.kind in ("item", "thing") for cue in here.cues):
        return False
    other = next((o for o in here.before(index, 4) if o.money and not o.base and o.outer is None), None)
    if other is None or other.unit != raw.unit or other.per is None or not other.low or not times.low:
        return False
    ratio = other.low / raw.low
    if not any(abs(each - times.low) <= _ROUGH * times.low for each in (ratio, 1 / ratio)):
        return False
    take(raw, other)
    return True
