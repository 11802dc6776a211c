"""Whether a paper is in the catalog already, and under which id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from papercatalog.entry import Entry
from papercatalog.ids import normalise_title

ALIKE = 80
"""How alike, in percent, two texts of one abstract are at least."""


class Matcher:
    """The papers that are there, looked up by what identifies them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._found: dict[tuple[str, str], Entry] = {}
        self.ids: set[str] = set()
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Let later papers be matched with this one too; the first of two claimants stays."""
        self.ids.update((entry.id, *entry.aliases))
        for key in (*_identities(entry), *_former_slugs(entry)):
            self._found.setdefault(key, entry)

    def find(self, entry: Entry) -> str | None:
        """Give the id of the page that is this paper: by arXiv id, by DOI, then by title.

        A page whose title a person has bettered is known by the slug of the title it had in a
        digest that both name, where the abstracts are alike too.
        """
        for key in _identities(entry):
            if key in self._found:
                return self._found[key].id
        for key in _former_slugs(entry):
            other = self._found.get(key)
            if other and fuzz.ratio(entry.abstract, other.abstract) >= ALIKE:
                return other.id
        return None


def _identities(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.arxiv:
        yield "arxiv", entry.arxiv
    if entry.doi:
        yield "doi", entry.doi
    yield "title", normalise_title(entry.title)


def _former_slugs(entry: Entry) -> Iterator[tuple[str, str]]:
    for digest in entry.digests:
        for page_id in (entry.id, *entry.aliases):
            yield f"id in {digest}", page_id
