"""Runs a function over many items on all cores; the results are those of `map`, in order."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MIN_PARALLEL_ITEMS = 400
"""Fewer items than this take less time in one process than other processes take to start."""
CHUNKS_PER_WORKER = 64
"""Each worker takes its items in this many chunks, so that all end at about the same time."""
MAX_CHUNK = 1000
"""Items of a chunk at most, so that results come, and progress shows, as the work goes on."""
NICENESS = 5
"""Niceness of worker processes: two workers and a `BackgroundTask` share two cores, and the task,
which cannot be split, keeps a core to itself."""

_job: tuple[Callable[[Any], Any], Sequence[Any]] | None = None
"""The function and its items, as forked workers find them: neither is ever pickled."""
_forks_are_forbidden = False


def parallel_map(
    work: Callable[[T], R], items: Sequence[T], *, min_items: int = MIN_PARALLEL_ITEMS
) -> list[R]:
    """Apply ``work`` to each item, as `parallel_imap` does, and collect the results."""
    return list(parallel_imap(work, items, min_items=min_items))


def parallel_imap(
    work: Callable[[T], R], items: Sequence[T], *, min_items: int = MIN_PARALLEL_ITEMS
) -> Iterator[R]:
    """Apply ``work`` to each item and yield the results in the items' order, as they come.

    From ``min_items`` items on, worker processes share the work: as many as `count_workers` says.
    They are forks of this process, so only results are pickled. Where no process can be forked
    (see `may_fork`), this process does all the work.
    """
    workers = min(count_workers(), len(items))
    if workers < 2 or len(items) < min_items or not may_fork():
        yield from map(work, items)
        return
    gc.freeze()  # else a collection in a fork would copy all memory that is shared
    context = multiprocessing.get_context("fork")
    chunk = max(1, min(len(items) // (workers * CHUNKS_PER_WORKER), MAX_CHUNK))
    pool = ProcessPoolExecutor(
        workers, mp_context=context, initializer=_start_worker, initargs=(os.getpid(),)
    )
    with _offered(work, items), pool:
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
    assert _job is not None  # noqa: S101, workers are forked while the job is offered
    work, items = _job
    return work(items[place])


def _start_worker(parent: int) -> None:
    os.nice(NICENESS)
    end_with_parent(parent)


def may_fork() -> bool:
    """Tell whether this process may fork another one.

    It may not where the platform cannot (Windows) or should not (macOS) fork, where another
    thread runs, whose locks would stay locked in the copy, or where it is a worker itself.
    """
    can_fork = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    is_alone = threading.active_count() == 1
    return can_fork and is_alone and _job is None and not _forks_are_forbidden


def forbid_forks() -> None:
    """Make this process do all its work itself from now on."""
    global _forks_are_forbidden
    _forks_are_forbidden = True


def end_with_parent(parent: int) -> None:
    """End this process within a second of its parent's end, however that comes."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def count_workers() -> int:
    """Count the processes to use: ``PAPERCATALOG_WORKERS``, else one for each usable core."""
    wanted = os.environ.get("PAPERCATALOG_WORKERS", "")
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause garbage collection where nearly all that is made is kept: it would find nothing."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def split(count: int, size: int) -> list[range]:
    """Split the numbers below ``count`` into ranges of ``size``, the last one shorter.

    >>> split(5, 2)
    [range(0, 2), range(2, 4), range(4, 5)]
    """
    return [range(start, min(start + size, count)) for start in range(0, count, size)]
