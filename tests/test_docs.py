"""The documents: links lead somewhere, and what they quote of the program is what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commands_page import PAGE, render_commands_page
from field_tables import TABLES, render_page
from repository import ROOT

DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "docs" / "index.md",
    *sorted((ROOT / "docs" / "guide").rglob("*.md")),
]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def test_the_page_of_commands_is_what_they_say() -> None:
    assert PAGE.read_text("utf-8") == render_commands_page(), (
        "run python tests/helpers/commands_page.py"
    )


@pytest.mark.parametrize(
    "path", sorted({page for page, _ in TABLES.values()}), ids=lambda p: p.stem
)
def test_tables_of_fields_are_what_they_declare(path: Path) -> None:
    assert path.read_text("utf-8") == render_page(path), "run python tests/helpers/field_tables.py"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_links_lead_to_files(path: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in LINK.findall(text):
        if "://" not in link and not link.startswith(("#", "mailto:")):
            assert (path.parent / link.partition("#")[0]).exists(), link


def test_recipes_name_files_that_exist() -> None:
    text = (ROOT / "docs" / "guide" / "contributing.md").read_text("utf-8")
    recipes = text.partition("## Work on the code")[2]
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]+\.\w+)`", recipes))
    named = {path for path in named if not re.search(r"[A-Z]{2}", path)}
    assert len(named) > 30
    folders = (ROOT, ROOT / "src" / "papercatalog", ROOT / "tests")
    assert not [path for path in named if not any((folder / path).exists() for folder in folders)]


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "guide" / "decisions"
    listed = set(LINK.findall((folder / "index.md").read_text("utf-8")))
    assert listed == {path.name for path in folder.glob("0*.md")}


def test_every_page_of_the_guide_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")
    for path in (ROOT / "docs" / "guide").rglob("*.md"):
        assert path.relative_to(ROOT / "docs").as_posix() in navigation
