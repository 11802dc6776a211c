"""Projects that have other settings than most: each builds, or says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_catalog import run
from projects import MATERIAL, PLAIN, build_project, write_project

Log = pytest.LogCaptureFixture


def test_a_topic_whose_parent_has_no_file_stands_on_its_own(tmp_path: Path, caplog: Log) -> None:
    root = write_project(tmp_path)
    (root / "docs" / "topics" / "light.md").unlink()
    built = build_project(root, caplog)
    assert any(
        "docs/topics/paper.md:3: parent: unknown topic 'light'" in it for it in built.warnings
    )
    assert "A Browser" not in built.read("topics/paper/index.html")
    assert "Paper Lanterns" in built.read("topics/paper/index.html")
    assert 'href="../topics/paper/"' in built.read("topics/index.html")


def test_docs_elsewhere_in_the_project(tmp_path: Path, caplog: Log) -> None:
    settings = "docs_dir: content\nplugins:\n- papercatalog: {seeds: raw/days, cache: build/kept}\n"
    root = write_project(tmp_path, f"site_name: Lanterns\n{MATERIAL}{settings}")
    (root / "docs").rename(root / "content")
    (root / "raw" / "days").mkdir(parents=True)
    digest = "July 29\n\nA Lantern of Days\n\nDigests hold an abstract of each paper, and so on.\n"
    (root / "raw" / "days" / "2025-07-29.txt").write_text(digest, "utf-8")
    (root / "content" / "topics" / "light.md").unlink()
    built = build_project(root, caplog)
    assert any(it.startswith("papercatalog: content/topics/paper.md:3:") for it in built.warnings)
    assert "A Tide Table" in built.read("topics/agents/index.html")
    assert (root / "build" / "kept" / ".gitignore").is_file()
    assert not (root / ".cache").exists()
    checked = run(root, "check")
    assert "content/topics/paper.md:3: parent: unknown topic 'light'" in checked.output


def test_a_configuration_in_a_folder_of_its_own(tmp_path: Path, caplog: Log) -> None:
    config = f"{PLAIN}docs_dir: ../docs\nsite_dir: ../public\n"
    root = write_project(tmp_path, config="", files={"conf/mk.yml": config})
    (root / "mkdocs.yml").unlink()
    built = build_project(root, caplog, "conf/mk.yml")
    assert built.warnings == []
    assert built.site == root / "public"
    assert "A Tide Table" in built.read("topics/agents/index.html")
    assert [file.name for file in (root / "conf").iterdir()] == ["mk.yml"]
    assert (root / ".cache" / ".gitignore").is_file()
    checked = run(root, "-f", "conf/mk.yml", "check")
    assert checked.output == "3 papers, 3 topics, 1 day: 0 problems\n"
