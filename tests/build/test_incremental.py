"""Files that lie in the site as they should be are not written again; all others are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from papercatalog.build.incremental import (
    RECORDS,
    BuildRecord,
    PreviousBuild,
    load_previous,
    save_record,
)
from papercatalog.build.writer import SiteWriter
from papercatalog.outputs.artifacts import FileArtifact, FileGroup, LazyFile
from papercatalog.runtime.cache import Cache


def group(**contents: str) -> FileGroup:
    """A group of files in ``search/``, whose key is their contents."""
    files = [FileArtifact(f"search/{name}", text.encode()) for name, text in contents.items()]
    return FileGroup("search", lambda: repr(contents).encode(), lambda: files)


def look_at(site: Path, record: BuildRecord | None = None) -> PreviousBuild:
    return PreviousBuild(record or BuildRecord(), load_previous(Cache(), site).found)


def write(site: Path, before: BuildRecord | None, *groups: FileGroup) -> BuildRecord:
    writer = SiteWriter(site, {}, look_at(site, before))
    for one in groups:
        writer.write_group(one)
    return writer.record


def test_of_files_that_are_made_together_those_that_differ_are_written(tmp_path: Path) -> None:
    record = write(tmp_path, None, group(a="one", b="two"))
    first = look_at(tmp_path).found
    again = write(tmp_path, record, group(a="one", b="three"))
    found = look_at(tmp_path).found
    assert found["search/a"] == first["search/a"]
    assert (tmp_path / "search" / "b").read_text() == "three"
    assert {path: (file.size, file.time) for path, file in again.files.items()} == found


def test_a_group_whose_key_is_the_same_is_not_made(tmp_path: Path) -> None:
    record = write(tmp_path, None, group(a="one"))

    def fail() -> Iterable[FileArtifact]:
        raise AssertionError("made")

    assert write(tmp_path, record, FileGroup("search", group(a="one").key, fail)) == record


@pytest.mark.parametrize("harm", ["removed", "changed"])
def test_a_file_that_is_not_as_it_was_left_is_written_again(harm: str, tmp_path: Path) -> None:
    record = write(tmp_path, None, group(a="one", b="two"))
    file = tmp_path / "search" / "a"
    file.unlink()
    if harm == "changed":
        file.write_text("another")
    write(tmp_path, record, group(a="one", b="two"))
    assert file.read_text() == "one"


@pytest.mark.parametrize("count", [1, 400])
def test_many_files_are_written_on_all_cores(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared: list[int] = []

    def share(work, items):  # type: ignore[no-untyped-def]
        shared.append(len(items))
        return map(work, items)

    monkeypatch.setattr("papercatalog.build.writer.parallel_imap", share)
    files = [FileArtifact(f"papers/{number}", b"x") for number in range(count)]
    writer = SiteWriter(tmp_path, {}, PreviousBuild())
    assert list(writer.write(files)) == [file.path for file in files]
    again = SiteWriter(tmp_path, {}, look_at(tmp_path, writer.record))
    assert list(again.write(files)) == [file.path for file in files]
    assert shared == [count, 0]
    assert again.record == writer.record


def test_a_link_that_leads_nowhere_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "x").symlink_to(tmp_path / "gone")
    assert look_at(tmp_path).found == {}


def test_a_record_is_read_as_it_was_saved(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    record = write(tmp_path / "site", None, group(a="one", b="two"))
    save_record(cache, tmp_path / "site", record)
    assert load_previous(cache, tmp_path / "site") == look_at(tmp_path / "site", record)


def test_the_records_of_the_last_sites_are_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for number in range(20):
        save_record(cache, tmp_path / str(number), write(tmp_path, None, group(a=str(number))))
    assert list(load_previous(cache, tmp_path / "19").record.groups) == ["search"]
    assert len(list(cache.list_all("site"))) <= RECORDS + 1


def test_a_lazy_file_is_made_where_its_key_is_another(tmp_path: Path) -> None:
    made: list[str] = []

    def lazy(text: str) -> LazyFile:
        def make() -> bytes:
            made.append(text)
            return text.encode()

        return LazyFile("topics/a.xml", lambda: text.encode(), make)

    record = BuildRecord()
    for text in ("one", "one", "two"):
        writer = SiteWriter(tmp_path, {}, look_at(tmp_path, record))
        assert list(writer.write([lazy(text)])) == ["topics/a.xml"]
        record = writer.record
        assert (tmp_path / "topics" / "a.xml").read_text() == text
    assert made == ["one", "two"]
