"""Long work: shared out to all cores where there is enough of it, the answers being the same."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MIN_PARALLEL_ITEMS = 400
"""From so many pieces of work on, other processes are worth their start."""
CHUNKS_PER_WORKER = 64
"""A process takes work so many times, so that none has much left where the others are done."""
MAX_CHUNK = 1000
"""A process takes so many pieces at a time at most, so that answers come as work goes on."""

GIVE_WAY = 5
"""By so much these processes are nicer than one that works `Beside`, which cannot be shared out: of
three on two cores, that one has a core to itself."""

_job: tuple[Callable[[Any], Any], Sequence[Any]] | None = None
"""The work and its items, as forked processes find them: neither is ever pickled."""


def parallel_map(
    work: Callable[[T], R], items: Sequence[T], *, enough: int = MIN_PARALLEL_ITEMS
) -> list[R]:
    """Do a piece of work for each item and give the answers in the items' order."""
    return list(parallel_imap(work, items, enough=enough))


def parallel_imap(
    work: Callable[[T], R], items: Sequence[T], *, enough: int = MIN_PARALLEL_ITEMS
) -> Iterator[R]:
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
    chunk = max(1, min(len(items) // (workers * CHUNKS_PER_WORKER), MAX_CHUNK))
    pool = ProcessPoolExecutor(
        workers, mp_context=context, initializer=_begin_sharing, initargs=(os.getpid(),)
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


def _begin_sharing(parent: int) -> None:
    os.nice(GIVE_WAY)
    _end_with(parent)


def _end_with(parent: int) -> None:
    """End this process soon after the one that it is a fork of, however that ends."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


class Message(Generic[R]):
    """A value that one process sends, once, and another waits for; or one process after the other.

    It is made before the one is forked from the other.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115, a pipe would make the sender wait
        self._sent, self._sending = os.pipe()

    def send(self, value: R) -> None:
        """Leave the value for the other."""
        pickle.dump(value, self._file)
        self._file.flush()
        os.write(self._sending, b".")

    def expect(self) -> None:
        """Leave the sending to the other process alone, so that its end is noticed."""
        os.close(self._sending)
        self._sending = -1

    def receive(self) -> R:
        """Wait for the value.

        Raises EOFError where all processes that could send it have ended; see `expect`.
        """
        if not os.read(self._sent, 1):
            raise EOFError("a process ended before it had told what it was to tell")
        self._file.seek(0)
        value: R = pickle.load(self._file)  # noqa: S301, our own process wrote it
        return value

    def close(self) -> None:
        """Let the files go."""
        self._file.close()
        for end in (self._sent, self._sending):
            if end >= 0:
                os.close(end)
        self._sent = self._sending = -1


class Beside(Generic[R]):
    """Works that go on in a process of its own, a fork of this one, until their results are wanted.

    They are done one after the other; what one leaves in memory, the next finds. The process shares
    nothing out in turn, and it ends when the works are done. Where nothing can be forked (see
    `parallel_imap`), each is done when its result is asked for.
    """

    def __init__(self, *works: Callable[[], R]) -> None:
        self._works = list(works)
        """Whose results have not been asked for."""
        self._results: list[Message[tuple[R | None, Exception | None]]] = []
        if count_workers() < 2 or not _may_fork():
            return
        try:
            self._results = [Message() for _ in works]
        except OSError:  # there is no room for temporary files
            return
        gc.freeze()
        context = multiprocessing.get_context("fork")
        self._process = context.Process(
            target=_tell_results, args=(os.getpid(), works, self._results)
        )
        self._process.start()
        for result in self._results:
            result.expect()

    def result(self) -> R:
        """Wait for the next work's result; raise what the work raised."""
        work = self._works.pop(0)
        if not self._results:
            return work()
        message = self._results[-1 - len(self._works)]
        try:
            result, error = message.receive()
        except EOFError:
            self._process.join()
            code = self._process.exitcode
            self.close()
            raise RuntimeError(
                f"a process ended with code {code}; was there memory enough?"
            ) from None
        message.close()
        if not self._works:
            self._process.join()
        if error is not None:
            raise error
        found: R = result  # type: ignore[assignment]
        return found

    def results(self) -> Iterator[R]:
        """Wait for the works' results, for each when its turn comes."""
        while self._works:
            yield self.result()

    def close(self) -> None:
        """End the works, if they go on."""
        if self._results:
            self._process.terminate()
            self._process.join()
        for message in self._results:
            message.close()
        self._works, self._results = [], []


_is_beside = False
"""Whether this process is one that works beside another."""


def works_beside() -> bool:
    """Whether this process is one that works beside another."""
    return _is_beside


def _tell_results(
    parent: int,
    works: Sequence[Callable[[], R]],
    results: Sequence[Message[tuple[R | None, Exception | None]]],
) -> None:
    global _is_beside
    _is_beside = True
    _end_with(parent)
    for work, message in zip(works, results, strict=True):
        try:
            found: tuple[R | None, Exception | None] = (work(), None)
        except KeyboardInterrupt:
            sys.exit(1)
        except Exception as error:
            error.add_note(traceback.format_exc())
            found = (None, error)
        message.send(found)


@contextmanager
def gc_paused() -> Iterator[None]:
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
