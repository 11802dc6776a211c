"""Who imports whom: every room of the package imports only the rooms that its row names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from repository import ROOT

PACKAGE = ROOT / "src" / "papercatalog"
PAGE = ROOT / "docs" / "guide" / "architecture.md"

ROOMS: dict[str, tuple[str, ...]] = {
    "theme": (),
    "runtime": (),
    "text": ("runtime",),
    "words": (),
    "model": ("text", "runtime"),
    "search": ("model", "runtime"),
    "related": ("search", "runtime"),
    "sources": ("model", "text", "runtime"),
    "starter": ("model", "words", "text"),
    "curation": ("sources", "model", "text", "runtime"),
    "outputs": ("search", "related", "model", "words", "text", "runtime"),
    "mail": ("outputs", "model", "words", "text", "runtime"),
    "build": (
        *("outputs", "curation", "sources", "related", "search", "model", "words", "text"),
        "runtime",
    ),
    "plugin": ("build", "outputs", "curation", "search", "model", "words", "text", "runtime"),
    "cli": (
        *("plugin", "build", "mail", "outputs", "curation", "starter", "sources", "related"),
        *("search", "model", "words", "text", "runtime"),
    ),
}
"""What each room may import, from the bottom up: a row names only rooms above it."""
LOOSE = {"__init__.py", "__main__.py", "py.typed"}
"""The only files beside the rooms."""
MAX_LINES = 300


def find_imports(source: str) -> Iterator[str]:
    """Give the whole names of the modules that a source imports, wherever it does."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
            if node.module == "papercatalog":
                yield from (f"papercatalog.{alias.name}" for alias in node.names)


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0]


FILES = sorted(PACKAGE.rglob("*.py"))
IN_ROOMS = [file for file in FILES if room_of(file) not in LOOSE]


def test_every_folder_is_a_room_and_no_module_is_loose() -> None:
    found = {path.name for path in PACKAGE.iterdir() if path.name != "__pycache__"}
    assert found == {*ROOMS, *LOOSE}


def test_imports_run_down_only() -> None:
    above: list[str] = []
    for room, allowed in ROOMS.items():
        assert set(allowed) <= set(above), room
        above.append(room)


@pytest.mark.parametrize("file", IN_ROOMS, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_follow_the_table(file: Path) -> None:
    names = list(find_imports(file.read_text("utf-8")))
    assert not [name for name in names if name.startswith(".")], "imports name whole modules"
    ours = {name.split(".")[1] for name in names if name.startswith("papercatalog.")}
    assert ours & set(ROOMS) <= {room_of(file), *ROOMS[room_of(file)]}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_only_the_plugin_knows_mkdocs(file: Path) -> None:
    roots = {name.split(".")[0] for name in find_imports(file.read_text("utf-8"))}
    assert room_of(file) == "plugin" or not roots & {"mkdocs", "material"}


def test_modules_are_short_enough_to_read() -> None:
    long = [file for file in FILES if len(file.read_text("utf-8").splitlines()) > MAX_LINES]
    assert not long


def test_a_command_is_a_module_of_its_name() -> None:
    from papercatalog.cli import COMMANDS

    modules = {file.stem.rstrip("_") for file in (PACKAGE / "cli").glob("*.py")}
    assert set(COMMANDS) <= modules


def test_the_guide_has_a_row_for_each_room() -> None:
    rows = re.findall(r"^\| `(\w+)/` \|[^|]*\| ([^|]*) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    told = {room: tuple(re.findall(r"\w+", may)) for room, may in rows}
    assert told == ROOMS


def test_tests_mirror_the_rooms() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    others = {"benchmarks", "fuzz", "helpers", "sites", "node_modules", "__pycache__"}
    assert folders - others <= set(ROOMS)


def test_imports_are_found_inside_functions_too() -> None:
    source = (
        "from papercatalog import cli\ndef f():\n    import mkdocs.config\n    from . import x\n"
    )
    assert set(find_imports(source)) == {"papercatalog", "papercatalog.cli", "mkdocs.config", "."}


def test_no_folder_of_tests_is_left_out(pytestconfig: pytest.Config) -> None:
    files = [file.relative_to(ROOT / "tests") for file in (ROOT / "tests").rglob("test_*.py")]
    folders = {part for file in files if "node_modules" not in file.parts for part in file.parts}
    assert "build" in folders
    left_out = pytestconfig.getini("norecursedirs")
    assert not [name for name in folders if any(fnmatch(name, pattern) for pattern in left_out)]
