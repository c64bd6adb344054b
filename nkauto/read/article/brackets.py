"""Square brackets around a figure, read as round ones: ``400 yuan [$60] per month``."""

from __future__ import annotations

import re

_SQUARE = re.compile(r"\[([^\[\]\n]{2,60})\]")
_FIGURE = re.compile(r"[$€£¥₩₽]\s?[0-9]|[0-9]\s?[^\W0-9_]")


def rounded(text: str) -> str:
    """Return the text with such brackets as round ones, every character in its place; a footnote's ``[12]`` stays."""
    if "[" not in text:
        return text
    return _SQUARE.sub(lambda found: f"({found[1]})" if _FIGURE.search(found[1]) else found.group(), text)
