"""Work beside the build: its result or what it raised arrives, and nothing of it stays behind."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from papercatalog.parallel import Beside, share_out


@pytest.fixture(params=["1", "2"], ids=["here", "beside"])
def workers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PAPERCATALOG_WORKERS", request.param)
    return str(request.param)


def test_the_result_is_that_of_the_work(workers: str) -> None:
    work = Beside(lambda: (os.getpid(), ["a" * 1_000_000] * 2))
    process, texts = work.result()
    assert texts == ["a" * 1_000_000] * 2
    assert (process == os.getpid()) == (workers == "1")


def test_what_the_work_raises_is_raised_where_the_result_is_wanted(workers: str) -> None:
    def fail() -> None:
        raise ValueError("no such paper")

    work = Beside(fail)
    with pytest.raises(ValueError, match="no such paper") as caught:
        work.result()
    assert workers == "1" or "in fail" in "".join(caught.value.__notes__)


def test_a_process_that_is_killed_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERCATALOG_WORKERS", "2")
    work = Beside(lambda: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(RuntimeError, match="code -9"):
        work.result()


def test_work_goes_on_before_its_result_is_wanted_and_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERCATALOG_WORKERS", "2")
    begun, done = tmp_path / "begun", tmp_path / "done"

    def linger() -> None:
        begun.touch()
        time.sleep(60)
        done.touch()

    work = Beside(linger)
    until = time.monotonic() + 30
    while not begun.exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert begun.exists()
    started = time.monotonic()
    work.stop()
    assert time.monotonic() - started < 30
    assert not done.exists()


def test_work_beside_shares_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERCATALOG_WORKERS", "2")
    work = Beside(lambda: {os.getpid(), *share_out(lambda _: os.getpid(), range(4), enough=2)})
    assert len(work.result()) == 1
    assert len(set(share_out(lambda _: os.getpid(), range(400), enough=2)) - {os.getpid()}) >= 1
