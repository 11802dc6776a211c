"""A build's files move into the site when all are there; until then the site stays as it was."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from faults import NEVER, Faults, KilledError, let_fail
from papercatalog.build.staging import drop_stage, find_published, make_stage, publish_stage

OLD = {"index.html": "old", "papers/a/index.html": "old a", "papers/b/index.html": "old b"}


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def read(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text() for file in files}


def publish(site: Path, staged: dict[str, str], wanted: set[str]) -> None:
    found = find_published(site)
    write(make_stage(site), staged)
    publish_stage(site, found, wanted)


def test_a_published_site_has_the_staged_files_and_those_that_stay(tmp_path: Path) -> None:
    write(tmp_path, {**OLD, ".nojekyll": "", "topics/x/index.html": "old"})
    kept = (tmp_path / "papers" / "a" / "index.html").stat()
    publish(tmp_path, {"index.html": "new", "dates/c/index.html": "new c"}, {"papers/a/index.html"})
    assert read(tmp_path) == {
        ".nojekyll": "",
        "dates/c/index.html": "new c",
        "index.html": "new",
        "papers/a/index.html": "old a",
    }
    folders = {path.name for path in tmp_path.rglob("*") if path.is_dir()}
    assert folders == {"a", "c", "dates", "papers"}
    assert (tmp_path / "papers" / "a" / "index.html").stat() == kept


def test_a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file(tmp_path: Path) -> None:
    write(tmp_path, {"a/x": "old", "b": "old"})
    publish(tmp_path, {"a": "new", "b/x": "new"}, set())
    assert read(tmp_path) == {"a": "new", "b/x": "new"}


def test_what_others_have_written_meanwhile_stays(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    found = find_published(tmp_path)
    make_stage(tmp_path)
    others = {"papers/b/index.html": "by another plugin", "papers/c": "by another plugin"}
    write(tmp_path, others)
    publish_stage(tmp_path, found, set())
    assert read(tmp_path) == others


def test_files_come_before_those_that_lead_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["index.html", "search/manifest.bin", "search/old.bin", "zebra.html"]
    write(tmp_path, dict.fromkeys(names, "old"))
    moved: list[str] = []
    for function in ("rename", "replace", "unlink"):
        real = getattr(os, function)

        def watch(name: str, *arguments: object, real=real) -> None:  # type: ignore[no-untyped-def]
            moved.append(Path(name).name)
            real(name, *arguments)

        monkeypatch.setattr(os, function, watch)
    publish(tmp_path, dict.fromkeys([*names[:2], "search/new.bin", names[3]], "new"), set())
    assert moved[0] == "new.bin"
    assert set(moved[1:3]) == {"index.html", "zebra.html"}
    assert moved[3:5] == ["manifest.bin", "old.bin"]


def test_what_a_build_that_did_not_end_has_written_goes(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    write(make_stage(tmp_path), {"index.html": "new"})
    publish(tmp_path, {"papers/c": "new"}, set(OLD))
    assert read(tmp_path) == {**OLD, "papers/c": "new"}
    write(make_stage(tmp_path), {"index.html": "new"})
    drop_stage(tmp_path)
    assert read(tmp_path) == {**OLD, "papers/c": "new"}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES, None])
def test_a_fault_at_any_move_leaves_whole_files_and_is_repaired_by_the_next_build(
    number: int | None, tmp_path: Path
) -> None:
    old = {**OLD, "search/manifest.bin": "old", "topics": "old", "dates/x": "old"}
    new = {"index.html": "new", "papers/b/index.html": "new b", "papers/c/index.html": "new c"}
    new |= {"search/manifest.bin": "new", "search/a.bin": "new", "topics/y": "new"}
    kept = {"papers/a/index.html"}
    expected = {**new, **{path: OLD[path] for path in kept}}
    failed = 0
    steps = 1
    at = -1
    while at < steps:
        site = tmp_path / f"{at}"
        write(site, old)
        write(make_stage(site), new)
        faults = Faults(site, at if at >= 0 else NEVER, number)
        try:
            with let_fail(faults):
                publish_stage(site, find_published(site), kept)
        except (OSError, KilledError):
            failed += 1
        steps = max(steps, faults.steps)
        left = {path: text for path, text in read(site).items() if path[0] != "."}
        assert all(text in (old.get(path), new.get(path)) for path, text in left.items())
        if left.get("search/manifest.bin") == "new":
            assert new.items() <= left.items()
        publish(site, new, kept)
        assert read(site) == expected
        at += 1
    assert failed >= 8
