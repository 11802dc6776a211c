"""Commands that change pages at the same time as others, and as people."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from click import ClickException

from papercatalog.cli.import_runner import MAX_PLANS, run_import
from papercatalog.curation.edits import JOURNAL
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


def test_an_import_whose_pages_change_each_time_writes_nothing(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    made: list[Path] = []

    def read() -> Iterable[ParsedSource]:
        number = len(made)
        title = f"A paper of a table number {number}"
        made.append(root / f"docs/papers/2025/a-paper-of-a-table-number-{number}.md")
        made[-1].write_text(f"---\ntitle: {title}\ndate: 2025-07-30\n---\nBy hand.\n")
        row = f"{title},Its abstract is long enough to be one.,2025-07-30,3\n"
        other = "Another paper of a table,Another abstract of this table.,2025-07-30,4\n"
        yield read_source("papers.csv", f"title,abstract,date,votes\n{row}{other}".encode())

    with pytest.raises(ClickException, match=r"changed meanwhile.*nothing was written"):
        run_import(
            load_catalog_folder(root),
            load_catalog(root),
            read,
            Choices(),
            dry_run=False,
            as_json=False,
        )
    assert len(made) == MAX_PLANS
    after = {path: path.read_bytes() for path in root.rglob("*.md") if path not in made}
    assert after == before


@pytest.mark.parametrize(
    "command", [("build",), ("topics",), ("export", "--format", "csl"), ("export", "tree")]
)
def test_a_half_made_change_is_not_read(root: Path, command: tuple[str, ...]) -> None:
    with hold_lock(root):
        pass
    (root / JOURNAL).write_text("{}")
    done = run_command(root, *command, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "the catalog is half changed" in done.stderr
    assert not (root / "site").exists()
    (root / "papers.csv").write_bytes(TABLE)
    assert "1 new" in run_command(root, "import", "papers.csv").stdout
    assert not (root / JOURNAL).exists()


def test_a_damaged_journal_does_not_block_the_catalog(root: Path) -> None:
    with hold_lock(root):
        pass
    (root / JOURNAL).write_text("{")
    (root / "papers.csv").write_bytes(TABLE)
    assert "1 new" in run_command(root, "import", "papers.csv").stdout
