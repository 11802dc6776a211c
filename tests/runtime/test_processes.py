"""Work beside the build: its result or what it raised arrives, and nothing of it stays behind.

A process with threads forks none, and one that runs tests may have some; so each test has its own.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys

import pytest

from programs import run_program

START = """
import os, signal, sys, time
from pathlib import Path
from papercatalog.runtime.processes import Beside, parallel_map
"""


def run(code: str, workers: str = "2") -> list[str]:
    return run_program(code, start=START, workers=workers)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_result_is_that_of_the_work(workers: str) -> None:
    said = run(
        """
        work = Beside(lambda: (os.getpid(), ["a" * 1_000_000] * 2))
        process, texts = work.result()
        print(process == os.getpid(), texts == ["a" * 1_000_000] * 2)
        """,
        workers,
    )
    assert said == [f"{workers == '1'} True"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_what_the_work_raises_is_raised_where_the_result_is_wanted(workers: str) -> None:
    said = run(
        """
        def fail():
            raise ValueError("no such paper")

        work = Beside(fail)
        try:
            work.result()
        except ValueError as error:
            print(error, "in fail" in "".join(getattr(error, "__notes__", ["in fail"])))
        """,
        workers,
    )
    assert said == ["no such paper True"]


def test_a_process_that_is_killed_is_an_error() -> None:
    said = run(
        """
        work = Beside(lambda: os.kill(os.getpid(), signal.SIGKILL))
        try:
            work.result()
        except RuntimeError as error:
            print(error)
        """
    )
    assert said == ["a process ended with code -9; was there memory enough?"]


def test_work_goes_on_before_its_result_is_wanted_and_can_be_stopped() -> None:
    said = run(
        """
        begun, end = os.pipe()
        work = Beside(lambda: (os.write(end, b"begun"), time.sleep(100), print("done", flush=True)))
        print(os.read(begun, 5).decode())
        work.close()
        """
    )
    assert said == ["begun"]


def test_work_beside_shares_nothing_out() -> None:
    said = run(
        """
        def count():
            return len({os.getpid(), *parallel_map(lambda _: os.getpid(), range(400), enough=2)})

        work = Beside(count)
        print(work.result(), count() > 1)
        """
    )
    assert said == ["1 True"]


def test_what_has_ended_can_be_closed() -> None:
    said = run(
        """
        work = Beside(lambda: 7)
        print(work.result())
        work.close()
        """
    )
    assert said == ["7"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_works_are_done_in_turn_and_each_finds_what_the_one_before_left(workers: str) -> None:
    said = run(
        """
        left = []
        works = Beside(lambda: left.append("a" * 1_000_000), lambda: len(left[0]), lambda: "last")
        print(works.result(), works.result(), works.result(), len(os.listdir("/proc/self/fd")))
        print(len(os.listdir("/proc/self/fd")))
        """,
        workers,
    )
    assert said[0].startswith("None 1000000 last")
    assert said[0].endswith(said[1])


def test_the_first_result_is_there_before_the_next_work_is_done() -> None:
    said = run(
        """
        works = Beside(lambda: "first", lambda: time.sleep(100))
        print(works.result())
        works.close()
        """
    )
    assert said == ["first"]


def test_a_work_that_fails_leaves_the_results_before_it_alone() -> None:
    said = run(
        """
        def fail():
            raise ValueError("no such paper")

        works = Beside(lambda: "first", fail)
        print(works.result())
        try:
            works.result()
        except ValueError as error:
            print(error)
        """
    )
    assert said == ["first", "no such paper"]


def test_settings_that_cannot_be_read_leave_no_process_behind() -> None:
    said = run(
        """
        import multiprocessing, tempfile
        from papercatalog.model.loading import build_catalog
        from papercatalog.build.index_worker import Companion
        from papercatalog.plugin.run import build_site
        from papercatalog.build.prepare import Prepared
        from papercatalog.model.topics import Vocabulary

        with tempfile.TemporaryDirectory() as root:
            (Path(root) / "mkdocs.yml").write_text("site_name: [", encoding="utf-8")
            # It waits for words that nobody sends.
            companion = Companion(Path(root))
            prepared = Prepared(build_catalog([], Vocabulary(())), (), 0, companion)
            print(len(multiprocessing.active_children()))
            try:
                build_site(Path(root), prepared)
            except Exception as error:
                print(type(error).__name__, len(multiprocessing.active_children()))
        """
    )
    assert said == ["1", "ConfigurationError 0"]


HANG = """
def hang(_=0):
    os.write(int(sys.argv[1]), b".")
    time.sleep(100)
"""


@pytest.mark.parametrize("work", ["parallel_map(hang, range(400))", "Beside(hang).result()"])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_processes_end_soon_after_the_one_that_forked_them(work: str, how: signal.Signals) -> None:
    """They hold the end of a pipe, which tells."""
    begun, told = os.pipe()
    forking = subprocess.Popen(
        [sys.executable, "-c", START + HANG + work, str(told)],
        env={**os.environ, "PAPERCATALOG_WORKERS": "2"},
        pass_fds=(told,),
    )
    os.close(told)
    assert os.read(begun, 1) == b"."
    forking.send_signal(how)
    assert forking.wait(60) == -how
    while ends := select.select([begun], [], [], 30)[0]:
        if not os.read(begun, 1):
            break
    assert ends
    os.close(begun)


def test_work_that_is_shared_out_gives_way_to_work_beside() -> None:
    said = run(
        """
        beside = Beside(lambda: os.nice(0)).result()
        shared = set(parallel_map(lambda _: os.nice(0), range(400), enough=2))
        print(beside == os.nice(0), shared == {min(19, beside + 5)})
        """
    )
    assert said == ["True True"]


def test_a_build_that_fails_leaves_no_process_behind() -> None:
    said = run(
        """
        import multiprocessing
        from papercatalog.plugin import PaperCatalogPlugin

        begun, end = os.pipe()
        plugin = PaperCatalogPlugin()
        plugin.companion = Beside(lambda: (os.write(end, b"a"), time.sleep(100)))
        print(os.read(begun, 1), len(multiprocessing.active_children()))
        plugin.on_build_error(error=ValueError("a template is broken"))
        print(len(multiprocessing.active_children()))
        """
    )
    assert said == ["b'a' 1", "0"]
