"""A site's size, and how far its host's limit is."""

from __future__ import annotations

from pathlib import Path

from papercatalog.build.size_report import (
    MAX_BYTES,
    SiteSize,
    describe_excess,
    describe_size,
    forecast_papers,
    measure_site,
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
    assert measure_site(tmp_path, growing) == SiteSize(files=3, bytes=330, growing_bytes=300)


def test_only_folders_at_the_top_grow(tmp_path: Path) -> None:
    for name in ("guide/papers", "papers/2025"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "index.html").write_bytes(b"123")
    assert measure_site(tmp_path, {"papers/2025/index.html": 3}) == SiteSize(
        files=2, bytes=6, growing_bytes=3
    )


def test_the_forecast_is_the_number_of_papers_that_fill_the_host() -> None:
    size = SiteSize(files=9000, bytes=3_000_000 + 1000 * 10_000, growing_bytes=1000 * 10_000)
    assert forecast_papers(size, 1000) == (MAX_BYTES - 3_000_000) // 10_000
    forecast = "10.0 kB a paper; GitHub Pages takes 1 GB, which is some 100,000 papers"
    assert describe_size(size, 1000) == f"9,000 files, 13.0 MB, {forecast}"


def test_few_papers_say_nothing_of_many() -> None:
    assert (
        describe_size(SiteSize(files=20, bytes=2_000_000, growing_bytes=1), 6) == "20 files, 2.0 MB"
    )


def test_a_site_that_is_too_large_is_named() -> None:
    assert describe_excess(SiteSize(files=1, bytes=MAX_BYTES, growing_bytes=1)) == ""
    assert "1.20 GB, and GitHub Pages takes 1 GB" in describe_excess(SiteSize(1, 1_200_000_000, 1))
