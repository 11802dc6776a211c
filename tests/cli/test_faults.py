"""Faults at every write: pages stay whole, and the command run again ends as if undisturbed."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from faults import Faults, KilledError, let_fail
from papercatalog.build.staging import publish_stage
from papercatalog.cli import main
from repository import SMALL

NUMBERS = (errno.ENOSPC, errno.EIO, errno.EACCES, None)
"""Errors of the system; None is the end of the process."""
PAPERS = """title,abstract,date,doi
A made-up paper of a table,Its abstract is long enough to be one.,2025-07-30,10.1000/one
Another made-up paper of a table,Its abstract speaks of something else.,2025-07-30,10.1000/two
"A fabricated paper with every fact, on speech translation",Known.,2025-07-30,10.1000/made-up
"""
FACTS = """title,doi
A fabricated paper without a topic,10.1000/three
A fabricated paper of the year before,10.1000/four
"""
SPLIT = ("--title", "Cameras", "--term", "image", "--introduction", "Made up.")
COMMANDS = {
    "import": ("import", "papers.csv"),
    "add": ("add", "papers.csv"),
    "enrich": ("enrich", "facts.csv"),
    "rename": ("rename", "2410.08110", "another"),
    "topics rename": ("topics", "rename", "language", "speech"),
    "topics merge": ("topics", "merge", "language", "vision"),
    "topics split": ("topics", "split", "vision", "cameras", *SPLIT),
    "review": ("review",),
}
"""Commands that change a catalog's pages."""
ANSWERS = "e\nlanguage\nm\nq\n"
"""To `review`: a topic for the paper that has none, then a merge."""
TWICE = """---
title: "A made-up paper on knots{}"
date: 2025-07-{}
topics: [vision]
votes: {}
---
Ropes are folded by an invented machine that never saw one before it was built. It ties forty
knots of sailors and eleven that nobody has named, and it unties most of them within a minute.
"""


@pytest.fixture
def start(tmp_path: Path) -> Path:
    """A catalog on which every command has something to do."""
    start = tmp_path / "start"
    shutil.copytree(SMALL, start)
    (start / "papers.csv").write_text(PAPERS)
    (start / "facts.csv").write_text(FACTS)
    papers = start / "docs" / "papers" / "2025"
    (papers / "knots.md").write_text(TWICE.format("", 27, 3))
    (papers / "more-knots.md").write_text(TWICE.format(" and ropes", 28, 4))
    return start


def run(root: Path, *arguments: str) -> Result:
    with chdir(root):
        return CliRunner().invoke(main, arguments, input=ANSWERS, env={"EDITOR": "true"})


def run_disturbed(root: Path, faults: Faults, *arguments: str) -> Result | None:
    """Run a command; gives None if its process was ended."""
    with let_fail(faults):
        try:
            return run(root, *arguments)
        except KilledError:
            return None


def list_contents(root: Path) -> dict[str, bytes]:
    """Give the content of all files that git would see, by path."""
    files = {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
    }
    hidden = (".cache/", "site/")
    return {path: content for path, content in files.items() if not path.startswith(hidden)}


def is_ignored(path: str) -> bool:
    """Whether the ignore file of a new catalog covers a path."""
    name = path.rpartition("/")[2]
    return name.startswith(".papercatalog-") and name.endswith(".part")


def assert_one_line(result: Result) -> None:
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    [line] = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert result.stderr.endswith(f"{line}\n")
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("command", "number"),
    [
        *((command, number) for command in COMMANDS for number in (errno.ENOSPC, None)),
        *((command, number) for command in ("import", "rename") for number in NUMBERS[1:3]),
    ],
)
def test_a_fault_at_any_write_leaves_whole_pages(
    command: str, number: int | None, start: Path, tmp_path: Path
) -> None:
    arguments = COMMANDS[command]
    before = list_contents(start)
    whole = tmp_path / "whole"
    shutil.copytree(start, whole)
    faults = Faults(whole)
    undisturbed = run_disturbed(whole, faults, *arguments)
    assert undisturbed is not None
    assert undisturbed.exit_code == 0, undisturbed.output
    after = list_contents(whole)
    assert after != before
    assert faults.steps > 5
    for at in range(faults.steps):
        root = tmp_path / f"{at}"
        shutil.copytree(start, root)
        result = run_disturbed(root, Faults(root, at, number), *arguments)
        left = list_contents(root)
        for path, content in left.items():
            assert content in (before.get(path), after.get(path)) or is_ignored(path), path
        assert before.keys() & after.keys() <= left.keys()
        if result is None:
            assert number is None
        elif result.exit_code:
            assert_one_line(result)
            assert not [path for path in left if is_ignored(path)] or number is not None
        else:
            assert left == after
        again = run(root, *arguments)
        assert again.exit_code == 0 or left == after, again.output
        assert list_contents(root) == after
        shutil.rmtree(root)


BUILD_FAULTS = 4
"""Steps of a build that fail in turn: one build takes as long as a hundred imports."""


def list_site(site: Path) -> dict[str, bytes]:
    """Give the content of a site's files, by path."""
    files = (file for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


PAGE = "docs/papers/2025/2410.08110.md"


@pytest.fixture
def published(start: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalog with a site; since then a page was edited and another one removed."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1753900000")
    built = run(start, "build")
    assert built.exit_code == 0, built.output
    page = (start / PAGE).read_text("utf-8")
    (start / PAGE).write_text(f"{page}\nOne more sentence.\n", encoding="utf-8")
    (start / "docs" / "papers" / "2025" / "more-knots.md").unlink()
    return start


def publish_watched(
    faults: Faults, monkeypatch: pytest.MonkeyPatch, watch: Callable[[], object]
) -> None:
    """Call ``watch`` where the files of a build begin to move into the site."""

    def publish(*arguments: Any) -> None:
        watch()
        publish_stage(*arguments)

    monkeypatch.setattr("papercatalog.build.session.publish_stage", publish)


def test_a_build_writes_nothing_into_the_site_before_all_is_there(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = Faults(published / "site")
    before = list_site(published / "site")
    seen: list[tuple[set[tuple[str, ...]], bool]] = []

    def watch() -> None:
        places = {Path(name).relative_to(published / "site").parts[:1] for name in faults.names}
        site = list_site(published / "site")
        staged = {path for path in site if path.startswith(".papercatalog-next/")}
        assert len(staged) > 40
        seen.append((places, {path: site[path] for path in site.keys() - staged} == before))

    publish_watched(faults, monkeypatch, watch)
    built = run_disturbed(published, faults, "build")
    assert built is not None
    assert built.exit_code == 0, built.output
    assert seen == [({(".papercatalog-next",)}, True)]
    assert list_site(published / "site") != before


def test_a_fault_during_a_build_is_repaired_by_the_next(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, old = list_contents(published), list_site(published / "site")
    cold = tmp_path / "cold"
    shutil.copytree(published, cold, ignore=shutil.ignore_patterns("site", ".cache"))
    assert run(cold, "build").exit_code == 0
    expected = list_site(cold / "site")
    whole = tmp_path / "whole"
    shutil.copytree(published, whole)
    faults = Faults(whole)
    published_at: list[int] = []
    publish_watched(faults, monkeypatch, lambda: published_at.append(faults.steps))
    undisturbed = run_disturbed(whole, faults, "build", "--force")
    assert undisturbed is not None
    assert undisturbed.exit_code == 0, undisturbed.output
    assert list_site(whole / "site") == expected
    [first] = published_at
    for place in range(BUILD_FAULTS):
        at = first * place // (BUILD_FAULTS - 2) + 1
        root = tmp_path / f"{place}"
        shutil.copytree(published, root)
        number = NUMBERS[place % len(NUMBERS)]
        result = run_disturbed(root, Faults(root, at, number), "build", "--force")
        assert list_contents(root) == before
        left = list_site(root / "site")
        if at < first:
            assert {path: left[path] for path in left if path[0] != "."} == old
        else:
            assert all(
                left[path] in (old.get(path), expected.get(path)) for path in left if path[0] != "."
            )
        if result is None:
            assert number is None
        elif result.exit_code:
            assert_one_line(result)
        else:
            assert left == expected
        again = run(root, "build")
        assert again.exit_code == 0, again.output
        assert list_site(root / "site") == expected
        shutil.rmtree(root)


def test_a_fault_at_any_write_of_a_merge_leaves_no_half_site(start: Path, tmp_path: Path) -> None:
    built = run(start, "build", "--part", "1/1")
    assert built.exit_code == 0, built.output
    part = tmp_path / "part"
    (start / "site").rename(part)
    shutil.rmtree(part / "assets")
    work = tmp_path / "work"
    work.mkdir()
    faults = Faults(work)
    assert run_disturbed(work, faults, "merge", "site", str(part)) is not None
    expected = list_site(work / "site")
    assert len(expected) > 40
    for at in (*range(0, faults.steps, 7), faults.steps - 1, faults.steps - 2):
        number = NUMBERS[at % len(NUMBERS)]
        shutil.rmtree(work / "site", ignore_errors=True)
        result = run_disturbed(work, Faults(work, at, number), "merge", "site", str(part))
        if result is not None and result.exit_code:
            assert_one_line(result)
        left = {path.name for path in work.iterdir()}
        assert all(is_ignored(name) or name == "site" for name in left)
        if "site" in left:
            assert list_site(work / "site") == expected
        else:
            assert run(work, "merge", "site", str(part)).exit_code == 0
            assert list_site(work / "site") == expected


@pytest.mark.parametrize("seconds", [0.0, 0.5])
def test_a_process_that_is_killed_leaves_whole_pages(
    seconds: float, start: Path, tmp_path: Path
) -> None:
    rows = [f"Made-up paper {n} of many,Abstract {n} is made up.,2025-07-30" for n in range(300)]
    (start / "papers.csv").write_text("\n".join(["title,abstract,date", *rows]))
    whole = tmp_path / "whole"
    shutil.copytree(start, whole)
    assert run(whole, "import", "papers.csv").exit_code == 0
    after = list_contents(whole)
    command = [sys.executable, "-m", "papercatalog", "import", "papers.csv"]
    folder = start / "docs" / "papers" / "2025"
    count = len(list(folder.iterdir()))
    with subprocess.Popen(command, cwd=start, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and len(list(folder.iterdir())) == count:
            time.sleep(0.001)  # until the first page is there
        time.sleep(seconds / 20)
        process.kill()
    for path, content in list_contents(start).items():
        assert content == after.get(path) or is_ignored(path), path
    assert run(start, "import", "papers.csv").exit_code == 0
    assert list_contents(start) == after
