"""Background processes whose results are read when they are wanted."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import sys
import tempfile
import traceback
from collections.abc import Callable
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Generic, TypeVar

from papercatalog.runtime.processes import count_workers, end_with_parent, forbid_forks, may_fork

R = TypeVar("R")


class BackgroundTask(Generic[R]):
    """A function that runs in a process of its own, a fork of this one.

    The process pickles the result into a temporary file and tells through a pipe that it is there,
    so it never waits for a reader. It forks no further processes, and ends with this one. Where no
    process can be forked (see `processes.may_fork`), the function runs in this process when its
    result is asked for.
    """

    def __init__(self, work: Callable[[], R]) -> None:
        self._work = work
        self._process: ForkProcess | None = None
        if count_workers() < 2 or not may_fork():
            return
        try:
            handle, name = tempfile.mkstemp(prefix="papercatalog-")
        except OSError:  # no room for temporary files
            return
        self._result = Path(name).open("rb")  # noqa: SIM115, closed by close
        Path(name).unlink()
        self._ready, ready = os.pipe()
        gc.freeze()  # else a collection in the fork would copy all memory that is shared
        self._process = multiprocessing.get_context("fork").Process(
            target=_run, args=(os.getpid(), work, handle, ready)
        )
        self._process.start()
        os.close(handle)
        os.close(ready)  # so that the pipe ends when the process does

    def result(self) -> R:
        """Wait for the result; ask for it once.

        Raises:
            Exception: What the function raised; the process's traceback is a note of it.
            RuntimeError: The process ended before it had given the result.
        """
        if self._process is None:
            return self._work()
        if not os.read(self._ready, 1):
            self._process.join()
            raise RuntimeError(
                f"the background process ended with exit code {self._process.exitcode}; "
                "the system may have run out of memory: try PAPERCATALOG_WORKERS=1"
            )
        result: R | Exception = pickle.load(self._result)  # noqa: S301, our own process wrote it
        if isinstance(result, Exception):
            raise result
        return result

    def close(self) -> None:
        """End the process if it still runs, and close its files; may be called twice."""
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            process.join()
            os.close(self._ready)
            self._result.close()


def _run(parent: int, work: Callable[[], R], handle: int, ready: int) -> None:
    """Run the function in the forked process."""
    forbid_forks()
    end_with_parent(parent)
    try:
        result: R | Exception = work()
    except KeyboardInterrupt:
        sys.exit(1)
    except Exception as error:
        error.add_note(traceback.format_exc())
        result = error
    with os.fdopen(handle, "wb") as file:
        pickle.dump(result, file)
    os.write(ready, b".")
