"""What an hour of work is paid: a month's pay over so many days of so many hours, ``240 a month, 1.50 an hour``."""

from __future__ import annotations

from fractions import Fraction

from nkauto.core.claims import Verdict
from nkauto.core.judge import compare, verdict
from nkauto.core.terms import over, times
from nkauto.read.passage.passage import Mention, Passage
from nkauto.read.relations.drafts import candidate, operator, reading
from nkauto.read.search.bases import Settled

_LONG = ("week", "month")
_MOST_HOURS, _MOST_DAYS = 24, 31
_FAR = Fraction(2)
"""A pay further off than this is not the one that the hours were worked for."""


def find(passage: Passage) -> list[Settled]:
    """Return each pay by the hour that follows from a pay, the days and the hours told near it."""
    found = []
    for position, hourly in enumerate(passage.mentions):
        if not hourly.money or hourly.per != "hour" or hourly.low <= 0:
            continue
        settled = _told(passage, hourly, position)
        if settled is not None:
            found.append(settled)
    return found


def _told(passage: Passage, hourly: Mention, position: int) -> Settled | None:
    near = [*passage.before(hourly, position), *passage.after(hourly, position)]
    hours = next((each for each in near if each.unit == "hour" and _whole(each, _MOST_HOURS)), None)
    days = next((each for each in near if each.unit == "day" and _whole(each, _MOST_DAYS)), None)
    pays = [
        each for each in near if each.money and each.unit == hourly.unit and each.per in (*_LONG, "") and not each.rate
    ]
    if hours is None or days is None or hours.sentence != days.sentence:
        return None
    worked = times(hours.ends[0], days.ends[0])
    failing = []
    for pay in pays:
        low, high = over(pay.ends[0], worked), over(pay.ends[1], worked)
        tied = (pay, hours, days)
        tests = compare(low, high, operator(hourly, tied, round_digits=1), hourly.stated)
        fits = verdict(tests) in (Verdict.HOLDS, Verdict.ROUNDING)
        words = f"{pay.figure.span} is {hourly.figure.span}"
        made = candidate("ratio", words, hourly, tied, [reading((hourly, *tied), tests)], sure=True)
        if fits:
            return Settled(hourly.index, made, fits=True, score=1.0)
        between = passage.text[slice(*sorted((pay.figure.end, hourly.figure.start)))]
        alone = pay.sentence == hourly.sentence == days.sentence and ";" not in between
        if alone and 1 / _FAR < low.value / Fraction(hourly.low) < _FAR:
            failing.append(Settled(hourly.index, made, fits=False, score=1.0))
    return failing[0] if len(failing) == 1 == len(pays) else None


def _whole(mention: Mention, most: int) -> bool:
    """Return whether a figure is a number of hours or days that somebody works."""
    return mention.single and mention.per in ("", "day", "week", "month") and 1 < mention.low <= most
