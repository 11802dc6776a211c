"""``papercatalog topics``: the report, and topics renamed, merged and split."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from made_catalog import changed_lines, make_paper, run, texts_of, write_catalog
from papercatalog.model.loading import load_catalog

NEW_TOPIC = ["--title", "Web", "--introduction", "Of the web."]


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
    terms = lines[lines.index("frequent in titles and no topic's term:") + 1 :]
    assert f"- sheep dog: {without}" in terms
    assert f"- sheep: {without}" in terms
    assert not [line for line in terms if line.startswith("- lantern:")]


def test_a_topic_is_renamed_wherever_it_is_named(root: Path) -> None:
    before = texts_of(root)
    assert run(root, "topics", "rename", "light", "glow").exit_code == 0
    after = texts_of(root)
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
    before = texts_of(root)
    assert run(root, "topics", "merge", "light", "agents").exit_code == 0
    after = texts_of(root)
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
    before = texts_of(root)
    terms = ["--term", "browser", "--term", "web page", "--introduction", "Of the web."]
    arguments = ["topics", "split", "agents", "web", "--title", "Web: Agents", *terms]
    dry_run = run(root, *arguments, "--dry-run")
    assert dry_run.stdout.splitlines()[-2:] == [
        "nothing was written (--dry-run)",
        "1 paper would move from agents to web",
    ]
    assert texts_of(root) == before
    assert run(root, *arguments).exit_code == 0
    after = texts_of(root)
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
        (["rename", "light", "agents"], "there is already a topic 'agents'"),
        (["rename", "light", "../up"], "cannot be a topic"),
        (["rename", "agents", "../../up"], "cannot be a topic"),
        (["split", "agents", "../up", *NEW_TOPIC, "--term", "browser"], "cannot be a topic"),
        (["merge", "light", "light"], "cannot merge 'light' with itself"),
        (["merge", "agents", "nothing"], "there is no topic 'nothing'"),
        (
            ["split", "light", "web", *NEW_TOPIC, "--term", "sheep"],
            "topic 'light' has no term 'sheep'",
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
    before = texts_of(root)
    result = run(root, "topics", *arguments)
    assert result.exit_code == 1
    assert said in result.stderr
    assert texts_of(root) == before
