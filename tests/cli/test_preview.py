"""``papercatalog preview`` and the script that opens pull requests, on a repository made here."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from papercatalog.cli import main
from papercatalog.cli.preview import render_preview
from papercatalog.model.author_files import AuthorFile
from papercatalog.model.fields import Links
from papercatalog.model.page import render_page
from papercatalog.model.paper import Paper
from repository import ROOT

SCRIPT = ROOT / ".github" / "actions" / "propose" / "propose.sh"
PAPER = Paper(
    id="x",
    title="A <b>*fabricated*</b> [paper](javascript:alert(1)) @all",
    date=dt.date(2025, 7, 29),
    authors=("Ada_Example_", "Ben"),
    topics=("agents",),
    arxiv="2410.08115",
    links=Links(code="https://example.org/code"),
    abstract="First <img src=x onerror=alert(1)>.\n\n# *Second* <https://example.org/>",
)


def git(folder: Path, *arguments: str) -> str:
    names = ("-c", "user.name=Ada Example", "-c", "user.email=ada@example.org")
    done = subprocess.run(
        ["git", *names, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A clone, with one commit on main, of a repository beside it."""
    origin, clone = tmp_path / "origin.git", tmp_path / "clone"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(origin))
    git(tmp_path, "clone", "--quiet", str(origin), str(clone))
    git(clone, "switch", "--quiet", "--create", "main")
    (clone / "mkdocs.yml").write_text("site_name: A\n")
    git(clone, "add", ".")
    git(clone, "commit", "--quiet", "--message", "Start")
    git(clone, "push", "--quiet", "origin", "main")
    return clone


def write_paper(root: Path, paper: Paper = PAPER) -> None:
    place = root / "docs" / paper.path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(render_page(paper), "utf-8")


def test_a_paper_shows_as_it_was_typed() -> None:
    assert "\n".join(render_preview([PAPER], [], 10_000)).splitlines() == [
        "## 1 paper new or changed",
        "",
        r"### A \<b\>\*fabricated\*\</b\> \[paper\]\(javascript\:alert\(1\)\) \@all",
        "",
        r"Ada\_Example\_, Ben",
        "",
        "`docs/papers/2025/x.md` · listed 2025-07-29 · topics: agents"
        " · arXiv ID: <https://arxiv.org/abs/2410.08115> · Code: <https://example.org/code>",
        "",
        "> First &lt;img src=x onerror=alert(1)>.",
        "> ",
        "> # *Second* <https://example.org/>",
    ]


def test_a_doi_stays_within_its_link() -> None:
    paper = PAPER.model_copy(update={"doi": "10.1000/(a>b#c)<1::d>2.0.co;2-e"})
    (facts,) = [line for line in render_preview([paper], [], 10_000) if "DOI" in line]
    link = "<https://doi.org/10.1000/(a%3Eb%23c)%3C1::d%3E2.0.co;2-e>"
    assert f"DOI: {link} · Code" in facts


def test_an_author_shows_as_typed() -> None:
    author = AuthorFile(
        "ada-li",
        ("Ada <b>Li</b>", "A_Li"),
        "0000-0002-1825-0097",
        "https://example.org/ada",
        ("2410.08115",),
        "Made <img src=x> up.",
    )
    assert "\n".join(render_preview([PAPER], [author], 10_000)).splitlines()[11:] == [
        "",
        "## 1 author new or changed",
        "",
        r"### Ada \<b\>Li\</b\>",
        "",
        r"`docs/authors/ada-li.md` · names: Ada \<b\>Li\</b\>, A\_Li"
        " · ORCID iD: <https://orcid.org/0000-0002-1825-0097>"
        r" · homepage: <https://example.org/ada> · papers: 2410\.08115",
        "",
        "> Made &lt;img src=x> up.",
    ]


def test_files_that_are_no_papers_are_named_first(repository: Path) -> None:
    write_paper(repository)
    for name in ("other.md", "<img src=x>.md", "`a`\n# b @all.html"):
        (repository / "docs" / name).write_text("<script>alert(1)</script>")
    done = CliRunner().invoke(main, ["-C", str(repository), "preview"])
    assert done.output.splitlines()[:7] == [
        "## 3 files not a paper: look at it",
        "",
        r"- docs/\<img src=x\>\.md",
        r"- docs/\`a\` \# b \@all\.html",
        r"- docs/other\.md",
        "",
        "## 1 paper new or changed",
    ]
    lines = list(render_preview([], [], 1000, [f"{number}.md" for number in range(300)]))
    assert "- … and 100 more" in lines
    assert len(lines) < 210


def test_long_paths_of_other_files_leave_room_within_the_limit() -> None:
    others = [f"docs/{'<é' * 2000}{number}.md" for number in range(100)]
    papers = [PAPER.model_copy(update={"id": f"x{number}"}) for number in range(99)]
    text = "\n".join(render_preview(papers, [], 60_000, others))
    assert len(text.encode()) < 60_060
    assert 10 < text.count("### ") < 99
    assert max(len(line) for line in text.splitlines() if "é" in line) < 310


def test_no_more_is_shown_than_a_summary_holds() -> None:
    papers = [PAPER.model_copy(update={"id": f"x{number}"}) for number in range(9)]
    text = "\n".join(render_preview(papers, [], 1000))
    assert len(text.encode()) < 1100
    assert text.startswith("## 9 papers")
    assert text.count("### ") == 2
    assert text.endswith("and 7 more, which do not fit here.")


def test_new_papers_are_shown_and_others_are_not(repository: Path) -> None:
    write_paper(repository, PAPER.model_copy(update={"id": "old", "title": "Old"}))
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "Old")
    git(repository, "push", "--quiet", "origin", "main")
    write_paper(repository, PAPER.model_copy(update={"id": "new", "title": "New"}))
    (repository / "docs" / "papers" / "2025" / "bad.md").write_text("no front matter")
    (repository / "docs" / "papers" / "2025" / "link.md").symlink_to("old.md")
    authors = repository / "docs" / "authors"
    authors.mkdir()
    (authors / "ben.md").write_text("---\nnames: [Ben]\n---\n")
    (authors / "bad.md").write_text("---\nnames: [Bad]\norcid: 1\n---\n")
    done = CliRunner().invoke(main, ["-C", str(repository), "preview"])
    assert done.exit_code == 0, done.output
    assert "## 1 paper" in done.output
    assert "## 1 author" in done.output
    assert "### Ben" in done.output
    assert "### Bad" not in done.output
    assert "### New" in done.output
    assert "Old" not in done.output


def propose(
    repository: Path, branch: str = "papers/2025-07-29", *, fail: bool = False
) -> tuple[str, str]:
    """Run the script with a program in gh's place; give the summary and gh's arguments."""
    outside = repository.parent
    programs = outside / "programs"
    programs.mkdir(exist_ok=True)
    told, summary, body = (outside / name for name in ("told", "summary.md", "body.md"))
    gh = programs / "gh"
    script = f'#!/bin/sh\necho "$@" >> {told}\necho https://example.org/pull/1\nexit {fail:d}\n'
    gh.write_text(script)
    gh.chmod(0o755)
    body.write_text("The report.")
    for file in (told, summary):
        file.write_text("")
    environment = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(outside),
        "GITHUB_STEP_SUMMARY": str(summary),
        "BRANCH": branch,
        "TITLE": "Add the papers of 2025-07-29; $(touch broken) `touch broken`",
        "BODY": str(body),
    }
    bash = shutil.which("bash")
    assert bash
    subprocess.run([bash, str(SCRIPT)], cwd=repository, env=environment, check=True)
    assert not (repository / "broken").exists()
    return summary.read_text(), told.read_text()


def test_new_pages_are_pushed_and_proposed(repository: Path) -> None:
    write_paper(repository)
    (repository / "other.txt").write_text("not a page")
    summary, told = propose(repository)
    assert "https://example.org/pull/1" in summary
    assert "pr create --base main --head papers/2025-07-29" in told
    pushed = git(repository.parent / "origin.git", "show", "--stat", "papers/2025-07-29")
    assert "docs/papers/2025/x.md" in pushed
    assert "other.txt" not in pushed


def test_a_pull_request_that_cannot_be_opened_fails_the_job(repository: Path) -> None:
    write_paper(repository)
    with pytest.raises(subprocess.CalledProcessError):
        propose(repository, fail=True)


def test_a_day_that_brings_nothing_says_so(repository: Path) -> None:
    summary, told = propose(repository)
    assert "nothing to propose" in summary
    assert told == ""


def test_what_people_may_have_edited_is_left_alone(repository: Path) -> None:
    write_paper(repository)
    propose(repository)
    git(repository, "switch", "--quiet", "main")
    before = git(repository.parent / "origin.git", "rev-parse", "papers/2025-07-29")
    write_paper(repository, PAPER.model_copy(update={"title": "Another"}))
    summary, told = propose(repository)
    assert "exists already" in summary
    assert "pr create" not in told
    assert git(repository.parent / "origin.git", "rev-parse", "papers/2025-07-29") == before
