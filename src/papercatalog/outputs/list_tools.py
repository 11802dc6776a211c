"""What a list of papers offers beside its heading: files of its citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from papercatalog.model.catalog import Catalog
from papercatalog.outputs.citations import FORMATS

if TYPE_CHECKING:
    from papercatalog.outputs.paper_lists import PaperList

MAX_WHOLE = 5_000
"""With at most so many papers, each list has files of its own; with more, browsers make them.

A paper stands in one day, two topics, the whole catalog and the lists of its authors. In three
formats of 355 bytes that is 8.5 kB a paper; files of the years and the numbers of lists' papers in
them, from which browsers make any list's file, are 1.1 kB (measured with 10,000 papers).
"""
DATA = "data/"
"""The address of the page and of the files of all papers."""


class Export(NamedTuple):
    """A link to a list's papers in one format."""

    label: str
    address: str
    """Relative to the list's page."""
    name: str
    """The name under which a file is saved; empty where the address is not a file's."""

    @property
    def is_made_by_script(self) -> bool:
        """Whether a script makes the file of the list: of all papers there are files already."""
        return not self.name and not self.address.startswith(DATA)


def is_by_year(catalog: Catalog) -> bool:
    """Whether the catalog's citations are files by year, of which browsers make those of lists."""
    return len(catalog.papers) > MAX_WHOLE


def list_exports(catalog: Catalog, listed: PaperList) -> tuple[Export, ...]:
    """List the links to a list's papers; a list without papers has none.

    Where files are by year, the links lead to the page of all files, and a script makes the file of
    the list in place of that.
    """
    if not listed.papers:
        return ()
    if is_by_year(catalog):
        data = "../" * listed.url.count("/") + DATA
        return tuple(Export(made.label, f"{data}#{made.ending}", "") for made in FORMATS.values())
    folder = "" if listed.url else DATA
    name = name_files(listed.url)
    return tuple(
        Export(made.label, f"{folder}papers.{made.ending}", f"{name}.{made.ending}")
        for made in FORMATS.values()
    )


def name_files(url: str) -> str:
    """Name the saved files of a list by its page's address.

    >>> name_files("topics/agents/"), name_files("dates/2025/07/29/"), name_files("")
    ('agents', '2025-07-29', 'papers')
    """
    return "-".join(url.split("/")[1:-1]) or "papers"
