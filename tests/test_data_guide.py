"""The examples in the guide's page "Data" run, in the order of the page."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import papercatalog
from made_catalog import CURATED, run, write_catalog
from papercatalog.model.problems import CatalogError
from repository import ROOT

TEXT = (ROOT / "docs" / "guide" / "data.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)


def test_the_python_examples_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    printed = []
    for program in blocks("python"):
        exec(compile(program, "data.md", "exec"), names)
        printed.append(capsys.readouterr().out)
    catalog = names["catalog"]
    assert printed[0].startswith(f"{catalog.papers[0].date} {catalog.papers[0].title}")
    assert "papers on agents" in printed[1]
    assert "2025-07-29 110" in printed[1]
    assert len(printed[2].splitlines()) == 3
    assert printed[3:] == [""]


def test_the_query_runs(tmp_path: Path) -> None:
    out = tmp_path / "papers.sqlite"
    result = run(ROOT, "export", "--format", "sqlite", "--out", str(out))
    assert result.exit_code == 0, result.output
    (query,) = blocks("sql")
    with closing(sqlite3.connect(out)) as database:
        titles = [title for _, title in database.execute(query)]
    found = {paper.title: paper.abstract for paper in papercatalog.load_catalog(ROOT).papers}
    assert titles
    assert all("video" in f"{title} {found[title]}".lower() for title in titles)


def test_a_folder_that_is_no_catalog_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="is no catalog: it has no folder docs"):
        papercatalog.load_catalog(tmp_path)


def test_problems_are_told_all_at_once(tmp_path: Path) -> None:
    root = write_catalog(tmp_path, *CURATED[1:])
    for page in root.glob("docs/papers/*/*.md"):
        page.write_text(page.read_text("utf-8").replace("title:", "titel:"), "utf-8")
    with pytest.raises(CatalogError) as caught:
        papercatalog.load_catalog(str(root))
    assert {problem.code for problem in caught.value.problems} == {"unknown-key", "missing-key"}
    assert len({problem.path for problem in caught.value.problems}) == 2
