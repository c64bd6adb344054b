"""Findings: all that a check of one article found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nkauto.core.claims import Claim, Verdict
from nkauto.core.figure import Figure
from nkauto.core.range import Range


@dataclass(frozen=True, slots=True)
class Converted:
    """A figure in another unit, with the ids of the rates used."""

    range: Range
    unit: str
    rate_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found in one file; ``converted`` by the figure's index, ``rates`` the lines that name the rates."""

    file: str
    text: str
    figures: Sequence[Figure]
    claims: Sequence[Claim]
    converted: Mapping[int, Sequence[Converted]]
    dated: bool = False
    rates: Sequence[str] = ()
    sources: Sequence[Mapping[str, str]] = ()
    notes: Sequence[str] = ()

    @property
    def judged(self) -> int:
        """How many claims could be decided."""
        return sum(1 for claim in self.claims if claim.judged)

    @property
    def fails(self) -> bool:
        """Whether a claim fails."""
        return any(claim.verdict is Verdict.FAILS for claim in self.claims)
