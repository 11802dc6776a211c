"""Links and strays are named wherever they lie, and what they hold is not read."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from papercatalog.model.loading import inspect_catalog
from papercatalog.model.placement import find_misplaced_files
from papercatalog.sources.formats import find_sources
from repository import SMALL, run_command


def name(root: Path) -> list[tuple[str, str]]:
    return sorted((problem.path, problem.code) for problem in find_misplaced_files(root))


def test_links_are_named_and_lead_nowhere(tmp_path: Path) -> None:
    root, outside = tmp_path / "small", tmp_path / "outside"
    shutil.copytree(SMALL, root)
    outside.mkdir()
    (outside / "secret.txt").write_text("Secret\n\nNobody may read this, it is a secret.\n")
    page = next((root / "docs" / "papers").rglob("*.md"))
    shutil.copy(page, outside / "page.md")
    assert name(root) == []
    page.unlink()
    links = {
        page: outside / "page.md",
        root / "docs" / "papers" / "linked": outside,
        root / "docs" / "logo.txt": outside / "secret.txt",
        root / "docs" / "dangling.md": outside / "nothing",
        root / "seeds" / "secret.txt": outside / "secret.txt",
    }
    (root / "seeds").mkdir(exist_ok=True)
    for link, target in links.items():
        link.symlink_to(target)
    expected = sorted((link.relative_to(root).as_posix(), "symbolic-link") for link in links)
    linked = [problem for problem in name(root) if problem[1] == "symbolic-link"]
    assert linked == expected
    catalog, _ = inspect_catalog(root)
    assert page.stem not in catalog.by_id
    assert "secret.txt" not in [file.name for file in find_sources(root / "seeds")]
    for command in ("import", "build", "check"):
        done = run_command(root, command, check=False)
        assert done.returncode == 1
        assert "[symbolic-link]" in done.stdout + done.stderr


def test_a_folder_that_is_a_link_is_named(tmp_path: Path) -> None:
    shutil.copytree(SMALL / "docs", tmp_path / "elsewhere")
    root = tmp_path / "root"
    root.mkdir()
    (root / "docs").symlink_to(tmp_path / "elsewhere")
    assert ("docs", "symbolic-link") in name(root)


def test_mkdocs_publishes_neither_links_nor_strays(tmp_path: Path) -> None:
    root = tmp_path / "small"
    shutil.copytree(SMALL, root)
    (tmp_path / "secret.txt").write_text("secret")
    (root / "docs" / "logo.txt").symlink_to(tmp_path / "secret.txt")
    (root / "docs" / "papers" / "2025" / "x.html").write_text("<script>alert(1)</script>")
    (root / "docs" / "topics" / "x.svg").write_text("<svg onload=alert(1)>")
    (root / "docs" / "kept.txt").write_text("kept")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "[symbolic-link]" in done.stderr
    assert done.stderr.count("[not-a-page]") == 2
    published = {path.name for path in (root / "site").rglob("*")}
    assert "kept.txt" in published
    assert not published & {"logo.txt", "x.html", "x.svg"}
