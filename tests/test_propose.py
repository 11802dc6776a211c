"""The action that opens pull requests: what it does when GitHub refuses, and when it does not."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from repository import ROOT

SCRIPT = ROOT / ".github" / "actions" / "propose" / "propose.sh"
BRANCH = "papers/issue-7"
FAKE = """#!/bin/sh
echo "$@" >> "$LOG"
case "$FAILS" in *"$1"*) echo "gh: refused" >&2; exit 4;; esac
[ "$1" != pr ] || echo "https://github.com/me/papers/pull/8"
"""


class Repository:
    """A clone with a new page, its origin, and a ``gh`` that fails as it is told."""

    def __init__(self, folder: Path) -> None:
        self.origin, self.clone = folder / "origin.git", folder / "clone"
        self.summary, self.log = folder / "summary.md", folder / "gh.log"
        self.summary.touch()
        tools = folder / "tools"
        tools.mkdir()
        (tools / "gh").write_text(FAKE)
        (tools / "gh").chmod(0o755)
        self._path = f"{tools}{os.pathsep}{os.environ['PATH']}"
        self.git("init", "--quiet", "--bare", "--initial-branch=main", self.origin, cwd=folder)
        self.git("clone", "--quiet", self.origin, self.clone, cwd=folder)
        (self.clone / "README.md").write_text("A catalog.")
        self.git("switch", "--quiet", "--create", "main")
        self.git("add", ".")
        self.git("commit", "--quiet", "--message", "Begin")
        self.git("push", "--quiet", "origin", "HEAD:main")

    def git(self, *arguments: str | Path, cwd: Path | None = None) -> str:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        command = ["git", *who, *arguments]
        done = subprocess.run(
            command, cwd=cwd or self.clone, capture_output=True, text=True, check=True
        )
        return done.stdout

    def add_page(self) -> None:
        page = self.clone / "docs" / "papers" / "2025" / "a.md"
        page.parent.mkdir(parents=True)
        page.write_text("---\ntitle: A\n---\nText.\n")

    def propose(self, fails: str = "") -> subprocess.CompletedProcess[str]:
        body = self.clone.parent / "body.md"
        body.write_text("From a form.")
        environment = {
            **os.environ,
            "PATH": self._path,
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "LOG": str(self.log),
            "FAILS": fails,
            "BRANCH": BRANCH,
            "TITLE": "Add a paper",
            "BODY": str(body),
        }
        return subprocess.run(
            ["bash", SCRIPT],
            cwd=self.clone,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def branches(self) -> list[str]:
        lines = self.git("ls-remote", "--heads", "origin").splitlines()
        return sorted(line.partition("refs/heads/")[2] for line in lines)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    if shutil.which("bash") is None:
        pytest.fail("the action needs bash")
    return Repository(tmp_path)


def test_a_new_page_becomes_a_pull_request(repository: Repository) -> None:
    repository.add_page()
    done = repository.propose()
    assert done.returncode == 0, done.stderr
    assert repository.branches == ["main", BRANCH]
    assert "pull/8" in repository.summary.read_text()
    assert f"pr create --base main --head {BRANCH}" in repository.log.read_text()


def test_nothing_new_is_nothing_to_propose(repository: Repository) -> None:
    done = repository.propose(fails="auth pr")
    assert (done.returncode, repository.branches) == (0, ["main"])
    assert "nothing to propose" in repository.summary.read_text()


@pytest.mark.parametrize("fails", ["auth", "pr"])
def test_a_refusal_fails_the_job_and_leaves_no_branch(repository: Repository, fails: str) -> None:
    repository.add_page()
    done = repository.propose(fails=fails)
    assert done.returncode != 0
    assert "gh: refused" in done.stderr
    assert repository.branches == ["main"]
    if fails == "pr":
        assert "opened no pull request" in repository.summary.read_text()


def test_a_run_after_a_refusal_proposes_again(repository: Repository) -> None:
    repository.add_page()
    assert repository.propose(fails="pr").returncode == 1
    repository.git("switch", "--quiet", "main")
    repository.git("branch", "--quiet", "--delete", "--force", BRANCH)
    repository.add_page()
    assert repository.propose().returncode == 0
    assert repository.branches == ["main", BRANCH]


def test_a_branch_with_peoples_edits_is_left_alone(repository: Repository) -> None:
    repository.git("push", "--quiet", "origin", f"HEAD:refs/heads/{BRANCH}")
    repository.add_page()
    done = repository.propose()
    assert done.returncode == 0
    assert "left alone" in repository.summary.read_text()
    assert "pr create" not in repository.log.read_text()
