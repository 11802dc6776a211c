"""Commands that read all pages have them looked up once, while their modules are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from made_catalog import make_paper, write_catalog
from papercatalog.cli import main, prefetch
from papercatalog.model import loading
from papercatalog.model.page_files import Lookup
from programs import run_program


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose pages are looked up early; it is an error to look them up again."""
    roots: list[Path] = []

    def look_up(root: Path) -> Lookup:
        roots.append(root)
        return Lookup(root)

    def fail(*_: object) -> None:
        raise AssertionError("looked up again")

    monkeypatch.setenv("PAPERCATALOG_WORKERS", "1")
    monkeypatch.setattr(prefetch, "Lookup", look_up)
    monkeypatch.setattr(loading, "look_up_pages", fail)
    return roots


@pytest.mark.parametrize("command", ["check", "review", "topics", "import seeds --dry-run"])
def test_pages_are_looked_up_once(command: str, looked_up: list[Path], tmp_path: Path) -> None:
    root = write_catalog(tmp_path, make_paper("one", "One"))
    (root / "seeds").mkdir()
    done = CliRunner().invoke(main, ["-C", str(root), *command.split()])
    assert looked_up == [root], done.output
    assert "looked up again" not in str(done.exception)


def test_help_looks_nothing_up(looked_up: list[Path]) -> None:
    assert CliRunner().invoke(main, ["check", "--help"]).exit_code == 0
    assert looked_up == []


@pytest.mark.parametrize(
    ("command", "module"),
    [("import seeds --dry-run", "requests"), ("check", "markdown_it"), ("check", "numpy")],
)
def test_commands_load_no_more_than_they_need(command: str, module: str, tmp_path: Path) -> None:
    root = write_catalog(tmp_path, make_paper("one", "One"))
    (root / "seeds").mkdir()
    (root / "seeds" / "day.txt").write_text("Jul 29\n\nA Title\n\nAn abstract of a paper.\n")
    said = run_program(
        """
        import sys
        from papercatalog.cli import main

        main(["-C", *sys.argv[1].split()], standalone_mode=False)
        print(sys.argv[2] in sys.modules)
        """,
        f"{root} {command}",
        module,
    )
    assert said[-1] == "False"
