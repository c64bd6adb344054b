"""How a command with more than a list of results writes: a table of its own, records, notices."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TextIO

from nkauto.cli import options as o
from nkauto.core.derivation import Derivation

Records = tuple[Sequence[str], Iterable[Mapping[str, str]]]


def write(
    form: str,
    derivation: Derivation | None,
    *,
    table: Callable[[TextIO, int], None],
    document: Callable[[], Any],
    records: Callable[[], Records],
    explain: bool = False,
) -> None:
    """Write an answer to standard output in the format; notices, and for machines notes, to standard error."""
    for said in derivation.notices if derivation else ():
        o.notice(said)
    if form == "table":
        table(sys.stdout, o.width())
        return
    from nkauto.show import records as shown

    if form in ("json", "ndjson"):
        shown.write_json(document(), sys.stdout, lines=form == "ndjson")
    else:
        fields, held = records()
        (shown.write_csv if form == "csv" else shown.write_markdown)(held, fields, sys.stdout)
        for note in derivation.notes if derivation else ():
            o.notice(note)
    if explain and derivation:
        from nkauto.show.steps import steps

        for line in steps(derivation):
            o.notice(line)
