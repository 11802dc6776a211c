"""The table of formats: one format a suffix, and the guide says what each is."""

from __future__ import annotations

from pkgutil import resolve_name

import pytest

from papercatalog.sources.formats import FORMATS, SUFFIXES, Format, find_format, is_streamed
from repository import ROOT

ROWS = [
    line.strip("| ").split(" | ")
    for line in (ROOT / "docs/guide/sources.md").read_text("utf-8").splitlines()
    if line.startswith("| `.")
]


def test_each_suffix_names_one_format() -> None:
    assert len(set(SUFFIXES)) == len(SUFFIXES)
    assert find_format("a.pdf") is None
    assert not is_streamed("a.pdf")


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_a_format_has_readers_and_a_row_in_the_guide(known: Format) -> None:
    assert all(find_format(f"A{suffix.upper()}") is known for suffix in known.suffixes)
    assert callable(resolve_name(known.reader))
    assert not known.streamed or callable(resolve_name(known.row_counter))
    rows = [row for row in ROWS if f"`{known.suffixes[0]}`" in row[0]]
    assert [row[2] for row in rows] == [known.piece]
    assert all(f"`{suffix}`" in rows[0][0] for suffix in known.suffixes)
