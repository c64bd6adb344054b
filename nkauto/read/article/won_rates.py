"""The rates of a text that tell the North's won from the South's: what a dollar or a yuan costs in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from nkauto.read.article.beside import explicit
from nkauto.read.article.prose import any_of, compiled, meanings
from nkauto.read.article.raw import Raw
from nkauto.read.article.text import Page

SOUTH = {
    "USD": (850, 1650),
    "JPY": (7, 14),
    "CNY": (140, 235),
    "EUR": (1150, 1900),
    "GBP": (1350, 2200),
    "RUB": (10, 35),
}
"""What a unit of other money cost in South Korean won, 2000–2026: a conversion in these bounds is South Korean."""

CHEAPER = Decimal("1.3")
"""A won so many times cheaper than the South's has ever been is the North's."""
_ONE_RATE = Decimal("1.08")
NEAR = 8
_REACH, _BESIDE = 40, 10
_AT_RATE = r"{rate}(?:은|는|이|인)?\s(?:{softener}\s?)?$"
"""Before the won of a rate whose dollar is left out: 당시 환율 8천 원."""

_AROUND, _EXACT = 6, 50
_BY_SIGN = re.compile(r"\$1\s?=\s?$")


def northern_rates(page: Page, raws: list[Raw], places: list[int]) -> set[str]:
    """Settle the won of a rate that the South's has never had: a dollar is 8,300 won; return the money it is for."""
    found = set()
    for place in places:
        raw, before = raws[place], raws[place - 1] if place else None
        told = explicit(page, raw)
        beside = before is not None and before.money and before.one and raw.start - before.end < NEAR
        named = _a_dollar().search(page.low, max(0, raw.start - _REACH), raw.start)
        per = told[0] if told is not None else before.unit if before is not None and beside else ""
        per = per or (meanings("money_word")[named.group(1)] if named is not None else "")
        at_rate = compiled(_AT_RATE).search(page.low, max(0, raw.start - _BESIDE), raw.start)
        per = per or ("USD" if at_rate is not None else "")
        if per in SOUTH and raw.low > CHEAPER * SOUTH[per][1]:
            raw.unit, raw.reason = "KPW", f"no rate of South Korea's ({raw.low:f} won per {per})"
            found.add(per)
    return found


def steady_money(pairs: Iterable[tuple[Raw, Raw | None]]) -> set[str]:
    """Return the money that several won are converted into at one rate, and none that the South's has had."""
    rates: dict[str, list[Decimal]] = {}
    for raw, partner in pairs:
        if partner is None or partner.unit not in SOUTH or not partner.low:
            continue
        if raw.low / partner.low > CHEAPER * SOUTH[partner.unit][1]:
            rates.setdefault(partner.unit, []).append(raw.low / partner.low)
    return {unit for unit, told in rates.items() if len(told) > 1 and max(told) <= _ONE_RATE * min(told)}


def borne_rates(raws: list[Raw], places: list[int]) -> None:
    """Settle the won of a rate at which a sum in the other money comes to a sum whose won is named: 한화 70만원."""
    for place in places:
        raw, before = raws[place], raws[place - 1] if place else None
        if raw.unit or before is None or not before.one or not before.unit or raw.start - before.end >= NEAR:
            continue
        near = raws[max(0, place - _AROUND) : place + _AROUND]
        sums = [o.low for o in near if o.unit == before.unit and not o.one]
        for told in near:
            named = told.told and told.unit in ("KRW", "KPW") and told.low
            if named and any(abs(total * raw.low - told.low) * _EXACT <= told.low for total in sums):
                raw.unit, raw.reason = told.unit, "a sum converts at it into won that are named"
                break


def own_rates(page: Page, raws: list[Raw]) -> set[str]:
    """Return the money for which the text itself states a North Korean rate in South Korea's bounds."""
    found = set()
    for place, raw in enumerate(raws):
        if not raw.money or raw.outer is not None or "KPW" not in raw.codes[:1] or raw.unit == "KRW":
            continue
        before = raws[place - 1] if place else None
        beside = before is not None and before.money and before.one and raw.start - before.end < NEAR
        told = explicit(page, raw)
        per = before.unit if before is not None and beside else told[0] if told is not None else ""
        if per in SOUTH and SOUTH[per][0] <= raw.low <= SOUTH[per][1]:
            found.add(per)
    return found


def sign_of(page: Page, raw: Raw) -> str:
    """Return the sign before a figure's digits: ``w`` of W1,123."""
    return page.low[raw.start : raw.digits].strip()


def footnoted(page: Page, raws: list[Raw], places: list[int]) -> bool:
    """Settle the won of a rate that is written as a footnote, where it is South Korea's: US$1=W1,123."""
    least, most = SOUTH["USD"]
    rates = [
        raws[place]
        for place in places
        if sign_of(page, raws[place]) in ("w", "₩")
        and _BY_SIGN.search(page.low, max(0, raws[place].start - 6), raws[place].start)
        and least <= raws[place].low <= most
    ]
    for raw in rates:
        raw.unit, raw.reason = "KRW", "a rate of South Korea's won"
    return bool(rates)


@cache
def _a_dollar() -> re.Pattern[str]:
    """Return the pattern of one of another money with a verb of price, anchored at its end: "a dollar is "."""
    return compiled(rf"{{article}}\s(?:us )?({any_of(meanings('money_word'))})\s{{money_does}}\s(?:{{softener}}\s)?$")
