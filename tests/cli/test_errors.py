"""What the system refuses ends every command with one line that says what, where and what to do."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from papercatalog.cli import COMMANDS, Commands, describe_error, main
from repository import SMALL, run_command

ARGUMENTS = {
    "add": ["papers.csv"],
    "build": [],
    "check": [],
    "enrich": ["papers.csv"],
    "export": ["tree"],
    "import": ["papers.csv"],
    "merge": ["merged", "part"],
    "new": ["made"],
    "newsletter": [],
    "preview": [],
    "rename": ["2410.08110", "another"],
    "review": [],
    "schema": [],
    "search": ["agents"],
    "serve": [],
    "topics": [],
}
TABLE = b"title,abstract,date\nA paper of a table,Its abstract is long enough.,2025-07-30\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "small")
    (tmp_path / "small" / "papers.csv").write_bytes(TABLE)
    (tmp_path / "small" / "part").mkdir()
    return tmp_path / "small"


def test_every_command_has_its_arguments_here() -> None:
    assert ARGUMENTS.keys() == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO, errno.EROFS])
def test_an_error_of_the_system_is_one_line(
    command: str, number: int, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    def fail(*_: object, **__: object) -> Iterator[None]:
        raise OSError(number, os.strerror(number), "docs/a\x1b[2J\n::error::b.md")

    found = Commands().get_command
    loaded = found(main.make_context("papercatalog", [command], resilient_parsing=True), command)
    assert loaded is not None
    monkeypatch.setattr(loaded, "invoke", fail)
    monkeypatch.chdir(root)
    done = CliRunner().invoke(main, ["-C", str(root), command, *ARGUMENTS[command]])
    assert done.exit_code == 1
    [line] = done.stderr.splitlines()
    assert line.startswith("Error: docs/a[2J ::error::b.md: " + os.strerror(number))
    assert "; " in line


def test_every_error_that_has_a_remedy_names_the_file_and_the_remedy() -> None:
    said = describe_error(OSError(errno.ENOSPC, "No space left on device", "a.md"))
    assert said == "a.md: No space left on device; free some space, then run the command again"
    assert describe_error(OSError("just so")) == "just so"


@pytest.mark.parametrize("command", ["import", "check", "build", "topics", "export"])
def test_unreadable_names_and_circles_of_links_are_one_line(command: str, root: Path) -> None:
    folder = root / "docs" / "papers" / "2025"
    (folder / "circle.md").symlink_to("circle.md")
    done = run_command(root, command, *ARGUMENTS[command], check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "circle.md" in done.stderr + done.stdout


@pytest.mark.parametrize("command", ["import", "check", "build", "topics", "export"])
def test_names_that_are_no_text_are_one_line(command: str, root: Path) -> None:
    name = os.fsencode(root / "docs" / "papers" / "2025") + b"/caf\xe9.md"
    Path(os.fsdecode(name)).write_bytes(b"---\ntitle: A\n---\nText.\n")
    done = run_command(root, command, *ARGUMENTS[command], check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "caf" in done.stderr + done.stdout


@pytest.mark.parametrize("epoch", ["", "yesterday", "-1", "9" * 40, "1e9"])
def test_a_bad_source_date_epoch_is_one_line(
    epoch: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    done = run_command(root, "build", check=False)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "SOURCE_DATE_EPOCH" in line


def test_a_site_with_a_missing_page_is_built_again(root: Path) -> None:
    run_command(root, "build")
    assert "nothing has changed" in run_command(root, "build").stdout
    page = root / "site" / "topics" / "index.html"
    content = page.read_bytes()
    page.unlink()
    assert "nothing has changed" not in run_command(root, "build").stdout
    assert page.read_bytes() == content
    assert "nothing has changed" in run_command(root, "build").stdout


def test_a_damaged_note_of_the_last_build_counts_as_none(root: Path) -> None:
    run_command(root, "build")
    note = root / ".cache" / "papercatalog" / "site"
    assert "nothing has changed" in run_command(root, "build").stdout
    for garbage in (b"", b"\xff\x00", b"\n\n\n", b"0" * 100):
        assert note.is_file()
        note.write_bytes(garbage)
        assert "nothing has changed" not in run_command(root, "build").stdout
