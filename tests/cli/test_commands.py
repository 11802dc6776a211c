"""What holds for every command: its help teaches, and it loads no more than it needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from made_catalog import make_paper, write_catalog
from papercatalog.cli import main
from programs import run_program


def find_commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from find_commands(command, f"{path} {name}")


COMMANDS = dict(find_commands(main, "papercatalog"))


@pytest.mark.parametrize("path", COMMANDS)
def test_help_shows_an_example(path: str) -> None:
    lines = [line.strip() for line in (COMMANDS[path].help or "").splitlines()]
    assert [line for line in lines if f"{line} ".startswith(f"{path} ")]


@pytest.mark.parametrize("path", COMMANDS)
def test_the_list_of_commands_shows_a_whole_sentence(path: str) -> None:
    said = COMMANDS[path].get_short_help_str(limit=68)
    assert said.endswith(".") and not said.endswith("..."), said


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
