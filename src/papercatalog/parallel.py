"""Long work: shared out to all cores where there is enough of it, the answers being the same."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

ENOUGH = 400
"""From so many pieces of work on, other processes are worth their start."""
TURNS = 64
"""A process takes work so many times, so that none has much left where the others are done."""
MOST_AT_ONCE = 1000
"""A process takes so many pieces at a time at most, so that answers come as work goes on."""

GIVE_WAY = 5
"""By so much these processes are nicer than one that works `Beside`, which cannot be shared out: of
three on two cores, that one has a core to itself."""

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
    chunk = max(1, min(len(items) // (workers * TURNS), MOST_AT_ONCE))
    pool = ProcessPoolExecutor(
        workers, mp_context=context, initializer=os.nice, initargs=(GIVE_WAY,)
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
    assert _job is not None  # noqa: S101, a fork is made while the work is offered
    work, items = _job
    return work(items[place])


def _may_fork() -> bool:
    forks = "fork" in multiprocessing.get_all_start_methods()
    return forks and threading.active_count() == 1 and _job is None and not _is_beside


class Beside(Generic[R]):
    """Works that go on in a process of its own, a fork of this one, until their results are wanted.

    They are done one after the other; what one leaves in memory, the next finds. The process shares
    nothing out in turn, and it ends when the works are done. Where nothing can be forked (see
    `stream_out`), each is done when its result is asked for.
    """

    def __init__(self, *works: Callable[[], R]) -> None:
        self._left = list(works)
        """Whose results have not been asked for."""
        self._process: BaseProcess | None = None
        if count_workers() < 2 or not _may_fork():
            return
        gc.freeze()
        self._results = tempfile.TemporaryFile()  # noqa: SIM115, a pipe would make the works wait
        self._read = 0
        """How many bytes of the results have been read."""
        self._sizes, sizes = os.pipe()
        context = multiprocessing.get_context("fork")
        self._process = context.Process(
            target=_tell_results, args=(works, self._results.fileno(), sizes)
        )
        self._process.start()
        os.close(sizes)

    def result(self) -> R:
        """Wait for the next work's result; raise what the work raised."""
        work = self._left.pop(0)
        if self._process is None:
            return work()
        size = int.from_bytes(os.read(self._sizes, _SIZE))
        told = os.pread(self._results.fileno(), size, self._read)
        self._read += size
        if not self._left or not size:
            self._process.join()
            self.close()
        if not size:
            code = self._process.exitcode
            raise RuntimeError(f"a process ended with code {code}; was there memory enough?")
        result, error = pickle.loads(told)  # noqa: S301, our own process wrote it
        if error is not None:
            raise error
        found: R = result
        return found

    def close(self) -> None:
        """End the works, if they go on."""
        if self._process is not None and not self._results.closed:
            self._process.terminate()
            self._process.join()
            self._results.close()
            os.close(self._sizes)


_SIZE = 8
"""In so many bytes the size of a result is told."""


_is_beside = False
"""Whether this process is one that works beside another."""


def _tell_results(works: Sequence[Callable[[], object]], results: int, sizes: int) -> None:
    """Write each work's result to one file, and to another its size, in bytes, once it is there."""
    global _is_beside
    _is_beside = True
    written = 0
    for work in works:
        try:
            found: tuple[object, Exception | None] = (work(), None)
        except KeyboardInterrupt:
            sys.exit(1)
        except Exception as error:
            error.add_note(traceback.format_exc())
            found = (None, error)
        told = pickle.dumps(found)
        written += os.pwrite(results, told, written)
        os.write(sizes, len(told).to_bytes(_SIZE))


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
