"""One page a paper: its facts, its abstract, its neighbours of the day and related papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from papercatalog.artifact import Artifact, PageArtifact
from papercatalog.catalog import Catalog
from papercatalog.entry import Entry
from papercatalog.outputs.templates import DESCRIPTION, make_page
from papercatalog.reading import list_summaries
from papercatalog.related import Comparison, Related
from papercatalog.site import Site

_KIND = "paper"


def build(catalog: Catalog, site: Site) -> Iterator[Artifact]:
    """Make ``papers/YEAR/ID.md`` for every paper."""
    for entries in catalog.by_day.values():
        for place in range(len(entries)):
            yield _make_page(catalog, site, entries, place, catalog)


def is_paper(artifact: Artifact) -> bool:
    """Whether an artifact is a paper's page; no other names related papers."""
    return isinstance(artifact, PageArtifact) and artifact.kind == _KIND


def remake_page(catalog: Catalog, site: Site, entry: Entry, before: Catalog) -> PageArtifact:
    """Make the page of a paper that has changed since ``before``, with the related papers of then.

    What is related depends on all papers' words; this takes a moment, that takes a while.
    """
    entries = catalog.by_day[entry.date]
    return _make_page(catalog, site, entries, entries.index(entry), before)


def relate(catalog: Catalog) -> Related:
    """Name each paper's related papers; this is worked out once, unless it has been already."""
    if not catalog.related:
        comparison = Comparison()
        found, _ = comparison.relate(map(comparison.count, list_summaries(catalog)))
        catalog.related.update(found)
    return catalog.related


def _make_page(
    catalog: Catalog, site: Site, entries: Sequence[Entry], place: int, read: Catalog
) -> PageArtifact:
    """Make the page of the paper at a place of its day; ``read`` knows what is related to it."""
    entry = entries[place]
    return make_page(
        _KIND,
        entry.path,
        entry.title,
        partial(_gather, catalog, site, entries, place, read),
        partial(_describe, catalog, entry),
    )


def _gather(
    catalog: Catalog, site: Site, entries: Sequence[Entry], place: int, read: Catalog
) -> Mapping[str, Any]:
    entry, by_id = entries[place], catalog.by_id
    return {
        "catalog": catalog,
        "entry": entry,
        "topics": [catalog.vocabulary.by_slug[slug] for slug in entry.topics],
        "previous": entries[place - 1] if place else None,
        "following": entries[place + 1] if place + 1 < len(entries) else None,
        "related": [by_id[page] for page in relate(read)[entry.id] if page in by_id],
        "edit_url": site.edit_url(entry.path),
    }


def _describe(catalog: Catalog, entry: Entry) -> str:
    return catalog.render(entry.abstract).gist(DESCRIPTION)
