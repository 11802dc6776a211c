"""With `docs_dir: content` every command names pages where they are."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from made_catalog import CURATED, OCEANS, make_paper, run, write_catalog

BIB = f"""@article{{near,
  title = {{A Tide Tables}},
  author = {{Wick, Bo}},
  year = {{2025}}, month = jul, day = 28,
  abstract = {{{OCEANS}}}
}}
@article{{one,
  title = {{Paper Lanterns}},
  author = {{Candle, Ada and Wick, Bo}},
  year = {{2025}}, month = jul, day = 28,
  abstract = {{A lantern of paper that nobody has made.}}
}}
@article{{other,
  title = {{Sheep Count Themselves}},
  author = {{Wool, Wim}},
  year = {{2025}}, month = jul, day = 28,
  abstract = {{Sheep of an invented flock count themselves and sleep.}}
}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalog in a repository of git, with papers that want decisions, and one that is new."""
    root = tmp_path / "project"
    papers = [paper.model_copy(update={"digests": ()}) for paper in CURATED]
    papers[0] = papers[0].model_copy(update={"authors": ("Cara Candle",)})
    bare = make_paper("bare", "Browser Agents on a Web Page", abstract=f"Agents. {OCEANS}")
    write_catalog(root, *papers, bare)
    (root / "docs").rename(root / "content")
    text = "site_name: A\ndocs_dir: content\ntheme: {name: material}\nplugins: [papercatalog]\n"
    (root / "mkdocs.yml").write_text(text, "utf-8")
    (root / "library.bib").write_text(BIB, "utf-8")
    for step in (
        ["init", "--quiet", "--initial-branch=main"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "A"],
    ):
        subprocess.run(["git", *step], cwd=root, check=True)
    new = make_paper("newest", "A Candle Clock", authors=("Ada Example",), topics=("light",))
    write_catalog(tmp_path / "other", new)
    page = tmp_path / "other" / "docs" / new.path
    (root / "content" / new.path).write_bytes(page.read_bytes())
    author = root / "content" / "authors" / "ada.md"
    author.parent.mkdir()
    author.write_text("---\nnames: [Ada Example]\n---\n", "utf-8")
    (root / "content" / "note.md").write_text("# Note\n", "utf-8")
    return root


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "check --format github",
        "check --format json",
        "check --changed-since main",
        "search tide",
        "preview --changed-since main",
        "rename two one",
        "rename nothing other",
        "rename two twice",
        "topics rename nothing other",
        "topics rename agents actors",
        "topics split light lamps --title A --term moth --introduction B",
        "add library.bib --topic nothing",
        "import library.bib --dry-run",
        "enrich library.bib --dry-run",
        "enrich library.bib --dry-run --json",
        "review",
        "schema",
    ],
)
def test_pages_have_the_names_that_they_have(
    root: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    if command.startswith("check"):
        later = make_paper("later", "Paper Lanterns at Night", topics=("moon",), date="2024-07-29")
        other = write_catalog(root.parent / "other", later)
        page = root / "content" / "papers" / "2025" / "later.md"
        page.write_bytes((other / "docs" / later.path).read_bytes())
    done = run(root, *command.split(), typed="s\n" * 9)
    assert "docs/" not in done.output
    assert "content/" in done.output, done.output
    if command.endswith("json") or command == "schema":
        json.loads(done.stdout)


def test_the_site_names_the_folder(root: Path, tmp_path: Path) -> None:
    done = run(root, "export", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    searches = (tmp_path / "out" / "docs" / "searches" / "index.md").read_text("utf-8")
    assert "<code>content/searches/</code>" in searches
    form = (tmp_path / "out" / "docs" / "contribute" / "index.md").read_text("utf-8")
    assert "<code>content/papers/</code>" in form
