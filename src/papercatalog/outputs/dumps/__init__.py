"""Dumps: papers with all facts as data, in formats that programs and databases read.

A dump of JSON Lines or Parquet has the keys of the papers' pages as columns, the mark of
`papercatalog.model.exported` first: `papercatalog import` takes each row back as the page it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.outputs.dumps.json_lines import render_json_lines
from papercatalog.outputs.dumps.parquet import render_parquet
from papercatalog.outputs.dumps.sqlite import render_sqlite


class DumpFormat(NamedTuple):
    """A format of dumps."""

    label: str
    """Its name for people."""
    ending: str
    """The file name's ending, without a point."""
    render: Callable[[Catalog, Sequence[Paper]], bytes]
    """Writes papers of a catalog, in their order."""
    is_text: bool = False
    """Whether a terminal can show it."""


DUMPS: Mapping[str, DumpFormat] = {
    "jsonl": DumpFormat("JSON Lines", "jsonl", render_json_lines, is_text=True),
    "parquet": DumpFormat("Parquet", "parquet", render_parquet),
    "sqlite": DumpFormat("SQLite", "sqlite", render_sqlite),
}
"""The formats by the names that the command line has for them."""
