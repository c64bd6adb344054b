"""Check: reading articles' figures and judging their claims, in characters a second; and texts made to hurt.

The passages of ``tests/articles/`` are read one by one, as articles are, and as one long text. A text that is
made to hurt must not take more time a character when it is four times as long.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from measure import options

from nkauto.library.checking import check
from nkauto.read.figures import read_figures

GOAL = 1_000_000
MARGIN = 2_000
GROWTH_MARGIN = 3.0
"""A time that grows with the square takes four times as long a character."""
PASSAGES = Path(__file__).parent.parent / "articles" / "gold.jsonl"

HURTFUL = {
    "digits": "1234567890", "commas": "1,", "points": "1.", "brackets": "((([[[", "만만만": "만", "ranges": "1-2-3~",
    "won": "won ", "quotes": "“‘\"", "about": "about ", "spaces": " ", "percent": "50% ", "prices": "5,000 won ",
}  # fmt: skip


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    """Return the seconds that all texts take."""
    begun = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - begun


def main() -> int:
    """Print each text with its speed; return 1 when the short form passes a margin."""
    short = options(__doc__).short
    passages = [json.loads(line)["text"] for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    passages = passages[:60] if short else passages
    size = sum(map(len, passages))
    seconds(check, passages[:3])  # what is compiled at first use
    failed = False
    print(f"{f'check: {len(passages)} passages, {size:,} characters':44}{'s':>8}{'char/s':>12}")
    for name, work, texts in (
        ("figures, one by one", read_figures, passages),
        ("figures and claims, one by one", check, passages),
        ("figures as one text", read_figures, ["\n\n".join(passages)]),
        ("figures and claims as one text", check, ["\n\n".join(passages)]),
    ):
        took = seconds(work, texts)
        print(f"{name:44}{took:8.2f}{size / took:12,.0f}  goal {GOAL:,}", flush=True)
        failed |= short and size / took < MARGIN
    length = 5_000 if short else 50_000
    print(f"\n{'made to hurt, and four times as long':44}{'s':>8}{'char/s':>12}{'growth':>9}")
    for name, piece in HURTFUL.items():
        small, large = (piece * (count // len(piece) + 1) for count in (length, 4 * length))
        one = min(seconds(check, [small]) for _ in range(2))
        four = seconds(check, [large])
        growth = four / one / 4
        print(f"{name:44}{four:8.2f}{len(large) / four:12,.0f}{growth:9.2f}", flush=True)
        failed |= short and growth > GROWTH_MARGIN
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
