"""Long work: shared out to all cores where there is enough of it, the answers being the same."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

ENOUGH = 400
"""From so many pieces of work on, other processes are worth their start."""
MOST_AT_ONCE = 1000
"""A process takes so many pieces at a time at most, so that answers come as work goes on."""

_job: tuple[Callable[[Any], Any], Sequence[Any]] | None = None
"""The work and its items, as forked processes find them: neither is ever pickled."""


def share_out(work: Callable[[T], R], items: Sequence[T], *, enough: int = ENOUGH) -> list[R]:
    """Do a piece of work for each item and give the answers in the items' order."""
    return list(stream_out(work, items, enough=enough))


def stream_out(work: Callable[[T], R], items: Sequence[T], *, enough: int = ENOUGH) -> Iterator[R]:
    """Do a piece of work for each item and give the answers in the items' order, as they come.

    ``enough`` says from how many items on other processes take part. They are forks of this one,
    so only the answers are pickled; one of them shares nothing out in turn. A process with threads
    is not forked: a lock that one of them holds would stay locked in the copy.
    ``PAPERCATALOG_WORKERS`` sets how many processes.
    """
    workers = min(count_workers(), len(items))
    if workers < 2 or len(items) < enough or not _may_fork():
        yield from map(work, items)
        return
    gc.freeze()  # else each fork that looks for garbage copies all that is there
    context = multiprocessing.get_context("fork")
    chunk = max(1, min(len(items) // (workers * 8), MOST_AT_ONCE))
    with _offered(work, items), ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from pool.map(_do, range(len(items)), chunksize=chunk)


@contextmanager
def _offered(work: Callable[[T], R], items: Sequence[T]) -> Iterator[None]:
    global _job
    _job = (work, items)
    try:
        yield
    finally:
        _job = None


def _do(place: int) -> Any:
    assert _job is not None  # noqa: S101, a fork is made while the work is offered
    work, items = _job
    return work(items[place])


def _may_fork() -> bool:
    forks = "fork" in multiprocessing.get_all_start_methods()
    return forks and threading.active_count() == 1 and _job is None


class Beside(Generic[R]):
    """Work that goes on in another process, a fork of this one, which gets the answers.

    Where nothing can be forked (see `stream_out`), an answer is worked out when it is asked for.
    """

    def __init__(self, work: Callable[[], Iterator[R]]) -> None:
        self._here: Iterator[R] | None = None
        if count_workers() < 2 or not _may_fork():
            self._here = work()
            return
        gc.freeze()
        context = multiprocessing.get_context("fork")
        self._answers, there = context.Pipe(duplex=False)
        self._process = context.Process(target=_answer, args=(work, there))
        self._process.start()
        there.close()

    def __iter__(self) -> Iterator[R]:
        return self

    def __next__(self) -> R:
        """Give the next answer, or raise what was raised instead."""
        if self._here is not None:
            return next(self._here)
        try:
            answer, error = self._answers.recv()
        except EOFError:
            self._process.join()
            if self._process.exitcode:
                message = f"a process ended with {self._process.exitcode}; was there memory enough?"
                raise RuntimeError(message) from None
            raise StopIteration from None
        if error is not None:
            raise error
        found: R = answer
        return found

    def close(self) -> None:
        """End the work, wherever it is."""
        if self._here is None:
            self._process.terminate()
            self._process.join()
            self._answers.close()


def _answer(work: Callable[[], Iterator[Any]], answers: Connection) -> None:
    """Send what work gives, or what it raises; when the process is to end, end what it began."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        for found in work():
            answers.send((found, None))
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(1)
    except Exception as error:  # it is raised where the answer is awaited
        error.add_note(traceback.format_exc())
        with suppress(BrokenPipeError):
            answers.send((None, error))


@contextmanager
def no_collection() -> Iterator[None]:
    """Look for no garbage meanwhile: where all that is made is kept, that costs for nothing."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def split(count: int, size: int) -> list[range]:
    """Cut the numbers below ``count`` into runs of ``size``, the last one shorter.

    >>> split(5, 2)
    [range(0, 2), range(2, 4), range(4, 5)]
    """
    return [range(start, min(start + size, count)) for start in range(0, count, size)]


def count_workers() -> int:
    """Give the number of processes to use: as set, else one a core that this process may use."""
    wanted = os.environ.get("PAPERCATALOG_WORKERS", "")
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
