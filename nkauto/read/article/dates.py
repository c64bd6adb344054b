"""What holds digits and is no figure: dates, hours, addresses, telephone numbers, plates, ages, numbered things."""

from __future__ import annotations

import re
from functools import cache

from nkauto.read import lexicon
from nkauto.read.article.prose import compiled
from nkauto.read.digits import Number
from nkauto.read.numbers import number

_MONEY = r"won|yuan|元|원|ウォン|円|달러|ドル|美元|위안|kyat|usd|kpw"
_YEAR = r"(?:1[6-9]|20)[0-9]{2}(?![0-9]|[.,][0-9])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9]|[.,:][0-9])"
_DAY_OF_MONTH = r"(?:3[01]|[12][0-9]|0?[1-9])"
_LASTING = r"\s?(?:간|치|분|동안|만에|이상|정도|이내|안에|가량|쯤|씩|후|뒤|여|밤|내내|넘|이나|만|당|전(?=[에의보까부]))"
_NUMERALS = "[一二三四五六七八九十〇]{1,4}"
_NUMERAL_DATE = re.compile(rf"{_NUMERALS}月(?:{_NUMERALS}[日号號])?|{_NUMERALS}日(?=[、，,はにの夜朝])|{_NUMERALS}年代")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"）)]{1,300}")
_ERA = re.compile(r"(?:令和|平成|昭和|主体|주체|民国)\s?\(?$")
_CALLED = re.compile(r"\+?[0-9]{2,5}(?:-[0-9]{2,8})+(?![0-9])")
_CALLED_DIGITS = 7
_BARE_DAY = re.compile(r"[0-9]{1,2}\s?[일日]")
_PHONE = r"{phone}[:： ]{0,2}$"
_AGE = re.compile(
    r"(?:[- ](?:years?|months?)[- ](?:old|of age)|-(?:year|month)-old| ?歳| ?세(?!대)| ?살(?![^\s]*원)|岁|歲|才)"
)
_DECADE_OF_LIFE = re.compile(
    r"(?<!대에서 )(?<!대에서)[1-9]0(?:[~-][1-9]0)?"
    r"(?:대|代)(?!\s?(?:의 )?(?:차|트럭|버스|택시|오토바이|の車|のトラック))"
)


def date_at_digits(low: str, at: int) -> int:
    """Return where the date or other numbered thing that starts with this digit ends; 0 when there is none."""
    found = _at_digits().match(low, at)
    if found:
        return 0 if _lasting(low, at, found) else found.end()
    if _ERA.search(low, max(0, at - 4), at):
        return at + 1
    called = _CALLED.match(low, at)
    if (
        called is not None
        and sum(map(str.isdigit, called.group())) >= _CALLED_DIGITS
        and compiled(_PHONE).search(low, max(0, at - 10), at)
    ):
        return called.end()
    return 0


def _lasting(low: str, at: int, found: re.Match[str]) -> bool:
    """Return whether a day of the month is a length of time by the words around it: 30일로 나누면, 休まず30日働く."""
    if not _BARE_DAY.fullmatch(found.group()):
        return False
    before = compiled(r"{lasting_before}\s?(?:{softener}\s?)?$").search(low, max(0, at - 12), at) is not None
    return before or compiled(r"\s?{lasting}").match(low, found.end()) is not None


def date_at_month(low: str, at: int) -> int:
    """Return where the date that starts with this name of a month ends; 0 when there is none."""
    found = _at_month().match(low, at)
    return found.end() if found else 0


def date_at_numeral(low: str, at: int) -> int:
    """Return where the date in East Asian numerals that starts here ends (四月三日); 0 when there is none."""
    found = _NUMERAL_DATE.match(low, at)
    return found.end() if found else 0


def address_at(low: str, at: int) -> int:
    """Return where the web address that starts here ends; 0 when there is none."""
    found = _ADDRESS.match(low, at)
    return found.end() if found else 0


def age(low: str, start: int, end: int) -> bool:
    """Return whether this number is somebody's age: 32-year-old, 45歳, 만 24세, 40대 여성."""
    if _AGE.match(low, end) is not None:
        return True
    lived = _DECADE_OF_LIFE.match(low, start) is not None
    return lived and compiled(r"{time}\s?(?:약\s?)?$").search(low, max(0, start - 8), start) is None


_LABEL_BEFORE = re.compile(r"([a-zà-ÿ]+\.?)\s(?:no\.?\s?|#)?$")
_SCALED = re.compile(r"[0-9.,]+\s(?:thousand|million|billion|mn|bn)(?![a-z])")
"""A number too large for a name: "subscribers number 5 million"."""

_MODEL_BEFORE = re.compile(
    r"(?<![A-Za-z])(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Oo]ld|[Nn]ew|[Uu]sed) (?:[A-Z][A-Za-z'’-]*\s){1,2}(?<!['’]s\s)$"
)
_KATAKANA = re.compile(r"(?<![ァ-ヴー])[ァ-ヴー]{3,}$")
_NO_NAMES = ("item", "currency", "unit", "counter", "country")
_CAPITAL_BEFORE = re.compile(r"(?<![.!?]\s)(?<![\"“])[A-Z][A-Za-z'’-]*\s$")


def labelled(low: str, at: int) -> bool:
    """Return whether the word before this number makes it a name: Resolution 2375, Office 8, Class 4."""
    found = _LABEL_BEFORE.search(low, max(0, at - 24), at)
    if found is None:
        return at > 0 and low[at - 1] in "#第제"
    return found.group(1) in lexicon.words("label") and _SCALED.match(low, at) is None


def model(plain: str, at: int) -> bool:
    """Return whether a name stands right before this number: an Arirang 151, the old Pyongyang 2425, カローラ1100."""
    foreign = _KATAKANA.search(plain, max(0, at - 12), at)
    if foreign is not None and not any(foreign.group() in lexicon.words(kind) for kind in _NO_NAMES):
        return True
    return _MODEL_BEFORE.search(plain, max(0, at - 40), at) is not None


def named(plain: str, at: int) -> bool:
    """Return whether a capitalised word stands right before this number, as in a model's name."""
    return _CAPITAL_BEFORE.search(plain, max(0, at - 30), at) is not None


_RINGS = "〇○"
"""Noughts that also stand before the items of a list: 〇 백미."""

_EAST = "\u2e7f"
_LINE_ENDS = re.compile(r"[ \t]*(?:\n|$)")


@cache
def _month() -> str:
    names = sorted({re.escape(word.rstrip(".")) for word in lexicon.words("month")}, key=len, reverse=True)
    return rf"(?:{'|'.join(names)})(?![a-zà-ÿ])\.?"


@cache
def _at_digits() -> re.Pattern[str]:
    """Return the pattern of a date, hour or other numbered thing that starts with a digit."""
    month = _month()
    return re.compile(
        "|".join(
            [
                rf"(?<=year ){_YEAR}(?!\s?(?:%|{_MONEY}))",
                rf"{_DAY}\.?(?:\s?(?:-|–|to|and|bis|al)\s?{_DAY}\.?)?[\s/](?:of\s|de\s)?{month}(?:,?\s(?:of\s|de\s|del\s)?{_YEAR})?",
                rf"(?:1[6-9]|20)[0-9]{{2}}[-/.][01]?[0-9](?:[-/.][0-3]?[0-9])?(?![0-9]|[.,-][0-9])(?!\s?(?:%|{_MONEY}))",
                r"[0-3]?[0-9](?P<mark>[./-])[01]?[0-9](?P=mark)(?:1[6-9]|20)?[0-9]{2}(?![0-9])",
                r"[01]?[0-9]/[0-3]?[0-9]/(?:1[6-9]|20)?[0-9]{2}(?![0-9])",
                r"(?:1[6-9]|20)[0-9]{2}\s?(?:[~∼〜–-]\s?(?:1[6-9]|20)?[0-9]{2}\s?)?(?:년|年)(?:대|代|度|도|中)?"
                r"(?:\s?[0-9]{1,2}\s?[월月])?(?:\s?[0-9]{1,2}\s?[일日号])?",
                r"[0-9]{2}(?:년대|年代|년도|年度|년생|年生|년\s?(?=[0-9]{1,2}월)|年(?=[0-9]{1,2}月(?![0-9]))|(?<=[5-9][0-9])년(?=\s[0-9]|께|경|무렵|\s?당시)"
                r"|(?<=9[0-9])년(?=\s(?!만|동안|이상|가까이|넘게|전|후|뒤|이내|가량|정도|남짓|째))"
                r"|(?<=[5-9][0-9])年(?=ごろ|頃|末|当時))",
                r"[0-9]{2,3}(?:일\s?전투|日(?:間)?(?:戦闘|战斗|戰鬥))",
                r"(?:[0-9]{1,2}\s?[~∼〜–-]\s?)?[0-9]{1,2}\s?(?:월|月)(?!\s?(?:분|치|给|額|额|收入|薪|급|수입))份?"
                r"(?:\s?(?:[0-9]{1,2}\s?[~∼〜–-]\s?)?[0-9]{1,2}\s?[일日号號])?",
                rf"{_DAY_OF_MONTH}\s?일(?!{_LASTING})",
                rf"{_DAY_OF_MONTH}日(?!間|分|ほど|程度|くらい|ぐらい|以上|以内|あたり|当たり|後|で|間隔|余り|を要)",
                r"[0-9]{1,2}[号號]",
                r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9])",
                r"[0-9]{1,2}\s?(?:[ap]\.?m\.?|o['’]clock)(?![a-z])",
                r"[0-9]{1,2}\s?시(?!간)(?:\s?[0-9]{1,2}\s?분)?",
                r"[0-9]{1,2}(?:時(?!間)|点[钟半]?(?!\s?[0-9]))(?:[0-9]{1,2}分)?",
                r"[0-9]{1,5}(?:-[0-9]{1,8}){2,}(?![0-9])",
                r"0[0-9]{1,4}-[0-9]{3,8}(?![0-9])",
                r"0[0-9]{1,4}\)\s?[0-9]{3,4}-?[0-9]{3,4}",
                r"[0-9][0-9a-z._-]{0,40}@[a-z0-9.-]{1,60}",
                r"(?<=\[)[0-9]{1,3}\]",
                r"(?<=[가-힣]\()1?[0-9]\.(?:3[01]|[12][0-9])(?=\))",
            ]
        )
    )


@cache
def _at_month() -> re.Pattern[str]:
    """Return the pattern of a date that starts with the name of a month."""
    return re.compile(
        rf"{_month()}\s{{1,2}}(?:(?:of\s|de\s)?{_YEAR}|{_DAY}(?:\s?(?:-|–|to|and|&)\s?{_DAY})?(?:,?\s{_YEAR})?"
        r"(?!\s?(?:%|per ?cent|won|yuan|dollars|usd|kg|mil|bil|thousand)))"
    )


def no_number(low: str, found: Number) -> bool:
    """Return whether signs that are no digits are the ring before an item, the start of a word (서명), or "the one"."""
    ring = found.value == 0 and low[found.start] in _RINGS
    stands_for = found.value == 1 and low.endswith((" the ", " this ", " that "), 0, found.start)
    return ring or stands_for or compiled("{no_number}").match(low, found.start) is not None


def first_column(low: str, digits: re.Match[str] | None) -> Number | None:
    """Return the first of two numbers that end a line beside East Asian words, each of its own: 1元 450 440."""
    if digits is None or " " not in digits.group() or _LINE_ENDS.match(low, digits.end()) is None:
        return None
    line = low[low.rfind("\n", 0, digits.start()) + 1 : digits.start()].rstrip()
    end = digits.start() + digits.group().index(" ")
    return number(low[:end], digits.start()) if line[-1:] > _EAST else None
