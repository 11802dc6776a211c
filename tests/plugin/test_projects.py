"""Projects that have other settings than most: each builds, or says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import build_project, write_project

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
