"""Files are written whole or not at all, and a new file replaces none."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from faults import Faults, let_fail
from papercatalog.runtime.files import (
    create_bytes,
    list_files,
    list_links,
    remove_partial_files,
    write_bytes,
)


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_new_file_never_replaces_another(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "page.md"
    create_bytes(path, b"first")
    with pytest.raises(FileExistsError):
        create_bytes(path, b"second")
    assert (path.read_bytes(), list_names(tmp_path)) == (b"first", ["page.md"])


def test_a_new_file_is_made_where_there_are_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = tmp_path / "page.md"
    create_bytes(path, b"first")
    with pytest.raises(FileExistsError):
        create_bytes(path, b"second")
    assert (path.read_bytes(), list_names(tmp_path)) == (b"first", ["page.md"])


def test_a_file_keeps_its_mode_when_it_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    write_bytes(path, b"first")
    path.chmod(0o640)
    write_bytes(path, b"second")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"second", 0o640)


def test_what_a_killed_write_left_is_removed_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [".gitignore", "a.part", "page.md"]
    for name in kept:
        (tmp_path / name).write_bytes(b"kept")
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)  # a killed process tidies nothing up
    monkeypatch.setattr(Path, "replace", lambda *_: None)
    write_bytes(tmp_path / "folder" / "lost.md", b"lost")
    monkeypatch.undo()
    assert [name.endswith(".part") for name in list_names(tmp_path / "folder")] == [True]
    remove_partial_files(tmp_path)
    assert list_names(tmp_path) == kept


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_an_error_that_is_not_for_want_of_hard_links_is_raised(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, "a fault")

    monkeypatch.setattr(Path, "hardlink_to", fail)
    with pytest.raises(OSError, match="a fault"):
        create_bytes(tmp_path / "page.md", b"first")
    assert list_names(tmp_path) == []


def test_a_file_that_is_half_made_where_there_are_no_hard_links_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    faults = Faults(tmp_path)
    with let_fail(faults):
        create_bytes(tmp_path / "page.md", b"first")
    (tmp_path / "page.md").unlink()
    for at in range(faults.steps):
        with let_fail(Faults(tmp_path, at, errno.ENOSPC)), suppress(OSError):
            create_bytes(tmp_path / "page.md", b"first")
        left = {name: (tmp_path / name).read_bytes() for name in list_names(tmp_path)}
        assert left.get("page.md", b"first") == b"first"
        for name in left:
            (tmp_path / name).unlink()


def test_symbolic_links_are_told_from_files(tmp_path: Path) -> None:
    (tmp_path / "docs" / "folder").mkdir(parents=True)
    (tmp_path / "docs" / "page.md").write_text("a page")
    links = ["docs/folder/link.md", "docs/link.md", "docs/other"]
    (tmp_path / links[0]).symlink_to(tmp_path / "docs" / "page.md")
    (tmp_path / links[1]).symlink_to(tmp_path / "gone")
    (tmp_path / links[2]).symlink_to(tmp_path / "docs" / "folder")
    assert list_links(tmp_path, ["docs"]) == links
    assert list_files(tmp_path, "docs", ".md") == [*links[:2], "docs/page.md"]
    assert list_files(tmp_path, "docs", ".md", links=False) == ["docs/page.md"]
    (tmp_path / "index.md").symlink_to(tmp_path / "docs" / "page.md")
    assert list_files(tmp_path, "index.md", ".md", links=False) == []


def test_links_are_found_without_asking_the_system_for_each_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "docs" / f"{name}.md").write_text("a page")
    asked: list[object] = []
    for function in ("stat", "lstat", "readlink"):
        monkeypatch.setattr(os, function, watched(getattr(os, function), asked))
    assert list_links(tmp_path, ["docs"]) == []
    assert list_files(tmp_path, "docs", ".md", links=False) == [f"docs/{name}.md" for name in "abc"]
    assert not [name for name in asked if str(name).endswith(".md")]


def watched(function: Callable[..., object], asked: list[object]) -> Callable[..., object]:
    def call(name: object, *arguments: object, **named: object) -> object:
        asked.append(name)
        return function(name, *arguments, **named)

    return call
