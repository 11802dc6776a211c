"""Files that lie in the site as they should be are not written again; all others are."""

from __future__ import annotations

from pathlib import Path

import pytest

from papercatalog.build.incremental import (
    NOTHING,
    SITES,
    Found,
    Job,
    Keeper,
    Left,
    Made,
    Output,
    look_back,
    remove_stale,
    save_made,
)
from papercatalog.runtime.cache import Cache


def job(**contents: str) -> Job:
    """A job whose files are named in ``search/``, and made again at another content."""
    files = [Output.of(f"search/{name}", text.encode()) for name, text in contents.items()]
    return Job("search", " ".join(contents.values()), lambda: files)


def look_at(site: Path) -> Found:
    return look_back(Cache(), site).found


def do(site: Path, known: dict[str, Made], *jobs: Job) -> dict[str, Made]:
    return dict(Keeper(site, Left(look_at(site), known)).do_jobs(jobs, lambda one: one))


def test_of_files_that_are_made_together_those_that_differ_are_written(tmp_path: Path) -> None:
    known = do(tmp_path, {}, job(a="one", b="two"))
    first = look_at(tmp_path)
    again = do(tmp_path, known, job(a="one", b="three"))
    found = look_at(tmp_path)
    assert found["search/a"] == first["search/a"]
    assert (tmp_path / "search" / "b").read_text() == "three"
    assert {path: (size, time) for path, size, time, _ in again["search"][1]} == found


def test_where_the_key_is_the_same_no_file_is_listed(tmp_path: Path) -> None:
    known = do(tmp_path, {}, job(a="one"))

    def fail() -> list[Output]:
        raise AssertionError("listed")

    assert do(tmp_path, known, Job("search", "one", fail)) == known


@pytest.mark.parametrize("harm", ["removed", "changed"])
def test_a_file_that_is_not_as_it_was_left_is_written_again(harm: str, tmp_path: Path) -> None:
    known = do(tmp_path, {}, job(a="one", b="two"))
    file = tmp_path / "search" / "a"
    file.unlink()
    if harm == "changed":
        file.write_text("another")
    do(tmp_path, known, job(a="one", b="two"))
    assert file.read_text() == "one"


def test_a_file_that_others_know_to_lie_there_is_only_remembered(tmp_path: Path) -> None:
    known = do(tmp_path, {}, job(a="one", b="two"))
    kept = [Output("search/a", "", None), Output.of("search/b", b"three")]
    made = do(tmp_path, known, Job("search", "other", lambda: kept))
    assert made["search"][1][0] == known["search"][1][0]
    assert (tmp_path / "search" / "b").read_text() == "three"


@pytest.mark.parametrize("weight", [1, 400])
def test_jobs_that_weigh_much_are_shared_out(
    weight: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared: list[int] = []

    def share(work, items, *, enough):  # type: ignore[no-untyped-def]
        shared.append(len(items))
        return map(work, items)

    monkeypatch.setattr("papercatalog.build.incremental.parallel_imap", share)
    keeper = Keeper(tmp_path, NOTHING)
    list(keeper.do_jobs([job(a="one")], lambda one: one, lambda _: weight))
    list(keeper.do_jobs([job(a="one")], lambda one: one, lambda _: weight, alone=True))
    assert shared == [1] * (weight >= 400)


def test_what_is_wanted_no_more_goes_with_its_folder(tmp_path: Path) -> None:
    do(tmp_path, {}, job(a="one"), Job("x", "x", lambda: [Output.of("papers/x/index.html", b"x")]))
    remove_stale(tmp_path, look_at(tmp_path), {"search/a"})
    assert [path.name for path in tmp_path.iterdir()] == ["search"]


def test_what_others_have_written_meanwhile_stays(tmp_path: Path) -> None:
    do(tmp_path, {}, job(a="one", b="two"))
    found = look_at(tmp_path)
    (tmp_path / "search" / "a").write_text("by another plugin")
    remove_stale(tmp_path, found, set())
    assert [path.name for path in (tmp_path / "search").iterdir()] == ["a"]


def test_a_file_that_leads_nowhere_is_not_seen(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "x").symlink_to(tmp_path / "gone")
    assert look_at(tmp_path) == {}


def test_of_many_sites_the_last_ones_are_remembered(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for number in range(20):
        save_made(cache, tmp_path / str(number), {"x": ("key", [])})
    assert list(look_back(cache, tmp_path / "19").made) == ["x"]
    assert len(list(cache.list_all("site"))) <= SITES + 1
