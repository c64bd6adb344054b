"""Each price gets what it is for: from the words beside it, its conversion, the nearest word before it, the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nkauto.core.range import plain
from nkauto.read.article_per import GRAIN, MASS, TIME, Cue, cues, explicit
from nkauto.read.article_raw import Raw
from nkauto.read.article_text import Page

_WORLD = frozenset(("USD", "EUR", "CNY", "JPY", "GBP"))
_CODE = re.compile(r"[A-Z]{3}$")
_LASTING = frozenset(("kg", "L", "lb", "jin", "g", "t", "USD", "CNY", "EUR", "JPY"))
_CONVERTED = re.compile(
    r"\s?(?:[,=]|as|or|equals?|equivalent to|worth|that is|i\.e\.|roughly|about|around|approximately|some|\(|~|≈|즉|약|、|,|unos|equivalentes? a|es decir|also|rund|etwa|das sind)"
    r"(?:[\s,]*(?:or|about|roughly|around|nearly|almost|approximately|just|some|over|are given as|"
    r"equivalent to|equal to|the equivalent of|worth|i\.e\.|that is|약|約|约|合|折合|only))*[\s,]*$"
)
_THIS = re.compile(
    r"(?:this|that|it|which)\s(?:(?:is|was|at|to|around|about|some|roughly|only|just|a|mere|makes?|made|equals?|comes|came|amounts|"
    r"worth|nearly|approximately|equivalent|out|be|would)\s)*$"
)
_BASE_BEHIND = re.compile(
    r"\s?(?:=|에(?!서)|이|은|는|당|마다|は|が|で|につき|あたり|当たり|に対|兑|兌|合|约合|换|可换|等于|is|was|at|selling|sells|sold|equal|costs?|"
    r"bought|buys?|brings?|brought|traded|trades|fetch|yields?|for|to|exchang|went|goes|gets?|now|stood|rose|fell|:|kostete|bei|lag|costaba|cuesta)"
)
_BASE_BEFORE = re.compile(r"(?:=|per|to|/|兑|对|for|every|each|あたり|against)\s?$")
_COUNTED_BEHIND = re.compile(r"\s?(?:당|마다|あたり|当たり|につき|に対し|ごと)")
_IS = re.compile(r"\s?(?:=|は|が|에|은|는|이|兑|对|:|is\s|was\s)")
_PER_BEFORE = re.compile(r"(?:per|/|each|every|每)\s?$")
_FRAME_BEHIND = re.compile(r",\s(?:the|a|an|its|their|his|her)\s(daily|weekly|monthly|yearly|annual)\s")
_FRAMES = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year"}
_WEIGHS = re.compile(
    r" of [a-z]+(?: [a-z]+)? (?:is|weighs|equals|was|makes|comes to) (?:about |around |roughly |some )?$"
)
_BUYS = re.compile(
    r"\s?(?:で買|으로 살|로 살|로 사|으로 사|\s?buys|\s?bought|\s?would buy|\s?could buy|可买|能买|够买|买)"
)
_EARNS = re.compile(
    r"(?:earns?|earned|earning|takes? home|taking home|is paid|are paid|makes)\s(?:about |around |only |just |roughly |some )?$"
)
_LASTS = re.compile(r"\s?(?:에|당|마다|で|につき)\s?(?:약\s?|約)?$")
_WORTH = re.compile(r"の(?![値大水台相まほ])|짜리|어치|的(?![0-9两三]|.{0,4}[汇匯价])")
_COSTS = re.compile(
    r"[,;.]\s(?:and |while |but )?(?:a|an|the|one) [a-z -]{2,40} (?:costs?|sells? for|sold for|goes for|went for|is priced at)\s[^,;.]{0,24}$"
)
_OF = re.compile(r"(?: of )?(?:の|의|的)?\s?")
_GOES_ON = re.compile(
    r"(?:^\s?(?:,|、|·|and|와|과|と|や|和|및|또는|または)|(?:\b(?:to|from|against|than|versus)|로|으로|에서|から|に|到|至|比))\s?"
    r"(?:an? (?:target|norm|average|price|level) of |only |just |about |around |some |nearly |more than |as much as |as little as |almost |roughly |over |under |약 |約|约)?$"
)
_NEW_GOOD = re.compile(
    r"(?:[,;:]|\sand)\s(?:a |an |the )?(?!in |at |by |on |now |up |down |from |to |or |about |around |nearly |some |then |only )[a-z]+(?: [a-z]+)?\s(?:at |is |was |for |costs? )?$"
)


@dataclass(slots=True)
class _Topic:
    """What the prices of the last sentence were for, and how high the last of them was."""

    cue: Cue | None = None
    raw: Raw | None = None


def denominators(page: Page, raws: list[Raw], northern: bool) -> list[Raw]:
    """Return the figures with their denominators set, without those that are denominators themselves."""
    kept: list[Raw] = []
    topic = _Topic()
    place = 0
    while place < len(raws):
        first, last = page.sentence(raws[place].start)
        after = place
        while after < len(raws) and raws[after].start < last:
            after += 1
        sentence = _Sentence(page, raws, place, after, northern, topic)
        kept += sentence.read(max(first, raws[place].start - 240), min(last, raws[after - 1].end + 120))
        place = after
    return kept


class _Sentence:
    """The figures of one sentence and the words that tell what they are for."""

    def __init__(self, page: Page, raws: list[Raw], place: int, after: int, northern: bool, topic: _Topic) -> None:
        self.page = page
        self.raws = raws
        self.place = place
        self.after = after
        self.northern = northern
        self.topic = topic
        self.cues: list[Cue] = []
        self.heavy: list[Cue] = []

    def read(self, first: int, last: int) -> list[Raw]:
        """Return the figures of the sentence that are no denominators, each with what it is for."""
        here = self.raws[self.place : self.after]
        if any(raw.money or raw.kind == "measure" for raw in here):
            spans = [(raw.start, raw.end) for raw in here if not raw.one]
            self.cues = [
                cue for cue in cues(self.page, first, last) if not any(a < cue.end and cue.at < b for a, b in spans)
            ]
        for index in range(self.place, self.after):
            self.raws[index].base = self._is_base(index)
        held = [raw.end for raw in here if raw.kind == "measure" and raw.unit in MASS and not raw.base]
        self.cues = [
            cue
            for cue in self.cues
            if cue.kind != "item"
            or not any(0 <= cue.at - end <= 4 and _OF.fullmatch(self.page.low, end, cue.at) for end in held)
        ]
        self._take_explicit(here)
        self.cues.sort(key=lambda cue: cue.at)
        self.heavy = [cue for cue in self.cues if cue.kind == "mass"]
        for index in range(self.place, self.after):
            raw = self.raws[index]
            if raw.base or raw.tail:
                self._name(raw)
            elif raw.money:
                self._price(index, last)
            elif raw.kind == "measure":
                self._quantity(raw)
            if raw.money and raw.per is not None and raw.per.rpartition(" ")[2] in _LASTING:
                self.topic.raw = raw
                self.topic.cue = Cue(
                    raw.start, raw.end, "money" if _CODE.search(raw.per) else "mass", raw.per, raw.subject
                )
        return [raw for raw in here if not raw.base]

    def _is_base(self, index: int) -> bool:
        """Return whether a figure is itself a denominator ("1kg", "one dollar", "100元あたり"); it becomes a cue."""
        low = self.page.low
        raw = self.raws[index]
        if raw.low != raw.high or raw.vague or raw.kind not in ("money", "measure", "count"):
            return False
        counted = _COUNTED_BEHIND.match(low, raw.end) is not None
        told = _PER_BEFORE.search(low, max(0, raw.start - 6), raw.start) is not None
        single = raw.one and not raw.approx
        per = raw.unit if raw.one else f"{plain(raw.low):f} {raw.unit}"
        kind = "mass"
        following = self.raws[index + 1] if index + 1 < self.after else None
        if raw.money:
            joined = (
                following is not None
                and following.money
                and following.start - raw.end <= 2
                and "(" not in low[raw.end : following.start]
            )
            round_sum = raw.low in (10, 100, 1000) and raw.unit in _WORLD and following is not None and following.money
            if round_sum and following is not None and following.unit not in _WORLD and following.start - raw.end < 12:
                counted = counted or _IS.match(low, raw.end) is not None
            beside = (
                joined or _BASE_BEHIND.match(low, raw.end) or _BASE_BEFORE.search(low, max(0, raw.start - 9), raw.start)
            )
            if not counted and not (single and raw.inner < 0 and beside):
                return False
            kind = "money"
        elif raw.kind == "count":
            if not single:
                return False
            kind, per = ("person", "person") if raw.unit == "person" else ("thing", "")
        elif raw.unit in TIME:
            if not (counted or single or (told and raw.unit == "minute")):
                return False
            if not (counted or told):
                return True
            kind = "frame"
        elif not (counted or single or (told and raw.low in (10, 100, 1000))):
            return False
        self.cues.append(Cue(raw.start, raw.end, kind, per, raw.unit if raw.money else ""))
        return True

    def _take_explicit(self, here: list[Raw]) -> None:
        """Set the denominators that stand right behind their figures; their words tell nothing else."""
        for raw in here:
            if raw.base or not (raw.money or raw.kind == "measure"):
                continue
            if raw.kind == "measure" and raw.unit in TIME and raw.unit != "minute":
                continue
            told = explicit(self.page, raw)
            if told is None or told[0] == raw.unit:
                continue
            raw.per, raw.tail = told[0] or None, told[1]
            for other in here:
                if raw.end <= other.start < raw.tail and _PER_BEFORE.search(
                    self.page.low, max(0, other.start - 6), other.start
                ):
                    other.base = True
            self.cues = [cue for cue in self.cues if not (raw.end <= cue.at < raw.tail and cue.kind != "item")]
            if told[0]:
                kind = "money" if _CODE.search(told[0]) else "mass" if told[0] in MASS else "frame"
                if kind == "frame" and raw.money:
                    kind = "spent"
                self.cues.append(Cue(raw.tail, raw.tail, kind, told[0], told[0] if kind == "money" else ""))

    def _name(self, raw: Raw) -> None:
        """Name the good, work or money that a price is of, by the nearest word before it."""
        for cue in reversed(self.cues):
            if cue.at < raw.start and cue.subject and cue.subject != raw.unit:
                raw.subject = cue.subject
                return
            if cue.at <= raw.tail and cue.subject and cue.subject == raw.per:
                raw.subject = cue.subject
                return

    def _price(self, index: int, last: int) -> None:
        """Set the denominator of an amount of money."""
        raws, page = self.raws, self.page
        raw = raws[index]
        if raw.inner >= 0:
            raw.per, raw.subject = raws[raw.inner].per, raws[raw.inner].subject
            return
        if self._follows(index):
            return
        if raw.word.isascii() and page.low[raw.end - len(raw.word) - 1 : raw.end - len(raw.word)] == "-":
            return
        before = [cue for cue in self.cues if cue.at < raw.start]
        amounts = [
            other
            for other in raws[max(self.place, index - 3) : index]
            if not other.base
            and ((other.kind == "measure" and other.unit in MASS) or (other.kind == "count" and other.unit == "each"))
        ]
        if self._goes_on(index) or self._lasts(index) or self._comes_first(index):
            return
        close = [other for other in amounts if raw.start - other.end < 25 and other.per is None]
        for cue in reversed(before):
            if cue.kind in ("mass", "item") and any(other.start > cue.at and other.per is None for other in amounts):
                return
            if self._decides(raw, cue, index):
                return
        if close:
            return
        framed = _FRAME_BEHIND.match(page.low, raw.end)
        if framed is not None:
            raw.per = _FRAMES[framed.group(1)]
            return
        if _BUYS.match(page.low, raw.end):
            return
        following = raws[index + 1].start if index + 1 < self.after else last
        for cue in self.cues:
            if raw.end <= cue.at < min(following, raw.end + 40) and cue.kind not in (
                "time",
                "frame",
                "spent",
                "rate",
                "person",
            ):
                if (
                    cue.kind == "mass"
                    and following - cue.end < 9
                    and following < last
                    and not re.search(r"[,;.、。，]", page.low[cue.end : following])
                ):
                    continue
                stop = r"[;.:,、，]\s?" if cue.kind in ("wage", "thing") else r"[;.:]\s"
                if not re.search(stop, page.low[raw.end : cue.at]) and self._decides(raw, cue, index):
                    return
        topic = self.topic
        if topic.cue is not None and topic.raw is not None and not before and topic.raw.unit == raw.unit:
            if raw.low and topic.raw.low and 5 * min(raw.low, topic.raw.low) >= max(raw.low, topic.raw.low):
                self._decides(raw, topic.cue, index)

    def _follows(self, index: int) -> bool:
        """Take the denominator of the figure that this one converts: "a month, roughly $12", "this is 15 cents"."""
        raw = self.raws[index]
        previous = next((other for other in reversed(self.raws[max(0, index - 3) : index]) if other.money), None)
        if previous is None or previous.base or previous.unit == raw.unit:
            return False
        from_ = max(previous.end, previous.tail)
        gap = self.page.low[max(from_, self.raws[index - 1].end) : raw.start]
        bare = not any(from_ <= cue.at < raw.start and cue.kind != "spent" for cue in self.cues)
        if len(gap) < 36 and bare and not self.raws[index - 1].base and _CONVERTED.match(gap):
            raw.per, raw.subject = previous.per, previous.subject
            return True
        if _THIS.search(self.page.low, max(0, raw.start - 40), raw.start):
            meant = [o for o in self.raws[max(0, index - 4) : index] if o.money and not o.base and o.per not in _WORLD]
            if meant:
                raw.per, raw.subject = meant[-1].per, meant[-1].subject
                return True
        return False

    def _goes_on(self, index: int) -> bool:
        """Take the denominator of the figure before it in a change or a list of like amounts: from 8 to 10 a day."""
        raw = self.raws[index]
        previous = next(
            (o for o in reversed(self.raws[max(self.place, index - 3) : index]) if o.money and o.inner < 0), None
        )
        if previous is None or previous.base or previous.unit != raw.unit or previous.per is None:
            return False
        from_ = max(previous.end, previous.tail)
        gap = self.page.low[from_ : raw.start]
        if len(gap) > 60 or any(
            from_ <= cue.at < raw.start and cue.kind not in ("spent", "frame") for cue in self.cues
        ):
            return False
        if not _GOES_ON.search(gap) or not previous.low or not previous.low / 12 <= raw.low <= previous.low * 12:
            return False
        raw.per, raw.subject = previous.per, previous.subject
        return True

    def _comes_first(self, index: int) -> bool:
        """Take the denominator behind the figure that this one changes to: from 5,300 to 5,800 per yuan."""
        raw, after = self.raws[index], self.raws[index + 1] if index + 1 < self.after else None
        if after is None or not after.tail or after.unit != raw.unit or not raw.shared:
            return False
        if not _GOES_ON.search(self.page.low[raw.end : after.start]):
            return False
        raw.per, raw.subject = after.per, after.subject
        return True

    def _lasts(self, index: int) -> bool:
        """Take the time that a fee is for, or a wage that is told in other money: 3개월에 2850원, "thus earns $19"."""
        raw, before = self.raws[index], self.raws[index - 1] if index > self.place else None
        if before is not None and before.kind == "measure" and before.unit in TIME and before.low == before.high:
            if before.low > 1 and _LASTS.match(self.page.low[before.end : raw.start]):
                raw.per = f"{plain(before.low):f} {before.unit}s"
                return True
        if _EARNS.search(self.page.low, max(0, raw.start - 30), raw.start):
            paid = [o for o in self.raws[max(0, index - 4) : index] if o.money and o.per in TIME and o.unit != raw.unit]
            if paid:
                raw.per = paid[-1].per
                return True
        return False

    def _decides(self, raw: Raw, cue: Cue, index: int) -> bool:
        """Set the denominator that a word tells for a price; return whether it told any, or that there is none."""
        told = self._told(raw, cue, index)
        if told is None:
            return False
        raw.per = told or None
        raw.subject = cue.subject
        return True

    def _told(self, raw: Raw, cue: Cue, index: int) -> str | None:
        """Return the denominator that a word tells for a price, empty for none; ``None`` when it says nothing here."""
        local = raw.unit not in _WORLD
        low = self.page.low
        gap = low[cue.end : raw.start] if cue.at < raw.start else low[raw.end : cue.at]
        if cue.kind == "money":
            if ";" in gap and cue.at < raw.start and not self._like(raw, index, cue.per, 5):
                return None
            if cue.at < raw.start and (_COSTS.search(gap) or _WORTH.match(low, raw.end)):
                return ""
            return cue.per if cue.per != raw.unit and local else None
        if cue.kind == "rate":
            return "USD" if local else None
        if cue.kind == "mass":
            if cue.at < raw.start and not self._like(raw, index, cue.per, 1000):
                return ""
            return "" if not self.northern and cue.at < raw.start and self._new_good(raw, cue) else cue.per
        if cue.kind == "frame":
            return cue.per
        if cue.kind == "item":
            return self._by_weight(raw, cue)
        if cue.kind == "wage":
            first = next((o for o in self.raws[self.place : index] if o.money and o.start > cue.at), None)
            if (
                first is not None
                and first.unit == raw.unit
                and first.low
                and not first.low / 12 <= raw.low <= first.low * 12
            ):
                return ""
            return "month"
        if cue.kind == "time":
            if any(cue.end <= o.start < raw.start and not o.base for o in self.raws[self.place : index]):
                return None
            return cue.per if len(gap) < 40 and not re.search(r"[,;:。、(]", gap) else None
        if cue.kind == "person" and cue.at < raw.start and len(gap) < 7 and not re.search(r"[,;:。、(]", gap):
            return "person"
        if cue.kind == "thing":
            return ""
        return None

    def _like(self, raw: Raw, index: int, per: str, factor: int) -> bool:
        """Return whether an amount is of the size of the last one in its money with this denominator; true without one."""
        known = [
            o for o in self.raws[max(0, index - 8) : index] if o.money and o.per == per and o.unit == raw.unit and o.low
        ]
        return not known or known[-1].low <= factor * raw.low <= factor * factor * known[-1].low

    def _by_weight(self, raw: Raw, cue: Cue) -> str:
        """Return the weight or measure that a good's price is for: one that the sentence names, else the kilogram."""
        named = [mass.per for mass in self.heavy if self.northern or raw.shared or mass.at < raw.start]
        if "L" in named and cue.subject in ("gasoline", "diesel", "fuel", "oil"):
            return "L"
        weights = [per for per in named if per in ("kg", "lb", "jin", "t")]
        if weights:
            return weights[-1]
        return "kg" if self.northern and cue.subject in GRAIN else ""

    def _new_good(self, raw: Raw, cue: Cue) -> bool:
        """Return whether another good is named between a weight and a price: "meat 450 the kilo, milk 200"."""
        first = max([cue.end, *(o.end for o in self.raws[self.place : self.after] if o.end <= raw.start)])
        return _NEW_GOOD.match(self.page.low[first : raw.start].lstrip(") ").rjust(1)) is not None or (
            re.search(r"(?:[,;]|\sand)\s[a-z]+\s$", self.page.low[first : raw.start]) is not None
        )

    def _quantity(self, raw: Raw) -> None:
        """Set the denominator of an amount of goods: a ration a day or a head, the weight of a litre."""
        before = [cue for cue in self.cues if cue.at < raw.start]
        if raw.unit == "minute":
            frames = [cue.per for cue in before if cue.kind in ("frame", "spent", "time") and " " not in cue.per]
            raw.per = frames[-1] if frames else None
        if raw.unit in TIME:
            return
        here = self.raws[self.place : self.after]
        like = [o for o in here if o.start < raw.start and o.kind == "measure" and o.unit == raw.unit and o.per]
        if like and raw.start - like[-1].end < 60 and _GOES_ON.search(self.page.low, like[-1].end, raw.start):
            raw.per = like[-1].per
            return
        for cue in reversed(before):
            gap = self.page.low[cue.end : raw.start]
            if cue.kind == "person" or (cue.kind == "time" and len(gap) < 24 and not re.search(r"[,;:。、]", gap)):
                raw.per = cue.per
                return
            if cue.kind == "mass" and cue.per != raw.unit and (len(gap) < 8 or _WEIGHS.match(gap)):
                raw.per = cue.per
                return
