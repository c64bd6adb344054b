"""Strings that must not act anywhere: markup, terminal escapes, bidi, HTML, formulas, paths."""

from __future__ import annotations

import re

MARKUP = (
    "[red]12[/red]",
    "[/]",
    "[bold",
    "[link=http://x.y]z[/link]",
    "[sic]",
    "[b][/i]",
    "\\[x]",
    "[@click=app.quit]x[/]",
)
TERMINAL = (
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://x.y\x07link\x1b]8;;\x07",
    "\x1b[2J\x1b[H",
    "\x1bP+q\x1b\\",
    "\x9b31m",
    "\x9d0;t\x9c",
    "a\rb",
    "a\x08\x08b",
    "\x07",
    "\x00nul",
    "\x7f",
    "a\x0bb\x0cc",
    "\x1b[6n",
    "\x1b]52;c;aGk=\x07",
)
INVISIBLE = (
    "\u202e521\u202c",
    "\u2066x\u2069",
    "\u200bzero",
    "\u200e\u200f",
    "\ufeffbom",
    "soft\u00adhyphen",
    "\u061c",
    "\u2028line",
    "\u2029par",
    "\U000e0041tag",
    "\ufff9a\ufffab\ufffb",
    "\u180e",
)
PAGE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</title><script>x</script>",
    '" onmouseover="x',
    "' onload='x",
    "<svg/onload=x>",
    "&lt;b&gt;",
    "&#x3c;script&#x3e;",
    "<!-- -->",
    "]]>",
    "<![CDATA[x]]>",
    "javascript:alert(1)",
    "<style>*{display:none}</style>",
    "<a href=javascript:x>y</a>",
    "${7*7}{{7*7}}",
    "</svg><script>1</script>",
)
FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    '=HYPERLINK("http://x.y","z")',
    "=1\n+1",
    "|calc",
)
PATHS = ("../../etc/passwd", "/etc/passwd", "a/../../b", "~root", "$HOME", "`id`", "$(id)", "; rm x", "CON", "a\\..\\b")
OTHER = (
    "P 2025-01-01 X 1 Y\n; y",
    'include "x"',
    "1e999999999",
    "9" * 300,
    "%s%n%x",
    "\\x1b[31m",
    "e\u0301" * 40,
    "𝟙𝟚",
)

CORPUS = (*MARKUP, *TERMINAL, *INVISIBLE, *PAGE, *FORMULAS, *PATHS, *OTHER)

ACTING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""Control, bidi and zero-width characters: none may leave as itself."""


def acting(text: str) -> list[str]:
    """Return the characters of an output that would act on a terminal or hide text; newlines are no such."""
    return ACTING.findall(text.replace("\r\n", "\n"))
