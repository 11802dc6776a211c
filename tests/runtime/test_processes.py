"""Work is shared among processes, and none of them stays behind.

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
import multiprocessing, os, signal, sys, threading, time
from papercatalog.runtime.background import BackgroundTask
from papercatalog.runtime.processes import parallel_map
"""


def run(code: str, workers: str = "2") -> list[str]:
    return run_program(code, start=START, workers=workers)


@pytest.mark.parametrize(
    ("before", "processes"),
    [
        ("", True),
        ("os.environ['PAPERCATALOG_WORKERS'] = '1'", False),
        ("multiprocessing.get_all_start_methods = lambda: ['spawn']", False),
        ("sys.platform = 'darwin'", False),
        ("threading.Thread(target=time.sleep, args=(9,), daemon=True).start()", False),
    ],
)
def test_work_is_shared_where_processes_can_be_forked(before: str, processes: bool) -> None:
    said = run(
        f"""
        {before}
        found = parallel_map(lambda number: (number, os.getpid()), range(400))
        print([number for number, _ in found] == list(range(400)))
        print(os.getpid() not in {{process for _, process in found}})
        """
    )
    assert said == ["True", str(processes)]


HANG = """
def hang(_=0):
    os.write(int(sys.argv[1]), b".")
    time.sleep(100)
"""


@pytest.mark.parametrize(
    "work", ["parallel_map(hang, range(400))", "BackgroundTask(hang).result()"]
)
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
