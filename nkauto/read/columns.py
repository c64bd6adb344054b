"""Columns: which column of a table holds the amount, the unit, the date, the place; named or clear from the header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nkauto.errors import BadOption, UnknownName

NAMES: Mapping[str, frozenset[str]] = {
    role: frozenset(names.split())
    for role, names in {
        "amount": "amount price value cost sum 금액 가격 값 금액수 金额 价格 数额 金額 価格 値段 額",
        "unit": "unit units currency ccy 단위 통화 화폐 单位 货币 币种 単位 通貨 貨幣",
        "date": "date day month year period when on 날짜 일자 연월일 기간 日期 时间 年月日 日付 期間 年月",
        "place": "place city town location where at 장소 도시 지역 위치 地点 城市 地区 場所 都市 地域",
    }.items()
}
"""Header names, folded, that say what a column holds."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a row's amount, unit, date and place stand; None where one answer holds for all rows."""

    amount: int
    unit: int | None = None
    date: int | None = None
    place: int | None = None


def find(header: Sequence[str], name: str, option: str) -> int:
    """Return the column of that name, or of that number counted from 1 when no column is so called.

    Raises UnknownName, or BadOption when two columns have the name.
    """
    found = [index for index, held in enumerate(header) if held == name]
    found = found or [index for index, held in enumerate(header) if _folded(held) == _folded(name)]
    if len(found) > 1:
        numbers = " or ".join(str(index + 1) for index in found)
        raise BadOption(f"{len(found)} columns are called {name!r}", hint=f"Say which by number: {option} {numbers}.")
    if found:
        return found[0]
    if name.isascii() and name.isdigit() and 1 <= int(name[:6]) <= len(header):
        return int(name) - 1
    raise UnknownName("column", name, header, hint=f"Columns: {', '.join(header)}")


def guessed(header: Sequence[str], role: str) -> int | None:
    """Return the one column whose name says that it holds this, or nothing.

    Raises BadOption when two do: neither is better.
    """
    found = [index for index, name in enumerate(header) if _folded(name) in NAMES[role]]
    if len(found) > 1:
        names = " or ".join(repr(header[index]) for index in found)
        raise BadOption(f"which column holds the {role}: {names}?", hint=f"Say --{role} NAME, or --{role} NUMBER.")
    return found[0] if found else None


def located(
    header: Sequence[str],
    *,
    amount: str = "",
    unit: str = "",
    date: str = "",
    place: str = "",
    on: str = "",
    at: str = "",
) -> tuple[Columns, list[str]]:
    """Return where the amount, unit, date and place stand, and what must be said about it.

    A name that was given counts; ``unit`` may be a unit instead, which then holds for all rows, as ``on`` and
    ``at`` do: no column is guessed beside them. Raises UnknownName or BadOption.
    """
    fixed = {"unit": unit, "date": on, "place": at}
    given = {"amount": amount, "unit": unit, "date": date, "place": place}
    found: dict[str, int | None] = {}
    said = []
    for role, name in given.items():
        if name and not (role == "unit" and not _is_column(header, name)):
            found[role] = find(header, name, f"--{role}")
        elif fixed.get(role):
            found[role] = None
            passed_over = [held for held in header if _folded(held) in NAMES[role]]
            said += [f"column {held!r} is not read: {fixed[role]} holds for all rows" for held in passed_over]
        else:
            found[role] = guessed(header, role)
    at_amount = found["amount"]
    if at_amount is None:
        raise BadOption("which column holds the amount?", hint=f"Say --amount NAME. Columns: {', '.join(header)}")
    told = [f"{role} {header[index]!r}" for role, index in found.items() if index is not None and not given[role]]
    if told:
        said.append(f"told by the header: {', '.join(told)}")
    return Columns(at_amount, found["unit"], found["date"], found["place"]), said


def _is_column(header: Sequence[str], name: str) -> bool:
    return any(_folded(held) == _folded(name) for held in header) or (name.isascii() and name.isdigit())


def _folded(name: str) -> str:
    return name.strip().casefold()
