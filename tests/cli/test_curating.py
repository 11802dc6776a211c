"""Pages renamed and merged, topics rewritten, decisions reviewed, problems told to others."""

from __future__ import annotations

import json
import re
import subprocess
from difflib import unified_diff
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from made_catalog import LANTERNS, OCEANS, make_paper, page_of, pages_of, run, write_catalog
from papercatalog.cli.check import Finding, render_github
from papercatalog.model.front_matter import parse_front_matter
from papercatalog.model.loading import load_catalog
from papercatalog.model.problems import Problem
from repository import ROOT

ONE = make_paper("one", "Paper Lanterns", topics=("paper", "light"), digests=("seeds/one.txt",))
TWO = make_paper("two", "A Tide Table", topics=("agents",), abstract=OCEANS, arxiv="2507.00002")
THREE = make_paper(
    "three",
    "A Browser for the Sea",
    topics=("agents", "light"),
    abstract=f"A browser shows each web page of the sea. {OCEANS[::-1]}",
)

NEW_TOPIC = ["--title", "Web", "--introduction", "Of the web."]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_catalog(tmp_path, ONE, TWO, THREE)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "one.txt").write_text("A digest.", "utf-8")
    return tmp_path


def texts(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for path in sorted(root.rglob("*.md"))
    }


def changed_lines(before: str, after: str) -> list[str]:
    lines = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_rename_moves_the_page_and_leaves_an_alias(root: Path) -> None:
    before = page_of(root, "one")
    result = run(root, "rename", "one", "2507.00001")
    assert result.stdout.splitlines() == [
        "wrote docs/papers/2025/2507.00001.md",
        "removed docs/papers/2025/one.md",
    ]
    assert changed_lines(before, page_of(root, "2507.00001")) == ["+aliases: [one]"]
    run(root, "rename", "2507.00001", "last")
    assert "aliases: [one, 2507.00001]\n" in page_of(root, "last").replace('"', "")
    run(root, "rename", "last", "one")
    assert "aliases: [2507.00001, last]\n" in page_of(root, "one").replace('"', "")
    assert run(root, "check").exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nothing", "new", "there is no paper 'nothing'"),
        ("one", "two", "'two' is docs/papers/2025/two.md already"),
        ("one", "one", "'one' is docs/papers/2025/one.md already"),
        ("one", "../up", "cannot be an id"),
        ("one", "Upper", "cannot be an id"),
    ],
)
def test_a_rename_that_cannot_be(root: Path, old: str, new: str, said: str) -> None:
    before = texts(root)
    result = run(root, "rename", old, new)
    assert result.exit_code == 1
    assert said in result.stderr
    assert texts(root) == before


def test_an_import_finds_a_renamed_page(root: Path) -> None:
    run(root, "rename", "one", "lanterns")
    digest = root / "seeds" / "one.txt"
    digest.write_text(f"Jul 28, 2025\n\nPaper Lanterns\n\n{LANTERNS}\n", "utf-8")
    assert "1 already there" in run(root, "import").stdout


def test_topics_are_counted(root: Path) -> None:
    lines = run(root, "topics").stdout.splitlines()
    assert lines[:4] == ["3 papers in 3 topics:", "- agents: 2", "- light: 2", "- paper: 1"]
    report = json.loads(run(root, "topics", "--json").stdout)
    assert report["topics"][0] == {"slug": "agents", "papers": 2, "own": 2}
    assert report["without_topic"] == []


def test_what_the_vocabulary_misses(tmp_path: Path) -> None:
    papers = [make_paper(f"p{n}", f"Sheep Dogs number {n} and Lanterns") for n in range(3)]
    write_catalog(tmp_path, *papers)
    lines = run(tmp_path, "topics").stdout.splitlines()
    assert "topics without a paper: agents, light, paper" in lines
    assert lines.index("without a topic: 3") + 1 == lines.index("- docs/papers/2025/p0.md")
    without = "3 papers, 3 of them without a topic"
    terms = lines[lines.index("frequent in titles, and no topic's:") + 1 :]
    assert f"- sheep dog: {without}" in terms
    assert f"- sheep: {without}" in terms
    assert not [line for line in terms if line.startswith("- lantern:")]


def test_a_topic_is_renamed_wherever_it_is_named(root: Path) -> None:
    before = texts(root)
    assert run(root, "topics", "rename", "light", "glow").exit_code == 0
    after = texts(root)
    assert after["docs/topics/glow.md"] == before["docs/topics/light.md"]
    assert "docs/topics/light.md" not in after
    assert {
        path: changed_lines(before[path], after[path])
        for path in before.keys() & after.keys()
        if before[path] != after[path]
    } == {
        "docs/topics/paper.md": ["-parent: light", "+parent: glow"],
        "docs/papers/2025/one.md": ["-topics: [paper, light]", "+topics: [paper, glow]"],
        "docs/papers/2025/three.md": ["-topics: [agents, light]", "+topics: [agents, glow]"],
    }
    assert run(root, "check").exit_code == 0


def test_topics_are_merged(root: Path) -> None:
    before = texts(root)
    assert run(root, "topics", "merge", "light", "agents").exit_code == 0
    after = texts(root)
    assert "docs/topics/light.md" not in after
    changes = {path: changed_lines(before[path], after[path]) for path in after}
    assert changes["docs/topics/agents.md"] == ["+- lantern", "+- candle"]
    assert changes["docs/topics/paper.md"] == ["-parent: light", "+parent: agents"]
    assert changes["docs/papers/2025/one.md"][1] == "+topics: [paper, agents]"
    assert changes["docs/papers/2025/three.md"][1] == "+topics: [agents]"
    assert run(root, "check").exit_code == 0


def test_a_topic_is_merged_into_one_below_it(root: Path) -> None:
    assert run(root, "topics", "merge", "light", "paper").exit_code == 0
    paper = load_catalog(root).vocabulary.by_slug["paper"]
    assert (paper.parent, paper.terms) == (None, ("paper lantern", "lantern", "candle"))


def test_a_topic_is_split(root: Path) -> None:
    before = texts(root)
    terms = ["--term", "browser", "--term", "web page", "--introduction", "Of the web."]
    arguments = ["topics", "split", "agents", "web", "--title", "Web: Agents", *terms]
    rehearsal = run(root, *arguments, "--dry-run")
    assert rehearsal.stdout.splitlines()[-2:] == [
        "nothing was written (--dry-run)",
        "1 papers of agents speak for web",
    ]
    assert texts(root) == before
    assert run(root, *arguments).exit_code == 0
    after = texts(root)
    assert after["docs/topics/web.md"] == (
        '---\ntitle: "Web: Agents"\nparent: agents\nterms:\n- browser\n- "web page"\n---\n'
        "Of the web.\n"
    )
    agents = changed_lines(before["docs/topics/agents.md"], after["docs/topics/agents.md"])
    assert agents == ["-- browser", "-- web page"]
    assert "topics: [web, light]\n" in after["docs/papers/2025/three.md"]
    assert after["docs/papers/2025/two.md"] == before["docs/papers/2025/two.md"]
    assert run(root, "check").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rename", "nothing", "new"], "there is no topic 'nothing'"),
        (["rename", "light", "agents"], "there is a topic 'agents' already"),
        (["rename", "light", "../up"], "cannot be a topic"),
        (["rename", "agents", "../../up"], "cannot be a topic"),
        (["split", "agents", "../up", *NEW_TOPIC, "--term", "browser"], "cannot be a topic"),
        (["merge", "light", "light"], "is one topic already"),
        (["merge", "agents", "nothing"], "there is no topic 'nothing'"),
        (
            ["split", "light", "web", *NEW_TOPIC, "--term", "sheep"],
            "'light' has no term 'sheep'",
        ),
        (
            ["split", "paper", "web", *NEW_TOPIC, "--term", "paper lantern"],
            "but not all of them",
        ),
        (
            ["split", "agents", "web", *NEW_TOPIC, "--term", "browser", "--parent", "paper"],
            "[too-deep]",
        ),
    ],
)
def test_a_change_of_topics_that_cannot_be(root: Path, arguments: list[str], said: str) -> None:
    before = texts(root)
    result = run(root, "topics", *arguments)
    assert result.exit_code == 1
    assert said in result.stderr
    assert texts(root) == before


def review(root: Path, *answers: str) -> list[str]:
    result = run(root, "review", typed="".join(f"{answer}\n" for answer in answers))
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_suggested_topics_are_accepted_or_edited(tmp_path: Path) -> None:
    bare = make_paper("bare", "Browser Agents on a Web Page")
    other = make_paper("other", "Sheep Count Themselves", abstract=OCEANS)
    root = write_catalog(tmp_path, bare, other)
    lines = review(root, "a", "e", "sheep", "Light, paper")
    assert "topics: [agents" in page_of(root, "bare")
    assert "topics: [light, paper]\n" in page_of(root, "other")
    assert any(line.startswith("suggested agents: ") for line in lines)
    assert lines[-1] == "2 of 2 decided"
    assert review(root) == ["", "0 of 0 decided"]


def test_each_decision_is_saved_before_the_next(tmp_path: Path) -> None:
    papers = [make_paper(f"p{n}", f"Browser Agents {n}", arxiv=f"2507.0000{n}") for n in range(3)]
    root = write_catalog(tmp_path, *papers)
    assert review(root, "s", "a", "q")[-1] == "1 of 3 decided"
    assert ["topics:" in page_of(root, f"p{n}") for n in range(3)] == [False, True, False]


def doubles(root: Path) -> Path:
    later = make_paper(
        "later", "How Long a Candle Burns", date="2025-07-29", topics=("paper",), votes=3
    )
    return write_catalog(root, ONE.model_copy(update={"digests": ()}), later)


def test_doubles_are_merged_into_the_page_that_came_first(tmp_path: Path) -> None:
    root = doubles(tmp_path)
    assert review(root, "m")[-1] == "1 of 1 decided"
    assert list(pages_of(root)) == ["one"]
    page = page_of(root, "one")
    assert "votes: 3\naliases: [later]\n" in page
    assert 'title: "Paper Lanterns"\n' in page


def test_doubles_are_told_apart_by_identifiers(tmp_path: Path) -> None:
    root = doubles(tmp_path)
    lines = review(root, "d", "sheep", "arXiv:2507.00001v2", "10.1234/Candle")
    assert any("that is neither" in line for line in lines)
    assert 'arxiv: "2507.00001"\n' in page_of(root, "one")
    assert 'doi: "10.1234/candle"\n' in page_of(root, "later")


def test_damaged_text_is_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = make_paper("bad", topics=("paper",), abstract=f"{LANTERNS} And mathcal candles.")
    root = write_catalog(tmp_path, paper)
    edits = iter(["no front matter", page_of(root, "bad").replace("mathcal ", "")])
    monkeypatch.setattr("click.edit", lambda text, extension: next(edits))
    lines = review(root, "e")
    assert "the page stays as it was" in lines
    assert "mathcal" in page_of(root, "bad")
    assert any("LaTeX without its backslashes" in line for line in lines)
    assert review(root, "e")[-1] == "1 of 1 decided"
    assert "mathcal" not in page_of(root, "bad")


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
        "::warning file=docs/a%2Cb%3Ac%25.md,title=bad-value::100 %25%0A::error::%0D [2J"
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


@pytest.mark.parametrize("revision", ["no-such", "--output=x", "-h"])
def test_a_revision_that_is_not_there(repository: Path, revision: str) -> None:
    result = run(repository, "check", f"--changed-since={revision}")
    assert result.exit_code != 0
    assert "no-such" in result.stderr or "is no revision" in result.stderr
    assert not (repository / "x").exists()


def test_the_schema_agrees_with_the_check(root: Path) -> None:
    schema = json.loads(run(root, "schema").stdout)
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["topics"]["items"]["enum"] == ["agents", "light", "paper"]
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for text in pages_of(root).values():
        validator.validate(dict(parse_front_matter(text, "").values))
    for wrong in ({"topics": ["unheard"]}, {"sheep": 1}, {"date": "soon"}, {"title": ""}):
        facts = {"title": "A", "date": "2025-07-29", **wrong}
        assert not validator.is_valid(facts), wrong


def test_the_hook_runs_a_command_that_is_there(root: Path) -> None:
    hooks = ROOT / ".pre-commit-hooks.yaml"
    (hook,) = yaml.safe_load(hooks.read_text("utf-8"))
    assert hook["entry"].split()[0] == "papercatalog"
    assert run(root, *hook["entry"].split()[1:]).exit_code == 0
    assert re.match(hook["files"], "docs/papers/2025/one.md")
    assert not re.match(hook["files"], "docs/guide/one.md")
