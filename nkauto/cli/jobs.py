"""The same work for many names, in processes side by side; the answers come in the order of the names."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from nkauto.errors import NkautoError

T = TypeVar("T")


def side_by_side(
    work: Callable[[str], T], names: Sequence[str], jobs: int, *, here: Collection[str] = ()
) -> Iterator[T | str]:
    """Yield the answer to each name; the names of ``here`` are worked on in this process.

    Each process takes every so-manieth name and waits with an answer that nobody has fetched yet, so memory stays
    bounded. ``work`` and its answers must pickle. For a process that was killed the answers are a message; what was
    raised there is raised here. Who stops listening ends the processes.
    """
    context = get_context("fork") if sys.platform == "linux" else get_context("spawn")
    shared = [name for name in names if name not in here]
    jobs = min(jobs, len(shared))
    processes, answers = [], []
    try:
        for first in range(jobs):
            reader, writer = context.Pipe(duplex=False)
            process = context.Process(target=_answer, args=(work, shared[first::jobs], writer), daemon=True)
            process.start()
            writer.close()  # so that a killed process is an end of file
            processes.append(process)
            answers.append(reader)
        turn = 0
        for name in names:
            if name in here:
                yield work(name)
                continue
            yield _fetched(answers[turn % jobs], name)
            turn += 1
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _answer(work: Callable[[str], T], names: Sequence[str], answers: Connection) -> None:
    """Work on names one by one and send the answers; an interruption is for the process that listens."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(BrokenPipeError):
        for name in names:
            try:
                answers.send(work(name))
            except NkautoError as error:
                answers.send(error)


def _fetched(answers: Connection, name: str) -> T | str:
    try:
        answer: T | NkautoError = answers.recv()
    except EOFError:
        return f"{name}: the process that worked on it was killed"
    if isinstance(answer, NkautoError):
        raise answer
    return answer
