"""Two figures that a multiple may follow from, and how well they are tied to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from nkauto.core.claims import Hint, Reading, Verdict
from nkauto.core.judge import best
from nkauto.read.passage.passage import Mention


@dataclass(frozen=True, eq=False)
class Option:
    """Two figures, or a step and a level, that a multiple may follow from; how well they are tied to it.

    ``repeats``: both are told a second time, in another currency.

    What they come to is worked out only where it is asked for: most are too far off to matter.
    """

    mentions: tuple[Mention, ...]
    read: Callable[[], list[Reading]]
    score: float
    tied: float = 0.0
    slips: Callable[[], list[Hint]] = list
    plausible: bool = True
    repeats: bool = False

    @cached_property
    def key(self) -> frozenset[int]:
        """Its figures."""
        return frozenset(mention.index for mention in self.mentions)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """What its figures come to, in every sense."""
        return tuple(self.read())

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """The slips that would explain another figure."""
        return tuple(self.slips())

    @cached_property
    def said(self) -> Verdict:
        """What the best of its readings says."""
        return best(self.readings)[1]
