"""Work shared out to all cores where there is enough of it; the answers are the same either way."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

ENOUGH = 400
"""From so many pieces of work on, other processes are worth their start."""


def share_out(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Do a piece of work for each item and give the answers in the items' order.

    ``work`` is a function of a module. A process with threads is not forked: a lock that one of
    them holds would stay locked in the copy. ``PAPERCATALOG_WORKERS`` sets how many processes.
    """
    workers = count_workers()
    alone = threading.active_count() > 1 or "fork" not in multiprocessing.get_all_start_methods()
    if workers < 2 or len(items) < ENOUGH or alone:
        return [work(item) for item in items]
    context = multiprocessing.get_context("fork")
    chunk = max(1, len(items) // (workers * 8))
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        return list(pool.map(work, items, chunksize=chunk))


def count_workers() -> int:
    """Give the number of processes to use: as set, else one a core that this process may use."""
    wanted = os.environ.get("PAPERCATALOG_WORKERS", "")
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
