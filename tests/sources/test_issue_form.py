"""The issue form "Add a paper": what GitHub makes of its fields is what ``add`` reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from papercatalog.model.declaration import Use
from papercatalog.model.fields import FIELDS
from papercatalog.model.page import parse_page
from papercatalog.sources.issue_form import (
    HEADINGS,
    IssueForm,
    complete_record,
    parse_issue_form,
)
from papercatalog.sources.record import ParsedSource, Record
from repository import ROOT

FORM: dict[str, Any] = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/add-a-paper.yml").read_text())
LABELS = {
    field["id"]: field["attributes"]["label"]
    for field in FORM["body"]
    if field["type"] != "markdown"
}


def render_issue(answers: dict[str, str]) -> str:
    """Write an issue's text as GitHub does: each field's label as a heading, its answer below."""
    parts = (
        f"### {label}\n\n{answers.get(name) or '_No response_'}" for name, label in LABELS.items()
    )
    return "\n\n".join(parts)


def add(root: Path, text: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "papercatalog", "add", "--from-issue", "-"]
    return subprocess.run(
        [*command, "--date", "2025-07-30"],
        cwd=root,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_field_of_the_form_is_read() -> None:
    fields = [HEADINGS[label.casefold()] for label in LABELS.values()]
    assert sorted(fields) == sorted(LABELS)
    assert FORM["labels"] == ["paper"]


def test_the_form_asks_for_the_fields_that_are_declared_for_it() -> None:
    asked = {field.name: field.label for field in FIELDS if Use.ISSUE_FORM in field.uses}
    del asked["arxiv"], asked["doi"]
    labels = {**LABELS}
    assert (labels.pop("identifier"), labels.pop("abstract")) == ("arXiv id or DOI", "Abstract")
    assert labels == asked


def test_a_form_that_is_filled_in_becomes_a_page(catalog_root: Path) -> None:
    answers = {
        "title": "A Fabricated Paper, by an Issue",
        "abstract": "It was made up.\n\n### A heading of its own",
        "authors": "Wei Li\nBen Example\nWei Li",
        "paper": "https://example.org/paper",
        "topics": "Quantization, agents, no such topic",
        "code": "https://example.org/code",
    }
    done = add(catalog_root, render_issue(answers))
    assert done.returncode == 0, done.stdout + done.stderr
    path = "docs/papers/2025/a-fabricated-paper-by-an-issue.md"
    paper = parse_page((catalog_root / path).read_text("utf-8"), path)
    assert paper.authors == ("Wei Li", "Ben Example", "Wei Li")
    assert paper.topics == ("quantization", "agents")
    assert paper.links.model_dump(exclude_none=True) == {
        "paper": "https://example.org/paper",
        "code": "https://example.org/code",
    }


def test_headings_of_fields_that_the_form_does_not_ask_for_are_read_too() -> None:
    form = "### Title\nA\n### Abstract\nB\n### Votes\n7\n### Venue\nA Journal\n"
    form += "### keywords\na, b\n### PDF\nhttps://arxiv.org/pdf/2410.08115v2"
    (record,) = parse_issue_form(form.encode(), "issue").parsed.records
    assert record.facts == {
        "arxiv": "2410.08115",
        "venue": "A Journal",
        "keywords": ("a", "b"),
        "pdf": "https://arxiv.org/pdf/2410.08115",
    }


def test_an_address_of_arxiv_is_enough() -> None:
    form = parse_issue_form(b"### Paper\nhttps://arxiv.org/abs/2410.08115", "issue")
    assert form.asked == "2410.08115"


def test_a_form_without_answers_adds_nothing_and_says_why(catalog_root: Path) -> None:
    before = sorted(catalog_root.rglob("*.md"))
    done = add(catalog_root, render_issue({}))
    assert done.returncode != 0
    assert "fill in" in done.stdout + done.stderr
    assert sorted(catalog_root.rglob("*.md")) == before


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (
            {"title": 'A $(touch broken) `touch broken` "; paper', "abstract": "It was made up."},
            "Closes #7",
        ),
        ({"title": "No abstract"}, "Nothing was added"),
    ],
)
def test_the_workflow_answers_with_the_account(
    catalog_root: Path, tmp_path_factory: pytest.TempPathFactory, answers: dict[str, str], says: str
) -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/add-paper.yml").read_text("utf-8"))
    steps = workflow["jobs"]["add"]["steps"]
    (script,) = (step["run"] for step in steps if step.get("name") == "Write the page")
    outside = tmp_path_factory.mktemp("runner")
    event = outside / "event.json"
    event.write_text(json.dumps({"issue": {"body": render_issue(answers)}}), "utf-8")
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    subprocess.run(["git", "init", "--quiet"], cwd=catalog_root, check=True)
    subprocess.run(["git", "add", "docs"], cwd=catalog_root, check=True)
    author = ("-c", "user.name=Ada Example", "-c", "user.email=ada@example.org")
    commit = ["git", *author, "commit", "--quiet", "--message", "Start"]
    subprocess.run(commit, cwd=catalog_root, check=True)
    subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=catalog_root,
        env={
            **os.environ,
            "PATH": programs,
            "GITHUB_EVENT_PATH": str(event),
            "NUMBER": "7",
            "RUNNER_TEMP": str(outside),
            "GITHUB_STEP_SUMMARY": str(outside / "summary.md"),
        },
        check=True,
    )
    answer = (outside / "answer.md").read_text("utf-8")
    assert says in answer
    assert "    found " in answer
    assert (outside / "summary.md").read_text("utf-8") == answer
    assert not (catalog_root / "broken").exists()


def form_of(**answers: str) -> IssueForm:
    """A form with these answers, by the headings' first words."""
    headings = {"identifier": "arXiv id or DOI", **{name: name.capitalize() for name in answers}}
    text = "\n\n".join(f"### {headings[name]}\n\n{answer}" for name, answer in answers.items())
    return parse_issue_form(text.encode(), "issue")


@pytest.mark.parametrize(
    "text",
    [
        "2410.00006",
        "arXiv:2410.00006 [cs.CL]",
        "https://huggingface.co/papers/2410.00006 (v2)",
        "https://www.alphaxiv.org/abs/2410.00006",
        "https://ar5iv.labs.arxiv.org/html/2410.00006",
        "[2410.00006](https://arxiv.org/abs/2410.00006)",
        "`2410.00006`",
        "<https://arxiv.org/pdf/2410.00006v3.pdf>",
        "https://doi.org/10.48550/arXiv.2410.00006",
    ],
)
def test_spellings_of_an_id_are_asked_for(text: str) -> None:
    form = form_of(identifier=text)
    assert form.asked == "2410.00006"
    assert form.parsed.remarks == form.parsed.rejected == ()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            {"identifier": "2410.00006, 2410.00007"},
            "several identifiers in '2410.00006, 2410.00007'",
        ),
        (
            {"identifier": "https://aclanthology.org/2020.acl-main.1"},
            "no arXiv id or DOI in 'https",
        ),
        ({"identifier": "2410.0006"}, "no arXiv id or DOI in '2410.0006'"),
        ({"title": "T", "identifier": "soon"}, "no arXiv id or DOI in 'soon'"),
        ({"title": "T"}, "has a title alone"),
    ],
)
def test_what_was_not_understood_is_told(answers: dict[str, str], said: str) -> None:
    form = form_of(**answers)
    assert form.asked is None
    (problem,) = form.parsed.rejected
    assert said in problem.message


def test_a_form_with_a_title_and_an_id_is_asked_for_and_its_facts_are_kept() -> None:
    form = form_of(title="T", identifier="2410.00006", code="https://example.org/code")
    assert form.asked == "2410.00006"
    assert [remark.field for remark in form.parsed.remarks] == ["title"]
    fetched = ParsedSource("arXiv", (Record("T", "A.", 1, {"arxiv": "2410.00006"}),))
    (record,) = complete_record(fetched, form).records
    assert record.facts == {"arxiv": "2410.00006", "code": "https://example.org/code"}


def test_a_sloppy_list_of_authors() -> None:
    authors = "1. Ann Author\n2. Bea van Writer, Jr.\n- Cy King and Dee Dow\n* Author, Eve; Ng, Flo"
    (record,) = form_of(title="T", abstract="A.", authors=authors).parsed.records
    assert record.authors == (
        *("Ann Author", "Bea van Writer, Jr.", "Cy King", "Dee Dow", "Eve Author", "Flo Ng"),
    )
