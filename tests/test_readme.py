"""Every command that README and guide show works, in a copy of the repository."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from papercatalog.cli import main
from repository import ROOT

DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs" / "guide").rglob("*.md")))
FOLDERS = ("docs", "seeds", "src", "tests")
FILES = (
    "mkdocs.yml",
    "Makefile",
    "pyproject.toml",
    "requirements.lock",
    "requirements-dev.lock",
    "README.md",
    "LICENSE",
)


def find_commands(text: str) -> list[str]:
    """Give the lines of a document's ``sh`` blocks."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [shlex.join(words) for line in lines if (words := shlex.split(line, comments=True))]


README, *GUIDE = [find_commands(path.read_text("utf-8")) for path in DOCUMENTS]
NOT_RUN = {
    "make test": "a test that runs all tests would run itself",
    "make lint": "it looks at the code and not at what the program does",
    "make serve": "it goes on until it is stopped; test_site.py looks at a live site",
    "papercatalog add": "it asks other hosts",
}
"""How the README's commands start that are not run, and why; their words are looked up instead."""
RUN = [command for command in README if not command.startswith(tuple(NOT_RUN))]
LOOKED_UP = sorted({command for part in (README, *GUIDE) for command in part} - set(RUN))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository whose ``.venv`` is this environment, up to date for make."""
    folder = tmp_path_factory.mktemp("readme") / "repository"
    for name in FOLDERS:
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    for program in Path(sys.executable).parent.iterdir():
        (programs / program.name).symlink_to(program)
    (folder / ".venv" / "ready").touch()
    return folder


def run(copy: Path, command: str) -> str:
    """Run a command as in a shell of its own: a make above this test is not its business."""
    path = f"{copy / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    outside = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    done = subprocess.run(
        shlex.split(command),
        cwd=copy,
        env={**outside, "PATH": path, "PYTHONPATH": str(copy / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}:\n{done.stdout}"
    return done.stdout


def test_the_two_commands_are_shown() -> None:
    assert find_commands((ROOT / "README.md").read_text("utf-8"))[:2] == ["make site", "make test"]


@pytest.mark.parametrize("command", RUN)
def test_a_command_of_the_readme_works(copy: Path, command: str) -> None:
    said = run(copy, command)
    if command == "make site":
        last, look = said.splitlines()[-2:]
        assert re.fullmatch(r"110 papers, \d+ topics, 1 days? in site.*(\d s|its build)", last)
        assert "make serve" in look


@pytest.mark.parametrize("command", LOOKED_UP)
def test_every_other_command_is_known(copy: Path, command: str) -> None:
    program, *words = command.split()
    if program == "make":
        recipe = run(copy, f"make --dry-run {words[0]}")
        lines = [line for line in recipe.splitlines() if not line.startswith("make")]
        programs = [re.sub(r"^(cd \S+ && )?(PATH=\S+ )?", "", line).split()[0] for line in lines]
        assert programs
        for named in programs:
            made = named.startswith("tests/node_modules/") and "npm" in programs
            assert made or (copy / named).exists() or shutil.which(named), named
    elif program == "papercatalog":
        known: click.Command | None = main
        while words and isinstance(known, click.Group):
            known = known.get_command(click.Context(known), words.pop(0))
        assert known
        options = {name for param in known.params for name in (*param.opts, *param.secondary_opts)}
        assert {word for word in words if word.startswith("-")} <= options
    else:
        assert shutil.which(program)


def test_every_target_is_explained(copy: Path) -> None:
    makefile = (copy / "Makefile").read_text("utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    assert targets
    said = run(copy, "make help")
    for target in set(targets[1].split()) - {"browser"}:
        assert f"make {target} " in said
