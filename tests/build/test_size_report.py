"""A site's size, and how far its host's limit is."""

from __future__ import annotations

from pathlib import Path

from papercatalog.build.size_report import (
    MOST_BYTES,
    Extent,
    describe_extent,
    find_excess,
    find_room,
    measure,
)


def test_every_file_is_measured_and_what_grows_is_told_apart(tmp_path: Path) -> None:
    for path, size in {
        "index.html": 10,
        "assets/a.css": 20,
        "papers/2025/x/index.html": 300,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"x" * size)
    growing = {"papers/2025/x/index.html": 300}
    assert measure(tmp_path, growing) == Extent(files=3, size=330, growing=300)


def test_only_folders_at_the_top_grow(tmp_path: Path) -> None:
    for name in ("guide/papers", "papers/2025"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "index.html").write_bytes(b"123")
    assert measure(tmp_path, {"papers/2025/index.html": 3}) == Extent(files=2, size=6, growing=3)


def test_the_forecast_is_the_number_of_papers_that_fill_the_host() -> None:
    extent = Extent(files=9000, size=3_000_000 + 1000 * 10_000, growing=1000 * 10_000)
    assert find_room(extent, 1000) == (MOST_BYTES - 3_000_000) // 10_000
    forecast = "10.0 kB a paper; GitHub Pages takes 1 GB, which is some 100,000 papers"
    assert describe_extent(extent, 1000) == f"9,000 files, 13.0 MB, {forecast}"


def test_few_papers_say_nothing_of_many() -> None:
    assert describe_extent(Extent(files=20, size=2_000_000, growing=1), 6) == "20 files, 2.0 MB"


def test_a_site_that_is_too_large_is_named() -> None:
    assert find_excess(Extent(files=1, size=MOST_BYTES, growing=1)) == ""
    assert "1.20 GB, and GitHub Pages takes 1 GB" in find_excess(Extent(1, 1_200_000_000, 1))
