"""Where the sentences of a text end."""

from __future__ import annotations

import re

_SHORT = "approx|appx|bs|ca|no|nos|rs|vs|dr|mr|mrs|ms|st|est|u\\.s|u\\.n|e\\.g|i\\.e"
_SHORT += "|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
_END = re.compile(
    r"[。！？]+[”’」』）)\"]*"
    r"|(?<!\b[A-Z])\.[\"'”’)]*(?=\s)"
    r"|[!?][\"'”’)]*(?=\s)"
    r"|\n[ \t　]*\n"
)
_SHORT_BEFORE = re.compile(rf"\b(?:{_SHORT})$", re.I)


def sentence_ends(text: str) -> list[int]:
    """Return where each sentence ends; a full stop after a month's or a title's short form ends none."""
    ends: list[int] = []
    for match in _END.finditer(text):
        if match.group()[0] == "." and _SHORT_BEFORE.search(text, max(0, match.start() - 7), match.start()):
            continue
        if ends and not text[ends[-1] : match.start()].strip():
            ends[-1] = match.end()
        else:
            ends.append(match.end())
    return ends
