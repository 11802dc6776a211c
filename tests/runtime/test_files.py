"""Files are written whole or not at all, and a new file replaces none."""

from __future__ import annotations

from pathlib import Path

import pytest

from papercatalog.runtime.files import create_bytes, remove_partial_files, write_bytes


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
        raise PermissionError("no links here")

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
