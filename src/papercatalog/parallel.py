"""Long work: shared out to all cores where there is enough of it, the answers being the same."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

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
    alone = threading.active_count() > 1 or "fork" not in multiprocessing.get_all_start_methods()
    if workers < 2 or len(items) < enough or alone or _job is not None:
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
