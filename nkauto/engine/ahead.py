"""Ahead of the polars engine: a sample of a table's keys, asked in another process while polars is loaded.

To load it takes a quarter of a second, as long as three thousand keys, and Python does nothing else meanwhile.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from itertools import chain
from operator import itemgetter

from nkauto.engine.keys import Found, Key
from nkauto.engine.stream import Batch
from nkauto.errors import BadOption
from nkauto.read.rows import Table

BEGINNING = 1 << 19
"""Characters whose keys are asked ahead where a table is a pipe; a smaller table is not worth it."""
PIECES, PIECE = 512, 1 << 10
"""Pieces of a file whose keys are asked ahead, and the bytes of each: dates often rise through a table."""
TOO_MANY = 4
"""Where more than one row in so many goes by itself, or has a key to itself, streaming them all is faster."""


def take(run: Batch, table: Table, notice: Callable[[str], object]) -> None:
    """Convert a whole table by the polars engine, as ``polars.take`` does. Raises BadOption where polars is missing."""
    if find_spec("polars") is None:
        raise _missing("polars")  # before a header is written
    table.lines.block_size = BEGINNING // 2
    beginning = ""
    while len(beginning) < BEGINNING and (text := next(table.texts, "")):
        beginning += text
    table.texts = chain([beginning] if beginning else [], table.texts)
    asked = Ahead(run, table, beginning) if len(beginning) >= BEGINNING else None
    try:
        from nkauto.engine import polars
    except ModuleNotFoundError as error:
        raise _missing(str(error.name)) from None
    if asked:
        asked.answer(run)
    polars.take(run, table, notice)


def _missing(name: str) -> BadOption:
    return BadOption(f"--engine polars needs {name}", hint="pip install 'nkauto[batch]'")


class Ahead:
    """The keys of a part of a table, asked in another process, where there can be one.

    What it does not answer is asked anew by whoever needs it: nothing is lost when it cannot start or fails.
    """

    def __init__(self, run: Batch, table: Table, text: str) -> None:
        """Begin to ask."""
        self._process = 0
        if not hasattr(os, "fork") or threading.active_count() > 1:  # a lock that another thread holds would stay held
            return
        self._source, sink = os.pipe()
        try:
            self._process = os.fork()
        except OSError:  # no more processes may be started
            os.close(self._source)
            os.close(sink)
            return
        if not self._process:
            try:
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                os.close(self._source)
                with os.fdopen(sink, "wb") as answers:
                    pickle.dump(answered(run, table, text), answers)
            finally:
                os._exit(0)  # without the end of a run: the parent's files are not the child's to flush
        os.close(sink)

    def answer(self, run: Batch) -> None:
        """Wait for the answers, and put them where the run will look for them."""
        if not self._process:
            return
        try:
            with os.fdopen(self._source, "rb") as source:
                run.keys.foretold = pickle.load(source)
        except (EOFError, pickle.UnpicklingError):
            pass
        finally:
            os.waitpid(self._process, 0)


def answered(run: Batch, table: Table, text: str) -> Mapping[Key, Found | None]:
    """Return what the core says of the keys of lines from all over a table, or else of its beginning.

    Of none where they are too many or need a closer look. A key of which something must be noticed is left to be
    met where it stands.
    """
    keys = _keys(run, table, table.lines.glimpses(PIECES, PIECE)) or _keys(run, table, text)
    answers = {}
    notices = run.keys.asked.notices
    # Together, the keys of one day share what is found for it.
    for key in sorted(keys, key=itemgetter(1, 2, 0)):
        notices.clear()
        found = run.keys.plain(key)
        if not notices:
            answers[key] = found
    return answers


def _keys(run: Batch, table: Table, text: str) -> set[Key]:
    """Return the keys of whole lines; none where they are too many or need a closer look."""
    block = table.block(text)
    keys = set(map(run.key, block.rows)) if block else set()
    return keys if block and len(keys) * TOO_MANY <= len(block.rows) else set()
