"""One page a paper: its facts, its abstract, its neighbours of the day and related papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

from papercatalog.artifact import Artifact, PageArtifact
from papercatalog.catalog import Catalog
from papercatalog.entry import Entry
from papercatalog.outputs.search import summarise_catalog
from papercatalog.outputs.templates import DESCRIPTION, render_page_body
from papercatalog.related import find_related
from papercatalog.site import Site


def build(catalog: Catalog, site: Site) -> Iterator[Artifact]:
    """Make ``papers/YEAR/ID.md`` for every paper."""
    related = relate(catalog)
    for entries in catalog.by_day.values():
        for place in range(len(entries)):
            yield _make_page(catalog, site, entries, place, related[entries[place].id])


def remake_page(catalog: Catalog, site: Site, entry: Entry, before: Catalog) -> PageArtifact:
    """Make the page of a paper that has changed since ``before``, with the related papers of then.

    What is related depends on all papers' words; this takes a moment, that takes a while.
    """
    entries = catalog.by_day[entry.date]
    related = [page for page in relate(before)[entry.id] if page in catalog.by_id]
    return _make_page(catalog, site, entries, entries.index(entry), related)


def relate(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Name each paper's related papers, by id; this is worked out once."""
    found = _related.get(catalog)
    if found is None:
        found = _related[catalog] = find_related(summarise_catalog(catalog))
    return found


_related: WeakKeyDictionary[Catalog, dict[str, tuple[str, ...]]] = WeakKeyDictionary()


def _make_page(
    catalog: Catalog, site: Site, entries: Sequence[Entry], place: int, related: Sequence[str]
) -> PageArtifact:
    """Make the page of the paper at a place of its day."""
    entry = entries[place]
    return render_page_body(
        "paper",
        entry.path,
        entry.title,
        catalog.render(entry.abstract).gist(DESCRIPTION),
        catalog=catalog,
        entry=entry,
        topics=[catalog.vocabulary.by_slug[slug] for slug in entry.topics],
        previous=entries[place - 1] if place else None,
        following=entries[place + 1] if place + 1 < len(entries) else None,
        related=[catalog.by_id[page] for page in related],
        edit_url=site.edit_url(entry.path),
    )
