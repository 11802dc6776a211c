"""How large a site is, and from how many papers on it will be too large for its host."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOST = "GitHub Pages"
MOST_BYTES = 1_000_000_000
"""What a site on GitHub Pages may have.

Source: https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits
"""
FEW = 1000
"""Of fewer papers a forecast says nothing: lists that hardly grow weigh too much."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A site's files and their sizes."""

    files: int
    size: int
    """Bytes."""
    growing: int
    """Bytes of the files whose number or size grows with the catalog."""


def measure(site: Path, growing: Mapping[str, int]) -> Extent:
    """Sum up a site; ``growing`` are the sizes of the files whose number grows with the catalog.

    These files' folders, at the top of the site, hold no others: nobody needs to look there.
    """
    known = {path.partition("/")[0] for path in growing}
    fixed: list[int] = []
    for place, folders, files in os.walk(site):
        fixed += ((Path(place) / name).stat().st_size for name in files)
        if place == str(site):
            folders[:] = (name for name in folders if name not in known)
    grown = sum(growing.values())
    return Extent(len(growing) + len(fixed), grown + sum(fixed), grown)


def find_room(extent: Extent, papers: int) -> int:
    """Give the number of papers of which the site is as large as the host allows."""
    fixed = extent.size - extent.growing
    return int((MOST_BYTES - fixed) * papers / max(1, extent.growing))


def describe_extent(extent: Extent, papers: int) -> str:
    """Say in a line how large the site is, and what is left."""
    told = f"{extent.files:,} files, {extent.size / 1e6:,.1f} MB"
    if papers < FEW:
        return told
    each = f"{extent.growing / papers / 1e3:.1f} kB a paper"
    room = find_room(extent, papers)
    return f"{told}, {each}; {HOST} takes 1 GB, which is some {_round(room):,} papers"


def find_excess(extent: Extent) -> str:
    """Say what to do where the site is larger than the host allows; else nothing."""
    if extent.size <= MOST_BYTES:
        return ""
    return (
        f"the site has {extent.size / 1e9:.2f} GB, and {HOST} takes 1 GB at most; "
        "publish it elsewhere, or split the catalog"
    )


def _round(number: int) -> int:
    """Give two digits of a number; the rest of a forecast is made up.

    >>> _round(118_765)
    120000
    """
    return int(float(f"{number:.2g}"))
