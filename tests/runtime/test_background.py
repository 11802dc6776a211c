"""A background task gives its result when it is wanted, and nothing of it stays behind.

A process with threads forks none, and one that runs tests may have some; so each test has its own.
"""

from __future__ import annotations

import pytest

from programs import run_program

START = """
import multiprocessing, os, signal, sys, time
from papercatalog.runtime.background import BackgroundTask
from papercatalog.runtime.processes import parallel_map
"""


def run(code: str, workers: str = "2") -> list[str]:
    return run_program(code, start=START, workers=workers)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_result_is_that_of_the_function(workers: str) -> None:
    said = run(
        """
        files = len(os.listdir("/proc/self/fd"))
        task = BackgroundTask(lambda: (os.getpid(), ["a" * 1_000_000] * 2))
        process, texts = task.result()
        print(process == os.getpid(), texts == ["a" * 1_000_000] * 2)
        task.close()
        task.close()
        print(files == len(os.listdir("/proc/self/fd")))
        """,
        workers,
    )
    assert said == [f"{workers == '1'} True", "True"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_what_the_function_raises_is_raised_where_the_result_is_wanted(workers: str) -> None:
    said = run(
        """
        def fail():
            raise ValueError("no such paper")

        task = BackgroundTask(fail)
        try:
            task.result()
        except ValueError as error:
            print(error, "in fail" in "".join(getattr(error, "__notes__", ["in fail"])))
        task.close()
        """,
        workers,
    )
    assert said == ["no such paper True"]


def test_a_process_that_is_killed_is_an_error() -> None:
    said = run(
        """
        task = BackgroundTask(lambda: os.kill(os.getpid(), signal.SIGKILL))
        try:
            task.result()
        except RuntimeError as error:
            print(error)
        task.close()
        """
    )
    assert said == [
        "the background process ended with exit code -9; "
        "the system may have run out of memory: try PAPERCATALOG_WORKERS=1"
    ]


def test_work_goes_on_before_its_result_is_wanted_and_can_be_stopped() -> None:
    said = run(
        """
        begun, end = os.pipe()

        def work():
            os.write(end, b"begun")
            time.sleep(100)
            print("done", flush=True)

        task = BackgroundTask(work)
        print(os.read(begun, 5).decode())
        task.close()
        print(len(multiprocessing.active_children()))
        """
    )
    assert said == ["begun", "0"]


def test_a_background_task_forks_no_further_process_and_workers_give_way_to_it() -> None:
    said = run(
        """
        def count():
            processes = {os.getpid(), *parallel_map(lambda _: os.getpid(), range(400))}
            return len(processes), os.nice(0)

        task = BackgroundTask(count)
        processes, own = task.result()
        print(processes, len({os.getpid(), *parallel_map(lambda _: os.getpid(), range(400))}) > 1)
        workers = set(parallel_map(lambda _: os.nice(0), range(400)))
        print(own == os.nice(0), workers == {min(19, own + 5)})
        task.close()
        """
    )
    assert said == ["1 True", "True True"]
