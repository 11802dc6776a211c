"""A background task gives its results one by one, and nothing of it stays behind.

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
def test_the_results_are_those_of_the_iterator(workers: str) -> None:
    said = run(
        """
        def work():
            long = ["a" * 1_000_000] * 2
            yield os.getpid()
            yield long
            yield len(long)

        files = len(os.listdir("/proc/self/fd"))
        task = BackgroundTask(work)
        process, texts, count = task.next(), task.next(), task.next()
        print(process == os.getpid(), texts == ["a" * 1_000_000] * 2, count)
        task.close()
        task.close()
        print(files == len(os.listdir("/proc/self/fd")))
        """,
        workers,
    )
    assert said == [f"{workers == '1'} True 2", "True"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_what_the_iterator_raises_is_raised_where_the_result_is_wanted(workers: str) -> None:
    said = run(
        """
        def fail():
            yield "first"
            raise ValueError("no such paper")

        task = BackgroundTask(fail)
        print(task.next())
        try:
            task.next()
        except ValueError as error:
            print(error, "in fail" in "".join(getattr(error, "__notes__", ["in fail"])))
        task.close()
        """,
        workers,
    )
    assert said == ["first", "no such paper True"]


def test_a_process_that_is_killed_is_an_error() -> None:
    said = run(
        """
        def work():
            os.kill(os.getpid(), signal.SIGKILL)
            yield

        task = BackgroundTask(work)
        try:
            task.next()
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
            yield "first"
            time.sleep(100)
            yield print("done", flush=True)

        task = BackgroundTask(work)
        print(os.read(begun, 5).decode(), task.next())
        task.close()
        print(len(multiprocessing.active_children()))
        """
    )
    assert said == ["begun first", "0"]


def test_a_background_task_forks_no_further_process_and_workers_give_way_to_it() -> None:
    said = run(
        """
        def count():
            yield len({os.getpid(), *parallel_map(lambda _: os.getpid(), range(400))})
            yield os.nice(0)

        task = BackgroundTask(count)
        print(task.next(), len({os.getpid(), *parallel_map(lambda _: os.getpid(), range(400))}) > 1)
        own = task.next()
        workers = set(parallel_map(lambda _: os.nice(0), range(400)))
        print(own == os.nice(0), workers == {min(19, own + 5)})
        task.close()
        """
    )
    assert said == ["1 True", "True True"]
