"""Who imports whom: the modules' imports are held to the table in the guide's architecture page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "papercatalog"
PAGE = ROOT / "docs" / "guide" / "architecture.md"
ROW = re.compile(r"\| `(?P<module>\w+)` \|[^|]*\| (?P<may>[^|]*) \|")
WITHOUT_LAYER = {"__init__", "__main__"}


def read_table(page: str) -> dict[str, set[str]]:
    """Give, for each module of the table, the modules that it may import."""
    rows = [(row["module"], row["may"].strip()) for row in ROW.finditer(page)]
    modules = [module for module, _ in rows]
    table = {}
    for place, (module, may) in enumerate(rows):
        if may == "–":
            allowed = set()
        elif may == "all above":
            allowed = set(modules[:place])
        elif may.startswith("all but "):
            allowed = set(modules) - split_names(may.removeprefix("all but "))
        else:
            allowed = split_names(may)
        table[module] = allowed
    return table


def split_names(listed: str) -> set[str]:
    return {name.strip() for name in listed.split(",")}


def find_imports(source: str) -> Iterator[str]:
    """Give the whole names of the modules that a source imports, wherever it does."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
            if node.module == "papercatalog":
                yield from (f"papercatalog.{alias.name}" for alias in node.names)


def layer_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


TABLE = read_table(PAGE.read_text("utf-8"))
FILES = sorted(PACKAGE.rglob("*.py"))
LAYERED = [file for file in FILES if layer_of(file) not in WITHOUT_LAYER]


def test_every_module_has_a_row_and_every_row_a_module() -> None:
    assert {layer_of(file) for file in LAYERED} == set(TABLE)


def test_rows_name_only_modules_of_the_table() -> None:
    assert set().union(*TABLE.values()) <= set(TABLE)


def test_rows_import_only_what_stands_above_them() -> None:
    above: set[str] = set()
    for module, allowed in TABLE.items():
        if module not in ("plugin", "cli"):
            assert allowed <= above, module
        above.add(module)


@pytest.mark.parametrize("file", LAYERED, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_follow_the_table(file: Path) -> None:
    allowed = TABLE[layer_of(file)] | {layer_of(file)}
    names = [name for name in find_imports(file.read_text("utf-8")) if name]
    assert not [name for name in names if name.startswith(".")], "imports name whole modules"
    ours = {name.split(".")[1] for name in names if name.startswith("papercatalog.")}
    modules = {name for name in ours if name in TABLE}
    assert modules <= allowed


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_only_the_plugin_knows_mkdocs(file: Path) -> None:
    roots = {name.split(".")[0] for name in find_imports(file.read_text("utf-8"))}
    assert layer_of(file) == "plugin" or not roots & {"mkdocs", "material"}


def test_modules_are_short_enough_to_read() -> None:
    assert not [file for file in FILES if len(file.read_text("utf-8").splitlines()) > 300]


def test_table_is_read_as_it_is_meant() -> None:
    page = "| `a` | x | – |\n| `b` | x | a |\n| `c` | x | all above |\n| `d` | x | all but c |\n"
    assert read_table(page) == {"a": set(), "b": {"a"}, "c": {"a", "b"}, "d": {"a", "b", "d"}}


def test_imports_are_found_inside_functions_too() -> None:
    source = (
        "from papercatalog import cli\ndef f():\n    import mkdocs.config\n    from . import x\n"
    )
    assert set(find_imports(source)) == {"papercatalog", "papercatalog.cli", "mkdocs.config", "."}
