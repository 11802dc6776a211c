"""Measures how large a site is, and forecasts how many papers its host has room for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOST = "GitHub Pages"
MAX_BYTES = 1_000_000_000
"""The size of a site on GitHub Pages at most, in bytes.

Source: https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits
"""
MIN_FORECAST_PAPERS = 1000
"""Of fewer papers a forecast says nothing: pages that hardly grow weigh too much."""


@dataclass(frozen=True, slots=True)
class SiteSize:
    """The number and size of a site's files."""

    files: int
    bytes: int
    growing_bytes: int
    """Bytes of the files whose number or size grows with the catalog."""


def measure_site(site: Path, growing: Mapping[str, int]) -> SiteSize:
    """Measure a site.

    Args:
        site: Its folder.
        growing: The sizes, in bytes, of the files whose number or size grows with the catalog, by
            path. Their folders at the top of the site hold no other files.
    """
    folders_of_growing = {path.partition("/")[0] for path in growing}
    fixed: list[int] = []
    for place, folders, files in os.walk(site):
        fixed += ((Path(place) / name).stat().st_size for name in files)
        if place == str(site):
            folders[:] = (name for name in folders if name not in folders_of_growing)
    growing_bytes = sum(growing.values())
    return SiteSize(len(growing) + len(fixed), growing_bytes + sum(fixed), growing_bytes)


def forecast_papers(size: SiteSize, papers: int) -> int:
    """Forecast the number of papers with which the site is as large as its host allows.

    ``papers`` is the number that it has now.
    """
    fixed = size.bytes - size.growing_bytes
    return int((MAX_BYTES - fixed) * papers / max(1, size.growing_bytes))


def describe_size(size: SiteSize, papers: int) -> str:
    """Describe in a line how large a site of so many papers is, and how far it may grow."""
    described = f"{size.files:,} files, {size.bytes / 1e6:,.1f} MB"
    if papers < MIN_FORECAST_PAPERS:
        return described
    each = f"{size.growing_bytes / papers / 1e3:.1f} kB a paper"
    room = f"{_round(forecast_papers(size, papers)):,}"
    return f"{described}, {each}; {HOST} takes 1 GB, which is some {room} papers"


def describe_excess(size: SiteSize) -> str:
    """Say what to do where the site is larger than its host allows; empty where it is not."""
    if size.bytes <= MAX_BYTES:
        return ""
    return (
        f"the site has {size.bytes / 1e9:.2f} GB, and {HOST} takes 1 GB at most; "
        "publish it elsewhere, or split the catalog"
    )


def _round(number: int) -> int:
    """Round to two digits: a forecast is no more exact.

    >>> _round(118_765)
    120000
    """
    return int(float(f"{number:.2g}"))
