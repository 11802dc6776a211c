"""``papercatalog check``: annotations for GitHub, and what fails since a revision."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from made_catalog import page_of, run
from papercatalog.cli.check import Finding, render_github
from papercatalog.model.problems import Problem
from repository import ROOT


@pytest.mark.parametrize(
    "command", ["check", "review", "topics", "search x", "rename a b", "enrich"]
)
def test_a_folder_that_is_no_catalog(tmp_path: Path, command: str) -> None:
    result = run(tmp_path, *command.split())
    assert result.exit_code == 1
    assert "is no catalog: it has no mkdocs.yml" in result.stderr
    (tmp_path / "docs").mkdir()
    assert "is no catalog" not in run(tmp_path, *command.split(), typed="").stderr


def test_annotations_for_github(root: Path) -> None:
    (page,) = root.glob("docs/papers/*/one.md")
    page.write_text(page_of(root, "one").replace("paper, light", "paper, dark"), "utf-8")
    result = run(root, "check", "--format", "github")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "::error file=docs/papers/2025/one.md,line=4,title=unknown-topic"
        "::topics: unknown topic 'dark'; the topics are in docs/topics"
    ]


def test_annotations_are_escaped() -> None:
    problem = Problem("docs/a,b:c%.md", 0, "", "bad-value", "100 %\n::error::\r\x1b[2J")
    assert list(render_github([Finding(problem, False)])) == [
        "::warning file=docs/a%2Cb%3Ac%25.md,title=bad-value::100 %25%0A::error::%0D[2J"
    ]


def test_a_page_cannot_write_a_line_of_the_log(root: Path) -> None:
    (page,) = root.glob("docs/papers/*/one.md")
    page.write_text(page_of(root, "one").replace("date:", '"x\\n::error::": y\ndate:'), "utf-8")
    for form in ("text", "github"):
        lines = run(root, "check", "--format", form).stdout.splitlines()
        assert lines and not [line for line in lines if line.startswith("::error::")]


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def repository(root: Path) -> Path:
    """A catalog in a repository, below its top, with an old problem in one page."""
    (page,) = root.glob("docs/papers/*/two.md")
    page.write_text(page_of(root, "two").replace("agents", "unheard"), "utf-8")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "old")
    git(root, "checkout", "-q", "-b", "work")
    return root


def test_old_problems_are_shown_and_do_not_fail_the_check(repository: Path) -> None:
    assert run(repository, "check").exit_code == 1
    result = run(repository, "check", "--changed-since", "main")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].endswith("[unknown-topic] (an old problem)")
    rows = json.loads(
        run(repository, "check", "--changed-since", "main", "--format", "json").stdout
    )
    assert [(row["code"], row["blocks"]) for row in rows] == [("unknown-topic", False)]


def test_problems_of_changed_pages_fail_the_check(repository: Path) -> None:
    (page,) = repository.glob("docs/papers/*/two.md")
    page.write_text(f"{page_of(repository, 'two')}\nA line more.\n", "utf-8")
    assert run(repository, "check", "--changed-since", "main").exit_code == 1
    git(repository, "commit", "-q", "-a", "-m", "new")
    assert run(repository, "check", "--changed-since", "main").exit_code == 1


def test_new_pages_and_new_problems_of_old_pages_fail_the_check(repository: Path) -> None:
    fresh = repository / "docs" / "papers" / "2025" / "fresh.md"
    fresh.write_text("no front matter", "utf-8")
    result = run(repository, "check", "--changed-since", "main")
    assert (result.exit_code, result.stdout.count("[no-front-matter]\n")) == (1, 1)
    fresh.unlink()
    assert run(repository, "check", "--changed-since", "main").exit_code == 0
    (repository / "docs" / "topics" / "paper.md").unlink()
    result = run(repository, "check", "--changed-since", "main")
    assert result.exit_code == 1
    assert "unknown topic 'paper'" in result.stdout


def test_changed_files_that_are_no_papers_are_named_and_do_not_fail_the_check(
    repository: Path,
) -> None:
    (repository / "docs" / "other.md").write_text("<script>alert(1)</script>")
    (repository / "docs" / "a\n::error::.md").write_text("x")
    (repository / "::error title=##[error]x::y").write_text("x")
    (repository / "mkdocs.yml").write_text("site_name: Another\n")
    with (repository / "docs" / "topics" / "paper.md").open("a") as page:
        page.write("More is said.\n")
    for form in ("text", "github", "json"):
        result = run(repository, "check", "--changed-since", "main", "--format", form)
        assert result.exit_code == 0, result.output
        named = [line for line in result.stdout.splitlines() if "other-file" in line]
        assert len(named) == 4, result.stdout
        assert not [line for line in result.stdout.splitlines() if line.startswith("::error")]
        assert "##[" not in result.stdout
    assert "docs/other.md: changed, and is not a paper: look at it [other-file] (a notice)" in (
        run(repository, "check", "--changed-since", "main").stdout
    )
    assert "other-file" not in run(repository, "check").stdout


@pytest.mark.parametrize("revision", ["no-such", "--output=x", "-h"])
def test_a_revision_that_is_not_there(repository: Path, revision: str) -> None:
    result = run(repository, "check", f"--changed-since={revision}")
    assert result.exit_code != 0
    assert "no-such" in result.stderr or "is no revision" in result.stderr
    assert not (repository / "x").exists()


def test_the_hook_runs_a_command_that_is_there(root: Path) -> None:
    hooks = ROOT / ".pre-commit-hooks.yaml"
    (hook,) = yaml.safe_load(hooks.read_text("utf-8"))
    assert hook["entry"].split()[0] == "papercatalog"
    assert run(root, *hook["entry"].split()[1:]).exit_code == 0
    assert re.match(hook["files"], "docs/papers/2025/one.md")
    assert not re.match(hook["files"], "docs/guide/one.md")
