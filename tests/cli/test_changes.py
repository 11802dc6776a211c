"""Commands that change pages at the same time as others, and as people."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from papercatalog.cli.import_runner import run_import
from papercatalog.curation.import_plan import Choices
from papercatalog.model.catalog_folder import load_catalog_folder
from papercatalog.model.loading import load_catalog
from papercatalog.runtime.locks import hold_lock
from papercatalog.sources.formats import read_source
from papercatalog.sources.record import ParsedSource
from repository import SMALL, run_command

TABLE = (
    b"title,abstract,date,votes\n"
    b"A paper of a table,Its abstract is long enough to be one.,2025-07-30,3\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "small")
    return tmp_path / "small"


@pytest.mark.parametrize(
    "command",
    [
        ("import", "papers.csv"),
        ("add", "papers.csv"),
        ("enrich", "papers.csv"),
        ("review",),
        ("rename", "a", "b"),
        ("topics", "rename", "a", "b"),
    ],
)
def test_one_command_at_a_time_changes_pages(root: Path, command: tuple[str, ...]) -> None:
    (root / "papers.csv").write_bytes(TABLE)
    with hold_lock(root):
        done = run_command(root, *command, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "another command is changing this catalog" in done.stderr


def test_a_dry_run_waits_for_nobody(root: Path) -> None:
    (root / "papers.csv").write_bytes(TABLE)
    with hold_lock(root):
        assert "1 new" in run_command(root, "import", "papers.csv", "--dry-run").stdout


def test_an_import_is_planned_anew_if_a_page_is_made_meanwhile(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reads = 0
    by_hand = "---\ntitle: A paper of a table\ndate: 2025-07-30\n---\nWritten by hand meanwhile.\n"
    page = root / "docs" / "papers" / "2025" / "a-paper-of-a-table.md"

    def read() -> Iterable[ParsedSource]:
        nonlocal reads
        reads += 1
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(by_hand)
        yield read_source("papers.csv", TABLE)

    folder = load_catalog_folder(root)
    run_import(folder, load_catalog(root), read, Choices(), dry_run=False, as_json=False)
    assert reads == 2
    assert "planning the import anew" in capsys.readouterr().err
    front, _, body = page.read_text().rpartition("---\n")
    assert "votes: 3\n" in front
    assert body == "Written by hand meanwhile.\n"
