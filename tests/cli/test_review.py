"""``papercatalog review``: each kind of question, and what an answer saves."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_catalog import (
    CURATED,
    LANTERNS,
    OCEANS,
    make_paper,
    page_of,
    pages_of,
    run,
    write_catalog,
)


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
    assert review(root) == ["there is nothing to decide"]


def test_each_decision_is_saved_before_the_next(tmp_path: Path) -> None:
    papers = [make_paper(f"p{n}", f"Browser Agents {n}", arxiv=f"2507.0000{n}") for n in range(3)]
    root = write_catalog(tmp_path, *papers)
    assert review(root, "s", "a", "q")[-1] == "1 of 3 decided"
    assert ["topics:" in page_of(root, f"p{n}") for n in range(3)] == [False, True, False]


def duplicates(root: Path) -> Path:
    later = make_paper(
        "later", "How Long a Candle Burns", date="2025-07-29", topics=("paper",), votes=3
    )
    return write_catalog(root, CURATED[0].model_copy(update={"digests": ()}), later)


def test_duplicates_are_merged_into_the_page_that_came_first(tmp_path: Path) -> None:
    root = duplicates(tmp_path)
    assert review(root, "m")[-1] == "1 of 1 decided"
    assert list(pages_of(root)) == ["one"]
    page = page_of(root, "one")
    assert "votes: 3\naliases: [later]\n" in page
    assert 'title: "Paper Lanterns"\n' in page


def test_two_papers_get_different_ids(tmp_path: Path) -> None:
    root = duplicates(tmp_path)
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
    assert "the page was not saved" in lines
    assert "mathcal" in page_of(root, "bad")
    assert any("LaTeX without backslashes" in line for line in lines)
    assert review(root, "e")[-1] == "1 of 1 decided"
    assert "mathcal" not in page_of(root, "bad")
