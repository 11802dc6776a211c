"""The workflows: nothing is allowed that a job does not need, and nothing runs that can change."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from repository import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
ACTIONS = sorted((GITHUB / "actions").glob("*/action.yml"))
PINNED = re.compile(r"uses: (?:[\w./-]+@[0-9a-f]{40} # v\d|\$/\.github/actions/(?P<own>[\w-]+)$)")
"""An action at a commit, or one of this repository's own."""


def load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)
    return loaded


def test_there_are_workflows() -> None:
    names = {path.name for path in WORKFLOWS}
    assert names >= {"add-paper.yml", "check.yml", "daily.yml", "publish.yml", "release.yml"}
    assert {path.parent.name for path in ACTIONS} == {"papercatalog", "propose"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_jobs_may_do_nothing_but_what_they_name(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"]
        assert job["permissions"]
        assert "write-all" not in str(job["permissions"])


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=str)
def test_actions_are_pinned_to_a_commit(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        if "uses:" in line:
            pinned = PINNED.search(line)
            assert pinned, line
            own = pinned["own"]
            assert own is None or (GITHUB / "actions" / own / "action.yml") in ACTIONS


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: path.parent.name)
def test_words_enter_scripts_of_our_actions_by_the_environment_alone(path: Path) -> None:
    for step in load(path)["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_strangers_words_never_enter_a_script(path: Path) -> None:
    workflow = load(path)
    assert "pull_request_target" not in workflow["on"]
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            if "actions/checkout@" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("name", ["check.yml", "tests.yml"])
def test_checks_of_pull_requests_may_only_read(name: str) -> None:
    for job in load(WORKFLOWS[0].with_name(name))["jobs"].values():
        assert job["permissions"] == {"contents": "read"}


def test_only_jobs_that_publish_may_prove_who_they_are() -> None:
    """A job with an identity runs nothing of the repository: its steps are actions alone."""
    proving = {
        (path.name, name): job
        for path in WORKFLOWS
        for name, job in load(path)["jobs"].items()
        if "id-token" in job["permissions"]
    }
    assert proving.keys() == {
        ("publish-in-parts.yml", "deploy"),
        ("publish.yml", "deploy"),
        ("release.yml", "publish"),
    }
    for job in proving.values():
        assert job["environment"]
        assert "contents" not in job["permissions"]
        assert not [step for step in job["steps"] if "run" in step]
        assert not [step for step in job["steps"] if "actions/checkout@" in step["uses"]]


def test_what_is_released_was_built_of_locked_tools_and_tested() -> None:
    build = load(GITHUB / "workflows" / "release.yml")["jobs"]["build"]
    assert build["permissions"] == {"contents": "read"}
    said = "\n".join(step.get("run", "") for step in build["steps"])
    installs = [line for line in said.splitlines() if " install " in line]
    assert all("--require-hashes" in line or "--no-deps" in line for line in installs)
    assert said.index("hatchling build") < said.index("papercatalog -C mine build")


def test_the_bill_of_materials_lists_what_the_wheel_was_tested_with() -> None:
    steps = load(GITHUB / "workflows" / "release.yml")["jobs"]["build"]["steps"]
    tests, bill = (
        next(step["run"] for step in steps if word in step.get("run", ""))
        for word in ('pip[@]}" check', "cyclonedx-py")
    )
    assert "--require-hashes -r requirements-runtime.lock" in tests
    assert "requirements requirements-runtime.lock" in bill
    runtime, every = (
        set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements-runtime.lock", "requirements.lock")
    )
    assert runtime < every
    assert {one.partition("==")[0] for one in every - runtime} >= {"editables", "hatchling"}


@pytest.mark.parametrize("lock", sorted(ROOT.glob("*.lock")), ids=lambda path: path.name)
def test_every_lock_has_hashes_and_no_addresses(lock: Path) -> None:
    text = lock.read_text("utf-8")
    pinned = re.findall(r"^\w.*(?:\n    --hash.*)*", text, re.MULTILINE)
    assert pinned
    assert all(re.match(r"\S+==\S+.*\n    --hash=sha256:[0-9a-f]{64}", one) for one in pinned)
    assert "://" not in text


def test_dependabot_knows_every_folder_with_actions() -> None:
    updates = load(GITHUB / "dependabot.yml")["updates"]
    folders = {update["package-ecosystem"]: update for update in updates}
    assert folders.keys() == {"github-actions", "pip"}
    for pattern in folders["github-actions"]["directories"]:
        assert pattern == "/" or list(ROOT.glob(f"{pattern[1:]}/action.yml"))
