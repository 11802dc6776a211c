"""Citations of papers: values in, text out, in the formats that reference managers read.

`build_item` gives a paper as an item of CSL-JSON, the format of citation processors; all writers
write such items, and so do their twins in ``theme/assets/cite``, which know no papers.

A citation's key is the page's id: `Paper.id`, such as ``2410.08115`` or ``a-tide-table``. It is the
file's name for ever and unique in the catalog, so the key stays when other papers come or facts
are added. It has lower-case letters, digits, ``.``, ``-`` and ``_`` only, which BibTeX, biber and
pybtex accept in keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from papercatalog.outputs.citations.bibtex import render_bibtex
from papercatalog.outputs.citations.coins import render_coins
from papercatalog.outputs.citations.item import Item, build_item
from papercatalog.outputs.citations.json_items import render_csl
from papercatalog.outputs.citations.ris import render_ris
from papercatalog.outputs.citations.sentence import render_sentence

__all__ = [
    "FORMATS",
    "CitationFormat",
    "Item",
    "build_item",
    "render_bibtex",
    "render_coins",
    "render_csl",
    "render_ris",
    "render_sentence",
]


class CitationFormat(NamedTuple):
    """A format of files of citations."""

    label: str
    """Its name for people."""
    ending: str
    """The file name's ending, without a point."""
    render_entry: Callable[[Item], str]
    """Writes one item, with its line end."""
    head: str = ""
    between: str = "\n"
    tail: str = ""

    def render(self, items: Iterable[Item]) -> str:
        """Write a file of items."""
        return self.join(map(self.render_entry, items))

    def join(self, entries: Iterable[str]) -> str:
        """Make a file of entries, as ``render_entry`` writes them."""
        return f"{self.head}{self.between.join(entries)}{self.tail}"


FORMATS: Mapping[str, CitationFormat] = {
    "bibtex": CitationFormat("BibTeX", "bib", render_bibtex),
    "ris": CitationFormat("RIS", "ris", render_ris),
    "csl": CitationFormat("CSL-JSON", "json", render_csl, "[\n", ",\n", "\n]\n"),
}
"""The formats by the names that the command line has for them."""
