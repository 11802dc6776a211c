"""``papercatalog import`` of dumps: a part at a time, with one report of the whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from made_catalog import make_paper, pages_of, run, write_catalog
from papercatalog.cli import source_files
from papercatalog.curation import import_plan
from papercatalog.curation.record_to_paper import paper_from_record
from papercatalog.sources import formats
from papercatalog.sources.formats import stream_source
from papercatalog.sources.record import ParsedSource, Record

PAPERS = 12


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog with one paper of the dump beside it, which is read five rows at a time."""
    monkeypatch.setattr(formats, "BATCH", 5)
    monkeypatch.setattr(stream_source, "__defaults__", (5,))
    write_catalog(tmp_path, make_paper("2507.00003", "Made Up 3", arxiv="2507.00003"))
    rows = [
        {
            "id": f"2507.{number:05}",
            "title": f"Made Up {number}",
            "abstract": f"Paper number {number} was made up. " * 4,
            "date": "2025-07-29",
        }
        for number in range(PAPERS)
    ]
    lines = [json.dumps(row) for row in rows]
    lines[7] = "{ not JSON"
    (tmp_path / "papers.jsonl").write_text("\n".join(lines), "utf-8")
    return tmp_path


def test_a_dump_has_one_report(root: Path) -> None:
    result = run(root, "import", str(root / "papers.jsonl"))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "papers.jsonl:8: is not JSON from line 1, column 3 on [not-a-paper]",
        "read 12 pieces: 11 in papers, 0 boilerplate, 1 rejected",
        "found 11 papers: 10 new, 0 unchanged, 1 updated, 0 invalid",
    ]
    assert len(pages_of(root)) == 11
    again = run(root, "import", str(root / "papers.jsonl"))
    assert "0 new, 11 unchanged" in again.stdout


def test_a_dry_run_writes_nothing(root: Path) -> None:
    result = run(root, "import", str(root / "papers.jsonl"), "--dry-run")
    assert "10 new" in result.stdout
    assert len(pages_of(root)) == 1


def test_progress_tells_rows(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papercatalog.runtime.progress.INTERVAL", 0.0)
    result = run(root, "import", str(root / "papers.jsonl"))
    told = [line for line in result.stderr.splitlines() if line.startswith("reading")]
    assert told == ["reading: 5 of 12", "reading: 10 of 12", "reading: 12 of 12"]
    assert "writing pages: 10 of 10" in result.stderr


def test_a_part_is_planned_before_the_next_is_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []

    def streamed(path: str, file: BinaryIO) -> Iterator[ParsedSource]:
        for part in stream_source(path, file):
            happened.append("read")
            yield part

    def making(record: Record, *arguments: Any, **facts: Any) -> Any:
        happened.append("made")
        return paper_from_record(record, *arguments, **facts)

    monkeypatch.setattr(source_files, "stream_source", streamed)
    monkeypatch.setattr(import_plan, "paper_from_record", making)
    run(root, "import", str(root / "papers.jsonl"))
    assert happened == ["read", *["made"] * 5, "read", *["made"] * 4, "read", *["made"] * 2]
