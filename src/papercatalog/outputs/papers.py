"""One page a paper: its facts, its abstract, its neighbours of the day and related papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from papercatalog.artifact import Artifact, PageArtifact
from papercatalog.cache import Cache, hash_key
from papercatalog.catalog import Catalog
from papercatalog.entry import Entry
from papercatalog.outputs.templates import DESCRIPTION, make_page
from papercatalog.reading import list_summaries
from papercatalog.related import Comparison, Related
from papercatalog.site import Site

_COMPARED = hash_key("compared")
"""What is kept of papers that were compared lies under this key."""


def build(catalog: Catalog, site: Site) -> Iterator[Artifact]:
    """Make ``papers/YEAR/ID.md`` for every paper."""
    for entries in catalog.by_day.values():
        for place in range(len(entries)):
            yield _make_page(catalog, site, entries, place, catalog)


def remake_page(catalog: Catalog, site: Site, entry: Entry, before: Catalog) -> PageArtifact:
    """Make the page of a paper that has changed since ``before``, with the related papers of then.

    What is related depends on all papers' words; this takes a moment, that takes a while.
    """
    entries = catalog.by_day[entry.date]
    return _make_page(catalog, site, entries, entries.index(entry), before)


def relate(
    catalog: Catalog, cache: Cache | None = None, comparison: Comparison | None = None
) -> Related:
    """Name each paper's related papers; this is worked out once.

    What the cache knows of papers that were related before is not worked out again. ``comparison``
    has counted the catalog's papers, where that has been done already.
    """
    if not catalog.related:
        cache = cache or Cache()
        before = cache.get("related", [_COMPARED]).get(_COMPARED, b"")
        comparison = comparison or Comparison.of(list_summaries(catalog))
        found, compared = comparison.relate(before=before)
        cache.put("related", {_COMPARED: compared})
        catalog.related.update(found)
    return catalog.related


def _make_page(
    catalog: Catalog, site: Site, entries: Sequence[Entry], place: int, read: Catalog
) -> PageArtifact:
    """Make the page of the paper at a place of its day; ``read`` knows what is related to it."""
    entry = entries[place]
    return make_page(
        "paper",
        entry.path,
        entry.title,
        partial(_gather, catalog, site, entries, place, read),
        partial(_describe, catalog, entry),
    )


def _gather(
    catalog: Catalog, site: Site, entries: Sequence[Entry], place: int, read: Catalog
) -> Mapping[str, Any]:
    entry = entries[place]
    related = [page for page in relate(read)[entry.id] if page in catalog.by_id]
    return {
        "catalog": catalog,
        "entry": entry,
        "topics": [catalog.vocabulary.by_slug[slug] for slug in entry.topics],
        "previous": entries[place - 1] if place else None,
        "following": entries[place + 1] if place + 1 < len(entries) else None,
        "related": [catalog.by_id[page] for page in related],
        "edit_url": site.edit_url(entry.path),
    }


def _describe(catalog: Catalog, entry: Entry) -> str:
    return catalog.render(entry.abstract).gist(DESCRIPTION)
